"""Whether a verb stands in the passive."""

from __future__ import annotations

import pytest
from sentences import find, tree

from kg.voice import is_passive

PASSIVE = {
    "wurde": "Intel:nsubj:pass>gekauft wurde=werden:aux:pass>gekauft gekauft=kaufen/VERB.Part:root .",
    "wird": "Intel:nsubj:pass>gekauft wird=werden:aux:pass>gekauft gekauft=kaufen/VERB.Part:root .",
    "wird, its subject without subtype": "Intel:nsubj>gekauft wird=werden:aux>gekauft gekauft=kaufen/VERB.Part:root .",
    "ist worden": (
        "Intel:nsubj:pass>gekauft ist=sein:aux>gekauft gekauft=kaufen/VERB.Part:root worden=werden:aux:pass>gekauft ."
    ),
    "soll werden": (
        "Intel:nsubj:pass>gekauft soll=sollen:aux>gekauft gekauft=kaufen/VERB.Part:root werden:aux:pass>gekauft ."
    ),
    "wird werden": (
        "Intel:nsubj:pass>gekauft wird=werden:aux>gekauft gekauft=kaufen/VERB.Part:root werden:aux:pass>gekauft ."
    ),
    "participle that is written as the infinitive": (
        "Intel:nsubj:pass>übernommen wurde=werden:aux:pass>übernommen übernommen=übernommen/VERB.Part:root ."
    ),
    "was": "Intel:nsubj:pass>gekauft was=be:aux:pass>gekauft gekauft=buy/VERB.Part:root .",
    "has been": ("Intel:nsubj:pass>gekauft has=have:aux>gekauft been=be:aux:pass>gekauft gekauft=buy/VERB.Part:root ."),
    "got": "Intel:nsubj:pass>gekauft got=get:aux:pass>gekauft gekauft=buy/VERB.Part:root .",
    "a sum of money as object": (
        "Intel:nsubj>fined was=be:aux>fined fined=fine/VERB.Part:root two:nummod>euros euros=euro:obj>fined ."
    ),
    "a sum of money as object, its subject marked": (
        "Intel:nsubj:pass>fined was=be:aux:pass>fined fined=fine/VERB.Part:root two:nummod>pounds "
        "pounds=pound:obj>fined ."
    ),
    "state": "Intel:nsubj:pass>gekauft ist=sein:aux:pass>gekauft gekauft=kaufen/VERB.Part:root .",
}
ACTIVE = {
    "present": "Apple:nsubj>kauft kauft=kaufen/VERB.Fin:root Intel:obj>kauft .",
    "future": "Apple:nsubj>kaufen wird=werden:aux>kaufen Intel:obj>kaufen kaufen/VERB.Inf:root .",
    "future, no object": "Apple:nsubj>wachsen wird=werden:aux>wachsen wachsen/VERB.Inf:root .",
    "future, taken for a passive": (
        "Apple:nsubj:pass>kaufen wird=werden:aux:pass>kaufen Intel:obj>kaufen kaufen/VERB.Inf:root ."
    ),
    "perfect": "Apple:nsubj>gekauft hat=haben:aux>gekauft Intel:obj>gekauft gekauft=kaufen/VERB.Part:root .",
    "perfect with sein": "Apple:nsubj>gewachsen ist=sein:aux>gewachsen gewachsen=wachsen/VERB.Part:root .",
    "progressive": "Apple:nsubj>buying is=be:aux>buying buying=buy/VERB.Part:root Intel:obj>buying .",
    "English perfect": "Apple:nsubj>bought has=have:aux>bought bought=buy/VERB.Part:root Intel:obj>bought .",
    "an object that is no sum of money": (
        "Apple:nsubj:pass>gekauft is=be:aux:pass>gekauft gekauft=buy/VERB.Part:root shares=share:obj>gekauft ."
    ),
    "a sum of money, in the perfect": (
        "Apple:nsubj>paid has=have:aux>paid paid=pay/VERB.Part:root two:nummod>euros euros=euro:obj>paid ."
    ),
    "perfect, taken for a passive": (
        "Apple:nsubj:pass>gekauft hat=haben:aux:pass>gekauft Intel:obj>gekauft gekauft=kaufen/VERB.Part:root ."
    ),
}


def verb(parsed):
    return next(t.index for t in parsed.tokens if t.relation == "root")


@pytest.mark.parametrize("notation", PASSIVE.values(), ids=PASSIVE)
def test_passive(notation):
    parsed = tree(notation)
    assert is_passive(parsed, verb(parsed))


@pytest.mark.parametrize("notation", ACTIVE.values(), ids=ACTIVE)
def test_active(notation):
    parsed = tree(notation)
    assert not is_passive(parsed, verb(parsed))


def test_a_conjunct_shares_the_auxiliary():
    parsed = tree(
        "Intel:nsubj:pass>verklagt wurde=werden:aux:pass>verklagt verklagt=verklagen/VERB.Part:root und:cc>verurteilt "
        "verurteilt=verurteilen/VERB.Part:conj>verklagt ."
    )
    assert is_passive(parsed, find(parsed, "verurteilt"))
