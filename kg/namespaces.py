"""Prefixes, and how IRIs are minted.

An IRI is a pure function of name and type (never of order, clock or chance), so that articles
read anywhere, in any order, give graphs that can simply be united. The host is one that RFC 2606
reserves: it can never belong to somebody else.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from types import MappingProxyType
from typing import Final

BASE: Final = "https://kg.example/"
KG: Final = BASE + "ontology#"
ENTITY: Final = BASE + "entity/"
ARTICLE: Final = BASE + "article/"
STATEMENTS: Final = BASE + "statements/"
STATEMENT: Final = BASE + "statement/"
NANOPUB: Final = BASE + "nanopub/"
LINKS: Final = BASE + "links"
SOFTWARE: Final = BASE + "software/kg"
OPEN: Final = BASE + "open/"
OPEN_TRIPLE: Final = BASE + "open-triple/"
RELATION: Final = BASE + "relation/"
PHRASE: Final = BASE + "phrase/"

PREFIXES: Final = MappingProxyType(
    {
        "kg": KG,
        "entity": ENTITY,
        "article": ARTICLE,
        "statements": STATEMENTS,
        "statement": STATEMENT,
        "open": OPEN,
        "open-triple": OPEN_TRIPLE,
        "relation": RELATION,
        "phrase": PHRASE,
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "prov": "http://www.w3.org/ns/prov#",
        "oa": "http://www.w3.org/ns/oa#",
        "dcterms": "http://purl.org/dc/terms/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "schema": "https://schema.org/",
        "void": "http://rdfs.org/ns/void#",
        "dcat": "http://www.w3.org/ns/dcat#",
        "np": "http://www.nanopub.org/nschema#",
        "wd": "http://www.wikidata.org/entity/",
    }
)
"""Prefix → namespace IRI, bound in every store, query and export."""

# German letters are written out as the passport does it, so that "Köln" and "Koeln" meet.
_WRITTEN_OUT: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "æ": "ae"})


def slug(name: str) -> str:
    """The part of an IRI that stands for a name: ASCII, lower case, hyphens.

    A name that loses letters or signs on the way ("C++", "小米") gets a short hash, so that
    different names keep different IRIs.

    >>> slug("Gou Ping"), slug("Zürich"), slug("MTS")
    ('gou-ping', 'zuerich', 'mts')
    >>> slug("C++") != slug("C")
    True
    """
    folded = unicodedata.normalize("NFC", name).casefold().translate(_WRITTEN_OUT)
    plain = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    lost = re.sub(r"[a-z0-9\s\-–_.,'’&/()]", "", plain)
    if not lost and words:
        return words
    mark = hashlib.sha256(folded.encode()).hexdigest()[:6]
    return f"{words}-{mark}" if words else f"name-{mark}"


def entity_iri(name: str, broad_type: str) -> str:
    """The IRI of an entity that the gazetteer does not know.

    Organizations and persons with a full name keep the bare name; anything that shares its name
    easily with something else carries its type.

    Args:
        name: canonical name, as written.
        broad_type: ``Person``, ``Organization``, ``Place``, ``Product``, ``Technology`` or ``Event``.

    >>> entity_iri("MTS", "Organization")
    'https://kg.example/entity/mts'
    >>> entity_iri("Merz", "Person")
    'https://kg.example/entity/merz-person'
    """
    bare = slug(name)
    if broad_type == "Organization" or (broad_type == "Person" and "-" in bare):
        return ENTITY + bare
    return f"{ENTITY}{bare}-{slug(broad_type)}"


def event_iri(class_name: str, participant: str) -> str:
    """The IRI of what happens to somebody: one node for all articles that tell of it.

    Args:
        class_name: local name of the event's class.
        participant: IRI of whom it happens to, itself a pure function of name and type.

    >>> event_iri("Insolvency", "https://kg.example/entity/air-berlin")
    'https://kg.example/entity/air-berlin-insolvency-event'
    """
    if participant.startswith(ENTITY):
        return f"{participant}-{slug(class_name)}-event"
    local = re.split(r"[#/]", participant)[-1]  # of a newsroom's own gazetteer: other hosts may use the name too
    return f"{ENTITY}{slug(local)}-{digest(participant)}-{slug(class_name)}-event"


def article_iri(article_id: str) -> str:
    """The IRI of an article, which is also the name of the graph of its plain triples."""
    return ARTICLE + slug(article_id)


def statements_iri(article_id: str) -> str:
    """The name of the graph that holds an article's statements with their evidence."""
    return STATEMENTS + slug(article_id)


def open_iri(article_id: str) -> str:
    """The name of the graph that holds an article's open triples."""
    return OPEN + slug(article_id)


def graphs_of(article_id: str) -> tuple[str, str, str]:
    """The names of all graphs that an article owns: of its plain triples, its statements, its open triples."""
    return article_iri(article_id), statements_iri(article_id), open_iri(article_id)


def digest(*parts: str) -> str:
    """Twelve hexadecimal digits that stand for the parts, in this order."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]
