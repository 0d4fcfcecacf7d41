from dataclasses import FrozenInstanceError

import pytest

from kg.errors import OntologyError
from kg.namespaces import ENTITY, KG
from kg.ontology import load_gazetteer, load_ontology, ontology_folder
from kg.patterns import expand
from kg.records import STATUSES

PREFIXES = """
@prefix kg: <https://kg.example/ontology#> .
@prefix my: <https://news.example/terms/> .
@prefix entity: <https://kg.example/entity/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""

# Name, symmetric, domain, range: what statements and gold files rely on.
VOCABULARY = """
partnersWith ↔ Organization,Country > Organization,Country
acquires Organization,Person > Organization
mergesWith ↔ Organization > Organization
investsIn Agent > Organization,Technology
owns Agent > Organization,Product
subsidiaryOf Organization > Organization
supplies Organization > Organization,Country
competesWith ↔ Organization > Organization
develops Organization > Product,Technology
uses Agent > Product,Technology
founded Person > Organization
leads Person > Organization,Country
worksFor Person > Organization
basedIn Agent > Place
operatesIn Organization > Place
locatedIn Place > Place
memberOf Agent > Organization
restricts Agent > Agent,Product
sues Agent > Agent
accuses Agent > Agent
investigates Organization,Country > Agent,Product
fines Organization,Country > Agent
warnsAgainst Agent > Agent,Product
urges Agent > Agent
criticizes Agent > Agent
supports Agent > Agent
meetsWith ↔ Person,Country > Person,Country
negotiatesWith ↔ Agent > Agent
visits Person > Place,Organization
appoints Organization > Person
dismisses Organization > Person
succeeds Person > Person
approves Organization,Country > Organization,Product
exportsTo Organization,Country > Country
attacks Agent > Agent,Place
allyOf ↔ Country > Country
undergoes Organization > Event
spinsOff Organization > Organization
"""


@pytest.fixture
def write(tmp_path):
    def write(text, name="own.ttl"):
        path = tmp_path / name
        path.write_text(PREFIXES + text, encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="module")
def ontology():
    return load_ontology()


@pytest.fixture(scope="module")
def gazetteer():
    return load_gazetteer()


def test_vocabulary_is_as_fixed(ontology):
    expected = {}
    for line in VOCABULARY.strip().splitlines():
        left, right = line.split(" > ")
        name, *rest = left.split()
        expected[name] = ("↔" in rest, set(rest[-1].split(",")), set(right.split(",")))
    found = {p.name: (p.symmetric, set(p.domain), set(p.range)) for p in ontology.properties.values()}
    assert found == expected


@pytest.mark.parametrize("language", ["de", "en"])
def test_everything_has_label_definition_and_examples(ontology, language):
    for prop in ontology.properties.values():
        assert prop.labels[language], prop.name
        assert prop.definitions[language], prop.name
        assert len([p for p in prop.patterns if p.language == language]) >= 5, prop.name
    for cls in ontology.classes.values():
        assert cls.labels[language], cls.name
        assert cls.nouns.get(language) or cls.name == "Agent", cls.name
    assert all(ontology.labels[status][language] for status in STATUSES)
    assert len(ontology.agent_nouns[language]) > 40
    assert len(ontology.properties["attacks"].through[language]) > 20


@pytest.mark.parametrize(
    ("name", "ancestor", "expected"),
    [
        ("Company", "Organization", True),
        ("Company", "Agent", True),
        ("Country", "Agent", True),
        ("Country", "Place", True),
        ("City", "Agent", False),
        ("Organization", "Company", False),
        ("Product", "Thing", True),
        ("Thing", "Thing", True),
        ("Unheard", "Unheard", True),
        ("Unheard", "Agent", False),
    ],
)
def test_is_a(ontology, name, ancestor, expected):
    assert ontology.is_a(name, ancestor) is expected


@pytest.mark.parametrize(
    ("language", "noun", "name"),
    [("de", "Betreiber", "Company"), ("de", "Sprecherin", "Person"), ("en", "regulator", "GovernmentBody")],
)
def test_nouns(ontology, language, noun, name):
    assert ontology.nouns(language)[noun] == name


def test_no_noun_or_pattern_in_an_unknown_language(ontology):
    assert ontology.nouns("fr") == {}
    assert {p.language for prop in ontology.properties.values() for p in prop.patterns} == {"de", "en"}


def test_each_example_stands_once(ontology):
    """Two properties that share an example would both be stated by it."""
    owners = {}
    for prop in ontology.properties.values():
        for pattern in prop.patterns:
            for expanded in expand(pattern.text, pattern.slots):
                assert owners.setdefault((pattern.language, expanded), prop.name) == prop.name, pattern.text


def test_records_are_frozen_and_reading_is_remembered(ontology):
    assert load_ontology() is ontology
    with pytest.raises(FrozenInstanceError):
        ontology.version = "2"


def test_own_file_adds_to_the_bundled_ones(ontology, write):
    path = write("""
    my:Airline a owl:Class ; rdfs:subClassOf kg:Company ; kg:noun "Airline"@de .
    kg:acquires kg:pattern "{Company} schluckt {Company}"@de .
    my:sponsors a owl:ObjectProperty ; rdfs:label "sponsert"@de ;
        rdfs:domain my:Airline ; rdfs:range kg:Organization ;
        kg:pattern "{Airline} sponsert {Organization}"@de .
    """)
    wider = load_ontology([path])
    assert wider.is_a("Airline", "Agent")
    assert wider.nouns("de")["Airline"] == "Airline"  # the more specific class wins
    assert ontology.nouns("de")["Airline"] == "Company"
    assert wider.properties["sponsors"].iri == "https://news.example/terms/sponsors"
    last = wider.properties["acquires"].patterns[-1]
    assert (last.text, last.path, last.line) == ("{Company} schluckt {Company}", str(path), 10)
    assert wider.digest != ontology.digest


SPONSORS = "kg:sponsors a owl:ObjectProperty ; rdfs:domain kg:Company ; rdfs:range kg:Organization ;\n"


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("kg:a kg:b\n kg:c kg:d .", 9, "not Turtle"),
        ("my:a a my:b .\n<x", 9, "not Turtle"),
        ("kg:Ship a owl:Class ;\n rdfs:subClassOf kg:Vessel .", 9, "unknown class Vessel"),
        ("kg:A a owl:Class ; rdfs:subClassOf kg:B .\nkg:B a owl:Class ; rdfs:subClassOf kg:A .", 8, "A → B → A"),
        ("my:Person a owl:Class .", 8, "two classes are called Person"),
        ("kg:sponsors a owl:ObjectProperty ; rdfs:range kg:Person .", 8, "no rdfs:domain"),
        ("kg:sponsors a owl:ObjectProperty ; rdfs:domain kg:Person .", 8, "no rdfs:range"),
        (SPONSORS + " rdfs:domain kg:Person .", 8, "2 rdfs:domain"),
        ("kg:sponsors a owl:ObjectProperty ; rdfs:domain kg:Clown .", 8, "unknown class Clown"),
        ('\nkg:sponsors kg:pattern "{Person} {Person}"@de .', 9, "not declared"),
        ("my:acquires a owl:ObjectProperty .", 8, "two properties are called acquires"),
        (SPONSORS + ' kg:pattern "{Company} sponsert {Organization}" .', 9, "without a language"),
        (SPONSORS + ' kg:pattern "{Company} sponsert {Clown}"@de .', 9, "unknown class Clown"),
        (SPONSORS + ' kg:pattern "{Company} sponsert [Clown] {Organization}"@de .', 9, "unknown class Clown"),
        (SPONSORS + ' kg:pattern "{Company} sponsert"@de .', 9, "1 slots"),
        (SPONSORS + ' kg:pattern "{Person} sponsert {Organization}"@de .', 9, "subject of sponsors cannot be a Person"),
        (SPONSORS + ' kg:pattern "{Company} {Company/adjective}"@de .', 9, "only a Place has a demonym"),
        ('kg:City kg:noun "Konzern"@de .', 8, 'noun "Konzern" for'),
    ],
)
def test_what_cannot_be_used_is_named_with_its_place(write, text, line, problem):
    path = write(text)
    with pytest.raises(OntologyError) as caught:
        load_ontology([path])
    message = str(caught.value)
    assert message.startswith(f"{path}:{line}: ")
    assert problem in message
    assert "\n" not in message


@pytest.mark.parametrize("load", [load_ontology, load_gazetteer])
def test_files_that_cannot_be_read(tmp_path, load):
    with pytest.raises(OntologyError, match=r"missing.ttl: cannot be read: No such file"):
        load([tmp_path / "missing.ttl"])
    with pytest.raises(OntologyError, match="folder without Turtle files"):
        load([tmp_path])
    broken = tmp_path / "broken.ttl"
    broken.write_bytes(b"# ok\n# \xff\n")
    with pytest.raises(OntologyError, match=r"broken.ttl:2: not UTF-8"):
        load([broken])


def test_folder_names_its_files_sorted(write):
    write('kg:acquires kg:pattern "{Company} frisst {Company}"@de .', "b.ttl")
    folder = write('kg:acquires kg:pattern "{Company} schluckt {Company}"@de .', "a.ttl").parent
    texts = [p.text for p in load_ontology([folder]).properties["acquires"].patterns]
    assert texts[-2:] == ["{Company} schluckt {Company}", "{Company} frisst {Company}"]


@pytest.mark.parametrize(
    ("name", "label", "type_name", "also"),
    [
        (
            "united-states",
            "USA",
            "Country",
            {"US", "United States", "Vereinigte Staaten", "Vereinigte Staaten von Amerika"},
        ),
        ("united-kingdom", "Großbritannien", "Country", {"UK", "Vereinigtes Königreich", "Britain"}),
        ("china", "China", "Country", {"Volksrepublik China", "VR China"}),
        ("taiwan", "Taiwan", "Country", set()),
        ("kosovo", "Kosovo", "Country", set()),
        ("palestine", "Palästina", "Country", {"Palestine"}),
        ("hong-kong-place", "Hongkong", "Region", {"Hong Kong"}),
        ("moscow-place", "Moskau", "City", {"Moscow"}),
        ("huawei", "Huawei", "Company", {"Huawei Technologies"}),
        ("european-union", "Europäische Union", "InternationalOrganization", {"EU"}),
        ("android-product", "Android", "Product", set()),
        ("5g-technology", "5G", "Technology", set()),
    ],
)
def test_entries(gazetteer, name, label, type_name, also):
    entry = gazetteer.entries[ENTITY + name]
    assert (entry.label, entry.type) == (label, type_name)
    assert entry.names[0][0] == label
    assert also <= {text for text, _ in entry.names}


def test_demonyms(gazetteer):
    table = {
        (language, adjective): iri.removeprefix(ENTITY)
        for iri, entry in gazetteer.entries.items()
        for language, adjectives in entry.demonyms.items()
        for adjective in adjectives
    }
    expected = {
        ("de", "russisch"): "russia",
        ("de", "amerikanisch"): "united-states",
        ("de", "US-amerikanisch"): "united-states",
        ("de", "britisch"): "united-kingdom",
        ("de", "Schweizer"): "switzerland",
        ("de", "Wolfsburger"): "wolfsburg-place",
        ("de", "Münchner"): "munich-place",
        ("en", "Chinese"): "china",
        ("en", "Dutch"): "netherlands",
    }
    assert {key: table.get(key) for key in expected} == expected


def test_a_demonym_or_clear_name_stands_for_one_thing(gazetteer):
    owners = {}
    for entry in gazetteer.entries.values():
        clear = {(text, None) for text, _ in entry.names if text not in entry.ambiguous}
        adjectives = {(text, language) for language, texts in entry.demonyms.items() for text in texts}
        for key in clear | adjectives:
            assert owners.setdefault(key, entry.iri) == entry.iri, key


def test_governments_act_for_their_countries(gazetteer):
    table = {text: entry.acts_for for entry in gazetteer.entries.values() for text, _ in entry.names if entry.acts_for}
    expected = {"US-Regierung": "united-states", "Weißes Haus": "united-states", "Kreml": "russia"}
    expected |= {"Bundesregierung": "germany", "Downing Street": "united-kingdom"}
    assert {text: table.get(text) for text in expected} == {k: ENTITY + v for k, v in expected.items()}


def test_capitals_and_ambiguity(gazetteer):
    capitals = {entry.capital_of: entry.label for entry in gazetteer.entries.values() if entry.capital_of}
    assert capitals[ENTITY + "russia"] == "Moskau"
    assert capitals[ENTITY + "china"] == "Peking"
    assert "Meta" in gazetteer.entries[ENTITY + "meta"].ambiguous
    assert "Meta Platforms" not in gazetteer.entries[ENTITY + "meta"].ambiguous
    assert gazetteer.entries[ENTITY + "huawei"].ambiguous == frozenset()


def test_countries_are_complete(gazetteer):
    countries = [entry for entry in gazetteer.entries.values() if entry.type == "Country"]
    assert len(countries) == 197  # 193 members of the United Nations, Vatican, Palestine, Taiwan, Kosovo
    assert all({"de", "en"} <= set(entry.labels) for entry in countries)


def test_own_entries_add_and_merge(gazetteer, write):
    path = write("""
    my:Airline a owl:Class ; rdfs:subClassOf kg:Company .
    entity:huawei skos:altLabel "Huawei Deutschland"@de .
    entity:condor a my:Airline .
    entity:tante-ju a my:Airline ; skos:prefLabel "Tante Ju"@de ; kg:country entity:germany ; kg:ambiguous true .
    """)
    wider = load_gazetteer([path])
    assert ("Huawei Deutschland", "de") in wider.entries[ENTITY + "huawei"].names
    assert wider.entries[ENTITY + "condor"].type == "Airline"  # the more specific of two classes
    own = wider.entries[ENTITY + "tante-ju"]
    assert (own.type, own.country, own.ambiguous) == ("Airline", ENTITY + "germany", frozenset({"Tante Ju"}))
    assert wider.digest != gazetteer.digest
    assert list(wider.entries) == sorted(wider.entries)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('entity:x a kg:Clown ; skos:prefLabel "X" .', "unknown class Clown"),
        ('entity:x skos:prefLabel "X" .', "entry with no class"),
        ('entity:x a kg:Person , kg:City ; skos:prefLabel "X" .', "unrelated classes City, Person"),
        ('entity:x a kg:City ; skos:prefLabel "X" ; kg:country entity:atlantis .', "without an entry"),
        ('entity:x a kg:City ; skos:prefLabel "X" ; kg:actsFor entity:atlantis .', "without an entry"),
    ],
)
def test_entries_that_cannot_be_used(write, text, problem):
    path = write(text)
    with pytest.raises(OntologyError, match=problem) as caught:
        load_gazetteer([path])
    assert str(caught.value).startswith(f"{path}:8: ")


def test_the_namespace_is_that_of_the_code():
    text = (ontology_folder() / "news.ttl").read_text(encoding="utf-8")
    assert f"@prefix kg: <{KG}> ." in text


def test_an_event_class_teaches_the_property_that_leads_to_it(write):
    path = write("""
    my:Recall a owl:Class ; rdfs:subClassOf kg:Event ; rdfs:label "Rückruf"@de ;
        kg:pattern "{Organization} ruft Autos zurück"@de .
    """)
    taught = load_ontology([path]).properties["undergoes"].patterns
    (pattern,) = [pattern for pattern in taught if pattern.event == "Recall"]
    assert (pattern.property, pattern.slots, pattern.text) == ("undergoes", 1, "{Organization} ruft Autos zurück")


def test_a_class_that_no_property_leads_to_has_no_examples(write):
    path = write("""
    my:Thing a owl:Class ; rdfs:label "Ding"@de ; kg:pattern "{Organization} hat Dinge"@de .
    """)
    with pytest.raises(OntologyError, match="eventProperty"):
        load_ontology([path])


def test_properties_beyond_the_core_say_so(ontology):
    assert {name for name, prop in ontology.properties.items() if not prop.core} == {"undergoes", "spinsOff"}
