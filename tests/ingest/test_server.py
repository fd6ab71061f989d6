"""Libraries whose vectors are on a real Chroma server."""

import gc
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.embed import Embedder
from ingest.errors import LibraryError
from ingest.library import Library
from ingest.pipeline import ingest
from ingest.settings import Settings

# Chroma's client closes its connections when it is forgotten, not when it is told to.
pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
TEXT = "# Bridges\n\nInspectors found that four of the nine bridges in Brigton were sound in May 2024.\n"


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    yield
    gc.collect()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--host", "127.0.0.1"]
    folder = tmp_path_factory.mktemp("server")
    with subprocess.Popen(
        [*command, "--port", str(port), "--path", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        for _ in range(300):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        process.terminate()


def nearest(settings: Settings, question: str) -> list[str]:
    with Library.open(settings) as library:
        vector = Embedder(settings).question(question)
        return [key for key, _ in library.vectors.search(vector, 3)]


def test_two_libraries_on_one_server_keep_apart(server: str, tmp_path: Path) -> None:
    file = tmp_path / "bridges.md"
    file.write_text(TEXT, encoding="utf-8")
    both = [Settings(library=tmp_path / name, chroma_url=server) for name in ("one", "two")]
    for settings in both:
        with Library.open(settings) as library:
            assert len(ingest(library, [str(file)], settings).added) == 1
            assert library.doctor() == []
    with Library.open(both[0]) as library:
        library.remove(library.reports()[0].id)
    assert nearest(both[0], "How many bridges were sound?") == []
    assert nearest(both[1], "How many bridges were sound?")


def test_a_library_says_where_its_vectors_are(server: str, tmp_path: Path) -> None:
    there = Settings(library=tmp_path / "there", chroma_url=server)
    here = Settings(library=tmp_path / "here")
    for settings in (there, here):
        Library.open(settings).close()
    with pytest.raises(LibraryError, match="on a Chroma server; name it with chroma_url"):
        Library.open(Settings(library=there.library))
    with pytest.raises(LibraryError, match="in its own folder; leave chroma_url empty"):
        Library.open(Settings(library=here.library, chroma_url=server))
