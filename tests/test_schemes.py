"""The same sentence parsed in TIGER's, in ClearNLP's and in UD's terms gives the same clauses."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sentences import clauses_of, sentence, shown

from kg.clauses import clauses
from kg.schemes import RawToken, scheme_of, to_universal

NAMES = {
    **dict.fromkeys(("Huawei", "MTS", "Apple", "Intel", "Nokia"), "ORG"),
    **dict.fromkeys(("Ren", "Cook", "Merz"), "PER"),
    **dict.fromkeys(("China", "Berlin"), "LOC"),
    "russische": "LOC derived",
}


def raw(notation: str) -> list[RawToken]:
    """Words in the notation of sentences.py, their relations those of another scheme."""
    found = []
    for token in sentence(notation, NAMES).tokens:
        tag = {"DET": "ART", "AUX": "VA", "VERB": "VV"}.get(token.pos, token.pos)
        tag = "PPOSAT" if "PronType=Prs" in token.feats else tag
        tag += next((end for end in ("FIN", "PP", "INF") if f"VerbForm={_FORM[end]}" in token.feats), "")
        relation = "ROOT" if token.relation == "root" else token.relation
        found.append(
            RawToken(token.start, token.end, token.text, token.lemma, token.pos, tag, token.feats, token.head, relation)
        )
    return found


_FORM = {"FIN": "Fin", "PP": "Part", "INF": "Inf"}


def read(notation: str, scheme: str, language: str):
    parsed = sentence(notation, NAMES)
    universal = replace(parsed, tokens=to_universal(raw(notation), scheme))
    return sorted((shown(c, universal), c.kind, c.status, c.source, c.words) for c in clauses(universal, language))


TIGER = {
    "separable verb": (
        "MTS:sb>arbeitet arbeitet=arbeiten/VERB.Fin:root mit/ADP:mo>arbeitet Huawei:nk>mit zusammen/ADP:svp>arbeitet .",
        "MTS:nsubj>arbeitet arbeitet=arbeiten/VERB.Fin:root mit:case>Huawei Huawei:obl>arbeitet "
        "zusammen:compound:prt>arbeitet .",
    ),
    "perfect": (
        "Huawei:sb>hat hat=haben/AUX.Fin:root mit/ADP:mo>getroffen MTS:nk>mit eine=ein/DET:nk>Vereinbarung "
        "Vereinbarung/NOUN:oa>getroffen getroffen=treffen/VERB.Part:oc>hat .",
        "Huawei:nsubj>getroffen hat=haben/AUX.Fin:aux>getroffen mit:case>MTS MTS:obl>getroffen "
        "eine=ein:det>Vereinbarung Vereinbarung:obj>getroffen getroffen=treffen/VERB.Part:root .",
    ),
    "passive with agent": (
        "Intel:sb>wurde wurde=werden/AUX.Fin:root von/ADP:sbp>übernommen Apple:nk>von "
        "übernommen=übernehmen/VERB.Part:oc>wurde .",
        "Intel:nsubj:pass>übernommen wurde=werden/AUX.Fin:aux:pass>übernommen von:case>Apple "
        "Apple:obl:agent>übernommen übernommen=übernehmen/VERB.Part:root .",
    ),
    "future": (
        "Apple:sb>wird wird=werden/AUX.Fin:root Intel:oa>kaufen kaufen/VERB.Inf:oc>wird .",
        "Apple:nsubj>kaufen wird=werden/AUX.Fin:aux>kaufen Intel:obj>kaufen kaufen/VERB.Inf:root .",
    ),
    "modal, perfect": (
        "Apple:sb>soll soll=sollen/AUX.Fin:root Intel:oa>gekauft gekauft=kaufen/VERB.Part:oc>haben "
        "haben/AUX.Inf:oc>soll .",
        "Apple:nsubj>gekauft soll=sollen/AUX.Fin:aux>gekauft Intel:obj>gekauft gekauft=kaufen/VERB.Part:root "
        "haben/AUX.Inf:aux>gekauft .",
    ),
    "negation": (
        "Apple:sb>kauft kauft=kaufen/VERB.Fin:root Intel:oa>kauft nicht/PART:ng>kauft .",
        "Apple:nsubj>kauft kauft=kaufen/VERB.Fin:root Intel:obj>kauft nicht/PART:advmod>kauft .",
    ),
    "dative": (
        "Apple:sb>liefert liefert=liefern/VERB.Fin:root Intel:da>liefert Chips/NOUN:oa>liefert .",
        "Apple:nsubj>liefert liefert=liefern/VERB.Fin:root Intel:iobj>liefert Chips/NOUN:obj>liefert .",
    ),
    "copula": (
        "Ren:sb>ist ist=sein/AUX.Fin:root Chef/NOUN:pd>ist von/ADP:pg>Chef Huawei:nk>von .",
        "Ren:nsubj>Chef ist=sein/AUX.Fin:cop>Chef Chef/NOUN:root von:case>Huawei Huawei:nmod>Chef .",
    ),
    "genitive and apposition": (
        "Der/DET:nk>Chef Chef/NOUN:sb>kam Berlins:ag>Chef , Merz:app>Chef , kam=kommen/VERB.Fin:root .",
        "Der:det>Chef Chef/NOUN:nsubj>kam Berlins:nmod>Chef , Merz:appos>Chef , kam=kommen/VERB.Fin:root .",
    ),
    "name beside a noun": (
        "Der/DET:nk>Betreiber russische=russisch/ADJ:nk>Betreiber Betreiber/NOUN:sb>kam MTS:nk>Betreiber "
        "kam=kommen/VERB.Fin:root .",
        "Der:det>Betreiber russische=russisch:amod>Betreiber Betreiber:nsubj>kam MTS:appos>Betreiber "
        "kam=kommen/VERB.Fin:root .",
    ),
    "possessive": (
        "Ihr=ihr/DET.Prs:nk>Chef Chef/NOUN:sb>kam kam=kommen/VERB.Fin:root .",
        "Ihr=ihr/DET.Prs:det:poss>Chef Chef/NOUN:nsubj>kam kam=kommen/VERB.Fin:root .",
    ),
    "coordination": (
        "Apple:sb>kaufen , Intel:cj>Apple und/CCONJ:cd>Intel Nokia:cj>und kaufen/VERB.Fin:root Chips/NOUN:oa>kaufen .",
        "Apple:nsubj>kaufen , Intel:conj>Apple und:cc>Nokia Nokia:conj>Apple kaufen/VERB.Fin:root "
        "Chips/NOUN:obj>kaufen .",
    ),
    "coordinated verbs": (
        "Apple:sb>kauft kauft=kaufen/VERB.Fin:root Intel:oa>kauft und/CCONJ:cd>kauft "
        "verklagt=verklagen/VERB.Fin:cj>und "
        "Nokia:oa>verklagt .",
        "Apple:nsubj>kauft kauft=kaufen/VERB.Fin:root Intel:obj>kauft und:cc>verklagt "
        "verklagt=verklagen/VERB.Fin:conj>kauft Nokia:obj>verklagt .",
    ),
    "relative clause": (
        "Der/DET:nk>Dienst Dienst/NOUN:sb>wächst , den/PRON.Rel:oa>kaufte Apple:sb>kaufte "
        "kaufte=kaufen/VERB.Fin:rc>Dienst , wächst=wachsen/VERB.Fin:root .",
        "Der:det>Dienst Dienst:nsubj>wächst , den/PRON.Rel:obj>kaufte Apple:nsubj>kaufte "
        "kaufte=kaufen/VERB.Fin:acl:relcl>Dienst , wächst=wachsen/VERB.Fin:root .",
    ),
    "control": (
        "China:sb>fordert fordert=fordern/VERB.Fin:root Apple:oa>fordert auf/ADP:svp>fordert , Intel:oa>kaufen "
        "zu/PART:pm>kaufen kaufen/VERB.Inf:oc>fordert .",
        "China:nsubj>fordert fordert=fordern/VERB.Fin:root Apple:obj>fordert auf:compound:prt>fordert , "
        "Intel:obj>kaufen zu/PART:mark>kaufen kaufen/VERB.Inf:xcomp>fordert .",
    ),
    "reported": (
        "Cook:sb>sagt sagt=sagen/VERB.Fin:root , dass/SCONJ:cp>kauft Apple:sb>kauft Intel:oa>kauft "
        "kauft=kaufen/VERB.Fin:oc>sagt .",
        "Cook:nsubj>sagt sagt=sagen/VERB.Fin:root , dass:mark>kauft Apple:nsubj>kauft Intel:obj>kauft "
        "kauft=kaufen/VERB.Fin:ccomp>sagt .",
    ),
    "condition": (
        "Wenn/SCONJ:cp>kauft Apple:sb>kauft Intel:oa>kauft kauft=kaufen/VERB.Fin:mo>steigt , "
        "steigt=steigen/VERB.Fin:root Nokia:sb>steigt .",
        "Wenn:mark>kauft Apple:nsubj>kauft Intel:obj>kauft kauft=kaufen/VERB.Fin:advcl>steigt , "
        "steigt=steigen/VERB.Fin:root Nokia:nsubj>steigt .",
    ),
    "prepositional attribute": (
        "Die/DET:nk>Vereinbarung Vereinbarung/NOUN:sb>half mit/ADP:mnr>Vereinbarung MTS:nk>mit "
        "half=helfen/VERB.Fin:root .",
        "Die:det>Vereinbarung Vereinbarung:nsubj>half mit:case>MTS MTS:nmod>Vereinbarung half=helfen/VERB.Fin:root .",
    ),
}
CLEARNLP = {
    "object and preposition": (
        "Apple:nsubj>signed signed=sign/VERB.Fin:root a/DET:det>deal deal/NOUN:dobj>signed with/ADP:prep>signed "
        "Intel:pobj>with .",
        "Apple:nsubj>signed signed=sign/VERB.Fin:root a:det>deal deal:obj>signed with:case>Intel Intel:obl>signed .",
    ),
    "passive": (
        "Intel:nsubjpass>acquired was=be/AUX.Fin:auxpass>acquired acquired=acquire/VERB.Part:root "
        "by/ADP:agent>acquired Apple:pobj>by .",
        "Intel:nsubj:pass>acquired was=be/AUX.Fin:aux:pass>acquired acquired=acquire/VERB.Part:root "
        "by:case>Apple Apple:obl:agent>acquired .",
    ),
    "copula": (
        "Cook:nsubj>is is=be/AUX.Fin:root chief/NOUN:attr>is of/ADP:prep>chief Apple:pobj>of .",
        "Cook:nsubj>chief is=be/AUX.Fin:cop>chief chief/NOUN:root of:case>Apple Apple:nmod>chief .",
    ),
    "possessive": (
        "Apple:poss>chief ~'s/PART:case>Apple chief/NOUN:nsubj>came Cook:appos>chief came=come/VERB.Fin:root .",
        "Apple:nmod:poss>chief ~'s/PART:case>Apple chief:nsubj>came Cook:appos>chief came=come/VERB.Fin:root .",
    ),
    "negation": (
        "Apple:nsubj>buy did=do/AUX.Fin:aux>buy not/PART:neg>buy buy/VERB.Inf:root Intel:dobj>buy .",
        "Apple:nsubj>buy did=do/AUX.Fin:aux>buy not/PART:advmod>buy buy/VERB.Inf:root Intel:obj>buy .",
    ),
    "relative clause": (
        "The/DET:det>maker maker/NOUN:nsubj>grows that/PRON.Rel:dobj>bought Apple:nsubj>bought "
        "bought=buy/VERB.Fin:relcl>maker grows=grow/VERB.Fin:root .",
        "The:det>maker maker:nsubj>grows that/PRON.Rel:obj>bought Apple:nsubj>bought "
        "bought=buy/VERB.Fin:acl:relcl>maker grows=grow/VERB.Fin:root .",
    ),
    "particle and dative": (
        "Apple:nsubj>handed handed=hand/VERB.Fin:root over/ADP:prt>handed Intel:dative>handed chips/NOUN:dobj>handed .",
        "Apple:nsubj>handed handed=hand/VERB.Fin:root over:compound:prt>handed Intel:iobj>handed chips:obj>handed .",
    ),
}


@pytest.mark.parametrize(("tiger", "universal"), TIGER.values(), ids=TIGER)
def test_tiger(tiger, universal):
    assert read(tiger, "tiger", "de") == read(universal, "ud", "de")


@pytest.mark.parametrize(("clearnlp", "universal"), CLEARNLP.values(), ids=CLEARNLP)
def test_clearnlp(clearnlp, universal):
    assert read(clearnlp, "clearnlp", "en") == read(universal, "ud", "en")


def test_clearnlp_infinitives():
    """No verb of a list: that Apple buys Intel is only possible."""
    clearnlp = (
        "Apple:nsubj>loves loves=love/VERB.Fin:root to/PART:aux>buy buy/VERB.Inf:xcomp>loves Intel:dobj>buy .",
        "Apple:nsubj>loves loves=love/VERB.Fin:root to/PART:mark>buy buy/VERB.Inf:xcomp>loves Intel:obj>buy .",
    )
    assert read(clearnlp[0], "clearnlp", "en") == read(clearnlp[1], "ud", "en")


@pytest.mark.parametrize(
    ("labels", "wanted"),
    [
        (("ROOT", "sb", "oa", "oc", "mo"), "tiger"),
        (("ROOT", "nsubj", "dobj", "pobj"), "clearnlp"),
        (("ROOT", "nsubj", "obj", "obl"), "ud"),
        ((), "ud"),
    ],
)
def test_the_scheme_of_labels(labels, wanted):
    assert scheme_of(labels) == wanted


def test_what_a_parser_hung_on_the_auxiliary():
    hung = "Apple:nsubj>hat hat=haben/AUX.Fin:aux>gekauft Intel:obj>gekauft gekauft=kaufen/VERB.Part:root ."
    found = to_universal(raw(hung), "ud")
    assert [found[t.head].text for t in found] == ["gekauft", "gekauft", "gekauft", "gekauft", "gekauft"]
    assert read(hung, "ud", "de") == read(hung.replace("nsubj>hat", "nsubj>gekauft"), "ud", "de")


def test_an_auxiliary_taken_for_a_verb():
    found = to_universal(
        raw("Der:det>Kauf Kauf/NOUN:root wurde=werden/VERB.Fin:aux:pass>Kauf gestern:advmod>Kauf ."), "ud"
    )
    assert [t.text for t in found if t.relation == "root"] == ["Kauf"]


def test_every_sentence_has_one_root():
    for scheme, table in (("tiger", TIGER), ("clearnlp", CLEARNLP)):
        for notation, universal in table.values():
            found = to_universal(raw(notation), scheme)
            assert sum(t.relation == "root" for t in found) == 1
            assert [t.text for t in found] == [t.text for t in sentence(universal).tokens]
            for token in found:  # nobody is his own ancestor
                seen, at = set(), token.index
                while found[at].head != at:
                    assert at not in seen
                    seen.add(at)
                    at = found[at].head


def test_the_universal_parses_mean_what_they_should():
    assert clauses_of(TIGER["passive with agent"][1], NAMES) == ["übernehmen(subject=Apple, object=Intel)"]
    assert clauses_of(CLEARNLP["passive"][1], NAMES, "en") == ["acquire(subject=Apple, object=Intel)"]
