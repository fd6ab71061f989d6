"""Reads what a web page states about itself: title, address, publication date, publisher."""

import json
import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from ingest.dates import parse_date, publication_date
from ingest.publishers import find_publisher

_DATE_METAS = (
    "article:published_time",
    "govuk:first-published-at",
    "datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "citation_publication_date",
    "publication_date",
    "publish-date",
)
_PUBLISHER_METAS = (
    "govuk:primary-publishing-organisation",
    "dcterms.publisher",
    "dc.publisher",
    "citation_publisher",
    "og:site_name",
)
_LONGEST = 300
_VISIBLE = 20_000  # characters of the page in which a publication date may be stated


def html_properties(page: HtmlElement) -> dict[str, str]:
    """Any of title, url, published (ISO) and publisher that the page itself states."""
    metas = dict(reversed(list(_metas(page))))
    linked = [item for item in _linked_data(page) if isinstance(item, dict)]
    site = metas.get("og:site_name", "")
    stated = {
        "title": _title(page, metas, site),
        "url": _address(page, metas),
        "published": _published(page, metas, linked),
        "publisher": _publisher(metas, linked),
    }
    return {key: value[:_LONGEST] for key, value in stated.items() if value}


def _metas(page: HtmlElement) -> Iterator[tuple[str, str]]:
    for meta in page.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            yield name.lower(), content


def _linked_data(page: HtmlElement) -> Iterator[object]:
    for script in page.iter("script"):
        if script.get("type") == "application/ld+json":
            try:
                data = json.loads(script.text_content())
            except (ValueError, RecursionError):
                continue
            if isinstance(data, dict):
                yield data
                graph = data.get("@graph")
                data = graph if isinstance(graph, list) else []
            if isinstance(data, list):
                yield from data


def _title(page: HtmlElement, metas: dict[str, str], site: str) -> str:
    heads = [_flat(head) for head in page.iter("h1")]
    title = next((_flat(element) for element in page.iter("title")), "")
    stated = metas.get("og:title") or metas.get("dcterms.title") or ""
    for candidate in (stated, heads[0] if len(heads) == 1 else "", title):
        if candidate:
            return _without_site(candidate, site)
    return ""


def _without_site(title: str, site: str) -> str:
    """The title without the name of the site that is appended to it."""
    parts = re.split(r"\s+[-|–—·]\s+", title)
    if len(parts) > 1 and (parts[-1] == site or len(parts[-1].split()) <= 4):
        return title[: title.rindex(parts[-1])].rstrip(" -|–—·")
    return title


def _address(page: HtmlElement, metas: dict[str, str]) -> str:
    links = [link.get("href") or "" for link in page.iter("link") if link.get("rel") == "canonical"]
    for address in (*links, metas.get("og:url", "")):
        if re.match(r"https?://\S+$", address):
            return address
    return ""


def _published(page: HtmlElement, metas: dict[str, str], linked: list[dict[str, object]]) -> str:
    stated = [metas.get(name, "") for name in _DATE_METAS]
    stated += [str(item.get("datePublished", "")) for item in linked]
    stated += [
        time.get("datetime") or _flat(time)
        for time in page.iter("time")
        if time.get("pubdate") is not None
        or "publish" in f"{time.get('itemprop')} {time.get('class')}".lower()
    ]
    for text in stated:
        if iso := parse_date(text[:10]) or parse_date(text[:40]):
            return iso
    return publication_date(_flat(page)[:_VISIBLE])


def _publisher(metas: dict[str, str], linked: list[dict[str, object]]) -> str:
    stated = [metas.get(name, "") for name in _PUBLISHER_METAS]
    for item in linked:
        publisher = item.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            stated.append(publisher["name"])
    known = [body for text in stated if (body := find_publisher(text))]
    return known[0] if known else next((text for text in stated if text), "")


def _flat(element: HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())
