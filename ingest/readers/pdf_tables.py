"""Tables of a PDF page: cells from drawn rules, rows of text from cells."""

from collections.abc import Callable
from dataclasses import dataclass

from ingest.readers.pdf_glyphs import Rule
from ingest.readers.pdf_lines import Line

MOST_RULES = 1500
"""Rules on a page; a drawing has more, and looking for cells in it takes long."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points."""

Cell = tuple[Line, ...]
"""The lines of one cell."""

Row = tuple[Cell | None, ...]
"""One entry for each column; None where a cell of a column further left or a row further up reaches in."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; `headings` counts the rows at the top that name the columns."""

    box: Box
    rows: tuple[Row, ...]
    headings: int


def ruled_tables(rules: tuple[Rule, ...], lines: list[Line]) -> list[Table]:
    """The tables that rules draw around `lines`; boxes that only frame running text are not tables."""
    uprights = sum(rule.upright for rule in rules)
    if uprights < 2 or len(rules) - uprights < 2 or len(rules) > MOST_RULES:
        return []
    found = (_table(cells, lines) for cells in _cell_groups(rules))
    return [table for table in found if table is not None]


def row_text(row: Row, join: Callable[[list[str]], str]) -> str:
    """The cells of `row` parted by tabs; empty cells at either end are left out."""
    return "\t".join(join(_words(cell)) for cell in row if cell is not None).strip()


def _words(cell: Cell) -> list[str]:
    return [f"{line.bullet} {line.text}" if line.numbered else line.text for line in cell]


def _cell_groups(rules: tuple[Rule, ...]) -> list[list[Box]]:
    """Cells that touch, from pdfplumber's geometry on the rules that pdfium found."""
    from pdfplumber.table import (
        cells_to_tables,
        edges_to_intersections,
        intersections_to_cells,
        merge_edges,
    )

    edges = [
        {
            "x0": rule.x0,
            "x1": rule.x1,
            "top": rule.top,
            "bottom": rule.bottom,
            "width": rule.x1 - rule.x0,
            "height": rule.bottom - rule.top,
            "orientation": "v" if rule.upright else "h",
            "object_type": "line",
        }
        for rule in rules
    ]
    merged = merge_edges(edges, 3, 3, 3, 3)
    points = edges_to_intersections(merged, 3, 3)
    return [list(group) for group in cells_to_tables(intersections_to_cells(points))]


def _table(cells: list[Box], lines: list[Line]) -> Table | None:
    box = (
        min(cell[0] for cell in cells),
        min(cell[1] for cell in cells),
        max(cell[2] for cell in cells),
        max(cell[3] for cell in cells),
    )
    lefts = sorted({round(cell[0]) for cell in cells})
    tops = sorted({round(cell[1]) for cell in cells})
    grid: list[list[Cell | None]] = [[None for _ in lefts] for _ in tops]
    for cell in cells:
        held = tuple(line for line in lines if _holds(cell, line))
        grid[tops.index(round(cell[1]))][lefts.index(round(cell[0]))] = held
    rows: list[Row] = [tuple(row) for row in grid if any(row)]
    used = [i for i in range(len(lefts)) if any(row[i] for row in rows)]
    rows = [tuple(row[i] for i in used) for row in rows]
    if len(rows) < 2 or len(used) < 2 or _is_layout(rows):
        return None
    return Table(box, tuple(rows), _headings(rows))


def _holds(cell: Box, line: Line) -> bool:
    x, y = (line.x0 + line.x1) / 2, line.base - line.size / 3
    return cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]


def _is_layout(rows: list[Row]) -> bool:
    """Whether the rules frame running text: few rows have two cells, or cells hold whole sections."""
    several = sum(sum(bool(cell) for cell in row) > 1 for row in rows)
    if several < 0.5 * len(rows):
        return True
    return any(len(cell or ()) > 25 for row in rows for cell in row)


def _headings(rows: list[Row]) -> int:
    """How many rows at the top name the columns: 1 where it is set or worded unlike the rest, else 0."""
    first, rest = _cells(rows[0]), [_cells(row) for row in rows[1:]]
    if len(first) < 2 or not all(first[1:]):
        return 0
    bold_rest = sum(all(map(_is_bold, row)) for row in rest)
    if all(map(_is_bold, first)) and bold_rest < 0.5 * len(rest):
        return 1
    if any(map(_has_digit, first[1:])):
        return 0
    numeric = sum(all(map(_has_digit, row[1:])) for row in rest if len(row) > 1)
    return int(numeric > 0.6 * len(rest))


def _cells(row: Row) -> list[Cell]:
    return [cell for cell in row if cell is not None]


def _is_bold(cell: Cell) -> bool:
    return all(line.bold for line in cell)


def _has_digit(cell: Cell) -> bool:
    return any(ch.isdigit() for line in cell for ch in line.text)
