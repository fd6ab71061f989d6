"""Sentences as evidence to compare with: abbreviations written out, surroundings beside them."""

import re

from assistant.candidates import Surroundings
from assistant.compare import Evidence
from assistant.knowledge import Knowledge

SHORT = re.compile(r"\b[A-Z][A-Za-z]*[A-Z][A-Za-z]*\b")


def evidence_of(around: Surroundings, knowledge: Knowledge) -> Evidence:
    """A sentence with what it stands among, abbreviations written out."""
    return Evidence(
        text=expanded(around.text, knowledge),
        before=expanded(around.before, knowledge),
        around=expanded(f"{around.lead} {around.section}".strip(), knowledge),
        title=around.title,
    )


def expanded(text: str, knowledge: Knowledge) -> str:
    """`text` with each abbreviation that the reports explain written out."""

    def long(match: re.Match[str]) -> str:
        forms = knowledge.long_forms(match[0])
        return forms[0] if forms else match[0]

    return SHORT.sub(long, text)
