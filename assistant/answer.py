"""What the assistant gives back: answers and verdicts with their citations, as the contract has them."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict


class Status(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"  # the reports do not say; no citations shown
    OUT_OF_SCOPE = "out_of_scope"  # not about inspections at all
    ERROR = "error"


class Mode(StrEnum):
    """How an answer was written."""

    QUOTES = "quotes"  # verbatim sentences
    MODEL = "model"  # a language model's words, each sentence checked
    FALLBACK = "quotes_after_model"  # a model was asked, but nothing of it could be shown


class VerdictKind(StrEnum):
    """What the reports say of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_IN_SOURCES = "not_in_sources"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Turn(_Frozen):
    """One earlier question of a conversation and what was answered."""

    question: str
    answer: str = ""


class Citation(_Frozen):
    """One quote at one place of one report; `quote == report.text[start:end]`."""

    number: int
    source: str
    title: str
    publisher: str
    published: str
    page: int
    section: str
    quote: str
    start: int
    end: int
    sha256: str
    url: str | None = None
    digest_of: str | None = None  # the publication that this report digests in other words
    report: str = ""  # id in the library
    context: str = ""  # the passage around the quote, verbatim; holds the quote


class AnswerSentence(_Frozen):
    """One sentence of an answer and the numbers of the citations that prove it."""

    text: str
    citations: tuple[int, ...] = ()


class Answer(_Frozen):
    """The answer to one question."""

    question: str
    status: Status
    mode: Mode = Mode.QUOTES
    answer: str = ""
    sentences: tuple[AnswerSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    timing_ms: dict[str, float] = {}
    note: str = ""  # what the user should know: why a model's answer is not shown, say

    def to_json(self) -> dict[str, Any]:
        """The answer as one result of the command line's contract."""
        return {"id": None, **self.model_dump(mode="json")}


class Part(_Frozen):
    """One assertion of a claim, with its own verdict."""

    text: str
    verdict: VerdictKind
    explanation: str = ""
    citations: tuple[int, ...] = ()


class Verdict(_Frozen):
    """What the reports say of one claim; the whole is the worst of its parts.

    `nearest` quotes what comes nearest when nothing decides: a sentence, or a few of one report. It proves
    nothing.
    """

    claim: str
    verdict: VerdictKind
    explanation: str = ""
    parts: tuple[Part, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()
    timing_ms: dict[str, float] = {}

    def to_json(self) -> dict[str, Any]:
        """The verdict as one result of the command line's contract."""
        return {"id": None, **self.model_dump(mode="json")}


def read_history(rows: Sequence[Any]) -> tuple[Turn, ...]:
    """Earlier turns from any common shape: question/answer objects, role/content messages,
    `[question, answer]` pairs, or plain questions.

    Raises ValueError for anything else.
    """
    if not isinstance(rows, list | tuple):
        raise ValueError(f"history is {rows!r}, which is no list of turns")
    turns: list[Turn] = []
    for row in rows:
        if isinstance(row, str):
            turns.append(Turn(question=row))
        elif isinstance(row, dict) and "role" in row:
            text = str(row.get("content") or "")
            if row["role"] in ("user", "human"):
                turns.append(Turn(question=text))
            elif turns and row["role"] in ("assistant", "ai"):
                turns[-1] = Turn(question=turns[-1].question, answer=text)
        elif isinstance(row, dict) and "question" in row:
            turns.append(Turn(question=str(row["question"]), answer=str(row.get("answer") or "")))
        elif isinstance(row, list | tuple) and row:
            turns.append(Turn(question=str(row[0]), answer=str(row[1]) if len(row) > 1 else ""))
        else:
            raise ValueError(f"history holds {row!r}, which is neither a turn nor a message")
    return tuple(turns)
