"""The command line: `findings ingest | ask | check | statistics | serve | eval | library`.

Heavy modules are imported inside the commands, so that `findings --help` is instant.
"""

import csv
import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ingest.errors import FindingsError
from ingest.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.engine import Assistant
    from ingest.library import Library

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
library_option = click.option(
    "--library",
    type=click.Path(path_type=Path),
    help="Folder of the library (or FINDINGS_LIBRARY).  [default: library]",
)
chroma_option = click.option("--chroma-url", help="A Chroma server instead of the embedded one.")


class _Lazy(click.Group):
    """A group whose `eval` command is imported only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), "eval"])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name == "eval":
            from importlib import import_module  # noqa: PLC0415

            # By name: eval depends on the assistant, never the other way round.
            command: click.Command = import_module("eval.command").command()
            return command
        return super().get_command(ctx, cmd_name)


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="findings-assistant")
def cli() -> None:
    """Answers from inspection reports, with the sentence and page that prove each figure."""


@cli.command()
@click.argument("sources", nargs=-1, required=True)
@library_option
@chroma_option
@as_json
def ingest(sources: tuple[str, ...], as_json: bool, **given: Any) -> None:
    """Read SOURCES (files, folders, http(s) addresses) into the library."""
    from ingest.pipeline import ingest as run  # noqa: PLC0415

    settings = load_settings(given)
    with _open_library(settings, create=True) as library, _progress() as progress:
        summary = run(library, sources, settings, progress)
        counts = library.counts()
    if as_json:
        rows = {
            name: [{"source": o.source, "reason": o.reason} for o in getattr(summary, name)]
            for name in ("added", "updated", "unchanged", "failed")
        }
        _print_json({**rows, "library": {"reports": counts.reports, "sentences": counts.sentences}})
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


@cli.command()
@click.argument("question", required=False)
@click.option("--batch", type=click.File("rb"), help="JSON lines: id, question, history?")
@click.option("--model", help="A language model by name; without one, the reports' own words.")
@click.option("--model-url", help="Address of a server that speaks the OpenAI protocol.")
@library_option
@chroma_option
@as_json
def ask(question: str | None, batch: Any, as_json: bool, **given: Any) -> None:
    """Answer QUESTION, or each row of a batch, with citations."""
    with _assistant(given) as assistant:
        if batch:
            _run_batch(batch, "question", lambda row: _ask_row(assistant, row))
            return
        answer = assistant.ask(_given(question, "question"))
        if as_json:
            _print_json(answer.to_json())
        else:
            from assistant.show import answer_text  # noqa: PLC0415

            click.echo(answer_text(answer))
        if answer.status == "error":
            sys.exit(1)


@cli.command()
@click.argument("claim", required=False)
@click.option("--batch", type=click.File("rb"), help="JSON lines: id, claim")
@library_option
@chroma_option
@as_json
def check(claim: str | None, batch: Any, as_json: bool, **given: Any) -> None:
    """Hold CLAIM, or each row of a batch, against the reports."""
    with _assistant(given) as assistant:
        if batch:
            _run_batch(batch, "claim", lambda row: assistant.check(row["claim"]).to_json())
            return
        verdict = assistant.check(_given(claim, "claim"))
        if as_json:
            _print_json(verdict.to_json())
        else:
            from assistant.show import verdict_text  # noqa: PLC0415

            click.echo(verdict_text(verdict))


@cli.command()
@click.argument("figure", required=False, default="")
@click.option(
    "--unit", default="", help="per cent, percentage points, pounds, ratio, count, ordinal"
)
@click.option("--subject", default="", help="Words of what the figure counts.")
@click.option("--place", default="", help="A place.")
@click.option("--period", default="", help="A year.")
@click.option("--report", default="", help="A report, by id, file name or title.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@library_option
@as_json
def statistics(figure: str, as_csv: bool, as_json: bool, **given: Any) -> None:
    """List the figures stated in the library, such as FIGURE ("18 per cent")."""
    from assistant.figures import stated_figures, wanted  # noqa: PLC0415

    restrict = {key: given.pop(key) for key in ("unit", "subject", "place", "period", "report")}
    with _open_library(load_settings(given)) as opened:
        found = [stated.row() for stated in stated_figures(opened, wanted(figure, **restrict))]
    if as_json:
        _print_json(found)
    elif as_csv and found:
        writer = csv.DictWriter(sys.stdout, list(found[0]))
        writer.writeheader()
        writer.writerows(found)
    elif not as_csv:
        for row in found:
            click.echo(f"{row['figure']}: {row['sentence']}")
            click.echo(f"    {row['title']}, {row['published'] or 'undated'}, page {row['page']}")
        if not found:
            click.echo("No report in the library states such a figure.")


@cli.command()
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=int, help="Port to listen on.  [default: 7860]")
@click.option("--model", help="A language model by name.")
@click.option("--model-url", help="Address of a server that speaks the OpenAI protocol.")
@library_option
@chroma_option
def serve(**given: Any) -> None:
    """Open the chat page."""
    settings = load_settings(given)
    from assistant import page  # noqa: PLC0415

    page.check_free(settings)
    with _assistant(given) as assistant:
        page.serve(assistant, settings)


@cli.group()
def library() -> None:
    """See and tend what has been ingested."""


@library.command("list")
@library_option
@as_json
def list_reports(as_json: bool, **given: Any) -> None:
    """List the reports, oldest first."""
    with _open_library(load_settings(given)) as opened:
        reports = opened.reports()
    if as_json:
        _print_json([_report_row(report) for report in reports])
        return
    for report in reports:
        about = report.description
        click.echo(
            f"{report.id}  {about.published or 'undated':10}  {about.kind or '-':10}  "
            f"{about.title}  ({report.source})"
        )


@library.command()
@click.argument("name")
@click.option("--text", "with_text", is_flag=True, help="Print the whole text, as it is stored.")
@library_option
@as_json
def show(name: str, with_text: bool, as_json: bool, **given: Any) -> None:
    """Show the report whose id, file name or title begins with NAME."""
    with _open_library(load_settings(given)) as opened:
        report = opened.find(name)
        sentences = len(opened.sentences(report.id))
    row = _report_row(report) | {"sentences": sentences}
    if as_json:
        _print_json(row | ({"text": report.text} if with_text else {}))
    elif with_text:
        click.echo(report.text)
    else:
        for key, value in row.items():
            if value:
                click.echo(f"{key:10}  {value}")


@library.command()
@click.argument("names", nargs=-1, required=True)
@library_option
def remove(names: tuple[str, ...], **given: Any) -> None:
    """Remove the reports whose id, file name or title begins with NAMES."""
    with _open_library(load_settings(given)) as opened:
        for name in names:
            report = opened.find(name)
            opened.remove(report.id)
            click.echo(f"removed {report.source}")


@library.command()
@library_option
@as_json
def doctor(as_json: bool, **given: Any) -> None:
    """Check that register, vectors and lexical index agree."""
    with _open_library(load_settings(given)) as opened:
        problems, counts = opened.doctor(), opened.counts()
    if as_json:
        _print_json({"problems": problems, "reports": counts.reports})
    elif problems:
        click.echo("\n".join(problems))
    else:
        click.echo(
            f"All is well: {counts.reports} reports, {counts.passages} passages, "
            f"{counts.sentences} sentences, the same in the register, Chroma and tantivy."
        )
    if problems:
        sys.exit(1)


@library.command()
@library_option
def export(**given: Any) -> None:
    """Print every report as one JSON line: description, pages, text, sentences."""
    with _open_library(load_settings(given)) as opened:
        for report in opened.reports():
            sentences = [
                {"start": s.start, "end": s.end, "page": s.page, "section": s.section}
                for s in opened.sentences(report.id)
            ]
            row = _report_row(report) | {"text": report.text, "sentences": sentences}
            click.echo(json.dumps(row, ensure_ascii=False))


def main() -> None:
    """The console command; every foreseen failure is one sentence and exit code 1."""
    logging.basicConfig(level=logging.ERROR, format="%(message)s")
    try:
        cli()
    except FindingsError as error:
        click.echo(f"findings: {error}", err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(
            f"findings: {error.strerror or error}: {error.filename or ''}".rstrip(": "), err=True
        )
        sys.exit(1)


def _ask_row(assistant: "Assistant", row: dict[str, Any]) -> dict[str, Any]:
    from assistant.answer import read_history  # noqa: PLC0415

    answer = assistant.ask(row["question"], read_history(row.get("history") or ()))
    return answer.to_json()


def _run_batch(lines: Any, key: str, run: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """One JSON line for each row, in order; a row that cannot be read is an error of its own."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        row: Any = None
        try:
            row = json.loads(line)
            if not isinstance(row, dict) or not isinstance(row.get(key), str):
                raise ValueError(f"it needs a text under {key!r}")
            result = run(row)
        except (ValueError, FindingsError) as error:
            result = {"status": "error", "answer": f"Line {number} cannot be read: {error}."}
        row_id = row.get("id") if isinstance(row, dict) else None
        click.echo(json.dumps(result | {"id": row_id}, ensure_ascii=False))


@contextmanager
def _assistant(given: dict[str, Any]) -> "Iterator[Assistant]":
    settings = load_settings(given)
    with _open_library(settings) as opened:
        from assistant.engine import Assistant  # noqa: PLC0415

        yield Assistant(settings, opened)


@contextmanager
def _open_library(settings: Settings, *, create: bool = False) -> "Iterator[Library]":
    from ingest.library import Library  # noqa: PLC0415

    with Library.open(settings, create=create) as opened:
        yield opened


@contextmanager
def _progress() -> "Iterator[Callable[[int, int, str], None]]":
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


def _report_row(report: Any) -> dict[str, Any]:
    about = report.description
    return {
        "id": report.id,
        "source": report.source,
        "title": about.title,
        "publisher": about.publisher,
        "published": about.published,
        "kind": about.kind,
        "place": about.place,
        "period": about.period,
        "url": about.url,
        "digest_of": about.digest_of,
        "copy_of": about.copy_of,
        "pages": len(report.page_starts),
        "sha256": report.sha256,
        "location": report.location,
    }


def _given(text: str | None, what: str) -> str:
    if not text:
        raise click.UsageError(f"Give a {what}, or --batch FILE.")
    return text


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
