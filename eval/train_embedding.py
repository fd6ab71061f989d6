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
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import sentencex

from ingest import adapter
from ingest.embed import PACKAGED, packaged_weights, window_spans
from ingest.library import Library
from ingest.readable import plain, readable
from ingest.settings import load_settings

if TYPE_CHECKING:
    import torch

PAIRS = Path(__file__).parent / "sets" / "paraphrases.train.jsonl"
RANK, RATE, TEMPERATURE, BATCH = 16, 5e-4, 0.05, 40
FROM_ONE = 10  # questions of one report that a batch holds together: near sentences teach most
NEAR, LEAST_WORDS = 8, 5  # near sentences to draw from; shorter ones are headings or debris
WARM_UP = 20  # steps
DROPOUT = 0.05


@dataclass(frozen=True)
class Text:
    """One report or article: its sentences, and for each its window and its place in it."""

    sentences: tuple[str, ...]
    windows: tuple[tuple[str, tuple[int, int]], ...]


@dataclass(frozen=True)
class Pair:
    """A question and the position of the sentence that answers it, in the text of that name."""

    question: str
    text: str
    answer: int


def main() -> None:
    """Train on LIBRARY's reports, and write the adapter."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path, help="a library with the reports of the paraphrases")
    parser.add_argument("--public", type=Path, help="folder with squad2_half_*.jsonl")
    parser.add_argument("--epochs", type=float, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path(adapter.__file__).with_name(adapter.FILE))
    given = parser.parse_args()
    texts, pairs = paraphrases(given.library)
    if given.public:
        more_texts, more_pairs = squad(given.public)
        texts, pairs = texts | more_texts, [*pairs, *more_pairs]
    print(f"{len(pairs)} pairs over {len(texts)} texts")
    train(texts, pairs, given.epochs, given.seed, given.out)


def paraphrases(library: Path) -> tuple[dict[str, Text], list[Pair]]:
    """Our questions, over the reports of a library; a pair whose report or words are not there is left."""
    rows = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    asked = {row["report"] for row in rows}
    texts: dict[str, Text] = {}
    raw: dict[str, list[str]] = {}
    starts: dict[str, list[int]] = {}
    settings = load_settings({"library": library, "embedding_model": PACKAGED})
    with Library.open(settings, create=False) as opened:
        for report in opened.reports():
            if report.source not in asked:
                continue
            sentences = opened.sentences(report.id)
            shown = [readable(report.text, s.kind, s.start, s.end, ()) for s in sentences]
            texts[report.source] = Text(
                tuple(shown),
                tuple(
                    window_spans(report.description.title, [s.section for s in sentences], shown)
                ),
            )
            raw[report.source] = [_plain(report.text[s.start : s.end]) for s in sentences]
            starts[report.source] = [s.start for s in sentences]
    pairs = []
    for row in rows:
        report, words = row["report"], _plain(row["words"])
        found = [i for i, text in enumerate(raw.get(report, ())) if words in text]
        if found:
            nearest = min(found, key=lambda i: abs(starts[report][i] - row["start"]))
            pairs += [Pair(question, report, nearest) for question in row["questions"]]
    return texts, pairs


def squad(folder: Path) -> tuple[dict[str, Text], list[Pair]]:
    """Answerable questions whose answer stands in one sentence, of the first half of the articles."""
    passages = _lines(folder / "squad2_half_passages.jsonl")
    titles = sorted({passage["title"] for passage in passages})
    kept = set(titles[: len(titles) // 2])
    sentences: dict[str, list[tuple[str, str]]] = {}  # by title: passage, sentence
    title_of = {passage["id"]: passage["title"] for passage in passages}
    for passage in passages:
        if passage["title"] in kept:
            split = (s.strip() for s in sentencex.segment("en", passage["text"]))
            sentences.setdefault(passage["title"], []).extend(
                (passage["id"], s) for s in split if s
            )
    texts = {
        title: Text(
            tuple(s for _, s in found),
            tuple(window_spans(title, [p for p, _ in found], [s for _, s in found])),
        )
        for title, found in sentences.items()
    }
    pairs = []
    for row in _lines(folder / "squad2_half_questions.jsonl"):
        title = title_of[row["gold_passage"]]
        if not row["answerable"] or title not in kept:
            continue
        found = [
            i
            for i, (passage, text) in enumerate(sentences[title])
            if passage == row["gold_passage"] and any(a in text for a in row["answers"])
        ]
        if len(found) == 1:
            pairs.append(Pair(row["question"], title, found[0]))
    return texts, pairs


def train(
    texts: dict[str, Text], pairs: Sequence[Pair], epochs: float, seed: int, out: Path
) -> None:
    """Train the thin matrices on `pairs`, and write them to `out`."""
    import torch  # noqa: PLC0415  (seconds to import)
    from safetensors.torch import save_file  # noqa: PLC0415
    from torch.nn import functional  # noqa: PLC0415

    torch.manual_seed(seed)
    random_ = random.Random(seed)
    model = _Model()
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
        self.thin: dict[str, torch.nn.Parameter] = {}
        for parameter in self.encoder.parameters():
            parameter.requires_grad = False
        for name, layer in self.encoder.named_modules():
            if isinstance(layer, torch.nn.Dropout):
                layer.p = DROPOUT
            if isinstance(layer, torch.nn.Linear) and name.startswith("encoder."):
                down = torch.nn.Parameter(0.02 * torch.randn(RANK, layer.in_features))
                up = torch.nn.Parameter(torch.zeros(layer.out_features, RANK))
                self.thin |= {name + adapter.DOWN: down, name + adapter.UP: up}
                layer.register_forward_hook(_added(down, up))

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


def _added(down: "torch.nn.Parameter", up: "torch.nn.Parameter") -> Any:
    def hook(_: Any, inputs: tuple[Any, ...], output: Any) -> Any:
        return output + (inputs[0] @ down.T) @ up.T

    return hook


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
            vectors = np.concatenate(
                [model.vectors(text.sentences[i : i + 64]).numpy()
                 for i in range(0, len(text.sentences), 64)]
            )  # fmt: skip
            for pair in own:
                order = np.argsort(-(vectors @ model.vectors([pair.question]).numpy()[0]))
                found[pair] = [
                    int(i)
                    for i in order[: 2 * NEAR]
                    if i != pair.answer and len(text.sentences[i].split()) >= LEAST_WORDS
                ][:NEAR]
    return found


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
        for i in range(0, len(flat) - BATCH + 1, BATCH):
            yield flat[i : i + BATCH]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", plain(text)).lower().strip()


if __name__ == "__main__":
    main()
