"""Given a document and its name, what it is: title, publisher, date, kind, place, period."""

import os
import re
from pathlib import Path

import pytest

from ingest.dates import find_dates, parse_date
from ingest.describe import describe
from ingest.file_name import name_facts
from ingest.publishers import find_publisher, one_name
from ingest.readers import read
from ingest.report import Description

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
PROSE = "The inspectors looked at forty cases in the region and found most of them wanting."


def described(text: str, name: str = "report.txt", **overrides: str) -> Description:
    return describe(read(text.encode(), name), name, f"/reports/{name}", overrides)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("29 April 2025", "2025-04-29"),
        ("the 3rd of December, 2020", "2020-12-03"),
        ("April 29, 2025", "2025-04-29"),
        ("09-may-2025", "2025-05-09"),
        ("24/10/2024", "2024-10-24"),
        ("2025-04-29", "2025-04-29"),
        ("Sept 2024", "2024-09"),
        ("2024-09", "2024-09"),
        ("in 2019", "2019"),
        ("31 February 2024", ""),
        ("marches 2024 on", "2024"),
        ("2019/20", ""),
        ("32 per cent", ""),
        ("01234567890", ""),
    ],
)
def test_dates_are_read_to_the_precision_stated(text: str, iso: str) -> None:
    assert parse_date(text) == iso


def test_dates_know_their_places() -> None:
    text = "from 3 May 2024 to June 2024"
    assert [text[found.start : found.end] for found in find_dates(text)] == [
        "3 May 2024",
        "June 2024",
    ]


@pytest.mark.parametrize(
    ("name", "published", "places"),
    [
        ("123_north-anyshire__full-inspection---09-may-2025.pdf", "2025-05-09", ["north anyshire"]),
        ("anyshire-2015.pdf", "2015", ["anyshire"]),
        ("2024-annual-report.pdf", "2024", []),
        ("inspection_of_isle-of-any_2023-11-02.html", "2023-11-02", ["isle of any"]),
        ("report-april-2024.docx", "2024-04", []),
        ("000_75deab0785870fa2.txt", "", []),
        ("https://example.org/reports/anyshire-2015.pdf?download=1", "2015", ["anyshire"]),
    ],
)
def test_names_of_files_tell_dates_and_places(name: str, published: str, places: list[str]) -> None:
    facts = name_facts(name)
    assert facts.published == published
    assert [place.lower() for place in facts.places] == places


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("Her Majesty’s Inspectorate of Probation", "HM Inspectorate of Probation"),
        ("His Majesty's Inspectorate of Probation", "HM Inspectorate of Probation"),
        ("HM Inspectorate of Widgets and Gears today", "HM Inspectorate of Widgets and Gears"),
        ("The Office for Standards in Education", "Ofsted"),
        ("CQC and others", "Care Quality Commission"),
        ("nobody we know", ""),
    ],
)
def test_publishers_have_one_name(text: str, publisher: str) -> None:
    assert find_publisher(text) == publisher


def test_an_unknown_publisher_keeps_its_own_name() -> None:
    assert one_name("Anyshire Advertiser") == "Anyshire Advertiser"
    assert one_name("Friends of the work of HM Inspectorate of Probation in Wales").startswith(
        "Fri"
    )


def test_the_owner_beats_the_document_and_the_document_its_name() -> None:
    text = f"---\ntitle: Stated\npublished: 2024-03-01\n---\n\n# Printed\n\n{PROSE}\n"
    assert described(text, "x-2020.md").title == "Stated"
    assert described(text, "x-2020.md").published == "2024-03-01"
    assert described(text, "x-2020.md", title="Owned", kind="Annual").title == "Owned"
    assert described(text, "x-2020.md", kind="Annual").kind == "annual"


def test_a_printed_date_beats_the_name_and_the_fieldwork() -> None:
    text = (
        "Inspection of Anyshire local authority services\n\nInspection dates: 6 to 17 July 2015\n\n"
        f"Report published: 19 October 2015\n\n{PROSE}\n\n© Crown copyright 2016\n"
    )
    found = described(text, "1_anyshire__inspection---20-october-2015.txt")
    assert found.published == "2015-10-19"
    assert found.period == "6 to 17 July 2015"
    assert (found.kind, found.place) == ("inspection", "Anyshire")
    assert found.title == "Inspection of Anyshire local authority services"


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("Anytown: Inspection of children’s social care services", "Anytown"),
        ("London Borough of Anytown: Re-inspection of services for children", "Anytown"),
        ("City of Anytown: Inspection of services for children in need of help", "Anytown"),
        ("Anytown & Othertown: Inspection of local authority services", "Anytown and Othertown"),
        ("Inspection of Anytown & Othertown local authority", "Anytown and Othertown"),
        ("HMP Anyford: full inspection", "Anyford"),
        ("Staffing: what the inspection of services found", ""),
    ],
)
def test_a_title_names_the_place_that_was_inspected(title: str, place: str) -> None:
    assert described(f"# {title}\n\n{PROSE}\n").place == place


@pytest.mark.parametrize("dash", ["–", "—", "─", "-"])
def test_fieldwork_dates_are_parted_by_any_dash(dash: str) -> None:
    dates = f"6 July 2015 {dash} 17 July 2015"
    text = f"Inspection of Anyshire PDU\n\nInspection dates: {dates}\n\n{PROSE}\n"
    assert described(text).period == dates


@pytest.mark.parametrize(
    ("told", "period"),
    [
        ("This letter tells of a visit to Anyshire on 7 and 8 July 2021.", "7 and 8 July 2021"),
        ("This letter tells what we saw on a visit between 3 and 5\nMay 2020.", "3 and 5 May 2020"),
        ("This report was published on 12 March 2024.", ""),
        ("This report draws on 25 visits between March and June 2019.", ""),
        ("This letter of a visit follows the one sent on 3 May 2020.", ""),
        ("The inspection took place from 28 June to 2 July 2019.", "28 June to 2 July 2019"),
        ("This report follows one of a visit. The last was on 4 May 2017.", ""),
        ("Since the inspection on 4 May 2017 much has changed.", ""),
    ],
)
def test_a_letter_says_when_the_visit_was(told: str, period: str) -> None:
    text = f"Visit to Anyshire services\n\nDear Director\n\n{told}\n\n{PROSE}\n"
    assert described(text).period == period


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("HM Inspectorate of Probation, March 2025", "2025-03"),
        ("March 2025 | Ofsted", "2025-03"),
        ("The great flood of March 2025", ""),
    ],
)
def test_a_date_may_stand_beside_the_publisher(line: str, iso: str) -> None:
    text = f"An inspection of Anyshire PDU\n\n{line}\n\n{PROSE}"
    assert described(text).published == iso


def test_fieldwork_dates_are_the_period_only() -> None:
    text = f"Inspection of Anyshire PDU\n\nInspection dates: 6 to 17 July 2015\n\n{PROSE}\n"
    found = described(text)
    assert (found.published, found.period, found.place) == ("", "6 to 17 July 2015", "Anyshire")


def test_a_year_in_the_name_of_an_annual_report_is_its_period() -> None:
    found = described(f"Annual report on widgets\n\n{PROSE}\n", "2024-annual-report.txt")
    assert (found.kind, found.published, found.period) == ("annual", "", "2024")


def test_news_is_dated_by_what_it_calls_yesterday() -> None:
    body = "HM Inspectorate of Widgets yesterday (29 April 2025) published its national inspection"
    found = described(f"Inadequate\n\n{body} of how widgets are made. {PROSE}\n")
    assert (found.kind, found.published, found.publisher) == ("news", "2025-04-30", "")
    assert found.title == "National inspection of how widgets are made"


def test_a_day_without_a_year_takes_that_of_the_period_reported_on() -> None:
    text = f"2019/20 Annual Report\n\nThe inspectorate today (3 December) published it. {PROSE}\n"
    assert described(text).published == "2020-12-03"


def test_a_place_in_the_name_counts_only_where_the_text_uses_it_as_one() -> None:
    assert described(f"Report\n\nServices in Anyshire failed. {PROSE}", "anyshire-2015.txt").place
    assert not described(f"Report\n\nStaff were kind. {PROSE}", "staff-2015.txt").place
    assert not described(f"Report\n\n{PROSE}", "anyshire-2015.txt").place


@pytest.mark.parametrize("place", ["Stoke-on-Trent", "Newcastle upon Tyne", "Otterby"])
def test_a_letter_tells_the_place_of_a_visit(place: str) -> None:
    name = f"1_{place.lower().replace(' ', '-')}__focused-visit---11-may-2020.pdf"
    text = f"Focused visit to {place} children’s services\n\nDear Director\n\n{PROSE}\n"
    found = described(text, name)
    assert (found.place, found.kind) == (place, "inspection")


def test_a_shortened_place_is_named_in_full() -> None:
    text = f"Inspection of Anyham local authority services\n\n{PROSE}\n"
    assert described(text, "7_anyham-upon-any__inspection.txt").place == "Anyham upon Any"


@pytest.mark.parametrize(
    ("opening", "title"),
    [
        ("Anyshire Council\n\nInspection of services for children\n\n", None),
        ("Findings\n\n", "The inspectors looked at forty cases in the region and found most"),
        ("Local area report\n\nArea inspection of Anyshire partnership\n\n", "Area inspection"),
        ("Chief Inspector announces a review\n\n", "Chief Inspector announces a review"),
        ("", "The inspectors looked at forty cases"),
    ],
)
def test_titles_are_sensible_where_the_first_line_is_none(opening: str, title: str | None) -> None:
    wanted = title or "Anyshire Council: Inspection of services for children"
    assert described(f"{opening}{PROSE}\n").title.startswith(wanted)


@pytest.mark.parametrize("stated", ["LA NAME - report", "x-draft report", "final.docx", "untitled"])
def test_a_title_left_over_from_a_template_is_not_shown(stated: str) -> None:
    text = f"---\ntitle: {stated}\n---\n\n# Inspection of widgets\n\n{PROSE}\n"
    assert described(text).title == "Inspection of widgets"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("2024 Annual Report: inspection of services", "annual"),
        ("A thematic inspection of recruitment", "thematic"),
        ("Quarterly statistics on cases", "statistics"),
        ("Chief Inspector announces inspections", "announcement"),
        ("Guidance for inspectors", "guidance"),
        ("An inspection of services in: Anyshire", "inspection"),
    ],
)
def test_kinds(title: str, kind: str) -> None:
    assert described(f"{title}\n\n{PROSE}\n").kind == kind


def test_addresses_of_fetched_pages_are_kept() -> None:
    reading = read(f"A title of it\n\n{PROSE}".encode(), "page")
    assert describe(reading, "page", "https://example.org/page").url == "https://example.org/page"
    assert describe(reading, "page", "/home/page").url == ""
    assert describe(reading, "page", "/home/page", {"url": "javascript:alert(1)"}).url == ""
    assert describe(reading, "page", "/home/page", {"url": "http://[broken"}).url == ""


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the development corpus is not beside the project")
def test_the_founding_texts_are_described() -> None:
    found = {}
    for path in sorted((CORPUS / "probation").glob("*.txt")):
        found[path.name[:3]] = describe(read(path.read_bytes(), path.name), path.name, str(path))
    assert [d.kind for d in found.values()] == ["news", "news", "news", "announcement", "annual"]
    assert found["000"].published == "2025-04-30"
    assert found["002"].published == "2020-12-03"
    assert found["004"].published == "2025"
    assert found["004"].publisher == found["003"].publisher == "HM Inspectorate of Probation"
    assert found["004"].period == "February 2024 to February 2025"
    assert "Requires" not in found["000"].title


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the development corpus is not beside the project")
def test_inspection_reports_are_described_as_their_names_say() -> None:
    """Every tenth report; all of them with FINDINGS_TEST_ALL set (a minute)."""
    paths = sorted((CORPUS / "childrens-services").glob("*.pdf"))
    for path in paths if os.environ.get("FINDINGS_TEST_ALL") else paths[::10]:
        found = describe(read(path.read_bytes(), path.name), path.name, str(path))
        authority = re.sub(r"\W+", " ", path.name.split("_")[1])
        assert set(authority.split()) <= {*found.place.lower().split(), "and"}, path.name
        assert found.published[:7] == parse_date(path.stem.split("---")[1])[:7], path.name
        assert (found.kind, found.publisher) == ("inspection", "Ofsted"), path.name
        assert "nspection of" in found.title, path.name
        assert re.search(r"20\d\d$", found.period), path.name
