"""Given a table, questions for its rows that meet a condition are answered from all of it."""

from collections.abc import Iterator

import pytest
from small_library import assistant_over

from assistant.answer import Status
from assistant.engine import Assistant
from assistant.selections import uncounted

REPORT = """# Annual report on lighthouses 2024

The lamps were lit at dusk in most harbours, and keepers were there whenever a ship came near.

## Scores

| Station inspected | Published | Total score (out of 20) |
| --- | --- | --- |
| Otterby station (North Shore region) | 24/10/2024 | 4 |
| Fennmouth station (North Shore region) | 24/10/2024 | 6 |
| Gull Rock station (North Shore region) | 12/12/2024 | 4 |
| Saltmarsh station (Southern region) | 01/08/2024 | 2 |
| West Quay station (Southern region) | 12/12/2024 | 4 |

| Lamp | Colour |
| --- | --- |
| Great lamp | white |
| Small lamp | red |
| Spare lamp | green |
"""


@pytest.fixture(scope="module")
def lights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over the report."""
    folder = tmp_path_factory.mktemp("lights")
    with assistant_over(folder, {"lighthouses.md": REPORT}) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "How many stations scored exactly 4?",
            "Three: Otterby station (4); Gull Rock station (4); West Quay station (4)",
        ),
        ("Which stations got 4 points or more in the Southern region?", "West Quay station (4)"),
        ("Which North Shore stations scored 4?", "Otterby station (4); Gull Rock station (4)"),
        ("how many stations managed less than 4 out of 20?", "One: Saltmarsh station (2)"),
        (
            "Which station reports came out on 24 October 2024?",
            "Otterby station (24/10/2024); Fennmouth station (24/10/2024)",
        ),
        (
            "How many station reports were published in December 2024?",
            "Two: Gull Rock station (12/12/2024); West Quay station (12/12/2024)",
        ),
        (
            "Which stations are in the North Shore region?",
            "Otterby station; Fennmouth station; Gull Rock station",
        ),
    ],
)
def test_the_rows_that_meet_a_condition_are_listed(
    lights: Assistant, question: str, expected: str
) -> None:
    answer = lights.ask(question)
    assert answer.status is Status.ANSWERED
    assert [sentence.text for sentence in answer.sentences] == [expected]
    rows = expected.count(";") + 1
    assert len(answer.citations) == rows + 1  # and the headings


@pytest.mark.parametrize(
    "question",
    [
        "How many stations scored 9?",
        "How many under-4s were at the stations of the North Shore region?",
        "How many stations are there?",
        "How many stations did not score 4?",
        "Which North Shore stations came out on 24 October?",
        "How many points did the North Shore stations get?",
        "How many keepers left the North Shore stations?",
        "How many stations scored 4 in 2019?",
        "How many station reports came out after December 2024?",
        "Which station reports were published before 12 December 2024?",
        "Why did three stations score 4?",
        "How many stations in Wales scored 4?",
    ],
)
def test_what_the_table_does_not_have_is_not_counted(lights: Assistant, question: str) -> None:
    answer = lights.ask(question)
    assert not any(s.text.count(" station (") > 1 for s in answer.sentences)
    assert not answer.answer.startswith(("One:", "Two:", "Three:", "Four:", "Five:"))


def test_only_the_number_of_the_cited_rows_needs_no_quote() -> None:
    assert uncounted("Two: A (4); B (4)", 3) == "A (4); B (4)"
    assert uncounted("Two: A (4); B (4)", 4) == "Two: A (4); B (4)"
    assert uncounted("Two of them: A", 2) == "Two of them: A"
