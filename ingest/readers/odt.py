"""Reads OpenDocument texts (ODT): their structure put into the elements of a web page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.errors import UnreadableError
from ingest.readers.archive import DAMAGE, opened, xml_of
from ingest.readers.elements import reading_of
from ingest.readers.marks import read_raised
from ingest.readers.markup import name_of, put_text, spread_cells, text_before
from ingest.readers.shapes import superscript
from ingest.report import Reading

_DEEPEST = 100  # elements inside one another
_HANGING = ("{*}text-box", "{*}note")  # on a paragraph, list or table
_MOST_SPACES = 100
_REPEATS = frozenset(map(str, range(2, 20)))
_SKIPPED = frozenset(
    "tracked-changes annotation annotation-end table-of-content alphabetical-index "
    "illustration-index table-index object-index user-index bibliography sequence-decls "
    "variable-decls user-field-decls forms ruby-text title desc".split()
)
_HEADING_STYLE = re.compile(r"Heading(?:_20_(\d))?")


def read(data: bytes, name: str) -> Reading:
    """The document as a report of one page; raises `UnreadableError` for damage and bombs."""
    try:
        with opened(data, name) as archive:
            content = xml_of(archive.read("content.xml"), name)
            parts = archive.namelist()
            meta = xml_of(archive.read("meta.xml"), name) if "meta.xml" in parts else None
    except DAMAGE as error:
        raise UnreadableError(
            f"{name} is damaged or protected; open it in its program and save it again."
        ) from error
    text = next(content.iter("{*}text"), None)
    if text is None or name_of(text.getparent()) != "body":
        raise UnreadableError(f"{name} is damaged; open it in its program and save it again.")
    _read_marks(content)
    elements = list(_Writer(_parents(content)).blocks(text, 0))
    reading = reading_of(elements, _properties(meta))
    if not reading.text.strip():
        raise UnreadableError(f"{name} holds no text; supply a document with text in it.")
    return reading


def _parents(content: etree._Element) -> dict[str, str]:
    """The style that each automatic style is made from."""
    return {
        _attribute(style, "name"): _attribute(style, "parent-style-name")
        for style in content.iter("{*}style")
    }


def _read_marks(content: etree._Element) -> None:
    """Takes marks of notes out that are raised by hand."""
    raised = {
        _attribute(style, "name")
        for style in content.iter("{*}style")
        if any(_attribute(p, "text-position").startswith("super") for p in style)
    }
    for span in list(content.iter("{*}span")):
        if _attribute(span, "style-name") in raised:
            put_text(span, read_raised("".join(map(str, span.itertext())), text_before(span)))


def _properties(meta: etree._Element | None) -> dict[str, str]:
    """The title; the dates of a file are those of its editing, not of its publication."""
    for element in meta.iter("{http://purl.org/dc/elements/1.1/}title") if meta is not None else ():
        if title := " ".join((element.text or "").split()):
            return {"title": title}
    return {}


@dataclass(frozen=True, slots=True)
class _Writer:
    """Puts elements of ODT into those of a web page; `styles` has each style's parent."""

    styles: dict[str, str]

    def blocks(self, parent: etree._Element, depth: int) -> Iterator[etree._Element]:
        """The contents of the text, of a section or of a text box."""
        for child in parent:
            tag = name_of(child)
            if tag in _SKIPPED or depth > _DEEPEST:
                continue
            if tag in ("h", "p"):
                yield from self._paragraph(child, tag)
            elif tag == "list":
                yield from self._list_blocks(child, depth)
            elif tag == "table":
                yield self._table(child)
                yield from self._hung_on(child)
            elif tag not in ("soft-page-break", ""):
                yield from self.blocks(child, depth + 1)

    def _paragraph(self, element: etree._Element, tag: str) -> Iterator[etree._Element]:
        """A paragraph or heading, then what hangs on it."""
        level = _level(element) if tag == "h" else self._styled_level(element)
        made = etree.Element("head", rend=f"h{level}") if level else etree.Element("p")
        made.text = _text(element, 0)
        if made.text.strip():
            yield made
        yield from self._hung_on(element)

    def _hung_on(self, element: etree._Element) -> Iterator[etree._Element]:
        """The text boxes and footnotes of a paragraph, list or table."""
        outer = next(element.iterancestors(*_HANGING), None)
        for inner in element.iter(*_HANGING):
            if next(inner.iterancestors(*_HANGING), None) is not outer:
                continue  # it hangs on what is inside another
            if name_of(inner) == "text-box":
                yield from self.blocks(inner, 1)
                continue
            citation = "".join(_text(c, 0) for c in inner if name_of(c) == "note-citation")
            body = "".join(_text(c, 0) for c in inner if name_of(c) == "note-body")
            note = etree.Element("p", rend="note")
            note.text = f"{superscript(citation.strip())} {body.strip()}"
            yield note

    def _styled_level(self, element: etree._Element) -> int:
        """1 for a title, the number of a heading that only its style marks, else 0."""
        style = _attribute(element, "style-name")
        for _ in range(_DEEPEST):
            if style == "Title":
                return 1
            if found := _HEADING_STYLE.fullmatch(style):
                return int(found[1] or 1)
            if style not in self.styles:
                return 0
            style = self.styles[style]
        return 0

    def _list_blocks(self, element: etree._Element, depth: int) -> Iterator[etree._Element]:
        """A list; one that only numbers headings gives these."""
        if any(True for _ in element.iter("{*}h")):
            yield from self.blocks(element, depth + 1)
        elif depth < _DEEPEST:
            yield self._list(element, depth)
            yield from self._hung_on(element)

    def _list(self, element: etree._Element, depth: int) -> etree._Element:
        made = etree.Element("list")
        for child in element:
            if name_of(child) not in ("list-item", "list-header"):
                continue
            item = etree.SubElement(made, "item")
            texts = [_text(inner, 0) for inner in child if name_of(inner) in ("p", "h")]
            item.text = " ".join(texts)
            for inner in child:
                if name_of(inner) == "list" and depth < _DEEPEST:
                    item.append(self._list(inner, depth + 1))
        return made

    def _table(self, element: etree._Element) -> etree._Element:
        """Rows of cells; a nested table is text of its cell."""
        made = etree.Element("table")
        for row in element.iter("{*}table-row"):
            if next(row.iterancestors("{*}table")) is not element:
                continue
            heads = name_of(row.getparent()) == "table-header-rows"
            put = etree.SubElement(made, "row")
            for cell in row:
                if (
                    name_of(cell) == "table-cell"
                ):  # those that it covers stand as covered-table-cell
                    for _ in range(_repeats(cell)):
                        given = etree.SubElement(put, "cell", {"role": "head"} if heads else {})
                        given.text = _text(cell, 0)
                        given.set("colspan", _attribute(cell, "number-columns-spanned"))
                        given.set("rowspan", _attribute(cell, "number-rows-spanned"))
        spread_cells(made)
        return made


def _level(element: etree._Element) -> int:
    number = _attribute(element, "outline-level")
    return min(6, max(1, int(number))) if number.isascii() and number.isdigit() else 1


def _repeats(cell: etree._Element) -> int:
    """How often a cell stands; a row is filled up to the edge of the page with one many times."""
    number = _attribute(cell, "number-columns-repeated")
    return int(number) if number in _REPEATS else 1


def _text(element: etree._Element, depth: int) -> str:
    """The text as printed, without notes, comments and text boxes; blocks are parted by spaces."""
    tag = name_of(element)
    if tag in _SKIPPED or tag in ("note", "text-box", "") or depth > _DEEPEST:
        return ""
    if tag == "s":
        number = _attribute(element, "c")
        return " " * (
            min(int(number[:4]), _MOST_SPACES) if number.isascii() and number.isdigit() else 1
        )
    if tag in ("tab", "line-break"):
        return " "
    parts = [element.text or ""]
    for child in element:
        parts.append(_text(child, depth + 1))
        parts.append(child.tail or "")
    text = "".join(parts)
    return f"{text} " if tag in ("p", "h", "list-item", "table-cell") else text


def _attribute(element: etree._Element, name: str) -> str:
    """An attribute by its local name, whatever the prefix of its namespace."""
    for key, value in element.attrib.items():
        if etree.QName(key).localname == name:
            return str(value)
    return ""
