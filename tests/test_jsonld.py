"""JSON-LD that reads like plain JSON and still gives back the very same quads."""

from __future__ import annotations

import importlib.util
import json

import pyoxigraph as ox
import pytest
import rdflib
from handmade import ONTOLOGY, news

from kg.jsonld import context, document
from kg.namespaces import ENTITY, KG
from kg.ontology import ontology_folder
from kg.store import Store
from kg.terms import ONTOLOGY as VOCABULARY
from kg.terms import term

S, P = ox.NamedNode(ENTITY + "s"), ox.NamedNode(KG + "p")
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def quads():
    with Store.open() as store:
        for extraction in news():
            store.write(extraction, ONTOLOGY)
        return store.quads()


def node(document_: dict, *path: str) -> dict:
    found = document_["@graph"]
    for iri in path:
        (one,) = (each for each in found if each["@id"] == iri)
        found = one.get("@graph", one)
    return found


class TestReading:
    def test_an_entity_reads_like_json(self, quads):
        assert node(json.loads(document(quads)), "entity:huawei") == {
            "@id": "entity:huawei",
            "@type": "Company",
            "label": "Huawei",
            "aliases": ["Huawei Technologies"],
            "basedIn": "entity:china-place",
            "partnersWith": "entity:mts",
        }

    def test_a_statement_holds_its_evidence_and_qualifiers(self, quads):
        found = node(json.loads(document(quads)), "statements:a1")
        (led,) = (one for one in found if one.get("predicate") == "leads")
        assert (led["subject"], led["object"], led["status"]) == ("entity:gou-ping", "entity:huawei", "reported")
        assert (led["attributedTo"], led["confidence"], led["derivedFrom"]) == ("entity:gou-ping", "0.94", "article:a1")
        assert led["evidence"]["exact"].startswith("Er führt") and isinstance(led["evidence"]["start"], int)
        assert led["amount"]["unit"] == "EUR"

    def test_an_article_and_labels_are_maps_by_language(self, quads):
        told = json.loads(document(quads))
        (about,) = (one for one in node(told, "article:a1") if one["@id"] == "article:a1")
        assert about["title"] == about["headline"] == {"de": "Huawei baut 5G in Russland"}
        assert (about["issued"], about["@type"]) == ("2019-06-06", "schema:NewsArticle")
        (leads,) = (one for one in node(told, VOCABULARY.value) if one["@id"] == "kg:leads")
        assert leads["labels"] == {"de": "leitet", "en": "leads"}


class TestComingBack:
    def test_through_oxigraph_and_rdflib(self, quads):
        text = document(quads)
        assert set(ox.parse(text, ox.RdfFormat.JSON_LD)) == quads
        again = rdflib.Dataset().parse(data=text, format="json-ld").serialize(format="nquads").encode()
        again = again.replace(b" <urn:x-rdflib:default>", b"")
        assert set(ox.parse(again, ox.RdfFormat.N_QUADS)) == quads

    @pytest.mark.parametrize(
        "value",
        [
            ox.Literal(""),
            ox.Literal("0", datatype=ox.NamedNode(XSD + "integer")),
            ox.Literal("007", datatype=ox.NamedNode(XSD + "integer")),
            ox.Literal("12345678901234567890", datatype=ox.NamedNode(XSD + "integer")),
            ox.Literal("1.50", datatype=ox.NamedNode(XSD + "decimal")),
            ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean")),
            ox.Literal("entity:x"),
            ox.Literal("@id"),
            ox.Literal("x", language="de-at"),
            ox.Literal("2019", datatype=ox.NamedNode(XSD + "gYear")),
            ox.NamedNode("https://example.org/a b".replace(" ", "%20")),
            ox.NamedNode(ENTITY + "/x"),
            ox.NamedNode(ENTITY),
            ox.NamedNode(KG + "label"),
            ox.NamedNode("urn:isbn:1"),
            S,
        ],
    )
    @pytest.mark.parametrize(
        "predicate",
        [P, *map(term, ("rdf:value", "dcterms:title", "dcterms:issued", "rdfs:label", "kg:status", "schema:url"))],
    )
    def test_odd_values(self, value, predicate):
        quads = {ox.Quad(S, predicate, value)}
        assert set(ox.parse(document(quads), ox.RdfFormat.JSON_LD)) == quads

    @pytest.mark.parametrize("name", ["label", "title", "schema", "5g", "a.b"])
    def test_a_relation_may_be_called_like_a_term_of_the_context(self, name):
        relation = ox.NamedNode(KG + name)
        quads = {ox.Quad(relation, term("rdf:type"), term("owl:ObjectProperty"), VOCABULARY), ox.Quad(S, relation, S)}
        assert set(ox.parse(document(quads), ox.RdfFormat.JSON_LD)) == quads

    def test_a_part_without_its_whole_and_a_blank_node(self):
        part = ox.NamedNode(S.value + "/part")
        quads = {ox.Quad(part, P, S), ox.Quad(ox.BlankNode("b"), P, part)}
        assert len(set(ox.parse(document(quads), ox.RdfFormat.JSON_LD))) == 2


def test_the_context_that_is_shipped_is_that_of_the_bundled_vocabulary():
    folder = ontology_folder()
    spec = importlib.util.spec_from_file_location("build_context", folder / "build_context.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    shipped = (folder / "context.jsonld").read_text(encoding="utf-8")
    assert shipped == module.text(), "write it anew: python ontologies/build_context.py"
    assert json.loads(shipped)["@context"]["leads"] == {"@id": "kg:leads", "@type": "@id"}


def test_only_relations_of_the_own_vocabulary_are_keys():
    told = context([KG + "leads", "https://example.org/x#sponsors"])
    assert "leads" in told and not [name for name in told if "sponsors" in name]
