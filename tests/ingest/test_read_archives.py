"""ODT and EPUB, made here part by part, and what the readers must make of them."""

import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from ingest.errors import UnreadableError
from ingest.readers import format_of, read
from ingest.report import BlockKind, Reading
from ingest.sources import find_sources

PROSE = "The inspectors looked at forty cases in the region and found most of them wanting."
ODT = "application/vnd.oasis.opendocument.text"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
    for prefix in ("office", "style", "text", "table", "draw")
)
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
)
BOOK = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
<metadata xmlns:opf="http://www.idpf.org/2007/opf"><dc:title>Work in Anytown</dc:title>
<dc:publisher>HM Inspectorate of Probation</dc:publisher>
<dc:date opf:event="modification">2025-01-01</dc:date><dc:date>2024-05-15</dc:date></metadata>
<manifest><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
<item id="two" href="text/two%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="one" href="text/one.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="nav"/><itemref idref="one"/><itemref idref="two"/></spine></package>"""


def archive(parts: dict[str, str]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return buffer.getvalue()


def odt(body: str, *, styles: str = "", **parts: str) -> bytes:
    content = (
        f"<office:document-content {NAMESPACES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return archive({"mimetype": ODT, "content.xml": content} | parts)


def epub(one: str, two: str = f"<p>{PROSE}</p>", **parts: str) -> bytes:
    def page(body: str) -> str:
        return (
            '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
            'xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head>'
            f"<body>{body}</body></html>"
        )

    return archive(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OPS/book.opf": BOOK,
            "OPS/nav.xhtml": page("<nav><ol><li>Contents</li></ol></nav>"),
            "OPS/text/one.xhtml": page(one),
            "OPS/text/two b.xhtml": page(two),
        }
        | parts
    )


def blocks(reading: Reading) -> list[tuple[BlockKind, str]]:
    return [(block.kind, reading.text[block.start : block.end]) for block in reading.blocks]


def leads(reading: Reading, text: str) -> list[str]:
    (block,) = [b for b in reading.blocks if reading.text[b.start : b.end] == text]
    return [reading.text[start:end] for start, end in block.lead]


def test_an_odt_gives_headings_lists_tables_and_notes_in_order() -> None:
    reading = read(
        odt(
            '<text:p text:style-name="P1">Inspection of Anytown</text:p>'
            "<text:table-of-content><text:p>Staffing 2</text:p></text:table-of-content>"
            '<text:h text:outline-level="2">Staffing</text:h>'
            f"<text:p>{PROSE}<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            "<text:p>Of all cases.</text:p></text:note-body></text:note></text:p>"
            "<text:p>The unit<text:s text:c='3'/>needs to:</text:p>"
            "<text:list><text:list-item><text:p>hire staff</text:p><text:list><text:list-item>"
            "<text:p>of grade one</text:p></text:list-item></text:list></text:list-item>"
            "<text:list-item><text:p>keep them</text:p></text:list-item></text:list>"
            "<table:table><table:table-header-rows><table:table-row>"
            "<table:table-cell><text:p>Region</text:p></table:table-cell>"
            "<table:table-cell><text:p>Share</text:p></table:table-cell>"
            "</table:table-row></table:table-header-rows><table:table-row>"
            "<table:table-cell><text:p>North</text:p></table:table-cell>"
            "<table:table-cell table:number-columns-repeated='99999999'><text:p>18%</text:p>"
            "</table:table-cell></table:table-row></table:table>",
            styles='<style:style style:name="P1" style:parent-style-name="Title"/>',
        ),
        "report.odt",
    )
    assert blocks(reading) == [
        (BlockKind.HEADING, "Inspection of Anytown"),
        (BlockKind.HEADING, "Staffing"),
        (BlockKind.PARAGRAPH, PROSE),
        (BlockKind.NOTE, "¹ Of all cases."),
        (BlockKind.PARAGRAPH, "The unit needs to:"),
        (BlockKind.ITEM, "hire staff"),
        (BlockKind.ITEM, "of grade one"),
        (BlockKind.ITEM, "keep them"),
        (BlockKind.HEADER, "Region\tShare"),
        (BlockKind.ROW, "North\t18%"),
    ]
    assert [b.level for b in reading.blocks if b.kind is BlockKind.HEADING] == [1, 2]
    assert leads(reading, "of grade one") == ["The unit needs to:", "hire staff"]
    assert leads(reading, "North\t18%") == ["Region\tShare"]


def test_what_hangs_inside_a_text_box_of_an_odt_is_read_once() -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>Of all.</text:p></text:note-body></text:note>"
    )
    within = f"<text:p>{PROSE}{note}</text:p>"
    for depth in range(20):
        within = (
            f"<text:p>Box {depth} is one of the twenty.<draw:frame><draw:text-box>{within}"
            "</draw:text-box></draw:frame></text:p>"
        )
    reading = read(odt(within), "report.odt")
    told = [text for _, text in blocks(reading)]
    assert told == [
        *(f"Box {depth} is one of the twenty." for depth in reversed(range(20))),
        PROSE,
        "¹ Of all.",
    ]


def test_an_odt_gives_merged_cells_and_notes_wherever_they_hang() -> None:
    def cell(text: str, covers: str = "") -> str:
        return f"<table:table-cell {covers}><text:p>{text}</text:p></table:table-cell>"

    covered = "<table:covered-table-cell/>"
    note = (
        "<text:note><text:note-citation>*</text:note-citation><text:note-body>"
        "<text:p>Of all.</text:p></text:note-body></text:note>"
    )
    rows = (
        cell("Risk", 'table:number-rows-spanned="2"')
        + cell("2023", 'table:number-columns-spanned="2"')
        + covered,
        covered + cell("Men") + cell("Women"),
        cell(f"High{note}") + cell("10", 'table:number-columns-repeated="2"'),
    )
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    reading = read(
        odt(
            "<text:p>In 2023<text:span text:style-name='T1'>1</text:span> it grew.</text:p>"
            f"<table:table>{table}</table:table>",
            styles='<style:style style:name="T1">'
            '<style:text-properties style:text-position="super 58%"/></style:style>',
        ),
        "report.odt",
    )
    assert blocks(reading) == [
        (BlockKind.PARAGRAPH, "In 2023 it grew."),
        (BlockKind.HEADER, "Risk\t2023 Men\t2023 Women"),
        (BlockKind.ROW, "High\t10\t10"),
        (BlockKind.NOTE, "* Of all."),
    ]


def test_what_was_deleted_or_remarked_in_an_odt_is_not_its_text() -> None:
    reading = read(
        odt(
            "<text:tracked-changes><text:p>Half of them were late.</text:p></text:tracked-changes>"
            f"<text:p>{PROSE}<office:annotation><text:p>Really?</text:p></office:annotation></text:p>"
        ),
        "report.odt",
    )
    assert reading.text == PROSE


def test_an_odt_states_its_title() -> None:
    meta = '<a xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Anytown</dc:title></a>'
    data = odt(f"<text:p>{PROSE}</text:p>", **{"meta.xml": meta})
    assert read(data, "report.odt").properties == {"title": "Anytown"}


def test_an_epub_gives_its_chapters_in_reading_order_with_their_structure() -> None:
    reading = read(
        epub(
            "<section><h1>Staffing&nbsp;now</h1>Loose <b>bold</b> text of the unit.<br/>"
            f"<div><p>{PROSE}<a epub:type='noteref' href='#n1'>1</a></p></div>"
            "<p>The unit needs to:</p><ul><li><p>hire staff</p><ul><li>of grade one</li></ul></li>"
            "<li>keep them</li></ul><table><caption>Table 1: Shares</caption>"
            "<tr><th>Region</th><th>Share</th></tr><tr><td>North</td><td>18%</td></tr></table>"
            "<script>alert(1)</script></section>",
            f"<h2>Vacancies</h2><p>{PROSE}</p>",
        ),
        "book.epub",
    )
    assert blocks(reading) == [
        (BlockKind.HEADING, "Staffing now"),
        (BlockKind.PARAGRAPH, "Loose bold text of the unit."),
        (BlockKind.PARAGRAPH, PROSE),
        (BlockKind.PARAGRAPH, "The unit needs to:"),
        (BlockKind.ITEM, "hire staff"),
        (BlockKind.ITEM, "of grade one"),
        (BlockKind.ITEM, "keep them"),
        (BlockKind.CAPTION, "Table 1: Shares"),
        (BlockKind.HEADER, "Region\tShare"),
        (BlockKind.ROW, "North\t18%"),
        (BlockKind.HEADING, "Vacancies"),
        (BlockKind.PARAGRAPH, PROSE),
    ]
    assert leads(reading, "of grade one") == ["The unit needs to:", "hire staff"]
    assert reading.properties == {
        "title": "Work in Anytown",
        "publisher": "HM Inspectorate of Probation",
        "published": "2024-05-15",
    }


def test_an_epub_gives_merged_cells_notes_captions_and_terms() -> None:
    reading = read(
        epub(
            f"<h1>Staffing</h1><p>{PROSE}</p><p>In 2023<sup>2</sup> it had 34 staff in 12 km"
            "<sup>2</sup>.</p><aside epub:type='footnote'><p>2 Of all.</p></aside>"
            "<figure><figcaption>The trend</figcaption></figure>"
            "<dl><dt>Staff</dt><dd>34</dd></dl>"
            "<table><tr><th rowspan='2'>Risk</th><th colspan='2'>2023</th></tr>"
            "<tr><th>Men</th><th>Women</th></tr><tr><td>High</td><td>10</td><td/></tr></table>"
        ),
        "book.epub",
    )
    assert blocks(reading)[2:-1] == [
        (BlockKind.PARAGRAPH, "In 2023 it had 34 staff in 12 km²."),
        (BlockKind.NOTE, "2 Of all."),
        (BlockKind.CAPTION, "The trend"),
        (BlockKind.ITEM, "Staff: 34"),
        (BlockKind.HEADER, "Risk\t2023 Men\t2023 Women"),
        (BlockKind.ROW, "High\t10\t"),
    ]


ENTITY = '<!DOCTYPE a [<!ENTITY b "boom">]>'
PROTECTED = (
    '<e xmlns="urn:x"><CipherReference URI="OPS/text/one.xhtml"/></e>',
    '<e xmlns="urn:x"><CipherReference URI="OPS/font.otf"/></e>',
)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (odt("", **{"content.xml": f"{ENTITY}<a>&b;</a>"}), "declares XML entities"),
        (epub("x", **{"OPS/text/one.xhtml": f"{ENTITY}<html/>"}), "declares XML entities"),
        (epub("x", **{"OPS/book.opf": f"{ENTITY}<package/>"}), "declares XML entities"),
        (odt(f"<text:p>{PROSE}</text:p>", **{"../../evil.xml": "x"}), "outside itself"),
        (odt(f"<text:p>{PROSE}</text:p>", **{"/etc/evil.xml": "x"}), "outside itself"),
        (epub("x", **{"big.xhtml": " " * 50_000_001}), "far more than a report"),
        (epub("x", **{"META-INF/encryption.xml": PROTECTED[0]}), "protected against copying"),
        (epub("", "", **{}), "holds no text"),
        (odt(""), "holds no text"),
        (odt("", **{"content.xml": "no markup"}), "damaged"),
        (odt("", **{"content.xml": "<a/>"}), "damaged"),
        (epub("x", **{"META-INF/container.xml": "<a/>"}), "damaged"),
        (epub("x", **{"OPS/book.opf": BOOK.replace("one.xhtml", "../../../x")}), "damaged"),
        (odt(f"<text:p>{PROSE}</text:p>")[:200], "damaged"),
        (archive({"mimetype": ODT.replace("text", "spreadsheet")}), "spreadsheet"),
        (archive({"xl/workbook.xml": "<a/>"}), "spreadsheet"),
        (rb"{\rtf1\ansi Report}", "rich text"),
    ],
)
def test_a_damaged_or_hostile_archive_is_refused_in_one_sentence(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableError, match=says) as refusal:
        read(data, "thing")
    message = str(refusal.value)
    assert message.startswith("thing") and message.endswith(".") and "\n" not in message


def test_encrypted_fonts_do_not_keep_a_book_from_being_read() -> None:
    data = epub(f"<p>{PROSE}</p>", **{"META-INF/encryption.xml": PROTECTED[1]})
    assert PROSE in read(data, "book.epub").text


def test_deep_nesting_neither_crashes_nor_hangs() -> None:
    deep = 200
    lists = "<text:list><text:list-item>" * deep + "</text:list-item></text:list>" * deep
    assert PROSE in read(odt(f"<text:p>{PROSE}</text:p>{lists}"), "deep.odt").text
    nested = "<div><ul><li>" * deep + "</li></ul></div>" * deep
    assert PROSE in read(epub(f"<p>{PROSE}</p>{nested}"), "deep.epub").text


def test_cells_that_cover_too_much_neither_crash_nor_hang() -> None:
    row = "<tr><td colspan='99' rowspan='99'>a</td><td colspan='99999999'>b</td></tr>"
    nested = "<table><tr><td colspan='99'>" * 40 + PROSE + "</td><td/></tr></table>" * 40
    begun = time.monotonic()
    assert (
        PROSE in read(epub(f"<p>{PROSE}</p><table>{row * 1000}</table>{nested}"), "wide.epub").text
    )
    marks = "<p>" + "<sup>1</sup> " * 5_000 + "</p>"
    assert PROSE in read(epub(f"<p>{PROSE}</p>{marks}"), "marks.epub").text
    assert time.monotonic() - begun < 10


def test_folders_are_searched_for_them_and_content_tells_them(tmp_path: Path) -> None:
    book, text = epub(f"<p>{PROSE}</p>"), odt(f"<text:p>{PROSE}</text:p>")
    (tmp_path / "a.epub").write_bytes(book)
    (tmp_path / "b.odt").write_bytes(text)
    assert [source.name for source in find_sources([str(tmp_path)])] == ["a.epub", "b.odt"]
    assert [format_of(data, "x.pdf") for data in (book, text)] == ["epub", "odt"]
