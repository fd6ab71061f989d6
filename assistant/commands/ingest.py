"""`findings ingest`."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from assistant.commands.common import (
    as_json,
    chroma_option,
    library_option,
    open_library,
    print_json,
)
from ingest.settings import load_settings


@click.command()
@click.argument("sources", nargs=-1, required=True)
@library_option
@chroma_option
@as_json
def ingest(sources: tuple[str, ...], as_json: bool, **given: Any) -> None:
    """Read SOURCES (files, folders, http(s) addresses) into the library."""
    from ingest.pipeline import ingest as run  # noqa: PLC0415

    settings = load_settings(given)
    with open_library(settings, create=True) as library, shown_progress() as progress:
        summary = run(library, sources, settings, progress)
        counts = library.counts()
    if as_json:
        rows = {
            name: [{"source": o.source, "reason": o.reason} for o in getattr(summary, name)]
            for name in ("added", "updated", "unchanged", "failed")
        }
        print_json({**rows, "library": {"reports": counts.reports, "sentences": counts.sentences}})
    else:
        click.echo(
            f"{len(summary.added)} added, {len(summary.updated)} updated, "
            f"{len(summary.unchanged)} unchanged, {len(summary.failed)} failed. "
            f"The library holds {counts.reports} reports, {counts.sentences} sentences."
        )
        for outcome in summary.unchanged:
            if outcome.reason:
                click.echo(f"unchanged: {outcome.source}: {outcome.reason}")
        for outcome in summary.failed:
            click.echo(f"failed: {outcome.source}: {outcome.reason}", err=True)
    if summary.failed and not (summary.added or summary.updated or summary.unchanged):
        sys.exit(1)


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
