"""Finds, in a sentence that answers, the words that answer: the figure, name, rating or date asked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence import DATE, PERSON, RATING, definition_span
from assistant.inquiry import Inquiry
from assistant.wants import Wants
from ingest.statistics import Statistic, Unit, statistics
from ingest.words import STOPWORDS, stem, words

REACH = 7.0  # words over which the pull of a question's word on a figure falls to a third
CLAUSE = 0.5  # of that pull that is left across a comma, semicolon or "and"
CLEAR = 1.15  # how much better the best figure must be bound than the next, to be named alone

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*|[,;:()]")
_BREAKS = frozenset({",", ";", ":", "(", ")", "and", "while", "but", "compared", "whereas"})


@dataclass(frozen=True, slots=True)
class Bound:
    """One figure (or name, rating, date) of a text, with how strongly the question points to it."""

    start: int
    end: int
    pull: float


def direct_answer(text: str, inquiry: Inquiry, rarity: dict[str, float]) -> str:
    """The words of `text` that answer, verbatim; empty where none fits or several fit alike."""
    for short, long in inquiry.defines:
        span = definition_span(text, short, long)
        if span:
            return f"{short.upper()}: {text[span[0] : span[1]]}"
    spans = _spans(text, inquiry.wants)
    if not spans:
        return ""
    bound = bind(text, spans, inquiry, rarity)
    best = bound[0]
    if len(bound) > 1 and best.pull < CLEAR * bound[1].pull:
        return ""
    return text[best.start : best.end]


def bind(
    text: str, spans: Sequence[tuple[int, int]], inquiry: Inquiry, rarity: dict[str, float]
) -> list[Bound]:
    """The spans, the one that the question's words pull hardest on first.

    Each word of the question that stands in the text pulls on every span, less with distance, and
    less across a clause's end; words that stand beside all alike therefore decide nothing.
    """
    tokens = [(m.start(), m.end(), m[0].lower()) for m in _WORD.finditer(text)]
    asked = {
        root: inquiry.weights.get(root, 0.0) * rarity.get(root, 1.0) for root in inquiry.weights
    }
    related = {
        part: 0.6 * asked.get(root, 0.0)
        for root, others in inquiry.related.items()
        for other in others
        for part in other.split("+")
    }
    found = []
    for start, end in spans:
        inside = [i for i, (a, b, _) in enumerate(tokens) if a < end and b > start]
        if not inside:
            continue
        pull = 0.0
        best_by_root: dict[str, float] = {}
        for position, (_, _, word) in enumerate(tokens):
            if word in STOPWORDS or inside[0] <= position <= inside[-1]:
                continue
            root = stem(words(word)[0]) if words(word) else word
            weight = asked.get(root) or related.get(root, 0.0)
            if not weight:
                continue
            low, high = sorted((position, inside[0] if position < inside[0] else inside[-1]))
            between = [token[2] for token in tokens[low + 1 : high]]
            breaks = sum(token in _BREAKS for token in between)
            force = weight * 2.718 ** (-(high - low) / REACH) * CLAUSE ** min(breaks, 3)
            best_by_root[root] = max(best_by_root.get(root, 0.0), force)
        pull = sum(best_by_root.values())
        found.append(Bound(start, end, pull))
    return sorted(found, key=lambda b: (-b.pull, b.start))


def fits(statistic: Statistic, wants: Wants) -> bool:
    """Whether a statistic is of the kind that is asked for."""
    match wants:
        case Wants.SHARE:
            return statistic.is_share or statistic.unit is Unit.POINTS
        case Wants.MONEY:
            return statistic.unit is Unit.MONEY
        case Wants.NUMBER:
            return statistic.unit is not Unit.ORDINAL
        case _:
            return False


def _spans(text: str, wants: Wants) -> list[tuple[int, int]]:
    if wants.is_quantity:
        found = [s for s in statistics(text) if fits(s, wants)]
        if wants is Wants.NUMBER and any(s.unit is Unit.COUNT for s in found):
            found = [s for s in found if s.unit in (Unit.COUNT, Unit.MONEY)]
        return [(s.start, _with_noun(text, s)) for s in found]
    pattern = {Wants.RATING: RATING, Wants.DATE: DATE, Wants.PERSON: PERSON}.get(wants)
    return [(m.start(), m.end()) for m in pattern.finditer(text)] if pattern else []


def _with_noun(text: str, statistic: Statistic) -> int:
    """The end of a count together with the one word that it counts: "24 PDUs", "15-month"."""
    if statistic.unit is not Unit.COUNT:
        return statistic.end
    after = re.match(r"[\s-]([A-Za-z][\w’'-]*)", text[statistic.end :])
    if after and after[1].lower() not in STOPWORDS:
        return statistic.end + after.end()
    return statistic.end
