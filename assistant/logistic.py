"""A logistic function of named features, as the files of fitted weights beside the package spell it."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Logistic:
    """Weights by name of feature; the score is the sum of weighted features and the intercept."""

    intercept: float
    weights: Features

    def score(self, features: Features) -> float:
        """The log of the odds."""
        return self.intercept + sum(w * features[name] for name, w in self.weights.items())

    def chance(self, features: Features) -> float:
        """The chance that the score comes to."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.score(features)))))

    @classmethod
    def of(cls, stored: Mapping[str, Any], names: Iterable[str]) -> "Logistic":
        """The weights of `names` in a file's content."""
        weights = {name: float(stored["weights"][name]) for name in names}
        return cls(float(stored["intercept"]), weights)
