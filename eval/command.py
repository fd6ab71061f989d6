"""`findings eval`: runs sets through our chain and the baselines, and shows what came of it."""

import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from eval.runs import Run

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_NEW_FOLDER = click.Path(file_okay=False, path_type=Path)


def command() -> click.Command:
    """The command, for the group of the command line."""
    return evaluate


@click.command("eval", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("sets", nargs=-1, metavar="[SET]...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
@click.option("--out", type=_NEW_FOLDER, metavar="DIR", help="Save the run as DIR/run.json.")
@click.option(
    "--html",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a report with every wrong item as one file.",
)
@click.option(
    "--compare",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Name the items that flipped since a saved run.",
)
@click.option(
    "--gate/--no-gate", default=True, help="Exit with 1 where a threshold is missed (the default)."
)
@click.option("--baselines", is_flag=True, help="Run the baselines beside our chain.")
@click.option(
    "--split",
    type=click.Choice(["tune", "test", "all"]),
    default="all",
    show_default=True,
    help="Run the items of one split only.",
)
@click.option("--documents", type=_FOLDER, help="Where the documents are that a set asks about.")
@click.option(
    "--public",
    type=_FOLDER,
    help="Run the public test sets in this folder; without a SET, these only.",
)
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="Draw N items of each public set."
)
@click.option("--cache", type=_NEW_FOLDER, help="Keep the libraries here for the next run.")
@click.option("--library", type=_FOLDER, help="Ask this library as it is, and ingest nothing.")
def evaluate(
    *,
    as_json: bool,
    out: Path | None,
    html: Path | None,
    compare: Path | None,
    gate: bool,
    cache: Path | None,
    **chosen: Any,
) -> None:
    """Measure the assistant on question and claim SETs.

    Without a SET it is the starter set; the SET all stands for every one. Each is asked over a
    library of its own documents.
    """
    # Imported here, so that the help of the command line stays instant.
    from eval.compare import flip_lines, flips  # noqa: PLC0415
    from eval.gate import shortfalls, unbounded  # noqa: PLC0415
    from eval.html_report import html_report  # noqa: PLC0415
    from eval.runs import load_run  # noqa: PLC0415
    from eval.session import Plan, run_all  # noqa: PLC0415
    from ingest.errors import FindingsError  # noqa: PLC0415

    try:
        earlier = load_run(compare) if compare else None
        with tempfile.TemporaryDirectory(prefix="findings-eval-") as temporary:
            run = run_all(Plan(cache=cache or Path(temporary), **chosen))
        missed = shortfalls(run, chosen["split"]) if gate else []
    except FindingsError as error:
        raise click.ClickException(str(error)) from error
    _show(run, as_json, out)
    changed = flips(earlier, run) if earlier else None
    if changed is not None:
        click.echo("\n".join(flip_lines(changed)), err=as_json)
    if html:
        html.write_text(html_report(run, changed), encoding="utf-8")
    if gate and (free := unbounded(run, chosen["split"])):
        click.echo(f"No threshold is set for {', '.join(free)}: it was measured only.", err=True)
    for sentence in missed:
        click.echo(sentence, err=True)
    if missed:
        sys.exit(1)


def _show(run: "Run", as_json: bool, out: Path | None) -> None:
    """Print the run, and save it where asked."""
    from rich.console import Console  # noqa: PLC0415

    from eval.results import results  # noqa: PLC0415
    from eval.table import run_tables  # noqa: PLC0415

    document = json.dumps(results(run), indent=1, ensure_ascii=False)
    if out:
        out.mkdir(parents=True, exist_ok=True)
        (out / "run.json").write_text(document, encoding="utf-8")
    if as_json:
        click.echo(document)
    else:
        console = Console()
        Console(width=max(console.width, 120)).print(run_tables(run))
