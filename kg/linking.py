"""Which things elsewhere the entities of a store are: candidates with scores, links where nothing speaks against one.

A link is drawn only where all of this holds; else the candidates are kept for a user to decide on:

- a name of the entity and a name of the candidate are alike by `THRESHOLD` or more (`kg.link_names.alike`);
- that name says enough: four letters at least, and of a person more than one word;
- the candidate is elsewhere what the entity is here;
- no other candidate that is, or may be, such a thing comes within `MARGIN` of it, and no other entity has it;
- no user said that they differ, and the entity is not linked to something else in the same place.

What users decide is never changed: not by a later run, and not by another source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.link_files import Decided
from kg.link_names import agree, best, classes_of
from kg.link_quads import LinkCandidate
from kg.link_sources import Found, Source, names_of
from kg.ontology import Ontology
from kg.records import Entity
from kg.store import Store

THRESHOLD: Final = 0.97
"""``python -m tests.links_measure`` looks for all entries of the gazetteer among 29,000 brands, operators, countries
and regions. From 0.97 to 1 it draws the same 515 links; of the 309 to entries whose Wikidata id is known, none is
wrong. At 0.95 come "Blackberrys" for "Blackberry" and "Brooksfield" for "Brookfield", at 0.9 eleven more like "Modera"
for "Moderna", at 0.8 over 140 more."""
MARGIN: Final = 0.05
KEPT: Final = 0.85
"""Score below which a candidate is not kept, unless the source itself ranks it: of the 108 links that 0.8 would add to
those of 0.85 in that measurement, three are right."""
_SHOWN: Final = 5  # candidates kept for an entity
_LETTERS: Final = 4
_FAMILY: Final = "Person"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a run goes by.

    Attributes:
        ontology: tells which types agree.
        threshold: score from which a link may be drawn.
        types: id, IRI or name of a type elsewhere → local name of a class, as the user says.
        apart: pairs of names that are never one thing, each with the place that says so.
    """

    ontology: Ontology
    threshold: float = THRESHOLD
    types: Mapping[str, str] | None = None
    apart: Mapping[tuple[str, str], str] | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """What a run found.

    Attributes:
        candidates: all that the store holds now.
        asked: how many entities were looked for.
    """

    candidates: tuple[LinkCandidate, ...]
    asked: int

    def count(self, *verdicts: str) -> int:
        """How many candidates have one of the verdicts."""
        return sum(one.verdict in verdicts for one in self.candidates)


def link(
    store: Store,
    source: Source | None,
    rules: Rules,
    decided: Decided,
    wanted: Collection[str] | None = None,
    limit: int | None = None,
) -> Linked:
    """Look for the entities of a store elsewhere, and write what was found and decided into its graph of links.

    Nothing is written if the source fails. Candidates that other sources gave are kept.

    Args:
        store: read, then written in one step.
        source: where to look; None only to take in decisions.
        rules: what to go by.
        decided: what a user decided.
        wanted: IRIs of the entities to look for; None for all that have no link yet.
        limit: how many of them at most, the most mentioned first; None for all.

    Raises:
        LinkError: the source cannot be read or asked.
        StoreError: the store cannot be written.
    """
    entities = {entity.iri: entity for entity in store.entities()}
    known = {(one.entity, one.target): one for one in store.links()}
    drawn = {(one.entity, one.target) for one in known.values() if one.verdict == "linked"}
    firm: dict[str, list[str]] = {  # links of the gazetteer and of users: no rule drew them
        iri: [target for target in entity.same_as if (iri, target) not in drawn] for iri, entity in entities.items()
    }
    for pair, (decision, place) in decided.items():
        iri, target = pair
        if iri in firm:
            firm[iri] = [one for one in firm[iri] if one != target] + [target] * (decision == "same")
        if pair in known or decision != "open":
            told = "taken back in" if decision == "open" else "decided in"
            one = known.get(pair, LinkCandidate(*pair, source=place))
            known[pair] = replace(one, verdict=decision, reason=f"{told} {place}")
    asked: list[Entity] = []
    if source is not None:
        asked = _asked(store, entities, firm if wanted is None else None, wanted or (), rules)[:limit]
        found = [one for entity, things in source.find(asked) for one in _scored(entity, things, rules, source.name)]
        again = {entity.iri for entity in asked}
        known = {pair: one for pair, one in known.items() if not _is_stale(one, source.name, again)}
        for one in found:
            before = known.get((one.entity, one.target))
            if before is not None and before.verdict in ("same", "different"):
                one = replace(one, verdict=before.verdict, reason=before.reason)  # noqa: PLW2901
            known[one.entity, one.target] = one
    judged = tuple(_judged(list(known.values()), firm, rules))
    store.write_links(judged)
    return Linked(judged, len(asked))


def _asked(
    store: Store,
    entities: Mapping[str, Entity],
    firm: Mapping[str, Sequence[str]] | None,
    wanted: Collection[str],
    rules: Rules,
) -> list[Entity]:
    """The entities to look for, the most mentioned first; no events, which are named after whom they happen to."""
    mentions = store.mention_counts()
    chosen = [
        entity
        for iri, entity in entities.items()
        if (not firm[iri] if firm is not None else iri in wanted) and not rules.ontology.is_a(entity.type, "Event")
    ]
    return sorted(chosen, key=lambda entity: (-mentions.get(entity.iri, 0), entity.iri))


def _is_stale(one: LinkCandidate, source: str, asked: Collection[str]) -> bool:
    """Whether a candidate was found by this source for an entity that it was asked for again."""
    return one.source == source and one.entity in asked and one.verdict in ("open", "linked")


def _scored(entity: Entity, things: Sequence[Found], rules: Rules, source: str) -> list[LinkCandidate]:
    """The candidates of an entity, the best first."""
    scored = []
    for thing in things:
        score, ours, theirs = best(names_of(entity), thing.names)
        if (score < KEPT and not thing.note) or thing.iri == entity.iri:
            continue
        classes = classes_of(thing.types, rules.ontology, rules.types or {})
        notes = [f"“{ours}” here, “{theirs}” there", *([thing.note] if thing.note else [])]
        if not _says_enough(ours, theirs, entity.type):
            notes.append(TOO_SHORT)
        if place := _kept_apart(names_of(entity), thing.names, rules):
            notes.append(f"{KEPT_APART} {place}")
        candidate = LinkCandidate(
            entity=entity.iri,
            target=thing.iri,
            label=thing.names[0],
            types=tuple(sorted({name or iri for iri, name in thing.types})),
            score=round(score, 3),
            agrees=agree(entity.type, classes, rules.ontology),
            source=source,
            reason="; ".join(notes),
        )
        scored.append(candidate)
    return sorted(scored, key=lambda one: (-one.score, not one.agrees, one.target))[:_SHOWN]


TOO_SHORT: Final = "this name says too little"
KEPT_APART: Final = "names kept apart in"


def _says_enough(ours: str, theirs: str, kind: str) -> bool:
    """Whether a name says enough to draw a link by: "IDA" and "Merkel" are the names of many."""
    words = 2 if kind == _FAMILY else 1
    return all(sum(map(str.isalnum, name)) >= _LETTERS and len(name.split()) >= words for name in (ours, theirs))


def _kept_apart(names: Sequence[str], others: Sequence[str], rules: Rules) -> str | None:
    """The place where a user said that two of the names are never one thing."""
    apart = rules.apart or {}
    pairs = ((one, other) for one in names for other in others)
    return next((place for a, b in pairs if (place := apart.get((a, b)) or apart.get((b, a)))), None)


def _judged(
    candidates: Sequence[LinkCandidate], firm: Mapping[str, Sequence[str]], rules: Rules
) -> Iterator[LinkCandidate]:
    """The candidates with their verdicts, sorted: what no user decided on is judged anew."""
    by_entity: dict[str, list[LinkCandidate]] = defaultdict(list)
    for one in candidates:
        by_entity[one.entity].append(one)
    fit = {
        (one.entity, one.target)
        for found in by_entity.values()
        for one in found
        if one.verdict in ("open", "linked") and _fits(one, found, firm.get(one.entity, ()), rules)
    }
    claims: dict[str, set[str]] = defaultdict(set)  # target → the entities that may be it
    held = ((iri, target) for iri, targets in firm.items() for target in targets)
    for iri, target in (*fit, *held, *((one.entity, one.target) for one in candidates if one.verdict == "same")):
        claims[target].add(iri)
    for one in sorted(candidates, key=lambda one: (one.entity, -one.score, one.target)):
        if one.verdict in ("same", "different"):
            yield one
        else:
            holds = (one.entity, one.target) in fit and len(claims[one.target]) == 1
            yield replace(one, verdict="linked" if holds else "open")


def _fits(one: LinkCandidate, others: Sequence[LinkCandidate], firm: Sequence[str], rules: Rules) -> bool:
    """Whether nothing in an entity's own candidates and links speaks against one of them.

    What was drawn before and was not looked for again need not reach the threshold of this run.
    """
    place = _space(one.target)
    rivals = [
        other
        for other in others
        if other.target != one.target and other.verdict != "different" and (other.agrees or not other.types)
    ]
    return (
        one.agrees
        and (one.score >= rules.threshold or one.verdict == "linked")
        and TOO_SHORT not in one.reason
        and KEPT_APART not in one.reason
        and not any(other.score > one.score - MARGIN for other in rivals if _space(other.target) == place)
        and not any(_space(target) == place for target in firm if target != one.target)
    )


def _space(iri: str) -> str:
    """Where something lies: its IRI up to the last ``#`` or ``/``."""
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
