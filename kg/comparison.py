"""How two graphs differ: what is new, what is gone, and what changed its status."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from kg import told
from kg.entity_lists import table
from kg.records import Status
from kg.sparql import import_pandas
from kg.store import Store
from kg.told import Relation

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["new", "gone", "changed"]
_COLUMNS: Final = ("change", "subject", "property", "object", "before", "after")


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
    old, new = told.relations(before), told.relations(after)
    return differences(old, new, lambda iris: {**told.labels(before, iris), **told.labels(after, iris)})


def differences(
    old: Mapping[Relation, Status], new: Mapping[Relation, Status], labels: Callable[[set[str]], Mapping[str, str]]
) -> Comparison:
    """What changed from some relations to others.

    Args:
        old: relation → status.
        new: the same, later.
        labels: gives the labels of entities by their IRIs.
    """
    changed = sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))
    names = labels({iri for subject, _, value in changed for iri in (subject, value)})
    found = []
    for key in changed:
        was, now = old.get(key), new.get(key)
        kind: Kind = "new" if was is None else "gone" if now is None else "changed"
        subject, prop, value = key
        found.append(Change(kind, names.get(subject, subject), prop, names.get(value, value), was, now))
    order: tuple[Kind, ...] = ("new", "gone", "changed")
    return Comparison(sorted(found, key=lambda one: (order.index(one.kind), one.subject, one.property, one.object)))
