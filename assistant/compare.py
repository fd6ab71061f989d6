"""Compares an assertion with a sentence of a report: what agrees, what differs, what is not there."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.additions import additions, changes, miscounts, only_demanded, outlasts, unquantified
from assistant.assertions import Sort, values
from assistant.differences import direction
from assistant.everyday import synonyms
from assistant.grade_values import with_names
from assistant.leanings import leanings, negations
from assistant.matched import Matched, State
from assistant.matching import BREAK, match_values, subjects
from assistant.names import Names, borne, rival, unnamed
from assistant.nearness import Meaning
from assistant.quotations import Located, locate, quoted
from assistant.reader import JOINT, NOTHING, Reader, Reading, beside
from assistant.rereading import Binding, bindings, in_its_words
from assistant.restating import restates
from ingest.embed import Vectors
from ingest.words import STOPWORDS, stem, words

ALL = (100, 100)  # "all", "every" as a range
SAME_CLAUSE = 0.45  # cosine from which a clause that denies is about what the claim says
_NO_EXTREME = re.compile(
    r"\bat\s+(?:the\s+(?:very\s+)?)?(?:least|most|best|worst|top)\b|\bbest\s+(?:interests?|practice)\b"
    r"|\btop\s+(?:manag|boss|brass)\w*|\bmain(?:stream|land)\w*",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:no\s+)?(?:(?:more|less|fewer)\s+than|over|under|above|below)\s+(?:an?\s+)?$", re.I
)
REREAD = 3  # sentences nearest to a claim that are read again with its figures in their words
UNSURE = 0.05  # how far another figure's chance may be above that of the claim's own
_SMALL = re.compile(r"\b[a-z][a-z’'-]*\b")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence to compare with, readable, and what it stands among."""

    text: str
    before: str = ""
    around: str = ""  # lead-in, headings
    title: str = ""  # of the report, with its place and date
    read: str = ""  # all of it as the reader is given it


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that is known of a claim beside one sentence."""

    cosine: float  # with the sentence
    cosine_wide: float  # with the sentence after the one before it
    clause: float  # best cosine of the claim with one clause
    borne: float  # share of the claim's words, by rarity, that the sentence bears in any wording
    borne_wide: float  # ... or its surroundings
    worst: float  # rarity of the claim's rarest word that is borne nowhere, of the rarest's
    names: float  # share of the claim's names borne anywhere (1 where none)
    rival: bool  # the sentence names someone else where the claim names a person
    matched: tuple[Matched, ...]
    negated: bool  # one denies what the other asserts, as far as negations tell
    agree: int  # axes of opposites on which both lean alike
    differ: int  # ... and against each other
    against: frozenset[str]  # these latter
    unnamed: tuple[str, ...]  # proper names in the claim that the sentence is not about
    extreme: bool  # both speak of the same extreme: the highest, the worst
    claims_extreme: bool
    quotes: tuple[Located, ...]
    added: frozenset[str]  # kinds of assertion that only the claim makes
    universal: bool  # the sentence speaks of all of something
    length: int  # words of the sentence
    restated: bool = False  # the claim repeats words of the sentence, one after the other
    reading: Reading = NOTHING  # what the reader makes of the two

    @property
    def relevance(self) -> float:
        """How far a sentence is about what the claim is about, from 0 to about 2."""
        return self.cosine + self.borne_wide


class Comparer:
    """Compares claims with sentences."""

    def __init__(self, meaning: Meaning, reader: Reader) -> None:
        self._meaning = meaning
        self._reader = reader

    def compare(
        self,
        claim: str,
        evidence: Sequence[Evidence],
        names: Sequence[str],
        related: Mapping[str, frozenset[str]],
        rarity: Mapping[str, float],
        *,
        written_out: Sequence[str] = (),
        places: Collection[str] = (),
    ) -> list[Comparison]:
        """The claim beside each sentence, in their order.

        `names` are the stems of proper names in the claim, `related` other stems for a stem,
        `written_out` those of what abbreviations of the claim stand for, `places` of all places
        that reports are about.
        """
        named = Names(tuple(names), tuple(written_out), frozenset(places))
        self._meaning.vectors(_needed(claim, evidence))  # all at once: the model likes batches
        texts = [e.text for e in evidence]
        wide = [f"{e.before} {e.text}".strip() for e in evidence]
        alone = self._meaning.cosines([claim], texts)[0]
        wider = self._meaning.cosines([claim], wide)[0]
        readings = self._reader.claims(
            with_names(claim),
            [e.read or beside(e.text, e.around, e.title, e.before) for e in evidence],
        )
        found = [
            replace(self._one(claim, e, float(a), float(w), named, related, rarity), reading=r)
            for e, a, w, r in zip(evidence, alone, wider, readings, strict=True)
        ]
        for place in sorted(range(len(found)), key=lambda p: -found[p].relevance)[:REREAD]:
            found[place] = self._reread(claim, found[place], evidence[place])
        return found

    def is_bound(self, claim: str, comparison: Comparison, evidence: Evidence) -> bool:
        """Whether the sentence says of each figure of the claim what the claim says of it, and not
        rather of another that it has, by the reader."""
        return all(
            own + UNSURE >= max(others)
            for _, (own, *others) in self._bound(claim, comparison, evidence, State.SAME)
        )

    def _bound(
        self, claim: str, comparison: Comparison, evidence: Evidence, state: State
    ) -> Iterator[tuple[Binding, list[float]]]:
        """Each figure that may be said of one of several things, with the chances that it is of each."""
        around = evidence.read.partition(JOINT)[2]
        for binding in bindings(claim, comparison.matched, evidence.text, state):
            yield (
                binding,
                [
                    self._reader.claims(with_names(told), [beside(part, around)])[0].supports
                    for told, part in binding.pairs
                ],
            )

    def _reread(self, claim: str, comparison: Comparison, evidence: Evidence) -> Comparison:
        """With each figure at the place that the reader finds for it, where that is surely another than
        the rules did; and with the reading of the claim in the sentence's words for its figures, where
        that supports it more."""
        for binding, (own, *others) in self._bound(claim, comparison, evidence, State.MOVED):
            if own > max(others) + UNSURE:
                m = binding.matched
                found = evidence.text[binding.own.start : binding.own.end]
                same = replace(m, found=binding.own, state=State.SAME, found_text=found)
                matched = tuple(same if o is m else o for o in comparison.matched)
                comparison = replace(comparison, matched=matched)
        told = in_its_words(claim, comparison.matched, evidence.text)
        if told == claim:
            return comparison
        (reading,) = self._reader.claims(with_names(told), [evidence.read])
        better = reading.supports > comparison.reading.supports
        return replace(comparison, reading=reading) if better else comparison

    def _one(
        self,
        claim: str,
        evidence: Evidence,
        alone: float,
        wider: float,
        names: Names,
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
        matched = tuple(
            match_values(claim, evidence.text, evidence.before, _around(evidence), self._meaning)
        )
        said, told = _plain(claim), _plain(evidence.text)
        closest = _plain(_closest(pieces, fits))
        lean, other = leanings(said), leanings(told)
        if fits.max() >= SAME_CLAUSE:
            # Where the sentence leans both ways, its clause nearest to the claim tells.
            part = leanings(closest)
            other = {axis: sign or part.get(axis, 0) for axis, sign in other.items()}
        way = direction(claim, evidence.text)
        if way and not other.get("direction"):
            lean, other = lean | {"direction": 1}, other | {"direction": way}
        shared = [axis for axis in lean if lean[axis] and other.get(axis)]
        against = frozenset(a for a in shared if lean[a] != other[a])
        wanted = (*names.proper, *names.written_out)
        return Comparison(
            cosine=alone,
            cosine_wide=wider,
            clause=float(fits.max()),
            borne=sum(weights[r] * own[r] for r in own) / total,
            borne_wide=sum(weights[r] * wide[r] for r in own) / total,
            worst=max(missing, default=0.0) / (max(weights.values(), default=1.0) or 1.0),
            names=_share(wanted, everywhere, common),
            rival=rival(claim, evidence.text, names.places),
            matched=matched,
            negated=float(fits.max()) >= SAME_CLAUSE
            and bool(negations(_plain(_without_none(claim, matched)))) != bool(negations(closest)),
            agree=len(shared) - len(against),
            differ=len(against),
            against=against,
            unnamed=unnamed(
                claim, names.proper, evidence.text, _around(evidence), names.places, common
            ),
            extreme=bool(lean.get("extreme")) and lean["extreme"] == other.get("extreme"),
            claims_extreme=bool(lean.get("extreme")),
            quotes=tuple(locate(quote, evidence.text) for quote in quoted(claim)),
            added=_added(claim, evidence, matched, closest),
            universal=any(v.worded and v.range == ALL for v in values(evidence.text)),
            length=len(words(evidence.text)),
            restated=restates(claim, evidence.text),
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


def _needed(claim: str, evidence: Sequence[Evidence]) -> list[str]:
    """All texts whose vectors a comparison looks at."""
    needed = [claim, *(w for w in words(claim) if w not in STOPWORDS)]
    for e in evidence:
        wide = f"{e.before} {e.text}".strip()
        needed += [e.text, wide, *clauses(e.text), *subjects(claim, e.text, e.before)]
    return needed


def _added(
    claim: str, evidence: Evidence, matched: Sequence[Matched], closest: str
) -> frozenset[str]:
    """The kinds of assertion that only the claim makes."""
    said = _plain(claim)
    behind = f"{evidence.text} {evidence.before}"  # as the matched values are counted
    kinds = {
        "fact": only_demanded(claim, closest, evidence.around),
        "change": changes(claim, behind, matched),
        "count": miscounts(evidence.text, matched),
        "quantity": unquantified(claim, behind, matched),
        "longer": outlasts(claim, evidence.text),
    }
    told = f"{_plain(evidence.before)} {_plain(evidence.text)}"
    return additions(said, told, _around(evidence)) | {
        kind for kind, is_so in kinds.items() if is_so
    }


def _plain(text: str) -> str:
    """`text` without what is compared as a value: grades ("top mark", "inadequate"), "more than"; and
    without what only looks like an extreme."""
    text = _NO_EXTREME.sub("…", text)
    for value in reversed(values(text)):
        hedge = _HEDGE.search(text, 0, value.start)
        start = hedge.start() if hedge else value.start
        if value.sort is Sort.GRADE:
            text = f"{text[: value.start]}…{text[value.end :]}"
        elif hedge:
            text = f"{text[:start]}{text[value.start :]}"
    return text


def _without_none(claim: str, matched: Sequence[Matched]) -> str:
    """`claim` without "no", "none" and the like where they were compared as values already."""
    for m in reversed(matched):
        other = m.found is None or not m.found.worded
        compared = m.claimed.worded and m.state is not State.ABSENT and other
        if m.claimed.sort is Sort.GRADE or (compared and m.claimed.range[0] < 1):
            claim = f"{claim[: m.claimed.start]}…{claim[m.claimed.end :]}"
    return claim


def _around(evidence: Evidence) -> str:
    return f"{evidence.around} {evidence.title}"


def _closest(pieces: Sequence[str], fits: Vectors) -> str:
    return pieces[int(np.argmax(fits))]


def clauses(text: str) -> list[str]:
    """The runs of `text` between commas, brackets and conjunctions."""
    return [piece for piece in BREAK.split(text) if piece and len(piece) > 2] or [text]


def _share(names: Sequence[str], there: set[str], related: Mapping[str, frozenset[str]]) -> float:
    if not names:
        return 1.0
    return sum(borne(name, there, related) for name in names) / len(names)


def related_of(text: str) -> dict[str, frozenset[str]]:
    """Synonyms of everyday English for the stems of `text`."""
    return {r: frozenset(o) for r, o in synonyms([stem(w) for w in words(text)]).items()}
