"""Questions that set places or years side by side: one question for each side."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.knowledge import Knowledge

_WITH_YEAR = (
    r"(?:['’]s?)?(?:[\s,]*\(?(?:in|at|for|of|from)?\s*(?:the\s+)?(?:[a-z]+\s+)?(?:19|20)\d\d\)?)?"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b(?!\s*/)")
_JOINT = (
    r"[\s,:]*(?:\b(?:and|or|than|with|against|versus|vs\.?|to|above|below|between|from|as|compared"
    r"|how|does|did|was|is)\b[\s,]*)*"
)
_COMPARES = re.compile(
    r"\b(?:compar\w+|than|versus|vs|against|above|below|differ\w*|difference|change[ds]?|both|either|between"
    r"|or|and|from)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: what it is called, and the question that asks of it alone."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class _Mention:
    label: str
    start: int
    end: int
    key: str


def sides(asked: str, knowledge: Knowledge) -> tuple[Side, ...]:
    """The sides that a question compares: two or more places, or years of one; () where it does not."""
    if not _COMPARES.search(asked):
        return ()
    places = _places(asked, knowledge)
    mentions = places if len({m.key for m in places}) > 1 else _years(asked) if places else []
    if len({m.key for m in mentions}) < 2:
        return ()
    return tuple(Side(m.label, _alone(asked, m, mentions)) for m in mentions)


def _places(asked: str, knowledge: Knowledge) -> list[_Mention]:
    found: list[_Mention] = []
    for place in sorted(knowledge.places, key=len, reverse=True):
        name = r"[\s-]+(?:[a-z]{1,3}\s+){0,2}".join(re.escape(word) for word in place)
        for match in re.finditer(rf"\b(?P<name>{name})\b{_WITH_YEAR}", asked, re.IGNORECASE):
            if not any(m.start < match.end() and match.start() < m.end for m in found):
                key = match["name"].lower()
                found.append(_Mention(match["name"], match.start(), match.end(), key))
    return sorted(found, key=lambda mention: mention.start)


def _years(asked: str) -> list[_Mention]:
    return [_Mention("", m.start(), m.end(), m[0]) for m in _YEAR.finditer(asked)]


def _alone(asked: str, kept: _Mention, mentions: Sequence[_Mention]) -> str:
    """The question without the other sides, and without the words that join them to it."""
    text = asked
    for other in sorted(mentions, key=lambda m: -m.start):
        if other.key != kept.key:
            before = re.search(_JOINT + r"$", text[: other.start], re.IGNORECASE)
            begin = before.start() if before else other.start
            # A name at the very beginning leaves its joint behind it.
            text = text[:begin] + " " + text[other.end :]
    return " ".join(text.split())
