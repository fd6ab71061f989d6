"""Questions for the rows of a table that meet a condition: which they are, and how many."""

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.extremes import LOOKED_AT, cells_of_row, label_of, name_in, number_of, tables, valued
from assistant.inquiry import Inquiry
from assistant.leanings import negations
from assistant.rank import Ranked
from assistant.scope import MONTH_NAMES, MONTHS, dates_in
from assistant.wants import Wants
from ingest.dates import find_dates
from ingest.library import Library, title_words
from ingest.readable import plain
from ingest.report import Report, Sentence
from ingest.statistics import Unit, statistics
from ingest.words import STOPWORDS, content_stems, stem, words

_NUMBERS = "none one two three four five six seven eight nine ten eleven twelve".split()
MOST_SHOWN = len(_NUMBERS) - 1  # rows of which an answer consists; more are a table of their own
_WANTS = (Wants.NUMBER, Wants.LIST, Wants.OTHER)
_HOW_MANY = re.compile(
    r"\b(?:how\s+many|(?:number|count|tally)\s+of)\b(?!\s+(?:points?|marks?)\b)", re.IGNORECASE
)
_WHICH = re.compile(r"\b(?:which|what|who|name|list)\b", re.IGNORECASE)
_ROWS = (
    r"(?:rows?|units?|offices?|teams?|places?|areas?|services?|regions?|bodies|reports?|entries|PDUs?"
    r"|inspections?|results?)"
)
# A number before what the rows are is how many are expected, or how many there are.
_EXPECTED = re.compile(rf"\W+(?:[\w’'-]+\W+){{0,2}}?{_ROWS}\b", re.IGNORECASE)
_OF_MARKS = re.compile(r"\W*(?:points?|marks?|out\s+of)\b", re.IGNORECASE)
_GIVEN = re.compile(
    r"\b(?:scor\w+|got|get|gets|getting|awarded|given|earned|exactly|just|only|of|on|with|at|than|over|above"
    r"|below|under|least|most)\s+(?:an?\s+)?$",
    re.IGNORECASE,
)
_FROM_BEFORE = re.compile(
    r"(?:\b(?P<more>more|better|greater|higher|beyond)\s+than|\b(?P<over>over|above)"
    r"|\b(?P<less>less|fewer|worse|lower)\s+than|\b(?P<under>under|below)"
    r"|\bat\s+(?:the\s+)?(?P<least>least)|\bat\s+(?:the\s+)?(?P<most>most)|\bno\s+(?P<upto>more|better)\s+than)"
    r"\s+(?:an?\s+)?$",
    re.IGNORECASE,
)
_FROM_AFTER = re.compile(
    r"^(?:\s+(?:points?|marks?))?\s+or\s+(?:(?P<least>more|better|above|over|higher)"
    r"|(?P<most>less|fewer|worse|below|under|lower))\b",
    re.IGNORECASE,
)
_ENDS_OUT_OF = re.compile(r"\bout\s+of\s+(?:an?\s+)?$", re.IGNORECASE)
_OUT_OF = re.compile(r"\s+out\s+of\s+(?:an?\s+)?(?:possible\s+)?\d+\b", re.IGNORECASE)
_COMPARES = {
    "more": operator.gt, "over": operator.gt, "less": operator.lt, "under": operator.lt,
    "least": operator.ge, "most": operator.le, "upto": operator.le,
}  # fmt: skip
_AGES = re.compile(r"\b(?:under|over)-?\d+|\d+s\b", re.IGNORECASE)  # "under-18s" are people
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)?")
# What a question may say beside the table's own words and what is asked of it.
_OF_ROWS = content_stems(
    "row rows table list listed annex appendix entry entries unit office team place area service body region"
    " local name scored score points point mark marks result results composite got get given awarded finished"
    " ended end managed came come published publication report write-up public released out date day same"
    " exactly just only total altogether all every each many few number count tally least most more better"
    " fewer less worse lower higher above below over under or more inspected inspection appear appears shown"
    " back patch cover covers put go goes went landed appeared issued pair couple dropped"
)


# A day after or before the one that is named, which no row has to begin with.
_OTHER_DAYS = re.compile(
    r"\b(?:before|after|since|until|till|earlier\s+than|later\s+than|prior\s+to|between)\s+"
    r"(?:(?:the|end\s+of|start\s+of|early|late|mid)\s+)*(?:\d|(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)(?:[a-z]*r|uary|ch|il|ust)?\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows of one table that meet what a question says, with what to show of them together."""

    report: Report
    rows: tuple[Sentence, ...]
    text: str


@dataclass(frozen=True, slots=True)
class _Condition:
    """What a question says of the rows that it asks for, beside what they are called."""

    counts: bool  # whether it asks how many
    compares: Callable[[float, float], bool] | None  # a row's number with the one that it says
    number: float
    expected: int  # rows; 0 where it does not say
    dates: tuple[str, ...]  # days, months or years, as 2025-04-30


def selected(inquiry: Inquiry, ranked: Sequence[Ranked], library: Library) -> Selection | None:
    """The rows that a question asks for; None where it asks more than a table has, where several tables
    may be meant, or where no row or too many meet what it says."""
    condition = _condition(inquiry)
    if condition is None:
        return None
    reports = {r.candidate.report.id: r.candidate.report for r in ranked[:LOOKED_AT]}
    found = [
        one
        for report in reports.values()
        if not report.description.copy_of
        for rows in tables(library.sentences(report.id))
        if (one := _in_table(inquiry, condition, report, rows))
    ]
    return found[0] if len(found) == 1 else None


def _in_table(
    inquiry: Inquiry, condition: _Condition, report: Report, rows: Sequence[Sentence]
) -> Selection | None:
    labels = [label_of(report, row) for row in rows]
    stems_of = [content_stems(label) for label in labels]
    cells = [cells_of_row(report, row) for row in rows]
    own = content_stems(" ".join([*labels, *(h for row in cells for h in row), rows[0].section]))
    title = content_stems(title_words(report.description))
    if not own.issuperset(inquiry.names) or _says_more(inquiry, own | title):
        return None
    said = {part for root in inquiry.weights for part in _meant(root, inquiry, own)}
    narrow = _in_labels(inquiry, stems_of) - frozenset[str].intersection(*map(frozenset, stems_of))
    chosen = [n for n, of in enumerate(stems_of) if of >= narrow]
    called = [label for label in labels if content_stems(name_in(label)) >= set(inquiry.names)]
    if narrow and (len(chosen) == 1 or (inquiry.names and len(called) == 1)):
        return None  # it asks of that row alone
    shown = ""
    if condition.compares:
        shown = column = _column(cells, said, as_date=False)
        numbers = {n: number_of(cells[n].get(column, ""), as_date=False) for n in chosen}
        chosen = [
            n
            for n in chosen
            if (v := numbers[n]) is not None and condition.compares(v, condition.number)
        ]
    # The year of a report that is called by it is no condition.
    dates = () if report.id in inquiry.named and _are_years(condition) else condition.dates
    if dates:
        column = _column(cells, said, as_date=True)
        shown = shown or column
        chosen = [n for n in chosen if _iso(cells[n].get(column, "")).startswith(dates)]
    # A row that only shares common words with the question ("children's services") is not asked for.
    if not (condition.compares or dates):
        if not narrow & set(inquiry.names):
            return None
        # Nor are rows that share a name what is counted: that is what all rows are.
        of = content_stems(" ".join([*(h for row in cells for h in row), rows[0].section]))
        if condition.counts and not {*map(stem, inquiry.counted)} <= of | _OF_ROWS:
            return None
    if not 0 < len(chosen) <= MOST_SHOWN:
        return None
    if condition.expected not in (0, len(chosen), len(rows)):
        return None
    named = [labels[n] for n in chosen]
    values = [cells[n].get(shown, "") for n in chosen]
    text = _text(named, values, counts=condition.counts)
    return Selection(report, tuple(rows[n] for n in chosen), text)


def _says_more(inquiry: Inquiry, known: set[str]) -> bool:
    """Whether a question has words that are not of the table, nor of what may be asked of one."""
    spoken = [w for w in words(inquiry.asked) if w not in STOPWORDS and not _ORDINAL.fullmatch(w)]
    left = {
        stem(w) for w in spoken if w not in MONTH_NAMES and w not in MONTHS and not statistics(w)
    }
    return any(
        root not in _OF_ROWS and not _meant(root, inquiry, known | set(inquiry.names))
        for root in left
    )


def _in_labels(inquiry: Inquiry, labels: Sequence[set[str]]) -> set[str]:
    """The stems of labels that the question has, or that one label has all of what a word stands for."""
    found = set(inquiry.names)
    for root in inquiry.weights:
        own = {root, root.removesuffix("s")}
        parts = [set(other.split("+")) for other in inquiry.related.get(root, ())]
        if any(own & label for label in labels):
            found |= own
        else:
            found |= {p for each in parts if any(label >= each for label in labels) for p in each}
    return {part for part in found if any(part in label for label in labels)}


def _meant(root: str, inquiry: Inquiry, known: set[str]) -> set[str]:
    """The stems of the table that a word of the question is, or stands for."""
    own = {root, root.removesuffix("s")} & known  # "PDUs"
    if own:
        return own
    parts = [other.split("+") for other in inquiry.related.get(root, ())]
    return {part for each in parts if known.issuperset(each) for part in each}


def _condition(inquiry: Inquiry) -> _Condition | None:
    """What a question says of rows; None where it asks for none, or has a number that is neither what
    they have nor how many they are."""
    asked = inquiry.asked
    counts = bool(_HOW_MANY.search(asked))
    if inquiry.superlative or inquiry.wants not in _WANTS or not (counts or _WHICH.search(asked)):
        return None
    if negations(asked) or _AGES.search(asked):
        return None
    dates = dates_in(asked) or inquiry.months or inquiry.years
    if dates and _OTHER_DAYS.search(asked):
        return None
    compares, number, expected = None, 0.0, 0
    asked = _OUT_OF.sub("", asked)
    days = list(find_dates(asked))
    for figure in statistics(asked):
        before, after = asked[: figure.start], asked[figure.end :]
        of_a_day = any(day.start <= figure.start < day.end for day in days)
        if of_a_day or _ENDS_OUT_OF.search(before):
            continue
        if figure.unit not in (Unit.COUNT, Unit.POINTS):
            return None
        bound = _FROM_BEFORE.search(before) or _FROM_AFTER.search(after)
        is_given = _GIVEN.search(before) and not _EXPECTED.match(after)
        if bound or _OF_MARKS.match(after) or is_given:
            if compares:
                return None
            compares = _COMPARES[str(bound.lastgroup)] if bound else operator.eq
            number = figure.value
        elif _EXPECTED.match(after):
            expected = round(figure.value)
        else:
            return None
    return _Condition(counts, compares, number, expected, dates)


def _are_years(condition: _Condition) -> bool:
    return all(len(one) == len("2025") for one in condition.dates)


def _column(cells: Sequence[dict[str, str]], said: set[str], *, as_date: bool) -> str:
    """The column of numbers, or of dates, that a question names, or the only one; empty where there is
    none."""
    fitting = valued(cells, as_date=as_date)
    left = [h for h in fitting if content_stems(h) & said] or fitting
    return left[0] if len(left) == 1 else ""


def _iso(cell: str) -> str:
    """The date that is all a cell says, as 2025-04-30; empty for another cell."""
    found = number_of(cell, as_date=True)
    return date.fromordinal(int(found)).isoformat() if found else ""


def _text(labels: Sequence[str], values: Sequence[str], *, counts: bool) -> str:
    """How many there are, where that is asked, and which."""
    short = [re.sub(r"\s*\([^()]*\)$", "", plain(label)) for label in labels]
    named = short if len(set(short)) == len(short) else [plain(label) for label in labels]
    told = [
        f"{name} ({value})" if value else name for name, value in zip(named, values, strict=True)
    ]
    lead = f"{_NUMBERS[len(labels)].capitalize()}: " if counts else ""
    return lead + "; ".join(told)


def uncounted(text: str, cited: int) -> str:
    """A text without the number that it begins with, where that is how many rows it cites beside the
    headings of their columns: nothing but counting proves it."""
    lead, colon, rest = text.partition(": ")
    counts = colon and lead.lower() in _NUMBERS and _NUMBERS.index(lead.lower()) == cited - 1
    return rest if counts else text
