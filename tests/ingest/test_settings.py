"""One typed object holds every knob; what it does not know it refuses by name."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from ingest.errors import SettingsError
from ingest.settings import Settings, load_settings

Write = Callable[[str, str], Path]


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(write: Write) -> None:
    write("findings.toml", 'library = "from-file"\nport = 1111\nquote_limit = 5\n')
    environment = {"FINDINGS_LIBRARY": "from-environment", "FINDINGS_PORT": "2222"}
    settings = load_settings({"port": 3333, "library": None}, environment=environment)
    assert settings.port == 3333
    assert settings.library == Path("from-environment")
    assert settings.quote_limit == 5


def test_without_anything_the_defaults_hold() -> None:
    assert load_settings(environment={}) == Settings()


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1  # type: ignore[misc]


def test_an_unknown_key_of_the_file_names_the_nearest(write: Write) -> None:
    write("findings.toml", 'libary = "x"\n')
    with pytest.raises(SettingsError, match=r"libary is not a setting; did you mean library"):
        load_settings(environment={})


def test_an_unknown_variable_names_the_nearest() -> None:
    with pytest.raises(SettingsError, match=r"FINDINGS_PROT .* did you mean FINDINGS_PORT"):
        load_settings(environment={"FINDINGS_PROT": "80"})


def test_other_variables_are_none_of_ours() -> None:
    assert load_settings(environment={"PORT": "80", "HOME": "/"}) == Settings()


@pytest.mark.parametrize(
    ("key", "value"),
    [("port", "99999"), ("port", "many"), ("passage_chars", 1), ("embedding_dtype", "int4")],
)
def test_an_impossible_value_is_named_with_its_setting(key: str, value: Any) -> None:
    with pytest.raises(SettingsError, match=f"{key} has an impossible value {value!r}"):
        load_settings({key: value}, environment={})


def test_a_broken_file_is_named(write: Write) -> None:
    write("findings.toml", "port = = 1")
    with pytest.raises(SettingsError, match=r"findings\.toml is not valid TOML"):
        load_settings(environment={})


def test_the_key_of_a_model_is_not_printed() -> None:
    assert "secret" not in repr(Settings(model_key="secret"))
