"""Reports in: read, describe, divide, embed, store; each alone, so that one failure stops none."""

import hashlib
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ingest.describe import describe
from ingest.divide import divide
from ingest.embed import Embedder
from ingest.errors import FindingsError, UnreadableError
from ingest.library import Library, sentence_texts
from ingest.readers import read
from ingest.report import Report
from ingest.settings import Settings
from ingest.sources import Source, fetch, find_sources

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


def ingest(
    library: Library,
    sources: Iterable[str],
    settings: Settings,
    progress: Progress | None = None,
) -> Summary:
    """Bring the documents behind `sources` (paths, folders, addresses) into the library.

    Unchanged documents are skipped by the hash of their bytes, changed ones replaced. A document
    that cannot be read is a failure of its own in the summary.
    """
    found = list(find_sources(sources))
    embedder = Embedder(settings)
    summary = Summary()
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
            if report_id in known and known[report_id][0] == sha256:
                summary.unchanged.append(Outcome(source.name))
            elif report_id not in known and sha256 in by_hash:
                same = by_hash[sha256]
                summary.unchanged.append(Outcome(source.name, f"the same document as {same}"))
            else:
                store(library, embedder, settings, source, data)
                outcomes = summary.updated if report_id in known else summary.added
                outcomes.append(Outcome(source.name))
                by_hash[sha256] = source.name
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
    reading = read(data, source.name)
    report = Report(
        id=report_id_of(source.location),
        source=source.name,
        location=source.location,
        sha256=hashlib.sha256(data).hexdigest(),
        text=reading.text,
        page_starts=reading.page_starts,
        description=describe(reading, source.name, source.location),
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
    library.put(report, passages, sentences, vectors)
    unseen = library.register.words_without_vector(library.words_of(report.id))
    if unseen:
        library.register.put_word_vectors(unseen, embedder.alone(unseen))
    return report


def report_id_of(location: str) -> str:
    """The id of the report at a path or address: it stays when the document changes."""
    return hashlib.sha256(location.encode()).hexdigest()[:12]


def _weight(source: Source) -> int:
    """Units of work that a document is, for the time left: its size, which is all that is known."""
    return max(source.size, 1000)
