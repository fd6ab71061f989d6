"""The lines of text of one PDF page, and the order in which they are read."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ingest.readers.pdf_glyphs import Glyph, Rule, Sheet
from ingest.readers.pdf_words import BULLETS, clean

GAP = 1.3
"""Ems of white space inside a line that part two columns or table cells."""

ALIGNED_GAP = 0.6
"""Ems that part them where the text after the gap begins at the same place as on another line."""

SPACE = 0.3
"""Ems of white space that part two words where the file has no space between them."""

RAISED = 0.15
"""Ems by which a footnote mark stands above its line; it is also set in at most `SMALL` of its size."""
SMALL = 0.82

_MARK = re.compile(r"[\d*†‡§¹²³⁰⁴-⁹,]+")
_NUMBER = re.compile(r"(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{2,4})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?)(?=\s|$)")
_SUPERSCRIPT = re.compile(r"(?<=[^\W\d_]{3})[.,;:’”]?[¹²³⁰⁴-⁹]+(?=\W|$)")


@dataclass(frozen=True, slots=True)
class Line:
    """A run of text on one baseline, in points from the page's top left corner.

    `bullet` is the glyph, number or letter that introduces it, which `text` leaves out; `text_x0`
    is where the text itself begins. `mark` is the raised figure of a footnote at its start.
    """

    page: int  # from 0
    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    bold: bool
    bullet: str = ""
    text_x0: float = 0.0
    mark: str = ""

    @property
    def numbered(self) -> bool:
        """Introduced by a number or letter, not by a bullet."""
        return self.bullet[:1].isalnum() and self.bullet != "o" or self.bullet[:1] == "("

    @property
    def first_word_width(self) -> float:
        width = (self.x1 - self.text_x0) / max(1, len(self.text))
        return width * len(self.text.split(" ", 1)[0])


def lines_of(sheet: Sheet, page: int) -> list[Line]:
    """The lines of `sheet` from top to bottom, parted at wide gaps and at upright rules."""
    uprights = [rule for rule in sheet.rules if rule.upright]
    pieces = [line for run in _runs(sheet.glyphs, uprights) if (line := _line(run, page))]
    pieces = _with_marks(sorted(pieces, key=lambda line: (line.base, line.x0)))
    rows: list[list[Line]] = []
    for piece in pieces:
        if rows and piece.base - rows[-1][-1].base <= 0.3 * min(piece.size, rows[-1][-1].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    rows = [sorted(row, key=lambda piece: piece.x0) for row in rows]
    stops = _stops(rows)
    return [line for row in rows for line in _mended(row, uprights, stops)]


def in_reading_order(lines: list[Line]) -> list[Line]:
    """Lines sorted for reading: column by column between the lines that span the columns."""
    lines = sorted(lines, key=lambda line: (round(line.base), line.x0))
    gutter = _gutter(lines)
    if gutter is None:
        return lines
    ordered: list[Line] = []
    zone: list[Line] = []
    for line in lines:
        if line.x0 < gutter < line.x1:
            ordered += _columns(zone, gutter)
            ordered.append(line)
            zone = []
        else:
            zone.append(line)
    return ordered + _columns(zone, gutter)


def _runs(glyphs: tuple[Glyph, ...], uprights: list[Rule]) -> list[list[Glyph]]:
    """Glyphs in stream order, parted where the baseline or the place jumps."""
    runs: list[list[Glyph]] = []
    run: list[Glyph] = []
    last: Glyph | None = None  # the last one that prints
    for glyph in glyphs:
        if glyph.text == "\n":
            last = None
            continue
        if glyph.text.isspace():
            if last is not None:
                run.append(glyph)
            continue
        if last is not None and _parted(last, glyph, uprights):
            last = None
        if last is None:
            run = []
            runs.append(run)
        elif run[-1] is last and glyph.x0 - last.x1 > SPACE * glyph.size:
            run.append(last._replace(text=" ", x0=last.x1, x1=glyph.x0))  # a tab
        run.append(glyph)
        last = glyph
    return runs


def _parted(a: Glyph, b: Glyph, uprights: list[Rule]) -> bool:
    size = max(a.size, b.size, 1.0)
    gap = b.x0 - a.x1
    if abs(a.base - b.base) > 0.5 * size or gap > ALIGNED_GAP * size or gap < -size:
        return True
    return gap > 0.15 * size and _rule_between(a.x1, b.x0, a.base - size / 3, uprights)


def _rule_between(left: float, right: float, y: float, uprights: list[Rule]) -> bool:
    return any(left - 1 <= r.x0 <= right + 1 and r.top <= y <= r.bottom for r in uprights)


def _line(run: list[Glyph], page: int) -> Line | None:
    printing = [glyph for glyph in run if not glyph.text.isspace()]
    if not printing:
        return None
    size = _most(glyph.size for glyph in printing)
    base = _most(glyph.base for glyph in printing if abs(glyph.size - size) < 0.1)
    raised = [base - g.base > RAISED * size and g.size < SMALL * size for g in run]
    mark, text = _without_marks(run, raised)
    text = clean(text)
    if not text and not mark:
        if printing[0].text not in BULLETS:
            return None
        text = "•"  # its own glyph is in a private font
    text = _SUPERSCRIPT.sub(lambda found: found[0].rstrip("¹²³⁰⁴⁵⁶⁷⁸⁹"), text)
    letters = [glyph for glyph in printing if glyph.text.isalnum()]
    line = Line(
        page=page,
        text=text,
        x0=printing[0].x0,
        x1=max(glyph.x1 for glyph in printing),
        top=min(glyph.top for glyph in printing),
        bottom=max(glyph.bottom for glyph in printing),
        base=base,
        size=round(size * 2) / 2 or 1.0,
        bold=bool(letters) and sum(g.bold for g in letters) > 0.9 * len(letters),
        text_x0=printing[0].x0,
        mark=mark,
    )
    return _bulleted(line, run)


def _without_marks(run: list[Glyph], raised: list[bool]) -> tuple[str, str]:
    """The footnote mark that begins the run, and its text without any footnote marks."""
    opening, text, position = "", "", 0
    while position < len(run):
        end = position
        while end < len(run) and raised[end]:
            end += 1
        if end == position:
            text += run[position].text
            position += 1
            continue
        piece = "".join(glyph.text for glyph in run[position:end]).strip()
        if not _MARK.fullmatch(piece):
            text += piece
        elif not text.strip():
            opening = piece
        elif text.rstrip()[-1:].isdigit() or re.search(r"\b(?:k|c|d)?m$", text.rstrip()):
            text += piece  # a power or an area, not a mark
        position = end
    return opening, text


def _bulleted(line: Line, run: list[Glyph]) -> Line:
    """`line` with a bullet or number that its own text begins with set apart."""
    first = run[0].text
    if len(run) > 1 and first in BULLETS and run[1].text.isspace():
        bullet = first
    elif (number := _NUMBER.match(line.text)) and len(line.text) > number.end():
        bullet = number[0]
    else:
        return line
    skipped = 0
    for index, glyph in enumerate(run):
        if skipped >= len(bullet) and not glyph.text.isspace():
            text = line.text[len(bullet) :].strip() if clean(bullet) else line.text
            return replace(line, bullet=bullet, text=text, text_x0=run[index].x0)
        skipped += not glyph.text.isspace()
    return line


def _with_marks(pieces: list[Line]) -> list[Line]:
    """`pieces` without the raised marks that stand alone; one before a line becomes its mark."""
    kept: list[Line] = []
    for piece in pieces:
        neighbours = [
            other
            for other in pieces
            if RAISED * other.size < other.base - piece.base < 0.6 * other.size
            and piece.size < SMALL * other.size
            and -other.size < max(other.x0 - piece.x1, piece.x0 - other.x1) < 1.5 * other.size
        ]
        if not neighbours or not _MARK.fullmatch(piece.mark or piece.text):
            kept.append(piece)
    marks = {id(piece) for piece in pieces} - {id(piece) for piece in kept}
    return [_marked(piece, [p for p in pieces if id(p) in marks]) for piece in kept]


def _marked(line: Line, marks: list[Line]) -> Line:
    for mark in marks:
        close = 0 <= line.x0 - mark.x0 < 2.5 * line.size
        if close and 0 < line.base - mark.base < 0.6 * line.size:
            return replace(line, mark=mark.mark or mark.text)
    return line


def _stops(rows: list[list[Line]]) -> set[int]:
    """Where text begins after a wide gap, in points: the left edges of columns."""
    return {
        round(b.x0)
        for row in rows
        for a, b in pairwise(row)
        if b.x0 - a.x1 > GAP * max(a.size, b.size) and not _is_bullet(a)
    }


def _mended(row: list[Line], uprights: list[Rule], stops: set[int]) -> list[Line]:
    """The pieces of one baseline, joined where only the stream or a bullet's tab parted them."""
    mended: list[Line] = []
    for piece in row:
        last = mended[-1] if mended else None
        if last is None or _rule_between(last.x1, piece.x0, last.base - last.size / 3, uprights):
            mended.append(piece)
            continue
        gap = piece.x0 - last.x1
        if _is_bullet(last) and gap < 4 * piece.size:
            mended[-1] = replace(
                piece,
                x0=last.x0,
                top=min(last.top, piece.top),
                bottom=max(last.bottom, piece.bottom),
                bullet=last.text or last.mark or "•",
                text_x0=piece.x0,
            )
        elif -1 < gap / max(last.size, piece.size) < (
            ALIGNED_GAP if round(piece.x0) in stops else GAP
        ):
            joint = "" if gap < 0.12 * piece.size else " "
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


def _is_bullet(line: Line) -> bool:
    if line.bullet:
        return False
    return line.text in BULLETS or bool(_NUMBER.fullmatch(line.text))


def _gutter(lines: list[Line]) -> float | None:
    """The middle of the white strip that parts two columns of running text, if there is one."""
    if len(lines) < 8:
        return None
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    best, best_x = 0, None
    for x in {round(line.x0 - 5) for line in lines}:
        if not left + 0.2 * (right - left) < x < right - 0.2 * (right - left):
            continue
        before = [line for line in lines if line.x1 <= x]
        after = [line for line in lines if line.x0 >= x]
        crossing = len(lines) - len(before) - len(after)
        score = min(len(before), len(after)) - crossing / 2
        if score > best and _is_column(before) and _is_column(after):
            gap_start = max(line.x1 for line in before)
            best, best_x = score, (gap_start + x + 5) / 2
    return best_x


def _is_column(lines: list[Line]) -> bool:
    """Running text fills its column; the cells of a table or a chart's labels do not."""
    if len(lines) < 4:
        return False
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    full = sum(line.x1 - line.x0 > 0.65 * width for line in lines)
    words = median(len(line.text.split()) for line in lines)
    return full >= 0.4 * len(lines) and words >= 3


def _columns(zone: list[Line], gutter: float) -> list[Line]:
    before = [line for line in zone if line.x1 <= gutter]
    after = [line for line in zone if line.x0 >= gutter]
    return in_reading_order(before) + in_reading_order(after)


def _most(values: Iterable[float]) -> float:
    return Counter(values).most_common(1)[0][0]
