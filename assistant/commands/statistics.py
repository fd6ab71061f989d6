"""`findings statistics`."""

import csv
import sys
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

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # with which a spreadsheet's formulas begin


@click.command()
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
@chroma_option
@as_json
def statistics(figure: str, as_csv: bool, as_json: bool, **given: Any) -> None:
    """List the figures stated in the library, such as FIGURE ("18 per cent")."""
    from assistant.figures import stated_figures, wanted  # noqa: PLC0415

    restrict = {key: given.pop(key) for key in ("unit", "subject", "place", "period", "report")}
    with open_library(load_settings(given)) as opened:
        found = [stated.row() for stated in stated_figures(opened, wanted(figure, **restrict))]
    if as_json:
        print_json(found)
    elif as_csv and found:
        writer = csv.DictWriter(sys.stdout, list(found[0]))
        writer.writeheader()
        writer.writerows({key: _no_formula(value) for key, value in row.items()} for row in found)
    elif not as_csv:
        for row in found:
            click.echo(f"{row['figure']}: {row['sentence']}")
            click.echo(f"    {row['title']}, {row['published'] or 'undated'}, page {row['page']}")
        if not found:
            click.echo("No report in the library states such a figure.")


def _no_formula(value: Any) -> Any:
    """A cell that a spreadsheet takes for text: a report's words are never to be reckoned with."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
