"""German trees put right by agreement: who does what by number, whose a relative clause is, whose a time or a sum.

Number and gender are told by forms, which a tagger reads well; what hangs where it guesses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.modality import auxiliaries
from kg.records import Token
from kg.roles import case_by_form
from kg.trees import CURRENCIES, TEMPORAL, Tree, base, feature, infinitive_with_zu, is_finite
from kg.voice import is_passive

_QUANTITIES: Final = frozenset(
    "Reihe Zahl Anzahl Mehrheit Drittel Viertel Hälfte Prozent Million Milliarde Paar Dutzend Teil Gruppe Menge "
    "Vielzahl Mehrzahl Großteil Fülle Handvoll Minderheit Prozentpunkt Hundert Tausend Fünftel Rest".split()
)
"""Nouns whose verb may agree with what they measure: "eine Reihe von Firmen haben"."""
_DATED: Final = re.compile(
    r"(wahl|spiele|spielen|meisterschaft|cup|pokal|preis|festival|krieg|revolution|contest|saison|jahr|sommer|winter|"
    r"herbst|frühjahr|frühling|quartal|halbjahr|expo|weltausstellung|reform|gesetz|version|modell|ausgabe|auflage|"
    r"haushalt|etat|tour|gipfel|agenda|verfassung|vertrag|kongress|konferenz|turnier|messe|biennale|liste|edition)(e?n|e|s|es|ern)?$",
    re.IGNORECASE,
)
"""Nouns that a year belongs to: "die Weltmeisterschaft 2014"."""
_MEASURES: Final = frozenset("Prozent Prozentpunkt Million Milliarde Euro Dollar Meter Kilometer Punkt".split())
_TIMES: Final = TEMPORAL | frozenset(
    "Jahrhundert Jahrzehnt Tag Stunde Wochenende Sommer Winter Herbst Frühjahr".split()
)
_NUMBERS: Final = {"der": "Sing", "das": "Sing", "dem": "Sing", "den": "Sing", "denen": "Plur", "dessen": "Sing"}
_GENDERS: Final = {"das": "Neut", "den": "Masc", "dem": "MascNeut", "dessen": "MascNeut"}


def with_purposes(tree: Tree) -> Iterator[Token]:
    """ "um", "ohne" and "statt" on the infinitive that they open: there is no "um Kosten" in "um Kosten zu senken"."""
    marks: dict[int, int] = {}
    for token in tree.tokens:
        if token.text.lower() in {"um", "ohne", "statt", "anstatt"} and token.pos in {"ADP", "SCONJ", "CCONJ", "ADV"}:
            opens = token.index == 0 or tree[token.index - 1].text in {",", "–", "und", "oder", "("}
            verb = _infinitive_behind(tree, token.index) if opens else None
            if verb is not None:
                marks[token.index] = verb
    owners = {token.head: marks[i] for i in marks if base((token := tree[i]).relation) == "case"}
    for token in tree.tokens:
        if token.index in marks:
            yield replace(token, pos="SCONJ", head=marks[token.index], relation="mark")
        elif token.index in owners and base(token.relation) in {"obl", "nmod", "obj", "dep"}:
            yield replace(token, head=owners[token.index], relation="obj")
        else:
            yield token


def _infinitive_behind(tree: Tree, mark: int) -> int | None:
    """The infinitive with "zu" that a word opens, before the next comma or finite verb."""
    for token in tree.tokens[mark + 1 :]:
        if token.text in {",", ".", ";", ":", "und", "oder"} and token.text not in {"und", "oder"}:
            return None
        if token.pos == "VERB" and infinitive_with_zu(tree, token.index):
            return token.index
        if token.pos in {"VERB", "AUX"} and is_finite(token):
            return None
    return None


def with_own_times(tree: Tree) -> Iterator[Token]:
    """Years, times and sums on the verb where their noun has none: "übernahm der Landkreis 1984 die Trägerschaft"."""
    for token in tree.tokens:
        verb = (
            _verb_of_noun(tree, token) if base(token.relation) in {"nmod", "appos", "flat", "dep", "nummod"} else None
        )
        if verb is None:
            yield token
        elif (
            _year_apart(tree, token)
            or _time_apart(tree, token, verb)
            or _change(tree, token)
            or _behind_name(tree, token)
        ):
            yield replace(token, head=verb, relation="obl")
        elif _sum_apart(tree, token, verb):
            yield replace(token, head=verb, relation="obj")
        else:
            yield token


def _verb_of_noun(tree: Tree, token: Token) -> int | None:
    """The verb that the noun before a token is a nominal of."""
    noun = tree[token.head]
    if _behind_name(tree, token):
        while base(noun.relation) in {"appos", "flat", "nmod"} and noun.head < noun.index:
            noun = tree[noun.head]
    if noun.index >= token.index or noun.pos not in {"NOUN", "PROPN"} or noun.head == noun.index:
        return None
    if base(noun.relation) not in {"nsubj", "obj", "iobj", "obl"}:
        return None
    verb = noun.head
    return verb if tree[verb].pos in {"VERB", "AUX"} or list(tree.by_relation(verb, "aux", "cop")) else None


def _behind_name(tree: Tree, token: Token) -> bool:
    """Whether a time with preposition hangs on a name: "nach Plänen von Balthasar Kern zwischen 1903 und 1907"."""
    span = tree.name_at.get(token.head)
    named = (span is not None and span.label in {"PER", "ORG"}) or tree[token.head].pos == "PROPN"
    timed = token.lemma in _TIMES or (token.text.isdigit() and len(token.text) == 4)
    return named and timed and tree.case(token.index) in {"zwischen", "seit", "bis", "ab", "an", "während"}


def _year_apart(tree: Tree, token: Token) -> bool:
    noun = tree[token.head]
    year = (
        token.text.isdigit() and len(token.text) == 4 and not tree.case(token.index) and not tree.children[token.index]
    )
    person = noun.index in tree.name_at and tree.name_at[noun.index].label == "PER"
    dated = _DATED.search(noun.text) is not None or noun.lemma in _TIMES
    inside = token.index in tree.name_at
    return year and base(noun.relation) == "nsubj" and (person or noun.pos == "NOUN") and not dated and not inside


def _time_apart(tree: Tree, token: Token, verb: int) -> bool:
    """A time with preposition behind a subject that stands behind its finite verb."""
    noun = tree[token.head]
    timed = token.lemma in _TIMES or (token.text.isdigit() and len(token.text) == 4)
    finite = [t.index for t in (tree[verb], *tree.by_relation(verb, "aux", "cop")) if is_finite(t)]
    inverted = bool(finite) and min(finite) < noun.index
    cases = {"in", "an", "seit", "bis", "ab", "vor", "nach", "während"}
    return base(noun.relation) == "nsubj" and timed and inverted and tree.case(token.index) in cases


def _change(tree: Tree, token: Token) -> bool:
    """How much something has changed by: "um 0,8 Prozent"."""
    return tree.case(token.index) == "um" and (token.lemma in _MEASURES or _measured(tree, token.index))


def _measured(tree: Tree, noun: int) -> bool:
    numbered = any(True for _ in tree.by_relation(noun, "nummod"))
    return numbered and (tree[noun].lemma in _MEASURES or tree[noun].lemma.lower() in CURRENCIES)


def _sum_apart(tree: Tree, token: Token, verb: int) -> bool:
    """A sum behind a prepositional phrase, object of a verb that has none: "verlor im Handel 6,4 Prozent"."""
    noun = tree[token.head]
    free = not any(True for _ in tree.by_relation(verb, "obj")) and not is_passive(tree, verb)
    bare = not tree.case(token.index) and _measured(tree, token.index)
    return bare and free and bool(tree.case(noun.index)) and tree[min(tree.subtree(token.index)) - 1].text != ","


def with_agreement(tree: Tree) -> Iterator[Token]:
    """Subject and object exchanged where only the other agrees with the verb: "besiegten die Bauern ein Heer"."""
    turned: dict[int, str] = {}
    for token in tree.tokens:
        if token.pos != "VERB" or len(tree.children[token.index]) < 2:
            continue
        subjects = [t for t in tree.by_relation(token.index, "nsubj") if not tree.case(t.index)]
        objects = [t for t in tree.by_relation(token.index, "obj", "iobj") if not tree.case(t.index)]
        if not subjects and len(objects) == 2:
            only = _agreeing(tree, token.index, objects)
            turned.update({} if only is None else {only: "nsubj"})
        if len(subjects) != 1 or len(objects) != 1 or is_passive(tree, token.index):
            continue
        subject, other = subjects[0], objects[0]
        number = _verb_number(tree, token.index)
        if not number or {"PRON", "DET"} & {subject.pos, other.pos} or subject.lemma in _QUANTITIES:
            continue
        if case_by_form(tree, subject.index) == "Nom" or case_by_form(tree, other.index) in {"Acc", "Dat"}:
            continue
        if {_number(tree, subject.index), number} == {"Sing", "Plur"} and _number(tree, other.index) == number:
            turned[subject.index] = "obj"
            turned[other.index] = "nsubj"
    for token in tree.tokens:
        yield replace(token, relation=turned[token.index]) if token.index in turned else token


def _agreeing(tree: Tree, verb: int, objects: list[Token]) -> int | None:
    """The only one of a finite verb's two objects that may be its subject by number and form."""
    number = _verb_number(tree, verb)
    nouns = [t for t in objects if t.pos in {"NOUN", "PROPN"} and case_by_form(tree, t.index) not in {"Acc", "Dat"}]
    fitting = [t for t in nouns if _number(tree, t.index) == number]
    known = all(_number(tree, t.index) for t in objects) and base(tree[verb].relation) not in {"conj", "xcomp"}
    return fitting[0].index if number and known and len(fitting) == 1 and len(nouns) == 2 else None


def _verb_number(tree: Tree, verb: int) -> str:
    """The number of a verb's finite form."""
    finite = [t for t in (tree[verb], *auxiliaries(tree, verb)) if is_finite(t)]
    return feature(finite[0], "Number") if len(finite) == 1 else ""


def _number(tree: Tree, noun: int) -> str:
    """The number of a nominal with all its members."""
    if len(tree.coordinated(noun)) > 1:
        return "Plur"
    if noun in tree.name_at and tree[noun].pos == "PROPN":
        return ""  # "die Vereinten Nationen", "The Beatles"
    return feature(tree[noun], "Number")


def with_antecedents(tree: Tree) -> Iterator[Token]:
    """Relative clauses on the noun that their pronoun agrees with: "ein Krieg der beiden Staaten, der … endete"."""
    moved: dict[int, int] = {}
    for token in tree.tokens:
        if token.relation not in {"acl", "acl:relcl"} or token.pos not in {"VERB", "ADJ", "NOUN", "AUX"}:
            continue
        pronoun = _pronoun(tree, token)
        if pronoun is None:
            continue
        wanted = _wanted(tree, pronoun, token.index)
        if _fits(tree, token.head, *wanted) or tree[token.head].pos not in {"NOUN", "PROPN"}:
            continue
        other = next((i for i in _others(tree, token.head, pronoun.index) if _fits(tree, i, *wanted)), None)
        if other is not None:
            moved[token.index] = other
    for token in tree.tokens:
        yield replace(token, head=moved[token.index], relation="acl:relcl") if token.index in moved else token


def _pronoun(tree: Tree, verb: Token) -> Token | None:
    """The relative pronoun that opens a clause."""
    inside = tree.subtree(verb.index)
    for index in inside[:4]:
        if tree[index].text in {*_NUMBERS, "die", "deren"} and tree[index].pos == "PRON" and index > verb.head:
            comma = tree[index - 1].text == "," or (tree[index - 1].pos == "ADP" and tree[index - 2].text == ",")
            return tree[index] if comma else None
    return None


def _wanted(tree: Tree, pronoun: Token, verb: int) -> tuple[str, str]:
    """Number and genders that a relative pronoun stands for, "" where its form leaves them open."""
    word = pronoun.text
    subject = base(pronoun.relation) == "nsubj" and pronoun.head == verb
    number = _NUMBERS.get(word, "")
    gender = _GENDERS.get(word, "")
    if word == "der":
        gender = "Masc" if subject else "Fem" if tree.case(pronoun.index) else ""
    if word == "die" and subject:
        number = _verb_number(tree, verb)
        gender = "Fem" if number == "Sing" else ""
    return number, gender


def _fits(tree: Tree, noun: int, number: str, genders: str) -> bool:
    """Whether a noun has a number and one of some genders; a name may have any gender, a list is a plural."""
    listed = len(tree.coordinated(tree.first_conjunct(noun))) > 1
    own = feature(tree[noun], "Number")
    if number and own and own != number and not (listed and number == "Plur"):
        return False
    gender = feature(tree[noun], "Gender")
    named = tree[noun].pos == "PROPN" or noun in tree.name_at
    return not genders or not gender or named or number == "Plur" or any(g in genders for g in gender.split(","))


def _others(tree: Tree, noun: int, pronoun: int) -> Iterator[int]:
    """Other nouns before a relative pronoun: those below its alleged antecedent, last first, then those above."""
    below = [i for i in tree.subtree(noun) if noun < i < pronoun and tree[i].pos == "NOUN"]
    yield from reversed(below)
    for above in tree.ancestors(noun):
        if tree[above].pos not in {"NOUN", "PROPN"} or above > noun:
            break
        yield above
    verb = next((i for i in tree.ancestors(noun) if tree[i].pos in {"VERB", "AUX"}), None)
    if verb is not None:
        near = [
            t.index
            for t in tree.by_relation(verb, "nsubj", "obj", "iobj")
            if t.index < pronoun and t.pos in {"NOUN", "PROPN"}
        ]
        yield from reversed(near)


STEPS: Final = (with_purposes, with_own_times, with_agreement, with_antecedents)
"""In the order they are taken, each from a tree to all its tokens."""
