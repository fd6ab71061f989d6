"""The characters of one PDF page, upright, in points from its top left corner."""

import ctypes
import math
from collections import Counter
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as c

from ingest.readers.pdf_rules import Dot, PageFrame, Rule, drawn


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
class Sheet:
    """What is drawn on one page: its size in points, its characters in stream order, its rules.

    `dots` are small drawn discs: some programs draw the bullets of a list, or a rating's colour.
    """

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    dots: tuple[Dot, ...] = ()


class _Style(NamedTuple):
    size: float
    bold: bool
    angle: int  # quarter turns, counter-clockwise; -1 for any other angle


def count(page: pdfium.PdfPage) -> int:
    """The number of characters on `page`."""
    text_page = page.get_textpage()
    try:
        return int(text_page.count_chars())
    finally:
        text_page.close()


def sheet(page: pdfium.PdfPage) -> Sheet:
    """The characters and rules of `page`; text across the reading direction is left out.

    Raises pdfium.PdfiumError where the page cannot be loaded.
    """
    text_page = page.get_textpage()
    try:
        raw = _raw_glyphs(text_page)
        turns = _reading_direction(raw)
        frame = PageFrame(turns, page.get_bbox())
        left, bottom, right, top = frame.box
        width, height = (
            (right - left, top - bottom)
            if turns % 2 == 0
            else (
                top - bottom,
                right - left,
            )
        )
        glyphs = tuple(_upright(raw, frame, width, height))
        return Sheet(width, height, glyphs, *drawn(page, frame))
    finally:
        text_page.close()


_RawGlyph = tuple[int, float, float, float, float, float, float, _Style | None]


def _raw_glyphs(text_page: pdfium.PdfTextPage) -> list[_RawGlyph]:
    """(code point, left, bottom, right, top, origin x, origin y, style), as the page has them."""
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


def _upright(raw: list[_RawGlyph], frame: PageFrame, width: float, height: float) -> list[Glyph]:
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
        glyphs.append(Glyph(text, x0, x1, min(ay, by), max(ay, by), base, style.size, style.bold))
    return glyphs
