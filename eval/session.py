"""One run of the evaluation, from the sets to the rows: libraries, systems, progress."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from assistant.engine import Assistant
from eval.baselines import baselines
from eval.collection import documents_of, library_of, reports_by_id, units_of
from eval.evidence_checker import EvidenceChecker
from eval.items import ItemSet, load_set, set_names
from eval.public import (
    every_figure,
    load_evidence,
    load_gradings,
    load_passages,
    run_evidence,
    shape_of,
)
from eval.runner import count_relevant, run_system
from eval.runs import Run, SetRun
from eval.systems import ByReport, Ours, System
from ingest.embed import Embedder
from ingest.library import Library
from ingest.settings import Settings, load_settings

MODEL_WORKERS = 4  # questions in flight while a language model is waited for


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be run; the fields are the options of `findings eval`."""

    cache: Path
    sets: tuple[str, ...] = ()
    split: str = "all"
    baselines: bool = False
    documents: Path | None = None
    public: Path | None = None
    limit: int | None = None
    library: Path | None = None


def run_all(plan: Plan) -> Run:
    """Run all sets of a plan; raises FindingsError where one cannot be run at all."""
    started = datetime.now(UTC).isoformat(timespec="seconds")
    settings = load_settings()
    named = plan.sets or (() if plan.public else ("starter",))
    names = set_names() if "all" in named else list(dict.fromkeys(named))
    runs = [_run_set(load_set(name).of_split(plan.split), plan, settings) for name in names]
    runs += _run_public(plan, settings)
    packages = ("langchain-core", "chromadb", "tantivy", "sentence-transformers", "torch")
    return Run(
        started=started,
        settings=settings.model_dump(mode="json", exclude={"model_key", "library"}),
        versions={name: version(name) for name in packages},
        sets=tuple(runs),
    )


def run_over(
    items: ItemSet,
    library: Library,
    settings: Settings,
    *,
    with_baselines: bool = False,
    by_report: bool = False,
) -> SetRun:
    """All systems on one set over one open library; `by_report` ranks reports, not sentences."""
    systems: list[System] = [Ours(Assistant(settings, library))]
    if with_baselines:
        systems += baselines(library, Embedder(settings))
    reports = reports_by_id(library)
    if by_report:
        systems = [ByReport(system) for system in systems]
        relevant = dict.fromkeys((item.id for item in items.questions), 1)
    else:
        relevant = count_relevant(items.questions, units_of(library))
    rows = []
    for place, system in enumerate(systems):
        workers = MODEL_WORKERS if settings.model and place == 0 else 1
        with _progress(f"{items.name}: {system.name}") as asking:
            rows.append(
                run_system(system, items, reports, relevant, progress=asking, workers=workers)
            )
    counts = library.counts()
    return SetRun(
        name=items.name, reports=counts.reports, sentences=counts.sentences, systems=tuple(rows)
    )


def _run_set(items: ItemSet, plan: Plan, settings: Settings) -> SetRun:
    if plan.library:
        own = settings.model_copy(update={"library": plan.library})
        with Library.open(own, create=False) as library:
            return run_over(items, library, own, with_baselines=plan.baselines)
    return _run_documents(items, documents_of(items, plan.documents), plan, settings)


def _run_documents(
    items: ItemSet,
    documents: Sequence[Path],
    plan: Plan,
    settings: Settings,
    *,
    by_report: bool = False,
) -> SetRun:
    with (
        _progress(f"{items.name}: reading") as reading,
        library_of(items.name, documents, settings, plan.cache, reading) as (library, own),
    ):
        return run_over(items, library, own, with_baselines=plan.baselines, by_report=by_report)


def _run_public(plan: Plan, settings: Settings) -> Iterator[SetRun]:
    for path in sorted(plan.public.glob("*.jsonl")) if plan.public else ():
        shape = shape_of(path)
        if shape == "passages":
            folder = plan.cache / f"{path.stem}-passages"
            items = load_passages(path, folder, plan.limit)
            yield _run_documents(items, sorted(folder.glob("*.md")), plan, settings, by_report=True)
        elif shape == "gradings":
            items = load_gradings(path, plan.limit)
            yield _run_documents(items, documents_of(items, plan.documents), plan, settings)
        elif shape == "evidence":
            evidence = load_evidence(path, plan.limit)
            ours = EvidenceChecker(Embedder(settings)).verify
            checkers = {"ours": ours, "every figure": every_figure}
            systems = []
            for name, verify in checkers.items():
                with _progress(f"{path.stem}: {name}") as checking:
                    systems.append(run_evidence(name, verify, evidence, checking))
            yield SetRun(name=path.stem, reports=0, sentences=0, systems=tuple(systems))


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int, str], None]]:
    """A bar on standard error with the time left; gone when done."""
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total, _: bar.update(task, completed=done, total=total)
