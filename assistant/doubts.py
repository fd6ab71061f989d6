"""Verdicts that are not to be believed, by the look of the claim and the sentence: left open instead."""

import re

from assistant.answer import VerdictKind
from assistant.assertions import Sort, values
from assistant.candidates import Candidate
from assistant.compare import Comparison, Evidence
from assistant.dated import of_publication, tells_of_publication
from assistant.decide import Decision
from assistant.differences import sign_of
from assistant.leanings import leanings, negations
from assistant.matched import BORNE, OPPOSED
from assistant.verdicts import tells_of_earlier
from ingest.report import BlockKind
from ingest.words import content_words

# A claim is refuted by the reader's word, or by values, alone only from such a chance on; and from more on by
# the reader where the sentence has all the claim's values. Of 19 claims that were refuted below these
# chances (of some 1,260, 180 of them over reports of other inspectorates) 4 are false.
UNSURE, SURE = 0.5, 0.9
NEXT = 25  # characters at most between "also" or "still" and the grade
_BEFORE = re.compile(
    r"\b(?:previous(?:ly)?|before(?:hand)?|formerly|earlier|(?:the\s+)?(?:last\s+time|time\s+before)|used\s+to\s+be)\b",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\b(?:slip(?:s|p(?:ed|ing))|(?:down|up)graded|changed|lost|went\s+from|deteriorated"
    r"|mov(?:ed|ing)\s+(?:up|down|on|from)|(?:went|gone)\s+(?:up|down)|improv(?:ed|ing)|worsened|dropp(?:ed|ing)"
    r"|f[ea]ll(?:en|ing)?|r[oi]se(?:n)?|climb(?:ed|ing)|jump(?:ed|ing)|(?:up|down)\s+from|(?:better|worse)\s+(?:grade|rating))\b",
    re.IGNORECASE,
)
_STAYS = re.compile(
    r"\b(?:also|again|still|remain(?:s|ed|ing)?|unchanged|stay(?:s|ed)|same|kept|retain(?:s|ed))\b",
    re.IGNORECASE,
)
_SIDES = re.compile(r"\b(?:than|as\s+(?:many|much|high|low|long|often|big)\s+as)\b", re.IGNORECASE)
_COMPARATIVE = re.compile(
    r"\b(?:more|less|\w{2,}er)\b(?=[^.]*\bthan\b)|\b(?:many|much|high|low|long|often)(?=\s+as\b)",
    re.I,
)
_TIMES_AS = re.compile(r"\b(?:times|twice)\s+as\b", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z][\w’'-]+")
_LABELLED = re.compile(r"[A-Z][^.:;?!]{2,40}:\s[^.;?!]{3,120}")


def is_doubtful(
    claim: str,
    decision: Decision,
    candidate: Candidate,
    evidence: Evidence,
    comparison: Comparison,
) -> bool:
    """Whether what the trees make of a claim beside the sentence of `candidate` is likely wrong."""
    if decision.verdict is VerdictKind.SUPPORTED:
        return (
            _turns(claim, evidence.text)
            or _changes_what_stays(claim, evidence.text)
            or _swaps_sides(claim, evidence.text)
        )
    if decision.verdict is VerdictKind.CONTRADICTED:
        return (
            _misreads(candidate, comparison)
            or _dates_another(claim, evidence, comparison)
            or _is_of_before(claim, evidence, comparison)
            or decision.chance < _least(comparison)
        )
    return False


def _least(comparison: Comparison) -> float:
    """The chance from which a claim is refuted: 0 where words of the sentence go against its own."""
    goes_against = comparison.against or comparison.negated or comparison.rival or comparison.quotes
    if goes_against or comparison.unnamed or comparison.added:
        return 0.0
    told = [m for m in comparison.matched if m.claimed.sort is not Sort.DATE]
    is_there = all(m.state in BORNE for m in comparison.matched)
    return SURE if told and is_there else UNSURE


def _is_of_before(claim: str, evidence: Evidence, comparison: Comparison) -> bool:
    """Whether a claim on an earlier grade is refuted by what tells of none: "had been Good before"."""
    graded = any(m.claimed.sort is Sort.GRADE for m in comparison.matched)
    is_told = tells_of_earlier(evidence.text, evidence.around) or _BEFORE.search(evidence.text)
    return graded and bool(_BEFORE.search(claim)) and not is_told


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


def _changes_what_stays(claim: str, text: str) -> bool:
    """Whether a claim says that a grade changed, and the sentence that it was the same: "was also Good"."""
    if not _MOVED.search(claim) or _STAYS.search(claim) or _MOVED.search(text):
        return False
    same = [found.end() for found in _STAYS.finditer(text)]
    grades = [v.start for v in values(text) if v.sort is Sort.GRADE] if same else []
    return any(0 <= grade - end <= NEXT for grade in grades for end in same)


def _swaps_sides(claim: str, text: str) -> bool:
    """Whether both compare the same two things by name, and the same way, but the other way round: "more at
    Hull than at Leeds"."""
    (one, other), (first, second) = _sides(claim), _sides(text)
    one, other = one - other, other - one
    first, second = first - second, second - first
    swapped = one & second and other & first and not (one & first or other & second)
    return bool(swapped) and (_way(claim) * _way(text) > 0 or _compared(claim) == _compared(text))


def _way(text: str) -> int:
    return sign_of(text) or int(bool(_TIMES_AS.search(text)))


def _compared(text: str) -> set[str]:
    """What is more or less, in a word: "better" of "did better than"."""
    return {found[0].lower() for found in _COMPARATIVE.finditer(text)}


def _sides(text: str) -> tuple[set[str], set[str]]:
    """The names before and after what compares them; none where nothing does, or several do."""
    found = list(_SIDES.finditer(text))
    if len(found) != 1:
        return set(), set()
    before, after = text[: found[0].start()], text[found[0].end() :]
    return set(_NAME.findall(before)), set(_NAME.findall(after))


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
