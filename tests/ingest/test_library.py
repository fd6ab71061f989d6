"""The library: three stores that agree, one process at a time, mismatches refused."""

import itertools
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ingest.divide import divide
from ingest.embed import Vectors
from ingest.errors import LibraryError, LibraryInUseError
from ingest.library import Library, sentence_texts
from ingest.pipeline import report_id_of
from ingest.readable import plain
from ingest.readers import read
from ingest.report import Description, Report
from ingest.settings import Settings

# Stores one report a name, with vectors that need no model, and dies in the step that is named.
PUT_AND_DIE = """
import os, signal, sys
from pathlib import Path
import numpy as np
from ingest.divide import divide
from ingest.lexical import LexicalIndex
from ingest.library import Library
from ingest.pipeline import report_id_of
from ingest.readers import read
from ingest.register import Register
from ingest.report import Description, Report
from ingest.settings import Settings
from ingest.vectors import VectorIndex

folder, step, *names = sys.argv[1:]
def put(library, name):
    reading = read(f"# {name}\\n\\nAll is well in {name}. Nothing is wrong.".encode(), name)
    report = Report(report_id_of(name), name, name, "0" * 64, reading.text, (0,), Description(name))
    passages, sentences = divide(reading, report, 1000)
    library.put(report, passages, sentences, np.ones((len(sentences), 4), np.float32) / 2)
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
library = Library.open(Settings(library=Path(folder)))
for name in names[:-1]:
    put(library, name)
owner, method = {
    "register": (VectorIndex, "add"), "vectors": (LexicalIndex, "add"),
    "lexical": (Register, "mark_ready"), "removal": (LexicalIndex, "remove"),
}[step]
setattr(owner, method, die)
if step == "removal":
    library.remove(report_id_of(names[0]))
put(library, names[-1])
"""


def report_of(name: str, text: str = "") -> Report:
    reading = read((text or f"# {name}\n\nAll is well in {name}. Nothing is wrong.").encode(), name)
    about = Description(title=f"Report on {name}", published="2024-05-01")
    return Report(report_id_of(name), name, f"/{name}", "0" * 64, reading.text, (0,), about)


def put(library: Library, name: str, text: str = "") -> Report:
    """Store a small report with vectors that need no model."""
    report = report_of(name, text)
    reading = read((text or f"# {name}\n\nAll is well in {name}. Nothing is wrong.").encode(), name)
    passages, sentences = divide(reading, report, 1000)
    library.put(report, passages, sentences, some_vectors(len(sentences)))
    return report


def some_vectors(number: int) -> Vectors:
    random = np.random.default_rng(1).normal(size=(number, 4)).astype(np.float32)
    return np.asarray(random / np.linalg.norm(random, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    with Library.open(settings) as opened:
        yield opened


def test_what_is_put_is_found_in_all_three_stores(library: Library) -> None:
    report = put(library, "hull")
    sentences = library.sentences(report.id)
    assert library.report(report.id) == report
    assert len(sentences) == library.vectors.count() == library.lexical.count() == 3
    assert library.doctor() == []
    assert library.lexical.search({"hull": 1.0}, {"text": 1.0}, 5)
    key, similarity = library.vectors.search(some_vectors(3)[1], 1)[0]
    assert (key, similarity) == (f"{report.id}:1", pytest.approx(1, abs=1e-3))


def test_putting_again_replaces(library: Library) -> None:
    put(library, "hull")
    report = put(library, "hull", "# hull\n\nAll is changed.")
    assert library.counts().reports == 1
    assert library.vectors.count() == library.lexical.count() == 2
    assert library.doctor() == []
    assert "changed" in library.report(report.id).text
    assert not library.lexical.search({"wrong": 1.0}, {"text": 1.0}, 5)


def test_what_is_removed_is_gone_everywhere(library: Library) -> None:
    report = put(library, "hull")
    put(library, "york")
    library.remove(report.id)
    assert [r.source for r in library.reports()] == ["york"]
    assert library.vectors.count() == library.lexical.count() == 3
    assert library.doctor() == []
    assert "hull" not in library.register.vocabulary()
    with pytest.raises(LibraryError, match="has no report"):
        library.report(report.id)


def test_all_of_it_is_there_after_reopening(settings: Settings) -> None:
    with Library.open(settings) as library:
        report = put(library, "hull")
        sentences, passages = library.sentences(report.id), library.passages(report.id)
    with Library.open(settings, create=False) as library:
        assert library.report(report.id) == report
        assert library.sentences(report.id) == sentences
        assert library.passages(report.id) == passages
        assert library.doctor() == []


def test_a_copy_of_a_closed_library_is_a_library(settings: Settings, tmp_path: Path) -> None:
    with Library.open(settings) as library:
        put(library, "hull")
    copy = Path(shutil.copytree(settings.library, tmp_path / "copy"))
    with Library.open(settings), Library.open(Settings(library=copy)) as library:
        assert library.counts().reports == 1
        assert library.doctor() == []


def test_every_change_raises_the_version(library: Library) -> None:
    versions = [library.version]
    report = put(library, "hull")
    versions.append(library.version)
    library.remove(report.id)
    versions.append(library.version)
    assert versions == sorted(set(versions))


def test_reports_are_found_by_id_file_or_title(library: Library) -> None:
    report = put(library, "hull.md")
    put(library, "york.md")
    for name in (report.id, report.id[:6], "hull.md", "HULL", "report on hull"):
        assert library.find(name).id == report.id
    with pytest.raises(LibraryError, match="2 reports answer to 'Report on'"):
        library.find("Report on")
    with pytest.raises(LibraryError, match="No report answers to 'leeds'"):
        library.find("leeds")


# --- what cannot be opened ---------------------------------------------------------------------


def test_a_missing_library_is_made_only_when_wanted(settings: Settings) -> None:
    with pytest.raises(LibraryError, match=r"no library at .*; make one with findings ingest"):
        Library.open(settings, create=False)
    assert not settings.library.exists()


def test_a_file_in_its_place_is_refused(settings: Settings) -> None:
    settings.library.write_text("not a folder")
    with pytest.raises(LibraryError, match="cannot be made"):
        Library.open(settings)


def test_a_library_that_is_open_is_refused_to_others(settings: Settings) -> None:
    with (
        Library.open(settings),
        pytest.raises(LibraryInUseError, match=r"Another process is using .*--library"),
    ):
        Library.open(settings)
    with Library.open(settings) as library:
        assert library.counts().reports == 0


def test_another_process_gets_one_sentence(settings: Settings) -> None:
    command = [sys.executable, "-m", "assistant", "library", "list"]
    with Library.open(settings):
        found = subprocess.run(
            [*command, "--library", str(settings.library)],
            capture_output=True,
            text=True,
            check=False,
        )
    assert found.returncode == 1
    assert found.stdout == ""
    assert found.stderr.startswith("findings: Another process is using the library")
    assert found.stderr.count("\n") == 1


def test_another_format_is_refused(settings: Settings) -> None:
    with Library.open(settings) as library:
        library.register.set_facts({"format": "99"})
    with pytest.raises(LibraryError, match=r"format 99.*ingest the reports into a new library"):
        Library.open(settings)


def test_another_embedding_model_is_refused(settings: Settings) -> None:
    Library.open(settings).close()
    other = settings.model_copy(update={"embedding_model": "/models/other"})
    with pytest.raises(LibraryError, match=r"all-MiniLM-L6-v2.*, not /models/other; set .*tuned"):
        Library.open(other)
    Library.open(settings).close()  # the refusal has not kept the lock


def test_another_dimension_is_refused(library: Library) -> None:
    library.check_dimension(768)
    library.check_dimension(768)
    with pytest.raises(LibraryError, match="768 numbers and the embedding model gives 1024"):
        library.check_dimension(1024)


@pytest.mark.parametrize("file", ["register.sqlite3", "chroma/chroma.sqlite3", "tantivy/meta.json"])
def test_a_damaged_library_is_refused(settings: Settings, tmp_path: Path, file: str) -> None:
    Library.open(settings).close()
    copy = Path(shutil.copytree(settings.library, tmp_path / "copy"))
    (copy / file).write_bytes(b"neither a database nor an index" * 100)
    with pytest.raises(LibraryError, match=r"copy is damaged .*; bring it back from a copy, or"):
        Library.open(Settings(library=copy))


# --- the doctor, and death in the middle -------------------------------------------------------


def test_the_doctor_misses_vectors(library: Library) -> None:
    report = put(library, "hull")
    library.vectors.remove(report.id)
    assert library.doctor() == [
        "hull: Chroma holds 0 of its 3 sentences; remove it and ingest it again."
    ]


def test_the_doctor_misses_words(library: Library) -> None:
    report = put(library, "hull")
    library.lexical.remove(report.id)
    assert library.doctor() == [
        "hull: tantivy holds 0 of its 3 sentences; remove it and ingest it again."
    ]


def test_the_doctor_sees_what_belongs_to_no_report(library: Library) -> None:
    report = put(library, "hull")
    library.register.remove(report.id)
    problems = library.doctor()
    assert len(problems) == 2
    assert all("3 sentences of no report" in problem for problem in problems)


@pytest.mark.parametrize("step", ["register", "vectors", "lexical", "removal"])
def test_a_process_killed_in_the_middle_leaves_a_sound_library(
    settings: Settings, step: str
) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", PUT_AND_DIE, str(settings.library), step, "hull", "york", "leeds"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert killed.returncode == -9, killed.stderr
    expected = {"york"} if step == "removal" else {"hull", "york"}
    with Library.open(settings) as library:
        assert {r.source for r in library.reports()} == expected
        assert library.doctor() == []
        put(library, "leeds")
        assert library.doctor() == []
        assert library.counts().reports == len(expected) + 1


def test_the_register_says_what_a_killed_process_left(settings: Settings) -> None:
    with Library.open(settings) as library:
        report = put(library, "hull")
        library.register.mark_storing(report.id)
        assert library.reports() == []
    with sqlite3.connect(settings.library / "register.sqlite3") as register:
        assert register.execute("select state from reports").fetchall() == [("storing",)]
    with Library.open(settings) as library:
        assert library.counts().reports == 0
        assert library.doctor() == []


# --- the starter library -----------------------------------------------------------------------


def test_every_sentence_of_the_starter_library_is_verbatim(open_starter: Library) -> None:
    for report in open_starter.reports():
        stored = Path(report.location).read_text(encoding="utf-8")
        passages = open_starter.passages(report.id)
        sentences = open_starter.sentences(report.id)
        assert sentences
        for sentence in sentences:
            quote = report.text[sentence.start : sentence.end]
            assert quote.strip() and quote == quote.strip(" \n")
            assert quote in stored
            passage = passages[sentence.passage]
            assert passage.start <= sentence.start < sentence.end <= passage.end
            assert sentence.page == report.page_at(sentence.start) == 1
        shown = sentence_texts(report, sentences)
        assert all(plain(text) == text for text in shown)


def test_sentences_of_a_report_stand_in_order_and_apart(open_starter: Library) -> None:
    for report in open_starter.reports():
        sentences = open_starter.sentences(report.id)
        for one, next_ in itertools.pairwise(sentences):
            assert one.end <= next_.start


def test_the_starter_digests_say_what_they_digest_and_where_it_is(open_starter: Library) -> None:
    reports = open_starter.reports()
    assert len(reports) >= 8
    for report in reports:
        about = report.description
        assert about.title and about.publisher and about.published and about.kind
        assert about.digest_of
        assert about.url.startswith("https://")
