"""Spellings of one name, by hyphens, umlauts, case, endings and legal forms, and what a short name is short for."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final

from kg.legal_forms import is_company, legal_form, without_legal_form
from kg.name_index import ENDINGS
from kg.namespaces import slug
from kg.records import Mention

_SHORTEST: Final = 4  # letters of a name below which a hyphen, an accent or case may make another: "Ida" and "IDA"
_ALIKE: Final = 0.8
"""From which share of common letters an expansion is one of a known name: "Kieler Institut für Weltwirtschaft" and
"Institut für Weltwirtschaft" have 0.9, "Institut für Weltraumrecht" 0.72, "Northern Rail Authority" and "National
Rifle Association" 0.5."""


def variant_key(name: str) -> str:
    """What all spellings of a name have in common.

    >>> variant_key("Arcelor-Mittal S.A.") == variant_key("ArcelorMittal") == variant_key("Arcelor Mittal")
    True
    >>> variant_key("Müller") == variant_key("Mueller"), variant_key("Citroën") == variant_key("Citroen")
    (True, True)
    """
    bare = without_legal_form(name)
    joined = slug(bare).replace("-", "")
    return joined if len(joined) >= _SHORTEST else bare


def _never(_one: str, _other: str) -> bool:
    return False


def variants(forms: Mapping[str, int], kept_apart: Callable[[str, str], bool] = _never) -> list[tuple[str, ...]]:
    """Names that are spellings of one, the commonest first, then the one that stands first in the article.

    Two different legal forms are two companies: "Alpha AG" and "Alpha GmbH" are never one.

    Args:
        forms: each name with the number of its mentions, in reading order.
        kept_apart: whether users say that two names are never one thing.

    >>> variants({"Brenner-Holm": 1, "Kastell AG": 1, "BrennerHolm": 2, "Kastell GmbH": 1})
    [('BrennerHolm', 'Brenner-Holm'), ('Kastell AG',), ('Kastell GmbH',)]
    """
    groups: dict[str, list[str]] = {}
    for form in forms:
        groups.setdefault(variant_key(form), []).append(form)
    found: list[tuple[str, ...]] = []
    for group in groups.values():
        left = sorted(group, key=lambda form: -forms[form])  # a stable sort: of equals, the first in the article
        if len({legal_form(form) for form in left} - {""}) > 1:
            found.extend((form,) for form in left)
            continue
        while left:
            one = [form for form in left if not kept_apart(left[0], form)]
            found.append(tuple(one))
            left = [form for form in left if form not in one]
    return found


def rival_companies(forms: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Names without legal form that several companies share → their names.

    >>> rival_companies(["Kastell AG", "Kastell", "Kastell GmbH", "Brenner AG"])
    {'Kastell': ('Kastell AG', 'Kastell GmbH')}
    """
    bearers: dict[str, dict[str, str]] = {}
    for form in sorted(forms):
        if found := legal_form(form):
            bearers.setdefault(without_legal_form(form), {}).setdefault(found, form)
    return {base: tuple(found.values()) for base, found in bearers.items() if len(found) > 1}


def namesakes(forms: Mapping[str, Mapping[str, int]]) -> frozenset[str]:
    """Surnames of an article's people that are its companies' names as well: "Peter Kaiser" and "Kaiser AG".

    Args:
        forms: each name with the types that its mentions have.

    >>> sorted(namesakes({"Peter Kaiser": {"Person": 1}, "Kaiser AG": {"Organization": 1}, "Kolb AG": {}}))
    ['Kaiser']
    """
    companies = frozenset(without_legal_form(form) for form in forms if is_company(form))
    return companies & {form.rpartition(" ")[2] for form, types in forms.items() if " " in form and "Person" in types}


def shorter(name: str) -> Iterator[str]:
    """A name without each of the endings that a possessor may have."""
    for ending in ENDINGS:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            yield name.removesuffix(ending)


def own_form(name: str, others: Collection[str]) -> str:
    """A name without a genitive ending, where the article has it without too."""
    for form in shorter(name):
        if form in others or name.endswith(("'s", "’s")):
            return form
    return name


def bare_forms(names: Iterable[Mention]) -> frozenset[str]:
    """The names of an article, those without their legal form, and the surnames of its people."""
    found = set()
    for mention in names:
        found |= {mention.text, without_legal_form(mention.text)}
        if mention.type == "Person":
            found.add(mention.text.rpartition(" ")[2])
    return frozenset(found)


def is_short_for_person(form: str, full: str) -> bool:
    """Whether a name is a person's full name without given names: surname, or without what stands between.

    >>> is_short_for_person("Merkel", "Angela Merkel"), is_short_for_person("Leyen", "Ursula von der Leyen")
    (True, True)
    >>> is_short_for_person("Donald Trump", "Donald J. Trump"), is_short_for_person("Angela", "Angela Merkel")
    (True, False)
    """
    short, words = form.split(), full.split()
    if len(words) < 2 or len(short) >= len(words):
        return False
    if form in {words[-1], " ".join(words[1:])}:
        return True
    rest = iter(words[1:-1])
    return len(short) > 1 and (short[0], short[-1]) == (words[0], words[-1]) and all(w in rest for w in short[1:-1])


def is_alike(one: str, other: str) -> bool:
    """Whether two long names are nearly the same, letter by letter."""
    return difflib.SequenceMatcher(None, slug(one), slug(other), autojunk=False).ratio() >= _ALIKE
