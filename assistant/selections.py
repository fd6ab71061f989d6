"""Questions for the rows of a table that meet a condition: which they are, and how many."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.extremes import DATED, LEAST_ROWS, LOOKED_AT, cells_of_row, number_of
from assistant.inquiry import Inquiry
from assistant.rank import Ranked
from assistant.scope import MONTH_NAMES, MONTHS
from assistant.wants import Wants
from ingest.library import Library, title_words
from ingest.readable import cells as cells_of
from ingest.readable import plain
from ingest.report import BlockKind, Report, Sentence, Span
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
_OUT_OF = re.compile(r"\s+out\s+of\s+(?:an?\s+)?(?:possible\s+)?\d+\b", re.IGNORECASE)
_MONTH = rf"(?:{'|'.join((*MONTH_NAMES, *MONTHS))})"
_DAY = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b"
    rf"|\b{_MONTH}\s+(?P<later>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*\d)",
    re.IGNORECASE,
)
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


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows of one table that meet what a question says, with what to show of them together."""

    report: Report
    rows: tuple[Sentence, ...]
    text: str


@dataclass(frozen=True, slots=True)
class _Number:
    """A number that a question says rows have, and how they may differ from it."""

    value: float
    above: bool
    below: bool
    same: bool

    def fits(self, value: float) -> bool:
        """Whether a value is so."""
        return (
            (self.same and value == self.value)
            or (self.above and value > self.value)
            or (self.below and value < self.value)
        )


def selected(inquiry: Inquiry, ranked: Sequence[Ranked], library: Library) -> Selection | None:
    """The rows that a question asks for; None where it asks more than a table has, where several tables
    may be meant, or where no row or too many meet what it says."""
    asked = inquiry.asked
    counts = bool(_HOW_MANY.search(asked))
    if inquiry.superlative or inquiry.wants not in _WANTS or not (counts or _WHICH.search(asked)):
        return None
    reports = {r.candidate.report.id: r.candidate.report for r in ranked[:LOOKED_AT]}
    found = [
        one
        for report in reports.values()
        if not report.description.copy_of
        for rows in _tables(report, library.sentences(report.id))
        if (one := _in_table(inquiry, report, rows, counts=counts))
    ]
    return found[0] if len(found) == 1 else None


def _tables(report: Report, sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """The rows of each table that has headings."""
    of = defaultdict[Span, list[Sentence]](list)
    for sentence in sentences:
        if sentence.kind is BlockKind.ROW and sentence.lead:
            of[sentence.lead[-1]].append(sentence)
    yield from (rows for rows in of.values() if len(rows) >= LEAST_ROWS)


def _in_table(
    inquiry: Inquiry, report: Report, rows: Sequence[Sentence], *, counts: bool
) -> Selection | None:
    labels = [_name(report, row) for row in rows]
    stems_of = [content_stems(label) for label in labels]
    cells = [cells_of_row(report, row) for row in rows]
    headings = list(dict.fromkeys(heading for row in cells for heading in row))
    own = content_stems(" ".join([*labels, *headings, rows[0].section]))
    if not own.issuperset(inquiry.names):
        return None
    if _says_more(inquiry, own | content_stems(title_words(report.description))):
        return None
    read = _number(inquiry.asked)
    if read is None:
        return None
    number, expected = read
    chosen = list(range(len(rows)))
    shown = ""
    said = {part for root in inquiry.weights for part in _meant(root, inquiry, own)}
    narrow = {
        part for part in _in_labels(inquiry, stems_of) if not all(part in of for of in stems_of)
    }
    chosen = [n for n in chosen if stems_of[n] >= narrow]
    if len(chosen) == 1 and narrow:
        return None  # it asks of that row alone
    if number:
        column = _column(headings, cells, said)
        if not column:
            return None
        shown = column
        values = {n: number_of(cells[n].get(column, ""), as_date=False) for n in chosen}
        chosen = [n for n in chosen if (v := values[n]) is not None and number.fits(v)]
    days = set() if report.id in inquiry.named and not inquiry.months else _days(inquiry)
    if days:
        column = next(
            (h for h in headings if any(DATED.fullmatch(c.get(h, "")) for c in cells)), ""
        )
        if not column:
            return None
        shown = shown or column
        chosen = [n for n in chosen if _is_of(cells[n].get(column, ""), days)]
    if not (number or days or narrow) or not 0 < len(chosen) <= MOST_SHOWN:
        return None
    if expected and expected not in (len(chosen), len(rows)):
        return None
    return Selection(
        report,
        tuple(rows[n] for n in chosen),
        _text(
            [labels[n] for n in chosen], [cells[n].get(shown, "") for n in chosen], counts=counts
        ),
    )


def _says_more(inquiry: Inquiry, known: set[str]) -> bool:
    """Whether a question has words that are not of the table, nor of what may be asked of one."""
    if _AGES.search(inquiry.asked):
        return True
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


def _number(asked: str) -> tuple[_Number | None, int] | None:
    """The number that rows have to have, and how many rows are expected; None where one is neither."""
    found: _Number | None = None
    expected = 0
    asked = _OUT_OF.sub("", asked)
    days = [match.span() for match in _DAY.finditer(asked)]
    for figure in statistics(asked):
        before, after = asked[: figure.start], asked[figure.end :]
        if any(start <= figure.start < end for start, end in days) or re.search(
            r"out\s+of\s+(?:an?\s+)?$", before
        ):
            continue
        if figure.unit not in (Unit.COUNT, Unit.POINTS):
            return None
        least, most = _FROM_BEFORE.search(before), _FROM_AFTER.search(after)
        if (
            least
            or most
            or _OF_MARKS.match(after)
            or (_GIVEN.search(before) and not _EXPECTED.match(after))
        ):
            if found:
                return None
            found = _bounded(figure.value, least, most)
        elif _EXPECTED.match(after):
            expected = round(figure.value)
        else:
            return None
    return found, expected


def _bounded(value: float, before: re.Match[str] | None, after: re.Match[str] | None) -> _Number:
    told = {
        name
        for match in (before, after)
        if match
        for name, text in match.groupdict().items()
        if text
    }
    above = bool(told & {"more", "over", "least"})
    below = bool(told & {"less", "under", "most", "upto"})
    return _Number(value, above, below, same=not told or bool(told & {"least", "most", "upto"}))


def _column(headings: Sequence[str], cells: Sequence[dict[str, str]], said: set[str]) -> str:
    """The column of numbers that a question names, or the only one; empty where there is none."""
    fitting = [
        h
        for h in headings
        if sum(number_of(c.get(h, ""), as_date=False) is not None for c in cells) > len(cells) / 2
    ]
    named = [h for h in fitting if content_stems(h) & said]
    left = named or fitting
    return left[0] if len(left) == 1 else ""


def _days(inquiry: Inquiry) -> set[tuple[int, str]]:
    """The days, or with 0 the whole months, as YYYY-MM, or years that a question names."""
    day = _DAY.search(inquiry.asked)
    number = int(day["day"] or day["later"]) if day else 0
    return {(number, month) for month in inquiry.months} or {(0, year) for year in inquiry.years}


def _is_of(cell: str, days: set[tuple[int, str]]) -> bool:
    found = DATED.fullmatch(cell.strip())
    if not found:
        return False
    month = f"{found[3]}-{int(found[2]):02}"
    return not days.isdisjoint({(0, found[3]), (0, month), (int(found[1]), month)})


def _name(report: Report, row: Sentence) -> str:
    """What a row is about: its first cell that is no number."""
    cells = cells_of(report.text[row.start : row.end])
    return next((cell for cell in cells if re.search(r"[^\W\d]", cell)), "")


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
