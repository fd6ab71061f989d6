"""Figures of a claim in the words of a sentence, and what each may be said of there."""

import pytest

from assistant.matched import State
from assistant.matching import match_values
from assistant.rereading import bindings, in_its_words
from tests.assistant.test_matching import MEANING

SENTENCE = (
    "Decks were sound on just 32 per cent of bridges, and signs were right on only 18 per cent."
)


@pytest.mark.parametrize(
    ("claim", "text", "told"),
    [
        (
            "Signs were right on 18% of bridges.",
            SENTENCE,
            "Signs were right on only 18 per cent of bridges.",
        ),
        (
            "About a third of bridges had sound decks.",
            "Just 32 per cent of bridges had sound decks.",
            "Just 32 per cent of bridges had sound decks.",
        ),
        (
            "The town has mended 21 bridges.",
            "Twenty-one bridges were mended.",
            "The town has mended twenty-one bridges.",
        ),
        (
            "Decks were sound on 40% of bridges.",
            "Decks were sound on 32 per cent of bridges.",
            "Decks were sound on 40% of bridges.",
        ),
        (
            "Most bridges were mended.",
            "Most bridges were mended in May.",
            "Most bridges were mended.",
        ),
    ],
)
def test_a_figure_is_told_as_the_sentence_tells_it(claim: str, text: str, told: str) -> None:
    assert in_its_words(claim, match_values(claim, text, "", "", MEANING), text) == told


def test_each_figure_of_a_sentence_may_be_meant() -> None:
    claim = "Signs were right on 18% of bridges."
    matched = match_values(claim, SENTENCE, "", "", MEANING)
    (binding,) = bindings(claim, matched, SENTENCE, State.SAME)
    assert binding.pairs == (
        (
            "Signs were right on only 18 per cent of bridges.",
            "and signs were right on only 18 per cent.",
        ),
        (
            "Signs were right on just 32 per cent of bridges.",
            "Decks were sound on just 32 per cent of bridges",
        ),
    )


def test_a_figure_that_the_rules_find_elsewhere_may_be_meant_there() -> None:
    claim = "Signs were right on 32% of bridges."
    matched = match_values(claim, SENTENCE, "", "", MEANING)
    (binding,) = bindings(claim, matched, SENTENCE, State.MOVED)
    assert [told for told, _ in binding.pairs] == [
        "Signs were right on just 32 per cent of bridges.",
        "Signs were right on only 18 per cent of bridges.",
    ]


def test_a_lone_figure_is_bound_to_nothing_else() -> None:
    claim, text = "Signs were right on 18%.", "Signs were right on 18 per cent of bridges."
    matched = match_values(claim, text, "", "", MEANING)
    assert not list(bindings(claim, matched, text, State.SAME))
