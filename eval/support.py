"""Do the citations of an answer carry its sentences: figures, citation recall and precision."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer, AnswerSentence, Citation
from assistant.selections import uncounted
from eval.wording import figures, plain_words, tokens, without_markers
from ingest.words import STOPWORDS

ENOUGH_WORDS = 0.75  # of a sentence's content words must be in what it cites


@dataclass(frozen=True, slots=True)
class Support:
    """Counts of one answer, each (good, all)."""

    figures: tuple[int, int]
    sentences: tuple[int, int]
    citations: tuple[int, int]


def support(answer: Answer) -> Support:
    """How far the citations of an answer carry it.

    Figures: of the numbers shown, those that occur, with their unit, in what their sentence cites; the
    number of table rows that it cites, which it may begin with, is none.
    Sentences and citations: citation recall and precision in the sense of ALCE (Gao et al. 2023,
    Enabling Large Language Models to Generate Text with Citations). A sentence is recalled when
    all that it cites, taken together, supports it; a citation is precise when its sentence is
    recalled and the citation either supports it alone or is missed when taken away. Where ALCE
    asks an entailment model, "supports" is judged here by containment: every figure of the
    sentence and three quarters of its content words occur in the quotes.
    """
    by_number = {citation.number: citation for citation in answer.citations}
    shown, faithful, recalled, precise, cited = 0, 0, 0, 0, 0
    for sentence in answer.sentences:
        own = [by_number[n] for n in sentence.citations if n in by_number]
        good, every = _figures(sentence.text, own)
        faithful, shown = faithful + good, shown + every
        carries = len(own) == len(sentence.citations) and _supports(sentence, own)
        recalled += carries
        cited += len(sentence.citations)
        precise += sum(_needed(sentence, own, place) for place in range(len(own)) if carries)
    good, every = _stray_figures(answer)
    return Support(
        (faithful + good, shown + every), (recalled, len(answer.sentences)), (precise, cited)
    )


def _figures(text: str, cited: Sequence[Citation]) -> tuple[int, int]:
    known = {token for citation in cited for token in tokens(_words_of(citation))}
    shown = figures(uncounted(text, len(cited)))
    return sum(figure in known for figure in shown), len(shown)


def _stray_figures(answer: Answer) -> tuple[int, int]:
    """Figures of the answer that stand in none of its sentences, against all that it cites."""
    in_sentences = {figure for sentence in answer.sentences for figure in figures(sentence.text)}
    stray = [figure for figure in figures(answer.answer) if figure not in in_sentences]
    known = {token for citation in answer.citations for token in tokens(_words_of(citation))}
    return sum(figure in known for figure in stray), len(stray)


def _needed(sentence: AnswerSentence, cited: Sequence[Citation], place: int) -> bool:
    others = [*cited[:place], *cited[place + 1 :]]
    return _supports(sentence, [cited[place]]) or not _supports(sentence, others)


def _supports(sentence: AnswerSentence, cited: Sequence[Citation]) -> bool:
    if not cited:
        return False
    good, every = _figures(sentence.text, cited)
    known = {word for citation in cited for word in plain_words(_words_of(citation))}
    wanted = {word for word in plain_words(without_markers(sentence.text)) if word not in STOPWORDS}
    return good == every and len(wanted & known) >= ENOUGH_WORDS * len(wanted)


def _words_of(citation: Citation) -> str:
    """The quote, and what the citation says of its report: title, section and date."""
    return " \n ".join((citation.quote, citation.title, citation.section, citation.published))
