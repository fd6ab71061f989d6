"""Reads the values that a text asserts, as ranges: figures, grades, dates, quantifiers."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from assistant.rounding import Range, range_of
from ingest.statistics import Statistic, Unit, statistics
from ingest.words import STOPWORDS, stem, words


class Sort(StrEnum):
    """What a value is one of; only values of one sort are compared."""

    SHARE = "share"  # in per cent; also fractions, and "all", "most", "none"
    POINTS = "percentage points"
    MONEY = "money"
    COUNT = "count"
    SPELL = "spell of time"  # in days
    ORDINAL = "ordinal"
    DATE = "date"  # in days; a month or a year is a range of days
    GRADE = "grade"  # from 1, the lowest, to 4


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a text, `text[start:end]`, as a range of its sort."""

    sort: Sort
    range: Range
    start: int
    end: int
    nouns: frozenset[str] = frozenset()  # stems of what a count or quantifier counts
    worded: bool = False  # a quantifier ("most", "none"), not a figure
    spans: bool = False  # a range that the text itself states: "50-64%"

    @property
    def middle(self) -> float:
        """The middle of the range."""
        return (self.range[0] + self.range[1]) / 2


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
    rf"\b(?P<d1>\d{{1,2}})[/.](?P<m1>\d{{1,2}})[/.](?P<y1>\d{{4}})\b"
    rf"|\b(?:(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<m2>{_MONTH})\s+(?P<y2>(?:19|20)\d\d)\b"
    r"|\b(?P<part>early|late|spring|summer|autumn|winter|mid)?[\s-]*"
    r"(?P<y3>(?:19|20)\d\d)(?:\s*[/–-]\s*(?P<y4>(?:20)?\d\d)(?!\d))?\b",
    re.IGNORECASE,
)
_SEASONS = {
    "early": (1, 4), "spring": (3, 5), "summer": (6, 8), "mid": (5, 8), "autumn": (9, 11),
    "late": (9, 12), "winter": (1, 12),
}  # fmt: skip
_GRADES = {"outstanding": 4, "good": 3, "inadequate": 1, "insufficient": 0}
_GRADE = re.compile(
    r"[‘'\"“](?P<quoted>Outstanding|Good|Requires\s+improvement|Inadequate|Insufficient)[’'\"”]"
    r"|\b(?P<plain>Outstanding|Inadequate|Requires\s+improvement|requires\s+improvement"
    r"(?:\s+to\s+be\s+good)?|RI)\b"
    r"|(?<=[a-z;:,\t] )(?P<capital>Good)\b|\b(?:rated|graded|judged|judgement|overall|to|be|is|was)"
    r"[:\s]+(?:to\s+be\s+)?(?P<said>outstanding|good|inadequate)\b"
    r"|\b(?P<top>(?:top|highest|best)(?:\s+possible)?[\s-](?:mark|grade|rating|ranking|category|rank)\w*"
    r"|top-graded)\b"
    r"|\b(?P<low>(?:lowest|bottom|worst)(?:\s+possible)?[\s-](?:mark|grade|rating|ranking|category|rank)"
    r"\w*|rock\s+bottom)\b",
)
# Quantifiers as ranges in per cent; the longest fits first.
_QUANTIFIERS: list[tuple[re.Pattern[str], Range]] = [
    (re.compile(pattern, re.IGNORECASE), range_)
    for pattern, range_ in [
        (r"\b(?:almost|nearly|virtually|practically)\s+(?:all|every|always|everywhere)\b", (80, 99.5)),
        (r"\b(?:almost|nearly|hardly|virtually)\s+(?:none|no|any|never)\b|\bscarcely\s+any\b", (0.5, 15)),
        (r"\bnot\s+(?:all|every|everyone|always)\b", (1, 99)),
        (r"\b(?:the\s+)?(?:vast|overwhelming|great|large)\s+majority\b", (70, 99)),
        (r"\b(?:small|tiny)\s+minority\b|\bvery\s+few\b|\bjust\s+a\s+few\b", (0.5, 20)),
        (r"\b(?:a\s+)?majority\b|\bmost\s+(?=(?:of\s+)?(?:the\s+)?[a-z]+s\b|of\b|people\b|staff\b)"
         r"|\bmore\s+often\s+than\s+not\b|\bmainly\b|\bmostly\b", (50.5, 99)),
        (r"\b(?:a\s+)?minority\b|\btoo\s+few\b", (1, 49.5)),
        (r"\bnot\s+(?:one|a\s+single|any)\b|\bnone\b|\bnobody\b|\bno\s+one\b|\bnever\b|\bneither\b"
         r"|\bnowhere\b|\bno\s+(?=[a-z]+s?\b)", (0, 0)),
        (r"\ball\b(?!\s+(?:too|over|about|but))|\bevery(?:one|body|where|\s+single)?\b|\beach\b|\bboth\b"
         r"|\balways\b|\bwithout\s+exception\b|\bonly\s+ever\b", (100, 100)),
    ]
]  # fmt: skip
_NOT_COUNTED = re.compile(r"(?:years?|months?|weeks?)[\s-]olds?\b")
_AGED = re.compile(r"\bage[ds]?\s+(?:between\s+)?(?:\w+\s+(?:to|and|or)\s+)?$", re.IGNORECASE)
_TO_AN_AGE = re.compile(r"\s*(?:to|and|or|-|–)\s*\d+[\s-]years?[\s-]olds?\b", re.IGNORECASE)
_PART_OF = re.compile(
    r"(?:\s+(?!in\b|out\b|of\b)[\w’'-]+){1,4}\s+(?:in|out\s+of)(?:\s+every)?\s+$",
    re.IGNORECASE,
)
_DAYS = {"day": 1, "week": 7, "month": 30.44, "year": 365.25}
_TIME_UNIT = re.compile(r"[\s-]*(day|week|month|year)s?\b", re.IGNORECASE)
_A_SPELL = re.compile(
    r"\ba\s+(?P<unit>week|month|year)\b(?!\s*[,.]?\s*(?:ago|earlier|later|before))", re.I
)
_FROM_TO = re.compile(
    r"\b(?P<low>\d{1,2}(?:\.\d+)?)\s*%?\s*(?:[-–]|to)\s*(?P<high>\d{1,3}(?:\.\d+)?)\s*(?:%|per\s*cent)"
)
_HALF_A = re.compile(
    r"\b(?P<about>about\s+|around\s+|roughly\s+)?half\s+a\s+(?P<unit>week|month|year)\b", re.I
)
_A_RATE = re.compile(r"(?:per\s*cent|%|times|once|twice|£[\d.,]+\w*)\s*$", re.IGNORECASE)
_SPELL = re.compile(r"(?:the\s+)?(?:years?|months?|weeks?|days?|time)\b", re.IGNORECASE)
_AFTER = re.compile(
    r"[\s-]*(?:of\s+)?(?:the\s+|its\s+|their\s+|our\s+|these\s+)?((?:[\w'’-]+\s+)?[\w'’-]+)"
)
# Between a quantifier and what it quantifies: "every one of the 3 regions", "all three PDUs".
_WITHOUT_NOUN = re.compile(
    r"(?:where|body|one|never|always|none|neither|mainly|mostly|not|exception|ever)$", re.IGNORECASE
)
_OF_SO_MANY = re.compile(
    r"(?:\s+(?:single\s+)?one)?(?:\s+of)?(?:\s+(?:the|its|their|our|these|those))?"
    r"(?:\s+(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|dozen|other|single))?(?=\s)",
    re.IGNORECASE,
)
_SORTS = {
    Unit.PERCENT: Sort.SHARE,
    Unit.RATIO: Sort.SHARE,
    Unit.POINTS: Sort.POINTS,
    Unit.MONEY: Sort.MONEY,
    Unit.COUNT: Sort.COUNT,
    Unit.ORDINAL: Sort.ORDINAL,
}


def values(text: str) -> list[Value]:
    """The values of `text` in order; a figure hides a quantifier or date that it overlaps."""
    found: list[Value] = []
    for value in (*_figures(text), *_grades(text), *_dates(text), *_quantifiers(text)):
        if not any(value.start < other.end and other.start < value.end for other in found):
            found.append(value)
    return sorted(found, key=lambda value: value.start)


def _figures(text: str) -> Iterator[Value]:
    found = statistics(text)
    for match in _FROM_TO.finditer(text):
        low, high = float(match["low"]), float(match["high"])
        if low < high:
            yield Value(Sort.SHARE, (low, high), match.start(), match.end(), spans=True)
    for match in _HALF_A.finditer(text):
        days, off = _DAYS[match["unit"].lower()] / 2, 0.1 if match["about"] else 0.03
        spell = (days * (1 - off), days * (1 + off))
        yield Value(Sort.SPELL, spell, match.start(), match.end())
    for place, figure in enumerate(found):
        after = text[figure.end : figure.end + 24]
        if figure.unit is Unit.COUNT and _NOT_COUNTED.match(after.lstrip(" -").lower()):
            continue
        if figure.unit is Unit.COUNT and _is_age(figure, text):
            continue
        following = found[place + 1] if place + 1 < len(found) else None
        if following and _is_part_of(figure, following, text):
            # "fewer than one file in five"
            share = replace(figure, value=100 * figure.value / following.value, unit=Unit.RATIO)
            yield Value(Sort.SHARE, range_of(share, text), figure.start, following.end)
            continue
        unit = _TIME_UNIT.match(text, figure.end)
        if figure.unit is Unit.COUNT and unit:
            low, high = range_of(figure, text)
            days = _DAYS[unit[1].lower()]
            spell = (low * days * 0.985, high * days * 1.015)
            yield Value(Sort.SPELL, spell, figure.start, unit.end())
            continue
        if text[figure.start : figure.end].lower() == "one":
            continue  # an article or a pronoun, most often
        sort = _SORTS[figure.unit]
        nouns = _nouns(text, figure.end) if sort is Sort.COUNT else frozenset()
        yield Value(sort, range_of(figure, text), figure.start, figure.end, nouns)
    for match in _A_SPELL.finditer(text):
        if _HALF_A.search(text[: match.end()]):
            continue
        if not _A_RATE.search(text, 0, match.start()):
            days = _DAYS[match["unit"].lower()]
            yield Value(Sort.SPELL, (days * 0.985, days * 1.015), match.start(), match.end())


def _is_age(figure: Statistic, text: str) -> bool:
    return bool(_AGED.search(text, 0, figure.start) or _TO_AN_AGE.match(text, figure.end))


def _is_part_of(part: Statistic, whole: Statistic, text: str) -> bool:
    return (
        part.unit is Unit.COUNT
        and whole.unit is Unit.COUNT
        and 0 < part.value < whole.value <= 20
        and bool(_PART_OF.fullmatch(text, part.end, whole.start))
    )


def _grades(text: str) -> Iterator[Value]:
    for match in _GRADE.finditer(text):
        kind = match.lastgroup or ""
        if kind == "top":
            grade = 4
        elif kind == "low":
            grade = 1
        else:
            grade = _GRADES.get(match[kind].lower(), 2)
        yield Value(Sort.GRADE, (grade, grade), match.start(kind), match.end(kind))


def _dates(text: str) -> Iterator[Value]:
    for match in _DATES.finditer(text):
        found = _days(match)
        if found:
            yield Value(Sort.DATE, found, match.start(), match.end())


def _days(match: re.Match[str]) -> Range | None:
    try:
        if match["y1"]:
            day = date(int(match["y1"]), int(match["m1"]), int(match["d1"])).toordinal()
            return day, day
        if match["y2"]:
            year, month = int(match["y2"]), _MONTHS[match["m2"].lower()]
            if match["d2"]:
                day = date(year, month, int(match["d2"])).toordinal()
                return day, day
            return _months(year, month, month)
        year = int(match["y3"])
        if match["y4"]:
            return _months(year, 4, 12)[0], _months(int(match["y4"]) % 100 + 2000, 1, 12)[1]
        first, last = _SEASONS.get((match["part"] or "").lower(), (1, 12))
        return _months(year, first, last)
    except ValueError:
        return None


def _months(year: int, first: int, last: int) -> Range:
    return (
        date(year, first, 1).toordinal(),
        date(year, last, monthrange(year, last)[1]).toordinal(),
    )


def _quantifiers(text: str) -> Iterator[Value]:
    taken: list[tuple[int, int]] = []
    for pattern, range_ in _QUANTIFIERS:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            if _SPELL.match(text, match.end() + 1):
                continue  # "each year", "all the time" count nothing
            number = _OF_SO_MANY.match(text, match.end())
            nouns = _nouns(text, number.end() if number else match.end())
            if _WITHOUT_NOUN.search(match[0]):
                nouns = frozenset()
            yield Value(Sort.SHARE, range_, match.start(), match.end(), nouns, True)


def _nouns(text: str, end: int) -> frozenset[str]:
    after = _AFTER.match(text, end)
    return (
        frozenset(stem(w) for w in words(after[1]) if w not in STOPWORDS) if after else frozenset()
    )
