"""Follow-up questions: whether one leans on the question before it, and what it takes from there."""

import re

from assistant.inquiry import Inquiry
from assistant.knowledge import Knowledge
from assistant.wants import Wants
from ingest.words import stem, words

_LEADS_ON = re.compile(
    r"^\W*(?:and|or|but|so|also|what\s+about|how\s+about|same\s+for|ok\s+and|then)\b|\binstead\b",
    re.I,
)
_WHOLE = re.compile(
    r"^\W*(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|did|do|does|has|have|had"
    r"|can|could|will|would|should)\b\W+\w+\W+\w+",
    re.IGNORECASE,
)
# "How many were inadequate?", "Which had the most?": what is counted was said before.
_NO_SUBJECT = re.compile(
    r"^\W*(?:how\s+(?:many|much)|which|what\s+(?:share|proportion|percentage|number))\s+"
    r"(?:is|are|was|were|did|do|does|has|have|had|got|scored|could|would)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|they|them|their|theirs|that|those|these|this|there|he|she|his|her|him|same|one|ones"
    r"|former|latter|previous|before|earlier|after)\b"
    r"|\bthe\s+(?:report|figure|rate|number|inspection|region|unit|authority|service|area|grade|score)s?\b"
    r"(?!\s+(?:of|on|for|into|in|at|by)\b)",
    re.IGNORECASE,
)


def depends(asked: str, inquiry: Inquiry, knowledge: Knowledge) -> bool:
    """Whether a question needs the one before it to be understood."""
    content = [root for root, weight in inquiry.weights.items() if weight >= 1]
    if _LEADS_ON.search(asked):
        return len(content) <= 6
    if len(content) <= 5 and _POINTS_BACK.search(asked):
        return True
    if _WHOLE.search(asked):
        # A whole sentence that names its own subject stands alone.
        return not content or bool(_NO_SUBJECT.search(asked))
    return len(content) <= 2 and not knowledge.long_forms(asked.strip("? "))


def completed(asked: str, inquiry: Inquiry, before: Inquiry) -> Inquiry:
    """A dependent question with what the earlier one said of subject, place, year and kind.

    What it says itself replaces the same kind of thing: a name for names, a year for years.
    """
    dropped: set[str] = set()
    if inquiry.names:
        dropped |= set(before.names)
    if inquiry.years:
        dropped |= {year for y in before.years for year in (y, stem(y))}
    kept = {root: weight for root, weight in before.weights.items() if root not in dropped}
    weights = {root: 0.7 * weight for root, weight in kept.items()} | inquiry.weights
    same_kind = inquiry.wants in (Wants.OTHER, Wants.YES_NO) and not re.match(
        r"\W*(?:why|how|when|where|who|which|is|are|was|were|did|do|does|has|have|can)\b",
        asked,
        re.I,
    )
    kept_text = " ".join(
        w for w in before.text.split() if not dropped & {stem(part) for part in words(w)}
    )
    return Inquiry(
        asked=asked,
        text=f"{kept_text} {inquiry.text}",
        wants=before.wants if same_kind else inquiry.wants,
        weights=weights,
        related={**before.related, **inquiry.related},
        names=inquiry.names or before.names,
        years=inquiry.years or before.years,
        months=inquiry.months or (() if inquiry.years else before.months),
        unknown=inquiry.unknown,
        defines=inquiry.defines,
        reports=inquiry.reports or (() if inquiry.names else before.reports),
        named=inquiry.named or (() if inquiry.years else before.named),
        words=before.words | inquiry.words,
        overall=inquiry.overall or (same_kind and before.overall),
        earlier=inquiry.earlier,
        superlative=inquiry.superlative or (before.superlative if same_kind else ""),
        counted=inquiry.counted or (before.counted if same_kind else ()),
        shorts=inquiry.shorts or before.shorts,
        asks=inquiry.asks or before.asks,
        follows=before,
    )
