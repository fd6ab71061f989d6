"""PDFs, made here line by line, and what the reader must make of them."""

from pathlib import Path

import pytest

from ingest.divide import sentence_spans
from ingest.errors import UnreadableError
from ingest.readable import readable
from ingest.readers import pdf
from ingest.report import Block, BlockKind, Reading

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "childrens-services"
WIDTH, HEIGHT = 595, 842


def line(x: float, y: float, text: str, size: float = 10, *, bold: bool = False) -> str:
    """Text whose baseline is `y` points below the top of the page."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{'F2' if bold else 'F1'} {size} Tf {x} {HEIGHT - y} Td ({escaped}) Tj ET\n"


def lines(x: float, y: float, *texts: str, size: float = 10, bold: bool = False) -> str:
    """A paragraph, one line for each of `texts`."""
    return "".join(line(x, y + 12 * i, text, size, bold=bold) for i, text in enumerate(texts))


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"0.5 w {x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S\n"


def grid(xs: list[float], ys: list[float]) -> str:
    upright = [rule(x, ys[0], x, ys[-1]) for x in xs]
    return "".join([*upright, *(rule(xs[0], y, xs[-1], y) for y in ys)])


def disc(x: float, y: float, radius: float) -> str:
    """A filled disc whose centre is `y` points below the top of the page."""
    k, y = 0.55 * radius, HEIGHT - y
    return (
        f"1 0 0 rg {x + radius} {y} m "
        f"{x + radius} {y + k} {x + k} {y + radius} {x} {y + radius} c "
        f"{x - k} {y + radius} {x - radius} {y + k} {x - radius} {y} c "
        f"{x - radius} {y - k} {x - k} {y - radius} {x} {y - radius} c "
        f"{x + k} {y - radius} {x + radius} {y - k} {x + radius} {y} c f 0 0 0 rg\n"
    )


def cells(xs: list[float], y: float, *texts: str, bold: bool = False) -> str:
    """One text at each of `xs`, on one baseline; empty ones are left out."""
    return "".join(line(x, y, text, bold=bold) for x, text in zip(xs, texts, strict=True) if text)


def pdf_of(*pages: str, info: str = "", trailer: str = "", rotate: int = 0) -> bytes:
    """A PDF with one page for each content stream."""
    kids = " ".join(f"{10 + 2 * i} 0 R" for i in range(len(pages)))
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        3: font("Courier"),
        4: font("Courier-Bold"),
        5: f"<< {info} >>",
    }
    for i, content in enumerate(pages):
        objects[10 + 2 * i] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {rotate} "
            f"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {11 + 2 * i} 0 R >>"
        )
        length = len(content.encode("cp1252"))
        objects[11 + 2 * i] = f"<< /Length {length} >>\nstream\n{content}\nendstream"
    body = b"%PDF-1.7\n"
    places: dict[int, int] = {}
    for number, text in objects.items():
        places[number] = len(body)
        body += f"{number} 0 obj\n{text}\nendobj\n".encode("cp1252")
    table = "".join(f"{n} 1\n{place:010} 00000 n \n" for n, place in places.items())
    end = f"trailer << /Root 1 0 R /Info 5 0 R /Size 999 {trailer} >>\nstartxref\n{len(body)}\n"
    return body + f"xref\n0 1\n0000000000 65535 f \n{table}{end}%%EOF".encode()


def font(name: str) -> str:
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"


def read(*pages: str, info: str = "") -> Reading:
    return pdf.read(pdf_of(*pages, info=info), "report.pdf")


def texts(reading: Reading, kind: BlockKind) -> list[str]:
    return [text(reading, block) for block in reading.blocks if block.kind is kind]


def text(reading: Reading, block: Block) -> str:
    return reading.text[block.start : block.end]


def rows(reading: Reading) -> list[str]:
    """The rows of tables, as they are shown."""
    return [
        readable(reading.text, block.kind, *span, block.lead)
        for block in reading.blocks
        if block.kind is BlockKind.ROW
        for span in sentence_spans(reading.text, block)
    ]


def test_wrapped_lines_become_one_paragraph_under_their_heading() -> None:
    reading = read(
        line(60, 80, "Inspection of Anytown", 20)
        + lines(
            60, 120, "The service has improved since the last visit, and the", "staff know why."
        )
    )
    heading, paragraph = reading.blocks
    assert (heading.kind, heading.level) == (BlockKind.HEADING, 1)
    assert text(reading, paragraph) == (
        "The service has improved since the last visit, and the staff know why."
    )


def test_headings_rank_by_size_and_weight() -> None:
    reading = read(
        line(60, 80, "Findings", 18)
        + lines(60, 110, "Much has changed in the two years since the last visit.")
        + line(60, 140, "Staffing", 14, bold=True)
        + lines(60, 170, "Vacancies have fallen by a half, and caseloads with them.")
        + line(60, 200, "Caseloads", 10, bold=True)
        + lines(60, 230, "Nobody has more than forty cases at any one time now.")
    )
    levels = [block.level for block in reading.blocks if block.kind is BlockKind.HEADING]
    assert levels == [1, 2, 3]


def test_a_sentence_that_a_page_break_cuts_is_whole_and_knows_both_pages() -> None:
    first = lines(60, 400, "Leaders told us that the shortage of officers had meant that the")
    reading = read(
        first + line(60, 760, "1 A note at the foot of the page.", 7),
        lines(60, 100, "work was not done. A second sentence follows here in the text."),
    )
    (cut,) = texts(reading, BlockKind.PARAGRAPH)
    assert "had meant that the work was not done." in cut
    start = reading.text.index("work was not done")
    assert reading.page_starts[1] <= start < reading.text.index("A second sentence")
    assert reading.page_starts[1] > reading.text.index("had meant that the")
    assert texts(reading, BlockKind.NOTE) == ["1 A note at the foot of the page."]


@pytest.mark.parametrize(
    ("before", "after", "elsewhere", "expected"),
    [
        ("the inspec-", "tors came", "Four inspectors were there.", "the inspectors came"),
        ("a well-", "run home", "It is well-run and tidy.", "a well-run home"),
        ("a multi-", "agency team", "An agency in a multi storey block.", "a multi-agency team"),
        ("the prepa-", "ration was", "It was done.", "the preparation was"),
        ("living day-to-", "day on", "To live by the day.", "living day-to-day on"),
        ("living day-", "to-day on", "Others were younger.", "living day-to-day on"),
        ("aged 16-", "and 17", "Others were younger.", "aged 16- and 17"),
    ],
)
def test_a_broken_word_is_spelt_as_elsewhere(
    before: str, after: str, elsewhere: str, expected: str
) -> None:
    filling = "x" * 40
    reading = read(lines(60, 100, f"{filling} {before}", f"{after}, as {filling}.", elsewhere))
    assert expected in reading.text


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"left column line {i} of the running text" for i in range(8)]
    right = [f"right column line {i} of running text" for i in range(8)]
    reading = read(lines(50, 100, *left, size=9) + lines(310, 100, *right, size=9))
    assert reading.text.index("left column line 7") < reading.text.index("right column line 0")


def test_running_heads_and_page_numbers_are_removed() -> None:
    pages = [
        line(60, 40, "Inspection report: Anytown", 8)
        + lines(60, 120 + 10 * i, f"Paragraph {'abc'[i]} says something of its own.")
        + line(290, 815, f"Page {i + 1} of 3", 8)
        for i in range(3)
    ]
    assert read(*pages).text.count("Anytown") == 0
    assert "Page" not in read(*pages).text


def test_rows_at_the_edge_of_a_page_are_no_running_heads() -> None:
    pages = []
    for page in range(4):
        ys = [30 + 20 * i for i in range(39)]
        body = "".join(
            cells([64, 304], y + 14, f"Unit {38 * page + i}", f"{(i + page) % 9}0")
            for i, y in enumerate(ys[:-1])
        )
        pages.append(grid([60, 300, 500], ys) + body)
    found = texts(read(*pages), BlockKind.ROW)
    assert [row.split("\t")[0] for row in found] == [f"Unit {n}" for n in range(152)]


def test_a_running_head_goes_though_a_chapter_of_one_page_stands_beside_it() -> None:
    pages = [
        line(60, 40, "Annual report 2024", 8)
        + line(400, 40, f"About {chapter}", 8)
        + line(60, 300, f"The text on {chapter} is about cases in the town.")
        for chapter in ("staff", "cases", "plans", "costs")
    ]
    assert "Annual report" not in read(*pages).text


def test_a_running_foot_that_counts_the_pages_is_removed_though_its_other_figures_stay() -> None:
    pages = [
        line(60, 300, f"The text of page {'abcd'[number]} is about cases in the town.")
        + line(60, 800, f"Report 7 of 2024, page {number + 3} of 12", 8)
        for number in range(4)
    ]
    assert "2024" not in read(*pages).text


def test_items_lose_their_bullets_and_keep_what_leads_them_in() -> None:
    reading = read(
        lines(60, 100, "The service should:")
        + line(70, 118, "• reduce the number of cases that each officer holds at any")
        + line(82, 130, "one time")
        + line(70, 148, "• train all staff.")
    )
    first, second = (block for block in reading.blocks if block.kind is BlockKind.ITEM)
    assert text(reading, first).startswith("reduce the number")
    assert text(reading, first).endswith("any one time")
    assert text(reading, second) == "train all staff."
    assert [reading.text[a:b] for a, b in second.lead] == ["The service should:"]


def test_numbered_paragraphs_are_no_list_and_lose_their_numbers() -> None:
    reading = read(
        line(60, 100, "14. The authority knows its children well. It acts quickly for")
        + line(82, 112, "them when it has to.")
        + line(60, 136, "15. Plans are clear. They are reviewed.")
    )
    assert texts(reading, BlockKind.PARAGRAPH) == [
        "The authority knows its children well. It acts quickly for them when it has to.",
        "Plans are clear. They are reviewed.",
    ]


def test_a_running_foot_that_stands_higher_on_one_page_is_removed_there_too() -> None:
    pages = [
        line(60, 300, f"The text of page {number} is about cases in the town and its work.")
        + line(60, 760 if number == 1 else 800, f"Report on the work of Anytown {number + 1}")
        for number in range(4)
    ]
    assert "Report on the work" not in read(*pages).text


def test_a_footnote_mark_never_becomes_a_figure() -> None:
    x = 60 + 6 * len("There were 12 cases")
    reading = read(
        lines(60, 100, "There were 12 cases")
        + line(x, 96, "3", 6)
        + line(x + 4, 100, " in all, and more are expected in the coming year.")
        + line(60, 740, "3", 5)
        + line(64, 744, "Counted at the end of March.", 8)
    )
    assert "12 cases in all" in reading.text
    assert texts(reading, BlockKind.NOTE) == ["Counted at the end of March."]


def test_a_contents_page_is_furniture() -> None:
    entries = [f"Chapter {name} {'.' * 30} {n}" for n, name in enumerate("abcd", 3)]
    reading = read(lines(60, 100, "Contents", *entries), lines(60, 100, "The text itself is here."))
    assert "Chapter b" in " ".join(texts(reading, BlockKind.FURNITURE))
    assert texts(reading, BlockKind.PARAGRAPH) == ["The text itself is here."]


def test_the_labels_of_a_chart_are_furniture_under_their_caption() -> None:
    ticks = [line(60, 140 + 30 * i, f"{100 - 20 * i}%", 8) for i in range(5)]
    reading = read(
        lines(60, 100, "Figure 2: Cases that were managed well")
        + "".join([*ticks, line(150, 290, "2021", 8), line(250, 290, "2022", 8)])
        + lines(60, 330, "The share of such cases fell in each of the years shown.")
    )
    assert texts(reading, BlockKind.CAPTION) == ["Figure 2: Cases that were managed well"]
    assert "100%" in texts(reading, BlockKind.FURNITURE)
    assert texts(reading, BlockKind.PARAGRAPH)[0].startswith("The share")


def test_the_labels_of_an_axis_open_no_sentence() -> None:
    reading = read(lines(60, 100, "2021 2022 2023 2024", "The share of cases", "fell each year."))
    assert texts(reading, BlockKind.PARAGRAPH)[-1] == "The share of cases fell each year."


def test_a_bold_line_that_a_colon_ends_above_a_list_leads_it_in() -> None:
    reading = read(
        line(60, 100, "What needs to improve:", bold=True)
        + lines(60, 118, "1. The timeliness of plans for children who", "need help.")
        + line(60, 148, "2. The oversight by managers.")
    )
    items = [block for block in reading.blocks if block.kind is BlockKind.ITEM]
    assert [readable(reading.text, b.kind, b.start, b.end, b.lead) for b in items] == [
        "What needs to improve: The timeliness of plans for children who need help.",
        "What needs to improve: The oversight by managers.",
    ]
    assert texts(reading, BlockKind.HEADING) == []


def test_who_inspected_is_no_heading() -> None:
    reading = read(
        line(60, 80, "Inspection of Anytown", 20)
        + line(60, 120, "Lead inspector: Jane Appleby", bold=True)
        + line(160, 132, "Inspector of Services", bold=True)
        + lines(60, 170, "The service has improved since the last visit, as staff know.")
    )
    assert texts(reading, BlockKind.HEADING) == ["Inspection of Anytown"]
    assert "Lead inspector: Jane Appleby Inspector of Services" in reading.text


def test_a_ruled_table_gives_rows_that_know_their_caption_and_headings() -> None:
    reading = read(
        lines(60, 90, "Table 1: Grades")
        + grid([60, 300, 500], [100, 120, 150, 170])
        + line(64, 114, "Judgement", bold=True)
        + line(304, 114, "Grade", bold=True)
        + lines(64, 134, "The experiences of children who", "need help")
        + line(304, 134, "Good")
        + line(64, 164, "Overall effectiveness")
        + line(304, 164, "Outstanding")
    )
    rows = [block for block in reading.blocks if block.kind is BlockKind.ROW]
    assert [text(reading, row) for row in rows] == [
        "The experiences of children who need help\tGood",
        "Overall effectiveness\tOutstanding",
    ]
    assert texts(reading, BlockKind.HEADER) == ["Judgement\tGrade"]
    leads = [reading.text[a:b] for a, b in rows[1].lead]
    assert leads == ["Table 1: Grades", "Judgement\tGrade"]


def test_a_value_keeps_its_column_where_cells_beside_it_are_empty() -> None:
    reading = read(
        grid([60, 200, 300, 400], [100, 120, 140, 160])
        + line(204, 114, "2023", bold=True)
        + line(304, 114, "2024", bold=True)
        + line(64, 134, "North")
        + line(204, 134, "5")
        + line(64, 154, "South")
        + line(304, 154, "7")
    )
    rows = [block for block in reading.blocks if block.kind is BlockKind.ROW]
    shown = [
        readable(reading.text, row.kind, *span, row.lead)
        for row in rows
        for span in sentence_spans(reading.text, row)
    ]
    assert shown == ["North: 2023: 5", "South: 2024: 7"]


def test_a_table_set_by_alignment_gives_rows() -> None:
    body = [("North", "41%", "52%"), ("South", "38%", "47%"), ("West", "29%", "33%")]
    content = [line(x, 100, t, bold=True) for x, t in ((60, "Area"), (250, "2021"), (350, "2022"))]
    for i, cells in enumerate(body):
        content += [line(x, 120 + 16 * i, t) for x, t in zip((60, 250, 350), cells, strict=True)]
    reading = read("".join(content))
    assert texts(reading, BlockKind.HEADER) == ["Area\t2021\t2022"]
    assert texts(reading, BlockKind.ROW)[1] == "South\t38%\t47%"


def test_columns_that_stand_close_stay_apart() -> None:
    """Names that leave little more than half an em between the columns."""
    x = 60 + 6 * len("Jane Appleby, lead inspector") + 5.6
    names = [("Jane Appleby, lead inspector", "Omar Reed, lead"), ("Ann Lowe", "Joy Hart")]
    content = cells([60, x], 100, "Inspectors", "Reviewers", bold=True)
    for i, pair in enumerate([*names, ("Tim Rudd", "Una Cole")]):
        content += cells([60, x], 120 + 16 * i, *pair)
    assert texts(read(content), BlockKind.ROW)[0] == "\t".join(names[0])


def test_headings_in_two_rows_are_joined_for_each_column() -> None:
    xs: list[float] = [60, 160, 230, 300, 370, 440]
    reading = read(
        "".join(rule(xs[0], y, xs[-1], y) for y in (100, 140, 160, 180))
        + rule(xs[1], 120, xs[-1], 120)
        + "".join(rule(x, 100, x, 180) for x in (60, 160, 300, 440))
        + "".join(rule(x, 120, x, 180) for x in (230, 370))
        + cells([64, 164, 304], 114, "Risk", "2023", "2024", bold=True)
        + cells([164, 234, 304, 374], 134, "Men", "Women", "Men", "Women", bold=True)
        + cells([64, 164, 234, 304, 374], 154, "High", "10%", "2%", "12%", "3%")
        + cells([64, 164, 234, 304, 374], 174, "Low", "40%", "", "33%", "8%")
    )
    assert texts(reading, BlockKind.HEADER) == ["Risk\t2023 Men\t2023 Women\t2024 Men\t2024 Women"]
    assert rows(reading) == [
        "High: 2023 Men: 10%; 2023 Women: 2%; 2024 Men: 12%; 2024 Women: 3%",
        "Low: 2023 Men: 40%; 2024 Men: 33%; 2024 Women: 8%",
    ]


def test_a_heading_over_columns_that_have_none_of_their_own_names_no_value() -> None:
    reading = read(
        "".join(rule(60, y, 400, y) for y in (100, 120, 140, 160))
        + "".join(rule(x, 100, x, 160) for x in (60, 120, 400))
        + rule(280, 120, 280, 160)
        + cells([64, 124], 114, "1.", "Arrangements", bold=True)
        + cells([64, 124, 284], 134, "P 1", "Leadership", "Good")
        + cells([64, 124, 284], 154, "P 2", "Staffing", "Inadequate")
    )
    assert rows(reading) == ["P 1: Leadership; Good", "P 2: Staffing; Inadequate"]


def test_a_label_that_spans_rows_names_each_of_them() -> None:
    reading = read(
        "".join(rule(60, y, 360, y) for y in (100, 120, 160, 180))
        + rule(160, 140, 360, 140)
        + "".join(rule(x, 100, x, 180) for x in (60, 160, 260, 360))
        + cells([64, 164, 264], 114, "Region", "Unit", "Rating", bold=True)
        + cells([64, 164, 264], 134, "North", "Ashby", "Good")
        + cells([164, 264], 154, "Melby", "Inadequate")
        + cells([64, 164, 264], 174, "South", "Selby", "Good")
    )
    assert rows(reading) == [
        "North: Unit: Ashby; Rating: Good",
        "North: Unit: Melby; Rating: Inadequate",
        "South: Unit: Selby; Rating: Good",
    ]


def test_a_row_that_a_page_break_cuts_is_one_row_and_its_items_are_parted() -> None:
    first = (
        grid([60, 200, 500], [100, 120, 140, 200])
        + cells([64, 204], 114, "Who", "What", bold=True)
        + cells([64, 204], 134, "Town council", "Leaders should meet.")
        + cells([64, 204], 154, "County council", "Leaders should improve:")
        + lines(220, 166, "• access to advice", "• waiting times")
    )
    second = (
        grid([60, 200, 500], [100, 120, 140])
        + line(220, 114, "• plans for older children.")
        + cells([64, 204], 134, "Both councils", "They should report.")
    )
    assert rows(read(first, second)) == [
        "Town council: What: Leaders should meet.",
        "County council: What: Leaders should improve: access to advice; waiting times; "
        "plans for older children.",
        "Both councils: What: They should report.",
    ]


def test_a_title_that_says_something_is_a_paragraph_and_leads_the_rows() -> None:
    reading = read(
        rule(60, 100, 500, 100)
        + "".join(rule(60, y, 500, y) for y in (120, 140, 160))
        + "".join(rule(x, 100, x, 160) for x in (60, 500))
        + rule(300, 120, 300, 160)
        + line(64, 114, "Services for children in Anytown are good", bold=True)
        + cells([64, 304], 134, "Children in care", "Good")
        + cells([64, 304], 154, "Leadership", "Requires improvement")
    )
    assert texts(reading, BlockKind.PARAGRAPH) == ["Services for children in Anytown are good"]
    assert rows(reading)[1] == (
        "Services for children in Anytown are good: Leadership: Requires improvement"
    )


def test_a_rating_that_only_a_colour_shows_is_marked_as_such() -> None:
    reading = read(
        grid([60, 300, 400], [100, 120, 140, 160])
        + cells([64, 304], 114, "Standard", "Rating", bold=True)
        + line(64, 134, "Assessment")
        + disc(350, 130, 5)
        + cells([64, 304], 154, "Planning", "Good")
    )
    assert rows(reading) == [
        "Assessment: Rating: (shown by colour only)",
        "Planning: Rating: Good",
    ]


def test_a_box_around_text_is_no_table() -> None:
    reading = read(
        grid([60, 500], [100, 130, 240])
        + line(70, 120, "Good practice", bold=True)
        + lines(70, 150, "A mentor meets each woman on the day of the sentence, and", "stays.")
    )
    assert texts(reading, BlockKind.ROW) == []
    assert texts(reading, BlockKind.PARAGRAPH) == [
        "A mentor meets each woman on the day of the sentence, and stays."
    ]


def test_a_page_set_sideways_is_read_upright() -> None:
    turned = pdf_of(
        "BT /F1 10 Tf 0 1 -1 0 300 100 Tm (This table page) Tj 0 -12 Td (is turned.) Tj ET",
        rotate=90,
    )
    assert pdf.read(turned, "report.pdf").text == "This table page is turned."


def test_properties_are_what_the_report_states() -> None:
    page = line(60, 80, "Inspection of Anytown", 20) + lines(
        60, 120, "Inspection date: 3 May 2024", "", "Report published: 9 June 2024"
    )
    assert read(page, info="/Title (draft template v2.docx)").properties == {
        "title": "Inspection of Anytown",
        "published": "2024-06-09",
    }


LOCKED = (
    "/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
    f"/O <{'11' * 32}> /U <{'22' * 32}> >>"
)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7 and then nothing of use", "damaged"),
        (b"", "damaged"),
        (pdf_of(rule(10, 10, 500, 500)), "no text on any page"),
        (pdf_of(line(60, 80, "Secret"), trailer=LOCKED), "password"),
    ],
)
def test_what_has_no_text_is_refused_in_one_sentence(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableError, match=says) as refusal:
        pdf.read(data, "report.pdf")
    assert str(refusal.value).count("\n") == 0


def test_damage_is_refused_or_survived() -> None:
    """Whatever is cut from or changed in a file, only UnreadableError may come of it."""
    whole = pdf_of(
        grid([60, 300, 500], [100, 120, 150]) + line(64, 114, "Some text"), line(9, 9, "x")
    )
    for step in range(7, len(whole), 61):
        for broken in (whole[:step], whole[:step] + b"\x00\xff<<" + whole[step + 4 :]):
            try:
                check(pdf.read(broken, "report.pdf"))
            except UnreadableError:
                continue


def test_reading_twice_gives_the_same(reports: list[Path]) -> None:
    data = reports[0].read_bytes()
    assert pdf.read(data, "a.pdf") == pdf.read(data, "a.pdf")


def test_blocks_of_real_reports_are_in_order_and_clean(reports: list[Path]) -> None:
    for path in reports:
        reading = pdf.read(path.read_bytes(), path.name)
        check(reading)
        assert any(block.kind is BlockKind.HEADING for block in reading.blocks)
        assert reading.properties["title"]


@pytest.fixture
def reports() -> list[Path]:
    found = sorted(CORPUS.glob("*.pdf"))[::30]
    if not found:
        pytest.skip("the corpus of real reports is not beside the project")
    return found


def check(reading: Reading) -> None:
    end = 0
    for block in reading.blocks:
        quote = text(reading, block)
        assert block.start >= end
        # A row keeps its empty cells.
        edges = " \n" if block.kind is BlockKind.ROW else None
        assert quote and quote == quote.strip(edges)
        assert "\n" not in quote and "  " not in quote
        for start, stop in block.lead:
            assert start < stop <= block.start
        end = block.end
    assert list(reading.page_starts) == sorted(reading.page_starts)
