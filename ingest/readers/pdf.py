"""Reads a PDF report: running text in reading order, with headings, lists, notes and tables."""

import threading
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.errors import UnreadableError
from ingest.readers import pdf_glyphs, pdf_scans
from ingest.readers.pdf_aligned import aligned_tables
from ingest.readers.pdf_assembly import assemble
from ingest.readers.pdf_blocks import Blocks, Draft, with_levels
from ingest.readers.pdf_debris import without_debris, without_publications
from ingest.readers.pdf_furniture import body_size, contents_lines, without_running_heads
from ingest.readers.pdf_lines import in_reading_order, lines_of
from ingest.readers.pdf_pieces import Line
from ingest.readers.pdf_properties import properties
from ingest.readers.pdf_rules import Dot, Rule
from ingest.readers.pdf_tables import Box, Frame, Table, ruled_tables
from ingest.readers.pdf_words import Joiner, clean
from ingest.report import Reading

MOST_PAGES = 5_000
MOST_CHARACTERS = 50_000_000
MOST_CHARACTERS_ON_PAGE = 200_000

_ENGINE = threading.Lock()  # pdfium must not be called from two threads


@dataclass(frozen=True, slots=True)
class _Page:
    height: float
    lines: list[Line]
    rules: tuple[Rule, ...]
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class _Opened:
    metadata: dict[str, str]
    outline: dict[str, int]
    pages: list[_Page]
    note: str = ""


def read(data: bytes, name: str) -> Reading:
    """The text and blocks of the PDF `data`; `name` is used in messages only.

    Pages that are images of text are recognised where the extra for that is installed; the note of
    the reading names them. Raises UnreadableError where there is no text to be had: the file is
    encrypted, damaged, a scan that cannot be recognised, or larger than `MOST_PAGES`,
    `MOST_CHARACTERS` or `MOST_CHARACTERS_ON_PAGE`.
    """
    with _ENGINE:
        opened = _opened(data, name)
    lines = without_running_heads(
        [page.lines for page in opened.pages], [page.height for page in opened.pages]
    )
    joiner = Joiner(line.text for page in lines for line in page)
    blocks = Blocks(lines, body_size(lines))
    drafts: list[list[Draft]] = []
    for page, kept in zip(opened.pages, lines, strict=True):
        tables = _tables(page, kept, len(lines))
        drafts.append(without_debris(blocks.of_page(_parts(kept, tables))))
    drafts = without_publications(with_levels(drafts, opened.outline))
    reading = assemble(drafts, joiner, properties(opened.metadata, drafts, joiner))
    return replace(reading, note=opened.note)


def _opened(data: bytes, name: str) -> _Opened:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise UnreadableError(f"{name} {_refusal(error)}") from error
    try:
        count = len(document)
        if count == 0:
            raise UnreadableError(f"{name} has no pages; fetch or export it again.")
        if count > MOST_PAGES:
            raise UnreadableError(f"{name} has more than {MOST_PAGES} pages; split it into parts.")
        pages = _pages(document, name)
        pages, note = _with_scans(document, pages, name)
        if not any(line.text for page in pages for line in page.lines):
            raise UnreadableError(f"{name} has no text on any page; supply a better copy.")
        return _Opened(_metadata(document), _outline(document), pages, note)
    finally:
        document.close()


def _refusal(error: pdfium.PdfiumError) -> str:
    if error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
        return "is encrypted with a password; save a copy without it."
    return "is a damaged PDF; fetch or export it again."


def _pages(document: pdfium.PdfDocument, name: str) -> list[_Page]:
    """The lines of each page; a broken page is empty, since the others may still be read."""
    pages: list[_Page] = []
    characters = 0
    for number in range(len(document)):
        try:
            page = document[number]
            on_page = pdf_glyphs.count(page)
            characters += on_page
            if on_page > MOST_CHARACTERS_ON_PAGE or characters > MOST_CHARACTERS:
                raise UnreadableError(
                    f"{name} holds more text than a report can (page {number + 1}); split it."
                )
            sheet = pdf_glyphs.sheet(page)
            page.close()
        except pdfium.PdfiumError:
            sheet = pdf_glyphs.Sheet(0.0, 0.0, (), ())
        pages.append(_Page(sheet.height, lines_of(sheet, number), sheet.rules, sheet.dots))
    return pages


def _with_scans(
    document: pdfium.PdfDocument, pages: list[_Page], name: str
) -> tuple[list[_Page], str]:
    """`pages` with the text of those that are images, and a sentence that names them."""
    empty = [n for n, page in enumerate(pages) if not any(line.text for line in page.lines)]
    scans = [n for n in empty if _is_scanned(document, n)]
    if not scans:
        return pages, ""
    if len(scans) > pdf_scans.MOST_SCANNED:
        raise UnreadableError(
            f"{name} has more than {pdf_scans.MOST_SCANNED} scanned pages; split it into parts."
        )
    recognise = pdf_scans.recogniser()
    named = pdf_scans.page_list(scans)
    if recognise is None and len(empty) == len(pages):
        raise UnreadableError(
            f"{name} is a scan, its pages are images; {pdf_scans.INSTALL} adds what reads them."
        )
    if recognise is None:
        plural = "are images and were" if len(scans) > 1 else "is an image and was"
        return pages, (
            f"P{named[1:]} {plural} not read; {pdf_scans.INSTALL}, then remove the report and "
            "ingest it again."
        )
    found = [recognise(document[n], n) for n in scans]
    usual = body_size([page.lines for page in pages]) if len(empty) < len(pages) else 0.0
    even = pdf_scans.in_steps([line for lines in found for line in lines], usual)
    for n in scans:
        pages[n] = replace(pages[n], lines=[line for line in even if line.page == n])
    return pages, f"The text of {named} was recognised from images (OCR) and may have errors."


def _is_scanned(document: pdfium.PdfDocument, number: int) -> bool:
    try:
        return pdf_scans.is_scanned(document[number])
    except pdfium.PdfiumError:
        return False


def _metadata(document: pdfium.PdfDocument) -> dict[str, str]:
    try:
        return dict(document.get_metadata_dict())
    except UnicodeDecodeError:
        return {}


def _outline(document: pdfium.PdfDocument) -> dict[str, int]:
    """Level by title, from 1, as the bookmarks have it; empty where they are broken."""
    try:
        marks = [(clean(mark.get_title()), mark.level + 1) for mark in document.get_toc()]
    except (pdfium.PdfiumError, UnicodeDecodeError):
        return {}
    return {title.casefold(): level for title, level in reversed(marks) if title}


def _tables(page: _Page, lines: list[Line], page_count: int) -> list[Table | Frame]:
    ruled = ruled_tables(page.rules, lines, page.dots)
    held = {id(line) for table in ruled for line in table.lines}
    free = [line for line in lines if id(line) not in held]
    if contents_lines(free, page_count):
        return ruled
    return [*ruled, *aligned_tables(free, page.rules)]


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
