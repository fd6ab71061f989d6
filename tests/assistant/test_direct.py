"""The words that answer are bound to what is asked, and keep the words that round a figure."""

from dataclasses import replace

import pytest

from assistant.direct import direct_answer
from assistant.inquiry import Inquiry
from assistant.scope import YEAR, months_in
from assistant.wants import counted_in, wants_of
from ingest.words import STOPWORDS, stem, words


def asking(question: str) -> Inquiry:
    """The question as far as these rules look at it."""
    weights = {stem(word): 1.0 for word in words(question) if word not in STOPWORDS}
    counted = tuple(words(counted_in(question)))
    return Inquiry(
        asked=question,
        text=question,
        wants=wants_of(question),
        weights=weights,
        counted=counted,
        years=tuple(YEAR.findall(question)),
        months=months_in(question),
    )


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        (
            "How many looked-after children sailed?",
            "In May, three looked after children sailed, and four rowed.",
            "three looked after children",
        ),
        (
            "When does the money run out?",
            "Money was set aside for May 2022 to March 2025.",
            "March 2025",
        ),
        (
            "When does the new keeper start?",
            "Since the last visit, in May 2022, a keeper left; a new one starts in July.",
            "July",
        ),
        (
            "When did the money come in?",
            "Money was set aside for May 2022 to March 2025.",
            "May 2022",
        ),
        (
            "When was the bridge inspected?",
            "It is worse since the last inspection of the bridge (by boat) in May 2021, when it was good.",
            "",
        ),
        (
            "When was the bridge inspected?",
            "We inspected the bridge from 17 March to 21 March 2025, in the rain.",
            "17 March to 21 March 2025",
        ),
        (
            "When was the bridge inspected?",
            "The bridge was inspected on the days of 4 to 15 December 2023.",
            "4 to 15 December 2023",
        ),
        (
            "How many of them waited for more than a month?",
            "In spring some keepers waited over two weeks for a boat.",
            "",
        ),
        (
            "How many keepers waited for more than a month?",
            "In spring 5,000 keepers waited over two weeks for a boat.",
            "5,000 keepers",
        ),
        (
            "How long did the skipper wait for a boat?",
            "The skipper sank eight nautical miles off the lock and waited three hours for a boat.",
            "three hours",
        ),
        (
            "How long did the skipper wait for a boat?",
            "The skipper sank eight nautical miles off the lock and was picked up by a boat.",
            "",
        ),
        ("How long did boats wait?", "Boats waited two-and-a-half days.", "two-and-a-half days"),
        ("How long did boats wait?", "Boats waited 10 to 15 days.", "10 to 15 days"),
        ("What share was late?", "Of boats 20 to 30 per cent were late.", "20 to 30 per cent"),
        ("How many berths are there?", "There are 30 full day berths.", "30 full day berths"),
        ("How many dredging hours were paid?", "It paid 3,500 hours of dredging.", "3,500 hours"),
        ("How long is this pier?", "The pier is 200 metres.", "200 metres"),
        ("How many are in year 8?", "There were 20 in year 8 and 25 in year 9.", "20"),
        ("How was the pier judged?", "The pier was judged not yet good.", "not yet good"),
        ("What was the grade before 2019?", "Pier: 2017: Good; 2019: Inadequate", ""),
        (
            "How many weeks did the skipper wait?",
            "The skipper waited two weeks for a boat.",
            "two weeks",
        ),
        (
            "What grade did the decks get?",
            "The decks were rated not sufficiently good.",
            "not sufficiently good",
        ),
        (
            "What grade did the decks get in autumn 2019?",
            "Decks: December 2018: Reasonably good; September 2019: Not sufficiently good",
            "Not sufficiently good",
        ),
        (
            "How many decks were sound in 2016?",
            "Sound: 2016: 161 decks; 2017: 334 decks",
            "161 decks",
        ),
        (
            "When did the visits start?",
            "We inspected the bridge from 17 March 2024 to 21 March 2025.",
            "17 March 2024",
        ),
        (
            "What share of residents felt safe?",
            "Less than a quarter of residents felt safe, down from two thirds.",
            "Less than a quarter",
        ),
        (
            "How many bridges were inspected?",
            "We inspected just over 40 bridges and closed nine of them.",
            "just over 40 bridges",
        ),
        (
            "How many units were visited?",
            "Across the county, we have visited 24 units and found 10 fit and 14 unfit.",
            "24 units",
        ),
        (
            "How many units were visited?",
            "The report lists the 24 canal delivery units (CDUs) that were visited by May.",
            "24 canal delivery units",
        ),
        (
            "How many staff were hired?",
            "Over 500 bridge repair staff had been hired for night shifts.",
            "Over 500 bridge repair staff",
        ),
        (
            "How many carers moved out?",
            "High numbers of carers go on living with their families after they turn 18.",
            "",
        ),
        (
            "How many people had help?",
            "Over the winter, help came to 31 people and to their dogs.",
            "31 people",
        ),
        (
            "How many units were found unfit?",
            "We found 20 units fit and four unfit for winter.",
            "four unfit",
        ),
        (
            "How many bridges scored exactly 4?",
            "Aldmouth: composite score (out of 21): 4",
            "",
        ),
        (
            "How many bridges are in the table?",
            "Aldmouth bridge: opened: 1931; composite score: 3; report",
            "",
        ),
        (
            "What score has the bridge at Aldmouth?",
            "Aldmouth bridge: opened: 1931; composite score: 3; report",
            "3",
        ),
        (
            "How many children has the harbour lost sight of?",
            "Of those that it has lost sight of, 26 are children aged 16 and 17 years.",
            "26",
        ),
        (
            "How many boats were there?",
            "This is a fall from 58 boats (34 per 10,000 residents).",
            "58 boats",
        ),
        (
            "How many young people swim?",
            "The club helps young people aged 16 to 21.",
            "",
        ),
        (
            "At what age do young people leave the club?",
            "The club helps young people aged 16 to 21.",
            "",
        ),
        (
            "Who leads the ferry office?",
            "Ferry Office: Chief Executive: Mara Lind",
            "Mara Lind",
        ),
        (
            "Who was West Aldmouth trying to win over?",
            "West Aldmouth wrote to the chief executives of both banks.",
            "",
        ),
        (
            "What percentage of planning was good?",
            "Assessment was good in 61 per cent of cases and planning in 48 per cent.",
            "48 per cent",
        ),
    ],
)
def test_the_figure_that_is_asked_for(question: str, sentence: str, expected: str) -> None:
    assert direct_answer(sentence, asking(question), {}) == expected


def test_a_follow_up_is_bound_by_its_own_words() -> None:
    sentence = "Repairs were late in 32 per cent of boats, and painting in 18 per cent."
    before = asking("What share of boats had late repairs?")
    both = asking("What share of boats had late repairs? And painting?")
    own = replace(both, asked="And painting?", follows=before)
    assert direct_answer(sentence, own, {}) == "18 per cent"
    vague = replace(both, asked="And the rest?", follows=before)
    assert direct_answer(sentence, vague, {}) == ""


def test_how_many_of_those_is_another_figure_than_they_are() -> None:
    sentence = "In May 5,000 boats waited at the lock for a week, and 1,400 of them for a month."
    before = asking("How many boats waited at the lock for a week?")
    assert direct_answer(sentence, before, {}) == "5,000 boats"
    both = asking("How many boats waited at the lock for a week? And how many of those longer?")
    own = replace(both, asked="And how many of those waited longer?", follows=before)
    assert direct_answer(sentence, own, {}).startswith("1,400")


def test_what_stands_for_a_word_pulls_in_its_stead() -> None:
    inquiry = replace(
        asking("Who was the director of bridges?"), related={"director": frozenset({"chief"})}
    )
    row = "Ann Ford, Director of Bridges: Bo Lind, Chief Warden"
    assert direct_answer(row, inquiry, {}) == ""  # not Bo Lind, who has both
