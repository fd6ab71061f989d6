"""Matches the values of a claim with those of a sentence: the same, another, or elsewhere in it."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.assertions import Sort, Value, ages, may_be_age, values
from assistant.clauses import BREAK, CLOSE, alike_in, near, said_of, subject
from assistant.dated import bound, dated
from assistant.differences import apart, compares, derived, difference, is_difference
from assistant.grades import by_grade
from assistant.leanings import negations
from assistant.matched import BORNE, Matched, State
from assistant.nearness import Meaning
from assistant.proportions import follows
from assistant.standing import (
    LARGE,
    bars,
    bears,
    comparable,
    counts_alike,
    is_rest,
    leaves_a_middle,
    may_be_rest,
)
from ingest.words import stem, words

__all__ = ["BREAK", "match_values", "subjects"]

_UNITS = (Sort.SHARE, Sort.POINTS, Sort.COUNT)
_HEDGE = re.compile(
    r"\b(?:just\s+(?:under|over)|(?:no\s+)?(?:fewer|less|more)\s+than|at\s+(?:least|most)|about|around|some|roughly"
    r"|nearly|almost|over|under|up\s+to)\s+(?:an?\s+)?$",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"[^.;:,]{0,40}(?:,\s*(?:so|or|meaning|that\s+is|i\.?e\.?|in\s+other\s+words),?\s|\(|[–—])[^.;:,]{0,25}",
    re.IGNORECASE,
)
_DID = re.compile(
    r"\s+(?:of\s+(?:them|whom|these|those|which)\s+)?(?:have|has|had|were|was|are|is|did|do|got|get|went)\b",
    re.IGNORECASE,
)
_OF_SO_MANY = re.compile(
    r"\b(?:of|among|across|out\s+of)\s+(?:all\s+)?(?:(?:the|our|its|their|these|those)\s+)?$",
    re.IGNORECASE,
)
_THE_MOST = re.compile(
    r"\b(?:most|least|worst|best|(?:[a-z]{2,}(?:gh|ng|rg|gg|w|rt|ll|rk|st|k|i)est))\b", re.I
)
_FEW = 20  # things that are compared with each other
OF_ALL = 16  # characters at most between "all" and how many that is
OF_NONE = 32  # ... after "none", or a share, that say of what
ALIKE = 0.45  # cosine from which quantifiers, spells of time and frequencies are of the same thing


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
    # Places in the sentence before are counted from there, so that the two never overlap.
    both = f"{text} {before}"
    behind = _behind(text, before)
    earlier = behind if _several(claim, claimed) else []
    whole = both if earlier else text
    dates = [v for v in values(around) if v.sort is Sort.DATE]
    spoken = {stem(word) for word in words(claim)}
    result = []
    for value in claimed:
        rivals = [v for v in found if comparable(value, v) and _of_claim(value, v, spoken)]
        if value.worded and any(v.sort is Sort.SHARE and not v.worded for v in claimed):
            # Beside a figure, "every" is no share of its own.
            rivals = [v for v in rivals if v.worded]
        if not value.worded and any(not v.worded for v in rivals):
            rivals = [v for v in rivals if not v.worded]  # a figure stands in a figure's place
        more = [v for v in earlier if comparable(value, v) and not v.worded]
        if value.sort is Sort.DATE:
            matched = dated(value, claim, rivals, dates)
        elif value.sort is Sort.POINTS and not rivals:
            matched = difference(claim, value, text, found)
            if matched.state is State.ABSENT:
                matched = difference(claim, value, whole, [*found, *earlier])
                # Two sentences may give two shares of different things.
                if matched.state is State.OTHER:
                    matched = Matched(value, None, State.UNSURE, 0.0)
        elif (listed := by_grade(value, claimed, found)) is not None:
            matched = listed
        else:
            matched = _state(
                claim, value, whole, [*rivals, *more], claimed, [*found, *earlier], meaning
            )
        if matched.state not in BORNE:
            matched = _inferred(claim, matched, claimed, both, found, behind)
        if matched.state is State.ABSENT:
            part = _part_of_all(value, claimed, text, found) or _none(value, claim, text, found)
            matched = Matched(value, part, State.OTHER, 0.0) if part else matched
        if value.loose and (matched.state is State.ABSENT or matched.found is None):
            continue  # "one" is no figure where the sentence counts nothing of the kind
        if matched.state not in BORNE and _is_frame(claim, value):
            continue  # of how many something is the most is not what is said of it
        absent = matched.state is State.ABSENT
        wrong = _other_unit(value, claim, text, found) if absent else None
        if wrong:
            matched = Matched(value, wrong, State.OTHER, 0.0)
        other = matched.found
        own = other in found or other in behind if other else False
        result.append(
            replace(
                matched,
                claimed_text=_worded(claim, value),
                found_text=_worded(both, other) if other and own else "",
            )
        )
    return bound(result, text, found)


def subjects(claim: str, text: str, before: str) -> list[str]:
    """What the values of both texts are said of: all that `match_values` wants vectors of."""
    claimed, found = values(claim), values(text)
    earlier = _behind(text, before) if _several(claim, claimed) else []
    whole = f"{text} {before}" if earlier else text
    found += earlier
    needed = []
    for value in claimed:
        needed.append(said_of(claim, value, alike_in(value, claimed)))
        rivals = [other for other in found if comparable(value, other)]
        needed += [subject(whole, rival, rivals) for rival in rivals]
    return needed


def _behind(text: str, before: str) -> list[Value]:
    """The values of the sentence before, at their places in `text` followed by it."""
    first = len(text) + 1
    return [replace(v, start=v.start + first, end=v.end + first) for v in values(before)]


def _several(claim: str, claimed: Sequence[Value]) -> bool:
    """Whether a claim has more than one figure, or one that compares two."""
    figures = [v for v in claimed if v.is_figure]
    return len(figures) > 1 or any(v.sort is Sort.POINTS for v in figures) or compares(claim)


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
    found: Sequence[Value],
    meaning: Meaning,
) -> Matched:
    # What is said of a thing without "some" or "none" is said of some of it.
    absent = Matched(value, None, State.SAME if value.some else State.ABSENT, 0.0)
    if not rivals:
        return absent
    cosines = near(claim, value, text, rivals, claimed, meaning)
    best = rivals[int(np.argmax(cosines))]
    nearness = float(cosines.max())
    if value.worded and nearness < ALIKE:
        return replace(absent, nearness=nearness)
    if bears(value, best):
        return Matched(value, best, State.SAME, nearness)
    alike = [v for v in rivals if v.worded and bears(value, v)]
    if value.worded and alike:
        return Matched(value, alike[0], State.SAME, nearness)
    for other, n in zip(rivals, cosines, strict=True):
        if bears(value, other) and n > nearness - CLOSE:
            return Matched(value, other, State.SAME, float(n))
    if value.sort in (Sort.SPELL, Sort.FREQUENCY) and nearness < ALIKE:
        return replace(absent, nearness=nearness)
    said = said_of(claim, value, alike_in(value, claimed))
    told = subject(text, best, rivals)
    if is_rest(value, best):
        middle = leaves_a_middle(said, told)
        return Matched(value, best, State.UNSURE if middle else State.REST, nearness)
    change = derived(claim, value, text, rivals, found)
    if change is not None:
        return Matched(value, best, change, nearness)
    if is_difference(claim, value):
        return replace(absent, nearness=nearness)  # no count is in the place of a difference
    bearing = [other for other in rivals if bears(value, other)]
    if bearing and not bars(value, best):
        again = next((other for other in bearing if _says_again(text, best, other)), None)
        state = State.SAME if again else State.UNSURE
        return Matched(value, again or best, state, nearness)
    if bearing:
        return Matched(value, best, State.MOVED, nearness)
    if value.sort is Sort.COUNT and not counts_alike(value, best):
        return replace(absent, nearness=nearness)
    if bars(value, best) and not may_be_rest(value, best, said, told):
        # "No region is left out" says what "all regions are in" says.
        state = State.UNSURE if _is_none(value) else State.OTHER
        # What is denied is no other value that a reader could be told.
        return Matched(value, None if value.denied or best.denied else best, state, nearness)
    return Matched(value, best, State.UNSURE, nearness)


def _inferred(
    claim: str,
    matched: Matched,
    claimed: Sequence[Value],
    text: str,
    found: Sequence[Value],
    before: Sequence[Value],
) -> Matched:
    """The same where the value follows from others that the sentence states, though not in its place."""
    value, other = matched.claimed, matched.found
    inferred = apart(claim, value, text, [*found, *before]) or follows(
        claim, value, text, found, before
    )
    if inferred:
        state, source = inferred
        return Matched(value, source, state, max(matched.nearness, ALIKE))
    if may_be_age(value, claim) and value.middle in ages(text):
        return Matched(value, None, State.SAME, max(matched.nearness, ALIKE))
    # What another value of the claim says already stands in no other's place: "22 of the 26".
    taken = other is not None and any(
        o is not value and o.sort is value.sort and not o.worded and bears(o, other)
        for o in claimed
    )
    if matched.state is State.OTHER and taken and value.sort is Sort.COUNT:
        return Matched(value, None, State.ABSENT, matched.nearness)
    return matched


def _part_of_all(
    value: Value, claimed: Sequence[Value], text: str, found: Sequence[Value]
) -> Value | None:
    """How many of so many did what a claim says of every one: "12 of whom have" beside "all 20"."""
    if not value.worded or value.range != (100, 100):
        return None
    all_ = {v.range for v in claimed if v.sort is Sort.COUNT and 0 <= v.start - value.end <= OF_ALL}
    counts = [v for v in found if v.sort is Sort.COUNT]
    pairs = ((whole, part) for whole in counts if whole.range in all_ for part in counts)
    return next(
        (
            part
            for whole, part in pairs
            if part.middle < whole.middle and part.start > whole.end and _DID.match(text, part.end)
        ),
        None,
    )


def _none(value: Value, claim: str, text: str, found: Sequence[Value]) -> Value | None:
    """What says that none is so of which a claim says how many are: "none of the regions" beside "one
    region"."""
    if value.sort is not Sort.COUNT or negations(claim):
        return None
    for other in found:
        if _is_none(other) and value.nouns & (other.nouns | _after(text, other)):
            return other
    return None


def _is_frame(claim: str, value: Value) -> bool:
    """Whether a count tells among how many something is the most: "of the three regions, Kent had the
    highest rate"."""
    before = claim[max(0, value.start - OF_NONE) : value.start]
    is_count = value.sort is Sort.COUNT and value.middle <= _FEW
    return is_count and bool(_OF_SO_MANY.search(before) and _THE_MOST.search(claim))


def _is_none(value: Value) -> bool:
    return value.worded and value.range == (0, 0)


def _says_again(text: str, one: Value, other: Value) -> bool:
    """Whether two values are one thing said in two ways: "18 per cent, so fewer than one in five"."""
    first, last = sorted((one, other), key=lambda v: v.start)
    return _AGAIN.fullmatch(text, first.end, last.start) is not None


def _of_claim(value: Value, other: Value, spoken: set[str]) -> bool:
    """Whether a quantifier ("both", "all") quantifies something that the claim speaks of."""
    return value.worded or not other.worded or bool(other.nouns & spoken)


def _other_unit(value: Value, claim: str, text: str, found: Sequence[Value]) -> Value | None:
    """The same number in another unit: per cent for percentage points, or for a count of the same."""
    if value.sort not in _UNITS or value.worded or value.middle < LARGE:
        return None
    for other in found:
        same = abs(other.middle - value.middle) < 0.01
        if not same or other.sort not in _UNITS or other.sort is value.sort or other.worded:
            continue
        counted = (
            v.nouns & _after(t, o) for v, t, o in ((value, text, other), (other, claim, value))
        )
        if Sort.COUNT not in (value.sort, other.sort) or any(counted):
            return other
    return None


def _after(text: str, value: Value) -> set[str]:
    """The stems of the words that follow on a value, and say of what it is."""
    return {stem(word) for word in words(text[value.end : value.end + OF_NONE])}
