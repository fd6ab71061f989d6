"""Answers that need a whole table: the row with the highest, lowest, first or last value or grade."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.candidates import Candidate
from assistant.grade_values import grade_of
from assistant.inquiry import Inquiry
from assistant.leanings import negations
from assistant.rank import Ranked
from assistant.wants import Wants
from ingest.library import Library
from ingest.readable import cells as cells_of
from ingest.readable import columns
from ingest.report import BlockKind, Report, Sentence, Span
from ingest.words import content_stems, stems

LOOKED_AT = 10  # of the best sentences, in which a table must show itself
LEAST_ROWS = 3  # of a table, for an extreme to mean anything
MOST_ROWS = 6  # shown, where several share the extreme
UNBEATEN = "No other row of the table comes up to it"
BEATEN = "In the table another row goes beyond it"
_ASIDE = re.compile(r"\(([^()]*)\)")
_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_NUMBER = re.compile(r"[£$€]?(\d[\d,]*(?:\.\d+)?)\s*(?:%|per cent)?")
_ASKS_WHICH = re.compile(
    r"^\W*(?:(?:and|so|ok|but)\s+)?(?:which|what|who|whose|name)\b", re.IGNORECASE
)
# What a claim may say of a row beside the table's own words.
_OF_TABLES = content_stems(
    "highest lowest best worst top bottom most least largest smallest biggest poorest strongest weakest"
    " maximum minimum fewest came come score scored scores table possible inspected first last"
)
_HOW_MANY = re.compile(r"\bhow\s+(?:many|few)\b(?!\s+(?:points?|marks?)\b)", re.IGNORECASE)
_EARLY = re.compile(r"\b(?:first|earliest|oldest|came\s+first)\b", re.IGNORECASE)
_LATE = re.compile(r"\b(?:last|latest|newest|most\s+recent(?:ly)?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Extreme:
    """Rows that tell who has the most or least of one column, with what to show of each."""

    report: Report
    rows: tuple[Sentence, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ByTable:
    """Rows of a table that decide a claim, with what to show of each, whether it holds, and why."""

    report: Report
    rows: tuple[Sentence, ...]
    texts: tuple[str, ...]
    holds: bool
    why: str


def extreme(inquiry: Inquiry, ranked: Sequence[Ranked], library: Library) -> Extreme | None:
    """The rows that answer a question for the most, least, first or last; None where none does.

    A table is taken only where its rows stand among the best sentences, and a column only where the
    question's words name it, or no other column has values of that kind. Where the question names
    what a row is about, that row alone is asked for; other names narrow the rows.
    """
    if _HOW_MANY.search(inquiry.asked) or (inquiry.months and not inquiry.named):
        return None
    asks = inquiry.wants is Wants.DATE or _ASKS_WHICH.search(inquiry.asked)
    dated = asks and (_EARLY.search(inquiry.asked) or _LATE.search(inquiry.asked))
    if not (inquiry.superlative or dated) or inquiry.wants in (Wants.REASON, Wants.DEFINITION):
        return None
    table = _table([r.candidate for r in ranked], library)
    if table is None:
        return None
    report, rows = table
    if any(set(stems(label_of(report, row))) & set(inquiry.names) for row in rows):
        return None
    told = [set(stems(report.text[row.start : row.end])) for row in rows]
    narrow = [n for n in inquiry.names if any(n in words for words in told)]
    rows = [row for row, words in zip(rows, told, strict=True) if words.issuperset(narrow)]
    cells = [cells_of_row(report, row) for row in rows]
    wants_date = bool(dated) and (inquiry.wants is Wants.DATE or not inquiry.superlative
                                  or "recent" in inquiry.asked.lower())  # fmt: skip
    heading = _column(cells, inquiry, wants_date)
    if heading is None:
        return None
    values = [number_of(row.get(heading, ""), as_date=wants_date) for row in cells]
    stated = [value for value in values if value is not None]
    if len(stated) < LEAST_ROWS:
        return None
    lowest = _EARLY.search(inquiry.asked) if wants_date else inquiry.superlative == "least"
    best = min(stated) if lowest else max(stated)
    chosen = [i for i, value in enumerate(values) if value == best]
    if len(chosen) > MOST_ROWS or len(chosen) == len(stated):
        return None
    return Extreme(
        report,
        tuple(rows[i] for i in chosen),
        tuple(f"{label_of(report, rows[i])}: {heading}: {cells[i][heading]}" for i in chosen),
    )


def placed(inquiry: Inquiry, found: Sequence[Candidate], library: Library) -> ByTable | None:
    """The row that a claim says has the most or least of a column, and one that goes beyond it, where one
    does; None where the claim is not about one row, or says more of it, or names no column."""
    table = _table(found, library) if inquiry.superlative else None
    if table is None or negations(inquiry.asked):
        return None
    report, rows = table
    labels = [content_stems(label_of(report, row)) for row in rows]
    common = Counter(part for label in labels for part in label)
    asked = content_stems(inquiry.asked)
    own = [
        row
        for row, label in zip(rows, labels, strict=True)
        if any(common[part] == 1 for part in label & asked)
    ]
    cells = [cells_of_row(report, row) for row in rows]
    heading = _column(cells, inquiry, wants_date=False)
    if len(own) != 1 or heading is None or not content_stems(heading) & set(inquiry.weights):
        return None
    (row,) = own
    lead = " ".join(report.text[start:end] for start, end in row.lead)
    told = content_stems(f"{report.text[row.start : row.end]} {lead} {row.section}")
    if not told | _OF_TABLES >= asked:
        return None
    values = [number_of(row.get(heading, ""), as_date=False) for row in cells]
    stated = [value for value in values if value is not None]
    value = values[rows.index(row)]
    if value is None or len(stated) < LEAST_ROWS:
        return None
    best = max(stated) if inquiry.superlative == "most" else min(stated)
    holders = [r for r, v in zip(rows, values, strict=True) if v == best]
    if value == best and len(holders) > 1:
        return None  # whether that is the most is a matter of words
    shown = tuple(dict.fromkeys((row, holders[0])))
    holds = len(shown) == 1
    return ByTable(
        report,
        shown,
        tuple(f"{label_of(report, r)}: {cells_of_row(report, r)[heading]}" for r in shown),
        holds,
        UNBEATEN if holds else BEATEN,
    )


def _table(found: Sequence[Candidate], library: Library) -> tuple[Report, list[Sentence]] | None:
    """The rows of the table that most of the best rows belong to."""
    best = [c for c in found[:LOOKED_AT] if c.sentence.kind is BlockKind.ROW]
    if not best:
        return None
    first = best[0]
    same = [
        c for c in best if c.report.id == first.report.id and c.sentence.lead == first.sentence.lead
    ]
    if len(same) < 2:
        return None
    every = tables(library.sentences(first.report.id))
    rows = next((t for t in every if t[0].lead[-1:] == first.sentence.lead[-1:]), None)
    return (first.report, rows) if rows else None


def tables(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    """The rows of each table of a report that has headings, and rows enough."""
    of = defaultdict[Span, list[Sentence]](list)
    for sentence in sentences:
        if sentence.kind is BlockKind.ROW and sentence.lead:
            of[sentence.lead[-1]].append(sentence)
    return [rows for rows in of.values() if len(rows) >= LEAST_ROWS]


def label_of(report: Report, row: Sentence) -> str:
    """What a row is about: its first cell with a value."""
    return next((cell for cell in cells_of(report.text[row.start : row.end]) if cell), "")


def aside(label: str) -> str:
    """What a label says beside the name, in brackets: "Probation Service – Wales"."""
    return " ".join(_ASIDE.findall(label))


def name_in(label: str) -> str:
    """A label without that."""
    return _ASIDE.sub(" ", label)


def cells_of_row(report: Report, row: Sentence) -> dict[str, str]:
    """The cells of a row by the headings of their columns."""
    header = report.text[row.lead[-1][0] : row.lead[-1][1]] if row.lead else ""
    named = columns(report.text[row.start : row.end], header)
    found: dict[str, str] = {}
    for heading, value in named:
        if heading:
            found.setdefault(heading, value)
    return found


def _column(cells: Sequence[dict[str, str]], inquiry: Inquiry, wants_date: bool) -> str | None:
    """The heading of the column asked about."""
    fitting = valued(cells, as_date=wants_date)
    named = [h for h in fitting if set(stems(h)) & set(inquiry.weights)]
    if len(named) == 1:
        return named[0]
    # Beside numbers, grades are what is graded, and not what is asked for unless by name.
    numbers = [h for h in fitting if all(grade_of(row.get(h, "")) is None for row in cells)]
    left = numbers or fitting
    return left[0] if len(left) == 1 else None


def valued(cells: Sequence[dict[str, str]], *, as_date: bool) -> list[str]:
    """The headings of the columns in which most rows have a number or grade, or a date."""
    headings = list(dict.fromkeys(h for row in cells for h in row))
    return [
        h
        for h in headings
        if sum(number_of(row.get(h, ""), as_date=as_date) is not None for row in cells)
        > len(cells) / 2
    ]


def number_of(text: str, *, as_date: bool) -> float | None:
    """The number or grade that is all a cell says, or the ordinal of its date; None for another cell."""
    found = _DATE.fullmatch(text.strip())
    if as_date:
        if not found:
            return None
        try:
            return float(date(int(found[3]), int(found[2]), int(found[1])).toordinal())
        except ValueError:
            return None
    number = None if found else _NUMBER.fullmatch(text.strip())
    if number:
        return float(number[1].replace(",", ""))
    return grade_of(text)
