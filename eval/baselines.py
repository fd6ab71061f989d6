"""The systems that ours is compared with: the stock LangChain recipe, lexical only, dense only."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.answer import Answer, AnswerSentence, Status, Turn, Verdict, VerdictKind
from eval.systems import DEPTH, Found, System, cite
from eval.wording import figures, tokens
from ingest.embed import Embedder
from ingest.library import Library
from ingest.words import content_words, stem

if TYPE_CHECKING:
    from langchain_chroma import Chroma

CHUNK_CHARS, CHUNK_OVERLAP, STOCK_K = 1000, 200, 4  # as the tutorials have them
_BATCH = 5000  # Chroma takes 5,461 records a call


def baselines(library: Library, embedder: Embedder) -> list[System]:
    """All baselines over the reports of `library`, read by the same readers as for ours."""
    return [Stock(library, embedder), Lexical(library), Dense(library, embedder)]


class _Baseline:
    """Answers with the first unit that it retrieves, and never declines but for want of any."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def retrieve(self, question: str, history: Sequence[Turn], depth: int = DEPTH) -> list[Found]:
        """Units of the library, best first."""
        raise NotImplementedError

    def ask(self, question: str, history: Sequence[Turn]) -> Answer:
        """The first unit, verbatim."""
        found = self.retrieve(question, history)
        if not found:
            return Answer(question=question, status=Status.NOT_FOUND)
        best = found[0]
        return Answer(
            question=question,
            status=Status.ANSWERED,
            answer=best.text,
            sentences=(AnswerSentence(text=best.text, citations=(1,)),),
            citations=(cite(best, self._library.report(best.report)),),
        )

    def check(self, claim: str) -> Verdict:
        """Supported when every figure of the claim occurs in the first unit."""
        found = self.retrieve(claim, ())
        shown = figures(claim)
        if not found or not shown or not set(shown) <= set(tokens(found[0].text)):
            return Verdict(claim=claim, verdict=VerdictKind.NOT_IN_SOURCES)
        citation = cite(found[0], self._library.report(found[0].report))
        return Verdict(claim=claim, verdict=VerdictKind.SUPPORTED, citations=(citation,))

    def _sentence(self, key: str) -> Found:
        report_id, _, ordinal = key.rpartition(":")
        report = self._library.report(report_id)
        sentence = self._library.sentences(report_id)[int(ordinal)]
        return Found(
            report=report_id,
            source=report.source,
            page=sentence.page,
            start=sentence.start,
            end=sentence.end,
            text=report.text[sentence.start : sentence.end],
        )


class Stock(_Baseline):
    """The recipe of the tutorials: recursive splitter 1000/200, Chroma, the first four passages."""

    name = "stock"

    def __init__(self, library: Library, embedder: Embedder) -> None:
        super().__init__(library)
        self._embedder = embedder

    def retrieve(self, question: str, history: Sequence[Turn], depth: int = DEPTH) -> list[Found]:
        """Passages, best first."""
        found = self._store.similarity_search(question, k=STOCK_K)
        return [Found(text=document.page_content, **document.metadata) for document in found]

    @cached_property
    def _store(self) -> "Chroma":
        import chromadb  # noqa: PLC0415  (only when it is measured)
        from langchain_chroma import Chroma  # noqa: PLC0415
        from langchain_core.documents import Document  # noqa: PLC0415
        from langchain_text_splitters import RecursiveCharacterTextSplitter  # noqa: PLC0415

        splitter = RecursiveCharacterTextSplitter(
            chunk_size=CHUNK_CHARS, chunk_overlap=CHUNK_OVERLAP, add_start_index=True
        )
        passages = []
        for report in self._library.reports():
            for piece in splitter.create_documents([report.text]):
                start = int(piece.metadata["start_index"])
                place = {
                    "report": report.id,
                    "source": report.source,
                    "page": report.page_at(start),
                    "start": start,
                    "end": start + len(piece.page_content),
                }
                passages.append(Document(page_content=piece.page_content, metadata=place))
        store = Chroma(
            collection_name=f"stock-{id(self)}",
            embedding_function=self._embedder,
            client=chromadb.EphemeralClient(),
        )
        for begin in range(0, len(passages), _BATCH):
            store.add_documents(passages[begin : begin + _BATCH])
        return store


class Lexical(_Baseline):
    """The best sentences by BM25 over their own words."""

    name = "lexical"

    def retrieve(self, question: str, history: Sequence[Turn], depth: int = DEPTH) -> list[Found]:
        """Sentences, best first."""
        weighted = {stem(word): 1.0 for word in content_words(question)}
        hits = self._library.lexical.search(weighted, {"text": 1.0}, depth)
        return [self._sentence(key) for key, _ in hits]


class Dense(_Baseline):
    """The best sentences by the stored vectors."""

    name = "dense"

    def __init__(self, library: Library, embedder: Embedder) -> None:
        super().__init__(library)
        self._embedder = embedder

    def retrieve(self, question: str, history: Sequence[Turn], depth: int = DEPTH) -> list[Found]:
        """Sentences, best first."""
        hits = self._library.vectors.search(self._embedder.question(question), depth)
        return [self._sentence(key) for key, _ in hits]
