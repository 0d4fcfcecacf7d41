"""kg validate and kg infer on the command line, and what kg explain and kg build say of inferred triples."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from handmade import iri, news
from typer.testing import CliRunner

from kg import cli_reasoning
from kg.cli import app
from kg.namespaces import PREFIXES
from kg.ontology import load_ontology
from kg.store import Store
from kg.terms import DEFAULT, STATUS, term

PREFIX = "".join(f"@prefix {name}: <{space}> .\n" for name, space in PREFIXES.items())
AXIOMS = f"""{PREFIX}
kg:restricts rdfs:subPropertyOf kg:opposes .
kg:partnersWith owl:propertyChainAxiom ( [ owl:inverseOf kg:actsFor ] kg:partnersWith ) .
<{iri("MTS")}> kg:actsFor <{iri("Russland")}> .
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A store of the hand-made articles, with the bundled ontology, where the commands look for it."""
    monkeypatch.chdir(tmp_path)
    ontology = load_ontology()
    with Store.open(tmp_path / "out" / "store") as store:
        for extraction in news():
            store.write(extraction, ontology)
    (tmp_path / "my.ttl").write_text(AXIOMS, encoding="utf-8")
    return tmp_path / "out" / "store"


def kg(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def breaks(place) -> None:
    """Give a statement a status that there is not, and take the label of an entity."""
    inner = ox.Store(str(place))
    (quad, *_) = sorted(inner.quads_for_pattern(None, STATUS, term("kg:planned"), None), key=str)
    inner.remove(quad)
    inner.add(ox.Quad(quad.subject, quad.predicate, term("kg:rumoured"), quad.graph_name))
    mts = ox.NamedNode(iri("MTS"))
    for label in list(inner.quads_for_pattern(mts, term("rdfs:label"), None, DEFAULT)):
        inner.remove(label)


@pytest.mark.usefixtures("place")
def test_a_graph_that_conforms():
    done = kg("validate")
    assert done.exit_code == 0
    assert done.stdout.startswith("conforms: 6 entities, 3 articles, 8 statements, 8 evidence, ")
    assert done.stdout.count("\n") == 1
    assert json.loads(kg("validate", "--json").stdout)["violations"] == []
    assert kg("validate", "--pyshacl").stdout.endswith("shapes, 93 of them by pySHACL\n")


def test_a_broken_rule_is_one_line(place):
    breaks(place)
    done = kg("validate")
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert "entity:mts  rdfs:label sh:minCount 1  give it one label without a language tag" in done.stdout
    (status,) = [line for line in lines if "rumoured" in line]
    assert status.startswith("statement:")
    assert status.endswith(
        "  kg:status sh:in  kg:rumoured: give it one of the nine statuses, such as kg:asserted or kg:planned"
    )
    assert lines[-1].startswith(f"does not conform: {len(lines) - 1} broken rules at ")
    assert len(kg("validate", "--limit", 1).stdout.splitlines()) == 2
    told = json.loads(kg("validate", "--json").stdout)
    assert not told["conforms"] and len(told["violations"]) == len(lines) - 1


def test_no_store_and_no_file(place, tmp_path):
    done = kg("validate", "--store", tmp_path / "none")
    assert done.exit_code == 1 and "there is no store" in done.stderr
    done = kg("validate", "--shapes", "none.ttl")
    assert done.exit_code == 1 and "none.ttl: cannot be read" in done.stderr
    done = kg("infer", "--ontology", "none.ttl")
    assert done.exit_code == 1 and "none.ttl: cannot be read" in done.stderr


@pytest.mark.usefixtures("place")
def test_infer_explain_and_drop():
    done = kg("infer", "--ontology", "my.ttl")
    assert done.exit_code == 0, done.output
    assert " triples inferred from " in done.stdout and " and 1 of the ontology's files by " in done.stdout
    assert "  prp-spo2  " in done.stdout
    assert done.stdout.endswith("{ GRAPH kg:inferred { ?s ?p ?o } }'\n")  # the store is the one that is asked anyway
    explained = kg("explain", "Russland", "partnersWith", "Huawei").stdout.splitlines()
    assert explained[:4] == [
        "Russland partnersWith Huawei   inferred by prp-spo2",
        "  kg:partnersWith owl:propertyChainAxiom ( [ owl:inverseOf kg:actsFor ] kg:partnersWith )",
        "  MTS actsFor Russland   my.ttl",
        "  MTS partnersWith Huawei   asserted, confidence 0.94, 1 more like it",
    ]
    assert explained[4].startswith("    [s:Huawei] [p:hat] mit [o:MTS] eine")
    assert "China type Place   inferred by cax-sco" in kg("explain", "China", "type").stdout
    both = kg("explain", "Huawei", "partnersWith").stdout
    assert both.startswith("Huawei partnersWith MTS   asserted") and "inferred by prp-symp" in both
    assert kg("explain", "Russland", "partnersWith", "MTS").exit_code == 1
    assert kg("validate").exit_code == 0
    assert kg("infer", "--drop").stdout.endswith(" inferred triples taken out\n")
    assert kg("infer", "--drop").stdout == "0 inferred triples taken out\n"
    assert kg("explain", "Russland", "partnersWith", "Huawei").exit_code == 1


def test_what_is_inferred_is_asked_of_the_store_that_has_it(place):
    done = kg("infer", "--store", place)
    assert done.stdout.endswith(f" {{ ?s ?p ?o }} }}' --store {place}\n")


@pytest.mark.usefixtures("place")
def test_many_inferred_triples_are_cut_short(monkeypatch):
    kg("infer", "--ontology", "my.ttl")
    monkeypatch.setattr(cli_reasoning, "PROOFS", 0)
    assert "inferred by" not in kg("explain", "USA").stdout
    assert kg("explain", "USA").stdout.endswith(" more inferred triples: name the property to see them\n")
    assert "USA opposes MTS   inferred by prp-spo1" in kg("explain", "USA", "opposes").stdout


@pytest.mark.usefixtures("stand_in")
def test_build_says_that_what_was_inferred_is_gone(place, texts, tmp_path):
    kg("infer", "--ontology", "my.ttl")
    (tmp_path / "a1.txt").write_text(texts[0], encoding="utf-8")
    done = kg("build", "a1.txt", "--store", place)
    assert done.exit_code == 0, done.output
    assert f"what was inferred was dropped, as articles have changed: kg infer --store {place}" in done.stderr
    assert "what was inferred" not in kg("build", "a1.txt", "--store", place).stderr
