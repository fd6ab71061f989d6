"""A question understood: the kind of answer wanted, of what, where and when."""

from dataclasses import dataclass, field

from assistant.wants import Wants


@dataclass(frozen=True)
class Inquiry:
    """A question understood: standing alone, spelt as the reports spell, with what it looks for."""

    asked: str
    text: str  # standing alone; what is embedded
    wants: Wants
    weights: dict[str, float]  # stems to look for, with how much they count
    related: dict[str, frozenset[str]] = field(default_factory=dict)  # stems that stand for each
    names: tuple[str, ...] = ()  # stems of names that the evidence must bear
    years: tuple[str, ...] = ()
    months: tuple[str, ...] = ()  # months of a year, as 2025-04; a season is its three
    unknown: tuple[str, ...] = ()  # content words that no report has
    reports: tuple[str, ...] = ()  # ids of the reports about the place that is named
    defines: tuple[tuple[str, str], ...] = ()  # abbreviations asked about, with their long forms
    named: tuple[str, ...] = ()  # ids of the reports that the question calls by title or date
    words: dict[str, str] = field(default_factory=dict)  # for each stem the word as it is spelt
    overall: bool = False  # whether the verdict on the whole is asked for
    earlier: bool = False  # whether it asks of an earlier inspection than a report's own
    counted: tuple[str, ...] = ()  # the words that name what is counted, where a number is asked
    shorts: tuple[
        str, ...
    ] = ()  # stems of abbreviations, which the evidence must bear or spell out
    superlative: str = ""  # "most" or "least", where an extreme is asked for
    asks: bool = True  # False where nothing is left to look for
    follows: "Inquiry | None" = None  # the question that this one leans on
    place: str = ""  # the one place that is named and that reports are about
    stays: bool = False  # the place, or the report, is that of the question before

    @property
    def stems(self) -> set[str]:
        """The stems of its words, and of all that may stand for them."""
        parts = (o.split("+") for others in self.related.values() for o in others)
        return {*self.weights, *(part for each in parts for part in each)}
