"""A whole question after one that named a place or a report stays there, until it goes elsewhere."""

from collections.abc import Iterator

import pytest
from small_library import assistant_over

from assistant.answer import Status, Turn
from assistant.engine import Assistant
from assistant.inquiry import Inquiry
from assistant.wants import Wants

REPORT = """# Inspection of {place} local authority lighthouses

Inspection dates: 3 to 7 June {year}

Lead inspector: {lead}

| Judgement | Grade |
| --- | --- |
| The impact of leaders on keepers' work | {leaders} |
| Overall effectiveness | {overall} |

Leadership was stable. The lamps were lit at dusk in {share} per cent of the nights that inspectors looked at.
"""
REVIEW = """# The lights of the coast: a review of a year

In the country as a whole, 4,100 keepers tend the lamps of the coast.
"""
REPORTS = (
    ("Otterby", "2019", "Ann Fell", "Inadequate", "Inadequate", 31),
    ("Otterby", "2024", "Bo Dyer", "Good", "Good", 62),
    ("Fennmouth", "2024", "Cy Reed", "Outstanding", "Requires improvement", 77),
)


@pytest.fixture(scope="module")
def lights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over reports on the lighthouses of two places, and one on those of all."""
    folder = tmp_path_factory.mktemp("lights")
    texts = {"review.md": REVIEW}
    for place, year, lead, leaders, overall, share in REPORTS:
        texts[f"{place.lower()}-{year}.md"] = REPORT.format(
            place=place, year=year, lead=lead, leaders=leaders, overall=overall, share=share
        )
    with assistant_over(folder, texts) as assistant:
        yield assistant


def understood(lights: Assistant, question: str, *before: str) -> Inquiry:
    return lights.retriever.understand(question, [Turn(question=earlier) for earlier in before])


@pytest.mark.parametrize(
    ("before", "question", "text"),
    [
        (
            "How was Otterby rated?",
            "What grade did leadership get?",
            "What grade did leadership get in Otterby?",
        ),
        (
            "How was Otterby rated in 2019?",
            "Who was the lead inspector?",
            "Who was the lead inspector in Otterby in 2019?",
        ),
        (
            "How was Otterby rated in 2019?",
            "What grade did leadership get in 2024?",
            "What grade did leadership get in 2024 in Otterby?",
        ),
        (
            "How was Otterby rated in 2019?",
            "Who is the lead inspector now?",
            "Who is the lead inspector now in Otterby?",
        ),
        (
            "How was Otterby rated?",
            "How many keepers were looked after?",
            "How many keepers were looked after in Otterby?",
        ),
    ],
)
def test_a_whole_question_stays_in_the_place_and_year_before_it(
    lights: Assistant, before: str, question: str, text: str
) -> None:
    inquiry = understood(lights, question, before)
    assert inquiry.stays
    assert inquiry.text == text
    assert inquiry.reports


@pytest.mark.parametrize(
    "question",
    [
        "What grade did leadership get in Fennmouth?",
        "Which places were rated inadequate?",
        "How many lighthouses were inspected nationally?",
        "What did Sir Hugh Tarn say about keepers?",
        "What is a lighthouse keeper's watch?",
        "What grades can a council get?",
        "how was grimsthwaite rated?",
    ],
)
def test_a_question_of_elsewhere_or_of_all_does_not(lights: Assistant, question: str) -> None:
    alone = understood(lights, question)
    assert understood(lights, question, "How was Otterby rated in 2019?") == alone


@pytest.mark.parametrize(
    ("before", "question", "text"),
    [
        ("How was Otterby rated in 2019?", "and in 2024?", "How was Otterby rated in 2024?"),
        ("How was Otterby rated?", "in 2024?", "How was Otterby rated in 2024?"),
        ("How was Otterby rated in 2019?", "five years later?", "How was Otterby rated in 2024?"),
        ("How was Otterby rated in 2024?", "and fennmouth?", "How was fennmouth rated in 2024?"),
        ("How was Otterby rated in 2019?", "What about Fennmouth?", "How was Fennmouth rated?"),
        ("Who led Otterby's inspection?", "and Fennmouth, 2024?", "Who led Fennmouth's inspection in 2024?"),
        ("What did Ann Fell find?", "And Bo Dyer?", "What did Bo Dyer find?"),
    ],
)  # fmt: skip
def test_a_change_of_place_year_or_name_alone_is_told_in_full(
    lights: Assistant, before: str, question: str, text: str
) -> None:
    inquiry = understood(lights, question, before)
    assert inquiry.text == text
    assert inquiry.follows is None


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("How was Otterby rated in 2019?", "and for leadership?"),
        ("How was Otterby rated in 2019?", "and did Fennmouth do better?"),
        ("How was Otterby rated in June 2019?", "and Fennmouth?"),
        ("How was Otterby rated in 2019 and 2024?", "and Fennmouth?"),
        ("How was Otterby rated in 2024?", "and the year after?"),
        ("How was Otterby rated?", "Leadership?"),
        ("How was Otterby rated?", "And Lamps?"),
        ("How many of the 2000 keepers in Otterby were seen?", "and in 2024?"),
        ("How was Otterby rated in 2024?", "and Fennmouth the year after?"),
    ],
)
def test_what_says_more_leans_on_the_question_before(
    lights: Assistant, before: str, question: str
) -> None:
    assert understood(lights, question, before).follows


def test_a_place_is_kept_over_several_turns(lights: Assistant) -> None:
    before = ("How was Otterby rated in 2019?", "And in 2024?", "Who was the lead inspector?")
    inquiry = understood(lights, "What grade did leadership get?", *before)
    assert inquiry.text == "What grade did leadership get in Otterby in 2024?"


def test_the_answer_is_of_that_place(lights: Assistant) -> None:
    history = [Turn(question="How was Otterby rated in 2019?")]
    answer = lights.ask("Who was the lead inspector?", history)
    assert "Ann Fell" in answer.answer
    assert {citation.source for citation in answer.citations} == {"otterby-2019.md"}


@pytest.mark.parametrize(
    "question", ["When was Otterby inspected?", "When was the last inspection of Otterby?"]
)
def test_of_several_times_the_newest_is_told_first(lights: Assistant, question: str) -> None:
    assert lights.ask(question).citations[0].source == "otterby-2024.md"


def test_what_is_said_of_no_place_is_found_all_the_same(lights: Assistant) -> None:
    history = [Turn(question="How was Otterby rated in 2019?")]
    answer = lights.ask("How many keepers tend the lamps of the coast?", history)
    assert "4,100" in answer.answer


def test_what_is_said_of_another_place_only_is_no_answer(lights: Assistant) -> None:
    history = [Turn(question="How was Otterby rated in 2024?")]
    answer = lights.ask("In what share of nights were the lamps lit at noon?", history)
    assert "77" not in answer.answer
    assert answer.status is Status.NOT_FOUND or "62" in answer.answer


@pytest.mark.parametrize(
    ("question", "wants"),
    [
        ("What did Otterby get in 2019?", Wants.RATING),
        ("what has fennmouth council received from ofsted", Wants.RATING),
        ("What did Otterby get for leadership?", Wants.RATING),
        ("What did keepers get?", Wants.OTHER),
        ("What did Otterby get for its money?", Wants.OTHER),
    ],
)
def test_what_a_place_got_is_its_grade(lights: Assistant, question: str, wants: Wants) -> None:
    inquiry = understood(lights, question)
    assert inquiry.wants is wants
    assert inquiry.overall is (wants is Wants.RATING and "leadership" not in question)
