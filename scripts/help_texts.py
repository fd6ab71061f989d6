"""Writes docs/commands.md: the help text of every command, as the command prints it."""

from collections.abc import Iterator
from pathlib import Path

import click

from assistant.cli import cli

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = ROOT / "docs" / "commands.md"
_HEAD = """# The command line

Made by `make help-texts` from what the commands print.

## Results

`--json` prints one object, `--batch` one line of JSON for each row, in their order; `id` is the row's.
Times are in milliseconds, `start` and `end` are offsets into the report's text, and `quote` is what
stands between them.

```text
ask     row     {"id": "1", "question": "...", "history": [{"question": "...", "answer": "..."}]}
        result  {"id", "question", "status", "mode", "answer", "sentences": [{"text", "citations"}],
                 "citations", "timing_ms", "note"}
check   row     {"id": "1", "claim": "..."}
        result  {"id", "claim", "verdict", "explanation", "parts": [{"text", "verdict", "explanation",
                 "citations"}], "citations", "nearest", "timing_ms"}
        citation {"number", "source", "title", "publisher", "published", "page", "section", "quote",
                 "start", "end", "sha256", "url"}
```

`status` is `answered`, `not_found` (the reports do not say), `out_of_scope` (not about inspections) or
`error`; `mode` is `quotes`, `model`, or `quotes_after_model` where nothing that a model wrote could be
shown, and `note` says why; `verdict` is `supported`, `contradicted`, `not_in_sources` or `error`. `nearest`
proves nothing.

The exit code is 0 where the command did what it was asked, whatever the answer: a row of a batch that
cannot be read is a line with `error`, and a source that cannot be read is named among the failed. It is
1 where nothing could be done, where `eval` misses a threshold, or `doctor` finds something; 2 where the
command was called wrongly; 130 where it was stopped.
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
