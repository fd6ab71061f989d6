"""Our claim checker held against given sentences instead of a library, as public claim sets ask."""

import math
from collections.abc import Sequence

import numpy as np

from assistant.answer import VerdictKind
from assistant.check import COMPARED, parts_of
from assistant.compare import Comparer, Evidence, clauses, related_of
from assistant.decide import decide
from assistant.nearness import Meaning
from assistant.reader import Reader
from ingest.embed import Embedder
from ingest.words import STOPWORDS, stem, words

PART_WORDS = 4  # a clause of fewer asserts nothing on its own


class EvidenceChecker:
    """The comparison and decision of `findings check`; retrieval is a plain ranking."""

    def __init__(self, embedder: Embedder) -> None:
        self._meaning = Meaning(embedder.alone)
        self._comparer = Comparer(self._meaning, Reader())

    def verify(self, claim: str, evidence: Sequence[str]) -> str:
        """The verdict; `partially_supported` where only some clauses of the claim are supported."""
        verdicts = [self._decide(part, evidence) for part in parts_of(claim)]
        if all(verdict is VerdictKind.SUPPORTED for verdict in verdicts):
            return "supported"
        pieces = [clause for clause in clauses(claim) if len(words(clause)) >= PART_WORDS]
        if VerdictKind.SUPPORTED in verdicts or (
            len(pieces) > 1
            and any(self._decide(p, evidence) is VerdictKind.SUPPORTED for p in pieces)
        ):
            return "partially_supported"
        return "contradicted" if VerdictKind.CONTRADICTED in verdicts else "not_in_sources"

    def _decide(self, claim: str, evidence: Sequence[str]) -> VerdictKind:
        if not evidence:
            return VerdictKind.NOT_IN_SOURCES
        stemmed = [{stem(word) for word in words(sentence)} for sentence in evidence]
        rarity = {
            root: math.log(1 + len(evidence) / (1 + sum(root in own for own in stemmed)))
            for root in {stem(word) for word in words(claim) if word not in STOPWORDS}
        }
        total = sum(rarity.values()) or 1.0
        borne = np.array([sum(rarity[r] for r in rarity if r in own) / total for own in stemmed])
        ranked = np.argsort(-(self._meaning.cosines([claim], evidence)[0] + borne), kind="stable")
        nearest = [
            Evidence(text=evidence[place], before=evidence[place - 1] if place else "")
            for place in ranked[:COMPARED]
        ]
        return decide(self._comparer.compare(claim, nearest, (), related_of(claim), rarity)).verdict
