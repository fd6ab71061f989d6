"""How sure a short lead of an answer is; `python -m eval.certainty -h`.

An answer begins with "Yes." or "No." from `assistant.compose.YES_FROM` and `NO_FROM` on, and sets right
what a question takes for granted from `assistant.check.REFUTED_FROM` on. This counts what would be said
from each chance on, for questions of ours that nothing was trained on, over the reports of the training:
`yes_no.held.jsonl` holds questions for yes or no beside the sentence that settles them, or shows that it
is mixed; `premises.held.jsonl` questions that take something for granted, rightly or wrongly.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assistant.answer import VerdictKind
from assistant.check import Checker
from assistant.decide import decide
from assistant.premise import premise_of
from assistant.reader import Reader
from assistant.retriever import SentenceRetriever
from eval.items import SETS, read_lines
from eval.reading_pairs import Relation, judged_rows
from ingest.embed import Embedder
from ingest.library import Library
from ingest.settings import load_settings

YES_NO, PREMISES = SETS / "yes_no.held.jsonl", SETS / "premises.held.jsonl"
Said = tuple[str, float, str]
"""A lead, its chance, and what the question comes to."""
FROM = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("library", type=Path, help="of the reports that the questions are about")
    given = parser.parse_args()
    console = Console()
    console.print(said_table("Yes or no", yes_no(given.library)))
    console.print(said_table("What is taken for granted", premises(given.library)))


def yes_no(library: Path) -> Iterator[Said]:
    """The likelier lead for each question for yes or no; it comes to yes, to no, or is mixed."""
    told = {Relation.SUPPORTS: "yes", Relation.CONTRADICTS: "no", Relation.NEITHER: "mixed"}
    reader = Reader()
    for row in judged_rows(library, YES_NO):
        for pair in row:
            (read,) = reader.claims(pair.text, [pair.sentence])
            lead = "yes" if read.supports >= read.contradicts else "no"
            yield lead, max(read.supports, read.contradicts), told[pair.relation]


def premises(library: Path) -> Iterator[Said]:
    """For each question that takes something for granted, and is seen to, the chance that the reports say
    otherwise; it is taken wrongly or rightly."""
    settings = load_settings({"library": library})
    with Library.open(settings, create=False) as opened:
        retriever = SentenceRetriever(
            library=opened, settings=settings, embedder=Embedder(settings)
        )
        checker = Checker(retriever, opened, settings)
        for _, row in read_lines(PREMISES):
            premise = premise_of(row["question"])
            if premise:
                decision = decide(checker.held(premise).comparisons)
                against = decision.verdict is VerdictKind.CONTRADICTED
                yield "otherwise", decision.chance if against else 0.0, row["taken"]


def said_table(title: str, found: Iterable[Said]) -> Table:
    """How often each lead is said from each chance on, of questions that come to what."""
    rows = list(found)
    leads = sorted({lead for lead, _, _ in rows})
    kinds = sorted({told for _, _, told in rows})
    table = Table(title=f"{title} ({len(rows)} questions)")
    table.add_column("from")
    for lead in leads:
        for kind in kinds:
            table.add_column(f"“{lead}” of {kind}", justify="right")
    for least in FROM:
        counts = Counter((lead, told) for lead, chance, told in rows if chance >= least)
        table.add_row(f"{least:.2f}", *(str(counts[lead, k]) for lead in leads for k in kinds))
    every = Counter(told for _, _, told in rows)
    table.caption = ", ".join(f"{every[kind]} {kind}" for kind in kinds)
    return table


if __name__ == "__main__":
    main()
