"""Copies: what each report is to the others, in whichever order they come; no false alarms."""

import random
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from itertools import permutations
from pathlib import Path

import docx
import numpy as np
import pytest

from ingest.describe import describe
from ingest.library import Library
from ingest.likeness import Signature, likeness, may_be_alike, repeated, words
from ingest.pipeline import ingest, report_id_of
from ingest.readers import read
from ingest.register import Register
from ingest.report import Report
from ingest.settings import Settings

# Sentences of a made report on lighthouses, and the same as a machine that swaps words gives them.
ORIGINAL = """\
Inspectors rated the upkeep of lighthouses along the northern coast 'Inadequate', which is the
lowest grade that they can give. They found that 46 per cent of lamps were cleaned as often as the
manual demands, and that only 17 per cent of keepers had been trained in the last two years. The
service had no current plan for storms, although there were 31 storms in the year before the visit.

Managers knew about the lack of spare parts and had asked for £4.2 million to buy them, but they had
not said which stations should be served first. In 58 per cent of the stations the records of faults
were not complete. The keepers who spoke with the inspectors were proud of their work and said that
they would like to have more time for the repair of the towers, which are old and often damp.

Training was the weakest part of the service. New keepers spent nine weeks with an older colleague
and then worked alone at night, which most of them described as hard. The inspectors were told that
a new course would begin in the spring, yet no teacher had been chosen when they left. The report
makes six recommendations to the coast board, and asks it to answer within three months.
"""
REWORDED = """\
Examiners rated the maintenance of beacons along the northern shore 'Insufficient', which is the
bottom mark they may award. Examiners discovered that 46 per cent of lights have been washed as
usually as the handbook calls for, and that simply 17 per cent of guardians had been schooled within
the final two years. The service had no present scheme for tempests, though there have been 31
tempests within the 12 months earlier than the go to.

Executives knew about the absence of replacement components and had requested £4.2 million to
purchase them, however they'd not stated which stations must be served first. In 58 per cent of
the posts the data of errors weren't full. The guardians who talked with the examiners have been
pleased with their labour and stated that they want to have extra time for the fix of the turrets,
which are previous and infrequently moist.

Schooling was the weakest a part of the service. Newcomer guardians spent nine weeks with an elder
worker after which toiled alone at evening, which most of them described as exhausting. The
examiners have been told that a recent class would start in the springtime, but no instructor had
been picked when they departed. The paper makes six ideas to the coast panel, and asks it to reply
inside three months.
"""
NEWS = """\
The coast board has been told to mend its ways, in a report that is published today. The inspection
report finds fault with training, and the report says that storms are not planned for. Its authors
call their work The state of lighthouses on the northern coast, and it runs to forty pages.
Local people have long complained of lamps that go out. A member of the council said that nothing
in the report surprises her, and that the board has had every chance to put things right. The board
will answer in the summer, a speaker told us, and meanwhile asks ships to take care at night. The
harbour master added that two boats had come to grief on the rocks since the winter, and that he for
one will watch closely what the board now does about its oldest towers and their keepers.
"""
TITLE = "The state of lighthouses on the northern coast"


def document(text: str, **properties: str) -> str:
    head = "".join(f"{key}: {value}\n" for key, value in properties.items())
    return f"---\n{head}---\n\n{text}" if head else text


class Shelf:
    """A register in memory, which needs neither vectors nor an index to know copies."""

    def __init__(self) -> None:
        self.register = Register(Path(":memory:"))

    def put(self, name: str, text: str, location: str = "", **properties: str) -> None:
        location = location or f"/{name}"
        reading = read(document(text, **properties).encode(), name)
        about = describe(reading, name, location)
        self.store(Report(report_id_of(location), name, location, "0", reading.text, (0,), about))

    def store(self, report: Report) -> None:
        self.register.put(report, [], [], {}, {}, {})
        self.register.mark_ready(report.id)

    def remove(self, name: str) -> None:
        self.register.remove(report_id_of(f"/{name}"))

    @property
    def relations(self) -> dict[str, tuple[str, str]]:
        """For each report that is something to another: what, and to which."""
        reports = self.register.reports()
        sources = {report.id: report.source for report in reports}
        found = {report.source: report.description for report in reports}
        return {
            source: (about.relation, sources[about.copy_of or about.about])
            for source, about in found.items()
            if about.relation
        }


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    made = Shelf()
    yield made
    made.register.close()


def in_all_orders(puts: Sequence[Callable[[Shelf], None]]) -> Iterator[dict[str, tuple[str, str]]]:
    for order in permutations(puts):
        shelf = Shelf()
        for put in order:
            put(shelf)
        yield shelf.relations
        shelf.register.close()


def test_a_reworded_copy_is_marked_whichever_comes_first() -> None:
    puts = (
        lambda shelf: shelf.put("original.md", ORIGINAL, title=TITLE, published="2025-03-01"),
        lambda shelf: shelf.put("copy.txt", REWORDED),
    )
    for relations in in_all_orders(puts):
        assert relations == {"copy.txt": ("reworded", "original.md")}


def test_of_a_reworded_pair_the_one_with_the_grades_of_inspectorates_is_the_original(
    shelf: Shelf,
) -> None:
    # The copy claims an earlier date and has no less of a title.
    shelf.put("a.md", REWORDED, title="Beacons of the northern shore", published="2020-01-01")
    shelf.put("b.md", ORIGINAL, title=TITLE, published="2025-03-01")
    assert shelf.relations == {"a.md": ("reworded", "b.md")}


def test_the_mark_goes_with_the_original_and_comes_back_with_it(shelf: Shelf) -> None:
    shelf.put("original.md", ORIGINAL, title=TITLE)
    shelf.put("copy.txt", REWORDED)
    shelf.remove("original.md")
    assert shelf.relations == {}
    shelf.put("original.md", ORIGINAL, title=TITLE)
    assert shelf.relations == {"copy.txt": ("reworded", "original.md")}
    shelf.put("copy.txt", NEWS)  # the file has changed, and is no copy any more
    assert shelf.relations == {"copy.txt": ("news", "original.md")}


def test_the_report_from_an_official_address_is_the_original() -> None:
    official = "https://inspections.gov.uk/lighthouses.md"
    puts = (
        lambda shelf: shelf.put("lighthouses.md", ORIGINAL, official, title=TITLE),
        lambda shelf: shelf.put(
            "copy.md", ORIGINAL.replace("nine weeks", "ten weeks"), title=TITLE,
            url="https://gov.uk.example/lighthouses", published="2019-01-01",
        ),
    )  # fmt: skip
    for relations in in_all_orders(puts):
        assert relations == {"copy.md": ("copy", "lighthouses.md")}


def test_of_two_versions_the_earlier_is_marked_and_a_chain_leads_to_the_latest() -> None:
    def version(number: int) -> Callable[[Shelf], None]:
        text = ORIGINAL.replace("58 per cent", f"{58 + number} per cent")
        return lambda shelf: shelf.put(
            f"v{number}.md", text, title=TITLE, published=f"2025-0{number}-01"
        )

    puts = (*map(version, (1, 2, 3)), lambda shelf: shelf.put("old.txt", ORIGINAL))
    for relations in in_all_orders(puts):
        assert relations == {
            "v1.md": ("version", "v3.md"),
            "v2.md": ("version", "v3.md"),
            "old.txt": ("copy", "v3.md"),
        }


def test_news_is_a_source_of_its_own_that_knows_what_it_is_about() -> None:
    puts = (
        lambda shelf: shelf.put("report.md", ORIGINAL, title=TITLE, kind="inspection"),
        lambda shelf: shelf.put("post.txt", NEWS, kind="news"),
        lambda shelf: shelf.put("other.txt", NEWS.replace("northern", "southern"), kind="news"),
    )
    for relations in in_all_orders(puts[:2]):
        assert relations == {"post.txt": ("news", "report.md")}
    shelf = Shelf()
    shelf.put("report.md", ORIGINAL, title=TITLE, kind="inspection", published="2025-03-01")
    shelf.put("post.txt", NEWS, kind="news", published="2024-03-01")
    assert shelf.relations == {}, "no news tells of what is published a year later"
    shelf.register.close()


def test_a_digest_is_known_as_one_and_is_no_copy() -> None:
    puts = (
        lambda shelf: shelf.put("report.md", ORIGINAL, title=TITLE),
        lambda shelf: shelf.put("digest.md", REWORDED, title="Digest", digest_of=TITLE),
        lambda shelf: shelf.put("second.md", NEWS, title="Second digest", digest_of=TITLE),
    )
    for relations in in_all_orders(puts):
        assert relations == {
            "digest.md": ("digest", "report.md"),
            "second.md": ("digest", "report.md"),
        }


def test_inspections_on_one_template_are_not_confused(shelf: Shelf) -> None:
    """The same words throughout: other figures, another place, or another visit."""
    other_figures = (
        ORIGINAL.replace("46", "71").replace("17", "64").replace("58", "12").replace("31", "8")
    )
    same = {"title": TITLE, "kind": "inspection"}
    shelf.put("2021.md", ORIGINAL, published="2021-03-01", **same)
    shelf.put("2024.md", other_figures, published="2024-03-01", **same)
    assert shelf.relations == {}
    shelf.put("neighbour.md", ORIGINAL, place="West Northshire", **same)
    shelf.put("twin.md", ORIGINAL, place="North Northshire", **same)
    about = {r.source: r.description for r in shelf.register.reports()}
    ids = {report_id_of("/neighbour.md"), report_id_of("/twin.md")}
    assert not {about["neighbour.md"].copy_of, about["twin.md"].copy_of} & ids


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"place": "North Northshire"}, {"place": "West Northshire"}),
        ({"period": "3 to 14 October 2022"}, {"period": "5 to 16 May 2025"}),
        ({"title": "Lighthouses in 2023"}, {"title": "Lighthouses in 2024"}),
    ],
)
def test_what_two_reports_say_of_themselves_tells_them_apart(
    shelf: Shelf, one: dict[str, str], other: dict[str, str]
) -> None:
    shelf.put("one.md", ORIGINAL, **one)
    shelf.put("other.md", ORIGINAL, **other)
    assert shelf.relations == {}


def test_a_text_too_short_to_tell_is_no_copy(shelf: Shelf) -> None:
    shelf.put("hull.md", "Inspectors saw 40 cases. Half of them were late, and 12 were lost.")
    shelf.put("york.md", "Inspectors saw 40 cases. Half of them were late, and 12 were missed.")
    assert shelf.relations == {}


def test_the_same_report_in_two_formats_is_one_copy_and_is_searched_like_any(
    settings: Settings, write: Callable[[str, str], Path], tmp_path: Path
) -> None:
    paragraphs = ORIGINAL.split("\n\n")
    made = docx.Document()
    made.add_heading(TITLE, 0)
    for paragraph in paragraphs:
        made.add_paragraph(" ".join(paragraph.split()))
    made.save(str(tmp_path / "lighthouses.docx"))
    body = "".join(f"<p>{' '.join(paragraph.split())}</p>" for paragraph in paragraphs)
    page = write(
        "page.html",
        f"<html><head><title>{TITLE}</title></head><body><nav>Home</nav><main><article>"
        f"<h1>{TITLE}</h1>{body}</article></main><footer>Share this</footer></body></html>",
    )
    with Library.open(settings) as library:
        ingest(library, [str(page)], settings)
        assert not library.find("page.html").description.copy_of
        ingest(library, [str(tmp_path / "lighthouses.docx")], settings)
        related = {r.source: r.description for r in library.reports() if r.description.relation}
        assert [about.relation for about in related.values()] == ["copy"]
        assert library.doctor() == []
        (copy,) = related
        original = library.report(related[copy].copy_of)
        library.remove(original.id)
        assert not library.find(copy).description.relation
    with Library.open(settings) as library:
        assert not library.find(copy).description.relation


def test_marks_are_kept_and_bytes_that_an_update_replaced_are_no_duplicate(
    settings: Settings, write: Callable[[str, str], Path]
) -> None:
    first = write("a/one.md", document(ORIGINAL, title=TITLE))
    with Library.open(settings) as library:
        ingest(library, [str(first)], settings)
        old = first.read_text(encoding="utf-8")
        first.write_text(NEWS, encoding="utf-8")
        moved = write("b/two.md", old)
        copy = write("b/copy.txt", REWORDED)
        summary = ingest(library, [str(first), str(moved), str(copy)], settings)
        assert [o.source for o in summary.updated] == ["one.md"]
        assert [o.source for o in summary.added] == ["two.md", "copy.txt"]
    with Library.open(settings) as library:
        assert library.find("copy.txt").description.copy_of == library.find("two.md").id


def test_comparing_is_symmetric_and_survives_any_text() -> None:
    texts = ["", "one", ORIGINAL, REWORDED, "0 " * 30_000, "a b " * 15_000, "\x00\u202e" * 500]
    known = {text: Signature.of(text) for text in texts}
    for one, other in permutations(texts, 2):
        signatures = (known[one], known[other])
        assert may_be_alike(*signatures) == may_be_alike(*reversed(signatures))
        assert likeness(one, other, signatures) == likeness(other, one, signatures[::-1])


def test_a_signature_comes_back_as_it_was_stored() -> None:
    signature = Signature.of(ORIGINAL)
    again = Signature.restored(*signature.stored())
    assert (again.length, again.grades, again.figures) == (
        signature.length,
        signature.grades,
        signature.figures,
    )
    assert np.array_equal(again.hashes, signature.hashes)


def test_rewording_leaves_something_of_every_window_and_a_template_does_not() -> None:
    random_ = random.Random(4)
    text = words(ORIGINAL) * 3
    swapped = [f"other{n}" if random_.random() < 0.35 else w for n, w in enumerate(text)]
    half_template = text[: len(text) // 2] + [f"new{n}" for n in range(len(text) // 2)]
    assert repeated(text, swapped) > 0.35
    assert repeated(text, half_template) < 0.1


# --- real documents ----------------------------------------------------------------------------


def test_of_the_founding_texts_only_the_reworded_copy_is_one(shared: Path, shelf: Shelf) -> None:
    for path in sorted((shared / "corpus" / "probation").glob("*.txt"), reverse=True):
        shelf.put(path.name[:3], path.read_text(encoding="utf-8"))
    assert shelf.relations == {"001": ("reworded", "000")}


def test_of_real_inspections_on_a_few_templates_none_is_a_copy(shared: Path) -> None:
    """Some authorities have several, and two neighbours have the same but for their names.

    Nor is one among all 120, which take a minute to read.
    """
    shelf = Shelf()
    paths = sorted((shared / "corpus" / "childrens-services").glob("*.pdf"))[:30]
    for path in paths:
        reading = read(path.read_bytes(), path.name)
        report = Report(
            report_id_of(str(path)), path.name, str(path), "0", reading.text,
            reading.page_starts, describe(reading, path.name, str(path)),
        )  # fmt: skip
        shelf.store(report)
    assert shelf.relations == {}
    shelf.register.close()


def test_the_starter_digests_are_no_copies_of_each_other(starter_library_path: Path) -> None:
    database = sqlite3.connect(f"file:{starter_library_path}/register.sqlite3?mode=ro", uri=True)
    assert database.execute("select * from likenesses").fetchall() == []
    database.close()
