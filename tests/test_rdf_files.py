"""Every RDF format gives back the triples it was given, in equal bytes for equal graphs."""

from __future__ import annotations

import itertools

import pyoxigraph as ox
import pytest
import rdflib
from handmade import HUAWEI, MTS, ONTOLOGY, article, entity, news, with_open

from kg import rdf_files
from kg.errors import StoreError
from kg.export import write
from kg.formats import FORMATS, ending, format_of
from kg.namespaces import KG
from kg.store import Store
from kg.terms import DEFAULT, term
from kg.terms import ONTOLOGY as VOCABULARY

REIFIES = term("rdf:reifies")
DEFAULT_ONLY = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "rdf": ox.RdfFormat.RDF_XML}
ALL_GRAPHS = {"trig": ox.RdfFormat.TRIG, "nq": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD}
NEWEST = {"ttl12": ox.RdfFormat.TURTLE, "trig12": ox.RdfFormat.TRIG, "nq12": ox.RdfFormat.N_QUADS}


@pytest.fixture(scope="module")
def store():
    with Store.open() as found:
        for extraction in news():
            found.write(extraction, ONTOLOGY)
        yield found


def written(store: Store, folder, form: str) -> bytes:
    (path,) = write(store, folder / f"g.{ending(form)}")
    return path.read_bytes()


class TestRoundTrips:
    @pytest.mark.parametrize("form", DEFAULT_ONLY)
    def test_of_the_default_graph(self, store, tmp_path, form):
        assert set(ox.parse(written(store, tmp_path, form), DEFAULT_ONLY[form])) == store.default_graph()

    @pytest.mark.parametrize("form", ALL_GRAPHS)
    def test_of_all_graphs(self, store, tmp_path, form):
        assert set(ox.parse(written(store, tmp_path, form), ALL_GRAPHS[form])) == store.quads()

    @pytest.mark.parametrize("form", ALL_GRAPHS)
    def test_of_open_triples_too(self, tmp_path, form):
        with Store.open() as store:
            store.write(with_open(news()[0]), ONTOLOGY)
            text = written(store, tmp_path, form)
            assert set(ox.parse(text, ALL_GRAPHS[form])) == store.quads()
        assert b"open-triple" in text

    @pytest.mark.parametrize(
        ("form", "name"), [("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml"), ("trig", "trig"), ("nq", "nquads")]
    )
    def test_through_rdflib(self, store, tmp_path, form, name):
        dataset = rdflib.Dataset().parse(data=written(store, tmp_path, form), format=name)
        expected = store.default_graph() if form in DEFAULT_ONLY else store.quads()
        again = dataset.serialize(format="nquads").encode().replace(b" <urn:x-rdflib:default>", b"")
        assert set(ox.parse(again, ox.RdfFormat.N_QUADS)) == expected

    @pytest.mark.parametrize("form", NEWEST)
    def test_of_statements_as_triple_terms(self, store, tmp_path, form):
        found = set(ox.parse(written(store, tmp_path, form), NEWEST[form]))
        reified = {q for q in found if q.predicate == REIFIES}
        classic = set(found) - reified
        for quad in reified:
            triple = quad.object
            parts = zip(
                ("subject", "predicate", "object"), (triple.subject, triple.predicate, triple.object), strict=True
            )
            classic |= {ox.Quad(quad.subject, term(f"rdf:{name}"), part, quad.graph_name) for name, part in parts}
            classic.add(ox.Quad(quad.subject, term("rdf:type"), term("rdf:Statement"), quad.graph_name))
        assert len(reified) == 8
        if form == "ttl12":
            assert classic == {ox.Quad(*q.triple) for q in rdf_files.in_one_graph(store.quads())}
        else:
            assert classic == store.quads()

    def test_a_statement_of_a_plan_is_not_asserted_by_its_triple_term(self, store, tmp_path):
        found = set(ox.parse(written(store, tmp_path, "ttl12"), ox.RdfFormat.TURTLE))
        (planned,) = (q.subject for q in found if q.predicate == term("kg:status") and q.object == term("kg:planned"))
        (triple,) = (q.object for q in found if q.subject == planned and q.predicate == REIFIES)
        assert triple.predicate == ox.NamedNode(KG + "restricts")
        assert ox.Quad(*triple) not in found
        assert any(q.object == triple for q in found if q.predicate == REIFIES)

    def test_a_foreign_reification_stays_as_it_is(self):
        half = [ox.Quad(ox.NamedNode("http://a/s"), term("rdf:subject"), ox.NamedNode("http://a/o"))]
        assert rdf_files.with_triple_terms(half) == half


class TestCanonical:
    def test_it_is_sorted_and_escaped_as_rdfc_says(self):
        letters = 'a\x00\x07\x08\t\n\x0b\x0c\r"\\\x7f\u2028ä😀'
        quads = [
            ox.Quad(ox.NamedNode("http://a/z"), ox.NamedNode("http://a/p"), ox.Literal(letters)),
            ox.Quad(ox.NamedNode("http://a/b"), ox.NamedNode("http://a/p"), ox.Literal("x", language="de")),
        ]
        assert rdf_files.nquads(quads).decode() == (
            '<http://a/b> <http://a/p> "x"@de .\n'
            '<http://a/z> <http://a/p> "a\\u0000\\u0007\\b\\t\\n\\u000B\\f\\r\\"\\\\\\u007F\u2028ä😀" .\n'
        )

    def test_a_text_that_looks_like_a_blank_node_is_a_text(self):
        quad = ox.Quad(ox.NamedNode("http://a/b"), ox.NamedNode("http://a/p"), ox.Literal("_:x"))
        assert rdf_files.nquads([quad]) == b'<http://a/b> <http://a/p> "_:x" .\n'

    def test_blank_nodes_are_named_by_what_is_said_of_them(self):
        def graph(names):
            one, two = map(ox.BlankNode, names)
            knows, name = ox.NamedNode("http://a/knows"), ox.NamedNode("http://a/name")
            return [ox.Quad(one, knows, two), ox.Quad(one, name, ox.Literal("A")), ox.Quad(two, name, ox.Literal("B"))]

        made = {rdf_files.nquads(graph(names)) for names in itertools.permutations(("x", "y"))}
        assert len(made) == 1
        assert b"_:c14n0" in made.pop()


class TestXml:
    def test_characters_that_xml_lacks_become_the_replacement(self, tmp_path):
        with Store.open() as store:
            store.write(article("a", [], (entity("A\x07 & <b>", name="A"),)), ONTOLOGY)
            text = written(store, tmp_path, "rdf")
        (label,) = (q.object.value for q in ox.parse(text, ox.RdfFormat.RDF_XML) if q.predicate == term("rdfs:label"))
        assert label == "A\ufffd & <b>"

    def test_all_that_xml_has_comes_back_through_any_reader(self):
        text = "a\r\n\tb \u2028 ]]> &amp; <x> ä😀\x85 "
        quad = ox.Quad(ox.NamedNode("http://a/s"), ox.NamedNode("http://a/p"), ox.Literal(text))
        written = rdf_files.rdf_xml([quad])
        assert list(ox.parse(written, ox.RdfFormat.RDF_XML)) == [quad]
        assert [str(value) for _, _, value in rdflib.Graph().parse(data=written, format="xml")] == [text]

    @pytest.mark.parametrize(
        ("form", "predicate", "value"),
        [
            ("rdf", "https://a.example/", ox.NamedNode("https://a.example/o")),
            ("jsonld", "https://a.example/p", ox.Triple(*[ox.NamedNode("https://a.example/x")] * 3)),
        ],
    )
    def test_what_a_format_cannot_hold_is_told(self, tmp_path, form, predicate, value):
        with Store.open() as store:
            node = ox.NamedNode("https://a.example/s")
            store._engine.change((), [ox.Quad(node, ox.NamedNode(predicate), value)], ())
            with pytest.raises(StoreError, match=f"{form} cannot hold this graph: .* – take another format"):
                write(store, tmp_path / f"g.{form}")
        assert list(tmp_path.iterdir()) == []

    def test_prefixes_come_in_order(self, store, tmp_path):
        head = written(store, tmp_path, "rdf").decode().split("\n")[1]
        assert head.split()[1:] == sorted(head.split()[1:])
        assert 'xmlns:kg="https://kg.example/ontology#"' in head


def test_one_graph_says_nothing_of_entities_that_the_default_graph_does_not(store):
    kept = rdf_files.in_one_graph(store.quads())
    assert {q for q in kept if q.graph_name == DEFAULT} == store.default_graph()
    entities = {e.iri for e in store.entities()}
    assert not [q for q in kept if q.graph_name != DEFAULT and q.subject.value in entities]
    assert any(q.graph_name == VOCABULARY for q in kept)
    assert {ox.NamedNode(HUAWEI.iri), ox.NamedNode(MTS.iri)} <= {q.subject for q in kept}


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_known_by_the_ending_of_its_files(tmp_path, form):
    assert format_of(tmp_path / f"g.{ending(form)}") == form
