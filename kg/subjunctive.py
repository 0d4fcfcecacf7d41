"""The German subjunctive: what is only said ("er habe") or only thought ("er hätte")."""

from __future__ import annotations

from typing import Final

from kg.records import Status, Token
from kg.trees import Tree, feature

_SUBJUNCTIVE_2: Final = ("wär", "hätt", "würd", "könnt", "müsst", "dürft", "gäb", "käm", "bräucht", "möcht", "ließ")


def mood_status(tree: Tree, verbs: list[Token]) -> Status:
    """The status that the mood of a verb and its auxiliaries gives: Konjunktiv I is alleged, Konjunktiv II possible.

    Args:
        tree: the sentence.
        verbs: the verb and its auxiliaries.
    """
    first_person = any(t.text.lower() in {"ich", "i"} for t in tree.tokens)
    for token in verbs:
        word, lemma = token.text.lower(), token.lemma.lower()
        if is_subjunctive_2(token):
            return "possible"
        if word in {"sei", "seien"}:
            return "alleged"
        if word in _subjunctive_1(lemma) and not first_person and feature(token, "VerbForm") != "Inf":
            return "alleged"
    return "asserted"


def is_subjunctive_2(token: Token) -> bool:
    """Whether a verb stands in the Konjunktiv II of the verbs that are often used in it: „wäre“, „hätte“, „gäbe“."""
    word = token.text.lower()
    return word.startswith(_SUBJUNCTIVE_2) and word != "ließ" and token.pos in {"AUX", "VERB"}


def _subjunctive_1(lemma: str) -> tuple[str, ...]:
    """The third person singular of the Konjunktiv I: the stem with -e.

    >>> _subjunctive_1("arbeiten"), _subjunctive_1("ermitteln")
    (('arbeite',), ('ermittele', 'ermittle'))
    """
    if lemma.endswith(("eln", "ern")):
        return lemma[:-1] + "e", lemma[:-3] + lemma[-2] + "e"
    return (lemma[:-1],) if lemma.endswith("en") else ()
