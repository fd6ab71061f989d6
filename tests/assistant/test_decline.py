"""Given a question and the sentence that ranks first, whether it can be an answer."""

from dataclasses import replace

import pytest

from assistant.decline import confidence
from assistant.engine import Assistant
from ingest.report import Description


@pytest.mark.parametrize(
    ("question", "told", "can_answer"),
    [
        ("How many boats were lost?", "Boats were lost in the storm.", False),
        ("How many boats were lost?", "Nine boats were lost in the storm.", True),
        ("How many boats were lost?", "No boats were lost in the storm.", True),
        ("How many of the 12 boats were lost?", "The 12 boats met a storm.", False),
        ("Who knows how many boats were lost?", "The keeper knows of the boats.", True),
    ],
)
def test_a_number_is_not_found_where_none_is_told(
    starter_assistant: Assistant,
    question: str,
    told: str,
    can_answer: bool,
) -> None:
    retriever = starter_assistant.retriever
    inquiry = retriever.understand(question)
    first, *others = retriever.ranked(inquiry)
    around = replace(first.candidate.around, text=told, in_full=told, before="")
    likely = replace(first, candidate=replace(first.candidate, around=around), score=20.0, read=5.0)
    assert (confidence(inquiry, [likely, *others]) > 0) == can_answer


@pytest.mark.parametrize(
    ("question", "years", "published", "can_answer"),
    [
        ("How many boats were lost in 2019?", 0.0, "2023-05-01", False),
        ("How many boats were lost in 2019?", 1.0, "2023-05-01", True),
        ("How many boats were lost in 2019?", 0.0, "2019-05-01", True),
        ("How many boats were lost since 2019?", 0.0, "2023-05-01", True),
        ("How many boats were lost?", 1.0, "2023-05-01", True),
    ],
)
def test_a_year_is_not_answered_by_another(
    starter_assistant: Assistant, question: str, years: float, published: str, can_answer: bool
) -> None:
    retriever = starter_assistant.retriever
    inquiry = retriever.understand(question)
    first, *others = retriever.ranked(inquiry)
    around = replace(first.candidate.around, text="Nine boats were lost.", in_full="")
    report = replace(
        first.candidate.report, description=Description(title="Boats", published=published)
    )
    likely = replace(
        first,
        candidate=replace(first.candidate, around=around, report=report),
        coverage=replace(first.coverage, years=years),
        score=20.0,
        read=5.0,
    )
    assert (confidence(inquiry, [likely, *others]) > 0) == can_answer
