"""What a question takes for granted: "why was Leeds graded good?" takes it that it was.

Where the reports say otherwise, that is the answer; `assistant.check` holds it against them.
"""

import re

from assistant.assertions import Sort, values
from assistant.wants import plainly

LEAST_WORDS = 4  # of what is held against the reports; of a figure or a grade one less
_LEADS_IN = r"^\W*(?:(?:so|and|but|ok|okay|well|then)\b,?\s+)*"
_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could)"
# "why did X", "how come X", "what made X", "what was the reason that X".
_REASON = re.compile(
    _LEADS_IN
    + r"(?:why|how\s+come|what(?:['’]s|\s+(?:is|was|are|were))\s+(?:the\s+)?(?:reasons?|cause|behind)"
    r"(?:\s+(?:that|why|for|of|behind))?|what\s+(?:made|caused|explains?|explained|drove|prompted|convinced"
    r"|persuaded|pushed|led(?:\s+to)?|earned)|who\s+(?:decided|ruled|ordered|said)\s+that)\s+"
    rf"(?:{_AUXILIARY}\s+)?(.+?)\W*$",
    re.IGNORECASE,
)
# "X did Y, so how many ...?"; without "so", the words before have to be a sentence: "X was Y - what ...?"
_BEFORE = re.compile(
    _LEADS_IN
    + rf"(?!(?:wh\w+|how|if|in|on|at|by|per|for|from|as|of|to|according|going|{_AUXILIARY}|any)\b)"
    rf"(?:([^?]+?),?\s+(?:so|then)|([^?]*?\s{_AUXILIARY}\s[^?]+?)(?:\s+[-–—]|[.;:,]))"
    rf"\s+(?:wh\w+|how|{_AUXILIARY})\b[^?]*\?",
    re.IGNORECASE,
)
# "now that X did Y, who ...?"
_GIVEN = re.compile(
    _LEADS_IN + r"(?:now\s+that|given(?:\s+that)?|seeing\s+(?:as|that)|since)\s+([^?,]+),",
    re.IGNORECASE,
)
# "In Leeds, why ...?", "According to the report, why ...?"
_PLACED = re.compile(
    r"\W*(?:(?P<place>(?:[Ii]n|[Aa]t|[Ff]or)\s+[A-Z][^,?]{1,40})|[Aa]ccording\s+to\s+[^,?]{1,40}),\s+(?=why|how\s+come|what)"
)
_AND_ASKS = re.compile(r",?\s+(?:and|but)\s+(?=(?:wh\w+|how)\b)", re.IGNORECASE)
_SUPPOSED = re.compile(r"\bwhy\s+(?:would|could|should|might|must)\b", re.IGNORECASE)
_BACK = re.compile(
    r"^(?:it|they|this|that|these|those(?!\s+(?:who|in|on|at|with|\w+ing)\b))\b", re.IGNORECASE
)
# "Since the last inspection" tells when; "since Leeds was graded good" takes something for granted.
_SINCE = re.compile(_LEADS_IN + r"since\b", re.IGNORECASE)
_ASSERTS = re.compile(
    rf"\b(?:{_AUXILIARY}|took|went|left|fell|rose|got|made|came|[a-z]{{2,}}ed)\b", re.IGNORECASE
)
_DENIES = re.compile(r"\b(?:not|never)\b|n['’]t\b", re.IGNORECASE)


def premise_of(question: str) -> str:
    """What a question takes for granted, in its own words; empty where it plainly takes nothing.

    What it takes not to be is left out: the words of a denial part from each other in a question. So is
    why "it" was so: what that is, only the question before tells.
    """
    question = plainly(question)
    placed = _PLACED.match(question)
    for pattern in (_REASON, _GIVEN, _BEFORE):
        match = pattern.search(question[placed.end() :] if placed else question)
        if match:
            found = next(group for group in match.groups() if group)
            premise = _AND_ASKS.split(found, maxsplit=1)[0].strip(" ,;:-–—.")
            if _DENIES.search(premise):
                return ""
            if pattern is _REASON and (_BACK.search(premise) or _SUPPOSED.search(question)):
                return ""
            if _SINCE.match(question) and not _ASSERTS.search(premise):
                return ""
            if placed and placed["place"]:
                premise += f" {placed['place'][0].lower()}{placed['place'][1:]}"
            least = LEAST_WORDS - any(v.sort is not Sort.DATE for v in values(premise))
            return premise if len(premise.split()) >= least else ""
    return ""
