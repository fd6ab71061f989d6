"""The register: reports with their text, passages, sentences, words and abbreviations, in SQLite.

A report is `storing` until Chroma and tantivy hold all of it too, then `ready`; whatever is found
`storing` when the library is opened was cut short, and is cleared away.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from ingest.embed import Vectors
from ingest.relations import Described, Relations
from ingest.report import BlockKind, Description, Passage, Report, Sentence

_SCHEMA = """
create table if not exists facts (name text primary key, value text not null);
create table if not exists reports (
    id text primary key, source text not null, location text not null, sha256 text not null,
    text text not null, page_starts text not null, description text not null, state text not null,
    sentence_count integer not null
);
create table if not exists passages (
    report text not null, ordinal integer not null, start integer not null, end integer not null,
    page integer not null, section text not null, primary key (report, ordinal)
) without rowid;
create table if not exists sentences (
    report text not null, ordinal integer not null, passage integer not null,
    start integer not null, end integer not null, page integer not null, kind text not null,
    section text not null, lead text not null, primary key (report, ordinal)
) without rowid;
create table if not exists words (
    report text not null, word text not null, number integer not null, capitals integer not null,
    primary key (report, word)
) without rowid;
create table if not exists word_vectors (word text primary key, vector blob not null) without rowid;
create table if not exists abbreviations (
    report text not null, short text not null, long text not null, defined integer not null,
    primary key (report, short, defined)
) without rowid;
create table if not exists corrections (
    report text not null, key text not null, value text not null, primary key (report, key)
) without rowid;
"""
_TABLES = ("passages", "sentences", "words", "abbreviations", "corrections")


class Register:
    """What is stored, as rows; safe to read from several threads."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, check_same_thread=False)
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = normal")
        self._db.executescript(_SCHEMA)
        self._relations = Relations(self._db, self.report)

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    def facts(self) -> dict[str, str]:
        """What the library records of itself: format, embedding model, dimension."""
        return dict(self._db.execute("select name, value from facts"))

    def set_facts(self, facts: dict[str, str]) -> None:
        """Record facts, replacing those of the same name."""
        with self._db:
            self._db.executemany("insert or replace into facts values (?, ?)", facts.items())

    def put(
        self,
        report: Report,
        passages: Sequence[Passage],
        sentences: Sequence[Sentence],
        words: Mapping[str, tuple[int, int]],
        abbreviations: dict[str, str],
        initialisms: dict[str, str],
        corrections: Mapping[str, str] | None = None,
    ) -> None:
        """Store one report as `storing`, in place of any earlier version of it."""
        with self._db:
            self._clear(report.id)
            self._db.execute(
                "insert into reports values (?, ?, ?, ?, ?, ?, ?, 'storing', ?)",
                (
                    report.id,
                    report.source,
                    report.location,
                    report.sha256,
                    report.text,
                    json.dumps(report.page_starts),
                    json.dumps(asdict(report.description), ensure_ascii=False),
                    len(sentences),
                ),
            )
            self._db.executemany(
                "insert into passages values (?, ?, ?, ?, ?, ?)",
                ((report.id, p.ordinal, p.start, p.end, p.page, p.section) for p in passages),
            )
            self._db.executemany(
                "insert into sentences values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (
                        *(report.id, s.ordinal, s.passage, s.start, s.end, s.page),
                        *(s.kind.value, s.section, json.dumps(s.lead)),
                    )
                    for s in sentences
                ),
            )
            self._db.executemany(
                "insert into words values (?, ?, ?, ?)",
                ((report.id, word, *numbers) for word, numbers in words.items()),
            )
            self._db.executemany(
                "insert into abbreviations values (?, ?, ?, ?)",
                (
                    (report.id, short, long, defined)
                    for defined, pairs in ((1, abbreviations), (0, initialisms))
                    for short, long in pairs.items()
                ),
            )
            self._db.executemany(
                "insert into corrections values (?, ?, ?)",
                ((report.id, key, value) for key, value in (corrections or {}).items()),
            )
            self._relations.add(report, self._described())

    def mark_ready(self, report_id: str) -> None:
        """Say that every part of the library holds the report."""
        with self._db:
            self._db.execute("update reports set state = 'ready' where id = ?", (report_id,))

    def remove(self, report_id: str) -> None:
        """Forget a report."""
        with self._db:
            self._clear(report_id)

    def mark_storing(self, report_id: str) -> None:
        """Say that a report is about to be changed or removed."""
        with self._db:
            self._db.execute("update reports set state = 'storing' where id = ?", (report_id,))

    def unfinished(self) -> list[str]:
        """Ids of the reports that were being stored or removed when the process stopped."""
        return [row[0] for row in self._db.execute("select id from reports where state != 'ready'")]

    def reports(self) -> list[Report]:
        """All reports, oldest publication first, those without a date last."""
        rows = self._db.execute("select * from reports where state = 'ready'")
        found = [self._report(row) for row in rows]
        return sorted(found, key=lambda r: (r.description.published or "9999", r.source))

    def known(self) -> dict[str, tuple[str, str]]:
        """For each stored report's id its SHA-256 and source."""
        rows = self._db.execute("select id, sha256, source from reports where state = 'ready'")
        return {row[0]: (row[1], row[2]) for row in rows}

    def locations(self) -> dict[str, str]:
        """For each stored report's id its absolute path or address."""
        return dict(self._db.execute("select id, location from reports where state = 'ready'"))

    def report(self, report_id: str) -> Report | None:
        """One report, or None."""
        row = self._db.execute("select * from reports where id = ?", (report_id,)).fetchone()
        return self._report(row) if row else None

    def sentences(self, report_id: str) -> list[Sentence]:
        """All sentences of a report, in order."""
        rows = self._db.execute(
            "select ordinal, passage, start, end, page, kind, section, lead from sentences "
            "where report = ? order by ordinal",
            (report_id,),
        )
        return [
            Sentence(
                ordinal,
                passage,
                start,
                end,
                page,
                BlockKind(kind),
                section,
                tuple((begin, finish) for begin, finish in json.loads(lead)),
            )
            for ordinal, passage, start, end, page, kind, section, lead in rows
        ]

    def passages(self, report_id: str) -> list[Passage]:
        """All passages of a report, in order."""
        rows = self._db.execute(
            "select ordinal, start, end, page, section from passages where report = ? "
            "order by ordinal",
            (report_id,),
        )
        return [Passage(*row) for row in rows]

    def corrections(self, report_id: str) -> dict[str, str]:
        """What the owner of the collection said of a report when it was stored."""
        rows = self._db.execute("select key, value from corrections where report = ?", (report_id,))
        return dict(rows)

    def counts(self) -> tuple[int, int, int]:
        """Numbers of reports, passages and sentences."""
        row = self._db.execute(
            "select (select count(*) from reports), (select count(*) from passages), "
            "(select count(*) from sentences)"
        ).fetchone()
        return int(row[0]), int(row[1]), int(row[2])

    def sentence_counts(self) -> dict[str, int]:
        """For each report how many sentences it has."""
        return dict(self._db.execute("select id, sentence_count from reports"))

    def vocabulary(self) -> dict[str, tuple[int, int]]:
        """For each word how often it occurs, and how often with a capital inside a sentence."""
        rows = self._db.execute("select word, sum(number), sum(capitals) from words group by word")
        return {row[0]: (row[1], row[2]) for row in rows}

    def words_of(self, report_id: str) -> list[str]:
        """The words of one report."""
        rows = self._db.execute("select word from words where report = ?", (report_id,))
        return [row[0] for row in rows]

    def words_without_vector(self, words: Iterable[str]) -> list[str]:
        """Those of `words` whose vector is not stored yet, in order."""
        known = {row[0] for row in self._db.execute("select word from word_vectors")}
        return sorted(set(words) - known)

    def put_word_vectors(self, words: Sequence[str], vectors: Vectors) -> None:
        """Store the vectors of single words, shape (len(words), any)."""
        rows = (
            (word, np.asarray(vector, dtype=np.float16).tobytes())
            for word, vector in zip(words, vectors, strict=True)
        )
        with self._db:
            self._db.executemany("insert or replace into word_vectors values (?, ?)", rows)

    def word_vectors(self) -> tuple[list[str], Vectors]:
        """All words with a vector, and the vectors, shape (words, any)."""
        rows = list(self._db.execute("select word, vector from word_vectors order by word"))
        vectors = [np.frombuffer(row[1], dtype=np.float16) for row in rows]
        matrix = np.asarray(vectors, dtype=np.float32) if rows else np.zeros((0, 1), np.float32)
        return [row[0] for row in rows], matrix

    def abbreviations(self, *, defined: bool = True) -> dict[str, list[str]]:
        """For each abbreviation its long forms, the commonest first: those that reports define, or
        the mere initials of names."""
        rows = self._db.execute(
            "select short, long from abbreviations where defined = ? group by short, lower(long) "
            "order by short, count(*) desc",
            (defined,),
        )
        found: dict[str, list[str]] = {}
        for short, long in rows:
            found.setdefault(short, []).append(long)
        return found

    def _clear(self, report_id: str) -> None:
        for table in _TABLES:
            self._db.execute(f"delete from {table} where report = ?", (report_id,))
        self._relations.remove(report_id, self._described())
        self._db.execute("delete from reports where id = ?", (report_id,))

    def _described(self) -> Described:
        rows = self._db.execute("select id, location, description from reports")
        return {row[0]: (row[1], Description(**json.loads(row[2]))) for row in rows}

    def _report(self, row: Sequence[object]) -> Report:
        report_id, source, location, sha256, text, page_starts, description = map(str, row[:7])
        return Report(
            id=report_id,
            source=source,
            location=location,
            sha256=sha256,
            text=text,
            page_starts=tuple(json.loads(page_starts)),
            description=self._relations.marked(Description(**json.loads(description)), report_id),
        )


def batched_keys(report_id: str, ordinals: Iterable[int]) -> list[str]:
    """The keys under which Chroma and tantivy know sentences of a report."""
    return [f"{report_id}:{ordinal}" for ordinal in ordinals]
