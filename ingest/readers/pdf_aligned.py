"""Tables that are set out by alignment alone, or with level rules only, on a PDF page."""

from bisect import bisect_right
from collections.abc import Iterator

from ingest.readers.pdf_lines import is_column
from ingest.readers.pdf_pieces import Line
from ingest.readers.pdf_rules import Rule
from ingest.readers.pdf_tables import Cell, Row, Table, headings

FEWEST_ROWS = 3
"""Rows with two cells or more that make a table; two aligned rows happen by chance."""

FAR = 3.5
"""Ems between the baselines of two rows of one table, at most."""

TIGHT = 1.4
"""Ems between the lines of one cell, at most."""

_Interval = tuple[float, float]


def aligned_tables(lines: list[Line], rules: tuple[Rule, ...]) -> list[Table]:
    """The tables among `lines`, which lie outside the ruled ones."""
    level = [rule for rule in rules if not rule.upright]
    return [table for run in _runs(_baselines(lines)) if (table := _table(run, level)) is not None]


def _baselines(lines: list[Line]) -> list[list[Line]]:
    """Lines grouped by baseline, from top to bottom."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.base, line.x0)):
        if rows and line.base - rows[-1][0].base <= 0.3 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _runs(rows: list[list[Line]]) -> Iterator[list[list[Line]]]:
    """Consecutive rows whose pieces keep to the same columns."""
    start = 0
    while start < len(rows):
        end, columns, most = start + 1, _merged(rows[start]), len(rows[start])
        while most > 1 and end < len(rows) and _follows(rows[end - 1], rows[end]):
            wider = _merged([*rows[end]], columns)
            most = max(most, len(rows[end]))
            if len(wider) < most:
                break
            columns = wider
            end += 1
        # The last row of a table may stand alone at the top of the next page.
        enough = 1 if start == 0 and most > 2 else FEWEST_ROWS
        if sum(len(row) > 1 for row in rows[start:end]) >= enough:
            yield rows[start:end]
        start = end


def _follows(above: list[Line], row: list[Line]) -> bool:
    pitch = (row[0].base - above[0].base) / max(row[0].size, above[0].size)
    return pitch <= (FAR if len(row) > 1 else TIGHT)


def _merged(row: list[Line], columns: list[_Interval] | None = None) -> list[_Interval]:
    """The stretches of the page's width that the columns so far and the pieces of `row` cover."""
    merged: list[_Interval] = []
    for left, right in sorted([*(columns or []), *((line.x0, line.x1) for line in row)]):
        if merged and left < merged[-1][1] + 2:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged


def _table(run: list[list[Line]], level: list[Rule]) -> Table | None:
    lines = [line for row in run for line in row]
    columns = _merged(lines)
    held = [[line for line in lines if left <= line.x0 <= right] for left, right in columns]
    if len(columns) < 2 or sum(is_column(column) for column in held) > 1:
        return None
    several = [row for row in run if len(row) > 1]
    labelled = [row for row in several if row[0].x0 <= columns[0][1] and _is_worded(row[0])]
    if len(labelled) < 0.6 * len(several):
        return None
    box = (
        columns[0][0],
        min(line.top for line in lines),
        columns[-1][1],
        max(line.bottom for line in lines),
    )
    rows = [_cells(group, columns) for group in _grouped(run, level, box)]
    return Table(box, tuple(rows), headings(rows))


def _is_worded(line: Line) -> bool:
    return any(ch.isalpha() for ch in line.text) and not line.bullet


def _grouped(
    run: list[list[Line]], level: list[Rule], box: tuple[float, float, float, float]
) -> list[list[Line]]:
    """The lines of each row: between two rules where there are any, else by their distances."""
    width = box[2] - box[0]
    between = sorted(
        rule.top
        for rule in level
        if box[1] + 4 < rule.top < box[3] - 4 and rule.x1 - rule.x0 > 0.6 * width
    )
    if len(between) >= FEWEST_ROWS - 1:
        bands: dict[int, list[Line]] = {}
        for row in run:
            bands.setdefault(bisect_right(between, row[0].base), []).extend(row)
        return list(bands.values())
    groups: list[list[Line]] = []
    waiting: list[Line] = []  # first lines of a cell that is centred on its row
    for i, row in enumerate(run):
        if len(row) > 1:
            groups.append(waiting + row)
            waiting = []
            continue
        above = row[0].base - run[i - 1][0].base if i else float("inf")
        below = run[i + 1][0].base - row[0].base if i + 1 < len(run) else float("inf")
        if groups and not waiting and above <= below:
            groups[-1].extend(row)
        else:
            waiting.extend(row)
    if waiting:
        groups[-1].extend(waiting)
    return groups


def _cells(lines: list[Line], columns: list[_Interval]) -> Row:
    cells: list[Cell] = [
        tuple(line for line in lines if left <= line.x0 <= right) for left, right in columns
    ]
    return tuple(cells)
