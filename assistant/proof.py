"""Whether a sentence speaks for a claim or against it, as far as its values and words can tell.

Each rule here is one a reader would give as a reason; how near the sentence comes to the claim's
subject at all is weighed elsewhere.
"""

from collections.abc import Iterable

from assistant.assertions import Sort
from assistant.compare import Comparison
from assistant.leanings import HARD
from assistant.matched import BORNE, OPPOSED, Matched, State, is_figure
from assistant.reader import NOTHING

ALTERED = 0.72  # nearness from which words are the quoted ones, altered
NAMED = 0.75  # share of the claim's names that a supporting sentence bears
ENOUGH_WORDS = 6  # a shorter sentence without a figure supports nothing: it is debris
SMALL = 10  # smaller counts agree by chance ...
SMALL_NEAR = 0.25  # ... unless what they count comes this near
OTHERS = frozenset({"sexes", "risk"})  # both may well be so, of different people
DOUBT = 0.5  # the reader's chance of a contradiction from which the weakest rules count
BESIDE = (Sort.COUNT, Sort.SPELL, Sort.ORDINAL)  # may stand beside the figure that matters


def supports(comparison: Comparison) -> bool:
    """Whether nothing of the claim is missing or different, as far as can be told."""
    figures, others = figures_of(comparison), _others(comparison)
    borne = [m for m in figures if m.state in BORNE]
    main = [m for m in figures if m.claimed.sort not in BESIDE]
    return (
        not comparison.rival
        and not comparison.unnamed
        and comparison.names >= NAMED
        and not comparison.added
        and (comparison.extreme or not comparison.claims_extreme)
        and all(quote.nearness >= 1 for quote in comparison.quotes)
        and (bool(borne) if figures else _says_enough(comparison))
        and all(m.state in BORNE for m in main or figures)
        and not any(m.state in OPPOSED for m in comparison.matched)
        and not any(_by_chance(m) for m in borne)
        and _dated(others)
        # The rest of a whole is what did not: there the claim denies what the sentence asserts.
        and (
            turned(comparison)
            if _of_the_rest(comparison)
            else not (turned(comparison) or comparison.against)
        )
    )


def opposes(comparison: Comparison) -> bool:
    """Whether the sentence is about the same, and says something else."""
    nearness = [quote.nearness for quote in comparison.quotes]
    doubted = comparison.reading == NOTHING or comparison.reading.contradicts >= DOUBT
    if comparison.rival:
        return True
    if any(near < ALTERED for near in nearness):
        return False  # the quoted words are not there, nor anything near them
    if any(near < 1 for near in nearness):
        return True
    figures = figures_of(comparison)
    opposed = any(m.state in OPPOSED for m in figures)
    if comparison.names < 1 or comparison.unnamed:
        # Only one can be the highest: the same figure of another is said against the claim.
        another = comparison.extreme and any(m.state is State.SAME for m in figures)
        return another or (opposed and (comparison.names > 0 or comparison.universal))
    if opposed:
        return True
    if _of_the_rest(comparison):
        # The rest may be said in words that no list of opposites has.
        return not turned(comparison) and doubted
    contrary = [m for m in comparison.matched if m.state in OPPOSED]
    if contrary:
        # A sentence may tell of another time without denying what was so then.
        return doubted or any(m.claimed.sort is not Sort.DATE for m in contrary)
    same = any(m.state is State.SAME for m in figures)
    if figures and not same:
        return False
    # What is said of others with the same figure is said against the claim.
    hard = HARD | OTHERS if same else HARD
    return turned(comparison) or bool(comparison.against & hard)


def turned(comparison: Comparison) -> bool:
    """Whether one denies what the other asserts: by opposites, or else by negations."""
    if comparison.agree != comparison.differ:
        return comparison.differ > comparison.agree
    return comparison.negated


def figures_of(comparison: Comparison) -> list[Matched]:
    """The claim's figures, as they stand to the sentence."""
    return [m for m in comparison.matched if is_figure(m)]


def _others(comparison: Comparison) -> list[Matched]:
    return [m for m in comparison.matched if not is_figure(m)]


def _says_enough(comparison: Comparison) -> bool:
    dated = any(m.state is State.SAME and m.found_text for m in _others(comparison))
    return dated or comparison.length >= ENOUGH_WORDS


def _of_the_rest(comparison: Comparison) -> bool:
    return any(m.state is State.REST for m in comparison.matched)


def _by_chance(matched: Matched) -> bool:
    """Whether a small count agrees, but hardly counts the same."""
    return (
        matched.claimed.sort in (Sort.COUNT, Sort.ORDINAL)
        and matched.claimed.middle < SMALL
        and matched.nearness < SMALL_NEAR
    )


def _dated(others: Iterable[Matched]) -> bool:
    """Whether one date of the claim is borne, or the sentence at least has no other."""
    dates = [m for m in others if m.claimed.sort is Sort.DATE]
    if any(m.state is State.ABSENT for m in dates):
        return False
    same = any(m.state is State.SAME for m in dates)
    return same or not any(m.found_text for m in dates)
