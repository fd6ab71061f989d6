"""The measure of figure reading: what counts as right, and labels that hold no sentences."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from eval.items import EvaluationError
from eval.statistics_labels import (
    Figure,
    Labelled,
    Score,
    load_labels,
    main,
    score_of,
    sentences_of,
)
from ingest.statistics import Unit

TEXT = "Of 40 lamps in one of the harbours, two-thirds were lit and 12 per cent were new."


def labelled(*figures: tuple[str, float, Unit], optional: tuple[str, ...] = ()) -> Labelled:
    return Labelled(
        id="s1", split="tune", report="lamps.md", page=1, opening="Of 40 lamps in one",
        figures=tuple(Figure(text=t, value=v, unit=u) for t, v, u in figures), optional=optional,
    )  # fmt: skip


def test_a_figure_is_right_in_value_unit_and_place() -> None:
    right = [
        ("40", 40, Unit.COUNT),
        ("two-thirds", 66.667, Unit.RATIO),
        ("12 per cent", 12, Unit.PERCENT),
    ]
    score = score_of(labelled(*right, optional=("one",)), TEXT)
    assert (score.right, score.read, score.labelled) == (3, 3, 3)
    assert score_of(labelled(*right), TEXT).invented == ["s1 invented 'one': 1 count"]
    score = score_of(labelled(right[0], ("two-thirds", 67, Unit.RATIO), optional=("one",)), TEXT)
    assert (score.right, score.read, score.labelled) == (1, 3, 2)
    assert score.missed == ["s1 missed 'two-thirds': 67 ratio"]
    assert (score.precision, score.recall) == (pytest.approx(1 / 3), 0.5)


def test_a_label_that_the_sentence_does_not_have_is_an_error() -> None:
    with pytest.raises(EvaluationError, match="no '41'"):
        score_of(labelled(("41", 41, Unit.COUNT)), TEXT)


def test_labels_name_few_words_of_a_report_and_part_in_halves() -> None:
    labels = load_labels()
    assert len({label.id for label in labels}) == len(labels)
    assert all(len(label.opening.split()) <= 5 for label in labels)
    assert all(len(figure.text.split()) <= 5 for label in labels for figure in label.figures)
    halves = [sum(len(i.figures) for i in labels if i.split == s) for s in ("tune", "test")]
    assert sum(halves) >= 200
    assert min(halves) >= 100


def test_a_document_that_is_not_there_is_named(tmp_path: Path) -> None:
    called = CliRunner().invoke(main, ["--documents", str(tmp_path)])
    assert called.exit_code == 1
    assert "is not under" in called.output


def test_the_figures_of_the_founding_texts_are_read(shared: Path) -> None:
    corpus = shared / "corpus" / "probation"
    labels = [label for label in load_labels() if label.report.endswith(".txt")]
    sentences = sentences_of(labels, corpus)
    assert len(sentences) == len(labels)
    whole = Score()
    for label in labels:
        whole.add(score_of(label, sentences[label.id][1]))
    assert whole.precision > 0.95
    assert whole.recall > 0.95
