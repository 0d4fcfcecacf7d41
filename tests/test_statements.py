"""Articles and examples parsed by hand: statements with their words, and rejections with their reason."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sentences import analysis, text_of
from small_world import (
    GAZETTEER,
    PROPERTIES,
    RUSSIA,
    USA,
    extracted,
    frames_of,
    iri,
    ontology,
    relation,
    triples,
)

from kg.records import PLAIN
from kg.statements import extract

NAMES = {"MTS": "ORG", "Kuka": "ORG", "Anna Meier": "PER", "Berta Braun": "PER"}

SAID = {
    "a verb": (
        "Huawei/PROPN:nsubj>kauft kauft=kaufen/VERB.Fin:root Kuka:obj>kauft .",
        ["Huawei acquires Kuka asserted"],
    ),
    "its passive, which was never taught": (
        "Kuka:nsubj:pass>gekauft wurde=werden/AUX.Fin:aux:pass>gekauft von:case>Huawei Huawei/PROPN:obl:agent>gekauft "
        "gekauft=kaufen/VERB.Part:root .",
        ["Huawei acquires Kuka asserted"],
    ),
    "a light verb with its noun": (
        "Huawei/PROPN:nsubj>getroffen hat=haben/AUX.Fin:aux>getroffen mit:case>MTS MTS:obl>getroffen "
        "eine:det>Rahmenvereinbarung Rahmenvereinbarung:obj>getroffen getroffen=treffen/VERB.Part:root .",
        ["Huawei partnersWith MTS asserted"],
    ),
    "the same verb with another noun": (
        "Huawei/PROPN:nsubj>getroffen hat=haben/AUX.Fin:aux>getroffen mit:case>MTS MTS:obl>getroffen "
        "eine:det>Auswahl Auswahl:obj>getroffen getroffen=treffen/VERB.Part:root .",
        [],
    ),
    "coordinated in one slot": (
        "Huawei/PROPN:nsubj>kooperieren und:cc>MTS MTS:conj>Huawei kooperieren/VERB.Fin:root .",
        ["Huawei partnersWith MTS asserted"],
    ),
    "coordinated in two slots": (
        "Huawei/PROPN:nsubj>kauft kauft=kaufen/VERB.Fin:root Kuka:obj>kauft und:cc>MTS MTS:conj>Kuka .",
        ["Huawei acquires Kuka asserted", "Huawei acquires MTS asserted"],
    ),
    "a compound": (
        "Huawei-Chefin=Huawei-Chef/NOUN:nsubj>kam Anna:appos>Huawei-Chefin Meier:flat:name>Anna "
        "kam=kommen/VERB.Fin:root .",
        ["Anna Meier leads Huawei asserted"],
    ),
    "any noun of a class": (
        "Der:det>Mobilfunkbetreiber russische=russisch:amod>Mobilfunkbetreiber Mobilfunkbetreiber:nsubj>kam "
        "MTS:appos>Mobilfunkbetreiber kam=kommen/VERB.Fin:root .",
        ["MTS basedIn Russland asserted"],
    ),
    "no noun of the class": (
        "Der:det>Sprecher russische=russisch:amod>Sprecher Sprecher:nsubj>kam Anna:appos>Sprecher "
        "Meier:flat:name>Anna kam=kommen/VERB.Fin:root .",
        [],
    ),
    "a government": (
        "Die:det>US-Regierung US-Regierung:nsubj>schränkt schränkt=schränken/VERB.Fin:root Huawei/PROPN:obj>schränkt "
        "ein:compound:prt>schränkt .",
        ["USA restricts Huawei asserted"],
    ),
    "who acts through a noun": (
        "Das:det>Vorgehen Vorgehen:nsubj>schränkt der:det>US-Regierung US-Regierung:nmod>Vorgehen "
        "schränkt=schränken/VERB.Fin:root Huawei/PROPN:obj>schränkt ein:compound:prt>schränkt .",
        ["USA restricts Huawei asserted"],
    ),
    "who acts through a noun, by adjective": (
        "Die:det>Sanktionen amerikanischen=amerikanisch:amod>Sanktionen Sanktionen=Sanktion:nsubj>schränken "
        "schränken/VERB.Fin:root Huawei/PROPN:obj>schränken ein:compound:prt>schränken .",
        ["USA restricts Huawei asserted"],
    ),
    "no noun of an act": (
        "Das:det>Wetter Wetter:nsubj>schränkt der:det>US-Regierung US-Regierung:nmod>Wetter "
        "schränkt=schränken/VERB.Fin:root Huawei/PROPN:obj>schränkt ein:compound:prt>schränkt .",
        [],
    ),
    "an act as object does not act": (
        "Huawei/PROPN:nsubj>schränkt schränkt=schränken/VERB.Fin:root das:det>Vorgehen Vorgehen:obj>schränkt "
        "der:det>US-Regierung US-Regierung:nmod>Vorgehen ein:compound:prt>schränkt .",
        [],
    ),
    "what befalls its technology": (
        "Die:det>US-Regierung US-Regierung:nsubj>schränkt schränkt=schränken/VERB.Fin:root die:det>Netztechnik "
        "Netztechnik:obj>schränkt von:case>Huawei Huawei/PROPN:nmod>Netztechnik ein:compound:prt>schränkt .",
        ["USA restricts Huawei asserted"],
    ),
    "technology does not act": (
        "Die:det>Netztechnik Netztechnik:nsubj>schränkt von:case>Huawei Huawei/PROPN:nmod>Netztechnik "
        "schränkt=schränken/VERB.Fin:root MTS/PROPN:obj>schränkt ein:compound:prt>schränkt .",
        [],
    ),
    "a capital for its country": (
        "Moskau/PROPN:nsubj>schränkt schränkt=schränken/VERB.Fin:root Huawei/PROPN:obj>schränkt "
        "ein:compound:prt>schränkt .",
        ["Russland restricts Huawei asserted"],
    ),
    "a capital as a place": (
        "Anna:nsubj>besucht Meier:flat:name>Anna besucht=besuchen/VERB.Fin:root Moskau/PROPN:obj>besucht .",
        ["Anna Meier visits Moskau asserted"],
    ),
    "negated": (
        "Huawei/PROPN:nsubj>kauft kauft=kaufen/VERB.Fin:root Kuka:obj>kauft nicht:advmod>kauft .",
        ["Huawei acquires Kuka negated"],
    ),
    "planned": (
        "Huawei/PROPN:nsubj>kaufen will=wollen/AUX.Fin:aux>kaufen Kuka:obj>kaufen kaufen/VERB.Inf:root .",
        ["Huawei acquires Kuka planned"],
    ),
    "two nouns that nobody has named": (
        "Der:det>Händler Händler:nsubj>kauft kauft=kaufen/VERB.Fin:root den:det>Laden Laden:obj>kauft .",
        [],
    ),
    "the name beside a noun": (
        "Der:det>Auftragsfertiger Auftragsfertiger:nsubj>kauft MTS:appos>Auftragsfertiger kauft=kaufen/VERB.Fin:root "
        "Kuka:obj>kauft .",
        ["MTS acquires Kuka asserted"],
    ),
}


@pytest.mark.parametrize(("notation", "wanted"), SAID.values(), ids=SAID)
def test_statements(notation, wanted):
    assert triples(extracted([notation], NAMES)) == wanted


REJECTED = {
    "a subject of the wrong class": (
        "China/PROPN:nsubj>kauft kauft=kaufen/VERB.Fin:root Kuka:obj>kauft .",
        PROPERTIES,
        "the subject of acquires must be Organization or Person, but China is a Country",
    ),
    "an object of the wrong class": (
        "Huawei/PROPN:nsubj>kauft kauft=kaufen/VERB.Fin:root Android/PROPN:obj>kauft .",
        PROPERTIES,
        "the object of acquires must be Organization, but Android is a Product",
    ),
    "a thing related to itself": (
        "Huawei/PROPN:nsubj>kauft kauft=kaufen/VERB.Fin:root Huawei/PROPN:obj>kauft .",
        PROPERTIES,
        "subject and object are the same",
    ),
}


@pytest.mark.parametrize(("notation", "properties", "reason"), REJECTED.values(), ids=REJECTED)
def test_rejections(notation, properties, reason):
    found = extracted([notation], NAMES, properties)
    assert found.statements == ()
    (rejection,) = found.rejections
    assert (rejection.property, rejection.reason) == ("acquires", reason)
    text = found.article.text
    assert text[rejection.start : rejection.end] == text
    assert rejection.subject and rejection.object


def test_a_state_that_is_over_is_a_rejection():
    notation = (
        "Anna:nsubj>Huawei-Chef Meier:flat:name>Anna war=sein/AUX.Fin:cop>Huawei-Chef zuvor:advmod>Huawei-Chef "
        "Huawei-Chef/NOUN:root ."
    )
    found = extracted([notation], NAMES)
    assert found.statements == ()
    assert [(r.property, r.reason) for r in found.rejections] == [("leads", "“zuvor” says that it no longer holds")]


SACKS = relation("dismisses", "Organization", "Person", "{Organization} entlässt {Person}")
SACKED = (
    "{}/PROPN:nsubj>entlässt entlässt=entlassen/VERB.Fin:root Huawei-Chef=Huawei-Chef/NOUN:obj>entlässt "
    "Anna:appos>Huawei-Chef Meier:flat:name>Anna ."
)
LEADS = next(p for p in PROPERTIES if p.name == "leads")


def sacked(*notations):
    parsed = """
        Bosch-Chef/NOUN:root Anna:appos>Bosch-Chef Weber:flat:name>Anna .
        Siemens:nsubj>entlässt entlässt=entlassen/VERB.Fin:root Peter:obj>entlässt Schmidt:flat:name>Peter .
        Telekom:nsubj>entlässt entlässt=entlassen/VERB.Fin:root Claudia:obj>entlässt Richter:flat:name>Claudia .
    """
    frames = frames_of([LEADS, SACKS], parsed)
    return extract(analysis(notations, NAMES), frames, ontology([LEADS, SACKS]), GAZETTEER)


def test_a_post_that_its_holder_has_lost_is_a_rejection():
    found = sacked(SACKED.format("Huawei"))
    assert triples(found) == ["Huawei dismisses Anna Meier asserted"]
    (rejection,) = found.rejections
    assert (rejection.property, rejection.subject, rejection.object) == ("leads", "Anna Meier", "Huawei")
    assert rejection.reason == "the same sentence tells of the dismissal"
    assert (rejection.sentence, rejection.start, rejection.end) == (0, 0, len(found.article.text))


def test_a_rejected_post_is_of_its_own_sentence():
    found = sacked("Regen:nsubj>fiel fiel=fallen/VERB.Fin:root .", SACKED.format("Huawei"))
    (rejection,) = found.rejections
    assert rejection.sentence == 1
    assert found.article.text[rejection.start : rejection.end] == text_of(SACKED.format("Huawei"))


KEPT = {
    "dismissed by another": [SACKED.format("Kuka")],
    "not dismissed": [SACKED.format("Huawei").replace(" .", " nicht:advmod>entlässt .")],
    "dismissed in another sentence": [
        "Huawei-Chef=Huawei-Chef/NOUN:nsubj>kam Anna:appos>Huawei-Chef Meier:flat:name>Anna kam=kommen/VERB.Fin:root .",
        "Huawei/PROPN:nsubj>entlässt entlässt=entlassen/VERB.Fin:root Anna:obj>entlässt Meier:flat:name>Anna .",
    ],
}


@pytest.mark.parametrize("notations", KEPT.values(), ids=KEPT)
def test_a_post_that_its_holder_keeps(notations):
    found = sacked(*notations)
    assert "Anna Meier leads Huawei asserted" in triples(found)
    assert len(found.statements) == 2 and found.rejections == ()


def test_the_evidence():
    first = "Regen:nsubj>fiel fiel=fallen/VERB.Fin:root ."
    second = (
        "Die:det>US-Regierung US-Regierung:nsubj>schränkt schränkt=schränken/VERB.Fin:root den:det>Betreiber "
        "Betreiber/NOUN.Masc:obj>schränkt MTS:appos>Betreiber weiter:advmod>schränkt ein:compound:prt>schränkt ."
    )
    found = extracted([first, second], NAMES)
    (statement,) = found.statements
    text, evidence = found.article.text, statement.evidence
    assert (evidence.article, evidence.quote) == ("a1", text_of(second))
    assert text[evidence.start : evidence.end] == evidence.quote
    assert text[slice(*evidence.subject)] == "US-Regierung"
    assert text[slice(*evidence.object)] == "MTS"
    assert [text[slice(*span)] for span in evidence.predicate] == ["schränkt", "ein"]
    assert evidence.reasons == ("the gazetteer knows “US”", "named “MTS”")


def test_the_reason_of_an_actor_and_of_a_capital():
    (actor,) = extracted([SAID["who acts through a noun"][0]], NAMES).statements
    assert actor.evidence.reasons == (
        "the gazetteer knows “US”",
        "acts through “Vorgehen”",
        "the gazetteer knows “Huawei”",
    )
    (capital,) = extracted([SAID["a capital for its country"][0]], NAMES).statements
    assert "the capital Moskau stands for Russland" in capital.evidence.reasons
    (direct,) = extracted([SAID["a government"][0]], NAMES).statements
    assert actor.confidence < direct.confidence and capital.confidence < direct.confidence


def test_the_country_that_a_capital_stands_for_is_an_entity():
    found = extracted([SAID["a capital for its country"][0]], NAMES)
    assert RUSSIA in {e.iri for e in found.entities}
    assert found.statements[0].subject == RUSSIA


def test_who_says_so():
    notation = (
        "Anna:nsubj>sagte Meier:flat:name>Anna sagte=sagen/VERB.Fin:root , dass:mark>kauft Huawei/PROPN:nsubj>kauft "
        "Kuka:obj>kauft kauft=kaufen/VERB.Fin:ccomp>sagte ."
    )
    found = extracted([notation], NAMES)
    assert triples(found) == ["Huawei acquires Kuka reported"]
    assert found.statements[0].attributed_to == iri("Anna Meier", "Person")


def test_one_statement_per_sentence_and_triple():
    notation = (
        "Huawei/PROPN:nsubj>kauft kauft=kaufen/VERB.Fin:root Kuka:obj>kauft und:cc>kauft "
        "kauft=kaufen/VERB.Fin:conj>kauft Kuka:obj>kauft#2 nicht:advmod>kauft#2 ."
    )
    assert triples(extracted([notation], NAMES)) == ["Huawei acquires Kuka negated"]
    bought = SAID["a verb"][0]
    twice = extracted([bought, bought], NAMES)
    assert len({s.id for s in twice.statements}) == len(twice.statements) == 2


def test_statements_stand_in_reading_order():
    found = extracted([SAID[name][0] for name in ("a verb", "a compound", "negated", "a government")], NAMES)
    starts = [s.evidence.start for s in found.statements]
    assert starts == sorted(starts) and len(set(starts)) == 4
    assert [e.iri for e in found.entities] == sorted(e.iri for e in found.entities)


def test_the_same_article_gives_the_same_extraction():
    notations = [notation for notation, _ in SAID.values()]
    assert extracted(notations, NAMES) == extracted(notations, dict(reversed(NAMES.items())))
    ids = [s.id for s in extracted(notations, NAMES).statements]
    assert len(ids) == len(set(ids)) > 10


def test_another_article_has_other_statements():
    notation = SAID["a verb"][0]
    tools = frames_of(), ontology(PROPERTIES), GAZETTEER
    one = extract(analysis([notation], NAMES), *tools).statements[0]
    other = extract(analysis([notation], NAMES, article_id="a2"), *tools).statements[0]
    assert one.id != other.id
    assert replace(one, id="", evidence=other.evidence) == replace(other, id="")


def test_entities_worth_a_node():
    notations = [
        "Huawei/PROPN:nsubj>kauft kauft=kaufen/VERB.Fin:root Kuka:obj>kauft .",
        "China/PROPN:nsubj>kam kam=kommen/VERB.Fin:root .",
        "Xyla/PROPN:nsubj>kam kam=kommen/VERB.Fin:root .",
        "MTS:nsubj>kam kam=kommen/VERB.Fin:root .",
        "Nur:advmod>MTS MTS:nsubj>kam kam=kommen/VERB.Fin:root .",
    ]
    # In a statement, well known, named twice; "Xyla" is none of these.
    assert {e.label for e in extracted(notations, NAMES).entities} == {"Huawei", "Kuka", "China", "MTS"}


def test_an_unsure_name_takes_the_class_that_sentences_ask_for():
    found = extracted(["Kuka:nsubj>kauft kauft=kaufen/VERB.Fin:root Huawei/PROPN:obj>kauft ."], {"Kuka": "LOC"})
    (kuka,) = [e for e in found.entities if e.label == "Kuka"]
    assert (kuka.type, triples(found)) == ("Organization", ["Kuka acquires Huawei asserted"])


def test_an_owner_that_nobody_names():
    """The agreement is that of the clause's subject, also where an example has both parties in one slot."""
    taught = relation(
        "partnersWith",
        "Organization",
        "Organization",
        "die Vereinbarung von {Organization} und {Organization}",
        "die Vereinbarung von {Organization} mit {Organization}",
        symmetric=True,
    )
    parsed = """
        Die:det>Vereinbarung Vereinbarung/NOUN:root von:case>Siemens Siemens:nmod>Vereinbarung und:cc>Bosch \
            Bosch:conj>Siemens .
        Die:det>Vereinbarung Vereinbarung/NOUN:root von:case>Siemens Siemens:nmod>Vereinbarung mit:case>Bosch \
            Bosch:nmod>Vereinbarung .
    """
    said = "Huawei/PROPN:nsubj>lobt lobt=loben/VERB.Fin:root die:det>Vereinbarung Vereinbarung:obj>lobt "
    frames = frames_of([taught], parsed)
    for ending, wanted in ((".", []), ("mit:case>MTS MTS:nmod>Vereinbarung .", ["Huawei partnersWith MTS asserted"])):
        found = extract(analysis([said + ending], NAMES), frames, ontology([taught]), GAZETTEER)
        assert triples(found) == wanted


def test_a_description_says_in_passing_what_its_adjective_means():
    """That the giant is Chinese does not hang on whether it buys."""
    said = "Der:det>Riese chinesische=chinesisch:amod>Riese Riese/NOUN.Masc:nsubj>kauft kauft=kaufen/VERB.Fin:root "
    first = "Huawei/PROPN:nsubj>kam kam=kommen/VERB.Fin:root ."
    assert triples(extracted([first, said + "Kuka:obj>kauft ."], NAMES)) == [
        "Huawei acquires Kuka asserted",
        "Huawei basedIn China asserted",
    ]
    assert triples(extracted([first, said + "Kuka:obj>kauft nicht:advmod>kauft ."], NAMES)) == [
        "Huawei acquires Kuka negated",
        "Huawei basedIn China asserted",
    ]


def test_an_article_that_says_nothing():
    found = extracted([])
    assert (found.entities, found.links, found.statements, found.rejections) == ((), (), (), ())
    assert (found.language, found.model) == ("de", "by hand 1.0")


def test_statements_of_every_status_are_kept():
    notations = [notation for notation, _ in SAID.values()]
    found = extracted(notations, NAMES)
    assert {s.status for s in found.statements} == {"asserted", "negated", "planned"}
    assert {s.subject for s in found.statements if s.status in PLAIN} >= {USA, RUSSIA, iri("Huawei")}
