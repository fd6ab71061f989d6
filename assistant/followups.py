"""Follow-up questions: whether one leans on the question before it, and what it takes from there."""

import re

from assistant.inquiry import Inquiry
from assistant.knowledge import Knowledge
from assistant.wants import NEWEST_WORDS, Wants, plainly, wants_of
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
    r"\b(?:it|theirs|those|these|this|he|she|his|her|him|same|one|ones|former|latter|previous)\b"
    r"|(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )\bthere\b(?!\s+(?:is|are|was|were|be|any|been)\b)"
    r"|\bthere(?=\W*$)|\b(?:is|was|does|did|has|can|could|will|would|of|to|at|leads?|led|so)\s+that\b"
    r"|\bthat\b(?=\W*$|\s+(?:is|was|mean\w*|has|did|compare\w*|figure|rate|report|year|one|time|grade)\b)"
    r"|\b(?:before|earlier|(?<!\blooked )after)(?=\W*$)"
    r"|\bthe\s+(?:report|figure|rate|number|inspection|region|unit|authority|service|area|grade|score)s?\b"
    r"(?!\s+(?:of|on|for|into|in|at|by)\b)",
    re.IGNORECASE,
)


# What these stand for may stand before them in the same sentence.
_OWNED = re.compile(r"\b(?:its|they|them|their)\b", re.IGNORECASE)
_BODY = re.compile(
    r"\b(?:service|council|team|unit|region|board|authority|trust|partnership)s?\b", re.I
)
_JOINED = re.compile(r"^\W*(?:(?:and|so|but|then|also|ok)\b[\s,]*)+", re.IGNORECASE)
_ABOUT = re.compile(r"^\W*(?:what|how)\s+about\b", re.IGNORECASE)
# A question of its own, and no more of the kind that was asked before.
_ASKS_ITSELF = re.compile(
    r"^\W*(?:wh\w+|how|is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|list|give|tell|explain)\b",
    re.IGNORECASE,
)
_END = re.compile(r"[\s?.!]+$")
# Of all places, of which of them, or of what something is wherever it is.
_BODIES = (
    r"(?:regions?|authorit(?:y|ies)|councils?|count(?:y|ies)|boroughs?|cit(?:y|ies)|towns?|places?|units?|pdus?"
    r"|inspectorates?)"
)
# Where a question has the name of a place: "how was leeds rated", "in leeds?".
_SLOT = (
    r"\b(?:how\s+(?:was|is|were|did|are|has)|what\s+did|was|is|did|in)\s+{word}\b"
    r"(?=\W*$|\s+(?:rated|judged|graded|inspected|doing|do|get|inadequate|good|outstanding|wrong|in\s+\d{{4}})\b)"
)
_AT_LARGE = re.compile(
    r"^\W*what(?:['’]s|\s+is)\s+an?\b|\bwhat\s+do(?:es)?\s+\w+(?:\s+\w+)?\s+mean\b"
    r"|\b(?:national(?:ly)?|england|wales|uk|country|nationwide|everywhere|anywhere|elsewhere|in\s+general|neighbours?"
    r"|(?:north|south)\s+(?:west|east)|across\s+the)\b"
    rf"|\b(?:which|how\s+many|other|another|any|every|each|most|all|local|an?|some)\s+(?:other\s+|local\s+)?{_BODIES}\b"
    r"|\b(?:how\s+many|other|all|local|most|every)\s+(?:local\s+)?(?:areas?|inspections?|reports?)\b"
    r"|\b(?:regions|authorities|councils|counties|pdus)\b",
    re.IGNORECASE,
)
# A time that what was said before of years and reports does not hold for.
_OTHER_TIME = re.compile(
    rf"\b(?:{NEWEST_WORDS}|at\s+present|at\s+the\s+moment|last\s+time|next|following|later|afterwards"
    r"|since(?:\s+then)?|before\s+(?:that|then)|earlier|previous(?:ly)?)\b",
    re.IGNORECASE,
)


def depends(asked: str, inquiry: Inquiry, knowledge: Knowledge) -> bool:
    """Whether a question needs the one before it to be understood."""
    content = [root for root, weight in inquiry.weights.items() if weight >= 1]
    if _LEADS_ON.search(asked):
        rest = _JOINED.sub("", asked)
        so = rest != asked and asked.lstrip().lower().startswith("so")
        placed = inquiry.reports or inquiry.named or (so and inquiry.years)
        alone = _WHOLE.search(rest) and not _ABOUT.search(rest) and len(content) > 2 and placed
        return len(content) <= 6 and (not alone or bool(_POINTS_BACK.search(rest)))
    if len(content) <= 5 and (_POINTS_BACK.search(asked) or _is_owned(asked)):
        return True
    if _WHOLE.search(asked):
        # A whole sentence that names its own subject stands alone.
        return not content or bool(_NO_SUBJECT.search(asked))
    return len(content) <= 2 and not knowledge.long_forms(asked.strip("? "))


def stays(inquiry: Inquiry, before: Inquiry, knowledge: Knowledge) -> bool:
    """Whether a whole question that names no place or report is of that of the question before.

    Who asks how Leeds was rated, and then what grade leadership got, asks of Leeds; not who asks what
    something is, of all places, or of someone by name.
    """
    asked = inquiry.asked
    names = bool(set(inquiry.names) - knowledge.publisher_stems)
    # A place that no report is about may be written small.
    names = names or any(
        re.search(_SLOT.format(word=re.escape(word)), asked, re.IGNORECASE)
        for word in inquiry.unknown
    )
    # "Which had the most staff?" is asked of all; "what was the biggest weakness?" is not.
    which = bool(inquiry.superlative and _NO_SUBJECT.search(asked))
    elsewhere = names or inquiry.reports or inquiry.named
    of_all = which or inquiry.defines or _AT_LARGE.search(asked)
    return bool(before.place or before.named) and not (elsewhere or of_all)


def in_place(inquiry: Inquiry, before: Inquiry) -> str:
    """Such a question told in full: "What grade did leadership get in Leeds in 2018?"."""
    asked = inquiry.asked
    if not before.place:
        return asked
    year = f" in {before.years[0]}" if keeps_time(inquiry) and len(before.years) == 1 else ""
    return f"{_END.sub('', asked)} in {before.place}{year}?"


def keeps_time(inquiry: Inquiry) -> bool:
    """Whether what was said before of years and reports holds for a question that stays."""
    return not (inquiry.years or inquiry.months or _OTHER_TIME.search(inquiry.asked))


def _is_owned(asked: str) -> bool:
    """Whether "its" or "they" stands for something that the question itself does not say."""
    owned = _OWNED.search(asked)
    return owned is not None and not _BODY.search(asked, 0, owned.start())


def completed(asked: str, inquiry: Inquiry, before: Inquiry) -> Inquiry:
    """A dependent question with what the earlier one said of subject, place, year and kind.

    What it says itself replaces the same kind of thing: a name for names, a year for years.
    """
    # Of another time, the years and reports of the first tell nothing, nor of another place its reports.
    timed = inquiry.years or inquiry.named or _OTHER_TIME.search(asked)
    dropped: set[str] = set()
    if inquiry.names:
        dropped |= set(before.names)
    if timed:
        dropped |= {year for y in before.years for year in (y, stem(y))}
    kept = {root: weight for root, weight in before.weights.items() if root not in dropped}
    weights = {root: 0.7 * weight for root, weight in kept.items()} | inquiry.weights
    rest = _JOINED.sub("", plainly(asked))
    # "And for PSOs?" asks the same of them, and not what they are.
    named_only = inquiry.wants is Wants.DEFINITION and wants_of(asked) is Wants.OTHER
    same_kind = (inquiry.wants in (Wants.OTHER, Wants.YES_NO) or named_only) and not (
        _ASKS_ITSELF.search(rest) and not _ABOUT.search(rest)
    )
    elsewhere = inquiry.reports and set(inquiry.reports).isdisjoint(before.named)
    reports = inquiry.reports or (() if inquiry.names else before.reports)
    named = tuple(r for r in inquiry.named if r in reports) or inquiry.named
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
        years=inquiry.years or (() if timed else before.years),
        months=inquiry.months or (() if timed else before.months),
        unknown=inquiry.unknown,
        defines=() if same_kind else inquiry.defines,
        reports=reports,
        named=named or (() if timed or elsewhere else before.named),
        words=before.words | inquiry.words,
        overall=inquiry.overall or (same_kind and before.overall),
        earlier=inquiry.earlier,
        superlative=inquiry.superlative or (before.superlative if same_kind else ""),
        counted=inquiry.counted or (before.counted if same_kind else ()),
        shorts=inquiry.shorts or before.shorts,
        asks=inquiry.asks or before.asks,
        follows=before,
        place=inquiry.place or ("" if inquiry.names else before.place),
    )
