"""Files of one's own beside the bundled ones: what they add, what they replace, where they disagree."""

import pytest

from kg.errors import OntologyError
from kg.namespaces import ENTITY, KG
from kg.ontology import load_gazetteer, load_ontology, ontology_folder
from kg.turtle import Source

PREFIXES = """\
@prefix kg: <https://kg.example/ontology#> .
@prefix my: <https://news.example/terms/> .
@prefix entity: <https://kg.example/entity/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
SPONSORS = "kg:sponsors a owl:ObjectProperty ;\n rdfs:domain {} ;\n rdfs:range {} ;\n"
EXAMPLE = ' kg:pattern "{Company} sponsert {Organization}"@de .\n'


@pytest.fixture
def write(tmp_path):
    def write(text, name="own.ttl"):
        path = tmp_path / name
        path.write_text(PREFIXES + text, encoding="utf-8")
        return path

    return write


def refused(*paths):
    with pytest.raises(OntologyError) as caught:
        load_ontology(paths)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_file_adds_a_label_in_another_language_and_corrects_one(write):
    leads = load_ontology([write('kg:leads rdfs:label "dirige"@fr , "steht vor"@de .')]).properties["leads"]
    assert (leads.labels["fr"], leads.labels["de"], leads.labels["en"]) == ("dirige", "steht vor", "leads")
    assert leads.range == {"Organization", "Country"} and len(leads.patterns) > 100


def test_what_is_replaced_is_forgotten(write):
    path = write("""
    kg:leads kg:replaces true ; a owl:ObjectProperty ; rdfs:label "führt"@de ;
        rdfs:domain kg:Person ; rdfs:range kg:Company ; kg:pattern "{Person} führt {Company}"@de .
    """)
    leads = load_ontology([path]).properties["leads"]
    assert (leads.labels, leads.range) == ({"de": "führt"}, {"Company"})
    assert [pattern.text for pattern in leads.patterns] == ["{Person} führt {Company}"]
    assert load_ontology().properties["leads"].range == {"Organization", "Country"}


def test_a_file_replaces_only_what_files_before_it_say(write):
    first = write(SPONSORS.format("kg:Company", "kg:Organization") + EXAMPLE, "a.ttl")
    second = write(
        "kg:sponsors kg:replaces true .\n" + SPONSORS.format("kg:Person", "kg:Company")
        + ' kg:pattern "{Person} sponsert {Company}"@de .\n',
        "b.ttl",
    )  # fmt: skip
    assert load_ontology([first, second]).properties["sponsors"].domain == {"Person"}
    assert "a.ttl" in refused(second, first)  # in the other order the first file contradicts the second


def test_a_class_is_replaced_with_its_nouns_and_examples(write):
    path = write("""
    kg:Strike kg:replaces true ; a owl:Class ; rdfs:subClassOf kg:Event ; kg:noun "Ausstand"@de ;
        kg:pattern "{Organization} wird bestreikt"@de .
    """)
    wider = load_ontology([path])
    assert wider.nouns("de").get("Warnstreik") != "Strike" and wider.nouns("de")["Ausstand"] == "Strike"
    taught = [p.text for p in wider.properties["undergoes"].patterns if p.event == "Strike"]
    assert taught == ["{Organization} wird bestreikt"]


def test_an_entry_of_the_gazetteer_is_replaced(write):
    path = write('entity:huawei kg:replaces true ; a kg:Company ; skos:prefLabel "Huawei Technologies" .')
    entry = load_gazetteer([path]).entries[ENTITY + "huawei"]
    assert (entry.names, entry.country) == ((("Huawei Technologies", None),), None)


def test_a_relation_or_event_out_of_use_teaches_nothing(write):
    path = write("kg:visits owl:deprecated true . kg:Strike owl:deprecated true .")
    wider = load_ontology([path])
    assert "visits" not in wider.properties and "visits" in load_ontology().properties
    assert {p.event for p in wider.properties["undergoes"].patterns} == {"Insolvency", "Layoffs", "SpinOff"}
    assert "Strike" in wider.classes


def test_the_same_ends_in_two_files_are_no_disagreement(write):
    union = "[ a owl:Class ; owl:unionOf ( kg:Country kg:Organization ) ]"
    path = write(f"kg:leads a owl:ObjectProperty ; rdfs:range {union} .")
    assert load_ontology([path]).properties["leads"].range == {"Organization", "Country"}


def test_a_property_without_examples_is_no_relation(write):
    path = write(SPONSORS.format("kg:Company", "kg:Organization") + ' rdfs:label "sponsert"@de .')
    assert "sponsors" not in load_ontology([path]).properties


def test_what_is_declared_of_other_vocabularies_is_theirs(write):
    path = write("""
    @prefix foaf: <http://xmlns.com/foaf/0.1/> .
    foaf:Person a owl:Class . foaf:knows a owl:ObjectProperty . kg:Person rdfs:subClassOf foaf:Person .
    """)
    ontology = load_ontology([path, ontology_folder() / "alignments.ttl"])
    assert ontology.classes["Person"].iri == KG + "Person" and ontology.classes["Person"].parents == ("Agent",)
    assert "knows" not in ontology.properties


@pytest.mark.parametrize(
    ("first", "second", "line", "problem", "other"),
    [
        (
            SPONSORS.format("kg:Company", "kg:Organization") + EXAMPLE,
            "# of kg:sponsors\n" + SPONSORS.format("kg:Company", "kg:Person") + EXAMPLE,
            10,
            "rdfs:range of sponsors is Person here, but Organization, says",
            9,
        ),
        (
            SPONSORS.format("kg:Company", "kg:Organization") + EXAMPLE,
            "kg:sponsors\n rdfs:domain [ a owl:Class ; owl:unionOf ( kg:Company kg:Person ) ] .",
            8,
            "rdfs:domain of sponsors is Company or Person here, but Company, says",
            8,
        ),
        ("my:Fan a owl:Class .", "\nmy:Fan a owl:ObjectProperty .", 8, "Fan is a object property here, but a class", 7),
        ("my:Fan a owl:Class .", "kg:Fan a owl:Class .", 7, "two classes are called Fan: <https://news", 7),
        ('my:Fan a owl:Class ; kg:noun "Anhänger"@de .',
         '\nmy:Truck a owl:Class ;\n kg:noun "Anhänger"@de .', None, 'noun "Anhänger" for', None),
    ],
)  # fmt: skip
def test_two_files_that_disagree_are_told_with_both_places(write, first, second, line, problem, other):
    paths = write(first, "a.ttl"), write(second, "b.ttl")
    message = refused(*paths)
    assert problem in message
    assert str(paths[0]) in message and str(paths[1]) in message
    if line is not None:
        assert message.startswith(f"{paths[1]}:{line}: ")
        assert f"{paths[0]}:{other}" in message


def test_a_circle_across_files_names_every_step(write):
    first = write("my:A a owl:Class ;\n rdfs:subClassOf my:B .\nmy:B a owl:Class .", "a.ttl")
    second = write("my:B rdfs:subClassOf my:C .\nmy:C a owl:Class ; rdfs:subClassOf my:A .", "b.ttl")
    message = refused(first, second)
    assert "classes in a circle: A → B → C → A" in message
    assert message.startswith(f"{first}:8: ") and f"{second}:7, {second}:8" in message


def test_a_class_above_itself(write):
    assert "A → A" in refused(write("my:A a owl:Class ; rdfs:subClassOf my:A ."))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("dct:a a kg:B .", "unknown prefix dct: – add a line at the top: @prefix dct: <https://…#> ."),
        (
            "schema:a a kg:B .",
            "unknown prefix schema: – add a line at the top: @prefix schema: <https://schema.org/> .",
        ),
        ('kg:a kg:b "c"@de', "not Turtle"),
        ('kg:a kg:b "c .\nkg:d kg:e kg:f .', "not Turtle"),
    ],
)
def test_what_is_not_turtle(write, text, problem):
    path = write(text)
    message = refused(path)
    assert message.startswith(f"{path}:7: ") and problem in message


TEXT = """# kg:leads is told below
<https://x.example/#other> a kg:X ; kg:y kg:leads .
kg:leads a owl:ObjectProperty ; # rdfs:range is below
    rdfs:label "leads"@en .

<https://kg.example/ontology#leads>
    rdfs:range kg:City .
"""


@pytest.mark.parametrize(("predicate", "line"), [("type", 3), ("label", 4), ("range", 7), ("domain", 3)])
def test_the_line_of_a_statement(predicate, line):
    iri = {"type": "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"}.get(predicate, f"http://any.example/{predicate}")
    assert Source("a.ttl", TEXT).statement_line(KG + "leads", iri) == line
