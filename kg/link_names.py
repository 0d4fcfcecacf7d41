"""How alike two names are, and whether what something is elsewhere is what it is here."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType, ModuleType
from typing import Final

import pyoxigraph as ox

from kg.extras import extra
from kg.legal_forms import legal_form, without_legal_form
from kg.name_variants import variant_key
from kg.namespaces import KG, PREFIXES
from kg.ontology import Ontology

_DIGITS: Final = re.compile(r"\d+")
_HEAD_ENDS: Final = re.compile(r"\s(?:of|in|for|by|with|that|von|aus|der|des|für|in|mit|im)\s|[,(;/]")
_UNSURE: Final = frozenset({"Thing", "Agent"})
"""Classes that say too little of an entity for a type elsewhere to agree with."""
_OTHER_NUMBER: Final = 0.5
_OTHER_FORM: Final = 0.8

KNOWN_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "http://www.wikidata.org/entity/Q5": "Person",
        "http://www.wikidata.org/entity/Q43229": "Organization",
        "http://www.wikidata.org/entity/Q4830453": "Company",
        "http://www.wikidata.org/entity/Q783794": "Company",
        "http://www.wikidata.org/entity/Q6881511": "Company",
        "http://www.wikidata.org/entity/Q7278": "PoliticalParty",
        "http://www.wikidata.org/entity/Q484652": "InternationalOrganization",
        "http://www.wikidata.org/entity/Q11032": "Media",
        "http://www.wikidata.org/entity/Q6256": "Country",
        "http://www.wikidata.org/entity/Q3624078": "Country",
        "http://www.wikidata.org/entity/Q515": "City",
        "http://xmlns.com/foaf/0.1/Person": "Person",
        "http://xmlns.com/foaf/0.1/Organization": "Organization",
        "http://www.w3.org/ns/org#Organization": "Organization",
        "https://schema.org/Person": "Person",
        "https://schema.org/Organization": "Organization",
        "https://schema.org/Corporation": "Company",
        "https://schema.org/GovernmentOrganization": "GovernmentBody",
        "https://schema.org/NewsMediaOrganization": "Media",
        "https://schema.org/Place": "Place",
        "https://schema.org/City": "City",
        "https://schema.org/Country": "Country",
        "https://schema.org/Product": "Product",
        "http://dbpedia.org/ontology/Person": "Person",
        "http://dbpedia.org/ontology/Organisation": "Organization",
        "http://dbpedia.org/ontology/Company": "Company",
        "http://dbpedia.org/ontology/Place": "Place",
        "http://dbpedia.org/ontology/City": "City",
        "http://dbpedia.org/ontology/Country": "Country",
    }
)
"""IRI of a type elsewhere → local name of the class here that it stands for."""


def import_rapidfuzz() -> ModuleType:
    """The module ``rapidfuzz.fuzz``, imported when it is first needed: an extra that only linking needs.

    Raises:
        KgError: rapidfuzz is not installed.
    """
    return extra("rapidfuzz.fuzz", "link")


def is_iri(given: str) -> bool:
    """Whether something is a full IRI that a store takes.

    >>> is_iri("http://www.wikidata.org/entity/Q1"), is_iri("Q1"), is_iri("http://a.example/b c")
    (True, False, False)
    """
    try:
        ox.NamedNode(given)
    except ValueError:
        return False
    return "://" in given or given.startswith("urn:")


def plain(name: str) -> str:
    """A name without legal form, as it is compared: in lower case, single spaces."""
    return " ".join(re.findall(r"\w+", without_legal_form(name).casefold()))


def alike(one: str, other: str) -> float:
    """How alike two names are, 0 to 1: 1 for spellings of one name, else the better of two ratios of rapidfuzz.

    The ratios count letters in common, once as the words stand and once with the words sorted. Names with other numbers
    in them, or with another legal form, are names of other things, however alike they are.

    >>> alike("Arcelor-Mittal S.A.", "ArcelorMittal"), alike("Angela Merkel", "Merkel, Angela")
    (1.0, 1.0)
    >>> alike("Airbus A320", "Airbus A321"), alike("Alpha AG", "Alpha GmbH"), alike("Ida", "IDA") < 1
    (0.5, 0.8, True)
    """
    fuzz = import_rapidfuzz()
    bare = plain(one), plain(other)
    if variant_key(one) == variant_key(other):
        score = 1.0
    elif len(bare[0]) < 4 or len(bare[1]) < 4:
        score = 0.0 if one != other else 1.0
    else:
        score = max(fuzz.ratio(*bare), fuzz.token_sort_ratio(*bare)) / 100
    if sorted(_DIGITS.findall(one)) != sorted(_DIGITS.findall(other)):
        return min(score, _OTHER_NUMBER)
    forms = {legal_form(one), legal_form(other)} - {""}
    return min(score, _OTHER_FORM) if len(forms) > 1 else score


def best(names: Iterable[str], others: Collection[str]) -> tuple[float, str, str]:
    """The likest pair of two lists of names, the longest of equals: score, the one, the other.

    >>> best(["Merkel", "Angela Merkel"], ["Angela Merkel", "Merkel"])
    (1.0, 'Angela Merkel', 'Angela Merkel')
    >>> best(["Merkel"], [])
    (0.0, '', '')
    """
    pairs = ((alike(one, other), one, other) for one in names for other in others)
    return max(pairs, default=(0.0, "", ""), key=lambda pair: (pair[0], len(pair[1]) + len(pair[2]), pair[1:]))


def classes_of(types: Iterable[tuple[str, str]], ontology: Ontology, told: Mapping[str, str]) -> set[str]:
    """The classes that types elsewhere stand for, as far as it can be told.

    Args:
        types: IRI or id ("" where there is none) and name of each.
        ontology: its classes, and the nouns that name them: an "automobile manufacturer" is a Company.
        told: id or name of a type elsewhere → local name of a class, as the user says.
    """
    found: set[str] = set()
    for iri, name in types:
        key = re.split(r"[#/]", iri)[-1]
        if "wikidata.org/" in iri:  # its reconciliation service has types in the space of properties
            iri = PREFIXES["wd"] + key  # noqa: PLW2901
        known = told.get(iri) or told.get(key) or told.get(name) or KNOWN_TYPES.get(iri)
        known = known or KNOWN_TYPES.get(iri.replace("http://schema.org/", "https://schema.org/"))
        if known is None and iri.startswith(KG) and iri.removeprefix(KG) in ontology.classes:
            known = iri.removeprefix(KG)
        if known is None and name in ontology.classes:
            known = name
        known = known or _by_noun(name, ontology)
        if known:
            found.add(known)
    return found


def _by_noun(name: str, ontology: Ontology) -> str | None:
    """The class whose noun the head of a type's name is."""
    words = _HEAD_ENDS.split(name.strip())[0].split()
    for start in range(len(words)):
        rest = " ".join(words[start:])
        for language in ("en", "de"):
            nouns = ontology.nouns(language)
            if found := nouns.get(rest) or nouns.get(rest.lower()):
                return found
    noun = ontology.nouns("de").ending(words[-1]) if words else ""
    return ontology.nouns("de").get(noun)


def agree(entity_type: str, classes: Collection[str], ontology: Ontology) -> bool:
    """Whether one of the classes is the entity's, or lies above or below it; of Thing and Agent, none is sure to be."""
    if entity_type in _UNSURE:
        return False
    return any(
        ontology.is_a(entity_type, one) or ontology.is_a(one, entity_type) for one in classes if one not in _UNSURE
    )
