"""Reads web pages: the main content as blocks, and what the page states about itself."""

import re

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import Document

from ingest.errors import UnreadableError
from ingest.readers.elements import reading_of
from ingest.readers.html_properties import html_properties
from ingest.report import Reading

_MOST_BYTES = 20_000_000  # the extractor refuses more
_FEWEST_CHARACTERS = 100
_ERROR_WORDS = 150  # a page that speaks of an error and says no more than this is an error page
_ERROR = re.compile(
    r"not found|\b40[0134]\b|\b50[023]\b|no longer (?:exists|available)|access denied|forbidden"
    r"|just a moment|are you (?:a )?human|enable (?:javascript|cookies)|something went wrong"
    r"|server error|service unavailable|sign in|log ?in\b",
    re.IGNORECASE,
)


def read(data: bytes, name: str) -> Reading:
    """The main content of a page as a report of one page.

    Raises `UnreadableError` for a page without content, and for an error page, which it names.
    """
    page = trafilatura.load_html(data) if len(data) <= _MOST_BYTES else None
    if page is None:
        raise UnreadableError(f"{name} is no web page that can be read; save it as text or PDF.")
    properties = html_properties(page)
    heading = " ".join(element.text_content() for element in page.iter("h1", "title"))
    content = _main_content(page)
    reading = reading_of(content if content is not None else (), properties)
    words = len(reading.text.split())
    if words < _ERROR_WORDS and _ERROR.search(heading):
        raise UnreadableError(
            f"{name} is a web page that says “{properties.get('title') or heading.strip()}”, "
            "not a report; supply the report itself."
        )
    if len(reading.text) < _FEWEST_CHARACTERS:
        raise UnreadableError(f"{name} is a web page without text; supply the report itself.")
    return reading


def _main_content(page: HtmlElement) -> etree._Element | None:
    """The article without navigation, as trafilatura's own small vocabulary of elements."""
    found = trafilatura.bare_extraction(
        page,
        favor_recall=True,
        include_tables=True,
        include_comments=False,
        with_metadata=False,  # its dates are guesses; `html_properties` takes what is stated
    )
    return found.body if isinstance(found, Document) else None
