"""Recognises what stands around a report and answers nothing: navigation, licences, debris."""

import re
from collections.abc import Sequence

from ingest.readers.shapes import (
    bare,
    captions_chart,
    ends_sentence,
    is_debris,
)
from ingest.report import Block, BlockKind

_WEB = re.compile(
    r"(?:skip to (?:main )?content|(?:main )?menu|search|home|back to (?:the )?top|breadcrumbs?"
    r"|share|share (?:this|on|via)\b.{0,30}|tweet(?: this)?|print(?: this)?(?: page)?"
    r"|email(?: this)?(?: page)?|like this.{0,20}|related (?:posts?|articles?|content|news|links)"
    r"|you (?:may|might) also like.{0,20}|leave a (?:reply|comment)|post (?:a )?comment"
    r"|(?:\d+ |no )?comments?(?: \(\d+\))?|your e-?mail address will not be published.{0,60}"
    r"|required fields are marked.{0,10}|keep (?:me |yourself )?informed"
    r"|subscribe.{0,60}|sign up.{0,60}|follow us.{0,80}|newsletters?|one e-?mail every .{0,40}"
    r"|(?:accept|reject|manage)(?: all| additional)? cookies|we use cookies.{0,120}"
    r"|(?:set )?cookie (?:settings|preferences)|read more.{0,40}|continue reading.{0,60}"
    r"|(?:next|previous) (?:post|article|page)|posted (?:by|in|on)\b.{0,60}|log ?in"
    r"|advertise?ments?|sponsored\b.{0,60}"
    r"|is this page useful\??|print or save.{0,30}"
    r"|(?:last )?updated:?|published(?: on| by)?:?|contents|table of contents|download.{0,40})",
    re.IGNORECASE,
)
_AFTER_ARTICLE = re.compile(
    r"related (?:posts?|articles?)|leave a (?:reply|comment)|you (?:may|might) also like.{0,20}"
    r"|keep (?:me )?informed|(?:\d+ )?comments?",
    re.IGNORECASE,
)
_LICENCE = re.compile(
    r"open government licen[cs]e|crown copyright|^\W*©|©\s*\w+ \w+ (?:19|20)\d\d|\(c\) crown"
    r"|you may re-?use this information|third[- ]party copyright|all rights reserved"
    r"|to view this licen[cs]e|information policy team|psi@nationalarchives|\bISBN\b|\bISSN\b"
    r"|this (?:publication|document) is (?:also )?available (?:for download )?(?:at|from|on)\b",
    re.IGNORECASE,
)
_LONGEST_LICENCE = 700
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b")
_ONLY_LINK = re.compile(r"(?:\S+:\s*)?<?(?:https?://|www\.)\S+>?\.?", re.IGNORECASE)
_POINTER = re.compile(
    r"(?:full )?(?:details|the report|the full report|more information|further information)\b"
    r".{0,120}\b(?:found|read|downloaded|available) here\.?",
    re.IGNORECASE,
)
_PUBLICATIONS = re.compile(
    r"(?:(?:appendix|annex)\s+\w{1,3}\W+)?(?:list of )?(?:our )?"
    r"(?:publications?(?: list)?|bibliography|references|further reading|other reports)",
    re.IGNORECASE,
)
_NEW_PART = re.compile(r"(?:appendix|annex|chapter|part)\s+\w{1,3}\b", re.IGNORECASE)
_LONG_SENTENCE = 200  # characters of prose that end a list of publications
_SHORT = 80


def mark_furniture(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with those that answer nothing made FURNITURE; needs captions to be marked."""
    marked = [
        _as_furniture(block)
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM)
        and _is_furniture(text[block.start : block.end])
        else block
        for block in blocks
    ]
    _mark_stanzas(text, marked)
    _mark_legends(text, marked)
    _mark_after_article(text, marked)
    return marked


def mark_publications(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with the titles listed in an appendix of publications made FURNITURE."""
    marked: list[Block] = []
    level = 0  # of the heading over the list; 0 outside one
    for block in blocks:
        content = text[block.start : block.end]
        if block.kind is BlockKind.HEADING:
            if _PUBLICATIONS.fullmatch(bare(content)):
                level = block.level
            elif level and (block.level <= level or _NEW_PART.match(bare(content))):
                level = 0
        elif len(content) > _LONG_SENTENCE and ends_sentence(content):
            level = 0
        listed = level and not ends_sentence(content) and not _PUBLICATIONS.fullmatch(bare(content))
        marked.append(_as_furniture(block) if listed else block)
    return marked


def _as_furniture(block: Block) -> Block:
    return Block(BlockKind.FURNITURE, block.start, block.end)


def _is_furniture(content: str) -> bool:
    flat = bare(content)
    if _WEB.fullmatch(flat) or _ONLY_LINK.fullmatch(flat) or _POINTER.fullmatch(flat):
        return True
    if is_debris(content):
        return True
    if len(flat) <= _LONGEST_LICENCE and _LICENCE.search(flat):
        return True
    return len(flat) < 200 and bool(_POSTCODE.search(flat)) and not ends_sentence(flat)


def _mark_stanzas(text: str, blocks: list[Block]) -> None:
    """Short lines that stand together are furniture together: an address, a licence, buttons."""
    at = 0
    while at < len(blocks):
        end = at + 1
        while end < len(blocks) and text[blocks[end - 1].end : blocks[end].start].count("\n") == 1:
            end += 1
        stanza = blocks[at:end]
        if any(block.kind is BlockKind.FURNITURE for block in stanza) and all(
            _may_be_legend(text, block) for block in stanza
        ):
            blocks[at:end] = map(_as_furniture, stanza)
        at = end


def _mark_legends(text: str, blocks: list[Block]) -> None:
    """Axis titles and legends between the debris of a chart and its caption."""
    for index, block in enumerate(blocks):
        if block.kind is not BlockKind.CAPTION or not captions_chart(text[block.start : block.end]):
            continue
        above = index - 1
        while above >= 0 and _may_be_legend(text, blocks[above]):
            above -= 1
        run = range(above + 1, index)
        debris = [i for i in run if is_debris(text[blocks[i].start : blocks[i].end])]
        for i in run:
            if debris and i > debris[0]:
                blocks[i] = _as_furniture(blocks[i])


def _may_be_legend(text: str, block: Block) -> bool:
    content = text[block.start : block.end]
    if block.kind is BlockKind.FURNITURE:
        return True
    return (
        block.kind is BlockKind.PARAGRAPH and len(content) <= _SHORT and not ends_sentence(content)
    )


def _mark_after_article(text: str, blocks: list[Block]) -> None:
    """Whatever follows the links to other posts or the comment form is not the article."""
    prose = 0
    for index, block in enumerate(blocks):
        content = bare(text[block.start : block.end])
        if block.kind is not BlockKind.FURNITURE:
            prose += len(content)
        elif _AFTER_ARTICLE.fullmatch(content) and prose > 0.6 * len(text):
            for later in range(index, len(blocks)):
                blocks[later] = _as_furniture(blocks[later])
            return
