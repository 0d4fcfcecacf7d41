"""The library as `import kg` gives it: a few names, loaded when they are first used."""

import os
import re
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from handmade import MTS, news

import kg
from kg.errors import InputError, LanguageError, StoreError
from kg.results import Statements

ROOT = Path(__file__).parent.parent


def test_the_public_names():
    assert kg.__all__ == [
        "Article",
        "Entity",
        "Evidence",
        "Explanation",
        "KgError",
        "KnowledgeGraph",
        "OpenTriple",
        "OpenTriples",
        "Statement",
        "Statements",
        "__version__",
        "build",
        "extract",
        "open",
        "open_triples",
    ]
    for name in kg.__all__:
        thing = getattr(kg, name)
        assert name == "__version__" or (thing.__name__ == name and thing.__doc__)
    assert set(kg.__all__) <= set(dir(kg))
    with pytest.raises(AttributeError, match="module 'kg' has no attribute 'nothing'"):
        _ = kg.nothing


def test_import_is_quick_and_loads_nothing_heavy():
    code = "import sys, kg, kg.errors; print(*(name for name in ('spacy', 'rdflib', 'numpy') if name in sys.modules))"
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout.strip() == ""
    assert time.monotonic() - start < 2  # 0.1 s on an idle machine


@pytest.mark.usefixtures("stand_in")
def test_build_takes_paths_texts_and_articles(tmp_path, texts):
    path = tmp_path / "a1.txt"
    path.write_text(texts[0], encoding="utf-8")
    with kg.build([path, texts[1], replace(news()[2].article, id="a3")]) as graph:
        assert [article.title for article in graph.articles()].count("Huawei baut 5G in Russland") == 1
        assert len(graph.articles()) == 3
        assert len(graph.query("SELECT ?x { ?x kg:partnersWith entity:mts }")) == 1
    with kg.build(texts[1]) as graph:
        assert len(graph.statements()) == 2


@pytest.mark.usefixtures("stand_in")
def test_a_store_is_kept_and_opened_again(tmp_path, texts):
    kg.build(texts[0], store=tmp_path / "store").close()
    kg.build([texts[1]], store=str(tmp_path / "store")).close()
    with kg.open(tmp_path / "store") as graph:
        assert len(graph.articles()) == 2
    with pytest.raises(StoreError, match="there is no store"):
        kg.open(tmp_path / "fehlt")
    assert not (tmp_path / "fehlt").exists()


@pytest.mark.usefixtures("stand_in")
def test_failures_warn_or_raise(texts):
    with pytest.warns(UserWarning, match="'fi' is not understood"):
        kg.build([texts[0], "Das ist Finnisch."]).close()
    with pytest.raises(LanguageError):
        kg.build(["Das ist Finnisch."])
    with pytest.raises(InputError, match="no such file"):
        kg.build("fehlt.txt")
    with pytest.raises(KeyboardInterrupt):
        kg.build("Das ist ein Abbruch")


@pytest.mark.usefixtures("stand_in")
def test_extract_reads_well(texts):
    found = kg.extract(texts[0])
    assert isinstance(found, tuple) and isinstance(found[0], kg.Statement)
    assert repr(found).splitlines() == [
        "Huawei partnersWith MTS (asserted, 0.94)",
        "MTS basedIn Russland (asserted, 0.94)",
        "Gou Ping leads Huawei (reported, 0.94, says Gou Ping, time: 2019-06 (Er), amount: 5400000000 EUR (Er), "
        "share: Er, count: Er, role: Er, topic: China, place: Russland)",
    ]
    assert found.label(MTS.iri) == "MTS" and found.label("x") == "x"
    assert found.rejections == ()
    nothing = kg.extract("Nichts davon.")
    assert (len(nothing), repr(nothing), nothing._repr_html_()) == (
        0,
        "no statement found",
        "<p>no statement found</p>",
    )


def test_html_is_escaped():
    extraction = news()[0]
    evil = tuple(replace(entity, label=f"<b>{entity.label}") for entity in extraction.entities)
    shown = Statements.of(replace(extraction, entities=evil))._repr_html_()
    assert "&lt;b&gt;Huawei" in shown and "<b>" not in shown


def test_words_are_marked_in_their_sentence():
    shown = Statements.of(news()[0])._repr_html_()
    marked = re.findall(r"<span style='[^']+' title='(\w+)'>([^<]+)</span>", shown.partition("</tr>")[2])
    assert marked[:4] == [
        ("subject", "Huawei"),
        ("predicate", "hat"),
        ("object", "MTS"),
        ("predicate", "Vereinbarung"),
    ]
    assert marked[-3:] == [(role, role) for role in ("subject", "predicate", "object")]  # the legend
    extraction = news()[0]
    one = extraction.statements[0]
    evil = replace(one, evidence=replace(one.evidence, quote="<b>Hua</b><i>"))
    shown = Statements.of(replace(extraction, statements=(evil,)))._repr_html_()
    assert "<b>" not in shown and "<i>" not in shown
