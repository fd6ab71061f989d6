"""How well a sentence bears out a question: its words, names, years, and the kind of answer."""

import re
from dataclasses import dataclass

from assistant.candidates import Candidate, Surroundings
from assistant.meaning import Meanings
from assistant.understand import Inquiry, Wants
from ingest.embed import Vectors
from ingest.report import BlockKind
from ingest.statistics import Unit, statistics

FAR = 0.25  # a question's word is missing where nothing comes nearer to it than this

RATING = re.compile(
    r"\b(?:outstanding|good|requires?\s+improvement(?:\s+to\s+be\s+good)?|inadequate|insufficient"
    r"|satisfactory|adequate|excellent|unsatisfactory|poor|weak)\b",
    re.IGNORECASE,
)
PERSON = re.compile(
    r"\b(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Professor)\.?\s+)?"
    r"[A-Z][a-zé]+(?:[-'’][A-Z][a-z]+)?(?:\s+[A-Z]\.?)?\s+(?:(?:Mc|Mac|O['’]|de\s+|van\s+)?[A-Z][a-zé]+)"
    r"(?:[-'’][A-Z][a-z]+)?\b"
)
DATE = re.compile(
    r"\b(?:\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:January|February|March|April|May"
    r"|June|July|August|September|October|November|December)(?:\s+\d{4})?|(?:19|20)\d\d)\b"
)
_REASON = re.compile(
    r"\b(?:because|due to|owing to|as a result|caused|reason|driven by|attributed to|since|led to"
    r"|therefore)\b",
    re.I,
)
_DEFINES = re.compile(
    r"\bmeans?\b|\brefers? to\b|\bis (?:an?|the|about)\b|\bknown as\b|\bdefin|\bwhich (?:is|are|means)\b",
    re.I,
)
_PLACE_NAME = re.compile(r"\b[A-Z][a-z]+")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which of the question's words a sentence bears, weighted by how rare they are."""

    own: float  # in the sentence itself
    near: float  # or in the sentence before, its lead-in or its headings
    wide: float  # or in the report's title
    soft_own: float  # own, where a word near in meaning counts as far as it is near
    soft_near: float  # near, likewise
    worst: float  # how near the least covered content word comes to being there, 0 to 1
    missing: tuple[str, ...]  # stems found nowhere there
    names: float  # share of the names asked about that stand in any of these (1 where none)
    years: float  # share of the years asked about (1 where none)


def coverage(
    inquiry: Inquiry, around: Surroundings, rarity: dict[str, float], meanings: Meanings
) -> Coverage:
    """How the words of the question are covered; `rarity` is the idf of each stem."""
    own_words = frozenset(around.stems)
    near_words = own_words | around.near
    wide_words = near_words | around.about
    total = own = near = wide = soft_own = soft_near = 0.0
    missing, worst = [], 1.0
    for root, weight in inquiry.weights.items():
        value = weight * rarity.get(root, 1.0)
        total += value
        related = inquiry.related.get(root, frozenset())
        in_own = _present(root, related, own_words)
        in_near = _present(root, related, near_words)
        in_wide = _present(root, related, wide_words)
        own, near, wide = own + value * in_own, near + value * in_near, wide + value * in_wide
        close_own = close_near = 0.0
        if in_own < 1 and root not in inquiry.names and not root[0].isdigit():
            row = meanings.closeness(inquiry.words.get(root, root))
            close_own = _closest(row, around.own_ids)
            close_near = max(close_own, _closest(row, around.near_ids))
        soft_own += value * max(in_own, close_own)
        soft_near += value * max(in_near, close_near)
        if weight >= 1:
            worst = min(worst, max(in_wide, close_near))
            if max(in_wide, close_near) < FAR:
                missing.append(root)
    total = total or 1.0
    return Coverage(
        own=own / total,
        near=near / total,
        wide=wide / total,
        soft_own=soft_own / total,
        soft_near=soft_near / total,
        worst=worst,
        missing=tuple(missing),
        names=_share(inquiry.names, wide_words, inquiry),
        years=_share(inquiry.years, wide_words, inquiry),
    )


def _closest(row: Vectors, ids: Vectors) -> float:
    return float(row[ids].max()) if len(ids) and len(row) else 0.0


def bears_kind(inquiry: Inquiry, candidate: Candidate) -> float:
    """How far the sentence holds the kind of answer that is asked for, from 0 to 1."""
    text = candidate.around.text
    match inquiry.wants:
        case Wants.SHARE:
            found = statistics(text)
            if any(s.is_share or s.unit is Unit.POINTS for s in found):
                return 1.0
            return 0.3 if found else 0.0
        case Wants.NUMBER:
            found = statistics(text)
            if any(s.unit is Unit.COUNT for s in found):
                return 1.0
            return 0.6 if found else 0.0
        case Wants.MONEY:
            return float(any(s.unit is Unit.MONEY for s in statistics(text)))
        case Wants.RATING:
            return float(bool(RATING.search(text)))
        case Wants.PERSON:
            return float(bool(PERSON.search(text)))
        case Wants.DATE:
            return float(bool(DATE.search(text)))
        case Wants.PLACE:
            return float(bool(_PLACE_NAME.search(text[1:])))
        case Wants.LIST:
            if candidate.sentence.kind in (BlockKind.ITEM, BlockKind.ROW):
                return 1.0
            return min(1.0, (text.count(",") + text.count(";")) / 3)
        case Wants.DEFINITION if inquiry.defines:
            return float(any(definition_span(text, *pair) for pair in inquiry.defines))
        case Wants.DEFINITION:
            return float(bool(_DEFINES.search(text)))
        case Wants.REASON:
            return float(bool(_REASON.search(text)))
        case _:
            return 0.5


def definition_span(text: str, short: str, long: str) -> tuple[int, int] | None:
    """Where `text` has the long form beside the abbreviation in brackets, or the other way round."""
    beside = re.compile(
        rf"({re.escape(long)})['’]?s?\s*\(\s*{re.escape(short)}s?\b"
        rf"|\b{re.escape(short)}s?\s*\(\s*({re.escape(long)})",
        re.IGNORECASE,
    )
    found = beside.search(text)
    if found is None:
        return None
    return found.span(1) if found[1] else found.span(2)


def _present(root: str, related: frozenset[str], words: frozenset[str]) -> float:
    if root in words:
        return 1.0
    for other in related:
        if all(part in words for part in other.split("+")):
            return 0.7
    return 0.0


def _share(wanted: tuple[str, ...], words: frozenset[str], inquiry: Inquiry) -> float:
    if not wanted:
        return 1.0
    hits = sum(_present(w, inquiry.related.get(w, frozenset()), words) > 0 for w in wanted)
    return hits / len(wanted)
