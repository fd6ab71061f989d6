"""Recognises what a PDF repeats around its text: running heads, page numbers, contents."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from itertools import islice, pairwise

from ingest.readers.pdf_pieces import Line

EDGE = 0.14
"""Running heads and feet stand in this share of the page's height, at the top or the bottom."""

_PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[-–|]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*[-–|]?(?:\s*(?:of|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
_MOST_FIGURES = 8  # of one line that may be the page's number
_LEADERS = re.compile(r"(?:[.…·_]\s?){4,}\s*\d{0,4}\s*$")

_Key = tuple[str, int]
"""What a line says and where: in steps of 10 points from the top or, below zero, the bottom."""


def without_running_heads(pages: list[list[Line]], heights: list[float]) -> list[list[Line]]:
    """`pages` without page numbers and the lines that return at the same height on many pages.

    A line stays where something else stands beside it, since both are cells of a table then, but
    for one of several words that most pages have.
    """
    seen: dict[_Key, set[int]] = defaultdict(set)
    for lines, height in zip(pages, heights, strict=True):
        for line in lines:
            if _at_edge(line, height):
                for text, place in _keys(line, height):
                    for near in (place - 1, place, place + 1):
                        seen[text, near].add(line.page)
    enough = max(2, min(4, round(0.3 * len(pages))))
    often = {key for key, where in seen.items() if len(where) >= enough}
    most = max(2, len(pages) / 2)
    mostly = {key for key in often if len(seen[key]) > most and len(key[0].split()) > 2}
    feet = {text for text, place in often if place < 0}
    kept: list[list[Line]] = []
    for lines, height in zip(pages, heights, strict=True):
        stay = [line for line in lines if not _runs(line, height, often, feet)]
        bases = sorted(line.base for line in stay)
        held = {id(line) for line in stay}
        for line in lines:
            if _is_beside(line, bases) and mostly.isdisjoint(_keys(line, height)):
                held.add(id(line))
        kept.append([line for line in lines if id(line) in held])
    return kept


def _runs(line: Line, height: float, often: set[_Key], feet: set[str]) -> bool:
    """Whether `line` is a running head or foot, or a page number."""
    if not _at_edge(line, height):
        return False
    keys = _keys(line, height)
    if _is_page_number(line, height) or not often.isdisjoint(keys):
        return True
    # It may stand higher on one page; at the head that would be the title, which the heads repeat.
    return any(place < 0 and text in feet and len(text.split()) >= 4 for text, place in keys)


def _is_beside(line: Line, bases: list[float]) -> bool:
    nearest = bisect_left(bases, line.base - 2)
    return nearest < len(bases) and bases[nearest] <= line.base + 2


def _at_edge(line: Line, height: float) -> bool:
    return line.base < EDGE * height or line.base > (1 - EDGE) * height


def _keys(line: Line, height: float) -> list[_Key]:
    """What the line says, as it stands and with each figure counted from its page's number."""
    place = round((line.base if line.base < height / 2 else line.base - height) / 10)
    text = f"{line.bullet} {line.text}".strip().casefold()
    return [(text, place)] + [
        (f"{text[: found.start()]}#{int(found[0]) - line.page}{text[found.end() :]}", place)
        for found in islice(_FIGURE.finditer(text), _MOST_FIGURES)
    ]


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
