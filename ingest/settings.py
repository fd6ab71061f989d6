"""Every knob, typed and frozen: from the environment (`FINDINGS_*`), then `findings.toml`."""

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ingest.errors import SettingsError

PREFIX = "FINDINGS_"


class Settings(BaseModel):
    """All settings; a constant that was tuned names the evaluation that chose it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    # Where things are
    library: Path = Path("library")  # folder of the library
    host: str = "127.0.0.1"  # address of the chat page
    port: int = Field(default=7860, ge=1, le=65535)  # its port
    chroma_url: str = ""  # a Chroma server instead of the embedded one

    # Reading
    max_file_mb: int = Field(default=50, ge=1, le=50)  # larger files are refused
    fetch_timeout_s: float = Field(default=30, gt=0)  # for addresses

    # Dividing
    passage_chars: int = Field(default=1000, ge=200)  # a passage ends at the sentence past this

    # Embedding
    embedding_model: str = (
        "tuned"  # "tuned", "packaged" (as published), a folder, a name on the hub
    )
    embedding_dtype: Literal["auto", "float32", "bfloat16"] = "auto"  # what is faster, where "auto"
    embedding_batch: int = Field(default=32, ge=1)  # texts that are embedded at a time

    # Retrieving
    candidates: int = Field(default=60, ge=5)  # sentences taken from each search
    rank_constant: int = Field(default=60, ge=1)  # k of reciprocal rank fusion, Cormack et al. 2009

    # Answering
    quote_limit: int = Field(default=3, ge=1)  # sentences shown in a quotes answer
    max_question_chars: int = Field(default=2000, ge=50)  # a longer question or claim is refused
    model: str = ""  # a language model by name; none: the quotes answer
    model_provider: str = ""  # of LangChain's init_chat_model; with an address alone, "openai"
    model_url: str = ""  # base address of a server that speaks the OpenAI protocol
    model_key: str = Field(default="", repr=False)  # its key
    model_timeout_s: float = Field(default=60, gt=0)  # then the quotes answer
    model_passages: int = Field(default=6, ge=1)  # passages that the model reads


def load_settings(
    overrides: Mapping[str, Any] | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    file: Path = Path("findings.toml"),
) -> Settings:
    """The settings from `overrides` (the command line), then the environment, then `file`.

    Raises SettingsError, naming the nearest known setting, for one that does not exist.
    """
    environment = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    if file.is_file():
        values |= _known(_read_toml(file), f"{file.name}: ")
    from_environment = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environment.items()
        if name.startswith(PREFIX)
    }
    values |= _known(from_environment, "the environment: ", PREFIX)
    values |= {key: value for key, value in (overrides or {}).items() if value is not None}
    try:
        return Settings(**values)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise SettingsError(
            f"The setting {key} has an impossible value {first['input']!r}: {first['msg']}."
        ) from error


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} is not valid TOML: {error}.") from error


def _known(values: Mapping[str, Any], where: str, prefix: str = "") -> dict[str, Any]:
    for key in values:
        if key not in Settings.model_fields:
            near = difflib.get_close_matches(key, Settings.model_fields, n=1, cutoff=0.0)
            suggestion = prefix + (near[0].upper() if prefix else near[0])
            name = prefix + (key.upper() if prefix else key)
            raise SettingsError(f"{where}{name} is not a setting; did you mean {suggestion}?")
    return dict(values)
