"""How stored text is shown: without markup and layout, figures and words unchanged."""

import pytest

from ingest.readable import cells, columns, plain, readable, row_sentence
from ingest.report import BlockKind


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("**Nearly half** of them", "Nearly half of them"),
        ("<u>Leeds</u> and H<sub>2</sub>O", "Leeds and H2O"),
        ("a [report](https://example.org/a) said", "a report said"),
        ("in most cases.¹² Then", "in most cases. Then"),
        ("cut\n   across lines", "cut across lines"),
        ("a < b and 3 * 4 * 5", "a < b and 3 * 4 * 5"),
        ("snake_case__name", "snake_case__name"),
        ("5 m² of space", "5 m² of space"),
    ],
)
def test_plain(stored: str, shown: str) -> None:
    assert plain(stored) == shown


def test_cells_are_parted_by_tabs_or_pipes() -> None:
    assert cells("Hull\t24\tGood") == ["Hull", "24", "Good"]
    assert cells("Hull | 24 | Good") == ["Hull", "24", "Good"]


def test_each_value_of_a_row_gets_its_column_heading() -> None:
    header = "Unit\tPublished\tScore"
    assert columns("Hull\t03/04/2024\t6", header) == [
        ("Unit", "Hull"),
        ("Published", "03/04/2024"),
        ("Score", "6"),
    ]


def test_cells_without_a_value_are_left_out() -> None:
    assert columns("Hull\t–\t6", "Unit\tPublished\tScore") == [("Unit", "Hull"), ("Score", "6")]


def test_in_a_broken_row_a_value_is_named_only_by_a_heading_of_its_kind() -> None:
    # The cell for the date is gone: 6 must not become the date.
    assert columns("Hull\t6", "Unit\tDate published\tTotal score") == [
        ("Unit", "Hull"),
        ("Total score", "6"),
    ]


def test_a_row_reads_as_a_sentence_with_its_caption() -> None:
    sentence = row_sentence("Hull\t24\t6", ["Ratings by unit", "Unit\tCases\tScore"])
    assert sentence == "Ratings by unit: Hull: Cases: 24; Score: 6"


def test_a_title_without_headings_leads_the_row() -> None:
    assert row_sentence("Care\tGood", ["Services in Hull are good"]) == (
        "Services in Hull are good: Care: Good"
    )


def test_a_row_without_values_reads_as_it_stands() -> None:
    assert row_sentence("–\t–", ["Unit\tScore"]) == "– –"


def test_an_item_is_read_after_its_lead_in_without_its_bullet() -> None:
    text = "Leaders should:\n- train all staff."
    assert readable(text, BlockKind.ITEM, 16, len(text), [(0, 15)]) == (
        "Leaders should: train all staff."
    )


def test_a_paragraph_is_read_plainly() -> None:
    text = "Some **bold**\nwords."
    assert readable(text, BlockKind.PARAGRAPH, 0, len(text)) == "Some bold words."


def test_columns_of_different_bodies_stand_side_by_side() -> None:
    row = "Ann Hart, director\tJo Dee, chief executive"
    shown = "Local authority: Ann Hart, director; Health board: Jo Dee, chief executive"
    assert row_sentence(row, ["Local authority\tHealth board"]) == shown
    named = "Ann Hart, director: Rating: Jo Dee, chief executive"
    assert row_sentence(row, ["Local authority\tRating"]) == named
