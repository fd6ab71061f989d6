"""Loads public test sets from files beside the project: SQuAD 2.0-shaped, WiCE-shaped, gradings."""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from assistant.answer import Status
from eval.intervals import SEED
from eval.items import EvaluationError, ItemSet, Question, read_lines
from eval.judge import Outcome, VerdictJudgement
from eval.runner import Progress, attempt
from eval.runs import ClaimRow, SystemRun
from eval.wording import figures, tokens

GRADES = ("outstanding", "good", "requires improvement", "inadequate")

Verify = Callable[[str, Sequence[str]], str]
"""(claim, evidence sentences) -> supported, partially_supported, contradicted or not_in_sources."""

_Any = TypeVar("_Any")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim with the sentences that it is to be checked against, and its label."""

    id: str
    claim: str
    sentences: tuple[str, ...]
    label: str  # supported, partially_supported, not_supported


def load_passages(questions: Path, folder: Path, limit: int | None = None) -> ItemSet:
    """A SQuAD 2.0-shaped set: `NAME_questions.jsonl`, with `NAME_passages.jsonl` beside it.

    Each passage is written to `folder` as a tiny report of its own; a question is answered by its
    gold passage and nothing else. Questions: id, question, gold_passage, answers, answerable.
    Passages: id, title, text. (Rajpurkar et al. 2018, Know What You Don't Know.)
    """
    name = questions.name.removesuffix("_questions.jsonl")
    folder.mkdir(parents=True, exist_ok=True)
    titles = {}
    for row in _rows(questions.with_name(f"{name}_passages.jsonl"), ("id", "title", "text")):
        title = str(row["title"]).replace("_", " ")
        titles[row["id"]] = title
        # A JSON string is a YAML string, too.
        text = f"---\ntitle: {json.dumps(title)}\n---\n\n{row['text']}\n"
        (folder / f"{row['id']}.md").write_text(text, encoding="utf-8")
    keys = ("id", "question", "gold_passage", "answers", "answerable")
    items = [
        Question(
            id=row["id"],
            split="tune",
            kind=titles.get(row["gold_passage"], "unknown"),
            question=row["question"],
            expect=Status.ANSWERED if row["answerable"] else Status.NOT_FOUND,
            answers=(tuple(row["answers"]),) if row["answerable"] else (),
            reports=(f"{row['gold_passage']}.md",) if row["answerable"] else (),
        )
        for row in _rows(questions, keys)
    ]
    return ItemSet(name=name, questions=tuple(sample(items, limit)))


def load_gradings(path: Path, limit: int | None = None) -> ItemSet:
    """Questions for the overall grade in a named report: id, question, answer, file.

    The right grade must be the first that the answer names, and a quote of that report must hold
    it.
    """
    items = [
        Question(
            id=row["id"],
            split="tune",
            kind=row["answer"],
            question=row["question"],
            expect=Status.ANSWERED,
            answers=((row["answer"],),),
            reports=(row["file"],),
            quote_has=(row["answer"],),
            rivals=tuple(grade for grade in GRADES if grade != row["answer"].lower()),
        )
        for row in _rows(path, ("id", "question", "answer", "file"))
    ]
    return ItemSet(name=path.stem, questions=tuple(sample(items, limit)))


def load_evidence(path: Path, limit: int | None = None) -> list[Evidence]:
    """A WiCE-shaped set: id, claim, evidence, label (Kamoi et al. 2023, WiCE)."""
    items = [
        Evidence(row["id"], row["claim"], tuple(row["evidence"]), row["label"])
        for row in _rows(path, ("id", "claim", "evidence", "label"))
    ]
    return sample(items, limit)


def run_evidence(
    name: str, verify: Verify, items: Sequence[Evidence], progress: Progress | None = None
) -> SystemRun:
    """The rows of one checker, each claim against its own evidence.

    WiCE knows no contradiction: `contradicted` and `not_in_sources` both count as not supported.
    """
    rows = []
    for item in items:
        verdict, error = attempt(partial(verify, item.claim, item.sentences))
        given = _LABELS.get(verdict or "", "error")
        right = given == item.label
        rows.append(
            ClaimRow(
                id=item.id,
                split="tune",
                kind=item.label,
                claim=item.claim,
                reports=(),
                expected=item.label,
                verdict=given,
                judgement=VerdictJudgement(Outcome.RIGHT if right else Outcome.VERDICT, right),
                error=error,
            )
        )
        if progress:
            progress(len(rows), len(items), name)
    return SystemRun(system=name, claims=tuple(rows))


def every_figure(claim: str, evidence: Sequence[str]) -> str:
    """The rule to be beaten: supported when every figure of the claim occurs in the evidence."""
    known = {token for sentence in evidence for token in tokens(sentence)}
    return "supported" if set(figures(claim)) <= known else "not_in_sources"


def sample(items: Sequence[_Any], limit: int | None) -> list[_Any]:
    """At most `limit` of the items, drawn with a fixed seed, in their order."""
    if limit is None or limit >= len(items):
        return list(items)
    drawn = random.Random(SEED).sample(range(len(items)), limit)
    return [items[place] for place in sorted(drawn)]


def shape_of(path: Path) -> str:
    """What a file holds by the keys of its first row: passages, gradings, evidence or unknown."""
    first = next(read_lines(path), (0, {}))[1].keys()
    if first >= {"gold_passage", "question"}:
        return "passages"
    if first >= {"claim", "evidence", "label"}:
        return "evidence"
    if first >= {"question", "answer", "file"}:
        return "gradings"
    return "unknown"


_LABELS = {
    "supported": "supported",
    "partially_supported": "partially_supported",
    "contradicted": "not_supported",
    "not_in_sources": "not_supported",
}


def _rows(path: Path, keys: Sequence[str]) -> list[dict[str, Any]]:
    rows = []
    for number, row in read_lines(path):
        missing = [key for key in keys if key not in row]
        if missing:
            raise EvaluationError(f"{path.name}, line {number}: {missing[0]} is missing.")
        rows.append(row)
    return rows
