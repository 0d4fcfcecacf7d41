"""German relative clauses put right: their borders are plain even where their tree is not.

A comma, perhaps a preposition, a relative pronoun, and the finite verb at the end: "…, an dem sich
Tencent beteiligt hat, …". All that stands between belongs to that verb, and the clause to the
nominal before the comma.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.nominals import thing_of_kind
from kg.records import Sentence, Token
from kg.trees import TEMPORAL, Tree, base, feature, infinitive_with_zu, is_tree, tree_of

_PRONOUNS: Final = frozenset("der die das dem den denen".split())
_CORE: Final = frozenset({"nsubj", "obj", "iobj", "obl"})


def with_relative_clauses(sentence: Sentence) -> Sentence:
    """The sentence with its relative clauses hung together.

    Args:
        sentence: parsed, with its names; one without German relative pronouns is returned as it is.
    """
    tokens = list(sentence.tokens)
    tree = tree_of(sentence)
    for token in sentence.tokens:
        borders = _borders(tree, token.index)
        if borders is not None:
            _hang(tokens, tree, token.index, *borders)
            tree = tree_of(replace(sentence, tokens=tuple(tokens)))
    if tokens == list(sentence.tokens) or not is_tree(tokens):
        return sentence
    return replace(sentence, tokens=tuple(tokens))


def _borders(tree: Tree, pronoun: int) -> tuple[int, int, int] | None:
    """Antecedent, verb and end of the relative clause that a pronoun opens, if it opens one."""
    if tree[pronoun].text not in _PRONOUNS or pronoun < 2:
        return None
    comma = pronoun - 2 if tree[pronoun - 1].pos == "ADP" else pronoun - 1
    before = comma - 1
    while (
        before > 0
        and comma - before < 3
        and (tree[before].pos in {"VERB", "AUX"} or tree[before].relation == "compound:prt")
    ):
        before -= 1  # "soll X rücken, der …": the words that close the clause above
    if comma < 1 or tree[comma].text != "," or tree[before].pos not in {"NOUN", "PROPN", "X"}:
        return None
    end = _end(tree, pronoun)
    last = tree[end - 1]
    if last.pos not in {"VERB", "AUX"} or feature(last, "VerbForm") == "Inf" or end - pronoun < 3:
        return None
    if tree[pronoun + 1].pos in {"VERB", "AUX"} and end - pronoun > 3:
        return None  # "…, das ist …" opens a main clause
    verbs = [i for i in range(pronoun + 1, end) if tree[i].pos == "VERB"]
    to = any(t.pos == "PART" and t.text == "zu" for t in tree.tokens[pronoun:end])
    if (
        not verbs
        or to
        or any(t.pos == "SCONJ" for t in tree.tokens[pronoun:end])
        or any(infinitive_with_zu(tree, v) for v in verbs)
    ):
        return None
    span = tree.name_at.get(before)
    antecedent = tree.span_head(span.start, span.end) if span is not None and span.form == "whole" else before
    place = (
        span is not None and span.label == "LOC" and tree.case(antecedent) and tree[tree[antecedent].head].pos == "NOUN"
    )
    antecedent = tree[antecedent].head if place else thing_of_kind(tree, antecedent)
    if place and tree[antecedent].text.lower().endswith("sitz") and tree.case(antecedent) == "mit":
        antecedent = tree[antecedent].head  # "das Start-up X mit Sitz in Y, in das …"
    if tree[pronoun].text == "die" and not place:
        antecedent = _before_place(tree, antecedent)
    return _of_gender(tree, pronoun, antecedent), verbs[0], end


def _before_place(tree: Tree, antecedent: int) -> int:
    """The nominal before a place that "die" cannot mean: "die Hisbollah im Libanon, die …" speaks of the Hisbollah."""
    span = tree.name_at.get(antecedent)
    determiners = {t.text.lower() for t in tree.by_relation(antecedent, "det")}
    if span is None or span.label != "LOC" or determiners or tree.case(antecedent) not in {"in", "aus", "von", "bei"}:
        return antecedent
    before = tree.bounds(span)[0] - 2
    if before < 0 or tree[before + 1].pos != "ADP":
        return antecedent
    other = tree.name_at.get(before)
    if other is not None and other.form == "whole":
        return tree.span_head(other.start, other.end)
    return before if tree[before].pos == "NOUN" else antecedent


def _end(tree: Tree, pronoun: int) -> int:
    """Where a relative clause ends: at the first comma that parts no list of names, or another mark."""
    stops = {",", ".", ";", "–", "!", "?"}
    end = next((i for i in range(pronoun + 1, len(tree)) if tree[i].text in stops), len(tree))
    start = pronoun + 1
    while end < len(tree) and tree[end].text == "," and all(_listed(tree, i) for i in range(start, end)):
        start = end + 1
        end = next((i for i in range(start, len(tree)) if tree[i].text in stops), len(tree))
    return end


def _listed(tree: Tree, index: int) -> bool:
    """Whether a word may be part of a list of names."""
    return index in tree.name_at or tree[index].pos in {"DET", "ADV", "CCONJ"}


def _of_gender(tree: Tree, pronoun: int, antecedent: int) -> int:
    """The masculine noun above where "der" cannot mean the feminine before it: "ein Reporter der Zeitung X, der …"."""
    span = tree.name_at.get(antecedent)
    noun = (
        tree[antecedent].head
        if span is not None and base(tree[antecedent].relation) in {"appos", "flat", "nmod"}
        else antecedent
    )
    above = tree[noun].head
    fits = tree[pronoun].text == "der" and tree[pronoun - 1].pos != "ADP" and feature(tree[pronoun], "Case") != "Dat"
    if fits and feature(tree[noun], "Gender") == "Fem" and tree[above].pos == "NOUN" and above < noun:
        return above if feature(tree[above], "Gender") == "Masc" else antecedent
    return antecedent


def _hang(tokens: list[Token], tree: Tree, pronoun: int, antecedent: int, verb: int, end: int) -> None:
    """Hang a relative clause on its antecedent and its words on its verb."""
    inside = range(pronoun, end)
    prepositional = tree[pronoun - 1].pos == "ADP"
    form = {"dem": "iobj", "denen": "iobj", "den": "obj", "der": "nsubj"}.get(tree[pronoun].text, "nsubj")
    given = base(tree[pronoun].relation)
    role = "obl" if prepositional else given if given in _CORE and tree[pronoun].head == verb else form
    feats = tree[pronoun].feats if "Rel" in tree[pronoun].feats else f"{tree[pronoun].feats}|PronType=Rel".strip("|")
    tokens[pronoun] = replace(tokens[pronoun], pos="PRON", feats=feats, head=verb, relation=role)
    if prepositional:
        tokens[pronoun - 1] = replace(tokens[pronoun - 1], head=pronoun, relation="case")
    tokens[verb] = replace(tokens[verb], head=antecedent, relation="acl:relcl")
    verbs = [i for i in inside if tree[i].pos == "VERB"]
    for index in inside:
        token = tokens[index]
        if index in {pronoun, verb}:
            continue
        # The verb stands last: what precedes it is its own, an auxiliary follows it.
        own = next((v for v in verbs if v >= index), verbs[-1])
        if index in verbs:
            tokens[index] = replace(token, head=verb, relation="conj")
        elif token.pos == "AUX":
            left = [v for v in verbs if v < index]
            relation = token.relation if "aux" in token.relation else "aux"
            tokens[index] = replace(token, head=left[-1] if left else own, relation=relation)
        elif token.head not in inside or token.head == pronoun:
            nominal = token.pos in {"NOUN", "PROPN"}
            relation = ("obl" if tree.case(index) else "dep") if nominal else token.relation
            tokens[index] = replace(token, head=own, relation="advmod" if relation == "root" else relation)
    outside = [t for t in tokens if t.index not in inside and t.head in inside and t.index != pronoun - 1]
    above = tree[verb].head if tree[verb].head not in inside else antecedent
    main = next((t.index for t in outside if t.pos in {"VERB", "AUX"} and t.index >= end), None)
    if tree[verb].head in inside and main is None:
        main = _predicate(tree, tokens, inside)
    if tree[verb].head in inside and main is not None:  # the parser took the relative clause for the main one
        tokens[main] = replace(tokens[main], head=main, relation="root")
        above = main
    for token in outside:
        if token.index != above:
            tokens[token.index] = replace(token, head=above)


def _predicate(tree: Tree, tokens: list[Token], inside: range) -> int | None:
    """The predicate noun of the main clause, its copula hung on it: "X ist seit Juli Mitglied der Y, der …"."""
    copula = next((t for t in tokens if t.pos == "AUX" and t.lemma == "sein" and t.head in inside), None)
    if copula is None or copula.index in inside or copula.index > inside.start:
        return None
    nouns = (t for t in tokens[copula.index + 1 : inside.start] if t.pos == "NOUN" and t.index not in tree.name_at)
    noun = next((t for t in nouns if not tree.case(t.index) and t.lemma not in TEMPORAL), None)
    if noun is None:
        return None
    tokens[copula.index] = replace(copula, head=noun.index, relation="cop")
    for token in tokens[noun.index + 1 : inside.start]:  # what stands behind the noun is its own
        if token.pos == "NOUN" and token.head < noun.index and not tree.case(token.index):
            tokens[token.index] = replace(token, head=noun.index, relation="nmod")
    return noun.index
