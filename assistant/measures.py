"""What a figure measures, time or length, by the words after it; and which of them a question asks for."""

import re

_TIME = r"seconds?|minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|years?|decades?"
_LENGTH = r"(?:nautical\s+)?miles?|kilomet(?:re|er)s?|km|met(?:re|er)s?|yards?|feet|foot|inch(?:es)?|cm|mm"
_AFTER = re.compile(
    rf"[\s-]*(?:(?:and\s+a\s+half|further|whole|full|more|working|calendar|consecutive)\s+)*"
    rf"(?:(?P<time>{_TIME})|(?P<length>{_LENGTH}))\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"\b(?:how\s+(?:many|few)|number\s+of)\s+(?:[\w-]+\s+)?(?:{_TIME}|{_LENGTH})\b", re.IGNORECASE
)
_ASKS_TIME = re.compile(
    r"\bhow\s+(?:long|soon|quick(?:ly)?)\b(?!\s+(?:is|are|was|were)\s+(?:the|its|their)\b)", re.I
)
_ASKS_LENGTH = re.compile(r"\bhow\s+far\b(?=\s+(?:is|was|are|were|away|from)\b)", re.IGNORECASE)


def measured(text: str, end: int) -> str:
    """What the figure of `text` that ends at `end` measures: "time", "length", or nothing of these."""
    found = _AFTER.match(text, end)
    return (found.lastgroup or "") if found else ""


def asked_measure(question: str) -> str:
    """The measure that "how long did ..." or "how far is ..." asks for; or empty."""
    if _ASKS_TIME.search(question):
        return "time"
    return "length" if _ASKS_LENGTH.search(question) else ""


def counts_measure(question: str) -> bool:
    """Whether what a question counts is itself a measure: "how many more weeks"."""
    return bool(_COUNTED.search(question))
