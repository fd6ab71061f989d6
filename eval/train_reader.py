"""Fine-tunes the reader, a cross-encoder, from the packaged MiniLM weights.

`python -m eval.train_reader -h` tells its options.

Data: questions in our own words to single sentences of reports (`eval/sets/paraphrases.train.jsonl`),
the `tune` questions, and SQuAD 2.0-shaped public questions (annotations and texts CC BY-SA 4.0) where
a path is given. Each question comes with sentences that look alike and do not answer it. The loss is
the mean of two: softmax over a question's sentences (which answers best), and binary cross-entropy
on each (does it answer at all). The upper four of six layers and the head are trained; only these
are written, in float16.
"""

import argparse
import hashlib
import json
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sentencex

from assistant import reader
from eval.train import Example, examples
from ingest.describe import describe
from ingest.divide import divide
from ingest.embed import wants_bfloat16
from ingest.errors import FindingsError
from ingest.lexical import Entry, LexicalIndex
from ingest.library import sentence_texts
from ingest.readable import plain
from ingest.readers import read
from ingest.report import BlockKind, Report
from ingest.words import STOPWORDS, stem, words

NEGATIVES = 5  # sentences beside the proving one
SEED = 11


@dataclass(frozen=True, slots=True)
class Group:
    """One question with rendered sentences, the first `right` of which answer it."""

    question: str
    sentences: tuple[str, ...]
    right: int


def paraphrase_groups(set_path: Path, documents: Path) -> Iterator[Group]:
    """Groups from the paraphrase set; sentences that look alike come from the same report and from
    all others, by BM25."""
    rows = [json.loads(line) for line in set_path.read_text(encoding="utf-8").splitlines()]
    rng = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        index, texts, starts = LexicalIndex(Path(folder)), {}, {}
        for name in sorted({row["report"] for row in rows}):
            path = next(documents.rglob(name))
            try:
                found = _sentences(path)
            except FindingsError:
                continue
            entries = []
            for position, (start, sentence, rendered) in enumerate(found):
                key = f"{name}:{position}"
                texts[key], starts[key] = rendered, (start, sentence)
                entries.append(Entry(key, sentence))
            index.add(name, entries)
        for row in rows:
            own = [key for key in starts if key.startswith(row["report"] + ":")]
            right = min(
                (k for k in own if starts[k][1].startswith(row["words"])),
                key=lambda k: abs(starts[k][0] - row["start"]),
                default=None,
            )
            if right is None:
                continue
            for question in row["questions"]:
                query = {stem(w): 1.0 for w in words(question) if w not in STOPWORDS}
                near = [k for k, _ in index.search(query, {"text": 1.0}, 12, [row["report"]])]
                far = [k for k, _ in index.search(query, {"text": 1.0}, 12)]
                place = int(right.rpartition(":")[2])
                beside = [f"{row['report']}:{place + step}" for step in (-2, 2, 3)]
                wrong = [
                    k
                    for k in dict.fromkeys([*near, *far, *beside])
                    if k in texts and k != right and starts[k][1] != starts[right][1]
                ]
                chosen = rng.sample(wrong, min(NEGATIVES, len(wrong)))
                yield Group(question, (texts[right], *(texts[k] for k in chosen)), 1)


def tune_groups(found: Sequence[Example]) -> Iterator[Group]:
    """Groups from `tune` questions: the best-ranked sentences that do not prove are the wrong ones."""
    for example in found:
        if example.split != "tune":
            continue
        rendered = [
            reader.rendered(
                r.candidate.report.description.place,
                r.candidate.report.description.published,
                r.candidate.around,
            )
            for r in example.ranked
        ]
        right = [t for t, p in zip(rendered, example.proves, strict=True) if p][:2]
        wrong = [t for t, p in zip(rendered, example.proves, strict=True) if not p]
        if example.answerable and not right:
            continue
        yield Group(
            example.inquiry.text, (*right, *wrong[: NEGATIVES + 1 - len(right)]), len(right)
        )


def squad_groups(passages: Path, questions: Path, number: int) -> Iterator[Group]:
    """Groups from public question sets: the sentences of the gold passage, right where the answer is."""
    texts = {
        row["id"]: row["text"]
        for row in map(json.loads, passages.read_text(encoding="utf-8").splitlines())
    }
    rows = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines()]
    random.Random(SEED).shuffle(rows)
    for row in rows[:number]:
        sentences = [s.strip() for s in sentencex.segment("en", texts[row["gold_passage"]])]
        sentences = [s for s in sentences if len(s.split()) > 3]
        right = [s for s in sentences if any(answer in s for answer in row["answers"])]
        if row["answerable"] and not right:
            continue
        wrong = [s for s in sentences if s not in right]
        asked = {stem(w) for w in words(row["question"])} - STOPWORDS
        wrong.sort(key=lambda s: -len(asked & {stem(w) for w in words(s)}))
        chosen = (*right[:1], *wrong[:NEGATIVES])
        yield Group(row["question"], chosen, min(1, len(right)))


def train(groups: list[Group], epochs: int, rate: float, batch: int) -> dict[str, Any]:
    """The trained tensors by name, those of the head under `head.`."""
    import torch  # noqa: PLC0415

    torch.manual_seed(SEED)
    tokenizer, encoder, head = reader.untrained()
    for name, parameter in encoder.named_parameters():
        parameter.requires_grad = _is_trained(name)
    encoder.train()
    trained = [p for p in encoder.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": trained, "lr": rate}, {"params": head.parameters(), "lr": 20 * rate}],
        weight_decay=0.01,
    )
    rng = random.Random(SEED)
    steps = epochs * (len(groups) // batch)
    done, began, shown = 0, time.perf_counter(), 0.0
    for _ in range(epochs):
        order = list(range(len(groups)))
        rng.shuffle(order)
        # Groups of like length share a batch, so that little is padded.
        pools = [order[i : i + 20 * batch] for i in range(0, len(order), 20 * batch)]
        batches = []
        for pool in pools:
            pool.sort(key=lambda g: max(map(len, groups[g].sentences)))
            batches += [pool[i : i + batch] for i in range(0, len(pool), batch)]
        rng.shuffle(batches)
        for chosen in batches:
            part = [groups[g] for g in chosen]
            pairs = [(g.question, s) for g in part for s in g.sentences]
            encoded = tokenizer(
                [q for q, _ in pairs], [s for _, s in pairs], padding=True,
                truncation="only_second", max_length=reader.MAX_TOKENS, return_tensors="pt",
            )  # fmt: skip
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=wants_bfloat16()):
                first = encoder(**encoded).last_hidden_state[:, 0]
            scores = head(first.float()).squeeze(-1)
            loss = _loss(scores, part)
            warm = min(1.0, (done + 1) / (0.06 * steps + 1)) * max(0.05, 1 - done / max(1, steps))
            for group, base in zip(optimiser.param_groups, (rate, 20 * rate), strict=True):
                group["lr"] = base * warm
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimiser.step()
            done += 1
            shown = 0.98 * shown + 0.02 * float(loss) if shown else float(loss)
            if done % 50 == 0:
                left = (time.perf_counter() - began) / done * (steps - done)
                print(f"step {done}/{steps} loss {shown:.3f} {left / 60:.1f} min left", flush=True)
    tensors = {n: p.detach().half() for n, p in encoder.named_parameters() if _is_trained(n)}
    return tensors | {f"head.{n}": p.detach().half() for n, p in head.named_parameters()}


def main() -> None:
    """Gather groups, train, and write the weights with their checksum."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--paraphrases", type=Path, default=Path("eval/sets/paraphrases.train.jsonl")
    )
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--tune", nargs="*", default=[], help="LIBRARY=QUESTIONS.jsonl")
    parser.add_argument("--public", type=Path, help="folder with squad2_half_*.jsonl")
    parser.add_argument("--public-number", type=int, default=1200)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--rate", type=float, default=6e-5)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--out", type=Path, default=Path(reader.__file__).parent)
    given = parser.parse_args()
    groups = list(paraphrase_groups(given.paraphrases, given.documents))
    print(len(groups), "paraphrase groups", flush=True)
    for pair in given.tune:
        library, _, questions = pair.partition("=")
        groups += list(tune_groups(examples(Path(library), Path(questions))))
    if given.public:
        groups += list(
            squad_groups(
                given.public / "squad2_half_passages.jsonl",
                given.public / "squad2_half_questions.jsonl",
                given.public_number,
            )
        )
    print(len(groups), "groups in all", flush=True)
    write(train(groups, given.epochs, given.rate, given.batch), given.out, len(groups))


def write(tensors: dict[str, Any], folder: Path, groups: int) -> None:
    """Store the tensors and their checksum."""
    from safetensors.torch import save_file  # noqa: PLC0415

    path = folder / "reader.safetensors"
    save_file(tensors, path)
    facts = {
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "trained": f"eval/train_reader.py, {groups} questions",
    }
    (folder / "reader.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


def _sentences(path: Path) -> list[tuple[int, str, str]]:
    """Start, readable text and rendered form of each sentence that can answer."""
    reading = read(path.read_bytes(), path.name)
    about = describe(reading, path.name, str(path))
    report = Report(path.name, path.name, str(path), "", reading.text, reading.page_starts, about)
    _, sentences = divide(reading, report, 1000)
    texts = sentence_texts(report, sentences)
    found = []
    for position, (sentence, text) in enumerate(zip(sentences, texts, strict=True)):
        if sentence.kind is BlockKind.HEADING:
            continue
        before = texts[position - 1] if position else ""
        lead = " ".join(plain(report.text[a:b]) for a, b in sentence.lead)
        where = f"{about.place} {about.published[:4]}"
        rendered = reader.render(where, sentence.section, lead or before, text)
        found.append((sentence.start, text, rendered))
    return found


def _loss(scores: Any, part: Sequence[Group]) -> Any:
    import torch  # noqa: PLC0415

    total, begin = scores.sum() * 0, 0
    for group in part:
        own = scores[begin : begin + len(group.sentences)]
        begin += len(group.sentences)
        target = torch.zeros_like(own)
        target[: group.right] = 1
        total = total + torch.nn.functional.binary_cross_entropy_with_logits(own, target)
        if 0 < group.right < len(own):
            total = total - torch.log_softmax(own, 0)[: group.right].logsumexp(0)
    return total / len(part)


def _is_trained(name: str) -> bool:
    return any(name.startswith(f"encoder.layer.{layer}.") for layer in reader.TRAINED_LAYERS)


if __name__ == "__main__":
    main()
