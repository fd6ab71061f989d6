"""What a question takes for granted: "why was Leeds graded good?" takes it that it was.

Where the reports say otherwise, that is the answer; `assistant.check` holds it against them.
"""

import re

LEAST_WORDS = 4  # of what is held against the reports
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
_DENIES = re.compile(r"\b(?:not|never)\b|n['’]t\b", re.IGNORECASE)


def premise_of(question: str) -> str:
    """What a question takes for granted, in its own words; empty where it plainly takes nothing.

    What it takes not to be is left out: the words of a denial part from each other in a question.
    """
    for pattern in (_REASON, _GIVEN, _BEFORE):
        match = pattern.search(question)
        if match:
            found = next(group for group in match.groups() if group)
            premise = found.strip(" ,;:-–—.")
            long_enough = len(premise.split()) >= LEAST_WORDS
            return premise if long_enough and not _DENIES.search(premise) else ""
    return ""
