"""Clauses to open triples: every fact of a sentence in its own words, one fact each.

A triple is minimal and complete in the sense of MinIE (Gashteovski et al., EMNLP 2017): coordinations are split,
auxiliaries, particles, negation and modality stay in the relation phrase, prepositions end it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg import german_agreement, german_borders, german_nominals, german_predicates
from kg.adverbials import Constituent, unlike
from kg.clauses import clauses as clauses_of
from kg.constituents import SurfaceClause, surface_clauses
from kg.entities import at_token
from kg.german_conjuncts import with_shared_subjects
from kg.nominals import SHARED, before_comma, name_beside, spread
from kg.noun_phrases import attributes, noun_phrase, phrase, preposition, temporal
from kg.noun_propositions import appositions, examples
from kg.records import Analysis, Clause, Link, OpenTriple, Phrase, Statement, Token
from kg.trees import Tree, base, rewritten, tree_of
from kg.verb_groups import infinitive
from kg.voice import is_passive

GERMAN_STEPS: Final = (
    *german_borders.STEPS,
    *german_predicates.STEPS,
    *german_nominals.STEPS,
    with_shared_subjects,
    *german_agreement.STEPS,
)
"""Trees put right for open triples, in the order the steps are taken."""

_ASKING: Final = frozenset("who whom which what whose was wer wen wem welche welcher welches".split())


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
    entities: dict[tuple[int, tuple[int, ...]], str | None] = {}  # of phrases that several triples share
    stated: dict[int, list[Statement]] = {}
    for statement in statements:
        stated.setdefault(statement.evidence.start, []).append(statement)
    found = []
    for sentence, spoken in zip(analysis.sentences, clauses, strict=True):
        tree = tree_of(sentence)
        said = stated.get(sentence.start, ())
        for triple in sentence_triples(analysis.article.text, tree, spoken, analysis.language):
            for one in (triple.subject, triple.object):
                if (sentence.index, one.words) not in entities:
                    entities[sentence.index, one.words] = _entity(tree, one, linked)
            ends = entities[sentence.index, triple.subject.words], entities[sentence.index, triple.object.words]
            prop = _property(tree, triple, ends, said)
            found.append(replace(triple, subject_entity=ends[0], object_entity=ends[1], property=prop))
    return tuple(found)


def sentence_triples(text: str, tree: Tree, clauses: Sequence[Clause], language: str) -> tuple[OpenTriple, ...]:
    """The open triples of a sentence, in the order of their predicates; each once.

    Args:
        text: of the article.
        tree: the sentence with names and tree put right.
        clauses: of the sentence.
        language: ``de`` or ``en``.
    """
    if language == "de" and (sentence := rewritten(tree.sentence, GERMAN_STEPS)) is not tree.sentence:
        tree, clauses = tree_of(sentence), clauses_of(sentence, language)
    found = surface_clauses(tree, clauses, language)
    by_head = {clause.head: clause for clause in found}
    triples = [t for clause in found for t in _of_clause(text, tree, clause, by_head, language)]
    triples += appositions(text, tree)
    triples += examples(text, tree)
    unique: dict[tuple[str, str, str], OpenTriple] = {}
    for triple in triples:
        key = (triple.subject.text, triple.relation.text, triple.object.text)
        if key not in unique or unique[key].confidence < triple.confidence:
            unique[key] = triple
    return tuple(unique.values())


_RIGHT: Final = {"de": 0.77, "en": 0.86}
"""Share of triples without any doubt that are right, on the held-out files of tests/open (190 and 170 such triples)."""
_LONG: Final = 5  # words; of 40 triples with a longer subject half were right there, of shorter ones 79 in 100
_OF_LONG: Final = 0.65


def _confidence(subject: tuple[int, ...], certainty: float, language: str) -> float:
    """The share of triples like this one that are right; what is doubtful weighs by its square root.

    On the held-out files triples of certainty 1, 0.9 and 0.81 were right in 79, 76 and 69 of 100.
    """
    long = _OF_LONG if len(subject) >= _LONG else 1.0
    return round(_RIGHT.get(language, min(_RIGHT.values())) * math.sqrt(certainty) * long, 3)


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


def _property(
    tree: Tree, triple: OpenTriple, ends: tuple[str | None, str | None], said: Sequence[Statement]
) -> str | None:
    """The ontology's property where a statement of the sentence stands between the same things by the same words."""
    if None in ends or not said:
        return None
    spans = [(tree[i].start, tree[i].end) for i in triple.relation.words]
    for statement in said:
        shared = any(start < e and s < end for start, end in statement.evidence.predicate for s, e in spans)
        if {statement.subject, statement.object} == set(ends) and shared:
            return statement.property
    return None


def _of_clause(
    text: str, tree: Tree, clause: SurfaceClause, by_head: Mapping[int, SurfaceClause], language: str
) -> Iterator[OpenTriple]:
    if _preposed(tree, clause.head):
        return
    chain = _chain(tree, clause, by_head)
    source = None if clause.source is None else phrase(text, tree, noun_phrase(tree, clause.source)).text
    for subject in (_resolved(tree, clause, s) for s in chain.subjects):
        doer = phrase(text, tree, subject.words)
        for words, part in _predications(tree, clause):
            if part.head == subject.head:
                continue
            group = sorted({*chain.words, *words})
            relation = (*group, *part.preposition)
            if tree[group[0]].text.lower() in {"to", "zu"} or not _sound(tree, subject.words, relation, part.words):
                continue
            yield OpenTriple(
                sentence=tree.sentence.index,
                start=tree.sentence.start,
                end=tree.sentence.end,
                subject=doer,
                relation=phrase(text, tree, relation),
                object=phrase(text, tree, part.words),
                clause_type=clause.type,
                status=clause.status,
                confidence=_confidence(subject.words, subject.certainty * part.certainty, language),
                source=source,
            )


def _preposed(tree: Tree, verb: int) -> bool:
    """Whether an infinitive of purpose stands before its verb, or below a passive, whose subject does not do it."""
    relation, above = base(tree[verb].relation), tree[verb].head
    purpose = relation == "advcl" and infinitive(tree, verb)
    return purpose and (verb < above or is_passive(tree, above))


def _resolved(tree: Tree, clause: SurfaceClause, part: Constituent) -> Constituent:
    """A subject with what its relative pronoun stands for: "a third of whom" of pupils is "a third of pupils"."""
    pronoun = next((i for i in part.words if tree[i].text.lower() in {"which", "whom"}), None)
    if pronoun is None or len(part.words) < 3 or part.words[-1] != pronoun:
        return part
    noun = tree[clause.head].head if base(tree[clause.head].relation) == "acl" else before_comma(tree, part.words[0])
    if noun is None or noun in part.words:
        return part
    return Constituent(part.head, (*part.words[:-1], *noun_phrase(tree, noun, short=True)), (), part.certainty)


def _sound(tree: Tree, subject: Sequence[int], relation: Sequence[int], other: Sequence[int]) -> bool:
    """Whether three phrases can be a fact: none within another, no pronoun that only asks."""
    apart = not (set(subject) & {*relation, *other}) and not (set(relation) & set(other))
    asks = any(_asks(tree[words[-1]]) or (len(words) > 1 and _opens(tree[words[0]])) for words in (subject, other))
    said = all(any(tree[i].pos not in _EMPTY for i in words) for words in (subject, other))
    return apart and not asks and said


_EMPTY: Final = frozenset(
    {"AUX", "ADP", "PART", "CCONJ", "SCONJ", "PUNCT"}
)  # "would make | is": left over by the parser


def _asks(token: Token) -> bool:
    """Whether a pronoun stands for something unknown, or for an antecedent that was not found."""
    return token.text.lower() in _ASKING or "PronType=Rel" in token.feats


def _opens(token: Token) -> bool:
    """Whether a phrase begins as a question or a relative clause does, which "whose roofs" may."""
    return _asks(token) and token.text.lower() != "whose"


def _predications(tree: Tree, clause: SurfaceClause) -> Iterator[tuple[tuple[int, ...], Constituent]]:
    """The words of each fact's relation without its preposition, and its object."""
    set_phrases = [p for p in clause.adverbials if german_predicates.supporting(tree, p.head)]
    verb = (*clause.verb, *(i for p in set_phrases for i in (*p.preposition, *p.words)))
    inside = tree.subtree(clause.head)
    behind = [part for part in clause.objects if part.head in inside and _nominal(tree, part)]
    receiver = [part.words for part in clause.indirect if clause.head < part.head and not part.preposition]
    for part in (*clause.objects, *clause.complements):
        if _wished(tree, clause.head, part) or _bare(tree, clause, part):
            continue
        if part in clause.complements or not _nominal(tree, part):
            told = [words for words in receiver if words[0] < part.words[0] and not _nominal(tree, part)]
            first = behind[0].words if behind else (told[0] if told else ())
            yield (*verb, *first), part
        else:
            yield verb, part
    held: Iterable[tuple[int, ...]] = [
        (*part.preposition, *part.words)
        for part in (*clause.objects, *clause.complements)
        if _nominal(tree, part) and (part.head in inside or part in clause.complements)
    ] or [()]
    for part in (*clause.indirect, *clause.adverbials):
        for words in held:
            if part not in set_phrases:
                yield (*verb, *words), part
            elif not words:
                yield clause.verb, part
    yield from _through_attributes(tree, clause, verb)


def _through_attributes(
    tree: Tree, clause: SurfaceClause, verb: tuple[int, ...]
) -> Iterator[tuple[tuple[int, ...], Constituent]]:
    """Facts that end in what hangs on an object, or in the place where an adverbial is: "in museums in | Leiden"."""
    for part in filter(lambda p: _nominal(tree, p), (*clause.objects, *clause.complements)):
        yield from (((*verb, *words), inner) for words, inner in _attributes(tree, part))
    for part in clause.adverbials:
        if part.head > clause.head and part.head not in tree.name_at:
            for words, inner in _attributes(tree, part):
                span = tree.name_at.get(inner.head)
                if span is not None and span.label == "LOC":
                    yield (*verb, *words), inner


_WISHING: Final = frozenset("want expect need prefer like love hate cause enable let make have".split())
"""English verbs whose object is the subject of the infinitive behind it, and nothing that is wanted itself."""


def _bare(tree: Tree, clause: SurfaceClause, part: Constituent) -> bool:
    """Whether a predicate says nothing without what follows it: "is headquartered in Berlin", "took place in May"."""
    single = len(part.words) == 1 and bool(clause.adverbials)
    participle = part.head == clause.head and tree[part.head].text.endswith("ed") and tree[part.head].pos == "ADJ"
    place = tree[clause.head].lemma == "take" and tree[part.head].text == "place"
    return single and (participle or place)


def _wished(tree: Tree, verb: int, part: Constituent) -> bool:
    """Whether an object is only the subject of an infinitive: "want the government to hold a referendum"."""
    under = [*tree.by_relation(verb, "xcomp"), *tree.by_relation(part.head, "acl")]
    below = [t for t in under if t.index > part.head and infinitive(tree, t.index)]
    return bool(below) and tree[verb].lemma.lower() in _WISHING and tree[verb].head != part.head


def _nominal(tree: Tree, part: Constituent) -> bool:
    """Whether a constituent is a phrase rather than a clause, which has a subject of its own."""
    return not any(t.index in part.words for t in tree.by_relation(part.head, "nsubj", "csubj", "expl"))


def _attributes(tree: Tree, part: Constituent) -> Iterator[tuple[tuple[int, ...], Constituent]]:
    """The prepositional attributes of an object, each as the end of the fact: "traf eine Vereinbarung mit | MTS"."""
    predicate = any(True for _ in tree.by_relation(part.head, "cop"))  # "is a better predictor than | talent"
    for token in attributes(tree, part.head):
        if not temporal(tree, token.index) and (predicate or not unlike(tree, token.index)):
            for member in spread(tree, token.index, "attribute"):
                before = preposition(tree, member.head)
                if any(tree[i].text.lower() in {"wie", "like"} for i in before):
                    continue  # "Figuren wie Donald"
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
