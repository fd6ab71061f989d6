"""Understands what is asked: the kind of answer wanted, of what, where and when, from the conversation.

No language model takes part: rules of English, and what the library's own texts teach of its words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.answer import Turn
from assistant.everyday import synonyms
from assistant.knowledge import Knowledge
from assistant.scope import naming
from ingest.words import STOPWORDS, stem, words


class Wants(StrEnum):
    """The kind of answer that a question asks for."""

    SHARE = "share"
    NUMBER = "number"
    MONEY = "money"
    RATING = "rating"
    PERSON = "person"
    DATE = "date"
    PLACE = "place"
    LIST = "list"
    DEFINITION = "definition"
    REASON = "reason"
    YES_NO = "yes_no"
    OTHER = "other"

    @property
    def is_quantity(self) -> bool:
        """Whether the answer holds a figure."""
        return self in (Wants.SHARE, Wants.NUMBER, Wants.MONEY)


@dataclass(frozen=True)
class Inquiry:
    """A question understood: standing alone, spelt as the reports spell, with what it looks for."""

    asked: str
    text: str  # standing alone; what is embedded
    wants: Wants
    weights: dict[str, float]  # stems to look for, with how much they count
    related: dict[str, frozenset[str]] = field(default_factory=dict)  # stems that stand for each
    names: tuple[str, ...] = ()  # stems of names that the evidence must bear
    years: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()  # content words that no report has
    reports: tuple[str, ...] = ()  # ids of the reports about the place that is named
    defines: tuple[tuple[str, str], ...] = ()  # abbreviations asked about, with their long forms
    named: tuple[str, ...] = ()  # ids of the reports that the question calls by title or date
    words: dict[str, str] = field(default_factory=dict)  # for each stem the word as it is spelt
    superlative: str = ""  # "most" or "least", where an extreme is asked for
    asks: bool = True  # False where nothing is left to look for


_WANTS: list[tuple[Wants, re.Pattern[str]]] = [
    (wants, re.compile(pattern, re.IGNORECASE))
    for wants, pattern in [
        (
            Wants.DEFINITION,
            r"^\s*(?:so\s+)?what\s+(?:is|are|'s|does|do|did)\s+(?:an?\s+|the\s+)?['\"“]?[\w\- ]{1,40}['\"”]?"
            r"\s*(?:stand\s+for|mean(?:s|ing)?\b)|\bstands?\s+for\b|\bdefin(?:e|ition|ed)\b"
            r"|\bmeaning\s+of\b|\bwhat\s+is\s+meant\s+by\b|\babbreviation\b|\bacronym\b"
            r"|\bshort\s+for\b|^\s*what(?:'s|\s+is|\s+are)\s+(?:an?\s+)?[A-Z]{2,6}s?\s*\?*$",
        ),
        (
            Wants.MONEY,
            r"\bhow\s+much\s+(?:\w+\s+){0,2}?(?:money|funding|cash|extra|cost|was\s+spent|is\s+spent|did\s+\w+\s+cost)"
            r"|£|\bwhat\s+(?:was\s+the\s+)?(?:cost|sum|amount|budget|price)|\bfunding\s+(?:was|did)\b",
        ),
        (
            Wants.SHARE,
            r"\bper\s*cent|percent|%|\bproportion|\bshare\b|\bwhat\s+fraction|\bhow\s+(?:often|common)\b"
            r"|\b(?:vacancy|leaving|attrition|turnover|opt-?in|success|completion|sickness)\s+rate"
            r"|\bwhat\s+(?:was|is|were)?\s*(?:the\s+)?(?:\w+\s+){0,4}rate\b|\bhow\s+much\s+of\b"
            r"|\b(?:rate|level)s?\s+of\b",
        ),
        (
            Wants.NUMBER,
            r"\bhow\s+(?:many|long|old|far|big|large|high|low|few|much)\b|\b(?:number|total|count|tally|size)\s+of\b"
            r"|\bwhat\s+(?:number|score)|\bscore\b|\bhow\s+often\b|\bno\.\s+of\b|\bfigures?\s+for\b"
            r"|\bcaseload\b.*\?",
        ),
        (
            Wants.RATING,
            r"\brat(?:e|ed|ing|ings)\b|\bgrad(?:e|ed|es|ing)\b|\bjudg(?:e|ed|ement|ment)\w*\b"
            r"|\boverall\s+effectiveness\b|\bhow\s+(?:did|was|were|well|good)\b.*\b(?:do|fare|perform|judged|rated|score)",
        ),
        (Wants.PERSON, r"^\W*(?:and\s+)?who\b|\bwho(?:se|m)?\b|\bname\s+of\s+the\b|\bby\s+whom\b"),
        (
            Wants.DATE,
            r"\bwhen\b|\bwhat\s+(?:date|year|month|day|period)\b|\bwhich\s+(?:date|year|month|day)\b"
            r"|\bdate\s+of\b|\bhow\s+long\s+ago\b|\bby\s+what\s+date",
        ),
        (
            Wants.LIST,
            r"\bwhat\s+are\s+the\b|\bwhich\s+\w+s\b|\blist\b|\bname\s+(?:the|all|two|three|four|five|some)\b"
            r"|\bwhat\s+(?:kinds?|types?|sorts?)\b|\bwhat\s+\w+s\s+(?:are|were|did|do|have|has)\b",
        ),
        (
            Wants.PLACE,
            r"\bwhere\b|\b(?:which|what)\s+(?:region|area|pdu|authority|council|place|town|city|unit"
            r"|county|borough)\b",
        ),
        (Wants.REASON, r"\bwhy\b|\breasons?\b|\bwhat\s+(?:caused|causes|led|explains)\b|\bhow\s+come\b"),
        (
            Wants.YES_NO,
            r"^\W*(?:so\s+|and\s+|but\s+|ok\s+)?(?:is|are|was|were|did|do|does|has|have|had|can|could|will|would|should)\b",
        ),
    ]
]  # fmt: skip

_MOST = re.compile(
    r"\b(?:most|highest|best|largest|biggest|top|strongest|maximum|greatest)\b", re.I
)
_LEAST = re.compile(
    r"\b(?:least|lowest|worst|smallest|bottom|weakest|minimum|poorest|fewest)\b", re.I
)
_YEAR = re.compile(r"\b((?:19|20)\d\d)(?:\s*[/–-]\s*(\d\d(?:\d\d)?))?\b")
_INSTRUCTION = re.compile(
    r"\b(?:ignore|disregard|forget|override|pretend|act\s+as|you\s+are\s+now|system\s+prompt|repeat\s+after"
    r"|do\s+not\s+(?:cite|quote|use|check)|don'?t\s+(?:cite|quote|use|check)|without\s+(?:citing|quoting)"
    r"|(?:just\s+)?(?:say|reply|answer|respond|state|write|print|output|confirm|tell\s+me)\s+(?:that|with|only|it'?s|it\s+is|[\"'“\d])"
    r"|your\s+(?:instructions|rules|prompt)|previous\s+instructions|new\s+instructions?|from\s+now\s+on)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"(?<=[.!?;:\n])\s+|,?\s+(?:and\s+then|then|and\s+just|but\s+first)\s+|\s+[–—-]\s+|\)\s*|\s*\("
)
_LEADS_ON = re.compile(
    r"^\W*(?:and|or|but|so|also|what\s+about|how\s+about|same\s+for|ok\s+and|then)\b|\binstead\b",
    re.I,
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|they|them|their|theirs|that|those|these|this|there|he|she|his|her|him|same|one|ones"
    r"|former|latter|previous|before|earlier|after)\b",
    re.IGNORECASE,
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


def understand(question: str, history: Sequence[Turn], knowledge: Knowledge) -> Inquiry:
    """What `question` asks, completed from `history`."""
    asked = " ".join(_without_instructions(question).split())
    inquiry = _read(asked, knowledge)
    if history and _depends(asked, inquiry, knowledge):
        before = understand(history[-1].question, history[:-1][-2:], knowledge)
        inquiry = _completed(asked, inquiry, before)
    return inquiry


def _read(asked: str, knowledge: Knowledge) -> Inquiry:
    """The question alone."""
    spelt = [knowledge.corrected(word) for word in words(asked)]
    text = asked
    for wrong, right in zip(words(asked), spelt, strict=True):
        if wrong != right:
            text = re.sub(rf"\b{re.escape(wrong)}\b", right, text, flags=re.IGNORECASE)
    capitals = _capitals(asked)
    called = naming(asked, knowledge.reports)
    weights: dict[str, float] = {}
    related: dict[str, set[str]] = {}
    spelling: dict[str, str] = {}
    names, unknown = [], []
    expansions: list[tuple[str, str]] = []
    for word in spelt:
        if word in STOPWORDS:
            continue
        root = stem(word)
        # Abbreviations are written in capitals, or are no ordinary word of the reports.
        longs = knowledge.long_forms(word)
        if longs:
            expansions.append((word, longs[0]))
            parts = [stem(part) for part in words(longs[0]) if part not in STOPWORDS]
            related.setdefault(root, set()).add("+".join(parts))
        spelling[root] = word
        weights[root] = 0.1 if word in called.words else 0.4 if word in _FORM else 1.0
        if word in called.words:
            continue
        is_year = bool(_YEAR.fullmatch(word))
        if not is_year and not longs:
            if knowledge.is_name(word) or word in capitals:
                names.append(root)
            if not word[0].isdigit() and not knowledge.knows(word) and word not in _FORM:
                unknown.append(word)
    sequence = [stem(word) for word in spelt]
    for root, others in synonyms(sequence).items():
        related.setdefault(root, set()).update(others)
    for long, short in knowledge.short_forms:
        if len(long) > 1 and all(part in sequence for part in long):
            for part in long:
                related.setdefault(part, set()).add(stem(short))
    if expansions:
        text += " (" + "; ".join(dict.fromkeys(long for _, long in expansions)) + ")"
    reports = _about(spelt, knowledge)
    years = tuple(year for year in _years(asked) if year not in called.words)
    wants = wants_of(asked)
    shorts = {stem(short) for short, _ in expansions}
    if (
        wants is Wants.OTHER
        and expansions
        and all(weight < 1 or root in shorts for root, weight in weights.items())
    ):
        wants = Wants.DEFINITION
    return Inquiry(
        asked=asked,
        text=text,
        wants=wants,
        defines=tuple(expansions) if wants is Wants.DEFINITION else (),
        weights=weights,
        related={root: frozenset(others) for root, others in related.items()},
        names=tuple(dict.fromkeys(names)),
        years=years,
        named=called.reports or _of_those_years(reports, years, knowledge),
        words=spelling,
        unknown=tuple(dict.fromkeys(unknown)),
        reports=reports,
        superlative="most" if _MOST.search(asked) else "least" if _LEAST.search(asked) else "",
        asks=any(word not in STOPWORDS for word in spelt),
    )


def wants_of(question: str) -> Wants:
    """The kind of answer that a question asks for; the earliest rule that fits."""
    for wants, pattern in _WANTS:
        if pattern.search(question):
            return wants
    return Wants.OTHER


def _depends(asked: str, inquiry: Inquiry, knowledge: Knowledge) -> bool:
    """Whether a question needs the one before it to be understood."""
    content = [root for root, weight in inquiry.weights.items() if weight >= 1]
    if _LEADS_ON.search(asked):
        return len(content) <= 6
    if len(content) <= 2 and not knowledge.long_forms(asked.strip("? ")):
        return True
    return len(content) <= 5 and bool(_POINTS_BACK.search(asked))


def _completed(asked: str, inquiry: Inquiry, before: Inquiry) -> Inquiry:
    """A dependent question with what the earlier one said of subject, place, year and kind.

    What it says itself replaces the same kind of thing: a name for names, a year for years.
    """
    dropped: set[str] = set()
    if inquiry.names:
        dropped |= set(before.names)
    if inquiry.years:
        dropped |= {year for y in before.years for year in (y, stem(y))}
    kept = {root: weight for root, weight in before.weights.items() if root not in dropped}
    weights = {root: 0.7 * weight for root, weight in kept.items()} | inquiry.weights
    same_kind = inquiry.wants in (Wants.OTHER, Wants.YES_NO) and not re.match(
        r"\W*(?:why|how|when|where|who|which|is|are|was|were|did|do|does|has|have|can)\b",
        asked,
        re.I,
    )
    kept_text = " ".join(w for w in before.text.split() if stem(_bare(w)) not in dropped)
    return Inquiry(
        asked=asked,
        text=f"{kept_text} {inquiry.text}",
        wants=before.wants if same_kind else inquiry.wants,
        weights=weights,
        related={**before.related, **inquiry.related},
        names=inquiry.names or before.names,
        years=inquiry.years or before.years,
        unknown=inquiry.unknown,
        defines=inquiry.defines,
        reports=inquiry.reports or (() if inquiry.names else before.reports),
        named=inquiry.named or (() if inquiry.years else before.named),
        words=before.words | inquiry.words,
        superlative=inquiry.superlative or before.superlative,
        asks=inquiry.asks or before.asks,
    )


def _without_instructions(question: str) -> str:
    """The question without clauses that give the assistant orders, where anything else is left."""
    clauses = [clause for clause in _CLAUSE.split(question) if clause and clause.strip()]
    kept = [c for c in clauses if not _INSTRUCTION.search(c)]
    if len(kept) == len(clauses):
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


def _years(asked: str) -> tuple[str, ...]:
    found: list[str] = []
    for match in _YEAR.finditer(asked):
        found.append(match[1])
    return tuple(dict.fromkeys(found))


def _about(spelt: list[str], knowledge: Knowledge) -> tuple[str, ...]:
    """Ids of the reports about the longest place that the words name; () where none or everywhere."""
    matched = [
        (place, ids)
        for place, ids in knowledge.places.items()
        if all(word in spelt for word in place)
    ]
    if not matched:
        return ()
    longest = max(len(place) for place, _ in matched)
    return tuple(i for place, ids in matched if len(place) == longest for i in ids)


def _of_those_years(
    reports: Sequence[str], years: Sequence[str], knowledge: Knowledge
) -> tuple[str, ...]:
    """Those of the reports about a place that were published in a year asked about."""
    published = {r.id: r.description.published[:4] for r in knowledge.reports}
    return tuple(report for report in reports if published.get(report) in years)


def _bare(word: str) -> str:
    found = words(word)
    return found[0] if found else word.lower()
