"""Reads web pages: the main content as blocks, and what the page states about itself."""

import re
from itertools import dropwhile, takewhile

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import Document

from ingest.errors import UnreadableError
from ingest.readers.elements import reading_of
from ingest.readers.html_properties import html_properties
from ingest.readers.markup import put_text, rows_of, text_of, tidy
from ingest.readers.text_tables import joined_heading
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

# What no element may hold; a page that refers to one by its number would otherwise be lost.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# A dialogue over a page hides all of it from screen readers; a browser still finds what it folded.
_HIDDEN = (
    "//body//*[(@hidden and @hidden != 'until-found') or @aria-hidden = 'true']"
    "[not(descendant-or-self::main or descendant::h1)]"
)


def read(data: bytes, name: str) -> Reading:
    """The main content of a page as a report of one page.

    Raises `UnreadableError` for a page without content, and for an error page, which it names.
    """
    page = trafilatura.load_html(data) if len(data) <= _MOST_BYTES else None
    if page is None:
        raise UnreadableError(f"{name} is no web page that can be read; save it as text or PDF.")
    _clear(page)
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


def _clear(page: HtmlElement) -> None:
    """Leaves a space in place of each character that XML forbids."""
    for element in page.iter():
        if element.text and _NOT_XML.search(element.text):
            element.text = _NOT_XML.sub(" ", element.text)
        if element.tail and _NOT_XML.search(element.tail):
            element.tail = _NOT_XML.sub(" ", element.tail)


def _main_content(page: HtmlElement) -> etree._Element | None:
    """The article without navigation, as trafilatura's own small vocabulary of elements."""
    for element in page.xpath(_HIDDEN):
        element.drop_tree()
    tidy(page)
    for table in page.iter("table"):
        _join_headings(table)
    captions = {text_of(caption) for caption in page.iter("figcaption")}
    for element in page.iter("figure", "figcaption"):  # which trafilatura would leave out
        element.tag = "div" if element.tag == "figure" else "p"
    found = trafilatura.bare_extraction(
        page,
        favor_recall=True,
        include_tables=True,
        include_comments=False,
        with_metadata=False,  # its dates are guesses; `html_properties` takes what is stated
    )
    if not isinstance(found, Document):
        return None
    for element in found.body.iter("p"):
        if text_of(element) in captions:
            element.set("rend", "caption")
    return found.body


def _join_headings(table: HtmlElement) -> None:
    """Makes one row of the rows of headings; of those, trafilatura knows but the first."""
    rows = list(rows_of(table))
    heads = list(takewhile(_is_heading, dropwhile(lambda row: len(row) < 2, rows)))
    if not 1 < len(heads) < len(rows):
        return
    for column, cell in enumerate(heads[0]):
        texts = (text_of(row[column]) for row in heads if column < len(row))
        put_text(cell, joined_heading(texts))
        cell.tag = "th"
    for row in heads[1:]:
        row.drop_tree()


def _is_heading(row: HtmlElement) -> bool:
    return len(row) > 1 and (
        row.getparent().tag == "thead"
        or all(c.tag == "th" for c in row if c.text_content().strip())
    )
