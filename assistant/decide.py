"""Decides what the comparisons of a claim with several sentences come to; unsure means not in sources.

The chances of the verdicts come from small models (`assistant.weigh`). A claim is called supported or
contradicted from thresholds on, which `eval/train_check.py` sets so that an unsupported claim is
hardly ever called supported.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from assistant.answer import VerdictKind
from assistant.compare import Comparison
from assistant.logistic import Logistic
from assistant.weigh import (
    ABOUT,
    KINDS,
    Tree,
    Trees,
    Weighed,
    verdict_features,
    weigh,
)

RESTATED = 0.99  # chance of a claim that repeats a sentence's words, with the same values


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict and the position of the sentence that decides it, or comes nearest."""

    verdict: VerdictKind
    place: int | None
    chance: float = 0.0  # of the verdict, where there is one
    supported: float = 0.0  # the chance that the claim is supported, whatever the verdict


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which chance on a verdict is given."""

    supported_from: float
    contradicted_from: float

    def verdict(self, supported: float, contradicted: float) -> VerdictKind:
        """What chances come to. What is likelier true is never said to be false, however little it takes
        to say so."""
        if supported >= max(contradicted, self.supported_from):
            return VerdictKind.SUPPORTED
        if contradicted >= max(supported, self.contradicted_from):
            return VerdictKind.CONTRADICTED
        return VerdictKind.NOT_IN_SOURCES


@dataclass(frozen=True, slots=True)
class Model:
    """What `check.json` holds; thresholds by kind of claim."""

    about: Logistic
    verdict: Trees
    thresholds: Mapping[str, Thresholds]


def decide(comparisons: Sequence[Comparison]) -> Decision:
    """What the sentences, the best retrieved first, say of a claim."""
    model = load_model()
    return settle(weigh(comparisons, model.about), model)


def settle(weighed: Weighed, model: Model) -> Decision:
    """The verdict that the model comes to."""
    supported, contradicted = chances(weighed, model)
    match model.thresholds[weighed.kind].verdict(supported, contradicted):
        case VerdictKind.SUPPORTED as verdict:
            return Decision(verdict, weighed.supporting, supported, supported)
        case VerdictKind.CONTRADICTED as verdict:
            return Decision(verdict, weighed.opposing, contradicted, supported)
        case verdict:
            return Decision(verdict, weighed.nearest, supported=supported)


def chances(weighed: Weighed, model: Model) -> tuple[float, float]:
    """The chances that a claim is supported, and contradicted; 0 where no sentence says so."""
    if weighed.restated:
        return RESTATED, 0.0
    for_, against, _ = model.verdict.chances(verdict_features(weighed))
    return (
        for_ if weighed.supporting is not None else 0.0,
        against if weighed.opposing is not None else 0.0,
    )


@lru_cache(maxsize=1)
def load_model() -> Model:
    """The fitted model."""
    stored = json.loads((files(__package__) / "check.json").read_text(encoding="utf-8"))
    return model_of(stored)


def model_of(stored: Mapping[str, Any]) -> Model:
    """The model as `check.json` spells it."""
    return Model(
        about=Logistic.of(stored["about"], ABOUT),
        verdict=Trees(
            start=tuple(float(score) for score in stored["verdict"]["start"]),
            trees=tuple(tuple(map(_tree, trees)) for trees in stored["verdict"]["trees"]),
        ),
        thresholds={
            kind: Thresholds(
                supported_from=float(stored["thresholds"][kind]["supported_from"]),
                contradicted_from=float(stored["thresholds"][kind]["contradicted_from"]),
            )
            for kind in KINDS
        },
    )


def _tree(stored: Any) -> Tree:
    if not isinstance(stored, list):
        return float(stored)
    name, bound, below, above = stored
    return (str(name), float(bound), _tree(below), _tree(above))
