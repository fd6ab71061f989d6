"""Puts every item of a set to a system; an error in a row is that row's own."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from assistant.answer import Answer, Verdict
from eval.collection import Unit
from eval.items import Claim, ItemSet, Question
from eval.judge import judge_answer, judge_verdict, relevant
from eval.runs import ClaimRow, Hit, QuestionRow, SystemRun
from eval.systems import DEPTH, System
from ingest.report import Report

log = logging.getLogger(__name__)

Progress = Callable[[int, int, str], None]
"""Called with the items done, the items in all, and the name of the system."""

HIT_CHARS = 1200  # of a retrieved unit that are kept

_Result = TypeVar("_Result")


def run_system(
    system: System,
    items: ItemSet,
    reports: Mapping[str, Report],
    relevant_units: Mapping[str, int],
    *,
    progress: Progress | None = None,
    workers: int = 1,
) -> SystemRun:
    """All rows of one system, in the order of the items.

    `reports` maps ids to reports, to check quotes; `relevant_units` gives for each question how
    many sentences of the library prove it. Several `workers` help only where a language model is
    waited for: local search already uses all cores.
    """
    total = len(items.questions) + len(items.claims)

    def question_row(item: Question) -> QuestionRow:
        return ask_item(system, item, reports, relevant_units.get(item.id, 0))

    def claim_row(item: Claim) -> ClaimRow:
        return check_item(system, item, reports)

    if items.questions:
        attempt(lambda: system.ask(items.questions[0].question, ()))  # loads models, untimed
    with ThreadPoolExecutor(max_workers=workers) as pool:
        questions: list[QuestionRow] = []
        claims: list[ClaimRow] = []
        for q_row in pool.map(question_row, items.questions):
            questions.append(q_row)
            if progress:
                progress(len(questions), total, system.name)
        for c_row in pool.map(claim_row, items.claims):
            claims.append(c_row)
            if progress:
                progress(len(questions) + len(claims), total, system.name)
    return SystemRun(system=system.name, questions=tuple(questions), claims=tuple(claims))


def ask_item(
    system: System, item: Question, reports: Mapping[str, Report], relevant_units: int
) -> QuestionRow:
    """Put one question to a system and judge what comes back."""
    answer, seconds, error = _timed(lambda: system.ask(item.question, item.history))
    if answer is not None and not isinstance(answer, Answer):
        answer, error = None, f"not an answer but {type(answer).__name__}"
    found, retrieve_error = attempt(lambda: system.retrieve(item.question, item.history))
    return QuestionRow(
        id=item.id,
        split=item.split,
        kind=item.kind,
        question=item.question,
        history=tuple(turn.question for turn in item.history),
        reports=item.reports,
        expected=expected_words(item),
        answerable=item.answerable,
        must_not=item.must_not,
        status=answer.status if answer else "error",
        answer=answer.answer if answer else "",
        citations=answer.citations if answer else (),
        hits=tuple(
            Hit(
                source=hit.source,
                page=hit.page,
                text=hit.text[:HIT_CHARS],
                relevant=item.answerable and relevant(item, hit),
            )
            for hit in (found or ())[:DEPTH]
        ),
        relevant_units=relevant_units,
        judgement=judge_answer(item, answer, reports),
        seconds=seconds,
        error=error or retrieve_error,
    )


def check_item(system: System, item: Claim, reports: Mapping[str, Report]) -> ClaimRow:
    """Put one claim to a system and judge what comes back."""
    verdict, seconds, error = _timed(lambda: system.check(item.claim))
    if verdict is not None and not isinstance(verdict, Verdict):
        verdict, error = None, f"not a verdict but {type(verdict).__name__}"
    return ClaimRow(
        id=item.id,
        split=item.split,
        kind=item.kind,
        claim=item.claim,
        reports=item.reports,
        expected=item.verdict,
        verdict=verdict.verdict if verdict else "error",
        explanation=verdict.explanation if verdict else "",
        citations=verdict.citations if verdict else (),
        nearest=verdict.nearest if verdict else (),
        judgement=judge_verdict(item, verdict, reports),
        seconds=seconds,
        error=error,
    )


def expected_words(item: Question) -> str:
    """What a right answer holds, for people: the first wording of each group."""
    if not item.answerable:
        return "a refusal"
    return " + ".join(group[0] for group in item.answers)


def count_relevant(
    questions: Sequence[Question],
    units: Mapping[str, Sequence[Unit]],
) -> dict[str, int]:
    """For each answerable question the number of sentences of the library that prove it."""
    counts = {}
    for item in questions:
        if item.answerable:
            sources = [s for s in units if any(s.startswith(name) for name in item.reports)]
            counts[item.id] = sum(relevant(item, u) for s in sources for u in units[s])
    return counts


def _timed(call: Callable[[], _Result]) -> tuple[_Result | None, float | None, str]:
    begin = time.perf_counter()
    result, error = attempt(call)
    return result, None if error else time.perf_counter() - begin, error


def attempt(call: Callable[[], _Result]) -> tuple[_Result | None, str]:
    """What `call` returns, and no error; or None and the error in words."""
    try:
        return call(), ""
    except Exception as error:  # the boundary: a failed row is wrong, and no more
        log.debug("a row failed", exc_info=True)
        return None, f"{type(error).__name__}: {error}"
