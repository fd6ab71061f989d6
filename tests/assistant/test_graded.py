"""Given reports with a table of grades, what a claim says of the grades is held against the whole of it."""

from collections.abc import Callable, Iterator

import pytest
from small_library import assistant_over

from assistant.engine import Assistant
from assistant.extremes import ByTable, Extreme
from assistant.graded import graded, judged

REPORT = """# Inspection of {place} local authority lighthouses

Inspection dates: 3 to 7 June 2024

| Judgement | Grade |
| --- | --- |
| The impact of leaders on keepers' work | {leaders} |
| The experiences of sailors who need help and protection | {help} |
| The experiences of sailors in care | Outstanding |
| The experiences of care leavers | Good |
| Overall effectiveness | Good |

The lamps were lit at dusk, and a keeper was there whenever a ship came near the rocks.
"""
Judge = Callable[[str], ByTable | None]
Which = Callable[[str], Extreme | None]


@pytest.fixture(scope="module")
def lights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over reports on the lighthouses of two places."""
    folder = tmp_path_factory.mktemp("lights")
    texts = {
        f"{place.lower()}.md": REPORT.format(place=place, leaders=leaders, help=help_)
        for place, leaders, help_ in (
            ("Otterby", "Good", "Requires improvement to be good"),
            ("Fennmouth", "Outstanding", "Outstanding"),
        )
    }
    with assistant_over(folder, texts) as assistant:
        yield assistant


@pytest.fixture(scope="module")
def judge(lights: Assistant) -> Judge:
    """What the table makes of a claim."""
    return lambda claim: judged(lights.retriever.understand(claim), claim, lights.library)


@pytest.fixture(scope="module")
def which(lights: Assistant) -> Which:
    """The rows that answer a question."""
    return lambda asked: graded(lights.retriever.understand(asked), lights.library)


@pytest.mark.parametrize(
    "claim",
    [
        "Otterby's leadership was rated good.",
        "Inspectors gave Otterby's work with care leavers and its leaders a good each.",
        "Otterby was judged good overall.",
        "Otterby came out good overall, though its help and protection requires improvement.",
        "In Otterby help and protection was the only area graded requires improvement.",
        "Three of Otterby's five grades were good.",
        "Nothing in Otterby was graded inadequate.",
        "Fennmouth was rated good or better across the board.",
        "Fennmouth was good or better on every single judgement.",
        "Otterby was rated good overall although help and protection was only requires improvement.",
        "In 2024 Fennmouth's social care wasn't rated inadequate overall.",
        "Of all the parts of Otterby's inspection, sailors in care did best.",
        "Otterby's leadership got a lower grade than its work with sailors in care.",
        "Fennmouth fell short of the top grade for its care leavers.",
    ],
)
def test_what_the_table_says_holds(judge: Judge, claim: str) -> None:
    found = judge(claim)
    assert found is not None
    assert found.holds
    assert found.rows


@pytest.mark.parametrize(
    ("claim", "row"),
    [
        ("Otterby's leadership was rated outstanding.", "The impact of leaders"),
        ("Otterby got a clean sweep of top marks.", "who need help and protection"),
        ("In Fennmouth leadership was the only area rated outstanding.", "in care: Outstanding"),
        ("Otterby was graded good in every area, help and protection included.", "Requires"),
        ("Work with sailors in care was rated good, just like that with care leavers, in Otterby.",
         "sailors in care: Outstanding"),
        ("Care leavers were the best-rated part of Otterby's report.", "care leavers: Good"),
        ("Care leavers earned a better mark than leadership did in Fennmouth.", "leavers: Good"),
        ("Fennmouth kept its outstanding grade for care leavers.", "care leavers: Good"),
    ],
)  # fmt: skip
def test_what_the_table_says_otherwise_does_not(judge: Judge, claim: str, row: str) -> None:
    found = judge(claim)
    assert found is not None
    assert not found.holds
    assert any(row in text for text in found.texts)


@pytest.mark.parametrize(
    "claim",
    [
        "Otterby's leadership was rated good by the mayor.",  # nobody says so
        "Otterby's leadership kept its good grade.",  # nor what it was before
        "Otterby had an outstanding grade for its keepers' boats.",
        "Otterby is the only borough with an outstanding grade for sailors in care.",
        "Otterby's leadership was rated good in 2019.",
        "Leadership was rated good.",
        "Otterby's leadership was no better than its work with sailors in care.",
        "Greater Otterby Docks was rated good overall.",
        "Otterby was rated outstanding for sailors in care, up from good.",
    ],
)
def test_what_it_does_not_tell_it_leaves_open(judge: Judge, claim: str) -> None:
    assert judge(claim) is None


def test_what_was_not_good_is_no_better(judge: Judge, which: Which) -> None:
    for claim in ("Fennmouth's leadership was not good.", "Fennmouth's leadership isn't good."):
        found = judge(claim)
        assert found is not None
        assert not found.holds
    assert judge("Otterby's leadership wasn't outstanding until June 2024.") is None
    assert which("Which parts of Fennmouth's inspection weren't good?") is None


def test_of_several_reports_on_a_place_those_of_the_time_tell(
    judge: Judge,
) -> None:
    assert judge("Otterby's leadership was rated good in June 2024.") is not None
    assert judge("Otterby's leadership was rated good in May 2024.") is None


def test_which_areas_have_a_grade_is_asked_of_the_table(which: Which) -> None:
    found = which("Which parts of Otterby's inspection came out as good?")
    assert found is not None
    assert [text.rpartition(": ")[2] for text in found.texts] == ["Good", "Good"]
    found = which("Which parts of Fennmouth's social care weren't outstanding?")
    assert found is not None
    assert found.texts == ("The experiences of care leavers: Good",)
    assert which("Which parts of Otterby's inspection did the mayor like?") is None
    assert which("Which areas were good?") is None


def test_each_sentence_of_a_report_that_is_named_is_looked_at(lights: Assistant) -> None:
    retriever, library = lights.retriever, lights.library
    inquiry = retriever.understand("Who peels the onions in Otterby?")
    found = {r.candidate.key for r in retriever.unread(inquiry)}
    (report,) = (r for r in library.reports() if r.source == "otterby.md")
    assert found >= {f"{report.id}:{s.ordinal}" for s in library.sentences(report.id)}
