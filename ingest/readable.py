"""Turns verbatim spans into what a person reads: markup and layout gone, a table row as a sentence."""

import re
from collections.abc import Sequence

from ingest.report import BlockKind, Span

_MATHS = re.compile(r"\$\\underline\{\\text\{(.*?)\}\}\$")
_TAGS = re.compile(r"</?(?:u|b|i|em|strong|sup|sub|br|span)\s*/?>", re.IGNORECASE)
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_LINK = re.compile(r"\[([^\]\n]{1,300})\]\((?:https?|mailto)[^)\s]*\)")
_NOTE_MARK = re.compile(r"(?<=[\w.,;:)’”'])[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_BULLET = re.compile(r"^\s*(?:[-•*▪●◦‣–]|\d{1,2}[.)]|[a-z][.)])\s+(?=\S)")
_SPACE = re.compile(r"\s+")
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
    """The cells of `row` with a value, each with its column heading (empty where none)."""
    headings = cells(header) if header else []
    values = cells(row)
    if len(headings) < len(values):
        headings += [""] * (len(values) - len(headings))
    return [
        (heading, value)
        for heading, value in zip(headings, values, strict=False)
        if not _NO_VALUE.fullmatch(value)
    ]


def readable(text: str, kind: BlockKind, start: int, end: int, lead: Sequence[Span] = ()) -> str:
    """The span as one readable sentence: an item after its lead-in, a row with its headings."""
    span = text[start:end]
    if kind is BlockKind.ROW:
        return row_sentence(span, [text[a:b] for a, b in lead])
    if kind is BlockKind.ITEM:
        before = " ".join(plain(text[a:b]) for a, b in lead)
        return f"{before} {plain(_BULLET.sub('', span))}".strip()
    return plain(span)


def row_sentence(row: str, lead: Sequence[str]) -> str:
    """`Wakefield PDU: published 24/10/2024; score: 6`, from a row and its caption and headings."""
    header = lead[-1] if lead else ""
    caption = plain(lead[0]) if len(lead) > 1 else ""
    named = columns(row, header)
    if not named:
        return plain(row)
    label, rest = named[0][1], named[1:]
    told = "; ".join(f"{heading}: {value}" if heading else value for heading, value in rest)
    sentence = f"{label}: {told}" if told else label
    return f"{caption}: {sentence}" if caption else sentence
