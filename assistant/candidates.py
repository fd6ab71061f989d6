"""Candidates: sentences found by meaning or by words, with all that the ranking looks at."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from assistant.inquiry import Inquiry
from assistant.lists import ItemList, list_of
from assistant.meaning import Meanings
from assistant.wants import Wants
from ingest.embed import Vectors
from ingest.library import Library, title_words
from ingest.readable import plain, readable, with_scores
from ingest.report import BlockKind, Report, Sentence
from ingest.settings import Settings
from ingest.words import stem, stems, words

# Weights of the lexical fields: the sentence's own words count full, its surroundings at a discount.
BOOSTS = {"text": 1.0, "before": 0.3, "lead": 0.7, "section": 0.6, "title": 0.3}
RELATED_WEIGHT = 0.35  # of a synonym or long form beside the asked word
NEIGHBOUR_WEIGHT = 0.45  # of a word near in meaning, times how near
EXPANDED, BELOW = 60, 8  # headings among so many candidates lend their next sentences
HANDED_DOWN = 0.6  # of a heading's fused score
BESIDE = (1, 3)  # so many sentences before and after one stand beside it
MOST_LISTED, MOST_LISTS = 4, 60  # of so many reports that are asked about, the lists are looked at
MOST_WHOLE = 900  # sentences of the reports that are named: with so many, all are candidates
NEIGHBOURS, LEAST_CLOSE = 4, 0.35  # so many such words for each asked word, and how near at least


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A sentence's readable text, and that of what it stands among, with their stems."""

    text: str
    in_full: str  # a row with its caption and column headings; else as text
    beyond: str  # what of the lead in_full does not have
    before: str
    after: str
    lead: str
    section: str
    title: str
    stems: tuple[str, ...]
    near: frozenset[str]  # stems of before, lead and section
    about: frozenset[str]  # stems of the title line
    own_ids: Vectors  # positions of the sentence's words in the library's meanings
    near_ids: Vectors  # ... of its surroundings' words


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence that may answer, as found."""

    key: str
    report: Report
    sentence: Sentence
    around: Surroundings
    alone: float  # cosine of the question and the sentence alone
    context: float  # cosine of the question and the sentence in its context
    heading: float  # cosine of the question and the nearest heading above the sentence
    lexical: float  # BM25 over the fields, relative to the best candidate's
    fused: float  # reciprocal rank fusion of the searches, relative to the best candidate's
    is_list: bool = False  # the sentence is a list as a whole, with what introduces it
    is_beside: bool = False  # it stands beside what answers the question that this one leans on


class Finder:
    """Finds candidates for inquiries in an open library."""

    def __init__(self, library: Library, settings: Settings, meanings: Meanings) -> None:
        self._library = library
        self.meanings = meanings
        self._settings = settings
        self._around = lru_cache(maxsize=20_000)(self._surroundings)
        self._whole = lru_cache(maxsize=2_000)(self._listed)
        self._headings = lru_cache(maxsize=2_000)(self._headings_of)
        self._firsts = lru_cache(maxsize=2_000)(self._firsts_of)

    def find(
        self, inquiry: Inquiry, question: Vectors, beside: Sequence[str] = ()
    ) -> list[Candidate]:
        """Candidates in the order of their fused rank; `question` is the inquiry's vector.

        `beside` are the keys of sentences that are candidates whatever the searches find.
        """
        limit = self._settings.candidates
        self.meanings.prepare([w for w in inquiry.words.values() if not w[0].isdigit()])
        dense = self._library.vectors.search(question, limit)
        weighted = lexical_query(inquiry, self.meanings)
        lexical = self._library.lexical.search(weighted, BOOSTS, limit)
        own = self._library.lexical.search(weighted, {"text": 1.0}, limit // 2)
        searches, by_words = [dense, lexical, own], [lexical]
        near = list(inquiry.named or inquiry.reports)
        if near:
            # Reports that the question names, by title or by place, get a search of their own.
            searches.append(self._library.vectors.search(question, limit // 2, near))
            by_words.append(self._library.lexical.search(weighted, BOOSTS, limit // 2, near))
            searches.append(by_words[-1])
        fused = fuse(searches, self._settings.rank_constant)
        self._add_below_headings(fused)
        if inquiry.wants is Wants.LIST:
            for key in self._lists_of(near):
                fused.setdefault(key, 0.0)
        for key in (*beside, *self._all_of(near)):
            fused.setdefault(key, 0.0)
        best_bm25 = max((score for _, score in lexical), default=1.0) or 1.0
        bm25 = {key: score / best_bm25 for search in by_words for key, score in search}
        headings = {key: self._heading(key) for key in fused}
        vectors = self._library.vectors.get(list({*fused, *headings.values()} - {""}))
        half = len(question) // 2
        best = max(fused.values(), default=1.0)
        found = []
        for key, score in sorted(fused.items(), key=lambda item: -item[1]):
            report_id, _, ordinal = key.rpartition(":")
            vector = vectors.get(key)
            if vector is None:
                continue
            report = self._library.report(report_id)
            sentence = self._library.sentences(report_id)[int(ordinal)]
            found.append(
                Candidate(
                    key=key,
                    report=report,
                    sentence=sentence,
                    around=self._around(report_id, int(ordinal)),
                    # Both halves have length 1/sqrt(2), in the question as in the sentence.
                    alone=2 * float(np.dot(question[:half], vector[:half])),
                    context=2 * float(np.dot(question[half:], vector[half:])),
                    heading=2 * float(np.dot(question[:half], vectors[headings[key]][:half]))
                    if headings[key] in vectors
                    else 0.0,
                    lexical=bm25.get(key, 0.0),
                    fused=score / best,
                    is_beside=key in beside,
                )
            )
        return self._with_lists(found) if inquiry.wants is Wants.LIST else found

    def _all_of(self, reports: Sequence[str]) -> list[str]:
        """The keys of all sentences of reports that are asked about, where these are few."""
        found: list[str] = []
        for report in reports:
            found += [f"{report}:{s.ordinal}" for s in self._library.sentences(report)]
            if len(found) > MOST_WHOLE:
                return []  # nor are the sentences of the others looked up
        return found

    def _with_lists(self, found: Sequence[Candidate]) -> list[Candidate]:
        """The candidates with each list as one, in the place of the first of it that was found."""
        kept: dict[str, Candidate] = {}
        for candidate in found:
            whole = self.listed(candidate.report.id, candidate.sentence.ordinal)
            if whole is None:
                kept[candidate.key] = candidate
                continue
            sentence, around = whole
            key = f"{candidate.report.id}:{sentence.ordinal}"
            best = kept.get(key, candidate)
            kept[key] = replace(
                best,
                key=key,
                sentence=sentence,
                around=around,
                alone=max(best.alone, candidate.alone),
                context=max(best.context, candidate.context),
                lexical=max(best.lexical, candidate.lexical),
                is_list=True,
            )
        return list(kept.values())

    def listed(self, report_id: str, ordinal: int) -> tuple[Sentence, Surroundings] | None:
        """The list that a sentence is an item or the head of, as one sentence; None where it is neither."""
        sentences = self._library.sentences(report_id)
        found = list_of(sentences, ordinal)
        if found is None and ordinal + 1 < len(sentences):
            found = list_of(sentences, ordinal + 1)
            if found is None or found.head is None or found.head[1] != sentences[ordinal].end:
                return None
        return self._whole(report_id, found) if found else None

    def _listed(self, report_id: str, found: ItemList) -> tuple[Sentence, Surroundings]:
        start, end = found.span
        first = self._library.sentences(report_id)[found.first]
        around = self._around(report_id, found.first)
        text = plain(self._library.report(report_id).text[start:end])
        return replace(first, start=start, end=end, lead=()), replace(
            around,
            text=text,
            in_full=text,
            before="" if found.head else around.before,
            lead="",
            beyond="",
            stems=tuple(stems(text)),
            own_ids=self.meanings.indices(words(text)),
        )

    def _lists_of(self, reports: Sequence[str]) -> list[str]:
        """The keys of the first items of the lists in reports that are asked about: few lists say in
        their own words what they are of."""
        if len(reports) > MOST_LISTED:
            return []
        return [f"{report}:{first}" for report in reports for first in self._firsts(report)]

    def _firsts_of(self, report_id: str) -> list[int]:
        """The first items of a report's lists, of the first MOST_LISTS."""
        sentences = self._library.sentences(report_id)
        found: list[int] = []
        done = -1  # what is known to be in a list, or in one too long, is not looked at again
        for sentence in sentences:
            if sentence.kind is not BlockKind.ITEM or sentence.ordinal <= done:
                continue
            whole = list_of(sentences, sentence.ordinal)
            if whole:
                found.append(whole.first)
                done = whole.last
            else:
                done = _run_end(sentences, sentence.ordinal)
            if len(found) == MOST_LISTS:
                break
        return found

    def _add_below_headings(self, fused: dict[str, float]) -> None:
        """What stands below a heading that was found may answer in other words than the heading's."""
        found = sorted(fused, key=lambda key: -fused[key])[:EXPANDED]
        for key in found:
            report_id, _, ordinal = key.rpartition(":")
            sentences = self._library.sentences(report_id)
            place = int(ordinal)
            if sentences[place].kind is not BlockKind.HEADING:
                continue
            for sentence in sentences[place + 1 : place + 1 + BELOW]:
                if sentence.kind is BlockKind.HEADING:
                    break
                below = f"{report_id}:{sentence.ordinal}"
                fused[below] = max(fused.get(below, 0.0), fused[key] * HANDED_DOWN)

    def _heading(self, key: str) -> str:
        """The key of the nearest heading at or above a sentence, in its report; "" where none is."""
        report_id, _, ordinal = key.rpartition(":")
        place = self._headings(report_id)[int(ordinal)]
        return f"{report_id}:{place}" if place >= 0 else ""

    def _headings_of(self, report_id: str) -> list[int]:
        found, last = [], -1
        for sentence in self._library.sentences(report_id):
            if sentence.kind is BlockKind.HEADING:
                last = sentence.ordinal
            found.append(last)
        return found

    def beside(self, candidate: Candidate) -> list[str]:
        """The keys of a sentence and of those that stand next to it in the text, headings apart."""
        place = candidate.sentence.ordinal
        sentences = self._library.sentences(candidate.report.id)
        return [
            f"{candidate.report.id}:{s.ordinal}"
            for s in sentences[max(0, place - BESIDE[0]) : place + BESIDE[1] + 1]
            if s.kind is not BlockKind.HEADING
        ]

    def around(self, report_id: str, ordinal: int) -> Surroundings:
        """The surroundings of one sentence."""
        return self._around(report_id, ordinal)

    def _surroundings(self, report_id: str, ordinal: int) -> Surroundings:
        report = self._library.report(report_id)
        sentences = self._library.sentences(report_id)
        sentence = sentences[ordinal]

        def neighbour(step: int) -> str:
            other = ordinal + step
            if not 0 <= other < len(sentences):
                return ""
            near = sentences[other]
            if near.section != sentence.section or near.kind is BlockKind.HEADING:
                return ""
            return plain(report.text[near.start : near.end])

        text = readable(report.text, sentence.kind, sentence.start, sentence.end, ())
        leads = [plain(report.text[a:b]) for a, b in sentence.lead]
        lead, before = " ".join(leads), neighbour(-1)
        title = title_words(report.description)
        in_full = text
        if sentence.kind is BlockKind.ROW:
            in_full = with_scores(
                readable(report.text, sentence.kind, sentence.start, sentence.end, sentence.lead)
            )
        told = set(words(in_full)) if leads else set()
        return Surroundings(
            text=text,
            in_full=in_full,
            beyond=" ".join(part for part in leads if not told.issuperset(words(part))),
            before=before,
            after=neighbour(1),
            lead=lead,
            section=sentence.section,
            title=title,
            stems=tuple(stems(text)),
            near=frozenset(stems(f"{before} {lead} {sentence.section}")),
            about=frozenset(stems(title)),
            own_ids=self.meanings.indices(words(text)),
            near_ids=self.meanings.indices(words(f"{before} {lead} {sentence.section}")),
        )


def _run_end(sentences: Sequence[Sentence], ordinal: int) -> int:
    """The last of the items that stand one after the other from `ordinal` on."""
    first = sentences[ordinal]
    end = ordinal
    while end + 1 < len(sentences):
        after = sentences[end + 1]
        if (after.kind, after.section, after.lead) != (first.kind, first.section, first.lead):
            break
        end += 1
    return end


def lexical_query(inquiry: Inquiry, meanings: Meanings) -> dict[str, float]:
    """The stems to search for, each with its weight: asked words, what stands for them, and words
    near in meaning."""
    weighted = dict(inquiry.weights)
    for root, others in inquiry.related.items():
        weight = inquiry.weights.get(root, 1.0) * RELATED_WEIGHT
        for other in others:
            for part in other.split("+"):
                weighted[part] = max(weighted.get(part, 0.0), weight)
    for root, weight in inquiry.weights.items():
        if root in inquiry.names or weight < 1 or root[0].isdigit():
            continue
        word = inquiry.words.get(root, root)
        for near, closeness in meanings.neighbours(word, LEAST_CLOSE, NEIGHBOURS):
            part = stem(near)
            weighted[part] = max(weighted.get(part, 0.0), NEIGHBOUR_WEIGHT * closeness * weight)
    return weighted


def fuse(searches: Sequence[Sequence[tuple[str, float]]], constant: int) -> dict[str, float]:
    """Reciprocal rank fusion, Cormack, Clarke and Buettcher, SIGIR 2009: sum of 1 / (k + rank)."""
    fused: dict[str, float] = {}
    for search in searches:
        for rank, (key, _) in enumerate(search, 1):
            fused[key] = fused.get(key, 0.0) + 1 / (constant + rank)
    return fused
