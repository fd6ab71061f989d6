"""What a visit asks for: all of it in turn, and nothing shown of what is no longer the newest."""

from collections.abc import Iterator

from assistant.page_visit import Run, Visit, in_turn, while_newest


def test_what_waits_is_taken_in_turn_by_one_alone() -> None:
    run: Run[str, str] = Run("", ["a", "b"])
    under_way: set[Run[str, str]] = set()
    taker = in_turn(run, under_way)
    assert next(taker) == "a"
    run.waiting.append("c")
    assert list(in_turn(run, under_way)) == []  # the other takes it
    assert under_way == {run}
    assert list(taker) == ["b", "c"]
    assert not under_way
    run.waiting.append("d")
    assert list(in_turn(run, under_way)) == ["d"]


def test_what_waits_is_taken_by_the_next_where_one_gave_up() -> None:
    run: Run[str, str] = Run("", ["a", "b"])
    under_way: set[Run[str, str]] = set()
    taker = in_turn(run, under_way)
    next(taker)
    taker.close()  # type: ignore[attr-defined]
    assert list(in_turn(run, under_way)) == ["b"]


def test_a_run_shows_its_results_and_how_things_stand_at_the_end() -> None:
    run: Run[str, str] = Run("")
    seen = []
    for shown in while_newest(Visit(run), run, iter("ab"), ()):
        seen.append(shown.result if shown else None)
    assert seen == ["a", "b", "b", None]


def test_who_finds_another_at_the_newest_run_shows_nothing_of_it() -> None:
    """What it would show then may reach the page after what the other shows later, and stay."""
    run: Run[str, str] = Run("", ["a", "b"])
    visit = Visit(run)
    under_way: set[Run[str, str]] = set()
    first = while_newest(visit, run, in_turn(run, under_way), under_way)
    assert next(first) is run
    second = while_newest(visit, run, in_turn(run, under_way), under_way)
    assert list(second) == [None]
    assert list(first) == [run, run, None]
    assert run.result == "b"


def test_a_run_tells_no_more_once_another_has_begun() -> None:
    """Also where that was while its last result was on the way, which what is newer then follows."""
    for during in ("making", "showing"):
        older: Run[str, str] = Run("")
        visit = Visit(older)

        def results(during: str = during, visit: Visit[str, str] = visit) -> Iterator[str]:
            yield "a"
            assert during == "making"
            visit.newest = Run("newer")
            yield "b"

        shown = while_newest(visit, older, results(), ())
        first = next(shown)
        assert first
        assert first.result == "a"
        if during == "showing":
            visit.newest = Run("newer")
        assert list(shown) == [visit.newest, None]
        assert visit.newest.result == "newer"
        assert older.result == "a"
