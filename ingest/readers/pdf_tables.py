"""Tables of a PDF page: cells from drawn rules, rows of text from cells."""

from collections.abc import Callable
from dataclasses import dataclass

from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)

from ingest.readers.pdf_pieces import Line
from ingest.readers.pdf_rules import Rule

MOST_CORNERS = 1500
"""Points where rules cross on a page; a drawing has more, and its cells take long to find."""

MOST_LINES = 25
"""Lines in one cell; a longer one holds a section of running text, and its box is a layout."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points."""

Cell = tuple[Line, ...]
"""The lines of one cell."""

Row = tuple[Cell | None, ...]
"""One entry for each column; None where a cell from further left or further up reaches in."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; `headings` counts the rows at the top that name the columns."""

    box: Box
    rows: tuple[Row, ...]
    headings: int
    title: Cell = ()  # a row at the top that is one cell

    @property
    def lines(self) -> tuple[Line, ...]:
        return (*self.title, *(line for row in self.rows for cell in row for line in cell or ()))


@dataclass(frozen=True, slots=True)
class Frame:
    """A box drawn around running text, which is read to its end before what stands beside it."""

    box: Box
    lines: tuple[Line, ...]


def ruled_tables(rules: tuple[Rule, ...], lines: list[Line]) -> list[Table | Frame]:
    """The tables that rules draw around `lines`, and the boxes around running text."""
    uprights = sum(rule.upright for rule in rules)
    if uprights < 2 or len(rules) - uprights < 2:
        return []
    parts: list[Table | Frame] = []
    free = lines
    for cells in _cell_groups(rules):
        parts += _divided(cells, free)
        held = {id(line) for part in parts for line in part.lines}
        free = [line for line in lines if id(line) not in held]
    return parts


def row_text(row: Row, join: Callable[[list[str]], str]) -> str:
    """The cells of `row` parted by tabs, empty ones too: a value stands below its heading by its place;
    empty where all are."""
    text = "\t".join(join(_words(cell)) for cell in row if cell is not None)
    return text if text.strip() else ""


def _words(cell: Cell) -> list[str]:
    return [f"{line.bullet} {line.text}" if line.numbered else line.text for line in cell]


def _cell_groups(rules: tuple[Rule, ...]) -> list[list[Box]]:
    """Cells that touch, from pdfplumber's geometry on the rules that pdfium found."""
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
    if len(points) > MOST_CORNERS:
        return []
    return [list(group) for group in cells_to_tables(intersections_to_cells(points))]


def _divided(cells: list[Box], lines: list[Line]) -> list[Table | Frame]:
    """The tables and frames among cells that touch: a box of text may hang under a table's row."""
    lefts = sorted({round(cell[0]) for cell in cells})
    tops = sorted({round(cell[1]) for cell in cells})
    grid: list[list[Cell | None]] = [[None for _ in lefts] for _ in tops]
    boxes: dict[tuple[int, int], Box] = {}
    for box in sorted(cells):
        place = tops.index(round(box[1])), lefts.index(round(box[0]))
        grid[place[0]][place[1]] = tuple(line for line in lines if _holds(box, line))
        boxes[place] = box
    filled = [i for i, row in enumerate(grid) if any(row)]
    several = [i for i in filled if sum(bool(cell) for cell in grid[i]) > 1]
    longest = max((len(cell or ()) for row in grid for cell in row), default=0)
    whole = 2 * len(several) >= len(filled) > 1 and longest <= MOST_LINES
    parts: list[Table | Frame] = []
    run: list[int] = []
    for i in filled:
        if whole or (i in several and max(len(cell or ()) for cell in grid[i]) <= 4):
            run.append(i)
            continue
        parts += _table(run, grid, boxes)
        run = []
        parts += [Frame(boxes[i, k], cell) for k, cell in enumerate(grid[i]) if cell]
    return parts + _table(run, grid, boxes)


def _table(
    numbers: list[int], grid: list[list[Cell | None]], boxes: dict[tuple[int, int], Box]
) -> list[Table | Frame]:
    """The rows of the grid with these numbers as a table, without columns that are empty in all."""
    if not numbers:
        return []
    used = [k for k in range(len(grid[0])) if any(grid[i][k] for i in numbers)]
    rows: list[Row] = [tuple(grid[i][k] for k in used) for i in numbers]
    around = [box for (i, _), box in boxes.items() if i in numbers]
    box = (
        min(left for left, _, _, _ in around),
        min(top for _, top, _, _ in around),
        max(right for _, _, right, _ in around),
        max(bottom for _, _, _, bottom in around),
    )
    title = _title(rows[0]) if len(rows) > 1 else ()
    rows = rows[1:] if title else rows
    return [Table(box, tuple(rows), headings(rows), title)]


def _title(row: Row) -> Cell:
    """The one cell of `row` if it spans the table."""
    cells = [cell for cell in row if cell is not None]
    return cells[0] if len(cells) == 1 else ()


def _holds(cell: Box, line: Line) -> bool:
    x, y = (line.x0 + line.x1) / 2, line.base - line.size / 3
    return cell[0] <= x < cell[2] and cell[1] <= y < cell[3]


def headings(rows: list[Row]) -> int:
    """How many rows at the top name the columns: 1 where it is set unlike the rest, else 0."""
    first, rest = _cells(rows[0]), [_cells(row) for row in rows[1:]]
    if len(first) < 2 or not rest or not all(first[1:]):
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
