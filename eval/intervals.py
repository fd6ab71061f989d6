"""How sure a rate or a difference is: Wilson intervals, McNemar's exact test, paired bootstrap."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb, sqrt

import numpy as np

SEED = 20260401  # of every resampling, so that a run can be repeated to the digit
RESAMPLES = 2000
_Z = 1.959964  # two-sided 95%


@dataclass(frozen=True, slots=True)
class Difference:
    """Ours less theirs on the same items, with its 95% interval and the chance of none."""

    value: float
    low: float
    high: float
    p_value: float
    gained: int  # items that only ours has right
    lost: int  # items that only theirs has right


def wilson(successes: float, total: int) -> tuple[float, float]:
    """The 95% score interval of a rate (Wilson 1927); (0, 1) where there is nothing to count."""
    if total == 0:
        return (0.0, 1.0)
    rate = successes / total
    centre = rate + _Z**2 / (2 * total)
    spread = _Z * sqrt(rate * (1 - rate) / total + _Z**2 / (4 * total**2))
    scale = 1 + _Z**2 / total
    return (max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale))


def paired(ours: Sequence[bool], theirs: Sequence[bool]) -> Difference:
    """The difference of two rates on the same items.

    The p-value is McNemar's, exact (a sign test on the items where the two differ); the interval
    is a paired bootstrap's. Raises ValueError for lists of different length.
    """
    pairs = list(zip(ours, theirs, strict=True))
    gained = sum(a and not b for a, b in pairs)
    lost = sum(b and not a for a, b in pairs)
    low, high = bootstrap([float(a) - float(b) for a, b in pairs])
    value = (gained - lost) / len(pairs) if pairs else 0.0
    return Difference(value, low, high, mcnemar(gained, lost), gained, lost)


def mcnemar(gained: int, lost: int) -> float:
    """The two-sided exact p-value that `gained` and `lost` differ by chance (McNemar 1947)."""
    differing = gained + lost
    tail = sum(comb(differing, k) for k in range(min(gained, lost) + 1))
    return min(1.0, float(2 * tail / 2**differing))


def bootstrap(
    values: Sequence[float],
    statistic: Callable[[Sequence[int]], float] | None = None,
) -> tuple[float, float]:
    """The 95% percentile interval of the mean of `values`, or of `statistic` of drawn positions.

    `statistic` is called with positions into `values`, drawn with replacement (Efron 1979).
    """
    if not values:
        return (0.0, 0.0)
    rng = np.random.default_rng(SEED)
    array = np.asarray(values, dtype=float)
    drawn = rng.integers(0, len(values), size=(RESAMPLES, len(values)))
    if statistic is None:
        samples = array[drawn].mean(axis=1)
    else:
        samples = np.asarray([statistic([int(i) for i in row]) for row in drawn])
    low, high = np.percentile(samples, [2.5, 97.5])
    return (float(low), float(high))
