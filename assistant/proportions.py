"""Whether a value of a claim follows from two counts that a sentence states: as one's share of the
other, as what it leaves of it, or as how far a number has risen or fallen from the one to the other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from assistant.differences import later_of, sign_of
from assistant.matched import State
from assistant.standing import bears, is_turned
from assistant.value import Sort, Value

_LEAST_WHOLE = 3  # of fewer, a share says nothing
_NAMES_WHOLE = 30  # characters before a whole that say it is one: "out of a total of"
_ROUNDED = 0.5  # percentage points by which a share that is worked out may be off
_ALL_OF = r"(?:(?:the|a\s+total\s+of|all|its|their|these|those)\s+)*"
# "73 of 518", "22 of the 26 social workers", "nine out of a total of 40"
_OF = re.compile(rf"\s+(?:[\w’'-]+\s+){{0,3}}?(?:of|out\s+of)\s+{_ALL_OF}$", re.IGNORECASE)
# "Only two of these", "Of these, 2,831": the whole is told in a sentence before.
_OF_THESE = re.compile(
    r"\s+(?:[\w’'-]+\s+){0,2}?of\s+(?:these|those|them|which|whom)\b", re.IGNORECASE
)
_OF_THESE_BEFORE = re.compile(
    r"\bof\s+(?:these|those|them|this\s+(?:number|total|group|cohort))\b,?\s+(?:(?:only|just|about|some)\s+)?$",
    re.IGNORECASE,
)
# "Of the 62 social workers in post, 22 were": the whole comes first.
_OUT_OF = re.compile(
    rf"(?:^|[.;:,(–—]\s*|\b(?:and|but|that|while)\s+)(?:out\s+of|of|among)\s+{_ALL_OF}$",
    re.IGNORECASE,
)
_HAS_PART = re.compile(
    r"(?:\s+(?![^\s,]*\d)[^\s,.;:]+){1,12},?\s+(?:(?:only|just|about|some|around|approximately|nearly|a\s+total\s+of)\s+)?",
    re.IGNORECASE,
)
_DID = re.compile(
    r"\s+(?:\([^)]{1,20}\)\s+)?(?:(?:of\s+(?:them|whom)|had|have|still|\w+ly)\s+)?"
    r"(?:were|was|are|is|have|has|had|did|do|could|would|got|get|gained|received?|remain(?:s|ed)?|live[sd]?|need(?:s|ed)?"
    r"|came|went|met|left|took|said|felt|reported|achieved|showed?|lacked|required?)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\s*(?:not|never|n[’']t|un\w+)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?][”’\"']?\s")
_TIMES = {"halv": 50.0, "doubl": 100.0, "trebl": 200.0, "tripl": 200.0}
_CHANGED_TIMES = re.compile(r"\b(halv|doubl|trebl|tripl)(?:e[sd]?|ing)\b", re.IGNORECASE)
_PER_CENT_OFF = re.compile(
    r"\b(?:by|of|up|down|rose|risen|fell|fallen|grew|grown|increased|decreased|dropped|declined)\s+(?:(?:about|around|just|over|under|nearly|almost|some|roughly|more\s+than"
    r"|less\s+than|an?)\s+)*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A count, and that of the whole which it is part of."""

    part: Value
    whole: Value


def follows(
    claim: str, value: Value, text: str, found: Sequence[Value], before: Sequence[Value]
) -> tuple[State, Value] | None:
    """How a value that no sentence states follows from its counts, and the count that it rests on.

    `found` are the values of a sentence, with which `text` begins, `before` those of the sentence before
    it, which stands behind it there, and may give the whole of which "two of these" are part.
    """
    if value.sort is Sort.SHARE and not value.worded:
        for one in _parts(text, found, before):
            share = 100 * one.part.middle / one.whole.middle
            if bears(value, _about(share)):
                return State.DERIVED, one.part
        return _changed(claim, value, text, [*found, *before])
    if value.sort is Sort.COUNT and not value.loose and is_turned(claim, text):
        for one in _parts(text, found, before):
            rest = one.whole.middle - one.part.middle
            if rest != one.part.middle and bears(value, Value(Sort.COUNT, (rest, rest), 0, 0)):
                return State.REST, one.part
    return None


def _parts(text: str, found: Sequence[Value], before: Sequence[Value]) -> Iterator[Part]:
    counts = [v for v in found if v.sort is Sort.COUNT and not v.loose]
    for one, other in pairwise(counts):
        if _fits(one, other) and _OF.fullmatch(text, one.end, other.start):
            yield Part(one, other)
        elif _fits(other, one) and _comes_first(text, one, other):
            yield Part(other, one)
    for count in counts:
        if _OF_THESE.match(text, count.end) or _OF_THESE_BEFORE.search(text, 0, count.start):
            ends = [m.end() for m in _SENTENCE_END.finditer(text, 0, count.start)]
            told = [v for v in counts if ends and v.end <= ends[-1]]
            wholes = told or [v for v in before if v.sort is Sort.COUNT and not v.loose]
            if len(wholes) == 1 and _fits(count, wholes[0]):  # of which of several is not sure
                yield Part(count, wholes[0])


def _comes_first(text: str, whole: Value, part: Value) -> bool:
    """Whether a text says of a whole how many of it did something: "of the 62 in post, 22 were"."""
    # No more than the words just before it: a pattern that ends there would be tried all along the text.
    named = _OUT_OF.search(text[max(0, whole.start - _NAMES_WHOLE) : whole.start])
    did = _DID.match(text, part.end)
    if not (named and did and _HAS_PART.fullmatch(text, whole.end, part.start)):
        return False
    # Of several parts, which one is meant is not told; nor of what they did not do.
    rest = re.split(r"[.;]", text[did.end() :], maxsplit=1)[0]
    return not (re.search(r"\d", rest) or _DENIED.match(rest))


def _fits(part: Value, whole: Value) -> bool:
    exact = not (part.vague or whole.vague or part.spans or whole.spans)
    return exact and whole.middle >= _LEAST_WHOLE and 0 < part.middle < whole.middle


def _changed(
    claim: str, value: Value, text: str, found: Sequence[Value]
) -> tuple[State, Value] | None:
    """A rise or fall of so many per cent, beside the two counts or "halved"."""
    sign = sign_of(claim)
    if not sign or not _PER_CENT_OFF.search(claim, 0, value.start):
        return None
    counts = [v for v in found if v.sort is Sort.COUNT and not v.loose and v.middle >= _LEAST_WHOLE]
    for pair in combinations(counts, 2):
        later = later_of(text, pair, found)
        if later is None:
            continue
        earlier = pair[1] if later is pair[0] else pair[0]
        change = 100 * (later.middle / earlier.middle - 1)
        if change * sign > 0 and bears(value, _about(abs(change))):
            return State.DERIVED, later
    for match in _CHANGED_TIMES.finditer(text):
        stem = match[1].lower()
        if (stem != "halv") == (sign > 0) and bears(value, _about(_TIMES[stem])):
            return State.DERIVED, Value(Sort.SHARE, (_TIMES[stem],) * 2, *match.span())
    return None


def _about(share: float) -> Value:
    return Value(Sort.SHARE, (share - _ROUNDED, share + _ROUNDED), 0, 0)
