"""Small trees give the chances of the verdicts."""

import math
from dataclasses import replace

import pytest

from assistant.answer import VerdictKind
from assistant.compare import Comparison
from assistant.decide import Model, Thresholds, load_model, settle
from assistant.matched import Matched, State
from assistant.quotations import Located
from assistant.reader import Reading
from assistant.value import Sort, Value
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


def test_what_is_likelier_true_than_false_is_never_refuted() -> None:
    loaded = load_model()
    weighed = replace(weigh([], loaded.about), supporting=0, opposing=1)
    for odds, verdict in (
        (0.5, VerdictKind.NOT_IN_SOURCES),
        (-0.5, VerdictKind.CONTRADICTED),
    ):
        trees = Trees(start=(odds, 0.0, -9.0), trees=((), (), ()))
        model = Model(loaded.about, trees, {weighed.kind: Thresholds(0.9, 0.1)})
        assert settle(weighed, model).verdict is verdict


@pytest.mark.parametrize(
    ("sort", "size", "supported"),
    [
        (Sort.SHARE, 66.0, False),
        (Sort.MONEY, 5.0, False),
        (Sort.POINTS, 5.0, False),
        (Sort.COUNT, 10.0, False),
        (Sort.COUNT, 9.0, True),  # so few may be told one by one
    ],
)
def test_a_figure_that_is_not_there_is_not_taken_on_the_readers_word(
    sort: Sort, size: float, supported: bool
) -> None:
    absent = Matched(Value(sort, (size, size), 0, 4), None, State.ABSENT, 0.0)
    beside = Comparison(
        cosine=0.8, cosine_wide=0.8, clause=0.8, borne=0.7, borne_wide=0.8, worst=0.2,
        names=1.0, rival=False, matched=(absent,), negated=False, agree=0,
        differ=0, against=frozenset(), unnamed=(), extreme=False, claims_extreme=False, quotes=(),
        added=frozenset(), universal=False, length=12, reading=Reading(0.99, 0.0, 0.01),
    )  # fmt: skip
    weighed = weigh([beside], load_model().about)
    assert (weighed.supporting == 0) is supported
    # "Most" is no figure, and none of its own is there.
    told = Value(sort, (size / 2, size * 2), 0, 4, worded=True)
    worded = replace(beside, matched=(replace(absent, found=told, state=State.UNSURE),))
    assert (weigh([worded], load_model().about).supporting == 0) is supported
    # Nor is what the reader finds no support in, whatever the rules allow.
    unread = replace(beside, matched=(), reading=Reading(0.1, 0.0, 0.9))
    assert weigh([unread], load_model().about).supporting is None
    # Nor words that are quoted otherwise, nor what another is said to have done.
    for other in (
        {"quotes": (Located("all of it", "all of this", 0.8),)},
        {"rival": True},
        {"added": frozenset({"multiple"})},
    ):
        blocked = weigh([replace(beside, matched=(), **other)], load_model().about)
        assert blocked.supporting is None
