"""Given a document of any format, its text, blocks and properties; hostile ones are refused."""

import time
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn

from ingest.errors import UnreadableError
from ingest.readable import readable
from ingest.readers import MOST_BYTES, format_of, read
from ingest.report import Block, BlockKind, Reading

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the development corpus is not beside the project"
)
PROSE = "The inspectors looked at forty cases in the region and found most of them wanting."


def of_kind(reading: Reading, *kinds: BlockKind) -> list[str]:
    return [reading.text[b.start : b.end] for b in reading.blocks if b.kind in kinds]


def block_of(reading: Reading, text: str) -> Block:
    """The one block that holds `text`."""
    (found,) = [b for b in reading.blocks if text in reading.text[b.start : b.end]]
    return found


def leads(reading: Reading, text: str) -> list[str]:
    return [reading.text[start:end] for start, end in block_of(reading, text).lead]


def plain(text: str) -> Reading:
    return read(text.encode(), "report.txt")


def assert_sound(reading: Reading) -> None:
    """Blocks stand in order, apart from each other, inside the text, with visible ends.

    A row may end in empty cells.
    """
    at = 0
    for block in reading.blocks:
        assert at <= block.start < block.end <= len(reading.text)
        content = reading.text[block.start : block.end]
        cells = "\t" if block.kind in (BlockKind.ROW, BlockKind.HEADER) else ""
        assert content.strip() and content.rstrip(cells) == content.rstrip()
        for start, end in block.lead:
            assert 0 <= start < end <= len(reading.text)
        at = block.end


# --- telling formats ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "format_"),
    [
        (b"%PDF-1.7\n...", "pdf"),
        (b"\n\n%PDF-1.4\n...", "pdf"),
        (b"<!DOCTYPE html><html><body>x</body></html>", "html"),
        (b"\xef\xbb\xbf<!-- saved -->\n<html lang='en'>", "html"),
        ("<html><head>".encode("utf-16"), "html"),
        (b"# Heading\n\nText", "markdown"),
        (b"| a | b |\n| --- | --- |\n| 1 | 2 |", "markdown"),
        (b"Heading\n=======\n\nText", "markdown"),
        (b"Five < six, and <b>bold</b> words in text.", "plain"),
        (b"Item #1 of the agenda\n\n- one\n- two", "plain"),
    ],
)
def test_the_content_tells_the_format_whatever_the_name(data: bytes, format_: str) -> None:
    assert format_of(data, "misleading.pdf") == format_


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"x\n", "only 1 characters"),
        (bytes(range(256)) * 40, "not a document"),
        (b"\x00" * 500, "not a document"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 100, "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 100, "old or protected"),
        (b"PK\x03\x04 truncated", "damaged"),
        (b"a" * (MOST_BYTES + 1), "larger than 50 MB"),
    ],
)
def test_what_is_no_document_is_refused_in_one_sentence(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableError, match=says) as refusal:
        read(data, "thing.bin")
    message = str(refusal.value)
    assert message.startswith("thing.bin") and message.endswith(".") and "\n" not in message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_give_the_same_text(encoding: str) -> None:
    text = "Café services\n\nThe board’s “plan” cost £22m – more than before, as inspectors said."
    data = text.replace("\n", "\r\n").encode(encoding)
    assert read(data, "report.txt").text == text


# --- plain text --------------------------------------------------------------------------------


def test_plain_text_is_kept_as_it_is_with_inline_markup() -> None:
    text = (
        f"A report\n\nSee **this** and <u>that</u>, $\\underline{{\\text{{there}}}}$.\n\n{PROSE}\n"
    )
    reading = plain(text)
    assert reading.text == text
    assert of_kind(reading, BlockKind.HEADING) == ["A report"]
    assert_sound(reading)


def test_short_lines_over_paragraphs_are_headings_without_blank_lines_too() -> None:
    reading = plain(f"Staffing\n{PROSE} {PROSE}\nWork with victims\n{PROSE} {PROSE}\n")
    assert of_kind(reading, BlockKind.HEADING) == ["Staffing", "Work with victims"]
    assert len(of_kind(reading, BlockKind.PARAGRAPH)) == 2


def test_numbers_tell_the_level_of_headings() -> None:
    reading = plain(f"1. Staffing\n\n{PROSE}\n\n1.2 Vacancies\n\nPublished 3 May 2024\n\n{PROSE}")
    levels = [block.level for block in reading.blocks if block.kind is BlockKind.HEADING]
    assert levels == [1, 2]


def test_wrapped_lines_make_one_paragraph() -> None:
    reading = plain(
        "Leadership\n\nThe leaders of the unit had a plan, and they\nshared it with the staff, who"
        "\nthen carried it out in all of the offices\nthat they ran.\n\nAnother paragraph that is"
        "\nwrapped at the very same width by hand."
    )
    paragraphs = of_kind(reading, BlockKind.PARAGRAPH)
    assert len(paragraphs) == 2
    assert paragraphs[0].endswith("that they ran.")


def test_items_know_the_sentence_that_announces_them() -> None:
    reading = plain(
        f"{PROSE} We gave these ratings:\n\n- leadership: two 'Good'\n- staffing: none\n"
    )
    assert of_kind(reading, BlockKind.ITEM) == ["leadership: two 'Good'", "staffing: none"]
    assert leads(reading, "leadership: two") == ["We gave these ratings:"]


def test_short_lines_after_a_colon_are_items_without_bullets() -> None:
    reading = plain(f"Units were rated on:\n\nLeadership\n\nStaffing\n\nServices\n\n{PROSE}")
    items = of_kind(reading, BlockKind.ITEM)
    assert items[:2] == ["Leadership", "Staffing"]


def test_nested_items_hang_on_their_parent() -> None:
    reading = plain(
        "It had to:\n- plan:\n    - first this thing\n    - then that thing\n- do it all\n"
    )
    assert leads(reading, "then that thing") == ["It had to:", "plan:"]
    assert leads(reading, "do it all") == ["It had to:"]


def test_a_quotation_is_led_by_who_speaks() -> None:
    reading = plain(f"{PROSE} The chief inspector said:\n\n“We need more staff.”\n\n{PROSE}")
    assert leads(reading, "more staff") == ["The chief inspector said:"]


def test_a_list_of_names_is_not_a_row_of_headings() -> None:
    names = "\n\n".join(["Units inspected", "Anyshire", "Bexton", "Ceeford", "Deeham"])
    reading = plain(f"{PROSE}\n\n{names}\n\n{PROSE}".replace(f"\n\n{PROSE}", "", 0))
    headings = of_kind(reading, BlockKind.HEADING)
    assert headings[0] == "Units inspected" and "Bexton" not in headings


@pytest.mark.parametrize("between", ["\n\n", "\n\n12\n\n", "\n\n100% 80% 60% 40% 20% 0%\n\n"])
def test_a_paragraph_cut_inside_a_sentence_is_one_block(between: str) -> None:
    reading = plain(f"{PROSE} Abuse was a factor in 59 per{between}cent of cases that we saw.\n")
    content = of_kind(reading, BlockKind.PARAGRAPH)
    assert content == [f"{PROSE} Abuse was a factor in 59 per{between}cent of cases that we saw."]


def test_tab_table_rows_carry_the_row_that_names_the_columns() -> None:
    reading = plain(
        "Table of ratings\n\nUnits\t\tJudgements\t\nUnit\tPublished\tScore\tStaffing\n"
        "Anyshire\t24/10/2024\t6\t•\n\nBexton\t01/08/2024\t4\t\n\nNA = Not applicable\n"
    )
    assert of_kind(reading, BlockKind.ROW) == [
        "Anyshire\t24/10/2024\t6\t•",
        "Bexton\t01/08/2024\t4\t",
    ]
    for row in ("Anyshire", "Bexton"):
        assert leads(reading, row)[-1] == "Unit\tPublished\tScore\tStaffing"
    assert leads(reading, "Anyshire")[0] == "Table of ratings"
    assert of_kind(reading, BlockKind.NOTE) == ["NA = Not applicable"]


def test_a_table_with_years_as_column_headings() -> None:
    reading = plain("Measure\t2023\t2024\nCases\t10\t20\nStaff\t5\t6\n")
    assert of_kind(reading, BlockKind.HEADER) == ["Measure\t2023\t2024"]
    assert len(of_kind(reading, BlockKind.ROW)) == 2


def test_an_empty_last_cell_does_not_cost_a_row_its_headings() -> None:
    reading = plain("Unit\tScore\tRating\nBexton\t4\tGood\nDeeham\t5\t\n\nFarley\t6\t\n")
    rows = [block for block in reading.blocks if block.kind is BlockKind.ROW]
    assert [reading.text[b.start : b.end].count("\t") for b in rows] == [2, 2, 2]


@pytest.mark.parametrize("joint", [",", "\t"])
def test_a_file_that_is_one_table_is_read_without_its_quotes(joint: str) -> None:
    lines = [
        ("Unit", "Region", "Score"),
        ("Bexton", '"Hills, ""old"" part"', "4"),
        ("Dee", "East", ""),
    ]
    reading = plain("\n".join(joint.join(line) for line in lines))
    assert_sound(reading)
    assert of_kind(reading, BlockKind.ROW) == ['Bexton\tHills, "old" part\t4', "Dee\tEast\t"]
    assert leads(reading, "Bexton") == ["Unit\tRegion\tScore"]


def test_lines_with_commas_are_no_table() -> None:
    text = "We met staff, leaders, and others.\nWe saw 4 cases, 5 plans, and homes.\nIt, too, fell."
    assert plain(text).text == text


def test_a_paragraph_that_announces_nothing_leads_in_no_whole_sentences() -> None:
    notes = "- As of June 2024 all were in post.\n- Of those who were asked."
    reading = plain(f"{PROSE}\n\nEnd of the text of the report.\n\n{notes}\n\n{PROSE}")
    assert leads(reading, "As of June") == []
    reading = plain(f"{PROSE}\n\nWe found the following in the unit.\n\n{notes}\n\n{PROSE}")
    assert leads(reading, "As of June") == ["We found the following in the unit."]


def test_contents_lists_name_the_headings() -> None:
    reading = plain(
        f"A yearly report\n\nContents\n\nStaffing\t3\nServices\t7\nCourts ....... 9\n\n"
        f"Staffing\n\n{PROSE}\n\nKey findings\n\n{PROSE}\n\nServices\n\n{PROSE}\n"
    )
    headings = [(reading.text[b.start : b.end], b.level) for b in reading.blocks if b.level]
    assert headings == [
        ("A yearly report", 1),
        ("Staffing", 1),
        ("Key findings", 2),
        ("Services", 1),
    ]
    assert "Courts ....... 9" in of_kind(reading, BlockKind.FURNITURE)


def test_captions_notes_and_chart_debris() -> None:
    reading = plain(
        f"{PROSE}²\n\n25\n20\n15\nLeadership Staffing\n\nGood Inadequate\n\n"
        f"Figure 2: Ratings by standard\n\n² Statistics bulletin, 2024.\n\n"
        "3 Statistics tables: https://example.org/tables.ods\n\n"
        "Figure 2 shows that few did well.\n"
    )
    assert of_kind(reading, BlockKind.CAPTION) == ["Figure 2: Ratings by standard"]
    assert len(of_kind(reading, BlockKind.NOTE)) == 2
    assert of_kind(reading, BlockKind.PARAGRAPH)[-1] == "Figure 2 shows that few did well."
    assert not of_kind(reading, BlockKind.HEADING)


def test_a_sentence_that_begins_with_a_number_is_no_footnote() -> None:
    reading = plain(f"Ratings\n\n{PROSE}\n\n10 units were rated the lowest of all.\n")
    assert "10 units were rated the lowest of all." in of_kind(reading, BlockKind.PARAGRAPH)


def test_web_furniture_and_licences_answer_nothing() -> None:
    reading = plain(
        f"Skip to content\n\nHope for services\n\nShare on facebook\n\n{PROSE * 5}\n\n"
        f"Share of cases\n\n{PROSE * 5}\n\nAll content is under the Open Government Licence.\n\n"
        f"or write to:\n"
        f"Policy Team,\nThe Archive,\nLondon AB1 2CD\n\nRelated posts\n\n{PROSE}\n\nLeave a Reply\n"
    )
    assert of_kind(reading, BlockKind.HEADING) == ["Hope for services", "Share of cases"]
    assert len(of_kind(reading, BlockKind.PARAGRAPH)) == 2


def test_titles_in_an_appendix_of_publications_are_furniture() -> None:
    reading = plain(
        f"Contents\nStaffing\t2\nAppendix 1: Publications\t4\nAppendix 2: Ratings\t5\n\n"
        f"Staffing\n\n{PROSE}\n\nAppendix 1: Publications\n\nAcademic insights\n\n"
        f"Sport as a way back\n\nStaffing\n\nAppendix 2: Ratings\n\n{PROSE}\n"
    )
    assert of_kind(reading, BlockKind.HEADING) == [
        "Staffing",
        "Appendix 1: Publications",
        "Appendix 2: Ratings",
    ]
    assert not of_kind(reading, BlockKind.ITEM)


def test_a_list_run_together_by_conversion_is_divided_again() -> None:
    reading = plain("Key findings X Too few staff ✓ A clear vision ✓ Committed teams\n\n" + PROSE)
    assert of_kind(reading, BlockKind.ITEM) == [
        "Too few staff",
        "A clear vision",
        "Committed teams",
    ]


def test_form_feeds_begin_pages() -> None:
    reading = plain(f"{PROSE}\n\f{PROSE}\n\fThird page, with a sentence of its own.\n")
    assert len(reading.page_starts) == 3
    assert reading.text[reading.page_starts[2] :].startswith("Third page")


# --- Markdown ----------------------------------------------------------------------------------

MARKDOWN = """\
---
title: 'Digest: a report'
published: 29 April 2025
kind: inspection
digest_of: The report
unknown: [1, 2]
---

# A report

**Staffing**

Some units had
too few staff:

- first item
  goes on
- second item
  1. nested item

Table 1: Scores

| Area | 2023 | 2024 |
|:-----|-----:|------|
| North | 1 | 2 |
| South \\| East | 3 | 4 |

> A quotation of the chief.

<!-- a remark -->

[^1]: The source of this.
"""


def test_markdown_is_read_as_spans_over_itself() -> None:
    reading = read(MARKDOWN.encode(), "notes.txt")
    assert reading.text == MARKDOWN
    assert_sound(reading)
    assert of_kind(reading, BlockKind.HEADING) == ["A report", "**Staffing**"]
    assert of_kind(reading, BlockKind.ROW) == ["North | 1 | 2", "South \\| East | 3 | 4"]
    assert leads(reading, "North") == ["Table 1: Scores", "Area | 2023 | 2024"]
    assert leads(reading, "nested item") == ["Some units had\ntoo few staff:", "second item"]
    assert of_kind(reading, BlockKind.NOTE) == ["[^1]: The source of this."]
    assert of_kind(reading, BlockKind.FURNITURE)[1:] == ["<!-- a remark -->"]


def test_front_matter_becomes_properties() -> None:
    properties = read(MARKDOWN.encode(), "notes.md").properties
    assert properties == {
        "title": "Digest: a report",
        "published": "2025-04-29",
        "kind": "inspection",
        "digest_of": "The report",
    }


@pytest.mark.parametrize("matter", ["a: [", "[" * 5000, "&a [*a]", "- list", "!!python/name:os.x"])
def test_broken_or_hostile_front_matter_does_no_harm(matter: str) -> None:
    reading = read(f"---\n{matter}\n---\n\n# Title\n\n{PROSE}\n".encode(), "notes.md")
    assert PROSE in of_kind(reading, BlockKind.PARAGRAPH)
    assert reading.properties == {}


def test_many_comments_are_soon_passed_over() -> None:
    assert PROSE in read(b"<!-- -->" * 200 + f"\n\n{PROSE}".encode(), "notes.txt").text


def test_raised_numbers_in_tags_are_not_read_with_the_figure_before_them() -> None:
    reading = read(b"# Staff\n\nIt had 34<sup>[1]</sup> staff in 12 km<sup>2</sup>.\n", "r.md")
    (block,) = [b for b in reading.blocks if b.kind is BlockKind.PARAGRAPH]
    shown = readable(reading.text, block.kind, block.start, block.end)
    assert shown == "It had 34 staff in 12 km²."


def test_tab_tables_inside_markdown_are_tables() -> None:
    reading = read(f"# Ratings\n\n{PROSE}\n\nUnit\tScore\nBexton\t4\nDeeham\t5\n".encode(), "r.md")
    assert leads(reading, "Deeham") == ["Unit\tScore"]


# --- HTML --------------------------------------------------------------------------------------

PAGE = f"""<!DOCTYPE html><html><head><title>National inspection | Example site</title>
<link rel="canonical" href="https://example.org/national">
<meta property="og:site_name" content="HM Inspectorate of Examples">
<script type="application/ld+json">{{"@type": "Article", "datePublished": "2025-04-29"}}</script>
</head><body><nav><a href="/">Home</a> <a href="/x">Other pages</a></nav><main><article>
<h1>National inspection</h1><p>{PROSE} It was <b>18 per cent</b> &amp; falling.</p>
<h2>Strengths</h2><p>{PROSE} We found:</p>
<ul><li>good plans</li><li>clear aims:<ul><li>one aim</li></ul></li></ul>
<table><caption>Table 1: Ratings</caption><tr><th>Region</th><th>Rating</th></tr>
<tr><td>North</td><td>Good</td></tr><tr><td>South</td><td>Inadequate</td></tr></table>
<p>{PROSE}</p><p>{PROSE}</p></article></main>
<footer>© Crown copyright 2026</footer></body></html>"""


def test_a_web_page_gives_its_main_content() -> None:
    reading = read(PAGE.encode(), "saved.pdf")
    assert_sound(reading)
    assert of_kind(reading, BlockKind.HEADING) == ["National inspection", "Strengths"]
    assert "It was 18 per cent & falling." in reading.text
    assert leads(reading, "North") == ["Table 1: Ratings", "Region\tRating"]
    assert leads(reading, "one aim") == ["We found:", "clear aims:"]
    assert "Other pages" not in reading.text and "Crown copyright" not in reading.text


def test_a_web_page_states_its_own_particulars() -> None:
    assert read(PAGE.encode(), "saved.html").properties == {
        "title": "National inspection",
        "url": "https://example.org/national",
        "published": "2025-04-29",
        "publisher": "HM Inspectorate of Examples",
    }


def test_a_copyright_year_is_no_publication_date_of_a_page() -> None:
    page = PAGE.replace('"datePublished"', '"dateModified"')
    assert "published" not in read(page.encode(), "saved.html").properties
    page = page.replace("<article>", "<article><p>Published: 3 May 2024</p>")
    assert read(page.encode(), "saved.html").properties["published"] == "2024-05-03"


def web_page(body: str) -> Reading:
    page = (
        f"<html><body><main><h1>A report</h1><p>{PROSE * 3}</p>{body}<p>{PROSE}</p></main></body>"
    )
    return read(page.encode(), "saved.html")


def test_marks_of_notes_are_not_read_with_the_figures_before_them() -> None:
    reading = web_page(
        "<p>In 2023<sup>2</sup> it had 34<sup><a href='#f1'>1</a></sup> staff, <b>41</b><sup>[3]</sup>"
        " new, in 12 km<sup>2</sup>, at 45%<a href='#f4'>4</a>; see table <a href='#t'>5</a>.</p>"
        f"<p><sup>1</sup> As of June.</p><p>{PROSE}</p><div role=doc-endnotes><ol>"
        "<li role=doc-endnote><p>Of all. <a href='#r' role=doc-backlink>↩</a></p></li></ol></div>"
    )
    assert "In 2023 it had 34 staff, 41 new, in 12 km², at 45%; see table 5." in reading.text
    assert of_kind(reading, BlockKind.NOTE) == ["¹ As of June.", "¹ Of all."]


def test_headings_of_two_rows_are_joined_and_merged_cells_told_in_each_row() -> None:
    reading = web_page(
        "<table><tr><th rowspan=2>Region</th><th rowspan=2>Risk</th><th colspan=2>2023</th></tr>"
        "<tr><th>Men</th><th>Women</th></tr><tr><td rowspan=2>Kent</td><td>High</td><td>10</td>"
        "<td></td></tr><tr><td>Low</td><td colspan=2>not known</td></tr></table>"
    )
    assert of_kind(reading, BlockKind.HEADER) == ["Region\tRisk\t2023 Men\t2023 Women"]
    rows = ["Kent\tHigh\t10\t", "Kent\tLow\tnot known\tnot known"]
    assert of_kind(reading, BlockKind.ROW) == rows


def test_a_heading_over_the_second_column_alone_is_no_caption() -> None:
    reading = web_page(
        "<table><tr><th></th><th>Rating</th></tr><tr><td>North</td><td>Good</td></tr></table>"
    )
    assert leads(reading, "North") == ["\tRating"]


def test_captions_and_terms_are_kept_and_hidden_text_is_not() -> None:
    reading = web_page(
        "<figure><img src=x.png><figcaption>Figure 1: Reoffending</figcaption></figure>"
        f"<p>{PROSE}</p><dl><dt>Caseload</dt><dd>120 children</dd><div><dt>Staff:</dt><dd>34</dd></div>"
        "</dl><p hidden>Hidden words.</p><div aria-hidden=true><p>Unseen words.</p></div>"
        "<div hidden=until-found><p>It was folded up.</p></div>"
    )
    assert of_kind(reading, BlockKind.CAPTION) == ["Figure 1: Reoffending"]
    assert of_kind(reading, BlockKind.ITEM) == ["Caseload: 120 children", "Staff: 34"]
    assert "words" not in reading.text and "folded" in reading.text


@pytest.mark.parametrize("title", ["Report not found", "404", "Just a moment...", "Access denied"])
def test_an_error_page_is_refused_by_name(title: str) -> None:
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{PROSE}</p></body>"
    with pytest.raises(UnreadableError, match="web page that says"):
        read(page.encode(), "report.pdf")


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(UnreadableError, match="without text"):
        read(b"<html><body><script>alert(1)</script></body></html>", "report.html")


# --- DOCX --------------------------------------------------------------------------------------


def word_file() -> bytes:
    document = docx.Document()
    document.core_properties.title = "Inspection of Anyshire"
    document.add_heading("Inspection of Anyshire", 0)
    document.add_heading("Staffing", 1)
    document.add_paragraph("There were these gaps:")
    document.add_paragraph("too few officers", style="List Bullet")
    document.add_paragraph("too many cases", style="List Bullet")
    document.add_paragraph("Table 1: Ratings", style="Caption")
    table = document.add_table(rows=0, cols=2)
    for cells in (("Standard", "Rating"), ("Leadership", "Good"), ("Staffing", "Inadequate")):
        row = table.add_row().cells
        row[0].text, row[1].text = cells
    document.add_paragraph(PROSE)
    packed = BytesIO()
    document.save(packed)
    return packed.getvalue()


def with_part(data: bytes, name: str, content: Iterable[bytes]) -> bytes:
    """A copy of a packed file in which one part holds something else."""
    packed = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        with new.open(name, "w") as target:
            for piece in content:
                target.write(piece)
    return packed.getvalue()


def test_a_word_file_gives_headings_lists_and_tables_in_order() -> None:
    reading = read(word_file(), "report.docx")
    assert_sound(reading)
    assert reading.properties == {"title": "Inspection of Anyshire"}
    assert of_kind(reading, BlockKind.HEADING) == ["Inspection of Anyshire", "Staffing"]
    assert leads(reading, "too many cases") == ["There were these gaps:"]
    assert leads(reading, "Leadership\tGood") == ["Table 1: Ratings", "Standard\tRating"]
    assert reading.text.endswith(PROSE)


def test_a_word_file_gives_merged_cells_nested_items_and_notes() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("In 2023")
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run(" it had 34")
    paragraph.add_run()._r.append(OxmlElement("w:footnoteReference", {qn("w:id"): "7"}))
    paragraph.add_run(" staff, of whom:")
    for text, style in (("Leaders", "List Bullet"), ("two new", "List Bullet 2")):
        document.add_paragraph(text, style=style)
    table = document.add_table(rows=4, cols=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Risk"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "2023"
    table.cell(2, 0).merge(table.cell(3, 0)).text = "High"
    for place, text in {(1, 1): "Men", (1, 2): "Women", (2, 1): "10", (3, 2): "4"}.items():
        table.cell(*place).text = text
    words = "<w:p><w:r><w:t>As of June.</w:t></w:r></w:p>"
    notes = f'<w:footnotes {nsdecls("w")}><w:footnote w:id="7">{words}</w:footnote></w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), "application/xml", notes.encode())
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    packed = BytesIO()
    document.save(packed)

    reading = read(packed.getvalue(), "report.docx")
    assert_sound(reading)
    assert reading.text.startswith("In 2023 it had 34 staff, of whom:\n\n¹ As of June.\n\n")
    assert of_kind(reading, BlockKind.NOTE) == ["¹ As of June."]
    assert leads(reading, "two new") == ["In 2023 it had 34 staff, of whom:", "Leaders"]
    assert of_kind(reading, BlockKind.HEADER) == ["Risk\t2023 Men\t2023 Women"]
    assert of_kind(reading, BlockKind.ROW) == ["High\t10\t", "High\t\t4"]


def test_a_word_file_that_unpacks_to_too_much_is_refused_unopened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bomb = with_part(word_file(), "word/document.xml", (b" " * 1_000_000 for _ in range(51)))
    unpacked: list[object] = []
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *part, **_: unpacked.append(part))
    with pytest.raises(UnreadableError, match="unpacks to far more"):
        read(bomb, "report.docx")
    assert not unpacked


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
        b"<w:document",
        b"",
        b"<html/>",
    ],
)
def test_a_damaged_or_hostile_word_file_is_refused(xml: bytes) -> None:
    with pytest.raises(UnreadableError):
        read(with_part(word_file(), "word/document.xml", [xml]), "report.docx")


def test_an_archive_is_not_a_document() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("report.txt", PROSE)
    with pytest.raises(UnreadableError, match="unpack it"):
        read(packed.getvalue(), "reports.zip")


# --- hostile text ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "a" * 400_000,
        ". " * 200_000,
        "word\t" * 100_000,
        "\tx\n" * 50_000,
        "Name\n\n" * 30_000,
        "- item\n" * 50_000,
        "> " * 5_000 + "deep\n# x",
        "[" * 50_000 + "\n\n# heading",
        "|" * 50_000 + "\n| --- | --- |\n",
        "“" * 20_000 + " text",
        "Contents\n" + "....... 1\n" * 20_000,
        "<div>" * 20_000 + PROSE,
        "x\n" + "=" * 200_000 + "\ny",
    ],
)
def test_hostile_text_neither_crashes_nor_hangs(text: str) -> None:
    begun = time.monotonic()
    with suppress(UnreadableError):
        assert_sound(read(text.encode(), "hostile.txt"))
    assert time.monotonic() - begun < 10


TURNED = "A\x1b[31m report\u202etxet"  # red in a terminal, and read from the right


@pytest.mark.parametrize(
    ("document", "title"),
    [
        (f"{TURNED}\n\n{PROSE} {PROSE}\n", None),
        (
            f'---\ntitle: "A\\e[31m report\u202etxet"\n---\n\n# {TURNED}\n\n{PROSE} {PROSE}\n',
            "A [31m report txet",
        ),
        (
            "<html><head><meta property='og:title' content='A&#27;[31m report&#x202e;txet'></head>"
            f"<body><main><h1>A&#27;[31m report&#x202e;txet</h1>{f'<p>{PROSE}</p>' * 3}</main></body>",
            "A [31m report txet",
        ),
    ],
    ids=["plain", "markdown", "html"],
)
def test_what_steers_a_terminal_or_turns_the_text_is_read_as_spaces(
    document: str, title: str | None
) -> None:
    reading = read(document.encode(), "report.txt")
    assert "A [31m report txet" in reading.text and PROSE in reading.text
    assert reading.properties.get("title") == title
    assert {"\x1b", "\u202e"}.isdisjoint("".join((reading.text, *reading.properties.values())))


# --- the development corpus --------------------------------------------------------------------


@needs_corpus
def test_the_table_of_units_gives_a_row_for_each() -> None:
    path = next((CORPUS / "probation").glob("004*"))
    reading = read(path.read_bytes(), path.name)
    rows = [b for b in reading.blocks if b.kind is BlockKind.ROW]
    units = [b for b in rows if " PDU (" in reading.text[b.start : b.end]]
    assert len(units) == 24
    for block in units:
        start, end = block.lead[-1]
        assert len(reading.text[start:end].split("\t")) == 12


@needs_corpus
@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_the_founding_texts_are_kept_verbatim(number: str) -> None:
    path = next((CORPUS / "probation").glob(f"{number}*"))
    reading = read(path.read_bytes(), path.name)
    assert reading.text == path.read_text(encoding="utf-8")
    assert_sound(reading)
    joined = [t for t in of_kind(reading, BlockKind.PARAGRAPH) if "59 per\n\ncent" in t]
    assert len(joined) == (1 if number == "004" else 0)


@needs_corpus
def test_a_web_page_named_pdf_is_refused_for_what_it_is() -> None:
    for path in (CORPUS / "malformed").iterdir():
        with pytest.raises(UnreadableError, match=r"not found|characters"):
            read(path.read_bytes(), path.name)
