"""Questions that set places, years or two things side by side."""

from types import SimpleNamespace
from typing import cast

import pytest

from assistant.comparisons import sides
from assistant.knowledge import Knowledge

PLACES = {("bury",): ("1",), ("north", "tyneside"): ("2",), ("derby",): ("3", "4")}
NAMES = ("kent", "surrey")
KNOWLEDGE = cast(Knowledge, SimpleNamespace(places=PLACES, is_name=NAMES.__contains__))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Was the rate in Bury in 2016 above Derby in 2017?",
            [
                ("Bury", "Was the rate in Bury in 2016?"),
                ("Derby", "Was the rate in Derby in 2017?"),
            ],
        ),
        (
            "How did Derby's grade change from 2018 to 2023?",
            [
                ("", "How did Derby's grade change from 2018?"),
                ("", "How did Derby's grade change from 2023?"),
            ],
        ),
        (
            "How did Derby's grade change from the 3 Feb 2022 to the 2025 inspection?",
            [
                ("", "How did Derby's grade change from the 3 Feb 2022 inspection?"),
                ("", "How did Derby's grade change from the 2025 inspection?"),
            ],
        ),
        (
            "Is the share in Bury lower than in Derby?",
            [("Bury", "Is the share in Bury lower?"), ("Derby", "Is the share in Derby lower?")],
        ),
        (
            "Bury and Derby: was Bury better than Derby?",
            [("Bury", "Bury: was Bury better?"), ("Derby", "Derby: was Derby better?")],
        ),
        ("How was Bury rated in 2016?", []),
        (
            "How was West Kent rated compared with Surrey?",
            [("West Kent", "How was West Kent rated?"), ("Surrey", "How was Surrey rated?")],
        ),
        ("Is Surrey a part of West Kent?", []),
        ("Which places were rated good and inadequate?", []),
    ],
)
def test_each_side_is_asked_alone(question: str, expected: list[tuple[str, str]]) -> None:
    assert [(side.label, side.question) for side in sides(question, KNOWLEDGE)] == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Who leaves sooner, drivers or conductors?",
            [
                ("drivers", "Who leaves sooner, drivers?"),
                ("conductors", "Who leaves sooner, conductors?"),
            ],
        ),
        (
            "West Quay or Saltmarsh: which scored better?",
            [
                ("West Quay", "West Quay: which scored better?"),
                ("Saltmarsh", "Saltmarsh: which scored better?"),
            ],
        ),
        (
            "Which is higher, rent or rates?",
            [("rent", "Which is higher, rent?"), ("rates", "Which is higher, rates?")],
        ),
        ("Which is better, tea, coffee or soup?", []),
        ("What is the number of officers, more or less?", []),
        ("What support did the officer give to victims, families or carers?", []),
        ("Did fewer than half in 2019 improve by 2020?", []),
        ("Is it going up or down?", []),
        ("Which units were good or outstanding?", []),
        ("How did they do - one grade or a mix?", []),
        ("What happened between March 2019 and March 2020?", []),
        (
            "Drivers vs conductors, who stays longer? both figures please",
            [
                ("Drivers", "Drivers, who stays longer? both figures please"),
                ("conductors", "conductors, who stays longer? both figures please"),
            ],
        ),
        ("Rents: did they rise or fall?", []),
    ],
)
def test_a_choice_of_two_things_is_asked_of_each(
    question: str, expected: list[tuple[str, str]]
) -> None:
    assert [(side.label, side.question) for side in sides(question, KNOWLEDGE)] == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Which is longer, the pier or the quay?",
            ["the pier is how long?", "the quay is how long?"],
        ),
        (
            "In 2019 which got the better grade, drivers or conductors?",
            ["In 2019 drivers got what grade?", "In 2019 conductors got what grade?"],
        ),
        (
            "Who leaves more often, drivers or conductors?",
            ["drivers leaves how often?", "conductors leaves how often?"],
        ),
        (
            "Who did better in 2019, drivers or conductors?",
            ["drivers did how well in 2019?", "conductors did how well in 2019?"],
        ),
        ("Who leaves sooner, drivers or conductors?", ["", ""]),
    ],
)
def test_a_side_is_asked_in_a_second_wording_too(question: str, expected: list[str]) -> None:
    assert [side.otherwise for side in sides(question, KNOWLEDGE)] == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "How does pay on trams compare with pay on buses?",
            ["how does pay on trams fare?", "how does pay on buses fare?"],
        ),
        (
            "What is the gap between drivers who left and conductors who left?",
            ["how many: drivers who left?", "how many: conductors who left?"],
        ),
        (
            "How many trams ran in 2019/20, against 2024?",
            ["How many trams ran in 2019/20?", "How many trams ran in 2024?"],
        ),
        (
            "What is the difference between a tram and a trolleybus?",
            ["what is a tram?", "what is a trolleybus?"],
        ),
        (
            "Was Kent's fare higher than Surrey's?",
            ["Was Kent's fare higher?", "Was Surrey's fare higher?"],
        ),
        (
            "Kent and Surrey: how far apart were their scores?",
            ["Kent: how far apart were their scores?", "Surrey: how far apart were their scores?"],
        ),
    ],
)
def test_what_is_set_side_by_side_is_asked_of_each(question: str, expected: list[str]) -> None:
    assert [side.question for side in sides(question, KNOWLEDGE)] == expected


def test_two_questions_in_one_are_asked_one_after_the_other() -> None:
    first, second = sides("What went wrong on the trams, and what on the buses?", KNOWLEDGE)
    assert (first.question, first.after) == ("What went wrong on the trams?", "")
    assert (second.question, second.after) == ("what on the buses?", "What went wrong on the trams")


def test_each_of_two_questions_has_the_place_of_the_other() -> None:
    first, second = sides("How was Bury rated and how many drivers left?", KNOWLEDGE)
    assert (first.question, second.question) == (
        "How was Bury rated?",
        "how many drivers left in Bury?",
    )
    first, second = sides("What is the national fare and how was Bury rated?", KNOWLEDGE)
    assert (first.question, second.question) == (
        "What is the national fare?",
        "how was Bury rated?",
    )


@pytest.mark.parametrize(
    "question",
    [
        "How does this compare with last year?",
        "Do drivers know who to call and where to go?",
        "Which depot was rated best, and with what mark?",
    ],
)
def test_what_names_no_two_things_has_no_sides(question: str) -> None:
    assert sides(question, KNOWLEDGE) == ()


def test_many_years_make_no_sides() -> None:
    assert sides("Did Bury change " + " ".join(map(str, range(1900, 2100))), KNOWLEDGE) == ()
