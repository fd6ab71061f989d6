"""Reads plain text: its stored text is the file (tags of raised numbers aside), its blocks spans."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.contents import find_contents
from ingest.readers.decode import decode
from ingest.readers.delimited import read_delimited
from ingest.readers.front_matter import front_matter
from ingest.readers.marks import read_tags
from ingest.readers.shapes import begins_lower, ends_sentence
from ingest.readers.structure import structured
from ingest.readers.text_tables import TableLine, is_table, tab_line, table_blocks, widened
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
    """The file as a report, of one page unless form feeds mark more.

    Raises `UnreadableError` when it holds no text.
    """
    text = read_tags(decode(data, name))
    if table := read_delimited(text):
        return table
    properties, body = front_matter(text)
    blocks = [Block(BlockKind.FURNITURE, 0, len(text[:body].rstrip()))] if body else []
    blocks += laid_out(text, body, len(text))
    titles = find_contents([line.text for line in _lines(text, body, len(text))]).titles
    # Converters of PDFs put a form feed between pages.
    pages = [match.end() for match in re.finditer("\f", text.rstrip())]
    return Reading(text, structured(text, blocks, titles=titles), (0, *pages), properties)


def laid_out(text: str, start: int, end: int) -> list[Block]:
    """Blocks over `text[start:end]`, as its line breaks, bullets and tabs alone show them."""
    lines = list(_lines(text, start, end))
    return _laid_out(text, lines, find_contents([line.text for line in lines]).lines)


def _lines(text: str, offset: int, end: int) -> Iterator[Line]:
    first = True
    for line in text[offset:end].split("\n"):
        visible = line.strip()
        if visible:
            start = offset + len(line) - len(line.lstrip())
            yield Line(start, start + len(visible), line, first)
        first = not visible
        offset += len(line) + 1


def _laid_out(text: str, lines: Sequence[Line], contents: frozenset[int]) -> list[Block]:
    width = _wrap_width(lines)
    tables = _tab_runs(lines, contents)
    blocks: list[Block] = []
    columns = 0  # of the table just before, which may go on after a blank line
    header: Span | None = None
    at = 0
    while at < len(lines):
        end = at + 1
        table = tables.get(at, [])
        goes_on = _goes_on(table, columns)
        if is_table(table) or goes_on:
            end = at + len(table)
            header = header if columns else None
            columns = max((columns if goes_on else 0), *(row.reach for row in table))
            new = table_blocks([widened(row, text, columns) for row in table], header)
            header = next((block.lead[-1] for block in reversed(new) if block.lead), None)
            blocks += new
        elif at in contents or _RULE.fullmatch(lines[at].text):
            blocks.append(Block(BlockKind.FURNITURE, lines[at].start, lines[at].end))
            columns = 0
        else:
            end = _text_end(lines, at, width)
            blocks += _text_blocks(lines[at:end])
            columns = 0
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
        for one, other in pairwise(lines)
        if not other.first and not ends_sentence(one.text) and begins_lower(other.text)
    )
    return width if width <= _WIDEST_WRAP and runs_on >= 2 else 0


def _tab_runs(lines: Sequence[Line], contents: frozenset[int]) -> dict[int, list[TableLine]]:
    """Runs of lines with tabs between blank lines, by the index of their first line."""
    runs: dict[int, list[TableLine]] = {}
    run: list[TableLine] = []
    for index, line in enumerate(lines):
        if "\t" not in line.text or index in contents:
            run = []
            continue
        if line.first or not run:
            run = runs.setdefault(index, [])
        # An empty first cell is part of the row: its span begins with the tab.
        indent = len(line.text) - len(line.text.lstrip())
        run.append(tab_line(line.start - indent, line.text))
    return runs


def _goes_on(table: Sequence[TableLine], columns: int) -> bool:
    """Whether rows, perhaps a single one, belong to the table of so many columns before them."""
    return (
        columns > 1
        and bool(table)
        and abs(len(table[0].cells) - columns) <= 1
        and table[0].filled >= 2
    )


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
    if len(ticks) >= 2 and any(tick[0].strip() != "X" for tick in ticks):
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
