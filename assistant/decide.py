"""Decides what the comparisons of a claim with several sentences come to; unsure means not in sources.

The thresholds stand in `check.json`; `eval/train_check.py` chooses them on the `tune` claims, so that
an unsupported claim is hardly ever called supported.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from assistant.answer import VerdictKind
from assistant.assertions import Sort
from assistant.compare import Comparison
from assistant.matching import Matched, State

THRESHOLDS = (
    "share_supported",  # relevance from which a sentence with the claim's shares or sums supports
    "share_ahead",  # by how much it must be more relevant than the best that opposes
    "share_contradicted",  # relevance from which a sentence with another figure there contradicts
    "count_supported",  # likewise for claims with counts, spells of time, places in an order, grades
    "count_ahead",
    "count_contradicted",
    "worded_supported",  # and for claims without a figure
    "worded_ahead",
    "worded_contradicted",
    "quoted_supported",  # and for those whose quoted words the sentence has verbatim
)
ALTERED = 0.6  # nearness from which words are the quoted ones, altered
ENOUGH_WORDS = 6  # a shorter sentence supports nothing: it is a heading, or debris of a chart


_LESSER = (Sort.COUNT, Sort.SPELL, Sort.ORDINAL, Sort.GRADE)


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict and the position of the sentence that decides it, or comes nearest."""

    verdict: VerdictKind
    place: int | None


@dataclass(frozen=True, slots=True)
class Weighed:
    """What speaks for a claim and what against it, before any threshold."""

    kind: str  # "share", "count" or "worded"
    support: float  # relevance of the best sentence that supports, 0 where none does
    oppose: float  # and of the best that opposes
    supporting: int | None
    opposing: int | None
    nearest: int | None  # the most relevant sentence, whatever it says
    verbatim: bool  # the supporting sentence has the claim's quoted words


def decide(
    comparisons: Sequence[Comparison], thresholds: Mapping[str, float] | None = None
) -> Decision:
    """What the sentences, the best retrieved first, say of a claim."""
    return settle(weigh(comparisons), thresholds or load_thresholds())


def weigh(comparisons: Sequence[Comparison]) -> Weighed:
    """The best sentences for and against."""
    figures = [m for c in comparisons[:1] for m in c.matched if is_figure(m)]
    kind = "share" if any(m.claimed.sort not in _LESSER for m in figures) else "count"
    supporting = _best(comparisons, [supports(c) for c in comparisons])
    opposing = _best(comparisons, [opposes(c) for c in comparisons])
    return Weighed(
        kind=kind if figures else "worded",
        support=relevance(comparisons[supporting]) if supporting is not None else 0.0,
        oppose=relevance(comparisons[opposing]) if opposing is not None else 0.0,
        supporting=supporting,
        opposing=opposing,
        nearest=_best(comparisons, [True] * len(comparisons)),
        verbatim=supporting is not None and bool(comparisons[supporting].quotes),
    )


def settle(weighed: Weighed, at: Mapping[str, float]) -> Decision:
    """The verdict that the thresholds `at` come to."""
    ahead = at[f"{weighed.kind}_ahead"]
    least = at["quoted_supported" if weighed.verbatim else f"{weighed.kind}_supported"]
    if weighed.support >= least and weighed.support >= weighed.oppose + ahead:
        return Decision(VerdictKind.SUPPORTED, weighed.supporting)
    # Where two sentences come equally near, the one that opposes is believed.
    opposed = weighed.oppose >= at[f"{weighed.kind}_contradicted"]
    if opposed and weighed.oppose + ahead > weighed.support:
        return Decision(VerdictKind.CONTRADICTED, weighed.opposing)
    return Decision(VerdictKind.NOT_IN_SOURCES, weighed.nearest)


def relevance(comparison: Comparison) -> float:
    """How far a sentence is about what the claim is about, from 0 to about 2."""
    return comparison.cosine + comparison.borne_wide


def supports(comparison: Comparison) -> bool:
    """Whether nothing of the claim is missing or different, as far as can be told."""
    figures = [m for m in comparison.matched if is_figure(m)]
    others = [m for m in comparison.matched if not is_figure(m)]
    if comparison.names < 1 or any(quote.nearness < 1 for quote in comparison.quotes):
        return False
    borne = [m for m in figures if m.state in (State.SAME, State.DERIVED)]
    if (figures and not borne) or comparison.rival:
        return False
    # A count or a spell beside the figure that is borne may be said elsewhere.
    main = [m for m in figures if m.claimed.sort not in (Sort.COUNT, Sort.SPELL, Sort.ORDINAL)]
    if any(m.state not in (State.SAME, State.DERIVED) for m in main or figures):
        return False
    if any(m.state in (State.OTHER, State.MOVED) for m in figures):
        return False
    if any(m.state in (State.OTHER, State.MOVED) for m in others):
        return False
    if not all(_dated(m) for m in others):
        return False
    if comparison.length < ENOUGH_WORDS or (comparison.claims_extreme and not comparison.extreme):
        return False
    turned = comparison.negated or comparison.differ > comparison.agree
    # The rest of a whole is what did not: there the claim must deny what the sentence asserts.
    rest = any(m.state is State.DERIVED and m.claimed.sort is Sort.SHARE for m in figures)
    return turned if rest else not comparison.negated and not comparison.differ


def opposes(comparison: Comparison) -> bool:
    """Whether the sentence is about the same, and says something else."""
    if comparison.rival:
        return True
    if any(quote.nearness < ALTERED for quote in comparison.quotes):
        return False  # the quoted words are not there, nor anything near them
    if comparison.names < 1:
        # Only one can be the highest: the same figure of another is said against the claim.
        return any(m.state is State.SAME for m in comparison.matched) and comparison.extreme
    figures = [m for m in comparison.matched if is_figure(m)]
    if any(m.state in (State.OTHER, State.MOVED) for m in figures):
        return True
    if figures:
        same = all(m.state is State.SAME for m in figures)
        return same and (comparison.negated or comparison.differ > comparison.agree)
    if any(m.state is State.OTHER for m in comparison.matched):
        return True
    return comparison.negated != (comparison.differ > comparison.agree)


def _dated(matched: Matched) -> bool:
    """Whether a date of the claim is borne, or at least the report is of that year."""
    if matched.claimed.sort is not Sort.DATE or matched.state is State.SAME:
        return True
    return matched.state is State.UNSURE and not matched.found_text


def is_figure(matched: Matched) -> bool:
    """Whether a value is one that a reader would look up: no date, no "all" or "most"."""
    return not matched.claimed.worded and matched.claimed.sort is not Sort.DATE


@lru_cache(maxsize=1)
def load_thresholds() -> dict[str, float]:
    """The chosen thresholds by name."""
    stored = json.loads((files(__package__) / "check.json").read_text(encoding="utf-8"))
    return {name: float(stored["thresholds"][name]) for name in THRESHOLDS}


def _best(comparisons: Sequence[Comparison], fits: Sequence[bool]) -> int | None:
    places = [i for i, fit in enumerate(fits) if fit]
    return max(places, key=lambda i: relevance(comparisons[i]), default=None)
