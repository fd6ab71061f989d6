"""Finds the column headings and rows of a table that stands as lines of cells."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile, zip_longest

from ingest.report import Block, BlockKind, Span, TextBuilder

_VALUE = re.compile(
    r"[£$€]?[-–+]?\d[\d,.]*\s*(?:%|per cent|percentage points|k|m|bn)?"
    r"|\d{1,2}/\d{1,2}/\d{2,4}|[•✓✗●○–-]"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:[/–-]\d{2,4})?")
_MOST_CELLS = 1_000_000  # of a table whose rows are filled up to the same width
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

    @property
    def reach(self) -> int:
        """How many columns it has up to the last cell that holds something."""
        return max((number for number, cell in enumerate(self.cells, 1) if cell), default=0)

    @property
    def named(self) -> int:
        """How many different things its cells hold, one that covers several columns being one."""
        return sum(1 for before, cell in pairwise(("", *self.cells)) if cell not in ("", before))


def tab_line(start: int, line: str) -> TableLine:
    """A line whose cells are separated by tabs; trailing empty cells stay out of its span
    until it is `widened`."""
    return TableLine(
        start, start + len(line.rstrip()), tuple(cell.strip() for cell in line.split("\t"))
    )


def widened(line: TableLine, text: str, columns: int) -> TableLine:
    """A line of tabs with as many empty cells at its end as the table has columns for."""
    if line.filled == 1:  # it is no row
        return line
    end, cells = line.end, line.cells[: max(line.reach, columns)]
    for _ in range(line.reach, len(cells)):
        end = text.index("\t", end) + 1
    return TableLine(line.start, end, cells)


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
        lead = (*group, header) if header else group
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

    `rows` says of each row whether the document marks it as one of headings, and its cells; one
    that covers several columns stands in each of them. Several rows of headings are joined. A lone
    cell over the headings is the caption.
    """
    filled = [(marked, cells) for marked, cells in rows if any(cells)]
    if len(filled) > 1 and not any(filled[0][1][1:]) and len(filled[1][1]) > 1:
        builder.add(BlockKind.CAPTION, filled[0][1][0])
        filled = filled[1:]
    width = max((len(cells) for _, cells in filled), default=0)
    width = width if width * len(filled) <= _MOST_CELLS else 0
    cells = [(*cells, *[""] * (width - len(cells))) for _, cells in filled]
    marked = sum(1 for _ in takewhile(lambda row: row[0] and sum(map(bool, row[1])) > 1, filled))
    # Where all is marked, nothing is.
    headings = _header_count(_lines(cells), marked=marked if marked < len(cells) else 0)
    if headings:
        cells[:headings] = [
            tuple(map(joined_heading, zip_longest(*cells[:headings], fillvalue="")))
        ]
    lines = _lines(cells)
    placed: dict[Span, Span] = {}  # from the numbers of rows to their places in the text
    for block in table_blocks(lines, has_header=headings > 0):
        lead = tuple(placed[span] for span in block.lead)
        text = "\t".join(lines[block.start].cells)
        if block.kind is not BlockKind.ROW and (block.start or not headings):
            text = text.strip()  # a lone cell
        placed[(block.start, block.end)] = builder.add(block.kind, text, lead=lead)


def has_headings(rows: Sequence[tuple[str, ...]]) -> bool:
    """Whether the first of the rows names the columns, rather than holding values."""
    return _header_count(_lines(rows)) > 0


def _lines(rows: Sequence[tuple[str, ...]]) -> list[TableLine]:
    return [TableLine(number, number + 1, cells) for number, cells in enumerate(rows)]


def joined_heading(cells: Iterable[str]) -> str:
    """The headings of one column as one; a heading that covers several rows is said once."""
    return " ".join(dict.fromkeys(cell for cell in cells if cell))


def _header_count(lines: Sequence[TableLine], *, marked: int = 0, goes_on: bool = False) -> int:
    """How many of the first lines are headings; `marked` are said to be.

    Where a line only groups the columns, the next names them.
    """
    if not marked and (len(lines) < 2 or _holds_values(lines[0])):
        return 0
    if goes_on and not any(_holds_values(line) for line in lines[1:]):
        return 0
    count = marked or 1
    if len(lines) < count + 2:
        return count
    last, following = lines[count - 1], lines[count]
    if last.named >= following.named or _holds_values(following):
        return count
    stands_over = following.cells[0] in ("", last.cells[0])
    told = not marked and any(_holds_values(line) for line in lines[count + 1 :])
    return count + 1 if stands_over or told else count


def _holds_values(line: TableLine) -> bool:
    values = [cell for cell in line.cells if _VALUE.fullmatch(cell)]
    if line.cells and line.cells[0] not in values:
        values = [cell for cell in values if not _YEAR.fullmatch(cell)]
    return bool(values)
