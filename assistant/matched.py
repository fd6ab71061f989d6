"""How one value of a claim stands to a sentence."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.assertions import Value


class State(StrEnum):
    """How one value of a claim stands to a sentence."""

    SAME = "same"
    DERIVED = "derived"  # follows by a sum or difference
    REST = "rest"  # is what is left of the whole
    OTHER = "other"  # the sentence has another value there
    MOVED = "moved"  # ... and has the claim's value elsewhere
    UNSURE = "unsure"  # the ranges neither fit nor exclude each other
    ABSENT = "absent"  # the sentence has no value of that sort


BORNE = (State.SAME, State.DERIVED, State.REST)
OPPOSED = (State.OTHER, State.MOVED)


@dataclass(frozen=True, slots=True)
class Matched:
    """One value of a claim, and the value of the sentence that stands in its place."""

    claimed: Value
    found: Value | None
    state: State
    nearness: float  # of the clauses that hold them
    claimed_text: str = ""  # the words of the claim
    found_text: str = ""  # the words of the sentence; empty where its surroundings have them


def is_figure(matched: Matched) -> bool:
    """Whether the claim's value is a figure."""
    return matched.claimed.is_figure
