"""`findings ingest`."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.commands.common import (
    as_json,
    chroma_option,
    library_option,
    open_library,
    print_json,
)
from ingest.settings import Settings, load_settings

if TYPE_CHECKING:
    from ingest.library import Counts
    from ingest.pipeline import Outcome, Summary

_INTERRUPTED = 130  # the exit code of what Ctrl-C ends: 128 and the number of the signal
_KINDS = ("added", "updated", "unchanged", "failed")  # and, with --prune, removed


@click.command()
@click.argument("sources", nargs=-1, required=True)
@click.option(
    "--prune", is_flag=True, help="Remove the reports whose file under a folder of SOURCES is gone."
)
@click.option("--watch", is_flag=True, help="Stay, and read what changes in the folders SOURCES.")
@library_option
@chroma_option
@as_json
def ingest(sources: tuple[str, ...], prune: bool, watch: bool, as_json: bool, **given: Any) -> None:
    """Read SOURCES (files, folders, http(s) addresses) into the library."""
    settings = load_settings(given)
    if watch:
        _watch(sources, settings, prune=prune, as_json=as_json)
        return
    from ingest.pipeline import ingest as run  # noqa: PLC0415

    try:
        with open_library(settings, create=True) as library, shown_progress() as progress:
            summary = run(library, sources, settings, progress, prune=prune)
            counts = library.counts()
    except KeyboardInterrupt:
        click.echo(
            "findings: Stopped; the reports read so far are kept, and the same command goes on "
            "from there.",
            err=True,
        )
        sys.exit(_INTERRUPTED)
    _show(summary, counts, prune=prune, as_json=as_json)
    done = summary.added or summary.updated or summary.unchanged or summary.removed
    if summary.failed and not done:
        sys.exit(1)


def _show(summary: "Summary", counts: "Counts", *, prune: bool, as_json: bool) -> None:
    if as_json:
        rows = {
            kind: [{"source": o.source, "reason": o.reason} for o in getattr(summary, kind)]
            for kind in (*_KINDS, *(["removed"] if prune else []))
        }
        print_json({**rows, "library": {"reports": counts.reports, "sentences": counts.sentences}})
        return
    removed = f", {len(summary.removed)} removed" if prune else ""
    click.echo(
        f"{len(summary.added)} added, {len(summary.updated)} updated, "
        f"{len(summary.unchanged)} unchanged, {len(summary.failed)} failed{removed}. "
        f"The library holds {counts.reports} reports, {counts.sentences} sentences."
    )
    for kind in ("added", "updated", "unchanged", "removed"):
        for outcome in getattr(summary, kind):
            if outcome.reason or kind == "removed":
                _line(kind, outcome)
    for outcome in summary.failed:
        _line("failed", outcome)


def _watch(sources: tuple[str, ...], settings: Settings, *, prune: bool, as_json: bool) -> None:
    """One line for each event, until Ctrl-C."""
    for source in sources:
        if not Path(source).expanduser().is_dir():
            raise click.UsageError(f"{source} is no folder; --watch takes folders only.")
    from ingest.watch import watch  # noqa: PLC0415

    def told(kind: str, outcome: "Outcome") -> None:
        if as_json:
            event = {"event": kind, "source": outcome.source, "reason": outcome.reason}
            click.echo(json.dumps(event, ensure_ascii=False))
        else:
            _line(kind, outcome)

    number = f"{len(sources)} folders" if len(sources) > 1 else sources[0]
    click.echo(f"Watching {number}; Ctrl-C ends it.", err=True)
    try:
        watch([Path(source).expanduser() for source in sources], settings, told, prune=prune)
    except KeyboardInterrupt:
        click.echo("Stopped watching; what was in hand is read the next time.", err=True)


def _line(kind: str, outcome: "Outcome") -> None:
    reason = f": {outcome.reason}" if outcome.reason else ""
    click.echo(f"{kind}: {outcome.source}{reason}", err=kind in ("failed", "waiting"))


@contextmanager
def shown_progress() -> "Iterator[Callable[[int, int, str], None]]":
    """Progress with the time left, on standard error."""
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    bar = Progress(
        TextColumn("{task.percentage:>3.0f}%"),
        BarColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
        console=Console(stderr=True),
    )
    with bar:
        task = bar.add_task("reading", total=None)
        yield lambda done, total, name: bar.update(
            task, completed=done, total=total, description=name[:60]
        )
