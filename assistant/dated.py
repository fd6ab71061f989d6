"""How a date of a claim stands to a sentence, and to the figure that the claim dates."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.assertions import Sort, Value
from assistant.clauses import BREAK
from assistant.matched import BORNE, Matched, State, is_figure
from assistant.rounding import excludes
from assistant.standing import bears
from ingest.words import words

NEAR = 30  # characters around a date in which a claim says what it dates
_OF_REPORT = re.compile(
    r"\b(?:reports?|reported|inspect\w*|ofsted|hmi\w*|found|graded|rated|judged|published|said|verdict"
    r"|visit(?:ed)?|review(?:ed)?)\b",
    re.IGNORECASE,
)
_CAME_OUT = re.compile(r"\b(?:publi(?:sh\w*|cations?)|releas\w+|issued|c[ao]mes?\s+out)\b", re.I)
SHORT = 16  # words
# Between two figures: what follows is of another time.
_AGAINST = re.compile(
    r"\b(?:compared|against|from|than|versus|whereas|while|but|previously|before|after)\b", re.I
)


def dated(value: Value, claim: str, own: Sequence[Value], around: Sequence[Value]) -> Matched:
    """A date of the claim: the sentence's own dates count first, then when the report is of.

    Where the claim dates a report or what it found, when the report is of counts alone.
    """
    for other in own:
        if within(other, value):
            return Matched(value, other, State.SAME, 0.0)
    # A report of a year may be of any month of it; one of another month of that year is not.
    of_report = any(within(other, value) for other in around)
    if own and all(excludes(value.range, other.range) for other in own):
        # "The 2025 report found" may be said of what the sentence dates otherwise.
        near = claim[max(0, value.start - NEAR) : value.end + NEAR]
        if of_report and _OF_REPORT.search(near):
            return Matched(value, None, State.SAME, 0.0)
        return Matched(value, own[0], State.UNSURE if of_report else State.OTHER, 0.0)
    if of_report:
        return Matched(value, None, State.SAME, 0.0)
    vague = [v for v in (*own, *around) if not excludes(value.range, v.range)]
    if vague:
        return Matched(value, vague[0], State.UNSURE, 0.0)
    return Matched(value, None, State.ABSENT, 0.0)


def bound(matched: Sequence[Matched], text: str, found: Sequence[Value]) -> list[Matched]:
    """`matched`, where the claim's only date is that of another figure of the sentence, corrected.

    "40% in 2023, up from 35% in 2021" has 40%, and has 2021, but does not date the one by the other.
    """
    days = [m for m in matched if m.claimed.sort is Sort.DATE]
    if len(days) != 1 or days[0].state is not State.SAME or days[0].found not in found:
        return list(matched)
    day = days[0]
    others = [
        _of_another(day.claimed, figure, text, found)
        for figure in matched
        if figure.state in BORNE and is_figure(figure) and figure.found in found
    ]
    wrong = [other for other in others if other is not None]
    if not wrong or len(wrong) < len(others):
        return list(matched)  # the date is that of one of the claim's own figures
    return [_with(m, wrong[0], text) if m is day else m for m in matched]


def of_publication(claim: str, matched: Sequence[Matched]) -> bool:
    """Whether a claim says when something was published, and no more."""
    days = [m for m in matched if m.claimed.sort is Sort.DATE]
    short = len(words(claim)) <= SHORT
    return len(days) == 1 == len(matched) and short and tells_of_publication(claim)


def tells_of_publication(text: str) -> bool:
    """Whether a text tells that something came out."""
    return bool(_CAME_OUT.search(text))


def _with(day: Matched, other: Value, text: str) -> Matched:
    return replace(
        day, found=other, found_text=text[other.start : other.end].strip(), state=State.OTHER
    )


def within(day: Value, span: Value) -> bool:
    """Whether a date lies in another, or is its month or year."""
    return span.range[0] <= day.middle <= span.range[1]


def date_of(
    figure: Value, text: str, figures: Sequence[Value], days: Sequence[Value]
) -> Value | None:
    """The date of a figure: right after it, or else the last one before that is no other figure's."""
    after = _after(figure, text, figures, days)
    if after is not None:
        return after
    taken = [_after(v, text, figures, days) for v in figures if v is not figure]
    earlier = [d for d in days if d.end <= figure.start and not any(d is t for t in taken)]
    return earlier[-1] if earlier else None


def _of_another(day: Value, figure: Matched, text: str, found: Sequence[Value]) -> Value | None:
    """The date that the sentence gives instead to a figure, where the claim's is another figure's."""
    held = figure.found
    figures = [v for v in found if held and v.sort is held.sort and not v.worded]
    if held is None or held.sort is Sort.DATE or len(figures) < 2:
        return None
    days = [v for v in found if v.sort is Sort.DATE]
    dates = {id(v): date_of(v, text, figures, days) for v in figures}
    own = dates[id(held)]
    if own is not None and not excludes(day.range, own.range):
        return None
    for rival in figures:
        its = dates[id(rival)]
        if its is None or not within(its, day) or bears(figure.claimed, rival):
            continue
        between = text[min(held.end, rival.end) : max(held.start, rival.start)]
        if own is not None or (its.start > rival.start and _AGAINST.search(between)):
            return own or its
    return None


def _after(
    figure: Value, text: str, figures: Sequence[Value], days: Sequence[Value]
) -> Value | None:
    for day in days:
        if day.start >= figure.end:
            others = any(figure.end <= v.start < day.start for v in figures)
            parted = BREAK.search(text, figure.end, day.start)
            return None if others or parted else day
    return None
