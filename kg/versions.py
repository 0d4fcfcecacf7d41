"""What decides what is read from an article, as one short version: where it is the same, nothing need be read again.

It stands for the article itself, kg's own code on the road from text to quads, the libraries and language pipelines
that read, the vocabulary, the decisions on names, and the options.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final, cast

from kg import __version__
from kg.models import bundled
from kg.namespaces import digest
from kg.records import STATUSES, Article, Extraction, Status

_LIBRARIES: Final = ("spacy", "thinc", "HanTa", "py3langid")
"""Libraries whose versions may change what is read; those before them show in the article's text."""
_ROAD: Final = ("reading", "statements", "rdf", "open_quads")
_IMPORT: Final = re.compile(
    r"^[ \t]*(?:from kg import (?:\((?P<many>[^)]*)\)|(?P<some>.+))|(?:from|import) kg\.(?P<one>\w+))", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Noted:
    """A version as the store keeps it, with what the article gave, so that a report need not read it again."""

    version: str
    language: str
    rejections: int
    statements: Mapping[Status, int]

    def __str__(self) -> str:
        counts = (f"{status}={number}" for status, number in self.statements.items())
        return " ".join((self.version, self.language, str(self.rejections), *counts))

    @classmethod
    def of(cls, version: str, found: Extraction) -> Noted:
        """The version of an article with what was found in it."""
        counts = Counter(statement.status for statement in found.statements)
        given = {status: counts[status] for status in STATUSES if counts[status]}
        return cls(version, found.language, len(found.rejections), given)

    @classmethod
    def parsed(cls, text: str | None) -> Noted | None:
        """What a store noted; None where that is nothing, or nothing of ours.

        >>> str(Noted.parsed("0123456789ab de 2 asserted=3 planned=1"))
        '0123456789ab de 2 asserted=3 planned=1'
        >>> Noted.parsed("anything else") is None
        True
        """
        try:
            version, language, rejections, *counts = (text or "").split()
            pairs = (count.split("=") for count in counts)
            return cls(version, language, int(rejections), {cast(Status, name): int(n) for name, n in pairs})
        except ValueError:
            return None


def version_of_tools(model: str | None, language: str | None, *digests: str) -> str:
    """What all articles of a run share.

    Args:
        model, language: see `kg.reading.load_tools`.
        digests: of vocabulary and gazetteer.
    """
    libraries = (f"{name} {importlib.metadata.version(name)}" for name in _LIBRARIES)
    return digest(__version__, code(), *libraries, _pipelines(model), str(language), *digests)


def version_of_article(article: Article, tools: str, min_confidence: float, with_open: bool) -> str:
    """The version of an article; where it was found (``source``) has no part in it."""
    fields = json.dumps(asdict(replace(article, source=None)), sort_keys=True)
    return digest(tools, f"{min_confidence} {with_open}", fields)


@cache
def code() -> str:
    """A digest of every module of kg that the road from an article to its quads imports, directly or not."""
    known: dict[str, str] = {}
    ahead = list(_ROAD)
    while ahead:
        name = ahead.pop()
        if name not in known:
            known[name] = "\0".join(path.read_text(encoding="utf-8") for path in _files(name))
            ahead.extend(_imported(known[name]))
    return digest(*(part for name in sorted(known) for part in (name, known[name])))


def _files(name: str) -> list[Path]:
    """A module's file, the files of a package, and none for a name that is no module."""
    here = Path(__file__).parent
    return [path for path in (here / f"{name}.py", *sorted((here / name).glob("*.py"))) if path.is_file()]


def _imported(text: str) -> Iterator[str]:
    for found in _IMPORT.finditer(text):
        names = found["many"] or found["some"] or found["one"]
        yield from re.findall(r"\w+", re.sub(r"#.*", "", names))


@cache
def _pipelines(model: str | None) -> str:
    """A digest of the bundled pipelines' files, or of those that a user names."""
    if model is not None and not Path(model).is_dir():
        try:
            return digest(model, importlib.metadata.version(model))
        except (importlib.metadata.PackageNotFoundError, ValueError):
            return digest(model)  # spaCy will say what is wrong with it
    hashed = hashlib.blake2b()
    for folder in bundled().values() if model is None else (Path(model),):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            with path.open("rb") as file:
                hashed.update(path.relative_to(folder).as_posix().encode())
                hashed.update(hashlib.file_digest(file, "blake2b").digest())
    return hashed.hexdigest()
