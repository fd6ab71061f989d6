"""A figure that measures time or length answers only what asks for that."""

import pytest

from assistant.measures import asked_measure, measured


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("12 weeks", "time"),
        ("12 further months", "time"),
        ("12-hour", "time"),
        ("12 nautical miles", "length"),
        ("12 weekly visits", ""),
        ("12 yardsticks", ""),
    ],
)
def test_a_figure_measures_what_its_unit_is_of(text: str, measure: str) -> None:
    assert measured(text, len("12")) == measure


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("How long did the skipper wait?", "time"),
        ("How soon was it mended?", "time"),
        ("How far is the lock from the bridge?", "length"),
        ("How long is the bridge?", ""),
        ("How many boats are there?", ""),
    ],
)
def test_a_question_asks_for_a_measure(question: str, measure: str) -> None:
    assert asked_measure(question) == measure
