"""The order of what was ranked, once the best of it has been read beside the question."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.inquiry import Inquiry
from assistant.rank import (
    FEATURES,
    Ranked,
    is_second_hand,
    load_reading_weight,
    read,
    reordered,
)
from assistant.reader import Reader, seen
from assistant.verdicts import asks_of_place
from assistant.wants import NEWEST_WORDS, OPENERS, Wants
from ingest.report import BlockKind, Span

TIE = 0.5  # of scores, as far apart as those that are shown beside each other (compose.CLOSE)
NEWEST = 3.0  # so far apart they tie where the newest is asked for
_ASKS_NEWEST = re.compile(rf"\b{NEWEST_WORDS}\b", re.IGNORECASE)
_NAME = re.compile(  # of several words
    rf"\b(?!(?:{OPENERS})\s)"
    r"[A-Z][\w’-]+(?:\s+(?:and\s+)?[A-Z][\w’-]+)+"
)


def reread(inquiry: Inquiry, ranked: Sequence[Ranked], reader: Reader) -> list[Ranked]:
    """The same with the best of them read beside the question, and put in order anew."""
    found = reordered(read(inquiry, ranked, reader), load_reading_weight())
    found = _newest_first(inquiry, _whole_first(inquiry, _without_namesakes(inquiry, found)))
    if found and inquiry.wants is Wants.YES_NO:
        (says,) = reader.claims(inquiry.text, [seen(found[0].candidate.around)])
        found[0] = replace(found[0], says=says)
    return found


def _whole_first(inquiry: Inquiry, ranked: Sequence[Ranked]) -> list[Ranked]:
    """With what grades a place as a whole before what grades a part of it, where no part is asked about."""
    if inquiry.earlier or not asks_of_place(inquiry):
        return list(ranked)
    about = set(inquiry.named or inquiry.reports)

    def order(found: Ranked) -> tuple[bool, bool, bool]:
        report = found.candidate.report
        of_whole = found.features[FEATURES.index("verdict")] and report.id in about
        begins = bool(of_whole) and found.candidate.sentence.page == 1
        return is_second_hand(report), not of_whole, not begins

    return sorted(ranked, key=order)


def _newest_first(inquiry: Inquiry, ranked: Sequence[Ranked]) -> list[Ranked]:
    """With the best in order of their reports, the newest first, where a place is asked about, no time is,
    and their scores nearly tie."""
    of_one = bool(inquiry.named) and set(inquiry.named) < set(inquiry.reports)
    if inquiry.years or of_one or inquiry.earlier or not inquiry.reports:
        return list(ranked)
    near = NEWEST if _ASKS_NEWEST.search(inquiry.asked) else TIE

    def ties(found: Ranked) -> bool:
        of_place = found.candidate.report.id in inquiry.reports
        return of_place and found.read is not None and found.score > ranked[0].score - near

    tied = list(itertools.takewhile(ties, ranked))
    tied.sort(key=lambda found: found.candidate.report.description.published, reverse=True)
    return [*tied, *ranked[len(tied) :]]


def _without_namesakes(inquiry: Inquiry, ranked: Sequence[Ranked]) -> list[Ranked]:
    """Without the rows that have the words of a name apart, where another row of the same table has the
    name: West Sussex, in the region of Kent, is not West Kent."""
    names = [name.lower() for name in _NAME.findall(inquiry.asked)]

    def table(found: Ranked) -> tuple[str, Sequence[Span]] | None:
        sentence = found.candidate.sentence
        is_row = sentence.kind is BlockKind.ROW and sentence.lead
        return (found.candidate.report.id, sentence.lead) if is_row else None

    def is_called(found: Ranked) -> bool:
        return any(name in found.candidate.around.text.lower() for name in names)

    tables = {table(found) for found in ranked if is_called(found)} - {None}
    return [found for found in ranked if table(found) not in tables or is_called(found)]
