"""Voice: whether a verb stands in the passive."""

from __future__ import annotations

from kg.modality import auxiliaries
from kg.trees import CURRENCIES, Tree, feature


def is_passive(tree: Tree, verb: int) -> bool:
    """Whether a verb stands in the passive; a future with "werden" does not."""
    token = tree[verb]
    kinds = {tree[i].relation for i in tree.children[verb] if not _sum(tree, i)}
    auxes = auxiliaries(tree, verb)
    become = [a for a in auxes if a.lemma.lower() in {"werden", "be", "get"}]
    infinitive = feature(token, "VerbForm") == "Inf" or token.text.lower() == token.lemma.lower()
    if not auxes:
        return False
    having = any(a.lemma.lower() in {"haben", "have"} for a in auxes) and not any(
        a.text.lower() in {"worden", "been"} for a in auxes
    )
    if token.text.lower().endswith("ing") or having:
        return False
    if any(a.text.lower() in {"wurde", "wurden", "worden"} for a in become):
        return True
    if become and infinitive and "obj" in kinds:
        return False
    if become and infinitive and feature(token, "VerbForm") != "Part":
        return False
    if "nsubj:pass" in kinds or "aux:pass" in kinds:
        return "obj" not in kinds
    if become and feature(token, "VerbForm") == "Part" and "obj" not in kinds:
        return become[0].lemma.lower() in {"werden", "be", "get"}
    return False


def _sum(tree: Tree, index: int) -> bool:
    """Whether a token is a sum of money, which is the object of passives too: "was fined 2 million euros"."""
    return tree[index].relation == "obj" and tree[index].lemma.lower() in CURRENCIES
