"""What a question takes for granted."""

import pytest

from assistant.premise import premise_of


@pytest.mark.parametrize(
    ("question", "premise"),
    [
        ("Why was Leeds graded inadequate in 2020?", "Leeds graded inadequate in 2020"),
        ("so how come the mill shut its doors in May", "the mill shut its doors in May"),
        ("What convinced them that the bridge is safe?", "them that the bridge is safe"),
        ("who decided that fares should double in June?", "fares should double in June"),
        ("The mill shut in 1932, so who bought the looms?", "The mill shut in 1932"),
        (
            "The old bridge was closed in May - what replaced it?",
            "The old bridge was closed in May",
        ),
        ("Given that all ferries run late, what will change?", "all ferries run late"),
        ("Can you tell me why the ferries were late?", "the ferries were late"),
        ("In Leeds, why were fares so high?", "fares so high in Leeds"),
        ("According to the board, why was Leeds graded good?", "Leeds graded good"),
        ("Why was Leeds graded good in 2020 and what has changed?", "Leeds graded good in 2020"),
    ],
)
def test_what_is_taken_for_granted_is_held_against_the_reports(question: str, premise: str) -> None:
    assert premise_of(question) == premise


@pytest.mark.parametrize(
    "question",
    [
        "How many bridges were inspected in 2020?",
        "In May, which bridge was closed?",
        "Why not?",
        "why didn't the ferries run on time?",  # a denial, which parts from its verb
        "Bridges in Leeds - how many are there?",
        "If a bridge is closed, who is told?",
        "Who leads the works?",
        "Why would a bridge be rated inadequate?",
        "Why was it rated good in 2022?",  # what was, the question before it tells
        "Since the last visit in 2018, what has changed?",
        "",
    ],
)
def test_nothing_is_taken_for_granted(question: str) -> None:
    assert premise_of(question) == ""
