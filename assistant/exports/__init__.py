"""Writes a record as a file, one module for each format."""

from collections.abc import Callable
from dataclasses import dataclass

from assistant.exports import docx, html, markdown, plain_json
from assistant.exports.record import Record


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file that a record can be written as."""

    name: str  # as people call it
    media_type: str
    write: Callable[[Record], bytes]


FORMATS = {
    ".docx": Format(
        "Word",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        docx.write,
    ),
    ".html": Format("web page", "text/html", html.write),
    ".md": Format("Markdown", "text/markdown", markdown.write),
    ".json": Format("JSON", "application/json", plain_json.write),
}
"""Formats by the ending of the file."""
