"""What a second library (pdfplumber) takes from the pages of a PDF, to hold our reader against."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber

_EDGE_LINES = 4  # at the top and the bottom of a page, where running heads stand
_OFTEN = 3  # pages on which such a line returns
_PAGE_NUMBER = re.compile(r"(?:page )?\d{1,4}(?: of \d{1,4})?", re.IGNORECASE)
_ITEM_NUMBER = re.compile(r"^\s*(?:\(?(?:\d{1,3}|[a-z]|[ivx]{2,4})[.)]|\d{1,3}(?:\.\d{1,3})+\.?)\s")
_MARK = re.compile(r"(?<=[^\W\d_])([.,;:?!’”)]*)[¹²³⁰⁴-⁹\d]{1,2}(?=\W|$)")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_HYPHENS = re.compile(r"[-\u00ad\u2010-\u2015]\s*")
_NOTES = ("Note", "FENote", "Reference")
_LONGEST_HEADING = 200  # characters; what is longer is a paragraph with a wrong tag
_HEADING = re.compile(r"H[1-6]?$")


@dataclass(frozen=True, slots=True)
class Reference:
    """Of one PDF: the text of each page without running heads, and the headings that its tags mark."""

    pages: tuple[str, ...]
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line of a page and where it stands, in points from the nearer edge."""

    text: str
    place: float

    def key(self, offset: int = 0) -> tuple[str, int]:
        """What it says, figures aside, and where it stands, in steps of 10 points; a foot may
        stand higher on one page than on another."""
        text = re.sub(r"\d+", "#", self.text.casefold().strip()).removesuffix(" #")
        return text, -1 if self.place < 0 else round(self.place / 10) + offset


def reference_of(path: Path) -> Reference:
    """The reference extraction of a PDF."""
    with pdfplumber.open(path) as document:
        pages = [_lines(page) for page in document.pages]
        headings = tuple(_tagged_headings(document))
    return Reference(tuple("\n".join(lines) for lines in _without_furniture(pages)), headings)


def words(text: str) -> list[str]:
    """The words and figures of a text, as both extractions must have them.

    Left out is what the two libraries may rightly write differently: white space, hyphens, the
    case and the punctuation, the numbers of list items, and the raised marks of footnotes.
    """
    lines = [_ITEM_NUMBER.sub("", line) for line in text.split("\n")]
    unmarked = _MARK.sub(r"\1", " ".join(lines))
    return _WORD.findall(_HYPHENS.sub("", unmarked).casefold())


def _lines(page: Any) -> list[_Placed]:
    lines = page.dedupe_chars().extract_text_lines(return_chars=False, x_tolerance_ratio=0.15)
    height = float(page.height)
    page.close()  # its objects would fill the memory
    return [
        _Placed(line["text"], (line["top"] if line["top"] < height / 2 else line["top"] - height))
        for line in lines
        if line["text"].strip()
    ]


def _without_furniture(pages: Sequence[list[_Placed]]) -> Iterator[list[str]]:
    """The pages without bare page numbers and lines that return at their edges, at one height."""
    seen: Counter[tuple[str, int]] = Counter()
    for lines in pages:
        for line in lines:
            seen.update({line.key(offset) for offset in (-1, 0, 1)})
    for lines in pages:
        yield [
            line.text
            for number, line in enumerate(lines)
            if _EDGE_LINES <= number < len(lines) - _EDGE_LINES
            or not (seen[line.key()] >= _OFTEN or _PAGE_NUMBER.fullmatch(line.text.strip()))
        ]


def _tagged_headings(document: Any) -> Iterator[str]:
    """The text of the heading elements, where the file is tagged and its tags name headings."""
    wanted: dict[int, list[tuple[int, ...]]] = defaultdict(list)  # by page number
    for element in document.structure_tree:
        for page, marks in _heading_elements(element, None):
            wanted[page].append(marks)
    for number, runs in sorted(wanted.items()):
        page = document.pages[number - 1]
        for marks in runs:
            ids = set(marks)
            text = page.filter(lambda o, ids=ids: o.get("mcid") in ids).extract_text()
            if 0 < len(text.strip()) <= _LONGEST_HEADING:
                yield " ".join(text.split())
        page.close()


def _heading_elements(
    element: dict[str, Any], page: int | None
) -> Iterator[tuple[int, tuple[int, ...]]]:
    page = element.get("page_number", page)
    if _HEADING.match(element.get("type", "")):
        marks = tuple(_marks(element))
        if page is not None and marks:
            yield page, marks
        return
    for child in element.get("children", ()):
        yield from _heading_elements(child, page)


def _marks(element: dict[str, Any]) -> Iterator[int]:
    if element.get("type") in _NOTES:  # the footnote of a heading is tagged inside it
        return
    yield from element.get("mcids", ())
    for child in element.get("children", ()):
        yield from _marks(child)
