"""Writes the blocks of a PDF into one text, with sentences rejoined and lists and rows led in."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.readers.pdf_blocks import ENDED, Draft, with_bullet_as_text
from ingest.readers.pdf_tables import Row, Table, is_item, row_text
from ingest.readers.pdf_words import Joiner
from ingest.readers.shapes import leads_in
from ingest.report import BlockKind, Reading, Span, TextBuilder

_STATEMENT = re.compile(
    r"(?!(?:figure|table|chart|box)\s+\w?\d|.*\b(?:that|wh\w+|how)\b).*\b(?:is|are|was|were|requires?)\b",
    re.IGNORECASE,
)
"""The title of a table that says something, as the grade above the grades of the parts does."""

_FLOATS = {BlockKind.NOTE, BlockKind.CAPTION, BlockKind.FURNITURE, BlockKind.ROW}
_RUNNING = {BlockKind.PARAGRAPH, BlockKind.ITEM}


def assemble(pages: list[list[Draft]], joiner: Joiner, properties: dict[str, str]) -> Reading:
    """One text of all pages, in order."""
    writer = _Writer(joiner)
    for drafts in _rejoined(pages, joiner):
        writer.new_page()
        for draft in drafts:
            writer.write(draft)
    return writer.reading(properties)


def _rejoined(pages: list[list[Draft]], joiner: Joiner) -> list[list[Draft]]:
    """`pages` where a block that a page or column cuts in two is followed by its rest.

    The first part moves to the end of its page and the rest to the start of the next, past the
    notes, captions and tables that stand between them.
    """
    pages = [_rejoined_in_page(drafts, joiner) for drafts in pages]
    for drafts, following in pairwise(pages):
        last = next((i for i in reversed(range(len(drafts))) if _is_text(drafts[i])), None)
        first = next((i for i in range(len(following)) if _is_text(following[i])), None)
        if last is None or first is None or not _continues(drafts[last], following[first]):
            continue
        head, rest = _linked(drafts[last], following[first], joiner)
        del drafts[last], following[first]
        drafts.append(head)
        following.insert(0, rest)
    return pages


def _rejoined_in_page(drafts: list[Draft], joiner: Joiner) -> list[Draft]:
    joined: list[Draft] = []
    last: int | None = None
    for draft in drafts:
        joined.append(draft)
        if not _is_text(draft):
            continue
        # A paragraph right below another was parted from it for a reason.
        apart = last is not None and (last < len(joined) - 2 or _is_above(draft, joined[last]))
        if last is None or not apart or not _continues(joined[last], draft):
            last = len(joined) - 1
            continue
        head, rest = _linked(joined[last], joined.pop(), joiner)
        joined[last : last + 1] = [head, rest]
        last += 1
    return joined


def _is_above(draft: Draft, last: Draft) -> bool:
    """Whether `draft` begins higher on the page than `last` ends: in the next column."""
    return draft.lines[0].base < last.lines[-1].base


def _is_text(draft: Draft) -> bool:
    return draft.kind not in _FLOATS


def _continues(last: Draft, draft: Draft) -> bool:
    """Whether `draft`, further on, goes on with the sentence that `last` leaves open."""
    if last.kind not in _RUNNING or draft.kind is not BlockKind.PARAGRAPH:
        return False
    before, after = last.lines[-1], draft.lines[0]
    if before.bold != after.bold or ENDED.search(before.text):
        return False
    if abs(before.size - after.size) > 0.08 * before.size:
        return False
    if after.bullet:  # a number that begins a wrapped line counts nothing
        return after.numbered and len(last.lines) > 1 and abs(after.x0 - before.x0) < 2
    room = last.right - before.x1 - after.first_word_width  # a wrapped line leaves none
    if after.text[:1].islower() or before.text.endswith("-"):
        return room < 3 * after.size
    return room < 0.6 * after.size


def _linked(last: Draft, draft: Draft, joiner: Joiner) -> tuple[Draft, Draft]:
    """Both parts, the hyphen between them dropped where it only broke the word."""
    before, after = last.lines[-1], draft.lines[0]
    if after.bullet:
        after = with_bullet_as_text(after)
    kept, joint = joiner.joint(before.text, after.text)
    head = replace(last, lines=(*last.lines[:-1], replace(before, text=kept)))
    return head, replace(draft, lines=(after, *draft.lines[1:]), joint=joint)


@dataclass(frozen=True, slots=True)
class _Parent:
    """What leads in the items below it: a paragraph, or an item with items of its own."""

    span: Span
    indent: float


class _Writer:
    """Feeds a `TextBuilder`, and remembers what leads in the list or table being written."""

    def __init__(self, joiner: Joiner) -> None:
        self._builder = TextBuilder()
        self._joiner = joiner
        self._last: BlockKind | None = None
        self._text = ""  # of the last block that is no float, with what leads in a list
        self._span: Span = (0, 0)
        self._indent = -1.0
        self._parents: list[_Parent] = []
        self._caption: Span | None = None
        self._header: Span | None = None
        self._header_text = ""
        self._columns = 0
        self._row = ""  # the last block, if it is a row

    def new_page(self) -> None:
        self._builder.new_page()

    def reading(self, properties: dict[str, str]) -> Reading:
        return self._builder.reading(properties)

    def write(self, draft: Draft) -> None:
        if draft.table is not None and not draft.lines:
            self._table(draft.table)
            return
        if draft.table is not None:
            text = row_text(draft.table.rows[0], self._joiner.join).strip()
        else:
            text = self._joiner.join(line.text for line in draft.lines if line.text)
        if not text:
            return
        self._row = ""
        if draft.joint is not None:
            self._builder.extend(text, joint=draft.joint)
            self._text = self._text + draft.joint + text
            self._span = (self._span[0], self._span[1] + len(draft.joint) + len(text))
        elif self._is_item(draft):
            self._item(draft, text)
        else:
            self._plain(draft, text)

    def _is_item(self, draft: Draft) -> bool:
        """Numbered text is a list where a colon leads it in; else its numbers count paragraphs."""
        if draft.kind is BlockKind.ITEM:
            return True
        if draft.kind is not BlockKind.PARAGRAPH:
            return False
        first = draft.lines[0]
        if not first.bullet:  # its glyph may be one that the file has no character for
            inside = self._last is BlockKind.ITEM and abs(first.x0 - self._indent) < 3
            led_in = self._text.endswith(":") and first.x0 > self._indent + 3
            return first.text[:1].islower() and (inside or led_in)
        if self._last is BlockKind.ITEM:
            return bool(self._parents)
        return self._last is BlockKind.PARAGRAPH and self._text.endswith(":")

    def _item(self, draft: Draft, text: str) -> None:
        indent = draft.lines[0].x0
        while self._parents and self._parents[-1].indent > indent - 3:
            self._parents.pop()
        if self._last in _RUNNING and self._indent < indent - 3 and leads_in(self._text):
            if not (self._parents and self._parents[-1].span[0] == self._span[0]):
                self._parents.append(_Parent(self._span, self._indent))
        elif self._last is BlockKind.PARAGRAPH and leads_in(self._text):
            self._parents = [_Parent(self._span, indent - 4)]
        elif self._last not in _RUNNING:
            self._parents = []
        lead = tuple(parent.span for parent in self._parents)
        self._span = self._builder.add(BlockKind.ITEM, text, lead=lead)
        self._last, self._text, self._indent = BlockKind.ITEM, text, indent

    def _plain(self, draft: Draft, text: str) -> None:
        if draft.kind is BlockKind.HEADING and draft.lines[0].bullet:
            text = f"{draft.lines[0].bullet} {text}"
        span = self._builder.add(draft.kind, text, level=draft.level)
        if draft.kind in _FLOATS:
            self._caption = span if draft.kind is BlockKind.CAPTION else self._caption
            return
        self._caption = None
        self._columns = 0
        self._parents = []
        self._last, self._text, self._span = draft.kind, text, span
        self._indent = draft.lines[0].x0

    def _table(self, table: Table) -> None:
        """The rows; a table that goes on from the page before keeps the headings it had there."""
        columns = len(table.rows[0])
        texts = [row_text(row, self._joiner.join) for row in table.rows]
        if table.title:
            title = self._joiner.join(line.text for line in table.title)
            kind = BlockKind.PARAGRAPH if _STATEMENT.match(title) else BlockKind.CAPTION
            self._caption = self._builder.add(kind, title)
        heading = "\t".join(texts[: table.headings])
        if table.headings and (heading != self._header_text or columns != self._columns):
            lead = (self._caption,) if self._caption else ()
            self._header = self._builder.add(BlockKind.HEADER, heading, lead=lead)
            self._header_text = heading
            self._row = ""
        elif not table.headings and columns != self._columns:
            self._header, self._header_text = None, ""
        self._row = self._row if columns == self._columns and not table.title else ""
        self._columns = columns
        leads = tuple(span for span in (self._caption, self._header) if span is not None)
        for row, text in zip(table.rows[table.headings :], texts[table.headings :], strict=True):
            if self._row and _goes_on(self._row, row):
                listed = is_item((row[-1] or ())[0]) and self._row[-1:].isalnum()
                _, joint = self._joiner.joint(self._row, text.strip())
                self._builder.extend(text.strip(), joint="; " if listed else joint)
            elif text:
                self._builder.add(BlockKind.ROW, text, lead=leads)
            self._row = text if text else self._row
        self._last = BlockKind.ROW


def _goes_on(above: str, row: Row) -> bool:
    """Whether `row` is the rest of the row above it, whose last cell a page break cuts."""
    *labels, last = row
    if any(labels) or not labels or not last:
        return False
    return ENDED.search(above) is None and last[0].text[:1].islower()
