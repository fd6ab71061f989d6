"""Questions and claims beside sentences, with what the sentence is to them: what the reader learns from.

The sources: public sets of sentences that follow from each other or not, and of claims beside the
sentence that decides them; passages of our own (`eval.invented`); our questions and claims over real
reports, beside the sentence that they were written from, and beside those that a search brings, as we
judged them; and SQuAD's questions, half of which nothing answers.
"""

import csv
import hashlib
import itertools
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from pathlib import Path

import numpy as np
import sentencex

from assistant.candidates import Finder, Surroundings
from assistant.everyday import ordinary_words
from assistant.meaning import Meanings
from assistant.reader import beside, seen
from eval.invented import Asked, Kind, Passage
from eval.training_pairs import PAIRS, lines, plain_words, squad_titles
from ingest.embed import Embedder
from ingest.library import Library
from ingest.readable import cells, row_sentence
from ingest.report import Report, Sentence
from ingest.settings import load_settings
from ingest.words import content_words

CLAIMS = PAIRS.with_name("claims.train.jsonl")
JUDGED = PAIRS.with_name("judged.train.jsonl")
WRONG = 2  # sentences that are not the answer, for each question
SOME = 0.35  # of claims are held against a sentence that has nothing to do with them, too
NEAR = slice(2, 16)  # ... drawn from those that come so near in the same report
LEAST_WORDS = 7  # of a clause that asserts something by itself
_LATER_CLAUSE = re.compile(r";\s|,\s(?=and\s|but\s|although\s|while\s|which\s|compared\s)")
_PLAIN_QUOTES = str.maketrans("‘’“”", "''\"\"")
_VALUE = re.compile(
    r"\b(?!(?:19|20)\d\d\b)\d|✔|\b(?:good|outstanding|inadequate|improvement|yes|no|met)\b",
    re.IGNORECASE,
)
# Columns of the public files: what is claimed, what it is held against, the label.
_COLUMNS = (
    ("hyp", "prem", "label"),
    ("Hypothesis", "Premise", "Label"),
    ("sentence2", "sentence1", "gold_label"),
)


class Relation(IntEnum):
    """What a sentence is to a claim, or to a question."""

    SUPPORTS = 0
    CONTRADICTS = 1
    NEITHER = 2
    ANSWERS = 3
    ANSWERS_NOT = 4


QUESTIONS = (Kind.ANSWERED, Kind.UNANSWERED)
NOTHING = (Relation.NEITHER, Relation.ANSWERS_NOT)
FOLLOWING = 0.1  # of questions are asked after another of the same passage, too
MOST_NOTHING = 3  # judged sentences of a question or claim that are nothing to it
_LABELS = {
    "entailment": Relation.SUPPORTS,
    "contradiction": Relation.CONTRADICTS,
    "neutral": Relation.NEITHER,
}
_VERDICTS = {
    "SUPPORTS": Relation.SUPPORTS,
    "REFUTES": Relation.CONTRADICTS,
    "entailment": Relation.SUPPORTS,
    "not_entailment": Relation.CONTRADICTS,
}
LONGEST_PROOF = 420  # characters; the rest would be cut
_NAMED = re.compile(r"\b[A-Z][\w-]{2,}")


@dataclass(frozen=True)
class Beside:
    """A question or claim beside a sentence, as the reader is given it."""

    text: str
    sentence: str
    relation: Relation


def grouped(pairs: Iterable[Beside]) -> list[list[Beside]]:
    """What stands one after the other for one question or claim, together."""
    return [list(group) for _, group in itertools.groupby(pairs, key=lambda pair: pair.text)]


def public(path: Path) -> Iterator[Beside]:
    """The pairs of a public file, of sentences that follow from each other or of claims checked."""
    return fact_checks(path) if path.suffix in (".jsonl", ".input0") else entailment(path)


def fact_checks(path: Path) -> Iterator[Beside]:
    """Claims beside what decides them: JSON lines, or X.input0 beside X.input1 and X.label.

    The sentences stand without what came before them, so that "he" may be anyone: a claim that is
    supported is kept where they bear all its names, one that is contradicted where they bear one.
    """
    for claim, proof, label in _checked_rows(path):
        begins = claim.split(" ", 1)[0].lower() in ordinary_words()  # a capital there names nobody
        named = {name in proof for name in _NAMED.findall(claim, int(begins))}
        relation = _VERDICTS.get(label)
        if relation is None or not named or len(proof) > LONGEST_PROOF:
            continue
        if True in named and (relation is Relation.CONTRADICTS or False not in named):
            yield Beside(claim, proof, relation)


def _checked_rows(path: Path) -> Iterator[tuple[str, str, str]]:
    """The claim, what decides it, and the label of each row."""
    if path.suffix == ".input0":
        others = (path.with_suffix(suffix) for suffix in (".input1", ".label"))
        proofs, claims, labels = (p.read_text("utf-8").split("\n") for p in (path, *others))
        yield from zip(map(_untreed, claims), map(_untreed, proofs), labels, strict=True)
        return
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        proof = row.get("evidence_sentence") or row.get("evidence")
        if proof is None:
            proof = " ".join(part["text"] for part in row["gold_evidence"])
        claim = row.get("claim") or row["text"]
        yield _untreed(claim), _untreed(proof), row.get("gold_label") or row["label"]


def _untreed(text: str) -> str:
    """A text without the marks of the treebank that some sets are written in."""
    for mark_, sign in (("-LRB- ", "("), (" -RRB-", ")"), ("-LSB- ", "["), (" -RSB-", "]")):
        text = text.replace(mark_, sign)
    text = text.replace("`` ", "“").replace(" ''", "”").replace("-COLON-", ":")
    return re.sub(r" (?=[,.;:]|'s\b)", "", text).strip()


def entailment(path: Path) -> Iterator[Beside]:
    """The pairs of a public file: tab-separated with a header, or s1.X beside s2.X and labels.X."""
    if path.name.startswith("s1."):
        others = (path.with_name(f"{part}{path.suffix}") for part in ("s2", "labels"))
        held, claimed, labels = (p.read_text("utf-8").splitlines() for p in (path, *others))
        rows = zip(claimed, held, labels, strict=True)
    else:
        with path.open(encoding="utf-8-sig", newline="") as file:
            found = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        columns = next(c for c in _COLUMNS if set(c) <= set(found[0]))
        rows = zip(*([row[name] for row in found] for name in columns), strict=True)
    for claim, sentence, label in rows:
        if label in _LABELS:
            yield Beside(claim, sentence, _LABELS[label])


def invented(
    passage: Passage, others: Sequence[Passage], embedder: Embedder, random_: random.Random
) -> Iterator[Beside]:
    """What is asked and claimed of a passage beside its sentences: those it is about, and others.

    The others are mostly those that come nearest to it: these are what a search brings. Some
    sentences support themselves and their beginning too: else whatever is said in nearly their words
    would seem to be altered. Where only the title bears a name or year that is asked about, the
    sentence under another title answers no more.
    """
    for place in random_.sample(range(len(passage.sentences)), len(passage.sentences) // 2):
        for claim in verbatim(passage.sentences[place]):
            yield Beside(claim, shown(passage, place), Relation.SUPPORTS)
    vectors = np.asarray(embedder.embed_documents(list(passage.sentences)))
    wanted = np.asarray(embedder.embed_documents([asked.text for asked in passage.asked]))
    for asked, nearness in zip(passage.asked, wanted @ vectors.T, strict=True):
        for place in asked.about:
            yield Beside(asked.text, shown(passage, place), _relation(asked))
        if len(asked.about) > 1:
            continue  # half of a proof proves nothing, but is not nothing either
        is_question = asked.kind in QUESTIONS
        nearest = [
            int(place)
            for place in np.argsort(-nearness)
            # The next sentence has the right one before it.
            if place not in asked.about and place - 1 not in asked.about
        ]
        wrong = Relation.ANSWERS_NOT if is_question else Relation.NEITHER
        if asked.kind is Kind.UNANSWERED:
            chosen = nearest[:WRONG]
        elif asked.kind is Kind.ANSWERED:
            chosen = [*nearest[:1], *random_.sample(nearest[1:], min(1, len(nearest[1:])))]
        else:
            chosen = nearest[:1] if random_.random() < SOME else []
        for place in chosen:
            yield Beside(asked.text, shown(passage, place), wrong)
        others_asked = [a for a in passage.asked if a.kind in QUESTIONS and a is not asked]
        if is_question and others_asked and random_.random() < FOLLOWING:
            # As the assistant completes what is asked in a conversation.
            earlier = random_.choice(others_asked)
            for place in (*asked.about, *chosen):
                relation = _relation(asked) if place in asked.about else wrong
                yield Beside(f"{earlier.text} {asked.text}", shown(passage, place), relation)
        decided = asked.kind in (Kind.ANSWERED, Kind.SUPPORTED, Kind.CONTRADICTED)
        if decided and _hangs_on_title(passage, asked):
            moved = replace(passage, title=random_.choice(others).title)
            yield Beside(asked.text, shown(moved, asked.about[0]), wrong)


def _hangs_on_title(passage: Passage, asked: Asked) -> bool:
    """Whether a name or year that is asked about stands in the title alone."""
    place = asked.about[0]
    around = shown(replace(passage, title=""), place).lower()
    names = re.findall(r"[A-Z][a-z]{3,}|\d{4}", passage.title)
    told = {name.lower() for name in names} - ordinary_words() - set(content_words(around))
    return any(name in asked.text.lower() and name not in around for name in told)


def verbatim(sentence: str) -> Iterator[str]:
    """A sentence as a claim, as it is and as a journalist would write it; and its first clause."""
    if "|" in sentence:
        return  # a row of a table
    yield sentence
    written = re.sub(r"(\d) per cent\b", r"\1%", sentence).translate(_PLAIN_QUOTES)
    if written != sentence:
        yield written
    first = _LATER_CLAUSE.split(sentence, maxsplit=1)[0]
    if first != sentence and len(first.split()) >= LEAST_WORDS:
        yield f"{first}."


def shown(passage: Passage, place: int) -> str:
    """One sentence of a passage as the reader is given it."""
    before = passage.sentences[place - 1] if place else ""
    sentence = passage.sentences[place]
    if "|" in sentence:
        sentence = row_sentence(sentence, [_header(passage.sentences[:place])])
    return beside(sentence, passage.section, passage.title, before)


def _header(above: Sequence[str]) -> str:
    """The column headings of the row that comes next: the first of the rows right above it, where its
    cells are no values; or empty."""
    first = next((i + 1 for i in range(len(above) - 1, -1, -1) if "|" not in above[i]), 0)
    row = above[first] if first < len(above) else ""
    return "" if any(_VALUE.search(cell) for cell in cells(row)[1:]) else row


def over_reports(library: Path, random_: random.Random) -> Iterator[Beside]:
    """Our questions and claims over the reports of a library, beside the right sentence and near ones."""
    settings = load_settings({"library": library})
    with Library.open(settings, create=False) as opened:
        embedder = Embedder(settings)
        finder = Finder(opened, settings, Meanings(opened, embedder))
        of_source = {report.source: report for report in opened.reports()}
        plain: dict[str, list[str]] = {}  # the sentences of a report, in plain words
        for row in [*lines(PAIRS), *lines(CLAIMS)]:
            report = of_source.get(row["report"])
            if report is None:
                continue
            words = plain_words(row["words"])
            sentences = opened.sentences(report.id)
            if report.id not in plain:
                plain[report.id] = [plain_words(report.text[s.start : s.end]) for s in sentences]
            holding = [
                s for s, own in zip(sentences, plain[report.id], strict=True) if words in own
            ]
            if not holding:
                continue
            place = min(holding, key=lambda s: abs(s.start - row["start"])).ordinal

            def near(text: str, id_: str = report.id, place: int = place) -> list[str]:
                found = opened.vectors.search(embedder.question(text), NEAR.stop, [id_])
                ordinals = [int(key.rpartition(":")[2]) for key, _ in found[NEAR]]
                return [
                    seen(finder.around(id_, o)) for o in ordinals if o not in (place, place + 1)
                ]

            right = seen(finder.around(report.id, place))
            for question in row.get("questions", ()):
                yield Beside(question, right, Relation.ANSWERS)
                wrong = near(question)
                for other in random_.sample(wrong, min(WRONG, len(wrong))):
                    yield Beside(question, other, Relation.ANSWERS_NOT)
            for relation in (Relation.SUPPORTS, Relation.CONTRADICTS, Relation.NEITHER):
                if claim := row.get(relation.name.lower(), ""):
                    yield Beside(claim, right, relation)
            if claim := row.get("supports", ""):
                for said in verbatim(finder.around(report.id, place).text):
                    yield Beside(said, right, Relation.SUPPORTS)
                wrong = near(claim)
                if wrong:
                    yield Beside(claim, random_.choice(wrong), Relation.NEITHER)


def judged(library: Path, random_: random.Random, path: Path = JUDGED) -> Iterator[Beside]:
    """Our questions and claims beside what a search over the reports of a library brings for each.

    Of the sentences that are nothing to one, which are most, some are drawn.
    """
    for row in judged_rows(library, path):
        wrong = [pair for pair in row if pair.relation in NOTHING]
        yield from (pair for pair in row if pair.relation not in NOTHING)
        yield from random_.sample(wrong, min(len(wrong), MOST_NOTHING))


def judged_rows(library: Path, path: Path) -> Iterator[list[Beside]]:
    """Each question or claim of a file beside all its judged sentences, as far as `library` has them."""
    settings = load_settings({"library": library})
    with Library.open(settings, create=False) as opened:
        finder = Finder(opened, settings, Meanings(opened, Embedder(settings)))
        of_source = {report.source: report for report in opened.reports()}
        marked: dict[str, dict[str, Surroundings]] = {}  # the sentences and lists of a report
        for row in lines(path):
            pairs = []
            for source, relations in row["beside"].items():
                report = of_source.get(source)
                if report is None:
                    continue
                if source not in marked:
                    marked[source] = dict(_marked(finder, report, opened.sentences(report.id)))
                pairs += [
                    Beside(row["text"], seen(marked[source][name]), Relation[relation.upper()])
                    for name, relation in relations.items()
                    if name in marked[source]
                ]
            yield pairs


def _marked(
    finder: Finder, report: Report, sentences: Sequence[Sentence]
) -> Iterator[tuple[str, Surroundings]]:
    """The sentences of a report, and its lists as wholes, by their marks."""
    for sentence in sentences:
        whole = finder.listed(report.id, sentence.ordinal)
        if whole is not None:
            yield mark(report.text[whole[0].start : whole[0].end]), whole[1]
    for sentence in sentences:
        around = finder.around(report.id, sentence.ordinal)
        yield mark(report.text[sentence.start : sentence.end]), around


def mark(sentence: str) -> str:
    """What a sentence is known by where its words are not to be told: part of their SHA-256."""
    return hashlib.sha256(plain_words(sentence).encode()).hexdigest()[:10]


def squad(folder: Path, random_: random.Random) -> Iterator[Beside]:
    """SQuAD's questions of the first half of its articles, beside sentences of their passage."""
    passages = {row["id"]: row for row in lines(folder / "squad2_half_passages.jsonl")}
    kept = squad_titles(passages.values())
    for row in lines(folder / "squad2_half_questions.jsonl"):
        passage = passages[row["gold_passage"]]
        if passage["title"] not in kept:
            continue
        sentences = [s.strip() for s in sentencex.segment("en", passage["text"]) if s.strip()]
        shown = [
            beside(s, "", passage["title"], sentences[place - 1] if place else "")
            for place, s in enumerate(sentences)
        ]
        if row["answerable"]:
            right = [i for i, s in enumerate(sentences) if any(a in s for a in row["answers"])]
            others = [i for i in range(len(shown)) if i not in right and i - 1 not in right]
            if len(right) == 1:
                yield Beside(row["question"], shown[right[0]], Relation.ANSWERS)
            others = random_.sample(others, min(1, len(others)))
        else:
            others = _likest(row["question"], sentences)
        for place in others:
            yield Beside(row["question"], shown[place], Relation.ANSWERS_NOT)


def _relation(asked: Asked) -> Relation:
    return {
        Kind.ANSWERED: Relation.ANSWERS,
        Kind.UNANSWERED: Relation.ANSWERS_NOT,
        Kind.SUPPORTED: Relation.SUPPORTS,
        Kind.CONTRADICTED: Relation.CONTRADICTS,
        Kind.NEITHER: Relation.NEITHER,
    }[asked.kind]


def _likest(question: str, sentences: Sequence[str]) -> list[int]:
    """The two sentences that share most words with a question."""
    asked = set(content_words(question))
    shared = [len(asked & set(content_words(sentence))) for sentence in sentences]
    return sorted(range(len(sentences)), key=lambda place: -shared[place])[:WRONG]
