"""Given the starter library and a claim, this verdict; and what holds for any verdict at all."""

from collections.abc import Callable
from functools import lru_cache

import pytest

from assistant.answer import Verdict, VerdictKind
from assistant.check import MOST_NEAREST
from assistant.engine import Assistant
from assistant.parts import parts_of
from ingest.errors import FindingsError
from ingest.library import Library

FIGURE = "The average vacancy rate for probation officers in the inspected delivery units was {}."
CLAIMS = [
    FIGURE.format("32 per cent"),
    FIGURE.format("57 per cent"),
    "Most prison governors own a canoe.",
    "HMPPS has a plan; the moon is made of green cheese these days.",
    "<script>alert(1)</script> 100% of everything.",
    "“An altogether invented remark”, said Martin Jones.",
    "٣٢ ½ ∞ 9999999999999999999999 per cent of 0 in 0 cases on 99/99/2024",
]


Check = Callable[[str], Verdict]


@pytest.fixture(scope="module")
def check(starter_assistant: Assistant) -> Check:
    """Checks a claim, each once."""
    return lru_cache(starter_assistant.check)


def assert_sound(verdict: Verdict, library: Library) -> None:
    """What holds for any verdict: quotes verbatim, no proof where nothing is decided."""
    for citation in (*verdict.citations, *verdict.nearest):
        report = library.report(citation.report)
        assert citation.quote == report.text[citation.start : citation.end]
        assert not report.description.copy_of
    if verdict.verdict is VerdictKind.NOT_IN_SOURCES:
        assert not verdict.citations
        assert len(verdict.nearest) <= MOST_NEAREST
    else:
        assert verdict.citations
        assert not verdict.nearest
    assert verdict.explanation


@pytest.mark.parametrize("claim", CLAIMS)
def test_every_verdict_is_sound(starter_assistant: Assistant, check: Check, claim: str) -> None:
    assert_sound(check(claim), starter_assistant.library)


def test_a_claim_reads_the_same_without_its_full_stop(check: Check) -> None:
    ended = check(FIGURE.format("57 per cent"))
    open_ended = check(FIGURE.format("57 per cent").rstrip("."))
    assert open_ended.verdict is ended.verdict
    assert open_ended.explanation == ended.explanation


@pytest.mark.parametrize(
    ("claim", "verdict", "rows"),
    [
        ("Wakefield has the highest composite score.", VerdictKind.SUPPORTED, ["Wakefield"]),
        (
            "Leeds has the highest composite score.",
            VerdictKind.CONTRADICTED,
            ["Leeds", "Wakefield"],
        ),
    ],
)
def test_what_is_said_to_have_the_most_is_held_against_the_rows_of_its_table(
    check: Check, starter_assistant: Assistant, claim: str, verdict: VerdictKind, rows: list[str]
) -> None:
    found = check(claim)
    assert_sound(found, starter_assistant.library)
    assert found.verdict is verdict
    assert "row of the table" in found.explanation or "In the table" in found.explanation
    quoted = [c.quote.strip("| ").split(" ")[0] for c in found.citations]
    assert [quote for quote in quoted if quote != "PDU"] == rows


@pytest.mark.parametrize(
    "claim",
    [
        "Wakefield does not have the highest composite score.",
        "Wakefield has the highest composite score in Europe.",
        "Wakefield has the highest composite score, 7 out of 21.",
    ],
)
def test_what_a_table_does_not_tell_is_not_told_by_it(check: Check, claim: str) -> None:
    assert check(claim).verdict is not VerdictKind.SUPPORTED


def test_the_stated_figure_is_supported_and_shown(check: Check) -> None:
    verdict = check(FIGURE.format("32 per cent"))
    assert verdict.verdict is VerdictKind.SUPPORTED
    assert "32 per cent" in verdict.explanation
    assert "32 per cent" in verdict.citations[0].quote


def test_another_figure_is_contradicted_with_the_right_one(check: Check) -> None:
    verdict = check(FIGURE.format("57 per cent"))
    assert verdict.verdict is VerdictKind.CONTRADICTED
    assert "32 per cent" in verdict.explanation
    assert "57 per cent" in verdict.explanation


def test_what_no_report_speaks_of_is_not_in_sources(check: Check) -> None:
    verdict = check("Most prison governors own a canoe.")
    assert verdict.verdict is VerdictKind.NOT_IN_SOURCES


def test_the_whole_is_the_worst_of_its_parts(check: Check) -> None:
    verdict = check(f"{FIGURE.format('32 per cent')} {FIGURE.format('57 per cent')}")
    assert [part.verdict for part in verdict.parts] == [
        VerdictKind.SUPPORTED,
        VerdictKind.CONTRADICTED,
    ]
    assert verdict.verdict is VerdictKind.CONTRADICTED
    numbers = {citation.number for citation in verdict.citations}
    assert all(set(part.citations) <= numbers for part in verdict.parts)


def test_what_a_sentence_joins_is_checked_apart_where_the_whole_is_left_open(
    check: Check,
) -> None:
    verdict = check(f"{FIGURE.format('32 per cent')[:-1]}, but most prison governors have a canoe.")
    assert verdict.verdict is VerdictKind.NOT_IN_SOURCES
    assert [part.verdict for part in verdict.parts] == [
        VerdictKind.SUPPORTED,
        VerdictKind.NOT_IN_SOURCES,
    ]
    # What proves a part proves nothing of a whole that is left open.
    assert not verdict.citations
    assert not any(part.citations for part in verdict.parts)


@pytest.mark.parametrize(
    ("least", "verdict"), [(0.0, VerdictKind.SUPPORTED), (1.1, VerdictKind.NOT_IN_SOURCES)]
)
def test_a_long_claim_is_left_open_where_several_sentences_do_not_support_it(
    starter_assistant: Assistant,
    monkeypatch: pytest.MonkeyPatch,
    least: float,
    verdict: VerdictKind,
) -> None:
    monkeypatch.setattr("assistant.check.LONG", 5)
    monkeypatch.setattr("assistant.check.LEAST_OF_LONG", least)
    found = starter_assistant.check(FIGURE.format("32 per cent"))
    assert found.verdict is verdict
    assert_sound(found, starter_assistant.library)


@pytest.mark.parametrize("claim", ["", "  \n", "?!"])
def test_no_claim_is_refused(starter_assistant: Assistant, claim: str) -> None:
    with pytest.raises(FindingsError, match="no claim"):
        starter_assistant.check(claim)


def test_a_claim_that_is_too_long_is_refused(starter_assistant: Assistant) -> None:
    with pytest.raises(FindingsError, match="longer than"):
        starter_assistant.check("Cases were late. " * 1000)


def test_parts_stand_alone_or_stay_together() -> None:
    assert len(parts_of("The rate rose to 12 per cent. Fewer people left the service.")) == 2
    assert parts_of("Not so. The rate rose to 12 per cent.") == [
        "Not so. The rate rose to 12 per cent."
    ]
