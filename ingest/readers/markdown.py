"""Reads Markdown: its stored text is the file (tags of raised numbers aside), its blocks spans."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.readers import plain
from ingest.readers.contents import find_contents
from ingest.readers.decode import decode
from ingest.readers.front_matter import front_matter
from ingest.readers.marks import read_tags
from ingest.readers.structure import structured
from ingest.readers.text_tables import TableLine, table_blocks
from ingest.report import Block, BlockKind, Reading

_DEEPEST = 20  # nested lists and quotes
_BOLD_LINE = re.compile(r"(\*\*|__)(?P<title>[^*_\n]{2,100})\1:?")
_NOTE = re.compile(r"\[\^[\w-]{1,20}\]:\s")
_COMMENT = re.compile(r"\s*<!--.*-->\s*|\s*</?[a-z][^>]*>\s*", re.DOTALL | re.IGNORECASE)


def read(data: bytes, name: str) -> Reading:
    """The file as a report of one page; raises `UnreadableError` when it holds no text."""
    text = read_tags(decode(data, name))
    properties, body = front_matter(text)
    blocks = [Block(BlockKind.FURNITURE, 0, len(text[:body].rstrip()))] if body else []
    blocks += _Source(text, body).blocks()
    has_headings = any(block.kind is BlockKind.HEADING for block in blocks)
    contents = find_contents([line for line in text[body:].split("\n") if line.strip()])
    return Reading(
        text,
        structured(text, blocks, titles=contents.titles, guess_headings=not has_headings),
        properties=properties,
    )


def _parser() -> MarkdownIt:
    """A parser of block structure alone: inline markup stays in the text as it is."""
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    # Indented text is not code in a report, and `[^1]: ...` is a footnote, not a link.
    return parser.disable(["code", "reference"])


class _Source:
    """The Markdown of a file from `offset` on, and the offset of each of its lines."""

    def __init__(self, text: str, offset: int) -> None:
        self.text = text
        self.lines = text[offset:].split("\n")
        self.offsets = list(accumulate((len(line) + 1 for line in self.lines), initial=offset))

    def blocks(self) -> Iterator[Block]:
        """The blocks of the file, in order."""
        tokens = _parser().parse("\n".join(self.lines))
        level = 0  # of the heading above
        in_item = False  # whether the next paragraph opens a list item
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type == "heading_open" and tokens[at + 1].content.strip():
                level = int(token.tag[1:])
                yield self._block(BlockKind.HEADING, tokens[at + 1], level)
            elif token.type == "list_item_open":
                in_item = True
            elif token.type == "paragraph_open":
                yield from self._paragraph(tokens[at + 1], in_item, level)
                in_item = False
            elif token.type == "table_open":
                end = next(i for i in range(at, len(tokens)) if tokens[i].type == "table_close")
                yield from self._table(tokens[at:end])
                at = end
            elif token.type in ("html_block", "fence", "hr") and token.map:
                furniture = token.type == "hr" or _COMMENT.fullmatch(token.content)
                kind = BlockKind.FURNITURE if furniture else BlockKind.PARAGRAPH
                yield from self._lines(kind, *token.map)
            at += 1

    def _paragraph(self, inline: Token, in_item: bool, level: int) -> Iterator[Block]:
        content = inline.content
        if in_item:
            yield self._block(BlockKind.ITEM, inline)
        elif "\t" in content and inline.map:
            # Converted documents mix Markdown with tables whose cells are parted by tabs.
            first, last = inline.map
            yield from plain.laid_out(self.text, self.offsets[first], self.offsets[last])
        elif _BOLD_LINE.fullmatch(content.strip()):
            yield self._block(BlockKind.HEADING, inline, min(level + 1, 6))
        else:
            kind = BlockKind.NOTE if _NOTE.match(content) else BlockKind.PARAGRAPH
            yield self._block(kind, inline)

    def _block(self, kind: BlockKind, inline: Token, level: int = 0) -> Block:
        """A block over the content of a token, without the marks before and after it."""
        first, last = inline.map or [0, 1]
        content = inline.content.split("\n")
        opening, closing = self.lines[first], self.lines[last - 1]
        head, tail = opening.find(content[0].strip()), closing.rfind(content[-1].strip())
        # The parser replaces some characters, so that a line may not hold its own content.
        start = head if head >= 0 else len(opening) - len(opening.lstrip())
        end = tail + len(content[-1].strip()) if tail >= 0 else len(closing.rstrip())
        return Block(kind, self.offsets[first] + start, self.offsets[last - 1] + end, level)

    def _lines(self, kind: BlockKind, first: int, last: int) -> Iterator[Block]:
        start, end = self.offsets[first], min(self.offsets[last] - 1, len(self.text))
        content = self.text[start:end]
        if content.strip():
            start += len(content) - len(content.lstrip())
            yield Block(kind, start, start + len(content.strip()))

    def _table(self, tokens: Sequence[Token]) -> list[Block]:
        lines: list[TableLine] = []
        cells: list[str] = []
        for token in tokens:
            if token.type == "tr_open":
                cells = []
            elif token.type == "inline":
                cells.append(token.content.strip())
            elif token.type == "tr_close":
                lines.append(self._row(len(lines), tokens, cells))
        has_header = bool(lines) and lines[0].filled > 0
        return table_blocks(lines if has_header else lines[1:], has_header=has_header)

    def _row(self, number: int, tokens: Sequence[Token], cells: list[str]) -> TableLine:
        first = (tokens[0].map or [0, 0])[0]
        # The rule under the header is a line of the table, too.
        line = first + number + (1 if number else 0)
        content = self.lines[line]
        inner = content.strip()
        start = self.offsets[line] + len(content) - len(content.lstrip())
        if inner.startswith("|"):
            start += 1
            inner = inner[1:]
        inner = inner.removesuffix("|").rstrip() if not inner.endswith("\\|") else inner
        start += len(inner) - len(inner.lstrip())
        return TableLine(start, start + len(inner.strip()), tuple(cells))
