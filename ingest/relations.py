"""The part of the register that says which reports repeat, reword or tell of others.

Likenesses of pairs are stored when a report comes, and go with either of the two; the marks follow
from them.
"""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import replace

from ingest.copies import Pair, Relation, Standing, marks, may_be_one_report, may_tell, tells_of
from ingest.likeness import Signature, likeness, may_be_alike
from ingest.report import Description, Report

SCHEMA = """
create table if not exists signatures (
    report text primary key, length integer not null, grades integer not null,
    hashes blob not null, figures text not null
) without rowid;
create table if not exists likenesses (
    one text not null, other text not null, kind text not null, primary key (one, other, kind)
) without rowid;
create index if not exists likenesses_of_other on likenesses (other);
create table if not exists relations (
    report text not null, other text not null, relation text not null,
    primary key (report, relation)
) without rowid;
"""

Described = dict[str, tuple[str, Description]]
"""For each report its location and description."""


class Relations:
    """What the reports of a register are to each other; callers hold the transaction."""

    def __init__(self, db: sqlite3.Connection, report_of: Callable[[str], Report | None]) -> None:
        self._db = db
        self._report_of = report_of
        db.executescript(SCHEMA)

    def add(self, report: Report, described: Described) -> None:
        """Compare a new report with those of `described`, which has it too, and renew the marks."""
        signature = Signature.of(report.text)
        pairs = list(self._pairs(report, signature, described))
        self._db.execute(
            "insert into signatures values (?, ?, ?, ?, ?)", (report.id, *signature.stored())
        )
        self._db.executemany("insert into likenesses values (?, ?, ?)", pairs)
        if pairs:
            self._renew(described)

    def remove(self, report_id: str, described: Described) -> None:
        """Forget a report, and renew the marks of the others."""
        self._db.execute("delete from signatures where report = ?", (report_id,))
        gone = self._db.execute(
            "delete from likenesses where one = ? or other = ?", (report_id, report_id)
        )
        if gone.rowcount:
            self._renew(described)

    def marked(self, description: Description, report_id: str) -> Description:
        """The description of a report with what the library knows of its relation to others."""
        rows = self._db.execute(
            "select other, relation from relations where report = ?", (report_id,)
        ).fetchall()
        # What makes it a copy weighs more than what it tells of.
        for other, relation in sorted(rows, key=lambda row: Relation(row[1]).is_copy):
            if Relation(relation).is_copy:
                description = replace(description, relation=relation, copy_of=other)
            else:
                description = replace(description, relation=relation, about=other)
        return description

    def _pairs(self, report: Report, signature: Signature, described: Described) -> Iterable[Pair]:
        for other_id, other_signature in self._signatures():
            location, about = described[other_id]
            if may_be_alike(signature, other_signature) and may_be_one_report(
                report.description, about
            ):
                kind = likeness(
                    report.text, self._report(other_id).text, (signature, other_signature)
                )
                if kind is not None:
                    first, second = sorted((report.id, other_id))
                    yield first, second, kind.value
            if told := tells_of(report, about, location):
                yield report.id, other_id, told.value
            if may_tell(about) and (
                told := tells_of(self._report(other_id), report.description, report.location)
            ):
                yield other_id, report.id, told.value

    def _renew(self, described: Described) -> None:
        pairs: list[Pair] = list(self._db.execute("select one, other, kind from likenesses"))
        sizes = self._db.execute(
            "select report, length, grades from signatures where report in "
            "(select one from likenesses union select other from likenesses)"
        )
        standings = {row[0]: Standing(row[0], *described[row[0]], *row[1:]) for row in sizes}
        self._db.execute("delete from relations")
        self._db.executemany("insert into relations values (?, ?, ?)", marks(pairs, standings))

    def _signatures(self) -> list[tuple[str, Signature]]:
        rows = self._db.execute("select * from signatures")
        return [(row[0], Signature.restored(*row[1:])) for row in rows]

    def _report(self, report_id: str) -> Report:
        found = self._report_of(report_id)
        assert found is not None, "a signature without its report"
        return found
