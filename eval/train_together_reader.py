"""Trains `assistant/together.safetensors`; `python -m eval.train_together_reader -h`.

It goes on from `reader.safetensors` with claims beside several sentences: those of our documents in
`sets/several.train.txt`, but for every eighth of these, and those of some of our passages beside the
sentence that decides them and others.
"""

# The weights in the repository: 350 steps of 32 pairs, from the reader with the SHA-256 073a2b26..., by a
# script that drew 2,500 of the claims about one sentence; a few claims of the documents were mended since.

import argparse
import random
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import roc_auc_score

from assistant import reader
from eval.invented import passages
from eval.reading_pairs import Beside, Relation, grouped
from eval.together_pairs import HELD_OUT, SEVERAL, of_one, of_several
from eval.train_reader import Trained, run
from ingest.embed import Embedder
from ingest.settings import load_settings

PAIRS, MOST_TOKENS = 16, 320  # in a batch of one process, about; and of a pair, in training
PASSAGES = 430  # whose claims about one sentence are among those beside several


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--start", type=Path, default=Path(reader.__file__).with_name(reader.FILE))
    parser.add_argument("--epochs", type=float, default=2.0)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--port", type=int, default=29_500, help="where the processes meet")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    random_ = random.Random(given.seed)
    embedder = Embedder(load_settings())
    documents = list(passages(SEVERAL))
    learnt = [d for i, d in enumerate(documents) if i % HELD_OUT]
    pairs = [pair for d in learnt for pair in of_several(d, embedder, random_)]
    for passage in random_.sample(list(passages()), PASSAGES):
        pairs += of_one(passage, random_)
    held = [pair for d in documents[::HELD_OUT] for pair in of_several(d, embedder, random_)]
    print(f"{len(pairs)} pairs, {len(held)} held out", flush=True)
    run(given, grouped(pairs), partial(measured, held=held), MOST_TOKENS, PAIRS)


def measured(trained: Trained, held: Sequence[Beside]) -> str:
    """How often the relation is told rightly, and how often what supports stands above what does not."""
    with torch.inference_mode():
        scores = np.concatenate(
            [
                trained.model([p.text], [p.sentence]).float().numpy()[:, : reader.ANSWERS]
                for p in held
            ]
        )
    relations = np.array([int(pair.relation) for pair in held])
    above = roc_auc_score(
        relations == Relation.SUPPORTS,
        scores[:, 0] - np.logaddexp(scores[:, 1], scores[:, 2]),
    )
    right = (scores.argmax(axis=1) == relations).mean()
    return f"right {right:.3f} of {len(held)}, supporting above others {above:.3f}"


if __name__ == "__main__":
    main()
