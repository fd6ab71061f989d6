"""What the reader learns from: pairs of public files, and what we judged."""

import json
from collections import Counter
from pathlib import Path

from eval.reading_pairs import JUDGED, Beside, Relation, grouped, public
from eval.training_pairs import lines

MILL = "Harlow Mill closed in 1932, when the Weir Company moved its looms to Bolton."
HE = "He sold the looms in 1934."


def test_claims_are_kept_where_the_sentence_names_whom_they_are_about(tmp_path: Path) -> None:
    rows = [
        {"claim": "Harlow Mill shut in 1932.", "evidence": MILL, "label": "SUPPORTS"},
        {"claim": "Harlow Mill shut in 1940.", "evidence": MILL, "label": "REFUTES"},
        {"claim": "Jane Weir sold looms.", "evidence": HE, "label": "SUPPORTS"},
        {"claim": "Nobody sold looms.", "evidence": HE, "label": "REFUTES"},
        {"claim": "Harlow Mill wove silk.", "evidence": MILL, "label": "NOT ENOUGH INFO"},
    ]
    path = tmp_path / "claims.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert list(public(path)) == [
        Beside("Harlow Mill shut in 1932.", MILL, Relation.SUPPORTS),
        Beside("Harlow Mill shut in 1940.", MILL, Relation.CONTRADICTS),
    ]


def test_pairs_in_three_files_lose_the_marks_of_a_treebank(tmp_path: Path) -> None:
    for suffix, text in (
        ("input0", "Harlow Mill -LRB- a mill -RRB- closed in 1932 ."),
        ("input1", "Harlow Mill shut in 1932 ."),
        ("label", "entailment"),
    ):
        (tmp_path / f"dev.raw.{suffix}").write_text(text, encoding="utf-8")
    (pair,) = public(tmp_path / "dev.raw.input0")
    assert pair.sentence == "Harlow Mill (a mill) closed in 1932."
    assert pair.relation is Relation.SUPPORTS


def test_what_stands_together_for_one_question_is_one_group() -> None:
    pairs = [Beside(text, "", Relation.ANSWERS_NOT) for text in ("a", "a", "b", "a")]
    assert [len(group) for group in grouped(pairs)] == [2, 1, 1]


def test_no_judgement_is_missing_from_any_part_of_what_was_judged() -> None:
    """A label that is lost on the way is not missed by a training run; it only teaches wrongly."""
    told = [
        Counter(v for of in row["beside"].values() for v in of.values()) for row in lines(JUDGED)
    ]
    claims = [row for row in told if not row["answers"] + row["answers_not"]]
    questions = [row for row in told if row["answers"] + row["answers_not"]]
    for rows, labels in (
        (claims, ("supports", "contradicts", "neither")),
        (questions, ("answers", "answers_not")),
    ):
        for part in (rows[i : i + 700] for i in range(0, len(rows), 700)):
            found = Counter(label for row in part for label in labels if row[label])
            assert min(found[label] for label in labels) > len(part) / 20
