"""Ranks candidates by a small linear combination of explainable features.

The weights stand in `rank.json`, with the features' names; `eval/train.py` fits them on the `tune`
questions, and nothing else sets them.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

from assistant.candidates import Candidate
from assistant.evidence import (
    Coverage,
    bears_kind,
    coverage,
    excludes_share,
    is_threshold,
    nearest_words,
    spells_out,
    tells_of_short,
)
from assistant.inquiry import Inquiry
from assistant.meaning import Meanings
from assistant.reader import Reader, Reading, seen
from assistant.scope import COMPARES_TIMES, years_of
from assistant.verdicts import is_about_earlier, states_overall, tells_of_earlier
from assistant.wants import Wants
from ingest.copies import Relation
from ingest.library import Library
from ingest.readers.shapes import captions_chart
from ingest.report import BlockKind, Report

FEATURES = (
    "alone",  # cosine, sentence alone
    "context",  # cosine, sentence in context
    "heading_above",  # cosine with the nearest heading above
    "lexical",  # BM25 over all fields, of the best's
    "fused",  # reciprocal rank fusion, of the best's
    "own",  # share of the question's words in the sentence
    "near",  # ... or in its surroundings
    "wide",  # ... or in the title
    "soft_own",  # as own, counting words near in meaning
    "soft_near",  # as near, likewise
    "focus",  # share of the sentence's words that are near to the question's
    "names",  # share of the names asked about
    "names_own",  # ... in the sentence itself
    "shorts",  # share of the abbreviations asked about
    "digits",  # share of the numbers in the question that the sentence has
    "years",  # share of the years asked about
    "dated",  # the report was published in, or is on, a year asked about
    "dated_month",  # ... in the very month or season
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
    "long",  # words past thirty, in tens; 0 for a list
    "verdict",  # the overall verdict is asked for and stated
    "earlier",  # the sentence tells of an earlier inspection, and the question does not ask for one
    "newest",  # the newest report of the place that is named, where no year is asked
    "recent",  # how late its report came out, where no year is asked
    "threshold",  # a row that gives the share for a grade, where one is asked for by the other
)
# So many at most are read: those whose scores come near the best, and where the reader is sure of none of
# these those further off, too. On `tune` a proof comes first for 86.9 per cent of questions so, for 85.5
# with 4.0 alone, which reads half as many, and for 86.5 with 8.0 alone, which reads half as many again.
READ, READ_NEAR, READ_FURTHER = 32, 3.0, 8.0
SURE = 3.0  # log-odds
# Where it finds none of these likely, but one not hopeless, more are read: the question may be in other
# words than its proof's. Where nothing comes near, nothing further off does, either.
READ_LAST, LAST_NEAR, HOPELESS, LIKELY = 48, 6.0, -2.0, 1.0
LISTS_READ = 12  # so many lists of the reports that are asked about besides: a search may miss them


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score and what the score is made of."""

    candidate: Candidate
    score: float
    coverage: Coverage
    kind: float
    features: tuple[float, ...]
    read: float | None = None  # the log of the odds that it answers, by the reader
    says: Reading | None = None  # what it is to a question for yes or no, taken for a claim

    @property
    def is_threshold(self) -> bool:
        """Whether it gives the share for a grade, or the grade for a share that the question supposes."""
        return bool(self.features[FEATURES.index("threshold")])

    @property
    def is_chart(self) -> bool:
        """Whether it is the caption of a chart, whose values no text states."""
        caption = self.candidate.sentence.kind is BlockKind.CAPTION
        return caption and captions_chart(self.candidate.around.text)


def rank(
    inquiry: Inquiry, candidates: Sequence[Candidate], library: Library, meanings: Meanings
) -> list[Ranked]:
    """The candidates, best first; without what a place's report of another year says of itself, and
    without rows of thresholds that a share asked about does not come under."""
    rarity = rarities(inquiry, library)
    weights = load_weights()
    newest = _newest(inquiry, candidates)
    near = nearest_words(inquiry, meanings)
    found = []
    for candidate in candidates:
        covered = coverage(inquiry, candidate.around, rarity, meanings, near)
        if covered.years == 0 and _is_of_another_year(inquiry, candidate.report):
            continue
        if _is_of_before(inquiry, candidate):
            continue
        if _of_one(inquiry) and _is_another_of_the_place(inquiry, candidate.report):
            continue
        is_row = candidate.sentence.kind is BlockKind.ROW
        if is_row and excludes_share(inquiry.asked, candidate.around.in_full):
            continue
        kind = bears_kind(inquiry, candidate, meanings)
        features = features_of(inquiry, candidate, covered, kind, newest)
        score = sum(w * f for w, f in zip(weights, features, strict=True))
        found.append(Ranked(candidate, score, covered, kind, features))
    if inquiry.wants is Wants.DEFINITION and inquiry.shorts:
        # What an abbreviation stands for is told where it stands.
        itself = [r for r in found if tells_of_short(inquiry, r.candidate.around)]
        found = itself or [r for r in found if r.coverage.shorts] or found
    # A copy, or a digest of a report that is there too, comes after all originals.
    return sorted(found, key=_order)


def read(inquiry: Inquiry, ranked: Sequence[Ranked], reader: Reader) -> list[Ranked]:
    """The same with the reader's log-odds for the best of them, which come first."""
    if not reader.is_there:
        return list(ranked)
    near = _near(inquiry, ranked, READ_NEAR)
    odds = _odds(inquiry, near, reader)
    # Who it was is not answered by what names no one.
    full = [r for r in near if inquiry.wants is not Wants.PERSON or r.kind >= 1]
    if max((odds[r.candidate.key] for r in full), default=0.0) < SURE:
        further = [r for r in _near(inquiry, ranked, READ_FURTHER) if r.candidate.key not in odds]
        odds |= _odds(inquiry, further, reader)
    if HOPELESS < max(odds.values(), default=0.0) < LIKELY:
        last = ranked[:READ_LAST]
        further = [r for r in last if r.score >= ranked[0].score - LAST_NEAR]
        odds |= _odds(inquiry, [r for r in further if r.candidate.key not in odds], reader)
    return [
        *(replace(r, read=odds[r.candidate.key]) for r in ranked if r.candidate.key in odds),
        *(r for r in ranked if r.candidate.key not in odds),
    ]


def _near(inquiry: Inquiry, ranked: Sequence[Ranked], near: float) -> list[Ranked]:
    """Those of the first READ whose scores come so near the best, lists of the reports that are asked
    about, and what stands beside the answer before."""
    # Copies come last whatever their scores: those that come near are not always the first.
    found = [r for r in ranked[:READ] if r.score >= ranked[0].score - near]
    taken = {r.candidate.key for r in found}
    left = [r for r in ranked if r.candidate.key not in taken]
    asked_about = set(inquiry.named or inquiry.reports)
    lists = [r for r in left if r.candidate.is_list and r.candidate.report.id in asked_about]
    found += [*lists[:LISTS_READ], *(r for r in left if r.candidate.is_beside)]
    return list({r.candidate.key: r for r in found}.values())  # a list may stand beside, too


def _odds(inquiry: Inquiry, found: Sequence[Ranked], reader: Reader) -> dict[str, float]:
    """The reader's log-odds of each by its key."""
    texts = [seen(r.candidate.around) for r in found]
    odds = reader.answers(inquiry.text, texts)
    if inquiry.follows:  # what answers the question before answers the two together, too
        own = reader.answers(inquiry.asked, texts)
        odds = [(both + alone) / 2 for both, alone in zip(odds, own, strict=True)]
    return {r.candidate.key: o for r, o in zip(found, odds, strict=True)}


def reordered(ranked: Sequence[Ranked], weight: float) -> list[Ranked]:
    """Those that were read in the order of their scores and log-odds; the rest after them."""
    odds = [r.read for r in ranked if r.read is not None]
    lowest = min(odds, default=0.0)
    shifted = [
        replace(r, score=r.score + weight * (lowest if r.read is None else r.read)) for r in ranked
    ]
    return [*sorted(shifted[: len(odds)], key=_order), *shifted[len(odds) :]]


def features_of(
    inquiry: Inquiry, candidate: Candidate, covered: Coverage, kind: float, newest: str = ""
) -> tuple[float, ...]:
    """The values of FEATURES for one candidate, in their order.

    `newest` is the id of the newest report about the place that is named, where no year is asked.
    """
    sentence, about = candidate.sentence, candidate.report.id in inquiry.reports
    size = len(candidate.around.stems)
    dated = bool(years_of(candidate.report.description) & set(inquiry.years))
    quantity = inquiry.wants.is_quantity
    before = not inquiry.earlier and tells_of_earlier(
        candidate.around.text, candidate.around.section
    )
    return (
        candidate.alone,
        candidate.context,
        candidate.heading if sentence.kind is not BlockKind.HEADING else 0.0,
        candidate.lexical,
        candidate.fused,
        covered.own,
        covered.near,
        covered.wide,
        covered.soft_own,
        covered.soft_near,
        covered.focus,
        covered.names,
        covered.names_own,
        covered.shorts,
        covered.digits,
        covered.years,
        float(dated),
        float(candidate.report.description.published[:7] in inquiry.months),
        float(dated and about),
        kind if quantity else 0.0,
        0.0 if quantity or inquiry.defines else kind,
        kind if inquiry.defines else float(spells_out(inquiry, candidate.around.text)),
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
        0.0 if candidate.is_list else max(0, size - 30) / 10,
        float(
            inquiry.overall
            and inquiry.wants is Wants.RATING
            and not before
            and states_overall(sentence, candidate.around.text, candidate.report.description)
        ),
        float(before),
        float(candidate.report.id == newest),
        _recency(candidate, inquiry),
        float(
            sentence.kind is BlockKind.ROW and is_threshold(inquiry.asked, candidate.around.in_full)
        ),
    )


@lru_cache(maxsize=1)
def load_reading_weight() -> float:
    """What the reader's log-odds count beside the score."""
    return float(_stored()["reading"])


def _order(ranked: Ranked) -> tuple[bool, float, str]:
    candidate = ranked.candidate
    return is_second_hand(candidate.report), -ranked.score, candidate.key


def is_second_hand(report: Report) -> bool:
    """Whether a report is a copy, or a digest of one that is there, too."""
    description = report.description
    digest = description.relation == Relation.DIGEST and bool(description.about)
    return digest or bool(description.copy_of)


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
    return tuple(float(_stored()["weights"][name]) for name in FEATURES)


def _stored() -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(
        (files(__package__) / "rank.json").read_text(encoding="utf-8")
    )
    return stored


def _is_of_another_year(inquiry: Inquiry, report: Report) -> bool:
    """Whether a year of the named place is asked for that is not the report's."""
    if not inquiry.years or report.id not in inquiry.reports:
        return False
    return not years_of(report.description) & set(inquiry.years)


def _is_of_before(inquiry: Inquiry, candidate: Candidate) -> bool:
    """Whether a grade is asked for, and the sentence stands under what inspections before the report's
    found, in no year that is asked about."""
    if inquiry.wants is not Wants.RATING or inquiry.earlier:
        return False
    told = any(year in candidate.around.text for year in inquiry.years)
    return not told and is_about_earlier(candidate.around.section)


def _of_one(inquiry: Inquiry) -> bool:
    """Whether one report is asked about: it is spoken of, or called by its date, and compared with none."""
    return inquiry.stays or not (inquiry.years or COMPARES_TIMES.search(inquiry.asked))


def _is_another_of_the_place(inquiry: Inquiry, report: Report) -> bool:
    """Whether it is about the place that is spoken of, and not the report of it that is."""
    of_one = inquiry.named and set(inquiry.named) <= set(inquiry.reports)
    return bool(of_one) and report.id in inquiry.reports and report.id not in inquiry.named


def _newest(inquiry: Inquiry, candidates: Sequence[Candidate]) -> str:
    if inquiry.years:
        return ""
    about = {
        c.report.id: c.report.description.published
        for c in candidates
        if c.report.id in inquiry.reports
    }
    return max(about, key=lambda i: about[i]) if len(about) > 1 else ""


def _recency(candidate: Candidate, inquiry: Inquiry) -> float:
    published = candidate.report.description.published
    if inquiry.years or not published[:4].isdigit():
        return 0.0
    return (int(published[:4]) - 2015) / 10
