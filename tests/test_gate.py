"""The gate: the question and claim sets against their thresholds, over the documents themselves."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from eval.command import command

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def runs(
    shared: Path, request: pytest.FixtureRequest
) -> Iterator[dict[str, "subprocess.Popen[str]"]]:
    """The two real sets, run side by side: on few cores that is faster than threads that wait for
    each other. Their libraries are kept in pytest's cache until the code that makes them changes."""
    cache = str(request.config.cache.mkdir("eval"))
    options = ["--split", "test", "--documents", str(shared / "corpus"), "--cache", cache]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    started = {
        name: subprocess.Popen(
            [sys.executable, "-m", "eval", name, *options],
            cwd=ROOT,
            env=environment,
            text=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for name in ("probation", "childrens")
    }
    yield started
    for process in started.values():
        process.kill()


@pytest.mark.parametrize("name", ["probation", "childrens"])
def test_the_real_sets_pass_the_gate(name: str, runs: dict[str, "subprocess.Popen[str]"]) -> None:
    _, told = runs[name].communicate(timeout=1800)
    assert runs[name].returncode == 0, told


def test_the_starter_set_passes_the_gate(request: pytest.FixtureRequest) -> None:
    cache = str(request.config.cache.mkdir("eval"))
    result = CliRunner().invoke(command(), ["starter", "--split", "test", "--cache", cache])
    assert result.exit_code == 0, result.stderr
