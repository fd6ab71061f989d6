"""Passages that we made up in the manner of inspection reports, with questions and claims about them.

`sets/invented.train.txt` holds them as blocks divided by an empty line. The first line of a block is
`# report title | section`; then come its sentences, each with its number; then what is asked or
claimed: `Q3` a question that sentence 3 answers, `U` one that no sentence answers, `S3` a claim that
sentence 3 supports, `C3` one that it contradicts, `N3` one near it that nothing there decides. Where
two sentences are needed, both are named: `S2,3`. A question that follows on another is written after
it: `Q3 how many were late? >> and how many of those badly?`, where sentence 3 answers the latter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

INVENTED = Path(__file__).parent / "sets" / "invented.train.txt"
_SENTENCE = re.compile(r"(\d+)\s+(\S.*)")
_FOLLOWS = " >> "
_ASKED = re.compile(r"([QUSCN])\s*(\d+(?:\s*,\s*\d+)*)?\s+(\S.*)")


class Kind(StrEnum):
    """What a line about a passage is."""

    ANSWERED = "Q"
    UNANSWERED = "U"
    SUPPORTED = "S"
    CONTRADICTED = "C"
    NEITHER = "N"


@dataclass(frozen=True)
class Asked:
    """A question or claim, and the positions of the sentences that it is about; one that follows on
    another after that, as the assistant completes it."""

    kind: Kind
    text: str
    about: tuple[int, ...]


@dataclass(frozen=True)
class Passage:
    """One block."""

    title: str
    section: str
    sentences: tuple[str, ...]
    asked: tuple[Asked, ...]


def passages(path: Path = INVENTED) -> Iterator[Passage]:
    """The blocks of a file; raises ValueError that names a line which is none of the above."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = [line.strip() for line in block.splitlines() if line.strip()]
        if not lines:
            continue
        title, _, section = lines[0].removeprefix("#").partition("|")
        numbered: dict[str, str] = {}
        asked = []
        for line in lines[1:]:
            if sentence := _SENTENCE.fullmatch(line):
                numbered[sentence[1]] = sentence[2]
            elif found := _ASKED.fullmatch(line):
                about = re.findall(r"\d+", found[2] or "")
                places = tuple(list(numbered).index(n) for n in about)
                asked.append(Asked(Kind(found[1]), found[3].replace(_FOLLOWS, " "), places))
            else:
                raise ValueError(f"{path.name}: {line!r} is no line of a passage.")
        yield Passage(title.strip(), section.strip(), tuple(numbered.values()), tuple(asked))
