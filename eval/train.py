"""Fits the ranking and the decision to decline on the `tune` questions; `python -m eval.train -h`.

Ranking: a linear score; the weights maximise the softmax likelihood that a proving sentence comes
first (ListNet's top-one probability, Cao et al., ICML 2007), with an L2 penalty. Declining: logistic
regression on the evidence for the best sentence, answerable against not, each weight held to its
sign. `test` items are reported and never fitted.
"""

import argparse
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from assistant import decline, rank
from assistant.answer import read_history
from assistant.inquiry import Inquiry
from assistant.rank import Ranked
from assistant.reader import Reader, version
from assistant.retriever import SentenceRetriever
from eval import logistic
from ingest.embed import Embedder
from ingest.library import Library
from ingest.readable import plain
from ingest.settings import load_settings

Array = np.ndarray[Any, np.dtype[np.float64]]
PENALTY = 0.015  # L2, on features scaled to unit variance; chosen by cross-validation on `tune`
DECLINE_PENALTY = 0.005  # likewise, of the model that declines
DECLINE_ONLY = "decline.train.jsonl"  # half near misses: it says nothing of what is usual
MAX_NEGATIVES = 60  # candidates of each question that are looked at


@dataclass
class Example:
    """One question with its candidates: features, which of them prove, and what is expected."""

    id: str
    split: str
    answerable: bool
    features: Array  # (candidates, features)
    proves: Array  # (candidates,), 0 or 1
    inquiry: Inquiry
    ranked: list[Ranked]


@dataclass
class Read:
    """One question with its candidates in order, the best of them read, and which of these prove."""

    example: Example
    ranked: list[Ranked]
    proves: Array


def examples(library_path: Path, set_path: Path) -> list[Example]:
    """The examples of one question set over one library."""
    settings = load_settings({"library": library_path})
    found = []
    with Library.open(settings, create=False) as library:
        retriever = SentenceRetriever(
            library=library, settings=settings, embedder=Embedder(settings)
        )
        for line in set_path.read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            inquiry = retriever.understand(item["question"], read_history(item.get("history", [])))
            ranked = retriever.unread(inquiry)[: 3 * MAX_NEGATIVES]
            if not ranked:
                continue
            found.append(
                Example(
                    id=item["id"],
                    split=item["split"],
                    answerable=item["expect"] == "answered",
                    features=np.array([r.features for r in ranked]),
                    proves=np.array([float(proves(item, r)) for r in ranked]),
                    inquiry=inquiry,
                    ranked=ranked,
                )
            )
    return found


def proves(item: dict[str, Any], found: Ranked) -> bool:
    """Whether a sentence is in an acceptable report and holds one of the item's words."""
    sentence, report = found.candidate.sentence, found.candidate.report
    if not any(report.source.startswith(name) for name in item["reports"]):
        return False
    if item["pages"] and not any(abs(sentence.page - page) <= 1 for page in item["pages"]):
        return False
    quote = _normal(report.text[sentence.start : sentence.end])
    return any(_normal(words) in quote for words in item["quote_has"])


def fit_ranking(found: Sequence[Example], penalty: float = PENALTY) -> Array:
    """Weights of rank.FEATURES that put proving sentences first."""
    usable = [e for e in found if e.proves.any()]
    scale = np.concatenate([e.features for e in usable]).std(axis=0) + 1e-6

    def loss(weights: Array) -> tuple[float, Array]:
        total, gradient = 0.0, np.zeros_like(weights)
        for example in usable:
            x = example.features / scale
            scores = x @ weights
            scores = scores - scores.max()
            p = np.exp(scores) / np.exp(scores).sum()
            good = p * example.proves
            share = max(float(good.sum()), 1e-12)
            total -= np.log(share)
            gradient -= x.T @ (good / share - p)
        n = len(usable)
        return total / n + penalty * float(weights @ weights), gradient / n + 2 * penalty * weights

    start = np.zeros(len(scale))
    best = minimize(loss, start, jac=True, method="L-BFGS-B")
    return np.asarray(best.x / scale, dtype=np.float64)


def hits(found: Iterable[Read], k: int) -> float:
    """Share of answerable examples with a proving sentence among the first `k`."""
    results = [bool(one.proves[:k].any()) for one in found if one.example.answerable]
    return float(np.mean(results)) if results else 0.0


def read(found: Iterable[Example], weights: Array, reader: Reader) -> list[Read]:
    """The candidates in the order that `weights` give, the best of them read."""
    result = []
    for example in found:
        scores = example.features @ weights
        order = np.argsort(-scores, kind="stable")
        ranked = [replace(example.ranked[i], score=float(scores[i])) for i in order]
        done = rank.read(example.inquiry, ranked, reader)
        result.append(Read(example, done, _proving(done, example)))
    return result


def fit_reading(found: Sequence[Read]) -> float:
    """What the reader's log-odds count beside the score: by the likelihood of a proof coming first."""
    parts = []
    for one in found:
        odds = [r.read for r in one.ranked if r.read is not None]
        both = np.array([[r.score for r in one.ranked[: len(odds)]], odds])
        if one.proves[: len(odds)].any():
            parts.append((both, one.proves[: len(odds)]))

    def loss(weights: Array) -> float:
        total = 0.0
        for both, proving in parts:
            scores = weights @ both
            powers = np.exp(scores - scores.max())
            total -= np.log(float(powers @ proving) / powers.sum() + 1e-12)
        return total

    sharp, weight = minimize(loss, np.array([1.0, 1.0]), method="Nelder-Mead").x
    return float(weight / sharp)


def reordered(one: Read, weight: float) -> Read:
    """In the order that the reader's log-odds give, counted in the scores."""
    ranked = rank.reordered(one.ranked, weight)
    return Read(one.example, ranked, _proving(ranked, one.example))


def _proving(ranked: Sequence[Ranked], example: Example) -> Array:
    """Which of the candidates prove, whatever order they are in now."""
    pairs = zip(example.ranked, example.proves, strict=True)
    proving = {r.candidate.key for r, p in pairs if p}
    return np.array([float(r.candidate.key in proving) for r in ranked])


def fit_declining(found: Sequence[Read], more: Sequence[Read] = ()) -> dict[str, Any]:
    """The logistic model of decline.FEATURES, and the threshold at which as many questions are wrongly
    refused as wrongly answered: F1 is about the same over a wide range around it.

    The weights are fitted on `more`, too; the thresholds are not: as many are unanswerable there as not.
    """
    model = _fit_chance([*found, *more])
    y = np.array([one.example.answerable for one in found])
    chance = np.array([chance_of(one, model) for one in found])
    cuts = np.linspace(0.1, 0.9, 81)
    uneven = [abs(((chance < cut) & y).sum() - ((chance >= cut) & ~y).sum()) for cut in cuts]
    threshold = float(cuts[int(np.argmin(uneven))])
    # What nearly all proven answers pass: questions of other fields are rare in the sets.
    proven = [e.ranked[0] for e in (*found, *more) if e.proves[0]]
    return {
        "off_topic": round(float(np.quantile([r.candidate.alone for r in proven], 0.01)), 3),
        "threshold": round(threshold, 3),
        **model,
    }


def chance_of(one: Read, model: dict[str, Any]) -> float:
    """The chance, by a fitted model, that the best sentence answers."""
    return decline.chance(one.example.inquiry, one.ranked, model)


def _fit_chance(found: Sequence[Read]) -> dict[str, Any]:
    x = np.array([decline.evidence_features(e.example.inquiry, e.ranked) for e in found])
    y = np.array([e.example.answerable for e in found])
    signs = {name: 1 if name in decline.EVIDENCE else -1 for name in decline.FEATURES}
    return logistic.fit(x, y, logistic.alike(y), signs, DECLINE_PENALTY)


def refusal_scores(found: Sequence[Read], model: dict[str, Any]) -> tuple[float, float, float]:
    """Precision, recall and F1 of refusals."""
    wanted, given = [], []
    for one in found:
        given.append(chance_of(one, model) < model["threshold"])
        wanted.append(not one.example.answerable)
    right = sum(w and g for w, g in zip(wanted, given, strict=True))
    precision, recall = right / max(1, sum(given)), right / max(1, sum(wanted))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main() -> None:
    """Gather examples from LIBRARY=SET pairs, fit, report, and write the weights when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", nargs="+", help="LIBRARY=QUESTIONS.jsonl")
    parser.add_argument(
        "--write", action="store_true", help="write assistant/rank.json, decline.json"
    )
    given = parser.parse_args()
    pairs = [pair.split("=", 1) for pair in given.pairs]
    sets = {Path(s).name: examples(Path(lib), Path(s)) for lib, s in pairs}
    more = [e for name in list(sets) if name == DECLINE_ONLY for e in sets.pop(name)]
    every = [e for found in sets.values() for e in found]
    tune = [e for e in every if e.split == "tune"]
    weights = fit_ranking(tune)
    unordered = read(every, weights, Reader())
    reading = fit_reading([one for one in unordered if one.example.split == "tune"])
    ordered = [reordered(one, reading) for one in unordered]
    model = fit_declining(
        [one for one in ordered if one.example.split == "tune"],
        [reordered(one, reading) for one in read(more, weights, Reader())],
    )
    for name, w in zip(rank.FEATURES, weights, strict=True):
        print(f"{name:15} {w:8.3f}")
    print(f"reading         {reading:8.3f}")
    print(json.dumps(model, indent=1))
    for name, found in [*sets.items(), ("all", every)]:
        for split in ("tune", "test"):
            ids = {e.id for e in found if e.split == split}
            part = [one for one in ordered if one.example.id in ids]
            before = hits([one for one in unordered if one.example.id in ids], 1)
            reach = np.mean([bool(one.proves.any()) for one in part if one.example.answerable])
            scores = " ".join(f"@{k} {hits(part, k):.3f}" for k in (1, 2, 5, 10))
            p, r, f1 = refusal_scores(part, model)
            print(f"{name:28} {split} {len(part):4} success unread {before:.3f} {scores} reach {reach:.3f}"
                  f" refusal P {p:.3f} R {r:.3f} F1 {f1:.3f}")  # fmt: skip
    if given.write:
        about = "eval/train.py, tune split of " + ", ".join(
            [*sets, *([DECLINE_ONLY] if more else [])]
        )
        _write(rank.__file__, "rank.json", {
            "trained": about,
            "reader": version(),
            "reading": round(reading, 4),
            "weights": {n: round(float(w), 4) for n, w in zip(rank.FEATURES, weights, strict=True)},
        })  # fmt: skip
        _write(decline.__file__, "decline.json", {"trained": about, "reader": version(), **model})


def _normal(text: str) -> str:
    return re.sub(r"\s+", " ", plain(text)).lower().replace("’", "'").replace("‘", "'")


def _write(module: str, name: str, value: dict[str, Any]) -> None:
    Path(module).with_name(name).write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
