"""Reads the dates that a text states, as ranges of days."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from assistant.rounding import Range
from assistant.value import Sort, Value

_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ],
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATES = re.compile(
    rf"\b(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+(?P<m5>{_MONTH}))?\s*(?:to|and|-|–)\s*"
    rf"(?P<d6>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m6>{_MONTH})\s+(?P<y6>(?:19|20)\d\d)\b"
    rf"|\b(?P<d1>\d{{1,2}})[/.](?P<m1>\d{{1,2}})[/.](?P<y1>\d{{4}})\b"
    rf"|\b(?:(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<m2>{_MONTH})\s+(?P<y2>(?:19|20)\d\d)\b"
    r"|\b(?P<part>early|late|spring|summer|autumn|winter|mid)?[\s-]*"
    r"(?P<y3>(?:19|20)\d\d)(?:\s*[/–-]\s*(?P<y4>(?:20)?\d\d)(?!\d))?\b",
    re.IGNORECASE,
)
_SEASONS = {
    "early": (1, 4), "spring": (3, 5), "summer": (6, 8), "mid": (5, 8), "autumn": (9, 11),
    "late": (9, 12), "winter": (1, 12),
}  # fmt: skip


def dates(text: str) -> Iterator[Value]:
    """The days, months, seasons and years of `text`, in order."""
    for match in _DATES.finditer(text):
        found = _days(match)
        if found:
            yield Value(Sort.DATE, found, match.start(), match.end())


def _days(match: re.Match[str]) -> Range | None:
    try:
        if match["y1"]:
            day = date(int(match["y1"]), int(match["m1"]), int(match["d1"])).toordinal()
            return day, day
        if match["y6"]:
            year, month = int(match["y6"]), _MONTHS[match["m6"].lower()]
            end = date(year, month, int(match["d6"]))
            first_month = _MONTHS[match["m5"].lower()] if match["m5"] else month
            begin = date(year - (first_month > month), first_month, int(match["d5"]))
            return (begin.toordinal(), end.toordinal()) if begin < end else None
        if match["y2"]:
            year, month = int(match["y2"]), _MONTHS[match["m2"].lower()]
            if match["d2"]:
                day = date(year, month, int(match["d2"])).toordinal()
                return day, day
            return _months(year, month, month)
        year = int(match["y3"])
        if match["y4"]:
            return _years(year, int(match["y4"]))
        first, last = _SEASONS.get((match["part"] or "").lower(), (1, 12))
        return _months(year, first, last)
    except ValueError:
        return None


def _years(year: int, told: int) -> Range:
    """A span such as 2019/20 or 1999/00, the first year of it from April; "2023-11" is a month."""
    last = told if told >= 100 else year // 100 * 100 + told
    if told == (year + 1) % 100:
        last = year + 1
    if last > year:
        return _months(year, 4, 12)[0], _months(last, 1, 12)[1]
    return _months(year, told, told) if 1 <= told <= 12 else _months(year, 1, 12)


def _months(year: int, first: int, last: int) -> Range:
    return (
        date(year, first, 1).toordinal(),
        date(year, last, monthrange(year, last)[1]).toordinal(),
    )
