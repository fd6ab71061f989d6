"""The verdict on the whole, told from verdicts on parts and on earlier inspections."""

from collections.abc import Iterator

import pytest
from small_library import assistant_over

from assistant.answer import Status
from assistant.engine import Assistant
from assistant.verdicts import asks_of_whole, states_overall, tells_of_earlier
from ingest.report import BlockKind, Description, Sentence

# Of two kinds: with the grade of the whole in a line of its own, and with grades of parts alone.
OLD = """# Otterby: Inspection of lighthouse services

Report published: 4 May 2016

Lighthouse services in Otterby require improvement to be good

| Judgement | Grade |
| --- | --- |
| Sailors who need help | Good |
| Sailors in care | Requires improvement |
| The impact of leaders | Good |

## Lamps

The graded judgement about the performance of the lamps is that it is outstanding.

## Information about the area

### Previous inspections

The previous inspection of the lighthouses was in October 2009. The overall quality rating was inadequate.
"""
NEW = """# Inspection of Fennmouth local authority lighthouses

Report published: 7 July 2026

| Judgement | Grade |
| --- | --- |
| The impact of leaders on keepers | Outstanding |
| Sailors who need help | Good |
| Sailors in care | Good |

The lighthouses of Fennmouth are in good repair.
"""


@pytest.fixture(scope="module")
def lights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over one report of each kind."""
    folder = tmp_path_factory.mktemp("lights")
    with assistant_over(folder, {"otterby.md": OLD, "fennmouth.md": NEW}) as assistant:
        yield assistant


@pytest.mark.parametrize(
    "question",
    [
        "How was Otterby rated in 2016?",
        "What was Otterby's overall grade?",
        "What did Otterby get?",
    ],
)
def test_a_place_is_graded_by_what_grades_the_whole(lights: Assistant, question: str) -> None:
    assert "require improvement to be good" in lights.ask(question).answer


def test_where_nothing_grades_the_whole_all_grades_are_told(lights: Assistant) -> None:
    answer = lights.ask("How was Fennmouth rated in 2026?").answer
    assert "leaders on keepers: Outstanding" in answer
    assert "need help: Good" in answer


def test_a_grade_of_the_whole_that_nothing_gives_is_not_found(lights: Assistant) -> None:
    answer = lights.ask("What was Fennmouth's overall grade in 2026?")
    assert answer.status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Otterby was rated as requiring improvement overall in 2016.", "supported"),
        ("Otterby was rated good overall in 2016.", "contradicted"),
    ],
)
def test_a_claim_on_the_whole_is_held_against_what_grades_it(
    lights: Assistant, claim: str, verdict: str
) -> None:
    found = lights.check(claim)
    assert found.verdict == verdict
    assert [citation.quote for citation in found.citations] == [
        "Lighthouse services in Otterby require improvement to be good"
    ]


@pytest.mark.parametrize(
    ("asked", "whole"),
    [
        ("How was Otterby rated by Ofsted in 2016?", True),
        ("Otterby council's latest inspection grade", True),
        ("How was leadership rated in Otterby?", False),
        ("How was SEND in Otterby rated?", False),
        ("How were children's services in Otterby judged?", True),
        ("How were services for children in care judged in Otterby?", False),
    ],
)
def test_a_question_for_the_grade_of_the_whole_is_known(asked: str, whole: bool) -> None:
    assert asks_of_whole(asked, ["otterby"]) is whole


@pytest.mark.parametrize(
    ("text", "page", "overall"),
    [
        ("Lighthouse services in Otterby are good", 1, True),
        ("Children’s services in Otterby require improvement to be good", 1, True),
        ("Lighthouse services in Otterby are good", 3, False),
        ("Lighthouse services in Fennmouth are good", 1, False),
        ("Adoption services in Otterby are good", 1, False),
        ("Too few of the lamps in Otterby were good.", 1, False),
        ("In 2012, Otterby was judged to be good.", 1, False),
    ],
)
def test_on_the_first_page_what_grades_the_services_of_the_place_grades_the_whole(
    text: str, page: int, overall: bool
) -> None:
    report = Description(title="Otterby: Inspection of lighthouse services", place="Otterby")
    assert states_overall(sentence(BlockKind.PARAGRAPH, page), text, report) is overall


def sentence(kind: BlockKind, page: int = 1) -> Sentence:
    return Sentence(ordinal=0, passage=0, start=0, end=9, page=page, kind=kind, section="")


@pytest.mark.parametrize(
    ("kind", "page", "text", "overall"),
    [
        (BlockKind.ROW, 1, "Overall effectiveness: Good", True),
        (BlockKind.PARAGRAPH, 3, "The service was rated inadequate overall.", True),
        (BlockKind.HEADING, 1, "Services in Newtown are inadequate", True),
        (BlockKind.HEADING, 7, "Adoption is outstanding", False),
        (BlockKind.ROW, 1, "Leadership: Good", False),
        (BlockKind.PARAGRAPH, 1, "Overall effectiveness was not judged.", False),
    ],
)
def test_the_verdict_on_the_whole_is_known(
    kind: BlockKind, page: int, text: str, overall: bool
) -> None:
    assert states_overall(sentence(kind, page), text) is overall


def test_what_is_said_of_an_earlier_inspection_is_known() -> None:
    assert tells_of_earlier("At the previous inspection it was good.", "")
    assert tells_of_earlier("It was good.", "About the area > Previous inspections")
    assert tells_of_earlier("It is better since the last inspection in 2022, when it was poor.", "")
    assert not tells_of_earlier("It is good.", "Findings")
    assert not tells_of_earlier("Despite progress since the last inspections it is inadequate.", "")
