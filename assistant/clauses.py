"""What a value is said of: its own clause of the text; and how near two such clauses come."""

import re
from collections.abc import Sequence

from assistant.assertions import Value
from assistant.nearness import Meaning
from ingest.embed import Vectors
from ingest.words import content_words

BREAK = re.compile(
    r"\s*[,;:()–—]\s*|\s+(?:and|while|but|whereas|against|versus|compared\s+(?:with|to))\s+"
)
_BESIDE = re.compile(r"\s*[,;:()–—]\s*|\s+(?:and|than|versus|against)\s+")
CLOSE = 0.05  # cosine within which two subjects come equally near


def near(
    claim: str,
    value: Value,
    text: str,
    rivals: Sequence[Value],
    claimed: Sequence[Value],
    meaning: Meaning,
) -> Vectors:
    """How near what each rival is said of comes to what the value is said of."""
    alike = alike_in(value, claimed)
    others = [subject(text, rival, rivals) for rival in rivals]
    cosines: Vectors = meaning.cosines([said_of(claim, value, alike)], others)[0]
    if len(alike) != 2 or len(rivals) != 2:
        return cosines
    # Two beside two: the pairing that fits better as a whole.
    second = next(v for v in alike if v is not value)
    fits = meaning.cosines([said_of(claim, second, alike)], others)[0]
    straight, crossed = cosines[0] + fits[1], cosines[1] + fits[0]
    if abs(straight - crossed) <= CLOSE:
        return cosines
    chosen = 0 if straight > crossed else 1
    paired = cosines.copy()
    paired[1 - chosen] = min(cosines[1 - chosen], cosines[chosen] - 2 * CLOSE)
    return paired


def said_of(claim: str, value: Value, alike: Sequence[Value]) -> str:
    """What a value of a claim is said of; "X quit faster than Y: 12% against 8%" pairs in order."""
    bare = [v for v in alike if not content_words(subject(claim, v, alike))]
    pieces = [p for p in _BESIDE.split(claim[: alike[0].start]) if content_words(p)] if bare else []
    if len(pieces) < len(alike) or value not in alike:
        return subject(claim, value, alike)
    return pieces[alike.index(value) - len(alike)]


def subject(text: str, value: Value, rivals: Sequence[Value]) -> str:
    """What a value is said of: its own clause, the value itself left out; all where it is alone."""
    low, high = _bounds(text, value, rivals)
    return f"{text[low : value.start]}…{text[value.end : high]}"


def own_part(text: str, value: Value, rivals: Sequence[Value]) -> str:
    """The clause of a value: `text` without what is said of its rivals."""
    low, high = _bounds(text, value, rivals)
    return text[low:high].strip()


def _bounds(text: str, value: Value, rivals: Sequence[Value]) -> tuple[int, int]:
    low, high = 0, len(text)
    if len(rivals) <= 1:
        return low, high
    breaks = list(BREAK.finditer(text))
    others = [other for other in rivals if other is not value]
    # The nearest break towards a rival parts the two; what no rival claims stays shared.
    for other in others:
        gap = text[min(other.end, value.end) : max(other.start, value.start)]
        if not content_words(gap) and not BREAK.search(gap):
            continue  # "from 20% to 30%": both are said of one thing
        if other.end <= value.start:
            between = [b for b in breaks if b.start() >= other.end and b.end() <= value.start]
            low = max(low, between[0].end() if between else other.end)
        elif other.start >= value.end:
            between = [b for b in breaks if b.start() >= value.end and b.end() <= other.start]
            high = min(high, between[-1].start() if between else other.start)
    return low, high


def alike_in(value: Value, claimed: Sequence[Value]) -> list[Value]:
    """The values of a claim of the sort of `value`, where there are several."""
    alike = [other for other in claimed if other.sort is value.sort and not other.worded]
    return alike if len(alike) > 1 else []
