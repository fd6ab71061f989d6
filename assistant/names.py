"""Whom and what a claim names, and whether a sentence is about the same, or about someone else."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assistant.evidence import is_person, persons
from assistant.knowledge import Knowledge
from ingest.statistics import number
from ingest.words import STOPWORDS, stem, words

SHORT = re.compile(r"\b[A-Z][A-Za-z]*[A-Z][A-Za-z]*\b")  # an abbreviation
# Capitalised, but no names that a sentence must bear: values are compared as values.
_NO_NAMES = frozenset(
    stem(word)
    for word in "percent outstanding good requires improvement inadequate january february march april"
    " may june july august september october november december christmas easter".split()
)
_SAYS = re.compile(
    r"\b((?:[A-Z][\w’'-]+\s+){1,3})(?:says?|said|thinks?|thought|believes?|wrote|writes|told|described?s?"
    r"|called?s?|warn(?:s|ed)|argued?s?|claim(?:s|ed)|reckons?|found|finds)\b"
)
# The first word is capitalised anyway; before another capital it is a name: "Leeds PDU".
_FIRST_NAME = re.compile(r"\W*([A-Z][\w-]+)([’']s\b|\s+(?:[A-Z][\w’'-]*|in\s+[A-Z])\b)?")
_CAPITAL = re.compile(r"\b[A-Z][\w’'-]*")
_OPENING = frozenset(
    "a all almost an any around at before after both by during each every few fewer for from half if"
    " in just less many more most nearly neither no nobody none not of on one only out over several"
    " since some the there these those under until up was were well when while with without".split()
)
# Parts of a place's name that tell it from another: "West Kent", "Greater London".
_COMPASS = (
    "north south east west northern southern eastern western central greater inner outer upper lower"
    " mid"
).split()
_QUARTERS = "|".join(_COMPASS)
_PART = re.compile(rf"\b({_QUARTERS})(?:[\s-]+(?:and\s+)?({_QUARTERS}))?[\s-]+(?-i:[A-Z])", re.I)
_PART_NAME = re.compile(rf"\b(?P<part>{_QUARTERS})\s+(?P<name>(?-i:[A-Z])[\w-]+)", re.I)
_NOWHERE = frozenset(
    stem(word)
    for word in (
        *_COMPASS,
        *"england wales britain scotland upon isle new royal city county".split(),
    )
)
# What is said of the whole country is not said of the place that the report is about.
_NATIONAL = re.compile(
    r"^\W*(?:nationally|nationwide|in\s+england)\b|\bacross\s+(?:england|the\s+country)\b"
    r"|\b(?:england|country)-wide\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:than|compar\w+|above|below|average|similar\w*|in\s+line|\w+est|most|least)\b", re.I
)
_LOCATED = re.compile(
    r"(?:^\W*(?:(?i:in|at|across|within|for)\s+)?|(?<!than )\b(?:in|at|across|within)\s+)"
    r"(?:the\s+)?(?:[A-Z][\w-]+\s+){0,2}$"
)
# Who did it, by deeds of which one body or person does each thing.
_DEEDS = (
    "run delivered provided operated offered supplied hosted",
    "led headed chaired managed",
    "commissioned funded financed",
    "published issued written",
    "conducted undertaken inspected",
)
_BY = re.compile(
    rf"\b(?P<deed>{'|'.join(deed for deeds in _DEEDS for deed in deeds.split())})\s+(?:jointly\s+)?by\s+"
    r"(?:the\s+)?(?P<name>[A-Z][\w’'&-]*(?:,?\s+(?:(?:of|and|for|the)\s+)*[A-Z][\w’'&-]*)*)"
)
BEHIND = 100  # characters before a name that tell whose it is
_ROLES = (
    r"(?:inspector|secretary|minister|director|head|chief|chair\w*|commissioner|manager|leader"
    r"|ombudsman|governor|president)"
)
_TITLE = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Professor)\b")
_ROLE_BEFORE = re.compile(
    rf"\b{_ROLES}(?:\s+(?:of|for)\s+(?:the\s+)?[\w’'-]+(?:\s+[\w’'-]+){{0,3}})?,?\s+$", re.I
)
_ROLE_AFTER = re.compile(
    r"\s*,?\s*(?:said|says|told|tells|wrote|writes|thinks|thought|believes|warn(?:s|ed)|argue[sd]|add(?:s|ed)"
    r"|summari[sz]e[sd]|comment(?:s|ed)|insist(?:s|ed)|claim(?:s|ed)|admit(?:s|ted)|call(?:s|ed)|leads?|led|heads"
    r"|headed|chairs|chaired|resigned|retired|joined"
    rf"|(?:(?:is|was|became|as)\s+)?(?:the\s+|an?\s+|our\s+|its\s+)?(?:[\w’'-]+\s+){{0,2}}?{_ROLES})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Names:
    """The names in a claim, as stems."""

    proper: tuple[str, ...]  # of places, bodies, persons
    written_out: tuple[str, ...]  # the words of what its abbreviations stand for
    places: frozenset[str]  # all that the reports are about


def names_of(claim: str, names: Sequence[str], knowledge: Knowledge) -> Names:
    """The names that a sentence must bear; `names` are those that the retriever found, as stems.

    Left out are values, which are compared as values, and whoever is said to have said it, unless
    that is a place: "Leeds found that ..." is about Leeds.
    """
    places = frozenset(stem(w) for w in knowledge.place_words if knowledge.is_name(w))
    said = {stem(w) for match in _SAYS.finditer(claim) for w in words(match[1])}
    speakers = said - (places - _NOWHERE)
    shorts = {short: knowledge.long_forms(short) for short in SHORT.findall(claim)}
    # In small letters it is no name: "pre-sentence report" may be called a court report.
    long_forms = [
        stem(word)
        for longs in shorts.values()
        for long in " ".join(longs[:1]).split()
        for word in words(long)
        if long[:1].isupper() and word not in STOPWORDS
    ]
    # Where a claim has capitals at all, its names have them: "top mark" names no Mark.
    capitals = {stem(word) for match in _CAPITAL.finditer(claim) for word in words(match[0])}
    named = [
        stem(word)
        for word in words(claim)
        if knowledge.is_name(word) and (not capitals or stem(word) in capitals)
    ]
    named += [stem(word.lower()) for match in _PART.finditer(claim) for word in match.groups("")]
    names = [name for name in names if not capitals or name in capitals]
    first = _FIRST_NAME.match(claim)
    if first and first[1].lower() not in _OPENING and not first[1].endswith("ly"):
        known = all(knowledge.knows(word) for word in words(first[1]))
        if number(first[1]) is None and (first[2] or not known):
            named += [stem(word) for word in words(first[1]) if word not in STOPWORDS]
    # An abbreviation that is written out in claim and sentence is looked for written out.
    written = {stem(word) for short, longs in shorts.items() if longs for word in words(short)}

    def kept(wanted: Sequence[str]) -> tuple[str, ...]:
        left_out = _NO_NAMES | speakers | {""}
        return tuple(name for name in dict.fromkeys(wanted) if name not in left_out)

    proper = kept([name for name in (*names, *named) if name not in written])
    return Names(proper, tuple(n for n in kept(long_forms) if n not in proper), places)


def unnamed(
    claim: str,
    names: Sequence[str],
    text: str,
    around: str,
    places: Collection[str],
    related: Mapping[str, frozenset[str]],
) -> tuple[str, ...]:
    """Those of a claim's `names` that neither a sentence bears nor what it stands among.

    What it stands among does not tell its place where the sentence itself tells of another.
    """
    own = {stem(word) for word in words(text)}
    wide = own | {stem(word) for word in words(around)}
    elsewhere = not own.intersection(names, places) and _elsewhere(text, places)
    apart = _divided(claim, text)
    return tuple(
        name
        for name in names
        if name in apart or not borne(name, own if elsewhere and name in places else wide, related)
    )


def _divided(claim: str, text: str) -> set[str]:
    """The stems of names of the claim as "West Sussex" whose words a text has, but not as that name:
    "West Kent, in the region of Kent and Sussex"."""
    there = " ".join(words(text))
    found = set()
    for match in _PART_NAME.finditer(claim):
        part, name = words(match["part"])[0], words(match["name"])[0]
        has_both = re.search(rf"\b{part}\b", there) and re.search(rf"\b{name}\b", there)
        if has_both and not re.search(rf"\b{part} (?:and \w+ )?{name}\b", there):
            found.add(stem(name))
    return found


def borne(name: str, there: Collection[str], related: Mapping[str, frozenset[str]]) -> bool:
    """Whether a name, or all words of what it stands for, are among the stems `there`."""
    return name in there or any(
        all(part in there for part in other.split("+")) for other in related.get(name, ())
    )


def rival(claim: str, text: str, places: Collection[str]) -> bool:
    """Whether both name persons, and none in common, or say by whom the same was done, each by another."""
    if _others_did_it(claim, text):
        return True
    persons, others = _surnames(claim, places), _surnames(text, places)
    if not persons or not others:
        return False
    return not (persons & set(words(text)) or others & set(words(claim)))


def _others_did_it(claim: str, text: str) -> bool:
    done = {m["deed"].lower(): m["name"] for m in _BY.finditer(text)}
    for match in _BY.finditer(claim) if done else ():
        alike = next(deeds.split() for deeds in _DEEDS if match["deed"].lower() in deeds.split())
        doers = [name for deed, name in done.items() if deed in alike]
        apart = set(words(match["name"])).isdisjoint(words(text))
        if doers and apart and set(words(" ".join(doers))).isdisjoint(words(claim)):
            return True
    return False


def _elsewhere(text: str, places: Collection[str]) -> bool:
    """Whether a sentence says of which place it speaks."""
    if _NATIONAL.search(text) and not _COMPARED.search(text):
        return True
    return any(
        stem(word) in places and stem(word) not in _NOWHERE
        for match in _CAPITAL.finditer(text)
        for word in words(match[0])
        if _LOCATED.search(_before(text, match.start()))
    )


def _before(text: str, end: int) -> str:
    """The last words before a place of a text, which may be long."""
    return text[:end] if end <= BEHIND else f"and {text[end - BEHIND : end]}"


def _surnames(text: str, places: Collection[str]) -> set[str]:
    """The last names of those whom a text gives a title, an office, or something to say."""
    found = set()
    for match in persons(text):
        titled = _TITLE.match(match[0])
        name = match[0][titled.end() if titled else 0 :].lstrip(". ")
        told = _ROLE_BEFORE.search(_before(text, match.start())) or _ROLE_AFTER.match(
            text, match.end()
        )
        of_place = any(stem(word) in places for word in words(name))
        if titled or (told and is_person(name) and not of_place):
            found.add(words(name)[-1])
    return found
