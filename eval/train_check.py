"""Chooses the thresholds of `findings check` on the `tune` claims; `python -m eval.train_check -h`.

Every combination of a grid is scored on what the comparisons of each claim come to: accuracy and
macro-F1, less a heavy penalty for claims falsely called supported. A combination counts as its mean
with support moved a little up and down, so that a choice on the edge of a cliff does not win. `test`
claims are reported and never looked at for the choice.
"""

import argparse
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answer import VerdictKind
from assistant.check import Checker
from assistant.decide import THRESHOLDS, Weighed, settle, weigh
from assistant.retriever import SentenceRetriever
from eval.items import Claim, load_set
from eval.metrics import macro_f1
from ingest.embed import Embedder
from ingest.library import Library
from ingest.settings import load_settings

ALLOWED = 0.02  # share of the unsupported claims that may be called supported
PENALTY = 6.0  # for each share beyond
SHIFTS = (-0.1, 0.0, 0.1)  # of the thresholds of support
_AHEAD = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3)
_FIGURE_SUPPORTED = tuple(n / 20 for n in range(18, 34))
_CONTRADICTED = tuple(n / 20 for n in range(18, 42))
# Kinds of claims are decided apart, so they are searched apart.
GRIDS: Mapping[str, Mapping[str, Sequence[float]]] = {
    "share": {
        "share_supported": _FIGURE_SUPPORTED,
        "share_ahead": _AHEAD,
        "share_contradicted": _CONTRADICTED,
    },
    "count": {
        "count_supported": _FIGURE_SUPPORTED,
        "count_ahead": _AHEAD,
        "count_contradicted": _CONTRADICTED,
    },
    "worded": {
        "worded_supported": tuple(n / 20 for n in range(22, 42)),
        "worded_ahead": _AHEAD,
        "worded_contradicted": _CONTRADICTED,
        "quoted_supported": (0.8, 0.95, 1.1, 1.25),
    },
}


@dataclass(frozen=True, slots=True)
class Example:
    """One claim, and what speaks for and against it."""

    set: str
    split: str
    expected: VerdictKind
    weighed: Weighed


def examples(library_path: Path, set_name: str) -> Iterator[Example]:
    """The examples of one claim set over one library."""
    settings = load_settings({"library": library_path})
    with Library.open(settings, create=False) as library:
        retriever = SentenceRetriever(
            library=library, settings=settings, embedder=Embedder(settings)
        )
        checker = Checker(retriever, library, settings)
        for item in load_set(set_name).claims:
            yield Example(set_name, item.split, item.verdict, _weighed(checker, item))


def _weighed(checker: Checker, item: Claim) -> Weighed:
    _, comparisons = checker.compared(item.claim)
    return weigh(comparisons)


def choose(tune: Sequence[Example]) -> dict[str, float]:
    """The thresholds that do best on `tune`."""
    chosen = dict.fromkeys(THRESHOLDS, 9.0)
    for kind, grid in GRIDS.items():
        own = [example for example in tune if example.weighed.kind == kind]
        combinations = (
            chosen | dict(zip(grid, values, strict=True))
            for values in itertools.product(*grid.values())
        )
        best = max(combinations, key=lambda at: _score(own, at))
        chosen |= {name: round(float(best[name]), 3) for name in grid}
    return chosen


def measures(rows: Sequence[Example], at: Mapping[str, float]) -> dict[str, float]:
    """Accuracy, macro-F1 and false support."""
    expected = [row.expected for row in rows]
    given = [settle(row.weighed, at).verdict for row in rows]
    unsupported = [g for e, g in zip(expected, given, strict=True) if e != VerdictKind.SUPPORTED]
    return {
        "claims": len(rows),
        "accuracy": _share(e == g for e, g in zip(expected, given, strict=True)),
        "macro_f1": macro_f1(expected, given, range(len(rows))),
        "false_support": _share(g == VerdictKind.SUPPORTED for g in unsupported),
    }


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument(
        "pairs", nargs="+", metavar="SET=LIBRARY", help="a set's name and the library to ask"
    )
    parser.add_argument("--write", type=Path, help="write the thresholds to this file")
    given = parser.parse_args()
    rows: list[Example] = []
    for pair in given.pairs:
        name, _, folder = pair.partition("=")
        rows += examples(Path(folder), name)
    chosen = choose([row for row in rows if row.split == "tune"])
    print(json.dumps(chosen, indent=2))
    for name, split in sorted({(row.set, row.split) for row in rows}):
        own = [row for row in rows if (row.set, row.split) == (name, split)]
        told = ", ".join(f"{key} {value:.3g}" for key, value in measures(own, chosen).items())
        print(f"{name} {split}: {told}")
    if given.write:
        given.write.write_text(json.dumps({"thresholds": chosen}, indent=2) + "\n", "utf-8")


def _score(rows: Sequence[Example], at: Mapping[str, float]) -> float:
    scores = []
    for shift in SHIFTS:
        moved = {n: v + shift if n.endswith("_supported") else v for n, v in at.items()}
        found = measures(rows, moved)
        excess = max(0.0, found["false_support"] - ALLOWED)
        scores.append(found["accuracy"] + 0.3 * found["macro_f1"] - PENALTY * excess)
    return sum(scores) / len(scores)


def _share(outcomes: Iterable[bool]) -> float:
    found = list(outcomes)
    return sum(found) / len(found) if found else 0.0


if __name__ == "__main__":
    main()
