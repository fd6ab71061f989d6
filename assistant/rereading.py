"""Reads a figure of a claim a second time, in the words that the sentence has for it.

The reader takes "in 18 per cent" beside "in just 18 per cent" for something else, and hardly sees which of
two figures it is that a sentence says of what. Which value is meant is for the rules to say; told alike,
the rest is what the reader is good at.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.assertions import Sort, Value, values
from assistant.clauses import own_part
from assistant.matched import Matched, State
from assistant.standing import bears

_FIGURES = (Sort.SHARE, Sort.COUNT, Sort.MONEY)
# What rounds or belittles a figure belongs to how it is told.
_TOLD = re.compile(
    r"(?:\b(?:just|only|merely|barely|a\s+mere|some|about|around|roughly|approximately|nearly|almost|over|under"
    r"|up\s+to|at\s+least|at\s+most|(?:no\s+)?(?:fewer|less|more)\s+than|as\s+(?:few|many|little|much)\s+as)\s+)+"
    r"(?:an?\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Binding:
    """A figure of a claim that is one of several in a sentence: the claim with that figure and the part
    of the sentence that has it, then the claim with each of the others and its part."""

    matched: Matched
    own: Value  # in the sentence
    pairs: tuple[tuple[str, str], ...]


def in_its_words(claim: str, matched: Sequence[Matched], text: str) -> str:
    """`claim` with each figure that `text` has told as it is there; the claim itself where none is."""
    for m in sorted(matched, key=lambda m: -m.claimed.start):
        if m.state is State.SAME and m.found and _is_figure(m) and _has(m, text):
            claim = _put(claim, m.claimed, text, m.found)
    return claim


def bindings(claim: str, matched: Sequence[Matched], text: str, state: State) -> Iterator[Binding]:
    """What the figures of a claim that stand to a sentence in this state may be said of.

    `state` is SAME, or MOVED: then the claim's figure is there, and the rules took it for another's.
    """
    for m in matched:
        if m.state is not state or not _is_figure(m) or not _has(m, text):
            continue
        alike = [v for v in values(text) if v.sort is m.claimed.sort and not (v.worded or v.loose)]
        claimed = [o for o in matched if o.claimed.sort is m.claimed.sort and not o.claimed.worded]
        own = next((v for v in alike if _is_own(m, v)), None)
        if own is None or len(alike) < 2 or len(claimed) > 1:
            continue
        places = (own, *(v for v in alike if v is not own))
        pairs = ((_put(claim, m.claimed, text, v), own_part(text, v, alike)) for v in places)
        yield Binding(m, own, tuple(pairs))


def _is_figure(matched: Matched) -> bool:
    return matched.claimed.sort in _FIGURES and not matched.claimed.worded


def _has(matched: Matched, text: str) -> bool:
    """Whether the value that stands in place of the claim's is in `text`, and not before it."""
    return bool(matched.found and matched.found_text and matched.found.end <= len(text))


def _is_own(matched: Matched, value: Value) -> bool:
    if matched.state is State.SAME:
        return matched.found is not None and value.start == matched.found.start
    return bears(matched.claimed, value)


def _put(claim: str, value: Value, text: str, other: Value) -> str:
    begin, start = (_begin(told, v) for told, v in ((claim, value), (text, other)))
    words = text[start : other.end]
    words = words[0].lower() + words[1:] if begin else words[0].upper() + words[1:]
    return f"{claim[:begin]}{words}{claim[value.end :]}"


def _begin(text: str, value: Value) -> int:
    told = _TOLD.search(text, 0, value.start)
    return told.start() if told else value.start
