"""Writes the conversation of the chat page as escaped HTML: questions, answers, citations."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from assistant.answer import Answer, AnswerSentence, Citation, Mode, Status, Turn
from assistant.export import BY_MODEL
from assistant.sources import source_id, source_line
from ingest.readable import plain

_QUOTED = re.compile(r"“.*”", re.DOTALL)
_ITEM = re.compile(r"\n\s*[-•*▪●◦‣–]\s+")
_BLOCK = re.compile(r"\n\s*\n")
_LEAST_BLOCKS = 3  # a head and two items


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question as it was typed, and the answer so far; none while the reports are searched.

    It has not begun while it waits for questions before it.
    """

    question: str
    answer: Answer | None = None
    finished: bool = False
    begun: bool = True


def turns(exchanges: Sequence[Exchange]) -> tuple[Turn, ...]:
    """The finished exchanges as the history that a follow-up question is read with."""
    return tuple(
        Turn(question=exchange.question, answer=exchange.answer.answer)
        for exchange in exchanges
        if exchange.finished and exchange.answer and exchange.answer.status is not Status.ERROR
    )


def shown_citations(exchange: Exchange) -> tuple[Citation, ...]:
    """The citations to show; none under anything but an answer."""
    if exchange.answer is None or exchange.answer.status is not Status.ANSWERED:
        return ()
    return exchange.answer.citations


def conversation_html(exchanges: Sequence[Exchange]) -> str:
    """All exchanges, oldest first; a screen reader hears each answer once, when it is finished."""
    body = "".join(_exchange(turn, exchange) for turn, exchange in enumerate(exchanges, 1))
    return f'<div role="log" aria-live="polite" aria-label="Conversation">{body}</div>'


def answer_text(exchange: Exchange) -> str:
    """Question, answer and sources as plain text, to be pasted elsewhere."""
    if exchange.answer is None:
        return exchange.question
    lines = [exchange.question, "", exchange.answer.answer]
    citations = shown_citations(exchange)
    if citations:
        lines.append("")
    for citation in citations:
        address = f" {citation.url}" if citation.url else ""
        digest = f" (a digest of: {citation.digest_of})" if citation.digest_of else ""
        lines.append(f"[{citation.number}] {source_line(citation)}{digest}{address}")
        lines.append(f"    “{' '.join(citation.quote.split())}”")
    return "\n".join(lines)


def _exchange(turn: int, exchange: Exchange) -> str:
    busy = "false" if exchange.finished else "true"
    return (
        f'<article class="turn" id="turn-{turn}" data-turn="{turn}" tabindex="-1"'
        f' aria-busy="{busy}">'
        f'<h3 class="question"><span class="unseen">You asked: </span>'
        f"{escape(exchange.question)}</h3>"
        f'<div class="answer">{_answer(turn, exchange)}</div></article>'
    )


def _answer(turn: int, exchange: Exchange) -> str:
    answer = exchange.answer
    if answer is None:
        now = "Looking in the reports" if exchange.begun else "Waiting for its turn"
        return f'<p class="searching">{now}</p>'
    citations = {citation.number: citation for citation in shown_citations(exchange)}
    paragraphs = [_paragraph(turn, sentence, citations) for sentence in answer.sentences]
    if answer.mode is Mode.MODEL:  # prose, where quotes stand each by itself
        paragraphs = [f"<p>{' '.join(_prose(turn, s, citations) for s in answer.sentences)}</p>"]
    if not answer.sentences:
        paragraphs = [f"<p>{escape(answer.answer)}</p>"]
    body = "".join(paragraphs)
    kind = "said" if answer.status is Status.ANSWERED else "declined"
    notes = [answer.note] if answer.note else []
    if answer.mode is Mode.MODEL and answer.status is Status.ANSWERED:
        notes.append(BY_MODEL)
    body = f'<div class="{kind}">{body}</div>'
    body += "".join(f'<p class="note">{escape(note)}</p>' for note in notes)
    return body + (_actions(turn, exchange) if exchange.finished else "")


def _paragraph(turn: int, sentence: AnswerSentence, citations: dict[int, Citation]) -> str:
    """One sentence on lines of its own: the words that answer, then the quote that proves them."""
    quoted = _QUOTED.search(sentence.text)
    if not quoted:
        return f"<p>{_prose(turn, sentence, citations)}</p>"
    said, after = sentence.text[: quoted.start()].strip(), sentence.text[quoted.end() :]
    lead = f'<p class="lead">{escape(said)}</p>' if said else ""
    cited = [citations[number] for number in sentence.citations if number in citations]
    links = _links(turn, sentence, citations)
    return f'{lead}<div class="quote">{_quote(quoted[0], cited, escape(after) + links)}</div>'


def _quote(text: str, cited: Sequence[Citation], end: str) -> str:
    """The quote, as a list where the report has one, and after its last word `end`."""
    verbatim = cited[0].quote.strip() if len(cited) == 1 else ""
    if f"“{plain(verbatim)}”" != text:
        return escape(text) + end
    parts = _ITEM.split(f"“{verbatim}”")
    if len(parts) == 1 and len(blocks := _BLOCK.split(f"“{verbatim}”")) >= _LEAST_BLOCKS:
        parts = blocks  # a list whose bullets the document does not keep
    lead, *items = (escape(plain(part)) for part in parts)
    if not items:
        return lead + end
    return f"{lead}<ul><li>{'</li><li>'.join(items)}{end}</li></ul>"


def _prose(turn: int, sentence: AnswerSentence, citations: dict[int, Citation]) -> str:
    return f"{escape(sentence.text)}{_links(turn, sentence, citations)}"


def _links(turn: int, sentence: AnswerSentence, citations: dict[int, Citation]) -> str:
    return "".join(
        _citation(turn, citations[number]) for number in sentence.citations if number in citations
    )


def _citation(turn: int, citation: Citation) -> str:
    label = escape(f"[{citation.number}] {source_line(citation)}")
    return (
        f' <a class="citation" href="#{source_id(turn, citation.number)}"'
        f' aria-label="{label}">[{citation.number}]</a>'
    )


def _actions(turn: int, exchange: Exchange) -> str:
    number = len(shown_citations(exchange))
    if not number:
        return ""
    label = "1 source" if number == 1 else f"{number} sources"
    return (
        f'<p class="actions"><a class="to-sources" href="#sources-{turn}">{label}</a>'
        f'<button type="button" data-copy="{escape(answer_text(exchange))}">'
        f'Copy answer and sources</button><span role="status"></span></p>'
    )
