"""Reads Word documents: headings by style, lists and tables in the order of the document."""

import re
from collections.abc import Iterator
from io import BytesIO

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.styles.style import BaseStyle
from docx.text.paragraph import Paragraph
from lxml import etree
from lxml.etree import LxmlError

from ingest.errors import UnreadableError
from ingest.readers.archive import DAMAGE, opened, xml_of
from ingest.readers.marks import read_raised
from ingest.readers.markup import LONGEST_COPY, MOST_COPIES
from ingest.readers.shapes import superscript
from ingest.readers.structure import structured
from ingest.readers.text_tables import add_table
from ingest.report import BlockKind, Reading, Span, TextBuilder

_DEEPEST = 20  # content controls and tables inside one another
_NOTES = {"footnote": RELATIONSHIP_TYPE.FOOTNOTES, "endnote": RELATIONSHIP_TYPE.ENDNOTES}
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
        _Writer(document, builder, name).add_all(body, 0)
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


class _Writer:
    """Adds a document to a text, and remembers the open list items and the notes given so far."""

    def __init__(self, document: Document, builder: TextBuilder, name: str) -> None:
        self._document = document
        self._builder = builder
        self._notes = {kind: _notes(document, kind, name) for kind in _NOTES}
        self._given = dict.fromkeys(_NOTES, 0)
        self._items: list[tuple[int, Span]] = []  # from the outermost in, each with its depth

    def add_all(self, parent: BaseOxmlElement, depth: int) -> None:
        """Adds paragraphs and tables in order, also those inside content controls."""
        for element in parent:
            if element.tag == qn("w:p"):
                self._add_paragraph(Paragraph(element, self._document))
                self._add_notes(element)
            elif element.tag == qn("w:tbl"):
                self._items = []
                add_table(self._builder, _rows(element))
                self._add_notes(element)
            elif element.tag == qn("w:sdt") and depth < _DEEPEST:
                for content in element.findall(qn("w:sdtContent")):
                    self.add_all(content, depth + 1)

    def _add_paragraph(self, paragraph: Paragraph) -> None:
        text = _text(paragraph._p)
        if not text:
            return
        names = list(_style_names(paragraph.style))
        level = _heading_level(names)
        kind = BlockKind.PARAGRAPH
        if any(name.startswith("toc") for name in names):
            kind = BlockKind.FURNITURE
        elif level:
            kind = BlockKind.HEADING
        elif "caption" in names:
            kind = BlockKind.CAPTION
        elif _is_item(paragraph, names):
            self._add_item(text, _item_depth(paragraph, names))
            return
        self._items = []
        self._builder.add(kind, text, level=level if kind is BlockKind.HEADING else 0)

    def _add_item(self, text: str, depth: int) -> None:
        while self._items and self._items[-1][0] >= depth:
            self._items.pop()
        lead = tuple(span for _, span in self._items)
        self._items.append((depth, self._builder.add(BlockKind.ITEM, text, lead=lead)))

    def _add_notes(self, element: BaseOxmlElement) -> None:
        """Adds the footnotes and endnotes that an element refers to."""
        for reference in element.iter(*(qn(f"w:{kind}Reference") for kind in _NOTES)):
            kind = "footnote" if reference.tag == qn("w:footnoteReference") else "endnote"
            # A note is given once: a damaged or hostile file may refer to it time and again.
            if text := self._notes[kind].pop(reference.get(qn("w:id"), ""), ""):
                self._given[kind] += 1
                mark = superscript(str(self._given[kind]))
                self._builder.add(BlockKind.NOTE, f"{mark} {text}")


def _notes(document: Document, kind: str, name: str) -> dict[str, str]:
    """The notes of one kind, by the numbers that refer to them."""
    for relation in document.part.rels.values():
        if relation.reltype == _NOTES[kind] and not relation.is_external:
            root = xml_of(relation.target_part.blob, name)
            return {note.get(qn("w:id"), ""): _text(note) for note in root.iter(qn(f"w:{kind}"))}
    return {}


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


def _item_depth(paragraph: Paragraph, names: list[str]) -> int:
    """How many lists an item stands in, less one: as it says itself, or as its style is named."""
    level = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:ilvl')}")
    if level is not None and level.get(qn("w:val"), "").isdecimal():
        return int(level.get(qn("w:val"))[:2])
    numbers = (re.fullmatch(r"list \D+ (\d)", name) for name in names)
    return next((int(number[1]) - 1 for number in numbers if number), 0)


def _rows(table: BaseOxmlElement) -> Iterator[tuple[bool, tuple[str, ...]]]:
    """Whether a row is marked as a header, and its cells; a nested table is text of its cell.

    A merged cell is repeated in all columns and rows that it covers, one alone in its row is not.
    """
    above: list[str] = []
    left = MOST_COPIES
    for row in table.iter(qn("w:tr")):
        if next(row.iterancestors(qn("w:tbl"))) is not table:
            continue
        is_header = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        cells: list[str] = []
        parts = [
            part for part in row.iter(qn("w:tc")) if next(part.iterancestors(qn("w:tr"))) is row
        ]
        for part in parts:
            goes_on = part.vMerge == "continue" and len(cells) < len(above)
            text = above[len(cells)] if goes_on else _text(part)
            copy = text if len(text) <= LONGEST_COPY else ""
            across = max(0, min(part.grid_span - 1, left)) if len(parts) > 1 else 0
            left -= across
            cells += [copy if goes_on else text, *[copy] * across]
        above = cells
        yield is_header, tuple(cells)


def _text(element: etree._Element) -> str:
    """The text as printed: insertions kept, deletions and fallback copies of drawings left out."""
    parts: list[str] = []
    for node in element.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:p"), qn("w:noBreakHyphen")):
        if next(node.iterancestors(_FALLBACK), None) is not None:
            continue
        if node.tag == qn("w:t"):
            text = node.text or ""
            parts.append(read_raised(text, "".join(parts[-3:])) if _is_raised(node) else text)
        else:
            parts.append("-" if node.tag == qn("w:noBreakHyphen") else " ")
    return " ".join("".join(parts).split())


def _is_raised(text: etree._Element) -> bool:
    run = text.getparent()
    place = None if run is None else run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
    return place is not None and place.get(qn("w:val")) == "superscript"
