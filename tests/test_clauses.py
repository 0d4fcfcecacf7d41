"""Who does what to whom: sentences parsed by hand, and the verb clauses they must give."""

from __future__ import annotations

import pytest
from sentences import clauses_of, sentence

from kg.clauses import SHARED, clauses

NAMES = {
    **dict.fromkeys(("Huawei", "MTS", "Apple", "Intel", "Bosch", "Siemens", "Google", "Nokia", "Telekom"), "ORG"),
    **dict.fromkeys(("Ren", "Merz", "Musk", "Cook"), "PER"),
    **dict.fromkeys(("China", "Russland", "Polen", "Berlin"), "LOC"),
    "Android": "MISC",
}

GERMAN = {
    "separable verb, joined": (
        "Huawei:nsubj>zusammengearbeitet hat=haben/AUX.Fin:aux>zusammengearbeitet mit:case>MTS "
        "MTS:obl>zusammengearbeitet "
        "zusammengearbeitet=zusammenarbeiten/VERB.Part:root .",
        ["zusammenarbeiten(subject=Huawei, oblique:mit=MTS)"],
    ),
    "separable verb, apart": (
        "Huawei:nsubj>arbeitet arbeitet=arbeiten/VERB.Fin:root mit:case>MTS MTS:obl>arbeitet "
        "zusammen:compound:prt>arbeitet .",
        ["zusammenarbeiten(subject=Huawei, oblique:mit=MTS)"],
    ),
    "separable verb, the particle taken for an adverb": (
        "Huawei:nsubj>arbeitet arbeitet=arbeiten/VERB.Fin:root mit:case>MTS MTS:obl>arbeitet "
        "zusammen:advmod>arbeitet .",
        ["zusammenarbeiten(subject=Huawei, oblique:mit=MTS)"],
    ),
    "no particle in the middle of a clause": (
        "Huawei:nsubj>arbeitet arbeitet=arbeiten/VERB.Fin:root weiter:advmod>arbeitet mit:case>MTS MTS:obl>arbeitet .",
        ["arbeiten(subject=Huawei, oblique:mit=MTS)"],
    ),
    "two objects": (
        "Huawei:nsubj>liefert liefert=liefern/VERB.Fin:root MTS:iobj>liefert Antennen:obj>liefert .",
        ["liefern(subject=Huawei, object=Antennen, indirect=MTS)"],
    ),
    "passive with agent": (
        "Intel:nsubj:pass>übernommen wurde=werden/AUX.Fin:aux:pass>übernommen von:case>Apple "
        "Apple:obl:agent>übernommen "
        "übernommen=übernehmen/VERB.Part:root .",
        ["übernehmen(subject=Apple, object=Intel)"],
    ),
    "passive without agent": (
        "Intel:nsubj:pass>übernommen wurde=werden/AUX.Fin:aux:pass>übernommen übernommen=übernehmen/VERB.Part:root .",
        ["übernehmen(object=Intel)"],
    ),
    "passive, agent with durch": (
        "Intel:nsubj:pass>übernommen wird=werden/AUX.Fin:aux:pass>übernommen durch:case>Apple Apple:obl>übernommen "
        "übernommen=übernehmen/VERB.Part:root .",
        ["übernehmen(subject=Apple, object=Intel)"],
    ),
    "future is no passive": (
        "Apple:nsubj>übernehmen wird=werden/AUX.Fin:aux>übernehmen Intel:obj>übernehmen übernehmen/VERB.Inf:root .",
        ["übernehmen(subject=Apple, object=Intel)"],
    ),
    "modal verb": (
        "Apple:nsubj>kaufen will=wollen/AUX.Fin:aux>kaufen Intel:obj>kaufen kaufen/VERB.Inf:root .",
        ["kaufen(subject=Apple, object=Intel)"],
    ),
    "subject control": (
        "Apple:nsubj>verspricht verspricht=versprechen/VERB.Fin:root MTS:iobj>verspricht , Intel:obj>kaufen "
        "zu/PART:mark>kaufen kaufen/VERB.Inf:xcomp>verspricht .",
        ["versprechen(subject=Apple, indirect=MTS)", "kaufen(subject=Apple, object=Intel)"],
    ),
    "object control": (
        "Apple:nsubj>fordert fordert=fordern/VERB.Fin:root MTS:obj>fordert auf:compound:prt>fordert , Intel:obj>kaufen "
        "zu/PART:mark>kaufen kaufen/VERB.Inf:xcomp>fordert .",
        ["auffordern(subject=Apple, object=MTS)", "kaufen(subject=MTS, object=Intel)"],
    ),
    "relative clause, pronoun as object": (
        "Der:det>Dienst Dienst:nsubj>wächst , den/PRON.Rel.Acc:obj>kaufte Apple:nsubj>kaufte "
        "kaufte=kaufen/VERB.Fin:acl:relcl>Dienst , wächst=wachsen/VERB.Fin:root .",
        ["kaufen(subject=Apple, object=Dienst)", "wachsen(subject=Dienst)"],
    ),
    "coordinated verbs": (
        "Apple:nsubj>kaufte kaufte=kaufen/VERB.Fin:root Intel:obj>kaufte und:cc>verklagte "
        "verklagte=verklagen/VERB.Fin:conj>kaufte Nokia:obj>verklagte .",
        ["kaufen(subject=Apple, object=Intel)", "verklagen(subject=Apple, object=Nokia)"],
    ),
    "coordinated verbs with one object": (
        "Apple:nsubj>baut baut=bauen/VERB.Fin:root und:cc>verkauft verkauft=verkaufen/VERB.Fin:conj>baut "
        "Chips:obj>verkauft .",
        ["bauen(subject=Apple, object=Chips)", "verkaufen(subject=Apple, object=Chips)"],
    ),
    "coordinated participles under one auxiliary": (
        "Intel:nsubj:pass>verklagt wurde=werden/AUX.Fin:aux:pass>verklagt von:case>Apple Apple:obl:agent>verklagt "
        "verklagt=verklagen/VERB.Part:root und:cc>verurteilt verurteilt=verurteilen/VERB.Part:conj>verklagt .",
        ["verklagen(subject=Apple, object=Intel)", "verurteilen(object=Intel)"],
    ),
    "coordinated subjects": (
        "Apple:nsubj>kooperieren und:cc>Intel Intel:conj>Apple kooperieren/VERB.Fin:root mit:case>MTS "
        "MTS:obl>kooperieren .",
        ["kooperieren(subject=Apple, subject=Intel, oblique:mit=MTS)"],
    ),
    "coordinated objects": (
        "Apple:nsubj>beliefert beliefert=beliefern/VERB.Fin:root Intel:obj>beliefert , Nokia:conj>Intel und:cc>MTS "
        "MTS:conj>Intel .",
        ["beliefern(subject=Apple, object=Intel, object=Nokia, object=MTS)"],
    ),
    "a list whose first comma was taken for an apposition": (
        "Apple:nsubj>beliefert beliefert=beliefern/VERB.Fin:root Intel:obj>beliefert , Nokia:appos>Intel und:cc>MTS "
        "MTS:conj>Nokia .",
        ["beliefern(subject=Apple, object=Intel, object=Nokia, object=MTS)"],
    ),
    "participial attribute, past": (
        "Die:det>Firma von:case>Apple Apple:obl>gekaufte gekaufte=kaufen/VERB.Part:amod>Firma Firma:nsubj>wächst "
        "wächst=wachsen/VERB.Fin:root .",
        ["kaufen(subject=Apple, object=Firma)", "wachsen(subject=Firma)"],
    ),
    "participial attribute, present": (
        "Die:det>Firma Chips:obj>bauende bauende=bauen/VERB.Part:amod>Firma Firma:nsubj>wächst "
        "wächst=wachsen/VERB.Fin:root .",
        ["bauen(subject=Firma, object=Chips)", "wachsen(subject=Firma)"],
    ),
    "preposition hung on the verb": (
        "Apple:nsubj>traf traf=treffen/VERB.Fin:root mit:case>Intel Intel:obl>traf eine:det>Vereinbarung "
        "Vereinbarung/NOUN.Fem.Sing:obj>traf .",
        ["treffen(subject=Apple, object=Vereinbarung, oblique:mit=Intel)"],
    ),
    "place for the subject: es": (
        "Es/PRON:expl>verklagte verklagte=verklagen/VERB.Fin:root Apple:nsubj>verklagte Intel:obj>verklagte .",
        ["verklagen(subject=Apple, object=Intel)"],
    ),
    "expletive object": (
        "Das:det>Urteil Urteil/NOUN.Neut:nsubj>erschwert erschwert=erschweren/VERB.Fin:root es/PRON:obj>erschwert "
        "Huawei:iobj>erschwert , Chips:obj>kaufen zu/PART:mark>kaufen kaufen/VERB.Inf:xcomp>erschwert .",
        ["erschweren(subject=Urteil, object=es, indirect=Huawei)", "kaufen(subject=Huawei, object=Chips)"],
    ),
    "two subjects: the second is the object": (
        "Bosch:nsubj>beliefert beliefert=beliefern/VERB.Fin:root Siemens:nsubj>beliefert .",
        ["beliefern(subject=Bosch, object=Siemens)"],
    ),
    "purpose clause": (
        "Apple:nsubj>zahlt zahlt=zahlen/VERB.Fin:root , um:mark>kaufen Intel:obj>kaufen zu/PART:mark>kaufen "
        "kaufen/VERB.Inf:advcl>zahlt .",
        ["zahlen(subject=Apple)", "kaufen(subject=Apple, object=Intel)"],
    ),
    "reflexive verb": (
        "Merz:nsubj>traf traf=treffen/VERB.Fin:root sich/PRON:obj>traf mit:case>Musk Musk:obl>traf .",
        ["treffen(subject=Merz, oblique:mit=Musk)"],
    ),
    "relative clause with der": (
        "Der:det>Konzern Konzern:nsubj>wächst , mit:case>dem dem/PRON.Rel.Dat:obl>arbeitet Apple:nsubj>arbeitet "
        "arbeitet=arbeiten/VERB.Fin:acl:relcl>Konzern , wächst=wachsen/VERB.Fin:root .",
        ["arbeiten(subject=Apple, oblique:mit=Konzern)", "wachsen(subject=Konzern)"],
    ),
    "relative clause of a person, hung on the noun before": (
        "Der:det>Chef Chef:nsubj>geht von:case>Apple Apple:nmod>Chef , Cook:appos>Chef , der/PRON.Rel:nsubj>baut "
        "Chips:obj>baut baut=bauen/VERB.Fin:acl:relcl>Apple , geht=gehen/VERB.Fin:root .",
        ["bauen(subject=Cook, object=Chips)", "gehen(subject=Chef)"],
    ),
    "control under a passive": (
        "Apple:nsubj:pass>aufgefordert wurde=werden/AUX.Fin:aux:pass>aufgefordert "
        "aufgefordert=auffordern/VERB.Part:root , "
        "Intel:obj>kaufen zu/PART:mark>kaufen kaufen/VERB.Inf:xcomp>aufgefordert .",
        ["auffordern(object=Apple)", "kaufen(subject=Apple, object=Intel)"],
    ),
    "a singular verb has no coordinated subject": (
        "Apple:nsubj>beliefert und:cc>Intel Intel:conj>Apple beliefert=beliefern/VERB.Fin.Sing:root "
        "Bosch:obj>beliefert .",
        ["beliefern(subject=Bosch, object=Apple, object=Intel)"],
    ),
    "the possessor taken for the head": (
        "Merz:nsubj>traf traf=treffen/VERB.Fin:root Chinas:obj>traf Präsidenten=Präsident/NOUN.Acc:nmod>Chinas .",
        ["treffen(subject=Merz, object=Präsidenten)"],
    ),
    "preposition behind a date": (
        "Merz:nsubj>sprach sprach=sprechen/VERB.Fin:root am:case>Montag Montag:obl>sprach mit:case>Musk "
        "Musk:nmod>Montag .",
        ["sprechen(subject=Merz, oblique:an=Montag, oblique:mit=Musk)"],
    ),
}

ENGLISH = {
    "passive": (
        "Intel:nsubj:pass>acquired was=be/AUX.Fin:aux:pass>acquired acquired=acquire/VERB.Part:root by:case>Apple "
        "Apple:obl:agent>acquired .",
        ["acquire(subject=Apple, object=Intel)"],
    ),
    "subject control": (
        "Apple:nsubj>agreed agreed=agree/VERB.Fin:root to/PART:mark>buy buy/VERB.Inf:xcomp>agreed Intel:obj>buy .",
        ["agree(subject=Apple)", "buy(subject=Apple, object=Intel)"],
    ),
    "object control": (
        "China:nsubj>urged urged=urge/VERB.Fin:root Apple:obj>urged to/PART:mark>buy buy/VERB.Inf:xcomp>urged "
        "Intel:obj>buy .",
        ["urge(subject=China, object=Apple)", "buy(subject=Apple, object=Intel)"],
    ),
    "relative clause": (
        "The:det>maker maker:nsubj>grows that/PRON.Rel:obj>bought Apple:nsubj>bought "
        "bought=buy/VERB.Fin:acl:relcl>maker grows=grow/VERB.Fin:root .",
        ["buy(subject=Apple, object=maker)", "grow(subject=maker)"],
    ),
    "participle behind its noun": (
        "Chips:nsubj>sell made=make/VERB.Part:acl>Chips by:case>Intel Intel:obl:agent>made sell/VERB.Fin:root .",
        ["make(subject=Intel, object=Chips)", "sell(subject=Chips)"],
    ),
    "expletive": (
        "It/PRON:nsubj>supplies supplies=supply/VERB.Fin:root Intel:obj>supplies .",
        ["supply(subject=It, object=Intel)"],
    ),
}


@pytest.mark.parametrize(("notation", "wanted"), GERMAN.values(), ids=GERMAN)
def test_german_verb_clauses(notation, wanted):
    assert sorted(clauses_of(notation, NAMES)) == sorted(wanted)


@pytest.mark.parametrize(("notation", "wanted"), ENGLISH.values(), ids=ENGLISH)
def test_english_verb_clauses(notation, wanted):
    assert sorted(clauses_of(notation, NAMES, "en")) == sorted(wanted)


def once_wrong(name, notation, wanted, language="de"):
    return pytest.param(notation, wanted, language, id=name)


@pytest.mark.parametrize(
    ("notation", "wanted", "language"),
    [
        once_wrong(
            "the antecedent is the first word of the sentence",
            "Intel:nsubj>wächst , das/PRON.Rel.Nom:nsubj>baut Chips:obj>baut baut=bauen/VERB.Fin:acl:relcl>Intel , "
            "wächst=wachsen/VERB.Fin:root .",
            "bauen(subject=Intel, object=Chips)",
        ),
        once_wrong(
            "the antecedent is the first word of an English sentence",
            "Intel:nsubj>grows , which/PRON.Rel:obj>bought Apple:nsubj>bought bought=buy/VERB.Fin:acl:relcl>Intel , "
            "grows=grow/VERB.Fin:root .",
            "buy(subject=Apple, object=Intel)",
            "en",
        ),
        once_wrong(
            "subject and object exchanged by the parser, told only by the article",
            "Den:det>Konzern Konzern/NOUN.Masc.Sing:nsubj>verklagt verklagt=verklagen/VERB.Fin:root die:det>Behörde "
            "Behörde/NOUN.Fem.Sing:obj>verklagt .",
            "verklagen(subject=Behörde, object=Konzern)",
        ),
    ],
)
def test_verb_clauses_that_were_misread_once(notation, wanted, language):
    assert wanted in clauses_of(notation, NAMES, language)


def test_take_over_is_not_overtake():
    (over,) = clauses_of(
        "Apple:nsubj>took took=take/VERB.Fin:root over/ADP:compound:prt>took Intel:obj>took .", NAMES, "en"
    )
    (overtook,) = clauses_of("Apple:nsubj>overtook overtook=overtake/VERB.Fin:root Intel:obj>overtook .", NAMES, "en")
    assert over != overtook


AGREEMENT = (
    "Apple:nsubj>getroffen hat=haben/AUX.Fin:aux>getroffen mit:case>Intel Intel:nmod>Vereinbarung "
    "eine:det>Vereinbarung "
    "Vereinbarung/NOUN.Fem:obj>getroffen nicht:advmod>getroffen getroffen=treffen/VERB.Part:root ."
)


def test_an_attribute_of_the_object_counts_as_the_verbs_own_too():
    parsed = sentence(AGREEMENT, NAMES)
    clause = next(c for c in clauses(parsed, "de") if c.kind == "verb")
    (attribute,) = [a for a in clause.arguments if a.via is not None]
    assert (attribute.role, parsed.tokens[attribute.head].text) == ("oblique:mit", "Intel")
    assert (parsed.tokens[attribute.via].text, attribute.certainty) == ("Vereinbarung", SHARED)


def test_whose_the_object_is():
    notation = (
        "Cook:nsubj>übernimmt übernimmt=übernehmen/VERB.Fin:root die:det>Leitung Leitung/NOUN.Fem:obj>übernimmt "
        "von:case>Apple Apple:nmod>Leitung ."
    )
    parsed = sentence(notation, NAMES)
    clause = next(c for c in clauses(parsed, "de") if c.kind == "verb")
    assert [(a.role, parsed.tokens[a.head].text) for a in clause.arguments if a.via is not None] == [
        ("object.of", "Apple")
    ]


def test_the_words_of_a_predicate():
    parsed = sentence(AGREEMENT, NAMES)
    clause = next(c for c in clauses(parsed, "de") if c.kind == "verb")
    assert [parsed.tokens[i].text for i in clause.words] == ["hat", "nicht", "getroffen"]


def test_shared_arguments_are_less_certain():
    parsed = sentence(GERMAN["coordinated verbs"][0], NAMES)
    second = next(c for c in clauses(parsed, "de") if c.predicate == "verklagen")
    assert {a.role: a.certainty for a in second.arguments} == {"subject": SHARED, "object": 1.0}


def test_a_sentence_without_a_clause():
    assert clauses(sentence("Apple:root ."), "de") == ()
    assert clauses_of("Regnet=regnen/VERB.Fin:root ?") == []
