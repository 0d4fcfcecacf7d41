"""English trees put right: posts taken for adjectives, main clauses for relative ones, appositions for objects.

A parser of web English meets "chief executive Dave Calhoun" and "X, the head of Y, met Z" seldom;
news has them in every other sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg import english_attachments, english_clauses, english_phrases, english_places, english_relatives, english_verbs
from kg.records import Sentence, Token
from kg.trees import Tree, base, feature, is_finite, rewritten

_RELATIVE: Final = frozenset({"who", "which", "that", "whose", "whom", "where", "when"})

_CORE: Final = frozenset({"nsubj", "obj", "iobj", "obl", "vocative", "dep", "conj", "list", "parataxis"})


def english(sentence: Sentence) -> Sentence:
    """The sentence with what English news is misread in put right.

    Args:
        sentence: parsed, with its names.
    """
    return rewritten(sentence, _STEPS)


def _with_main_clause(tree: Tree) -> Iterator[Token]:
    """The main verb as root where the parser hung it on the apposition of its subject.

    "Shou Zi Chew, the chief executive of TikTok, met senators": no relative clause lacks both
    pronoun and subject.
    """
    root = next(t for t in tree.tokens if t.head == t.index)
    verb = _lost_main_verb(tree, root) if root.pos in {"NOUN", "PROPN", "PRON"} else None
    for token in tree.tokens:
        if verb is None:
            yield token
        elif token.index == verb:
            past = "Mood=Ind|Tense=Past|VerbForm=Fin" if "VerbForm=Part" in token.feats else token.feats
            alone = not any(True for _ in tree.by_relation(verb, "aux"))
            yield replace(token, head=verb, relation="root", feats=past if alone else token.feats)
        elif token is root:
            name = next((t.index for t in tree.by_relation(verb, "nsubj") if _named_root(tree, root, t)), None)
            yield replace(token, head=verb if name is None else name, relation="nsubj" if name is None else "nmod:desc")
        elif token.head == root.index and token.index > verb and base(token.relation) in {*_CORE, "punct", "advcl"}:
            yield replace(token, head=verb)
        else:
            yield token


def _lost_main_verb(tree: Tree, root: Token) -> int | None:
    if any(True for _ in tree.by_relation(root.index, "cop", "nsubj")):
        return None
    for token in tree.tokens[root.index + 1 :]:
        if token.pos != "VERB" or base(token.relation) not in {"acl", "parataxis", "advcl", "conj"}:
            continue
        inside = tree.subtree(token.index)
        finite = is_finite(token) or any(is_finite(t) for t in tree.by_relation(token.index, "aux"))
        finite = finite or _past_tense(tree, root, token)
        start = next(i for i in inside if tree[i].pos != "PUNCT")
        subject = any(not _named_root(tree, root, t) for t in tree.by_relation(token.index, "nsubj", "mark", "cc"))
        relative = any(tree[i].text.lower() in _RELATIVE for i in range(start, token.index))
        named = any(_named_root(tree, root, t) for t in tree.by_relation(token.index, "nsubj"))
        begins = named or (start > 0 and tree[start - 1].text == ",")
        if finite and not subject and not relative and begins:
            return token.index if root.index in set(tree.ancestors(token.index)) else None
    return None


def _named_root(tree: Tree, root: Token, subject: Token) -> bool:
    """Whether a subject is the name straight behind the root: "The vaccine maker Immunova has applied"."""
    return subject.index == root.index + 1 and subject.index in tree.name_at and base(subject.relation) == "nsubj"


def _past_tense(tree: Tree, root: Token, verb: Token) -> bool:
    """Whether what looks like a participle behind an apposition and its comma is the main verb in the past tense."""
    explained = any(t.index < verb.index for t in tree.by_relation(root.index, "appos"))
    participle = feature(verb, "VerbForm") == "Part" and not verb.text.endswith("ing")
    bare = not any(True for _ in tree.by_relation(verb.index, "aux", "obl:agent"))
    return explained and participle and bare and tree[verb.index - 1].text == ","


def _with_participle_first(tree: Tree) -> Iterator[Token]:
    """The main verb as root where a participial clause before it was taken for it: "Sacked by X, Y has sued …"."""
    root = next(t for t in tree.tokens if t.head == t.index)
    bare = feature(root, "VerbForm") == "Part" and not any(True for _ in tree.by_relation(root.index, "aux", "nsubj"))
    main = None
    if root.index == 0 and bare:
        verbs = [t for t in tree.by_relation(root.index, "parataxis", "ccomp", "conj") if t.pos == "VERB"]
        main = next((t.index for t in verbs if any(True for _ in tree.by_relation(t.index, "nsubj"))), None)
    for token in tree.tokens:
        if main is None:
            yield token
        elif token.index == main:
            yield replace(token, head=main, relation="root")
        elif token is root:
            yield replace(token, head=main, relation="advcl")
        else:
            yield token


def _with_appositions(tree: Tree) -> Iterator[Token]:
    """A noun with its article behind a name and a comma as the name's apposition: "buy Arm, the British designer"."""
    for token in tree.tokens:
        name = _explained(tree, token) if token.pos == "NOUN" else None
        if name is not None and token.index not in set(tree.ancestors(name)):
            yield replace(token, head=name, relation="appos")
        else:
            yield token


_LOOSE: Final = frozenset({"vocative", "dep", "list", "parataxis", "xcomp", "conj", "appos", "obj", "obl", "nmod"})


def _with_holders(tree: Tree) -> Iterator[Token]:
    """A name between commas behind a noun and its owner as that noun's: "its director, Howard Pinter, over"."""
    holders: dict[int, int] = {}
    for span in tree.sentence.names:
        first, last = tree.bounds(span)
        noun = tree[first - 2] if first > 2 else None
        if noun is None or tree[first - 1].text != "," or noun.pos != "NOUN" or noun.index in tree.name_at:
            continue
        name = tree.span_head(span.start, span.end)
        closed = tree[last + 1].text in {",", ".", ";"} if last + 1 < len(tree) else True
        owned = any(t.relation == "nmod:poss" for t in tree.by_relation(noun.index, "nmod"))
        person = span.label == "PER" or noun.lemma.lower() in _UNITS
        known = any(t.text == "the" for t in tree.by_relation(noun.index, "det")) and span.label == "PER"
        owned = owned or (known and base(tree[name].relation) in {"dep", "vocative", "list", "parataxis", "xcomp"})
        loose = base(tree[name].relation) in _LOOSE and tree[name].head != noun.index and not tree.case(name)
        listed = any(True for _ in tree.by_relation(name, "cc")) or name in set(tree.ancestors(noun.index))
        if span.form == "whole" and closed and owned and person and loose and not listed:
            holders[name] = noun.index
    for token in tree.tokens:
        yield replace(token, head=holders[token.index], relation="appos") if token.index in holders else token


_OF_EVENTS: Final = frozenset({"against", "with", "over", "to", "for", "on", "into", "after", "during"})


def _off_names(tree: Tree) -> Iterator[Token]:
    """Phrases that no name has on what the name hangs on: "the lawsuit by Siemens against Nokia"."""
    for token in tree.tokens:
        above = tree[token.head]
        span = tree.name_at.get(above.index)
        hangs = span is not None and span.form == "whole" and above.index < token.index and above.head != above.index
        case = tree.case(token.index)
        if case == "by" and (event := _event_above(tree, above)) is not None:
            yield replace(token, head=event, relation="nmod")  # "the takeover of the producer X by Y"
            continue
        own = any(t.relation == "nmod:poss" and t.pos == "PRON" for t in tree.by_relation(token.index, "nmod"))
        if hangs and token.relation == "nmod" and (case in _OF_EVENTS or (case == "of" and own)):
            outer = tree[above.head]
            if outer.pos in {"NOUN", "VERB"} and outer.index < token.index and base(above.relation) != "appos":
                yield replace(token, head=outer.index, relation="nmod" if outer.pos == "NOUN" else "obl")
                continue
        yield token


def _event_above(tree: Tree, noun: Token) -> int | None:
    """The noun above one with "of": what has been done to the one may be done by another."""
    while base(noun.relation) in {"appos", "flat"} and noun.head < noun.index:
        noun = tree[noun.head]
    event = tree[noun.head]
    return event.index if tree.case(noun.index) == "of" and event.pos == "NOUN" and event.index < noun.index else None


def _set_apart(tree: Tree, token: Token) -> bool:
    """Whether a person is no conjunct of the firm before the comma: "two employees of Palantir, Nick Noone and …"."""
    span, owner = tree.name_at.get(token.index), tree.name_at.get(token.head)
    if span is None or owner is None or token.relation != "conj" or (owner.label, span.label) != ("ORG", "PER"):
        return False
    first = tree.bounds(span)[0]
    later = any(tree[t.head].index == token.head and t.relation == "conj" for t in tree.tokens[token.index + 1 :])
    return later and tree[first - 1].text == "," and tree.bounds(owner)[1] == first - 2


_UNITS: Final = frozenset({"unit", "subsidiary", "arm", "division", "affiliate", "maker", "owner", "parent", "rival"})


def _with_bearers(tree: Tree) -> Iterator[Token]:
    """Names behind a noun and its owner as the noun's: "the emir of Qatar, Tamim bin Hamad", "a unit of X, Y"."""
    for token in tree.tokens:
        span, owner = tree.name_at.get(token.index), tree[token.head]
        named = span is not None and span.form == "whole" and token.relation == "appos" and owner.index in tree.name_at
        named = named or _set_apart(tree, token)
        noun = tree[owner.head]
        phrase = owner
        if named and noun.pos == "NOUN" and owner.relation == "appos":  # "a unit of the oil group Petronas, Gentari"
            phrase, noun = noun, tree[noun.head]
        of_noun = named and noun.pos == "NOUN" and tree.case(phrase.index) == "of"
        borne = span is not None and (span.label == "PER" or noun.lemma.lower() in _UNITS)
        apart = next(
            (t.index for t in tree.tokens[: token.index] if t.head == token.head and _set_apart(tree, t)), None
        )
        if of_noun and borne:
            yield replace(token, head=noun.index, relation="appos")
        elif apart is not None and token.relation == "conj":
            yield replace(token, head=apart)
        else:
            yield token


def _with_subjects(tree: Tree) -> Iterator[Token]:
    """A subject for a main verb that lost its own to the phrase before: "In a letter seen by X, Y warned"."""
    root = next(t for t in tree.tokens if t.head == t.index)
    name = None
    lonely = root.pos == "VERB" and not any(True for _ in tree.by_relation(root.index, "nsubj", "csubj", "expl"))
    if lonely and (is_finite(root) or any(is_finite(t) for t in tree.by_relation(root.index, "aux"))):
        name = _lost_subject(tree, root.index)
    for token in tree.tokens:
        yield replace(token, head=root.index, relation="nsubj") if token.index == name else token


def _lost_subject(tree: Tree, verb: int) -> int | None:
    for span in reversed([s for s in tree.sentence.names if s.end < tree[verb].start]):
        head = tree.span_head(span.start, span.end)
        first, last = tree.bounds(span)
        opened = first == 0 or tree[first - 1].text == ","
        closed = tree[last + 1].text == "," or tree[last + 1].pos == "AUX" or last + 1 == verb
        loose = tree[head].relation in {"dep", "appos", "obl", "conj", "vocative"} and not tree.case(head)
        if span.form == "whole" and span.label in {"PER", "ORG"} and opened and closed and loose:
            return head
    return None


def _explained(tree: Tree, noun: Token) -> int | None:
    """The name that a phrase explains which the parser took for another argument of the name's verb."""
    own_subject = base(noun.relation) == "nsubj" and noun.index < noun.head  # "In Finland, the company grew"
    if (
        base(noun.relation) not in _CORE
        or own_subject
        or any(True for _ in tree.by_relation(noun.index, "cc", "case", "cop"))
    ):
        return None
    determiners = [t.index for t in tree.by_relation(noun.index, "det") if t.text.lower() in {"the", "a", "an"}]
    if not determiners or determiners[0] < 2 or tree[determiners[0] - 1].text != ",":
        return None
    span = tree.name_at.get(determiners[0] - 2)
    if span is None or span.form != "whole":
        return None
    name = tree.span_head(span.start, span.end)
    beside = tree[name].head == noun.head and base(tree[name].relation) != "nsubj"
    verb_between = any(t.pos in {"VERB", "AUX"} for t in tree.tokens[determiners[0] : noun.index])
    listed = any(t.text in {"and", "or"} for t in tree.by_relation(name, "cc")) or _goes_on(tree, noun)
    return name if (beside or tree[noun.index].head == name) and not verb_between and not listed else None


def _goes_on(tree: Tree, noun: Token) -> bool:
    """Whether a list goes on behind a noun: "Arm, the chip designer and Apple"."""
    conjuncts = list(tree.by_relation(noun.index, "conj"))
    return any(t.text in {"and", "or"} for c in conjuncts for t in tree.by_relation(c.index, "cc"))


_STEPS: Final = (
    *english_phrases.STEPS,
    *english_places.STEPS,
    *english_verbs.STEPS,
    *english_relatives.STEPS,
    *english_attachments.STEPS,
    *english_clauses.STEPS,
    _with_main_clause,
    _with_participle_first,
    _with_appositions,
    _with_holders,
    _with_bearers,
    _off_names,
    *english_phrases.LAST_STEPS,
    _with_subjects,
)
