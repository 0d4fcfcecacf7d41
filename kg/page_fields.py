"""What an HTML page says of its article: JSON-LD (schema.org), OpenGraph, Dublin Core and other meta tags, microdata.

Only what the page states is taken. A date is one of publication, never of a change, a copyright or an address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

_TITLES: Final = ("og:title", "dc.title", "dcterms.title", "citation_title", "headline", "twitter:title")
_DATES: Final = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date.published",
    "citation_publication_date",
    "parsely-pub-date",
    "publish-date",
    "publish_date",
    "publishdate",
    "publication_date",
    "pubdate",
    "date",  # as German editorial systems have it, beside "last-modified"
)
_AUTHORS: Final = (
    "author",
    "article:author",
    "og:article:author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "parsely-author",
    "byl",
)
_PUBLISHERS: Final = ("og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "application-name")
_SECTIONS: Final = ("article:section", "og:article:section", "section", "parsely-section", "dcterms.subject")
_LANGUAGES: Final = ("og:locale", "content-language", "dc.language", "dcterms.language", "language", "inlanguage")

_ARTICLE: Final = re.compile(r"(?:Article|Posting|Report)$")
_DAY: Final = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)|(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_UNSET: Final = ("0001-01-01", "1970-01-01")  # what editorial systems write where no date was set
_PUBLISHED: Final = {"published", "dt-published", "date-published"}  # hAtom and microformats2
_LANGUAGE: Final = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9]+)*")
_BY: Final = re.compile(r"^(?:von|by|text:|autor(?:in)?:|author:)\s+", re.I)
_BETWEEN: Final = re.compile(r"\s*[;|]\s*|\s+(?:und|and|&)\s+")
_ADDRESS: Final = re.compile(r"https?:|www\.|@\w|\w@")
_PERSON: Final = re.compile(r"[A-ZÄÖÜ][\w.'’-]*(?: (?:[a-z]{2,3} ){0,2}[A-ZÄÖÜ][\w.'’-]*){1,3}")
_LONGEST: Final = 300  # letters of a value; longer ones are texts that landed in the wrong field


def fields_of(tree: Any, url: str | None = None) -> dict[str, Any]:  # noqa: ANN401 - an element of lxml
    """What a page says of its article, by the names of `kg.article_fields.Fields`.

    Args:
        tree: the parsed page.
        url: where it was found; the page's own canonical address goes before it.
    """
    metas = _metas(tree)
    address = _address(tree, metas, url)
    data = _article_data(tree, address, metas)
    publisher = _first([*_names(data.get("publisher")), *_of(metas, _PUBLISHERS)])
    title = _first(
        [*_strings(data.get("headline")), *_of(metas, _TITLES), *_strings(data.get("name")), *_headings(tree)]
    )
    return {
        "title": _without_site(title, publisher),
        "date": _date(tree, data, metas),
        "url": address,
        "publisher": publisher,
        "authors": _authors(tree, data, metas, publisher),
        "section": _first([*_strings(data.get("articleSection")), *_of(metas, _SECTIONS)]),
        "language": _language(tree, data, metas),
    }


def day_of(text: str) -> str | None:
    """The day that a date or time begins with, as ISO 8601, in the time zone that it is told in.

    >>> day_of("2026-11-27T00:30:00+01:00"), day_of("27.11.2026, 8 Uhr"), day_of("2026"), day_of("2026-02-31")
    ('2026-11-27', '2026-11-27', None, None)
    """
    found = _DAY.match(text.strip())
    if found is None:
        return None
    year, month, day = found.group(1, 2, 3) if found.group(1) else found.group(6, 5, 4)
    try:
        told = date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
    return None if told in _UNSET else told


def language_of(text: str | None) -> str | None:
    """The ISO 639-1 code in a language tag.

    >>> language_of("de-DE"), language_of("en_US"), language_of("deutsch")
    ('de', 'en', None)
    """
    found = _LANGUAGE.fullmatch((text or "").strip())
    return found.group(1).lower() if found else None


def names_in(text: str) -> list[str]:
    """The names in a line of authors: „Von Anna Berg und Tom Halm“; none in an address.

    >>> names_in("Von Anna Berg, Tom Halm und Ute Roth"), names_in("Berg, Anna"), names_in("https://x.example/anna")
    (['Anna Berg', 'Tom Halm', 'Ute Roth'], ['Berg, Anna'], [])
    """
    if _ADDRESS.search(text):
        return []
    found = []
    for part in _BETWEEN.split(_BY.sub("", " ".join(text.split()))):
        pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
        whole = any(" " not in piece for piece in pieces)  # "Berg, Anna", and what is no name of a person
        found += [part.strip(" ,")] if whole else pieces
    return [name for name in found if name and len(name) <= 80]


def _metas(tree: Any) -> dict[str, list[str]]:  # noqa: ANN401
    """Contents of meta tags by name in lower case, in their order."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = " ".join((element.get("content") or "").split())
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower().replace("dc:", "dc.").replace("dcterms:", "dcterms.")
            if name and content:
                found.setdefault(name, []).append(content)
    return found


def _article_data(tree: Any, address: str | None, metas: Mapping[str, list[str]]) -> Mapping[str, Any]:  # noqa: ANN401
    """What JSON-LD says of the page's own article, which pages give beside the site, its owner and other articles."""
    found = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        try:
            found += list(_articles(json.loads(_bare(script.text), strict=False)))
        except (ValueError, RecursionError):
            continue
    title = _first(_of(metas, _TITLES)) or ""
    here = [one for one in found if address and address in _addresses(one)]
    same = [one for one in found if title and _first(_strings(one.get("headline"))) == title]
    alone = found if len({str(one.get("headline")) for one in found}) == 1 else []
    return next(iter(here or same or alone), {})


def _bare(text: str) -> str:
    return text.strip().removeprefix("<!--").removeprefix("//<![CDATA[").removesuffix("-->").removesuffix("//]]>")


def _articles(data: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(data, list):
        for one in data:
            yield from _articles(one)
    elif isinstance(data, dict):
        kinds = data.get("@type")
        if any(_ARTICLE.search(kind) for kind in _strings(kinds)):
            yield data
        else:
            yield from _articles(data.get("@graph"))
            yield from _articles(data.get("mainEntity"))


def _addresses(data: Mapping[str, Any]) -> set[str]:
    page = data.get("mainEntityOfPage")
    if isinstance(page, dict):
        page = page.get("@id") or page.get("url")
    return {one for one in (page, data.get("url"), data.get("@id")) if isinstance(one, str)}


def _strings(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [" ".join(one.split()) for one in values if isinstance(one, str)]


def _names(value: object) -> list[str]:
    """Names of persons or bodies in JSON-LD, where they are a text, a node or a list of both."""
    names: list[str] = []
    for one in value if isinstance(value, list) else [value]:
        names += _strings(one.get("name") if isinstance(one, dict) else one)
    return [name for name in names if not _ADDRESS.search(name)]


def _of(metas: Mapping[str, list[str]], names: Iterable[str]) -> list[str]:
    return [content for name in names for content in metas.get(name, ())]


def _first(values: Iterable[str]) -> str | None:
    return next((value.strip() for value in values if value.strip() and len(value) <= _LONGEST), None)


def _headings(tree: Any) -> Iterator[str]:  # noqa: ANN401
    tops = [" ".join(element.text_content().split()) for element in tree.iter("h1")]
    if len(tops) == 1:
        yield tops[0]
    for element in tree.iter("title"):
        yield " ".join((element.text or "").split())
        return


def _without_site(title: str | None, publisher: str | None) -> str | None:
    """A title without the name of the site behind it: "Bosch kauft Kuka | Tagblatt"."""
    if title is None:
        return None
    title = title.split(" | ")[0].strip() or title
    for dash in (" - ", " – ", " — ", " • ", " · "):
        head, _, site = title.rpartition(dash)
        if head and publisher and site.casefold().startswith(publisher.casefold()):
            return head.strip()
    return title


def _date(tree: Any, data: Mapping[str, Any], metas: Mapping[str, list[str]]) -> str | None:  # noqa: ANN401
    told = [*_strings(data.get("datePublished")), *_of(metas, _DATES)]
    for element in tree.iter("time", "abbr", "span"):
        classes = set((element.get("class") or "").lower().split())
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None or classes & _PUBLISHED:
            told.append(element.get("datetime") or element.get("content") or element.get("title") or element.text or "")
    return next((day for one in told if (day := day_of(one))), None)


def _authors(
    tree: Any,  # noqa: ANN401
    data: Mapping[str, Any],
    metas: Mapping[str, list[str]],
    publisher: str | None,
) -> list[str]:
    given = _names(data.get("author"))
    if isinstance(data.get("author"), str) or not given:
        given = [name for one in given or _of(metas, _AUTHORS) for name in names_in(one)]
    if not given:
        for element in tree.iter("a", "span", "p", "div", "address", "li"):
            given += _byline(element)
    return list(dict.fromkeys(name for name in given if name != publisher and len(name) <= 80))


def _byline(element: Any) -> list[str]:  # noqa: ANN401
    """Who a visible byline names: marked as author, or beginning with „Von“ or "By"."""
    classes = f"{element.get('class') or ''} {element.get('id') or ''}"
    marked = "author" in ((element.get("rel") or "").split() + (element.get("itemprop") or "").split())
    if not marked and not re.search(r"byline|author|autor", classes, re.I):
        return []
    text = " ".join(element.text_content().split())
    if len(text) > 120 or not (marked or _BY.match(text)):
        return []
    return [name for name in names_in(text) if _PERSON.fullmatch(name)]


def _address(tree: Any, metas: Mapping[str, list[str]], url: str | None) -> str | None:  # noqa: ANN401
    told = [
        link.get("href") or "" for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    ]
    for one in [*told, *_of(metas, ("og:url",))]:
        try:
            address: str = urljoin(url or "", one.strip())
            parts = urlsplit(address)
        except ValueError:
            continue
        front = parts.path in ("", "/") and not parts.query  # every page of some sites names the front page
        if parts.scheme in ("http", "https") and parts.netloc and not (front and url):
            return address
    return url


def _language(tree: Any, data: Mapping[str, Any], metas: Mapping[str, list[str]]) -> str | None:  # noqa: ANN401
    root = tree.getroottree().getroot()
    told = [root.get("lang"), root.get("xml:lang"), *_strings(data.get("inLanguage")), *_of(metas, _LANGUAGES)]
    return next((code for one in told if (code := language_of(one))), None)
