"""Writes a checked text as escaped HTML: verdicts in place, and the panel with what they rest on."""

from collections.abc import Sequence
from html import escape

from assistant.answer import Citation, Part, Verdict, VerdictKind
from assistant.export import OUTCOMES, totals_line
from assistant.exports.record import NEAREST, Outcome
from assistant.sources import source_html
from assistant.text_check import Step, TextCheck

_NONE_YET = "The quotes behind each verdict appear here, marked within their passages."
_WAITING = "Waiting for another check to end"


def checked_html(check: TextCheck | None = None) -> str:
    """The text with each checked sentence a link to its part of the panel; empty without a text.

    A verdict is told by a word and a symbol, never by colour alone.
    """
    if check is None:
        return ""
    shown, at = [], 0
    first = _first(check)
    for number, sentence in enumerate(check.sentences, 1):
        if sentence.verdict is None:
            continue
        shown.append(escape(check.text[at : sentence.start]))
        outcome = OUTCOMES[sentence.verdict.verdict]
        current = ' aria-current="true"' if number == first else ""
        shown.append(
            f'<a class="claim {_kind(outcome)}" id="claim-{number}" href="#sources-c{number}"{current}>'
            f'<span class="unseen">{outcome}: </span><span class="said">{escape(sentence.text)}</span>'
            f' <span class="mark" aria-hidden="true">{outcome.symbol} {outcome}</span></a>'
        )
        at = sentence.end
    shown.append(escape(check.text[at:]))
    named = f"<strong>{escape(check.name)}</strong>. " if check.name else ""
    return (
        '<section class="checked" tabindex="-1" aria-labelledby="checked-title">'
        '<h2 id="checked-title">The text, checked</h2>'
        f'<p class="totals">{named}{escape(totals_line(check))}</p>'
        f'<div class="text">{"".join(shown).strip()}</div></section>'
    )


def waiting_html() -> str:
    """That a check begins once another has ended."""
    return _progress(_WAITING, _WAITING)


def progress_html(step: Step | None) -> str:
    """How far a check is; without a step, that its file is read.

    What a screen reader is told of itself stays the same throughout; the count is there to look up.
    """
    if step is None:
        return _progress("Reading the file", "Reading the file")
    far = f' max="{max(1, step.total)}" value="{step.done}"'
    return _progress("Checking the text", f"{step.done} of {step.total} claims checked", far)


def trouble_html(why: str) -> str:
    """Why nothing could be checked."""
    return f'<p class="trouble" role="alert">{escape(why)}</p>'


def verdicts_html(check: TextCheck | None = None) -> str:
    """The panel: for each checked sentence its verdict, why, and the quotes; one of them open."""
    parts = []
    if check is not None:
        first = _first(check)
        parts = [
            _part(number, sentence.text, sentence.verdict, sentence.completed, number != first)
            for number, sentence in enumerate(check.sentences, 1)
            if sentence.verdict
        ]
    body = "".join(parts) or f'<p class="quiet">{_NONE_YET}</p>'
    title = '<h2 id="verdicts-title">What the reports say</h2>'
    return f'<section aria-labelledby="verdicts-title">{title}{body}</section>'


def _progress(now: str, told: str, far: str = "") -> str:
    return (
        f'<p class="checking"><span class="unseen" role="status">{now}</span>'
        f'<label for="how-far">{told}</label><progress id="how-far"{far}></progress></p>'
    )


def _first(check: TextCheck) -> int:
    """The number of the sentence that is shown first: one that is contradicted, where any is."""
    checked = [(n, s.verdict.verdict) for n, s in enumerate(check.sentences, 1) if s.verdict]
    wrong = [n for n, verdict in checked if verdict is VerdictKind.CONTRADICTED]
    return next(iter([*wrong, *(n for n, _ in checked)]), 0)


def _part(number: int, text: str, verdict: Verdict, completed: bool, hidden: bool) -> str:
    back = f'<a class="back" href="#claim-{number}">Back to the text</a>'
    outcome = OUTCOMES[verdict.verdict]
    checked_as = f'<p class="quiet">Checked as: {escape(verdict.claim)}</p>' if completed else ""
    parts = "".join(_assertion(part) for part in verdict.parts)
    parts = f"<ul>{parts}</ul>" if parts else ""
    sources = _listed(number, verdict.citations, back)
    if verdict.nearest:
        nearest = _listed(number, verdict.nearest, back)
        sources += f'<p class="quiet">{NEAREST}</p>{nearest}'
    return (
        f'<div class="sources" id="sources-c{number}" data-turn="c{number}"{" hidden" * hidden}>'
        f'<div class="verdict" tabindex="-1"><p class="asked">“{escape(text)}”</p>{checked_as}'
        f"<p>{_mark(outcome)} {escape(verdict.explanation)}</p>"
        f"{parts}</div>{sources or back}</div>"
    )


def _assertion(part: Part) -> str:
    return f"<li>{_mark(OUTCOMES[part.verdict])} {escape(part.text)}</li>"


def _listed(number: int, citations: Sequence[Citation], back: str) -> str:
    items = "".join(source_html(f"c{number}", citation, back) for citation in citations)
    return f"<ol>{items}</ol>" if items else ""


def _mark(outcome: Outcome) -> str:
    symbol = f'<span aria-hidden="true">{outcome.symbol} </span>'
    return f'<strong class="mark {_kind(outcome)}">{symbol}{outcome}</strong>'


def _kind(outcome: Outcome) -> str:
    return outcome.name.lower().replace("_", "-")
