"""Finds the figures that a text states: value, unit and place, in digits or in words.

Dates, years and labels ("Figure 8", "page 22", "domain two") are not statistics, and are left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a figure is measured in."""

    PERCENT = "per cent"
    POINTS = "percentage points"
    MONEY = "pounds"
    RATIO = "ratio"  # a share in words: half, two-thirds, one in four; the value is in per cent
    COUNT = "count"
    ORDINAL = "ordinal"


@dataclass(frozen=True, slots=True)
class Statistic:
    """One figure: its value in its unit, and `text[start:end]`, where it stands."""

    value: float
    unit: Unit
    start: int
    end: int
    hedge: str = ""  # "about", "over" or "under", where the text rounds
    noun: str = ""  # of a count, the word that follows: "weeks", "cases"

    @property
    def is_share(self) -> bool:
        """Whether it is a part of a whole, in per cent."""
        return self.unit in (Unit.PERCENT, Unit.RATIO)


_ONES = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen".split(),
        range(20),
        strict=True,
    )
)
_TENS = dict(
    zip(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(),
        range(20, 100, 10),
        strict=True,
    )
)
_ORDINALS = dict(
    zip(
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(),
        range(1, 11),
        strict=True,
    )
)
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6,
    "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "k": 1e3, "m": 1e6,
    "mn": 1e6, "bn": 1e9, "dozen": 12,
}  # fmt: skip

_SMALL = "|".join(sorted([*_ONES, *_TENS], key=len, reverse=True))
_WORD_NUMBER = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[\s-](?:{'|'.join(list(_ONES)[1:10])}))?|{'|'.join(_ONES)})"
    r"(?:\s+hundred(?:\s+and\s+\w+(?:-\w+)?)?)?"
)
_MOST_DIGITS = 24  # of a number, or of two: what has more is no figure
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_LARGE = "hundred|thousand|million|billion|dozen"
_UNIT = (
    r"[\s-]?percentage[\s-]points?\b|\s?%(?:\s*points?\b)?|[\s-]?per[\s-]?cent\b(?:\s+points?\b)?"
)
_PART_WORD = r"halves|half|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|tenths?"
_HEDGES = {
    "about": r"about|around|approximately|roughly|some|circa|c\.",
    "under": r"just under|nearly|almost|less than|fewer than|under|up to|below|at most|no more than"
    r"|not quite|close to",
    "over": r"just over|more than|over|above|at least|upwards? of|in excess of|well over|no fewer than"
    r"|no less than",
}
_HEDGE = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _HEDGES.items())
_BEFORE = re.compile(rf"\b(?:{_HEDGE})\s+(?:a\s+|an\s+|the\s+)?$", re.IGNORECASE)

_PATTERNS = re.compile(
    rf"""
    (?P<skip>\b\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}\b
      |\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s*(?:-|–|to|and)\s*\d{{1,2}})?\s+(?:January|February|March
        |April|May|June|July|August|September|October|November|December)\b(?:\s+\d{{4}})?
      |\b(?:January|February|March|April|June|July|August|September|October|November|December)
        \s+(?:\d{{1,2}},?\s+)?\d{{4}}\b|\bMay\s+\d{{4}}\b
      |\b(?:19|20)\d\d\s*[/–-]\s*(?:(?:19|20)\d\d|\d\d)\b
      |\b(?:figure|fig\.|table|page|pages|p\.|pp\.|appendix|annex|section|sections|part|chapter
        |paragraph|domain|article|act|standard|phase|stage|level|tier|band|grade|version|no\.
        |number|reg(?:ulation)?s?\.?|ofsted\s+urn|urn|isbn:?)\s+(?!\d{{1,3}}(?:,\d{{3}})+\b)
        (?:\d[\d.\-]*(?:\s?\(\w{{1,3}}\))*(?!\w)
        |(?:one|two|three|four|five)\b)
      |\b\d{{1,2}}[:.]\d\d\s*(?:am|pm)\b|\bCovid-19\b|\b\d+/\d+\b|\b[A-Z]+\d+[A-Z]*\d*\b
      |\b\d+(?:\.\d+){{2,}}\b|\b24/7\b
      |(?:\A|(?<=[“‘"]))\s*\d{{1,2}}\.(?:\d{{1,2}})?\s+(?=(?-i:[A-Z]))|\A\d{{1,2}}\t(?=[^\W\d])
      |\b(?-i:Year|Room|Quarter|Group|Team|Floor)\s+\d{{1,2}}\b
      |\b(?:in|into|enter(?:s|ed|ing)?|of|from|to|and|for|between)\s+year\s+\d{{1,2}}\b(?!\s+months?)
      |\byear\s+\d{{1,2}}(?=\s+(?:pupils?|children|students?|class(?:es)?|groups?)\b)
      |(?<!\w)(?:\+44\s?|0)\d{{2,4}}(?:[\s-]\d{{3,6}}){{1,2}}\b
      |\b\d{{1,4}}[a-z]?\s+(?:(?-i:[A-Z])\w+\s+){{1,3}}(?-i:Street|Road|Avenue|Lane|Square|Terrace)\b
      |\bthird[\s-](?:sector|part(?:y|ies))\b
      |\b(?:most|an?)\s+\w+\s+one\b(?!\s+\w+s\b)
      |\bone\s+(?:(?:in|for|on|to)\s+)?(?:which|whom|who|that|where)\b
      |\bone\s+of\s+the\s+(?:most|least|best|worst|few|\w+est)\b
      |\b(?:to|is|was|as)\s+one\s+of\s+(?!(?:the|his|her|their|our|its|these|those)\b|\d|\w+s\b)
      |\bone\s+another\b|\bno\s+one\b|\bsecond(?:ly|ary|ed)\b
      |\bone-to-one\b|\b(?:at|in)\s+one\s+(?:point|time)\b|\bat\s+first\b|\bin\s+the\s+first\b
      |\bfirst[\s-](?:time|ly|hand|class|aid)\b|\bfirst\s+and\s+foremost\b)
    |(?P<inten>\b(?P<in_a>{_WORD_NUMBER}|{_DIGITS})(?:(?<!\d)\s+in|\s+(?-i:in|IN)|\s+out\s+of)(?:\s+every)?\s+
        (?!(?:19|20)\d\d\b)(?P<in_b>{_WORD_NUMBER}|{_DIGITS})\b(?!\s*(?:per\s*cent|%)))
    |(?P<half>\bhalf\s+an?\s+(?P<half_s>{_LARGE})\b)
    |(?P<part>\b(?:(?P<part_n>{_SMALL}|a|an|\d)[\s-]+)?(?P<part_word>{_PART_WORD})\b
        (?=\s+(?:of|to|or|were|was|had|have|did|do|the|that|those|all|are|is|in|from|who|as|a\b|an\b|not)
        |[.,;:)]|$|\s+\w+ed\b
        |(?(part_n)\s+(?:after|since|over|during|between|when|while|once|on|at|by|compared|than
          |more|fewer|less|higher|lower)\b|(?!))))
    |(?P<money>[£$€]\s?(?P<money_n>{_DIGITS})\s?(?P<money_s>thousand|million|billion|bn|mn|m|k)?\b)
    |(?P<pounds>\b(?P<pounds_n>{_DIGITS})\s+(?P<pounds_s>thousand|million|billion)\s+pounds\b)
    |(?P<twice>\btwice\b)
    |(?P<num>(?<![\w.])(?P<num_n>{_DIGITS}|\b{_WORD_NUMBER}|\ba(?=\s+(?:{_LARGE})\b))
        (?P<num_half>\s+and\s+a\s+half\b)?(?:\s?(?P<num_s>{_LARGE}|bn|m|k)\b)?
        (?:(?P<unit>{_UNIT})
            |(?=\s?(?P<joint>-|–|to\b|or\b|and\b)\s?(?:{_DIGITS}|{_WORD_NUMBER})(?P<range_unit>{_UNIT}))
        )?)(?![\w])
    |(?P<ord>\b(?:{"|".join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SIGNS = {"<": "under", "≤": "under", ">": "over", "≥": "over"}
_NO_NOUNS = frozenset("as were was are is had have and or for in at with rated of".split())
_WORD_BEFORE = re.compile(r"(?:^|\s)(\w)[\w’'-]*\s$")
_WORD_AFTER = re.compile(r"\s(\w)")
_NOUN = re.compile(r"[\s-]+((?:[a-z]+[\s-]+){0,3}?[a-z]+)", re.IGNORECASE)


def statistics(text: str) -> list[Statistic]:
    """The figures of `text`, in order; they never overlap."""
    return list(_statistics(text))


def _statistics(text: str) -> Iterator[Statistic]:
    noun = ""
    for match in _PATTERNS.finditer(text):
        is_number = not match["skip"] and sum(map(str.isdigit, match[0])) <= _MOST_DIGITS
        found = _read(match) if is_number else None
        if found is None:
            continue
        value, unit = found
        if (unit is Unit.COUNT and _is_year(match[0])) or _is_name(text, match):
            continue
        start, end = match.span()
        hedge = _BEFORE.search(text, max(0, start - 24), start)
        sign = text[max(0, start - 2) : start].rstrip()[-1:]
        name = hedge.lastgroup or "" if hedge else _SIGNS.get(sign, "")
        name = name or ("over" if text.startswith("+", end) else "")
        noun = _noun(text, match, noun) if unit is Unit.COUNT else noun
        yield Statistic(value, unit, start, end, name, noun if unit is Unit.COUNT else "")


def hedged_start(text: str, statistic: Statistic) -> int:
    """Where a figure begins with the words that round it: "less than a quarter", "some 4,000"."""
    hedge = _BEFORE.search(text, max(0, statistic.start - 24), statistic.start)
    return hedge.start() if hedge else statistic.start


def number(word: str) -> float | None:
    """The value of one number in digits or words ("twenty-four", "3,968"), or None."""
    word = word.lower().strip()
    if re.fullmatch(_DIGITS, word):
        return float(word.replace(",", ""))
    total = 0.0
    for part in re.split(r"[\s-]+", word):
        if part in _ONES:
            total += _ONES[part]
        elif part in _TENS:
            total += _TENS[part]
        elif part == "hundred":
            total *= 100
        elif part != "and":
            return None
    return total


def _read(match: re.Match[str]) -> tuple[float, Unit] | None:
    """The value and unit of a match, or None for what is not a statistic."""
    kind = next(name for name in ("inten", "half", "part", "money", "pounds", "twice", "num", "ord")
                if match[name] is not None)  # fmt: skip
    match kind:
        case "inten":
            part, whole = number(match["in_a"]), number(match["in_b"])
            if part is None or not whole or part > whole:
                return None
            return 100 * part / whole, Unit.RATIO
        case "half":
            return _SCALES[match["half_s"].lower()] / 2, Unit.COUNT
        case "twice":
            return 2.0, Unit.COUNT
        case "part":
            return _part(match["part_n"], match["part_word"])
        case "money" | "pounds":
            value = float(match[f"{kind}_n"].replace(",", ""))
            return value * _SCALES.get((match[f"{kind}_s"] or "").lower(), 1), Unit.MONEY
        case "num":
            return _number(match)
        case _:
            word = match["ord"].lower()
            return float(_ORDINALS.get(word) or int(re.sub(r"\D", "", word))), Unit.ORDINAL


def _part(count: str | None, word: str) -> tuple[float, Unit] | None:
    word = word.lower()
    whole = _PARTS[word if word in _PARTS else word.removesuffix("s")]
    parts = 1.0 if count in (None, "") or count.lower() in ("a", "an") else number(count)
    if not parts or parts > whole or (count is None and word in _ORDINALS):
        return None  # "third" alone is an ordinal, "third parties" no share
    if word.endswith("s") and word != "halves" and parts == 1:
        return None  # "quarters" of a town
    return 100 * parts / whole, Unit.RATIO


def _number(match: re.Match[str]) -> tuple[float, Unit] | None:
    value = 1.0 if match["num_n"].lower() == "a" else number(match["num_n"])
    if value is None:
        return None
    value += 0.5 if match["num_half"] else 0
    value *= _SCALES.get((match["num_s"] or "").lower(), 1)
    unit = (match["unit"] or _unit_of_range(match)).lower()
    if "point" in unit:
        return value, Unit.POINTS
    if unit:
        return value, Unit.PERCENT
    return value, Unit.COUNT


def _unit_of_range(match: re.Match[str]) -> str:
    """The unit that "20 to 30 per cent" states once for both; "and" makes a range only after
    "between"."""
    if not match["range_unit"] or _is_year(match["num_n"]):
        return ""
    before = match.string[max(0, match.start() - 8) : match.start()].lower()
    is_range = match["joint"].lower() != "and" or before == "between "
    return str(match["range_unit"]) if is_range else ""


def _noun(text: str, match: re.Match[str], before: str) -> str:
    """What a count counts: the words that follow, or, where it stands for itself ("ten as good and
    two as poor"), what the count before it did."""
    if match["twice"]:
        return "times"
    after = _NOUN.match(text, match.end())
    if after is None:
        return ""
    noun = after[1].lower()
    return before if before and noun.split()[0] in _NO_NOUNS else noun


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether a number in words is part of a name: it has a capital inside a sentence, as has one
    of its neighbours and not the other; where both have, it is a headline."""
    if not match[0][0].isupper():
        return False
    before = _WORD_BEFORE.search(text, max(0, match.start() - 40), match.start())
    after = _WORD_AFTER.match(text, match.end())
    return bool(before and after and before[1].isupper() != after[1].isupper())


def _is_year(word: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", word.strip()))
