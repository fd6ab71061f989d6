"""Composes an answer of quotes: what answers first, then only what is needed to understand it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import AnswerSentence, Citation
from assistant.candidates import Candidate
from assistant.cite import Citations
from assistant.direct import direct_answer
from assistant.extremes import ByTable, Extreme, extreme
from assistant.graded import graded, graded_parts
from assistant.inquiry import Inquiry
from assistant.lists import GAP, list_of
from assistant.name_asked import asks_whose, bears_name
from assistant.rank import Ranked, rarities
from assistant.reader import Reading
from assistant.scope import YEAR, years_of
from assistant.selections import Selection, selected
from assistant.wants import Wants
from ingest.library import Library
from ingest.readable import columns, plain, row_sentence, side_by_side
from ingest.report import BlockKind, Report, Sentence, Span
from ingest.statistics import statistics
from ingest.words import content_words, words

# A further sentence is shown when it scores within CLOSE of the best and the reader finds it likely, by
# its log-odds, that it answers, too. Chosen on `tune`, with an earlier reader, for the fewest wrong
# neighbours: 3 of 236 answers, 180 right. With -1.0 for LIKELY it was 5 and 183; further apart, up to 12
# and 176.
CLOSE, LIKELY = 0.5, 1.0
# Chances, by the reader, from which a question for yes or no is answered so. Of 221 such questions held
# out of its training 78 are then answered "yes", 7 of them of what is mixed and none wrongly, and 7 "no",
# 1 of what is mixed and none wrongly (`python -m eval.certainty`).
YES_FROM, NO_FROM = 0.85, 0.9
ENOUGH_WORDS = 45  # no further sentence once the answer is this long
OTHERWISE = "The reports say otherwise: "
_POINTS_BACK = re.compile(
    r"^(?:We (?:also )?found that |However,? |But |And |In addition,? |Still,? |Overall,? |As a result,? )?"
    r"(?:this|these|they|it|those|that|such|he|she|his|her|their|its|both|neither|none)\b"
    r"|\bthis was the case\b|\bthe (?:former|latter)\b",
    re.IGNORECASE,
)
_TELLS_ITEMS = (Wants.LIST, Wants.DEFINITION, Wants.OTHER)
_ASKS = re.compile(r"\b(?:how|what|which|who|when|where)\b", re.IGNORECASE)
_INTRODUCES = re.compile(r":\s*$")
_NOT_SO = re.compile(
    r"\b(?:this|that|it|these)\s+(?:is|was|are|were)\s+(?:in\s+fact\s+)?(?:not\s+(?:the\s+case|true|so|right|correct)"
    r"|untrue|incorrect|wrong|(?:an?\s+)?(?:myths?|misconceptions?|misunderstandings?))\b",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\s*\(\d{4}\)$")
SOON = 2  # sentences
SPEAKER = 20  # words at most that introduce a speech beside what is quoted of it
_INCLUDES = re.compile(
    r"^(?:These|They|This|Examples(?:\s+of\s+(?:these|this))?)\s+(?:also\s+)?includ(?:es?|ed)\b"
    r"|^(?:These|They)\s+(?:are|were|comprised?|cover(?:ed)?)\b.*,.*\band\b"
)


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before the guard has seen it."""

    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Tabled:
    """What a whole table answers, and whether it does so however little any sentence does."""

    draft: Draft
    alone: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for one side of a comparison."""

    label: str
    inquiry: Inquiry
    ranked: Sequence[Ranked]


def compose_sides(sides: Sequence[Found], library: Library) -> Draft:
    """One sentence for each side of a comparison, in the order of the question; or one for several."""
    citations = Citations(library)
    shown = []
    answered = Counter(side.ranked[0].candidate.key for side in sides)
    for side in sides:
        best = side.ranked[0]
        told = answered.pop(best.candidate.key, 0)
        if not told:
            continue  # an earlier side's sentence speaks of this one, too
        spans = spans_of(best.candidate, library)
        numbers = _cited(best.candidate, spans, citations)
        text = _shown(best.candidate, spans)
        lead = label = ""
        if told == 1:
            lead = _direct(side.inquiry, best, rarities(side.inquiry, library), text)
            label = _label(side.label)
        shown.append(AnswerSentence(text=f"{label}{lead}“{text}”", citations=numbers))
    return Draft(tuple(shown), citations.all())


def _label(side: str) -> str:
    """What a side is called before its quote; nothing where it has figures of its own, as a year, which
    the quote need not have."""
    name = _IN_BRACKETS.sub("", side)
    if not name or statistics(name) or re.search(r"\d", name):
        return ""
    return f"{name[0].upper()}{name[1:]}: "


def compose(
    inquiry: Inquiry,
    ranked: Sequence[Ranked],
    library: Library,
    rarity: dict[str, float],
    limit: int,
) -> Draft:
    """The answer that the best sentences make; at most `limit` quotes."""
    citations = Citations(library)
    sentences: list[AnswerSentence] = []
    used: list[tuple[str, Span]] = []
    lead = ""
    gives_once = inquiry.wants.is_quantity and len(_ASKS.findall(inquiry.asked)) < 2
    for place, found in enumerate(ranked):
        if len(sentences) >= limit:
            break
        if place and not _adds(found, ranked[0], sentences):
            continue
        if lead and gives_once and found.candidate.report.id == ranked[0].candidate.report.id:
            continue  # beside the figure that a report gives, another of it is of something else
        if lead and not direct_answer(found.candidate.around.text, inquiry, rarity):
            continue  # beside the figure or name that was asked for, only another such
        if place and inquiry.reports and found.candidate.report.id not in inquiry.reports:
            continue  # what is so elsewhere adds nothing to what was asked of one place
        if found.candidate.sentence.kind is BlockKind.HEADING and place:
            continue
        if any(are_one_source(found.candidate.report, library.report(r)) for r, _ in used):
            continue  # what a copy or a news post repeats is no second source
        spans = spans_of(found.candidate, library, with_items=inquiry.wants in _TELLS_ITEMS)
        report = found.candidate.report
        if any(r == report.id and a < spans[-1][1] and spans[-1][0] < b for r, (a, b) in used):
            continue
        if place and _repeats(found, ranked[:place]):
            continue
        numbers = _cited(found.candidate, spans, citations)
        used.extend((report.id, span) for span in spans)
        text = _shown(found.candidate, spans)
        if place:
            sentences.append(AnswerSentence(text=f"“{text}”", citations=numbers))
            continue
        lead = _direct(inquiry, found, rarity, text)
        told = _column(found.candidate, lead) or text
        sentences.append(AnswerSentence(text=f"{lead}“{told}”", citations=numbers))
    return Draft(tuple(sentences), citations.all())


def by_table(inquiry: Inquiry, ranked: Sequence[Ranked], library: Library) -> Tabled | None:
    """What a whole table answers; None where none does."""
    citations = Citations(library)
    if areas := graded(inquiry, library) or graded_parts(inquiry, library):
        return Tabled(_rows(areas, citations), alone=True)
    if (chosen := selected(inquiry, ranked, library)) and _is_of_its_time(inquiry, chosen):
        return Tabled(_selection(chosen, citations), alone=True)
    if (first := extreme(inquiry, ranked, library)) and _is_of_its_time(inquiry, first):
        return Tabled(_rows(first, citations), alone=False)
    return None


def _is_of_its_time(inquiry: Inquiry, found: Extreme | Selection) -> bool:
    """Whether rows, or their report, are of a year that is asked about, where one is."""
    told = years_of(found.report.description)
    for row in found.rows:
        told |= set(YEAR.findall(found.report.text[row.start : row.end]))
    return not (inquiry.years and told) or not told.isdisjoint(inquiry.years)


def compose_otherwise(found: Candidate | ByTable, library: Library) -> Draft:
    """What the reports say instead of what a question takes for granted: a sentence, or rows of a table."""
    citations = Citations(library)
    if isinstance(found, ByTable):
        draft = _rows(Extreme(found.report, found.rows, found.texts), citations)
        first, *others = draft.sentences
        first = AnswerSentence(text=f"{OTHERWISE}{first.text}", citations=first.citations)
        return Draft((first, *others), draft.citations)
    spans = spans_of(found, library)
    numbers = _cited(found, spans, citations)
    text = f"{OTHERWISE}“{_shown(found, spans)}”"
    return Draft((AnswerSentence(text=text, citations=numbers),), citations.all())


def _rows(table: Extreme, citations: Citations) -> Draft:
    """One sentence for each row, citing the row and the table's headings."""
    shown = tuple(
        AnswerSentence(text=text, citations=citations.add_row(table.report, row))
        for row, text in zip(table.rows, table.texts, strict=True)
    )
    return Draft(shown, citations.all())


def _selection(found: Selection, citations: Citations) -> Draft:
    """One sentence for all rows, citing each and the table's headings."""
    numbers = [n for row in found.rows for n in citations.add_row(found.report, row)]
    one = AnswerSentence(text=found.text, citations=tuple(dict.fromkeys(numbers)))
    return Draft((one,), citations.all())


def are_one_source(one: Report, other: Report) -> bool:
    """Whether one report is a copy of the other or tells of it, or both are or do so of a third."""
    of, about = ({r.id, r.description.copy_of, r.description.about} - {""} for r in (one, other))
    return one.id != other.id and bool(of & about)


def as_text(sentences: Sequence[AnswerSentence]) -> str:
    """The answer as one text, each sentence followed by its numbers."""
    return "\n\n".join(
        sentence.text + " " + "".join(f"[{number}]" for number in sentence.citations)
        for sentence in sentences
    )


def spans_of(found: Candidate, library: Library, *, with_items: bool = False) -> list[Span]:
    """The spans to quote so that the sentence can be understood, in order; the last holds it, and where
    `with_items` the next sentence, too, if that tells what these "include" or "are"."""
    sentence, report = found.sentence, found.report
    own = (sentence.start, sentence.end)
    if found.is_list:
        return [own]
    if sentence.kind is BlockKind.ROW:
        return [*sentence.lead[-1:], own]
    sentences = library.sentences(report.id)
    if sentence.kind is BlockKind.HEADING and with_items:
        return [(own[0], _end_below(sentences, sentence))]
    lead = sentence.lead[-1] if sentence.lead else None
    # What an item is of, or whose words these are.
    if lead and (
        sentence.kind is BlockKind.ITEM or len(words(report.text[slice(*lead)])) <= SPEAKER
    ):
        return [(lead[0], own[1])] if own[0] - lead[1] < GAP else [lead, own]
    end = _denied_end(sentences, sentence, report)
    if end > own[1]:
        return [(own[0], end)]
    if _INTRODUCES.search(found.around.text):
        return [(own[0], _introduced_end(sentences, sentence))]
    if with_items and sentence.ordinal + 1 < len(sentences):
        after = sentences[sentence.ordinal + 1]
        if (after.section, after.kind) == (sentence.section, sentence.kind) and _INCLUDES.search(
            plain(report.text[after.start : after.end])
        ):
            return [(own[0], after.end)]
    if _POINTS_BACK.search(found.around.text) and sentence.ordinal:
        before = sentences[sentence.ordinal - 1]
        if before.section == sentence.section and before.kind is sentence.kind:
            return [(before.start, own[1])]
    return [own]


def _cited(found: Candidate, spans: Sequence[Span], citations: Citations) -> tuple[int, ...]:
    """The numbers of the quoted spans, in their order."""
    return tuple(citations.add(found.report, span, found.sentence.section) for span in spans)


def _denied_end(sentences: Sequence[Sentence], told: Sentence, report: Report) -> int:
    """Where a sentence ends, or the one soon after it that says that it is not so: what some believed, or
    told inspectors, is no finding."""
    for other in sentences[told.ordinal + 1 : told.ordinal + 1 + SOON]:
        if (other.section, other.kind) != (told.section, told.kind):
            break
        if _NOT_SO.search(plain(report.text[other.start : other.end])):
            return other.end
    return told.end


def _end_below(sentences: Sequence[Sentence], heading: Sentence) -> int:
    """Where the list ends that stands right below a heading, which by itself says little."""
    below = sentences[heading.ordinal + 1 : heading.ordinal + 2]
    listed = list_of(sentences, below[0].ordinal) if below else None
    return listed.span[1] if listed and listed.head == (heading.start, heading.end) else heading.end


def _introduced_end(sentences: Sequence[Sentence], lead: Sentence) -> int:
    """Where the list or speech ends that a sentence with a colon introduces."""
    end = lead.end
    for other in sentences[lead.ordinal + 1 : lead.ordinal + 9]:
        if other.section != lead.section:
            break
        if other.kind is BlockKind.ITEM:
            end = other.end
        else:
            return other.end if end == lead.end and other.kind is BlockKind.PARAGRAPH else end
    return end


def _shown(found: Candidate, spans: Sequence[Span]) -> str:
    """The quoted spans as a person reads them."""
    text, sentence = found.report.text, found.sentence
    if sentence.kind is BlockKind.ROW:
        return row_sentence(
            text[sentence.start : sentence.end], [text[a:b] for a, b in sentence.lead[-1:]]
        )
    return without_marks(" ".join(plain(text[start:end]) for start, end in spans))


def _column(found: Candidate, lead: str) -> str:
    """Of a row whose columns are of different bodies the one that a direct answer stands in, with its
    heading; empty where that is not so."""
    text, sentence = found.report.text, found.sentence
    header = "".join(text[a:b] for a, b in sentence.lead[-1:])
    if not lead or sentence.kind is not BlockKind.ROW or not side_by_side(header):
        return ""
    own = columns(text[sentence.start : sentence.end], header)
    answer = lead.removesuffix(". ")
    said = re.compile(rf"(?<!\w){re.escape(answer)}(?!\w)", re.IGNORECASE)
    told = [f"{heading}: {value}" for heading, value in own if said.search(value)]
    return told[0] if len(told) == 1 else ""


def without_marks(quote: str) -> str:
    """`quote` without a quotation mark at its beginning or end that belongs to a longer speech, or to
    just this: it stands between marks of ours."""
    if quote.count("“", 1) > quote.count("”") and not quote.startswith("“"):
        before, _, spoken = quote.rpartition("“")
        return f"{before}‘{spoken}’"  # a speech that is quoted in part
    inside = quote[1:-1]
    begins = quote[:1] in ("“", '"') and not re.search(r"[”\"]", inside)
    ends = quote[-1:] in ("”", '"') and not re.search(r"[“\"]", inside)
    return quote[begins : len(quote) - ends]


def _direct(inquiry: Inquiry, found: Ranked, rarity: dict[str, float], shown: str) -> str:
    """The direct answer as a sentence of its own, where one can be bound: verbatim words, or yes or no."""
    is_row = found.candidate.sentence.kind is BlockKind.ROW
    if inquiry.wants is Wants.YES_NO:
        # A row of a table that gives a share says of how many it is so.
        is_share = is_row and any(s.is_share for s in statistics(found.candidate.around.text))
        return "" if is_share else _yes_or_no(found.says)
    # Who said it is told before what was said, and what a cell is of in the headings.
    text = shown if is_row or inquiry.wants is Wants.PERSON else found.candidate.around.text
    answer = direct_answer(text, inquiry, rarity) if len(shown.split()) >= 8 else ""
    answer = answer or _whose(inquiry, found, shown)
    if not answer:
        return ""
    return answer[0].upper() + answer[1:] + ". "


def _whose(inquiry: Inquiry, found: Ranked, shown: str) -> str:
    """The place that the report is of, where it is asked for and neither quote nor question names it."""
    report = found.candidate.report
    place = report.description.place
    is_there = not set(content_words(place)).isdisjoint(content_words(shown))
    if is_there or not asks_whose(inquiry, place):
        return ""
    return "" if bears_name(inquiry, shown, report.text) else place


def _yes_or_no(says: Reading | None) -> str:
    """What a sentence comes to for a question that asks just this; empty where that is not plain."""
    if says and says.supports >= YES_FROM:
        return "Yes. "
    return "No. " if says and says.contradicts >= NO_FROM else ""


def _adds(found: Ranked, best: Ranked, sentences: Sequence[AnswerSentence]) -> bool:
    """Whether a further sentence is worth showing beside those there are."""
    length = sum(len(sentence.text.split()) for sentence in sentences)
    likely = best.read is None or (found.read is not None and found.read > LIKELY)
    return length < ENOUGH_WORDS and likely and found.score > best.score - CLOSE


def _repeats(found: Ranked, earlier: Sequence[Ranked]) -> bool:
    """Whether an earlier sentence says the same in nearly the same words."""
    own = set(found.candidate.around.stems)
    for other in earlier:
        theirs = set(other.candidate.around.stems)
        if len(own & theirs) > 0.7 * min(len(own), len(theirs)):
            return True
    return False
