"""Lets nothing be shown that its citations do not prove.

Each sentence must cite; each citation must exist and be verbatim; each figure of a sentence must
occur, with the same unit, in what it cites, or be the number of rows that it cites; and so must each
grade, month and name of one that a language model wrote. A sentence that fails is dropped.
"""

import re
from collections.abc import Iterable, Sequence

from assistant.answer import AnswerSentence, Citation
from assistant.evidence import RATING
from assistant.leanings import HARD, leanings
from assistant.scope import MONTH_NAMES
from assistant.selections import uncounted
from ingest.readable import plain
from ingest.report import Report
from ingest.statistics import Statistic, Unit, statistics
from ingest.words import STOPWORDS, words

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<![.!?“‘\"'(]\s)(?<![“‘\"'(])\b[A-Z][a-z][\w’-]*")
_CELLS = re.compile(r"\t(?!\s*(?:%|(?:per\s?cent|thousand|million|billion)\b))")
_MARK = re.compile(r"\s*\[\d+\]")


def is_verbatim(citation: Citation, report: Report) -> bool:
    """Whether the quote stands in the report's text, where the citation says."""
    return bool(citation.quote) and report.text[citation.start : citation.end] == citation.quote


def figures_occur(text: str, quotes: Iterable[str]) -> bool:
    """Whether each figure of `text`, in digits or words, occurs in `quotes` with the same unit."""
    # The cells of a row are apart: "20" beside "In 10 of them" is no "20 in 10".
    quoted = " ".join(plain(_CELLS.sub("; ", quote)) for quote in quotes)
    bare = plain(_MARK.sub("", text))
    stated = statistics(quoted)
    if not all(any(same_figure(s, other) for other in stated) for s in statistics(bare)):
        return False
    # Dates, years and labels are no statistics, but must stand in the quote all the same.
    numbers = {number.strip(".,") for number in _NUMBER.findall(quoted)}
    covered = [(s.start, s.end) for s in statistics(bare)]
    return all(
        match[0].strip(".,") in numbers
        for match in _NUMBER.finditer(bare)
        if not any(start <= match.start() < end for start, end in covered)
    )


def same_figure(one: Statistic, other: Statistic) -> bool:
    """Whether two statistics are the same value in the same unit; a share in words is a share."""
    if abs(one.value - other.value) > 1e-9:
        return False
    if one.is_share and other.is_share:
        return True
    return one.unit is other.unit or {one.unit, other.unit} == {Unit.COUNT, Unit.ORDINAL}


def facts_occur(text: str, cited: Sequence[Citation]) -> bool:
    """Whether the grades, months and names of a sentence that a model wrote occur in what it cites, and
    nothing there goes the other way ("fell" where it "rose").

    A name may also stand in the title or headings. The first word is taken for no name.
    """
    quoted = " ".join(plain(c.quote) for c in cited)
    around = " ".join(f"{c.title} {c.section} {c.publisher}" for c in cited)
    told = set(words(quoted))
    grades = (found for match in RATING.findall(text) for found in words(match))
    months = (word for word in words(text) if word in MONTH_NAMES and word != "may")
    if not told.issuperset((*grades, *months)):
        return False
    names = {word for match in _NAME.finditer(text, 1) for word in words(match[0])}
    if not told.union(words(around), STOPWORDS).issuperset(names):
        return False
    said, there = leanings(plain(text)), leanings(quoted)
    return not any(said[axis] * there.get(axis, 0) < 0 for axis in HARD & said.keys())


def guarded(
    sentences: Sequence[AnswerSentence],
    citations: Sequence[Citation],
    reports: dict[str, Report],
    *,
    by_model: bool = False,
) -> tuple[tuple[AnswerSentence, ...], tuple[Citation, ...]]:
    """The sentences that hold, and the citations that they use, numbered anew from 1.

    What a model wrote is in its own words, so more of it has to be found in the quotes.
    """
    sound = {
        c.number: c for c in citations if c.report in reports and is_verbatim(c, reports[c.report])
    }
    kept = [
        sentence
        for sentence in sentences
        if sentence.citations
        and all(number in sound for number in sentence.citations)
        and figures_occur(
            sentence.text if by_model else uncounted(sentence.text, len(sentence.citations)),
            [sound[n].quote for n in sentence.citations],
        )
        and (not by_model or facts_occur(sentence.text, [sound[n] for n in sentence.citations]))
    ]
    order = list(dict.fromkeys(number for sentence in kept for number in sentence.citations))
    new = {old: position for position, old in enumerate(order, 1)}
    return (
        tuple(
            AnswerSentence(text=s.text, citations=tuple(new[n] for n in s.citations)) for s in kept
        ),
        tuple(sound[old].model_copy(update={"number": new[old]}) for old in order),
    )
