"""Lists as wholes: where one begins and ends, and what introduces it."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.report import BlockKind, Sentence, Span

MOST_CHARACTERS = 2000  # of a list that is read and quoted as one
# Characters at most between its parts: more is a footnote, or what a page break left there.
GAP = 12


@dataclass(frozen=True, slots=True)
class ItemList:
    """The items of one list, by their ordinals, and the lead-in or heading right above them."""

    first: int
    last: int
    head: Span | None
    span: Span  # of all: from the head, or else the first item, to the end of the last item


def list_of(sentences: Sequence[Sentence], ordinal: int) -> ItemList | None:
    """The list that the sentence `ordinal` of a report is an item of, with the lists within it.

    None where it is none, has one item only, or stands in a list too long to quote.
    """
    item = sentences[ordinal]
    if item.kind is not BlockKind.ITEM:
        return None
    lead = _outermost(sentences, ordinal)

    def follows(place: int) -> bool:
        """Whether the sentence `place` goes on with the list that the one before it is in."""
        one, other = sentences[place - 1 : place + 1]
        return (
            one.kind is other.kind is BlockKind.ITEM
            and one.section == other.section
            and one.lead[: len(lead)] == other.lead[: len(lead)] == lead
            and other.start - one.end <= GAP
        )

    first = last = ordinal
    while first and follows(first) and item.end - sentences[first - 1].start <= MOST_CHARACTERS:
        first -= 1
    begin = sentences[first].start
    while (
        last + 1 < len(sentences)
        and follows(last + 1)
        and sentences[last + 1].end - begin <= MOST_CHARACTERS
    ):
        last += 1
    is_cut = (first > 0 and follows(first)) or (last + 1 < len(sentences) and follows(last + 1))
    # Sentences of one item are parted by a space.
    items = sum(sentences[i].start - sentences[i - 1].end > 1 for i in range(first + 1, last + 1))
    if is_cut or not items:
        return None
    head = _head(sentences, first, lead)
    span = (head[0] if head else begin, sentences[last].end)
    return ItemList(first, last, head, span)


def _outermost(sentences: Sequence[Sentence], ordinal: int) -> tuple[Span, ...]:
    """The lead of the list that a nested one hangs on: without the items among it."""
    lead = sentences[ordinal].lead
    above = {
        s.start for s in sentences[max(0, ordinal - 100) : ordinal] if s.kind is BlockKind.ITEM
    }
    while lead and lead[-1][0] in above:
        lead = lead[:-1]
    return lead


def _head(sentences: Sequence[Sentence], first: int, lead: Sequence[Span]) -> Span | None:
    above = sentences[first - 1] if first else None
    head: Span | None = None
    if lead:
        head = lead[-1]
    elif above is not None and above.kind is BlockKind.HEADING:
        head = (above.start, above.end)
    return head if head and 0 <= sentences[first].start - head[1] <= GAP else None
