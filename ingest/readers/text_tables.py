"""Finds the column headings and rows of a table that stands as lines of cells."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.report import Block, BlockKind, Span, TextBuilder

_VALUE = re.compile(
    r"[£$€]?[-–+]?\d[\d,.]*\s*(?:%|per cent|percentage points|k|m|bn)?"
    r"|\d{1,2}/\d{1,2}/\d{2,4}|[•✓✗●○–-]"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:[/–-]\d{2,4})?")
_REMARK = re.compile(r"(?:n/?a|notes?|sources?|key|\*+|\d)\b\s*[-=:–*]?|[*†‡]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TableLine:
    """One line of a table in the source, and its cells."""

    start: int
    end: int
    cells: tuple[str, ...]

    @property
    def filled(self) -> int:
        """How many cells hold something."""
        return sum(1 for cell in self.cells if cell)


def tab_line(start: int, line: str) -> TableLine:
    """A line whose cells are separated by tabs; trailing empty cells stay out of its span."""
    return TableLine(
        start, start + len(line.rstrip()), tuple(cell.strip() for cell in line.split("\t"))
    )


def is_table(lines: Sequence[TableLine]) -> bool:
    """Whether lines with tabs are a table, rather than indented text."""
    return len(lines) >= 2 and sum(1 for line in lines if line.filled >= 2) > len(lines) / 2


def table_blocks(
    lines: Sequence[TableLine], header: Span | None = None, *, has_header: bool = False
) -> list[Block]:
    """HEADER, ROW and NOTE blocks of a table; each row is led by the row that names the columns.

    `header` is that of the part before, when the table goes on after a gap; `has_header` says
    that the markup itself marks the first line as the header.
    """
    blocks: list[Block] = []
    headers = 1 if has_header else _header_count(lines, goes_on=header is not None)
    for line in lines[:headers]:
        blocks.append(Block(BlockKind.HEADER, line.start, line.end))
        header = (line.start, line.end)
    group: tuple[Span, ...] = ()
    body = lines[headers:]
    for number, line in enumerate(body):
        if line.filled == 0:
            continue
        lead = ((header,) if header else ()) + group
        if line.filled == 1 and len(line.cells) >= 3:
            text = next(cell for cell in line.cells if cell)
            if _REMARK.match(text) or number == len(body) - 1:
                blocks.append(Block(BlockKind.NOTE, line.start, line.end))
            else:  # a line that heads the rows below it
                group = ((line.start, line.end),)
                blocks.append(Block(BlockKind.HEADER, line.start, line.end))
            continue
        blocks.append(Block(BlockKind.ROW, line.start, line.end, lead=lead))
    return blocks


def add_table(builder: TextBuilder, rows: Iterable[tuple[bool, tuple[str, ...]]]) -> None:
    """Add a table to a text under construction, cells parted by tabs.

    `rows` says of each row whether the document marks it as one of headings, and its cells. A
    lone cell over the headings is the caption.
    """
    filled = [(marked, cells) for marked, cells in rows if any(cells)]
    if len(filled) > 1 and sum(map(bool, filled[0][1])) == 1 and len(filled[1][1]) > 1:
        builder.add(BlockKind.CAPTION, next(cell for cell in filled[0][1] if cell))
        filled = filled[1:]
    lines = [TableLine(number, number + 1, cells) for number, (_, cells) in enumerate(filled)]
    has_header = bool(filled) and filled[0][0] and not (len(filled) > 1 and filled[1][0])
    placed: dict[Span, Span] = {}  # from the numbers of rows to their places in the text
    for block in table_blocks(lines, has_header=has_header):
        lead = tuple(placed[span] for span in block.lead)
        text = "\t".join(lines[block.start].cells).rstrip()
        placed[(block.start, block.end)] = builder.add(block.kind, text, lead=lead)


def _header_count(lines: Sequence[TableLine], *, goes_on: bool) -> int:
    """0, 1, or 2 where the first line only groups the columns that the second names."""
    if len(lines) < 2 or _holds_values(lines[0]):
        return 0
    if goes_on and not any(_holds_values(line) for line in lines[1:]):
        return 0
    first, second = lines[0], lines[1]
    groups = len(lines) > 2 and first.filled < second.filled and not _holds_values(second)
    return 2 if groups and any(_holds_values(line) for line in lines[2:]) else 1


def _holds_values(line: TableLine) -> bool:
    values = [cell for cell in line.cells if _VALUE.fullmatch(cell)]
    if line.cells and line.cells[0] not in values:
        values = [cell for cell in values if not _YEAR.fullmatch(cell)]
    return bool(values)
