"""Is one answer right, is one verdict right, and what exactly is wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from assistant.answer import Answer, Citation, Status, Verdict
from eval.collection import Unit
from eval.items import REFUSALS, Claim, Question
from eval.support import Support, support
from eval.systems import Found
from eval.wording import first_words, holds, position, quotes, states, word_count
from ingest.report import Report

ANSWER_WORDS = 80  # a reader sees these at once; what comes later is no answer


class Outcome(StrEnum):
    """What became of one question or claim; `right` is the only right one."""

    RIGHT = "right"
    ERROR = "error"  # nothing came back
    REFUSED = "refused what the reports answer"
    ANSWERED = "answered what the reports do not say"
    ASSERTED = "asserted a wrong neighbour"
    WORDING = "the answer is not in the first words"
    PROOF = "no quote proves it"
    VERDICT = "wrong verdict"
    QUOTE = "right verdict, wrong quote"


@dataclass(frozen=True, slots=True)
class AnswerJudgement:
    """All that is judged of one answer; counts are (good, all)."""

    outcome: Outcome
    refused: bool
    stated: bool = False  # the acceptable wordings are in the first words
    asserted: tuple[str, ...] = ()  # must-not wordings in the first words
    page_right: bool | None = None  # of the proving quote; None where nothing proves
    quotes_valid: tuple[int, int] = (0, 0)
    figures_faithful: tuple[int, int] = (0, 0)
    sentences_supported: tuple[int, int] = (0, 0)  # citation recall
    citations_needed: tuple[int, int] = (0, 0)  # citation precision
    words: int = 0

    @property
    def right(self) -> bool:
        """Whether it counts."""
        return self.outcome is Outcome.RIGHT


@dataclass(frozen=True, slots=True)
class VerdictJudgement:
    """All that is judged of one verdict."""

    outcome: Outcome
    verdict_right: bool
    quote_right: bool | None = None  # None where the claim is not decidable
    quotes_valid: tuple[int, int] = (0, 0)

    @property
    def right(self) -> bool:
        """Whether the verdict is the expected one; its quote is judged apart."""
        return self.verdict_right


def judge_answer(
    item: Question, answer: Answer | None, reports: Mapping[str, Report]
) -> AnswerJudgement:
    """Judge one answer; None stands for a row that is missing or failed, which is wrong.

    An answer is right when every group of `item.answers` has a wording in its first 80 words, none
    of `item.must_not` is there, and a quote of an acceptable report proves it. Where a refusal is
    expected, either refusal is right. `reports` maps ids to reports, to check the quotes.
    """
    if answer is None or answer.status is Status.ERROR:
        return AnswerJudgement(Outcome.ERROR, refused=False)
    beginning = first_words(answer.answer, ANSWER_WORDS)
    refused = answer.status in REFUSALS
    asserted = () if refused else tuple(w for w in item.must_not if holds(beginning, w))
    proving = [c for c in answer.citations if proves(item, c)]
    backing = Support((0, 0), (0, 0), (0, 0)) if refused else support(answer)
    return AnswerJudgement(
        outcome=_outcome(item, beginning, refused, asserted, bool(proving)),
        refused=refused,
        stated=not refused and _stated(item, beginning),
        asserted=asserted,
        page_right=any(on_page(item, c.page) for c in proving) if proving else None,
        quotes_valid=valid_quotes(answer.citations, reports),
        figures_faithful=backing.figures,
        sentences_supported=backing.sentences,
        citations_needed=backing.citations,
        words=word_count(answer.answer),
    )


def judge_verdict(
    item: Claim, verdict: Verdict | None, reports: Mapping[str, Report]
) -> VerdictJudgement:
    """Judge one verdict; None stands for a row that is missing or failed, which is wrong."""
    if verdict is None:
        return VerdictJudgement(Outcome.ERROR, False, False if item.decidable else None)
    right = verdict.verdict is item.verdict
    proven = any(proves(item, c) for c in verdict.citations) if item.decidable else None
    backed = Outcome.QUOTE if proven is False else Outcome.RIGHT
    return VerdictJudgement(
        outcome=backed if right else Outcome.VERDICT,
        verdict_right=right,
        quote_right=None if proven is None else right and proven,
        quotes_valid=valid_quotes(verdict.citations, reports),
    )


def relevant(item: Question | Claim, found: Found | Unit) -> bool:
    """Whether a retrieved unit is in an acceptable report, on an acceptable page, and proves."""
    return (
        in_reports(item, found.source)
        and on_page(item, found.page)
        and _has_words(item, found.text)
    )


def proves(item: Question | Claim, citation: Citation) -> bool:
    """Whether a citation quotes an acceptable report with the words that prove."""
    return in_reports(item, citation.source) and _has_words(item, citation.quote)


def in_reports(item: Question | Claim, source: str) -> bool:
    """Whether `source` is an acceptable report."""
    return any(source.startswith(name) for name in item.reports)


def on_page(item: Question | Claim, page: int) -> bool:
    """Whether `page` is acceptable."""
    return not item.pages or page in item.pages


def valid_quotes(citations: Iterable[Citation], reports: Mapping[str, Report]) -> tuple[int, int]:
    """How many quotes stand verbatim where they say, and how many there are."""
    cited = list(citations)
    return sum(_verbatim(citation, reports) for citation in cited), len(cited)


def _outcome(
    item: Question, beginning: str, refused: bool, asserted: tuple[str, ...], proven: bool
) -> Outcome:
    if not item.answerable:
        return Outcome.RIGHT if refused else Outcome.ANSWERED
    if refused:
        return Outcome.REFUSED
    if asserted:
        return Outcome.ASSERTED
    if not _stated(item, beginning):
        return Outcome.WORDING
    if not _named_first(item, beginning):
        return Outcome.ASSERTED
    return Outcome.RIGHT if proven else Outcome.PROOF


def _stated(item: Question, beginning: str) -> bool:
    return all(any(states(beginning, wording) for wording in group) for group in item.answers)


def _named_first(item: Question, beginning: str) -> bool:
    own = [position(beginning, wording) for group in item.answers for wording in group]
    others = [position(beginning, wording) for wording in item.rivals]
    first = min((place for place in own if place is not None), default=0)
    return all(place is None or place >= first for place in others)


def _has_words(item: Question | Claim, text: str) -> bool:
    return not item.quote_has or any(quotes(text, words) for words in item.quote_has)


def _verbatim(citation: Citation, reports: Mapping[str, Report]) -> bool:
    report = reports.get(citation.report)
    return (
        report is not None
        and bool(citation.quote)
        and report.source == citation.source
        and report.sha256 == citation.sha256
        and report.text[citation.start : citation.end] == citation.quote
    )
