"""English verbs put right: nouns that are verbs ("X chairs Y"), participles with their agents, opening participles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.records import Token
from kg.trees import TEMPORAL, Tree, base, feature

_VERBS: Final = frozenset(
    "ships makes cooks builds sells owns runs uses backs rivals supplies heads chairs leads hosts urges exports "
    "imports blames fines sues names funds supports plans warns visits holds tests bans buys orders operates employs "
    "trains designs develops produces offers brews mines flies equips tops joins wants talks partners models markets "
    "demands claims promises prints hires houses advises counsels coaches stores controls licenses powers "
    "hunts drills".split()
)
"""Forms in the third person that are plurals of nouns as well."""
_TREATED: Final = frozenset("liquefied refined processed used imported armoured armored canned enriched".split())
"""Participles before wares that are taken for the verb of "X ships liquefied gas"."""
_BEFORE_VERB: Final = frozenset({"also", "now", "still", "already", "currently", "only", "no"})
_AFTER_VERB: Final = frozenset({"DET", "ADJ", "NUM", "PROPN", "PRON", "NOUN", "SYM"})
_FINITE: Final = "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
_PARTICIPLE: Final = "Tense=Past|VerbForm=Part|Voice=Pass"
_NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON", "SYM", "NUM"})


def _with_verbs(tree: Tree) -> Iterator[Token]:
    """Verbs that the parser took for plurals, as what they are, where the sentence has no other verb."""
    verb = _hidden_verb(tree)
    if verb is None:
        yield from tree.tokens
        return
    old = tree[verb]
    root = next(t for t in tree.tokens if t.head == t.index)
    subject = _subject_before(tree, verb, root)
    object_taken = False
    for token in tree.tokens:
        if token.index == verb:
            outer = root.index in {verb, subject, root.head}
            lemma = old.lemma.lower() if old.lemma.lower() != old.text.lower() else old.text.lower().removesuffix("s")
            head, relation = (verb, "root") if outer else (old.head, old.relation)
            yield replace(token, pos="VERB", lemma=lemma, feats=_FINITE, head=head, relation=relation)
        elif token.index == subject:
            yield replace(token, head=verb, relation="nsubj")
        elif token.head == verb and token.index < verb and base(token.relation) in {"det", "amod", "nmod", "compound"}:
            yield replace(token, head=subject) if subject is not None else token
        elif token.index > verb and token.index != subject and token.head in {verb, root.index, subject}:
            later = token.index in tree.name_at and _head_of_name(tree, token.index) != token.index
            nominal = token.pos in _NOMINAL and base(token.relation) != "punct" and not later
            case = tree.case(token.index)
            relation = ("obl" if case else "obj" if not object_taken else "dep") if nominal else token.relation
            object_taken = object_taken or relation == "obj"
            yield replace(token, head=verb, relation="advmod" if relation == "root" else relation)
        elif token is root:
            target = _object(tree, token.index) if token.text.endswith("ed") else None
            yield replace(token, head=verb if target is None else target, relation="dep" if target is None else "amod")
        else:
            yield token


def _hidden_verb(tree: Tree) -> int | None:
    root = next(t for t in tree.tokens if t.head == t.index)
    if root.text in _VERBS and root.pos == "VERB" and root.lemma == root.text:
        return root.index  # "Thomas Miller chairs Nokia", the verb known, its subject not
    before_root = tree[root.index - 1] if root.index else root
    premodifier = root.text in _TREATED and before_root.head == root.index and before_root.pos == "NOUN"
    if (
        premodifier
        and before_root.text in _VERBS
        and before_root.index - 1 in tree.name_at
        and _object(tree, root.index)
    ):
        return before_root.index  # "Petronas ships liquefied gas"
    if root.pos in {"VERB", "AUX"} or any(True for _ in tree.by_relation(root.index, "cop", "aux")):
        return None
    for token in tree.tokens[1:-2]:
        before, behind = tree[token.index - 1], tree[token.index + 1]
        if token.text not in _VERBS or token.pos != "NOUN" or token.index in tree.name_at:
            continue
        named = before.index in tree.name_at or before.text in _BEFORE_VERB or before.text == ","
        follows = behind.pos in _AFTER_VERB or behind.text in {"to", "for", "with", "in", "on", "most", "more"}
        owned = any(
            t.relation == "nmod:poss" and t.index == token.index - 2 for t in tree.by_relation(token.index, "nmod")
        )
        if named and follows and not owned:
            return token.index
    return None


def _object(tree: Tree, verb: int) -> int | None:
    return next((t.index for t in tree.by_relation(verb, "obj") if t.index == verb + 1), None)


def _head_of_name(tree: Tree, index: int) -> int:
    span = tree.name_at[index]
    return tree.span_head(span.start, span.end)


def _subject_before(tree: Tree, verb: int, root: Token) -> int | None:
    """The nominal that a verb belongs to: the name straight before it, or what the sentence begins with."""
    span = tree.name_at.get(verb - 1)
    if span is not None and span.form == "whole":
        return tree.span_head(span.start, span.end)
    if root.index < verb:
        return root.index
    return next((i for i in tree.children[verb] if i < verb and i in tree.name_at), None)


_BY_FORMS: Final = frozenset(
    "run led made built owned set founded headed backed developed brought taken cut put hit".split()
)


def _with_agents(tree: Tree) -> Iterator[Token]:
    """Participles behind a noun or alone, with who stands behind their "by": "an Ohio company run by X"."""
    agents: dict[int, int] = {}
    nouns: dict[int, int] = {}
    for token in tree.tokens[2:]:
        if token.text != "by" or token.head <= token.index:
            continue
        place = token.index - 2 if tree[token.index - 1].relation == "compound:prt" else token.index - 1
        verb = tree[place]
        past = verb.text.lower() in _BY_FORMS or verb.text.endswith("ed")
        if verb.pos == "NOUN" and past and place > 0 and tree[place - 1].pos == "NOUN" and verb.text in _BY_FORMS:
            nouns[place] = place - 1
        elif verb.pos not in {"VERB", "ADJ"} or not (past or feature(verb, "VerbForm") == "Part"):
            continue
        told = tree[token.head].head == place and tree[token.head].relation == "obl:agent"
        if token.head not in set(tree.ancestors(place)) and not told:
            agents[token.head] = place
    for token in tree.tokens:
        if token.index in agents:
            yield replace(token, head=agents[token.index], relation="obl:agent")
        elif token.index in nouns:
            yield replace(token, pos="VERB", feats=_PARTICIPLE, head=nouns[token.index], relation="acl")
        elif token.index in nouns.values():
            verb = next(tree[v] for v, noun in nouns.items() if noun == token.index)
            yield replace(token, head=token.index if verb.head == verb.index else verb.head, relation=verb.relation)
        elif token.head in nouns and token.index < token.head:
            yield replace(token, head=nouns[token.head])
        elif token.index in agents.values() and token.relation in {"acl", "advcl"}:
            alone = not any(True for _ in tree.by_relation(token.index, "aux", "nsubj"))
            yield replace(token, pos="VERB", feats=_PARTICIPLE) if alone else token
        else:
            yield token


def _with_opening(tree: Tree) -> Iterator[Token]:
    """What opens a sentence as a participle on its own: "Founded by A, B and C, the firm Klarna now employs"."""
    changed = _opening(tree)
    for token in tree.tokens:
        yield changed.get(token.index, token)


def _opening(tree: Tree) -> dict[int, Token]:
    first = tree[0]
    root = next(t for t in tree.tokens if t.head == t.index)
    by = next((t.index for t in tree.tokens[1:5] if t.text == "by"), None)
    if first.pos != "VERB" or not (first.text.endswith("ed") or feature(first, "VerbForm") == "Part") or by is None:
        return {}
    main = _main_verb(tree, by) if root.index == 0 or root.pos != "VERB" else root.index
    if main is None or main == 0:
        return {}
    aux = min((t.index for t in tree.by_relation(main, "aux", "cop")), default=main)
    comma = max((i for i in range(by, aux) if tree[i].text == ","), default=None)
    if comma is None:
        return {}
    opening = [i for i in range(comma + 1, aux) if tree[i].pos in _NOMINAL or i in tree.name_at]
    if not opening:
        return {}
    span = tree.name_at.get(opening[-1])
    subject = tree.span_head(span.start, span.end) if span is not None and span.form == "whole" else opening[-1]
    kind = tree.bounds(span)[0] - 1 if span is not None and span.form == "whole" else None
    kind = kind if kind is not None and kind > comma and tree[kind].pos == "NOUN" else None
    agents = [
        tree.span_head(s.start, s.end)
        for s in tree.sentence.names
        if s.form == "whole" and by < tree.bounds(s)[0] and tree.bounds(s)[1] < comma
    ]
    changed = {
        0: replace(first, head=main, relation="advcl", feats=_PARTICIPLE),
        subject: replace(tree[subject], head=main, relation="nsubj"),
    }
    if tree[main].head == main or root.index == 0:
        changed[main] = replace(tree[main], head=main, relation="root")
    for index in range(comma + 1, aux):
        inside = span is not None and index in tree.name_at and tree.name_at[index] == span
        top = kind if kind is not None else subject
        if index == kind:
            changed[index] = replace(tree[index], head=subject, relation="nmod:desc")
        elif index != subject and not inside and tree[index].head not in range(comma + 1, index):
            adverb = tree[index].pos == "ADV"
            relation = {"DET": "det", "ADJ": "amod", "ADV": "advmod"}.get(tree[index].pos, "compound")
            before = index < top and not adverb
            changed[index] = replace(tree[index], head=top if before else main, relation=relation)
    plain = all(tree[i].text in {",", "and", "&"} or i in tree.name_at for i in range(by + 1, comma))
    if agents and plain:
        changed[agents[0]] = replace(tree[agents[0]], head=0, relation="obl:agent")
        for agent in agents[1:]:
            changed[agent] = replace(tree[agent], head=agents[0], relation="conj")
    return changed


def _main_verb(tree: Tree, start: int) -> int | None:
    """The first finite verb behind a comma."""
    comma = next((i for i in range(start, len(tree)) if tree[i].text == ","), len(tree))
    for token in tree.tokens[comma:]:
        finite = feature(token, "VerbForm") == "Fin" or any(True for _ in tree.by_relation(token.index, "aux"))
        if token.pos == "VERB" and finite and base(token.relation) != "acl":
            return token.index
    return None


_SHARES: Final = frozenset({"some", "most", "many", "two", "three", "four", "several", "both", "one", "much"})


def _with_shares(tree: Tree) -> Iterator[Token]:
    """Words for a part as determiners of what it is a part of: "two of its investors, A and B, have sued"."""
    parts = {}
    for token in tree.tokens[:-2]:
        if token.text.lower() in _SHARES and tree[token.index + 1].text == "of":
            whole = next(
                (t.index for t in tree.by_relation(token.index, "nmod", "obl") if tree.case(t.index) == "of"), None
            )
            if whole is not None and tree[whole].pos == "NOUN" and whole not in tree.name_at:
                parts[token.index] = whole
    wholes = {whole: part for part, whole in parts.items()}
    for token in tree.tokens:
        if token.index in parts:
            yield replace(token, head=parts[token.index], relation="det")
        elif token.index - 1 in parts:
            yield replace(token, head=token.index - 1, relation="fixed")
        elif token.index in wholes:
            part = tree[wholes[token.index]]
            root = part.head == part.index
            relation = "obj" if part.pos == "ADV" and base(part.relation) in {"advmod", "list"} else part.relation
            yield replace(token, head=token.index if root else part.head, relation=relation)
        elif token.head in parts:
            yield replace(token, head=parts[token.head])
        else:
            yield token


def _with_worth(tree: Tree) -> Iterator[Token]:
    """ "Worth" and its sum as the attribute of the noun before it: "won a contract worth 2 billion euros from X"."""
    worth = {
        t.index: tree[t.index - 1]
        for t in tree.tokens[1:-1]
        if t.text == "worth" and tree[t.index - 1].pos == "NOUN" and base(t.relation) in {"xcomp", "amod", "acl", "obj"}
    }
    for token in tree.tokens:
        if token.index in worth:
            yield replace(token, head=token.index - 1, relation="amod")
        elif token.head in worth and tree.case(token.index):
            yield replace(token, head=worth[token.head].head, relation="obl")
        else:
            yield token


def _with_hyphens(tree: Tree) -> Iterator[Token]:
    """ "Ride-hailing" as the attribute of the noun behind it, which takes its place."""
    nouns: dict[int, int] = {}
    for token in tree.tokens[2:-1]:
        hyphenated = tree[token.index - 1].text == "-" and tree[token.index - 2].head == token.index
        if token.pos == "VERB" and token.text.endswith(("ing", "ed")) and hyphenated:
            place = token.index + 1
            while place + 1 < len(tree) and tree[place].pos in {"NOUN", "ADJ"} and tree[place + 1].pos == "NOUN":
                place += 1
            span = tree.name_at.get(place + 1)
            named = span is not None and span.form == "whole" and tree[place].relation == "nmod:desc"
            top = tree[place].head if named else place
            if tree[place].pos == "NOUN" and top != token.head and tree[top].head == token.index:
                nouns[token.index] = top
    for token in tree.tokens:
        if token.index in nouns:
            yield replace(token, head=nouns[token.index], relation="amod")
        elif token.index in nouns.values():
            verb = next(tree[v] for v, noun in nouns.items() if noun == token.index)
            root = verb.head == verb.index
            lost = base(verb.relation) == "advcl" and not any(True for _ in tree.by_relation(verb.head, "nsubj"))
            relation = "nsubj" if lost and token.index < verb.head else verb.relation
            yield replace(token, head=token.index if root else verb.head, relation=relation)
        elif token.head in nouns and token.index > nouns[token.head]:
            yield replace(token, head=nouns[token.head])
        else:
            yield token


def _with_sums(tree: Tree) -> Iterator[Token]:
    """Who is made to pay as the object where a sum or a time took the name: "fined Meta $220 million last year"."""
    paying: dict[int, int] = {}
    for span in tree.sentence.names:
        first, last = tree.bounds(span)
        verb = tree[first - 1] if first else None
        if verb is None or verb.pos != "VERB" or span.form != "whole" or last + 1 >= len(tree):
            continue
        name = tree.span_head(span.start, span.end)
        noun = tree[tree[name].head]
        sum_behind = tree[last + 1].pos in {"SYM", "NUM"} and noun.index > last
        if sum_behind and noun.head == verb.index and base(tree[name].relation) in {"compound", "nmod", "flat"}:
            paying[name] = verb.index
    for token in tree.tokens:
        if token.index in paying:
            yield replace(token, head=paying[token.index], relation="obj")
        elif token.head in paying and token.index > token.head and token.pos in {"SYM", "NUM"}:
            yield replace(token, head=paying[token.head], relation="dep")
        elif token.lemma in TEMPORAL and base(token.relation) == "obj" and token.head in paying.values():
            yield replace(token, relation="obl:unmarked")
        else:
            yield token


STEPS: Final = (_with_sums, _with_verbs, _with_shares, _with_hyphens, _with_worth, _with_agents, _with_opening)
"""Steps from a tree to all its tokens."""
