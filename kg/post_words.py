"""The words for somebody's post: "Finanzchefin", "chief financial officer", „Vorsitzende des Aufsichtsrats“."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from kg.clause_scope import Scope
from kg.name_index import class_of_noun
from kg.nominals import name_beside, noun_lemma
from kg.ontology import Ontology
from kg.records import Token
from kg.trees import Tree, base

POSTS: Final = frozenset({"leads", "worksFor", "appoints", "dismisses"})
"""Properties that give, take or tell a post."""

_AS: Final = frozenset({"zu", "als", "as", "to"})
_ACRONYMS: Final = frozenset({"CEO", "CFO", "COO", "CTO", "CIO", "CMO", "CPO", "CRO"})
_MORE: Final = frozenset({"counsel", "treasurer", "controller"})
"""Posts that also mean something else, and so stand for no person elsewhere."""
# Adjectives that belong to a post; others only describe its holder: "the long-time chief executive".
_RANKS: Final = frozenset(
    "stellvertretend kommissarisch geschäftsführend kaufmännisch technisch wissenschaftlich leitend operativ "
    "künstlerisch deputy vice chief senior general managing executive financial foreign prime interim acting "
    "non-executive operating supervisory joint assistant technical scientific legal commercial co-chief".split()
)
_OF: Final = frozenset({"of", "von", "für", "for", ""})


def post(scope: Scope, name: str, ontology: Ontology, language: str) -> tuple[int, int] | None:
    """The character span of the words for the post that a statement speaks of, None where no words name it.

    Args:
        scope: the clause of the statement.
        name: its property, one of `POSTS`.
        ontology: its nouns for persons are posts; nouns for houses end the words of a post.
        language: ``de`` or ``en``.
    """
    nouns = ontology.nouns(language)
    for head in _candidates(scope, name):
        if _is_post(scope.tree, head, nouns, ontology):
            return _span(scope.tree, head, nouns, ontology)
    return None


def _candidates(scope: Scope, name: str) -> Iterator[int]:
    tree, clause = scope.tree, scope.clause
    if clause.kind == "noun" and name in {"leads", "worksFor"}:
        yield clause.head
        return
    for argument in clause.arguments:
        role, _, case = argument.role.partition(":")
        if argument.via is None and (role == "complement" or (role == "oblique" and case in _AS)):
            yield argument.head
    for place in (clause.head, *sorted(scope.ends)):
        for child in tree.by_relation(place, "xcomp", "obl", "nmod", "acl"):
            if tree.case(child.index) in _AS or (base(child.relation) == "xcomp" and child.pos in {"NOUN", "PROPN"}):
                yield child.index
    if name == "appoints":  # "appointed Bjorn Gulden chief executive", taken for his executive
        above = (tree[tree[end].head] for end in sorted(scope.ends) if tree[end].head > end)
        yield from (t.index for t in above if t.head == clause.head and t.pos == "NOUN")
    if name == "dismisses":
        beside = [t.index for t in tree.tokens if t.pos == "NOUN" and name_beside(tree, t.index) in scope.ends]
        yield from (*beside, *(i for i in sorted(scope.ends) if tree[i].pos == "NOUN"))
        for end in sorted(scope.ends):
            if base(tree[end].relation) == "appos" and tree[tree[end].head].pos == "NOUN":
                yield tree[end].head


def _is_post(tree: Tree, head: int, nouns: Mapping[str, str], ontology: Ontology) -> bool:
    token = tree[head]
    if token.text in _ACRONYMS:
        return True
    span = tree.name_at.get(head)
    if token.pos not in {"NOUN", "ADJ", "PROPN"} or (span is not None and span.form != "part"):
        return False
    found = class_of_noun(noun_lemma(tree, head), nouns) or class_of_noun(token.lemma, nouns)
    return token.lemma in _MORE or (found is not None and ontology.is_a(found, "Person"))


def _span(tree: Tree, head: int, nouns: Mapping[str, str], ontology: Ontology) -> tuple[int, int]:
    token = tree[head]
    name = tree.name_at.get(head)
    first = token.start
    joint = name.end - token.start if name is not None and name.start == token.start else 0
    if joint and token.text[joint : joint + 1] in {"-", "–"}:
        first = token.start + joint + 1  # "Huawei-Chef"; a "Kommissionspräsidentin" is one word
    else:
        place = head
        while place > 0 and _belongs(tree, place - 1, head):
            place -= 1
        first = tree[place].start
    last = token.end
    for child in tree.by_relation(head, "nmod"):
        if child.index > head and tree.case(child.index) in _OF and not _house(tree, child, nouns, ontology):
            inside = tree.subtree(child.index)
            whole = inside == list(range(inside[0], inside[-1] + 1)) and inside[0] == head + 1
            if whole and len(inside) <= 4 and all(_plain_word(tree, i) for i in inside):
                last = tree[inside[-1]].end
    return first, last


def _belongs(tree: Tree, place: int, head: int) -> bool:
    token = tree[place]
    if place in tree.name_at and token.text.lower() not in _RANKS:
        return False
    if token.head != head and tree[token.head].head != head:
        return False
    word = token.text.lower()
    rank = word in _RANKS or token.lemma.lower() in _RANKS or word.rstrip("enrms") in _RANKS
    return rank or (base(token.relation) == "compound" and token.pos in {"NOUN", "PROPN", "ADJ"})


def _house(tree: Tree, token: Token, nouns: Mapping[str, str], ontology: Ontology) -> bool:
    """Whether a noun is the house that a post is held in, which the statement's object names."""
    found = class_of_noun(token.lemma, nouns)
    return token.pos != "NOUN" or (found is not None and any(ontology.is_a(found, c) for c in ("Agent", "Place")))


def _plain_word(tree: Tree, index: int) -> bool:
    return index not in tree.name_at and tree[index].pos in {"NOUN", "DET", "ADP", "ADJ", "CCONJ"}
