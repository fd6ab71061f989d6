from pathlib import Path

import pytest
from eval_cases import claim, question

from eval.collection import documents_of, library_of, units_of
from eval.evidence_checker import EvidenceChecker
from eval.items import EvaluationError, ItemSet
from eval.runner import count_relevant
from ingest.embed import Embedder
from ingest.settings import Settings

ITEMS = ItemSet(name="made", questions=(question(),), claims=(claim(),))


def documents(folder: Path) -> Path:
    for name in ("a/harbour-2031.txt", "a/neighbour.md", "b/elsewhere.txt", "a/notes.xyz"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"It kept people safe in 18 per cent of cases at {name}.\n", "utf-8")
    return folder


def test_a_set_brings_the_neighbours_of_its_reports(tmp_path: Path) -> None:
    found = documents_of(ITEMS, documents(tmp_path), tmp_path)
    assert [path.name for path in found] == ["harbour-2031.txt", "neighbour.md"]


def test_a_list_of_reports_beside_the_set_says_exactly_which(tmp_path: Path) -> None:
    (tmp_path / "made.reports.txt").write_text("harbour-2031.txt\nelsewhere.txt\n", "utf-8")
    found = documents_of(ITEMS, documents(tmp_path / "docs"), tmp_path)
    assert [path.name for path in found] == ["harbour-2031.txt", "elsewhere.txt"]


def test_a_report_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="asks about harbour-2031"):
        documents_of(ITEMS, tmp_path, tmp_path)


def test_a_kept_library_is_used_again_and_says_what_proves(tmp_path: Path) -> None:
    found = documents_of(ITEMS, documents(tmp_path / "docs"), tmp_path)
    for _ in range(2):
        with library_of("made", found, Settings(), tmp_path / "cache") as (library, own):
            assert library.counts().reports == 2
            units = units_of(library)
            assert own.library.parent == tmp_path / "cache"
    assert len(list((tmp_path / "cache").iterdir())) == 1
    assert count_relevant(ITEMS.questions, units) == {"q1": 1}


def test_the_checker_of_given_sentences_never_supports_without_any() -> None:
    checker = EvidenceChecker(Embedder(Settings()))
    sentences = ["The harbour unit kept people safe in 18 per cent of cases.", "It rained."]
    claimed = "The harbour unit kept people safe in 18% of cases."
    assert checker.verify(claimed, sentences) == "supported"
    assert checker.verify(claimed.replace("18", "95"), sentences) != "supported"
    assert checker.verify(claimed, []) == "not_in_sources"
