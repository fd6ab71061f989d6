"""Our small change to the packaged embedding model: it moves questions nearer to what answers them.

For each of the model's linear layers the change is a product of two thin matrices (LoRA: Hu et al.,
ICLR 2022), added to the layer's weights once, when the model is loaded. `eval/train_embedding.py`
made the file; its data are listed there.
"""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import ModelError

if TYPE_CHECKING:
    import torch
    from torch import nn

FILE = "adapter.safetensors"
DOWN, UP = ".down", ".up"  # (rank, in) and (out, rank); up @ down is what is added to (out, in)


def adapt(encoder: "nn.Module") -> None:
    """Add the change to `encoder`'s weights; raises ModelError where it does not fit the model."""
    from safetensors.torch import load_file  # noqa: PLC0415  (seconds to import)

    add_thin(encoder, load_file(_path()), FILE)


def add_thin(encoder: "nn.Module", stored: "Mapping[str, torch.Tensor]", file: str) -> None:
    """Add the thin matrices among `stored` to the weights of the layers that they name.

    Raises ModelError, which names `file`, where `encoder` has no such layer.
    """
    import torch  # noqa: PLC0415

    layers = dict(encoder.named_modules())
    with torch.no_grad():
        for name in sorted(key.removesuffix(DOWN) for key in stored if key.endswith(DOWN)):
            layer = layers.get(name)
            if not isinstance(layer, torch.nn.Linear):
                raise ModelError(f"The packaged model has no layer {name!r} for {file}.")
            weight = layer.weight
            change = stored[name + UP].float() @ stored[name + DOWN].float()
            weight.copy_((weight.float() + change).to(weight.dtype))


@lru_cache(maxsize=1)
def version() -> str:
    """The first eight hex digits of the file's SHA-256: libraries made with another are refused."""
    with _path().open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:8]


def _path() -> Path:
    path = Path(str(files(__package__) / FILE))
    if not path.is_file():
        raise ModelError(
            f"{FILE} is missing beside the package; run make setup, or name another model."
        )
    return path
