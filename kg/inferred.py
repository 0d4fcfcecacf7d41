"""What follows from a store by the axioms of an ontology: kept in graphs of its own, explained, dropped.

``kg:inferred`` holds the triples that follow from the default graph and are not in it; ``kg:derivations`` a node for
each of them and for each premise, with ``rdf:subject``, ``rdf:predicate`` and ``rdf:object``. That of an inferred
triple has ``kg:rule``, ``kg:axiom`` and its premises (``prov:wasDerivedFrom``), that of a premise from the gazetteer
the file that gives it (``dcterms:source``). The default graph holds only what articles assert or report, so nothing
that is planned, alleged or denied is ever a premise. Any write to the store drops both graphs (`kg.changes`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

import pyoxigraph as ox

from kg import rdf, terms
from kg.axioms import Rule, rules
from kg.inference import Derivation, Triple, closure
from kg.namespaces import BASE, PREFIXES, digest
from kg.ontology_files import ontology_folder
from kg.records import PLAIN, Explanation
from kg.sparql import curie
from kg.store import Store
from kg.terms import DERIVATIONS, INFERRED, term
from kg.turtle import RDF_TYPE, Facts, read_facts, read_source, turtle_files

DERIVATION: Final = BASE + "derivation/"
_FROM: Final = term("prov:wasDerivedFrom")
_RULE: Final = term("kg:rule")
_AXIOM: Final = term("kg:axiom")
_SOURCE: Final = term("dcterms:source")


@dataclass(frozen=True, slots=True)
class Inference:
    """What was inferred."""

    facts: int  # triples of the graph that rules started from
    background: int  # triples of the ontology's and the gazetteer's files that were premises
    rules: int
    triples: int
    by_rule: Mapping[str, int]  # name of the rule → triples whose last step it was


@dataclass(frozen=True, slots=True)
class Proof:
    """A triple as people read it, and why it holds."""

    subject: str
    property: str
    object: str
    rule: str | None = None  # as the W3C calls it; None for what was not inferred
    axiom: str | None = None  # as Turtle writes it
    premises: tuple[Proof, ...] = ()
    sentences: tuple[Explanation, ...] = ()  # that state it
    source: str | None = None  # file of the ontology or the gazetteer that gives it


def infer(store: Store, ontology_paths: Sequence[Path] = ()) -> Inference:
    """Put what follows from a store into its graphs ``kg:inferred`` and ``kg:derivations``, in place of what was there.

    Args:
        store: is written in one transaction; the same graph and ontology give the same quads.
        ontology_paths: Turtle files with axioms and well-known things, beside the bundled ones.

    Raises:
        OntologyError: a file cannot be read.
        StoreError: the store cannot be written.
    """
    files = read_facts([read_source(path) for path in turtle_files([ontology_folder(), *ontology_paths])])
    found_rules = rules(files)
    facts = stated(store)
    known = dict(_background(files, found_rules, {subject for subject, _, _ in facts}))
    derived = closure(facts | known.keys(), found_rules)
    quads = {quad for triple, why in derived.items() for quad in _derivation(triple, why)}
    used = {premise for why in derived.values() for premise in why.premises}
    for premise in used - derived.keys():
        quads |= set(_premise(premise, None if premise in facts else known[premise]))
    store.replace_graphs((INFERRED, DERIVATIONS), quads)
    counts = Counter(why.rule for why in derived.values())
    background = len(used & known.keys() - facts)
    return Inference(len(facts), background, len(found_rules), len(derived), dict(sorted(counts.items())))


def drop(store: Store) -> int:
    """Take out what was inferred; how many triples that were."""
    number = count(store)
    store.replace_graphs((INFERRED, DERIVATIONS), ())
    return number


def count(store: Store) -> int:
    """How many inferred triples a store holds."""
    return sum(1 for _ in store.matching(graph=INFERRED))


def is_there(store: Store) -> bool:
    """Whether a store holds inferred triples."""
    return any(store.matching(graph=INFERRED))


def stated(store: Store) -> frozenset[Triple]:
    """The plain triples of the default graph, and the classes of its entities: what rules start from."""
    return frozenset(
        (terms.subject_of(quad), quad.predicate.value, quad.object.value)
        for quad in store.default_graph()
        if isinstance(quad.object, ox.NamedNode) and (quad.predicate == terms.A or rdf.is_plain(quad))
    )


def _background(files: Facts, found: Iterable[Rule], entities: Collection[str]) -> Iterator[tuple[Triple, str]]:
    """What the files say of two entities of the graph and a rule can use, with the name of the file."""
    wanted = {step.predicate for rule in found for step in rule.steps if step.cls is None} - {RDF_TYPE}
    for entity in entities:
        for predicate in wanted & files.subjects.get(entity, {}).keys():
            for fact in files.of(entity, predicate):
                if fact.text in entities:
                    yield (entity, predicate, fact.text), Path(fact.source.path).name


def _node(triple: Triple) -> ox.NamedNode:
    return ox.NamedNode(DERIVATION + digest(*triple))


def _premise(triple: Triple, source: str | None) -> Iterator[ox.Quad]:
    node = _node(triple)
    for predicate, iri in zip((terms.SUBJECT, terms.PREDICATE, terms.OBJECT), triple, strict=True):
        yield ox.Quad(node, predicate, ox.NamedNode(iri), DERIVATIONS)
    if source is not None:
        yield ox.Quad(node, _SOURCE, terms.text(source), DERIVATIONS)


def _derivation(triple: Triple, why: Derivation) -> Iterator[ox.Quad]:
    subject, predicate, value = map(ox.NamedNode, triple)
    yield ox.Quad(subject, predicate, value, INFERRED)
    yield from _premise(triple, None)
    node = _node(triple)
    yield ox.Quad(node, _RULE, terms.text(why.rule), DERIVATIONS)
    yield ox.Quad(node, _AXIOM, terms.text(why.axiom), DERIVATIONS)
    for premise in why.premises:
        yield ox.Quad(node, _FROM, _node(premise), DERIVATIONS)


# ── explaining ─────────────────────────────────────────────────────────────────────────────────


def proofs(
    store: Store, subject: str | None = None, predicate: str | None = None, object_: str | None = None
) -> tuple[Proof, ...]:
    """Why inferred triples hold, down to the sentences that state the premises, sorted.

    Args:
        store: a store that `infer` was run on.
        subject: IRI of an entity; None for any.
        predicate: IRI of a property; None for any but ``rdf:type``.
        object_: IRI of an entity or a class; None for any.
    """
    quads = store.matching(None if subject is None else ox.NamedNode(subject), INFERRED)
    triples = sorted((terms.subject_of(q), q.predicate.value, terms.value_of(q)) for q in quads)
    wanted = [t for t in triples if (t[1] == predicate if predicate else t[1] != RDF_TYPE) and object_ in (None, t[2])]
    labels = {entity.iri: entity.label for entity in store.entities()}
    return tuple(_proof(store, triple, labels) for triple in wanted)


def property_iri(store: Store, name: str | None) -> str | None:
    """The IRI of a property that is given by name or label, as a prefixed name, or as ``type``; None for None.

    One that only inferred triples have need not be declared as a relation.

    Raises:
        UnknownNameError: there is no such property.
    """
    if name is None:
        return None
    prefix, colon, local = name.partition(":")
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + local
    if name == "type":
        return RDF_TYPE
    inferred = {quad.predicate.value for quad in store.matching(graph=INFERRED)}
    if found := [iri for iri in inferred if terms.local_name(iri).casefold() == name.strip().casefold()]:
        return min(found)
    wanted = store.find_property(name)
    declared = (quad.subject for quad in store.matching(graph=terms.ONTOLOGY) if quad.predicate == terms.A)
    iris = (node.value for node in declared if isinstance(node, ox.NamedNode))
    return min(iri for iri in iris if terms.local_name(iri) == wanted)


def _proof(store: Store, triple: Triple, labels: Mapping[str, str]) -> Proof:
    node = _node(triple)
    about: dict[ox.NamedNode, list[str]] = {}
    for quad in store.matching(node, graph=DERIVATIONS):
        about.setdefault(quad.predicate, []).append(terms.value_of(quad))
    subject, value = (labels.get(iri) or curie(iri).removeprefix("kg:") for iri in (triple[0], triple[2]))
    read = subject, "type" if triple[1] == RDF_TYPE else curie(triple[1]).removeprefix("kg:"), value
    if _RULE not in about:
        source = about.get(_SOURCE, [None])[0]
        return Proof(*read, sentences=() if source else _sentences(store, triple), source=source)
    axiom = about[_AXIOM][0]
    premises = [_triple_of(store, premise) for premise in about.get(_FROM, ())]
    steps = tuple(_proof(store, premise, labels) for premise in _along(triple[0], premises))
    return Proof(*read, rule=about[_RULE][0], axiom=axiom, premises=steps)


def _along(start: str, premises: Iterable[Triple]) -> list[Triple]:
    """The premises of a chain as they lead on from a node, each beginning where the one before has ended."""
    left, ordered = sorted(premises), []
    while left:
        fitting = (premise for premise in left if start in (premise[0], premise[2]))
        chosen = next(fitting, left[0])
        left.remove(chosen)
        ordered.append(chosen)
        start = chosen[2] if start == chosen[0] else chosen[0]
    return ordered


def _triple_of(store: Store, node: str) -> Triple:
    about = {quad.predicate: terms.value_of(quad) for quad in store.matching(ox.NamedNode(node), graph=DERIVATIONS)}
    return cast(Triple, tuple(about[part] for part in (terms.SUBJECT, terms.PREDICATE, terms.OBJECT)))


def _sentences(store: Store, triple: Triple) -> tuple[Explanation, ...]:
    if triple[1] == RDF_TYPE:
        return ()
    found = store.explain(triple[0], terms.local_name(triple[1]), triple[2])
    return tuple(one for one in found if one.status in PLAIN)
