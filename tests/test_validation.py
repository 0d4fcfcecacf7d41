"""SHACL: every build conforms, each broken rule is found, as queries and by pySHACL alike."""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pyoxigraph as ox
import pytest
from handmade import ONTOLOGY, iri, news

from kg import articles, pipeline, rdf
from kg.errors import KgError, OntologyError
from kg.namespaces import ENTITY, KG, PREFIXES
from kg.ontology import load_ontology
from kg.records import BlockKind
from kg.shape_queries import shape_queries
from kg.shapes import relation_shapes, shape_sources
from kg.store import Store
from kg.terms import DEFAULT, term
from kg.turtle import Source, read_facts
from kg.validation import validate

SEEDS = Path(__file__).parent.parent / "seeds"
MY = "https://example.org/my#"
PREFIX = "".join(f"@prefix {name}: <{space}> .\n" for name, space in PREFIXES.items())
PREFIX += "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix my: <https://example.org/my#> .\n"


class Quads:
    """Quads that can be validated without being written by a store."""

    def __init__(self, quads):
        self._quads = frozenset(quads)

    def quads(self):
        return self._quads


@pytest.fixture(scope="module")
def built():
    """The quads that the pipeline makes of some German and English articles of seeds/."""
    tools = pipeline.load_tools()
    chosen = [
        path for language, number in (("de", 5), ("en", 3)) for path in sorted((SEEDS / language).iterdir())[:number]
    ]
    with Store.open() as store:
        for article in articles.read(chosen):
            store.write(pipeline.extract_article(article, tools), tools.ontology)
        return sorted(store.quads(), key=str)


@pytest.fixture(scope="module")
def by_hand():
    ontology = load_ontology()
    with Store.open() as store:
        for extraction in news():
            store.write(extraction, ontology)
        return sorted(store.quads(), key=str)


def data(text: str) -> Quads:
    """Triples of a default graph, as Turtle."""
    return Quads(ox.Quad(t.subject, t.predicate, t.object) for t in ox.parse(PREFIX + text, format=ox.RdfFormat.TURTLE))


def found(validation) -> set[tuple]:
    """What was found; shapes without a name are named anew at each reading."""
    return {
        (v.focus, v.path, v.component, v.value, v.severity, v.shape if not v.shape.startswith("_:") else "")
        for v in validation.violations
    }


def test_builds_conform(built, by_hand):
    for quads in (built, by_hand):
        validation = validate(Quads(quads))
        assert validation.violations == ()
        assert validation.conforms and not validation.by_pyshacl
        assert validation.rules > 200
        for name in ("Entity", "Article", "Statement", "Evidence", "Mention", "Qualifier"):
            assert validation.nodes[f"https://kg.example/shape/{name}"], name


def test_every_kind_of_block_and_all_that_is_said_of_an_article_conforms():
    text = "Mobilfunk: MTS baut 5G\n\nMTS baut 5G\n\nVon Anna Berg\n\nDer Plan\n\nMTS arbeitet mit Huawei an 5G. (dpa)"
    credits = {"publisher": "Nordkurier", "authors": ["Anna Berg", "Tom Halm"], "section": "Wirtschaft"}
    # One text at two addresses makes a group of prints.
    prints = [articles.from_text(text, id=name, url=f"https://{name}.example/", **credits) for name in "ab"]
    with Store.open() as store:
        pipeline.build(prints, store=store)
        quads = set(store.quads())
    told = {quad.predicate: quad.subject for quad in quads}
    kinds = {q.object.value.split()[1] for q in quads if q.predicate == term("kg:block")}
    assert kinds == set(get_args(BlockKind))
    assert {term(name) for name in ("kg:reprintOf", "kg:byline", "dc:publisher", "schema:articleSection")} <= set(told)
    assert validate(Quads(quads)).violations == ()
    block = term("kg:block")
    quads.add(ox.Quad(told[block], block, ox.Literal("0-3 caption"), DEFAULT))
    assert [v.value for v in validate(Quads(quads)).violations] == ["0-3 caption"]


def test_every_rule_says_what_to_do():
    sources = shape_sources(rdf.ontology_graph(load_ontology()))
    made = shape_queries(read_facts(sources), lambda *_: True)
    assert not made.beyond
    rules = [rule for shape in made.shapes for rule in shape.rules]
    assert [rule.shape for rule in rules if not rule.message] == []


@pytest.mark.parametrize("engine", ["oxigraph", "memory"])
def test_every_engine_is_validated(engine):
    ontology = load_ontology()
    with Store.open(engine=engine) as store:
        for extraction in news():
            store.write(extraction, ontology)
        assert validate(store).conforms
        # In the hand-made vocabulary everything is between organizations.
        broken = validate(store, ONTOLOGY).violations
        assert {(v.path, v.component) for v in broken} == {("", "or")}
        assert any("the subject of restricts is Organization" in v.message for v in broken)


def test_pyshacl_agrees_on_what_is_wrong(built):
    chance = random.Random(7)
    junk = [
        ox.Literal("x"), ox.Literal("x", language="de"), ox.NamedNode(ENTITY + "nothing"), ox.NamedNode(KG + "Person"),
        ox.Literal("-1", datatype=term("xsd:integer")), ox.Literal("7.5", datatype=term("xsd:decimal")),
    ]  # fmt: skip
    quads = set(built)
    # An article's claims on what an entity is are no part of what is validated.
    for quad in chance.sample([quad for quad in built if "/article/" not in str(quad.graph_name)], 150):
        kind = chance.randrange(3)
        if kind != 1:
            quads.discard(quad)
        if kind != 0:
            quads.add(ox.Quad(quad.subject, quad.predicate, chance.choice(junk), quad.graph_name))
    ours, theirs = (found(validate(Quads(quads), pyshacl=pyshacl)) for pyshacl in (False, True))
    assert ours == theirs
    components = {component for _, _, component, *_ in ours}
    assert components >= {"minCount", "maxCount", "datatype", "nodeKind", "in", "class", "or", "lessThan", "pattern"}


# Predicate of a quad, its new object (None takes it out), and which constraint that breaks.
BREAKS = (
    ("kg:status", "kg:rumoured", ("kg:status", "in")),
    ("kg:status", None, ("kg:status", "minCount")),
    ("kg:confidence", '"2"^^xsd:decimal', ("kg:confidence", "maxInclusive")),
    ("kg:evidence", None, ("kg:evidence", "minCount")),
    ("oa:start", '"9999"^^xsd:integer', ("oa:start", "lessThan")),
    ("oa:exact", '""', ("oa:exact", "minLength")),
    ("kg:eventTime", '"last summer"', ("kg:eventTime", "pattern")),
    ("kg:unit", '"euros"', ("kg:unit", "pattern")),
    ("prov:wasDerivedFrom", "entity:mts", ("prov:wasDerivedFrom", "class")),
    ("rdf:predicate", "my:invented", ("rdf:predicate", "class")),
    ("kg:attributedTo", "entity:nobody", ("kg:attributedTo", "node")),
    ("schema:articleBody", None, ("schema:articleBody", "minCount")),
    ("kg:mentionKind", '"guess"', ("kg:mentionKind", "in")),
    ("kg:refersTo", '"MTS"', ("kg:refersTo", "nodeKind")),
)


@pytest.mark.parametrize(("predicate", "value", "broken"), BREAKS, ids=[f"{p} {v}" for p, v, _ in BREAKS])
def test_what_is_broken_is_told(by_hand, predicate, value, broken):
    quad = next(quad for quad in by_hand if quad.predicate == term(predicate))
    changed = set(by_hand) - {quad}
    if value is not None:
        (triple,) = ox.parse(f"{PREFIX}<> {predicate} {value} .", format=ox.RdfFormat.TURTLE, base_iri="http://x/")
        changed.add(ox.Quad(quad.subject, quad.predicate, triple.object, quad.graph_name))
    violations = validate(Quads(changed)).violations
    path, component = broken
    (one,) = [v for v in violations if (v.path, v.component) == (term(path).value, component)]
    assert one.focus == quad.subject.value
    assert one.message


def test_classes_fit_the_relation(by_hand):
    mts, kind = ox.NamedNode(ENTITY + "mts"), term("rdf:type")
    quads = [q for q in by_hand if (q.subject, q.predicate, q.graph_name) != (mts, kind, DEFAULT)]
    broken = validate(Quads([*quads, ox.Quad(mts, kind, term("kg:Person"), DEFAULT)])).violations
    told = {v.shape.rpartition("/")[2]: v.message for v in broken if v.focus == mts.value}
    assert told.keys() >= {"partnersWith-subject", "partnersWith-object"}
    assert told["partnersWith-subject"].startswith("the subject of partnersWith is Country or Organization: mend")


def test_symmetric_relations_hold_both_ways(by_hand):
    one_way = ox.Quad(ox.NamedNode(ENTITY + "mts"), term("kg:partnersWith"), ox.NamedNode(ENTITY + "huawei"), DEFAULT)
    assert one_way in by_hand
    (violation,) = validate(Quads(quad for quad in by_hand if quad != one_way)).violations
    assert violation.component == "equals"
    assert "partnersWith holds in both directions" in violation.message


def test_a_plain_triple_rests_on_a_sentence(by_hand):
    """Huawei – basedIn – China is said once; were it only planned, the plain triple would be wrong."""
    (about,) = [q for q in by_hand if q.predicate == term("rdf:object") and q.object.value == iri("China")]
    (status,) = [q for q in by_hand if (q.subject, q.predicate) == (about.subject, term("kg:status"))]
    planned = ox.Quad(status.subject, status.predicate, term("kg:planned"), status.graph_name)
    for pyshacl in (False, True):
        changed = [planned if quad == status else quad for quad in by_hand]
        (violation,) = validate(Quads(changed), pyshacl=pyshacl).violations
        assert (violation.focus, violation.component) == (iri("Huawei"), "sparql")
        assert (violation.path, violation.value) == (KG + "basedIn", iri("China"))
        assert "without a sentence that asserts or reports it" in violation.message


def test_a_quote_stands_in_the_article(by_hand):
    (quote,) = [q for q in by_hand if q.predicate == term("oa:exact") and q.object.value.startswith("Huawei sitzt")]
    wrong = ox.Quad(quote.subject, quote.predicate, ox.Literal("Huawei saß in China."), quote.graph_name)
    (violation,) = validate(Quads([wrong if quad == quote else quad for quad in by_hand])).violations
    assert (violation.focus, violation.value) == (quote.subject.value, "Huawei saß in China.")


def test_one_word_for_two_things_is_two_mentions():
    first = news()[0]
    link = first.links[0]
    other = replace(link, iri=first.links[1].iri, reason="the only two it can be", certainty=0.8)
    ontology = load_ontology()
    with Store.open() as store:
        store.write(replace(first, links=(*first.links, other)), ontology)
        assert validate(store).conforms
        same = [m for m in store.mentions() if (m.start, m.end) == (link.mention.start, link.mention.end)]
    assert {(m.iri, m.reason, m.certainty) for m in same} == {
        (one.iri, one.reason, one.certainty) for one in (link, other)
    }  # fmt: skip


def test_what_an_article_claims_of_an_entity_is_not_judged(by_hand):
    claim = ox.Quad(ox.NamedNode(ENTITY + "mts"), term("rdf:type"), term("kg:Person"), term("article:a1"))
    assert validate(Quads([*by_hand, claim])).conforms


def test_shapes_of_your_own(by_hand, tmp_path):
    path = tmp_path / "my.ttl"
    path.write_text(
        PREFIX + "my:Dated a sh:NodeShape ; sh:targetClass schema:NewsArticle ;"
        " sh:property [ sh:path schema:url ; sh:minCount 1 ; sh:severity sh:Warning ; sh:message 'where is it' ] .",
        encoding="utf-8",
    )
    violations = validate(Quads(by_hand), shapes=[path]).violations
    assert [(v.focus, v.message, v.severity) for v in violations] == [
        ("https://kg.example/article/a2", "where is it", "Warning"),
        ("https://kg.example/article/a3", "where is it", "Warning"),
    ]


DECLARED = f"my:Prefixes sh:declare [ sh:prefix 'my' ; sh:namespace '{MY}'^^xsd:anyURI ] ."
# Shapes over the data below, and what they find, as queries and by pySHACL alike: (focus, component, value).
DATA = """
my:a my:p my:b , "x" ; my:q 3 , "4"^^xsd:integer ; my:r my:b ; a my:C .
my:b my:p "x"@de ; my:q 5.5 ; a my:D ; my:r my:a , my:c .
my:D rdfs:subClassOf my:C . my:c a my:E ; my:same my:c .
"""
FRAGMENT = (
    ("sh:targetNode my:a , my:c ; sh:property [ sh:path my:p ; sh:minCount 2 ]", {("c", "minCount", None)}),
    ("sh:targetSubjectsOf my:p ; sh:property [ sh:path my:p ; sh:maxCount 1 ]", {("a", "maxCount", None)}),
    ("sh:targetNode my:c ; sh:property [ sh:path my:p ; sh:maxCount 0 ]", set()),
    ("sh:targetClass my:C ; sh:property [ sh:path my:q ; sh:datatype xsd:integer ]", {("b", "datatype", "5.5")}),
    ("sh:targetNode my:a ; sh:property [ sh:path my:q ; sh:minExclusive 3 ]", {("a", "minExclusive", "3")}),
    ("sh:targetNode my:a ; sh:property [ sh:path my:q ; sh:maxExclusive 4 ]", {("a", "maxExclusive", "4")}),
    ("sh:targetNode my:a ; sh:property [ sh:path my:p ; sh:nodeKind sh:IRI ]", {("a", "nodeKind", "x")}),
    ("sh:targetObjectsOf my:r ; sh:class my:C", {("c", "class", "c")}),
    ("sh:targetNode my:a ; sh:property [ sh:path my:p ; sh:hasValue my:c ]", {("a", "hasValue", None)}),
    ("sh:targetNode my:a , my:b ; sh:property [ sh:path my:p ; sh:in ( my:b 'x' ) ]", {("b", "in", "x")}),
    ("sh:targetNode my:b ; sh:property [ sh:path my:p ; sh:pattern '^X$' ; sh:flags 'i' ]", set()),
    ("sh:targetNode my:b ; sh:property [ sh:path my:p ; sh:pattern '^X$' ]", {("b", "pattern", "x")}),
    ("sh:targetNode my:b ; sh:property [ sh:path my:p ; sh:minLength 2 ]", {("b", "minLength", "x")}),
    ("sh:targetNode my:b ; sh:property [ sh:path my:p ; sh:maxLength 0 ]", {("b", "maxLength", "x")}),
    ("sh:targetNode my:a , my:b ; sh:property [ sh:path my:p ; sh:disjoint my:r ]", {("a", "disjoint", "b")}),
    ("sh:targetNode my:a ; sh:property [ sh:path my:p ; sh:equals my:r ]", {("a", "equals", "x")}),
    ("sh:targetNode my:c ; sh:property [ sh:path my:p ; sh:equals my:same ]", {("c", "equals", "c")}),
    ("sh:targetNode my:a ; sh:property [ sh:path my:q ; sh:lessThanOrEquals my:q ]", {("a", "lessThanOrEquals", "4")}),
    ("sh:targetNode my:b ; sh:property [ sh:path [ sh:inversePath my:r ] ; sh:maxCount 0 ]", {("b", "maxCount", None)}),
    ("sh:targetObjectsOf my:r ; sh:or ( [ sh:class my:E ] [ sh:nodeKind sh:Literal ] )", {(n, "or", n) for n in "ab"}),
    ("sh:targetObjectsOf my:r ; sh:and ( [ sh:class my:C ] [ sh:class my:D ] )", {(n, "and", n) for n in "ac"}),
    ("sh:targetNode my:a , my:b ; sh:not [ sh:class my:D ]", {("b", "not", "b")}),
    (
        "sh:targetNode my:b ; sh:property [ sh:path my:r ; sh:node [ sh:property [ sh:path my:p ; sh:minCount 1 ] ] ]",
        {("b", "node", "c")},
    ),
    (
        "sh:targetNode my:b ; sh:property [ sh:path my:r ; sh:property [ sh:path my:p ; sh:minCount 1 ] ]",
        {("c", "minCount", None)},
    ),
    (
        "sh:targetClass my:C ; sh:sparql [ sh:prefixes my:Prefixes ; sh:select"
        " 'SELECT $this ?value WHERE { $this my:r ?value . FILTER NOT EXISTS { ?value my:p ?any } }' ]",
        {("b", "sparql", "c")},
    ),
    ("sh:targetNode my:c ; sh:deactivated true ; sh:property [ sh:path my:p ; sh:minCount 1 ]", set()),
)


@pytest.mark.parametrize(("shape", "expected"), FRAGMENT, ids=[shape for shape, _ in FRAGMENT])
def test_the_fragment_means_what_shacl_means(shape, expected, tmp_path):
    path = tmp_path / "my.ttl"
    path.write_text(f"{PREFIX} {DECLARED} my:Shape a sh:NodeShape ; {shape} .", encoding="utf-8")
    for pyshacl in (False, True):
        validation = validate(data(DATA), shapes=[path], pyshacl=pyshacl)
        assert bool(validation.by_pyshacl) == pyshacl
        short = {
            (v.focus.rpartition("#")[2], v.component, v.value and v.value.rpartition("#")[2])
            for v in validation.violations
        }
        assert short == expected, pyshacl


BEYOND = (
    "sh:targetNode my:a ; sh:property [ sh:path my:p ; sh:uniqueLang true ]",
    "sh:targetNode my:a ; sh:closed true",
    "sh:targetNode my:a ; sh:property [ sh:path ( my:p my:p ) ; sh:minCount 1 ]",
    "sh:targetNode my:a ; sh:property [ sh:path my:p ; sh:minCount 9 ]",
    "sh:targetNode my:a ; sh:property [ sh:path my:p ; sh:datatype xsd:gYear ]",
    "sh:targetNode my:a ; sh:property [ sh:path my:p ; sh:pattern '(?<=a)b' ]",
    "sh:targetNode my:a ; sh:xone ( [ sh:class my:C ] [ sh:class my:D ] )",
    "sh:targetNode my:a ; sh:node my:Shape",
    "sh:targetNode my:a ; sh:sparql [ sh:select 'SELECT $this WHERE { { $this my:p 1 } UNION { $this my:p 2 } }' ]",
    "sh:targetNode my:a ; sh:sparql [ sh:select 'ASK { $this my:p 1 }' ]",
    "sh:targetNode my:a ; sh:property [ sh:path my:p ; sh:sparql [ sh:select 'SELECT $this { $this $PATH 1 }' ] ]",
    "sh:targetNode my:a ; sh:or ( [ sh:sparql [ sh:select 'SELECT $this WHERE { $this my:p 1 }' ] ] )",
    "sh:targetNode my:a ; a owl:Class",
)


@pytest.mark.parametrize("shape", BEYOND)
def test_what_is_beyond_queries_is_left_whole(shape):
    facts = read_facts([Source("my.ttl", f"{PREFIX} my:Shape a sh:NodeShape ; {shape} ; sh:class my:Nothing .")])
    made = shape_queries(facts, lambda pattern, flags: "?<=" not in pattern)
    assert (made.shapes, made.beyond) == ((), ("https://example.org/my#Shape",))


def test_pyshacl_does_what_queries_cannot(by_hand, tmp_path, monkeypatch):
    path = tmp_path / "my.ttl"
    shape = "my:Shape sh:targetNode my:a ; sh:closed true ; sh:ignoredProperties ( rdf:type my:p my:q ) ."
    path.write_text(PREFIX + shape, encoding="utf-8")
    validation = validate(data(DATA), shapes=[path])
    assert validation.by_pyshacl == ("https://example.org/my#Shape",)
    assert [(v.focus, v.component, v.value) for v in validation.violations] == [
        ("https://example.org/my#a", "closed", "https://example.org/my#b")
    ]
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    assert validate(Quads(by_hand)).conforms
    with pytest.raises(KgError, match=r"pip install 'kg-news\[validate\]'"):
        validate(data(DATA), shapes=[path])


def test_files_that_are_no_shapes(tmp_path, by_hand):
    path = tmp_path / "my.ttl"
    with pytest.raises(OntologyError, match="cannot be read"):
        validate(Quads(by_hand), shapes=[path])
    path.write_text("@prefix sh: <http://www.w3.org/ns/shacl#> .\na b c", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"my\.ttl:2: not Turtle"):
        validate(Quads(by_hand), shapes=[path])


def test_relations_of_any_namespace_have_shapes(tmp_path):
    path = tmp_path / "my.ttl"
    path.write_text(
        PREFIX + "my:Club a owl:Class ; rdfs:subClassOf kg:Organization ; rdfs:label 'club'@en ."
        "my:plays a owl:ObjectProperty ; rdfs:label 'plays'@en ; rdfs:domain my:Club ; rdfs:range my:Club ;"
        " kg:pattern '{Club} plays {Club}'@en .",
        encoding="utf-8",
    )
    ontology = load_ontology([path])
    made = relation_shapes(rdf.ontology_graph(ontology))
    for name in ontology.properties:
        assert f"shape/{name}-subject>" in made and f"shape/{name}-object>" in made
    text = "entity:a a my:Club ; rdfs:label 'a' ; my:plays entity:b . entity:b a kg:Company ; rdfs:label 'b' ."
    (violation,) = validate(data(text), ontology).violations
    assert violation.focus == ENTITY + "b"
    assert violation.message.startswith("the object of plays is Club")
