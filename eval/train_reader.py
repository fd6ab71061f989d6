"""Trains `assistant/reader.py`'s model; `python -m eval.train_reader -h`.

Two steps. `entailment FILES` learns from public pairs of sentences what follows from what:
    TaxiNLI (github.com/microsoft/TaxiNLI, C-UDA 1.0, over MultiNLI), `taxinli10k.tsv`;
    counterfactually-augmented NLI (github.com/acmi-lab/counterfactually-augmented-data, Apache-2.0),
    `NLI/all_combined/train.tsv`;
    ConjNLI (github.com/swarnaHub/ConjNLI, MIT), `data/NLI/adversarial_train_15k.tsv`;
    SNLI's dev and test parts (github.com/OanaMariaCamburu/e-SNLI, `dataset/eSNLI/s1.dev`, `s1.test`;
    MIT, over SNLI, CC BY-SA 4.0).
`reports LIBRARY` goes on from there with our own passages, questions and claims (`sets/*.train.*`)
and, where a folder of public sets is given, SQuAD's (CC BY-SA 4.0). No question or claim of a set
that measures is looked at; `eval/train.py` and `eval/train_check.py` weigh what the reader says.
"""

import argparse
import os
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant import reader
from eval.invented import Kind, Passage, passages
from eval.reading_pairs import (
    Beside,
    Relation,
    entailment,
    invented,
    over_reports,
    shown,
    squad,
)
from eval.thin import attach
from ingest.embed import packaged_weights

if TYPE_CHECKING:
    import torch

RANK, RATE, BATCH, SMOOTHING = 32, 8e-4, 48, 0.05
WARM_UP = 50  # steps
HELD_OUT = 10  # every tenth passage is kept for the measure
SORTED = 20  # batches that are sorted by length together: less padding


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("step", choices=("entailment", "reports"))
    parser.add_argument(
        "sources", nargs="+", type=Path, help="files, or the library of the reports"
    )
    parser.add_argument("--public", type=Path, help="folder with squad2_half_*.jsonl")
    parser.add_argument("--start", type=Path, help="go on from this file")
    parser.add_argument("--epochs", type=float, default=1.6)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    random_ = random.Random(given.seed)
    every = list(passages())
    held = every[::HELD_OUT]
    if given.step == "entailment":
        pairs = [pair for path in given.sources for pair in entailment(path)]
    else:
        kept = [p for i, p in enumerate(every) if i % HELD_OUT]
        pairs = [pair for passage in kept for pair in invented(passage, random_)]
        pairs += over_reports(given.sources[0], random_)
        pairs += squad(given.public, random_) if given.public else ()
    print(f"{len(pairs)} pairs; {len(held)} passages held out", flush=True)
    model = Trained(given.start, given.seed)
    for number in train(model, pairs, given.epochs, given.rate, given.seed):
        print(number, flush=True)
    model.save(given.out)
    print(measured(model, held))


class Trained:
    """The encoder with thin matrices, its head, and what tells the two sides of a pair apart."""

    def __init__(self, start: Path | None, seed: int) -> None:
        import torch  # noqa: PLC0415  (seconds to import)
        from safetensors.torch import load_file  # noqa: PLC0415
        from transformers import AutoModel, AutoTokenizer  # noqa: PLC0415

        torch.manual_seed(seed)
        path = str(packaged_weights())
        encoder: Any = AutoModel.from_pretrained(path, dtype=torch.float32)
        self.thin = attach(encoder, RANK)
        self.sides = encoder.embeddings.token_type_embeddings.weight
        self.sides.requires_grad = True
        head = torch.nn.Linear(2 * encoder.config.hidden_size, 4)
        self.model = reader.Model(encoder, AutoTokenizer.from_pretrained(path), head)
        if start:
            stored = load_file(start)
            with torch.no_grad():
                for name, parameter in self._named().items():
                    parameter.copy_(stored[name])

    def parameters(self) -> "list[torch.nn.Parameter]":
        """What learns."""
        return list(self._named().values())

    def save(self, out: Path) -> None:
        """Write what `assistant.reader` reads."""
        from safetensors.torch import save_file  # noqa: PLC0415

        save_file({k: v.detach().half().contiguous() for k, v in self._named().items()}, out)

    def _named(self) -> "dict[str, torch.nn.Parameter]":
        head: Any = self.model.head
        return self.thin | {
            reader.SIDES: self.sides,
            reader.HEAD_WEIGHT: head.weight,
            reader.HEAD_BIAS: head.bias,
        }


def train(
    trained: Trained, pairs: Sequence[Beside], epochs: float, rate: float, seed: int
) -> Iterator[str]:
    """Train on `pairs`, telling how it goes."""
    import torch  # noqa: PLC0415
    from torch.nn import functional  # noqa: PLC0415

    torch.set_num_threads(os.cpu_count() or 1)
    started, total, steps = time.monotonic(), 0.0, int(epochs * len(pairs) / BATCH)
    optimizer = torch.optim.AdamW(trained.parameters(), lr=rate, weight_decay=0.01)
    trained.model.encoder.train()
    for step, batch in zip(range(1, steps + 1), _batches(pairs, random.Random(seed)), strict=False):
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1.0, step / WARM_UP) * (1 - step / (steps + 1))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = trained.model([p.text for p in batch], [p.sentence for p in batch]).float()
        relations = torch.tensor([int(p.relation) for p in batch])
        claims = relations <= Relation.NEITHER
        losses = []
        if claims.any():
            losses.append(
                functional.cross_entropy(
                    scores[claims, : reader.ANSWERS],
                    relations[claims],
                    label_smoothing=SMOOTHING,
                    reduction="sum",
                )
            )
        if not claims.all():
            wanted = (relations[~claims] == Relation.ANSWERS).float()
            losses.append(
                functional.binary_cross_entropy_with_logits(
                    scores[~claims, reader.ANSWERS],
                    wanted * (1 - 2 * SMOOTHING) + SMOOTHING,
                    reduction="sum",
                )
            )
        loss = torch.stack(losses).sum() / len(batch)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(trained.parameters(), 1.0)
        optimizer.step()
        total += float(loss.detach())
        if step % 100 == 0:
            spent = time.monotonic() - started
            yield f"step {step} of {steps}: loss {total / 100:.3f}, {spent:.0f} s"
            total = 0.0


def measured(trained: Trained, held: Sequence[Passage]) -> str:
    """On passages held out: claims right beside their sentence, answers first in their passage, and how
    often the best sentence of an answerable question scores above that of an unanswerable one."""
    import torch  # noqa: PLC0415

    right, first = [], []
    best: dict[bool, list[float]] = {True: [], False: []}
    trained.model.encoder.eval()
    with torch.inference_mode():
        for passage in held:
            sentences = [shown(passage, place) for place in range(len(passage.sentences))]
            for asked in passage.asked:
                scores = trained.model([asked.text] * len(sentences), sentences).float().numpy()
                answers = scores[:, reader.ANSWERS]
                if asked.kind in (Kind.SUPPORTED, Kind.CONTRADICTED, Kind.NEITHER):
                    wanted = [Kind.SUPPORTED, Kind.CONTRADICTED, Kind.NEITHER].index(asked.kind)
                    if len(asked.about) == 1:
                        found = scores[asked.about[0], : reader.ANSWERS]
                        right.append(int(found.argmax()) == wanted)
                else:
                    best[asked.kind is Kind.ANSWERED].append(float(answers.max()))
                    if asked.kind is Kind.ANSWERED:
                        first.append(int(answers.argmax()) in asked.about)
    above = np.mean([a > u for a in best[True] for u in best[False]])
    return (
        f"claims {np.mean(right):.3f} of {len(right)}, answers first {np.mean(first):.3f} "
        f"of {len(first)}, answerable above unanswerable {above:.3f}"
    )


def _batches(pairs: Sequence[Beside], random_: random.Random) -> Iterator[list[Beside]]:
    """Batches without end, of pairs of about the same length."""
    while True:
        order, batches = random_.sample(pairs, len(pairs)), []
        for begin in range(0, len(order), BATCH * SORTED):
            part = order[begin : begin + BATCH * SORTED]
            part.sort(key=lambda p: len(p.text) + len(p.sentence))
            batches += [part[i : i + BATCH] for i in range(0, len(part), BATCH)]
        random_.shuffle(batches)
        yield from batches


if __name__ == "__main__":
    main()
