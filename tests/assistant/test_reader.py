"""The reader tells what supports, contradicts or answers, and what does neither."""

import json
from importlib.resources import files
from pathlib import Path

import pytest

from assistant import reader, reader_base
from assistant.reader import NOTHING, Reader, beside
from ingest.errors import ModelError

LATE = beside(
    "Repairs were finished on time on 41 per cent of the bridges.", "Repairs", "Bridges in 2025"
)
FERRIES = beside("Two ferries were withdrawn in May.", "Ferries", "Bridges in 2025")


@pytest.fixture(scope="module")
def read() -> Reader:
    return Reader()


def test_a_claim_is_supported_contradicted_or_neither(read: Reader) -> None:
    supported, other = read.claims(
        "Fewer than half of the bridges were mended by the deadline.", [LATE, FERRIES]
    )
    assert supported.supports > 0.5
    assert other.neither > 0.5
    (contradicted,) = read.claims("Repairs were finished on time on all of the bridges.", [LATE])
    assert contradicted.contradicts > 0.5


def test_what_answers_stands_above_what_does_not(read: Reader) -> None:
    right, wrong = read.answers("how often was the work done when promised?", [LATE, FERRIES])
    assert right > wrong


def test_a_question_near_it_is_not_answered(read: Reader) -> None:
    asked = ["What did the repairs cost?", "How many bridges were repaired on time?"]
    cost, share = (read.answers(question, [LATE])[0] for question in asked)
    assert share > cost


def test_the_order_of_the_sentences_is_kept(read: Reader) -> None:
    there = read.answers("How many ferries were withdrawn?", [LATE, FERRIES])
    back = read.answers("How many ferries were withdrawn?", [FERRIES, LATE])
    assert there == pytest.approx(back[::-1], abs=0.05)


def test_nothing_to_read_is_no_error(read: Reader) -> None:
    assert read.claims("Anything.", []) == []
    assert read.answers("Anything?", []) == []


def test_a_missing_file_is_named() -> None:
    with pytest.raises(ModelError, match=r"none\.safetensors"):
        Reader("none.safetensors").answers("Anything?", [LATE])


def test_without_the_model_it_builds_on_it_says_so_once_and_reads_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(reader_base, "FOLDER", tmp_path / "none")
    unread = Reader()
    assert not unread.is_there
    assert unread.claims("Anything.", [LATE]) == [NOTHING]
    assert caplog.text.count("run make setup") == 1


@pytest.mark.parametrize(
    ("name", "weights"),
    [
        ("rank.json", reader.FILE),
        ("decline.json", reader.FILE),
        ("check.json", reader.FILE),
        ("together.json", reader.TOGETHER),
    ],
)
def test_what_weighs_its_readings_was_fitted_with_these_weights(name: str, weights: str) -> None:
    stored = json.loads((files("assistant") / name).read_text(encoding="utf-8"))
    assert stored["reader"] == reader.version(weights)
