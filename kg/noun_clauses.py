"""Noun clauses: relations that a noun states of the names around it.

"Huawei-Chef Ren", "Ren, der Chef von Huawei", "Ren ist Chef von Huawei" and "Huaweis Chef Ren" all
give the predicate ``Chef`` with the bearer ``Ren`` and ``of`` Huawei.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.english_wares import owned_brands
from kg.modality import Claim, verb_claim
from kg.modality_words import ModalityWords
from kg.nominals import (
    OF_CASES,
    SHARED,
    is_demonym,
    is_relative_pronoun,
    name_beside,
    name_of,
    noun_lemma,
    of_arguments,
    seat,
    spread,
)
from kg.noun_modality import noun_claim
from kg.records import PLAIN, Argument, Clause
from kg.trees import Tree, base, feature
from kg.voice import is_passive

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
    wares = (
        _attribute(tree, "'s", (Argument("bearer", brand), Argument("of", owner)))
        for brand, owner in owned_brands(tree)
    )
    return (*found, *_of_names(tree), *wares)


def _of_names(tree: Tree) -> Iterator[Clause]:
    """What stands beside a name: "Adyen aus Amsterdam", "Röttgen (CDU)", "das sächsische Dresden".

    The predicate is the preposition, "()", or "demonym".
    """
    for span in tree.sentence.names:
        if span.form != "whole":
            continue
        head = tree.span_head(span.start, span.end)
        _, last = tree.bounds(span)
        bearer = Argument("bearer", head)
        for argument in _obliques(tree, head):
            yield _attribute(tree, argument.role.partition(":")[2], (bearer, argument))
        for token in tree.by_relation(head, "nmod", "obl"):
            if tree.case(token.index) in OF_CASES and token.index in tree.name_at:
                yield _attribute(tree, tree.case(token.index), (bearer, Argument("of", token.index)))
        for token in tree.by_relation(head, "nmod"):
            if token.relation == "nmod:poss" and token.index in tree.name_at and span.label in {"ORG", "MISC"}:
                yield _attribute(tree, "'s", (bearer, Argument("of", token.index)))
        if (wider := _behind_comma(tree, span.label, last)) is not None:
            yield _attribute(tree, ",", (bearer, Argument("of", wider)))
        for token in tree.by_relation(head, "amod"):
            if (place := seat(tree, token.index)) is not None:
                yield _attribute(tree, "-based", (bearer, Argument("demonym", place)))
            if is_demonym(tree, token.index) and token.text[:1].islower():
                yield _attribute(tree, "demonym", (bearer, Argument("demonym", token.index)))
        inner = _in_brackets(tree, last)
        if inner is not None:
            yield _attribute(tree, "()", (bearer, Argument("of", inner)))


def _behind_comma(tree: Tree, label: str, last: int) -> int | None:
    """The place that a place lies in: "Palo Alto, California". In a list of places there is none."""
    if label != "LOC" or last + 2 >= len(tree) or tree[last + 1].text != "," or last + 2 not in tree.name_at:
        return None
    wider, own = tree.name_at[last + 2], tree.name_at[last]
    end = tree.bounds(wider)[1] + 1
    first, _ = tree.bounds(own)
    closed = end >= len(tree) or tree[end].pos == "PUNCT"
    listed = (end + 1 < len(tree) and end + 1 in tree.name_at) or (first > 1 and first - 2 in tree.name_at)
    if wider.label != "LOC" or wider.form != "whole" or not closed or listed:
        return None
    return tree.span_head(wider.start, wider.end)


def _in_brackets(tree: Tree, last: int) -> int | None:
    """The name that stands alone in brackets behind the token ``last``."""
    if last + 2 >= len(tree) or tree[last + 1].text != "(" or last + 2 not in tree.name_at:
        return None
    span = tree.name_at[last + 2]
    closing = tree.bounds(span)[1] + 1
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
        *_possessor_apart([_owner(tree, noun, a) for a in of_arguments(tree, noun)], noun),
        *_obliques(tree, noun),
        *_attached(tree, noun),
    ]
    bearers, presupposed, claim = _bearers(tree, noun, words)
    participants = _without_shared(tree, bearers, participants)
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


def _without_shared(tree: Tree, bearers: list[Argument], found: list[Argument]) -> list[Argument]:
    """Without the owner of one name where another name has its own: "councillors Ann Chiang of DAB and Li of BPA"."""
    owned = {a.head for a in bearers if any(tree.case(t.index) in OF_CASES for t in tree.by_relation(a.head, "nmod"))}
    return [a for a in found if a.role != "of" or len(owned) < 2 or tree[a.head].head not in owned]


def _owner(tree: Tree, noun: int, argument: Argument) -> Argument:
    """The argument, or what a possessive relative pronoun stands for: "Nvidia, whose founder …"."""
    if argument.role == "of" and tree[argument.head].text.lower() in {"whose", "deren", "dessen"}:
        antecedent = is_relative_pronoun(tree, argument.head, noun)
        if antecedent is not None and antecedent < argument.head:
            return replace(argument, head=antecedent, certainty=argument.certainty * SHARED)
    return argument


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
    hangs = case and case not in OF_CASES and base(token.relation) in {"nmod", "obl"} and token.head != noun
    if hangs and tree[token.head].pos in {"NOUN", "PROPN", "X"}:
        yield Argument(f"attached:{case}", token.head)


def _obliques(tree: Tree, noun: int) -> Iterator[Argument]:
    """Prepositional attributes of a nominal."""
    seen = set()
    for token in tree.by_relation(noun, "nmod", "obl"):
        case = tree.case(token.index)
        directed = any(t.text.lower() == "ins" for t in tree.by_relation(token.index, "case"))  # belongs to the verb
        if case and case not in OF_CASES and not directed and not _of_owner(tree, noun, token.index):
            seen.add(token.index)
            yield from spread(tree, token.index, f"oblique:{case}")
    for partner in _beside_object(tree, noun):
        yield from (
            replace(a, certainty=a.certainty * SHARED) for a in spread(tree, partner, f"oblique:{tree.case(partner)}")
        )
    behind = noun + 1
    # Origin straight behind a noun is its attribute, wherever the parser hung it.
    if noun not in tree.name_at and behind < len(tree) and tree[behind].text in {"aus", "from"}:
        place = tree[behind].head
        if place > behind and place not in seen and place in tree.name_at and tree.name_at[place].label == "LOC":
            yield Argument(f"oblique:{tree[behind].text}", place, 0.9)
    agent = _agent_behind(tree, noun)
    if agent is not None and agent not in seen:
        yield from (replace(a, certainty=a.certainty * 0.9) for a in spread(tree, agent, "oblique:durch"))


_SITES: Final = frozenset(
    "headquarters seat factory plant office refinery mine store branch warehouse works visit journey trip stay".split()
)
"""Nouns whose place is their own, not that of the owner before it."""


def _of_owner(tree: Tree, noun: int, place: int) -> bool:
    """Whether "in" behind an owner may be where the owner is: "a subsidiary of AB Volvo in Gothenburg"."""
    if tree.case(place) != "in" or tree[noun].lemma.lower() in _SITES:
        return False
    start = min(tree.subtree(place))
    return any(
        t.index < start and t.index in tree.name_at and tree.case(t.index) == "of"
        for t in tree.by_relation(noun, "nmod")
    )


def _beside_object(tree: Tree, noun: int) -> Iterator[int]:
    """Partners of an event that the parser hung on the verb: "ended its partnership with OpenAI"."""
    token = tree[noun]
    if base(token.relation) != "obj" or token.pos != "NOUN" or noun in tree.name_at:
        return
    for other in tree.by_relation(token.head, "obl"):
        start = min(tree.subtree(other.index))
        behind = start in {noun + 1, max(tree.subtree(noun)) + 1}  # "a lawsuit by X against Y"
        if tree.case(other.index) in {"with", "against"} and behind:
            yield other.index


def _agent_behind(tree: Tree, noun: int) -> int | None:
    """The "durch" phrase behind a noun and its owner, where the verb above is active: "Übernahme von X durch Y"."""
    owners = [t.index for t in tree.by_relation(noun, "nmod") if t.index > noun]
    if not owners or tree[noun].pos != "NOUN":
        return None
    beside = name_beside(tree, owners[0]) if tree[owners[0]].pos == "NOUN" else None
    span = tree.name_at.get(owners[0] if beside is None else beside)
    end = span.end if span is not None else tree[owners[0]].end
    through = next((t for t in tree.tokens if t.start >= end), None)
    if through is None or through.text != "durch":
        return None
    agent = through.head
    verb = next((i for i in tree.ancestors(noun) if tree[i].pos in {"VERB", "AUX"}), None)
    named = agent in tree.name_at or name_beside(tree, agent) is not None
    return agent if named and agent > through.index and (verb is None or not is_passive(tree, verb)) else None


def _bearers(tree: Tree, noun: int, words: ModalityWords) -> tuple[list[Argument], bool, Claim | None]:
    """Who the noun is said of, whether in passing, and the claim of a copular clause."""
    beside = name_of(tree, noun) if tree[noun].pos != "ADJ" else None
    if beside is not None:
        several = _several(tree, noun)
        return (list(spread(tree, beside, "bearer")) if several else [Argument("bearer", beside)]), True, None
    copulas = [t.lemma.lower() for t in tree.by_relation(noun, "cop")]
    shared = (
        base(tree[noun].relation) == "conj"
        and not _compared(tree, noun)
        and any(True for _ in tree.by_relation(tree[noun].head, "cop"))
    )
    if shared and (subject := _copular_subject(tree, tree[noun].head)):
        return [replace(a, certainty=SHARED) for a in subject], False, verb_claim(tree, tree[noun].head, words)
    if copulas or _predicative(tree, noun):
        subject = _copular_subject(tree, noun)
        if subject:
            claim_at = noun if copulas else tree[noun].head
            claim = verb_claim(tree, claim_at, words)
            if claim_at != noun and claim.status in PLAIN:
                own = verb_claim(tree, noun, words)  # "wird möglicherweise Chef", the adverb hung on the noun
                claim = own if own.status not in PLAIN else claim
            return subject, False, claim
    if (name := _identified(tree, noun)) is not None:
        return [Argument("bearer", name)], False, verb_claim(tree, tree[noun].head, words)
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
            found += spread(tree, other.index, "bearer") if _several(tree, noun) else [Argument("bearer", other.index)]
    if not found and base(token.relation) in {"appos", "flat"} and token.head in tree.name_at:
        found.append(Argument("bearer", token.head))
    if not found:
        found = [Argument("bearer", name, SHARED) for name in _names_of_conjuncts(tree, noun)]
    if not found and (name := _name_before_comma(tree, noun)) is not None:
        found.append(Argument("bearer", name, 0.9))
    return found, bool(found), None


def _identified(tree: Tree, noun: int) -> int | None:
    """The name that a noun is said to be: "whose chairwoman is Inés Corral", "Größter Rivale ist der Konzern X"."""
    place = tree[noun].head
    said = base(tree[noun].relation) == "nsubj" and any(True for _ in tree.by_relation(place, "cop"))
    if not said or place == noun:
        return None
    kind = tree[place].pos == "NOUN" and place not in tree.name_at
    name = name_beside(tree, place) if kind else place
    span = tree.name_at.get(name) if name is not None else None
    if span is None or span.form != "whole":
        return None
    german = any(t.lemma == "sein" for t in tree.by_relation(place, "cop"))
    owned = any(t.relation == "nmod:poss" for t in tree.by_relation(noun, "nmod"))
    person = span.label == "PER" or (span.label == "ORG" and german) or (owned and span.label != "LOC")
    return name if person else None


def _compared(tree: Tree, noun: int) -> bool:
    """Whether a noun stands behind "als" or "wie": "kleiner als der Konzern"."""
    start = min(tree.subtree(noun))
    return any(tree[i].text.lower() in {"als", "wie", "than"} for i in range(max(0, start - 1), noun))


def _several(tree: Tree, noun: int) -> bool:
    """Whether a noun is a plural: by its form, or as a masculine behind "die"."""
    token = tree[noun]
    plural = feature(token, "Number") == "Plur" or token.text != token.lemma
    masculine = feature(token, "Gender") == "Masc"
    return plural or (masculine and any(t.text.lower() == "die" for t in tree.by_relation(noun, "det")))


def _names_of_conjuncts(tree: Tree, noun: int) -> list[int]:
    """The name that two posts share: "Gründer und Chef Ren", "Lou Ferrante, founder and president"."""
    explaining = tree[tree.first_conjunct(noun)]
    if base(tree[noun].relation) == "conj" and base(explaining.relation) in {"appos", "list"}:
        return [explaining.head] if explaining.head in tree.name_at and explaining.pos == "NOUN" else []
    first = tree[noun].head if base(tree[noun].relation) == "conj" else noun
    if not tree.together(first, noun) and first != noun:
        return []
    others = [i for i in tree.coordinated(first) if i != noun and tree[i].pos == "NOUN"]
    alike = feature(tree[noun], "Number") != "Plur"
    return [name for i in others if alike and i > noun and (name := name_beside(tree, i)) is not None][:1]


def _name_before_comma(tree: Tree, noun: int) -> int | None:
    """The name that a phrase between commas explains: "Giorgetti, ein Politiker der Lega, …"."""
    phrase = tree.subtree(noun)
    start = min(i for i in phrase if (tree[i].head == noun and tree[i].pos != "PUNCT") or i == noun)
    end = next((i for i in range(noun, len(tree)) if tree[i].pos == "PUNCT" and i not in tree.name_at), len(tree) - 1)
    if start < 2 or tree[start - 1].text != "," or tree[end].text not in {",", ".", "–", ":", "!"}:
        return None
    if tree[start].pos not in {"DET", "ADJ", "NOUN"} or any(t.pos in {"VERB", "AUX"} for t in tree.tokens[start:end]):
        return None
    before = start - 2
    # "mit X verschmelzen, der Tochter von Y"; "schloss sich X an, der Chef von Y"
    while before > 0 and (tree[before].pos in {"VERB", "AUX"} or tree[before].relation == "compound:prt"):
        if base(tree[before].relation) == "acl":
            return None  # "X, an dem Y beteiligt ist, ein Werk": the relative clause says nothing of the works
        before -= 1
    span = tree.name_at.get(before)
    if span is None or span.form != "whole" or any(True for _ in tree.by_relation(noun, "cc", "case", "cop")):
        return None
    listed = tree[end].text == "," and end + 1 < len(tree) and end + 1 in tree.name_at
    name = tree.span_head(span.start, span.end)
    above = tree[name].head
    if span.label == "LOC" and tree.case(name) in {"of", "from", "aus"} and above in tree.name_at and above != name:
        name = above  # "Hyundai Rotem of South Korea, the maker of …"
    return None if listed else name


def _may_stand_for(tree: Tree, noun: int, name: int) -> bool:
    span = tree.name_at[name]
    return span.form == "whole" and abs(noun - name) < 25


def _predicative(tree: Tree, noun: int) -> bool:
    token = tree[noun]
    head = tree[token.head]
    relation = base(token.relation)
    lemma = head.lemma.lower()
    if relation == "xcomp" and lemma in _COPULAS | _BECOME:
        return True
    return relation in {"obj", "xcomp", "nsubj"} and lemma in _BECOME and not tree.case(noun) and noun > head.index


def _copular_subject(tree: Tree, noun: int) -> list[Argument]:
    place = noun if any(True for _ in tree.by_relation(noun, "cop")) else tree[noun].head
    for token in tree.by_relation(place, "nsubj"):
        if token.index != noun:
            antecedent = is_relative_pronoun(tree, token.index, place)
            head = token.index if antecedent is None else antecedent
            return list(spread(tree, head, "bearer"))
    for copula in tree.by_relation(place, "cop"):
        for beside in (copula.index + 1, copula.index - 1):
            span = tree.name_at.get(beside)
            if span is not None and span.form == "whole" and beside != noun and not tree.case(beside):
                return [Argument("bearer", tree.span_head(span.start, span.end), 0.85)]
    return []
