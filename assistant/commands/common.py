"""What the commands share: options, opening a library, batches, printing."""

import json
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
chroma_option = click.option(
    "--chroma-url",
    help="Keep the vectors on this Chroma server; all else stays in the folder of the library.",
)


@contextmanager
def open_assistant(given: dict[str, Any]) -> "Iterator[Assistant]":
    settings = load_settings(given)
    with open_library(settings) as opened:
        from assistant.engine import Assistant  # noqa: PLC0415

        yield Assistant(settings, opened)


@contextmanager
def open_library(settings: Settings, *, create: bool = False) -> "Iterator[Library]":
    from ingest.library import Library  # noqa: PLC0415

    with Library.open(settings, create=create) as opened:
        yield opened


def run_batch(
    lines: Any,
    key: str,
    run: Callable[[dict[str, Any]], dict[str, Any]],
    failed: Callable[[str, str], dict[str, Any]],
) -> None:
    """One JSON line for each row, in order; a row that cannot be read is an error of its own.

    `failed` gives the line for a row of such a text, and what is wrong with it.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        row: Any = None
        try:
            row = json.loads(line)
            if not isinstance(row, dict) or not isinstance(row.get(key), str):
                raise ValueError(f"it needs a text under {key!r}")
            result = run(row)
        except FindingsError as error:
            result = failed(row[key], str(error))
        except Exception as error:  # noqa: BLE001  (one odd row must not end the others)
            told = f"Line {number} cannot be read: {str(error).rstrip('.')}."
            text = row.get(key) if isinstance(row, dict) else ""
            result = failed(text if isinstance(text, str) else "", told)
        row_id = row.get("id") if isinstance(row, dict) else None
        printed = json.dumps(result | {"id": row_id}, ensure_ascii=False)
        click.echo(printed.encode("utf-8", "backslashreplace"))  # half a character may be in it


def text_given(text: str | None, what: str) -> str:
    if not text:
        raise click.UsageError(f"Give a {what}, or --batch FILE.")
    return text


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
