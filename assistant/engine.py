"""The assistant: one open library, asked questions and given claims."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.documents import Document
from langchain_core.language_models import BaseChatModel
from langchain_core.runnables import Runnable

from assistant.answer import Answer, Status, Turn, Verdict
from assistant.candidates import Candidate
from assistant.chain import State, build_chain
from assistant.check import Checker
from assistant.compose import as_text
from assistant.extremes import ByTable
from assistant.generate import chat_model
from assistant.retriever import SentenceRetriever
from assistant.text_check import Step, TextCheck, check_steps, read_text, whole
from ingest.embed import Embedder
from ingest.library import Library
from ingest.report import Reading
from ingest.settings import Settings


class Assistant:
    """Answers from one library; safe to call from several threads."""

    def __init__(
        self, settings: Settings, library: Library, model: BaseChatModel | None = None
    ) -> None:
        self.settings = settings
        self.library = library
        self._model = model
        embedder = Embedder(settings)
        self.retriever = SentenceRetriever(library=library, settings=settings, embedder=embedder)

    def warm(self) -> None:
        """Load the models, so that the first question does not wait for them."""
        self.retriever.invoke("probation")

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        callbacks: Sequence[BaseCallbackHandler] = (),
    ) -> Answer:
        """The answer to one question, in the light of the turns before it.

        `callbacks` are told of the chain's steps, as LangChain tells them.
        """
        question = whole(question)
        problem = self._problem(question)
        if problem:
            return Answer(question=question, status=Status.ERROR, answer=problem)
        return self._chain.invoke(
            State(question=question, history=tuple(history)), {"callbacks": list(callbacks)}
        )

    def stream(self, question: str, history: Sequence[Turn] = ()) -> Iterator[Answer]:
        """Ever fuller answers, sentence by sentence; the last is the whole, with its citations.

        Only what the guard has passed is ever shown, so a sentence comes whole or not at all.
        """
        answer = self.ask(question, history)
        for end in range(1, len(answer.sentences)):
            part = answer.sentences[:end]
            cited = {number for sentence in part for number in sentence.citations}
            yield answer.model_copy(
                update={
                    "sentences": part,
                    "answer": as_text(part),
                    "citations": tuple(c for c in answer.citations if c.number in cited),
                }
            )
        yield answer

    def retrieve(self, question: str, history: Sequence[Turn] = (), k: int = 10) -> list[Document]:
        """The best `k` sentences for a question, best first."""
        inquiry = self.retriever.understand(question, history)
        found: list[Document] = self.retriever.model_copy(update={"k": k}).invoke(
            inquiry.text, inquiry=inquiry
        )
        return found

    def check(self, claim: str) -> Verdict:
        """What the reports say of a claim; raises FindingsError for one that is empty or too long."""
        return self._checker.check(whole(claim))

    def check_text(
        self,
        text: str | Reading,
        progress: Callable[[int, int], None] | None = None,
        *,
        name: str = "",
    ) -> TextCheck:
        """A text, or a document as `ingest.readers.read` reads it, checked sentence by sentence.

        `progress` is called with the claims done and the claims in all; `name` is the file's.
        Raises FindingsError where there is no text, or more than can be checked at once.
        """
        step = None
        for step in self.check_steps(text, name=name):
            if progress:
                progress(step.done, step.total)
        assert step and step.result  # the last step always has it
        return step.result

    def check_steps(self, text: str | Reading, *, name: str = "") -> Iterator[Step]:
        """The same step by step, for whoever shows how far it is; the last has the result."""
        reading = read_text(text) if isinstance(text, str) else text
        return check_steps(reading, self.check, self.settings.max_question_chars, name)

    @cached_property
    def _checker(self) -> Checker:
        return Checker(self.retriever, self.library, self.settings)

    @cached_property
    def _chain(self) -> Runnable[State, Answer]:
        model: Any = self._model
        if model is None and self.settings.model:
            model = chat_model(self.settings)

        def refuting(
            text: str,
        ) -> Candidate | ByTable | None:  # a checker is made when one is needed
            return self._checker.refuting(text)

        return build_chain(self.retriever, refuting, self.settings, model)

    def _problem(self, question: str) -> str:
        if not question.strip():
            return "There is no question; type one."
        if len(question) > self.settings.max_question_chars:
            return (
                f"The question is longer than {self.settings.max_question_chars} characters; "
                "shorten it."
            )
        return ""
