"""Model mode with a scripted model: what it writes is shown only where its citation proves it."""

from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.fake_chat_models import FakeListChatModel
from pydantic import Field

import prompts
from assistant.answer import Answer, Mode, Status
from assistant.engine import Assistant
from assistant.generate import PassageSheet, chat_model, cited_sentences
from ingest.errors import ModelError
from ingest.library import Library
from ingest.settings import Settings

HEADLINE = "What share of cases did enough to keep people safe?"


class Unreachable(FakeListChatModel):
    """A model whose server does not answer."""

    responses: list[str] = Field(default_factory=list)

    def _call(self, *args: Any, **kwargs: Any) -> str:
        raise ConnectionError("refused")


def ask(library: Library, model: BaseChatModel, question: str = HEADLINE) -> Answer:
    return Assistant(Settings(library=library.folder), library, model).ask(question)


def written(library: Library, text: str) -> Answer:
    """The answer where the model writes `text`."""
    return ask(library, FakeListChatModel(responses=[text]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was 18 per cent [1].", [("It was 18 per cent.", (1,))]),
        ("It was so. [2] And more [1][3].", [("It was so.", (2,)), ("And more.", (1, 3))]),
        ("Both hold [1, 2].", [("Both hold.", (1, 2))]),
        ("Nothing cited.", [("Nothing cited.", ())]),
        ("One [1].\nTwo [2].", [("One.", (1,)), ("Two.", (2,))]),
        ("", []),
        ("[1]", []),
    ],
)
def test_sentences_and_their_marks(text: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    assert list(cited_sentences(text)) == expected


def test_a_proved_sentence_is_shown_with_a_verbatim_quote(open_starter: Library) -> None:
    answer = written(open_starter, "Services kept people safe in 18 per cent of cases [1].")
    assert (answer.status, answer.mode) == (Status.ANSWERED, Mode.MODEL)
    assert answer.answer == "Services kept people safe in 18 per cent of cases. [1]"
    (citation,) = answer.citations
    assert "18 per cent" in citation.quote
    text = open_starter.report(citation.report).text
    assert text[citation.start : citation.end] == citation.quote
    assert answer.note == ""


def test_only_the_proved_sentences_are_shown(open_starter: Library) -> None:
    answer = written(
        open_starter,
        "People were safe in 18 per cent of cases [1]. That is down from 64 per cent [1]. Uncited.",
    )
    assert [s.text for s in answer.sentences] == ["People were safe in 18 per cent of cases."]


@pytest.mark.parametrize(
    "text",
    [
        "It was 41.5 per cent [1].",
        "It was 18 per cent [99].",
        "It was 18 per cent [0].",
        "It was 18 per cent.",
        "It was 18 cases [1].",
        "",
        "[1]",
    ],
    ids=["invented", "no such passage", "zero", "uncited", "other unit", "empty", "only a mark"],
)
def test_where_nothing_is_proved_the_quotes_answer_marked_so(
    open_starter: Library, text: str
) -> None:
    answer = written(open_starter, text)
    assert (answer.status, answer.mode) == (Status.ANSWERED, Mode.FALLBACK)
    assert answer.answer.startswith("18 per cent. “")
    assert "the reports' own words" in answer.note


def test_a_model_that_finds_nothing_leaves_it_to_the_quotes(open_starter: Library) -> None:
    answer = written(open_starter, "NOT FOUND")
    assert answer.mode is Mode.FALLBACK
    assert "found no answer" in answer.note


def test_a_model_that_cannot_be_reached_leaves_it_to_the_quotes(open_starter: Library) -> None:
    answer = ask(open_starter, Unreachable())
    assert answer.mode is Mode.FALLBACK
    assert answer.answer.startswith("18 per cent")
    assert "could not be reached" in answer.note


def test_what_is_declined_is_not_put_to_the_model(open_starter: Library) -> None:
    model = FakeListChatModel(responses=["Paris [1]."])
    answer = ask(open_starter, model, "What is the capital of France?")
    assert answer.status in (Status.NOT_FOUND, Status.OUT_OF_SCOPE)
    assert "Paris" not in answer.answer
    assert model.i == 0


def test_the_model_reads_numbered_passages_verbatim(starter_assistant: Assistant) -> None:
    documents = starter_assistant.retrieve(HEADLINE)
    text = PassageSheet(documents, starter_assistant.library, limit=2).text()
    assert text.startswith("[1] (")
    assert "\n\n[2] (" in text and "[3]" not in text
    assert "18 per cent" in text


def test_the_prompt_is_a_file_of_its_own() -> None:
    prompt = prompts.load("answer")
    assert "{passages}" in prompt and "NOT FOUND" in prompt
    with pytest.raises(FileNotFoundError):
        prompts.load("no-such-prompt")


@pytest.mark.parametrize("given", [{"model_provider": "no-such-provider"}, {}])
def test_a_model_that_cannot_be_set_up_is_an_error_with_a_remedy(given: dict[str, str]) -> None:
    with pytest.raises(ModelError, match="check model, model_provider and model_url"):
        chat_model(Settings(model="some-model-of-nobody", **given))  # type: ignore[arg-type]
