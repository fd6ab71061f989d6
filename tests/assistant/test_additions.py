"""What a claim asserts beyond a sentence is told by its kind."""

import pytest

from assistant.additions import additions


@pytest.mark.parametrize(
    ("claim", "text", "added"),
    [
        ("Leaks halved after the repair.", "The repair brought a fall in leaks.", "multiple"),
        ("Leaks halved after the repair.", "Leaks fell from 40 before the repair to 20.", ""),
        ("Leaks halved after the repair.", "Leaks are half of what they were before.", ""),
        ("Only boats with a licence may moor.", "Boats with a licence may moor.", "only"),
        ("The lock was only good for moorings.", "The lock was good for moorings.", ""),
        ("It shut because of rust.", "It shut, and there was rust.", "cause"),
        ("The lock slipped from Good to Inadequate.", "The lock was Inadequate again.", "moved"),
        ("Leaks fell from 45 to 30.", "There were 45 leaks in 2018, and 30 in 2019.", ""),
        ("Boats moved from the lock.", "Boats were taken out of the lock.", ""),
        ("The lock slipped from Good to Inadequate.", "It was Inadequate, previously Good.", ""),
        ("It shut because of rust.", "Rust led to its being shut.", ""),
    ],
)
def test_what_a_claim_alone_asserts(claim: str, text: str, added: str) -> None:
    assert additions(claim, text) == frozenset(filter(None, [added]))
