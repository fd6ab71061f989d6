"""Checks a whole text: each sentence that asserts something, in place, with its verdict."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from assistant.answer import Verdict, VerdictKind
from assistant.article import Left, Picked, pick
from ingest.errors import FindingsError
from ingest.readers.plain import laid_out
from ingest.readers.structure import structured
from ingest.report import Reading
from ingest.words import words

MOST_CHARS = 100_000  # about 30 pages
MOST_CLAIMS = 500  # at up to half a second each

Check = Callable[[str], Verdict]


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """One sentence of a text, `text[start:end]`: its verdict, or why it was left alone."""

    start: int
    end: int
    text: str
    verdict: Verdict | None = None
    left: Left | None = None

    @property
    def completed(self) -> bool:
        """Whether what was checked has more words than the sentence: what it points back to."""
        return self.verdict is not None and words(self.verdict.claim) != words(self.text)

    def to_json(self) -> dict[str, Any]:
        """The sentence as plain data."""
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "left": self.left.value if self.left else None,
            "verdict": self.verdict.model_dump(mode="json") if self.verdict else None,
        }


@dataclass(frozen=True, slots=True)
class Totals:
    """How many sentences there are, how many were checked, and what came of all of them."""

    sentences: int
    checked: int
    verdicts: dict[VerdictKind, int]
    left: dict[Left, int]

    def to_json(self) -> dict[str, Any]:
        """The totals as plain data."""
        return {
            "sentences": self.sentences,
            "checked": self.checked,
            **{kind.value: number for kind, number in self.verdicts.items()},
            "left": {left.value: number for left, number in self.left.items()},
        }


@dataclass(frozen=True, slots=True)
class TextCheck:
    """A whole text and what became of each of its sentences, in order."""

    text: str
    sentences: tuple[CheckedSentence, ...] = ()
    name: str = ""  # of the file, where it was one

    @property
    def totals(self) -> Totals:
        """The sentences counted by verdict and by why they were left."""
        verdicts = [s.verdict.verdict for s in self.sentences if s.verdict]
        lefts = [s.left for s in self.sentences]
        return Totals(
            sentences=len(self.sentences),
            checked=len(verdicts),
            verdicts={kind: verdicts.count(kind) for kind in VerdictKind},
            left={left: lefts.count(left) for left in Left if left in lefts},
        )

    def to_json(self) -> dict[str, Any]:
        """The whole as plain data; offsets are into `text`."""
        return {
            "name": self.name,
            "text": self.text,
            "totals": self.totals.to_json(),
            "sentences": [sentence.to_json() for sentence in self.sentences],
        }


@dataclass(frozen=True, slots=True)
class Step:
    """How far a check is: `done` of `total` claims, and with the last of them the whole."""

    done: int
    total: int
    result: TextCheck | None = None


def check_steps(reading: Reading, check: Check, longest: int, name: str = "") -> Iterator[Step]:
    """Check a text claim by claim; the last step holds the result.

    A claim is at most `longest` characters. Raises FindingsError where the text is empty or larger
    than can be checked at once.
    """
    if not words(reading.text):
        raise FindingsError("There is no text to check; give one with words in it.")
    if len(reading.text) > MOST_CHARS:
        raise FindingsError(
            f"The text is longer than {MOST_CHARS:,} characters; check it in parts."
        )
    picked = pick(reading, longest)
    total = sum(one.left is None for one in picked)
    if total > MOST_CLAIMS:
        raise FindingsError(
            f"The text has {total:,} sentences to check, and {MOST_CLAIMS:,} are the most; "
            "check it in parts."
        )
    checked: list[CheckedSentence] = []
    done = 0
    for one in picked:
        if one.left is None:
            yield Step(done, total)
            done += 1
        checked.append(_checked(one, reading.text, check))
    yield Step(done, total, TextCheck(reading.text, tuple(checked), name))


def as_text_check(verdict: Verdict) -> TextCheck:
    """A single claim as a text of one sentence."""
    claim = verdict.claim
    return TextCheck(claim, (CheckedSentence(0, len(claim), claim, verdict),))


def read_text(text: str) -> Reading:
    """A text that was typed or pasted; offsets are into it as it was given."""
    text = whole(text)
    return Reading(text, structured(text, laid_out(text, 0, len(text))))


def whole(text: str) -> str:
    """`text` without halves of characters, as a terminal may send them, which no model can read."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _checked(one: Picked, text: str, check: Check) -> CheckedSentence:
    verdict = None if one.left else check(one.claim)
    return CheckedSentence(one.start, one.end, text[one.start : one.end], verdict, one.left)
