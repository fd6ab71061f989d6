"""Writes docs/commands.md: the help text of every command, as the command prints it."""

from collections.abc import Iterator
from pathlib import Path

import click

from assistant.cli import cli

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = ROOT / "docs" / "commands.md"
_HEAD = """# The command line

Made by `make help-texts` from what the commands print.
"""


def help_texts() -> str:
    """The page, in Markdown."""
    outermost = click.Context(cli, info_name="findings", terminal_width=90, **cli.context_settings)
    return _HEAD + "".join(
        f"\n## {context.command_path}\n\n```text\n{context.get_help()}\n```\n"
        for context in _contexts(cli, outermost)
    )


def _contexts(command: click.Command, context: click.Context) -> Iterator[click.Context]:
    """The command's context and, where it is a group, those of the commands inside it."""
    yield context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                yield from _contexts(inner, click.Context(inner, context, name))


if __name__ == "__main__":
    COMMANDS.parent.mkdir(exist_ok=True)
    COMMANDS.write_text(help_texts(), encoding="utf-8")
