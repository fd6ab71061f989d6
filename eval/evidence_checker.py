"""Our claim checker held against given sentences instead of a library, as public claim sets ask."""

from collections.abc import Sequence

import numpy as np

from assistant.answer import VerdictKind
from assistant.check import COMPARED
from assistant.compare import Comparer, Evidence, clauses, related_of
from assistant.decide import decide
from assistant.nearness import Meaning
from assistant.parts import parts_of
from assistant.reader import Reader
from assistant.together import EVEN, Together, TogetherReader, rarities
from ingest.embed import Embedder
from ingest.words import content_stems, words

PART_WORDS = 4  # a clause of fewer asserts nothing on its own
PART_FROM = 0.5  # chance from which a clause counts as supported


class EvidenceChecker:
    """The comparisons and decisions of `findings check`; retrieval is a plain ranking.

    Here the sentences are known to be the source: what several of them support together counts from
    even odds on (`assistant.together.EVEN`), not from where `findings check` takes it for proof.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._meaning = Meaning(embedder.alone)
        self._comparer = Comparer(self._meaning, Reader())
        self._together = TogetherReader()

    def verify(self, claim: str, evidence: Sequence[str]) -> str:
        """The verdict; `partially_supported` where only some clauses of the claim are supported."""
        if not evidence:
            return "not_in_sources"
        verdicts = [self._decide(part, evidence) for part in parts_of(claim)]
        held = self.together(claim, evidence)
        if held.chance >= EVEN or all(v is VerdictKind.SUPPORTED for v in verdicts):
            return "supported"
        read = [_as_evidence(evidence, place) for place in held.places]
        pieces = [clause for clause in clauses(claim) if len(words(clause)) >= PART_WORDS]
        if VerdictKind.SUPPORTED in verdicts or any(
            self._together.supports(piece, read) >= PART_FROM for piece in pieces
        ):
            return "partially_supported"
        return "contradicted" if VerdictKind.CONTRADICTED in verdicts else "not_in_sources"

    def together(self, claim: str, evidence: Sequence[str]) -> Together:
        """What several of the sentences, at least one, say of a claim together."""
        places = sorted(self._nearest(claim, evidence))
        texts = [evidence[place] for place in places]
        return self._together.hold(
            claim,
            [_as_evidence(evidence, place) for place in places],
            [float(cosine) for cosine in self._meaning.cosines([claim], texts)[0]],
            places,
        )

    def _decide(self, claim: str, evidence: Sequence[str]) -> VerdictKind:
        nearest = [
            Evidence(text=evidence[place], before=evidence[place - 1] if place else "")
            for place in self._nearest(claim, evidence)
        ]
        wanted = content_stems(claim)
        rarity = rarities(wanted, [content_stems(sentence) for sentence in evidence])
        return decide(self._comparer.compare(claim, nearest, (), related_of(claim), rarity)).verdict

    def _nearest(self, claim: str, evidence: Sequence[str]) -> list[int]:
        """The positions of the sentences that come nearest, the nearest first."""
        texts = [content_stems(sentence) for sentence in evidence]
        rarity = rarities(content_stems(claim), texts)
        total = sum(rarity.values()) or 1.0
        borne = np.array([sum(rarity[r] for r in rarity if r in own) / total for own in texts])
        ranked = np.argsort(-(self._meaning.cosines([claim], evidence)[0] + borne), kind="stable")
        return [int(place) for place in ranked[:COMPARED]]


def _as_evidence(evidence: Sequence[str], place: int) -> Evidence:
    """One of the sentences; the first of them is the title of their page."""
    return Evidence(text=evidence[place], title=evidence[0])
