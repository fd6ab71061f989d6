"""Fits the model of `findings check` on `tune` claims and others; `python -m eval.train_check -h`.

Two steps. Which sentence is about a claim: logistic regression, proving sentences against the others
of the same claim, every weight held to its sign, with an L2 penalty. Which verdict the best sentences
come to: boosted trees, small and few. The thresholds are set on cross-validated chances, so that at
most `ALLOWED` of the claims that are not supported would be called supported. `test` claims are
reported and never fitted.
"""

import argparse
import itertools
import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier

from assistant import weigh as weighing
from assistant.answer import VerdictKind
from assistant.check import Checker
from assistant.compare import Comparison
from assistant.decide import Decision, Model, Thresholds, chances, model_of, settle
from assistant.logistic import Logistic
from assistant.reader import version
from assistant.retriever import SentenceRetriever
from assistant.weigh import ABOUT, KINDS, Weighed, verdict_features, weigh
from eval import logistic
from eval.collection import Unit
from eval.items import Claim, load_set, read_lines
from eval.judge import relevant
from eval.metrics import macro_f1
from ingest.embed import Embedder
from ingest.library import Library
from ingest.settings import load_settings

Array = np.ndarray[Any, np.dtype[np.float64]]
ALLOWED = 0.02  # share of the unsupported claims of each source that may be called supported
ABOUT_PENALTY = 0.003  # L2, on features scaled; by cross-validation on `tune`
TREES, RATE, LEAVES, LEAST = 50, 0.07, 5, 15  # LEAST: claims in a leaf; by cross-validation
FOLDS, REPEATS = 10, 5
_FROM_SUPPORTED = np.arange(0.4, 1.0, 0.02)
_FROM_CONTRADICTED = np.arange(0.28, 0.66, 0.02)
_VERDICTS = (VerdictKind.SUPPORTED, VerdictKind.CONTRADICTED, VerdictKind.NOT_IN_SOURCES)


@dataclass(frozen=True)
class Example:
    """One claim beside the sentences that come nearest, and which of them prove the verdict."""

    set: str
    split: str
    expected: VerdictKind
    comparisons: Sequence[Comparison]
    proves: Sequence[bool]


def examples(library_path: Path, set_name: str) -> Iterator[Example]:
    """The examples of one claim set over one library; the set by its name, or as a file of claims."""
    if set_name.endswith(".jsonl"):
        claims = [Claim.model_validate(row) for _, row in read_lines(Path(set_name))]
    else:
        claims = list(load_set(set_name).claims)
    settings = load_settings({"library": library_path})
    with Library.open(settings, create=False) as library:
        retriever = SentenceRetriever(
            library=library, settings=settings, embedder=Embedder(settings)
        )
        checker = Checker(retriever, library, settings)
        for item in claims:
            held = checker.held(item.claim)
            proves = [
                item.decidable
                and relevant(
                    item,
                    Unit(
                        source=c.report.source,
                        page=c.sentence.page,
                        text=c.report.text[c.sentence.start : c.sentence.end],
                    ),
                )
                for c in held.candidates
            ]
            yield Example(set_name, item.split, item.verdict, held.comparisons, proves)


def fit(tune: Sequence[Example]) -> dict[str, Any]:
    """The model without its thresholds, as `check.json` spells it."""
    about = _fit_about(tune)
    stored: dict[str, Any] = {"about": about}
    weights = Logistic.of(about, ABOUT)
    weighed = [weigh(example.comparisons, weights) for example in tune]
    stored |= _fit_verdict(weighed, [example.expected for example in tune])
    never = {"supported_from": 1.0, "contradicted_from": 1.0}
    return stored | {"thresholds": dict.fromkeys(KINDS, never)}


def thresholds(tune: Sequence[Example]) -> dict[str, dict[str, float]]:
    """For each kind of claim from which chances on to decide, on cross-validated chances."""
    found = list(_cross_validated(tune))
    # The bound holds for the sets and for the file of claims each: one may be the easier.
    groups = sorted({group for group, *_ in found})
    allowed = [
        ALLOWED * sum(g == group and e is not VerdictKind.SUPPORTED for g, _, _, e in found)
        for group in groups
    ]
    # For each kind and each number of claims falsely supported, what is right at most, and where.
    best: dict[str, dict[tuple[int, ...], tuple[int, float, float]]] = {k: {} for k in KINDS}
    for kind, (for_, against) in itertools.product(
        KINDS, itertools.product(_FROM_SUPPORTED, _FROM_CONTRADICTED)
    ):
        own = [(g, c, expected) for g, k, c, expected in found if k == kind]
        least = Thresholds(float(for_), float(against))
        given = [least.verdict(*chance) for _, chance, _ in own]
        wrong = [
            g
            for (g, _, e), verdict in zip(own, given, strict=True)
            if verdict is VerdictKind.SUPPORTED is not e
        ]
        false = tuple(wrong.count(group) for group in groups)
        right = sum(v is e for v, (_, _, e) in zip(given, own, strict=True))
        best[kind][false] = max(
            best[kind].get(false, (-1, 0.0, 0.0)), (right, float(for_), float(against))
        )
    chosen = max(
        (
            pair
            for pair in itertools.product(*(best[kind].items() for kind in KINDS))
            if all(
                sum(false[place] for false, _ in pair) <= most for place, most in enumerate(allowed)
            )
        ),
        key=lambda pair: sum(right for _, (right, _, _) in pair),
    )
    return {
        kind: {"supported_from": round(for_, 3), "contradicted_from": round(against, 3)}
        for kind, (_, (_, for_, against)) in zip(KINDS, chosen, strict=True)
    }


def measures(rows: Sequence[Example], model: Model) -> dict[str, float]:
    """Accuracy, macro-F1, false support, and the share of right verdicts that the quote proves."""
    expected = [row.expected for row in rows]
    decided = [_decided(row, model) for row in rows]
    given = [decision.verdict for decision in decided]
    unsupported = [g for e, g in zip(expected, given, strict=True) if e != VerdictKind.SUPPORTED]
    proven = [
        row.proves[decision.place]
        for row, decision in zip(rows, decided, strict=True)
        if decision.verdict is row.expected is not VerdictKind.NOT_IN_SOURCES
        and decision.place is not None
    ]
    return {
        "claims": len(rows),
        "accuracy": _share(e == g for e, g in zip(expected, given, strict=True)),
        "macro_f1": macro_f1(expected, given, range(len(rows))),
        "false_support": _share(g == VerdictKind.SUPPORTED for g in unsupported),
        "quote_right": _share(proven),
    }


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument(
        "pairs",
        nargs="+",
        metavar="SET=LIBRARY",
        help="a set's name, or a file of claims, and the library to ask",
    )
    parser.add_argument("--write", type=Path, help="write the model to this file")
    given = parser.parse_args()
    rows: list[Example] = []
    for pair in given.pairs:
        name, _, folder = pair.partition("=")
        rows += examples(Path(folder), name)
    tune = [row for row in rows if row.split == "tune"]
    stored = fit(tune)
    stored["thresholds"] = thresholds(tune)
    print(json.dumps(stored, indent=1))
    for name, split in sorted({(row.set, row.split) for row in rows}):
        own = [row for row in rows if (row.set, row.split) == (name, split)]
        told = ", ".join(f"{k} {v:.3g}" for k, v in measures(own, model_of(stored)).items())
        print(f"{name} {split}: {told}")
    if given.write:
        about = {
            "trained": "eval/train_check.py, tune split of "
            + ", ".join(pair.partition("=")[0].rpartition("/")[2] for pair in given.pairs),
            "reader": version(),
        }
        given.write.write_text(_as_json(about | stored), "utf-8")


def _fit_about(tune: Sequence[Example]) -> dict[str, Any]:
    rows, labels, weights = [], [], []
    for example in tune:
        proving = sum(example.proves)
        if not proving:
            continue
        others = max(1, len(example.proves) - proving)
        for features, proves in zip(
            weighing.about_features(example.comparisons), example.proves, strict=True
        ):
            rows.append([features[name] for name in ABOUT])
            labels.append(float(proves))
            weights.append(1 / proving if proves else 1 / others)
    x, y, w = np.array(rows), np.array(labels), np.array(weights) / sum(weights)
    return logistic.fit(x, y, w, ABOUT, ABOUT_PENALTY)


def _fit_verdict(weighed: Sequence[Weighed], expected: Sequence[VerdictKind]) -> dict[str, Any]:
    """Gradient boosting over the three verdicts."""
    features = [verdict_features(w) for w in weighed]
    names = list(features[0])
    model = GradientBoostingClassifier(
        n_estimators=TREES,
        learning_rate=RATE,
        max_leaf_nodes=LEAVES,
        max_depth=None,
        min_samples_leaf=LEAST,
        random_state=0,
    )
    model.fit(
        [[f[name] for name in names] for f in features], [_VERDICTS.index(v) for v in expected]
    )
    start = model.init_.class_prior_
    return {
        "verdict": {
            "start": [round(float(np.log(share)), 4) for share in start],
            "trees": [
                [_spelt_tree(one.tree_, names) for one in model.estimators_[:, place]]
                for place in range(len(_VERDICTS))
            ],
        }
    }


def _spelt_tree(tree: Any, names: Sequence[str], node: int = 0) -> Any:
    """A tree as `assistant.decide` reads it: a score, or [feature, bound, below, above]."""
    if tree.children_left[node] < 0:
        return round(RATE * float(tree.value[node, 0, 0]), 4)
    sides = (tree.children_left[node], tree.children_right[node])
    return [
        names[tree.feature[node]],
        round(float(tree.threshold[node]), 7),
        *(_spelt_tree(tree, names, side) for side in sides),
    ]


def _cross_validated(
    tune: Sequence[Example],
) -> Iterator[tuple[bool, str, tuple[float, float], VerdictKind]]:
    """Each claim by models that did not see it: whether it is of a file, its kind, its chances, and the
    verdict that is expected."""
    for repeat in range(REPEATS):
        order = random.Random(repeat).sample(range(len(tune)), len(tune))
        for fold in range(FOLDS):
            held = set(order[fold::FOLDS])
            model = model_of(fit([e for i, e in enumerate(tune) if i not in held]))
            for place in sorted(held):
                weighed = weigh(tune[place].comparisons, model.about)
                found = chances(weighed, model)
                is_file = tune[place].set.endswith(".jsonl")
                yield is_file, weighed.kind, found, tune[place].expected


def _decided(row: Example, model: Model) -> Decision:
    return settle(weigh(row.comparisons, model.about), model)


def _as_json(stored: Mapping[str, Any]) -> str:
    """One line for each key, and each tree."""
    verdict = stored["verdict"]
    trees = ",\n ".join(
        "[" + ",\n  ".join(json.dumps(tree) for tree in own) + "]" for own in verdict["trees"]
    )
    rest = [f"{json.dumps(k)}: {json.dumps(v)}" for k, v in stored.items() if k != "verdict"]
    told = f'"verdict": {{"start": {verdict["start"]}, "trees": [\n {trees}\n]}}'
    return "{\n" + ",\n".join([*rest, told]) + "\n}\n"


def _share(outcomes: Iterable[bool]) -> float:
    found = list(outcomes)
    return sum(found) / len(found) if found else 0.0


if __name__ == "__main__":
    main()
