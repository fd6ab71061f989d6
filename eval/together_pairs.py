"""Claims beside several sentences of one document: what the reader of these learns from.

The documents of `sets/several.train.txt` are ours, in the form of `eval.invented`; each of their claims
says several things and names all the sentences that prove them, or all but one of them.
"""

import random
from collections.abc import Iterable, Iterator

import numpy as np

from assistant.together import pick, shown
from eval.invented import INVENTED, Kind, Passage
from eval.reading_pairs import Beside, Relation
from ingest.embed import Embedder
from ingest.words import content_stems

SEVERAL = INVENTED.with_name("several.train.txt")
READ = (3, 4, 5, 6)  # sentences beside a claim
LESS = 0.5  # of what is supported is held against all but one of the sentences that it needs, too
OTHERS = (2, 3, 4, 5)  # sentences beside the one that decides a claim about one
CLAIMS_OF_ONE = 6  # of a passage
HELD_OUT = 8  # every eighth document is kept for fitting what weighs the reading
RELATIONS = {
    Kind.SUPPORTED: Relation.SUPPORTS,
    Kind.CONTRADICTED: Relation.CONTRADICTS,
    Kind.NEITHER: Relation.NEITHER,
}


def of_several(passage: Passage, embedder: Embedder, random_: random.Random) -> Iterator[Beside]:
    """The claims of a document beside those sentences that they need, and what comes nearest to them."""
    claims = [asked for asked in passage.asked if asked.kind in RELATIONS]
    texts = [content_stems(sentence) for sentence in passage.sentences]
    vectors = np.asarray(embedder.alone([*passage.sentences, *(c.text for c in claims)]))
    sentences, asked = vectors[: len(texts)], vectors[len(texts) :]
    for claim, vector in zip(claims, asked, strict=True):
        cosines = [float(cosine) for cosine in sentences @ vector]
        chosen = pick(content_stems(claim.text), texts, cosines, random_.choice(READ))
        places = {*chosen, *claim.about}
        yield _beside(passage, claim.text, places, RELATIONS[claim.kind])
        if claim.kind is Kind.SUPPORTED and len(claim.about) > 1 and random_.random() < LESS:
            less = places - {random_.choice(claim.about)}
            yield _beside(passage, claim.text, less, Relation.NEITHER)


def of_one(passage: Passage, random_: random.Random) -> Iterator[Beside]:
    """Claims that one sentence decides, beside that one and others of the passage."""
    claims = [asked for asked in passage.asked if asked.kind in RELATIONS and asked.about]
    for claim in random_.sample(claims, min(CLAIMS_OF_ONE, len(claims))):
        others = [p for p in range(len(passage.sentences)) if p not in claim.about]
        chosen = random_.sample(others, min(random_.choice(OTHERS), len(others)))
        yield _beside(passage, claim.text, {*claim.about, *chosen}, RELATIONS[claim.kind])


def _beside(passage: Passage, claim: str, places: Iterable[int], relation: Relation) -> Beside:
    sentences = [passage.sentences[place] for place in sorted(places)]
    return Beside(claim, shown(sentences, passage.title, passage.section), relation)
