"""A follow-up that only changes the place, the year or a name, told as the whole question that it stands for.

"How long did cases take in Leeds in 2017?", then "and in Hull?" or "two years later?".
"""

import re
from collections.abc import Iterable

from assistant.inquiry import Inquiry
from assistant.knowledge import Knowledge
from assistant.scope import years_of
from ingest.words import STOPWORDS, stem, words

# What leads on to the place, year or name, and says nothing of its own.
_LEADS_ON = STOPWORDS | frozenset("and or but so also then ok okay well one year years".split())
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_IN_YEAR = re.compile(
    r"(?:,?\s+(?:back\s+)?(?:in|for|of|during|by))?\s+(?:19|20)\d\d\b(?!\s+(?:\w+\s+)?(?:report|inspection|visit)s?\b)"
    r"|\b(?:19|20)\d\d\s+(?=(?:\w+\s+)?(?:report|inspection|visit)s?\b)",
    re.IGNORECASE,
)
_NUMBERS = {word: n for n, word in enumerate("one two three four five six seven eight".split(), 1)}
_YEARS_AWAY = re.compile(
    rf"\b(?:(?P<number>[1-9]|an?|{'|'.join(_NUMBERS)})\s+years?\s+|the\s+year\s+)"
    r"(?P<way>before|earlier|previously|later|after|on)\b"
    r"|\b(?:the|its|their)\s+(?P<near>previous|preceding|following|next)\s+year\b",
    re.IGNORECASE,
)
_BACK = frozenset("before earlier previously previous preceding".split())
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_END = re.compile(r"[\s?.!]*$")


def retold(inquiry: Inquiry, before: Inquiry, knowledge: Knowledge) -> str:
    """The question before with the place, year or name of this one in the stead of its own; empty where
    this one says more than that, or where the other has nothing of the kind."""
    if before.follows or before.months or inquiry.months or len(before.years) > 1:
        return ""
    asked = _with_year(inquiry.asked, before, knowledge)
    years = _YEAR.findall(asked)
    place = _typed(asked, inquiry.place)
    told = {*words(before.asked), *words(place), *years, *_LEADS_ON}
    left = {stem(word) for word in words(asked) if word not in told}
    named = _group(asked, left)
    is_name = left <= {*inquiry.names, *_capitals(asked)}
    if len(years) > 1 or (left and (place or not named or not is_name)):
        return ""
    text = before.asked
    if place:
        text = _replaced(text, _typed(text, before.place), place)
        if not years and not _has_report_of(inquiry.reports, before.years, knowledge):
            text = _IN_YEAR.sub("", text)
    elif left:
        text = _replaced(text, _group(text, before.names), named)
    elif not years:
        return ""
    return _in_year(text, years[0]) if text and years else text


def _with_year(asked: str, before: Inquiry, knowledge: Knowledge) -> str:
    """`asked` with "two years later" as the year that this is, where the place has a report of it."""
    match = _YEARS_AWAY.search(asked)
    if not (match and before.years):
        return asked
    number = _NUMBERS.get((match["number"] or "").lower(), 1)
    number = int(match["number"]) if (match["number"] or "").isdigit() else number
    way = -1 if (match["way"] or match["near"]).lower() in _BACK else 1
    year = str(int(before.years[0]) + way * number)
    others = set(before.reports) - set(before.named)
    if not _has_report_of(others, (year,), knowledge):
        return asked
    return f"{asked[: match.start()]}in {year}{asked[match.end() :]}"


def _has_report_of(reports: Iterable[str], years: Iterable[str], knowledge: Knowledge) -> bool:
    among, wanted = set(reports), set(years)
    return any(r.id in among and years_of(r.description) & wanted for r in knowledge.reports)


def _typed(text: str, place: str) -> str:
    """The name of a place as `text` spells it; empty where it does not."""
    between = r"\W+(?:(?:and|of|on|upon|the|in)\W+)?"
    match = place and re.search(rf"\b{between.join(map(re.escape, place.split()))}\b", text, re.I)
    return match[0] if match else ""


def _group(text: str, roots: Iterable[str]) -> str:
    """The words of `text` that stand together and have these stems; empty where they stand apart."""
    among = set(roots)
    found = [m for m in _WORD.finditer(text) if {stem(word) for word in words(m[0])} & among]
    if not found:
        return ""
    group = text[found[0].start() : found[-1].end()]
    between = set(words(group)) - {word for m in found for word in words(m[0])}
    return group if between <= {"and", "of", "the", "upon", "on"} else ""


def _capitals(asked: str) -> set[str]:
    """The stems of the words written with a capital; in so short a question, the first may be a name."""
    typed = [m[0] for m in _WORD.finditer(asked) if m[0][0].isupper()]
    return set() if asked.isupper() else {stem(word) for one in typed for word in words(one)}


def _replaced(text: str, old: str, new: str) -> str:
    return text.replace(old, new) if old and new else ""


def _in_year(text: str, year: str) -> str:
    """The question of another year; empty where it names several."""
    told = set(_YEAR.findall(text))
    if len(told) > 1:
        return ""
    return _YEAR.sub(year, text) if told else f"{_END.sub('', text)} in {year}?"
