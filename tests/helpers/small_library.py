"""An assistant over a few texts that a test has written."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from assistant.engine import Assistant
from ingest.library import Library
from ingest.pipeline import ingest
from ingest.settings import Settings


@contextmanager
def assistant_over(folder: Path, texts: Mapping[str, str]) -> Iterator[Assistant]:
    """An assistant over `texts`, by file name, which are written to `folder` with the library."""
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    settings = Settings(library=folder / "library")
    with Library.open(settings) as library:
        ingest(library, [str(folder / name) for name in texts], settings)
        yield Assistant(settings, library)
