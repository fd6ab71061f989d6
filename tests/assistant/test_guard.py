"""Nothing is shown that its citation does not prove."""

import pytest

from assistant.answer import AnswerSentence, Citation, Mode, Status
from assistant.compose import Draft
from assistant.engine import Assistant
from assistant.guard import facts_occur, figures_occur, guarded, is_verbatim
from ingest.report import Description, Report

TEXT = (
    "Work was good enough in 18 per cent of 40 cases. In May 2024, half of the 24 units were late. "
    "The unit spent £2.5 million. Two-thirds of staff stayed."
)
REPORT = Report("r1", "a.md", "/a.md", "00", TEXT, (0,), Description())


def cite(quote: str, number: int = 1, shift: int = 0, report: str = "r1") -> Citation:
    start = TEXT.find(quote) + shift
    return Citation.model_validate(
        {"number": number, "source": "a.md", "title": "", "publisher": "", "published": ""}
        | {"page": 1, "section": "", "quote": quote, "start": start, "end": start + len(quote)}
        | {"sha256": "00", "report": report}
    )


FIRST = "Work was good enough in 18 per cent of 40 cases."
SECOND = "In May 2024, half of the 24 units were late."


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("It was 18 per cent.", FIRST),
        ("It was 18%.", FIRST),
        ("Eighteen per cent of forty cases.", FIRST),
        ("Half were late in May 2024.", SECOND),
        ("50 per cent were late.", SECOND),
        ("One in two units was late.", SECOND),
        ("£2.5 million was spent, that is £2,500,000.", "The unit spent £2.5 million."),
        ("Two out of three stayed.", "Two-thirds of staff stayed."),
        ("Work was good enough in few cases.", FIRST),
        ("It was 18 per cent [1].", FIRST),
        ("It was 18%, and £2 million.", "Leaks\t18\t%\t£2\tmillion"),
        ("10. “Ferries: 20; In 10 of them it leaks”", "Ferries\t20\tIn 10 of them it leaks"),
        ("Fair. “2.1 Ferries: Fair”", "\t2.1 Ferries\tFair"),  # the number of a row is no figure
    ],
)
def test_figures_that_the_quote_states_pass(text: str, quote: str) -> None:
    assert figures_occur(text, [quote])


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("It was 41.5 per cent.", FIRST),
        ("It was 18 cases.", FIRST),
        ("It was 40 per cent.", FIRST),
        ("It rose by 18 percentage points.", FIRST),
        ("Half were late in May 2023.", SECOND),
        ("A third were late.", SECOND),
        ("24 per cent were late.", SECOND),
        ("£2.5 billion was spent.", "The unit spent £2.5 million."),
        ("18 per cent, see page 7.", FIRST),
        ("Eighty-one per cent of cases.", FIRST),
    ],
)
def test_other_figures_units_and_dates_do_not(text: str, quote: str) -> None:
    assert not figures_occur(text, [quote])


def test_a_quote_must_stand_where_the_citation_says() -> None:
    assert is_verbatim(cite(FIRST), REPORT)
    assert not is_verbatim(cite(FIRST, shift=1), REPORT)
    assert not is_verbatim(cite("Work was good enough in 81 per cent"), REPORT)
    assert not is_verbatim(cite(""), REPORT)


@pytest.mark.parametrize(
    ("sentence", "citations"),
    [
        (AnswerSentence(text="It was 18 per cent."), [cite(FIRST)]),
        (AnswerSentence(text="It was 18 per cent.", citations=(2,)), [cite(FIRST)]),
        (AnswerSentence(text="It was 18 per cent.", citations=(1, 2)), [cite(FIRST)]),
        (AnswerSentence(text="It was 18 per cent.", citations=(1,)), [cite(FIRST, shift=3)]),
        (AnswerSentence(text="It was 18 per cent.", citations=(1,)), [cite(FIRST, report="r2")]),
        (AnswerSentence(text="It was 19 per cent.", citations=(1,)), [cite(FIRST)]),
    ],
    ids=["uncited", "no such citation", "one of two", "moved quote", "other report", "invented"],
)
def test_a_sentence_that_is_not_proved_is_dropped(
    sentence: AnswerSentence, citations: list[Citation]
) -> None:
    assert guarded([sentence], citations, {"r1": REPORT}) == ((), ())


def test_a_number_of_rows_that_a_model_tells_is_no_exception() -> None:
    both = AnswerSentence(text="One: units were late.", citations=(1, 2))
    cited = [cite(FIRST), cite(SECOND, 2)]
    assert guarded([both], cited, {"r1": REPORT})[0]
    assert not guarded([both], cited, {"r1": REPORT}, by_model=True)[0]


def test_what_is_left_is_numbered_anew_from_one() -> None:
    sentences = [
        AnswerSentence(text="It was 99 per cent.", citations=(1,)),
        AnswerSentence(text="Half were late.", citations=(2,)),
        AnswerSentence(text="18 per cent, and half were late.", citations=(3, 2)),
    ]
    citations = [cite(TEXT[:10], 1), cite(SECOND, 2), cite(FIRST, 3)]
    kept, cited = guarded(sentences, citations, {"r1": REPORT})
    assert [(s.text, s.citations) for s in kept] == [
        ("Half were late.", (1,)),
        ("18 per cent, and half were late.", (2, 1)),
    ]
    assert [(c.number, c.quote) for c in cited] == [(1, SECOND), (2, FIRST)]


def test_a_figure_may_come_from_any_quote_that_the_sentence_cites() -> None:
    sentence = AnswerSentence(text="18 per cent, and half were late.", citations=(1, 2))
    kept, _ = guarded([sentence], [cite(FIRST, 1), cite(SECOND, 2)], {"r1": REPORT})
    assert kept == (sentence,)


RATED = "In May 2024, Brigton was rated Inadequate, and the share of late visits rose."


def rated(text: str) -> bool:
    quoted = cite(FIRST).model_copy(update={"quote": RATED, "title": "Inspection of North Brigton"})
    return facts_occur(text, [quoted])


@pytest.mark.parametrize(
    "text",
    [
        "Brigton was rated Inadequate.",
        "The service in North Brigton was judged inadequate in May.",
        "More visits were late, and their share rose.",
    ],
)
def test_what_a_model_says_in_other_words_passes(text: str) -> None:
    assert rated(text)


@pytest.mark.parametrize(
    "text",
    [
        "Brigton was rated Outstanding.",
        "It was so in June.",
        "The service in Corley was rated Inadequate.",
        "The share of late visits fell.",
    ],
)
def test_another_grade_month_name_or_direction_is_not_shown(text: str) -> None:
    assert not rated(text)


def test_a_models_sentence_is_held_to_more_than_its_figures() -> None:
    sentence = AnswerSentence(text="The 24 units were Outstanding.", citations=(1,))
    assert guarded([sentence], [cite(SECOND)], {"r1": REPORT})[0] == (sentence,)
    assert guarded([sentence], [cite(SECOND)], {"r1": REPORT}, by_model=True) == ((), ())


def test_quotes_are_guarded_too(
    starter_assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "What share of cases did enough to keep people safe?"
    real = starter_assistant.ask(question).citations[:1]
    draft = Draft((AnswerSentence(text="99 per cent.", citations=(1,)),), real)
    monkeypatch.setattr("assistant.chain.compose", lambda *_: draft)
    answer = starter_assistant.ask(question)
    assert (answer.status, answer.mode) == (Status.NOT_FOUND, Mode.QUOTES)
    assert (answer.sentences, answer.citations) == ((), ())
    assert "99" not in answer.answer
