"""Holds a run against `thresholds.toml`: what falls short is named."""

import tomllib
from pathlib import Path
from typing import Any

from eval.items import EvaluationError
from eval.metrics import Measures
from eval.runs import Run
from eval.table import measures_of, of_split

THRESHOLDS = Path(__file__).with_name("thresholds.toml")


def shortfalls(run: Run, split: str = "all", file: Path = THRESHOLDS) -> list[str]:
    """One sentence for each measure of our system below its `least` or above its `most`.

    Thresholds of a set that was not run are passed over, and those of other splits than the one that
    was run; a measure that could not be counted falls short. Raises EvaluationError where the file is
    malformed or names an unknown measure.
    """
    thresholds = _read(file)
    found = []
    for part in run.sets:
        for bounded, bounds in thresholds.get(part.name, {}).items():
            if split not in ("all", bounded):
                continue
            measures = measures_of(of_split(part, bounded).systems[0])
            where = f"{part.name}, {bounded}"
            for key, least in bounds.get("least", {}).items():
                value = _value(measures, key, where)
                if value is None or value < least:
                    found.append(f"{where}: {key} is {_shown(value)}, at least {least} is asked.")
            for key, most in bounds.get("most", {}).items():
                value = _value(measures, key, where)
                if value is None or value > most:
                    found.append(f"{where}: {key} is {_shown(value)}, at most {most} is allowed.")
    return found


def unbounded(run: Run, split: str = "all", file: Path = THRESHOLDS) -> list[str]:
    """The names of the sets that no threshold holds for, of the split that was run."""
    thresholds = _read(file)
    return [
        part.name
        for part in run.sets
        if not any(split in ("all", bounded) for bounded in thresholds.get(part.name, {}))
    ]


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise EvaluationError(f"{file} cannot be read: {error}.") from error


def _value(measures: Measures, key: str, where: str) -> float | None:
    if key not in measures:
        raise EvaluationError(f"{where}: there is no measure {key!r} in the thresholds' set.")
    return measures[key].value


def _shown(value: float | None) -> str:
    return "not to be counted" if value is None else f"{value:.3f}"
