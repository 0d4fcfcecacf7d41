"""A check list for ontologies: what a vocabulary that others are to use should have.

The points are those of the usual lists for published vocabularies (labels and definitions, version, licence and
change notes, no name twice, ends of inverses swapped), and what kg itself asks of a relation: examples in both
languages, none of which teaches another relation as well. `kg.owl_profile` has those of OWL 2.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from kg.declarations import (
    OWL,
    RDFS,
    SUBCLASS,
    circle,
    declared_properties,
    deprecated,
    elsewhere,
    members,
    place,
)
from kg.namespaces import KG, PREFIXES
from kg.ontology_files import vocabulary_sources
from kg.owl_profile import (
    CHAIN,
    INDIVIDUALS,
    INVERSE,
    SUBPROPERTY,
    Finding,
    chains_of,
    dl_violations,
    inverses,
    kinds_of,
    rl_violations,
)
from kg.patterns import ExpandedPattern, Role, Slot, expand
from kg.turtle import RDF_TYPE, REPLACES, Fact, Facts, Source, local_name, read_facts

LANGUAGES: Final = ("de", "en")
_SKOS: Final = PREFIXES["skos"]
_DCTERMS: Final = PREFIXES["dcterms"]
_DEFINITION: Final = _SKOS + "definition"
_LABEL: Final = RDFS + "label"
_PATTERN: Final = KG + "pattern"
_HEADER: Final = {
    "version": OWL + "versionInfo",
    "version IRI": OWL + "versionIRI",
    "title": _DCTERMS + "title",
    "licence": _DCTERMS + "license",
    "creator": _DCTERMS + "creator",
    "date": _DCTERMS + "created",
    "date of the last change": _DCTERMS + "modified",
    "change note": _SKOS + "changeNote",
}
_KNOWN: Final = frozenset(KG + name for name in ("actsFor", "country", "capitalOf"))
"""Relations that a gazetteer says, not a text."""
_ROLES: Final[tuple[Role, ...]] = ("subject", "object")
_CLASS_NAME: Final = re.compile(r"[A-ZÄÖÜ]\w*")
_PROPERTY_NAME: Final = re.compile(r"[a-zäöü]\w*")


def own_terms(facts: Facts) -> Iterator[str]:
    """The terms that the files define; what they only declare of other vocabularies is not among them."""
    headers = tuple(facts.typed(OWL + "Ontology"))
    for iri, predicates in facts.subjects.items():
        if iri.startswith("_:") or iri in headers or elsewhere(iri) or not kinds_of(facts, iri):
            continue
        if kinds_of(facts, iri) == {"individual"} and not INDIVIDUALS & {f.text for f in facts.of(iri, RDF_TYPE)}:
            continue  # an entry of a gazetteer
        if iri.startswith((KG, *headers)) or predicates.keys() != {RDF_TYPE}:
            yield iri


def check_ontology(paths: Sequence[Path] = ()) -> list[Finding]:
    """What the rules of OWL 2 DL forbid and the check list misses, the graver first.

    Args:
        paths: Turtle files, or folders of them, of a user; only what they say is judged. Without any, the bundled
            vocabulary is.

    Raises:
        OntologyError: a file cannot be read or is not Turtle.
    """
    bundled, given = vocabulary_sources(), vocabulary_sources(paths)
    judged = {source.path for source in given[len(bundled) :] or bundled}
    found = [f for f in findings(given) if {f.place, f.place.rpartition(":")[0]} & judged]
    return sorted(dict.fromkeys(found), key=lambda finding: not finding.grave)


def findings(sources: Sequence[Source]) -> Iterator[Finding]:
    """All that rules and check list find in some files together."""
    facts = read_facts(sources)
    yield from dl_violations(facts)
    for check in CHECKS:
        yield from check(facts)
    yield from _headers(sources)
    yield from _replaced(sources)


def rl_deviations(paths: Sequence[Path] = ()) -> list[Finding]:
    """Where the vocabulary, with files of a user, leaves the profile OWL 2 RL."""
    return list(rl_violations(read_facts(vocabulary_sources(paths))))


def _advice(check: str, problem: str, iri: str, fact: Fact, predicate: str, hint: str = "") -> Finding:
    return Finding(check, iri, problem, place(fact, iri, predicate), hint)


def _error(check: str, problem: str, iri: str, fact: Fact, predicate: str, hint: str = "") -> Finding:
    return Finding(check, iri, problem, place(fact, iri, predicate), hint, grave=True)


def _typed(facts: Facts, iri: str) -> Fact:
    """What declares a term; what a user's file says of it last, where several do."""
    return facts.of(iri, RDF_TYPE)[-1]


def texts(facts: Facts) -> Iterator[Finding]:
    """Every term has one label and one definition in each language, and the two differ."""
    for iri in own_terms(facts):
        for predicate, what in ((_LABEL, "label"), (_DEFINITION, "definition")):
            if predicate == _DEFINITION and kinds_of(facts, iri) == {"individual"} and not iri.startswith(KG):
                continue
            given = facts.of(iri, predicate)
            for language in LANGUAGES:
                own = [fact for fact in given if fact.language == language]
                if not own:
                    hint = f'add {"skos" if what == "definition" else "rdfs"}:{what} "…"@{language}'
                    problem = f"{local_name(iri)} has no {what} in {language}"
                    yield _advice(what, problem, iri, _typed(facts, iri), RDF_TYPE, hint)
                elif len({f.text for f in own if f.source is own[-1].source}) > 1:
                    yield _advice(what, f"{local_name(iri)} has two {what}s in {language}", iri, own[-1], predicate)
                elif not own[-1].text.strip() or own[-1].text != own[-1].text.strip():
                    yield _advice(what, f"the {what} in {language} is empty or padded", iri, own[-1], predicate)


def labels_once(facts: Facts) -> Iterator[Finding]:
    """No two terms of one kind have the same label in a language."""
    owners: dict[tuple[str, str | None, str], str] = {}
    for iri in own_terms(facts):
        kind = "class" if "class" in kinds_of(facts, iri) else "other"
        for language in LANGUAGES:
            label = facts.by_language(iri, _LABEL).get(language, "").casefold()
            other = owners.setdefault((kind, language, label), iri) if label else iri
            if other != iri:
                fact = facts.of(iri, _LABEL)[-1]
                problem = f"{local_name(iri)} and {local_name(other)} are both called “{label}” in {language}"
                yield _advice("label", problem, iri, fact, _LABEL, "call one of them something else")


def spelling(facts: Facts) -> Iterator[Finding]:
    """Classes begin with a capital, properties with a small letter."""
    for iri in own_terms(facts):
        kinds, name = kinds_of(facts, iri), local_name(iri)
        wanted = _CLASS_NAME if kinds == {"class"} else _PROPERTY_NAME if kinds != {"individual"} else None
        if wanted and not wanted.fullmatch(name):
            hint = "classes are spelt LikeThis, properties likeThis"
            yield _advice("spelling", f"the name {name}", iri, _typed(facts, iri), RDF_TYPE, hint)


def declared(facts: Facts) -> Iterator[Finding]:
    """No term of kg, or of a namespace that a file defines, is used without being declared."""
    spaces = {iri[: -len(local_name(iri))] for iri in own_terms(facts) if "individual" not in kinds_of(facts, iri)}
    seen: set[str] = set()
    for iri, predicates in facts.subjects.items():
        for predicate, found in predicates.items():
            for name, fact in [(iri, found[0]), (predicate, found[0]), *((f.text, f) for f in found)]:
                own = name[: -len(local_name(name))] in spaces and (name != fact.text or not fact.is_literal)
                if own and name not in seen and not kinds_of(facts, name) and not facts.of(name, RDF_TYPE):
                    seen.add(name)
                    problem = f"{local_name(name)} is used and not declared"
                    hint = "mend its spelling, or declare it"
                    yield Finding("declared", name, problem, place(fact, iri, predicate), hint, grave=True)


def acyclic(facts: Facts) -> Iterator[Finding]:
    """No class and no property lies above itself."""
    for predicate in (SUBCLASS, SUBPROPERTY):
        above = {iri: [fact.text for fact in facts.of(iri, predicate)] for iri in facts.subjects}
        if way := circle(above):
            fact = next(fact for fact in facts.of(way[0], predicate) if fact.text == way[1])
            problem = f"a circle: {' → '.join(map(local_name, way))}"
            yield _error("circle", problem, way[0], fact, predicate, "remove one step")


def _ends(facts: Facts, iri: str, side: str) -> set[str]:
    return {member.text for fact in facts.of(iri, RDFS + side) for member in members(facts, fact)}


def _within(facts: Facts, names: set[str], wider: set[str]) -> bool:
    """Whether each class is one of others, or lies below one; an end that is not told holds everything."""

    def above(name: str, seen: frozenset[str]) -> bool:
        if name in wider:
            return True
        return name not in seen and any(above(f.text, seen | {name}) for f in facts.of(name, SUBCLASS))

    return not wider or all(above(name, frozenset()) for name in names)


def property_ends(facts: Facts) -> Iterator[Finding]:
    """Domain and range are told; those of inverses are swapped, of symmetric properties alike, of lower ones within."""
    for iri in (*declared_properties(facts), *facts.typed(OWL + "DatatypeProperty")):
        if facts.subjects[iri].keys() == {RDF_TYPE}:
            continue  # of another vocabulary
        domain, reach = _ends(facts, iri, "domain"), _ends(facts, iri, "range")
        for side, found in (("domain", domain), ("range", reach)):
            if not found:
                yield _error("ends", f"{local_name(iri)} has no rdfs:{side}", iri, _typed(facts, iri), RDF_TYPE)
        traits = {f.text for f in facts.of(iri, RDF_TYPE)}
        if OWL + "SymmetricProperty" in traits and domain != reach:
            problem = f"{local_name(iri)} is symmetric, but domain and range differ"
            yield _error("ends", problem, iri, _typed(facts, iri), RDF_TYPE)
        if {OWL + "SymmetricProperty", OWL + "AsymmetricProperty"} <= traits:
            problem = f"{local_name(iri)} is symmetric and asymmetric: it could hold of nothing"
            yield _error("ends", problem, iri, _typed(facts, iri), RDF_TYPE, "keep one of them")
        for fact in facts.of(iri, INVERSE):
            if (_ends(facts, fact.text, "range"), _ends(facts, fact.text, "domain")) != (domain, reach):
                problem = f"domain and range of {local_name(iri)} are not those of its inverse {local_name(fact.text)}"
                yield _error("ends", problem, iri, fact, INVERSE, "swap them")
        for fact in facts.of(iri, SUBPROPERTY):
            wider = _ends(facts, fact.text, "domain"), _ends(facts, fact.text, "range")
            if not (_within(facts, domain, wider[0]) and _within(facts, reach, wider[1])):
                problem = f"{local_name(iri)} reaches beyond {local_name(fact.text)}, which it is said to be a kind of"
                yield _error("ends", problem, iri, fact, SUBPROPERTY)


def chain_ends(facts: Facts) -> Iterator[Finding]:
    """A chain begins and ends within what the property allows, and its steps meet."""
    for iri, chains in chains_of(facts).items():
        for chain in chains:
            starts = [_ends(facts, name, "domain") for name in chain]
            stops = [_ends(facts, name, "range") for name in chain]
            meets = all(
                any(_within(facts, {a}, later) or _within(facts, {b}, earlier) for a in earlier for b in later)
                for earlier, later in zip(stops[:-1], starts[1:], strict=True)
            )
            inside = _within(facts, starts[0], _ends(facts, iri, "domain")) and _within(
                facts, stops[-1], _ends(facts, iri, "range")
            )
            if not (meets and inside):
                problem = f"the chain {' ∘ '.join(map(local_name, chain))} does not fit {local_name(iri)}"
                hint = "its steps must meet, and its ends lie within domain and range"
                yield _error("chain", problem, iri, facts.of(iri, CHAIN)[0], CHAIN, hint)


def untaught(facts: Facts) -> Iterator[Finding]:
    """Each relation, and each event that has examples, is taught in both languages, or follows from others."""
    events = [iri for iri in facts.typed(OWL + "Class") if facts.of(iri, _PATTERN)]
    led_to = {fact.text for predicates in facts.subjects.values() for fact in predicates.get(KG + "eventProperty", ())}
    implied = {fact.text for predicates in facts.subjects.values() for fact in predicates.get(SUBPROPERTY, ())} | led_to
    implied |= {name for chains in chains_of(facts).values() for chain in chains for name in chain}
    for iri in (*declared_properties(facts), *events):
        taught = facts.of(iri, _PATTERN)
        others = [fact.text for fact in inverses(facts, iri)]
        known = {iri, *others} & _KNOWN or iri in implied or any(facts.of(other, _PATTERN) for other in others)
        foreign = facts.subjects[iri].keys() == {RDF_TYPE}
        if not (taught or known or foreign or deprecated(facts, iri)):
            problem = f"no text is read with {local_name(iri)}: it has no examples"
            yield _advice("examples", problem, iri, _typed(facts, iri), RDF_TYPE, "give it kg:pattern sentences")
        for language in LANGUAGES if taught else ():
            if language not in {fact.language for fact in taught}:
                problem = f"{local_name(iri)} has no example in {language}"
                yield _advice("examples", problem, iri, taught[-1], _PATTERN, "texts of that language have none of it")


def shared_examples(facts: Facts) -> Iterator[Finding]:
    """No sentence teaches two relations, unless one of them is a kind of the other."""
    iris = {local_name(iri): iri for iri in own_terms(facts) if "class" in kinds_of(facts, iri)}
    owners: dict[tuple[object, ...], list[tuple[str, ExpandedPattern]]] = {}
    for iri in declared_properties(facts):
        for fact in facts.of(iri, _PATTERN) if not deprecated(facts, iri) else ():
            for sentence in expand(fact.text):
                wording = tuple(p.role if isinstance(p, Slot) else p for p in sentence.parts)
                listed = owners.setdefault((fact.language, *wording), [])
                for other, theirs in listed:
                    if other == iri or other in _above(facts, iri) or iri in _above(facts, other):
                        continue
                    if all(_meet(facts, iris, sentence.slot(role), theirs.slot(role)) for role in _ROLES):
                        problem = f"“{fact.text}” teaches {local_name(iri)} and {local_name(other)}"
                        hint = f"what says it states both: keep it with one, or say rdfs:subPropertyOf {_curie(other)}"
                        line = fact.source.line(fact.text)
                        yield Finding("shared example", iri, problem, f"{fact.source.path}:{line}", hint)
                        break
                listed.append((iri, sentence))


def _above(facts: Facts, iri: str) -> set[str]:
    return {fact.text for fact in facts.of(iri, SUBPROPERTY)}


def _curie(iri: str) -> str:
    return f"kg:{local_name(iri)}" if iri.startswith(KG) else f"<{iri}>"


def _meet(facts: Facts, iris: Mapping[str, str], one: Slot, other: Slot) -> bool:
    """Whether a name can stand in both of two slots: their classes are one, or one lies below the other."""
    first, second = (iris.get(slot.class_name, slot.class_name) for slot in (one, other))
    return _within(facts, {first}, {second}) or _within(facts, {second}, {first})


def schemes(facts: Facts) -> Iterator[Finding]:
    """Each concept belongs to a scheme, and each scheme names its top concepts."""
    for iri in facts.typed(_SKOS + "Concept"):
        if not facts.of(iri, _SKOS + "inScheme"):
            yield _advice("scheme", f"{local_name(iri)} is in no scheme", iri, _typed(facts, iri), RDF_TYPE)
    for iri in facts.typed(_SKOS + "ConceptScheme"):
        tops = {fact.text for fact in facts.of(iri, _SKOS + "hasTopConcept")}
        missing = [n for n in facts.typed(_SKOS + "Concept") if n not in tops]
        if missing and all(f.text == iri for n in missing for f in facts.of(n, _SKOS + "inScheme")):
            problem = f"top concepts not named: {', '.join(map(local_name, missing))}"
            yield _advice("scheme", problem, iri, _typed(facts, iri), RDF_TYPE, "add skos:hasTopConcept")


CHECKS: Final[Sequence[Callable[[Facts], Iterator[Finding]]]] = (
    texts,
    labels_once,
    spelling,
    declared,
    acyclic,
    property_ends,
    chain_ends,
    untaught,
    shared_examples,
    schemes,
)


def _headers(sources: Sequence[Source]) -> Iterator[Finding]:
    """Each file says what it is, of which version, under which licence, and what changed."""
    for source in sources:
        facts = read_facts([source])
        headers = list(facts.typed(OWL + "Ontology"))
        if len(headers) != 1:
            hint = "begin the file with one; kg ontology new shows how"
            yield Finding("header", "", f"{len(headers)} owl:Ontology headers", f"{source.path}:1", hint)
            continue
        fact = facts.of(headers[0], RDF_TYPE)[0]
        if missing := [name for name, predicate in _HEADER.items() if not facts.of(headers[0], predicate)]:
            yield _advice("header", f"the header has no {', '.join(missing)}", headers[0], fact, RDF_TYPE)
            continue
        version = facts.of(headers[0], _HEADER["version"])[0].text
        if not facts.of(headers[0], _HEADER["version IRI"])[0].text.endswith(version):
            yield _advice("header", f"owl:versionIRI is not that of {version}", headers[0], fact, OWL + "versionIRI")
        if not any(note.text.startswith(version) for note in facts.of(headers[0], _HEADER["change note"])):
            yield _advice("header", f"no skos:changeNote tells of {version}", headers[0], fact, RDF_TYPE)


def _replaced(sources: Sequence[Source]) -> Iterator[Finding]:
    """What a file replaces was there before."""
    for number, source in enumerate(sources):
        own = read_facts([source])
        for iri, predicates in own.subjects.items():
            said = [fact for fact in predicates.get(REPLACES, ()) if fact.text == "true"]
            if said and not any(iri in read_facts([earlier]).subjects for earlier in sources[:number]):
                problem = f"{local_name(iri)} replaces nothing: no file before this one defines it"
                yield _advice("replaces", problem, iri, said[0], REPLACES, "mend its spelling, or leave the line out")
