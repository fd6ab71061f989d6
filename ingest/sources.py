"""Finds the documents that a path or address names, and fetches their bytes."""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx

from ingest.errors import UnreadableError
from ingest.settings import Settings

# What a folder is searched for; a file that is named is read whatever its ending.
SUFFIXES = frozenset(
    ".pdf .txt .text .md .markdown .html .htm .xhtml .docx .odt .epub .csv .tsv".split()
)
PATIENCE = 10  # times the time that a server may be silent: so long may a document take to arrive


@dataclass(frozen=True, slots=True)
class Source:
    """One document to be read: where it is, what to call it, and its size where known."""

    location: str  # absolute path or address
    name: str
    size: int = 0


def find_sources(named: Iterable[str]) -> Iterator[Source]:
    """The documents behind paths, folders and addresses, each once, folders in order of name."""
    seen: set[str] = set()
    for name in named:
        for source in _behind(name):
            if source.location not in seen:
                seen.add(source.location)
                yield source


def fetch(source: Source, settings: Settings) -> bytes:
    """The bytes of a document.

    Raises UnreadableError where it is missing, too large, or its server does not deliver it.
    """
    limit = settings.max_file_mb * 1_000_000
    if is_address(source.location):
        return asyncio.run(_download(source.location, limit, settings.fetch_timeout_s))
    path = Path(source.location)
    try:
        if path.stat().st_size > limit:
            raise _too_large(settings.max_file_mb)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableError("There is no such file or folder.") from error
    except OSError as error:
        raise UnreadableError(f"It cannot be opened: {error.strerror}.") from error


def is_address(name: str) -> bool:
    """Whether `name` is a web address rather than a path."""
    return name.lower().startswith(("http://", "https://"))


def belongs(file: Path, folder: Path) -> bool:
    """Whether a file below a folder is one that the folder is searched for."""
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return not hidden and file.suffix.lower() in SUFFIXES and file.stem.lower() != "readme"


def folders_among(named: Iterable[str]) -> list[Path]:
    """Those of the named sources that are folders, resolved."""
    paths = [Path(name).expanduser().resolve() for name in named if not is_address(name)]
    return [path for path in paths if path.is_dir()]


def _behind(name: str) -> Iterator[Source]:
    if is_address(name):
        yield Source(name, _name_of(name))
        return
    path = Path(name).expanduser().resolve()
    if not path.is_dir():
        yield Source(str(path), path.name, path.stat().st_size if path.is_file() else 0)
        return
    for file in sorted(path.rglob("*")):
        if file.is_file() and belongs(file, path):
            yield Source(str(file), file.name, file.stat().st_size)


def _name_of(address: str) -> str:
    """The last part of an address's path, or its host; the whole where it is no sound address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    return unquote(parts.path).rstrip("/").rsplit("/", 1)[-1] or parts.netloc or address


async def _download(address: str, limit: int, timeout: float) -> bytes:
    body = bytearray()
    try:
        # The client's own limit begins anew with each byte; only a task can be broken off anywhere.
        async with (
            asyncio.timeout(PATIENCE * timeout),
            httpx.AsyncClient(follow_redirects=True, timeout=timeout) as client,
            client.stream("GET", address) as response,
        ):
            if response.is_error:
                raise UnreadableError(
                    f"The server answered {response.status_code} {response.reason_phrase}."
                )
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > limit:
                    raise _too_large(limit // 1_000_000)
    except TimeoutError as error:
        raise UnreadableError(
            f"It had not arrived whole after {PATIENCE * timeout:.0f} seconds; fetch it by other "
            "means, or raise fetch_timeout_s."
        ) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise UnreadableError(f"It could not be fetched: {error}.") from error
    return bytes(body)


def _too_large(megabytes: int) -> UnreadableError:
    return UnreadableError(
        f"It is larger than {megabytes} MB; split it, or raise max_file_mb, which may be 50 at most."
    )
