"""Shows answers and verdicts on a terminal."""

from collections.abc import Sequence

from assistant.answer import Answer, Citation, Verdict
from assistant.export import OUTCOMES, totals_line
from assistant.exports.record import seen
from assistant.text_check import TextCheck
from ingest.divide import SECTION_JOINT


def answer_text(answer: Answer) -> str:
    """The answer, then its citations, one a line."""
    lines = [answer.answer]
    if answer.note:
        lines += ["", answer.note]
    return "\n".join(lines + citation_lines(answer.citations))


def verdict_text(verdict: Verdict) -> str:
    """The verdict, why, and the quotes that decide it."""
    lines = [f"{verdict.verdict.value.replace('_', ' ').capitalize()}. {verdict.explanation}"]
    if len(verdict.parts) > 1:
        lines += [f"- {part.verdict.value}: {part.text}" for part in verdict.parts]
    for citation in verdict.citations:
        lines.append(f"[{citation.number}] “{' '.join(citation.quote.split())}”")
    lines += citation_lines(verdict.citations)
    if verdict.nearest:
        lines += ["", "Nearest, but no proof:"]
        lines += [f"“{' '.join(c.quote.split())}”" for c in verdict.nearest]
        lines += citation_lines(verdict.nearest)
    return "\n".join(lines)


def text_check_text(check: TextCheck) -> str:
    """The text with its verdicts in place, what each rests on, and the totals."""
    shown, told, at, number = [], [], 0, 0
    for sentence in check.sentences:
        verdict = sentence.verdict
        if verdict is None:
            continue
        number += 1
        outcome = OUTCOMES[verdict.verdict]
        mark = f"[{number} {outcome.symbol} {outcome}]"
        shown.append(f"{check.text[at : sentence.end]} {mark}")
        at = sentence.end
        claim = f"Checked as: {verdict.claim}\n" if sentence.completed else ""
        told.append(f"{mark}\n{claim}{verdict_text(verdict)}")
    text = seen("".join([*shown, check.text[at:]])).strip()
    return "\n\n".join([text, *told, totals_line(check)])


def citation_lines(citations: Sequence[Citation]) -> list[str]:
    """Where each quote stands."""
    lines = [""] if citations else []
    for c in citations:
        parts = [
            c.title,
            c.publisher,
            c.published,
            f"page {c.page}",
            c.section.split(SECTION_JOINT)[-1],
        ]
        where = ", ".join(part for part in parts if part)
        digest = f" (a digest of: {c.digest_of})" if c.digest_of else ""
        address = f" {c.url}" if c.url else ""
        lines.append(f"[{c.number}] {where}{digest}{address} ({c.source})")
    return lines
