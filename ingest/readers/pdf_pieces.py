"""Pieces of text on one baseline of a PDF page, with bullets and footnote marks set apart."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ingest.readers.pdf_glyphs import Glyph, Sheet
from ingest.readers.pdf_rules import DOT, Dot, Rule
from ingest.readers.pdf_words import BULLETS, clean

MOST_PIECES = 2000
"""Pieces on a page; a map has more, and is read in the order in which it was drawn."""

NARROW_GAP = 0.5
"""Ems of white space that part two pieces; most are one line all the same."""

SPACE = 0.3
"""Ems of white space that part two words where the file has no space between them."""

RAISED = 0.15
"""Ems by which a footnote mark stands above its line; its type is at most `SMALL` of the line's."""
SMALL = 0.82

_SQUARES = BULLETS - set("*–—−‒-o‣·∙")
"""Bullets that begin nothing but an item, also where no space follows them."""

_MARK = re.compile(r"[\d*†‡§¹²³⁰⁴-⁹,]+")
_NUMBER = re.compile(
    r"(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{2,4})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?)(?=\s|$)"
    r"|\d{1,3}\.(?=[A-Z‘“])"
)
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
        return (self.bullet[:1].isalnum() and self.bullet != "o") or self.bullet[:1] == "("

    @property
    def first_word_width(self) -> float:
        width = (self.x1 - self.text_x0) / max(1, len(self.text))
        return width * len(self.text.split(" ", 1)[0])


def pieces_of(sheet: Sheet, page: int) -> list[Line]:
    """The pieces of text on `sheet`, sorted by baseline, parted at gaps and at upright rules."""
    uprights = [rule for rule in sheet.rules if rule.upright]
    runs = _runs(sheet.glyphs, uprights)
    if len(runs) > MOST_PIECES:
        runs = [[glyph for run in runs for glyph in run]]
    pieces = [piece for run in runs if (piece := _piece(run, page))]
    dots = [dot for dot in sheet.dots if dot.width < DOT]
    pieces = [_dotted(piece, dots) for piece in pieces] if dots else pieces
    return _with_marks(sorted(pieces, key=lambda piece: (piece.base, piece.x0)))


def is_bullet(piece: Line) -> bool:
    """Whether `piece` is nothing but a bullet or a number that introduces what follows."""
    if piece.bullet:
        return False
    return piece.text in BULLETS or bool(_NUMBER.fullmatch(piece.text))


def with_bullet_apart(line: Line) -> Line:
    """`line`, known by its text alone, with the bullet or number that begins it set apart."""
    bullet, _, rest = line.text.partition(" ")
    number = _NUMBER.match(line.text)
    if number and len(line.text) > number.end():
        bullet, rest = number[0], line.text[number.end() :]
    elif line.text[0] in _SQUARES:
        bullet, rest = line.text[0], line.text[1:]
    elif not (rest and bullet in BULLETS):
        return line
    if not rest.strip():
        return line
    shift = (line.x1 - line.x0) * (1 - len(rest.strip()) / len(line.text))
    return replace(line, bullet=bullet, text=rest.strip(), text_x0=line.x0 + shift)


def rule_between(left: float, right: float, y: float, uprights: list[Rule]) -> bool:
    """Whether an upright rule crosses the height `y` between two places."""
    return any(left - 1 <= r.x0 <= right + 1 and r.top <= y <= r.bottom for r in uprights)


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
    if abs(a.base - b.base) > 0.5 * size or gap > NARROW_GAP * size or gap < -size:
        return True
    return gap > 0.15 * size and rule_between(a.x1, b.x0, a.base - size / 3, uprights)


def _piece(run: list[Glyph], page: int) -> Line | None:
    printing = [glyph for glyph in run if not glyph.text.isspace()]
    if not printing:
        return None
    size = _most(glyph.size for glyph in printing)
    base = _most(glyph.base for glyph in printing if abs(glyph.size - size) < 0.1)
    raised = [base - g.base > RAISED * size and g.size < SMALL * size for g in run]
    mark, text = _without_marks(run, raised)
    text = clean(text)
    if not text and not mark:
        if not _is_bullet_glyph(printing[0].text):
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
        raw = "".join(glyph.text for glyph in run[position:end])
        piece = raw.strip()
        if not _MARK.fullmatch(piece):
            text += raw
        elif not text.strip():
            opening = piece
        elif text.rstrip()[-1:].isdigit() or re.search(r"\b(?:k|c|d)?m$", text.rstrip()):
            text += raw  # a power or an area, not a mark
        elif raw[-1:].isspace():
            text += " "
        position = end
    return opening, text


def _bulleted(line: Line, run: list[Glyph]) -> Line:
    """`line` with a bullet or number that its own text begins with set apart."""
    first = run[0].text
    if len(run) > 1 and _is_bullet_glyph(first) and run[1].text.isspace():
        bullet = first
    elif (number := _NUMBER.match(line.text)) and len(line.text) > number.end():
        bullet = number[0]
    else:
        return line
    skipped = 0
    for glyph in run:
        if skipped >= len(bullet) and not glyph.text.isspace():
            text = line.text[len(bullet) :].strip() if clean(bullet) else line.text
            return replace(line, bullet=bullet, text=text, text_x0=glyph.x0)
        skipped += not glyph.text.isspace()
    return line


def _dotted(piece: Line, dots: list[Dot]) -> Line:
    """`piece` with a bullet where one is drawn before it."""
    middle = piece.base - 0.35 * piece.size
    for x, y, _ in dots:
        if (
            not piece.bullet
            and 0 < piece.x0 - x < 3 * piece.size
            and abs(y - middle) < piece.size / 3
        ):
            return replace(piece, bullet="•", x0=x)
    return piece


def _is_bullet_glyph(glyph: str) -> bool:
    """Bullets of a symbol font stand in the private area of Unicode."""
    return glyph in BULLETS or "\ue000" <= glyph <= "\uf8ff"


def _with_marks(pieces: list[Line]) -> list[Line]:
    """`pieces` without the raised marks that stand alone; one before a line becomes its mark."""
    marks = [
        piece
        for piece in pieces
        if _MARK.fullmatch(piece.mark or piece.text)
        and any(_is_raised(piece, other) for other in pieces)
    ]
    marked = {id(piece) for piece in marks}
    return [_marked(piece, marks) for piece in pieces if id(piece) not in marked]


def _is_raised(piece: Line, other: Line) -> bool:
    """Whether `piece` stands beside `other`, smaller and higher."""
    return (
        RAISED * other.size < other.base - piece.base < 0.6 * other.size
        and piece.size < SMALL * other.size
        and -other.size < max(other.x0 - piece.x1, piece.x0 - other.x1) < 1.5 * other.size
    )


def _marked(line: Line, marks: list[Line]) -> Line:
    for mark in marks:
        close = 0 <= line.x0 - mark.x0 < 2.5 * line.size
        if close and 0 < line.base - mark.base < 0.6 * line.size:
            return replace(line, mark=mark.mark or mark.text)
    return line


def _most(values: Iterable[float]) -> float:
    return Counter(values).most_common(1)[0][0]
