"""A follow-up that only changes the place, the year or a name, told as the whole question that it stands for.

"How long did cases take in Leeds in 2017?", then "and in Hull?" or "two years later?".
"""

import re
from collections.abc import Iterable

from assistant.everyday import ordinary_words
from assistant.inquiry import Inquiry
from assistant.knowledge import Knowledge
from assistant.scope import YEAR, years_of
from ingest.words import STOPWORDS, stem, words

# What leads on to the place, year or name, and says nothing of its own.
_LEADS_ON = STOPWORDS | frozenset("and or but so also then ok okay well one year years".split())
_OF_BODY = frozenset("council county city borough".split())  # "and Bury Council?"
_REPORTS = r"(?:\w+\s+)?(?:report|inspection|visit|review)s?\b"
# A year that dates what is asked: "the 2000 children" has none.
_IN_YEAR = re.compile(
    rf"^in\s+(?:19|20)\d\d,?\s+|(?:,?\s+(?:back\s+)?(?:in|for|during|by|since|from|until))?\s+(?:19|20)\d\d(?=\W*$|[,:;])"
    rf"|,?\s+(?:back\s+)?(?:in|during|by|since|from|until)\s+(?:19|20)\d\d\b(?!\s+{_REPORTS})"
    rf"|\b(?:19|20)\d\d\s+(?={_REPORTS})",
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
    asked = _with_year(inquiry, before, knowledge)
    years, place = YEAR.findall(asked), _typed(asked, inquiry.place)
    told = {*words(before.asked), *words(place), *years, *_LEADS_ON, *(_OF_BODY if place else ())}
    left = {stem(word) for word in words(asked) if word not in told}
    named = _group(asked, left)
    if not asked or len(years) > 1 or (left and (place or not named)):
        return ""
    text = before.asked
    if place:
        text = _replaced(text, _typed(text, before.place), place)
        if not years and not _has_report_of(inquiry.reports, before.years, knowledge):
            text = _begun(_IN_YEAR.sub("", text))
    elif left:
        is_name = not before.place and all(_is_name(word, knowledge) for word in words(named))
        text = _replaced(text, _group(text, before.names), named) if is_name else ""
    elif not years:
        return ""
    return _in_year(text, years[0]) if text and years else text


def _is_name(word: str, knowledge: Knowledge) -> bool:
    """Whether a word is a name, and no part of what is asked that began with a capital."""
    known = knowledge.is_name(word) or not (knowledge.knows(word) or word in ordinary_words())
    return word in STOPWORDS or (known and not knowledge.long_forms(word))


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def _with_year(inquiry: Inquiry, before: Inquiry, knowledge: Knowledge) -> str:
    """What is asked with "two years later" as the year that this is; empty where the place has no report of
    it, or where no year was said."""
    match = _YEARS_AWAY.search(inquiry.asked)
    if not match:
        return inquiry.asked
    number = _NUMBERS.get((match["number"] or "").lower(), 1)
    number = int(match["number"]) if (match["number"] or "").isdigit() else number
    way = -1 if (match["way"] or match["near"]).lower() in _BACK else 1
    year = str(int(before.years[0]) + way * number) if before.years else ""
    among = inquiry.reports or set(before.reports) - set(before.named)
    if not _has_report_of(among, (year,), knowledge):
        return ""
    return f"{inquiry.asked[: match.start()]}in {year}{inquiry.asked[match.end() :]}"


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


def _replaced(text: str, old: str, new: str) -> str:
    return re.sub(rf"\b{re.escape(old)}\b", lambda _: new, text) if old and new else ""


def _in_year(text: str, year: str) -> str:
    """The question of another year; empty where it names several, or has one that dates nothing."""
    told = YEAR.findall(text)
    if not told:
        return f"{_END.sub('', text)} in {year}?"
    dated = _IN_YEAR.search(text)
    if len(told) > 1 or not dated:
        return ""
    return text[: dated.start()] + YEAR.sub(year, dated[0]) + text[dated.end() :]
