"""The bundled vocabulary keeps the rules and the check list, and each check can fail."""

from xml.etree import ElementTree

import pytest
from handmade import news, with_open
from rdflib import DCTERMS, ORG, PROV, RDF, SKOS, VANN, Graph, URIRef
from rdflib.namespace import FOAF

from kg.declarations import OWL, RDFS, members
from kg.namespaces import ENTITY, KG, PREFIXES
from kg.ontology import load_gazetteer, load_ontology, ontology_folder
from kg.ontology_checks import LANGUAGES, check_ontology, own_terms, rl_deviations
from kg.ontology_files import VOCABULARY, vocabulary_sources
from kg.open_quads import open_graph
from kg.owl_profile import chains_of, dl_violations, inverses, kinds_of
from kg.rdf import article_graph, ontology_graph, statements_graph
from kg.records import QUALIFIERS, STATUSES
from kg.turtle import RDF_TYPE, local_name, read_facts

HEADER = """\
@prefix kg: <https://kg.example/ontology#> .
@prefix my: <https://news.example/terms#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://news.example/terms> a owl:Ontology ; owl:versionInfo "1" ; owl:versionIRI <https://news.example/terms/1> ;
    dcterms:title "T"@en ; dcterms:license <https://l.example/> ; dcterms:creator <https://c.example/> ;
    dcterms:created "2026-01-01T00:00:00Z"^^xsd:dateTime ; dcterms:modified "2026-01-01T00:00:00Z"^^xsd:dateTime ;
    skos:changeNote "1: first."@en .
"""
LINES = HEADER.count("\n")
SAID = 'rdfs:label "{0}"@de , "{0}"@en ; skos:definition "Was {0} ist."@de , "What {0} is."@en'
FAN = f"my:Fan a owl:Class ; rdfs:subClassOf kg:Person ; {SAID.format('Fan')} ."
CHEERS = (
    f"my:cheers a owl:ObjectProperty ; {SAID.format('cheers')} ; rdfs:domain kg:Person ; rdfs:range kg:Organization"
)
TAUGHT = ' ; kg:pattern "{Person} bejubelt {Organization}"@de , "{Person} cheers for {Organization}"@en .'


@pytest.fixture(scope="module")
def facts():
    return read_facts(vocabulary_sources())


def found(tmp_path, text, header=HEADER):
    path = tmp_path / "own.ttl"
    path.write_text(header + text, encoding="utf-8")
    return [(f.grave, f.check, str(f).removeprefix(f"{path}:")) for f in check_ontology([path])]


def test_the_bundled_vocabulary_has_no_fault():
    """Six examples teach two relations on purpose: what "ships gas to Japan" exports and supplies."""
    faults = [finding for finding in check_ontology() if finding.check != "shared example"]
    assert [str(finding) for finding in faults] == []
    assert len(check_ontology()) == 6


def test_a_file_without_fault_gets_no_finding(tmp_path):
    assert found(tmp_path, f"{FAN}\n{CHEERS}{TAUGHT}") == []


@pytest.mark.parametrize(
    ("text", "grave", "check", "line", "problem"),
    [
        ("\nmy:Fan a owl:Class .", False, "label", 2, "Fan has no label in de"),
        ("my:Fan a owl:Class .", False, "definition", 1, "Fan has no definition in en"),
        (FAN.replace('"Fan"@de', '"Fan"@de , "Anhänger"@de'), False, "label", 1, "two labels in de"),
        (FAN.replace('"Fan"@de', '" Fan"@de'), False, "label", 1, "empty or padded"),
        (FAN.replace('"Fan"@en', '"Company"@en'), False, "label", 1, "Fan and Company are both called “company”"),
        (FAN.replace("my:Fan", "my:fan"), False, "spelling", 1, "the name fan"),
        (f"{CHEERS}{TAUGHT}".replace("my:c", "my:C"), False, "spelling", 1, "the name Cheers"),
        (f"{FAN}\nkg:Person rdfs:seeAlso my:Fen .", True, "declared", 2, "Fen is used and not declared"),
        (f"{FAN}\nmy:Fan kg:nuon 'Fan'@de .", True, "declared", 2, "nuon is used and not declared"),
        (f"{FAN}\nmy:Fan dcterms:source 'x' .", False, "OWL 2 DL", 2, "source is used and not declared"),
        (f"{FAN}\nmy:Fan a owl:DatatypeProperty .", True, "OWL 2 DL", 1, "class and datatype property at once"),
        (f"{FAN}\nmy:Fan a kg:Person .", True, "OWL 2 DL", 1, "class and individual at once"),
        (f"{FAN}\nmy:Fan rdfs:subClassOf skos:Konzept .", True, "OWL 2 DL", 1, "Konzept stands in subClassOf"),
        (f"{FAN}\nowl:Class rdfs:label 'Klasse'@de .", True, "OWL 2 DL", 2, "a reserved name is described"),
        (f"{FAN}\nmy:Fan rdfs:subClassOf [ owl:onProperty kg:leads ] .", True, "OWL 2 DL", 1, "neither a name nor"),
        (f"{FAN}\n[] rdfs:seeAlso my:Fan .", True, "OWL 2 DL", 0, "a blank node hangs on 0 others"),
        (f"{FAN}\nmy:Fan rdfs:comment '1'^^xsd:date .", True, "OWL 2 DL", 2, "date is no datatype of OWL 2"),
        (f"{CHEERS}{TAUGHT}\nkg:restricts a owl:FunctionalProperty .", True, "OWL 2 DL", 2, "follows from a chain"),
        (
            f"{CHEERS} ; owl:propertyChainAxiom ( kg:leads my:cheers kg:leads ){TAUGHT}",
            True, "OWL 2 DL", 1, "stands above itself",
        ),
        (
            f"{CHEERS} ; owl:propertyChainAxiom ( kg:leads kg:country ){TAUGHT}",
            True, "chain", 1, "leads ∘ country does not fit cheers",
        ),
        (f"{FAN}\nkg:leads rdfs:subPropertyOf kg:leads .", True, "circle", 2, "a circle: leads → leads"),
        (f"{CHEERS} ; a owl:SymmetricProperty{TAUGHT}", True, "ends", 1, "symmetric, but domain and range differ"),
        (f"{FAN}\nkg:competesWith a owl:AsymmetricProperty .", True, "ends", 2, "symmetric and asymmetric"),
        (f"{CHEERS} ; owl:inverseOf kg:leads{TAUGHT}", True, "ends", 1, "not those of its inverse leads"),
        (f"{CHEERS} ; rdfs:subPropertyOf kg:subsidiaryOf{TAUGHT}", True, "ends", 1, "reaches beyond subsidiaryOf"),
        (f"{CHEERS} .", False, "examples", 1, "no text is read with cheers"),
        (CHEERS + ' ; kg:pattern "{Person} jubelt bei {Organization}"@de .', False, "examples", 1, "no example in en"),
        (
            f"{CHEERS}{TAUGHT}\nmy:cheers kg:pattern '{{Person}} sponsert {{Organization}}'@de .",
            False, "shared example", 2, "teaches cheers and supports",
        ),
        (f"{FAN}\nmy:Fen kg:replaces true .", False, "replaces", 2, "Fen replaces nothing"),
        (f"{FAN}\nmy:s a skos:ConceptScheme . my:c a skos:Concept .", False, "scheme", 2, "c is in no scheme"),
    ],
)  # fmt: skip
def test_each_check_can_fail(tmp_path, text, grave, check, line, problem):
    told = [(g, c, said) for g, c, said in found(tmp_path, text) if problem in said]
    assert [(g, c) for g, c, _ in told] == [(grave, check)], found(tmp_path, text)
    if line:
        assert told[0][2].startswith(f"{LINES + line}: "), told


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        ("", "0 owl:Ontology headers"),
        (HEADER.replace("dcterms:license", "dcterms:rights"), "the header has no licence"),
        (HEADER.replace("terms/1>", "terms/2>"), "owl:versionIRI is not that of 1"),
        (HEADER.replace('"1: first."', '"first."'), "no skos:changeNote tells of 1"),
    ],
)
def test_headers(tmp_path, header, problem):
    bare = "".join(line + "\n" for line in HEADER.splitlines() if line.startswith("@prefix"))
    assert any(problem in said for _, check, said in found(tmp_path, FAN, header or bare) if check == "header")


def test_the_relations_follow_a_known_way(facts):
    """What is symmetric, functional, inverse, implied or chained: each line can be vouched for."""
    iris = [iri for iri in own_terms(facts) if "object property" in kinds_of(facts, iri)]
    pairs = {frozenset({iri, fact.text}) for iri in iris for fact in inverses(facts, iri)}
    assert {" ".join(sorted(map(local_name, pair))) for pair in pairs} == {
        "actsFor representedBy", "capitalOf hasCapital", "contains locatedIn", "developedBy develops",
        "employs worksFor", "founded foundedBy", "hasMember memberOf", "hasSubsidiary subsidiaryOf", "leads ledBy",
        "ownedBy owns",
    }  # fmt: skip
    assert [iri for iri in iris if OWL + "FunctionalProperty" in {f.text for f in facts.of(iri, RDF_TYPE)}] == [
        KG + "actsFor"
    ]
    above = {(local_name(i), local_name(f.text)) for i in iris for f in facts.of(i, RDFS + "subPropertyOf")
             if f.text.startswith(KG)}  # fmt: skip
    assert above == {("subsidiaryOf", "ownedBy"), ("capitalOf", "locatedIn")}
    chains = {local_name(iri): [list(map(local_name, c)) for c in listed] for iri, listed in chains_of(facts).items()}
    acts = (
        "partnersWith restricts sues accuses investigates fines warnsAgainst urges criticizes supports "
        "negotiatesWith approves attacks"
    )
    assert chains == {name: [["representedBy", name]] for name in acts.split()} | {
        name: [[name, "country"]] for name in ("basedIn", "operatesIn", "locatedIn")
    }


def test_a_government_acts_for_one_country():
    acting = [entry for entry in load_gazetteer().entries.values() if entry.acts_for]
    assert len(acting) > 15
    types = {entry.acts_for: load_gazetteer().entries[entry.acts_for].type for entry in acting}
    assert set(types.values()) == {"Country"}
    stated = Graph().parse(ontology_folder() / "governments.ttl")
    for subject in set(stated.subjects(URIRef(KG + "actsFor"))):
        assert len(list(stated.objects(subject, URIRef(KG + "actsFor")))) == 1, subject


def test_the_whole_is_owl_dl_and_only_ends_keep_it_from_rl(facts):
    assert [str(finding) for finding in dl_violations(facts)] == []
    unions = {
        (local_name(iri), side)
        for iri in own_terms(facts)
        for side in ("domain", "range")
        if any(len(members(facts, fact)) > 1 for fact in facts.of(iri, RDFS + side))
    }
    deviations = {(finding.iri, finding.problem.split()[0]) for finding in rl_deviations()}
    assert {(local_name(iri), side) for iri, side in deviations} == unions


WORLD = """
entity:us-government kg:actsFor entity:usa ; kg:restricts entity:huawei ; kg:negotiatesWith entity:china .
entity:instagram kg:subsidiaryOf entity:meta ; kg:basedIn entity:berlin .
entity:berlin kg:capitalOf entity:germany ; kg:country entity:germany .
entity:zuckerberg kg:leads entity:meta . entity:x kg:criticizes entity:us-government .
"""
FOLLOWS = """
entity:usa kg:representedBy entity:us-government ; kg:restricts entity:huawei ; kg:negotiatesWith entity:china .
entity:china kg:negotiatesWith entity:us-government , entity:usa .
entity:instagram kg:ownedBy entity:meta ; kg:basedIn entity:germany .
entity:meta kg:hasSubsidiary entity:instagram ; kg:owns entity:instagram ; kg:ledBy entity:zuckerberg .
entity:berlin kg:locatedIn entity:germany .
entity:germany kg:hasCapital entity:berlin ; kg:contains entity:berlin .
"""


def test_what_a_reasoner_concludes_is_true():
    """By owlrl, the rules of OWL 2 RL: all of it, and nothing else, between the things."""
    owlrl = pytest.importorskip("owlrl", reason="owlrl is not installed")
    prefixes = f"@prefix kg: <{KG}> . @prefix entity: <{ENTITY}> .\n"
    world, axioms = Graph().parse(data=prefixes + WORLD), Graph().parse(ontology_folder() / "news.ttl")
    kept = {OWL + "inverseOf", OWL + "propertyChainAxiom", RDFS + "subPropertyOf"}
    kept |= {PREFIXES["rdf"] + "first", PREFIXES["rdf"] + "rest"}
    graph = Graph()
    for s, p, o in (*world, *axioms):
        trait = o in {URIRef(OWL + "SymmetricProperty"), URIRef(OWL + "FunctionalProperty")}
        if (s, p, o) in world or str(p) in kept or trait:
            graph.add((s, p, o))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    assert "ErrorMessage" not in graph.serialize(format="nt")
    found = {(s, p, o) for s, p, o in graph if f"{s} {o}".count(ENTITY) == 2 and str(p).startswith(KG)}
    assert found - set(world) == set(Graph().parse(data=prefixes + FOLLOWS))


def test_no_term_of_a_graph_is_undeclared(facts):
    """What an article's graph, its statements and the vocabulary's graph are written with, with all that may occur."""
    ontology = load_ontology()
    assert {one.kind for e in news() for s in e.statements for one in s.qualifiers} == set(QUALIFIERS)
    quads = {quad for e in news() for quad in (*article_graph(e, ontology), *statements_graph(e, ontology))}
    quads |= {quad for e in news() for quad in open_graph(with_open(e), ontology)}
    quads |= ontology_graph(ontology)
    names = {str(t)[1:-1] for quad in quads for t in (quad.subject, quad.predicate, quad.object) if str(t)[0] == "<"}
    used = {name for name in names if name.startswith(KG)} | {KG + "Thing"} | {KG + status for status in STATUSES}
    assert len(used) > 80
    assert [name for name in sorted(used) if not kinds_of(facts, name)] == []


def test_terms_of_other_vocabularies_exist():
    """As far as rdflib knows the vocabularies; its schema.org is older than the terms named here."""
    names = {t for path in VOCABULARY for triple in Graph().parse(ontology_folder() / path) for t in triple}
    spaces = (DCTERMS, FOAF, ORG, PROV, SKOS, VANN)
    told = [(space, name) for space in spaces for name in names if str(name).startswith(str(space))]
    assert {space for space, _ in told} == set(spaces)
    assert [name for space, name in told if isinstance(name, URIRef) and name not in space] == []


def test_editors_find_what_is_imported():
    tree = ElementTree.parse(ontology_folder() / "catalog-v001.xml")
    places = {entry.get("name"): entry.get("uri") for entry in tree.getroot()}
    assert sorted(places.values()) == sorted(VOCABULARY)
    for iri, name in places.items():
        stated = Graph().parse(ontology_folder() / name)
        assert list(stated.subjects(RDF.type, URIRef(OWL + "Ontology"))) == [URIRef(iri)]
        assert {str(found) for found in stated.objects(None, URIRef(OWL + "imports"))} <= places.keys()


def test_nothing_but_the_terms_is_in_the_vocabulary_files():
    """Entries would be read twice: the gazetteer's files are all others."""
    for name in VOCABULARY:
        text = (ontology_folder() / name).read_text(encoding="utf-8")
        assert "skos:prefLabel " not in text.replace("skos:prefLabel a owl", "") and ENTITY not in text
        assert PREFIXES["kg"] in text and LANGUAGES == ("de", "en")
