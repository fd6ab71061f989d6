"""Ingestion that is killed, interrupted, or out of disk: nothing lost, nothing doubled, one sentence."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from other_process import stored_whole, wait_until

from ingest.library import Library
from ingest.pipeline import ingest
from ingest.register import batched_keys
from ingest.settings import Settings

Write = Callable[[str, str], Path]
NUMBER = 30

# Stores the reports that are still missing, with vectors that need no model.
PUT_THE_REST = """
import sys
from pathlib import Path
import numpy as np
from ingest.divide import divide
from ingest.library import Library
from ingest.pipeline import report_id_of
from ingest.readers import read
from ingest.report import Description, Report
from ingest.settings import Settings

folder, number = Path(sys.argv[1]), int(sys.argv[2])
with Library.open(Settings(library=folder)) as library:
    print("\\n".join(library.doctor()) or "well", flush=True)
    known = library.register.known()
    for name in map(str, range(number)):
        if report_id_of(name) in known:
            continue
        text = f"# {name}" + "".join(f"\\n\\nAll is well in part {k} of {name}." for k in range(40))
        reading = read(text.encode(), name)
        about = Description(name)
        report = Report(report_id_of(name), name, name, "0" * 64, reading.text, (0,), about)
        passages, sentences = divide(reading, report, 1000)
        library.put(report, passages, sentences, np.eye(len(sentences), 64, dtype=np.float32))
"""


def test_a_kill_at_any_moment_loses_and_doubles_nothing(settings: Settings) -> None:
    """Killed four times at moments of its own, then left to finish; sound at each start."""
    command = [sys.executable, "-c", PUT_THE_REST, str(settings.library), str(NUMBER)]
    moments = random.Random(1)
    for _ in range(4):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "well\n"
            time.sleep(moments.uniform(0.05, 0.5))
            os.kill(process.pid, signal.SIGKILL)
    subprocess.run(command, check=True, capture_output=True)
    with Library.open(settings) as library:
        assert library.doctor() == []
        assert library.counts().reports == NUMBER
        for report in library.reports():
            sentences = library.sentences(report.id)
            keys = batched_keys(report.id, (s.ordinal for s in sentences))
            assert set(library.vectors.get(keys)) == set(keys)
            saying = [s.ordinal for s in sentences if "well" in report.text[s.start : s.end]]
            found = library.lexical.search({"well": 1.0}, {"text": 1.0}, 1000, [report.id])
            assert len(saying) == 40
            assert sorted(k for k, _ in found) == sorted(batched_keys(report.id, saying))


def test_ctrl_c_says_one_sentence_and_the_same_command_goes_on(
    settings: Settings, write: Write, tmp_path: Path
) -> None:
    for number in range(30):
        write(f"reports/{number:02}.md", f"# Place{number}\n\nThere were {number} cases in it.\n")
    folder = str(tmp_path / "reports")
    command = [sys.executable, "-m", "assistant.cli", "ingest", folder, "--library"]
    # A shell starts its background jobs deaf to Ctrl-C, and they their children.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(
        [*command, str(settings.library)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        wait_until(lambda: stored_whole(settings.library / "register.sqlite3") >= 1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    assert process.returncode == 130
    assert out == ""
    assert err.strip().splitlines()[-1].startswith("findings: Stopped; the reports read so far")
    assert "Traceback" not in err
    with Library.open(settings) as library:
        assert library.doctor() == []
        stored = len(library.reports())
        summary = ingest(library, [folder], settings)
        assert (len(summary.added), len(summary.unchanged)) == (30 - stored, stored)
        assert library.doctor() == []


def test_words_that_a_kill_left_without_a_vector_get_one_the_next_time(
    settings: Settings, write: Write
) -> None:
    named = [str(write("hull.md", "# Hull\n\nInspectors saw forty cases in Hull.\n"))]
    with Library.open(settings) as library:
        ingest(library, named, settings)
        words = library.words()
        assert "inspectors" in words
        with sqlite3.connect(settings.library / "register.sqlite3") as connection:
            connection.execute("delete from word_vectors")
        connection.close()
        assert library.register.words_without_vector(words)
        ingest(library, named, settings)
        assert not library.register.words_without_vector(words)


# In a mount namespace of its own, so that no rights are needed and nothing outside is touched.
FULL_THEN_ROOMY = """
mount -t tmpfs -o size=$1 full "$2" || exit 9
python=$3 code=$4
"$python" -c "$code" "$2/library" 200
mount -o remount,size=300m "$2"
"$python" -c "$code" "$2/library" 30
"$python" -c "$code" "$2/library" 0
"""


@pytest.mark.parametrize("megabytes", [1, 2, 6])
def test_a_full_disk_is_one_sentence_and_with_room_it_goes_on(
    tmp_path: Path, megabytes: int
) -> None:
    said = f"try:\n{textwrap.indent(PUT_THE_REST, '    ')}\nexcept Exception as e:\n    print(e)"
    full = tmp_path / "full"
    full.mkdir()
    shell = ["sh", "-c", FULL_THEN_ROOMY, "sh", f"{megabytes}m", str(full), sys.executable, said]
    try:
        ran = subprocess.run(
            ["unshare", "--mount", "--map-root-user", *shell],
            check=False,
            capture_output=True,
            text=True,
        )
    except FileNotFoundError:
        pytest.skip("a small disk is made with unshare, which is not installed")
    if ran.returncode in (1, 9):
        pytest.skip(f"a small disk cannot be made here: {ran.stderr.strip()}")
    lines = ran.stdout.splitlines()
    if lines[0] == "well":  # there was room to make the library
        lines = lines[1:]
    assert lines[0].endswith("is full; free some space and run the same command again.")
    assert lines[1:] == ["well", "well"]
