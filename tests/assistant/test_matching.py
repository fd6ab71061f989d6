"""Values of claims beside sentences: how each kind of wording bears, bars, or leaves open the other."""

import zlib
from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest

from assistant.date_values import dates
from assistant.grade_values import told_as_sentence, with_names
from assistant.matched import BORNE, OPPOSED, Matched, State
from assistant.matching import match_values
from assistant.nearness import Meaning
from assistant.quotations import locate, quoted
from assistant.value import Sort
from ingest.embed import Vectors
from ingest.words import STOPWORDS, stem, words

_SIZE = 4096


def _bags(texts: Sequence[str]) -> Vectors:
    """Texts as the bags of their words: enough to tell clauses apart, and the same on any machine."""
    found = np.zeros((len(texts), _SIZE), dtype=np.float32)
    for row, text in zip(found, texts, strict=True):
        for word in words(text):
            if word not in STOPWORDS:
                row[zlib.crc32(stem(word).encode()) % _SIZE] = 1.0
    lengths = np.maximum(1.0, np.linalg.norm(found, axis=1, keepdims=True))
    return np.asarray(found / lengths, dtype=np.float32)


MEANING = Meaning(_bags)


def matched(claim: str, text: str) -> list[Matched]:
    """The values of a claim beside a sentence."""
    return match_values(claim, text, "", "", MEANING)


def states(claim: str, text: str, sort: Sort | None = None) -> list[State]:
    """Their states, of one sort where it is given."""
    return [m.state for m in matched(claim, text) if sort in (None, m.claimed.sort)]


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("75% of tutors were trained.", "Most tutors were trained."),
        ("Three-quarters of tutors were trained.", "Most tutors were trained."),
        ("85% of tutors were trained.", "The vast majority of tutors were trained."),
        ("65% of tutors were trained.", "More than 60% of tutors were trained."),
        ("55% of tutors were trained.", "More than half of tutors were trained."),
        ("About 590 tutors were trained.", "Over 500 tutors were trained."),
        ("The vast majority of tutors were trained.", "Most tutors were trained."),
        ("24% of tutors were trained.", "Between 20% and 30% of tutors were trained."),
        ("Most tutors were trained.", "A few tutors were trained."),
        ("All tutors were trained.", "Some tutors were trained."),
    ],
)
def test_a_vague_report_leaves_an_exact_claim_open(claim: str, text: str) -> None:
    assert states(claim, text) == [State.UNSURE]


@pytest.mark.parametrize("text", ["Some tutors were trained.", "A few tutors were trained."])
def test_some_proves_no_share(text: str) -> None:
    assert states("75% of tutors were trained.", text) == [State.ABSENT]


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Most tutors were trained.", "The vast majority of tutors were trained."),
        ("More than half of tutors were trained.", "Most tutors were trained."),
        ("Most tutors were trained.", "More than half of tutors were trained."),
        ("500 tutors were trained.", "Over 500 tutors were trained."),
        ("Over 500 tutors were trained.", "More than 550 tutors were trained."),
        ("Nearly half of tutors were trained.", "Just under half of tutors were trained."),
        ("About half of tutors were trained.", "Nearly half of tutors were trained."),
        ("About two-thirds of tutors were trained.", "65% of tutors were trained."),
        ("Two-thirds of tutors were trained.", "67% of tutors were trained."),
        ("40% of tutors were trained.", "About 40% of tutors were trained."),
        ("20 to 30 per cent of tutors were trained.", "24% of tutors were trained."),
        ("20-30% of tutors were trained.", "Between 20% and 30% of tutors were trained."),
        ("Some tutors were trained.", "Most tutors were trained."),
        ("Some tutors were trained.", "Tutors were trained."),
        ("Few tutors were trained.", "12% of tutors were trained."),
        ("1.2 million parcels arrived.", "1,234,000 parcels arrived."),
        ("2,500 parcels arrived.", "2,512 parcels arrived."),
        ("The depot cost £2.5 million.", "The depot cost £2,534,000."),
        ("At least 500 parcels arrived.", "500 parcels arrived."),
        ("No more than 60% of parcels arrived.", "60% of parcels arrived."),
    ],
)
def test_a_fair_rewording_is_borne(claim: str, text: str) -> None:
    assert all(state in BORNE for state in states(claim, text))
    assert states(claim, text)


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Over half of parcels arrived.", "62% of parcels arrived."),
        ("Fewer than half of parcels arrived.", "30% of parcels arrived."),
        ("Most parcels arrived.", "All parcels arrived."),
    ],
)
def test_what_is_far_on_the_right_side_is_not_barred(claim: str, text: str) -> None:
    assert not set(states(claim, text)) & set(OPPOSED)


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Few tutors were trained.", "60% of tutors were trained."),
        ("Several tutors were trained.", "None of the tutors were trained."),
        ("More than half of tutors were trained.", "38% of tutors were trained."),
        ("2,500 parcels arrived.", "2,712 parcels arrived."),
        ("320 parcels arrived.", "335 parcels arrived."),
        ("Only one of the 12 depots opened.", "Seven of the 12 depots opened."),
        ("One of the five depots opened.", "Four of the five depots opened."),
        ("The town has one depot and a bus.", "The town has three depots and a bus."),
        ("The vacancy rate was 25%.", "The vacancy rate rose from 20% to 30%."),
    ],
)
def test_another_value_is_opposed(claim: str, text: str) -> None:
    assert set(states(claim, text)) & set(OPPOSED)


def test_a_figure_stands_in_a_figures_place() -> None:
    text = "The vacancy rate across all the depots that we saw is 32 per cent."
    assert states("Nearly a third is the vacancy rate of the depots.", text) == [State.SAME]


def test_one_is_no_figure_where_it_may_be_an_article() -> None:
    assert states("One tutor told us of delays.", "A tutor told us of delays.") == []
    assert states("The town has one depot.", "The town has a depot.") == []
    assert states("Every one of the depots opened.", "Three depots opened.", Sort.COUNT) == []
    assert states("Only one depot opened.", "The depot opened.") == [State.ABSENT]


def test_what_changed_from_one_figure_to_another_has_both() -> None:
    text = "The vacancy rate fell by 5% to 45%."
    assert states("The vacancy rate was 45%.", text) == [State.SAME]
    assert states("The vacancy rate was 24%.", text) == [State.OTHER]
    ranged = "The vacancy rate ranged from 20% to 30%."
    assert states("The vacancy rate was 25%.", ranged) == [State.UNSURE]


@pytest.mark.parametrize(
    ("claim", "text", "state"),
    [
        ("Hull was rated Requires Improvement.", "Hull was rated 'Good'.", State.OTHER),
        ("Hull was rated as requiring improvement.", "Hull: 'Requires improvement'.", State.SAME),
        ("Hull was not rated 'Good'.", "Hull was rated 'Inadequate'.", State.SAME),
        ("Hull was not rated 'Good'.", "Hull was rated 'Good'.", State.OTHER),
        ("Hull was rated 'Good'.", "Hull was not rated 'Good'.", State.OTHER),
        ("Hull was rated 'Good' or better.", "Hull was rated 'Outstanding'.", State.SAME),
        ("Hull was rated 'Good' or better.", "Hull was rated 'Inadequate'.", State.OTHER),
        ("Hull was rated 'Good'.", "Hull was rated at least 'Good'.", State.UNSURE),
    ],
)
def test_grades(claim: str, text: str, state: State) -> None:
    assert states(claim, text, Sort.GRADE) == [state]


def test_a_good_mood_is_no_grade() -> None:
    assert states("Staff morale was good.", "Hull was rated 'Good' overall.") == []
    assert states("There was good progress.", "Hull was rated 'Good' overall.") == []


def test_or_better_adds_up_a_list_of_grades() -> None:
    text = "Five depots were 'Good', three 'Outstanding' and four 'Inadequate'."
    assert set(states("Eight depots were 'Good' or better.", text)) <= set(BORNE)
    assert State.OTHER in states("Five depots were 'Good' or better.", text)
    assert set(states("Five depots were 'Good'.", text)) <= set(BORNE)
    assert set(states("Seven depots were not 'Good'.", text)) <= set(BORNE)
    assert State.OTHER in states("Twelve depots were 'Good'.", text)


def test_a_date_belongs_to_its_figure() -> None:
    trailing = "40% of parcels arrived in 2023, up from 35% in 2021."
    leading = "In 2021, 35% of parcels arrived, and in 2023, 40%."
    bare = "40% of parcels arrived, compared with 35% in 2021."
    for text in (trailing, leading, bare):
        assert set(states("In 2021, 40% of parcels arrived.", text)) & set(OPPOSED)
        assert states("In 2021, 35% of parcels arrived.", text, Sort.DATE) == [State.SAME]
    assert states("In 2023, 40% of parcels arrived.", leading, Sort.DATE) == [State.SAME]
    shared = "In 2021, 40% of parcels and 35% of letters arrived."
    assert states("In 2021, 35% of letters arrived.", shared, Sort.DATE) == [State.SAME]
    both = "35% of letters and 40% of parcels arrived in 2021."
    assert states("In 2021, 35% of letters arrived.", both, Sort.DATE) == [State.SAME]


@pytest.mark.parametrize(
    ("claim", "text", "state"),
    [
        ("{} 15 percentage points more likely than boys to win.", "won", State.OTHER),
        ("{} 15 percentage points less likely than boys to win.", "won", State.DERIVED),
        ("The gap between {} and boys was 15 percentage points.", "won", State.DERIVED),
    ],
)
def test_a_difference_goes_one_way(claim: str, text: str, state: State) -> None:
    sentence = f"40% of boys and 25% of girls {text}."
    assert states(claim.format("girls were"), sentence, Sort.POINTS) == [state]


@pytest.mark.parametrize(
    ("than", "state"), [("more boats", State.DERIVED), ("fewer boats", State.OTHER)]
)
def test_what_one_has_more_than_another_is_their_difference(than: str, state: State) -> None:
    text = "The harbour held 334 boats in May. Its berths are 229."
    claim = f"The harbour held 105 {than} in May than its berths."
    assert states(claim, text, Sort.COUNT) == [state]


def test_of_several_counts_two_may_lie_so_far_apart_by_chance() -> None:
    text = "The harbour held 334 boats, 229 rafts and 40 ferries."
    claim = "The harbour held 105 more boats than ferries."
    assert states(claim, text, Sort.COUNT) != [State.DERIVED]


def test_a_change_needs_its_order() -> None:
    dated = "The share was 25% in 2022 and 40% in 2023."
    assert states("The share fell by 15 percentage points.", dated) == [State.OTHER]
    assert states("The share rose by 15 percentage points.", dated) == [State.DERIVED]
    undated = "The shares were 25% and 40%."
    assert states("The share rose by 15 percentage points.", undated) == [State.UNSURE]
    went = "Tutor numbers went from 30 to 18."
    assert states("Tutor numbers fell by 12.", went) == [State.DERIVED]
    assert states("Tutor numbers rose by 12.", went) == [State.OTHER]
    held = "Of 30 parcels, tutors held 18 parcels."
    assert State.DERIVED not in states("12 parcels were sent by tutors.", held)


@pytest.mark.parametrize(
    ("claim", "text", "state"),
    [
        ("40% were dissatisfied.", "60% were satisfied.", State.UNSURE),
        ("In 40% of towns prices fell.", "In 60% of towns prices rose.", State.UNSURE),
        ("40% were not satisfied.", "60% were satisfied.", State.REST),
        ("40% of plans were insufficient.", "60% of plans were sufficient.", State.REST),
        ("40% of tutors were men.", "60% of tutors were women.", State.REST),
        ("Over half of plans fell short.", "Under half of plans were satisfactory.", State.REST),
        ("30% of tutors were not trained.", "Most tutors were trained.", State.UNSURE),
    ],
)
def test_the_rest_of_a_whole(claim: str, text: str, state: State) -> None:
    assert states(claim, text) == [state]


@pytest.mark.parametrize(
    ("told", "first", "last"),
    [
        ("1998/99", "1998-04-01", "1999-12-31"),
        ("1999/00", "1999-04-01", "2000-12-31"),
        ("2019-20", "2019-04-01", "2020-12-31"),
        ("2023-11", "2023-11-01", "2023-11-30"),
        ("2023/15", "2023-01-01", "2023-12-31"),
    ],
)
def test_a_span_of_years_ends_after_it_begins(told: str, first: str, last: str) -> None:
    (value,) = dates(f"In {told} it was so.")
    assert [date.fromordinal(int(day)).isoformat() for day in value.range] == [first, last]


def test_a_spell_is_read_after_half_of_another() -> None:
    assert states("He served a month.", "It took half a year, then a month in custody.") == [
        State.SAME
    ]


def test_quoted_words_are_looked_for_as_they_stand() -> None:
    assert quoted("They called it 'dangerous'.") == ["dangerous"]
    assert quoted("They called it 'what we’ve got'.") == ["what we’ve got"]
    assert quoted("'aaaa" + "'bbbbbbbb" * 200) == []
    assert quoted("It was rated 'Good' and 'Requires improvement'.") == []
    assert quoted('Rated "requires improvement to be good".') == []
    assert quoted('He called it "bad" and said that crews were "doing their best".') == [
        "doing their best"
    ]
    assert quoted('It was "calm ... and well run".') == ["calm", "and well run"]
    assert quoted("It was “a house [full] of books”.") == ["a house", "of books"]
    assert quoted("“[T]he house was cold”.") == ["The house was cold"]
    assert locate("dangerous", "There was no danger.").nearness == 0
    assert locate("dangerous", "It was Dangerous there.").nearness == 1


@pytest.mark.parametrize(
    ("claim", "text", "state"),
    [
        ("Most children had tutors.", "Few children had tutors.", State.OTHER),
        ("Most women had a tutor.", "Few women had a tutor.", State.OTHER),
        ("650 tutors stayed.", "The number that stayed was 650 in 2017.", State.SAME),
        ("57% of tutors stayed.", "It rose from 47% in 2014–15 to 57% of tutors.", State.SAME),
        ("It began on 13 June 2022.", "Visited from 13 to 24 June 2022.", State.UNSURE),
        ("It began on 3 June 2022.", "Visited from 13 to 24 June 2022.", State.OTHER),
        (
            "31% of posts were open, up from 23% in 2015.",
            "31% of posts were open, compared to 23% in 2015.",
            State.SAME,
        ),
    ],
)
def test_what_a_value_is_read_as(claim: str, text: str, state: State) -> None:
    assert set(states(claim, text)) == {state}


def test_what_is_no_longer_so_is_no_share() -> None:
    assert states("Tutors no longer travel.", "All tutors stay at home.") == []


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("slow, patchy and unfair", "The work was slow, patchy, and unfair."),
        ("in 18% of cases", "It was so in 18 per cent of cases."),
        ("long term plans", "It had long-term plans."),
    ],
)
def test_a_quotation_may_be_set_otherwise(said: str, text: str) -> None:
    assert locate(said, text).nearness == 1.0


def test_a_figure_and_its_rounding_are_one_thing_said_in_two_ways() -> None:
    told = (
        "Tutors helped enough in 18 per cent of schools, so fewer than one school in five was safe."
    )
    assert states("The share of safe schools was 18 per cent.", told) == [State.SAME]
    assert states("The share of safe schools was 25 per cent.", told) == [State.OTHER]
    apart = (
        "Tutors helped enough in 18 per cent of schools; fewer than one school in five was safe."
    )
    assert states("The share of safe schools was 18 per cent.", apart) != [State.MOVED]


@pytest.mark.parametrize(
    ("claim", "text", "before", "state"),
    [
        ("Boats fell by more than 100.", "Boats fell from 253 in 2018 to 144.", "", State.DERIVED),
        ("Boats fell by more than 120.", "Boats fell from 253 in 2018 to 144.", "", None),
        ("The club lost 13 boats.", "Boats fell from 88 at 31 March to 75 now.", "", State.DERIVED),
        ("The club gained 13 boats.", "Boats fell from 88 at 31 March to 75 now.", "", None),
        ("The club lost 12 boats.", "Boats fell from 88 at 31 March to 75 now.", "", None),
        (
            "Boats went up by 14.",
            "This is a rise from 21 in 2015.",
            "In 2017 there were 35 boats.",
            State.DERIVED,
        ),
        ("Reports went up by nearly half.", "Reports rose from 240 to 350.", "", State.DERIVED),
        ("Reports went down by nearly half.", "Reports rose from 240 to 350.", "", None),
        ("Nearly half were reports.", "Reports rose from 240 to 350.", "", None),
        ("Moorings fell by 50 per cent.", "The number of moorings halved.", "", State.DERIVED),
        ("Moorings rose by 50 per cent.", "The number of moorings halved.", "", None),
        ("One in seven boats sank.", "Few boats sank (73 of 518).", "", State.DERIVED),
        ("One in four boats sank.", "Few boats sank (73 of 518).", "", None),
        (
            "Four in ten boats sank.",
            "Of these, 2,831 sank.",
            "There were 7,025 boats.",
            State.DERIVED,
        ),
        (
            "Four in ten boats sank.",
            "There were 7,025 boats. Of these, 2,831 sank.",
            "",
            State.DERIVED,
        ),
        (
            "More than a third of the crew were temporary.",
            "Of the 62 sailors at sea in the winter, 22 were temporary.",
            "",
            State.DERIVED,
        ),
        ("A third of the crew left.", "Among the 110 sailors, only 37 left.", "", State.DERIVED),
        ("A quarter of staff left.", "In a team of 40 at the dock, 10 left.", "", None),
        ("40% of staff sailed.", "Of the 50 staff on land, 20 were not at sea.", "", None),
        ("Half of them left.", "Of the 300 sailors in May, 150 left and 75 stayed.", "", None),
        ("Four in ten boats sank.", "Then 2,831 sank.", "There were 7,025 boats.", None),
        (
            "Twelve boats were not repaired.",
            "Only two of these boats were repaired.",
            "The club had 14 boats.",
            State.REST,
        ),
        (
            "Twelve boats were repaired.",
            "Only two of these boats were repaired.",
            "The club had 14 boats.",
            None,
        ),
    ],
)
def test_what_follows_from_two_counts_is_borne(
    claim: str, text: str, before: str, state: State | None
) -> None:
    (value,) = [m for m in match_values(claim, text, before, "", MEANING) if not m.claimed.worded]
    assert value.state is state if state else value.state not in BORNE


def test_no_count_stands_in_the_place_of_a_difference() -> None:
    (more, _) = states("There were 14 more boats than in 2012.", "In 2012 there were 93 boats.")
    assert more is State.ABSENT


@pytest.mark.parametrize(("more", "is_so"), [("more", True), ("fewer", False)])
def test_a_difference_from_a_year_is_that_of_the_other_figure(more: str, is_so: bool) -> None:
    claim = f"There are 14 {more} boats than in 2012."
    (state,) = states(claim, "Boats grew from 93 in 2012 to 107.", Sort.COUNT)
    assert (state is State.DERIVED) is is_so


@pytest.mark.parametrize(
    "claim",
    ["Of the three docks, Hull had the largest share.", "Hull was the worst of all six docks."],
)
def test_among_how_many_something_is_the_most_is_not_what_is_said_of_it(claim: str) -> None:
    assert not states(claim, "Hull had more than the other two docks.", Sort.COUNT)


def test_what_one_value_of_a_claim_says_opposes_no_other() -> None:
    text = "The club has ten boats, a ferry among them."
    assert states("One of the club's ten boats is a ferry.", text) == [State.ABSENT, State.SAME]


@pytest.mark.parametrize(
    ("claim", "state"),
    [
        ("Training begins at 14.", State.SAME),
        ("Youngsters of 14 and 15 are trained.", State.SAME),
        ("The club trains 14 sailors.", State.ABSENT),
        ("Training begins at 13.", State.ABSENT),
    ],
)
def test_an_age_is_told_with_or_without_its_years(claim: str, state: State) -> None:
    assert states(claim, "Training is for 14- and 15-year-olds.")[0] is state


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ("Hull got the top mark for adoption.", "Hull got Outstanding for adoption."),
        ("Hull was graded RI in 2018.", "Hull was graded Requires improvement in 2018."),
        ("Hull missed the top grade.", "Hull missed the top grade."),
        ("Hull won the top grade they can give.", "Hull won Outstanding."),
        ("Hull dodged the bottom grade.", "Hull dodged the bottom grade."),
        ("Hull was one step below outstanding.", "Hull was one step below outstanding."),
        ("Hull was rated 'Good'.", "Hull was rated 'Good'."),
        ("Hull was better than good.", "Hull was better than good."),
    ],
)
def test_a_grade_is_called_by_its_name_where_it_is_just_that(told: str, named: str) -> None:
    assert with_names(told) == named


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("Adoption performance: Grade: Good", "Adoption performance was rated Good."),
        ("Overall effectiveness: Outstanding", "Overall effectiveness was rated Outstanding."),
        ("Too few: 50-64%: Good", "Too few: 50-64%: Good"),
        ("Wakefield: Published: 2024; Score: 6", "Wakefield: Published: 2024; Score: 6"),
    ],
)
def test_a_row_of_a_grade_is_told_as_a_sentence(row: str, sentence: str) -> None:
    assert told_as_sentence(row) == sentence


@pytest.mark.parametrize(
    ("claim", "text", "state"),
    [
        ("The board met about once a month.", "The board met fortnightly.", State.OTHER),
        ("The board met every two weeks.", "The board met fortnightly.", State.SAME),
        ("The board met every other week.", "The board met fortnightly.", State.SAME),
        ("The board met twice a year.", "The board met at six-monthly intervals.", State.SAME),
        ("The board met daily.", "The board met every three months.", State.OTHER),
        ("The board met 10-weekly.", "The board met every ten weeks.", State.SAME),
        ("The board met monthly.", "The board met in the town hall.", State.ABSENT),
    ],
)
def test_how_often_is_compared(claim: str, text: str, state: State) -> None:
    assert states(claim, text, Sort.FREQUENCY) == [state]


@pytest.mark.parametrize(
    ("claim", "text", "state"),
    [
        ("Upwards of 500 tutors were hired.", "Over 500 tutors had been hired.", State.SAME),
        ("In excess of 500 tutors were hired.", "Some 600 tutors had been hired.", State.SAME),
        ("A single tutor was hired.", "Only one tutor was hired.", State.SAME),
        ("A single tutor was hired.", "In all, six tutors were hired.", State.OTHER),
        ("Just one of the tutors passed.", "None of the tutors have passed.", State.OTHER),
        ("Six tutors did not pass.", "No tutor has passed.", State.ABSENT),
    ],
)
def test_a_count_is_read_in_everyday_words(claim: str, text: str, state: State) -> None:
    assert states(claim, text, Sort.COUNT) == [state]


@pytest.mark.parametrize(
    ("claim", "text", "state"),
    [
        ("Each of the 20 tutors passed.", "There were 20 tutors and 12 have passed.", State.OTHER),
        ("All 20 tutors passed.", "There were 20 tutors, of whom 12 have passed.", State.OTHER),
        ("All 30 tutors passed.", "There were 20 tutors and 12 have passed.", State.ABSENT),
        ("No tutor passed.", "Of the tutors, zero tutors passed.", State.SAME),
    ],
)
def test_all_of_so_many_are_no_part_of_them(claim: str, text: str, state: State) -> None:
    assert states(claim, text, Sort.SHARE) == [state]
