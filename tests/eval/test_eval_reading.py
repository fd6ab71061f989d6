"""The reading measure: what it counts as right, on PDFs made here and on real ones."""

import json
import shutil
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from click.testing import CliRunner

from eval.reading import compared, headings_found, main
from eval.reading_reference import Reference, words
from ingest.report import Block, BlockKind, Reading

NAMES = "_(?P<place>.+?)__.+---(?P<published>.+)[.]pdf"
LINES = (
    "Inspection of Anytown local authority children's services",
    "Leaders in Anytown have a plan, and the whole of the staff knows what the",
    "self-evaluation said of the forty cases that inspectors looked at in 2024.",
)


def pdf(lines: tuple[str, ...]) -> bytes:
    raw = pdfium.raw
    document = pdfium.PdfDocument.new()
    page = document.new_page(595, 842)
    for number, line in enumerate(lines):
        item = raw.FPDFPageObj_NewTextObj(document, b"Helvetica", 18 if number == 0 else 11)
        encoded = (line + "\0").encode("utf-16-le")
        raw.FPDFText_SetText(item, (raw.FPDF_WCHAR * (len(encoded) // 2)).from_buffer_copy(encoded))
        raw.FPDFPageObj_Transform(item, 1, 0, 0, 1, 72, 600 - 14 * number - 20 * (number > 0))
        raw.FPDFPage_InsertObject(page, item)
    page.gen_content()
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_folder_is_measured(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "1_anytown__inspection---15-may-2024.pdf").write_bytes(pdf(LINES))
    (folder / "2_anytown__inspection---16-may-2024.pdf").write_bytes(b"%PDF-1.7 broken")
    ran = CliRunner().invoke(
        main, ["--documents", str(folder), "--names", NAMES, "--store", "--json"]
    )
    assert ran.exit_code == 0, ran.output
    found = json.loads(ran.output)
    assert (found["documents"], found["pages"], len(found["failed"])) == (2, 1, 1)
    assert found["pages_same"] == found["mean_similarity"] == 1
    assert found["fields"] == {
        "place": [1, 1],
        "place, name withheld": [1, 1],
        "published": [1, 1],
        "published, name withheld": [0, 1],
    }
    assert set(found["seconds"]) == {"reading", "dividing", "embedding", "storing"}
    assert found["peak_mb"] > 10


def test_the_table_names_the_worst_pages(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(pdf(LINES))
    ran = CliRunner().invoke(main, ["--documents", str(tmp_path), "--worst", "1"])
    assert "pages with the same words                    100.0 per cent" in ran.output
    assert "1.000  report.pdf page 1" in ran.output


def test_white_space_hyphens_marks_and_item_numbers_do_not_count() -> None:
    ours = "The self-harm rate fell. Leaders know post-16 work, 18.5% of it."
    theirs = "1. The self-\nharm rate fell.3 Leaders know\n post-16 work,\n18.5% of it."
    assert words(ours) == words(theirs)
    assert words("18 cases") != words("19 cases")


def test_what_is_missing_and_what_is_too_much_is_told_by_page() -> None:
    text = "Alpha beta.\n\nGamma delta."
    reading = Reading(text, (Block(BlockKind.HEADING, 0, 11),), (0, 13))
    reference = Reference(("alpha beta omega", "delta gamma"), ("Alpha beta", "Omega"))
    first, second = compared("report.pdf", reading, reference)
    assert (first.missing, first.extra, first.same) == (("omega",), (), False)
    assert first.similarity == pytest.approx(0.8)
    assert (second.similarity, second.same) == (1, False)
    assert headings_found(reading, reference) == (1, 2)


def test_a_folder_without_pdfs_is_refused_in_a_sentence(tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["--documents", str(tmp_path)])
    assert ran.exit_code == 1
    assert "holds no PDF; name a folder that does." in ran.output


def test_real_reports_are_read_as_the_second_library_reads_them(
    shared: Path, tmp_path: Path
) -> None:
    for path in sorted((shared / "corpus" / "childrens-services").glob("*.pdf"))[::60]:
        shutil.copy(path, tmp_path)
    ran = CliRunner().invoke(main, ["--documents", str(tmp_path), "--names", NAMES, "--json"])
    found = json.loads(ran.output)
    assert found["mean_similarity"] > 0.995
    assert found["fields"]["place"] == found["fields"]["published"] == [2, 2]
