"""German verb clauses with subject and object exchanged, where neither form nor order tells them apart."""

from __future__ import annotations

from dataclasses import replace

from kg.nominals import SHARED, name_beside
from kg.promoted import promoted
from kg.records import Clause
from kg.roles import case_by_form
from kg.trees import Tree
from kg.voice import is_passive


def turned(tree: Tree, clause: Clause) -> Clause | None:
    """A verb's clause with subject and object exchanged, None where form or order tell them apart.

    "Eine Niederlassung hat X in Y": a common noun before the verb and a name behind it show no case.
    """
    own = [a for a in clause.arguments if a.via is None]
    subjects = [a for a in own if a.role == "subject"]
    objects = [a for a in own if a.role in {"object", "indirect"}]
    if clause.kind != "verb" or len(subjects) != 1 or len(objects) != 1:
        return None
    noun, other = subjects[0].head, objects[0].head
    common = tree[noun].pos == "NOUN" and noun not in tree.name_at and name_beside(tree, noun) is None
    told = case_by_form(tree, noun) == "Nom" or case_by_form(tree, other) in {"Acc", "Dat"}
    if not common or told or noun > other or is_passive(tree, clause.head):
        return None
    change = {"subject": "object", "object": "subject", "indirect": "subject"}
    found = [replace(a, role=change.get(a.role, a.role), certainty=a.certainty * SHARED) for a in own]
    return replace(clause, arguments=(*found, *promoted(tree, clause.head, found, "de")))
