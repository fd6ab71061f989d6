"""Which reports a question names: "in the 2024 annual report", "per his April announcement"."""

import re
from calendar import month_name
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.dates import find_dates
from ingest.library import title_words
from ingest.report import Description, Report
from ingest.words import STOPWORDS, stem, words

_NOUN = (
    r"(?:annual\s+)?(?:report|review|inspection|announcement|statement|bulletin|post|article|page|digest"
    r"|guide|publication|write[\s-]?up|thematic|document|piece|paper|insp|letter)s?"
)
_NAMING = re.compile(
    rf"(?:[,(–—-]\s*|\b(?:in|from|per|by|of|for|at|since|going\s+by|according\s+to|based\s+on|as\s+of)\s+)?"
    rf"(?:\b(?:the|his|her|their|its|this|that|hmip'?s?|hmi\s+probation'?s?|ofsted'?s?)\s+)?"
    rf"(?P<before>(?:[\w/’'-]+\s+){{0,4}}?)\b(?P<noun>{_NOUN})\b"
    rf"(?P<after>\s+(?:on|about|into|of)\s+(?:the\s+)?(?:[\w/’'-]+\s+){{0,2}}[\w/’'-]+)?",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"\b(?:in|from|per|by|of|for|at|since|to|on|the|his|her|their|its|this|that|what|which|who|how|does|do|did"
    r"|is|are|was|were|a|an|and|said|say|says)\b",
    re.IGNORECASE,
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
YEAR_OR_TWO = re.compile(r"\b((?:19|20)\d\d)(?:\s*[/–-]\s*(\d\d(?:\d\d)?))?\b")
# What is asked of more than the one time that is named.
COMPARES_TIMES = re.compile(
    r"\b(?:since|between|than|compar\w+|chang\w+|before|until|after|improv\w+|previous\w*|earlier|last)\b",
    re.IGNORECASE,
)
MONTH_NAMES = frozenset(month.lower() for month in month_name[1:])
MONTHS = {month[:3]: month for month in MONTH_NAMES if len(month) > 3} | {"sept": "september"}
_NUMBERS: dict[str, tuple[int, ...]] = {
    month.lower(): (number,) for number, month in enumerate(month_name) if month
}
_NUMBERS |= {"spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11)}
_SHORT_DATE = re.compile(r"\b(\d{1,2}/\d{1,2}/)(\d\d)\b(?!/)")
_MONTH_YEAR = re.compile(
    rf"\b({'|'.join([*_NUMBERS, *MONTHS])})\.?,?\s+(?:of\s+)?((?:19|20)\d\d)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Naming:
    """The reports that a question names, and the words that name them."""

    reports: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()


def years_in(asked: str) -> tuple[str, ...]:
    """The years that a text names; of a year that spans two, as 2019/20, both."""
    found = []
    for match in YEAR_OR_TWO.finditer(asked):
        found.append(match[1])
        if match[2]:
            found.append(match[1][: 4 - len(match[2])] + match[2])
    return tuple(dict.fromkeys(found))


def months_in(asked: str) -> tuple[str, ...]:
    """The months of a year that a text names, as 2025-04; for a season its three."""
    found = []
    for match in _MONTH_YEAR.finditer(asked):
        name = match[1].lower()
        found += [f"{match[2]}-{number:02}" for number in _NUMBERS[MONTHS.get(name, name)]]
    return tuple(dict.fromkeys(found))


def dates_in(asked: str) -> tuple[str, ...]:
    """The full dates that a text names, as 2022-03-09; 09/03/22 is read as in Britain."""
    spelt = _SHORT_DATE.sub(r"\g<1>20\2", asked)
    return tuple(found.iso for found in find_dates(spelt) if len(found.iso) == len("2022-03-09"))


def naming(asked: str, reports: Sequence[Report], total: int) -> Naming:
    """The reports whose titles or dates fit best what the question calls a report, where any do.

    A phrase counts only where it tells reports apart: by a year, or by two words of a title; and where
    it fits no more than half of the `total` that the library has.
    """
    best: tuple[float, list[str], set[str]] = (0.0, [], set())
    for match in _NAMING.finditer(asked):
        before = _BREAK.split(match["before"])[-1]
        spoken = words(f"{before} {match['noun']} {match['after'] or ''}")
        told = [w for w in spoken if w not in STOPWORDS]
        years = {w for w in told if YEAR.fullmatch(w)}
        if len(told) - len(years) < 1 or not (years or len(told) >= 2):
            continue
        stems = {stem(w) for w in told if not w[0].isdigit()}
        months = months_in(match[0])
        for report in reports:
            title = words(title_words(report.description))
            if years and not years & set(title):
                continue
            shared = stems & {stem(w) for w in title}
            score = 2.0 * bool(years) + len(shared)
            score += 2.0 * (report.description.published[:7] in months)
            if score < 2 or (not years and len(shared) < 2):
                continue
            if score > best[0]:
                best = (score, [report.id], set(told))
            elif score == best[0]:
                best[1].append(report.id)
                best[2].update(told)
    if len(best[1]) > max(1, total // 2):
        return Naming()
    return Naming(tuple(dict.fromkeys(best[1])), frozenset(best[2]))


@lru_cache(maxsize=4096)
def years_of(description: Description) -> frozenset[str]:
    """The years that a report is of: published in, or named in its title or period.

    Where neither names one, an inspection late in a year is often published early in the next.
    """
    told = set(YEAR.findall(f"{description.title} {description.period}"))
    year, _, month = description.published[:7].partition("-")
    if not told and year.isdigit() and "" < month <= "03":
        told.add(str(int(year) - 1))
    return frozenset(told | set(YEAR.findall(year)))
