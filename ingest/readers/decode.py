"""Turns the bytes of a text file into text: the file itself, with newlines made alike."""

import codecs

from charset_normalizer import from_bytes

from ingest.errors import UnreadableError

_FEWEST_CHARACTERS = 20  # less than one sentence: nothing to search in
_SAMPLE = 200_000  # bytes shown to the encoding detector; enough, and it is slow
_MOST_CONTROL = 0.01  # share of control characters above which a file is not text
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes, name: str) -> str:
    """The text of a file, without its byte order mark and with `\\n` for every line end.

    Raises `UnreadableError` for an empty file, a file of a few characters, and binary data.
    """
    if not data.strip():
        raise UnreadableError(f"{name} is empty; supply a file with text in it.")
    text = _decoded(data)
    if text is None or not _looks_like_text(text):
        raise UnreadableError(
            f"{name} is not a document that can be read; supply PDF, HTML, DOCX, Markdown or text."
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text.strip()) < _FEWEST_CHARACTERS:
        raise UnreadableError(
            f"{name} holds only {len(text.strip())} characters; supply the whole document."
        )
    return text


def _decoded(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if data.count(0):  # a text in one byte per character holds no zero bytes
        return None
    # Western encodings differ in a few letters only; Windows' is what office programs write.
    best = from_bytes(data[:_SAMPLE], cp_isolation=["cp1252", "cp1250", "mac_roman"]).best()
    return data.decode(best.encoding if best else "cp1252", errors="replace")


def _looks_like_text(text: str) -> bool:
    sample = text[:_SAMPLE]
    odd = sum(1 for c in sample if (c < " " and c not in "\t\n\r\f\v") or c in "\x7f\ufffd")
    return odd <= _MOST_CONTROL * len(sample)
