"""The kind of answer that a question asks for, by the words it is asked in."""

import re
from collections.abc import Sequence
from enum import StrEnum


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


# What a question begins with: its capital makes no name of it.
OPENERS = (
    "Was|Were|Is|Are|Do|Does|Did|Has|Have|Had|How|What|Which|When|Why|Where|In|For|And|So|But|The"
)
# What asks for the newest of several.
NEWEST_WORDS = (
    r"(?:latest|newest|most\s+recent(?:ly)?|current(?:ly)?|now|nowadays|today|these\s+days)"
)


def wants_of(question: str) -> Wants:
    """The kind of answer that a question asks for.

    The words that ask decide ("which firm was rated ..." asks for a firm, not for a rating); where
    none do, as in "Leeds vacancy rate?", the words of the subject. What is told before a last sentence
    that asks asks nothing.
    """
    told = _TOLD_BEFORE.match(question)
    asking = plainly(question[told.end() :] if told else question)
    return _first(asking, _ASKING) or _first(asking, _SUBJECT) or Wants.OTHER


def plainly(question: str) -> str:
    """The question without what politely leads into it: "can you tell me", "does the report say"."""
    led_in = _POLITE.match(question) or _POLITE_ORDER.match(question)
    return question[led_in.end() :] if led_in else question


def _first(text: str, rules: Sequence[tuple[Wants, re.Pattern[str]]]) -> Wants | None:
    return next((wants for wants, pattern in rules if pattern.search(text)), None)


def counted_in(question: str) -> str:
    """The words that name what is counted: "cases" of "how many cases were read"; or empty."""
    match = _COUNTED.search(question)
    return next((group for group in match.groups() if group), "") if match else ""


def _patterns(*rules: tuple[Wants, str]) -> tuple[tuple[Wants, re.Pattern[str]], ...]:
    return tuple((wants, re.compile(pattern, re.IGNORECASE)) for wants, pattern in rules)


_GREETING = r"^\W*(?:(?:hi|hello|hey|thanks|please|ok|okay|well|right)\b[\s,!.–—-]*)*"
_POLITE = re.compile(
    _GREETING
    + r"(?:(?:(?:can|could|would|will)\s+(?:you|we|anyone|someone)\s+(?:please\s+|kindly\s+|just\s+)?)?"
    r"(?:tell|show|give|remind)\s+(?:me|us)\s+"
    r"|(?:can|could|would|will)\s+(?:you|we|anyone|someone)\s+(?:please\s+|kindly\s+|just\s+)?"
    r"(?:say|explain|find\s+out|check|confirm)\s+"
    r"|(?:do|does)\s+(?:you|we|anyone)\s+(?:happen\s+to\s+)?know\s+|any\s+idea\s+"
    r"|(?:i|we)\s+(?:need|want|wanted|wish|would\s+like|would\s+love)\s+to\s+know\s+"
    r"|(?:i|we)['’]d\s+(?:like|love)\s+to\s+know\s+"
    r"|(?:does|do|did)\s+(?:the\s+|any\s+)?(?:reports?|inspectors?|inspectorate|ofsted|hmip)\s+"
    r"(?:say|tell(?:\s+us)?|mention|state)\s+)?(?=(?:wh(?!ether|ile)\w+|how)\b)",
    re.IGNORECASE,
)
_POLITE_ORDER = re.compile(
    _GREETING + r"(?:can|could|would|will)\s+you\s+(?:please\s+|kindly\s+|just\s+)?"
    r"(?=(?:tell|give|list|show|explain|find|summari[sz]e|name|describe)\b(?!\s+(?:me\s+|us\s+)?(?:if|whether)\b))",
    re.IGNORECASE,
)
_TOLD_BEFORE = re.compile(
    r"[^?]*[.!]\s+(?=(?:wh\w+|how|is|are|was|were|did|do|does|has|have|had|can|could)\b[^.?!]*\?\W*$)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\bhow\s+(?:many|few)\s+(?:of\s+(?:the|its|their|these|those)\s+)?"
    r"(?!(?:is|are|was|were|did|do|does|has|have|had)\b)((?:[\w’'-]+\s+){0,2}?[\w’'-]+)"
    r"(?=\s+(?:is|are|was|were|did|do|does|has|have|had|can|could|will|would|got|in|on|at|of|for|with"
    r"|that|who|which|from|to|by|per|scored|it|they|he|she)\b|\W*$)"
    r"|\b(?:number|total|count|tally)\s+of\s+((?:[\w’'-]+\s+){0,2}?[\w’'-]+)"
    r"(?=\s+(?:is|are|was|were|in|on|at|of|for|with|that|who|which|from|to|by|per|[\w-]+ed)\b|\W*$)",
    re.IGNORECASE,
)
# Where a question begins: at its start, or after what leads into it.
_START = (
    r"(?:^|[,;:–—.-]\s+|\b(?:and|so|but|then|or)\s+)\W{0,5}"
    r"(?:(?:so|and|but|ok|or|then|well|also)\b,?\s+)*"
)
_GRADE = (
    r"(?:overall\s+)?(?:[\w’'-]+\s+){0,2}?(?:grade|rating|judge?ment|mark|verdict|ranking|band)s?\b"
)
# How much money, or of what can be counted; not "how much progress", nor "how much has it improved".
HOW_MUCH = (
    r"\bhow\s+much\b(?!\s+(?:progress|support|help|attention|emphasis|information|evidence|influence|say|choice"
    r"|oversight|scrutiny|challenge|work|care|confidence|trust|difference|impact|improvement)\b)"
    r"(?!\s+(?:do|does|did|has|have|had|is|are|was|were)\b[^?]*\b(?:improv(?:es?|ed|ing)|know|knew|understand\w*|learn\w*"
    r"|matter\w*|involv\w+|listen\w*|progress\w*|valued?)\b)"
)
_ASKING = _patterns(
    (
        Wants.DEFINITION,
        r"^\s*(?:so\s+)?what\s+(?:is|are|'s|does|do|did)\s+(?:an?\s+|the\s+)?['\"“]?[\w\- ]{1,40}['\"”]?"
        r"\s*(?:stand\s+for|mean(?:s|ing)?\b)|\bstands?\s+for\b|\bdefin(?:e|ition|ed)\b"
        r"|\bwhat\s+(?:do|does|did)\s+(?:[\w’'-]+\s+){1,4}?mean(?:\s+by\b|\W*$)"
        r"|\bmeaning\s+of\b|\bwhat\s+is\s+meant\s+by\b|\babbreviation\b|\bacronym\b"
        r"|\bshort\s+for\b|^\s*what(?:'s|\s+is|\s+are)\s+(?:an?\s+)?[A-Z]{2,6}s?\s*\?*$"
        r"|^\s*what(?:'s|\s+is|\s+are)\s+(?:an?\s+|the\s+)?(?-i:[A-Z]{2,6}s?),\s+"
        r"(?:which|that|as|in|used|mentioned|referred|named|cited|please|exactly)\b"
        r"(?!.*\b(?:what|how|when|who|where|grade\w*|rat(?:ed|ings?))\b)",
    ),
    # "Is it true that 18 per cent ...?" asks whether it is.
    (
        Wants.YES_NO,
        r"^\W*(?:(?:so|and|but)\b,?\s+)*(?:is|are|was|were|did|do|does|has|have|had)\b(?=.*(?:\d\s*(?:%|per\s*cent\b)|£))"
        r"(?!.*\b(?:what|how|which|who|when|where|why|or)\b)",
    ),
    (
        Wants.MONEY,
        r"\bhow\s+much\b(?!\s+(?:of|time|attention|weight|regard|contact)\b).*\b(?:costs?|spen[dt]|spending|paid|pay|worth|funding|grants?|budget|salar\w+)\b"
        r"|\bwhat(?:['’]s|\s+(?:is|was|were|are))\s+(?:the\s+|its\s+|their\s+)(?:\w+\s+){0,2}?"
        r"(?:budget|cost|costs|salary|price)\b(?=\W*$|\s+(?:of|for|in|to|per|at|on|is|was|each|a)\b)|\bhow\s+much\s+(?:\w+\s+){0,2}?(?:money|funding|cash|extra|cost|was\s+spent|is\s+spent|did\s+\w+\s+cost)"
        r"|£|\bhow\s+many\s+(?:pounds|million)|\bwhat\s+(?:was\s+the\s+|is\s+the\s+)?(?:cost|sum|amount|budget|price)"
        r"|\bwhat\s+(?:does|did|will|would)\b.*\bcost\b|\bfunding\s+(?:was|did)\b",
    ),
    (Wants.NUMBER, r"\bhow\s+often\s+(?:in|per|each|every|a)\s+(?:the\s+|a\s+)?(?:day|week|month|year)\b"),
    (
        Wants.SHARE,
        r"\bper\s*cent|percent|%|\bproportion|\bshare\s+of\b|\b(?:what|which)\s+(?:\w+\s+)?(?:share|fraction|portion|slice)"
        r"|\bhow\s+(?:often|common)\b|\bhow\s+much\s+of\b"
        r"|\bwhat(?:['’]s|\s+(?:was|is|were))?\s+(?:the|its|their)\s+(?:[\w’'-]+\s+){0,4}rate\b"
        r"|\b(?:what|which)\s+(?:(?!(?:did|does|do|would|will|should|can|could)\b)[\w’'-]+\s+){0,2}rate\b",
    ),
    (
        Wants.NUMBER,
        HOW_MUCH
        + r"|\bhow\s+(?:many|long|old|far|big|large|high|low|few|fast|quick(?:ly)?|soon|late)\b"
        r"|\bwhat\s+(?:number|score)\b"
        r"|\bwhat\s+(?:total|cut-?off|threshold)\s+(?:is|was|does|did|do|must|has|have|had|counts?)\b",
    ),
    (Wants.REASON, r"\bwhy\b|\bhow\s+come\b|\bwhat\s+(?:caused|causes|led|explains|drove|drives)\b"),
    (
        Wants.PERSON,
        _START + r"(?:by\s+|with\s+|to\s+)?(?:who['’]s\b|whom?\s+(?:is|was|were|are|heads?|headed"
        r"|leads?|led|chairs?|chaired|said|says|wrote|signed|became|replaced|won|took\s+over|has\s+been)\b)|\bby\s+whom\b"
        r"|\bnames?\s+of\s+the\s+(?:\w+\s+){0,3}?(?:head|chief|director|inspector|manager|leader|lead|person|man"
        r"|woman|minister|officer|chair)\b",
    ),
    (
        Wants.DATE,
        _START + r"(?:since\s+|until\s+|from\s+|by\s+)?when\b(?!.*\b(?:who|what|which|how)\b)"
        r"|\bsince\s+when\b|\bhow\s+long\s+ago\b|\b(?:what|which)\s+(?:date|year|month|day|period)s?\b|\bdate\s+of\b",
    ),
    (
        Wants.RATING,
        rf"\b(?:what|which)(?:['’]s)?\s+(?:is\s+|was\s+|were\s+|are\s+)?(?:the\s+)?{_GRADE}"
        r"|\bhow\s+(?:did|was|were|is|are|has|have|do|does|well|good)\b.*\b(?:(?:do|done)(?=\W*$|[?,;.]|\s+(?:in|on|at"
        r"|overall|against|for|when|under|this|last|with)\b)|fare[ds]?|perform(?:ed)?|c[ao]me\s+out(?!\s+of)"
        r"|(?:shape|measure|stack)[ds]?\s+up(?!\s+(?:against|beside|next\s+to|with|to))"
        r"|(?<!the )(?:judged?|rated?|scored?|graded?)|landed)\b"
        r"|\bwhat\s+(?:was|is|were)\b[^,]*?\brated\b"
        r"|^(?!.*\b(?:since|after|before|when|if|being)\s(?:[\w’'-]+\s){0,6}(?:rated|judged|graded)\b)"
        r".*\bwhat\b.*\b(?:(?:do|does|did|would)\s+(?:[\w’'-]+\s+){1,4}?rate|rated|judged?|graded?)\b"
        r"|\bwhere\b.*\blanded\b|\boverall\s+effectiveness\b"
        r"|^(?=.*\b(?:ofsted|grades?|marks?|judge?ments?|outstanding|inadequate|requires\s+improvement)\b)"
        r".*\bwhat\s+(?:did|was|were)\b.*\b(?:get|given|awarded|end(?:ed)?\s+up)\b",
    ),
    (
        Wants.YES_NO,
        r"^\W*(?:(?:so|and|but|ok|well)\b,?\s+)*(?:is|are|was|were|did|do|does|has|have|had|can|could|will|would|should)\b"
        r"(?!.*\bor\b)",
    ),
    (
        Wants.PLACE,
        _START + r"(?:from\s+)?where\b(?!\s+(?:possible|needed|necessary|appropriate|applicable|available)\b)"
        r"|\b(?:tell|say|know|idea)\b.*\bwhere\b"
        r"|\bwhere(?:\W*$|\s+(?:exactly|is|are|was|were|do|does|did|has|have|can)\b)"
        r"|\b(?:which|what)\s+(?:region|area|pdu|authority|council|place|town|city|unit|county|borough)\b",
    ),
    (
        Wants.LIST,
        r"\bwhat\s+(?:were|are)\s+the\b|\bwhich\s+(?:(?:two|three|four|five|six)\s+(?:[\w’'-]+\s+){0,2}?)?[\w-]+s\b"
        r"|\bwhich\s+[\w’'-]+\s+[\w-]+[^s\W]s\s+(?:are|were|did|do|does|had|have|has|can|should|must|need)\b|\blist\b"
        r"|\bname\s+(?:the|all|two|three|four|five|some|its|their)\b|\bwhat\s+(?:kinds?|types?|sorts?)\b"
        r"|\bwhat\s+(?:two|three|four|five|six)\b|\bwhat\s+\w+s\s+(?:are|were|did|do|have|has)\b",
    ),
)  # fmt: skip
# Points that are told; others are scored.
_LISTED = ("bullet", "key", "main", "action", "learning")
_NOT_LISTED = "".join(f"(?<!{kind} )" for kind in _LISTED)
_SUBJECT = _patterns(
    (
        Wants.SHARE,
        r"\b(?:vacancy|leaving|attrition|turnover|opt-?in|success|completion|sickness)\s+rate"
        r"|\brates?\s+of\b|\blevels?\s+of\s+(?:vacanc|sickness|absence|turnover|attrition|staffing)"
        r"|\b(?:the|a|whose)\s+share\b|(?:['’]s|\w+est)\s+share\b|(?<!\bto )\bshare\W*$"
        r"|^(?!.*(?:\b(?:who|what|which|why|when|where|how|pounds|pay|hourly|weekly|monthly|per\s+\d)\b|£))"
        r".*\b[a-z-]+\s+rates?\b"
        r"|\b(?:what|how)\s+(?:is|was|were)\s+the\s+(?:\w+\s+){0,2}(?:take-?up|uptake)\b",
    ),
    (
        Wants.NUMBER,
        r"^(?!\W*(?:what|which)\s+(?!is\b|was\b|were\b|are\b|the\b))(?!\W*how\b(?!\s+about\b)).*"
        r"\b(?:number|total|count|tally|size)\s+of\b|\bscores?\b"
        rf"|{_NOT_LISTED}(?<!the )\bpoints\b"
        r"|\bno\.\s+of\b|\bfigures?\s+for\b|\bcaseload\b.*\?",
    ),
    (
        Wants.RATING,
        r"^(?!.*\b(?:which|what)\b|.*\bhow\s+(?:is|are|was|were|do|does|did)\b).*(?:\brat(?:ed|ing|ings)\b|\bgrad(?:e|ed|es|ing)\b|\bjudg(?:ed|ement|ment)s?\b"
        r"|\bverdict\b|\bmarks?\b)",
    ),
    (Wants.DATE, r"\bdates?\b"),
    (Wants.REASON, r"\breasons?\b"),
    (
        Wants.LIST,
        rf"\b(?:actions|bullets|(?:{'|'.join(_LISTED)})\s+points|steps|recommendations|priorities|topics|themes|strengths|weaknesses"
        r"|improvements|goals|aims|objectives|examples)\b",
    ),
)  # fmt: skip
