"""Keeps a library in step with folders: what changes in them is read once it has come to rest."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import watchfiles

from ingest.corrections import NAME as CORRECTIONS
from ingest.errors import LibraryInUseError
from ingest.library import Library
from ingest.pipeline import Outcome, Summary, ingest, remove_gone
from ingest.settings import Settings
from ingest.sources import belongs

REST_S = 1.0
"""Seconds without a change after which a file counts as written to its end."""

_TICK_MS = 250
_KINDS = ("added", "updated", "failed", "removed")

Told = Callable[[str, Outcome], None]
"""Called with each event: added, updated, failed, removed or waiting, and what it is about."""

_State = tuple[int, int] | None
"""Size in bytes and time of change of a file; None where there is none."""


def watch(
    folders: Sequence[Path],
    settings: Settings,
    told: Told,
    *,
    prune: bool = False,
    stop: threading.Event | None = None,
) -> None:
    """Ingest what is in the folders, then whatever changes in them, until `stop` is set.

    The library is open only while something is stored, so that it can be asked in between; while
    another process has it, changes wait. With `prune`, a report goes when its file goes.
    """
    folders = [folder.resolve() for folder in folders]
    pending = _Pending()
    for folder in folders:
        pending.note(file for file in _files(folder) if belongs(file, folder))
    first, waiting = prune, False  # files may have gone while nobody watched
    listed_again = False
    changes = watchfiles.watch(
        *folders,
        watch_filter=None,
        step=_TICK_MS // 5,
        debounce=_TICK_MS,
        rust_timeout=_TICK_MS,
        yield_on_timeout=True,
        stop_event=stop,
    )
    for changed in changes:
        for path in (Path(name) for _, name in changed):
            pending.note(file for file in _files(path) if _watched(file, folders))
        if not listed_again:  # what came after the first listing and before the watch began
            listed_again = True
            for folder in folders:
                files = (file for file in _files(folder) if belongs(file, folder))
                pending.note([file for file in files if file not in pending.files])
        due = pending.at_rest()
        if not (due or first):
            continue
        try:
            summary = _in_step(due, folders, settings, prune=prune)
        except LibraryInUseError as error:
            pending.note(due)
            if not waiting:
                told("waiting", Outcome(str(settings.library), str(error)))
            waiting = True
            continue
        first = waiting = False
        for kind in _KINDS:
            for outcome in getattr(summary, kind):
                told(kind, outcome)


@dataclass(slots=True)
class _Pending:
    """Files that changed, with their state and the time at which they were seen to have it."""

    files: dict[Path, tuple[_State, float]] = field(default_factory=dict)

    def note(self, files: Iterator[Path] | Sequence[Path]) -> None:
        """Wait for these files to come to rest, from now on."""
        self.files.update((file, _noted(file)) for file in files)

    def at_rest(self) -> list[Path]:
        """The files that have not changed for `REST_S`, which are no longer pending."""
        due: list[Path] = []
        for file, (state, since) in list(self.files.items()):
            if _state(file) != state:
                self.files[file] = _noted(file)
            elif monotonic() - since >= REST_S:
                del self.files[file]
                due.append(file)
        return due


def _in_step(
    files: Sequence[Path], folders: Sequence[Path], settings: Settings, *, prune: bool
) -> Summary:
    there = [str(file) for file in files if file.is_file()]
    with Library.open(settings) as library:
        gone = remove_gone(library, folders) if prune else []
        summary = ingest(library, there, settings) if there else Summary()
        summary.removed = gone
    return summary


def _files(path: Path) -> Iterator[Path]:
    """What a change of `path` may concern: the file, or all files of a folder that has moved in, or
    whose descriptions are corrected there."""
    if path.name == CORRECTIONS:
        if not path.parent.is_dir():
            return  # the folder has gone with it
        yield from (file for file in sorted(path.parent.iterdir()) if file.is_file())
    elif path.is_dir():
        yield from (file for file in sorted(path.rglob("*")) if file.is_file())
    else:
        yield path


def _watched(file: Path, folders: Sequence[Path]) -> bool:
    return any(file.is_relative_to(folder) and belongs(file, folder) for folder in folders)


def _noted(file: Path) -> tuple[_State, float]:
    return _state(file), monotonic()


def _state(file: Path) -> _State:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
