"""The seed articles and their gold: complete, readable, in the vocabulary, and true to their articles."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kg.records import PLAIN, STATUSES

SEEDS = Path(__file__).parent.parent / "seeds"
GOLD = sorted((SEEDS / "gold").glob("*.gold.toml"))
ARTICLES = sorted(path for language in ("de", "en") for path in (SEEDS / language).iterdir())

# Countries may be named by their usual name although the text only says "russisch", "Dutch" or "Beijing".
COUNTRIES = {
    "de": {
        *("Australien", "China", "Deutschland", "Dänemark", "Finnland", "Frankreich", "Großbritannien", "Irland"),
        *("Italien", "Japan", "Kuwait", "Luxemburg", "Niederlande", "Polen", "Russland", "Schweden", "Schweiz"),
        *("Taiwan", "Tschechien", "Türkei", "USA", "Ukraine", "Ungarn", "Österreich"),
    },
    "en": {"China", "Finland", "France", "Germany", "India", "Japan", "Sweden", "United Kingdom", "United States"},
}
DESCRIPTION = re.compile(r"(der|die|das|den|dem|des|sein|ihre|the|its|his) ", re.IGNORECASE)


def texts(gold: Path) -> list[dict[str, Any]]:
    return tomllib.loads(gold.read_text(encoding="utf-8"))["text"]


def words(entry: dict[str, Any], gold: Path) -> str:
    """The running text of an entry's article, with its title."""
    path, _, item = entry["article"].partition("#")
    content = (gold.parent / path).read_text(encoding="utf-8")
    if item:
        found = [record for line in content.splitlines() if (record := json.loads(line))["id"] == item]
        assert len(found) == 1, f"{path} has {len(found)} items called {item}"
        content = found[0]["title"] + "\n" + found[0]["text"]
    return " ".join(content.split())


def folded(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def named(name: str, text: str, language: str) -> bool:
    """Whether the text names it: in full, as a country, or by its adjective ("Mailänder" for Mailand)."""
    return name in text or name in COUNTRIES[language] or (len(name) >= 6 and folded(name[:-2]) in folded(text))


@pytest.fixture(scope="module")
def properties() -> Mapping[str, Any]:
    from kg.ontology import load_ontology  # noqa: PLC0415 - only the vocabulary test needs the ontology

    return load_ontology().properties


ENTRIES = [pytest.param(gold, entry, id=entry.get("article", gold.name)) for gold in GOLD for entry in texts(gold)]


@pytest.mark.parametrize(("gold", "entry"), ENTRIES)
def test_gold_is_true_to_its_article(gold: Path, entry: dict[str, Any]) -> None:
    assert set(entry) <= {"article", "language", "statements", "optional", "never", "same", "apart"}
    assert entry["language"] == Path(entry["article"]).parent.name
    text = words(entry, gold)
    triples = [*entry["statements"], *entry["optional"], *entry["never"]]
    unknown = {name for s, _, o, *_ in triples for name in (s, o) if not named(name, text, entry["language"])}
    assert not unknown, "not in the article"
    for group in [*entry["same"], *entry["apart"]]:
        assert len(group) >= 2
        for surface in group:
            assert surface in text, f"{surface!r} is not in the article"
            # The checks on coreference look a description up by its words, so it must stand once only.
            if DESCRIPTION.match(surface) and surface != surface.upper():
                assert len(re.findall(re.escape(surface) + r"\b", text)) == 1, f"{surface!r} stands more than once"


@pytest.mark.parametrize(("gold", "entry"), ENTRIES)
def test_gold_uses_the_vocabulary(gold: Path, entry: dict[str, Any], properties: Mapping[str, Any]) -> None:
    assert all(len(statement) == 4 for statement in entry["statements"])
    assert all(len(triple) == 3 for triple in [*entry["optional"], *entry["never"]])
    used = {p for _, p, *_ in [*entry["statements"], *entry["optional"], *entry["never"]]}
    assert used <= set(properties)
    assert {status for *_, status in entry["statements"]} <= set(STATUSES)
    assert 3 <= len(entry["never"]) <= 8

    def key(s: str, p: str, o: str) -> tuple[str, str, str]:
        return (p, *sorted((s, o))) if properties[p].symmetric else (p, s, o)  # type: ignore[return-value]

    plain = Counter(key(s, p, o) for s, p, o, status in entry["statements"] if status in PLAIN)
    optional = Counter(key(*triple) for triple in entry["optional"])
    never = Counter(key(*triple) for triple in entry["never"])
    assert max([*plain.values(), *optional.values(), *never.values()]) == 1, "a triple stands twice"
    assert not (plain & optional or plain & never or optional & never), "a triple is in two lists"


def test_every_article_has_gold() -> None:
    covered = {(gold.parent / entry["article"].partition("#")[0]).resolve() for gold in GOLD for entry in texts(gold)}
    assert covered == {path.resolve() for path in ARTICLES}
    for path in ARTICLES:
        assert (SEEDS / "gold" / f"{path.stem}.gold.toml").exists()
        if path.suffix == ".jsonl":
            ids = {json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()}
            gold = SEEDS / "gold" / f"{path.stem}.gold.toml"
            gold_ids = {entry["article"].partition("#")[2] for entry in texts(gold)}
            assert ids == gold_ids


def test_seeds_are_enough() -> None:
    articles = Counter(path.parent.name for path in ARTICLES)
    plain: Counter[str] = Counter()
    for gold in GOLD:
        for entry in texts(gold):
            plain[entry["language"]] += sum(status in PLAIN for *_, status in entry["statements"])
    assert articles["de"] >= 12 and articles["en"] >= 6
    assert plain["de"] >= 150 and plain["en"] >= 50


@pytest.mark.parametrize("path", [path for path in ARTICLES if path.suffix != ".jsonl"], ids=lambda path: path.name)
def test_articles_are_of_news_length(path: Path) -> None:
    assert 80 <= len(path.read_text(encoding="utf-8").split()) <= 250
