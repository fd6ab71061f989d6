"""Questions that set places, years or two things side by side: one question for each side."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.knowledge import Knowledge
from assistant.scope import MONTH_NAMES, MONTHS
from assistant.wants import OPENERS, plainly
from ingest.words import words

_WITH_YEAR = (
    r"(?:['’]s?)?(?:[\s,]*\(?(?:in|at|for|of|from)?\s*(?:the\s+)?(?:[a-z]+\s+)?(?:19|20)\d\d\)?)?"
)
_YEAR = re.compile(
    rf"\b(?:the\s+)?(?:(?:\d\d?\s+)?(?:{'|'.join((*MONTH_NAMES, *MONTHS))})\.?\s+)?"
    r"\b(?P<year>(?:19|20)\d\d(?:\s*[/–-]\s*\d\d)?)\b(?!\s*/)",
    re.IGNORECASE,
)
_JOINT = (
    r"[\s,:]*(?:\b(?:and|or|than|with|against|versus|vs\.?|to|above|below|between|from|as|compared"
    r"|how|does|did|was|is|in|at|for|of)\b[\s,]*)*"
)
_COMPARES = re.compile(
    r"\b(?:compar\w+|than|versus|vs|against|above|below|differ\w*|difference|change[ds]?|both|either|between"
    r"|or|and|from)\b",
    re.IGNORECASE,
)
# "Which is higher, A or B?", "A or B: who did better?"
_THING = r"(?:\w[\w’'-]*\s+){0,7}?\w[\w’'-]*(?:\s+\(\d{4}\))?"
_OR = r"(?:,?\s+or\s+|\s+(?:vs\.?|v|versus|against)\s+)"
_EITHER = re.compile(
    rf"(?:^\W*(?P<a>{_THING}){_OR}(?P<b>{_THING})\s*[,:;–—-](?=\s)"
    rf"|[,:;–—-]\s+(?P<c>{_THING}){_OR}(?P<d>{_THING})(?=\W*$|\?\s|\.\s))",
    re.IGNORECASE,
)
# "How does A compare with B?", "the gap between A and B"
_BESIDE = re.compile(
    r"\bhow\s+(?P<is>do|does|did|is|are|was|were|has|have|had)\s+(?P<a>[^?,;:]+?)\s+"
    r"(?:compared?s?|stack(?:ed|s)?\s+up|measured?s?\s+up|fared?s?|differ(?:ed|s)?|contrast(?:ed|s)?)\s+"
    r"(?:with|to|from|against|beside)\s+(?P<b>[^?,;:]+)",
    re.IGNORECASE,
)
_GAP = re.compile(
    r"\b(?:gap|difference|distance)\s+between\s+(?P<a>[^?;:]+?)\s+and\s+(?P<b>[^?;:]+)",
    re.IGNORECASE,
)
_NO_SIDE = re.compile(
    r"^\s*(?:it|this|that|they|these|those|(?:the\s+)?(?:(?:last|previous|other|rest)\b.*|target|average|norm))\s*$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:gap|distance|points?|numbers?|counts?|totals?|rates?|shares?|scores?|figures?|per\s*cent|how\s+(?:big|many|much))\b",
    re.IGNORECASE,
)
# "How was A in 2015, and how was B?": two questions in one.
_TWICE = re.compile(
    r"^(?P<one>.*?\b(?:how|what|which|who|when|where|why)\b.{8,}?)\s*[,;–—-]*\s+(?:and|but)\s+"
    r"(?P<two>(?:(?:at|in|by|for|from|with|of|to)\s+)?(?:how|what|which|who|whose|when|where)\b\W(?!to\b).{3,})$",
    re.IGNORECASE | re.DOTALL,
)
_BURIED = re.compile(
    r"^\W*(?:(?:so|and)\s+)?(?:do|does|did|is|are|was|were|has|have|had|can)\b.*\b(?:how|what|which|who|when|where)\b"
    r"|\b(?:views?|knows?|know)\s+(?:on\s+)?(?:how|what|which|who|when|where)\b",
    re.IGNORECASE,
)
# What is asked of no place, or of another than the other question names.
_AT_LARGE = re.compile(
    r"\b(?:national\w*|england|wales|britain|average|elsewhere|other|stands?\s+for|mean)\b",
    re.IGNORECASE,
)
# "... and with what mark?": more of the same.
_DETAIL = re.compile(
    r"^(?!(?:how|what|which|who|whose|when|where)\b)\w+(?:\s+[\w’'-]+){1,3}\W*$", re.IGNORECASE
)
# What a question for the one that has more asks of each.
_WHICH = re.compile(r"\b(?:which|who|whose|what)\s+", re.IGNORECASE)
_OFTENER = re.compile(
    r"\b(?:more|less)\s+(?:often|frequently|commonly)\b|\boftener\b", re.IGNORECASE
)
_BETTER_MARK = re.compile(
    r"\b(?:the\s+)?(?:better|worse|higher|lower|best|worst|highest|lowest)\s+"
    r"(?!(?:in|at|on|for|by|to|of|than|as|with|from|when|and|or)\b)(?=\w)",
    re.IGNORECASE,
)
_BETTER = re.compile(r"\b(?:better|worse|best|worst)\b", re.IGNORECASE)
_DEGREES = {
    "higher": "high", "lower": "low", "longer": "long", "shorter": "long", "larger": "large",
    "bigger": "large", "smaller": "large", "faster": "fast", "quicker": "fast", "slower": "fast",
    "likelier": "likely", "older": "old", "younger": "old", "commoner": "common",
}  # fmt: skip
_DEGREE = re.compile(rf"\b(?:{'|'.join(_DEGREES)})\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:more|fewer|less|most|fewest|least)\s+(?=\w+s\b)", re.IGNORECASE)
_MORE_AT_ALL = re.compile(r"\b(?:more|less|most|least)\b", re.IGNORECASE)
_ASKS_WHICH = re.compile(
    r"\b(?:which|who|whose|what|where)\b.*\b(?:more|less|better|best|worse|worst|most|least|fewer|higher|lower"
    r"|sooner|later|longer|shorter|larger|smaller|bigger|stronger|weaker|faster|slower|oftener|commoner|safer"
    r"|earlier|newer|older|further|harder|easier|quicker|likelier|nearer|closer|poorer|busier|cheaper|wider"
    r"|deeper|stricter|tougher|younger|heavier|lighter)\b"
    r"|^\W*(?:did|do|does|is|are|was|were|has|have)\s+(?:more|fewer)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"\b(?:(?:{OPENERS})\s+)?"
    r"(?P<name>[A-Z][\w’-]+?(?:\s+[A-Z][\w’-]+?)*)(?:['’]s?)?(?![\w’-])"
)
_ASKS_WHY = re.compile(r"^\W*(?:(?:and|so|but)\s+)?(?:why|how\s+come)\b", re.IGNORECASE)
_AGAINST = re.compile(r"\b(?:compar\w+\s+(?:with|to)|versus|vs|against|than)\b", re.IGNORECASE)
_THIRD = re.compile(rf"[,:;–—-]\s+(?!(?:which|who|whose|what|where)\b){_THING},\s+$", re.IGNORECASE)
_TOGETHER = re.compile(
    r"\b(?:apart|same|both|alike|each|either|differ\w*|gap|compar\w+)\b", re.IGNORECASE
)
_NO_THING = re.compile(
    r"^(?:(?:more|less|sooner|later|better|worse|(?:if\s+)?any\w*|no\w*|yes|not|both|neither|other\w*|so)$"
    r"|(?:did|do|does|is|are|was|were|has|have|had|get|got|gets|going|gone|up|down|still|more|less|fewer|higher"
    r"|lower|better|worse)\b)",
    re.IGNORECASE,
)
MOST_SIDES = 4
LONGEST_JOINT = 60  # characters


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: what it is called, the question that asks of it alone, in one wording or
    two, and the question that this follows on; empty where it stands alone."""

    label: str
    question: str
    after: str = ""
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class _Mention:
    label: str
    start: int
    end: int
    key: str


def sides(asked: str, knowledge: Knowledge) -> tuple[Side, ...]:
    """The sides that a question compares: two things between which it asks to choose, two or more places,
    years of one, or two names or things that it sets side by side; or the two questions that it asks at
    once; () where it does neither."""
    if not _COMPARES.search(asked) or _ASKS_WHY.search(asked):
        return ()
    if things := _things(asked):
        return things
    places = _places(asked, knowledge)
    several = len({m.key for m in places}) > 1
    years = _years(asked)
    against = len(years) == 2 and _AGAINST.search(asked, years[0].end, years[1].start)
    mentions = places if several else years if places or against else _names(asked, knowledge)
    first = {m.key: m for m in reversed(mentions)}
    if not 1 < len(first) <= MOST_SIDES:
        return _set_beside(asked) or _twice(asked, knowledge)
    kept = sorted(first.values(), key=lambda m: m.start)
    return tuple(Side(m.label, _alone(asked, m, mentions)) for m in kept)


def _things(asked: str) -> tuple[Side, ...]:
    """The two things that a question lets one choose between."""
    found = _EITHER.search(asked) if _ASKS_WHICH.search(asked) else None
    if found is None:
        return ()
    one, other = ("a", "b") if found["a"] else ("c", "d")
    begin, end = found.start(one), found.end(other)
    if _NO_THING.match(found[one]) or _NO_THING.match(found[other]):
        return ()
    if _THIRD.search(asked[:begin]):
        return ()  # "A, B or C"
    before, after = asked[:begin], asked[end:]
    return tuple(
        Side(
            found[name],
            f"{before}{found[name]}{after}",
            otherwise=_of_one(before, found[name], after),
        )
        for name in (one, other)
    )


def _of_one(before: str, thing: str, after: str) -> str:
    """What a question for the one of two that has more asks of either, "how often", "what grade"; empty
    where it is not understood."""
    instead: str | Callable[[re.Match[str]], str]
    for pattern, instead in (
        (_OFTENER, "how often"),
        (_BETTER_MARK, "what "),
        (_BETTER, "how well"),
        (_DEGREE, _how),
        (_MORE, "how many "),
        (_MORE_AT_ALL, "how much"),
    ):
        told, count = pattern.subn(instead, before or after, count=1)
        if count:
            rest, asks = _WHICH.subn(f"{thing} ", told.strip(" ,:;–—-?"), count=1)
            return f"{rest}?" if asks else f"{thing} {rest}?"
    return ""


def _how(degree: re.Match[str]) -> str:
    return f"how {_DEGREES[degree[0].lower()]}"


def _set_beside(asked: str) -> tuple[Side, ...]:
    """The two things that a question sets side by side."""
    found = _BESIDE.search(asked)
    if found and not (_NO_SIDE.match(found["a"]) or _NO_SIDE.match(found["b"])):
        return tuple(
            Side(
                found[name],
                f"{asked[: found.start()]}how {found['is']} {found[name]} fare{asked[found.end() :]}",
            )
            for name in ("a", "b")
        )
    if found := _GAP.search(asked):
        asks = "how many: {}?" if _COUNTED.search(asked) else "what is {}?"
        return tuple(Side(found[name], asks.format(found[name])) for name in ("a", "b"))
    return ()


def _placed(half: str, other: str, knowledge: Knowledge) -> str:
    """One of two questions, with the place of the other where it has none itself."""
    if _AT_LARGE.search(half):
        return half
    if not _places(half, knowledge):
        half += "".join(f" in {m.label}" for m in _places(other, knowledge)[:1])
    return half


def _twice(asked: str, knowledge: Knowledge) -> tuple[Side, ...]:
    """The two questions that one sentence asks, the second as one that follows on the first."""
    found = _TWICE.search(asked)
    if found is None:
        return ()
    if _BURIED.search(plainly(found["one"])) or _DETAIL.match(found["two"]):
        return ()  # "do they know who to call and where to go"
    one, two = (
        _placed(found[own].strip(" ?.!"), found[other], knowledge)
        for own, other in (("one", "two"), ("two", "one"))
    )
    return Side("", f"{one}?"), Side("", f"{two}?", found["one"])


def _places(asked: str, knowledge: Knowledge) -> list[_Mention]:
    found: list[_Mention] = []
    for place in sorted(knowledge.places, key=len, reverse=True):
        name = r"[\s-]+(?:[a-z]{1,3}\s+){0,2}".join(re.escape(word) for word in place)
        for match in re.finditer(rf"\b(?P<name>{name})\b{_WITH_YEAR}", asked, re.IGNORECASE):
            if not any(m.start < match.end() and match.start() < m.end for m in found):
                key = match["name"].lower()
                found.append(_Mention(match["name"], match.start(), match.end(), key))
    return sorted(found, key=lambda mention: mention.start)


def _names(asked: str, knowledge: Knowledge) -> list[_Mention]:
    """The two names that a question sets against each other, or asks of both, of what no report is about
    as a whole."""
    found = [
        _Mention(m["name"], m.start("name"), m.end(), m["name"].lower())
        for m in _NAMED.finditer(asked)
        if any(knowledge.is_name(word) for word in words(m[0]))
    ]
    if len(found) != 2:
        return []
    between = asked[found[0].end : found[1].start]
    joined = re.fullmatch(_JOINT, between, re.IGNORECASE) and _TOGETHER.search(asked)
    return found if joined or _AGAINST.search(between) else []


def _years(asked: str) -> list[_Mention]:
    return [_Mention("", m.start(), m.end(), m["year"]) for m in _YEAR.finditer(asked)]


def _alone(asked: str, kept: _Mention, mentions: Sequence[_Mention]) -> str:
    """The question with this side in the place of the first, without the others and what joins them."""
    text, first = asked, mentions[0].key
    for found in reversed(mentions):
        if found.key != first:
            near = max(0, found.start - LONGEST_JOINT)
            before = re.search(_JOINT + r"$", text[near : found.start], re.IGNORECASE)
            begin = near + before.start() if before else found.start
            text = text[:begin] + " " + text[found.end :]
        elif found.key != kept.key:
            text = text[: found.start] + asked[kept.start : kept.end] + text[found.end :]
    return re.sub(r" (?=[?!.,:;])", "", " ".join(text.split()))
