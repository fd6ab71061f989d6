"""Nearness in meaning: vectors of words, clauses and sentences, kept for reuse."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import RLock

import numpy as np

from ingest.embed import Vectors

_KEPT = 30_000  # vectors; of 384 numbers, about 50 MB


class Meaning:
    """Vectors of texts by one embedding model; each text is embedded once."""

    def __init__(self, embed: Callable[[Sequence[str]], Vectors]) -> None:
        self._embed = embed
        self._known: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = RLock()

    def learn(self, texts: Sequence[str], vectors: Vectors) -> None:
        """Take vectors that are known already."""
        self._known.update(zip(texts, vectors, strict=True))

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Vectors of length one, shape (len(texts), dimension)."""
        with self._lock:
            new = [text for text in dict.fromkeys(texts) if text not in self._known]
            if new:
                self._known.update(zip(new, self._embed(new), strict=True))
            found = np.stack([self._known[text] for text in texts])
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
            return np.asarray(found, dtype=np.float32)

    def cosines(self, texts: Sequence[str], others: Sequence[str]) -> Vectors:
        """The cosine of each of `texts` with each of `others`, shape (len(texts), len(others))."""
        if not texts or not others:
            return np.zeros((len(texts), len(others)), dtype=np.float32)
        both = self.vectors([*texts, *others])
        return np.asarray(both[: len(texts)] @ both[len(texts) :].T, dtype=np.float32)
