"""The command line, called as a person calls it, but in this process."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from assistant.cli import main


@dataclass(frozen=True, slots=True)
class Called:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


@pytest.fixture
def findings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Called]:
    """`findings("ask", "...")` is the command `findings ask "..."`."""

    def call(*arguments: Any) -> Called:
        monkeypatch.setattr("sys.argv", ["findings", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        code = ended.value.code
        return Called(code if isinstance(code, int) else int(code is not None), *printed)

    return call
