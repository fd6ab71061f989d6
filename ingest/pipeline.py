"""Reports in: read, describe, divide, embed, store; each alone, so that one failure stops none."""

import ctypes
import hashlib
import logging
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.corrections import corrections
from ingest.describe import describe
from ingest.divide import divide
from ingest.embed import Embedder
from ingest.errors import FindingsError, LibraryError, ModelError, UnreadableError
from ingest.library import Library, sentence_texts
from ingest.readers import read
from ingest.report import Report
from ingest.settings import Settings
from ingest.sources import Source, fetch, find_sources, folders_among

log = logging.getLogger(__name__)

Progress = Callable[[int, int, str], None]
"""Called with the units done, the units in all, and the name of the document in hand."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One document, and the reason where it failed or was passed over."""

    source: str
    reason: str = ""


@dataclass(slots=True)
class Summary:
    """What became of each document."""

    added: list[Outcome] = field(default_factory=list)
    updated: list[Outcome] = field(default_factory=list)
    unchanged: list[Outcome] = field(default_factory=list)
    failed: list[Outcome] = field(default_factory=list)
    removed: list[Outcome] = field(default_factory=list)


def ingest(
    library: Library,
    sources: Iterable[str],
    settings: Settings,
    progress: Progress | None = None,
    *,
    prune: bool = False,
) -> Summary:
    """Bring the documents behind `sources` (paths, folders, addresses) into the library.

    Unchanged documents are skipped by the hash of their bytes and what the owner says of them,
    changed ones replaced. A document that cannot be read is a failure of its own in the summary.
    With `prune`, reports whose file under one of the folders is gone are removed. Raises
    LibraryError where the library cannot be written, as on a full disk; what it holds by then is
    whole.
    """
    sources = list(sources)
    found = list(find_sources(sources))
    embedder = Embedder(settings)
    summary = Summary()
    if prune:  # first, so that a file that has only moved is no copy of its old self
        summary.removed = remove_gone(library, folders_among(sources))
    _embed_words(library, embedder, library.words())  # an earlier run may have left out the last
    known = library.register.known()
    by_hash = dict(known.values())
    total, done = sum(map(_weight, found)), 0
    for source in found:
        if progress:
            progress(done, total, source.name)
        report_id = report_id_of(source.location)
        try:
            data = fetch(source, settings)
            sha256 = hashlib.sha256(data).hexdigest()
            same = report_id in known and known[report_id][0] == sha256
            # A correction that is new, changed or taken back gives an unchanged file another title.
            if same and corrections(source.location) == library.register.corrections(report_id):
                summary.unchanged.append(Outcome(source.name))
            elif report_id not in known and sha256 in by_hash:
                twin = by_hash[sha256]
                summary.unchanged.append(Outcome(source.name, f"the same document as {twin}"))
            else:
                stored = store(library, embedder, settings, source, data)
                outcomes = summary.updated if report_id in known else summary.added
                outcomes.append(Outcome(source.name, stored.description.note))
                # Its earlier bytes are in the library no more, so they are no duplicate elsewhere.
                by_hash.pop(known.get(report_id, ("", ""))[0], None)
                by_hash[sha256] = source.name
        except (LibraryError, ModelError):  # which would stop every document alike
            raise
        except FindingsError as error:
            summary.failed.append(Outcome(source.name, str(error)))
        except Exception as error:  # the boundary: one bad file never stops the rest
            log.exception("reading %s", source.location)
            reason = f"It could not be read: {type(error).__name__}: {error}."
            summary.failed.append(Outcome(source.name, reason))
        done += _weight(source)
    if progress:
        progress(total, total, "")
    return summary


def store(
    library: Library, embedder: Embedder, settings: Settings, source: Source, data: bytes
) -> Report:
    """Read one document and put it into the library; raises UnreadableError where it cannot be."""
    reading, told = read(data, source.name), corrections(source.location)
    report = Report(
        id=report_id_of(source.location),
        source=source.name,
        location=source.location,
        sha256=hashlib.sha256(data).hexdigest(),
        text=reading.text,
        page_starts=reading.page_starts,
        description=describe(reading, source.name, source.location, told),
    )
    passages, sentences = divide(reading, report, settings.passage_chars)
    if not sentences:
        raise UnreadableError("No sentence could be read from it.")
    library.check_dimension(embedder.dimension)
    vectors = embedder.sentences(
        report.description.title,
        [sentence.section for sentence in sentences],
        sentence_texts(report, sentences),
    )
    library.put(report, passages, sentences, vectors, told)
    _embed_words(library, embedder, library.words_of(report.id))
    _give_back()
    return report


def remove_gone(library: Library, folders: Sequence[Path]) -> list[Outcome]:
    """Remove the reports whose file stood below one of `folders`, and stands there no more."""
    gone = [
        report_id
        for report_id, location in library.register.locations().items()
        if any(Path(location).is_relative_to(folder) for folder in folders)
        and not os.path.lexists(location)
    ]
    sources = [library.report(report_id).source for report_id in gone]
    for report_id in gone:
        library.remove(report_id)
    return [Outcome(source) for source in sources]


def _embed_words(library: Library, embedder: Embedder, words: Sequence[str]) -> None:
    """Store the vectors of those words that have none yet."""
    unseen = library.register.words_without_vector(words)
    if unseen:
        library.put_words(unseen, embedder.alone(unseen))


def report_id_of(location: str) -> str:
    """The id of the report at a path or address: it stays when the document changes."""
    return hashlib.sha256(location.encode()).hexdigest()[:12]


def _give_back() -> None:
    """Return freed memory to the system, so that it does not grow with each report; glibc keeps it."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if os.name == "posix" else None
    if trim:
        trim(0)


def _weight(source: Source) -> int:
    """Units of work that a document is, for the time left: its size, which is all that is known."""
    return max(source.size, 1000)
