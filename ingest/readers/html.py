"""Reads web pages: the main content as blocks, and what the page states about itself."""

import re
from collections.abc import Iterator

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import Document

from ingest.errors import UnreadableError
from ingest.readers.html_properties import html_properties
from ingest.readers.structure import structured
from ingest.readers.text_tables import add_table
from ingest.report import BlockKind, Reading, Span, TextBuilder

_MOST_BYTES = 20_000_000  # the extractor refuses more
_FEWEST_CHARACTERS = 100
_ERROR_WORDS = 150  # a page that speaks of an error and says no more than this is an error page
_ERROR = re.compile(
    r"not found|\b40[0134]\b|\b50[023]\b|no longer (?:exists|available)|access denied|forbidden"
    r"|just a moment|are you (?:a )?human|enable (?:javascript|cookies)|something went wrong"
    r"|server error|service unavailable|sign in|log ?in\b",
    re.IGNORECASE,
)


def read(data: bytes, name: str) -> Reading:
    """The main content of a page as a report of one page.

    Raises `UnreadableError` for a page without content, and for an error page, which it names.
    """
    page = trafilatura.load_html(data) if len(data) <= _MOST_BYTES else None
    if page is None:
        raise UnreadableError(f"{name} is no web page that can be read; save it as text or PDF.")
    properties = html_properties(page)
    heading = " ".join(element.text_content() for element in page.iter("h1", "title"))
    content = _main_content(page)
    builder = TextBuilder()
    for element in content if content is not None else ():
        _add(builder, element)
    reading = builder.reading(properties)
    words = len(reading.text.split())
    if words < _ERROR_WORDS and _ERROR.search(heading):
        raise UnreadableError(
            f"{name} is a web page that says “{properties.get('title') or heading.strip()}”, "
            "not a report; supply the report itself."
        )
    if len(reading.text) < _FEWEST_CHARACTERS:
        raise UnreadableError(f"{name} is a web page without text; supply the report itself.")
    guess = not any(block.kind is BlockKind.HEADING for block in reading.blocks)
    blocks = structured(reading.text, reading.blocks, guess_headings=guess)
    return Reading(reading.text, blocks, reading.page_starts, properties)


def _main_content(page: HtmlElement) -> etree._Element | None:
    """The article without navigation, as trafilatura's own small vocabulary of elements."""
    found = trafilatura.bare_extraction(
        page,
        favor_recall=True,
        include_tables=True,
        include_comments=False,
        with_metadata=False,  # its dates are guesses; `html_properties` takes what is stated
    )
    return found.body if isinstance(found, Document) else None


def _add(builder: TextBuilder, element: etree._Element) -> None:
    if element.tag == "head":
        if title := _flat(element):
            level = (element.get("rend") or "h3")[-1:]
            builder.add(BlockKind.HEADING, title, level=int(level) if level.isdigit() else 3)
    elif element.tag == "list":
        _add_list(builder, element, ())
    elif element.tag == "table":
        add_table(builder, _rows(element))
    elif element.tag in ("quote", "div") and len(element):
        if element.text and element.text.strip():
            builder.add(BlockKind.PARAGRAPH, " ".join(element.text.split()))
        for child in element:
            _add(builder, child)
    elif isinstance(element.tag, str) and element.tag not in ("graphic", "lb"):
        for paragraph in _paragraphs(element):
            builder.add(BlockKind.PARAGRAPH, paragraph)


def _add_list(builder: TextBuilder, element: etree._Element, lead: tuple[Span, ...]) -> None:
    """Items in order; those of a list inside an item are led by that item."""
    for item in element.iter("item"):
        if item.getparent() is not element:
            continue
        inner = [child for child in item if child.tag == "list"]
        text = _flat(item, without="list")
        span = builder.add(BlockKind.ITEM, text, lead=lead) if text else None
        for child in inner:
            _add_list(builder, child, (*lead, span) if span else lead)


def _rows(table: etree._Element) -> Iterator[tuple[bool, tuple[str, ...]]]:
    """Whether a row is one of headings, and its cells."""
    for row in table.iter("row"):
        cells = list(row.iter("cell"))
        heads = bool(cells) and all(cell.get("role") == "head" for cell in cells if _flat(cell))
        yield heads, tuple(_flat(cell) for cell in cells)


def _paragraphs(element: etree._Element) -> Iterator[str]:
    """The text of an element; two line breaks together part paragraphs."""
    parts: list[str] = [element.text or ""]
    for child in element:
        parts.append("\n" if child.tag == "lb" else " ".join(child.itertext()))
        parts.append((child.tail or "").replace("\n", " "))
    lines = [" ".join(line.split()) for line in "".join(parts).split("\n")]
    for paragraph in re.split(r"\n{2,}", "\n".join(lines)):
        if paragraph.strip():
            yield paragraph.strip()


def _flat(element: etree._Element, *, without: str = "") -> str:
    """The text of an element on one line, leaving out elements of one tag."""
    parts = [element.text or ""]
    for child in element:
        if child.tag != without:
            parts.append(" " if child.tag == "lb" else _flat(child, without=without))
        parts.append(child.tail or "")
    return " ".join(" ".join(parts).split())
