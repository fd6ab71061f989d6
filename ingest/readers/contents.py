"""Finds the contents list of a text; its entries name the headings of the report."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.shapes import bare

_ENTRY = re.compile(r"\s*(?P<title>\S.*?)(?:\s*\t\s*|\s?(?:\.\s?){3,}|\s{3,})(?P<page>\d{1,3})\s*")
_HEADING = re.compile(r"(?:table of )?contents(?: page)?", re.IGNORECASE)
_FEWEST = 3
_LONGEST = 300  # characters of an entry


@dataclass(frozen=True, slots=True)
class Contents:
    """The lines that a contents list takes, by index, and the titles that it lists."""

    lines: frozenset[int]
    titles: frozenset[str]


def find_contents(lines: Sequence[str]) -> Contents:
    """Runs of entries that end in page numbers which never fall; blank lines are not passed in."""
    taken: set[int] = set()
    titles: set[str] = set()
    at = 0
    while at < len(lines):
        entries = _entries(lines, at)
        if len(entries) >= _FEWEST:
            taken.update(range(at, at + len(entries)))
            titles.update(same_title(entry) for entry in entries)
            if at and _HEADING.fullmatch(bare(lines[at - 1])):
                taken.add(at - 1)
        at += max(1, len(entries))
    return Contents(frozenset(taken), frozenset(titles))


def same_title(text: str) -> str:
    """A form in which the entry of a contents list and the heading itself are equal."""
    return re.sub(r"[\W_]+", " ", bare(text)).strip().casefold()


def _entries(lines: Sequence[str], start: int) -> list[str]:
    """The titles of the entries that stand in a row from `start` on."""
    titles: list[str] = []
    last_page = 0
    for index in range(start, len(lines)):
        line = lines[index]
        match = _ENTRY.fullmatch(line) if len(line) <= _LONGEST else None
        if match is None or "\t" in match["title"] or int(match["page"]) < last_page:
            break
        if not re.search(r"[^\W\d_]{2}", match["title"]):
            break
        last_page = int(match["page"])
        titles.append(match["title"])
    return titles
