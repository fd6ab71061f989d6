"""A report's verdict on the whole, told from verdicts on parts and from those of inspections before."""

import re
from collections.abc import Iterable

from assistant.evidence import RATING
from assistant.inquiry import Inquiry
from assistant.wants import Wants
from ingest.report import BlockKind, Description, Sentence
from ingest.words import STOPWORDS, content_stems, stem, words

ASKS_OVERALL = re.compile(
    r"\b(?:overall|headline|on\s+the\s+whole|main\s+(?:grade|mark|rating|verdict|judg\w+))\b", re.I
)
# "What did Bury get in 2021?", and nothing else of it.
_WHAT_IT_GOT = re.compile(
    r"^\W*(?:(?:so|and|but|in\s+\w+(?:\s+\w+){0,4}?\s*,)\s+)*what\s+(?:did|has|had)\s+(?P<who>(?:[\w’'-]+\s+){1,6}?)"
    r"(?:get(?:\s+for\s+(?!(?:nothing|free|its|their|each|every|per|christmas|\w+ing)\b)[^?]+)?"
    r"|got|gotten|receive[d]?|end(?:ed)?\s+up\s+with|come\s+out\s+with)"
    r"(?:\s+(?:(?:back\s+)?in|from|at|by|last|this|the|its|that|latest|most|recent|first|second|full|\d{4}|ofsted|hmip"
    r"|time|year|round|inspections?|inspectors|visit|overall|january|february|march|april|may|june|july|august|september"
    r"|october|november|december|spring|summer|autumn|winter))*\W*$",
    re.IGNORECASE,
)
_GRADES_SERVICES = re.compile(
    r"^(?:the\s+)?(?P<kind>[\w’']+)\s+services?\s+(?:in|of|for)\s+(?P<where>[\w\s’'-]+?)\s+"
    r"(?:(?:is|are|was|were)\s+(?:(?:rated|judged|graded)\s+)?[‘\"“]?(?:outstanding|good|inadequate)"
    r"|requires?\s+improvement(?:\s+to\s+be\s+good)?)\W*$",
    re.IGNORECASE,
)
_SERVICES = re.compile(r"\bchildren['’]?s\s+(?:social\s+care|services?)\b|\bsocial\s+care\b", re.I)
_OF_WHOLE = content_stems(
    "rated graded judged marked scored rating grade mark score judgement verdict effectiveness overall"
    " ofsted hmip inspected inspection inspectors inspectorate report visit council borough county city"
    " district authority local area service get got given received awarded fare perform"
    " come latest last recent newest year time january february march april may june july august september"
    " october november december summer autumn spring winter current present previous well outcome result full"
    " metropolitan inspect"
)
_BODY = frozenset(
    "area authority council county city borough local service services children childrens".split()
)
# Whoever asks of "the last inspection" means the newest that they can read of, and whoever compares with it
# the one before.
ASKS_EARLIER = re.compile(
    r"\b(?:previous(?:ly)?|before|last\s+time|last\s+but\s+one|earlier|prior|preceding)\b"
    r"|\b(?:since|compared\s+(?:to|with)|from|than(?:\s+(?:in|at))?|between|against|recommendations?\s+of)\s+"
    r"(?:(?:the|its|their|[\w-]+['’]s)\s+)?last\b",
    re.IGNORECASE,
)
_LAST_ONE = re.compile(
    r"\blast(?=\s+(?:\w+\s+)?(?:inspection|report|visit|review|rating|grade|judge?ment)\b)", re.I
)
_LAST_DONE = re.compile(r"\blast\s+(?=(?:been\s+)?(?:inspected|visited)\b)", re.I)
_OVERALL = re.compile(
    r"\boverall\s+(?:effectiveness|rating|judge?ment|grade|quality\s+rating|verdict)\b"
    r"|\b(?:rated|judged|graded)\b.{0,60}\boverall\b|\boverall\b.{0,30}\b(?:rated|judged|graded)\b",
    re.IGNORECASE,
)
# What has changed since an inspection tells of the present, unless it goes on to say how it was then.
_EARLIER = re.compile(
    r"(?<!\bsince the )(?<!\bsince its )(?<!\bsince our )(?<!\bsince their )"
    r"\b(?:previous(?:ly)?|last|earlier|prior)\s+(?:\w+\s+){0,2}?"
    r"(?:inspection|judge?ment|review|visit|report|rating|grade|judged|rated|published)s?\b"
    r"|\bsince\s+(?:the|its|our|their)\s+(?:previous|last|earlier|prior)\b[^.]{0,60}\b(?:when|where|which)\b",
    re.IGNORECASE,
)


def without_last(asked: str) -> str:
    """A question of the last inspection as one of the latest: in a report, the last is the one before."""
    if ASKS_EARLIER.search(asked):
        return asked
    return _LAST_DONE.sub("", _LAST_ONE.sub("latest", asked))


def asks_what_it_got(asked: str, place: Iterable[str]) -> bool:
    """Whether a question asks what grade a place got, with the words of its name, by "get" alone: as a
    whole or "for leadership"."""
    match = _WHAT_IT_GOT.search(asked)
    return match is not None and set(words(match["who"])) <= _BODY | STOPWORDS | set(place)


def asks_of_place(inquiry: Inquiry) -> bool:
    """Whether the grade of a place as a whole is asked for."""
    is_grade = inquiry.wants is Wants.RATING and bool(inquiry.place)
    return is_grade and asks_of_whole(inquiry.asked, words(inquiry.place))


def asks_of_whole(asked: str, place: Iterable[str]) -> bool:
    """Whether a question for a grade names nothing that is graded but the place, of whose name the words
    are given."""
    rest = _SERVICES.sub(" ", asked)
    spoken = {stem(w) for w in words(rest) if w not in STOPWORDS and not w[0].isdigit()}
    return not spoken - _OF_WHOLE - {stem(word) for word in place}


def states_overall(sentence: Sentence, text: str, report: Description | None = None) -> bool:
    """Whether a sentence grades the whole: it says so, or on the first page it is a graded heading, or
    grades the services that the report is called after in its place."""
    if not RATING.search(text):
        return False
    if sentence.page == 1:
        if sentence.kind is BlockKind.HEADING:
            return True
        told = _GRADES_SERVICES.match(text)
        if told and report and report.place:
            kinds = {"children", *words(report.title)}
            names = {*words(report.place)} <= {*words(told["where"])}
            return names and {*words(told["kind"])} <= kinds
    return sentence.kind is not BlockKind.HEADING and bool(_OVERALL.search(text))


def is_about_earlier(section: str) -> bool:
    """Whether what stands under a heading is about inspections before the report's."""
    return bool(_EARLIER.search(section))


def tells_of_earlier(text: str, section: str) -> bool:
    """Whether a sentence, or the section it stands in, is about an inspection before the report's."""
    return bool(_EARLIER.search(text)) or is_about_earlier(section)
