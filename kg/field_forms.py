"""What a file says of an article, in the forms that `kg.article_fields` takes, or left out with a notice.

Whoever gives an article by hand is told of a bad date; one that comes as row 70,000 of an export is not lost for it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

from kg.article_fields import checked
from kg.date_forms import iso_date
from kg.drafts import Draft
from kg.errors import InputError, Notice

_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_LANGUAGES: Final = {
    name: code
    for code, names in (("de", "deutsch german deu ger de_de"), ("en", "englisch english eng en_us en_gb"))
    for name in names.split()
}
_LOOSE: Final = ("date", "language", "url", "title", "publisher", "section")


def mended(draft: Draft) -> tuple[Draft, tuple[Notice, ...]]:
    """The draft with dates and languages as ISO writes them.

    Returns:
        the draft, and a notice for each field but id and authors that is left out as it could not be understood.

    Raises:
        InputError: another field is malformed.
    """
    fields = dict(draft.fields)
    notices = []
    for name in _LOOSE:
        value = fields.get(name)
        if value is None:
            continue
        fields[name] = _form(name, value) if isinstance(value, str) else value
        try:
            checked({name: fields[name]}, draft.source, draft.line)
        except InputError as error:
            del fields[name]
            hint = f"the article was read without it; {error.hint}"
            problem = f"{error.problem} that can be read in one way" if name == "date" else error.problem
            notices.append(Notice(problem, path=error.path, line=error.line, hint=hint))
    for name, value in fields.items():
        if _has_lone_surrogate(value):
            problem = f"{name} holds half a character (a lone surrogate)"
            raise InputError(problem, path=draft.source, line=draft.line, hint="save it as UTF-8")
    return replace(draft, fields=fields), tuple(notices)


def _form(name: str, value: str) -> str:
    if name == "date":
        return iso_date(value) or value
    if name == "language":
        return _LANGUAGES.get(value.strip().lower(), value)
    return value


def _has_lone_surrogate(value: Any) -> bool:  # noqa: ANN401 (whatever a file says)
    if isinstance(value, list | tuple):
        return any(map(_has_lone_surrogate, value))
    return isinstance(value, str) and _LONE_SURROGATE.search(value) is not None
