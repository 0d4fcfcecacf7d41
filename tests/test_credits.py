"""Publisher, authors and section: from what files say of them to the graph and back, and where articles are shown."""

from __future__ import annotations

import json
from dataclasses import replace

import pyoxigraph as ox
import pytest
from handmade import HUAWEI, MTS, ONTOLOGY, article

from kg import describe, jsonld, nanopubs, rdf, views
from kg.article_fields import author_names, checked
from kg.articles import from_text, read
from kg.errors import InputError
from kg.knowledge_graph import KnowledgeGraph
from kg.markdown import front_matter
from kg.namespaces import article_iri
from kg.store import Store
from kg.terms import term

AUTHORS = ("Tom Halm", "Anna Berg", "dpa")
DC = "http://purl.org/dc/elements/1.1/"
SCHEMA = "https://schema.org/"


def printed(article_id="a1", publisher="Nordkurier", authors=AUTHORS, section="Wirtschaft", **more):
    said = ["partnersWith asserted|{s:MTS} {p:kooperiert} mit {o:Huawei}."]
    return article(
        article_id, said, (HUAWEI, MTS), publisher=publisher, authors=authors, section=section, title="5G", **more
    )


@pytest.fixture
def graph():
    with Store.open() as store:
        store.write(printed(), ONTOLOGY)
        store.write(printed("a2", "Südbote", ("Anna Berg",), None, url="https://a.example/2"), ONTOLOGY)
        store.write(printed("a3", None, (), None, url="https://www.b.example/3"), ONTOLOGY)
        yield KnowledgeGraph(store)


class TestGraph:
    @pytest.mark.parametrize(
        "authors", [(), ("Anna Berg",), AUTHORS, tuple(f"Nr. {n}" for n in range(12)), ("7 Tage",)]
    )
    @pytest.mark.parametrize(("publisher", "section"), [(None, None), ("Nordkurier", "Wirtschaft & Börse")])
    def test_what_is_written_is_read(self, publisher, authors, section):
        one = printed(publisher=publisher, authors=authors, section=section)
        quads = rdf.article_graph(one, ONTOLOGY)
        assert rdf.read_article(quads, article_iri("a1")) == replace(one.article, source=None)

    def test_the_triples(self):
        node = ox.NamedNode(article_iri("a1"))
        told = {
            (q.predicate.value, q.object.value) for q in rdf.article_graph(printed(), ONTOLOGY) if q.subject == node
        }
        wanted = {(f"{space}publisher", "Nordkurier") for space in (DC, SCHEMA)}
        wanted |= {(name, author) for name in (f"{DC}creator", f"{SCHEMA}author") for author in AUTHORS}
        wanted |= {(term("kg:byline").value, f"{number} {author}") for number, author in enumerate(AUTHORS, start=1)}
        wanted.add((f"{SCHEMA}articleSection", "Wirtschaft"))
        without = {
            (q.predicate.value, q.object.value)
            for q in rdf.article_graph(printed(publisher=None, authors=(), section=None), ONTOLOGY)
        }
        assert told - without == wanted

    def test_nothing_of_it_is_a_plain_triple(self, graph):
        assert graph.query("SELECT ?x { ?a dc:publisher ?x }").rows == ()
        assert len(graph.query("SELECT ?x { GRAPH ?a { ?a dc:publisher ?x } }")) == 2

    def test_it_passes_the_shapes(self, graph):
        assert graph.validate().conforms

    @pytest.mark.parametrize("amiss", [{"publisher": ""}, {"authors": ("",)}, {"section": ""}])
    def test_what_is_amiss_does_not(self, amiss):
        with Store.open() as store:
            store.write(printed(**amiss), ONTOLOGY)
            assert not KnowledgeGraph(store).validate().conforms

    def test_json_ld_reads_well_and_says_the_same(self):
        quads = rdf.article_graph(printed(), ONTOLOGY)
        written = jsonld.document(quads)
        text = written.decode()
        for part in ('"publisher": "Nordkurier"', '"creators": [', '"articleSection": "Wirtschaft"'):
            assert part in text
        assert set(ox.parse(written, format=ox.RdfFormat.JSON_LD)) == set(quads)

    def test_nanopublications_say_who_published_it(self):
        quads = [*rdf.article_graph(printed(), ONTOLOGY), *rdf.statements_graph(printed(), ONTOLOGY)]
        told = [q for q in nanopubs.nanopubs(quads) if q.predicate.value.startswith(DC)]
        assert {q.object.value for q in told} == {"Nordkurier", *AUTHORS}
        assert all(q.graph_name.value.endswith("#provenance") for q in told)

    def test_a_description_names_the_publishers(self, graph):
        found = describe.describe(graph.store)
        assert {q.object.value for q in found if q.predicate == term("dc:source")} == {"Nordkurier", "Südbote"}


class TestWhereArticlesAreShown:
    def test_explanations(self, graph):
        found = graph.explain("MTS", "partnersWith", "Huawei")
        assert [one.publisher for one in found] == ["Nordkurier", "Südbote", None]
        assert "5G · Nordkurier · 2019-06-06" in str(found)
        assert "5G · Südbote · 2019-06-06 · https://a.example/2" in found._repr_html_()

    def test_edges(self, graph):
        network = graph.to_networkx()
        ((_, _, given),) = network.edges(data=True)
        assert given["publishers"] == "Nordkurier; Südbote"

    def test_tables(self, graph):
        frame = graph.to_pandas()
        assert [value if isinstance(value, str) else None for value in frame["publisher"]] == [
            "Nordkurier",
            "Südbote",
            None,
        ]
        assert list(frame.columns[-5:]) == ["article", "publisher", "date", "quote", "id"]

    def test_timelines(self, graph):
        assert [one.publisher for one in graph.timeline("MTS")] == ["Nordkurier", "Südbote", None]
        assert "publisher" in graph.timeline("MTS").to_dataframe().columns

    def test_the_page(self, graph):
        html = views.page(graph.to_networkx(), graph.explain("MTS"), "T")
        data = html.partition('id="data"')[2].partition(">")[2].partition("</script>")[0]
        assert [one["publisher"] for one in json.loads(data)["articles"]] == ["Nordkurier", "Südbote", None]


class TestWhatFilesSay:
    @pytest.mark.parametrize(
        ("given", "authors"),
        [
            ("Anna Berg", ("Anna Berg",)),
            ("Berg, Anna", ("Berg, Anna",)),
            ("Anna Berg; Tom Halm", ("Anna Berg", "Tom Halm")),
            ("Berg, Anna; Halm, Tom;", ("Berg, Anna", "Halm, Tom")),
            ("Anna Berg und Tom Halm", ("Anna Berg", "Tom Halm")),
            ("Anna Berg, and Tom Halm", ("Anna Berg", "Tom Halm")),
            ("A. Berg und T. Halm; dpa", ("A. Berg", "T. Halm", "dpa")),
            ("Anna Berg | Tom Halm|dpa", ("Anna Berg", "Tom Halm", "dpa")),
            ("Berg und Halm", ("Berg und Halm",)),
            ("Stiftung Wissenschaft und Politik", ("Stiftung Wissenschaft und Politik",)),
            ("Alexandra Sand", ("Alexandra Sand",)),
            ("[Anna Berg, Tom Halm]", ("Anna Berg", "Tom Halm")),
            ("['Berg, Anna', \"Halm, Tom\"]", ("Berg, Anna", "Halm, Tom")),
            ("[]", ()),
            (" ; ", ()),
            ("", ()),
        ],
    )
    def test_strings_of_authors(self, given, authors):
        assert author_names(given) == authors
        assert checked({"authors": given}).authors == checked({"author": given}).authors == authors

    @pytest.mark.parametrize(
        "authors", [["Anna Berg", "Tom Halm"], ("Anna Berg", "Tom Halm"), "Anna Berg und Tom Halm"]
    )
    def test_texts_from_python(self, authors):
        one = from_text("MTS wirbt.", publisher=" Nordkurier", authors=authors, section="Wirtschaft")
        assert (one.publisher, one.authors, one.section) == ("Nordkurier", ("Anna Berg", "Tom Halm"), "Wirtschaft")
        assert from_text("MTS wirbt.") == replace(one, publisher=None, authors=(), section=None)
        with pytest.raises(InputError, match="section is a int"):
            from_text("MTS wirbt.", section=3)

    def test_one_string_means_the_same_in_every_file(self, tmp_path):
        text = "MTS kooperiert mit Huawei."
        (tmp_path / "a.md").write_text(f"---\nauthors: A. Berg and T. Halm | dpa\n---\n{text}\n")
        (tmp_path / "b.csv").write_text(f"text,byline\n{text},A. Berg and T. Halm | dpa\n")
        (tmp_path / "c.json").write_text(json.dumps({"text": text, "author": "A. Berg and T. Halm | dpa"}))
        assert [one.authors for one in read([tmp_path])] == [("A. Berg", "T. Halm", "dpa")] * 3

    def test_lists_stay_lists(self):
        assert checked({"authors": ["Anna Berg und Tom Halm", " dpa ", "dpa"]}).authors == (
            "Anna Berg und Tom Halm",
            "dpa",
        )

    def test_what_is_no_name(self):
        with pytest.raises(InputError, match="authors is a int – authors must be a string or a list of strings"):
            checked({"authors": [3]})

    @pytest.mark.parametrize(
        ("lines", "pairs"),
        [
            (["authors:", "  - Anna Berg", '  - "Halm, Tom"', "section: Politik"], "Anna Berg; Halm, Tom"),
            (["authors:", "- Anna Berg", "section: Politik"], "Anna Berg"),
            (["authors: Anna Berg", "- Tom Halm", "section: Politik"], "Anna Berg"),
            (["authors:", "- Redaktion: Berlin", "section: Politik"], "Redaktion: Berlin"),
        ],
    )
    def test_lists_before_markdown(self, lines, pairs):
        assert front_matter("\n".join(["---", *lines, "---", "Text."])) == (
            {"authors": pairs, "section": "Politik"},
            "Text.",
        )

    def test_markdown_and_json_lines(self, tmp_path):
        (tmp_path / "a.md").write_text(
            "---\npublisher: Nordkurier\nauthors:\n- Anna Berg\n- Tom Halm\nsection: Wirtschaft\n---\n"
            "MTS kooperiert mit Huawei.\n"
        )
        line = {"id": "b", "text": "MTS kooperiert mit Huawei.", "publisher": "Nordkurier", "section": "Wirtschaft"}
        (tmp_path / "b.jsonl").write_text(json.dumps(line | {"authors": ["Anna Berg", "Tom Halm"]}))
        for found in read([tmp_path]):
            assert (found.publisher, found.authors, found.section) == (
                "Nordkurier",
                ("Anna Berg", "Tom Halm"),
                "Wirtschaft",
            )
