"""How a sentence is told to the reader of claims."""

import pytest

from assistant.evidence_of import as_sentence


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Lead inspector: Ann Hart", "The inspection was led by Ann Hart."),
        (
            "Inspection dates: 9 May to 20 May 2022",
            "The inspection took place from 9 May to 20 May 2022.",
        ),
        ("Inspection date: Tuesday 4 May 2021", "The inspection took place on Tuesday 4 May 2021."),
        ("Fieldwork: June and July 2022", "The fieldwork took place in June and July 2022."),
        ("Report published: 6 May 2015", "The report was published on 6 May 2015."),
        ("Overall effectiveness: Good", "Overall effectiveness was rated Good."),
        ("Note: see below", "Note: see below"),
        ("Lead inspector: vacant", "Lead inspector: vacant"),
        ("Date of last inspection: None so far", "Date of last inspection: None so far"),
        ("Fieldwork: 12 interviews", "Fieldwork: 12 interviews"),
        ("The lead inspector spoke of lamps.", "The lead inspector spoke of lamps."),
    ],
)
def test_a_line_of_an_inspection_is_told_as_a_sentence(line: str, told: str) -> None:
    assert as_sentence(line) == told
