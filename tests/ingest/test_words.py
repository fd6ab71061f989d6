"""How words and numbers look to the lexical index and the ranking."""

import pytest

from ingest.words import content_words, stem, stems, word_counts, words


@pytest.mark.parametrize("written", ["18 per cent", "18%", "18 percent", "18 per-cent", "18 pct"])
def test_every_form_of_per_cent_is_one_word(written: str) -> None:
    assert words(written) == ["18", "percent"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3,968 people", ["3968", "people"]),
        ("a rate of 4.5.", ["a", "rate", "of", "4.5"]),
        ("The Inspectorate’s view", ["the", "inspectorate", "view"]),
        ("they don't", ["they", "dont"]),
        ("Kent, Surrey and Sussex", ["kent", "surrey", "and", "sussex"]),
        ("well-led", ["well", "led"]),
        ("GCSEs and PDUs", ["gcse", "and", "pdu"]),
        ("Is US ships", ["is", "us", "ships"]),
        ("2023/2024", ["2023", "2024"]),
        ("Émile", ["émile"]),
        ("", []),
        ("– … !", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_contraction_carries_no_meaning() -> None:
    assert content_words("Who'd say they didn’t swim?") == ["swim"]


def test_stems_keep_order_and_repeats() -> None:
    assert stems("Inspected, inspecting, inspects") == ["inspect", "inspect", "inspect"]


def test_forms_of_a_word_share_a_stem() -> None:
    assert stem("vacancies") == stem("vacancy")


def test_content_words_leave_out_grammar_and_repeats() -> None:
    assert content_words("What was the vacancy rate, and is the rate high?") == [
        "vacancy",
        "rate",
        "high",
    ]


def test_word_counts_tell_names_from_words_that_begin_sentences() -> None:
    counts = word_counts(["Staff in Hull were busy.", "Hull lost staff.", "The staff left Hull."])
    assert counts["hull"] == (3, 2)  # once at the start, where a capital says nothing
    assert counts["staff"] == (3, 0)
