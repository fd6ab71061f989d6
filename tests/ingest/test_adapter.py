"""The small change to the packaged model: what it is added to, and that libraries know of it."""

import numpy as np
import pytest
import torch

from ingest import adapter
from ingest.embed import PACKAGED, PACKAGED_NAME, TUNED, Embedder
from ingest.errors import ModelError
from ingest.settings import load_settings

QUESTION = "how many jobs stood empty"
ANSWER = "A third of officer posts were vacant."
OTHER = "The jobs fair stood in an empty hall."


def embedder(model: str) -> Embedder:
    return Embedder(load_settings({"embedding_model": model}))


def test_a_question_comes_nearer_to_its_answer_than_with_the_published_weights() -> None:
    def lead(model: str) -> float:
        question, answer, other = embedder(model).alone([QUESTION, ANSWER, OTHER])
        return float(np.dot(question, answer) - np.dot(question, other))

    assert lead(TUNED) > lead(PACKAGED)


def test_the_name_that_a_library_records_tells_the_two_apart() -> None:
    assert embedder(PACKAGED).name == PACKAGED_NAME
    assert embedder(TUNED).name == f"{PACKAGED_NAME}+{adapter.version()}"


def test_a_model_of_another_shape_is_refused() -> None:
    with pytest.raises(ModelError, match="no layer"):
        adapter.adapt(torch.nn.Linear(2, 2))
