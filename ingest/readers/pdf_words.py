"""Cleans characters that a PDF spells oddly, and joins the lines of a paragraph again."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

BULLETS = frozenset("•◦▪▫■□●○◼◾◆◇►▸▶➢➤✓✔❖‣⁃∙·*–—−‒-o")
"""Glyphs that begin an item."""

_LIGATURES = {
    0xFB00 + i: text for i, text in enumerate(("ff", "fi", "fl", "ffi", "ffl", "ft", "st"))
}
_SPACES = dict.fromkeys((0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
_HYPHENS = {0x2010: "-", 0x2011: "-", 0x0002: "-"}  # the engine marks a hyphen at a line's end as 2
_TABLE = {**_LIGATURES, **_SPACES, **_HYPHENS}
_SOFT_HYPHEN = "\u00ad"
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_BROKEN = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)([-\u00ad])$")
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
        for line in lines:
            whole = line[:-1] if line.endswith(("-", _SOFT_HYPHEN)) else line
            self._words.update(word.lower() for word in _WORD.findall(whole))

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
        joined, hyphened = (left + right).lower(), f"{left}-{right}".lower()
        if self._words[joined] != self._words[hyphened]:
            return self._words[joined] > self._words[hyphened]
        # Neither occurs: two words that stand alone elsewhere are a compound.
        return not (self._words[left.lower()] and self._words[right.lower()])


def _prints(ch: str) -> bool:
    if ch == _SOFT_HYPHEN or ch.isspace():
        return True
    return unicodedata.category(ch) not in ("Cc", "Cf", "Co", "Cs", "Cn") and ch != "\ufffd"
