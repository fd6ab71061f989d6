"""Recognises reports that repeat, reword, supersede or tell of others, and which is the original.

Likenesses of pairs are kept; the marks are worked out from them anew with every change, so that
the order in which reports come does not matter, and a mark goes when its original is removed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from ingest.likeness import Likeness, words
from ingest.publishers import find_publisher
from ingest.report import Description, Report

NEWS_DAYS = 45  # within which news of an inspection appears
_NEWS_KINDS = frozenset({"news", "announcement"})
_LEAST_TITLE = 4  # words, for a title to name one report
_OFFICIAL = ("gov.uk", "gov.scot", "gov.wales", "cqc.org.uk", "nao.org.uk")


class Relation(StrEnum):
    """What a report is relative to another one."""

    COPY = "copy"  # repeats it, in another format or with small edits
    REWORDED = "reworded"  # says the same in other words, as machines do
    VERSION = "version"  # is an earlier version of it
    NEWS = "news"  # tells of it: a source of its own
    DIGEST = "digest"  # digests it, in words of its own

    @property
    def is_copy(self) -> bool:
        """Whether the report adds nothing to the other one."""
        return self in (Relation.COPY, Relation.REWORDED, Relation.VERSION)

    def to(self, other: str) -> str:
        """The relation in words, with the name of the other report."""
        return {
            Relation.COPY: f"a copy of {other}",
            Relation.REWORDED: f"a reworded copy of {other}",
            Relation.VERSION: f"an earlier version of {other}",
            Relation.NEWS: f"news of {other}",
            Relation.DIGEST: f"a digest of {other}",
        }[self]


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides which of two reports is the original."""

    id: str
    location: str
    description: Description
    length: int  # words
    grades: int  # how often it names a grade as inspectorates do


Pair = tuple[str, str, str]
"""Ids of two reports, and a Likeness; or of one that tells of the other, and a Relation."""


def may_be_one_report(one: Description, other: Description) -> bool:
    """Whether nothing that two reports say of themselves makes them different ones.

    Two authorities under one trust can have nearly the same report, and an authority has several
    of different years; a digest is no copy of what it digests.
    """
    if bool(one.digest_of) != bool(other.digest_of):
        return False
    return not (
        _differ(one.place, other.place)
        or _differ(one.period, other.period)
        or _differ(*(" ".join(re.findall(r"\b\d{4}\b", d.title)) for d in (one, other)))
    )


def may_tell(description: Description) -> bool:
    """Whether a report may tell of another one at all."""
    return bool(description.digest_of) or description.kind in _NEWS_KINDS


def tells_of(teller: Report, subject: Description, subject_location: str) -> Relation | None:
    """Whether a report is a digest of another one or news of it, by what both say.

    News names the title, or the place and publisher within some weeks of publication, or gives the
    address.
    """
    about = teller.description
    if about.digest_of:
        named = about.digest_of in (subject.url, subject_location) or _same_title(
            about.digest_of, subject.title
        )
        return Relation.DIGEST if named and not subject.digest_of else None
    if about.kind not in _NEWS_KINDS or may_tell(subject):
        return None
    days = _days(subject, about)
    if days is not None and days < 0:
        return None
    text = f" {' '.join(words(teller.text))} "
    title = words(subject.title)
    named = len(title) >= _LEAST_TITLE and f" {' '.join(title)} " in text
    addresses = {a for a in (subject.url, subject_location) if len(urlsplit(a).path) > 1}
    linked = any(a.startswith("http") and a in teller.text for a in addresses)
    fits = (
        bool(subject.place)
        and about.place == subject.place
        and find_publisher(teller.text) == subject.publisher != ""
        and days is not None
        and days <= NEWS_DAYS
    )
    return Relation.NEWS if named or linked or fits else None


def marks(pairs: Iterable[Pair], standings: Mapping[str, Standing]) -> Iterator[Pair]:
    """The marks that follow from all pairs: a report, its original or subject, and the relation.

    A report is marked as what it is to the best of those that it copies, and points to the
    original at the end of that chain.
    """
    originals: dict[str, list[tuple[Standing, Relation]]] = {}
    subjects: dict[str, list[tuple[Standing, Relation]]] = {}
    for one, other, kind in pairs:
        if kind in tuple(Likeness):
            original, copy, relation = decide(standings[one], standings[other], Likeness(kind))
            originals.setdefault(copy.id, []).append((original, relation))
        else:
            subjects.setdefault(one, []).append((standings[other], Relation(kind)))
    nearest = {
        copy: max(found, key=lambda pair: (_trust(pair[0]), pair[0].id))
        for copy, found in originals.items()
    }
    for copy_id, (_, relation) in nearest.items():
        end = _end_of_chain(standings[copy_id], nearest)
        if end.id != copy_id:
            yield copy_id, end.id, relation
    for teller, told in subjects.items():
        # Of several under one title, the latest that was there to be told of.
        subject, relation = max(
            told, key=lambda p: (p[0].id not in nearest, p[0].description.published, p[0].id)
        )
        yield teller, subject.id, relation


def _end_of_chain(copy: Standing, nearest: Mapping[str, tuple[Standing, Relation]]) -> Standing:
    """The original that a copy leads to; where a chain comes back to itself, its best report."""
    chain = {copy.id: copy}
    while copy.id in nearest:
        copy = nearest[copy.id][0]
        if copy.id in chain:
            return max(chain.values(), key=lambda standing: (_trust(standing), standing.id))
        chain[copy.id] = copy
    return copy


def decide(
    one: Standing, other: Standing, likeness: Likeness
) -> tuple[Standing, Standing, Relation]:
    """Which of two reports that are alike is the original, which the copy, and what it is to it.

    Of versions the later one counts, since it mends the earlier. Otherwise it is trust:
    - the report from an official address over all others; what a file states of where it is from, any
      file can state;
    - the one that names grades as inspectorates do, where one was reworded: machines exchange
      them, and what a copy claims about itself proves less than its words;
    - the one with a known publisher, then the earlier one, since a copy comes after;
    - the longer one, since copies lose parts.
    """
    if likeness is Likeness.SAME and _are_versions(one.description, other.description):
        old, new = sorted((one, other), key=lambda s: s.description.published)
        return new, old, Relation.VERSION
    reworded = likeness is Likeness.REWORDED
    copy, original = sorted((one, other), key=lambda s: (_trust(s, reworded=reworded), s.id))
    return original, copy, Relation(likeness.value)


def _are_versions(one: Description, other: Description) -> bool:
    return (
        _same_title(one.title, other.title)
        and one.publisher == other.publisher
        and bool(one.published and other.published)
        # A year and a day in it do not tell which is later.
        and not one.published.startswith(other.published)
        and not other.published.startswith(one.published)
    )


def _trust(standing: Standing, *, reworded: bool = False) -> tuple[int, ...]:
    about = standing.description
    day = int((about.published or "9999").replace("-", "").ljust(8, "9"))
    grades = standing.grades if reworded else 0
    known = int(bool(find_publisher(about.publisher)))
    stated = int(_official(about.url))
    return int(_official(standing.location)), grades, known, -day, stated, standing.length


def _official(address: str) -> bool:
    """Whether an address is of a body that publishes inspections; a path is none."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    return any(host == name or host.endswith("." + name) for name in _OFFICIAL)


def _differ(one: str, other: str) -> bool:
    """Whether two statements exclude each other: both are there, and none is part of the other."""
    first, second = set(words(one)) - {"to", "and", "the"}, set(words(other)) - {"to", "and", "the"}
    return bool(first and second) and not (first <= second or second <= first)


def _same_title(one: str, other: str) -> bool:
    return bool(words(one)) and words(one) == words(other)


def _days(subject: Description, teller: Description) -> int | None:
    """Days from the subject's publication to the teller's, None where one is not known to the day."""
    if len(subject.published) < 10 or len(teller.published) < 10:
        return None
    return (date.fromisoformat(teller.published) - date.fromisoformat(subject.published)).days
