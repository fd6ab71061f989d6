"""The plain data that flows through ingestion: what a reader returns, and what the library keeps.

Offsets are character offsets into one text per report; `text[start:end]` is always verbatim.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum

Span = tuple[int, int]
"""`(start, end)` character offsets, end exclusive."""


class BlockKind(StrEnum):
    """What a run of text is on its page."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"  # one item of a list; its lead-in is in `Block.lead`
    ROW = "row"  # of a table, cells separated by tabs; caption and column headings in `lead`
    HEADER = "header"  # the column headings of a table, cells separated by tabs
    CAPTION = "caption"  # of a table, figure or chart
    NOTE = "note"  # a footnote
    FURNITURE = "furniture"  # contents pages, publication lists, navigation: answers nothing


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text with one role on its page; `lead` names the spans needed to understand it."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0  # headings: 1 is the highest
    lead: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of one document.

    `page_starts[i]` is the offset at which page i + 1 begins; a text or web page has one, `(0,)`.
    `properties` holds what the document itself states: any of title, publisher, published (ISO
    date, or year, or year and month), kind, place, period, url, digest_of.
    """

    text: str
    blocks: tuple[Block, ...]
    page_starts: tuple[int, ...] = (0,)
    properties: dict[str, str] = field(default_factory=dict)
    note: str = ""  # a sentence on what the reader could not read, or had to recognise


class TextBuilder:
    """Assembles a `Reading` for the readers that build their own text (PDF, HTML, DOCX)."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._page_starts: list[int] = []

    def new_page(self) -> None:
        """Begin the next page; text added from here on belongs to it."""
        self._page_starts.append(self._length)

    def add(
        self, kind: BlockKind, text: str, *, level: int = 0, lead: tuple[Span, ...] = ()
    ) -> Span:
        """Append a block of text and return its span; blocks are parted by a blank line."""
        start = self._length
        self._blocks.append(Block(kind, start, start + len(text), level, lead))
        self._write(text + "\n\n")
        return (start, start + len(text))

    def extend(self, text: str, *, joint: str = " ") -> None:
        """Continue the last block, as when a page break cut its sentence in two."""
        last = self._blocks[-1]
        self._parts[-1] = self._parts[-1].removesuffix("\n\n")
        self._length -= 2
        page_moved = bool(self._page_starts) and self._page_starts[-1] == self._length + 2
        self._write(joint)
        if page_moved:
            self._page_starts[-1] = self._length
        self._blocks[-1] = Block(
            last.kind, last.start, self._length + len(text), last.level, last.lead
        )
        self._write(text + "\n\n")

    def reading(self, properties: dict[str, str] | None = None) -> Reading:
        """The finished reading."""
        return Reading(
            "".join(self._parts).rstrip("\n"),
            tuple(self._blocks),
            tuple(self._page_starts) or (0,),
            properties or {},
        )

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


@dataclass(frozen=True, slots=True)
class Description:
    """What a report is; empty where nothing trustworthy says."""

    title: str = ""
    publisher: str = ""
    published: str = ""  # ISO: 2025-04-30, 2025-04 or 2025
    kind: str = ""  # inspection, annual, thematic, news, statistics, ...
    place: str = ""  # the authority, region or unit that the report is about
    period: str = ""
    url: str = ""
    digest_of: str = ""  # title of the publication that this report digests
    # Of the library, not of the document: they come and go with the reports beside it.
    copy_of: str = ""  # id of the report that this one repeats, rewords or is an older version of
    about: str = ""  # id of the report that this news post or digest tells of
    relation: str = ""  # what it is to the one or else the other; see ingest.copies.Relation
    note: str = ""  # a sentence on how far the text can be trusted, where it was hard to read


@dataclass(frozen=True, slots=True)
class Sentence:
    """The citation unit: a sentence, list item, table row, heading or caption of a report."""

    ordinal: int  # position in the report, from 0
    passage: int  # ordinal of the passage that it belongs to
    start: int
    end: int
    page: int  # on which it begins, 1-based
    kind: BlockKind
    section: str  # heading path, joined by " > "
    lead: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """The retrieval unit: a run of whole sentences inside one section."""

    ordinal: int
    start: int
    end: int
    page: int
    section: str


@dataclass(frozen=True, slots=True)
class Report:
    """One published document as the library keeps it."""

    id: str  # first 12 hex digits of the SHA-256 of its location
    source: str  # file name, or the address it was fetched from
    location: str  # absolute path or address
    sha256: str  # of the bytes that were read
    text: str
    page_starts: tuple[int, ...]
    description: Description

    def page_at(self, offset: int) -> int:
        """The 1-based page on which the character at `offset` stands."""
        return max(1, bisect_right(self.page_starts, offset))
