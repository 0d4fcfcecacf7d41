"""Trees that no parser should give: nothing may crash on them, loop, or leave its sentence."""

from __future__ import annotations

import random

import pytest
from sentences import tree
from small_world import GAZETTEER, PROPERTIES, frames_of, ontology

from kg.clauses import clauses
from kg.records import Analysis, Article, Block, NamedSpan, Sentence, Token
from kg.repair import repair
from kg.schemes import RawToken, to_universal
from kg.statements import extract
from kg.trees import Tree

WORDS = (
    "Huawei MTS China russische Huaweis US-Regierung Huawei-Chef der die den dem kauft gekauft kaufen hat wird wurde "
    "will soll mit von durch in aus nicht kein und , ( ) „ “ . ? dass wenn zu um sich er sie seine der Konzern Chef "
    "Vereinbarung Übernahme Plan getroffen zusammen arbeitet Montag Anna Meier laut sagte nach Angaben möglicherweise"
).split()
POS = "NOUN PROPN VERB AUX ADJ ADV ADP DET PRON PUNCT SCONJ CCONJ PART X".split()
FEATS = ("", "VerbForm=Fin", "VerbForm=Inf", "VerbForm=Part", "Case=Gen|Number=Sing", "Mood=Sub", "PronType=Rel")
UD = (
    "nsubj nsubj:pass obj iobj obl obl:agent obl:arg nmod nmod:poss det det:poss amod acl acl:relcl advcl xcomp ccomp "
    "conj cc case mark aux aux:pass cop advmod appos flat flat:name compound compound:prt parataxis punct dep"
).split()
TIGER = "sb oa da og oc mo nk ag pg mnr svp pd app cj cd rc sbp ng cp pm par re rs ROOT".split()
CLEARNLP = "nsubj nsubjpass dobj pobj prep agent aux auxpass attr poss relcl conj cc det amod prt neg dative".split()
FRAMES = frames_of()


def random_tree(seed: int, relations: list[str]) -> tuple[str, list[RawToken]]:
    """Words in any order, each hung on any other so that they make a tree."""
    chance = random.Random(seed)
    words = [chance.choice(WORDS) for _ in range(chance.randint(1, 14))]
    order = list(range(len(words)))
    chance.shuffle(order)
    heads = {order[0]: order[0]}
    for place, index in enumerate(order[1:], start=1):
        heads[index] = order[chance.randrange(place)]
    text, tokens = "", []
    for index, word in enumerate(words):
        text += " " if text else ""
        start = len(text)
        text += word
        relation = "ROOT" if heads[index] == index else chance.choice(relations)
        pos, feats = chance.choice(POS), chance.choice(FEATS)
        tokens.append(RawToken(start, len(text), word, word.lower(), pos, "", feats, heads[index], relation))
    return text, tokens


def random_sentence(seed: int) -> tuple[str, Sentence]:
    text, tokens = random_tree(seed, UD)
    chance = random.Random(-seed)
    names = [
        NamedSpan(t.start, t.end - (t.text == "Huaweis"), chance.choice(["ORG", "PER", "LOC", "MISC"]))
        for t in tokens
        if t.text in {"Huawei", "MTS", "China", "Anna", "Meier", "Huaweis"} and chance.random() < 0.8
    ]
    universal = to_universal(tokens, "ud")
    return text, Sentence(0, 0, len(text), "paragraph", universal, tuple(names))


def is_tree(tokens: tuple[Token, ...]) -> bool:
    roots = [t.index for t in tokens if t.head == t.index]
    below, todo = set(roots), list(roots)
    while todo:
        above = todo.pop()
        children = [t.index for t in tokens if t.head == above and t.index not in below]
        below.update(children)
        todo.extend(children)
    return len(roots) == 1 and len(below) == len(tokens)


@pytest.mark.parametrize("language", ["de", "en"])
def test_clauses_of_odd_trees(language):
    for seed in range(600):
        text, sentence = random_sentence(seed)
        found = clauses(sentence, language)
        places = range(len(sentence.tokens))
        for clause in found:
            assert clause.head in places and set(clause.words) <= set(places), text
            assert clause.arguments and all(a.head in places for a in clause.arguments), text
            assert all(0 < a.certainty <= 1 for a in clause.arguments), text
            assert clause.source is None or clause.source in places, text
        assert clauses(sentence, language) == found


@pytest.mark.parametrize(("scheme", "relations"), [("ud", UD), ("tiger", TIGER), ("clearnlp", CLEARNLP)])
def test_every_scheme_gives_a_tree(scheme, relations):
    for seed in range(600):
        text, tokens = random_tree(seed, relations)
        assert is_tree(to_universal(tokens, scheme)), (seed, text)


def test_what_names_put_right_is_still_a_tree():
    for seed in range(600):
        text, sentence = random_sentence(seed)
        if is_tree(sentence.tokens):
            for language in ("de", "en"):
                assert is_tree(repair(sentence, language).tokens), (seed, text)


def test_articles_of_odd_trees():
    for seed in range(300):
        text, sentence = random_sentence(seed)
        article = Article("a1", text, (Block("paragraph", 0, len(text)),), language="de")
        analysis = Analysis(article, "de", "odd 1.0", (sentence,))
        found = extract(analysis, FRAMES, ontology(PROPERTIES), GAZETTEER)
        known = {e.iri for e in found.entities}
        for statement in found.statements:
            assert {statement.subject, statement.object} <= known, text
            assert statement.subject != statement.object, text
            assert 0 < statement.confidence <= 1, text
            spans = (statement.evidence.subject, *statement.evidence.predicate, statement.evidence.object)
            assert all(0 <= start < end <= len(text) for start, end in spans), text


def test_a_sentence_without_tokens():
    empty = Sentence(0, 0, 0, "paragraph", (), ())
    assert clauses(empty, "de") == ()
    assert len(Tree(empty)) == 0


def test_a_name_that_covers_no_token():
    parsed = tree("Huawei:nsubj>kam kam=kommen/VERB.Fin:root .").sentence
    stray = Sentence(0, 0, parsed.end, "paragraph", parsed.tokens, (NamedSpan(900, 905, "ORG"),))
    assert [c.predicate for c in clauses(stray, "de")] == ["kommen"]
