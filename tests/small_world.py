"""A small vocabulary and gazetteer, and articles parsed by hand that are read with them."""

from __future__ import annotations

from collections.abc import Sequence

from sentences import Names, analysis, sentence, text_of

from kg.entities import Resolution, resolve
from kg.examples import Pattern
from kg.frame_records import Frames
from kg.frames import compile_frames
from kg.mentions import mentions
from kg.name_index import name_index
from kg.names import recognise
from kg.namespaces import KG, digest, entity_iri
from kg.ontology import Gazetteer, GazetteerEntry, Ontology, OntologyClass, Property
from kg.records import Analysis, Extraction, Mention, Sentence
from kg.statements import extract

_CLASSES: dict[str, tuple[tuple[str, ...], str, str]] = {  # name → parents, German nouns, English nouns
    "Agent": ((), "", ""),
    "Person": (("Agent",), "Chef Präsident Präsidentin Vorsitzender Sprecher Ministerin", "president chief"),
    "Organization": (("Agent",), "Organisation Verband Partei", "organization"),
    "Company": (("Organization",), "Unternehmen Konzern Betreiber Riese Firma Tochter", "company giant"),
    "GovernmentBody": (("Organization",), "Kommission Behörde Ministerium Regierung", "commission"),
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


def relation(
    name: str, domain: str, range_: str, *patterns: str, symmetric: bool = False, through: str = ""
) -> Property:
    """A property that German sentences teach, and the nouns that its objects are met through."""
    taught = tuple(Pattern(name, text, "de") for text in patterns)
    sides = frozenset(domain.split()), frozenset(range_.split())
    return Property(name, KG + name, {}, {}, *sides, symmetric, taught, {"de": frozenset(through.split())})


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


PROPERTIES = (
    relation("acquires", "Organization Person", "Organization", "{Organization} kauft {Organization}"),
    relation(
        "partnersWith",
        "Organization Country",
        "Organization Country",
        "{Organization} arbeitet mit {Organization} zusammen",
        "{Organization} hat mit {Organization} (eine Vereinbarung|einen Vertrag) getroffen",
        "{Organization} und {Organization} kooperieren",
        symmetric=True,
    ),
    relation("leads", "Person", "Organization Country", "{object:Organization}-Chef {subject:Person}"),
    relation("basedIn", "Agent", "Place", "der {object:Country/adjective} [Company] {subject:Company}"),
    relation("restricts", "Agent", "Agent Product", "{Agent} schränkt {Agent} ein", through="Technik"),
    relation("visits", "Person", "Place Organization", "{Person} besucht {Place}"),
)
_PARSED = """
    Siemens:nsubj>kauft kauft=kaufen/VERB.Fin:root Bosch:obj>kauft .
    Siemens:nsubj>arbeitet arbeitet=arbeiten/VERB.Fin:root mit:case>Bosch Bosch:obl>arbeitet \
        zusammen:compound:prt>arbeitet .
    Siemens:nsubj>getroffen hat=haben/AUX.Fin:aux>getroffen mit:case>Bosch Bosch:obl>getroffen eine:det>Vereinbarung \
        Vereinbarung:obj>getroffen getroffen=treffen/VERB.Part:root .
    Siemens:nsubj>getroffen hat=haben/AUX.Fin:aux>getroffen mit:case>Bosch Bosch:obl>getroffen einen:det>Vertrag \
        Vertrag:obj>getroffen getroffen=treffen/VERB.Part:root .
    Siemens:nsubj>kooperieren und:cc>Bosch Bosch:conj>Siemens kooperieren/VERB.Fin:root .
    Bosch-Chef/NOUN:root Anna:appos>Bosch-Chef Weber:flat:name>Anna .
    Der:det>Unternehmen polnische=polnisch:amod>Unternehmen Unternehmen/NOUN:root Siemens:appos>Unternehmen .
    Siemens:nsubj>schränkt schränkt=schränken/VERB.Fin:root Bosch:obj>schränkt ein:compound:prt>schränkt .
    Anna:nsubj>besucht Weber:flat:name>Anna besucht=besuchen/VERB.Fin:root Spanien:obj>besucht .
"""
_SECOND = {
    "Siemens": "Telekom",
    "Bosch": "Nokia",
    "Anna": "Thomas",
    "Weber": "Müller",
    "polnische=polnisch": "kanadische=kanadisch",
    "Unternehmen": "Konzern",
    "Spanien": "München",
}
_FILLERS = ("Siemens", "Telekom", "Bosch", "Nokia", "Anna Weber", "Thomas Müller", "Spanien", "München")


class ParsedByHand:
    """Stands in for the analyser: gives back the parses it was given, each with both sets of names."""

    def __init__(self, notations: str = _PARSED) -> None:
        self.asked: list[str] = []
        self.sentences: dict[str, tuple[Sentence, ...]] = {}
        for line in notations.strip().splitlines():
            second = line
            for name, other in _SECOND.items():
                second = second.replace(name, other)
            for notation in (line, second):
                self.sentences[text_of(notation)] = (sentence(notation, dict.fromkeys(_FILLERS, "ORG")),)

    def parse(self, texts: list[str], language: str) -> list[tuple[Sentence, ...]]:
        """The parses of these texts, which must be known."""
        self.asked += texts
        assert language == "de"
        return [self.sentences[text] for text in texts]

    def fingerprint(self, _language: str) -> str:
        """Part of the cache's key."""
        return "by hand"


def frames_of(properties: Sequence[Property] = PROPERTIES, notations: str = _PARSED) -> Frames:
    """The frames that hand-parsed examples teach."""
    return compile_frames(ontology(properties), GAZETTEER, ParsedByHand(notations), "de", cache=False)  # type: ignore[arg-type]


def extracted(
    notations: Sequence[str], names: Names | None = None, properties: Sequence[Property] = PROPERTIES
) -> Extraction:
    """All that an article says."""
    article = analysis(notations, names)
    return extract(article, frames_of(properties), ontology(properties), GAZETTEER)


def triples(found: Extraction) -> list[str]:
    """Its statements, each as ``subject property object status``."""
    labels = {e.iri: e.label for e in found.entities}
    return [f"{labels[s.subject]} {s.property} {labels[s.object]} {s.status}" for s in found.statements]
