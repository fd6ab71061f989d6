"""Our made-up passages are read as they are written, and what is odd is named."""

import random
from pathlib import Path

import pytest

from eval.invented import Asked, Kind, Passage, passages
from eval.reading_pairs import Beside, Relation, entailment, invented, verbatim
from ingest.embed import Embedder
from ingest.settings import Settings

BLOCK = """\
# Bridges | Decks
1 Decks were sound on four bridges.
2 Paint was not.
3 Rails were missing on one.
4 Nobody had asked why.
Q1 how many had a good deck
U when was it built?
S1,3 Four were sound and one lacked rails.
C2 The paint was fine.
N4 The mayor had asked.
Q2 how many had a good deck >> and their paint?
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "made.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_block_is_read(tmp_path: Path) -> None:
    (found,) = passages(written(tmp_path, BLOCK))
    assert (found.title, found.section, len(found.sentences)) == ("Bridges", "Decks", 4)
    assert found.asked[0] == Asked(Kind.ANSWERED, "how many had a good deck", (0,))
    assert found.asked[2].about == (0, 2)
    assert [asked.kind.value for asked in found.asked] == ["Q", "U", "S", "C", "N", "Q"]
    assert found.asked[-1].text == "how many had a good deck and their paint?"


def test_a_line_of_no_kind_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="X1 what"):
        list(passages(written(tmp_path, BLOCK + "X1 what is this\n")))


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return Embedder(Settings())


def test_each_is_held_beside_what_it_is_about_and_others(embedder: Embedder) -> None:
    passage = Passage("T", "S", ("One.", "Two.", "Three."), (Asked(Kind.ANSWERED, "q", (0,)),))
    found = list(invented(passage, [passage], embedder, random.Random(1)))
    # The second sentence has the first before it, so it is no wrong answer.
    assert [pair for pair in found if pair.text == "q"] == [
        Beside("q", "One. | S | T", Relation.ANSWERS),
        Beside("q", "Three. | S | T | Two.", Relation.ANSWERS_NOT),
    ]


def test_under_another_title_a_name_that_only_the_title_bears_is_not_answered(
    embedder: Embedder,
) -> None:
    asked = Asked(Kind.ANSWERED, "how many decks were sound in Aldmouth?", (0,))
    passage = Passage("Bridges of Aldmouth", "S", ("Four decks were sound.",), (asked,))
    other = Passage("Ferries of Byford", "S", ("Two ferries sank.",), ())
    found = list(invented(passage, [other], embedder, random.Random(1)))
    assert [pair for pair in found if pair.text == asked.text] == [
        Beside(asked.text, "Four decks were sound. | S | Bridges of Aldmouth", Relation.ANSWERS),
        Beside(asked.text, "Four decks were sound. | S | Ferries of Byford", Relation.ANSWERS_NOT),
    ]


def test_a_sentence_supports_itself_however_it_is_written() -> None:
    said = list(verbatim("In 18 per cent of cases the ‘deck’ was sound, and paint was not."))
    assert said == [
        "In 18 per cent of cases the ‘deck’ was sound, and paint was not.",
        "In 18% of cases the 'deck' was sound, and paint was not.",
        "In 18 per cent of cases the ‘deck’ was sound.",
    ]


def test_public_pairs_are_read_in_either_form(tmp_path: Path) -> None:
    table = tmp_path / "pairs.tsv"
    table.write_text("prem\thyp\tlabel\nIt rained.\tIt was wet.\tentailment\n", encoding="utf-8")
    (tmp_path / "s1.dev").write_text("It rained.\n", encoding="utf-8")
    (tmp_path / "s2.dev").write_text("It was dry.\n", encoding="utf-8")
    (tmp_path / "labels.dev").write_text("contradiction\n", encoding="utf-8")
    assert list(entailment(table)) == [Beside("It was wet.", "It rained.", Relation.SUPPORTS)]
    assert list(entailment(tmp_path / "s1.dev")) == [
        Beside("It was dry.", "It rained.", Relation.CONTRADICTS)
    ]


def test_the_passages_of_the_project_are_all_well_formed() -> None:
    found = list(passages())
    assert len(found) > 500
    for passage in found:
        for asked in passage.asked:
            assert (asked.kind is Kind.UNANSWERED) is (not asked.about)
            assert all(place < len(passage.sentences) for place in asked.about)
