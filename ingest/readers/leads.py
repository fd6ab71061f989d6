"""Tells for each block which spans must be read with it: lead-ins, captions, who speaks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.readers.shapes import bare, ends_in_colon, ends_sentence, leads_in
from ingest.report import Block, BlockKind, Span

_LONGEST_LEAD = 600  # characters; a longer paragraph over a list does not announce it
_TERM = re.compile(r"[^:\n]{1,60}: \S")  # and what it means
_SENTENCE_START = re.compile(r"(?<=[.!?])['\"’”)]*\s+(?=[A-Z‘“'\"(])")
_TABLE = (BlockKind.HEADER, BlockKind.ROW)
_ASIDE = (BlockKind.FURNITURE, BlockKind.NOTE)


def with_leads(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with their leads put before those that the reader has set."""
    before: Block | None = None  # the last block that is no furniture
    lead: tuple[Span, ...] = ()
    outer: list[tuple[int, Span]] = []  # the items that a nested list hangs on, by indentation
    for block in blocks:
        if block.kind is BlockKind.ITEM:
            if before is None or before.kind is not BlockKind.ITEM:
                lead, outer = _lead_in(text, before, block), []
            parents = _parents(outer, _indent(text, block), block)
            yield replace(block, lead=lead + block.lead + parents)
        elif block.kind in _TABLE:
            if before is None or before.kind not in _TABLE:
                is_captioned = before is not None and before.kind is BlockKind.CAPTION
                lead = _span(before) if is_captioned else ()
            yield replace(block, lead=lead + block.lead) if block.kind is BlockKind.ROW else block
        elif _is_quotation(text, block) and before and _announces(text, before):
            yield replace(block, lead=_lead_in(text, before, block))
        else:
            yield block
        if block.kind not in _ASIDE:
            before = block


def _lead_in(text: str, before: Block | None, item: Block) -> tuple[Span, ...]:
    """What announces a list: the last sentence when it ends in a colon, else the paragraph.

    A paragraph that announces nothing still leads in what says nothing by itself.
    """
    if before is None or before.kind is not BlockKind.PARAGRAPH:
        return ()
    content = text[before.start : before.end]
    if ends_in_colon(content):
        starts = [match.end() for match in _SENTENCE_START.finditer(content)]
        return ((before.start + (starts[-1] if starts else 0), before.end),)
    if len(content) > _LONGEST_LEAD:
        return ()
    own = text[item.start : item.end]
    says = ends_sentence(own) or _TERM.match(own)
    return _span(before) if not says or leads_in(bare(content)) else ()


def _indent(text: str, block: Block) -> int:
    """How far in an item stands; 0 when words stand before it on its line."""
    line = text.rfind("\n", 0, block.start) + 1
    return 0 if re.search(r"\w{2}", text[line : block.start]) else block.start - line


def _parents(outer: list[tuple[int, Span]], indent: int, block: Block) -> tuple[Span, ...]:
    """The items that an item hangs on; keeps `outer`, the open ones, up to date."""
    while outer and outer[-1][0] >= indent:
        outer.pop()
    parents = tuple(span for _, span in outer)
    outer.append((indent, (block.start, block.end)))
    return parents


def _is_quotation(text: str, block: Block) -> bool:
    return block.kind is BlockKind.PARAGRAPH and text[block.start] in '“"'


def _announces(text: str, block: Block) -> bool:
    return ends_in_colon(text[block.start : block.end])


def _span(block: Block | None) -> tuple[Span, ...]:
    return ((block.start, block.end),) if block else ()
