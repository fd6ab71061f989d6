"""Reads plain text: its stored text is the file itself, its blocks are spans over it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.readers.contents import find_contents
from ingest.readers.decode import decode
from ingest.readers.front_matter import front_matter
from ingest.readers.shapes import begins_lower, ends_sentence
from ingest.readers.structure import structured
from ingest.readers.text_tables import TableLine, is_table, tab_line, table_blocks
from ingest.report import Block, BlockKind, Reading, Span

_ITEM = re.compile(
    r"[ \t]*(?:[-–—•*·▪■●◦‣➢✓✗✔\uf0b7\uf0a7][ \t]+(?=\S)"  # a bullet stays out of its item,
    r"|(?=\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)][ \t]+\S))"  # a number or letter belongs to it
)
_RULE = re.compile(r"[ \t]*(?:={3,}|-{3,}|_{3,}|\*{3,}|~{3,})[ \t]*")
_TICKS = re.compile(r"\s(?:[✓✗✔✘•▪]|X(?=\s[A-Z]))\s+")
_WIDEST_WRAP = 130  # characters; a longer line is a paragraph of its own
_FULL_LINE = 0.85  # of the wrap width: a line this long was broken for want of room


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank; `start` is where its first visible character stands."""

    start: int
    end: int
    text: str  # with its indentation
    first: bool  # whether a blank line, or nothing, stands before it


def read(data: bytes, name: str) -> Reading:
    """The file as a report of one page; raises `UnreadableError` when it holds no text."""
    text = decode(data, name)
    properties, body = front_matter(text)
    blocks = [Block(BlockKind.FURNITURE, 0, len(text[:body].rstrip()))] if body else []
    blocks += laid_out(text, body, len(text))
    titles = find_contents([line.text for line in _lines(text, body, len(text))]).titles
    return Reading(text, structured(text, blocks, titles=titles), properties=properties)


def laid_out(text: str, start: int, end: int) -> list[Block]:
    """Blocks over `text[start:end]`, as its line breaks, bullets and tabs alone show them."""
    lines = list(_lines(text, start, end))
    return _laid_out(lines, find_contents([line.text for line in lines]).lines)


def _lines(text: str, offset: int, end: int) -> Iterator[Line]:
    first = True
    for line in text[offset:end].split("\n"):
        visible = line.strip()
        if visible:
            start = offset + len(line) - len(line.lstrip())
            yield Line(start, start + len(visible), line, first)
        first = not visible
        offset += len(line) + 1


def _laid_out(lines: Sequence[Line], contents: frozenset[int]) -> list[Block]:
    width = _wrap_width(lines)
    blocks: list[Block] = []
    columns = 0  # of the table before, which may go on after a blank line
    header: Span | None = None
    at = 0
    while at < len(lines):
        line = lines[at]
        end = at + 1
        table = [] if at in contents else _table(lines, at, columns)
        if table:
            end = at + len(table)
            new = table_blocks(table, header if columns else None)
            header = next((block.lead[0] for block in reversed(new) if block.lead), None)
            columns = max(len(row.cells) for row in table)
            blocks += new
        else:
            columns = 0
            if at in contents or _RULE.fullmatch(line.text):
                blocks.append(Block(BlockKind.FURNITURE, line.start, line.end))
            else:
                end = _text_end(lines, at, width)
                blocks += _text_blocks(lines[at:end])
        at = end
    return blocks


def _wrap_width(lines: Sequence[Line]) -> int:
    """The width at which the file breaks its lines, or 0 when each line is a paragraph."""
    lengths = sorted(len(line.text) for line in lines if "\t" not in line.text)
    if len(lengths) < 4:
        return 0
    width = lengths[int(0.95 * (len(lengths) - 1))]
    runs_on = sum(
        1
        for one, other in zip(lines, lines[1:], strict=False)
        if not other.first and not ends_sentence(one.text) and begins_lower(other.text)
    )
    return width if width <= _WIDEST_WRAP and runs_on >= 2 else 0


def _table(lines: Sequence[Line], at: int, columns: int) -> list[TableLine]:
    """The table that begins here, up to the next blank line; [] where none does.

    `columns` is the number of columns of the table just before, 0 if there is none.
    """
    rows: list[TableLine] = []
    for line in lines[at:]:
        if "\t" not in line.text.strip("\n") or (rows and line.first):
            break
        # An empty first cell is part of the row: its span begins with the tab.
        tabs = len(line.text) - len(line.text.lstrip(" \t"))
        rows.append(tab_line(line.start - tabs, line.text))
    goes_on = bool(rows) and abs(len(rows[0].cells) - columns) <= 1 and rows[0].filled >= 2
    return rows if is_table(rows) or (columns > 1 and goes_on) else []


def _text_end(lines: Sequence[Line], at: int, width: int) -> int:
    """The index after the last line of the paragraph or item that begins at `at`."""
    indent = _indent(lines[at])
    is_item = _ITEM.match(lines[at].text) is not None
    end = at + 1
    while end < len(lines):
        one, other = lines[end - 1], lines[end]
        if other.first or "\t" in other.text.strip() or _RULE.fullmatch(other.text):
            break
        if _ITEM.match(other.text) and not begins_lower(other.text):
            break
        full = len(one.text) + 1 + len(other.text.split(maxsplit=1)[0]) > _FULL_LINE * width
        wrapped = width > 0 and full
        indented = is_item and _indent(other) > indent
        cut = len(one.text) > 30 and not ends_sentence(one.text) and begins_lower(other.text)
        if not (wrapped or indented or cut) or _ITEM.match(other.text):
            break
        end += 1
    return end


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())


def _text_blocks(lines: Sequence[Line]) -> Iterator[Block]:
    start, end = lines[0].start, lines[-1].end
    mark = _ITEM.match(lines[0].text)
    if mark:
        start = lines[0].start + mark.end() - _indent(lines[0])
        if inner := _ITEM.match(lines[0].text[mark.end() :]):  # "- 1. ..."
            start += inner.end()
        yield Block(BlockKind.ITEM, start, end)
        return
    ticks = list(_TICKS.finditer(lines[0].text)) if len(lines) == 1 else []
    if len({tick[0].strip() for tick in ticks} - {"X"}) and len(ticks) >= 2:
        yield from _ticked(lines[0], ticks)
        return
    yield Block(BlockKind.PARAGRAPH, start, end)


def _ticked(line: Line, ticks: list[re.Match[str]]) -> Iterator[Block]:
    """A list that a conversion ran together into one line, divided again at its ticks."""
    offset = line.start - _indent(line)
    yield Block(BlockKind.PARAGRAPH, line.start, offset + ticks[0].start())
    ends = [tick.start() for tick in ticks[1:]] + [len(line.text.rstrip())]
    for tick, end in zip(ticks, ends, strict=True):
        yield Block(BlockKind.ITEM, offset + tick.end(), offset + end)
