"""Writes a record as JSON: all of it, with each quote verbatim and where it starts and ends."""

import json
from typing import Any

from assistant.answer import Citation
from assistant.exports.record import Entry, Record, web_address

SHAPE = 1  # of this file; raise it when a key is renamed or goes


def write(record: Record) -> bytes:
    """The record in UTF-8."""
    text = json.dumps(as_data(record), ensure_ascii=False, indent=2)
    # Half a surrogate pair has no UTF-8; as \udXXX it is JSON.
    return f"{text}\n".encode("utf-8", errors="backslashreplace")


def as_data(record: Record) -> dict[str, Any]:
    """The record as plain data."""
    origin = record.origin
    data: dict[str, Any] = {
        "shape": SHAPE,
        "record": record.title,
        "made": origin.made.isoformat(),
        "version": origin.version,
        "library": {
            "format": origin.library_format,
            "embedding_model": origin.embedding_model,
            "reports": origin.reports,
            "sha256": origin.library_sha256,
        },
        "settings": origin.settings,
    }
    if record.text:
        data |= {"name": record.name, "totals": record.totals, "text": record.text}
    return data | {
        "entries": [_entry(entry, in_text=bool(record.text)) for entry in record.entries]
    }


def _entry(entry: Entry, *, in_text: bool) -> dict[str, Any]:
    place = {"start": entry.start, "end": entry.end} if in_text else {}
    return {
        **place,
        "asked": entry.asked,
        "outcome": entry.outcome.name.lower(),
        "said": entry.said,
        "checked_as": entry.completed or None,
        "note": entry.note or None,
        "parts": [
            {
                "text": part.text,
                "outcome": part.outcome.name.lower(),
                "explanation": part.explanation,
                "quotes": list(part.quotes),
            }
            for part in entry.parts
        ],
        "quotes": [_quote(citation) for citation in entry.quotes],
        "nearest": [_quote(citation) for citation in entry.nearest],
    }


def _quote(citation: Citation) -> dict[str, Any]:
    quote = citation.model_dump(mode="json", exclude={"context", "report"})
    return quote | {"url": web_address(citation.url) or None}
