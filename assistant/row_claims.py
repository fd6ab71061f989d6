"""What a claim says of one row of a table, held against its cells.

"Leeds PDU scored 3 out of 21", "its report came out in October 2024", "it is in the region of ...": a row
is no sentence, and a reader of sentences takes much of it wrongly.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.assertions import Sort, values
from assistant.candidates import Candidate
from assistant.extremes import (
    ByTable,
    aside,
    cells_of_row,
    label_of,
    name_in,
    number_of,
    tables,
    valued,
)
from assistant.graded import without
from assistant.inquiry import Inquiry
from assistant.leanings import negations
from assistant.rounding import excludes
from assistant.value import Value
from ingest.library import Library, title_words
from ingest.report import BlockKind, Report, Sentence
from ingest.words import content_stems, stems

IN_ROW = "The table says so"
AGAINST_ROW = "The table says otherwise"
_LOOKED_AT = 10  # of the nearest sentences, in which the table must show itself
_OUT_OF = re.compile(
    r"\s*\b(?:(?:out\s+)?of|from)\s+(?:an?\s+|the\s+)?(?:(?:possible|total\s+of|maximum(?:\s+of)?)\s+)?(\d{1,3})\b(?!\s*(?:%|per))",
    re.IGNORECASE,
)
# What a claim may say beside the row's name and the words of the heading.
_OF_ROWS = content_stems(
    "report reports get got gets given received earned awarded scored score scores point points mark marks"
    " achieved total composite overall had recorded"
)
_CAME_OUT = content_stems("published publication released issued appeared")
_COMES_OUT = re.compile(r"\bc[ao]mes?\s+out\b", re.IGNORECASE)
_SCORES = content_stems("score scores points marks")
_OF_PLACES = content_stems(
    "region regions area part belongs belong lies located covered falls sits comes within under"
)
# What turns, limits or leaves open what a claim says of a row; no cell tells of it.
_LIMITS = re.compile(
    r"\b(?:will|would|should|could|might|must|may(?!\s+\d{4})|if|unless|again|before|after|until|since|by(?!\s+contrast)"
    r"|further|off|under|above|below|than|same|once|less|fewer|between|next|previous|earlier|last|only|or|from(?!\s+\d)"
    r"|out(?<!come\sout)(?<!came\sout)(?<!comes\sout)|more|end\s+of|start\s+of|early|late|mid)\b",
    re.IGNORECASE,
)
_OF_TIME = content_stems("last next previous due planned expected target")  # of headings
_SCALED = re.compile(r"\b0{3}\b|thousand|million|\b[mk]\b|£m\b|\bper\s+[\d,]+", re.IGNORECASE)
_LIES_IN = re.compile(
    r"^\W*(?:\w+\W+){0,3}?(?:is|was|lies|falls|sits|comes|belongs)\b[^.]*?\b(?:in|of|to|under|within)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_IN_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table: the stems of its name that set it apart, and of what stands beside the name."""

    report: Report
    row: Sentence
    key: frozenset[str]
    aside: frozenset[str]
    shared: frozenset[str]  # stems that most names have, and those of caption, section and title


@dataclass(frozen=True, slots=True)
class _Told:
    """A claim as it is held against rows: without "out of 21", its values, and the words left."""

    text: str
    values: tuple[Value, ...]
    spoken: frozenset[str]
    most: str  # the "21"; or empty


def told_of_row(
    inquiry: Inquiry, claim: str, found: Sequence[Candidate], library: Library
) -> ByTable | None:
    """The row that decides a claim; None where the claim is not about one row, or says more of it than its
    cells do, and where tables tell otherwise of each other."""
    told = _told(claim)
    if told is None or inquiry.superlative or negations(claim):
        return None
    decided: list[ByTable | None] = []
    for rows in _tables(found, library):
        for one in _meant(rows, told):
            decided.append(_valued(one, rows, told) if told.values else _placed(one, rows, told))
    if None in decided or len({one.holds for one in decided if one}) != 1:
        return None  # a table that has the row, and does not tell, may be of another year
    return decided[0]


def _told(claim: str) -> _Told | None:
    """None where a claim limits or leaves open what it says, or gives values that no cell has."""
    most = _OUT_OF.search(claim)
    text = _OUT_OF.sub("", claim)
    found = [value for value in values(text) if not value.loose]
    unsure = any(v.worded or v.denied or v.open or v.vague or v.spans for v in found)
    figures = sum(value.sort is not Sort.DATE for value in found)
    left = without(text, [(value.start, value.end) for value in found])
    if unsure or figures > 1 or len(found) - figures > 1 or _LIMITS.search(left):
        return None
    return _Told(text, tuple(found), frozenset(content_stems(left)), most[1] if most else "")


def _tables(found: Sequence[Candidate], library: Library) -> Iterator[list[_Row]]:
    """The rows of each table that is among what was found."""
    nearest = [c for c in found[:_LOOKED_AT] if c.sentence.kind is BlockKind.ROW]
    headings = {(c.report.id, c.sentence.lead[-1:]) for c in nearest}
    for report in {c.report.id: c.report for c in nearest}.values():
        for rows in tables(library.sentences(report.id)):
            if (report.id, rows[0].lead[-1:]) in headings:
                yield _rows(report, rows)


def _rows(report: Report, rows: Sequence[Sentence]) -> list[_Row]:
    labels = [label_of(report, row) for row in rows]
    names = [content_stems(name_in(label)) for label in labels]
    asides = [content_stems(aside(label)) for label in labels]
    common = Counter(part for name in names for part in name)
    above = " ".join(report.text[start:end] for start, end in rows[0].lead[:-1])
    shared = {part for part, number in common.items() if number > len(rows) / 2}
    shared |= content_stems(f"{above} {rows[0].section} {title_words(report.description)}")
    everywhere = frozenset.intersection(*map(frozenset, asides))
    return [
        _Row(
            report, row, frozenset(name - shared), frozenset(aside - everywhere), frozenset(shared)
        )
        for row, name, aside in zip(rows, names, asides, strict=True)
    ]


def _meant(rows: Sequence[_Row], told: _Told) -> list[_Row]:
    """The row whose name a claim has; of several the one whose name is told first, and of names within
    each other the longest: "West Sussex is in the region of Kent, Surrey and Sussex". [] where none is."""
    named = [row for row in rows if row.key and row.key <= told.spoken]
    named = [row for row in named if not any(row.key < other.key for other in named)]
    order = stems(told.text)
    ends = [max(order.index(part) for part in row.key) for row in named]
    return [named[ends.index(min(ends))]] if ends and ends.count(min(ends)) == 1 else []


def _after_name(one: _Row, told: _Told) -> str:
    """The claim from the end of the row's name on."""
    last = 0
    for match in _WORD.finditer(told.text):
        if not one.key.isdisjoint(stems(match[0])):
            last = match.end()
            if one.key <= set(stems(told.text[:last])):
                break
    return told.text[last:]


def _valued(one: _Row, rows: Sequence[_Row], told: _Told) -> ByTable | None:
    """What the row's cells make of the values that a claim gives it."""
    label = label_of(one.report, one.row)
    order, own = stems(told.text), stems(name_in(label))
    # Another row's name, or its own again, tells of more than this row.
    again = any(order.count(part) > own.count(part) for part in one.key)
    if again or told.spoken & _OF_PLACES:
        return None
    every = [cells_of_row(row.report, row.row) for row in rows]
    cells = every[rows.index(one)]
    figures = [value for value in told.values if value.sort is not Sort.DATE]
    shown, holds, known = [], True, one.key | one.shared | _OF_ROWS
    if any(value.sort in (Sort.SHARE, Sort.MONEY) for value in figures):
        known -= _SCORES
    for value in told.values:
        heading = _column(every, value, told)
        if heading is None or heading not in cells:
            return None
        known |= content_stems(heading) | (_CAME_OUT if value.sort is Sort.DATE else set())
        outcome = _compared(value, told, heading, cells[heading])
        if outcome is None or (not outcome and figures and value.sort is Sort.DATE):
            return None  # a figure of another day: what it was then, the row does not tell
        holds = holds and outcome
        shown.append(f"{label}: {heading}: {cells[heading]}")
    comes_out = content_stems("came come") if _COMES_OUT.search(told.text) else set()
    if told.spoken - known - comes_out:
        return None
    return ByTable(one.report, (one.row,), tuple(shown), holds, IN_ROW if holds else AGAINST_ROW)


def _column(every: Sequence[dict[str, str]], value: Value, told: _Told) -> str | None:
    """The heading of the one column that has such values and that the claim names."""
    is_date = value.sort is Sort.DATE
    fitting = [
        heading
        for heading in valued(every, as_date=is_date)
        if not _SCALED.search(heading)
        and _is_of_sort(value, heading, [row.get(heading, "") for row in every])
    ]
    named = [heading for heading in fitting if _is_named(heading, value, told)]
    return named[0] if len(named) == 1 else None


def _is_named(heading: str, value: Value, told: _Told) -> bool:
    """Whether a claim has each word of a heading; of a score it may say that it was "got"."""
    own = content_stems(_IN_BRACKETS.sub(" ", heading))
    if value.sort is Sort.DATE:
        comes_out = told.spoken & _CAME_OUT or _COMES_OUT.search(told.text)
        if comes_out or own & _CAME_OUT:
            return bool(comes_out and own & _CAME_OUT) and own <= _CAME_OUT | _OF_ROWS | {"date"}
        return bool(own) and own - {"date"} <= told.spoken and not own & _OF_TIME
    is_score = bool(own & _SCORES) and own <= _OF_ROWS and value.sort in (Sort.COUNT, Sort.POINTS)
    if not value.nouns <= own | _SCORES | told.spoken & own:
        return False
    return is_score or (own - _OF_ROWS <= told.spoken and not own <= _OF_ROWS)


def _is_of_sort(value: Value, heading: str, cells: Sequence[str]) -> bool:
    text = f"{heading} {' '.join(cells)}"
    is_share, is_money = "%" in text or "per cent" in text.lower(), "£" in text
    is_number = any(letter.isdigit() for cell in cells for letter in cell)
    match value.sort:
        case Sort.DATE:
            return True
        case Sort.SHARE:
            return is_share and is_number
        case Sort.MONEY:
            return is_money and is_number
        case Sort.COUNT | Sort.POINTS:  # "3 points" of a score
            return is_number and not (is_share or is_money)
        case Sort.GRADE:
            return not is_number
        case _:
            return False


def _compared(value: Value, told: _Told, heading: str, cell: str) -> bool | None:
    """Whether a cell has the value; None where it may and may not."""
    most = _OUT_OF.search(heading)
    if told.most and value.sort is not Sort.DATE and not (most and most[1] == told.most):
        return None
    number = number_of(cell, as_date=value.sort is Sort.DATE)
    if number is None:
        return None
    low, high = value.range
    if low <= number <= high:
        return True
    apart = excludes((low - value.rounds, high + value.rounds), (number, number))
    return False if apart else None


def _placed(one: _Row, rows: Sequence[_Row], told: _Told) -> ByTable | None:
    """What stands beside the row's name, where a claim says just what stands beside one."""
    after = _after_name(one, told)
    if not _LIES_IN.match(after):
        return None
    left = content_stems(after) - one.shared - _OF_PLACES
    before = told.spoken - content_stems(after) - one.key - one.shared
    holds = left == one.aside
    if before or not left or not (holds or any(left == row.aside for row in rows)):
        return None
    label = label_of(one.report, one.row)
    return ByTable(one.report, (one.row,), (label,), holds, IN_ROW if holds else AGAINST_ROW)
