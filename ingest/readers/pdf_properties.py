"""What a PDF states about itself: its title, its publisher, the date it was published."""

import re
from datetime import date

from ingest.readers.pdf_blocks import Draft
from ingest.readers.pdf_words import Joiner, clean
from ingest.report import BlockKind

_MONTHS = [
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
]  # fmt: skip
_MONTH = "|".join(_MONTHS)
SHORT = 150
"""Characters; a longer paragraph that dates a publication, if not at its start, means another."""

_OTHER = re.compile(r"\b(?:last|previous|earlier)\b", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"\b(?:published(?:\s+on)?|publication\s+date|date\s+of\s+publication|date\s+published)"
    r"\s*[:–-]?\s*"
    rf"(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+)?({_MONTH})\s+((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_PUBLISHER = re.compile(
    r"(?:\bpublished by|©|\(c\)\s|\bcopyright)\s+(?:the\s+)?(?!crown)"
    r"([A-Z][\w’'&,() -]{2,80}?)(?:\s+(?:19|20)\d\d|[.,;]|$)"
)
_WORKING_TITLE = re.compile(
    r"\bdraft\b|template|untitled|microsoft word|\.\w{3,4}\b|\b[A-Z]{2,} NAME\b|_", re.IGNORECASE
)
_REPORT_WORD = re.compile(
    r"\b(?:inspection|report|review|inquiry|survey|evaluation|audit|statistics)\b", re.IGNORECASE
)


def properties(
    metadata: dict[str, str], pages: list[list[Draft]], joiner: Joiner
) -> dict[str, str]:
    """Any of title, published (ISO date, or year and month) and publisher that the text states."""
    opening = [draft for drafts in pages[:3] for draft in drafts if draft.lines]
    texts = [joiner.join(line.text for line in draft.lines) for draft in opening]
    first_page = [draft for draft in opening if draft.page == opening[0].page] if opening else []
    stated = {
        "title": _metadata_title(metadata, " ".join(texts)) or _printed_title(first_page, joiner),
        "published": _published(texts),
        "publisher": _publisher(texts),
    }
    return {name: value for name, value in stated.items() if value}


def _metadata_title(metadata: dict[str, str], opening: str) -> str:
    """The title that the file carries, if the first pages print it too: many carry a template's."""
    title = clean(metadata.get("Title", ""))
    words = set(re.findall(r"\w+", title.casefold()))
    if len(words) < 3 or _WORKING_TITLE.search(title):
        return ""
    printed = set(re.findall(r"\w+", opening.casefold()))
    return title if len(words & printed) >= 0.8 * len(words) else ""


def _printed_title(drafts: list[Draft], joiner: Joiner) -> str:
    """The largest text of page 1, with the heading below it if only that names the report."""
    headings = [draft for draft in drafts if draft.kind is BlockKind.HEADING]
    if not headings:
        return ""
    largest = max(headings, key=lambda draft: draft.lines[0].size)
    title = joiner.join(line.text for line in largest.lines)
    following = headings[headings.index(largest) + 1 :][:1]
    if following and not _REPORT_WORD.search(title):
        subtitle = joiner.join(line.text for line in following[0].lines)
        if _REPORT_WORD.search(subtitle):
            return f"{title}: {subtitle}"
    return title


def _published(texts: list[str]) -> str:
    for text in texts:
        found = _PUBLISHED.search(text) if len(text) < SHORT else _PUBLISHED.match(text)
        if found and not _OTHER.search(text):
            day, month, year = found[1], _MONTHS.index(found[2].lower()) + 1, int(found[3])
            try:
                return date(year, month, int(day)).isoformat() if day else f"{year}-{month:02}"
            except ValueError:
                continue
    return ""


def _publisher(texts: list[str]) -> str:
    for text in texts:
        if found := _PUBLISHER.search(text):
            return found[1].strip(" ,")
    return ""
