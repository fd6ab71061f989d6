"""Which rounding of a figure an editor would accept: each stated figure as the range it may stand for."""

import re

from ingest.statistics import Statistic, Unit

Range = tuple[float, float]
"""The lowest and the highest value that a wording stands for."""

# How far a rounded share may lie from what it rounds, in percentage points. "About a third" for 34,
# "nearly three-quarters" for 74 pass; "almost half" for 40 does not. Of small shares that would be
# much: there it is a part of the share.
ABOUT_POINTS, ABOUT_SHARE = 3.0, 0.12
BESIDE_POINTS, BESIDE_SHARE = 5.0, 0.2  # "just under", "nearly", "just over"
BEYOND_POINTS, BEYOND_SHARE = 9.0, 0.45  # "more than": true further out, but misleading
LEAST_POINTS = 1.0
FRACTION_POINTS = 2.5  # a fraction in words without a hedge
ABOUT_PART = 0.05  # of a count, likewise
BESIDE_PART = 0.1
BEYOND_PART = 0.35
ROUND_FROM, LARGE_FROM = 100, 1000
ROUND_PART = 0.05  # of a large count, by which it may be off its trailing zeros; half for a smaller
EDGE = 0.001  # part of a figure by which it may miss the edge of a range
_LOOSE = re.compile(
    r"\b(?:less than|fewer than|under|below|more than|over|above|at least|at most|upwards? of|in excess of"
    r"|north of|south of)\s*$",
    re.I,
)
_OR_SO = re.compile(r"\s*(?:per\s*cent|%)?\s*(?:or\s+(?:so|thereabouts)|-?ish)\b", re.I)
_INCLUSIVE = re.compile(
    r"(?:\b(?:at least|at most|up to|no (?:more|fewer|less) than)\s*(?:an?\s*)?|[≤≥]\s*)$", re.I
)
_JUST = re.compile(r"\bjust\s+\w+\s*$", re.I)
_WELL = re.compile(r"\bwell\s+(?:over|under|above|below)\s*(?:a\s*)?$", re.I)


def range_of(figure: Statistic, text: str) -> Range:
    """The values that `figure`, where it stands in `text`, may fairly stand for."""
    share = figure.unit in (Unit.PERCENT, Unit.RATIO, Unit.POINTS)
    value, before = figure.value, text[max(0, figure.start - 24) : figure.start]
    near = _points(value, ABOUT_POINTS, ABOUT_SHARE) if share else ABOUT_PART * value
    if figure.hedge in ("over", "under"):
        bare = re.sub(r"\s+an?\s*$", "", before)
        far = _points(value, BEYOND_POINTS, BEYOND_SHARE) if share else BEYOND_PART * value
        if not open_side(figure, text):
            far = _points(value, BESIDE_POINTS, BESIDE_SHARE) if share else BESIDE_PART * value
        if _WELL.search(bare):
            far *= 2
        least = 0.0 if _INCLUSIVE.search(before) else 0.01 if share else 1e-6
        return (
            (value + least, value + far) if figure.hedge == "over" else (value - far, value - least)
        )
    if figure.hedge == "about" or _OR_SO.match(text, figure.end):
        return value - near, value + near
    if figure.unit is Unit.RATIO:
        near = _points(value, FRACTION_POINTS, ABOUT_SHARE)
        return value - near, value + near
    step = 10.0 ** -_decimals(text[figure.start : figure.end])
    if share:
        return value - step / 2, value + step / 2
    if figure.unit is Unit.MONEY:
        return value * 0.995, value * 1.005
    return value, value


def open_side(figure: Statistic, text: str) -> int:
    """1 where `figure` says "more than" and may be far more, -1 where it may be far less, else 0."""
    before = re.sub(r"\s+an?\s*$", "", text[max(0, figure.start - 24) : figure.start])
    if figure.hedge not in ("over", "under"):
        return 0
    if not _LOOSE.search(before) or _JUST.search(before):
        return 0
    return 1 if figure.hedge == "over" else -1


def rounding(figure: Statistic) -> float:
    """How far a count or sum of a claim may be off as rounded to its trailing zeros."""
    value = figure.value
    if figure.unit not in (Unit.COUNT, Unit.MONEY) or figure.hedge or value < ROUND_FROM:
        return 0.0
    digits = str(round(value))
    step = 10.0 ** (len(digits) - len(digits.rstrip("0")))
    part = ROUND_PART if value >= LARGE_FROM else ROUND_PART / 2
    return min(step / 2, part * value) if step > 1 else 0.0


def covers(stated: Range, found: Range) -> bool:
    """Whether what a claim states allows what a report says."""
    middle = (found[0] + found[1]) / 2
    if abs((stated[0] + stated[1]) / 2 - found[0]) <= EDGE * abs(found[0]):
        return True  # "500" for "over 500"
    return stated[0] - 1e-9 <= middle <= stated[1] + 1e-9


def excludes(stated: Range, found: Range) -> bool:
    """Whether no value fits both."""
    return found[1] < stated[0] - 1e-9 or stated[1] + 1e-9 < found[0]


def complement(share: Range) -> Range:
    """The rest of a whole, in per cent."""
    return 100 - share[1], 100 - share[0]


def _points(value: float, most: float, share: float) -> float:
    return max(LEAST_POINTS, min(most, share * value))


def _decimals(text: str) -> int:
    found = re.search(r"\.(\d+)", text)
    return len(found[1]) if found else 0
