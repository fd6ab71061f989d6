"""Fits `assistant/together.json`; `python -m eval.train_together -h`.

Logistic regression, supported claims against the others, both alike in weight and each weight held to its
sign, over a public set of claims beside the page that they cite: WiCE (github.com/ryokamoi/wice; annotations
ODC-BY, texts CC BY-SA), its test part. The documents of `sets/several.train.txt` that the reader was not
trained on are reported, and never fitted.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.logistic import Features, Logistic
from assistant.reader import TOGETHER, version
from assistant.together import EVEN, FEATURES
from eval import logistic
from eval.evidence_checker import EvidenceChecker
from eval.invented import Kind, passages
from eval.public import load_evidence
from eval.together_pairs import HELD_OUT, RELATIONS, SEVERAL
from ingest.embed import Embedder
from ingest.settings import load_settings

PENALTY = 0.01  # L2, on features scaled to unit variance


@dataclass(frozen=True)
class Row:
    """One claim: whether it is supported, and its features."""

    supported: bool
    features: Features


def of_documents(checker: EvidenceChecker) -> Iterator[Row]:
    """The claims of our own documents that the reader was not trained on."""
    for passage in list(passages(SEVERAL))[::HELD_OUT]:
        evidence = [passage.title, *passage.sentences]
        for asked in passage.asked:
            if asked.kind in RELATIONS:
                held = checker.together(asked.text, evidence)
                yield Row(asked.kind is Kind.SUPPORTED, held.features)


def of_pages(path: Path, checker: EvidenceChecker) -> Iterator[Row]:
    """The claims of a public set."""
    for item in load_evidence(path):
        if item.sentences:
            held = checker.together(item.claim, item.sentences)
            yield Row(item.label == "supported", held.features)


def fit(rows: Sequence[Row]) -> dict[str, Any]:
    """Intercept and weights by name."""
    x = np.array([[row.features[name] for name in FEATURES] for row in rows])
    y = np.array([row.supported for row in rows])
    return logistic.fit(x, y, logistic.alike(y), FEATURES, PENALTY)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("pages", type=Path, help="a WiCE-shaped file: id, claim, evidence, label")
    parser.add_argument("--write", type=Path, help="write the model to this file")
    given = parser.parse_args()
    checker = EvidenceChecker(Embedder(load_settings()))
    rows = list(of_pages(given.pages, checker))
    model = fit(rows)
    weights = Logistic.of(model, FEATURES)
    print(json.dumps(model, indent=1))
    for name, own in ((given.pages.name, rows), (SEVERAL.name, list(of_documents(checker)))):
        for supported in (True, False):
            found = [weights.chance(r.features) for r in own if r.supported is supported]
            likely = sum(c >= EVEN for c in found)
            print(
                f"{name}: {likely} of {len(found)} {'' if supported else 'un'}supported are likely"
            )
    if given.write:
        about = {
            "trained": f"eval/train_together.py, {given.pages.name}",
            "reader": version(TOGETHER),
        }
        given.write.write_text(json.dumps(about | model, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
