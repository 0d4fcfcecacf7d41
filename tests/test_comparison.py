"""How two graphs differ."""

from __future__ import annotations

import pytest
from handmade import HUAWEI, MTS, ONTOLOGY, USA, article

from kg.comparison import Change, Comparison
from kg.knowledge_graph import KnowledgeGraph
from kg.store import Store


def graph(*sentences: str) -> KnowledgeGraph:
    store = Store.open()
    store.write(article("a", list(sentences), (HUAWEI, MTS, USA)), ONTOLOGY)
    return KnowledgeGraph(store)


OLD = "restricts planned|{s:USA} {p:wollen} {o:Huawei} {p:sperren}."
DONE = "restricts asserted|{s:USA} {p:sperren} {o:Huawei}."
PARTNERS = "partnersWith asserted|{s:MTS} {p:kooperiert} mit {o:Huawei}."
TURNED = "partnersWith asserted|{s:Huawei} {p:kooperiert} mit {o:MTS}."
LED = "leads negated|{s:Huawei} {p:führt} {o:MTS} nicht."


def test_new_gone_and_changed():
    found = graph(OLD, LED).compare(graph(DONE, PARTNERS))
    assert found.new == (Change("new", "Huawei", "partnersWith", "MTS", None, "asserted"),)
    assert found.gone == (Change("gone", "Huawei", "leads", "MTS", "negated", None),)
    assert found.changed == (Change("changed", "USA", "restricts", "Huawei", "planned", "asserted"),)
    assert found == (*found.new, *found.gone, *found.changed)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([PARTNERS], [TURNED]),  # a symmetric relation is the same either way
        ([DONE], [DONE, OLD]),  # what is a fact stays one, whatever else is said
        ([DONE], [DONE, DONE]),
        ([], []),
    ],
)
def test_no_difference(before, after):
    found = graph(*before).compare(graph(*after))
    assert found == ()
    assert repr(found) == "no difference"
    assert found._repr_html_() == "<p>no difference</p>"


def test_it_shows_itself():
    found = graph(OLD).compare(graph(DONE, LED))
    assert repr(found) == (
        "new: Huawei – leads – MTS (negated)\nchanged: USA – restricts – Huawei (planned → asserted)"
    )
    assert "<td style='text-align:left'>changed</td>" in found._repr_html_()
    frame = found.to_dataframe()
    assert list(frame.columns) == ["change", "subject", "property", "object", "before", "after"]
    assert list(frame.after) == ["negated", "asserted"]


def test_hostile_text_is_escaped():
    shown = Comparison([Change("new", "<script>", "leads", "'\"<b>", None, "asserted")])._repr_html_()
    assert "<script" not in shown
    assert "<b>" not in shown
