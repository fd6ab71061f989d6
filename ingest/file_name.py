"""Reads what the name of a file or the end of an address tells: a date, and perhaps a place."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from ingest.dates import find_dates

_PARTS = re.compile(r"_+|-{2,}|\.+|,")
_EXTENSION = re.compile(
    r"\.(?:pdf|html?|docx?|md|markdown|txt|csv|tsv|odt|epub|aspx?|php)$", re.IGNORECASE
)
_NOT_PLACES = re.compile(
    r"a|an|and|annual|appendix|april|area|august|authority|briefing|bulletin|care|children|"
    r"childrens|copy|core|council|data|december|digest|digests|draft|effective|evidence|"
    r"february|final|findings|focused|for|full|guidance|guide|hm|hmi|hmip|in|inspection|"
    r"inspections|inspectorate|january|joint|july|june|la|local|march|may|minutes|"
    r"monitoring|national|news|notes|november|october|of|ofsted|on|overview|pages|pdu|"
    r"performance|post|practice|press|probation|publication|quarterly|region|regional|"
    r"release|report|reports|research|response|review|s|safeguarding|send|september|service|"
    r"services|short|single|social|standard|statistics|summary|text|the|thematic|v|version|"
    r"visit|web|work|young|youth|yot",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NameFacts:
    """What a name tells; `words` are its readable words, `places` phrases that may be places."""

    published: str
    places: tuple[str, ...]
    words: str


def name_facts(source: str) -> NameFacts:
    """The facts in a file name or address, however it separates its parts."""
    path = unquote(urlsplit(source).path) if "://" in source else source
    stem = _EXTENSION.sub("", PurePosixPath(path.replace("\\", "/")).name)
    dates = list(find_dates(re.sub(r"_+", " ", stem)))
    published = max((found.iso for found in dates), key=len, default="")
    for found in reversed(dates):
        stem = stem[: found.start] + "__" * bool(found.start) + stem[found.end :]
    return NameFacts(published, tuple(_places(stem)), _words(stem))


def is_of_reporting(word: str) -> bool:
    """Whether a word tells of reports or inspections, not of a place."""
    return bool(_NOT_PLACES.fullmatch(word))


def _places(stem: str) -> list[str]:
    """Runs of words that are not words of reporting, in reading order."""
    places: list[str] = []
    for part in _PARTS.split(stem):
        run: list[str] = []
        for word in [*re.split(r"[\s-]+", part), "s"]:
            joins = word.lower() in ("and", "of", "upon", "on", "the") and run
            if word and (joins or (word.isalpha() and not is_of_reporting(word))):
                run.append(word)
                continue
            if len(" ".join(run)) > 2:
                places.append(" ".join(run))
            run = []
    return places


def _words(stem: str) -> str:
    words = re.split(r"[\W_]+", stem)
    kept = [word for word in words if word and not _is_code(word)]
    text = " ".join(kept).replace(" s ", "'s ")
    return text[:1].upper() + text[1:]


def _is_code(word: str) -> bool:
    """A number, or a name made by a machine such as 75deab0785870fa2."""
    return word.isdigit() or (len(word) >= 6 and bool(re.fullmatch(r"(?=.*\d)[0-9a-f]+", word)))
