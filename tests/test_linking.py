"""Links elsewhere: what may be drawn, what is left to a user, and that a decision is never changed."""

from __future__ import annotations

import dataclasses
import sys

import pytest
import servers
from handmade import CHINA, GOU_PING, HUAWEI, MTS, ONTOLOGY, USA, article, news

from kg import linking
from kg.changes import is_of_article
from kg.cli_link import THRESHOLD
from kg.errors import KgError
from kg.link_names import agree, alike, classes_of
from kg.link_quads import LinkCandidate, link_quads, read_links
from kg.link_sources import Found
from kg.linking import KEPT_APART, TOO_SHORT, Rules
from kg.namespaces import ARTICLE, LINKS, STATEMENTS
from kg.ontology import load_ontology
from kg.store import Store
from kg.terms import LINKS_GRAPH

THERE = "https://authority.example/"
RULES = Rules(load_ontology())
SAME_LINKS = f"SELECT ?x {{ <{HUAWEI.iri}> skos:exactMatch ?x }}"


class Given:
    """A source that gives what a test wrote down, by label."""

    def __init__(self, name: str = "given", **found: list[Found]) -> None:
        self.name, self.found, self.asked = name, found, []

    def find(self, entities):
        self.asked = [entity.label for entity in entities]
        for entity in entities:
            yield entity, self.found.get(entity.label.replace(" ", "_"), [])


def thing(number: int, *names: str, kind: str | None = "business", note: str = "", place: str = THERE) -> Found:
    return Found(f"{place}{number}", names, (("", kind),) if kind else (), note)


@pytest.fixture(params=["oxigraph", "memory"])
def store(request):
    with Store.open(engine=request.param) as found:
        for extraction in news():
            found.write(extraction, ONTOLOGY)
        yield found


def verdicts(store: Store, source: Given | None, decided=None, rules: Rules = RULES, **options) -> dict[str, str]:
    result = linking.link(store, source, rules, decided or {}, **options)
    return {one.target.removeprefix(THERE): one.verdict for one in result.candidates}


def decision(entity, number: int, same: bool | None):
    said = {True: "same", False: "different", None: "open"}[same]
    return {(entity.iri, f"{THERE}{number}"): (said, "links.csv:2")}


class TestWhatIsDrawn:
    @pytest.mark.parametrize(
        ("label", "found", "expected"),
        [
            ("Huawei", [thing(1, "Huawei")], {"1": "linked"}),
            ("Huawei", [thing(1, "Huawei Technologies Co., Ltd.")], {"1": "linked"}),  # by an alias, but for the form
            ("Huawei", [thing(1, "Huawei", kind=None)], {"1": "open"}),  # what it is there is not known
            ("Huawei", [thing(1, "Huawei", kind="river")], {"1": "open"}),  # and is something else
            ("Huawei", [thing(1, "Huawei"), thing(2, "Huawei")], {"1": "open", "2": "open"}),  # two may be meant
            ("Huawei", [thing(1, "Huawei"), thing(2, "Huawei", kind="film")], {"1": "linked", "2": "open"}),
            ("Huawei", [thing(1, "Huawei"), thing(2, "Huawei", kind=None)], {"1": "open", "2": "open"}),
            ("Huawei", [thing(1, "Huaweii")], {"1": "open"}),  # 0.92
            ("Huawei", [thing(1, "Nokia")], {}),  # nothing like it
            ("Huawei", [thing(1, "Shenzhen Corporation", note="40 points by the service")], {"1": "open"}),
            ("MTS", [thing(1, "MTS")], {"1": "open"}),  # three letters say too little
            ("Gou Ping", [thing(1, "Gou Ping", kind="person")], {"1": "linked"}),
            ("Gou Ping", [thing(1, "Ping, Gou", kind="Mensch")], {"1": "linked"}),
        ],
    )
    def test_by_name_type_and_uniqueness(self, store, label, found, expected):
        assert verdicts(store, Given(**{label.replace(" ", "_"): found})) == expected

    def test_a_person_is_not_linked_by_a_surname(self):
        merz = dataclasses.replace(GOU_PING, label="Merzbach", aliases=())
        with Store.open() as store:
            store.write(article("a", [], (merz,)), ONTOLOGY)
            result = linking.link(store, Given(Merzbach=[thing(1, "Merzbach", kind="human person")]), RULES, {})
        (one,) = result.candidates
        assert (one.verdict, one.agrees, one.score) == ("open", True, 1.0)
        assert TOO_SHORT in one.reason

    def test_one_thing_is_not_two_entities(self, store):
        assert verdicts(store, Given(Huawei=[thing(1, "Huawei")])) == {"1": "linked"}
        other = dataclasses.replace(MTS, iri=MTS.iri + "-2", label="Huawei Technologies", aliases=())
        store.write(article("b", [], (other,)), ONTOLOGY)
        again = Given(Huawei=[thing(1, "Huawei Technologies")], Huawei_Technologies=[thing(1, "Huawei Technologies")])
        result = linking.link(store, again, RULES, {})
        assert [one.verdict for one in result.candidates] == ["open", "open"]

    def test_what_is_linked_already_is_not_looked_for(self, store):
        source = Given(China=[thing(1, "China", kind="country")])
        assert verdicts(store, source) == {}
        assert "China" not in source.asked and "Huawei" in source.asked

    def test_what_the_gazetteer_links_gets_no_second_link_in_the_same_place(self, store):
        wikidata = "http://www.wikidata.org/entity/Q"
        here = Given(China=[thing(999, "China", kind="country", place=wikidata)])
        assert set(verdicts(store, here, wanted=[CHINA.iri]).values()) == {"open"}
        there = Given(China=[thing(1, "China", kind="country")])
        assert verdicts(store, there, wanted=[CHINA.iri])["1"] == "linked"

    def test_the_most_mentioned_come_first(self, store):
        source = Given()
        linking.link(store, source, RULES, {}, limit=2)
        assert [store.mention_counts()[iri] for iri in (HUAWEI.iri, MTS.iri, USA.iri)] == [6, 4, 3]
        assert source.asked == ["Huawei", "MTS"]

    def test_users_may_say_what_a_type_is(self, store):
        found = Given(Huawei=[Found(THERE + "1", ("Huawei",), (("http://x.example/Q7", "zaibatsu"),))])
        assert verdicts(store, found) == {"1": "open"}
        assert verdicts(store, found, rules=dataclasses.replace(RULES, types={"Q7": "Company"})) == {"1": "linked"}

    def test_names_that_users_keep_apart_are_not_linked(self, store):
        found = Given(Huawei=[thing(1, "Huawei", "Huawei Marine")])
        apart = dataclasses.replace(RULES, apart={("Huawei", "Huawei Marine"): "names.csv:3"})
        (one,) = linking.link(store, found, apart, {}).candidates
        assert one.verdict == "open" and f"{KEPT_APART} names.csv:3" in one.reason


class TestDecisions:
    def test_they_hold_against_every_later_run(self, store):
        found = Given(Huawei=[thing(1, "Huawei"), thing(2, "Huawei")])
        assert verdicts(store, found) == {"1": "open", "2": "open"}
        assert verdicts(store, found, decision(HUAWEI, 2, True)) == {"1": "open", "2": "same"}
        assert "Huawei" not in found.asked  # it is linked
        assert verdicts(store, Given(Huawei=[thing(1, "Huawei")]), wanted=[HUAWEI.iri]) == {"1": "open", "2": "same"}
        assert [str(row[0]) for row in store.query(SAME_LINKS).rows] == [f"{THERE}2"]

    def test_what_was_refused_is_not_drawn_and_no_rival(self, store):
        found = Given(Huawei=[thing(1, "Huawei"), thing(2, "Huawei")])
        assert verdicts(store, found, decision(HUAWEI, 2, False)) == {"1": "linked", "2": "different"}
        assert verdicts(store, found) == {"1": "linked", "2": "different"}
        assert verdicts(store, found, decision(HUAWEI, 1, False)) == {"1": "different", "2": "different"}
        assert store.query(SAME_LINKS).rows == ()

    @pytest.mark.parametrize("same", [True, False])
    def test_they_can_be_taken_back(self, store, same):
        found = Given(Huawei=[thing(1, "Huawei")])
        assert verdicts(store, found, decision(HUAWEI, 1, same)) == {"1": "same" if same else "different"}
        assert verdicts(store, None, decision(HUAWEI, 1, None))["1"] == "open" or not same
        assert verdicts(store, found, decision(HUAWEI, 1, None)) == {"1": "linked"}
        assert verdicts(store, None, decision(HUAWEI, 9, None)) == {"1": "linked"}  # nothing to take back

    def test_what_a_source_tells_is_kept_with_a_decision(self, store):
        verdicts(store, None, decision(HUAWEI, 1, False))
        (one,) = linking.link(store, Given(Huawei=[thing(1, "Huawei Inc.")]), RULES, {}).candidates
        assert (one.verdict, one.label, one.reason) == ("different", "Huawei Inc.", "decided in links.csv:2")

    def test_a_user_may_link_what_no_source_gave(self, store):
        assert verdicts(store, None, decision(MTS, 7, True)) == {"7": "same"}
        (one,) = store.links()
        assert (one.entity, one.reason) == (MTS.iri, "decided in links.csv:2")

    def test_other_sources_keep_what_they_gave(self, store):
        one, other = Given("one", Huawei=[thing(1, "Huawei")]), Given("other", Huawei=[thing(2, "Nix")])
        other.found["Huawei"] = [thing(2, "Huawei", place="https://other.example/")]
        verdicts(store, one)
        assert verdicts(store, other) == {"1": "linked", "https://other.example/2": "linked"}
        assert verdicts(store, Given("one")) == {"https://other.example/2": "linked"}

    def test_a_link_that_was_drawn_stays_though_the_threshold_rises_for_others(self, store):
        loose = dataclasses.replace(RULES, threshold=0.9)
        assert verdicts(store, Given(Huawei=[thing(1, "Huaweii")]), rules=loose) == {"1": "linked"}
        assert verdicts(store, Given(MTS=[]), wanted=[MTS.iri]) == {"1": "linked"}
        assert verdicts(store, Given(Huawei=[thing(1, "Huaweii")])) == {"1": "open"}


class TestTheGraph:
    @pytest.fixture(params=["oxigraph", "memory", "endpoint"])
    def store(self, request):
        where: dict[str, str] = {"engine": request.param}
        if request.param == "endpoint":
            where = {"path": servers.shared_oxigraph()}
            servers.clear(where["path"])
        with Store.open(**where) as found:
            for extraction in news():
                found.write(extraction, ONTOLOGY)
            yield found

    def test_articles_that_are_loaded_in_bulk_have_their_links_too(self, store):
        (target,) = CHINA.same_as
        links = [
            LinkCandidate(HUAWEI.iri, f"{THERE}1", verdict="same"),
            LinkCandidate(CHINA.iri, target, verdict="different"),
        ]
        store.write_links(links)
        expected = store.default_graph()
        own = [q for q in store.quads() if str(q.graph_name).startswith((f"<{ARTICLE}", f"<{STATEMENTS}"))]
        for extraction in news():
            store.remove(extraction.article.id)
        assert store.default_graph() == frozenset()
        store.load(own)
        store.settle({q.graph_name.value for q in own if is_of_article(q)})
        assert store.default_graph() == expected

    def test_a_failing_source_changes_nothing(self, store):
        class Broken(Given):
            def find(self, entities):
                yield entities[0], []
                raise OSError("gone")

        verdicts(store, Given(Huawei=[thing(1, "Huawei")]))
        before = store.quads()
        with pytest.raises(OSError, match="gone"):
            linking.link(store, Broken(), RULES, {})
        assert store.quads() == before

    def test_links_are_found_like_those_of_the_gazetteer(self, store):
        verdicts(store, Given(Huawei=[thing(1, "Huawei")]))
        assert [str(row[0]) for row in store.query(SAME_LINKS).rows] == [f"{THERE}1"]
        assert next(e for e in store.entities() if e.iri == HUAWEI.iri).same_as == (f"{THERE}1",)
        rows = store.query(f"SELECT ?to ?score {{ GRAPH <{LINKS}> {{ ?c kg:linkTo ?to ; kg:score ?score }} }}").rows
        assert [(str(to), float(score)) for to, score in rows] == [(f"{THERE}1", 1.0)]

    def test_they_outlive_the_articles_and_come_back_with_them(self, store):
        verdicts(store, Given(Huawei=[thing(1, "Huawei")]))
        with_link = store.default_graph()
        for extraction in news():
            store.write(extraction, ONTOLOGY)
        assert store.default_graph() == with_link
        for extraction in news():
            store.remove(extraction.article.id)
        assert store.default_graph() == frozenset()
        for extraction in news():
            store.write(extraction, ONTOLOGY)
        assert store.default_graph() == with_link

    def test_without_links_all_is_as_it_was(self, store):
        before = store.quads()
        verdicts(store, Given(Huawei=[thing(1, "Huawei")]))
        store.write_links(())
        assert store.quads() == before

    def test_a_link_that_the_gazetteer_has_too_stays_when_ours_goes(self, store):
        (target,) = CHINA.same_as
        before = store.default_graph()
        store.write_links([LinkCandidate(CHINA.iri, target, verdict="same")])
        assert store.default_graph() == before
        store.write_links(())
        assert store.default_graph() == before

    def test_a_link_of_the_gazetteer_that_a_user_refused_is_gone_whatever_is_read_later(self, store):
        (target,) = CHINA.same_as
        before = store.quads()
        asked = f"SELECT ?x {{ <{CHINA.iri}> skos:exactMatch ?x }}"
        linking.link(store, None, RULES, {(CHINA.iri, target): ("different", "links.csv:2")})
        assert store.query(asked).rows == ()
        for extraction in news():
            store.write(extraction, ONTOLOGY)
        store.write(article("a4", [], (CHINA,)), ONTOLOGY)
        assert store.query(asked).rows == ()
        found = Given(China=[thing(1, "China", kind="country")])
        assert verdicts(store, found)["1"] == "linked"
        store.write_links(())
        store.remove("a4")
        assert store.quads() == before

    def test_they_come_back_as_they_were_written(self):
        one = LinkCandidate(HUAWEI.iri, THERE + "1", "H", ("a", "b"), 0.971, True, "linked", "x", "y")
        two = LinkCandidate(USA.iri, THERE + "2")
        quads = link_quads([two, one])
        assert read_links(quads) == tuple(sorted((one, two), key=lambda c: c.entity))
        assert {quad.graph_name for quad in quads} == {LINKS_GRAPH}


class TestNamesAndTypes:
    @pytest.mark.parametrize(
        ("one", "other", "low", "high"),
        [
            ("Österreich", "Oesterreich", 1, 1),
            ("Deutsche Telekom AG", "Deutsche Telekom", 1, 1),
            ("Blackberry", "Blackberrys", 0.9, 0.969),
            ("Airbus A320", "Airbus A321", 0, 0.5),
            ("Kastell AG", "Kastell GmbH", 0, 0.8),
            ("", "Huawei", 0, 0),
        ],
    )
    def test_how_alike(self, one, other, low, high):
        assert low <= alike(one, other) <= high
        assert alike(one, other) == alike(other, one)

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("automobile manufacturer", {"Company"}),
            ("Automobilhersteller", {"Company"}),
            ("political party in Germany", {"PoliticalParty"}),
            ("taxon", set()),
            ("", set()),
        ],
    )
    def test_types_by_their_nouns(self, name, expected):
        assert classes_of([("", name)], RULES.ontology, {}) == expected

    @pytest.mark.parametrize(
        ("iri", "expected"),
        [
            ("http://www.wikidata.org/entity/Q5", {"Person"}),
            ("http://www.wikidata.org/prop/direct/Q5", {"Person"}),  # as its reconciliation service has it
            ("http://schema.org/Corporation", {"Company"}),
            ("https://kg.example/ontology#City", {"City"}),
            ("https://example.org/Whatever", set()),
        ],
    )
    def test_types_by_their_iris(self, iri, expected):
        assert classes_of([(iri, "")], RULES.ontology, {}) == expected

    @pytest.mark.parametrize(
        ("kind", "classes", "expected"),
        [
            ("Company", {"Organization"}, True),
            ("Organization", {"Company"}, True),
            ("Company", {"City"}, False),
            ("Thing", {"City"}, False),
            ("Agent", {"Person"}, False),
            ("City", set(), False),
        ],
    )
    def test_agreement(self, kind, classes, expected):
        assert agree(kind, classes, RULES.ontology) is expected


def test_without_rapidfuzz_it_says_how_to_get_it(store, monkeypatch):
    monkeypatch.setitem(sys.modules, "rapidfuzz.fuzz", None)
    with pytest.raises(KgError, match=r"rapidfuzz is not installed – pip install 'kg-news\[link\]'"):
        linking.link(store, Given(Huawei=[thing(1, "Huawei")]), RULES, {})
    assert store.links() == ()


def test_the_command_line_states_the_threshold():
    assert THRESHOLD == linking.THRESHOLD
