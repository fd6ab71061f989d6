"""Says how alike two texts are: the same words, the same report in other words, or neither."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, pairwise
from typing import Self

import numpy as np
from datasketch import MinHash
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from ingest.statistics import Statistic, Unit, statistics

# Measured on 125 real reports, all 7,750 pairs: 120 inspections on three templates, with two pairs
# of neighbours under one trust, and a web post beside its machine-reworded copy.
#   WINDOW_REPEATED, see `repeated`: the reworded copy 0.43; other pairs of like length at most 0.19.
#   Agreement of shares and money, of the longer list: other pairs of like length at most 0.39.
#   Jaccard of word pairs: the reworded copy 0.19, inspections on one template up to 0.33.
SAME_WORDS = 0.7  # of every window, to be the same text
OTHER_WORDS = 0.35  # ... to be the same text with words exchanged
FIGURES_AGREE = 0.75  # of the shorter list of figures, where the words are those of one text
SHARES_AGREE = 0.8  # of the longer list of shares, where the words prove nothing
LEAST_FIGURES = 3  # different ones, for their agreement to tell anything
LEAST_SHARES = 6  # different ones, to prove a copy alone
LEAST_JACCARD = 0.1  # of word pairs, estimated; below it two texts are not compared
SAME_JACCARD = 0.3  # ... where they state too few figures to be known as reworded
LEAST_WORDS = 100  # a shorter text is too short to tell
LONGEST = 20_000  # words that are compared; the comparison takes memory of their square
MOST_FIGURES = 5_000  # that are kept and compared
LENGTHS = 0.5  # the shorter of two texts has at least this part of the longer: no extract
WINDOW = 40  # words
PERMUTATIONS = 128  # the estimate of a Jaccard index of 0.2 is off by 0.035

_GRADES = re.compile(r"\b(?:outstanding|requires improvement|inadequate)\b", re.IGNORECASE)
_WORDS = re.compile(r"\w+")


class Likeness(StrEnum):
    """What two texts have in common."""

    SAME = "copy"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True)
class Signature:
    """What is kept of a text, so that most others need not be compared with it word by word."""

    length: int  # words
    grades: int  # how often it names a grade as inspectorates do
    hashes: NDArray[np.uint32]  # MinHash of its pairs of words, shape (PERMUTATIONS,)
    figures: tuple[str, ...]  # counts, shares and money in the order of the text

    @classmethod
    def of(cls, text: str) -> Self:
        """The signature of a text."""
        found = words(text)
        hashed = MinHash(PERMUTATIONS, seed=1, scheme="affine32")
        hashed.update_batch([f"{a} {b}".encode() for a, b in pairwise(found)])
        figures = (_figure(one) for one in statistics(text))
        return cls(
            len(found),
            len(_GRADES.findall(text)),
            hashed.hashvalues,
            tuple(islice(filter(None, figures), MOST_FIGURES)),
        )

    def stored(self) -> tuple[int, int, bytes, str]:
        """The signature as the register keeps it; `Signature.restored` is the way back."""
        hashes = self.hashes.astype("<u4").tobytes()
        return self.length, self.grades, hashes, json.dumps(self.figures)

    @classmethod
    def restored(cls, length: int, grades: int, hashes: bytes, figures: str) -> Self:
        """The signature that was stored."""
        return cls(length, grades, np.frombuffer(hashes, "<u4"), tuple(json.loads(figures)))

    @property
    def shares(self) -> tuple[str, ...]:
        """Its shares and sums of money: what a template does not state, and rewording leaves."""
        return tuple(figure for figure in self.figures if not figure.endswith(Unit.COUNT))


def may_be_alike(one: Signature, other: Signature) -> bool:
    """Whether two texts are worth comparing word by word; cheap, and true for all that are alike.

    Counts are no evidence alone: telephone numbers and the like stand in every report of a series.
    """
    short, long = sorted((one.length, other.length))
    if short < LEAST_WORDS or short < LENGTHS * long:
        return False
    least = LEAST_JACCARD if _has_enough(one, other) else SAME_JACCARD
    in_order = _figures_agree(one, other) and _jaccard(one, other) >= least
    return in_order or _shares_agree(one, other)


def likeness(one: str, other: str, signatures: tuple[Signature, Signature]) -> Likeness | None:
    """What two texts have in common, given their signatures; None where they are two texts.

    Order of the texts does not matter. Figures have to agree: two inspections that were written
    on one template share its words, and differ in what they found.
    """
    if _figures_agree(*signatures):
        share = repeated(words(one), words(other))
        if share >= SAME_WORDS:
            return Likeness.SAME
        if share >= OTHER_WORDS and _has_enough(*signatures):
            return Likeness.REWORDED
    return Likeness.REWORDED if _shares_agree(*signatures) else None


def repeated(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of words that one text repeats of the other, in the same order, throughout.

    Words count that stand in the longest common subsequence in runs of two or more; single ones
    meet by chance in any two texts. Of the shares of the shorter text's windows, the lower quartile
    is given. A common template makes some windows equal and leaves the rest; rewording leaves
    something of every window.
    """
    short, long = sorted((one[:LONGEST], other[:LONGEST]), key=len)
    if not short:
        return 0.0
    marks = np.zeros(len(short))
    for block in LCSseq.opcodes(short, long):
        if block.tag == "equal" and block.src_end - block.src_start >= 2:
            marks[block.src_start : block.src_end] = 1
    windows = np.array_split(marks, max(1, len(short) // WINDOW))
    return float(np.percentile([window.mean() for window in windows], 25))


def words(text: str) -> list[str]:
    """The words and numbers of a text, in one case."""
    return _WORDS.findall(text.casefold())


def _figure(one: Statistic) -> str:
    """A figure as it is compared; "" for those that come and go with the wording."""
    if one.unit is Unit.ORDINAL or (one.unit is Unit.COUNT and one.value < 2):
        return ""
    return f"{one.value:g} {one.unit}"


def _jaccard(one: Signature, other: Signature) -> float:
    return float(np.mean(one.hashes == other.hashes))


def _shares_agree(one: Signature, other: Signature) -> bool:
    short, long = sorted((one.shares, other.shares), key=len)
    common = LCSseq.similarity(short, long)
    return len(set(short)) >= LEAST_SHARES and common >= SHARES_AGREE * len(long)


def _figures_agree(one: Signature, other: Signature) -> bool:
    """Whether most figures of the shorter list stand in the other in the same order; true where
    there are too few to tell."""
    if not _has_enough(one, other):
        return True
    short = min(len(one.figures), len(other.figures))
    return LCSseq.similarity(one.figures, other.figures) >= FIGURES_AGREE * short


def _has_enough(one: Signature, other: Signature) -> bool:
    return min(len(set(one.figures)), len(set(other.figures))) >= LEAST_FIGURES
