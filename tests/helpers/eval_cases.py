"""Hand-made reports, items and systems for the tests of the evaluation."""

from collections.abc import Sequence

from assistant.answer import (
    Answer,
    AnswerSentence,
    Citation,
    Status,
    Turn,
    Verdict,
    VerdictKind,
)
from eval.items import Claim, Question
from eval.systems import DEPTH, Found
from ingest.report import Description, Report

TEXT = (
    "Harbour unit was rated good in May 2031.\n"
    "It kept people safe in 18 per cent of cases, and helped them in 32 per cent.\n"
    "Half of the staff had left."
)
SENTENCES = TEXT.split("\n")
REPORT = Report("abc", "harbour-2031.txt", "/x", "f" * 64, TEXT, (0,), Description(title="Harbour"))
REPORTS = {REPORT.id: REPORT}


def question(item_id: str = "q1", **changes: object) -> Question:
    """How safe were people? 18 per cent, not 41."""
    values: dict[str, object] = {
        "id": item_id,
        "split": "test",
        "kind": "figure",
        "question": "How often were people kept safe?",
        "expect": "answered",
        "answers": [["18 per cent", "eighteen per cent"]],
        "must_not": ["41 per cent"],
        "reports": ["harbour-2031"],
        "pages": [1],
        "quote_has": ["safe in 18 per cent"],
    }
    return Question.model_validate(values | changes)


def refusal(item_id: str = "q2") -> Question:
    """A question that no report answers."""
    return question(
        item_id, kind="unanswerable", expect="not_found", answers=[], reports=[], pages=[],
        quote_has=[], must_not=[],
    )  # fmt: skip


def claim(item_id: str = "c1", **changes: object) -> Claim:
    """A claim that the report supports."""
    values: dict[str, object] = {
        "id": item_id,
        "split": "test",
        "kind": "figure",
        "claim": "People were safe in 18% of cases.",
        "verdict": "supported",
        "reports": ["harbour-2031.txt"],
        "pages": [1],
        "quote_has": ["safe in 18 per cent"],
    }
    return Claim.model_validate(values | changes)


def citation(number: int = 1, place: int = 1, **changes: object) -> Citation:
    """A quote of one of the report's sentences, verbatim unless changed."""
    start = TEXT.index(SENTENCES[place])
    values: dict[str, object] = {
        "number": number,
        "source": REPORT.source,
        "title": "Harbour",
        "publisher": "",
        "published": "",
        "page": 1,
        "section": "",
        "quote": SENTENCES[place],
        "start": start,
        "end": start + len(SENTENCES[place]),
        "sha256": REPORT.sha256,
        "report": REPORT.id,
    }
    return Citation.model_validate(values | changes)


def answer(text: str, *citations: Citation, status: Status = Status.ANSWERED) -> Answer:
    """An answer of one sentence that cites all of `citations`."""
    numbers = tuple(c.number for c in citations)
    sentences = (AnswerSentence(text=text, citations=numbers),) if citations else ()
    return Answer(question="", status=status, answer=text, sentences=sentences, citations=citations)


def found(place: int) -> Found:
    """One retrieved sentence of the report."""
    cited = citation(place=place)
    return Found(REPORT.id, REPORT.source, 1, cited.start, cited.end, cited.quote)


class Scripted:
    """A system that says what it is told to."""

    name = "scripted"

    def __init__(
        self,
        answers: dict[str, Answer] | None = None,
        verdicts: dict[str, VerdictKind] | None = None,
        hits: Sequence[Found] = (),
    ) -> None:
        self.answers, self.verdicts, self.hits = answers or {}, verdicts or {}, hits

    def ask(self, question: str, history: Sequence[Turn]) -> Answer:
        """The scripted answer; KeyError where there is none."""
        return self.answers[question]

    def check(self, claim: str) -> Verdict:
        """The scripted verdict; KeyError where there is none."""
        return Verdict(claim=claim, verdict=self.verdicts[claim], citations=(citation(),))

    def retrieve(
        self, question: str, history: Sequence[Turn], depth: int = DEPTH
    ) -> Sequence[Found]:
        """The scripted units."""
        return self.hits[:depth]
