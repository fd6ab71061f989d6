"""The chat page in a real browser, over the starter library; nothing may leave the machine."""

import gc
import json
import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from gradio import Blocks

from assistant.answer import (
    Answer,
    AnswerSentence,
    Citation,
    Status,
    Turn,
    Verdict,
    VerdictKind,
)
from assistant.engine import Assistant
from assistant.page import EXAMPLES, start
from assistant.text_check import Step, check_steps, read_text
from ingest.errors import LibraryError
from ingest.report import Reading, Report
from ingest.settings import Settings

api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
Browser, Locator, Page, expect = api.Browser, api.Locator, api.Page, api.expect

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),  # Gradio leaves event loops so
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # Gradio counts events with pandas
]

HEADLINE = "What share of cases kept people safe?"
SERVED: dict[str, Blocks] = {}  # by address
SLOW = 60_000  # milliseconds in which even a busy machine has checked two claims
FINISHED = threading.Event()  # until then the stub is busy with what is slow
SLOW_TEXT = "Nine slow cases were late. Ten slow cases were early."
HOSTILE = '<img src=x onerror="window.ran=1"><script>window.ran=1</script> **40 per cent** [1]'


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def address(starter_assistant: Assistant) -> Iterator[str]:
    yield from _served(starter_assistant)


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    yield from _opened(browser, address)


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    yield from _opened(browser, address, viewport={"width": 360, "height": 740})


@pytest.fixture
def stub_phone(browser: Browser, stub_address: str) -> Iterator[Page]:
    yield from _opened(browser, stub_address, viewport={"width": 360, "height": 740})


@pytest.fixture(scope="module")
def stub_address() -> Iterator[str]:
    yield from _served(Stub())  # type: ignore[arg-type]


@pytest.fixture
def stub_page(browser: Browser, stub_address: str) -> Iterator[Page]:
    FINISHED.clear()
    yield from _opened(browser, stub_address)
    FINISHED.set()


def test_the_headline_question_is_answered_with_its_source(page: Page) -> None:
    expect(
        page.get_by_text(re.compile(r"The library holds \d+ reports, published"))
    ).to_be_visible()
    ask(page, HEADLINE)
    expect(turn(page, 1)).to_contain_text("18 per cent")

    turn(page, 1).get_by_role("link", name="[1]").first.click()
    source = page.locator("#source-1-1")
    expect(source).to_be_focused()
    expect(source).to_be_in_viewport()
    expect(source.locator("blockquote mark")).to_contain_text("18 per cent")
    expect(source).to_contain_text("HM Inspectorate of Probation, 29 April 2025")
    expect(source).to_contain_text("Page 1")
    expect(source).to_contain_text("A digest of:")
    original = source.get_by_role("link", name=re.compile("opens in a new tab"))
    expect(original).to_have_attribute("target", "_blank")
    expect(original).to_have_attribute("rel", re.compile("noopener"))


def test_a_follow_up_is_read_with_the_question_before_it(page: Page) -> None:
    ask(page, HEADLINE)
    ask(page, "And what share supported desistance?", 2)
    expect(turn(page, 2)).to_contain_text("32 per cent")

    # The panel shows the latest answer's sources, until a citation of another is chosen.
    expect(page.locator("#sources-2")).to_be_visible()
    expect(page.locator("#sources-1")).to_be_hidden()
    turn(page, 1).get_by_role("link", name="[1]").first.click()
    expect(page.locator("#sources-1")).to_be_visible()
    expect(page.locator("#sources-2")).to_be_hidden()
    expect(page.locator("#source-1-1 mark")).to_contain_text("18 per cent")
    ask(page, "How do I bake bread?", 3)
    expect(page.locator("#sources-1")).to_be_hidden()


def test_the_keyboard_is_enough(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the question box")).to_be_focused()
    page.keyboard.press("Enter")
    box = page.get_by_label("Your question")
    expect(box).to_be_focused()
    assert outline(box) != "none"
    page.keyboard.type(HEADLINE)
    page.keyboard.press("Enter")
    expect(turn(page, 1)).to_have_attribute("aria-busy", "false", timeout=SLOW)

    citation = turn(page, 1).get_by_role("link", name="[1]").first
    press_until(page, "Shift+Tab", citation)
    assert outline(citation) != "none"
    page.keyboard.press("Enter")
    expect(page.locator("#source-1-1")).to_be_focused()
    back = page.locator("#source-1-1").get_by_role("link", name="Back to the answer")
    press_until(page, "Tab", back)
    page.keyboard.press("Enter")
    expect(citation).to_be_focused()
    press_until(page, "Tab", page.get_by_role("button", name="Clear conversation"))
    page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_count(0)
    expect(box).to_be_focused()


def test_an_example_is_asked_when_it_is_chosen(page: Page) -> None:
    page.get_by_role("button", name=EXAMPLES[0]).press("Enter")
    expect(turn(page, 1)).to_have_attribute("aria-busy", "false", timeout=SLOW)
    expect(turn(page, 1)).to_contain_text("18 per cent")
    expect(turn(page, 1)).to_be_focused()
    expect(page.get_by_role("button", name=EXAMPLES[1])).to_be_hidden()


def test_a_question_off_the_subject_is_declined_without_sources(page: Page) -> None:
    ask(page, "How do I bake bread?")
    expect(turn(page, 1).locator(".declined")).to_be_visible()
    expect(turn(page, 1).get_by_role("link")).to_have_count(0)
    expect(page.locator(".source")).to_have_count(0)


def test_an_answer_can_be_copied_with_its_sources(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, HEADLINE)
    turn(page, 1).get_by_role("button", name="Copy answer and sources").click()
    expect(turn(page, 1).get_by_role("status")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(HEADLINE)
    assert "18 per cent" in copied
    assert "29 April 2025" in copied


def test_two_users_do_not_see_each_others_questions(
    page: Page, browser: Browser, address: str
) -> None:
    ask(page, HEADLINE)
    for other in _opened(browser, address):
        expect(other.locator(".turn")).to_have_count(0)
        ask(other, "How do I bake bread?")
        expect(other.locator(".turn")).to_have_count(1)
    expect(page.locator(".turn")).to_have_count(1)


def test_a_phone_shows_all_of_it_without_scrolling_sideways(phone: Page) -> None:
    ask(phone, HEADLINE)
    width = "document.documentElement.scrollWidth"
    assert phone.evaluate(width) <= 360
    turn(phone, 1).get_by_role("link", name="[1]").first.click()
    expect(phone.locator("#source-1-1 mark")).to_be_in_viewport()
    assert phone.evaluate(width) <= 360


def test_what_a_report_or_user_writes_is_text_and_never_runs(stub_page: Page) -> None:
    ask(stub_page, HOSTILE)
    expect(turn(stub_page, 1).get_by_role("heading")).to_contain_text(HOSTILE)
    expect(turn(stub_page, 1).locator(".quote")).to_contain_text(HOSTILE)
    expect(stub_page.locator("#source-1-1 mark")).to_have_text(HOSTILE)
    expect(stub_page.locator("#source-1-1 h3")).to_contain_text(HOSTILE)
    expect(stub_page.locator("#page img, #page strong, #page script")).to_have_count(0)
    assert stub_page.evaluate("window.ran") is None


def test_an_error_is_one_sentence_and_the_next_question_is_answered(stub_page: Page) -> None:
    ask(stub_page, "fail")
    expect(turn(stub_page, 1).locator(".declined")).to_have_text("The library is gone; look again.")
    ask(stub_page, "Anything?", 2)
    expect(turn(stub_page, 2).locator(".quote")).to_be_visible()


def test_what_was_sent_is_asked_in_its_turn_and_a_later_draft_stays(stub_page: Page) -> None:
    box = stub_page.get_by_label("Your question")
    send(stub_page, "slow")
    expect(turn(stub_page, 1).locator(".quote")).to_be_visible(timeout=SLOW)
    for number, question in ((2, "the next one"), (3, "one more")):
        send(stub_page, question)
        expect(turn(stub_page, number)).to_contain_text("Waiting for its turn", timeout=SLOW)
    box.fill("a draft")
    FINISHED.set()
    expect(turn(stub_page, 3)).to_have_attribute("aria-busy", "false", timeout=SLOW)
    expect(stub_page.locator(".turn h3")).to_have_text(
        [f"You asked: {question}" for question in ("slow", "the next one", "one more")]
    )
    expect(stub_page.locator('.turn[aria-busy="true"]')).to_have_count(0)
    expect(box).to_have_value("a draft")


def test_what_is_typed_right_after_enter_is_the_next_draft(stub_page: Page) -> None:
    stub_page.get_by_label("Your question").focus()
    stub_page.keyboard.type("the first")
    stub_page.keyboard.press("Enter")
    stub_page.keyboard.type("and a draft")
    expect(turn(stub_page, 1)).to_have_attribute("aria-busy", "false", timeout=SLOW)
    expect(turn(stub_page, 1).get_by_role("heading")).to_have_text("You asked: the first")
    expect(stub_page.get_by_label("Your question")).to_have_value("and a draft")


def test_a_question_sent_while_an_example_is_answered_comes_after_it(stub_page: Page) -> None:
    stub_page.get_by_role("button", name=EXAMPLES[3]).click()
    expect(turn(stub_page, 1)).to_have_attribute("aria-busy", "true", timeout=SLOW)
    stub_page.get_by_label("Your question").fill("the next one")
    stub_page.get_by_role("button", name="Ask", exact=True).click()
    expect(stub_page.get_by_label("Your question")).to_have_value("")
    expect(turn(stub_page, 2)).to_be_visible(timeout=SLOW)
    FINISHED.set()
    expect(turn(stub_page, 2)).to_have_attribute("aria-busy", "false", timeout=SLOW)
    expect(turn(stub_page, 1)).to_have_attribute("aria-busy", "false")
    expect(turn(stub_page, 1).get_by_role("heading")).to_have_text(f"You asked: {EXAMPLES[3]}")


def test_a_cleared_answer_does_not_come_back(stub_page: Page, tmp_path: Path) -> None:
    send(stub_page, "slow")
    expect(turn(stub_page, 1).locator(".quote")).to_be_visible(timeout=SLOW)
    send(stub_page, "the next one")
    expect(turn(stub_page, 2)).to_be_visible(timeout=SLOW)
    clear_conversation(stub_page)

    # Nor does what is still at work on it hold up the next conversation.
    ask(stub_page, "Anything?")
    FINISHED.set()
    stub_page.wait_for_timeout(1500)
    expect(stub_page.locator(".turn h3")).to_have_text(["You asked: Anything?"])
    expect(stub_page.locator("#sources")).not_to_contain_text("slow")
    data = json.loads(saved(stub_page, "#talk", "JSON", tmp_path))
    assert [entry["asked"] for entry in data["entries"]] == ["Anything?"]


def test_a_conversation_cleared_while_its_answer_grows_stays_cleared(stub_page: Page) -> None:
    for _ in range(3):
        send(stub_page, "steady")
        expect(turn(stub_page, 1).locator(".note")).to_be_visible(timeout=SLOW)
        clear_conversation(stub_page)
        stub_page.wait_for_timeout(1000)
        expect(stub_page.locator(".turn")).to_have_count(0)


def test_an_example_leaves_a_draft_alone(stub_page: Page) -> None:
    box = stub_page.get_by_label("Your question")
    box.fill("a draft")
    stub_page.get_by_role("button", name=EXAMPLES[3]).click()
    expect(turn(stub_page, 1)).to_have_attribute("aria-busy", "true", timeout=SLOW)
    expect(box).to_have_value("a draft")
    FINISHED.set()
    expect(turn(stub_page, 1)).to_have_attribute("aria-busy", "false", timeout=SLOW)
    expect(box).to_have_value("a draft")


def test_numbers_stay_with_their_answer_over_many_turns(stub_page: Page) -> None:
    for number in (1, 2, 3):
        ask(stub_page, f"Question {number}", number)
    for number in (2, 1, 3):
        turn(stub_page, number).get_by_role("link", name="[1]").click()
        expect(stub_page.locator(".source:visible")).to_have_count(1)
        expect(stub_page.locator(".source:visible .where")).to_contain_text(f"Question {number}")


ARTICLE = """Safety fell short

Services were effective in keeping people safe in just 18 per cent of cases. They supported \
desistance in 57 per cent of cases.

Is anybody surprised?
"""


def test_a_text_is_checked_in_place(page: Page) -> None:
    check_text(page, ARTICLE)
    expect(page.locator(".totals")).to_have_text(
        "2 of 4 sentences checked: 1 supported, 1 contradicted. "
        "Left alone: 1 question, 1 background."
    )
    supported = page.get_by_role("link", name=re.compile("^Supported: Services were"))
    wrong = page.get_by_role("link", name=re.compile("^Contradicted: They supported"))
    expect(supported.locator(".mark")).to_have_text("✓ Supported")
    expect(wrong.locator(".mark")).to_have_text("✗ Contradicted")

    # What is contradicted is shown first; any other when it is chosen.
    part = page.locator("#verdicts .sources:visible")
    expect(part).to_have_count(1)
    expect(part).to_contain_text("Checked as: Services supported desistance")
    expect(part.locator("mark")).to_contain_text("32 per cent")
    supported.locator(".said").click(position={"x": 5, "y": 5})
    expect(part.locator(".verdict")).to_be_focused()
    expect(part.locator("mark")).to_contain_text("18 per cent")
    expect(supported).to_have_attribute("aria-current", "true")


def test_the_keyboard_is_enough_to_check(page: Page) -> None:
    page.get_by_role("tab", name="Ask").focus()
    press_until(page, "Tab", page.get_by_role("tab", name="Check"))
    page.keyboard.press("Enter")
    press_until(page, "Tab", page.get_by_label("Claim or text to check"))
    page.keyboard.insert_text(ARTICLE)
    press_until(page, "Tab", page.get_by_role("button", name="Check", exact=True))
    page.keyboard.press("Enter")
    expect(page.locator(".checked")).to_be_focused(timeout=SLOW)

    claims = page.locator(".claim")
    for number, figure in enumerate(("18 per cent", "32 per cent")):
        page.keyboard.press("Tab")
        expect(claims.nth(number)).to_be_focused()
        assert outline(claims.nth(number)) != "none"
        expect(page.locator("#verdicts .sources:visible mark")).to_contain_text(figure)
    page.keyboard.press("Enter")
    expect(page.locator("#verdicts .sources:visible .verdict")).to_be_focused()
    press_until(page, "Tab", page.locator("#verdicts .sources:visible .back"))
    page.keyboard.press("Enter")
    expect(claims.nth(1)).to_be_focused()
    press_until(page, "Tab", page.get_by_role("button", name="Save as JSON"))


def test_a_file_is_checked_and_not_kept(page: Page) -> None:
    page.get_by_role("tab", name="Check").click()
    name = "an-article-nobody-else-may-read.md"
    file = {"name": name, "mimeType": "text/markdown", "buffer": ARTICLE.encode()}
    page.locator("#checker input[type=file]").set_input_files(file)
    expect(page.locator(".claim")).to_have_count(2, timeout=SLOW)
    expect(page.locator(".totals")).to_contain_text(name)
    folder = Path(os.environ["GRADIO_TEMP_DIR"])
    assert any(folder.iterdir())  # Gradio leaves the folder that it made for it
    assert not list(folder.rglob(name))


def test_the_newest_check_is_shown_whichever_ends_last(stub_page: Page) -> None:
    start_check(stub_page, SLOW_TEXT)
    expect(stub_page.locator(".checking [role=status]")).to_have_text("Checking the text")
    trackers = stub_page.get_by_test_id("status-tracker").all()
    assert trackers
    assert not any(tracker.is_visible() for tracker in trackers)
    file = {
        "name": "a.md",
        "mimeType": "text/markdown",
        "buffer": b"Three cases were lost. Two were found.",
    }
    stub_page.locator("#checker input[type=file]").set_input_files(file)
    expect(stub_page.locator(".totals")).to_contain_text("a.md", timeout=SLOW)
    FINISHED.set()
    stub_page.wait_for_timeout(1500)
    expect(stub_page.locator(".totals")).to_contain_text("a.md")
    expect(stub_page.locator("#verdicts")).not_to_contain_text("slow")


def test_a_check_says_that_it_waits_for_others(
    stub_page: Page, browser: Browser, stub_address: str
) -> None:
    start_check(stub_page, SLOW_TEXT)
    for second in _opened(browser, stub_address):
        start_check(second, SLOW_TEXT)
        for third in _opened(browser, stub_address):
            start_check(third, SLOW_TEXT)
            waits = third.locator(".checking")
            expect(waits.get_by_role("status")).to_have_text("Waiting for another check to end")
            FINISHED.set()
            expect(third.locator(".totals")).to_contain_text("2 of 2 sentences", timeout=SLOW)


def test_a_cleared_check_does_not_come_back(stub_page: Page) -> None:
    for _ in range(2):
        start_check(stub_page, SLOW_TEXT)
    stub_page.get_by_role("button", name="Clear", exact=True).click()
    expect(stub_page.locator(".checking")).to_have_count(0, timeout=SLOW)
    expect(stub_page.get_by_label("Claim or text to check")).to_be_focused()
    FINISHED.set()
    stub_page.wait_for_timeout(1500)
    expect(stub_page.locator(":is(.checking, .checked)")).to_have_count(0)


def test_the_end_of_a_check_does_not_interrupt_who_types(stub_page: Page) -> None:
    start_check(stub_page, SLOW_TEXT)
    box = stub_page.get_by_label("Claim or text to check")
    box.focus()
    FINISHED.set()
    expect(stub_page.locator(".checked")).to_be_visible(timeout=SLOW)
    expect(box).to_be_focused()


def test_a_text_too_long_is_refused_rather_than_cut(stub_page: Page) -> None:
    stub_page.get_by_role("tab", name="Check").click()
    box = stub_page.get_by_label("Claim or text to check")
    box.focus()
    stub_page.keyboard.insert_text("Nine cases were late. " * 5000)
    assert len(box.input_value()) == 110_000
    stub_page.get_by_role("button", name="Check", exact=True).click()
    expect(stub_page.get_by_role("alert")).to_contain_text(
        "The text is longer than 100,000 characters; check it in parts.", timeout=SLOW
    )

    stub_page.get_by_role("tab", name="Ask").click()
    stub_page.get_by_label("Your question").focus()
    stub_page.keyboard.insert_text("why " * 1000)
    assert len(stub_page.get_by_label("Your question").input_value()) == 4000


def test_a_saved_file_is_not_held(page: Page, address: str, tmp_path: Path) -> None:
    ask(page, HEADLINE)
    for _ in range(2):
        assert saved(page, "#talk", "JSON", tmp_path)
    end = time.monotonic() + SLOW / 1000
    while "application/json" in (held := held_by_gradio(address)) and time.monotonic() < end:
        page.wait_for_timeout(100)
    assert HEADLINE in held
    assert "application/json" not in held


def test_checks_and_conversations_are_saved_as_files(page: Page, tmp_path: Path) -> None:
    check_text(page, "Governors of prisons own 14 canoes.")
    expect(page.locator(".claim .mark")).to_have_text("? Not in the sources")
    data = json.loads(saved(page, "#checker", "JSON", tmp_path))
    assert data["entries"][0]["outcome"] == "not_in_sources"
    for kind in ("Word", "web page", "Markdown"):
        assert saved(page, "#checker", kind, tmp_path)

    page.get_by_role("tab", name="Ask").click()
    expect(page.get_by_role("button", name="Save as JSON")).to_be_hidden()
    ask(page, HEADLINE)
    data = json.loads(saved(page, "#talk", "JSON", tmp_path))
    assert data["entries"][0]["asked"] == HEADLINE

    page.get_by_role("tab", name="Check").click()
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.locator(".claim")).to_have_count(0)
    expect(page.locator("#verdicts .sources")).to_have_count(0)


def test_a_phone_shows_a_check_without_scrolling_sideways(stub_phone: Page) -> None:
    check_text(stub_phone, f"Nine cases were late. {HOSTILE}")
    width = "document.documentElement.scrollWidth"
    assert stub_phone.evaluate(width) <= 360
    stub_phone.locator(".claim .said").first.click()
    expect(stub_phone.locator("#verdicts .verdict:visible")).to_be_in_viewport()
    assert stub_phone.evaluate(width) <= 360


def test_what_a_checked_text_holds_is_text_and_never_runs(stub_page: Page) -> None:
    check_text(stub_page, f"{HOSTILE} \n\nNine cases were late.")
    expect(stub_page.locator(".checked .text")).to_contain_text(HOSTILE)
    expect(stub_page.locator("#verdicts .sources:visible h3")).to_contain_text(HOSTILE)
    expect(stub_page.locator("#page .checked img, #verdicts img, #page script")).to_have_count(0)
    assert stub_page.evaluate("window.ran") is None


def test_what_cannot_be_checked_is_told_in_one_sentence(stub_page: Page) -> None:
    stub_page.get_by_role("tab", name="Check").click()
    stub_page.get_by_role("button", name="Check", exact=True).click()
    expect(stub_page.get_by_role("alert")).to_contain_text(
        "There is nothing to check yet", timeout=SLOW
    )
    picture = {"name": "a.txt", "mimeType": "text/plain", "buffer": b"\x89PNG and so on"}
    stub_page.locator("#checker input[type=file]").set_input_files(picture)
    expect(stub_page.get_by_role("alert")).to_contain_text("a.txt is a picture", timeout=SLOW)


class Stub:
    """Answers each question with a hostile quote from a section named like the question."""

    settings = Settings()

    def check_steps(self, given: str | Reading, *, name: str = "") -> Iterator[Step]:
        reading = read_text(given) if isinstance(given, str) else given
        return check_steps(reading, self.check, 2000, name)

    def check(self, claim: str) -> Verdict:
        if "slow" in claim:
            FINISHED.wait(SLOW / 1000)
        answer = next(iter(self.stream(claim)))
        return Verdict(
            claim=claim,
            verdict=VerdictKind.CONTRADICTED,
            explanation=HOSTILE,
            citations=answer.citations,
        )

    @property
    def library(self) -> "Stub":
        return self

    register = library

    def facts(self) -> dict[str, str]:
        return {}

    def reports(self) -> list[Report]:
        return []

    def stream(self, question: str, history: Sequence[Turn] = ()) -> Iterator[Answer]:
        if question == "fail":
            raise LibraryError("The library is gone; look again.")
        citation = Citation(
            number=1,
            source="hostile.html",
            title=HOSTILE,
            publisher=HOSTILE,
            published="2025",
            page=1,
            section=question,
            quote=HOSTILE,
            start=0,
            end=len(HOSTILE),
            sha256="0" * 64,
            url="javascript:window.ran=1",
            context=f"Before. {HOSTILE} After.",
        )
        sentence = AnswerSentence(text=f"“{HOSTILE}”", citations=(1,))
        answer = Answer(
            question=question,
            status=Status.ANSWERED,
            answer=f"{sentence.text} [1]",
            sentences=(sentence,),
            citations=(citation,),
        )
        yield answer
        if question in ("slow", EXAMPLES[3]):
            FINISHED.wait(SLOW / 1000)
        for number in range(100 if question == "steady" else 0):
            time.sleep(0.02)
            yield answer.model_copy(update={"note": f"Part {number}"})


def ask(page: Page, question: str, number: int = 1) -> None:
    send(page, question)
    expect(turn(page, number)).to_have_attribute("aria-busy", "false", timeout=60_000)


def send(page: Page, question: str) -> None:
    box = page.get_by_label("Your question")
    box.fill(question)
    box.press("Enter")
    expect(box).to_have_value("")


def clear_conversation(page: Page) -> None:
    page.get_by_role("button", name="Clear conversation").click()
    expect(page.locator(".turn")).to_have_count(0, timeout=SLOW)


def start_check(page: Page, text: str) -> None:
    page.get_by_role("tab", name="Check").click()
    page.get_by_label("Claim or text to check").fill(text)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator(":is(.checking, .checked)")).to_be_visible(timeout=SLOW)


def check_text(page: Page, text: str) -> None:
    start_check(page, text)
    expect(page.locator(".checked")).to_be_visible(timeout=SLOW)


def saved(page: Page, where: str, kind: str, folder: Path) -> bytes:
    with page.expect_download() as download:
        page.locator(where).get_by_role("button", name=f"Save as {kind}").click()
    path = folder / download.value.suggested_filename
    assert path.name.startswith("findings-")
    download.value.save_as(path)
    return path.read_bytes()


def held_by_gradio(address: str) -> str:
    """What the server keeps of the last values of all components, over all visits."""
    sessions = SERVED[address].app.state_holder.session_data.values()
    return repr([list(session.components) for session in sessions])


def turn(page: Page, number: int) -> Locator:
    return page.locator(f"#turn-{number}")


def press_until(page: Page, key: str, target: Locator) -> None:
    for _ in range(12):
        page.keyboard.press(key)
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"{key} does not reach {target}")


def outline(element: Locator) -> str:
    style: str = element.evaluate("element => getComputedStyle(element).outlineStyle")
    return style


def _served(assistant: Assistant) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    page = start(assistant, Settings(port=port))
    address = f"http://127.0.0.1:{port}/"
    SERVED[address] = page
    yield address
    page.close(verbose=False)
    del page, SERVED[address]
    gc.collect()


def _opened(browser: Browser, address: str, **given: object) -> Iterator[Page]:
    """A tab of its own; no request of it may go elsewhere, and no script may fail."""
    context = browser.new_context(**given)
    page = context.new_page()
    requested: list[str] = []
    failed: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.on("websocket", lambda socket: requested.append(socket.url))
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto(address)
    expect(page.get_by_label("Your question")).to_be_visible(timeout=60_000)
    yield page
    context.close()
    assert requested
    assert [url for url in requested if not url.startswith((address, "data:", "blob:"))] == []
    assert failed == []
