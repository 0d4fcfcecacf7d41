"""Who fills a role: from an argument of a clause to an entity, and whether a slot allows it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kg.english_wares import brand_of
from kg.entities import Resolution, at_token
from kg.nominals import name_beside
from kg.ontology import Gazetteer, Ontology, Property
from kg.records import Argument, Clause, Entity
from kg.trees import Tree

_THROUGH_ACT: Final = 0.85  # "das Vorgehen der US-Regierung": who acts is inferred
_THROUGH_PART: Final = 0.9  # "Stellungen der PKK": that the PKK is meant is inferred from what it owns
_CAPITAL: Final = 0.85  # "Peking fordert": the capital for its country
CLEAR: Final = frozenset({"Country", "PoliticalParty", "Media", "GovernmentBody", "InternationalOrganization"})
"""Classes whose members are known: an organization of which nothing else is known is none of these."""
OTHER_SENSE: Final = "the example speaks of another kind of thing"


@dataclass(frozen=True, slots=True)
class Filler:
    """An entity in a role, and how it got there."""

    iri: str
    span: tuple[int, int]
    certainty: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class ParsedSentence:
    """A sentence as a tree, with its clauses."""

    tree: Tree
    clauses: tuple[Clause, ...]

    @property
    def nouns(self) -> Mapping[int, Clause]:
        """Noun clauses by their head."""
        return {c.head: c for c in self.clauses if c.kind == "noun"}


class Fillers:
    """The entities of one article, by the tokens that speak of them."""

    def __init__(self, resolution: Resolution, ontology: Ontology, gazetteer: Gazetteer, language: str) -> None:
        self.entities = {e.iri: e for e in resolution.entities}
        self.links = at_token(resolution.links)
        self.unsure = resolution.unsure
        self.ontology = ontology
        self.gazetteer = gazetteer
        self.language = language

    def find(
        self,
        tree: Tree,
        clause: Clause,
        argument: Argument,
        nouns: Mapping[int, Clause],
        depth: int = 0,
        through: frozenset[str] = frozenset(),
    ) -> Filler | None:
        """The entity that an argument speaks of: itself, the name beside it, or who acts or is met through it.

        Args:
            through: nouns whose owner is meant where something happens to them ("attacks positions of X").
        """
        links = self.links.get((tree.sentence.index, argument.head), ())
        modifying = (argument.role in {"of", "compound"} and argument.head == clause.head) or argument.role.endswith(
            "demonym"
        )
        if argument.role == "bearer" and argument.head == clause.head:
            modifying = not any(link.mention.whole for link in links)
        if any(link.mention.several for link in links):
            if argument.member is None or modifying:
                return None
            link = links[argument.member]
            return Filler(link.iri, (link.mention.start, link.mention.end), link.certainty, (link.reason,))
        for link in links:
            if link.mention.whole != modifying or argument.role.endswith("demonym"):  # "Stockholm-based"
                return Filler(link.iri, (link.mention.start, link.mention.end), link.certainty, (link.reason,))
        noun = nouns.get(argument.head)
        if modifying or noun is None or depth > 2:
            return None
        named = [a for a in noun.arguments if a.role == "bearer"]
        if len(named) == 1 and not noun.words[1:]:
            return self.find(tree, noun, named[0], nouns, depth + 1)
        lemma = noun.predicate
        if argument.role == "subject" and self._is_act(lemma):
            reason = f"acts through “{lemma}”"
            return self._owner(tree, noun, {"of", "demonym"}, nouns, depth, _THROUGH_ACT, reason)
        if argument.role != "subject" and _among(lemma, through):
            roles = {"of", "demonym"} if self._is_act(lemma) else {"of"}  # "der israelischen Armee"
            return self._owner(tree, noun, roles, nouns, depth, _THROUGH_PART, f"met through “{lemma}”", through)
        return None

    def branded(self, tree: Tree, argument: Argument, allowed: frozenset[str]) -> Filler | None:
        """The product whose name stands before an English noun for wares: "uses the AirScale radios".

        A name that may be anything is one where nothing but a product or technology is allowed.
        """
        brand = brand_of(tree, argument.head) if tree[argument.head].pos == "NOUN" else None
        for link in self.links.get((tree.sentence.index, brand), ()) if brand is not None else ():
            wares = any(self.ontology.is_a(self.entities[link.iri].type, kind) for kind in ("Product", "Technology"))
            open_to = link.iri in self.unsure and allowed <= {"Product", "Technology"}
            if link.mention.kind == "name" and (wares or open_to):
                return Filler(link.iri, (link.mention.start, link.mention.end), link.certainty * 0.95, (link.reason,))
        return None

    def _is_act(self, lemma: str) -> bool:
        return _among(lemma, self.ontology.agent_nouns.get(self.language, frozenset()))

    def _owner(
        self,
        tree: Tree,
        noun: Clause,
        roles: Collection[str],
        nouns: Mapping[int, Clause],
        depth: int,
        share: float,
        reason: str,
        through: frozenset[str] = frozenset(),
    ) -> Filler | None:
        """Whose a noun is: "das Vorgehen der US-Regierung", "die amerikanischen Sanktionen"."""
        for argument in noun.arguments:
            if argument.role in roles:
                filler = self.find(tree, noun, argument, nouns, depth + 1, through)
                if filler is not None:
                    return replace(filler, certainty=filler.certainty * share, reasons=(*filler.reasons, reason))
        return None

    def fitted(
        self, filler: Filler, allowed: frozenset[str], slot: str, side: str, prop: Property
    ) -> tuple[Filler, str]:
        """The filler, or the country it stands for, where its class is allowed; else the reason it is not."""
        type_name = self.entities[filler.iri].type
        fits = any(self.ontology.is_a(type_name, a) for a in allowed)
        if fits and self.near(type_name, slot):
            return filler, ""
        entry = self.gazetteer.entries.get(filler.iri)
        if entry is not None and entry.capital_of and self._country_allowed(allowed, slot):
            country = self.gazetteer.entries[entry.capital_of]
            label = country.labels.get(self.language) or country.label
            self.entities.setdefault(
                country.iri,
                Entity(
                    country.iri,
                    label,
                    country.type,
                    tuple(sorted({n for n, _ in country.names} - {label})),
                    country.same_as,
                ),
            )
            reason = f"the capital {entry.label} stands for {label}"
            return replace(
                filler, iri=country.iri, certainty=filler.certainty * _CAPITAL, reasons=(*filler.reasons, reason)
            ), ""
        if fits:
            return filler, OTHER_SENSE
        wanted = " or ".join(sorted(allowed))
        return (
            filler,
            f"the {side} of {prop.name} must be {wanted}, but {self.entities[filler.iri].label} is a {type_name}",
        )

    def near(self, type_name: str, slot: str) -> bool:
        """Whether a thing of a class may be what a slot asks for; a class that is only vaguely known may."""
        if self.ontology.is_a(type_name, slot):
            return True
        return slot not in CLEAR and self.ontology.is_a(slot, type_name)

    def _country_allowed(self, allowed: frozenset[str], slot: str) -> bool:
        return (
            any(self.ontology.is_a("Country", a) for a in allowed)
            and "Place" not in allowed
            and self.near("Country", slot)
        )

    def each_meant(self, tree: Tree, argument: Argument) -> list[Argument]:
        """An argument, or one for each thing that its token speaks of at once: "beide Unternehmen"."""
        links = self.links.get((tree.sentence.index, argument.head), ())
        if not any(link.mention.several for link in links):
            return [argument]
        return [replace(argument, member=number) for number in range(len(links))]

    def country_in(self, tree: Tree, token: int) -> bool:
        """Whether a compound begins with a country."""
        links = self.links.get((tree.sentence.index, token), ())
        return any(k.mention.kind == "compound" and self.entities[k.iri].type == "Country" for k in links)

    def named(self, tree: Tree, token: int) -> bool:
        """Whether a token or the name beside it is linked to an entity."""
        beside = name_beside(tree, token) if tree[token].pos == "NOUN" else None
        return any((tree.sentence.index, i) in self.links for i in (token, beside) if i is not None)


def _among(lemma: str, nouns: Collection[str]) -> bool:
    """Whether a noun is one of these, or a compound that ends in one."""
    return lemma in nouns or any(len(n) > 3 and lemma.lower().endswith(n.lower()) for n in nouns)


def place_in_order(argument: Argument) -> tuple[int, int]:
    """Where an argument stands among others: by its token, then among the things that its token speaks of."""
    return argument.head, argument.member or 0


def meant_together(tree: Tree, one: Argument, other: Argument) -> bool:
    """Whether two arguments are members of one coordination, or meant by one plural."""
    if one.head == other.head:
        return one.member != other.member
    return tree.together(one.head, other.head)
