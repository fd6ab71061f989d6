"""Records: they hold all that it takes to repeat them, and nothing in them is markup."""

import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from markdown_it import MarkdownIt
from markup import Parsed

from assistant.answer import Answer, Citation, Mode, Part, Status, Verdict, VerdictKind
from assistant.article import Left
from assistant.engine import Assistant
from assistant.export import (
    check_target,
    origin_of,
    record_of_answers,
    record_of_check,
    record_of_text,
    save,
)
from assistant.exports import FORMATS
from assistant.exports.record import Origin, Record, web_address
from assistant.text_check import CheckedSentence, TextCheck
from ingest.errors import FindingsError
from ingest.settings import Settings

MADE = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
ORIGIN = Origin(MADE, "0.1.0", "2", "all-MiniLM-L6-v2", 9, "f" * 64, {"candidates": 60})
HOSTILE = [
    '<img src=x onerror="ran()"><script>ran()</script></article></style>',
    "[click](javascript:ran()) ![x](http://evil.example/x.png) <http://evil.example> [a]: http://b",
    "# heading\n## heading\n- item\n+ item\n* item\n1. item\n> quote\n---\n===\n```\ncode\n```",
    "**bold** __bold__ *em* _em_ ~~gone~~ `code` | a | b | $x$ {{ site }} \\* &lt;b&gt; [^1]",
    "http://evil.example www.evil.example evil@evil.example mailto:evil@evil.example",
    "- opens a list\x00\x1b[31m\u202etxet\ufffe\ud800 = title",
    "7) opens a list, too\r\n\r\n<!-- comment --> &#60;b&#62; ]]> %0a",
]
QUOTE = "Two in five bridges were sound."


def cite(text: str = QUOTE, **given: Any) -> Citation:
    return Citation.model_validate(
        {
            "number": 1,
            "source": "bridges.pdf",
            "title": "Bridges in 2025",
            "publisher": "Inspectorate of Bridges",
            "published": "2025-04-30",
            "page": 7,
            "section": "Findings > Safety",
            "quote": text,
            "start": 10,
            "end": 10 + len(text),
            "sha256": "a" * 64,
            "url": "https://bridges.example/2025",
            **given,
        }
    )


def verdict(claim: str, **given: Any) -> Verdict:
    return Verdict.model_validate(
        {
            "claim": claim,
            "verdict": VerdictKind.CONTRADICTED,
            "explanation": "The report says two in five, not half.",
            "citations": (cite(),),
            **given,
        }
    )


def text_check() -> TextCheck:
    text = "Half of all bridges were sound. Is that enough?\n\nThey had 9 piers."
    claim = "Bridges had 9 piers."
    unsure = verdict(claim, verdict="not_in_sources", citations=(), nearest=(cite(),))
    return TextCheck(
        text,
        (
            CheckedSentence(0, 31, text[:31], verdict(text[:31])),
            CheckedSentence(32, 47, text[32:47], None, Left.QUESTION),
            CheckedSentence(49, 66, text[49:66], unsure),
        ),
        "article.docx",
    )


def answer(**given: Any) -> Answer:
    return Answer.model_validate(
        {
            "question": "How many bridges were sound?",
            "status": Status.ANSWERED,
            "answer": f"Two in five. “{QUOTE}” [1]",
            "citations": (cite(),),
            **given,
        }
    )


def hostile_records() -> list[Record]:
    """Everything that is not ours, in every field that can hold it."""
    records = []
    for words in HOSTILE:
        fields = ("source", "title", "publisher", "published", "section", "digest_of")
        quoted = cite(words, url=f"https://evil.example/{words}", **dict.fromkeys(fields, words))
        part = Part(text=words, verdict=VerdictKind.SUPPORTED, explanation=words, citations=(1,))
        checked = verdict(words, explanation=words, parts=(part, part), citations=(quoted,))
        unsure = verdict(
            f"{words} again", verdict="not_in_sources", citations=(), nearest=(quoted,)
        )
        sentences = (
            CheckedSentence(4, 4 + len(words), words, checked),
            CheckedSentence(5 + len(words), 5 + 2 * len(words), words, unsure),
        )
        text = TextCheck(f"({words} {words}\n\n{words}", sentences, words)
        told = answer(question=words, answer=words, note=words, citations=(quoted,))
        records += [
            record_of_check(checked, ORIGIN),
            record_of_text(text, ORIGIN),
            record_of_answers([told, told.model_copy(update={"mode": Mode.MODEL})], ORIGIN),
        ]
    return records


def as_text(record: Record, suffix: str) -> str:
    """What a person reads in the file."""
    data = FORMATS[suffix].write(record)
    if suffix == ".html":
        return Parsed(data.decode()).text
    if suffix == ".docx":
        return "\n".join(p.text for p in docx.Document(BytesIO(data)).paragraphs)
    if suffix == ".md":
        return Parsed(MarkdownIt("gfm-like", {"linkify": False}).render(data.decode())).text
    return data.decode()


# What a record holds


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_record_holds_all_that_it_takes_to_repeat_it(suffix: str) -> None:
    shown = as_text(record_of_check(verdict("Half of all bridges were sound."), ORIGIN), suffix)
    for part in (
        *("Half of all bridges were sound.", "The report says two in five, not half.", QUOTE),
        *("Bridges in 2025", "2025-04-30", "7", "https://bridges.example/2025", "a" * 64),
        *("2026-03-04", "0.1.0", "all-MiniLM-L6-v2", "f" * 64, "candidates"),
    ):
        assert part in shown, part
    assert "contradicted" in shown.lower()


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_record_of_a_text_has_its_verdicts_in_place(suffix: str) -> None:
    shown = as_text(record_of_text(text_check(), ORIGIN), suffix)
    assert "article.docx" in shown
    assert "2 of 3 sentences checked: 1 contradicted, 1 not in the sources." in shown
    assert "Bridges had 9 piers." in shown  # as it was checked
    if suffix == ".html":
        assert "Half of all bridges were sound. ✗ Contradicted Is that enough?" in shown
    elif suffix != ".json":
        assert "Half of all bridges were sound. [1: ✗ Contradicted] Is that enough?" in shown


def test_the_json_of_a_text_has_offsets_into_it() -> None:
    data = json.loads(FORMATS[".json"].write(record_of_text(text_check(), ORIGIN)))
    places = [data["text"][entry["start"] : entry["end"]] for entry in data["entries"]]
    assert places == [entry["asked"] for entry in data["entries"]]
    assert data["entries"][1]["checked_as"] == "Bridges had 9 piers."
    assert data["entries"][0]["quotes"][0]["start"] == 10
    assert data["entries"][1]["quotes"] == []
    assert data["entries"][1]["nearest"][0]["quote"] == QUOTE


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_declined_answer_has_no_quotes(suffix: str) -> None:
    declined = answer(status=Status.NOT_FOUND, answer="The reports do not say.")
    shown = as_text(record_of_answers([answer(), declined], ORIGIN), suffix)
    assert shown.count("Bridges in 2025") == 1
    assert "The reports do not say." in shown


def test_the_origin_is_that_of_the_library(starter_assistant: Assistant) -> None:
    library, settings = starter_assistant.library, Settings(model="m", model_url="http://me:pw@x")
    origin = origin_of(library, settings, MADE)
    assert origin.reports == 9
    assert origin.embedding_model == library.register.facts()["model"]
    assert origin == origin_of(library, settings, MADE)
    assert origin.settings["candidates"] == settings.candidates
    assert "pw" not in str(origin)
    assert len(origin.library_sha256) == 64


# Untrusted text


def test_markdown_finds_nothing_in_what_is_not_ours() -> None:
    harmless = {"h1", "h2", "h3", "p", "ul", "li", "blockquote", "strong", "em", "a"}
    for parser in (MarkdownIt("commonmark"), MarkdownIt("gfm-like", {"linkify": False})):
        for record in hostile_records():
            source = FORMATS[".md"].write(record).decode()
            parsed = Parsed(parser.render(source))
            assert parsed.tags <= harmless, source
            assert {a["href"] or "" for tag, a in parsed.elements if tag == "a"} <= {
                address for e in record.entries for c in e.quotes + e.nearest
                if (address := web_address(c.url))
            }  # fmt: skip
            headings = sum(tag in ("h1", "h2", "h3") for tag, _ in parsed.elements)
            assert headings == 2 + len(record.entries) + 2 * bool(record.text)
            emphasised = sum(tag in ("strong", "em") for tag, _ in parsed.elements)
            noted = sum(bool(entry.note) for entry in record.entries)
            assert emphasised == len(record.entries) * (2 if record.text else 1) + noted


def test_what_links_by_itself_elsewhere_is_broken_up() -> None:
    text = FORMATS[".md"].write(record_of_check(verdict(HOSTILE[4]), ORIGIN)).decode()
    for part in ("http://evil", "www.evil", "evil@evil", "mailto:evil"):
        assert part not in text
    assert HOSTILE[4] in as_text(record_of_check(verdict(HOSTILE[4]), ORIGIN), ".md")


def test_html_has_no_script_no_request_and_no_foreign_markup() -> None:
    ours = set(
        "html head meta title style body h1 h2 h3 p div a b strong span article figure blockquote dl dt dd"
        " footer ul li".split()
    )
    for record in hostile_records():
        page = FORMATS[".html"].write(record).decode()
        parsed = Parsed(page)
        assert parsed.tags <= ours
        for tag, given in parsed.elements:
            assert not [name for name in given if name.startswith("on") or name == "src"]
            if tag == "a":
                assert (given["href"] or "").startswith(("https://", "#entry-"))
        assert page.count("<style>") == page.count("</style>") == 1
        assert "default-src 'none'" in page
        assert "ran()" in page or "ran()" not in str(record.entries)


def test_a_word_file_opens_and_is_only_text() -> None:
    for record in hostile_records():
        data = FORMATS[".docx"].write(record)
        assert docx.Document(BytesIO(data)).core_properties.author == "Findings assistant"
        with zipfile.ZipFile(BytesIO(data)) as archive:
            body = archive.read("word/document.xml")
        for part in (b"w:fldSimple", b"w:instrText", b"w:hyperlink", b"w:object", b"<script"):
            assert part not in body


def test_json_is_json_whatever_is_in_it() -> None:
    for record in hostile_records():
        data = json.loads(FORMATS[".json"].write(record))
        assert data["entries"][0]["asked"] == record.entries[0].asked


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("https://a.example/b?c=1&d=%20#e", "https://a.example/b?c=1&d=%20#e"),
        ("https://a.example/<b> 'c' \"d\" (e) [f]", "https://a.example/%3Cb%3E%20%27c%27%20%22d%22%20%28e%29%20%5Bf%5D"),
        ("javascript:ran()", ""),
        ("data:text/html,x", ""),
        ("https://", ""),
        ("https://<b>/", ""),
        ("http://[broken", ""),
        (None, ""),
    ],
)  # fmt: skip
def test_only_a_web_address_is_written(given: str | None, address: str) -> None:
    assert web_address(given) == address


# Files


def test_a_record_is_written_whole_under_its_name(tmp_path: Path) -> None:
    record = record_of_check(verdict("Half were sound."), ORIGIN)
    for suffix in FORMATS:
        path = tmp_path / f"record{suffix.upper()}"
        save(record, path)
        if suffix == ".docx":  # an archive holds the time at which it was made
            written = "\n".join(p.text for p in docx.Document(path).paragraphs)
            assert written == as_text(record, suffix)
        else:
            assert path.read_bytes() == FORMATS[suffix].write(record)
    assert len(list(tmp_path.iterdir())) == len(FORMATS)


def test_what_cannot_be_written_is_refused_in_one_sentence(tmp_path: Path) -> None:
    there = tmp_path / "there.md"
    there.write_text("mine", encoding="utf-8")
    for path, problem in (
        (tmp_path / "record.pdf", "end its name in .docx, .html, .md or .json"),
        (tmp_path / "record", "end its name in"),
        (there, "exists already; name another file, or add --force"),
        (tmp_path / "no" / "record.md", "There is no folder"),
    ):
        with pytest.raises(FindingsError, match=problem) as raised:
            check_target(path)
        assert "\n" not in str(raised.value)
    check_target(there, force=True)


def test_a_folder_that_cannot_be_written_to_is_named_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(FindingsError, match="cannot be written to; name another folder"):
        check_target(tmp_path / "record.md")


def test_a_record_that_cannot_be_kept_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="no space left"):
        save(record_of_check(verdict("Half were sound."), ORIGIN), tmp_path / "record.md")
    assert not list(tmp_path.iterdir())


# The commands


def test_the_commands_keep_records(
    findings: Callable[..., Any], starter_copy: Path, tmp_path: Path
) -> None:
    path = tmp_path / "kept.json"
    arguments = ("ask", "What share of cases kept people safe?", "--library", starter_copy)
    called = findings(*arguments, "--export", path)
    assert (called.code, called.err) == (0, f"The record is in {path}.\n")
    assert "18 per cent" in json.loads(path.read_bytes())["entries"][0]["said"]

    again = findings(*arguments, "--export", path)
    assert again.code == 1
    assert "exists already" in again.err
    assert again.out == ""

    claim = ("check", "Governors own 14 canoes.", "--library", starter_copy)
    assert findings(*claim, "--export", path, "--force").code == 0
    assert json.loads(path.read_bytes())["entries"][0]["outcome"] == "not_in_sources"


def test_a_batch_keeps_no_record(
    findings: Callable[..., Any], write: Callable[[str, str], Path]
) -> None:
    batch = write("batch.jsonl", "{}")
    for command in ("ask", "check"):
        called = findings(command, "--batch", batch, "--export", "kept.md")
        assert called.code == 2
        assert "leave out --batch" in called.err
