"""Whether a claim says what a sentence says, in the sentence's own words."""

from collections.abc import Sequence

from assistant.assertions import Sort, values
from ingest.words import STOPWORDS, stem, words

LEAST_RESTATED = 5  # content words
_RELATIONS = frozenset(
    words(
        "before after until since from to by than without against between under over not no never"
        " only all"
    )
)
_FOCUS = frozenset(("just", "mere", "simpli"))  # stems of what only stresses


def restates(claim: str, text: str) -> bool:
    """Whether all that carries meaning in the claim stands in `text`, and cannot mean another thing.

    That is where its words follow each other there without others between them; or where there is
    but one figure that they can be said of, and the claim at most puts one run of words elsewhere:
    "officers had a rate of 5" for "the rate for officers was 5", but not "A paid B" for "B paid A".
    """
    if not set(words(text)) >= _RELATIONS & set(words(claim)):
        return False
    said, there = (
        [stem(w) for w in words(each) if w not in STOPWORDS and stem(w) not in _FOCUS]
        for each in (claim, text)
    )
    if len(said) < LEAST_RESTATED:
        return False
    start = _run_at(said, there)
    if start is not None:
        return not start or not values(f"{there[start - 1]} {said[0]}")  # "two of nine regions"
    figures = [
        [v for v in values(each) if not v.worded and v.sort is not Sort.DATE]
        for each in (claim, text)
    ]
    return all(len(found) == 1 for found in figures) and any(
        _follow([*said[:i], *said[j:]], there) and _run_at(said[i:j], there) is not None
        for i in range(len(said))
        for j in range(i, len(said) + 1)
    )


def _run_at(run: Sequence[str], there: Sequence[str]) -> int | None:
    """Where `run` stands in `there` without a gap."""
    places = range(len(there) - len(run) + 1)
    return next((i for i in places if list(there[i : i + len(run)]) == list(run)), None)


def _follow(some: Sequence[str], there: Sequence[str]) -> bool:
    """Whether `some` stand in `there` in their order."""
    rest = iter(there)
    return all(word in rest for word in some)
