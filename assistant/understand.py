"""Understands what is asked: the kind of answer wanted, of what, where and when, from the conversation.

No language model takes part: rules of English, and what the library's own texts teach of its words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer import Turn
from assistant.everyday import ordinary_words, synonyms
from assistant.evidence import ACRONYM
from assistant.followups import completed, depends, in_place, keeps_time, stays
from assistant.inquiry import Inquiry
from assistant.knowledge import Knowledge
from assistant.recommended import HEADINGS, asks_recommendations
from assistant.retold import retold
from assistant.scope import (
    MONTH_NAMES,
    MONTHS,
    YEAR_OR_TWO,
    dates_in,
    months_in,
    naming,
    years_in,
    years_of,
)
from assistant.verdicts import (
    ASKS_EARLIER,
    ASKS_OVERALL,
    asks_of_whole,
    asks_what_it_got,
    without_last,
)
from assistant.wants import Wants, counted_in, wants_of
from ingest.words import STOPWORDS, stem, words

_MOST = re.compile(
    r"(?<!\bat )(?<!\bat the )"
    r"\b(?:most|highest|best|largest|biggest|top(?:s|ped)?|strongest|maximum|greatest)\b"
    r"|\b(?:beat|outdid|outshone|outperformed)\s+(?:all\s+)?(?:the\s+)?(?:others?|rest)\b"
    r"|\b(?:above|ahead\s+of)\s+(?:all\s+)?the\s+(?:others|rest)\b",
    re.I,
)
_LEAST = re.compile(
    r"(?<!\bat )(?<!\bat the )\b(?:least|lowest|worst|smallest|bottom|weakest|minimum|poorest|fewest)\b",
    re.I,
)
_NEXT_TO = re.compile(
    r"\b(?:second|third|fourth|next)[\s-]+(?:(?:from|to)\s+(?:the\s+)?)?(?:top|bottom|best|worst|highest|lowest|most|least)\b",
    re.IGNORECASE,
)
_GRADE_NAMED = re.compile(
    r"\b(?:top|highest|best|bottom|lowest|worst)\s+(?:overall\s+)?"
    r"(?:grade|mark|rating|band|judge?ment|ranking)s?\b",
    re.IGNORECASE,
)
_ASKS_WHICH = re.compile(r"^\W*(?:(?:and|so|ok|but)\s+)?(?:which|who|whose|name)\b", re.IGNORECASE)
# "Most units were late", "the most common rating": no one that has the most.
_MOST_OF_THEM = re.compile(
    r"(?<!\bthe )(?<!\bhas )(?<!\bhad )(?<!\bhave )(?<!\bgot )(?<!\bscored )(?<!\bwith )(?<!\bare )(?<!^)"
    r"\bmost\s+(?:of\s+(?:the|its|their)\s+)?(?:[\w-]+\s+)?[\w-]*[^s\W]s\b",
    re.IGNORECASE,
)
_MOST_COMMON = re.compile(r"\bmost\s+(?:common|often|frequent)\w*", re.IGNORECASE)
_SEVERAL_FIRST = re.compile(
    r"(?<!\bof )(?<!\bof the )(?<!\bwith )(?<!\btable )"
    r"\b(?:two|three|four|five|ten|[2-9]|10)\s+(?:[\w-]+\s+){0,2}?(?:highest|lowest|best|worst|biggest|largest)\b"
    r"|\b(?:highest|lowest|best|worst|biggest|largest|top|bottom)\s+(?:two|three|four|five|ten|[2-9]|10)\b"
    r"|\bwhich\s+(?:two|three|four|five|ten)\b",
    re.IGNORECASE,
)
_POSSIBLE = re.compile(
    r"\b(?:most|highest|best|largest|top|maximum|least|lowest|minimum)\s+"
    r"(?:possible\b|(?:\w+\s+){0,5}?(?:can|could)\s+(?:get|have|reach|score)\b)",
    re.IGNORECASE,
)
GRADE = "grade"  # what "what did it get?" asks for
MOST_GUESSED = 2  # abbreviations in a question that are guessed: each is looked for in all texts
# An order to the assistant: a clause that begins with it, or words that are said of nothing else.
_TO_ASSISTANT = (
    r"(?:^\W*|[,;:]\s*|\b(?:please|and|then|now|just|must|should|to|you|simply|completely|immediately|us|let['’]s)\s+)"
    r"(?:ignore|disregard|discard|forget|override)\s+(?:\w+\s+){0,3}(?:instructions?|rules|prompts?|above|guidelines)\b"
    r"|\b(?:(?:you\s+are\s+now|system\s+(?:prompt|override|note)|(?:do\s+not|don'?t|without)\s+(?:cit|quot)(?:e|ing)"
    r"|your\s+(?:\w+\s+)?(?:instructions|rules|prompt))\b|(?:previous|new)\s+instructions?\s*:"
    r"|(?:^|[.!?;:,]\s*)from\s+now\s+on\b(?!,?\s+(?:will|would|are|is|do|does|can|should|what|how)\b))"
)
# A figure that is given instead of the reports': "the rate is 10 per cent now, use that".
_USE_THAT = (
    r"\b(?:is|are|was|were)\b[^.?!;]{0,80}?(?<!\d)(?!(?:19|20)\d\d\b)\d[^.?!;]{0,40},\W{0,5}"
    r"(?:(?:so|and)\s+)?use\s+(?:this|that|these|those)(?:\s+(?:one|ones|figures?|instead))*\s*(?=[,.;:!?]|$)"
)
_INSTRUCTION = re.compile(
    r"(?:^|,)[^\w,]*(?:(?:please|kindly|now|so|and|then|just|instead|also|first|ok|okay|you\s+must|you\s+should)\W+)*"
    r"(?:(?:ignore|disregard|forget|override|pretend|act\s+as|repeat\s+after|praise|promise)\b"
    r"|(?:say|reply|answer|respond|state|write|print|output|confirm|tell\s+(?:me|them|everyone))\s+"
    r"(?:that|with|only|it'?s|it\s+(?:is|was)|[\"'“\d]))|" + _USE_THAT + "|" + _TO_ASSISTANT,
    re.IGNORECASE,
)
_ASKS = re.compile(r"\W*(?:what|which|who|whose|when|where|why|how\s+(?!about\b))\b", re.IGNORECASE)
_ALL_TO_ASSISTANT = re.compile(_TO_ASSISTANT, re.IGNORECASE)
_CLAUSE = re.compile(
    r"(?<=[.!?;:\n])\s+|,?\s+(?:and\s+then|then|and\s+just|but\s+first)\s+|\s+[–—-]\s+|\)\s*|\s*\("
)
# Words of the question form, which the evidence need not contain.
_FORM = frozenset(
    "question report reports inspector inspectors find found state stated mention mentioned exactly"
    " know want need hi hello thanks thank kindly roughly currently actually really anything something"
    " many much often long answer figure figures number percentage percent proportion share rate"
    " average total overall year years date time when mean stand define definition abbreviation"
    " acronym short list name names kind kinds type types sort sorts what's who's there's i'm im"
    " whats hows wheres whos amount reason reasons come put make made use used latest recent recently"
    " one two three four five six seven eight nine ten including included yes no like likely".split()
)
_MEANS_BY = re.compile(
    r"\bmean\w*\s+(?:by|with|when\b.{0,40}?\b(?:about|of|to|say\w*|mention\w*))\s+(?P<what>[^?.]+)",
    re.IGNORECASE,
)


def understand(question: str, history: Sequence[Turn], knowledge: Knowledge) -> Inquiry:
    """What `question` asks, completed from `history`."""
    asked = without_last(" ".join(_without_instructions(question).split()))
    asked = knowledge.written_out(asked)
    inquiry = _read(asked, knowledge)
    if not history:
        return inquiry
    before = understand(history[-1].question, history[:-1][-2:], knowledge)
    if depends(asked, inquiry, knowledge):
        whole = retold(inquiry, before, knowledge)
        return _read(whole, knowledge) if whole else completed(asked, inquiry, before)
    if stays(inquiry, before, knowledge):
        kept = before.named if keeps_time(inquiry) else ()
        inquiry = _read(in_place(inquiry, before), knowledge)
        return replace(inquiry, named=inquiry.named or kept, stays=True)
    return inquiry


def _read(asked: str, knowledge: Knowledge) -> Inquiry:
    """The question alone."""
    capitals = _capitals(asked)
    spelt = [
        MONTHS.get(word) or knowledge.corrected(word, may_be_name=word in capitals)
        for word in words(asked)
    ]
    text = asked
    for wrong, right in zip(words(asked), spelt, strict=True):
        if wrong != right:
            text = re.sub(rf"\b{re.escape(wrong)}\b", right, text, flags=re.IGNORECASE)
    places = _places(spelt, knowledge)
    reports = tuple(i for place in places for i in knowledge.places[place])
    # A report on another place than the named one is not what is spoken of.
    own = [r for r in knowledge.reports if not (reports and r.description.place) or r.id in reports]
    called = naming(asked, own, len(knowledge.reports))
    weights: dict[str, float] = {}
    related: dict[str, set[str]] = {}
    spelling: dict[str, str] = {}
    names, unknown = [], []
    expansions: list[tuple[str, str]] = []
    shorts = ACRONYM.findall(asked)
    typed = {short.lower() for short in shorts}
    guesses = {} if asked.isupper() else _guessed(shorts, knowledge)
    for word in spelt:
        if word in STOPWORDS:
            continue
        root = stem(word)
        # Abbreviations are written in capitals, or are no ordinary word of the reports.
        longs = knowledge.long_forms(word.upper() if word in typed else word)
        meant = next(iter(longs), guesses.get(word, ""))
        if longs:
            expansions.append((word, meant))
        if meant:
            parts = [stem(part) for part in words(meant) if part not in STOPWORDS]
            related.setdefault(root, set()).add("+".join(parts))
        spelling[root] = word
        weights[root] = 0.1 if word in called.words else 0.4 if word in _FORM else 1.0
        if word in called.words:
            continue
        is_year = bool(YEAR_OR_TWO.fullmatch(word))
        if not is_year and not longs:
            if _is_name(word, capitals, knowledge):
                names.append(root)
            if not (word[0].isdigit() or knowledge.knows(word) or word in _FORM or meant):
                unknown.append(word)
    sequence = [stem(word) for word in spelt]
    for root, others in synonyms(sequence).items():
        related.setdefault(root, set()).update(others)
    for part, short in _shortened(sequence, knowledge):
        related.setdefault(part, set()).add(stem(short))
    of_grade = any(asks_what_it_got(asked, place) for place in places)
    recommended = asks_recommendations(text, knowledge.place_words | MONTH_NAMES)
    spelt_out = dict.fromkeys(
        (
            *(long for _, long in expansions),
            *guesses.values(),
            *((HEADINGS,) if recommended else ()),
            *((GRADE,) if of_grade else ()),
        )
    )
    if spelt_out:
        text += f" ({'; '.join(spelt_out)})"
    dates = dates_in(asked)
    years = tuple(
        dict.fromkeys(
            year
            for year in (*years_in(asked), *(date[:4] for date in dates))
            if year not in called.words
        )
    )
    wants = _wants(asked, weights, expansions := _meant(asked, expansions))
    wants = Wants.LIST if recommended else Wants.RATING if of_grade else wants
    return Inquiry(
        asked=asked,
        text=text,
        wants=wants,
        defines=tuple(expansions) if wants is Wants.DEFINITION else (),
        weights=weights,
        related={root: frozenset(others) for root, others in related.items()},
        names=tuple(dict.fromkeys(names)),
        years=years,
        months=months_in(asked),
        named=_of_those_dates(reports, dates, knowledge)
        or called.reports
        or _of_those_years(reports, years, knowledge),
        words=spelling,
        unknown=tuple(dict.fromkeys(unknown)),
        reports=reports,
        counted=tuple(word for word in words(counted_in(asked)) if word not in STOPWORDS),
        shorts=tuple(dict.fromkeys(map(stem, words(" ".join(shorts))))),
        overall=bool(ASKS_OVERALL.search(asked)) or any(asks_of_whole(asked, p) for p in places),
        earlier=bool(ASKS_EARLIER.search(asked)),
        superlative=_superlative(asked),
        asks=any(word not in STOPWORDS for word in spelt),
        place=knowledge.called(reports[0]) if len(places) == 1 else "",
    )


def _meant(asked: str, expansions: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of the abbreviations of a question those whose meaning it asks: of "what does the SEND report mean
    by an EHCP" the last."""
    what = _MEANS_BY.search(asked)
    return [one for one in expansions if one[0] in words(what["what"])] if what else expansions


def _wants(asked: str, weights: dict[str, float], expansions: Sequence[tuple[str, str]]) -> Wants:
    """The kind of answer, where a mere abbreviation asks for what it stands for."""
    wants = wants_of(asked)
    explained = {stem(short) for short, _ in expansions}
    is_bare = all(weight < 1 or root in explained for root, weight in weights.items())
    return Wants.DEFINITION if wants is Wants.OTHER and expansions and is_bare else wants


def _superlative(asked: str) -> str:
    """ "most" or "least", where of several things the one with the most or least of something is asked
    for: not where a grade is named ("the top mark"), or the most that there can be."""
    if _POSSIBLE.search(asked) or _NEXT_TO.search(asked):
        return ""
    told = _MOST_COMMON.sub(" ", asked)
    if not _ASKS_WHICH.search(asked):
        told = _MOST_OF_THEM.sub(" ", _GRADE_NAMED.sub(" ", told))
    most, least = _MOST.search(told), _LEAST.search(told)
    if (most and least) or _SEVERAL_FIRST.search(told):
        return ""  # the best and the worst, or the three best: not the one
    return "most" if most else "least" if least else ""


def _shortened(sequence: Sequence[str], knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """The stems of the long forms in a question, each with the abbreviation that stands for it."""
    for long, short in knowledge.short_forms:
        if len(long) > 1 and all(part in sequence for part in long):
            yield from ((part, short) for part in long)


def _guessed(shorts: Sequence[str], knowledge: Knowledge) -> dict[str, str]:
    """What the first few abbreviations that no report has may stand for, in small letters."""
    unknown = [
        s
        for s in dict.fromkeys(shorts)
        if not (knowledge.knows(s.lower()) or knowledge.long_forms(s))
    ]
    found = {s.lower(): knowledge.phrase_of(s.removesuffix("s")) for s in unknown[:MOST_GUESSED]}
    return {short: phrase for short, phrase in found.items() if phrase}


def _is_name(word: str, capitals: set[str], knowledge: Knowledge) -> bool:
    """Whether a word is a name: written with a capital, or written so by the reports and no more."""
    if word in MONTH_NAMES or word in _FORM:
        return False
    if word in capitals:
        return True
    only_name = word in knowledge.place_words or word not in ordinary_words()
    return only_name and knowledge.is_name(word)


def _without_instructions(question: str) -> str:
    """The question without clauses that give the assistant orders.

    Where nothing else is left, it may still be a question ("Confirm that Hull was good"): empty only
    where it speaks of the assistant itself.
    """
    clauses = [clause for clause in _CLAUSE.split(question) if clause and clause.strip()]
    kept = [
        c
        for c in clauses
        if not _INSTRUCTION.search(c) or (_ASKS.match(c) and not _ALL_TO_ASSISTANT.search(c))
    ]
    if len(kept) == len(clauses) or not (kept or _ALL_TO_ASSISTANT.search(question)):
        return question
    return " ".join(kept)


def _capitals(asked: str) -> set[str]:
    """Words written with a capital after the first of a sentence: names, as far as form tells."""
    if asked.isupper():
        return set()
    found = set()
    for match in re.finditer(
        r"(?<![.!?]\s)(?<=\s)[(\"'“‘]?([A-Z][a-z]+(?:[-'’][A-Za-z]+)*)", asked
    ):
        found.update(words(match[1]))
    titled = [w for w in asked.split() if w[:1].isupper()]
    return set() if len(titled) > 0.7 * len(asked.split()) else found


def _places(spelt: list[str], knowledge: Knowledge) -> list[tuple[str, ...]]:
    """The longest places, by their words, that a question names of those that reports are about."""
    named = [place for place in knowledge.places if all(word in spelt for word in place)]
    longest = max(map(len, named), default=0)
    return [place for place in named if len(place) == longest]


def _of_those_dates(
    reports: Sequence[str], dates: Sequence[str], knowledge: Knowledge
) -> tuple[str, ...]:
    """The reports published on a date asked about, of the place that is named where one is."""
    published = [r.id for r in knowledge.reports if r.description.published in dates]
    return tuple(i for i in published if not reports or i in reports)


def _of_those_years(
    reports: Sequence[str], years: Sequence[str], knowledge: Knowledge
) -> tuple[str, ...]:
    """Those of the reports about a place that were published, or tell of an inspection, in a year
    asked about."""
    about = set(reports)
    told = {r.id: years_of(r.description) for r in knowledge.reports if r.id in about}
    return tuple(report for report in reports if told[report] & set(years))
