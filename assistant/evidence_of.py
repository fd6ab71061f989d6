"""Sentences as evidence to compare with: abbreviations written out, surroundings beside them."""

import re
from dataclasses import replace

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
        read=expanded(seen(replace(around, in_full=told_as_sentence(around.in_full))), knowledge),
    )


def points_back(around: Surroundings) -> bool:
    """Whether a sentence is understood, and quoted, only with the one before it."""
    return bool(around.before and _POINTS_BACK.search(around.text))


def expanded(text: str, knowledge: Knowledge) -> str:
    """`text` with each abbreviation that the reports explain written out."""

    def long(match: re.Match[str]) -> str:
        forms = knowledge.long_forms(match[0])
        return forms[0] if forms else match[0]

    return SHORT.sub(long, text)
