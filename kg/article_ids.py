"""What articles are called: by the id that was given, else by file or address, else by their content.

An id is one text's within a run. Of files with one name the first in reading order keeps it, the others take folders
before it, as many as are needed: ``2024-01-02-article``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from kg.drafts import Draft
from kg.errors import InputError
from kg.namespaces import digest, slug
from kg.records import Article

_LONGEST: Final = 120  # letters of an id made of an address; longer ones end in a digest
_TRACKING: Final = re.compile(
    r"(utm_\w+|wt_\w+|at_\w+|fbclid|gclid|mc_[ce]id|cmp|cmpid|ref|referrer|xtor|ns_\w+)", re.IGNORECASE
)
"""Parts of a query that tell where a reader came from, not what he reads."""
_ENDING: Final = re.compile(r"(/(index|default)\.\w{3,5}|\.(x?html?|php|aspx?|jsp|txt|md|pdf))?/*$", re.IGNORECASE)


@dataclass(slots=True)
class Ids:
    """The ids of a run; of each article only two numbers are kept."""

    _taken: dict[int, int] = field(default_factory=dict)  # of the id's slug → of id and text

    def named(self, article: Article, draft: Draft | None = None) -> Article:
        """The article with its id for this run; an article that was given before comes out as it did then.

        Args:
            article: as :func:`kg.drafts.article_of` made it.
            draft: what it was made of; None where the article was given as such.

        Raises:
            InputError: its id was given to another text.
        """
        for name in _candidates(article, draft):
            key, mark = _number(slug(name)), _number(name, article.text)
            if self._taken.setdefault(key, mark) == mark:
                return article if name == article.id else replace(article, id=name)
        problem = f"article id {article.id!r} was given to another text of this run"
        raise InputError(problem, path=article.source, hint="give each text an id of its own")


def address_id(url: str) -> str:
    """A readable id for an address: its host and path; a digest where its query tells articles apart.

    >>> address_id("https://www.news.example/politik/wahl-2021.html?utm_source=feed")
    'news-example-politik-wahl-2021'
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    path = _ENDING.sub("", unquote(parts.path))
    name = slug(f"{host} {path}")
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])]
    mark = digest(url)[:6]
    if len(name) > _LONGEST:
        name = f"{name[:_LONGEST].rstrip('-')}-{mark}"
    elif query:
        name = f"{name}-{mark}"
    return name


def _candidates(article: Article, draft: Draft | None) -> Iterator[str]:
    """What the article may be called, the best first."""
    given = draft is None or article.id not in {draft.name, digest(article.title or "", article.text)}
    if draft is None or given:
        yield article.id
    elif draft.name:
        yield draft.name
        for folders in _folders(draft.source or ""):
            yield f"{folders}-{draft.name}"
        yield f"{draft.name}-{digest(article.text)[:6]}"
    elif article.url:
        name = address_id(article.url)
        yield name
        yield f"{name}-{digest(article.url)[:6]}"
    else:
        yield article.id


def _folders(source: str) -> Iterator[str]:
    """The folders that a file lies in, one, two, and so on: of "x/y/z/a.txt" "z", "y-z", "x-y-z"."""
    parts = [slug(part) for part in re.split(r"[/\\]", source)[:-1] if part not in {"", ".", ".."}]
    for count in range(1, len(parts) + 1):
        yield "-".join(parts[-count:])


def _number(*parts: str) -> int:
    return int(digest(*parts), 16)
