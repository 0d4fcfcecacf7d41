"""Clauses as they stand: grammatical subject, verb, objects, complements and adverbials, each by its words.

The constituents of a clause and its type follow ClausIE (Del Corro and Gemulla, WWW 2013). Who takes part comes from
:mod:`kg.clauses`, whose roles undo the passive; here it is done again, as open triples keep the words of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kg.clauses import stray_particle, voice_of
from kg.modality import full_lemma, subject_of, verb_claim
from kg.modality_words import WORDS, ModalityWords
from kg.nominals import SHARED, is_relative_pronoun, spread, stands_for_all
from kg.noun_phrases import attributes, is_year, noun_phrase, pair, preposition, temporal
from kg.records import Clause, ClauseType, Status, Token
from kg.trees import TEMPORAL, Tree, base, feature, is_finite
from kg.verb_groups import infinitive, verb_group

_EXPLETIVE: Final = frozenset({"es", "it", "there"})
_COMPLEMENTIZERS: Final = frozenset("dass daß that ob whether wie how if".split())
_PLACING: Final = frozenset("in at near bei an auf on nahe".split())
_ARTICLES: Final = frozenset("der die das ein eine einer the a an".split())
_RELATIVES: Final = frozenset("der die das dem den denen dessen deren welcher welche welches welchem welchen".split())
_LIKE: Final = frozenset({"wie", "als", "than", "like"})
_WAYS: Final = frozenset("nach zu aus von ab bis durch über gegen für mit um".split())
"""Prepositions of the place before "wo" that do not say where."""
_SURFACE_ROLES: Final = frozenset({"subject", "object", "indirect", "complement"})


@dataclass(frozen=True, slots=True)
class Constituent:
    """A noun phrase or a whole clause in its role."""

    head: int  # token index
    words: tuple[int, ...]
    preposition: tuple[int, ...] = ()
    certainty: float = 1.0


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
    verbal = [_of_verb(tree, c, language) for c in clauses if c.kind == "verb" and not _that_is(tree, c.head)]
    taken = {clause.head for clause in verbal}
    copular = [
        _copular(tree, t, words, language) for t in tree.tokens if t.index not in taken and _has_copula(tree, t.index)
    ]
    found = sorted((*verbal, *copular), key=lambda c: c.head)
    by_head = {c.head: c for c in found}
    return tuple(_sharing(tree, c, by_head) for c in found)


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


def _of_verb(tree: Tree, clause: Clause, language: str) -> SurfaceClause:
    verb = clause.head
    voice = voice_of(tree, verb)
    own = [a for a in clause.arguments if a.via is None and (a.role in _SURFACE_ROLES or _oblique(a.role))]
    apart = frozenset(a.head for a in own)
    grammatical = "object" if voice == "passive" else "subject"
    found: dict[str, list[Constituent]] = {}
    later: set[int] = set()
    for argument in dict.fromkeys(own):
        role = argument.role
        if voice == "attribute" and argument.head == tree[verb].head:
            role = "subject"
        elif voice != "active" and role == "subject":
            if _from_place(tree, argument.head):
                continue
            role = "adverbial"  # the agent of a passive
        elif role == grammatical:
            role = "subject"
        elif _oblique(role):
            role = "adverbial"
        before = _preposition(tree, verb, argument.head, argument.role)
        if role == "adverbial" and (not before or _no_adverbial(tree, verb, argument.head, before)):
            continue
        if _fragment(tree, verb, argument.head, role) or (role == "complement" and _has_copula(tree, argument.head)):
            continue
        if role != "adverbial":
            before = ()
        if argument.head in later:
            continue
        words = pair(tree, argument.head) if role == "adverbial" else None
        if words is not None:
            later |= set(tree.coordinated(argument.head)[1:])
        words = words or noun_phrase(tree, argument.head, apart, short=role != "subject")
        found.setdefault(role, []).append(Constituent(argument.head, words, before, argument.certainty))
    stray = stray_particle(tree, verb)
    clausal = [c for c in _clausal(tree, verb, WORDS[language]) if "object" not in found]
    group = {verb, *verb_group(tree, verb, language), *([stray] if stray is not None else [])}
    adverbials = [*found.get("adverbial", ()), *_bare_times(tree, verb, apart)]
    adverbials += _inner(tree, (*found.get("object", ()), *adverbials), apart)
    return SurfaceClause(
        head=verb,
        verb=tuple(sorted(group)),
        subjects=_ordered(p for p in found.get("subject", ()) if not _pronoun_without(tree, p.head, verb)),
        objects=_ordered([*found.get("object", ()), *clausal]),
        indirect=_ordered(found.get("indirect", ())),
        complements=_ordered(found.get("complement", ())),
        adverbials=_ordered(adverbials),
        attribute=voice == "attribute",
        status=clause.status,
        source=clause.source,
    )


def _no_adverbial(tree: Tree, verb: int, head: int, before: tuple[int, ...]) -> bool:
    """Whether a phrase compares, or is whole of a part: "mit Alben wie X", "Lieder, von denen vier …"."""
    case = tree[before[-1]].text.lower()
    last = tree[before[0] - 1] if before[0] > 0 else None
    compared = last is not None and (feature(last, "Degree") == "Cmp" or last.text.lower() in {"anders", "sowohl"})
    likened = any(tree[i].text.lower() in {"wie", "like"} for i in before)
    if likened or (case in {"als", "than"} and compared):
        return True
    following = [t for t in tree.tokens[before[-1] + 1 : before[-1] + 5] if t.pos != "ADV"]
    parts = len(following) > 1 and following[0].text.lower() in {"denen", "which", "whom", "deren", "welchen"}
    number = parts and (following[1].pos in {"NUM", "DET"} or base(following[1].relation) == "nsubj")
    if case in {"von", "of"} and number and following[1].text.lower() not in _ARTICLES:
        return True
    # "zog nach Wien, wo er …": the place is not where he went to
    outside = head < before[0] or head not in tree.subtree(verb)
    return outside and head > before[-1] and tree[verb].head != head and tree.case(head) in _WAYS and head < verb


def _fragment(tree: Tree, verb: int, head: int, role: str) -> bool:
    """Whether a nominal is no phrase of its own: part of an abbreviation, a pronoun that relates to nothing found."""
    token = tree[head]
    if token.pos in {"PRON", "DET"} and "Rel" in token.feats and token.text.lower() in _RELATIVES:
        opens = head if tree[head - 1].pos != "ADP" else head - 1
        return opens > 0 and tree[opens - 1].text == ","
    compared = _LIKE if role != "adverbial" else _LIKE - {"als"}
    if _bracketed(tree, verb, head):
        return True
    if base(token.relation) == "conj" and any(t.text in compared for t in tree.by_relation(head, "cc", "case", "mark")):
        return True  # "Spieler wie X", "größer als X"
    return head not in tree.name_at and all(_cut(tree[i]) for i in (head, *tree.children[head]))


def _bracketed(tree: Tree, verb: int, head: int) -> bool:
    """Whether a nominal stands in brackets that its verb is not in: "stellt ein Hindernis dar (Dispens)"."""
    start = next((i for i in range(head - 1, max(-1, head - 5), -1) if tree[i].text in {"(", ")"}), None)
    return start is not None and tree[start].text == "(" and not start < verb < head + 8


def _cut(token: Token) -> bool:
    return token.text.endswith(".") and len(token.text) < 4 and not token.text[0].isdigit()


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
    return relative or is_year(token)


def _clausal(tree: Tree, verb: int, words: ModalityWords) -> Iterator[Constituent]:
    """The finite clause that a verb has in the place of an object: "sagte, dass …"."""
    lemma = full_lemma(tree, verb)
    for token in tree.by_relation(verb, "ccomp"):
        marked = any(t.text.lower() in _COMPLEMENTIZERS for t in tree.by_relation(token.index, "mark"))
        if not marked and lemma not in words.saying and lemma not in words.verbs:
            continue
        finite = any(is_finite(t) for t in (token, *tree.by_relation(token.index, "aux", "cop")))
        if not finite or infinitive(tree, token.index) or subject_of(tree, token.index) is None:
            continue
        inside = tree.subtree(token.index)
        mark = {t.index for t in tree.by_relation(token.index, "mark") if t.text.lower() in {"dass", "daß", "that"}}
        held = [i for i in inside if i not in mark]
        while held and tree[held[0]].pos == "PUNCT":
            held.pop(0)
        while held and tree[held[-1]].pos == "PUNCT":
            held.pop()
        if held and held == list(range(held[0], held[-1] + 1)) and verb not in held:
            yield Constituent(token.index, tuple(held), (), SHARED)


def _bare_times(tree: Tree, verb: int, apart: frozenset[int]) -> Iterator[Constituent]:
    """Times without preposition: "1911", "last year", "vergangene Woche"."""
    for token in tree.by_relation(verb, "obl", "nmod", "advmod", "dep", "nummod", "obj"):
        if token.index in apart or preposition(tree, token.index) or _bracketed(tree, verb, token.index):
            continue
        if is_year(token) or (token.lemma in TEMPORAL and token.pos in {"NOUN", "PROPN"}):
            words = noun_phrase(tree, token.index, apart)
            opening = tuple(i for i in words[:1] if tree[i].pos == "ADP")  # hung on the day: "Am 9. Dezember"
            yield Constituent(token.index, words[len(opening) :], opening)


def _inner(tree: Tree, parts: Iterable[Constituent], apart: frozenset[int]) -> Iterator[Constituent]:
    """Times and places that hang on a phrase of the clause and tell of the clause: "by the council in June"."""
    for part in list(parts):
        placed = bool(part.preposition)
        if placed and part.head not in tree.name_at:
            continue  # "bei ihrem Treffen in Hamburg": of the meeting
        for token in attributes(tree, part.head):
            span = tree.name_at.get(token.index)
            place = placed and span is not None and span.label == "LOC" and tree.case(token.index) in _PLACING
            if token.index not in apart and (temporal(tree, token.index) or place):
                words = pair(tree, token.index) or noun_phrase(tree, token.index, apart, short=True)
                yield Constituent(token.index, words, preposition(tree, token.index), part.certainty * SHARED)


def _copular(tree: Tree, token: Token, words: ModalityWords, language: str) -> SurfaceClause:
    """A clause whose predicate is a noun or an adjective: "war Präsident des Vereins", "is famous for its port"."""
    head = token.index
    copula = min(t.index for t in tree.by_relation(head, "cop"))
    claim = verb_claim(tree, head, words)
    subjects = [Constituent(a.head, ()) for s in _copular_subjects(tree, head) for a in spread(tree, s, "subject")]
    apart = frozenset(s.head for s in subjects)
    adverbials = []
    for child in tree.by_relation(head, "obl", "nmod"):
        before = preposition(tree, child.index)
        behind = token.pos in {"NOUN", "PROPN"} and base(child.relation) == "nmod" and child.index > head
        if before and not behind and not _no_adverbial(tree, head, child.index, before):
            whole = pair(tree, child.index)
            if whole is not None:
                adverbials.append(Constituent(child.index, whole, before))
                continue
            adverbials += [
                Constituent(
                    a.head, noun_phrase(tree, a.head, apart, short=True), preposition(tree, a.head), a.certainty
                )
                for a in spread(tree, child.index, "oblique")
                if not _fragment(tree, head, a.head, "adverbial")
            ]
    apart |= {a.head for a in adverbials}
    adverbials += [t for t in _bare_times(tree, head, apart) if t.head < head or token.pos != "NOUN"]
    apart |= {a.head for a in adverbials}
    adverbials += _inner(tree, adverbials, apart)
    before = preposition(tree, head)
    complements = [
        Constituent(a.head, noun_phrase(tree, a.head, apart, short=True), before, a.certainty)
        for a in spread(tree, head, "complement")
        if a.head == head
        or (
            subject_of(tree, a.head) is None
            and tree[a.head].pos not in {"VERB", "AUX"}
            and not _fragment(tree, head, a.head, "complement")
        )
    ]
    return SurfaceClause(
        head=head,
        verb=verb_group(tree, head, language),
        subjects=_ordered(Constituent(s.head, noun_phrase(tree, s.head, apart), (), s.certainty) for s in subjects),
        objects=(),
        indirect=(),
        complements=_ordered(complements) if copula is not None else (),
        adverbials=_ordered(adverbials),
        attribute=False,
        status=claim.status,
        source=claim.source,
    )


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
