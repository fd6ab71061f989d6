"""Trains the adapter of the embedding model on questions in other words; `python -m eval.train_embedding -h`.

A question and the sentence that answers it are drawn together, away from the other sentences of the
batch and from a near one of the same report (InfoNCE: van den Oord et al., 2018), the sentence once
alone and once as its share of its window. Only thin matrices beside the model's linear layers learn
(LoRA: Hu et al., ICLR 2022).

Data: `sets/paraphrases.train.jsonl`, our own questions over reports that no question set asks about;
and, where a folder of public sets is given, the answerable questions of the first half of the SQuAD
articles there (CC BY-SA 4.0). No question of a question set is looked at.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from eval.thin import attach
from eval.training_pairs import Pair, Text, paraphrases, squad
from ingest import adapter
from ingest.embed import packaged_weights

if TYPE_CHECKING:
    import torch

Array = np.ndarray[Any, np.dtype[np.float32]]
RANK, RATE, TEMPERATURE, BATCH = 16, 5e-4, 0.05, 40
FROM_ONE = 10  # questions of one report that a batch holds together: near sentences teach most
NEAR, LEAST_WORDS = 8, 5  # near sentences to draw from; shorter ones are headings or debris
WARM_UP = 20  # steps


def main() -> None:
    """Train on LIBRARY's reports, and write the adapter."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path, help="a library with the reports of the paraphrases")
    parser.add_argument("--public", type=Path, help="folder with squad2_half_*.jsonl")
    parser.add_argument("--epochs", type=float, default=2)
    parser.add_argument("--held-out", type=int, default=10, help="reports kept for the measure")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path(adapter.__file__).with_name(adapter.FILE))
    given = parser.parse_args()
    texts, pairs = paraphrases(given.library)
    if given.public:
        more_texts, more_pairs = squad(given.public)
        texts, pairs = texts | more_texts, [*pairs, *more_pairs]
    names = sorted(texts)
    random.Random(given.seed).shuffle(names)
    kept = set(names[: given.held_out])
    held = [pair for pair in pairs if pair.text in kept]
    pairs = [pair for pair in pairs if pair.text not in kept]
    print(f"{len(pairs)} pairs over {len(texts) - len(kept)} texts, {len(held)} held out")
    model = _Model()
    print(f"held out, before: {success(model, texts, held)}")
    train(model, texts, pairs, given.epochs, given.seed, given.out)
    print(f"held out, after: {success(model, texts, held)}")


def success(model: "_Model", texts: dict[str, Text], pairs: Sequence[Pair]) -> str:
    """How often the answer is first, and among the first five, of its text by both vectors."""
    import torch  # noqa: PLC0415

    model.encoder.eval()
    ranks = []
    with torch.inference_mode():
        for name in dict.fromkeys(pair.text for pair in pairs):
            own, text = [pair for pair in pairs if pair.text == name], texts[name]
            both = _batched(model, text.sentences) + _batched(
                model, [w for w, _ in text.windows], [span for _, span in text.windows]
            )
            for pair, scores in zip(
                own, model.vectors([pair.question for pair in own]).numpy() @ both.T, strict=True
            ):
                ranks.append(int((scores > scores[pair.answer]).sum()))
    return ", ".join(f"@{k} {np.mean([rank < k for rank in ranks]):.3f}" for k in (1, 5))


def train(
    model: "_Model",
    texts: dict[str, Text],
    pairs: Sequence[Pair],
    epochs: float,
    seed: int,
    out: Path,
) -> None:
    """Train the thin matrices of `model` on `pairs`, and write them to `out`."""
    import torch  # noqa: PLC0415  (seconds to import)
    from safetensors.torch import save_file  # noqa: PLC0415
    from torch.nn import functional  # noqa: PLC0415

    torch.manual_seed(seed)
    random_ = random.Random(seed)
    near = _near(model, texts, pairs)
    optimizer = torch.optim.AdamW(model.thin.values(), lr=RATE, weight_decay=0.01)
    steps = int(epochs * len(pairs) / BATCH)
    model.encoder.train()
    for step, batch in zip(range(1, steps + 1), _batches(pairs, random_), strict=False):
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1.0, step / WARM_UP) * (1 - step / steps)
        chosen = [(p.text, p.answer) for p in batch]
        chosen += [(p.text, random_.choice(near[p])) for p in batch if near[p]]
        asked = model.vectors([p.question for p in batch])
        # Another question's answer in the same place is no wrong answer.
        same = torch.tensor(
            [[j != i and c == (p.text, p.answer) for j, c in enumerate(chosen)]
             for i, p in enumerate(batch)]
        )  # fmt: skip
        wanted = torch.arange(len(batch))
        alone = model.vectors([texts[t].sentences[i] for t, i in chosen])
        spans = [texts[t].windows[i] for t, i in chosen]
        context = model.vectors([text for text, _ in spans], [span for _, span in spans])
        loss = torch.stack(
            [
                functional.cross_entropy(
                    (asked @ v.T / TEMPERATURE).masked_fill(same, -1e4), wanted
                )
                for v in (alone, context)
            ]
        ).mean()
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(list(model.thin.values()), 1.0)
        optimizer.step()
        if step % 20 == 0:
            print(f"step {step} of {steps}: loss {float(loss):.3f}", flush=True)
    save_file({k: v.detach().half().contiguous() for k, v in model.thin.items()}, out)


class _Model:
    """The packaged encoder, frozen, with thin matrices beside its linear layers."""

    def __init__(self) -> None:
        import torch  # noqa: PLC0415
        from transformers import AutoModel, AutoTokenizer  # noqa: PLC0415

        path = str(packaged_weights())
        self.tokenizer: Any = AutoTokenizer.from_pretrained(path)
        self.encoder: Any = AutoModel.from_pretrained(path, dtype=torch.float32)
        self.thin = attach(self.encoder, RANK)

    def vectors(
        self, texts: Sequence[str], spans: Sequence[tuple[int, int]] | None = None
    ) -> "torch.Tensor":
        """Vectors of length one: means over the tokens of each text, or of its span."""
        import torch  # noqa: PLC0415

        encoded = self.tokenizer(
            list(texts), padding=True, truncation=True, max_length=160 if spans else 96,
            return_offsets_mapping=True, return_tensors="pt",
        )  # fmt: skip
        offsets = encoded.pop("offset_mapping")
        states = self.encoder(**encoded).last_hidden_state
        inside = encoded["attention_mask"].float()
        if spans:
            first = torch.tensor([start for start, _ in spans])[:, None]
            last = torch.tensor([end for _, end in spans])[:, None]
            begin, end = offsets[:, :, 0], offsets[:, :, 1]
            within = ((begin >= first) & (end <= last) & (end > begin)).float()
            inside = torch.where(within.sum(1, keepdim=True) > 0, within, inside)
        mean = (states * inside[:, :, None]).sum(1) / inside.sum(1, keepdim=True)
        return torch.nn.functional.normalize(mean, dim=-1)


def _near(model: _Model, texts: dict[str, Text], pairs: Sequence[Pair]) -> dict[Pair, list[int]]:
    """For each pair the sentences of its report nearest to the question, but the answer."""
    import torch  # noqa: PLC0415

    found: dict[Pair, list[int]] = {}
    model.encoder.eval()
    with torch.inference_mode():
        for name, text in texts.items():
            own = [pair for pair in pairs if pair.text == name]
            if not own:
                continue
            vectors = _batched(model, text.sentences)
            asked = model.vectors([pair.question for pair in own]).numpy()
            for pair, question in zip(own, asked, strict=True):
                order = np.argsort(-(vectors @ question))
                found[pair] = [
                    int(i)
                    for i in order[: 2 * NEAR]
                    if i != pair.answer and len(text.sentences[i].split()) >= LEAST_WORDS
                ][:NEAR]
    return found


def _batched(
    model: _Model, texts: Sequence[str], spans: Sequence[tuple[int, int]] | None = None
) -> Array:
    parts = [slice(i, i + 64) for i in range(0, len(texts), 64)]
    return np.concatenate(
        [model.vectors(texts[part], spans[part] if spans else None).numpy() for part in parts]
    )


def _batches(pairs: Sequence[Pair], random_: random.Random) -> Iterator[list[Pair]]:
    """Batches without end, each of runs of pairs of one text."""
    by_text: dict[str, list[Pair]] = {}
    for pair in pairs:
        by_text.setdefault(pair.text, []).append(pair)
    while True:
        runs = []
        for found in by_text.values():
            random_.shuffle(found)
            runs += [found[i : i + FROM_ONE] for i in range(0, len(found), FROM_ONE)]
        random_.shuffle(runs)
        flat = [pair for run in runs for pair in run]
        for i in range(0, max(1, len(flat) - BATCH + 1), BATCH):
            yield flat[i : i + BATCH]


if __name__ == "__main__":
    main()
