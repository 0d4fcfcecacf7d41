"""Parsed sentence → clauses: who does what to whom, voice undone, with the status of the claim.

Follows the notion of clause of ClausIE (Del Corro and Gemulla, WWW 2013) on Universal
Dependencies: a predicate with its arguments by role. Verb clauses are made here, noun clauses in
:mod:`kg.noun_clauses`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, Literal

from kg.adjective_clauses import adjective_clauses
from kg.adverbs import adverbs
from kg.modality import auxiliaries, full_lemma, verb_claim
from kg.modality_words import WORDS, ModalityWords
from kg.morphology import lemma as morphology_lemma
from kg.nominals import SHARED, is_relative_pronoun, name_beside, spread, stands_for_all
from kg.noun_clauses import noun_clauses
from kg.participles import participle_of
from kg.promoted import promoted
from kg.records import Argument, Clause, Sentence, Token
from kg.roles import case_by_form, corrected, in_word_order, without_own_names
from kg.trees import TEMPORAL, Tree, base, feature, is_finite, tree_of
from kg.voice import is_passive

_AGENT_CASES: Final = frozenset({"von", "durch", "by"})
_REFLEXIVE: Final = frozenset({"sich", "mich", "uns", "itself", "himself", "herself", "themselves"})
_PARTICLES: Final = frozenset(
    "ab an auf aus bei ein fest frei her hin los mit nach nieder vor weg zu zurück zusammen teil statt bekannt "
    "bereit entgegen fort heim herein heraus herunter hinaus hinzu kennen nahe preis um unter voran voraus vorbei "
    "weiter wieder übrig zusammen zurecht gegenüber".split()
)


def clauses(sentence: Sentence, language: str) -> tuple[Clause, ...]:
    """All clauses of a sentence: of verbs, nouns and adjectives, each in order of its predicate.

    Args:
        sentence: a sentence parsed in Universal Dependencies.
        language: ``de`` or ``en``.
    """
    tree = tree_of(sentence)
    words = WORDS[language]
    found = [c for token in tree.tokens if (c := _verb_clause(tree, token, words, language)) is not None]
    return (*found, *noun_clauses(tree, words), *adjective_clauses(tree, words))


def _verb_clause(tree: Tree, token: Token, words: ModalityWords, language: str) -> Clause | None:
    if not is_predicate(tree, token):
        return None
    claim = verb_claim(tree, token.index, words)
    arguments = _arguments(tree, token.index, words, language)
    if not arguments:
        return None
    return Clause(
        sentence=tree.sentence.index,
        kind="verb",
        predicate=predicate_lemma(tree, token.index, language),
        head=token.index,
        words=tuple(sorted({token.index, *_predicate_words(tree, token.index)})),
        arguments=tuple(arguments),
        status=claim.status,
        source=claim.source,
    )


def is_predicate(tree: Tree, token: Token) -> bool:
    """Whether a token heads a verb clause of its own."""
    relation = base(token.relation)
    if relation in {"aux", "cop", "case", "mark", "punct", "flat", "fixed", "det", "cc"}:
        return False
    if token.index in tree.name_at and tree.name_at[token.index].form == "whole":
        return False
    if token.pos == "VERB":
        return True
    children = {base(t.relation) for i in tree.children[token.index] if (t := tree[i])}
    if token.pos == "AUX":
        return bool(children & {"nsubj", "obj"})
    # Participles are often tagged as adjectives: "ist … eingefroren", "die von X gebaute Y".
    if token.pos == "ADJ":
        if base(token.relation) == "amod" and children & {"obl", "nmod"}:
            return bool(participle_of(token.text))
        finite = base(token.relation) == "root" and {"nsubj", "obj"} <= children and "cop" not in children
        return finite or (_participle_like(token) and bool(children & {"nsubj", "obl", "aux", "obj"}))
    return False


def _participle_like(token: Token) -> bool:
    return feature(token, "VerbForm") == "Part" or (token.lemma.lower().endswith("en") and token.text[:1].islower())


def predicate_lemma(tree: Tree, verb: int, language: str) -> str:
    """The lemma of a verb, rejoined with a particle that stands apart: "arbeitet … zusammen"."""
    if tree[verb].pos == "ADJ" and language == "de":
        return participle_of(tree[verb].text) or morphology_lemma(tree[verb].text, "VV(PP)").lower()
    lemma = full_lemma(tree, verb)
    if lemma != tree[verb].lemma.lower():
        return lemma
    stray = stray_particle(tree, verb)
    particle = tree[stray].text if stray is not None else ""
    return particle + lemma if particle and not lemma.startswith(particle) else lemma


def stray_particle(tree: Tree, verb: int) -> int | None:
    """A clause-final particle that the parser took for an adverb or a preposition without noun."""
    if feature(tree[verb], "VerbForm") not in {"Fin", ""}:
        return None
    for child in tree.children[verb]:
        token = tree[child]
        if child < verb or token.text not in _PARTICLES or tree.children[child]:
            continue
        closing = child + 1 >= len(tree) or tree[child + 1].pos in {"PUNCT", "CCONJ"}
        if closing and base(token.relation) in {"advmod", "case", "mark", "obl", "xcomp", "compound", "dep"}:
            return child
    return None


def _predicate_words(tree: Tree, verb: int) -> Iterator[int]:
    for token in tree.by_relation(verb, "aux", "cop"):
        yield token.index
    for token in tree.by_relation(verb, "compound"):
        if token.relation == "compound:prt":
            yield token.index
    for token in tree.by_relation(verb, "advmod"):
        if token.text.lower() in {"nicht", "not", "n't", "nie", "never"}:
            yield token.index


def voice_of(tree: Tree, verb: int) -> Literal["active", "passive", "attribute"]:
    """How a verb's participants stand to it: in the active, in the passive, or as attribute of one of them."""
    token = tree[verb]
    if base(token.relation) == "amod" or (token.relation == "acl" and _attributive(tree, verb)):
        return "attribute"
    return "passive" if is_passive(tree, verb) or _bare_passive(tree, verb) else "active"


def _arguments(tree: Tree, verb: int, words: ModalityWords, language: str) -> list[Argument]:
    voice = voice_of(tree, verb)
    if voice == "attribute":
        return _participle_arguments(tree, verb)
    passive = voice == "passive"
    found: list[Argument] = []
    for child in tree.children[verb]:
        role = _role(tree, tree[child], passive)
        if role:
            found.extend(spread(tree, phrase_head(tree, child), role))
        if tree[child].lemma in TEMPORAL:
            found.extend(_behind_time(tree, child))
    found = without_own_names(tree, found)
    if any(t.text == "zu" for t in tree.by_relation(verb, "mark")) and not passive:
        found = [replace(a, role="object") if a.role == "subject" else a for a in found]  # an infinitive has no own
    if passive and not any(a.role == "subject" for a in found):
        found.extend(_agent_of_object(tree, verb, found))
    found = corrected(found, tree, verb, passive) if language == "de" else in_word_order(found, tree, verb, passive)
    role = "object" if passive else "subject"
    if not any(a.role == role for a in found):
        relative = any(is_relative_pronoun(tree, a.head, verb) is not None for a in found)
        inherited = None if relative else _inherited_subject(tree, verb, words)
        if inherited is not None:
            owner = phrase_head(tree, inherited)
            found.extend(replace(a, certainty=min(a.certainty, SHARED)) for a in spread(tree, owner, role))
    found.extend(_shared_objects(tree, verb, found))
    if language == "de":
        found.extend(adverbs(tree, verb))
    return _with_antecedents(tree, verb, [*found, *promoted(tree, verb, found, language)])


def _bare_passive(tree: Tree, verb: int) -> bool:
    """Whether an adverbial clause is a past participle alone: "Sacked by the chain, she sued"."""
    token = tree[verb]
    participle = feature(token, "Voice") == "Pass" and feature(token, "VerbForm") == "Part"
    return participle and base(token.relation) == "advcl" and not auxiliaries(tree, verb)


def phrase_head(tree: Tree, head: int) -> int:
    """The noun that a possessor stands before, where the parser took the possessor for the head.

    "mit Chinas Regierungschef" is headed by the head of government.
    """
    if not tree.in_genitive(head):
        return head
    following = head + 1
    while following < len(tree) and tree[following].pos == "ADJ" and tree[following].text[:1].islower():
        following += 1
    noun = following < len(tree) and tree[following].pos == "NOUN" and following not in tree.name_at
    return following if noun else head


def _behind_time(tree: Tree, noun: int) -> Iterator[Argument]:
    """Prepositional phrases that the parser hung on a date: "Ende Februar mit Viktor Orbán"."""
    for token in tree.by_relation(noun, "nmod", "obl", "appos", "flat"):
        if token.lemma in TEMPORAL:
            yield from _behind_time(tree, token.index)
        elif case := tree.case(token.index):
            yield from spread(tree, token.index, f"oblique:{case}")


def _agent_of_object(tree: Tree, verb: int, found: list[Argument]) -> Iterator[Argument]:
    """The agent of a passive that the parser hung on another nominal: "geführt wird ESMC von X".

    One that has a genitive already, or a date, has no other owner: "nach Angaben der Polizei von X".
    """
    before = next((t for t in reversed(tree.tokens[:verb]) if t.pos != "AUX"), None)
    span = tree.name_at.get(before.index) if before is not None else None
    if span is not None and span.form == "whole":
        name = tree.span_head(span.start, span.end)
        if tree.case(name) in _AGENT_CASES and not any(a.head == name for a in found):
            yield from (replace(a, certainty=SHARED * SHARED) for a in spread(tree, name, "subject"))
            return
    for argument in found:
        if argument.role == "object" or argument.role.startswith("oblique"):
            owners = list(tree.by_relation(argument.head, "nmod"))
            genitive = any(not tree.case(t.index) for t in owners)
            for token in owners:
                named = token.index in tree.name_at or name_beside(tree, token.index) is not None
                free = argument.role == "object" or genitive or tree[argument.head].lemma in TEMPORAL
                if tree.case(token.index) in _AGENT_CASES and named and free:
                    yield from (replace(a, certainty=SHARED * SHARED) for a in spread(tree, token.index, "subject"))


def _role(tree: Tree, token: Token, passive: bool) -> str:
    relation = base(token.relation)
    if token.text.lower() in _REFLEXIVE:
        return ""
    if relation in {"nsubj", "obj", "iobj"}:
        return _core_role(tree, token, passive)
    if token.relation == "obl:arg" and not tree.case(token.index):
        return "indirect"
    nominal = token.pos in {"NOUN", "PROPN"} or (token.pos in {"ADV", "NUM", "X"} and token.index in tree.name_at)
    if relation == "dep" and not tree.case(token.index) and nominal:
        return "loose"
    if relation == "advmod" and token.text.lower() in {"dort", "there"}:
        return "oblique:in"
    if relation in {"obl", "nmod"}:
        return _oblique_role(tree, token, passive)
    if relation in {"xcomp", "ccomp"} and token.pos in {"NOUN", "PROPN", "ADJ"}:
        case = tree.case(token.index)
        return f"oblique:{case}" if case else "complement"
    return ""


def _oblique_role(tree: Tree, token: Token, passive: bool) -> str:
    case = tree.case(token.index)
    if token.relation == "obl:agent" and not case:
        return "subject"  # "Google-owned"
    reflexive = any(t.text == "sich" for t in tree.by_relation(token.head, "obj", "iobj", "expl", "obl"))
    if case in _AGENT_CASES and (passive or token.relation == "obl:agent") and not reflexive:
        return "subject"
    if case:
        return f"oblique:{case}"
    by_form = {"Acc": "object", "Dat": "indirect"}.get(case_by_form(tree, token.index), "")
    if by_form and token.lemma not in TEMPORAL:
        return by_form
    if token.index in tree.name_at and _beside_noun(tree, token.index):
        return ""
    if _titled_person(tree, token.index) and not any(True for _ in tree.by_relation(token.head, "nsubj")):
        return "subject"
    # A name without preposition is no adverbial: the parser has missed an object.
    return "object" if token.index in tree.name_at and not _has_object(tree, token.head) else ""


def _core_role(tree: Tree, token: Token, passive: bool) -> str:
    case = tree.case(token.index)
    by_form = {"Nom": "subject", "Acc": "object", "Dat": "indirect"}.get(case_by_form(tree, token.index), "")
    if by_form and not case:
        return "object" if passive and by_form == "subject" else by_form
    relation = base(token.relation)
    if relation == "iobj":
        return "indirect"
    if case and token.pos in {"NOUN", "PROPN"}:
        return f"oblique:{case}"  # "wegen des Gesetzes schaltete sich …"
    return "subject" if relation == "nsubj" and not passive else "object"


def _beside_noun(tree: Tree, name: int) -> bool:
    """Whether a name without preposition is that of the noun straight before it: "im US-Bundesstaat Alabama"."""
    span = tree.name_at[name]
    first, _ = tree.bounds(span)
    noun = first - 1
    kind = noun >= 0 and tree[noun].pos == "NOUN" and bool(tree.case(noun)) and tree[name].head != noun
    return kind and name_beside(tree, noun) == name


def _titled_person(tree: Tree, noun: int) -> bool:
    """Whether a noun is the post of a person named behind it: "Generalstaatsanwältin Letitia James"."""
    beside = name_beside(tree, noun) if tree[noun].pos == "NOUN" else None
    return beside is not None and tree.name_at[beside].label == "PER"


def _has_object(tree: Tree, verb: int) -> bool:
    return any(True for _ in tree.by_relation(verb, "obj", "iobj"))


def _participle_arguments(tree: Tree, verb: int) -> list[Argument]:
    """A participial attribute: its noun is object of a past and subject of a present participle."""
    token = tree[verb]
    present = token.text.lower().rstrip("enrms").endswith("end") or token.text.lower().endswith("ing")
    found = [Argument("subject" if present else "object", token.head)]
    for child in tree.children[verb]:
        role = _role(tree, tree[child], passive=not present)
        if role:
            found.extend(spread(tree, child, role))
    return found


def _attributive(tree: Tree, verb: int) -> bool:
    token = tree[verb]
    past = feature(token, "Tense") == "Past" and not feature(token, "VerbForm") and not feature(token, "Person")
    subject = any(True for _ in tree.by_relation(verb, "nsubj"))
    return (feature(token, "VerbForm") in {"Part", "Ger"} or (past and not subject)) and not auxiliaries(tree, verb)


def _inherited_subject(tree: Tree, verb: int, words: ModalityWords) -> int | None:
    """The subject that an infinitive, a conjunct or a purpose clause takes from above."""
    token = tree[verb]
    relation = base(token.relation)
    if token.head == verb or relation not in {"conj", "xcomp", "ccomp", "advcl", "acl", "parataxis"}:
        return None
    head = token.head
    if relation != "conj" and _finite(tree, verb):
        return None
    copular = relation == "conj" and any(True for _ in tree.by_relation(head, "cop"))  # "X ist ein Y und hat Z"
    if tree[head].pos in {"NOUN", "PROPN"} and not copular:
        above = tree[head].head
        return _subject_token(tree, above) if relation == "acl" and above != head else None
    if relation in {"xcomp", "ccomp"} and full_lemma(tree, head) in words.object_control:
        for control in tree.by_relation(head, "iobj", "obj", "obl"):
            if control.relation != "obl" and control.text.lower() not in {"es", "it"}:
                return control.index
        return _subject_token(tree, head) if is_passive(tree, head) else None
    own = _subject_token(tree, head)
    if own is not None:
        return own
    return _inherited_subject(tree, head, words) if relation == "conj" or tree[head].head != head else None


def _finite(tree: Tree, verb: int) -> bool:
    """Whether a verb or one of its own auxiliaries is finite."""
    own = [tree[verb], *tree.by_relation(verb, "aux", "cop")]
    return any(is_finite(t) or (feature(t, "Tense") in {"Pres", "Past"} and t.pos == "AUX") for t in own)


def _subject_token(tree: Tree, verb: int) -> int | None:
    for token in tree.by_relation(verb, "nsubj"):
        if not tree.case(token.index):
            return token.index
    objects = [t for t in tree.by_relation(verb, "obj") if t.text.lower() not in _REFLEXIVE]
    alone = len(objects) == 1 and _finite(tree, verb) and not is_passive(tree, verb)
    return objects[0].index if alone and not case_by_form(tree, objects[0].index) else None


def _shared_objects(tree: Tree, verb: int, found: list[Argument]) -> Iterator[Argument]:
    """The object of a later conjunct that an earlier verb shares: "kauft und verkauft Chips"."""
    if any(a.role == "object" for a in found) or is_passive(tree, verb):
        return
    for conjunct in tree.by_relation(verb, "conj"):
        between = range(verb + 1, conjunct.index)
        if conjunct.pos == "VERB" and all(tree[i].pos in {"CCONJ", "PUNCT", "ADV"} for i in between):
            for token in tree.by_relation(conjunct.index, "obj"):
                yield Argument("object", token.index, SHARED)


def _with_antecedents(tree: Tree, verb: int, found: list[Argument]) -> list[Argument]:
    """Relative pronouns replaced by what they stand for; a plural one by all of a coordination."""
    replaced: list[Argument] = []
    for argument in found:
        antecedent = is_relative_pronoun(tree, argument.head, verb)
        if antecedent is None:
            replaced.append(argument)
        else:
            replaced += [replace(argument, head=m) for m in stands_for_all(tree, argument.head, antecedent)]
    return replaced
