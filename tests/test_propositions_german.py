"""German open triples: sentences as users write them, and the steps that put their trees right."""

import pytest
from sentences import sentence

from kg import articles, pipeline
from kg.german_agreement import with_agreement, with_antecedents, with_own_times, with_purposes
from kg.german_borders import with_agents, with_appositions, with_long_prepositions, with_new_clauses
from kg.german_conjuncts import with_shared_subjects
from kg.german_nominals import with_directions, with_lists, with_spans
from kg.german_predicates import with_comparatives, with_measures, with_predicates
from kg.trees import Tree, tree_of


@pytest.fixture(scope="module")
def read():
    tools = pipeline.load_tools(language="de")

    def triples(text):
        found = pipeline.open_triples(articles.from_text(text), tools)
        return {f"{t.subject.text} | {t.relation.text} | {t.object.text}" for t in found}

    return triples


STATED = [
    # clauses that share their subject
    ("Bremke ist ein Dorf im Landkreis Kassel, hat rund 900 Einwohner und liegt am Nordrand des Sollings.",
     "Bremke | hat | rund 900 Einwohner", "Bremke | liegt am | Nordrand des Sollings"),
    ("Der Verlag druckt Romane, wird von zwei Schwestern geleitet und gehört seit 1990 einer Stiftung.",
     "Der Verlag | druckt | Romane", "Der Verlag | wird geleitet von | zwei Schwestern",
     "Der Verlag | gehört | einer Stiftung"),
    ("Die Firma hat 80 Beschäftigte, von denen viele in Linz arbeiten, und liefert Pumpen nach Polen.",
     "Die Firma | hat | 80 Beschäftigte", "Die Firma | liefert | Pumpen"),
    # who does what, told by number
    ("Bei dem Dorf besiegten im Jahr 1476 die Bauern der Gegend ein großes Heer.",
     "die Bauern der Gegend | besiegten | ein großes Heer"),
    ("Der Roman Die Brücke gewann einen Preis.", "Der Roman Die Brücke | gewann | einen Preis"),
    # years, sums and changes
    ("Wegen der Kosten übernahm der Landkreis 1984 die Brücke.",
     "der Landkreis | übernahm | die Brücke", "der Landkreis | übernahm die Brücke | 1984"),
    ("Nach Angaben des Amtes stiegen die Mieten im Oktober um 2,3 Prozent.",
     "die Mieten | stiegen um | 2,3 Prozent", "die Mieten | stiegen im | Oktober"),
    # phrases
    ("Das Museum liegt südlich der Innenstadt.", "Das Museum | liegt südlich | der Innenstadt"),
    ("Die Quellen werden nicht mehr für die Landwirtschaft genutzt.",
     "Die Quellen | werden nicht mehr genutzt für | die Landwirtschaft"),
    ("Der Verein wurde von der Wirtschafts- und Finanzkrise getroffen.",
     "Der Verein | wurde getroffen von | der Wirtschafts- und Finanzkrise"),
    ("Der König legte einen 70 Kilometer langen Kanal an.",
     "Der König | legte an | einen 70 Kilometer langen Kanal"),
    ("In der Region leben mehr als 165000 Personen.", "mehr als 165000 Personen | leben In | der Region"),
    ("Im Gegensatz zu Athen verlor Sparta viele Schiffe.",
     "Sparta | verlor viele Schiffe Im Gegensatz zu | Athen"),
    ("Der Verband erwartet weniger Aufträge, um Kosten zu senken.",
     "Der Verband | erwartet weniger Aufträge um zu senken | Kosten"),
    ("Die Band stellte das Album in wenigen Wochen fertig.", "Die Band | stellte fertig | das Album"),
    ("In der Saison 1998/99 stieg der Verein aus der Oberliga ab.",
     "der Verein | stieg ab In | der Saison 1998/99"),
    ("Im Jahr 2002 wurde Magdeburg vom Hochwasser getroffen.", "Magdeburg | wurde getroffen vom | Hochwasser"),
    ("Ada Vogt, die Tochter des Malers, leitet die Bank.", "Ada Vogt | die Tochter des | Malers"),
    ("Bei dem Unglück kamen vier Menschen ums Leben.", "vier Menschen | kamen ums Leben Bei | dem Unglück"),
]  # fmt: skip

UNSTATED = [
    ("In einigen Ländern, z. B. in Polen, gilt die Art als selten.", "B."),
    ("Die Serie ist bekannt für Figuren wie Donald.", "wie | Donald"),
    ("Das Album enthält zwölf Lieder, von denen vier als Singles erschienen.", "von | zwölf Lieder"),
    ("Der Dichter zog nach Wien, wo er viele Freunde fand.", "nach | Wien | fand"),
    ("Die Verwandtschaft stellt ein Hindernis dar (Dispens).", "Dispens"),
]


@pytest.mark.parametrize("text,facts", [(text, facts) for text, *facts in STATED])
def test_facts_are_found(read, text, facts):
    assert set(facts) <= read(text)


@pytest.mark.parametrize("text,part", UNSTATED)
def test_leftovers_are_no_facts(read, text, part):
    assert not [t for t in read(text) if part in t]


def test_negation_is_never_lost(read):
    for text in (
        "Die Regierung linderte die Not nicht ausreichend.",
        "Das Gebäude wird nicht mehr als Schule genutzt.",
        "Die Stadt hat das Grundstück nicht gekauft.",
    ):
        assert all("nicht" in t for t in read(text)), text


def relations(tree: Tree, step) -> dict[str, str]:
    """Each word's relation and head after a step."""
    tokens = tuple(step(tree))
    return {t.text: f"{t.relation}>{tokens[t.head].text}" for t in tokens}


STEPS = [
    (with_shared_subjects,
     "Ada:dep>hat ist=sein/AUX.Ind:cop>Ort ein:det>Ort Ort/NOUN.Nom:nsubj>hat , hat=haben/VERB.Fin:root "
     "Häuser/NOUN:obj>hat .",
     {"Ada": "nsubj>Ort", "Ort": "root>Ort", "hat": "conj>Ort", "Häuser": "obj>hat"}),
    (with_agreement,
     "besiegten=besiegen/VERB.Ind.Plur:root die:det>Bauern Bauern=Bauer/NOUN.Plur:obj>besiegten "
     "ein:det>Heer Heer/NOUN.Sing:nsubj>besiegten .",
     {"Bauern": "nsubj>besiegten", "Heer": "obj>besiegten"}),
    (with_purposes,
     "X:nsubj>wirbt wirbt=werben/VERB.Fin:root , um/ADP:case>Kosten Kosten/NOUN:obl>senken zu/PART:mark>senken "
     "senken/VERB.Inf:advcl>wirbt .",
     {"um": "mark>senken", "Kosten": "obj>senken"}),
    (with_own_times,
     "übernahm=übernehmen/VERB.Ind:root der:det>Kreis Kreis/NOUN.Sing:nsubj>übernahm 1984/NUM:nmod>Kreis "
     "Schulen/NOUN:obj>übernahm .",
     {"1984": "obl>übernahm"}),
    (with_spans,
     "kehrte=kehren/VERB.Fin:root ein:det>Jahr Jahr/NOUN:nsubj>kehrte später/ADJ:advmod>kehrte zurück:advmod>kehrte .",
     {"Jahr": "obl>kehrte", "später": "flat>Jahr"}),
    (with_directions,
     "liegt/VERB.Fin:root südlich/ADJ:advmod>liegt der:det>Stadt Stadt/NOUN.Gen:obj>liegt .",
     {"südlich": "case>Stadt", "Stadt": "obl>liegt"}),
    (with_comparatives,
     "leben/VERB.Fin:root mehr/ADV:advmod>leben als/ADP:case>Leute 90/NUM:nummod>Leute Leute/NOUN:obl>leben .",
     {"Leute": "nsubj>leben", "als": "advmod>90"}),
    (with_predicates,
     "Platz/NOUN:root ist=sein/AUX.Fin:cop>Fluss der:det>Fluss Fluss/NOUN:nmod>Platz .",
     {"Fluss": "root>Fluss", "Platz": "nsubj>Fluss"}),
    (with_long_prepositions,
     "im/ADP:case>Gegensatz Gegensatz/NOUN:obl>wuchs zu/ADP:case>Athen Athen:nmod>Gegensatz wuchs/VERB.Fin:root .",
     {"im": "case>Athen", "Gegensatz": "case>Athen", "Athen": "obl>wuchs"}),
]  # fmt: skip


@pytest.mark.parametrize("step,written,expected", STEPS, ids=lambda v: getattr(v, "__name__", ""))
def test_steps_hang_words_where_they_belong(step, written, expected):
    found = relations(tree_of(sentence(written)), step)
    assert {word: found[word] for word in expected} == expected


UNTOUCHED = [
    # what is said stays before its speaker
    (with_shared_subjects,
     "Er/PRON:nsubj>geht geht=gehen/VERB.Ind:ccomp>sagte , sagte=sagen/VERB.Ind:root Ada:nsubj>sagte ."),
    # a year belongs to an election
    (with_own_times,
     "prägte=prägen/VERB.Ind:root die:det>Wahl Wahl/NOUN.Sing:nsubj>prägte 1984/NUM:nmod>Wahl das:det>Land "
     "Land/NOUN:obj>prägte ."),
    # a plural verb and its plural subject
    (with_agreement,
     "Bauern=Bauer/NOUN.Plur:nsubj>kauften kauften=kaufen/VERB.Ind.Plur:root ein:det>Haus "
     "Haus/NOUN.Sing:obj>kauften ."),
    (with_appositions, "Ada:nsubj>kauft kauft=kaufen/VERB.Fin:root Äpfel/NOUN:obj>kauft ."),
    (with_agents, "Der:det>Chef Chef/NOUN.Sing:nsubj>ging von:case>Siemens Siemens:nmod>Chef ging/VERB.Fin:root ."),
    (with_lists, "Ada:nsubj>kauft kauft=kaufen/VERB.Fin:root Äpfel/NOUN:obj>kauft ."),
    (with_new_clauses, "Ada:nsubj>ging und:cc>Bo Bo:conj>Ada ging/VERB.Fin:root ."),
    (with_measures, "Ein:det>Kanal langer/ADJ:amod>Kanal Kanal/NOUN:nsubj>floss floss/VERB.Fin:root ."),
    (with_antecedents, "Ada:nsubj>kauft kauft=kaufen/VERB.Fin:root Äpfel/NOUN:obj>kauft ."),
]  # fmt: skip


@pytest.mark.parametrize("step,written", UNTOUCHED, ids=lambda v: getattr(v, "__name__", ""))
def test_steps_leave_what_is_right(step, written):
    tree = tree_of(sentence(written))
    assert tuple(step(tree)) == tree.tokens
