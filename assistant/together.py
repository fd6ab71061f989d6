"""Holds a claim against several sentences of one report together: they may say what none says alone.

How likely they are to support it is a logistic function of the features below; the weights stand in
`together.json`, fitted by `eval/train_together.py`. That is too little to prove a claim of a journalist,
but enough to tell which sentences to read.
"""

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from assistant.compare import Evidence
from assistant.logistic import Features, Logistic
from assistant.reader import MOST_TOGETHER, TOGETHER, Reader, beside
from ingest.words import content_stems, stem, words

FEW, SEVERAL = 3, 6  # so many sentences are read together
CLOSE = 0.5  # what the cosine counts beside the share of words that a further sentence brings
FEATURES = {
    "reads": 1,  # the log of the odds, by the reader, that they support it
    "missing": -1,  # words of the claim that stand in none of those read, nor around them
    "names_missing": -1,  # ... with a capital
    "numbers_missing": -1,
    "covered": 1,  # share of the claim's words, by rarity, that stand in any sentence that was found
    "names": 1,  # ... of those with a capital
    "numbers": 1,  # whether all its numbers stand there
}
EVEN = 0.5  # the chance at which, where the weights were fitted, either error is as likely
_NAME = re.compile(r"(?<=\s)[^\w\s]*([A-Z][\w’'-]*)")


@dataclass(frozen=True, slots=True)
class Together:
    """The sentences that bring something of a claim, in their order, and what all come to."""

    places: tuple[int, ...]
    features: Features

    @property
    def chance(self) -> float:
        """The chance that they support the claim."""
        return _model().chance(self.features)


class TogetherReader:
    """Reads claims beside several sentences."""

    def __init__(self) -> None:
        self._reader = Reader(TOGETHER, MOST_TOGETHER)

    def hold(
        self,
        claim: str,
        evidence: Sequence[Evidence],
        cosines: Sequence[float],
        places: Sequence[int],
    ) -> Together:
        """A claim against sentences of one report, at least one, in the order in which they stand there.

        `cosines` are the claim's with each of them; by `places` they are known to the caller.
        """
        own = [content_stems(f"{e.text} {e.around} {e.title}") for e in evidence]
        wanted = content_stems(claim)
        chosen = pick(wanted, own, cosines)
        read, found = set[str]().union(*(own[place] for place in chosen)), set[str]().union(*own)
        rarity = rarities(wanted, own)
        names = [stem(w) for name in _NAME.findall(claim) for w in words(name)[:1]]
        numbers = {root for root in wanted if root[0].isdigit()}
        return Together(
            places=tuple(places[p] for p in _needed(chosen, wanted, own)),
            features={
                "reads": max(
                    self._odds(claim, [evidence[p] for p in sorted(first)])
                    for first in dict.fromkeys((tuple(chosen[:FEW]), tuple(chosen)))
                ),
                "missing": float(len(wanted - read)),
                "names_missing": float(sum(name not in read for name in names)),
                "numbers_missing": float(len(numbers - read)),
                "covered": sum(rarity[r] for r in wanted & found) / (sum(rarity.values()) or 1.0),
                "names": sum(n in found for n in names) / len(names) if names else 1.0,
                "numbers": float(numbers <= found),
            },
        )

    def supports(self, claim: str, evidence: Sequence[Evidence]) -> float:
        """The chance, by the reader alone, that sentences of one report, in their order, support a claim."""
        (reading,) = self._reader.claims(
            claim, [shown([e.text for e in evidence], evidence[0].title)]
        )
        return reading.supports

    def _odds(self, claim: str, evidence: Sequence[Evidence]) -> float:
        chance = min(max(self.supports(claim, evidence), 0.001), 0.999)
        return math.log(chance / (1 - chance))


def shown(sentences: Sequence[str], title: str, section: str = "") -> str:
    """Several sentences as the reader is given them."""
    return beside(" ".join(sentences), section, title)


def pick(
    wanted: set[str], texts: Sequence[set[str]], cosines: Sequence[float], most: int = SEVERAL
) -> list[int]:
    """The positions of `most` texts, each the one that adds most of the `wanted` stems to those before."""
    rarity = rarities(wanted, texts)
    total = sum(rarity.values()) or 1.0
    missing, left, chosen = set(wanted), list(range(len(texts))), list[int]()

    def gain(place: int) -> float:
        added = sum(rarity[root] for root in missing & texts[place]) / total
        return added + CLOSE * cosines[place]

    while left and len(chosen) < most:
        best = max(left, key=gain)
        chosen.append(best)
        left.remove(best)
        missing -= texts[best]
    return chosen


def _needed(chosen: Sequence[int], wanted: set[str], texts: Sequence[set[str]]) -> list[int]:
    """Those of the chosen that have something of the claim that those before them have not."""
    found, missing = list[int](), set(wanted)
    for place in chosen:
        if not found or missing & texts[place]:
            found.append(place)
            missing -= texts[place]
    return sorted(found)


def rarities(wanted: set[str], texts: Sequence[set[str]]) -> dict[str, float]:
    """How rare each of the `wanted` stems is among `texts`."""
    return {
        root: math.log(1 + len(texts) / (1 + sum(root in own for own in texts))) for root in wanted
    }


@lru_cache(maxsize=1)
def _model() -> Logistic:
    stored = json.loads((files(__package__) / "together.json").read_text(encoding="utf-8"))
    return Logistic.of(stored, FEATURES)
