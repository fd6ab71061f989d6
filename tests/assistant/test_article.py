"""Given an article: which sentences are checked, which are left and why, and what goes with them."""

from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import docx
import pytest

from assistant.answer import VerdictKind
from assistant.article import Left, pick
from assistant.article_context import Context
from assistant.engine import Assistant
from assistant.export import totals_line
from assistant.text_check import MOST_CHARS, MOST_CLAIMS, TextCheck, check_steps, read_text
from ingest.errors import FindingsError
from ingest.readers import read

CHECKED = None
SENTENCES = [
    # Figures, grades, dates, comparisons
    ("Only 18 per cent of cases were managed well enough to keep people safe.", CHECKED),
    ("Just one in four cases had a good plan.", CHECKED),
    ("The trust spent £1.5 million on agency workers.", CHECKED),
    ("Children waited an average of nine weeks for a first visit.", CHECKED),
    ("The inspectorate rated the service in Kent 'Inadequate' after its visit.", CHECKED),
    ("The report was published on 30 April 2025.", CHECKED),
    ("Workloads were higher than in any year before.", CHECKED),
    ("In 2024 the service lost more officers than it recruited.", CHECKED),
    # Findings without a figure
    ("Inspectors found that domestic abuse checks were missed.", CHECKED),
    ("According to the watchdog, victims come last.", CHECKED),
    ("Experienced colleagues had left, inspectors said.", CHECKED),
    ("No region met the standard for public protection.", CHECKED),
    ("Victims were not told when offenders had been released.", CHECKED),
    ("Leaders had no up-to-date business plan.", CHECKED),
    # Words of those who speak for an inspectorate
    ("“Leadership was weak at every level,” the report said.", CHECKED),
    ("“Too many people are being failed,” Chief Inspector Ann Example said.", CHECKED),
    ("Example added that workloads were too high.", CHECKED),
    # Words of others
    ("“We are devastated,” said one officer, who asked not to be named.", Left.ATTRIBUTION),
    ("A spokesperson said the ministry would study the findings.", Left.ATTRIBUTION),
    ("The minister declined to comment.", Left.ATTRIBUTION),
    ("Campaigners called for an inquiry.", Left.ATTRIBUTION),
    ("The union said that 40 per cent of posts were empty.", CHECKED),
    # Opinion
    ("That is a disgrace, and ministers should be ashamed.", Left.OPINION),
    ("I think the union has a point.", Left.OPINION),
    ("In my view the reforms failed.", Left.OPINION),
    ("The government must hire another 500 officers.", Left.OPINION),
    ("It could get worse before it gets better.", Left.OPINION),
    ("We deserve better than this!", Left.OPINION),
    # Questions
    ("How did it come to this?", Left.QUESTION),
    ("“Who will answer for this?” asked the mayor.", Left.QUESTION),
    # Background
    ("Probation officers supervise people on licence.", Left.BACKGROUND),
    ("Unpaid work means hours of labour in the community.", Left.BACKGROUND),
    ("Read more about our investigation here.", Left.BACKGROUND),
    ("By Jane Smith", Left.BACKGROUND),
    ("Contact with families fell by 20 per cent in 2022.", None),
    ("Contact the helpline on any day.", Left.BACKGROUND),
    ("Read about the 20 units we inspected.", Left.BACKGROUND),
    ("We need to hire 20 officers.", Left.OPINION),
    ("More than 60 per cent of prisoners have to share a cell.", None),
    ("The chief inspector summarised what had been seen:", Left.BACKGROUND),
]
HOSTILE = {
    "one long word": "a" * 90_000,
    "space": "The " + " " * 90_000 + "end.",
    "quotation marks": "“" * 90_000 + "they",
    "apostrophes": "'" * 20_000 + "ab 'c " * 10_000,
    "names": "In Aa " * 15_000,
    "hyphens": "The " + "s-" * 40_000,
    "capitals and hyphens": "A-" * 40_000,
    "emphasis without end": "**a " * 25_000,
    "lines that go on": "goes on and on here without a stop until the next one comes\n\n" * 1_500,
    "nothing printable": "\x00\x1b[31m\u202e 18 per cent of cases were late. \ud800" * 20,
}


def left(text: str) -> list[Left | None]:
    return [one.left for one in pick(read_text(text), longest=2000)]


def completed(*sentences: str) -> str:
    """The last sentence with what it points back to."""
    context = Context(sentences)
    return [context.completed(sentence) for sentence in sentences][-1]


def test_what_can_be_checked_is_told_from_what_cannot() -> None:
    article = "\n\n".join(sentence for sentence, _ in SENTENCES)
    found = dict(zip((s for s, _ in SENTENCES), left(article), strict=True))
    wrong = {s: found[s] for s, wanted in SENTENCES if found[s] is not wanted}
    assert not wrong


def test_a_headline_is_checked_only_where_it_has_a_figure() -> None:
    article = read(b"# Service fails\n\n## 18 per cent of cases were safe\n\nIt is so.\n", "a.md")
    assert [one.left for one in pick(article, 2000)] == [Left.BACKGROUND, None, Left.BACKGROUND]


def test_an_item_is_checked_with_its_lead_in() -> None:
    article = read(b"# Ratings\n\nThe inspectorate rated:\n\n- two services 'Good'\n", "a.md")
    assert pick(article, 2000)[-1].claim == "The inspectorate rated: two services 'Good'"


@pytest.mark.parametrize(
    ("before", "sentence", "claim"),
    [
        (
            "Services kept people safe in 18 per cent of cases.",
            "They supported desistance in 57 per cent.",
            "Services supported desistance in 57 per cent.",
        ),
        (
            "The vacancy rate for officers in the inspected units was 32 per cent.",
            "The figure was 20 per cent in 2019.",
            "The vacancy rate for officers in the inspected units was 20 per cent in 2019.",
        ),
        (
            "The trust was rated Good.",
            "Its vacancy rate was 10 per cent.",
            "The trust’s vacancy rate was 10 per cent.",
        ),
        (
            "Ann Example was appointed in 2024.",
            "She inspected 12 units.",
            "Ann Example inspected 12 units.",
        ),
        (
            "Inspectors examined 100 cases.",
            "Of these, 18 were good.",
            "Of these cases, 18 were good.",
        ),
        (
            "Inspectors looked for attention to victims.",
            "This was the case in 41 per cent.",
            "Inspectors looked for attention to victims, and this was the case in 41 per cent.",
        ),
        (
            "The service opened in 2023.",
            "That year 40 officers left.",
            "2023 40 officers left.",
        ),
    ],
)
def test_a_sentence_that_points_back_is_checked_with_what_it_points_to(
    before: str, sentence: str, claim: str
) -> None:
    assert completed(before, sentence) == claim


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        # Who had too much work: the inspectors, or the staff?
        ("Inspectors said staff were overworked.", "They had 60 cases each."),
        # Two things are counted.
        ("Inspectors saw 100 cases in 12 units.", "Of these, 18 were good."),
        # One of several is not "it".
        ("The services were rated Good.", "It had 12 officers."),
        # The sentence before has a figure of its own, which would have to be borne out, too.
        ("Plans were good in 30 per cent of cases.", "This was so in 41 per cent of reviews."),
        # No pronoun.
        ("The services were rated Good.", "These cases were late in 2024."),
        ("Nobody knows.", "They lost 40 officers."),
    ],
)
def test_where_there_is_doubt_a_sentence_stays_as_it_is(before: str, sentence: str) -> None:
    assert completed(before, sentence) == sentence


def test_the_one_place_of_an_article_goes_with_its_figures() -> None:
    opening = "Children's services in Hull were rated Inadequate."
    again = "Social workers in Hull had left."
    visits = "Visits were late in 40 per cent of cases."
    assert completed(opening, again, visits) == "Visits were late in 40 per cent of cases in Hull."
    assert completed(opening, again, "In York, too, 4 of 10 left.", visits) == visits
    assert completed(opening, again, "Nationally it was 9 per cent.", visits) == visits
    assert completed(again, "It rained for 3 days.", visits) == visits


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_neither_hangs_nor_breaks(text: str) -> None:
    started = perf_counter()
    reading = read_text(text)
    for one in pick(reading, 2000):
        assert 0 <= one.start < one.end <= len(reading.text)
    assert perf_counter() - started < 60


def test_each_sentence_of_a_long_paragraph_is_looked_at() -> None:
    text = " ".join(f"Staff in unit {n} wrote 40 reports in that year." for n in range(600))
    assert left(text) == [None] * 600


# Whole texts


def test_a_text_is_checked_in_place(starter_assistant: Assistant) -> None:
    text = (
        "Safety fell short\r\n\r\n"
        "The national inspection found that services were effective in keeping people safe in 18 per"
        " cent of cases. They sufficiently supported desistance in 57 per cent of cases.\r\n\r\n"
        "Is anybody surprised? Ministers should be ashamed."
    )
    told: list[tuple[int, int]] = []
    check = starter_assistant.check_text(text, lambda done, total: told.append((done, total)))

    assert check.text == text
    assert [text[s.start : s.end] for s in check.sentences] == [s.text for s in check.sentences]
    assert all((s.verdict is None) is (s.left is not None) for s in check.sentences)
    verdicts = [s.verdict.verdict for s in check.sentences if s.verdict]
    assert verdicts == [VerdictKind.SUPPORTED, VerdictKind.CONTRADICTED]
    assert told[-1] == (2, 2)
    assert totals_line(check) == (
        "2 of 5 sentences checked: 1 supported, 1 contradicted. "
        "Left alone: 1 opinion, 1 question, 1 background."
    )


def test_a_text_without_claims_is_no_error(starter_assistant: Assistant) -> None:
    check = starter_assistant.check_text("Is anybody surprised?")
    assert check.totals.checked == 0
    assert totals_line(check) == "0 of 1 sentence checked. Left alone: 1 question."


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "no text to check"),
        (" \n?!", "no text to check"),
        ("Cases were late. " * (MOST_CHARS // 17 + 1), "longer than 100,000 characters"),
        ("Cases were late. " * (MOST_CLAIMS + 1), "501 sentences to check, and 500 are the most"),
    ],
)
def test_too_little_and_too_much_are_one_sentence(text: str, problem: str) -> None:
    with pytest.raises(FindingsError, match=problem) as raised:
        list(check_steps(read_text(text), pytest.fail, 2000))
    assert str(raised.value).count(". ") == 0


def test_a_sentence_longer_than_a_claim_may_be_is_left() -> None:
    assert left("Nine cases were late, " * 200 + "and so on.") == [Left.TOO_LONG]


# The command


def word_file(path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("Governors of these prisons owned 14 canoes between them in that year.")
    document.add_paragraph("Is anybody surprised?")
    document.save(str(path))
    return path


def test_the_command_reads_files_of_any_kind(
    findings: Callable[..., Any], starter_copy: Path, tmp_path: Path
) -> None:
    path = word_file(tmp_path / "article.docx")
    called = findings("check", "--text", path, "--library", starter_copy)
    assert called.code == 0, called.err
    assert "in that year. [1 ? Not in the sources]" in called.out
    assert called.out.endswith("1 not in the sources. Left alone: 1 question.\n")


def test_the_command_prints_json(
    findings: Callable[..., Any], starter_copy: Path, write: Callable[[str, str], Path]
) -> None:
    import json  # noqa: PLC0415

    path = write("article.txt", "Governors owned 14 canoes. Is anybody surprised?")
    called = findings("check", "--text", path, "--json", "--library", starter_copy)
    result = json.loads(called.out)
    assert result["totals"]["checked"] == 1
    assert [s["left"] for s in result["sentences"]] == [None, "question"]
    assert result["sentences"][0]["verdict"]["verdict"] == "not_in_sources"
    assert result["text"][27:48] == result["sentences"][1]["text"]


def test_the_command_takes_one_thing_at_a_time(
    findings: Callable[..., Any], write: Callable[[str, str], Path]
) -> None:
    path = write("article.txt", "Governors owned 14 canoes.")
    called = findings("check", "A claim.", "--text", path)
    assert called.code == 2
    assert "one of them only" in called.err


def test_a_text_check_without_sentences_has_totals() -> None:
    assert totals_line(TextCheck("")) == "0 of 0 sentences checked."
