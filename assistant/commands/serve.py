"""`findings serve`."""

from typing import Any

import click

from assistant.commands.common import as_json, chroma_option, library_option, open_assistant
from ingest.settings import load_settings


@click.command()
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=int, help="Port to listen on.  [default: 7860]")
@click.option("--model", help="A language model by name.")
@click.option("--model-url", help="Address of a server that speaks the OpenAI protocol.")
@library_option
@chroma_option
@as_json
def serve(as_json: bool, **given: Any) -> None:
    """Open the chat page."""
    settings = load_settings(given)
    from assistant import page  # noqa: PLC0415

    page.check_free(settings)
    with open_assistant(given) as assistant:
        page.serve(assistant, settings, as_json=as_json)
