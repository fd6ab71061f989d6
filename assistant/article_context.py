"""Completes a sentence of an article with what it points back to, where that is beyond doubt.

Only the text of the claim is completed, with words of the article itself: a pronoun gives way to the
subject of the sentence before, "of these" is told of what, and the one place that an article is about
is named where a sentence names none. Where there is doubt, a sentence stays as it is.
"""

import re
from collections import Counter
from collections.abc import Sequence

from assistant.assertions import Sort, values
from assistant.evidence import PERSON
from ingest.statistics import Unit, statistics
from ingest.words import STOPWORDS

_TELLING = (
    r"found|said|says|rated|judged|told|saw|looked|examined|inspected|recommended|warned|noted"
)
VERB = (
    r"(?:was|were|is|are|has|have|had|did|does|do|can|could|will|would|failed|met|missed|rose|fell|stood|made"
    rf"|took|gave|lost|kept|left|{_TELLING})"
)
_NO_END = r")(?<!".join(rf"\b{w}" for w in "the a an of in for and or to at by with from".split())
_SUBJECT = re.compile(
    r"^(?:(?:But|And|However|Overall|Nationally|Meanwhile),?\s+|In\s+(?:\w+\s+)?\d{4},?\s+)?"
    rf"(?P<subject>[\w’'-]+(?:\s+[\w’'&-]+){{0,12}}?)(?<!{_NO_END})\s+(?P<verb>{VERB})\b"
)
_UNSAFE = re.compile(
    r"\b(?:it|its|they|them|their|this|that|these|those|there|he|she|his|her|we|i|you|which|who|what|when|where"
    r"|if|while|although|because|as|after|before|since|both|none|some|many|most|few|one|others?|no|not|nor)\b|\d",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\b(?:rate|share|proportion|number|percentage|figure|score|rating|total|average|caseload)s?\b",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"^(?P<lead>(?:But|And|However|Overall|Still),?\s+)?(?:(?P<they>They|These)|(?P<it>It|This)|(?P<he>He|She)"
    r"|(?P<their>Their|Its)|(?P<measure>(?:The|This|That)\s+(?:figure|share|proportion|rate|number)))\s+"
    rf"(?P<rest>(?:(?:also|only|now|still)\s+)?(?P<verb>{VERB}\b)?.*)$",
    re.DOTALL,
)
_OF_THESE = re.compile(
    r"^(?P<of>(?:Only\s+|Just\s+)?(?:\w+\s+)?[Oo]f\s+(?:these|those|them))(?=,?\s)"
)
_THE_CASE = re.compile(
    r"^(?:But\s+|And\s+)?(?P<rest>(?:[Tt]his|[Tt]hat|[Tt]he\s+same)\s+(?:was|is)\s+(?:not\s+)?"
    r"(?:the\s+case|so|true)\b.*)$",
    re.DOTALL,
)
_THAT_YEAR = re.compile(r"\b(?P<in>in\s+)?(?:that|the\s+same)\s+year\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PLURAL_HEAD = re.compile(
    r"^(?:\w+[\s-])*?(?:\w+(?<!s)s|staff|people|police|children|women|men)(?=$|\s(?:of|for|in|at|with|from|to)\b)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Aa]cross)\s+(?:the\s+)?(?P<place>[A-Z][a-z]{2,}(?:[\s-](?:(?:upon|on|and|of)[\s-])?[A-Z][a-z]{2,})*)"
)
_NO_PLACE = re.compile(
    r"^(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday"
    r"|Wednesday|Thursday|Friday|Saturday|Sunday|Spring|Summer|Autumn|Winter|Parliament|Year|Chapter|English)\b"
)
NATION = re.compile(r"\b(?:England|Wales|Britain|United Kingdom|UK|[Nn]ational(?:ly)?|country)\b")
# "Inspectors said that staff were tired, and were ...": who were, the sentence does not tell.
_TELLS_THAT = re.compile(
    r"\b(?:said|told|noted|warned|saw)\b|\b(?:found|judged|recommended)\s+that\b"
)
_OPENING = 3  # sentences, the headline among them, in which an article names what it is about


class Context:
    """What the sentences so far say that a later one may point back to."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self._place = only_place(sentences)
        self.pause()

    def pause(self) -> None:
        """Forget what came before, as at a heading."""
        self._subject = ""
        self._telling = False  # whether the subject tells something of others
        self._before = ""
        self._year = ""

    def completed(self, text: str, *, joined: bool = True) -> str:
        """`text` with what it points back to; an item of a list is told but points nowhere."""
        claim = self._pointed(text) if joined else text
        claim = self._dated(claim)
        self._subject, verb = subject_of(claim)
        self._telling = bool(re.fullmatch(_TELLING, verb))
        self._before = claim
        self._year = next(reversed(_YEAR.findall(claim)), self._year)
        return self._placed(claim)

    def gone_on(self, rest: str) -> str:
        """What goes on with the subject of the sentence before, with it; empty where that is not plain."""
        plain = self._subject and not (self._telling and _TELLS_THAT.search(self._before))
        return f"{self._subject} {rest}" if plain else ""

    def _pointed(self, text: str) -> str:
        case = _THE_CASE.match(text)
        if case and self._before and not values(self._before) and self._before.endswith("."):
            return f"{self._before[:-1]}, and {case['rest'][0].lower()}{case['rest'][1:]}"
        these = _OF_THESE.match(text)
        if these:
            return self._of_these(text, these)
        points = _POINTS.match(text)
        if not points or not self._subject:
            return text
        lead, rest, subject = points["lead"] or "", points["rest"], self._subject
        if points["their"]:
            possessive = f"{subject}’" if subject.endswith("s") else f"{subject}’s"
            fits = is_plural(subject) is (points["their"] == "Their")
            return f"{lead}{possessive} {rest}" if fits else text
        if not points["verb"] and re.match(r"\W*Th(?:ese|is)\b", text[len(lead) :]):
            return text  # "These cases ...", "This delay ...": no pronoun
        # "Inspectors said that staff ... They had ...": who had is told only by who tells.
        if self._telling and not re.fullmatch(_TELLING, points["verb"] or ""):
            return text
        if points["they"]:
            fits = is_plural(subject)
        elif points["it"]:
            fits = not is_plural(subject) and not PERSON.fullmatch(subject)
        elif points["he"]:
            fits = bool(PERSON.fullmatch(subject))
        else:
            fits = bool(_MEASURE.search(subject))
        return f"{lead}{subject} {rest}" if fits else text

    def _of_these(self, text: str, these: re.Match[str]) -> str:
        """ "Of these, 12 ..." with the one thing that the sentence before counts."""
        nouns = (s.noun for s in statistics(self._before) if s.unit is Unit.COUNT)
        counted = {noun for noun in nouns if is_plural(noun) and noun not in STOPWORDS}
        if len(counted) != 1:
            return text
        of = these["of"].removesuffix("them").rstrip()
        of = of if of.endswith("se") else f"{of} these"
        return f"{of} {counted.pop()}{text[these.end() :]}"

    def _dated(self, text: str) -> str:
        if not self._year or _YEAR.search(text):
            return text
        return _THAT_YEAR.sub(lambda m: f"{m['in'] or ''}{self._year}", text, count=1)

    def _placed(self, text: str) -> str:
        """The claim with the article's one place at its end, where it names none of its own."""
        place = self._place
        shares_word = any(word in text for word in place.replace("-", " ").split())
        counted = any(v.sort is not Sort.DATE for v in values(text))
        if not place or not counted or shares_word or NATION.search(text) or _PLACE.search(text):
            return text
        ended = re.fullmatch(r"(.*[\w%)])(\.?)", text, re.DOTALL)
        return f"{ended[1]} in {place}{ended[2]}" if ended else text


def subject_of(text: str) -> tuple[str, str]:
    """The noun phrase that a sentence begins with and its verb, where that is plain; else nothing."""
    found = _SUBJECT.match(text)
    if not found or _UNSAFE.search(found["subject"]):
        return "", ""
    return found["subject"], found["verb"]


def is_plural(subject: str) -> bool:
    """Whether a noun phrase is of several: "inspectors", "the services in Kent"."""
    return bool(_PLURAL_HEAD.match(subject))


def only_place(sentences: Sequence[str]) -> str:
    """The place that an article is about: named at its opening and again, and no other beside it."""
    text = "\n".join(sentences)
    if NATION.search(text):
        return ""
    places = Counter(
        match["place"] for match in _PLACE.finditer(text) if not _NO_PLACE.match(match["place"])
    )
    if len(places) != 1:
        return ""
    place = next(iter(places))
    opening = "\n".join(sentences[:_OPENING])
    return place if place in opening and text.count(place) > 1 else ""
