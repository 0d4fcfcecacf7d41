"""Clauses + entities + frames → statements, with status, confidence and the words they stand on.

What domain, range or direction forbids becomes a :class:`~kg.records.Rejection` with its reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.clauses import clauses
from kg.entities import Resolution, at_token, resolve
from kg.frames import Frame, Frames, noun_matches
from kg.mentions import mentions
from kg.modality import former
from kg.names import class_of_noun, name_index, recognise
from kg.namespaces import digest
from kg.noun_clauses import SHARED, name_beside, predicate_key
from kg.ontology import Gazetteer, Ontology, Property
from kg.records import (
    PLAIN,
    Analysis,
    Argument,
    Clause,
    Entity,
    Evidence,
    Extraction,
    Link,
    Rejection,
    Statement,
    Status,
)
from kg.repair import repair
from kg.trees import Tree

_FRAME: Final = {"verb": 0.95, "noun": 0.93}
_DEPUTY: Final = ("vize", "ex", "alt", "stellvertret", "unter", "co", "vice", "deputy", "former", "assistant")
_THROUGH_ACT: Final = 0.85  # "das Vorgehen der US-Regierung": who acts is inferred
_CLEAR: Final = frozenset({"Country", "PoliticalParty", "Media", "GovernmentBody", "InternationalOrganization"})
"""Classes whose members are known: an organization of which nothing else is known is none of these."""
_STATES: Final = frozenset({"leads", "worksFor", "memberOf", "owns", "basedIn", "uses", "allyOf", "subsidiaryOf"})
"""Properties that hold for a time: "hat zuvor für Bosch gearbeitet" says that this is over."""
_SILENT: Final = 0.75  # "an den Konkurrenten BASF": whose rival is inferred
_OTHER_SENSE: Final = "the example speaks of another kind of thing"
_CAPITAL: Final = 0.85  # "Peking fordert": the capital for its country


@dataclass(frozen=True, slots=True)
class _Filler:
    """An entity in a role, and how it got there."""

    iri: str
    span: tuple[int, int]
    certainty: float
    reasons: tuple[str, ...]


def extract(analysis: Analysis, frames: Frames, ontology: Ontology, gazetteer: Gazetteer) -> Extraction:
    """All that an article says, as statements between entities.

    Args:
        analysis: the parsed article.
        frames: of the article's language.
        ontology: properties with domain and range.
        gazetteer: the well-known names.

    Returns:
        Entities sorted by IRI, statements and rejections in reading order.
    """
    index = name_index(gazetteer, analysis.language)
    named = recognise(analysis, index, ontology)
    named = replace(named, sentences=tuple(repair(s) for s in named.sentences))
    spoken = mentions(named, index, ontology)
    parsed = [_Parsed(Tree(s), clauses(s, analysis.language)) for s in named.sentences]
    resolution = resolve(named, spoken, index, ontology)
    reader = _Reader(named, frames, ontology, gazetteer, resolution)
    found = [item for sentence in parsed for item in reader.read(sentence)]
    demanded = reader.demanded()
    if demanded:
        resolution = resolve(named, spoken, index, ontology, demanded)
        reader = _Reader(named, frames, ontology, gazetteer, resolution)
        found = [item for sentence in parsed for item in reader.read(sentence)]
    links = resolution.links
    statements = [item for item in found if isinstance(item, Statement)]
    rejections = [item for item in found if isinstance(item, Rejection)]
    kept = _settled(statements)
    needed = _worth_a_node(kept, links, gazetteer)
    return Extraction(
        article=analysis.article,
        language=analysis.language,
        model=analysis.model,
        entities=tuple(sorted((e for i, e in reader.entities.items() if i in needed), key=lambda e: e.iri)),
        links=links,
        statements=tuple(kept),
        rejections=tuple(_final(rejections, kept)),
    )


def _final(rejections: Sequence[Rejection], statements: Sequence[Statement]) -> Iterator[Rejection]:
    """Each rejection once, and none where another frame made the statement after all."""
    made = {(s.evidence.start, s.property) for s in statements}
    for rejection in dict.fromkeys(rejections):
        if (rejection.start, rejection.property) not in made:
            yield rejection


def _worth_a_node(statements: Sequence[Statement], links: Sequence[Link], gazetteer: Gazetteer) -> set[str]:
    """Entities that a statement needs, that are well known, or that are named twice.

    A name seen once and never said anything of is as often a slip of the recogniser as a name.
    """
    counts = Counter(link.iri for link in links if link.mention.kind in {"name", "compound"})
    found = {iri for iri, count in counts.items() if count > 1 or iri in gazetteer.entries}
    for statement in statements:
        found |= {statement.subject, statement.object, *([statement.attributed_to] if statement.attributed_to else [])}
    return found


def _settled(statements: Sequence[Statement]) -> list[Statement]:
    """One statement per sentence and triple; where a sentence both claims and qualifies it, it is qualified."""
    best: dict[tuple[int, str, str, str], Statement] = {}
    for statement in statements:
        key = (statement.evidence.start, statement.subject, statement.property, statement.object)
        other = best.get(key)
        if other is None or _rank(statement) > _rank(other):
            best[key] = statement
    return sorted(best.values(), key=lambda s: (s.evidence.start, s.subject, s.property, s.object))


def _rank(statement: Statement) -> tuple[bool, float, str]:
    return statement.status not in PLAIN, statement.confidence, statement.id


@dataclass(frozen=True)
class _Parsed:
    """A sentence as a tree, with its clauses."""

    tree: Tree
    clauses: tuple[Clause, ...]

    @property
    def nouns(self) -> Mapping[int, Clause]:
        """Noun clauses by their head."""
        return {c.head: c for c in self.clauses if c.kind == "noun"}


class _Reader:
    """What is needed to read the sentences of one article."""

    def __init__(
        self, analysis: Analysis, frames: Frames, ontology: Ontology, gazetteer: Gazetteer, resolution: Resolution
    ) -> None:
        self.analysis = analysis
        self.frames = frames
        self.ontology = ontology
        self.gazetteer = gazetteer
        self.entities = {e.iri: e for e in resolution.entities}
        self.links = at_token(resolution.links)
        self.unsure = resolution.unsure
        self.wanted: dict[str, Counter[str]] = {}  # IRI of an unsure entity → classes that sentences ask for

    def read(self, sentence: _Parsed) -> Iterator[Statement | Rejection]:
        """What the clauses of a sentence state."""
        for clause in sentence.clauses:
            for frame in self._candidates(sentence.tree, clause):
                yield from self._match(sentence, clause, frame)

    def demanded(self) -> dict[str, str]:
        """Class by label, for unsure names that sentences clearly take for something else."""
        found = {}
        for iri, votes in self.wanted.items():
            if not votes:
                continue
            best, count = min(votes.items(), key=lambda item: (-item[1], item[0]))
            if best != self.entities[iri].type and count > sum(votes.values()) / 2:
                found[self.entities[iri].label] = best
        return found

    def _note(self, iri: str, allowed: frozenset[str], slot: str, clause: Clause) -> None:
        """Remember which kind of thing a slot asks of an unsure name; one that asks nothing narrow is no vote."""
        if iri not in self.unsure:
            return
        votes = self.wanted.setdefault(iri, Counter())
        if slot in _CLEAR and clause.predicate != "()":
            votes[slot] += 3  # "ein Politiker der Lega" says that it is a party
            return
        open_to = [
            kind
            for kind in ("Person", "Organization", "Place", "Product")
            if any(self._near(kind, a) for a in allowed) and self._near(kind, slot)
        ]
        agents = [kind for kind in open_to if kind in {"Person", "Organization"}]
        if len(open_to) == 1:
            votes[open_to[0]] += 3
        elif agents and self.entities[iri].type not in open_to:
            votes["Organization" if "Organization" in agents else "Person"] += 1

    def _candidates(self, tree: Tree, clause: Clause) -> Iterator[Frame]:
        lemma = predicate_key(clause.predicate) if clause.kind == "noun" else clause.predicate.casefold()
        table = self.frames.by_predicate
        exact = table.get((clause.kind, lemma), ())
        yield from exact
        if clause.kind == "verb":
            return
        if not exact and not lemma.startswith(_DEPUTY):
            yield from self._by_last_part(lemma)
        class_name = class_of_noun(clause.predicate, self._nouns)
        if class_name is None and not exact:
            class_name = self._class_of_bearer(tree, clause)
        for frame in table.get(("noun", ""), ()):
            if class_name is not None and self.ontology.is_a(class_name, frame.predicate_class):
                yield frame

    def _class_of_bearer(self, tree: Tree, clause: Clause) -> str | None:
        """What a noun that no class knows stands for: the organization beside it ("der Auftragsfertiger SMIC")."""
        beside = name_beside(tree, clause.head) if tree[clause.head].pos == "NOUN" else None
        for link in self.links.get((tree.sentence.index, beside), ()) if beside is not None else ():
            type_name = self.entities[link.iri].type
            if link.mention.kind == "name" and self.ontology.is_a(type_name, "Organization"):
                return "Company" if type_name == "Organization" else type_name
        return None

    def _by_last_part(self, lemma: str) -> Iterator[Frame]:
        """Frames of the noun that a compound ends in; not for posts, where the first part decides."""
        endings = [p for kind, p in self.frames.by_predicate if kind == "noun" and len(p) >= 4 and lemma.endswith(p)]
        for frame in self.frames.by_predicate.get(("noun", max(endings, key=len, default="-")), ()):
            if "Person" not in (frame.subject_class, frame.object_class) or frame.subject_role != "bearer":
                yield frame

    @property
    def _nouns(self) -> Mapping[str, str]:
        return self.ontology.nouns(self.analysis.language)

    def _match(self, sentence: _Parsed, clause: Clause, frame: Frame) -> Iterator[Statement | Rejection]:
        tree = sentence.tree
        anchors = self._anchors(tree, clause, frame)
        if anchors is None:
            return
        arguments = self._with_self(tree, clause)
        free = [a for a in arguments if self._reachable(a, clause, frame, anchors) and a.head not in anchors]
        subjects = self._in_role(tree, free, frame.subject_role, clause.head)
        objects = self._in_role(tree, free, frame.object_role, clause.head)
        if clause.kind == "noun" and self._rivals(frame):
            subjects, objects = self._with_silent_owner(sentence, clause, frame, subjects, objects)
        for first in subjects:
            for second in objects:
                if first is second or (frame.paired and free.index(first) > free.index(second)):
                    continue
                if frame.paired != tree.together(first.head, second.head) and frame.subject_role == frame.object_role:
                    continue
                yield from self._relate(sentence, clause, frame, (first, second))

    def _reachable(self, argument: Argument, clause: Clause, frame: Frame, anchors: set[int]) -> bool:
        """Whether an argument may fill a slot: one that hangs from a noun only if that noun is taught with it.

        Direction is an exception: "exportiert Kohle nach Indien" is as good as "exportiert nach Indien".
        """
        if argument.via is None or argument.via in anchors:
            return True
        direct = any(a.head == argument.via and a.role == "object" for a in clause.arguments)
        return direct and not frame.beside and argument.role in {"oblique:nach", "oblique:to"}

    def _with_silent_owner(
        self, sentence: _Parsed, clause: Clause, frame: Frame, subjects: list[Argument], objects: list[Argument]
    ) -> tuple[list[Argument], list[Argument]]:
        """Both sides, the owner that nobody names filled in; the country in "US-Rivale" is none."""
        sides = []
        for role, found in ((frame.subject_role, subjects), (frame.object_role, objects)):
            named = [
                a
                for a in found
                if not (role == "of" and a.head == clause.head and self._country(sentence.tree, a.head))
            ]
            sides.append(named or (self._silent_owner(sentence, clause) if role == "of" else []))
        return sides[0], sides[1]

    def _rivals(self, frame: Frame) -> bool:
        """Whether a frame states a symmetric relation between organizations."""
        return self.ontology.properties[frame.property].symmetric and all(
            self.ontology.is_a(c, "Organization") for c in (frame.subject_class, frame.object_class)
        )

    def _silent_owner(self, sentence: _Parsed, clause: Clause) -> list[Argument]:
        """Whose rival or subsidiary is meant where nobody is named: the subject's.

        "Bayer gibt Teile an den Konkurrenten BASF ab": the rival is Bayer's.
        """
        above = set(sentence.tree.ancestors(clause.head))
        for verb in sentence.clauses:
            if verb.kind == "verb" and verb.head in above:
                own = {clause.head, *(a.head for a in clause.arguments)}
                found = [a for a in verb.arguments if a.role == "subject" and a.via is None]
                if any(a.head in own for a in found):
                    return []
                return [replace(a, role="of", certainty=a.certainty * _SILENT) for a in found]
        return []

    def _in_role(self, tree: Tree, arguments: Sequence[Argument], role: str, own: int) -> list[Argument]:
        """The arguments in a role.

        Names show no case: where no direct object is an entity, an indirect one may be meant, and
        vice versa. A country in a compound is as good as its adjective: "US-Konzern".
        """
        found = [a for a in arguments if a.role == role]
        if role == "demonym":
            found += [
                a for a in arguments if a.role in {"of", "compound"} and a.head == own and self._country(tree, own)
            ]
        other = {"object": "indirect", "indirect": "object"}.get(role)
        if other and not any(self._named(tree, a.head) for a in found):
            found = [replace(a, certainty=a.certainty * SHARED) for a in arguments if a.role in {role, other}]
        return found

    def _country(self, tree: Tree, token: int) -> bool:
        links = self.links.get((tree.sentence.index, token), ())
        return any(k.mention.kind == "compound" and self.entities[k.iri].type == "Country" for k in links)

    def _named(self, tree: Tree, token: int) -> bool:
        """Whether a token or the name beside it is linked to an entity."""
        beside = name_beside(tree, token) if tree[token].pos == "NOUN" else None
        return any((tree.sentence.index, i) in self.links for i in (token, beside) if i is not None)

    def _with_self(self, tree: Tree, clause: Clause) -> list[Argument]:
        """The arguments; a description ("der chinesische Riese") bears what its own noun says."""
        found = list(clause.arguments)
        if clause.kind != "noun" or any(a.role == "bearer" for a in found):
            return found
        links = self.links.get((tree.sentence.index, clause.head), ())
        if any(k.mention.whole for k in links):
            found.append(Argument("bearer", clause.head, 0.95))
        elif any(self._names_itself(clause, k) for k in links):
            found = [a for a in found if a.head != clause.head]
            found.append(Argument("bearer", clause.head, 0.95))
        return found

    def _names_itself(self, clause: Clause, link: Link) -> bool:
        """Whether the name in a compound is that of the thing itself: "Android-Betriebssystem"."""
        if link.mention.kind != "compound" or ("noun", predicate_key(clause.predicate)) in self.frames.by_predicate:
            return False
        class_name = class_of_noun(clause.predicate, self._nouns)
        type_name = self.entities[link.iri].type
        return class_name is not None and class_name != "Person" and self._near(type_name, class_name)

    def _anchors(self, tree: Tree, clause: Clause, frame: Frame) -> set[int] | None:
        """The tokens that fill a frame's fixed nouns, or None where one is missing."""
        anchors: set[int] = set()
        for role, wanted in frame.beside:
            head = next(
                (
                    a.head
                    for a in clause.arguments
                    if a.role == role and noun_matches(tree, a.head, wanted, self.ontology, self.analysis.language)
                ),
                None,
            )
            if head is None:
                return None
            anchors.add(head)
        return anchors

    def _relate(
        self, sentence: _Parsed, clause: Clause, frame: Frame, pair: tuple[Argument, Argument]
    ) -> Iterator[Statement | Rejection]:
        tree, nouns = sentence.tree, sentence.nouns
        prop = self.ontology.properties[frame.property]
        subject = self._filler(tree, clause, pair[0], nouns)
        target = self._filler(tree, clause, pair[1], nouns)
        if subject is None or target is None:
            return
        self._note(subject.iri, prop.domain, frame.subject_class, clause)
        self._note(target.iri, prop.range, frame.object_class, clause)
        subject, why = self._fitted(subject, prop.domain, frame.subject_class, "subject", prop)
        if not why:
            target, why = self._fitted(target, prop.range, frame.object_class, "object", prop)
        if not why and subject.iri == target.iri:
            why = "subject and object are the same"
        if why == _OTHER_SENSE:
            return
        if not why and prop.name in _STATES and (adverb := former(tree, clause.head)):
            why = f"“{adverb}” says that it no longer holds"
        if why:
            yield Rejection(
                tree.sentence.index,
                tree.sentence.start,
                tree.sentence.end,
                prop.name,
                why,
                self.entities[subject.iri].label,
                self.entities[target.iri].label,
            )
            return
        certainty = _FRAME[frame.kind] * clause.certainty * pair[0].certainty * pair[1].certainty
        yield self._statement(sentence, clause, prop, subject, target, certainty)

    def _filler(
        self, tree: Tree, clause: Clause, argument: Argument, nouns: Mapping[int, Clause], depth: int = 0
    ) -> _Filler | None:
        links = self.links.get((tree.sentence.index, argument.head), ())
        modifying = (argument.role in {"of", "compound"} and argument.head == clause.head) or argument.role == "demonym"
        if argument.role == "bearer" and argument.head == clause.head:
            modifying = not any(link.mention.whole for link in links)
        for link in links:
            if link.mention.whole != modifying:
                return _Filler(link.iri, (link.mention.start, link.mention.end), link.certainty, (link.reason,))
        noun = nouns.get(argument.head)
        if modifying or noun is None or depth > 2:
            return None
        named = [a for a in noun.arguments if a.role == "bearer"]
        if len(named) == 1 and not noun.words[1:]:
            return self._filler(tree, noun, named[0], nouns, depth + 1)
        lemma = noun.predicate
        if self._is_act(lemma) and argument.role == "subject":
            return self._actor(tree, noun, lemma, nouns, depth)
        return None

    def _is_act(self, lemma: str) -> bool:
        acts = self.ontology.agent_nouns.get(self.analysis.language, frozenset())
        return lemma in acts or any(len(a) > 3 and lemma.casefold().endswith(a.casefold()) for a in acts)

    def _actor(self, tree: Tree, noun: Clause, lemma: str, nouns: Mapping[int, Clause], depth: int) -> _Filler | None:
        """Who acts through a noun: "das Vorgehen der US-Regierung", "die amerikanischen Sanktionen"."""
        for argument in noun.arguments:
            if argument.role in {"of", "demonym"}:
                filler = self._filler(tree, noun, argument, nouns, depth + 1)
                if filler is not None:
                    reason = f"acts through “{lemma}”"
                    return replace(filler, certainty=filler.certainty * _THROUGH_ACT, reasons=(*filler.reasons, reason))
        return None

    def _fitted(
        self, filler: _Filler, allowed: frozenset[str], slot: str, side: str, prop: Property
    ) -> tuple[_Filler, str]:
        """The filler, or the country it stands for, where its class is allowed; else the reason it is not."""
        type_name = self.entities[filler.iri].type
        fits = any(self.ontology.is_a(type_name, a) for a in allowed)
        if fits and self._near(type_name, slot):
            return filler, ""
        entry = self.gazetteer.entries.get(filler.iri)
        if entry is not None and entry.capital_of and self._country_allowed(allowed, slot):
            country = self.gazetteer.entries[entry.capital_of]
            label = country.labels.get(self.analysis.language) or country.label
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
            return filler, _OTHER_SENSE
        wanted = " or ".join(sorted(allowed))
        return (
            filler,
            f"the {side} of {prop.name} must be {wanted}, but {self.entities[filler.iri].label} is a {type_name}",
        )

    def _near(self, type_name: str, slot: str) -> bool:
        """Whether a thing of a class may be what a slot asks for; a class that is only vaguely known may."""
        if self.ontology.is_a(type_name, slot):
            return True
        return slot not in _CLEAR and self.ontology.is_a(slot, type_name)

    def _country_allowed(self, allowed: frozenset[str], slot: str) -> bool:
        return (
            any(self.ontology.is_a("Country", a) for a in allowed)
            and "Place" not in allowed
            and self._near("Country", slot)
        )

    def _statement(
        self, sentence: _Parsed, clause: Clause, prop: Property, subject: _Filler, target: _Filler, certainty: float
    ) -> Statement:
        tree, article = sentence.tree, self.analysis.article
        confidence = round(certainty * subject.certainty * target.certainty, 3)
        source = self._source(sentence, clause)
        status: Status = clause.status
        start, end = tree.sentence.start, tree.sentence.end
        evidence = Evidence(
            article=article.id,
            start=start,
            end=end,
            quote=article.text[start:end],
            subject=subject.span,
            predicate=tree.chars(clause.words),
            object=target.span,
            reasons=(*subject.reasons, *target.reasons),
        )
        identity = digest(article.id, str(start), subject.iri, prop.name, target.iri, status)
        return Statement(identity, subject.iri, prop.name, target.iri, status, confidence, evidence, source)

    def _source(self, sentence: _Parsed, clause: Clause) -> str | None:
        if clause.source is None:
            return None
        filler = self._filler(sentence.tree, clause, Argument("source", clause.source), sentence.nouns)
        return filler.iri if filler is not None else None
