"""Makes a reading of a document given as trafilatura's few elements: head, p, list, table, quote.

The web page reader gets them from trafilatura; those of EPUB and ODT put their own markup so. What
a `p` with `rend` is, that says.
"""

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from ingest.readers.structure import structured
from ingest.readers.text_tables import add_table
from ingest.report import BlockKind, Reading, Span, TextBuilder

_RENDERED = {"caption": BlockKind.CAPTION, "note": BlockKind.NOTE}


def reading_of(elements: Iterable[etree._Element], properties: dict[str, str]) -> Reading:
    """The document as a report of one page."""
    builder = TextBuilder()
    for element in elements:
        _add(builder, element)
    reading = builder.reading(properties)
    guess = not any(block.kind is BlockKind.HEADING for block in reading.blocks)
    blocks = structured(reading.text, reading.blocks, guess_headings=guess)
    return Reading(reading.text, blocks, reading.page_starts, properties)


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
        kind = _RENDERED.get(element.get("rend", ""), BlockKind.PARAGRAPH)
        for paragraph in _paragraphs(element):
            builder.add(kind, paragraph)


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
