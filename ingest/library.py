"""The library: register, vectors and lexical index of all reports, under one lock."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

from chromadb.errors import ChromaError
from filelock import FileLock, Timeout

from ingest.abbreviations import abbreviations, initialisms
from ingest.embed import Embedder, Vectors, setting_of
from ingest.errors import LibraryError, LibraryInUseError, full_disk
from ingest.lexical import Entry, LexicalIndex
from ingest.readable import plain, readable
from ingest.register import Register, batched_keys
from ingest.report import BlockKind, Description, Passage, Report, Sentence
from ingest.settings import Settings
from ingest.vectors import VectorIndex, check_server
from ingest.words import STOPWORDS, word_counts

FORMAT = 2  # of everything stored; raise it when an older library can no longer be read
_REGISTER = "register.sqlite3"


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a library holds."""

    reports: int
    passages: int
    sentences: int


EMBEDDED, SERVER = "in its own folder", "on a Chroma server"  # where a library keeps its vectors


class Library:
    """All that has been ingested; open it with `Library.open`, and close it.

    One process at a time: opening raises LibraryInUseError while another has it, and LibraryError
    where it is of another format or embedding model, or damaged.
    """

    def __init__(self, folder: Path, settings: Settings, lock: FileLock) -> None:
        self.folder = folder
        self._lock = lock
        self.register = Register(folder / _REGISTER)
        self._check(settings)
        self.vectors = VectorIndex(
            folder / "chroma", settings.chroma_url, self.register.facts().get("id", "")
        )
        self.lexical = LexicalIndex(folder / "tantivy")
        self.version = 0  # grows with every change, for whoever keeps something in memory
        self._report = lru_cache(maxsize=512)(self.register.report)
        self._sentences = lru_cache(maxsize=512)(self.register.sentences)
        self._passages = lru_cache(maxsize=512)(self.register.passages)
        for report_id in self.register.unfinished():
            self.remove(report_id)

    @classmethod
    def open(cls, settings: Settings, *, create: bool = True) -> "Library":
        """Open the library of the settings, making it where there is none and `create` is true."""
        folder = settings.library
        is_new = not (folder / _REGISTER).is_file()
        if is_new and not create:
            raise LibraryError(
                f"There is no library at {folder}; make one with findings ingest PATH, "
                "or name another with --library."
            )
        if is_new and settings.chroma_url:
            check_server(settings.chroma_url)  # before anything is made, which would be left behind
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                f"The library {folder} cannot be made ({error.strerror}); "
                "name another with --library."
            ) from error
        lock = FileLock(folder / ".lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise LibraryInUseError(
                f"Another process is using the library {folder}; stop it, or name another "
                "library with --library."
            ) from error
        try:
            return cls(folder, settings, lock)
        except (sqlite3.DatabaseError, ChromaError, ValueError) as error:  # tantivy's is the last
            lock.release()
            raise LibraryError(
                full_disk(folder, error)
                or f"The library {folder} is damaged ({error}); bring it back from a copy, or ingest "
                "the reports into a new one."
            ) from error
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        """Give the library free for other processes."""
        self.vectors.close()
        self.register.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def put(
        self,
        report: Report,
        passages: Sequence[Passage],
        sentences: Sequence[Sentence],
        vectors: Vectors,
        corrections: Mapping[str, str] | None = None,
    ) -> None:
        """Store one report in place of any earlier version; `vectors` has one row a sentence, and
        `corrections` are what its description has from the owner of the collection."""
        keys = batched_keys(report.id, (s.ordinal for s in sentences))
        spoken = word_counts([plain(report.text[s.start : s.end]) for s in sentences])
        text = plain(report.text)
        with self._writing():
            short = abbreviations(text), initialisms(text)
            self.register.put(report, passages, sentences, spoken, *short, corrections)
            self.vectors.add(report.id, keys, vectors)
            self.lexical.add(report.id, entries(report, sentences))
            self.register.mark_ready(report.id)
        self._changed()

    def put_words(self, words: Sequence[str], vectors: Vectors) -> None:
        """Store the vectors of single words, one row each."""
        with self._writing():
            self.register.put_word_vectors(words, vectors)

    def remove(self, report_id: str) -> None:
        """Forget a report everywhere."""
        with self._writing():
            self.register.mark_storing(report_id)
            self.vectors.remove(report_id)
            self.lexical.remove(report_id)
            self.register.remove(report_id)
        self._changed()

    def reports(self) -> list[Report]:
        """All reports, oldest publication first."""
        return self.register.reports()

    def report(self, report_id: str) -> Report:
        """One report; raises LibraryError where there is none."""
        found = self._report(report_id)
        if found is None:
            raise LibraryError(f"The library has no report {report_id}; see findings library list.")
        return found

    def sentences(self, report_id: str) -> list[Sentence]:
        """All sentences of a report, in order."""
        return self._sentences(report_id)

    def passages(self, report_id: str) -> list[Passage]:
        """All passages of a report, in order."""
        return self._passages(report_id)

    def words_of(self, report_id: str) -> list[str]:
        """The words of a report that carry meaning on their own."""
        return [w for w in self.register.words_of(report_id) if len(w) > 2 and w not in STOPWORDS]

    def words(self) -> list[str]:
        """The words of all reports that carry meaning on their own."""
        return [w for w in self.register.vocabulary() if len(w) > 2 and w not in STOPWORDS]

    def find(self, name: str) -> Report:
        """The one report whose id, file name or title begins with `name`.

        Raises LibraryError where none or several do.
        """
        lowered = name.lower()
        reports = self.reports()
        exact = [r for r in reports if name in (r.id, r.source, r.location)]
        found = exact or [
            r
            for r in reports
            if any(
                text.lower().startswith(lowered) for text in (r.id, r.source, r.description.title)
            )
        ]
        if len(found) != 1:
            answering = f"{len(found)} reports answer" if found else "No report answers"
            raise LibraryError(
                f"{answering} to {name!r} in the library; see findings library list."
            )
        return found[0]

    def counts(self) -> Counts:
        """How much the library holds."""
        return Counts(*self.register.counts())

    def doctor(self) -> list[str]:
        """What is wrong, one sentence each; empty where register, Chroma and tantivy agree."""
        problems = []
        expected = self.register.sentence_counts()
        vectors, lexical = self.vectors.counts(list(expected)), self.lexical.counts(list(expected))
        for report_id, number in expected.items():
            source = self.report(report_id).source
            for where, counted in (("Chroma", vectors), ("tantivy", lexical)):
                if counted[report_id] != number:
                    problems.append(
                        f"{source}: {where} holds {counted[report_id]} of its {number} sentences; "
                        "remove it and ingest it again."
                    )
        total = sum(expected.values())
        for where, count in (("Chroma", self.vectors.count()), ("tantivy", self.lexical.count())):
            if count > total:
                problems.append(
                    f"{where} holds {count - total} sentences of no report; make the library anew."
                )
        return problems

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Makes one error of what each store raises on a full disk."""
        try:
            yield
        except (sqlite3.Error, ChromaError, OSError, ValueError) as error:  # tantivy's is the last
            if sentence := full_disk(self.folder, error):
                raise LibraryError(sentence) from error
            raise

    def _changed(self) -> None:
        self.version += 1
        for cache in (self._report, self._sentences, self._passages):
            cache.cache_clear()

    def _check(self, settings: Settings) -> None:
        """Refuse a library of another format or embedding model, naming the remedy."""
        name = Embedder(settings).name
        facts = self.register.facts()
        store = SERVER if settings.chroma_url else EMBEDDED
        if not facts:
            # The id tells the vectors of one library from another's on the same server.
            new = {"format": str(FORMAT), "model": name, "store": store, "id": uuid4().hex}
            self.register.set_facts(new)
            return
        if facts.get("store", store) != store:
            remedy = "name it with chroma_url" if store == EMBEDDED else "leave chroma_url empty"
            raise LibraryError(
                f"The library {self.folder} keeps its vectors {facts['store']}; {remedy}."
            )
        if facts.get("format") != str(FORMAT):
            raise LibraryError(
                f"The library {self.folder} has format {facts.get('format')}, and this version "
                f"reads format {FORMAT}; ingest the reports into a new library."
            )
        if facts.get("model") != name:
            raise LibraryError(
                f"The library {self.folder} was made with the embedding model {facts.get('model')}"
                f", not {name}; set embedding_model to {setting_of(str(facts.get('model')))}, "
                "or ingest the reports into a new library."
            )

    def check_dimension(self, dimension: int) -> None:
        """Record the dimension of the vectors, or refuse one that differs from the recorded."""
        recorded = self.register.facts().get("dimension")
        if recorded is None:
            self.register.set_facts({"dimension": str(dimension)})
        elif recorded != str(dimension):
            raise LibraryError(
                f"The library {self.folder} holds vectors of {recorded} numbers and the embedding "
                f"model gives {dimension}; ingest the reports into a new library."
            )


def entries(report: Report, sentences: Sequence[Sentence]) -> list[Entry]:
    """The lexical entries of a report's sentences, each with its surroundings."""
    title = title_words(report.description)
    found: list[Entry] = []
    before = ""
    for sentence, key in zip(
        sentences, batched_keys(report.id, (s.ordinal for s in sentences)), strict=True
    ):
        text = plain(report.text[sentence.start : sentence.end])
        lead = " ".join(plain(report.text[start:end]) for start, end in sentence.lead)
        found.append(Entry(key, text, before, lead, sentence.section, title))
        before = "" if sentence.kind is BlockKind.HEADING else text
    return found


def title_words(description: Description) -> str:
    """What a person may call a report by: title, place, publisher, kind and date."""
    return " ".join(
        (
            description.title,
            description.place,
            description.publisher,
            description.kind,
            description.digest_of,
            description.published.replace("-", " "),
        )
    )


def sentence_texts(report: Report, sentences: Sequence[Sentence]) -> list[str]:
    """The readable form of each sentence, as it is embedded and shown."""
    return [readable(report.text, s.kind, s.start, s.end, s.lead) for s in sentences]
