"""What follows by OWL axioms: the rules, their closure, its proofs, and the graphs it is kept in."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from handmade import ONTOLOGY, article, iri, news
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import inferred, rdf, terms
from kg.axioms import rules
from kg.errors import OntologyError, QueryError, UnknownNameError
from kg.inference import closure
from kg.knowledge_graph import KnowledgeGraph
from kg.namespaces import KG, PREFIXES
from kg.store import Store
from kg.turtle import RDF_TYPE, Source, read_facts

README = Path(__file__).parent.parent / "README.md"
MY = "https://example.org/my#"
PREFIX = "".join(f"@prefix {name}: <{space}> .\n" for name, space in PREFIXES.items()) + f"@prefix my: <{MY}> .\n"


def rules_of(axioms: str):
    return rules(read_facts([Source("my.ttl", PREFIX + axioms)]))


def triples(text: str) -> set[tuple[str, str, str]]:
    """'x p y, x a C' as IRIs."""
    found = set()
    for line in filter(None, map(str.strip, text.split(","))):
        subject, predicate, value = line.split()
        found.add((MY + subject, RDF_TYPE if predicate == "a" else MY + predicate, MY + value))
    return found


def written(found) -> str:
    return ", ".join(
        sorted(" ".join("a" if part == RDF_TYPE else part.removeprefix(MY) for part in one) for one in found)
    )


CLOSURES = (
    ("my:p a owl:SymmetricProperty .", "x p y", "y p x"),
    ("my:p owl:inverseOf my:q .", "x p y, u q v", "v p u, y q x"),
    ("my:p rdfs:subPropertyOf my:q . my:q rdfs:subPropertyOf my:r .", "x p y", "x q y, x r y"),
    ("my:p owl:equivalentProperty my:q .", "x p y, u q v", "u p v, x q y"),
    ("my:p a owl:TransitiveProperty .", "a p b, b p c, c p d", "a p c, a p d, b p d"),
    ("my:p a owl:TransitiveProperty , owl:SymmetricProperty .", "a p b, b p c", "a p c, b p a, c p a, c p b"),
    ("my:r owl:propertyChainAxiom ( my:p my:q ) .", "x p y, y q z, z q x, x q y", "x r z"),
    ("my:r owl:propertyChainAxiom ( my:p my:q my:p ) .", "x p y, y q z, z p u", "x r u"),
    ("my:r owl:propertyChainAxiom ( [ owl:inverseOf my:actsFor ] my:r ) .", "gov actsFor land, gov r x", "land r x"),
    ("[ owl:inverseOf my:p ] rdfs:subPropertyOf my:q .", "x p y", "y q x"),
    ("my:C rdfs:subClassOf my:D . my:D rdfs:subClassOf my:E .", "x a C", "x a D, x a E"),
    ("my:C owl:equivalentClass my:D .", "x a C, y a D", "x a D, y a C"),
    # What is left out: nothing is related to itself, no domain, no range, nothing put together, nothing made one.
    ("my:p a owl:SymmetricProperty , owl:TransitiveProperty .", "x p y, y p x", ""),
    ("my:p rdfs:domain my:C ; rdfs:range my:D .", "x p y", ""),
    ("my:p a owl:FunctionalProperty .", "x p y, x p z", ""),
    ("my:C rdfs:subClassOf [ owl:unionOf ( my:D my:E ) ] .", "x a C", ""),
    ("my:r owl:propertyChainAxiom ( my:p [ owl:unionOf ( my:q ) ] ) .", "x p y, y q z", ""),
    ("my:p rdfs:subPropertyOf my:p . my:C rdfs:subClassOf my:C .", "x p y, x a C", ""),
)


@pytest.mark.parametrize(("axioms", "facts", "expected"), CLOSURES, ids=[axioms for axioms, _, _ in CLOSURES])
def test_closure(axioms, facts, expected):
    assert written(closure(triples(facts), rules_of(axioms))) == expected


def test_rules_have_the_names_of_the_w3c():
    made = rules_of(
        "my:p a owl:SymmetricProperty , owl:TransitiveProperty ; owl:inverseOf my:q ; rdfs:subPropertyOf my:q ;"
        " owl:equivalentProperty my:r ; owl:propertyChainAxiom ( my:q my:r ) ."
        "my:C rdfs:subClassOf my:D ; owl:equivalentClass my:E ."
    )
    assert {rule.name for rule in made} == {
        "prp-symp", "prp-trp", "prp-inv1", "prp-inv2", "prp-spo1", "prp-eqp1", "prp-eqp2", "prp-spo2",
        "cax-sco", "cax-eqc1", "cax-eqc2",
    }  # fmt: skip


def test_a_derivation_names_rule_axiom_and_premises():
    axiom = "kg:restricts owl:propertyChainAxiom ( [ owl:inverseOf kg:actsFor ] kg:restricts )"
    facts = {(MY + "gov", KG + "actsFor", MY + "land"), (MY + "gov", KG + "restricts", MY + "x")}
    ((triple, why),) = closure(facts, rules_of(f"{axiom} .")).items()
    assert triple == (MY + "land", KG + "restricts", MY + "x")
    assert (why.rule, why.axiom) == ("prp-spo2", axiom)
    assert why.premises == ((MY + "gov", KG + "actsFor", MY + "land"), (MY + "gov", KG + "restricts", MY + "x"))


def test_the_axioms_of_the_readme_are_understood():
    (block,) = re.findall(r"```ttl\n(.*?)```", README.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert {rule.name for rule in rules_of(block)} == {"prp-spo2", "prp-spo1"}


AXIOMS = (
    "my:p a owl:SymmetricProperty .", "my:q a owl:TransitiveProperty .", "my:p owl:inverseOf my:r .",
    "my:p rdfs:subPropertyOf my:q .", "my:q owl:equivalentProperty my:s .", "my:C rdfs:subClassOf my:D .",
    "my:r owl:propertyChainAxiom ( my:p my:q ) .", "my:s owl:propertyChainAxiom ( [ owl:inverseOf my:p ] my:r ) .",
    "my:D owl:equivalentClass my:E .",
)  # fmt: skip
NODES = st.sampled_from("abcd")
EDGES = st.tuples(NODES, st.sampled_from("pqrs"), NODES).filter(lambda edge: edge[0] != edge[2])
KINDS = st.tuples(NODES, st.just("a"), st.sampled_from("CDE"))


@settings(deadline=None, max_examples=40)
@given(st.sets(st.sampled_from(AXIOMS), max_size=4), st.sets(EDGES | KINDS, max_size=6))
def test_owlrl_agrees(axioms, edges):
    owlrl = pytest.importorskip("owlrl")
    facts = triples(", ".join(" ".join(edge) for edge in edges))
    ours = closure(facts, rules_of("\n".join(sorted(axioms))))
    graph = rdflib.Graph().parse(data=PREFIX + "\n".join(sorted(axioms)), format="turtle")
    for triple in facts:
        graph.add(tuple(map(rdflib.URIRef, triple)))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    theirs = {
        triple
        for triple in (tuple(map(str, one)) for one in graph)
        if triple[0].startswith(MY) and triple[0].removeprefix(MY) in "abcd"
        and (triple[1].startswith(MY) or (triple[1] == RDF_TYPE and triple[2].startswith(MY)))
    }  # fmt: skip
    assert ours.keys() <= theirs
    if not any(subject == value for subject, _, value in theirs):
        assert ours.keys() | facts == theirs


@settings(deadline=None, max_examples=60)
@given(st.sets(EDGES | KINDS, max_size=8), st.randoms(use_true_random=False))
def test_proofs_end_at_facts_and_do_not_hang_on_order(edges, chance):
    facts = sorted(triples(", ".join(" ".join(edge) for edge in edges)))
    made = rules_of("\n".join(AXIOMS))
    found = closure(facts, made)
    shuffled = random.Random(chance.random()).sample(facts, len(facts))
    assert list(closure(shuffled, made).items()) == list(found.items())

    def depth(triple, below=()):
        assert triple not in below, "explained by itself"
        if triple in found:
            return 1 + max(depth(premise, (*below, triple)) for premise in found[triple].premises)
        assert triple in facts
        return 0

    for triple in found:
        assert depth(triple) > 0


# ── in a store ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(params=["oxigraph", "memory"])
def store(request):
    with Store.open(engine=request.param) as found:
        for extraction in news():
            found.write(extraction, ONTOLOGY)
        yield found


@pytest.fixture
def axioms(tmp_path):
    """Axioms of a newsroom: MTS speaks for Russia, and the partners of who speaks for somebody are near to them."""
    path = tmp_path / "my.ttl"
    path.write_text(
        f"""{PREFIX}
        my:isNearTo a owl:SymmetricProperty ;
            owl:propertyChainAxiom ( [ owl:inverseOf my:speaksFor ] kg:partnersWith ) .
        kg:restricts rdfs:subPropertyOf my:harms .
        my:harms owl:inverseOf my:isHarmedBy .
        <{iri("MTS")}> my:speaksFor <{iri("Russland")}> , <https://kg.example/entity/nobody-knows> .
        """,
        encoding="utf-8",
    )
    return path


def own(store: Store) -> set[tuple[str, str, str]]:
    """What was inferred by those axioms, beside what follows by the bundled ones."""
    quads = store.matching(graph=terms.INFERRED)
    found = {(terms.subject_of(q), q.predicate.value, terms.value_of(q)) for q in quads}
    return {(s, p.removeprefix(MY), o) for s, p, o in found if p.startswith(MY)}


def test_only_what_is_held_to_be_so_is_a_premise(store, axioms):
    before = store.default_graph()
    made = inferred.infer(store, [axioms])
    usa, mts, huawei, russia = map(iri, ("USA", "MTS", "Huawei", "Russland"))
    # That the USA restrict Huawei is planned in one article and denied in another.
    assert own(store) == {
        (usa, "harms", mts), (mts, "isHarmedBy", usa), (russia, "isNearTo", huawei), (huawei, "isNearTo", russia),
    }  # fmt: skip
    triples = {(terms.subject_of(quad), terms.value_of(quad)) for quad in store.matching(graph=terms.INFERRED)}
    assert (usa, huawei) not in triples and (huawei, usa) not in triples
    assert store.default_graph() == before
    assert made.triples == len(list(store.matching(graph=terms.INFERRED))) == inferred.count(store)
    assert made.background == 1
    assert made.by_rule["prp-spo2"] == 1


def test_classes_above_follow_by_the_bundled_ontology(store):
    inferred.infer(store)
    found = store.query("SELECT ?x { GRAPH kg:inferred { ?x a kg:Organization } }")
    assert {str(row[0]) for row in found.rows} == {iri("Huawei"), iri("MTS")}


def test_what_was_inferred_can_be_asked_with_what_articles_say(store, request):
    inferred.infer(store)
    asked = "SELECT ?x { ?x a kg:Organization ; rdfs:label ?name }"  # the class is inferred, the label is not
    if request.node.callspec.params["store"] == "memory":
        with pytest.raises(QueryError, match="cannot join inferred triples"):
            store.query(asked, inferred=True)
        return
    assert not store.query(asked).rows
    assert {str(row[0]) for row in store.query(asked, inferred=True).rows} == {iri("Huawei"), iri("MTS")}


def test_again_gives_the_same_and_drop_leaves_nothing(store, axioms):
    before = store.quads()
    inferred.infer(store, [axioms])
    once = rdf.nquads(store.quads())
    made = inferred.infer(store, [axioms])
    assert rdf.nquads(store.quads()) == once
    assert inferred.drop(store) == made.triples > 0
    assert store.quads() == before
    assert inferred.drop(store) == 0


def test_the_order_of_articles_does_not_matter(axioms):
    written = set()
    for extractions in (news(), news()[::-1]):
        with Store.open() as store:
            for extraction in extractions:
                store.write(extraction, ONTOLOGY)
            inferred.infer(store, [axioms])
            written.add(rdf.nquads(store.quads()))
    assert len(written) == 1


def test_premises_of_a_chain_lead_on():
    chain = [("b", "p", "c"), ("b", "p", "a"), ("c", "p", "d")]
    assert inferred._along("a", chain) == [("b", "p", "a"), ("b", "p", "c"), ("c", "p", "d")]


def test_any_write_takes_out_what_was_inferred(store, axioms):
    with Store.open() as other:  # never inferred from
        for extraction in news()[:2]:
            other.write(extraction, ONTOLOGY)
        more = article("a4", ["partnersWith asserted|{s:Huawei} kooperiert mit {o:MTS}."], news()[0].entities)
        inferred.infer(store, [axioms])
        store.remove("a3")
        assert store.quads() == other.quads()
        inferred.infer(store, [axioms])
        assert inferred.count(store)
        store.write(more, ONTOLOGY)
        other.write(more, ONTOLOGY)
        assert store.quads() == other.quads()


def test_a_write_that_fails_takes_out_nothing(store, axioms):
    inferred.infer(store, [axioms])
    before = store.quads()
    bad = article("A1", ["basedIn asserted|{s:Huawei} sitzt in {o:China}."], news()[2].entities)
    with pytest.raises(Exception, match="have the same IRI"):
        store.write(bad, ONTOLOGY)
    assert store.quads() == before


def test_proofs_go_down_to_sentences_and_files(store, axioms):
    graph = KnowledgeGraph(store)
    graph.infer([axioms])
    (proof,) = graph.proofs("Russland", "isNearTo", "Huawei")
    assert (proof.subject, proof.property, proof.object) == ("Russland", f"<{MY}isNearTo>", "Huawei")
    assert proof.rule == "prp-spo2"
    chain = f"( [ owl:inverseOf <{MY}speaksFor> ] kg:partnersWith )"
    assert proof.axiom == f"<{MY}isNearTo> owl:propertyChainAxiom {chain}"
    speaks, partners = proof.premises
    assert (speaks.subject, speaks.object, speaks.source) == ("MTS", "Russland", "my.ttl")
    assert not speaks.sentences
    assert {one.article_id for one in partners.sentences} == {"a1", "a2"}
    (harmed,) = [one for one in graph.proofs("MTS") if one.property.endswith("isHarmedBy>")]
    assert harmed.rule == "prp-inv1"
    assert [one.rule for one in harmed.premises] == ["prp-spo1"]
    assert [one.status for one in harmed.premises[0].premises[0].sentences] == ["asserted"]
    assert {one.object for one in graph.proofs("Huawei", "type")} >= {"Organization", "Agent"}
    assert graph.proofs("Huawei", "basedIn", "China") == ()
    with pytest.raises(UnknownNameError):
        graph.proofs("Huawei", "owns")


def test_a_file_that_cannot_be_read(store, tmp_path):
    with pytest.raises(OntologyError, match="cannot be read"):
        inferred.infer(store, [tmp_path / "no.ttl"])
    assert not inferred.count(store)


def test_derivations_can_be_asked_for(store, axioms):
    inferred.infer(store, [axioms])
    found = store.query(
        "SELECT ?rule ?premise { GRAPH kg:derivations { ?d rdf:predicate <https://example.org/my#isNearTo> ;"
        " kg:rule ?rule ; prov:wasDerivedFrom ?p . ?p rdf:predicate ?premise } }"
    )
    assert {(str(rule), terms.local_name(str(premise))) for rule, premise in found.rows} == {
        ("prp-spo2", "speaksFor"), ("prp-spo2", "partnersWith"), ("prp-symp", "isNearTo"),
    }  # fmt: skip
    assert all(isinstance(quad.subject, ox.NamedNode) for quad in store.matching(graph=terms.DERIVATIONS))
