"""Gives blocks their final roles in the light of their neighbours, step by step."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.readers.contents import same_title
from ingest.readers.furniture import mark_furniture, mark_publications
from ingest.readers.headings import mark_headings
from ingest.readers.leads import with_leads
from ingest.readers.shapes import (
    bare,
    begins_lower,
    ends_in_colon,
    ends_sentence,
    is_caption,
    is_note,
)
from ingest.report import Block, BlockKind

_FUNCTION_WORD = re.compile(
    r"(?:\b(?:a|an|and|as|at|between|but|by|for|from|had|has|have|her|his|in|into|is|its|nor|of"
    r"|on|or|our|over|per|such|than|that|the|their|to|under|was|were|which|with)|,|\()$",
    re.IGNORECASE,
)
_LEAST_CUT = 60  # characters of a paragraph that may be cut; shorter ones may be headings
_TAIL = 300  # characters at the end of a paragraph that show whether it was cut
_MOST_BETWEEN = 400  # characters of debris, notes and captions inside a cut paragraph
_LONGEST_ITEM = 120  # characters of a line that is an item without a bullet
_FEW = 0.1  # share of paragraphs that begin in lower case in a text that is written with care
_CLOSING = re.compile(r"yours (?:sincerely|faithfully|truly),?", re.IGNORECASE)


def structured(
    text: str,
    blocks: Sequence[Block],
    *,
    titles: frozenset[str] = frozenset(),
    guess_headings: bool = True,
) -> tuple[Block, ...]:
    """The blocks of a reader with their final kinds and leads.

    `titles` are the headings that a contents list names (see `contents.same_title`);
    `guess_headings` is for formats that do not mark headings.
    """
    found = _mark_captions_and_notes(text, blocks)
    found = mark_furniture(text, found)
    found = _join_cut(text, found)
    found = _join_signature(text, found, titles)
    found = _announced_lists(text, found)
    if guess_headings:
        found = mark_headings(text, found, titles)
    found = mark_publications(text, found)
    return tuple(with_leads(text, found))


def _mark_captions_and_notes(text: str, blocks: Sequence[Block]) -> list[Block]:
    references = "".join(sorted(set(re.findall(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+", text))))

    def role(block: Block) -> BlockKind:
        content = text[block.start : block.end]
        if block.kind is not BlockKind.PARAGRAPH:
            return block.kind
        if is_caption(content):
            return BlockKind.CAPTION
        return BlockKind.NOTE if is_note(content, references) else BlockKind.PARAGRAPH

    return [replace(block, kind=role(block)) for block in blocks]


def _join_cut(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Makes one block of a paragraph that a page break or debris cut inside a sentence."""
    joined: list[Block] = []
    paragraphs = [text[b.start : b.end] for b in blocks if b.kind is BlockKind.PARAGRAPH]
    careful = sum(map(begins_lower, paragraphs)) <= max(3, _FEW * len(paragraphs))
    for block in blocks:
        before = _cut_before(text, joined, block) if block.kind is BlockKind.PARAGRAPH else None
        if before is not None:
            joined[before:] = [replace(joined[before], end=block.end)]
        elif careful and block.kind is BlockKind.PARAGRAPH and _is_fragment(text, block):
            joined.append(replace(block, kind=BlockKind.FURNITURE))
        else:
            joined.append(block)
    return joined


def _cut_before(text: str, before: Sequence[Block], block: Block) -> int | None:
    """The index of the block that `block` continues."""
    for index in range(len(before) - 1, max(-1, len(before) - 6), -1):
        one = before[index]
        if block.start - one.end > _MOST_BETWEEN:
            return None
        if one.kind in (BlockKind.FURNITURE, BlockKind.NOTE, BlockKind.CAPTION):
            continue
        if one.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            return None
        # Its end is enough: a paragraph may have grown long, piece by piece.
        content = text[max(one.start, one.end - _TAIL) : one.end]
        if ends_sentence(content) or ends_in_colon(content) or content.endswith(";"):
            return None
        hanging = bool(_FUNCTION_WORD.search(bare(content)))
        long = one.end - one.start >= _LEAST_CUT
        goes_on = begins_lower(text[block.start : block.end])
        return index if (goes_on and (long or hanging)) or (hanging and long) else None
    return None


def _is_fragment(text: str, block: Block) -> bool:
    """A piece of a sentence without its beginning and end, or cells that are no table."""
    content = text[block.start : block.end]
    if ends_sentence(content):
        return False
    return "\t" in content or (begins_lower(content) and not ends_in_colon(content))


def _join_signature(text: str, blocks: Sequence[Block], titles: frozenset[str]) -> list[Block]:
    """Makes one paragraph of a letter's closing words and the name and office under them."""
    joined: list[Block] = []
    lines = 0
    for block in blocks:
        content = text[block.start : block.end]
        if block.kind is BlockKind.PARAGRAPH and _CLOSING.fullmatch(bare(content)):
            lines = 4
        elif lines and block.kind is BlockKind.PARAGRAPH and len(content) <= 60:
            near = block.start - joined[-1].end <= 4
            if near and not ends_sentence(content) and same_title(content) not in titles:
                joined[-1] = replace(joined[-1], end=block.end)
                lines -= 1
                continue
            lines = 0
        else:
            lines = 0
        joined.append(block)
    return joined


def _announced_lists(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Makes items of the short lines that a paragraph ending in a colon announces."""
    found = list(blocks)
    for index, block in enumerate(found):
        if block.kind is not BlockKind.PARAGRAPH:
            continue
        if not ends_in_colon(text[block.start : block.end]):
            continue
        run = _short_lines(text, found, index + 1)
        if len(run) >= 2:
            for item in run:
                found[item] = replace(found[item], kind=BlockKind.ITEM)
    return found


def _short_lines(text: str, blocks: Sequence[Block], start: int) -> list[int]:
    run: list[int] = []
    for index in range(start, len(blocks)):
        content = text[blocks[index].start : blocks[index].end]
        if blocks[index].kind is not BlockKind.PARAGRAPH or len(content) > _LONGEST_ITEM:
            break
        if ends_in_colon(content) or content[:1] in '“"‘' or "\n" in content:
            break
        if ends_sentence(content):
            if run and content.endswith("."):
                run.append(index)
            break
        run.append(index)
    # A last short line over a paragraph or table is the heading of that.
    after = run[-1] + 1 if run else len(blocks)
    if len(run) > 2 and after < len(blocks):
        over = blocks[after].kind in (BlockKind.PARAGRAPH, BlockKind.HEADER, BlockKind.ROW)
        if over and not ends_sentence(text[blocks[run[-1]].start : blocks[run[-1]].end]):
            run.pop()
    return run
