"""Finds, in a sentence that answers, the words that answer: the figure, name, rating or date asked for."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence import (
    RATING,
    dates_told,
    definition_span,
    is_person,
    may_measure,
    persons,
)
from assistant.inquiry import Inquiry
from assistant.scope import months_in, years_in
from assistant.wants import Wants
from ingest.statistics import Statistic, Unit, hedged_start, statistics
from ingest.words import STOPWORDS, content_stems, stem, words

MOST_NOUN_WORDS = 3  # that may name what a figure counts
_NEXT_WORD = re.compile(r"[\s-]([A-Za-z][\w’'-]*)")
_PLURAL = re.compile(r"[^s]s$|^(?:staff|people|children|women|men)$")
REACH = 7.0  # words over which the pull of a question's word on a figure falls to a third
CLAUSE = 0.5  # of that pull that is left across a comma, semicolon or "and"
SHARED = 0.85  # of its pull on the first figure that a word before it has on the later ones
CLEAR = 1.15  # how much better the best figure must be bound than the next, to be named alone

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*|[,;:()]")
_OUT_OF = re.compile(r"\b(?:out of (?:an? possible )?|per )$")  # the most that could be, in a scale
_AGED = re.compile(
    r"\bage[ds]?\s+(?:(?:[\w-]+\s+(?:and|or|to)|under|over)\s+)?$"
    r"|\b(?:turn|reach|become)(?:s|ed|es|ing)?\s+$",
    re.IGNORECASE,
)
_ASKS_AGE = re.compile(r"\b(?:age[ds]?|old|young(?:er|est)|older)\b", re.IGNORECASE)
# "April 2022 to March 2025", and which of the two is asked for.
_SPAN = re.compile(r"\s*(?:to|until|till|through|and|[-–—])\s*(?:the\s+)?", re.IGNORECASE)
_ASKS_END = re.compile(
    r"\b(?:ends?|ended|ending|finish\w*|expir\w+|laps\w+|stop\w*|ceas\w+|clos\w+|last|until|till|up\s+to\s+when)\b"
    r"|\b(?:runs?|ran|running|dry)\s+(?:out|dry)\b",
    re.IGNORECASE,
)
_ASKS_LASTING = re.compile(
    r"^(?!.*\b(?:start|began|begin|begun|commenc|open|under\s+way|first|since|publish|issued|released)).*\b(?:inspect(?:ed|ions?)|visit(?:ed|s)?|fieldwork|dates|period"
    r"|(?:took|take)\s+place|carried\s+out|on\s+site)\b",
    re.IGNORECASE,
)
_OTHER_TIME = re.compile(r"\b(?:before|until|since|after|than|prior\s+to)\b", re.IGNORECASE)
_TO = re.compile(r"\s*(?:to|or|[-–—])\s*", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_OF_THOSE = re.compile(r"\bof\s+(?:those|them|these|whom)\b", re.IGNORECASE)
_CELL = re.compile(r"(?:^|: |; )(?P<label>[^:;]+): (?P<value>[^:;]+)(?=;|$)")  # of a row
_NUMBERS = re.compile(
    r"\s*(?:the\s+)?(?:number|total|count|amount|figure|value|share|proportion|percentage|per\s*cent|rate|%|no\.|n)\s*",
    re.IGNORECASE,
)
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
    spans = _spans(text, inquiry)
    if not spans:
        return ""
    if inquiry.wants is Wants.DATE:
        spans = _asked_ends(text, spans, inquiry.asked)
    if inquiry.follows and inquiry.wants.is_quantity and _OF_THOSE.search(inquiry.asked):
        # Those are what answered the question before: how many of them is another figure.
        told = direct_answer(text, inquiry.follows, rarity)
        spans = [(start, end) for start, end in spans if text[start:end] != told] or spans
    bound = bind(text, spans, inquiry, rarity)
    best = bound[0]
    if len(bound) > 1 and best.pull <= CLEAR * bound[1].pull:
        return ""
    return text[best.start : best.end]


def bind(
    text: str, spans: Sequence[tuple[int, int]], inquiry: Inquiry, rarity: dict[str, float]
) -> list[Bound]:
    """The spans, the one that the question's words pull hardest on first.

    Each word of the question that stands in the text pulls on every span, less with distance, and
    less across a clause's end; what stands before all of them may belong to all ("good in 61 per cent
    of cases, and planning in 48"). Words that stand beside all alike therefore decide nothing.
    """
    tokens = [(m.start(), m.end(), m[0].lower()) for m in _WORD.finditer(text)]
    asked = {root: weight * rarity.get(root, 1.0) for root, weight in inquiry.weights.items()}
    if inquiry.follows:  # what was asked before tells where, and no more
        own = content_stems(inquiry.asked)
        asked = {root: weight for root, weight in asked.items() if root in own}
    # What stands for a word of the question pulls in its stead, not besides.
    pulls = {
        part: (root, 0.6 * asked.get(root, 0.0))
        for root, others in sorted(inquiry.related.items(), key=lambda r: asked.get(r[0], 0.0))
        for other in others
        for part in other.split("+")
    } | {root: (root, weight) for root, weight in asked.items()}
    places = [
        (start, end, [i for i, (a, b, _) in enumerate(tokens) if a < end and b > start])
        for start, end in spans
    ]
    places = [place for place in places if place[2]]
    # The first figure with what it counts: "20 units" of "20 units as fit and four as unfit".
    first, last = min(((inside[0], inside[-1]) for _, _, inside in places), default=(0, 0))
    found = []
    for start, end, inside in places:
        best_by_root: dict[str, float] = {}
        for position, (_, _, word) in enumerate(tokens):
            if word in STOPWORDS:
                continue
            root = stem(words(word)[0]) if words(word) else word
            meant, weight = pulls.get(root, (root, 0.0))
            if not weight:
                continue
            if inside[0] <= position <= inside[-1]:  # what is counted
                force = 1.0
            else:
                force = _force(tokens, position, inside)
                if position <= last:  # what is said first may hold of all that follows
                    nearest = _force(tokens, position, [first]) if position < first else 1.0
                    force = max(force, SHARED * nearest)
            best_by_root[meant] = max(best_by_root.get(meant, 0.0), weight * force)
        found.append(Bound(start, end, sum(best_by_root.values())))
    return sorted(found, key=lambda b: (-b.pull, b.start))


def _force(tokens: Sequence[tuple[int, int, str]], position: int, inside: Sequence[int]) -> float:
    """How hard a word pulls on what stands `inside`: 1 beside it, less with distance."""
    low, high = sorted((position, inside[0] if position < inside[0] else inside[-1]))
    breaks = sum(token[2] in _BREAKS for token in tokens[low + 1 : high])
    return math.exp(-(high - low) / REACH) * CLAUSE ** min(breaks, 3)


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


def _spans(text: str, inquiry: Inquiry) -> list[tuple[int, int]]:
    wants = inquiry.wants
    if wants.is_quantity:
        # What the question names itself is not what it asks for.
        named = {(s.unit, s.value) for s in statistics(inquiry.asked)}
        asks_age = _ASKS_AGE.search(inquiry.asked)
        cells = _cells_of_others(text, inquiry)
        times = _cells_of_other_times(text, inquiry)
        found = [
            s
            for s in statistics(text)
            if fits(s, wants)
            and (s.unit, s.value) not in named
            and not _OUT_OF.search(text, 0, s.start)
            and (asks_age or not _AGED.search(text, 0, s.start))
            and not any(a <= s.start < b for a, b in times)
        ]
        found = [s for s in found if (s.start, s.end) not in cells]
        if wants is Wants.NUMBER and any(s.unit is Unit.COUNT for s in found):
            found = [s for s in found if s.unit in (Unit.COUNT, Unit.MONEY)]
        if wants is Wants.NUMBER:
            found = [s for s in found if may_measure(inquiry, text, s)]
        return _joined(text, [(hedged_start(text, s), _with_noun(text, s)) for s in found])
    if wants is Wants.PERSON:
        own = set(words(inquiry.asked))
        return [
            m.span() for m in persons(text) if is_person(m[0]) and not own.issuperset(words(m[0]))
        ]
    if wants is Wants.DATE:
        return dates_told(text, earlier=inquiry.earlier)
    if wants is Wants.RATING:
        cells = _cells_of_other_times(text, inquiry)
        spans = [m.span() for m in RATING.finditer(text)]
        return [span for span in spans if not any(a <= span[0] < b for a, b in cells)]
    return []


def _joined(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The figures with both ends of a range as one: "10 to 15 days"; from one to another is a change."""
    found: list[tuple[int, int]] = []
    for span in spans:
        before = found[-1] if found else span
        is_range = _TO.fullmatch(text, before[1], span[0]) and not _FROM.search(text, 0, before[0])
        if found and is_range:
            found[-1] = (before[0], span[1])
        else:
            found.append(span)
    return found


def _asked_ends(text: str, spans: Sequence[tuple[int, int]], asked: str) -> list[tuple[int, int]]:
    """The dates without the end of each span of time that is not asked for: the first, or else the last;
    of what lasts, as an inspection, the whole span."""
    ends, lasts = bool(_ASKS_END.search(asked)), bool(_ASKS_LASTING.search(asked))
    found: list[tuple[int, int]] = []
    for span in spans:
        if not (found and _SPAN.fullmatch(text, found[-1][1], span[0])):
            found.append(span)
        elif lasts and not ends:
            found[-1] = (found[-1][0], span[1])
        elif ends:
            found[-1] = span
    return found


def _cells_of_others(text: str, inquiry: Inquiry) -> list[tuple[int, int]]:
    """Where a row's cells stand of whose headings the question has no word, and which say more than that
    a number stands there."""
    asked = inquiry.stems
    return [
        m.span("value")
        for m in _CELL.finditer(text)
        if asked.isdisjoint(content_stems(m["label"])) and not _NUMBERS.fullmatch(m["label"])
    ]


def _cells_of_other_times(text: str, inquiry: Inquiry) -> list[tuple[int, int]]:
    """Where a row's cells stand of other times than the one asked about, where one cell is of that."""
    if inquiry.earlier or _OTHER_TIME.search(inquiry.asked):
        return []
    dated = [(m.span("value"), _times(m["label"], inquiry)) for m in _CELL.finditer(text)]
    if not any(is_asked for _, is_asked in dated):
        return []
    return [span for span, is_asked in dated if is_asked is False]


def _times(label: str, inquiry: Inquiry) -> bool | None:
    """Whether the heading of a cell is of a month or year asked about; None where it has none."""
    years, months = years_in(label), months_in(label)
    if not years:
        return None
    if inquiry.months and months:
        return not set(months).isdisjoint(inquiry.months)
    return not set(years).isdisjoint(inquiry.years)


def _with_noun(text: str, statistic: Statistic) -> int:
    """The end of a count together with what it counts: "24 PDUs", "24 delivery units", "15-month".

    That is the first plural among the next few words, or else the next word.
    """
    if statistic.unit is not Unit.COUNT:
        return statistic.end
    end = first = statistic.end
    before = ""
    for place, found in enumerate(_NEXT_WORD.finditer(text, statistic.end)):
        ends = found[1].lower() in STOPWORDS and before != "looked"  # "three looked after children"
        if found.start() != end or ends or place == MOST_NOUN_WORDS:
            break
        before = found[1].lower()
        end = found.end()
        first = first if place else end
        if _PLURAL.search(found[1]):
            return end
    return first
