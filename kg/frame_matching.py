"""Clauses matched with frames: which entities stand in which relation, and why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kg.clause_scope import Scope
from kg.confidence import calibrated
from kg.dates import reference
from kg.entities import Resolution
from kg.fillers import CLEAR, OTHER_SENSE, Filler, Fillers, ParsedSentence, meant_together, place_in_order
from kg.former_states import former, given_up
from kg.frame_fit import STAND_INS, anchors_of, each_named, fillable, in_passing, said_of_other
from kg.frame_records import Frame, Frames
from kg.modality_words import WORDS
from kg.name_index import class_of_noun
from kg.namespaces import digest
from kg.nominals import OF_CASES, SHARED, name_beside, predicate_key
from kg.noun_modality import noun_own_status
from kg.ontology import Gazetteer, Ontology, Property
from kg.qualifiers import Sources, qualified
from kg.records import Analysis, Argument, Clause, Evidence, Link, Rejection, Statement, Status
from kg.specificity import most_specific
from kg.trees import Tree
from kg.turned import turned

_Pair = tuple[Argument, Argument]  # of subject and object
_FRAME: Final = {"verb": 0.95, "noun": 0.93}

_DEPUTY: Final = ("vize", "ex", "alt", "stellvertret", "unter", "co", "vice", "deputy", "former", "assistant")

_STATES: Final = frozenset({"leads", "worksFor", "memberOf", "owns", "basedIn", "uses", "allyOf", "subsidiaryOf"})
"""Properties that hold for a time: "hat zuvor für Bosch gearbeitet" says that this is over."""

_COUNTERPARTS: Final = frozenset({"amtskollege", "amtskollegin", "kollege", "kollegin", "counterpart"})

_STAKES: Final = frozenset({"investsIn", "owns"})

_DIRECTIONS: Final = {
    "de": frozenset({"oblique:nach", "oblique:to"}),
    "en": frozenset({"oblique:to", "oblique:for", "oblique:in"}),
}
"""Roles that a phrase has from an object as well: "assembles phones in India for Apple"."""

_SILENT: Final = 0.75  # "an den Konkurrenten BASF": whose rival is inferred


class FrameReader:
    """What is needed to read the sentences of one article."""

    def __init__(
        self, analysis: Analysis, frames: Frames, ontology: Ontology, gazetteer: Gazetteer, resolution: Resolution
    ) -> None:
        self.analysis = analysis
        self.frames = frames
        self.ontology = ontology
        self.fillers = Fillers(resolution, ontology, gazetteer, analysis.language)
        self.entities = self.fillers.entities
        self.links = self.fillers.links
        self.unsure = resolution.unsure
        self.sources = Sources(
            analysis.article.text,
            analysis.language,
            reference(analysis.article.date),
            ontology,
            self.entities,
            self.links,
        )
        self.directions = _DIRECTIONS[analysis.language]
        self.posts: dict[str, set[str]] = {}  # IRI of who leads a country → what the post is called
        self.wanted: dict[str, Counter[str]] = {}  # IRI of an unsure entity → classes that sentences ask for

    def read(self, sentence: ParsedSentence) -> Iterator[Statement | Rejection]:
        """What the clauses of a sentence state."""
        for clause in sentence.clauses:
            frames = list(self._candidates(sentence.tree, clause))
            if not frames:
                continue
            found: list[tuple[Frame, Statement | Rejection]] = []
            arguments = self._with_self(sentence.tree, clause)
            roles = {a.role for a in arguments}
            other = turned(sentence.tree, clause) if self.analysis.language == "de" else None
            for frame in frames:
                if fillable(frame.subject_role, roles, clause) and fillable(frame.object_role, roles, clause):
                    found.extend((frame, item) for item in self._match(sentence, clause, frame, arguments))
                if other is not None and any(role == "object" for role, _ in frame.beside):
                    found.extend((frame, item) for item in self._match(sentence, other, frame, list(other.arguments)))
            yield from most_specific(found)

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

    def note(self, iri: str, allowed: frozenset[str], slot: str, clause: Clause) -> None:
        """Remember which kind of thing a slot asks of an unsure name; one that asks nothing narrow is no vote."""
        if iri not in self.unsure or clause.predicate in {"()", *OF_CASES}:
            return  # "Man of the Match" does not make a match a place
        votes = self.wanted.setdefault(iri, Counter())
        if slot in CLEAR:
            votes[slot] += 3  # "ein Politiker der Lega" says that it is a party
            return
        open_to = [
            kind
            for kind in ("Person", "Organization", "Place", "Product")
            if not (kind == "Place" and self.entities[iri].type == "Organization")  # an airline named like a region
            and any(self.fillers.near(kind, a) for a in allowed)
            and self.fillers.near(kind, slot)
        ]
        agents = [kind for kind in open_to if kind in {"Person", "Organization"}]
        if len(open_to) == 1:
            votes[open_to[0]] += 3
        elif agents and self.entities[iri].type not in open_to:
            votes["Organization" if "Organization" in agents else "Person"] += 1

    def _candidates(self, tree: Tree, clause: Clause) -> Iterator[Frame]:
        lemma = predicate_key(clause.predicate) if clause.kind == "noun" else clause.predicate.lower()
        table = self.frames.by_predicate
        exact = table.get((clause.kind, lemma), ())
        yield from exact
        if clause.kind == "verb":
            return
        if lemma in _COUNTERPARTS:
            yield from self._of_counterpart(tree, clause)
            return
        if not exact and not lemma.startswith(_DEPUTY):
            yield from self._by_last_part(lemma)
        class_name = class_of_noun(clause.predicate, self._nouns)
        if class_name is None or self.ontology.is_a(class_name, "Person"):  # a "chip designer" may be a firm
            class_name = self._class_of_bearer(tree, clause) or class_name
        for frame in table.get(("noun", ""), ()):
            if class_name is not None and self.ontology.is_a(class_name, frame.predicate_class):
                yield frame

    def _of_counterpart(self, tree: Tree, clause: Clause) -> Iterator[Frame]:
        """The frames of the post that somebody's counterpart abroad must hold too: "seinem Amtskollegen X"."""
        heads = {a.head for a in clause.arguments if a.role in {"of", "poss"}}
        owners = {k.iri for head in heads for k in self.links.get((tree.sentence.index, head), ()) if k.mention.whole}
        for post in sorted(p for iri in owners for p in self.posts.get(iri, ())):
            for frame in self.frames.by_predicate.get(("noun", post), ()):
                if frame.property == "leads" and frame.object_role == "demonym":
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
        table = self.frames.by_predicate
        endings = (lemma[start:] for start in range(len(lemma) - 3))
        longest = next((ending for ending in endings if ("noun", ending) in table), "-")
        for frame in table.get(("noun", longest), ()):
            if "Person" not in (frame.subject_class, frame.object_class) or frame.subject_role != "bearer":
                yield frame

    @property
    def _nouns(self) -> Mapping[str, str]:
        return self.ontology.nouns(self.analysis.language)

    def _match(
        self, sentence: ParsedSentence, clause: Clause, frame: Frame, arguments: Sequence[Argument]
    ) -> Iterator[Statement | Rejection]:
        tree = sentence.tree
        anchors = anchors_of(tree, clause, frame, self.ontology, self.analysis.language)
        if anchors is None:
            return
        if said_of_other(tree, clause, frame) or self._firm_bought(sentence, clause, frame):
            return
        free = [a for a in arguments if self._reachable(a, clause, frame, anchors) and a.head not in anchors]
        free = [b for a in free for b in each_named(a, clause, sentence)]
        free = [b for a in free for b in self.fillers.each_meant(tree, a)]
        subjects = self._in_role(tree, free, frame.subject_role, clause.head)
        objects = self._in_role(tree, free, frame.object_role, clause.head)
        if clause.kind == "noun" and (self._rivals(frame) or in_passing(tree, clause, frame)):
            subjects, objects = self._with_silent_owner(sentence, clause, frame, subjects, objects)
        for first in subjects:
            for second in objects:
                if first is second or (frame.paired and place_in_order(first) > place_in_order(second)):
                    continue
                if frame.paired != meant_together(tree, first, second) and frame.subject_role == frame.object_role:
                    continue
                yield from self._relate(sentence, clause, frame, (first, second), frozenset(anchors))

    def _firm_bought(self, sentence: ParsedSentence, clause: Clause, frame: Frame) -> bool:
        """Whether a firm is what somebody got: "bought the portal X from the fund Y" says nothing of wares."""
        if frame.subject_role != "oblique:from":
            return False
        objects = (a for a in clause.arguments if a.role == "object" and a.via is None)
        found = (self.fillers.find(sentence.tree, clause, a, sentence.nouns) for a in objects)
        return any(f is not None and self.ontology.is_a(self.entities[f.iri].type, "Organization") for f in found)

    def _reachable(self, argument: Argument, clause: Clause, frame: Frame, anchors: set[int]) -> bool:
        """Whether an argument may fill a slot: one that hangs from a noun only if that noun is taught with it.

        Direction is an exception: "exportiert Kohle nach Indien" is as good as "exportiert nach Indien".
        """
        if argument.via is None or argument.via in anchors:
            return True
        direct = any(a.head == argument.via and a.role == "object" for a in clause.arguments)
        return direct and not frame.beside and argument.role in self.directions

    def _with_silent_owner(
        self, sentence: ParsedSentence, clause: Clause, frame: Frame, subjects: list[Argument], objects: list[Argument]
    ) -> tuple[list[Argument], list[Argument]]:
        """Both sides, the owner that nobody names filled in; the country in "US-Rivale" is none."""
        sides = []
        for role, found in ((frame.subject_role, subjects), (frame.object_role, objects)):
            named = [
                a
                for a in found
                if not (role == "of" and a.head == clause.head and self.fillers.country_in(sentence.tree, a.head))
                and not self._unknown_owner(sentence.tree, a)
            ]
            sides.append(named or (self._silent_owner(sentence, clause) if role == "of" else []))
        return sides[0], sides[1]

    def _unknown_owner(self, tree: Tree, argument: Argument) -> bool:
        """Whether an owner is a "sein" or "ihr" of which nobody knows whose it is: "Seinem Rivalen X hat Y …"."""
        possessive = tree[argument.head].relation == "det:poss"
        return possessive and (tree.sentence.index, argument.head) not in self.links

    def _rivals(self, frame: Frame) -> bool:
        """Whether a frame states a symmetric relation between organizations."""
        symmetric = self.ontology.properties[frame.property].symmetric and frame.subject_role != frame.object_role
        return symmetric and any(
            all(self.ontology.is_a(c, kind) for c in (frame.subject_class, frame.object_class))
            for kind in ("Organization", "Country")
        )

    def _silent_owner(self, sentence: ParsedSentence, clause: Clause) -> list[Argument]:
        """Whose rival or subsidiary is meant where nobody is named: the subject's.

        "Bayer gibt Teile an den Konkurrenten BASF ab": the rival is Bayer's.
        """
        verbs = {c.head: c for c in sentence.clauses if c.kind == "verb"}
        verb = next((verbs[i] for i in sentence.tree.ancestors(clause.head) if i in verbs), None)
        if verb is None:
            return []
        own = {clause.head, *(a.head for a in clause.arguments)}
        found = [a for a in verb.arguments if a.role == "subject" and a.via is None]
        if any(a.head in own for a in found):
            return []
        return [
            replace(a, role="of", certainty=a.certainty * _SILENT)
            for a in found
            if not self._authority(sentence, verb, a)
        ]

    def _authority(self, sentence: ParsedSentence, verb: Clause, argument: Argument) -> bool:
        """Whether an argument is a body that has no rivals: an authority or an international organization."""
        filler = self.fillers.find(sentence.tree, verb, argument, sentence.nouns)
        return filler is not None and self.entities[filler.iri].type in {"GovernmentBody", "InternationalOrganization"}

    def _in_role(self, tree: Tree, arguments: Sequence[Argument], role: str, own: int) -> list[Argument]:
        """The arguments in a role.

        Names show no case: where no direct object is an entity, an indirect one may be meant, and
        vice versa. A country in a compound is as good as its adjective: "US-Konzern".
        """
        found = [a for a in arguments if a.role == role]
        if role == "demonym":
            found += [a for a in arguments if a.role in STAND_INS[role] and self._of_country(tree, a, own)]
        elif role in STAND_INS and not any(self.fillers.named(tree, a.head) for a in found):
            either = {role, *STAND_INS[role]}
            found = [replace(a, certainty=a.certainty * SHARED) for a in arguments if a.role in either]
        return found

    def _of_country(self, tree: Tree, argument: Argument, own: int) -> bool:
        """Whether an owner is a country, in a compound or in the genitive: "Japans Autobauer Toyota"."""
        if argument.head == own:
            return self.fillers.country_in(tree, own)
        links = self.links.get((tree.sentence.index, argument.head), ())
        return argument.head < own and any(k.mention.whole and self.entities[k.iri].type == "Country" for k in links)

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
        return class_name is not None and class_name != "Person" and self.fillers.near(type_name, class_name)

    def _relate(
        self, sentence: ParsedSentence, clause: Clause, frame: Frame, pair: _Pair, anchors: frozenset[int]
    ) -> Iterator[Statement | Rejection]:
        tree, nouns = sentence.tree, sentence.nouns
        prop = self.ontology.properties[frame.property]
        subject = self.fillers.find(tree, clause, pair[0], nouns)
        through = prop.through.get(self.analysis.language, frozenset())
        target = self.fillers.find(tree, clause, pair[1], nouns, through=through) or self.fillers.branded(
            tree, pair[1], prop.range
        )
        if subject is None or target is None:
            return
        if prop.name == "basedIn" and clause.kind == "noun" and tree[pair[1].head].pos == "PRON":
            return  # "Moscow had seized its subsidiary": no place is meant
        if self._may_fill(target, prop.range, frame.object_class, prop):
            self.note(subject.iri, prop.domain, frame.subject_class, clause)
        if self._may_fill(subject, prop.domain, frame.subject_class, prop):
            self.note(target.iri, prop.range, frame.object_class, clause)
        subject, why = self.fillers.fitted(subject, prop.domain, frame.subject_class, "subject", prop)
        if not why:
            target, why = self.fillers.fitted(target, prop.range, frame.object_class, "object", prop)
        if not why and subject.iri == target.iri:
            why = "subject and object are the same"
        if why == OTHER_SENSE:
            return
        if not why and prop.name in _STATES and (adverb := former(tree, clause.head)):
            why = f"“{adverb}” says that it no longer holds"
        if not why and prop.name in _STAKES and clause.kind == "noun" and given_up(tree, clause.head):
            why = "it is told to have been sold"
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
        described = any(a.role == "bearer" and a.head == clause.head for a in pair)
        if described:
            # "der Wolfsburger Konzern will …": what the description says is not what is planned.
            clause = replace(
                clause, status=noun_own_status(tree, clause.head, WORDS[self.analysis.language]), source=None
            )
        if clause.kind == "noun" and prop.name == "leads" and self.entities[target.iri].type == "Country":
            self.posts.setdefault(subject.iri, set()).add(predicate_key(clause.predicate))
        made = self.statement(sentence, clause, prop, subject, target, certainty)
        yield qualified(made, Scope(tree, clause, anchors, frozenset({pair[0].head, pair[1].head})), self.sources)

    def _may_fill(self, filler: Filler, allowed: frozenset[str], slot: str, prop: Property) -> bool:
        """Whether one side of a relation is possible, so that the relation may tell what the other side is."""
        return filler.iri in self.unsure or not self.fillers.fitted(filler, allowed, slot, "side", prop)[1]

    def statement(
        self,
        sentence: ParsedSentence,
        clause: Clause,
        prop: Property,
        subject: Filler,
        target: Filler,
        certainty: float,
    ) -> Statement:
        """What a clause states of two entities, with the words that it stands on."""
        tree, article = sentence.tree, self.analysis.article
        confidence = calibrated(certainty * subject.certainty * target.certainty)
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

    def _source(self, sentence: ParsedSentence, clause: Clause) -> str | None:
        if clause.source is None:
            return None
        filler = self.fillers.find(sentence.tree, clause, Argument("source", clause.source), sentence.nouns)
        return filler.iri if filler is not None else None
