"""How well a sentence bears out a question: its words, names, years, and the kind of answer."""

import re
from dataclasses import dataclass

from assistant.candidates import Candidate, Surroundings
from assistant.understand import Inquiry, Wants
from ingest.report import BlockKind
from ingest.statistics import Unit, statistics

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
    r"\b(?:because|due to|owing to|as a result|caused|reason|driven by|attributed to|since|led to|therefore)\b",
    re.I,
)
_DEFINES = re.compile(r"\bmeans?\b|\brefers? to\b|\bis (?:an?|the|about)\b|\bknown as\b|\bdefin|\bwhich (?:is|are|means)\b", re.I)
_PLACE_NAME = re.compile(r"\b[A-Z][a-z]+")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which of the question's words a sentence bears, weighted by how rare they are."""

    own: float  # in the sentence itself
    near: float  # or in the sentence before, its lead-in or its headings
    wide: float  # or in the report's title
    missing: tuple[str, ...]  # stems found nowhere there
    names: float  # share of the names asked about that stand in any of these (1 where none)
    years: float  # share of the years asked about (1 where none)


def coverage(inquiry: Inquiry, around: Surroundings, rarity: dict[str, float]) -> Coverage:
    """How the words of the question are covered; `rarity` is the idf of each stem."""
    own_words = frozenset(around.stems)
    total = own = near = wide = 0.0
    missing = []
    for root, weight in inquiry.weights.items():
        value = weight * rarity.get(root, 1.0)
        total += value
        related = inquiry.related.get(root, frozenset())
        grades = [
            _present(root, related, words)
            for words in (own_words, own_words | around.near, own_words | around.near | around.about)
        ]
        own, near, wide = (
            own + value * grades[0],
            near + value * grades[1],
            wide + value * grades[2],
        )
        if grades[2] == 0 and weight >= 1:
            missing.append(root)
    total = total or 1.0
    everywhere = own_words | around.near | around.about
    return Coverage(
        own=own / total,
        near=near / total,
        wide=wide / total,
        missing=tuple(missing),
        names=_share(inquiry.names, everywhere, inquiry),
        years=_share(inquiry.years, everywhere, inquiry),
    )


def bears_kind(wants: Wants, candidate: Candidate) -> float:
    """How far the sentence holds the kind of answer that is asked for, from 0 to 1."""
    text = candidate.around.text
    match wants:
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
        case Wants.DEFINITION:
            return float(bool(_DEFINES.search(text))) or 0.8 * float(_defines_short(text))
        case Wants.REASON:
            return float(bool(_REASON.search(text)))
        case _:
            return 0.5


def _defines_short(text: str) -> bool:
    return bool(re.search(r"\([A-Z][A-Za-z]+s?\)", text))


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
