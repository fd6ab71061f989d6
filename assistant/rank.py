"""Ranks candidates by a small linear combination of explainable features.

The weights stand in `rank.json`, with the features' names; `eval/train.py` fits them on the `tune`
questions, and nothing else sets them.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from assistant.candidates import Candidate
from assistant.evidence import Coverage, bears_kind, coverage
from assistant.meaning import Meanings
from assistant.understand import Inquiry
from ingest.library import Library
from ingest.report import BlockKind

FEATURES = (
    "alone",  # cosine, sentence alone
    "context",  # cosine, sentence in context
    "lexical",  # BM25 over all fields, of the best's
    "fused",  # reciprocal rank fusion, of the best's
    "own",  # share of the question's words in the sentence
    "near",  # ... or in its surroundings
    "wide",  # ... or in the title
    "soft_own",  # as own, counting words near in meaning
    "soft_near",  # as near, likewise
    "names",  # share of the names asked about
    "years",  # share of the years asked about
    "dated",  # the report was published in a year asked about
    "dated_place",  # ... and is about the place that is named
    "kind_quantity",  # the kind of answer is there: for quantities
    "kind_other",  # ... for everything else
    "definition",  # ... for definitions
    "named",  # the report is one that the question names
    "not_named",  # the question names reports, and this is none of them
    "place",  # the report is about the place that is named
    "elsewhere",  # a place is named, and the report is about another
    "heading",
    "row",
    "item",
    "caption",
    "note",
    "short",  # fewer than six words
    "long",  # words past thirty, in tens
    "copy",  # a copy of another report
    "recent",  # newest report of its place, where no year is asked
)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score and what the score is made of."""

    candidate: Candidate
    score: float
    coverage: Coverage
    kind: float
    features: tuple[float, ...]


def rank(
    inquiry: Inquiry, candidates: Sequence[Candidate], library: Library, meanings: Meanings
) -> list[Ranked]:
    """The candidates, best first."""
    rarity = rarities(inquiry, library)
    weights = load_weights()
    found = []
    for candidate in candidates:
        covered = coverage(inquiry, candidate.around, rarity, meanings)
        kind = bears_kind(inquiry, candidate)
        features = features_of(inquiry, candidate, covered, kind)
        score = sum(w * f for w, f in zip(weights, features, strict=True))
        found.append(Ranked(candidate, score, covered, kind, features))
    return sorted(found, key=lambda r: (-r.score, r.candidate.key))


def features_of(
    inquiry: Inquiry, candidate: Candidate, covered: Coverage, kind: float
) -> tuple[float, ...]:
    """The values of FEATURES for one candidate, in their order."""
    sentence, about = candidate.sentence, candidate.report.id in inquiry.reports
    size = len(candidate.around.stems)
    dated = candidate.report.description.published[:4] in inquiry.years
    quantity = inquiry.wants.is_quantity
    return (
        candidate.alone,
        candidate.context,
        candidate.lexical,
        candidate.fused,
        covered.own,
        covered.near,
        covered.wide,
        covered.soft_own,
        covered.soft_near,
        covered.names,
        covered.years,
        float(dated),
        float(dated and about),
        kind if quantity else 0.0,
        0.0 if quantity or inquiry.defines else kind,
        kind if inquiry.defines else 0.0,
        float(candidate.report.id in inquiry.named),
        float(bool(inquiry.named) and candidate.report.id not in inquiry.named),
        float(about),
        float(bool(inquiry.reports) and not about),
        float(sentence.kind is BlockKind.HEADING),
        float(sentence.kind is BlockKind.ROW),
        float(sentence.kind is BlockKind.ITEM),
        float(sentence.kind is BlockKind.CAPTION),
        float(sentence.kind is BlockKind.NOTE),
        float(size < 6),
        max(0, size - 30) / 10,
        float(bool(candidate.report.description.copy_of)),
        _recency(candidate, inquiry),
    )


def rarities(inquiry: Inquiry, library: Library) -> dict[str, float]:
    """The idf of each stem of the question over all sentences."""
    total = max(1, library.lexical.count())
    return {
        root: math.log(1 + total / (1 + library.lexical.document_frequency(root)))
        for root in inquiry.weights
    }


@lru_cache(maxsize=1)
def load_weights() -> tuple[float, ...]:
    """The fitted weights, in the order of FEATURES."""
    stored = json.loads((files(__package__) / "rank.json").read_text(encoding="utf-8"))
    return tuple(float(stored["weights"][name]) for name in FEATURES)


def _recency(candidate: Candidate, inquiry: Inquiry) -> float:
    published = candidate.report.description.published
    if inquiry.years or not published[:4].isdigit():
        return 0.0
    return (int(published[:4]) - 2015) / 10
