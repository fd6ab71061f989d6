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
)
from assistant.inquiry import Inquiry
from assistant.leanings import negations
from assistant.rounding import covers, excludes
from assistant.value import Value
from ingest.library import Library, title_words
from ingest.report import BlockKind, Report, Sentence
from ingest.words import content_stems, stems

IN_ROW = "The table says so"
AGAINST_ROW = "The table says otherwise"
_LOOKED_AT = 10  # of the nearest sentences, in which the table must show itself
_OUT_OF = re.compile(r"\s*\bout\s+of\s+(?:an?\s+)?(?:possible\s+|maximum\s+of\s+)?(\d+)\b", re.I)
_ASIDE = re.compile(
    r"\(([^()]*)\)"
)  # what a label says beside the name: "(Probation Service – Wales)"
# What a claim may say beside the row's and the headings' own words.
_OF_ROWS = content_stems(
    "report reports published publication came come out released issued appeared dated got get gets given"
    " received earned awarded scored score scores points point marks mark managed achieved total composite"
    " overall had recorded stood inspection inspected inspectors inspectorate ended result results"
)
_CAME_OUT = content_stems("published publication came come released issued appeared")
_OF_PLACES = content_stems(
    "region regions area part belongs belong lies located covers covered falls sits comes within under"
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table: the stems of its name that set it apart, and of what stands beside the name."""

    report: Report
    row: Sentence
    key: frozenset[str]
    aside: frozenset[str]
    shared: frozenset[str]  # stems that most names have, and those of caption, section and title


def told_of_row(
    inquiry: Inquiry, claim: str, found: Sequence[Candidate], library: Library
) -> ByTable | None:
    """The row that decides a claim; None where the claim is not about one row, or says more of it than its
    cells do, and where tables tell otherwise of each other."""
    if inquiry.superlative or negations(claim):
        return None
    told = _OUT_OF.sub("", claim)
    claimed = [value for value in values(told) if not value.loose]
    if any(value.worded or value.denied for value in claimed) or len(claimed) > 2:
        return None
    spoken = content_stems(_without(told, claimed))
    decided = []
    for rows in _tables(found, library):
        if one := _meant(rows, told, spoken):
            held = _valued(one, claim, claimed, spoken) if claimed else _placed(one, rows, spoken)
            decided += [held] if held else []
    return decided[0] if len({one.holds for one in decided}) == 1 else None


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
            report,
            row,
            frozenset(name - shared),
            frozenset(aside - everywhere),
            frozenset(shared | everywhere),
        )
        for row, name, aside in zip(rows, names, asides, strict=True)
    ]


def _meant(rows: Sequence[_Row], told: str, spoken: set[str]) -> _Row | None:
    """The row whose name a claim has; of several the one whose name is told first, and of names within
    each other the longest: "West Sussex is in the region of Kent, Surrey and Sussex"."""
    named = [row for row in rows if row.key and row.key <= spoken]
    named = [row for row in named if not any(row.key < other.key for other in named)]
    order = stems(told)
    ends = [max(order.index(part) for part in row.key) for row in named]
    return named[ends.index(min(ends))] if ends and ends.count(min(ends)) == 1 else None


def _valued(one: _Row, claim: str, claimed: Sequence[Value], spoken: set[str]) -> ByTable | None:
    """What the row's cells make of the values that a claim gives it."""
    cells = cells_of_row(one.report, one.row)
    label = label_of(one.report, one.row)
    figures = [value for value in claimed if value.sort is not Sort.DATE]
    shown, holds = [], True
    known = one.key | one.aside | one.shared | _OF_ROWS
    for value in claimed:
        heading = _column(cells, value, spoken)
        if heading is None:
            return None
        known |= content_stems(heading)
        outcome = _compared(value, claim, heading, cells[heading])
        if outcome is None or (not outcome and figures and value.sort is Sort.DATE):
            return None  # a figure of another day: what it was then, the row does not tell
        holds = holds and outcome
        shown.append(f"{label}: {heading}: {cells[heading]}")
    if spoken - known:
        return None
    return ByTable(one.report, (one.row,), tuple(shown), holds, IN_ROW if holds else AGAINST_ROW)


def _column(cells: dict[str, str], value: Value, spoken: set[str]) -> str | None:
    """The heading of the column that has such a value: the one that the claim names, or the only one."""
    is_date = value.sort is Sort.DATE
    fitting = [
        heading
        for heading, cell in cells.items()
        if number_of(cell, as_date=is_date) is not None and _is_of_sort(value, heading, cell)
    ]
    named = [heading for heading in fitting if _is_named(heading, spoken)]
    # A day is of whatever the heading says; a number may be told without its name ("got 3").
    one = named if is_date or len(fitting) > 1 else fitting
    return one[0] if len(one) == 1 else None


def _is_named(heading: str, spoken: set[str]) -> bool:
    own = content_stems(heading)
    return bool(own & spoken) or bool(own & _CAME_OUT and spoken & _CAME_OUT)


def _is_of_sort(value: Value, heading: str, cell: str) -> bool:
    is_share = "%" in f"{heading}{cell}" or "per cent" in f"{heading}{cell}".lower()
    is_money = "£" in f"{heading}{cell}"
    is_number = any(letter.isdigit() for letter in cell)
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


def _compared(value: Value, claim: str, heading: str, cell: str) -> bool | None:
    """Whether a cell has the value; None where it may and may not."""
    most, told = _OUT_OF.search(claim), _OUT_OF.search(heading)
    if most and not (told and told[1] == most[1]):
        return None
    number = number_of(cell, as_date=value.sort is Sort.DATE)
    if number is None:
        return None
    if value.sort in (Sort.DATE, Sort.GRADE):
        return value.range[0] <= number <= value.range[1]
    if covers(value.range, (number, number)):
        return True
    return False if excludes(value.range, (number, number)) else None


def _placed(one: _Row, rows: Sequence[_Row], spoken: set[str]) -> ByTable | None:
    """What stands beside the row's name, where a claim says just what stands beside one."""
    left = spoken - one.key - one.shared - _OF_PLACES - _OF_ROWS
    left |= one.key & one.aside if left and left < one.aside else set()
    holds = left == one.aside
    if not left or not (holds or any(left == row.aside for row in rows)):
        return None
    label = label_of(one.report, one.row)
    return ByTable(one.report, (one.row,), (label,), holds, IN_ROW if holds else AGAINST_ROW)


def _without(text: str, claimed: Sequence[Value]) -> str:
    for value in sorted(claimed, key=lambda v: -v.start):
        text = f"{text[: value.start]} {text[value.end :]}"
    return text
