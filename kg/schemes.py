"""Annotation schemes: a sentence parsed in TIGER's or ClearNLP's terms brought to Universal Dependencies.

The official German spaCy pipelines use TIGER's edge labels (Brants et al. 2004), the official
English ones ClearNLP's (Choi 2012). In both, prepositions and (in TIGER) auxiliaries are heads;
in UD, content words are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal

from kg.records import Token

Scheme = Literal["ud", "tiger", "clearnlp"]


@dataclass(frozen=True, slots=True)
class RawToken:
    """A token as a pipeline gave it; ``head`` is an index within the sentence."""

    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    feats: str
    head: int
    relation: str


def scheme_of(labels: Iterable[str]) -> Scheme:
    """The scheme that a parser's labels belong to.

    >>> scheme_of(["sb", "oa", "oc"]), scheme_of(["nsubj", "pobj", "dobj"]), scheme_of(["nsubj", "obj"])
    ('tiger', 'clearnlp', 'ud')
    """
    known = set(labels)
    if {"sb", "oa"} & known:
        return "tiger"
    if {"pobj", "dobj"} & known:
        return "clearnlp"
    return "ud"


def to_universal(raw: list[RawToken], scheme: Scheme) -> tuple[Token, ...]:
    """Tokens in Universal Dependencies terms.

    Args:
        raw: tokens of one sentence, in order.
        scheme: what their heads and relations mean.
    """
    if scheme == "tiger":
        raw = _from_tiger(raw)
    elif scheme == "clearnlp":
        raw = _from_clearnlp(raw)
    repaired = _off_function_words(_verbs_on_top(_auxiliaries_on_verbs(raw)))
    raw = repaired if _is_tree(repaired) else raw
    return tuple(
        Token(i, t.start, t.end, t.text, t.lemma, t.pos, t.feats, t.head, "root" if t.head == i else t.relation)
        for i, t in enumerate(raw)
    )


_FUNCTION: Final = ("aux", "cop", "case", "mark", "det", "cc")
_MAY_HANG: Final = ("fixed", "punct", "conj", "cc", "goeswith", "advmod", "flat", "compound")


def _is_tree(raw: list[RawToken]) -> bool:
    """Whether every token reaches the one root."""
    roots = [i for i, t in enumerate(raw) if t.head == i]
    if len(roots) != 1:
        return False
    return all(_top(raw, index) == roots[0] for index in range(len(raw)))


def _top(raw: list[RawToken], index: int) -> int:
    """The last token above another, or the first that comes up twice."""
    seen = set()
    while raw[index].head != index and index not in seen:
        seen.add(index)
        index = raw[index].head
    return index


_CLAUSAL: Final = frozenset("aux cop root conj ccomp xcomp advcl acl parataxis csubj appos obj".split())


def _auxiliaries_on_verbs(raw: list[RawToken]) -> list[RawToken]:
    """Hang an auxiliary that the parser lost ("werden" as punctuation of a noun) on the verb it belongs to."""
    out = list(raw)
    for index, token in enumerate(raw):
        if token.pos != "AUX" or token.relation.partition(":")[0].lower() in _CLAUSAL or token.head == index:
            continue
        verbs = [i for i, t in enumerate(raw) if t.pos == "VERB" and "VerbForm=Fin" not in t.feats]
        verb = next((i for i in verbs if i > index), verbs[-1] if verbs else None)
        if verb is not None:
            out[index] = replace(token, head=verb, relation="aux")
    return out


def _verbs_on_top(raw: list[RawToken]) -> list[RawToken]:
    """Let a verb that the parser took for a function word of a noun take that noun's place."""
    out = list(raw)
    for index, token in enumerate(raw):
        noun = token.head
        if token.pos != "VERB" or token.relation not in {"case", "mark", "det", "punct", "cc"} or noun == index:
            continue
        for child in _children(out, noun):
            if child != index and out[child].relation.partition(":")[0] in {"nsubj", "aux", "advmod", "punct", "mark"}:
                out[child] = replace(out[child], head=index)
        top = raw[noun]
        out[index] = replace(token, head=index if top.head == noun else top.head, relation=top.relation)
        out[noun] = replace(out[noun], head=index, relation="dep")
    return out


def _off_function_words(raw: list[RawToken]) -> list[RawToken]:
    """Hang on the content word what a parser hung on its auxiliary or preposition.

    Function words have no dependents of their own in UD but for a few; small parsers now and then
    leave the subject with the auxiliary.
    """
    out = list(raw)
    for index, token in enumerate(raw):
        above = raw[token.head]
        if token.head == index or token.relation.partition(":")[0] in _MAY_HANG:
            continue
        if above.relation.partition(":")[0] in _FUNCTION and above.head not in {token.head, index}:
            out[index] = replace(token, head=above.head)
        elif token.relation == "aux:pass" and above.pos not in {"VERB", "AUX", "ADJ"}:
            verbs = [i for i, t in enumerate(raw) if t.pos == "VERB"]
            nearest = min(verbs, key=lambda i: (abs(i - index), i), default=token.head)
            out[index] = replace(token, head=nearest)
    return out


def _children(raw: list[RawToken], index: int) -> list[int]:
    return [i for i, t in enumerate(raw) if t.head == index and i != index]


# -- TIGER ----------------------------------------------------------------------------------------

_TIGER: Final[dict[str, str]] = {
    "sb": "nsubj",
    "sbp": "obl:agent",
    "oa": "obj",
    "oa2": "obj",
    "og": "obl:arg",
    "da": "iobj",
    "ag": "nmod",
    "app": "appos",
    "pnc": "flat:name",
    "rc": "acl:relcl",
    "ng": "advmod",
    "svp": "compound:prt",
    "cp": "mark",
    "cm": "mark",
    "pm": "mark",
    "cd": "cc",
    "ju": "cc",
    "par": "parataxis",
    "rs": "parataxis",
    "dm": "discourse",
    "ep": "expl",
    "re": "ccomp",
    "punct": "punct",
    "nmc": "nummod",
    "ac": "case",
    "avc": "advmod",
    "uc": "flat",
    "vo": "vocative",
    "cc": "obl",
    "ph": "expl",
}


def _from_tiger(raw: list[RawToken]) -> list[RawToken]:
    out = _tiger_coordination(raw)
    out = _tiger_auxiliaries(out)
    out = _tiger_copulas(out)
    out = _lift_prepositions(out, noun_relations=("nk", "nmc", "pnc"), verbal_relation="obl")
    return [replace(t, relation=_tiger_relation(out, i)) for i, t in enumerate(out)]


def _tiger_relation(raw: list[RawToken], index: int) -> str:
    token = raw[index]
    head = raw[token.head]
    if token.relation in {"nk", "mnr", "pg", "mo", "op"}:
        return _tiger_modifier(token, head)
    if token.relation == "oc":
        finite = "VerbForm=Fin" in token.feats or token.tag.endswith("FIN")
        return "acl" if head.pos in {"NOUN", "PROPN"} else "ccomp" if finite else "xcomp"
    if token.relation == "sb" and _tiger_passive(raw, token.head):
        return "nsubj:pass"
    return _TIGER.get(token.relation, token.relation)


def _tiger_modifier(token: RawToken, head: RawToken) -> str:
    nominal_head = head.pos in {"NOUN", "PROPN", "PRON"}
    if token.pos == "DET":
        return "det:poss" if token.tag.startswith("PPOS") else "det"
    if token.pos == "ADJ" and nominal_head:
        return "amod"
    if token.pos == "NUM":
        return "nummod"
    if token.pos in {"NOUN", "PROPN", "PRON"}:
        if token.relation == "nk":
            return "appos" if token.pos == "PROPN" else "nmod"
        return "nmod" if nominal_head else "obl"
    if token.pos in {"VERB", "AUX"}:
        return "acl" if nominal_head else "advcl"
    if token.pos == "ADP":
        return "case"
    return "advmod"


def _tiger_passive(raw: list[RawToken], verb: int) -> bool:
    return any(raw[i].lemma == "werden" and raw[i].relation == "aux" for i in _children(raw, verb)) and (
        raw[verb].tag.startswith("VVPP") or "VerbForm=Part" in raw[verb].feats
    )


def _tiger_coordination(raw: list[RawToken]) -> list[RawToken]:
    """``A –cd→ und –cj→ B`` becomes ``A –conj→ B``, ``B –cc→ und``."""
    out = list(raw)
    for index, token in enumerate(raw):
        if token.relation != "cj":
            continue
        head = token.head
        if raw[head].relation == "cd":
            out[head] = replace(out[head], head=index, relation="cc")
            head = raw[head].head
        while out[head].relation == "conj":
            head = out[head].head
        out[index] = replace(token, head=head, relation="conj")
    return out


def _tiger_auxiliaries(raw: list[RawToken]) -> list[RawToken]:
    """A verb under an auxiliary takes the auxiliary's place and its dependents."""
    out = list(raw)
    for _ in range(4):  # "hätte verkauft werden sollen" is four deep
        swap = next(
            (
                (i, t.head)
                for i, t in enumerate(out)
                if t.relation == "oc" and out[t.head].pos == "AUX" and t.pos in {"VERB", "AUX"} and i != t.head
            ),
            None,
        )
        if swap is None:
            break
        out = _swap(out, *swap, below="aux")
    return out


def _tiger_copulas(raw: list[RawToken]) -> list[RawToken]:
    out = list(raw)
    for index, token in enumerate(raw):
        if token.relation == "pd" and raw[token.head].lemma in {"sein", "bleiben"} and token.pos != "ADP":
            out = _swap(out, index, out[index].head, below="cop")
    return out


def _swap(raw: list[RawToken], lower: int, upper: int, below: str) -> list[RawToken]:
    """Let ``lower`` take the place of its head ``upper``, which becomes its ``below`` child."""
    out = list(raw)
    top = raw[upper]
    for child in _children(raw, upper):
        if child != lower:
            out[child] = replace(out[child], head=lower)
    out[lower] = replace(out[lower], head=lower if top.head == upper else top.head, relation=top.relation)
    out[upper] = replace(out[upper], head=lower, relation=below)
    return out


def _lift_prepositions(raw: list[RawToken], noun_relations: tuple[str, ...], verbal_relation: str) -> list[RawToken]:
    """The noun of a prepositional phrase becomes its head, the preposition a ``case`` child."""
    out = list(raw)
    for index, token in enumerate(raw):
        if token.pos != "ADP" or token.relation in {"svp", "ac", "compound:prt", "prt"}:
            continue
        nouns = [i for i in _children(out, index) if out[i].relation in noun_relations]
        if not nouns:
            continue
        noun = nouns[0]
        agent = token.relation in {"sbp", "agent"}
        nominal = out[out[index].head].pos in {"NOUN", "PROPN", "PRON"}
        relation = "obl:agent" if agent else "nmod" if nominal else verbal_relation
        keep = out[index].relation if out[index].relation in {"conj", "root"} else relation
        out = _swap(out, noun, index, below="case")
        out[noun] = replace(out[noun], relation=keep)
    return out


# -- ClearNLP -------------------------------------------------------------------------------------

_CLEARNLP: Final[dict[str, str]] = {
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dobj": "obj",
    "dative": "iobj",
    "poss": "nmod:poss",
    "neg": "advmod",
    "prt": "compound:prt",
    "relcl": "acl:relcl",
    "acomp": "xcomp",
    "oprd": "xcomp",
    "attr": "xcomp",
    "npadvmod": "obl",
    "nn": "compound",
    "preconj": "cc",
    "predet": "det",
    "quantmod": "advmod",
    "ROOT": "root",
}


def _from_clearnlp(raw: list[RawToken]) -> list[RawToken]:
    out = list(raw)
    for index, token in enumerate(raw):
        if token.relation == "attr" and raw[token.head].lemma == "be":
            out = _swap(out, index, out[index].head, below="cop")
    out = _lift_prepositions(out, noun_relations=("pobj",), verbal_relation="obl")
    return [replace(t, relation=_clearnlp_relation(t)) for t in out]


def _clearnlp_relation(token: RawToken) -> str:
    if token.relation == "aux" and token.text.lower() == "to":
        return "mark"
    if token.relation == "case" and token.text in {"'s", "’s", "'"}:
        return "case"
    return _CLEARNLP.get(token.relation, token.relation)
