"""Which way a text leans: what it denies, and on which end of opposites it stands."""

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from ingest.words import stem, words

_NEGATIVE = re.compile(
    r"\b(?:not|n't|never|no|none|nobody|nowhere|nothing|neither|nor|without|cannot|lack(?:s|ed|ing)?|fail(?:s|ed|ing"
    r"|ure)?|unable|refus\w+|hardly|scarcely|rarely|seldom|too\s+(?:few|little)|fell\s+short|far\s+from"
    r"|falls?\s+short|short\s+of|struggl\w+|rul(?:es?|ed|ing)\s+out"
    # "Little help" is hardly any; a little is some, and little children are children.
    r"|(?<!\ba\s)(?<!\btoo\s)little(?!\s+(?:by|more|ones?|boys?|girls?|child\w*)\b))\b|n['’]t\b",
    re.IGNORECASE,
)
# Words that deny by their form: "unsuitable", "powerless", "insufficient". Those that name a group or a
# thing ("unaccompanied", "homeless", "absence") deny nothing.
_FORMED = re.compile(
    r"\b(?:un(?!der|it|iv|if|iq|io|til|less|accompan|announc|cover|veil|lock|anim|doubt|preced)\w{5,}"
    r"|in(?:sufficien|adequa|appropria|effectiv|consisten|complet|accura|frequen|stab)\w+"
    r"|im(?:proper|possib)\w*|(?!un|regard|none?the|neverthe|home|count|seam|relent)\w{3,}less(?:ness)?|absent)\b",
    re.IGNORECASE,
)
_A_LITTLE = re.compile(r"\ba\s+little\b", re.IGNORECASE)  # some, not hardly any
HARD = frozenset(
    {"direction", "comparison", "safe"}
)  # axes: no agreement elsewhere outweighs these
REACH = 6  # words that a negation reaches ahead; one that a clause begins with reaches all of it
_NONE = frozenset(("none", "nobody", "nothing", "neither"))
# "Not timely, detailed or of good quality": what stands between commas there is denied, too.
_DENIED_LIST = re.compile(
    r"\bnot\s+(?:[\w’'-]+\s+)?[\w’'-]+(?:,\s+[\w’'-]+(?:\s+[\w’'-]+)?)+\s+(?:or|nor)\b",
    re.IGNORECASE,
)
_NO_DENIAL = re.compile(
    r"\b(?:no(?=\s+doubt\b)|not(?=\s+only\b)|without(?=\s+(?:exception|doubt)\b))", re.IGNORECASE
)
_NONE_AGAINST = re.compile(
    r"\b(?:nobody|nothing|none)(?=\s+(?:disput|doubt|prevent|is\s+more))", re.IGNORECASE
)
_CLAUSE = re.compile(r"[,;:()–—]|\b(?:and|but|while|although|though|however|because)\b", re.I)
_DENIALS = frozenset(
    words(
        "not no never none nor neither without cannot lack lacks lacked lacking fail fails failed"
        " failing unable hardly scarcely rarely seldom little nowhere nobody nothing"
    )
)
_AUXILIARIES = frozenset(
    words("is are was were do does did has have had could would should wo ca need")
)


def negations(text: str) -> int:
    """How many words of `text` deny what follows."""
    return len(_NEGATIVE.findall(_NO_DENIAL.sub(" ", text))) + len(_FORMED.findall(text))


def leanings(text: str) -> dict[str, int]:
    """For each axis of opposites on which `text` leans, +1, -1, or 0 where it leans both ways.

    A negation some words before, in the same clause, turns a word round; "none" or the like at its
    beginning all of its words, and "not" all of a list.
    """
    found: dict[str, set[int]] = {}
    for pattern in (_A_LITTLE, _NO_DENIAL, _NONE_AGAINST):
        text = pattern.sub(" ", text)
    text = _DENIED_LIST.sub(lambda m: m[0].replace(",", " "), text)
    for clause in _CLAUSE.split(text):
        tokens = words(clause)
        roots = [stem(token) for token in tokens]
        for axis, sides in _axes().items():
            for side, phrases in sides.items():
                for phrase in phrases:
                    for i in _places(phrase, roots):
                        near = max(0, i - REACH)
                        denials = sum(map(_denies, tokens[near:i]))
                        denials += near > 0 and tokens[0] in _NONE
                        found.setdefault(axis, set()).add(side * (-1) ** denials)
    return {axis: signs.pop() if len(signs) == 1 else 0 for axis, signs in found.items()}


def _places(phrase: tuple[str, ...], roots: list[str]) -> Iterator[int]:
    size = len(phrase)
    return (i for i in range(len(roots) - size + 1) if tuple(roots[i : i + size]) == phrase)


@lru_cache(maxsize=1)
def _axes() -> dict[str, dict[int, list[tuple[str, ...]]]]:
    stored = tomllib.loads((files(__package__) / "opposites.toml").read_text(encoding="utf-8"))
    return {
        axis: {
            sign: [tuple(stem(word) for word in words(phrase)) for phrase in sides[number]]
            for number, sign in ((0, 1), (1, -1))
        }
        for axis, sides in stored.items()
    }


def _denies(token: str) -> bool:
    return token in _DENIALS or (token.endswith("nt") and token[:-2] in _AUXILIARIES)
