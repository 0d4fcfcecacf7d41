"""What the form of a pronoun or of a person's description tells: number, gender, and whether it stands for anything."""

from __future__ import annotations

from typing import Final

from kg.kinds import gender_of_noun
from kg.trees import Tree, base, feature


def gender_of_description(tree: Tree, head: int, noun: str, language: str) -> str:
    """The natural gender of a described person: by the noun, or by the article of "der 54-Jährige"."""
    if language == "de" and noun.endswith(("jährige", "jähriger", "jährigen")):
        words = {t.text.lower() for t in tree.by_relation(head, "det")}
        if words & {"der", "dem", "den"} and feature(tree[head], "Gender") != "Fem":
            return "Masc"
        return "Fem" if "die" in words else ""
    return gender_of_noun(noun, language)


def is_plural(tree: Tree, pronoun: int) -> bool:
    """Whether a pronoun is a plural: German "sie" is what the verb says it is."""
    word = tree[pronoun].text.lower()
    if word in {"ihnen", "they", "them", "their"}:
        return True
    if word == "sie" and base(tree[pronoun].relation) == "nsubj":
        verb = tree[pronoun].head
        finite = [verb, *(t.index for t in tree.by_relation(verb, "aux", "cop"))]
        numbers = {n for i in finite if feature(tree[i], "VerbForm") == "Fin" and (n := feature(tree[i], "Number"))}
        if numbers:
            return numbers == {"Plur"}
    return feature(tree[pronoun], "Number") == "Plur"


_IMPERSONAL: Final = frozenset("geben gehen heißen kommen handeln scheinen gelingen regnen fehlen seem appear".split())


def is_expletive(tree: Tree, pronoun: int) -> bool:
    """Whether "es" or "it" stands for nothing: "es gibt", "it is clear that", "it was Sanofi that"."""
    verb = tree[pronoun].head
    if base(tree[pronoun].relation) != "nsubj" or tree[verb].pos != "VERB":
        return True
    if tree[verb].lemma.lower() in _IMPERSONAL:
        return True
    return any(base(t.relation) in {"csubj", "ccomp", "expl"} for t in (tree[i] for i in tree.children[verb]))


def possessor_agrees(tree: Tree, subject: int, word: str) -> bool:
    """Whether a German possessive may belong to a subject: no "ihr" to "das Ministerium", no "sein" to "die Firma".

    Only determiners are asked, since the gender of a bare name is a guess.
    """
    determiners = {t.text.lower() for t in tree.by_relation(subject, "det")}
    if word.startswith("ihr"):
        return not determiners & {"das", "der", "ein", "dieser", "dieses"} or feature(tree[subject], "Number") == "Plur"
    return not determiners & {"die", "eine", "diese"} if word.startswith("sein") else True


_ENGLISH: Final = {"he": "Masc", "him": "Masc", "his": "Masc", "she": "Fem", "her": "Fem", "it": "Neut", "its": "Neut"}


def genders_of(word: str, language: str) -> frozenset[str]:
    """The genders of what a pronoun may stand for."""
    if language == "en":
        return frozenset({_ENGLISH[word]} if word in _ENGLISH else ())
    if word in {"er", "ihn", "ihm"}:
        return frozenset({"Masc"})
    if word.startswith("sein"):
        return frozenset({"Masc", "Neut"})
    if word == "es":
        return frozenset({"Neut"})
    return frozenset({"Fem"} if word.startswith(("sie", "ihr")) else ())
