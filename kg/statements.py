"""Clauses + entities + frames → statements, with status, confidence and the words they stand on.

What domain, range or direction forbids becomes a :class:`~kg.records.Rejection` with its reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.analysis import LONGEST_SENTENCE
from kg.clauses import clauses
from kg.entities import resolve
from kg.events import read_events
from kg.fillers import ParsedSentence
from kg.frame_matching import FrameReader
from kg.frame_records import Frames
from kg.mentions import mentions
from kg.name_index import name_index
from kg.names import recognise
from kg.ontology import Gazetteer, Ontology
from kg.propositions import open_triples
from kg.qualifiers import completed
from kg.records import (
    PLAIN,
    Analysis,
    Entity,
    Extraction,
    Link,
    Mention,
    Rejection,
    Statement,
)
from kg.repair import repair
from kg.trees import tree_of


def extract(
    analysis: Analysis, frames: Frames, ontology: Ontology, gazetteer: Gazetteer, with_open: bool = False
) -> Extraction:
    """All that an article says, as statements between entities.

    Args:
        analysis: the parsed article.
        frames: of the article's language.
        ontology: properties with domain and range.
        gazetteer: the well-known names.
        with_open: add every fact in the words of its sentence, see :mod:`kg.propositions`.

    Returns:
        Entities sorted by IRI, statements and rejections in reading order.
    """
    index = name_index(gazetteer, analysis.language)
    named, spoken = prepared(analysis, ontology, gazetteer)
    parsed = [ParsedSentence(tree_of(s), clauses(s, analysis.language)) for s in named.sentences]
    resolution = resolve(named, spoken, index, ontology)
    reader = FrameReader(named, frames, ontology, gazetteer, resolution)
    found = [item for sentence in parsed for item in (*reader.read(sentence), *read_events(reader, sentence))]
    demanded = reader.demanded()
    if demanded:
        resolution = resolve(named, spoken, index, ontology, demanded)
        reader = FrameReader(named, frames, ontology, gazetteer, resolution)
        found = [item for sentence in parsed for item in (*reader.read(sentence), *read_events(reader, sentence))]
    links = resolution.links
    statements = [item for item in found if isinstance(item, Statement)]
    rejections = [item for item in found if isinstance(item, Rejection)]
    kept = _settled(statements, {name for name, prop in ontology.properties.items() if prop.symmetric})
    over = _over(kept)
    kept = [statement for statement in kept if statement not in over]
    facts = open_triples(named, [p.clauses for p in parsed], links, kept) if with_open else ()
    needed = _worth_a_node(kept, links, gazetteer)
    return Extraction(
        article=analysis.article,
        language=analysis.language,
        model=analysis.model,
        entities=tuple(sorted((e for i, e in reader.entities.items() if i in needed), key=lambda e: e.iri)),
        links=links,
        statements=tuple(kept),
        rejections=(
            *_overlong(analysis),
            *_final(rejections, kept),
            *(_dismissed(s, named, reader.entities) for s in over),
        ),
        open_triples=facts,
    )


def prepared(analysis: Analysis, ontology: Ontology, gazetteer: Gazetteer) -> tuple[Analysis, tuple[Mention, ...]]:
    """The analysis with its names and its trees put right, and its mentions: what clauses and entities are made of."""
    index = name_index(gazetteer, analysis.language)
    named = recognise(analysis, index, ontology)
    named = replace(named, sentences=tuple(repair(s, analysis.language) for s in named.sentences))
    return named, mentions(named, index, ontology)


def _overlong(analysis: Analysis) -> Iterator[Rejection]:
    """What stands in sentences too long to be read: whatever it is, nobody can say that it was looked at."""
    after = len(analysis.sentences)
    for start, end in analysis.overlong:
        index = next((s.index for s in analysis.sentences if s.start > end), after)
        yield Rejection(index, start, end, "any relation", f"more than {LONGEST_SENTENCE} words without a stop")


def _final(rejections: Sequence[Rejection], statements: Sequence[Statement]) -> Iterator[Rejection]:
    """Each rejection once, and none where another frame made the statement after all."""
    made = {(s.evidence.start, s.property) for s in statements}
    for rejection in dict.fromkeys(rejections):
        if (rejection.start, rejection.property) not in made:
            yield rejection


def _over(statements: Sequence[Statement]) -> list[Statement]:
    """The posts that their holders have lost by what the same sentence says: "has dismissed its chief, X"."""
    lost = {
        (s.object, s.subject, s.evidence.start) for s in statements if s.property == "dismisses" and s.status in PLAIN
    }
    posts = (s for s in statements if s.property in {"leads", "worksFor"} and s.status in PLAIN)
    return [s for s in posts if (s.subject, s.object, s.evidence.start) in lost]


def _dismissed(statement: Statement, analysis: Analysis, entities: Mapping[str, Entity]) -> Rejection:
    evidence = statement.evidence
    sentence = next(s.index for s in analysis.sentences if s.start == evidence.start)
    return Rejection(
        sentence=sentence,
        start=evidence.start,
        end=evidence.end,
        property=statement.property,
        reason="the same sentence tells of the dismissal",
        subject=entities[statement.subject].label,
        object=entities[statement.object].label,
    )


def _worth_a_node(statements: Sequence[Statement], links: Sequence[Link], gazetteer: Gazetteer) -> set[str]:
    """Entities that a statement needs, that are well known, or that are named twice.

    A name seen once and never said anything of is as often a slip of the recogniser as a name.
    """
    counts = Counter(link.iri for link in links if link.mention.kind in {"name", "compound"})
    found = {iri for iri, count in counts.items() if count > 1 or iri in gazetteer.entries}
    for statement in statements:
        found |= {statement.subject, statement.object, *([statement.attributed_to] if statement.attributed_to else [])}
        found |= {*statement.about, *(q.entity for q in statement.qualifiers if q.entity is not None)}
    return found


def _settled(statements: Sequence[Statement], symmetric: Collection[str]) -> list[Statement]:
    """One statement per sentence and triple; where a sentence both claims and qualifies it, it is qualified.

    The two directions of a symmetric property are one triple.
    """
    best: dict[tuple[int, str, str, str], Statement] = {}
    for statement in statements:
        ends = (statement.subject, statement.object)
        first, second = sorted(ends) if statement.property in symmetric else ends
        key = (statement.evidence.start, first, statement.property, second)
        other = best.get(key)
        if other is None:
            best[key] = statement
        else:
            better, worse = (statement, other) if _rank(statement) > _rank(other) else (other, statement)
            best[key] = completed(better, worse)
    return sorted(best.values(), key=lambda s: (s.evidence.start, s.subject, s.property, s.object))


def _rank(statement: Statement) -> tuple[bool, float, str]:
    return statement.status not in PLAIN, statement.confidence, statement.id
