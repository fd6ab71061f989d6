"""Finds dates in English text and in file names, as ISO strings of the precision stated."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_MONTH = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_YEAR = r"(?:19|20)\d\d"
_GAP = r"[\s,._-]{1,3}"
_PATTERN = re.compile(
    rf"""(?<![\w/])(?:
      (?P<iso>{_YEAR}-\d\d-\d\d)(?!\d)
    | (?P<slash>\d{{1,2}}/\d{{1,2}}/{_YEAR})
    | (?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_GAP}(?:of\s)?(?P<month>{_MONTH}){_GAP}(?P<year>{_YEAR})
    | (?P<us_month>{_MONTH}){_GAP}(?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?{_GAP}(?P<us_year>{_YEAR})
    | (?P<only_month>{_MONTH}){_GAP}(?P<month_year>{_YEAR})
    | (?P<iso_month>{_YEAR}-(?:0[1-9]|1[0-2]))(?![\d-])
    | (?P<only_year>{_YEAR})(?![\d%]|/\d)
    )(?![A-Za-z])""",
    re.VERBOSE | re.IGNORECASE,
)
_STATED = re.compile(
    r"(?:published(?: on| date)?|publication date|date of publication|date published)"
    r"[*_]*\s*[:–-]?[*_]*\s*(?P<date>[^\n]{4,30})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date at `text[start:end]`; `iso` is 2025-04-30, 2025-04 or 2025."""

    start: int
    end: int
    iso: str


def find_dates(text: str) -> Iterator[FoundDate]:
    """All dates of `text` in order; impossible ones (31 February) are passed over.

    Numbers alone are read as in Britain: 03/12/2020 is the third of December.
    """
    for match in _PATTERN.finditer(text):
        iso = _iso(match)
        if iso:
            yield FoundDate(match.start(), match.end(), iso)


def parse_date(text: str) -> str:
    """The most precise date in a short text, or "" when it states none."""
    return max((found.iso for found in find_dates(text)), key=len, default="")


def publication_date(text: str) -> str:
    """The date that follows `Published:` or the like in a text, or ""."""
    for match in _STATED.finditer(text):
        first = next(find_dates(match["date"]), None)
        if first is not None and first.start <= 12:  # room for a weekday
            return first.iso
    return ""


def _iso(match: re.Match[str]) -> str:
    part = match.groupdict()
    if part["iso"]:
        year, month, day = part["iso"].split("-")
        return _full(year, int(month), day)
    if part["slash"]:
        day, month, year = part["slash"].split("/")
        return _full(year, int(month), day)
    if part["day"]:
        return _full(part["year"], _month(part["month"]), part["day"])
    if part["us_day"]:
        return _full(part["us_year"], _month(part["us_month"]), part["us_day"])
    if part["only_month"]:
        month_number = _month(part["only_month"])
        return f"{part['month_year']}-{month_number:02}" if month_number else ""
    return part["iso_month"] or part["only_year"] or ""


def _month(word: str) -> int:
    """1 to 12, or 0 where the word only begins like a month (marches, mayor)."""
    word = word.lower()
    for number, month in enumerate(_MONTHS, 1):
        if word == month or word == month[:3] or (word == "sept" and number == 9):
            return number
    return 0


def _full(year: str, month: int, day: str) -> str:
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return ""
