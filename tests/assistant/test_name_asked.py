"""A name is asked for, and a sentence bears one or none."""

import pytest

from assistant.inquiry import Inquiry
from assistant.name_asked import asks_name, asks_whose, bears_name
from assistant.wants import wants_of
from ingest.words import STOPWORDS, stem, words

REPORT = (
    "In the children’s home, adopters met managers at the hub, and have since then. Half of the units have"
    " multi-agency staff."
)


def inquiry_of(question: str) -> Inquiry:
    weights = {stem(word): 1.0 for word in words(question) if word not in STOPWORDS}
    return Inquiry(asked=question, text=question, wants=wants_of(question), weights=weights)


@pytest.mark.parametrize(
    "question",
    [
        "Which charity runs the drop-in?",
        "which two local prisons have a family room",
        "What is the new panel's chair called?",
        "name of the firm that drives them to school",
        "Which regional adoption agency does Torwick belong to?",
        "name a charity that helps",
        "What is it called in Torwick?",
        "what is the charity that runs it",
    ],
)
def test_a_name_is_asked_for(question: str) -> None:
    assert asks_name(inquiry_of(question))


@pytest.mark.parametrize(
    "question",
    [
        "How many charities run a drop-in?",
        "Why is the hub called Room 9?",
        "What convinced inspectors that the unit was ready?",
        "Which is worse, planning or reviewing?",
        "What share of reports fell below what judges need?",
        "Which areas need improvement?",
        "What home visits were made?",
        "What court reports are late?",
    ],
)
def test_no_name_is_asked_for(question: str) -> None:
    assert not asks_name(inquiry_of(question))


@pytest.mark.parametrize(
    ("question", "sentence", "bears"),
    [
        ("Which charity runs it?", "It is run by a local charity.", False),
        ("Which charity runs it?", "It is run by a local charity, Harbourlight.", True),
        ("Which region is Elmshire in?", "Elmshire is in the East of England.", True),
        ("Which region is it in?", "Services in England and Wales are inspected.", False),
        ("Which PDU had a bus?", "Suffolk PDU had a bus.", True),
        ("Which PDU had a bus?", "One PDU had a bus.", False),
        ("Which PDU had a bus?", "Managers of the unit praised the bus.", False),
        ("Which agency does Torwick use?", "It uses an agency (Adoption Central Vale).", True),
        ("Which charity runs it?", "In England and Wales, a charity runs it.", False),
        ("Which charity runs it?", "Children’s homes and adopters use a charity.", False),
        ("Which charity runs it?", "Multi-agency staff use a charity.", False),
        ("Which charity does Torwick use?", "Torwick’s staff use a charity.", False),
        ("Which charity runs it?", "Since April a charity has run it.", False),
        ("Which region was worst?", "Performance was worst in London.", True),
        ("Which charity runs it?", "A charity in London runs it.", False),
    ],
)
def test_a_sentence_bears_a_name_or_none(question: str, sentence: str, bears: bool) -> None:
    assert bears_name(inquiry_of(question), sentence, REPORT) is bears


@pytest.mark.parametrize(
    ("question", "is_asked"),
    [
        ("Which council was visited by Ann Hart?", True),
        ("Which local authority had to cut the waits?", True),
        ("Which prison had the damp wing?", True),
        ("Which council's staff were praised?", False),
        ("Which council officer signed the plan?", False),
        ("Which neighbouring council helped?", False),
        ("Which prison did most of the men come from?", False),
        ("Which hospital wards were dirty?", False),
        ("Which inspector led it?", False),
        ("Which area of work was weakest in Otterby council?", False),
        ("Which area was weakest?", False),
        ("How many councils were visited?", False),
    ],
)
def test_a_place_is_asked_for(question: str, is_asked: bool) -> None:
    assert asks_whose(inquiry_of(question), "Anyshire") is is_asked
