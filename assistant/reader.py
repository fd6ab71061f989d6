"""Reads a question or a claim beside a sentence: does it answer, support or contradict?

A cross-encoder: an encoder that comes with the packages (`assistant/reader_base.py`) with thin matrices
of our own added to its layers, and a head of four numbers over the mean and the first of its token
vectors. It sees how words of the two belong together, which two vectors made apart cannot.
`eval/train_reader.py` made `reader.safetensors`; its data are listed there.
"""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.reader_base import base_weights
from ingest.adapter import add_thin
from ingest.divide import SECTION_JOINT
from ingest.embed import cores, wants_bfloat16
from ingest.errors import ModelError

if TYPE_CHECKING:
    import torch

    from assistant.candidates import Surroundings

log = logging.getLogger(__name__)

FILE = "reader.safetensors"
TOGETHER = "together.safetensors"  # the same trained on: for several sentences beside a claim
HEAD_WEIGHT, HEAD_BIAS = "head.weight", "head.bias"
SUPPORTS, CONTRADICTS, NEITHER, ANSWERS = range(4)  # the numbers of the head
# Of question or claim and sentence together, what the sentence stands among is cut; and of several.
MOST_TOKENS, MOST_TOGETHER = 160, 400
JOINT = " | "  # between a sentence and each of what it stands among
HEADINGS = 2  # of those above a sentence that the reader sees
BATCH = 16
MOST_THREADS = 4  # more wait for each other


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence is to a claim: chances that add up to 1."""

    supports: float
    contradicts: float
    neither: float


NOTHING = Reading(0.0, 0.0, 1.0)


def beside(text: str, section: str = "", title: str = "", before: str = "") -> str:
    """A sentence and what it stands among, as the reader is given it: what matters most comes first."""
    return JOINT.join(part for part in (text, section, title, before) if part)


def seen(around: "Surroundings") -> str:
    """A sentence of a library as the reader is given it: a row with its column headings, and of the
    headings above the nearest, which neither the title nor the sentence repeats."""
    headings = [
        part
        for part in around.section.split(SECTION_JOINT)
        if part not in around.title and not f"{around.in_full} ".startswith(f"{part} ")
    ]
    section = f"{around.beyond} {SECTION_JOINT.join(headings[-HEADINGS:])}".strip()
    return beside(around.in_full, section, around.title, around.before)


@lru_cache(maxsize=2)
def version(name: str = FILE) -> str:
    """The first eight hex digits of the weights' SHA-256: what was fitted with others fits no more."""
    with _path(name).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:8]


class Reader:
    """The model, loaded when first used; raises ModelError where its file is missing or misfits.

    Where set-up has not made the model that it builds on, it says so once and reads nothing.
    """

    def __init__(self, name: str = FILE, most_tokens: int = MOST_TOKENS) -> None:
        """The weights of the file `name`, which see so many tokens of a pair."""
        self._name = name
        self._most_tokens = most_tokens

    @cached_property
    def is_there(self) -> bool:
        """Whether there is a model to read with."""
        try:
            base_weights()
        except ModelError as error:
            log.warning("%s Until then sentences are ranked and weighed without it.", error)
            return False
        return True

    def claims(self, claim: str, sentences: Sequence[str]) -> list[Reading]:
        """What each of `sentences` (see `beside`) is to a claim."""
        if not self.is_there:
            return [NOTHING] * len(sentences)
        scores = self._scores(claim, sentences)[:, [SUPPORTS, CONTRADICTS, NEITHER]]
        powers = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-np.inf))
        chances = powers / powers.sum(axis=1, keepdims=True)
        return [Reading(*(float(chance) for chance in row)) for row in chances]

    def answers(self, question: str, sentences: Sequence[str]) -> list[float]:
        """The log of the odds that each of `sentences` answers a question."""
        return [float(score) for score in self._scores(question, sentences)[:, ANSWERS]]

    def _scores(self, text: str, sentences: Sequence[str]) -> "np.ndarray[Any, Any]":
        import torch  # noqa: PLC0415  (seconds to import)

        torch.set_num_threads(min(MOST_THREADS, cores()))
        found = np.zeros((len(sentences), 4), dtype=np.float32)
        order = sorted(range(len(sentences)), key=lambda place: len(sentences[place]))
        with torch.inference_mode():
            for begin in range(0, len(order), BATCH):
                part = order[begin : begin + BATCH]
                found[part] = self._model([text] * len(part), [sentences[i] for i in part]).numpy()
        return found

    @cached_property
    def _model(self) -> "Model":
        return _loaded(self._name, self._most_tokens, base_weights(), half=wants_bfloat16())


@lru_cache(maxsize=2)
def _loaded(name: str, most_tokens: int, base: Path, *, half: bool) -> "Model":
    from safetensors.torch import load_file  # noqa: PLC0415

    return Model.of(load_file(_path(name)), name, base, most_tokens, half=half)


def _path(name: str) -> Path:
    path = Path(str(files(__package__) / name))
    if not path.is_file():
        raise ModelError(f"{name} is missing beside the package; run make setup.")
    return path


class Model:
    """The encoder and its head."""

    def __init__(
        self, encoder: Any, tokenizer: Any, head: "torch.nn.Linear", most_tokens: int = MOST_TOKENS
    ) -> None:
        self.encoder = encoder
        self.tokenizer = tokenizer
        self.head = head
        self.most_tokens = most_tokens

    @classmethod
    def of(
        cls,
        stored: dict[str, "torch.Tensor"],
        name: str,
        base: Path,
        most_tokens: int,
        *,
        half: bool,
    ) -> "Model":
        """The model in the folder `base` with the thin matrices of the file `name` added; in sixteen
        bits where `half`."""
        import torch  # noqa: PLC0415
        from transformers import AutoModel, AutoTokenizer  # noqa: PLC0415
        from transformers.utils import logging as transformers_logging  # noqa: PLC0415

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        encoder: Any = AutoModel.from_pretrained(str(base), dtype=torch.float32)
        add_thin(encoder, stored, name)
        head = torch.nn.Linear(2 * encoder.config.hidden_size, 4)
        with torch.no_grad():
            head.weight.copy_(stored[HEAD_WEIGHT])
            head.bias.copy_(stored[HEAD_BIAS])
        encoder.eval()
        if half:
            encoder = encoder.to(torch.bfloat16)
        return cls(encoder, AutoTokenizer.from_pretrained(str(base)), head, most_tokens)

    def __call__(self, texts: Sequence[str], sentences: Sequence[str]) -> "torch.Tensor":
        """The four numbers for each pair, shape (len(texts), 4)."""
        import torch  # noqa: PLC0415

        encoded = self.tokenizer(
            list(texts),
            list(sentences),
            padding=True,
            pad_to_multiple_of=16,
            truncation="longest_first",
            max_length=self.most_tokens,
            return_tensors="pt",
        )
        states = self.encoder(**encoded).last_hidden_state.float()
        inside = encoded["attention_mask"].float()[:, :, None]
        mean = (states * inside).sum(1) / inside.sum(1)
        scores: torch.Tensor = self.head(torch.cat([states[:, 0], mean], dim=-1))
        return scores
