"""The frozen records that travel through the floors: no behaviour, no spaCy, no RDF.

All offsets are characters in ``Article.text``, end exclusive. All indices count from 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

BlockKind = Literal["title", "heading", "paragraph", "repeat", "aside"]
"""``repeat`` marks a headline that stands twice, ``aside`` what belongs to the page and not to the report (captions,
credits, notices): both are stored, but not read."""
UNREAD: Final[frozenset[BlockKind]] = frozenset({"repeat", "aside"})

Status = Literal[
    "asserted", "reported", "alleged", "planned", "possible", "requested", "negated", "conditional", "question"
]
STATUSES: Final[tuple[Status, ...]] = (
    "asserted",
    "reported",
    "alleged",
    "planned",
    "possible",
    "requested",
    "negated",
    "conditional",
    "question",
)
PLAIN: Final[frozenset[Status]] = frozenset({"asserted", "reported"})
"""Statuses whose statements become plain triples."""

MentionKind = Literal["name", "demonym", "compound", "description", "pronoun"]
ClauseKind = Literal["verb", "noun", "adjective"]
ClauseType = Literal["SV", "SVA", "SVC", "SVO", "SVOO", "SVOA", "SVOC"]
"""Subject, verb, then objects (O), complements (C) and adverbials that the verb cannot do without (A).

After Quirk et al., A Comprehensive Grammar of the English Language (1985), chapter 10.
"""
QualifierKind = Literal["time", "amount", "share", "count", "role", "topic", "place"]
QUALIFIERS: Final[tuple[QualifierKind, ...]] = ("time", "amount", "share", "count", "role", "topic", "place")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of an article: its title, a sub-heading or a paragraph."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """A text as it was read, with what is known about it.

    ``text`` holds everything that is read, the title included; ``blocks`` tell the parts apart.
    """

    id: str
    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    date: str | None = None  # ISO 8601 date of publication
    url: str | None = None
    language: str | None = None  # ISO 639-1
    source: str | None = None  # path, or path:line, for messages
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None  # of the newspaper or site


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a parsed sentence, in Universal Dependencies terms whatever the pipeline spoke."""

    index: int  # within the sentence
    start: int
    end: int
    text: str
    lemma: str
    pos: str  # UPOS
    feats: str  # UD FEATS, "" if none
    head: int  # index within the sentence; the root is its own head
    relation: str  # UD relation, with subtype


@dataclass(frozen=True, slots=True)
class NamedSpan:
    """A name as the pipeline's entity recogniser marked it, label harmonised.

    Labels: PER, ORG, LOC, MISC; ``derived`` for "russischen", ``part`` for "US-Regierung".
    """

    start: int
    end: int
    label: str
    form: Literal["whole", "derived", "part"] = "whole"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A parsed sentence."""

    index: int  # within the article
    start: int
    end: int
    block: BlockKind
    tokens: tuple[Token, ...]
    names: tuple[NamedSpan, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the language pipeline found in an article."""

    article: Article
    language: str
    model: str  # name and version of the pipeline
    sentences: tuple[Sentence, ...]
    overlong: tuple[tuple[int, int], ...] = ()  # where sentences stand that are too long to be read


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text that speaks of an entity.

    ``whole`` tells whether the mention stands for the noun phrase of its head token ("MTS",
    "das Unternehmen", "die US-Regierung") or only modifies it ("russischen" in "russischen
    Betreiber", "Huawei" in "Huawei-Chef").
    """

    sentence: int
    start: int
    end: int
    text: str
    kind: MentionKind
    type: str  # local name of an ontology class, "Agent" or "Thing" where unknown
    head: int  # token index within the sentence
    whole: bool = True
    several: bool = False  # speaks of two things at once ("beide Unternehmen"), each with a link of its own


@dataclass(frozen=True, slots=True)
class Link:
    """A mention tied to an entity, with the reason and how sure it is (0 to 1)."""

    mention: Mention
    iri: str
    reason: str
    certainty: float


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that is spoken of: one node of the graph."""

    iri: str
    label: str
    type: str  # local name of an ontology class
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()  # IRIs elsewhere


@dataclass(frozen=True, slots=True)
class Decisions:
    """What users have decided of names beyond the gazetteer, each with the place that says so ("aliases.csv:3").

    ``forced`` holds names that were made those of a certain thing, ``apart`` pairs of names that are never one thing;
    where both would get the same IRI, the first gives way.
    """

    forced: Mapping[str, str] = field(default_factory=dict)
    apart: Mapping[tuple[str, str], str] = field(default_factory=dict)


UNDECIDED: Final = Decisions()


@dataclass(frozen=True, slots=True)
class StoredMention:
    """A mention as the store keeps it, with what it was tied to and why."""

    article: str  # article id
    iri: str
    start: int
    end: int
    text: str
    kind: MentionKind
    reason: str
    certainty: float


@dataclass(frozen=True, slots=True)
class Argument:
    """A participant of a clause.

    Roles of verb clauses (voice undone): ``subject``, ``object``, ``indirect``, ``complement``,
    ``oblique:<preposition>``. Of adjective clauses: ``bearer``. Roles of noun clauses: ``bearer`` (who
    it is said of), ``of`` (genitive, "von", possessive, compound or demonym: "Huawei-Chef", "russischer Präsident"),
    ``oblique:<preposition>``.
    """

    role: str
    head: int  # token index of its head
    certainty: float = 1.0  # below 1 where it was reached through coordination, control or raising
    via: int | None = None  # the noun it hangs from, where that is an argument itself
    member: int | None = None  # which of the things that its token speaks of at once


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate with its participants, voice undone, and how it is claimed."""

    sentence: int
    kind: ClauseKind
    predicate: str  # lemma; separable verbs rejoined: "zusammenarbeiten"
    head: int  # token index of the predicate
    words: tuple[int, ...]  # token indices of the predicate with auxiliaries and particles, in order
    arguments: tuple[Argument, ...]
    status: Status = "asserted"
    source: int | None = None  # token index of the head of who says it
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """The very words a statement stands on."""

    article: str  # article id
    start: int  # of the sentence
    end: int
    quote: str
    subject: tuple[int, int]
    predicate: tuple[tuple[int, int], ...]  # one span per run of words
    object: tuple[int, int]
    reasons: tuple[str, ...] = ()  # why subject and object are these entities


@dataclass(frozen=True, slots=True)
class Qualifier:
    """What a sentence adds to a relation: when, for how much, how large a part, how many, as what, on what, where.

    ``value`` is the sum in whole units of the currency ``unit`` (ISO 4217), the share as a fraction of 1, or the
    number of what ``unit`` counts, in the words of the text. A ``time`` carries only the words that
    `Statement.event_time` was read from.
    """

    kind: QualifierKind
    text: str
    start: int
    end: int
    value: float | None = None
    unit: str | None = None
    entity: str | None = None  # IRI of a place or a topic that is an entity


@dataclass(frozen=True, slots=True)
class Statement:
    """A relation between two entities as one sentence gives it."""

    id: str
    subject: str  # entity IRI
    property: str  # local name of an ontology property
    object: str  # entity IRI
    status: Status
    confidence: float  # 0 to 1
    evidence: Evidence
    attributed_to: str | None = None  # entity IRI of who says so
    about: tuple[str, ...] = ()  # entity IRIs the statement is about besides
    event_time: str | None = None  # EDTF level 1 (ISO 8601-2), as precise as the text; see `kg.dates`
    qualifiers: tuple[Qualifier, ...] = ()  # in the order of `QUALIFIERS`, then of the text


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a sentence as they are read: "wurde übernommen von"."""

    text: str
    words: tuple[int, ...]  # token indices within the sentence, in the order of the text
    spans: tuple[tuple[int, int], ...] = ()  # where they stand in the article, one for each run of words


@dataclass(frozen=True, slots=True)
class OpenTriple:
    """One fact in the words of its sentence: nothing lemmatised, no pronoun resolved, no ontology needed."""

    sentence: int  # within the article
    start: int  # of the sentence
    end: int
    subject: Phrase
    relation: Phrase
    object: Phrase
    clause_type: ClauseType
    status: Status
    confidence: float  # 0 to 1
    subject_entity: str | None = None  # IRI, where the words stand for an entity, pronouns resolved
    object_entity: str | None = None
    source: str | None = None  # the words that name who says it
    property: str | None = None  # local name of the ontology property that the same words gave a statement of


@dataclass(frozen=True, slots=True)
class StoredOpenTriple:
    """An open triple as the store keeps it: its ends are entities, or nodes of the phrases themselves."""

    article: str  # article id
    subject: str  # IRI
    relation: str  # the relation phrase
    object: str  # IRI
    subject_text: str
    object_text: str
    status: Status
    confidence: float
    quote: str  # the sentence
    marks: tuple[tuple[int, int, Literal["subject", "predicate", "object"]], ...]  # within the quote, sorted
    property: str | None = None  # local name of an ontology property that says the same
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """A relation that was seen but not made, with the reason: never a silent drop."""

    sentence: int
    start: int
    end: int
    property: str
    reason: str
    subject: str | None = None
    object: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be read, as a store notes it for later."""

    source: str  # path, path:line, or "article ID"
    problem: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A statement as people read it: labels instead of IRIs, the words marked in their sentence."""

    subject: str
    property: str
    object: str
    status: Status
    confidence: float
    quote: str
    marks: tuple[tuple[int, int, Literal["subject", "predicate", "object"]], ...]  # within quote, sorted
    article_id: str
    article_title: str | None
    date: str | None
    url: str | None
    attributed_to: str | None
    reasons: tuple[str, ...] = ()
    event_time: str | None = None  # EDTF
    qualifiers: tuple[tuple[QualifierKind, str], ...] = ()  # each as it reads, labels instead of IRIs
    publisher: str | None = None
    sources: int | None = None  # independent ones of the same relation and status; asserted and reported are as one
    reprint_of: str | None = None  # id of the article that this one is a print of


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that an article gives: what the store writes in one piece."""

    article: Article
    language: str
    model: str
    entities: tuple[Entity, ...]
    links: tuple[Link, ...]
    statements: tuple[Statement, ...]
    rejections: tuple[Rejection, ...]
    open_triples: tuple[OpenTriple, ...] = ()  # only where they were asked for
