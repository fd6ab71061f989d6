"""Several sentences of one report prove together what none proves alone, and no more than they say."""

import pytest

from assistant.compare import Evidence
from assistant.together import Together, TogetherReader, pick
from ingest.words import content_stems

TITLE = "Castleford ferries, an inspection of 2031"
SENTENCES = [
    "Imogen Lathe took charge of the ferry service in March 2029.",
    "The canteen was painted green.",
    "She came from the harbour authority of Brigport, where she had run the pilots' office.",
    "Passengers were satisfied with the new waiting room.",
    "In her first year there 14 of the 36 crossings a day were given up.",
]
CLAIM = (
    "Lathe, who used to run the pilots' office at Brigport, has led Castleford's ferry service since "
    "2029, and 14 daily crossings were given up in her first year."
)


@pytest.fixture(scope="module")
def reader() -> TogetherReader:
    return TogetherReader()


def hold(reader: TogetherReader, claim: str, sentences: list[str]) -> Together:
    evidence = [Evidence(text=sentence, title=TITLE) for sentence in sentences]
    return reader.hold(claim, evidence, [0.5] * len(sentences), range(len(sentences)))


def test_each_further_sentence_is_the_one_that_brings_most() -> None:
    texts = [content_stems(sentence) for sentence in SENTENCES]
    assert sorted(pick(content_stems(CLAIM), texts, [0.5] * len(texts), 3)) == [0, 2, 4]


def test_what_needs_several_sentences_is_likelier_with_all_of_them(reader: TogetherReader) -> None:
    whole = hold(reader, CLAIM, SENTENCES)
    assert whole.places == (0, 2, 4)
    for left_out in whole.places:
        less = [sentence for place, sentence in enumerate(SENTENCES) if place != left_out]
        assert hold(reader, CLAIM, less).chance < whole.chance


@pytest.mark.parametrize(
    ("said", "altered"),
    [("14 daily", "19 daily"), ("2029", "2024"), ("Brigport", "Norwich"), ("Lathe", "Moxon")],
)
def test_a_detail_that_is_altered_makes_it_less_likely(
    reader: TogetherReader, said: str, altered: str
) -> None:
    right = hold(reader, CLAIM, SENTENCES).chance
    assert hold(reader, CLAIM.replace(said, altered), SENTENCES).chance < right
