"""Matches the values of a claim with those of a sentence: the same, another, or elsewhere in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

import numpy as np

from assistant.assertions import Sort, Value, values
from assistant.nearness import Meaning
from assistant.rounding import complement, covers, excludes
from ingest.words import stem, words

BREAK = re.compile(r"\s*[,;:()–—]\s*|\s+(?:and|while|but|whereas|compared\s+(?:with|to))\s+")
_UNITS = (Sort.SHARE, Sort.POINTS, Sort.COUNT)
_HEDGE = re.compile(
    r"\b(?:just\s+(?:under|over)|(?:fewer|less|more)\s+than|at\s+(?:least|most)|about|around|some|roughly"
    r"|nearly|almost|over|under|up\s+to)\s+(?:an?\s+)?$",
    re.IGNORECASE,
)
LARGE = 10  # smaller numbers are the same by chance
_CHANGE = re.compile(
    r"\b(?:by|fewer|more|less|above|below|gap|difference|up|down|rose|fell|dropped|higher|lower|ahead"
    r"|behind|beats?)\b",
    re.IGNORECASE,
)


class State(StrEnum):
    """How one value of a claim stands to a sentence."""

    SAME = "same"
    DERIVED = "derived"  # follows by a complement, sum or difference
    OTHER = "other"  # the sentence has another value there
    MOVED = "moved"  # ... and has the claim's value elsewhere
    UNSURE = "unsure"  # the ranges neither fit nor exclude each other
    ABSENT = "absent"  # the sentence has no value of that sort


@dataclass(frozen=True, slots=True)
class Matched:
    """One value of a claim, and the value of the sentence that stands in its place."""

    claimed: Value
    found: Value | None
    state: State
    nearness: float  # of the clauses that hold them
    claimed_text: str = ""  # the words of the claim
    found_text: str = ""  # the words of the sentence; empty where its surroundings have them


def match_values(claim: str, text: str, around: str, meaning: Meaning) -> list[Matched]:
    """Each value of `claim` with the value of the sentence `text` that stands in its place.

    `around` is what the sentence stands among; its dates hold for the sentence too.
    """
    claimed, found = values(claim), values(text)
    if not claimed:
        return []
    dates = [v for v in values(around) if v.sort is Sort.DATE]
    result = []
    spoken = {stem(word) for word in words(claim)}
    for value in claimed:
        rivals = [v for v in found if comparable(value, v) and _of_claim(value, v, spoken)]
        if value.sort is Sort.DATE:
            matched = _date(value, rivals, dates)
        elif value.sort is Sort.POINTS and not rivals:
            matched = _difference(value, found)
        elif _is_share_of_graded(value, claimed, found):
            matched = Matched(value, None, State.DERIVED, 0.0)
        else:
            matched = _state(claim, value, text, rivals, claimed, meaning)
        wrong = _other_unit(value, found) if matched.state is State.ABSENT else None
        if wrong:
            matched = Matched(value, wrong, State.OTHER, 0.0)
        other = matched.found
        own = other in found if other else False
        told = _worded(text, other) if other and own else ""
        result.append(
            replace(
                matched,
                claimed_text=_worded(claim, value),
                found_text=told,
            )
        )
    return result


def _worded(text: str, value: Value) -> str:
    """The words of a value, with the hedge before it: "fewer than half"."""
    hedge = _HEDGE.search(text, 0, value.start)
    return text[hedge.start() if hedge else value.start : value.end].strip()


def subjects(claim: str, text: str) -> list[str]:
    """What the values of both texts are said of: all that `match_values` wants vectors of."""
    claimed, found = values(claim), values(text)
    needed = []
    for value in claimed:
        needed.append(subject(claim, value, _alike(value, claimed)))
        rivals = [other for other in found if comparable(value, other)]
        needed += [subject(text, rival, rivals) for rival in rivals]
    return needed


def _state(
    claim: str,
    value: Value,
    text: str,
    rivals: Sequence[Value],
    claimed: Sequence[Value],
    meaning: Meaning,
) -> Matched:
    if not rivals:
        return Matched(value, None, State.ABSENT, 0.0)
    own = subject(claim, value, _alike(value, claimed))
    near = meaning.cosines([own], [subject(text, v, rivals) for v in rivals])[0]
    best = rivals[int(np.argmax(near))]
    nearness = float(near.max())
    if covers(value.range, best.range):
        return Matched(value, best, State.SAME, nearness)
    for other, n in zip(rivals, near, strict=True):
        if covers(value.range, other.range) and n > nearness - 0.05:
            return Matched(value, other, State.SAME, float(n))
    if _derived(claim, value, best, rivals):
        return Matched(value, best, State.DERIVED, nearness)
    if any(covers(value.range, other.range) for other in rivals):
        return Matched(value, best, State.MOVED, nearness)
    if value.sort is Sort.COUNT and not value.nouns & best.nouns:
        return Matched(value, None, State.ABSENT, nearness)
    if excludes(value.range, best.range):
        # "No region is left out" says what "all regions are in" says.
        turned = value.worded and value.range == (0, 0)
        state = State.UNSURE if turned else State.OTHER
        return Matched(value, best, state, nearness)
    return Matched(value, best, State.UNSURE, nearness)


def comparable(value: Value, other: Value) -> bool:
    """Whether two values can stand for the same thing."""
    if value.sort is not other.sort:
        return False
    if value.sort is Sort.COUNT:
        shared = value.nouns & other.nouns or not (value.nouns and other.nouns)
        return bool(shared) or not excludes(value.range, other.range)
    if value.worded and other.worded:
        return bool(value.nouns & other.nouns)
    return True


def subject(text: str, value: Value, rivals: Sequence[Value]) -> str:
    """What a value is said of: its own clause, the value itself left out; all where it is alone."""
    if len(rivals) <= 1:
        return f"{text[: value.start]}…{text[value.end :]}"
    low, high = 0, len(text)
    breaks = list(BREAK.finditer(text))
    others = [other for other in rivals if other is not value]
    # The nearest break towards a rival parts the two; what no rival claims stays shared.
    for other in others:
        if other.end <= value.start:
            between = [b for b in breaks if b.start() >= other.end and b.end() <= value.start]
            low = max(low, between[0].end() if between else other.end)
        elif other.start >= value.end:
            between = [b for b in breaks if b.start() >= value.end and b.end() <= other.start]
            high = min(high, between[-1].start() if between else other.start)
    return f"{text[low : value.start]}…{text[value.end : high]}"


def _alike(value: Value, claimed: Sequence[Value]) -> list[Value]:
    alike = [other for other in claimed if other.sort is value.sort and not other.worded]
    return alike if len(alike) > 1 else []


def _of_claim(value: Value, other: Value, spoken: set[str]) -> bool:
    """Whether a quantifier ("both", "all") quantifies something that the claim speaks of."""
    return value.worded or not other.worded or bool(other.nouns & spoken)


def _other_unit(value: Value, found: Sequence[Value]) -> Value | None:
    """The same number in another unit: per cent for percentage points, a count for a share."""
    if value.sort not in _UNITS or value.worded or value.middle < LARGE:
        return None
    for other in found:
        same = abs(other.middle - value.middle) < 0.01
        if same and other.sort in _UNITS and other.sort is not value.sort and not other.worded:
            return other
    return None


def _date(value: Value, own: Sequence[Value], around: Sequence[Value]) -> Matched:
    """A date of the claim: the sentence's own dates count first, then when the report is of."""
    for other in (*own, *around):
        if covers(value.range, other.range):
            return Matched(value, other, State.SAME, 0.0)
    if own and all(excludes(value.range, other.range) for other in own):
        return Matched(value, own[0], State.OTHER, 0.0)
    vague = [v for v in (*own, *around) if not excludes(value.range, v.range)]
    if vague:
        return Matched(value, vague[0], State.UNSURE, 0.0)
    return Matched(value, None, State.ABSENT, 0.0)


def _difference(value: Value, found: Sequence[Value]) -> Matched:
    """Percentage points of the claim, where the sentence has just the two shares."""
    shares = [v.middle for v in found if v.sort is Sort.SHARE and not v.worded]
    if len(shares) != 2:
        return Matched(value, None, State.ABSENT, 0.0)
    points = abs(shares[0] - shares[1])
    state = State.DERIVED if covers(value.range, (points, points)) else State.OTHER
    return Matched(value, None, state, 0.0)


def _is_share_of_graded(value: Value, claimed: Sequence[Value], found: Sequence[Value]) -> bool:
    """Whether a share of the claim follows from a list of how many got each grade."""
    grades = [v.range for v in claimed if v.sort is Sort.GRADE]
    counted = [
        (count.middle, grade.range)
        for count, grade in pairwise(found)
        if count.sort is Sort.COUNT and grade.sort is Sort.GRADE
    ]
    if value.sort is not Sort.SHARE or value.worded or len(grades) != 1 or len(counted) < 2:
        return False
    part = sum(count for count, grade in counted if grade == grades[0])
    share = 100 * part / (sum(count for count, _ in counted) or 1)
    return covers(value.range, (share, share))


def _derived(claim: str, value: Value, best: Value, rivals: Sequence[Value]) -> bool:
    if (
        value.sort is Sort.SHARE
        and not value.worded
        and covers(value.range, complement(best.range))
    ):
        return True
    if value.sort in (Sort.COUNT, Sort.POINTS) and _CHANGE.search(claim):
        return any(
            covers(value.range, (a.middle - b.middle, a.middle - b.middle))
            for a in rivals
            for b in rivals
            if a.middle > b.middle
        )
    return False
