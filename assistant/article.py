"""Picks the sentences of an article that assert something checkable, and says why others are left."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.article_context import Context
from assistant.assertions import Sort, Value, values
from assistant.quotations import quoted
from ingest.divide import sentence_spans
from ingest.readable import readable
from ingest.report import Block, BlockKind, Reading
from ingest.words import words


class Left(StrEnum):
    """Why a sentence of an article is left alone."""

    OPINION = "opinion"  # judges, demands or foretells
    QUESTION = "question"
    BACKGROUND = "background"  # headings, explanations, invitations: states no finding
    ATTRIBUTION = "attribution"  # somebody's words without a fact in them
    TOO_LONG = "too long"  # longer than a claim may be


@dataclass(frozen=True, slots=True)
class Picked:
    """One sentence of an article, `text[start:end]`, and what to check of it."""

    start: int
    end: int
    left: Left | None  # None where it is to be checked
    claim: str = ""  # the sentence, with the words that it points back to


_FEW = 6  # words beside a quotation that say no more than whose it is
_SILENT = (BlockKind.FURNITURE, BlockKind.HEADER, BlockKind.NOTE, BlockKind.CAPTION)
_ASKS = re.compile(r"\?[\"”’')\]]*\s*$|\?[\"”’]")
_TELLS = re.compile(  # the reader what to do
    r"^\W*(?:read|see|click|tap|sign up|subscribe|follow|share|listen|watch|find out|join|contact|email"
    r"|visit|download|scroll|let|please|don['’]t|do not|imagine|consider|remember|note|look|ask|send|get"
    # "Contact with families fell", "Follow-up visits were made" tell nobody to do so.
    r" in touch)\b(?!-|\s+(?:is|was|are|were|has|had|with|of|between|numbers?|rates?)\b)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^\(?\d{1,3}(?:[.):]\s|\s(?=[A-Z]))")  # of an item or a row, no figure
_FIRST_PERSON = re.compile(
    r"\bI\b|\b(?:[Mm]e|[Mm]y|[Mm]ine|[Mm]yself|[Ww]e|us|[Oo]urs?|[Oo]urselves)\b(?!\.)"
)
_JUDGES = re.compile(
    r"\b(?:shame\w*|scandal\w*|disgrac\w+|outrag\w+|appalling\w*|unforgivabl[ey]|inexcusabl[ey]"
    r"|unacceptabl[ey]|intolerabl[ey]|heartbreaking|shocking(?:ly)?|damning(?:ly)?|sadly|unfortunately"
    r"|regrettably|thankfully|arguably|perhaps|maybe|frankly|surely|undoubtedly|no doubt|of course|obviously"
    r"|clearly|honestly|in my (?:view|opinion)|seems?|appears? to|deserves?|absurd|ridiculous|nonsense"
    r"|terrible|dreadful|wonderful|brilliant|crisis point|wake-up call|let['’]s)\b",
    re.IGNORECASE,
)
_DEMANDS = re.compile(
    r"\b(?:should(?:n['’]t)?|must(?:n['’]t)?|ought|cannot (?:go on|continue)"
    r"|(?:it is|it['’]s|is) (?:high )?time)\b"
)
_HAS_TO = re.compile(r"\b(?:need|needs|has|have) to\b")  # with a figure it may be a finding
_FORETELLS = re.compile(r"\b(?:may|might|could|would|will|shall|won['’]t)\b|['’](?:ll|d)\b")
# Those whose findings the library holds, and what shows findings.
_BODY = (
    r"(?:inspect(?:ors?|orates?|ions?)|watchdogs?|regulators?|reports?|reviews?|audit(?:s|ors?)?|ofsted|hmip?"
    r"|hmicfrs|surveys?|stud(?:y|ies)|figures|data|statistics|research|analysis|findings)"
)
_FINDING = (
    r"(?:f(?:ound|inds?)|sa(?:id|ys?)|saw|rat(?:ed|es)|judg(?:ed|es)|grad(?:ed|es)|conclud(?:ed|es)|report(?:ed|s)"
    r"|recommend(?:ed|s)|warn(?:ed|s)|noted|describ(?:ed|es)|call(?:ed|s)|criticis(?:ed|es)|prais(?:ed|es)"
    r"|identif(?:ied|ies)|highlight(?:ed|s)|show(?:ed|s)?|reveal(?:ed|s)?|stat(?:ed|es)|observed|considered|told"
    r"|wrote|writes|suggest(?:ed|s)?|point(?:ed|s) to|uncovered|discovered|examined|assessed)"
)
_FOUND = re.compile(
    rf"\b{_BODY}\b(?:[^.;:“”\"]{{0,60}}?)\b{_FINDING}\b"
    rf"|(?<=[,”’\"]\s){_FINDING}\s+(?:(?:the|an?|its|HM)\s+)?(?:[\w’'-]+\s+){{0,3}}{_BODY}\b"
    rf"|\baccording to\s+(?:(?:the|an?|its|HM)\s+)?(?:[\w’'-]+\s+){{0,4}}{_BODY}\b",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    rf"\b(?i:{_BODY})\b(?:\s+of\s+\w+)?,?\s+(?:[A-Z][a-z]+\s+)?(?P<after>[A-Z][\w’'-]+)\b"
    rf"|(?<![\w’'-])(?:[A-Z][a-z]+\s+)?(?P<before>[A-Z][\w’'-]+),\s+(?:the\s+|HM\s+|an?\s+)?(?:\w+\s+){{0,3}}(?i:{_BODY})\b",
)
_SPOKE = re.compile(
    r"(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bnot )(?<!\bnever )\b(?:said|says|saying|told|tells|added|adds"
    r"|adding|declined|commented|responded|insisted|insists|argued|argues|claimed|claims|urged|urges|promised"
    r"|pledged|welcomed|thanked|apologised|vowed|called (?:for|on)|believes|thinks|hopes|fears|wants|spoke"
    r"|asked|replied|tweeted)\b"
)
# News asserts in the past or the perfect; background explains in the present.
_PAST = re.compile(
    r"\b(?:was|were|had|did|has|have|been|wasn['’]t|weren['’]t|didn['’]t|hadn['’]t|fell|rose|grew|went|came|took"
    r"|gave|got|made|lost|won|left|kept|met|held|ran|saw|knew|wrote|sent|put|spent|began|became|brought|built"
    r"|led|felt|dealt|[a-z]{2,}ed)\b"
)
_FINITE = re.compile(
    r"\b(?:is|are|am|isn['’]t|aren['’]t|do|does|doesn['’]t|can|cannot|could|will|would|may|might|must|should"
    r"|says?|finds?|shows?|costs?|needs?|takes?|makes?|gets?|works?|fails?|falls?|rises?|stands?|[a-z]{3,}s)\b"
)
_COMPARES = re.compile(
    r"\b(?:more|fewer|less|higher|lower|better|worse|larger|smaller|greater|longer|shorter|later|earlier|\w{3,}er)"
    r"\s+(?:[\w’'-]+\s+){0,4}?than\b|\bthe\s+(?:most|least|highest|lowest|best|worst|largest|smallest|biggest"
    r"|longest|only)\b|\b(?:rose|fell|grew|doubled|trebled|tripled|halved|increas\w+|decreas\w+|declin(?:ed|es)"
    r"|dropp?(?:ed|s)|worsen\w+|improved)\b",
    re.IGNORECASE,
)


def pick(reading: Reading, longest: int) -> list[Picked]:
    """Every sentence of an article, in order; a claim to check is at most `longest` characters."""
    sentences = list(_sentences(reading))
    texts = [" ".join(reading.text[start:end].split()) for _, start, end in sentences]
    context = Context(texts)
    speakers = _speakers(" ".join(texts))
    picked = []
    for block, start, end in sentences:
        text = readable(reading.text, block.kind, start, end, block.lead)
        heading = block.kind is BlockKind.HEADING
        if heading:
            context.pause()
        if len(text) > longest:  # nothing is asked of it: it may be hostile
            context.pause()
            picked.append(Picked(start, end, Left.TOO_LONG))
            continue
        claim = context.completed(text, joined=block.kind is BlockKind.PARAGRAPH)
        left = why_left(text, speakers=speakers, heading=heading)
        if block.kind in _SILENT:
            left = Left.BACKGROUND
        elif len(claim) > longest:
            claim = text
        picked.append(Picked(start, end, left, "" if left else claim))
    return picked


def why_left(
    text: str, *, speakers: frozenset[str] = frozenset(), heading: bool = False
) -> Left | None:
    """Why a readable sentence is left alone; None where it asserts something checkable.

    `speakers` are the names of those who speak for an inspectorate or a report.
    """
    figure = any(_is_figure(value) for value in values(_LABEL.sub("", text)))
    spoken = set(words(text))
    found = bool(_FOUND.search(text)) or bool(speakers & spoken and _SPOKE.search(text))
    unquoted = _without_quotes(text)
    if _ASKS.search(text):
        return Left.QUESTION
    if text.endswith(":"):  # what it leads to is checked with it
        return Left.ATTRIBUTION if _SPOKE.search(text) else Left.BACKGROUND
    finite = any(verb.search(text) for verb in (_PAST, _FINITE, _SPOKE))
    if len(spoken) < 3 or not finite or _TELLS.search(text) or (heading and not figure):
        return Left.BACKGROUND
    if found and (figure or quoted(text) or not _FIRST_PERSON.search(unquoted)):
        return None
    if _SPOKE.search(unquoted):
        return None if figure and not _DEMANDS.search(text) else Left.ATTRIBUTION
    if quoted(text) and len(words(unquoted)) <= _FEW:  # hardly more than somebody's words
        return None if figure else Left.ATTRIBUTION
    wants = _HAS_TO.search(text) and (not figure or _FIRST_PERSON.search(unquoted))
    if _DEMANDS.search(text) or wants or (_FIRST_PERSON.search(unquoted) and not figure):
        return Left.OPINION
    if figure:
        return None
    if _JUDGES.search(text) or _FORETELLS.search(unquoted) or text.rstrip("”’\"' ").endswith("!"):
        return Left.OPINION
    if _COMPARES.search(text) or _PAST.search(unquoted):
        return None
    return Left.BACKGROUND


def _sentences(reading: Reading) -> Iterator[tuple[Block, int, int]]:
    for block in reading.blocks:
        for start, end in sentence_spans(reading.text, block):
            yield block, start, end


def _is_figure(value: Value) -> bool:
    """Whether a value is one to check: "one of them", "first" and "all" are words of any prose."""
    if value.worded or value.sort is Sort.ORDINAL:
        return False
    return value.sort is not Sort.COUNT or value.range[1] > 1


def _speakers(text: str) -> frozenset[str]:
    """The last names of persons whom the article introduces as inspectors and the like."""
    found = (match["after"] or match["before"] for match in _INTRODUCED.finditer(text))
    return frozenset(word for name in found for word in words(name))


def _without_quotes(text: str) -> str:
    for quote in quoted(text):
        text = text.replace(quote, "")
    return re.sub(r"[“”\"]", "", text)
