"""German predicates put right: nouns and adjectives behind a copula, main verbs behind an infinitive, set phrases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.records import Token
from kg.roles import case_by_form
from kg.trees import TEMPORAL, Tree, base, feature, infinitive_with_zu, is_finite, rehung

_WITH_VERB: Final = {
    "fertig": "stellen machen bringen werden bauen",
    "bekannt": "geben machen werden",
    "frei": "sprechen lassen geben setzen legen kommen",
    "fest": "stellen legen nehmen setzen halten machen schreiben",
    "sicher": "stellen gehen",
    "offen": "legen lassen halten",
    "klar": "stellen machen",
    "gleich": "setzen stellen kommen",
    "still": "legen stehen",
    "kennen": "lernen",
    "bereit": "stellen halten liegen stehen",
    "wahr": "nehmen",
    "infrage": "stellen kommen",
    "zufrieden": "stellen",
    "tot": "schlagen schießen",
    "verloren": "gehen",
    "verantwortlich": "machen zeichnen",
    "gut": "schreiben heißen",
    "statt": "finden",
    "teil": "nehmen haben",
    "aufmerksam": "machen werden",
    "deutlich": "machen werden",
    "geltend": "machen",
    "rückgängig": "machen",
    "möglich": "machen",
    "unmöglich": "machen",
    "verfügbar": "machen",
    "zustande": "kommen bringen",
}
"""Adjectives and nouns that close a clause as part of its verb: "stellte das Album fertig"."""
_SUPPORT: Final = {
    "in": "Verbindung Zusammenhang Kraft Betrieb Anspruch Frage Betracht Erscheinung Auftrag Dienst Besitz Brand "
    "Vergessenheit Gang Haft",
    "außer": "Kraft Betrieb Dienst Acht",
    "zu": "Verfügung Welt Einsatz Opfer Ende Folge Ausdruck Sprache Stillstand Ruhe Tragen Kenntnis Erliegen Anwendung "
    "Vorschein Wehr Geltung Stande Fall Rücktritt Schau",
    "um": "Leben",
    "an": "Licht Macht Bord",
    "unter": "Beweis Druck Schutz Vertrag",
}
"""Prepositional phrases that belong to their verb: "trat in Kraft", "kamen ums Leben"."""
_ARTICLES: Final = frozenset("der die das dem den des ein eine einen einem einer eines".split())
_SIZES: Final = frozenset("lang breit hoch tief groß schwer alt dick weit stark entfernt lange".split())


def with_predicates(tree: Tree) -> Iterator[Token]:
    """A noun behind a copula as predicate of the noun before: "Ein großer Laichplatz … ist der Columbia River"."""
    if "cop" not in tree.kinds:
        yield from tree.tokens
        return
    for token in tree.tokens:
        subject = tree[token.head]
        copula = next((t for t in tree.by_relation(token.index, "cop")), None)
        below = base(token.relation) in {"nmod", "appos", "flat", "dep", "conj"} and subject.pos in {"NOUN", "PROPN"}
        if copula is None or not below or not subject.index < copula.index < token.index or tree.case(token.index):
            continue
        between = [t for t in tree.tokens[subject.index + 1 : copula.index] if t.pos in {"VERB", "AUX"}]
        own = any(True for _ in tree.by_relation(token.index, "nsubj")) or tree.case(subject.index)
        if own or between or any(True for _ in tree.by_relation(subject.index, "cop")):
            continue
        root = subject.head == subject.index
        for other in tree.tokens:
            if other.index == token.index:
                head = token.index if root else subject.head
                yield replace(other, head=head, relation=subject.relation)
            elif other.index == subject.index:
                yield replace(other, head=token.index, relation="nsubj")
            elif other.head == subject.index and other.index > copula.index:
                yield replace(other, head=token.index)
            else:
                yield other
        return
    yield from tree.tokens


def with_adjectives(tree: Tree) -> Iterator[Token]:
    """An adjective behind copula and subject as the predicate: "In dieser Hinsicht ist Tradition abhängig vom …"."""
    if "cop" not in tree.kinds:
        yield from tree.tokens
        return
    for token in tree.tokens:
        copula = next((t for t in tree.by_relation(token.index, "cop")), None)
        if copula is None or token.pos not in {"NOUN", "PROPN"} or not 0 < copula.index < token.index:
            continue
        if any(True for _ in tree.by_relation(token.index, "nsubj")) or case_by_form(tree, token.index) in {
            "Acc",
            "Dat",
        }:
            continue
        start = min((i for i in tree.subtree(token.index) if i > copula.index), default=token.index)
        adjective = _bare_adjective(tree, token.index)
        if adjective is None or start != copula.index + 1:
            continue
        for other in tree.tokens:
            if other.index == adjective:
                head = adjective if token.head == token.index else token.head
                yield replace(other, head=head, relation=token.relation)
            elif other.index == token.index:
                yield replace(other, head=adjective, relation="nsubj")
            elif other.head == token.index and (other.index < copula.index or other.index > adjective):
                yield replace(
                    other, head=adjective, relation="obl" if base(other.relation) == "nmod" else other.relation
                )
            elif other.index == copula.index:
                yield replace(other, head=adjective, relation="cop")
            else:
                yield other
        return
    yield from tree.tokens


def _bare_adjective(tree: Tree, noun: int) -> int | None:
    """An adjective without ending behind a noun that ends its clause or has a preposition behind it."""
    place = noun + 1
    if place >= len(tree):
        return None
    token = tree[place]
    bare = token.pos == "ADJ" and not feature(token, "Case") and feature(token, "Degree") == "Pos"
    following = tree[place + 1] if place + 1 < len(tree) else token
    closes = following.pos == "ADP" or following.text == "."
    return place if bare and closes and token.text[:1].islower() and token.text[:1].isalpha() else None


def with_main_verbs(tree: Tree) -> Iterator[Token]:
    """The finite verb behind an infinitive between commas as main verb: "Der Plan, X zu kaufen, wurde verworfen"."""
    found = _behind_infinitive(tree)
    if found is None:
        yield from tree.tokens
        return
    infinitive, main, comma = found
    noun = max((i for i in range(comma) if tree[i].pos in {"NOUN", "PROPN"}), default=None)
    tops = [
        t for t in tree.tokens[:comma] if t.head == infinitive and t.pos in {"NOUN", "PROPN"} and not tree.case(t.index)
    ]
    for token in tree.tokens:
        if token.index == main:
            yield replace(token, head=main, relation="root")
        elif token.index == infinitive:
            yield replace(token, head=noun if noun is not None else main, relation="acl")
        elif token.index < comma and token.head == infinitive:
            subject = len(tops) == 1 and token.index == tops[0].index
            yield replace(token, head=main, relation="nsubj" if subject else token.relation)
        elif token.index > infinitive and token.head == infinitive:
            yield replace(token, head=main)
        else:
            yield token


def _behind_infinitive(tree: Tree) -> tuple[int, int, int] | None:
    """Root infinitive with "zu", the finite clause's verb behind it, and the comma before the infinitive's phrase."""
    root = next((t for t in tree.tokens if t.head == t.index), None)
    if root is None or root.pos != "VERB" or not infinitive_with_zu(tree, root.index) or root.index + 2 >= len(tree):
        return None
    comma = next((i for i in range(root.index - 1, -1, -1) if tree[i].text == ","), 0)
    finite = tree[root.index + 2]
    if tree[root.index + 1].text != "," or finite.pos not in {"VERB", "AUX"} or not is_finite(finite) or comma < 1:
        return None
    main = finite.head if base(finite.relation) in {"aux", "cop"} else finite.index
    return (root.index, main, comma) if main > root.index and tree[main].head == root.index else None


def with_support(tree: Tree) -> Iterator[Token]:
    """Set phrases on their verb and as part of it: "trat eine Verfassung in Kraft", "stellte X fertig"."""
    for token in tree.tokens:
        verb = _verb_of_support(tree, token)
        if verb is not None:
            yield replace(token, head=verb, relation="obl")
        elif _verb_particle(tree, token):
            yield replace(token, relation="compound:prt")
        else:
            yield token


def supporting(tree: Tree, noun: int) -> bool:
    """Whether a prepositional phrase of one noun belongs to its verb."""
    own = [t for t in tree.tokens if t.head == noun and base(t.relation) != "case"]
    return not own and tree[noun].text in _SUPPORT.get(tree.case(noun), "").split()


def _verb_of_support(tree: Tree, token: Token) -> int | None:
    """The verb of a set phrase that the parser hung on a noun."""
    if base(token.relation) != "nmod" or not supporting(tree, token.index):
        return None
    for above in tree.ancestors(token.index):
        if tree[above].pos == "VERB":
            return above
    return None


def _verb_particle(tree: Tree, token: Token) -> bool:
    if token.text not in _WITH_VERB:
        return False
    verb = tree[token.head]
    closing = token.index + 1 >= len(tree) or tree[token.index + 1].pos in {"PUNCT", "CCONJ", "VERB", "AUX", "PART"}
    loose = (
        base(token.relation) in {"xcomp", "advmod", "obj", "obl", "dep", "compound"} and not tree.children[token.index]
    )
    return closing and loose and verb.lemma.lower() in _WITH_VERB[token.text].split()


def with_measures(tree: Tree) -> Iterator[Token]:
    """A measure on the adjective behind it: "einen 70 Kilometer langen Kanal" is a canal."""
    moved: dict[int, tuple[int, str]] = {}
    for token in tree.tokens[2:-1]:
        measure, noun = tree[token.index - 1], tree[token.index + 1]
        sized = token.pos == "ADJ" and token.lemma in _SIZES and feature(token, "Case") and measure.pos == "NOUN"
        number = next((t for t in tree.by_relation(measure.index, "nummod")), None)
        if (
            not sized
            or number is None
            or noun.pos not in {"NOUN", "PROPN"}
            or tree[measure.index - 1].pos
            not in {
                "NUM",
                "NOUN",
            }
        ):
            continue
        if noun.head in {measure.index, token.index}:
            moved[noun.index] = (measure.head, measure.relation)
        moved[token.index] = (noun.index, "amod")
        moved[measure.index] = (token.index, "compound")
        for child in tree.children[measure.index]:
            of_number = tree[child].text.lower() in {"bis", "zu", "über", "unter", "rund"}
            if base(tree[child].relation) in {"det", "case"} and child < number.index:
                moved[child] = (number.index, "advmod") if of_number else (noun.index, tree[child].relation)
        for child in tree.children[token.index]:
            if base(tree[child].relation) in {"det", "case"}:
                moved[child] = (noun.index, tree[child].relation)
        moved.update(_article(tree, number.index, noun.index))
    yield from rehung(tree, moved)


def _article(tree: Tree, number: int, noun: int) -> Iterator[tuple[int, tuple[int, str]]]:
    """The article before a measure as that of the noun; a pronoun in the noun's place gives the place up."""
    place = number - 1
    while place > 0 and tree[place].pos in {"ADV", "ADJ"} and tree[place].text[:1].islower():
        place -= 1
    token = tree[place]
    if token.text.lower() in _ARTICLES and token.head != noun:
        if base(token.relation) in {"nmod", "obl", "obj", "nsubj"}:
            yield noun, (token.head, token.relation)
        yield place, (noun, "det")


def with_comparatives(tree: Tree) -> Iterator[Token]:
    """ "mehr als" before a number as its adverb: "leben mehr als 165.000 Personen"."""
    moved: dict[int, tuple[int, str]] = {}
    for token in tree.tokens[1:-1]:
        more, number = tree[token.index - 1], tree[token.index + 1]
        if token.text != "als" or more.text.lower() not in {"mehr", "weniger"} or number.pos != "NUM":
            continue
        noun = number if base(number.relation) != "nummod" else tree[number.head]
        moved[token.index] = (number.index, "advmod")
        moved[more.index] = (number.index, "advmod")
        if more.index and tree[more.index - 1].text.lower() in {"etwas", "deutlich", "weit", "nicht"}:
            moved[more.index - 1] = (number.index, "advmod")
        others = [t for t in tree.by_relation(noun.index, "case") if t.index != token.index]
        others += list(tree.by_relation(more.index, "case"))
        moved.update({t.index: (noun.index, "case") for t in others})
        verb = noun.head if noun.head not in {more.index, token.index} else more.head
        if others or base(noun.relation) not in {"obl", "nmod"} or tree[verb].pos != "VERB":
            continue
        subject = any(True for _ in tree.by_relation(verb, "nsubj"))
        moved[noun.index] = (verb, "obj" if subject else "nsubj")
    yield from rehung(tree, moved)


def with_objects(tree: Tree) -> Iterator[Token]:
    """Nominals in the accusative as objects: "hat Kafka … vernichtet", "machen Porträts einen Teil aus"."""
    for token in tree.tokens:
        passive = token.relation == "nsubj:pass"
        if passive and any(t.lemma == "haben" for t in tree.by_relation(token.head, "aux")):
            other = any(t.index != token.index for t in tree.by_relation(token.head, "nsubj"))
            yield replace(token, relation="obj" if other else "nsubj")
            continue
        if _behind_subject(tree, token):
            yield replace(token, head=tree[token.head].head, relation="obj")
            continue
        bare = base(token.relation) == "obl" and token.pos == "NOUN" and not tree.case(token.index)
        accusative = bare and case_by_form(tree, token.index) == "Acc" and token.lemma not in TEMPORAL
        if accusative and token.lemma not in {"Tag", "Stunde", "Mal"} and tree[token.head].pos == "VERB":
            yield replace(token, relation="obj")
        else:
            yield token


def _behind_subject(tree: Tree, token: Token) -> bool:
    """Whether a nominal that its article marks as accusative stands behind the subject of a verb without object."""
    subject = tree[token.head]
    tied = base(token.relation) in {"nmod", "flat", "appos", "dep"} and base(subject.relation) == "nsubj"
    if not tied or tree.case(token.index) or case_by_form(tree, token.index) != "Acc" or subject.index > token.index:
        return False
    start = min(tree.subtree(token.index))
    verb = tree[subject.head]
    free = verb.pos in {"VERB", "AUX"} and not any(True for _ in tree.by_relation(verb.index, "obj"))
    return free and token.lemma not in TEMPORAL and all(t.text != "," for t in tree.tokens[subject.index : start + 1])


STEPS: Final = (
    with_main_verbs,
    with_predicates,
    with_adjectives,
    with_measures,
    with_comparatives,
    with_objects,
    with_support,
)
"""In the order they are taken, each from a tree to all its tokens."""
