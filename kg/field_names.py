"""What columns and keys are called elsewhere, and which field of an article each of them is.

Known are the names of schema.org (JSON-LD), of Dublin Core, and those that news data sets and exports use in English
and German. Case, blanks, hyphens and underscores do not count; what stands further left is preferred.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from kg.article_fields import author_names
from kg.errors import InputError

NAMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        name: tuple(others.split())
        for name, others in {
            "id": "id articleid guid uuid",
            "text": "text body articlebody articletext content fulltext maintext textcontent contenttext bodytext "
            "plaintext article story artikeltext volltext artikel inhalt",
            "title": "title headline titel überschrift ueberschrift schlagzeile dctitle",
            "date": "date published datepublished publishedat publisheddate publicationdate pubdate publishdate "
            "publishedon datecreated datum veröffentlicht erschienen veröffentlichungsdatum issued dcdate",
            "url": "url link articleurl weburl permalink canonicalurl mainentityofpage",
            "publisher": "publisher source sourcename site sitename outlet publication newspaper domain sourcedomain "
            "quelle zeitung medium verlag dcpublisher",
            "authors": "authors author creator byline autor autoren verfasser dccreator",
            "section": "section articlesection category ressort rubrik kategorie",
            "language": "language lang inlanguage sprache dclanguage",
        }.items()
    }
)
_PLACE: Final = {alias: (field, rank) for field, names in NAMES.items() for rank, alias in enumerate(names)}


def field_of(name: str) -> str | None:
    """The field that a column or key is; None where it is none.

    >>> field_of("articleBody"), field_of("Pub_Date"), field_of("views")
    ('text', 'date', None)
    """
    return place[0] if (place := _PLACE.get(_folded(name))) else None


def fields_of(raw: Mapping[Any, Any]) -> dict[str, Any]:
    """The fields of a row or object by the names of `kg.article_fields.Fields`, and ``text``; without blanks.

    Of several names for one field the preferred one is taken. Persons and houses that are objects give their names,
    one string of authors is parted as :func:`kg.article_fields.author_names` tells.
    """
    found: dict[str, tuple[int, Any]] = {}
    for name, value in raw.items():
        if (place := _PLACE.get(_folded(str(name)))) is None:
            continue
        field, rank = place
        plain = _plain(value, field)
        if not _is_blank(plain) and (field not in found or rank < found[field][0]):
            found[field] = (rank, plain)
    fields = {field: value for field, (_, value) in found.items()}
    source = fields.get("publisher")
    if isinstance(source, str) and source.lower().startswith(("http://", "https://")):
        del fields["publisher"]  # "source" holds the publisher in some files, the address in others
        fields.setdefault("url", source)
    return fields


def text_of(raw: Mapping[Any, Any], fields: Mapping[str, Any], source: str, line: int | None) -> str:
    """The text of a row or object.

    Args:
        raw: as it was read, to name what was found.
        fields: of :func:`fields_of`.
        source, line: the place, for messages.

    Raises:
        InputError: it has none, or it is no string.
    """
    text = fields.get("text")
    if isinstance(text, str):
        return text
    if text is None and any(field_of(str(name)) == "text" for name in raw):
        return ""
    if text is None:
        names = ", ".join(str(name)[:30] for name in list(raw)[:8]) or "nothing"
        hint = f"found {names}; name it text, body, content or articleBody"
        raise InputError("text is missing", path=source, line=line, hint=hint)
    raise InputError(f"text is a {type(text).__name__}", path=source, line=line, hint="text must be a string")


def _folded(name: str) -> str:
    return re.sub(r"[\s_\-:.]+", "", name.strip("\ufeff \"'")).casefold()


def _plain(value: Any, field: str) -> Any:  # noqa: ANN401 (whatever JSON or Parquet holds)
    """A value without the objects and lists that schema.org and Parquet wrap it in."""
    if isinstance(value, date):
        return value.isoformat()
    if field == "authors":
        if isinstance(value, str):
            return list(author_names(value))
        names = [_named(part, ("name", "@value")) for part in (value if isinstance(value, list) else [value])]
        return [name for name in names if not _is_blank(name)]
    if isinstance(value, list) and len(value) == 1 and field != "text":
        value = value[0]
    if field == "section" and isinstance(value, list):
        value = next((one for one in value if isinstance(one, str) and one.strip()), None)  # the main one stands first
    if field == "date" and isinstance(value, int | float) and not isinstance(value, bool) and not _is_blank(value):
        return str(int(value)) if abs(value) < 1e15 else str(value)
    return _named(value, ("@id", "url") if field == "url" else ("name", "@value", "@id" if field == "id" else "name"))


def _named(value: Any, keys: tuple[str, ...]) -> Any:  # noqa: ANN401
    return next((value[key] for key in keys if value.get(key)), None) if isinstance(value, dict) else value


def _is_blank(value: Any) -> bool:  # noqa: ANN401
    if isinstance(value, float) and value != value:  # noqa: PLR0124 (NaN, as pandas writes what is not there)
        return True
    return value is None or value == [] or (isinstance(value, str) and not value.strip())
