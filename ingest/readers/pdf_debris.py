"""Marks what answers nothing among the blocks of a PDF: axis labels, addresses, publications."""

import re
from dataclasses import replace

from ingest.readers.pdf_blocks import ENDED, TICKS, Draft, text_of
from ingest.report import BlockKind

_DEBRIS = re.compile(
    rf"{TICKS}"
    r"|(?:\w+:?\s*)?(?:\S+@\S+|(?:https?://|www\.)\S+|\+?\d[\d ()]{8,})"  # ways to get in touch
    r"|[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}"  # a postcode
)
_PUBLICATIONS = re.compile(
    r"(?:(?:other|related|further|our|recent|list of)\s+)?(?:publications|reading)|references"
    r"|bibliography",
    re.IGNORECASE,
)


def without_debris(drafts: list[Draft]) -> list[Draft]:
    """`drafts` with runs of axis labels and legends, and of addresses, marked as furniture."""
    short = [draft.table is None and _is_short(draft) for draft in drafts]
    result = list(drafts)
    start = 0
    while start < len(drafts):
        end = start
        while end < len(drafts) and short[end]:
            end += 1
        ticks = sum(_DEBRIS.fullmatch(text_of(d)) is not None for d in drafts[start:end])
        if end - start >= 4 and ticks >= 0.4 * (end - start):
            for i in range(start, end):
                result[i] = replace(drafts[i], kind=BlockKind.FURNITURE)
        start = max(end, start + 1)
    return result


def _is_short(draft: Draft) -> bool:
    text = text_of(draft)
    return len(text.split()) <= 5 and ENDED.search(text) is None and not draft.lines[0].bullet


def without_publications(pages: list[list[Draft]]) -> list[list[Draft]]:
    """`pages` with the lists of publications under a heading that says so marked as furniture."""
    listing = False
    marked: list[list[Draft]] = []
    for drafts in pages:
        marked.append([])
        for draft in drafts:
            if draft.kind is BlockKind.HEADING:
                listing = _PUBLICATIONS.fullmatch(text_of(draft)) is not None
            listed = listing and draft.table is None
            marked[-1].append(replace(draft, kind=BlockKind.FURNITURE) if listed else draft)
    return marked
