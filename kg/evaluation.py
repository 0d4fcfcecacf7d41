"""Precision and recall against gold files, with every miss and every wrong one beside its sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, Literal

from kg.errors import KgError
from kg.gold import GoldText, GoldTriple, read_gold
from kg.matching import Matcher, Triple, coreference, matcher
from kg.misses import CAUSES, Cause, Trace, why_missed
from kg.ontology import Gazetteer, Ontology
from kg.qualifier_scores import QualifierScore, compare, totals
from kg.records import PLAIN, STATUSES, Article, Extraction, QualifierKind, Statement, Status
from kg.scores import Bin, Judged, Score, StatusScore, by_threshold, calibration_error, reliability

FindingKind = Literal["trap", "wrong", "miss", "status", "unread", "qualifier", "reference", "failure"]
"""trap: asserted though a ``never`` row forbids it · wrong: plain, but not in the gold · miss: in
the gold, but not plain · status: found with another status · unread: a statement of another status
that was not found · qualifier: a time, a sum or the like that differs · reference: names that are
(not) one thing · failure: the text was not read."""

_SENTENCE_END: Final = re.compile(r"[.!?…][\"'“”»«)]*\s+(?=[A-ZÄÖÜ„“\"»«(])")


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
    cause: Cause | None = None  # of a miss


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How well a set of gold files was met."""

    texts: int
    total: Score
    by_property: Mapping[str, Score]
    by_language: Mapping[str, Score]
    statuses: Mapping[Status, StatusScore]
    reasons: Mapping[Cause, int]  # how many misses have each cause
    qualifiers: Mapping[QualifierKind, QualifierScore]
    traps: int
    traps_asserted: int
    references: int  # pairs of names that are, or must not be, one thing
    references_right: int
    reliability: tuple[Bin, ...]  # of the plain triples, by confidence
    calibration_error: float | None
    thresholds: Mapping[str, Score]  # what is left at a least confidence
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What one text adds to the counts."""

    language: str
    gold: tuple[str, ...]  # properties, one per plain gold statement
    predicted: tuple[str, ...]
    correct: tuple[str, ...]
    judged: tuple[Judged, ...]
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
    trace: Callable[[Article], Trace] | None = None,
) -> Evaluation:
    """Read the texts of gold files and compare what is found with what is to be found.

    Args:
        paths: gold files, and folders of them.
        extract: reads one article.
        ontology, gazetteer: which properties are symmetric, and which names a thing has.
        progress: called with the texts done and their number.
        trace: gives the clauses of an article that was just read; asked for where only they explain a miss.

    Raises:
        GoldError: a gold file is missing or malformed.
    """
    texts = read_gold(paths, ontology)
    outcomes = []
    for number, gold in enumerate(texts, start=1):
        try:
            asked = partial(trace, gold.article) if trace is not None else None
            outcomes.append(_compare(matcher(gold, extract(gold.article), ontology, gazetteer), asked))
        except KgError as error:
            outcomes.append(_unread_text(gold, error))
        if progress:
            progress(number, len(texts))
    return _sum_up(outcomes)


def as_dict(evaluation: Evaluation) -> dict[str, Any]:
    """The evaluation as plain data for JSON, with the rates worked out."""

    def rates(counts: Score | StatusScore) -> dict[str, Any]:
        return {**asdict(counts), "precision": counts.precision, "recall": counts.recall, "f1": counts.f1}

    return {
        **asdict(evaluation),
        "total": rates(evaluation.total),
        "by_property": {name: rates(counts) for name, counts in evaluation.by_property.items()},
        "by_language": {name: rates(counts) for name, counts in evaluation.by_language.items()},
        "statuses": {name: rates(counts) for name, counts in evaluation.statuses.items()},
        "thresholds": {name: rates(counts) for name, counts in evaluation.thresholds.items()},
    }


def _compare(found: Matcher, trace: Callable[[], Trace] | None) -> _Outcome:
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
            findings.append(_finding("miss", found, row, why_missed(found, row, read, trace)))
    wrong = [t for t in sorted(plain) if t not in taken and not any(found.matches(o, t) for o in gold.optional)]
    wrong.sort(key=lambda triple: min(s.evidence.start for s in read[triple]))
    traps = [row for row in gold.never if any(found.matches(row, t) for t in plain)]
    for triple in wrong:
        is_trap = any(found.matches(row, triple) for row in gold.never)
        reason = _why_wrong(found, triple)
        findings.append(_wrong("trap" if is_trap else "wrong", found, read[triple], reason))
    statuses, differences = _statuses(found, read, trace)
    qualifiers, others = compare(found)
    differences += [
        replace(_finding("qualifier", found, r, (None, why)), sentence=s.evidence.quote) for r, s, why in others
    ]
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
        judged=tuple((_surest(read[triple]), triple in taken) for triple in (*taken, *wrong)),
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


def _surest(made: Iterable[Statement]) -> float:
    return max(s.confidence for s in made if s.status in PLAIN)


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
    found: Matcher, read: Mapping[Triple, list[Statement]], trace: Callable[[], Trace] | None
) -> tuple[dict[Status, StatusScore], list[Finding]]:
    """Compare the statuses of the gold statements with those of the statements that match them."""
    scores: dict[Status, StatusScore] = {}
    counts: Counter[Status] = Counter()
    findings = []
    for row in found.gold.statements:
        if row.status is None:
            continue
        given = {s.status for triple, made in read.items() if found.matches(row, triple) for s in made}
        right = row.status in given
        counts.update([row.status] if right else given)
        old = scores.get(row.status, StatusScore())
        scores[row.status] = StatusScore(old.gold + 1, old.found + bool(given), old.right + right)
        if given and not right and not (row.status in PLAIN and given.isdisjoint(PLAIN)):
            findings.append(_finding("status", found, row, ("wrong status", f"read as {_listed(given)}")))
        elif not given and row.status not in PLAIN:
            findings.append(_finding("unread", found, row, why_missed(found, row, read, trace)))
    for status, number in counts.items():
        scores[status] = replace(scores.get(status, StatusScore()), read=number)
    return scores, findings


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


def _finding(kind: FindingKind, found: Matcher, row: GoldTriple, why: tuple[Cause | None, str]) -> Finding:
    return Finding(
        kind=kind,
        text=found.gold.article.id,
        language=found.extraction.language,
        subject=row.subject,
        property=row.property,
        object=row.object,
        status=row.status or "",
        sentence=_near(found, row.subject, row.object),
        reason=why[1],
        cause=why[0],
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
        judged=(),
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
    causes = Counter(finding.cause for finding in findings if finding.kind == "miss")
    judged = [one for outcome in outcomes for one in outcome.judged]
    bins = reliability(judged)
    total = _totals(outcomes, lambda language, name: "all").get("all", Score())
    return Evaluation(
        texts=len(outcomes),
        total=total,
        by_property=_totals(outcomes, lambda language, name: name),
        by_language=_totals(outcomes, lambda language, name: language),
        statuses=dict(_status_totals(outcomes)),
        qualifiers=totals(outcome.qualifiers for outcome in outcomes),
        reasons={cause: causes[cause] for cause in CAUSES if causes[cause]},
        traps=sum(outcome.traps for outcome in outcomes),
        traps_asserted=sum(outcome.traps_asserted for outcome in outcomes),
        references=references,
        references_right=references - sum(finding.kind == "reference" for finding in findings),
        reliability=bins,
        calibration_error=calibration_error(bins),
        thresholds=by_threshold(judged, total.gold),
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
                StatusScore(*(sum(getattr(p, f.name) for p in parts) for f in fields(StatusScore))),
            )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
