"""One run of the evaluation, from the sets to the rows: libraries, systems, progress."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from assistant.engine import Assistant
from eval.baselines import baselines
from eval.collection import documents_of, library_of, reports_by_id, units_of
from eval.items import ItemSet, load_set, set_names
from eval.runner import count_relevant, run_system
from eval.runs import Run, SetRun
from eval.systems import Ours, System
from ingest.embed import Embedder
from ingest.settings import Settings, load_settings

MODEL_WORKERS = 4  # questions in flight while a language model is waited for


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be run."""

    cache: Path
    sets: tuple[str, ...] = ()
    split: str = "all"
    baselines: bool = False
    documents: Path | None = None
    public: Path | None = None
    limit: int | None = None


def run_all(plan: Plan, started: str) -> Run:
    """Run all sets of a plan; raises FindingsError where one cannot be run at all."""
    settings = load_settings()
    names = (
        set_names()
        if "all" in plan.sets
        else list(plan.sets or (() if plan.public else ("starter",)))
    )
    runs = [_run_set(load_set(name).of_split(plan.split), plan, settings) for name in names]
    return Run(
        started=started,
        settings=settings.model_dump(mode="json", exclude={"model_key"}),
        versions={
            name: version(name) for name in ("langchain-core", "chromadb", "tantivy", "torch")
        },
        sets=tuple(runs),
    )


def _run_set(items: ItemSet, plan: Plan, settings: Settings) -> SetRun:
    documents = documents_of(items, plan.documents)
    return run_over(items, documents, plan, settings)


def run_over(items: ItemSet, documents: list[Path], plan: Plan, settings: Settings) -> SetRun:
    """Run one set over the library of `documents`."""
    with (
        _progress(f"{items.name}: reading") as reading,
        library_of(items.name, documents, settings, plan.cache, reading) as (library, own),
    ):
        systems: list[System] = [Ours(Assistant(own, library))]
        if plan.baselines:
            systems += baselines(library, Embedder(own))
        reports, units = reports_by_id(library), units_of(library)
        relevant = count_relevant(items.questions, units)
        rows = []
        for system in systems:
            with _progress(f"{items.name}: {system.name}") as asking:
                workers = MODEL_WORKERS if own.model and isinstance(system, Ours) else 1
                rows.append(run_system(system, items, reports, relevant, asking, workers))
        counts = library.counts()
        return SetRun(
            name=items.name,
            reports=counts.reports,
            sentences=counts.sentences,
            systems=tuple(rows),
        )


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int, str], None]]:
    """A bar on standard error with the time left; gone when done."""
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total, _: bar.update(task, completed=done, total=total)
