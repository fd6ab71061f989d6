"""The tab of the page in which a claim or a whole text is checked."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Any

import gradio as gr

from assistant.engine import Assistant
from assistant.export import origin_of, record_of_text
from assistant.exports.record import Record
from assistant.page_checked import (
    checked_html,
    progress_html,
    trouble_html,
    verdicts_html,
    waiting_html,
)
from assistant.page_export import save_buttons
from assistant.page_visit import Run, Visit, in_turn, while_newest
from assistant.text_check import Step, TextCheck, as_text_check
from ingest.errors import FindingsError, UnreadableError
from ingest.readers import read
from ingest.report import Reading
from ingest.sources import SUFFIXES
from ingest.words import words

MOST_UPLOAD = 20_000_000  # bytes of a file; an article is far smaller
_AT_ONCE = 2  # texts checked at a time; the rest wait their turn
_SHOWN_EVERY = 0.5  # seconds between two tellings of progress
_BROKEN = "Something went wrong and the text was not checked; please try again."
_LOG = logging.getLogger(__name__)

_Update = dict[gr.Component, object]


@dataclass(frozen=True, slots=True)
class Checking:
    """What the tab shows: that others come first or a file is read, progress, a result, or trouble."""

    step: Step | None = None
    trouble: str = ""
    waiting: bool = False
    reading: bool = False

    @property
    def result(self) -> TextCheck | None:
        """The text once it is checked."""
        return self.step.result if self.step else None


_Run = Run[Iterator[Checking], Checking]
_Visit = Visit[Iterator[Checking], Checking]


def check_tab(assistant: Assistant) -> None:
    """The components of the tab, wired; to be called inside a tab."""
    visit = gr.State(Visit(Run(Checking())))
    with gr.Row(elem_classes="columns"):
        with gr.Column(elem_id="checker"):
            gr.HTML(_WELCOME, apply_default_css=False)
            box = gr.Textbox(
                label="Claim or text to check",
                placeholder="Paste a claim, or a whole article",
                lines=5,
                max_lines=12,
                elem_id="paste",
            )
            with gr.Row(elem_id="check-actions"):
                check = gr.Button("Check", variant="primary", elem_id="check")
                upload = gr.UploadButton(
                    "Check a file", file_types=sorted(SUFFIXES), elem_id="upload"
                )
                clear = gr.Button("Clear", elem_id="clear-check", elem_classes="plain")
            result = gr.HTML(checked_html(), apply_default_css=False, elem_id="result")
            save_buttons(
                visit,
                lambda visit: _record(assistant, visit.newest.result.result),
                "findings-check",
            )
        panel = gr.HTML(verdicts_html(), apply_default_css=False, elem_id="verdicts")

    under_way: set[_Run] = set()  # of all visits

    def shown(run: _Run | None) -> _Update:
        if run is None:
            return {panel: gr.skip()}
        checking = run.result
        whole = checking.result
        if checking.trouble:
            text = trouble_html(checking.trouble)
        elif checking.waiting:
            text = waiting_html()
        elif checking.reading or (checking.step and not whole):
            text = progress_html(checking.step)
        else:
            text = checked_html(whole)
        return {result: text, panel: verdicts_html(whole)}

    def take_pasted(text: str, visit: _Visit) -> _Update:
        return take(check_given(assistant, text), visit)

    def take_file(path: str, visit: _Visit) -> _Update:
        return take(check_upload(assistant, Path(path)), visit)

    def take(checkings: Iterator[Checking], visit: _Visit) -> _Update:
        visit.newest = Run(Checking(waiting=True), [checkings])
        return shown(visit.newest if len(under_way) >= _AT_ONCE else None)

    def check_taken(visit: _Visit) -> Iterator[_Update]:
        run = visit.newest
        yield from map(shown, while_newest(visit, run, checkings(run), under_way))

    def checkings(run: _Run) -> Iterator[Checking]:
        for checking in in_turn(run, under_way):
            yield from checking

    def cleared(visit: _Visit) -> _Update:
        visit.newest = Run(Checking())
        return shown(visit.newest) | {box: ""}

    outputs = [result, panel]
    given: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    for event, taken, asked in (
        (check.click, take_pasted, box),
        (upload.upload, take_file, upload),
    ):
        event(taken, [asked, visit], outputs, queue=False, trigger_mode="multiple", **given).then(
            check_taken,
            visit,
            outputs,
            trigger_mode="multiple",
            concurrency_limit=_AT_ONCE,
            concurrency_id="check",
            **given,
        )
    # In the queue, so that it comes to the page after what was on its way there.
    clear.click(cleared, visit, [*outputs, box], concurrency_limit=None, **given)


def check_given(assistant: Assistant, given: str | Reading, name: str = "") -> Iterator[Checking]:
    """The check of a text as it goes on; the last has a result or says why there is none.

    A single sentence is a claim: it is checked whatever it looks like.
    """
    told = 0.0
    try:
        text = given if isinstance(given, str) else given.text
        if not words(text):
            yield Checking(trouble="There is nothing to check yet; paste a claim or a text.")
            return
        for step in assistant.check_steps(given, name=name):
            if step.result and _is_claim(step.result):
                verdict = assistant.check(text.strip())
                yield Checking(Step(1, 1, replace(as_text_check(verdict), name=name)))
            elif step.result or monotonic() > told + _SHOWN_EVERY:
                told = monotonic()
                yield Checking(step)
    except FindingsError as error:
        yield Checking(trouble=str(error))
    except Exception:  # noqa: BLE001  (whatever it was, the page must tell the user)
        _LOG.exception("A text was not checked.")
        yield Checking(trouble=_BROKEN)


def check_upload(assistant: Assistant, path: Path) -> Iterator[Checking]:
    """The check of an uploaded file, which is read and deleted at once: others could fetch it."""
    try:
        try:
            data = path.read_bytes()
        finally:
            path.unlink(missing_ok=True)
        yield Checking(reading=True)  # a scanned page takes seconds
        reading = read(data, path.name)
    except UnreadableError as error:
        yield Checking(trouble=str(error))
    except OSError:
        yield Checking(trouble="The file did not arrive; choose it again.")
    except Exception:  # noqa: BLE001  (a file can be wrong in any way)
        _LOG.exception("An uploaded file was not read.")
        yield Checking(trouble=f"{path.name} could not be read; supply it in another format.")
    else:
        yield from check_given(assistant, reading, path.name)


def _is_claim(result: TextCheck) -> bool:
    return len(result.sentences) == 1 and result.sentences[0].left is not None


def _record(assistant: Assistant, check: TextCheck | None) -> Record | None:
    if check is None:
        return None
    return record_of_text(check, origin_of(assistant.library, assistant.settings))


_WELCOME = """
<h2>Check a claim or a whole text</h2>
<p>Each sentence that asserts something is held against the reports. Opinion, questions and background
are left alone.</p>
"""
