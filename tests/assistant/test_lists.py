"""Lists are found as wholes, with what introduces them."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.lists import MOST_CHARACTERS, list_of
from ingest.library import Library
from ingest.pipeline import ingest
from ingest.report import BlockKind, Sentence, Span
from ingest.settings import Settings

REPORT = """# Inspection of the Tarnhaven ferry service

The crossing was found to be safe. Staff knew their passengers by name.

## What has to be put right

- The upkeep of the lifeboats.
- Records of who has had first aid training.
- Lighting on the lower quay.

## Passengers

Passengers praised three things:

- the tea;
- the punctual morning boat.

Fewer people travelled in winter.
"""


def _items(count: int, lead: tuple[Span, ...] = (), width: int = 20) -> list[Sentence]:
    head = Sentence(0, 0, 0, 10, 1, BlockKind.HEADING, "S > H")
    starts = range(12, 12 + count * width, width)
    return [
        head,
        *(
            Sentence(i, 0, start, start + width - 2, 1, BlockKind.ITEM, "S > H", lead)
            for i, start in enumerate(starts, 1)
        ),
    ]


def test_a_list_begins_with_the_heading_right_above_it() -> None:
    found = list_of(_items(3), 2)
    assert found is not None
    assert (found.first, found.last, found.head, found.span) == (1, 3, (0, 10), (0, 70))


def test_a_lead_in_counts_before_a_heading() -> None:
    found = list_of(_items(2, lead=((3, 9),)), 1)
    assert found is not None
    assert found.head == (3, 9)
    assert found.span[0] == 3


def test_a_nested_list_belongs_to_the_one_it_hangs_on() -> None:
    sentences = _items(4)
    parent = (sentences[2].start, sentences[2].end)
    sentences[3] = replace(sentences[3], lead=(parent,))
    for ordinal in (1, 3, 4):
        found = list_of(sentences, ordinal)
        assert found is not None
        assert (found.first, found.last) == (1, 4)


def test_what_stands_between_two_items_ends_the_list() -> None:
    sentences = _items(5)
    apart = [replace(s, start=s.start + 50, end=s.end + 50) for s in sentences[3:]]
    found = list_of(sentences[:3] + apart, 1)
    assert found is not None
    assert found.last == 2


@pytest.mark.parametrize(
    ("sentences", "ordinal"),
    [
        (_items(3), 0),  # the heading is no item
        (_items(1), 1),  # one item is no list
        (_items(1)[:1] + [replace(s, end=s.end + 1) for s in _items(3)[1:]], 1),  # ... of sentences
        (_items(3, width=MOST_CHARACTERS), 2),
        (_items(150), 70),
    ],
)
def test_no_list_is_made_of_less_or_too_much(sentences: list[Sentence], ordinal: int) -> None:
    assert list_of(sentences, ordinal) is None


def test_items_of_another_section_do_not_belong() -> None:
    sentences = _items(4)
    sentences[3] = replace(sentences[3], section="S > other")
    found = list_of(sentences, 1)
    assert found is not None
    assert found.last == 2


def test_a_list_that_is_asked_for_is_quoted_whole(tmp_path: Path) -> None:
    (tmp_path / "ferry.md").write_text(REPORT, encoding="utf-8")
    settings = Settings(library=tmp_path / "library")
    with Library.open(settings) as library:
        ingest(library, [str(tmp_path / "ferry.md")], settings)
        assistant = Assistant(settings, library)
        answer = assistant.ask("What are the things that have to be put right at Tarnhaven?")
        (report,) = library.reports()
    (citation,) = answer.citations
    assert citation.quote == report.text[citation.start : citation.end]
    assert citation.quote.strip("# ").startswith("What has to be put right")
    assert citation.quote.endswith("Lighting on the lower quay.")
    assert "lifeboats" in answer.answer
    assert "first aid" in answer.answer
    assert "winter" not in answer.answer


def test_the_lists_of_the_report_that_is_asked_about_are_read(tmp_path: Path) -> None:
    """Also where a search by words and meaning brings none of them."""
    filler = " ".join(f"Boat {number} of Tarnhaven sailed on time." for number in range(60))
    text = REPORT.replace("The crossing", f"{filler}\n\nThe crossing")
    (tmp_path / "reports.toml").write_text('["ferry.md"]\nplace = "Tarnhaven"\n', "utf-8")
    (tmp_path / "ferry.md").write_text(text, encoding="utf-8")
    settings = Settings(library=tmp_path / "library", candidates=5)
    with Library.open(settings) as library:
        ingest(library, [str(tmp_path / "ferry.md")], settings)
        retriever = Assistant(settings, library).retriever
        inquiry = retriever.understand("List the boats of Tarnhaven that sailed on time")
        assert inquiry.reports
        ranked = retriever.ranked(inquiry)
    lists = [r for r in ranked if r.candidate.is_list]
    assert len(lists) == 2
    assert all(r.read is not None for r in lists)
