"""The HTML of a checked text: verdicts in words, links that lead somewhere, nothing unescaped."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from markup import Parsed

from assistant.answer import Citation, Part, Verdict, VerdictKind
from assistant.article import Left
from assistant.page_check import Checking, check_given, check_upload
from assistant.page_checked import (
    checked_html,
    progress_html,
    trouble_html,
    verdicts_html,
    waiting_html,
)
from assistant.text_check import CheckedSentence, Step, TextCheck, check_steps, read_text
from ingest.errors import ModelError
from ingest.report import Reading

HOSTILE = '<img src=x onerror="ran()"><script>ran()</script> & {{value}} [1] **b**'
ALLOWED = set("a blockquote div h2 h3 label li mark ol p progress section span strong ul".split())


def cite(text: str = HOSTILE) -> Citation:
    words = dict.fromkeys(("source", "title", "publisher", "published", "section", "quote"), text)
    return Citation.model_validate(
        {"number": 1, "page": 1, "start": 0, "end": 1, "sha256": "", "url": f"https://{text}"}
        | words
    )


def verdict(kind: VerdictKind, claim: str = HOSTILE) -> Verdict:
    part = Part(text=HOSTILE, verdict=kind, explanation=HOSTILE, citations=(1,))
    given: dict[str, Any] = {"citations": (cite(),)}
    if kind is VerdictKind.NOT_IN_SOURCES:
        given = {"nearest": (cite(),)}
    return Verdict(claim=claim, verdict=kind, explanation=HOSTILE, parts=(part, part), **given)


def text_check() -> TextCheck:
    size = len(HOSTILE)
    kinds = (VerdictKind.SUPPORTED, VerdictKind.NOT_IN_SOURCES, VerdictKind.CONTRADICTED)
    sentences = [
        CheckedSentence(n * size, (n + 1) * size, HOSTILE, verdict(kind, f"{HOSTILE} more"))
        for n, kind in enumerate(kinds)
    ]
    asked = CheckedSentence(3 * size, 4 * size, HOSTILE, left=Left.QUESTION)
    return TextCheck(HOSTILE * 5, (*sentences, asked), HOSTILE)


class Scripted:
    """Says of every claim what it was told to, or raises it."""

    def __init__(self, said: Verdict | Exception) -> None:
        self._said = said

    def check(self, claim: str) -> Verdict:
        if isinstance(self._said, Exception):
            raise self._said
        return self._said.model_copy(update={"claim": claim})

    def check_steps(self, given: str | Reading, *, name: str = "") -> Iterator[Step]:
        reading = read_text(given) if isinstance(given, str) else given
        return check_steps(reading, self.check, 2000, name)


def checked(given: str, said: Verdict | Exception) -> Checking:
    return list(check_given(Scripted(said), given))[-1]  # type: ignore[arg-type]


def test_nothing_of_a_text_or_report_becomes_markup() -> None:
    html = checked_html(text_check()) + verdicts_html(text_check()) + trouble_html(HOSTILE)
    parsed = Parsed(html + progress_html(Step(1, 2)))
    assert {tag for tag, _ in parsed.elements} <= ALLOWED
    assert not [name for _, given in parsed.elements for name in given if name.startswith("on")]
    assert {given["href"] for tag, given in parsed.elements if tag == "a"} == {
        f"#{name}-{n}" if name == "claim" else f"#{name}-c{n}"
        for name in ("claim", "sources")
        for n in (1, 2, 3)
    }
    assert HOSTILE in parsed.text


def test_each_verdict_is_a_word_and_a_symbol_and_leads_to_its_quotes() -> None:
    html = checked_html(text_check())
    words = re.findall(r'class="unseen">([\w ]+): </span>', html)
    assert words == ["Supported", "Not in the sources", "Contradicted"]
    for mark in ("✓ Supported", "? Not in the sources", "✗ Contradicted"):
        assert f'aria-hidden="true">{mark}</span>' in html
    everything = Parsed(html + verdicts_html(text_check()))
    ids = [given["id"] for _, given in everything.elements if "id" in given]
    assert len(ids) == len(set(ids))
    links = [given["href"] or "" for tag, given in everything.elements if tag == "a"]
    assert {link[1:] for link in links} <= set(ids)


def test_what_is_contradicted_is_open_first() -> None:
    parts = [
        g for _, g in Parsed(verdicts_html(text_check())).elements if g.get("class") == "sources"
    ]
    assert [(part["id"], "hidden" in part) for part in parts] == [
        ("sources-c1", True),
        ("sources-c2", True),
        ("sources-c3", False),
    ]


def test_the_text_is_shown_whole_and_in_order() -> None:
    shown = Parsed(checked_html(text_check()).partition('<div class="text">')[2]).text
    for word in ("Supported: ", "Not in the sources: ", "Contradicted: "):
        shown = shown.replace(word, "", 1)
    shown = re.sub(r" [✓?✗] (?:Supported|Not in the sources|Contradicted)", "", shown)
    assert shown == HOSTILE * 5


def test_a_single_sentence_is_a_claim_whatever_it_looks_like() -> None:
    result = checked("Probation officers supervise people.", verdict(VerdictKind.SUPPORTED)).result
    assert result
    assert result.totals.checked == 1


@pytest.mark.parametrize(
    ("given", "said", "told"),
    [
        (" \n", verdict(VerdictKind.SUPPORTED), "There is nothing to check yet"),
        ("Nine were late.", ModelError("The model is away; try later."), "The model is away"),
        ("Nine were late.", RuntimeError("secret path"), "Something went wrong"),
    ],
)
def test_trouble_is_told_in_one_sentence(
    given: str, said: Verdict | Exception, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(100):
        last = checked(given, said)
    assert last.result is None
    assert told in last.trouble
    assert "secret" not in last.trouble


def test_what_a_screen_reader_is_told_stays_the_same_while_claims_are_counted() -> None:
    waits = "Waiting for another check to end"
    for html, status, label in (
        (waiting_html(), waits, waits),
        (progress_html(None), "Reading the file", "Reading the file"),
        (progress_html(Step(1, 3)), "Checking the text", "1 of 3 claims checked"),
        (progress_html(Step(2, 3)), "Checking the text", "2 of 3 claims checked"),
    ):
        assert re.findall(r'role="status">([^<]*)<', html) == [status]
        assert re.findall(r'<label for="how-far">([^<]*)</label>', html) == [label]
    assert "value" not in progress_html(None)


def test_an_upload_is_gone_before_it_is_told_that_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"Nine of ten cases were late.")
    checking = check_upload(Scripted(verdict(VerdictKind.SUPPORTED)), path)  # type: ignore[arg-type]
    assert next(checking) == Checking(reading=True)
    assert not path.exists()


def test_an_upload_is_deleted_once_read_even_where_it_is_no_document(tmp_path: Path) -> None:
    for name, data in (("a.md", b"Nine of ten cases were late."), ("b.docx", b"PK\x03\x04broken")):
        path = tmp_path / name
        path.write_bytes(data)
        assistant = Scripted(verdict(VerdictKind.SUPPORTED))
        last = list(check_upload(assistant, path))[-1]  # type: ignore[arg-type]
        assert bool(last.result) is (name == "a.md")
        assert bool(last.trouble) is (name == "b.docx")
        assert not path.exists()
    gone = list(check_upload(assistant, tmp_path / "gone.md"))[-1]  # type: ignore[arg-type]
    assert gone.trouble == "The file did not arrive; choose it again."
