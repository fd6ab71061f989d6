"""An answer of quotes holds what is needed to understand it, and nothing twice."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from small_library import assistant_over

from assistant.answer import Answer, AnswerSentence, Status
from assistant.compose import (
    OTHERWISE,
    Draft,
    Found,
    as_text,
    compose,
    compose_sides,
    without_marks,
)
from assistant.engine import Assistant
from assistant.rank import rarities
from ingest.readable import plain

BRIDGES = """
# Bridges of the north, inspected in 2025

## Condition

Inspectors looked at 60 bridges. In 35 per cent of them, the deck was sound. This was because money
had been spent on decks since 2021.

## Weights

The county kept three kinds of record:

- 41 bridges had a weight limit that was signed;
- 12 bridges had a weight limit without a sign;
- 7 bridges had no weight limit.

## Works

The owners pay for many small works on their own bridges. These include painting, bolting and signs.

The county tests three qualities of a deck, which the law of 1902 sets out. These are grip, stiffness
and sound.

Ann Hart, who keeps the bridges, wrote to the county:

“The tolls of the north must be lifted before spring. The drivers have waited long enough.”

Some owners believed that fines for a loose rail would double. The county says this is not the case.

## Traffic

Crossings on a weekday are counted by a wire.

### Quicker than in 2023

- Tolls are paid by card.
- Lorries have a lane of their own.

Figure 3: Vehicles that crossed each bridge on a weekday

## Ratings

| Bridge | Spans | Rating |
| --- | --- | --- |
| Aldmouth | 14 | Good |
| Byford | 3 | Inadequate |
| Calder Mill | 9 | Requires improvement |
"""


@pytest.fixture(scope="module")
def bridges(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("bridges")
    with assistant_over(folder, {"bridges.md": BRIDGES}) as assistant:
        yield assistant


def quotes(answer: Answer) -> list[str]:
    return [plain(citation.quote) for citation in answer.citations]


def composed(assistant: Assistant, question: str, limit: int) -> Draft:
    """The draft where every sentence that was found is as likely to answer."""
    retriever, library = assistant.retriever, assistant.library
    inquiry = retriever.understand(question)
    likely = [replace(found, score=20.0, read=5.0) for found in retriever.ranked(inquiry)]
    return compose(inquiry, likely, library, rarities(inquiry, library), limit)


def test_the_figure_comes_first_then_the_quote(bridges: Assistant) -> None:
    answer = bridges.ask("What share of the bridges had a sound deck?")
    assert answer.sentences[0].text.startswith("35 per cent. “In 35 per cent of them")


def test_a_sentence_that_points_back_comes_with_the_one_before(bridges: Assistant) -> None:
    answer = bridges.ask("Why were decks sound; on what had money been spent?")
    assert any(
        "the deck was sound. This was because money had been spent" in quote
        for quote in quotes(answer)
    )


def test_an_item_comes_with_its_lead_in(bridges: Assistant) -> None:
    answer = bridges.ask("How many bridges had a weight limit without a sign?")
    shown = " ".join(quotes(answer))
    assert "The county kept three kinds of record:" in shown
    assert "12 bridges had a weight limit without a sign" in shown


def test_a_list_that_is_asked_for_comes_whole(bridges: Assistant) -> None:
    shown = " ".join(quotes(bridges.ask("What kinds of record did the county keep?")))
    for item in ("signed;", "without a sign;", "no weight limit."):
        assert item in shown


def test_a_row_comes_with_its_column_headings(bridges: Assistant) -> None:
    answer = bridges.ask("How was the bridge at Byford rated?")
    assert "Inadequate" in answer.sentences[0].text
    shown = quotes(answer)
    assert any("Spans" in quote and "Rating" in quote for quote in shown)
    assert any("Byford" in quote for quote in shown)


def test_the_best_grade_of_a_table_is_found(bridges: Assistant) -> None:
    answer = bridges.ask("Which bridge's rating beat all the others?")
    assert answer.answer.startswith("Aldmouth: Rating: Good")
    assert bridges.ask("Which bridge has the most spans?").answer.startswith("Aldmouth: Spans: 14")
    assert "Calder" not in bridges.ask("How many bridges have the best rating?").answer


def test_no_place_is_quoted_twice(starter_assistant: Assistant, bridges: Assistant) -> None:
    for citations in (
        starter_assistant.ask("How was West Kent rated compared with Surrey?").citations,
        composed(bridges, "Why were decks sound; on what had money been spent?", limit=2).citations,
    ):
        spans = sorted((c.report, c.start, c.end) for c in citations)
        assert len(spans) > 1
        for one, next_ in itertools.pairwise(spans):
            assert one[0] != next_[0] or one[2] <= next_[1]


def test_a_sentence_that_answers_both_sides_is_shown_once(bridges: Assistant) -> None:
    retriever = bridges.retriever
    sides = [
        Found(label, inquiry, retriever.ranked(inquiry))
        for label, thing in (("the deck", "the deck sound"), ("the money", "a sound deck"))
        for inquiry in (retriever.understand(f"How many bridges had {thing}?"),)
    ]
    draft = compose_sides(sides, bridges.library)
    assert len(draft.sentences) == 1
    assert draft.sentences[0].text.startswith("“")  # no figure of one side is led with


@pytest.mark.parametrize(
    ("label", "begins"),
    [("the deck (2019)", "The deck: "), ("the 2019 survey", "“"), ("three decks", "“"), ("", "“")],
)
def test_a_side_is_called_by_no_figure(bridges: Assistant, label: str, begins: str) -> None:
    """The guard would drop what its quote does not state."""
    retriever = bridges.retriever
    inquiry = retriever.understand("What did inspectors say about the deck?")
    draft = compose_sides([Found(label, inquiry, retriever.ranked(inquiry))], bridges.library)
    assert draft.sentences[0].text.startswith(begins)


def test_a_report_gives_a_figure_once(bridges: Assistant) -> None:
    answer = bridges.ask("How many bridges had a weight limit without a sign?")
    assert answer.answer.startswith("12 bridges")
    assert len(answer.sentences) == 1


def test_another_figure_of_the_same_report_is_not_shown_however_likely(bridges: Assistant) -> None:
    retriever, library = bridges.retriever, bridges.library
    for question, shown in (
        ("How many bridges had no weight limit?", 1),
        ("How many bridges had no weight limit, and how many did inspectors look at?", 2),
    ):
        inquiry = retriever.understand(question)
        likely = {
            text: replace(found, score=20.0, read=5.0)
            for found in retriever.ranked(inquiry)
            for text in ("60 bridges", "7 bridges")
            if text in found.candidate.around.text and not found.candidate.is_list
        }
        both = [likely["7 bridges"], likely["60 bridges"]]
        draft = compose(inquiry, both, library, rarities(inquiry, library), limit=3)
        assert len(draft.sentences) == shown


def test_no_more_quotes_than_the_settings_allow(bridges: Assistant) -> None:
    question = "What did inspectors find about bridges?"
    usual = bridges.settings.quote_limit
    assert 1 < len(composed(bridges, question, limit=usual).sentences) <= usual
    assert len(composed(bridges, question, limit=1).sentences) == 1


def test_the_text_of_an_answer_is_its_sentences_with_their_numbers() -> None:
    sentences = [
        AnswerSentence(text="“One.”", citations=(1,)),
        AnswerSentence(text="“Two.”", citations=(2, 1)),
    ]
    assert as_text(sentences) == "“One.” [1]\n\n“Two.” [2][1]"


def test_a_heading_that_answers_comes_with_the_list_below_it(bridges: Assistant) -> None:
    retriever, library = bridges.retriever, bridges.library
    inquiry = retriever.understand("What was quicker than in 2023?")
    heading = next(
        found
        for found in retriever.ranked(inquiry)
        if found.candidate.around.text == "Quicker than in 2023"
    )
    draft = compose(inquiry, [heading], library, rarities(inquiry, library), 1)
    assert draft.sentences[0].text.endswith("Lorries have a lane of their own.”")


def test_what_only_a_chart_shows_is_said_to_be_in_the_chart(bridges: Assistant) -> None:
    answer = bridges.ask("How many vehicles crossed each bridge on a weekday?")
    assert answer.status is Status.NOT_FOUND
    assert not answer.citations
    assert "Figure 3" in answer.answer
    assert "chart" in answer.answer
    assert "page 1" in answer.answer


def test_a_question_for_yes_or_no_is_answered_so_where_the_sentence_is_plain(
    starter_assistant: Assistant,
) -> None:
    answer = starter_assistant.ask("Is the probation service short of staff?")
    assert answer.sentences[0].text.startswith("Yes. “")


def test_what_a_question_takes_for_granted_wrongly_is_set_right(
    starter_assistant: Assistant,
) -> None:
    answer = starter_assistant.ask("How come services kept people safe in 95 per cent of cases?")
    assert answer.status is Status.ANSWERED
    assert answer.answer.startswith(OTHERWISE)
    assert "18 per cent" in answer.answer
    assert "95" not in answer.answer
    right = starter_assistant.ask("How come services kept people safe in 18 per cent of cases?")
    assert not right.answer.startswith(OTHERWISE)


def test_a_list_that_is_told_in_the_next_sentence_is_quoted_with_it(bridges: Assistant) -> None:
    answer = bridges.ask("List the small works that the owners pay for")
    assert quotes(answer)[0].endswith("bolting and signs.")
    assert quotes(answer)[0].startswith("The owners")


def test_what_these_are_is_quoted_with_what_it_is_of(bridges: Assistant) -> None:
    answer = bridges.ask("Under the law of 1902, what counts as a quality of a deck?")
    assert answer.answer.startswith("“The county tests three qualities")
    assert "These are grip, stiffness and sound.”" in answer.answer


def test_what_was_said_comes_with_who_said_it(bridges: Assistant) -> None:
    answer = bridges.ask("Who said that tolls of the north must be lifted?")
    assert answer.answer.startswith("Ann Hart. “Ann Hart, who keeps the bridges, wrote")


def test_what_some_believed_comes_with_the_denial(bridges: Assistant) -> None:
    answer = bridges.ask("Will fines for a loose rail double?")
    assert quotes(answer)[0].endswith("this is not the case.")


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("“The deck was bad.", "The deck was bad."),
        ("It went from there.”", "It went from there."),
        ("“It went from there.”", "It went from there."),
        ("“Bad”, it says, and “worse”", "“Bad”, it says, and “worse”"),
        ("He said “it was bad”", "He said “it was bad”"),
        ("“Bad” is what it says.", "“Bad” is what it says."),
        ("She said: “It was bad.", "She said: ‘It was bad.’"),
    ],
)
def test_a_mark_of_a_longer_speech_is_not_shown_twice(quote: str, shown: str) -> None:
    assert without_marks(quote) == shown


BODIES = """# Inspection of Otterby local authority lighthouses

Inspection dates: 3 to 7 June 2024

Lead inspector: Ann Hart, who keeps the bridges

| Local authority | Health board |
| --- | --- |
| Rolf Sands, director of lamps | Jo Dee, chief executive |
| Otterby Hall, Quay Street | Board House, Hill Street |

The lamps were lit at dusk, and a keeper was there whenever a ship came near the rocks.
"""


def test_of_a_row_of_two_bodies_the_one_that_answers_is_shown(tmp_path: Path) -> None:
    with assistant_over(tmp_path, {"otterby.md": BODIES}) as assistant:
        answer = assistant.ask("Who is the chief executive of the health board in Otterby?")
        assert answer.answer.startswith("Jo Dee")
        assert "“Health board: Jo Dee, chief executive”" in answer.answer
        assert "Rolf" not in answer.answer


def test_the_place_that_is_asked_for_may_be_that_of_the_report(tmp_path: Path) -> None:
    text = (
        "# Inspection of Otterby local authority lamps\n\nThe lamps were lit at dusk, for ships.\n"
    )
    with assistant_over(tmp_path, {"otterby.md": text}) as assistant:
        draft = composed(assistant, "Which borough lit its lamps when dusk came?", 1)
        assert draft.sentences[0].text.startswith("Otterby. “The lamps were lit at dusk")
        draft = composed(assistant, "When were the lamps of Otterby lit?", 1)
        assert draft.sentences[0].text.startswith("“The lamps were lit at dusk")


GRADED = """# Inspection of Otterby local authority lamps

Inspection dates: 3 to 7 June 2024

| Judgement | Grade |
| --- | --- |
| The impact of leaders on keepers' work | Good |
| The experiences of sailors in care | Outstanding |
| Overall effectiveness | Good |

The lamps were lit at dusk, and a keeper was there whenever a ship came near the rocks.
"""


def test_a_grade_that_is_wrongly_taken_for_granted_is_set_right_by_the_table(
    tmp_path: Path,
) -> None:
    with assistant_over(tmp_path, {"otterby.md": GRADED}) as assistant:
        wrong = assistant.ask("Why was Otterby's leadership rated inadequate in 2024?")
        assert wrong.answer.startswith(f"{OTHERWISE}The impact of leaders on keepers' work: Good")
        assert "Inadequate" not in wrong.answer
        right = assistant.ask("Why was Otterby's leadership rated good in 2024?")
        assert not right.answer.startswith(OTHERWISE)


def test_a_table_of_another_year_tells_nothing_of_the_one_asked_about(tmp_path: Path) -> None:
    text = BRIDGES.replace("## Ratings", "Published: 4 May 2025\n\n## Ratings")
    with assistant_over(tmp_path, {"bridges.md": text}) as assistant:
        answer = assistant.ask("Which bridge had the most spans in 2025?")
        assert "Aldmouth: Spans: 14" in answer.answer
        answer = assistant.ask("Which bridge had the most spans in 2019?")
        assert "Aldmouth" not in answer.answer
