"""Groups the lines of a PDF into paragraphs, headings, items, notes and captions."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.readers.pdf_furniture import contents_lines
from ingest.readers.pdf_pieces import Line
from ingest.readers.pdf_tables import Table
from ingest.report import BlockKind

LOOSE = 1.22
"""How much wider than the usual pitch a line's distance is that begins a new paragraph."""

SMALL_PRINT = 0.93
"""Notes are set in at most this share of the body's size."""

LARGE = 1.12
"""Headings in type that is not bold are set in at least this share of the body's size."""

ENDED = re.compile(r"[.?!:;][”’\"')\]]*(?:\s*\([^()]*\))?$")
"""The end of a sentence; a short aside in brackets may follow."""

_CAPTION = re.compile(
    r"(?:figure|fig\.?|table|chart|graph|map|diagram|exhibit|box)\s+[a-z]?\d+(?:\.\d+)*[a-z]?"
    r"\s*[:.|–—-]\s*\S",
    re.IGNORECASE,
)
TICKS = r"[-–+]?[£$€]?\d[\d,.]*\s?(?:%|k|m|bn)?(?:\s[-–+]?[£$€]?\d[\d,.]*\s?%?)*"
"""A line that is nothing but the labels of an axis."""

_PARTICULAR = re.compile(
    r"[^:]*\b(?:dates?|published|publication|period)\b[^:]*:.*\b(?:19|20)\d\d\b"
    r"|(?:[\w’'-]+\s){0,2}(?:inspectors?|authors?|editors?|contact|reference|e-?mail|telephone|website)"
    r"(?:\s(?:details|name|number|address))?\s?:",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A block before its text is put together: lines of running text, or one table."""

    kind: BlockKind
    page: int  # from 0
    lines: tuple[Line, ...] = ()
    level: int = 0
    table: Table | None = None
    right: float = 0.0  # where the lines of this column end at most
    joint: str | None = None  # what parts it from the block that it continues; None begins a block


class Blocks:
    """The habits of one document, learnt from all its pages, by which its lines are grouped."""

    def __init__(self, pages: list[list[Line]], body: float) -> None:
        self._body = body
        self._page_count = len(pages)
        self._pitch = _usual_pitch(pages)

    def of_page(self, parts: list[Line | Table]) -> list[Draft]:
        """The blocks of one page from its lines and tables in reading order."""
        lines = [part for part in parts if isinstance(part, Line)]
        listed = contents_lines(lines, self._page_count)
        contents = {id(lines[i]) for i in listed}
        drafts: list[Draft] = []
        group: list[Line] = []
        for part in parts:
            if isinstance(part, Table):
                drafts += self._drafts(group, lines, contents)
                group = []
                drafts.append(self._table_draft(part))
            else:
                group.append(part)
        return drafts + self._drafts(group, lines, contents)

    def _table_draft(self, table: Table) -> Draft:
        """A table; one bold row alone is a heading with a grade or reference beside it."""
        page = table.lines[0].page
        bold = all(line.bold and line.size >= 0.9 * self._body for line in table.lines)
        if len(table.rows) == 1 and bold and not table.title:
            return Draft(BlockKind.HEADING, page, table.lines, table=table)
        return Draft(BlockKind.ROW, page, table=table)

    def _drafts(self, group: list[Line], page: list[Line], contents: set[int]) -> list[Draft]:
        drafts: list[Draft] = []
        for lines in self._paragraphs(group, page, contents):
            kind = BlockKind.FURNITURE if id(lines[0]) in contents else self._kind(lines)
            drafts.append(
                Draft(kind, lines[0].page, tuple(lines), right=_right_edge(lines[0], page))
            )
        return self._with_lead_ins(drafts)

    def _with_lead_ins(self, drafts: list[Draft]) -> list[Draft]:
        """`drafts`, a bold line that a colon ends above a list taken for what leads the list in."""
        result = list(drafts)
        for i, (draft, below) in enumerate(pairwise(drafts)):
            if draft.kind is BlockKind.HEADING and text_of(draft).endswith(":"):
                first = below.lines[0]
                listed = below.kind is not BlockKind.HEADING and first.bullet
                if listed and draft.lines[0].size < LARGE * self._body:
                    result[i] = replace(draft, kind=BlockKind.PARAGRAPH)
        return result

    def _paragraphs(
        self, group: list[Line], page: list[Line], contents: set[int]
    ) -> Iterator[list[Line]]:
        paragraph: list[Line] = []
        for line in group:
            if paragraph and (id(line) in contents) == (id(paragraph[-1]) in contents):
                if id(line) in contents:
                    paragraph.append(line)
                    continue
                plain = _as_running_text(paragraph, line)
                if not self._breaks(paragraph, plain, _right_edge(paragraph[0], page)):
                    paragraph.append(plain)
                    continue
            if paragraph:
                yield paragraph
            paragraph = [line]
        if paragraph:
            yield paragraph

    def _breaks(self, paragraph: list[Line], line: Line, right: float) -> bool:
        """Whether `line` begins a new paragraph."""
        last = paragraph[-1]
        pitch = line.base - last.base
        beside = line.x0 > last.x1 or line.x1 < last.x0
        if line.bullet or line.mark or pitch > LOOSE * self._pitch * max(last.size, line.size):
            return True
        if _is_set_under_label(paragraph, line):
            return False
        if beside or pitch <= 0.3 * line.size:
            return True
        if len(paragraph) == 1 and re.fullmatch(TICKS, last.text):
            return True
        ended = ENDED.search(last.text) is not None
        begins = not line.text[:1].islower()
        if abs(line.size - last.size) > 0.08 * last.size:
            return True
        if line.bold != last.bold:
            return ended or begins
        return begins and _starts_afresh(paragraph, line, right, ended)

    def _kind(self, lines: list[Line]) -> BlockKind:
        first = lines[0]
        text = " ".join(line.text for line in lines)
        if _CAPTION.match(text) and len(text) < 300:
            return BlockKind.CAPTION
        if self._is_note(lines):
            return BlockKind.NOTE
        if self._is_heading(lines, text):
            return BlockKind.HEADING
        if first.bullet and not re.fullmatch(r"\(?\d{1,3}[.)]|\d+(\.\d+)+\.?", first.bullet):
            return BlockKind.ITEM
        return BlockKind.PARAGRAPH

    def _is_note(self, lines: list[Line]) -> bool:
        first = lines[0]
        if first.size > SMALL_PRINT * self._body:
            return False
        return bool(first.mark) or re.match(r"\d{1,2}\s+[A-Z‘“]", first.text) is not None

    def _is_heading(self, lines: list[Line], text: str) -> bool:
        first = lines[0]
        if len(lines) > 4 or len(text) > 220 or not re.search(r"[^\W\d_]{2}", text):
            return False
        if first.bullet and not first.numbered:
            return False
        if re.search(r"[.;,]$", text) or text[:1] in "“‘\"'" or text[:1].islower():
            return False
        large = first.size >= LARGE * self._body
        bold = all(line.bold for line in lines) and first.size >= 0.9 * self._body
        if _PARTICULAR.match(text):
            return False
        return large or bold or _is_section_number(first, text)


def _is_set_under_label(paragraph: list[Line], line: Line) -> bool:
    """Whether `line` goes on with the value of "Lead inspector: ...", set in beyond the label."""
    first, last = paragraph[0], paragraph[-1]
    beside = line.base - last.base <= 0.3 * line.size
    return (
        line.x0 > first.x0 + line.size
        and ":" not in line.text
        and (last.text.endswith(":") if beside else line.size == last.size)
        and _PARTICULAR.match(" ".join(each.text for each in paragraph)) is not None
    )


def _starts_afresh(paragraph: list[Line], line: Line, right: float, ended: bool) -> bool:
    """Whether the shape says so: the line before has room left, or `line` is set in or out."""
    last = paragraph[-1]
    room = right - last.x1
    if line.first_word_width + 0.6 * line.size < room and (
        ended or room > 0.3 * (right - last.text_x0)
    ):
        return True
    indent = line.x0 - last.text_x0
    return (indent > line.size and ended) or (indent < -line.size and len(paragraph) > 1)


def with_levels(pages: list[list[Draft]], outline: dict[str, int]) -> list[list[Draft]]:
    """Headings ranked: as the document's outline ranks them, or by size and weight."""
    sizes = {_rank(d) for drafts in pages for d in drafts if d.kind is BlockKind.HEADING}
    ranks = {rank: level for level, rank in enumerate(sorted(sizes, reverse=True), 1)}
    return [[_levelled(draft, ranks, outline) for draft in drafts] for drafts in pages]


def _levelled(draft: Draft, ranks: dict[tuple[float, bool], int], outline: dict[str, int]) -> Draft:
    if draft.kind is not BlockKind.HEADING:
        return draft
    level = outline.get(text_of(draft).casefold(), ranks[_rank(draft)])
    return replace(draft, level=max(1, min(6, level)))


def _rank(draft: Draft) -> tuple[float, bool]:
    first = draft.lines[0]
    return first.size, first.bold


def _usual_pitch(pages: list[list[Line]]) -> float:
    """The distance of baselines inside paragraphs, in ems."""
    pitches: Counter[float] = Counter()
    for lines in pages:
        for a, b in pairwise(lines):
            if a.size == b.size and not b.bullet and abs(a.text_x0 - b.x0) < a.size:
                pitch = (b.base - a.base) / a.size
                if 0.8 < pitch < 2.5:
                    pitches[round(pitch * 20) / 20] += 1
    return pitches.most_common(1)[0][0] if pitches else 1.2


def _right_edge(line: Line, page: list[Line]) -> float:
    """Where the longest line ends that begins near where `line` begins."""
    return max(other.x1 for other in page if abs(other.text_x0 - line.text_x0) < 40)


def _as_running_text(paragraph: list[Line], line: Line) -> Line:
    """`line`, its number or dash taken for text where a wrapped sentence merely begins with it."""
    last = paragraph[-1]
    loose = line.base - last.base > 1.6 * line.size
    if not line.bullet or loose or ENDED.search(last.text):
        return line
    if line.bold != last.bold or line.size != last.size:
        return line
    aligned = abs(line.x0 - last.text_x0) < 2 or (len(paragraph) > 1 and abs(line.x0 - last.x0) < 2)
    spaced = line.text_x0 - line.x0 - 0.6 * line.size * len(line.bullet) > line.size
    if last.bullet and abs(line.x0 - last.x0) < 2:
        return line
    if aligned and not spaced and (line.numbered or line.bullet in "–—-"):
        return with_bullet_as_text(line)
    return line


def with_bullet_as_text(line: Line) -> Line:
    """`line` where what looked like its number or bullet is part of its sentence."""
    return replace(line, text=f"{line.bullet} {line.text}", bullet="", text_x0=line.x0)


def _is_section_number(line: Line, text: str) -> bool:
    return (
        re.fullmatch(r"\d+(\.\d+)+\.?", line.bullet) is not None
        and len(text) < 90
        and (ENDED.search(text) is None)
    )


def text_of(draft: Draft) -> str:
    return " ".join(line.text for line in draft.lines)
