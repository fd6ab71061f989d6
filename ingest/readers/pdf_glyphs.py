"""The characters and the drawn rules of one PDF page, upright, in points from its top left corner."""

import ctypes
import math
from collections import Counter
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as c

MOST_PATHS = 4000
"""Path objects looked at on a page; maps and scatter plots have more and hold no table."""

THIN = 3.0
"""Points; a filled rectangle no thicker than this is a drawn rule."""


class Glyph(NamedTuple):
    """One character; a line break that the extraction found is `\\n` without a box."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight drawn line, upright or level; `x0 == x1` when it is upright."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def upright(self) -> bool:
        return self.x0 == self.x1


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn on one page: its size in points, its characters in stream order, its rules."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]


class _Style(NamedTuple):
    size: float
    bold: bool
    angle: int  # quarter turns, counter-clockwise; -1 for any other angle


class _Frame(NamedTuple):
    """Maps the page's own coordinates to upright ones."""

    turns: int
    box: tuple[float, float, float, float]  # left, bottom, right, top

    def point(self, x: float, y: float) -> tuple[float, float]:
        left, bottom, right, top = self.box
        if self.turns == 1:
            return y - bottom, x - left
        if self.turns == 2:
            return right - x, y - bottom
        if self.turns == 3:
            return top - y, right - x
        return x - left, top - y


def sheet(page: pdfium.PdfPage) -> Sheet:
    """The characters and rules of `page`; text that stands across the reading direction is left out.

    Raises pdfium.PdfiumError where the page cannot be loaded.
    """
    text_page = page.get_textpage()
    try:
        raw = _raw_glyphs(text_page)
        turns = _reading_direction(raw)
        frame = _Frame(turns, page.get_bbox())
        left, bottom, right, top = frame.box
        width, height = (right - left, top - bottom) if turns % 2 == 0 else (
            top - bottom,
            right - left,
        )
        glyphs = tuple(_upright(raw, frame, width, height))
        return Sheet(width, height, glyphs, tuple(_rules(page, frame)))
    finally:
        text_page.close()


_RawGlyph = tuple[int, float, float, float, float, float, float, _Style | None]


def _raw_glyphs(text_page: pdfium.PdfTextPage) -> list[_RawGlyph]:
    """(code point, left, bottom, right, top, origin x, origin y, style), in the page's coordinates."""
    raw = text_page.raw
    box = c.FS_RECTF()
    box_ref = ctypes.byref(box)
    origin_x, origin_y = ctypes.c_double(), ctypes.c_double()
    x_ref, y_ref = ctypes.byref(origin_x), ctypes.byref(origin_y)
    styles: dict[int, _Style] = {}
    glyphs: list[_RawGlyph] = []
    for index in range(c.FPDFText_CountChars(raw)):
        code = c.FPDFText_GetUnicode(raw, index)
        if code in (10, 13):
            if code == 10:
                glyphs.append((10, 0, 0, 0, 0, 0, 0, None))
            continue
        owner = c.FPDFText_GetTextObject(raw, index)
        key = ctypes.addressof(owner.contents) if owner else 0
        style = styles.get(key)
        if style is None:
            style = styles[key] = _style(raw, index, owner)
        c.FPDFText_GetLooseCharBox(raw, index, box_ref)
        c.FPDFText_GetCharOrigin(raw, index, x_ref, y_ref)
        glyphs.append(
            (
                code,
                box.left,
                box.bottom,
                box.right,
                box.top,
                origin_x.value,
                origin_y.value,
                style,
            )
        )
    return glyphs


def _style(raw: Any, index: int, owner: Any) -> _Style:
    matrix = c.FS_MATRIX()
    if not owner or not c.FPDFText_GetMatrix(raw, index, ctypes.byref(matrix)):
        return _Style(0.0, False, 0)
    size = c.FPDFText_GetFontSize(raw, index) * math.hypot(matrix.c, matrix.d)
    degrees = math.degrees(math.atan2(matrix.b, matrix.a))
    turn = round(degrees / 90)
    angle = turn % 4 if abs(degrees - turn * 90) < 10 else -1
    return _Style(size, _is_bold(raw, index, owner), angle)


def _is_bold(raw: Any, index: int, owner: Any) -> bool:
    buffer = ctypes.create_string_buffer(256)
    font = c.FPDFTextObj_GetFont(owner)
    length = c.FPDFFont_GetBaseFontName(font, buffer, 256) if font else 0
    name = buffer.value.decode("utf-8", "ignore").lower() if length else ""
    if any(word in name for word in ("bold", "black", "heavy")):
        return True
    # Fonts without a bold cut are emboldened by stroking their outlines.
    if c.FPDFTextObj_GetTextRenderMode(owner) == c.FPDF_TEXTRENDERMODE_FILL_STROKE:
        return True
    return bool(c.FPDFText_GetFontWeight(raw, index) >= 600)


def _reading_direction(glyphs: list[_RawGlyph]) -> int:
    """Quarter turns of most characters: landscape tables are often drawn sideways."""
    turns = Counter(style.angle for *_, style in glyphs if style is not None and style.size > 0)
    best = turns.most_common(1)
    return max(0, best[0][0]) if best else 0


def _upright(
    raw: list[_RawGlyph], frame: _Frame, width: float, height: float
) -> list[Glyph]:
    glyphs: list[Glyph] = []
    for code, left, bottom, right, top, origin_x, origin_y, style in raw:
        if style is None:
            glyphs.append(Glyph("\n", 0, 0, 0, 0, 0, 0, False))
            continue
        if style.size > 0 and style.angle != frame.turns:
            continue
        ax, ay = frame.point(left, bottom)
        bx, by = frame.point(right, top)
        base = frame.point(origin_x, origin_y)[1]
        x0, x1 = min(ax, bx), max(ax, bx)
        if x1 < -1 or x0 > width + 1 or base < -1 or base > height + 1:
            continue  # outside the page that a reader sees
        text = chr(code) if code < 0x110000 else ""
        glyphs.append(
            Glyph(text, x0, x1, min(ay, by), max(ay, by), base, style.size, style.bold)
        )
    return glyphs


_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1, 0, 0, 1, 0, 0)


def _rules(page: pdfium.PdfPage, frame: _Frame) -> list[Rule]:
    count = c.FPDFPage_CountObjects(page)
    objects = [(c.FPDFPage_GetObject(page, i), _IDENTITY, 0) for i in range(count)]
    rules: list[Rule] = []
    paths = 0
    while objects and paths < MOST_PATHS:
        item, outer, depth = objects.pop()
        kind = c.FPDFPageObj_GetType(item)
        if kind == c.FPDF_PAGEOBJ_PATH:
            paths += 1
            rules += _path_rules(item, outer, frame)
        elif kind == c.FPDF_PAGEOBJ_FORM and depth < 4:
            inner = _product(_matrix(item), outer)
            for i in range(c.FPDFFormObj_CountObjects(item)):
                objects.append((c.FPDFFormObj_GetObject(item, i), inner, depth + 1))
    return rules


def _path_rules(path: Any, outer: _Matrix, frame: _Frame) -> list[Rule]:
    """The straight strokes of a path, and its fills that are as thin as a stroke."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    c.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    if not (fill.value or stroke.value):
        return []
    matrix = _product(_matrix(path), outer)
    rules: list[Rule] = []
    for corners, closed in _subpaths(path):
        points = [frame.point(*_apply(matrix, x, y)) for x, y in corners]
        if stroke.value:
            ring = [*points, points[0]] if closed else points
            rules += [rule for a, b in zip(ring, ring[1:]) if (rule := _rule(*a, *b))]
        elif len(points) >= 4:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            width, height = max(xs) - min(xs), max(ys) - min(ys)
            if min(width, height) <= THIN:
                middle_x, middle_y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
                if width > height:
                    rules.append(Rule(min(xs), middle_y, max(xs), middle_y))
                else:
                    rules.append(Rule(middle_x, min(ys), middle_x, max(ys)))
    return rules


def _subpaths(path: Any) -> list[tuple[list[tuple[float, float]], bool]]:
    """The corner points of each part of a path without curves, and whether it is closed."""
    parts: list[tuple[list[tuple[float, float]], bool]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(c.FPDFPath_CountSegments(path), 400)):
        segment = c.FPDFPath_GetPathSegment(path, index)
        kind = c.FPDFPathSegment_GetType(segment)
        c.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if kind == c.FPDF_SEGMENT_MOVETO or not parts:
            parts.append(([], False))
        corners, _ = parts[-1]
        corners.append((x.value, y.value))
        if c.FPDFPathSegment_GetClose(segment):
            parts[-1] = (corners, True)
    return parts


def _rule(ax: float, ay: float, bx: float, by: float) -> Rule | None:
    if abs(ax - bx) < 0.5 and abs(ay - by) > 1:
        return Rule(ax, min(ay, by), ax, max(ay, by))
    if abs(ay - by) < 0.5 and abs(ax - bx) > 1:
        return Rule(min(ax, bx), ay, max(ax, bx), ay)
    return None


def _matrix(item: Any) -> _Matrix:
    matrix = c.FS_MATRIX()
    if not c.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix)):
        return _IDENTITY
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _product(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, p, d, e, f = first
    A, B, P, D, E, F = then
    return (
        a * A + b * P,
        a * B + b * D,
        p * A + d * P,
        p * B + d * D,
        e * A + f * P + E,
        e * B + f * D + F,
    )


def _apply(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, p, d, e, f = matrix
    return a * x + p * y + e, b * x + d * y + f
