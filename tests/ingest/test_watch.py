"""Keeping folders in step: new, changed, moved and vanished files, and files still being written."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest.library import Library
from ingest.pipeline import Outcome, ingest
from ingest.settings import Settings
from ingest.watch import REST_S, _Pending, watch

Write = Callable[[str, str], Path]
HULL = "# Hull\n\nInspectors saw 40 cases in Hull. Half of them were late.\n"
YORK = "# York\n\nInspectors saw 30 cases in York. Few of them were late.\n"


class Events:
    """What the watch told, in order."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []

    def __call__(self, kind: str, outcome: Outcome) -> None:
        self.told.append((kind, outcome.source))

    def until(self, *expected: tuple[str, str], seconds: float = 120) -> None:
        """Wait for the events so far to be these, in any order."""
        limit = time.monotonic() + seconds
        while sorted(self.told) != sorted(expected):
            assert time.monotonic() < limit, f"told {self.told}, not {expected}"
            time.sleep(0.05)


@contextmanager
def watching(folder: Path, settings: Settings, *, prune: bool = False) -> Iterator[Events]:
    events, stop = Events(), threading.Event()
    failures: list[BaseException] = []

    def run() -> None:
        try:
            watch([folder], settings, events, prune=prune, stop=stop)
        except BaseException as error:  # noqa: BLE001  (told below, in the test's own thread)
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield events
    finally:
        stop.set()
        thread.join(60)
    assert not failures, failures
    assert not thread.is_alive()


def test_what_is_added_changed_and_removed_is_so_in_the_library(
    settings: Settings, write: Write, tmp_path: Path
) -> None:
    hull = write("reports/hull.md", HULL)
    with watching(tmp_path / "reports", settings, prune=True) as events:
        events.until(("added", "hull.md"))
        events.told.clear()
        write("reports/hull.md", HULL.replace("40 cases", "55 cases"))
        write("reports/.hidden.md", YORK)
        write("reports/york.md.part", YORK)
        write("elsewhere/south/york.md", YORK)
        shutil.move(tmp_path / "elsewhere" / "south", tmp_path / "reports" / "south")
        events.until(("updated", "hull.md"), ("added", "york.md"))
        events.told.clear()
        hull.unlink()
        events.until(("removed", "hull.md"))
    with Library.open(settings) as library:
        assert [report.source for report in library.reports()] == ["york.md"]
        assert library.doctor() == []


def test_a_folder_may_go_with_what_corrects_it(
    settings: Settings, write: Write, tmp_path: Path
) -> None:
    write("reports/hull.md", HULL)
    write("reports/south/york.md", YORK)
    write("reports/south/reports.toml", '["york.md"]\ntitle = "York, autumn"\n')
    with watching(tmp_path / "reports", settings, prune=True) as events:
        events.until(("added", "hull.md"), ("added", "york.md"))
        events.told.clear()
        shutil.rmtree(tmp_path / "reports" / "south")
        events.until(("removed", "york.md"))
        events.told.clear()
        write("reports/hull.md", HULL.replace("40 cases", "55 cases"))
        events.until(("updated", "hull.md"))


def test_a_file_is_due_once_it_has_stopped_growing(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    monkeypatch.setattr("ingest.watch.monotonic", lambda: now)
    hull, pending = write("hull.md", HULL), _Pending()
    pending.note([hull])
    for part in range(1, 6):
        now += 2 * REST_S
        write("hull.md", HULL + "\nMore cases were seen in Hull.\n" * part)
        assert not pending.at_rest(), "it would be read while it is written"
    now += 0.9 * REST_S
    assert not pending.at_rest()
    pending.note([hull])
    now += 0.9 * REST_S
    assert not pending.at_rest(), "a change that was told starts the wait anew"
    now += 0.2 * REST_S
    assert pending.at_rest() == [hull]
    now += 2 * REST_S
    assert not pending.at_rest(), "it is due once"


def test_changes_wait_while_another_process_has_the_library(
    settings: Settings, write: Write, tmp_path: Path
) -> None:
    write("reports/hull.md", HULL)
    with Library.open(settings), watching(tmp_path / "reports", settings) as events:
        events.until(("waiting", str(settings.library)))
        time.sleep(2 * REST_S)
        assert len(events.told) == 1, "it says once that it waits"
    with watching(tmp_path / "reports", settings) as events:
        events.until(("added", "hull.md"))


@pytest.mark.parametrize("prune", [True, False])
def test_a_report_goes_with_its_file_only_where_that_is_asked(
    settings: Settings, write: Write, tmp_path: Path, prune: bool
) -> None:
    gone, apart = write("reports/hull.md", HULL), write("elsewhere/york.md", YORK)
    folder = str(tmp_path / "reports")
    with Library.open(settings) as library:
        ingest(library, [folder, str(apart)], settings)
        gone.unlink()
        apart.unlink()
        summary = ingest(library, [folder], settings, prune=prune)
        assert [o.source for o in summary.removed] == (["hull.md"] if prune else [])
        left = {report.source for report in library.reports()}
        assert left == ({"york.md"} if prune else {"hull.md", "york.md"})
        assert library.doctor() == []


def test_a_file_that_moved_is_not_lost_as_a_copy_of_itself(
    settings: Settings, write: Write, tmp_path: Path
) -> None:
    old = write("reports/hull.md", HULL)
    folder = tmp_path / "reports"
    with Library.open(settings) as library:
        ingest(library, [str(folder)], settings)
        old.rename(folder / "kingston.md")
        summary = ingest(library, [str(folder)], settings, prune=True)
        assert [o.source for o in summary.removed] == ["hull.md"]
        assert [o.source for o in summary.added] == ["kingston.md"]
        assert [report.source for report in library.reports()] == ["kingston.md"]


def test_nothing_is_pruned_for_a_folder_that_is_gone_itself(
    settings: Settings, write: Write, tmp_path: Path
) -> None:
    """A drive that is not mounted takes no report with it."""
    write("reports/hull.md", HULL)
    folder = tmp_path / "reports"
    with Library.open(settings) as library:
        ingest(library, [str(folder)], settings)
        shutil.rmtree(folder)
        summary = ingest(library, [str(folder)], settings, prune=True)
        assert not summary.removed
        assert len(library.reports()) == len(summary.failed) == 1
