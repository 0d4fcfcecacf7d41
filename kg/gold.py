"""Gold files: the statements that a careful reader draws from a text, and those he must not.

A gold file is TOML::

    [[text]]
    article = "../de/huawei-mts-5g.md"    # relative to this file; a line of a .jsonl: "kurz.jsonl#id"
    language = "de"
    statements = [["Huawei", "partnersWith", "MTS", "asserted"]]
    optional = [["Huawei", "operatesIn", "Russland"]]       # neither demanded nor wrong
    never = [["Großbritannien", "restricts", "Huawei"], ["Huawei", "any", "Android"]]
    same = [["USA", "US-Regierung"]]                        # names of one thing in this text
    apart = [["Huawei", "Google"]]                          # names of different things

Instead of ``article`` a ``text = \"\"\"…\"\"\"`` may stand there, with the ``date`` of its publication. A row under
``statements`` may end in a table of what its sentence adds, all of it or an empty one; rows without are not asked::

    ["Siemens", "acquires", "Mentor", "asserted", { time = "2019-06-04", amount = "4500000000 EUR" }]

``time`` is EDTF, ``amount`` a number with its ISO 4217 code, ``share`` a fraction of 1, ``count`` a number with what it
counts, ``role`` the words of the text, ``topic`` and ``place`` its words or the name of the entity; several in a list.
Properties beyond the core vocabulary (``kg:core false``) are judged only in texts that have rows of them, and in all
texts of a file that begins with ``annotates = ["undergoes", "spinsOff"]``. An event is called by its class:
``["Nokia", "undergoes", "Layoffs"]``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from kg import articles
from kg.errors import GoldError, InputError
from kg.ontology import Ontology
from kg.records import QUALIFIERS, STATUSES, Article, QualifierKind, Status

ENDING: Final = ".gold.toml"
ANY: Final = "any"
_KEYS: Final = ("article", "text", "date", "language", "statements", "optional", "never", "same", "apart")
_POSITION: Final = re.compile(r"line (\d+)")


@dataclass(frozen=True, slots=True)
class GoldTriple:
    """A relation between two things by name; ``status`` None where it does not matter."""

    subject: str
    property: str  # local name, or ``any`` in a ``never`` row
    object: str
    status: Status | None = None
    qualifiers: tuple[tuple[QualifierKind, str], ...] | None = None  # None where the gold does not tell


@dataclass(frozen=True, slots=True)
class GoldText:
    """One text with what is to be found in it."""

    article: Article
    statements: tuple[GoldTriple, ...]
    optional: tuple[GoldTriple, ...]
    never: tuple[GoldTriple, ...]
    same: tuple[tuple[str, ...], ...]
    apart: tuple[tuple[str, ...], ...]
    path: str  # of the gold file
    annotates: frozenset[str] = frozenset()  # properties beyond the core vocabulary that it has in full


@dataclass(frozen=True, slots=True)
class _Place:
    """Where something stands in a gold file, for messages."""

    path: Path
    line: int | None

    def wrong(self, problem: str, hint: str) -> GoldError:
        return GoldError(problem, path=self.path, line=self.line, hint=hint)


def gold_files(paths: Iterable[Path | str]) -> tuple[Path, ...]:
    """The gold files that paths name; a folder stands for all ``*.gold.toml`` below it, sorted.

    Raises:
        GoldError: a path does not exist, or a folder holds no gold file.
    """
    found: list[Path] = []
    for given in paths:
        path = Path(given)
        inside = sorted(path.rglob(f"*{ENDING}")) if path.is_dir() else [path]
        if not path.exists():
            raise GoldError("no such file or folder", path=path, hint=f"give a *{ENDING} file or a folder of them")
        if not inside:
            raise GoldError(f"holds no *{ENDING} file", path=path, hint="give the folder where the gold files lie")
        found.extend(inside)
    return tuple(dict.fromkeys(found))


def read_gold(paths: Iterable[Path | str], ontology: Ontology) -> tuple[GoldText, ...]:
    """Read gold files with the articles they speak of.

    Args:
        paths: files and folders, see :func:`gold_files`.
        ontology: whose properties the rows may use.

    Raises:
        GoldError: a file is missing or malformed, or contradicts itself.
    """
    return tuple(text for path in gold_files(paths) for text in _read_file(path, ontology))


def _read_file(path: Path, ontology: Ontology) -> list[GoldText]:
    try:
        content = path.read_text(encoding="utf-8")
        table = tomllib.loads(content)
    except OSError as error:
        raise GoldError(f"cannot be read: {error.strerror}", path=path) from None
    except UnicodeDecodeError:
        raise GoldError("is not UTF-8", path=path, hint="convert it: iconv -f WINDOWS-1252 -t UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        position = _POSITION.search(str(error))
        problem = f"is not TOML: {str(error).partition(' (at')[0]}"
        raise GoldError(problem, path=path, line=int(position[1]) if position else None) from None
    texts = table.get("text")
    if not set(table) <= {"text", "annotates"} or not isinstance(texts, list) or not texts:
        others = sorted(set(table) - {"text", "annotates"})
        problem = f"unknown key {others[0]!r}" if others else "names no text"
        hint = "allowed at the top are annotates = […] and [[text]] tables, at least one"
        raise GoldError(problem, path=path, hint=hint)
    annotated = _annotated(table.get("annotates", []), _Place(path, None), ontology)
    lines = [i for i, line in enumerate(content.splitlines(), start=1) if line.strip().startswith("[[text]]")]
    places = [_Place(path, lines[i] if i < len(lines) else None) for i in range(len(texts))]
    stem = path.name.removesuffix(ENDING)
    return [
        _text(raw, f"{stem}-{number}", place, ontology, annotated)
        for number, (raw, place) in enumerate(zip(texts, places, strict=True), start=1)
    ]


def _annotated(names: object, place: _Place, ontology: Ontology) -> frozenset[str]:
    """The properties beyond the core vocabulary that a file says it has."""
    further = sorted(name for name, prop in ontology.properties.items() if not prop.core)
    if not isinstance(names, list) or any(name not in further for name in names):
        raise place.wrong(f"annotates holds {names!r}", f"allowed are properties beyond the core: {', '.join(further)}")
    return frozenset(names)


def _text(raw: Mapping[str, Any], name: str, place: _Place, ontology: Ontology, annotated: frozenset[str]) -> GoldText:
    for key in raw:
        if key not in _KEYS:
            raise place.wrong(f"unknown key {key!r}", f"allowed: {', '.join(_KEYS)}")
    text = GoldText(
        article=_article(raw, name, place),
        statements=_rows(raw, "statements", place, ontology),
        optional=_rows(raw, "optional", place, ontology),
        never=_rows(raw, "never", place, ontology),
        same=_groups(raw, "same", place),
        apart=_groups(raw, "apart", place),
        path=str(place.path),
        annotates=annotated,
    )
    plain = {(t.subject, t.property, t.object) for t in text.statements if t.status in ("asserted", "reported")}
    for row in text.never:
        if (row.subject, row.property, row.object) in plain:
            problem = f"{row.subject} {row.property} {row.object} stands under statements and under never"
            raise place.wrong(problem, "remove one of them")
    return text


def _article(raw: Mapping[str, Any], name: str, place: _Place) -> Article:
    path, text, language, date = (raw.get(key) for key in ("article", "text", "language", "date"))
    if not all(isinstance(value, str | None) for value in (path, text, language, date)):
        raise place.wrong("article, text, language and date must be strings", 'write article = "…"')
    if (path is None) == (text is None):
        raise place.wrong("a text needs an article or a text, not both", 'write article = "…" or text = """…"""')
    try:
        if text is not None:
            return articles.from_text(text, id=name, language=language, date=date)
        found = _from_file(str(path), place)
    except InputError as error:
        raise place.wrong(str(error), "mend the article or the path") from None
    return replace(found, language=language) if language else found


def _from_file(given: str, place: _Place) -> Article:
    file, _, wanted = given.partition("#")
    items = list(articles.read([place.path.parent / file]))
    for item in items:
        if isinstance(item, InputError):
            raise item
        if not wanted or item.id == wanted:
            return item
    ids = ", ".join(item.id for item in items[:10] if isinstance(item, Article))
    raise InputError(f"no article {wanted!r}", path=file, hint=f"there are: {ids}")


def _rows(raw: Mapping[str, Any], key: str, place: _Place, ontology: Ontology) -> tuple[GoldTriple, ...]:
    with_status = key == "statements"
    form = '["subject", "property", "object", "status"]' if with_status else '["subject", "property", "object"]'
    rows = raw.get(key, [])
    if not isinstance(rows, list):
        raise place.wrong(f"{key} is not a list", f"write {key} = [{form}, …]")
    found: list[GoldTriple] = []
    for given in rows:
        tabled = with_status and isinstance(given, list) and given and isinstance(given[-1], dict)
        row, added = (given[:-1], given[-1]) if tabled else (given, None)
        if not _is_strings(row, 4 if with_status else 3):
            raise place.wrong(f"{key} holds {row!r}", f"write each row as {form}")
        subject, name, object_ = row[:3]
        if name not in ontology.properties and not (key == "never" and name == ANY):
            raise place.wrong(f"unknown property {name!r} under {key}", f"known: {', '.join(ontology.properties)}")
        status = next((known for known in STATUSES if with_status and known == row[3]), None)
        if with_status and status is None:
            raise place.wrong(f"unknown status {row[3]!r}", f"allowed: {', '.join(STATUSES)}")
        qualifiers = None if added is None else _qualifiers(added, place)
        found.append(GoldTriple(subject, name, object_, status, qualifiers))
    return tuple(dict.fromkeys(found))


def _qualifiers(added: Mapping[str, Any], place: _Place) -> tuple[tuple[QualifierKind, str], ...]:
    found: list[tuple[QualifierKind, str]] = []
    for key, given in added.items():
        kind = next((known for known in QUALIFIERS if known == key), None)
        if kind is None:
            raise place.wrong(f"unknown qualifier {key!r}", f"allowed: {', '.join(QUALIFIERS)}")
        values = [given] if isinstance(given, str) else given
        if not _is_strings(values):
            raise place.wrong(f"qualifier {key} holds {given!r}", f'write {key} = "…", or a list of strings')
        found += [(kind, value) for value in values]
    return tuple(found)


def _groups(raw: Mapping[str, Any], key: str, place: _Place) -> tuple[tuple[str, ...], ...]:
    groups = raw.get(key, [])
    form = f'write {key} = [["one name", "another name"], …]'
    if not isinstance(groups, list):
        raise place.wrong(f"{key} is not a list", form)
    for group in groups:
        if not _is_strings(group) or len(group) < 2:
            raise place.wrong(f"{key} holds {group!r}", form)
    return tuple(tuple(group) for group in groups)


def _is_strings(row: object, length: int | None = None) -> bool:
    if not isinstance(row, Sequence) or isinstance(row, str):
        return False
    return all(isinstance(value, str) and value.strip() for value in row) and length in (None, len(row))
