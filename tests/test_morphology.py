"""Tags, base forms and parts of words, without any statistical model."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from kg import morphology as m
from kg.models import tables


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("Vereinbarung", "NN"),
        ("München", "NE"),
        ("russischen", "ADJ(A)"),
        ("kündigte", "VV(FIN)"),
        ("zusammengearbeitet", "VV(PP)"),
        ("zusammenzuarbeiten", "VV(IZU)"),
        ("wurde", "VA(FIN)"),
        ("3,5", "CARD"),
        ("12.000", "CARD"),
        (".", "$."),
        ("https://example.org/a", "XY"),
        (" \n", "_SP"),
    ],
)
def test_german_tags(word: str, wanted: str) -> None:
    assert m.tag(word) == wanted


@pytest.mark.parametrize(("word", "wanted"), [("companies", "NN2"), ("went", "VVD"), ("2,000", "CRD"), ("the", "AT0")])
def test_english_tags(word: str, wanted: str) -> None:
    assert m.tag(word, "en") == wanted


def test_every_word_has_a_reading() -> None:
    for word in ["", "?!", "ß", "X" * 200, "a-" * 60, "🙂", "Donau" * 9, "\u200b"]:
        for language in ("de", "en"):
            assert m.readings(word, language)
            assert isinstance(m.lemma(word, None, language), str)
            assert m.parts(word, None, language) or not word


def test_unknown_language_is_named() -> None:
    with pytest.raises(ValueError, match="'fr'"):
        m.tag("mot", "fr")


def test_case_decides_unless_a_sentence_starts() -> None:
    assert m.tag("Arbeiten") == "NN"
    inside = dict(m.readings("Arbeiten"))
    first = dict(m.readings("Arbeiten", sentence_initial=True))
    assert first["VV(FIN)"] - first["NN"] > inside.get("VV(FIN)", -99.0) - inside["NN"]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Sie kündigten eine Zusammenarbeit an .", "PPER VV(FIN) ART NN PTKVZ $."),
        ("an der Grenze", "APPR ART NN"),
        ("Der Vertrag , den sie unterzeichneten .", "ART NN $, PRELS PPER VV(FIN) $."),
    ],
)
def test_tags_in_context(text: str, tags: str) -> None:
    assert m.tag_words(text.split()) == tags.split()


def test_white_space_is_no_context() -> None:
    words = ["Sie", "kündigten", "\n", "nichts", "  ", "an", "."]
    tags = m.tag_words(words)
    assert [tags[2], tags[4]] == ["_SP", "_SP"]
    assert [t for t in tags if t != "_SP"] == m.tag_words([w for w in words if w.strip()])
    assert m.tag_words([]) == []
    assert m.tag_words([" "]) == ["_SP"]


def test_initial_flags() -> None:
    words = ["„", "Gut", "“", ",", "sagte", "er", ".", "Dann", "ging", "er"]
    assert m.initial_flags(words) == [
        True, True, False, True, True, False, False, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "tag", "wanted"),
    [
        ("Vereinbarungen", "NN", "Vereinbarung"),
        ("Männern", "NN", "Mann"),
        ("ging", "VV(FIN)", "gehen"),
        ("zusammengearbeitet", "VV(PP)", "zusammenarbeiten"),
        ("angekündigt", "VV(PP)", "ankündigen"),
        ("abgeschlossen", "VV(PP)", "abschließen"),
        ("zusammenzuarbeiten", "VV(IZU)", "zusammenarbeiten"),
        ("russischen", "ADJ(A)", "russisch"),
        ("US-Regierungen", "NN", "US-Regierung"),
        ("VW-Chefs", "NN", "VW-Chef"),
    ],
)
def test_base_forms(word: str, tag: str, wanted: str) -> None:
    assert m.lemma(word, tag) == wanted


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("Mobilfunkbetreiber", ("mobil", "funk", "betreiber")),
        ("Kooperationsvereinbarungen", ("kooperation", "vereinbarung")),
        ("Umsatzrückgang", ("umsatz", "rückgang")),
        ("Haus", ("haus",)),
    ],
)
def test_compound_parts(word: str, wanted: tuple[str, ...]) -> None:
    assert m.compound_parts(word) == wanted


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("Kooperationsvereinbarungen", "vereinbarung"),
        ("Bundesländer", "land"),
        ("ging", "gehen"),
        ("Haus", "haus"),
    ],
)
def test_head_of_a_compound(word: str, wanted: str) -> None:
    assert m.head(word) == wanted


@pytest.mark.parametrize(
    ("word", "upos", "tag", "feats", "wanted"),
    [
        ("Huaweis", "PROPN", "NE", {"Case": "Gen"}, "Huawei"),
        ("Huaweis", "PROPN", "NE", {"Case": "Nom"}, "Huaweis"),
        ("Siemens", "PROPN", "NE", {}, "Siemens"),
        ("Paris", "PROPN", "NE", {"Case": "Gen"}, "Paris"),
        ("BMWs", "PROPN", "NE", {"Case": "Gen"}, "BMW"),
        ("arbeiten", "VERB", "VV(FIN)", {"VerbForm": "Fin"}, "arbeiten"),
        ("Verträge", "NOUN", "NN", {}, "Vertrag"),
        ("vereinbart", "VERB", "ADJ(D)", {"VerbForm": "Part"}, "vereinbaren"),
        ("5G", "X", "XY", {}, "5G"),
        ("„", "PUNCT", "$(", {}, "„"),
    ],
)
def test_base_form_by_part_of_speech(word: str, upos: str, tag: str, feats: dict[str, str], wanted: str) -> None:
    assert m.base_form(word, upos, tag, feats) == wanted


def test_table_goes_first() -> None:
    table = {"ADP im": "in", "DET die": "der"}
    assert m.base_form("Im", "ADP", "APPRART", {}, table=table) == "in"
    assert m.base_form("die", "DET", "ART", {}, table=table) == "der"


def test_name_class() -> None:
    names = {"Bayern": "GEB", "Merkel": "NAC"}
    assert tables.name_class("Merkel", names) == "NAC"
    assert tables.name_class("Merkels", names) == "NAC"
    assert tables.name_class("Bayern-Spieler", names) == "GEB-"
    assert tables.name_class("US-Regierung", names) == "-"
    assert tables.name_class("Haus", names) == ""


FORMS = {"Vereinbarungen": "NFPN", "ging": "V3SinPrt", "Land": "NNSN"}


@pytest.mark.parametrize(
    ("word", "tag", "wanted"),
    [
        ("ging", "VV(FIN)", "V3SinPrt"),
        ("Ging", "VV(FIN)", "V3SinPrt"),
        ("Kooperationsvereinbarungen", "NN", "NFPN"),
        ("EU-Land", "NN", "NNSN"),
        ("Brandenburg", "NE", ""),
        ("kam", "VV(FIN)", ""),
    ],
)
def test_form_class(word: str, tag: str, wanted: str) -> None:
    assert m.form_class(word, tag, FORMS) == wanted


def test_tables_come_back_as_they_were(tmp_path: Path) -> None:
    names = {"Merkel": "NAC", "Zürich": "REG|STD"}
    (tmp_path / "n").write_bytes(tables.packed_names(names))
    (tmp_path / "f").write_bytes(tables.packed_classes(FORMS, "# credit\n"))
    assert tables.read_names(tmp_path / "n") == names
    assert tables.read_classes(tmp_path / "f") == FORMS
    backwards = dict(reversed(FORMS.items()))
    assert tables.packed_classes(FORMS, "") == tables.packed_classes(backwards, "")


def test_cluster() -> None:
    clusters = {"Merkel": "40", "Chef": "7"}
    assert [tables.cluster(w, clusters) for w in ("Merkel", "Merkels", "VW-Chef", "Haus")] == ["40", "40", "7", ""]


def test_component_writes_features_and_keeps_its_names(tmp_path: Path) -> None:
    nlp = spacy.blank("de")
    nlp.add_pipe("kg_morphology")
    lemmatizer = nlp.add_pipe("kg_lemmatizer")
    lemmatizer.table = {"DET die": "der"}
    nlp.get_pipe("kg_morphology").names = {"München": "STD"}
    nlp.get_pipe("kg_morphology").forms = {"Firmen": "NFPN"}
    nlp.get_pipe("kg_morphology").clusters = {"München": "848", "arbeiten": "7"}
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    doc = again.get_pipe("kg_morphology")(again.make_doc("Die Firmen in München arbeiten"))
    assert [t.tag_ for t in doc] == ["ART", "NN", "APPR", "NE", "VV(FIN)"]
    assert [t.dep_ for t in doc] == ["", "", "", "STD|848", "|7"]
    assert [t.lemma_ for t in doc] == ["der", "firma", "in", "münchen", "arbeiten"]
    assert str(doc[1].morph) == "Form=NFPN|Tags=NN"
    assert again.get_pipe("kg_lemmatizer").table == {"DET die": "der"}
    first, second = (tmp_path / name for name in ("one", "two"))
    for folder in (first, second):
        again.get_pipe("kg_morphology").to_disk(folder)
    assert (first / tables.NAMES).read_bytes() == (second / tables.NAMES).read_bytes()
