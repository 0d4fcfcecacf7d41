"""Examples parsed by hand become frames, or a check says why not."""

from __future__ import annotations

import pytest
from sentences import tree
from small_world import GAZETTEER, ONTOLOGY, PROPERTIES, ParsedByHand, frames_of, ontology, relation

from kg.frame_records import Frame
from kg.frame_words import noun_matches
from kg.frames import compile_frames

FRAMES = frames_of()
DESCRIBED = {
    "acquires": {"kaufen(subject=subject, object=object)"},
    "partnersWith": {
        "zusammenarbeiten(subject=subject, oblique:mit=object)",
        "treffen(subject=subject, oblique:mit=object, object=vereinbarung)",
        "treffen(subject=subject, oblique:mit=object, object=vertrag)",
        "kooperieren(subject=subject & subject=object)",
    },
    "leads": {"chef(bearer=subject, of=object)"},
    "basedIn": {"[Company](bearer=subject, demonym=object)"},
    "restricts": {"einschränken(subject=subject, object=object)"},
    "visits": {"besuchen(subject=subject, object=object)"},
}


@pytest.mark.parametrize(("name", "wanted"), DESCRIBED.items(), ids=DESCRIBED)
def test_frames(name, wanted):
    assert {frame.describe() for frame in FRAMES.frames if frame.property == name} == wanted


def test_every_example_is_checked():
    assert [(c.property, c.text) for c in FRAMES.checks] == [
        (p.property, p.text) for q in PROPERTIES for p in q.patterns
    ]
    assert all(check.problem is None and check.frame for check in FRAMES.checks)


def test_two_parses_of_an_example_that_agree_are_one_frame():
    assert len(FRAMES.frames) == len(set(FRAMES.frames)) == 9


def test_alternatives_are_read_one_by_one():
    stub = ParsedByHand()
    compile_frames(ontology(PROPERTIES), GAZETTEER, stub, "de", cache=False)
    assert "Siemens hat mit Bosch einen Vertrag getroffen." in stub.asked
    assert "Telekom hat mit Nokia eine Vereinbarung getroffen." in stub.asked
    assert len(stub.asked) == len(set(stub.asked)) == 2 * 9


def test_a_frame_in_full():
    (frame,) = FRAMES.by_predicate["noun", ""]
    assert frame == Frame(
        property="basedIn",
        kind="noun",
        predicate="",
        predicate_class="Company",
        subject_role="bearer",
        object_role="demonym",
        subject_class="Company",
        object_class="Country",
        pattern="der {object:Country/adjective} [Company] {subject:Company}",
    )


def test_paired_slots_are_coordinated():
    (frame,) = FRAMES.by_predicate["verb", "kooperieren"]
    assert frame.paired
    apart = "Siemens:nsubj>kooperieren Bosch:nsubj>kooperieren kooperieren/VERB.Fin:root ."
    found = frames_of(
        [relation("partnersWith", "Organization", "Organization", "{Organization} {Organization} kooperieren")], apart
    )
    assert not any(f.paired for f in found.frames)


BOUGHT = [relation("investsIn", "Organization", "Organization", "{Organization} kauft Anteile an {Organization}")]


def test_a_noun_of_the_example_must_be_there_too():
    notation = (
        "Siemens:nsubj>kauft kauft=kaufen/VERB.Fin:root Anteile=Anteil:obj>kauft an:case>Bosch Bosch:nmod>Anteile ."
    )
    (frame,) = {f.describe() for f in frames_of(BOUGHT, notation).frames if f.kind == "verb"}
    assert frame == "kaufen(subject=subject, oblique:an=object, object=anteil)"


def test_a_frame_that_lost_a_noun_is_none():
    notation = (
        "Siemens:nsubj>kauft kauft=kaufen/VERB.Fin:root Anteile=Anteil:orphan>kauft an:case>Bosch Bosch:obl>kauft ."
    )
    found = frames_of(BOUGHT, notation)
    assert found.frames == ()
    (check,) = found.checks
    assert check.frame is None
    assert check.problem == "no clause relates both slots: word it more simply, as a full sentence"


def test_something_stands_for_anything():
    urged = [relation("urges", "Agent", "Agent", "{Agent} fordert {Agent} auf, etwas zu tun")]
    notation = (
        "Siemens:nsubj>fordert fordert=fordern/VERB.Fin:root Bosch:obj>fordert auf:compound:prt>fordert , "
        "etwas/PRON:obj>tun zu/PART:mark>tun tun/VERB.Inf:xcomp>fordert ."
    )
    (frame,) = {f.describe() for f in frames_of(urged, notation).frames}
    assert frame == "auffordern(subject=subject, object=object, infinitive)"


def test_a_parse_that_parts_the_slots_fails():
    torn = "Siemens:root kauft=kaufen/VERB.Fin:parataxis>Siemens Bosch:obj>kauft ."
    (check,) = frames_of([PROPERTIES[0]], torn).checks
    assert check.problem and check.frame is None


def test_one_good_parse_of_two_is_enough():
    notation = "Siemens:nsubj>kauft kauft=kaufen/VERB.Fin:root Bosch:obj>kauft ."

    class Half(ParsedByHand):
        def parse(self, texts, language):
            good, _bad = super().parse(texts, language)
            return [good, ()]

    found = compile_frames(ontology([PROPERTIES[0]]), GAZETTEER, Half(notation), "de", cache=False)
    assert [f.describe() for f in found.frames] == ["kaufen(subject=subject, object=object)"]
    assert found.checks[0].problem is None


def test_examples_of_another_language_are_left_alone():
    stub = ParsedByHand()
    stub.parse = lambda texts, language: [stub.sentences[text] for text in texts]
    assert compile_frames(ontology(PROPERTIES), GAZETTEER, stub, "en", cache=False).frames == ()


@pytest.mark.parametrize(
    ("word", "wanted", "found"),
    [
        ("Vereinbarung", "vereinbarung", True),
        ("Rahmenvereinbarung", "vereinbarung", True),
        ("Vereinbarung", "vertrag", False),
        ("Mobilfunkbetreiber", "[Company]", True),
        ("Behörde", "[Company]", False),
        ("Behörde", "[Organization]", True),
        ("Rat", "rat", True),
        ("Senat", "nat", False),  # too short to be the last part of a compound
    ],
)
def test_whether_a_noun_is_the_one_that_is_wanted(word, wanted, found):
    assert noun_matches(tree(f"{word}/NOUN:root ."), 0, wanted, ONTOLOGY, "de") is found


def test_compiling_twice_gives_the_same():
    assert frames_of() == FRAMES


def test_the_cache_is_read_back_and_survives_damage(tmp_path, monkeypatch):
    monkeypatch.setattr("kg.frames.user_cache_path", lambda _: tmp_path / "cache")
    first = compile_frames(ontology(PROPERTIES), GAZETTEER, ParsedByHand(), "de")
    (stored,) = (tmp_path / "cache").iterdir()
    unused = ParsedByHand()
    assert compile_frames(ontology(PROPERTIES), GAZETTEER, unused, "de") == first == FRAMES
    assert unused.asked == []
    stored.write_text(stored.read_text(encoding="utf-8")[:100], encoding="utf-8")
    assert compile_frames(ontology(PROPERTIES), GAZETTEER, ParsedByHand(), "de") == first
    assert [p.name for p in (tmp_path / "cache").iterdir()] == [stored.name]


def test_another_ontology_has_another_cache(tmp_path, monkeypatch):
    monkeypatch.setattr("kg.frames.user_cache_path", lambda _: tmp_path)
    compile_frames(ontology(PROPERTIES), GAZETTEER, ParsedByHand(), "de")
    assert len(compile_frames(ontology(PROPERTIES[:1]), GAZETTEER, ParsedByHand(), "de").frames) == 1


def test_a_cache_that_cannot_be_written_only_costs_time(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr("kg.frames.user_cache_path", lambda _: tmp_path / "file")
    assert compile_frames(ontology(PROPERTIES), GAZETTEER, ParsedByHand(), "de") == FRAMES
