"""Reads Word documents: headings by style, lists and tables in the order of the document."""

import re
from collections.abc import Iterator
from io import BytesIO

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.styles.style import BaseStyle
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from ingest.errors import UnreadableError
from ingest.readers.archive import DAMAGE, opened
from ingest.readers.structure import structured
from ingest.readers.text_tables import add_table
from ingest.report import BlockKind, Reading, TextBuilder

_DEEPEST = 20  # content controls and tables inside one another
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DAMAGE = (
    AttributeError,  # python-docx misses an attribute or element that the schema requires
    TypeError,
    ValueError,
    LxmlError,
    OpcError,
    *DAMAGE,
)


def read(data: bytes, name: str) -> Reading:
    """The document as a report of one page; raises `UnreadableError` for damage and bombs."""
    try:
        _refuse_bombs(data, name)
        document = docx.Document(BytesIO(data))
        builder = TextBuilder()
        body = document.element.find(qn("w:body"))
        if body is None:
            raise ValueError("no body")
        _add_all(builder, document, body, 0)
        title = document.core_properties.title or ""
    except _DAMAGE as error:
        raise UnreadableError(
            f"{name} is damaged or protected; open it in Word and save it again."
        ) from error
    reading = builder.reading({"title": title.strip()} if title.strip() else {})
    if not reading.text.strip():
        raise UnreadableError(f"{name} holds no text; supply a document with text in it.")
    guess = not any(block.kind is BlockKind.HEADING for block in reading.blocks)
    blocks = structured(reading.text, reading.blocks, guess_headings=guess)
    return Reading(reading.text, blocks, reading.page_starts, reading.properties)


def _refuse_bombs(data: bytes, name: str) -> None:
    with opened(data, name) as archive, archive.open("word/document.xml") as part:
        if b"<!DOCTYPE" in part.read(2000):
            raise UnreadableError(
                f"{name} declares XML entities, as no Word file does; it is refused."
            )


def _add_all(builder: TextBuilder, document: Document, parent: BaseOxmlElement, depth: int) -> None:
    """Adds paragraphs and tables in order, also those inside content controls."""
    for element in parent:
        if element.tag == qn("w:p"):
            _add_paragraph(builder, Paragraph(element, document))
        elif element.tag == qn("w:tbl"):
            add_table(builder, _rows(element))
        elif element.tag == qn("w:sdt") and depth < _DEEPEST:
            for content in element.findall(qn("w:sdtContent")):
                _add_all(builder, document, content, depth + 1)


def _add_paragraph(builder: TextBuilder, paragraph: Paragraph) -> None:
    text = _text(paragraph._p)
    if not text:
        return
    names = list(_style_names(paragraph.style))
    level = _heading_level(names)
    if any(name.startswith("toc") for name in names):
        builder.add(BlockKind.FURNITURE, text)
    elif level:
        builder.add(BlockKind.HEADING, text, level=level)
    elif "caption" in names:
        builder.add(BlockKind.CAPTION, text)
    elif _is_item(paragraph, names):
        builder.add(BlockKind.ITEM, text)
    else:
        builder.add(BlockKind.PARAGRAPH, text)


def _style_names(style: BaseStyle | None) -> Iterator[str]:
    """The names of a style and of those that it is based on, in lower case."""
    for _ in range(_DEEPEST):
        if style is None:
            return
        yield (style.name or "").lower()
        style = getattr(style, "base_style", None)


def _heading_level(names: list[str]) -> int:
    """1 for a title, the number of a heading, 0 for anything else."""
    for name in names:
        if name == "title":
            return 1
        if match := re.match(r"heading (\d)", name):
            return int(match[1])
    return 0


def _is_item(paragraph: Paragraph, names: list[str]) -> bool:
    numbered = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    return numbered is not None or any(name.startswith("list ") for name in names)


def _rows(table: BaseOxmlElement) -> Iterator[tuple[bool, tuple[str, ...]]]:
    """Whether a row is marked as a header, and its cells; a nested table is text of its cell."""
    for row in table.iter(qn("w:tr")):
        if next(row.iterancestors(qn("w:tbl"))) is not table:
            continue
        is_header = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        cells = [
            cell for cell in row.iter(qn("w:tc")) if next(cell.iterancestors(qn("w:tr"))) is row
        ]
        yield is_header, tuple(_text(cell) for cell in cells)


def _text(element: BaseOxmlElement) -> str:
    """The text as printed: insertions kept, deletions and fallback copies of drawings left out."""
    parts: list[str] = []
    for node in element.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:p"), qn("w:noBreakHyphen")):
        if next(node.iterancestors(_FALLBACK), None) is not None:
            continue
        if node.tag == qn("w:t"):
            parts.append(node.text or "")
        else:
            parts.append("-" if node.tag == qn("w:noBreakHyphen") else " ")
    return " ".join("".join(parts).split())
