"""How a sentence bears out a question, where words alone do not tell."""

from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.evidence import excludes_share, is_threshold
from assistant.rank import Ranked
from ingest.library import Library
from ingest.pipeline import ingest
from ingest.settings import Settings


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


@pytest.mark.parametrize(
    ("asked", "row", "answers"),
    [
        ("70% of the bridges are sound: which grade?", "Most: 65–79%: Rating: Good", True),
        (
            "70% of the bridges are sound: which grade?",
            "Nearly all: 80%+: Rating: Outstanding",
            False,
        ),
        ("Which 70% of the bridges are sound?", "Most: 65–79%: Rating: Good", False),
        ("What cut-off has the top grade?", "Nearly all: 80%+: Rating: Outstanding", True),
        ("What cut-off has the top grade?", "Most: 65–79%: Rating: Good", False),
        ("How many bridges were rated Good?", "Most: 65–79%: Rating: Good", False),
        (
            "What cut-off has the top grade?",
            "Aldmouth: 24%; Rating: Outstanding",
            False,
        ),  # no range
    ],
)
def test_a_threshold_answers_for_a_share_by_its_grade_and_for_a_grade_by_its_share(
    asked: str, row: str, answers: bool
) -> None:
    assert is_threshold(asked, row) is answers


def unread(folder: Path, text: str, *questions: str) -> list[list[Ranked]]:
    """What is found for each question in a library of one report, before the reader has seen it."""
    (folder / "a.md").write_text(text, encoding="utf-8")
    settings = Settings(library=folder / "library")
    with Library.open(settings) as library:
        ingest(library, [str(folder / "a.md")], settings)
        retriever = Assistant(settings, library).retriever
        return [retriever.unread(retriever.understand(question)) for question in questions]


def test_an_abbreviation_is_not_borne_by_a_word_that_begins_like_it(tmp_path: Path) -> None:
    ranked, defining = unread(
        tmp_path,
        "# Bridges\n\nThe town has an aspiration to paint them.\n\n"
        "Work follows the ASPIRE plan: assess, paint, rest.\n",
        "Who follows the ASPIRE plan?",
        "what is ASPIRE?",
    )
    borne = {r.candidate.around.text.split()[0]: r.coverage.shorts for r in ranked}
    assert borne["Work"] == 1
    assert borne["The"] == 0
    told = [r.candidate.around.text.split()[0] for r in defining]
    assert "Work" in told  # what an abbreviation stands for is told where it stands
    assert "The" not in told


def test_what_an_abbreviation_is_made_of_tells_what_it_stands_for(tmp_path: Path) -> None:
    (ranked,) = unread(
        tmp_path,
        "# Bridges\n\nThe stages of CARE are judged, which means that bridges are rated.\n\n"
        "Work follows the CARE model – Clean, Assess and Report, and Enjoy.\n",
        "what is CARE short for?",
    )
    assert ranked[0].candidate.around.text.startswith("Work follows")


def test_a_word_of_a_places_name_is_no_abbreviation(tmp_path: Path) -> None:
    (tmp_path / "reports.toml").write_text('["a.md"]\nplace = "West Aldmouth"\n', encoding="utf-8")
    (tmp_path / "a.md").write_text(
        "# Bridges\n\nWater and Estuary Support Teams (WEST) paint West Aldmouth.\n", "utf-8"
    )
    settings = Settings(library=tmp_path / "library")
    with Library.open(settings) as library:
        ingest(library, [str(tmp_path)], settings)
        retriever = Assistant(settings, library).retriever
        assert retriever.understand("Who paints West Aldmouth?").text == "Who paints West Aldmouth?"
        assert "Water and Estuary" in retriever.understand("What do WEST paint?").text


def test_an_abbreviation_is_the_same_of_one_and_of_several(tmp_path: Path) -> None:
    (ranked,) = unread(
        tmp_path,
        "# Bridges\n\nBridge Repair Teams (BRTs) paint them.\n\nEvery BRT has a van.\n",
        "what is a BRT?",
    )
    assert ranked[0].candidate.around.text.startswith("Bridge Repair Teams (BRTs)")


def test_what_stands_below_an_abbreviation_tells_of_it(tmp_path: Path) -> None:
    (ranked,) = unread(
        tmp_path,
        "# Bridges\n\nThe council was told by BRT to paint.\n\n## BRT\n\nThe body that mends bridges.\n",
        "what is BRT?",
    )
    assert "The body that mends bridges." in [r.candidate.around.text for r in ranked]
