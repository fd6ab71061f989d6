"""The verdict on the whole, told from verdicts on parts and on earlier inspections."""

import pytest

from assistant.verdicts import states_overall, tells_of_earlier
from ingest.report import BlockKind, Sentence


def sentence(kind: BlockKind, page: int = 1) -> Sentence:
    return Sentence(ordinal=0, passage=0, start=0, end=9, page=page, kind=kind, section="")


@pytest.mark.parametrize(
    ("kind", "page", "text", "overall"),
    [
        (BlockKind.ROW, 1, "Overall effectiveness: Good", True),
        (BlockKind.PARAGRAPH, 3, "The service was rated inadequate overall.", True),
        (BlockKind.HEADING, 1, "Services in Newtown are inadequate", True),
        (BlockKind.HEADING, 7, "Adoption is outstanding", False),
        (BlockKind.ROW, 1, "Leadership: Good", False),
        (BlockKind.PARAGRAPH, 1, "Overall effectiveness was not judged.", False),
    ],
)
def test_the_verdict_on_the_whole_is_known(
    kind: BlockKind, page: int, text: str, overall: bool
) -> None:
    assert states_overall(sentence(kind, page), text) is overall


def test_what_is_said_of_an_earlier_inspection_is_known() -> None:
    assert tells_of_earlier("At the previous inspection it was good.", "")
    assert tells_of_earlier("It was good.", "About the area > Previous inspections")
    assert tells_of_earlier("It is better since the last inspection in 2022, when it was poor.", "")
    assert not tells_of_earlier("It is good.", "Findings")
    assert not tells_of_earlier("Despite progress since the last inspections it is inadequate.", "")
