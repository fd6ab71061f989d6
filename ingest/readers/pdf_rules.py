"""The straight rules and the dots that are drawn on a PDF page, upright like its text."""

import ctypes
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as c

MOST_PATHS = 4000
"""Path objects looked at on a page; maps and scatter plots have more and hold no table."""

MOST_RULES = 600
"""Straight lines on a page; a drawing has more, and none of them is a table's."""

DOT = 6.0
"""Points; a drawn disc no wider than this may be a bullet."""

DISC = 24.0
"""Points; a filled disc no wider than this may stand for a value in a table."""

THIN = 3.0
"""Points; a filled rectangle no thicker than this is a drawn rule."""


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


class Dot(NamedTuple):
    """The centre of a drawn disc, and how wide it is."""

    x: float
    y: float
    width: float


class PageFrame(NamedTuple):
    """Maps the page's own coordinates to upright ones, in points from the top left corner."""

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


_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1, 0, 0, 1, 0, 0)


def drawn(page: pdfium.PdfPage, frame: PageFrame) -> tuple[tuple[Rule, ...], tuple[Dot, ...]]:
    """The rules and the dots among the page's paths, also those inside form objects."""
    count = c.FPDFPage_CountObjects(page)
    objects = [(c.FPDFPage_GetObject(page, i), _IDENTITY, 0) for i in range(count)]
    rules: list[Rule] = []
    dots: list[Dot] = []
    paths = 0
    while objects and paths < MOST_PATHS:
        item, outer, depth = objects.pop()
        kind = c.FPDFPageObj_GetType(item)
        if kind == c.FPDF_PAGEOBJ_PATH:
            paths += 1
            rules += _path_rules(item, outer, frame)
            if c.FPDFPath_CountSegments(item) >= 5 and (dot := _dot(item, outer, frame)):
                dots.append(dot)
        elif kind == c.FPDF_PAGEOBJ_FORM and depth < 4:
            inner = _product(_matrix(item), outer)
            for i in range(c.FPDFFormObj_CountObjects(item)):
                objects.append((c.FPDFFormObj_GetObject(item, i), inner, depth + 1))
    return tuple(rules) if len(rules) <= MOST_RULES else (), tuple(dots[:MOST_RULES])


def _dot(path: Any, outer: _Matrix, frame: PageFrame) -> Dot | None:
    """A path that is curved, and no larger than a bullet or, filled, than a sign in a table."""
    curve = c.FPDFPathSegment_GetType(c.FPDFPath_GetPathSegment(path, 1))
    if curve != c.FPDF_SEGMENT_BEZIERTO:
        return None
    matrix = _product(_matrix(path), outer)
    points = [
        frame.point(*_apply(matrix, x, y)) for corners, _ in _subpaths(path) for x, y in corners
    ]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    largest = DISC if _drawing(path)[0] else DOT
    if not 1.5 < width < largest or abs(width - height) > 0.5:
        return None
    return Dot((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2, width)


def _path_rules(path: Any, outer: _Matrix, frame: PageFrame) -> list[Rule]:
    """The straight strokes of a path, and its fills that are as thin as a stroke."""
    filled, stroked = _drawing(path)
    if not (filled or stroked):
        return []
    matrix = _product(_matrix(path), outer)
    rules: list[Rule] = []
    for corners, closed in _subpaths(path):
        points = [frame.point(*_apply(matrix, x, y)) for x, y in corners]
        if stroked:
            ring = [*points, points[0]] if closed else points
            rules += [rule for a, b in pairwise(ring) if (rule := _rule(*a, *b))]
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


def _drawing(path: Any) -> tuple[bool, bool]:
    """Whether a path is filled, and whether it is stroked."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    c.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(fill.value), bool(stroke.value)


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
    a, b, c_, d, e, f = first
    origin_x, origin_y = _apply(then, e, f)
    return (
        a * then[0] + b * then[2],
        a * then[1] + b * then[3],
        c_ * then[0] + d * then[2],
        c_ * then[1] + d * then[3],
        origin_x,
        origin_y,
    )


def _apply(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, p, d, e, f = matrix
    return a * x + p * y + e, b * x + d * y + f
