"""Nanopublications: what each asserts, where it is from, and that a plan is never asserted as done."""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox
import pytest
from handmade import ONTOLOGY, news

from kg.export import write
from kg.namespaces import ENTITY, KG, NANOPUB
from kg.store import Store
from kg.terms import A, term

PARTS = ("Head", "assertion", "provenance", "pubinfo")


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    with Store.open() as store:
        for extraction in news():
            store.write(extraction, ONTOLOGY)
        (path,) = write(store, tmp_path_factory.mktemp("np") / "g.nanopub.trig")
        statements = {s.id: s for s in store.statements()}
    graphs = defaultdict(set)
    for quad in ox.parse(path.read_bytes(), ox.RdfFormat.TRIG):
        graphs[quad.graph_name.value].add(quad.triple)
    return graphs, statements


def test_every_statement_is_one_of_four_graphs(found):
    graphs, statements = found
    assert set(graphs) == {f"{NANOPUB}{id_}#{part}" for id_ in statements for part in PARTS}
    for id_ in statements:
        whole = ox.NamedNode(NANOPUB + id_)
        assert graphs[f"{whole.value}#Head"] == {
            ox.Triple(whole, A, term("np:Nanopublication")),
            ox.Triple(whole, term("np:hasAssertion"), ox.NamedNode(f"{whole.value}#assertion")),
            ox.Triple(whole, term("np:hasProvenance"), ox.NamedNode(f"{whole.value}#provenance")),
            ox.Triple(whole, term("np:hasPublicationInfo"), ox.NamedNode(f"{whole.value}#pubinfo")),
        }
        assert any(t.subject.value == f"{whole.value}#assertion" for t in graphs[f"{whole.value}#provenance"])
        assert any(t.subject == whole for t in graphs[f"{whole.value}#pubinfo"])


def test_only_what_became_a_plain_triple_is_asserted(found):
    graphs, statements = found
    for id_, statement in statements.items():
        triple = ox.Triple(
            ox.NamedNode(statement.subject), ox.NamedNode(KG + statement.property), ox.NamedNode(statement.object)
        )
        assertion = graphs[f"{NANOPUB}{id_}#assertion"]
        if statement.status in ("asserted", "reported"):
            assert assertion == {triple}
        else:
            assert triple not in {t for graph in PARTS for t in graphs[f"{NANOPUB}{id_}#{graph}"]}
            assert {t.object for t in assertion} >= {term(f"kg:{statement.status}"), triple.predicate}


def test_provenance_has_sentence_article_and_source(found):
    graphs, statements = found
    (id_,) = (id_ for id_, statement in statements.items() if statement.attributed_to)
    provenance = graphs[f"{NANOPUB}{id_}#provenance"]
    told = {(t.predicate.value.split("/")[-1].split("#")[-1], t.object.value) for t in provenance}
    assert ("exact", statements[id_].evidence.quote) in told
    assert {("title", "Huawei baut 5G in Russland"), ("issued", "2019-06-06")} <= told
    assert ("wasAttributedTo", ENTITY + "gou-ping") in told
    assert ("unit", "EUR") in told
