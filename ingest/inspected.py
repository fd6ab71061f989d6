"""Finds in a title whose inspection a report tells of: a prison, a force, a hospital, a school.

What such bodies are called says what they are ("Anyham Fire and Rescue Service", "HMP Anyford"); the
name that is left without it is how people speak of them, and which other reports are of the same.
"""

import re
from collections.abc import Iterator

from ingest.file_name import is_of_reporting

_CAPITAL = r"(?:(?:St|Ss|[A-Z])\.|(?=[^\W\d_])(?![a-zà-öø-ÿ])[\w’'-]+|\d+(?:st|nd|rd|th)\b)"
_JOINT = r"(?:and|&|of|upon|on|the|with|in|an|na|y|le|de|à)"
_NAME = rf"{_CAPITAL}(?:,? (?:{_JOINT} )*{_CAPITAL})*"
_KINDS = (
    "School|Academy|College|Nursery|Pre-?school",
    "Hospitals?|Infirmary|Hospice|(?:NHS )?(?:Foundation )?Trust|Health Board|Ambulance Service",
    "Surgery|Medical (?:Centre|Practice|Group)|Health Centre|Group Practice",
    "(?:Care|Nursing|Residential|Children['’]s) (?:Home|Centre)",
    "Police(?: Service| Force)?|Constabulary",
    "Fire (?:and|&) Rescue(?: Service| Authority)?|Fire Service|Fire Brigade",
    "Youth (?:Justice|Offending)(?: (?:Service|Team|Partnership))?|YOT|YOS|YJS",
    "Probation Delivery Unit|PDU|Community Rehabilitation Company|CRC|Probation Trust",
    "Prison|YOI|Young Offender Institution|Immigration Removal Centre|IRC|Secure Training Centre|STC",
    "Council|Health and Social Care Partnership|Integrated Care Board|Housing Association",
)
_KIND = rf"(?:{'|'.join(_KINDS)})\b"
# After the kind comes what is said of the body, in small letters; "School Inspection Handbook" is of none.
_AFTER = re.compile(
    rf"(?P<name>{_NAME}) (?=[A-Z])(?i:{_KIND})(?!-| (?:Inspectorate|of)\b)"
    r"(?! (?!(?:NHS|PEEL|Limited|Ltd|Local|Quality|Annual)\b|(?:Inspections?|Reports?)\b(?! [A-Z]))"
    r"[A-Z][\w-]+)"
)
_BEFORE = re.compile(
    r"\b(?:HM(?:P|YOI| Prison)(?: ?(?:/|&|and)? ?(?:HM)?YOI)?|CPS|University Hospitals?(?: of)?"
    rf"|(?:London|Royal) Borough of) (?P<name>{_NAME})"
)
_LED_IN = re.compile(
    r"^.*\b(?:inspections?|reports?|visits?|reviews?) (?:of|on|at|to) (?:the )?", re.IGNORECASE
)
STYLES = re.compile(
    r"^(?:the )?(?:(?:London |Royal |Metropolitan )*Borough|City|County) of ", re.IGNORECASE
)
_CUT = re.compile(
    r",? (?:by|governors?|annual|unannounced|announced|urgent|action|full|independent|review|follow-up"
    r"|open|inspections?|reports?|and young offender|therapeutic|prisons?)\b.*",
    re.IGNORECASE,
)
_NO_BODY = re.compile(
    rf"\b(?:Inspector(?:ate)?|Ombudsman|Regulator|Commission|Ministry|Digest|HM[A-Z]*|CPS)\b"
    rf"|{_KIND}(?=,| and | & )"
    r"|^(?:how|what|why|where|when|who|lessons|from)\b"
    r"|\b(?:in|of|on|from|for|with|every|each|our|your|is|(?-i:an?))$",
    re.IGNORECASE,
)
LONGEST = 300  # characters of a title
# Words that such bodies share: no name by themselves, nor where one ends with them.
_SHARED = frozenset(
    "academy acute all ambulance borough british catholic ce central church city cofe college"
    " community comprehensive controlled council county day district education foundation further"
    " general grammar health high hm hmp hmyoi hospital hospitals infant integrated junior local"
    " mental metropolitan middle national new nhs nursery our partnership prep preparatory primary"
    " private public rc residential royal school secondary special state teaching technology the"
    " trust unitary university upper your youth young of and for & service services women's women’s".split()
)
# ... nor are these, which headlines and guidance say of them.
_COMMON = frozenset(
    "any bad best boarding children children's children’s closed covid-19 each every failing faith"
    " few first free good government gp health high improvement inadequate independent irish last"
    " leading male many men men's men’s more most no open outstanding poor ports quality requires"
    " rural secure social some specialist three top two uk urban value whole women women's women’s".split()
)


def inspected(line: str) -> tuple[str, ...]:
    """The names of the bodies that a title says were inspected; one, where the report is of that."""
    found = {name.casefold(): name for name in _names(line)} if len(line) <= LONGEST else {}
    return tuple(found.values())


def _names(line: str) -> Iterator[str]:
    first = [_CUT.sub("", match["name"]) for match in _BEFORE.finditer(line)]
    told = list(filter(None, map(_named, first)))
    if not told:
        told = list(filter(None, (_told_after(match["name"]) for match in _AFTER.finditer(line))))
    yield from told


def _told_after(run: str) -> str:
    """The name that a run of capitals before the kind of a body ends with, without words of reporting."""
    words = STYLES.sub("", _LED_IN.sub("", run)).split()
    while words and (is_of_reporting(words[0]) or words[0][0].islower()):
        words.pop(0)
    return _named(" ".join(words))


def _named(run: str) -> str:
    """A run of capitals without the words of its kind that it ends with; empty where it names nothing."""
    if _NO_BODY.search(run):
        return ""
    words = run.split()
    while words and words[-1].lower() in _SHARED:
        words.pop()
    return (
        " ".join(words) if {word.lower().strip(",") for word in words} - _SHARED - _COMMON else ""
    )
