"""Finds the title of a report, also where its first line is none."""

import re
from collections.abc import Iterator, Mapping

from ingest.dates import find_dates
from ingest.file_name import NameFacts
from ingest.readers.shapes import bare, ends_in_colon, ends_sentence
from ingest.report import BlockKind, Reading

_LONGEST = 160
_LONGEST_STATED = 300
_MOST_LINES = 8
_STOP = re.compile(
    r"(?:inspection|fieldwork)? ?dates?\b|dates? of|lead inspector|(?:report )?published|judgement"
    r"|contents\b|judgment|©",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"(?:the )?(?:findings?|key findings|introduction|summary|executive summary|overview|background"
    r"|foreword|contents|(?:[a-z]+ ){0,4}report"
    r"|requires improvement(?: to be good)?|inadequate|good|outstanding|recommendations?|news"
    r"|press release|home|untitled.*|document\d*|page \d+|staffing|leadership|and|date|by .{0,40})",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"\b(?:re-?)?inspect|\breport\b|\breview\b|\bannual\b|\bstatistic|\bbulletin\b|\bguid(?:e|ance)\b"
    r"|\bthematic\b|\bstudy\b|\binquiry\b|\bannounce|\bdigest\b",
    re.IGNORECASE,
)
_MACHINE = re.compile(
    r"\.(?:docx?|pdf|odt|rtf|indd|pptx?)\b|microsoft word|\bdraft\b|\btemplate\b"
    r"|\bfinal\b.*\bclean\b|\b(?:LA|PDU) NAME\b|INSPECTION DATE|\bv\d+\b|[_]{1,}",
    re.IGNORECASE,
)
_PUBLISHED_WORK = re.compile(
    r"\bpublish\w+ (?:its|their|an?|the|a new) (?:new |latest )?"
    r"(?P<work>[^.;:]*?\b(?:inspection|report|review|bulletin|study)\b[^.;:]*)",
    re.IGNORECASE,
)


def shown_title(reading: Reading, overrides: Mapping[str, str], name: NameFacts) -> str:
    """The title to show: what is stated, else what stands at the top, else the first sentence."""
    if overrides.get("title"):
        return overrides["title"]
    stated = " ".join(reading.properties.get("title", "")[:_LONGEST_STATED].split())
    if stated and _is_trustworthy(stated, reading):
        return stated
    return _from_opening(reading) or _from_sentence(reading) or name.words or "Untitled report"


def opening_lines(reading: Reading, *, dates: bool = False) -> list[str]:
    """The titles over a report, top down, up to its particulars or first sentence.

    Lines that are dates are left out unless `dates`.
    """
    lines: list[str] = []
    for kind, line in _first_page(reading):
        if kind in (BlockKind.FURNITURE, BlockKind.NOTE):
            continue
        if _STOP.match(line) or len(lines) >= _MOST_LINES:
            break
        if kind is not BlockKind.HEADING and (ends_sentence(line) or len(line) > _LONGEST):
            break
        if ends_in_colon(line) or kind in (BlockKind.ITEM, BlockKind.HEADER, BlockKind.ROW):
            break
        found = list(find_dates(line))
        is_date = bool(found) and found[0].end - found[0].start >= len(line) - 2
        if (dates or not is_date) and re.search(r"[^\W\d_]{2}", line):
            lines.append(line)
    return lines


def _first_page(reading: Reading) -> Iterator[tuple[BlockKind, str]]:
    end = reading.page_starts[1] if len(reading.page_starts) > 1 else len(reading.text)
    for block in reading.blocks:
        if block.start >= end:
            return
        yield block.kind, bare(reading.text[block.start : min(block.end, end)])


def _is_trustworthy(stated: str, reading: Reading) -> bool:
    """Whether a title in the file's properties is the report's, not its template's."""
    if _MACHINE.search(stated) or _GENERIC.fullmatch(stated):
        return False
    if len(reading.page_starts) == 1:
        return True
    words = set(re.findall(r"\w{4,}", stated.casefold()))
    on_page = set(re.findall(r"\w{4,}", reading.text[: reading.page_starts[1]].casefold()))
    return len(words) >= 2 and len(words & on_page) >= 0.6 * len(words)


def _from_opening(reading: Reading) -> str:
    lines = _joined(opening_lines(reading))
    sound = [line for line in lines if not _GENERIC.fullmatch(line)]
    for index, line in enumerate(sound):
        if _WORK.search(line) and len(line.split()) >= 3:
            before = sound[index - 1] if index else ""
            apart = before and not _WORK.search(before) and before.casefold() not in line.casefold()
            title = f"{before}: {line}" if apart else line
            return title[:_LONGEST].rstrip()
    headed = [bare(text) for kind, text in _first_page(reading) if kind is BlockKind.HEADING]
    best = [line for line in sound if line in headed] or sound
    return best[0][:_LONGEST] if best and len(best[0].split()) >= 2 else ""


def _joined(lines: list[str]) -> list[str]:
    """Makes one line of a title that was broken."""
    joined: list[str] = []
    for line in lines:
        broken = joined and (
            line[:1].islower() or re.search(r"\b(?:of|and|the|for|in)$", joined[-1])
        )
        if broken and line.casefold() != "and" and not joined[-1].casefold().endswith(" and and"):
            joined[-1] = f"{joined[-1]} {line}"
        elif line.casefold() != "and":
            joined.append(line)
    return joined


def _from_sentence(reading: Reading) -> str:
    for kind, text in _first_page(reading):
        if kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and len(text.split()) >= 4:
            match = _PUBLISHED_WORK.search(text[:600])
            sentence = match["work"] if match else re.split(r"(?<=[.!?])\s", text)[0]
            return _shortened(sentence[:1].upper() + sentence[1:])
    return ""


def _shortened(sentence: str) -> str:
    if len(sentence) <= _LONGEST:
        return sentence.rstrip(" .")
    return sentence[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
