"""How a value of a claim stands to one value of a sentence, whatever the two are said of."""

import re
from dataclasses import replace

from assistant.assertions import Sort, Value
from assistant.leanings import leanings
from assistant.rounding import EDGE, Range, complement, covers, excludes

LARGE = 10  # smaller numbers are the same by chance
TOLERANCE = 0.5  # percentage points by which the edge of a wording may be passed
_DENIES = re.compile(
    r"\b(?:not|never|no|none|nobody|neither|nor|without|cannot|lack(?:s|ed|ing)?|fail(?:s|ed|ing|ure)?)\b"
    r"|n[’']t\b",
    re.IGNORECASE,
)
# Opposites of which everything is one or the other, so that the rest of one is the other.
_ENOUGH = re.compile(r"\b(?:sufficient|enough|adequate|appropriate|satisfactory)", re.IGNORECASE)
_TOO_LITTLE = re.compile(
    r"\b(?:insufficient|inadequate|inappropriate|unsatisfactory|too\s+(?:little|few)|not\s+enough"
    r"|f[ae]ll(?:s|ing)?\s+short)",
    re.IGNORECASE,
)
_EXHAUSTIVE = ("sexes", "ability")


def bears(claimed: Value, found: Value) -> bool:
    """Whether what a claim states allows what a report says.

    An exact or rounded figure is allowed by its middle. Of "most" or "over 500" the claim must allow
    all that it may be, or be the bare edge ("500"): a vague report proves no exact figure.
    """
    allowed = (claimed.range[0] - claimed.rounds, claimed.range[1] + claimed.rounds)
    if claimed.sort is Sort.GRADE:
        within = allowed[0] <= found.range[0] and found.range[1] <= allowed[1]
        alike = claimed.denied == found.denied
        return within if alike else excludes(allowed, found.range) and not found.denied
    if not (found.vague or found.worded or found.spans):
        return covers(allowed, found.range)
    slack = TOLERANCE if claimed.sort is Sort.SHARE and claimed.open else 1e-9
    if _contains(allowed, found.range, slack) or _at_edge(claimed, found):
        return True
    if claimed.open and (claimed.open == found.open or found.spans):
        # Both say "over": what the report says starts where the claim allows it.
        near = found.range[0] if claimed.open > 0 else found.range[1]
        return _contains(allowed, (near, near), slack)
    # "About half" for "nearly half".
    wide = 2 * (allowed[1] - allowed[0]) >= found.range[1] - found.range[0]
    return (
        wide and not (found.open or found.worded or claimed.vague) and covers(allowed, found.range)
    )


def bars(claimed: Value, found: Value) -> bool:
    """Whether no value fits both; "over half" is not barred by what is far over it."""
    low, high = claimed.range[0] - claimed.rounds, claimed.range[1] + claimed.rounds
    if claimed.sort is Sort.GRADE:
        if claimed.denied or found.denied:
            same = claimed.range == found.range
            return same and claimed.denied != found.denied
        return excludes(claimed.range, found.range)
    if claimed.open > 0:
        high = float("inf")
    if claimed.open < 0:
        low = float("-inf")
    return excludes((low, high), found.range)


def comparable(value: Value, other: Value) -> bool:
    """Whether two values can stand for the same thing."""
    if value.sort is not other.sort or (other.some and not value.worded):
        return False
    if value.sort is Sort.COUNT:
        if value.loose or other.loose:
            # "One" may be an article: only a count of the very same says otherwise.
            return bool(value.nouns & other.nouns)
        alike = bool(value.nouns & other.nouns) or not (value.nouns and other.nouns)
        return alike or bears(value, other) or not bars(value, other)
    if value.worded and other.worded:
        shared = len(value.nouns & other.nouns)
        return not (value.nouns and other.nouns) or shared >= len(value.nouns | other.nouns) / 2
    return True


def counts_alike(value: Value, other: Value) -> bool:
    """Whether two counts count the same; without a noun large ones of one order may."""
    low, high = sorted((value.middle, other.middle))
    if high > LARGE * low:
        return False
    if value.nouns and other.nouns:
        return bool(value.nouns & other.nouns)
    return low >= LARGE


def is_rest(value: Value, other: Value) -> bool:
    """Whether the value may be what the other share leaves of the whole."""
    return (
        value.sort is Sort.SHARE
        and value.range not in ((0, 0), (100, 100))
        and not other.worded
        and not value.some
        and covers(value.range, complement(other.range))
    )


def may_be_rest(value: Value, other: Value, said: str, told: str) -> bool:
    """Whether a value may be what a vague share leaves: "30% were not" beside "most were"."""
    if other.sort is not Sort.SHARE or not (other.worded or other.vague):
        return False
    rest = replace(other, range=complement(other.range), open=-other.open)
    return not bars(value, rest) and is_turned(said, told)


def is_turned(said: str, told: str) -> bool:
    """Whether one of two texts denies what the other asserts, by negations or by opposites."""
    return _unlike(said, told) or bool(_opposed(said, told))


def leaves_a_middle(said: str, told: str) -> bool:
    """Whether two texts are opposed by words between which there is a third: satisfied, dissatisfied.

    What is not the one is then not yet the other, unless one of the texts denies.
    """
    if _unlike(said, told):
        return False
    if _too_little(said) != _too_little(told) and all(map(_sufficiency, (said, told))):
        return False
    opposed = _opposed(said, told)
    return bool(opposed) and not any(axis in _EXHAUSTIVE for axis in opposed)


def _unlike(said: str, told: str) -> bool:
    """Whether just one of two texts denies."""
    return len(_DENIES.findall(said)) % 2 != len(_DENIES.findall(told)) % 2


def _opposed(said: str, told: str) -> list[str]:
    """The axes of opposites on which two texts lean against each other."""
    lean, other = leanings(said), leanings(told)
    return [axis for axis in lean if lean[axis] * other.get(axis, 0) < 0]


def _too_little(text: str) -> bool:
    return bool(_TOO_LITTLE.search(text))


def _sufficiency(text: str) -> bool:
    return bool(_ENOUGH.search(text) or _TOO_LITTLE.search(text))


def _contains(outer: Range, inner: Range, slack: float) -> bool:
    return outer[0] - slack <= inner[0] and inner[1] <= outer[1] + slack


def _at_edge(claimed: Value, found: Value) -> bool:
    """Whether a claim states the bare edge: "500" for "over 500", but not for "under 500"."""
    if not found.vague or found.open < 0 or claimed.open or claimed.vague:
        return False
    below = found.range[0] if found.open > 0 or _starts(claimed, found) else found.range[1]
    return abs(claimed.middle - below) <= EDGE * abs(below)


def _starts(claimed: Value, found: Value) -> bool:
    return abs(claimed.middle - found.range[0]) < abs(claimed.middle - found.range[1])
