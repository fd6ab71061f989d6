"""Values of a claim beside a list of how many got each grade: "six 'Good', four 'Inadequate'"."""

from collections.abc import Sequence

from assistant.assertions import Sort, Value
from assistant.matched import Matched, State
from assistant.rounding import Range
from assistant.standing import bars, bears


def by_grade(value: Value, claimed: Sequence[Value], found: Sequence[Value]) -> Matched | None:
    """How `value` stands to the list, or None where claim or sentence is of another form.

    The claim has one grade; its count, its share of all, or its "no" and "every" is what the list
    says of that grade, or of those above or below ("better than", "short of"), and the list must have
    at least two grades.
    """
    grades = [v for v in claimed if v.sort is Sort.GRADE]
    counted = _counted(found)
    if len(grades) != 1 or len(counted) < 2:
        return None
    wanted = [(n, g) for n, g in counted if _fits(grades[0], g)]
    count = sum(n.middle for n, _ in wanted)
    listed = wanted[0][0] if wanted else None
    total = sum(n.middle for n, _ in counted)
    share = 100 * count / (total or 1)
    if value is grades[0]:
        others = [v for v in claimed if v is not value and _is_number(v)]
        if listed or any(v.range == (0, 0) for v in others):
            return Matched(value, listed and value, State.SAME, 1.0)
        return Matched(value, counted[0][1], State.OTHER, 1.0)
    if value.sort is Sort.SHARE:
        return _stands(value, (share, share), listed, State.DERIVED)
    others = [v for v in claimed if v is not value and v.sort is Sort.COUNT]
    if value.sort is Sort.COUNT and (value.middle < total or not others):
        agreeing = State.SAME if len(wanted) == 1 else State.DERIVED
        return _stands(value, (count, count), listed, agreeing)
    if value.sort is Sort.COUNT and value.middle == total:
        return Matched(value, None, State.DERIVED, 1.0)
    return None


def _fits(grade: Value, other: Value) -> bool:
    return (grade.range[0] <= other.middle <= grade.range[1]) != grade.denied


def _stands(value: Value, there: Range, listed: Value | None, agreeing: State) -> Matched:
    counted = Value(value.sort, there, 0, 0)
    if bears(value, counted):
        return Matched(value, listed if agreeing is State.SAME else None, agreeing, 1.0)
    state = State.OTHER if bars(value, counted) else State.UNSURE
    return Matched(value, listed, state, 1.0)


def _counted(found: Sequence[Value]) -> list[tuple[Value, Value]]:
    """Each count with the grade that follows it next."""
    pairs: list[tuple[Value, Value]] = []
    for place, value in enumerate(found):
        following = found[place + 1] if place + 1 < len(found) else None
        if value.sort is Sort.COUNT and following and following.sort is Sort.GRADE:
            pairs.append((value, following))
    return pairs


def _is_number(value: Value) -> bool:
    return value.sort in (Sort.COUNT, Sort.SHARE)
