"""Opens the zip archive that a document is, refusing bombs and names outside it."""

import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath

from lxml import etree

from ingest.errors import UnreadableError

DAMAGE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, KeyError)
"""What zipfile raises for damage; RuntimeError is an encrypted archive, KeyError a missing part."""

_MOST_UNPACKED = 200_000_000  # bytes of all parts together
_LARGEST_PART = 50_000_000  # bytes of XML; its tree takes ten times as much
_MOST_PARTS = 10_000
_MARKUP = (".xml", ".rels", ".xhtml", ".html", ".htm", ".opf", ".ncx")


def opened(data: bytes, name: str) -> zipfile.ZipFile:
    """The archive, by the sizes that it states; unpacking stops at these sizes.

    Raises UnreadableError for one that unpacks to too much, or names files outside itself, and one
    of `DAMAGE` where it is damaged.
    """
    archive = zipfile.ZipFile(BytesIO(data))
    parts = archive.infolist()
    largest = max((p.file_size for p in parts if p.filename.endswith(_MARKUP)), default=0)
    if (
        sum(part.file_size for part in parts) > _MOST_UNPACKED
        or largest > _LARGEST_PART
        or len(parts) > _MOST_PARTS
    ):
        raise UnreadableError(f"{name} unpacks to far more than a report holds; it is refused.")
    for part in parts:
        path = PurePosixPath(part.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts:
            raise UnreadableError(f"{name} names files outside itself; it is refused.")
    return archive


def xml_of(markup: bytes, name: str) -> etree._Element:
    """The root element of a part; raises UnreadableError where it declares entities or is broken.

    What is broken in places is read as far as it goes.
    """
    if b"<!ENTITY" in markup or "<!ENTITY".encode("utf-16-le") in markup:
        raise UnreadableError(f"{name} declares XML entities, as no report does; it is refused.")
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(markup, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"{name} is damaged; supply it again.") from error
    if root is None:
        raise UnreadableError(f"{name} is damaged; supply it again.")
    return root
