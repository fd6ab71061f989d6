import json
from pathlib import Path

import pytest
from eval_cases import question

from eval.items import EvaluationError, load_set, set_names


def write(folder: Path, *rows: object) -> None:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    (folder / "made.questions.jsonl").write_text("\n".join(lines), encoding="utf-8")


GOOD = question().model_dump(mode="json", exclude={"rivals"})


def test_all_sets_of_the_project_are_well_formed() -> None:
    names = set_names()
    assert names[0] == "starter"
    ids: set[str] = set()
    for name in names:
        items = load_set(name)
        own = {item.id for item in (*items.questions, *items.claims)}
        assert len(own) == len(items.questions) + len(items.claims)
        assert not own & ids
        ids |= own


def test_a_set_is_loaded_and_narrowed_to_a_split(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "", GOOD | {"id": "q2", "split": "tune"})
    items = load_set("made", tmp_path)
    assert [item.id for item in items.questions] == ["q1", "q2"]
    assert [item.id for item in items.of_split("tune").questions] == ["q2"]
    assert items.of_split("all") == items


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("{not json", "line 2: not JSON"),
        ("[1]", "line 2: not a JSON object"),
        (GOOD | {"id": "x", "split": "dev"}, "line 2: split"),
        (GOOD | {"id": "x", "kind": "odd"}, "line 2: there is no kind 'odd'"),
        (GOOD | {"id": "x", "pagez": [1]}, "line 2: pagez"),
        (GOOD | {"id": "x", "answers": []}, "line 2: .*needs answers"),
        (GOOD | {"id": "x", "answers": [[]]}, "line 2: .*group of answers is empty"),
        (GOOD | {"id": "x", "expect": "not_found"}, "line 2: .*to be refused"),
        (GOOD, "two items with the id 'q1'"),
    ],
)
def test_a_malformed_item_is_named_by_its_line(tmp_path: Path, row: object, told: str) -> None:
    write(tmp_path, GOOD, row)
    with pytest.raises(EvaluationError, match=told):
        load_set("made", tmp_path)


def test_an_unknown_set_names_the_known_ones(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    with pytest.raises(EvaluationError, match="the sets are: made"):
        load_set("other", tmp_path)
