"""The vocabulary and the gazetteer: Turtle files read into frozen records.

``ontologies/news.ttl`` defines classes, properties and the example sentences that teach each
property; the other files there name countries, cities and organizations. A newsroom's own files
are read after them and add to them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from kg.class_nouns import ClassNouns
from kg.errors import OntologyError
from kg.examples import Pattern, examples_of, literal_lines, stray_example
from kg.namespaces import KG, PREFIXES, digest
from kg.patterns import ClassNoun, Slot, expand
from kg.records import UNDECIDED, Decisions
from kg.turtle import RDF_TYPE, Fact, Facts, Source, local_name, read_facts, read_source, turtle_files

_OWL: Final = PREFIXES["owl"]
_RDFS: Final = PREFIXES["rdfs"]
_SKOS: Final = PREFIXES["skos"]
_NEWS: Final = "news.ttl"


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
    """A relation between two things."""

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


def ontology_folder() -> Path:
    """The folder of the bundled Turtle files: package data, or the checkout's ``ontologies/``."""
    installed = Path(__file__).parent / "ontologies"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "ontologies"


def load_ontology(paths: Sequence[Path] = ()) -> Ontology:
    """The bundled ontology, and what further Turtle files add to it.

    Args:
        paths: Turtle files, or folders of them, in the order they are read.

    Raises:
        OntologyError: a file cannot be read, is not Turtle, or says something that cannot be used.
    """
    return _ontology(_sources([ontology_folder() / _NEWS, *paths]))


def load_gazetteer(paths: Sequence[Path] = ()) -> Gazetteer:
    """The bundled gazetteer, and what further Turtle files add to it.

    Args:
        paths: Turtle files, or folders of them; they may hold ontology terms too.

    Raises:
        OntologyError: a file cannot be read, is not Turtle, or has an entry that cannot be used.
    """
    bundled = [path for path in sorted(ontology_folder().glob("*.ttl")) if path.name != _NEWS]
    return _gazetteer(_sources([*bundled, *paths]), _sources([ontology_folder() / _NEWS, *paths]))


def _sources(paths: Sequence[Path]) -> tuple[Source, ...]:
    return tuple(read_source(path) for path in turtle_files(paths))


@lru_cache(maxsize=4)
def _ontology(sources: tuple[Source, ...]) -> Ontology:
    facts = read_facts(sources)
    classes = _classes(facts)
    headers = list(facts.typed(_OWL + "Ontology"))
    labels = {local_name(term): facts.by_language(term, _RDFS + "label") for term in facts.subjects}
    agent_nouns = facts.words(KG + "agentNoun", headers)
    ontology = Ontology(
        classes=MappingProxyType(classes),
        properties=MappingProxyType(_properties(facts, classes)),
        agent_nouns={language: frozenset(nouns) for language, nouns in agent_nouns.items()},
        labels={name: by_language for name, by_language in labels.items() if by_language},
        version=facts.words(_OWL + "versionInfo", headers).get("", [""])[0],
        digest=digest(*(source.text for source in sources)),
    )
    _check_nouns(facts, ontology)
    _check_patterns(ontology)
    return ontology


def _classes(facts: Facts) -> dict[str, OntologyClass]:
    declared = list(facts.typed(_OWL + "Class"))
    classes: dict[str, OntologyClass] = {}
    for iri in declared:
        if iri.startswith("_:"):
            continue
        above = facts.of(iri, _RDFS + "subClassOf")
        for fact in above:
            if fact.text.startswith(KG) and fact.text not in declared:
                raise _bad(fact, f"unknown class {local_name(fact.text)}", local_name(fact.text), iri=iri)
        parents = sorted({local_name(fact.text) for fact in above if fact.text in declared and fact.text[:2] != "_:"})
        name = local_name(iri)
        if name in classes:
            clash = facts.of(iri, RDF_TYPE)[0]
            raise _bad(clash, f"two classes are called {name}", name, iri=iri, hint="rename one of them")
        nouns = {language: tuple(words) for language, words in facts.words(KG + "noun", [iri]).items()}
        classes[name] = OntologyClass(name, iri, tuple(parents), facts.by_language(iri, _RDFS + "label"), nouns)
    _check_acyclic(facts, classes)
    return classes


def _check_acyclic(facts: Facts, classes: Mapping[str, OntologyClass]) -> None:
    def climb(name: str, below: tuple[str, ...]) -> None:
        if name in below:
            circle = " → ".join((*below[below.index(name) :], name))
            fact = facts.of(classes[name].iri, _RDFS + "subClassOf")[0]
            raise _bad(fact, f"classes in a circle: {circle}", name, hint="remove one rdfs:subClassOf")
        for parent in classes[name].parents:
            climb(parent, (*below, name))

    for start in classes:
        climb(start, ())


def _properties(facts: Facts, classes: Mapping[str, OntologyClass]) -> dict[str, Property]:
    properties: dict[str, Property] = {}
    lines = literal_lines(facts)
    declared = list(facts.typed(_OWL + "ObjectProperty", _OWL + "SymmetricProperty"))
    if (stray := stray_example(facts, declared)) is not None:
        iri, example, hint = stray
        raise _bad(example, "patterns for a property that is not declared", local_name(iri), iri=iri, hint=hint)
    for iri in declared:
        name = local_name(iri)
        if name in properties:
            clash = facts.of(iri, RDF_TYPE)[0]
            raise _bad(clash, f"two properties are called {name}", name, iri=iri, hint="rename one of them")
        types = {fact.text for fact in facts.of(iri, RDF_TYPE)}
        properties[name] = Property(
            name=name,
            iri=iri,
            labels=facts.by_language(iri, _RDFS + "label"),
            definitions=facts.by_language(iri, _SKOS + "definition"),
            domain=_class_union(facts, iri, "domain", classes),
            range=_class_union(facts, iri, "range", classes),
            symmetric=_OWL + "SymmetricProperty" in types,
            patterns=tuple(examples_of(facts, iri, lines)),
            through={language: frozenset(nouns) for language, nouns in facts.words(KG + "through", [iri]).items()},
            core=all(fact.text != "false" for fact in facts.of(iri, KG + "core")),
        )
    return properties


def _class_union(facts: Facts, iri: str, side: str, classes: Mapping[str, OntologyClass]) -> frozenset[str]:
    """The classes that rdfs:domain or rdfs:range names, directly or as owl:unionOf."""
    found = facts.of(iri, _RDFS + side)
    type_fact = facts.of(iri, RDF_TYPE)[0]
    hint = f"give exactly one rdfs:{side}: a class, or [ a owl:Class ; owl:unionOf ( kg:A kg:B ) ]"
    if len({fact.text for fact in found}) != 1:
        problem = f"property with {len(found) or 'no'} rdfs:{side}"
        raise _bad(found[-1] if found else type_fact, problem, local_name(iri), iri=iri, hint=hint)
    unions = facts.of(found[0].text, _OWL + "unionOf")
    members = list(facts.items(unions[0].text)) if unions else [found[0]]
    known = {cls.iri: name for name, cls in classes.items()}
    for member in members:
        if member.text not in known:
            name = local_name(member.text)
            raise _bad(member, f"unknown class {name} in rdfs:{side}", name, iri=iri, hint=_known(classes))
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
                raise _bad(fact, problem, fact.text, hint="keep it with one of them")


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
                    raise _bad(fact, f"kg:{link} names something without an entry", local_name(fact.text), iri=iri)
    return Gazetteer(MappingProxyType(dict(sorted(entries.items()))), digest(*(source.text for source in sources)))


def _entry_type(facts: Facts, iri: str, classes: Mapping[str, str], ontology: Ontology) -> str:
    given = facts.of(iri, RDF_TYPE)
    for fact in given:
        if fact.text not in classes:
            name = local_name(fact.text)
            raise _bad(fact, f"unknown class {name}", local_name(iri), iri=iri, hint=_known(ontology.classes))
    names = {classes[fact.text] for fact in given}
    lowest = [name for name in names if all(ontology.is_a(name, other) for other in names)]
    if not lowest:
        fact = facts.of(iri, _SKOS + "prefLabel")[0]
        problem = f"entry with {'no class' if not names else 'unrelated classes ' + ', '.join(sorted(names))}"
        raise _bad(fact, problem, local_name(iri), iri=iri, hint="give it one class, such as: a kg:Company")
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


def _bad(fact: Fact, problem: str, needle: str, iri: str | None = None, hint: str | None = None) -> OntologyError:
    """An error at the place where a word stands in the file that says a fact."""
    return OntologyError(problem, path=fact.source.path, line=fact.source.line(needle), iri=iri, hint=hint)
