"""Noun phrases: their lemma, possessors, coordination, the name beside them, and what relative pronouns stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.houses import house_of_post, silent_house
from kg.quotation_marks import MARKS
from kg.records import Argument
from kg.trees import TEMPORAL, Tree, base, feature
from kg.voice import is_passive

SHARED: Final = 0.9  # certainty of an argument reached through coordination, control or raising

OF_CASES: Final = frozenset({"von", "of"})

_RELATIVE: Final = frozenset(
    "der die das dem den dessen deren denen welcher welche welches welchem welchen who which that whose whom".split()
)


_RANKS: Final = frozenset({"vice", "deputy", "assistant"})
_POSTS: Final = frozenset({"Chef", "Chefin", "Leiter", "Leiterin", "Präsident", "Präsidentin", "Vorstand"})
_SHARING: Final = frozenset({"Co", "Mit", "Firmen", "Konzern", "Unternehmens"})


def noun_lemma(tree: Tree, noun: int) -> str:
    """The lemma of a noun without the name that a compound begins with.

    "Huawei-Vorsitzender" → "Vorsitzender", "Bundesbankpräsidenten" → "Präsident".
    """
    token = tree[noun]
    span = tree.name_at.get(noun)
    known = span.end - token.start if span is not None and span.form == "part" and span.start == token.start else 0
    lemma = token.lemma if token.lemma[:known].lower() == token.text[:known].lower() else token.text
    rank = next((t.text.lower() for t in tree.by_relation(noun, "compound", "amod") if t.text.lower() in _RANKS), "")
    if rank:
        return f"{rank} {lemma}"  # a vice president leads nothing
    if office := _office(tree, noun):
        return f"{office} {lemma.lower()}"
    tail = lemma[known:].rpartition("-")[2] or lemma
    first = lemma[known:].partition("-")[0]
    if not known and (tail[:1].islower() or (tail in _POSTS and first not in _SHARING)):
        return lemma  # "Start-up" is one word; an "IT-Chef" leads a department
    return tail[:1].upper() + tail[1:] if len(tail) < len(lemma) and token.text[:1].isupper() else tail


_ENGLISH_POSTS: Final = frozenset(
    "chief director head boss manager minister secretary chair chairman chairwoman leader executive officer president "
    "commissioner ambassador coach editor".split()
)
_OF_THE_WHOLE: Final = frozenset(
    "company group club bank firm board party union team church airline agency council university co founding "
    "state government country federation association house central regional company's".split()
)
"""What may stand before a post without narrowing it: a company chief leads the company, a finance chief does not."""
_OFFICE: Final = frozenset("prime managing executive general foreign chief".split())


def _office(tree: Tree, noun: int) -> str:
    """The words that make a post what it is: "chief executive", "finance director", "prime minister"."""
    if tree[noun].lemma.lower() not in _ENGLISH_POSTS or noun == 0:
        return ""
    start = noun
    while start > 0 and start > noun - 3 and _narrows(tree, start - 1, noun):
        start -= 1
    return " ".join(tree[i].text.lower() for i in range(start, noun))


def _narrows(tree: Tree, index: int, noun: int) -> bool:
    token = tree[index]
    word = token.text.lower()
    if index in tree.name_at and word not in _OFFICE and tree.name_at[index].label != "MISC":
        return False
    if word in _OFFICE:
        return True
    return token.pos in {"NOUN", "PROPN"} and token.relation == "compound" and word not in _OF_THE_WHOLE


_ADJECTIVAL_NOUN: Final = re.compile(r"(end|igt|agt|ellt|rdnet|ündet|eamt|wandt|kannt|iiert)e[rnm]$")


def predicate_key(lemma: str) -> str:
    """A noun's lemma as frames know it: lower case, nouns made of adjectives without their ending.

    >>> predicate_key("Vorsitzender"), predicate_key("Vorsitzende"), predicate_key("Sprecher")
    ('vorsitzende', 'vorsitzende', 'sprecher')
    """
    lower = lemma.lower()
    return lower[:-1] if _ADJECTIVAL_NOUN.search(lower) else lower


def of_arguments(tree: Tree, noun: int) -> Iterator[Argument]:
    """Genitives, "von" phrases, possessives, compound parts and demonyms of a noun."""
    if noun in tree.name_at and tree.name_at[noun].form == "part":
        yield Argument("of", noun)
    elif house_of_post(tree[noun].text) or silent_house(tree, noun):
        yield Argument("of", noun, 0.95)
    for child in tree.children[noun]:
        other = tree[child]
        relation = base(other.relation)
        based = seat(tree, child) if child < noun and relation == "amod" else None
        if based is not None:
            yield Argument("demonym", based)
        elif child < noun and is_demonym(tree, child) and (relation == "amod" or tree.name_at[child].form == "derived"):
            yield Argument("demonym", child)
        elif other.relation in {"nmod:poss", "det:poss"}:
            yield from spread(tree, child, "of")
        elif relation in {"nmod", "obl"} and (tree.case(child) in OF_CASES or not tree.case(child)):
            if tree.case(child) or (_genitive_possible(tree, child) and not _told_to(tree, noun, child)):
                yield from spread(tree, child, "of")
        elif relation in {"compound", "flat"} and child < noun and (child in tree.name_at or other.pos == "PROPN"):
            span = tree.name_at.get(child)
            placed = other.relation == "compound" and span is not None and (span.label, span.form) == ("LOC", "whole")
            yield from spread(tree, child, "place" if placed else "of")  # "the Antwerp firm"
    if noun > 0 and tree[noun - 1].head != noun and is_demonym(tree, noun - 1) and tree[noun - 1].text[:1].isupper():
        yield Argument("demonym", noun - 1, 0.95)  # "der Hannoveraner Maschinenbauer", wherever it hangs
    yield from _genitive_beside(tree, noun)
    yield from _of_beside(tree, noun)
    following = _of_phrase_behind(tree, noun)
    if following is not None:
        yield from (replace(a, certainty=a.certainty * 0.85) for a in spread(tree, following, "of"))


def _told_to(tree: Tree, noun: int, child: int) -> bool:
    """Whether a nominal behind a titled name is who is spoken to: "sagte Sprecher X der „Zeitung“"."""
    name = name_beside(tree, noun) if child > noun else None
    if name is None or child < name:
        return False
    above = next((i for i in tree.ancestors(noun) if tree[i].pos == "VERB"), None)
    return above is not None and tree[above].lemma.lower() in _TELLING and above < noun


_TELLING: Final = frozenset({"sagen", "erklären", "mitteilen", "verraten", "erzählen", "berichten", "bestätigen"})


def seat(tree: Tree, adjective: int) -> int | None:
    """The place in "Stockholm-based", which says what "Swedish" says."""
    if tree[adjective].text.lower() != "based":
        return None
    return next((t.index for t in tree.tokens[:adjective] if t.head == adjective and t.index in tree.name_at), None)


def _of_beside(tree: Tree, noun: int) -> Iterator[Argument]:
    """The owner that hangs on the name beside the noun: "das System Android von Google", "… des Herstellers X"."""
    beside = name_beside(tree, noun) if tree[noun].pos == "NOUN" else None
    if beside is not None:
        for token in tree.by_relation(beside, "nmod"):
            genitive = not tree.case(token.index) and token.pos == "NOUN" and genitive_form(tree, token.index)
            if tree.case(token.index) in OF_CASES or (genitive and token.index not in tree.name_at):
                yield from spread(tree, token.index, "of")


_KINDS: Final = frozenset(
    "Typ Typs Typus Marke Marken Modell Modells Name Namen Namens Bauart Baureihe Modellreihe Serie".split()
)
"""Words between a thing and its name: "Kampfjets vom Typ Rafale", "eine Firma namens X"."""


def name_of(tree: Tree, noun: int) -> int | None:
    """The name beside a noun, or behind its kind, as in "Kampfjets des Typs Rafale"; None if there is none."""
    beside = name_beside(tree, noun)
    if beside is not None or tree[noun].pos != "NOUN":
        return beside
    for token in tree.by_relation(noun, "nmod"):
        if token.text in _KINDS and token.index > noun:
            return name_beside(tree, token.index)
    return None


def thing_of_kind(tree: Tree, name: int) -> int:
    """The noun whose kind a name tells, "Kampfjets" for "Rafale" in "Kampfjets vom Typ Rafale"; else the name."""
    kind = tree[name].head
    above = tree[kind].head
    told = tree[kind].text in _KINDS and kind < name and above < kind and tree[above].pos == "NOUN"
    return above if told else name


def _of_phrase_behind(tree: Tree, noun: int) -> int | None:
    """A "von" phrase straight behind a noun that the parser hung on the verb above."""
    if noun + 1 >= len(tree) or tree[noun + 1].text.lower() not in {"von", "vom", "of"}:
        return None
    head = tree[noun + 1].head
    verb = tree[head].head
    if head <= noun or verb == noun or tree.case(head) not in OF_CASES or verb not in set(tree.ancestors(noun)):
        return None
    return None if is_passive(tree, verb) else head


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
    if genitive_form(tree, child):
        return True
    determiner = [t.text.lower() for t in tree.by_relation(child, "det")]
    return any(d in {"des", "der", "eines", "einer", "dieses", "dieser", "seines", "ihres"} for d in determiner) or (
        tree.in_genitive(child)
    )


def genitive_form(tree: Tree, index: int) -> bool:
    """Whether a nominal is a genitive by the parser's word; a bare name without -s is none, whatever it says."""
    if feature(tree[index], "Case") != "Gen":
        return False
    span = tree.name_at.get(index)
    if span is None or span.form != "whole":
        return True
    last = tree[tree.bounds(span)[1]]
    determined = any(True for _ in tree.by_relation(index, "det"))
    return determined or last.text.endswith(("s", "ß", "x", "z", "'", "’"))


def is_demonym(tree: Tree, index: int) -> bool:
    """Whether a token is an adjective made of a place name."""
    span = tree.name_at.get(index)
    return span is not None and span.form in {"derived", "part"}


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
    before = {tree[i].text.lower() for i in range(start, member)}
    return bool(before & {"nicht", "not", "kein", "keine", "weder"}) and not before & {"nur", "only"}


def name_beside(tree: Tree, noun: int) -> int | None:
    """A name straight after the noun, as in "Betreiber MTS", "Huawei-Vorsitzender Gou Ping"."""
    if tree[noun].lemma in TEMPORAL:
        return None
    described = tree[noun].head
    if tree[noun].relation == "nmod:desc" and described > noun and described in tree.name_at:
        return described  # "with the Turkish supplier Anadolu Metal", "the town of Mahada"
    index = noun + 1
    if index < len(tree) and tree[index].text in MARKS:
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
    if not tied and (tree.case(head) or genitive_form(tree, head)):
        return None
    doubled = tree[head].head == tree[noun].head and base(relation) == base(tree[noun].relation) and not tree.case(head)
    if not tied and doubled and feature(tree[noun], "Number") != "Plur" and tree[noun].text != tree[noun].lemma:
        return head  # "die Meta-Töchter Instagram und Whatsapp"
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
    return bool(tree.case(name)) or genitive_form(tree, name)


def is_relative_pronoun(tree: Tree, index: int, verb: int) -> int | None:
    """The antecedent of a relative pronoun that is an argument of this verb, if it is one."""
    token = tree[index]
    if token.text.lower() not in _RELATIVE or token.pos not in {"PRON", "DET"}:
        return None
    for above in (verb, *tree.ancestors(verb)):
        if tree[above].relation in {"acl:relcl", "acl"} and tree[above].head < index:
            if tree[tree[above].head].pos in {"VERB", "AUX", "ADJ", "ADV"}:
                return before_comma(tree, index)
            nearest = before_comma(tree, index)
            person = nearest is not None and nearest in tree.name_at and tree.name_at[nearest].label == "PER"
            return nearest if person else _described(tree, tree[above].head)
    return before_comma(tree, index) if "Rel" in feature(token, "PronType") else None


def stands_for_all(tree: Tree, pronoun: int, antecedent: int) -> list[int]:
    """What a relative pronoun stands for: all of a coordination where it is a plural.

    Behind the bare name of a firm "die" is one: "Apple und Nvidia, die …".
    """
    if tree[pronoun].text.lower() in {"who", "which"}:
        return tree.coordinated(tree.first_conjunct(antecedent)) if _of_several(tree, pronoun) else [antecedent]
    span = tree.name_at.get(antecedent)
    bare = span is not None and span.form == "whole" and span.label == "ORG" and tree[antecedent - 1].pos == "CCONJ"
    plural = tree[pronoun].text.lower() == "die" and (feature(tree[pronoun], "Number") == "Plur" or bare)
    return tree.coordinated(tree.first_conjunct(antecedent)) if plural else [antecedent]


def _of_several(tree: Tree, pronoun: int) -> bool:
    """Whether an English relative pronoun is a plural by its verb or by "both": "X and Y, which compete with Z"."""
    verb = tree[tree[pronoun].head]
    if any(t.text in {"both", "all"} for i in (pronoun, verb.index) for t in tree.by_relation(i, "det", "advmod")):
        return True
    helpers = [t.text.lower() for t in tree.by_relation(verb.index, "aux", "cop")]
    present = verb.pos == "VERB" and verb.text == verb.lemma and not helpers
    return present or bool({"are", "have", "were"} & set(helpers))


def _described(tree: Tree, antecedent: int) -> int:
    """The noun that a place only describes: "das Start-up aus San Francisco, das …" speaks of the start-up."""
    span = tree.name_at.get(antecedent)
    head = tree[antecedent].head
    if span is not None and span.label == "LOC" and tree.case(antecedent) and tree[head].pos == "NOUN":
        return head
    return antecedent


def before_comma(tree: Tree, pronoun: int) -> int | None:
    """The nominal before the comma that a relative pronoun follows, where the parser lost the tie.

    Up to two words that close the clause may stand between: "gab X recht, den Y verklagt hatte".
    """
    place = pronoun - 1
    if place > 0 and tree[place].pos == "ADP":
        place -= 1
    if place < 1 or tree[place].text != ",":
        return None
    nominal = place - 1
    while nominal > 0 and place - nominal < 3 and tree[nominal].pos in {"ADV", "ADJ", "VERB", "AUX", "ADP"}:
        nominal -= 1
    if tree[nominal].pos not in {"NOUN", "PROPN", "X"}:
        return None
    span = tree.name_at.get(nominal)
    return tree.span_head(span.start, span.end) if span is not None and span.form == "whole" else nominal
