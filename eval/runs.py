"""What one run of the evaluation leaves behind: plain rows, saved as JSON and loaded again."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from assistant.answer import Citation
from eval.items import EvaluationError
from eval.judge import AnswerJudgement, VerdictJudgement


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Hit(_Frozen):
    """One retrieved unit and whether it proves."""

    source: str
    page: int
    text: str
    relevant: bool


class QuestionRow(_Frozen):
    """One question put to one system."""

    id: str
    split: str
    kind: str
    question: str
    history: tuple[str, ...] = ()  # earlier questions
    reports: tuple[str, ...]
    expected: str  # what a right answer holds, for people
    answerable: bool
    must_not: tuple[str, ...] = ()
    status: str = "error"
    answer: str = ""
    citations: tuple[Citation, ...] = ()
    hits: tuple[Hit, ...] = ()
    relevant_units: int = 0  # how many sentences of the library prove
    judgement: AnswerJudgement
    seconds: float | None = None
    error: str = ""

    @property
    def right(self) -> bool:
        """Whether the answer counts."""
        return self.judgement.right


class ClaimRow(_Frozen):
    """One claim put to one system."""

    id: str
    split: str
    kind: str
    claim: str
    reports: tuple[str, ...]
    expected: str
    verdict: str = "error"
    explanation: str = ""
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()
    judgement: VerdictJudgement
    seconds: float | None = None
    error: str = ""

    @property
    def right(self) -> bool:
        """Whether the verdict counts."""
        return self.judgement.right


class SystemRun(_Frozen):
    """All rows of one system on one set."""

    system: str
    questions: tuple[QuestionRow, ...] = ()
    claims: tuple[ClaimRow, ...] = ()


def rows_of(system: SystemRun) -> list[QuestionRow | ClaimRow]:
    """Questions first, then claims."""
    return [*system.questions, *system.claims]


class SetRun(_Frozen):
    """All systems on one set; the first is ours."""

    name: str
    reports: int
    sentences: int
    systems: tuple[SystemRun, ...]


class Run(_Frozen):
    """One run of the evaluation."""

    started: str
    settings: dict[str, Any] = {}
    versions: dict[str, str] = {}
    sets: tuple[SetRun, ...] = ()


def load_run(path: Path) -> Run:
    """Read a saved run; raises EvaluationError where `path` is not one."""
    try:
        return Run.model_validate(json.loads(path.read_text(encoding="utf-8"))["run"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EvaluationError(f"{path} is not a saved run: {error}.") from error
