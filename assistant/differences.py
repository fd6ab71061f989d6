"""Whether a value of a claim is the difference of two that a sentence states, and which way it goes."""

import re
from collections.abc import Sequence
from itertools import combinations

from assistant.assertions import Sort, Value, values
from assistant.clauses import subject
from assistant.dated import date_of
from assistant.matched import Matched, State
from assistant.rounding import excludes
from assistant.standing import bears
from ingest.words import content_stems

_UP = re.compile(
    r"\b(?:rose|ris(?:en?|es|ing)|grew|grow(?:n|s|ing|th)?|increas\w+|gain\w*|climb\w*|jump\w*|improv\w+"
    r"|up(?!\s+to)|higher|above|ahead|larger|greater|exceed\w*|beats?|more(?!\s+than\s+(?:an?\s|\d)))\b",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:f[ae]ll(?:en|s|ing)?|drop\w*|decreas\w+|declin\w+|reduc\w+|shr[aiu]nk\w*|cut|lost|down(?!\s+to)|lower"
    r"|below|behind|smaller|(?:fewer|less)(?!\s+than\s+(?:an?\s|\d)))\b",
    re.IGNORECASE,
)
_APART = re.compile(r"\b(?:gap|differen\w+|apart|differ(?:s|ed)?|chang\w+)\b", re.IGNORECASE)
# "Fell by more than 100" names no side.
_THAN = re.compile(
    r"\bthan\b(?!\s+(?:[£€$]?\d|half\b|an?\s+(?:half|third|quarter|fifth|tenth|dozen|hundred|thousand|million|year"
    r"|month)\b|(?:twen|thir|for|fif|six|seven|eigh|nine)ty\b))|\b(?:above|below|ahead\s+of|behind)\b",
    re.IGNORECASE,
)
_MORE_THAN = re.compile(
    r"\b(?:more|fewer|less)\s+(?:[\w’'-]+\s+){1,8}?than\b|\d\s+(?:[\w’'-]+\s+){0,3}?(?:above|below)\s+(?!\d)",
    re.IGNORECASE,
)
_SO_MANY_MORE = re.compile(r"\s+(?:[\w’'-]+\s+){0,2}?(?:more|fewer|less|extra)\b", re.IGNORECASE)
_FROM = re.compile(
    r"\b(?:from|against|compared\s+(?:with|to))\s+(?:(?:about|around|just|over|under|nearly)\s+)*$",
    re.I,
)
_DIFFERENT = (Sort.COUNT, Sort.POINTS, Sort.SPELL, Sort.MONEY)


def difference(claim: str, value: Value, text: str, found: Sequence[Value]) -> Matched:
    """Percentage points of the claim, where the sentence has just the two shares."""
    shares = [v for v in found if v.sort is Sort.SHARE and not v.worded]
    if len(shares) != 2:
        return Matched(value, None, State.ABSENT, 0.0)
    state = _stands(claim, value, text, (shares[0], shares[1]), found) or State.OTHER
    return Matched(value, None, state, 0.0)


def derived(
    claim: str, value: Value, text: str, rivals: Sequence[Value], found: Sequence[Value]
) -> State | None:
    """How a value of a change stands to the differences of its rivals; None where to none."""
    if value.sort not in _DIFFERENT or not (sign_of(claim) or _APART.search(claim)):
        return None
    states = [_stands(claim, value, text, pair, found) for pair in combinations(rivals, 2)]
    if State.DERIVED in states:
        return State.DERIVED
    if State.UNSURE in states or (State.OTHER in states and len(states) > 1):
        return State.UNSURE  # of several pairs one may come near by chance
    return State.OTHER if State.OTHER in states else None


def _stands(
    claim: str, value: Value, text: str, pair: tuple[Value, Value], found: Sequence[Value]
) -> State | None:
    """How a value stands to the difference of a pair; None where that is another."""
    apart = abs(pair[0].middle - pair[1].middle)
    if not apart or not bears(value, Value(value.sort, (apart, apart), 0, 0)):
        return None
    sign = sign_of(claim)
    if not sign:
        return State.DERIVED if _APART.search(claim) else State.UNSURE
    first = (
        _first_side(claim, text, pair, found)
        if _THAN.search(claim)
        else later_of(text, pair, found)
    )
    if first is None:
        return State.UNSURE
    other = pair[1] if first is pair[0] else pair[0]
    return State.DERIVED if (first.middle - other.middle) * sign > 0 else State.OTHER


def apart(
    claim: str, value: Value, text: str, found: Sequence[Value]
) -> tuple[State, Value] | None:
    """That a count is how far two counts of a sentence lie apart, whatever they are said to count, and
    the later of them: where one went over into the other, as the claim says, or where it says which is
    more."""
    if value.sort not in (Sort.COUNT, Sort.MONEY) or value.loose or not sign_of(claim):
        return None
    alike = [v for v in found if v.sort is value.sort and not v.loose]
    pairs = list(combinations(alike, 2))
    for pair in pairs:
        # Of more than two, a pair may lie as far apart by chance.
        later = pair[1] if compares(claim) and len(pairs) == 1 else later_of(text, pair, found)
        if later and _stands(claim, value, text, pair, found) is State.DERIVED:
            return State.DERIVED, later
    return None


def direction(claim: str, text: str) -> int:
    """Whether two dated figures of a sentence go the way that a claim without figures says: 1, or -1
    where they go the other; 0 where that cannot be told."""
    if any(v.sort is not Sort.DATE and not v.worded for v in values(claim)):
        return 0
    found, sign = values(text), sign_of(claim)
    for sort in (Sort.SHARE, Sort.COUNT, Sort.MONEY):
        pair = [v for v in found if v.sort is sort and not v.worded]
        if sign and len(pair) == 2:
            later = later_of(text, (pair[0], pair[1]), found)
            if later is None:
                return 0
            other = pair[1] if later is pair[0] else pair[0]
            change = later.middle - other.middle
            return 0 if not change else 1 if change * sign > 0 else -1
    return 0


def compares(claim: str) -> bool:
    """Whether a claim says by how many something is more or less than something else: "105 more men than"."""
    return bool(_MORE_THAN.search(claim))


def is_difference(claim: str, value: Value) -> bool:
    """Whether a value is how much more or less something is than something else: the 14 of "14 more carers
    than in 2012"."""
    return compares(claim) and bool(_SO_MANY_MORE.match(claim, value.end))


def sign_of(claim: str) -> int:
    """1 where the claim says more or risen, -1 where less or fallen, 0 where both or neither."""
    return bool(_UP.search(claim)) - bool(_DOWN.search(claim))


def _first_side(
    claim: str, text: str, pair: tuple[Value, Value], found: Sequence[Value]
) -> Value | None:
    """Which of the pair is said of the side that a comparison names first."""
    than = _THAN.search(claim)
    if than is None:
        return None
    if dated := _not_of(values(claim[than.end() :]), text, pair, found):
        return dated
    left, right = content_stems(claim[: than.start()]), content_stems(claim[than.end() :])
    scores = []
    for value in pair:
        said = content_stems(subject(text, value, pair))
        scores.append(len(said & (left - right)) - len(said & (right - left)))
    if scores[0] == scores[1]:
        return None
    return pair[0] if scores[0] > scores[1] else pair[1]


def _not_of(
    after: Sequence[Value], text: str, pair: tuple[Value, Value], found: Sequence[Value]
) -> Value | None:
    """Which of the pair is of another time than the one that is named: "14 more than in 2012"."""
    named = [v for v in after if v.sort is Sort.DATE]
    days = [v for v in found if v.sort is Sort.DATE]
    dates = [date_of(value, text, pair, days) for value in pair]
    if len(named) != 1:
        return None
    same = [day is not None and not excludes(named[0].range, day.range) for day in dates]
    return None if same[0] == same[1] else pair[same[0]]


def later_of(text: str, pair: tuple[Value, Value], found: Sequence[Value]) -> Value | None:
    """Which of the pair is the later, by their dates or by "from"."""
    days = [v for v in found if v.sort is Sort.DATE]
    first, second = (date_of(v, text, pair, days) for v in pair)
    if first and second and first.middle != second.middle:
        return pair[0] if first.middle > second.middle else pair[1]
    earlier = [v for v in pair if _FROM.search(text, 0, v.start)]
    if len(earlier) != 1:
        return None
    return pair[1] if earlier[0] is pair[0] else pair[0]
