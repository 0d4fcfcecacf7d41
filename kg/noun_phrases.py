"""The words of noun phrases: with their attributes, without what states a fact of its own.

Relative clauses, appositions and participles with phrases of their own are left out, members of a coordination stand
apart: the notion of an argument in MinIE (Gashteovski et al., EMNLP 2017).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from kg.nominals import OF_CASES, genitive_form
from kg.prepositions import leading
from kg.records import Phrase, Token
from kg.trees import TEMPORAL, Tree, base

_ATTRIBUTES: Final = frozenset({"det", "amod", "nummod", "nmod", "flat", "compound", "fixed", "obl", "goeswith", "dep"})
_ASIDE: Final = frozenset(
    "auch nur sogar bereits schon jedoch aber dagegen hingegen allein etwa also only even already however alone "
    "especially particularly insbesondere besonders vor darunter including".split()
)
"""Adverbs that comment on the noun phrase they stand before, and are no part of it."""
_BEFORE_NOUN: Final = frozenset("ADJ ADV VERB NUM NOUN PROPN CCONJ PUNCT SYM DET PART X PRON ADP".split())
_SEASONS: Final = frozenset("Frühjahr Frühling Sommer Herbst Winter Vorjahr spring summer autumn winter".split())
_RATES: Final = frozenset({"per", "pro", "je"})
"""Prepositions of a measure, which is part of its noun: "12,000 vehicles per day"."""
_WITHIN_TIME: Final = frozenset({"", "von", "bis", "of", "to", "until", "in"})
"""Prepositions between the parts of a date."""
_EXAMPLES: Final = frozenset({"including", "darunter"})
"""Words that examples follow, which are no part of what they are examples of."""
_QUOTES: Final = {
    "„": "“",
    "“": "”",
    "»": "«",
    "«": "»",
    "‚": "‘",
    "‘": "’",
    "›": "‹",
    "‹": "›",
    "”": "”",
    '"': '"',
    "``": "''",
    "(": ")",
}


def noun_phrase(tree: Tree, head: int, apart: frozenset[int] = frozenset(), short: bool = False) -> tuple[int, ...]:
    """The words of the noun phrase of a token, in the order of the text, without its preposition.

    Args:
        tree: the sentence.
        head: token index of its noun, name, pronoun, number or adjective.
        apart: heads of other phrases of the clause, whose words are no part of this one.
        short: without its prepositional attributes, but for "of" and "von". Behind the verb the parser cannot tell
            well whose a prepositional phrase is; the shorter phrase is right either way.
    """
    if is_year(tree[head]):
        return tuple(sorted(glued(tree, {head})))
    whole = _truncated(tree, head)
    if len(whole) > 1:
        parts = [i for member in whole for i in _alone(tree, member, apart, short)]
        return tuple(range(min(parts), max(parts) + 1))
    return _alone(tree, head, apart, short)


def _alone(tree: Tree, head: int, apart: frozenset[int], short: bool) -> tuple[int, ...]:
    words: set[int] = set()
    loose = {t.index for t in attributes(tree, head)} if short else set()
    _collect(tree, head, words, (apart | loose) - {head}, inner=False)
    return _trimmed(tree, _unbroken(tree, glued(tree, words), head))


def glued(tree: Tree, words: set[int]) -> set[int]:
    """Words with those that a hyphen without spaces ties to them: "34-year-old", of which a parser may lose parts."""
    ties = [t.index for t in tree.tokens[1:-1] if t.text in {"-", "‑"} and _tied(tree, t.index)]
    if not ties:
        return words
    found = set(words)
    for place in (*ties, *reversed(ties)):
        if found & {place - 1, place, place + 1}:
            found |= {place - 1, place, place + 1}
    first = min(found - words, default=0)
    if first and tree[first - 1].pos == "DET" and tree[first - 1].head in found:
        found.add(first - 1)
    return found


def _tied(tree: Tree, hyphen: int) -> bool:
    """Whether no space stands on either side of a hyphen."""
    return tree[hyphen - 1].end == tree[hyphen].start and tree[hyphen].end == tree[hyphen + 1].start


def _truncated(tree: Tree, head: int) -> list[int]:
    """The members of a coordination that share the rest of a compound: "der Wirtschafts- und Finanzkrise"."""
    if not any(t.text.endswith("-") for t in tree.tokens):
        return [head]
    members = sorted(tree.coordinated(tree.first_conjunct(head)))
    cut = [i for i in members if tree[i].text.endswith("-") and len(tree[i].text) > 2]
    last = next((i for i in members if cut and i > cut[-1]), None)
    return [*cut, last] if last is not None and head in {*cut, last} else [head]


def attributes(tree: Tree, head: int) -> Iterator[Token]:
    """The heads of a noun's prepositional attributes behind it, but for "of" and "von", through which it looks."""
    for token in tree.by_relation(head, "nmod", "obl"):
        if token.index > head and tree.case(token.index):
            if tree.case(token.index) in OF_CASES:
                yield from attributes(tree, token.index)
            elif tree.case(token.index) not in _RATES:
                yield token


def temporal(tree: Tree, head: int) -> bool:
    """Whether a noun phrase tells a time by itself: a year, a month, a day of the week, a day of a month."""
    return is_year(tree[head]) or tree[head].lemma in TEMPORAL or _dated(tree, head)


def _dated(tree: Tree, head: int) -> bool:
    """Whether a figure or a month is the day or month of a date: "April 30, 1955", "May 1955"."""
    if tree[head].pos == "NUM":
        return any(_month(tree[child]) for child in tree.children[head] if abs(child - head) == 1)
    return _month(tree[head])


def _month(token: Token) -> bool:
    return token.pos == "PROPN" and (token.lemma in TEMPORAL or token.text == "May")


def preposition(tree: Tree, head: int) -> tuple[int, ...]:
    """The words of the preposition of a noun phrase: "in", "im", "because of"; empty if it has none.

    A later member of a coordination has that of the first: "in Berlin und Wien".
    """
    own = _prepositions(tree, head)
    first = tree.first_conjunct(head)
    words = own or (_prepositions(tree, first) if first != head else ())
    return (*leading(tree, words[0]), *words) if words else ()


def _prepositions(tree: Tree, head: int) -> tuple[int, ...]:
    span = tree.name_at.get(head)
    places = {head}
    if span is not None and span.form == "whole":
        first, last = tree.bounds(span)
        places |= set(range(first, last + 1))
    found: set[int] = set()
    for place in places:
        for token in tree.by_relation(place, "case"):
            if token.text.lower() not in {"'s", "’s", "'", "’"}:
                found |= {token.index, *(t.index for t in tree.by_relation(token.index, "fixed"))}
    return tuple(sorted(found))


def _collect(tree: Tree, index: int, words: set[int], apart: frozenset[int], inner: bool) -> None:
    """Add a token and what belongs to it; ``inner`` below the top, where prepositions and lists belong as well."""
    if index in words or index in apart:
        return
    words.add(index)
    span = tree.name_at.get(index)
    if span is not None and span.form == "whole":
        first, last = tree.bounds(span)
        for place in range(first, last + 1):
            _collect(tree, place, words, apart, inner)
    for child in tree.children[index]:
        if _belongs(tree, index, child, inner):
            _collect(tree, child, words, apart, inner=True)


def _belongs(tree: Tree, noun: int, child: int, inner: bool) -> bool:
    """Whether a dependent is part of the phrase of its noun."""
    token = tree[child]
    relation = base(token.relation)
    if relation in {"case", "conj", "cc"}:
        return inner or (relation == "case" and token.text.lower() in {"'s", "’s", "'", "’"})
    if relation == "advmod":
        modified = tree[noun].pos in {"NUM", "ADJ", "ADV", "DET"}
        return modified and token.text.lower() not in _ASIDE
    if relation == "appos":
        return child > noun and not _comma_between(tree, noun, child) and not tree.case(child)
    if relation not in _ATTRIBUTES:
        return False
    timed = tree[noun].lemma in TEMPORAL or tree[noun].lemma in _SEASONS
    if timed and relation in {"nmod", "obl"} and tree.case(child) not in _WITHIN_TIME:
        return False
    if tree[noun].lemma in _SEASONS and relation == "nmod" and token.pos == "NOUN" and not genitive_form(tree, child):
        return False  # "im Frühjahr Flüge aufnehmen"
    if relation == "amod" and tree[noun].pos == "NOUN" and tree.case(child) and not token.text[:1].isdigit():
        return False  # "seit Langem ein Werk"
    if relation == "amod":
        phrases = [t.index for t in tree.by_relation(child, "obl", "nmod", "obj", "nsubj")]
        return all(i < child and tree[i + 1].text in {"-", "–"} for i in phrases)
    if is_year(token) and child > noun and temporal(tree, noun) and not tree.case(child):
        return True  # "July 10, 2007"
    if relation in {"nmod", "obl", "dep"} and not inner and tree[noun].pos not in {"NUM", "ADJ"}:
        possessive = token.relation in {"nmod:poss", "det:poss", "nmod:desc"} or not tree.case(child)
        return (child > noun and not _comma_between(tree, noun, child)) or (possessive and relation == "nmod")
    if relation in {"det", "amod"} and child < noun:
        return all(tree[i].pos in _BEFORE_NOUN for i in range(child + 1, noun))  # "a pompous, arrogant person"
    return not _comma_between(tree, noun, child) or relation == "flat"


def is_year(token: Token) -> bool:
    """Whether a word is a year in figures."""
    return token.text.isdigit() and len(token.text) == 4


def pair(tree: Tree, head: int) -> tuple[int, ...] | None:
    """The whole of two members that their preposition holds together: "zwischen 1903 und 1907", "from 3 to 5"."""
    members = tree.coordinated(head)
    before = preposition(tree, head)
    between = bool(before) and tree[before[0]].text.lower() in {"zwischen", "between"}
    until = any(t.text.lower() in {"bis", "to"} for i in members for t in tree.by_relation(i, "cc"))
    if len(members) < 2 or not (between or until):
        return None
    words = [i for member in members for i in noun_phrase(tree, member)]
    return tuple(range(min(words), max(words) + 1))


def _comma_between(tree: Tree, noun: int, child: int) -> bool:
    first, last = sorted((noun, child))
    return any(tree[i].text in {",", ";", ":", "–", "-", "—", "("} for i in range(first + 1, last))


def _unbroken(tree: Tree, words: set[int], head: int) -> set[int]:
    """The run of words around the head: what lies behind a foreign word is not read with it."""
    kept = {head}
    for step in (1, -1):
        index = head + step
        gap: list[int] = []
        while 0 <= index < len(tree):
            if index in words:
                kept |= {index, *gap}
                gap = []
            elif (tree[index].pos == "PUNCT" or tree[index].text == "-") and len(gap) < 2:
                gap.append(index)
            else:
                break
            index += step
    return kept


def _left_over(tree: Tree, last: int) -> bool:
    """Whether a phrase cannot end in a word: an article, a conjunction, a preposition whose noun is gone."""
    token = tree[last]
    preposition_alone = token.pos == "ADP" and last not in tree.name_at and token.head != last - 1
    return (token.pos in {"DET", "CCONJ", "PUNCT"} and token.text != "%") or preposition_alone


def _trimmed(tree: Tree, words: Iterable[int]) -> tuple[int, ...]:
    """Without punctuation at the borders; quotes and brackets come in pairs."""
    kept = sorted(words)
    while kept and (tree[kept[0]].pos == "PUNCT" or tree[kept[0]].text.lower() in {"and", "or", "und", "oder"}):
        kept.pop(0)
    while kept and tree[kept[-1]].pos == "PUNCT":
        kept.pop()
    if not kept:
        return tuple(sorted(words))
    example = next((i for i in kept[1:] if tree[i].text.lower() in _EXAMPLES), len(tree))
    kept = [i for i in kept if i < example]
    while len(kept) > 1 and _left_over(tree, kept[-1]):
        kept.pop()
    for place in list(kept):
        closing = _QUOTES.get(tree[place].text)
        after = kept[-1] + 1
        if closing and after < len(tree) and tree[after].text in {closing, "“", "”"}:
            inside = [i for i in kept if i > place]
            if not any(tree[i].text == closing for i in inside):
                kept.append(after)
    return tuple(kept)


def phrase(text: str, tree: Tree, words: Iterable[int]) -> Phrase:
    """Words as they are read: side by side where they stand so in the text, with a space between where they do not."""
    places = tuple(words)
    parts: list[str] = []
    last: int | None = None
    for place in places:
        token = tree[place]
        if last is not None:
            parts.append(" " if place != last + 1 or tree[last].end < token.start else "")
        parts.append(token.text)
        last = place
    return Phrase("".join(parts), places, tree.chars(places))
