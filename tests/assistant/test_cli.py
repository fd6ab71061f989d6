"""The contract of the command line, on which scripts depend."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from assistant.cli import cli

Findings = Callable[..., Any]
Write = Callable[[str, str], Path]

HEADLINE = "What share of cases did enough to keep people safe?"
FIRST = "In what share of cases was enough domestic abuse information had before the court report?"
DECLINED = "How many prisoners escaped in 2023?"
CLAIM = "The average vacancy rate for probation officers in the inspected PDUs was 57 per cent."
ANSWER_KEYS = {
    "id", "question", "status", "mode", "answer", "sentences", "citations", "timing_ms",
}  # fmt: skip
VERDICT_KEYS = {
    "id", "claim", "verdict", "explanation", "parts", "citations", "nearest", "timing_ms",
}  # fmt: skip
CITATION_KEYS = {
    "number", "source", "title", "publisher", "published", "page", "section", "quote", "start",
    "end", "sha256", "url",
}  # fmt: skip


def rows_of(lines: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.splitlines()]


# --- ask ---------------------------------------------------------------------------------------


def test_ask_prints_the_answer_and_where_it_stands(findings: Findings, starter_copy: Path) -> None:
    called = findings("ask", HEADLINE, "--library", starter_copy)
    assert called.code == 0
    assert called.out.startswith("18 per cent. “")
    assert "[1] Digest" in called.out
    assert "national-inspection-2025.md" in called.out
    assert "a digest of" in called.out


def test_ask_json_keeps_the_contract(findings: Findings, starter_copy: Path) -> None:
    called = findings("ask", HEADLINE, "--json", "--library", starter_copy)
    answer = json.loads(called.out)
    assert set(answer) >= ANSWER_KEYS
    assert (answer["id"], answer["question"]) == (None, HEADLINE)
    assert (answer["status"], answer["mode"]) == ("answered", "quotes")
    assert answer["sentences"][0]["citations"] == [1]
    citation = answer["citations"][0]
    assert set(citation) >= CITATION_KEYS
    assert citation["published"].startswith("2025")
    shown = findings("library", "show", citation["source"], "--text", "--json", "--library",
                     starter_copy)  # fmt: skip
    text = json.loads(shown.out)["text"]
    assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_a_question_that_is_declined_is_no_error(findings: Findings, starter_copy: Path) -> None:
    called = findings("ask", DECLINED, "--json", "--library", starter_copy)
    answer = json.loads(called.out)
    assert (called.code, answer["status"]) == (0, "not_found")
    assert (answer["sentences"], answer["citations"]) == ([], [])
    assert answer["answer"] and not re.search(r"\[\d+\]", answer["answer"])


@pytest.mark.parametrize(
    ("question", "code", "message"),
    [("", 2, "Give a question"), ("x" * 3000, 1, "longer than 2000 characters")],
)
def test_ask_without_a_sound_question_fails_with_the_reason(
    findings: Findings, starter_copy: Path, question: str, code: int, message: str
) -> None:
    called = findings("ask", question, "--library", starter_copy)
    assert (called.code, called.out) == (code, "")
    assert message in called.err
    assert called.err.count("\n") == 1


def test_a_batch_answers_row_by_row_in_order_whatever_the_shape_of_its_history(
    findings: Findings, starter_copy: Path, write: Write
) -> None:
    follow_up = "And on child safeguarding?"
    histories: list[Any] = [
        [{"question": FIRST, "answer": "62 per cent."}],
        [{"role": "user", "content": FIRST}, {"role": "assistant", "content": "62 per cent."}],
        [[FIRST, "62 per cent."]],
        [FIRST],
    ]
    rows = [
        {"id": f"h{number}", "question": follow_up, "history": history}
        for number, history in enumerate(histories)
    ]
    rows += [{"id": "plain", "question": HEADLINE}, {"question": HEADLINE, "history": None}]
    path = write("batch.jsonl", "\n".join(map(json.dumps, rows)) + "\n\n")
    called = findings("ask", "--batch", path, "--library", starter_copy)
    answers = rows_of(called.out)
    assert [answer["id"] for answer in answers] == ["h0", "h1", "h2", "h3", "plain", None]
    assert all("45 per cent" in answer["answer"] for answer in answers[:4])
    assert all(answer["answer"].startswith("18 per cent") for answer in answers[4:])
    assert called.code == 0


def test_a_bad_row_is_an_error_of_its_own(
    findings: Findings, starter_copy: Path, write: Write
) -> None:
    lines = [
        "no JSON",
        "[1]",
        '{"id": "none"}',
        '{"id": "number", "question": 7}',
        '{"id": "empty", "question": " "}',
        '{"id": "turns", "question": "Why?", "history": [7]}',
        '{"id": "text", "question": "Why?", "history": "earlier"}',
        '{"id": "count", "question": "Why?", "history": 7}',
        '{"id": "object", "question": "Why?", "history": {"question": "What?"}}',
        '{"id": "half \\ud83d a character", "question": " "}',
        json.dumps({"id": "good", "question": HEADLINE}),
    ]
    path = write("batch.jsonl", "\n".join(lines))
    answers = rows_of(findings("ask", "--batch", path, "--library", starter_copy).out)
    assert [answer["id"] for answer in answers] == [
        None, None, "none", "number", "empty", "turns", "text", "count", "object",
        "half \ud83d a character", "good",
    ]  # fmt: skip
    assert [answer["status"] for answer in answers] == ["error"] * 10 + ["answered"]
    assert all(answer["answer"] for answer in answers)
    assert "Line 1 cannot be read" in answers[0]["answer"]


def test_a_batch_of_another_encoding_is_one_sentence(
    findings: Findings, starter_copy: Path, tmp_path: Path
) -> None:
    path = tmp_path / "batch.jsonl"
    path.write_bytes('{"id": "1", "question": "Café?"}'.encode("latin-1"))
    called = findings("ask", "--batch", path, "--library", starter_copy)
    (row,) = rows_of(called.out)
    assert (called.code, row["status"]) == (0, "error")
    assert row["answer"].startswith("Line 1 cannot be read: 'utf-8'")


def test_with_a_model_that_cannot_be_reached_the_quotes_are_marked_so(
    findings: Findings, starter_copy: Path
) -> None:
    called = findings("ask", HEADLINE, "--json", "--library", starter_copy, "--model", "any",
                      "--model-url", "http://127.0.0.1:9/v1")  # fmt: skip
    answer = json.loads(called.out)
    assert (answer["status"], answer["mode"]) == ("answered", "quotes_after_model")
    assert "could not be reached" in answer["note"]


# --- check -------------------------------------------------------------------------------------


def test_check_json_keeps_the_contract(findings: Findings, starter_copy: Path) -> None:
    called = findings("check", CLAIM, "--json", "--library", starter_copy)
    verdict = json.loads(called.out)
    assert called.code == 0
    assert set(verdict) == VERDICT_KEYS
    assert (verdict["id"], verdict["claim"]) == (None, CLAIM)
    assert (verdict["verdict"], verdict["nearest"]) == ("contradicted", [])
    assert "32 per cent" in verdict["explanation"]
    (citation,) = verdict["citations"]
    assert set(citation) >= CITATION_KEYS
    assert "32 per cent" in citation["quote"]


def test_a_batch_of_claims_is_checked_row_by_row_and_a_bad_row_is_an_error_of_its_own(
    findings: Findings, starter_copy: Path, write: Write
) -> None:
    rows: list[Any] = [
        {"id": "false", "claim": CLAIM},
        {"id": "none"},
        {"id": "empty", "claim": " "},
        {"id": "long", "claim": "x" * 3000},
        {"id": "true", "claim": CLAIM.replace("57", "32")},
    ]
    path = write("batch.jsonl", "no JSON\n" + "\n".join(map(json.dumps, rows)))
    called = findings("check", "--batch", path, "--library", starter_copy)
    verdicts = rows_of(called.out)
    assert called.code == 0
    assert [(verdict["id"], verdict["verdict"]) for verdict in verdicts] == [
        (None, "error"), ("false", "contradicted"), ("none", "error"), ("empty", "error"),
        ("long", "error"), ("true", "supported"),
    ]  # fmt: skip
    assert all(set(verdict) == VERDICT_KEYS for verdict in verdicts)
    assert verdicts[0]["explanation"].startswith("Line 1 cannot be read: ")
    assert verdicts[3]["explanation"] == "There is no claim; type one."
    assert "longer than 2000 characters" in verdicts[4]["explanation"]


# --- errors ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", "Why?"),
        ("library", "list"),
        ("library", "doctor"),
        ("library", "show", "x"),
        ("library", "export"),
        ("serve", "--port", "7999"),
    ],
)
def test_without_a_library_one_sentence_says_what_to_do(
    findings: Findings, arguments: tuple[str, ...]
) -> None:
    called = findings(*arguments)
    assert (called.code, called.out) == (1, "")
    assert called.err.startswith("findings: There is no library at library; make one with findings")
    assert called.err.count("\n") == 1


def test_an_unknown_setting_is_one_sentence(findings: Findings, write: Write) -> None:
    write("findings.toml", "quote_limt = 2")
    called = findings("library", "list")
    assert (called.code, called.out) == (1, "")
    assert called.err == (
        "findings: findings.toml: quote_limt is not a setting; did you mean quote_limit?\n"
    )


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (
            "http://127.0.0.1:9",
            "No Chroma server answers at http://127.0.0.1:9; start it with chroma run, or",
        ),
        *(
            (
                url,
                f"{url} is no address; write that of a Chroma server as http://127.0.0.1:8000, or",
            )
            for url in ("http://[", "http://127.0.0.1:99999")
        ),
    ],
)
def test_a_chroma_server_that_does_not_answer_is_one_sentence_and_nothing_is_made(
    findings: Findings, write: Write, tmp_path: Path, url: str, told: str
) -> None:
    write("reports/hull.md", "# Hull\n\nHalf of the cases in Hull were late.\n")
    called = findings("ingest", "reports", "--chroma-url", url, "--library", "some/library")
    assert (called.code, called.out) == (1, "")
    assert called.err == f"findings: {told} leave chroma_url empty.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["reports"]


def test_the_environment_names_the_library(
    findings: Findings, starter_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINDINGS_LIBRARY", str(starter_copy))
    assert "9 reports" in findings("library", "doctor").out


# --- ingest and library ------------------------------------------------------------------------


def test_ingest_tells_what_became_of_each_document(
    findings: Findings, write: Write, tmp_path: Path
) -> None:
    write("reports/hull.md", "# Hull\n\nHalf of the cases in Hull were late.\n")
    write("reports/empty.txt", "")
    called = findings("ingest", tmp_path / "reports")
    assert called.code == 0
    assert called.out.startswith("1 added, 0 updated, 0 unchanged, 1 failed.")
    assert "failed: empty.txt: " in called.err
    again = json.loads(findings("ingest", tmp_path / "reports", "--json").out)
    assert {
        name: [row["source"] for row in again[name]] for name in again if name != "library"
    } == {
        "added": [],
        "updated": [],
        "unchanged": ["hull.md"],
        "failed": ["empty.txt"],
    }
    assert again["library"]["reports"] == 1
    assert "All is well: 1 reports" in findings("library", "doctor").out


def test_where_all_fail_so_does_the_command(findings: Findings) -> None:
    called = findings("ingest", "no-such-file.pdf")
    assert called.code == 1
    assert "There is no such file or folder." in called.err


def test_the_library_is_listed_shown_exported_and_pruned(
    findings: Findings, starter_copy: Path
) -> None:
    def at(*arguments: str) -> Any:
        called = findings(*arguments, "--library", starter_copy)
        assert called.code == 0, called.err
        return called.out

    listed = json.loads(at("library", "list", "--json"))
    assert len(listed) == 9
    assert len(at("library", "list").splitlines()) == 9
    shown = json.loads(at("library", "show", "national-inspection", "--json"))
    assert shown in [row | {"sentences": shown["sentences"]} for row in listed]
    exported = rows_of(at("library", "export"))
    assert {row["id"] for row in exported} == {row["id"] for row in listed}
    assert all(row["text"][s["start"] : s["end"]] for row in exported for s in row["sentences"])
    assert at("library", "remove", shown["id"]) == "removed national-inspection-2025.md\n"
    assert len(json.loads(at("library", "list", "--json"))) == 8
    doctor = json.loads(at("library", "doctor", "--json"))
    assert doctor == {"problems": [], "reports": 8, "copies": []}


def test_copies_are_told_wherever_reports_are(findings: Findings, write: Write) -> None:
    towers = "".join(
        f"Lamp {n} of the tower was lit on {7 * n} nights, and its keeper was {word}.\n"
        for n, word in enumerate("glad tired proud late early busy calm keen wary".split(), 2)
    )
    write("reports/lamps.md", f"---\npublished: 2025-03-01\n---\n\n{towers}")
    write("reports/again.txt", towers.replace("wary", "weary"))
    assert findings("ingest", "reports").code == 0
    listed = findings("library", "list").out.splitlines()
    assert [line.endswith("(again.txt; a copy of lamps.md)") for line in listed] == [False, True]
    copy = json.loads(findings("library", "show", "again.txt", "--json").out)
    original = json.loads(findings("library", "show", "lamps.md", "--json").out)
    assert (copy["relation"], copy["copy_of"]) == ("copy", original["id"])
    assert (original["relation"], original["copy_of"]) == ("", "")
    assert "a copy of lamps.md" in findings("library", "show", "again.txt").out
    doctor = findings("library", "doctor")
    assert (doctor.code, doctor.out.splitlines()[-1]) == (0, "again.txt is a copy of lamps.md.")


def test_the_doctor_fails_where_something_is_wrong(findings: Findings, starter_copy: Path) -> None:
    from ingest.library import Library  # noqa: PLC0415
    from ingest.settings import Settings  # noqa: PLC0415

    with Library.open(Settings(library=starter_copy)) as library:
        library.lexical.remove(library.reports()[0].id)
    called = findings("library", "doctor", "--library", starter_copy)
    assert called.code == 1
    assert "tantivy holds 0 of its" in called.out


# --- the doors ---------------------------------------------------------------------------------


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)


def test_help_needs_no_heavy_module() -> None:
    loaded = run(
        "-c",
        "import sys\n"
        "from assistant.cli import cli\n"
        "try:\n    cli(['--help'])\n"
        "except SystemExit:\n    pass\n"
        "heavy = {'torch', 'chromadb', 'gradio', 'langchain_core', 'transformers', 'numpy'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)",
    )
    assert loaded.stderr == "[]\n"
    for command in ("ask", "check", "eval", "ingest", "library", "serve", "statistics"):
        assert f"\n  {command} " in loaded.stdout


def commands_of(group: click.Group, *names: str) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands_of(command, *names, name)
        else:
            yield " ".join((*names, name)), command


def test_each_command_takes_json() -> None:
    commands = dict(commands_of(cli))
    assert {"ask", "eval", "library list"} <= set(commands)
    for name, command in commands.items():
        assert any("--json" in option.opts for option in command.params), name


@pytest.mark.parametrize(
    ("module", "command"),
    [("ingest", ("ingest",)), ("assistant", ()), ("eval", ("eval",))],
)
def test_the_packages_are_the_same_doors(
    findings: Findings, module: str, command: tuple[str, ...]
) -> None:
    def body(text: str) -> str:
        return text.split("\n", 1)[1]  # the first line holds the name that was called

    through_package = run("-m", module, "--help")
    assert through_package.returncode == 0, through_package.stderr
    assert body(through_package.stdout) == body(findings(*command, "--help").out)


def test_python_m_ingest_fails_as_findings_ingest_does() -> None:
    called = run("-m", "ingest", "no-such-file.pdf")
    assert called.returncode == 1
    assert "failed: no-such-file.pdf: There is no such file or folder." in called.stderr
