"""Where a figure comes from: every statistic stated in the library, by value, unit, subject, place."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from assistant.guard import same_figure
from ingest.errors import FindingsError
from ingest.library import Library, title_words
from ingest.readable import readable
from ingest.report import BlockKind, Report, Sentence
from ingest.statistics import Statistic, Unit, statistics
from ingest.words import STOPWORDS, stem, stems, words


@dataclass(frozen=True, slots=True)
class Stated:
    """One figure where it is stated."""

    figure: str  # as it is written
    value: float
    unit: str
    sentence: str  # readable
    section: str
    source: str
    title: str
    place: str
    published: str
    page: int
    start: int  # of the sentence in the report's text
    end: int
    sha256: str

    def row(self) -> dict[str, object]:
        """The fields by name, for JSON and CSV."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What statistics are looked for; what is empty does not restrict."""

    figures: tuple[Statistic, ...] = ()
    unit: str = ""  # the beginning of a unit's name: "per cent", "pounds", "count", ...
    subject: tuple[str, ...] = ()  # stems that the sentence, its lead-in or headings must have
    place: tuple[str, ...] = ()  # stems that sentence, headings or title must have
    period: str = ""  # a year, that sentence, headings, title or publication date must have
    report: str = ""  # id, file name or title, or the beginning of one


def wanted(
    figure: str = "", unit: str = "", subject: str = "", place: str = "", period: str = "",
    report: str = "",
) -> Wanted:  # fmt: skip
    """What is looked for, from a person's words; raises FindingsError for what is no figure or unit."""
    found = tuple(statistics(figure)) if figure else ()
    if figure and not found:
        raise FindingsError(
            f"{figure!r} is no figure; write it as 18 per cent, £22m or one in four."
        )
    if unit and not any(known.value.startswith(unit.lower()) for known in Unit):
        units = ", ".join(known.value for known in Unit)
        raise FindingsError(f"{unit!r} is no unit; the units are: {units}.")
    return Wanted(found, unit.lower(), _content(subject), _content(place), period.strip(), report)


def stated_figures(library: Library, want: Wanted) -> Iterator[Stated]:
    """The matching statistics, report by report, oldest first, in the order of the text.

    One in the lead-in of a list comes once: with the lead-in or, where only items match, the first.
    """
    reports = [library.find(want.report)] if want.report else library.reports()
    for report in reports:
        title = set(stems(title_words(report.description)))
        sentences = library.sentences(report.id)
        listed = _Listed(sentences)
        for sentence in sentences:
            if sentence.kind is not BlockKind.HEADING:
                yield from _in_sentence(report, sentence, title, want, listed)


class _Listed:
    """The figures of one report that are listed, so that an item does not list its lead-in's again."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self._figures: set[tuple[int, str]] = set()  # where a sentence or lead-in begins, a figure

    def new(
        self, sentence: Sentence, text: str, lead_end: int, found: Sequence[Statistic]
    ) -> list[Statistic]:
        """Those of the figures of a readable `text` that are not listed yet; from now on they are."""
        places = self._places(sentence) if lead_end else []
        fresh: list[Statistic] = []
        keys: list[tuple[int, str]] = []
        for statistic in found:
            figure = text[statistic.start : statistic.end]
            of_lead = [(place, figure) for place in places if statistic.end <= lead_end]
            if self._figures.isdisjoint(of_lead):
                fresh.append(statistic)
                keys += [(sentence.start, figure), *of_lead]
        self._figures.update(keys)  # at the end: a sentence may state the same figure twice
        return fresh

    def _places(self, sentence: Sentence) -> list[int]:
        """Where each span of a lead-in begins, and each sentence in it."""
        places: list[int] = []
        for start, end in sentence.lead:
            first = bisect_right(self._sentences, start, key=lambda s: s.end)
            last = bisect_left(self._sentences, end, key=lambda s: s.start)
            places += [start, *(s.start for s in self._sentences[first:last])]
        return places


def _in_sentence(
    report: Report, sentence: Sentence, title: set[str], want: Wanted, listed: _Listed
) -> Iterator[Stated]:
    text = readable(report.text, sentence.kind, sentence.start, sentence.end, sentence.lead)
    found = [s for s in statistics(text) if _fits(s, want)]
    if not found:
        return
    near = set(stems(f"{text} {sentence.section}"))
    if not set(want.subject) <= near or not set(want.place) <= near | title:
        return
    if want.period and want.period not in near | title:
        return
    about = report.description
    own = readable(report.text, sentence.kind, sentence.start, sentence.end)
    lead_end = len(text) - len(own) if text.endswith(own) else 0
    for statistic in listed.new(sentence, text, lead_end, found):
        yield Stated(
            figure=text[statistic.start : statistic.end],
            value=round(statistic.value, 6),
            unit=statistic.unit.value,
            sentence=text,
            section=sentence.section,
            source=report.source,
            title=about.title,
            place=about.place,
            published=about.published,
            page=sentence.page,
            start=sentence.start,
            end=sentence.end,
            sha256=report.sha256,
        )


def _fits(statistic: Statistic, want: Wanted) -> bool:
    if want.figures and not any(same_figure(statistic, figure) for figure in want.figures):
        return False
    return statistic.unit.value.startswith(want.unit)


def _content(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in words(text) if word not in STOPWORDS)
