"""Names of persons, places and firms by word, for the ``dep`` feature of ``kg_morphology``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from kg.models.recipe.trees import open_text
from kg.models.tables import packed_names
from kg.morphology import hanta

Row = tuple[str, str]
"""A word and the kind of name that it is, or is part of."""

NATION_ENDINGS = {"de": ("", "e", "en", "em", "er", "es"), "en": ("", "s")}
COUNTRY_KEYS = {"de": "deu", "en": "eng"}


def typed_names(path: Path) -> Iterator[Row]:
    """LanguageTool's typed names; a town also gives its adjective (``Berliner``)."""
    for line in open_text(path):
        form, _, tags = line.rstrip("\n").split("\t")
        kind = tags.rpartition(":")[2]
        for word in form.split():
            yield word, kind
        if kind == "STD" and tags.startswith("EIG:NOM") and " " not in form:
            yield f"{form.removesuffix('e')}er", "STDer"


def countries(path: Path, language: str) -> Iterator[Row]:
    """Names and capitals of countries."""
    for country in json.loads("".join(open_text(path))):
        name = country["translations"].get(COUNTRY_KEYS[language], country["name"])
        for word in name["common"].split():
            if word[:1].isupper():
                yield word, "COU"
        for capital in country.get("capital", []):
            yield capital, "STD"


def nationalities(path: Path, language: str) -> Iterator[Row]:
    """Adjectives of nations with their endings, in lower and upper case."""
    table = json.loads(path.read_text(encoding="utf-8"))["nationalities"]
    for adjective in table.values():
        for word in adjective if isinstance(adjective, list) else [adjective]:
            if " " in word:
                continue
            for ending in NATION_ENDINGS[language]:
                yield word.lower() + ending, "NAT"
                yield word.capitalize() + ending, "NAT"


def states(path: Path) -> Iterator[Row]:
    """Regions of the first level with a name of one word."""
    for line in open_text(path):
        name = line.split(",")[1]
        if " " not in name and name[:1].isupper() and name.isalpha() and len(name) > 3:
            yield name, "REG"


def brands(path: Path, language: str) -> Iterator[Row]:
    """Words of firms' names that the dictionary doesn't know."""
    known = hanta(language).cache
    for line in open_text(path):
        name = line.split("\t")[1]
        words = name.split()
        for i, word in enumerate(words[:3]):
            odd = not word[:1].isupper() or not word.isalpha() or len(word) < 3
            if odd or word.lower() in known:
                continue
            yield word, "FIRM" if len(words) == 1 else "FIRM1" if i == 0 else "FIRM2"


def census(most: int = 12_000) -> Iterator[Row]:
    """First and last names of the US census, as the package ``names`` has them (needed here only)."""
    for file, kind in (("dist.male.first", "VOR"), ("dist.female.first", "VOR"), ("dist.all.last", "NAC")):
        for line in (files("names") / file).read_text(encoding="utf-8").splitlines()[:most]:
            yield line.split()[0].capitalize(), kind


def write(rows: Iterator[Row], path: Path) -> int:
    """Write the table of words and their kinds; how many words it has."""
    kinds: dict[str, set[str]] = {}
    for word, kind in rows:
        found = kinds.setdefault(word, set())
        if not (kind.startswith("FIRM") and found):
            found.add(kind)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(packed_names({word: "|".join(sorted(have)) for word, have in kinds.items()}))
    return len(kinds)


def build(data: Path, language: str, path: Path) -> int:
    """Write all lists of one language into one table."""

    def rows() -> Iterator[Row]:
        entities = data / "entities"
        if language == "de":
            yield from typed_names(data / "de" / "lexicon" / "names-EIG.txt")
        else:
            yield from census()
        yield from countries(entities / "countries-mledoze.json.xz", language)
        yield from nationalities(entities / f"nationality-{language}.json", language)
        yield from states(entities / "states-dr5hn.csv.xz")
        yield from brands(entities / "brands-operators-wikidata.tsv.xz", language)

    return write(rows(), path)
