"""The chain from a question to an answer: understand, retrieve, decide, write, guard."""

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.documents import Document
from langchain_core.language_models import BaseChatModel
from langchain_core.runnables import Runnable, RunnableBranch, RunnableLambda, RunnablePassthrough

from assistant.answer import Answer, Mode, Status, Turn
from assistant.candidates import Candidate
from assistant.cite import reports_of
from assistant.comparisons import Side
from assistant.compose import (
    Found,
    Tabled,
    as_text,
    by_table,
    compose,
    compose_otherwise,
    compose_sides,
)
from assistant.decline import confidence, is_off_topic, threshold
from assistant.extremes import ByTable
from assistant.generate import NOT_FOUND, PassageSheet, writer
from assistant.guard import guarded
from assistant.inquiry import Inquiry
from assistant.premise import premise_of
from assistant.rank import Ranked, rarities
from assistant.refuse import refusal
from assistant.retriever import SentenceRetriever
from ingest.library import Library
from ingest.settings import Settings

log = logging.getLogger(__name__)


State = dict[str, Any]
"""What the steps hand on: question, history; then started, inquiry, documents, table, sides,
otherwise, retrieved."""


def build_chain(
    retriever: SentenceRetriever,
    refuting: Callable[[str], Candidate | ByTable | None],
    settings: Settings,
    model: BaseChatModel | None = None,
) -> Runnable[State, Answer]:
    """The chain over an open library; with a model, it writes and the quotes stand by.

    `refuting` gives the sentence that excludes an assertion, or the rows, where these do.
    """
    library = retriever.library

    def understand(state: State) -> Inquiry:
        return retriever.understand(state["question"], state.get("history", ()))

    def retrieve(state: State) -> list[Document]:
        return retriever.invoke(state["inquiry"].text, inquiry=state["inquiry"])

    def widen(state: State) -> State:
        inquiry = state["inquiry"]
        if not inquiry.stays or confidence(inquiry, ranked_of(state["documents"])) >= threshold():
            return state
        alone = {**state, "inquiry": retriever.understand(state["question"])}
        alone["documents"] = retrieve(alone)
        first = ranked_of(alone["documents"])[:1]
        return alone if first and not first[0].candidate.report.description.place else state

    def look_up(state: State) -> Tabled | None:
        return by_table(state["inquiry"], ranked_of(state["documents"]), library)

    def set_apart(state: State) -> list[Found]:
        sides = () if state["table"] else retriever.sides(state["inquiry"])
        return [found_of(side, _before(side, state)) for side in sides]

    def found_of(side: Side, before: Sequence[Turn]) -> Found:
        wordings = (side.question, side.otherwise) if side.otherwise else (side.question,)
        asked = [retriever.understand(wording, before) for wording in wordings]
        found = [
            Found(side.label, inquiry, ranked_of(retriever.invoke(inquiry.text, inquiry=inquiry)))
            for inquiry in asked
        ]
        return max(found, key=lambda one: confidence(one.inquiry, one.ranked))

    def set_right(state: State) -> Candidate | ByTable | None:
        premise = premise_of(state["inquiry"].asked)
        supposes = any(r.is_threshold for r in ranked_of(state["documents"])[:1])
        return refuting(premise) if premise and not supposes else None

    def contradict(state: State) -> Answer:
        draft = compose_otherwise(state["otherwise"], library)
        return _guarded(state, Mode.QUOTES, draft.sentences, draft.citations, library)

    def decline(state: State) -> Answer:
        return _declined(state, library)

    def is_declined(state: State) -> bool:
        return _is_declined(state)

    def quote(state: State) -> Answer:
        return _quotes(state, library, settings)

    def generate(state: State) -> Answer:
        assert model is not None
        return _with_model(state, library, settings, writer(model), quote)

    def clock(_: State) -> float:
        return time.perf_counter()

    write = RunnableLambda(quote if model is None else generate)
    chain: Runnable[Any, Answer] = (
        RunnablePassthrough.assign(started=RunnableLambda(clock))
        | RunnablePassthrough.assign(inquiry=RunnableLambda(understand))
        | RunnablePassthrough.assign(documents=RunnableLambda(retrieve))
        | RunnableLambda(widen)  # what nothing says of the place before may be told of all
        | RunnablePassthrough.assign(table=RunnableLambda(look_up))
        | RunnablePassthrough.assign(sides=RunnableLambda(set_apart))
        | RunnablePassthrough.assign(otherwise=RunnableLambda(set_right))
        | RunnablePassthrough.assign(retrieved=RunnableLambda(clock))
        | RunnableBranch[Any, Answer](
            (lambda state: state["otherwise"] is not None, RunnableLambda(contradict)),
            (is_declined, RunnableLambda(decline)),
            write,
        )
    )
    return chain


def _before(side: Side, state: State) -> Sequence[Turn]:
    """What a side follows on: the conversation, and what the same question asks first."""
    history: Sequence[Turn] = state.get("history", ())
    return (*history, Turn(question=side.after, answer="")) if side.after else history


def ranked_of(documents: Sequence[Document]) -> list[Ranked]:
    """The ranked sentences that the retriever's documents stand for."""
    return [document.metadata["ranked"] for document in documents]


def _is_declined(state: State) -> bool:
    inquiry, ranked = state["inquiry"], ranked_of(state["documents"])
    if _answered_sides(state) or (state["table"] and state["table"].alone):
        return False
    return confidence(inquiry, ranked) < threshold() or is_off_topic(inquiry, ranked)


def _answered_sides(state: State) -> list[Found]:
    """The sides of a comparison, where the reports say something of at least two."""
    found = [s for s in state["sides"] if confidence(s.inquiry, s.ranked) >= threshold()]
    return found if len(found) > 1 else []


def _declined(state: State, library: Library) -> Answer:
    inquiry, ranked = state["inquiry"], ranked_of(state["documents"])
    status = Status.OUT_OF_SCOPE if is_off_topic(inquiry, ranked) else Status.NOT_FOUND
    return _answer(state, status, answer=refusal(status, inquiry, ranked, library))


def _quotes(state: State, library: Library, settings: Settings) -> Answer:
    inquiry, ranked = state["inquiry"], ranked_of(state["documents"])
    apart = _answered_sides(state)
    if apart:
        draft = compose_sides(apart, library)
    elif state["table"]:
        draft = state["table"].draft
    else:
        draft = compose(inquiry, ranked, library, rarities(inquiry, library), settings.quote_limit)
    return _guarded(state, Mode.QUOTES, draft.sentences, draft.citations, library)


def _with_model(
    state: State,
    library: Library,
    settings: Settings,
    write: Runnable[dict[str, Any], str],
    quotes: Callable[[State], Answer],
) -> Answer:
    sheet = PassageSheet(state["documents"], library, settings.model_passages)
    note = ""
    try:
        written = write.invoke({"question": state["inquiry"].asked, "passages": sheet.text()})
    except Exception as error:  # noqa: BLE001  (providers raise errors of their own; the quotes stand by)
        log.warning("the language model failed: %s", error)
        note = f"The language model could not be reached ({type(error).__name__})"
    else:
        if NOT_FOUND in written:
            note = "The language model found no answer in the passages"
        else:
            answer = _guarded(state, Mode.MODEL, *sheet.bind(written), library)
            if answer.status is Status.ANSWERED:
                return answer
            note = "Nothing that the language model wrote was proved by what it cited"
    return quotes(state).model_copy(
        update={"mode": Mode.FALLBACK, "note": f"{note}, so these are the reports' own words."}
    )


def _guarded(state: State, mode: Mode, sentences: Any, citations: Any, library: Library) -> Answer:
    kept, cited = guarded(
        sentences, citations, reports_of(citations, library), by_model=mode is Mode.MODEL
    )
    if not kept:
        inquiry, ranked = state["inquiry"], ranked_of(state["documents"])
        text = refusal(Status.NOT_FOUND, inquiry, ranked, library)
        return _answer(state, Status.NOT_FOUND, mode=mode, answer=text)
    return _answer(
        state, Status.ANSWERED, mode=mode, answer=as_text(kept), sentences=kept, citations=cited
    )


def _answer(state: State, status: Status, **given: Any) -> Answer:
    now = time.perf_counter()
    timing = {
        "retrieve": round(1000 * (state["retrieved"] - state["started"]), 1),
        "total": round(1000 * (now - state["started"]), 1),
    }
    return Answer(question=state["question"], status=status, timing_ms=timing, **given)
