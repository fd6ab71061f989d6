"""A claim beside one sentence: what a true claim in other words may say, and no wrong one."""

from collections.abc import Collection, Sequence
from zlib import crc32

import numpy as np
import pytest

from assistant.compare import Comparer, Comparison, Evidence, related_of
from assistant.names import unnamed
from assistant.nearness import Meaning
from assistant.proof import opposes, supports
from assistant.reader import NOTHING, Reader, Reading
from ingest.embed import Vectors
from ingest.words import STOPWORDS, stem, words

PLACES = (
    "Ashford",
    "Brigton",
    "Corley",
    "Dunmere",
)  # what reports are about, beside "East Brigton"


def bags(texts: Sequence[str]) -> Vectors:
    """Vectors that come near where texts share words: no model, and the same on any machine."""
    found = np.full((len(texts), 4096), 1e-6, dtype=np.float32)
    for row, text in zip(found, texts, strict=True):
        for word in words(text):
            if word not in STOPWORDS:
                row[crc32(stem(word).encode()) % len(row)] = 1
    return found / np.linalg.norm(found, axis=1, keepdims=True)


class Unread(Reader):
    """Makes nothing of anything: the rules are to tell alone."""

    def claims(self, claim: str, sentences: Sequence[str]) -> list[Reading]:
        return [NOTHING for _ in sentences]


COMPARER = Comparer(Meaning(bags), Unread())


def compared(
    claim: str,
    text: str,
    *,
    names: Collection[str] = (),
    written_out: str = "",
    around: str = "",
    title: str = "",
) -> Comparison:
    """`claim` beside `text`, without a library."""
    [comparison] = COMPARER.compare(
        claim,
        [Evidence(text, around=around, title=title)],
        [stem(name.lower()) for name in names],
        related_of(claim),
        {},
        written_out=[stem(word) for word in words(written_out)],
        places={stem(place.lower()) for place in (*PLACES, "East")},
    )
    return comparison


HALF_IN_ASHFORD = "In Ashford PDU, 48% of plans were signed."


@pytest.mark.parametrize(
    ("claim", "names", "text", "title", "proved"),
    [
        (HALF_IN_ASHFORD, ["Ashford"], "48% of plans were signed.", "Ashford", True),
        (HALF_IN_ASHFORD, ["Ashford"], "48% of plans were signed, more than in Corley.", "Ashford", True),
        (HALF_IN_ASHFORD, ["Ashford"], "In Corley, 48% of plans were signed.", "Corley", False),
        (HALF_IN_ASHFORD, ["Ashford"], "In Corley, 48% of plans were signed.", "Ashford", False),
        (HALF_IN_ASHFORD, ["Ashford"], "Nationally, 48% of plans were signed.", "Ashford", False),
        (
            "In West Brigton, 48% of plans were signed.",
            ["West", "Brigton"],
            "48% of plans were signed.",
            "East Brigton",
            False,
        ),
        (
            "Ashford, Corley, Brigton and Dunmere have 48% of plans signed.",
            PLACES,
            "In Ashford, Corley and Brigton 48% of plans are signed.",
            "",
            False,
        ),
    ],
)  # fmt: skip
def test_what_is_said_of_another_place_proves_nothing(
    claim: str, names: Sequence[str], text: str, title: str, proved: bool
) -> None:
    long = "probation delivery unit"  # borne by every title, it must not outvote the place
    found = compared(claim, text, names=names, written_out=long, title=f"{title} {long}")
    assert supports(found) is proved
    assert not opposes(found)


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        # how many
        ("All hubs passed the fire check.", "The hub passed the fire check in spring."),
        ("Most mentors kept good diaries.", "A few of the mentors kept good diaries."),
        ("Nearly all tutors liked the new rota.", "The tutors there liked the new rota."),
        ("Of the 900 files read, 35% were late.", "Of the 80 files read, 35% were late."),
        # a change, and how things are
        ("The share of late files rose to 35%.", "35% of the files were late."),
        ("Absence rose by 14%.", "Absence rose to 14%."),
        ("The canteen has improved since the last visit.", "The canteen is good in all its parts."),
        # what is, and what should be
        ("The board reviews its risk register.", "The board should review its risk register."),
        ("The board should review its register.", "The board reviews its register every month."),
        ("The board has agreed a training plan.", "It is not clear that the board has agreed one."),
        # which way
        (
            "Complaints about good hostels rose by 14%.",
            "Complaints about good hostels fell by 14%.",
        ),
        # only one can be
        ("Corley was the first unit to be rated 'Good'.", "Corley was rated 'Good' in May."),
        ("The most urgent task is to mend the roof.", "An urgent task is to mend the roof there."),
        # a sample, and the country
        ("Across England, 35% of files were late.", "In 35% of the files we read, they were late."),
        ("Some visits took longer than three days.", "Visits were made within three days."),
        ("Anyone may join, however short the term.", "Anyone whose term is 12 months may join."),
    ],
)
def test_a_claim_that_says_more_or_otherwise_is_not_supported(claim: str, text: str) -> None:
    assert not supports(compared(claim, text))


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("All 8 hubs passed the fire check.", "The 8 hubs passed the fire check in spring."),
        (
            "All drivers must pass the eye test.",
            "Drivers must pass the eye test before they start.",
        ),
        ("Tutors know what each pupil needs.", "Tutors know well what their pupils need."),
        ("Most tutors like the new rota.", "Tutors generally like the new rota."),
        ("Nearly all tutors like the rota.", "The vast majority of tutors like the rota."),
        ("The share of late files rose to 35%.", "35% of files were late, up from 30% last year."),
        ("The board needs to review its register.", "The board should review its register soon."),
        (
            "Plans were late and dull.",
            "Plans were late and dull, and should be rewritten by staff.",
        ),
        ("Corley was the first unit to be rated 'Good'.", "Corley, rated 'Good', is the first."),
        ("The most urgent task is to mend the roof.", "The main and urgent task: mend the roof."),
        ("Help reaches the most vulnerable children.", "Help reaches vulnerable children in time."),
    ],
)
def test_a_true_claim_in_other_words_is_supported(claim: str, text: str) -> None:
    found = compared(claim, text)
    assert supports(found), found
    assert not opposes(found)


def test_a_recommendation_may_stand_in_the_lead_in() -> None:
    claim, text = "The board has cut delays in its checks.", "cut the delays in all of its checks."
    assert supports(compared(claim, text))
    assert not supports(compared(claim, text, around="The board should:"))


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Tutors give pupils little help with sums.", "Tutors give pupils help with their sums."),
        ("Tutors seldom visit homes.", "Tutors regularly visit homes."),
        ("A low proportion of tutors drive.", "A high proportion of tutors drive there."),
    ],
)
def test_hardly_any_is_the_opposite_of_some(claim: str, text: str) -> None:
    found = compared(claim, text)
    assert opposes(found)
    assert not supports(found)


def test_a_little_is_some() -> None:
    assert supports(compared("Tutors help pupils a little.", "Tutors help pupils a little there."))


def test_the_opposite_change_contradicts_whatever_else_agrees() -> None:
    claim = "Complaints about good hostels rose by 14%."
    assert opposes(compared(claim, "Complaints about good hostels fell by 14%."))


@pytest.mark.parametrize(
    ("claim", "text", "rivals"),
    [
        ("Ann Hart leads the unit.", "The head of the unit, Max Ford, leads it.", True),
        ("Ann Hart leads the unit.", "The unit is led by its director, Ms Hart.", False),
        ("West Corley ran 35% of courses.", "The Youth Service ran 35% of courses.", False),
        ("Ashford Lane said no.", "The Chief Officer, Max Ford, said no.", False),
        ("Ann Hart warned of cuts.", "Youth Chief Inspector Max Ford warns of cuts.", True),
        ("The hostel is run by the Hart Trust.", "The hostel was provided by Fordham.", True),
        ("The hostel is run by the Hart Trust.", "The hostel was chaired by Fordham.", False),
        ("The hostel is run by a charity.", "The hostel was provided by Fordham.", False),
    ],
)
def test_only_persons_and_other_doers_are_rivals(claim: str, text: str, rivals: bool) -> None:
    assert compared(claim, text).rival is rivals


def test_words_that_name_a_group_or_a_thing_deny_nothing() -> None:
    claim = "Most young people who sought asylum lived outside the borough."
    text = "Most unaccompanied young people who sought asylum lived outside the borough."
    assert supports(compared(claim, text))


def test_figures_of_two_years_go_one_way() -> None:
    text = "In 2019, 41 per cent of tutors stayed, and in 2022, 27 per cent of tutors stayed."
    assert not supports(compared("The share of tutors who stayed has risen.", text))
    assert supports(compared("The share of tutors who stayed has fallen.", text))


def test_at_least_is_no_extreme() -> None:
    assert supports(compared("At least 14 tutors left in spring.", "14 tutors left in spring."))


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        (
            "Canal officers had an average vacancy rate of 32 per cent.",
            "The average vacancy rate for canal officers was 32 per cent in May 2024.",
        ),
        (
            "14 canals were rated sound by visitors.",
            "In all, 14 canals were rated sound by visitors and 10 were not.",
        ),
    ],
)
def test_the_reports_own_words_are_restated(claim: str, text: str) -> None:
    assert compared(claim, text).restated


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        (
            "Delays caused staff sickness in 18 per cent of cases.",
            "Staff sickness caused delays in 18 per cent of cases.",
        ),
        (
            "Women waited 30 days longer than men for a place.",
            "Men waited 30 days longer than women for a place.",
        ),
        (
            "Tutors were trained before the inspection in 18 per cent of towns.",
            "Tutors were trained after the inspection in 18 per cent of towns.",
        ),
        (
            "Nine regions sent in a full canal report.",
            "Only two of nine regions sent in a full canal report.",
        ),
        (
            "Bargees pushed wardens in 12 towns last winter.",
            "Bargees were pushed by wardens in 12 towns last winter.",
        ),
        (
            "In May 2031 18 per cent of lock repairs were late.",
            "In the year to May 2031 18 per cent of lock repairs were late.",
        ),
        (
            "Lock keepers had passed the water safety course.",
            "Few lock keepers had passed the water safety course.",
        ),
        (
            "Lock keepers had passed the water safety course.",
            "We asked whether lock keepers had passed the water safety course.",
        ),
        (
            "The canal board ignored complaints about leaks.",
            "Visitors rejected the allegation that the canal board ignored complaints about leaks.",
        ),
        (
            "Where lock gates had not been tested, wardens were not asked to close them.",
            "Where lock gates had been tested, wardens were not asked to close them.",
        ),
        (
            "Where lock gates hadn't been tested, wardens were not asked to close them.",
            "Where lock gates had been tested, wardens were not asked to close them.",
        ),
        (
            "In 18 per cent of towns wardens tested the lock gates.",
            "In 18 per cent of towns with old canals wardens tested the lock gates.",
        ),
    ],
)
def test_the_same_words_may_say_another_thing(claim: str, text: str) -> None:
    assert not compared(claim, text).restated


def test_a_part_of_the_country_is_named_as_a_whole() -> None:
    claim = "The office of West Corley opened on 3 May 2024."
    there = "West Corley office (region of Corley): 3/5/2024"
    elsewhere = "West Brigton office (region of Brigton and Corley): 3/5/2024"
    names = ("west", "corley")
    assert unnamed(claim, names, there, "", (), {}) == ()
    assert unnamed(claim, names, elsewhere, "", (), {}) == ("corley",)
