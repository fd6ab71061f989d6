"""Whether a question asks for a name, and whether a sentence bears one: "a local charity" is none."""

import re

from assistant.inquiry import Inquiry
from assistant.wants import Wants
from ingest.words import STOPWORDS, content_words, stem

# What bears a name of its own: a body, a place, the holder of an office, a thing that people christen.
_BODY = (
    r"(?:pdu|unit|region|council|authorit(?:y|ie)|count(?:y|ie)|borough|cit(?:y|ie)|town|village|countr(?:y|ie)"
    r"|provider|charit(?:y|ie)|organi[sz]ation|agenc(?:y|ie)|compan(?:y|ie)|firm|business(?:e)?|employer|builder"
    r"|contractor|trust|hospital|prison|jail|(?:police\s+)?force|uni|universit(?:y|ie)|college|school|academ(?:y|ie)"
    r"|hotel|programme|scheme|project|club)s?\b"
    r"|(?:area|body|centre|center|court|judge|inspector|minister|councillor|officer|director|manager|leader"
    r"|executive|professor|poet|artist|author|framework)\b"
)
_DID = r"(?:is|are|was|were|did|do|does|has|have|had|will|runs?|ran|took|got|gets)\b"
_NO_NOUN = rf"(?!(?:{_DID}|(?:of|the|in|on|at|for|to|by|an?)\b))"
_ASKS = re.compile(
    r"\bnames?\s+(?:an?|any|of|for|the|them|all|it|two|three|four|five|six)\b|\bname\W*(?:pls|please)?\W*$"
    r"|\bwhat\s+names?\b|\b(?:called|named)(?:\W*$|,|\s+(?:in|at|by)\b)"
    rf"|\bwhich\s+(?:{_NO_NOUN}[\w’'-]+\s+){{0,3}}?(?:{_BODY})"
    rf"|\bwhat\s+(?:{_BODY})\s+{_DID}|\bwhat\s+(?:is|was)\s+the\s+(?:{_BODY})\s+(?:that|which|who)\b",
    re.IGNORECASE,
)
# What a report is about: one of them is asked for, by what it was or did.
_ASKS_WHOSE = re.compile(
    r"\b(?:which|what)\s+(?:(?!(?:of|the|in|on|at|for|to|by|an?|is|was|are|were|did|do|does|other|another|next|nearby"
    r"|neighbou?ring|partner)\b)[\w’'-]+\s+){0,2}?(?:council|authority|borough|county|city|town|region|pdu|prison|jail"
    r"|force|school|hospital|trust|partnership)\s+(?:is|was|has|had|did|does|got|gets|needs|must|saw|[a-z]+ed|lit|made|took)\b"
    r"(?![^?]*\b(?:from|to|with|by|in|at)\W*$)",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"\b[A-Z]\w+")
# Words that are written with capitals and, by themselves, name nothing.
NO_NAME = frozenset(
    "january february march april may june july august september october november december monday"
    " tuesday wednesday thursday friday saturday sunday the north south east west northern southern"
    " eastern western central new great england wales ireland scotland britain london kingdom"
    " probation service services inspectorate inspector inspectors chief justice ministry office"
    " secretary state majesty majestys his her council county city borough region regional area local"
    " authority children childrens board committee team unit department director head officer officers"
    " prison prisons court crown police national framework policy act code code report annual standard"
    " requires improvement good outstanding inadequate quality care health social work education"
    " commission partnership trust agency college university association programme project strategy"
    " ofsted hmi cqc lead".split()
)
_COUNTS = frozenset(
    "one two three four five six seven eight nine ten all both each every many most several some few"
    " another no other only".split()
)
_QUARTER = r"(?:North|South|East|West|Northern|Southern|Eastern|Western|Central|Greater|England|Wales|London)"
_REGION = re.compile(
    rf"\b(?:[A-Z]\w+\s+){{0,4}}?{_QUARTER}\b(?:\s+(?:(?:of|and)\s+)?[A-Z]\w+){{0,4}}"
)
_ASKS_REGION = re.compile(r"\b(?:region|countr(?:y|ie)|nation)s?\b", re.IGNORECASE)
_ALONE = frozenset(("London", "Wales", "England", "Scotland"))
_EVERYWHERE = ["England", "Wales"]


def asks_name(inquiry: Inquiry) -> bool:
    """Whether the words of a question ask for the name of a person, a place, a body or a scheme."""
    other = inquiry.wants.is_quantity or inquiry.wants in (Wants.REASON, Wants.DATE)
    return not other and bool(_ASKS.search(inquiry.asked))


def asks_whose(inquiry: Inquiry, place: str) -> bool:
    """Whether the one place or body is asked for that something is told of, and `place` may be it: one that
    the question does not name."""
    own = set(content_words(place))
    asks = asks_name(inquiry) and _ASKS_WHOSE.search(inquiry.asked)
    return bool(asks and own) and own.isdisjoint(content_words(inquiry.asked))


def bears_name(inquiry: Inquiry, text: str, report: str) -> bool:
    """Whether a sentence holds a name that is not one of the question's own.

    `report` is the text it stands in: where that has the first word of a sentence in small letters, too, it
    is no name.
    """
    own = inquiry.stems

    def is_new(word: str) -> bool:
        return not (word.lower() in STOPWORDS or stem(word.lower()) in own)

    start = next((i for i, letter in enumerate(text) if letter.isalnum()), 0)
    for found in _CAPITAL.finditer(text):
        word = found[0].lower()
        if word in NO_NAME or not is_new(word):
            continue
        first = found.start() == start
        if not (first and (word in _COUNTS or re.search(rf"\b{re.escape(word)}\b", report))):
            return True
    # "East of England" is a name, of words that by themselves are none.
    for found in _REGION.finditer(text):
        parts = [p for p in found[0].split() if p[0].isupper() and p.lower() not in STOPWORDS]
        alone = parts[0] in _ALONE and bool(_ASKS_REGION.search(inquiry.asked))
        if parts != _EVERYWHERE and (len(parts) > 1 or alone) and any(map(is_new, parts)):
            return True
    return False
