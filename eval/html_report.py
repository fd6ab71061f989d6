"""A run as one self-contained HTML page: measures, kinds, reports, and every wrong item."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from eval.compare import Flip
from eval.intervals import wilson
from eval.metrics import Measures, claim_measures, question_measures
from eval.runs import ClaimRow, QuestionRow, Run, SetRun, SystemRun, rows_of
from eval.table import difference_lines, of_split, splits_of, written

AnyRow = QuestionRow | ClaimRow
_CLAIM = "claim: "  # before a kind of claims


@dataclass(frozen=True, slots=True)
class Grid:
    """Measures as text: one line a measure, one cell a system."""

    title: str
    systems: tuple[str, ...]
    lines: tuple[tuple[str, int, tuple[str, ...]], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of a group of items are right, and in what range the true rate lies."""

    name: str
    right: int
    total: int

    @property
    def rate(self) -> float:
        """From 0 to 1."""
        return self.right / self.total

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's, 95%."""
        return wilson(self.right, self.total)


@dataclass(frozen=True, slots=True)
class PlotRow:
    """One kind in the plot: a tally for each system that has it."""

    name: str
    tallies: tuple[tuple[int, str, Tally], ...]  # position and name of the system


@dataclass(frozen=True, slots=True)
class SetView:
    """All that the page shows of one set."""

    part: SetRun
    grids: tuple[Grid, ...]
    plot: tuple[PlotRow, ...]
    kinds: tuple[Tally, ...]
    reports: tuple[Tally, ...]
    outcomes: tuple[tuple[str, int], ...]
    wrong_questions: tuple[QuestionRow, ...]
    wrong_claims: tuple[ClaimRow, ...]


def html_report(run: Run, flips: Sequence[Flip] | None = None) -> str:
    """The page; everything that a document or a person wrote is escaped by the template engine."""
    environment = Environment(
        loader=PackageLoader("eval", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    views = [_view(part) for part in run.sets]
    return environment.get_template("report.html").render(run=run, views=views, flips=flips)


def _view(part: SetRun) -> SetView:
    ours = part.systems[0]
    rows = rows_of(ours)
    wrong = [row for row in rows if not row.right]
    return SetView(
        part=part,
        grids=tuple(grid for split in splits_of(part) for grid in _grids(part, split)),
        plot=_plot(part.systems),
        kinds=_tallies(rows, lambda row: [_kind(row)]),
        reports=_tallies(rows, lambda row: row.reports or ["no report (to be refused)"]),
        outcomes=tuple(Counter(_outcome(row) for row in wrong).most_common()),
        wrong_questions=tuple(row for row in ours.questions if not row.right),
        wrong_claims=tuple(row for row in ours.claims if not row.right),
    )


def _grids(part: SetRun, split: str) -> Iterable[Grid]:
    narrowed = of_split(part, split)
    notes = tuple(difference_lines(narrowed))
    if any(system.questions for system in narrowed.systems):
        columns = {s.system: question_measures(s.questions) for s in narrowed.systems}
        yield _grid(f"Questions, {split}", columns, [n for n in notes if "verdicts" not in n])
    if any(system.claims for system in narrowed.systems):
        columns = {s.system: claim_measures(s.claims) for s in narrowed.systems}
        yield _grid(f"Claims, {split}", columns, [n for n in notes if "verdicts" in n])


def _grid(title: str, columns: dict[str, Measures], notes: Sequence[str]) -> Grid:
    first = next(iter(columns.values()))
    lines = tuple(
        (measure.label, measure.total, tuple(written(column[key]) for column in columns.values()))
        for key, measure in first.items()
    )
    return Grid(title, tuple(columns), lines, tuple(notes))


def _plot(systems: Sequence[SystemRun]) -> tuple[PlotRow, ...]:
    by_system = [
        {tally.name: tally for tally in _tallies(rows_of(s), lambda r: [_kind(r)])} for s in systems
    ]
    return tuple(
        PlotRow(
            name,
            tuple(
                (place, systems[place].system, tallies[name])
                for place, tallies in enumerate(by_system)
                if name in tallies
            ),
        )
        for name in by_system[0]
    )


def _tallies(
    rows: Sequence[AnyRow], groups: Callable[[AnyRow], Sequence[str]]
) -> tuple[Tally, ...]:
    """Per group how many are right: groups of questions first, then the largest."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for row in rows:
        for group in groups(row):
            total[group] += 1
            right[group] += row.right
    ordered = sorted(total.items(), key=lambda pair: (pair[0].startswith(_CLAIM), -pair[1]))
    return tuple(Tally(name, right[name], count) for name, count in ordered)


def _kind(row: AnyRow) -> str:
    return row.kind if isinstance(row, QuestionRow) else f"{_CLAIM}{row.kind}"


def _outcome(row: AnyRow) -> str:
    if isinstance(row, ClaimRow):
        return f"claim {row.expected}, said {row.verdict}"
    return str(row.judgement.outcome)
