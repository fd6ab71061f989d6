"""Reads how often a text says that something happens: "fortnightly", "twice a year", "every six weeks"."""

import re
from collections.abc import Iterator

from assistant.value import Sort, Value
from ingest.statistics import number

_UNITS = {
    **dict.fromkeys(("day", "night", "evening", "morning"), 1.0),
    "week": 7.0,
    "fortnight": 14.0,
    "month": 30.44,
    "quarter": 91.3,
    "year": 365.25,
}
_WORDS = {
    **dict.fromkeys(("daily", "nightly"), 1.0),
    "weekly": 7.0,
    "fortnightly": 14.0,
    "monthly": 30.44,
    "quarterly": 91.3,
    **dict.fromkeys(("six-monthly", "half-yearly", "twice-yearly", "biannually"), 182.6),
    **dict.fromkeys(("annually", "yearly"), 365.25),
}
_UNIT = rf"(?P<unit>{'|'.join(_UNITS)})"
_NUMBER = r"\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve"
_HOW_OFTEN = re.compile(
    rf"(?<![\w-])(?:(?P<so_many>{_NUMBER})[\s-])?(?P<word>{'|'.join(_WORDS)})(?![\w-])"
    rf"|\b(?P<times>once|twice|(?:{_NUMBER})\s+times)\s+(?:an?|per|every|each|in\s+a)\s+{_UNIT}\b"
    rf"|\b(?:every|each)\s+(?:single\s+)?(?:(?P<other>other|second|third)\s+|(?P<number>{_NUMBER})\s+)?"
    rf"(?P<span>{'|'.join(_UNITS)})s?\b",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"\b(?:at\s+least|no\s+less\s+(?:often\s+)?than|or\s+more\s+than)\s+$", re.IGNORECASE
)
_OTHER = {"other": 2.0, "second": 2.0, "third": 3.0}
_OFF = 0.1  # of the days between: a month is about four weeks
_REACH = 30  # characters before that may widen it


def frequencies(text: str) -> Iterator[Value]:
    """How often things happen by `text`, in order, as days from one time to the next."""
    for match in _HOW_OFTEN.finditer(text):
        days = _days(match)
        low, high, open_ = days * (1 - _OFF), days * (1 + _OFF), 0
        if _AT_LEAST.search(text, max(0, match.start() - _REACH), match.start()):
            low, open_ = days * 0.4, -1
        yield Value(Sort.FREQUENCY, (low, high), *match.span(), vague=bool(open_), open=open_)


def _days(match: re.Match[str]) -> float:
    if match["word"]:
        return _WORDS[match["word"].lower()] * (number(match["so_many"] or "one") or 1.0)
    if match["times"]:
        times = match["times"].lower()
        many = {"once": 1.0, "twice": 2.0}.get(times) or number(times.split()[0]) or 1.0
        return _UNITS[match["unit"].lower()] / many
    each = _UNITS[match["span"].lower()]
    if match["other"]:
        return each * _OTHER[match["other"].lower()]
    return each * (number(match["number"].lower()) or 1.0) if match["number"] else each
