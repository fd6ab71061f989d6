"""Figures in texts: value, unit and place; what only looks like a figure is left out."""

import itertools

import pytest

from ingest.statistics import Unit, number, statistics


def read(text: str) -> list[tuple[float, Unit]]:
    return [(round(s.value, 4), s.unit) for s in statistics(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("18 per cent of cases", 18, Unit.PERCENT),
        ("18% of cases", 18, Unit.PERCENT),
        ("4.5 percent of cases", 4.5, Unit.PERCENT),
        ("twenty-four per cent of cases", 24, Unit.PERCENT),
        ("a rise of 12 percentage points", 12, Unit.POINTS),
        ("£2.5 million was spent", 2_500_000, Unit.MONEY),
        ("£1,250 a year", 1250, Unit.MONEY),
        ("3 million pounds", 3_000_000, Unit.MONEY),
        ("3,968 people", 3968, Unit.COUNT),
        ("240,000 people", 240_000, Unit.COUNT),
        ("twenty-four units", 24, Unit.COUNT),
        ("one hundred and twelve cases", 112, Unit.COUNT),
        ("two-thirds of cases", 200 / 3, Unit.RATIO),
        ("half of the cases", 50, Unit.RATIO),
        ("three quarters of cases", 75, Unit.RATIO),
        ("offending fell by a third after the mentor came", 100 / 3, Unit.RATIO),
        ("one in four cases", 25, Unit.RATIO),
        ("Nine In Ten Keepers", 90, Unit.RATIO),
        ("the figure 45,000", 45_000, Unit.COUNT),
        ("6 out of 10 cases", 60, Unit.RATIO),
        ("half a million people", 500_000, Unit.COUNT),
        ("two and a half years", 2.5, Unit.COUNT),
        ("a dozen cases", 12, Unit.COUNT),
        ("a hundred cases", 100, Unit.COUNT),
        ("they met twice a year", 2, Unit.COUNT),
        ("£22m of funding", 22_000_000, Unit.MONEY),
        ("eight out of ten units", 80, Unit.RATIO),
        ("a rise of 4.5 percentage points", 4.5, Unit.POINTS),
        ("the 3rd report", 3, Unit.ORDINAL),
        ("the second report", 2, Unit.ORDINAL),
    ],
)
def test_value_and_unit(text: str, value: float, unit: Unit) -> None:
    assert read(text) == [(round(value, 4), unit)]


@pytest.mark.parametrize(
    "text",
    [
        "on 30 April 2025",
        "in April 2025",
        "between 3 and 7 June 2024",
        "in 2023",
        "in 2019/20",
        "in 2019-2020",
        "see Figure 8",
        "on page 22",
        "Section 17 of the Act",
        "at 9.30 am",
        "since Covid-19",
        "24/7 support",
        "on 24/10/2024",
        "with one another",
        "no one came",
        "version 2.1.3",
        "as a matter of course",
        "call 0300 555 0199 or +44 555 0199",
        "at 12 Harbour Street",
        "in Room 4, where Year 6 is taught",
        "pupils entering year 8 in September",
        "notices under regulation 28(4)",
        "under reg 28 of the Act",
        "year 8 pupils between year 4 and year 6",
        "regs. 12 and Regulation 9 (2)(a)",
        "2.1 Keepers and their lamps",
        "3. Keepers",
        "7\tHarbour region",
        "with a third-sector partner",
        "the most basic one of them all",
        "a plan is one in which goals are set",
        "one of the highest rates",
        "the new One Harbour service",
    ],
)
def test_dates_labels_and_idioms_are_no_figures(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("about 40 cases", "about"),
        ("nearly half of them", "under"),
        ("more than 200 cases", "over"),
        ("just over a third of cases", "over"),
        ("fewer than 20 staff", "under"),
        ("exactly 20 staff", ""),
        ("just under half of them", "under"),
        ("80%+ of cases", "over"),
        ("<50% of cases", "under"),
        ("a rise of +4%", ""),
    ],
)
def test_rounding_words_are_kept(text: str, hedge: str) -> None:
    assert [s.hedge for s in statistics(text)] == [hedge]


def test_a_figure_is_where_it_says() -> None:
    text = "Of 40 cases, 18 per cent were late and £2 million was lost."
    assert [text[s.start : s.end] for s in statistics(text)] == [
        "40",
        "18 per cent",
        "£2 million",
    ]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("20 to 30 per cent of cases", [(20, Unit.PERCENT), (30, Unit.PERCENT)]),
        ("between 20 and 30 per cent of cases", [(20, Unit.PERCENT), (30, Unit.PERCENT)]),
        ("50-64%", [(50, Unit.PERCENT), (64, Unit.PERCENT)]),
        ("In 2023 and 30 per cent later", [(30, Unit.PERCENT)]),
        ("12 units and 30 per cent of staff", [(12, Unit.COUNT), (30, Unit.PERCENT)]),
        ("a quarter to a half of cases", [(25, Unit.RATIO), (50, Unit.RATIO)]),
        ("6 per cent (4 per cent of one, 8% of two)", [(6, Unit.PERCENT), (4, Unit.PERCENT),
            (1, Unit.COUNT), (8, Unit.PERCENT), (2, Unit.COUNT)]),
        ("24 units in the Two Rivers area", [(24, Unit.COUNT)]),
        ("Inspectors Saw Two Towns", [(2, Unit.COUNT)]),
    ],
)  # fmt: skip
def test_each_figure_of_several_has_its_unit(text: str, values: list[tuple[float, Unit]]) -> None:
    assert read(text) == values


def test_figures_never_overlap() -> None:
    text = "one in four (25 per cent), 3 out of 10, two-thirds of 1,200 and £3.5m on 4 May 2020"
    found = statistics(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert len(found) == 6


def test_a_count_knows_what_it_counts() -> None:
    (found,) = statistics("They waited 15 weeks for it.")
    assert found.noun.split()[0] == "weeks"


def test_a_count_that_stands_for_itself_counts_what_the_one_before_it_did() -> None:
    found = statistics("Of 24 stations they rated 10 as good and 14 as poor.")
    assert [s.noun.split()[0] for s in found] == ["stations"] * 3


@pytest.mark.parametrize(
    ("word", "value"),
    [("twenty-four", 24), ("3,968", 3968), ("one hundred and twelve", 112), ("0.5", 0.5)],
)
def test_numbers_in_words_and_digits(word: str, value: float) -> None:
    assert number(word) == value


@pytest.mark.parametrize("word", ["several", "", "1,2,3", "third"])
def test_what_is_no_number_is_none(word: str) -> None:
    assert number(word) is None


def test_a_long_hostile_text_is_soon_read() -> None:
    assert len(statistics("one hundred and " * 5_000 + "1,000," * 5_000)) > 1000


@pytest.mark.parametrize("digits", ["9" * 320, "9" * 5000 + "th", "£" + "999," * 200 + "999"])
def test_a_number_without_end_is_no_figure(digits: str) -> None:
    assert [s.value for s in statistics(f"{digits} cases in 12 towns")] == [12]
