"""`findings ask`."""

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
from ingest.errors import FindingsError

if TYPE_CHECKING:
    from assistant.engine import Assistant


@click.command()
@click.argument("question", required=False)
@click.option("--batch", type=click.File("rb"), help="JSON lines: id, question, history?")
@click.option("--model", help="A language model by name; without one, the reports' own words.")
@click.option("--model-url", help="Address of a server that speaks the OpenAI protocol.")
@export_options
@library_option
@chroma_option
@as_json
def ask(
    question: str | None,
    batch: Any,
    export: Path | None,
    force: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Answer QUESTION, or each row of a batch, with citations."""
    if question is not None and batch:
        raise click.UsageError("Give a question or --batch FILE, and one of them only.")
    check_export(export, batch, force=force)
    with open_assistant(given) as assistant:
        if batch:
            run_batch(batch, "question", lambda row: _ask_row(assistant, row), _failed)
            return
        answer = assistant.ask(text_given(question, "question"))
        if answer.status == "error":
            raise FindingsError(answer.answer)

        from assistant.export import record_of_answers  # noqa: PLC0415

        if as_json:
            print_json(answer.to_json())
        else:
            from assistant.show import answer_text  # noqa: PLC0415

            click.echo(answer_text(answer))
        save_export(assistant, export, lambda origin: record_of_answers([answer], origin))


def _ask_row(assistant: "Assistant", row: dict[str, Any]) -> dict[str, Any]:
    from assistant.answer import read_history  # noqa: PLC0415

    answer = assistant.ask(row["question"], read_history(row.get("history") or ()))
    return answer.to_json()


def _failed(question: str, problem: str) -> dict[str, Any]:
    from assistant.answer import Answer, Status  # noqa: PLC0415

    return Answer(question=question, status=Status.ERROR, answer=problem).to_json()
