"""The tables of a run: systems side by side, every rate with its interval."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from eval.intervals import Difference, paired
from eval.metrics import Measure, Measures, claim_measures, question_measures
from eval.runs import Run, SetRun, SystemRun, rows_of

SPLITS = ("tune", "test")


def run_tables(run: Run) -> Group:
    """All tables of a run: for each set and split one of questions and one of claims."""
    tables: list[RenderableType] = []
    for part in run.sets:
        for split in splits_of(part):
            narrowed = of_split(part, split)
            where = f"{part.name}, {split} ({part.reports} reports, {part.sentences} sentences)"
            if any(system.questions for system in narrowed.systems):
                tables.append(_table(f"Questions: {where}", _question_columns(narrowed)))
            if any(system.claims for system in narrowed.systems):
                tables.append(_table(f"Claims: {where}", _claim_columns(narrowed)))
            tables += [Text(line) for line in difference_lines(narrowed)]
    return Group(*tables)


def splits_of(part: SetRun) -> list[str]:
    """The splits that a set's rows belong to."""
    found = {row.split for system in part.systems for row in rows_of(system)}
    return [split for split in SPLITS if split in found]


def of_split(part: SetRun, split: str) -> SetRun:
    """The rows of one split; `all` keeps every row."""
    systems = tuple(
        SystemRun(
            system=system.system,
            questions=tuple(row for row in system.questions if split in ("all", row.split)),
            claims=tuple(row for row in system.claims if split in ("all", row.split)),
        )
        for system in part.systems
    )
    return part.model_copy(update={"systems": systems})


def measures_of(system: SystemRun) -> Measures:
    """All measures of a system's rows."""
    return {
        **(question_measures(system.questions) if system.questions else {}),
        **(claim_measures(system.claims) if system.claims else {}),
    }


def differences(part: SetRun) -> Iterator[tuple[str, str, Difference]]:
    """(baseline, what is compared, ours less the baseline's) on the same items."""
    if not part.systems:
        return
    ours, *others = part.systems
    for other in others:
        yield from (
            (other.system, name, paired(mine, theirs))
            for name, mine, theirs in (
                (
                    "answers right",
                    [row.right for row in ours.questions if row.answerable],
                    [row.right for row in other.questions if row.answerable],
                ),
                (
                    "questions right, refusals too",
                    [row.right for row in ours.questions],
                    [row.right for row in other.questions],
                ),
                (
                    "verdicts right",
                    [row.right for row in ours.claims],
                    [row.right for row in other.claims],
                ),
            )
            if mine
        )


def difference_lines(part: SetRun) -> list[str]:
    """The differences in words."""
    return [
        f"ours - {other}, {name}: {100 * d.value:+.0f} points [{100 * d.low:+.0f}, "
        f"{100 * d.high:+.0f}], only ours {d.gained}, only theirs {d.lost}, "
        f"McNemar p {d.p_value:.3g}"
        for other, name, d in differences(part)
    ]


def written(measure: Measure) -> str:
    """A measure as the tables show it."""
    if measure.value is None:
        return "-"
    if measure.unit == "seconds":
        return f"{1000 * measure.value:.0f} ms"
    if measure.unit in ("words", "count"):
        return f"{measure.value:.0f}"
    low, high = 100 * (measure.low or 0), 100 * (measure.high or 0)
    return f"{100 * measure.value:.1f} [{low:.0f}-{high:.0f}]"


def _question_columns(part: SetRun) -> list[tuple[str, Measures]]:
    return [(system.system, question_measures(system.questions)) for system in part.systems]


def _claim_columns(part: SetRun) -> list[tuple[str, Measures]]:
    return [(system.system, claim_measures(system.claims)) for system in part.systems]


def _table(title: str, columns: Sequence[tuple[str, Measures]]) -> Table:
    table = Table(title=title, title_justify="left", caption="per cent [95% interval]")
    table.add_column("measure")
    table.add_column("n", justify="right")
    for name, _ in columns:
        table.add_column(name, justify="right")
    first = columns[0][1]
    for key, measure in first.items():
        cells = [written(measures[key]) for _, measures in columns]
        table.add_row(measure.label, str(measure.total), *cells)
    return table
