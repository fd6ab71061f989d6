import json
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from eval_cases import REPORTS, Scripted, answer, citation, claim, found, question, refusal
from rich.console import Console

from assistant.answer import VerdictKind
from eval.compare import flip_lines, flips
from eval.gate import shortfalls
from eval.html_report import html_report
from eval.items import EvaluationError, ItemSet
from eval.results import results
from eval.runner import run_system
from eval.runs import Run, SetRun, load_run
from eval.table import differences, run_tables

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">'
ASKED = question().question


def run_of(*systems: Scripted) -> Run:
    items = ItemSet(name="made", questions=(question(), refusal()), claims=(claim(),))
    rows = tuple(run_system(s, items, REPORTS, {"q1": 1}) for s in systems)
    return Run(started="now", sets=(SetRun(name="made", reports=1, sentences=3, systems=rows),))


def right() -> Scripted:
    return Scripted(
        {ASKED: answer("18 per cent", citation())},
        {claim().claim: VerdictKind.SUPPORTED},
        [found(1)],
    )


def test_a_saved_run_is_loaded_whole(tmp_path: Path) -> None:
    run = run_of(right(), Scripted())
    path = tmp_path / "run.json"
    path.write_text(json.dumps(results(run)), encoding="utf-8")
    assert load_run(path) == run
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(EvaluationError, match="not a saved run"):
        load_run(path)


def test_flips_name_the_items_that_changed() -> None:
    before, now = run_of(right()), run_of(Scripted())
    assert flips(now, now) == []
    found_flips = flips(before, now)
    assert [(f.item, f.right_now) for f in found_flips] == [("c1", False), ("q1", False)]
    assert [f.right_now for f in flips(now, before)] == [True, True]
    assert flip_lines(found_flips)[0].startswith("0 items are right that were wrong, 2")


def test_the_table_shows_all_systems_and_their_differences() -> None:
    run = run_of(right(), Scripted())
    console = Console(width=120, file=StringIO())
    with console.capture() as captured:
        console.print(run_tables(run))
    text = captured.get()
    assert "Answer right" in text
    assert "100.0 [21-100]" in text
    assert "0.0 [0-79]" in text
    compared = {name: d.value for _, name, d in differences(run.sets[0])}
    assert compared["answers right"] == 1.0
    assert compared["verdicts right"] == 1.0


def test_the_gate_names_what_falls_short(tmp_path: Path) -> None:
    file = tmp_path / "thresholds.toml"
    file.write_text(
        "[made.test.least]\nanswer_accuracy = 0.9\n[made.test.most]\nfalse_support = 1.0\n"
        "[other.all.least]\nanswer_accuracy = 1.0\n",
        encoding="utf-8",
    )
    short = shortfalls(run_of(Scripted()), file=file)
    assert short[0] == "made, test: answer_accuracy is 0.000, at least 0.9 is asked."
    assert "false_support is not to be counted" in short[1]  # no claim to be refuted
    assert shortfalls(run_of(Scripted()), "test", file) == short
    assert shortfalls(run_of(Scripted()), "tune", file) == []
    file.write_text("[made.test.least]\nanswer_accuracy = 0.9\n", encoding="utf-8")
    assert shortfalls(run_of(right()), file=file) == []
    file.write_text("[made.test.least]\nbeauty = 0.9\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match="no measure 'beauty'"):
        shortfalls(run_of(right()), file=file)


def test_the_page_holds_every_wrong_item_and_runs_nothing_of_a_document() -> None:
    hostile = citation(place=2, quote=HOSTILE, source=HOSTILE)
    system = Scripted({ASKED: answer(HOSTILE, hostile)}, hits=[found(2)])
    run = run_of(system, right())
    page = html_report(run, flips(run_of(right()), run))
    tags = _tags(page)
    assert "script" not in tags
    assert "img" not in tags
    assert "svg" in tags
    assert "&lt;script&gt;" in page
    assert "http" not in page.replace("http-equiv", "")
    assert ASKED in page
    assert "Half of the staff had left." in page  # what was retrieved
    assert "now wrong" in page


def _tags(page: str) -> set[str]:
    tags: set[str] = set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.add(tag)
            assert not any(name.startswith("on") for name, _ in attrs)

    Reader().feed(page)
    return tags
