import json
from pathlib import Path

import pytest

from eval.items import EvaluationError
from eval.metrics import claim_measures
from eval.public import (
    every_figure,
    load_evidence,
    load_gradings,
    load_passages,
    run_evidence,
    shape_of,
)

BENCHMARKS = Path(__file__).resolve().parents[3] / "shared" / "benchmarks"


def lines(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_passages_become_reports_and_questions_name_their_own(tmp_path: Path) -> None:
    lines(tmp_path / "tiny_passages.jsonl",
          {"id": "p-1", "title": 'Salt: "sea"', "text": "Salt is dug at Wieliczka."})  # fmt: skip
    path = lines(
        tmp_path / "tiny_questions.jsonl",
        {"id": "a", "question": "Where?", "gold_passage": "p-1", "answers": ["Wieliczka"],
         "answerable": True},
        {"id": "b", "question": "When?", "gold_passage": "p-1", "answers": [],
         "answerable": False},
    )  # fmt: skip
    assert shape_of(path) == "passages"
    items = load_passages(path, tmp_path / "out")
    assert items.name == "tiny"
    assert items.questions[0].reports == ("p-1.md",)
    assert [item.answerable for item in items.questions] == [True, False]
    assert "Salt is dug" in (tmp_path / "out" / "p-1.md").read_text(encoding="utf-8")
    assert len(load_passages(path, tmp_path / "out", limit=1).questions) == 1


def test_gradings_ask_for_the_grade_before_any_other(tmp_path: Path) -> None:
    path = lines(tmp_path / "g.jsonl",
                 {"id": "x", "question": "Grade?", "answer": "good", "file": "x.pdf"})  # fmt: skip
    (item,) = load_gradings(path).questions
    assert shape_of(path) == "gradings"
    assert "good" not in item.rivals
    assert "inadequate" in item.rivals


def test_evidence_is_scored_in_three_classes_and_an_error_is_wrong(tmp_path: Path) -> None:
    row = {"id": "w1", "claim": "It has 5 rooms.", "evidence": ["It has 5 rooms."]}
    path = lines(
        tmp_path / "w.jsonl",
        row | {"label": "supported"},
        row | {"id": "w2", "label": "not_supported"},
        row | {"id": "w3", "label": "partially_supported"},
    )
    items = load_evidence(path)
    assert shape_of(path) == "evidence"
    gold = {item.id: item.label for item in items}
    by_rule = run_evidence("rule", every_figure, items)
    assert [r.verdict for r in by_rule.claims] == ["supported"] * 3
    assert claim_measures(by_rule.claims)["balanced_accuracy"].value == 0.5
    assert gold["w1"] == "supported"

    def broken(claim: str, evidence: object) -> str:
        raise RuntimeError("no model")

    failed = run_evidence("broken", broken, items)
    assert claim_measures(failed.claims)["claim_accuracy"].value == 0.0
    assert claim_measures(failed.claims)["balanced_accuracy"].value == 0.0
    assert failed.claims[0].error == "RuntimeError: no model"


def test_a_missing_key_is_named_by_its_line(tmp_path: Path) -> None:
    path = lines(tmp_path / "w.jsonl", {"id": "w1", "claim": "x"})
    with pytest.raises(EvaluationError, match=r"w.jsonl, line 1: evidence is missing"):
        load_evidence(path)


@pytest.mark.skipif(not BENCHMARKS.is_dir(), reason="the public sets are not beside the project")
def test_the_figure_rule_scores_on_wice_as_published_beside_it() -> None:
    items = load_evidence(BENCHMARKS / "claims_wice_dev.jsonl")
    rows = run_evidence("rule", every_figure, items).claims
    assert claim_measures(rows)["balanced_accuracy"].value == pytest.approx(0.63, abs=0.03)
