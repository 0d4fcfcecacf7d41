"""Precision and recall against gold files, with every miss and every wrong one beside its sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, Literal

from kg.errors import KgError
from kg.gold import GoldText, GoldTriple, read_gold
from kg.matching import Matcher, Triple, coreference, matcher
from kg.ontology import Gazetteer, Ontology
from kg.qualifier_scores import QualifierScore, compare, totals
from kg.records import PLAIN, STATUSES, Article, Extraction, QualifierKind, Statement, Status

FindingKind = Literal["trap", "wrong", "miss", "status", "unread", "qualifier", "reference", "failure"]
"""trap: asserted though a ``never`` row forbids it · wrong: plain, but not in the gold · miss: in
the gold, but not plain · status: found with another status · unread: a statement of another status
that was not found · qualifier: a time, a sum or the like that differs · reference: names that are
(not) one thing · failure: the text was not read."""

_SENTENCE_END: Final = re.compile(r"[.!?…][\"'“”»«)]*\s+(?=[A-ZÄÖÜ„“\"»«(])")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of plain triples, each counted once per text."""

    gold: int = 0
    predicted: int = 0
    correct: int = 0

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; None if nothing was found."""
        return self.correct / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """Share of the gold that was found; None if there is none."""
        return self.correct / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None if there is nothing to count."""
        return 2 * self.correct / (self.gold + self.predicted) if self.gold + self.predicted else None


@dataclass(frozen=True, slots=True)
class StatusScore:
    """Of the gold statements with one status: how many were found, how many with that status."""

    gold: int = 0
    found: int = 0
    right: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference between gold and graph."""

    kind: FindingKind
    text: str  # article id
    language: str
    subject: str
    property: str
    object: str
    status: str  # as the gold has it, or as it was read for what the gold lacks
    sentence: str
    reason: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How well a set of gold files was met."""

    texts: int
    total: Score
    by_property: Mapping[str, Score]
    by_language: Mapping[str, Score]
    statuses: Mapping[Status, StatusScore]
    qualifiers: Mapping[QualifierKind, QualifierScore]
    traps: int
    traps_asserted: int
    references: int  # pairs of names that are, or must not be, one thing
    references_right: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What one text adds to the counts."""

    language: str
    gold: tuple[str, ...]  # properties, one per plain gold statement
    predicted: tuple[str, ...]
    correct: tuple[str, ...]
    statuses: Mapping[Status, StatusScore]
    traps: int
    traps_asserted: int
    references: int
    findings: tuple[Finding, ...]
    qualifiers: Mapping[QualifierKind, QualifierScore] = field(default_factory=dict)


def score(
    paths: Iterable[Path | str],
    extract: Callable[[Article], Extraction],
    ontology: Ontology,
    gazetteer: Gazetteer,
    progress: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """Read the texts of gold files and compare what is found with what is to be found.

    Args:
        paths: gold files, and folders of them.
        extract: reads one article.
        ontology, gazetteer: which properties are symmetric, and which names a thing has.
        progress: called with the texts done and their number.

    Raises:
        GoldError: a gold file is missing or malformed.
    """
    texts = read_gold(paths, ontology)
    outcomes = []
    for number, gold in enumerate(texts, start=1):
        try:
            outcomes.append(_compare(matcher(gold, extract(gold.article), ontology, gazetteer)))
        except KgError as error:
            outcomes.append(_unread_text(gold, error))
        if progress:
            progress(number, len(texts))
    return _sum_up(outcomes)


def as_dict(evaluation: Evaluation) -> dict[str, Any]:
    """The evaluation as plain data for JSON, with the rates worked out."""

    def rates(counts: Score) -> dict[str, Any]:
        return {**asdict(counts), "precision": counts.precision, "recall": counts.recall, "f1": counts.f1}

    return {
        **asdict(evaluation),
        "total": rates(evaluation.total),
        "by_property": {name: rates(counts) for name, counts in evaluation.by_property.items()},
        "by_language": {name: rates(counts) for name, counts in evaluation.by_language.items()},
    }


def _compare(found: Matcher) -> _Outcome:
    """Match each plain gold statement with one plain triple, and tell why the rest differs."""
    gold, article = found.gold, found.gold.article
    read = _by_triple(found)
    plain = {triple for triple, made in read.items() if any(s.status in PLAIN for s in made)}
    taken: dict[Triple, GoldTriple] = {}
    findings: list[Finding] = []
    wanted = _distinct(found, [row for row in gold.statements if row.status in PLAIN])
    for row in wanted:
        hit = next((t for t in sorted(plain) if t not in taken and found.matches(row, t)), None)
        if hit is not None:
            taken[hit] = row
        else:
            findings.append(_finding("miss", found, row, _why_missed(found, row, read)))
    wrong = [t for t in sorted(plain) if t not in taken and not any(found.matches(o, t) for o in gold.optional)]
    wrong.sort(key=lambda triple: min(s.evidence.start for s in read[triple]))
    traps = [row for row in gold.never if any(found.matches(row, t) for t in plain)]
    for triple in wrong:
        is_trap = any(found.matches(row, triple) for row in gold.never)
        reason = _why_wrong(found, triple)
        findings.append(_wrong("trap" if is_trap else "wrong", found, read[triple], reason))
    statuses, differences = _statuses(found, read)
    qualifiers, others = compare(found)
    differences += [replace(_finding("qualifier", found, r, why), sentence=s.evidence.quote) for r, s, why in others]
    pairs, apart = coreference(found)
    for one, other, reason in apart:
        findings.append(
            Finding(
                "reference", article.id, found.extraction.language, one, "=", other, "", _near(found, other), reason
            )
        )
    return _Outcome(
        language=found.extraction.language,
        gold=tuple(row.property for row in wanted),
        predicted=tuple(triple[1] for triple in (*taken, *wrong)),
        correct=tuple(triple[1] for triple in taken),
        statuses=statuses,
        traps=len(gold.never),
        traps_asserted=len(traps),
        references=pairs,
        findings=(*findings, *differences),
        qualifiers=qualifiers,
    )


def _by_triple(found: Matcher) -> dict[Triple, list[Statement]]:
    """Statements by what they say, of judged properties; the two directions of a symmetric one are one."""
    read: dict[Triple, list[Statement]] = {}
    for statement in found.extraction.statements:
        ends = (statement.subject, statement.object)
        first, second = sorted(ends) if found.is_symmetric(statement.property) else ends
        if found.judges(statement.property):
            read.setdefault((first, statement.property, second), []).append(statement)
    return read


def _distinct(found: Matcher, rows: Iterable[GoldTriple]) -> list[GoldTriple]:
    """Gold rows that do not merely repeat each other in other names or directions."""
    kept: dict[tuple[object, ...], GoldTriple] = {}
    for row in rows:
        ends = [min(found.keys(row.subject)), min(found.keys(row.object))]
        if found.is_symmetric(row.property):
            ends.sort()
        kept.setdefault((row.property, row.status in PLAIN, *ends), row)
    return list(kept.values())


def _statuses(
    found: Matcher, read: Mapping[Triple, list[Statement]]
) -> tuple[dict[Status, StatusScore], list[Finding]]:
    """Compare the statuses of the gold statements with those of the statements that match them."""
    scores: dict[Status, StatusScore] = {}
    findings = []
    for row in found.gold.statements:
        if row.status is None:
            continue
        given = {s.status for triple, made in read.items() if found.matches(row, triple) for s in made}
        right = row.status in given
        old = scores.get(row.status, StatusScore())
        scores[row.status] = StatusScore(old.gold + 1, old.found + bool(given), old.right + right)
        if given and not right and not (row.status in PLAIN and given.isdisjoint(PLAIN)):
            findings.append(_finding("status", found, row, f"read as {_listed(given)}"))
        elif not given and row.status not in PLAIN:
            findings.append(_finding("unread", found, row, _why_missed(found, row, read)))
    return scores, findings


def _why_missed(found: Matcher, row: GoldTriple, read: Mapping[Triple, list[Statement]]) -> str:
    """The nearest thing to the gold statement that the reading holds."""
    given = {s.status for triple, made in read.items() if found.matches(row, triple) for s in made}
    if given:
        return f"read as {_listed(given)}"
    subjects, objects = found.named(row.subject), found.named(row.object)
    missing = [name for name, iris in ((row.subject, subjects), (row.object, objects)) if not iris]
    if missing:
        return f"no mention of {' nor of '.join(missing)} was found"
    for rejection in found.extraction.rejections:
        ends = (rejection.subject, rejection.object)
        if rejection.property == row.property and ends[0] in subjects | {None} and ends[1] in objects | {None}:
            return f"rejected: {rejection.reason}"
    if any(t[1] == row.property and t[0] in objects and t[2] in subjects for t in read):
        return "read the wrong way round"
    others = {t[1] for t in read if {t[0], t[2]} & subjects and {t[0], t[2]} & objects}
    if others:
        return f"read as {_listed(others)}"
    return "no frame matched"


def _why_wrong(found: Matcher, triple: Triple) -> str:
    """What the gold has in the place of a triple that is not in it."""
    subject, name, object_ = triple
    if any(found.matches(row, triple) for row in found.gold.never):
        return "must not be drawn from this text"
    for row in found.gold.statements:
        if found.matches(row, triple):
            if row.status not in PLAIN:
                return f"the gold says {row.status}"
            return "two entities where the gold has one thing"
    for row in found.gold.statements:
        if row.property == name and found.connects(row, object_, subject):
            return "the wrong way round"
    between = {r.property for r in found.gold.statements if found.connects(r, subject, object_)}
    return f"the gold has {_listed(between)} between them" if between else "not in the gold"


def _finding(kind: FindingKind, found: Matcher, row: GoldTriple, reason: str) -> Finding:
    return Finding(
        kind=kind,
        text=found.gold.article.id,
        language=found.extraction.language,
        subject=row.subject,
        property=row.property,
        object=row.object,
        status=row.status or "",
        sentence=_near(found, row.subject, row.object),
        reason=reason,
    )


def _wrong(kind: FindingKind, found: Matcher, made: list[Statement], reason: str) -> Finding:
    labels = {entity.iri: entity.label for entity in found.extraction.entities}
    first = min((s for s in made if s.status in PLAIN), key=lambda s: s.evidence.start)
    return Finding(
        kind=kind,
        text=found.gold.article.id,
        language=found.extraction.language,
        subject=labels.get(first.subject, first.subject),
        property=first.property,
        object=labels.get(first.object, first.object),
        status=first.status,
        sentence=first.evidence.quote,
        reason=reason,
    )


def _near(found: Matcher, *names: str) -> str:
    """The first sentence that mentions all of the names, else the first with the last of them."""
    places: dict[int, list[set[int]]] = {}
    for number, name in enumerate(names):
        iris = found.named(name) | found.referents(name)
        for link in found.extraction.links:
            if link.iri in iris:
                sentence = places.setdefault(link.mention.sentence, [set() for _ in names])
                sentence[number].add(link.mention.start)
    together = [hits for _, hits in sorted(places.items()) if all(hits)]
    alone = [hits for _, hits in sorted(places.items()) if hits[-1]]
    for hits in (*together, *alone):
        return sentence_at(found.gold.article, min(hits[-1]))
    return ""


def sentence_at(article: Article, offset: int) -> str:
    """The sentence around a character, cut at full stops before a capital: good enough to read."""
    block = next((b for b in article.blocks if b.start <= offset < b.end), None)
    start, end = (block.start, block.end) if block else (0, len(article.text))
    cuts = [start, *(match.end() for match in _SENTENCE_END.finditer(article.text, start, end)), end]
    for left, right in pairwise(cuts):
        if left <= offset < right:
            return article.text[left:right].strip()
    return ""


def _unread_text(gold: GoldText, error: KgError) -> _Outcome:
    rows = [row for row in gold.statements if row.status in PLAIN]
    language = gold.article.language or "?"
    statuses = Counter(row.status for row in gold.statements if row.status)
    return _Outcome(
        language=language,
        gold=tuple(row.property for row in rows),
        predicted=(),
        correct=(),
        statuses={status: StatusScore(gold=number) for status, number in statuses.items()},
        traps=len(gold.never),
        traps_asserted=0,
        references=0,
        findings=(Finding("failure", gold.article.id, language, "", "", "", "", "", str(error)),),
    )


def _sum_up(outcomes: list[_Outcome]) -> Evaluation:
    order: tuple[FindingKind, ...] = ("failure", "trap", "wrong", "miss", "status", "unread", "qualifier", "reference")
    findings = [finding for outcome in outcomes for finding in outcome.findings]
    references = sum(outcome.references for outcome in outcomes)
    return Evaluation(
        texts=len(outcomes),
        total=_totals(outcomes, lambda language, name: "all").get("all", Score()),
        by_property=_totals(outcomes, lambda language, name: name),
        by_language=_totals(outcomes, lambda language, name: language),
        statuses=dict(_status_totals(outcomes)),
        qualifiers=totals(outcome.qualifiers for outcome in outcomes),
        traps=sum(outcome.traps for outcome in outcomes),
        traps_asserted=sum(outcome.traps_asserted for outcome in outcomes),
        references=references,
        references_right=references - sum(finding.kind == "reference" for finding in findings),
        findings=tuple(sorted(findings, key=lambda finding: order.index(finding.kind))),
    )


def _totals(outcomes: list[_Outcome], group: Callable[[str, str], str]) -> dict[str, Score]:
    totals: dict[str, Score] = {}
    for outcome in outcomes:
        for side in ("gold", "predicted", "correct"):
            for name in getattr(outcome, side):
                key = group(outcome.language, name)
                old = totals.setdefault(key, Score())
                totals[key] = replace(old, **{side: getattr(old, side) + 1})
    return dict(sorted(totals.items()))


def _status_totals(outcomes: list[_Outcome]) -> Iterator[tuple[Status, StatusScore]]:
    for status in STATUSES:
        parts = [outcome.statuses[status] for outcome in outcomes if status in outcome.statuses]
        if parts:
            yield (
                status,
                StatusScore(sum(p.gold for p in parts), sum(p.found for p in parts), sum(p.right for p in parts)),
            )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
