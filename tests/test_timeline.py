"""What is said of somebody in the order of time."""

from __future__ import annotations

import sys
from datetime import date

import pytest
from handmade import HUAWEI, MTS, ONTOLOGY, USA, article, news

from kg.errors import KgError, UnknownNameError
from kg.knowledge_graph import KnowledgeGraph
from kg.store import Store
from kg.timeline import Moment, Timeline, span


@pytest.fixture
def graph():
    store = Store.open()
    for extraction in news():
        store.write(extraction, ONTOLOGY)
    store.write(
        article("b", ["restricts asserted|{s:USA} {p:sperren} {o:Huawei}."], (HUAWEI, USA), date=None), ONTOLOGY
    )
    with KnowledgeGraph(store) as found:
        yield found


def moment(when: str = "2019", **changes: object) -> Moment:
    given = {
        "told": "event",
        "subject": "Huawei",
        "property": "leads",
        "object": "MTS",
        "status": "asserted",
    }
    return Moment(
        when, **{**given, "confidence": 0.9, "article": "a", "publisher": None, "quote": "q", "id": "s", **changes}
    )  # type: ignore[arg-type]


def test_events_stand_at_their_own_time_all_else_at_that_of_the_article(graph):
    found = graph.timeline("Huawei Technologies")
    dated = [(one.when, one.told, one.subject, one.property, one.object, one.status) for one in found]
    assert [one[:2] for one in dated[:4]] == [
        ("2019", "article"),
        ("2019", "article"),
        ("2019-06", "event"),
        ("2019-06-06", "article"),
    ]
    assert dated[2] == ("2019-06", "event", "Gou Ping", "leads", "Huawei", "reported")
    assert dated[-1] == ("", "undated", "USA", "restricts", "Huawei", "asserted")
    days = [span(one.when) for one in found if one.when]
    assert days == sorted(days)
    assert {one.status for one in found} >= {"planned", "negated"}
    assert all("Huawei" in {one.subject, one.object} for one in found)


def test_an_unknown_name(graph):
    with pytest.raises(UnknownNameError, match="did you mean Huawei"):
        graph.timeline("Huawai")


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2019", (2019, 1, 1), (2019, 12, 31)),
        ("2020-02", (2020, 2, 1), (2020, 2, 29)),
        ("2019-06-04", (2019, 6, 4), (2019, 6, 4)),
        ("2019~", (2019, 1, 1), (2019, 12, 31)),
        ("199X", (1990, 1, 1), (1999, 12, 31)),
        ("2019-21", (2019, 3, 1), (2019, 5, 31)),
        ("2019-24", (2019, 12, 1), (2020, 2, 29)),
        ("2018-07/2018-09", (2018, 7, 1), (2018, 9, 30)),
        ("2019-05/..", (2019, 5, 1), (2019, 5, 31)),
        ("../2021", (2021, 1, 1), (2021, 12, 31)),
    ],
)
def test_days_of_an_edtf_value(edtf, first, last):
    assert span(edtf) == (date(*first), date(*last))


@pytest.mark.parametrize("edtf", ["", "..", "soon", "2019-13", "2019-02-30", "0000", "2019-1", "20190604"])
def test_what_is_no_date_has_no_days(edtf):
    assert span(edtf) is None


def test_it_shows_itself(graph):
    found = graph.timeline("Huawei")
    assert "\n2019-06: Gou Ping – leads – Huawei\n2019-06-06: " in repr(found)
    assert repr(found).endswith("?: USA – restricts – Huawei")
    assert "(planned)" in repr(found)
    assert "<td style='text-align:left'>2019-06</td>" in found._repr_html_()
    assert repr(Timeline()) == "nothing is said"


def test_hostile_text_is_escaped():
    shown = Timeline([moment(subject="<script>x</script>", quote="</td><img onerror=x>")])._repr_html_()
    assert "<script" not in shown
    assert "<img" not in shown


def test_as_a_dataframe(graph):
    frame = graph.timeline("Huawei").to_dataframe()
    assert list(frame.columns)[:5] == ["when", "told", "subject", "property", "object"]
    assert len(frame) == len(graph.timeline("Huawei"))
    assert list(Timeline().to_dataframe().columns) == list(frame.columns)


class TestPlot:
    @pytest.fixture(autouse=True)
    def _no_window(self):
        pytest.importorskip("matplotlib").use("Agg")
        yield
        from matplotlib import pyplot  # noqa: PLC0415 (an extra)

        pyplot.close("all")

    def test_a_row_for_each_statement_with_a_date(self, graph):
        found = graph.timeline("Huawei")
        axes = found.plot()
        labels = [label.get_text() for label in axes.get_yticklabels()]
        assert labels[2] == "Gou Ping – leads – Huawei"
        assert len(labels) == sum(bool(one.when) for one in found)
        assert any("(planned)" in label for label in labels)

    def test_what_is_no_plain_triple_is_hollow(self):
        axes = Timeline([moment(), moment(status="planned")]).plot()
        marks = [line for line in axes.lines if line.get_marker() == "o"]
        assert [line.get_fillstyle() for line in marks] == ["full", "none"]

    def test_a_name_with_dollars_is_no_formula(self):
        axes = Timeline([moment(subject=r"$\notatexcommand$")]).plot()
        axes.figure.canvas.draw()
        assert axes.get_yticklabels()[0].get_text().startswith(r"$\notatexcommand$")

    def test_it_draws_where_it_is_told(self):
        from matplotlib import pyplot  # noqa: PLC0415 (an extra)

        axes = pyplot.subplots()[1]
        assert Timeline([moment()]).plot(axes) is axes

    def test_nothing_to_draw(self):
        with pytest.raises(KgError, match="nothing here has a date"):
            Timeline([moment("")]).plot()


def test_matplotlib_is_an_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    with pytest.raises(KgError, match=r"pip install 'kg-news\[plot\]'"):
        Timeline([moment()]).plot()


def test_statements_about_what_nobody_names(graph):
    assert graph.timeline("MTS")
    assert graph.timeline(MTS.iri) == graph.timeline("MTS")
