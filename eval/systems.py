"""One face for all that is measured: our chain and the baselines it is compared with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.documents import Document

from assistant.answer import Answer, Citation, Turn, Verdict
from ingest.report import Report

if TYPE_CHECKING:
    from assistant.engine import Assistant

DEPTH = 10  # retrieved units that are looked at


@dataclass(frozen=True, slots=True)
class Found:
    """One retrieved unit (a sentence, or a passage) at its place; `report` is the id."""

    report: str
    source: str
    page: int
    start: int
    end: int
    text: str


class System(Protocol):
    """What can be asked, and searched, and can check a claim; may raise anything."""

    @property
    def name(self) -> str:
        """As the tables show it."""

    def ask(self, question: str, history: Sequence[Turn]) -> Answer:
        """One answer."""

    def check(self, claim: str) -> Verdict:
        """One verdict."""

    def retrieve(
        self, question: str, history: Sequence[Turn], depth: int = DEPTH
    ) -> Sequence[Found]:
        """At most `depth` units, best first."""


class Ours:
    """The chain as the product runs it."""

    name = "ours"

    def __init__(self, assistant: "Assistant") -> None:
        self._assistant = assistant
        self._asked: tuple[str, Sequence[Turn], Sequence[Document]] = ("", (), ())

    def ask(self, question: str, history: Sequence[Turn]) -> Answer:
        """One answer."""
        kept = _Retrieved()
        answer = self._assistant.ask(question, history, [kept])
        self._asked = (question, history, kept.documents)
        return answer

    def check(self, claim: str) -> Verdict:
        """One verdict."""
        return self._assistant.check(claim)

    def retrieve(self, question: str, history: Sequence[Turn], depth: int = DEPTH) -> list[Found]:
        """The sentences that the answer is composed from, best first; what was just asked is not
        searched for again."""
        *asked, documents = self._asked
        if asked != [question, history] or len(documents) < depth:
            documents = self._assistant.retrieve(question, history, k=depth)
        return [
            Found(
                report=document.metadata["report"],
                source=document.metadata["source"],
                page=document.metadata["page"],
                start=document.metadata["start"],
                end=document.metadata["end"],
                text=document.page_content,
            )
            for document in documents[:depth]
        ]


class _Retrieved(BaseCallbackHandler):
    """Keeps what the chain retrieved first: for the question as a whole."""

    def __init__(self) -> None:
        self.documents: Sequence[Document] = ()

    def on_retriever_end(self, documents: Sequence[Document], **_: Any) -> None:
        self.documents = self.documents or documents


class ByReport:
    """A system whose retrieval is measured on reports: of each, the first unit."""

    def __init__(self, inner: System) -> None:
        self._inner = inner
        self.name = inner.name
        self.ask = inner.ask
        self.check = inner.check

    def retrieve(self, question: str, history: Sequence[Turn], depth: int = DEPTH) -> list[Found]:
        """The first unit of each report, best first."""
        best: dict[str, Found] = {}
        for found in self._inner.retrieve(question, history, 5 * depth):
            best.setdefault(found.report, found)
        return list(best.values())[:depth]


def cite(found: Found, report: Report, number: int = 1) -> Citation:
    """The citation of one retrieved unit."""
    return Citation(
        number=number,
        source=found.source,
        title=report.description.title,
        publisher=report.description.publisher,
        published=report.description.published,
        page=found.page,
        section="",
        quote=found.text,
        start=found.start,
        end=found.end,
        sha256=report.sha256,
        report=found.report,
    )
