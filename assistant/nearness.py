"""Nearness in meaning: vectors of words, clauses and sentences, kept for reuse."""

from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np

from ingest.embed import Vectors

_KEPT = 30_000  # vectors; of 384 numbers, about 50 MB


class Meaning:
    """Vectors of texts by one embedding model; each text is embedded once."""

    def __init__(self, embed: Callable[[Sequence[str]], Vectors]) -> None:
        self._embed = embed
        self._known: OrderedDict[str, Vectors] = OrderedDict()

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Vectors of length one, shape (len(texts), dimension)."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            for text, vector in zip(new, self._embed(new), strict=True):
                self._known[text] = vector
        found = np.stack([self._known[text] for text in texts])
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return found

    def cosines(self, texts: Sequence[str], others: Sequence[str]) -> Vectors:
        """The cosine of each of `texts` with each of `others`, shape (len(texts), len(others))."""
        if not texts or not others:
            return np.zeros((len(texts), len(others)), dtype=np.float32)
        both = self.vectors([*texts, *others])
        return np.asarray(both[: len(texts)] @ both[len(texts) :].T, dtype=np.float32)
