"""German phrases hung where they belong: particles, set phrases, owners, and whose a preposition is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg import german_valency as valency
from kg.nominals import name_beside
from kg.quotation_marks import MARKS
from kg.records import NamedSpan, Token
from kg.trees import LOOSE, TEMPORAL, Tree, base, feature, infinitive_with_zu, is_finite, rehung

_PARTICLES: Final = frozenset(
    "ab an auf aus ein vor zu mit bei nach los fest zurück zusammen heraus hinaus weg".split()
)
_OF_VERBS: Final = frozenset("mit über gegen auf nach um an zu vor unter seit wegen für in bei".split())
"""Prepositions that a name has no attribute with, unlike "aus" and "von"."""
_SEATS: Final = frozenset({"Sitz", "Hauptsitz", "Stammsitz", "Firmensitz", "Zentrale", "Hauptquartier"})
_ORGANS: Final = re.compile(
    r"(^vorstand|aufsichtsrat|verwaltungsrat|rundfunkrat|stiftungsrat|präsidium|parlament|gremium|hauptversammlung|"
    r"kuratorium|direktorium|bundestag|landtag|senat|kongress|jury|fraktion|kabinett|partei|regierung|parteitag|"
    r"versammlung|kommission|findungskommission|mitgliederversammlung)$"
)
"""Nouns of bodies that elect and appoint, which no person bears."""
_CORE: Final = frozenset({"nsubj", "obj", "iobj", "obl", "dep", "conj", "root"})


def whole_name(tree: Tree, index: int) -> NamedSpan | None:
    """The name that a token stands for, whole and by its head word, None if it stands for none."""
    span = tree.name_at.get(index)
    if span is None or span.form != "whole" or tree.span_head(span.start, span.end) != index:
        return None
    return span


def verb_above(tree: Tree, index: int) -> int | None:
    """The nearest verb that a token depends on."""
    return next((i for i in tree.ancestors(index) if _verbal(tree, i)), None)


def _verbal(tree: Tree, index: int) -> bool:
    return tree[index].pos in {"VERB", "AUX"} or any(True for _ in tree.by_relation(index, "aux"))


def with_particles(tree: Tree) -> Iterator[Token]:
    """A particle at the end of its clause on the verb before: there is no "Claude ein" in "setzt Claude ein"."""
    for token in tree.tokens:
        closing = token.index + 1 < len(tree) and tree[token.index + 1].pos in {"PUNCT", "CCONJ"}
        lost = base(token.relation) in {"flat", "appos", "nmod", "compound", "conj", "dep"}
        if token.text in _PARTICLES and closing and lost and not tree.children[token.index]:
            verb = _verb_of_particle(tree, token.index)
            if verb is not None:
                yield replace(token, head=verb, relation="compound:prt", pos="ADP")
                continue
        yield token


def _verb_of_particle(tree: Tree, particle: int) -> int | None:
    """The finite verb before a particle, in the same clause and without particle."""
    for index in range(particle - 1, -1, -1):
        if tree[index].pos == "PUNCT" and tree[index].text not in MARKS:
            return None
        if tree[index].pos == "VERB" and is_finite(tree[index]):
            taken = any(t.relation == "compound:prt" for t in tree.by_relation(index, "compound"))
            return None if taken else index
    return None


def with_set_phrases(tree: Tree) -> Iterator[Token]:
    """ "unter anderem" and "vor allem" as the adverbs they are; what follows has no preposition."""
    sets = {
        t.index: t.index + 1
        for t in tree.tokens[:-1]
        if (t.text.lower(), tree[t.index + 1].text) in {("unter", "anderem"), ("unter", "anderen"), ("vor", "allem")}
    }
    inner = {second: first for first, second in sets.items()}
    for token in tree.tokens:
        if token.index in sets:
            second = tree[token.index + 1]
            nominal = token.head if token.head != second.index else second.head
            verb = nominal if _verbal(tree, nominal) else verb_above(tree, nominal)
            yield replace(token, pos="ADV", relation="advmod", head=verb if verb is not None else nominal)
        elif token.index in inner:
            yield replace(token, pos="ADV", relation="fixed", head=inner[token.index])
        elif token.head in inner and base(token.relation) in {"obl", "nmod", "appos", "flat", "conj"}:
            yield replace(token, head=tree[token.head].head, relation=LOOSE)
        elif any(t.index in sets for t in tree.by_relation(token.index, "case")) and base(token.relation) in {
            "obl",
            "nmod",
        }:
            yield replace(token, relation=LOOSE)
        else:
            yield token


def without_compounds(tree: Tree) -> Iterator[Token]:
    """A name before a noun as nominal of its own: German writes compounds in one word.

    "macht dem Anbieter Stripe Konkurrenz", "verlangt von Ruhrguss Auskunft".
    """
    moved: dict[int, tuple[int, str]] = {}
    for token in tree.tokens:
        if whole_name(tree, token.index) is None or token.relation != "compound" or token.head < token.index:
            continue
        noun = tree[token.head]
        verb = verb_above(tree, noun.index)
        first = tree.bounds(tree.name_at[token.index])[0]
        if noun.pos != "NOUN" or noun.index in tree.name_at or first == 0 or verb is None:
            continue
        before = tree[first - 1]
        if before.pos == "ADP" and before.head == noun.index:
            moved[before.index] = (token.index, "case")
            moved[token.index] = (verb, "obl")
            moved[noun.index] = (verb, "obj")
        elif before.pos == "NOUN" and before.index not in tree.name_at:
            moved[token.index] = (before.index, "appos")
            if noun.head == before.index:
                moved[noun.index] = (verb, LOOSE)
        elif before.pos in {"VERB", "AUX", "ADV"}:
            moved[token.index] = (verb, LOOSE)
    yield from rehung(tree, moved)


def with_owners(tree: Tree) -> Iterator[Token]:
    """A noun behind its possessor as head of their phrase: "zwischen Kenias Präsident X und …"."""
    turned: dict[int, int] = {}
    for token in tree.tokens:
        span = tree.name_at.get(token.index)
        if span is None or span.form != "whole" or not tree.in_genitive(token.index) or not tree.case(token.index):
            continue
        noun = tree.bounds(span)[1] + 1
        while noun < len(tree) and tree[noun].pos == "ADJ" and tree[noun].text[:1].islower():
            noun += 1
        if noun < len(tree) and tree[noun].pos == "NOUN" and tree[noun].head in {token.head, token.index}:
            turned[token.index] = noun
    nouns = {noun: name for name, noun in turned.items()}
    for token in tree.tokens:
        if token.index in turned:
            yield replace(token, head=turned[token.index], relation="nmod")
        elif token.index in nouns:
            name = tree[nouns[token.index]]
            yield replace(token, head=name.head, relation=name.relation)
        elif token.head in turned and base(token.relation) in {"case", "conj", "cc"}:
            yield replace(token, head=turned[token.head])
        else:
            yield token


def with_seats(tree: Tree) -> Iterator[Token]:
    """ "mit Sitz in …" on the nominal straight before it: "Ostriva mit Sitz in Graz versorgt …"."""
    for token in tree.tokens:
        start = min(tree.subtree(token.index))
        if token.text in _SEATS and tree.case(token.index) == "mit" and start > 0:
            owner = _nominal_ending(tree, start - 1)
            if owner is not None and owner != token.head and owner not in tree.subtree(token.index):
                yield replace(token, head=owner, relation="nmod")
                continue
        yield token


def _nominal_ending(tree: Tree, index: int) -> int | None:
    """The nominal that ends with a token."""
    span = tree.name_at.get(index)
    if span is not None and span.form == "whole":
        return tree.span_head(span.start, span.end)
    return index if tree[index].pos == "NOUN" else None


def with_own_phrases(tree: Tree) -> Iterator[Token]:
    """Prepositional phrases that hang on a name, on the verb: "verhandelt die EVG mit der Bahn".

    A phrase before the finite verb of a main clause is part of the nominal before it, as only one
    constituent stands there: "Die EVG mit ihren Mitgliedern verhandelt".
    """
    for token in tree.tokens:
        verb = _verb_of_phrase(tree, token) if base(token.relation) in {"nmod", "obl"} else None
        yield replace(token, head=verb, relation="obl") if verb is not None else token


def _verb_of_phrase(tree: Tree, token: Token) -> int | None:
    case, name = tree.case(token.index), token.head
    if case not in _OF_VERBS or token.text in _SEATS or name > token.index:
        return None
    span = whole_name(tree, name)
    beside = name_beside(tree, name) if tree[name].pos == "NOUN" and span is None else None
    named = span if beside is None else whole_name(tree, beside)
    if named is None or (case == "in" and (named.label == "LOC" or beside is not None)):
        return None
    if named.label == "PER" and case in {"an", "bei", "für", "in"} and beside is not None:
        return None  # "Professor Klaus Maier an der Universität Y"
    start = min(tree.subtree(token.index))
    if start <= tree.bounds(named)[1] or tree[start - 1].text == ",":
        return None
    verb = tree[name].head
    if not _verbal(tree, verb) or base(tree[name].relation) not in _CORE | {"nsubj"} or verb == name:
        return None
    if base(tree[verb].relation) == "amod":
        return None
    finite = [i for i in (verb, *(t.index for t in tree.by_relation(verb, "aux", "cop"))) if is_finite(tree[i])]
    subordinate = (
        any(t.relation == "mark" for t in tree.by_relation(verb, "mark")) or base(tree[verb].relation) == "acl"
    )
    return verb if finite and (min(finite) < start or subordinate) else None


def with_asides(tree: Tree) -> Iterator[Token]:
    """A participle between commas on the nominal before it: "Die Ukraine, von Russland überfallen, hofft …"."""
    for token in tree.tokens:
        found = _aside(tree, token) if token.pos in {"VERB", "ADJ"} else None
        if found is None:
            continue
        nominal, first, last, main = found
        for other in tree.tokens:
            if other.index == token.index:
                yield replace(other, pos="VERB", head=nominal, relation="acl", feats=_participle(other))
            elif other.index == nominal:
                yield replace(
                    other, head=main, relation="nsubj" if nominal in tree.subtree(token.index) else other.relation
                )
            elif first <= other.index <= last and (other.head < first or other.head > last) and other.pos != "PUNCT":
                yield replace(other, head=token.index, relation="obl" if tree.case(other.index) else other.relation)
            elif other.head == token.index and not first <= other.index <= last:
                yield replace(other, head=main)
            else:
                yield other
        return
    yield from tree.tokens


def _participle(token: Token) -> str:
    return token.feats if feature(token, "VerbForm") == "Part" else f"VerbForm=Part|{token.feats}".strip("|")


def _aside(tree: Tree, token: Token) -> tuple[int, int, int, int] | None:
    """Nominal, first and last word of a participle's phrase between commas, and the finite verb behind it."""
    if is_finite(token) or any(True for _ in tree.by_relation(token.index, "aux", "cop", "mark")):
        return None
    if not token.text.endswith(("t", "en")) or infinitive_with_zu(tree, token.index) or token.text[:1].isupper():
        return None
    commas = [t.index for t in tree.tokens if t.text == ","]
    left = max((c for c in commas if c < token.index), default=None)
    right = min((c for c in commas if c > token.index), default=None)
    if left is None or right is None or right + 1 >= len(tree) or left == 0:
        return None
    inside = range(left + 1, right)
    edge = token.index in {left + 1, right - 1}
    agent = any(tree[i].pos == "ADP" and tree[i].text.lower() in {"von", "vom"} for i in inside)
    others = any(tree[i].pos in {"VERB", "AUX", "SCONJ", "PRON"} for i in inside if i != token.index)
    finite = tree[right + 1]
    if not edge or not agent or others or not is_finite(finite):
        return None
    main = finite.head if base(finite.relation) in {"aux", "cop"} else finite.index
    nominal = _nominal_ending(tree, left - 1)
    if nominal is None or main in inside:
        return None
    kind = tree[nominal].head
    if nominal in tree.name_at and base(tree[nominal].relation) == "appos" and tree[kind].pos == "NOUN":
        nominal = kind
    return nominal, left + 1, right - 1, main


def with_people(tree: Tree) -> Iterator[Token]:
    """A person between commas behind a firm's name on the post before it: "Eine Sprecherin von X, Ada Y, …"."""
    for token in tree.tokens:
        post = _post_of(tree, token)
        yield replace(token, head=post, relation="appos") if post is not None else token


def _post_of(tree: Tree, token: Token) -> int | None:
    span = whole_name(tree, token.index)
    above = tree[token.head]
    if span is None or span.label != "PER" or base(token.relation) not in {"conj", "appos", "nmod", "dep"}:
        return None
    first, last = tree.bounds(span)
    owner = whole_name(tree, above.index)
    closed = last + 1 < len(tree) and tree[last + 1].text in {",", "."}
    if owner is None or owner.label == "PER" or not closed or first == 0 or tree[first - 1].text != ",":
        return None
    post = tree[above.head]
    while post.pos == "NOUN" and base(above.relation) == "appos" and base(post.relation) == "nmod":
        above, post = post, tree[post.head]
    return post.index if post.pos == "NOUN" and base(above.relation) == "nmod" and post.index < above.index else None


def with_floating(tree: Tree) -> Iterator[Token]:
    """ "beide" and "alle" behind a plural verb as adverbs: "Brasilien und Ecuador gehören beide der ACTO an"."""
    floating = {
        t.index: t.head
        for t in tree.tokens
        if t.text in {"beide", "alle"}
        and base(t.relation) == "obj"
        and any(len(tree.coordinated(s.index)) > 1 and s.index < t.index for s in tree.by_relation(t.head, "nsubj"))
    }
    for token in tree.tokens:
        if token.index in floating:
            yield replace(token, pos="ADV", relation="advmod")
        elif token.head in floating:
            relation = LOOSE if base(token.relation) == "nmod" and not tree.case(token.index) else token.relation
            yield replace(token, head=floating[token.head], relation=relation)
        else:
            yield token


def with_neighbours(tree: Tree) -> Iterator[Token]:
    """Two names side by side without a comma as two nominals, a person's behind a firm's or behind a date.

    "Als Finanzchef hat die Lufthansa Till Streichert berufen", "hat der Rundfunkrat Ada Vogt gewählt",
    "dem seit 2023 Lars Schaade vorsteht".
    """
    for token in tree.tokens:
        span = whole_name(tree, token.index)
        verb = verb_above(tree, token.index)
        if span is None or verb is None or tree.case(token.index) or tree.in_genitive(token.index):
            yield token
            continue
        first = tree.bounds(span)[0]
        above = tree[token.head]
        other = tree.name_at.get(above.index)
        beside = other is not None and other.form == "whole" and other != span and tree.bounds(other)[1] == first - 1
        two = beside and other is not None and {other.label, span.label} == {"PER", "ORG"} and span.label == "PER"
        year = above.pos == "NUM" and above.index == first - 1 and len(above.text) == 4
        organ = (
            span.label == "PER"
            and above.index == first - 1
            and above.pos == "NOUN"
            and _ORGANS.search(above.text.lower()) is not None
            and any(t.text.lower() in {"der", "das", "die"} for t in tree.by_relation(above.index, "det"))
        )
        dated = organ or year or (above.lemma in TEMPORAL and above.index == first - 1)
        if base(token.relation) in {"appos", "flat", "nmod", "compound"} and (two or dated):
            yield replace(token, head=verb, relation=LOOSE)
        else:
            yield token


def with_kinds(tree: Tree) -> Iterator[Token]:
    """A name behind its kind as one nominal where the verb has another object: "hat die Tochter X den Y gekauft"."""
    for token in tree.tokens:
        kind = _kind_of(tree, token)
        yield replace(token, head=kind, relation="appos") if kind is not None else token


def _kind_of(tree: Tree, token: Token) -> int | None:
    span = whole_name(tree, token.index)
    verb = token.head
    if span is None or base(token.relation) not in {"obj", "iobj", "nsubj", "dep"} or tree.case(token.index):
        return None
    noun = tree[tree.bounds(span)[0] - 1] if tree.bounds(span)[0] else token
    if noun.pos != "NOUN" or noun.head != verb or base(noun.relation) not in {"nsubj", "obj", "iobj", "obl"}:
        return None
    single = feature(noun, "Number") != "Plur" and any(True for _ in tree.by_relation(noun.index, "det"))
    rest = (t for t in tree.by_relation(verb, "obj", "nsubj", "dep") if t.index > token.index)
    other = any(t.pos == "NOUN" and t.index not in tree.name_at and not tree.case(t.index) for t in rest)
    return noun.index if single and other else None


def with_adverbs(tree: Tree) -> Iterator[Token]:
    """Adverbs of an auxiliary on its verb: "Nie hat X Teile geliefert"."""
    for token in tree.tokens:
        above = tree[token.head]
        auxiliary = base(above.relation) in {"aux", "cop"} and above.head != above.index
        yield replace(token, head=above.head) if auxiliary and token.relation == "advmod" else token


STEPS: Final = (
    with_particles,
    with_set_phrases,
    without_compounds,
    with_owners,
    with_neighbours,
    valency.with_titles,
    valency.with_times,
    valency.with_auxiliaries,
    with_kinds,
    with_floating,
    with_adverbs,
    valency.with_company,
    with_people,
    with_asides,
    with_seats,
    with_own_phrases,
    valency.with_coordinated,
    valency.with_events,
    valency.with_governed,
)
"""In the order they are taken, each from a tree to all its tokens."""
