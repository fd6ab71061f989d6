"""What the library's own texts teach about words: how common, which are names, what they stand for."""

import itertools
import re
from functools import cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from assistant.everyday import county_of, ordinary_words, places_called, typed_short
from ingest.abbreviations import phrase_of
from ingest.library import Library
from ingest.publishers import find_publisher
from ingest.words import STOPWORDS, stem, words

NAME_SHARE = 0.8  # of a word's occurrences inside sentences that are capitalised, if it is a name
SPELT = range(3, 7)  # letters of an abbreviation that may be guessed from phrases
MOST_READ = 10_000_000  # characters that are searched for these phrases: about a third of a second
MOST_KEPT = 1000  # of these phrases
# A name that goes on: "North Hull", "Hull Freeport"; "Hull City Council" is no other.
_CAPITAL_BEFORE = re.compile(
    r"(?<![.!?]\s)\b(?!The\b|In\b|And\b|Did\b|Has\b|Is\b|Was\b|How\b|At\b)[A-Z][\w’'-]*\s+$"
)
_CAPITAL_AFTER = re.compile(
    r"\s+(?!(?:City|Council|County|Borough|District|Local|Children|SEND|Area|LA|LSCB)\b)[A-Z][a-z]"
)
SHORT_WORD = 5  # shorter words are not corrected: too many are one letter apart


class Knowledge:
    """Gathered once from an open library; make a new one when the library has changed."""

    def __init__(self, library: Library) -> None:
        self.version = library.version
        self._counts = library.register.vocabulary()
        self._abbreviations = library.register.abbreviations()
        self._initials = library.register.abbreviations(defined=False)
        self.reports = library.reports()
        self._phrases: dict[str, str] = {}

    def knows(self, word: str) -> bool:
        """Whether any report has the word, in any of its forms."""
        return word in self._counts or stem(word) in self._stems

    def is_name(self, word: str) -> bool:
        """Whether the reports write the word with a capital nearly always."""
        number, capitals = self._counts.get(word, (0, 0))
        return number > 0 and capitals / number >= NAME_SHARE

    def corrected(self, word: str, *, may_be_name: bool = False) -> str:
        """`word` as the reports spell it, or else English, where it looks like a typing error.

        One edit is forgiven in words of five to seven letters, two in longer ones (transpositions
        count once); a word that English has is never changed, and what may be a name that the
        reports do not have is made no ordinary word.
        """
        if len(word) < SHORT_WORD or self.knows(word) or word in ordinary_words():
            return word
        if find_publisher(word.capitalize()):  # "ofsted" is no error, though no report has it
            return word
        allowed = 1 if len(word) < 8 else 2
        tried = [(self._spellings, allowed)]
        if not may_be_name:
            tried.append((_ordinary_spellings(), 1))
        for spellings, most in tried:
            found = process.extract(
                word,
                spellings,
                scorer=DamerauLevenshtein.distance,
                score_cutoff=most,
                limit=8,
            )
            if found:
                # The nearest; among those the same first letter, then the commonest.
                return min(found, key=lambda f: (f[1], f[0][0] != word[0], -self._number(f[0])))[0]
        return word

    def written_out(self, text: str) -> str:
        """`text` with the shortened names of counties that the reports name written out, those of places that
        they are about, and words that are shortened in typing ("avg").

        What is an ordinary word ("beds") is one, too, where it has no capital.
        """

        def written(match: re.Match[str]) -> str:
            word = match[0]
            if (whole := typed_short(word)) and not self.knows(word):
                return whole
            county = county_of(word.lower())
            named = bool(county) and self.knows(county)
            is_one = named and (word[0].isupper() or word not in ordinary_words())
            return county.capitalize() if is_one else word

        return self._with_whole_places(re.sub(r"[A-Za-z]+", written, text))

    def _with_whole_places(self, text: str) -> str:
        """`text` with "Hull" as "Kingston upon Hull", where reports are about that; not in another name."""
        for short, whole in self._called.items():
            told = set(words(text))
            if told >= set(words(whole)) - STOPWORDS or not told.issuperset(words(short)):
                continue
            for found in re.finditer(rf"\b{re.escape(short)}\b", text, re.IGNORECASE):
                before, after = text[: found.start()], text[found.end() :]
                is_one = found[0][0].isupper() or not ordinary_words().issuperset(words(short))
                in_another = _CAPITAL_BEFORE.search(before) or _CAPITAL_AFTER.match(after)
                if is_one and not in_another:
                    return self._with_whole_places(f"{before}{whole}{after}")
        return text

    def long_forms(self, word: str) -> list[str]:
        """What the reports say that an abbreviation stands for; empty for other words.

        A word that the reports mostly write small ("safe") is none, though it may spell one ("SAFE"); nor
        is a word of a place's name ("West") unless it is typed as one.

        Where they define none, a word that they do not have may be the initials of a name of theirs.
        """
        lowered = word.lower()
        if self._is_ordinary(lowered) or (lowered in self.place_words and not word.isupper()):
            return []
        for short in (lowered, lowered.removesuffix("s")):
            if len(short) > 1 and self._abbreviations_folded.get(short):
                return self._abbreviations_folded[short]
        if not self.knows(lowered) and lowered not in STOPWORDS:
            return self._initials.get(word.upper(), [])[:1]
        return []

    def called(self, report: str) -> str:
        """The name of the place that a report is about."""
        return next(r.description.place for r in self.reports if r.id == report)

    def phrase_of(self, short: str) -> str:
        """What an abbreviation that no report has may stand for, from the phrases that they use often."""
        if len(short) not in SPELT or not short.isalpha() or self.knows(short.lower()):
            return ""
        if short not in self._phrases:
            if len(self._phrases) >= MOST_KEPT:
                self._phrases.clear()
            read = itertools.accumulate(len(report.text) for report in self.reports)
            texts = (r.text for r, size in zip(self.reports, read, strict=True) if size < MOST_READ)
            self._phrases[short] = phrase_of(short, texts)
        return self._phrases[short]

    def _number(self, word: str) -> int:
        return self._counts.get(word, (0, 0))[0]

    def _is_ordinary(self, word: str) -> bool:
        number, capitals = self._counts.get(word, (0, 0))
        return number > 0 and capitals / number < NAME_SHARE / 2

    @cached_property
    def short_forms(self) -> list[tuple[tuple[str, ...], str]]:
        """Stemmed long forms, the longest first, each with its abbreviation in lower case."""
        found = [
            (tuple(stem(word) for word in words(long) if word not in STOPWORDS), short.lower())
            for short, longs in self._abbreviations.items()
            for long in longs
        ]
        return sorted((pair for pair in found if pair[0]), key=lambda pair: -len(pair[0]))

    @cached_property
    def places(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """The words of each place that reports are about, with those reports' ids."""
        found: dict[tuple[str, ...], tuple[str, ...]] = {}
        for report in self.reports:
            name = tuple(w for w in words(report.description.place) if w not in STOPWORDS)
            if name:
                found[name] = (*found.get(name, ()), report.id)
        for report in self.reports:
            if report.description.place:
                continue
            # What is of no place that is known is of one that its title names.
            title = set(words(report.description.title))
            for name, reports in found.items():
                if title.issuperset(name):
                    found[name] = (*reports, report.id)
        return found

    @cached_property
    def _called(self) -> dict[str, str]:
        """The short names of the places that reports are about, with the whole ones."""
        return {
            short: whole
            for short, whole in places_called().items()
            if tuple(w for w in words(whole) if w not in STOPWORDS) in self.places
        }

    @cached_property
    def place_words(self) -> frozenset[str]:
        """The words of all those places."""
        return frozenset(word for place in self.places for word in place)

    @cached_property
    def publisher_stems(self) -> frozenset[str]:
        """The stems of the words that publishers are called by."""
        return frozenset(stem(w) for r in self.reports for w in words(r.description.publisher))

    @cached_property
    def _abbreviations_folded(self) -> dict[str, list[str]]:
        return {short.lower(): longs for short, longs in self._abbreviations.items()}

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(stem(word) for word in self._counts)

    @cached_property
    def _spellings(self) -> list[str]:
        return [word for word in self._counts if len(word) >= SHORT_WORD]


@lru_cache(maxsize=1)
def _ordinary_spellings() -> list[str]:
    # In one order: of several as near, the same is taken in every process.
    return [word for word in sorted(ordinary_words()) if len(word) >= SHORT_WORD]
