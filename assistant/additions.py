"""What a claim asserts beyond a sentence: that it is only so, why, since when, that all are so.

An assertion of such a kind is not proved by a sentence that has none of that kind, however near it
comes otherwise.
"""

import re
from collections.abc import Sequence
from itertools import product

from assistant.assertions import Sort, Value, values
from assistant.leanings import negations
from assistant.matched import BORNE, OPPOSED, Matched, State
from assistant.rounding import Range, complement, covers

_PREVIOUS = r"(?:the\s+|its\s+|our\s+|their\s+)?(?:last|previous|earlier)\b"
_SUPERLATIVE = (
    r"(?:\w+(?:ous|ful|ive|able|ible|al|ic|ent|ant|ed|ing)|common|basic|likely|often|severe|complex)"
    r"\b"
)
_LONGER = re.compile(
    r"\b(?:longer|later|slower)\s+than\s+(?:[\w’'-]+\s+){0,2}?(?:\d|(?:hour|day|week|month|year)s?\b)",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"\b(?:within|inside)\b|\bin\s+(?:under|less\s+than)\b", re.IGNORECASE)
# What a claim says where it makes an assertion of a kind, and what tells it in a sentence: much
# else may tell what the claim says in so many words.
_KINDS = {
    # "Only families with a social worker"; but "only a third" or "only good" just belittles.
    "only": (
        r"\b(?:(?<!\bnot )only|solely|exclusively|sole|nobody\s+but|no\s+one\s+but|nothing\s+but"
        r"|(?<!\d )(?<!\blive )(?<!\blives )(?<!\bliving )(?<!\blived )alone)\b(?!\s+"
        r"(?:(?:just|about|around|over|under|nearly|almost|roughly)\s+)?(?:(?:good|adequate|fair|satisfactory|inadequate"
        r"|requir(?:es?|ed|ing)\s+improvement)(?=\s*(?:$|[.,;:]|(?:for|in|on|overall|by|at)\b))|an?\b|some\b|half|one|two|three|four|five"
        r"|six|seven|eight|nine|ten|eleven|\w+teen|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
        r"|[£$€]?\d))",
        "",
    ),
    "everywhere": (
        r"\b(?:wherever|whoever|whichever|no\s+matter\s+(?:where|who|what|which|how)"
        r"|(?:regardless|irrespective)\s+of|whatever\s+(?:the|their|its|his|her)"
        r"|however\s+(?:short|brief|long|small|little|few|large|big|many|old|young|serious|minor|bad|rare(?:ly)?"
        r"|often|far|late|early|high|low))\b",
        r"\b(?:all|every|any|each|anywhere|everywhere|always|universal\w*|exception|both)\b",
    ),
    # "Affected" and its like count as a cause in a sentence, and are too common to claim one.
    "cause": (
        r"\b(?:because|due\s+to|owing\s+to|thanks\s+to|on\s+account\s+of|as\s+a\s+result\s+of"
        r"|caused\s+by|in\s+protest|attributed\s+to|down\s+to)\b",
        r"\b(?:as\s+a\s+result|caus(?:e[ds]?|ing)|led\s+to|leads?\s+to|leading\s+to|attribut\w+"
        r"|in\s+(?:response|protest|reaction)|result(?:s|ed|ing)\s+(?:in|from)|driven\s+by|reasons?"
        r"|why|therefore|consequen\w+|meant\s+that|means\s+that|so\s+that|hindered|undermined"
        r"|impact\w*|affect\w*)\b",
    ),
    "multiple": (
        r"\b(?:doubl(?:e[sd]|ing)|halv\w+|tripl(?:e[sd]|ing)|trebl(?:e[sd]|ing)"
        r"|(?:double|triple|treble)\s+(?:the|what|that|its|their)"
        r"|twice(?!\s+(?:an?|per|each|every|in|that\s+(?:year|month|week|day))\b"
        r"|-|\s*\w+ly\b)|thrice|\w+fold|half\s+(?:what|as|the\s+number|of\s+what))\b",
        # The two numbers may be told, or the change in per cent.
        r"\bby\s+(?:half|(?:50|100|200)\s?(?:%|per\s*cent))|\b(?:two|three)\s+times\b",
    ),
    "first": (
        r"\b(?:first\s+(?:ever|time)|never\s+before|for\s+the\s+first|unprecedented|pioneer\w*)\b"
        r"|\bthe\s+first\s+(?!(?:year|half|quarter|month|week|day|stage|step|phase|few|two|three|six)"
        r"s?\b)(?:\w+\s+){1,4}(?:to|rated|graded|judged|given|that|where|in\s+which|ever)\b",
        r"\bfirst\b|\bno\s+(?:other|previous|earlier)\b|\bprevious\w*\b|\bnew(?:ly)?\b",
    ),
    "most": (
        # "The most vulnerable children" are a kind of children, and nothing is claimed of it.
        rf"\b(?:the|its|their|our|his|her)\s+(?:single\s+)?(?:most|least)\s+{_SUPERLATIVE}"
        r"(?!\s+(?:\w*[^s\s]s|people|children|staff|young|women|men)\b)",
        r"\b(?:most|least|main\w*|key|chief|primar\w+|principal|top|worst|best|foremost|overriding"
        r"|fewest|above\s+all|more\s+\w+\s+than\s+any|number\s+one|particular\w*|especially"
        r"|(?:larg|bigg|great|high|low|strong|weak|poor|small|short|long)est)\b",
    ),
    "trend": (
        r"\b(?:rose|risen|fell(?!\s+(?:short|below|outside|within|under|into|to\s+the))|fallen"
        r"|grew|grown|increas(?:ed|ing)|decreas(?:ed|ing)|declined(?!\s+to)|dropped(?!\s+out)|climbed"
        r"|improved|worsened|deteriorated|doubled|halved|(?:went|gone|gone\s+back)\s+(?:up|down)"
        r"|(?:come|came)\s+down|(?:up|down)\s+from|no\s+longer"
        rf"|(?:since|than|compared\s+(?:with|to))\s+(?:at\s+|in\s+)?{_PREVIOUS})\b",
        r"\b(?:ris(?:e[ns]?|ing)|fall(?:s|ing)?|grow\w*|increas\w*|decreas\w*|declin\w*|drop\w*"
        r"|reduc\w+|improv\w*|wors\w+|better|deteriorat\w*|strengthen\w*|weaken\w*|progress\w*|chang\w+"
        r"|up|down|from|since|than|previous\w*|earlier|before|last|ago|compar\w+|now|became|become\w*"
        r"|develop\w*|recover\w*|recent\w*|more|fewer|less|higher|lower|cut|rais\w+|expand\w*|clos\w+"
        r"|enhanc\w*|gain\w*|success\w*|trend|transform\w*|built|still|yet|again|turn\w*|mov\w+|shift\w*"
        r"|remain\w*|continu\w*|stabl\w+|sustain\w*|maintain\w*|made|help\w*|enabl\w+|support\w*)\b",
    ),
    # "Slipped from Good": a grade or figure of before that has to be told.
    "moved": (
        r"\b(?:slip(?:s|ped)?|slid|sank|sunk|fell|fallen|dropp?(?:s|ed)?|dipped|plunged|rose|risen|climbed|jumped"
        r"|leapt|soared|moved|went|gone|(?:up|down)graded)\s+(?:(?:back|straight|right|up|down)\s+)?from\s+[‘'\"“]?(?:an?\s+|the\s+)?"
        r"(?:\d|outstanding|good|requir|inadequate|poor|better|worse|higher|lower|top|bottom|excellent|satisfactory"
        r"|adequate|[\w-]+\s+(?:per\s*cent|stars?|points?|grades?)\b)",
        r"\b(?:from|previous\w*|before|since|than|earlier|last|compar\w+|improv\w*|wors\w+|formerly|used\s+to"
        r"|no\s+longer|until|lost|lower\w*|rais\w+)\b",
    ),
    # A duty is not told by how things are.
    "duty": (
        r"\b(?:should|ought\s+to|must|recommend(?:s|ed)|required\s+to|obliged\s+to)\b(?!\s+have)",
        r"\b(?:need\w*|ha(?:s|ve)\s+to|requir\w*|recommend\w*|expect\w*|mandat\w+|compulsory|obli\w+"
        r"|urg\w+|call\w*|ask\w*|plan\w*|dut(?:y|ies)|responsib\w+|priorit\w+|necessary|essential"
        r"|important|vital|until|ensure|improve|will|polic\w+|guidance|rules?|standards?|statutory)\b",
    ),
}
_ASSERTED = {
    kind: (
        re.compile(claimed, re.IGNORECASE),
        re.compile(f"{claimed}|{told}" if told else claimed, re.IGNORECASE),
    )
    for kind, (claimed, told) in _KINDS.items()
}
_DUTY = _ASSERTED["duty"][0]
_AROUND = ("trend", "duty")  # what a lead-in or a heading may tell
_COUNTRY = re.compile(
    r"\bnation(?:al|ally|wide)\b|\b(?:in|across|throughout|all\s+over)\s+(?:the\s+country|england|wales"
    r"|britain)\b|\bcountry-?wide\b",
    re.IGNORECASE,
)
_COUNTRY_TOLD = re.compile(
    r"\bnation\w*|\bcountr\w+|\b(?:england|wales|britain|uk)\b", re.IGNORECASE
)
_SAMPLE = re.compile(
    r"\bwe\s+(?:inspected|reviewed|examined|sampled|surveyed|interviewed|looked\s+at|saw|read)\b"
    r"|\b(?:our|the)\s+sampled?\b|\binspected\s+cases\b|\b(?:our\s+survey|respondents?|responded)\b",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"\b(?:should|ought\s+to|must|needs?\s+to|(?:plan|intend|aim|hope|propose)(?:s|ed)?\s+to"
    r"|expected\s+to|recommend(?:s|ed)?\s+that|not\s+(?:yet\s+)?clear\s+(?:that|whether|if)"
    r"|unclear\s+(?:whether|if)|no\s+evidence\s+that)\b",
    re.IGNORECASE,
)
_ANY_MODAL = re.compile(
    r"\b(?:should|shall|ought|must|need\w*|plan\w*|inten[dt]\w*|aim\w*|hop(?:e|es|ed|ing)|propos\w+"
    r"|recommend\w*|expect\w*|requir\w*|ha(?:s|ve|d)\s+to|will|would|may|might|could|can|urg\w+"
    r"|call\w*\s+(?:for|on)|ask\w*|told|advis\w+|want\w*|clear|unclear|evidence|whether|possib\w+"
    r"|further|more\s+work|to\s+be|yet|enough|priority|commit\w*|due\s+to\s+\w+|goal|target|duty|meant"
    r"|supposed|task|agreed|improvements?)\b",
    re.IGNORECASE,
)
# "What they should have": the modal of another than the subject.
_RELATIVE = re.compile(
    r"\b(?:who|which|what|whom|where|when|how|as|if|than|they|it|(?<!recommend )that)"
    r"\s+(?:[\w’'-]+\s+){0,3}$",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"\b(?:should|must|needs?\s+to|recommend(?:s|ed)?(?:\s+that)?|recommendations?)\s*:", re.I
)
_MOVE = (
    r"(?:rose|risen|rising|rises?|fell|fallen|falling|falls?|grew|grown|growth|growing|increas\w*"
    r"|decreas\w*|declin\w*|dropp\w*|drops?|reduc\w*|climb\w*|improv\w*|went\s+(?:up|down)"
    r"|gone\s+(?:up|down)|up|down|cut)"
)
_BY = re.compile(
    rf"\b(?:{_MOVE}\s+(?:[\w’'-]+\s+){{0,3}}?(?:by|of)"
    r"|rose|risen|fell|fallen|grew|grown|increased|decreased|(?:is|are|was|were|went|gone)\s+(?:up|down))"
    r"\s+(?:an?\s+|about\s+|around\s+|some\s+|nearly\s+"
    r"|almost\s+|over\s+|more\s+than\s+|less\s+than\s+)?$",
    re.IGNORECASE,
)
_MORE = re.compile(
    rf"\s*(?:{_MOVE}|higher|lower|more|fewer|less|above|below|longer|shorter)\b", re.IGNORECASE
)
_LEVEL_BEFORE = re.compile(
    r"\b(?:to|from|at|was|were|is|are|stood\s+at|reached|accounts?\s+for)\s+(?:only\s+|just\s+|about\s+"
    r"|around\s+|nearly\s+|almost\s+|over\s+|an?\s+|as\s+\w+\s+as\s+)?$",
    re.IGNORECASE,
)
_LEVEL_AFTER = re.compile(
    r"\s*(?:of\s+(?:the\s+|its\s+|their\s+|our\s+|all\s+)?\w+|(?:cases|staff|people|children)\b)",
    re.I,
)
# In what other words a sentence says that most are, or all; a rule holds for all.
_MOSTLY = re.compile(
    r"\b(?:general(?:ly)?|usual(?:ly)?|typical(?:ly)?|large(?:ly)?|wide(?:ly|spread)|common(?:ly)?|often"
    r"|tend(?:s|ed)?|by\s+and\s+large|predominant\w*|main(?:ly)?|overall|most(?:ly)?|majority"
    r"|routine(?:ly)?|overwhelming\w*|normal(?:ly)?|consistent(?:ly)?|many|regular(?:ly)?)\b",
    re.IGNORECASE,
)
_ALWAYS = re.compile(
    r"\b(?:all|every\w*|each|both|always|consistent(?:ly)?|invariabl[ey]|throughout|universal(?:ly)?"
    r"|whole|entire(?:ly)?|full(?:y)?|any|across|must|required?|mandatory|per|100|routine(?:ly)?|thorough"
    r"|comprehensive(?:ly)?|complete(?:ly)?|individual\w*|no|none|never|without|two)\b|-wide\b",
    re.IGNORECASE,
)
_OPENS = re.compile(r"(?:^|[,;:]|\b(?:that|and|but|while|in|for))\W*$", re.IGNORECASE)
BEHIND = 100  # characters about a word that tell how it is meant
ALIKE = 10  # per cent by which the ends of two worded shares may differ: "nearly all", "the vast majority"


def additions(claim: str, text: str, around: str = "") -> frozenset[str]:
    """The kinds of assertion that `claim` makes and `text` does not.

    `around` is what the text stands among: lead-in, headings, the report's title.
    """
    found = {
        kind
        for kind, (claimed, told) in _ASSERTED.items()
        if claimed.search(claim)
        and not told.search(f"{text} {around}" if kind in _AROUND else text)
        and not (kind in ("trend", "moved") and _dates(text) > 1)
        and not (kind in ("multiple", "moved") and _has_two_figures(text))
        and not (kind == "duty" and not _demands(_DUTY, claim))
    }
    told = _COUNTRY_TOLD.search(text if _SAMPLE.search(text) else f"{text} {around}")
    if _COUNTRY.search(claim) and not told:
        found.add("whole")
    return frozenset(found)


def only_demanded(claim: str, clause: str, around: str) -> bool:
    """Whether a sentence's clause says what should be, or is planned, and the claim that it is."""
    if _ANY_MODAL.search(claim):
        return False
    return _demands(_MODAL, clause) or bool(_LEAD_IN.search(around))


def _demands(modal: re.Pattern[str], text: str) -> bool:
    return any(
        not _RELATIVE.search(text[max(0, match.start() - BEHIND) : match.start()])
        for match in modal.finditer(text)
    )


def changes(claim: str, text: str, matched: Sequence[Matched]) -> bool:
    """Whether a figure is a change in the claim and a level in `text`, or the other way round."""
    for m in matched:
        if m.found is None or m.claimed.worded or m.state is not State.SAME:
            continue
        if m.claimed.sort in (Sort.SHARE, Sort.COUNT, Sort.MONEY):
            kinds = (_is_change(claim, m.claimed), _is_change(text, m.found))
            if None not in kinds and kinds[0] != kinds[1]:
                return True
    return False


def miscounts(text: str, matched: Sequence[Matched]) -> bool:
    """Whether a count of the claim is not there, and the text counts the same otherwise."""
    counts = [v for v in values(text) if v.sort is Sort.COUNT]
    absent = [m.claimed for m in matched if m.state is State.ABSENT]
    return any(
        claimed.sort is Sort.COUNT and claimed.nouns & other.nouns
        for claimed, other in product(absent, counts)
    )


def unquantified(claim: str, text: str, matched: Sequence[Matched]) -> bool:
    """Whether "all", "most" or the like of the claim is said nowhere in the text.

    "No" is left to the negations, and what is said at all is said of some.
    """
    shares = [v for v in values(text) if v.sort is Sort.SHARE]
    borne = [m for m in matched if m.state in BORNE]
    return any(
        not _quantified(m, text, shares, borne)
        for m in matched
        if m.claimed.worded
        and m.state not in (*BORNE, *OPPOSED)
        and not _by_the_way(claim, m.claimed)
    )


def _by_the_way(claim: str, value: Value) -> bool:
    """Whether a quantifier quantifies nothing much: "makes the most of", "know what each needs"."""
    before, word = claim[: value.start], claim[value.start : value.end].strip().lower()
    if word == "most":
        return before.lower().endswith("the ")
    return word.endswith("each") and not _OPENS.search(before)


def _quantified(
    matched: Matched, text: str, shares: Sequence[Value], borne: Sequence[Matched]
) -> bool:
    low, high = matched.claimed.range
    if low <= 1 and (high >= 99 or high == 0):
        return True
    ends = ((low, high), complement((low, high)))  # "in touch with nearly all": lost hardly any
    if any(any(_like(end, v) for end in ends) or _within(v, ends[0]) for v in shares):
        return True
    if high < 50:
        return negations(text) > 0
    if high < 100:
        return bool(_MOSTLY.search(text))
    # "All 12 regions" where the sentence has the 12 regions, "each of them" beside "per head".
    counted = any(m.claimed.sort is Sort.COUNT and m.claimed.nouns for m in borne) and any(
        m.claimed.nouns & matched.claimed.nouns for m in borne
    )
    return counted or bool(_ALWAYS.search(text))


def _within(value: Value, claimed: Range) -> bool:
    if value.worded:
        return claimed[0] <= value.range[0] and value.range[1] <= claimed[1]
    return covers(claimed, value.range)


def _like(claimed: Range, other: Value) -> bool:
    return other.worded and all(
        abs(a - b) <= ALIKE for a, b in zip(claimed, other.range, strict=True)
    )


def _is_change(text: str, value: Value) -> bool | None:
    """Whether a figure tells by how much something changed; None where the words do not tell."""
    before = text[max(0, value.start - BEHIND) : value.start]
    after = text[value.end : value.end + BEHIND]
    if _BY.search(before) or _MORE.match(after):
        return True
    return False if _LEVEL_BEFORE.search(before) or _LEVEL_AFTER.match(after) else None


def _dates(text: str) -> int:
    return sum(v.sort is Sort.DATE for v in values(text))


def _has_two_figures(text: str) -> bool:
    """Whether a text has two figures of one sort, of which one may be a multiple of the other."""
    sorts = [v.sort for v in values(text) if v.is_figure and v.sort is not Sort.ORDINAL]
    return len(sorts) > len(set(sorts))


def outlasts(claim: str, text: str) -> bool:
    """Whether a claim says that something took longer than what a sentence says was done within."""
    return bool(_LONGER.search(claim) and _WITHIN.search(text) and not _LONGER.search(text))
