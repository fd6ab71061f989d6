"""Whether a question asks what a report recommends at large: what has to get better, by no subject.

Reports list this under headings of their own ("What needs to improve"), which have hardly a word of
how people ask for it; so such a question is looked for, and read, with those headings beside it.
"""

import re
from collections.abc import Collection

from ingest.words import STOPWORDS, words

HEADINGS = "what needs to improve; recommendations"
_BETTER = (
    r"(?:improv\w*|do(?:ing)?\s+better|get(?:ting)?\s+better|fix\w*|sort(?:ed)?\s+out|put\s+right"
    r"|change|work\s+on)"
)
_ASKS = re.compile(
    r"\brecommendations?\b|\b(?:what|things?|changes)\b.{0,40}\brecommend(?:ed|s)?\b"
    r"|\b(?:areas?|points?|room|scope)\s+(?:for|of)\s+(?:(?:priority|further)\s+)?(?:improvements?|action)\b"
    r"|\b(?:what|which|things?|areas?|list|bits?|parts?)\b.{0,60}"
    r"\b(?:needs?|needed|must|should|(?:had|has|have)\s+to|told|tell|asked|ask|urged|ordered|wants?|wanted)\b"
    rf".{{0,40}}\b{_BETTER}\b",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    r"\bhow\s+(?:many|often|much)\b|\b(?:accept|reject|agree|respon|deadline)\w*", re.I
)
# What is left of a question that asks it of a whole report.
_AT_LARGE = frozenset(
    "what which things thing areas area bits parts list points main key recommendations recommendation"
    " recommend recommended recommends improve improved improvement improvements improving better fix fixed"
    " sort put right change changes work needs need needed must should tell told ask asked urged ordered want"
    " wants wanted priority action actions inspectors inspector inspectorate ofsted hmip cqc watchdog council"
    " authority local partnership service services area send children's report reports reviewed inspection"
    " leaders bosses managers leadership named made give say said find found identified set kids children"
    " social care probation hmpps region pdu last latest recent visit visits visited one two three four"
    " five single biggest".split()
)


def asks_recommendations(asked: str, names: Collection[str]) -> bool:
    """Whether the whole list is asked for; `names` are the words that tell where and when."""
    if not _ASKS.search(asked) or _COUNTS.search(asked):
        return False
    left = [
        word
        for word in words(asked)
        if word not in STOPWORDS
        and word not in _AT_LARGE
        and word not in names
        and not word[0].isdigit()
    ]
    return not left
