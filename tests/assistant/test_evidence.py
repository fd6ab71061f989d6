"""How a sentence bears out a question, where words alone do not tell."""

from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.evidence import asks_name, bears_name, excludes_share
from assistant.inquiry import Inquiry
from assistant.wants import wants_of
from ingest.library import Library
from ingest.pipeline import ingest
from ingest.settings import Settings
from ingest.words import STOPWORDS, stem, words


@pytest.mark.parametrize(
    ("asked", "text", "excluded"),
    [
        ("Which mark follows from 70%?", "Most bridges: 80%+: Sound", True),
        ("Which mark follows from 70 per cent?", "Many bridges: 65–79%: Passable", False),
        ("and for 55%?", "Few bridges: <50%: Unsound", True),
        ("and for 55%?", "Decks: 61%; Rails: 70%", False),  # figures, no ranges
        ("and for 55 bridges?", "Most bridges: 80%+: Sound", False),
        ("Which mark is best?", "Most bridges: 80%+: Sound", False),
    ],
)
def test_a_range_that_does_not_hold_the_share_is_out(asked: str, text: str, excluded: bool) -> None:
    assert excludes_share(asked, text) is excluded


def test_an_abbreviation_is_not_borne_by_a_word_that_begins_like_it(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# Bridges\n\nThe town has an aspiration to paint them.\n\n"
        "Work follows the ASPIRE plan: assess, paint, rest.\n",
        encoding="utf-8",
    )
    settings = Settings(library=tmp_path / "library")
    with Library.open(settings) as library:
        ingest(library, [str(tmp_path / "a.md")], settings)
        retriever = Assistant(settings, library).retriever
        ranked = retriever.unread(retriever.understand("Who follows the ASPIRE plan?"))
        defining = retriever.unread(retriever.understand("what is ASPIRE?"))
    borne = {r.candidate.around.text.split()[0]: r.coverage.shorts for r in ranked}
    assert borne["Work"] == 1
    assert borne["The"] == 0
    told = [r.candidate.around.text.split()[0] for r in defining]
    assert "Work" in told  # what an abbreviation stands for is told where it stands
    assert "The" not in told


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
    ],
)
def test_a_sentence_bears_a_name_or_none(question: str, sentence: str, bears: bool) -> None:
    assert bears_name(inquiry_of(question), sentence) is bears
