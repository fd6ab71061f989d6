"""The buttons of the page that save a record: made when asked for, handed over, kept nowhere."""

import base64
import logging
from collections.abc import Callable
from typing import Any

import gradio as gr

from assistant.exports import FORMATS
from assistant.exports.record import Record

_SAVE = "(file) => { if (file) window.saveRecord(file); }"  # in page.js
_LOG = logging.getLogger(__name__)


def save_buttons(state: gr.State, record: Callable[[Any], Record | None], name: str) -> None:
    """A row of buttons, one for each format, that save the record of what `state` holds.

    `record` gives None while there is nothing to save. The file goes to the browser in the answer to
    the click, and is never in a folder that other users could read from.
    """
    with gr.Row(elem_classes="save"):
        for suffix, kind in FORMATS.items():
            file = gr.JSON(visible=False)
            button = gr.Button(f"Save as {kind.name}", elem_classes="plain")
            button.click(
                _maker(suffix, record, name),
                state,
                file,
                show_progress="hidden",
                api_visibility="private",
            ).then(None, file, None, js=_SAVE, api_visibility="private").then(
                lambda: None,  # Gradio would hold the last file of each visit
                None,
                file,
                show_progress="hidden",
                api_visibility="private",
                queue=False,
            )


def _maker(
    suffix: str, record: Callable[[Any], Record | None], name: str
) -> Callable[[Any], dict[str, str] | None]:
    kind = FORMATS[suffix]

    def make(held: Any) -> dict[str, str] | None:
        try:
            made = record(held)
            if made is None:
                return None
            data = base64.b64encode(kind.write(made)).decode()
        except Exception as error:  # whatever it was, the page must tell the user
            _LOG.exception("A record was not written.")
            raise gr.Error("The record could not be written; try another format.") from error
        dated = f"{name}-{made.origin.made:%Y-%m-%d}{suffix}"
        return {"name": dated, "type": kind.media_type, "data": data}

    return make
