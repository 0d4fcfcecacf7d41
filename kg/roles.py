"""Who does what to whom where the parser may err: roles put right by form, number and order."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.genders import feminine
from kg.modality import auxiliaries, full_lemma
from kg.nominals import SHARED, is_relative_pronoun, name_beside, stands_for_all
from kg.records import Argument
from kg.trees import CURRENCIES, Tree, base, feature, is_finite

_CASE_OF_PRONOUN: Final = {
    **dict.fromkeys(("er", "ich", "wir", "wer", "he", "she", "they", "who"), "Nom"),
    **dict.fromkeys(("ihn", "den", "wen", "him", "whom"), "Acc"),
    **dict.fromkeys(("ihm", "dem", "denen", "ihnen", "wem"), "Dat"),
}


def corrected(found: list[Argument], tree: Tree, verb: int, passive: bool) -> list[Argument]:
    """The arguments of a verb with their core roles put right.

    Args:
        found: as the tree has them, in order.
        tree: the sentence.
        verb: token index of the predicate.
        passive: whether it stands in the passive, so that roles are turned already.
    """
    found = _one_subject(_without_expletive(tree, _weak_objects(tree, _with_loose(found))), tree, passive)
    found = found if passive else _bare_front(tree, _bare_subject(tree, _named_subject(found, tree, verb)))
    found = _agreeing(_some_subject(_state(found, tree, verb), tree, verb, passive), tree, verb, passive)
    if full_lemma(tree, verb) in _DATIVE_VERBS:
        return _with_dative(found, tree)
    return _with_shared_subject(_in_order(found, tree, passive), tree, verb)


def in_word_order(found: list[Argument], tree: Tree, verb: int, passive: bool) -> list[Argument]:
    """The arguments of an English verb with their core roles put right: the subject stands before the verb.

    Args:
        found: as the tree has them, in order.
        tree: the sentence.
        verb: token index of the predicate.
        passive: whether it stands in the passive, so that roles are turned already.
    """
    found = _without_expletive(tree, found)
    first, second = ("object", "subject") if passive else ("subject", "object")
    if any(a.role == "loose" and a.head > verb for a in found):  # "fined X 4 million euros": the sum is no object
        found = [replace(a, role="extent") if a.role == second and _amount(tree, a.head) else a for a in found]
    roles = {a.role for a in found}
    placed = []
    for argument in found:
        role = argument.role
        if role == "loose":
            role = first if argument.head < verb and first not in roles else second if second not in roles else ""
        if role:
            changed = role != argument.role
            placed.append(replace(argument, role=role, certainty=argument.certainty * SHARED) if changed else argument)
    return placed


def _state(found: list[Argument], tree: Tree, verb: int) -> list[Argument]:
    """The passive of a state has one core argument: whatever else is named is no object of "ist gesperrt".

    Perfects with "sein" have no named object either: "ist ihm gefolgt", "sind eine Partnerschaft eingegangen".
    """
    auxes = auxiliaries(tree, verb)
    if not auxes or any(a.lemma.lower() != "sein" or a.text.lower() == "worden" for a in auxes):
        return found
    return [a for a in found if a.role != "object" or a.via is not None or not _names_somebody(tree, a.head)]


def _amount(tree: Tree, index: int) -> bool:
    """Whether a nominal is a sum: "4.3 billion euros"."""
    return tree[index].lemma.lower() in CURRENCIES or tree[index].pos == "NUM"


def without_own_names(tree: Tree, found: list[Argument]) -> list[Argument]:
    """One argument per phrase: without the name beside a noun, and the later words of a name, as others."""
    beside = {name for a in found if _common_noun(tree, a.head) and (name := name_beside(tree, a.head)) is not None}
    kept: list[Argument] = []
    spans = set()
    for argument in found:
        span = tree.name_at.get(argument.head)
        if argument.head in beside or (span is not None and span.form == "whole" and span in spans):
            continue
        if span is not None:
            spans.add(span)
        kept.append(argument)
    return kept


def _common_noun(tree: Tree, index: int) -> bool:
    span = tree.name_at.get(index)
    return tree[index].pos in {"NOUN", "PROPN"} and (span is None or span.form != "whole")


def _weak_objects(tree: Tree, found: list[Argument]) -> list[Argument]:
    """Where a verb has no object, a weak noun behind "den" is one: "hatte den Rivalen kritisiert"."""
    if any(a.role == "object" for a in found):
        return found
    turned = []
    for argument in found:
        determiners = {t.text.lower() for t in tree.by_relation(argument.head, "det")}
        weak = argument.role == "indirect" and "den" in determiners and tree[argument.head].text.endswith("n")
        turned.append(replace(argument, role="object", certainty=argument.certainty * SHARED) if weak else argument)
    return turned


def _without_expletive(tree: Tree, found: list[Argument]) -> list[Argument]:
    """Without an "es" that only holds the place of another subject or object."""
    empty = {a.head for a in found if tree[a.head].text.lower() in {"es", "it"}}
    filled = {a.role for a in found if a.head not in empty}
    return [a for a in found if a.head not in empty or a.role not in filled]


def _with_loose(found: list[Argument]) -> list[Argument]:
    """Nominals whose role is open take the first core role that is free."""
    roles = {a.role for a in found}
    free = next((r for r in ("object", "subject", "indirect") if r not in roles), "indirect")
    return [replace(a, role=free, certainty=a.certainty * SHARED) if a.role == "loose" else a for a in found]


def _one_subject(found: list[Argument], tree: Tree, passive: bool) -> list[Argument]:
    """A second subject or object that is not coordinated with the first has a role that no case marks.

    "Bosch beliefert Siemens" with two subjects has an object; "X verweigert Y die Lizenz" with two
    subjects or two objects has an indirect object.
    """
    if passive:
        return found
    subjects = [a for a in found if a.role == "subject" and base(tree[a.head].relation) == "nsubj"]
    objects = [a for a in found if a.role == "object" and base(tree[a.head].relation) in {"obj", "nsubj"}]
    if len(subjects) > 1:
        role = "indirect" if objects else "object"
        nominative = [a for a in subjects if case_by_form(tree, a.head) == "Nom"]
        if nominative:  # "Das Nickel bezieht der Konzern": the others are none
            members = {m for a in nominative for m in (*tree.coordinated(a.head), tree.first_conjunct(a.head))}
            return [
                replace(a, role=role, certainty=SHARED) if a in subjects and a.head not in members else a for a in found
            ]
        members = set(tree.coordinated(subjects[-1].head))
        return [replace(a, role=role, certainty=SHARED) if a.head in members else a for a in found]
    marked = [a for a in objects if case_by_form(tree, a.head) == "Acc"]
    if len(objects) > 1 and marked and not any(a.role == "subject" for a in found):
        free = next((a.head for a in objects if not case_by_form(tree, a.head)), None)  # "empfing ihn X"
        members = set(tree.coordinated(free)) if free is not None else set()
        return [replace(a, role="subject", certainty=SHARED) if a.head in members else a for a in found]
    if len(objects) > 1 and not any(a.role == "subject" for a in found) and _opens_relative(tree, objects[0].head):
        return _in_relative(found, tree, objects)
    if len(objects) > 1 and not any(a.role == "indirect" for a in found):
        members = set(tree.coordinated(objects[0].head))
        return [replace(a, role="indirect", certainty=SHARED) if a.head in members else a for a in found]
    return found


_DATIVE_VERBS: Final = frozenset({"gehören", "angehören", "unterstehen", "vorstehen", "beitreten", "nachfolgen"})
"""Verbs that have a dative and never an accusative."""
_NO_DATIVE: Final = frozenset({"die", "das", "eine", "ein", "diese", "dieses"})


def _with_dative(found: list[Argument], tree: Tree) -> list[Argument]:
    """The arguments of a verb that has a dative: one with "die" or "das" is none, nor is one behind "auch".

    "Musk gehört auch die Plattform X", "Vonovia gehört inzwischen auch Deutsche Wohnen".
    """
    subjects = [a for a in found if a.role == "subject" and a.via is None]
    others = [a for a in found if a.role in {"object", "indirect"} and a.via is None]
    if not subjects or not others:
        return found

    def nominative(argument: Argument) -> bool:
        determiners = {t.text.lower() for t in tree.by_relation(argument.head, "det")}
        return bool(determiners & _NO_DATIVE) or case_by_form(tree, argument.head) == "Nom"

    first, second = subjects[0], others[0]
    bare = _names_somebody(tree, first.head) and first.head < second.head and case_by_form(tree, second.head) != "Dat"
    added = bare and tree[min(tree.subtree(second.head)) - 1].text == "auch"
    if not nominative(first) and (nominative(second) or added):
        turned = {"subject": "indirect", "object": "subject", "indirect": "subject"}
        return [replace(a, role=turned.get(a.role, a.role), certainty=SHARED) if a.via is None else a for a in found]
    return found


def _named_subject(found: list[Argument], tree: Tree, verb: int) -> list[Argument]:
    """Where a finite verb has two objects and no subject, the only one that names somebody is its subject.

    "Seinem Verbündeten Russland hat Nordkorea Granaten verkauft".
    """
    objects = [a for a in found if a.role == "object" and a.via is None]
    finite = any(is_finite(t) for t in (tree[verb], *auxiliaries(tree, verb)))
    named = [a for a in objects if _names_somebody(tree, a.head) and not case_by_form(tree, a.head)]
    groups = {tree.first_conjunct(a.head) for a in named}
    if any(a.role == "subject" for a in found) or not finite or len(groups) != 1 or len(named) == len(objects):
        return found
    if base(tree[verb].relation) == "conj":
        return found
    return [replace(a, role="subject", certainty=SHARED) if a in named else a for a in found]


def _opens_relative(tree: Tree, index: int) -> bool:
    return tree[index].pos == "PRON" and "Rel" in feature(tree[index], "PronType")


def _in_relative(found: list[Argument], tree: Tree, objects: list[Argument]) -> list[Argument]:
    """A relative pronoun and another nominal, neither marked: number decides, else the pronoun."""
    pronoun, other = objects[0].head, objects[1].head
    verb = tree[tree[pronoun].head]
    singular = feature(verb, "Number") == "Sing" or verb.text.lower().endswith(("t", "te"))
    plural = feature(tree[pronoun], "Number") == "Plur"
    subject = other if plural and singular else pronoun
    return [replace(a, role="subject", certainty=SHARED) if a.head == subject else a for a in found]


def _agreeing(found: list[Argument], tree: Tree, verb: int, passive: bool) -> list[Argument]:
    """Subject and object exchanged where only the other agrees with the verb in number.

    "Apple und Nvidia, die TSMC beliefert": a singular verb has no coordinated subject.
    """
    subjects = [a for a in found if a.role == "subject"]
    objects = [a for a in found if a.role == "object"]
    finite = [t for t in (tree[verb], *auxiliaries(tree, verb)) if feature(t, "Number") and t.pos in {"VERB", "AUX"}]
    singular = not any(feature(t, "Number") == "Plur" for t in finite)
    if not finite:
        singular = not auxiliaries(tree, verb) and tree[verb].text.lower().endswith(("t", "te"))
    if passive or not singular or len(objects) != 1 or any(case_by_form(tree, a.head) for a in (*subjects, *objects)):
        return found
    first = subjects[0].head if subjects else verb
    antecedent = is_relative_pronoun(tree, first, verb)
    stands_for = first if antecedent is None else antecedent
    noun = tree[stands_for]
    many = noun.pos == "NOUN" and feature(noun, "Number") == "Plur" and noun.text != noun.lemma
    plural = many or len(subjects) > 1 or len(stands_for_all(tree, first, stands_for)) > 1
    if not subjects or not plural:
        return found
    turned = {"subject": "object", "object": "subject"}
    return [replace(a, role=turned.get(a.role, a.role), certainty=SHARED) for a in found]


def _in_order(found: list[Argument], tree: Tree, passive: bool) -> list[Argument]:
    """Where two names show no case, the first is the subject.

    News puts a name that is the object before one that is the subject so seldom that the parser is
    more often wrong about it than the order.
    """
    subjects = [a for a in found if a.role == "subject" and a.via is None]
    objects = [a for a in found if a.role == "object" and a.via is None]
    if passive or len(subjects) != 1 or len(objects) != 1 or objects[0].head > subjects[0].head:
        return found
    if any(case_by_form(tree, a.head) for a in (*subjects, *objects)) or not _names_somebody(tree, objects[0].head):
        return found
    if not _names_somebody(tree, subjects[0].head) and not _indefinite(tree, subjects[0].head):
        return found
    turned = {"subject": "object", "object": "subject"}
    return [replace(a, role=turned.get(a.role, a.role), certainty=SHARED) for a in found]


def _indefinite(tree: Tree, index: int) -> bool:
    """Whether a noun is a sum or stands behind "eine": hardly a subject behind a name without case."""
    determiners = {t.text.lower() for t in tree.by_relation(index, "det")}
    measured = any(True for _ in tree.by_relation(index, "nummod"))
    return tree[index].pos == "NOUN" and (determiners == {"eine"} or (not determiners and measured))


def _names_somebody(tree: Tree, index: int) -> bool:
    span = tree.name_at.get(index)
    return (span is not None and span.form == "whole") or (
        tree[index].pos == "NOUN" and name_beside(tree, index) is not None
    )


def _with_shared_subject(found: list[Argument], tree: Tree, verb: int) -> list[Argument]:
    """In a second conjunct that leaves its subject out, a lone nominal is the object.

    "X, der Y gegründet hat und das Unternehmen führt" (behind a relative pronoun) and "X ist
    gereist und hat dort Y getroffen" (the finite verb straight behind the conjunction).
    """
    token = tree[verb]
    subjects = [a for a in found if a.role == "subject"]
    if base(token.relation) != "conj" or len(subjects) != 1 or any(a.role == "object" for a in found):
        return found
    relative = base(tree[token.head].relation) == "acl" and subjects[0].head < verb
    left_out = relative or _verb_behind_conjunction(tree, verb)
    if not left_out or case_by_form(tree, subjects[0].head) == "Nom":
        return found
    return [replace(a, role="object", certainty=SHARED) if a.role == "subject" else a for a in found]


def _verb_behind_conjunction(tree: Tree, verb: int) -> bool:
    finite = {t.index for t in (tree[verb], *tree.by_relation(verb, "aux", "cop"))}
    return any(t.index + 1 in finite for t in tree.by_relation(verb, "cc"))


def _bare_subject(tree: Tree, found: list[Argument]) -> list[Argument]:
    """A name before a bare noun as subject, the noun as object: "in das auch Amazon Geld gesteckt hat".

    A name shows no dative, and money without an article gives nobody anything.
    """
    subjects = [a for a in found if a.role == "subject" and a.via is None]
    names = [a for a in found if a.role == "indirect" and a.via is None and a.head in tree.name_at]
    if len(subjects) != 1 or len(names) != 1 or any(a.role == "object" and a.via is None for a in found):
        return found
    noun, name = subjects[0].head, names[0].head
    bare = tree[noun].pos == "NOUN" and noun not in tree.name_at and not list(tree.by_relation(noun, "det", "appos"))
    if not bare or noun < name or case_by_form(tree, name) or feature(tree[noun], "Number") == "Plur":
        return found
    turned = {id(subjects[0]): "object", id(names[0]): "subject"}
    return [replace(a, role=turned[id(a)], certainty=SHARED) if id(a) in turned else a for a in found]


def _bare_front(tree: Tree, found: list[Argument]) -> list[Argument]:
    """A bare noun before the verb as object of the name behind it: "Scharfe Kritik hat die IG Metall geübt"."""
    subjects = [a for a in found if a.role == "subject" and a.via is None]
    objects = [a for a in found if a.role == "object" and a.via is None]
    if len(subjects) != 1 or len(objects) != 1 or subjects[0].head > objects[0].head:
        return found
    noun, name = subjects[0].head, objects[0].head
    determined = any(True for _ in tree.by_relation(noun, "det", "appos", "flat"))
    bare = tree[noun].pos == "NOUN" and noun not in tree.name_at and not determined and name_beside(tree, noun) is None
    plural = feature(tree[noun], "Number") == "Plur"
    if not bare or plural or not _names_somebody(tree, name) or case_by_form(tree, name):
        return found
    turned = {id(subjects[0]): "object", id(objects[0]): "subject"}
    return [replace(a, role=turned[id(a)], certainty=SHARED) if id(a) in turned else a for a in found]


def _some_subject(found: list[Argument], tree: Tree, verb: int, passive: bool) -> list[Argument]:
    """Where a finite verb has none, the lone object that no form marks as such is its subject."""
    roles = [a.role for a in found]
    finite = any(is_finite(t) for t in (tree[verb], *auxiliaries(tree, verb)))
    finite = finite or (tree[verb].relation == "acl:relcl" and not auxiliaries(tree, verb))  # "…, dem X angehört"
    alone = len({tree.first_conjunct(a.head) for a in found if a.role == "object"}) == 1
    if passive or not finite or "subject" in roles or not alone or base(tree[verb].relation) == "conj":
        return found
    names = [a for a in found if a.role == "indirect" and _names_somebody(tree, a.head)]
    measured = any(a.role == "object" and any(True for _ in tree.by_relation(a.head, "nummod")) for a in found)
    if measured and len(names) == 1:  # "an der X 70 Prozent hält"
        return [replace(a, role="subject", certainty=SHARED) if a is names[0] else a for a in found]
    return [
        replace(a, role="subject", certainty=SHARED) if a.role == "object" and not case_by_form(tree, a.head) else a
        for a in found
    ]


def case_by_form(tree: Tree, head: int) -> str:
    """The case that a pronoun's or determiner's form leaves no doubt of, "" where it does.

    The tree of a small parser errs more often on who does what than these forms: "Den Konzern
    verklagt die Behörde".
    """
    token = tree[head]
    if token.pos == "PRON":
        return _CASE_OF_PRONOUN.get(token.text.lower(), "")
    determiners = [t.text.lower() for t in tree.by_relation(head, "det")]
    for word in determiners:
        if (word.endswith(("den", "nen", "esen")) or word in {"ihren", "unseren"}) and feature(
            token, "Number"
        ) != "Plur":
            return "Acc"
        if word.endswith(("dem", "nem", "esem", "rem")):
            return "Dat"
        masculine = feature(token, "Gender") == "Masc" and feature(token, "Number") != "Plur"
        if word in {"der", "dieser", "einer", "seiner", "ihrer"} and feminine(token.text):
            return "Dat"
        if word in {"der", "dieser"} and masculine:
            return "Nom"
    return ""
