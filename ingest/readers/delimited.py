"""Reads a file that is one table, its cells parted by tabs or commas, without their quotes."""

import csv
from io import StringIO

from ingest.readers.shapes import ends_sentence
from ingest.readers.text_tables import add_table, has_headings
from ingest.report import Reading, TextBuilder

_FEWEST_ROWS = 3
_FEWEST_CELLS = {"\t": 2, ",": 3}  # prose has commas, too
_LONGEST_HEADING = 100


def read_delimited(text: str) -> Reading | None:
    """The table; None where the lines are not all rows of as many cells under column headings."""
    for delimiter, fewest in _FEWEST_CELLS.items():
        rows = _rows(text, delimiter)
        if len(rows) < _FEWEST_ROWS or len(rows[0]) < fewest:
            continue
        if has_headings(rows) and all(map(_may_head, rows[0])):
            builder = TextBuilder()
            add_table(builder, ((False, row) for row in rows))
            return builder.reading()
    return None


def _rows(text: str, delimiter: str) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    try:
        for cells in csv.reader(StringIO(text), delimiter=delimiter):
            if cells and rows and len(cells) != len(rows[0]):
                return []
            if cells:
                rows.append(tuple(" ".join(cell.split()) for cell in cells))
    except csv.Error:
        return []
    return rows


def _may_head(cell: str) -> bool:
    return len(cell) <= _LONGEST_HEADING and not ends_sentence(cell)
