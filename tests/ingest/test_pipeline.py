"""Ingestion from end to end, with real embeddings: idempotent, and no failure stops the rest."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from other_process import stored_whole, wait_until

from ingest.library import Library
from ingest.pipeline import Summary, ingest
from ingest.settings import Settings

Write = Callable[[str, str], Path]
HULL = "# Hull\n\nInspectors saw 40 cases in Hull. Half of them were late.\n"
YORK = "# York\n\nInspectors saw 30 cases in York. Few of them were late.\n"


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    with Library.open(settings) as opened:
        yield opened


def counted(summary: Summary) -> tuple[int, int, int, int]:
    """Numbers of documents added, updated, unchanged and failed."""
    kinds = (summary.added, summary.updated, summary.unchanged, summary.failed)
    return tuple(len(kind) for kind in kinds)  # type: ignore[return-value]


def test_a_second_time_nothing_changes(library: Library, settings: Settings, write: Write) -> None:
    named = [str(write("reports/hull.md", HULL)), str(write("reports/york.md", YORK))]
    assert counted(ingest(library, named, settings)) == (2, 0, 0, 0)
    before, version = library.counts(), library.version
    assert counted(ingest(library, named, settings)) == (0, 0, 2, 0)
    assert library.counts() == before
    assert library.version == version
    assert library.doctor() == []


def test_a_changed_report_replaces_its_earlier_version(
    library: Library, settings: Settings, write: Write
) -> None:
    named = [str(write("hull.md", HULL)), str(write("york.md", YORK))]
    ingest(library, named, settings)
    write("hull.md", HULL.replace("40 cases", "55 cases"))
    assert counted(ingest(library, named, settings)) == (0, 1, 1, 0)
    report = library.find("hull.md")
    assert "55 cases" in report.text
    assert library.counts().reports == 2
    assert library.vectors.count() == library.lexical.count() == library.counts().sentences == 6
    assert not library.lexical.search({"40": 1.0}, {"text": 1.0}, 5)


def test_the_owner_of_a_collection_corrects_what_reports_say_of_themselves(
    library: Library, settings: Settings, write: Write
) -> None:
    named = [str(write("hull.md", HULL)), str(write("york.md", YORK))]
    ingest(library, named, settings)
    write("reports.toml", '["hull.md"]\ntitle = "Hull, autumn"\npublished = "3 May 2024"\n')
    assert counted(ingest(library, named, settings)) == (0, 1, 1, 0)
    about = library.find("Hull, autumn").description
    assert (about.title, about.published) == ("Hull, autumn", "2024-05-03")
    assert counted(ingest(library, named, settings)) == (0, 0, 2, 0)


@pytest.mark.parametrize(
    "left",
    ['["york.md"]\ntitle = "York"\n', '["hull.md"]\nplace = "Hull"\n', None],
    ids=["of another file", "of another fact", "gone"],
)
def test_a_correction_that_is_taken_back_leaves_what_the_document_says(
    library: Library, settings: Settings, write: Write, left: str | None
) -> None:
    named = [str(write("hull.md", f"---\ntitle: On Hull\npublished: 2023-01-31\n---\n\n{HULL}"))]
    told = '["hull.md"]\ntitle = "Hull, autumn"\npublished = "3 May 2024"\nplace = "Hull"\n'
    path = write("reports.toml", told)
    ingest(library, named, settings)
    assert library.find("hull.md").description.title == "Hull, autumn"
    if left is None:
        path.unlink()
    else:
        write("reports.toml", left)
    assert counted(ingest(library, named, settings)) == (0, 1, 0, 0)
    about = library.find("hull.md").description
    assert (about.title, about.published) == ("On Hull", "2023-01-31")
    assert counted(ingest(library, named, settings)) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    "told",
    [
        "[hull",
        '["hull.md"]\nauthor = "me"\n',
        '"hull.md" = 3\n',
        '["hull.md"]\npublished = "last spring"\n',
    ],
)
def test_corrections_that_cannot_be_read_fail_with_a_reason(
    library: Library, settings: Settings, write: Write, told: str
) -> None:
    named = [str(write("hull.md", HULL)), str(write("else/york.md", YORK))]
    write("reports.toml", told)
    summary = ingest(library, named, settings)
    assert counted(summary) == (1, 0, 0, 1)
    assert "reports.toml" in summary.failed[0].reason


def test_the_same_document_under_another_name_is_not_doubled(
    library: Library, settings: Settings, write: Write
) -> None:
    ingest(library, [str(write("hull.md", HULL))], settings)
    summary = ingest(library, [str(write("copy-of-hull.md", HULL))], settings)
    assert [(o.source, o.reason) for o in summary.unchanged] == [
        ("copy-of-hull.md", "the same document as hull.md")
    ]
    assert library.counts().reports == 1


def test_a_bad_file_fails_alone_and_with_a_reason(
    library: Library, settings: Settings, write: Write, tmp_path: Path
) -> None:
    write("reports/a-empty.txt", "")
    (tmp_path / "reports" / "b-damaged.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    (tmp_path / "reports" / "c-noise.txt").write_bytes(bytes(range(256)) * 40)
    write("reports/hull.md", HULL)
    summary = ingest(library, [str(tmp_path / "reports"), "missing.pdf"], settings)
    assert [o.source for o in summary.added] == ["hull.md"]
    assert {o.source for o in summary.failed} == {
        "a-empty.txt",
        "b-damaged.pdf",
        "c-noise.txt",
        "missing.pdf",
    }
    assert all(o.reason.endswith(".") for o in summary.failed)
    assert library.doctor() == []


def test_an_unforeseen_error_in_a_reader_is_a_failure_of_its_own(
    library: Library, settings: Settings, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest import pipeline  # noqa: PLC0415

    real = pipeline.read

    def read(data: bytes, name: str) -> object:
        if name == "hull.md":
            raise RecursionError("too deep")
        return real(data, name)

    monkeypatch.setattr(pipeline, "read", read)
    named = [str(write("hull.md", HULL)), str(write("york.md", YORK))]
    summary = ingest(library, named, settings)
    assert counted(summary) == (1, 0, 0, 1)
    assert "RecursionError" in summary.failed[0].reason


def test_a_failed_new_version_leaves_the_earlier_one(
    library: Library, settings: Settings, write: Write
) -> None:
    path = write("hull.md", HULL)
    ingest(library, [str(path)], settings)
    path.write_bytes(b"")
    assert counted(ingest(library, [str(path)], settings)) == (0, 0, 0, 1)
    assert "40 cases" in library.find("hull.md").text
    assert library.doctor() == []


def test_progress_grows_to_the_whole(library: Library, settings: Settings, write: Write) -> None:
    told: list[tuple[int, int, str]] = []
    named = [str(write("hull.md", HULL)), str(write("york.md", YORK))]
    ingest(library, named, settings, lambda *row: told.append(row))
    assert [name for _, _, name in told] == ["hull.md", "york.md", ""]
    done = [row[0] for row in told]
    assert done == sorted(done) and done[0] == 0 and told[-1][0] == told[-1][1]


def test_the_stored_text_of_plain_text_is_the_document_itself(
    library: Library, settings: Settings, write: Write
) -> None:
    ingest(library, [str(write("hull.md", HULL))], settings)
    report = library.find("hull.md")
    quotes = [report.text[s.start : s.end] for s in library.sentences(report.id)]
    assert all(quote in HULL for quote in quotes)
    assert "Half of them were late." in quotes


def test_a_killed_ingestion_is_completed_by_the_next(
    settings: Settings, write: Write, tmp_path: Path
) -> None:
    for number in range(12):
        write(f"reports/{number:02}.md", HULL.replace("Hull", f"Place{number}") * 3)
    folder = str(tmp_path / "reports")
    register = settings.library / "register.sqlite3"
    command = [sys.executable, "-m", "ingest", folder, "--library", str(settings.library)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        wait_until(lambda: stored_whole(register) >= 2 or process.poll() is not None)
        os.kill(process.pid, signal.SIGKILL)
    stored = stored_whole(register)
    assert 2 <= stored < 12, "it was to be killed in the middle"
    with Library.open(settings) as library:
        assert library.doctor() == []
        assert len(library.reports()) == stored
        assert counted(ingest(library, [folder], settings)) == (12 - stored, 0, stored, 0)
        assert library.doctor() == []
        assert library.counts().reports == 12
