"""What a claim says of the grades of a report, held against its table of them.

"Good in every area", "only leadership fell short of outstanding", "three of the four": the table has it,
and no sentence does. A question for the areas that have a grade is answered from it, too.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.assertions import Sort, values
from assistant.extremes import ByTable, Extreme
from assistant.grade_values import NAMED, grades_named, is_denied
from assistant.inquiry import Inquiry
from assistant.judgements import (
    OF_GRADES,
    Judgement,
    rows_named,
    tables_on,
)
from assistant.verdicts import ASKS_OVERALL, asks_of_place
from ingest.library import Library, title_words
from ingest.report import Report
from ingest.words import STOPWORDS, content_stems, stem, words

GOOD = 3  # of grades from 0 to 4
IN_TABLE = "The report's table of grades says so"
AGAINST_TABLE = "The report's table of grades says otherwise"
_AREAS = content_stems(
    "one area part element aspect judgement category strand grade thing bit piece field heading rating mark"
)
_MERELY = frozenset(
    "got get managed earned rated graded judged marked came given found scored a".split()
)
# What came before is no matter of the table: it may refute such a claim, and not prove it.
_CHANGED = content_stems(
    "kept keep keeps keeping retained held holds hung stayed remained still again maintained"
)
_ALL = re.compile(
    r"\b(?:across\s+the\s+board|clean\s+sweep|every(?:thing|where)?)\b", re.IGNORECASE
)
_OF_THEM = re.compile(r"\b(?:each|all)\b", re.IGNORECASE)  # of those named, where some are
_BUT = re.compile(
    r"\b(?:bar|except(?:\s+for)?|but\s+(?:for|one)|apart\s+from|aside\s+from|other\s+than|exceptions?)\b",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\b(?:nothing|none|nowhere|not\s+one|no\s+(?!higher|lower|better|worse)(?=[a-z]))",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"\b(?:the\s+)?(?:only|one|sole|(?<!every )(?<!each )single)\s+(?P<of>[a-z-]+)|\balone\b",
    re.IGNORECASE,
)
_BEST = re.compile(r"\b(?:best|highest|strongest|top)\b", re.IGNORECASE)
_WORST = re.compile(r"\b(?:worst|lowest|weakest|poorest)\b", re.IGNORECASE)
_OF_EXTREMES = content_stems(
    "best highest strongest top worst lowest weakest poorest most least did came well best-rated rated"
)
_THAN = re.compile(
    r"\b(?:(?P<more>higher|better|stronger)|(?P<less>lower|worse|weaker|poorer))\b.*?\bthan\b",
    re.IGNORECASE,
)
_TURNED = re.compile(
    r"n[’']t\b|\b(?:not|never|cannot|without|than|before|since|until|instead|rather|once|used|formerly"
    r"|previously|already)\b|\bfrom\s+(?:an?\s+)?$",  # ... the grade
    re.IGNORECASE,
)
_OF_THEN = re.compile(
    r"\b(?:before|since|until|till|once|used|formerly|previously|already)\b", re.IGNORECASE
)
_TURNED_BEFORE = re.compile(
    r"n[’']t\b|\b(?:not|never|no|before|since|previous\w*|last)\b", re.IGNORECASE
)
_CONTRAST = re.compile(r"\b(?:but(?!\s+(?:for|one)\b)|though|although|while|whereas|yet)\b", re.I)
_IN_CARE = re.compile(r"\bin\s+care\b|\bcare\s+leavers?\b", re.IGNORECASE)
_SOCIAL_CARE = re.compile(r"\bsocial\s+care\b", re.IGNORECASE)
_CLAUSE = re.compile(
    r"[,;:–—]\s+|\s+(?=(?:but|(?:even\s+)?though|although|while|whereas|yet|and)\b)", re.IGNORECASE
)


_ASKS_WHICH = re.compile(
    r"\b(?:which|what|list|name)\b[^?.]*?\b(?:areas?|parts?|elements?|aspects?|judge?ments?|categor(?:y|ies)"
    r"|strands?|bits?|things?|grades?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a clause says: the grades that fit, the counts, and its text without its values."""

    low: float
    high: float
    denied: bool
    counts: tuple[int, ...]
    text: str
    left: str

    @property
    def is_extreme(self) -> bool:
        """Whether it speaks of the best or worst, and of no grade."""
        return math.isinf(self.low)

    def fits(self, one: Judgement) -> bool:
        """Whether what is graded has such a grade."""
        if self.denied and self.low == self.high >= GOOD:
            return one.grade < self.low  # what is not good is no better
        return (self.low <= one.grade <= self.high) != self.denied


def judged(inquiry: Inquiry, claim: str, library: Library) -> ByTable | None:
    """The rows that decide a claim on the grades of a place; None where it says more than that, where no
    table has it, or where reports of the time that it names tell otherwise of each other."""
    than = _THAN.search(claim)
    said = _said(claim) or (_extreme(claim) if inquiry.superlative else [])
    if not (said or than):
        return None
    found = [
        _held(said, inquiry, report, rows) if said else _compared(claim, inquiry, report, rows)
        for report, rows in tables_on(inquiry, claim, library)
    ]
    if not found or len({one.holds if one else None for one in found}) > 1:
        return None
    return found[-1]


def graded(inquiry: Inquiry, library: Library) -> Extreme | None:
    """The rows that have the grade, where a question asks which areas of a place do; None where it asks more,
    or where several reports may be meant."""
    said = _said(inquiry.asked) if _ASKS_WHICH.search(inquiry.asked) else []
    if len(said) != 1 or inquiry.wants.is_quantity:
        return None
    found = tables_on(inquiry, inquiry.asked, library)
    if len(found) != 1:
        return None
    ((report, rows),) = found
    named, unknown = _read(said[0].left, inquiry, report, rows)
    fitting = [row for row in rows if said[0].fits(row) and not row.is_overall]
    if named or unknown or not fitting:
        return None
    return Extreme(report, tuple(row.row for row in fitting), tuple(row.shown for row in fitting))


def graded_parts(inquiry: Inquiry, library: Library) -> Extreme | None:
    """All rows of a place's newest table of grades, or of that of the time asked about, where its grade is
    asked for and nothing grades the whole; None where something does, where the grade of the whole is asked
    for by name, or more is."""
    if not asks_of_place(inquiry) or ASKS_OVERALL.search(inquiry.asked):
        return None
    found = tables_on(inquiry, inquiry.asked, library)
    if len(found) > 1 and (inquiry.years or inquiry.named):
        return None
    report, rows = max(found, key=lambda one: one[0].description.published, default=(None, []))
    if report is None or any(row.is_overall for row in rows):
        return None
    return Extreme(report, tuple(row.row for row in rows), tuple(row.shown for row in rows))


def _read(
    text: str, inquiry: Inquiry, report: Report, rows: Sequence[Judgement]
) -> tuple[list[Judgement], set[str]]:
    """The rows that a text names, and the stems of what it says beside them, the report and grading."""
    labels = " ".join(row.label for row in rows)
    if _IN_CARE.search(labels) and not _SOCIAL_CARE.search(labels):
        text = _SOCIAL_CARE.sub("social", text)  # the service as a whole, and no "children in care"
    spoken = [w for w in words(text) if w not in STOPWORDS]
    named, left = rows_named(spoken, rows, inquiry.related)
    known = OF_GRADES | content_stems(title_words(report.description))
    return named, {stem(w) for w in left if not w[0].isdigit()} - known


def _said(claim: str) -> list[_Said]:
    """What each clause of a claim says that grades something; [] where one says more."""
    grades = [v for v in values(claim) if v.sort is Sort.GRADE]
    several = max(len(grades), len(grades_named(claim))) > 1
    if not several and _CONTRAST.search(claim):
        return []  # what is set against a grade is told in other words
    clauses = _graded_clauses(claim) if several else [claim]
    found = [_clause(text) for text in clauses]
    told = [one for one in found if one is not None]
    return told if told and len(told) == len(found) else []


def _graded_clauses(claim: str) -> list[str]:
    """The clauses of a claim, one without a grade with the next that has one, or the last."""
    found: list[str] = []
    begun = ""
    for piece in _CLAUSE.split(claim):
        begun = f"{begun} {piece}".strip()
        if grades_named(piece) or any(v.sort is Sort.GRADE for v in values(piece)):
            found.append(begun)
            begun = ""
    return [*found[:-1], f"{found[-1]} {begun}".strip()] if found else []


def _clause(text: str) -> _Said | None:
    """What one clause says; None where it has not just one grade, or values of other sorts."""
    found = values(text)
    figures = [v for v in found if v.is_figure and v.sort is not Sort.GRADE]
    if any(v.sort is not Sort.COUNT or v.middle % 1 for v in figures) or len(figures) > 2:
        return None
    spans = [(v.start, v.end) for v in found]
    grades = [(v.range, v.denied, v.start) for v in found if v.sort is Sort.GRADE]
    if not grades:
        named = grades_named(text)
        grades = [((g, g), is_denied(text, at.start()), at.start()) for g, at in named]
        spans += [at.span() for _, at in named]
    left = without(text, spans)
    if len(grades) != 1:
        return None
    (low, high), denied, at = grades[0]
    if low == high and not denied and (_TURNED.search(left) or _TURNED.search(text[:at])):
        return None
    if denied and _OF_THEN.search(text):
        return None
    return _Said(low, high, denied, tuple(round(v.middle) for v in figures), text, left)


def _extreme(claim: str) -> list[_Said]:
    """A claim of what is graded best or worst, without a grade: which one that is, the table tells."""
    best, worst = _BEST.search(claim), _WORST.search(claim)
    if bool(best) == bool(worst) or any(v.is_figure for v in values(claim)):
        return []
    spans = [(v.start, v.end) for v in values(claim)]
    left = without(claim, spans)
    grade = math.inf if best else -math.inf
    return [_Said(grade, grade, False, (), claim, left)]


def _held(
    said: Sequence[_Said], inquiry: Inquiry, report: Report, rows: Sequence[Judgement]
) -> ByTable | None:
    """What a table makes of the clauses of a claim: one that it refutes refutes the claim."""
    shown: list[Judgement] = []
    named: Sequence[Judgement] = ()
    proven = True
    for one in said:
        own, unknown = _read(one.left, inquiry, report, rows)
        named = own or named
        if one.is_extreme:
            unknown -= _OF_EXTREMES
        if unknown - _CHANGED:
            return None
        found = _clause_held(one, rows, named)
        if found is None:
            return None
        holds, of = found
        if not holds:
            return _by(report, of, holds=False)
        proven = proven and not unknown
        shown += [row for row in of if row not in shown]
    return _by(report, shown, holds=True) if proven else None


def _compared(
    claim: str, inquiry: Inquiry, report: Report, rows: Sequence[Judgement]
) -> ByTable | None:
    """A claim that one area was graded higher than another, or lower."""
    than = _THAN.search(claim)
    spans = [(v.start, v.end) for v in values(claim) if v.sort is Sort.DATE]
    if than is None or any(v.is_figure for v in values(claim)) or _TURNED_BEFORE.search(claim):
        return None
    sides = []
    for begin, end in ((0, than.end()), (than.end(), len(claim))):
        inside = [(a - begin, b - begin) for a, b in spans if begin <= a < end]
        named, unknown = _read(without(claim[begin:end], inside), inquiry, report, rows)
        if len(named) != 1 or unknown:
            return None
        sides.append(named[0])
    one, other = sides
    more = one.grade > other.grade if than["more"] else one.grade < other.grade
    return _by(report, sides, holds=more)


def without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """`text` with a space in the stead of each of `spans`."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def _clause_held(
    said: _Said, rows: Sequence[Judgement], named: Sequence[Judgement]
) -> tuple[bool, Sequence[Judgement]] | None:
    """Whether a clause holds, and the rows that tell; None where they do not."""
    areas = [row for row in rows if not row.is_overall]
    others = [row for row in areas if row not in named]
    fitting = [row for row in rows if said.fits(row)]
    of_areas = [row for row in areas if said.fits(row)]
    is_all = bool(_ALL.search(said.text) or (not named and _OF_THEM.search(said.text)))
    is_only = _is_only(said.text)
    if is_only is None:
        return None
    if said.is_extreme:
        return _extreme_held(said, areas, named)
    if said.counts:
        return _counted(said, rows, named)
    if _NONE.search(said.text):
        return None if named or is_all else (not fitting, fitting or rows)
    if _BUT.search(said.text) and is_all:
        wrong = [r for r in named if said.fits(r)] or [r for r in others if not said.fits(r)]
        return (not wrong, wrong or rows) if named else None
    if is_only:
        wrong = [r for r in named if not said.fits(r)] or [r for r in others if said.fits(r)]
        return (not wrong, wrong or rows) if named else None
    if is_all:
        if len(of_areas) == len(areas) and len(fitting) < len(rows):
            return None
        return len(fitting) == len(rows), [r for r in rows if r not in fitting] or rows
    meant = named or [row for row in rows if row.is_overall]
    wrong = [row for row in meant if not said.fits(row)]
    return (not wrong, wrong or meant) if meant else None


def _is_only(text: str) -> bool | None:
    """Whether a clause says that nothing else of the report is so; None where it may say it of others, as
    "the only borough" does."""
    found = False
    for one in _ONLY.finditer(text):
        of = (one["of"] or "").lower()
        merely = of in STOPWORDS or of in _MERELY or NAMED.match(text, one.start("of"))
        if of and merely:
            continue
        if of and stem(of) not in _AREAS:
            return None
        found = True
    return found


def _counted(
    said: _Said, rows: Sequence[Judgement], named: Sequence[Judgement]
) -> tuple[bool, Sequence[Judgement]] | None:
    """How many of them have the grade; that of the whole may be counted or not."""
    areas = [row for row in rows if not row.is_overall]
    but = bool(_BUT.search(said.text))
    is_all = bool(_ALL.search(said.text) or _OF_THEM.search(said.text))
    most = max(said.counts)
    if len(said.counts) == 1 and not (is_all or _is_only(said.text) or but):
        fits = any(sum(map(said.fits, of)) == most for of in (rows, areas))
        wrong = [row for row in named if not said.fits(row)]
        return fits and not wrong, wrong or [r for r in rows if said.fits(r)] or rows
    of = next((of for of in (areas, rows) if len(of) == most), None)
    if of is None:
        return None
    if len(said.counts) == 2:
        right = sum(map(said.fits, of)) == min(said.counts)
        return right and not (but and any(map(said.fits, named))), of
    return _clause_held(replace(said, counts=()), of, named)


def _extreme_held(
    said: _Said, areas: Sequence[Judgement], named: Sequence[Judgement]
) -> tuple[bool, Sequence[Judgement]] | None:
    own = [row for row in named if not row.is_overall]
    if len(own) != 1:
        return None
    grades = [row.grade for row in areas]
    end = max(grades) if said.low > 0 else min(grades)
    if own[0].grade == end:
        return (True, areas) if grades.count(end) == 1 else None
    return False, [own[0], *(row for row in areas if row.grade == end)]


def _by(report: Report, rows: Sequence[Judgement], *, holds: bool) -> ByTable:
    return ByTable(
        report,
        tuple(row.row for row in rows),
        tuple(row.shown for row in rows),
        holds,
        IN_TABLE if holds else AGAINST_TABLE,
    )
