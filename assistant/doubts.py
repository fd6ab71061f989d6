"""Verdicts that are not to be believed, by the look of the claim and the sentence: left open instead."""

import re

from assistant.answer import VerdictKind
from assistant.candidates import Candidate
from assistant.compare import Comparison, Evidence
from assistant.dated import of_publication, tells_of_publication
from assistant.leanings import leanings, negations
from assistant.matched import OPPOSED
from ingest.report import BlockKind
from ingest.words import content_words

_LABELLED = re.compile(r"[A-Z][^.:;?!]{2,40}:\s[^.;?!]{3,120}")


def is_doubtful(
    claim: str,
    verdict: VerdictKind,
    candidate: Candidate,
    evidence: Evidence,
    comparison: Comparison,
) -> bool:
    """Whether what the trees make of a claim beside the sentence of `candidate` is likely wrong."""
    if verdict is VerdictKind.SUPPORTED:
        return _turns(claim, evidence.text)
    if verdict is VerdictKind.CONTRADICTED:
        return _misreads(candidate, comparison) or _dates_another(claim, evidence, comparison)
    return False


def _turns(claim: str, text: str) -> bool:
    """Whether what seems to support a claim has its very words, and denies once more or less, or has the
    opposite of one of them."""
    denied = abs(negations(text) - negations(claim)) == 1
    own, there = set(content_words(claim)), set(content_words(text))
    mine, theirs = own - there, there - own
    if len(mine) == len(theirs) == 1:
        one, other = leanings(mine.pop()), leanings(theirs.pop())
        return not denied and any(sign and other.get(axis) == -sign for axis, sign in one.items())
    return denied and not (mine or theirs)


def _misreads(candidate: Candidate, comparison: Comparison) -> bool:
    """Whether a claim is refuted by the reader's word alone beside a row of a table, or a line such as
    "Inspection dates: ...": what these say is for the rules, and the reader takes a date or score that is
    just so for another."""
    is_row = candidate.sentence.kind is BlockKind.ROW
    if not (is_row or _LABELLED.fullmatch(candidate.around.text)):
        return False
    differs = any(m.state in OPPOSED for m in comparison.matched)
    return not (differs or comparison.against or comparison.unnamed)


def _dates_another(claim: str, evidence: Evidence, comparison: Comparison) -> bool:
    """Whether what says when a report came out is refuted by what tells of no publication, as the days of
    an inspection do not."""
    matched = comparison.matched
    if not of_publication(claim, matched):
        return False
    return not tells_of_publication(evidence.text) or matched[0].state not in OPPOSED
