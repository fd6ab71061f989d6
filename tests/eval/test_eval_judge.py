import pytest
from eval_cases import REPORTS, answer, citation, claim, question, refusal

from assistant.answer import Answer, AnswerSentence, Status, Verdict, VerdictKind
from eval.judge import Outcome, judge_answer, judge_verdict
from eval.support import support

RIGHT = (
    "18 per cent. “It kept people safe in 18 per cent of cases, and helped them in 32 per cent.”"
)


def test_a_proven_answer_in_any_form_of_the_figure_is_right() -> None:
    for text in (RIGHT, "It was 18%.", "Eighteen percent of cases."):
        assert judge_answer(question(), answer(text, citation()), REPORTS).right


def test_each_fault_has_its_own_outcome() -> None:
    late = "word " * 80 + "18 per cent"
    cases = {
        Outcome.WORDING: answer("32 per cent", citation()),
        Outcome.PROOF: answer("18 per cent", citation(place=0)),
        Outcome.ASSERTED: answer("18 per cent, or 41 per cent", citation()),
        Outcome.REFUSED: answer("Not said.", status=Status.NOT_FOUND),
        Outcome.ERROR: answer("Too long.", status=Status.ERROR),
    }
    for outcome, given in cases.items():
        assert judge_answer(question(), given, REPORTS).outcome is outcome
    assert judge_answer(question(), answer(late, citation()), REPORTS).outcome is Outcome.WORDING
    assert judge_answer(question(), None, REPORTS).outcome is Outcome.ERROR


def test_every_group_is_required() -> None:
    item = question(answers=[["18 per cent"], ["32 per cent", "about a third"]])
    assert judge_answer(item, answer("18% and 32%", citation()), REPORTS).right
    assert not judge_answer(item, answer("18%", citation()), REPORTS).right


def test_either_refusal_is_right_where_one_is_expected_and_an_error_is_none() -> None:
    for status, right in (
        (Status.NOT_FOUND, True),
        (Status.OUT_OF_SCOPE, True),
        (Status.ERROR, False),
        (Status.ANSWERED, False),
    ):
        assert judge_answer(refusal(), answer("Hm.", status=status), REPORTS).right is right


def test_a_refusal_asserts_nothing() -> None:
    given = answer("Not found; the nearest is 41 per cent.", status=Status.NOT_FOUND)
    assert judge_answer(question(), given, REPORTS).asserted == ()


def test_a_proof_from_another_report_or_page_is_none() -> None:
    elsewhere = answer("18 per cent", citation(source="other.txt"))
    assert judge_answer(question(), elsewhere, REPORTS).outcome is Outcome.PROOF
    judged = judge_answer(question(pages=[2]), answer("18 per cent", citation()), REPORTS)
    assert judged.right
    assert judged.page_right is False


def test_the_right_grade_must_come_before_its_rivals() -> None:
    item = question(
        answers=[["requires improvement"]], rivals=["good"], quote_has=["good"], must_not=[]
    )
    assert judge_answer(
        item, answer("Requires improvement to be good", citation(place=0)), REPORTS
    ).right
    assert not judge_answer(
        item, answer("Good; leaders require. Requires improvement.", citation(place=0)), REPORTS
    ).right


@pytest.mark.parametrize(
    "change",
    [{"quote": "It kept people safe"}, {"start": 0}, {"report": "other"}, {"sha256": "0" * 64}],
)
def test_a_quote_is_valid_only_verbatim_at_its_place(change: dict[str, object]) -> None:
    assert judge_answer(question(), answer("x", citation()), REPORTS).quotes_valid == (1, 1)
    changed = answer("x", citation(**change))
    assert judge_answer(question(), changed, REPORTS).quotes_valid == (0, 1)


def test_figures_must_occur_with_their_unit_in_what_the_sentence_cites() -> None:
    assert support(answer("18% and 32%", citation())).figures == (2, 2)
    assert support(answer("18 and 50%", citation())).figures == (0, 2)
    assert support(answer("Rated good in 2031", citation(place=0))).figures == (1, 1)
    stray = Answer(
        question="",
        status=Status.ANSWERED,
        answer="99 per cent. Safe in 18 per cent.",
        sentences=(AnswerSentence(text="Safe in 18 per cent.", citations=(1,)),),
        citations=(citation(),),
    )
    assert support(stray).figures == (1, 2)


def test_citation_recall_and_precision() -> None:
    carried = "It kept people safe in 18 per cent of cases"
    superfluous = support(answer(carried, citation(1), citation(2, place=2)))
    assert superfluous.sentences == (1, 1)
    assert superfluous.citations == (1, 2)
    together = support(
        answer("Half of the staff had left and 18 per cent of cases kept people safe",
               citation(1), citation(2, place=2))
    )  # fmt: skip
    assert (together.sentences, together.citations) == ((1, 1), (2, 2))
    wrong = support(answer(carried, citation(1, place=2)))
    assert (wrong.sentences, wrong.citations) == ((0, 1), (0, 1))
    invented = answer(carried, citation())
    invented = invented.model_copy(
        update={"sentences": (AnswerSentence(text=carried, citations=(1, 7)),)}
    )
    assert support(invented).sentences == (0, 1)


def test_verdicts_and_their_quotes_are_judged_apart() -> None:
    proven = Verdict(claim="", verdict=VerdictKind.SUPPORTED, citations=(citation(),))
    elsewhere = Verdict(claim="", verdict=VerdictKind.SUPPORTED, citations=(citation(place=2),))
    assert judge_verdict(claim(), proven, REPORTS).outcome is Outcome.RIGHT
    judged = judge_verdict(claim(), elsewhere, REPORTS)
    assert (judged.right, judged.quote_right, judged.outcome) == (True, False, Outcome.QUOTE)
    refuted = judge_verdict(claim(verdict="contradicted"), proven, REPORTS)
    assert (refuted.right, refuted.quote_right) == (False, False)
    assert judge_verdict(claim(), None, REPORTS).outcome is Outcome.ERROR
