"""Cleans characters that a PDF spells oddly, and joins the lines of a paragraph again."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

BULLETS = frozenset("•◦▪▫■□●○◼◾◆◇►▸▶➢➤✓✔❖‣⁃∙·*–—−‒-o")
"""Glyphs that begin an item."""

_PREFIXES = frozenset(
    {
        "all", "anti", "co", "cross", "de", "ex", "extra", "full", "half", "high", "ill", "in",
        "inter", "long", "low", "mid", "multi", "near", "non", "on", "one", "out", "over", "part",
        "post", "pre", "pro", "quasi", "re", "self", "semi", "short", "sub", "under", "up", "well",
        "whole",
    }
)  # fmt: skip
_LIGATURES = {
    0xFB00 + i: text for i, text in enumerate(("ff", "fi", "fl", "ffi", "ffl", "ft", "st"))
}
_SPACES = dict.fromkeys((0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
_HYPHENS = {0x2010: "-", 0x2011: "-", 0x0002: "-"}  # the engine marks a hyphen at a line's end as 2
_TABLE = {**_LIGATURES, **_SPACES, **_HYPHENS}
_SOFT_HYPHEN = "\u00ad"
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_BROKEN = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)([-\u00ad])$")
_SUSPENDED = re.compile(r"(?:and|or|to|nor|as well as)\s")  # "short- and longer-term"
_NEXT = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)")


def clean(text: str) -> str:
    """`text` in NFC with plain spaces and hyphens, without ligatures and unprintable characters.

    A soft hyphen stays only at the very end, where `Joiner` needs it.
    """
    text = text.translate(_TABLE)
    text = "".join(ch for ch in text if _prints(ch))
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()
    return text[:-1].replace(_SOFT_HYPHEN, "") + text[-1:]


class Joiner:
    """Joins lines; a word broken at a line's end is spelt as the document spells it elsewhere."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: Counter[str] = Counter()
        breaks: list[tuple[str, str]] = []
        left = ""  # the first part of a word that the line before breaks off
        for line in lines:
            words = _WORD.findall(line.lower())
            if left and words:
                breaks.append((left, words[0]))
                words = words[1:]
            broken = _BROKEN.search(line.lower())
            left = broken[1] if broken else ""
            self._words.update(words[:-1] if broken else words)
        evidence = [self._evidence(*parts) for parts in breaks]
        self._joins = sum(votes > 0 for votes in evidence)
        self._keeps = sum(votes < 0 for votes in evidence)

    def join(self, lines: Iterable[str]) -> str:
        """The lines as one run of text with single spaces."""
        text = ""
        for line in lines:
            text = self.pair(text, line) if text else line
        return text.removesuffix(_SOFT_HYPHEN)

    def pair(self, text: str, line: str) -> str:
        """`text` continued by `line`."""
        kept, joint = self.joint(text, line)
        return kept + joint + line

    def joint(self, text: str, line: str) -> tuple[str, str]:
        """What to keep of `text`, and what to put between it and `line`."""
        if text.endswith("-") and _SUSPENDED.match(line):
            return text, " "
        broken = _BROKEN.search(text)
        if broken is None:
            glued = text.endswith(("/", "-")) or (text[-1:] == "–" and text[-2:-1].isdigit())
            return text, "" if glued else " "
        following = _NEXT.match(line)
        if following is None or not following[1][0].islower():
            return text, "" if text.endswith("-") and line[:1].isalnum() else " "
        if text.endswith(_SOFT_HYPHEN) or self._is_one_word(broken[1], following[1]):
            return text[:-1], ""
        return text, ""

    def _is_one_word(self, left: str, right: str) -> bool:
        left, right = left.lower(), right.lower()
        if votes := self._evidence(left, right):
            return votes > 0
        # Neither form occurs. A word processor breaks at real hyphens only; a typesetter anywhere.
        if self._keeps > self._joins or "-" in left + right or left in _PREFIXES:
            return False
        known = [self._words[left] > 0, self._words[right] > 0]  # two words make a compound
        return not all(known) if self._joins > self._keeps else not any(known)

    def _evidence(self, left: str, right: str) -> int:
        """How much more often the word stands elsewhere without a hyphen than with one."""
        return self._words[left + right] - self._words[f"{left}-{right}"]


def _prints(ch: str) -> bool:
    if ch == _SOFT_HYPHEN or ch.isspace():
        return True
    return unicodedata.category(ch) not in ("Cc", "Cf", "Co", "Cs", "Cn") and ch != "\ufffd"
