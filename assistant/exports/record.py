"""The record that every format is written from: plain data, nothing of any format in it.

All text in it but titles, outcomes and labels comes from reports, users or models, and is untrusted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from urllib.parse import quote, urlsplit

from assistant.answer import Citation
from ingest.divide import SECTION_JOINT

# Controls that no file format wants, halves of surrogate pairs, and marks that turn the direction
# of writing, with which a text can be made to read other than it is.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


class Outcome(StrEnum):
    """What came of an entry."""

    SUPPORTED = "Supported"
    CONTRADICTED = "Contradicted"
    NOT_IN_SOURCES = "Not in the sources"
    ANSWERED = "Answered"
    NOT_FOUND = "The reports do not say"
    OUT_OF_SCOPE = "Out of scope"
    ERROR = "Not answered"

    @property
    def symbol(self) -> str:
        """One character that says the same at a glance."""
        match self:
            case Outcome.SUPPORTED | Outcome.ANSWERED:
                return "✓"
            case Outcome.CONTRADICTED:
                return "✗"
        return "?"


@dataclass(frozen=True, slots=True)
class Part:
    """One assertion of a claim that has several."""

    text: str
    outcome: Outcome
    explanation: str = ""
    quotes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim with its verdict, or one question with its answer."""

    asked: str
    outcome: Outcome
    said: str = ""  # the explanation, or the answer
    completed: str = ""  # the claim as it was checked, where words were added to the sentence
    parts: tuple[Part, ...] = ()
    note: str = ""
    quotes: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()  # proves nothing
    start: int = 0  # in the record's text, where it has one
    end: int = 0


@dataclass(frozen=True, slots=True)
class Origin:
    """What to have in order to get the same again."""

    made: datetime
    version: str
    library_format: str
    embedding_model: str
    reports: int
    library_sha256: str  # of the SHA-256 of all its reports, sorted, one a line
    settings: dict[str, str | int] = field(default_factory=dict)

    def rows(self) -> list[tuple[str, str]]:
        """The same as labels and values."""
        settings = ", ".join(f"{name} = {value}" for name, value in self.settings.items())
        return [
            ("Date", self.made.isoformat(sep=" ")),
            ("Findings assistant", self.version),
            ("Reports in the library", str(self.reports)),
            ("SHA-256 of the library", self.library_sha256),
            ("Format of the library", self.library_format),
            ("Embedding model", self.embedding_model),
            ("Settings", settings),
        ]


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept; `text` is the article where one was checked."""

    title: str
    entries: tuple[Entry, ...]
    origin: Origin
    text: str = ""
    name: str = ""  # of the article's file
    totals: str = ""  # of the article, in a line

    def in_place(self) -> Iterator[tuple[str, int]]:
        """The text in pieces, each with the number of the entry that it is, or 0."""
        at = 0
        for number, entry in enumerate(self.entries, 1):
            if entry.start > at:
                yield self.text[at : entry.start], 0
            yield self.text[entry.start : entry.end], number
            at = entry.end
        if at < len(self.text):
            yield self.text[at:], 0


EXPLAINED = (
    "The library's SHA-256 is that of the SHA-256 of all its reports, sorted, one a line. The same"
    " reports, with the same corrections beside them, version and settings give the same results."
)
NEAREST = "What comes nearest, which proves nothing:"


def source_rows(citation: Citation) -> list[tuple[str, str]]:
    """Where a quote stands, as labels and values; no empty ones."""
    rows = [
        ("Report", citation.title or citation.source),
        ("Publisher", citation.publisher),
        ("Published", citation.published),
        ("Page", str(citation.page)),
        ("Section", citation.section.replace(SECTION_JOINT, " › ")),
        ("A digest of", citation.digest_of or ""),
        ("File", citation.source),
        ("Address", web_address(citation.url)),
        ("SHA-256", citation.sha256),
    ]
    return [(label, value) for label, value in rows if value]


def web_address(url: str | None) -> str:
    """`url` with nothing in it that needs escaping; empty unless it is a plain web address."""
    try:
        parts = urlsplit((url or "").strip())
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host or not re.fullmatch(r"[\w.:\-]+", host):
        return ""
    return quote(parts.geturl(), safe="/:?#@!$&*+,;=%~-._", errors="replace")


def seen(text: str) -> str:
    """`text` without characters that do not show; line breaks and tabs stay."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """`text` on one line, without characters that do not show."""
    return " ".join(seen(text).split())
