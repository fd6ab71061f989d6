"""Makes a record that one can keep of a check, a whole text, an answer or a conversation."""

import hashlib
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from assistant.answer import Answer, Mode, Status, Verdict, VerdictKind
from assistant.article import Left
from assistant.exports import FORMATS
from assistant.exports.record import Entry, Origin, Outcome, Part, Record
from assistant.text_check import CheckedSentence, TextCheck
from ingest.errors import FindingsError
from ingest.library import Library
from ingest.settings import Settings

# What results depend on beside the version and the library. Not the address of a model's server: it
# is of one machine, and may hold a password.
SETTINGS = (
    *("embedding_dtype", "passage_chars", "candidates", "rank_constant", "quote_limit"),
    *("max_question_chars", "model", "model_provider", "model_passages"),
)
OUTCOMES = {
    VerdictKind.SUPPORTED: Outcome.SUPPORTED,
    VerdictKind.CONTRADICTED: Outcome.CONTRADICTED,
    VerdictKind.NOT_IN_SOURCES: Outcome.NOT_IN_SOURCES,
}
_STATUSES = {
    Status.ANSWERED: Outcome.ANSWERED,
    Status.NOT_FOUND: Outcome.NOT_FOUND,
    Status.OUT_OF_SCOPE: Outcome.OUT_OF_SCOPE,
    Status.ERROR: Outcome.ERROR,
}
_LEFT = {  # one, several
    Left.OPINION: ("opinion", "opinions"),
    Left.QUESTION: ("question", "questions"),
    Left.BACKGROUND: ("background", "background"),
    Left.ATTRIBUTION: ("remark without a fact", "remarks without a fact"),
    Left.TOO_LONG: ("sentence that is too long", "sentences that are too long"),
}
BY_MODEL = "Written by a language model; each sentence was checked against the quotes."


def origin_of(library: Library, settings: Settings, made: datetime | None = None) -> Origin:
    """What to have to get the same again as now, or at `made`, from an open library."""
    facts, hashes = library.register.facts(), sorted(r.sha256 for r in library.reports())
    try:
        product = version("findings-assistant")
    except PackageNotFoundError:  # run from its folder
        product = "not installed"
    chosen = settings.model_dump(mode="json", include=set(SETTINGS))
    return Origin(
        made=(made or datetime.now(UTC)).replace(microsecond=0),
        version=product,
        library_format=facts.get("format", ""),
        embedding_model=facts.get("model", ""),
        reports=len(hashes),
        library_sha256=hashlib.sha256("\n".join(hashes).encode()).hexdigest(),
        settings={name: chosen[name] for name in SETTINGS if chosen[name] != ""},
    )


def record_of_check(verdict: Verdict, origin: Origin) -> Record:
    """The record of one claim."""
    return Record("Check of a claim", (_of_verdict(verdict),), origin)


def record_of_text(check: TextCheck, origin: Origin) -> Record:
    """The record of a whole text, each checked sentence an entry."""
    entries = tuple(_of_verdict(s.verdict, s) for s in check.sentences if s.verdict)
    totals = totals_line(check)
    return Record("Check of a text", entries, origin, check.text, check.name, totals)


def record_of_answers(answers: Sequence[Answer], origin: Origin) -> Record:
    """The record of an answer, or of all answers of a conversation, oldest first."""
    title = "Answer" if len(answers) == 1 else "Conversation"
    return Record(title, tuple(_of_answer(answer) for answer in answers), origin)


def totals_line(check: TextCheck) -> str:
    """How many sentences were checked and what came of them, in plain words."""
    totals = check.totals
    told = [f"{n} {OUTCOMES[kind].lower()}" for kind, n in totals.verdicts.items() if n]
    sentences = "1 sentence" if totals.sentences == 1 else f"{totals.sentences:,} sentences"
    line = f"{totals.checked:,} of {sentences} checked{': ' if told else ''}{', '.join(told)}."
    left = [f"{n} {_LEFT[reason][n > 1]}" for reason, n in totals.left.items()]
    return f"{line} Left alone: {', '.join(left)}." if left else line


def check_target(path: Path, *, force: bool = False) -> None:
    """Raise FindingsError where no record can be written to `path`; quick, so do it first."""
    if path.suffix.lower() not in FORMATS:
        *some, last = FORMATS
        raise FindingsError(
            f"No record can be written as {path.name!r}; end its name in {', '.join(some)} or {last}."
        )
    if not path.absolute().parent.is_dir():
        raise FindingsError(f"There is no folder {path.parent}; make it, or name another.")
    if not os.access(path.absolute().parent, os.W_OK):
        raise FindingsError(f"{path.parent} cannot be written to; name another folder.")
    if path.is_dir() or (path.exists() and not force):
        raise FindingsError(f"{path} exists already; name another file, or add --force.")


def save(record: Record, path: Path) -> None:
    """Write the record in the format that the ending of `path` names, whole or not at all."""
    data = FORMATS[path.suffix.lower()].write(record)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _of_verdict(verdict: Verdict, sentence: CheckedSentence | None = None) -> Entry:
    return Entry(
        asked=sentence.text if sentence else verdict.claim,
        outcome=OUTCOMES[verdict.verdict],
        said=verdict.explanation,
        completed=verdict.claim if sentence and sentence.completed else "",
        parts=tuple(
            Part(part.text, OUTCOMES[part.verdict], part.explanation, part.citations)
            for part in verdict.parts
        ),
        quotes=verdict.citations,
        nearest=verdict.nearest,
        start=sentence.start if sentence else 0,
        end=sentence.end if sentence else 0,
    )


def _of_answer(answer: Answer) -> Entry:
    answered = answer.status is Status.ANSWERED
    notes = [answer.note] if answer.note else []
    if answered and answer.mode is Mode.MODEL:
        notes.append(BY_MODEL)
    return Entry(
        asked=answer.question,
        outcome=_STATUSES[answer.status],
        said=answer.answer,
        note=" ".join(notes),
        quotes=answer.citations if answered else (),
    )
