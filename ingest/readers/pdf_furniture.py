"""Recognises what a PDF repeats around its text: running heads, page numbers, contents."""

import re
from collections import Counter, defaultdict
from itertools import pairwise

from ingest.readers.pdf_pieces import Line

EDGE = 0.14
"""Running heads and feet stand in this share of the page's height, at the top or the bottom."""

_PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[-–|]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*[-–|]?(?:\s*(?:of|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"(?:[.…·_]\s?){4,}\s*\d{0,4}\s*$")


def without_running_heads(pages: list[list[Line]], heights: list[float]) -> list[list[Line]]:
    """`pages` without page numbers and the lines that return at the same height on many pages."""
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number, lines in enumerate(pages):
        for line in lines:
            if _at_edge(line, heights[number]):
                for offset in (-1, 0, 1):
                    seen[_key(line, heights[number], offset)].add(number)
    enough = max(2, min(4, round(0.3 * len(pages))))
    feet = {text for (text, place), where in seen.items() if place < 0 and len(where) >= enough}
    kept: list[list[Line]] = []
    for number, lines in enumerate(pages):
        height = heights[number]
        kept.append(
            [
                line
                for line in lines
                if not (
                    _at_edge(line, height)
                    and (
                        len(seen[_key(line, height)]) >= enough
                        or _is_page_number(line, height)
                        or _is_foot(line, height, feet)
                    )
                )
            ]
        )
    return kept


def _is_foot(line: Line, height: float, feet: set[str]) -> bool:
    """Whether a line says what runs at the foot of other pages, and merely stands higher here.

    At the head of a page that would be the title, which the running heads repeat.
    """
    text, place = _key(line, height)
    return place < 0 and text in feet and len(text.split()) >= 4


def _at_edge(line: Line, height: float) -> bool:
    return line.base < EDGE * height or line.base > (1 - EDGE) * height


def _key(line: Line, height: float, offset: int = 0) -> tuple[str, int]:
    """What the line says, figures aside, and where it stands, in steps of 10 points."""
    from_edge = line.base if line.base < height / 2 else line.base - height
    text = re.sub(r"\d+", "#", f"{line.bullet} {line.text}".strip().casefold())
    return text.removesuffix(" #"), round(from_edge / 10) + offset


def _is_page_number(line: Line, height: float) -> bool:
    outermost = line.base < 0.09 * height or line.base > 0.91 * height
    return outermost and _PAGE_NUMBER.fullmatch(f"{line.bullet} {line.text}".strip()) is not None


def contents_lines(lines: list[Line], page_count: int) -> set[int]:
    """Indexes of the lines that list what stands on which page."""
    led = {i for i, line in enumerate(lines) if _LEADERS.search(line.text)}
    titled = next((i for i, line in enumerate(lines) if _is_contents_title(line)), None)
    if len(led) >= 3:
        above = {titled} if titled is not None and titled < min(led) else set()
        return _filled(led | above)
    if titled is None:
        return set()
    numbers = {i: n for i, line in enumerate(lines) if (n := _last_number(line)) and i > titled}
    listed = {i for i, n in numbers.items() if n <= page_count + 20}
    rising = [numbers[i] for i in sorted(listed)]
    ordered = sum(a <= b for a, b in pairwise(rising))
    if len(listed) < 3 or ordered < 0.7 * (len(rising) - 1):
        return set()
    return _filled(listed | {titled})


def _is_contents_title(line: Line) -> bool:
    return line.text.casefold().strip(" :") in {"contents", "table of contents", "contents page"}


def _last_number(line: Line) -> int:
    found = re.search(r"(?:^|\s)(\d{1,4})$", line.text)
    return int(found[1]) if found else 0


def _filled(listed: set[int]) -> set[int]:
    """The listed lines and what stands between them: titles that wrap, parts without a number."""
    return set(range(min(listed), max(listed) + 1))


def body_size(pages: list[list[Line]]) -> float:
    """The type size of most of the text, in points."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0
