import pytest

from eval.wording import figures, first_words, holds, quotes, states, word_count


@pytest.mark.parametrize(
    "form",
    ["18 per cent", "18%", "18 percent", "18 per-cent", "Eighteen per cent", "eighteen percent"],
)
def test_every_form_of_a_share_is_the_same(form: str) -> None:
    for text in ("In just 18 per cent of cases.", "It was 18%.", "EIGHTEEN PER CENT, they said"):
        assert holds(text, form)


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("224,000 people", "224000"),
        ("about 1.2 million pounds", "1,200,000"),
        ("£75m was spent", "75 million"),
        ("two hundred and five cases", "205"),
        ("twenty-four units", "24"),
        ("on 29th April 2025", "29 April 2025"),
        ("on April 29, 2025", "29 April 2025"),
        ("published 2025-04-29", "29 April 2025"),
        ("29/04/2025", "29 Apr 2025"),
        ("it ‘requires improvement’", "Requires Improvement"),
        ("two–thirds of staff", "two-thirds"),
        ("the inspectorate’s view", "inspectorate"),
        ("it didn’t align", "didn't"),
    ],
)
def test_forms_of_figures_dates_and_quotes_are_levelled(text: str, wording: str) -> None:
    assert holds(text, wording)


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("18 per cent of cases", "18"),  # a share is no count
        ("18 cases", "18 per cent"),
        ("118 per cent", "18 per cent"),
        ("in 2018", "18"),
        ("18.5 per cent", "18 per cent"),
        ("18 percentage points", "18 per cent"),
        ("nothing else", "no"),
        ("20 to 30 units", "20 30"),
        ("anything", ""),
    ],
)
def test_near_wordings_are_not_the_same(text: str, wording: str) -> None:
    assert not holds(text, wording)


def test_an_expected_bare_number_may_be_a_share_in_the_answer_and_not_the_reverse() -> None:
    assert states("67 per cent of cases", "67")
    assert not states("67 cases", "67 per cent")
    assert not states("167 per cent", "67")


def test_numbers_of_citations_are_neither_words_nor_figures() -> None:
    text = "Six units [1]. Four [12]."
    assert figures(text) == ["6", "4"]
    assert word_count(text) == 3
    assert first_words("one two [1] three four", 3) == "one two three"


def test_the_pronoun_one_is_no_figure() -> None:
    assert figures("One of them, in one hundred cases and one per cent") == ["100", "1%"]


def test_quotes_level_case_spaces_and_punctuation_but_no_figures() -> None:
    assert quotes("They were kept\nsafe — in just\t18 per cent.", "safe in just 18 per")
    assert not quotes("They were kept safe in 18%.", "safe in 18 per cent")
    assert not quotes("It is unsafe in 18 per cent", "safe in 18 per cent")
