"""Sentences as evidence to compare with: abbreviations written out, surroundings beside them."""

import re
from dataclasses import replace

from assistant.assertions import Sort, values
from assistant.candidates import Surroundings
from assistant.compare import Evidence
from assistant.grade_values import told_as_sentence
from assistant.knowledge import Knowledge
from assistant.names import SHORT
from assistant.reader import seen
from ingest.dates import date_in_words
from ingest.readable import has_score
from ingest.report import Description

_POINTS_BACK = re.compile(
    r"^(?:\W*(?:However|But|And|Still|Overall|We found that),?\s+)?"
    r"(?:(?:(?:only|just)\s+)?(?:[\w,]+\s+)?of\s+(?:these|those|them)\b"  # the whole is told before
    r"|this|these|they|it|those|that|such|he|she|his|her|their|its|both|neither|none|here|there)\b",
    re.IGNORECASE,
)
# Lines that say of an inspection who led it or when it was, and the sentences that say so.
_LINE = re.compile(r"(?P<label>[^\W\d_][\w ]{3,40}?)\s*:\s+(?P<told>[^\s:][^:\n]{3,120}?)\.?")
_SENTENCES = (
    (re.compile(r"lead inspectors?", re.IGNORECASE), "The inspection was led by {}."),
    (re.compile(r"inspection dates?", re.IGNORECASE), "The inspection took place {}."),
    (re.compile(r"fieldwork(?: dates?)?", re.IGNORECASE), "The fieldwork took place {}."),
    (
        re.compile(r"dates? of (?:the )?(?:previous|last) inspection", re.IGNORECASE),
        "The previous inspection took place {}.",
    ),
    (re.compile(r"(?:report )?published", re.IGNORECASE), "The report was published {}."),
)
_SEVERAL_DAYS = re.compile(r"\d(?:\s+[A-Z]\w+)?(?:\s+\d{4})?\s*(?:to|and|[-–—])\s*\d")
_PERSON = re.compile(r"[A-Z][\w’'-]+\s+[A-Z]")
_DAY = re.compile(r"\d|(?:Mon|Tues|Wednes|Thurs|Fri)day\b")


def evidence_of(around: Surroundings, knowledge: Knowledge, report: Description) -> Evidence:
    """A sentence with what it stands among, abbreviations written out.

    One that points back ("This was the case in 41 per cent") comes with the sentence before it.
    With its report's title stand the day that came out and the days or years that it is about.
    """
    # Only with its heading a score is more than a bare number.
    own = around.in_full if has_score(around.in_full) else around.text
    text, before = expanded(own, knowledge), expanded(around.before, knowledge)
    if points_back(around):
        text, before = f"{before} {text}", ""
    return Evidence(
        text=text,
        before=before,
        around=expanded(f"{around.lead} {around.section}".strip(), knowledge),
        title=", ".join(
            part for part in (around.title, date_in_words(report.published), report.period) if part
        ),
        read=expanded(seen(replace(around, in_full=as_sentence(around.in_full))), knowledge),
    )


def as_sentence(text: str) -> str:
    """A row of a grade, or a line of who led an inspection or when it was, as a sentence; any other text as
    it is: the reader learnt from sentences."""
    line = _LINE.fullmatch(text.strip())
    form = line and next((f for label, f in _SENTENCES if label.fullmatch(line["label"])), None)
    if not line or not form:
        return told_as_sentence(text)
    told = line["told"]
    if " led " in form:
        return form.format(told) if _PERSON.match(told) else text
    if not any(v.sort is Sort.DATE for v in values(told)):
        return text
    how = "in" if not _DAY.match(told) else "from" if _SEVERAL_DAYS.search(told) else "on"
    return form.format(f"{how} {told}")


def points_back(around: Surroundings) -> bool:
    """Whether a sentence is understood, and quoted, only with the one before it."""
    return bool(around.before and _POINTS_BACK.search(around.text))


def expanded(text: str, knowledge: Knowledge) -> str:
    """`text` with each abbreviation that the reports explain written out."""

    def long(match: re.Match[str]) -> str:
        forms = knowledge.long_forms(match[0])
        return forms[0] if forms else match[0]

    return SHORT.sub(long, text)
