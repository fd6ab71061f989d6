"""Two runs side by side: which items flipped."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.runs import ClaimRow, QuestionRow, Run, rows_of


@dataclass(frozen=True, slots=True)
class Flip:
    """One item that is right in one run and wrong in the other."""

    set_name: str
    item: str
    split: str
    text: str
    right_now: bool
    before: str  # its outcome then
    now: str


def flips(before: Run, now: Run) -> list[Flip]:
    """The items of our system that both runs have and that flipped, those now wrong first."""
    found = []
    earlier = {(name, row.id): row for name, row in _our_rows(before)}
    for name, row in _our_rows(now):
        old = earlier.get((name, row.id))
        if old is not None and old.right != row.right:
            found.append(
                Flip(
                    set_name=name,
                    item=row.id,
                    split=row.split,
                    text=row.question if isinstance(row, QuestionRow) else row.claim,
                    right_now=row.right,
                    before=_outcome(old),
                    now=_outcome(row),
                )
            )
    return sorted(found, key=lambda flip: (flip.right_now, flip.set_name, flip.item))


def flip_lines(found: Sequence[Flip]) -> list[str]:
    """The flips in words, with their count at the head."""
    gained = sum(flip.right_now for flip in found)
    lost = len(found) - gained
    lines = [f"{gained} items are right that were wrong, {lost} the other way round."]
    for flip in found:
        sign = "+" if flip.right_now else "-"
        lines.append(f"{sign} {flip.item} ({flip.split}) {flip.text} [{flip.before} -> {flip.now}]")
    return lines


def _our_rows(run: Run) -> list[tuple[str, QuestionRow | ClaimRow]]:
    return [
        (part.name, row) for part in run.sets if part.systems for row in rows_of(part.systems[0])
    ]


def _outcome(row: QuestionRow | ClaimRow) -> str:
    if isinstance(row, ClaimRow) and not row.right:
        return f"said {row.verdict}"
    return str(row.judgement.outcome)
