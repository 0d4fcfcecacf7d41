"""Events: what happens to one company, read with frames of one slot.

"Siemens streicht 500 Stellen" gives an entity for the lay-offs, one for all articles that tell of
them, and a statement that leads from Siemens to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.clause_scope import Scope
from kg.fillers import OTHER_SENSE, Filler, ParsedSentence
from kg.frame_matching import FrameReader
from kg.frame_records import Frame
from kg.frame_words import noun_matches
from kg.modality import auxiliaries, full_lemma
from kg.modality_words import WORDS
from kg.name_index import class_of_noun
from kg.namespaces import event_iri
from kg.nominals import noun_lemma, predicate_key
from kg.noun_modality import noun_own_status
from kg.participants import Participant, participants
from kg.qualifiers import qualified
from kg.records import PLAIN, Clause, Entity, Rejection, Statement, Status
from kg.trees import Tree, base, feature

_FRAME: Final = {"verb": 0.95, "noun": 0.93, "adjective": 0.93}  # as for relations
_ONE: Final = frozenset("ein eine einen einem einer eines 1 a an one".split())
_OVER: Final = frozenset(
    "beenden enden auslaufen abbrechen erlöschen ende abbruch aus beendet abgebrochen früher ehemalig damalig einstig "
    "vormalig end terminate expire cease past former previous late".split()
)
"""Words that end a state and so deny that it holds; of an event they say that it has happened."""
_SWAPPED: Final = {"object": "indirect", "indirect": "object"}


def read_events(reader: FrameReader, sentence: ParsedSentence) -> Iterator[Statement | Rejection]:
    """The events that the clauses of a sentence tell of.

    Args:
        reader: of the article; it learns the entities of the events.
        sentence: one of its sentences.
    """
    for clause in sentence.clauses:
        for frame in (variant for known in _candidates(reader, clause) for variant in _variants(reader, known)):
            anchors = _anchors(reader, sentence, clause, frame)
            if anchors is not None:
                for participant in _participants(reader, sentence, clause, frame, anchors):
                    yield from _relate(reader, sentence, clause, frame, participant, anchors)


def _candidates(reader: FrameReader, clause: Clause) -> Iterator[Frame]:
    """The frames of a predicate; of a compound, those of its last part where the class agrees: "Pilotenstreik".

    The particle of an English verb may be a part of the verb here and a word of its own in the example.
    """
    lemma = predicate_key(clause.predicate) if clause.kind == "noun" else clause.predicate.lower()
    table = reader.frames.events
    exact = table.get((clause.kind, lemma), ())
    yield from exact
    verb, _, particle = lemma.partition(" ")
    if clause.kind == "verb" and particle:
        yield from (f for f in table.get(("verb", verb), ()) if ("word", particle) in f.beside)
    if clause.kind == "noun" and not exact:
        endings = [p for kind, p in table if kind == "noun" and len(p) >= 4 and lemma.endswith(p)]
        for frame in table.get(("noun", max(endings, key=len, default="-")), ()):
            if _class_of(reader, clause.predicate) == frame.event:
                yield frame


def _variants(reader: FrameReader, frame: Frame) -> Iterator[Frame]:
    """A frame, and with its fixed object as subject: a thing does nothing, whatever the parser took it for.

    "Stellen streicht auch Bosch", "Insolvenzverfahren über X eröffnet".
    """
    yield frame
    objects = [wanted for role, wanted in frame.beside if role == "object"]
    if frame.kind != "verb" or len(objects) != 1 or objects[0] == "*" or _class_of(reader, objects[0]) == "Person":
        return
    swapped = {"object": "subject", "subject": "object"}
    if all(role != "subject" for role, _ in frame.beside):
        beside = tuple((swapped.get(role, role), wanted) for role, wanted in frame.beside)
        yield replace(frame, beside=beside, subject_role=swapped.get(frame.subject_role, frame.subject_role))


def _class_of(reader: FrameReader, noun: str) -> str | None:
    return class_of_noun(noun, reader.ontology.nouns(reader.analysis.language))


def _anchors(reader: FrameReader, sentence: ParsedSentence, clause: Clause, frame: Frame) -> list[int] | None:
    """The tokens that fill a frame's fixed words, in its order, or None where one is missing."""
    tree = sentence.tree
    found = participants(tree, clause, sentence.nouns)
    phrase = tree.subtree(clause.head) if any(role == "word" for role, _ in frame.beside) else ()
    anchors: list[int] = []
    for role, wanted in frame.beside:
        if role == "word":
            places = [i for i in phrase if wanted in {tree[i].lemma.lower(), tree[i].text.lower()}]
        else:
            heads = (p.argument.head for p in found if p.role in {role, _SWAPPED.get(role)})
            places = [i for i in heads if i not in anchors and _is_noun(reader, tree, i, wanted, frame)]
        if not places:
            return None
        anchors.append(places[0])
    return anchors


def _is_noun(reader: FrameReader, tree: Tree, index: int, wanted: str, frame: Frame) -> bool:
    """Whether a token is the noun that an event's frame asks for; people, where there are several.

    Compounds count only where both are nouns of the event's class or for people: a "Warnstreik" is a
    "Streik" and a "Bankmitarbeiter" a "Mitarbeiter", but a "Haltestelle" is no "Stelle".
    """
    if wanted == "*":
        return True
    if wanted.startswith("["):
        language = reader.analysis.language
        return _several(tree, index) and noun_matches(tree, index, wanted, reader.ontology, language)
    lemma = noun_lemma(tree, index)
    lower = predicate_key(lemma)
    kind = _class_of(reader, lemma)
    if kind == "Person" and not _several(tree, index):
        return False
    if lower == wanted or tree[index].text.lower() == wanted:
        return True
    return kind in {frame.event, "Person"} and lower.endswith(wanted)


def _several(tree: Tree, noun: int) -> bool:
    """Whether a noun speaks of more than one: "entlässt Mitarbeiter", but not "entlässt einen Mitarbeiter"."""
    counted = [t.text.lower() for t in tree.by_relation(noun, "det", "nummod")]
    if any(word in _ONE for word in counted):
        return False
    return feature(tree[noun], "Number") == "Plur" or any(True for _ in tree.by_relation(noun, "nummod"))


def _participants(
    reader: FrameReader, sentence: ParsedSentence, clause: Clause, frame: Frame, anchors: list[int]
) -> Iterator[Participant]:
    """Who fills the slot: whoever has its role, and hangs from nothing that the example does not have too.

    Names show no case: where no direct object is an entity, an indirect one may be meant, and vice versa.
    """
    free = [
        p
        for p in participants(sentence.tree, clause, sentence.nouns)
        if (p.via is None or p.via in anchors) and (p.argument.head not in anchors or p.via == p.argument.head)
    ]
    straight = [p for p in free if p.role == frame.subject_role]
    if not any(reader.fillers.named(sentence.tree, p.argument.head) for p in straight):
        straight += [p for p in free if p.role == _SWAPPED.get(frame.subject_role)]
    yield from straight


def _relate(
    reader: FrameReader,
    sentence: ParsedSentence,
    clause: Clause,
    frame: Frame,
    participant: Participant,
    anchors: list[int],
) -> Iterator[Statement | Rejection]:
    tree = sentence.tree
    prop = reader.ontology.properties[frame.property]
    subject = reader.fillers.find(tree, participant.clause, participant.argument, sentence.nouns)
    if subject is None or _beside_the_point(reader, sentence, clause, frame, participant, subject):
        return
    reader.note(subject.iri, prop.domain, frame.subject_class, clause)
    subject, why = reader.fillers.fitted(subject, prop.domain, frame.subject_class, "subject", prop)
    if why == OTHER_SENSE:
        return
    label = reader.entities[subject.iri].label
    if why:
        place = tree.sentence
        yield Rejection(place.index, place.start, place.end, prop.name, why, label, None)
        return
    event = _event(reader, frame.event, subject)
    reader.entities.setdefault(event.iri, event)
    word = tree[anchors[0] if anchors else clause.head]
    target = Filler(event.iri, (word.start, word.end), 1.0, (f"what happens to {label}",))
    certainty = _FRAME[frame.kind] * clause.certainty * participant.argument.certainty
    status = _status(tree, clause, frame, reader.analysis.language)
    source = clause.source if status == clause.status else None
    claimed = replace(clause, status=status, source=source)
    made = reader.statement(sentence, claimed, prop, subject, target, certainty)
    scope = Scope(tree, claimed, frozenset(anchors), frozenset({participant.argument.head}))
    yield qualified(made, scope, reader.sources)


_DATELINE: Final = re.compile(r"\s*\([^()]{2,40}\)\s*[-–—]")  # "BERGKAMEN (dpa) – Das Modehaus …"
_LAWYERS: Final = ("kanzlei", "sozietät", "law firm")


def _beside_the_point(
    reader: FrameReader,
    sentence: ParsedSentence,
    clause: Clause,
    frame: Frame,
    participant: Participant,
    filler: Filler,
) -> bool:
    """Whether somebody is named in an event's words to whom it does not happen.

    A dateline; the firm of the lawyer; a name that says itself that it is another kind of thing
    ("Flugbegleitergewerkschaft Ufo"); an event against somebody else, as sports have ("EM-Pleite gegen Island").
    """
    tree = sentence.tree
    noun = tree[participant.argument.head].lemma.lower()
    if noun.endswith(_LAWYERS) or _DATELINE.match(reader.analysis.article.text, filler.span[1]):
        return True
    first = reader.entities[filler.iri].label.split()[0]
    kind = _class_of(reader, first)
    if (
        kind is not None
        and reader.ontology.is_a(kind, "Organization")
        and not reader.fillers.near(kind, frame.subject_class)
    ):
        return True
    against = (a for a in clause.arguments if a.role in {"oblique:gegen", "oblique:against"})
    return clause.kind == "noun" and any(
        a.role != frame.subject_role and reader.fillers.named(tree, a.head) for a in against
    )


def _event(reader: FrameReader, class_name: str, participant: Filler) -> Entity:
    """The entity of an event, named after its class and whom it happens to; in other languages too."""
    whom = reader.entities[participant.iri].label
    labels = reader.ontology.classes[class_name].labels
    names = {language: f"{label[:1].upper()}{label[1:]}: {whom}" for language, label in labels.items()}
    label = names.get(reader.analysis.language, f"{class_name}: {whom}")
    return Entity(event_iri(class_name, participant.iri), label, class_name, tuple(sorted({*names.values()} - {label})))


def _status(tree: Tree, clause: Clause, frame: Frame, language: str) -> Status:
    """How the event stands: by the clause and, where that is a plain statement, by the example.

    An example marked as asserted speaks of the event as known, whatever stands above its words.
    """
    status: Status = clause.status
    if frame.status == "asserted" and clause.kind == "noun":
        status = noun_own_status(tree, clause.head, WORDS[language])
    if (status == "negated" and _only_over(tree, clause)) or (status == "requested" and _had_to(tree, clause)):
        status = "asserted"
    if frame.status is None or frame.status == "asserted":
        return status
    if status in PLAIN:
        return frame.status
    return "possible" if status == frame.status == "negated" else status


def _only_over(tree: Tree, clause: Clause) -> bool:
    """Whether a noun's event is denied only because it is over: "das Ende des Streiks"."""
    if clause.kind != "noun":
        return False
    above = tree[clause.head].head
    words = {tree[above].lemma.lower(), full_lemma(tree, above)}
    words |= {t.lemma.lower() for t in tree.by_relation(clause.head, "amod")}
    words |= {t.text.lower() for t in tree.by_relation(above, "compound", "advmod") if base(t.relation) != "det"}
    return not words.isdisjoint(_OVER)


def _had_to(tree: Tree, clause: Clause) -> bool:
    """Whether what had to be done was done: "musste Insolvenz anmelden"."""
    return any(t.text.lower() in {"musste", "mussten"} for t in auxiliaries(tree, clause.head))
