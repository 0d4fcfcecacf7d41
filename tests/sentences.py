"""Parsed sentences written down by hand, in a notation that reads like the sentence.

Each word is ``form=lemma/UPOS.Feature.Feature:relation>head``, the head named by its form::

    MTS:nsubj>teilt teilt=teilen/VERB.Fin:root Huawei:iobj>teilt das/PRON:obj>teilt mit:compound:prt>teilt .

The lemma is the form if not given, the part of speech follows from the relation (a name is a proper
noun), punctuation hangs from the root. ``>word#2`` means the second such word (else the nearest one),
``~'s`` is written without a space before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.clauses import clauses
from kg.records import Analysis, Article, Block, Clause, NamedSpan, Sentence, Token
from kg.trees import Tree, base

_FEATURES = {
    **dict.fromkeys(("Fin", "Inf", "Part", "Ger"), "VerbForm"),
    **dict.fromkeys(("Ind", "Sub", "Imp"), "Mood"),
    **dict.fromkeys(("Nom", "Acc", "Dat", "Gen"), "Case"),
    **dict.fromkeys(("Sing", "Plur"), "Number"),
    **dict.fromkeys(("Masc", "Fem", "Neut"), "Gender"),
    **dict.fromkeys(("Past", "Pres"), "Tense"),
    **dict.fromkeys(("Rel", "Prs"), "PronType"),
}
_POS = {
    **dict.fromkeys(("det", "det:poss"), "DET"),
    **dict.fromkeys(("case", "compound:prt"), "ADP"),
    **dict.fromkeys(("aux", "aux:pass", "cop"), "AUX"),
    **dict.fromkeys(("root", "ccomp", "xcomp", "advcl", "acl", "acl:relcl", "parataxis"), "VERB"),
    "mark": "SCONJ",
    "cc": "CCONJ",
    "advmod": "ADV",
    "amod": "ADJ",
    "punct": "PUNCT",
}
_NO_SPACE_BEFORE = frozenset([".", ",", ";", ":", "?", "!", ")", "“", "”"])
_NO_SPACE_AFTER = frozenset(["(", "„"])
_PUNCTUATION = re.compile(r"[^\w~]+")
_WORD = re.compile(
    r"(?P<form>[^=/:\s]+)(=(?P<lemma>[^/:\s]+))?(/(?P<pos>[A-Z]+)(?P<feats>(\.\w+)*))?:(?P<relation>[\w:]+)(>(?P<head>\S+))?"
)
Names = Mapping[str, str]
"""Name → its label and, if not ``whole``, its form: ``{"Huawei": "ORG", "russischen": "LOC derived"}``."""


def sentence(
    notation: str, names: Names | None = None, *, index: int = 0, offset: int = 0, block: str = "paragraph"
) -> Sentence:
    """A sentence in the notation of this module; ``names`` are marked wherever they stand in it."""
    items = [_item(word) for word in notation.split()]
    text, spans = _text([item["form"] for item in items])
    found = _names(text, names or {})
    forms = [str(item["form"]).removeprefix("~") for item in items]
    root = next(i for i, item in enumerate(items) if item["relation"] == "root")
    tokens = []
    for i, item in enumerate(items):
        start, end = spans[i]
        named = any(n.start < end and start < n.end and n.form == "whole" for n in found)
        relation = item["relation"]
        head = i if relation == "root" else _head(forms, item["head"], i) if item["head"] else root
        feats = "|".join(sorted(f"{_FEATURES[f]}={f}" for f in (item["feats"] or "").split(".") if f))
        pos = item["pos"] or ("PROPN" if named else _POS.get(relation, "NOUN"))
        lemma = item["lemma"] or forms[i]
        tokens.append(Token(i, offset + start, offset + end, forms[i], lemma, pos, feats, head, relation))
    moved = tuple(NamedSpan(offset + n.start, offset + n.end, n.label, n.form) for n in found)
    return Sentence(index, offset, offset + len(text), block, tuple(tokens), moved)  # type: ignore[arg-type]


def text_of(notation: str) -> str:
    """The sentence itself."""
    return _text([_item(word)["form"] for word in notation.split()])[0]


def analysis(
    notations: Sequence[str], names: Names | None = None, *, language: str = "de", article_id: str = "a1"
) -> Analysis:
    """An article of one paragraph."""
    text, parsed = "", []
    for index, notation in enumerate(notations):
        text += " " if text else ""
        parsed.append(sentence(notation, names, index=index, offset=len(text)))
        text += text_of(notation)
    article = Article(article_id, text, (Block("paragraph", 0, len(text)),), language=language)
    return Analysis(article, language, "by hand 1.0", tuple(parsed))


def tree(notation: str, names: Names | None = None) -> Tree:
    """A sentence as a tree."""
    return Tree(sentence(notation, names))


def find(of: Tree, form: str) -> int:
    """The index of the first token with this form."""
    return next(t.index for t in of.tokens if t.text == form)


def shown(clause: Clause, of: Sentence) -> str:
    """A clause in one line, without what its arguments' nouns carry: ``kaufen(subject=X, object=Y)``."""
    own = sorted((a for a in clause.arguments if a.via is None), key=lambda a: (_RANK.get(a.role, 9), a.role, a.head))
    arguments = dict.fromkeys(f"{a.role}={of.tokens[a.head].text}" for a in own)
    return f"{clause.predicate}({', '.join(arguments)})"


_RANK = {"bearer": 0, "subject": 1, "poss": 1, "object": 2, "of": 2, "indirect": 3, "complement": 4, "demonym": 5}


def clauses_of(notation: str, names: Names | None = None, language: str = "de", kind: str = "verb") -> list[str]:
    """All clauses of a kind, each in one line."""
    parsed = sentence(notation, names)
    return [shown(clause, parsed) for clause in clauses(parsed, language) if clause.kind == kind]


def claim_of(notation: str, predicate: str, names: Names | None = None, language: str = "de") -> tuple[str, str | None]:
    """Status and source word of the only clause with a predicate."""
    parsed = sentence(notation, names)
    found = [clause for clause in clauses(parsed, language) if clause.predicate == predicate]
    assert len(found) == 1, f"{predicate}: {[shown(c, parsed) for c in clauses(parsed, language)]}"
    source = found[0].source
    return found[0].status, parsed.tokens[source].text if source is not None else None


def _item(word: str) -> dict[str, str]:
    if _PUNCTUATION.fullmatch(word):
        return {"form": word, "lemma": "", "pos": "PUNCT", "feats": "", "relation": "punct", "head": ""}
    match = _WORD.fullmatch(word)
    assert match, f"not in the notation: {word}"
    assert match["relation"] == "root" or match["head"], f"without a head: {word}"
    assert base(match["relation"]), word
    return match.groupdict()


def _text(forms: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    text, spans, joined = "", [], True
    for form in forms:
        attached = joined or form in _NO_SPACE_BEFORE or form.startswith("~")
        word = form.removeprefix("~")
        text += word if attached else f" {word}"
        spans.append((len(text) - len(word), len(text)))
        joined = form in _NO_SPACE_AFTER
    return text, spans


def _head(forms: Sequence[str], head: str, place: int) -> int:
    form, _, number = head.partition("#")
    found = [i for i, other in enumerate(forms) if other == form and i != place]
    assert found, f"no head {head}"
    return found[int(number) - 1] if number else min(found, key=lambda i: abs(i - place))


def _names(text: str, names: Names) -> list[NamedSpan]:
    found: list[NamedSpan] = []
    for name in sorted(names, key=len, reverse=True):
        label, _, form = names[name].partition(" ")
        after = "" if form == "part" else r"(?!\w)" if form else r"(?!-)(?=s?(?!\w))"
        for match in re.finditer(rf"(?<!\w){re.escape(name)}{after}", text):
            if all(match.end() <= n.start or n.end <= match.start() for n in found):
                found.append(NamedSpan(match.start(), match.end(), label, form or "whole"))  # type: ignore[arg-type]
    return sorted(found, key=lambda n: n.start)
