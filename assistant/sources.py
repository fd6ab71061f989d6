"""Writes the sources panel: each quote of an answer, marked within its passage, as escaped HTML.

All text of documents and users passes through `html.escape` here; nothing else makes this HTML.
"""

import re
from collections.abc import Sequence
from html import escape
from urllib.parse import urlsplit

from assistant.answer import Citation
from assistant.exports.record import web_address
from ingest.dates import date_in_words
from ingest.divide import SECTION_JOINT

_AROUND = 500  # characters of a passage shown before and after its quote
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?")
_BLANK_LINES = re.compile(r"\n\s*\n")
_RULE = re.compile(r"\n[ |:]*-{3}[-|: ]*(?=\n|$)")  # under the head of a Markdown table
_NONE_YET = "The quotes behind each answer appear here, marked within their passages."


def sources_html(turns: Sequence[tuple[str, Sequence[Citation]]]) -> str:
    """The panel for the questions of a conversation, each with what its answer cites.

    One part per turn, of which only the latest is not hidden. Turns count from 1; the source of
    citation n of turn t has the id `source-t-n`, so that equal numbers of different turns never
    meet.
    """
    parts = [
        _part(turn, question, citations, hidden=turn < len(turns))
        for turn, (question, citations) in enumerate(turns, 1)
    ]
    body = "".join(parts) or f'<p class="quiet">{_NONE_YET}</p>'
    title = '<h2 id="sources-title">Sources</h2>'
    return f'<section aria-labelledby="sources-title">{title}{body}</section>'


def source_id(turn: int | str, number: int) -> str:
    """The id of the element that shows citation `number` of turn `turn`."""
    return f"source-{turn}-{number}"


def source_html(turn: int | str, citation: Citation, back: str) -> str:
    """One source, an item of a list; `back` is the link to what cites it."""
    section = citation.section.replace(SECTION_JOINT, " › ")
    where = " · ".join(filter(None, (f"Page {citation.page}", section)))
    issued = ", ".join(filter(None, (escape(citation.publisher), _date(citation.published))))
    return (
        f'<li class="source" id="{source_id(turn, citation.number)}" tabindex="-1">'
        f'<span class="number" aria-hidden="true">{citation.number}</span>'
        f'<h3><span class="unseen">Source {citation.number}: </span>'
        f"{escape(citation.title or citation.source)}</h3>"
        f'<p class="issued">{issued or "Date of publication not stated"}</p>'
        f'<p class="where">{escape(where)}</p>'
        f"<blockquote>{_marked(citation)}</blockquote>"
        f'{_origin(citation)}<p class="links">{back}</p></li>'
    )


def source_line(citation: Citation) -> str:
    """Where a quote stands, in one line of plain text."""
    return ", ".join(
        part
        for part in (
            citation.title or citation.source,
            citation.publisher,
            date_in_words(citation.published),
            f"page {citation.page}",
        )
        if part
    )


def _part(turn: int, question: str, citations: Sequence[Citation], *, hidden: bool) -> str:
    attributes = f'class="sources" id="sources-{turn}" data-turn="{turn}"'
    if hidden:
        attributes += " hidden"
    asked = f'<span class="asked">“{escape(question)}”</span>'
    if not citations:
        return f'<div {attributes}><p class="quiet">No sources for {asked}</p></div>'
    back = f'<a class="back" href="#turn-{turn}">Back to the answer</a>'
    items = "".join(source_html(turn, citation, back) for citation in citations)
    return f'<div {attributes}><p class="quiet">For {asked}</p><ol>{items}</ol></div>'


def _date(iso: str) -> str:
    words = escape(date_in_words(iso))
    return f'<time datetime="{iso}">{words}</time>' if _DATE.fullmatch(iso) else words


def _marked(citation: Citation) -> str:
    """The passage with its quote in a `mark`; a very long passage is shortened around it."""
    heading = citation.section.rpartition(SECTION_JOINT)[2]  # shown above already
    passage = citation.context.removeprefix(heading).lstrip()
    before, quote, after = passage.partition(citation.quote)
    if not quote:  # the passage was not given, or does not hold the quote
        before, quote, after = "", citation.quote, ""
    if len(before) > _AROUND:
        before = "… " + before[-_AROUND:].partition(" ")[2]
    if len(after) > _AROUND:
        after = after[:_AROUND].rpartition(" ")[0] + " …"
    marked = f"{escape(before)}<mark>{escape(quote)}</mark>{escape(after)}"
    marked = _RULE.sub("", marked).replace("\t", '<span class="cell"> </span>')
    return _BLANK_LINES.sub('<span class="gap"></span>', marked)


def _origin(citation: Citation) -> str:
    """The line that says whose words these are and where the original is, if anywhere."""
    link = _link(citation.url)
    if citation.digest_of:
        original = f"; the original is at {link}" if link else ""
        return f'<p class="digest">A digest of: {escape(citation.digest_of)}{original}.</p>'
    return f'<p class="original">Original: {link}</p>' if link else ""


def _link(url: str | None) -> str:
    """A link that opens in a new tab; empty unless it is a plain web address."""
    address = web_address(url)
    if not address:
        return ""
    host = urlsplit(address).hostname or ""
    return (
        f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">'
        f'{escape(host)}<span class="unseen"> (opens in a new tab)</span></a>'
    )
