"""Whether a claim says what a sentence says, in the sentence's own words."""

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.assertions import Sort, values
from ingest.words import STOPWORDS, stem, words

LEAST_RESTATED = 5  # content words
# What turns or limits what other words say, though it carries little meaning by itself.
_RELATIONS = frozenset(
    words(
        "before after until since from to by than without against between under over not no never none nor"
        " only all few some many most more less if unless whether should must ought may might could would"
        " will can cannot"
    )
)
# A claim that denies once more than the sentence says the contrary.
_DENIALS = frozenset("not no never none nor without cannot".split()) | {
    word for word in STOPWORDS if word.endswith("nt") and word != "want"
}
_FOCUS = frozenset(("just", "mere", "simpli"))  # stems of what only stresses
_CLAUSE = re.compile(
    r"[.,;:](?=\s)|[()–—]|\b(?:and|but|while|although|though|however)\b", re.IGNORECASE
)
# What may stand before a clause that it does not assert.
_NOT_ASSERTED = re.compile(
    r"\b(?:(?:alleg|reject|den(?:y|i)|disput|doubt|suggest|ensur|recommend|propos|plan|hop|intend|aim|expect"
    r"|want|ask|urg|requir|need)\w*|no\s+evidence|nothing|wrongly|make\s+sure|so\s+that|in\s+order)\b",
    re.IGNORECASE,
)


def restates(claim: str, text: str) -> bool:
    """Whether all that carries meaning in the claim stands in `text`, and cannot mean another thing.

    That is where its words follow each other there without others between them; or where there is
    but one figure that they can be said of, and the claim at most puts one run of words elsewhere:
    "officers had a rate of 5" for "the rate for officers was 5", but not "A paid B" for "B paid A".
    What relates or limits them has to be the same, and nothing before them in their clause may count
    them, or leave open whether it is so.
    """
    own, there = _clauses(claim), _clauses(text)
    said, found = _content(own), _content(there)
    if len(said) < LEAST_RESTATED:
        return False
    asked = _limits(word for word, _ in own[: said[-1] + 1])
    roots, their_roots = [stem(own[i][0]) for i in said], [stem(there[i][0]) for i in found]
    for first, last in _stretches(roots, their_roots):
        begin, end = found[first], found[last]
        before = [word for word, clause in there[:begin] if clause == there[begin][1]]
        told = _limits((*before, *(word for word, _ in there[begin : end + 1])))
        led_in = " ".join(before)
        all_before = " ".join(word for word, _ in there[:begin])
        if told == asked and not values(led_in) and not _NOT_ASSERTED.search(all_before):
            in_order = roots == their_roots[first : last + 1]
            if in_order or all(_has_one_figure(each) for each in (claim, text)):
                return True
    return False


def _limits(told: Iterable[str]) -> tuple[frozenset[str], int]:
    """The words that relate or limit others, and how many deny."""
    spoken = list(told)
    return _RELATIONS & {*spoken}, sum(word in _DENIALS for word in spoken)


def _clauses(text: str) -> list[tuple[str, int]]:
    """The words of a text, each with the number of its clause."""
    return [(word, n) for n, clause in enumerate(_CLAUSE.split(text)) for word in words(clause)]


def _content(told: Sequence[tuple[str, int]]) -> list[int]:
    """The positions of the words that carry meaning."""
    return [i for i, (w, _) in enumerate(told) if w not in STOPWORDS and stem(w) not in _FOCUS]


def _stretches(said: Sequence[str], there: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where stretches of `there` begin and end that have the words of `said` and no others, in their
    order but for one run of them."""
    size = len(said)
    for start in range(len(there) - size + 1):
        window = list(there[start : start + size])
        if sorted(window) == sorted(said) and _is_moved(list(said), window):
            yield start, start + size - 1


def _is_moved(said: list[str], window: list[str]) -> bool:
    """Whether one is the other, but for two runs next to each other that have changed places."""
    while said and said[0] == window[0]:
        said, window = said[1:], window[1:]
    while said and said[-1] == window[-1]:
        said, window = said[:-1], window[:-1]
    return not said or any(said[k:] + said[:k] == window for k in range(1, len(said)))


def _has_one_figure(text: str) -> bool:
    return sum(not v.worded and v.sort is not Sort.DATE for v in values(text)) == 1
