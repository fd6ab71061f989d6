"""Everything that can go wrong in a way a user can mend.

FindingsError                 one sentence for the user; the command line prints it and fails
├── SettingsError             a knob is unknown or has an impossible value
├── UnreadableError           a document cannot be read: what it is, and what to do
├── LibraryError              the library is missing, damaged, or of another format or model
│   └── LibraryInUseError     another process owns it
└── ModelError                a language or embedding model cannot be loaded or reached
"""

import re
import shutil
from pathlib import Path

_LEAST_FREE = 5_000_000  # bytes; Chroma and tantivy write a report in pieces of this order


class FindingsError(Exception):
    """An error whose message is one sentence that says what to do."""


class SettingsError(FindingsError):
    """A setting is unknown or has an impossible value."""


class UnreadableError(FindingsError):
    """A document cannot be read."""


class LibraryError(FindingsError):
    """The library is missing, damaged, or of another format or model."""


class LibraryInUseError(LibraryError):
    """Another process owns the library."""


class ModelError(FindingsError):
    """A language or embedding model cannot be loaded or reached."""


def full_disk(folder: Path, error: Exception) -> str:
    """The sentence for a library on a disk without room; empty where `error` is another.

    SQLite says so, and the system in three ways; Chroma only says that it could not go on.
    """
    stated = re.search(
        r"disk is full|No space left|quota exceeded|File too large", str(error), re.I
    )
    if not stated and shutil.disk_usage(folder).free > _LEAST_FREE:
        return ""
    return (
        f"The disk that holds the library {folder} is full; free some space and run the same "
        "command again."
    )
