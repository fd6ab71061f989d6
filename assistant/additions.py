"""What a claim asserts beyond a sentence: that it is only so, why, by how much it changed.

An assertion of such a kind is not proved by a sentence that has none of that kind, however near it
comes otherwise.
"""

import re

_KINDS = {
    # "Only families with a social worker"; but "only a third" just belittles a figure.
    "only": r"\b(?:only|solely|exclusively|sole|nobody\s+but|no\s+one\s+but|nothing\s+but|alone)\b"
    r"(?!\s+(?:an?\b|about|around|some|half|one|two|three|four|five|six|seven|eight|nine|ten|\d))",
    "cause": r"\b(?:because|due\s+to|owing\s+to|thanks\s+to|on\s+account\s+of|as\s+a\s+result"
    r"|caus(?:e[ds]?|ing)"
    r"|led\s+to|leads?\s+to|leading\s+to|attribut\w+|in\s+(?:response|protest|reaction)"
    r"|result(?:s|ed|ing)\s+(?:in|from)"
    r"|driven\s+by|down\s+to|reasons?|why|therefore|consequen\w+|meant\s+that|means\s+that|so\s+that"
    r"|hindered|undermined|impact\w*|affect\w*)\b",
    "multiple": r"\b(?:doubl\w+|halv\w+|tripl\w+|trebl\w+|twice|thrice|\w+fold"
    r"|half\s+(?:what|as|the\s+number|of\s+what))\b",
    "first": r"\b(?:first\s+(?:ever|time)|never\s+before|for\s+the\s+first|unprecedented|pioneer\w*)\b",
}
_ASSERTED = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _KINDS.items()}
# "Affected" and its like count as a cause in a sentence, and are too common to claim one.
_CAUSE = re.compile(
    r"\b(?:because|due\s+to|owing\s+to|thanks\s+to|on\s+account\s+of|as\s+a\s+result\s+of|caused\s+by"
    r"|in\s+protest|attributed\s+to|down\s+to)\b",
    re.IGNORECASE,
)


def additions(claim: str, text: str) -> frozenset[str]:
    """The kinds of assertion that `claim` makes and `text` does not."""
    return frozenset(
        kind
        for kind, pattern in _ASSERTED.items()
        if (_CAUSE if kind == "cause" else pattern).search(claim) and not pattern.search(text)
    )
