"""Of ranked sentences those that come near the best are read, and none is lost."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.rank import READ, READ_LAST, read
from assistant.reader import Reader
from ingest.library import Library
from ingest.pipeline import ingest
from ingest.settings import Settings


def test_a_copy_that_comes_last_takes_no_sentences_place(starter_assistant: Assistant) -> None:
    """Copies come after all originals, so that the scores do not only fall."""
    retriever = starter_assistant.retriever
    inquiry = retriever.understand("What share of cases kept people safe?")
    ranked = [
        replace(found, score=score)
        for found, score in zip(retriever.unread(inquiry), (20.0, 5.0, 19.0), strict=False)
    ]
    done = read(inquiry, ranked, Reader())
    assert [found.score for found in done] == [20.0, 19.0, 5.0]
    assert [found.read is not None for found in done] == [True, True, False]


@pytest.mark.parametrize(
    ("question", "number"),
    [("What share of cases kept people safe?", READ), ("Who peels the onions?", READ_LAST)],
)
def test_more_is_read_where_nothing_is_likely(
    starter_assistant: Assistant, question: str, number: int
) -> None:
    retriever = starter_assistant.retriever
    inquiry = retriever.understand(question)
    alike = [replace(found, score=20.0) for found in retriever.unread(inquiry)]
    done = read(inquiry, alike, retriever.reader)
    assert len(alike) > READ_LAST
    assert sum(found.read is not None for found in done) == number


def test_a_row_with_the_words_of_a_name_apart_is_not_called_so(
    tmp_path: Path, settings: Settings
) -> None:
    (tmp_path / "quays.md").write_text(
        "# Report on quays\n\n| Quay inspected | Score |\n| --- | --- |\n"
        "| East Salt quay (region of West Marsh) | 3 |\n| West Salt quay (region of East Marsh) | 5 |\n"
        "| West Marsh quay (region of Salt Bay) | 4 |\n\n"
        "Then they went on to another.\n\n| Boat | Score |\n| --- | --- |\n| Gull | 2 |\n| Tern | 1 |\n",
        encoding="utf-8",
    )
    with Library.open(settings) as library:
        ingest(library, [str(tmp_path / "quays.md")], settings)
        retriever = Assistant(settings, library).retriever
        inquiry = retriever.understand("What score was given to West Salt?")
        rows = [r.candidate.around.text for r in retriever.ranked(inquiry)]
    assert [row for row in rows if "quay (" in row] == [
        row for row in rows if row.startswith("West Salt")
    ]
    assert any(row.startswith("Gull") for row in rows)  # of another table
