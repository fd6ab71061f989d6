"""Reads a PDF report: running text in reading order, with headings, lists, notes and tables told apart."""

import threading

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.errors import UnreadableError
from ingest.readers.pdf_assembly import assemble
from ingest.readers.pdf_blocks import Blocks, Draft, with_levels
from ingest.readers.pdf_furniture import body_size, without_running_heads
from ingest.readers.pdf_glyphs import Sheet, sheet
from ingest.readers.pdf_lines import Line, in_reading_order, lines_of
from ingest.readers.pdf_properties import properties
from ingest.readers.pdf_tables import Box, Frame, Table, ruled_tables
from ingest.readers.pdf_words import Joiner, clean
from ingest.report import Reading

MOST_PAGES = 5_000
MOST_CHARACTERS = 50_000_000

_ENGINE = threading.Lock()  # pdfium is not safe to call from two threads


def read(data: bytes, name: str) -> Reading:
    """The text and blocks of the PDF `data`; `name` is used in messages only.

    Raises UnreadableError where there is no text to be had: the file is encrypted, damaged, a scan,
    or beyond `MOST_PAGES` or `MOST_CHARACTERS`.
    """
    with _ENGINE:
        metadata, outline, sheets = _opened(data, name)
    lines = [lines_of(sheet, number) for number, sheet in enumerate(sheets)]
    if not any(any(line.text for line in page) for page in lines):
        raise UnreadableError(
            f"{name}: The PDF has no text: it is a scan; run text recognition (OCR) on it first."
        )
    lines = without_running_heads(lines, [sheet.height for sheet in sheets])
    joiner = Joiner(line.text for page in lines for line in page)
    drafts = _drafts(sheets, lines, outline)
    return assemble(drafts, joiner, properties(metadata, drafts, joiner))


def _opened(data: bytes, name: str) -> tuple[dict[str, str], dict[str, int], list[Sheet]]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise UnreadableError(f"{name}: {_refusal(error)}") from error
    try:
        count = len(document)
        if count == 0:
            raise UnreadableError(f"{name}: The PDF has no pages; fetch or export it again.")
        if count > MOST_PAGES:
            raise UnreadableError(
                f"{name}: The PDF has {count} pages, more than {MOST_PAGES}; split it first."
            )
        return _metadata(document), _outline(document), _sheets(document, name)
    finally:
        document.close()


def _refusal(error: pdfium.PdfiumError) -> str:
    if error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
        return "The PDF is encrypted with a password; save a copy without it."
    return "The PDF is damaged or not a PDF; fetch or export it again."


def _metadata(document: pdfium.PdfDocument) -> dict[str, str]:
    return dict(document.get_metadata_dict())


def _outline(document: pdfium.PdfDocument) -> dict[str, int]:
    """Level by title, from 1, as the bookmarks have it; empty where they are broken."""
    try:
        marks = [(clean(mark.get_title()), mark.level + 1) for mark in document.get_toc()]
    except pdfium.PdfiumError:
        return {}
    return {title.casefold(): level for title, level in reversed(marks) if title}


def _sheets(document: pdfium.PdfDocument, name: str) -> list[Sheet]:
    sheets: list[Sheet] = []
    characters = 0
    for number in range(len(document)):
        try:
            page = document[number]
            found = sheet(page)
            page.close()
        except pdfium.PdfiumError:
            found = Sheet(0.0, 0.0, (), ())  # a broken page; the others may still be read
        characters += len(found.glyphs)
        if characters > MOST_CHARACTERS:
            raise UnreadableError(
                f"{name}: The PDF has more than {MOST_CHARACTERS} characters; split it first."
            )
        sheets.append(found)
    return sheets


def _drafts(
    sheets: list[Sheet], pages: list[list[Line]], outline: dict[str, int]
) -> list[list[Draft]]:
    blocks = Blocks(pages, body_size(pages))
    drafts = [
        blocks.of_page(_parts(lines, ruled_tables(sheet.rules, lines)))
        for sheet, lines in zip(sheets, pages, strict=True)
    ]
    return with_levels(drafts, outline)


def _parts(lines: list[Line], tables: list[Table | Frame]) -> list[Line | Table]:
    """Lines and tables in reading order; what a rule encloses is read in one go."""
    held = {id(line) for table in tables for line in table.lines}
    free = [line for line in lines if id(line) not in held]
    anchors = [_anchor(table.box, lines[0].page) for table in tables]
    by_anchor = {id(anchor): table for anchor, table in zip(anchors, tables, strict=True)}
    parts: list[Line | Table] = []
    for line in in_reading_order(free + anchors):
        part = by_anchor.get(id(line), line)
        parts += in_reading_order(list(part.lines)) if isinstance(part, Frame) else [part]
    return parts


def _anchor(box: Box, page: int) -> Line:
    """A line without text that takes the place of a table while the page is put in order."""
    x0, top, x1, bottom = box
    return Line(page, "", x0, x1, top, bottom, top + 10, 10, False, text_x0=x0)
