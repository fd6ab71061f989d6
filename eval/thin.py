"""Thin matrices beside the linear layers of an encoder, to be trained while the encoder stays fixed.

LoRA: Hu et al., ICLR 2022. `ingest/adapter.py` adds what was trained to the layers' weights.
"""

import re
from typing import TYPE_CHECKING, Any

from ingest.adapter import DOWN, UP

if TYPE_CHECKING:
    import torch

DROPOUT = 0.05


def attach(encoder: Any, rank: int, first: int = 0) -> "dict[str, torch.nn.Parameter]":
    """Freeze `encoder`, and give each linear layer a pair of thin matrices, (rank, in) and (out, rank).

    At first they change nothing. The transformer's layers below the `first` get none.
    """
    import torch  # noqa: PLC0415  (seconds to import)

    thin: dict[str, torch.nn.Parameter] = {}
    for parameter in encoder.parameters():
        parameter.requires_grad = False
    for name, layer in encoder.named_modules():
        if isinstance(layer, torch.nn.Dropout):
            layer.p = DROPOUT
        depth = re.match(r"encoder\.layer\.(\d+)\.", name)
        if isinstance(layer, torch.nn.Linear) and depth and int(depth[1]) >= first:
            down = torch.nn.Parameter(0.02 * torch.randn(rank, layer.in_features))
            up = torch.nn.Parameter(torch.zeros(layer.out_features, rank))
            thin |= {name + DOWN: down, name + UP: up}
            layer.register_forward_hook(_added(down, up))
    return thin


def _added(down: "torch.nn.Parameter", up: "torch.nn.Parameter") -> Any:
    def hook(_: Any, inputs: tuple[Any, ...], output: Any) -> Any:
        given = inputs[0]
        return output + (given @ down.T.to(given.dtype)) @ up.T.to(given.dtype)

    return hook
