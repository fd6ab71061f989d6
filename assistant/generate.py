"""Model mode: a language model writes from the retrieved passages, and each sentence is checked."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import sentencex
from langchain_core.documents import Document
from langchain_core.language_models import BaseChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import Runnable

import prompts
from assistant.answer import AnswerSentence, Citation
from assistant.cite import Citations
from assistant.guard import figures_occur
from ingest.errors import ModelError
from ingest.library import Library
from ingest.readable import plain
from ingest.report import BlockKind, Passage, Sentence, Span
from ingest.settings import Settings
from ingest.words import STOPWORDS, stems

NOT_FOUND = "NOT FOUND"
_MARK = re.compile(r"\[(\d+(?:\s*,\s*\d+)*)\]")


def chat_model(settings: Settings) -> BaseChatModel:
    """The language model of the settings; raises ModelError where it cannot be set up."""
    from langchain.chat_models import init_chat_model  # noqa: PLC0415  (slow to import)

    given: dict[str, Any] = {"temperature": 0, "timeout": settings.model_timeout_s}
    if settings.model_url:
        given |= {"base_url": settings.model_url, "api_key": settings.model_key or "none"}
    elif settings.model_key:
        given["api_key"] = settings.model_key
    provider = settings.model_provider or ("openai" if settings.model_url else None)
    try:
        model: BaseChatModel = init_chat_model(
            settings.model, model_provider=provider, max_retries=1, **given
        )
        return model
    except (ImportError, ValueError) as error:
        raise ModelError(
            f"The language model {settings.model!r} cannot be set up ({error}); check model, "
            "model_provider and model_url."
        ) from error


def writer(model: BaseChatModel) -> Runnable[dict[str, Any], str]:
    """`prompt | model | parser`: from `question` and `passages` to the model's words."""
    prompt = ChatPromptTemplate.from_messages(
        [("system", prompts.load("answer")), ("human", "{question}")]
    )
    return prompt | model | StrOutputParser()


class PassageSheet:
    """The numbered passages that a model reads, and the quotes that its sentences may cite."""

    def __init__(self, documents: Sequence[Document], library: Library, limit: int) -> None:
        self._library = library
        self._passages: list[tuple[str, Passage, list[Sentence]]] = []
        for document in documents:
            at = document.metadata
            for passage in library.passages(at["report"]):
                # A list may span several.
                if passage.start < at["end"] and at["start"] < passage.end:
                    self._take(at["report"], passage, limit)

    def _take(self, report_id: str, passage: Passage, limit: int) -> None:
        taken = [(r, p.ordinal) for r, p, _ in self._passages]
        if (report_id, passage.ordinal) not in taken and len(taken) < limit:
            inside = [s for s in self._library.sentences(report_id) if s.passage == passage.ordinal]
            self._passages.append((report_id, passage, inside))

    def text(self) -> str:
        """The passages as the prompt shows them, each with its number and report."""
        parts = []
        for number, (report_id, passage, _) in enumerate(self._passages, 1):
            report = self._library.report(report_id)
            about = report.description
            head = ", ".join(x for x in (about.title, about.published, passage.section) if x)
            parts.append(f"[{number}] ({head})\n{plain(report.text[passage.start : passage.end])}")
        return "\n\n".join(parts)

    def bind(self, written: str) -> tuple[tuple[AnswerSentence, ...], tuple[Citation, ...]]:
        """The model's sentences that cite, each bound to the quotes that come nearest to it."""
        citations = Citations(self._library)
        sentences = []
        for text, numbers in cited_sentences(written):
            spans = [
                (self._passages[n - 1], self._nearest(n - 1, text))
                for n in numbers
                if 0 < n <= len(self._passages)
            ]
            if not numbers or len(spans) < len(numbers):
                continue
            cited = [
                citations.add(self._library.report(report_id), span, passage.section)
                for (report_id, passage, _), span in spans
            ]
            sentences.append(AnswerSentence(text=text, citations=tuple(dict.fromkeys(cited))))
        return tuple(sentences), citations.all()

    def _nearest(self, index: int, text: str) -> Span:
        """The sentence of a passage that shares most words with `text`, those with its figures first."""
        report_id, passage, sentences = self._passages[index]
        report = self._library.report(report_id)
        wanted = set(stems(text)) - STOPWORDS

        def score(sentence: Sentence) -> tuple[bool, float]:
            quote = report.text[sentence.start : sentence.end]
            shared = len(wanted & set(stems(plain(quote))))
            return figures_occur(text, [quote]), shared / (len(wanted) or 1)

        best = max(
            (s for s in sentences if s.kind is not BlockKind.HEADING), key=score, default=None
        )
        return (best.start, best.end) if best else (passage.start, passage.end)


def cited_sentences(written: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The sentences of a model's answer without their marks, with the numbers that each cites."""
    # A mark after the full stop belongs to the sentence before it.
    moved = re.sub(r"([.!?]['”\"]?)\s*((?:\[\d+(?:\s*,\s*\d+)*\]\s*)+)", r" \2\1 ", written)
    for found in sentencex.get_sentence_boundaries("en", moved.replace("\n", " ")):
        marks = _MARK.findall(found["text"])
        text = " ".join(_MARK.sub("", found["text"]).split())
        text = re.sub(r"\s+([.,;:!?])", r"\1", text)
        if len(text) > 2:
            numbers = [int(n) for mark in marks for n in re.split(r"\s*,\s*", mark)]
            yield text, tuple(dict.fromkeys(numbers))
