"""Writes a record as one HTML file: no script, nothing loaded, all text escaped."""

from collections.abc import Iterator, Sequence
from html import escape

from assistant.answer import Citation
from assistant.exports.record import (
    EXPLAINED,
    NEAREST,
    Entry,
    Outcome,
    Record,
    one_line,
    seen,
    source_rows,
)


def write(record: Record) -> bytes:
    """The record in UTF-8."""
    title = f"{record.title}, {record.origin.made:%Y-%m-%d}"
    body = "".join(_body(record))
    return _PAGE.format(title=_text(title), style=_STYLE, body=body).encode("utf-8")


def _body(record: Record) -> Iterator[str]:
    yield f"<h1>{_text(record.title)}</h1>"
    if record.text:
        named = f"<strong>{_text(record.name)}</strong>. " if record.name else ""
        yield f"<p>{named}{_text(record.totals)}</p>"
        yield f'<h2>The text</h2><div class="text">{"".join(_in_place(record))}</div>'
        yield "<h2>What the reports say</h2>"
    for number, entry in enumerate(record.entries, 1):
        yield f'<article id="entry-{number}">{"".join(_entry(number, entry))}</article>'
    rows = "".join(_row(label, value) for label, value in record.origin.rows() if value)
    yield f"<footer><h2>To repeat this</h2><dl>{rows}</dl><p>{EXPLAINED}</p></footer>"


def _in_place(record: Record) -> Iterator[str]:
    for piece, number in record.in_place():
        if not number:
            yield escape(seen(piece))
            continue
        outcome = record.entries[number - 1].outcome
        yield (
            f'<a class="{_kind(outcome)}" href="#entry-{number}">{escape(seen(piece))} '
            f'<b class="mark">{outcome.symbol} {outcome}</b></a>'
        )


def _entry(number: int, entry: Entry) -> Iterator[str]:
    yield f'<h3><span class="number">{number}.</span> {_text(entry.asked)}</h3>'
    mark = f'<b class="mark">{entry.outcome.symbol} {entry.outcome}</b>'
    yield f'<p class="said {_kind(entry.outcome)}">{mark} {_text(entry.said)}</p>'
    if entry.completed:
        yield f'<p class="quiet">Checked as: {_text(entry.completed)}</p>'
    if entry.parts:
        items = (
            f'<li><b class="mark {_kind(part.outcome)}">{part.outcome.symbol} {part.outcome}</b> '
            f"{_text(part.text)} {_text(part.explanation)}{_numbers(part.quotes)}</li>"
            for part in entry.parts
        )
        yield f"<ul>{''.join(items)}</ul>"
    if entry.note:
        yield f'<p class="quiet">{_text(entry.note)}</p>'
    yield from (_quote(citation, f"[{citation.number}] ") for citation in entry.quotes)
    if entry.nearest:
        yield f'<p class="quiet">{NEAREST}</p>'
    yield from (_quote(citation, "") for citation in entry.nearest)


def _quote(citation: Citation, number: str) -> str:
    rows = "".join(_row(label, value) for label, value in source_rows(citation))
    quote = escape(seen(citation.quote).strip())
    return f"<figure><blockquote>{number}“{quote}”</blockquote><dl>{rows}</dl></figure>"


def _row(label: str, value: str) -> str:
    shown = _text(value)
    if label == "Address":  # percent-encoded, and of the web, or it would not be here
        shown = f'<a href="{shown}" rel="noopener noreferrer nofollow">{shown}</a>'
    return f"<dt>{label}</dt><dd>{shown}</dd>"


def _numbers(quotes: Sequence[int]) -> str:
    return "".join(f" [{number}]" for number in quotes)


def _kind(outcome: Outcome) -> str:
    return outcome.name.lower().replace("_", "-")


def _text(text: str) -> str:
    return escape(one_line(text))


_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""
_STYLE = """
:root { color-scheme: light dark; --line: #d3dae1; --soft: #4c5a67; --yes: #0b6135; --no: #a3161a; }
@media (prefers-color-scheme: dark) {
  :root { --line: #3a4854; --soft: #a7b5c1; --yes: #7ed6a3; --no: #ff9c94; }
}
body {
  max-width: 46rem; margin: 2rem auto; padding: 0 1rem;
  font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere;
}
h1 { font-size: 1.6rem; } h2 { margin-top: 2.5rem; font-size: 1.2rem; } h3 { font-size: 1rem; }
article { margin-top: 1.5rem; border-top: 1px solid var(--line); break-inside: avoid-page; }
.text { white-space: pre-line; }
.text a { color: inherit; text-decoration-color: var(--soft); text-underline-offset: .2em; }
.mark { white-space: nowrap; font-size: .9em; color: var(--soft); }
.supported .mark, .answered .mark, .mark.supported { color: var(--yes); }
.contradicted .mark, .mark.contradicted { color: var(--no); }
.quiet, dl, .number { color: var(--soft); }
figure { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid var(--line); }
blockquote { margin: 0 0 .5rem; white-space: pre-line; font-family: Georgia, serif; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: 0; font-size: .875rem; }
dd { margin: 0; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dt { margin-top: .3rem; font-weight: 600; } }
"""
