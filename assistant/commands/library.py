"""`findings library list | show | remove | doctor | export`."""

import json
import sys
from typing import Any

import click

from assistant.commands.common import (
    as_json,
    chroma_option,
    library_option,
    open_library,
    print_json,
)
from ingest.settings import load_settings


@click.group()
def library() -> None:
    """See and tend what has been ingested."""


@library.command("list")
@library_option
@chroma_option
@as_json
def list_reports(as_json: bool, **given: Any) -> None:
    """List the reports, oldest first."""
    with open_library(load_settings(given)) as opened:
        reports = opened.reports()
    if as_json:
        print_json([report_row(report) for report in reports])
        return
    sources = {report.id: report.source for report in reports}
    for report in reports:
        about = report.description
        related = _relations(about, sources)
        click.echo(
            f"{report.id}  {about.published or 'undated':10}  {about.kind or '-':10}  "
            f"{about.title}  ({report.source}{''.join(f'; {told}' for told in related)})"
        )


@library.command()
@click.argument("name")
@click.option("--text", "with_text", is_flag=True, help="Print the whole text, as it is stored.")
@library_option
@chroma_option
@as_json
def show(name: str, with_text: bool, as_json: bool, **given: Any) -> None:
    """Show the report whose id, file name or title begins with NAME."""
    with open_library(load_settings(given)) as opened:
        report = opened.find(name)
        sentences = len(opened.sentences(report.id))
        sources = {other.id: other.source for other in opened.reports()}
    row = report_row(report) | {"sentences": sentences}
    if as_json:
        print_json(row | ({"text": report.text} if with_text else {}))
    elif with_text:
        click.echo(report.text)
    else:
        shown = row | {"relation": "; ".join(_relations(report.description, sources))}
        for key, value in shown.items():
            if value:
                click.echo(f"{key:10}  {value}")


@library.command()
@click.argument("names", nargs=-1, required=True)
@library_option
@chroma_option
@as_json
def remove(names: tuple[str, ...], as_json: bool, **given: Any) -> None:
    """Remove the reports whose id, file name or title begins with NAMES."""
    removed = []
    with open_library(load_settings(given)) as opened:
        for name in names:
            report = opened.find(name)
            opened.remove(report.id)
            removed.append(report.source)
            if not as_json:
                click.echo(f"removed {report.source}")
    if as_json:
        print_json({"removed": removed})


@library.command()
@library_option
@chroma_option
@as_json
def doctor(as_json: bool, **given: Any) -> None:
    """Check that register, vectors and lexical index agree, and name the copies."""
    with open_library(load_settings(given)) as opened:
        problems, counts, reports = opened.doctor(), opened.counts(), opened.reports()
    sources = {report.id: report.source for report in reports}
    copies = [
        f"{report.source} is {_relations(report.description, sources)[0]}."
        for report in reports
        if report.description.copy_of
    ]
    if as_json:
        print_json({"problems": problems, "reports": counts.reports, "copies": copies})
    elif problems:
        click.echo("\n".join(problems))
    else:
        click.echo(
            f"All is well: {counts.reports} reports, {counts.passages} passages, "
            f"{counts.sentences} sentences, the same in the register, Chroma and tantivy."
        )
    if copies and not as_json:
        click.echo("\n".join(copies))
    if problems:
        sys.exit(1)


@library.command()
@library_option
@chroma_option
@click.option(
    "--json",
    "_",
    is_flag=True,
    expose_value=False,
    help="Changes nothing: it prints nothing else.",
)
def export(**given: Any) -> None:
    """Print every report as one JSON line: description, pages, text, sentences."""
    with open_library(load_settings(given)) as opened:
        for report in opened.reports():
            sentences = [
                {"start": s.start, "end": s.end, "page": s.page, "section": s.section}
                for s in opened.sentences(report.id)
            ]
            row = report_row(report) | {"text": report.text, "sentences": sentences}
            click.echo(json.dumps(row, ensure_ascii=False))


def _relations(about: Any, sources: dict[str, str]) -> list[str]:
    """What a report is to others, in words: first whose copy it is, then what it tells of."""
    from ingest.copies import Relation  # noqa: PLC0415

    told = []
    if about.copy_of:
        told.append(Relation(about.relation).to(sources[about.copy_of]))
    if about.about:
        tells = Relation.DIGEST if about.digest_of else Relation.NEWS
        told.append(tells.to(sources[about.about]))
    return told


def report_row(report: Any) -> dict[str, Any]:
    about = report.description
    return {
        "id": report.id,
        "source": report.source,
        "title": about.title,
        "publisher": about.publisher,
        "published": about.published,
        "kind": about.kind,
        "place": about.place,
        "period": about.period,
        "url": about.url,
        "digest_of": about.digest_of,
        "copy_of": about.copy_of,
        "about": about.about,
        "relation": about.relation,
        "pages": len(report.page_starts),
        "sha256": report.sha256,
        "location": report.location,
    }
