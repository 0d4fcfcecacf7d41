"""A small vocabulary and gazetteer, and articles parsed by hand that are read with them."""

from __future__ import annotations

from collections.abc import Sequence

from sentences import Names, analysis

from kg.entities import Resolution, resolve
from kg.mentions import mentions
from kg.names import name_index, recognise
from kg.namespaces import KG, digest, entity_iri
from kg.ontology import Gazetteer, GazetteerEntry, Ontology, OntologyClass, Pattern, Property
from kg.records import Analysis, Mention

_CLASSES: dict[str, tuple[tuple[str, ...], str, str]] = {  # name → parents, German nouns, English nouns
    "Agent": ((), "", ""),
    "Person": (("Agent",), "Chef Präsident Präsidentin Vorsitzender Sprecher Ministerin", "president chief"),
    "Organization": (("Agent",), "Organisation Verband Partei", "organization"),
    "Company": (("Organization",), "Unternehmen Konzern Betreiber Riese Firma Tochter", "company giant"),
    "GovernmentBody": (("Organization",), "Kommission Behörde Ministerium", "commission"),
    "PoliticalParty": (("Organization",), "", ""),
    "Place": ((), "", ""),
    "Country": (("Agent", "Place"), "Land", "country"),
    "City": (("Place",), "Stadt Hauptstadt", "city"),
    "Product": ((), "System Betriebssystem Telefon", "product"),
    "Technology": ((), "", ""),
}


def iri(name: str, broad: str = "Organization") -> str:
    """The IRI of an entity."""
    return entity_iri(name, broad)


def ontology(properties: Sequence[Property] = (), agent_nouns: Sequence[str] = ("Vorgehen", "Sanktion")) -> Ontology:
    """The small vocabulary, with these properties."""
    classes = {
        name: OntologyClass(
            name,
            KG + name,
            parents,
            {"de": name},
            {code: tuple(nouns.split()) for code, nouns in (("de", german), ("en", english)) if nouns},
        )
        for name, (parents, german, english) in _CLASSES.items()
    }
    return Ontology(
        classes,
        {p.name: p for p in properties},
        {"de": frozenset(agent_nouns)},
        {},
        "1",
        digest(*(p.name + str(p.patterns) for p in properties)),
    )


def relation(name: str, domain: str, range_: str, *patterns: str, symmetric: bool = False) -> Property:
    """A property that German sentences teach."""
    taught = tuple(Pattern(name, text, "de") for text in patterns)
    return Property(name, KG + name, {}, {}, frozenset(domain.split()), frozenset(range_.split()), symmetric, taught)


def _entry(names: str, kind: str, broad: str, demonyms: str = "", **more: object) -> GazetteerEntry:
    forms = names.split("|")
    return GazetteerEntry(
        iri=iri(forms[0], broad),
        label=forms[0],
        type=kind,
        names=tuple((form, None) for form in forms),
        labels={"de": forms[0]},
        demonyms={"de": tuple(demonyms.split())} if demonyms else {},
        **more,  # type: ignore[arg-type]
    )


CHINA, RUSSIA, USA = iri("China", "Place"), iri("Russland", "Place"), iri("USA", "Place")
_ENTRIES = (
    _entry("China|Volksrepublik China", "Country", "Place", "chinesisch"),
    _entry("Russland", "Country", "Place", "russisch"),
    _entry("Niederlande", "Country", "Place", "niederländisch"),
    _entry("USA|US|Vereinigte Staaten", "Country", "Place", "amerikanisch US-amerikanisch"),
    _entry("Moskau", "City", "Place", "moskauer", country=RUSSIA, capital_of=RUSSIA),
    _entry("Wolfsburg", "City", "Place", "wolfsburger", country=iri("Deutschland", "Place")),
    _entry("Deutschland", "Country", "Place", "deutsch"),
    _entry("Weißes Haus", "GovernmentBody", "Organization", country=USA, acts_for=USA),
    _entry("Huawei|Huawei Technologies", "Company", "Organization", country=CHINA),
    _entry("Deutsche Bahn", "Company", "Organization", country=iri("Deutschland", "Place")),
    _entry("EU|Europäische Union", "Organization", "Organization"),
    _entry("EU-Kommission", "GovernmentBody", "Organization"),
    _entry("Volkswagen|VW", "Company", "Organization", country=iri("Deutschland", "Place")),
    _entry("Visa", "Company", "Organization", ambiguous=frozenset({"Visa"})),
    _entry("Shell", "Company", "Organization", ambiguous=frozenset({"Shell"})),
    _entry("Google", "Company", "Organization", country=USA),
    _entry("Android", "Product", "Product"),
)
GAZETTEER = Gazetteer({e.iri: e for e in sorted(_ENTRIES, key=lambda e: e.iri)}, "small world")
ONTOLOGY = ontology()


def named(notations: Sequence[str], names: Names | None = None) -> Analysis:
    """An article with its names recognised; ``names`` are those that a recogniser has found."""
    return recognise(analysis(notations, names), name_index(GAZETTEER, "de"), ONTOLOGY)


def names_of(notations: Sequence[str], names: Names | None = None) -> list[str]:
    """The names of an article, each as ``text label form``, in reading order."""
    found = named(notations, names)
    text = found.article.text
    return [
        f"{text[n.start : n.end]} {n.label}" + ("" if n.form == "whole" else f" {n.form}")
        for s in found.sentences
        for n in s.names
    ]


def mentions_of(notations: Sequence[str], names: Names | None = None) -> tuple[Mention, ...]:
    """The mentions of an article."""
    return mentions(named(notations, names), name_index(GAZETTEER, "de"), ONTOLOGY)


def resolved(
    notations: Sequence[str], names: Names | None = None, demanded: dict[str, str] | None = None
) -> Resolution:
    """The entities of an article."""
    index = name_index(GAZETTEER, "de")
    article = named(notations, names)
    return resolve(article, mentions(article, index, ONTOLOGY), index, ONTOLOGY, demanded or {})


def links_of(notations: Sequence[str], names: Names | None = None) -> list[tuple[str, str]]:
    """Every linked mention with the label of its entity, in reading order."""
    found = resolved(notations, names)
    labels = {e.iri: e.label for e in found.entities}
    return [(link.mention.text, labels[link.iri]) for link in found.links]
