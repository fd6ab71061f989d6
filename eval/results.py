"""A run as one JSON document: measures and differences first, then every row."""

from dataclasses import asdict
from typing import Any

from eval.runs import Run
from eval.table import differences, measures_of, of_split, splits_of


def results(run: Run) -> dict[str, Any]:
    """{"measures": {set: {split: {system: {key: measure}}}}, "differences": [...], "run": ...}."""
    measures: dict[str, Any] = {}
    found = []
    for part in run.sets:
        measures[part.name] = {}
        for split in (*splits_of(part), "all"):
            narrowed = of_split(part, split)
            measures[part.name][split] = {
                system.system: {key: asdict(m) for key, m in measures_of(system).items()}
                for system in narrowed.systems
            }
            found += [
                {"set": part.name, "split": split, "baseline": other, "of": name, **asdict(d)}
                for other, name, d in differences(narrowed)
            ]
    return {"measures": measures, "differences": found, "run": run.model_dump(mode="json")}
