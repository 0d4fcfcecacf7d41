"""How clauses are claimed: sentences parsed by hand, the predicate in question, its status and its source."""

from __future__ import annotations

import pytest
from sentences import claim_of, find, tree

from kg.conjunctions import opened_by
from kg.modality import full_lemma, lookup
from kg.modality_words import WORDS
from kg.records import STATUSES

NAMES = {
    **dict.fromkeys(("Apple", "Intel", "Reuters", "Huawei", "MTS"), "ORG"),
    **dict.fromkeys(("Cook", "Ren"), "PER"),
    "China": "LOC",
}
# "Apple … Intel … gekauft": what most sentences share.
FRONT = "Apple:nsubj>gekauft"
BACK = "Intel:obj>gekauft gekauft=kaufen/VERB.Part:root ."
HAT = "hat=haben/AUX.Fin:aux>gekauft"
INF = "Intel:obj>kaufen kaufen/VERB.Inf:root ."
ZU = "Intel:obj>kaufen zu/PART:mark>kaufen kaufen/VERB.Inf:"
DASS = "dass:mark>kauft Apple:nsubj>kauft Intel:obj>kauft kauft=kaufen/VERB.Fin:"
MAIN = "Apple:nsubj>kauft kauft=kaufen/VERB.Fin:root"

GERMAN = {
    "plain": (f"{MAIN} Intel:obj>kauft .", "asserted", None),
    "past": (f"{FRONT} {HAT} {BACK}", "asserted", None),
    "nicht": (f"{FRONT} {HAT} nicht:advmod>gekauft {BACK}", "negated", None),
    "nie": (f"{FRONT} {HAT} nie:advmod>gekauft {BACK}", "negated", None),
    "kein": (f"{MAIN} keine=kein:det>Firma Firma:obj>kauft .", "negated", None),
    "niemand": ("Niemand=niemand/PRON:nsubj>kauft kauft=kaufen/VERB.Fin:root Intel:obj>kauft .", "negated", None),
    "nicht nur": (f"{FRONT} {HAT} nicht:advmod>gekauft nur:advmod>gekauft {BACK}", "asserted", None),
    "beinahe": (f"{FRONT} {HAT} beinahe:advmod>gekauft {BACK}", "negated", None),
    "will": (f"Apple:nsubj>kaufen will=wollen/AUX.Fin:aux>kaufen {INF}", "planned", None),
    "wird": (f"Apple:nsubj>kaufen wird=werden/AUX.Fin:aux>kaufen {INF}", "planned", None),
    "wird gekauft": (
        "Intel:nsubj:pass>gekauft wird=werden/AUX.Fin:aux:pass>gekauft von:case>Apple Apple:obl:agent>gekauft "
        "gekauft=kaufen/VERB.Part:root .",
        "asserted",
        None,
    ),
    "wird gekauft werden": (
        "Intel:nsubj:pass>gekauft wird=werden/AUX.Fin:aux>gekauft gekauft=kaufen/VERB.Part:root "
        "werden/AUX.Inf:aux:pass>gekauft .",
        "planned",
        None,
    ),
    "wurde gekauft": (
        "Intel:nsubj:pass>gekauft wurde=werden/AUX.Fin:aux:pass>gekauft gekauft=kaufen/VERB.Part:root .",
        "asserted",
        None,
    ),
    "kann": (f"Apple:nsubj>kaufen kann=können/AUX.Fin:aux>kaufen {INF}", "possible", None),
    "könnte": (f"Apple:nsubj>kaufen könnte=können/AUX.Fin:aux>kaufen {INF}", "possible", None),
    "muss": (f"Apple:nsubj>kaufen muss=müssen/AUX.Fin:aux>kaufen {INF}", "requested", None),
    "soll": (f"Apple:nsubj>kaufen soll=sollen/AUX.Fin:aux>kaufen {INF}", "planned", None),
    "soll haben": (
        f"{FRONT} soll=sollen/AUX.Fin:aux>gekauft haben/AUX.Inf:aux>gekauft {BACK}",
        "alleged",
        None,
    ),
    "könnte nicht": (f"Apple:nsubj>kaufen könnte=können:aux>kaufen nicht:advmod>kaufen {INF}", "negated", None),
    "Konjunktiv I": (f"{FRONT} habe=haben/AUX.Fin:aux>gekauft {BACK}", "alleged", None),
    "Konjunktiv I of the verb": (
        "Apple:nsubj>kaufe kaufe=kaufen/VERB.Fin:root Intel:obj>kaufe .",
        "alleged",
        None,
    ),
    "ich kaufe": ("Ich=ich/PRON:nsubj>kaufe kaufe=kaufen/VERB.Fin:root Intel:obj>kaufe .", "asserted", None),
    "Konjunktiv II": (f"{FRONT} hätte=haben/AUX.Fin:aux>gekauft {BACK}", "possible", None),
    "angeblich": (f"{FRONT} {HAT} angeblich:advmod>gekauft {BACK}", "alleged", None),
    "möglicherweise": (f"{FRONT} {HAT} möglicherweise:advmod>gekauft {BACK}", "possible", None),
    "question": (f"{FRONT} {HAT} {BACK[:-1]}?", "question", None),
    "wenn": (
        "Wenn:mark>kauft Apple:nsubj>kauft Intel:obj>kauft kauft=kaufen/VERB.Fin:advcl>steigt , "
        "steigt=steigen/VERB.Fin:root der:det>Kurs Kurs:nsubj>steigt .",
        "conditional",
        None,
    ),
    "falls, with a wrong tree": (
        "Falls:advmod>steigt Apple:nsubj>kauft Intel:obj>kauft kauft=kaufen/VERB.Fin:parataxis>steigt , "
        "steigt=steigen/VERB.Fin:root der:det>Kurs Kurs:nsubj>steigt .",
        "conditional",
        None,
    ),
    "verb first": (
        "Kauft=kaufen/VERB.Fin:advcl>steigt Apple:nsubj>Kauft Intel:obj>Kauft , steigt=steigen/VERB.Fin:root "
        "der:det>Kurs Kurs:nsubj>steigt .",
        "conditional",
        None,
    ),
    "the present under wenn": (
        "Wenn:mark>steigt der:det>Kurs Kurs:nsubj>steigt steigt=steigen/VERB.Fin:advcl>kauft , "
        "kauft=kaufen/VERB.Fin.Pres:root Apple:nsubj>kauft Intel:obj>kauft .",
        "conditional",
        None,
    ),
    "the past under wenn": (
        "Wenn:mark>stieg der:det>Kurs Kurs:nsubj>stieg stieg=steigen/VERB.Fin:advcl>kaufte , "
        "kaufte=kaufen/VERB.Fin.Past:root Apple:nsubj>kaufte Intel:obj>kaufte .",
        "asserted",
        None,
    ),
    "the perfect under wenn": (
        "Wenn:mark>steigt der:det>Kurs Kurs:nsubj>steigt steigt=steigen/VERB.Fin:advcl>gekauft , "
        f"hat=haben/AUX.Fin.Pres:aux>gekauft Apple:nsubj>gekauft {BACK}",
        "asserted",
        None,
    ),
    "the present under weil": (
        "Weil:mark>steigt der:det>Kurs Kurs:nsubj>steigt steigt=steigen/VERB.Fin:advcl>kauft , "
        "kauft=kaufen/VERB.Fin.Pres:root Apple:nsubj>kauft Intel:obj>kauft .",
        "asserted",
        None,
    ),
    "ob": (
        "Offen/ADJ:root bleibt=bleiben:cop>Offen , ob:mark>kauft Apple:nsubj>kauft Intel:obj>kauft "
        "kauft=kaufen/VERB.Fin:csubj>Offen .",
        "question",
        None,
    ),
    "um zu": (f"Apple:nsubj>zahlt zahlt=zahlen/VERB.Fin:root , um:mark>kaufen {ZU}advcl>zahlt .", "planned", None),
    "ohne zu": (f"Apple:nsubj>zahlt zahlt=zahlen/VERB.Fin:root , ohne:mark>kaufen {ZU}advcl>zahlt .", "negated", None),
    "plant": (f"Apple:nsubj>plant plant=planen/VERB.Fin:root , {ZU}xcomp>plant .", "planned", None),
    "kündigt an": (
        f"Apple:nsubj>kündigt kündigt=kündigen/VERB.Fin:root an:compound:prt>kündigt , {ZU}xcomp>kündigt .",
        "planned",
        None,
    ),
    "fordert auf": (
        f"China:nsubj>fordert fordert=fordern/VERB.Fin:root Apple:obj>fordert auf:compound:prt>fordert , "
        f"{ZU}xcomp>fordert .",
        "requested",
        None,
    ),
    "bestreitet": (
        f"Apple:nsubj>bestreitet bestreitet=bestreiten/VERB.Fin:root , {ZU}xcomp>bestreitet .",
        "negated",
        None,
    ),
    "wirft vor": (
        f"Cook:nsubj>wirft wirft=werfen/VERB.Fin:root Apple:iobj>wirft vor:compound:prt>wirft , {ZU}xcomp>wirft .",
        "alleged",
        None,
    ),
    "bezweifelt, dass": (
        f"Cook:nsubj>bezweifelt bezweifelt=bezweifeln/VERB.Fin:root , {DASS}ccomp>bezweifelt .",
        "possible",
        None,
    ),
    "begann": (f"Apple:nsubj>begann begann=beginnen/VERB.Fin:root , {ZU}xcomp>begann .", "asserted", None),
    "infinitive under a verb of no list": (
        f"Apple:nsubj>liebt liebt=lieben/VERB.Fin:root es/PRON:obj>liebt , {ZU}xcomp>liebt .",
        "possible",
        None,
    ),
    "der Plan, zu": (
        f"Der:det>Plan Plan:nsubj>reift , {ZU}acl>Plan , reift=reifen/VERB.Fin:root .",
        "planned",
        None,
    ),
    "das Verbot, zu": (
        f"Das:det>Exportverbot Exportverbot:nsubj>gilt , {ZU}acl>Exportverbot , gilt=gelten/VERB.Fin:root .",
        "negated",
        None,
    ),
    "sagt, dass": (f"Cook:nsubj>sagt sagt=sagen/VERB.Fin:root , {DASS}ccomp>sagt .", "reported", "Cook"),
    "teilte mit, dass": (
        f"Cook:nsubj>teilte teilte=teilen/VERB.Fin:root mit:compound:prt>teilte , {DASS}ccomp>teilte .",
        "reported",
        "Cook",
    ),
    "speaker behind direct speech": (
        "„ Apple:nsubj>kauft kauft=kaufen/VERB.Fin:root Intel:obj>kauft “ , sagte=sagen/VERB.Fin:parataxis>kauft "
        "Cook:nsubj>sagte .",
        "reported",
        "Cook",
    ),
    "direct speech as complement": (
        "„ Apple:nsubj>kauft kauft=kaufen/VERB.Fin:ccomp>sagte Intel:obj>kauft “ , sagte=sagen/VERB.Fin:root "
        "Cook:nsubj>sagte .",
        "reported",
        "Cook",
    ),
    "laut": (
        f"Laut=laut:case>Reuters Reuters:obl>gekauft hat=haben/AUX.Fin:aux>gekauft Apple:nsubj>gekauft {BACK}",
        "reported",
        "Reuters",
    ),
    "nach Angaben von": (
        "Nach=nach:case>Angaben Angaben=Angabe:obl>gekauft von:case>Cook Cook:nmod>Angaben "
        f"hat=haben/AUX.Fin:aux>gekauft Apple:nsubj>gekauft {BACK}",
        "reported",
        "Cook",
    ),
    "nach a year": (
        f"Nach=nach:case>Jahren Jahren=Jahr:obl>gekauft hat=haben/AUX.Fin:aux>gekauft Apple:nsubj>gekauft {BACK}",
        "asserted",
        None,
    ),
    "Gerüchten zufolge": (
        "Gerüchten=Gerücht:obl>gekauft zufolge:case>Gerüchten hat=haben/AUX.Fin:aux>gekauft Apple:nsubj>gekauft "
        f"{BACK}",
        "alleged",
        "Gerüchten",
    ),
    "what would follow from a condition": (
        "Falls:mark>steigt der:det>Kurs Kurs:nsubj>steigt steigt=steigen/VERB.Fin:advcl>kaufen , "
        "würde=werden/AUX.Fin:aux>kaufen Apple:nsubj>kaufen Intel:obj>kaufen kaufen/VERB.Inf:root .",
        "conditional",
        None,
    ),
    "said and planned": (
        "Cook:nsubj>sagt sagt=sagen/VERB.Fin:root , dass:mark>kaufen Apple:nsubj>kaufen Intel:obj>kaufen "
        "kaufen/VERB.Inf:ccomp>sagt will=wollen/AUX.Fin:aux>kaufen .",
        "planned",
        "Cook",
    ),
    "in a relative clause of what is planned": (
        "Cook:nsubj>will will=wollen/VERB.Fin:root die:det>Firma Firma:obj>will , die/PRON.Rel:nsubj>kauft "
        "Intel:obj>kauft kauft=kaufen/VERB.Fin:acl:relcl>Firma .",
        "asserted",
        None,
    ),
}

TO = "to/PART:mark>buy buy/VERB.Inf:xcomp>"
ENGLISH = {
    "reportedly": ("Apple:nsubj>buys reportedly:advmod>buys buys=buy/VERB.Fin:root Intel:obj>buys .", "alleged", None),
    "may": ("Apple:nsubj>buy may:aux>buy buy/VERB.Inf:root Intel:obj>buy .", "possible", None),
    "will": ("Apple:nsubj>buy will:aux>buy buy/VERB.Inf:root Intel:obj>buy .", "planned", None),
    "should": ("Apple:nsubj>buy should:aux>buy buy/VERB.Inf:root Intel:obj>buy .", "requested", None),
    "did not": (
        "Apple:nsubj>buy did=do:aux>buy not/PART:advmod>buy buy/VERB.Inf:root Intel:obj>buy .",
        "negated",
        None,
    ),
    "not only": (
        "Apple:nsubj>buys not/PART:advmod>buys only:advmod>buys buys=buy/VERB.Fin:root Intel:obj>buys .",
        "asserted",
        None,
    ),
    "agreed to": (f"Apple:nsubj>agreed agreed=agree/VERB.Fin:root {TO}agreed Intel:obj>buy .", "planned", None),
    "denied": (
        "Cook:nsubj>denied denied=deny/VERB.Fin:root that:mark>buys Apple:nsubj>buys buys=buy/VERB.Fin:ccomp>denied "
        "Intel:obj>buys .",
        "negated",
        None,
    ),
    "managed to": (f"Apple:nsubj>managed managed=manage/VERB.Fin:root {TO}managed Intel:obj>buy .", "asserted", None),
    "if": (
        "If:mark>buys Apple:nsubj>buys buys=buy/VERB.Fin:advcl>rise Intel:obj>buys , shares:nsubj>rise rise:root .",
        "conditional",
        None,
    ),
    "the present under if": (
        "Apple:nsubj>buys buys=buy/VERB.Fin.Pres:root Intel:obj>buys if:mark>rise shares:nsubj>rise "
        "rise/VERB.Fin:advcl>buys .",
        "conditional",
        None,
    ),
    "the past under if": (
        "Apple:nsubj>bought bought=buy/VERB.Fin.Past:root Intel:obj>bought if:mark>hold reports:nsubj>hold "
        "hold/VERB.Fin:advcl>bought .",
        "asserted",
        None,
    ),
    "the present under because": (
        "Apple:nsubj>buys buys=buy/VERB.Fin.Pres:root Intel:obj>buys because:mark>rise shares:nsubj>rise "
        "rise/VERB.Fin:advcl>buys .",
        "asserted",
        None,
    ),
    "is to": (
        "Apple:nsubj>buy is=be/AUX.Fin:aux>buy to/PART:mark>buy buy/VERB.Inf:root Intel:obj>buy .",
        "planned",
        None,
    ),
    "is not to": (
        "Apple:nsubj>buy is=be/AUX.Fin:aux>buy not/PART:advmod>buy to/PART:mark>buy buy/VERB.Inf:root Intel:obj>buy .",
        "negated",
        None,
    ),
    "is buying": (
        "Apple:nsubj>buying is=be/AUX.Fin:aux>buying buying=buy/VERB.Part:root Intel:obj>buying .",
        "asserted",
        None,
    ),
    "has ruled out buying": (
        "Apple:nsubj>ruled has=have/AUX.Fin:aux>ruled ruled=rule/VERB.Part:root out:compound:prt>ruled "
        "buying=buy/VERB.Ger:advcl>ruled Intel:obj>buying .",
        "negated",
        None,
    ),
    "has ruled out buying, as complement": (
        "Apple:nsubj>ruled has=have/AUX.Fin:aux>ruled ruled=rule/VERB.Part:root out:compound:prt>ruled "
        "buying=buy/VERB.Ger:xcomp>ruled Intel:obj>buying .",
        "negated",
        None,
    ),
    "grew, buying": (
        "Apple:nsubj>grew grew=grow/VERB.Fin:root , buying=buy/VERB.Ger:advcl>grew Intel:obj>buying .",
        "asserted",
        None,
    ),
    "stopped, by buying": (
        "Apple:nsubj>stopped stopped=stop/VERB.Fin:root MTS:obj>stopped by/SCONJ:mark>buying "
        "buying=buy/VERB.Ger:advcl>stopped Intel:obj>buying .",
        "asserted",
        None,
    ),
    "ruled that": (
        "Cook:nsubj>ruled ruled=rule/VERB.Fin:root that:mark>bought Apple:nsubj>bought "
        "bought=buy/VERB.Fin:ccomp>ruled Intel:obj>bought .",
        "asserted",
        None,
    ),
    "said": (
        "Apple:nsubj>buys buys=buy/VERB.Fin:ccomp>said Intel:obj>buys , Cook:nsubj>said said=say/VERB.Fin:root .",
        "reported",
        "Cook",
    ),
}


@pytest.mark.parametrize(("notation", "status", "source"), GERMAN.values(), ids=GERMAN)
def test_german_claims(notation, status, source):
    assert claim_of(notation, "kaufen", NAMES) == (status, source)


@pytest.mark.parametrize(("notation", "status", "source"), ENGLISH.values(), ids=ENGLISH)
def test_english_claims(notation, status, source):
    assert claim_of(notation, "buy", NAMES, "en") == (status, source)


def once_wrong(*values, reason):
    return pytest.param(*values, id=reason)


@pytest.mark.parametrize(
    ("notation", "status"),
    [
        once_wrong(
            f"Apple:nsubj>kaufen würde=werden/AUX.Fin:aux>kaufen {INF}", "possible", reason="würde is taken for wird"
        ),
        once_wrong(
            f"Weder=weder/CCONJ:cc>Apple Apple:nsubj>gekauft noch/CCONJ:cc>MTS MTS:conj>Apple "
            f"haben/AUX.Fin:aux>gekauft {BACK}",
            "negated",
            reason="weder … noch of subjects",
        ),
        once_wrong(
            f"Cook:nsubj>schließt schließt=schließen/VERB.Fin:root aus:compound:prt>schließt , {DASS}ccomp>schließt .",
            "negated",
            reason="no word with ß is ever found: it is looked up as ausschliessen",
        ),
        once_wrong(
            "Außer:mark>kauft Apple:nsubj>kauft Intel:obj>kauft kauft=kaufen/VERB.Fin:advcl>steigt , "
            "steigt=steigen/VERB.Fin:root MTS:nsubj>steigt .",
            "conditional",
            reason="no word with ß is ever found: außer",
        ),
        once_wrong(
            f"Gemäß=gemäß:case>Reuters Reuters:obl>gekauft hat=haben/AUX.Fin:aux>gekauft Apple:nsubj>gekauft {BACK}",
            "reported",
            reason="no word with ß is ever found: gemäß",
        ),
    ],
)
def test_claims_that_were_misread_once(notation, status):
    assert claim_of(notation, "kaufen", NAMES)[0] == status


NOUNS = {
    "plant": (
        "Apple:nsubj>plant plant=planen/VERB.Fin:root die:det>Übernahme Übernahme:obj>plant von:case>Intel "
        "Intel:nmod>Übernahme .",
        "planned",
    ),
    "verhindert": (
        "China:nsubj>verhindert verhindert=verhindern/VERB.Fin:root die:det>Übernahme Übernahme:obj>verhindert "
        "von:case>Intel Intel:nmod>Übernahme .",
        "negated",
    ),
    "feiert": (
        "Apple:nsubj>feiert feiert=feiern/VERB.Fin:root die:det>Übernahme Übernahme:obj>feiert von:case>Intel "
        "Intel:nmod>Übernahme .",
        "asserted",
    ),
    "will feiern": (
        "Apple:nsubj>feiern will=wollen/AUX.Fin:aux>feiern die:det>Übernahme Übernahme:obj>feiern von:case>Intel "
        "Intel:nmod>Übernahme feiern/VERB.Inf:root .",
        "planned",
    ),
    "der Plan der": (
        "Der:det>Plan Plan:nsubj>reift der:det>Übernahme Übernahme/NOUN.Gen:nmod>Plan von:case>Intel "
        "Intel:nmod>Übernahme reift=reifen/VERB.Fin:root .",
        "planned",
    ),
    "Gespräche über": (
        "Gespräche=Gespräch:nsubj>laufen über:case>Übernahme die:det>Übernahme Übernahme:nmod>Gespräche von:case>Intel "
        "Intel:nmod>Übernahme laufen/VERB.Fin:root .",
        "planned",
    ),
    "geplant": (
        "Die:det>Übernahme geplante=geplant:amod>Übernahme Übernahme:nsubj>hilft von:case>Intel Intel:nmod>Übernahme "
        "hilft=helfen/VERB.Fin:root .",
        "planned",
    ),
    "gescheitert": (
        "Die:det>Übernahme gescheiterte=gescheitert:amod>Übernahme Übernahme:nsubj>schadet von:case>Intel "
        "Intel:nmod>Übernahme schadet=schaden/VERB.Fin:root .",
        "negated",
    ),
    "keine": (
        "Keine=kein:det>Übernahme Übernahme:nsubj>hilft von:case>Intel Intel:nmod>Übernahme "
        "hilft=helfen/VERB.Fin:root .",
        "negated",
    ),
    "kam nicht": (
        "Die:det>Übernahme Übernahme:nsubj>kam von:case>Intel Intel:nmod>Übernahme kam=kommen/VERB.Fin:root "
        "nicht:advmod>kam .",
        "negated",
    ),
    "wurde untersagt": (
        "Die:det>Übernahme Übernahme:nsubj:pass>untersagt von:case>Intel Intel:nmod>Übernahme "
        "wurde=werden:aux:pass>untersagt untersagt=untersagen/VERB.Part:root .",
        "negated",
    ),
    "ist geplatzt": (
        "Die:det>Übernahme Übernahme:nsubj>geplatzt von:case>Intel Intel:nmod>Übernahme ist=sein:aux>geplatzt "
        "geplatzt=platzen/VERB.Part:root .",
        "negated",
    ),
    "a heading that asks": ("Übernahme/NOUN:root von:case>Intel Intel:nmod>Übernahme ?", "question"),
    "in a condition": (
        "Falls:mark>hilft die:det>Übernahme Übernahme:nsubj>hilft von:case>Intel Intel:nmod>Übernahme "
        "hilft=helfen/VERB.Fin:advcl>steigt , steigt=steigen/VERB.Fin:root Apple:nsubj>steigt .",
        "conditional",
    ),
}


@pytest.mark.parametrize(("notation", "status"), NOUNS.values(), ids=NOUNS)
def test_events_named_by_a_noun(notation, status):
    assert claim_of(notation, "Übernahme", NAMES)[0] == status


def test_lemma_with_its_particle():
    parsed = tree("Apple:nsubj>teilt teilt=teilen/VERB.Fin:root das/PRON:obj>teilt mit:compound:prt>teilt .")
    assert full_lemma(parsed, find(parsed, "teilt")) == "mitteilen"
    joined = tree(
        "Apple:nsubj>mitgeteilt hat:aux>mitgeteilt mitgeteilt=mitteilen/VERB.Part:root mit:compound:prt>mitgeteilt ."
    )
    assert full_lemma(joined, find(joined, "mitgeteilt")) == "mitteilen"


def test_the_borders_of_a_condition():
    parsed = tree(
        "Wenn:mark>kauft Apple:nsubj>kauft Intel:obj>kauft kauft=kaufen/VERB.Fin:advcl>steigt , "
        "steigt=steigen/VERB.Fin:root MTS:nsubj>steigt .",
        NAMES,
    )
    inside = [opened_by(parsed, i, WORDS["de"]) for i in range(len(parsed))]
    assert inside == [None, *["conditional"] * 3, *[None] * 4]


@pytest.mark.parametrize(
    ("lemma", "wanted"),
    [("Plan", "planned"), ("Übernahmeplan", "planned"), ("Porzellan", None), ("Stadtplan", "planned")],
)
def test_a_compound_counts_as_its_last_part(lemma, wanted):
    assert lookup({"plan": "planned"}, lemma) == wanted


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_word_lists(language):
    words = WORDS[language]
    tables = {name: getattr(words, name) for name in words.__slots__}
    for name, table in tables.items():
        assert table and all(word == word.lower() for word in table), name
        if not isinstance(table, frozenset):
            assert set(table.values()) <= set(STATUSES), name
