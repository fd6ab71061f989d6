"""Reads PDF pages that are images of text, by optical character recognition (OCR).

The recogniser is the optional extra `ocr` (rapidocr, whose weights come in its wheel); it runs on
this machine and asks no network.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

from ingest.readers.pdf_lines import joined_lines
from ingest.readers.pdf_pieces import Line, with_bullet_apart
from ingest.readers.pdf_words import clean

INSTALL = "pip install 'findings-assistant[ocr]'"

MOST_SCANNED = 1_000
"""Image pages in one document; recognising one takes seconds."""

_LONGEST_SIDE = 2000
"""Pixels; 170 to the inch of an A4 page, below which small print is misread. The recogniser shrinks
a larger image to this."""

_MOST_OBJECTS = 4000
"""Things drawn on a page that are looked at in search of an image."""

_LEAST_AREA = 0.05
"""Share of the page that an image covers which may hold text; a smaller one is an emblem."""

_TYPE = 0.83
"""Type size over the height of a recognised line, measured on pages rendered from known type."""

_BASE = 0.25
"""Share of a line's height that stands below its baseline."""

_STEP = 1.2
"""Heights of lines in the same type vary by a tenth; sizes are told apart in steps of this."""

Recogniser = Callable[[pdfium.PdfPage, int], list[Line]]
"""Gives the lines of a page, whose number from 0 is the second argument."""


def recogniser() -> Recogniser | None:
    """The recogniser, or None where the extra is not installed."""
    if find_spec("rapidocr") is None:
        return None
    from rapidocr import RapidOCR  # noqa: PLC0415  (half a second, and optional)

    engine = RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.max_side_len": _LONGEST_SIDE,
            "Global.use_cls": False,  # lines upside down; pages know their rotation
        }
    )
    return lambda page, number: _lines(engine, page, number)


def is_scanned(page: pdfium.PdfPage) -> bool:
    """Whether an image covers enough of the page to be an image of text."""
    width, height = page.get_size()
    total = 0.0
    for number, item in enumerate(page.get_objects(filter=(c.FPDF_PAGEOBJ_IMAGE,), max_depth=4)):
        left, bottom, right, top = item.get_bounds()
        total += max(0.0, right - left) * max(0.0, top - bottom)
        if total >= _LEAST_AREA * width * height:
            return True
        if number >= _MOST_OBJECTS:
            break
    return False


def in_steps(lines: Sequence[Line], usual: float) -> list[Line]:
    """Recognised lines with their sizes evened out, so that like type has one size.

    `usual` is the size of the body on the pages that have text; 0 where none has.
    """
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    if not sizes:
        return []
    median = _weighted_median(sizes)
    body = usual if usual and 1 / 1.15 < median / usual < 1.15 else median
    return [replace(line, size=round(2 * body * _step(line.size / median)) / 2) for line in lines]


def page_list(numbers: Sequence[int]) -> str:
    """Page numbers (from 0) for people: "page 2", "pages 2 to 4 and 7"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    texts = [
        f"{a + 1}" if a == b else f"{a + 1} {'to' if b > a + 1 else 'and'} {b + 1}" for a, b in runs
    ]
    joined = ", ".join(texts[:-1]) + (" and " if len(texts) > 1 else "") + texts[-1]
    return f"page{'s' if len(numbers) > 1 else ''} {joined}"


def _lines(engine: Any, page: pdfium.PdfPage, number: int) -> list[Line]:
    width, height = page.get_size()
    scale = _LONGEST_SIDE / max(width, height, 1.0)
    bitmap = page.render(scale=scale)
    found = engine(bitmap.to_numpy()[:, :, :3].copy())
    bitmap.close()
    pieces = [
        piece
        for box, text in zip(
            found.boxes if found.boxes is not None else (), found.txts or (), strict=True
        )
        if (piece := _piece(box / scale, text, number))
    ]
    return joined_lines(pieces, ())


def _piece(box: Any, text: str, number: int) -> Line | None:
    """A recognised line; `box` holds its corners, shape (4, 2), from the top left, clockwise."""
    text = clean(text)
    if not text:
        return None
    (x0, _), (x1, _) = box.min(axis=0), box.max(axis=0)
    top, bottom = float(box[:2, 1].mean()), float(box[2:, 1].mean())
    size = max(1.0, (bottom - top) * _TYPE)
    line = Line(
        page=number,
        text=text,
        x0=float(x0),
        x1=float(x1),
        top=top,
        bottom=bottom,
        base=bottom - _BASE * (bottom - top),
        size=size,
        bold=False,  # which the recogniser does not tell
        text_x0=float(x0),
    )
    return with_bullet_apart(line)


def _weighted_median(sizes: Counter[float]) -> float:
    half, passed, median = sizes.total() / 2, 0, 0.0
    for size, weight in sorted(sizes.items()):
        if passed < half:
            median = size
        passed += weight
    return median


def _step(ratio: float) -> float:
    """The nearest step to a line's size over the body's; without ascenders a line is low."""
    step = 1.0
    while ratio > step * 1.15:
        step *= _STEP
    while ratio < step * 0.8:
        step /= _STEP
    return step
