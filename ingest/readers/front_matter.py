"""Reads the YAML block at the head of a Markdown or text file, which says what the report is."""

import re
from collections.abc import Mapping

import yaml

from ingest.dates import parse_date

KEYS = ("title", "publisher", "published", "kind", "place", "period", "url", "digest_of")

_BLOCK = re.compile(r"\A\s*---[ \t]*\n(.{0,4000}?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_LONGEST_VALUE = 500


def front_matter(text: str) -> tuple[dict[str, str], int]:
    """The known properties and the offset at which the body begins; ({}, 0) without a block."""
    match = _BLOCK.match(text)
    if match is None:
        return {}, 0
    try:
        # BaseLoader makes strings, lists and mappings only, and leaves dates as written.
        values = yaml.load(match[1] or "", Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        return {}, 0
    if not isinstance(values, dict):
        return {}, 0
    return _known(values), match.end()


def _known(values: Mapping[object, object]) -> dict[str, str]:
    named = {str(key).strip().lower().replace("-", "_"): value for key, value in values.items()}
    if "published" not in named and "date" in named:
        named["published"] = named["date"]
    properties = {}
    for key in KEYS:
        value = named.get(key)
        if isinstance(value, str) and value.strip():
            properties[key] = " ".join(value.split())[:_LONGEST_VALUE]
    if "published" in properties:
        properties["published"] = parse_date(properties["published"])
    return {key: value for key, value in properties.items() if value}
