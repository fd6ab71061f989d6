"""Compares an assertion with a sentence of a report: what agrees, what differs, what is not there."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

import numpy as np

from assistant.assertions import Sort, Value, leanings, negations, values
from assistant.everyday import synonyms
from assistant.evidence import PERSON
from assistant.nearness import Meaning
from assistant.quotations import Located, locate, quoted
from assistant.rounding import complement, covers, excludes
from ingest.embed import Vectors
from ingest.words import STOPWORDS, stem, words

SAME_PLACE = 0.4  # cosine of what two counts of different things are said of, to be compared
_BREAK = re.compile(r"\s*[,;:()–—]\s*|\s+(?:and|while|but|whereas|compared\s+(?:with|to))\s+")
_SMALL = re.compile(r"\b[a-z][a-z’'-]*\b")
_CHANGE = re.compile(
    r"\b(?:by|fewer|more|less|above|below|gap|difference|up|down|rose|fell|dropped|higher|lower|ahead"
    r"|behind|beats?)\b",
    re.IGNORECASE,
)


class State(StrEnum):
    """How one value of a claim stands to a sentence."""

    SAME = "same"
    DERIVED = "derived"  # follows by a complement, sum or difference
    OTHER = "other"  # the sentence has another value there
    MOVED = "moved"  # ... and has the claim's value elsewhere
    UNSURE = "unsure"  # the ranges neither fit nor exclude each other
    ABSENT = "absent"  # the sentence has no value of that sort


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence to compare with, readable, and what it stands among."""

    text: str
    before: str = ""
    around: str = ""  # lead-in, headings
    title: str = ""  # of the report, with its place and date


@dataclass(frozen=True, slots=True)
class Matched:
    """One value of a claim, and the value of the sentence that stands in its place."""

    claimed: Value
    found: Value | None
    state: State
    nearness: float  # of the clauses that hold them
    claimed_text: str = ""  # the words of the claim
    found_text: str = ""  # the words of the sentence; empty where its surroundings have them


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that is known of a claim beside one sentence."""

    cosine: float  # with the sentence
    cosine_wide: float  # with the sentence after the one before it
    clause: float  # best cosine of the claim with one clause
    borne: float  # share of the claim's words, by rarity, that the sentence bears in any wording
    borne_wide: float  # ... or its surroundings
    exact: float  # ... in the same word
    worst: float  # rarity of the claim's rarest word that is borne nowhere, of the rarest's
    names: float  # share of the claim's names borne anywhere (1 where none)
    names_own: float  # ... by the sentence
    named: int  # how many names
    rival: bool  # the sentence names someone else where the claim names a person
    matched: tuple[Matched, ...]
    negated: bool  # one denies what the other asserts, as far as negations tell
    agree: int  # axes of opposites on which both lean alike
    differ: int  # ... and against each other
    extreme: bool  # both speak of the same extreme: the highest, the worst
    claims_extreme: bool
    quotes: tuple[Located, ...]
    length: int  # words of the sentence


class Comparer:
    """Compares claims with sentences."""

    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning

    def compare(
        self,
        claim: str,
        evidence: Sequence[Evidence],
        names: Sequence[str],
        related: Mapping[str, frozenset[str]],
        rarity: Mapping[str, float],
    ) -> list[Comparison]:
        """The claim beside each sentence, in their order.

        `names` are the stems of names in the claim, `related` other stems for a stem.
        """
        self._meaning.vectors(_needed(claim, evidence))  # all at once: the model likes batches
        texts = [e.text for e in evidence]
        wide = [f"{e.before} {e.text}".strip() for e in evidence]
        alone = self._meaning.cosines([claim], texts)[0]
        wider = self._meaning.cosines([claim], wide)[0]
        return [
            self._one(claim, e, float(a), float(w), names, related, rarity)
            for e, a, w in zip(evidence, alone, wider, strict=True)
        ]

    def _one(
        self,
        claim: str,
        evidence: Evidence,
        alone: float,
        wider: float,
        names: Sequence[str],
        related: Mapping[str, frozenset[str]],
        rarity: Mapping[str, float],
    ) -> Comparison:
        pieces = clauses(evidence.text)
        fits = self._meaning.cosines([claim], pieces)[0]
        own = self._borne(claim, evidence.text, related)
        wide = self._borne(
            claim,
            " ".join((evidence.text, evidence.before, evidence.around, evidence.title)),
            related,
        )
        weights = {root: rarity.get(root, 3.0) for root in own}
        total = sum(weights.values()) or 1.0
        missing = [weights[root] for root in own if wide[root] < 0.5]
        here = {stem(w) for w in words(evidence.text)}
        everywhere = here | {stem(w) for w in words(f"{evidence.around} {evidence.title}")}
        # A name has no synonyms; what an abbreviation stands for, in small letters, has.
        small = {stem(word.lower()) for word in _SMALL.findall(claim)}
        common = {root: others for root, others in related.items() if root in small}
        lean, other = leanings(claim), leanings(evidence.text)
        shared = [axis for axis in lean if lean[axis] and other.get(axis)]
        return Comparison(
            cosine=alone,
            cosine_wide=wider,
            clause=float(fits.max()),
            borne=sum(weights[r] * own[r] for r in own) / total,
            borne_wide=sum(weights[r] * wide[r] for r in own) / total,
            exact=sum(weights[r] for r in own if r in here) / total,
            worst=max(missing, default=0.0) / (max(weights.values(), default=1.0) or 1.0),
            names=_share(names, everywhere, common),
            names_own=_share(names, here, common),
            named=len(names),
            rival=_rival(claim, evidence.text),
            matched=tuple(self._match(claim, evidence)),
            negated=bool(negations(claim)) != bool(negations(_closest(pieces, fits))),
            agree=sum(lean[a] == other[a] for a in shared),
            differ=sum(lean[a] != other[a] for a in shared),
            extreme=bool(lean.get("extreme")) and lean["extreme"] == other.get("extreme"),
            claims_extreme=bool(lean.get("extreme")),
            quotes=tuple(locate(quote, evidence.text) for quote in quoted(claim)),
            length=len(words(evidence.text)),
        )

    def _borne(
        self, claim: str, text: str, related: Mapping[str, frozenset[str]]
    ) -> dict[str, float]:
        """For each content stem of the claim how well the text bears it, from 0 to 1."""
        asked = {stem(w): w for w in words(claim) if w not in STOPWORDS and not w[0].isdigit()}
        there = {stem(w): w for w in words(text) if w not in STOPWORDS and not w[0].isdigit()}
        found: dict[str, float] = {}
        loose = []
        for root in asked:
            if root in there:
                found[root] = 1.0
            elif any(all(p in there for p in o.split("+")) for o in related.get(root, ())):
                found[root] = 0.85
            else:
                loose.append(root)
        if loose and there:
            near = self._meaning.cosines([asked[r] for r in loose], list(there.values()))
            for root, row in zip(loose, near, strict=True):
                best = float(row.max())
                found[root] = min(0.8, max(0.0, (best - 0.35) / 0.5)) if best > 0.35 else 0.0
        for root in loose:
            found.setdefault(root, 0.0)
        return found

    def _match(self, claim: str, evidence: Evidence) -> list[Matched]:
        """Each value of the claim with the value of the sentence that stands in its place."""
        claimed, found = values(claim), values(evidence.text)
        if not claimed:
            return []
        around = [
            v
            for v in values(f"{evidence.before} {evidence.around} {evidence.title}")
            if v.sort is Sort.DATE
        ]
        result = []
        for value in claimed:
            rivals = [other for other in found if comparable(value, other)]
            if value.sort is Sort.DATE:
                matched = _date(value, rivals, around)
            elif value.sort is Sort.POINTS and not rivals:
                matched = _difference(value, found)
            elif _is_share_of_graded(value, claimed, found):
                matched = Matched(value, None, State.DERIVED, 0.0)
            else:
                matched = self._state(claim, value, evidence.text, rivals, claimed)
            other = matched.found
            own = other in found if other else False
            told = evidence.text[other.start : other.end] if other and own else ""
            result.append(
                replace(
                    matched,
                    claimed_text=claim[value.start : value.end].strip(),
                    found_text=told.strip(),
                )
            )
        return result

    def _state(
        self, claim: str, value: Value, text: str, rivals: Sequence[Value], claimed: Sequence[Value]
    ) -> Matched:
        if not rivals:
            return Matched(value, None, State.ABSENT, 0.0)
        own = subject(claim, value, _alike(value, claimed))
        near = self._meaning.cosines([own], [subject(text, v, rivals) for v in rivals])[0]
        best = rivals[int(np.argmax(near))]
        nearness = float(near.max())
        if covers(value.range, best.range):
            return Matched(value, best, State.SAME, nearness)
        for other, n in zip(rivals, near, strict=True):
            if covers(value.range, other.range) and n > nearness - 0.05:
                return Matched(value, other, State.SAME, float(n))
        if _derived(claim, value, best, rivals):
            return Matched(value, best, State.DERIVED, nearness)
        if any(covers(value.range, other.range) for other in rivals):
            return Matched(value, best, State.MOVED, nearness)
        if value.sort is Sort.COUNT and nearness < SAME_PLACE and not value.nouns & best.nouns:
            return Matched(value, None, State.ABSENT, nearness)
        if excludes(value.range, best.range):
            # "No region is left out" says what "all regions are in" says.
            turned = value.worded and value.range == (0, 0)
            state = State.UNSURE if turned else State.OTHER
            return Matched(value, best, state, nearness)
        return Matched(value, best, State.UNSURE, nearness)


def _needed(claim: str, evidence: Sequence[Evidence]) -> list[str]:
    """All texts whose vectors a comparison looks at."""
    needed = [claim, *(w for w in words(claim) if w not in STOPWORDS)]
    claimed = values(claim)
    for value in claimed:
        needed.append(subject(claim, value, _alike(value, claimed)))
    for e in evidence:
        needed += [e.text, f"{e.before} {e.text}".strip(), *clauses(e.text)]
        found = values(e.text)
        for value in claimed:
            rivals = [other for other in found if comparable(value, other)]
            needed += [subject(e.text, rival, rivals) for rival in rivals]
    return needed


def _alike(value: Value, claimed: Sequence[Value]) -> list[Value]:
    alike = [other for other in claimed if other.sort is value.sort and not other.worded]
    return alike if len(alike) > 1 else []


def comparable(value: Value, other: Value) -> bool:
    """Whether two values can stand for the same thing."""
    if value.sort is not other.sort:
        return False
    if value.sort is Sort.COUNT:
        shared = value.nouns & other.nouns or not (value.nouns and other.nouns)
        return bool(shared) or covers(value.range, other.range)
    if value.worded and other.worded:
        return bool(value.nouns & other.nouns)
    return True


def _date(value: Value, own: Sequence[Value], around: Sequence[Value]) -> Matched:
    """A date of the claim: the sentence's own dates count first, then when the report is of."""
    for other in (*own, *around):
        if covers(value.range, other.range):
            return Matched(value, other, State.SAME, 0.0)
    if own and all(excludes(value.range, other.range) for other in own):
        return Matched(value, own[0], State.OTHER, 0.0)
    vague = [v for v in (*own, *around) if not excludes(value.range, v.range)]
    if vague:
        return Matched(value, vague[0], State.UNSURE, 0.0)
    return Matched(value, None, State.ABSENT, 0.0)


def _closest(pieces: Sequence[str], fits: Vectors) -> str:
    return pieces[int(np.argmax(fits))]


def clauses(text: str) -> list[str]:
    """The runs of `text` between commas, brackets and conjunctions."""
    return [piece for piece in _BREAK.split(text) if piece and len(piece) > 2] or [text]


def subject(text: str, value: Value, rivals: Sequence[Value]) -> str:
    """What a value is said of: its own clause, the value itself left out; all where it is alone."""
    if len(rivals) <= 1:
        return f"{text[: value.start]}…{text[value.end :]}"
    low, high = 0, len(text)
    breaks = list(_BREAK.finditer(text))
    others = [other for other in rivals if other is not value]
    # The nearest break towards a rival parts the two; what no rival claims stays shared.
    for other in others:
        if other.end <= value.start:
            between = [b for b in breaks if b.start() >= other.end and b.end() <= value.start]
            low = max(low, between[0].end() if between else other.end)
        elif other.start >= value.end:
            between = [b for b in breaks if b.start() >= value.end and b.end() <= other.start]
            high = min(high, between[-1].start() if between else other.start)
    return f"{text[low : value.start]}…{text[value.end : high]}"


def _derived(claim: str, value: Value, best: Value, rivals: Sequence[Value]) -> bool:
    if (
        value.sort is Sort.SHARE
        and not value.worded
        and covers(value.range, complement(best.range))
    ):
        return True
    if value.sort in (Sort.COUNT, Sort.POINTS) and _CHANGE.search(claim):
        return any(
            covers(value.range, (a.middle - b.middle, a.middle - b.middle))
            for a in rivals
            for b in rivals
            if a.middle > b.middle
        )
    return False


def _share(names: Sequence[str], there: set[str], related: Mapping[str, frozenset[str]]) -> float:
    if not names:
        return 1.0
    hits = sum(
        name in there or any(all(p in there for p in o.split("+")) for o in related.get(name, ()))
        for name in names
    )
    return hits / len(names)


def _difference(value: Value, found: Sequence[Value]) -> Matched:
    """Percentage points of the claim, where the sentence has just the two shares."""
    shares = [v.middle for v in found if v.sort is Sort.SHARE and not v.worded]
    if len(shares) != 2:
        return Matched(value, None, State.ABSENT, 0.0)
    points = abs(shares[0] - shares[1])
    state = State.DERIVED if covers(value.range, (points, points)) else State.OTHER
    return Matched(value, None, state, 0.0)


def _is_share_of_graded(value: Value, claimed: Sequence[Value], found: Sequence[Value]) -> bool:
    """Whether a share of the claim follows from a list of how many got each grade."""
    grades = [v.range for v in claimed if v.sort is Sort.GRADE]
    counted = [
        (count.middle, grade.range)
        for count, grade in pairwise(found)
        if count.sort is Sort.COUNT and grade.sort is Sort.GRADE
    ]
    if value.sort is not Sort.SHARE or value.worded or len(grades) != 1 or len(counted) < 2:
        return False
    part = sum(count for count, grade in counted if grade == grades[0])
    share = 100 * part / (sum(count for count, _ in counted) or 1)
    return covers(value.range, (share, share))


def _rival(claim: str, text: str) -> bool:
    """Whether both name persons, and none in common."""
    persons = [{w.lower() for w in m[0].split()} for m in PERSON.finditer(claim)]
    others = [{w.lower() for w in m[0].split()} for m in PERSON.finditer(text)]
    return bool(persons and others) and not any(p & o for p in persons for o in others)


def related_of(text: str) -> dict[str, frozenset[str]]:
    """Synonyms of everyday English for the stems of `text`."""
    return {r: frozenset(o) for r, o in synonyms([stem(w) for w in words(text)]).items()}
