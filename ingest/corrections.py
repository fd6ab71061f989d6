"""What the owner of a collection says of its reports: `reports.toml` beside the files.

Each table is named after a file and corrects what the document says of itself:

    ["2024 inspection.pdf"]
    title = "Inspection of the North Ashmoor unit"
    published = "2024-05-17"
"""

import tomllib
from pathlib import Path

from ingest.dates import parse_date
from ingest.errors import UnreadableError
from ingest.readers.front_matter import KEYS

NAME = "reports.toml"


def corrections(location: str) -> dict[str, str]:
    """What `reports.toml` says of the file at a path; nothing where there is none, or for an address.

    Raises UnreadableError where the file cannot be read or has what no report has.
    """
    file = Path(location)
    table = file.with_name(NAME)
    if not file.is_absolute() or not table.is_file():
        return {}
    try:
        told = tomllib.loads(table.read_text(encoding="utf-8")).get(file.name, {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableError(f"{NAME} beside it cannot be read: {error}.") from error
    if not isinstance(told, dict) or not all(
        key in KEYS and isinstance(value, str) for key, value in told.items()
    ):
        raise UnreadableError(
            f"{NAME} says of it what no report has; the keys are {', '.join(KEYS)}, each a text."
        )
    if told.get("published") and not parse_date(told["published"]):
        raise UnreadableError(f"{NAME} gives it a date that is none: {told['published']!r}.")
    return {key: value for key, value in told.items() if value}
