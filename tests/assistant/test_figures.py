"""Given the starter library and a figure, each sentence that states it; and the command that lists them."""

import csv
import json
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.figures import stated_figures, wanted
from ingest.divide import divide
from ingest.errors import FindingsError
from ingest.library import Library
from ingest.readers import read
from ingest.report import Description, Report
from ingest.settings import Settings


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"figure": "18%"}, [("18 per cent", "per cent", "national-inspection-2025.md")]),
        ({"figure": "18"}, [("18", "count", "annual-report-2024-victims-women-young-adults.md")]),
        ({"figure": "£22m"}, [("£22 million", "pounds", "annual-report-2019-20.md")]),
        ({"figure": "a quarter"}, [("one in four", "ratio", "annual-report-2019-20.md")]),
        ({"figure": "22000000"}, []),
        ({"unit": "Pound"}, [("£22 million", "pounds", "annual-report-2019-20.md")]),
        (
            {"figure": "32 per cent"},
            [
                ("32 per cent", "per cent", "annual-report-2024-staffing.md"),
                ("32 per cent", "per cent", "national-inspection-2025.md"),
            ],
        ),
        (
            {"figure": "32 per cent", "subject": "vacancies"},
            [("32 per cent", "per cent", "annual-report-2024-staffing.md")],
        ),
        (
            {"figure": "32 per cent", "period": "2024"},
            [("32 per cent", "per cent", "annual-report-2024-staffing.md")],
        ),
        (
            {"figure": "32 per cent", "report": "national-inspection"},
            [("32 per cent", "per cent", "national-inspection-2025.md")],
        ),
        (
            {"unit": "ratio", "place": "Wakefield"},
            [("6 out of 21", "ratio", "annual-report-2024-pdu-ratings.md")],
        ),
        ({"place": "Birmingham"}, []),
    ],
)
def test_what_is_given_restricts_and_nothing_else_does(
    open_starter: Library, asked: dict[str, str], expected: list[tuple[str, str, str]]
) -> None:
    found = stated_figures(open_starter, wanted(**asked))
    assert [(stated.figure, stated.unit, stated.source) for stated in found] == expected


def test_each_figure_stands_where_it_is_said_to(open_starter: Library) -> None:
    found = list(stated_figures(open_starter, wanted()))
    assert len(found) > 100
    for stated in found:
        report = open_starter.find(stated.source)
        (sentence,) = [
            s
            for s in open_starter.sentences(report.id)
            if (s.start, s.end) == (stated.start, stated.end)
        ]
        spans = (*sentence.lead, (stated.start, stated.end))
        assert any(stated.figure in report.text[start:end] for start, end in spans)
        assert stated.figure in stated.sentence
        assert stated.page == report.page_at(stated.start)
        assert stated.sha256 == report.sha256


LISTS = """# Canoes

Inspectors saw 40 canoes, and 40 paddles, of which:

- 6 leaked badly, and of these:
    - 2 sank
    - 3 were mended, as 40 others were
- 9 were old

Crews of 12 boats met. They agreed on these 5 rules.

- No racing
- Lamps for 12 boats
"""


@pytest.fixture
def lists(settings: Settings) -> Iterator[Library]:
    """A library of one report that has lists; its vectors need no model."""
    reading = read(LISTS.encode(), "canoes.md")
    about = Description(title="Canoes")
    report = Report("canoes", "canoes.md", "/canoes.md", "0", reading.text, (0,), about)
    passages, sentences = divide(reading, report, 1000)
    with Library.open(settings) as library:
        library.put(report, passages, sentences, np.eye(len(sentences), 16, dtype=np.float32))
        yield library


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (
            {},
            [
                ("40", "of which:"), ("40", "of which:"), ("6", "of these:"), ("2", "2 sank"),
                ("3", "others were"), ("40", "others were"), ("9", "9 were old"),
                ("12", "boats met."), ("5", "these 5 rules."), ("12", "Lamps for 12 boats"),
            ],
        ),
        ({"figure": "6"}, [("6", "of these:")]),
        ({"figure": "6", "subject": "others"}, [("6", "others were")]),
        ({"figure": "6", "subject": "these"}, [("6", "of these:")]),
        ({"figure": "5", "subject": "lamps"}, [("5", "Lamps for 12 boats")]),
        ({"figure": "12", "subject": "lamps"}, [("12", "for 12 boats")] * 2),
        ({"subject": "canoes leaked"}, [("40", "of these:"), ("40", "of these:"),
            ("6", "of these:"), ("2", "2 sank"), ("3", "others were"), ("40", "others were")]),
    ],
)  # fmt: skip
def test_a_figure_of_a_lead_in_comes_once(
    lists: Library, asked: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    found = list(stated_figures(lists, wanted(**asked)))
    assert [stated.figure for stated in found] == [figure for figure, _ in expected]
    for stated, (_, end) in zip(found, expected, strict=True):
        assert stated.sentence.endswith(end)


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ({"figure": "many"}, "'many' is no figure; write it as 18 per cent"),
        ({"unit": "miles"}, "'miles' is no unit; the units are: per cent, percentage points"),
    ],
)
def test_what_is_no_figure_or_unit_is_refused(asked: dict[str, str], problem: str) -> None:
    with pytest.raises(FindingsError, match=problem):
        wanted(**asked)


# The command


def test_the_command_prints_lines_json_or_csv(
    findings: Callable[..., Any], starter_copy: Path
) -> None:
    def at(*options: str) -> str:
        called = findings("statistics", "18 per cent", *options, "--library", starter_copy)
        assert (called.code, called.err) == (0, "")
        return str(called.out)

    told, source = at().splitlines()
    assert told.startswith("18 per cent: The national inspection found that")
    assert source.endswith("April 2025, 2025-04-29, page 1")
    (row,) = json.loads(at("--json"))
    assert (row["figure"], row["value"], row["unit"]) == ("18 per cent", 18, "per cent")
    assert told == f"{row['figure']}: {row['sentence']}"
    (cells,) = csv.DictReader(StringIO(at("--csv")))
    assert cells == {name: str(value) for name, value in row.items()}


def test_the_command_says_where_nothing_is_found(
    findings: Callable[..., Any], starter_copy: Path
) -> None:
    def at(*options: str) -> tuple[int, str]:
        called = findings("statistics", "19 per cent", *options, "--library", starter_copy)
        return called.code, called.out

    assert at() == (0, "No report in the library states such a figure.\n")
    assert at("--json") == (0, "[]\n")
    assert at("--csv") == (0, "")


def test_no_cell_is_a_formula(
    findings: Callable[..., Any], write: Callable[[str, str], Path]
) -> None:
    write(
        "reports/=1.md",
        "---\ntitle: '@SUM(1) of canoes'\n---\n\n# Canoes\n\n"
        '=HYPERLINK("http://evil.example") was 5 per cent.\n\n+6 per cent sank, too.\n\n'
        "-7 per cent were late.\n",
    )
    assert findings("ingest", "reports").code == 0
    rows = list(csv.DictReader(StringIO(findings("statistics", "--csv").out)))
    assert [row["sentence"] for row in rows] == [
        '\'=HYPERLINK("http://evil.example") was 5 per cent.',
        "'+6 per cent sank, too.",
        "'-7 per cent were late.",
    ]
    assert all((row["source"], row["title"]) == ("'=1.md", "'@SUM(1) of canoes") for row in rows)
    assert [row["value"] for row in rows] == ["5.0", "6.0", "7.0"]
