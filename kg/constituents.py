"""Clauses as they stand: grammatical subject, verb, objects, complements and adverbials, each by its words.

The constituents of a clause and its type follow ClausIE (Del Corro and Gemulla, WWW 2013). Who takes part comes from
:mod:`kg.clauses`, whose roles undo the passive; here it is done again, as open triples keep the words of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kg.adverbials import Constituent, bare_times, inner, of_time, unlike, with_ranges
from kg.clauses import stray_particle, voice_of
from kg.fragments import fragment, no_adverbial
from kg.modality import full_lemma, subject_of, verb_claim
from kg.modality_words import WORDS, ModalityWords
from kg.nominals import SHARED, is_relative_pronoun, spread, stands_for_all
from kg.noun_phrases import is_year, noun_phrase, pair, preposition
from kg.prepositions import remark, through_relator
from kg.records import Argument, Clause, ClauseType, Status, Token
from kg.trees import TEMPORAL, Tree, base, feature, has_finite
from kg.verb_groups import infinitive, verb_group

_EXPLETIVE: Final = frozenset({"es", "it", "there"})
_COMPLEMENTIZERS: Final = frozenset("dass daß that ob whether wie how if".split())
_SURFACE_ROLES: Final = frozenset({"subject", "object", "indirect", "complement"})


@dataclass(frozen=True, slots=True)
class SurfaceClause:
    """A clause with its constituents, each list in the order of the text."""

    head: int  # token index of the verb, or of the predicate noun or adjective
    verb: tuple[int, ...]  # its verb group
    subjects: tuple[Constituent, ...]
    objects: tuple[Constituent, ...]
    indirect: tuple[Constituent, ...]
    complements: tuple[Constituent, ...]
    adverbials: tuple[Constituent, ...]
    attribute: bool  # a participle beside its noun
    status: Status
    source: int | None  # token index of the head of who says it

    @property
    def type(self) -> ClauseType:
        """The clause's type; adverbials count where nothing else follows the verb."""
        if self.complements:
            return "SVOC" if self.objects else "SVC"
        if self.objects:
            return "SVOO" if self.indirect else ("SVOA" if self.adverbials else "SVO")
        if self.indirect:
            return "SVO"
        return "SVA" if self.adverbials else "SV"


def surface_clauses(tree: Tree, clauses: Iterable[Clause], language: str) -> tuple[SurfaceClause, ...]:
    """The clauses of a sentence in the order of their heads.

    Args:
        tree: the sentence.
        clauses: of the sentence, see :func:`kg.clauses.clauses`.
        language: ``de`` or ``en``.
    """
    words = WORDS[language]
    verbal = [
        _of_verb(tree, clause, language)
        for clause in clauses
        if clause.kind == "verb"
        and not (language == "en" and _adjective(tree, clause.head))
        and not _that_is(tree, clause.head)
    ]
    taken = {clause.head for clause in verbal}
    predicates = {t.head for t in tree.tokens if base(t.relation) == "cop"} - taken
    copular = [_copular(tree, tree[index], words, language) for index in sorted(predicates)]
    found = sorted(_with_fronted(tree, [*verbal, *copular]), key=lambda c: c.head)
    by_head = {c.head: c for c in found}
    return tuple(_sharing(tree, c, by_head) for c in found)


def _with_fronted(tree: Tree, found: list[SurfaceClause]) -> Iterator[SurfaceClause]:
    """Clauses with what a sentence begins with where it holds for a later verb as well: "In 1987 he won and sold X"."""
    by_head = {clause.head: clause for clause in found}
    for clause in found:
        first = by_head.get(tree[clause.head].head)
        shares = tree[clause.head].relation == "conj" and tree[clause.head].pos == "VERB" and first is not None
        if (
            first is None
            or not shares
            or not first.subjects
            or any(True for _ in tree.by_relation(clause.head, "nsubj"))
        ):
            yield clause
            continue
        alike = feature(tree[first.head], "Tense") == feature(tree[clause.head], "Tense")
        before = [a for a in first.adverbials if alike and a.head < first.subjects[0].words[0] < first.verb[0]]
        more = [replace(a, certainty=a.certainty * SHARED) for a in before if a not in clause.adverbials]
        yield replace(clause, adverbials=_ordered([*clause.adverbials, *more]))


def _sharing(tree: Tree, clause: SurfaceClause, by_head: Mapping[int, SurfaceClause]) -> SurfaceClause:
    """A clause that is but a verb behind "und" with what its neighbour has: "der große Mengen eindampfte und trank"."""
    first = by_head.get(clause.head - 2)
    last = clause.head + 1 >= len(tree) or tree[clause.head + 1].pos == "PUNCT"
    alone = not (clause.objects or clause.indirect or clause.complements or clause.adverbials)
    if first is None or not alone or not last or tree[clause.head].head != first.head or len(clause.verb) > 1:
        return clause
    if tree[clause.head].relation != "conj" or any(p.head > first.head for p in (*first.objects, *first.adverbials)):
        return clause
    return replace(clause, objects=first.objects, indirect=first.indirect, adverbials=first.adverbials)


def _that_is(tree: Tree, verb: int) -> bool:
    """Whether a verb only explains: "das heißt"."""
    return verb > 0 and tree[verb].text == "heißt" and tree[verb - 1].text.lower() == "das"


def _has_copula(tree: Tree, index: int) -> bool:
    return any(True for _ in tree.by_relation(index, "cop"))


def _adjective(tree: Tree, index: int) -> bool:
    """Whether an adjective is the predicate of a copula: "is open to youth"."""
    return tree[index].pos == "ADJ" and _has_copula(tree, index)


def _of_verb(tree: Tree, clause: Clause, language: str) -> SurfaceClause:
    verb = clause.head
    own = [a for a in clause.arguments if a.via is None and (a.role in _SURFACE_ROLES or _oblique(a.role))]
    apart = frozenset(a.head for a in own)
    found = _phrases(tree, verb, dict.fromkeys(own), apart)
    stray = stray_particle(tree, verb)
    clausal = list(_clausal(tree, verb, WORDS[language]))
    told = bool(found.get("object"))  # "told parliament that …"
    group = {verb, *verb_group(tree, verb, language), *([stray] if stray is not None else [])}
    adverbials = with_ranges(tree, [*found.get("adverbial", ()), *bare_times(tree, verb, apart)])
    adverbials += inner(tree, (*found.get("object", ()), *adverbials), apart)
    if language == "en" and "object" in found:
        inside = set(tree.subtree(verb))
        found["object"] = [o for o in found["object"] if o.head > min(group) or o.head not in inside]
    return SurfaceClause(
        head=verb,
        verb=tuple(sorted(group)),
        subjects=_ordered(p for p in found.get("subject", ()) if not _pronoun_without(tree, p.head, verb))
        if tree[verb].relation != "conj" or not any(True for _ in tree.by_relation(verb, "csubj"))
        else (),
        objects=_ordered([*found.get("object", ()), *(() if told else clausal)]),
        indirect=_ordered(found.get("indirect", ())),
        complements=_ordered([*found.get("complement", ()), *(clausal if told else ())]),
        adverbials=_ordered(adverbials),
        attribute=voice_of(tree, verb) == "attribute",
        status=clause.status,
        source=clause.source,
    )


def _phrases(
    tree: Tree, verb: int, arguments: Iterable[Argument], apart: frozenset[int]
) -> dict[str, list[Constituent]]:
    """The noun phrases of a verb by their role on the surface."""
    found: dict[str, list[Constituent]] = {}
    later: set[int] = set()
    voice = voice_of(tree, verb)
    for argument in arguments:
        role = _surface_role(tree, verb, voice, argument)
        head = argument.head
        before: tuple[int, ...] = ()
        if role == "adverbial":
            through = through_relator(tree, head)
            head, before = through if through is not None else (head, _preposition(tree, verb, head, argument.role))
            if not before or of_time(tree, head) or remark(tree, head) or unlike(tree, head):
                continue
            if no_adverbial(tree, verb, head, before):
                continue
        if not role or head in later or fragment(tree, verb, head, role):
            continue
        words = pair(tree, head) if role == "adverbial" else None
        if words is not None:
            later |= set(tree.coordinated(head)[1:])
        words = words or noun_phrase(tree, head, apart, short=role != "subject")
        found.setdefault(role, []).append(Constituent(head, words, before, argument.certainty))
    return found


def _surface_role(tree: Tree, verb: int, voice: str, argument: Argument) -> str:
    """The role of an argument as the text has it, passives and all; empty where it is none of the clause."""
    role, head = argument.role, argument.head
    if voice == "attribute" and head == tree[verb].head:
        return "subject"
    if role == "complement" and _has_copula(tree, tree.first_conjunct(head)):
        return ""  # "appears to be flexible": a clause of its own
    if voice != "active" and role == "subject":
        return "" if _from_place(tree, head) else "adverbial"  # the agent of a passive
    if role == ("object" if voice == "passive" else "subject"):
        agent = tree[head].relation == "obl:agent" and bool(_preposition(tree, verb, head, role))
        return "adverbial" if agent else "subject"  # "were granted status by the council"
    return "adverbial" if _oblique(role) else role


def _from_place(tree: Tree, head: int) -> bool:
    """Whether a "von" tells where a way begins rather than who does something: "von Lindau nach Bregenz"."""
    ways = {"nach", "bis", "to"}
    beyond = [*tree.children[head], *tree.children[tree[head].head]]
    return tree.case(head) in {"von", "from"} and any(i > head and tree.case(i) in ways for i in beyond)


def _oblique(role: str) -> bool:
    return role.startswith("oblique:")


def _ordered(parts: Iterable[Constituent]) -> tuple[Constituent, ...]:
    """Each noun phrase once, in the order of the text."""
    best: dict[int, Constituent] = {}
    for part in parts:
        best.setdefault(part.head, part)
    return tuple(sorted(best.values(), key=lambda p: p.head))


def _preposition(tree: Tree, verb: int, head: int, role: str) -> tuple[int, ...]:
    """The preposition of an argument; that of the relative pronoun where the argument is its antecedent."""
    for child in tree.children[verb]:
        antecedent = is_relative_pronoun(tree, child, verb)
        if antecedent is not None and head in stands_for_all(tree, child, antecedent):
            if _oblique(role) != bool(tree.case(child)):
                continue
            return preposition(tree, child)
    return preposition(tree, head)


def _pronoun_without(tree: Tree, head: int, verb: int) -> bool:
    """Whether a subject is a relative pronoun whose antecedent was not found, or a year, which does nothing."""
    token = tree[head]
    relative = "Rel" in token.feats and token.pos in {"PRON", "DET"} and base(tree[verb].relation) == "acl"
    dated = token.lemma in TEMPORAL and base(tree[verb].relation) == "acl"
    return relative or dated or is_year(token) or _loose_gerund(tree, verb)


def _loose_gerund(tree: Tree, verb: int) -> bool:
    """Whether a gerund behind a preposition tells of nobody in particular, or of what does not happen.

    "The attempts at making peace", "prevented him from leaving", "without reaching a deal".
    """
    token = tree[verb]
    if token.pos != "VERB" or not token.text.endswith("ing") or base(token.relation) not in {"acl", "advcl"}:
        return False
    marks = {t.text.lower() for t in tree.by_relation(verb, "mark", "case")}
    noun = base(token.relation) == "acl" and marks & {"of", "at", "in", "to", "about", "on"}
    return bool(noun or marks & {"without", "from", "than", "against"})


def _clausal(tree: Tree, verb: int, words: ModalityWords) -> Iterator[Constituent]:
    """The finite clause that a verb has in the place of an object: "sagte, dass …"."""
    lemma = full_lemma(tree, verb)
    said = list(tree.by_relation(verb, "ccomp"))
    more = {
        t.index
        for first in ([verb, *(t.index for t in said)] if said else [])
        for t in tree.by_relation(first, "conj")
        if any(m.text.lower() in {"that", "dass"} for m in tree.by_relation(t.index, "mark"))
    }
    for token in (*said, *(tree[i] for i in sorted(more))):
        marked = any(t.text.lower() in _COMPLEMENTIZERS for t in tree.by_relation(token.index, "mark"))
        if not marked and lemma not in words.saying and lemma not in words.verbs:
            continue
        if not has_finite(tree, token.index) or infinitive(tree, token.index) or subject_of(tree, token.index) is None:
            continue
        later = {
            i
            for t in tree.by_relation(token.index, "conj")
            if _apart(tree, t.index, more)
            for i in tree.subtree(t.index)
        }
        inside = [i for i in tree.subtree(token.index) if i not in later]
        while inside and tree[inside[-1]].pos == "CCONJ":
            inside.pop()
        while inside and tree[inside[0]].pos == "CCONJ":
            inside.pop(0)
        mark = {t.index for t in tree.by_relation(token.index, "mark") if t.text.lower() in {"dass", "daß", "that"}}
        held = [i for i in inside if i not in mark]
        while held and tree[held[0]].pos == "PUNCT":
            held.pop(0)
        while held and tree[held[-1]].pos == "PUNCT":
            held.pop()
        if held and held == list(range(held[0], held[-1] + 1)) and verb not in held:
            yield Constituent(token.index, tuple(held), (), SHARED)


def _apart(tree: Tree, conjunct: int, more: Iterable[int]) -> bool:
    """Whether a coordinated clause is no part of what is said: it has its own "that", or stands behind ", but"."""
    contrast = any(t.text.lower() in {"but", "aber"} for t in tree.by_relation(conjunct, "cc"))
    return conjunct in more or (contrast and subject_of(tree, conjunct) is not None)


def _copular(tree: Tree, token: Token, words: ModalityWords, language: str) -> SurfaceClause:
    """A clause whose predicate is a noun or an adjective: "war Präsident des Vereins", "is famous for its port"."""
    head = token.index
    claim = verb_claim(tree, head, words)
    subjects = [Constituent(a.head, ()) for s in _copular_subjects(tree, head) for a in spread(tree, s, "subject")]
    apart = frozenset(s.head for s in subjects)
    adverbials = []
    for child in tree.by_relation(head, "obl", "nmod"):
        before = preposition(tree, child.index)
        behind = (
            token.pos in {"NOUN", "PROPN", "NUM", "PRON", "DET"}
            and base(child.relation) == "nmod"
            and child.index > head
        )
        if before and not behind and not no_adverbial(tree, head, child.index, before):
            whole = pair(tree, child.index)
            if whole is not None:
                adverbials.append(Constituent(child.index, whole, before))
                continue
            adverbials += [
                Constituent(
                    a.head, noun_phrase(tree, a.head, apart, short=True), preposition(tree, a.head), a.certainty
                )
                for a in spread(tree, child.index, "oblique")
                if not fragment(tree, head, a.head, "adverbial")
            ]
    apart |= {a.head for a in adverbials}
    adverbials += [t for t in bare_times(tree, head, apart) if t.head < head or token.pos != "NOUN"]
    apart |= {a.head for a in adverbials}
    adverbials += inner(tree, adverbials, apart)
    before = preposition(tree, head)
    complements = [
        Constituent(
            a.head,
            noun_phrase(tree, a.head, apart, short=True),
            before if a.head == head or tree[a.head].pos != "ADJ" else (),
            a.certainty,
        )
        for a in spread(tree, head, "complement")
        if a.head == head
        or (
            subject_of(tree, a.head) is None
            and not _active(tree, a.head)
            and tree[a.head].pos != "AUX"
            and not fragment(tree, head, a.head, "complement")
        )
    ]
    return SurfaceClause(
        head=head,
        verb=verb_group(tree, head, language),
        subjects=_ordered(Constituent(s.head, noun_phrase(tree, s.head, apart), (), s.certainty) for s in subjects),
        objects=(),
        indirect=(),
        complements=_ordered(complements),
        adverbials=_ordered(adverbials),
        attribute=False,
        status=claim.status,
        source=claim.source,
    )


def _active(tree: Tree, index: int) -> bool:
    """Whether a verb is coordinated with a predicate noun or adjective rather than one itself: "are tall and see"."""
    return tree[index].pos == "VERB" and feature(tree[index], "VerbForm") != "Part"


def _copular_subjects(tree: Tree, head: int) -> Iterator[int]:
    own = subject_of(tree, head)
    if own is None:
        relation = base(tree[head].relation)
        above = subject_of(tree, tree[head].head) if relation in {"conj", "xcomp"} else None
        if above is not None:
            yield above
        return
    antecedent = is_relative_pronoun(tree, own, head)
    if antecedent is not None:
        yield from stands_for_all(tree, own, antecedent)
    elif tree[own].text.lower() not in _EXPLETIVE:
        yield own
