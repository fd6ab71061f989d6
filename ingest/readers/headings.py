"""Tells the headings of a text that does not mark them, by what stands around a short line."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.readers.contents import same_title
from ingest.readers.shapes import looks_like_title
from ingest.report import Block, BlockKind

_NAMES = 4  # titles in a row that are a list of names rather than headings
_NUMBERED = re.compile(r"\(?\d{1,2}(?:\.\d{1,2})*[.)]?\s+\S")


def mark_headings(text: str, blocks: Sequence[Block], titles: frozenset[str]) -> list[Block]:
    """The blocks, with short lines that stand over something made HEADING, or CAPTION of a table.

    A title that the contents list names (`titles`, see `contents.same_title`) is a heading of
    level 1 where it first occurs; others are then of level 2.
    """
    found = list(blocks)
    unseen = set(titles)
    depth = 1
    at = 0
    while at < len(found):
        run = _title_run(text, found, at)
        names = [same_title(text[found[index].start : found[index].end]) for index in run]
        heads = _next_body(found, run[-1] + 1) is not None if run else False
        for place, index in enumerate(run):
            if names[place] in unseen:
                unseen.remove(names[place])
                depth = 2
                found[index] = replace(found[index], kind=BlockKind.HEADING, level=1)
                continue
            role = _role(place, len(run), heads)
            if place + 1 < len(run) and names[place + 1] in unseen and _after_item(found, index):
                role = BlockKind.ITEM  # the last of a list, over a heading of the contents list
            elif place == len(run) - 1 and _over_table(found, index):
                role = BlockKind.CAPTION
            level = depth + _numbered_depth(text, found[index]) if role is BlockKind.HEADING else 0
            found[index] = replace(found[index], kind=role, level=level)
        at = run[-1] + 1 if run else at + 1
    return found


def _title_run(text: str, blocks: Sequence[Block], start: int) -> list[int]:
    """Indexes of the lines from `start` on that look like titles, furniture between them aside."""
    run: list[int] = []
    for index in range(start, len(blocks)):
        block = blocks[index]
        content = text[block.start : block.end]
        if block.kind is BlockKind.FURNITURE and run:
            continue
        is_line = block.kind is BlockKind.PARAGRAPH and "\n" not in content and "\t" not in content
        is_numbered = (
            block.kind is BlockKind.ITEM
            and _NUMBERED.match(content) is not None
            and not _after_item(blocks, index)
            and blocks[index + 1 : index + 2]
            and blocks[index + 1].kind is BlockKind.PARAGRAPH
        )
        if not (is_line or is_numbered) or not looks_like_title(content):
            break
        run.append(index)
    return run


def _numbered_depth(text: str, block: Block) -> int:
    """How many levels down its number puts a heading: 1 for "2.1 Leadership"."""
    number = re.match(r"\d{1,2}(?:\.\d{1,2})*", text[block.start : block.end])
    return number[0].count(".") if number else 0


def _next_body(blocks: Sequence[Block], start: int) -> Block | None:
    """What stands under a title: the next block that is neither furniture nor a note."""
    for index in range(start, len(blocks)):
        if blocks[index].kind not in (BlockKind.FURNITURE, BlockKind.NOTE):
            return blocks[index]
    return None


def _role(place: int, length: int, heads: bool) -> BlockKind:
    """The role of one title in a run of titles; `heads` when something stands under the last."""
    if length < _NAMES:
        return BlockKind.HEADING if heads else BlockKind.PARAGRAPH
    first, last = place == 0, place == length - 1
    return BlockKind.HEADING if first or (last and heads) else BlockKind.ITEM


def _after_item(blocks: Sequence[Block], index: int) -> bool:
    return index > 0 and blocks[index - 1].kind is BlockKind.ITEM


def _over_table(blocks: Sequence[Block], index: int) -> bool:
    below = blocks[index + 1 : index + 2]
    return bool(below) and below[0].kind is BlockKind.HEADER
