"""Small trees give the chances of the verdicts."""

import math

import pytest

from assistant.decide import load_model
from assistant.weigh import Trees, verdict_features, weigh

LOW_OR_HIGH = ("near", 0.5, -1.0, 1.0)


def test_a_tree_is_followed_to_its_leaf() -> None:
    trees = Trees(start=(0.0, 0.0), trees=((LOW_OR_HIGH, LOW_OR_HIGH), (0.0, 0.0)))
    for near, score in ((0.5, -2.0), (0.51, 2.0)):
        yes, no = trees.chances({"near": near})
        assert yes + no == pytest.approx(1)
        assert math.log(yes / no) == pytest.approx(score)


def test_nested_trees_and_starts_add_up() -> None:
    nested = ("near", 0.5, 0.0, ("far", 2.0, 3.0, 4.0))
    trees = Trees(start=(1.0, 0.0), trees=((nested,), (0.0,)))
    yes, no = trees.chances({"near": 1.0, "far": 9.0})
    assert math.log(yes / no) == pytest.approx(5)


def test_the_fitted_trees_ask_only_for_what_is_weighed() -> None:
    model = load_model()
    known = verdict_features(weigh([], model.about))

    def asked(tree: object) -> set[str]:
        if not isinstance(tree, tuple):
            return set()
        return {str(tree[0])} | asked(tree[2]) | asked(tree[3])

    named = {name for trees in model.verdict.trees for tree in trees for name in asked(tree)}
    assert named
    assert named <= known.keys()
    assert sum(model.verdict.chances(known)) == pytest.approx(1)
