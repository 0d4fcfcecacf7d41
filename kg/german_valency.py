"""German phrases given to the verb that asks for them: "kooperiert beim Bau von Akkus mit X" is with X.

A small parser hangs a prepositional phrase on the noun before it more often than is right. Where a verb
governs a preposition and has no phrase with it of its own, one further down is the verb's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.modality import full_lemma
from kg.nominals import name_beside
from kg.records import Token
from kg.trees import TEMPORAL, Tree, base, feature, is_finite

_GOVERNED: Final = {
    "mit": "kooperieren zusammenarbeiten verhandeln konkurrieren fusionieren verschmelzen zusammengehen paktieren "
    "zusammenschließen verbünden rivalisieren wetteifern sprechen beraten treffen zusammenkommen zusammentreffen "
    "einigen verständigen telefonieren streiten ringen",
    "gegen": "klagen ermitteln protestieren prozessieren vorgehen verhängen",
    "auf": "setzen zurückgreifen umstellen",
    "vor": "warnen",
    "nach": "reisen fliegen fahren exportieren liefern verschiffen expandieren aufbrechen ausführen",
    "an": "liefern beteiligen appellieren",
    "in": "investieren einmarschieren",
    "aus": "beziehen importieren einführen",
    "von": "beziehen abraten",
    "zu": "gehören zählen",
}
_CASES: Final = {
    verb: tuple(case for case, verbs in _GOVERNED.items() if verb in verbs.split())
    for verb in " ".join(_GOVERNED.values()).split()
}
_DEPTH: Final = 3  # nouns between verb and phrase: "bezieht | ein Drittel | seines Öls | aus Russland"


def with_governed(tree: Tree) -> Iterator[Token]:
    """Phrases with the preposition that the verb above governs, on that verb."""
    moved: dict[int, int] = {}
    for token in tree.tokens:
        if token.pos != "VERB" or base(token.relation) == "amod":
            continue
        for case in _CASES.get(full_lemma(tree, token.index), ()):
            own = any(tree.case(t.index) == case for t in tree.by_relation(token.index, "obl", "nmod"))
            phrase = None if own else _phrase_below(tree, token.index, case)
            if phrase is not None:
                moved[phrase] = token.index
    for token in tree.tokens:
        if token.index in moved:
            yield replace(token, head=moved[token.index], relation="obl")
        else:
            yield token


def _phrase_below(tree: Tree, verb: int, case: str) -> int | None:
    """The only named phrase with a preposition that hangs below the verb's own nominals."""
    found = []
    level = [t.index for t in tree.by_relation(verb, "obj", "obl", "nsubj", "iobj")]
    subjects = {t.index for t in tree.by_relation(verb, "nsubj")}
    for _ in range(_DEPTH):
        below = []
        for nominal in level:
            for token in tree.by_relation(nominal, "nmod", "obl"):
                if tree.case(token.index) == case and _named(tree, token.index) and token.index > nominal:
                    found.append((token.index, nominal))
                below.append(token.index)
        level = below
    # What stands before the verb with its subject belongs to the subject: "Der Streit mit X …".
    found = [(i, n) for i, n in found if not (n in subjects and i < verb)]
    return found[0][0] if len(found) == 1 else None


def _named(tree: Tree, index: int) -> bool:
    return index in tree.name_at or (tree[index].pos == "NOUN" and name_beside(tree, index) is not None)


_EVENTS: Final = re.compile(
    r"(ung|fuhr|export|import|verkauf|kauf|bau|exporte|importe|verkäufe|käufe|lieferungen|vertrieb|transport|handel)$"
)


def with_events(tree: Tree) -> Iterator[Token]:
    """Where goods come from and go to, on the event: "die Einfuhr von Fleisch aus Litauen"."""
    for token in tree.tokens:
        goods = tree[token.head]
        event = tree[goods.head]
        placed = base(token.relation) == "nmod" and tree.case(token.index) in {"aus", "nach", "an", "durch"}
        of = (
            base(goods.relation) == "nmod" and tree.case(goods.index) in {"von", ""} and goods.index not in tree.name_at
        )
        if (
            placed
            and of
            and goods.pos == event.pos == "NOUN"
            and event.index < goods.index < token.index
            and _EVENTS.search(event.text.lower())
            and name_beside(tree, goods.index) is None
            and _named(tree, token.index)
        ):
            yield replace(token, head=event.index)
        else:
            yield token


def with_coordinated(tree: Tree) -> Iterator[Token]:
    """Conjuncts with a preposition of their own on the nominal that has the same: "auf X von Y und auf Z"."""
    for token in tree.tokens:
        case = tree.case(token.index) if token.relation == "conj" else ""
        if case and tree.case(token.head) != case:
            same = next((i for i in tree.ancestors(token.index) if tree.case(i) == case and i < token.index), None)
            if same is not None:
                yield replace(token, head=same)
                continue
        yield token


def with_company(tree: Tree) -> Iterator[Token]:
    """ "gemeinsam mit X" and "zusammen mit X" as X's part in what the verb says."""
    for token in tree.tokens:
        above = tree[token.head]
        together = above.text.lower() in {"gemeinsam", "zusammen"} and above.relation == "advmod"
        if together and tree.case(token.index) == "mit" and above.head != token.index:
            yield replace(token, head=above.head, relation="obl")
        else:
            yield token


def with_titles(tree: Tree) -> Iterator[Token]:
    """What is coordinated with a titled name, on the title: "Präsident X und Außenminister Y kamen"."""
    for token in tree.tokens:
        name = tree[token.head]
        title = tree[name.head]
        titled = base(name.relation) == "appos" and name.index in tree.name_at and title.index not in tree.name_at
        single = title.pos == "NOUN" and feature(title, "Number") != "Plur" and title.index < name.index
        if token.relation == "conj" and titled and single and name_beside(tree, title.index) == name.index:
            yield replace(token, head=title.index)
        else:
            yield token


def with_times(tree: Tree) -> Iterator[Token]:
    """A bare plural behind a time on the verb: "flog in der Nacht Luftangriffe" has no "night of air strikes"."""
    for token in tree.tokens:
        time = tree[token.head]
        bare = (
            token.pos == "NOUN"
            and feature(token, "Number") == "Plur"
            and not list(tree.by_relation(token.index, "det"))
        )
        behind = time.lemma in TEMPORAL and time.index < token.index and base(token.relation) == "nmod"
        if bare and behind and not tree.case(token.index) and tree[time.head].pos == "VERB":
            yield replace(token, head=time.head, relation="dep")
        else:
            yield token


def with_auxiliaries(tree: Tree) -> Iterator[Token]:
    """A form of "sein" that hangs on the subject of a participle, on the participle: "ist X vor Gericht gezogen"."""
    for token in tree.tokens:
        subject = tree[token.head]
        verb = tree[subject.head]
        perfect = (
            token.relation == "cop"
            and token.lemma == "sein"
            and base(subject.relation) == "nsubj"
            and verb.pos == "VERB"
            and not is_finite(verb)
            and not any(is_finite(t) for t in tree.by_relation(verb.index, "aux", "cop"))
        )
        yield replace(token, head=verb.index, relation="aux") if perfect else token
