"""Writes a record as Markdown in which nothing of a report, user or model is markup."""

import re
from collections.abc import Iterator, Sequence

from assistant.answer import Citation
from assistant.exports.record import (
    EXPLAINED,
    NEAREST,
    Entry,
    Record,
    one_line,
    seen,
    source_rows,
)

# Marks up anywhere in a line (CommonMark, tables, strike-through, footnotes, formulas).
_INLINE = re.compile(r"([\\`*_{}\[\]#|~$])")
_OPENING = re.compile(r"^(?:(\d{1,9})([.)])|([-+:=]))")  # what opens a list, a rule or a definition
_ADDRESS = re.compile(r"(?i)\b(https?|ftp)(:)(?=//)|\b(www)(\.)|(\w)(@)(?=\w)|\b(mailto|xmpp)(:)")
_PARAGRAPHS = re.compile(r"\n\s*\n|\n(?=\s*[-•*▪●◦‣–#])")


def write(record: Record) -> bytes:
    """The record in UTF-8."""
    return "\n".join(_lines(record)).encode("utf-8")


def escaped(text: str) -> str:
    """`text` on one line, such that Markdown shows it to the letter and finds nothing in it."""
    text = one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _INLINE.sub(r"\\\1", text)
    text = _ADDRESS.sub(_broken, text)
    return _OPENING.sub(r"\1\\\2\3", text)


def _lines(record: Record) -> Iterator[str]:
    yield from (f"# {record.title}", "")
    if record.text:
        named = f"{escaped(record.name)}. " if record.name else ""
        yield from (f"{named}{escaped(record.totals)}", "", "## The text", "")
        yield from (*_in_place(record), "", "## What the reports say", "")
    for number, entry in enumerate(record.entries, 1):
        yield from _entry(number, entry)
    yield from ("## To repeat this", "")
    yield from (f"- {label}: {escaped(value)}" for label, value in record.origin.rows() if value)
    yield from ("", EXPLAINED, "")


def _in_place(record: Record) -> Iterator[str]:
    """The paragraphs of the text; each checked sentence with its number and verdict after it."""
    marked = "".join(
        f"{piece}\0{number}\0" if number else piece
        for piece, number in ((seen(text), number) for text, number in record.in_place())
    )
    for paragraph in _PARAGRAPHS.split(marked):
        pieces = paragraph.split("\0")
        shown = []
        for at, piece in enumerate(pieces):
            if at % 2:
                outcome = record.entries[int(piece) - 1].outcome
                shown.append(f" **\\[{piece}: {outcome.symbol} {outcome}\\]** ")
            else:
                shown.append(escaped(piece))
        yield from ("> " + "".join(shown).strip(), "")


def _entry(number: int, entry: Entry) -> Iterator[str]:
    yield from (f"### {number}. {escaped(entry.asked)}", "")
    yield from (f"**{entry.outcome.symbol} {entry.outcome}.** {escaped(entry.said)}", "")
    if entry.completed:
        yield from (f"Checked as: {escaped(entry.completed)}", "")
    for part in entry.parts:
        said = f"{part.outcome.symbol} {part.outcome}: {escaped(part.text)}"
        yield f"- {said} {escaped(part.explanation)}{_numbers(part.quotes)}"
    if entry.parts:
        yield ""
    if entry.note:
        yield from (f"*Note:* {escaped(entry.note)}", "")
    for citation in entry.quotes:
        yield from _quote(citation, f"\\[{citation.number}\\] ")
    if entry.nearest:
        yield from (NEAREST, "")
    for citation in entry.nearest:
        yield from _quote(citation, "")


def _quote(citation: Citation, number: str) -> Iterator[str]:
    yield from (f"> {number}“{escaped(citation.quote)}”", "")
    for label, value in source_rows(citation):
        shown = f"<{value}>" if label == "Address" else escaped(value)
        yield f"- {label}: {shown}"
    yield ""


def _numbers(quotes: Sequence[int]) -> str:
    return "".join(f" \\[{number}\\]" for number in quotes)


def _broken(match: re.Match[str]) -> str:
    """An address with its telling character as an entity, so that it stays text."""
    before, mark = (group for group in match.groups() if group)
    return f"{before}&#{ord(mark)};"
