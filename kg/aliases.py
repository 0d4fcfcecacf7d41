"""What users decide of names: which are one thing, and which never are.

A decision file is CSV with the columns ``name,decision,other,type``; ``type`` is the class of ``other`` and only needed
where the gazetteer lacks it; a column ``note`` is not read::

    name,decision,other,type
    Arcelor-Mittal,same,ArcelorMittal,Company
    Merck Sharp,different,Merck KGaA,

or SKOS in Turtle: ``skos:prefLabel`` and ``skos:altLabel`` name one thing, ``owl:differentFrom`` keeps two apart.

Decisions become entries of the gazetteer, so that a name which was forced is found in texts, tied within an
article, across articles and languages, and gets the label, type and IRI of what it was forced to be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from kg.alias_rows import Row, is_turtle, read_rows, wrong
from kg.entities import broad_type
from kg.legal_forms import without_legal_form
from kg.namespaces import digest, entity_iri
from kg.ontology import Gazetteer, GazetteerEntry, Ontology, load_gazetteer
from kg.records import Decisions


def load_decided(ontology_paths: Sequence[Path], alias_paths: Sequence[Path], ontology: Ontology) -> Gazetteer:
    """The gazetteer as decision files change it.

    Args:
        ontology_paths: Turtle files that add to the bundled gazetteer.
        alias_paths: decision files, ``.csv`` or ``.ttl``.
        ontology: its classes.

    Raises:
        OntologyError: a file cannot be read or contradicts itself; it names file and line.
    """
    gazetteer = load_gazetteer((*ontology_paths, *filter(is_turtle, alias_paths)))
    return decided(gazetteer, ontology, read_rows(alias_paths, gazetteer)) if alias_paths else gazetteer


def decided(gazetteer: Gazetteer, ontology: Ontology, rows: Sequence[Row]) -> Gazetteer:
    """A gazetteer with decisions carried out.

    Raises:
        OntologyError: the rows contradict each other or the gazetteer, or name an unknown class.
    """
    return _Decider(gazetteer, ontology, rows).gazetteer()


@dataclass(frozen=True, slots=True)
class _Group:
    """All names that are to be one thing."""

    canonical: str
    names: tuple[str, ...]
    type: str  # "" where no row gives one
    row: Row  # for messages
    iri: str | None


class _Decider:
    """Rows on their way into a gazetteer."""

    def __init__(self, gazetteer: Gazetteer, ontology: Ontology, rows: Sequence[Row]) -> None:
        self.before = gazetteer
        self.ontology = ontology
        self.same = [row for row in rows if row.same]
        self.different = [row for row in rows if not row.same]
        self.above = self._chains()
        self.entries: dict[str, GazetteerEntry] = {}
        self.bearers: dict[str, set[str]] = {}  # name → IRIs of the entries that bear it
        for entry in gazetteer.entries.values():
            self._put(entry)
        self.forced = {row.name: row.place for row in reversed(self.same) if row.name != row.other}

    def gazetteer(self) -> Gazetteer:
        """The gazetteer with every decision carried out."""
        for row in (*self.same, *self.different):
            if row.type and row.type not in self.ontology.classes:
                raise wrong(row, f"unknown class {row.type}", f"known: {', '.join(sorted(self.ontology.classes))}")
        for group in self._groups():
            self._force(group)
        for row in self.different:
            self._part(row)
        decided = Decisions(
            forced=MappingProxyType(self.forced),
            apart=MappingProxyType({(row.name, row.other): row.place for row in reversed(self.different)}),
        )
        mark = digest(self.before.digest, *map(str, (*self.same, *self.different)))
        return Gazetteer(MappingProxyType(dict(sorted(self.entries.items()))), mark, decided)

    def _put(self, entry: GazetteerEntry) -> None:
        """Let an entry take the place of the one with its IRI."""
        for name, _ in self.entries[entry.iri].names if entry.iri in self.entries else ():
            self.bearers[name].discard(entry.iri)
        self.entries[entry.iri] = entry
        for name, _ in entry.names:
            self.bearers.setdefault(name, set()).add(entry.iri)

    def _named(self, *names: str) -> list[GazetteerEntry]:
        """The entries that bear one of some names, sorted by IRI."""
        return [self.entries[iri] for iri in sorted(set().union(*(self.bearers.get(name, ()) for name in names)))]

    def _chains(self) -> Mapping[str, Row]:
        """Name → the row that says what it is; several rows must come to the same in the end."""
        above: dict[str, Row] = {}
        for row in self.same:
            if row.name != row.other:
                above.setdefault(row.name, row)
        for row in self.same:
            end, first = _root(row.other, above), above.get(row.name)
            if first is not None and (other := _root(row.name, above)) != end:
                problem = f"“{row.name}” cannot be both “{end}” and “{other}”, as line {first.line} says"
                raise wrong(row, problem, f"remove one of them, or add: {end},same,{other},")
        return above

    def _groups(self) -> list[_Group]:
        found: dict[str, list[Row]] = {}
        for row in self.same:
            found.setdefault(_root(row.other, self.above), []).append(row)
        return [self._group(canonical, rows) for canonical, rows in found.items()]

    def _group(self, canonical: str, rows: Sequence[Row]) -> _Group:
        kind, giver = "", rows[0]
        for row in rows:
            if not row.type or row.type == kind or (kind and self.ontology.is_a(kind, row.type)):
                continue
            if kind and not self.ontology.is_a(row.type, kind):
                problem = f"“{canonical}” cannot be both {row.type} and {kind}, as line {giver.line} says"
                raise wrong(row, problem, "give it one class")
            kind, giver = row.type, row
        names = tuple(dict.fromkeys(row.name for row in rows))
        return _Group(canonical, names, kind, giver, next((row.iri for row in rows if row.iri), None))

    # ── one thing ──────────────────────────────────────────────────────────────────────────────

    def _force(self, group: _Group) -> None:
        target = self._target(group)
        kind = group.type if group.type and self.ontology.is_a(group.type, target.type) else target.type
        names = dict.fromkeys((*target.names, *((name, None) for name in group.names)))
        demonyms = dict(target.demonyms)
        for entry in self._named(*group.names):
            taken = {name for name, _ in entry.names} & set(group.names)
            if entry.iri == target.iri:
                continue
            if taken & {entry.label, *entry.labels.values()} and self._related(entry.type, kind):
                names |= dict.fromkeys(entry.names)
                demonyms = {**entry.demonyms, **demonyms}
                self._absorb(entry.iri, target.iri)
            else:
                self._put(replace(entry, names=tuple(n for n in entry.names if n[0] not in taken)))
        target = self.entries.get(target.iri, target)
        ambiguous = target.ambiguous - set(group.names)
        self._put(replace(target, names=tuple(names), type=kind, demonyms=demonyms, ambiguous=ambiguous))

    def _target(self, group: _Group) -> GazetteerEntry:
        """The entry that a canonical name means: one of the gazetteer, or a new one."""
        if group.iri in self.entries:
            return self.entries[group.iri]
        bearers = self._named(group.canonical)
        fitting = [e for e in bearers if not group.type or self._related(e.type, group.type)]
        if bearers and not fitting:
            problem = f"“{group.canonical}” is a {bearers[0].type} in the gazetteer, not a {group.type}"
            raise wrong(group.row, problem, "leave out the type, or choose another canonical name")
        called = [e for e in fitting if group.canonical in {e.label, *e.labels.values()}]
        found = called or fitting
        if len(found) > 1:
            known = ", ".join(f"{e.label} ({e.type})" for e in found)
            raise wrong(
                group.row, f"“{group.canonical}” is several things: {known}", "use another name, or give a type"
            )
        return found[0] if found else self._new(group.canonical, group.type, group.row)

    def _new(self, name: str, kind: str, row: Row) -> GazetteerEntry:
        """An entry for what the gazetteer lacks."""
        if not kind:
            hint = "add its class under type: Company, Person, City …"
            raise wrong(row, f"“{name}” is not in the gazetteer", hint)
        broad = broad_type(kind, self.ontology)
        iri = entity_iri(without_legal_form(name) if broad == "Organization" else name, broad)
        if iri in self.entries:
            iri = f"{iri}-{digest(name)[:6]}"
        self.forced.setdefault(name, row.place)
        return GazetteerEntry(iri, name, kind, ((name, None),), {}, {})

    def _related(self, one: str, other: str) -> bool:
        return self.ontology.is_a(one, other) or self.ontology.is_a(other, one)

    def _absorb(self, old: str, new: str) -> None:
        """Let all that points to an entry point to the one that takes its place."""
        self._put(replace(self.entries[old], names=()))
        del self.entries[old]
        for entry in list(self.entries.values()):
            if old in (entry.acts_for, entry.country, entry.capital_of):
                self.entries[entry.iri] = replace(
                    entry,
                    acts_for=new if entry.acts_for == old else entry.acts_for,
                    country=new if entry.country == old else entry.country,
                    capital_of=new if entry.capital_of == old else entry.capital_of,
                )

    # ── two things ─────────────────────────────────────────────────────────────────────────────

    def _part(self, row: Row) -> None:
        if _root(row.name, self.above) == _root(row.other, self.above):
            reason = self.above.get(row.name) or self.above.get(row.other)
            place = f", as line {reason.line} says" if reason else ""
            problem = f"“{row.name}” and “{row.other}” cannot be different: they are one{place}"
            raise wrong(row, problem, "remove one of the decisions")
        for entry in self._named(row.name, row.other):
            known = {name for name, _ in entry.names}
            target = self.entries.get(entry.acts_for or "")
            if target is not None and self._between(known, {name for name, _ in target.names}, row):
                self._put(replace(entry, acts_for=None))
            if {row.name, row.other} <= known:
                gone = row.other if row.name == entry.label else row.name
                kept = tuple(given for given in entry.names if given[0] != gone)
                self._put(replace(self.entries[entry.iri], names=kept))

    def _between(self, one: set[str], other: set[str], row: Row) -> bool:
        return (row.name in one and row.other in other) or (row.other in one and row.name in other)


def _root(name: str, above: Mapping[str, Row]) -> str:
    """What a name is in the end.

    Raises:
        OntologyError: names that each are another go in a circle.
    """
    path = [name]
    while (row := above.get(path[-1])) is not None:
        if row.other in path:
            circle = path[path.index(row.other) :]
            last = max((above[step] for step in circle), key=lambda step: (step.path, step.line or 0))
            start = circle.index(last.name)
            steps = " → ".join(f"“{step}”" for step in (*circle[start:], *circle[:start], last.name))
            raise wrong(last, f"names in a circle: {steps}", "remove one of the rows")
        path.append(row.other)
    return path[-1]
