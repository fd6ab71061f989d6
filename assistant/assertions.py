"""Reads the values that a text asserts, as ranges: figures, grades, dates, quantifiers."""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.date_values import dates
from assistant.frequencies import frequencies
from assistant.grade_values import grades
from assistant.rounding import Range, open_side, range_of, rounding
from assistant.value import SOME, Sort, Value
from ingest.statistics import Statistic, Unit, statistics
from ingest.words import STOPWORDS, stem, words

__all__ = ["Sort", "Value", "values"]

# Quantifiers as ranges in per cent, with the side on which they are open; the longest fits first.
_QUANTIFIERS: list[tuple[re.Pattern[str], Range, int]] = [
    (re.compile(pattern, re.IGNORECASE), range_, open_)
    for pattern, range_, open_ in [
        (r"\b(?:almost|nearly|virtually|practically)\s+(?:all|every|always|everywhere)\b", (80, 99.5), 0),
        (r"\b(?:almost|nearly|hardly|virtually)\s+(?:none|no|any|never)\b|\bscarcely\s+any\b", (0.5, 15), 0),
        (r"\bnot\s+(?:all|every|everyone|always)\b", (1, 99), 0),
        (r"\b(?:the\s+)?(?:vast|overwhelming|great|large)\s+majority\b", (70, 99), 1),
        (r"\b(?:small|tiny)\s+minority\b|\bvery\s+few\b|\bjust\s+a\s+few\b", (0.5, 20), -1),
        (r"\b(?:a\s+)?majority\b|\bmost\s+(?!\w+(?:ous|ful|ive|able|ible|al|ic|ent|ant|ed|ing|ly)\b|common|basic|often|likely|to\b)"
         r"(?=(?:of\s+)?(?:the\s+)?(?:[\w’'-]+\s+){0,3}?(?:[A-Za-z]+s|children|people|women|men|staff)\b|of\b)"
         r"|\bmore\s+often\s+than\s+not\b|\bmainly\b|\bmostly\b", (50.5, 99), 1),
        (r"\b(?:a\s+)?minority\b|\btoo\s+few\b", (1, 49.5), -1),
        (r"\bnot\s+(?:one|a\s+single|any)\b|\bzero(?=\s+[a-z])|\bnone\b|\bnobody\b|\bno\s+one\b|\bnever\b|\bneither\b"
         r"|\bnowhere\b|\bno\s+(?!(?:more|fewer|less|better|worse|lower|higher)\s+than\b|(?:longer|doubt)\b)"
         r"(?=[a-z]+s?\b)", (0, 0), 0),
        (r"\ball\b(?!\s+(?:too|over|about|but))|\bevery(?:one|body|where|\s+single)?\b|\beach\b|\bboth\b"
         r"|\balways\b|\bwithout\s+exception\b|\bonly\s+ever\b", (100, 100), 0),
        (r"\b(?:quite\s+a|a|the|these|those|in|some)\s+few\b|\bseveral\b(?!\s+(?:hundred|thousand|million))"
         r"|\bsome\b(?!\s*[£$€\d]|\s+(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|dozen"
         r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|half|a\b|an\b|way|extent|point|distance))",
         SOME, 0),
        (r"(?<!as )(?<!every )(?<!next )(?<!last )(?<!past )\bfew\b(?!\s+and\s+far)", (0.5, 35), -1),
    ]
]  # fmt: skip
_SINGLE = re.compile(r"(?<!not )(?<!every )\b(?:a|one)\s+single\s+(?=[A-Za-z])", re.IGNORECASE)
_COUPLE = re.compile(r"\ba\s+couple\s+of\b(?!\s+(?:the\s+)?(?:days|weeks|months|years))", re.I)
# "One" counts after "only", or before "of the 12"; before a bare noun it may be an article.
_COUNTED_ONE = re.compile(r"\b(?:only|just)\s+$", re.IGNORECASE)
_ONE_OF = re.compile(r"\s+of\s+(?:(?:the|its|their|our|these|those)\s+|(?=\d))", re.IGNORECASE)
_THE_ONE = re.compile(
    r"\b(?:the|this|that|these|which|any|each|every|no|not|single|another|an?|someone|first|last|other)\s+$",
    re.IGNORECASE,
)
_BARE_NOUN = re.compile(
    r"\s+(?!(?:thing|day|time|way|example|another|such|side|hand|reason|area|who|that|which|can|could|must"
    r"|should|would|may|might|will|is|was|has|had|did|does|in|to|at|by|for|from|with|as|on|and|or|but|of"
    r"|year|month|week|more|final|further)\b)(?P<noun>[a-zA-Z][\w-]+)"
)
_NOT_COUNTED = re.compile(r"(?:years?|months?|weeks?)[\s-]olds?\b")
_COUNTED = re.compile(
    r"[\s-]+(?:[\w’'-]+\s+){0,2}?(?:[a-z][\w-]*[^s\s]s|people|children|staff|women|men)\b"
)
_AGED = re.compile(r"\bage[ds]?\s+(?:between\s+)?(?:\w+\s+(?:to|and|or)\s+)?$", re.IGNORECASE)
_TO_AN_AGE = re.compile(r"-?\s*(?:to|and|or|-|–)\s*\d+[\s-]years?[\s-]olds?\b", re.IGNORECASE)
_PART_OF = re.compile(
    r"(?:\s+(?!in\b|out\b|of\b)[\w’'-]+){1,4}\s+(?:in|out\s+of)(?:\s+every)?\s+$",
    re.IGNORECASE,
)
_DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "fortnight": 14, "month": 30.44, "year": 365.25}
_TIME_UNIT = re.compile(r"[\s-]*(hour|day|week|fortnight|month|year)s?\b", re.IGNORECASE)
_A_SPELL = re.compile(
    r"\ba\s+(?P<unit>week|fortnight|month|year)\b(?!\s*[,.]?\s*(?:ago|earlier|later|before))", re.I
)
_FROM_TO = re.compile(
    r"(?<![\d/–-])\b(?P<low>\d{1,2}(?:\.\d+)?)\s*%?\s*(?:[-–]|to)\s*(?P<high>\d{1,3}(?:\.\d+)?)\s*(?:%|per\s*cent)"
)
# What went from one figure to another had both, one after the other.
_CHANGED = re.compile(
    r"\b(?:rose|ris(?:en?|es|ing)|f[ae]ll(?:en|s|ing)?|gr[eo]w(?:n|s|ing|th)?|drop(?:s|ped|ping)?|increas\w+"
    r"|decreas\w+|declin\w+|reduc\w+|improv\w+|worsen\w*|deteriorat\w+|went|gone|go(?:es|ing)|mov\w+"
    r"|jump\w*|climb\w*|slip\w*|shr[aiu]nk\w*|cut|lower\w*|rais\w+|chang\w+|up|down)"
    r"(?:(?:\b[^.;:]{0,60})?\s(?:from|by))?(?:\s+(?:about|around|just|over|under|nearly|almost|some|roughly))*\s+$"
    r"|\bby\s+$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"(?<!difference )(?<!gap )\bbetween\s+(?P<low>\d{1,2}(?:\.\d+)?)\s*(?:%|per\s*cent)?\s+and\s+"
    r"(?P<high>\d{1,3}(?:\.\d+)?)\s*(?:%|per\s*cent)(?!\s*points?)",
    re.IGNORECASE,
)
_AND_A_HALF = re.compile(r"\ban?\s+(?P<unit>hour|day|week|month|year)\s+and\s+a\s+half\b", re.I)
_HALF_A = re.compile(
    r"\b(?P<about>about\s+|around\s+|roughly\s+)?half\s+a\s+(?P<unit>week|month|year)\b", re.I
)
_BEYOND = re.compile(
    r"(?:(?P<under>under|less\s+than|within|below)|over|more\s+than|longer\s+than|above)\s+$", re.I
)
_OF_A_MILLION = re.compile(
    r"\b(?P<about>about\s+|around\s+|nearly\s+|almost\s+|roughly\s+|getting\s+on\s+for\s+)?"
    r"(?:an?\s+|(?P<three>three[\s-]))?(?P<part>half|quarter)s?\s+(?:of\s+)?a\s+million\b",
    re.IGNORECASE,
)
_POINTS = re.compile(r"[\s-]points?\b", re.IGNORECASE)
_GRADED = re.compile(
    r"\s+(?:as\s+)?[‘'\"“]?(?:outstanding|good|requires\s+improvement|inadequate)\b", re.IGNORECASE
)
_A_RATE = re.compile(
    r"(?:per\s*cent|%|times|hours?|days?|once|twice|£[\d.,]+\w*|\b(?:one|two|three|\d+)\s+in\s+\w+)\s*$",
    re.IGNORECASE,
)
_BEFORE = 60  # characters before a value that say what it is
_SPELL = re.compile(r"(?:the\s+)?(?:years?|months?|weeks?|days?|time)\b", re.IGNORECASE)
_AFTER = re.compile(
    r"[\s-]*(?:of\s+)?(?:the\s+|its\s+|their\s+|our\s+|these\s+)?((?:[\w'’-]+\s+)?[\w'’-]+)"
)
# Between a quantifier and what it quantifies: "every one of the 3 regions", "all three PDUs".
_WITHOUT_NOUN = re.compile(
    r"(?:where|body|one|never|always|none|neither|mainly|mostly|not|exception|ever)$", re.IGNORECASE
)
_OF_SO_MANY = re.compile(
    r"(?:\s+(?:single\s+)?one)?(?:\s+of)?(?:\s+(?:the|its|their|our|these|those))?"
    r"(?:\s+(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|dozen|other|single))?(?=\s)",
    re.IGNORECASE,
)
_SORTS = {
    Unit.PERCENT: Sort.SHARE,
    Unit.RATIO: Sort.SHARE,
    Unit.POINTS: Sort.POINTS,
    Unit.MONEY: Sort.MONEY,
    Unit.COUNT: Sort.COUNT,
    Unit.ORDINAL: Sort.ORDINAL,
}


def values(text: str) -> list[Value]:
    """The values of `text` in order; a frequency hides a figure that it overlaps, and a figure a quantifier
    or date."""
    found: list[Value] = []
    read = (frequencies, _figures, grades, dates, _quantifiers)
    for value in (value for kind in read for value in kind(text)):
        if not any(value.start < other.end and other.start < value.end for other in found):
            found.append(value)
    return sorted(found, key=lambda value: value.start)


def ages(text: str) -> frozenset[float]:
    """The ages in years that `text` states, which are no values: "aged 16", "14 years old"."""
    return frozenset(
        figure.value
        for figure in statistics(text)
        if figure.unit is Unit.COUNT
        and (_NOT_COUNTED.match(text[figure.end :].lstrip(" -").lower()) or _is_age(figure, text))
    )


def may_be_age(value: Value, text: str) -> bool:
    """Whether a count of `text` may be an age: a bare number, with nothing that it counts."""
    return value.sort is Sort.COUNT and not _COUNTED.match(text, value.end)


def _figures(text: str) -> Iterator[Value]:
    found = statistics(text)
    for match in _OF_A_MILLION.finditer(text):
        part = {"half": 5e5, "quarter": 2.5e5}[match["part"].lower()]
        number = part * (3 if match["three"] else 1)
        off = 0.05 if match["about"] else 0.02
        yield Value(Sort.COUNT, (number * (1 - off), number * (1 + off)), *match.span())
    for match in (*_FROM_TO.finditer(text), *_BETWEEN.finditer(text)):
        low, high = float(match["low"]), float(match["high"])
        if low < high and not _CHANGED.search(text, max(0, match.start() - 100), match.start()):
            yield Value(Sort.SHARE, (low, high), match.start(), match.end(), spans=True)
    for match in _SINGLE.finditer(text):
        yield Value(Sort.COUNT, (1, 1), match.start(), match.end() - 1, _nouns(text, match.end()))
    for match in _COUPLE.finditer(text):
        yield Value(Sort.COUNT, (2, 3), *match.span(), _nouns(text, match.end()))
    for match in _AND_A_HALF.finditer(text):
        days = 1.5 * _DAYS[match["unit"].lower()]
        yield Value(Sort.SPELL, (days * 0.985, days * 1.015), *match.span())
    for match in _HALF_A.finditer(text):
        days, off = _DAYS[match["unit"].lower()] / 2, 0.1 if match["about"] else 0.03
        spell = (days * (1 - off), days * (1 + off))
        yield Value(Sort.SPELL, spell, match.start(), match.end())
    for place, figure in enumerate(found):
        after = text[figure.end : figure.end + 24]
        if figure.unit is Unit.COUNT and _NOT_COUNTED.match(after.lstrip(" -").lower()):
            continue
        if figure.unit is Unit.COUNT and (_is_age(figure, text) or not figure.value):
            continue  # "zero" is none
        following = found[place + 1] if place + 1 < len(found) else None
        if following and _is_part_of(figure, following, text):
            # "fewer than one file in five"
            share = replace(figure, value=100 * figure.value / following.value, unit=Unit.RATIO)
            yield replace(_value(Sort.SHARE, share, text), end=following.end)
            continue
        unit = _TIME_UNIT.match(text, figure.end)
        if figure.unit is Unit.COUNT and unit:
            low, high = range_of(figure, text)
            days = _DAYS[unit[1].lower()]
            spell = (low * days * 0.985, high * days * 1.015)
            yield replace(_value(Sort.SPELL, figure, text), range=spell, end=unit.end())
            continue
        if text[figure.start : figure.end].lower() == "one":
            yield from _one(figure, text)
            continue
        points = figure.unit is Unit.COUNT and _POINTS.match(text, figure.end)
        sort = Sort.POINTS if points else _SORTS[figure.unit]
        nouns = _nouns(text, figure.end) if sort is Sort.COUNT else frozenset()
        yield replace(_value(sort, figure, text), nouns=nouns)
    for match in _A_SPELL.finditer(text):
        near = max(0, match.start() - _BEFORE)
        if not _A_RATE.search(text, near, match.start()):
            days = _DAYS[match["unit"].lower()]
            beyond = _BEYOND.search(text, near, match.start())
            low, high, open_ = 0.985, 1.015, 0
            if beyond:
                low, high, open_ = (0.5, 1.001, -1) if beyond["under"] else (1.001, 1.6, 1)
            spell = (days * low, days * high)
            yield Value(Sort.SPELL, spell, *match.span(), vague=bool(open_), open=open_)


def _value(sort: Sort, figure: Statistic, text: str) -> Value:
    """The value of a figure, with how it is hedged."""
    return Value(
        sort,
        range_of(figure, text),
        figure.start,
        figure.end,
        vague=figure.hedge in ("over", "under"),
        open=open_side(figure, text),
        rounds=rounding(figure),
    )


def _one(figure: Statistic, text: str) -> Iterator[Value]:
    """ "One" where it counts; mostly it is an article or a pronoun."""
    one = Value(Sort.COUNT, (1, 1), figure.start, figure.end, _nouns(text, figure.end))
    noun = _BARE_NOUN.match(text, figure.end)
    near = max(0, figure.start - _BEFORE)
    pointed = _THE_ONE.search(text, near, figure.start)  # "every one of the regions"
    if (
        _GRADED.match(text, figure.end)
        or (_ONE_OF.match(text, figure.end) and not pointed)
        or (noun and _COUNTED_ONE.search(text, near, figure.start))
    ):
        yield one
    elif noun and not pointed:
        yield replace(one, nouns=frozenset({stem(noun["noun"].lower())}), loose=True)


def _is_age(figure: Statistic, text: str) -> bool:
    return bool(_AGED.search(text, 0, figure.start) or _TO_AN_AGE.match(text, figure.end))


def _is_part_of(part: Statistic, whole: Statistic, text: str) -> bool:
    return (
        part.unit is Unit.COUNT
        and whole.unit is Unit.COUNT
        and 0 < part.value < whole.value <= 20
        and bool(_PART_OF.fullmatch(text, part.end, whole.start))
    )


def _quantifiers(text: str) -> Iterator[Value]:
    taken: list[tuple[int, int]] = []
    for pattern, range_, open_ in _QUANTIFIERS:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            if _SPELL.match(text, match.end() + 1):
                continue  # "each year", "all the time" count nothing
            number = _OF_SO_MANY.match(text, match.end())
            nouns = _nouns(text, number.end() if number else match.end())
            if _WITHOUT_NOUN.search(match[0]):
                nouns = frozenset()
            yield Value(Sort.SHARE, range_, *match.span(), nouns, worded=True, open=open_)


def _nouns(text: str, end: int) -> frozenset[str]:
    after = _AFTER.match(text, end)
    return (
        frozenset(stem(w) for w in words(after[1]) if w not in STOPWORDS) if after else frozenset()
    )
