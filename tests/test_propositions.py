"""Facts in the words of their sentences: hand-made trees, so that no pipeline decides what comes out."""

import pytest
from sentences import analysis, text_of, tree

from kg import propositions
from kg.clauses import clauses
from kg.constituents import surface_clauses
from kg.namespaces import ENTITY
from kg.noun_phrases import noun_phrase, preposition
from kg.propositions import sentence_triples
from kg.records import Evidence, Link, Mention, Statement

MTS = "MTS:nsubj>schloss schloss=schließen/VERB.Fin.Past:root 2019/NUM:obl>schloss in:case>Moskau Moskau:obl>schloss "
MTS += "einen:det>Vertrag Vertrag/NOUN.Acc:obj>schloss mit:case>Huawei Huawei:obl>schloss ."
NAMES = {"MTS": "ORG", "Huawei": "ORG", "Moskau": "LOC"}


def triples_of(notation, names=None, language="de"):
    parsed = tree(notation, names)
    return sentence_triples(text_of(notation), parsed, clauses(parsed.sentence, language), language)


def said(notation, names=None, language="de"):
    """The triples of a sentence, each in one line."""
    found = triples_of(notation, names, language)
    return [" | ".join((one.subject.text, one.relation.text, one.object.text)) for one in found]


@pytest.mark.parametrize(
    ("notation", "names", "language", "triples"),
    [
        pytest.param(
            MTS,
            NAMES,
            "de",
            [
                "MTS | schloss | einen Vertrag",
                "MTS | schloss einen Vertrag | 2019",
                "MTS | schloss einen Vertrag in | Moskau",
                "MTS | schloss einen Vertrag mit | Huawei",
            ],
            id="every adverbial is a fact of its own, its preposition ends the relation",
        ),
        pytest.param(
            "Anna:nsubj>trafen und:cc>Bert Bert:conj>Anna trafen=treffen/VERB.Fin.Past:root Cem:obj>trafen und:cc>Dora "
            "Dora:conj>Cem .",
            {"Anna": "PER", "Bert": "PER", "Cem": "PER", "Dora": "PER"},
            "de",
            ["Anna | trafen | Cem", "Anna | trafen | Dora", "Bert | trafen | Cem", "Bert | trafen | Dora"],
            id="coordinations are split",
        ),
        pytest.param(
            "The:det>firm firm/NOUN:nsubj:pass>bought was=be/AUX.Fin:aux:pass>bought not:advmod>bought "
            "bought=buy/VERB.Part.Past:root by:case>Huawei Huawei:obl:agent>bought .",
            {"Huawei": "ORG"},
            "en",
            ["The firm | was not bought by | Huawei"],
            id="auxiliary and negation stay, the passive stays a passive",
        ),
        pytest.param(
            "MTS:nsubj>arbeitet arbeitet=arbeiten/VERB.Fin.Pres:root mit:case>Huawei Huawei:obl>arbeitet "
            "zusammen:compound:prt>arbeitet .",
            NAMES,
            "de",
            ["MTS | arbeitet zusammen mit | Huawei"],
            id="the particle joins its verb, the preposition comes last",
        ),
        pytest.param(
            "Die:det>Firma Firma/NOUN.Nom.Sing:nsubj>wächst ,:punct>entwickelt die/PRON.Nom.Rel:nsubj>entwickelt "
            "Chips/NOUN.Acc.Plur:obj>entwickelt entwickelt=entwickeln/VERB.Fin.Pres:acl:relcl>Firma , "
            "wächst=wachsen/VERB.Fin.Pres:root .".replace(",:punct>entwickelt", ","),
            None,
            "de",
            ["Die Firma | entwickelt | Chips"],
            id="a relative clause has its antecedent as subject, a verb with nothing but a subject gives no triple",
        ),
        pytest.param(
            "Siemens:nsubj>plant plant=planen/VERB.Fin.Pres:root , ein:det>Werk Werk/NOUN.Acc:obj>bauen "
            "in:case>Spanien Spanien:obl>bauen zu/PART:mark>bauen bauen/VERB.Inf:xcomp>plant .",
            {"Siemens": "ORG", "Spanien": "LOC"},
            "de",
            ["Siemens | plant zu bauen | ein Werk", "Siemens | plant ein Werk zu bauen in | Spanien"],
            id="an infinitive has the subject of the verb above, and both verbs make the relation",
        ),
        pytest.param(
            "She:nsubj>president was=be/AUX.Fin.Past:cop>president president/NOUN:root of:case>Peru "
            "Peru:nmod>president from:case>1990 1990/NUM:obl>president .",
            {"Peru": "LOC"},
            "en",
            ["She | was | president of Peru", "She | was president of Peru from | 1990"],
            id="a predicate noun is a complement, pronouns stay as they stand",
        ),
        pytest.param(
            "Huawei:nsubj>said said=say/VERB.Fin.Past:root that:mark>buy it/PRON:nsubj>buy would/AUX.Fin:aux>buy "
            "buy/VERB.Inf:ccomp>said MTS:obj>buy .",
            NAMES,
            "en",
            ["Huawei | said | it would buy MTS", "it | would buy | MTS"],
            id="what is said is an object, and a fact of its own with its words of modality",
        ),
        pytest.param(
            "Die:det>Firma 1998/NUM:obl>gegründete in:case>Bonn Bonn:obl>gegründete "
            "gegründete=gegründet/ADJ:amod>Firma Firma/NOUN.Nom:nsubj>liefert "
            "liefert=liefern/VERB.Fin.Pres:root Chips/NOUN.Acc:obj>liefert .",
            {"Bonn": "LOC"},
            "de",
            ["Firma | gegründete in | Bonn", "Firma | gegründete | 1998", "Firma | liefert | Chips"],
            id="a participle beside its noun is a clause",
        ),
        pytest.param(
            "Ren:nsubj>traf , Gründer/NOUN:appos>Ren von:case>Huawei Huawei:nmod>Gründer , "
            "traf=treffen/VERB.Fin.Past:root Xi:obj>traf .",
            {"Ren": "PER", "Xi": "PER", "Huawei": "ORG"},
            "de",
            ["Ren | traf | Xi", "Ren | Gründer von | Huawei"],
            id="an apposition says what its own words say",
        ),
    ],
)
def test_triples(notation, names, language, triples):
    assert sorted(said(notation, names, language)) == sorted(triples)


def test_triples_keep_status_source_and_places():
    notation = "MTS:nsubj>kauft kauft=kaufen/VERB.Fin.Pres:root Huawei:obj>kauft nicht:advmod>kauft ."
    (one,) = triples_of(notation, NAMES)
    assert (one.relation.text, one.status, one.clause_type) == ("kauft nicht", "negated", "SVO")
    assert one.relation.words == (1, 3)
    assert one.relation.spans == ((4, 9), (17, 22))


@pytest.mark.parametrize(
    ("notation", "kind"),
    [
        ("Er/PRON:nsubj>schläft schläft=schlafen/VERB.Fin:root .", "SV"),
        ("Er/PRON:nsubj>wohnt wohnt=wohnen/VERB.Fin:root in:case>Bonn Bonn/PROPN:obl>wohnt .", "SVA"),
        ("Er/PRON:nsubj>Arzt ist=sein/AUX.Fin:cop>Arzt Arzt/NOUN:root .", "SVC"),
        ("Er/PRON:nsubj>kauft kauft=kaufen/VERB.Fin:root Brot/NOUN.Acc:obj>kauft .", "SVO"),
        ("Er/PRON:nsubj>gibt gibt=geben/VERB.Fin:root ihr/PRON.Dat:iobj>gibt Brot/NOUN.Acc:obj>gibt .", "SVOO"),
        (
            "Er/PRON:nsubj>legt legt=legen/VERB.Fin:root Brot/NOUN.Acc:obj>legt auf:case>Tisch Tisch/NOUN:obl>legt .",
            "SVOA",
        ),
        (
            "He/PRON:nsubj>named named=name/VERB.Fin:root her/PRON:obj>named chief/NOUN:xcomp>named .",
            "SVOC",
        ),
    ],
)
def test_clause_types_are_told_apart(notation, kind):
    language = "en" if notation.startswith("He") else "de"
    parsed = tree(notation)
    (clause,) = surface_clauses(parsed, clauses(parsed.sentence, language), language)
    assert clause.type == kind


def test_entities_and_properties_are_named_where_they_are_known():
    read = analysis([MTS], NAMES)
    iris = {"MTS": ENTITY + "mts", "Huawei": ENTITY + "huawei"}
    heads = {"MTS": 0, "Huawei": 8}
    links = [
        Link(Mention(0, 0, 1, name, "name", "Company", heads[name]), iri, "called so", 0.9)
        for name, iri in iris.items()
    ]
    start = read.article.text.index("schloss")
    evidence = Evidence("a1", 0, len(read.article.text), read.article.text, (0, 3), ((start, start + 7),), (46, 52))
    statement = Statement("s", iris["MTS"], "partnersWith", iris["Huawei"], "asserted", 0.9, evidence)
    found = propositions.open_triples(read, [clauses(s, "de") for s in read.sentences], links, [statement])
    assert [(one.object.text, one.subject_entity, one.object_entity, one.property) for one in found] == [
        ("einen Vertrag", iris["MTS"], None, None),
        ("2019", iris["MTS"], None, None),
        ("Moskau", iris["MTS"], None, None),
        ("Huawei", iris["MTS"], iris["Huawei"], "partnersWith"),
    ]


PHRASE = (
    "Die:det>Chefin neue/ADJ:amod>Chefin Chefin/NOUN:nsubj>kauft der:det>Bank Bank/NOUN.Gen:nmod>Chefin "
    "aus:case>Bonn Bonn:nmod>Chefin kauft=kaufen/VERB.Fin:root das:det>Album Album/NOUN:obj>kauft „ "
    "Rot/PROPN:appos>Album “ auch:advmod>Platte und:cc>Platte Platte/NOUN:conj>Album ."
)


@pytest.mark.parametrize(
    ("head", "short", "words"),
    [
        ("Chefin", False, "Die neue Chefin der Bank aus Bonn"),
        ("Chefin", True, "Die neue Chefin der Bank"),
        ("Album", False, "das Album „ Rot “"),
        ("Platte", False, "Platte"),
    ],
)
def test_noun_phrases(head, short, words):
    parsed = tree(PHRASE, {"Bonn": "LOC"})
    index = next(t.index for t in parsed.tokens if t.text == head)
    assert " ".join(parsed[i].text for i in noun_phrase(parsed, index, short=short)) == words


def test_a_later_member_has_the_preposition_of_the_first():
    parsed = tree(
        "Sie:nsubj>wohnt wohnt=wohnen/VERB.Fin:root im:case>Haus Haus/NOUN:obl>wohnt und:cc>Zelt Zelt/NOUN:conj>Haus ."
    )
    assert [parsed[i].text for i in preposition(parsed, 5)] == ["im"]
    assert preposition(parsed, 0) == ()
