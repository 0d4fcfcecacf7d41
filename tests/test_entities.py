"""Mentions become entities: one node per thing, each tie with its reason."""

from __future__ import annotations

import pytest
from small_world import CHINA, ONTOLOGY, RUSSIA, USA, iri, links_of, resolved

from kg.entities import at_token, broad_type

V = "kam=kommen/VERB.Fin:root ."


def named(name, *, tail=V):
    """A sentence that begins with a name of one or two words."""
    first, _, rest = name.partition(" ")
    words = [f"{first}/PROPN:nsubj>kam", *(f"{word}/PROPN:flat:name>{first}" for word in rest.split())]
    return " ".join([*words, tail])


TIED = {
    "a name of the gazetteer": (["Huawei"], {}, {"Huawei": "Huawei"}),
    "its other name": (["Huawei Technologies"], {}, {"Huawei Technologies": "Huawei"}),
    "two names of one country": (["China", "Vereinigte Staaten"], {}, {"China": "China", "Vereinigte Staaten": "USA"}),
    "what acts for a country": (["Weißes Haus"], {}, {"Weißes Haus": "USA"}),
    "a legal form": (
        ["Wirecard AG", "Wirecard"],
        {"Wirecard AG": "ORG", "Wirecard": "ORG"},
        {"Wirecard AG": "Wirecard", "Wirecard": "Wirecard"},
    ),
    "a surname after the full name": (
        ["Angela Merkel", "Merkel"],
        {"Angela Merkel": "PER", "Merkel": "PER"},
        {"Angela Merkel": "Angela Merkel", "Merkel": "Angela Merkel"},
    ),
    "a surname before the full name": (
        ["Merkel", "Angela Merkel"],
        {"Angela Merkel": "PER", "Merkel": "PER"},
        {"Merkel": "Angela Merkel", "Angela Merkel": "Angela Merkel"},
    ),
    "the first word of a company's name": (
        ["Kuka Robotics", "Kuka"],
        {"Kuka Robotics": "ORG", "Kuka": "ORG"},
        {"Kuka Robotics": "Kuka Robotics", "Kuka": "Kuka Robotics"},
    ),
    "a surname that two persons have": (
        ["Angela Meier", "Horst Meier", "Meier"],
        {"Angela Meier": "PER", "Horst Meier": "PER", "Meier": "PER"},
        {"Angela Meier": "Angela Meier", "Horst Meier": "Horst Meier"},
    ),
    "a name without the initial between": (
        ["Donald J. Tramm", "Donald Tramm", "Tramm"],
        {"Donald J. Tramm": "PER", "Donald Tramm": "PER", "Tramm": "PER"},
        dict.fromkeys(["Donald J. Tramm", "Donald Tramm", "Tramm"], "Donald J. Tramm"),
    ),
    "hyphen, space and capital within": (
        ["Brenner-Holm", "BrennerHolm", "Brenner Holm", "BrennerHolm"],
        {"Brenner-Holm": "ORG", "BrennerHolm": "ORG", "Brenner Holm": "ORG"},
        dict.fromkeys(["Brenner-Holm", "BrennerHolm", "Brenner Holm"], "BrennerHolm"),
    ),
    "umlauts and accents": (
        ["Mueller", "Müller", "Citroënne", "Citroenne"],
        dict.fromkeys(["Mueller", "Müller", "Citroënne", "Citroenne"], "ORG"),
        {"Mueller": "Mueller", "Müller": "Mueller", "Citroënne": "Citroënne", "Citroenne": "Citroënne"},
    ),
    "case as it is written most": (
        ["XYLAB", "XyLab", "Xylab", "XyLab"],
        dict.fromkeys(["XYLAB", "XyLab", "Xylab"], "ORG"),
        dict.fromkeys(["XYLAB", "XyLab", "Xylab"], "XyLab"),
    ),
    "two legal forms are two companies, and the bare name neither": (
        ["Salvex AG", "Salvex GmbH", "Salvex"],
        {"Salvex AG": "ORG", "Salvex GmbH": "ORG", "Salvex": "ORG"},
        {"Salvex AG": "Salvex AG", "Salvex GmbH": "Salvex GmbH"},
    ),
    "a surname that a company bears as well": (
        ["Peter Kaisar", "Kaisar AG", "Kaisar"],
        {"Peter Kaisar": "PER", "Kaisar AG": "ORG", "Kaisar": "PER"},
        {"Peter Kaisar": "Peter Kaisar", "Kaisar AG": "Kaisar"},
    ),
    "a person and the company of the name": (
        ["Hugo Brandt GmbH", "Hugo Brandt"],
        {"Hugo Brandt GmbH": "ORG", "Hugo Brandt": "PER"},
        {"Hugo Brandt GmbH": "Hugo Brandt", "Hugo Brandt": "Hugo Brandt"},
    ),
    "a company is not tied by its last word": (
        ["Alpine Marine", "Marine"],
        {"Alpine Marine": "ORG", "Marine": "ORG"},
        {"Alpine Marine": "Alpine Marine", "Marine": "Marine"},
    ),
}


@pytest.mark.parametrize(("names", "marked", "wanted"), TIED.values(), ids=TIED)
def test_names_of_one_thing(names, marked, wanted):
    assert dict(links_of([named(n) for n in names], marked)) == wanted


def test_an_acronym_in_brackets():
    notations = [
        "Die:det>Bund Bund/PROPN:nsubj>kam Deutscher/PROPN:flat:name>Bund Imker/PROPN:flat:name>Bund ( "
        f"BDI/PROPN:appos>Bund ) {V}",
        named("BDI"),
    ]
    found = links_of(notations, {"Bund Deutscher Imker": "ORG", "BDI": "ORG"})
    assert {label for _, label in found} == {"Bund Deutscher Imker"}
    (reason,) = {
        k.reason
        for k in resolved(notations, {"Bund Deutscher Imker": "ORG", "BDI": "ORG"}).links
        if k.mention.text == "BDI"
    }
    assert reason == "“BDI” abbreviates “Bund Deutscher Imker”"


def bracketed(first, second, closing=")"):
    """A sentence that begins with two names, the second in brackets."""
    head, _, rest = first.partition(" ")
    inner, _, more = second.partition(" ")
    words = [f"{head}/PROPN:nsubj>kam", *(f"{w}/PROPN:flat:name>{head}" for w in rest.split())]
    words += ["(", f"{inner}/PROPN:appos>{head}", *(f"{w}/PROPN:flat:name>{inner}" for w in more.split()), closing]
    return " ".join([*words, V])


@pytest.mark.parametrize(
    ("first", "second"),
    [("Bund Deutscher Imker", "BDI"), ("BDI", "Bund Deutscher Imker"), ("Gaskontrollverband", "GKV")],
)
def test_an_acronym_and_its_expansion_in_either_order(first, second):
    marked = {"Bund Deutscher Imker": "ORG"}
    found = links_of([bracketed(first, second), named(min(first, second, key=len))], marked)
    assert {label for _, label in found} == {max(first, second, key=len)}
    assert len(found) == 3


def test_an_expansion_tells_its_class():
    found = resolved([bracketed("Baltische Kommission", "BK"), named("BK")])
    assert [(e.label, e.type) for e in found.entities] == [("Baltische Kommission", "GovernmentBody")]
    other = links_of([bracketed("Bruttosozialprodukt", "BSP")])
    assert "Bruttosozialprodukt" not in {text for text, _ in other}


@pytest.mark.parametrize(("first", "second"), [("Stefan Kolb", "SPD"), ("Nordvel", "EGK"), ("Eva Uhl", "EU")])
def test_what_only_stands_in_brackets_is_no_acronym(first, second):
    marked = {"Stefan Kolb": "PER", "Nordvel": "ORG", "Eva Uhl": "PER"}
    found = links_of([bracketed(first, second), named(second)], marked)
    assert {label for _, label in found} == {first, second}


def test_an_acronym_that_the_article_defines_is_not_the_gazetteer_s():
    found = links_of([bracketed("Verband Wandern", "VW"), named("VW")], {"Verband Wandern": "ORG"})
    assert {label for _, label in found} == {"Verband Wandern"}
    assert {label for _, label in links_of([named("VW")])} == {"Volkswagen"}


def test_an_acronym_with_two_expansions_is_neither():
    notations = [bracketed("Institut Raum", "IR"), bracketed("Institut Recht", "IR"), named("IR")]
    marked = {"Institut Raum": "ORG", "Institut Recht": "ORG"}
    assert resolved(notations, marked).links[1].reason == "“IR” abbreviates “Institut Raum” here"
    found = links_of(notations, marked)
    assert found == [
        ("Institut Raum", "Institut Raum"),
        ("IR", "Institut Raum"),
        ("Institut Recht", "Institut Recht"),
        ("IR", "Institut Recht"),
    ]


def test_a_legal_form_tells_a_company():
    for label in ("PER", "LOC", "MISC"):
        (entity,) = resolved([named("Voltara Inc.")], {"Voltara Inc.": label}).entities
        assert (entity.iri, entity.label, entity.type) == (iri("Voltara"), "Voltara", "Company")


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (["Nordwatt", "Nordwatt AG"], "“Nordwatt AG” and “Nordwatt” differ in their legal form alone"),
        (["Brenner-Holm", "BrennerHolm"], "“BrennerHolm” is another spelling of “Brenner-Holm”"),
    ],
)
def test_the_reason_for_a_spelling(names, reason):
    assert resolved([named(n) for n in names], dict.fromkeys(names, "ORG")).links[-1].reason == reason


def test_compounds_and_demonyms():
    notations = [
        f"Die:det>US-Regierung US-Regierung:nsubj>kam {V}",
        f"Der:det>Huawei-Vorsitzende Huawei-Vorsitzende=Huawei-Vorsitzender:nsubj>kam {V}",
        f"Die:det>EU-Kommissionspräsidentin EU-Kommissionspräsidentin:nsubj>kam {V}",
        f"Ein:det>Betreiber russischer:amod>Betreiber Betreiber:nsubj>kam {V}",
    ]
    assert links_of(notations) == [
        ("US", "USA"),
        ("Huawei", "Huawei"),
        ("EU-Kommissions", "EU-Kommission"),
        ("russischer", "Russland"),
    ]


def test_an_ambiguous_name_needs_a_mention_of_its_kind():
    company = resolved([named("Shell")], {"Shell": "ORG"})
    assert [e.iri for e in company.entities] == [iri("Shell")]
    assert company.links[0].reason == "the gazetteer knows “Shell”"
    person = resolved([named("Shell")], {"Shell": "PER"})
    assert [(e.iri, e.type) for e in person.entities] == [(iri("Shell", "Person"), "Person")]
    assert person.links[0].reason == "named “Shell”"


def test_a_name_that_is_not_ambiguous_needs_none():
    assert [e.iri for e in resolved([named("Huawei")], {"Huawei": "PER"}).entities] == [iri("Huawei")]


def test_homonyms_of_another_kind_stay_apart():
    person = resolved([named("Jordan")], {"Jordan": "PER"}).entities
    place = resolved([named("Jordan")], {"Jordan": "LOC"}).entities
    firm = resolved([named("Jordan")], {"Jordan": "ORG"}).entities
    assert len({e.iri for e in (*person, *place, *firm)}) == 3
    assert {e.label for e in (*person, *place, *firm)} == {"Jordan"}


@pytest.mark.parametrize("name", ["MTS", "iPhone", "eBay", "BDI", "adidas", "ProSiebenSat"])
def test_the_case_of_a_name_is_kept(name):
    (entity,) = resolved([named(name)], {name: "ORG"}).entities
    assert (entity.label, entity.aliases) == (name, ())


def test_the_noun_before_a_name_tells_its_class():
    notations = [
        f"Der:det>Betreiber Betreiber:nsubj>kam MTS:appos>Betreiber {V}",
        named("MTS"),
    ]
    found = resolved(notations, {"MTS": "ORG"})
    (entity,) = [e for e in found.entities if e.label == "MTS"]
    assert entity.type == "Company"
    assert found.unsure == frozenset()


def test_a_class_that_only_the_recogniser_vouches_for_is_unsure():
    found = resolved([named("MTS")], {"MTS": "ORG"})
    assert found.unsure == {iri("MTS")}
    assert found.entities[0].type == "Organization"
    decided = resolved([named("MTS")], {"MTS": "ORG"}, {"MTS": "Product"})
    assert [(e.iri, e.type) for e in decided.entities] == [(iri("MTS", "Product"), "Product")]


def test_a_full_name_of_a_person_is_sure():
    assert resolved([named("Angela Merkel")], {"Angela Merkel": "PER"}).unsure == frozenset()


def test_every_link_has_its_reason():
    found = resolved([named("Weißes Haus"), named("Huawei Technologies")])
    assert [link.reason for link in found.links] == [
        "“Weißes Haus” acts for USA",
        "the gazetteer knows “Huawei Technologies”",
    ]
    assert all(0 < link.certainty <= 1 for link in found.links)


def test_aliases_and_order():
    found = resolved([named("Vereinigte Staaten"), named("Huawei Technologies"), named("China")])
    assert [e.iri for e in found.entities] == sorted([USA, iri("Huawei"), CHINA])
    (states,) = [e for e in found.entities if e.iri == USA]
    assert states.aliases == ("US", "Vereinigte Staaten")
    (huawei,) = [e for e in found.entities if e.iri == iri("Huawei")]
    assert huawei.aliases == ("Huawei Technologies",)


def test_only_entities_that_are_spoken_of():
    assert [e.iri for e in resolved([named("China")]).entities] == [CHINA]
    assert resolved([f"Regen:nsubj>kam {V}"]).entities == ()


def test_the_same_article_gives_the_same_entities():
    notations = [named("Angela Merkel"), named("Merkel"), named("MTS"), named("Russland")]
    marked = {"Angela Merkel": "PER", "Merkel": "PER", "MTS": "ORG"}
    assert resolved(notations, marked) == resolved(notations, dict(reversed(marked.items())))


def test_links_by_token():
    found = resolved(
        [f"Der:det>Betreiber russische:amod>Betreiber Betreiber:nsubj>kam MTS:appos>Betreiber {V}"], {"MTS": "ORG"}
    )
    table = at_token(found.links)
    assert {key: [k.iri for k in links] for key, links in table.items()} == {(0, 1): [RUSSIA], (0, 3): [iri("MTS")]}


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("Company", "Organization"),
        ("City", "Place"),
        ("Country", "Place"),
        ("Person", "Person"),
        ("Strange", "Product"),
    ],
)
def test_the_coarse_type(kind, wanted):
    assert broad_type(kind, ONTOLOGY) == wanted
