"""Given a reading, its sentences and passages: verbatim spans, whole, inside one section."""

from ingest.divide import divide, sentence_spans
from ingest.readers import read
from ingest.report import Block, BlockKind, Description, Passage, Reading, Report, Sentence


def report_of(reading: Reading) -> Report:
    return Report("id", "a.md", "/a.md", "00", reading.text, reading.page_starts, Description())


def divided(text: str, chars: int = 1000) -> tuple[str, list[Passage], list[Sentence]]:
    reading = read(text.encode(), "a.md")
    return reading.text, *divide(reading, report_of(reading), chars)


def spans(text: str) -> list[str]:
    block = Block(BlockKind.PARAGRAPH, 0, len(text))
    return [text[start:end] for start, end in sentence_spans(text, block)]


def test_sentences_are_split_and_stripped() -> None:
    assert spans("Most were good. Some were not!  Why? ") == [
        "Most were good.",
        "Some were not!",
        "Why?",
    ]


def test_a_line_break_inside_a_paragraph_ends_no_sentence() -> None:
    text = "The unit had lost a third\nof its staff. It was late."
    assert spans(text) == ["The unit had lost a third\nof its staff.", "It was late."]


def test_an_abbreviation_or_decimal_ends_no_sentence() -> None:
    text = "Mr. Green saw 4.5 per cent of cases, e.g. in Hull. All were late."
    assert spans(text) == ["Mr. Green saw 4.5 per cent of cases, e.g. in Hull.", "All were late."]


def test_an_aside_in_brackets_belongs_to_the_sentence_before_it() -> None:
    assert spans("Most were good. Plans were late. (Recommendation)") == [
        "Most were good.",
        "Plans were late. (Recommendation)",
    ]
    assert spans("Plans were late. (All of them were read.)") == [
        "Plans were late.",
        "(All of them were read.)",
    ]


def test_a_very_long_paragraph_is_split_without_losing_a_word() -> None:
    # Quotation marks that never close made the splitter's time grow with the square.
    text = " ".join(f"“Number {number} was late." for number in range(4000))
    found = spans(text)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert found[-1].endswith("Number 3999 was late.")


def test_a_paragraph_without_spaces_is_kept_whole() -> None:
    text = "x" * 50_000
    assert "".join(spans(text)) == text


def test_a_row_is_one_sentence_whatever_it_holds() -> None:
    text = "Hull. East\t24. Good"
    assert list(sentence_spans(text, Block(BlockKind.ROW, 0, len(text)))) == [(0, len(text))]


def test_each_sentence_knows_its_passage_section_and_place() -> None:
    text, passages, sentences = divided(
        "# Report\n\n## Staff\n\nStaff were few. They were kind.\n\n## Cases\n\nCases were late.\n"
    )
    shown = [(text[s.start : s.end].lstrip("# "), s.section) for s in sentences]
    assert shown == [
        ("Report", "Report"),
        ("Staff", "Report > Staff"),
        ("Staff were few.", "Report > Staff"),
        ("They were kind.", "Report > Staff"),
        ("Cases", "Report > Cases"),
        ("Cases were late.", "Report > Cases"),
    ]
    assert [s.ordinal for s in sentences] == list(range(6))
    for sentence in sentences:
        passage = passages[sentence.passage]
        assert passage.start <= sentence.start < sentence.end <= passage.end
        assert passage.section == sentence.section


def test_a_heading_of_the_same_level_ends_the_path_of_the_one_before() -> None:
    _, _, sentences = divided("# A\n\n## B\n\n### C\n\nOne.\n\n## D\n\nTwo.\n")
    assert [s.section for s in sentences if s.kind is BlockKind.PARAGRAPH] == ["A > B > C", "A > D"]


def test_a_passage_ends_at_the_sentence_past_the_limit() -> None:
    text, passages, sentences = divided("## S\n\n" + "Ten cases were seen here. " * 30, chars=200)
    assert len(passages) > 2
    for passage in passages[:-1]:
        inside = [s for s in sentences if s.passage == passage.ordinal]
        assert passage.end - passage.start >= 150
        assert inside[-1].start - passage.start < 200
        assert text[passage.start : passage.end].endswith(".")


def test_furniture_and_column_headings_are_no_sentences() -> None:
    text = "Contents ..... 3\nUnit\tScore\nHull\t6"
    blocks = (
        Block(BlockKind.FURNITURE, 0, 16),
        Block(BlockKind.HEADER, 17, 27),
        Block(BlockKind.ROW, 28, 34, lead=((17, 27),)),
    )
    reading = Reading(text, blocks)
    _, sentences = divide(reading, report_of(reading), 1000)
    assert [(text[s.start : s.end], s.lead) for s in sentences] == [("Hull\t6", ((17, 27),))]


def test_the_page_is_that_of_the_first_character() -> None:
    text = "One ends here. Two begins here and goes\non. Three."
    reading = Reading(text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), (0, 40))
    _, sentences = divide(reading, report_of(reading), 1000)
    assert [s.page for s in sentences] == [1, 1, 2]


def test_nothing_gives_nothing() -> None:
    reading = Reading("", ())
    assert divide(reading, report_of(reading), 1000) == ([], [])


def test_a_long_quotation_is_divided_and_a_short_one_is_not() -> None:
    said = [
        "“Poor decks were a reason for one in four of the closures that we saw on the road north.",
        "We know that plans which are kept to make a difference to those who’d cross.",
        "The county must do all that it can, and do it in ‘this very year’.”",
    ]
    assert spans(" ".join(said)) == said
    short = "The warden told us: “It’s a mess. Nobody’s there.”"
    assert spans(short) == [short]


def test_the_mark_that_opens_a_quotation_stays_with_it() -> None:
    parts = [
        "The warden said that nothing had been painted since the flood of the year before last,"
        " though many had asked for it, and that he would not have it said that he was asked.",
        "“No one came.”",
        "He left.",
    ]
    assert spans(" ".join(parts)) == parts
