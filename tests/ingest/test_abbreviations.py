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
    nine = " ".join("a" * 9)
    assert abbreviations("a " * 50_000 + "(AAAAAAAAA) " * 200) == {"AAAAAAAAA": nine}
    assert abbreviations("AAAAAAAA (" + "a " * 60 + "zzzzz)") == {}
    assert abbreviations("a " * 60 + "zzzz (AAAAAAAA)") == {"AAAAAAAA": "a a a a a a a a zzzz"}


@pytest.mark.parametrize(
    ("short", "text", "phrase"),
    [
        ("EHA", "Early help assessments; an early help assessment. " * 2, "early help assessments"),
        ("EHA", "An early help assessment. " * 2, ""),  # too seldom
        ("EHA", "Early help\n\nAssessments. " * 9, ""),  # two paragraphs
        ("LAC", "The local authority children services. " * 9, ""),  # the beginning of more
        ("ASH", "A multi-agency safeguarding hub. " * 9, ""),  # the end of more
        ("PIP", "It was put in place. " * 9, ""),  # used often, but no name of a thing
        ("CIC", "Children in care. " * 50, "children in care"),
        ("AIT", "And in the. " * 90, ""),
        ("EHA", "Early help assessment. " * 9 + "Every heart aches. " * 8, ""),  # either
        ("E", "Early. " * 9, ""),
    ],
)
def test_an_abbreviation_that_none_defines_is_guessed_from_a_phrase(
    short: str, text: str, phrase: str
) -> None:
    assert phrase_of(short, [text]) == phrase
