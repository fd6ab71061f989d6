"""Reads EPUB books: the chapters in reading order, put into the elements of a web page."""

import html
import posixpath
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from ingest.errors import UnreadableError
from ingest.readers.archive import DAMAGE, opened, xml_of
from ingest.readers.elements import reading_of
from ingest.readers.markup import INLINE, is_note, name_of, tidy
from ingest.report import Reading

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_MOST_CHAPTERS = 5_000
_DEEPEST = 100  # elements inside one another
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30};)")
_HEADING = re.compile(r"h([1-6])")
_SKIPPED = frozenset("script style nav svg math head template audio video object iframe".split())
_LISTS = frozenset("ul ol dl menu".split())
_ITEMS = frozenset("li dt dd".split())
_CELLS = frozenset(("td", "th"))
_CAPTIONS = frozenset(("caption", "figcaption"))
_LEAVES = frozenset("p pre caption figcaption address summary".split())


def read(data: bytes, name: str) -> Reading:
    """The book as a report of one page; raises `UnreadableError` for damage, bombs and protection."""
    try:
        with opened(data, name) as archive:
            package_path = _package_path(archive, name)
            package = xml_of(archive.read(package_path), name)
            chapters = _chapter_paths(package, posixpath.dirname(package_path))
            _refuse_protected(archive, chapters, name)
            elements: list[etree._Element] = []
            for path in chapters:
                page = _page(archive.read(path), name)
                tidy(page)
                body = _find(page, "body")
                elements += _blocks(body, 0) if body is not None else ()
    except DAMAGE as error:
        raise UnreadableError(f"{name} is damaged or protected; supply it again.") from error
    reading = reading_of(elements, _properties(package))
    if not reading.text.strip():
        raise UnreadableError(f"{name} holds no text; supply a document with text in it.")
    return reading


def _package_path(archive: zipfile.ZipFile, name: str) -> str:
    container = xml_of(archive.read(_CONTAINER), name)
    for element in container.iter("{*}rootfile"):
        return unquote(element.get("full-path", ""))
    raise KeyError("rootfile")


def _chapter_paths(package: etree._Element, folder: str) -> list[str]:
    """The chapters in the order of the book's spine, without its contents page."""
    contents = {
        unquote(guide.get("href", "")).partition("#")[0]
        for guide in package.iter("{*}reference")
        if guide.get("type") == "toc"
    }
    items = {
        item.get("id"): item
        for item in package.iter("{*}item")
        if "nav" not in (item.get("properties") or "").split()
        and "html" in (item.get("media-type") or "")
        and unquote(item.get("href", "")) not in contents
    }
    chosen = [
        items[ref.get("idref")] for ref in package.iter("{*}itemref") if ref.get("idref") in items
    ]
    paths = [posixpath.normpath(posixpath.join(folder, unquote(i.get("href", "")))) for i in chosen]
    return list(dict.fromkeys(paths))[:_MOST_CHAPTERS]


def _refuse_protected(archive: zipfile.ZipFile, chapters: list[str], name: str) -> None:
    """Fonts may be encrypted in any book; where a chapter is, nobody can read it."""
    if _ENCRYPTION not in archive.namelist():
        return
    listed = xml_of(archive.read(_ENCRYPTION), name).iter("{*}CipherReference")
    if {unquote(element.get("URI", "")) for element in listed} & set(chapters):
        raise UnreadableError(f"{name} is protected against copying; supply it without that.")


def _page(markup: bytes, name: str) -> etree._Element:
    """A chapter's root; the named characters of HTML are put in, since no DTD is loaded."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", markup.decode(_encoding(markup), errors="replace"))
    return xml_of(_NAMED.sub(lambda found: html.unescape(found[0]), text).encode(), name)


def _encoding(markup: bytes) -> str:
    """Chapters are in UTF-8 or UTF-16."""
    return "utf-16" if markup.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"


def _properties(package: etree._Element) -> dict[str, str]:
    """Title, publisher and date of publication, as the book states them."""
    found: dict[str, str] = {}
    for tag, key in (("title", "title"), ("publisher", "publisher"), ("date", "published")):
        for element in package.iter(f"{{http://purl.org/dc/elements/1.1/}}{tag}"):
            event = element.get("{http://www.idpf.org/2007/opf}event", "publication")
            if key not in found and event == "publication" and (element.text or "").strip():
                found[key] = " ".join((element.text or "").split())
    return found


def _blocks(parent: etree._Element, depth: int) -> Iterator[etree._Element]:
    """The contents of an element as blocks; loose text between blocks becomes paragraphs."""
    run = etree.Element("p")
    _append(run, parent.text)
    for child in parent:
        tag = name_of(child)
        if tag in INLINE:
            _inline(run, child, depth + 1)
        elif depth < _DEEPEST:
            if _says(run):
                yield run
            run = etree.Element("p")
            if tag not in _SKIPPED:
                yield from _block(child, tag, depth + 1)
        _append(run, child.tail)
    if _says(run):
        yield run


def _block(element: etree._Element, tag: str, depth: int) -> Iterator[etree._Element]:
    if heading := _HEADING.fullmatch(tag):
        made = etree.Element("head", rend=f"h{heading[1]}")
        _inline(made, element, depth)
        yield made
    elif tag in _LEAVES:
        made = etree.Element("p", {"rend": "caption"} if tag in _CAPTIONS else {})
        _inline(made, element, depth)
        if _says(made):
            yield made
    elif tag in _LISTS:
        yield _list(element, depth)
    elif tag == "table":
        yield from _table(element, depth)
    else:
        for made in _blocks(element, depth):
            if is_note(element) and made.tag == "p":
                made.set("rend", "note")
            yield made


def _list(element: etree._Element, depth: int) -> etree._Element:
    made = etree.Element("list")
    for child in element:
        if name_of(child) in _ITEMS:
            item = etree.SubElement(made, "item")
            _append(item, child.text)
            for inner in child:
                if name_of(inner) in _LISTS and depth < _DEEPEST:
                    item.append(_list(inner, depth + 1))
                else:
                    _inline(item, inner, depth + 1)
                _append(item, inner.tail)
        elif name_of(child) in _LISTS and depth < _DEEPEST:  # wrong, and common
            made.extend(_list(child, depth + 1))
    return made


def _table(element: etree._Element, depth: int) -> Iterator[etree._Element]:
    """The caption as a paragraph of its own, then the rows; a nested table is text of its cell."""
    made = etree.Element("table")
    for child in element.iter("{*}caption", "{*}tr", "caption", "tr"):
        if _table_of(child) is not element:
            continue
        if name_of(child) == "caption":
            yield from _block(child, "caption", depth)
            continue
        row = etree.SubElement(made, "row")
        for cell in child:
            if name_of(cell) in _CELLS:
                put = etree.SubElement(
                    row, "cell", {"role": "head"} if name_of(cell) == "th" else {}
                )
                _inline(put, cell, depth)
    yield made


def _table_of(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors("{*}table", "table"), None)


def _inline(target: etree._Element, element: etree._Element, depth: int) -> None:
    """Appends the text of an element."""
    tag = name_of(element)
    if tag in _SKIPPED:
        return
    if tag == "br":
        etree.SubElement(target, "lb")
        return
    _append(target, element.text)
    for child in element:
        if depth < _DEEPEST:
            if name_of(child) not in INLINE:
                _append(target, " ")
            _inline(target, child, depth + 1)
        _append(target, child.tail)


def _append(target: etree._Element, text: str | None) -> None:
    text = re.sub(r"\s+", " ", text or "")
    if not text:
        return
    if len(target):
        target[-1].tail = (target[-1].tail or "") + text
    else:
        target.text = (target.text or "") + text


def _says(element: etree._Element) -> bool:
    return bool("".join(map(str, element.itertext())).strip())


def _find(page: etree._Element, tag: str) -> etree._Element | None:
    return next((element for element in page.iter() if name_of(element) == tag), None)
