"""Graphs of any size for timing: the articles of the graph of seeds/ over and over, each time about others.

A copy of an article keeps its shape (who relates to whom, statuses, evidence, mentions) and its words, but every
entity in it is exchanged for another of its class, or for a namesake that the seeds do not have: few are named
often and many seldom, as in news, and places stay what they are. What it says is not true, and it is always the same.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from kg.namespaces import ARTICLE, ENTITY, KG, PREFIXES, STATEMENT, STATEMENTS

TAIL: Final = 0.55
"""Exponent of Pareto's law for namesakes: with it, entities grow about half as fast as articles, and hubs stay hubs."""
NAMESAKES: Final = 1_000_000
_LINE: Final = re.compile(r'(\S+) (\S+) (".*"\S*|\S+)(?: (<[^>]*>))? \.')
_ENTITY: Final = re.compile(rf"<{re.escape(ENTITY)}[^>]*>")
_TYPE, _LABEL, _ALIAS = (
    f"<{PREFIXES['rdf']}type>",
    f"<{PREFIXES['rdfs']}label>",
    f"<{PREFIXES['skos']}altLabel>",
)
_DESCRIBING: Final = frozenset({_TYPE, _LABEL, _ALIAS, f"<{PREFIXES['skos']}exactMatch>"})
_PLACES: Final = frozenset(f"<{KG}{name}>" for name in ("Country", "City", "Region", "Place"))


@dataclass
class _Seeds:
    """The graph of the seeds, taken apart."""

    vocabulary: list[str] = field(default_factory=list)
    articles: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # slug → lines of both graphs
    labels: dict[str, str] = field(default_factory=dict)  # entity → label
    classes: dict[str, str] = field(default_factory=dict)  # entity → class
    places: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # place → lines that describe it


def _take_apart(nquads: Iterable[str]) -> _Seeds:
    seeds = _Seeds()
    for raw in nquads:
        line = raw.rstrip("\n")
        found = _LINE.fullmatch(line)
        if found is None:
            raise ValueError(f"no N-Quad: {line[:200]}")
        subject, predicate, value, graph = found.groups()
        if graph is None:
            if predicate == _LABEL:
                seeds.labels[subject] = value
            elif predicate == _TYPE:
                seeds.classes[subject] = value
        elif graph == f"<{KG.rstrip('#')}>":
            seeds.vocabulary.append(line)
        elif subject.startswith(f"<{ENTITY}") and predicate in _DESCRIBING:
            continue  # said anew of whoever stands in its place
        else:
            seeds.articles[graph.removesuffix(">").rpartition("/")[2]].append(line)
    return seeds


def recombined(nquads: Iterable[str], quads: int) -> Iterator[str]:
    """Sorted by copy, the lines of a graph of at least so many quads.

    Args:
        nquads: lines of the graph of the seeds, as ``kg build`` writes them.
        quads: how many are wanted; the last copy is finished. A larger graph begins with the articles of a smaller.
    """
    seeds = _take_apart(nquads)
    by_class = defaultdict(list)
    for entity, kind in sorted(seeds.classes.items()):
        by_class[kind].append(entity)
    slugs = sorted(seeds.articles)
    merged: dict[str, None] = {}  # the default graph, in order of coming
    yield from seeds.vocabulary
    count = len(seeds.vocabulary)
    for place in range(quads):
        if count + len(merged) >= quads:
            break
        chance = random.Random(place)
        names: dict[str, str] = {}
        said: dict[str, None] = {}
        slug = slugs[place % len(slugs)]
        for line in _copy(seeds, by_class, slug, place, chance, names):
            said[line] = None
        graph = f"<{ARTICLE}recombined-{place}>"
        described = [triple for name in dict.fromkeys(names.values()) for triple in _described(seeds, name)]
        own = [line for line in said if line.startswith(f"<{ENTITY}") and line.endswith(f" {graph} .")]
        merged.update(dict.fromkeys(described))
        merged.update(dict.fromkeys(f"{line.removesuffix(f' {graph} .')} ." for line in own))
        said.update(dict.fromkeys(f"{triple.removesuffix(' .')} {graph} ." for triple in described))
        count += len(said)
        yield from said
    yield from merged


def _copy(
    seeds: _Seeds,
    by_class: dict[str, list[str]],
    slug: str,
    place: int,
    chance: random.Random,
    names: dict[str, str],
) -> Iterator[str]:
    """The lines of an article's graphs, with other entities, and IRIs of their own for all that belongs to it."""

    def other(found: re.Match[str]) -> str:
        entity = found[0]
        if entity not in names:
            kind = seeds.classes.get(entity, "")
            if kind in _PLACES or entity not in seeds.labels:
                names[entity] = entity
            else:
                number = min(int(chance.paretovariate(TAIL)), NAMESAKES)
                names[entity] = f"{chance.choice(by_class[kind]).removesuffix('>')}-{number}>"
        return names[entity]

    own = f"recombined-{place}"
    for line in seeds.articles[slug]:
        text = (
            line.replace(f"<{ARTICLE}{slug}>", f"<{ARTICLE}{own}>")
            .replace(f"<{STATEMENTS}{slug}>", f"<{STATEMENTS}{own}>")
            .replace(f"<{STATEMENTS}{slug}/", f"<{STATEMENTS}{own}/")
        )
        text = text.replace(f"<{STATEMENT}", f"<{STATEMENT}{place}-").replace(
            f'{PREFIXES["dcterms"]}identifier> "{slug}"', f'{PREFIXES["dcterms"]}identifier> "{own}"'
        )
        yield _ENTITY.sub(other, text)


def _described(seeds: _Seeds, entity: str) -> list[str]:
    """Class and label of an entity of the copies, as triples."""
    if entity in seeds.labels:
        return [f"{entity} {_TYPE} {seeds.classes[entity]} .", f"{entity} {_LABEL} {seeds.labels[entity]} ."]
    known, _, number = entity.removesuffix(">").rpartition("-")
    known += ">"
    if known not in seeds.labels:
        return []
    label = f'{seeds.labels[known].removesuffix(chr(34))} {number}"'
    return [f"{entity} {_TYPE} {seeds.classes[known]} .", f"{entity} {_LABEL} {label} ."]
