"""Relations that a noun states: sentences parsed by hand, and the noun clauses they must give."""

from __future__ import annotations

import pytest
from sentences import claim_of, clauses_of, find, sentence, tree

from kg.clauses import clauses
from kg.nominals import name_beside, noun_lemma, predicate_key
from kg.records import PLAIN

NAMES = {
    **dict.fromkeys(("Huawei", "MTS", "Apple", "Intel", "CDU", "Telekom", "Nokia"), "ORG"),
    **dict.fromkeys(("Ren", "Merz", "Cook", "Gou Ping"), "PER"),
    **dict.fromkeys(("China", "Russland", "Polen", "Berlin", "Shenzhen", "Palo Alto", "California", "Oslo"), "LOC"),
    **dict.fromkeys(("russische", "chinesischen"), "LOC derived"),
    "US": "LOC part",
}
PART = {**NAMES, "Huawei": "ORG part"}

GERMAN = {
    "copula": (
        "Ren:nsubj>Chef ist=sein/AUX.Fin:cop>Chef Chef/NOUN:root von:case>Huawei Huawei:nmod>Chef .",
        NAMES,
        ["Chef(bearer=Ren, of=Huawei)"],
    ),
    "werden": (
        "Ren:nsubj>wurde wurde=werden/VERB.Fin:root Chef/NOUN:xcomp>wurde von:case>Huawei Huawei:nmod>Chef .",
        NAMES,
        ["Chef(bearer=Ren, of=Huawei)"],
    ),
    "apposition": (
        "Ren:nsubj>kam , Chef:appos>Ren von:case>Huawei Huawei:nmod>Chef , kam=kommen/VERB.Fin:root .",
        NAMES,
        ["Chef(bearer=Ren, of=Huawei)"],
    ),
    "apposition behind the noun": (
        "Der:det>Chef Chef:nsubj>kam von:case>Huawei Huawei:nmod>Chef , Ren:appos>Chef , kam=kommen/VERB.Fin:root .",
        NAMES,
        ["Chef(bearer=Ren, of=Huawei)"],
    ),
    "compound": (
        "Huawei-Chef=Huawei-Chef/NOUN:nsubj>kam Ren:appos>Huawei-Chef kam=kommen/VERB.Fin:root .",
        PART,
        ["Chef(bearer=Ren, of=Huawei-Chef)"],
    ),
    "genitive before": (
        "Huaweis:nmod>Chef Chef:nsubj>kam Ren:appos>Chef kam=kommen/VERB.Fin:root .",
        NAMES,
        ["Chef(bearer=Ren, of=Huaweis)"],
    ),
    "genitive before, hung elsewhere": (
        "Huaweis:nsubj>kam langjähriger:amod>Chef Chef:nsubj>kam kam=kommen/VERB.Fin:root .",
        NAMES,
        ["Chef(of=Huaweis)"],
    ),
    "genitive behind, with article": (
        "Der:det>Chef Chef:nsubj>kam der:det>Telekom Telekom:nmod>Chef kam=kommen/VERB.Fin:root .",
        NAMES,
        ["Chef(of=Telekom)"],
    ),
    "possessive": (
        "Ihr=ihr:det:poss>Chef Chef:nsubj>kam kam=kommen/VERB.Fin:root .",
        NAMES,
        ["Chef(of=Ihr)"],
    ),
    "adjective of a country": (
        "Der:det>Betreiber russische=russisch:amod>Betreiber Betreiber:nsubj>kam MTS:appos>Betreiber "
        "kam=kommen/VERB.Fin:root .",
        NAMES,
        ["Betreiber(bearer=MTS, demonym=russische)"],
    ),
    "country in a compound": (
        "Der:det>US-Konzern US-Konzern:nsubj>kam Apple:appos>US-Konzern kam=kommen/VERB.Fin:root .",
        NAMES,
        ["Konzern(bearer=Apple, of=US-Konzern)"],
    ),
    "possessor before and von after": (
        "Apples:nmod>Übernahme Übernahme:nsubj>half von:case>Intel Intel:nmod>Übernahme half=helfen/VERB.Fin:root .",
        NAMES,
        ["Übernahme(poss=Apples, of=Intel)"],
    ),
    "name in a compound and von after": (
        "Der:det>China-Besuch China-Besuch:nsubj>endete von:case>Merz Merz:nmod>China-Besuch "
        "endete=enden/VERB.Fin:root .",
        {**NAMES, "China": "LOC part"},
        ["Besuch(of=Merz, compound=China-Besuch)"],
    ),
    "agent with durch": (
        "Die:det>Übernahme Übernahme:nsubj>half von:case>Intel Intel:nmod>Übernahme durch:case>Apple "
        "Apple:nmod>Übernahme half=helfen/VERB.Fin:root .",
        NAMES,
        ["Übernahme(of=Intel, oblique:durch=Apple)"],
    ),
    "mit Sitz in": (
        "Huawei:nsubj>kam mit:case>Sitz Sitz:nmod>Huawei in:case>Shenzhen Shenzhen:nmod>Sitz "
        "kam=kommen/VERB.Fin:root .",
        NAMES,
        ["Sitz(attached:mit=Huawei, oblique:in=Shenzhen)"],
    ),
    "two partners": (
        "Die:det>Vereinbarung Vereinbarung:nsubj>half zwischen:case>Apple Apple:nmod>Vereinbarung und:cc>Intel "
        "Intel:conj>Apple half=helfen/VERB.Fin:root .",
        NAMES,
        ["Vereinbarung(oblique:zwischen=Apple, oblique:zwischen=Intel)"],
    ),
    "origin behind the noun, hung on the verb": (
        "Der:det>Konzern Konzern:nsubj>kam aus:case>China China:obl>kam kam=kommen/VERB.Fin:root .",
        NAMES,
        ["Konzern(oblique:aus=China)"],
    ),
    "von phrase hung on the verb": (
        "Apple:nsubj>feiert feiert=feiern/VERB.Fin:root die:det>Übernahme Übernahme:obj>feiert von:case>Intel "
        "Intel:obl>feiert .",
        NAMES,
        ["Übernahme(of=Intel)"],
    ),
    "von phrase of a passive is its agent": (
        "Wegen:case>Übernahme der:det>Übernahme wurde=werden:aux:pass>verklagt Übernahme:obl>verklagt von:case>Intel "
        "Intel:obl:agent>verklagt Apple:nsubj:pass>verklagt verklagt=verklagen/VERB.Part:root .",
        NAMES,
        [],
    ),
    "copula with a relative pronoun": (
        "Der:det>Mann Mann:nsubj>kam , der/PRON.Rel:nsubj>Chef Chef/NOUN:acl:relcl>Mann von:case>Huawei "
        "Huawei:nmod>Chef "
        "ist=sein:cop>Chef , kam=kommen/VERB.Fin:root .",
        NAMES,
        ["Chef(bearer=Mann, of=Huawei)"],
    ),
    "coordinated bearers": (
        "Apple:nsubj>Partner und:cc>Intel Intel:conj>Apple sind=sein:cop>Partner Partner/NOUN:root .",
        NAMES,
        ["Partner(bearer=Apple, bearer=Intel)"],
    ),
    "a noun with nobody": ("Der:det>Chef Chef:nsubj>kam kam=kommen/VERB.Fin:root .", NAMES, []),
    "a member negated by itself": (
        "Die:det>Vereinbarung Vereinbarung:nsubj>half mit:case>Apple Apple:nmod>Vereinbarung , nicht:advmod>Intel "
        "aber:advmod>Intel mit:case>Intel Intel:conj>Apple half=helfen/VERB.Fin:root .",
        NAMES,
        ["Vereinbarung(oblique:mit=Apple)"],
    ),
}
ENGLISH = {
    "possessive": (
        "Apple:nmod:poss>chief ~'s:case>Apple chief:nsubj>came Cook:appos>chief came=come/VERB.Fin:root .",
        ["chief(bearer=Cook, of=Apple)"],
    ),
    "compound": (
        "Apple:compound>chief chief:nsubj>came Cook:appos>chief came=come/VERB.Fin:root .",
        ["chief(bearer=Cook, of=Apple)"],
    ),
    "apposition": (
        "Cook:nsubj>came , the:det>chief chief:appos>Cook of:case>Apple Apple:nmod>chief , came=come/VERB.Fin:root .",
        ["chief(bearer=Cook, of=Apple)"],
    ),
    "copula": (
        "Cook:nsubj>chief is=be:cop>chief chief/NOUN:root of:case>Apple Apple:nmod>chief .",
        ["chief(bearer=Cook, of=Apple)"],
    ),
    "possessor before and of after": (
        "Apple:nmod:poss>takeover ~'s:case>Apple takeover:nsubj>helped of:case>Intel Intel:nmod>takeover "
        "helped=help/VERB.Fin:root .",
        ["takeover(poss=Apple, of=Intel)"],
    ),
    "possessive relative pronoun": (
        "Apple:nsubj>grew , whose/DET.Rel:nmod:poss>founder founder:nsubj>left left=leave/VERB.Fin:acl:relcl>Apple , "
        "grew=grow/VERB.Fin:root .",
        ["founder(of=Apple)"],
    ),
    "possessive pronoun that asks": (
        "Apple:nsubj>asked asked=ask/VERB.Fin:root whose/DET:nmod:poss>founder founder:nsubj>left "
        "left=leave/VERB.Fin:ccomp>asked .",
        ["founder(of=whose)"],
    ),
    "the name of whoever holds a post": (
        "Apple:nsubj>grew , whose/DET.Rel:nmod:poss>chairwoman chairwoman:nsubj>Cook is=be/AUX.Fin:cop>Cook "
        "Cook:acl:relcl>Apple , grew=grow/VERB.Fin:root .",
        ["chairwoman(bearer=Cook, of=Apple)"],
    ),
    "a firm that a noun is said to be": (
        "The:det>owner owner:nsubj>Intel of:case>Apple Apple:nmod>owner is=be/AUX.Fin:cop>Intel Intel/PROPN:root .",
        ["owner(of=Apple)"],
    ),
    "place behind a noun with -based": (
        "The:det>maker Oslo:compound>based - based=base/VERB:amod>maker maker:nsubj>grew Nokia:appos>maker "
        "grew=grow/VERB.Fin:root .",
        ["maker(bearer=Nokia, demonym=Oslo)"],
    ),
    "based without a place": (
        "The:det>maker soundly:advmod>based based=base/VERB:amod>maker maker:nsubj>grew Nokia:appos>maker "
        "grew=grow/VERB.Fin:root .",
        ["maker(bearer=Nokia)"],
    ),
}


@pytest.mark.parametrize(("notation", "names", "wanted"), GERMAN.values(), ids=GERMAN)
def test_german_noun_clauses(notation, names, wanted):
    found = [clause for clause in clauses_of(notation, names, kind="noun") if clause[0].isupper()]
    assert sorted(found) == sorted(wanted)


@pytest.mark.parametrize(("notation", "wanted"), ENGLISH.values(), ids=ENGLISH)
def test_english_noun_clauses(notation, wanted):
    assert [clause.replace(", oblique:'s=Apple", "") for clause in clauses_of(notation, NAMES, "en", "noun")] == wanted


def test_coordinated_posts():
    notation = (
        "Ren:nsubj>Gründer ist=sein/AUX.Fin:cop>Gründer Gründer/NOUN:root und:cc>Chef Chef:conj>Gründer "
        "von:case>Huawei Huawei:nmod>Chef ."
    )
    assert "Chef(bearer=Ren, of=Huawei)" in clauses_of(notation, NAMES, kind="noun")


def test_a_possessive_is_no_preposition():
    assert clauses_of(ENGLISH["possessive"][0], NAMES, "en", "noun") == ["chief(bearer=Cook, of=Apple)"]


BESIDE_NAMES = {
    "preposition": (
        "Apple:nsubj>kam aus:case>China China:nmod>Apple kam=kommen/VERB.Fin:root .",
        "aus(bearer=Apple, oblique:aus=China)",
    ),
    "von": (
        "Merz:nsubj>kam von:case>CDU der:det>CDU CDU:nmod>Merz kam=kommen/VERB.Fin:root .",
        "von(bearer=Merz, of=CDU)",
    ),
    "brackets": ("Merz:nsubj>kam ( CDU:appos>Merz ) kam=kommen/VERB.Fin:root .", "()(bearer=Merz, of=CDU)"),
    "brackets, wherever they hang": (
        "Merz:nsubj>kam ( CDU:parataxis>kam ) kam=kommen/VERB.Fin:root .",
        "()(bearer=Merz, of=CDU)",
    ),
    "demonym": (
        "Das:det>Nokia russische=russisch:amod>Nokia Nokia:nsubj>kam kam=kommen/VERB.Fin:root .",
        "demonym(bearer=Nokia, demonym=russische)",
    ),
    "place behind a comma": (
        "Cook:nsubj>lives lives=live/VERB.Fin:root in:case>Palo Palo:obl>lives Alto:flat>Palo , "
        "California:appos>Palo .",
        ",(bearer=Palo, of=California)",
    ),
    "place behind a comma, in the middle": (
        "In:case>Oslo Oslo:obl>lives , California:appos>Oslo , he/PRON:nsubj>lives lives=live/VERB.Fin:root .",
        ",(bearer=Oslo, of=California)",
    ),
    "-based": (
        "Oslo:compound>based - based=base/VERB:amod>Nokia Nokia:nsubj>grew grew=grow/VERB.Fin:root .",
        "-based(bearer=Nokia, demonym=Oslo)",
    ),
}


@pytest.mark.parametrize(
    "list_of_places",
    [
        "Oslo:obl>lives , China:conj>Oslo , California:conj>Oslo",
        "Oslo:obl>lives , China:conj>Oslo and:cc>California California:conj>Oslo",
        "Oslo:obl>lives , Nokia:conj>Oslo",
    ],
)
def test_a_list_of_places_says_of_none_where_it_lies(list_of_places):
    notation = f"Cook:nsubj>lives lives=live/VERB.Fin:root in:case>Oslo {list_of_places} ."
    assert clauses_of(notation, NAMES, kind="noun") == []


@pytest.mark.parametrize(("notation", "wanted"), BESIDE_NAMES.values(), ids=BESIDE_NAMES)
def test_what_stands_beside_a_name(notation, wanted):
    assert clauses_of(notation, NAMES, kind="noun") == [wanted]


def test_brackets_with_more_than_a_name():
    notation = "Merz:nsubj>kam ( Chef:appos>Merz der:det>CDU CDU:nmod>Chef ) kam=kommen/VERB.Fin:root ."
    assert not any(clause.startswith("()") for clause in clauses_of(notation, NAMES, kind="noun"))


BEARER = {
    "ist": ("Ren:nsubj>Chef ist=sein:cop>Chef Chef/NOUN:root von:case>Huawei Huawei:nmod>Chef .", "asserted"),
    "ist nicht": (
        "Ren:nsubj>Chef ist=sein:cop>Chef nicht:advmod>Chef Chef/NOUN:root von:case>Huawei Huawei:nmod>Chef .",
        "negated",
    ),
    "wird": ("Ren:nsubj>Chef soll=sollen:aux>Chef Chef/NOUN:root sein/AUX.Inf:cop>Chef .", "alleged"),
    "could be": ("Ren:nsubj>Chef könnte=können:aux>Chef Chef/NOUN:root sein/AUX.Inf:cop>Chef .", "possible"),
    "Ex-": ("Ex-Chef:nsubj>kam Ren:appos>Ex-Chef kam=kommen/VERB.Fin:root .", "negated"),
    "früherer": (
        "Der:det>Chef frühere=früher:amod>Chef Chef:nsubj>kam Ren:appos>Chef kam=kommen/VERB.Fin:root .",
        "negated",
    ),
    "designierter": (
        "Der:det>Chef designierte=designiert:amod>Chef Chef:nsubj>kam Ren:appos>Chef kam=kommen/VERB.Fin:root .",
        "planned",
    ),
    "said in passing of somebody under a plan": (
        "China:nsubj>will will=wollen/AUX.Fin:aux>treffen Chef:obj>treffen Ren:appos>Chef von:case>Huawei "
        "Huawei:nmod>Chef treffen/VERB.Inf:root .",
        "asserted",
    ),
}


@pytest.mark.parametrize(("notation", "status"), BEARER.values(), ids=BEARER)
def test_claims_of_posts(notation, status):
    parsed = sentence(notation, NAMES)
    (clause,) = [c for c in clauses(parsed, "de") if c.kind == "noun" and any(a.role == "bearer" for a in c.arguments)]
    assert clause.status == status


NOT_HELD = {
    "ist kein": (
        "Huawei:nsubj>Partner ist=sein:cop>Partner kein:det>Partner Partner/NOUN:root von:case>MTS MTS:nmod>Partner ."
    ),
    "wird möglicherweise": (
        "Ren:nsubj>wird wird=werden/VERB.Fin:root möglicherweise:advmod>wird Chef/NOUN:xcomp>wird von:case>MTS "
        "MTS:nmod>Chef ."
    ),
    "wird nicht": (
        "Ren:nsubj>wird wird=werden/VERB.Fin:root nicht:advmod>wird Chef/NOUN:xcomp>wird von:case>MTS MTS:nmod>Chef ."
    ),
    "wird möglicherweise, the adverb hung on the post": (
        "Ren:nsubj>wird wird=werden/VERB.Fin:root möglicherweise:advmod>Chef Chef/NOUN:xcomp>wird von:case>MTS "
        "MTS:nmod>Chef ."
    ),
    "wird nicht, the post taken for an apposition": (
        "Ren:root wird=werden/AUX.Fin:cop>Chef nicht:advmod>Chef Chef/NOUN:appos>Ren von:case>MTS MTS:nmod>Chef ."
    ),
}


_CASES = [pytest.param(n, id=i) for i, n in NOT_HELD.items()]


@pytest.mark.parametrize("notation", _CASES)
def test_posts_that_are_not_held(notation):
    found = clauses(sentence(notation, NAMES), "de")
    assert found and not {c.status for c in found if any(a.role == "bearer" for a in c.arguments)} & PLAIN


def test_a_post_that_somebody_claims():
    notation = (
        "Laut=laut:case>Merz Merz:obl>Chef ist=sein:cop>Chef Ren:nsubj>Chef Chef/NOUN:root von:case>Huawei "
        "Huawei:nmod>Chef ."
    )
    assert claim_of(notation, "Chef", NAMES) == ("reported", "Merz")


@pytest.mark.parametrize(
    ("word", "lemma", "names", "wanted"),
    [
        ("Huawei-Vorsitzender", "Huawei-Vorsitzender", {"Huawei": "ORG part"}, "Vorsitzender"),
        ("US-Regierung", "US-Regierung", {"US": "LOC part"}, "Regierung"),
        ("Bundesbankpräsidenten", "Bundesbankpräsident", {"Bundesbank": "ORG part"}, "Präsident"),
        ("Chefs", "Chef", {}, "Chef"),
        ("5G-Netze", "5G-Netz", {}, "Netz"),
    ],
)
def test_lemma_without_the_name(word, lemma, names, wanted):
    assert noun_lemma(tree(f"{word}={lemma}/NOUN:root", names), 0) == wanted


POSTS = {
    "a compound": ("finance:compound>chief chief/NOUN:root", "finance chief"),
    "two words": ("foreign:amod>minister minister/NOUN:root", "foreign minister"),
    "two nouns": ("chief:compound>officer finance:compound>officer officer/NOUN:root", "chief finance officer"),
    "an adjective that makes the post": ("chief:amod>executive executive/NOUN:root", "chief executive"),
    "of the whole": ("group:compound>chief chief/NOUN:root", "chief"),
    "of the whole, and a name": ("Apple:compound>chief group:compound>chief chief/NOUN:root", "chief"),
    "a name": ("Apple:compound>chief chief/NOUN:root", "chief"),
    "an adjective": ("young:amod>chief chief/NOUN:root", "chief"),
    "alone": ("chief/NOUN:root", "chief"),
    "no post": ("finance:compound>firm firm/NOUN:root", "firm"),
    "a deputy": ("deputy:compound>chief finance:compound>chief chief/NOUN:root", "deputy chief"),
}


@pytest.mark.parametrize(("notation", "wanted"), POSTS.values(), ids=POSTS)
def test_english_posts_are_known_by_what_narrows_them(notation, wanted):
    parsed = tree(notation, NAMES)
    assert noun_lemma(parsed, len(parsed) - 1) == wanted


@pytest.mark.parametrize(
    ("one", "other"), [("Vorsitzender", "Vorsitzende"), ("Beamter", "Beamte"), ("Verbündeter", "Verbündete")]
)
def test_nouns_made_of_adjectives_have_one_key(one, other):
    assert predicate_key(one) == predicate_key(other)
    assert predicate_key("Sprecher") == "sprecher" != predicate_key("Sprecherin")


@pytest.mark.parametrize(
    ("notation", "wanted"),
    [
        ("Der:det>Betreiber Betreiber:nsubj>kam MTS:appos>Betreiber kam=kommen/VERB.Fin:root .", "MTS"),
        ("Der:det>Dienst Dienst:nsubj>kam „ MTS:appos>Dienst “ kam=kommen/VERB.Fin:root .", "MTS"),
        ("Der:det>Chef Chef:nsubj>kam Gou:appos>Chef Ping:flat:name>Gou kam=kommen/VERB.Fin:root .", "Gou"),
        ("Der:det>Chef Chef:nsubj>kam Huaweis:nmod>Chef kam=kommen/VERB.Fin:root .", None),
        ("Der:det>Chef Chef:nsubj>kam von:case>MTS MTS:nmod>Chef kam=kommen/VERB.Fin:root .", None),
        # Two nominals before a verb at the end are two participants.
        (
            "Er/PRON:nsubj>sagte sagte=sagen/VERB.Fin:root , dass:mark>gekauft der:det>Konzern Konzern:nsubj>gekauft "
            "MTS:obj>gekauft gekauft=kaufen/VERB.Part:ccomp>sagte hat=haben/AUX.Fin:aux>gekauft .",
            None,
        ),
    ],
)
def test_the_name_beside_a_noun(notation, wanted):
    parsed = tree(notation, NAMES)
    noun = next(t.index for t in parsed.tokens if t.pos == "NOUN")
    found = name_beside(parsed, noun)
    assert (parsed[found].text if found is not None else None) == wanted


def test_the_words_of_a_copular_clause():
    parsed = sentence(BEARER["ist"][0], NAMES)
    (clause,) = [c for c in clauses(parsed, "de") if c.kind == "noun"]
    assert [parsed.tokens[i].text for i in clause.words] == ["ist", "Chef"]
    assert find(tree(BEARER["ist"][0], NAMES), "Chef") == clause.head
