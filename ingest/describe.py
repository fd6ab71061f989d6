"""Says what a report is: title, publisher, date, kind, place, period, address."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from urllib.parse import urlsplit

from ingest.dates import MONTHS, find_dates, parse_date, publication_date
from ingest.file_name import NameFacts, name_facts
from ingest.inspected import STYLES, inspected
from ingest.publishers import find_publisher, is_publisher, one_name
from ingest.report import Description, Reading
from ingest.title import opening_lines, shown_title

_OPENING = 3000  # characters in which a report says what it is
_LONGEST_NEWS = 20_000  # characters
_CLOSING = 3000  # characters in which boilerplate names the publisher
_KINDS: tuple[tuple[str, str], ...] = (
    (r"\bannounce[sd]?\b|\bannouncement\b", "announcement"),
    (r"\bannual report\b", "annual"),
    (r"\bthematic\b", "thematic"),
    (r"\bstatistic(?:s|al)\b|\bbulletin\b", "statistics"),
    (r"\bguidance\b|\bguides?\b|\bhandbook\b|\bframework\b|\bstandards manual\b", "guidance"),
    (r"\b(?:re-?)?inspections?\b|\b(?:focused|monitoring|assurance) visits?\b", "inspection"),
)
_NEWS = re.compile(
    r"\b(?:yesterday|today|this (?:morning|week))\b[^.]{0,40}\bpublish"
    r"|\bpublish\w*[^.]{0,20}\b(?:yesterday|today)\b",
    re.IGNORECASE,
)
_ABOUT_A_REPORT = re.compile(r"\bthe (?:inspection )?report (?:also )?[a-z]+s\b", re.IGNORECASE)
_OWN_VOICE = re.compile(r"\b(?:we|our)\b", re.IGNORECASE)
_IMPRINT = re.compile(
    r"^[ \t*#_]*published by\W{1,9}(?P<body>.{3,200})", re.IGNORECASE | re.MULTILINE
)
_RELATIVE_DATE = re.compile(
    r"\b(?P<day>yesterday|today)\b\s*\(?\s*"
    r"(?P<date>\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+(?: \d{4})?)",
    re.IGNORECASE,
)
_REPORTING_YEAR = re.compile(r"\b(20\d\d)[/–-](?:20)?(\d\d)\b")
_COPYRIGHT_YEAR = re.compile(r"(?:©|\(c\)|copyright)\D{0,30}((?:19|20)\d\d)", re.IGNORECASE)
_FIELD_DATES = re.compile(
    r"(?:inspection|fieldwork) dates?\s*:?\s*(?P<dates>[^\n]{3,60}?(?:19|20)\d\d"
    r"(?:\s*(?:to|and|[-–—─])\s*\d{1,2}[^\n]{3,16}?(?:19|20)\d\d)?)",
    re.IGNORECASE,
)
_DATE = r"(?:\d{1,2} )?[A-Z][a-z]+ (?:19|20)\d\d"
_PERIOD = re.compile(
    rf"(?:reporting period|period|covers)(?: of| from)?\s+(?P<dates>{_DATE} (?:to|and|[-–—─]) {_DATE})"
)
_MONTH = f"(?:{'|'.join(MONTHS)})"
_DAY = rf"\d{{1,2}}(?:\s+{_MONTH})?(?:\s+(?:19|20)\d\d)?"
_DAYS = (  # "7 and 8 December 2021", "28 February and 1 March 2019"
    rf"(?P<dates>(?:{_DAY}(?:,\s*|\s+(?:to|and)\s+|\s*[-–—]\s*)){{0,4}}\d{{1,2}}\s+{_MONTH}\s+(?:19|20)\d\d)"
)
# Within a sentence, and of nothing that was at another time.
_ON = r"(?:(?!\b(?:publi|sent|after|follow|request|previous|last\b))[^.])"
# A letter that says when the visit was which it tells of, or a report when its inspection took place.
_VISITED = re.compile(
    rf"\b(?:this\s+(?:letter|report)\b{_ON}{{0,160}}?\b(?:visit|inspection|review|fieldwork)\b{_ON}{{0,160}}?"
    rf"|(?:this|the|our)\s+(?:\w+\s+)?(?:inspection|visit|review|fieldwork)\s+"
    rf"(?:took\s+place|was\s+(?:carried\s+out|conducted|undertaken)|ran)\b{_ON}{{0,60}}?)"
    rf"\b(?:on|between|from)\s+{_DAYS}",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w’'&-]*"
_COUNCIL = r"(?:(?:County|City|Borough|District|Metropolitan Borough|Metropolitan) )*Council"
_PLACE_IN_TITLE = (
    re.compile(
        r"(?:[Ii]nspection of|[Vv]isit to) (?:the )?"
        rf"(?P<place>{_NAME}(?: (?:{_NAME}|and|&|of|upon|on|the))*?)"
        rf" (?:{_COUNCIL}|local authority|Local Area Partnership|[Cc]hildren['’]s|PDU)\b"
    ),
    re.compile(rf"^(?P<place>[A-Z][\w’'& -]*?) {_COUNCIL}\b"),
    re.compile(
        rf"^(?:The )?(?P<place>{_NAME}(?: (?:{_NAME}|and|&|of|upon|on|the))*)"
        r"(?: metropolitan borough)?: (?:Re-)?[Ii]nspection of (?:services|local|children|youth|prob)"
    ),
    re.compile(r"\bservices in:? (?:the )?(?P<place>[A-Z][\w’'&, -]*?)(?: PDU| region|:|$)"),
)
_SMALL_WORDS = frozenset({"and", "of", "on", "the", "upon"})


def describe(
    reading: Reading, source: str, location: str, overrides: Mapping[str, str] | None = None
) -> Description:
    """What the report is, from the most trustworthy witness for each fact.

    `overrides` (what the collection's owner says) beat the document's own properties, these its
    first page, that the file name, and that the address. A fact that none states stays empty.
    """
    stated = {**reading.properties, **{k: v for k, v in (overrides or {}).items() if v}}
    name = name_facts(source)
    opening = _opening(reading)
    title = shown_title(reading, overrides or {}, name)
    kind = stated.get("kind") or _kind(title, name, reading, opening)
    return Description(
        title=title,
        publisher=one_name(stated.get("publisher", "")) or _publisher(reading, opening, kind),
        published=parse_date(stated.get("published", ""))
        or _published(reading, opening, name, kind),
        kind=kind.lower(),
        place=stated.get("place") or _place(title, reading, name),
        period=stated.get("period") or _period(opening, reading, name, kind),
        url=_address(stated.get("url", "")) or _address(location),
        digest_of=stated.get("digest_of", ""),
        note=reading.note,
    )


def _address(text: str) -> str:
    """An address that is safe to show as a link: a document may state any scheme."""
    try:
        urlsplit(text)
    except ValueError:
        return ""
    return text if re.match(r"https?://\S+$", text) else ""


def _opening(reading: Reading) -> str:
    """The first page, or the head of a text that has one page only."""
    end = reading.page_starts[1] if len(reading.page_starts) > 1 else _OPENING
    return reading.text[_body_start(reading) : max(end, 200)][:_OPENING]


def _body_start(reading: Reading) -> int:
    first = reading.blocks[0] if reading.blocks else None
    has_matter = first is not None and reading.text.startswith("---") and first.start == 0
    return first.end if first is not None and has_matter else 0


def _kind(title: str, name: NameFacts, reading: Reading, opening: str) -> str:
    if _NEWS.search(opening):
        return "news"
    for words in (title, name.words, "\n".join(opening_lines(reading))):
        for pattern, kind in _KINDS:
            if re.search(pattern, words, re.IGNORECASE):
                retold = kind == "inspection" and _speaks_of_a_report(reading.text)
                return "news" if retold else kind
    return "news" if _speaks_of_a_report(reading.text) else ""


def _speaks_of_a_report(text: str) -> bool:
    """Whether a short text tells of a report in the third person throughout."""
    if len(text) > _LONGEST_NEWS:
        return False
    unquoted = re.sub(r"[“\"][^”\"]*[”\"]", "", text)
    return len(_ABOUT_A_REPORT.findall(unquoted)) >= 2 and not _OWN_VOICE.search(unquoted)


def _publisher(reading: Reading, opening: str, kind: str) -> str:
    text = reading.text
    imprint = _IMPRINT.search(text)
    stated = find_publisher(imprint["body"]) if imprint else ""
    if stated or kind == "news":
        return stated  # news names the body that it writes about, not the one that published it
    return find_publisher(opening) or find_publisher(text[-_CLOSING:]) or find_publisher(text)


def _published(reading: Reading, opening: str, name: NameFacts, kind: str) -> str:
    return (
        publication_date(opening)
        or _relative_date(opening)
        or _lone_date(reading)
        or (name.published if len(name.published) > 4 else "")
        or publication_date(reading.text[-_CLOSING:])
        or _copyright_year(reading.text)
        or (name.published if kind != "annual" else "")
    )


def _relative_date(opening: str) -> str:
    """The date of a news post that says "today (3 December)" or "yesterday (29 April 2025)"."""
    match = _RELATIVE_DATE.search(opening)
    if match is None:
        return ""
    stated = parse_date(match["date"])
    if len(stated) < 10 and (year := _REPORTING_YEAR.search(opening)):
        # A report on 2019/20 that appears "today (3 December)" appears in 2020.
        stated = parse_date(f"{match['date']} {year[1][:2]}{year[2]}")
    if len(stated) < 10:
        return ""
    days = 1 if match["day"].lower() == "yesterday" else 0
    return (date.fromisoformat(stated) + timedelta(days=days)).isoformat()


def _lone_date(reading: Reading) -> str:
    """A date that stands on a line, alone or after the publisher, among the titles of the first page."""
    for line in opening_lines(reading, dates=True):
        found = list(find_dates(line))
        if len(found) == 1:
            rest = (line[: found[0].start] + line[found[0].end :]).strip(" ,.:|()–—-")
            if not rest or is_publisher(rest):
                return found[0].iso if len(found[0].iso) > 4 else ""
    return ""


def _copyright_year(text: str) -> str:
    years = _COPYRIGHT_YEAR.findall(text[: 2 * _OPENING]) or _COPYRIGHT_YEAR.findall(
        text[-_CLOSING:]
    )
    return max(years, default="")


def _place(title: str, reading: Reading, name: NameFacts) -> str:
    for words in name.places:
        if place := _place_in_text(words, reading):
            return _usual_case(place)
    for line in (title, *opening_lines(reading)):
        for pattern in _PLACE_IN_TITLE:
            if match := pattern.search(line):
                place = STYLES.sub("", match["place"]).strip()
                return _usual_case(_fuller(place, name))
    for line in (title, *opening_lines(reading)):
        if bodies := inspected(line):
            return _usual_case(bodies[0]) if len(bodies) == 1 else ""
    return ""


def _fuller(place: str, name: NameFacts) -> str:
    """The place as the file name has it, where the report shortens it (Hull)."""
    for words in name.places:
        if set(place.casefold().split()) <= set(words.casefold().split()):
            return words
    return place


def _usual_case(place: str) -> str:
    words = (place.title() if place.isupper() else place).replace("&", "and").split()
    return " ".join(
        word.lower() if number and word.lower() in _SMALL_WORDS else word[:1].upper() + word[1:]
        for number, word in enumerate(words)
    )


def _place_in_text(words: str, reading: Reading) -> str:
    """The words of a file name as the text writes them, where it uses them as a place."""
    parts = [word for word in words.split() if word.lower() not in _SMALL_WORDS]
    gap = r"[\s-]+(?:(?:and|And|&|upon|Upon|on|of|the)[\s-]+){0,2}"
    written = gap.join(f"(?:{re.escape(p.upper())}|{re.escape(p.capitalize())})" for p in parts)
    pattern = re.compile(
        r"(?:\b(?:in|of|across|for|and|the)\s+(?:the\s+)?(?:\w+\s+(?:Borough|City|County)\s+of\s+)?"
        rf"(?P<after>{written})\b)"
        rf"|\b(?P<before>{written})(?=\s+(?:[A-Z]\w+\s+){{0,3}}"
        r"(?:[Cc]ouncil|[Bb]orough|City|[Cc]ounty|local|LA|PDU|region|[Cc]hildren))"
        rf"|^(?P<alone>{written})$",
        re.MULTILINE,
    )
    match = pattern.search(reading.text)
    return " ".join((match["after"] or match["before"] or match["alone"]).split()) if match else ""


def _period(opening: str, reading: Reading, name: NameFacts, kind: str) -> str:
    if match := _FIELD_DATES.search(opening):
        return " ".join(match["dates"].split())
    if match := _VISITED.search(opening):
        return " ".join(match["dates"].split())
    if match := _PERIOD.search(reading.text[: 6 * _OPENING]):
        return " ".join(match["dates"].split())
    if kind == "annual" and (years := _REPORTING_YEAR.search(opening)):
        return years[0]
    return name.published if kind == "annual" else ""
