"""Brings wordings to one form: '18 per cent', '18%' and 'eighteen per cent' are the same."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = "|".join(_MONTHS)
_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {word: number for number, word in enumerate(_UNITS)} | {
    word: 10 * number for number, word in enumerate(_TENS, start=2)
}
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}

_MARKER = re.compile(r"\s*\[\d+\]")  # of a citation
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_TOKEN = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[^\W\d_]+(?:'[^\W\d_]+)*|%")
_NUMBER = re.compile(r"\d+(?:\.\d+)?%?")
_PRONOUN_ONE = re.compile(r"\bone\b(?!\W+(?:hundred|thousand|million|billion|per\b|%))", re.I)

_REWRITES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\bper[\s-]?cent\b|\bpct\b", "%"),
        (r"(?<=\d)\s?(?:mn|m)\b", " million "),
        (r"(?<=\d)\s?bn\b", " billion "),
        (r"(?<=\d)k\b", " thousand "),
        (
            r"\b(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?(?=\s+\d)",
            lambda match: next(month for month in _MONTHS if month.startswith(match[1][:3])),
        ),
        (rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?=(?:{_MONTH})\b)", r"\1 "),
        (rf"\b({_MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?=\d{{4}}\b)", r"\2 \1 "),
        (
            r"\b(\d{4})-(\d{2})-(\d{2})\b",
            lambda match: _date(match[3], match[2], match[1], match[0]),
        ),
        (
            r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b",
            lambda match: _date(match[1], match[2], match[3], match[0]),
        ),
    )
)


def holds(text: str, wording: str) -> bool:
    """Whether `text` has `wording` as a run of whole words, whatever the form of its figures.

    '18' is not found in '18 per cent', nor in '2018': a count is no share.
    """
    wanted = tokens(wording)
    return bool(wanted) and position(text, wording) is not None


def states(text: str, wording: str) -> bool:
    """Whether `text` holds `wording`; a wording that is a bare number may also be a share there."""
    if holds(text, wording):
        return True
    wanted = tokens(wording)
    return len(wanted) == 1 and wanted[0][0].isdigit() and f"{wanted[0]}%" in tokens(text)


def position(text: str, wording: str) -> int | None:
    """Where `wording` begins in the tokens of `text`; None where it does not occur."""
    found, wanted = tokens(text), tokens(wording)
    for start in range(len(found) - len(wanted) + 1):
        if wanted and found[start : start + len(wanted)] == wanted:
            return start
    return None


def quotes(quote: str, words: str) -> bool:
    """Whether `quote` holds `words` verbatim but for case, white space and punctuation."""
    wanted = " ".join(plain_words(words))
    return bool(wanted) and f" {wanted} " in f" {' '.join(plain_words(quote))} "


def first_words(text: str, number: int) -> str:
    """The first `number` words of an answer; the numbers of its citations are no words."""
    return " ".join(without_markers(text).split()[:number])


def word_count(text: str) -> int:
    """The length of an answer in words; the numbers of its citations are no words."""
    return len(without_markers(text).split())


def figures(text: str) -> list[str]:
    """The figures of `text` in order, as tokens ('18%', '240000'); the pronoun 'one' is none."""
    plain = _PRONOUN_ONE.sub(" ", without_markers(text))
    return [token for token in tokens(plain) if _NUMBER.fullmatch(token)]


def without_markers(text: str) -> str:
    """`text` without the numbers of its citations."""
    return _MARKER.sub("", text)


@lru_cache(maxsize=100_000)
def plain_words(text: str) -> tuple[str, ...]:
    """The words of `text`, lower case, with apostrophes and hyphens levelled."""
    return tuple(word.replace("'", "") for word in _WORD.findall(_level(text)))


@lru_cache(maxsize=100_000)
def tokens(text: str) -> tuple[str, ...]:
    """The words and figures of `text`: lower case, figures in digits, shares as '18%'."""
    level = _level(text)
    for pattern, replacement in _REWRITES:
        level = pattern.sub(replacement, level)
    raw = [_bare(token) for token in _TOKEN.findall(level)]
    found: list[str] = []
    place = 0
    while place < len(raw):
        value, place_after = _number(raw, place)
        if value is None:
            found.append(raw[place])
            place += 1
            continue
        place = place_after
        share = place < len(raw) and raw[place] == "%"
        found.append(_written(value) + "%" * share)
        place += share
    return tuple(found)


def _level(text: str) -> str:
    """Lower case, straight quotes, plain hyphens, single spaces, no soft hyphens."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("\u00ad", "")
    text = re.sub(r"[\u2018\u2019\u201b\u2032\u02bc`]", "'", text)
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text)
    return " ".join(text.split())


def _bare(token: str) -> str:
    return token.removesuffix("'s").replace("'", "") if not token[0].isdigit() else token


def _number(raw: Sequence[str], place: int) -> tuple[Decimal | None, int]:
    """The number that begins at `place`, in digits or words, and where it ends."""
    token = raw[place]
    if token[0].isdigit():
        value, place = Decimal(token.replace(",", "")), place + 1
    else:
        small, place = _below_hundred(raw, place)
        if small is None:
            return None, place
        value = Decimal(small)
        if place < len(raw) and raw[place] == "hundred":
            value, place = value * 100, place + 1
            after = place + (place < len(raw) and raw[place] == "and")
            rest, end = _below_hundred(raw, after)
            if rest is not None:
                value, place = value + rest, end
    if place < len(raw) and raw[place] in _SCALES:
        value, place = value * _SCALES[raw[place]], place + 1
    return value, place


def _below_hundred(raw: Sequence[str], place: int) -> tuple[int | None, int]:
    if place >= len(raw) or raw[place] not in _SMALL:
        return None, place
    value = _SMALL[raw[place]]
    follower = _SMALL.get(raw[place + 1], 0) if place + 1 < len(raw) else 0
    if value >= 20 and 1 <= follower <= 9:
        return value + follower, place + 2
    return value, place + 1


def _written(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(day: str, month: str, year: str, otherwise: str) -> str:
    number = int(month)
    return f"{int(day)} {_MONTHS[number - 1]} {year}" if 1 <= number <= 12 else otherwise
