"""English noun phrases put right: posts and kinds beside names, seats, owners, places, and whose the preposition is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.records import Token
from kg.trees import Tree, base

_POSTS: Final = frozenset(
    "executive chief head chair president official general representative secretary minister chancellor premier king "
    "queen senator governor mayor chairman chairwoman director judge commissioner ambassador leader ceo boss".split()
)
"""Nouns of posts that are adjectives elsewhere, or are taken for parts of the name behind them."""

_TIES: Final = frozenset({"rival", "subsidiary", "parent", "affiliate"})
"""Nouns that are taken for adjectives before a name."""

_PARTICLES: Final = frozenset({"up", "off", "in", "out", "over"})

_BEFORE_POST: Final = frozenset({"amod", "compound", "nmod", "det", "flat"})

_KINDS: Final = frozenset("union group company party club firm network agency newspaper chain airline".split())


def _with_hyphens(tree: Tree) -> Iterator[Token]:
    """Nouns of a verb and its particle as one: the tokenizer cuts "start-up" into three words."""
    for token in tree.tokens:
        part = token.text.lower().removesuffix("s")
        if part in _PARTICLES and token.pos == "NOUN" and token.index > 1 and tree[token.index - 1].text == "-":
            yield replace(token, lemma=f"{tree[token.index - 2].text.lower()}-{part}")
        else:
            yield token


def _with_posts(tree: Tree) -> Iterator[Token]:
    """Posts and kinds before a name as nouns with what belongs to them.

    In "Boeing's chief executive Dave Calhoun" and "Chile's copper giant Codelco" Boeing has an
    executive, and Chile a giant.
    """
    posts = dict(_posts(tree))
    for token in tree.tokens:
        if token.index in posts:
            yield replace(token, pos="NOUN", head=posts[token.index], relation="nmod:desc")
            continue
        post = next((i for i, name in posts.items() if token.index < i and token.head == name), None)
        if post is not None and base(token.relation) in _BEFORE_POST:
            relation = "compound" if base(token.relation) == "flat" else token.relation
            yield replace(token, head=post, relation=relation)
        else:
            yield token


def _posts(tree: Tree) -> Iterator[tuple[int, int]]:
    """The common noun straight before a name that the parser hung on it, with the name's head."""
    for span in tree.sentence.names:
        if span.form != "whole" or span.label not in {"PER", "ORG", "MISC"}:
            continue
        first, _ = tree.bounds(span)
        before = tree[first - 1] if first else None
        if before is None or before.index in tree.name_at:
            continue
        name = tree.span_head(span.start, span.end)
        post = before.text.lower() in _POSTS and span.label == "PER"
        kind = (before.pos == "NOUN" or before.text in _TIES) and before.text[:1].islower()
        if (post or kind) and before.head == name and base(before.relation) in {"amod", "compound", "flat", "nmod"}:
            yield before.index, name


def _with_kinds(tree: Tree) -> Iterator[Token]:
    """A kind behind a firm's name as its description: "The United Steelworkers union criticised" is about the firm."""
    kinds = {}
    for token in tree.tokens[1:]:
        span = tree.name_at.get(token.index - 1)
        if (
            token.pos == "NOUN"
            and token.text in _KINDS
            and span is not None
            and (span.label, span.form) == ("ORG", "whole")
        ):
            name = tree.span_head(span.start, span.end)
            if tree[name].head == token.index and base(tree[name].relation) in {"compound", "flat"}:
                kinds[token.index] = name
    names = set(kinds.values())
    for token in tree.tokens:
        if token.index in kinds:
            yield replace(token, head=kinds[token.index], relation="nmod:desc")
        elif token.index in names:
            kind = tree[token.head]
            root = kind.head == kind.index
            yield replace(token, head=token.index if root else kind.head, relation=kind.relation)
        elif token.head in kinds:
            yield replace(token, head=kinds[token.head])
        else:
            yield token


def _with_demonyms(tree: Tree) -> Iterator[Token]:
    """Adjectives of places on the noun that is of there: in "the British chip designer" the designer is British."""
    for token in tree.tokens:
        span, head = tree.name_at.get(token.index), token.head
        if span is not None and span.form == "derived" and base(token.relation) == "amod":
            while base(tree[head].relation) == "compound" and tree[head].head > head and tree[head].pos == "NOUN":
                head = tree[head].head
        yield replace(token, head=head) if head != token.head else token


def _with_cases(tree: Tree) -> Iterator[Token]:
    """Prepositions on the noun that their phrase is about: "in the start-up Wavelink" is about Wavelink."""
    for token in tree.tokens:
        head = token.head
        if token.pos == "ADP" and token.relation == "case" and head > token.index:
            while _leads_on(tree, head):
                head = tree[head].head
        yield replace(token, head=head) if head != token.head else token


def _leads_on(tree: Tree, index: int) -> bool:
    """Whether a word stands before the noun or name that it describes."""
    described = base(tree[index].relation) in {"compound", "amod"} or tree[index].relation == "nmod:desc"
    return described and tree[index].head > index


def _firm(tree: Tree, token: Token) -> bool:
    """Whether a word that was taken for an adjective is a firm's name: "JPMorgan analyst", not "Scottish firm"."""
    span = tree.name_at.get(token.index)
    adjective = token.text.lower().endswith(("ish", "ese", "an", "ous", "ic", "ch", "al"))
    return token.relation == "amod" and span is not None and span.label == "ORG" and not adjective


def _with_nouns(tree: Tree) -> Iterator[Token]:
    """Verbs with an article as the nouns they are ("the Embraer works"), and places before a noun as part of it."""
    for token in tree.tokens:
        articles = (t for t in tree.by_relation(token.index, "det") if t.text.lower() in {"the", "a", "an", "its"})
        if token.pos == "VERB" and base(token.relation) in {"obj", "obl", "nsubj", "nmod"} and any(articles):
            yield replace(token, pos="NOUN")
            continue
        span, head = tree.name_at.get(token.index), tree[token.head]
        if span is not None and span.form == "whole" and base(token.relation) in {"aux", "cop"}:
            before = tree[token.index - 1] if token.index else token
            described = before.pos == "NOUN" and before.index not in tree.name_at  # "chipmaker AMD bought X"
            above, relation = (before.index, "appos") if described else (token.head, "nsubj")
            yield replace(token, pos="PROPN", head=above, relation=relation)
            continue
        if (
            token.relation == "compound:prt"
            and token.pos == "VERB"
            and token.index
            and tree[token.index - 1].pos == "NOUN"
        ):
            yield replace(token, head=token.index - 1, relation="acl")  # "a start-up based in Milpitas"
            continue
        placed = span is not None and span.form == "whole" and (span.label == "LOC" or _firm(tree, token))
        if (
            placed
            and base(token.relation) in {"amod", "det", "flat"}
            and head.pos == "NOUN"
            and head.index > token.index
        ):
            yield replace(token, pos="PROPN", relation="compound")
        else:
            yield token


def _with_seats(tree: Tree) -> Iterator[Token]:
    """ "Kobe-based" as an attribute of what stands behind it, and the preposition before it as that one's."""
    seats: dict[int, int] = {}
    for token in tree.tokens[:-3]:
        following = [tree[token.index + i] for i in (1, 2, 3)]
        if following[0].text == "-" and following[1].text == "based" and token.index in tree.name_at:
            span = tree.name_at.get(following[2].index)
            target = tree.span_head(span.start, span.end) if span is not None and span.form == "whole" else None
            noun = next((t.index for t in tree.tokens[following[2].index :] if t.pos not in {"ADJ", "NUM"}), None)
            noun = noun if noun is not None and tree[noun].pos in {"NOUN", "PROPN"} else None
            while noun is not None and noun + 1 < len(tree) and tree[noun].pos == tree[noun + 1].pos == "NOUN":
                noun += 1
            based = noun if target is None else target
            if based is not None:
                seats[token.index] = based
    for token in tree.tokens:
        if token.index in seats:
            yield replace(token, head=token.index + 2, relation="compound")
        elif token.index - 2 in seats:
            yield replace(token, head=seats[token.index - 2], relation="amod")
        elif token.index + 1 in seats and token.pos == "ADP":
            yield replace(token, head=seats[token.index + 1])
        elif token.index in seats.values():
            place = next(i for i, noun in seats.items() if noun == token.index)
            outside = tree[place].head not in {token.index, place + 2, place} and tree.case(place)
            yield replace(token, head=tree[place].head, relation=tree[place].relation) if outside else token
        else:
            yield token


def _with_owners(tree: Tree) -> Iterator[Token]:
    """Names with 's as owners of the noun behind, and the preposition before them as that noun's."""
    owners = {}
    for token in tree.tokens[2:]:
        name = tree.name_at.get(token.index - 1)
        if token.text in {"'s", "’s"} and name is not None and name.form == "whole" and token.index + 1 < len(tree):
            owner = tree.span_head(name.start, name.end)
            noun = token.index + 1
            while noun + 1 < len(tree) and tree[noun].pos == "ADJ":
                noun += 1
            while noun + 1 < len(tree) and tree[noun + 1].pos in {"NOUN", "PROPN"} and noun + 1 not in tree.name_at:
                noun += 1
            if (
                tree[noun].pos == "NOUN"
                and base(tree[owner].relation) in {"obl", "nmod", "obj"}
                and owner not in owners
            ):
                owners[owner] = noun
    owners = {o: n for o, n in owners.items() if tree[o].relation != "nmod:poss" and tree[o].head != n}
    for token in tree.tokens:
        if token.index in owners:
            yield replace(token, head=owners[token.index], relation="nmod:poss")
        elif token.head in owners and token.pos == "ADP" and token.index < token.head:
            yield replace(token, head=owners[token.head])
        else:
            yield token


_DONE_BY: Final = frozenset({"owned", "backed", "led", "controlled", "made", "built", "run", "funded", "founded"})


def _with_makers(tree: Tree) -> Iterator[Token]:
    """ "Microsoft-owned" as an attribute of what stands behind it, with who owns it: "Google-owned YouTube"."""
    makers: dict[int, int] = {}
    for token in tree.tokens[:-3]:
        done, behind = tree[token.index + 2], tree[token.index + 3]
        hyphen = tree[token.index + 1].text == "-" and done.text in _DONE_BY
        span = tree.name_at.get(token.index)
        if (
            hyphen
            and span is not None
            and (span.form, span.label != "LOC") == ("whole", True)
            and behind.pos in {"NOUN", "PROPN", "ADJ"}
        ):
            name = tree.name_at.get(behind.index)
            noun = behind.index
            while noun + 1 < len(tree) and tree[noun].pos in {"NOUN", "ADJ"} and tree[noun + 1].pos == "NOUN":
                noun += 1
            target = noun if name is None else tree.span_head(name.start, name.end)
            makers[tree.span_head(span.start, span.end)] = target
    owned = {tree.bounds(tree.name_at[m])[1] + 2: (m, noun) for m, noun in makers.items()}
    mains = {
        v.index: noun
        for done, (_, noun) in owned.items()
        for v in tree.by_relation(done, "ccomp", "conj", "parataxis")
        if tree[done].head == done and v.pos == "VERB" and v.index > noun
    }  # "Google-backed Anthropic has hired X": the participle was taken for the main verb
    for token in tree.tokens:
        if token.index in mains:
            yield replace(token, head=token.index, relation="root")
        elif token.index in mains.values():
            yield replace(token, head=next(v for v, noun in mains.items() if noun == token.index), relation="nsubj")
        elif token.index in makers:
            yield replace(token, head=tree.bounds(tree.name_at[token.index])[1] + 2, relation="obl:agent")
        elif token.index in owned:
            feats = "Tense=Past|VerbForm=Part"
            lemma = "-backed" if token.text == "backed" else token.lemma  # with money, as a rule
            yield replace(token, pos="VERB", lemma=lemma, feats=feats, head=owned[token.index][1], relation="amod")
        elif token.index in makers.values():
            maker = next(m for m, noun in makers.items() if noun == token.index)
            inside = range(maker, token.index + 1)
            outer = next((tree[i] for i in inside if tree[i].head not in inside or tree[i].head == i), token)
            root = outer.head == outer.index
            yield replace(token, head=token.index if root else outer.head, relation=outer.relation)
        else:
            yield token


STEPS: Final = (_with_nouns, _with_makers, _with_seats, _with_owners, _with_hyphens, _with_posts, _with_kinds)
"""The steps that come before clauses are looked at."""

LAST_STEPS: Final = (_with_demonyms, _with_cases)
"""The steps that come after appositions have found their names."""
