"""Paths, folders and addresses: what is found behind them, and what cannot be fetched."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ingest import sources
from ingest.errors import UnreadableError
from ingest.settings import Settings
from ingest.sources import Source, fetch, find_sources

Write = Callable[[str, str], Path]


_DRIPS = 8  # seconds for which a server goes on
# What a server begins with that then drips single bytes.
_DRIPPED = {
    "/status": b"HTTP/1.0 200 O",
    "/headers": b"HTTP/1.0 200 OK\r\nX-Drips: ",
    "/redirect": b"HTTP/1.0 302 Found\r\nLocation: /report.txt\r\n\r\n",
    "/body": b"HTTP/1.0 200 OK\r\n\r\n",
    "/packed": b"HTTP/1.0 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x08\0\0\0\0\0\xff",
}


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path in _DRIPPED:
            with contextlib.suppress(OSError):  # until nobody listens any more
                self.wfile.write(_DRIPPED[self.path])
                end = time.monotonic() + _DRIPS
                while time.monotonic() < end:
                    self.wfile.write(b"x")
                    time.sleep(0.02)
            return
        status = {"/moved": 302, "/gone": 404, "/broken": 500}.get(self.path, 200)
        body = b"x" * 3_000_000 if self.path == "/large" else b"All is well."
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/report.txt")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Pages) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def test_a_folder_is_searched_for_documents_in_order_of_name(write: Write, tmp_path: Path) -> None:
    for name in (
        "b.md",
        "a.txt",
        "in/c.PDF",
        "d.csv",
        "e.png",
        ".hidden.md",
        ".git/e.md",
        "README.md",
    ):
        write(f"reports/{name}", "Text.")
    found = list(find_sources([str(tmp_path / "reports")]))
    assert [source.name for source in found] == ["a.txt", "b.md", "d.csv", "c.PDF"]
    assert found[0] == Source(str(tmp_path / "reports" / "a.txt"), "a.txt", 5)


def test_a_file_that_is_named_is_read_whatever_its_ending(write: Write) -> None:
    path = write("report.png", "Text.")
    assert [source.name for source in find_sources([str(path)])] == ["report.png"]


def test_each_document_comes_once(write: Write, tmp_path: Path) -> None:
    path = write("reports/a.md", "Text.")
    named = [str(path), str(tmp_path / "reports"), "reports/a.md", "reports/../reports/a.md"]
    assert len(list(find_sources(named))) == 1


def test_an_address_is_named_after_its_last_part() -> None:
    named = [
        "https://example.org/a/annual%20report.pdf?x=1",
        "https://example.org/news/",
        "https://example.org",
    ]
    names = [source.name for source in find_sources(named)]
    assert names == ["annual report.pdf", "news", "example.org"]


def test_a_file_is_fetched(write: Write) -> None:
    (source,) = find_sources([str(write("a.md", "All is well."))])
    assert fetch(source, Settings()) == b"All is well."


def test_a_missing_file_is_refused() -> None:
    (source,) = find_sources(["no-such-file.pdf"])
    with pytest.raises(UnreadableError, match="There is no such file or folder"):
        fetch(source, Settings())


def test_a_file_that_is_too_large_is_refused(write: Write) -> None:
    (source,) = find_sources([str(write("a.txt", "x" * 1_000_001))])
    with pytest.raises(UnreadableError, match="larger than 1 MB; split it, or raise max_file_mb"):
        fetch(source, Settings(max_file_mb=1))


def test_an_address_is_fetched_and_followed(server: str) -> None:
    for page in ("report.txt", "moved"):
        (source,) = find_sources([f"{server}/{page}"])
        assert fetch(source, Settings()) == b"All is well."


@pytest.mark.parametrize(
    ("page", "reason"),
    [("gone", "answered 404"), ("broken", "answered 500"), ("large", "larger than 1 MB")],
)
def test_what_a_server_does_not_deliver_is_refused(server: str, page: str, reason: str) -> None:
    (source,) = find_sources([f"{server}/{page}"])
    with pytest.raises(UnreadableError, match=reason):
        fetch(source, Settings(max_file_mb=1))


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/a.pdf", "http://[", "http:///x"])
def test_an_address_that_leads_nowhere_is_refused(address: str) -> None:
    with pytest.raises(UnreadableError):
        for source in find_sources([address]):
            fetch(source, Settings())


@pytest.mark.parametrize("page", _DRIPPED)
def test_a_server_that_never_ends_is_left(
    server: str, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "PATIENCE", 0.1)
    (source,) = find_sources([f"{server}{page}"])
    began = time.monotonic()
    with pytest.raises(UnreadableError, match="not arrived whole after 1 seconds"):
        fetch(source, Settings(fetch_timeout_s=10))
    assert time.monotonic() - began < _DRIPS / 2
