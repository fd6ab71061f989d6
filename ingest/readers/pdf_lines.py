"""The lines of text of one PDF page, and the order in which they are read."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from ingest.readers.pdf_glyphs import Sheet
from ingest.readers.pdf_pieces import NARROW_GAP, Line, is_bullet, pieces_of, rule_between
from ingest.readers.pdf_rules import Rule

GAP = 1.3
"""Ems of white space inside a line that part two columns or table cells."""

STRETCHED = 8.0
"""Ems that justified text in a narrow column may have between two words."""

MOST_GUTTERS = 20
"""Places where a second column might begin that are looked at; those that most lines share."""

TAB = 4.0
"""Ems between a bullet and its text, at most."""


def lines_of(sheet: Sheet, page: int) -> list[Line]:
    """The lines of `sheet`, parted at wide gaps, at the columns' gutters and at upright rules."""
    return joined_lines(pieces_of(sheet, page), sheet.rules)


def joined_lines(pieces: list[Line], rules: Sequence[Rule]) -> list[Line]:
    """The lines that the pieces of text on a page make up."""
    return _lines(pieces, [rule for rule in rules if rule.upright], GAP)


def in_reading_order(lines: list[Line]) -> list[Line]:
    """Lines sorted for reading: column by column between the lines that span the columns."""
    lines = sorted(lines, key=lambda line: (round(line.base), line.x0))
    gutter = _gutter(lines)
    if gutter is None:
        return lines
    ordered: list[Line] = []
    for zone, spanning in _zones(lines, gutter):
        left, right = _sides(zone, gutter)
        if is_column(left) and is_column(right):
            left, below = _without_heading_below(left, right)
            ordered += in_reading_order(left) + in_reading_order(right) + below
        else:
            ordered += zone
        ordered += spanning
    return ordered


def is_column(lines: list[Line]) -> bool:
    """Whether `lines` are running text, which fills its column; cells and labels do not."""
    rows = _rows(lines)
    if len(rows) < 4:
        return False
    widths = [max(line.x1 for line in row) - min(line.x0 for line in row) for row in rows]
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    words = median(sum(len(line.text.split()) for line in row) for row in rows)
    return sum(w > 0.65 * width for w in widths) >= 0.4 * len(rows) and words >= 5


def _lines(pieces: list[Line], uprights: list[Rule], gap: float) -> list[Line]:
    """`pieces` joined to lines, in each column for itself; `gap` in ems parts two of them."""
    gutter = _gutter(pieces)
    if gutter is not None:
        lines: list[Line] = []
        for zone, spanning in _zones(pieces, gutter):
            left, right = _sides(zone, gutter)
            if is_column(left) and is_column(right):
                lines += _lines(left, uprights, STRETCHED) + _lines(right, uprights, STRETCHED)
            else:
                lines += _joined(zone, uprights, gap)
            lines += _joined(spanning, uprights, gap)
        return lines
    return _joined(pieces, uprights, gap)


def _joined(pieces: list[Line], uprights: list[Rule], gap: float) -> list[Line]:
    rows = _rows(pieces)
    stops = _stops(rows) if gap == GAP else set()
    return [line for row in rows for line in _mended(row, uprights, stops, gap)]


def _rows(pieces: list[Line]) -> list[list[Line]]:
    """Pieces by baseline from top to bottom, each row from left to right."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda piece: piece.base):
        if rows and piece.base - rows[-1][0].base <= 0.3 * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.x0) for row in rows]


def _stops(rows: list[list[Line]]) -> set[int]:
    """Where text begins after a wide gap, in points: the left edges of columns."""
    return {
        round(b.x0)
        for row in rows
        for a, b in pairwise(row)
        if b.x0 - a.x1 > GAP * max(a.size, b.size) and not is_bullet(a)
    }


def _mended(row: list[Line], uprights: list[Rule], stops: set[int], widest: float) -> list[Line]:
    """The pieces of one baseline, joined where only the stream or a bullet's tab parted them."""
    mended: list[Line] = []
    for piece in row:
        last = mended[-1] if mended else None
        if last is None or rule_between(last.x1, piece.x0, last.base - last.size / 3, uprights):
            mended.append(piece)
            continue
        gap = piece.x0 - last.x1
        if is_bullet(last) and gap < TAB * piece.size:
            mended[-1] = replace(
                piece,
                x0=last.x0,
                top=min(last.top, piece.top),
                bottom=max(last.bottom, piece.bottom),
                bullet=last.text or last.mark or "•",
                text_x0=piece.x0,
            )
        elif (
            -1
            < gap / max(last.size, piece.size)
            < (NARROW_GAP if round(piece.x0) in stops else widest)
        ):
            close = gap < 0.12 * piece.size and not (piece.mark and piece.text[:1].isalnum())
            joint = "" if close else " "
            size = last.size if len(last.text) >= len(piece.text) else piece.size
            mended[-1] = replace(
                last,
                text=last.text + joint + piece.text,
                x1=max(last.x1, piece.x1),
                top=min(last.top, piece.top),
                bottom=max(last.bottom, piece.bottom),
                size=size,
                bold=last.bold and piece.bold,
            )
        else:
            mended.append(piece)
    return mended


def _gutter(lines: list[Line]) -> float | None:
    """The middle of the white strip that parts two columns of running text, if there is one."""
    if len(lines) < 8:
        return None
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    starts = Counter(round(line.x0) for line in lines)
    best, gutter = 0, None
    for x, count in starts.most_common(MOST_GUTTERS):
        if count < 3 or not left + 0.2 * (right - left) < x < right - 0.2 * (right - left):
            continue
        found = [_sides(zone, x - 2) for zone, _ in _zones(lines, x - 2)]
        sides = [(a, b) for a, b in found if is_column(a) and is_column(b)]
        score = sum(min(len(_rows(a)), len(_rows(b))) for a, b in sides)
        if score > best:
            edge = max(line.x1 for a, _ in sides for line in a)
            best, gutter = score, (edge + x) / 2
    return gutter


def _zones(lines: list[Line], gutter: float) -> Iterator[tuple[list[Line], list[Line]]]:
    """Stretches of the page without a line across the gutter, each with the line that ends it."""
    zone: list[Line] = []
    for row in _rows(lines):
        if any(line.x0 < gutter < line.x1 for line in row):
            yield zone, row
            zone = []
        else:
            zone += row
    yield zone, []


def _sides(zone: list[Line], gutter: float) -> tuple[list[Line], list[Line]]:
    return (
        [line for line in zone if line.x1 <= gutter],
        [line for line in zone if line.x0 >= gutter],
    )


def _without_heading_below(left: list[Line], right: list[Line]) -> tuple[list[Line], list[Line]]:
    """`left` parted at a heading in larger type that stands below both columns."""
    usual = median(line.size for line in left)
    bottom = max(line.base for line in right)
    for i, line in enumerate(left):
        if line.base > bottom and line.size >= 1.15 * usual:
            return left[:i], left[i:]
    return left, []
