"""One small reader for each format, behind `read(data, name)`; the format is told by content."""

import re
import zipfile
from dataclasses import replace
from importlib import import_module
from io import BytesIO

from ingest.errors import UnreadableError
from ingest.readers.archive import DAMAGE
from ingest.report import Reading

MOST_BYTES = 50_000_000
"""A larger file is refused: no inspection report comes near it."""

_HEAD = 4096  # bytes in which a format shows itself
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_FORMATS = {"word/document.xml": "docx", "META-INF/container.xml": "epub"}
_NOT_RUNNING_TEXT = frozenset({"xl/workbook.xml", "ppt/presentation.xml"})
_RTF = b"{\\rtf"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*+"
    rb"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h1|table|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
# Controls of a terminal, and of the direction of text, which would show other than what is quoted.
_CONTROLS = (*range(9), 11, *range(14, 32), *range(127, 160))
_TURNING = (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_UNSEEN = dict.fromkeys((*_CONTROLS, *_TURNING), " ")
_MARKDOWN = re.compile(
    r"""^(?:
      \#{1,6}[ ]\S                                # a heading
    | \|?[ ]*:?-{3,}:?[ ]*(?:\|[ ]*:?-{3,}:?[ ]*)+\|?[ ]*$   # the rule of a table
    | (?=[ \t]*[^\s|])[^\n|]*\n(?:={4,}|-{4,})[ ]*$   # an underlined heading
    | ```
    )""",
    re.VERBOSE | re.MULTILINE,
)


def read(data: bytes, name: str) -> Reading:
    """Read a document of any known format; `name` is used in messages only.

    Control characters, and those that turn the direction of text, are read as spaces.
    Raises `UnreadableError` for what is no document, damaged, protected, too large or hostile.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableError(
            f"{name} is larger than {MOST_BYTES // 1_000_000} MB; split it into parts."
        )
    if not data.strip():
        raise UnreadableError(f"{name} is empty; supply a file with text in it.")
    reader = import_module(f"ingest.readers.{format_of(data, name)}")
    reading: Reading = reader.read(data, name)
    return replace(
        reading,
        text=reading.text.translate(_UNSEEN),
        properties={key: value.translate(_UNSEEN) for key, value in reading.properties.items()},
    )


def format_of(data: bytes, name: str) -> str:
    """The format that the content shows: "pdf", "docx", "odt", "epub", "html", "markdown" or "plain"."""
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zip_format(data, name)
    if head.startswith(_OLD_OFFICE):
        raise UnreadableError(
            f"{name} is an old or protected Office file; save it as DOCX without a password."
        )
    if head.startswith(_RTF):
        raise UnreadableError(f"{name} is rich text (RTF); save it as DOCX or PDF.")
    if head.startswith(_PICTURES):
        raise UnreadableError(f"{name} is a picture; supply the document as PDF or text.")
    start = head.removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = head.replace(b"\x00", b"").lstrip(b"\xff\xfe")
    if _HTML.match(start):
        return "html"
    return "markdown" if _MARKDOWN.search(data.decode("utf-8", errors="replace")) else "plain"


def _zip_format(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            for part, format_ in _ZIP_FORMATS.items():
                if part in names:
                    return format_
            kind = archive.open("mimetype").read(100) if "mimetype" in names else b""
    except DAMAGE as error:
        raise UnreadableError(f"{name} is damaged; supply it again.") from error
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    if kind.startswith(b"application/vnd.oasis.opendocument") or names & _NOT_RUNNING_TEXT:
        raise UnreadableError(f"{name} is a spreadsheet, slides or a drawing; save it as PDF.")
    raise UnreadableError(
        f"{name} is an archive, not a document; unpack it and supply the documents inside."
    )
