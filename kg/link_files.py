"""Candidates for links as a table that a user edits: one row each, with a column for the decision.

``same`` lets a link hold, ``different`` forbids it, ``open`` takes an earlier decision back; a row without a decision
decides nothing. A row of one's own needs only ``entity``, ``decision`` and ``target``::

    entity,decision,target
    https://kg.example/entity/mts,same,http://www.wikidata.org/entity/Q1368903
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final, Literal, cast, get_args

from kg.errors import LinkError
from kg.link_names import is_iri
from kg.link_quads import LinkCandidate
from kg.records import Entity
from kg.sparql import safe_cell

COLUMNS: Final = tuple(
    "entity label type decision target target_label target_types score verdict reason source".split()
)
_NEEDED: Final = ("entity", "decision", "target")
Decision = Literal["same", "different", "open"]
Decided = Mapping[tuple[str, str], tuple[Decision, str]]
"""Entity and target → what a user decided, and the place that says so ("links.csv:3")."""


def written(candidates: Collection[LinkCandidate], entities: Mapping[str, Entity]) -> bytes:
    """The table, in UTF-8: what is not decided stands first, the best of it before the others.

    Args:
        candidates: in any order.
        entities: by IRI, for their labels and types.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    order = ("open", "linked", "same", "different")
    for one in sorted(candidates, key=lambda c: (order.index(c.verdict), -c.score, c.entity, c.target)):
        entity = entities.get(one.entity)
        decision = one.verdict if one.verdict in ("same", "different") else ""
        told = entity.label if entity else "", entity.type if entity else ""
        found = one.label, "|".join(one.types), f"{one.score:.3f}", one.verdict, one.reason, one.source
        writer.writerow(map(safe_cell, (one.entity, *told, decision, one.target, *found)))
    return out.getvalue().encode("utf-8", "replace")  # half a surrogate pair, which a service may send


def read(path: Path) -> Decided:
    """The decisions of a table.

    Raises:
        LinkError: it cannot be read, a row cannot be used, or two rows contradict each other; names file and line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise LinkError(
            f"cannot be read: {error.strerror}", path=path, hint="name a table that kg link wrote"
        ) from None
    except UnicodeDecodeError:
        raise LinkError("is not UTF-8", path=path, hint="save the file as UTF-8") from None
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max((",", ";", "\t"), key=first.count))
    missing = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
    if missing:
        raise LinkError(f"no column “{missing[0]}”", path=path, line=1, hint=f"needed: {', '.join(_NEEDED)}")
    found: dict[tuple[str, str], tuple[Decision, str]] = {}
    for row in reader:
        decision = (row["decision"] or "").strip().lower()
        if not decision:
            continue
        pair = ((row["entity"] or "").strip(), (row["target"] or "").strip())
        place = {"path": path, "line": reader.line_num}
        if decision not in get_args(Decision):
            hint = "allowed: same, different, open to take one back, or nothing where it is not decided"
            raise LinkError(f"unknown decision “{decision}”", hint=hint, **place)  # type: ignore[arg-type]
        if not all(map(is_iri, pair)):
            hint = "give full IRIs under entity and target"
            raise LinkError("a decision needs two IRIs", hint=hint, **place)  # type: ignore[arg-type]
        known = cast(Decision, decision)
        if found.get(pair, (known, ""))[0] != known:
            problem = f"is decided otherwise in {found[pair][1]}"
            raise LinkError(problem, iri=pair[1], hint="remove one of the rows", **place)  # type: ignore[arg-type]
        found.setdefault(pair, (known, f"{path.name}:{reader.line_num}"))
    return found
