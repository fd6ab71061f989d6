"""Gives blocks their roles in the light of their neighbours: headings, lists, cut paragraphs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.readers.contents import same_title
from ingest.readers.furniture import mark_furniture, mark_publications
from ingest.readers.shapes import (
    bare,
    begins_lower,
    ends_in_colon,
    ends_sentence,
    is_caption,
    is_note,
    looks_like_title,
)
from ingest.report import Block, BlockKind, Span

_FUNCTION_WORD = re.compile(
    r"(?:\b(?:a|an|and|as|at|between|but|by|for|from|had|has|have|her|his|in|into|is|its|nor|of|on|or|our"
    r"|over|per|such|than|that|the|their|to|under|was|were|which|with)|,|\()$",
    re.IGNORECASE,
)
_LEAST_CUT = 60  # characters of a paragraph that may be cut; shorter ones may be headings
_MOST_BETWEEN = 400  # characters of debris, notes and captions inside a cut paragraph
_LONGEST_LEAD = 600
_SENTENCE_START = re.compile(r"(?<=[.!?])['\"’”)]*\s+(?=[A-Z‘“'\"(])")
_CLOSING = re.compile(r"yours (?:sincerely|faithfully|truly),?", re.IGNORECASE)
_NUMBERED = re.compile(r"\(?\d{1,2}(?:\.\d{1,2})*[.)]?\s+\S")
_NAMES = 4  # titles in a row that are a list of names rather than headings


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
        found = _headings(text, found, titles)
    found = mark_publications(text, found)
    return tuple(_with_leads(text, found))


def _mark_captions_and_notes(text: str, blocks: Sequence[Block]) -> list[Block]:
    references = "".join(sorted(set(re.findall(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+", text))))
    marked = []
    for block in blocks:
        content = text[block.start : block.end]
        if block.kind is BlockKind.PARAGRAPH:
            if is_caption(content):
                block = replace(block, kind=BlockKind.CAPTION)
            elif is_note(content, references):
                block = replace(block, kind=BlockKind.NOTE)
        marked.append(block)
    return marked


def _join_cut(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Makes one block of a paragraph that a page break or debris cut inside a sentence."""
    joined: list[Block] = []
    for block in blocks:
        if block.kind is BlockKind.PARAGRAPH:
            before = _cut_before(text, joined, block)
            if before is not None:
                joined[before:] = [replace(joined[before], end=block.end)]
                continue
            if _is_fragment(text[block.start : block.end]):
                block = replace(block, kind=BlockKind.FURNITURE)
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
        content = text[one.start : one.end]
        if ends_sentence(content) or ends_in_colon(content) or content.endswith(";"):
            return None
        hanging = bool(_FUNCTION_WORD.search(bare(content)))
        long = len(content) >= _LEAST_CUT
        goes_on = begins_lower(text[block.start : block.end])
        return index if (goes_on and (long or hanging)) or (hanging and long) else None
    return None


def _is_fragment(content: str) -> bool:
    """A piece of a sentence without its beginning and end, or cells that are no table."""
    return not ends_sentence(content) and (
        "\t" in content or (begins_lower(content) and not ends_in_colon(content))
    )


def _join_signature(
    text: str, blocks: Sequence[Block], titles: frozenset[str]
) -> list[Block]:
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
        if blocks[index].kind is not BlockKind.PARAGRAPH or len(content) > 120:
            break
        if ends_in_colon(content) or content[:1] in "“\"‘" or "\n" in content:
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


def _headings(text: str, blocks: Sequence[Block], titles: frozenset[str]) -> list[Block]:
    """Marks as headings the short lines that stand over something."""
    found = list(blocks)
    unseen = set(titles)  # a contents list names each heading once
    depth = 1  # of headings that the contents list does not name
    at = 0
    while at < len(found):
        run = _title_run(text, found, at)
        follows = _next_body(found, run[-1] + 1) if run else None
        heads = follows is not None and found[follows].kind is not BlockKind.HEADING
        for place, index in enumerate(run):
            title = same_title(text[found[index].start : found[index].end])
            if title in unseen:
                unseen.remove(title)
                depth = 2
                found[index] = replace(found[index], kind=BlockKind.HEADING, level=1)
                continue
            first, last = place == 0, place == len(run) - 1
            over = _title_at(text, found, run[place + 1]) in unseen if not last else False
            if over and index > 0 and found[index - 1].kind is BlockKind.ITEM:
                found[index] = replace(found[index], kind=BlockKind.ITEM)
            elif len(run) >= _NAMES and not first and not (last and heads):
                found[index] = replace(found[index], kind=BlockKind.ITEM)
            elif heads or len(run) >= _NAMES:
                found[index] = replace(found[index], kind=BlockKind.HEADING, level=depth)
            if last and heads and follows == index + 1 and found[follows].kind is BlockKind.HEADER:
                found[index] = replace(found[index], kind=BlockKind.CAPTION, level=0)
        at = run[-1] + 1 if run else at + 1
    return found


def _title_at(text: str, blocks: Sequence[Block], index: int) -> str:
    return same_title(text[blocks[index].start : blocks[index].end])


def _title_run(text: str, blocks: Sequence[Block], start: int) -> list[int]:
    """Indexes of the lines from `start` on that look like titles, furniture between them aside."""
    run: list[int] = []
    for index in range(start, len(blocks)):
        block = blocks[index]
        content = text[block.start : block.end]
        if block.kind is BlockKind.FURNITURE and run:
            continue
        is_title = block.kind is BlockKind.PARAGRAPH and "\n" not in content
        if block.kind is BlockKind.ITEM and _stands_alone(blocks, index):
            is_title = _NUMBERED.match(content) is not None
        if not is_title or not looks_like_title(content) or "\t" in content:
            break
        run.append(index)
    return run


def _stands_alone(blocks: Sequence[Block], index: int) -> bool:
    beside = blocks[max(0, index - 1) : index] + blocks[index + 1 : index + 2]
    return all(block.kind is not BlockKind.ITEM for block in beside)


def _next_body(blocks: Sequence[Block], start: int) -> int | None:
    for index in range(start, len(blocks)):
        if blocks[index].kind not in (BlockKind.FURNITURE, BlockKind.NOTE):
            return index
    return None


def _with_leads(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Adds to items their lead-in, to rows their caption, to quotations who speaks."""
    before: Block | None = None  # the last block that is neither furniture nor a note
    lead: tuple[Span, ...] = ()
    outer: list[tuple[int, Block]] = []  # open items of a nested list, by indentation
    caption: Block | None = None
    for block in blocks:
        content = text[block.start : block.end]
        if block.kind is BlockKind.ITEM:
            if before is None or before.kind is not BlockKind.ITEM:
                lead, outer = _lead_in(text, before), []
            indent = _indent(text, block)
            while outer and outer[-1][0] >= indent:
                outer.pop()
            parents = tuple((item.start, item.end) for _, item in outer)
            block = replace(block, lead=block.lead or lead + parents)
            outer.append((indent, block))
        elif block.kind in (BlockKind.HEADER, BlockKind.ROW):
            if before is not None and before.kind is BlockKind.CAPTION:
                caption = before
            elif before is None or before.kind not in (BlockKind.HEADER, BlockKind.ROW):
                caption = None
            if caption is not None and block.kind is BlockKind.ROW:
                block = replace(block, lead=((caption.start, caption.end), *block.lead))
        elif block.kind is BlockKind.PARAGRAPH and content[:1] in "“\"" and not block.lead:
            if before is not None and ends_in_colon(text[before.start : before.end]):
                block = replace(block, lead=_lead_in(text, before))
        if block.kind not in (BlockKind.FURNITURE, BlockKind.NOTE):
            before = block
        yield block


def _indent(text: str, block: Block) -> int:
    """How far in an item stands; 0 when words stand before it on its line."""
    line = text.rfind("\n", 0, block.start) + 1
    return 0 if re.search(r"\w{2}", text[line : block.start]) else block.start - line


def _lead_in(text: str, before: Block | None) -> tuple[Span, ...]:
    """What announces a list: the last sentence when it ends in a colon, else the paragraph."""
    if before is None or before.kind is not BlockKind.PARAGRAPH:
        return ()
    content = text[before.start : before.end]
    if ends_in_colon(content):
        starts = [match.end() for match in _SENTENCE_START.finditer(content)]
        return ((before.start + (starts[-1] if starts else 0), before.end),)
    return ((before.start, before.end),) if len(content) <= _LONGEST_LEAD else ()
