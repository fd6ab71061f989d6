import math

import pytest
from eval_cases import (
    REPORTS,
    Scripted,
    answer,
    citation,
    claim,
    found,
    question,
    refusal,
)

from assistant.answer import Status, VerdictKind
from eval.items import Claim, ItemSet, Question
from eval.metrics import Measures, claim_measures, question_measures
from eval.runner import run_system
from eval.runs import SystemRun
from eval.systems import System

ASKED = question().question


def run(system: System, *items: Question | Claim) -> SystemRun:
    """The rows of a system on some items, of which each question has one proving sentence."""
    questions = tuple(item for item in items if isinstance(item, Question))
    claims = tuple(item for item in items if isinstance(item, Claim))
    relevant = {item.id: 1 for item in questions}
    return run_system(
        system, ItemSet(name="made", questions=questions, claims=claims), REPORTS, relevant
    )


def values(measures: Measures) -> dict[str, float | None]:
    return {key: measure.value for key, measure in measures.items()}


def test_a_right_system_scores_one() -> None:
    system = Scripted(
        {ASKED: answer("18 per cent", citation()),
         "Unknown?": answer("Not said.", status=Status.NOT_FOUND)},
        {"True.": VerdictKind.SUPPORTED, "Unknown.": VerdictKind.NOT_IN_SOURCES},
        hits=[found(1), found(0)],
    )  # fmt: skip
    unknown = refusal().model_copy(update={"question": "Unknown?"})
    absent = claim("c2", claim="Unknown.", verdict="not_in_sources", reports=[], quote_has=[])
    rows = run(system, question(), unknown, claim(claim="True."), absent)
    measured = values(question_measures(rows.questions)) | values(claim_measures(rows.claims))
    for key in (
        *("success_1", "success_5", "ndcg_10", "answer_accuracy", "items_right", "page_accuracy"),
        *("refusal_precision", "refusal_recall", "refusal_f1", "figure_faithfulness"),
        *("quote_validity", "claim_accuracy", "claim_macro_f1", "deciding_quote"),
        *("balanced_accuracy", "claim_quote_validity"),
    ):
        assert measured[key] == 1.0, key
    for key in ("must_not", "false_support", "errors", "claim_errors"):
        assert measured[key] == 0.0, key


def test_a_deliberately_wrong_system_scores_nothing() -> None:
    wrong = answer("41 per cent", citation(quote="Safe in 41 per cent", place=2))
    verdicts = {"True.": VerdictKind.CONTRADICTED, "Unknown.": VerdictKind.SUPPORTED}
    system = Scripted({ASKED: wrong, "Unknown?": wrong}, verdicts, hits=[found(2), found(0)])
    unknown = refusal().model_copy(update={"question": "Unknown?"})
    absent = claim("c2", claim="Unknown.", verdict="not_in_sources", reports=[], quote_has=[])
    rows = run(system, question(), unknown, claim(claim="True."), absent)
    measured = values(question_measures(rows.questions)) | values(claim_measures(rows.claims))
    for key in (
        *("success_1", "success_5", "ndcg_10", "answer_accuracy", "items_right"),
        *("refusal_recall", "refusal_f1", "quote_validity", "claim_accuracy", "claim_macro_f1"),
        *("deciding_quote", "balanced_accuracy"),
    ):
        assert measured[key] == 0.0, key
    assert measured["must_not"] == 1.0
    assert measured["false_support"] == 1.0


def test_a_failing_system_is_wrong_everywhere_and_stops_nothing() -> None:
    absent = claim("c2", claim="Unknown.", verdict="not_in_sources", reports=[], quote_has=[])
    rows = run(Scripted(), question(), refusal(), claim(), absent)
    assert len(rows.questions) == 2
    assert len(rows.claims) == 2
    measured = values(question_measures(rows.questions)) | values(claim_measures(rows.claims))
    for key in ("answer_accuracy", "items_right", "refusal_recall", "refusal_f1", "success_5",
                "claim_accuracy", "claim_macro_f1", "balanced_accuracy"):  # fmt: skip
        assert measured[key] == 0.0, key
    assert measured["errors"] == 2
    assert measured["claim_errors"] == 2
    assert rows.questions[0].error == f"KeyError: {ASKED!r}"


def test_what_is_no_answer_at_all_is_an_error() -> None:
    system = Scripted({ASKED: "18 per cent"})  # type: ignore[dict-item]
    (row,) = run(system, question()).questions
    assert not row.right
    assert row.error == "not an answer but str"


def test_no_case_is_scored_both_right_and_wrong() -> None:
    texts = ("18 per cent", "41 per cent", "18 per cent or 41 per cent", "No.", "")
    for status in Status:
        for text in texts:
            for cited in ((), (citation(),), (citation(place=0),)):
                system = Scripted({ASKED: answer(text, *cited, status=status)})
                for item in (question(), refusal()):
                    (row,) = run(system, item).questions
                    measured = values(question_measures([row]))
                    verdicts = {measured["items_right"], float(row.right)}
                    if row.answerable:
                        verdicts.add(measured["answer_accuracy"])
                    assert len(verdicts) == 1
                    assert (row.judgement.outcome == "right") == row.right
                    assert not (row.right and row.judgement.asserted)
                    assert not (row.right and row.judgement.refused and row.answerable)


def test_ndcg_counts_all_proving_sentences_of_the_library() -> None:
    system = Scripted({ASKED: answer("18 per cent", citation())}, hits=[found(0), found(1)])
    rows = run(system, question()).questions
    assert question_measures(rows)["ndcg_10"].value == pytest.approx(1 / math.log2(3), abs=1e-4)
    of_two = [rows[0].model_copy(update={"relevant_units": 2})]
    ideal = 1 + 1 / math.log2(3)
    expected = (1 / math.log2(3)) / ideal
    assert question_measures(of_two)["ndcg_10"].value == pytest.approx(expected, abs=1e-4)


def test_a_relevant_sentence_on_the_wrong_page_or_in_another_report_does_not_count() -> None:
    system = Scripted({ASKED: answer("18 per cent", citation())}, hits=[found(1)])
    for change in (
        {"pages": [2]},
        {"reports": ["elsewhere"]},
        {"quote_has": ["in 32 per cent of"]},
    ):
        (row,) = run(system, question(**change)).questions
        assert question_measures([row])["success_5"].value == 0.0


def test_refusal_f1_is_the_harmonic_mean() -> None:
    refused = answer("Not said.", status=Status.NOT_FOUND)
    system = Scripted({ASKED: refused, "Unknown?": refused, "Other?": answer("x", citation())})
    rows = run(
        system,
        question(),
        refusal("q2").model_copy(update={"question": "Unknown?"}),
        refusal("q3").model_copy(update={"question": "Other?"}),
    ).questions
    measured = values(question_measures(rows))
    assert measured["refusal_precision"] == pytest.approx(1 / 2)
    assert measured["refusal_recall"] == pytest.approx(1 / 2)
    assert measured["refusal_f1"] == pytest.approx(1 / 2)


def test_macro_f1_agrees_with_scikit_learn() -> None:
    from sklearn.metrics import balanced_accuracy_score, f1_score  # noqa: PLC0415

    from eval.metrics import balanced, macro_f1  # noqa: PLC0415

    names = ("supported", "contradicted", "not_in_sources")
    expected = [names[i % 3] for i in range(30)]
    given = [names[(i * i + i // 4) % 3] for i in range(30)]
    at = range(30)
    assert macro_f1(expected, given, at) == pytest.approx(
        f1_score(expected, given, average="macro", labels=names)
    )
    assert balanced(expected, given, at) == pytest.approx(
        balanced_accuracy_score([e == "supported" for e in expected],
                                [g == "supported" for g in given])
    )  # fmt: skip


def test_intervals_surround_each_rate() -> None:
    system = Scripted({ASKED: answer("18 per cent", citation())}, hits=[found(1)])
    measure = question_measures(run(system, question()).questions)["answer_accuracy"]
    assert (measure.value, measure.total) == (1.0, 1)
    assert measure.low == pytest.approx(0.2065, abs=1e-4)
    assert measure.high == 1.0
