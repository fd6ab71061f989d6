"""Divides a claim into its parts: its sentences, and the assertions that a sentence joins."""

import re
from collections.abc import Collection

import sentencex

from assistant.article_context import NATION, VERB, Context
from ingest.words import words

LEAST_WORDS = 4  # of a sentence that asserts something
LEAST_JOINED = 5  # of an assertion among others
_SEMICOLON = re.compile(r"\s*;\s+")
_JOINS = re.compile(
    r",\s+(?:and|but|while|whereas|although|though|yet)\s+"
    r"|(?<!\ball)(?<!\bnothing)(?<!\banything)(?<!\bnone)\s+(?:but|while|whereas|although)\s+"
)
_GOES_ON = re.compile(rf"(?:(?:also|then|still|now|only|since)\s+)*{VERB}\b")
_POINTS = re.compile(
    r"(?:it|its|they|them|their|this|that|these|those|there|he|she|his|her|we|who|whom|which|what|where|when"
    r"|if|because|as|after|before|since|with|by|for|to|in\s+(?:it|them|which))\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"(?:it|its|they|them|their|this|that|these|those|he|she|his|her)\b", re.IGNORECASE
)
# What stands for something else of the sentence, wherever it stands.
_STANDS_FOR = re.compile(
    r"\b(?:these|them|there|such|the\s+(?:same|latter|former|others?))\b"
    r"|\b(?:about|of|for|to|by|with|from|on|in|do|did|done)\s+(?:it|so)\b"
    r"|\bthose\b(?!\s+(?:who|whose|that|of|in|for|with|from|to|at|on|under|over|past|aged|\w+ed)\b)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“”\"]")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# "Leeds's services were": whose the services are, "its" is, too. "England's largest prison was" tells not.
_OWNER = re.compile(rf"(?P<owner>[A-Z][\w ’'-]*?)[’']s?\s[\w-]+\s{VERB}\b")
_OWNS = re.compile(r"[\w ’'-]*?\w[’']s?\s")
_ELSEWHERE = re.compile(
    r"\b(?:elsewhere|neighbouring|other\s+(?:places?|areas?|regions?|units?|councils?))\b", re.I
)
_ANOTHER_TIME = re.compile(
    r"\b(?:earlier|later|previously|now)\b|\b(?:before|after|since)(?=\W*$|\s+(?:then|that)\b)",
    re.I,
)
_STANDS_ALONE = re.compile(rf"(?:[\w’'%£.,()–-]+\s+){{1,14}}?(?:{VERB}|\w{{3,}}ed)\b")
_CAPITALS = re.compile(r"[A-Z][\w’-]*(?:(?:\s+(?:and|upon|on|of|the))?\s+[A-Z][\w’-]*)*")


def parts_of(claim: str) -> list[str]:
    """The sentences of a claim, and what semicolons part in them, each told in full.

    A claim stays whole where one of them is no assertion by itself, or begins or ends inside quoted words.
    """
    context, told = Context([]), list[str]()
    sentences = (sentence.strip() for sentence in sentencex.segment("en", claim))
    for part in (part for sentence in sentences for part in _SEMICOLON.split(sentence) if part):
        whole = context.completed(part, joined=not part.startswith("This "))
        points = told and _POINTS_BACK.match(part) and whole == part
        if points or len(words(part)) < LEAST_WORDS or len(_QUOTED.findall(part)) % 2:
            return [claim]
        told.append(whole)
    return told


def assertions_of(sentence: str, places: Collection[str]) -> list[str]:
    """The assertions that a sentence joins with "and", "but" and the like, each told in full: with the
    subject that it goes on with, or points back to, and the place and year that the sentence names.

    What cannot be told in full stays with what stands before it, and a sentence of several years or with
    quoted words as it is. `places` are the words, in small letters, of the places that reports are about.
    """
    if len(set(_YEAR.findall(sentence))) > 1 or _QUOTED.search(sentence):
        return [sentence]
    ends = [*(match.span() for match in _JOINS.finditer(sentence)), (len(sentence), len(sentence))]
    told, begin = list[str](), 0
    for position, (end, _) in enumerate(ends):
        piece = sentence[begin:end].strip().rstrip(".")
        after = ends[position][1]
        if not told:
            whole = piece if _STANDS_ALONE.match(piece) and _is_long(piece) else ""
        else:
            whole = _in_full(piece, told[0], places) if _is_long(piece) else ""
        if whole:
            told.append(whole)
        elif told:
            told[-1] = f"{told[-1]}{sentence[ends[position - 1][0] : end]}".rstrip(".")
        else:
            return [sentence]
        begin = after
    if len(told) < 2:
        return [sentence]
    placed = [
        _placed(one, sentence, "".join(told[:before]), places) for before, one in enumerate(told)
    ]
    return [f"{one[0].upper()}{one[1:]}." for one in placed]


def _is_long(piece: str) -> bool:
    return len(words(piece)) >= LEAST_JOINED


def _in_full(piece: str, first: str, places: Collection[str]) -> str:
    """A later assertion told in full; empty where it cannot be."""
    if _STANDS_FOR.search(piece):
        return ""
    if piece.startswith("its ") and _OWNS.match(first):
        owner = _OWNER.match(first)
        known = owner and _is_place(owner["owner"], places)
        return f"{owner['owner']}’s {piece.removeprefix('its ')}" if owner and known else ""
    context = Context([])
    context.completed(f"{first}.")
    if _GOES_ON.match(piece):
        return context.gone_on(piece)
    if _POINTS.match(piece):
        capital = piece[0].upper() + piece[1:]
        whole = context.completed(capital)
        return whole if whole != capital else ""
    return piece if _STANDS_ALONE.match(piece) else ""


def _placed(assertion: str, sentence: str, before: str, places: Collection[str]) -> str:
    """An assertion with the one place of the sentence, and the year before it, where it has none itself."""
    named = {run for run in _CAPITALS.findall(sentence) if _is_place(run, places)}
    scope = ""
    if len(named) == 1:
        (place,) = named
        own = any(word[0].isupper() and word in assertion for word in place.split())
        if not (own or NATION.search(assertion) or _ELSEWHERE.search(assertion)):
            scope = f"in {re.sub(r'[’]s?$', '', place)}"
    year = _YEAR.search(before)
    if year and not (_YEAR.search(assertion) or _ANOTHER_TIME.search(assertion)):
        scope = f"{scope} in {year[0]}".strip()
    return f"{scope}, {assertion}" if scope else assertion


def _is_place(run: str, places: Collection[str]) -> bool:
    told = [w for w in words(run) if w not in ("and", "upon", "on", "of", "the", "s")]
    return bool(told) and all(word in places for word in told)
