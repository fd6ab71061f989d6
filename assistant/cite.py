"""Makes citations: a span of a report with all that a reader needs to find it on the page."""

from collections.abc import Sequence

from assistant.answer import Citation
from ingest.library import Library
from ingest.report import Report, Sentence, Span


class Citations:
    """The one numbering authority of an answer: the same span gets the same number."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._found: dict[tuple[str, Span], Citation] = {}

    def add(self, report: Report, span: Span, section: str) -> int:
        """The number of the citation of `span`, made where it is new."""
        key = (report.id, span)
        if key not in self._found:
            self._found[key] = self._cite(report, span, section, len(self._found) + 1)
        return self._found[key].number

    def add_row(self, report: Report, row: Sentence) -> tuple[int, ...]:
        """The numbers of a table's row and of the headings of its columns, where it has any."""
        spans = ((row.start, row.end), *row.lead[-1:])
        return tuple(self.add(report, span, row.section) for span in spans)

    def all(self) -> tuple[Citation, ...]:
        """All citations, in order of their numbers."""
        return tuple(self._found.values())

    def _cite(self, report: Report, span: Span, section: str, number: int) -> Citation:
        start, end = span
        about = report.description
        return Citation(
            number=number,
            source=report.source,
            title=about.title,
            publisher=about.publisher,
            published=about.published,
            page=report.page_at(start),
            section=section,
            quote=report.text[start:end],
            start=start,
            end=end,
            sha256=report.sha256,
            url=about.url or None,
            digest_of=about.digest_of or None,
            report=report.id,
            context=self._context(report, start, end),
        )

    def _context(self, report: Report, start: int, end: int) -> str:
        """The passages that the span touches, verbatim."""
        touched = [p for p in self._library.passages(report.id) if p.start < end and p.end > start]
        if not touched:
            return report.text[start:end]
        first, last = min(p.start for p in touched), max(p.end for p in touched)
        return report.text[min(first, start) : max(last, end)]


def reports_of(citations: Sequence[Citation], library: Library) -> dict[str, Report]:
    """The reports that the citations are of, by id."""
    return {c.report: library.report(c.report) for c in citations}
