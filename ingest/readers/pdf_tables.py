"""Tables of a PDF page: cells from drawn rules, rows of text from cells."""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)

from ingest.readers.pdf_pieces import Line
from ingest.readers.pdf_rules import Dot, Rule

MOST_CORNERS = 1500
"""Points where rules cross on a page; a drawing has more, and its cells take long to find."""

MOST_LINES = 25
"""Lines in one cell; a longer one holds a section of running text, and its box is a layout."""

BY_COLOUR = "(shown by colour only)"
"""What a cell says in which a coloured disc stands for a value."""

MOST_LABEL_LINES = 4
"""Lines in a cell that is repeated for each of the rows that it spans; a longer one is a text."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points."""

Cell = tuple[Line, ...]
"""The lines of one cell."""

Row = tuple[Cell | None, ...]
"""One entry for each column; None where a cell from further left or further up reaches in."""

_Place = tuple[int, int]
"""The row and the column of the grid where a cell begins."""

_Grid = list[list[Cell | None]]


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


def ruled_tables(
    rules: tuple[Rule, ...], lines: list[Line], dots: tuple[Dot, ...]
) -> list[Table | Frame]:
    """The tables that rules draw around `lines`, and the boxes around running text.

    A cell in which there is nothing but one of the `dots` says so: its colour is not read.
    """
    uprights = sum(rule.upright for rule in rules)
    if uprights < 2 or len(rules) - uprights < 2:
        return []
    parts: list[Table | Frame] = []
    free = lines
    for cells in _cell_groups(rules):
        parts += _divided(cells, free, dots)
        held = {id(line) for part in parts for line in part.lines}
        free = [line for line in lines if id(line) not in held]
    return parts


def row_text(row: Row, join: Callable[[list[str]], str]) -> str:
    """The cells of `row` parted by tabs, empty ones too: a value stands below its heading by its place;
    empty where all are."""
    text = "\t".join(join(_words(cell)) for cell in row if cell is not None)
    return text if text.strip() else ""


def _words(cell: Cell) -> list[str]:
    """The lines of a cell; the items of a list in it are parted by semicolons."""
    words: list[str] = []
    listing = False
    for line in cell:
        if listing and is_item(line) and words[-1][-1:].isalnum():
            words[-1] += ";"
        listing = listing or is_item(line)
        words.append(f"{line.bullet} {line.text}" if line.numbered else line.text)
    return words


def is_item(line: Line) -> bool:
    return bool(line.bullet) and not line.numbered


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


def _divided(cells: list[Box], lines: list[Line], dots: tuple[Dot, ...]) -> list[Table | Frame]:
    """The tables and frames among cells that touch: a box of text may hang under a table's row."""
    lefts = sorted({round(cell[0]) for cell in cells})
    tops = sorted({round(cell[1]) for cell in cells})
    grid: _Grid = [[None for _ in lefts] for _ in tops]
    boxes: dict[_Place, Box] = {}
    owners: dict[_Place, _Place] = {}
    for box in sorted(cells):
        place = tops.index(round(box[1])), lefts.index(round(box[0]))
        grid[place[0]][place[1]] = tuple(line for line in lines if _holds(box, line))
        boxes[place] = box
        for i in range(place[0], bisect_left(tops, round(box[3]), place[0] + 1)):
            for k in range(place[1], bisect_left(lefts, round(box[2]), place[1] + 1)):
                owners[i, k] = place
    for (i, k), box in boxes.items():
        # The points of a chart have no label beside and no heading above.
        if k and not grid[i][k] and grid[i][0] and any(row[k] for row in grid[:i]):
            grid[i][k] = _by_colour(box, lines[0].page, dots)
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
        parts += _table(run, grid, boxes, owners)
        run = []
        texts = [(k, cell) for k, cell in enumerate(grid[i]) if cell and cell[0].text != BY_COLOUR]
        parts += [Frame(boxes[i, k], cell) for k, cell in texts]
    return parts + _table(run, grid, boxes, owners)


def _table(
    numbers: list[int], grid: _Grid, boxes: dict[_Place, Box], owners: dict[_Place, _Place]
) -> list[Table | Frame]:
    """The rows of the grid with these numbers as a table, without columns that are empty in all."""
    if not numbers:
        return []
    used = [k for k in range(len(grid[0])) if any(grid[i][k] for i in numbers)]
    around = [box for (i, _), box in boxes.items() if i in numbers]
    box = (
        min(left for left, _, _, _ in around),
        min(top for _, top, _, _ in around),
        max(right for _, _, right, _ in around),
        max(bottom for _, _, _, bottom in around),
    )
    title = _title(tuple(grid[numbers[0]][k] for k in used)) if len(numbers) > 1 else ()
    numbers = numbers[1:] if title else numbers
    owners = {place: owner for place, owner in owners.items() if owner[0] in numbers}
    places = [[owners.get((i, k), (i, k)) for k in used] for i in numbers]
    rows = [_row(i, used, line, grid) for i, line in zip(numbers, places, strict=True)]
    return [Table(box, *_headed(rows, places, grid), title)]


def _row(number: int, used: list[int], places: list[_Place], grid: _Grid) -> Row:
    """A row of the grid; a label that spans several rows stands in each of them."""
    cells: list[Cell | None] = []
    for k, (i, left) in zip(used, places, strict=True):
        cell = grid[i][left]
        above = left == k and i < number
        label = cell if above and cell and len(cell) <= MOST_LABEL_LINES else None
        cells.append(label if above else grid[number][k])
    return tuple(cells)


def _headed(
    rows: list[Row], places: list[list[_Place]], grid: _Grid
) -> tuple[tuple[Row, ...], int]:
    """`rows` with one row of headings, made of several where they divide, and how many it is."""
    last = 0
    while last + 1 < len(rows) and _divides(places[last], places[last + 1]):
        last += 1
    last = last if headings(rows[last:]) else 0
    named = headings(rows[last:])
    if not named or (not last and None in rows[0]):  # a heading of several columns names none
        return tuple(rows), named
    above = [dict.fromkeys(column) for column in zip(*places[: last + 1], strict=True)]
    top = tuple(tuple(line for i, k in column for line in grid[i][k] or ()) for column in above)
    return (top, *(_placed(row) for row in rows[last + 1 :])), 1


def _divides(above: list[_Place], below: list[_Place]) -> bool:
    """Whether a cell spans columns that the row below it divides."""
    pairs = zip(pairwise(above), pairwise(below), strict=True)
    return any(a == b and c != d and c[0] != a[0] != d[0] for (a, b), (c, d) in pairs)


def _placed(row: Row) -> Row:
    """`row` with every value in its column; one that is a single cell names the rows below it."""
    return tuple(cell or () for cell in row) if len(_cells(row)) > 1 else row


def _title(row: Row) -> Cell:
    """The one cell of `row` if it spans the table."""
    cells = [cell for cell in row if cell is not None]
    return cells[0] if len(cells) == 1 else ()


def _holds(cell: Box, line: Line) -> bool:
    x, y = (line.x0 + line.x1) / 2, line.base - line.size / 3
    return cell[0] <= x < cell[2] and cell[1] <= y < cell[3]


def _by_colour(cell: Box, page: int, dots: tuple[Dot, ...]) -> Cell:
    for x, y, width in dots:
        if cell[0] <= x < cell[2] and cell[1] <= y < cell[3]:
            top, bottom = y - width / 2, y + width / 2
            return (Line(page, BY_COLOUR, x, x, top, bottom, bottom, 10, False, text_x0=x),)
    return ()


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
