"""The HTML of the chat page: what it shows, that it escapes, and that numbers never mix."""

import asyncio
import fnmatch
import gc
import logging
import os
import re
import socket
import stat
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx
import pytest
from markup import Parsed

from assistant.answer import Answer, AnswerSentence, Citation, Mode, Status, Turn
from assistant.conversation import Exchange, answer_text, conversation_html, shown_citations, turns
from assistant.page import ask_as_exchanges, check_free, converse, library_line, start
from assistant.page_visit import Run
from assistant.sources import sources_html
from ingest.dates import date_in_words
from ingest.errors import FindingsError, ModelError
from ingest.report import Description, Report
from ingest.settings import Settings

HOSTILE = '<img src=x onerror="ran()"><script>ran()</script> & {{value}} ${ran()} [1] **b** $$x$$'
ALLOWED = {
    *("a", "article", "blockquote", "button", "div", "h2", "h3", "li"),
    *("mark", "ol", "p", "section", "span", "time", "ul"),
}


def cite(number: int = 1, **given: object) -> Citation:
    quote = str(given.pop("quote", "Two in five bridges were sound."))
    return Citation.model_validate(
        {
            "number": number,
            "source": "bridges.pdf",
            "title": "Bridges in 2025",
            "publisher": "Inspectorate of Bridges",
            "published": "2025-04-30",
            "page": 7,
            "section": "Findings > Safety",
            "quote": quote,
            "start": 10,
            "end": 10 + len(quote),
            "sha256": "0" * 64,
            "context": f"We looked at 90 bridges. {quote} The rest were not.",
            **given,
        }
    )


def answered(question: str, *citations: Citation, **given: object) -> Exchange:
    sentences = tuple(
        AnswerSentence(text=f"Two in five. “{c.quote}”", citations=(c.number,)) for c in citations
    )
    answer = Answer.model_validate(
        {
            "question": question,
            "status": Status.ANSWERED,
            "answer": " ".join(f"{s.text} [{s.citations[0]}]" for s in sentences),
            "sentences": sentences,
            "citations": citations,
            **given,
        }
    )
    return Exchange(question, answer, finished=True)


def declined(question: str, status: Status = Status.NOT_FOUND, **given: object) -> Exchange:
    answer = Answer.model_validate(
        {"question": question, "status": status, "answer": "The reports do not say.", **given}
    )
    return Exchange(question, answer, finished=True)


def panel(*exchanges: Exchange) -> str:
    return sources_html([(e.question, shown_citations(e)) for e in exchanges])


# The sources panel


def test_a_source_tells_all_that_is_needed_to_find_the_quote() -> None:
    html = panel(answered("How many?", cite(url="https://bridges.example/2025?a=1&b=2")))
    text = Parsed(html).text

    for part in ("Bridges in 2025", "Inspectorate of Bridges, 30 April 2025"):
        assert part in text
    assert "Page 7 · Findings › Safety" in text
    assert "We looked at 90 bridges. <mark>Two in five bridges were sound.</mark> The rest" in html


def test_the_original_opens_in_a_new_tab_that_knows_nothing_of_this_one() -> None:
    html = panel(answered("How many?", cite(url="https://bridges.example/2025?a=1&b=2")))
    link = next(a for a in Parsed(html).all("a") if a.get("target"))

    assert link["href"] == "https://bridges.example/2025?a=1&b=2"
    assert link["target"] == "_blank"
    assert "noopener" in (link["rel"] or "").split()


def test_a_digest_is_called_a_digest() -> None:
    digest = cite(digest_of="The state of bridges", url="https://bridges.example/")
    text = Parsed(panel(answered("How many?", digest))).text
    assert "A digest of: The state of bridges; the original is at bridges.example" in text

    without_address = Parsed(panel(answered("How many?", cite(digest_of="The state of bridges"))))
    assert "A digest of: The state of bridges." in without_address.text


@pytest.mark.parametrize(
    "url",
    [
        "javascript:ran()",
        "JAVASCRIPT://bridges.example/%0aran()",
        "data:text/html,<script>ran()</script>",
        "file:///etc/passwd",
        "//bridges.example",
        "https://",
        "http://[broken",
        "",
        None,
    ],
)
def test_only_a_web_address_becomes_a_link(url: str | None) -> None:
    links = Parsed(panel(answered("How many?", cite(url=url)))).all("a")
    assert [link["href"] for link in links] == ["#turn-1"]


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2025-04-30", "30 April 2025"),
        ("2024-12-01", "1 December 2024"),
        ("2025-04", "April 2025"),
        ("2025", "2025"),
        ("", ""),
        ("spring 2025", "spring 2025"),
        ("2025-13-01", "2025-13-01"),
    ],
)
def test_dates_are_in_words(iso: str, words: str) -> None:
    assert date_in_words(iso) == words


def test_a_long_passage_is_shortened_around_its_quote() -> None:
    passage = "before " * 1000 + "Two in five bridges were sound." + " after" * 1000
    html = panel(answered("How many?", cite(context=passage)))
    assert "<blockquote>… before" in html
    assert "after …</blockquote>" in html
    assert len(html) < 5000


@pytest.mark.parametrize("context", ["", "Another passage."])
def test_a_quote_is_shown_even_where_its_passage_is_missing(context: str) -> None:
    html = panel(answered("How many?", cite(context=context)))
    assert "<blockquote><mark>Two in five bridges were sound.</mark></blockquote>" in html


def test_the_heading_of_a_passage_is_not_shown_twice() -> None:
    context = "Safety\n\nTwo in five bridges were sound."
    html = panel(answered("How many?", cite(context=context)))
    assert "<blockquote><mark>Two in five" in html


def test_a_table_keeps_its_cells_apart_and_loses_only_its_ruled_line() -> None:
    context = "| Town | Bridges |\n| --- | ---: |\n| Ash | 3 |\nElm\t4\n\nAll told 7."
    html = panel(answered("How many?", cite(quote="Elm\t4", context=context)))
    assert (
        "| Town | Bridges |\n| Ash | 3 |\n"
        '<mark>Elm<span class="cell"> </span>4</mark><span class="gap"></span>All told 7.'
    ) in html


# Turns


def test_equal_numbers_of_different_turns_lead_to_different_sources() -> None:
    first = answered("First?", cite(1, title="Alpha"), cite(2, title="Beta"))
    second = answered("Second?", cite(1, title="Gamma"))
    conversation, sources = conversation_html((first, second)), panel(first, second)

    links = [a["href"] for a in Parsed(conversation).all("a") if a.get("class") == "citation"]
    assert links == ["#source-1-1", "#source-1-2", "#source-2-1"]
    titles = dict(re.findall(r'id="(source-\d-\d)".*?</span>(\w+)</h3>', sources))
    assert titles == {"source-1-1": "Alpha", "source-1-2": "Beta", "source-2-1": "Gamma"}


def test_every_link_within_the_page_has_a_target_and_every_id_is_single() -> None:
    exchanges = (
        answered("First?", cite(1), cite(2)),
        declined("Second?"),
        answered("Third?", cite(1)),
    )
    parsed = Parsed(conversation_html(exchanges) + panel(*exchanges))
    ids = parsed.ids()
    assert len(ids) == len(set(ids))
    inside = {(a["href"] or "") for a in parsed.all("a") if (a["href"] or "").startswith("#")}
    assert inside <= {f"#{name}" for name in ids}


def test_only_the_sources_of_the_latest_answer_are_open() -> None:
    html = panel(answered("First?", cite()), answered("Second?", cite()))
    parts = [d for d in Parsed(html).all("div") if d.get("class") == "sources"]
    assert [(part["data-turn"], "hidden" in part) for part in parts] == [("1", True), ("2", False)]


@pytest.mark.parametrize("status", [Status.NOT_FOUND, Status.OUT_OF_SCOPE, Status.ERROR])
def test_a_declined_answer_shows_no_sources(status: Status) -> None:
    exchange = declined("Why?", status, citations=(cite(),))
    assert "<blockquote>" not in panel(exchange)
    assert "citation" not in conversation_html((exchange,))
    assert "Bridges in 2025" not in answer_text(exchange)


def test_history_holds_what_was_answered() -> None:
    kept = answered("First?", cite())
    assert kept.answer
    exchanges = (
        kept,
        declined("Second?"),
        declined("Third?", Status.ERROR),
        Exchange("Fourth?"),
        Exchange("Fifth?", kept.answer),
    )
    assert turns(exchanges) == (
        Turn(question="First?", answer=kept.answer.answer),
        Turn(question="Second?", answer="The reports do not say."),
    )


# The conversation


def test_what_answers_comes_first_then_the_quote_then_its_number() -> None:
    html = conversation_html((answered("How many?", cite()),))
    assert '<p class="lead">Two in five.</p>' in html
    assert re.search(
        r"“Two in five bridges were sound.” <a class=\"citation\"[^>]*>\[1\]</a>", html
    )


@pytest.mark.parametrize(
    ("quote", "said", "shown"),
    [
        (
            "Bridges need:\n\n- paint;\n- bolts & nuts.",
            "Bridges need: - paint; - bolts & nuts.",
            "“Bridges need:<ul><li>paint;</li><li>bolts &amp; nuts.” <a",
        ),
        (  # whose bullets are lost
            "What is missing?\n\nThe paint.\n\nThe bolts.",
            "What is missing? The paint. The bolts.",
            "“What is missing?<ul><li>The paint.</li><li>The bolts.” <a",
        ),
    ],
)
def test_a_list_in_a_report_is_a_list_in_the_answer(quote: str, said: str, shown: str) -> None:
    citation = cite(quote=quote, context=quote)
    sentence = AnswerSentence(text=f"“{said}”", citations=(1,))
    assert shown in conversation_html((answered("What?", citation, sentences=(sentence,)),))


def test_a_models_sentences_run_on_as_prose_and_are_called_a_models() -> None:
    sentences = (
        AnswerSentence(text="Few bridges were “sound”.", citations=(1,)),
        AnswerSentence(text="Most were old.", citations=(2,)),
    )
    html = conversation_html(
        (answered("How many?", cite(1), cite(2), mode=Mode.MODEL, sentences=sentences),)
    )
    assert html.count("<p>") == 1
    assert "Written by a language model" in html


def test_a_note_says_why_a_models_answer_is_not_shown() -> None:
    html = conversation_html((answered("How many?", cite(), note="The model was silent."),))
    assert '<p class="note">The model was silent.</p>' in html


def test_a_question_that_waits_says_so() -> None:
    html = conversation_html((Exchange("One?"), Exchange("Two?", begun=False)))
    assert re.findall(r'"searching">([^<]*)<', html) == [
        "Looking in the reports",
        "Waiting for its turn",
    ]


def test_screen_readers_wait_for_the_finished_answer() -> None:
    log = Parsed(conversation_html((answered("One?", cite()), Exchange("Two?"))))
    assert log.all("div")[0]["aria-live"] == "polite"
    assert [article["aria-busy"] for article in log.all("article")] == ["false", "true"]


def test_a_copy_holds_question_answer_quotes_and_where_they_stand() -> None:
    exchange = answered("How many?", cite(url="https://bridges.example/", digest_of="Bridges"))
    assert answer_text(exchange).splitlines() == [
        "How many?",
        "",
        "Two in five. “Two in five bridges were sound.” [1]",
        "",
        "[1] Bridges in 2025, Inspectorate of Bridges, 30 April 2025, page 7 "
        "(a digest of: Bridges) https://bridges.example/",
        "    “Two in five bridges were sound.”",
    ]


@pytest.mark.parametrize("mode", list(Mode))
def test_nothing_from_documents_users_or_models_becomes_markup(mode: Mode) -> None:
    image = "<img src=y onerror=ran()>"
    citation = cite(
        **dict.fromkeys(("title", "publisher", "published", "section", "quote"), HOSTILE),
        context=f"{image} {HOSTILE} {image}",
        digest_of=HOSTILE,
        url=f"https://{image}.example/{HOSTILE}",
    )
    listed = cite(quote=f"Needs: {image}\n- {image}")
    sentences = (
        AnswerSentence(text=f"{image} “{HOSTILE}” {image}", citations=(1,)),
        AnswerSentence(text=f"“Needs: {image} - {image}”", citations=(2,)),
    )
    exchanges = (
        answered(HOSTILE, citation, mode=mode, note=HOSTILE, sentences=sentences),
        answered(HOSTILE, listed.model_copy(update={"number": 2}), mode=mode, sentences=sentences),
        declined(HOSTILE, answer=HOSTILE, note=HOSTILE),
    )
    parsed = Parsed(conversation_html(exchanges) + panel(*exchanges))

    assert {tag for tag, _ in parsed.elements} <= ALLOWED
    assert not [name for _, given in parsed.elements for name in given if name.startswith("on")]
    assert HOSTILE in parsed.text  # shown as it is, to the letter
    assert all(address.startswith(("https://", "#")) for address in _addresses(parsed))


def _addresses(parsed: Parsed) -> Iterator[str]:
    for _, given in parsed.elements:
        for name in ("href", "src", "action", "formaction"):
            if name in given:
                yield given[name] or ""


# Asking


class Scripted:
    """Answers as it was told to, or raises; its library is empty."""

    def __init__(self, *answers: Answer | Exception) -> None:
        self._answers = answers
        self.histories: list[Sequence[Turn]] = []
        self.library = self

    def reports(self) -> list[Report]:
        return []

    def stream(self, question: str, history: Sequence[Turn] = ()) -> Iterator[Answer]:
        self.histories.append(history)
        for answer in self._answers:
            if isinstance(answer, Exception):
                raise answer
            yield answer


def asked(assistant: Scripted, question: str, so_far: tuple[Exchange, ...] = ()) -> list[Exchange]:
    return list(ask_as_exchanges(assistant, question, so_far))  # type: ignore[arg-type]


def test_an_answer_grows_and_is_finished_once() -> None:
    whole = answered("How many?", cite()).answer
    assert whole
    part = whole.model_copy(update={"sentences": ()})
    assert asked(Scripted(part, whole), " How many? ") == [
        Exchange("How many?"),
        Exchange("How many?", part),
        Exchange("How many?", whole),
        Exchange("How many?", whole, finished=True),
    ]


def test_a_follow_up_is_asked_with_the_turns_before_it() -> None:
    before = answered("How many?", cite())
    assistant = Scripted()
    asked(assistant, "And tunnels?", (before,))
    assert assistant.histories == [turns((before,))]


def test_what_waits_is_asked_in_turn_with_what_came_before_it() -> None:
    whole = answered("Said.", cite()).answer
    assert whole
    assistant = Scripted(whole)
    run: Run[str, tuple[Exchange, ...]] = Run((), ["First?", "Second?"])
    later = ["Third?"]
    for exchanges in converse(assistant, run, set()):  # type: ignore[arg-type]
        run.result = exchanges
        run.waiting += later  # it comes while the first is answered
        later.clear()
    assert [exchange.question for exchange in run.result] == ["First?", "Second?", "Third?"]
    assert [[turn.question for turn in history] for history in assistant.histories] == [
        [],
        ["First?"],
        ["First?", "Second?"],
    ]


def test_an_empty_question_is_not_asked() -> None:
    assistant = Scripted()
    assert asked(assistant, " \n ") == []
    assert assistant.histories == []


def test_a_known_error_is_told_in_its_own_words() -> None:
    last = asked(Scripted(ModelError("The model is away; try later.")), "How many?")[-1]
    assert last.finished
    assert last.answer
    assert (last.answer.status, last.answer.answer) == (
        Status.ERROR,
        "The model is away; try later.",
    )


@pytest.mark.parametrize("answers", [(RuntimeError("secret path"),), ()])
def test_any_other_error_is_one_clear_sentence(
    answers: tuple[Exception, ...], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.CRITICAL):
        last = asked(Scripted(*answers), "How many?")[-1]
    html = conversation_html((last,))
    assert last.finished
    assert "Something went wrong and this question was not answered; please try again." in html
    assert "secret" not in html


# Serving


def report(published: str) -> Report:
    return Report("1", "a.md", "/a.md", "0", "", (0,), Description(published=published))


@pytest.mark.parametrize(
    ("dates", "line"),
    [
        ([], "The library holds no reports yet; add some with findings ingest."),
        (["2024-12-03"], "The library holds 1 report, published up to 3 December 2024."),
        (
            ["2020", "2025-04-30", "", "2025-03"],
            "The library holds 4 reports, published up to 30 April 2025.",
        ),
        (["", ""], "The library holds 2 reports."),
    ],
)
def test_a_line_says_what_the_library_holds(dates: list[str], line: str) -> None:
    assert library_line([report(date) for date in dates]) == line


def test_a_port_in_use_is_named_with_the_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(FindingsError) as raised:
            check_free(Settings(port=port))
    message = str(raised.value)
    assert f"port {port}" in message
    assert "in use" in message
    assert "--port" in message
    assert message.count(". ") == 0


def test_an_unknown_host_is_named_with_the_way_out() -> None:
    with pytest.raises(FindingsError, match=r"256\.0\.0\.1.*--host"):
        check_free(Settings(host="256.0.0.1"))


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")  # Gradio leaves event loops so
def test_the_page_is_in_english_and_loads_nothing_from_elsewhere() -> None:
    settings = Settings(port=free_port())
    page = start(Scripted(), settings)  # type: ignore[arg-type]
    try:
        found = httpx.get(page.local_url)
        with pytest.raises(FindingsError, match=f"port {settings.port}.*--port"):
            start(Scripted(), settings)  # type: ignore[arg-type]
        theme = page.theme_css
    finally:
        page.close(verbose=False)
        del page
        asyncio.set_event_loop(None)
        gc.collect()
    assert '<html\n\tlang="en"' in found.text
    assert not re.search(r"@import|url\((?![\"']?data:)", theme)
    assert found.headers["content-security-policy"].startswith("default-src 'self'")
    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_what_visitors_give_is_listed_to_nobody_and_held_for_a_bounded_number() -> None:
    page = start(Scripted(), Settings(port=free_port()))  # type: ignore[arg-type]
    try:
        folder = Path(page.app.uploaded_file_dir)
        assert folder == Path(os.environ["GRADIO_TEMP_DIR"])
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert page.app.state_holder.capacity == 1000
    finally:
        page.close(verbose=False)
        del page
        asyncio.set_event_loop(None)
        gc.collect()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def test_the_files_of_the_page_are_packaged() -> None:
    root = Path(__file__).resolve().parents[2]
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["assistant"]
    for name in ("page.css", "page.js"):
        assert (root / "assistant" / name).is_file()
        assert any(fnmatch.fnmatch(name, pattern) for pattern in patterns), name
