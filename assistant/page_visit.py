"""What a visit asks for on one tab of the page: done in order, shown while nothing newer is."""

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

Given = TypeVar("Given")
Result = TypeVar("Result")

_LOCK = Lock()


@dataclass(eq=False, slots=True)
class Run(Generic[Given, Result]):
    """One conversation, or one check: what has come of it so far, and what waits to be done."""

    result: Result
    waiting: list[Given] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class Visit(Generic[Given, Result]):
    """The newest run, whose place the next takes; Gradio hands a visit's own in as it is."""

    newest: Run[Given, Result]


def in_turn(run: Run[Given, Result], under_way: set[Run[Given, Result]]) -> Iterator[Given]:
    """What waits in `run`, also what comes to it meanwhile; nothing where another is at it.

    While this one is, `run` is in `under_way`.
    """
    with _LOCK:
        if run in under_way:
            return
        under_way.add(run)
    try:
        while given := _first(run, under_way):
            yield given[0]
    except GeneratorExit:  # what was shown could not be, say: the next one may be
        under_way.discard(run)
        raise


def while_newest(
    visit: Visit[Given, Result],
    run: Run[Given, Result],
    results: Iterator[Result],
    under_way: Container[Run[Given, Result]],
) -> Iterator[Run[Given, Result] | None]:
    """The run to show after each of the `results` of `run`, which end once there is a newer run.

    How things stand comes once more, since what was on its way to the page may have reached it after
    something newer; but not while another is at it, who shows more by and by, which this would reach
    the page after. Then None, for nothing: Gradio shows what comes last again when all has ended.
    """
    for result in results:
        if visit.newest is not run:
            break
        run.result = result
        yield run
        if visit.newest is not run:
            break
    if visit.newest not in under_way:
        yield visit.newest
    yield None


def _first(run: Run[Given, Result], under_way: set[Run[Given, Result]]) -> list[Given]:
    """The first that waits; where there is none, nobody is at `run` any more."""
    with _LOCK:
        first = run.waiting[:1]
        del run.waiting[:1]
        if not first:
            under_way.discard(run)
        return first
