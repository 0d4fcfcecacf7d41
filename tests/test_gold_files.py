"""The gold sentences of the tests: readable, in the vocabulary, true to their text, and enough of them."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from test_seeds import COUNTRIES, DESCRIPTION, folded, named

from kg.records import PLAIN, STATUSES

GOLD = sorted((Path(__file__).parent / "gold").glob("*.gold.toml"))
KEYS = {"text", "language", "statements", "optional", "never", "same", "apart"}
SIZES = {
    **{"de-plain-1": 60, "de-plain-2": 60, "de-plain-3": 60, "de-traps-1": 60, "de-news-1": 90},
    **{"de-coreference-1": 30, "de-coreference-2": 30, "en-coreference-1": 20, "en-coreference-2": 20},
    **{"en-plain-1": 50, "en-traps-1": 30, "en-news-1": 80},
    **{"de-entities-1": 22, "en-entities-1": 16},
}
PROPERTY_COUNT = 36

# Countries and regions named by an adjective, a people or a capital only ("griechisch", "Dutch", "Athen").
MORE_COUNTRIES = {
    "de": {
        *(
            "Argentinien",
            "Bayern",
            "Belarus",
            "Belgien",
            "Brasilien",
            "Estland",
            "Griechenland",
            "Hessen",
            "Irak",
            "Israel",
        ),
        *("Kalifornien", "Kanada", "Kasachstan", "Katar", "Kenia", "Kroatien", "Lettland", "Litauen", "Malaysia"),
        *("Montenegro", "Nordkorea", "Norwegen", "Pfalz", "Philippinen", "Serbien", "Slowakei", "Spanien"),
        *("Südkorea", "Texas", "Thailand", "Venezuela", "Zürich", "Ägypten", "Basel", "Baskenland", "Brandenburg"),
        *("England", "Indien", "Niedersachsen", "Sachsen", "Äthiopien"),
        *("EU-Kommission", "Europa", "Nordafrika", "Portugal", "Schottland", "Schwaben", "Tansania"),
        *("Indonesien",),
    },
    "en": {
        *("Austria", "Bavaria", "Brazil", "Bulgaria", "Canada", "Chile", "Colombia", "Czech Republic", "Denmark"),
        *("Estonia", "Iran", "Ireland", "Israel", "Netherlands", "North Korea", "Norway", "Poland", "Portugal"),
        *(
            "Qatar",
            "Russia",
            "Scotland",
            "Serbia",
            "Spain",
            "Switzerland",
            "Turkey",
            "Uganda",
            "Ukraine",
            "Greece",
            "Italy",
            "Malta",
            "European Union",
        ),
    },
}


EVENTS = {"Insolvency", "Layoffs", "Strike", "SpinOff"}
"""What is called by its class, as it has no name in the text."""


def texts(gold: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = tomllib.loads(gold.read_text(encoding="utf-8"))["text"]
    return entries


def is_named(name: str, text: str, language: str) -> bool:
    """Whether the text names it, in any case of its words ("Deutschen Bahn" for Deutsche Bahn)."""
    if named(name, text, language) or name in MORE_COUNTRIES[language]:
        return True
    endings = r"(?:e|en|em|er|es|n|s|'s)?"
    stems = [re.escape(re.sub(r"(?<=\w{3})e[nrs]?$", "", word)) for word in folded(name).split()]
    return re.search(r"\b" + (endings + r"\s+").join(stems) + endings + r"\b", folded(text)) is not None


@pytest.fixture(scope="module")
def properties() -> Mapping[str, Any]:
    from kg.ontology import load_ontology  # noqa: PLC0415 - only the vocabulary test needs the ontology

    return load_ontology().properties


ENTRIES = [
    pytest.param(entry, id=f"{gold.name.removesuffix('.gold.toml')}-{number}")
    for gold in GOLD
    for number, entry in enumerate(texts(gold), 1)
]


@pytest.mark.parametrize("entry", ENTRIES)
def test_gold_is_true_to_its_text(entry: dict[str, Any]) -> None:
    assert set(entry) == KEYS
    assert entry["language"] in COUNTRIES
    text = " ".join(entry["text"].split())
    triples = [*entry["statements"], *entry["optional"], *entry["never"]]
    names = {name for s, _, o, *_ in triples for name in (s, o)} - EVENTS
    unknown = {name for name in names if not is_named(name, text, entry["language"])}
    assert not unknown, "not in the text"
    for group in [*entry["same"], *entry["apart"]]:
        assert len(group) >= 2
        for surface in group:
            assert surface in text, f"{surface!r} is not in the text"
            if DESCRIPTION.match(surface) and surface != surface.upper():
                assert len(re.findall(re.escape(surface) + r"\b", text)) == 1, f"{surface!r} stands more than once"


@pytest.mark.parametrize("entry", ENTRIES)
def test_gold_uses_the_vocabulary(entry: dict[str, Any], properties: Mapping[str, Any]) -> None:
    assert all(len(statement) == 4 for statement in entry["statements"])
    assert all(len(triple) == 3 for triple in [*entry["optional"], *entry["never"]])
    triples = [*entry["statements"], *entry["optional"], *entry["never"]]
    assert {p for _, p, *_ in triples} <= set(properties)
    assert {status for *_, status in entry["statements"]} <= set(STATUSES)
    assert all(s != o for s, _, o, *_ in triples)

    def key(s: str, p: str, o: str) -> tuple[str, str, str]:
        return (p, *sorted((s, o))) if properties[p].symmetric else (p, s, o)  # type: ignore[return-value]

    plain = Counter(key(s, p, o) for s, p, o, status in entry["statements"] if status in PLAIN)
    optional = Counter(key(*triple) for triple in entry["optional"])
    never = Counter(key(*triple) for triple in entry["never"])
    repeated = [triple for counts in (plain, optional, never) for triple, count in counts.items() if count > 1]
    assert not repeated, "a triple stands twice"
    assert not (plain & optional or plain & never or optional & never), "a triple is in two lists"


@pytest.mark.parametrize(
    "entry", [param for param in ENTRIES if "-traps-" in str(param.id)], ids=lambda entry: entry["text"][:40]
)
def test_every_trap_says_what_must_not_stand(entry: dict[str, Any]) -> None:
    assert entry["never"]


def test_gold_is_enough() -> None:
    found = {gold.name.removesuffix(".gold.toml"): len(texts(gold)) for gold in GOLD}
    short = {name: found.get(name, 0) for name, size in SIZES.items() if found.get(name, 0) < size}
    assert not short
    sentences = [entry["text"] for gold in GOLD for entry in texts(gold)]
    assert len(set(sentences)) == len(sentences)


def test_plain_german_covers_every_property() -> None:
    plain = Counter(
        p
        for gold in GOLD
        if gold.name.startswith("de-plain-")
        for entry in texts(gold)
        for _, p, _, status in entry["statements"]
        if status in PLAIN
    )
    assert len(plain) >= PROPERTY_COUNT
    assert not {p: count for p, count in plain.items() if count < 3}
