"""What a claim says of one row of a table is held against its cells."""

from collections.abc import Iterator

import pytest
from small_library import assistant_over

from assistant.answer import VerdictKind
from assistant.engine import Assistant
from assistant.row_claims import told_of_row

REPORT = """# Annual review of the ferries, 2024

## Ferry ratings

| Ferry station inspected | Published | Composite score (out of 21) | Crew (per cent trained) |
| --- | --- | --- | --- |
| Surrey station (Ferry Service – Kent, Surrey and Sussex region) | 21/03/2024 | 3 | 61% |
| West Kent station (Ferry Service – Kent, Surrey and Sussex region) | 18/07/2024 | 5 | 40% |
| Hull and Goole station (Ferry Service – Humber region) | 24/10/2024 | 6 | 72% |
| York station (Ferry Service – Humber region) | 12/12/2024 | 3 | 55% |
| North York station (Ferry Service – Humber region) | 12/12/2024 | 4 | 58% |

The keepers of all stations met in the autumn to talk about the tides.
"""
SUPPORTED, CONTRADICTED, OPEN = (
    VerdictKind.SUPPORTED,
    VerdictKind.CONTRADICTED,
    VerdictKind.NOT_IN_SOURCES,
)


@pytest.fixture(scope="module")
def ferries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over the table."""
    folder = tmp_path_factory.mktemp("ferries")
    with assistant_over(folder, {"ferries.md": REPORT}) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Surrey station scored 3 out of 21.", SUPPORTED),
        ("York station got 3 points.", SUPPORTED),
        ("In York station 55 per cent of the crew were trained.", SUPPORTED),
        ("York station scored 4.", CONTRADICTED),
        ("Surrey station scored 3 of the 21 points.", SUPPORTED),
        ("North York station's score was 4.", SUPPORTED),
        ("Hull and Goole's report came out in October 2024.", SUPPORTED),
        ("The report on Surrey station was published in April 2024.", CONTRADICTED),
        ("Surrey station is in the Kent, Surrey and Sussex region.", SUPPORTED),
        ("West Kent station is in the Kent, Surrey and Sussex region.", SUPPORTED),
        ("Surrey station belongs to the Humber region.", CONTRADICTED),
        ("West Kent station was scored 5 in the report published in July 2024.", SUPPORTED),
    ],
)
def test_a_cell_decides(ferries: Assistant, claim: str, verdict: VerdictKind) -> None:
    found = ferries.check(claim)
    assert found.verdict is verdict
    assert found.explanation.startswith("The table says")


@pytest.mark.parametrize(
    "claim",
    [
        "Surrey station was inspected in March 2024.",  # it was published then
        "Surrey station scored 3 out of 20.",
        "Surrey station had 3 captains.",
        "Not all stations scored 3.",
        "Kent station scored 5.",
        "The Kent region scored 3.",
        "Surrey station scored 3 for its lifeboats.",
        "York station and North York station scored 4.",
        "York scored 3 and North York 4.",
        "North York scored 4 more than York.",
        "West Kent station and Surrey station scored 5.",
        "The Kent, Surrey and Sussex region scored 3.",
        "York region scored 3.",
        "Surrey station had 3 inspectors.",
        "York station scored 55%.",
        "Inspectors came to Surrey station in March 2024.",
        "Surrey station's report came out before April 2024.",
        "Surrey station would have scored 3.",
        "Surrey station scored 3 more.",
        "Hull and Goole station scored more than 3.",
        "Surrey station scored 3, up from 2.",
        "The Humber region is part of York station.",
        "Humber inspectors inspected York station.",
    ],
)
def test_what_cells_do_not_tell_is_not_decided_by_them(ferries: Assistant, claim: str) -> None:
    found = ferries.check(claim)
    assert found.verdict is not SUPPORTED
    assert not found.explanation.startswith("The table says")


OTHER = """# Review of the piers, 2024

| Pier | Score | Places | Boats lost | Budget (£000) | Next inspection |
| --- | --- | --- | --- | --- | --- |
| Tilbury | n/a | 40 | 3 | 3,200 | 02/05/2025 |
| Daventry | 7 | 55 | 12 | 950 | 03/06/2025 |
| Severn | 9 | 62 | 8 | 410 | 04/07/2025 |
| Whitby | 4 | 71 | 5 | 120 | 05/08/2025 |
"""


@pytest.fixture(scope="module")
def piers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over a table with several numbers for each row."""
    folder = tmp_path_factory.mktemp("piers")
    with assistant_over(folder, {"piers.md": OTHER}) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        ("Whitby's score was 4.", True),
        ("Daventry has 55 places.", True),
        ("Daventry has 60 places.", False),
        ("Tilbury's score was 40.", None),  # its score is not given
        ("Tilbury had 3 boats.", None),  # it lost these
        ("Tilbury lost 3 boats.", True),
        ("Severn's budget was £410.", None),  # thousands
        ("Severn was inspected in July 2025.", None),  # it is to be
        ("Whitby lost 5 more boats.", None),
        ("Whitby had 4 inspectors.", None),
    ],
)
def test_only_the_column_that_a_claim_names_tells(
    piers: Assistant, claim: str, holds: bool | None
) -> None:
    inquiry = piers.retriever.understand(claim)
    found = [ranked.candidate for ranked in piers.retriever.unread(inquiry)]
    decided = told_of_row(inquiry, claim, found, piers.library)
    assert (decided.holds if decided else None) is holds


def test_a_station_is_not_its_region(ferries: Assistant) -> None:
    answer = ferries.ask("What score did Surrey get?")
    assert len(answer.sentences) == 1
    assert "West Kent" not in answer.answer


def test_when_a_report_came_out_is_not_refuted_by_another_day(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("hull")
    text = (
        "# Inspection of Hull local authority ferries\n\nInspection dates: 3 to 14 October 2022\n"
    )
    with assistant_over(folder, {"hull.md": text}) as assistant:
        found = assistant.check("The report on Hull's ferries was published in November 2022.")
        assert found.verdict is OPEN
        assert assistant.check("Hull was inspected in October 2022.").verdict is not CONTRADICTED
