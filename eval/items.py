"""Loads the question and claim sets, and refuses a malformed item by its line."""

import json
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from assistant.answer import Status, Turn, VerdictKind
from ingest.errors import FindingsError

SETS = Path(str(files("eval") / "sets"))

Split = Literal["tune", "test"]
QUESTION_KINDS = (
    *("figure", "rating", "entity", "date", "list", "yes_no", "definition", "table"),
    *("comparison", "follow_up", "ambiguous", "false_premise", "injection"),
    *("unanswerable", "off_topic"),
)
CLAIM_KINDS = (
    *("figure", "rating", "entity", "date", "scope", "negation", "quantifier", "trend"),
    *("superlative", "rounding", "derivation", "quotation", "absent", "mixed"),
)
REFUSALS = frozenset({Status.NOT_FOUND, Status.OUT_OF_SCOPE})


class EvaluationError(FindingsError):
    """A set, a saved run or a threshold cannot be used."""


class _Item(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    split: Split
    kind: str
    reports: tuple[str, ...] = ()  # file names, or the beginning of one
    pages: tuple[int, ...] = ()  # acceptable, 1-based; empty: any
    quote_has: tuple[str, ...] = ()  # any of these proves; empty: any quote of the reports


class Question(_Item):
    """One question with what a right answer holds; the keys are explained in `sets/README.md`."""

    question: str
    history: tuple[Turn, ...] = ()
    expect: Status
    answers: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()  # a right answer names its own wording before any of these

    @property
    def answerable(self) -> bool:
        """Whether the reports answer it."""
        return self.expect is Status.ANSWERED

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.expect is Status.ERROR:
            raise ValueError("expect is answered, not_found or out_of_scope")
        if self.answerable and not (self.answers and self.reports):
            raise ValueError("an answerable question needs answers and reports")
        if not self.answerable and (self.answers or self.reports or self.quote_has):
            raise ValueError("a question to be refused has no answers, reports or quote_has")
        if not all(group and all(group) for group in self.answers):
            raise ValueError("a group of answers is empty")
        return self


class Claim(_Item):
    """One claim with its verdict; the keys are explained in `sets/README.md`."""

    claim: str
    verdict: VerdictKind

    @property
    def decidable(self) -> bool:
        """Whether the reports decide it."""
        return self.verdict is not VerdictKind.NOT_IN_SOURCES

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.decidable and not (self.reports and self.quote_has):
            raise ValueError("a claim that the reports decide needs reports and quote_has")
        return self


class ItemSet(BaseModel):
    """The questions and claims over one collection of reports."""

    model_config = ConfigDict(frozen=True)

    name: str
    questions: tuple[Question, ...] = ()
    claims: tuple[Claim, ...] = ()

    def of_split(self, split: str) -> "ItemSet":
        """The items of one split; `all` keeps everything."""
        return ItemSet(
            name=self.name,
            questions=tuple(q for q in self.questions if split in ("all", q.split)),
            claims=tuple(c for c in self.claims if split in ("all", c.split)),
        )


_AnyItem = TypeVar("_AnyItem", Question, Claim)


def set_names(folder: Path = SETS) -> list[str]:
    """The names of all sets, the starter set first."""
    paths = [*folder.glob("*.questions.jsonl"), *folder.glob("*.claims.jsonl")]
    names = {path.name.split(".")[0] for path in paths}
    return sorted(names, key=lambda name: (name != "starter", name))


def load_set(name: str, folder: Path = SETS) -> ItemSet:
    """The set `name`: `name.questions.jsonl` and `name.claims.jsonl`, of which one may be absent.

    Raises EvaluationError for an unknown set, or naming the line of a malformed item.
    """
    questions, claims = (folder / f"{name}.{part}.jsonl" for part in ("questions", "claims"))
    if not questions.is_file() and not claims.is_file():
        known = ", ".join(set_names(folder)) or "none"
        raise EvaluationError(f"There is no set {name!r}; the sets are: {known}.")
    found = ItemSet(
        name=name,
        questions=tuple(_load(questions, Question, QUESTION_KINDS)),
        claims=tuple(_load(claims, Claim, CLAIM_KINDS)),
    )
    _refuse_twins([item.id for item in (*found.questions, *found.claims)], name)
    return found


def read_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a JSON Lines file with their line numbers; raises EvaluationError."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path} cannot be read: {error}.") from error
    # Not splitlines(): it would also cut at the line separators that JSON allows inside strings.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise EvaluationError(f"{path.name}, line {number}: not JSON: {error}.") from error
        if not isinstance(row, dict):
            raise EvaluationError(f"{path.name}, line {number}: not a JSON object.")
        yield number, row


def _load(path: Path, model: type[_AnyItem], kinds: Sequence[str]) -> Iterator[_AnyItem]:
    if not path.is_file():
        return
    for number, row in read_lines(path):
        try:
            item = model.model_validate(row)
        except ValidationError as error:
            first = error.errors()[0]
            key = ".".join(str(part) for part in first["loc"]) or row.get("id", "item")
            raise EvaluationError(f"{path.name}, line {number}: {key}: {first['msg']}.") from error
        if item.kind not in kinds:
            raise EvaluationError(f"{path.name}, line {number}: there is no kind {item.kind!r}.")
        yield item


def _refuse_twins(ids: Sequence[str], name: str) -> None:
    seen: set[str] = set()
    for item_id in ids:
        if item_id in seen:
            raise EvaluationError(f"The set {name} has two items with the id {item_id!r}.")
        seen.add(item_id)
