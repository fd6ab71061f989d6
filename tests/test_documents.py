"""What the documents say is so: help texts, links, the lock of versions."""

import re
import runpy
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def test_the_help_texts_are_those_that_the_commands_print() -> None:
    made = runpy.run_path(str(ROOT / "scripts" / "help_texts.py"))["help_texts"]()
    stored = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert stored == made, "make help-texts brings docs/commands.md up to date"


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_between_documents_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
        assert (ROOT / link).exists(), link


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_make_target_that_is_named_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`make ([\w-]+)`", text))
    assert named and named <= targets


def test_the_lock_holds_one_exact_version_of_each_requirement_and_nothing_else() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line) for line in lines)
    locked = {_name(line.split("==")[0]) for line in lines}
    assert len(locked) == len(lines)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = project["dependencies"] + project["optional-dependencies"]["dev"]
    assert {_name(re.split(r"[^\w.-]", requirement)[0]) for requirement in required} <= locked


def _name(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", requirement).lower()
