"""The measures of a run, each with its definition; a missing or failed row counts as wrong."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from assistant.answer import VerdictKind
from eval.intervals import bootstrap, wilson
from eval.runs import ClaimRow, QuestionRow

Unit = Literal["share", "words", "seconds", "count"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measured value with its 95% interval, where it has one, and what it is out of."""

    label: str
    value: float | None  # None where nothing could be counted
    low: float | None = None
    high: float | None = None
    total: int = 0
    unit: Unit = "share"


Measures = dict[str, Measure]


def question_measures(rows: Sequence[QuestionRow]) -> Measures:
    """All measures of questions, by key.

    `provable`: share of the answerable questions that a single sentence of the library proves, as
    it was divided: the ceiling of retrieval.
    Retrieval (`success_1`, `success_5`, `ndcg_10`): see `retrieval_measures`.
    `answer_accuracy`: share of the answerable questions that are right: every group of acceptable
    wordings within the first 80 words, no must-not wording there, and a quote that proves it.
    `answer_stated`: the same, whatever else the first words assert.
    `items_right`: share of all questions that are right, refusals among them.
    `refusal_*`: a refusal is right where the reports do not answer; precision is out of all
    refusals, recall out of all questions that ought to be refused, F1 their harmonic mean.
    `must_not`: share of the questions with must-not wordings of which one stands in the first 80
    words of an answer that is no refusal.
    `citation_recall`, `citation_precision`, `figure_faithfulness`: see `eval.support`; micro
    averages over the sentences, citations and numbers of all answers.
    `quote_validity`: share of all citations whose quote is `report.text[start:end]` of the report
    that they name.
    `page_accuracy`: share of the questions with a proving quote that has an acceptable page.
    `answer_words`: median length of the answers. `latency_*`: seconds for one answer.
    """
    answerable = [row for row in rows if row.answerable]
    answered = [row for row in rows if row.status == "answered"]
    proven = [row for row in answerable if row.judgement.page_right is not None]
    return {
        "provable": _rate("Provable in one sentence", (r.relevant_units > 0 for r in answerable)),
        **retrieval_measures(answerable),
        "answer_accuracy": _rate("Answer right", (row.right for row in answerable)),
        "answer_stated": _rate(
            "Answer right, neighbours ignored",
            (row.judgement.stated and row.judgement.page_right is not None for row in answerable),
        ),
        "items_right": _rate("Question right, refusals too", (row.right for row in rows)),
        **_refusals(rows),
        "must_not": _rate(
            "Must-not violations", (bool(r.judgement.asserted) for r in rows if r.must_not)
        ),
        "citation_recall": _micro(
            "Citation recall", (row.judgement.sentences_supported for row in answered)
        ),
        "citation_precision": _micro(
            "Citation precision", (row.judgement.citations_needed for row in answered)
        ),
        "figure_faithfulness": _micro(
            "Figure faithfulness", (row.judgement.figures_faithful for row in answered)
        ),
        "quote_validity": _micro("Quote validity", (row.judgement.quotes_valid for row in rows)),
        "page_accuracy": _rate("Page right", (bool(row.judgement.page_right) for row in proven)),
        "answer_words": _median("Answer length", [row.judgement.words for row in answered]),
        **_latency([row.seconds for row in rows]),
        "errors": _count("Errors", (bool(row.error) for row in rows)),
    }


def claim_measures(rows: Sequence[ClaimRow]) -> Measures:
    """All measures of claims, by key.

    `claim_accuracy`: share of the claims with the expected verdict.
    `claim_macro_f1`: the mean of the F1 of the three verdicts (scikit-learn's `f1_score`,
    average "macro"); a failed row is a verdict of its own that is never right.
    `balanced_accuracy`: supported against not: the mean of the share of supported claims called
    supported and the share of other claims called otherwise.
    `false_support`: share of the claims that are not supported but were called supported.
    `deciding_quote`: share of the claims that the reports decide with the right verdict and a
    quote that proves it.
    `claim_quote_validity`, `claim_latency_*`: as for questions.
    """
    expected = [row.expected for row in rows]
    given = [row.verdict for row in rows]
    decidable = [row for row in rows if row.judgement.quote_right is not None]
    refuted = [row for row in rows if row.expected != VerdictKind.SUPPORTED]
    return {
        "claim_accuracy": _rate("Verdict right", (row.right for row in rows)),
        "claim_macro_f1": _resampled(
            "Verdict macro-F1", len(rows), lambda at: macro_f1(expected, given, at)
        ),
        "balanced_accuracy": _resampled(
            "Supported or not, balanced", len(rows), lambda at: balanced(expected, given, at)
        ),
        "false_support": _rate(
            "False support", (row.verdict == VerdictKind.SUPPORTED for row in refuted)
        ),
        "deciding_quote": _rate(
            "Verdict and quote right", (bool(row.judgement.quote_right) for row in decidable)
        ),
        "claim_quote_validity": _micro(
            "Quote validity", (row.judgement.quotes_valid for row in rows)
        ),
        **_latency([row.seconds for row in rows], "claim_"),
        "claim_errors": _count("Errors", (bool(row.error) for row in rows)),
    }


def retrieval_measures(rows: Sequence[QuestionRow]) -> Measures:
    """success@1, success@5 and nDCG@10 of ir-measures (MacAvaney et al. 2022), over sentences.

    A retrieved sentence is relevant when it is in an acceptable report, on an acceptable page and
    holds one of the item's `quote_has`; all relevant sentences of the library make the ideal
    ranking. A baseline that retrieves passages is measured on its passages against that same
    ideal. A question for which nothing was retrieved has 0.
    """
    import ir_measures  # noqa: PLC0415  (only when measuring)
    from ir_measures import Qrel, ScoredDoc, Success, nDCG  # noqa: PLC0415

    wanted = {"success_1": Success @ 1, "success_5": Success @ 5, "ndcg_10": nDCG @ 10}
    labels = {"success_1": "Success@1", "success_5": "Success@5", "ndcg_10": "nDCG@10"}
    qrels, run = [], []
    for row in rows:
        ideal = max(1, row.relevant_units)
        qrels += [Qrel(row.id, f"relevant {n}", 1) for n in range(ideal)]
        met = 0
        for rank, hit in enumerate(row.hits):
            counted = hit.relevant and met < ideal
            name = f"relevant {met}" if counted else f"other {rank}"
            met += counted
            run.append(ScoredDoc(row.id, name, float(-rank)))
    scores = {key: dict.fromkeys((row.id for row in rows), 0.0) for key in wanted}
    keys = {measure: key for key, measure in wanted.items()}
    if run:
        for found in ir_measures.iter_calc(list(wanted.values()), qrels, run):
            scores[keys[found.measure]][found.query_id] = float(found.value)
    measures = {}
    for key in wanted:
        values = list(scores[key].values())
        if key.startswith("success"):
            measures[key] = _rate(labels[key], (value > 0 for value in values))
        else:
            low, high = bootstrap(values)
            mean = float(np.mean(values)) if values else None
            measures[key] = Measure(labels[key], mean, low, high, len(values))
    return measures


def macro_f1(expected: Sequence[str], given: Sequence[str], at: Sequence[int]) -> float:
    """The mean F1 of the classes that are expected, over the positions `at`."""
    scores = []
    for label in sorted(set(expected)):
        hits = sum(expected[i] == given[i] == label for i in at)
        either = sum((expected[i] == label) + (given[i] == label) for i in at)
        scores.append(2 * hits / either if either else 0.0)
    return sum(scores) / len(scores) if scores else 0.0


def balanced(expected: Sequence[str], given: Sequence[str], at: Sequence[int]) -> float:
    """The mean recall of "supported" and of everything else, over the positions `at`."""
    recalls = []
    for supported in (True, False):
        own = [i for i in at if (expected[i] == VerdictKind.SUPPORTED) == supported]
        right = sum(
            given[i] != "error" and (given[i] == VerdictKind.SUPPORTED) == supported for i in own
        )
        if own:
            recalls.append(right / len(own))
    return sum(recalls) / len(recalls) if recalls else 0.0


def _refusals(rows: Sequence[QuestionRow]) -> Measures:
    refused = [row for row in rows if row.judgement.refused]
    ought = [row for row in rows if not row.answerable]

    def f1(at: Sequence[int]) -> float:
        drawn = [rows[i] for i in at]
        hits = sum(row.judgement.refused and not row.answerable for row in drawn)
        either = sum(row.judgement.refused + (not row.answerable) for row in drawn)
        return 2 * hits / either if either else 0.0

    return {
        "refusal_precision": _rate("Refusal precision", (not row.answerable for row in refused)),
        "refusal_recall": _rate("Refusal recall", (row.judgement.refused for row in ought)),
        "refusal_f1": _resampled("Refusal F1", len(rows) if ought else 0, f1),
    }


def _rate(label: str, outcomes: Iterable[bool]) -> Measure:
    found = list(outcomes)
    return _share(label, sum(found), len(found))


def _micro(label: str, counts: Iterable[tuple[int, int]]) -> Measure:
    pairs = list(counts)
    return _share(label, sum(good for good, _ in pairs), sum(every for _, every in pairs))


def _share(label: str, good: int, total: int) -> Measure:
    low, high = wilson(good, total)
    return Measure(label, good / total if total else None, low, high, total)


def _resampled(label: str, size: int, statistic: Callable[[Sequence[int]], float]) -> Measure:
    if not size:
        return Measure(label, None)
    low, high = bootstrap([0.0] * size, statistic)
    return Measure(label, statistic(range(size)), low, high, size)


def _median(label: str, values: Sequence[int]) -> Measure:
    value = float(np.median(values)) if values else None
    return Measure(label, value, total=len(values), unit="words")


def _latency(seconds: Sequence[float | None], prefix: str = "") -> Measures:
    known = [value for value in seconds if value is not None]
    return {
        f"{prefix}latency_p{percent}": Measure(
            f"Latency p{percent}",
            float(np.percentile(known, percent)) if known else None,
            total=len(known),
            unit="seconds",
        )
        for percent in (50, 95)
    }


def _count(label: str, outcomes: Iterable[bool]) -> Measure:
    found = list(outcomes)
    return Measure(label, float(sum(found)), total=len(found), unit="count")
