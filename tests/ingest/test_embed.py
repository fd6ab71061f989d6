"""The embedding model, and the windows in which sentences are embedded in context."""

import numpy as np
import pytest

from ingest import embed
from ingest.embed import MARGIN, TARGETS, Embedder, Vectors, windows
from ingest.errors import ModelError
from ingest.settings import Settings

TEXTS = [
    "One in five officer posts stood empty in the spring.",
    "They were hard to fill.",
    "The kitchen served soup on Tuesdays.",
]


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return Embedder(Settings())


@pytest.fixture(scope="module")
def vectors(embedder: Embedder) -> Vectors:
    return embedder.sentences("Annual report on staffing", ["Staff"] * 2 + ["Food"], TEXTS)


def test_a_sentence_has_a_vector_of_length_one(embedder: Embedder, vectors: Vectors) -> None:
    assert vectors.shape == (3, embedder.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-3)


def test_both_halves_weigh_the_same(vectors: Vectors) -> None:
    half = vectors.shape[1] // 2
    assert np.linalg.norm(vectors[:, :half], axis=1) == pytest.approx(0.5**0.5, abs=1e-3)


def test_the_inner_product_is_the_mean_of_the_cosines_alone_and_in_context(
    embedder: Embedder, vectors: Vectors
) -> None:
    question = embedder.question("How many vacancies were there?")
    half = embedder.dimension // 2
    alone, context = question[:half] @ vectors[0, :half], question[half:] @ vectors[0, half:]
    assert question @ vectors[0] == pytest.approx(alone + context, abs=1e-5)
    assert 2 * alone == pytest.approx(
        float(embedder.alone(["How many vacancies were there?"])[0] @ embedder.alone(TEXTS[:1])[0]),
        abs=0.01,  # the model computes in sixteen bits where the processor can
    )


def test_meaning_decides_which_sentence_is_near(embedder: Embedder, vectors: Vectors) -> None:
    question = embedder.question("What share of jobs for probation staff was vacant?")
    assert np.argmax(vectors @ question) == 0


def test_context_brings_a_sentence_near_what_its_neighbours_say(
    embedder: Embedder, vectors: Vectors
) -> None:
    question = embedder.question("vacant posts of officers")
    half = embedder.dimension // 2
    alone, context = vectors[:, :half] @ question[:half], vectors[:, half:] @ question[half:]
    assert context[1] > alone[1]  # "They" are the posts of the sentence before


def test_no_text_has_no_vectors(embedder: Embedder) -> None:
    assert embedder.sentences("Title", [], []).shape == (0, embedder.dimension)


def test_a_sentence_past_the_end_of_the_window_still_has_a_vector(embedder: Embedder) -> None:
    texts = ["many cases were late and " * 200, "Nobody came."]
    found = embedder.sentences("Title", ["S", "S"], texts)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-3)


def test_langchain_sees_plain_vectors(embedder: Embedder) -> None:
    query = embedder.embed_query("staff")
    assert len(query) == embedder.dimension // 2
    assert embedder.embed_documents(["staff"])[0] == pytest.approx(query, abs=1e-2)


def test_an_unknown_model_is_refused_with_the_remedy() -> None:
    with pytest.raises(ModelError, match="set embedding_model to a folder"):
        Embedder(Settings(embedding_model="/no/such/model")).alone(["text"])


def test_tampered_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embed, "PACKAGED_SHA256", "0" * 64)
    with pytest.raises(ModelError, match="not the published ones"):
        Embedder(Settings()).alone(["text"])


def test_windows_make_each_sentence_a_target_once() -> None:
    sections = ["A"] * 7 + ["B"] + ["C"] * 2
    texts = [f"s{i}" for i in range(10)]
    found = windows("Title", sections, texts)
    assert [w.sentences[i] for w in found for i in w.targets] == texts
    assert all(len(w.sentences) <= TARGETS + 2 * MARGIN for w in found)


def test_windows_stay_inside_a_section_and_are_headed_by_it() -> None:
    found = windows("Title", ["A", "A", "B"], ["one", "two", "three"])
    assert [(w.head, w.sentences) for w in found] == [
        ("Title. A", ("one", "two")),
        ("Title. B", ("three",)),
    ]
