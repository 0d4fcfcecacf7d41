"""How two graphs differ: what is new, what is gone, and what changed its status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from kg.entity_lists import table
from kg.records import STATUSES, Status
from kg.sparql import import_pandas
from kg.store import Store

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["new", "gone", "changed"]
_COLUMNS: Final = ("change", "subject", "property", "object", "before", "after")
_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """A relation that two graphs do not tell alike, with its status in each; None where it is not told."""

    kind: Kind
    subject: str  # label
    property: str
    object: str  # label
    before: Status | None
    after: Status | None


class Comparison(tuple[Change, ...]):
    """The changes from one graph to another: new, gone, changed, each sorted by labels; a table in notebooks."""

    @property
    def new(self) -> tuple[Change, ...]:
        """What only the later graph tells."""
        return self._of("new")

    @property
    def gone(self) -> tuple[Change, ...]:
        """What only the earlier graph tells."""
        return self._of("gone")

    @property
    def changed(self) -> tuple[Change, ...]:
        """What both tell, with another status."""
        return self._of("changed")

    def _of(self, kind: Kind) -> tuple[Change, ...]:
        return tuple(one for one in self if one.kind == kind)

    def rows(self) -> list[tuple[str, str, str, str, str, str]]:
        """Kind, subject, property, object, status before and after ("" for none)."""
        return [(o.kind, o.subject, o.property, o.object, o.before or "", o.after or "") for o in self]

    def to_dataframe(self) -> pd.DataFrame:
        """The changes as a pandas DataFrame.

        Raises:
            KgError: pandas is not installed.
        """
        frame: pd.DataFrame = import_pandas().DataFrame(self.rows(), columns=list(_COLUMNS))
        return frame

    def __repr__(self) -> str:
        lines = (
            f"{kind}: {subject} – {prop} – {value} ({' → '.join(filter(None, (before, after)))})"
            for kind, subject, prop, value, before, after in self.rows()
        )
        return "\n".join(lines) or "no difference"

    def _repr_html_(self) -> str:
        return table(_COLUMNS, self.rows()) if self else "<p>no difference</p>"


def compare(before: Store, after: Store) -> Comparison:
    """The relations that two stores do not tell alike, by the IRIs of their ends.

    A relation counts once, with the most certain of its statuses in the order of `kg.records.STATUSES`; a symmetric one
    is the same either way.

    Args:
        before: the earlier graph.
        after: the later one; labels are its own where it has the entity.
    """
    names = {entity.iri: entity.label for store in (before, after) for entity in store.entities()}
    old, new = _told(before), _told(after)
    found = []
    for key in old.keys() | new.keys():
        was, now = old.get(key), new.get(key)
        if was == now:
            continue
        kind: Kind = "new" if was is None else "gone" if now is None else "changed"
        subject, prop, value = key
        found.append((key, Change(kind, names.get(subject, subject), prop, names.get(value, value), was, now)))
    order: tuple[Kind, ...] = ("new", "gone", "changed")
    found.sort(key=lambda pair: (order.index(pair[1].kind), pair[1].subject, pair[1].property, pair[1].object, pair[0]))
    return Comparison(change for _, change in found)


def _told(store: Store) -> dict[_Key, Status]:
    """The relations of a store, each with its most certain status."""
    symmetric = store.symmetric_properties()
    told: dict[_Key, Status] = {}
    for one in store.statements():
        subject, value = one.subject, one.object
        if one.property in symmetric and value < subject:
            subject, value = value, subject
        key = (subject, one.property, value)
        told[key] = min(one.status, told.get(key, one.status), key=STATUSES.index)
    return told
