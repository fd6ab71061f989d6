"""Over real reports, where their folder is present: founding texts, three PDFs, malformed files."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from ingest.library import Library
from ingest.pipeline import Summary, ingest
from ingest.report import BlockKind, Report
from ingest.settings import Settings

if TYPE_CHECKING:
    from assistant.engine import Assistant

NORFOLK_2015 = "80418_norfolk__children-s-services-inspection---20-october-2015.pdf"
NORFOLK_2023 = "80418_norfolk__children-s-services-inspection---13-january-2023.pdf"
TELFORD_2023 = "80570_telford-wrekin__area-send-full-inspection---03-july-2023.pdf"


@pytest.fixture(scope="module")
def ingested(
    shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Library, Summary]]:
    """A library of the corpus's founding texts, three of its PDFs and its malformed files."""
    corpus = shared / "corpus"
    pdfs = [corpus / "childrens-services" / n for n in (NORFOLK_2015, NORFOLK_2023, TELFORD_2023)]
    named = [str(path) for path in (corpus / "probation", *pdfs, corpus / "malformed")]
    settings = Settings(library=tmp_path_factory.mktemp("corpus") / "library")
    with Library.open(settings) as library:
        yield library, ingest(library, named, settings)


@pytest.fixture(scope="module")
def library(ingested: tuple[Library, Summary]) -> Library:
    return ingested[0]


@pytest.fixture(scope="module")
def assistant(library: Library) -> "Assistant":
    from assistant.engine import Assistant  # noqa: PLC0415  (only where the corpus is present)

    return Assistant(Settings(library=library.folder), library)


def words_of_page(report: Report, page: int) -> set[str]:
    """The words of a page as another reader than ours gives them."""
    with pypdfium2.PdfDocument(report.location) as document:
        text = document[page - 1].get_textpage().get_text_bounded()
    return set(re.findall(r"\w+", text.lower()))


def test_each_report_is_read_and_each_malformed_file_refused(
    ingested: tuple[Library, Summary], shared: Path
) -> None:
    library, summary = ingested
    read = {outcome.source for outcome in summary.added}
    assert {NORFOLK_2015, NORFOLK_2023, TELFORD_2023} <= read
    assert sum(name.endswith(".txt") for name in read) == 5
    refused = {outcome.source: outcome.reason for outcome in summary.failed}
    assert set(refused) == {path.name for path in (shared / "corpus" / "malformed").iterdir()}
    assert all(reason.endswith(".") for reason in refused.values())
    assert read == {r.source for r in library.reports()}
    assert library.doctor() == []


def test_every_sentence_is_verbatim_whole_and_on_a_page_of_its_report(library: Library) -> None:
    for report in library.reports():
        passages = library.passages(report.id)
        for sentence in library.sentences(report.id):
            quote = report.text[sentence.start : sentence.end]
            # A row keeps its empty cells.
            edges = " \n" if sentence.kind is BlockKind.ROW else None
            assert quote and quote == quote.strip(edges)
            assert 1 <= sentence.page <= len(report.page_starts)
            passage = passages[sentence.passage]
            assert passage.start <= sentence.start < sentence.end <= passage.end


def test_a_text_is_stored_as_it_is_in_its_file(library: Library) -> None:
    for report in library.reports():
        if report.source.endswith(".txt"):
            original = Path(report.location).read_text(encoding="utf-8")
            for sentence in library.sentences(report.id):
                assert report.text[sentence.start : sentence.end] in original


def test_the_sentences_of_a_pdf_are_on_the_page_that_is_cited(library: Library) -> None:
    report = library.find(TELFORD_2023)
    for sentence in library.sentences(report.id):
        own = re.findall(r"\w+", report.text[sentence.start : sentence.end].lower())
        page = words_of_page(report, sentence.page)
        # A sentence may run on to the next page, and a hyphen at a line's end may be mended.
        missing = set(own) - page
        if missing and sentence.page < len(report.page_starts):
            missing -= words_of_page(report, sentence.page + 1)
        assert len(missing) <= 0.1 * len(own), (sentence.page, missing)


@pytest.mark.parametrize(
    ("question", "figure", "source"),
    [
        ("What share of cases did enough to keep people safe?", "18 per cent", "000"),
        ("What is the average vacancy rate for probation officers?", "32 per cent", "004"),
    ],
)
def test_the_figure_of_the_founding_texts_is_found(
    assistant: "Assistant", question: str, figure: str, source: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert answer.answer.startswith(figure)
    assert answer.citations[0].source.startswith(source)
    assert not any(citation.source.startswith("001") for citation in answer.citations)


def test_a_judgement_is_cited_from_the_right_report_and_page(assistant: "Assistant") -> None:
    answer = assistant.ask(
        "What did inspectors judge the overall effectiveness of children's services in Norfolk "
        "to be in 2015?"
    )
    assert answer.status == "answered"
    first = answer.citations[0]
    assert first.source == NORFOLK_2015
    report = assistant.library.report(first.report)
    assert report.text[first.start : first.end] == first.quote
    missing = set(re.findall(r"\w+", first.quote.lower())) - words_of_page(report, first.page)
    assert not missing


def test_what_no_report_says_is_declined_without_citations(assistant: "Assistant") -> None:
    answer = assistant.ask("How many prisoners escaped in 2023?")
    assert answer.status in ("not_found", "out_of_scope")
    assert not answer.citations
