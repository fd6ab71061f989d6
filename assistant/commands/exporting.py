"""What `ask` and `check` share of exports: the options, what is refused first, and the writing."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from assistant.engine import Assistant
    from assistant.exports.record import Origin, Record

_export = click.option(
    "--export",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Keep a record, too, with the quotes, their reports and all that it takes to repeat it: FILE.md,"
    " .html, .docx or .json. A file that exists is left alone and the command fails, without --force.",
)
_force = click.option("--force", is_flag=True, help="Let --export replace a file that exists.")


def export_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--export` and `--force`."""
    return _export(_force(command))


def check_export(path: Path | None, batch: Any, *, force: bool) -> None:
    """Fail before any work is done where the record could not be written."""
    if path is None:
        return
    if batch:
        raise click.UsageError("--export keeps a record of one thing; leave out --batch.")
    from assistant.export import check_target  # noqa: PLC0415

    check_target(path, force=force)


def save_export(
    assistant: "Assistant", path: Path | None, record: "Callable[[Origin], Record]"
) -> None:
    """Write the record, where one is asked for, and say so on standard error."""
    if path is None:
        return
    from assistant.export import origin_of, save  # noqa: PLC0415

    save(record(origin_of(assistant.library, assistant.settings)), path)
    click.echo(f"The record is in {path}.", err=True)
