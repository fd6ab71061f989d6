"""What a text denies is told by how far its denials reach."""

import pytest

from assistant.leanings import leanings, negations


@pytest.mark.parametrize(
    ("text", "axis", "way"),
    [
        ("Crews made their rounds promptly.", "timely", 1),
        ("None of the newly hired crews of the port made their rounds promptly.", "timely", -1),
        ("Plans were not timely, detailed or of good quality.", "quality", -1),
        ("The pier was not visited, the quay was good or better.", "quality", 1),
        ("Nobody disputes that the old pier by the park is good.", "quality", 1),
    ],
)
def test_a_denial_reaches_what_it_denies(text: str, axis: str, way: int) -> None:
    assert leanings(text)[axis] == way


@pytest.mark.parametrize(
    "text",
    [
        "Divers uncovered a leak.",
        "The gates were unlocked at eight.",
        "Nevertheless, the pier was closed.",
        "The pier was not only old but rusty.",
        "Crews were without exception on board.",
    ],
)
def test_what_only_looks_like_a_denial_denies_nothing(text: str) -> None:
    assert negations(text) == 0
