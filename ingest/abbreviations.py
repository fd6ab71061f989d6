"""Learns abbreviations from the reports' own definitions, "probation delivery unit (PDU)", or the other
way round, "PDU (probation delivery unit)".

The rule is that of Schwartz and Hearst, "A simple algorithm for identifying abbreviation
definitions in biomedical text" (2003), with initials required to begin words.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from ingest.words import STOPWORDS, stems

_NAME = re.compile(
    r"\b(?:HM|[A-Z][a-z]+)(?:,?\s+(?:(?:and|of|the|for|in|to|with)\s+){0,2}[A-Z][a-z]+)+"
    r"|(?<=[‘“'\"])[A-Z][a-z]+\s[a-z]+(?=[’”'\"])"
)
_SMALL = frozenset("and of the for in to with".split())
_DEFINED = re.compile(r"\(([A-Z][A-Za-z]{1,9}s?)[),;]")
_EXPLAINED = re.compile(r"\b([A-Z]{3,10})\s*\(([^()\n]{6,150})\)")
# A phrase is guessed to be what letters stand for where it is used so often; and so many times as often as
# the next with these letters.
OFTEN, VERY_OFTEN, ALONE = 3, 40, 2
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*['’]?")


def abbreviations(text: str) -> dict[str, str]:
    """Each abbreviation that `text` defines, with its long form; the first definition counts."""
    found: dict[str, str] = {}
    for match in _DEFINED.finditer(text):
        short = match[1].removesuffix("s")
        if sum(letter.isupper() for letter in short) < 2 or short in found:
            continue
        before = text[max(0, match.start() - 120) : match.start()]
        long = _long_form(short, before)
        if long:
            found[short] = long
    for match in _EXPLAINED.finditer(text):
        long = " ".join(match[2].split())
        if match[1] not in found and _spells(match[1].lower(), _WORD.findall(long.lower())):
            found[match[1]] = long
    return found


def initialisms(text: str, least: int = 2) -> dict[str, str]:
    """The initials of names that occur at least `least` times, "KSS" of "Kent, Surrey and Sussex".

    No definition: people abbreviate so all the same. Of several names with the same initials the
    commonest counts.
    """
    names = Counter(" ".join(match[0].split()) for match in _NAME.finditer(text))
    found: dict[str, str] = {}
    for name, number in names.most_common():
        parts = [word for word in re.split(r"[,\s]+", name) if word not in _SMALL]
        short = "".join(part if part == "HM" else part[0].upper() for part in parts)
        if number >= least and 2 <= len(short) <= 6 and short not in found:
            found[short] = name
    return found


def phrase_of(short: str, texts: Iterable[str]) -> str:
    """The commonest phrase whose words begin with the letters of `short`, "early help assessment" for EHA.

    It has to be a phrase, as far as counts tell: used often, mostly as a whole (not as "local authority
    childrens" before "services"), and far more often than any other with these letters; a preposition may
    stand for a letter ("children in care") where it is used very often. Else empty. What comes out is a
    guess and no definition, for what no report abbreviates.
    """
    if len(short) < 2:
        return ""
    gap = r"(?:[ -]|\n(?!\n))"
    small = "|".join(sorted(_SMALL - {"to"}))
    letters = [rf"{re.escape(letter)}[a-z]+" for letter in short.lower()]
    pattern = re.compile(
        rf"(?<![\w’'-]){rf'{gap}(?:(?:{small}){gap})?'.join(letters)}(?![a-z’'-])(\s[a-z]+)?",
        re.IGNORECASE,
    )
    phrases: dict[tuple[str, ...], Counter[str]] = {}  # by their stems
    whole: Counter[tuple[str, ...]] = Counter()
    for text in texts:
        for match in pattern.finditer(text):
            phrase = " ".join(match[0].removesuffix(match[1] or "").lower().split())
            if _is_phrase(re.split(r"[ -]", phrase)):
                roots = tuple(stems(phrase))
                phrases.setdefault(roots, Counter())[phrase] += 1
                whole[roots] += not match[1] or match[1].strip().lower() in STOPWORDS
    ranked = sorted(phrases, key=lambda roots: -phrases[roots].total())
    if not ranked:
        return ""
    best, *others = ranked
    phrase, times = phrases[best].most_common(1)[0][0], phrases[best].total()
    content = [word for word in re.split(r"[ -]", phrase) if word not in STOPWORDS]
    is_usual = times >= (OFTEN if len(content) == len(short) else VERY_OFTEN)
    is_alone = not others or times >= ALONE * phrases[others[0]].total()
    return phrase if is_usual and is_alone and whole[best] >= times / 2 else ""


def _is_phrase(parts: Sequence[str]) -> bool:
    """Whether words may be one: it neither begins nor ends with a small one, and has no verb of these."""
    small = STOPWORDS.intersection(parts)
    return STOPWORDS.isdisjoint((parts[0], parts[-1])) and small <= _SMALL | {"after"}


def _long_form(short: str, before: str) -> str | None:
    """The last words of `before` whose letters spell `short`, the first letter beginning a word."""
    before = re.split(r"[.;:()\n]", before)[-1]
    return _by_beginnings(short, before) or _by_letters(short, before)


def _by_beginnings(short: str, before: str) -> str | None:
    candidates = list(_WORD.finditer(before))[-(2 * len(short) + 2) :]
    for match in reversed(candidates):
        words = [m[0] for m in candidates if m.start() >= match.start()]
        if len(words) > 1 and _spells(short.lower(), [word.lower() for word in words]):
            return " ".join(before[match.start() :].split())
    return None


def _by_letters(short: str, before: str) -> str | None:
    """Schwartz and Hearst's own rule: the letters in order, the first at the start of a word."""
    position = len(before)
    for letter in reversed(short.lower()[1:]):
        position = before.lower().rfind(letter, 0, position)
        if position < 0:
            return None
    starts = [
        match.start()
        for match in _WORD.finditer(before[:position])
        if match[0][0].lower() == short[0].lower()
    ]
    long = " ".join(before[starts[-1] :].split()) if starts else ""
    return long if 0 < len(long.split()) <= min(len(short) + 5, 2 * len(short)) else None


def _spells(short: str, words: list[str]) -> bool:
    """Whether `short` is made of beginnings of `words`, in order, starting with the first word."""

    @cache  # else words of one letter could be tried in every combination
    def fits(letters: str, index: int) -> bool:
        if not letters:
            return index == len(words) or all(len(word) <= 3 for word in words[index:])
        if index == len(words):
            return False
        parts = words[index].replace("’", "'").split("-")
        initials = "".join(part[0] for part in parts if part)
        if letters.startswith(initials) and fits(letters[len(initials) :], index + 1):
            return True
        if letters[0] == words[index][0] and fits(letters[1:], index + 1):
            return True
        return index > 0 and len(words[index]) <= 3 and fits(letters, index + 1)

    return bool(words) and words[0][0] == short[0] and fits(short, 0)
