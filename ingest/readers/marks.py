"""Tells the raised marks of footnotes, which are no figures, from what raised text says itself."""

import re

from ingest.readers.shapes import superscript

_MARK = re.compile(r"[\s\[(]*(?:\d{1,3}(?:[\s,]+\d{1,3})*|[*†‡]{1,3})[\s\]).,]*")
_MEASURE = re.compile(r"\b[kcm]?m\s*$")  # m² is a measure
_IN_TEXT = re.compile(r"<sup\b[^<>]{0,100}>[\s\[(]*(\d{1,3})[\s\])]*</sup>", re.IGNORECASE)


def read_raised(raised: str, before: str) -> str:
    """What to read for raised text that stands after `before` in its block.

    Nothing for the mark of a note, which else is read as digits of the figure before it; the mark
    itself, raised, where it opens the block, which then is the note.
    """
    if not _MARK.fullmatch(raised):
        return raised
    mark = superscript(raised.strip(" []()"))
    if _MEASURE.search(before):
        return mark
    return "" if before.strip() else f"{mark} "


def read_tags(text: str) -> str:
    """A text whose raised numbers stand in tags, with them as raised digits."""
    return _IN_TEXT.sub(lambda found: superscript(found[1]), text)
