import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from eval_cases import Scripted

from eval.command import command
from eval.items import ItemSet, load_set
from eval.results import results
from eval.runner import run_system
from eval.runs import Run, SetRun, load_run, rows_of

ROOT = Path(__file__).resolve().parents[2]


def test_the_help_is_instant_and_imports_nothing_heavy() -> None:
    heavy = "'torch', 'chromadb', 'gradio', 'eval.session'"
    code = f"import sys, eval.command; assert not [m for m in ({heavy}) if m in sys.modules]"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60, cwd=ROOT)


def test_a_run_is_printed_saved_compared_and_reported(
    starter_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = load_set("starter")
    few = ItemSet(name="starter", questions=whole.questions[:10], claims=whole.claims[:10])
    monkeypatch.setattr("eval.session.load_set", {"starter": few}.__getitem__)
    bounds = {"starter": {"test": {"least": {"quote_validity": 1.0}}}}  # of few items
    monkeypatch.setattr("eval.gate._read", lambda _: bounds)
    items = few.of_split("test")
    assert 0 < len(items.questions) < 10 and 0 < len(items.claims) < 10
    earlier = tmp_path / "earlier.json"
    earlier.write_text(json.dumps(results(all_wrong(items))), encoding="utf-8")
    result = CliRunner().invoke(
        command(),
        [
            *("starter", "--split", "test", "--library", str(starter_copy), "--json"),
            *("--out", str(tmp_path / "out"), "--html", str(tmp_path / "page.html")),
            *("--compare", str(earlier)),
        ],
    )
    assert result.exit_code == 0, result.output
    saved = tmp_path / "out" / "run.json"
    document = json.loads(result.stdout)
    assert document == json.loads(saved.read_text(encoding="utf-8"))
    measured = document["measures"]["starter"]["test"]["ours"]
    assert measured["items_right"]["total"] == len(items.questions)
    right = sum(row.right for row in rows_of(load_run(saved).sets[0].systems[0]))
    assert right
    assert f"{right} items are right that were wrong, 0 the other way round." in result.stderr
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert page.count("now right") == right


@pytest.mark.parametrize("split", ["test", "all"])
def test_a_missed_threshold_ends_the_run_with_an_error(
    split: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = load_set("starter").of_split(split)
    monkeypatch.setattr("eval.session.run_all", lambda _: all_wrong(items))
    bounds = {"starter": {"test": {"least": {"answer_accuracy": 0.1}}}}
    monkeypatch.setattr("eval.gate._read", lambda _: bounds)
    result = CliRunner().invoke(command(), ["starter", "--split", split])
    assert result.exit_code == 1
    assert "starter, test: answer_accuracy is 0.000, at least 0.1 is asked." in result.stderr


def all_wrong(items: ItemSet) -> Run:
    """A run in which every item failed."""
    rows = run_system(Scripted(), items, {}, {})
    return Run(started="", sets=(SetRun(name=items.name, reports=0, sentences=0, systems=(rows,)),))


def test_what_cannot_be_run_says_so_in_one_sentence(tmp_path: Path) -> None:
    for arguments, told in (
        (["nosuch"], "There is no set 'nosuch'; the sets are: starter"),
        (["probation"], "name the folder of its documents with --documents"),
        (["--compare", str(tmp_path / "run.json")], "does not exist"),
    ):
        result = CliRunner().invoke(command(), arguments)
        assert result.exit_code != 0
        assert told in result.stderr
