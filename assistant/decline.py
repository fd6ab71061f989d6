"""Decides whether the reports say what is asked: on the evidence for each part of the question.

The chance that the best sentence answers is a logistic function of the features below; the weights
stand in `decline.json`, fitted by `eval/train.py` on the `tune` questions and `decline.train.jsonl`.
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from assistant import rank
from assistant.assertions import values
from assistant.inquiry import Inquiry
from assistant.logistic import Logistic
from assistant.name_asked import asks_name, asks_whose, bears_name
from assistant.rank import Ranked
from assistant.scope import COMPARES_TIMES, years_of
from assistant.verdicts import asks_of_place
from assistant.wants import HOW_MUCH, Wants
from ingest.report import BlockKind
from ingest.statistics import statistics

FEATURES = (
    "alone",  # best cosine of the first five with the sentence alone
    "context",  # ... in context
    "near",  # share of the question's words that the best sentence and its surroundings bear
    "wide",  # ... or its title
    "soft_own",  # ... in itself, counting words near in meaning
    "soft_near",  # ... with its surroundings, likewise
    "soft_best",  # the highest of these among the first five
    "worst",  # how near its least covered content word comes to being there
    "missing",  # content words found nowhere around the best sentence
    "unknown",  # content words that no report has
    "focus",  # mean nearness of the best sentence's words to the question's
    "score",  # of the best sentence
    "names_missing",  # share of the names asked about that are not there
    "shorts_missing",  # share of the abbreviations asked about
    "digits_missing",  # share of the numbers asked about
    "years_missing",  # share of the years asked about that are not there
    "kind_missing",  # a figure, rating, name or date is asked for and is not there
    "elsewhere",  # the best sentence is of a report about another place than the named
    "name_missing",  # a name is asked for, and none is there that the question does not have
    "reason_missing",  # a reason is asked for, and none is given
    "gap",  # between the best score and the fifth
    "stated",  # the overall verdict or an abbreviation is asked about, and the best sentence gives it
    "earlier",  # the best sentence tells of an earlier inspection that is not asked about
    "read",  # the log of the odds that the best sentence answers, by the reader
    "read_best",  # the highest of these among those read
)
# What is asked for is a number, and nothing else.
_ASKS_NUMBER = re.compile(
    rf"{HOW_MUCH}|\b(?:how\s+many|number\s+of"
    r"|(?:what|which)\s+(?:percentage|proportion|share|number|%))\b|(?<!\d)(?<!\d\s)%\s+of\b",
    re.IGNORECASE,
)
_ASKS_ELSE = re.compile(
    r"\b(?:who|whose|which|why|how\s+(?!many|much|big|large)|what\s+(?!(?:percentage|proportion|share|number|%)))\b",
    re.I,
)
VERDICT, DEFINITION, EARLIER = map(rank.FEATURES.index, ("verdict", "definition", "earlier"))
# More of these is evidence; more of the others is a lack of it. The fit keeps to these signs.
EVIDENCE = frozenset(
    (
        "alone",
        "context",
        "near",
        "wide",
        "soft_own",
        "soft_near",
        "soft_best",
        "worst",
        "focus",
        "score",
        "gap",
        "stated",
        "read",
        "read_best",
    )
)


def evidence_features(inquiry: Inquiry, ranked: Sequence[Ranked]) -> tuple[float, ...]:
    """The values of FEATURES, in their order; `ranked` is not empty."""
    best = ranked[0]
    first = ranked[:5]
    content = [root for root, weight in inquiry.weights.items() if weight >= 0.7]
    exact = inquiry.wants.is_quantity or inquiry.wants in (
        Wants.RATING,
        Wants.DATE,
        Wants.PERSON,
        Wants.PLACE,
    )
    text, report = best.candidate.around.text, best.candidate.report
    return (
        max(r.candidate.alone for r in first),
        max(r.candidate.context for r in first),
        best.coverage.near,
        best.coverage.wide,
        best.coverage.soft_own,
        best.coverage.soft_near,
        max(r.coverage.soft_near for r in first),
        best.coverage.worst,
        len(best.coverage.missing) / max(1, len(content)),
        len(inquiry.unknown) / max(1, len(content)),
        best.coverage.focus,
        best.score,
        1 - best.coverage.names,
        1 - best.coverage.shorts,
        1 - best.coverage.digits,
        1 - best.coverage.years,
        float(exact) * (1 - best.kind),
        float(bool(inquiry.reports) and best.candidate.report.id not in inquiry.reports),
        float(
            asks_name(inquiry)
            and not bears_name(inquiry, text, report.text)
            and not asks_whose(inquiry, report.description.place)
        ),
        float(inquiry.wants is Wants.REASON) * (1 - best.kind),
        best.score - ranked[min(4, len(ranked) - 1)].score,
        max(best.features[VERDICT], best.features[DEFINITION]),
        best.features[EARLIER],
        best.read or 0.0,
        max((r.read for r in ranked if r.read is not None), default=0.0),
    )


def confidence(inquiry: Inquiry, ranked: Sequence[Ranked]) -> float:
    """The chance, from 0 to 1, that the best sentence answers the question; 1 where that spells out what an
    abbreviation stands for that is asked about.

    0 where a quantity is asked that only a chart shows, a number where the sentence has none, the grade of
    a place where the row grades a part of it, or what was so in a year that neither the sentence nor its
    report is of.
    """
    if not ranked or not inquiry.asks or _grades_part(inquiry, ranked[0]):
        return 0.0
    if inquiry.defines and ranked[0].features[DEFINITION] >= 1:
        return 1.0  # what an abbreviation stands for is the same everywhere
    if _is_of_another_time(inquiry, ranked[0]):
        return 0.0
    if inquiry.wants.is_quantity and (ranked[0].is_chart or _lacks_number(inquiry, ranked[0])):
        return 0.0
    return chance(inquiry, ranked, _model())


def _is_of_another_time(inquiry: Inquiry, best: Ranked) -> bool:
    """Whether a year is asked about that is told nowhere near the sentence, whose report is of others."""
    if not inquiry.years or best.coverage.years or COMPARES_TIMES.search(inquiry.asked):
        return False
    told = years_of(best.candidate.report.description)
    return bool(told) and told.isdisjoint(inquiry.years)


def _grades_part(inquiry: Inquiry, best: Ranked) -> bool:
    """Whether the grade of a place as a whole is asked for, and a row gives that of something else."""
    of_part = best.candidate.sentence.kind is BlockKind.ROW and not best.features[VERDICT]
    return of_part and asks_of_place(inquiry)


def _lacks_number(inquiry: Inquiry, best: Ranked) -> bool:
    """Whether a number is asked for, and the sentence has none that the question does not name, nor "none"
    or "most"."""
    if not _ASKS_NUMBER.search(inquiry.asked) or _ASKS_ELSE.search(inquiry.asked):
        return False
    around = best.candidate.around
    text = f"{around.before} {around.in_full}"
    named = {(s.unit, s.value) for s in statistics(inquiry.asked)}
    told = any((s.unit, s.value) not in named for s in statistics(text))
    return not (told or any(value.worded for value in values(text)))


def chance(inquiry: Inquiry, ranked: Sequence[Ranked], stored: Mapping[str, Any]) -> float:
    """The chance, by weights as `decline.json` spells them, that the best sentence answers."""
    values = dict(zip(FEATURES, evidence_features(inquiry, ranked), strict=True))
    return Logistic.of(stored, FEATURES).chance(values)


def threshold() -> float:
    """The chance below which the answer is that the reports do not say."""
    return float(_model()["threshold"])


def is_off_topic(inquiry: Inquiry, ranked: Sequence[Ranked]) -> bool:
    """Whether the question is not about anything that the library is about."""
    if not ranked:
        return False
    return max(r.candidate.alone for r in ranked[:5]) < float(_model()["off_topic"])


@lru_cache(maxsize=1)
def _model() -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(
        (files(__package__) / "decline.json").read_text(encoding="utf-8")
    )
    return stored
