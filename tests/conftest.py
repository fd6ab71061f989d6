"""What all tests share: isolation from the user's settings and network, and the starter library."""

import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ingest.library import Library
from ingest.pipeline import ingest
from ingest.settings import PREFIX, Settings

if TYPE_CHECKING:
    from assistant.engine import Assistant

ROOT = Path(__file__).resolve().parents[1]
STARTER = ROOT / "ingest" / "starter"
# Whatever way pytest is started, tests import what several of them share.
sys.path.insert(0, str(ROOT / "tests" / "helpers"))
LOOPBACK = ("127.0.0.1", "::1", "localhost", "0.0.0.0")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The gate takes longest by far: what runs beside it should not have to wait for it at the end."""
    items.sort(key=lambda item: item.path.name != "test_gate.py")


@pytest.fixture(autouse=True, scope="session")
def _refused() -> Iterator[list[str]]:
    """No setting of the user's counts, and no connection leaves the machine; the hosts refused."""
    connect = socket.socket.connect
    refused: list[str] = []

    def local_only(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            refused.append(address[0])
            raise AssertionError(f"a test reached for {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(PREFIX):
                patch.delenv(name)
        patch.setenv("HF_HUB_OFFLINE", "1")
        patch.setattr(socket.socket, "connect", local_only)
        yield refused
    assert not refused, f"something reached for {refused}"


@pytest.fixture(autouse=True)
def _nothing_refused(_refused: list[str]) -> Iterator[None]:
    """A test fails that reached for another machine, even where it caught the refusal."""
    yield
    refused = _refused.copy()
    _refused.clear()
    assert not refused, f"the test reached for {refused}"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Relative paths, `findings.toml` and `library` among them, mean the test's own folder."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Default settings with a library of the test's own, not made yet."""
    return Settings(library=tmp_path / "library")


@pytest.fixture(scope="session")
def starter_library_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter digests, ingested once a session and closed; open a copy of it, never itself."""
    folder = tmp_path_factory.mktemp("starter") / "library"
    settings = Settings(library=folder)
    with Library.open(settings) as library:
        summary = ingest(library, [str(STARTER)], settings)
    assert not summary.failed, summary.failed
    return folder


@pytest.fixture
def starter_copy(starter_library_path: Path, tmp_path: Path) -> Path:
    """A copy of the starter library that the test may change, or give to another process."""
    return Path(shutil.copytree(starter_library_path, tmp_path / "starter-copy"))


@pytest.fixture(scope="session")
def open_starter(
    starter_library_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    """The starter library, open for reading all session long."""
    folder = tmp_path_factory.mktemp("open") / "library"
    shutil.copytree(starter_library_path, folder)
    with Library.open(Settings(library=folder)) as library:
        yield library


@pytest.fixture(scope="session")
def starter_assistant(open_starter: Library) -> "Assistant":
    """An assistant over the starter library, in quotes mode."""
    from assistant.engine import Assistant  # noqa: PLC0415  (ingestion's tests need none of it)

    return Assistant(Settings(library=open_starter.folder), open_starter)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents beside the project; the test is skipped where it is absent."""
    folder = ROOT.parent / "shared"
    if not (folder / "corpus").is_dir():
        pytest.skip(f"no real documents at {folder / 'corpus'}")
    return folder


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a text file into the test's folder and gives its path."""

    def written(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return written
