"""Says that the reports do not say: what is missing, and what the library holds nearby."""

from collections.abc import Sequence

from assistant.answer import Status
from assistant.inquiry import Inquiry
from assistant.rank import Ranked
from ingest.library import Library

NAMED_WORDS = 3  # at most so many missing words are named


def refusal(status: Status, inquiry: Inquiry, ranked: Sequence[Ranked], library: Library) -> str:
    """One or two sentences for a question that is declined; they cite nothing and state no figure."""
    if status is Status.OUT_OF_SCOPE:
        return (
            "That is not something inspection reports are about. Ask about what inspectors found."
        )
    if not library.counts().reports:
        return "The library is empty; add reports with findings ingest."
    if inquiry.unknown:
        missing = ", ".join(f"“{word}”" for word in inquiry.unknown[:NAMED_WORDS])
        return f"The reports in the library do not say. None of them mentions {missing}."
    if ranked:
        about = ranked[0].candidate
        where = (
            f" under “{about.sentence.section.split(' > ')[-1]}”" if about.sentence.section else ""
        )
        return (
            "The reports in the library do not say. The nearest they come is "
            f"{about.report.description.title}{where}, which does not answer this."
        )
    return "The reports in the library do not say."
