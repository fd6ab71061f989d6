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
from ingest.embed import Vectors
from ingest.words import content_words, stem, words

BREAK = re.compile(
    r"\s*[,;:()–—]\s*|\s+(?:and|while|but|whereas|against|versus|compared\s+(?:with|to))\s+"
)
_BESIDE = re.compile(r"\s*[,;:()–—]\s*|\s+(?:and|than|versus|against)\s+")
_UNITS = (Sort.SHARE, Sort.POINTS, Sort.COUNT)
_HEDGE = re.compile(
    r"\b(?:just\s+(?:under|over)|(?:fewer|less|more)\s+than|at\s+(?:least|most)|about|around|some|roughly"
    r"|nearly|almost|over|under|up\s+to)\s+(?:an?\s+)?$",
    re.IGNORECASE,
)
LARGE = 10  # smaller numbers are the same by chance
ALIKE = 0.45  # ... from which quantifiers and spells of time are of the same thing
CLOSE = 0.05  # cosine within which two subjects come equally near
_CHANGE = re.compile(
    r"\b(?:by|fewer|more|less|above|below|gap|difference|up|down|rose|fell|dropped|higher|lower|ahead"
    r"|behind|beats?)\b",
    re.IGNORECASE,
)


class State(StrEnum):
    """How one value of a claim stands to a sentence."""

    SAME = "same"
    DERIVED = "derived"  # follows by a sum or difference
    REST = "rest"  # is what is left of the whole
    OTHER = "other"  # the sentence has another value there
    MOVED = "moved"  # ... and has the claim's value elsewhere
    UNSURE = "unsure"  # the ranges neither fit nor exclude each other
    ABSENT = "absent"  # the sentence has no value of that sort


BORNE = (State.SAME, State.DERIVED, State.REST)
OPPOSED = (State.OTHER, State.MOVED)


@dataclass(frozen=True, slots=True)
class Matched:
    """One value of a claim, and the value of the sentence that stands in its place."""

    claimed: Value
    found: Value | None
    state: State
    nearness: float  # of the clauses that hold them
    claimed_text: str = ""  # the words of the claim
    found_text: str = ""  # the words of the sentence; empty where its surroundings have them


def match_values(
    claim: str, text: str, before: str, around: str, meaning: Meaning
) -> list[Matched]:
    """Each value of `claim` with the value of the sentence `text` that stands in its place.

    A claim of several figures may take some from the sentence before. `around` is what the
    sentence stands among; its dates hold for the sentence too.
    """
    claimed, found = values(claim), values(text)
    if not claimed:
        return []
    earlier = values(before) if _several(claimed) else []
    # Places in the sentence before are counted from there, so that the two never overlap.
    whole = f"{text} {before}" if earlier else text
    earlier = [
        replace(v, start=v.start + len(text) + 1, end=v.end + len(text) + 1) for v in earlier
    ]
    dates = [v for v in values(around) if v.sort is Sort.DATE]
    spoken = {stem(word) for word in words(claim)}
    result = []
    for value in claimed:
        rivals = [v for v in found if comparable(value, v) and _of_claim(value, v, spoken)]
        if value.worded and any(v.sort is Sort.SHARE and not v.worded for v in claimed):
            # Beside a figure, "every" is no share of its own.
            rivals = [v for v in rivals if v.worded]
        more = [v for v in earlier if comparable(value, v) and not v.worded]
        if value.sort is Sort.DATE:
            matched = _date(value, rivals, dates)
        elif value.sort is Sort.POINTS and not rivals:
            matched = _difference(value, found)
            if matched.state is State.ABSENT:
                matched = _difference(value, [*found, *earlier])
                # Two sentences may give two shares of different things.
                if matched.state is State.OTHER:
                    matched = Matched(value, None, State.UNSURE, 0.0)
        elif _is_share_of_graded(value, claimed, found):
            matched = Matched(value, None, State.DERIVED, 0.0)
        else:
            matched = _state(claim, value, whole, [*rivals, *more], claimed, meaning)
        wrong = _other_unit(value, found) if matched.state is State.ABSENT else None
        if wrong:
            matched = Matched(value, wrong, State.OTHER, 0.0)
        other = matched.found
        own = other in found or other in earlier if other else False
        result.append(
            replace(
                matched,
                claimed_text=_worded(claim, value),
                found_text=_worded(whole, other) if other and own else "",
            )
        )
    return result


def subjects(claim: str, text: str, before: str) -> list[str]:
    """What the values of both texts are said of: all that `match_values` wants vectors of."""
    claimed, found = values(claim), values(text)
    earlier = values(before) if _several(claimed) else []
    whole = f"{text} {before}" if earlier else text
    found += [replace(v, start=v.start + len(text) + 1, end=v.end + len(text) + 1) for v in earlier]
    needed = []
    for value in claimed:
        needed.append(_said_of(claim, value, _alike(value, claimed)))
        rivals = [other for other in found if comparable(value, other)]
        needed += [subject(whole, rival, rivals) for rival in rivals]
    return needed


def _several(claimed: Sequence[Value]) -> bool:
    """Whether a claim has more than one figure, or one that compares two."""
    figures = [v for v in claimed if v.sort is not Sort.DATE and not v.worded]
    return len(figures) > 1 or any(v.sort is Sort.POINTS for v in figures)


def _worded(text: str, value: Value) -> str:
    """The words of a value, with the hedge before it: "fewer than half"."""
    hedge = _HEDGE.search(text, 0, value.start)
    return text[hedge.start() if hedge else value.start : value.end].strip()


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
    near = _near(claim, value, text, rivals, claimed, meaning)
    best = rivals[int(np.argmax(near))]
    nearness = float(near.max())
    if value.worded and nearness < ALIKE:
        return Matched(value, None, State.ABSENT, nearness)
    if covers(value.range, best.range):
        return Matched(value, best, State.SAME, nearness)
    for other, n in zip(rivals, near, strict=True):
        spanned = other.spans and _within(value, other)
        if spanned or (covers(value.range, other.range) and n > nearness - CLOSE):
            return Matched(value, other, State.SAME, float(n))
    if value.sort is Sort.SPELL and nearness < ALIKE:
        return Matched(value, None, State.ABSENT, nearness)
    if (
        value.sort is Sort.SHARE
        and not value.worded
        and covers(value.range, complement(best.range))
    ):
        return Matched(value, best, State.REST, nearness)
    if _derived(claim, value, rivals):
        return Matched(value, best, State.DERIVED, nearness)
    if any(covers(value.range, other.range) for other in rivals):
        return Matched(value, best, State.MOVED, nearness)
    if value.sort is Sort.COUNT and not _counts_alike(value, best):
        return Matched(value, None, State.ABSENT, nearness)
    if excludes(value.range, best.range):
        # "No region is left out" says what "all regions are in" says.
        turned = value.worded and value.range == (0, 0)
        state = State.UNSURE if turned else State.OTHER
        return Matched(value, best, state, nearness)
    return Matched(value, best, State.UNSURE, nearness)


def _counts_alike(value: Value, other: Value) -> bool:
    """Whether two counts count the same; without a noun large ones of one order may."""
    low, high = sorted((value.middle, other.middle))
    if high > LARGE * low:
        return False
    if value.nouns and other.nouns:
        return bool(value.nouns & other.nouns)
    return low >= LARGE


def _near(
    claim: str,
    value: Value,
    text: str,
    rivals: Sequence[Value],
    claimed: Sequence[Value],
    meaning: Meaning,
) -> Vectors:
    """How near what each rival is said of comes to what the value is said of."""
    alike = _alike(value, claimed)
    others = [subject(text, rival, rivals) for rival in rivals]
    near: Vectors = meaning.cosines([_said_of(claim, value, alike)], others)[0]
    if len(alike) != 2 or len(rivals) != 2:
        return near
    # Two beside two: the pairing that fits better as a whole.
    second = next(v for v in alike if v is not value)
    fits = meaning.cosines([_said_of(claim, second, alike)], others)[0]
    straight, crossed = near[0] + fits[1], near[1] + fits[0]
    if abs(straight - crossed) <= CLOSE:
        return near
    chosen = 0 if straight > crossed else 1
    paired = near.copy()
    paired[1 - chosen] = min(near[1 - chosen], near[chosen] - 2 * CLOSE)
    return paired


def _said_of(claim: str, value: Value, alike: Sequence[Value]) -> str:
    """What a value of a claim is said of; "X quit faster than Y: 12% against 8%" pairs in order."""
    bare = [v for v in alike if not content_words(subject(claim, v, alike))]
    pieces = [p for p in _BESIDE.split(claim[: alike[0].start]) if content_words(p)] if bare else []
    if len(pieces) < len(alike) or value not in alike:
        return subject(claim, value, alike)
    return pieces[alike.index(value) - len(alike)]


def comparable(value: Value, other: Value) -> bool:
    """Whether two values can stand for the same thing."""
    if value.sort is not other.sort:
        return False
    if value.sort is Sort.COUNT:
        alike = bool(value.nouns & other.nouns) or not (value.nouns and other.nouns)
        same = covers(value.range, other.range) or not excludes(value.range, other.range)
        return alike or same
    if value.worded and other.worded:
        shared = len(value.nouns & other.nouns)
        return not (value.nouns and other.nouns) or shared >= len(value.nouns | other.nouns) / 2
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
    for other in own:
        if _within(other, value):
            return Matched(value, other, State.SAME, 0.0)
    # A report of a year may be of any month of it; one of another month of that year is not.
    of_report = any(_within(other, value) for other in around)
    if own and all(excludes(value.range, other.range) for other in own):
        # "The 2025 report found" may be said of what the sentence dates otherwise.
        return Matched(value, own[0], State.UNSURE if of_report else State.OTHER, 0.0)
    if of_report:
        return Matched(value, None, State.SAME, 0.0)
    vague = [v for v in (*own, *around) if not excludes(value.range, v.range)]
    if vague:
        return Matched(value, vague[0], State.UNSURE, 0.0)
    return Matched(value, None, State.ABSENT, 0.0)


def _within(day: Value, span: Value) -> bool:
    """Whether a date lies in another, or is its month or year."""
    return span.range[0] <= day.middle <= span.range[1]


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


def _derived(claim: str, value: Value, rivals: Sequence[Value]) -> bool:
    """Whether a value of a change is the difference of two that are stated."""
    return (
        value.sort in (Sort.COUNT, Sort.POINTS)
        and bool(_CHANGE.search(claim))
        and any(
            covers(value.range, (a.middle - b.middle, a.middle - b.middle))
            for a in rivals
            for b in rivals
            if a.middle > b.middle
        )
    )
