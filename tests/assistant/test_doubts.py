"""A verdict that is likely wrong by the look of claim and sentence is left open."""

from dataclasses import replace

import pytest

from assistant.answer import VerdictKind
from assistant.compare import Comparison, Evidence
from assistant.decide import Decision
from assistant.doubts import is_doubtful
from assistant.engine import Assistant
from assistant.matched import Matched, State
from assistant.reader import Reading
from assistant.value import Sort, Value

COUNT, GRADE = Value(Sort.COUNT, (40, 40), 0, 2), Value(Sort.GRADE, (3, 3), 0, 4)
BESIDE = Comparison(
    cosine=0.8, cosine_wide=0.8, clause=0.8, borne=0.7, borne_wide=0.8, worst=0.2,
    names=1.0, rival=False, matched=(), negated=False, agree=0, differ=0,
    against=frozenset(), unnamed=(), extreme=False, claims_extreme=False, quotes=(),
    added=frozenset(), universal=False, length=12, reading=Reading(0.1, 0.8, 0.1),
)  # fmt: skip


def doubtful(
    assistant: Assistant,
    comparison: Comparison,
    chance: float,
    claim: str = "",
    text: str = "",
    verdict: VerdictKind = VerdictKind.CONTRADICTED,
) -> bool:
    found = assistant.retriever.ranked(assistant.retriever.understand("What was found?"))
    paragraph = next(r.candidate for r in found if r.candidate.sentence.kind == "paragraph")
    decision = Decision(verdict, 0, chance)
    return is_doubtful(claim, decision, paragraph, Evidence(text), comparison)


@pytest.mark.parametrize(
    ("state", "chance", "is_open"),
    [
        (State.SAME, 0.85, True),  # all that the claim counts is there
        (State.SAME, 0.95, False),
        (State.OTHER, 0.85, False),
        (State.OTHER, 0.45, True),
        (State.ABSENT, 0.85, False),
        (State.ABSENT, 0.45, True),
    ],
)
def test_the_readers_word_refutes_only_where_it_is_sure(
    starter_assistant: Assistant, state: State, chance: float, is_open: bool
) -> None:
    held = replace(BESIDE, matched=(Matched(COUNT, COUNT, state, 1.0),))
    assert doubtful(starter_assistant, held, chance) is is_open


def test_words_that_go_against_a_claim_refute_it(starter_assistant: Assistant) -> None:
    held = replace(BESIDE, against=frozenset({"direction"}))
    assert not doubtful(starter_assistant, held, 0.4)


@pytest.mark.parametrize(
    ("claim", "text", "is_open"),
    [
        ("The lock was Good before.", "The lock is now Inadequate.", True),
        ("The lock was Good before.", "The lock was previously Inadequate.", False),
        ("The lock is Good.", "The lock is now Inadequate.", False),
    ],
)
def test_a_grade_of_before_is_refuted_by_one_of_before(
    starter_assistant: Assistant, claim: str, text: str, is_open: bool
) -> None:
    held = replace(BESIDE, matched=(Matched(GRADE, GRADE, State.OTHER, 1.0),))
    assert doubtful(starter_assistant, held, 0.9, claim, text) is is_open


@pytest.mark.parametrize(
    ("claim", "text", "is_open"),
    [
        ("The lock slipped to Inadequate.", "In 2022 it was also rated ‘Inadequate’.", True),
        ("The lock stayed Inadequate.", "In 2022 it was also rated ‘Inadequate’.", False),
        ("The lock slipped to Inadequate.", "It fell to ‘Inadequate’, and still leaks.", False),
        ("Leaks fell.", "Leaks also fell.", False),
        ("Hull has more boats than Goole.", "There are more boats at Goole than at Hull.", True),
        ("Hull has fewer boats than Goole.", "There are more boats at Goole than at Hull.", False),
        ("Goole has more boats than Hull.", "There are more boats at Goole than at Hull.", False),
        ("Hull did better than Goole.", "Goole did better than Hull.", True),
        ("Hull sold twice as many as Goole.", "Sales were higher at Goole than at Hull.", True),
        ("Hull slipped from Good to Inadequate.", "It was Inadequate. Staff also felt so.", False),
        ("Hull has boats, and Goole more.", "There are more boats at Goole than at Hull.", False),
    ],
)
def test_what_stays_or_is_the_other_way_round_supports_nothing(
    starter_assistant: Assistant, claim: str, text: str, is_open: bool
) -> None:
    supported = VerdictKind.SUPPORTED
    assert doubtful(starter_assistant, BESIDE, 0.9, claim, text, supported) is is_open
