"""The vectors of sentences, in Chroma: embedded, or on a server."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import chromadb
import numpy as np
from chromadb.api import ClientAPI
from chromadb.config import Settings as ChromaSettings

from ingest.embed import Vectors
from ingest.errors import LibraryError

BATCH = 5000  # Chroma takes 5,461 records a call
_NAME = "sentences"


class VectorIndex:
    """Sentences by meaning; keys are `report:ordinal`."""

    def __init__(self, folder: Path, url: str = "", library: str = "") -> None:
        """Those in `folder`, or, on the server at `url`, those of the `library` of that id."""
        self._client = (
            _server(url) if url else chromadb.PersistentClient(path=str(folder), settings=_quiet())
        )
        self._collection = self._client.get_or_create_collection(
            f"{_NAME}-{library}" if url and library else _NAME,
            embedding_function=None,
            # The vectors have length one: the inner product is the mean of the two cosines. With
            # 100 for either, one of a hundred neighbours was missed, another one in each library.
            configuration={"hnsw": {"space": "ip", "ef_construction": 200, "ef_search": 300}},
        )

    def add(self, report_id: str, keys: Sequence[str], vectors: Vectors) -> None:
        """Store the vectors of one report's sentences in place of any that it had."""
        self.remove(report_id)
        for begin in range(0, len(keys), BATCH):
            part = slice(begin, begin + BATCH)
            self._collection.add(
                ids=list(keys[part]),
                embeddings=vectors[part],
                metadatas=[{"report": report_id} for _ in keys[part]],
            )

    def remove(self, report_id: str) -> None:
        """Forget the vectors of a report."""
        self._collection.delete(where={"report": report_id})

    def search(
        self, question: Vectors, limit: int, reports: Sequence[str] = ()
    ) -> list[tuple[str, float]]:
        """Keys and similarities (the mean of two cosines) of the nearest sentences, best first."""
        if self.count() == 0:
            return []
        only: Any = {"report": {"$in": list(reports)}} if reports else None
        found = self._collection.query(
            query_embeddings=question[np.newaxis],
            n_results=limit,
            where=only,
            include=["distances"],
        )
        distances = (found["distances"] or [[]])[0]
        return [
            (key, 1 - float(distance))
            for key, distance in zip(found["ids"][0], distances, strict=True)
        ]

    def get(self, keys: Sequence[str]) -> dict[str, Vectors]:
        """The stored vectors of `keys`."""
        if not keys:  # which Chroma refuses
            return {}
        found = self._collection.get(ids=list(keys), include=["embeddings"])
        embeddings = found["embeddings"]
        if embeddings is None:
            return {}
        return {
            key: np.asarray(vector, dtype=np.float32)
            for key, vector in zip(found["ids"], embeddings, strict=True)
        }

    def count(self) -> int:
        """How many vectors are stored."""
        return int(self._collection.count())

    def counts(self, reports: Sequence[str]) -> dict[str, int]:
        """For each of `reports` how many vectors are stored."""
        return {
            report: len(self._collection.get(where={"report": report}, include=[])["ids"])
            for report in reports
        }

    def close(self) -> None:
        """Let go of the files, so that the folder can be copied or opened again."""
        _close(self._client)


def check_server(url: str) -> None:
    """Raises LibraryError where no Chroma server answers at `url`."""
    _close(_server(url))


def _server(url: str) -> ClientAPI:
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 8000)
    except ValueError as error:
        raise LibraryError(
            f"{url} is no address; write that of a Chroma server as http://127.0.0.1:8000, or leave "
            "chroma_url empty."
        ) from error
    try:
        return chromadb.HttpClient(
            host=parts.hostname or url, port=port, ssl=parts.scheme == "https", settings=_quiet()
        )
    except ValueError as error:
        raise LibraryError(
            f"No Chroma server answers at {url}; start it with chroma run, or leave "
            "chroma_url empty."
        ) from error


def _quiet() -> ChromaSettings:
    return ChromaSettings(anonymized_telemetry=False)  # a new one each time: clients write into it


def _close(client: ClientAPI) -> None:
    close = getattr(client, "close", None)
    if close is not None:
        close()
