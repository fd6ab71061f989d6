"""Serves the chat page: a conversation beside the quotes that prove it.

The conversation is a `gr.HTML` of our own rather than a `gr.Chatbot`: that component reads its
messages as Markdown and gives screen readers the escaped source, where `html.escape` is all that
plain text needs.
"""

import atexit
import errno
import json
import logging
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

import gradio as gr
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.answer import Answer, Status
from assistant.conversation import Exchange, conversation_html, shown_citations, turns
from assistant.engine import Assistant
from assistant.export import origin_of, record_of_answers
from assistant.exports.record import Record
from assistant.page_check import MOST_UPLOAD, check_tab
from assistant.page_export import save_buttons
from assistant.page_visit import Run, Visit, in_turn, while_newest
from assistant.sources import sources_html
from ingest.dates import date_in_words
from ingest.errors import FindingsError
from ingest.report import Report
from ingest.settings import Settings

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # Gradio asks each time before it would report

TITLE = "Findings assistant"
EXAMPLES = (
    "What share of cases kept people safe?",
    "What was the vacancy rate for probation officers?",
    "What did inspectors say about staffing and workloads?",
    "What did the inspectorate recommend to HMPPS?",
)
_AT_ONCE = 4  # questions answered at a time; the rest wait their turn
_WAITING = 100  # questions that may wait; past that the page says that it is busy
_VISITS = 1000  # page loads of which Gradio holds what was shown; it would hold 10,000
_SENT = "(...given) => window.sent(...given)"  # in page.js
_BROKEN = "Something went wrong and this question was not answered; please try again."
_LOG = logging.getLogger(__name__)

_HEADERS = {
    "Content-Security-Policy": "default-src 'self' data: blob:; "
    "script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "object-src 'none'; frame-ancestors 'none'; form-action 'self'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

_Exchanges = tuple[Exchange, ...]
_Run = Run[str, _Exchanges]
_Visit = Visit[str, _Exchanges]
_Update = dict[gr.Component, object]


def serve(assistant: Assistant, settings: Settings, *, as_json: bool = False) -> None:
    """Serve the page until it is interrupted, and tell its address.

    Raises FindingsError where it cannot be served.
    """
    check_free(settings)
    assistant.warm()
    page = start(assistant, settings)
    told = f"The chat page is at {page.local_url} (Ctrl+C stops it)."
    print(json.dumps({"address": page.local_url}) if as_json else told, flush=True)
    page.block_thread()


def start(assistant: Assistant, settings: Settings) -> gr.Blocks:
    """Serve the page from a thread; `close()` of the result stops it.

    Raises FindingsError where the address or port cannot be had.
    """
    os.environ["GRADIO_TEMP_DIR"] = _uploads_folder()  # which Gradio looks up as it is built
    page = build(assistant)
    try:
        page.launch(
            server_name=settings.host,
            server_port=settings.port,
            prevent_thread_lock=True,
            quiet=True,
            share=False,
            ssr_mode=False,
            run_history=False,
            footer_links=[],
            max_file_size=MOST_UPLOAD,
            state_session_capacity=_VISITS,
            app_kwargs={"middleware": [Middleware(_OnlyFromHere)]},
            theme=gr.themes.Base(
                font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]
            ),
            head=_head(),  # Gradio's own `css` would put selectors of its own before each rule
        )
    except OSError as error:
        raise _not_free(settings, "it is in use") from error
    return page


def build(assistant: Assistant) -> gr.Blocks:
    """The page, not yet served."""
    page = gr.Blocks(
        title=TITLE,
        analytics_enabled=False,
        fill_width=True,
        delete_cache=(3600, 3600),  # uploads are deleted when read; this is for what never was
    )
    with page, gr.Column(elem_id="page"):
        gr.HTML(_header(assistant.library.reports()), apply_default_css=False, elem_id="top")
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab("Ask", id="ask", elem_id="ask-tab"):
                _ask_tab(assistant)
            with gr.Tab("Check", id="check", elem_id="check-tab"):
                check_tab(assistant)
    page.queue(max_size=_WAITING, api_open=False)
    return page


def _ask_tab(assistant: Assistant) -> None:
    """The conversation, wired; to be called inside a tab."""
    visit = gr.State(Visit(Run(())))
    with gr.Row(elem_classes="columns"):
        with gr.Column(elem_id="talk"):
            conversation = gr.HTML(
                conversation_html(()), apply_default_css=False, elem_id="conversation"
            )
            with gr.Column(elem_id="examples"):
                gr.HTML(_WELCOME, apply_default_css=False)
                examples = [gr.Button(text, elem_classes="example") for text in EXAMPLES]
            save_buttons(
                visit,
                lambda visit: _record(assistant, visit.newest.result),
                "findings-conversation",
            )
            with gr.Row(elem_id="composer"):
                box = gr.Textbox(
                    label="Your question",
                    placeholder="Ask about the reports",
                    lines=1,
                    max_lines=6,
                    elem_id="question",
                )
                ask = gr.Button("Ask", variant="primary", elem_id="ask")
                clear = gr.Button("Clear conversation", elem_id="clear", elem_classes="plain")
        sources = gr.HTML(sources_html(()), apply_default_css=False, elem_id="sources")

    under_way: set[_Run] = set()  # of all visits

    def with_waiting(run: _Run) -> _Update:
        free = run not in under_way and len(under_way) < _AT_ONCE
        waiting = (
            Exchange(question, begun=free and number == 0)
            for number, question in enumerate(run.waiting)
        )
        return {conversation: conversation_html((*run.result, *waiting))}

    def shown(run: _Run | None) -> _Update:
        if run is None:
            return {conversation: gr.skip()}
        cited = [(exchange.question, shown_citations(exchange)) for exchange in run.result]
        return with_waiting(run) | {sources: sources_html(cited)}

    def take_typed(question: str, visit: _Visit) -> _Update:
        if not question.strip():
            return {conversation: gr.skip()}
        visit.newest.waiting.append(question)
        return with_waiting(visit.newest)

    def take_example(question: str, visit: _Visit) -> _Update:
        run = visit.newest
        if run.result or run.waiting:  # two were chosen at once
            return {conversation: gr.skip()}
        return take_typed(question, visit)

    def answer(visit: _Visit) -> Iterator[_Update]:
        run = visit.newest
        exchanges = converse(assistant, run, under_way)
        yield from map(shown, while_newest(visit, run, exchanges, under_way))

    def cleared(visit: _Visit) -> _Update:
        visit.newest = Run(())
        return shown(visit.newest) | {box: ""}

    outputs = [conversation, sources]
    given: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    for triggers, take, asked, js in [
        ([box.submit, ask.click], take_typed, box, _SENT),
        *(([example.click], take_example, example, None) for example in examples),
    ]:
        gr.on(
            triggers,
            take,
            [asked, visit],
            conversation,
            js=js,
            queue=False,
            trigger_mode="multiple",
            **given,
        ).then(
            answer,
            visit,
            outputs,
            trigger_mode="multiple",
            concurrency_limit=_AT_ONCE,
            concurrency_id="answer",
            **given,
        )
    # In the queue, so that it comes to the page after what was on its way there.
    clear.click(cleared, visit, [*outputs, box], concurrency_limit=None, **given)


def converse(assistant: Assistant, run: _Run, under_way: set[_Run]) -> Iterator[_Exchanges]:
    """The conversation as it grows, by what waits in `run`, until nothing does."""
    for question in in_turn(run, under_way):
        before = tuple(exchange for exchange in run.result if exchange.finished)
        for exchange in ask_as_exchanges(assistant, question, before):
            yield (*before, exchange)


def ask_as_exchanges(assistant: Assistant, question: str, so_far: _Exchanges) -> Iterator[Exchange]:
    """The exchange about `question` as it grows; the last one is finished, whatever happens.

    Yields nothing for an empty question.
    """
    question = question.strip()
    if not question:
        return
    yield Exchange(question)
    latest = None
    try:
        for latest in assistant.stream(question, turns(so_far)):
            yield Exchange(question, latest)
    except FindingsError as error:
        yield _failed(question, str(error))
        return
    except Exception:  # noqa: BLE001  (whatever it was, the page must tell the user)
        _LOG.exception("A question was not answered.")
        yield _failed(question, _BROKEN)
        return
    yield Exchange(question, latest, finished=True) if latest else _failed(question, _BROKEN)


def check_free(settings: Settings) -> None:
    """Raise FindingsError where the address cannot be listened on; quick, so do it first."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        used = error.errno == errno.EADDRINUSE
        why = "it is in use" if used else error.strerror or "no reason given"
        raise _not_free(settings, why) from error


def library_line(reports: Sequence[Report]) -> str:
    """How many reports the library holds, and until which date."""
    if not reports:
        return "The library holds no reports yet; add some with findings ingest."
    latest = max(report.description.published for report in reports)
    number = "1 report" if len(reports) == 1 else f"{len(reports):,} reports"
    until = f", published up to {date_in_words(latest)}" if latest else ""
    return f"The library holds {number}{until}."


def _not_free(settings: Settings, why: str) -> FindingsError:
    return FindingsError(
        f"The page cannot be served at port {settings.port} of {settings.host} ({why}); "
        "choose another with --port and --host, or FINDINGS_PORT and FINDINGS_HOST."
    )


def _record(assistant: Assistant, so_far: _Exchanges) -> Record | None:
    answers = [exchange.answer for exchange in so_far if exchange.finished and exchange.answer]
    if not answers:
        return None
    return record_of_answers(answers, origin_of(assistant.library, assistant.settings))


def _failed(question: str, why: str) -> Exchange:
    answer = Answer(question=question, status=Status.ERROR, answer=why)
    return Exchange(question, answer, finished=True)


class _OnlyFromHere:
    """Tells browsers to load nothing from elsewhere and to show the page in no other's frame."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers)


@cache
def _uploads_folder() -> str:
    """A folder that only this user can list, until the process ends.

    One for the process: Gradio refuses what a page has in another than the one it was told last.
    """
    folder = tempfile.mkdtemp(prefix="findings-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _head() -> str:
    """What the head of the document holds beside Gradio's."""
    return f"{_ICON}<style>{_file('page.css')}</style><script>{_file('page.js')}</script>"


def _file(name: str) -> str:
    return (files("assistant") / name).read_text(encoding="utf-8")


def _header(reports: Sequence[Report]) -> str:
    return (
        '<a class="skip" href="#question">Skip to the question box</a>'
        f"<header><h1>{TITLE}</h1>"
        "<p>Answers from inspection reports, with the quotes that prove them</p>"
        f'<p id="library">{escape(library_line(reports))}</p></header>'
    )


_WELCOME = """
<h2>Ask about the inspection reports</h2>
<p>Each answer shows the quotes it rests on, or says that the reports are silent.</p>
<p class="quiet">For example:</p>
"""
_ICON = (
    '<link rel="icon" href="data:image/svg+xml,<svg xmlns=\'http://www.w3.org/2000/svg\' '
    "viewBox='0 0 16 16'><rect width='16' height='16' rx='3' fill='%23153e5c'/>"
    "<path d='M4 5h8M4 8h8M4 11h5' stroke='white' stroke-width='1.5'/></svg>\">"
)
