"""Tells from the look of a run of text what it may be: a title, a caption, debris of a chart."""

import re

from ingest.dates import find_dates

LONGEST_TITLE = 110
_MOST_TITLE_WORDS = 16

_MARKUP = re.compile(r"</?[a-z]{1,6}>|\*\*|__|\$?\\[a-z]+\{|\}+\$?|`", re.IGNORECASE)
_TRAIL = "'\"’”)]*_ \t\n⁰¹²³⁴⁵⁶⁷⁸⁹"
_PARTICULARS = re.compile(r"https?://|www\.|\S@\S|^published\b", re.IGNORECASE)
_NUMBER = re.compile(r"[-–+]?[£$€]?\d[\d,.]*(?:%|k|m|bn)?")
_PAGE_MARK = re.compile(r"[-–—\s]*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[-–—\s]*", re.I)
_LEGEND = re.compile(r"(?:^|\s)[■□▪▫●○◆◼◾▲►▬]\s")
_CAPTION = re.compile(
    r"(?:\*\*)?(?P<what>figure|fig\.?|table|chart|graph|map|exhibit|box)\s+"
    r"(?:\d{1,3}(?:\.\d{1,2})?[a-z]?|[A-Z])\b\s*(?P<mark>[:.–—-])?\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_LEADING_IN = re.compile(
    r"(?:\b(?:following|below|as follows|these)\b[^.]*\.?|[^.?!;”’\"')])$", re.IGNORECASE
)
_SUPERSCRIPT_NOTE = re.compile(r"\s*[⁰¹²³⁴⁵⁶⁷⁸⁹]+\s*\S")
_NUMBERED_NOTE = re.compile(r"\s*\d{1,3}\s+[A-Z‘“'\"<$]")
_ABBREVIATION_KEY = re.compile(r"[A-Z]{1,5}\s*=\s*\S.{0,80}")
_SOURCE = re.compile(
    r"https?://|www\.|<u>|\\underline|GOV\.UK|\.(?:ods|xlsx?|pdf|csv)\b|\bibid\b"
    r"|\bavailable (?:at|from)\b|\bpara(?:graph)?s?\.? \d|\bsection \d+ of\b",
    re.IGNORECASE,
)


def bare(text: str) -> str:
    """A short text without inline markup and with single spaces, for judging and comparing."""
    return " ".join(_MARKUP.sub("", text).split())


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does, closing quotes and reference marks aside."""
    return bare(text).rstrip(_TRAIL).endswith((".", "!", "?", "…"))


def ends_in_colon(text: str) -> bool:
    """Whether something is announced to follow."""
    return bare(text).rstrip(_TRAIL + "-–—").endswith(":")


def leads_in(text: str) -> bool:
    """Whether a paragraph introduces a list below it: it says so, or it breaks off."""
    return _LEADING_IN.search(text) is not None


def begins_lower(text: str) -> bool:
    """Whether the text begins in the middle of a sentence."""
    first = bare(text).lstrip("'\"‘“([")[:1]
    return first.islower()


def looks_like_title(text: str) -> bool:
    """Whether a line alone could head what follows; its surroundings must still agree."""
    text = bare(text)
    if not 2 <= len(text) <= LONGEST_TITLE or len(text.split()) > _MOST_TITLE_WORDS:
        return False
    end = text.rstrip(_TRAIL)[-1:]
    if end in {".", "!", ";", ":", ",", "…"} or _PARTICULARS.search(text):
        return False
    first = text.lstrip("'\"‘“([")[:1]
    if not (first.isupper() or first.isdigit()) or not re.search(r"[^\W\d_]{2}", text):
        return False
    dates = [text[found.start : found.end] for found in find_dates(text)]
    return not (dates and len(dates[0]) > 0.6 * len(text))


def is_caption(text: str) -> bool:
    """Whether the text names a figure or table, rather than being a sentence about one."""
    match = _CAPTION.fullmatch(text.strip())
    if match is None or len(text) > 300:
        return False
    if match["mark"] in (":", "–", "—", "-") or not match["rest"]:
        return True
    return match["rest"][:1].isupper() and not ends_sentence(match["rest"])


def captions_chart(text: str) -> bool:
    """Whether a caption belongs to a picture, whose axis and legend leave debris around it."""
    match = _CAPTION.match(text.strip())
    return match is not None and match["what"].lower() not in ("table", "box")


def is_debris(text: str) -> bool:
    """Whether the text is what is left of a chart or page: axis labels, a legend, a page number."""
    stripped = text.strip()
    if not re.search(r"[^\W\d_]", stripped) or _PAGE_MARK.fullmatch(stripped):
        return True
    if ends_sentence(stripped):
        return False
    if len(_LEGEND.findall(stripped)) >= 2:
        return True
    words = stripped.split()
    return _longest_run_of_numbers(words) >= 4 and len(words) < 60


def is_note(text: str, references: str) -> bool:
    """Whether the text is a footnote; `references` holds the reference marks seen in the report."""
    if _SUPERSCRIPT_NOTE.match(text) or _ABBREVIATION_KEY.fullmatch(text.strip()):
        return True
    if not _NUMBERED_NOTE.match(text) or "\t" in text:
        return False
    number = text.split(maxsplit=1)[0]
    if superscript(number) in references and len(text) < 400:
        return not text[len(number) :].strip()[:1].islower()
    return len(text) < 400 and _SOURCE.search(text) is not None


def superscript(number: str) -> str:
    """The digits of a number as reference marks."""
    return number.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _longest_run_of_numbers(words: list[str]) -> int:
    longest = run = 0
    for word in words:
        run = run + 1 if _NUMBER.fullmatch(word) else 0
        longest = max(longest, run)
    return longest
