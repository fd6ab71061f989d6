"""Questions with the sentence that answers each, for training: ours over reports, and SQuAD's."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sentencex

from ingest.embed import PACKAGED, window_spans
from ingest.library import Library
from ingest.readable import plain, readable
from ingest.settings import load_settings

PAIRS = Path(__file__).parent / "sets" / "paraphrases.train.jsonl"


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


def paraphrases(library: Path) -> tuple[dict[str, Text], list[Pair]]:
    """Our questions, over the reports of a library; a pair whose report or words are not there is left."""
    rows = lines(PAIRS)
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
            raw[report.source] = [plain_words(report.text[s.start : s.end]) for s in sentences]
            starts[report.source] = [s.start for s in sentences]
    pairs = []
    for row in rows:
        report, words = row["report"], plain_words(row["words"])
        found = [i for i, text in enumerate(raw.get(report, ())) if words in text]
        if found:
            nearest = min(found, key=lambda i: abs(starts[report][i] - row["start"]))
            pairs += [Pair(question, report, nearest) for question in row["questions"]]
    return texts, pairs


def squad(folder: Path) -> tuple[dict[str, Text], list[Pair]]:
    """Answerable questions whose answer stands in one sentence, of the first half of the articles."""
    passages = lines(folder / "squad2_half_passages.jsonl")
    kept = squad_titles(passages)
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
    for row in lines(folder / "squad2_half_questions.jsonl"):
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


def squad_titles(passages: Iterable[Mapping[str, Any]]) -> set[str]:
    """The articles to train on: the first half of the titles; the others are left for measuring."""
    titles = sorted({passage["title"] for passage in passages})
    return set(titles[: len(titles) // 2])


def lines(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def plain_words(text: str) -> str:
    """`text` in small letters, without markup and punctuation."""
    return re.sub(r"\W+", " ", plain(text)).lower().strip()
