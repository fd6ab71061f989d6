"""`findings ingest` with --prune and --watch."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Findings = Callable[..., Any]
Write = Callable[[str, str], Path]
HULL = "# Hull\n\nInspectors saw 40 cases in Hull. Half of them were late.\n"


def test_prune_removes_what_is_gone_and_lists_it(
    findings: Findings, write: Write, tmp_path: Path
) -> None:
    gone = write("reports/hull.md", HULL)
    write("reports/york.md", HULL.replace("Hull", "York"))
    findings("ingest", tmp_path / "reports")
    gone.unlink()
    kept = findings("ingest", tmp_path / "reports")
    assert kept.out.startswith("0 added, 0 updated, 1 unchanged, 0 failed. The library holds 2 ")
    pruned = findings("ingest", tmp_path / "reports", "--prune")
    assert pruned.out.startswith("0 added, 0 updated, 1 unchanged, 0 failed, 1 removed.")
    assert "removed: hull.md" in pruned.out
    again = json.loads(findings("ingest", tmp_path / "reports", "--prune", "--json").out)
    assert again["removed"] == []


def test_watch_takes_folders_only(findings: Findings, write: Write) -> None:
    called = findings("ingest", "--watch", write("hull.md", HULL))
    assert called.code == 2
    assert "is no folder; --watch takes folders only" in called.err


def test_watch_prints_a_line_for_each_event_and_ends_on_ctrl_c(
    write: Write, tmp_path: Path
) -> None:
    write("reports/hull.md", HULL)
    command = [sys.executable, "-m", "assistant.cli", "ingest", "--watch", "--json"]
    # A shell starts its background jobs deaf to Ctrl-C, and they their children.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(
        [*command, str(tmp_path / "reports"), "--library", str(tmp_path / "library")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        event = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    assert event == {"event": "added", "source": "hull.md", "reason": ""}
    assert process.returncode == 0
    assert out == ""
    assert err.splitlines()[-1] == "Stopped watching; what was in hand is read the next time."
    assert "Traceback" not in err
