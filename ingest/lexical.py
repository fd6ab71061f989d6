"""The lexical index of sentences, in tantivy: each with its surroundings in fields of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tantivy

from ingest.words import stems

# text: the sentence; before: the one before it; lead: lead-in, caption and column headings;
# section: the heading path; title: the report's title, place, publisher and date
FIELDS = ("text", "before", "lead", "section", "title")
_HEAP = 64_000_000  # bytes that the writer may use before it writes a segment


@dataclass(frozen=True, slots=True)
class Entry:
    """One sentence to be indexed; the fields hold readable text."""

    key: str
    text: str
    before: str = ""
    lead: str = ""
    section: str = ""
    title: str = ""


class LexicalIndex:
    """Sentences by their words, BM25-scored."""

    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("key", stored=True, tokenizer_name="raw")
        builder.add_text_field("report", stored=False, tokenizer_name="raw")
        for field in FIELDS:
            # The words come stemmed already, so that the index and the ranking agree on them.
            builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        folder.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(self._schema, path=str(folder))

    def add(self, report_id: str, entries: Sequence[Entry]) -> None:
        """Index the sentences of one report in place of any that it had; atomic."""
        writer = self._index.writer(heap_size=_HEAP, num_threads=1)
        writer.delete_documents_by_term("report", report_id)
        for entry in entries:
            fields = {field: " ".join(stems(getattr(entry, field))) for field in FIELDS}
            writer.add_document(tantivy.Document(key=entry.key, report=report_id, **fields))
        writer.commit()
        self._index.reload()

    def remove(self, report_id: str) -> None:
        """Forget the sentences of a report."""
        self.add(report_id, ())

    def search(
        self,
        weighted: Mapping[str, float],
        boosts: Mapping[str, float],
        limit: int,
        reports: Sequence[str] = (),
    ) -> list[tuple[str, float]]:
        """Keys and scores of the best sentences for stemmed words with weights, best first.

        `boosts` weighs the fields; `reports` restricts to these ids.
        """
        clauses = [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(
                    tantivy.Query.term_query(self._schema, field, word, index_option="freq"),
                    weight * boost,
                ),
            )
            for word, weight in weighted.items()
            for field, boost in boosts.items()
        ]
        if not clauses:
            return []
        query = tantivy.Query.boolean_query(clauses)
        if reports:
            chosen = tantivy.Query.term_set_query(self._schema, "report", list(reports))
            query = tantivy.Query.boolean_query(
                [
                    (tantivy.Occur.Must, query),
                    (tantivy.Occur.Must, tantivy.Query.const_score_query(chosen, 0.0)),
                ]
            )
        searcher = self._index.searcher()
        hits = searcher.search(query, limit, count=False).hits
        return [(searcher.doc(address)["key"][0], float(score)) for score, address in hits]

    def document_frequency(self, word: str) -> int:
        """In how many sentences' own text a stemmed word occurs."""
        return int(self._index.searcher().doc_freq("text", word))

    def count(self) -> int:
        """How many sentences are indexed."""
        return int(self._index.searcher().num_docs)

    def counts(self, reports: Sequence[str]) -> dict[str, int]:
        """For each of `reports` how many of its sentences are indexed."""
        searcher = self._index.searcher()

        def count(report: str) -> int:
            # A search, since a document frequency counts what is deleted until segments merge.
            query = tantivy.Query.term_query(self._schema, "report", report)
            found: Any = searcher.search(query, 1, count=True)  # whose stubs leave the count out
            return int(found.count)

        return {report: count(report) for report in reports}
