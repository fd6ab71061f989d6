"""Shows answers and verdicts on a terminal."""

from collections.abc import Sequence

from assistant.answer import Answer, Citation, Verdict


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


def citation_lines(citations: Sequence[Citation]) -> list[str]:
    """Where each quote stands."""
    lines = [""] if citations else []
    for c in citations:
        parts = [c.title, c.publisher, c.published, f"page {c.page}", c.section.split(" > ")[-1]]
        where = ", ".join(part for part in parts if part)
        digest = f" (our digest of: {c.digest_of})" if c.digest_of else ""
        address = f" {c.url}" if c.url else ""
        lines.append(f"[{c.number}] {where}{digest}{address} ({c.source})")
    return lines
