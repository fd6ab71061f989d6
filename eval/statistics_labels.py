"""Measures how well figures are read, against sentences of real reports whose figures were labelled.

`python -m eval.statistics_labels --documents DIR`; the labels are explained in `sets/README.md`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import isclose
from pathlib import Path
from typing import Literal, Self

import click
from pydantic import BaseModel, ConfigDict, ValidationError

from eval.items import SETS, EvaluationError, Split
from ingest.describe import describe
from ingest.divide import divide
from ingest.pipeline import report_id_of
from ingest.readers import read
from ingest.report import BlockKind, Report, Sentence
from ingest.settings import Settings
from ingest.statistics import Statistic, Unit, statistics

LABELS = SETS / "statistics.labels.jsonl"
_CLOSE = 1e-3  # two thirds is 66.67 here and there


class Figure(BaseModel):
    """One figure that a sentence states, in its words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    value: float
    unit: Unit
    counts: str = ""  # what it counts, in a word or two


class Labelled(BaseModel):
    """One sentence, found by page and first words, with all figures that it states."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    split: Split
    report: str  # file name
    page: int
    opening: str
    nth: int = 0  # among the sentences of the page with that opening
    figures: tuple[Figure, ...]
    optional: tuple[str, ...] = ()  # neither right nor wrong to read as figures


@dataclass(slots=True)
class Score:
    """What was read of a part of the labels; the misses and false alarms in words."""

    right: int = 0
    read: int = 0
    labelled: int = 0
    missed: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of the figures that were read, the share that is labelled so."""
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        """Of the labelled figures, the share that was read."""
        return self.right / self.labelled if self.labelled else 1.0

    def add(self, other: Self) -> None:
        """Count another sentence in."""
        self.right += other.right
        self.read += other.read
        self.labelled += other.labelled
        self.missed += other.missed
        self.invented += other.invented


@click.command()
@click.option(
    "--documents",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    required=True,
    help="Folder of the labelled documents.",
)
@click.option("--split", type=click.Choice(["tune", "test", "both"]), default="both")
@click.option("--misses", is_flag=True, help="Name what was missed or invented, of `tune` only.")
def main(documents: Path, split: Literal["tune", "test", "both"], misses: bool) -> None:
    """Precision and recall of the figures that are read, for sentences and table cells."""
    labels = [label for label in load_labels() if split in (label.split, "both")]
    try:
        sentences = sentences_of(labels, documents)
    except EvaluationError as error:
        raise click.ClickException(str(error)) from error
    for name in sorted({label.split for label in labels}):
        scores: dict[str, Score] = {}
        for label in labels:
            if label.split == name and label.id in sentences:
                kind, text = sentences[label.id]
                one = score_of(label, text)
                for part in ("all", "table cells" if kind is BlockKind.ROW else "sentences"):
                    scores.setdefault(part, Score()).add(one)
        for part, score in sorted(scores.items()):
            click.echo(
                f"{name:5} {part:12} precision {score.precision:6.1%}  recall {score.recall:6.1%}  "
                f"({score.labelled} figures, {score.read} read)"
            )
        if misses and name == "tune":
            for told in (*scores["all"].missed, *scores["all"].invented):
                click.echo(f"  {told}")
    for label in labels:
        if label.id not in sentences:
            click.echo(f"{label.id}: no such sentence on page {label.page} of {label.report}")


def load_labels(path: Path = LABELS) -> list[Labelled]:
    """The labelled sentences; raises EvaluationError for a malformed line."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            found.append(Labelled.model_validate_json(line))
        except ValidationError as error:
            raise EvaluationError(f"{path.name}, line {number}: {error.errors()[0]}") from error
    return found


def sentences_of(
    labels: Sequence[Labelled], documents: Path
) -> Mapping[str, tuple[BlockKind, str]]:
    """For each label's id the kind and text of its sentence, where the document still has it.

    Raises EvaluationError for a document that is not under `documents`.
    """
    paths = {path.name: path for path in documents.rglob("*") if path.is_file()}
    found: dict[str, tuple[BlockKind, str]] = {}
    for name, group in groupby(sorted(labels, key=lambda label: label.report), lambda i: i.report):
        if name not in paths:
            raise EvaluationError(f"{name} is not under {documents}; name its folder.")
        report, sentences = _read(paths[name])
        for label in group:
            same = [
                sentence
                for sentence in sentences
                if sentence.page == label.page
                and report.text[sentence.start : sentence.end].split()[:5] == label.opening.split()
            ]
            if label.nth < len(same):
                sentence = same[label.nth]
                found[label.id] = (sentence.kind, report.text[sentence.start : sentence.end])
    return found


def score_of(label: Labelled, text: str) -> Score:
    """What is read of one sentence: a figure is right in value, unit and place."""
    expected = list(_placed(label.figures, text))
    optional = [m.span() for word in label.optional for m in re.finditer(re.escape(word), text)]
    read = list(statistics(text))
    unread = list(read)
    score = Score(labelled=len(expected))
    for figure, (start, end) in expected:
        hit = next((s for s in unread if _overlap(s, start, end) and _same(s, figure)), None)
        if hit is None:
            score.missed.append(
                f"{label.id} missed {figure.text!r}: {figure.value:g} {figure.unit}"
            )
        else:
            unread.remove(hit)
            score.right += 1
    invented = [s for s in unread if not any(_overlap(s, *span) for span in optional)]
    score.read = score.right + len(invented)
    score.invented = [
        f"{label.id} invented {text[s.start : s.end]!r}: {s.value:g} {s.unit}" for s in invented
    ]
    return score


def _read(path: Path) -> tuple[Report, Sequence[Sentence]]:
    reading = read(path.read_bytes(), path.name)
    report = Report(
        id=report_id_of(path.name),
        source=path.name,
        location=str(path),
        sha256="",
        text=reading.text,
        page_starts=reading.page_starts,
        description=describe(reading, path.name, path.name),
    )
    return report, divide(reading, report, Settings().passage_chars)[1]


def _placed(figures: Sequence[Figure], text: str) -> Iterator[tuple[Figure, tuple[int, int]]]:
    """Each figure with its place; figures are labelled in the order of the text."""
    at = 0
    for figure in figures:
        words = r"\s+".join(map(re.escape, figure.text.split()))
        match = re.compile(rf"(?<!\w){words}(?!\w)").search(text, at)
        if match is None:
            raise EvaluationError(f"The sentence has no {figure.text!r} after its character {at}.")
        at = match.end()
        yield figure, match.span()


def _overlap(statistic: Statistic, start: int, end: int) -> bool:
    return statistic.start < end and start < statistic.end


def _same(statistic: Statistic, figure: Figure) -> bool:
    return statistic.unit is figure.unit and isclose(statistic.value, figure.value, rel_tol=_CLOSE)


if __name__ == "__main__":
    main()
