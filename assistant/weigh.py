"""Weighs what was found for a claim and against it: two small models over named features.

The first, a logistic one, tells how likely a sentence is about what the claim says. The second, of small
trees, takes the best sentence that supports and the best that opposes, by their values and words and by
the reader, and gives the chance of each verdict. Both stand in `check.json`; `eval/train_check.py` fits
them on the `tune` claims and `check.train.jsonl`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.assertions import Sort
from assistant.compare import Comparison
from assistant.logistic import Features, Logistic
from assistant.matched import BORNE, OPPOSED, Matched, State
from assistant.proof import ALTERED, figures_of, opposes, supports
from assistant.reader import NOTHING, Reading

# Each feature with its sign: 1 where more of it can only speak for, -1 only against.
ABOUT = {
    "cosine": 1,  # of claim and sentence
    "wide": 1,  # ... with the sentence before
    "clause": 1,  # ... with its nearest clause
    "borne": 1,  # share of the claim's words in the sentence
    "borne_wide": 1,  # ... or its surroundings
    "names": 1,  # share of the claim's names
    "subject": 1,  # how near what the values are said of come to each other
    "behind": -1,  # by how much another sentence comes nearer
    "short": -1,
    "place": 1,  # among those retrieved: 1, 1/2, 1/3 ...
    "figure": 1,  # it has a figure of the claim
    "extreme": 1,  # both speak of the same extreme
    "dated": 1,  # it has a date of the claim itself
    "reads": 1,  # the chance, by the reader, that it supports or contradicts the claim
}
SUPPORTED = (
    "figure",  # the claim has one
    "about",  # the chance that the supporting sentence is about the claim
    "near",  # its cosine, and the share of the claim's words around it
    "ahead",  # by how much it comes nearer than the opposing one
    "below",  # by how much another sentence is more about the claim
    "worst",  # how rare the rarest word of the claim is that is not there
    "subject",
    "precise",  # the same figure, not rounded, and too large for chance
    "several",  # more than one value is the same
    "absent",  # a figure of the claim is not there
    "unquantified",  # "all", "most" or "none" of the claim is not there
    "unnamed",  # a name of the claim is not there
    "undated",  # a date of the claim is not there
    "agree",  # axes of opposites on which both lean alike
    "verbatim",  # it has the claim's quoted words
    "vouched",  # only the reader finds that it supports the claim
    "blocked",  # ... and rules find that it opposes it
    "against",  # the chance that the opposing sentence is about the claim
    "reads_for",  # the log of the odds, by the reader, that it supports
    "reads_against",  # ... that it contradicts
    "others_for",  # the highest odds among all sentences that one supports it
    "others_against",  # ... contradicts it
    "nearest_for",  # these odds of the sentence that is most about the claim
    "nearest_against",
    "backed",  # the highest chance that a sentence is about the claim and supports it
    "opposed",  # ... and contradicts it
)
CONTRADICTED = (
    "figure",
    "about",  # likewise for the opposing sentence
    "near",
    "ahead",
    "below",
    "unnamed",
    "worst",
    "subject",
    "absent",
    "undated",
    "otherwise_dated",
    "extreme",
    "differ",  # axes on which they lean against each other
    "altered",  # it has the claim's quoted words, altered
    "moved",  # the claim's figure is there, said of something else
    "for",  # the chance that the supporting sentence is about the claim
    "ruled",  # its values and words oppose the claim, whatever the reader says
    "reads_against",
    "reads_for",
    "others_for",
    "others_against",
    "nearest_for",
    "nearest_against",
    "backed",
    "opposed",
)
KINDS = ("figure", "worded")  # claims with a figure have thresholds of their own
LEAST_PRECISE, LARGE = 0.06, 10  # a precise figure's range at most, of the figure; and its size
READS = 0.7  # chance from which the reader's verdict is one
LEANS = 0.1  # ... from which a sentence may refute a claim though the rules let none
VOUCHED = 0.5  # ... from which it is believed against what the rules miss; by cross-validation
PROVES = 0.3  # ... below which a sentence proves nothing but its own words
BESIDE_IT = 0.9  # ... and from which it finds a sentence to be neither
ABOUT_IT = 0.45  # ... below which it does not
STATED = (Sort.SHARE, Sort.POINTS, Sort.MONEY, Sort.GRADE)  # what nobody can tell in other words
# ... nor that it is only so, or so wherever it may be, or took longer, that it halved or doubled, or
# went from one grade to another
DEMANDED = frozenset(("only", "everywhere", "longer", "multiple", "moved"))
MANY = 10  # ... nor a count from here on: fewer may be told one by one
MONTH = 31  # days
ALONE = 0.3  # how far ahead a sentence is that has no rival

Tree = float | tuple[str, float, "Tree", "Tree"]
"""A score, or a feature and a bound, and the trees for values up to it and above it."""


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted trees: Friedman, Annals of Statistics 2001. For each verdict a score to begin with, and
    the trees whose scores are added to it."""

    start: tuple[float, ...]
    trees: tuple[tuple[Tree, ...], ...]

    def chances(self, features: Features) -> tuple[float, ...]:
        """The chance of each verdict; they add up to 1."""
        scores = [
            start + sum(_leaf(tree, features) for tree in trees)
            for start, trees in zip(self.start, self.trees, strict=True)
        ]
        powers = [math.exp(score - max(scores)) for score in scores]
        return tuple(power / sum(powers) for power in powers)


@dataclass(frozen=True, slots=True)
class Weighed:
    """The best sentences for and against a claim, as positions, and what speaks for a verdict."""

    kind: str
    supporting: int | None
    opposing: int | None  # where the rules let none, the likeliest by the reader
    nearest: int | None  # the sentence that is most about the claim, whatever it says
    supported: Features
    contradicted: Features
    restated: bool = False  # the supporting sentence says it in these very words


def weigh(comparisons: Sequence[Comparison], about: Logistic) -> Weighed:
    """The best sentences for and against, the best retrieved coming first."""
    chances = [about.chance(features) for features in about_features(comparisons)]
    for_ = [chance * c.reading.supports for chance, c in zip(chances, comparisons, strict=True)]
    against = [
        chance * c.reading.contradicts for chance, c in zip(chances, comparisons, strict=True)
    ]
    # Where no value was compared the reader's word counts, and no rule stands against a sure one.
    ruled = [opposes(c) and _may_rule(c.reading) for c in comparisons]
    allowed = [_may_prove(c) for c in comparisons]
    # What a claim restates proves it, unless the reader or a denial tells otherwise.
    restated = [
        c.restated and supports(c) and not (c.negated or reads_against(c)) for c in comparisons
    ]
    if any("extreme" in c.against and c.reading.neither < ABOUT_IT for c in comparisons):
        # What is said to be the best is told elsewhere to be the worst.
        allowed = [a and c.extreme for a, c in zip(allowed, comparisons, strict=True)]
    allowed = [a or r for a, r in zip(allowed, restated, strict=True)]
    supporting = _best(chances, restated) if any(restated) else _best(for_, allowed)
    # The reader's word alone turns no sentence that has the claim's values against it; and a figure
    # elsewhere says nothing against one that the sentence nearest to the claim bears.
    has_figure = any(figures_of(c) for c in comparisons[:1])
    least = max((chance for chance, a in zip(chances, allowed, strict=True) if a), default=0.0)
    opposing = _best(
        against,
        [
            (r or (reads_against(c) and not a and _has_quotes(c)))
            and (chance >= least or not has_figure)
            for r, a, c, chance in zip(ruled, allowed, comparisons, chances, strict=True)
        ],
    )
    top = max(chances, default=0.0)
    own = chances[supporting] if supporting is not None else 0.0
    other = chances[opposing] if opposing is not None else 0.0
    with_, opposed = _at(comparisons, supporting), _at(comparisons, opposing)
    ahead = ALONE * (with_ is not None) - ALONE * (opposed is not None)
    if with_ and opposed:
        ahead = with_.relevance - opposed.relevance
    nearest = _best(chances, [True] * len(chances))
    closest = _read(_at(comparisons, nearest))
    both = {
        "figure": float(has_figure),
        "others_for": max((_odds(c.reading.supports) for c in comparisons), default=0.0),
        "others_against": max((_odds(c.reading.contradicts) for c in comparisons), default=0.0),
        "nearest_for": closest["reads_for"],
        "nearest_against": closest["reads_against"],
        "backed": max(for_, default=0.0),
        "opposed": max(against, default=0.0),
    }
    return Weighed(
        kind=KINDS[0] if has_figure else KINDS[1],
        supporting=supporting,
        opposing=_best(
            against, [c.reading.contradicts >= LEANS and _has_quotes(c) for c in comparisons]
        )
        if opposing is None
        else opposing,
        nearest=nearest,
        restated=any(restated),
        supported=both
        | _shared(with_, own, ahead, top)
        | {
            "precise": float(any(_is_precise(m) for m in _states(with_, BORNE))),
            "several": float(len(_states(with_, BORNE)) > 1),
            "unquantified": float(_is_unquantified(with_)),
            "agree": float(min(2, with_.agree)) if with_ else 0.0,
            "verbatim": float(bool(with_ and with_.quotes)),
            "vouched": float(bool(with_ and not supports(with_))),
            "blocked": float(bool(with_ and opposes(with_))),
            "against": other,
            **_read(with_),
        },
        contradicted=both
        | _shared(opposed, other, ahead, top)
        | {
            "otherwise_dated": float(_has_date(opposed, (State.OTHER,))),
            "extreme": float(bool(opposed and opposed.extreme)),
            "differ": float(min(2, opposed.differ)) if opposed else 0.0,
            "altered": float(bool(opposed and any(q.nearness >= ALTERED for q in opposed.quotes))),
            "moved": float(bool(_states(opposed, (State.MOVED,)))),
            "for": own,
            "ruled": float(opposing is not None and ruled[opposing]),
            **_read(opposed),
        },
    )


def verdict_features(weighed: Weighed) -> Features:
    """What the verdict is told by: the values of SUPPORTED and of CONTRADICTED under names of their own."""
    return {f"for {name}": weighed.supported[name] for name in SUPPORTED} | {
        f"against {name}": weighed.contradicted[name] for name in CONTRADICTED
    }


def about_features(comparisons: Sequence[Comparison]) -> list[Features]:
    """The values of ABOUT for each sentence, in their order."""
    best = max((c.relevance for c in comparisons), default=0.0)
    return [
        {
            "cosine": c.cosine,
            "wide": c.cosine_wide,
            "clause": c.clause,
            "borne": c.borne,
            "borne_wide": c.borne_wide,
            "names": c.names,
            "subject": _subject(c),
            "behind": best - c.relevance,
            "short": float(c.length < 6),
            "place": 1 / (1 + place),
            "figure": float(bool(_states(c, BORNE))),
            "extreme": float(c.extreme),
            "dated": float(any(m.found_text for m in c.matched if _is_date(m, (State.SAME,)))),
            "reads": 1 - c.reading.neither,
        }
        for place, c in enumerate(comparisons)
    ]


def _shared(
    comparison: Comparison | None, chance: float, ahead: float, top: float
) -> dict[str, float]:
    """What both sides are weighed by; zero where there is no such sentence."""
    missing = (State.ABSENT, State.UNSURE)
    return {
        "about": chance,
        "near": comparison.relevance if comparison else 0.0,
        "ahead": ahead,
        "below": top - chance,
        "worst": comparison.worst if comparison else 1.0,
        "subject": _subject(comparison) if comparison else 0.0,
        "absent": float(bool(_states(comparison, missing))),
        "unnamed": float(bool(comparison and comparison.names < 1)),
        "undated": float(_has_date(comparison, missing)),
    }


def reads_against(comparison: Comparison) -> bool:
    """Whether the reader finds that a sentence contradicts the claim."""
    return comparison.reading.contradicts >= READS


def _has_quotes(comparison: Comparison) -> bool:
    """Whether the words that the claim quotes are there, or nearly: what is said otherwise of the same
    does not tell that somebody did not say them."""
    return all(quote.nearness >= ALTERED for quote in comparison.quotes)


def _may_prove(comparison: Comparison) -> bool:
    """Whether a sentence may support the claim: by the rules where the reader does not find it to be about
    anything else, or by the reader."""
    reading = comparison.reading
    if any(_is_undated(m) for m in comparison.matched):
        return False
    read = reading.supports >= PROVES or reading == NOTHING
    return (read and supports(comparison)) or _vouched(comparison)


def _vouched(comparison: Comparison) -> bool:
    """Whether the reader finds support that the rules do not, and may be believed.

    A share, a sum of money, a grade or a large count that is claimed has to be there, quoted words verbatim;
    and another person, figure or frequency in the place of the claim's is against it whatever is read.
    """
    return (
        comparison.reading.supports >= VOUCHED
        and not (comparison.rival or comparison.added & DEMANDED)
        and all(quote.nearness >= 1 for quote in comparison.quotes)
        and not any(_is_needed(m) for m in figures_of(comparison) if _is_untold(m))
        and not any(
            m.state in OPPOSED and not m.claimed.worded and m.claimed.sort is not Sort.DATE
            for m in comparison.matched
        )
    )


def _is_undated(matched: Matched) -> bool:
    """Whether a day or a month is claimed that is not there: "this year" is none."""
    low, high = matched.claimed.range
    missing = matched.state in (State.ABSENT, State.UNSURE)
    return matched.claimed.sort is Sort.DATE and high - low <= MONTH and missing


def _is_untold(matched: Matched) -> bool:
    """Whether a figure is not there: "most" is not "nine in ten"."""
    worded = matched.found is not None and matched.found.worded
    return matched.state is State.ABSENT or (matched.state is State.UNSURE and worded)


def _is_needed(matched: Matched) -> bool:
    """Whether a value is one that nothing can tell but its figure or name."""
    value = matched.claimed
    return value.sort in STATED or (value.sort is Sort.COUNT and value.middle >= MANY)


def _may_rule(reading: Reading) -> bool:
    """Whether rules may find a sentence against a claim: not where the reader is sure it is not."""
    return reading == NOTHING or (reading.supports < READS and reading.neither < BESIDE_IT)


def _read(comparison: Comparison | None) -> dict[str, float]:
    reading = comparison.reading if comparison else NOTHING
    return {"reads_for": _odds(reading.supports), "reads_against": _odds(reading.contradicts)}


def _odds(chance: float) -> float:
    """The log of the odds, within bounds: the reader is never certain."""
    within = min(max(chance, 0.01), 0.99)
    return math.log(within / (1 - within))


def _states(comparison: Comparison | None, states: Sequence[State]) -> list[Matched]:
    """The figures of the claim that stand so to the sentence."""
    return [m for m in figures_of(comparison) if m.state in states] if comparison else []


def _subject(comparison: Comparison) -> float:
    held = _states(comparison, (*BORNE, *OPPOSED))
    return max((m.nearness for m in held), default=0.0)


def _is_precise(matched: Matched) -> bool:
    """Whether the same figure is hardly there by chance."""
    claimed, found = matched.claimed, matched.found
    if found is None or claimed.sort is Sort.GRADE:
        return False
    width = max(v.range[1] - v.range[0] for v in (claimed, found))
    large = claimed.middle >= LARGE or claimed.middle % 1 > 0
    return large and width <= LEAST_PRECISE * abs(claimed.middle)


def _is_unquantified(comparison: Comparison | None) -> bool:
    matched = comparison.matched if comparison else ()
    return any(m.claimed.worded and m.state is State.ABSENT for m in matched)


def _has_date(comparison: Comparison | None, states: Sequence[State]) -> bool:
    return bool(comparison and any(_is_date(m, states) for m in comparison.matched))


def _is_date(matched: Matched, states: Sequence[State]) -> bool:
    return matched.claimed.sort is Sort.DATE and matched.state in states


def _leaf(tree: Tree, features: Features) -> float:
    while not isinstance(tree, float):
        name, bound, below, above = tree
        tree = below if features[name] <= bound else above
    return tree


def _best(chances: Sequence[float], fits: Sequence[bool]) -> int | None:
    places = [place for place, fit in enumerate(fits) if fit]
    return max(places, key=lambda place: chances[place], default=None)


def _at(comparisons: Sequence[Comparison], place: int | None) -> Comparison | None:
    return None if place is None else comparisons[place]
