"""Trees put right by names: what the recogniser knows corrects attachments that a small parser gets wrong.

A name or titled name never hangs on a date, a pronoun or another name without comma or
preposition between them; it is a nominal of its own, and the clause decides which.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from kg.clause_borders import with_borders
from kg.english_trees import english
from kg.german_trees import german
from kg.nominals import name_beside
from kg.records import Sentence, Token
from kg.relative_clauses import with_relative_clauses
from kg.trees import CURRENCIES, LOOSE, TEMPORAL, Tree, base, is_tree, tree_of

_NEVER_GENITIVE: Final = frozenset({"ein", "eine", "einen", "das", "den", "die", "diese", "dieses", "keine", "kein"})
_FUNCTIONS: Final = frozenset({"det", "amod", "advmod", "case", "punct", "nummod", "mark", "cc"})
"""Relations that no name has to anything."""
_TIED: Final = frozenset({"appos", "flat", "nmod", "dep", "compound"})


def repair(sentence: Sentence, language: str) -> Sentence:
    """The sentence with names and titles hung on their verb where they cannot hang where they do.

    Args:
        sentence: parsed, with its names.
        language: ISO 639-1 code.
    """
    sentence = _with_whole_names(sentence)
    sentence = english(sentence) if language == "en" else german(sentence)
    sentence = with_relative_clauses(_with_prepositions(_with_whole_names(with_borders(sentence)), language))
    tree = tree_of(sentence)
    moved: dict[int, int] = {}
    datives: set[int] = set()
    for token in sentence.tokens:
        if token.head == token.index:
            continue
        if base(token.relation) == "nmod" and tree.case(token.index) and token.head > token.index:
            moved.update(_hung_forward(tree, token))
            continue
        if base(token.relation) not in _TIED | _FUNCTIONS or tree.case(token.index):
            continue
        if _dative_behind_name(tree, token):
            datives.add(token.index)
        if token.index in datives or _hangs_wrong(tree, token):
            verb = next((i for i in tree.ancestors(token.index) if _verbal(tree, i)), None)
            if verb is not None and verb not in tree.subtree(token.index):
                moved[token.index] = verb
    if not moved:
        return sentence
    tokens = [_moved(t, moved[t.index], tree) if t.index in moved else t for t in sentence.tokens]
    tokens = [replace(t, relation="obl:arg") if t.index in datives & moved.keys() else t for t in tokens]
    return replace(sentence, tokens=tuple(tokens))


def _verbal(tree: Tree, index: int) -> bool:
    """Whether a token is a verb, or a participle that the parser took for an adjective: "hat … erlaubt"."""
    return tree[index].pos in {"VERB", "AUX"} or any(True for _ in tree.by_relation(index, "aux"))


def _dative_behind_name(tree: Tree, token: Token) -> bool:
    """Whether a name behind "der" hangs on a name before it, which has no genitive: "hat die EU der Bank erlaubt"."""
    name, above = tree.name_at.get(token.index), tree.name_at.get(token.head)
    names = all(s is not None and s.form == "whole" and s.label in {"ORG", "PER"} for s in (name, above))
    behind = token.relation == "nmod" and token.head < token.index
    return names and behind and any(t.text == "der" for t in tree.by_relation(token.index, "det"))


def _with_whole_names(sentence: Sentence) -> Sentence:
    """Names as one nominal each: where the parser took a name apart, its words hang on one of them.

    What hung on the other words hangs on that one too: "T-Mobile US und Sprint" is two names.
    """
    tree = tree_of(sentence)
    heads: dict[int, int] = {}  # later word of a name → the word that stands for the name
    for span in sentence.names:
        inside = [t for t in sentence.tokens if t.start < span.end and span.start < t.end]
        if span.form == "whole" and len(inside) > 1:
            first = inside[0]
            described = first.head == first.index - 1 and base(first.relation) == "appos"
            head = first.index if described else tree.span_head(span.start, span.end)
            if not heads.keys() & {t.index for t in inside}:
                heads.update({t.index: head for t in inside if t.index != head})
    if not heads:
        return sentence
    tokens = tuple(_in_whole_name(tree, t, heads) for t in sentence.tokens)
    return replace(sentence, tokens=tokens) if is_tree(tokens) else sentence


def _in_whole_name(tree: Tree, token: Token, heads: Mapping[int, int]) -> Token:
    """A token hung on the word that stands for a name; on what the name's other word hangs on, where it is above."""
    if token.index in heads:
        return replace(token, head=heads[token.index], relation="flat")
    head = heads.get(token.head, token.head)
    if head == token.head:
        return token
    if token.index in set(tree.ancestors(head)):
        head = tree[token.head].head
    return replace(token, head=head)


def _with_prepositions(sentence: Sentence, language: str) -> Sentence:
    """Prepositions hung on the nominal they stand before, and demonyms on the noun they stand before.

    A preposition does not reach over another preposition, a year or a name: in "von X an der
    Spitze" it is X's, in "seit 2022 dem Verband" the year's.
    """
    tree = tree_of(sentence)
    tokens = list(sentence.tokens)
    for token in sentence.tokens:
        if token.pos == "ADP" and base(token.relation) == "case" and token.head > token.index:
            place = _complement(tree, token)
            if place is not None and place != token.head:
                tokens[token.index] = replace(token, head=place)
                if tokens[place].head == token.head and base(tokens[place].relation) in _TIED | {"nummod", "amod"}:
                    over = tree[token.head]
                    above = (
                        over.head if over.head != over.index and not _precedes(tree, place, over.index) else over.index
                    )
                    tokens[place] = replace(
                        tokens[place], head=above, relation="obl" if above != over.index else "nmod"
                    )
        elif language == "de" and token.pos == "ADJ" and token.index + 1 < len(tree) and token.head > token.index + 1:
            span, noun = tree.name_at.get(token.index), tree[token.index + 1]
            if span is not None and span.form == "derived" and noun.pos == "NOUN" and noun.index not in tree.name_at:
                tokens[token.index] = replace(token, head=noun.index, relation="amod")
    return replace(sentence, tokens=tuple(tokens))


def _precedes(tree: Tree, place: int, other: int) -> bool:
    """Whether another preposition stands between two nominals."""
    return any(tree[i].pos == "ADP" for i in range(place, other))


def _complement(tree: Tree, token: Token) -> int | None:
    """The nominal that a preposition must belong to, if it stands before the one it was hung on."""
    for index in range(token.index + 1, token.head):
        word = tree[index]
        span = tree.name_at.get(index)
        if span is not None and span.form == "whole" and not tree.in_genitive(index):
            if tree.bounds(span)[1] + 1 < token.head and tree[tree.bounds(span)[1] + 1].text in {"'s", "’s"}:
                continue  # "by China's ByteDance"
            head = tree.span_head(span.start, span.end)
            if base(tree[head].relation) == "compound" and tree[head].head > head:
                continue  # "by the São Paulo company"
            titled = token.head in range(span.start, span.end) or tree[token.head].start < span.end
            return None if titled or tree[head].relation.startswith("flat") else head
        if word.pos == "ADP" and word.relation != "fixed":
            nominals = [i for i in range(token.index + 1, index) if tree[i].pos in {"NOUN", "PROPN"}]
            return nominals[-1] if nominals else None
        if word.pos == "NUM" and word.text.isdigit() and len(word.text) == 4 and index == token.index + 1:
            return index if tree[index + 1].pos == "DET" else None
    return None


def _moved(token: Token, head: int, tree: Tree) -> Token:
    if not tree.case(token.index):
        return replace(token, head=head, relation=LOOSE)
    return replace(token, head=head, relation="nmod" if tree[head].pos in {"NOUN", "PROPN"} else "obl")


def _hung_forward(tree: Tree, token: Token) -> dict[int, int]:
    """Where a prepositional phrase belongs that hangs on a noun behind it: to the noun before it, or the verb.

    An attribute with a preposition follows its noun: in "die Nachfolge von X an der Spitze" the
    succession is X's, not the top.
    """
    if tree[token.head].pos not in {"NOUN", "PROPN"}:
        return {}
    start = min(tree.subtree(token.index))
    before = tree[start - 1] if start > 0 else None
    if before is not None and before.pos == "NOUN" and before.index not in tree.subtree(token.index):
        return {token.index: before.index}
    verb = next((i for i in tree.ancestors(token.index) if _verbal(tree, i)), None)
    return {token.index: verb} if verb is not None else {}


def _hangs_wrong(tree: Tree, token: Token) -> bool:
    above = tree[token.head]
    span = tree.name_at.get(token.index)
    named = span is not None and span.form == "whole" and tree.span_head(span.start, span.end) == token.index
    if base(token.relation) in _FUNCTIONS:
        return named and not tree.in_genitive(token.index)
    if (
        named
        and (above.lemma.lower() in CURRENCIES or above.pos == "NUM")
        and base(token.relation) in {"compound", "nmod"}
    ):
        return above.index > token.index  # "fined Google 4.3 billion euros"
    other = tree.name_at.get(above.index)
    if named and base(token.relation) == "flat" and other is not None and other.form == "whole" and other != span:
        return above.index < token.index and not tree.in_genitive(above.index)  # "Kauft Apple Intel?"
    if named and not tree.in_genitive(token.index):
        alone = above.lemma in TEMPORAL or above.text in {"anderem", "anderen"}
        if above.index < token.index and (alone or (above.pos == "PRON" and tree[token.index - 1].text != ",")):
            return True
    if _no_genitive(tree, token):
        return True
    titled = token.pos in {"NOUN", "PROPN"} and span is None and name_beside(tree, token.index) is not None
    owner = tree.name_at.get(above.index)
    behind = owner is not None and owner.form == "whole" and token.index - above.index > 0
    return titled and behind and token.index - 1 in tree.name_at and tree.name_at[token.index - 1] == owner


def _no_genitive(tree: Tree, token: Token) -> bool:
    """Whether a noun that hangs on the one before it has a determiner that no genitive has.

    "in einer Videokonferenz ein Abkommen": the second is an argument of the verb.
    """
    if token.pos != "NOUN" or token.relation != "nmod" or tree[token.head].index > token.index:
        return False
    return any(t.text.lower() in _NEVER_GENITIVE for t in tree.by_relation(token.index, "det"))
