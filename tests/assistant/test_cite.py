"""Citations: one number for one span, and all that is needed to find it on the page."""

from assistant.cite import Citations, reports_of
from ingest.library import Library


def test_the_same_span_gets_the_same_number(open_starter: Library) -> None:
    report = open_starter.reports()[0]
    first, second = (s for s in open_starter.sentences(report.id)[:2])
    citations = Citations(open_starter)
    numbers = [
        citations.add(report, (s.start, s.end), s.section) for s in (first, second, first, second)
    ]
    assert numbers == [1, 2, 1, 2]
    assert [c.number for c in citations.all()] == [1, 2]


def test_a_citation_is_verbatim_and_names_its_report(open_starter: Library) -> None:
    for report in open_starter.reports():
        citations = Citations(open_starter)
        for sentence in open_starter.sentences(report.id):
            citations.add(report, (sentence.start, sentence.end), sentence.section)
        for citation in citations.all():
            assert citation.quote == report.text[citation.start : citation.end]
            assert citation.quote in citation.context
            assert citation.context in report.text
            assert (citation.source, citation.sha256) == (report.source, report.sha256)
            assert citation.title == report.description.title
            assert citation.digest_of == report.description.digest_of
            assert citation.url == report.description.url


def test_a_span_over_two_passages_has_both_as_its_context(open_starter: Library) -> None:
    report = next(r for r in open_starter.reports() if len(open_starter.passages(r.id)) > 1)
    one, two = open_starter.passages(report.id)[:2]
    citations = Citations(open_starter)
    citations.add(report, (one.end - 5, two.start + 5), one.section)
    assert citations.all()[0].context == report.text[one.start : two.end]


def test_the_reports_of_citations_come_by_id(open_starter: Library) -> None:
    citations = Citations(open_starter)
    for report in open_starter.reports()[:2]:
        citations.add(report, (0, 5), "")
    assert reports_of(citations.all(), open_starter) == {
        report.id: report for report in open_starter.reports()[:2]
    }
