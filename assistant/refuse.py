"""Says that the reports do not say: what is missing, and what the library holds nearby."""

import re
from collections.abc import Sequence

from assistant.answer import Status
from assistant.everyday import ordinary_words
from assistant.inquiry import Inquiry
from assistant.rank import Ranked
from ingest.divide import SECTION_JOINT
from ingest.library import Library
from ingest.words import stem

NAMED_WORDS = 3  # at most so many missing words are named
CHARTS_AMONG = 3  # a chart is spoken of when its caption is among so many of the best
_NAME = re.compile(r"\W*(\w+\s+[\w.]+)")


def refusal(status: Status, inquiry: Inquiry, ranked: Sequence[Ranked], library: Library) -> str:
    """One or two sentences for a question that is declined; they cite nothing and state no figure."""
    if status is Status.OUT_OF_SCOPE:
        return (
            "That is not something inspection reports are about. Ask about what inspectors found."
        )
    if not library.counts().reports:
        return "The library is empty; add reports with findings ingest."
    # That an everyday word is not there says nothing: the reports have others for it.
    strange = [
        word
        for word in inquiry.unknown
        if (word not in ordinary_words() or stem(word) in inquiry.names)
        and stem(word) not in inquiry.related
    ]
    if strange:
        missing = ", ".join(f"“{word}”" for word in strange[:NAMED_WORDS])
        return f"The reports in the library do not say. None of them mentions {missing}."
    chart = _chart(inquiry, ranked)
    if chart:
        return (
            f"The reports in the library do not say it in words. "
            f"{_name(chart.candidate.around.text)} in {chart.candidate.report.description.title}, "
            f"page {chart.candidate.sentence.page}, may show it as a chart."
        )
    if ranked:
        about = ranked[0].candidate
        where = (
            f" under “{about.sentence.section.split(SECTION_JOINT)[-1]}”"
            if about.sentence.section
            else ""
        )
        return (
            "The reports in the library do not say. The nearest they come is "
            f"{about.report.description.title}{where}, which does not answer this."
        )
    return "The reports in the library do not say."


def _chart(inquiry: Inquiry, ranked: Sequence[Ranked]) -> Ranked | None:
    if not inquiry.wants.is_quantity:
        return None
    return next((found for found in ranked[:CHARTS_AMONG] if found.is_chart), None)


def _name(caption: str) -> str:
    """ "Figure 8" of "Figure 8: Reasons for recall"."""
    match = _NAME.match(caption)
    return match[1] if match else caption
