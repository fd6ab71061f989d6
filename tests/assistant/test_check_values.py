"""What a text asserts: its values as ranges, what rounding allows, and where it leans."""

import pytest

from assistant.assertions import Sort, leanings, negations, values
from assistant.quotations import locate, quoted
from assistant.rounding import complement, covers, excludes


@pytest.mark.parametrize(
    ("claim", "said", "fits"),
    [
        ("about a third of cases", "34 per cent of cases", True),
        ("nearly three-quarters of cases", "74 per cent of cases", True),
        ("almost half of cases", "30 per cent of cases", False),
        ("almost half of cases", "52 per cent of cases", False),
        ("some 4,000 people", "3,968 people", True),
        ("some 4,000 people", "3,100 people", False),
        ("over a fifth of staff", "22 per cent of staff", True),
        ("over a fifth of staff", "19 per cent of staff", False),
        ("fewer than one file in five", "18 per cent of files", True),
        ("most cases", "32 per cent of cases", False),
        ("every case", "92 per cent of cases", False),
        ("12 per cent of cases", "12.1 per cent of cases", True),
        ("12.3 per cent of cases", "12.1 per cent of cases", False),
        ("seven years", "seventeen years", False),
        ("a year", "12 months", True),
        ("15 weeks", "15 months", False),
    ],
)
def test_rounding_that_an_editor_accepts(claim: str, said: str, fits: bool) -> None:
    stated, found = values(claim)[0], values(said)[0]
    assert stated.sort is found.sort
    assert covers(stated.range, found.range) is fits


def test_points_are_no_share_and_money_no_count() -> None:
    sorts = [
        v.sort for v in values("up 5 percentage points to 45 per cent, at a cost of £3 million")
    ]
    assert sorts == [Sort.POINTS, Sort.SHARE, Sort.MONEY]


def test_dates_are_ranges_of_days() -> None:
    month, day = values("in August 2024")[0], values("18/07/2024")[0]
    assert month.sort is day.sort is Sort.DATE
    assert excludes(month.range, day.range)
    assert covers(values("in 2024")[0].range, day.range)


def test_grades_by_name_and_by_rank() -> None:
    assert [v.range for v in values("rated ‘Inadequate’, its lowest possible ranking")] == [
        (1, 1),
        (1, 1),
    ]
    assert values("it got the top grade")[0].range == (4, 4)


@pytest.mark.parametrize("text", ["each year", "all the time", "the only one", "19-year-old"])
def test_what_counts_nothing_is_no_value(text: str) -> None:
    assert values(text) == []


def test_the_rest_of_a_whole() -> None:
    assert complement((40, 40)) == (60, 60)


def test_negations_and_leanings() -> None:
    assert negations("It was never reviewed and didn’t work") == 2
    assert leanings("enforcement improved")["progress"] == 1
    assert leanings("enforcement deteriorated")["progress"] == -1
    assert leanings("enforcement has not improved")["progress"] == -1


def test_quoted_words_are_located_or_the_nearest_shown() -> None:
    assert quoted("She called it “a long road” home.") == ["a long road"]
    assert locate("a long road", "It has been a\nlong road for all.").nearness == 1
    altered = locate("can be mended", "Much of this cannot be mended soon.")
    assert altered.nearness < 1
    assert "be mended" in altered.found
    assert locate("a long road", "").nearness < 1
