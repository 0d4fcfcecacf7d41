"""What a noun phrase says of the thing it stands for: its places, its owner, the nouns it is called by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.name_index import NameIndex
from kg.nominals import name_beside, noun_lemma
from kg.ontology import GazetteerEntry
from kg.quotation_marks import MARKS
from kg.records import Mention
from kg.trees import Tree, base

GOVERNMENT: Final = frozenset(
    {"Regierung", "Administration", "Staatsführung", "Bundesregierung", "government", "administration"}
)
"""Nouns for what acts for a whole country."""

STATE: Final = frozenset({"Staat", "Bund", "state"})
"""Nouns for a country itself, where an adjective says which: "der italienische Staat"."""

_PEOPLES: Final = {
    "dane": "Danish",
    "swede": "Swedish",
    "finn": "Finnish",
    "pole": "Polish",
    "spaniard": "Spanish",
    "briton": "British",
    "turk": "Turkish",
    "scot": "Scottish",
    "frenchman": "French",
    "frenchwoman": "French",
    "irishman": "Irish",
    "irishwoman": "Irish",
    "englishman": "English",
    "englishwoman": "English",
    "dutchman": "Dutch",
    "dutchwoman": "Dutch",
    "welshman": "Welsh",
    "scotsman": "Scottish",
}


def inhabitant(word: str, index: NameIndex, language: str) -> GazetteerEntry | None:
    """The place whose man or woman a noun names: "Däne", "Dänin", "Dane", "Irishman", "American"."""
    if language == "en":
        return index.demonym(_PEOPLES.get(word.lower(), word))
    if word.endswith("innen"):
        return index.inhabitants(word[:-5]) or index.inhabitants(word[:-5] + "e")
    if word.endswith("in") and len(word) > 4:
        return index.inhabitants(word[:-2]) or index.inhabitants(word[:-2] + "er")
    return index.inhabitants(word)


def is_english_people(word: str) -> bool:
    """Whether an English noun names somebody by his people and is no adjective: "Dane", but not "Danish"."""
    return word.lower() in _PEOPLES


def noun_before(tree: Tree, mention: Mention) -> int | None:
    """The common noun straight before a name: "Betreiber" in "der russische Betreiber MTS"."""
    if mention.kind != "name":
        return None
    first = next((t.index for t in tree.tokens if t.start >= mention.start), mention.head)
    before = first - 1
    return before if before >= 0 and tree[before].pos == "NOUN" else None


def nouns_beside(tree: Tree, mention: Mention) -> list[int]:
    """The common nouns that a name is called by where it stands.

    "der Betreiber MTS", "MTS, ein Betreiber aus Russland", "the exchange, Bitvault", "Hoius is a bank".
    """
    if mention.kind != "name" or not mention.whole:
        return []
    head = mention.head
    before = noun_before(tree, mention)
    found = [before] if before is not None else []
    above = tree[head].head
    if base(tree[head].relation) in {"appos", "flat"} and above != head:
        found.append(above)
    found += [t.index for t in tree.by_relation(head, "appos")]
    copular = base(tree[head].relation) == "nsubj" and any(True for _ in tree.by_relation(above, "cop"))
    if copular and not _negated(tree, above):
        found.append(above)
    nouns = (i for i in found if tree[i].pos == "NOUN" and not _is_name(tree, i))
    return list(dict.fromkeys(nouns))


def _negated(tree: Tree, noun: int) -> bool:
    words = {tree[i].text.lower() for i in tree.subtree(noun)}
    return bool(words & {"nicht", "not", "n't", "no", "kein", "keine", "keiner", "nie", "never"})


def _is_name(tree: Tree, index: int) -> bool:
    span = tree.name_at.get(index)
    return span is not None and span.form == "whole"


def places_of(tree: Tree, noun: int, index: NameIndex) -> frozenset[str]:
    """IRIs of the places that a noun phrase is tied to: "der Wolfsburger Konzern", "aus Berlin", "US-Konzern".

    A place that the gazetteer lacks stands for itself by its name.
    """
    found = set()
    for token in tree.by_relation(noun, "amod"):
        entry = index.demonym(token.text)
        if entry is not None:
            found.add(entry.iri)
        if token.text.lower().startswith(("ansässig", "beheimatet")):
            seats = (t.index for t in tree.by_relation(token.index, "obl", "nmod") if t.index in tree.name_at)
            found |= {place for seat in seats for place in _places_named(tree, seat, index)}
    span = tree.name_at.get(noun)
    if span is not None and span.form == "part" and span.label == "LOC":
        found |= {e.iri for e in index.find(tree[noun].text[: span.end - span.start])}
    if span is not None and span.form == "derived":
        entry = index.inhabitants(tree[noun].text)
        found |= {entry.iri} if entry is not None else set()
    for token in tree.by_relation(noun, "compound"):
        if token.index in tree.name_at and tree.name_at[token.index].label == "LOC":
            found |= _places_named(tree, token.index, index)
    for token in tree.by_relation(noun, "nmod"):
        if tree.case(token.index) in {"aus", "from"}:
            found |= _places_named(tree, token.index, index)
    return frozenset(found)


def _places_named(tree: Tree, token: int, index: NameIndex) -> set[str]:
    """The places that a name stands for; one that the gazetteer lacks is known by its words."""
    words = _name_words(tree, token)
    return {e.iri for e in index.find(words)} or {words}


def _name_words(tree: Tree, index: int) -> str:
    """The words of the name that a token belongs to, or of the token alone."""
    return name_words(tree, index) or tree[index].text


def government_of(mention: Mention, tree: Tree, index: NameIndex) -> GazetteerEntry | None:
    """The country of "die russische Regierung", "der italienische Staat" or "die Regierung der Schweiz"."""
    noun = noun_lemma(tree, mention.head)
    if noun not in GOVERNMENT | STATE:
        return None
    for iri in sorted(places_of(tree, mention.head, index)):
        if iri in index.entries and index.entries[iri].type == "Country":
            return index.entries[iri]
    for token in tree.by_relation(mention.head, "nmod"):
        for entry in index.find(_name_words(tree, token.index)):
            country = index.entries.get(entry.capital_of or "", entry)
            if country.type == "Country" and tree.case(token.index) in {"", "von", "of", "in"} and noun in GOVERNMENT:
                return country
    return None


def bears_name(tree: Tree, noun: int) -> bool:
    """Whether a noun phrase has a name of its own beside it, or says what something is."""
    if any(True for _ in tree.by_relation(noun, "cop")):
        return True
    span = tree.name_at.get(noun + 1) if noun + 1 < len(tree) else None
    if span is not None and span.form == "whole":
        return True
    if any(t.index in tree.name_at for t in tree.by_relation(noun, "appos", "flat")):
        return True
    return base(tree[noun].relation) in {"appos", "xcomp"} or _between_commas(tree, noun)


def _between_commas(tree: Tree, noun: int) -> bool:
    """Whether a phrase explains the nominal before its comma: "an attack on Pasts, the Latvian postal operator."."""
    start = noun
    while start > 0 and tree[start - 1].pos in {"ADJ", "DET", "NOUN", "NUM"} and tree[start - 1].head == noun:
        start -= 1
    closed = noun + 1 >= len(tree) or tree[noun + 1].pos == "PUNCT"
    return closed and start > 1 and tree[start - 1].text == "," and tree[start - 2].pos in {"NOUN", "PROPN"}


def with_it(tree: Tree, noun: int) -> set[int]:
    """Tokens whose entity a noun phrase cannot mean: those coordinated with it and the others of its clause."""
    found = {*tree.coordinated(noun), tree[noun].head}
    predicates = (i for i in tree.ancestors(noun) if tree[i].pos in {"VERB", "AUX"} or any(tree.by_relation(i, "cop")))
    predicate = next(predicates, None)
    if predicate is not None:
        for token in tree.by_relation(predicate, "nsubj", "obj", "iobj", "obl"):
            if noun not in tree.subtree(token.index) and not _full_stop(tree, noun, token.index):
                found |= set(tree.coordinated(token.index))
                for child in tree.children[token.index]:
                    found |= set(tree.coordinated(child))
    return found


def arguments_beside(tree: Tree, pronoun: int) -> set[int]:
    """The other arguments of a pronoun's clause, none of which it means: "the union has accused it"."""
    predicate = tree[pronoun].head
    others = (t.index for t in tree.by_relation(predicate, "nsubj", "obj", "iobj", "obl") if t.index != pronoun)
    beside = {i for other in others for i in tree.coordinated(other) if pronoun not in tree.subtree(other)}
    return beside | {name for i in beside if (name := name_beside(tree, i)) is not None}


def _full_stop(tree: Tree, one: int, other: int) -> bool:
    """Whether a full stop that the parser overlooked parts two tokens."""
    return any(t.text == "." and t.pos == "PUNCT" for t in tree.tokens[min(one, other) : max(one, other)])


def has_owner(tree: Tree, noun: int) -> bool:
    """Whether an attribute says whose something is: "der Chef des Verbands" is somebody else's chief."""
    return any(_owner(tree, t.index) for t in tree.by_relation(noun, "nmod"))


def _owner(tree: Tree, index: int) -> bool:
    span = tree.name_at.get(index)
    if span is not None and tree.span_head(span.start, span.end) != index:
        return False
    return tree.case(index) in {"", "von", "of"}


def quoted(tree: Tree, index: int) -> bool:
    """Whether a token stands in quotation marks that hold more than a name."""
    open_at = None
    for token in tree.tokens:
        if token.text in MARKS:
            if open_at is None:
                open_at = token.index
            else:
                if open_at < index < token.index:
                    return token.index - open_at > 5
                open_at = None
    return open_at is not None and open_at < index


def main_subject(tree: Tree, index: int) -> bool:
    """Whether a subject belongs to the main clause or one coordinated with it."""
    verb = tree[tree.first_conjunct(index)].head
    return tree[verb].head == verb or base(tree[verb].relation) in {"root", "conj", "parataxis", "ccomp"}


def called_nouns(tree: Tree, mention: Mention) -> Iterator[str]:
    """The nouns that a name is called by where it stands, in lower case."""
    for noun in nouns_beside(tree, mention):
        yield noun_lemma(tree, noun).lower()


def about_one(tree: Tree) -> bool:
    """Whether a sentence is about one thing: no two main clauses with nominal subjects of their own."""
    nominal = (t for t in tree.tokens if base(t.relation) == "nsubj" and t.pos in {"NOUN", "PROPN"})
    return len({tree[t.index].head for t in nominal if main_subject(tree, t.index)}) < 2


def name_words(tree: Tree, token: int) -> str:
    """The whole name that a token is part of, "" if it is part of none."""
    span = tree.name_at.get(token)
    return " ".join(t.text for t in tree.tokens if span is not None and span.start <= t.start < span.end)
