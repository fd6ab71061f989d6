"""`findings check`."""

from typing import Any

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


@click.command()
@click.argument("claim", required=False)
@click.option("--batch", type=click.File("rb"), help="JSON lines: id, claim")
@library_option
@chroma_option
@as_json
def check(claim: str | None, batch: Any, as_json: bool, **given: Any) -> None:
    """Hold CLAIM, or each row of a batch, against the reports."""
    with open_assistant(given) as assistant:
        if batch:
            run_batch(batch, "claim", lambda row: assistant.check(row["claim"]).to_json())
            return
        verdict = assistant.check(text_given(claim, "claim"))
        if as_json:
            print_json(verdict.to_json())
        else:
            from assistant.show import verdict_text  # noqa: PLC0415

            click.echo(verdict_text(verdict))
