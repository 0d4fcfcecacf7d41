"""The vocabulary and the gazetteer: Turtle files read into frozen records.

``ontologies/news.ttl`` defines classes, properties and the example sentences that teach each
property, ``statements.ttl`` what statements are described with, ``alignments.ttl`` (which no reading needs) the
counterparts in other vocabularies; the other files there name countries, cities and organizations. A newsroom's own
files are read after them and add to them, or replace what they say of a term (see `kg.declarations`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from kg.class_nouns import ClassNouns
from kg.declarations import (
    OWL,
    RDFS,
    SUBCLASS,
    bad,
    check_acyclic,
    check_kinds,
    declared_properties,
    deprecated,
    elsewhere,
    ends,
    place,
)
from kg.errors import OntologyError
from kg.examples import Pattern, examples_of, literal_lines, stray_example
from kg.namespaces import KG, PREFIXES, digest
from kg.ontology_files import VOCABULARY, ontology_folder, sources_of
from kg.patterns import ClassNoun, Slot, expand
from kg.records import UNDECIDED, Decisions
from kg.turtle import RDF_TYPE, Facts, Source, local_name, read_facts

_SKOS: Final = PREFIXES["skos"]


@dataclass(frozen=True)
class OntologyClass:
    """A kind of thing that the graph knows."""

    name: str  # local name
    iri: str
    parents: tuple[str, ...]  # local names of the classes directly above, sorted
    labels: Mapping[str, str]  # language → label
    nouns: Mapping[str, tuple[str, ...]]  # language → common nouns for it, lemmas


@dataclass(frozen=True)
class Property:
    """A relation between two things that sentences teach."""

    name: str  # local name
    iri: str
    labels: Mapping[str, str]  # language → label
    definitions: Mapping[str, str]  # language → when it holds, and when it does not
    domain: frozenset[str]  # local names of classes, any of which the subject may have
    range: frozenset[str]  # likewise of the object
    symmetric: bool
    patterns: tuple[Pattern, ...]
    through: Mapping[str, frozenset[str]] = field(default_factory=dict)  # language → nouns whose owner is the object
    core: bool = True  # False: judged only in gold texts that say they have it, see kg.gold


@dataclass(frozen=True)
class Ontology:
    """Classes, and properties with the sentences that teach them."""

    classes: Mapping[str, OntologyClass]
    properties: Mapping[str, Property]
    agent_nouns: Mapping[str, frozenset[str]]  # language → nouns of acts whose "of" argument acts
    labels: Mapping[str, Mapping[str, str]]  # local name of any term → language → label
    version: str
    digest: str  # of the files it was read from

    @cached_property
    def _ancestors(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}

        def climb(name: str) -> frozenset[str]:
            if name not in found:
                above = (climb(parent) for parent in self.classes[name].parents)
                found[name] = frozenset({name}).union(*above)
            return found[name]

        for name in self.classes:
            climb(name)
        return found

    @cached_property
    def _nouns(self) -> Mapping[str, ClassNouns]:
        tables: dict[str, dict[str, str]] = {}
        for name, cls in self.classes.items():
            for language, nouns in cls.nouns.items():
                table = tables.setdefault(language, {})
                table.update({n: name for n in nouns if n not in table or self.is_a(name, table[n])})
        return {language: ClassNouns(table) for language, table in tables.items()}

    def is_a(self, name: str, ancestor: str) -> bool:
        """Whether a class is another one or lies below it; every class is a ``Thing``.

        Args:
            name: local name of a class; an unknown one is only itself and a ``Thing``.
            ancestor: local name of the class that may lie above.
        """
        return ancestor in ("Thing", name) or ancestor in self._ancestors.get(name, ())

    def nouns(self, language: str) -> ClassNouns:
        """Common noun (lemma) → local name of the most specific class that it stands for."""
        return self._nouns.get(language) or ClassNouns({})


@dataclass(frozen=True)
class GazetteerEntry:
    """Something well known: its names, and what is certain of it."""

    iri: str
    label: str  # German name if there is one
    type: str  # local name of an ontology class
    names: tuple[tuple[str, str | None], ...]  # (name, language or None for all), the label first
    labels: Mapping[str, str]  # language → preferred name
    demonyms: Mapping[str, tuple[str, ...]]  # language → adjectives, lemmas
    acts_for: str | None = None  # IRI of the country that a government stands for
    country: str | None = None  # IRI
    capital_of: str | None = None  # IRI
    same_as: tuple[str, ...] = ()  # IRIs elsewhere
    ambiguous: frozenset[str] = frozenset()  # names that mean something else as well: demand evidence


@dataclass(frozen=True)
class Gazetteer:
    """The well-known things by IRI."""

    entries: Mapping[str, GazetteerEntry]
    digest: str  # of the files it was read from
    decisions: Decisions = UNDECIDED  # what users say of names, see `kg.aliases`


def load_ontology(paths: Sequence[Path] = ()) -> Ontology:
    """The bundled ontology, and what further Turtle files add to it.

    Args:
        paths: Turtle files, or folders of them, in the order they are read.

    Raises:
        OntologyError: a file cannot be read, is not Turtle, or says something that cannot be used.
    """
    return _ontology(_vocabulary(paths))


def load_gazetteer(paths: Sequence[Path] = ()) -> Gazetteer:
    """The bundled gazetteer, and what further Turtle files add to it.

    Args:
        paths: Turtle files, or folders of them; they may hold ontology terms too.

    Raises:
        OntologyError: a file cannot be read, is not Turtle, or has an entry that cannot be used.
    """
    bundled = [path for path in sorted(ontology_folder().glob("*.ttl")) if path.name not in VOCABULARY]
    return _gazetteer(sources_of([*bundled, *paths]), _vocabulary(paths))


def _vocabulary(paths: Sequence[Path]) -> tuple[Source, ...]:
    """The terms of relations, those of statements, and then what is added."""
    return sources_of([*(ontology_folder() / name for name in VOCABULARY[:2]), *paths])


@lru_cache(maxsize=4)
def _ontology(sources: tuple[Source, ...]) -> Ontology:
    relations, statements, *added = sources
    facts = read_facts([relations, *added])
    check_kinds(facts)
    classes = _classes(facts)
    headers = list(facts.typed(OWL + "Ontology"))
    agent_nouns = facts.words(KG + "agentNoun", headers)
    ontology = Ontology(
        classes=MappingProxyType(classes),
        properties=MappingProxyType(_properties(facts, classes)),
        agent_nouns={language: frozenset(nouns) for language, nouns in agent_nouns.items()},
        labels=_labels(read_facts([statements]), facts),
        version=facts.words(OWL + "versionInfo", headers).get("", [""])[0],
        digest=digest(*(source.text for source in sources)),
    )
    _check_nouns(facts, ontology)
    _check_patterns(ontology)
    return ontology


def _labels(*known: Facts) -> Mapping[str, Mapping[str, str]]:
    """Local name of any term → language → label, the later facts' word."""
    found: dict[str, dict[str, str]] = {}
    for facts in known:
        for term in facts.subjects:
            if by_language := facts.by_language(term, RDFS + "label"):
                found.setdefault(local_name(term), {}).update(by_language)
    return found


def _classes(facts: Facts) -> dict[str, OntologyClass]:
    declared = [iri for iri in facts.typed(OWL + "Class") if not iri.startswith("_:") and not elsewhere(iri)]
    classes: dict[str, OntologyClass] = {}
    for iri in declared:
        above = facts.of(iri, SUBCLASS)
        for fact in above:
            if fact.text.startswith(KG) and fact.text not in declared:
                raise bad(fact, f"unknown class {local_name(fact.text)}", local_name(fact.text), iri=iri)
        parents = sorted({local_name(fact.text) for fact in above if fact.text in declared})
        name = local_name(iri)
        if name in classes:
            raise _namesakes(facts, "classes", classes[name].iri, iri)
        nouns = {language: tuple(words) for language, words in facts.words(KG + "noun", [iri]).items()}
        classes[name] = OntologyClass(name, iri, tuple(parents), facts.by_language(iri, RDFS + "label"), nouns)
    names = {name: cls.iri for name, cls in classes.items()}
    check_acyclic(facts, names, {name: cls.parents for name, cls in classes.items()})
    return classes


def _namesakes(facts: Facts, kind: str, first: str, second: str) -> OntologyError:
    """Two terms with one local name: statements and patterns could not tell them apart."""
    types = facts.of(first, RDF_TYPE)[0], facts.of(second, RDF_TYPE)[0]
    problem = f"two {kind} are called {local_name(second)}: <{first}> at {place(types[0], first, RDF_TYPE)}, and this"
    return bad(types[1], problem, local_name(second), iri=second, hint="rename one of them")


def _properties(facts: Facts, classes: Mapping[str, OntologyClass]) -> dict[str, Property]:
    """The relations that examples teach; other properties only follow from them, or are known beforehand."""
    properties: dict[str, Property] = {}
    iris: dict[str, str] = {}
    lines = literal_lines(facts)
    declared = declared_properties(facts)
    if (stray := stray_example(facts, declared)) is not None:
        iri, example, hint = stray
        raise bad(example, "patterns for a property that is not declared", local_name(iri), iri=iri, hint=hint)
    for iri in declared:
        name = local_name(iri)
        if iris.setdefault(name, iri) != iri:
            raise _namesakes(facts, "properties", iris[name], iri)
        types = {fact.text for fact in facts.of(iri, RDF_TYPE)}
        prop = Property(
            name=name,
            iri=iri,
            labels=facts.by_language(iri, RDFS + "label"),
            definitions=facts.by_language(iri, _SKOS + "definition"),
            domain=_end(facts, iri, "domain", classes),
            range=_end(facts, iri, "range", classes),
            symmetric=OWL + "SymmetricProperty" in types,
            patterns=tuple(examples_of(facts, iri, lines)),
            through={language: frozenset(nouns) for language, nouns in facts.words(KG + "through", [iri]).items()},
            core=all(fact.text != "false" for fact in facts.of(iri, KG + "core")),
        )
        if prop.patterns and not deprecated(facts, iri):
            properties[name] = prop
    return properties


def _end(facts: Facts, iri: str, side: str, classes: Mapping[str, OntologyClass]) -> frozenset[str]:
    """The names of the classes that a domain or range names."""
    known = {cls.iri: name for name, cls in classes.items()}
    members = ends(facts, iri, side)
    for member in members:
        if member.text not in known:
            name = local_name(member.text)
            raise bad(member, f"unknown class {name} in rdfs:{side}", name, iri=iri, hint=_known(classes))
    return frozenset(known[member.text] for member in members)


def _check_patterns(ontology: Ontology) -> None:
    """Every pattern can be read, and its slots fit the property."""
    for prop in ontology.properties.values():
        for pattern in prop.patterns:
            try:
                if pattern.event and not any(ontology.is_a(pattern.event, allowed) for allowed in prop.range):
                    raise OntologyError(f"{prop.name} cannot lead to {pattern.event}", hint="mend its rdfs:range")
                for expanded in expand(pattern.text, pattern.slots):
                    for part in expanded.parts:
                        if isinstance(part, Slot | ClassNoun):
                            _check_part(ontology, prop, part)
            except OntologyError as error:
                raise OntologyError(
                    error.problem, path=pattern.path, line=pattern.line, iri=prop.iri, hint=error.hint
                ) from None


def _check_part(ontology: Ontology, prop: Property, part: Slot | ClassNoun) -> None:
    if part.class_name not in ontology.classes:
        raise OntologyError(f"unknown class {part.class_name} in a pattern", hint=_known(ontology.classes))
    if isinstance(part, ClassNoun):
        return
    allowed = prop.domain if part.role == "subject" else prop.range
    if not any(ontology.is_a(part.class_name, a) or ontology.is_a(a, part.class_name) for a in allowed):
        problem = f"the {part.role} of {prop.name} cannot be a {part.class_name}"
        raise OntologyError(problem, hint=f"allowed: {', '.join(sorted(allowed))}")
    if part.adjective and not ontology.is_a(part.class_name, "Place"):
        raise OntologyError(f"{part.class_name}/adjective: only a Place has a demonym", hint="write it without")


def _check_nouns(facts: Facts, ontology: Ontology) -> None:
    """A noun stands for one class, or for classes of which one lies below the other."""
    for cls in ontology.classes.values():
        for fact in facts.of(cls.iri, KG + "noun"):
            other = ontology.nouns(fact.language or "").get(fact.text, cls.name)
            if not (ontology.is_a(other, cls.name) or ontology.is_a(cls.name, other)):
                problem = f'noun "{fact.text}" for {cls.name} and for {other}'
                given = facts.of(ontology.classes[other].iri, KG + "noun")
                rival = next(f for f in given if (f.text, f.language) == (fact.text, fact.language))
                if rival.source is not fact.source:
                    problem += f", says {rival.source.path}:{rival.source.line(fact.text)}"
                raise bad(fact, problem, fact.text, hint="keep it with one of them")


@lru_cache(maxsize=4)
def _gazetteer(sources: tuple[Source, ...], vocabulary: tuple[Source, ...]) -> Gazetteer:
    ontology = _ontology(vocabulary)
    facts = read_facts(sources)
    classes = {cls.iri: cls.name for cls in ontology.classes.values()}
    entries = {
        iri: _entry(facts, iri, _entry_type(facts, iri, classes, ontology))
        for iri, predicates in facts.subjects.items()
        if _SKOS + "prefLabel" in predicates
    }
    for iri in entries:
        for link in ("actsFor", "country", "capitalOf"):
            for fact in facts.of(iri, KG + link):
                if fact.text not in entries:
                    raise bad(fact, f"kg:{link} names something without an entry", local_name(fact.text), iri=iri)
    return Gazetteer(MappingProxyType(dict(sorted(entries.items()))), digest(*(source.text for source in sources)))


def _entry_type(facts: Facts, iri: str, classes: Mapping[str, str], ontology: Ontology) -> str:
    given = facts.of(iri, RDF_TYPE)
    for fact in given:
        if fact.text not in classes:
            name = local_name(fact.text)
            raise bad(fact, f"unknown class {name}", local_name(iri), iri=iri, hint=_known(ontology.classes))
    names = {classes[fact.text] for fact in given}
    lowest = [name for name in names if all(ontology.is_a(name, other) for other in names)]
    if not lowest:
        fact = facts.of(iri, _SKOS + "prefLabel")[0]
        problem = f"entry with {'no class' if not names else 'unrelated classes ' + ', '.join(sorted(names))}"
        raise bad(fact, problem, local_name(iri), iri=iri, hint="give it one class, such as: a kg:Company")
    return lowest[0]


def _entry(facts: Facts, iri: str, type_name: str) -> GazetteerEntry:
    preferred = facts.of(iri, _SKOS + "prefLabel")
    risky = [fact for fact in facts.of(iri, KG + "ambiguous") if fact.text != "true"]
    first = min(preferred, key=lambda fact: {"de": 0, None: 1, "en": 2}.get(fact.language, 3))
    given = [first, *preferred, *facts.of(iri, _SKOS + "altLabel"), *risky]
    names = tuple(dict.fromkeys((fact.text, fact.language) for fact in given))
    all_risky = any(fact.text == "true" for fact in facts.of(iri, KG + "ambiguous"))
    demonyms = facts.words(KG + "demonym", [iri])

    def only(predicate: str) -> str | None:
        return next((fact.text for fact in facts.of(iri, KG + predicate)), None)

    return GazetteerEntry(
        iri=iri,
        label=first.text,
        type=type_name,
        names=names,
        labels={fact.language or "": fact.text for fact in preferred},
        demonyms={language: tuple(words) for language, words in demonyms.items()},
        acts_for=only("actsFor"),
        country=only("country"),
        capital_of=only("capitalOf"),
        same_as=tuple(sorted({fact.text for fact in facts.of(iri, _SKOS + "exactMatch")})),
        ambiguous=frozenset(name for name, _ in names) if all_risky else frozenset(fact.text for fact in risky),
    )


def _known(classes: Mapping[str, OntologyClass]) -> str:
    return f"known: {', '.join(sorted(classes))}"
