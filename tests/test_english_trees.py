"""English trees put right: each step beside a tree that looks like what it repairs and is right."""

from __future__ import annotations

import pytest
from sentences import sentence

from kg.english_trees import english
from kg.records import Sentence, Token
from kg.repair import repair
from kg.trees import is_finite

NAMES = {
    **dict.fromkeys(("Siemens", "Nokia", "Apple", "Intel"), "ORG"),
    "Anna Smith": "PER",
    **dict.fromkeys(("Finland", "Hamburg"), "LOC"),
    "British": "LOC derived",
}


def heads(parsed: Sentence) -> dict[str, tuple[str, str]]:
    """Word → (word that it hangs on, relation)."""
    return {t.text: (parsed.tokens[t.head].text, t.relation) for t in parsed.tokens}


def found(notation: str) -> dict[str, tuple[str, str]]:
    return heads(english(sentence(notation, NAMES)))


def token(parsed: Sentence, word: str) -> Token:
    return next(t for t in parsed.tokens if t.text == word)


def unchanged(notation: str) -> bool:
    parsed = sentence(notation, NAMES)
    return english(parsed).tokens == parsed.tokens


def each(cases: dict[str, str]):
    return pytest.mark.parametrize("notation", cases.values(), ids=cases)


def test_a_verb_with_an_article_is_a_noun():
    notation = (
        "Apple:nsubj>closed closed=close/VERB.Fin:root the:det>works Nokia:compound>works works=work/VERB:obj>closed ."
    )
    assert token(english(sentence(notation, NAMES)), "works").pos == "NOUN"


@pytest.mark.parametrize("relation", ["amod", "det", "flat"])
def test_a_place_before_a_noun_is_part_of_it(relation):
    words = found(f"The:det>firm Hamburg:{relation}>firm firm/NOUN:nsubj>grew grew=grow/VERB.Fin:root .")
    assert words["Hamburg"] == ("firm", "compound")


@each(
    {
        "a verb without an article": (
            "Apple:nsubj>sees sees=see/VERB.Fin:root Nokia:nsubj>grow grow/VERB.Inf:xcomp>sees ."
        ),
        "a verb that is no argument": ("The:det>grew Nokia:nsubj>grew grew=grow/VERB.Fin:root ."),
        "an article as object": "Apple:nsubj>sees sees=see/VERB.Fin:root this:det>grow grow/VERB.Inf:obj>sees .",
        "an adjective of a place": "The:det>firm British:amod>firm firm/NOUN:nsubj>grew grew=grow/VERB.Fin:root .",
        "a place behind a noun": "The:det>port port/NOUN:nsubj>grew Hamburg:flat>port grew=grow/VERB.Fin:root .",
        "an owner": ("Hamburg:nmod:poss>port ~'s:case>Hamburg port/NOUN:nsubj>grew grew=grow/VERB.Fin:root ."),
    }
)
def test_verbs_and_places_that_stay(notation):
    assert unchanged(notation)


INVESTS = "Apple:nsubj>invests invests=invest/VERB.Fin:root in:case>Hamburg Hamburg:obl>invests -"


def test_a_seat_is_an_attribute_of_the_name_behind_it():
    words = found(f"{INVESTS} based=base/VERB.Part:acl>Hamburg Nokia:appos>Hamburg .")
    assert words["Hamburg"] == ("based", "compound")
    assert words["based"] == ("Nokia", "amod")
    assert words["Nokia"] == ("invests", "obl")
    assert words["in"] == ("Nokia", "case")


def test_a_seat_is_an_attribute_of_the_noun_behind_it():
    words = found(
        f"{INVESTS} based=base/VERB.Part:acl>Hamburg mobile/ADJ:amod>maker chip/NOUN:compound>maker "
        "maker/NOUN:obj>based ."
    )
    assert words["based"] == ("maker", "amod")
    assert words["maker"] == ("invests", "obl")
    assert words["in"] == ("maker", "case")


@each(
    {
        "as it should be": (
            "The:det>maker Hamburg:compound>based - based=base/VERB.Part:amod>maker maker/NOUN:nsubj>grew "
            "grew=grow/VERB.Fin:root ."
        ),
        "no name": (
            "The:det>maker soundly:advmod>based - based=base/VERB.Part:acl>maker maker/NOUN:nsubj>grew "
            "grew=grow/VERB.Fin:root ."
        ),
        "another participle": f"{INVESTS} built=build/VERB.Part:acl>Hamburg ships=ship/NOUN:obj>built .",
        "a route": f"{INVESTS} Finland:appos>Hamburg ferries=ferry/NOUN:dep>Hamburg .",
    }
)
def test_places_that_are_no_seats(notation):
    assert unchanged(notation)


def test_the_owner_behind_a_preposition():
    words = found(
        "Apple:nsubj>invests invests=invest/VERB.Fin:root in:case>Nokia Nokia:obl>invests "
        "~'s:case>Nokia network/NOUN:compound>unit unit/NOUN:obl>invests ."
    )
    assert words["Nokia"] == ("unit", "nmod:poss")
    assert words["in"] == ("unit", "case")


@each(
    {
        "an owner that hangs right": (
            "Apple:nsubj>invests invests=invest/VERB.Fin:root in:case>unit Nokia:nmod:poss>unit ~'s:case>Nokia "
            "unit/NOUN:obl>invests ."
        ),
        "no possessive": (
            "Apple:nsubj>invests invests=invest/VERB.Fin:root in:case>Nokia Nokia:obl>invests time/NOUN:obl>invests ."
        ),
        "is": ("Nokia:nsubj>chief ~'s=be/AUX.Fin:cop>chief chief/NOUN:root ."),
        "no noun behind it": (
            "Apple:nsubj>invests invests=invest/VERB.Fin:root in:case>Nokia Nokia:obl>invests ~'s:case>Nokia "
            "today/ADV:advmod>invests ."
        ),
    }
)
def test_owners_that_stay(notation):
    assert unchanged(notation)


@pytest.mark.parametrize(
    ("noun", "owner", "name"),
    [("emir", "Finland", "Anna"), ("unit", "Siemens", "Nokia"), ("rival", "Siemens", "Nokia")],
)
def test_a_name_behind_a_noun_and_its_owner(noun, owner, name):
    words = found(
        f"The:det>{noun} {noun}/NOUN:nsubj>left of:case>{owner} {owner}:nmod>{noun} , {name}:appos>{owner} "
        + ("Smith:flat>Anna " if name == "Anna" else "")
        + ", left=leave/VERB.Fin:root ."
    )
    assert words[name] == (noun, "appos")


@each(
    {
        "a firm behind another noun": (
            "The:det>failure failure/NOUN:nsubj>hurt of:case>Siemens Siemens:nmod>failure , Nokia:appos>Siemens , "
            "hurt=hurt/VERB.Fin:root ."
        ),
        "another preposition": (
            "The:det>visit visit/NOUN:nsubj>ended to:case>Finland Finland:nmod>visit , Anna:appos>Finland "
            "Smith:flat>Anna , ended=end/VERB.Fin:root ."
        ),
        "a list": (
            "The:det>unit unit/NOUN:nsubj>left of:case>Siemens Siemens:nmod>unit , Nokia:conj>Siemens and:cc>Intel "
            "Intel:conj>Siemens left=leave/VERB.Fin:root ."
        ),
    }
)
def test_names_that_a_noun_does_not_bear(notation):
    assert unchanged(notation)


LETTER = (
    "In:case>letter a:det>letter letter:obl>warned seen=see/VERB.Part:acl>letter by:case>Apple Apple:obl:agent>seen ,"
)


@pytest.mark.parametrize("hung", ["appos>Apple", "conj>Apple", "dep>letter"])
def test_the_subject_that_was_lost_to_the_phrase_before(hung):
    words = found(f"{LETTER} Nokia:{hung} warned=warn/VERB.Fin:root Intel:obj>warned .")
    assert words["Nokia"] == ("warned", "nsubj")
    assert words["Apple"] == ("seen", "obl:agent")


def test_the_lost_subject_of_a_verb_with_an_auxiliary():
    words = found(f"{LETTER} Nokia:appos>Apple has=have/AUX.Fin:aux>warned warned=warn/VERB.Part:root .")
    assert words["Nokia"] == ("warned", "nsubj")


@each(
    {
        "a subject": f"{LETTER} Nokia:appos>Apple , it/PRON:nsubj>warned warned=warn/VERB.Fin:root Intel:obj>warned .",
        "a place": f"{LETTER} Hamburg:appos>Apple , warned=warn/VERB.Fin:root Intel:obj>warned .",
        "a preposition": f"{LETTER} at:case>Nokia Nokia:obl>warned , warned=warn/VERB.Fin:root Intel:obj>warned .",
        "no finite verb": f"{LETTER} Nokia:appos>Apple , warned=warn/VERB.Part:root Intel:obj>warned .",
        "a name within a phrase": (
            f"{LETTER} reading=read/VERB.Ger:acl>letter Nokia:dep>reading warned=warn/VERB.Fin:root Intel:obj>warned ."
        ),
    }
)
def test_names_that_are_no_lost_subject(notation):
    assert unchanged(notation)


@pytest.mark.parametrize(("noun", "lemma"), [("up=up", "start-up"), ("ups=up", "start-up"), ("Off=off", "start-off")])
def test_a_verb_and_its_particle_are_one_noun(noun, lemma):
    word = noun.partition("=")[0]
    parsed = sentence(f"The:det>{word} start/NOUN:compound>{word} - {noun}/NOUN:nsubj>grew grew=grow/VERB.Fin:root .")
    assert token(english(parsed), word).lemma == lemma


@each(
    {
        "no hyphen": "The:det>ups ups=up/NOUN:nsubj>followed followed=follow/VERB.Fin:root .",
        "a particle": "Apple:nsubj>broke broke=break/VERB.Fin:root - off/ADP:compound:prt>broke talks:obj>broke .",
    }
)
def test_what_is_no_noun_with_a_particle(notation):
    assert unchanged(notation)


def test_a_post_before_a_person_is_a_noun():
    notation = (
        "Siemens:nmod:poss>Anna ~'s:case>Siemens chief/ADJ:amod>Anna executive/ADJ:amod>Anna Anna:nsubj>left "
        "Smith:flat>Anna left=leave/VERB.Fin:root ."
    )
    parsed = english(sentence(notation, NAMES))
    assert token(parsed, "executive").pos == "NOUN"
    assert heads(parsed)["executive"] == ("Anna", "nmod:desc")
    assert heads(parsed)["chief"] == ("executive", "amod")
    assert heads(parsed)["Siemens"] == ("executive", "nmod:poss")
    assert heads(parsed)["Smith"] == ("Anna", "flat")


def test_words_of_a_post_that_were_taken_for_the_name():
    words = found(
        "Vice:flat>Anna president:flat>Anna Anna:nsubj>left Smith:flat>Anna left=leave/VERB.Fin:root Siemens:obj>left ."
    )
    assert words["president"] == ("Anna", "nmod:desc")
    assert words["Vice"] == ("president", "compound")


def test_a_kind_before_a_name_has_what_belongs_to_it():
    words = found(
        "Finland:nmod:poss>Nokia ~'s:case>Finland network/NOUN:compound>Nokia giant/NOUN:compound>Nokia "
        "Nokia:nsubj>grew grew=grow/VERB.Fin:root ."
    )
    assert words["giant"] == ("Nokia", "nmod:desc")
    assert words["network"] == ("giant", "compound")
    assert words["Finland"] == ("giant", "nmod:poss")


@each(
    {
        "an adjective": "The:det>Anna young:amod>Anna Anna:nsubj>left Smith:flat>Anna left=leave/VERB.Fin:root .",
        "an adjective that is a post, before a firm": (
            "The:det>Nokia general:amod>Nokia Nokia:nsubj>grew grew=grow/VERB.Fin:root ."
        ),
        "a place": "The:det>Hamburg port/NOUN:compound>Hamburg Hamburg:nsubj>grew grew=grow/VERB.Fin:root .",
        "an apposition": "The:det>giant giant:nsubj>grew Nokia:appos>giant grew=grow/VERB.Fin:root .",
        "a name": "Intel:compound>Nokia Nokia:nsubj>grew grew=grow/VERB.Fin:root .",
    }
)
def test_what_is_no_post_before_a_name(notation):
    assert unchanged(notation)


LED = "Anna/PROPN:root Smith/PROPN:flat>Anna , the:det>chief chief/NOUN:appos>Anna of:case>Nokia Nokia:nmod>chief"


@pytest.mark.parametrize("relation", ["acl:relcl", "parataxis", "conj"])
def test_the_main_verb_behind_an_apposition_is_the_root(relation):
    words = found(f"{LED} , met=meet/VERB.Fin:{relation}>Anna senators:obj>met .")
    assert words["met"] == ("met", "root")
    assert words["Anna"] == ("met", "nsubj")
    assert words["chief"] == ("Anna", "appos")
    assert words["senators"] == ("met", "obj")


def test_what_follows_the_main_verb_is_its_own():
    words = found(f"{LED} , met=meet/VERB.Fin:acl:relcl>Anna senators:obj>Anna on:case>Monday Monday:obl>Anna .")
    assert words["senators"] == ("met", "obj")
    assert words["Monday"] == ("met", "obl")
    assert words["."] == ("met", "punct")


def test_a_past_tense_that_was_taken_for_a_participle():
    parsed = english(sentence(f"{LED} , met=meet/VERB.Part:acl>Anna senators:obj>met .", NAMES))
    assert heads(parsed)["met"] == ("met", "root")
    assert is_finite(token(parsed, "met"))


def test_the_main_verb_of_a_name_behind_the_root():
    words = found(
        "The:det>maker chip/NOUN:compound>maker maker/NOUN:root Nokia:nsubj>applied has=have/AUX.Fin:aux>applied "
        "applied=apply/VERB.Part:parataxis>maker ."
    )
    assert words["applied"] == ("applied", "root")
    assert words["Nokia"] == ("applied", "nsubj")
    assert words["maker"] == ("Nokia", "nmod:desc")


def test_a_main_verb_with_its_auxiliary_stays_a_participle():
    parsed = english(
        sentence(f"{LED} , has=have/AUX.Fin:aux>met met=meet/VERB.Part:acl>Anna senators:obj>met .", NAMES)
    )
    assert heads(parsed)["met"] == ("met", "root")
    assert not is_finite(token(parsed, "met"))


@each(
    {
        "a relative pronoun": f"{LED} , who/PRON.Rel:obl>met met=meet/VERB.Fin:acl:relcl>Anna senators:obj>met .",
        "a subject": f"{LED} , Intel:nsubj>met met=meet/VERB.Fin:acl:relcl>Anna .",
        "a conjunction": f"{LED} , and:cc>met met=meet/VERB.Fin:conj>Anna senators:obj>met .",
        "no comma": f"{LED} met=meet/VERB.Fin:acl:relcl>Anna senators:obj>met .",
        "an agent": f"{LED} , sacked=sack/VERB.Part:acl>Anna by:case>Intel Intel:obl:agent>sacked .",
        "a participle of the present": f"{LED} , meeting=meet/VERB.Part:acl>Anna senators:obj>meeting .",
        "a participle without an apposition": (
            "Anna/PROPN:root Smith/PROPN:flat>Anna , sacked=sack/VERB.Part:acl>Anna in:case>May May:obl>sacked ."
        ),
        "a copula": (
            "Anna:nsubj>chief Smith:flat>Anna is=be/AUX.Fin:cop>chief the:det>chief chief/NOUN:root , "
            "met=meet/VERB.Fin:parataxis>chief senators:obj>met ."
        ),
    }
)
def test_what_is_no_lost_main_clause(notation):
    assert unchanged(notation)


@pytest.mark.parametrize("relation", ["parataxis", "ccomp", "conj"])
def test_a_participial_clause_before_the_main_clause(relation):
    words = found(
        "Sacked=sack/VERB.Part:root by:case>Siemens Siemens:obl:agent>Sacked , Anna:nsubj>sued Smith:flat>Anna "
        f"sued=sue/VERB.Fin:{relation}>Sacked Nokia:obj>sued ."
    )
    assert words["sued"] == ("sued", "root")
    assert words["Sacked"] == ("sued", "advcl")
    assert words["Siemens"] == ("Sacked", "obl:agent")


@each(
    {
        "an imperative": (
            "Meet/VERB.Imp:root Anna:obj>Meet Smith:flat>Anna , Nokia:nsubj>said said=say/VERB.Fin:parataxis>Meet ."
        ),
        "no other clause with a subject": (
            "Sacked=sack/VERB.Part:root by:case>Siemens Siemens:obl:agent>Sacked and:cc>sued "
            "sued=sue/VERB.Part:conj>Sacked by:case>Nokia Nokia:obl:agent>sued ."
        ),
        "a passive with its auxiliary": (
            "Sacked=sack/VERB.Part:root was=be/AUX.Fin:aux:pass>Sacked the:det>chief chief:nsubj:pass>Sacked , "
            "Nokia:nsubj>said said=say/VERB.Fin:parataxis>Sacked ."
        ),
        "a participle in the middle": (
            "Anna:obj>Sacked Sacked=sack/VERB.Part:root , Nokia:nsubj>said said=say/VERB.Fin:parataxis>Sacked ."
        ),
    }
)
def test_what_is_no_participial_clause(notation):
    assert unchanged(notation)


BUY = "Apple:nsubj>buy will:aux>buy buy/VERB.Inf:root Nokia:obj>buy"


@pytest.mark.parametrize("hung", ["obj>buy", "obl>buy", "conj>Nokia", "list>Nokia", "parataxis>buy"])
def test_a_noun_with_its_article_explains_the_name_before_the_comma(hung):
    words = found(f"{BUY} , the:det>designer designer/NOUN:{hung} .")
    assert words["designer"] == ("Nokia", "appos")


@each(
    {
        "a list": (f"{BUY} , the:det>designer designer:conj>Nokia and:cc>Intel Intel:conj>designer ."),
        "the end of a list": f"{BUY} , Intel:conj>Nokia , and:cc>designer the:det>designer designer:conj>Nokia .",
        "no article": f"{BUY} , designers=designer/NOUN:conj>Nokia .",
        "another preposition": f"{BUY} , with:case>help the:det>help help:obl>buy .",
        "behind a common noun": (
            "Apple:nsubj>buy will:aux>buy buy/VERB.Inf:root parts:obj>buy , the:det>designer designer:obj>buy ."
        ),
        "behind the subject": (
            "Nokia:nsubj>grew , the:det>analysts analysts:dep>grew say=say/VERB.Fin:parataxis>grew , "
            "grew=grow/VERB.Fin:root ."
        ),
        "its own clause": (f"{BUY} , the:det>designer designer:nsubj>said said=say/VERB.Fin:parataxis>buy ."),
    }
)
def test_what_is_no_apposition(notation):
    assert unchanged(notation)


def test_a_demonym_is_of_the_last_noun():
    words = found(
        "The:det>designer British:amod>mobile mobile/NOUN:compound>chip chip/NOUN:compound>designer "
        "designer:nsubj>grew grew=grow/VERB.Fin:root ."
    )
    assert words["British"] == ("designer", "amod")
    assert words["mobile"] == ("chip", "compound")


@each(
    {
        "another adjective": (
            "The:det>designer mobile:amod>chip chip/NOUN:compound>designer designer:nsubj>grew "
            "grew=grow/VERB.Fin:root ."
        ),
        "no compound": (
            "The:det>founder founder:nsubj>left of:case>designer the:det>designer British:amod>designer "
            "designer/NOUN:nmod>founder left=leave/VERB.Fin:root ."
        ),
        "a possessor": (
            "The:det>maker British:amod>maker maker/NOUN:nmod:poss>chief ~'s:case>maker chief:nsubj>left "
            "left=leave/VERB.Fin:root ."
        ),
    }
)
def test_adjectives_that_stay(notation):
    assert unchanged(notation)


def test_whom_a_lawsuit_is_against():
    words = found(
        "The:det>lawsuit lawsuit:nsubj>failed by:case>Siemens Siemens:nmod>lawsuit against:case>Nokia "
        "Nokia:nmod>Siemens failed=fail/VERB.Fin:root ."
    )
    assert words["Nokia"] == ("lawsuit", "nmod")


def test_what_a_verb_is_about():
    words = found(
        "Apple:nsubj>sued sued=sue/VERB.Fin:root Siemens:obj>sued over:case>patents patents=patent:nmod>Siemens ."
    )
    assert words["patents"] == ("sued", "obl")


@pytest.mark.parametrize("hung", ["nmod>rival", "nmod>Nokia"])
def test_by_whom_a_takeover_is_of_a_name_beside_its_noun(hung):
    words = found(
        "The:det>takeover takeover:nsubj>failed of:case>rival the:det>rival rival/NOUN:nmod>takeover Nokia:appos>rival "
        f"by:case>Siemens Siemens:{hung} failed=fail/VERB.Fin:root ."
    )
    assert words["Siemens"] == ("takeover", "nmod")


def test_by_whom_a_takeover_is():
    words = found(
        "The:det>takeover takeover:nsubj>failed of:case>rival the:det>rival rival/NOUN:nmod>takeover by:case>Siemens "
        "Siemens:nmod>rival failed=fail/VERB.Fin:root ."
    )
    assert words["Siemens"] == ("takeover", "nmod")


@each(
    {
        "where a firm is": (
            "The:det>chief chief:nsubj>left of:case>Nokia Nokia:nmod>chief in:case>Finland Finland:nmod>Nokia "
            "left=leave/VERB.Fin:root ."
        ),
        "an apposition": (
            "The:det>rival rival:nsubj>grew Nokia:appos>rival with:case>offices offices=office:nmod>Nokia "
            "grew=grow/VERB.Fin:root ."
        ),
        "a phrase that a common noun has": (
            "The:det>plan plan:nsubj>failed for:case>lawsuit a:det>lawsuit lawsuit:nmod>plan against:case>Nokia "
            "Nokia:nmod>lawsuit failed=fail/VERB.Fin:root ."
        ),
        "by whom something in a place is": (
            "The:det>plant plant:nsubj>failed in:case>city the:det>city city/NOUN:nmod>plant by:case>Siemens "
            "Siemens:nmod>city failed=fail/VERB.Fin:root ."
        ),
        "a fragment": "Siemens/PROPN:root against:case>Nokia Nokia:nmod>Siemens .",
    }
)
def test_phrases_that_stay(notation):
    assert unchanged(notation)


def test_a_preposition_before_a_compound():
    words = found(
        "Apple:nsubj>invests invests=invest/VERB.Fin:root in:case>network the:det>maker network/NOUN:compound>maker "
        "maker:obl>invests ."
    )
    assert words["in"] == ("maker", "case")


def test_what_english_news_is_misread_in_is_put_right_with_the_rest():
    notation = (
        f"{LED} , met=meet/VERB.Fin:acl:relcl>Anna Intel:nmod:poss>Siemens ~'s:case>Intel rival/NOUN:compound>Siemens "
        "Siemens:obj>met ."
    )
    words = heads(repair(sentence(notation, NAMES), "en"))
    assert words["met"] == ("met", "root")
    assert words["rival"] == ("Siemens", "nmod:desc")
    assert words["Intel"] == ("rival", "nmod:poss")
    assert heads(repair(sentence(notation, NAMES), "de"))["met"] == ("Anna", "acl:relcl")


@each(
    {
        "another noun's phrase": (
            "Apple:nsubj>grows grows=grow/VERB.Fin:root in:case>centre the:det>centre centre:obl>grows of:case>Hamburg "
            "Hamburg:nmod>centre ."
        ),
        "a possessive": ("Apple:compound>chief ~'s:case>Apple chief:nsubj>left left=leave/VERB.Fin:root ."),
    }
)
def test_prepositions_that_stay(notation):
    assert unchanged(notation)
