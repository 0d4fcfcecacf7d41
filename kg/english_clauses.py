"""English clauses put right: main verbs taken for participles and the reverse, verbs of a list, lost subjects, gerunds.

Each step goes by what a clause cannot do: an attribute has no subject, a finite verb is not without one, a
gerund behind a preposition is not what a noun does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.records import Token
from kg.trees import TEMPORAL, Tree, base, feature, has_finite

_PAST: Final = "Mood=Ind|Tense=Past|VerbForm=Fin"
_PARTICIPLE: Final = "Tense=Past|VerbForm=Part|Voice=Pass"
_INTRANSITIVE: Final = frozenset(
    "emigrate immigrate migrate die become remain arrive depart go come fall rise appear disappear emerge retire "
    "graduate belong consist exist happen occur prosper flourish collapse vanish stay live resign escape".split()
)
"""Verbs without a passive."""
_ADVERBS_OF_TIME: Final = frozenset({"today", "tomorrow", "yesterday", "tonight", "now", "then", "later"})
_BEFORE_GERUND: Final = frozenset("before after by while without since when upon despite besides".split())
_SAYING: Final = frozenset(
    "adding saying noting warning citing arguing claiming stating explaining insisting stressing".split()
)
_NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON"})


def put(tree: Tree, changed: dict[int, Token]) -> Iterator[Token]:
    """All tokens of a tree, some of them changed."""
    return (changed.get(t.index, t) for t in tree.tokens)


def is_participle(token: Token) -> bool:
    """Whether a verb is tagged as a past participle."""
    past = feature(token, "VerbForm") == "Part" and feature(token, "Tense") == "Past"
    return token.pos == "VERB" and past and not token.text.endswith("ing")


def has(tree: Tree, index: int, *relations: str) -> bool:
    """Whether a token has a child by one of these relations."""
    return any(True for _ in tree.by_relation(index, *relations))


def _opening(tree: Tree, verb: int) -> int:
    """The place where the verb group of a predicate begins: its first auxiliary, or the adverb before it."""
    place = min([verb, *(t.index for t in tree.by_relation(verb, "aux", "cop") if t.index < verb)])
    while place and tree[place - 1].pos == "ADV":
        place -= 1
    return place


def _with_finite_attributes(tree: Tree) -> Iterator[Token]:
    """A participle before a noun that has a subject as the verb it is: "the building incurred damage"."""
    changed: dict[int, Token] = {}
    for verb in tree.tokens:
        if not is_participle(verb) or base(verb.relation) != "amod" or verb.head < verb.index:
            continue
        noun = tree[verb.head]
        subjects = [t for t in tree.by_relation(verb.index, "nsubj") if t.index < verb.index]
        if not subjects or has(tree, noun.index, "cop") or tree[verb.index - 1].text in {"-", "‑"}:
            continue
        root = noun.head == noun.index
        relation = "parataxis" if base(noun.relation) in {"dep", "nsubj", "obl", "nmod"} else noun.relation
        changed[verb.index] = replace(verb, feats=_PAST, head=verb.index if root else noun.head, relation=relation)
        changed[noun.index] = replace(noun, head=verb.index, relation="obj")
        changed |= {t.index: replace(t, relation="nsubj") for t in subjects}
        for child in tree.children[noun.index]:
            token = tree[child]
            kept = base(token.relation) in {"det", "amod", "compound", "nmod", "flat", "case", "nummod", "appos"}
            if child != verb.index and not (kept and (child > verb.index or base(token.relation) != "punct")):
                relation = "advcl" if base(token.relation) == "acl" and token.text.endswith("ing") else token.relation
                changed[child] = replace(token, head=verb.index, relation=relation)
    yield from put(tree, changed)


def _with_main_participle(tree: Tree) -> Iterator[Token]:
    """The verb behind a root noun as the main verb where a finite one is coordinated with it, or an object follows.

    "Although it was never published, the treatise circulated widely and influenced Leibniz".
    """
    root = next(t for t in tree.tokens if t.head == t.index)
    changed: dict[int, Token] = {}
    verb = next(iter(tree.by_relation(root.index, "acl")), None)
    if (
        root.pos in _NOMINAL
        and verb is not None
        and is_participle(verb)
        and all(tree[i].pos != "PUNCT" for i in range(root.index, verb.index))
        and not has(tree, root.index, "cop", "nsubj", "case")
        and not has(tree, verb.index, "aux", "obl:agent", "nsubj")
    ):
        joined = any(
            has_finite(tree, t.index) and not has(tree, t.index, "nsubj") for t in tree.by_relation(verb.index, "conj")
        )
        if joined or has(tree, verb.index, "obj"):
            changed[verb.index] = replace(verb, feats=_PAST, head=verb.index, relation="root")
            changed[root.index] = replace(root, head=verb.index, relation="nsubj")
            for child in tree.children[root.index]:
                token = tree[child]
                outer = base(token.relation) in {"advcl", "obl", "advmod", "parataxis", "punct", "conj", "cc"}
                if child != verb.index and (outer or child > verb.index):
                    changed[child] = replace(token, head=verb.index)
    yield from put(tree, changed)


def _with_subject_of_phrase(tree: Tree) -> Iterator[Token]:
    """The subject of a finite verb that was hung on the phrase before it: "At the battle in 1866 the fleet sank"."""
    changed: dict[int, Token] = {}
    for verb in tree.tokens:
        if verb.pos != "VERB" or base(verb.relation) not in {"root", "ccomp", "advcl", "parataxis"}:
            continue
        if not has_finite(tree, verb.index) or has(tree, verb.index, "nsubj", "csubj", "expl"):
            continue
        opening = _opening(tree, verb.index)
        fronted = [t.index for t in tree.by_relation(verb.index, "obl", "advmod") if t.index < opening]
        inside = [i for front in fronted for i in tree.subtree(front) if i < opening and i not in fronted]
        lost = [i for i in inside if tree[i].pos in _NOMINAL and _caseless(tree, i)]
        for index in lost:
            if max(tree.subtree(index)) == opening - 1:
                relation = "nsubj:pass" if has(tree, verb.index, "aux:pass") else "nsubj"
                changed[index] = replace(tree[index], head=verb.index, relation=relation)
                break
    yield from put(tree, changed)


def _caseless(tree: Tree, index: int) -> bool:
    """Whether a noun hangs without preposition on another, as no attribute does that begins with an article."""
    token = tree[index]
    bare = token.relation in {"nmod:unmarked", "nmod", "appos", "dep", "obl:unmarked", "nmod:desc"}
    begins = tree[min(tree.subtree(index))]
    opened = begins.pos == "DET" or "PronType=Prs" in begins.feats or index in tree.name_at
    time = token.lemma in TEMPORAL or token.text.isdigit()
    nominal = tree[token.head].pos in {"NOUN", "PROPN", "NUM"}
    return bare and nominal and opened and not time and not tree.case(index) and not has(tree, index, "case", "cc")


def _with_times(tree: Tree) -> Iterator[Token]:
    """A word for a time as the adverb of a second verb, which shares its subject: "and today has 620 pupils"."""
    changed: dict[int, Token] = {}
    for token in tree.tokens:
        verb = tree[token.head]
        if token.relation != "nsubj" or token.text.lower() not in _ADVERBS_OF_TIME or verb.relation != "conj":
            continue
        if has(tree, verb.head, "nsubj") and not tree.children[token.index]:
            changed[token.index] = replace(token, relation="advmod")
    yield from put(tree, changed)


def _main_behind(tree: Tree, verb: Token) -> Token | None:
    """The main verb behind a participle that took its subject: above it, or beside it without "and"."""
    if verb.pos != "VERB":
        return None
    if tree[verb.head].index > verb.index:
        return tree[verb.head]
    beside = tree.by_relation(verb.index, "parataxis", "ccomp", "advcl", "conj")
    return next((t for t in beside if t.index > verb.index and not has(tree, t.index, "cc", "mark")), None)


def _with_participles_aside(tree: Tree) -> Iterator[Token]:
    """A participle between commas as its noun's, which is the subject of the verb behind: "The tunnel, opened in
    2016, is the longest".
    """
    changed: dict[int, Token] = {}
    for subject in tree.tokens:
        verb = tree[subject.head]
        main = _main_behind(tree, verb)
        if main is None or base(subject.relation) != "nsubj" or not subject.index < verb.index < main.index:
            continue
        aside = base(verb.relation) in {"advcl", "ccomp", "parataxis", "csubj", "root"}
        if not (aside and verb.text.endswith(("ed", "en"))) and not is_participle(verb):
            continue
        opening = _opening(tree, main.index)
        closed = opening > 0 and tree[opening - 1].text == ","
        own = has(tree, main.index, "nsubj", "csubj", "expl") or has(tree, verb.index, "aux", "mark", "obj", "cop")
        apart = any(tree[i].text == "," for i in range(subject.index + 1, verb.index))
        if apart and closed and not own and has_finite(tree, main.index):
            relation = "nsubj:pass" if has(tree, main.index, "aux:pass") else "nsubj"
            changed[subject.index] = replace(subject, head=main.index, relation=relation)
            changed[verb.index] = replace(verb, feats=_PARTICIPLE, head=subject.index, relation="acl")
            if main.head == verb.index:
                top = verb.head == verb.index
                changed[main.index] = replace(
                    main, head=main.index if top else verb.head, relation="root" if top else verb.relation
                )
                later = [
                    i for i in tree.children[verb.index] if i > main.index or (i >= opening - 1 and i != main.index)
                ]
                changed |= {i: replace(tree[i], head=main.index) for i in later}
    yield from put(tree, changed)


def _with_coordinated_verbs(tree: Tree) -> Iterator[Token]:
    """Verbs of a list on the verb before them: not beside it, nor on its object.

    "rises in the Harz, joins the Aller", "was directed by A, written by B and shown in C", "valued at 3 billion pounds
    and approved by shareholders".
    """
    changed: dict[int, Token] = {}
    for verb in tree.tokens:
        above = tree[verb.head]
        if verb.pos != "VERB" or above.index >= verb.index or has(tree, verb.index, "nsubj", "csubj", "expl", "mark"):
            continue
        behind_comma = tree[_opening(tree, verb.index) - 1].text == ","
        listed = behind_comma and above.pos == "VERB"
        if verb.relation == "parataxis" and listed and has_finite(tree, verb.index) and has_finite(tree, above.index):
            changed[verb.index] = replace(verb, relation="conj")
        elif verb.relation == "advcl" and listed and is_participle(verb) and has(tree, above.index, "aux:pass"):
            more = any(is_participle(t) and has(tree, t.index, "cc") for t in tree.by_relation(verb.index, "conj"))
            if more and not has(tree, verb.index, "aux"):
                changed[verb.index] = replace(verb, relation="conj")
        elif verb.relation == "conj" and above.pos in _NOMINAL and not has(tree, above.index, "cop"):
            outer = tree[above.head]
            while outer.pos in _NOMINAL and outer.head != outer.index:
                outer = tree[outer.head]
            alike = is_participle(verb) == is_participle(outer) or has_finite(tree, verb.index)
            if outer.pos == "VERB" and outer.index < above.index and alike and not has(tree, above.index, "acl"):
                changed[verb.index] = replace(verb, head=outer.index)
    yield from put(tree, changed)


def _with_finite_conjuncts(tree: Tree) -> Iterator[Token]:
    """A second verb that cannot share the passive of the first in the past tense: "was dismissed and emigrated"."""
    changed: dict[int, Token] = {}
    for verb in tree.tokens:
        if verb.relation != "conj" or not is_participle(verb) or not has(tree, verb.head, "aux:pass"):
            continue
        plain = verb.lemma.lower() in _INTRANSITIVE or (has(tree, verb.index, "obj") and verb.text.endswith("ed"))
        if plain and not has(tree, verb.index, "aux", "obl:agent"):
            changed[verb.index] = replace(verb, feats=_PAST)
    yield from put(tree, changed)


def _with_own_subjects(tree: Tree) -> Iterator[Token]:
    """A noun before a finite verb as its subject, not one of the list before: "took up sport and his work was"."""
    changed: dict[int, Token] = {}
    for verb in tree.tokens:
        if verb.relation != "conj" or not has_finite(tree, verb.index) or has(tree, verb.index, "nsubj", "csubj", "cc"):
            continue
        opening = _opening(tree, verb.index)
        first = tree[verb.head]
        for noun in tree.tokens[first.index + 1 : opening]:
            joined = noun.relation == "conj" and noun.pos in _NOMINAL and has(tree, noun.index, "cc")
            if joined and noun.head >= first.index and max(tree.subtree(noun.index)) == opening - 1:
                if tree.case(noun.index):
                    continue
                relation = "nsubj:pass" if has(tree, verb.index, "aux:pass") else "nsubj"
                changed[noun.index] = replace(noun, head=verb.index, relation=relation)
                changed |= {t.index: replace(t, head=verb.index) for t in tree.by_relation(noun.index, "cc")}
                break
    yield from put(tree, changed)


def _with_gerunds(tree: Tree) -> Iterator[Token]:
    """A gerund behind a preposition or a comma on the verb: "played for four seasons before moving to the VFA"."""
    changed: dict[int, Token] = {}
    for verb in tree.tokens:
        if verb.pos != "VERB" or not verb.text.endswith("ing") or has(tree, verb.index, "nsubj", "aux"):
            continue
        above = tree[verb.head]
        marks = {t.text.lower() for t in tree.by_relation(verb.index, "mark", "case")}
        if base(verb.relation) == "acl" and marks & _BEFORE_GERUND and above.index < verb.index:
            governor = next((i for i in tree.ancestors(above.index) if tree[i].pos == "VERB"), None)
            if governor is not None and governor < verb.index:
                changed[verb.index] = replace(verb, head=governor, relation="advcl")
        elif verb.relation == "advcl" and verb.text in _SAYING and tree[verb.index - 1].text == ",":
            said = next(
                (i for i in (above.index, *tree.ancestors(above.index)) if base(tree[i].relation) == "ccomp"), None
            )
            saying = tree[tree[said].head] if said is not None else None
            if saying is not None and saying.pos == "VERB" and saying.index < above.index:
                changed[verb.index] = replace(verb, head=saying.index)
    yield from put(tree, changed)


STEPS: Final = (
    _with_finite_attributes,
    _with_main_participle,
    _with_subject_of_phrase,
    _with_times,
    _with_participles_aside,
    _with_coordinated_verbs,
    _with_finite_conjuncts,
    _with_own_subjects,
    _with_gerunds,
)
"""Steps from a tree to all its tokens."""
