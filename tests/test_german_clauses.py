"""German clauses where order, case or an adverb tells who does what: hand-made trees, no model."""

from __future__ import annotations

import pytest
from sentences import clauses_of, sentence

from kg.clauses import clauses
from kg.frame_records import Frame
from kg.genders import feminine
from kg.records import Rejection, Statement
from kg.specificity import most_specific
from kg.trees import Tree
from kg.turned import turned

NAMES = {
    **dict.fromkeys(("Siemens", "Nokia", "Apple", "Nato"), "ORG"),
    **dict.fromkeys(("Estland", "Litauen", "Bonn"), "LOC"),
    "Anna": "PER",
}

VERBS = {
    "a dative before the verb": (
        "Der:det>Nato Nato:nsubj>gehören gehören/VERB.Fin.Ind:root Estland:nsubj>gehören und:cc>Litauen "
        "Litauen:conj>Estland an:compound:prt>gehören .",
        "angehören(subject=Estland, subject=Litauen, indirect=Nato)",
    ),
    "no dative has die": (
        "Anna:nsubj>gehört gehört=gehören/VERB.Fin.Ind:root auch/ADV:advmod>gehört die:det>Plattform "
        "Plattform/NOUN.Fem.Sing:obj>gehört .",
        "gehören(subject=Plattform, indirect=Anna)",
    ),
    "a nominative behind the verb": (
        "Das:det>Nickel Nickel/NOUN.Neut.Sing:nsubj>bezieht bezieht=beziehen/VERB.Fin.Ind:root der:det>Bauer "
        "Bauer/NOUN.Masc.Sing:nsubj>bezieht von:case>Nokia Nokia:obl>bezieht .",
        "beziehen(subject=Bauer, object=Nickel, oblique:von=Nokia)",
    ),
    "together": (
        "Apple:nsubj>betreiben und:cc>Nokia Nokia:conj>Apple betreiben/VERB.Fin.Ind:root "
        "gemeinsam/ADJ:advmod>betreiben Fabriken/NOUN:obj>betreiben .",
        "betreiben(subject=Apple, subject=Nokia, object=Fabriken, manner=gemeinsam)",
    ),
    "where": (
        "In:case>Bonn Bonn:obl>arbeiten , wo/ADV:advmod>residiert Nokia:nsubj>residiert "
        "residiert=residieren/VERB.Fin.Ind:acl>Bonn , arbeiten/VERB.Fin.Ind:root Menschen/NOUN:nsubj>arbeiten .",
        "residieren(subject=Nokia, oblique:in=Bonn)",
    ),
    "whether": (
        "Siemens:nsubj>prüft prüft=prüfen/VERB.Fin.Ind:root , ob:mark>betrügt Nokia:nsubj>betrügt "
        "betrügt=betrügen/VERB.Fin.Ind:ccomp>prüft .",
        "prüfen(subject=Siemens, ob.subject=Nokia)",
    ),
}


@pytest.mark.parametrize(("notation", "wanted"), VERBS.values(), ids=VERBS)
def test_who_does_what(notation, wanted):
    assert wanted in clauses_of(notation, NAMES)


def test_a_common_noun_before_the_verb_may_be_its_object():
    notation = (
        "Eine:det>Niederlassung Niederlassung/NOUN.Fem.Sing:nsubj>unterhält unterhält=unterhalten/VERB.Fin.Ind:root "
        "Nokia:obj>unterhält in:case>Bonn Bonn:obl>unterhält ."
    )
    parsed = sentence(notation, NAMES)
    tree = Tree(parsed)
    verb = next(c for c in clauses(parsed, "de") if c.kind == "verb")
    other = turned(tree, verb)
    assert other is not None
    assert {(a.role, tree[a.head].text) for a in other.arguments} >= {("object", "Niederlassung"), ("subject", "Nokia")}


@pytest.mark.parametrize(
    "notation",
    [
        "Nokia:nsubj>verklagt verklagt=verklagen/VERB.Fin.Ind:root Apple:obj>verklagt .",
        "Der:det>Konzern Konzern/NOUN.Masc.Sing:nsubj>meidet meidet=meiden/VERB.Fin.Ind:root Apple:obj>meidet .",
    ],
    ids=["two names", "a nominative"],
)
def test_what_is_not_turned(notation):
    parsed = sentence(notation, NAMES)
    assert all(turned(Tree(parsed), c) is None for c in clauses(parsed, "de"))


def _frame(prop: str, *beside: tuple[str, str]) -> Frame:
    return Frame(prop, "verb", "verurteilen", "", "subject", "object", "Agent", "Agent", beside)


def test_the_reading_that_leaves_least_unsaid(statement):
    plain = statement("criticizes")
    told = statement("fines")
    other = Rejection(0, 0, 1, "owns", "reason")
    found = [(_frame("criticizes"), plain), (_frame("fines", ("oblique:zu", "zahlung")), told), (_frame("owns"), other)]
    assert list(most_specific(found)) == [told, other]
    assert list(most_specific(found[:1])) == [plain]


@pytest.fixture
def statement():
    def made(prop: str) -> Statement:
        from kg.records import Evidence  # noqa: PLC0415 - only here

        return Statement(prop, "a", prop, "b", "asserted", 0.9, Evidence("x", 0, 1, "q", (0, 1), ((0, 1),), (0, 1)))

    return made


@pytest.mark.parametrize("word", ["Softwarefirma", "Behörde", "EU-Kommission", "Gesellschaft", "Nato"])
def test_feminines(word):
    assert feminine(word)


@pytest.mark.parametrize("word", ["Konzern", "Vorsitzende", "Firmen", "Ursprung", "Tanz", "Siemens"])
def test_what_may_be_no_feminine(word):
    assert not feminine(word)
