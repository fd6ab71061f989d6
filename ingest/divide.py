"""Divides a reading into sentences, the citation unit, and passages, the retrieval unit."""

import re
from collections.abc import Iterator

import sentencex

from ingest.report import Block, BlockKind, Passage, Reading, Report, Sentence

_WHOLE = {BlockKind.ROW, BlockKind.HEADING}
_SILENT = {BlockKind.FURNITURE, BlockKind.HEADER}
_ASIDE = re.compile(r"\([^()]*[^().?!]\)\.?")
# Quotation marks: what stands in a word is an apostrophe.
_MARKS = re.compile(r"(?<!\w)[\"“”‘’]|[\"“”‘’](?!\w)")
_OPENS = re.compile(r"(?<=\s)[\"“‘]\s*\Z")
LONG = 35  # words from which on a quotation of several sentences is divided
MOST_CHARS = 20_000  # of one block that are split into sentences at once
SECTION_JOINT = " > "


def divide(
    reading: Reading, report: Report, passage_chars: int
) -> tuple[list[Passage], list[Sentence]]:
    """The passages and sentences of `report`, in order; a passage stays inside one section."""
    sentences: list[Sentence] = []
    passages: list[Passage] = []
    for section, blocks in _sections(reading):
        first = len(sentences)
        for block in blocks:
            for start, end in sentence_spans(reading.text, block):
                if passages and first < len(sentences):
                    begin = sentences[first].start
                    if start - begin >= passage_chars and block.kind is not BlockKind.HEADING:
                        first = len(sentences)
                if first == len(sentences):
                    passages.append(
                        Passage(len(passages), start, end, report.page_at(start), section)
                    )
                passage = passages[-1]
                passages[-1] = Passage(
                    passage.ordinal, passage.start, end, passage.page, passage.section
                )
                sentences.append(
                    Sentence(
                        ordinal=len(sentences),
                        passage=passages[-1].ordinal,
                        start=start,
                        end=end,
                        page=report.page_at(start),
                        kind=block.kind,
                        section=section,
                        lead=block.lead,
                    )
                )
    return passages, sentences


def sentence_spans(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """The spans of the sentences of one block, stripped of the white space around them.

    A row keeps the tabs of empty cells: by their places the headings are told. A mere aside in
    brackets, "(Recommendation)", belongs to the sentence before it.
    """
    if block.kind is BlockKind.ROW and text[block.start : block.end].strip():
        yield block.start, block.end
        return
    if block.kind in _WHOLE:
        yield _stripped(text, block.start, block.end)
        return
    last: tuple[int, int] | None = None
    for span in _split(text, block):
        if last and _ASIDE.fullmatch(text, *span):
            last = last[0], span[1]
            continue
        if last:
            yield last
        last = span
    if last:
        yield last


def _split(text: str, block: Block) -> Iterator[tuple[int, int]]:
    # Line breaks inside a block are layout, not paragraph ends: the splitter must not see them.
    flat = text[block.start : block.end].replace("\n", " ").replace("\t", " ")
    for begin, part in _parts(flat):
        for found in sentencex.get_sentence_boundaries("en", part):
            first = block.start + begin
            start, end = _stripped(text, first + found["start_index"], first + found["end_index"])
            if start < end:
                yield from _within(text, start, end)


def _within(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a long quotation, which the splitter keeps whole."""
    told = text[start:end].replace("\n", " ")
    bare = _MARKS.sub(" ", told)  # which is split as any other text is
    if bare == told or len(told.split()) < LONG:
        yield start, end
        return
    begin = start
    for found in sentencex.get_sentence_boundaries("en", bare):
        last = start + found["end_index"]
        opens = _OPENS.search(text, begin, last)  # a mark that opens the next one
        last = opens.start() if opens else last
        own = _stripped(text, begin, last)
        begin = last
        if own[0] < own[1]:
            yield own


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """`text` in runs that the splitter, whose time grows with the square, can take; cut at spaces."""
    begin = 0
    while len(text) - begin > MOST_CHARS:
        cut = text.rfind(". ", begin, begin + MOST_CHARS) + 1 or text.rfind(
            " ", begin + 1, begin + MOST_CHARS
        )
        end = cut if cut > begin else begin + MOST_CHARS
        yield begin, text[begin:end]
        begin = end
    yield begin, text[begin:]


def _sections(reading: Reading) -> Iterator[tuple[str, list[Block]]]:
    """The blocks under each heading, with the path of headings that leads there."""
    path: list[tuple[int, str]] = []
    blocks: list[Block] = []
    for block in reading.blocks:
        if block.kind is BlockKind.HEADING:
            if blocks:
                yield SECTION_JOINT.join(name for _, name in path), blocks
            while path and path[-1][0] >= block.level:
                path.pop()
            path.append((block.level, " ".join(reading.text[block.start : block.end].split())))
            blocks = [block]
        elif block.kind not in _SILENT:
            blocks.append(block)
    if blocks:
        yield SECTION_JOINT.join(name for _, name in path), blocks


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
