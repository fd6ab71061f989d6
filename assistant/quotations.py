"""Quoted words of a claim: where a text has them verbatim, or the nearest words that it has."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

_QUOTED = re.compile(
    r"[\"“”]([^\"“”]{1,400})[\"“”]|(?<!\w)[‘']([^‘’'\n]{4,400}(?:[’'][a-z][^‘’'\n]*)*)[’'](?!\w)"
)
_LEAST_QUOTED = 4  # characters
# Where a quotation leaves out or puts in something, only the words around it are the text's.
_CUT = re.compile(r"\s*(?:\[[^\]]*\]|\(?\.{3,}\)?|…)\s*")
_INITIAL = re.compile(r"\[(\w)\](?=\w)")  # "[T]he"
# Grades are compared as values.
_GRADES = re.compile(
    r"(?:outstanding|good|requires improvement(?: to be good)?|inadequate|insufficient|sufficient)",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Located:
    """Quoted words, and the words of a text that come nearest; `nearness` 1 where verbatim."""

    words: str
    found: str
    nearness: float


def quoted(text: str) -> list[str]:
    """The words that stand in quotation marks, without grades; what leaves words out is parted."""
    found = [
        _INITIAL.sub(r"\1", words)
        for m in _QUOTED.finditer(text)
        if len(words := m[1] or m[2]) >= _LEAST_QUOTED
    ]
    pieces = [piece.strip(" .,;:!?") for words in found for piece in _CUT.split(words)]
    return [p for p in pieces if re.search(r"\w", p) and not _GRADES.fullmatch(p)]


def locate(words: str, text: str) -> Located:
    """The place of `text` nearest to `words`; case, spaces, commas, hyphens and the shape of
    quotes do not count."""
    wanted, there = _flat(words), _flat(text)
    if re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", there):
        return Located(words, words, 1.0)
    if " " not in wanted:
        return Located(words, "", 0.0)  # of a single word nothing comes near
    best = fuzz.partial_ratio_alignment(wanted, there)
    if best is None:
        return Located(words, "", 0.0)
    start, end = best.dest_start, best.dest_end
    while start > 0 and there[start - 1].isalnum():
        start -= 1
    while end < len(there) and there[end].isalnum():
        end += 1
    return Located(words, there[start:end], min(0.99, best.score / 100))


def _flat(text: str) -> str:
    text = text.translate({ord("’"): "'", ord("‘"): "'", ord("“"): '"', ord("”"): '"'})
    text = re.sub(r"(?<=\d)\s*%", " per cent", text)
    return _SPACE.sub(" ", re.sub(r"(?<=\w)-(?=\w)|[,–—](?=\s)|\s[–—-](?=\s)", " ", text)).lower()
