"""What a visit asks for: all of it in turn, and nothing shown of what is no longer the newest."""

from collections.abc import Iterator

from assistant.page_visit import Run, Visit, in_turn, while_newest


def test_what_waits_is_taken_in_turn_by_one_alone() -> None:
    run: Run[str, str] = Run("", ["a", "b"])
    taker = in_turn(run)
    assert next(taker) == "a"
    run.waiting.append("c")
    assert list(in_turn(run)) == []  # the other takes it
    assert list(taker) == ["b", "c"]
    run.waiting.append("d")
    assert list(in_turn(run)) == ["d"]


def test_what_waits_is_taken_by_the_next_where_one_gave_up() -> None:
    run: Run[str, str] = Run("", ["a", "b"])
    taker = in_turn(run)
    next(taker)
    taker.close()
    assert list(in_turn(run)) == ["b"]


def test_a_run_shows_its_results_and_how_things_stand_at_the_end() -> None:
    run: Run[str, str] = Run("")
    seen = []
    for shown in while_newest(Visit(run), run, iter("ab")):
        seen.append(shown.result if shown else None)
    assert seen == ["a", "b", "b", None]


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

        shown = while_newest(visit, older, results())
        first = next(shown)
        assert first
        assert first.result == "a"
        if during == "showing":
            visit.newest = Run("newer")
        assert list(shown) == [visit.newest, None]
        assert visit.newest.result == "newer"
        assert older.result == "a"
