"""How often links that are drawn by name and type are right, by threshold: ``python -m tests.links_measure FOLDER``.

FOLDER holds the open data of which `ontologies/build_links.py` makes links. All of it becomes one dump, in which every
entry of the gazetteer is looked for; the entries that are linked to Wikidata by code or by country tell what is right.
"""

from __future__ import annotations

import csv
import json
import lzma
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kg.link_sources import Dump
from kg.linking import Rules, link
from kg.namespaces import PREFIXES
from kg.ontology import load_gazetteer, load_ontology
from kg.records import Entity
from kg.store import Store

THRESHOLDS = (0.8, 0.85, 0.9, 0.92, 0.95, 0.97, 1.0)


def rows(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """IRI, label, aliases and types of everything in the data."""
    wd = PREFIXES["wd"]
    with lzma.open(folder / "countries-dr5hn.json.xz", "rt", encoding="utf-8") as file:
        for row in json.load(file):
            names = [row["native"] or "", *(row["translations"].get(code, "") for code in ("de", "fr", "es"))]
            if row["wikiDataId"]:
                yield wd + row["wikiDataId"], row["name"], "|".join(filter(None, names)), "country"
    with lzma.open(folder / "states-dr5hn.csv.xz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["wikiDataId"]:
                yield wd + row["wikiDataId"], row["name"], row["native"] or "", "region"
    with lzma.open(folder / "brands-operators-wikidata.tsv.xz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            kind = "political party" if row["kind"].endswith("political_party") else "company"
            yield wd + row["qid"], row["name"], row["also"], kind


class _Given:
    """A store that gives the gazetteer's entries without their links, and keeps nothing."""

    def __init__(self, entities: list[Entity]) -> None:
        self._entities = tuple(entities)

    def entities(self) -> tuple[Entity, ...]:
        return self._entities

    def links(self) -> tuple[()]:
        return ()

    def mention_counts(self) -> dict[str, int]:
        return {}

    def write_links(self, links: object) -> None:
        pass


def main(folder: Path) -> None:
    """Prints what each threshold leaves."""
    gazetteer = load_gazetteer()
    entries = sorted(gazetteer.entries.values(), key=lambda entry: entry.iri)
    entities = [Entity(e.iri, e.label, e.type, tuple(name for name, _ in e.names if name != e.label)) for e in entries]
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "dump.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("iri", "label", "aliases", "types"), *sorted(set(rows(folder)))])
        dump = Dump(path)
    found = {entity.iri: (entity, things) for entity, things in dump.find(entities)}

    class Cached:
        name = "dump.csv"

        def find(self, asked):
            return (found[entity.iri] for entity in asked)

    store: Store = _Given(entities)  # type: ignore[assignment]
    print(
        "| threshold | links | to another thing than the gazetteer's | of entries without a link |\n|--:|--:|--:|--:|"
    )
    for threshold in THRESHOLDS:
        drawn = link(store, Cached(), Rules(load_ontology(), threshold), {}, None).candidates
        held = [one for one in drawn if one.verdict == "linked"]
        gold = {entry.iri: entry.same_as for entry in entries}
        wrong = [one for one in held if gold[one.entity] and one.target not in gold[one.entity]]
        unknown = [one for one in held if not gold[one.entity]]
        print(f"| {threshold} | {len(held)} | {len(wrong)} | {len(unknown)} |")
        if "--all" in sys.argv:
            for one in (*wrong, *(one for one in unknown if one.score < 1)):
                print(f"    {one.score} {one.entity.rsplit('/')[-1]} → {one.target.rsplit('/')[-1]}: {one.reason}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: python -m tests.links_measure FOLDER [--all]")
    main(Path(sys.argv[1]))
