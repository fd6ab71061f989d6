"""`python -m eval.reading`: how much of a folder of PDFs the reader gets right, and how fast.

Right is what a second library takes from the same page (`eval/reading_reference.py`), what the
tags of the file call a heading, and what the file's name says of the report.
"""

import json
import re
import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import perf_counter

import click

from eval.reading_reference import Reference, reference_of, words
from ingest.dates import parse_date
from ingest.describe import describe
from ingest.divide import divide
from ingest.embed import Embedder
from ingest.errors import FindingsError, UnreadableError
from ingest.library import Library, sentence_texts
from ingest.pipeline import report_id_of
from ingest.readers import read
from ingest.report import BlockKind, Passage, Reading, Report, Sentence
from ingest.settings import Settings

_WITHHELD = "report.pdf"  # a name that tells nothing
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class Page:
    """One page against its reference: shares from 0 to 1, and the words on one side only."""

    source: str
    number: int
    same: bool  # the same words in the same order
    similarity: float  # twice the shared words over all words, order apart
    missing: tuple[str, ...]
    extra: tuple[str, ...]


@dataclass(slots=True)
class Measure:
    """What came of a folder; `seconds` by stage, `fields` as (right, asked)."""

    documents: int = 0
    pages: list[Page] = field(default_factory=list)
    headings: tuple[int, int] = (0, 0)  # of those that the tags mark: found, marked
    fields: dict[str, tuple[int, int]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    peak_mb: float = 0.0
    failed: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Read:
    path: Path
    reading: Reading
    report: Report
    passages: list[Passage]
    sentences: list[Sentence]


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--documents", type=_FOLDER, required=True, help="The folder of PDFs.")
@click.option(
    "--names",
    help="A regular expression for the file names, whose groups (place, published, kind, title) "
    "say what the report is, as in '_(?P<place>.+?)__.+---(?P<published>.+)[.]pdf'.",
)
@click.option("--store", is_flag=True, help="Embed and store the reports, too, and time it.")
@click.option("--limit", type=click.IntRange(min=1), help="Measure N documents, spread evenly.")
@click.option("--worst", default=10, show_default=True, help="How many of the worst pages to list.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(
    documents: Path, names: str | None, store: bool, limit: int | None, worst: int, as_json: bool
) -> None:
    """Measure how the reader reads the PDFs of a folder."""
    paths = sorted(documents.rglob("*.pdf"))
    if not paths:
        raise click.ClickException(f"{documents} holds no PDF; name a folder that does.")
    paths = paths[:: max(1, len(paths) // (limit or len(paths)))][: limit or len(paths)]
    try:
        pattern = re.compile(names) if names else None
        found = measure(paths, pattern, store=store)
    except re.error as error:
        raise click.ClickException(f"--names is no regular expression: {error}.") from error
    except FindingsError as error:
        raise click.ClickException(str(error)) from error
    click.echo(_as_json(found, worst) if as_json else "\n".join(_lines(found, worst)))


def measure(paths: Sequence[Path], names: re.Pattern[str] | None, *, store: bool) -> Measure:
    """Read, divide and perhaps store the PDFs, then hold them against the reference.

    The reference is made last, so that the peak of memory is the reader's own.
    """
    found = Measure(documents=len(paths))
    documents = list(_read_all(paths, found))
    if store:
        _store_all(documents, found)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found.peak_mb = peak / (1e6 if sys.platform == "darwin" else 1e3)
    for document in documents:
        reference = reference_of(document.path)
        found.pages += compared(document.path.name, document.reading, reference)
        hits, marked = headings_found(document.reading, reference)
        found.headings = (found.headings[0] + hits, found.headings[1] + marked)
        if names is not None:
            _count_fields(document, names, found)
    return found


def compared(source: str, reading: Reading, reference: Reference) -> Iterator[Page]:
    """Each page of a reading against its reference."""
    ends = (*reading.page_starts[1:], len(reading.text))
    ours = [words(reading.text[a:b]) for a, b in zip(reading.page_starts, ends, strict=True)]
    for number, theirs in enumerate(map(words, reference.pages)):
        mine = ours[number] if number < len(ours) else []
        shared = Counter(mine) & Counter(theirs)
        total = len(mine) + len(theirs)
        yield Page(
            source,
            number + 1,
            same=mine == theirs,
            similarity=2 * shared.total() / total if total else 1.0,
            missing=tuple((Counter(theirs) - shared).elements()),
            extra=tuple((Counter(mine) - shared).elements()),
        )


def headings_found(reading: Reading, reference: Reference) -> tuple[int, int]:
    """How many of the headings that the file's tags mark are headings of the reading, and of how
    many."""
    ours = {
        "".join(words(reading.text[block.start : block.end]))
        for block in reading.blocks
        if block.kind is BlockKind.HEADING
    }
    marked = ["".join(words(heading)) for heading in reference.headings]
    marked = [heading for heading in marked if heading]
    return sum(heading in ours for heading in marked), len(marked)


def _read_all(paths: Sequence[Path], found: Measure) -> Iterator[_Read]:
    seconds = {"reading": 0.0, "dividing": 0.0}
    for path in paths:
        data = path.read_bytes()
        begin = perf_counter()
        try:
            reading = read(data, path.name)
        except UnreadableError as error:
            found.failed.append(str(error))
            continue
        between = perf_counter()
        location = str(path.resolve())
        report = Report(
            id=report_id_of(location),
            source=path.name,
            location=location,
            sha256="0" * 64,
            text=reading.text,
            page_starts=reading.page_starts,
            description=describe(reading, path.name, location),
        )
        passages, sentences = divide(reading, report, Settings().passage_chars)
        seconds["reading"] += between - begin
        seconds["dividing"] += perf_counter() - between
        yield _Read(path, reading, report, passages, sentences)
    found.seconds |= seconds


def _store_all(documents: Sequence[_Read], found: Measure) -> None:
    seconds = {"embedding": 0.0, "storing": 0.0}
    with tempfile.TemporaryDirectory(prefix="findings-reading-") as folder:
        settings = Settings(library=Path(folder) / "library")
        embedder = Embedder(settings)
        embedder.alone(["The model is loaded before the time is taken."])
        with Library.open(settings) as library:
            for one in documents:
                begin = perf_counter()
                vectors = embedder.sentences(
                    one.report.description.title,
                    [sentence.section for sentence in one.sentences],
                    sentence_texts(one.report, one.sentences),
                )
                between = perf_counter()
                library.put(one.report, one.passages, one.sentences, vectors)
                seconds["embedding"] += between - begin
                seconds["storing"] += perf_counter() - between
    found.seconds |= seconds


def _count_fields(document: _Read, names: re.Pattern[str], found: Measure) -> None:
    """Whether each field is what the file's name says, told with that name and without it."""
    match = names.search(document.path.name)
    if match is None:
        return
    with_name = asdict(document.report.description)
    without = asdict(describe(document.reading, _WITHHELD, _WITHHELD))
    for name, said in match.groupdict().items():
        if name not in with_name or not said:
            continue
        for how, described in (("", with_name), (", name withheld", without)):
            right, asked = found.fields.get(name + how, (0, 0))
            same = _fact(name, said) == _fact(name, described[name])
            found.fields[name + how] = (right + same, asked + 1)


def _fact(name: str, text: str) -> str:
    """A field as it is compared: dates in ISO form, small words and punctuation apart."""
    if name == "published":
        return parse_date(text) or text
    kept = [word for word in words(text.replace("-", " ")) if word not in ("and", "the", "of")]
    return " ".join(kept)


def _as_json(found: Measure, worst: int) -> str:
    summary = {
        "documents": found.documents,
        "failed": found.failed,
        "pages": len(found.pages),
        "pages_same": _share(sum(page.same for page in found.pages), len(found.pages)),
        "pages_same_words": _share(
            sum(page.similarity == 1 for page in found.pages), len(found.pages)
        ),
        "mean_similarity": _mean_similarity(found),
        "headings": found.headings,
        "fields": found.fields,
        "seconds": found.seconds,
        "peak_mb": found.peak_mb,
        "worst": [asdict(page) for page in _worst(found, worst)],
    }
    return json.dumps(summary, ensure_ascii=False, indent=1)


def _lines(found: Measure, worst: int) -> Iterator[str]:
    pages = len(found.pages)
    same = sum(page.same for page in found.pages)
    same_words = sum(page.similarity == 1 for page in found.pages)
    yield f"{found.documents} documents, {len(found.failed)} not read, {pages} pages"
    yield f"pages with the same words in the same order  {100 * _share(same, pages):.1f} per cent"
    yield f"pages with the same words                    {100 * _share(same_words, pages):.1f} per cent"
    yield f"mean similarity of words                     {_mean_similarity(found):.4f}"
    yield f"headings that the tags mark, found           {found.headings[0]} of {found.headings[1]}"
    for name, (right, asked) in found.fields.items():
        yield f"{name + ' right':44} {right} of {asked}"
    for stage, seconds in found.seconds.items():
        yield f"{stage:44} {pages / max(seconds, 1e-9):.0f} pages a second"
    yield f"peak memory                                  {found.peak_mb:.0f} MB"
    yield from found.failed
    for page in _worst(found, worst):
        yield f"{page.similarity:.3f}  {page.source} page {page.number}"
        for label, some in (("missing", page.missing), ("extra", page.extra)):
            yield f"       {label}: {' '.join(some[:20])}{' ...' * (len(some) > 20)}"


def _worst(found: Measure, number: int) -> list[Page]:
    return sorted(found.pages, key=lambda page: page.similarity)[:number]


def _mean_similarity(found: Measure) -> float:
    return _share(sum(page.similarity for page in found.pages), len(found.pages))


def _share(part: float, whole: int) -> float:
    return part / whole if whole else 0.0


if __name__ == "__main__":
    main()
