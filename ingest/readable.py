"""Turns verbatim spans into what a person reads: no markup, no layout, a row as a sentence."""

import re
from collections.abc import Sequence

from ingest.report import BlockKind, Span

_MATHS = re.compile(r"\$\\underline\{\\text\{(.*?)\}\}\$")
_TAGS = re.compile(r"</?(?:u|b|i|em|strong|sup|sub|br|span)\s*/?>", re.IGNORECASE)
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)((?:(?!\1).)+)(?<=\S)\1", re.DOTALL)
_LINK = re.compile(r"\[([^\]\n]{1,300})\]\((?:https?|mailto)[^)\s]*\)")
_NOTE_MARK = re.compile(r"(?<=[\w.,;:)’”'])(?<!\bm)(?<!\b[ck]m)[⁰¹²³⁴⁵⁶⁷⁸⁹]+")  # m² is a measure
_BULLET = re.compile(r"^\s*(?:[-•*▪●◦‣–]|\d{1,2}[.)]|[a-z][.)])\s+(?=\S)")
_SPACE = re.compile(r"\s+")
# Kinds of values, each with the headings that announce it.
_KINDS = [
    (re.compile(value, re.IGNORECASE), re.compile(heading, re.IGNORECASE))
    for value, heading in [
        (
            r"^\d{1,2}[/. -]\w{1,9}[/. -]\d{2,4}$|^\d{1,2} \w+ \d{4}$",
            r"\bdate|publish|\bfrom\b|\buntil\b|\bwhen\b",
        ),
        (
            r"^[£$€]?\d[\d,.]*\s*(?:%|per cent)?$",
            r"score|number|total|%|per cent|percent|rate|count|cost|£|out of|no\.",
        ),
        (
            r"^(?:outstanding|good|requires improvement.*|inadequate|n/?[ar])$",
            r"rating|grade|judge?ment|effectiveness",
        ),
    ]
]
_SCORE = re.compile(
    r"\s*\(?\b(?P<of>out\s+of\s+\d+)\)?:\s+(?P<score>\d+(?:\.\d+)?)(?![\d/])", re.IGNORECASE
)
_SCORED = re.compile(r": \d[\d.]* out of \d", re.IGNORECASE)
# Headings of columns of which none names the rows: what stands in each is of another body.
_BODY = re.compile(
    r"(?:[\w’'&-]+\s+){0,4}?(?:authorit(?:y|ies)|councils?|boards?|trusts?|commission|inspectorate|agency|partnership"
    r"|force|department|ofsted|cqc|nhs|icbs?|hmi\w*|estyn|police)(?:\s*\([^)]{1,20}\)s?)?",
    re.IGNORECASE,
)
_BOTH = 2  # of more, the first names the rows
_NO_VALUE = re.compile(r"[^\w£%]*")


def plain(text: str) -> str:
    """`text` without inline markup, footnote marks and line breaks; words and figures unchanged."""
    text = _MATHS.sub(r"\1", text)
    text = _TAGS.sub("", text)
    text = _EMPHASIS.sub(r"\2", text)
    text = _EMPHASIS.sub(r"\2", text)
    text = _LINK.sub(r"\1", text)
    text = _NOTE_MARK.sub("", text)
    return _SPACE.sub(" ", text).strip()


def cells(row: str) -> list[str]:
    """The cells of a table row or header, which tabs or pipes part."""
    parts = row.split("\t") if "\t" in row else row.split("|")
    return [plain(part) for part in parts]


def columns(row: str, header: str) -> list[tuple[str, str]]:
    """The cells of `row` with a value, each with its column heading (empty where none is sure).

    Where a row has more or fewer cells than the header, as conversion leaves them, a value is named
    only by a heading of its own kind (a date by a date's, a number by a number's), in order.
    """
    headings, values = cells(header) if header else [], cells(row)
    if len(headings) == len(values):
        named = list(zip(headings, values, strict=True))
    else:
        named = _aligned(headings, values)
    return [(heading, value) for heading, value in named if not _NO_VALUE.fullmatch(value)]


def _aligned(headings: list[str], values: list[str]) -> list[tuple[str, str]]:
    """Each value with the next heading of its own kind; the first value names the row."""
    named, place = [], 1
    for position, value in enumerate(values):
        heading = ""
        if position == 0 and headings:
            heading = headings[0]
        elif not _NO_VALUE.fullmatch(value):
            for later in range(place, len(headings)):
                if any(v.search(value) and h.search(headings[later]) for v, h in _KINDS):
                    heading, place = headings[later], later + 1
                    break
        named.append((heading, value))
    return named


def readable(text: str, kind: BlockKind, start: int, end: int, lead: Sequence[Span] = ()) -> str:
    """The span as one readable sentence: an item after its lead-in, a row with its headings."""
    span = text[start:end]
    if kind is BlockKind.ROW:
        return row_sentence(span, [text[a:b] for a, b in lead])
    if kind is BlockKind.ITEM:
        before = " ".join(plain(text[a:b]) for a, b in lead)
        return f"{before} {plain(_BULLET.sub('', span))}".strip()
    return plain(span)


def with_scores(row: str) -> str:
    """A readable row with what a heading says of a score beside the score: "score: 6 out of 21" of
    "score (out of 21): 6"."""
    return _SCORE.sub(r": \g<score> \g<of>", row)


def has_score(row: str) -> bool:
    """Whether a row, `with_scores`, gives one."""
    return bool(_SCORED.search(row))


def side_by_side(header: str) -> bool:
    """Whether the columns below are of different bodies, so that no cell is the name of its row."""
    headings = cells(header)
    return len(headings) == _BOTH and all(map(_BODY.fullmatch, headings))


def row_sentence(row: str, lead: Sequence[str]) -> str:
    """`Wakefield PDU: published 24/10/2024; score: 6`, from a row and its caption and headings."""
    header = lead[-1] if lead else ""
    caption = plain(lead[0]) if len(lead) > 1 else ""
    if len(lead) == 1 and len(cells(header)) == 1 < len(cells(row)):
        header, caption = "", plain(header)
    named = columns(row, header)
    if not named:
        return plain(row)
    if side_by_side(header):
        told = "; ".join(f"{heading}: {value}" if heading else value for heading, value in named)
        return f"{caption}: {told}" if caption else told
    label, rest = named[0][1], named[1:]
    told = "; ".join(f"{heading}: {value}" if heading else value for heading, value in rest)
    sentence = f"{label}: {told}" if told else label
    return f"{caption}: {sentence}" if caption else sentence
