"""How near in meaning two single words are: "jail" and "prison", "promptly" and "timely".

Every word of the library has a vector of the embedding model, stored at ingestion. A question's
words are compared with all of them, so that a sentence can be matched word by word, in whatever
words it is put.
"""

from functools import lru_cache

import numpy as np

from ingest.embed import Embedder, Vectors
from ingest.library import Library

NEAR = 0.45  # cosine of two single words from which they begin to stand for each other
SAME = 0.85  # and from which they stand for each other fully


class Meanings:
    """The words of a library as vectors, and the words of questions beside them."""

    def __init__(self, library: Library, embedder: Embedder) -> None:
        words, self._matrix = library.register.word_vectors()
        self._words = words
        self._index = {word: position for position, word in enumerate(words)}
        self._embedder = embedder
        self._extra: dict[str, Vectors] = {}
        self._row = lru_cache(maxsize=5000)(self._compare)

    @property
    def size(self) -> int:
        """How many words have a vector."""
        return len(self._words)

    def indices(self, words: list[str]) -> Vectors:
        """The positions of those of `words` that have a vector, for `closeness`."""
        found = {self._index[word] for word in words if word in self._index}
        return np.fromiter(found, dtype=np.int64, count=len(found))

    def closeness(self, word: str) -> Vectors:
        """For every word of the library how far it stands for `word`, 0 to 1; shape (words,)."""
        return self._row(word)

    def neighbours(self, word: str, least: float, limit: int) -> list[tuple[str, float]]:
        """The library's words nearest to `word`, at least `least` close, nearest first."""
        row = self._row(word)
        order = np.argsort(-row)[: limit + 1]
        return [
            (self._words[i], float(row[i]))
            for i in order
            if row[i] >= least and self._words[i] != word
        ][:limit]

    def prepare(self, words: list[str]) -> None:
        """Embed the words that the library does not have, all at once."""
        unseen = [w for w in dict.fromkeys(words) if w not in self._index and w not in self._extra]
        if unseen:
            if len(self._extra) > 5000:
                self._extra.clear()
            self._extra.update(zip(unseen, self._embedder.alone(unseen), strict=True))

    def _compare(self, word: str) -> Vectors:
        if not self._words:
            return np.zeros(0, dtype=np.float32)
        if word in self._index:
            vector = self._matrix[self._index[word]]
        else:
            self.prepare([word])
            vector = self._extra[word]
        cosines = self._matrix @ vector
        return np.asarray(np.clip((cosines - NEAR) / (SAME - NEAR), 0, 1), dtype=np.float32)
