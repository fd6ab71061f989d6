"""Where a figure comes from: every statistic stated in the library, by value, unit, subject, place."""

from collections.abc import Iterator
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
    """The matching statistics, report by report, oldest first, in the order of the text."""
    reports = [library.find(want.report)] if want.report else library.reports()
    for report in reports:
        title = set(stems(title_words(report.description)))
        for sentence in library.sentences(report.id):
            if sentence.kind is not BlockKind.HEADING:
                yield from _in_sentence(report, sentence, title, want)


def _in_sentence(
    report: Report, sentence: Sentence, title: set[str], want: Wanted
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
    for statistic in found:
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
