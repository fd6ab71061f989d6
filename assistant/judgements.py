"""The table of grades that a report gives, and which of its rows a question or claim is about."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.assertions import Sort, values
from assistant.dated import within
from assistant.grade_values import grade_of, grades_named
from assistant.inquiry import Inquiry
from assistant.verdicts import states_overall, tells_of_earlier
from ingest.dates import date_in_words
from ingest.library import Library
from ingest.readable import cells
from ingest.report import BlockKind, Report, Sentence
from ingest.words import content_stems, stem, words

LEAST_ROWS = 3
LEAST_ALIKE = 5  # letters of a stem that another begins with
OVERALL = "Overall"
_NUMBERED = re.compile(r"^\d+(?:\.\d+)*\.?\s+")
# Words of labels that tell no row from another.
_EMPTY = content_stems(
    "experiences progress impact effectiveness performance quality work practice social service services"
    " people young children child kids families family standard how well area areas"
)
BODIES = content_stems("council borough county city town district authority local department team")
# What a claim may say beside what is graded, and the grade.
OF_GRADES = (
    _EMPTY
    | BODIES
    | content_stems(
        "rated graded judged assessed marked scored given gave get got getting received earned awarded won"
        " achieved came come coming out told was found put called went handed walked away rating grade mark"
        " score judgement verdict category element aspect part piece strand heading field inspectors"
        " inspection inspectorate report published visit visited wrote noted looked examined covered level"
        " possible included including way everything whole own set gives back rest bar exception apart except"
        " clean sweep board across alone single sole both help provision one ones else like line same just"
        " even though although whereas yet fell fall falls short shy missed miss higher lower better worse"
        " nothing none summer spring autumn winter year month early late mid managed support offer"
        " provision arrangements outcomes"
    )
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a report grades, its grade from 0 to 4, and the sentence that gives it."""

    row: Sentence
    label: str
    grade: float
    told: str  # the grade as the row has it

    @property
    def shown(self) -> str:
        """What is graded, and its grade."""
        return f"{self.label}: {self.told}"

    @property
    def is_overall(self) -> bool:
        """Whether it is the grade of the whole."""
        return "overall" in words(self.label)


def judgements(report: Report, sentences: Sequence[Sentence]) -> list[Judgement]:
    """The rows of the first table of a report that gives nothing but grades, with the grade of the whole
    where the first page has it as a heading; [] where there is none."""
    found: list[Judgement] = []
    for sentence in sentences:
        one = _judgement(report, sentence)
        if one is not None and (not found or found[-1].row.section == sentence.section):
            found.append(one)
        elif len(found) >= LEAST_ROWS:
            break
        elif sentence.kind is not BlockKind.HEADING:
            found = []
    if len(found) < LEAST_ROWS or any(one.is_overall for one in found):
        return found if len(found) >= LEAST_ROWS else []
    return found + _whole(report, sentences[: found[0].row.ordinal])


def _judgement(report: Report, sentence: Sentence) -> Judgement | None:
    if sentence.kind is not BlockKind.ROW:
        return None
    parts = [c for c in cells(report.text[sentence.start : sentence.end]) if c]
    grade = grade_of(parts[1]) if len(parts) == 2 else None
    if grade is None:
        return None
    return Judgement(sentence, _NUMBERED.sub("", parts[0]), grade, parts[1])


def _whole(report: Report, before: Sequence[Sentence]) -> list[Judgement]:
    """The grade of the whole, where a heading gives it, or what grades the place; [] where two differ."""
    found = []
    for sentence in before:
        text = report.text[sentence.start : sentence.end]
        named = grades_named(text)
        overall = states_overall(sentence, text, report.description)
        if overall and len(named) == 1 and not tells_of_earlier(text, sentence.section):
            ((grade, told),) = named
            found.append(Judgement(sentence, OVERALL, grade, told["grade"]))
    return found[:1] if len({one.grade for one in found}) == 1 else []


def _reports(inquiry: Inquiry, library: Library) -> list[Report]:
    """The reports on the place that a claim names, of those that it names where it does."""
    about = [library.report(one) for one in inquiry.reports]
    if not about:
        names = set(inquiry.names)
        about = [
            r for r in library.reports() if names & content_stems(r.description.place) - BODIES
        ]
    called = [report for report in about if report.id in inquiry.named]
    return [report for report in called or about if not report.description.copy_of]


def tables_on(
    inquiry: Inquiry, told: str, library: Library
) -> list[tuple[Report, list[Judgement]]]:
    """The tables of the reports on the place that a text names, of the dates that it has."""
    found = [
        (report, judgements(report, library.sentences(report.id)))
        for report in _reports(inquiry, library)
        if _is_of_its_time(told, report)
    ]
    return [(report, rows) for report, rows in found if rows]


def _is_of_its_time(told: str, report: Report) -> bool:
    """Whether a report is of each date that a text has."""
    about = report.description
    dates = values(f"{about.title}, {date_in_words(about.published)}, {about.period}")
    own = [v for v in dates if v.sort is Sort.DATE]
    return all(any(within(o, v) for o in own) for v in values(told) if v.sort is Sort.DATE)


def rows_named(
    spoken: Sequence[str], rows: Sequence[Judgement], related: Mapping[str, frozenset[str]]
) -> tuple[list[Judgement], list[str]]:
    """The rows that the words of a claim name, and the words that are left.

    A row is named by a word that only its label has, or else by all the words of it.
    """
    keys = [content_stems(row.label) - _EMPTY for row in rows]
    common = Counter(key for own in keys for key in own)
    meant = [frozenset(_meant(word, common, related)) for word in spoken]
    taken: set[int] = set()
    found: set[int] = set()
    order = sorted(range(len(rows)), key=lambda n: -sum(common[k] == 1 for k in keys[n]))
    for number in order:
        own = keys[number]
        alone = {k for k in own if common[k] == 1}
        places = {p for p, of in enumerate(meant) if p not in taken and of & own}
        if sure := [p for p in places if meant[p] & alone]:
            # "Children in care and care leavers": of what both have, only what stands next is its own.
            places = {p for p in places if any(abs(p - other) <= 1 for other in sure)}
        borne = {k for p in places for k in meant[p] & own}
        if borne & alone or (own and not alone and borne == own):
            found.add(number)
            taken |= places
    named = [row for number, row in enumerate(rows) if number in found]
    return named, [word for p, word in enumerate(spoken) if p not in taken]


def _meant(
    word: str, keys: Mapping[str, int], related: Mapping[str, frozenset[str]]
) -> Iterator[str]:
    """The stems of labels that a word of a claim stands for."""
    root = stem(word)
    own = [k for k in keys if root == k or _are_alike(root, k)]
    yield from own
    if not own and root not in OF_GRADES:
        parts = [other.split("+") for other in related.get(root, ())]
        yield from (k for k in keys if any(k in part and root not in part for part in parts))


def _are_alike(one: str, other: str) -> bool:
    """Whether two stems are of one word: "leader" and "leadership"."""
    return min(len(one), len(other)) >= LEAST_ALIKE and (
        one.startswith(other) or other.startswith(one)
    )
