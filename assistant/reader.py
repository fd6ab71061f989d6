"""Reads question and sentence together, and says how surely the one answers the other.

A small cross-encoder: the packaged MiniLM weights with their upper layers fine-tuned by
`eval/train_reader.py` (its docstring tells data, terms and gain). Only those layers are stored here,
in `reader.safetensors`, with their SHA-256 in `reader.json`.
"""

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from assistant.candidates import Surroundings
from ingest.embed import packaged_weights, wants_bfloat16
from ingest.errors import ModelError

MAX_TOKENS = 112  # of question and sentence together
TRAINED_LAYERS = (2, 3, 4, 5)  # of six; the word embeddings and the lower layers stay as packaged
BEFORE_CHARS = 140  # of the sentence before
HEAD_CHARS = 70  # of place and section each


class Reader:
    """The cross-encoder, loaded when first used; raises ModelError where its weights are not sound."""

    def scores(self, question: str, sentences: Sequence[str]) -> list[float]:
        """For each rendered sentence the log-odds that it answers the question."""
        import torch  # noqa: PLC0415  (seconds to import)

        if not sentences:
            return []
        tokenizer, encoder, head = self._parts
        encoded = tokenizer(
            [question] * len(sentences),
            list(sentences),
            padding=True,
            truncation="only_second",
            max_length=MAX_TOKENS,
            return_tensors="pt",
        )
        with torch.inference_mode():
            first = encoder(**encoded).last_hidden_state[:, 0].float()
            found = head(first).squeeze(-1)
        return [float(x) for x in found]

    @cached_property
    def _parts(self) -> tuple[Any, Any, Any]:
        import torch  # noqa: PLC0415
        from safetensors.torch import load_file  # noqa: PLC0415

        tokenizer, encoder, head = untrained()
        folder = Path(str(files(__package__)))
        weights, facts = (
            folder / "reader.safetensors",
            json.loads((folder / "reader.json").read_text(encoding="utf-8")),
        )
        with weights.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != facts["sha256"]:
                raise ModelError("The reader's weights are damaged; reinstall this package.")
        stored = {name: tensor.float() for name, tensor in load_file(weights).items()}
        head.load_state_dict({k[5:]: v for k, v in stored.items() if k.startswith("head.")})
        encoder.load_state_dict(
            {k: v for k, v in stored.items() if not k.startswith("head.")}, strict=False
        )
        if wants_bfloat16():
            encoder = encoder.to(torch.bfloat16)
        return tokenizer, encoder.eval(), head.eval()


def untrained() -> tuple[Any, Any, Any]:
    """Tokenizer, encoder with the packaged weights, and a fresh head of one output."""
    import torch  # noqa: PLC0415
    from transformers import AutoModel, AutoTokenizer  # noqa: PLC0415

    folder = str(packaged_weights())
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    encoder = AutoModel.from_pretrained(folder, local_files_only=True, dtype=torch.float32)
    return tokenizer, encoder, torch.nn.Linear(encoder.config.hidden_size, 1)


def rendered(place: str, published: str, around: Surroundings) -> str:
    """A sentence as the reader reads it: place and year, heading, lead-in or sentence before."""
    return render(
        f"{place} {published[:4]}", around.section, around.lead or around.before, around.text
    )


def render(where: str, section: str, before: str, text: str) -> str:
    """The parts in a fixed order, those around the sentence cut to what matters of them."""
    heading = section.rsplit(" > ", maxsplit=1)[-1]
    parts = (where.strip()[:HEAD_CHARS], heading[:HEAD_CHARS], before[-BEFORE_CHARS:])
    return " | ".join(part for part in parts if part) + " || " + text
