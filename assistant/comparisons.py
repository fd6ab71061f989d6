"""Questions that set places, years or two things side by side: one question for each side."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.knowledge import Knowledge
from assistant.scope import MONTH_NAMES, MONTHS
from ingest.words import words

_WITH_YEAR = (
    r"(?:['’]s?)?(?:[\s,]*\(?(?:in|at|for|of|from)?\s*(?:the\s+)?(?:[a-z]+\s+)?(?:19|20)\d\d\)?)?"
)
_YEAR = re.compile(
    rf"\b(?:the\s+)?(?:(?:\d\d?\s+)?(?:{'|'.join((*MONTH_NAMES, *MONTHS))})\.?\s+)?"
    r"\b(?P<year>(?:19|20)\d\d)\b(?!\s*/)",
    re.IGNORECASE,
)
_JOINT = (
    r"[\s,:]*(?:\b(?:and|or|than|with|against|versus|vs\.?|to|above|below|between|from|as|compared"
    r"|how|does|did|was|is|in|at|for|of)\b[\s,]*)*"
)
_COMPARES = re.compile(
    r"\b(?:compar\w+|than|versus|vs|against|above|below|differ\w*|difference|change[ds]?|both|either|between"
    r"|or|and|from)\b",
    re.IGNORECASE,
)
# "Which is higher, A or B?", "A or B: who did better?"
_THING = r"(?:\w[\w’'-]*\s+){0,4}?\w[\w’'-]*"
_EITHER = re.compile(
    rf"(?:^\W*(?P<a>{_THING}),?\s+or\s+(?P<b>{_THING})\s*[,:;–—-](?=\s)"
    rf"|[,:;–—-]\s+(?P<c>{_THING}),?\s+or\s+(?P<d>{_THING})\W*$)",
    re.IGNORECASE,
)
_ASKS_WHICH = re.compile(
    r"\b(?:which|who|whose|what|where)\b.*\b(?:more|less|better|best|worse|worst|most|least|fewer|higher|lower"
    r"|sooner|later|longer|shorter|larger|smaller|bigger|stronger|weaker|faster|slower|oftener|commoner|safer"
    r"|earlier|newer|older|further|harder|easier)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b[A-Z][\w’-]+(?:\s+[A-Z][\w’-]+)*")
_AGAINST = re.compile(r"\b(?:compar\w+\s+(?:with|to)|versus|vs|against|than)\b", re.IGNORECASE)
_THIRD = re.compile(rf"[,:;–—-]\s+{_THING},\s+$")
_NO_THING = re.compile(
    r"^(?:more|less|sooner|later|better|worse|(?:if\s+)?any\w*|no\w*|yes|not|both|neither|other\w*|so)$",
    re.I,
)
MOST_SIDES = 4
LONGEST_JOINT = 60  # characters


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
    """The sides that a question compares: two or more places, years of one, two names that it sets against
    each other, or two things between which it asks to choose; () where it does not."""
    if not _COMPARES.search(asked):
        return ()
    places = _places(asked, knowledge)
    several = len({m.key for m in places}) > 1
    if not several and (things := _things(asked)):
        return things
    mentions = places if several else _years(asked) if places else _names(asked, knowledge)
    first = {m.key: m for m in reversed(mentions)}
    if not 1 < len(first) <= MOST_SIDES:
        return ()
    kept = sorted(first.values(), key=lambda m: m.start)
    return tuple(Side(m.label, _alone(asked, m, mentions)) for m in kept)


def _things(asked: str) -> tuple[Side, ...]:
    """The two things that a question lets one choose between."""
    found = _EITHER.search(asked) if _ASKS_WHICH.search(asked) else None
    if found is None:
        return ()
    one, other = ("a", "b") if found["a"] else ("c", "d")
    begin, end = found.start(one), found.end(other)
    if _NO_THING.match(found[one]) or _NO_THING.match(found[other]):
        return ()
    if _THIRD.search(asked[:begin]):
        return ()  # "A, B or C"
    return tuple(
        Side(found[name], f"{asked[:begin]}{found[name]}{asked[end:]}") for name in (one, other)
    )


def _places(asked: str, knowledge: Knowledge) -> list[_Mention]:
    found: list[_Mention] = []
    for place in sorted(knowledge.places, key=len, reverse=True):
        name = r"[\s-]+(?:[a-z]{1,3}\s+){0,2}".join(re.escape(word) for word in place)
        for match in re.finditer(rf"\b(?P<name>{name})\b{_WITH_YEAR}", asked, re.IGNORECASE):
            if not any(m.start < match.end() and match.start() < m.end for m in found):
                key = match["name"].lower()
                found.append(_Mention(match["name"], match.start(), match.end(), key))
    return sorted(found, key=lambda mention: mention.start)


def _names(asked: str, knowledge: Knowledge) -> list[_Mention]:
    """The two names that a question sets against each other, of what no report is about as a whole."""
    found = [
        _Mention(m[0], m.start(), m.end(), m[0].lower())
        for m in _NAMED.finditer(asked)
        if any(knowledge.is_name(word) for word in words(m[0]))
    ]
    against = len(found) == 2 and _AGAINST.search(asked, found[0].end, found[1].start)
    return found if against else []


def _years(asked: str) -> list[_Mention]:
    return [_Mention("", m.start(), m.end(), m["year"]) for m in _YEAR.finditer(asked)]


def _alone(asked: str, kept: _Mention, mentions: Sequence[_Mention]) -> str:
    """The question with this side in the place of the first, without the others and what joins them."""
    text, first = asked, mentions[0].key
    for found in reversed(mentions):
        if found.key != first:
            near = max(0, found.start - LONGEST_JOINT)
            before = re.search(_JOINT + r"$", text[near : found.start], re.IGNORECASE)
            begin = near + before.start() if before else found.start
            text = text[:begin] + " " + text[found.end :]
        elif found.key != kept.key:
            text = text[: found.start] + asked[kept.start : kept.end] + text[found.end :]
    return re.sub(r" (?=[?!.,:;])", "", " ".join(text.split()))
