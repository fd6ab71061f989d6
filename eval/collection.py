"""The library that a set is measured on: which documents belong to it, ingested and kept."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from eval.items import SETS, EvaluationError, ItemSet
from ingest.embed import Embedder
from ingest.library import Library
from ingest.pipeline import Progress, ingest
from ingest.report import Report
from ingest.settings import Settings
from ingest.sources import SUFFIXES

STARTER = Path(str(files("ingest") / "starter"))


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence of the library, as the judge sees it."""

    source: str
    page: int
    text: str


def documents_of(items: ItemSet, documents: Path | None, sets: Path = SETS) -> list[Path]:
    """The documents that a set is asked over.

    Those that `NAME.reports.txt` lists, where there is such a file beside the set; otherwise all
    documents of every folder that holds a report which the set names, so that the neighbours of
    the right report are there to be confused with it. They are searched for in the starter folder
    and under `documents`. Raises EvaluationError for a report that is not there.
    """
    listed = sets / f"{items.name}.reports.txt"
    named = (
        [line.strip() for line in listed.read_text(encoding="utf-8").splitlines() if line.strip()]
        if listed.is_file()
        else sorted({name for item in (*items.questions, *items.claims) for name in item.reports})
    )
    known = [path for root in (STARTER, documents) if root for path in _documents_under(root)]
    found: list[Path] = []
    for name in named:
        paths = [path for path in known if path.name.startswith(name)]
        if not paths:
            raise EvaluationError(
                f"The set {items.name} asks about {name}, which is not here; "
                "name the folder of its documents with --documents."
            )
        found += paths
    if listed.is_file():
        return sorted(set(found))
    folders = {path.parent for path in found}
    return sorted(path for path in known if path.parent in folders)


@contextmanager
def library_of(
    name: str,
    documents: Sequence[Path],
    settings: Settings,
    cache: Path,
    progress: Progress | None = None,
) -> Iterator[tuple[Library, Settings]]:
    """The library of `documents` under `cache`, open, and the settings that it was opened with.

    A library that an earlier run made is used again as long as neither the documents' paths nor
    the code that reads them has changed. Raises EvaluationError where a document cannot be read.
    """
    paths = [str(path.resolve()) for path in documents]
    key = _digest([*paths, Embedder(settings).name, str(settings.passage_chars), _code()])
    folder = cache / (re.sub(r"[^\w-]", "_", name) + "-" + key)
    own = settings.model_copy(update={"library": folder})
    with Library.open(own) as library:
        summary = ingest(library, paths, own, progress)
        if summary.failed:
            first = summary.failed[0]
            raise EvaluationError(f"{first.source} could not be ingested: {first.reason}")
        yield library, own


def units_of(library: Library) -> dict[str, list[Unit]]:
    """All sentences of the library, by the source of their report."""
    units: dict[str, list[Unit]] = {}
    for report in library.reports():
        units[report.source] = [
            Unit(report.source, sentence.page, report.text[sentence.start : sentence.end])
            for sentence in library.sentences(report.id)
        ]
    return units


def reports_by_id(library: Library) -> dict[str, Report]:
    """The reports of a library by id."""
    return {report.id: report for report in library.reports()}


def _documents_under(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.suffix.lower() in SUFFIXES)


def _code() -> str:
    """A digest of the code that reads documents: another reader makes another library."""
    folder = Path(str(files("ingest")))
    return _digest([path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py"))])


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
