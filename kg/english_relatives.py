"""English relative clauses put right: "X, whose unit Y runs parks, competes", "A and B, both of which belong to C"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.records import Token
from kg.trees import Tree, base, is_finite

_NOMINAL: Final = frozenset({"NOUN", "ADJ", "PROPN"})


def _with_whose(tree: Tree) -> Iterator[Token]:
    """What "whose" opens as a clause of its own, on the nominal before the comma."""
    changed: dict[int, Token] = {}
    for token in tree.tokens[2:]:
        if token.text.lower() == "whose":
            changed = _whose_clause(tree, token.index)
            break
    for token in tree.tokens:
        yield changed.get(token.index, token)


def _whose_clause(tree: Tree, whose: int) -> dict[int, Token]:
    antecedent = _antecedent(tree, whose)
    noun = whose + 1
    while noun + 1 < len(tree) and tree[noun + 1].pos in _NOMINAL and noun + 1 not in tree.name_at:
        noun += 1
    if antecedent is None or noun >= len(tree) - 1 or tree[noun].pos not in _NOMINAL or noun in tree.name_at:
        return {}
    span = tree.name_at.get(noun + 1)
    name = tree.span_head(span.start, span.end) if span is not None and span.form == "whole" else None
    last = tree.bounds(span)[1] if span is not None and name is not None else noun
    end = next((i for i in range(last + 1, len(tree)) if tree[i].pos == "PUNCT"), len(tree) - 1)
    predicate = _predicate(tree, last + 1, end)
    if predicate is None:
        return {}
    changed: dict[int, Token] = {}
    subject = noun if name is None else name
    for token in tree.tokens:
        if token.index == whose:
            changed[token.index] = replace(token, head=noun, relation="nmod:poss")
        elif token.index == noun:
            head, relation = (predicate, "nsubj") if name is None else (name, "nmod:desc")
            changed[token.index] = replace(token, pos="NOUN", head=head, relation=relation)
        elif token.index == subject:
            passive = any(t.relation == "aux:pass" for t in tree.by_relation(predicate, "aux"))
            changed[token.index] = replace(token, head=predicate, relation="nsubj:pass" if passive else "nsubj")
        elif token.index == predicate:
            changed[token.index] = replace(token, head=antecedent, relation="acl:relcl")
        elif token.index in range(last + 1, end) and token.pos == "AUX":
            copula = "cop" if predicate in tree.name_at or tree[predicate].pos == "NOUN" else token.relation
            changed[token.index] = replace(token, head=predicate, relation=copula)
        elif whose < token.index < noun and token.head not in range(whose, noun + 1):
            changed[token.index] = replace(token, head=noun, relation="amod")
    return {**changed, **_main_clause(tree, predicate, antecedent, whose, end)}


def _antecedent(tree: Tree, pronoun: int) -> int | None:
    """The nominal before the comma before a relative pronoun."""
    if tree[pronoun - 1].text != "," or tree[pronoun - 2].pos not in {"NOUN", "PROPN", "X", "ADJ"}:
        return None
    span = tree.name_at.get(pronoun - 2)
    return tree.span_head(span.start, span.end) if span is not None and span.form == "whole" else pronoun - 2


def _predicate(tree: Tree, start: int, end: int) -> int | None:
    """The verb of a clause, or the nominal behind its copula."""
    words = [tree[i] for i in range(start, end) if tree[i].pos not in {"ADV", "PART"}]
    if not words or words[0].pos not in {"VERB", "AUX"}:
        return None
    verb = next((t for t in words if t.pos == "VERB" and t.index not in tree.name_at), None)
    if words[0].pos == "VERB":
        return words[0].index
    behind = next((t for t in words[1:] if t.pos not in {"AUX", "DET"}), None)
    if behind is None:
        return None
    span = tree.name_at.get(behind.index)
    if span is not None and span.form == "whole":
        return tree.span_head(span.start, span.end)
    return behind.index if behind.pos in {"NOUN", "ADJ"} else verb.index if verb is not None else None


def _main_clause(tree: Tree, predicate: int, antecedent: int, whose: int, end: int) -> dict[int, Token]:
    """What belongs to the clause around a relative one, hung on its verb where the parser mixed the two."""
    inside = {predicate, *range(whose, end)}
    tops = [
        t for t in tree.tokens if t.index not in inside and t.head in inside and t.index < whose and t.head != t.index
    ]
    root = tree[predicate].head == predicate or tree[predicate].index in set(tree.ancestors(antecedent))
    verbs = [t for t in tree.tokens[end:] if t.pos == "VERB" and _finite(tree, t)]
    verb = next((t for t in verbs if base(t.relation) not in {"acl", "xcomp"} or t.head in inside), None)
    if verb is None or not (root or tops):
        return {}
    changed: dict[int, Token] = {}
    if root or verb.head in inside:
        lost = next((t for t in tree.tokens if t.head == t.index), verb)
        if lost.index in inside:
            changed[verb.index] = replace(verb, head=verb.index, relation="root")
    for token in tops:
        if token.pos != "PUNCT":
            changed[token.index] = replace(token, head=verb.index, relation="nsubj" if token.pos in _NOMINAL else "obl")
    for token in tree.tokens[end:]:
        if token.head in inside and token.index != verb.index and base(token.relation) in {"punct", "obl", "obj"}:
            changed.setdefault(token.index, replace(token, head=verb.index))
    return changed


def _finite(tree: Tree, verb: Token) -> bool:
    return is_finite(verb) or any(is_finite(t) for t in tree.by_relation(verb.index, "aux"))


def _with_both(tree: Tree) -> Iterator[Token]:
    """ "Both of which" as the pronoun that it is: "X and Y, both of which belong to Z"."""
    pronouns = {
        t.index: t.head
        for t in tree.tokens[2:]
        if t.text in {"which", "whom"}
        and tree[t.index - 1].text == "of"
        and tree[t.index - 2].text in {"both", "all", "each"}
        and t.head == t.index - 2
    }
    for token in tree.tokens:
        if token.index in pronouns:
            above = tree[pronouns[token.index]]
            yield replace(token, pos="PRON", feats="PronType=Rel", head=above.head, relation=above.relation)
        elif token.index in pronouns.values():
            yield replace(token, head=token.index + 2, relation="det")
        elif token.index - 1 in pronouns.values() and token.text == "of":
            yield replace(token, head=token.index + 1, relation="fixed")
        else:
            yield token


def _with_relatives(tree: Tree) -> Iterator[Token]:
    """Clauses behind a comma and "who" or "which" on the nominal before it, and not beside the main clause."""
    hung: dict[int, int] = {}
    for token in tree.tokens[2:]:
        place = token.index
        while tree[place - 1].text in {"both", "all", "of", "each"} and place > 2:
            place -= 1
        verb = tree[token.head]
        if token.text not in {"who", "which"} or tree[place - 1].text != "," or verb.pos not in {"VERB", "NOUN", "ADJ"}:
            continue
        antecedent = _antecedent(tree, place)
        loose = base(verb.relation) in {"parataxis", "advcl", "conj", "dep", "list", "appos", "ccomp"}
        if antecedent is not None and verb.index > token.index and loose and antecedent not in tree.subtree(verb.index):
            hung[verb.index] = antecedent
    for token in tree.tokens:
        own = (
            token.relation == "acl"
            and token.pos == "VERB"
            and any(True for _ in tree.by_relation(token.index, "nsubj"))
        )
        infinitive = any(t.text == "to" for t in tree.by_relation(token.index, "mark"))
        if token.index in hung:
            yield replace(token, head=hung[token.index], relation="acl:relcl")
        else:
            yield replace(token, relation="acl:relcl") if own and not infinitive else token


STEPS: Final = (_with_both, _with_relatives, _with_whose)
"""Steps from a tree to all its tokens."""
