"""`findings check`."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.commands.common import (
    as_json,
    chroma_option,
    library_option,
    open_assistant,
    print_json,
    run_batch,
    text_given,
)
from assistant.commands.exporting import check_export, export_options, save_export
from assistant.commands.ingest import shown_progress

if TYPE_CHECKING:
    from assistant.engine import Assistant
    from assistant.exports.record import Origin, Record
    from assistant.text_check import TextCheck

_FEW = 10  # claims that are checked before anyone wants to see progress


@click.command(short_help="Hold claims or a whole text against the reports.")
@click.argument("claim", required=False)
@click.option(
    "--text",
    type=click.File("rb"),
    help="Check each sentence of a text instead, in any form that ingest reads: PDF, DOCX, ODT, EPUB,"
    " HTML, Markdown, CSV, TSV or text; - reads standard input. Opinion, questions and background are"
    " left alone.",
)
@click.option("--batch", type=click.File("rb"), help="JSON lines: id, claim")
@export_options
@library_option
@chroma_option
@as_json
def check(
    claim: str | None,
    text: Any,
    batch: Any,
    export: Path | None,
    force: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Hold CLAIM, the sentences of a text, or each row of a batch, against the reports."""
    if sum(map(bool, (claim, text, batch))) > 1:
        raise click.UsageError("Give a claim, --text FILE or --batch FILE, and one of them only.")
    check_export(export, batch, force=force)
    with open_assistant(given) as assistant:
        if batch:
            run_batch(batch, "claim", lambda row: assistant.check(row["claim"]).to_json(), _failed)
            return

        from assistant import show  # noqa: PLC0415
        from assistant.export import record_of_check, record_of_text  # noqa: PLC0415

        record: Callable[[Origin], Record]
        if text:
            checked = _check_text(assistant, text)
            result, shown = checked.to_json(), show.text_check_text(checked)
            record = partial(record_of_text, checked)
        else:
            verdict = assistant.check(text_given(claim, "claim"))
            result, shown = verdict.to_json(), show.verdict_text(verdict)
            record = partial(record_of_check, verdict)
        print_json(result) if as_json else click.echo(shown)
        save_export(assistant, export, record)


def _failed(claim: str, problem: str) -> dict[str, Any]:
    return {
        "claim": claim,
        "verdict": "error",
        "explanation": problem,
        "parts": [],
        "citations": [],
        "nearest": [],
        "timing_ms": {},
    }


def _check_text(assistant: "Assistant", file: Any) -> "TextCheck":
    from ingest.readers import MOST_BYTES, read  # noqa: PLC0415

    name = "standard input" if file.name in ("-", "<stdin>") else Path(file.name).name
    reading = read(file.read(MOST_BYTES + 1), name)
    with ExitStack() as stack:
        bar: Callable[[int, int, str], None] | None = None

        def tell(done: int, total: int) -> None:
            nonlocal bar
            if total > _FEW:
                bar = bar or stack.enter_context(shown_progress())
                bar(done, total, "claims checked")

        return assistant.check_text(reading, tell, name=name)
