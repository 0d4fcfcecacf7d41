"""Legal forms of companies: AG, GmbH, Inc., plc, Oyj; which name they end, and what they tell apart."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from kg.records import NamedSpan, Sentence, Token

_SURE: Final = frozenset(
    "AG GmbH gGmbH mbH SE KGaA KG OHG UG Aktiengesellschaft Inc Inc. Corp Corp. Ltd Ltd. LLC LLP plc PLC Plc "
    "S.A. S.A.S. SARL S.p.A. SpA S.r.l. N.V. B.V. Oy Oyj ASA ApS A/S".split()
)
"""Forms that are hardly anything else, so that what stands before them is a company."""
_FORMS: Final = _SURE | frozenset(
    "SA NV BV AB AS SAS Pty Pte Bhd Ltda eG e.V. Co Co. & Limited Corporation Incorporated Holding Group".split()
)
_SPELT: Final[Mapping[str, str]] = {
    "aktiengesellschaft": "ag",
    "incorporated": "inc",
    "corporation": "corp",
    "limited": "ltd",
}
_JOINTS: Final = frozenset("von vom der bei beim of at the".split())
_NO_FORM: Final = frozenset({"holding", "group", "&", "co"})


def without_legal_form(name: str) -> str:
    """A company's name without its legal form.

    >>> without_legal_form("Wirecard AG"), without_legal_form("AG"), without_legal_form("Apple, Inc.")
    ('Wirecard', 'AG', 'Apple')
    """
    words = name.split()
    while len(words) > 1 and words[-1] in _FORMS:
        words.pop()
        words[-1] = words[-1].rstrip(",") or words[-1]
    return " ".join(words)


def legal_form(name: str) -> str:
    """The legal form that a name ends in, in one spelling; "" if it ends in none.

    >>> legal_form("Wirecard AG"), legal_form("Alpha GmbH & Co. KG"), legal_form("Alpha, Inc."), legal_form("AG")
    ('ag', 'gmbh kg', 'inc', '')
    """
    words = name.split()[len(without_legal_form(name).split()) :]
    plain = (word.replace(".", "").casefold() for word in words)
    return " ".join(_SPELT.get(word, word) for word in plain if word not in _NO_FORM)


def is_company(name: str) -> bool:
    """Whether a legal form tells that a name is a company's.

    >>> is_company("Wirecard AG"), is_company("Wirecard"), is_company("Las Vegas NV")
    (True, False, False)
    """
    words = name.split()
    return len(words) > 1 and words[-1] in _SURE


def with_legal_forms(
    sentence: Sentence, nouns: Mapping[str, str], is_place: Callable[[str], bool]
) -> tuple[NamedSpan, ...]:
    """The names of a sentence, each with the legal form behind it, and cut where the next name begins.

    Args:
        sentence: with its names so far.
        nouns: common nouns with their class: none of them is a company's name.
        is_place: whether a word is a well-known place: "Texas AG Ken Paxton", "die Deutschland AG" are no companies.
    """
    names = [part for span in sentence.names for part in _cut(span, sentence)]
    tokens = sentence.tokens
    for token in tokens[1:]:
        before = tokens[token.index - 1]
        if before.text == "," and token.text.endswith(".") and token.index > 1:
            before = tokens[token.index - 2]  # "Apple, Inc."
        covered = any(s.start < token.start < s.end for s in names if s.label == "ORG")
        if token.text not in _SURE or is_place(before.text) or (covered and before.text in _FORMS):
            continue
        last = token
        while last.index + 1 < len(tokens) and tokens[last.index + 1].text in _FORMS:
            last = tokens[last.index + 1]
        bearer = next((s for s in names if s.start <= before.start < s.end), None)
        if bearer is None and _may_be_named(before, nouns):
            bearer = NamedSpan(before.start, before.end, "ORG")
        if bearer is None or bearer.form != "whole":
            continue
        left, bearer = _without_person(bearer, sentence)
        whole = replace(bearer, end=max(bearer.end, last.end), label="ORG")
        names = [s for s in names if s.end <= whole.start or whole.end <= s.start]
        names += [*left, whole]
    return tuple(sorted(names, key=lambda span: span.start))


def _without_person(span: NamedSpan, sentence: Sentence) -> tuple[list[NamedSpan], NamedSpan]:
    """A person's name and a company's, where a particle made them look like one: "Eva Kolb von der Kolb" (GmbH)."""
    inside = [t for t in sentence.tokens if span.start <= t.start < span.end]
    joints = [t.index for t in inside[1:-1] if t.text in _JOINTS]
    if span.label != "PER" or not joints:
        return [], span
    first, last = joints[0], max(i for i in joints if i <= joints[0] + 1)
    return [replace(span, end=sentence.tokens[first - 1].end)], replace(span, start=sentence.tokens[last + 1].start)


def _may_be_named(token: Token, nouns: Mapping[str, str]) -> bool:
    """Whether a word that nobody has marked may be a company's name for all that is known of it."""
    common = {nouns.get(token.lemma, "Person"), nouns.get(token.text, "Person")} != {"Person"}  # "die Kaiser AG"
    return token.text[:1].isupper() and token.pos in {"PROPN", "NOUN", "X"} and not common


def _cut(span: NamedSpan, sentence: Sentence) -> list[NamedSpan]:
    """Two names where a recogniser took them for one across a legal form: "Castell Corp. Brenner"."""
    inside = [t for t in sentence.tokens if span.start <= t.start < span.end]
    for token, following in itertools.pairwise(inside[1:]):
        if span.form == "whole" and token.text in _SURE and following.text not in _FORMS | {",", "(", "-", "."}:
            return [replace(span, end=token.end, label="ORG"), replace(span, start=following.start)]
    return [span]
