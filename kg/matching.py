"""Whether a name in a gold file and an entity of the graph are the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

from kg.gold import ANY, GoldText, GoldTriple
from kg.legal_forms import without_legal_form
from kg.ontology import Gazetteer, Ontology
from kg.records import Extraction

Triple = tuple[str, str, str]  # entity IRI, local name of the property, entity IRI

_LEGAL_FORM: Final = re.compile(
    r"[\s,]+(?:ag|se|gmbh|kgaa|kg|ohg|e\.?\s?v|inc|corp|corporation|ltd|limited|llc|plc"
    r"|(?:& )?co|company|s\.?a|n\.?v)\.?$"
)
_ARTICLE: Final = re.compile(r"^(?:der|die|das|den|dem|des|ein|eine|einer|eines|einem|einen|the|an|a)\s+")
_QUOTES: Final = "\"'„“”‚‘’«»›‹ "


@lru_cache(maxsize=10_000)
def name_key(name: str) -> str:
    """A name without case, quotes, a leading article and a trailing legal form.

    >>> name_key("Die Volkswagen AG") == name_key("Volkswagen")
    True
    """
    key = " ".join(name.split()).casefold().strip(_QUOTES)
    key = _ARTICLE.sub("", key) or key
    while (shorter := _LEGAL_FORM.sub("", key)) != key and shorter:
        key = shorter
    return key


def _letters(name: str) -> str:
    """A name without case and a leading article, but with its legal form."""
    return _ARTICLE.sub("", " ".join(name.split()).casefold())


@dataclass(frozen=True, slots=True)
class Matcher:
    """The names of one gold text beside the entities that were found in it."""

    gold: GoldText
    extraction: Extraction
    ontology: Ontology
    names: dict[str, frozenset[str]]  # entity IRI → keys of all its names
    spelt: dict[str, frozenset[str]]  # entity IRI → all its names with their legal forms

    def is_named(self, name: str, iri: str) -> bool:
        """Whether an entity bears a name, or one that the gold text calls the same.

        A name with a legal form is nobody else's where somebody bears it to the letter: "Alpha AG" is not "Alpha GmbH".
        """
        whole = _letters(name)
        if without_legal_form(name) != name and any(whole in given for given in self.spelt.values()):
            return whole in self.spelt.get(iri, ())
        return not self.keys(name).isdisjoint(self.names.get(iri, ()))

    def named(self, name: str) -> frozenset[str]:
        """IRIs of the entities that bear a name."""
        return frozenset(iri for iri in self.names if self.is_named(name, iri))

    def is_symmetric(self, name: str) -> bool:
        """Whether the property holds in both directions; ``any`` counts so."""
        return name == ANY or self.ontology.properties[name].symmetric

    def judges(self, name: str) -> bool:
        """Whether triples of a property count: of the core vocabulary, or of what the gold text has rows of."""
        prop = self.ontology.properties.get(name)
        rows = (*self.gold.statements, *self.gold.optional, *self.gold.never)
        return prop is None or prop.core or name in self.gold.annotates or any(row.property == name for row in rows)

    def matches(self, row: GoldTriple, triple: Triple) -> bool:
        """Whether a gold row and a triple of the graph say the same."""
        subject, name, object_ = triple
        if row.property not in (name, ANY):
            return False
        return self.connects(row, subject, object_) or (
            self.is_symmetric(row.property) and self.connects(row, object_, subject)
        )

    def connects(self, row: GoldTriple, subject: str, object_: str) -> bool:
        """Whether two entities are subject and object of a gold row, in this order."""
        return self.is_named(row.subject, subject) and self.is_named(row.object, object_)

    def referents(self, phrase: str) -> frozenset[str]:
        """IRIs that these words of the text stand for.

        Mentions of exactly these words go first, then what stands within them ("der Konzern" in
        "der Konzern aus Veldhoven"), then the entities that bear the words as their name.
        """
        key = name_key(phrase)
        links = self.extraction.links
        if without_legal_form(phrase) != phrase:
            whole = _letters(phrase)
            exact = frozenset(link.iri for link in links if _letters(link.mention.text) == whole)
            if exact := exact or frozenset(iri for iri, given in self.spelt.items() if whole in given):
                return exact
        exact = frozenset(link.iri for link in links if name_key(link.mention.text) == key)
        if exact:
            return exact
        inside: set[str] = set()
        for place in re.finditer(re.escape(phrase), self.gold.article.text, re.IGNORECASE):
            parts = [
                link
                for link in links
                if link.mention.whole and place.start() <= link.mention.start and link.mention.end <= place.end()
            ]
            inside.update(link.iri for link in sorted(parts, key=lambda link: link.mention.start)[:1])
        return frozenset(inside) or frozenset(iri for iri, keys in self.names.items() if key in keys)

    def keys(self, name: str) -> frozenset[str]:
        """Keys of a name and of all that the gold text calls the same."""
        key = name_key(name)
        keys = {key}
        for group in self.gold.same:
            others = {name_key(other) for other in group}
            if key in others:
                keys |= others
        return frozenset(keys)


def matcher(gold: GoldText, extraction: Extraction, ontology: Ontology, gazetteer: Gazetteer) -> Matcher:
    """Collect the names of all things an extraction speaks of: labels, aliases, gazetteer names, mentions."""
    names: dict[str, set[str]] = {}
    for entity in extraction.entities:
        names.setdefault(entity.iri, set()).update((entity.label, *entity.aliases))
        if ontology.is_a(entity.type, "Event"):
            names[entity.iri].add(entity.type)  # what happens has no name of its own: gold files call it by its class
    for link in extraction.links:
        given = names.setdefault(link.iri, set())
        if link.mention.kind == "name":
            given.add(link.mention.text)
    for iri, given in names.items():
        if entry := gazetteer.entries.get(iri):
            given.update(name for name, _ in entry.names)
    keys = {iri: frozenset(map(name_key, given)) for iri, given in names.items()}
    spelt = {iri: frozenset(map(_letters, given)) for iri, given in names.items()}
    return Matcher(gold, extraction, ontology, keys, spelt)


def coreference(found: Matcher) -> tuple[int, list[tuple[str, str, str]]]:
    """Check which names of a text became one entity, and which did not.

    Returns:
        the number of pairs that the gold text speaks of, and the wrong ones: two names and why.
    """
    wrong = []
    same = [(group[0], other) for group in found.gold.same for other in group[1:]]
    apart = [pair for group in found.gold.apart for pair in combinations(group, 2)]
    for one, other in same:
        left, right = found.referents(one), found.referents(other)
        if left.isdisjoint(right):
            wrong.append((one, other, _not_one(found, (one, left), (other, right))))
    for one, other in apart:
        shared = found.referents(one) & found.referents(other)
        if shared:
            wrong.append((one, other, f"both are {_labels(found, shared)}"))
    return len(same) + len(apart), wrong


def _not_one(found: Matcher, *sides: tuple[str, frozenset[str]]) -> str:
    missing = [name for name, iris in sides if not iris]
    if missing:
        return f"no mention of {' nor of '.join(missing)} was found"
    return " but ".join(f"{name} is {_labels(found, iris)}" for name, iris in sides)


def _labels(found: Matcher, iris: Iterable[str]) -> str:
    labels = {entity.iri: entity.label for entity in found.extraction.entities}
    return ", ".join(sorted(labels.get(iri, iri) for iri in iris))
