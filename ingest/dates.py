"""Finds dates in English text and in file names, as ISO strings of the precision stated."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = "(?:" + "|".join(f"{month[:3]}(?:{month[3:]})?" for month in MONTHS) + "|sept)"
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
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d\d))?")
_STATED = re.compile(
    r"(?:published(?: on| date)?|publication date|date of publication)"
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


def date_in_words(iso: str) -> str:
    """`30 April 2025` for 2025-04-30, `April 2025` for 2025-04; anything else as it is."""
    match = _ISO.fullmatch(iso)
    if not match:
        return iso
    month = MONTHS[int(match["month"]) - 1].capitalize()
    day = f"{int(match['day'])} " if match["day"] else ""
    return f"{day}{month} {match['year']}"


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
        return f"{part['month_year']}-{_month(part['only_month']):02}"
    return part["iso_month"] or part["only_year"] or ""


def _month(word: str) -> int:
    """1 to 12."""
    return next(n for n, month in enumerate(MONTHS, 1) if month.startswith(word.lower()[:3]))


def _full(year: str, month: int, day: str) -> str:
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return ""
