"""Abbreviations are learnt from definitions, and from nothing else."""

import pytest

from ingest.abbreviations import abbreviations, phrase_of


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("Each probation delivery unit (PDU) has a head.", "PDU", "probation delivery unit"),
        ("Two probation delivery units (PDUs), in Hull.", "PDU", "probation delivery units"),
        ("Kent, Surrey and Sussex (KSS) was rated.", "KSS", "Kent, Surrey and Sussex"),
        ("the Ministry of Justice (MoJ).", "MoJ", "Ministry of Justice"),
        ("a multi-agency safeguarding hub (MASH).", "MASH", "multi-agency safeguarding hub"),
        ("education, health and care (EHC) plans", "EHC", "education, health and care"),
        ("the team uses STEP (Stop, Think, Explain, Plan).", "STEP", "Stop, Think, Explain, Plan"),
    ],
)
def test_a_definition_is_learnt(text: str, short: str, long: str) -> None:
    assert abbreviations(text) == {short: long}


@pytest.mark.parametrize(
    "text",
    [
        "The unit (Hull) was rated.",
        "They wrote (PDF) it all.",
        "Some (I) did.",
        "No definition of PDU here.",
        "They went to HULL (the city by the sea) and SPENT (!!!!!!!!) it.",
        "",
    ],
)
def test_what_defines_nothing_teaches_nothing(text: str) -> None:
    assert abbreviations(text) == {}


def test_the_first_definition_counts() -> None:
    text = "A practice officer (PO) came. The prison office (PO) wrote."
    assert abbreviations(text) == {"PO": "practice officer"}


def test_a_long_hostile_text_is_soon_read() -> None:
    assert abbreviations("a " * 50_000 + "(AAAAAAAAA) " * 200) is not None


def test_an_abbreviation_that_none_defines_is_spelt_by_a_phrase_that_is_often_used() -> None:
    texts = ["Early help assessments are late. An early help assessment", "early help assessment"]
    assert phrase_of("EHA", texts) == "early help assessment"
    assert phrase_of("EHA", texts[1:]) == ""  # too seldom
    life = ["The quality of life, and quality of life"]
    assert phrase_of("QOL", life, least=2) == phrase_of("QL", life, least=2) == "quality of life"
    services = ["Local authority children's services; the local authority children's services"]
    assert phrase_of("LAC", services, least=2) == ""
    assert phrase_of("AIT", ["and in the, and in the, and in the"]) == ""
