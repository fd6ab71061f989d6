"""Checks a claim against the reports: finds what comes near it, compares, decides, and says why."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import NamedTuple

from assistant.answer import Part, Verdict, VerdictKind
from assistant.candidates import Candidate
from assistant.cite import Citations
from assistant.compare import Comparer, Comparison, Evidence
from assistant.decide import RESTATED, Decision, decide
from assistant.doubts import is_doubtful
from assistant.evidence_of import evidence_of, expanded, points_back
from assistant.extremes import ByTable, placed
from assistant.graded import judged
from assistant.knowledge import Knowledge
from assistant.matched import State, is_figure
from assistant.names import names_of
from assistant.nearness import Meaning
from assistant.parts import assertions_of, parts_of
from assistant.retriever import SentenceRetriever
from assistant.row_claims import told_of_row
from assistant.together import EVEN, Together, TogetherReader
from assistant.wants import Wants
from ingest.errors import FindingsError
from ingest.library import Library
from ingest.report import BlockKind
from ingest.settings import Settings
from ingest.words import content_stems, words

COMPARED = 12  # sentences that one claim is held against ...
# ... and, of the first so many, the next ones where these point back: "This is 19 per cent".
GO_ON = 3
# The chance from which what a question takes for granted is said to be otherwise. Of 240 questions of ours
# over reports that the sets do not ask about, 193 are seen to take something for granted; it then is for 70
# of the 100 that take it wrongly, and for 5 of the 93 that take it rightly; from 0.7 on for 78 and 9
# (`python -m eval.certainty`).
REFUTED_FROM = 0.8
# A sentence that one sentence of a report seems to support is not where a part of it is less likely than
# this. Of 49 claims of ours that divide (`sets/several.train.jsonl`) 22 are supported: 1 and 4 of the others
# were called so as wholes, 4 and 1 by their parts, by the trees of the time, as below.
LEAST_OF_PART = 0.7
# Nor is a claim of so many words that does not divide, where several sentences together support it with
# less than this chance: one sentence may have half of it. Of `tune` claims and those of that file a sentence
# seemed to support 13 of so many words, and did 6; 1 of the 6 passes, and 1 of the 7. All 16 of 24 to 29
# words that one seemed to support it does.
LONG, LEAST_OF_LONG = 30, 0.82
# ... nor refuted with less than this: true ones often are by a sentence that comes near to them.
EVEN_ODDS = 0.5
SAYS_SEVERAL = 15  # words from which on a claim may say several things
MOST_NEAREST = 3  # sentences that are shown where nothing decides
OPEN = "The reports neither say this nor rule it out; the nearest passage proves nothing."
TOGETHER = "Several sentences of a report come near it together, but none of them proves it."
_SEVERITY = (VerdictKind.CONTRADICTED, VerdictKind.NOT_IN_SOURCES, VerdictKind.SUPPORTED)


@dataclass(frozen=True, slots=True)
class Held:
    """A claim, its abbreviations written out, beside the sentences that come nearest, the best first."""

    claim: str
    candidates: Sequence[Candidate] = ()
    evidence: Sequence[Evidence] = ()
    comparisons: Sequence[Comparison] = ()
    table: ByTable | None = None  # the rows that decide it where no sentence can
    reports: Sequence[str] = ()  # ids of those on the place that the claim names


class Decided(NamedTuple):
    """An assertion, what it was held against, and what that comes to."""

    text: str
    held: Held
    decision: Decision


class Checker:
    """Holds claims against one open library."""

    def __init__(self, retriever: SentenceRetriever, library: Library, settings: Settings) -> None:
        self._retriever = retriever
        self._library = library
        self._settings = settings
        self._several = TogetherReader()
        self._refresh()

    def check(self, claim: str) -> Verdict:
        """What the reports say of `claim`; the whole is the worst of its parts.

        Raises FindingsError where the claim is empty or longer than the settings allow.
        """
        started = perf_counter()
        claim = claim.strip()
        if not words(claim):
            raise FindingsError("There is no claim; type one.")
        if len(claim) > self._settings.max_question_chars:
            raise FindingsError(
                f"The claim is longer than {self._settings.max_question_chars} characters; "
                "shorten it."
            )
        citations, near = Citations(self._library), Citations(self._library)
        parts = [part for text in parts_of(claim) for part in self._parts(text, citations, near)]
        worst = min(parts, key=lambda part: _SEVERITY.index(part.verdict))
        undecided = worst.verdict is VerdictKind.NOT_IN_SOURCES
        return Verdict(
            claim=claim,
            verdict=worst.verdict,
            explanation=worst.explanation,
            parts=tuple(map(_uncited, parts) if undecided else parts) if len(parts) > 1 else (),
            # What decides a part proves nothing of a whole that the reports leave open.
            citations=() if undecided else citations.all(),
            nearest=near.all() if undecided else (),
            timing_ms={"total": round(1000 * (perf_counter() - started), 1)},
        )

    def _parts(self, sentence: str, citations: Citations, near: Citations) -> list[Part]:
        """A sentence as a whole, or the assertions that it joins, each by itself.

        Where each is supported, the whole is; where one is hardly so, the whole is not, since one sentence
        may have most of a claim and nothing of the rest. For the same reason it is refuted only where much
        is against it, or against one of them.
        """
        whole = self._decided(sentence)
        assertions = assertions_of(sentence, self._knowledge.place_words)
        if len(assertions) == 1:
            return [self._told(*self._doubted(whole), citations, near)]
        each = [self._decided(assertion) for assertion in assertions]
        verdict = whole.decision.verdict
        if verdict is VerdictKind.CONTRADICTED:
            stays = whole.decision.chance >= REFUTED_FROM
        else:
            stays = verdict is VerdictKind.SUPPORTED and all(
                one.decision.supported >= LEAST_OF_PART for one in each
            )
        if stays:
            return [self._told(*whole, citations, near)]
        if verdict is VerdictKind.NOT_IN_SOURCES:
            self._told(*whole, citations, near)  # so that what comes nearest is so to all of it
        return [
            self._told(one.text, one.held, _open_if_by_a_hair(one.decision), citations, near)
            for one in each
        ]

    def _decided(self, text: str) -> Decided:
        held = self.held(text, or_table=True)
        decision = _by_table(held) or decide(held.comparisons)
        if not self._is_bound(held, decision):
            decision = replace(_open(decision), supported=0.0)
        place = decision.place
        if place is not None and not held.table:
            near = held.candidates[place], held.evidence[place], held.comparisons[place]
            if is_doubtful(held.claim, decision, *near) or _is_of_elsewhere(held, decision, place):
                decision = _open(decision)
        return Decided(text, held, decision)

    def _is_bound(self, held: Held, decision: Decision) -> bool:
        """Whether what supports a claim says its figures of what the claim says them of."""
        place, is_restated = decision.place, decision.chance >= RESTATED
        if decision.verdict is not VerdictKind.SUPPORTED or place is None or is_restated:
            return True
        return self._comparer.is_bound(held.claim, held.comparisons[place], held.evidence[place])

    def _doubted(self, one: Decided) -> Decided:
        """A long assertion is left open where one sentence has too little of it to decide it."""
        held, decision = one.held, one.decision
        if decision.place is None or held.table or len(words(one.text)) < LONG:
            return one
        if decision.verdict is VerdictKind.SUPPORTED:
            report = held.candidates[decision.place].report.id
            stays = self._together(held, report).chance >= LEAST_OF_LONG
        else:
            stays = decision.chance >= EVEN_ODDS
        return one if stays else one._replace(decision=_open(decision))

    def _told(
        self, text: str, held: Held, decision: Decision, citations: Citations, near: Citations
    ) -> Part:
        if decision.place is None:
            return Part(
                text=text, verdict=decision.verdict, explanation="The reports have nothing near it."
            )
        if held.table and decision.verdict is not VerdictKind.NOT_IN_SOURCES:
            table = held.table
            numbers = [n for row in table.rows for n in citations.add_row(table.report, row)]
            return Part(
                text=text,
                verdict=decision.verdict,
                explanation=f"{table.why}: {'; '.join(table.texts)}.",
                citations=tuple(dict.fromkeys(numbers)),
            )
        if decision.verdict is VerdictKind.NOT_IN_SOURCES:
            return Part(
                text=text,
                verdict=decision.verdict,
                explanation=self._left_open(held, decision.place, near),
            )
        return Part(
            text=text,
            verdict=decision.verdict,
            explanation=explanation(decision, held.comparisons[decision.place]),
            citations=(self._cite(citations, held.candidates[decision.place]),),
        )

    def _left_open(self, held: Held, place: int, near: Citations) -> str:
        """Why nothing decides; what comes nearest is cited, unless it is for an assertion before."""
        if near.all():
            return OPEN
        found = self._together(held) if len(words(held.claim)) >= SAYS_SEVERAL else None
        several = found.places[:MOST_NEAREST] if found and found.chance >= EVEN else ()
        for nearest in several or (place,):
            self._cite(near, held.candidates[nearest])
        return TOGETHER if len(several) > 1 else OPEN

    def _together(self, held: Held, report: str = "") -> Together:
        """What several sentences of a report say together; by itself that which has most of the claim."""
        of_report = defaultdict[str, list[int]](list)
        for place, candidate in enumerate(held.candidates):
            of_report[candidate.report.id].append(place)
        own = of_report.get(report) or max(
            of_report.values(),
            key=lambda places: sum(held.comparisons[place].borne_wide for place in places),
        )
        places = sorted(own, key=lambda place: held.candidates[place].sentence.ordinal)
        return self._several.hold(
            held.claim,
            [held.evidence[place] for place in places],
            [held.comparisons[place].cosine for place in places],
            places,
        )

    def refuting(self, text: str) -> Candidate | ByTable | None:
        """The sentence that excludes what a question takes for granted, where one surely does, or the rows
        of a table of grades."""
        held = self.held(text, or_table=True)
        if held.table:
            return None if held.table.holds else held.table
        decision = decide(held.comparisons)
        sure = decision.verdict is VerdictKind.CONTRADICTED and decision.chance >= REFUTED_FROM
        return held.candidates[decision.place] if sure and decision.place is not None else None

    def held(self, text: str, *, or_table: bool = False) -> Held:
        """An assertion beside the sentences that come nearest, each with how it compares; or beside the
        rows of a table alone, where these decide it and `or_table` says that this is enough."""
        if self._knowledge.version != self._library.version:
            self._refresh()
        text = self._knowledge.written_out(_ended(text))
        inquiry = self._retriever.understand(text)
        if inquiry.wants is Wants.LIST:
            inquiry = replace(inquiry, wants=Wants.OTHER)  # a claim is held against each item
        found = [r.candidate for r in self._retriever.unread(inquiry)]
        # A copy is no second source, and one that was reworded no source at all.
        told = [
            c
            for c in found
            if not c.report.description.copy_of and c.sentence.kind is not BlockKind.HEADING
        ]
        candidates = told[:COMPARED]
        following = {(c.report.id, c.sentence.ordinal + 1) for c in told[:GO_ON]}
        candidates += [
            c
            for c in told[COMPARED:]
            if (c.report.id, c.sentence.ordinal) in following and points_back(c.around)
        ]
        claim = expanded(text, self._knowledge)
        table = (
            placed(inquiry, candidates, self._library)
            or judged(inquiry, text, self._library)
            or told_of_row(inquiry, text, candidates, self._library)
        )
        if table and or_table:
            return Held(claim, candidates, table=table)
        evidence = [
            evidence_of(c.around, self._knowledge, c.report.description) for c in candidates
        ]
        if not evidence:
            return Held(claim)
        names = names_of(text, inquiry.names, self._knowledge)
        comparisons = self._comparer.compare(
            claim,
            evidence,
            names.proper,
            inquiry.related,
            self._rarities(claim),
            written_out=names.written_out,
            places=names.places,
        )
        return Held(claim, candidates, evidence, comparisons, table, inquiry.reports)

    def _cite(self, citations: Citations, candidate: Candidate) -> int:
        sentence, start = candidate.sentence, candidate.sentence.start
        if points_back(candidate.around):
            start = self._library.sentences(candidate.report.id)[sentence.ordinal - 1].start
        return citations.add(candidate.report, (start, sentence.end), sentence.section)

    def _rarities(self, text: str) -> dict[str, float]:
        total = max(1, self._library.lexical.count())
        return {
            root: math.log(1 + total / (1 + self._library.lexical.document_frequency(root)))
            for root in content_stems(text)
        }

    def _refresh(self) -> None:
        self._knowledge = Knowledge(self._library)
        meaning = Meaning(self._retriever.embedder.alone)
        meaning.learn(*self._library.register.word_vectors())
        self._comparer = Comparer(meaning, self._retriever.reader)


def _by_table(held: Held) -> Decision | None:
    """What a table makes of a claim."""
    if held.table is None:
        return None
    if held.table.holds:
        return Decision(VerdictKind.SUPPORTED, 0, RESTATED, RESTATED)
    return Decision(VerdictKind.CONTRADICTED, 0, RESTATED)


def _ended(text: str) -> str:
    """`text` with a full stop where its writer left it out: it reads otherwise without one."""
    return text if text.rstrip("”’\"')").endswith((".", "!", "?")) else f"{text}."


def _open_if_by_a_hair(decision: Decision) -> Decision:
    refutes = decision.verdict is VerdictKind.CONTRADICTED
    return _open(decision) if refutes and decision.chance < REFUTED_FROM else decision


def _is_of_elsewhere(held: Held, decision: Decision, place: int) -> bool:
    """Whether what is so at one place is refuted by what is told of another, and not of that one."""
    report, comparison = held.candidates[place].report, held.comparisons[place]
    is_other = held.reports and report.description.place and report.id not in held.reports
    refutes = decision.verdict is VerdictKind.CONTRADICTED and comparison.unnamed
    return bool(is_other and refutes and not comparison.claims_extreme)


def _open(decision: Decision) -> Decision:
    return replace(decision, verdict=VerdictKind.NOT_IN_SOURCES)


def _uncited(part: Part) -> Part:
    return part.model_copy(update={"citations": ()})


def explanation(decision: Decision, comparison: Comparison) -> str:
    """One plain sentence; its figures are the claim's or the quote's own words."""
    figures = [m for m in comparison.matched if is_figure(m)]
    told = ", ".join(dict.fromkeys(m.found_text for m in figures if m.found_text))
    other = next(
        (m for m in figures if m.found_text and m.state in (State.OTHER, State.MOVED, State.REST)),
        None,
    )
    match decision.verdict:
        case VerdictKind.SUPPORTED if any(m.state in (State.DERIVED, State.REST) for m in figures):
            return f"It follows from what the report says{': ' + told if told else ''}."
        case VerdictKind.SUPPORTED if told:
            return f"The report says {told}."
        case VerdictKind.SUPPORTED:
            return "The report says so."
        case VerdictKind.CONTRADICTED if other and other.state is State.MOVED:
            return (
                f"The report says {other.found_text} here; "
                f"{other.claimed_text} is said there of something else."
            )
        case VerdictKind.CONTRADICTED if other:
            return f"The report says {other.found_text}, not {other.claimed_text}."
        case VerdictKind.CONTRADICTED:
            return "The report says otherwise."
    return OPEN
