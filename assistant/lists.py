"""Lists as wholes: where one begins and ends, and what introduces it."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.report import BlockKind, Sentence, Span

MOST_SENTENCES, MOST_CHARACTERS = 20, 2000  # of a list that is read and quoted as one


@dataclass(frozen=True, slots=True)
class ItemList:
    """The items of one list, by their ordinals, and the lead-in or heading right above them."""

    first: int
    last: int
    head: Span | None
    span: Span  # of all: from the head, or else the first item, to the end of the last item


def list_of(sentences: Sequence[Sentence], ordinal: int) -> ItemList | None:
    """The list that the sentence `ordinal` of a report is an item of; None where it is none, or stands
    in one too long to quote."""
    item = sentences[ordinal]
    if item.kind is not BlockKind.ITEM:
        return None

    def belongs(other: int) -> bool:
        near = sentences[other]
        return (near.kind, near.lead, near.section) == (item.kind, item.lead, item.section)

    first = last = ordinal
    while first and belongs(first - 1) and last - first < MOST_SENTENCES:
        first -= 1
    while last + 1 < len(sentences) and belongs(last + 1) and last - first < MOST_SENTENCES:
        last += 1
    above = sentences[first - 1] if first else None
    head: Span | None = None
    if item.lead:
        head = item.lead[-1]
    elif above is not None and above.kind is BlockKind.HEADING:
        head = (above.start, above.end)
    span = (head[0] if head else sentences[first].start, sentences[last].end)
    is_long = last - first >= MOST_SENTENCES or span[1] - span[0] > MOST_CHARACTERS
    return None if first == last or is_long else ItemList(first, last, head, span)
