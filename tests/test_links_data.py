"""The links of the bundled gazetteer: each is of one entry to one thing, and made again from the same data."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path

import pytest

from kg.ontology import load_gazetteer, load_ontology, ontology_folder

DATA = Path(__file__).parent.parent.parent / "shared" / "data" / "entities"
WIKIDATA = "http://www.wikidata.org/entity/Q"


def test_each_link_is_of_one_entry():
    links = [link for entry in load_gazetteer().entries.values() for link in entry.same_as]
    assert len(links) > 350
    assert all(link.removeprefix(WIKIDATA).isdigit() for link in links)
    assert [link for link, count in Counter(links).items() if count > 1] == []
    assert all(len(entry.same_as) <= 1 for entry in load_gazetteer().entries.values())


@pytest.mark.parametrize(
    ("name", "number"),
    [("spd", 49768), ("boeing", 66), ("california-place", 99), ("germany", 183), ("scotland-place", 22)],
)
def test_links_that_anybody_can_look_up(name, number):
    entry = load_gazetteer().entries[f"https://kg.example/entity/{name}"]
    assert entry.same_as == (f"{WIKIDATA}{number}",)


def test_what_has_the_name_of_an_organization_is_not_linked_to_it():
    gazetteer, ontology = load_gazetteer(), load_ontology()
    text = (ontology_folder() / "links.ttl").read_text(encoding="utf-8")
    for entry in gazetteer.entries.values():
        if f"entity:{entry.iri.rsplit('/', 1)[-1]} skos:exactMatch" in text:
            assert ontology.is_a(entry.type, "Organization"), entry.label


@pytest.mark.shared
@pytest.mark.skipif(not DATA.is_dir(), reason="the data is not on this machine")
def test_the_same_data_give_the_same_files(tmp_path):
    spec = importlib.util.spec_from_file_location("build_links", ontology_folder() / "build_links.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main(DATA, tmp_path)
    for name in module.WRITTEN:
        assert (tmp_path / name).read_bytes() == (ontology_folder() / name).read_bytes()
