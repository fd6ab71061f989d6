"""Writes a record as a Word document, with headings that its navigation shows."""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from assistant.answer import Citation
from assistant.exports.record import (
    EXPLAINED,
    NEAREST,
    Entry,
    Record,
    one_line,
    seen,
    source_rows,
)

if TYPE_CHECKING:
    from docx.document import Document

_BLANK = re.compile(r"\n\s*\n")
_NOT_XML = re.compile("[\ufffe\uffff]")  # the rest that XML forbids `seen` has left out
_NO_TAG = "\0"  # stands between the pieces of a paragraph; `seen` lets none through


def write(record: Record) -> bytes:
    """The record as the bytes of a DOCX file."""
    import docx  # noqa: PLC0415  (a third of a second to import)

    document = docx.Document()
    about = document.core_properties
    about.title, about.author, about.comments = record.title, "Findings assistant", ""
    about.created = about.modified = record.origin.made.replace(tzinfo=None)
    document.add_heading(record.title, 0)
    if record.text:
        named = f"{_line(record.name)}. " if record.name else ""
        document.add_paragraph(named + _line(record.totals))
        document.add_heading("The text", 1)
        _add_text(document, record)
        document.add_heading("What the reports say", 1)
    for number, entry in enumerate(record.entries, 1):
        _add_entry(document, number, entry)
    document.add_heading("To repeat this", 1)
    _add_rows(document, [row for row in record.origin.rows() if row[1]])
    document.add_paragraph(EXPLAINED)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _add_text(document: "Document", record: Record) -> None:
    """The paragraphs of the text; each checked sentence with its number and verdict after it."""
    marked = "".join(
        f"{_clean(piece)}{_NO_TAG}{number}{_NO_TAG}" if number else _clean(piece)
        for piece, number in record.in_place()
    )
    for text in _BLANK.split(marked):
        paragraph = document.add_paragraph()
        for at, piece in enumerate(text.split(_NO_TAG)):
            if at % 2:
                outcome = record.entries[int(piece) - 1].outcome
                paragraph.add_run(f" [{piece}: {outcome.symbol} {outcome}]").bold = True
            else:
                paragraph.add_run(piece.strip("\n") if at == 0 else piece)


def _add_entry(document: "Document", number: int, entry: Entry) -> None:
    document.add_heading(f"{number}. {_line(entry.asked)}", 2)
    said = document.add_paragraph()
    said.add_run(f"{entry.outcome.symbol} {entry.outcome}. ").bold = True
    said.add_run(_line(entry.said))
    if entry.completed:
        document.add_paragraph(f"Checked as: {_line(entry.completed)}")
    for part in entry.parts:
        item = document.add_paragraph(style="List Bullet")
        item.add_run(f"{part.outcome.symbol} {part.outcome}: ").bold = True
        item.add_run(f"{_line(part.text)} {_line(part.explanation)}{_numbers(part.quotes)}")
    if entry.note:
        document.add_paragraph(_line(entry.note))
    for citation in entry.quotes:
        _add_quote(document, citation, f"[{citation.number}] ")
    if entry.nearest:
        document.add_paragraph(NEAREST)
    for citation in entry.nearest:
        _add_quote(document, citation, "")


def _add_quote(document: "Document", citation: Citation, number: str) -> None:
    document.add_paragraph(f"{number}“{_clean(citation.quote).strip()}”", style="Quote")
    _add_rows(document, source_rows(citation))


def _add_rows(document: "Document", rows: Sequence[tuple[str, str]]) -> None:
    from docx.shared import Pt  # noqa: PLC0415

    paragraph = document.add_paragraph()
    for place, (label, value) in enumerate(rows):
        run = paragraph.add_run(f"{label}: {_line(value)}")
        run.font.size = Pt(9)
        if place < len(rows) - 1:
            run.add_break()


def _numbers(quotes: Sequence[int]) -> str:
    return "".join(f" [{number}]" for number in quotes)


def _line(text: str) -> str:
    return _NOT_XML.sub("", one_line(text))


def _clean(text: str) -> str:
    return _NOT_XML.sub("", seen(text))
