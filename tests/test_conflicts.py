"""What articles tell differently, and what only looks so."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest
from handmade import article, entity, vocabulary

from kg.conflicts import conflicts
from kg.errors import OntologyError
from kg.expectations import expectations
from kg.namespaces import KG, article_iri
from kg.ontology import Ontology, Property
from kg.records import Extraction, Qualifier
from kg.store import Store

NAMES = ("Arvo", "Belkor", "Cindo", "Dormak", "Kolb", "Lenz")
ENTITIES = (*(entity(name) for name in NAMES), entity("Anna Kolb", name="Anna"))


def with_properties(*names: str) -> Ontology:
    known = vocabulary()
    like = known.properties["leads"]
    more = {
        name: Property(name, like.iri.replace("leads", name), {}, {}, like.domain, like.range, False, ())
        for name in names
    }
    return replace(known, properties={**known.properties, **more})


ONTOLOGY = with_properties("acquires", "founded", "owns", "subsidiaryOf", "succeeds", "actsFor")


def told(name: str, date: str | None, *claims: str, **qualifiers: object) -> Extraction:
    """An article; a claim reads "Arvo acquires Belkor asserted", what qualifies it all its statements."""
    lines = []
    for claim in claims:
        subject, prop, value, status = claim.split()
        lines.append(f"{prop} {status}|{{s:{subject}}} {{p:{name}}} {{o:{value}}}.")
    made = article(name, lines, ENTITIES, date=date)
    event = qualifiers.pop("event", None)
    added = [
        Qualifier(kind, str(value), 0, 2, *(value if isinstance(value, tuple) else ()))  # type: ignore[arg-type]
        for kind, value in qualifiers.items()
    ]
    return replace(
        made,
        statements=tuple(
            replace(s, event_time=event or s.event_time, qualifiers=tuple(added))  # type: ignore[arg-type]
            for s in made.statements
        ),
    )


def found(*articles: Extraction) -> list[tuple[str, ...]]:
    with Store.open() as store:
        for one in articles:
            store.write(one, ONTOLOGY)
        return [(one.kind, *(side.says for side in one.sides)) for one in conflicts(store)]


BOUGHT = "Arvo acquires Belkor asserted"
DENIED = "Arvo acquires Belkor negated"


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ([told("a", "2019-06-01", BOUGHT), told("b", "2019-06-02", DENIED)], ("denied", "asserted", "negated")),
        (
            [told("a", "2019-06-01", "Arvo acquires Belkor alleged"), told("b", None, DENIED)],
            ("denied", "alleged", "negated"),
        ),
        (
            [told("a", "2019-06-01", BOUGHT), told("b", "2019-06-02", "Arvo acquires Belkor alleged")],
            ("alleged", "asserted", "alleged"),
        ),
        (  # either way round, a partnership is one
            [
                told("a", "2019-06-01", "Arvo partnersWith Belkor reported"),
                told("b", "2019-06-02", "Belkor partnersWith Arvo negated"),
            ],
            ("denied", "reported", "negated"),
        ),
        (
            [told("a", "2019-06-01", BOUGHT), told("b", "2019-06-02", "Cindo acquires Belkor asserted")],
            ("values", "Arvo – acquires – Belkor", "Cindo – acquires – Belkor"),
        ),
        (
            [told("a", "2019-06-01", "Arvo actsFor Belkor asserted"), told("b", "2001", "Arvo actsFor Cindo asserted")],
            ("values", "Arvo – actsFor – Belkor", "Arvo – actsFor – Cindo"),
        ),
        (
            [
                told("a", "2019-06-01", "Kolb leads Belkor asserted", role="Vorstandschef"),
                told("b", "2019-06-03", "Lenz leads Belkor asserted", role="Vorstandschef"),
            ],
            ("values", "Kolb – leads – Belkor (vorstandschef)", "Lenz – leads – Belkor (vorstandschef)"),
        ),
        (
            [told("a", "2019-06-01", "Arvo owns Belkor asserted"), told("b", None, "Belkor owns Arvo asserted")],
            ("excluded", "Arvo – owns – Belkor", "Belkor – owns – Arvo"),
        ),
        (
            [told("a", "2019", "Arvo owns Belkor asserted"), told("b", "2019", "Arvo subsidiaryOf Belkor asserted")],
            ("excluded", "Arvo – owns – Belkor", "Arvo – subsidiaryOf – Belkor"),
        ),
        (
            [
                told("a", "2019-06-01", BOUGHT, amount=(4e9, "EUR")),
                told("b", "2019-06-02", BOUGHT, amount=(5e9, "EUR")),
                told("c", "2019-06-02", BOUGHT, amount=(5.1e9, "EUR")),
            ],
            ("sum", "5,000,000,000 EUR", "4,000,000,000 EUR"),
        ),
        (
            [told("a", "2019-06-01", BOUGHT, share=(0.3,)), told("b", "2019-06-02", BOUGHT, share=(0.51,))],
            ("share", "30 %", "51 %"),
        ),
        (
            [
                told("a", None, "Kolb founded Belkor asserted", event="1987"),
                told("b", None, "Kolb founded Belkor asserted", event="1991-03"),
            ],
            ("time", "1987-01-01 – 1987-12-31", "1991-03-01 – 1991-03-31"),
        ),
    ],
)
def test_what_is_worth_a_look(articles, expected):
    assert found(*articles) == [expected]


LED = "Kolb leads Belkor asserted"


@pytest.mark.parametrize(
    "articles",
    [
        # years later it is news, no contradiction
        [told("a", "2015-06-01", BOUGHT), told("b", "2019-06-02", DENIED)],
        [told("a", "2015-06-01", "Arvo owns Belkor asserted"), told("b", "2019", "Belkor owns Arvo asserted")],
        # a text that tells both explains itself
        [told("a", "2019-06-01", BOUGHT, DENIED)],
        [told("a", "2019-06-01", BOUGHT), told("b", "2019-06-02", BOUGHT, "Arvo acquires Belkor alleged")],
        # of two events
        [told("a", None, BOUGHT, event="2015"), told("b", None, "Cindo acquires Belkor asserted", event="2018")],
        [told("a", "2019-06-01", BOUGHT), told("b", "2019-09-02", "Cindo acquires Belkor asserted")],
        # together, or as parent and subsidiary
        [told("a", "2019-06-01", BOUGHT, "Cindo acquires Belkor asserted"), told("b", "2019-06-02", BOUGHT)],
        [
            told("a", "2019-06-01", BOUGHT),
            told("b", "2019-06-02", "Cindo acquires Belkor asserted", "Arvo subsidiaryOf Cindo asserted"),
        ],
        # two heads, of whom one follows the other, or who hold other posts, or one of whom is only to come
        [told("a", "2019-06-01", LED, role="Chef"), told("b", "2019-06-02", "Lenz leads Belkor asserted", role="CFO")],
        [told("a", "2019-06-01", LED), told("b", "2019-06-02", "Lenz leads Belkor asserted")],
        [
            told("a", "2019-06-01", LED, role="Chef"),
            told("b", "2019-06-02", "Lenz leads Belkor asserted", "Lenz succeeds Kolb asserted", role="Chef"),
        ],
        [
            told("a", "2019-06-01", LED, role="Chef"),
            told("b", "2019-06-02", "Lenz leads Belkor asserted", role="Chef"),
            told("c", "2019-05-02", "Lenz leads Belkor planned", role="Chef"),
        ],
        # one person under two names; of nobody knows which time
        [
            told("a", "2019-06-01", LED, role="Chef"),
            told("b", "2019-06-02", "Anna leads Belkor asserted", role="Chef"),
        ],
        [told("a", None, LED, role="Chef"), told("b", "2019-06-02", "Lenz leads Belkor asserted", role="Chef")],
        # rounded; in other money; before and after
        [told("a", None, BOUGHT, amount=(4.6e9, "EUR")), told("b", None, BOUGHT, amount=(5e9, "EUR"))],
        [told("a", None, BOUGHT, amount=(4e9, "EUR")), told("b", None, BOUGHT, amount=(5e9, "USD"))],
        [
            told("a", None, BOUGHT, amount=(4e9, "EUR")),
            told("b", None, "Arvo acquires Belkor planned", amount=(5e9, "EUR")),
        ],
        [told("a", "2019-06", "Arvo restricts Belkor asserted", amount=(4e9, "EUR")),
         told("b", "2019-06", "Arvo restricts Belkor asserted", amount=(5e9, "EUR"))],
        # one date within the other
        [told("a", None, "Kolb founded Belkor asserted", event="1987"),
         told("b", None, "Kolb founded Belkor asserted", event="1987-03")],
    ],
)  # fmt: skip
def test_what_only_looks_like_a_conflict(articles):
    assert found(*articles) == []


@pytest.fixture
def store():
    with Store.open() as made:
        for one in (
            told("a", "2019-06-01", BOUGHT, "Arvo owns Cindo asserted"),
            told("b", "2019-06-03", BOUGHT),
            told("c", "2019-06-02", DENIED),
            told("d", "2019-06-05", DENIED),
            told("e", "2019-06-09", "Arvo owns Cindo negated"),
        ):
            made.write(one, ONTOLOGY)
        yield made


def test_the_weightiest_comes_first_and_the_newest_voice(store):
    first, second = conflicts(store)
    assert (first.subject, first.property, first.object, first.weight) == ("Arvo", "acquires", "Belkor", (2, 4))
    assert (second.property, second.weight, second.newest) == ("owns", (1, 2), "2019-06-09")
    assert [voice.article.id for side in first.sides for voice in side.voices] == ["b", "a", "d", "c"]
    assert first.sides[0].voices[0].quote == "Arvo b Belkor."


def test_prints_of_one_text_are_one_source(store):
    a, b = (ox.NamedNode(article_iri(name)) for name in "ab")
    graph = ox.NamedNode(KG + "sources")
    printed = ox.Quad(b, ox.NamedNode(KG + "reprintOf"), a, graph)
    store.load([printed])
    assert [side.sources for side in conflicts(store)[0].sides] == [2, 2]  # nobody says that this still holds
    store.load([ox.Quad(graph, ox.NamedNode("http://www.w3.org/2002/07/owl#versionInfo"), ox.Literal("1"), graph)])
    first = conflicts(store)[0]
    assert [(side.says, side.sources, len(side.voices)) for side in first.sides] == [
        ("negated", 2, 2),
        ("asserted", 1, 2),
    ]
    store.remove("e")
    assert [side.sources for side in conflicts(store)[0].sides] == [2, 2]


def test_it_shows_itself(store):
    shown = conflicts(store)
    assert repr(shown).splitlines()[0] == "denied: Arvo – acquires – Belkor: asserted (2) | negated (2)"
    assert "<b>negated (2 sources)</b><p>Arvo d Belkor.<br><small>d · 2019-06-05</small></p>" in shown._repr_html_()
    with Store.open() as other:
        for one in (
            told("a", "2019-06-03", "Arvo acquires Belkor asserted"),
            told("b", None, "Arvo acquires Belkor negated"),
        ):
            other.write(replace(one, article=replace(one.article, publisher="Nordblatt & Co.")), ONTOLOGY)
        assert "<small>a · Nordblatt &amp; Co. · 2019-06-03</small>" in conflicts(other)._repr_html_()
    frame = shown.to_dataframe()
    assert list(frame.columns)[:3] == ["conflict", "kind", "subject"]
    assert len(frame) == 6


def test_hostile_text_is_escaped():
    with Store.open() as store:
        for name, status in (("<script>", "asserted"), ("b", "negated")):
            store.write(told(name, None, f"Arvo acquires Belkor {status}"), ONTOLOGY)
        assert "<script" not in conflicts(store)._repr_html_()


def test_a_vocabulary_of_ones_own_is_heeded(tmp_path):
    path = tmp_path / "my.ttl"
    path.write_text(
        "@prefix kg: <https://kg.example/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "kg:basedIn a owl:ObjectProperty , owl:FunctionalProperty ; owl:propertyDisjointWith kg:leads .\n"
    )
    with Store.open() as store:
        for name, claim in (("a", "basedIn Belkor"), ("b", "basedIn Cindo"), ("c", "leads Belkor")):
            store.write(told(name, None, f"Arvo {claim} asserted"), ONTOLOGY)
        assert conflicts(store) == ()
        assert {one.kind for one in conflicts(store, [path])} == {"values", "excluded"}


def test_an_expectation_that_is_unknown_is_refused(tmp_path):
    path = tmp_path / "my.ttl"
    path.write_text('@prefix kg: <https://kg.example/ontology#> .\nkg:owns kg:expects "nothing" .\n')
    with pytest.raises(OntologyError, match=r"expected as 'nothing'.* allowed: once, dated"):
        expectations([path])
