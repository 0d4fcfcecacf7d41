"""What users decide of names: one thing or two, in the gazetteer, within an article and across articles."""

from __future__ import annotations

import pytest
from sentences import analysis
from small_world import CHINA, GAZETTEER, ONTOLOGY, RUSSIA, USA, iri

from kg import pipeline
from kg.alias_rows import read_rows
from kg.aliases import decided, load_decided
from kg.entities import Resolution, resolve
from kg.errors import OntologyError
from kg.mentions import mentions
from kg.name_index import name_index
from kg.names import recognise
from kg.ontology import Gazetteer, load_ontology

V = "kam=kommen/VERB.Fin:root ."
HEAD = "name,decision,other,type\n"


@pytest.fixture
def decide(tmp_path):
    """The small gazetteer with the decisions of a CSV file, which is called names.csv."""

    def with_rows(rows: str, head: str = HEAD) -> Gazetteer:
        path = tmp_path / "names.csv"
        path.write_text(head + rows, encoding="utf-8")
        return decided(GAZETTEER, ONTOLOGY, read_rows([path], GAZETTEER))

    return with_rows


def read(gazetteer: Gazetteer, *names: str, label: str = "ORG") -> Resolution:
    """An article of one sentence for each name."""
    index = name_index(gazetteer, "de")
    notations = []
    for name in names:
        first, *rest = name.split()
        notations.append(" ".join([f"{first}/PROPN:nsubj>kam", *(f"{w}/PROPN:flat:name>{first}" for w in rest), V]))
    named = recognise(analysis(notations, dict.fromkeys(names, label)), index, ONTOLOGY)
    return resolve(named, mentions(named, index, ONTOLOGY), index, ONTOLOGY)


def nodes(found: Resolution) -> dict[str, str]:
    """Each name with the last part of its IRI."""
    return {link.mention.text: link.iri.rpartition("/")[2] for link in found.links}


class TestSame:
    def test_names_of_a_new_thing(self, decide):
        gazetteer = decide("EGK,same,Gaskontrolle,GovernmentBody\nGas-Kontrolle,same,EGK,\n")
        found = read(gazetteer, "EGK", "Gas-Kontrolle", "Gaskontrolle")
        assert set(nodes(found).values()) == {"gaskontrolle"}
        (entity,) = found.entities
        assert (entity.label, entity.type) == ("Gaskontrolle", "GovernmentBody")
        assert entity.aliases == ("EGK", "Gas-Kontrolle")
        assert [link.reason for link in found.links] == [
            "names.csv:2 says that “EGK” is Gaskontrolle",
            "names.csv:3 says that “Gas-Kontrolle” is Gaskontrolle",
            "names.csv:2 names “Gaskontrolle”",
        ]

    def test_each_article_gives_the_same_node(self, decide):
        gazetteer = decide("EGK,same,Gaskontrolle,GovernmentBody\n")
        for name in ("EGK", "Gaskontrolle"):
            for label in ("ORG", "PER", "MISC"):
                assert [e.iri for e in read(gazetteer, name, label=label).entities] == [iri("Gaskontrolle")]

    def test_a_name_of_the_gazetteer_s_thing(self, decide):
        gazetteer = decide("Hua Wei,same,Huawei Technologies,\n")
        assert nodes(read(gazetteer, "Hua Wei", "Huawei")) == {"Hua Wei": "huawei", "Huawei": "huawei"}

    def test_two_things_of_the_gazetteer_become_one(self, decide):
        gazetteer = decide("Google,same,Huawei,\n")
        assert iri("Google") not in gazetteer.entries
        assert nodes(read(gazetteer, "Google")) == {"Google": "huawei"}

    def test_what_pointed_to_the_one_points_to_the_other(self, decide):
        gazetteer = decide("Russland,same,China,\n")
        moscow = gazetteer.entries[iri("Moskau", "Place")]
        assert (moscow.country, moscow.capital_of) == (CHINA, CHINA)
        assert gazetteer.entries[CHINA].demonyms == {"de": ("chinesisch",)}
        assert RUSSIA not in gazetteer.entries

    def test_a_name_moves_from_one_thing_to_another(self, decide):
        gazetteer = decide("VW,same,Huawei,\n")
        assert nodes(read(gazetteer, "VW", "Volkswagen")) == {"VW": "huawei", "Volkswagen": "volkswagen"}

    def test_an_ambiguous_name_needs_no_evidence_any_more(self, decide):
        assert nodes(read(decide(""), "Shell", label="PER")) == {"Shell": "shell-person"}
        assert nodes(read(decide("Shell,same,Shell,\n"), "Shell", label="PER")) == {"Shell": "shell"}

    def test_a_class_made_narrower(self, decide):
        gazetteer = decide("EU,same,Europäische Union,GovernmentBody\n")
        assert gazetteer.entries[iri("EU")].type == "GovernmentBody"

    def test_a_legal_form_is_no_part_of_the_iri(self, decide):
        gazetteer = decide("Stolw,same,Stolwerk AG,Company\n")
        assert nodes(read(gazetteer, "Stolw")) == {"Stolw": "stolwerk"}


class TestDifferent:
    def test_spellings_of_two_things(self, decide):
        gazetteer = decide("Mueller,different,Müller,\n")
        together = nodes(read(gazetteer, "Mueller", "Müller"))
        assert together["Müller"] == "mueller" and together["Mueller"].startswith("mueller-")
        alone = {**nodes(read(gazetteer, "Mueller")), **nodes(read(gazetteer, "Müller"))}
        assert alone == together
        assert set(nodes(read(decide(""), "Mueller", "Müller")).values()) == {"mueller"}

    def test_the_reason_tells_the_place(self, decide):
        found = read(decide("Mueller,different,Müller,\n"), "Mueller")
        assert found.links[0].reason == "named “Mueller”, kept apart by names.csv:2"

    @pytest.mark.parametrize(
        ("names", "label", "wanted"),
        [
            (("Kuka Robotics", "Kuka"), "ORG", {"Kuka Robotics": "kuka-robotics", "Kuka": "kuka"}),
            (("Angela Merkel", "Merkel"), "PER", {"Angela Merkel": "angela-merkel", "Merkel": "merkel-person"}),
            (("Wirecard AG", "Wirecard"), "ORG", {"Wirecard AG": "wirecard-ag", "Wirecard": "wirecard"}),
            (("Huawei SE", "Huawei"), "ORG", {"Huawei SE": "huawei-se", "Huawei": "huawei"}),
        ],
    )
    def test_what_would_be_tied_within_an_article(self, decide, names, label, wanted):
        assert len(set(nodes(read(decide(""), *names, label=label)).values())) == 1
        gazetteer = decide(f"{names[0]},different,{names[1]},\n")
        assert nodes(read(gazetteer, *names, label=label)) == wanted

    def test_a_name_leaves_the_gazetteer_s_entry(self, decide):
        gazetteer = decide("VW,different,Volkswagen,\n")
        assert nodes(read(gazetteer, "VW", "Volkswagen")) == {"VW": "vw", "Volkswagen": "volkswagen"}

    def test_nobody_acts_for_it_any_more(self, decide):
        gazetteer = decide("Weißes Haus,different,USA,\n")
        assert nodes(read(gazetteer, "Weißes Haus")) == {"Weißes Haus": iri("Weißes Haus").rpartition("/")[2]}
        assert [e.iri for e in read(decide(""), "Weißes Haus").entities] == [USA]


WRONG = {
    "an unknown column": ("name,decision,other,colour\n", "", "names.csv:1: unknown column “colour” – allowed: name"),
    "a missing column": ("name,other\n", "A,B\n", "names.csv:1: no column “decision” – allowed"),
    "a column twice": ("name,decision,other,name\n", "", "names.csv:1: a column stands twice"),
    "an empty file": ("", "", "names.csv: is empty – begin it with the line name,decision,other,type"),
    "blank lines alone": ("\n\n", " \n", "names.csv: is empty"),
    "an unknown decision": (HEAD, "A,maybe,B,Company\n", "names.csv:2: unknown decision “maybe” – allowed: same, diff"),
    "no name": (HEAD, ",same,B,Company\n", "names.csv:2: nothing under name"),
    "signs for a name": (HEAD, "A,same,---,Company\n", "names.csv:2: “---” under other is no name"),
    "a control character": (HEAD, "A\x07b,same,B,Company\n", "is no name"),
    "too many fields": (HEAD, "A,same,B,Company,x,y\n", "names.csv:2: 6 fields, but 4 columns – put a name that holds"),
    "an open quote": (HEAD, '"A,same,B,Company\n', "names.csv:2: is no CSV"),
    "a class that is none": (HEAD, "A,same,B,Firm\n", "names.csv:2: unknown class Firm – known: Agent, City, Comp"),
    "a class is needed": (HEAD, "A,same,B,\n", "names.csv:2: “B” is not in the gazetteer – add its class under type"),
    "a circle": (HEAD, "A,same,B,Company\nB,same,C,\nC,same,A,\n", "names in a circle: “"),
    "a short circle": (HEAD, "A,same,B,Company\nB,same,A,\n", "names.csv:3: names in a circle: “B” → “A” → “B”"),
    "forced and forbidden": (
        HEAD,
        "A,same,B,Company\nA,different,B,\n",
        "names.csv:3: “A” and “B” cannot be different: they are one, as line 2 says – remove one",
    ),
    "forced by a third and forbidden": (
        HEAD,
        "A,same,C,Company\nB,same,C,\nA,different,B,\n",
        "names.csv:4: “A” and “B”",
    ),
    "different from itself": (HEAD, "A,different,A,\n", "names.csv:2: “A” and “A” cannot be different"),
    "two canonical forms": (
        HEAD,
        "A,same,B,Company\nA,same,C,Company\n",
        "names.csv:3: “A” cannot be both “C” and “B”, as line 2 says – remove one of them, or add: C,same,B,",
    ),
    "two classes": (HEAD, "A,same,B,Company\nC,same,B,Person\n", "names.csv:3: “B” cannot be both Person and Company"),
    "not what the gazetteer says": (HEAD, "A,same,Huawei,Person\n", "names.csv:2: “Huawei” is a Company in the gaze"),
}


@pytest.mark.parametrize(("head", "rows", "message"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_with_its_line(decide, head, rows, message):
    with pytest.raises(OntologyError) as told:
        decide(rows, head)
    assert message in str(told.value)


def test_a_broken_encoding(tmp_path):
    path = tmp_path / "names.csv"
    path.write_bytes(HEAD.encode() + "Müller,same,Mueller,Person\n".encode("latin-1"))
    with pytest.raises(OntologyError, match=r"names\.csv:2: not UTF-8 – save the file as UTF-8"):
        read_rows([path], GAZETTEER)


def test_a_missing_file(tmp_path):
    with pytest.raises(
        OntologyError, match=r"fehlt\.csv: cannot be read.* – name a \.csv file with the columns name,dec"
    ):
        read_rows([tmp_path / "fehlt.csv"], GAZETTEER)


GOOD = {
    "semicolons, a byte-order mark and spaces": ("\ufeffname;decision;other;type\n", " A ; SAME ;B; kg:Company \n"),
    "tabs": ("name\tdecision\tother\ttype\n", "A\tsame\tB\tCompany\n"),
    "other order, a note, blank lines": ("note,other,name,decision,type\n", '\n"why, so",B,A,same,Company\n'),
    "what is not decided yet": (HEAD, "A,same,B,Company\nHuawei,,MTS,Company\n"),
    "a decision twice": (HEAD, "A,same,B,Company\nA,same,B,Company\n"),
    "two ways to the same": (HEAD, "A,same,B,\nB,same,C,\nA,same,C,Company\n"),
    "Windows line ends": (HEAD.replace("\n", "\r\n"), "A,same,B,Company\r\n"),
}


@pytest.mark.parametrize(("head", "rows"), GOOD.values(), ids=GOOD)
def test_what_can_be_read(decide, head, rows):
    gazetteer = decide(rows, head)
    (made,) = [e for e in gazetteer.entries.values() if e.iri not in GAZETTEER.entries]
    assert {"A", "B"} <= {name for name, _ in made.names} and made.type == "Company"


def test_a_file_without_rows_changes_no_name(decide):
    assert decide("").entries == GAZETTEER.entries


TURTLE = """
@prefix kg: <https://kg.example/ontology#> .
@prefix entity: <https://kg.example/entity/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


class TestTurtle:
    def test_labels_are_names_of_one_thing(self, tmp_path):
        path = tmp_path / "names.ttl"
        labels = 'a kg:Company ; skos:prefLabel "Brenner-Holm" ; skos:altLabel "Brenner" , "BH Stahl" .'
        path.write_text(TURTLE + f"entity:bh {labels}", encoding="utf-8")
        gazetteer = load_decided((), (path,), load_ontology())
        found = read(gazetteer, "BH Stahl", "Brenner")
        assert set(nodes(found).values()) == {"bh"}
        assert found.links[0].reason == "names.ttl:6 says that “BH Stahl” is Brenner-Holm"

    def test_things_that_differ(self, tmp_path):
        path = tmp_path / "names.ttl"
        path.write_text(
            TURTLE + 'entity:a a kg:Company ; skos:prefLabel "Vaskola Marine" ; owl:differentFrom entity:b .\n'
            'entity:b a kg:Company ; skos:prefLabel "Vaskola" .',
            encoding="utf-8",
        )
        gazetteer = load_decided((), (path,), load_ontology())
        assert gazetteer.decisions.apart == {("Vaskola Marine", "Vaskola"): "names.ttl:6"}

    @pytest.mark.parametrize(
        ("triples", "message"),
        [
            ("entity:a skos:altLabel 'A' .", "names.ttl:6: names something without an entry <https://kg"),
            ("entity:a skos:prefLabel 'A' .", "names.ttl:6: entry with no class"),
            ("entity:a a kg:Company ; skos:prefLabel 'A' ; owl:differentFrom entity:b .", "names.ttl:6: owl:differ"),
            ("entity:a a kg:Company ; skos:prefLabel 'A' ; owl:differentFrom entity:a .", "differs from itself"),
            ("entity:a a", "names.ttl:6: not Turtle"),
        ],
    )
    def test_what_is_wrong_is_told_with_its_line(self, tmp_path, triples, message):
        path = tmp_path / "names.ttl"
        path.write_text(TURTLE + triples, encoding="utf-8")
        with pytest.raises(OntologyError) as told:
            load_decided((), (path,), load_ontology())
        assert message in str(told.value)


def test_a_text_read_with_decisions(tmp_path):
    path = tmp_path / "names.csv"
    path.write_text(HEAD + "Tuulikom,same,Tuuli Networks,Company\n", encoding="utf-8")
    found = pipeline.extract_text("Der Betreiber Tuulikom kooperiert mit Huawei.", language="de", alias_paths=[path])
    labels = {entity.iri: entity.label for entity in found.entities}
    assert [(labels[s.subject], s.property, labels[s.object]) for s in found.statements] == [
        ("Tuuli Networks", "partnersWith", "Huawei")
    ]
    assert "names.csv:2 says that “Tuulikom” is Tuuli Networks" in found.statements[0].evidence.reasons
