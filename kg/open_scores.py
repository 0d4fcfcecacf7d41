"""Open triples measured against gold: a triple is right if all its slots are a wording of a fact, word for word.

Counts follow BenchIE (Gashteovski et al., ACL 2022): a fact counts as found however many of its wordings are given, a
triple that is a wording of no fact counts as wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.open_gold import GoldFact, GoldSentence, fits, open_gold_files, read_open_gold, words_of
from kg.records import OpenTriple
from kg.scores import Judged, Score, calibration_error, reliability


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """A sentence with what was missed and what was wrong."""

    sentence: GoldSentence
    missed: tuple[GoldFact, ...]
    wrong: tuple[OpenTriple, ...]
    found: int


@dataclass(frozen=True, slots=True)
class OpenEvaluation:
    """What open triples are worth: counts in all and by language, each sentence with its differences."""

    score: Score
    by_language: dict[str, Score]
    findings: tuple[OpenFinding, ...]
    judged: tuple[Judged, ...]  # each triple's confidence, and whether it is right


def score_open(paths: Iterable[Path | str], read: Callable[[GoldSentence], Sequence[OpenTriple]]) -> OpenEvaluation:
    """Read the sentences of gold files and compare.

    Args:
        paths: files and folders, see :func:`kg.open_gold.open_gold_files`.
        read: gives the triples of a sentence.

    Raises:
        GoldError: a file cannot be used.
    """
    findings = []
    judged: list[Judged] = []
    for path in open_gold_files(paths):
        for sentence in read_open_gold(path):
            triples = read(sentence)
            wrong = tuple(t for t in triples if not any(wording_of(t, fact) for fact in sentence.facts))
            missed = _missed(sentence.facts, triples)
            judged += [(t.confidence, t not in wrong) for t in triples]
            findings.append(OpenFinding(sentence, missed, wrong, len(sentence.facts) - len(missed)))
    languages = sorted({f.sentence.language for f in findings})
    return OpenEvaluation(
        score=_counts(findings),
        by_language={code: _counts([f for f in findings if f.sentence.language == code]) for code in languages},
        findings=tuple(findings),
        judged=tuple(judged),
    )


def _missed(facts: Sequence[GoldFact], triples: Sequence[OpenTriple]) -> tuple[GoldFact, ...]:
    """The facts that are left when each triple has taken one: one that words two facts finds only one of them."""
    left = list(facts)
    for triple in triples:
        taken = next((fact for fact in left if wording_of(triple, fact)), None)
        if taken is not None:
            left.remove(taken)
    return tuple(left)


def wording_of(triple: OpenTriple, fact: GoldFact) -> bool:
    """Whether a triple is one of the wordings of a fact."""
    slots = [words_of(phrase.text) for phrase in (triple.subject, triple.relation, triple.object)]
    return any(all(map(fits, slots, wording)) for wording in fact.wordings)


def _counts(findings: Sequence[OpenFinding]) -> Score:
    correct = sum(f.found for f in findings)
    gold = sum(len(f.sentence.facts) for f in findings)
    return Score(gold=gold, predicted=correct + sum(len(f.wrong) for f in findings), correct=correct)


def scores_as_dict(evaluation: OpenEvaluation) -> dict[str, Any]:
    """The scores, and every difference beside its sentence, as JSON has them."""

    def rates(counts: Score) -> dict[str, Any]:
        return {**asdict(counts), "precision": counts.precision, "recall": counts.recall, "f1": counts.f1}

    findings = [
        {
            "sentence": finding.sentence.text,
            "path": finding.sentence.path,
            "line": finding.sentence.line,
            "missed": [fact.text for fact in finding.missed],
            "wrong": [[t.subject.text, t.relation.text, t.object.text] for t in finding.wrong],
        }
        for finding in evaluation.findings
        if finding.missed or finding.wrong
    ]
    return {
        "all": rates(evaluation.score),
        "by_language": {code: rates(counts) for code, counts in evaluation.by_language.items()},
        "calibration_error": calibration_error(reliability(evaluation.judged)),
        "findings": findings,
    }
