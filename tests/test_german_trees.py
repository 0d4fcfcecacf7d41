"""German trees put right: each step beside a tree that looks like what it repairs and is right."""

from __future__ import annotations

import pytest
from sentences import sentence, tree

from kg.german_trees import german
from kg.records import Sentence
from kg.repair import repair
from kg.trees import infinitive_with_zu

NAMES = {
    **dict.fromkeys(("Siemens", "Nokia", "Apple", "Intel"), "ORG"),
    "Siemens-": "ORG part",
    "Anna Smith": "PER",
    "Norwegen": "LOC",
}


def heads(parsed: Sentence) -> dict[str, tuple[str, str]]:
    """Word → (word that it hangs on, relation)."""
    return {t.text: (parsed.tokens[t.head].text, t.relation) for t in parsed.tokens}


def found(notation: str) -> dict[str, tuple[str, str]]:
    return heads(german(sentence(notation, NAMES)))


def pos(parsed: Sentence, word: str) -> str:
    return next(t.pos for t in parsed.tokens if t.text == word)


def unchanged(notation: str) -> bool:
    parsed = sentence(notation, NAMES)
    return german(parsed).tokens == parsed.tokens


def each(cases: dict[str, str]):
    return pytest.mark.parametrize("notation", cases.values(), ids=cases)


@pytest.mark.parametrize(
    ("head", "wanted"), [("sagte", ("sagte", "nsubj")), ("Anna", ("Anna", "amod"))], ids=["on the verb", "on the name"]
)
def test_a_post_before_a_person_is_a_noun(head, wanted):
    notation = (
        f"Das/PRON:obj>sagte sagte=sagen/VERB.Fin:root Siemens-Vorsitzende/ADJ:amod>{head} Anna:nsubj>sagte "
        "Smith:flat>Anna ."
    )
    parsed = german(sentence(notation, NAMES))
    assert pos(parsed, "Siemens-Vorsitzende") == "NOUN"
    assert heads(parsed)["Siemens-Vorsitzende"] == wanted


def test_a_post_that_was_taken_for_an_adjective_in_the_whole_repair():
    notation = (
        "Das/PRON:obj>sagte sagte=sagen/VERB.Fin:root Siemens-Vorsitzende/ADJ:amod>sagte Anna:appos>sagte "
        "Smith:flat>Anna ."
    )
    assert heads(repair(sentence(notation, NAMES), "de"))["Siemens-Vorsitzende"] == ("sagte", "nsubj")


@each(
    {
        "an adjective": "Siemens-nahe/ADJ:amod>Anna Anna:nsubj>kam Smith:flat>Anna kam=kommen/VERB.Fin:root .",
        "one word": "Junge/ADJ:amod>Anna Anna:nsubj>kam Smith:flat>Anna kam=kommen/VERB.Fin:root .",
        "a firm": "US-Amerikanische/ADJ:amod>Nokia Nokia:nsubj>kam kam=kommen/VERB.Fin:root .",
        "a common noun": "Siemens-Vorsitzende/ADJ:amod>Frau Frau:nsubj>kam kam=kommen/VERB.Fin:root .",
    }
)
def test_what_is_no_post_before_a_person(notation):
    assert unchanged(notation)


ASKED = "Apple:nsubj>aufgefordert hat=haben/AUX.Fin:aux>aufgefordert"


def test_an_infinitive_is_no_relative_clause():
    notation = (
        f"{ASKED} Norwegen:obj>aufgefordert aufgefordert=auffordern/VERB.Part:root , "
        "den/PRON:nsubj>auszuschließen Ausrüster:obj>auszuschließen "
        "auszuschließen=ausschließen/VERB.Inf:acl:relcl>Norwegen ."
    )
    parsed = german(sentence(notation, NAMES))
    assert heads(parsed)["auszuschließen"] == ("aufgefordert", "xcomp")
    assert heads(parsed)["den"] == ("Ausrüster", "det")
    assert pos(parsed, "den") == "DET"


def test_an_infinitive_with_zu_before_it():
    words = found(
        f"{ASKED} Norwegen:obj>aufgefordert aufgefordert=auffordern/VERB.Part:root , Nokia:obj>kaufen "
        "zu/PART:mark>kaufen kaufen/VERB.Inf:acl>Norwegen ."
    )
    assert words["kaufen"] == ("aufgefordert", "xcomp")
    assert words["Nokia"] == ("kaufen", "obj")


@pytest.mark.parametrize("relation", ["conj", "parataxis", "dep"])
def test_an_infinitive_is_not_coordinated_without_und(relation):
    words = found(
        "Apple:nsubj>plant plant=planen/VERB.Fin:root , Nokia:obj>kaufen zu/PART:mark>kaufen "
        f"kaufen/VERB.Inf:{relation}>plant ."
    )
    assert words["kaufen"] == ("plant", "xcomp")


@each(
    {
        "coordinated with und": (
            "Apple:nsubj>plant plant=planen/VERB.Fin:root und:cc>kaufen Nokia:obj>kaufen zu/PART:mark>kaufen "
            "kaufen/VERB.Inf:conj>plant ."
        ),
        "coordinated with another infinitive": (
            "Apple:nsubj>plant plant=planen/VERB.Fin:root , zu/PART:mark>wachsen wachsen/VERB.Inf:xcomp>plant , "
            "Nokia:obj>kaufen zu/PART:mark>kaufen kaufen/VERB.Inf:conj>wachsen ."
        ),
        "a relative clause": (
            "Apple:nsubj>verklagt verklagt=verklagen/VERB.Fin:root Norwegen:obj>verklagt , "
            "das/PRON.Rel:nsubj>ausschließt Nokia:obj>ausschließt "
            "ausschließt=ausschließen/VERB.Fin:acl:relcl>Norwegen ."
        ),
        "a noun's complement": (
            "Apple:nsubj>verwirft verwirft=verwerfen/VERB.Fin:root den:det>Plan Plan:obj>verwirft , Nokia:obj>kaufen "
            "zu/PART:mark>kaufen kaufen/VERB.Inf:acl>Plan ."
        ),
        "an attribute of the name": (
            "Der:det>Versuch Versuch:nsubj>scheitert von:case>Norwegen Norwegen:nmod>Versuch , Nokia:obj>kaufen "
            "zu/PART:mark>kaufen kaufen/VERB.Inf:acl>Norwegen , scheitert=scheitern/VERB.Fin:root ."
        ),
        "a participle": (
            "Apple:nsubj>verklagt verklagt=verklagen/VERB.Fin:root Norwegen:obj>verklagt , von:case>Nokia "
            "Nokia:obl:agent>verlassen verlassen/VERB.Part:acl>Norwegen ."
        ),
    }
)
def test_what_is_no_infinitive_of_the_verb_above(notation):
    assert unchanged(notation)


@pytest.mark.parametrize(
    ("notation", "wanted"),
    [
        ("zu/PART:mark>kaufen kaufen/VERB.Inf:root", True),
        ("auszuschließen=ausschließen/VERB.Inf:root", True),
        ("kaufen/VERB.Inf:root", False),
        ("zu/PART:mark>kaufen kaufen/VERB.Fin:root", False),
        ("zulassen/VERB.Inf:root", False),
        ("hinzukommen/VERB.Inf:root", False),
        ("zuzulassen=zulassen/VERB.Inf:root", True),
        ("hinzuzukommen=hinzukommen/VERB.Inf:root", True),
        ("dazugewonnen=dazugewinnen/VERB.Part:root", False),
        ("zu/PART:mark>Arbeiten Arbeiten/NOUN:root", False),
    ],
)
def test_infinitives_with_zu(notation, wanted):
    parsed = tree(notation)
    verb = next(t.index for t in parsed.tokens if t.relation == "root")
    assert infinitive_with_zu(parsed, verb) is wanted


def test_a_list_at_the_beginning_is_not_cut_in_two():
    words = found(
        "Von:case>Siemens Siemens:obl>verklagt und:cc>Nokia Nokia:nsubj:pass>verklagt ist=sein/AUX.Fin:aux>verklagt "
        "Apple:obj>verklagt verklagt=verklagen/VERB.Part:root worden=werden:aux:pass>verklagt ."
    )
    assert words["Nokia"] == ("Siemens", "conj")
    assert words["Apple"] == ("verklagt", "obj")


@pytest.mark.parametrize("conjunction", ["und", "sowie", "oder"])
def test_a_name_behind_a_conjunction_is_listed_with_the_one_before(conjunction):
    words = found(
        f"Apple:nsubj>verklagt verklagt=verklagen/VERB.Fin:root Siemens:obj>verklagt {conjunction}/CCONJ:cc>Nokia "
        "Nokia:dep>Siemens ."
    )
    assert words["Nokia"] == ("Siemens", "conj")


@each(
    {
        "a comma": (
            "Apple:nsubj>verklagt verklagt=verklagen/VERB.Fin:root Siemens:obj>verklagt , Nokia:obj>verklagt ."
        ),
        "a new clause": (
            "Apple:nsubj>kauft kauft=kaufen/VERB.Fin:conj>verklagt Siemens:obj>kauft und:cc>verklagt "
            "Nokia:nsubj>verklagt verklagt=verklagen/VERB.Fin:root Intel:obj>verklagt ."
        ),
        "a new clause whose verb has both names": (
            "Apple:nsubj>kauft kauft=kaufen/VERB.Fin:conj>verklagt Siemens:obj>verklagt und:cc>verklagt "
            "Nokia:nsubj>verklagt verklagt=verklagen/VERB.Fin:root Intel:obj>verklagt ."
        ),
        "a preposition": (
            "Von:case>Siemens Siemens:obl>verklagt und:cc>Nokia von:case>Nokia Nokia:obl>verklagt "
            "wurde=werden:aux:pass>verklagt Apple:nsubj:pass>verklagt verklagt=verklagen/VERB.Part:root ."
        ),
        "another kind of name": (
            "Apple:nsubj>verklagt verklagt=verklagen/VERB.Fin:root Siemens:obj>verklagt und:cc>Anna Anna:dep>Siemens "
            "Smith:flat>Anna ."
        ),
        "another verb's name": (
            "Apple:nsubj>hilft hilft=helfen/VERB.Fin:root Siemens:iobj>hilft und:cc>klagen Nokia:obj>klagen "
            "klagen/VERB.Inf:conj>hilft ."
        ),
    }
)
def test_what_is_no_list(notation):
    assert unchanged(notation)


def test_by_whom_a_takeover_is():
    words = found(
        "Die:det>Übernahme Übernahme:nsubj>half von:case>Nokia Nokia:nmod>Übernahme durch:case>Siemens "
        "Siemens:nmod>Nokia half=helfen/VERB.Fin:root ."
    )
    assert words["Siemens"] == ("Übernahme", "nmod")


@each(
    {
        "another preposition": (
            "Die:det>Übernahme Übernahme:nsubj>half von:case>Nokia Nokia:nmod>Übernahme in:case>Norwegen "
            "Norwegen:nmod>Nokia half=helfen/VERB.Fin:root ."
        ),
        "an event of its own": (
            "Die:det>Folge Folge:nsubj>schadet der:det>Übernahme Übernahme:nmod>Folge durch:case>Siemens "
            "Siemens:nmod>Übernahme schadet=schaden/VERB.Fin:root ."
        ),
    }
)
def test_agents_that_stay(notation):
    assert unchanged(notation)
