"""A report's verdict on the whole, told from verdicts on parts and from those of inspections before."""

import re

from assistant.evidence import RATING
from ingest.report import BlockKind, Sentence

ASKS_OVERALL = re.compile(
    r"\b(?:overall|headline|on\s+the\s+whole|main\s+(?:grade|mark|rating|verdict|judg\w+))\b", re.I
)
ASKS_EARLIER = re.compile(r"\b(?:previous(?:ly)?|before|last|earlier|prior|preceding)\b", re.I)
_OVERALL = re.compile(
    r"\boverall\s+(?:effectiveness|rating|judge?ment|grade|quality\s+rating|verdict)\b"
    r"|\b(?:rated|judged|graded)\b.{0,60}\boverall\b|\boverall\b.{0,30}\b(?:rated|judged|graded)\b",
    re.IGNORECASE,
)
# What has changed since an inspection tells of the present, unless it goes on to say how it was then.
_EARLIER = re.compile(
    r"(?<!\bsince the )(?<!\bsince its )(?<!\bsince our )(?<!\bsince their )"
    r"\b(?:previous(?:ly)?|last|earlier|prior)\s+(?:\w+\s+){0,2}?"
    r"(?:inspection|judge?ment|review|visit|report|rating|grade|judged|rated|published)s?\b"
    r"|\bsince\s+(?:the|its|our|their)\s+(?:previous|last|earlier|prior)\b[^.]{0,60}\b(?:when|where|which)\b",
    re.IGNORECASE,
)


def states_overall(sentence: Sentence, text: str) -> bool:
    """Whether a sentence grades the whole: it says so, or it is a graded heading of the first page."""
    if not RATING.search(text):
        return False
    if sentence.kind is BlockKind.HEADING:
        return sentence.page == 1
    return bool(_OVERALL.search(text))


def tells_of_earlier(text: str, section: str) -> bool:
    """Whether a sentence, or the section it stands in, is about an inspection before the report's."""
    return bool(_EARLIER.search(text) or _EARLIER.search(section))
