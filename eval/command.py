"""`findings eval`: runs sets through our chain and the baselines, and shows what came of it."""

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import click


def command() -> click.Command:
    """The command, for the group of the command line."""
    return evaluate


@click.command("eval")
@click.argument("sets", nargs=-1, metavar="[SET]...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write DIR/run.json.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write a report.")
@click.option(
    "--compare",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Name the items that flipped since a saved run.",
)
@click.option("--baselines", is_flag=True, help="Run the baselines beside our chain.")
@click.option("--split", type=click.Choice(["tune", "test", "all"]), default="all")
@click.option(
    "--documents",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of the documents that the sets ask about.",
)
@click.option(
    "--public",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Run the public test sets of this folder, too.",
)
@click.option("--cache", type=click.Path(file_okay=False, path_type=Path), help="Keep libraries.")
@click.option("--limit", type=click.IntRange(min=1), help="Of each public set, a sample of N.")
@click.option("--gate", is_flag=True, help="Fail where a set falls short of its thresholds.")
def evaluate(
    sets: tuple[str, ...],
    as_json: bool,
    out: Path | None,
    html: Path | None,
    compare: Path | None,
    baselines: bool,
    split: str,
    documents: Path | None,
    public: Path | None,
    cache: Path | None,
    limit: int | None,
    gate: bool,
) -> None:
    """Measure the assistant on question and claim sets (all: every set; none: starter)."""
    # Imported here, so that the help of the command line stays instant.
    from eval.session import Plan, run_all  # noqa: PLC0415
    from ingest.errors import FindingsError  # noqa: PLC0415

    try:
        with tempfile.TemporaryDirectory(prefix="findings-eval-") as temporary:
            plan = Plan(
                sets=sets,
                split=split,
                baselines=baselines,
                documents=documents,
                public=public,
                cache=cache or Path(temporary),
                limit=limit,
            )
            run = run_all(plan, started=datetime.now(UTC).isoformat(timespec="seconds"))
    except FindingsError as error:
        raise click.ClickException(str(error)) from error
    show(run, as_json, out, html, compare, gate)


def show(run, as_json, out, html, compare, gate) -> None:
    from rich.console import Console
    from eval.table import run_tables
    from eval.compare import flip_lines
    from eval.runs import load_run
    from eval.results import results

    document = results(run)
    if out:
        out.mkdir(parents=True, exist_ok=True)
        (out / "run.json").write_text(json.dumps(document, indent=1), encoding="utf-8")
    if as_json:
        click.echo(json.dumps(document, indent=1))
    else:
        Console(width=None).print(run_tables(run))
    if compare:
        for line in flip_lines(load_run(compare), run):
            click.echo(line, err=as_json)
