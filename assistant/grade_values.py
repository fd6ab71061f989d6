"""Reads the grades that a text states, as ranges from 0, insufficient, to 4, outstanding."""

import re
from collections.abc import Iterator

from assistant.rounding import Range
from assistant.value import Sort, Value

_GRADES = {"outstanding": 4, "good": 3, "inadequate": 1, "insufficient": 0}
_REQUIRES = 2
_TOP, _BOTTOM = 4, 1
_NAMES = {1: "Inadequate", 2: "Requires improvement", 3: "Good", 4: "Outstanding"}
_NAME = re.compile(r"outstanding|good|requires\s+improvement|inadequate", re.IGNORECASE)
_CELL = re.compile(rf"(?:{_NAME.pattern}|insufficient)(?:\s+to\s+be\s+good)?", re.IGNORECASE)
_POSSIBLE = re.compile(
    r"^\s+(?:possible|available|there\s+is|(?:that\s+)?(?:[\w’'-]+\s+){1,2}can\s+(?:award|give|have|get))\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(?:an?|the|its|their)\s+$", re.IGNORECASE)
_REACH = 80  # characters before a grade that may turn or widen it
# After "was" or "to" a word is a grade only where it ends what is said: no "good progress".
_ENDS = (
    r"(?=\s*(?:$|[.,;:()!?])|\s+(?:and|but|or|in|by|on|overall|again|last|this|while|for\s+(?:the|its)"
    r"|than|to)\b)"
)
# What is graded; "morale was good" gives no grade.
_BODIES = (
    r"(?:[A-Z][\w’'-]*|service|services|PDUs?|units?|regions?|prisons?|providers?|teams?|areas?"
    r"|partnerships?|trusts?|divisions?|ratings?|grades?|judgements?|standards?|all|it|them|they|both"
    r"|each|none|\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
)
_MARK = r"(?:mark|grade|rating|ranking|category|rank)"
_OF_MARKS = r"(?:\s+(?:possible|overall|available|Ofsted|inspection))?"
_GRADE = re.compile(
    r"[‘'\"“](?P<quoted>(?i:outstanding|good|requires\s+improvement|inadequate|insufficient))[’'\"”]"
    r"|\b(?P<plain>Outstanding|Inadequate|[Rr]equires\s+[Ii]mprovement(?:\s+to\s+be\s+good)?|RI)\b"
    r"|\b(?:rated|graded|judged|assessed|found)(?:\s+(?:as|to|overall|only|now)){0,2}\s+"
    r"(?P<asked>requir(?:e|ing)\s+improvement)\b"
    r"|(?<=[a-z;:,\t] )(?P<capital>Good)\b"
    r"|\b(?:rated|graded|judged|judgement|overall)[:\s]+(?:as\s+|to\s+be\s+|only\s+|now\s+)*"
    r"(?P<said>outstanding|good(?!\s+enough)|inadequate)\b"
    rf"|\b{_BODIES}\s+(?:is|are|was|were|has\s+been|have\s+been)\s+(?:not\s+)?"
    rf"(?:only\s+|now\s+|still\s+|also\s+)?(?P<called>outstanding|good|inadequate)\b{_ENDS}"
    r"|\b(?:from|to|as)[:\s]+(?:to\s+be\s+|only\s+|now\s+)?"
    rf"(?P<moved>outstanding|good|inadequate)\b{_ENDS}"
    r"|\b(?:below|above|than|shy\s+of|short\s+of)\s+"
    r"(?P<beside>outstanding|good(?=\s*(?:[.,;:]|$|\s(?:in|for|by|at|on|and)\b))|inadequate)\b"
    rf"|\b(?P<top>(?:top|highest|best){_OF_MARKS}[\s-]{_MARK}\w*|top-graded)\b"
    rf"|\b(?P<low>(?:lowest|bottom|worst){_OF_MARKS}[\s-]{_MARK}\w*|rock\s+bottom)\b",
)
_RATED = re.compile(
    r"(?P<label>[^:;]*[^:;\s]): (?:[^:;]*\b(?:grade|rating|judge?ment|effectiveness)\b[^:;]*: )?"
    r"(?P<grade>outstanding|good|requires\s+improvement(?:\s+to\s+be\s+good)?|inadequate)\.?",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"\b(?P<grade>outstanding|good|requir\w+\s+improvement|inadequate)\b(?:\s+to\s+be\s+good\b)?",
    re.IGNORECASE,
)
_QUOTE = r"[\s‘'\"“]*(?:(?:an?|the)\s+)?[‘'\"“]*$"
_ABOVE = re.compile(rf"\b(?:better\s+than|above|higher\s+than){_QUOTE}", re.I)
_BELOW = re.compile(
    rf"\b(?:worse\s+than|below|lower\s+than|short\s+of|shy\s+of|miss(?:ed|es|ing)?(?:\s+out\s+on)?){_QUOTE}",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(rf"\b(?:at\s+least|no\s+worse\s+than|no\s+lower\s+than){_QUOTE}", re.I)
_AT_MOST = re.compile(
    rf"\b(?:at\s+(?:most|best)|no\s+better\s+than|no\s+higher\s+than){_QUOTE}", re.I
)
_OR_ABOVE = re.compile(r"[’'\"”]?\s+(?:or|and)\s+(?:better|above|higher)\b", re.I)
_OR_BELOW = re.compile(r"[’'\"”]?\s+(?:or|and)\s+(?:worse|below|lower)\b", re.I)
_NOT = re.compile(
    r"(?:\b(?:not|never|nor|no\s+longer|(?:escap|avoid|dodg)(?:ed|e?s|ing)?)|n[’']t)"
    r"(?:\s+(?:yet|been|be|being|get|got|rated|graded|judged|considered|found|given|as|to\s+be|overall"
    rf"|an?)){{0,4}}{_QUOTE}",
    re.IGNORECASE,
)


def grade_of(cell: str) -> float | None:
    """The grade, from 0 to 4, that is all a cell of a table says; None for another cell."""
    named = _CELL.fullmatch(cell.strip())
    return float(_called(named[0])) if named else None


def grades_named(text: str) -> list[tuple[float, re.Match[str]]]:
    """The grades, from 0 to 4, that a text names, whatever it says with them, each where it stands."""
    return [(float(_called(named["grade"])), named) for named in NAMED.finditer(text)]


def told_as_sentence(row: str) -> str:
    """A row of nothing but what is rated and its grade, as a sentence; another as it is.

    The reader learnt of what is rated from sentences.
    """
    rated = _RATED.fullmatch(row.strip())
    return f"{rated['label']} was rated {rated['grade']}." if rated else row


def grades(text: str) -> Iterator[Value]:
    """The grades of `text` in order; one that is denied starts at the word that denies it."""
    for match in _GRADE.finditer(text):
        kind = match.lastgroup or ""
        start, end = match.span(kind)
        denial = _denial(text, start)
        begin = denial.start() if denial else start
        grade = _range(_grade(kind, match[kind]), text, start, end)
        yield Value(Sort.GRADE, grade, begin, end, denied=denial is not None)


def is_denied(text: str, start: int) -> bool:
    """Whether the words before a grade say that it was not given: "wasn't rated good"."""
    return _denial(text, start) is not None


def _denial(text: str, start: int) -> re.Match[str] | None:
    return _NOT.search(text, max(0, start - _REACH), start)


def with_names(text: str) -> str:
    """`text` with the grades told by their names: "got the top mark" as "got Outstanding"."""
    for value in reversed(list(grades(text))):
        low, high = value.range
        name = _NAMES.get(int(low)) if low == high and not value.denied else None
        told = text[value.start : value.end]
        if name and not _NAME.match(told):  # a name that is turned is another grade's: "below good"
            before = _ARTICLE.sub("", text[: value.start])
            after = _POSSIBLE.sub("", text[value.end :])
            text = f"{before}{name}{after}"
    return text


def _grade(kind: str, word: str) -> int:
    if kind in ("top", "low"):
        return _TOP if kind == "top" else _BOTTOM
    return _called(word)


def _called(name: str) -> int:
    return _GRADES.get(name.lower(), _REQUIRES)


def _range(grade: int, text: str, start: int, end: int) -> Range:
    """The grades that a wording allows: "better than", "or worse"."""
    before = text[max(0, start - _REACH) : start]
    if _AT_LEAST.search(before) or _OR_ABOVE.match(text, end):
        return grade, _TOP
    if _AT_MOST.search(before) or _OR_BELOW.match(text, end):
        return 0, grade
    if _ABOVE.search(before):
        return min(grade + 1, _TOP), _TOP
    if _BELOW.search(before):
        return 0, max(grade - 1, 0)
    return grade, grade
