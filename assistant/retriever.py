"""The retriever of the chain: ranked sentences, as LangChain documents."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field, PrivateAttr

from assistant.answer import Turn
from assistant.candidates import Finder
from assistant.comparisons import Side, sides
from assistant.inquiry import Inquiry
from assistant.knowledge import Knowledge
from assistant.meaning import Meanings
from assistant.order import reread
from assistant.rank import Ranked, rank
from assistant.reader import Reader
from assistant.understand import understand
from ingest.embed import Embedder
from ingest.library import Library
from ingest.settings import Settings


class SentenceRetriever(BaseRetriever):
    """Finds sentences by meaning and by words, fuses both, and ranks what is found."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Library
    settings: Settings
    embedder: Embedder
    reader: Reader = Field(default_factory=Reader)
    k: int = 10
    _finder: Finder = PrivateAttr()
    _knowledge: Knowledge = PrivateAttr()

    def model_post_init(self, context: Any) -> None:
        """Gather what the library teaches about words."""
        super().model_post_init(context)
        self._refresh()

    def understand(self, question: str, history: Sequence[Turn] = ()) -> Inquiry:
        """The question understood in the light of this library."""
        if self._knowledge.version != self.library.version:
            self._refresh()
        return understand(question, history, self._knowledge)

    def sides(self, inquiry: Inquiry) -> tuple[Side, ...]:
        """The sides that a question compares; () where it does not."""
        return sides(inquiry.asked, self._knowledge)

    def ranked(self, inquiry: Inquiry) -> list[Ranked]:
        """All candidates for an inquiry, best first."""
        return reread(inquiry, self.unread(inquiry), self.reader)

    def unread(self, inquiry: Inquiry) -> list[Ranked]:
        """The same before the reader has seen the best of them."""
        vector = self.embedder.question(inquiry.text)
        beside = self._beside_answer(inquiry.follows) if inquiry.follows else ()
        candidates = self._finder.find(inquiry, vector, beside)
        return rank(inquiry, candidates, self.library, self._finder.meanings)

    def _beside_answer(self, before: Inquiry) -> Sequence[str]:
        """Around the answer to the question before: what is asked about it often stands there."""
        found = self.ranked(replace(before, follows=None))
        return self._finder.beside(found[0].candidate) if found else ()

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,
        inquiry: Inquiry | None = None,
    ) -> list[Document]:
        found = self.ranked(inquiry or self.understand(query))
        return [as_document(ranked) for ranked in found[: self.k]]

    def _refresh(self) -> None:
        self._knowledge = Knowledge(self.library)
        meanings = Meanings(self.library, self.embedder)
        self._finder = Finder(self.library, self.settings, meanings)


def as_document(ranked: Ranked) -> Document:
    """A ranked sentence as a document: its quote, where it stands, and its score."""
    sentence, report = ranked.candidate.sentence, ranked.candidate.report
    return Document(
        page_content=report.text[sentence.start : sentence.end],
        metadata={
            "report": report.id,
            "source": report.source,
            "page": sentence.page,
            "start": sentence.start,
            "end": sentence.end,
            "section": sentence.section,
            "score": ranked.score,
            "ranked": ranked,
        },
    )
