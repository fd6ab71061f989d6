"""One value that a text asserts, as a range."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.rounding import Range

SOME = (0.5, 100)
"""The range in per cent of "some", "a few" and "several": at least something."""


class Sort(StrEnum):
    """What a value is one of; only values of one sort are compared."""

    SHARE = "share"  # in per cent; also fractions, and "all", "most", "none"
    POINTS = "percentage points"
    MONEY = "money"
    COUNT = "count"
    SPELL = "spell of time"  # in days
    ORDINAL = "ordinal"
    FREQUENCY = "frequency"  # in days from one time to the next
    DATE = "date"  # in days; a month or a year is a range of days
    GRADE = "grade"  # from 0, insufficient, to 4, outstanding


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a text, `text[start:end]`, as a range of its sort."""

    sort: Sort
    range: Range
    start: int
    end: int
    nouns: frozenset[str] = frozenset()  # stems of what a count or quantifier counts
    worded: bool = False  # a quantifier ("most", "none"), not a figure
    spans: bool = False  # a range that the text itself states: "50-64%"
    vague: bool = False  # hedged on one side: "nearly", "over"
    open: int = 0  # 1 where it may be far more ("over", "most"), -1 where far less
    rounds: float = 0.0  # how far off a round figure of a claim may be
    denied: bool = False  # a grade that was not given
    loose: bool = False  # "one", which may be no more than an article

    @property
    def some(self) -> bool:
        """Whether it says no more than that there is something."""
        return self.worded and self.range == SOME

    @property
    def is_figure(self) -> bool:
        """Whether it is one that a reader would look up: no date, no "monthly", no "all" or "most"."""
        return not self.worded and self.sort not in (Sort.DATE, Sort.FREQUENCY)

    @property
    def middle(self) -> float:
        """The middle of the range."""
        return (self.range[0] + self.range[1]) / 2
