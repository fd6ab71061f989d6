"""PDFs whose pages are images of text, made here: recognised, or refused with what mends it."""

import subprocess
import sys
import textwrap
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.errors import UnreadableError
from ingest.library import Library
from ingest.pipeline import ingest
from ingest.readers import pdf_scans, read
from ingest.report import BlockKind, Reading
from ingest.settings import Settings

needs_ocr = pytest.mark.skipif(
    find_spec("rapidocr") is None, reason=f"the extra ocr is not installed ({pdf_scans.INSTALL})"
)
DPI = 150
TITLE = "Inspection of Anytown"
BODY = (
    "The inspectors looked at forty cases in the town and found most of them wanting. In half of "
    "them, 18 per cent of all, nobody had asked the neighbours. The leaders have a plan for this."
)


def picture(title: str, body: str) -> Image.Image:
    """A page of A4 in black and white, as a scanner gives it."""
    page = Image.new("L", (8 * DPI, 11 * DPI), 255)
    draw = ImageDraw.Draw(page)
    if title:
        draw.text((DPI, DPI), title, fill=0, font=ImageFont.load_default(20 * DPI / 72))
    for number, line in enumerate(textwrap.wrap(body, 70)):
        place = (DPI, 1.6 * DPI + number * 15 * DPI / 72)
        draw.text(place, line, fill=0, font=ImageFont.load_default(11 * DPI / 72))
    return page


def scan(*pictures: Image.Image) -> bytes:
    buffer = BytesIO()
    pictures[0].save(buffer, "PDF", save_all=True, append_images=pictures[1:], resolution=DPI)
    return buffer.getvalue()


def with_text_page(data: bytes, text: str) -> bytes:
    """The PDF with a page of real text before its pages."""
    document = pdfium.PdfDocument(data)
    page = document.new_page(595, 842, 0)
    raw = pdfium.raw
    for number, line in enumerate(textwrap.wrap(text, 80)):
        item = raw.FPDFPageObj_NewTextObj(document, b"Helvetica", 11)
        encoded = (line + "\0").encode("utf-16-le")
        units = (raw.FPDF_WCHAR * (len(encoded) // 2)).from_buffer_copy(encoded)
        raw.FPDFText_SetText(item, units)
        raw.FPDFPageObj_Transform(item, 1, 0, 0, 1, 72, 700 - 14 * number)
        raw.FPDFPage_InsertObject(page, item)
    page.gen_content()
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def of_kind(reading: Reading, kind: BlockKind) -> list[str]:
    return [reading.text[b.start : b.end] for b in reading.blocks if b.kind is kind]


@needs_ocr
def test_a_scan_is_recognised_with_its_structure_and_says_so() -> None:
    reading = read(scan(picture(TITLE, BODY), picture("", BODY)), "scan.pdf")
    assert of_kind(reading, BlockKind.HEADING) == [TITLE]
    assert of_kind(reading, BlockKind.PARAGRAPH) == [BODY, BODY]
    assert len(reading.page_starts) == 2
    assert reading.note == (
        "The text of pages 1 and 2 was recognised from images (OCR) and may have errors."
    )


@needs_ocr
def test_only_the_pages_without_text_are_recognised() -> None:
    typed = "The chief inspector wrote this page with a word processor, and it needs no reading."
    reading = read(with_text_page(scan(picture(TITLE, BODY)), typed), "mixed.pdf")
    assert of_kind(reading, BlockKind.PARAGRAPH) == [typed, BODY]
    assert reading.note.startswith("The text of page 2 was recognised")


@needs_ocr
def test_an_image_without_text_is_refused() -> None:
    with pytest.raises(UnreadableError, match="no text on any page; supply a better copy"):
        read(scan(Image.new("L", (800, 1100), 90)), "grey.pdf")


@needs_ocr
def test_the_note_is_kept_with_the_report(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(scan(picture(TITLE, BODY)))
    with Library.open(settings) as library:
        summary = ingest(library, ["scan.pdf"], settings)
        note = library.find("scan.pdf").description.note
    assert "page 1 was recognised" in note
    assert [outcome.reason for outcome in summary.added] == [note]


def test_without_the_extra_a_scan_is_refused_with_the_command_that_adds_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf_scans, "recogniser", lambda: None)
    with pytest.raises(UnreadableError) as refusal:
        read(scan(picture(TITLE, BODY)), "scan.pdf")
    assert str(refusal.value) == (
        "scan.pdf is a scan, its pages are images; pip install 'findings-assistant[ocr]' adds "
        "what reads them."
    )


def test_without_the_extra_the_pages_that_were_not_read_are_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf_scans, "recogniser", lambda: None)
    typed = "The chief inspector wrote this page with a word processor, and it needs no reading."
    reading = read(with_text_page(scan(picture(TITLE, BODY)), typed), "mixed.pdf")
    assert reading.text == typed
    assert reading.note.startswith("Page 2 is an image and was not read; pip install")


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ([0], "page 1"),
        ([0, 1], "pages 1 and 2"),
        ([2, 3, 4], "pages 3 to 5"),
        ([0, 2, 3, 4, 8], "pages 1, 3 to 5 and 9"),
    ],
)
def test_pages_are_named_in_runs(pages: list[int], said: str) -> None:
    assert pdf_scans.page_list(pages) == said


@needs_ocr
def test_recognition_asks_no_network() -> None:
    """In a process of its own, so that a connection made before this test cannot serve it."""
    code = (
        "import socket, sys\n"
        "def refuse(*_): raise AssertionError('it reached for the network')\n"
        "socket.socket.connect = refuse\n"
        "from ingest.readers import read\n"
        "print(read(sys.stdin.buffer.read(), 'scan.pdf').text)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        input=scan(picture(TITLE, BODY)),
        capture_output=True,
        check=True,
    )
    assert TITLE in ran.stdout.decode(), ran.stderr.decode()
