"""A claim is divided into what it asserts where each part can be told in full, and nowhere else."""

import pytest

from assistant.parts import assertions_of, parts_of

PLACES = frozenset({"castleford", "north", "brigport"})


@pytest.mark.parametrize(
    ("claim", "parts"),
    [
        (
            "The piers are sound; the lights are all out.",
            ["The piers are sound", "the lights are all out."],
        ),
        (
            "Crews in Brigport were tired. They sailed on each day of May.",
            ["Crews in Brigport were tired.", "Crews in Brigport sailed on each day of May."],
        ),
        ("Ferries to St. Osmund were on time.", ["Ferries to St. Osmund were on time."]),
        (
            'A diver said: "The pier was not safe. Crews were often afraid."',
            ['A diver said: "The pier was not safe. Crews were often afraid."'],
        ),
        (
            "Crews have 20 vacancies. Since 2030, absences have risen by half.",
            ["Crews have 20 vacancies.", "Since 2030, absences have risen by half."],
        ),
        (
            "The pier was rated safe. This was a surprise to crews.",
            ["The pier was rated safe. This was a surprise to crews."],
        ),
        # Whose mast, the one sentence does not tell the other.
        (
            "The harbour burned. Its mast was a very tall one.",
            ["The harbour burned. Its mast was a very tall one."],
        ),
    ],
)
def test_a_claim_is_divided_where_each_part_stands_alone(claim: str, parts: list[str]) -> None:
    assert parts_of(claim) == parts


@pytest.mark.parametrize(
    ("sentence", "assertions"),
    [
        (
            "Castleford's ferries were on time in 2031, but the canteen on the quay was closed.",
            [
                "Castleford's ferries were on time in 2031.",
                "In Castleford in 2031, the canteen on the quay was closed.",
            ],
        ),
        (
            "Ferry crews in Brigport were well trained, and they had been vetted with care.",
            [
                "Ferry crews in Brigport were well trained.",
                "Ferry crews in Brigport had been vetted with care.",
            ],
        ),
        (
            "The North Brigport service met its target, and was told to mend its piers.",
            [
                "The North Brigport service met its target.",
                "The North Brigport service was told to mend its piers.",
            ],
        ),
        (
            "Crews in Castleford were tired in 2031, but nationally 18 per cent of posts were empty.",
            [
                "Crews in Castleford were tired in 2031.",
                "In 2031, nationally 18 per cent of posts were empty.",
            ],
        ),
        (
            "Crews in Brigport were short in 2031, but 18 per cent of posts were filled two years later.",
            [
                "Crews in Brigport were short in 2031.",
                "In Brigport, 18 per cent of posts were filled two years later.",
            ],
        ),
        (
            "Castleford's harbour was found safe, and its divers were praised by inspectors.",
            [
                "Castleford's harbour was found safe.",
                "Castleford’s divers were praised by inspectors.",
            ],
        ),
    ],
)
def test_each_part_is_told_in_full(sentence: str, assertions: list[str]) -> None:
    assert assertions_of(sentence, PLACES) == assertions


@pytest.mark.parametrize(
    "sentence",
    [
        "All but four of the ferries in Castleford were on time.",
        "Castleford's overall rating was good, and its divers were praised by inspectors.",
        "Visitors said that crews in Castleford were tired, and were given no training at all.",
        "The board's visitors came to Castleford in May, and its ferries were rated unsafe.",
        "The ferries were clean, safe, and painted.",
        "Crossings were late in 2030, and the canteen was closed in 2031.",  # which year is whose?
        "Inspectors praised the crews, and most of those teams worked well at night.",
        "“The crews were well trained, and the canteen on the quay was closed”, said the harbour master.",
        "Ferries were late, while.",
        "and, but, while, although",
        "",
    ],
)
def test_what_cannot_be_told_in_full_is_left_whole(sentence: str) -> None:
    assert assertions_of(sentence, PLACES) == [sentence]
