"""Noun clauses: relations that a noun states of the names around it.

"Huawei-Chef Ren", "Ren, der Chef von Huawei", "Ren ist Chef von Huawei" and "Huaweis Chef Ren" all
give the predicate ``Chef`` with the bearer ``Ren`` and ``of`` Huawei.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.modality import Claim, noun_claim, verb_claim
from kg.modality_words import ModalityWords
from kg.records import Argument, Clause
from kg.trees import Tree, base, feature
from kg.voice import is_passive

SHARED: Final = 0.9  # certainty of an argument reached through coordination, control or raising
OF_CASES: Final = frozenset({"von", "of"})
_RELATIVE: Final = frozenset(
    "der die das dem den dessen deren denen welcher welche welches welchem welchen who which that whose whom".split()
)
_BECOME: Final = frozenset({"werden", "become"})
_COPULAS: Final = frozenset({"sein", "bleiben", "be", "remain"})


def noun_clauses(tree: Tree, words: ModalityWords) -> tuple[Clause, ...]:
    """The clauses of all common nouns that have a bearer or another participant.

    Args:
        tree: the sentence.
        words: the modality lists of its language.
    """
    found = [
        c for token in tree.tokens if token.pos in {"NOUN", "PROPN", "ADJ"} for c in _of_noun(tree, token.index, words)
    ]
    return (*found, *_of_names(tree))


def _of_names(tree: Tree) -> Iterator[Clause]:
    """What stands beside a name: "Adyen aus Amsterdam", "Röttgen (CDU)", "das sächsische Dresden".

    The predicate is the preposition, "()", or "demonym".
    """
    for span in tree.sentence.names:
        if span.form != "whole":
            continue
        head = tree.span_head(span.start, span.end)
        last = max(t.index for t in tree.tokens if t.start < span.end)
        bearer = Argument("bearer", head)
        for argument in _obliques(tree, head):
            yield _attribute(tree, argument.role.partition(":")[2], (bearer, argument))
        for token in tree.by_relation(head, "nmod", "obl"):
            if tree.case(token.index) in OF_CASES and token.index in tree.name_at:
                yield _attribute(tree, tree.case(token.index), (bearer, Argument("of", token.index)))
        for token in tree.by_relation(head, "amod"):
            if _is_demonym(tree, token.index) and token.text[:1].islower():
                yield _attribute(tree, "demonym", (bearer, Argument("demonym", token.index)))
        inner = _in_brackets(tree, last)
        if inner is not None:
            yield _attribute(tree, "()", (bearer, Argument("of", inner)))


def _in_brackets(tree: Tree, last: int) -> int | None:
    """The name that stands alone in brackets behind the token ``last``."""
    if last + 2 >= len(tree) or tree[last + 1].text != "(" or last + 2 not in tree.name_at:
        return None
    span = tree.name_at[last + 2]
    closing = max(t.index for t in tree.tokens if t.start < span.end) + 1
    if span.start != tree[last + 2].start or closing >= len(tree) or tree[closing].text != ")":
        return None
    return tree.span_head(span.start, span.end)


def _attribute(tree: Tree, predicate: str, arguments: tuple[Argument, ...]) -> Clause:
    head = arguments[0].head
    between = tuple(sorted({t.index for a in arguments[1:] for t in tree.by_relation(a.head, "case")}))
    return Clause(tree.sentence.index, "noun", predicate, head, between or (head,), arguments)


def _of_noun(tree: Tree, noun: int, words: ModalityWords) -> Iterator[Clause]:
    token = tree[noun]
    span = tree.name_at.get(noun)
    if span is not None and span.form == "whole":
        return
    if token.pos == "PROPN" and span is None and "-" not in token.text and name_beside(tree, noun) is None:
        return
    participants = [
        *_possessor_apart(list(of_arguments(tree, noun)), noun),
        *_obliques(tree, noun),
        *_attached(tree, noun),
    ]
    bearers, presupposed, claim = _bearers(tree, noun, words)
    if not participants and not bearers:
        return
    if token.pos == "ADJ" and not (bearers and participants):
        return
    if claim is None:
        claim = noun_claim(tree, noun, words, presupposed=presupposed)
    yield Clause(
        sentence=tree.sentence.index,
        kind="noun",
        predicate=noun_lemma(tree, noun),
        head=noun,
        words=tuple(sorted({noun, *(t.index for t in tree.by_relation(noun, "cop"))})),
        arguments=(*bearers, *participants),
        status=claim.status,
        source=claim.source,
    )


def noun_lemma(tree: Tree, noun: int) -> str:
    """The lemma of a noun without the name that a compound begins with.

    "Huawei-Vorsitzender" → "Vorsitzender", "Bundesbankpräsidenten" → "Präsident".
    """
    token = tree[noun]
    span = tree.name_at.get(noun)
    known = span.end - token.start if span is not None and span.form == "part" and span.start == token.start else 0
    lemma = token.lemma if token.lemma[:known].casefold() == token.text[:known].casefold() else token.text
    tail = lemma[known:].rpartition("-")[2] or lemma
    if not known and tail[:1].islower():
        return lemma  # "Start-up" is one word
    return tail[:1].upper() + tail[1:] if len(tail) < len(lemma) and token.text[:1].isupper() else tail


_ADJECTIVAL_NOUN: Final = re.compile(r"(end|igt|agt|ellt|rdnet|ündet|eamt|wandt|kannt|iiert)e[rnm]$")


def predicate_key(lemma: str) -> str:
    """A noun's lemma as frames know it: lower case, nouns made of adjectives without their ending.

    >>> predicate_key("Vorsitzender"), predicate_key("Vorsitzende"), predicate_key("Sprecher")
    ('vorsitzende', 'vorsitzende', 'sprecher')
    """
    lower = lemma.casefold()
    return lower[:-1] if _ADJECTIVAL_NOUN.search(lower) else lower


def of_arguments(tree: Tree, noun: int) -> Iterator[Argument]:
    """Genitives, "von" phrases, possessives, compound parts and demonyms of a noun."""
    token = tree[noun]
    if noun in tree.name_at and tree.name_at[noun].form == "part":
        yield Argument("of", noun)
    for child in tree.children[noun]:
        other = tree[child]
        relation = base(other.relation)
        if relation == "amod" and _is_demonym(tree, child):
            yield Argument("demonym", child)
        elif other.relation in {"nmod:poss", "det:poss"}:
            yield from spread(tree, child, "of")
        elif relation in {"nmod", "obl"} and (tree.case(child) in OF_CASES or not tree.case(child)):
            if tree.case(child) or _genitive_possible(tree, child):
                yield from spread(tree, child, "of")
        elif relation in {"compound", "flat"} and child < noun and (child in tree.name_at or other.pos == "PROPN"):
            yield from spread(tree, child, "of")
    yield from _genitive_beside(tree, noun)
    yield from _of_beside(tree, noun)
    following = _of_phrase_behind(tree, noun)
    if following is not None:
        yield from (replace(a, certainty=a.certainty * 0.85) for a in spread(tree, following, "of"))


def _of_beside(tree: Tree, noun: int) -> Iterator[Argument]:
    """The "von" phrase that the parser hung on the name beside the noun: "das Betriebssystem Android von Google"."""
    beside = name_beside(tree, noun) if tree[noun].pos == "NOUN" else None
    if beside is not None:
        for token in tree.by_relation(beside, "nmod"):
            if tree.case(token.index) in OF_CASES:
                yield from spread(tree, token.index, "of")


def _of_phrase_behind(tree: Tree, noun: int) -> int | None:
    """A "von" phrase straight behind a noun that the parser hung on the verb above."""
    if noun + 1 >= len(tree) or tree[noun + 1].text.casefold() not in {"von", "vom", "of"}:
        return None
    head = tree[noun + 1].head
    verb = tree[head].head
    if head <= noun or verb == noun or tree.case(head) not in OF_CASES or verb not in set(tree.ancestors(noun)):
        return None
    return None if is_passive(tree, verb) else head


def _possessor_apart(found: list[Argument], noun: int) -> list[Argument]:
    """Where a noun has a possessor before and another after it, the first is the one who acts.

    "Microsofts Übernahme von Activision": ``poss`` Microsoft, ``of`` Activision. In the same way
    the name in a compound becomes ``compound`` in "der Moskau-Besuch von X".
    """
    before = [a for a in found if a.role == "of" and a.head < noun]
    within = [a for a in found if a.role == "of" and a.head == noun]
    after = [a for a in found if a.role == "of" and a.head > noun]
    if before and after:
        found = [replace(a, role="poss") if a in before else a for a in found]
    if within and (before or after):
        found = [replace(a, role="compound") if a in within else a for a in found]
    return found


def _attached(tree: Tree, noun: int) -> Iterator[Argument]:
    """The nominal that a noun hangs from by a preposition: "X mit Sitz in Y" gives ``attached:mit``."""
    token = tree[noun]
    case = tree.case(noun)
    if case and case not in OF_CASES and base(token.relation) in {"nmod", "obl"} and token.head != noun:
        if tree[token.head].pos in {"NOUN", "PROPN", "X"}:
            yield Argument(f"attached:{case}", token.head)


def _genitive_beside(tree: Tree, noun: int) -> Iterator[Argument]:
    """A name in the genitive straight before or behind the noun, whatever the parser made of it."""
    before = noun - 1
    while before >= 0 and tree[before].pos == "ADJ" and tree[before].text[:1].islower():
        before -= 1
    for place in (before, noun + 1):
        if 0 <= place < len(tree) and tree.in_genitive(place):
            span = tree.name_at[place]
            head = tree.span_head(span.start, span.end)
            already = tree[head].head == noun and base(tree[head].relation) in {
                "nmod",
                "det",
                "compound",
                "flat",
                "obl",
            }
            if not already:
                yield Argument("of", head, 0.9)


def _genitive_possible(tree: Tree, child: int) -> bool:
    token = tree[child]
    if feature(token, "Case") == "Gen":
        return True
    determiner = [t.text.casefold() for t in tree.by_relation(child, "det")]
    return any(d in {"des", "der", "eines", "einer", "dieses", "dieser", "seines", "ihres"} for d in determiner) or (
        tree.in_genitive(child)
    )


def _is_demonym(tree: Tree, index: int) -> bool:
    span = tree.name_at.get(index)
    return span is not None and span.form in {"derived", "part"}


def _obliques(tree: Tree, noun: int) -> Iterator[Argument]:
    """Prepositional attributes of a nominal."""
    seen = set()
    for token in tree.by_relation(noun, "nmod", "obl"):
        case = tree.case(token.index)
        if case and case not in OF_CASES:
            seen.add(token.index)
            yield from spread(tree, token.index, f"oblique:{case}")
    behind = noun + 1
    # Origin straight behind a noun is its attribute, wherever the parser hung it.
    if noun not in tree.name_at and behind < len(tree) and tree[behind].text in {"aus", "from"}:
        place = tree[behind].head
        if place > behind and place not in seen and place in tree.name_at and tree.name_at[place].label == "LOC":
            yield Argument(f"oblique:{tree[behind].text}", place, 0.9)


def spread(tree: Tree, head: int, role: str) -> Iterator[Argument]:
    """A nominal and those coordinated with it, each in the role; one negated by itself is left out."""
    members = tree.coordinated(head)
    for position, member in enumerate(members):
        if not _left_out(tree, members, position) and not _inside_name(tree, member):
            yield Argument(role, member, 1.0 if position == 0 else SHARED)


def _inside_name(tree: Tree, index: int) -> bool:
    """Whether a token is a later part of a name, which another token stands for."""
    span = tree.name_at.get(index)
    return span is not None and span.form == "whole" and tree.span_head(span.start, span.end) != index


def _left_out(tree: Tree, members: list[int], position: int) -> bool:
    """Whether a member is negated by itself: "nicht aber der EU", "nicht Bosch, sondern Siemens"."""
    member = members[position]
    start = min(tree.subtree(member)) if position == 0 else members[position - 1] + 1
    before = {tree[i].text.casefold() for i in range(start, member)}
    return bool(before & {"nicht", "not", "kein", "keine", "weder"}) and not before & {"nur", "only"}


def _bearers(tree: Tree, noun: int, words: ModalityWords) -> tuple[list[Argument], bool, Claim | None]:
    """Who the noun is said of, whether in passing, and the claim of a copular clause."""
    beside = name_beside(tree, noun) if tree[noun].pos != "ADJ" else None
    if beside is not None:
        several = feature(tree[noun], "Number") == "Plur" or len(tree.coordinated(noun)) > 1
        return (list(spread(tree, beside, "bearer")) if several else [Argument("bearer", beside)]), True, None
    copulas = [t.lemma.casefold() for t in tree.by_relation(noun, "cop")]
    if copulas or _predicative(tree, noun):
        subject = _copular_subject(tree, noun)
        if subject:
            claim_at = noun if copulas else tree[noun].head
            return subject, False, verb_claim(tree, claim_at, words)
    if tree[noun].pos == "ADJ":
        return ([Argument("bearer", tree[noun].head)] if base(tree[noun].relation) == "amod" else []), True, None
    found: list[Argument] = []
    token = tree[noun]
    for other in tree.by_relation(noun, "appos", "flat"):
        if (
            other.index in tree.name_at
            and not tree.in_genitive(other.index)
            and _may_stand_for(tree, noun, other.index)
        ):
            found.append(Argument("bearer", other.index))
    if not found and base(token.relation) in {"appos", "flat"} and token.head in tree.name_at:
        found.append(Argument("bearer", token.head))
    if not found and (name := _name_before_comma(tree, noun)) is not None:
        found.append(Argument("bearer", name, 0.9))
    return found, True, None


def _name_before_comma(tree: Tree, noun: int) -> int | None:
    """The name that a phrase between commas explains: "Giorgetti, ein Politiker der Lega, …"."""
    phrase = tree.subtree(noun)
    start = min(i for i in phrase if (tree[i].head == noun and tree[i].pos != "PUNCT") or i == noun)
    end = next((i for i in range(noun, len(tree)) if tree[i].pos == "PUNCT"), len(tree) - 1)
    if start < 2 or tree[start - 1].text != "," or tree[end].text not in {",", ".", "–", ":", "!"}:
        return None
    if tree[start].pos not in {"DET", "ADJ", "NOUN"} or any(t.pos in {"VERB", "AUX"} for t in tree.tokens[start:end]):
        return None
    before = start - 2
    while before > 0 and tree[before].pos in {"VERB", "AUX"}:  # "mit X verschmelzen, der Tochter von Y"
        before -= 1
    span = tree.name_at.get(before)
    if span is None or span.form != "whole" or any(True for _ in tree.by_relation(noun, "cc", "case", "cop")):
        return None
    listed = tree[end].text == "," and end + 1 < len(tree) and end + 1 in tree.name_at
    return None if listed else tree.span_head(span.start, span.end)


def _may_stand_for(tree: Tree, noun: int, name: int) -> bool:
    span = tree.name_at[name]
    return span.form == "whole" and abs(noun - name) < 25


def _predicative(tree: Tree, noun: int) -> bool:
    token = tree[noun]
    head = tree[token.head]
    relation = base(token.relation)
    lemma = head.lemma.casefold()
    if relation == "xcomp" and lemma in _COPULAS | _BECOME:
        return True
    return relation in {"obj", "xcomp", "nsubj"} and lemma in _BECOME and not tree.case(noun) and noun > head.index


def _copular_subject(tree: Tree, noun: int) -> list[Argument]:
    place = noun if any(True for _ in tree.by_relation(noun, "cop")) else tree[noun].head
    for token in tree.by_relation(place, "nsubj"):
        if token.index != noun:
            head = is_relative_pronoun(tree, token.index, place) or token.index
            return list(spread(tree, head, "bearer"))
    for copula in tree.by_relation(place, "cop"):
        for beside in (copula.index + 1, copula.index - 1):
            span = tree.name_at.get(beside)
            if span is not None and span.form == "whole" and beside != noun and not tree.case(beside):
                return [Argument("bearer", tree.span_head(span.start, span.end), 0.85)]
    if base(tree[place].relation) == "conj":
        for token in tree.by_relation(tree[place].head, "nsubj"):
            return [Argument("bearer", token.index, 0.9)]
    return []


def name_beside(tree: Tree, noun: int) -> int | None:
    """A name straight after the noun, as in "Betreiber MTS", "Huawei-Vorsitzender Gou Ping"."""
    index = noun + 1
    if index < len(tree) and tree[index].text in {"„", '"', "“", "»", "«", "”"}:
        index += 1
    span = tree.name_at.get(index)
    if index >= len(tree) or span is None or span.form != "whole" or span.start != tree[index].start:
        return None
    head = tree.span_head(span.start, span.end)
    if tree.in_genitive(head) or tree.in_genitive(index):
        return None
    relation = tree[head].relation
    tied = tree[head].head == noun or tree[noun].head == head
    if tied and base(relation) in {"nmod", "nsubj", "obj"} and _separate(tree, noun, head):
        return None
    if not tied and (tree.case(head) or feature(tree[head], "Case") == "Gen"):
        return None
    if not tied and span.label != "PER" and base(relation) in {"nsubj", "obj", "iobj"} and _verb_last(tree, head):
        return None
    if tree[index].text.endswith("s") and feature(tree[head], "Case") == "Gen":
        return None
    return head


def _verb_last(tree: Tree, name: int) -> bool:
    """Whether a name's clause has its verb at the end, where two bare nominals may stand side by side."""
    verb = tree[name].head
    finite = [verb, *(t.index for t in tree.by_relation(verb, "aux", "cop"))]
    first = min((i for i in finite if feature(tree[i], "VerbForm") == "Fin"), default=verb)
    return first > name + 1 and tree[first].head in {first, verb} and first >= verb


def _separate(tree: Tree, noun: int, name: int) -> bool:
    return bool(tree.case(name)) or feature(tree[name], "Case") == "Gen"


def is_relative_pronoun(tree: Tree, index: int, verb: int) -> int | None:
    """The antecedent of a relative pronoun that is an argument of this verb, if it is one."""
    token = tree[index]
    if token.text.casefold() not in _RELATIVE or token.pos not in {"PRON", "DET"}:
        return None
    for above in (verb, *tree.ancestors(verb)):
        if tree[above].relation in {"acl:relcl", "acl"} and tree[above].head < index:
            nearest = _before_comma(tree, index)
            person = nearest is not None and nearest in tree.name_at and tree.name_at[nearest].label == "PER"
            return nearest if person else _described(tree, tree[above].head)
    return _before_comma(tree, index) if "Rel" in feature(token, "PronType") else None


def _described(tree: Tree, antecedent: int) -> int:
    """The noun that a place only describes: "das Start-up aus San Francisco, das …" speaks of the start-up."""
    span = tree.name_at.get(antecedent)
    head = tree[antecedent].head
    if span is not None and span.label == "LOC" and tree.case(antecedent) and tree[head].pos == "NOUN":
        return head
    return antecedent


def _before_comma(tree: Tree, pronoun: int) -> int | None:
    """The nominal straight before the comma that a relative pronoun follows, where the parser lost the tie."""
    place = pronoun - 1
    if place > 0 and tree[place].pos == "ADP":
        place -= 1
    if place < 1 or tree[place].text != "," or tree[place - 1].pos not in {"NOUN", "PROPN", "X"}:
        return None
    span = tree.name_at.get(place - 1)
    return tree.span_head(span.start, span.end) if span is not None and span.form == "whole" else place - 1
