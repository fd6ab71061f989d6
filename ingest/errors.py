"""Everything that can go wrong in a way a user can mend.

FindingsError                 one sentence for the user; the command line prints it and fails
├── SettingsError             a knob is unknown or has an impossible value
├── UnreadableError           a document cannot be read: what it is, and what to do
├── LibraryError              the library is missing, damaged, or of another format or model
│   └── LibraryInUseError     another process owns it
└── ModelError                a language or embedding model cannot be loaded or reached
"""


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
