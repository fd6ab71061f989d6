"""Logistic regression whose weights are held to their signs."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy.optimize import minimize

Array = np.ndarray[Any, np.dtype[np.float64]]


def fit(
    x: Array, y: "np.ndarray[Any, Any]", weight: Array, signs: Mapping[str, int], penalty: float
) -> dict[str, Any]:
    """Intercept and weights by name, as the files beside the package spell them.

    `x` has a row for each example and a column for each name in `signs`; `y` tells which are so, `weight`
    what each counts, 1 in all. A weight is not below 0 where its sign is 1, and not above where it is -1.
    `penalty` is L2, on features scaled to unit variance.
    """
    scale = x.std(axis=0) + 1e-6

    def loss(p: Array) -> tuple[float, Array]:
        z = x / scale @ p[1:] + p[0]
        wrong = weight * (1 / (1 + np.exp(-z)) - y)
        entropy = float((weight * (np.logaddexp(0, z) - y * z)).sum())
        gradient = np.concatenate([[wrong.sum()], (x / scale).T @ wrong])
        gradient[1:] += 2 * penalty * p[1:]
        return entropy + penalty * float((p[1:] ** 2).sum()), gradient

    bounds: list[tuple[float | None, float | None]] = [(None, None)]
    bounds += [(0.0 if sign > 0 else None, 0.0 if sign < 0 else None) for sign in signs.values()]
    found = minimize(loss, np.zeros(len(bounds)), jac=True, method="L-BFGS-B", bounds=bounds).x
    weights = zip(signs, found[1:] / scale, strict=True)
    return {
        "intercept": round(float(found[0]), 4),
        "weights": {name: round(float(w), 4) for name, w in weights},
    }


def alike(y: "np.ndarray[Any, np.dtype[np.bool_]]") -> Array:
    """What each example counts where those that are so count as much as those that are not."""
    return np.where(y, np.float64(0.5 / y.sum()), np.float64(0.5 / (len(y) - y.sum())))
