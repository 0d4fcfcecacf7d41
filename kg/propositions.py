"""Clauses to open triples: every fact of a sentence in its own words, one fact each.

A triple is minimal and complete in the sense of MinIE (Gashteovski et al., EMNLP 2017): coordinations are split,
auxiliaries, particles, negation and modality stay in the relation phrase, prepositions end it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.constituents import Constituent, SurfaceClause, surface_clauses
from kg.entities import at_token
from kg.nominals import SHARED, name_beside, spread
from kg.noun_phrases import attributes, noun_phrase, preposition, temporal
from kg.records import Analysis, Clause, Link, OpenTriple, Phrase, Statement
from kg.trees import Tree, base, tree_of
from kg.verb_groups import infinitive


@dataclass(frozen=True, slots=True)
class _Chain:
    """What stands before an infinitive: the subject of the verbs above and their words."""

    subjects: tuple[Constituent, ...]
    words: tuple[int, ...]


def open_triples(
    analysis: Analysis,
    clauses: Sequence[Sequence[Clause]],
    links: Sequence[Link] = (),
    statements: Sequence[Statement] = (),
) -> tuple[OpenTriple, ...]:
    """The open triples of an article, sentence by sentence.

    Args:
        analysis: the article with names and trees put right, see :func:`kg.statements.prepared`.
        clauses: of each of its sentences, see :func:`kg.clauses.clauses`.
        links: what its mentions stand for; names the entities that subjects and objects are.
        statements: of the article; a triple that says what one of them says gets its property.
    """
    linked = at_token(links)
    stated: dict[int, list[Statement]] = {}
    for statement in statements:
        stated.setdefault(statement.evidence.start, []).append(statement)
    found = []
    for sentence, spoken in zip(analysis.sentences, clauses, strict=True):
        tree = tree_of(sentence)
        said = stated.get(sentence.start, ())
        for triple in sentence_triples(analysis.article.text, tree, spoken, analysis.language):
            ends = (_entity(tree, triple.subject, linked), _entity(tree, triple.object, linked))
            full = replace(triple, subject_entity=ends[0], object_entity=ends[1])
            found.append(replace(full, property=_property(tree, full, said)))
    return tuple(found)


def sentence_triples(text: str, tree: Tree, clauses: Sequence[Clause], language: str) -> tuple[OpenTriple, ...]:
    """The open triples of a sentence, in the order of their predicates; each once.

    Args:
        text: of the article.
        tree: the sentence with names and tree put right.
        clauses: of the sentence.
        language: ``de`` or ``en``.
    """
    found = surface_clauses(tree, clauses, language)
    by_head = {clause.head: clause for clause in found}
    triples = [t for clause in found for t in _of_clause(text, tree, clause, by_head)]
    triples += _appositions(text, tree)
    unique: dict[tuple[str, str, str], OpenTriple] = {}
    for triple in triples:
        key = (triple.subject.text, triple.relation.text, triple.object.text)
        if key not in unique or unique[key].confidence < triple.confidence:
            unique[key] = triple
    return tuple(unique.values())


def _entity(tree: Tree, phrase: Phrase, linked: Mapping[tuple[int, int], tuple[Link, ...]]) -> str | None:
    """The entity that a phrase stands for: by its head, or by the name beside it."""
    inside = set(phrase.words)
    head = next((i for i in phrase.words if tree[i].head not in inside or tree[i].head == i), None)
    if head is None:
        return None
    beside = name_beside(tree, head)
    for place in (head, beside) if beside in inside else (head,):
        for link in linked.get((tree.sentence.index, place), ()) if place is not None else ():
            if link.mention.whole and not link.mention.several:
                return link.iri
    return None


def _property(tree: Tree, triple: OpenTriple, said: Sequence[Statement]) -> str | None:
    """The ontology's property where a statement of the sentence stands between the same things by the same words."""
    ends = {triple.subject_entity, triple.object_entity}
    spans = [(tree[i].start, tree[i].end) for i in triple.relation.words]
    for statement in said:
        shared = any(start < e and s < end for start, end in statement.evidence.predicate for s, e in spans)
        if None not in ends and {statement.subject, statement.object} == ends and shared:
            return statement.property
    return None


def _of_clause(
    text: str, tree: Tree, clause: SurfaceClause, by_head: Mapping[int, SurfaceClause]
) -> Iterator[OpenTriple]:
    chain = _chain(tree, clause, by_head)
    for subject in chain.subjects:
        for words, part in _predications(tree, clause):
            if part.head == subject.head:
                continue
            relation = (*sorted({*chain.words, *words}), *part.preposition)
            yield OpenTriple(
                sentence=tree.sentence.index,
                start=tree.sentence.start,
                end=tree.sentence.end,
                subject=phrase(text, tree, subject.words),
                relation=phrase(text, tree, relation),
                object=phrase(text, tree, part.words),
                clause_type=clause.type,
                status=clause.status,
                confidence=round(subject.certainty * part.certainty, 3),
                source=None if clause.source is None else phrase(text, tree, noun_phrase(tree, clause.source)).text,
            )


def _predications(tree: Tree, clause: SurfaceClause) -> Iterator[tuple[tuple[int, ...], Constituent]]:
    """The words of each fact's relation without its preposition, and its object."""
    for part in (*clause.objects, *clause.complements):
        with_object = clause.complements and clause.objects and part in clause.complements
        yield (*clause.verb, *(clause.objects[0].words if with_object else ())), part
    held: Iterable[tuple[int, ...]] = [
        (*part.preposition, *part.words) for part in (*clause.objects, *clause.complements) if _nominal(tree, part)
    ] or [()]
    for part in (*clause.indirect, *clause.adverbials):
        for words in held:
            yield (*clause.verb, *words), part
    for part in filter(lambda p: _nominal(tree, p), (*clause.objects, *clause.complements)):
        yield from (((*clause.verb, *words), inner) for words, inner in _attributes(tree, part))


def _nominal(tree: Tree, part: Constituent) -> bool:
    """Whether a constituent is a phrase rather than a clause."""
    return base(tree[part.head].relation) != "ccomp"


def _attributes(tree: Tree, part: Constituent) -> Iterator[tuple[tuple[int, ...], Constituent]]:
    """The prepositional attributes of an object, each as the end of the fact: "traf eine Vereinbarung mit | MTS"."""
    for token in attributes(tree, part.head):
        if not temporal(tree, token.index):
            for member in spread(tree, token.index, "attribute"):
                before = preposition(tree, member.head)
                words = noun_phrase(tree, member.head, short=True)
                certainty = part.certainty * member.certainty * SHARED
                yield (*part.preposition, *part.words), Constituent(member.head, words, before, certainty)


def _chain(tree: Tree, clause: SurfaceClause, by_head: Mapping[int, SurfaceClause], depth: int = 0) -> _Chain:
    """The subject of a clause and the words of the verbs that govern its infinitive: "plant … zu"."""
    above = by_head.get(_governor(tree, clause.head))
    if above is None or depth > 3 or above.attribute:
        return _Chain(clause.subjects, ())
    higher = _chain(tree, above, by_head, depth + 1)
    if not higher.subjects:
        return _Chain(clause.subjects, ())
    held = [
        i
        for part in (*above.indirect, *above.objects, *above.complements)
        if clause.head not in part.words
        for i in (*part.preposition, *part.words)
    ]
    return _Chain(higher.subjects, (*higher.words, *above.verb, *held))


def _governor(tree: Tree, verb: int) -> int:
    """The token index of the verb whose complement an infinitive is; -1 if it is none."""
    if not infinitive(tree, verb):
        return -1
    relation = base(tree[verb].relation)
    head = tree[verb].head
    if relation in {"xcomp", "ccomp", "advcl"}:
        return head
    if relation == "acl" and base(tree[head].relation) in {"obj", "nsubj"}:
        return tree[head].head if base(tree[head].relation) == "obj" else -1
    return _governor(tree, head) if relation == "conj" else -1


def _appositions(text: str, tree: Tree) -> Iterator[OpenTriple]:
    """What an apposition says by its own words: "Ren Zhengfei, Gründer von Huawei"."""
    for token in tree.tokens:
        if base(token.relation) != "appos" or token.pos != "NOUN":
            continue
        for attribute in tree.by_relation(token.index, "nmod"):
            before = preposition(tree, attribute.index)
            if before and attribute.index > token.index:
                inner = noun_phrase(tree, attribute.index)
                words = tuple(i for i in noun_phrase(tree, token.index) if i < before[0])
                yield OpenTriple(
                    sentence=tree.sentence.index,
                    start=tree.sentence.start,
                    end=tree.sentence.end,
                    subject=phrase(text, tree, noun_phrase(tree, token.head)),
                    relation=phrase(text, tree, (*words, *before)),
                    object=phrase(text, tree, inner),
                    clause_type="SVC",
                    status="asserted",
                    confidence=0.6,
                )


def phrase(text: str, tree: Tree, words: Iterable[int]) -> Phrase:
    """Words as they are read: side by side where they stand so in the text, with a space between where they do not."""
    places = tuple(words)
    parts: list[str] = []
    last: int | None = None
    for place in places:
        token = tree[place]
        if last is not None:
            parts.append(" " if place != last + 1 or tree[last].end < token.start else "")
        parts.append(token.text)
        last = place
    return Phrase("".join(parts), places, tree.chars(places))
