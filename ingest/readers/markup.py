"""Puts right in web pages and books what is lost when their elements become lines of text."""

import re
from collections.abc import Iterator

from lxml import etree

from ingest.readers.marks import read_raised
from ingest.readers.shapes import superscript

NOTE_TYPE = "{http://www.idpf.org/2007/ops}type"
"""The attribute by which a book says of an element that it is a note, or refers to one."""

INLINE = frozenset(
    "a abbr b bdi bdo big br cite code dfn em font i img ins kbd mark q ruby s samp small span "
    "strong sub sup time tt u var wbr rp rt".split()
)
"""The elements of running text."""

MOST_COPIES = 100_000
"""Cells that are added to one document for those that cover several columns or rows."""

LONGEST_COPY = 300
"""Characters of a cell; a longer one is neither heading nor label, and stands once."""

_NOTES = frozenset("footnote endnote rearnote doc-footnote doc-endnote".split())
_ROLES = frozenset("noteref backlink doc-noteref doc-backlink".split())  # of marks and ways back
_RUNNING = INLINE - {"br"}
_WORD_END = re.compile(r"[\w.,;:!?%)\]’”'\"]$")
_MOST_STEPS = 20  # back to the text before a mark
_CELLS = frozenset(("td", "th", "cell"))
_NUMBERS = frozenset(map(str, range(2, 100)))  # of columns or rows covered; more is a mistake


def tidy(root: etree._Element) -> None:
    """Takes marks of notes out, numbers notes, joins terms to their meanings, spreads cells."""
    _read_marks(root)
    _set_notes(root)
    _join_terms(root)
    spread_cells(root)


def _read_marks(root: etree._Element) -> None:
    """Takes the marks of notes out of a web page, or the chapter of a book."""
    for element in list(root.iter("{*}sup", "{*}a")):
        text, before = "".join(map(str, element.itertext())), text_before(element)
        if not _ROLES.isdisjoint((element.get(NOTE_TYPE), element.get("role"))):
            put_text(element, "")
        elif name_of(element) == "sup" or (
            # A link to a numbered part stands apart, as in "see table 3".
            "#" in element.get("href", "") and _WORD_END.search(before)
        ):
            put_text(element, read_raised(text, before))


def text_before(element: etree._Element) -> str:
    """The text just before an element in its block; blank where it opens the block."""
    before = ""
    for _ in range(_MOST_STEPS):
        previous, parent = element.getprevious(), element.getparent()
        if previous is not None:
            inside = text_of(previous) if name_of(previous) in _RUNNING else ""
            before, element = inside + (previous.tail or "") + before, previous
        elif parent is not None:
            before, element = (parent.text or "") + before, parent
        if before.strip() or parent is None or name_of(element) not in _RUNNING:
            break
    return before


def put_text(element: etree._Element, text: str) -> None:
    """Gives an element this text in place of all that it holds."""
    if "".join(map(str, element.itertext())) != text:
        element[:] = []
        element.text = text


def is_note(element: etree._Element) -> bool:
    """Whether an element says that it is a footnote or endnote."""
    return not _NOTES.isdisjoint((element.get(NOTE_TYPE), element.get("role")))


def _set_notes(root: etree._Element) -> None:
    """Makes paragraphs that begin with their numbers of the notes of a list."""
    for notes in list(root.iter("{*}ol")):
        items = [item for item in notes if name_of(item) == "li"]
        if items and all(map(is_note, items)):
            notes.tag = "div"
            for number, item in enumerate(items, 1):
                put_text(item, f"{superscript(str(number))} {text_of(item)}")
                item.tag = "p"


def _join_terms(root: etree._Element) -> None:
    """Puts each term of a list of terms before its meaning, as "term: meaning"."""
    for term in list(root.iter("{*}dt")):
        text = text_of(term)[:LONGEST_COPY].rstrip(" :")
        meanings = list(_meanings(term))
        for meaning in meanings:
            meaning.text = f"{text}: {meaning.text or ''}"
        parent = term.getparent()
        if meanings and parent is not None:
            parent.remove(term)


def _meanings(term: etree._Element) -> Iterator[etree._Element]:
    for meaning in term.itersiblings():
        if name_of(meaning) == "dt":
            return
        if name_of(meaning) == "dd":
            yield meaning


def spread_cells(root: etree._Element) -> None:
    """Repeats a cell that covers several columns or rows in each of them; a lone one stays alone."""
    copies = 0
    for table in list(root.iter("{*}table")):
        placed: set[etree._Element] = set()
        for row, cells in _grid(table):
            made = []
            for cell in cells:
                made.append(_copy(cell) if cell in placed else cell)
                placed.add(cell)
            copies += len(cells) - len(row)
            row[:] = made
            if copies > MOST_COPIES:
                return


def rows_of(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table without those of the tables in it."""
    for row in list(table.iter("{*}tr", "{*}row")):
        if next(row.iterancestors("{*}table"), None) is table:
            yield row


def _grid(table: etree._Element) -> Iterator[tuple[etree._Element, list[etree._Element]]]:
    """Each row, and the cell that covers each of its columns."""
    hanging: dict[int, tuple[etree._Element, int]] = {}  # cells that reach down, and how far
    for row in rows_of(table):
        waiting = [cell for cell in row if name_of(cell) in _CELLS]
        if len(waiting) == 1 and not hanging:
            continue
        waiting.reverse()
        cells: list[etree._Element] = []
        below: dict[int, tuple[etree._Element, int]] = {}
        while waiting or len(cells) in hanging:
            across = 1
            if len(cells) in hanging:
                cell, down = hanging[len(cells)]
            else:
                cell = waiting.pop()
                across, down = _covered(cell, "colspan"), _covered(cell, "rowspan")
            for _ in range(across):
                if down > 1:
                    below[len(cells)] = (cell, down - 1)
                cells.append(cell)
        hanging = below
        yield row, cells


def _covered(cell: etree._Element, attribute: str) -> int:
    """How many columns or rows a cell says it covers, which is said no more."""
    number = cell.attrib.pop(attribute, "1")
    return int(number) if number in _NUMBERS else 1


def _copy(cell: etree._Element) -> etree._Element:
    copy = cell.makeelement(cell.tag, dict(cell.attrib))
    text = text_of(cell)
    copy.text = text if len(text) <= LONGEST_COPY else ""
    return copy


def text_of(element: etree._Element) -> str:
    """The text of an element on one line."""
    return " ".join(" ".join(map(str, element.itertext())).split())


def name_of(element: etree._Element | None) -> str:
    """The name of an element without its namespace; empty for a comment, and where there is none."""
    if element is None or not isinstance(element.tag, str):
        return ""
    return str(etree.QName(element).localname).lower()
