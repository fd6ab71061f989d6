"""How well a sentence bears out a question: its words, names, years, and the kind of answer."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.candidates import Candidate, Surroundings
from assistant.grade_values import grades
from assistant.inquiry import Inquiry
from assistant.meaning import Meanings
from assistant.measures import asked_measure, counts_measure, measured
from assistant.name_asked import NO_NAME
from assistant.wants import Wants
from ingest.divide import SECTION_JOINT
from ingest.embed import Vectors
from ingest.readable import has_score
from ingest.report import BlockKind, Span
from ingest.statistics import Statistic, Unit, statistics
from ingest.words import STOPWORDS, stem, words

CONTENT = 0.7  # weight from which a question's word says what is asked
FAR = 0.25  # a question's word is missing where nothing comes nearer to it than this

RATING = re.compile(  # "not sufficiently good" is no "good"
    r"\b(?:(?:not|no\s+longer|yet|always|consistently|reasonably|sufficiently|very|fairly|generally|mostly)\s+){0,3}"
    r"(?:outstanding|good|requires?\s+improvement(?:\s+to\s+be\s+good)?|inadequate|insufficient"
    r"|satisfactory|adequate|excellent|unsatisfactory|poor|weak)\b",
    re.IGNORECASE,
)
PERSON = re.compile(
    r"\b(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Professor)\.?\s+)?"
    r"[A-Z][a-zé]+(?:[-'’][A-Z][a-z]+)?(?:\s+[A-Z]\.?)?\s+(?:(?:Mc|Mac|O['’]|de\s+|van\s+)?[A-Z][a-zé]+)"
    r"(?:[-'’][A-Z][a-z]+)?\b"
)
DATE = re.compile(
    r"\b(?:\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|(?:(?:\d{1,2}(?:st|nd|rd|th)?\s*(?:to|and|[-–—])\s*)?\d{1,2}(?:st|nd|rd|th)?\s+)?(?:January|February"
    r"|March|April|May|June|July|August|September|October|November|December)(?:\s+\d{4})?|(?:19|20)\d\d)\b"
)
_OF_ANOTHER = re.compile(  # "since the last visit, in 2022"
    r"\b(?:last|previous|earlier)\s+(?:\w+\s+){0,2}?(?:inspection|visit|report|review)s?\b"
    r"(?:,?\s+(?:\w+\s+){0,2}|\s+(?:[\w’'()-]+\s+){0,9}?)(?:in|of|on)\s+$",
    re.IGNORECASE,
)
_OFFICE = re.compile(rf"\b(?:{'|'.join(sorted(word.capitalize() for word in NO_NAME))})\b")
_DEED = re.compile(r"^\w{4,}ing\b|(?:tion|sion|ment|ness|ship|ism|ology)s?$", re.IGNORECASE)
_POINTS = frozenset(("point", "points", "score", "scores", "mark", "marks"))
_REASON = re.compile(
    r"\b(?:because|due to|owing to|as a result|caused|reason|driven by|attributed to|since|led to"
    r"|therefore)\b",
    re.I,
)
_DEFINES = re.compile(
    r"\bmeans?\b|\brefers? to\b|\bis (?:an?|the|about|one (?:in|that|which|where|whose))\b|\bknown as\b"
    r"|\bdefin|\bwhich (?:is|are|means)\b",
    re.I,
)
_TIMES = frozenset(stem(word) for word in ("year", "month", "week", "day", "hour", "minute"))
ACRONYM = re.compile(r"\b[A-Z][A-Za-z]?[A-Z]{1,5}s?\b")
_RANGE = re.compile(
    r"(?<![\d–-])(?P<low>\d{1,3})\s*(?:%|per cent)?\s*(?:[–-]|to)\s*(?P<high>\d{1,3})\s*(?:%|per cent)"
    r"|(?P<least>\d{1,3})\s*(?:%|per cent)\s*(?:\+|or (?:more|above|over))"
    r"|(?:<|below|under|less than)\s*(?P<below>\d{1,3})\s*(?:%|per cent)",
    re.IGNORECASE,
)
_ASKS_GRADE = re.compile(
    r"\b(?:grade|mark|rating|band|rank|judge?ment|verdict|standard)\w*", re.IGNORECASE
)
_ASKS_LIMIT = re.compile(
    r"\b(?:range|cut-?off|threshold|boundary|min(?:imum)?|need(?:ed|s)?|must|ha(?:ve|s)\s+to|required?"
    r"|earns?|takes?)\b",
    re.IGNORECASE,
)
_COUNTS = re.compile(r"\bhow\s+(?:many|few)\b", re.IGNORECASE)
_ASKS_OF_NAME = re.compile(r"\bwho(?:['’]s|\s+(?:is|was))\s+(?:(?:Mr|Mrs|Ms|Dr|Sir|Dame)\s+)?[A-Z]")
_PLACE_NAME = re.compile(r"\b[A-Z][a-z]+")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which of the question's words a sentence bears, weighted by how rare they are."""

    own: float  # in the sentence itself
    near: float  # or in the sentence before, its lead-in or its headings
    wide: float  # or in the report's title
    soft_own: float  # own, where a word near in meaning counts as far as it is near
    soft_near: float  # near, likewise
    focus: float  # mean nearness of the sentence's words to the question's
    worst: float  # how near the least covered content word comes to being there, 0 to 1
    missing: tuple[str, ...]  # stems found nowhere there
    names: float  # share of the names asked about that stand in any of these (1 where none)
    names_own: float  # ... in the sentence itself
    digits: float  # share of the numbers asked about, years aside, in the sentence (1 where none)
    shorts: float  # share of the abbreviations asked about (1 where none)
    years: float  # share of the years asked about (1 where none)


def coverage(
    inquiry: Inquiry,
    around: Surroundings,
    rarity: dict[str, float],
    meanings: Meanings,
    near_by: Vectors,
) -> Coverage:
    """How the words of the question are covered.

    `rarity` is the idf of each stem, `near_by` what `nearest_words` gives.
    """
    own_words = frozenset(around.stems)
    near_words = own_words | around.near
    wide_words = near_words | around.about
    total = own = near = wide = soft_own = soft_near = 0.0
    missing, worst = [], 1.0
    for root, weight in inquiry.weights.items():
        value = weight * rarity.get(root, 1.0)
        total += value
        related = inquiry.related.get(root, frozenset())
        in_own = _present(root, related, own_words)
        in_near = _present(root, related, near_words)
        in_wide = _present(root, related, wide_words)
        own, near, wide = own + value * in_own, near + value * in_near, wide + value * in_wide
        close_own = close_near = 0.0
        if in_own < 1 and root not in inquiry.names and not root[0].isdigit():
            row = meanings.closeness(inquiry.words.get(root, root))
            close_own = _closest(row, around.own_ids)
            close_near = max(close_own, _closest(row, around.near_ids))
        soft_own += value * max(in_own, close_own)
        soft_near += value * max(in_near, close_near)
        if weight >= 1:
            worst = min(worst, max(in_wide, close_near))
            if max(in_wide, close_near) < FAR:
                missing.append(root)
    total = total or 1.0
    return Coverage(
        own=own / total,
        near=near / total,
        wide=wide / total,
        soft_own=soft_own / total,
        soft_near=soft_near / total,
        focus=float(near_by[around.own_ids].mean()) if len(around.own_ids) else 0.0,
        worst=worst,
        missing=tuple(missing),
        names=_share(inquiry.names, wide_words, inquiry),
        names_own=_share(inquiry.names, own_words, inquiry),
        shorts=_shorts(inquiry, around, wide_words),
        digits=_digits(inquiry, own_words),
        years=_share(inquiry.years, wide_words, inquiry),
    )


def nearest_words(inquiry: Inquiry, meanings: Meanings) -> Vectors:
    """For every word of the library how near the nearest of the question's words comes to it."""
    rows = [
        meanings.closeness(inquiry.words.get(root, root))
        for root, weight in inquiry.weights.items()
        if weight >= CONTENT and not root[0].isdigit()
    ]
    return np.max(rows, axis=0) if rows else np.zeros(meanings.size, dtype=np.float32)


def _digits(inquiry: Inquiry, own: frozenset[str]) -> float:
    asked = [r for r in inquiry.weights if r[0].isdigit() and r not in inquiry.years]
    return sum(root in own for root in asked) / len(asked) if asked else 1.0


def _closest(row: Vectors, ids: Vectors) -> float:
    return float(row[ids].max()) if len(ids) and len(row) else 0.0


def bears_kind(inquiry: Inquiry, candidate: Candidate, meanings: Meanings) -> float:
    """How far the sentence holds the kind of answer that is asked for, from 0 to 1."""
    text = candidate.around.text
    is_scored = has_score(candidate.around.in_full)
    match inquiry.wants:
        case Wants.SHARE:
            found = statistics(text)
            if any(s.is_share or s.unit is Unit.POINTS for s in found):
                return 1.0
            return 0.3 if found else 0.0
        case Wants.NUMBER if is_scored and not _POINTS.isdisjoint(inquiry.counted):
            return 1.0
        case Wants.NUMBER:
            return _bears_number(inquiry, text, meanings)
        case Wants.MONEY:
            return float(any(s.unit is Unit.MONEY for s in statistics(text)))
        case Wants.RATING:
            return float(is_scored or bool(RATING.search(text)))
        case Wants.PERSON:
            # Whose words they are is told before them.
            if any(_may_be_who(inquiry, m[0]) for m in persons(f"{candidate.around.lead} {text}")):
                return 1.0
            return 0.6 if _PLACE_NAME.search(text[1:]) else 0.4
        case Wants.DATE:
            return float(bool(dates_told(text, earlier=inquiry.earlier)))
        case Wants.PLACE:
            return float(bool(_PLACE_NAME.search(text[1:])))
        case Wants.LIST:
            if candidate.sentence.kind is BlockKind.ITEM:
                return 1.0
            return min(1.0, (text.count(",") + text.count(";")) / 3)
        case Wants.DEFINITION if inquiry.defines:
            return float(any(definition_span(text, *pair) for pair in inquiry.defines))
        case Wants.DEFINITION:
            return float(bool(_DEFINES.search(text)))
        case Wants.REASON:
            return 1.0 if _REASON.search(text) else 0.4
        case _:
            return 0.5


def _bears_number(inquiry: Inquiry, text: str, meanings: Meanings) -> float:
    """1 where a figure counts what is asked; less where it counts something else, or nothing told."""
    found = [s for s in statistics(text) if may_measure(inquiry, text, s)]
    if not found:
        return 0.0
    counts = [s for s in found if s.unit is Unit.COUNT]
    if not inquiry.counted:
        return 1.0 if counts else 0.6
    if not counts:
        return 0.8 if any(s.is_share for s in found) else 0.4
    return max(_counts(inquiry, text[s.end : s.end + 60], meanings) for s in counts)


def may_measure(inquiry: Inquiry, text: str, statistic: Statistic) -> bool:
    """Whether a figure can be what is asked for by its measure: "how long" by a time, "how many people"
    by none."""
    measure, asked = measured(text, statistic.end), asked_measure(inquiry.asked)
    if asked:
        return measure == asked or (not measure and statistic.unit is not Unit.COUNT)
    counts = bool(inquiry.counted) or bool(_COUNTS.search(inquiry.asked))
    return not (measure and counts) or counts_measure(inquiry.asked, inquiry.counted)


def _counts(inquiry: Inquiry, after: str, meanings: Meanings) -> float:
    """How well the first words after a figure name what is counted: 0.3 for time beside things."""
    told = words(after)[:4]
    roots = {stem(word) for word in told}
    if bool(roots & _TIMES) != any(stem(word) in _TIMES for word in inquiry.counted):
        return 0.3
    best = 0.0
    ids = meanings.indices([word for word in told if word not in STOPWORDS])
    for asked in inquiry.counted:
        root = stem(asked)
        if roots & {root, *inquiry.related.get(root, ())}:
            return 1.0
        best = max(best, _closest(meanings.closeness(asked), ids))
    return 0.7 + 0.3 * best


def dates_told(text: str, *, earlier: bool) -> list[Span]:
    """Where `text` has dates; without that of an inspection before, unless `earlier` ones are asked about:
    when that was is seldom what is asked."""
    found = [match.span() for match in DATE.finditer(text)]
    return [span for span in found if earlier or not _OF_ANOTHER.search(text, 0, span[0])]


def _may_be_who(inquiry: Inquiry, name: str) -> bool:
    """Whether a name can answer who it was: not one that the question has, unless it asks who that is."""
    own = set(words(inquiry.asked))
    told = own.issuperset(words(name)) and not _ASKS_OF_NAME.search(inquiry.asked)
    return is_person(name) and not told


def persons(text: str) -> Iterator[re.Match[str]]:
    """Where `text` has two words with capitals that may be a person's; an office before a name
    ("Chief Inspector Ann Lee") is none of it."""
    return PERSON.finditer(_OFFICE.sub(lambda office: office[0].lower(), text))


def is_person(name: str) -> bool:
    """Whether two words with capitals can be a person's: none is an ordinary word of offices, and they
    do not tell of something done ("Transforming Rehabilitation")."""
    ordinary = any(word.lower() in NO_NAME or word.lower() in STOPWORDS for word in name.split())
    return not ordinary and not _DEED.search(name)


def definition_span(text: str, short: str, long: str) -> tuple[int, int] | None:
    """Where `text` has the long form beside the abbreviation in brackets, or the other way round."""
    beside = re.compile(
        rf"({re.escape(long)})['’]?s?\s*\(\s*{re.escape(short)}s?\b"
        rf"|\b{re.escape(short)}s?\s*\(\s*({re.escape(long)})",
        re.IGNORECASE,
    )
    found = beside.search(text)
    if found is None:
        return None
    return found.span(1) if found[1] else found.span(2)


def spells_out(inquiry: Inquiry, text: str) -> bool:
    """Whether a list of what an abbreviation is made of follows it: "the CARE model – Comfort, Air, ..."."""
    return inquiry.wants is Wants.DEFINITION and any(
        re.search(rf"\b{short}(?:\s+[a-z]+){{0,2}}\s*[:(–—-]\s*(?:[A-Z][\w ]*,\s+){{2,}}", text)
        for short in ACRONYM.findall(inquiry.asked)
    )


def excludes_share(asked: str, text: str) -> bool:
    """Whether a text gives ranges of a share ("65-79%", "80%+"), and none holds a share that is asked
    about: such as a row of a table of thresholds."""
    ranges = _ranges(text)
    if not ranges:
        return False  # as nearly always: what is asked need not be read
    shares = _shares(asked)
    return bool(shares) and not _is_within(shares, ranges)


def is_threshold(asked: str, row: str) -> bool:
    """Whether a row gives the range of a share that earns a grade, and the question asks for either by
    the other: "70% - which grade?", "how much for the top grade?"."""
    ranges = _ranges(row)
    graded = {grade.range for grade in grades(f": {row}")} if ranges else set()
    if not graded:
        return False
    shares = _shares(asked)
    if shares:
        return _is_within(shares, ranges) and bool(_ASKS_GRADE.search(asked))
    return bool(_ASKS_LIMIT.search(asked)) and any(g.range in graded for g in grades(asked))


def _ranges(text: str) -> list[tuple[float, float]]:
    return [
        (float(m["low"] or m["least"] or 0), float(m["high"] or m["below"] or 100))
        for m in _RANGE.finditer(text)
    ]


def _is_within(shares: Sequence[float], ranges: Sequence[tuple[float, float]]) -> bool:
    return any(low <= share <= high for low, high in ranges for share in shares)


def _shares(asked: str) -> list[float]:
    return [s.value for s in statistics(asked) if s.is_share]


def _shorts_in(text: str) -> frozenset[str]:
    """The stems of the abbreviations in a text, each of one and of several: of "CRCs" and "CRC"."""
    found = {short.removesuffix("s") for short in ACRONYM.findall(text)}
    return frozenset(stem(form.lower()) for short in found for form in (short, f"{short}s"))


def tells_of_short(inquiry: Inquiry, around: Surroundings) -> bool:
    """Whether a sentence, its lead-in or the nearest heading above it has one of the abbreviations
    asked about, or the sentence what it stands for."""
    nearest = around.section.rpartition(SECTION_JOINT)[2]
    told = _shorts_in(f"{around.text} {around.lead} {nearest}")
    if not told.isdisjoint(inquiry.shorts):
        return True
    longs = [inquiry.related.get(short, frozenset()) for short in inquiry.shorts]
    return any(_present("", long, frozenset(around.stems)) for long in longs)


def _shorts(inquiry: Inquiry, around: Surroundings, wide: frozenset[str]) -> float:
    """The share of the abbreviations asked about that stand there as such, or written out."""
    if not inquiry.shorts:
        return 1.0
    told = f"{around.text} {around.before} {around.lead} {around.section} {around.title}"
    there = _shorts_in(told)
    # A word may have the stem of an abbreviation: "aspiration", of ASPIRE.
    return _share(inquiry.shorts, wide.difference(inquiry.shorts) | there, inquiry)


def _present(root: str, related: frozenset[str], words: frozenset[str]) -> float:
    if root in words:
        return 1.0
    for other in related:
        if all(part in words for part in other.split("+")):
            return 0.7
    return 0.0


def _share(wanted: tuple[str, ...], words: frozenset[str], inquiry: Inquiry) -> float:
    if not wanted:
        return 1.0
    hits = sum(_present(w, inquiry.related.get(w, frozenset()), words) > 0 for w in wanted)
    return hits / len(wanted)
