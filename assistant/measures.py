"""What a figure measures, time or length, by the words after it; and which of them a question asks for."""

import re
from collections.abc import Sequence

_TIME = "second minute hour day night week fortnight month year decade min hr sec wk yr".split()
_LENGTH = "mile kilometre kilometer metre meter yard km cm mm".split()
_OTHER_LENGTH = r"feet|foot|inch(?:es)?"
_MORE = (
    r"(?:(?:and[\s-]a[\s-]half|further|whole|full|more|additional|extra|working|calendar|school|term|bank"
    r"|consecutive|nautical)[\s-]+)*"
)
_RANGE = r"(?:\s*(?:to|or|and|[-–—])\s*(?:\d[\d,.]*|[a-z]+))?"  # "10 to 15 days": both are days
# After a number above one stands the plural, unless a hyphen joins them: "30 full day places" are no days.
_AFTER = re.compile(
    rf"{_RANGE}(?:-|\s+){_MORE}(?:(?P<time>(?:{'|'.join(_TIME)})s)|(?P<length>(?:{'|'.join(_LENGTH)})s"
    rf"|{_OTHER_LENGTH}|[kcm]m))\b"
    rf"|-(?:(?P<a_time>{'|'.join(_TIME)})|(?P<a_length>{'|'.join(_LENGTH)}))\b"
    r"|\s*(?P<short_time>mins?|hrs?|secs?|wks?)\b",
    re.IGNORECASE,
)
_ONE = re.compile(r"\b(?:an?|one|1|half(?:\s+an?)?)$", re.IGNORECASE)
_SINGLE = re.compile(
    rf"\s+(?:(?P<time>{'|'.join(_TIME)})|(?P<length>{'|'.join(_LENGTH)}))\b", re.IGNORECASE
)
SHORT = 12  # characters before the end of a figure that tell whether it is one
_UNITS = re.compile(rf"(?:{'|'.join((*_TIME, *_LENGTH))})s?", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?:how\s+(?:many|few)|number\s+of)\s+(?:of\s+(?:the|its|their|these|those)\s+(?:\d+\s+)?)?(?:[\w-]+\s+)?"
    rf"{_UNITS.pattern}\b",
    re.IGNORECASE,
)
_ASKS_TIME = re.compile(
    r"\bhow\s+(?:long|soon|quick(?:ly)?)\b(?!\s+(?:is|are|was|were)\s+(?:the|its|their|an?|this|that|these|those)\b)"
    r"(?!\s+(?:are|were)\s+\w+\W*$)",
    re.I,
)
_ASKS_LENGTH = re.compile(r"\bhow\s+far\b(?=\s+(?:is|was|are|were|away|from)\b)", re.IGNORECASE)


def measured(text: str, end: int) -> str:
    """What the figure of `text` that ends at `end` measures: "time", "length", or nothing of these."""
    found = _AFTER.match(text, end)
    if found is None and _ONE.search(text, max(0, end - SHORT), end):
        found = _SINGLE.match(text, end)
    return (found.lastgroup or "").rpartition("_")[2] if found else ""


def asked_measure(question: str) -> str:
    """The measure that "how long did ..." or "how far is ..." asks for; or empty."""
    if _ASKS_TIME.search(question):
        return "time"
    return "length" if _ASKS_LENGTH.search(question) else ""


def counts_measure(question: str, counted: Sequence[str]) -> bool:
    """Whether what a question counts is itself a measure: "how many more weeks"."""
    return bool(_COUNTED.search(question)) or any(map(_UNITS.fullmatch, counted))
