"""Open gold files, and the score that is held against them."""

import json
from pathlib import Path

import pytest

from kg.errors import GoldError
from kg.open_gold import ENDING, fits, open_gold_files, read_open_gold, words_of
from kg.open_scores import score_open, scores_as_dict
from kg.records import OpenTriple, Phrase

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "tests" / "open"
GOLD = """\
# Two sentences.
> Marie Curie erhielt 1911 den Nobelpreis für Chemie.
- Marie Curie | erhielt | [den] Nobelpreis [für Chemie]
= Marie Curie | erhielt [den] Nobelpreis für | Chemie
- Marie Curie | erhielt [den Nobelpreis] | 1911

> Anna und Bert trafen sich.
- Anna und Bert | trafen | sich
- Anna | trafen | sich
= Anna und Bert | trafen | sich
"""


def triple(subject, relation, target, confidence=0.9):
    slots = (Phrase(words, ()) for words in (subject, relation, target))
    return OpenTriple(0, 0, 9, *slots, "SVO", "asserted", confidence)


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / f"de-two{ENDING}"
    path.write_text(GOLD, encoding="utf-8")
    return path


def test_a_file_gives_its_sentences_with_all_wordings(gold):
    first, second = read_open_gold(gold)
    assert (first.text, first.language, first.line) == ("Marie Curie erhielt 1911 den Nobelpreis für Chemie.", "de", 2)
    assert [len(fact.wordings) for fact in first.facts] == [2, 1]
    assert first.facts[0].text == "Marie Curie | erhielt | [den] Nobelpreis [für Chemie]"
    assert [len(fact.wordings) for fact in second.facts] == [1, 2]


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("den Nobelpreis für Chemie", True),
        ("Nobelpreis", True),
        ("den Nobelpreis", True),
        ("den Nobelpreis für", False),
        ("den", False),
        ("Nobelpreis den", False),
        ("", False),
    ],
)
def test_optional_words_are_left_out_as_a_whole(gold, words, right):
    slot = read_open_gold(gold)[0].facts[0].wordings[0][2]
    assert fits(words_of(words), slot) is right


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("Marie | erhielt | etwas\n", 1, "is not a line of open gold"),
        ("- Marie | erhielt | etwas\n", 1, "is not a line of open gold"),
        ("> Satz.\n= Marie | erhielt | etwas\n", 2, "is not a line of open gold"),
        ("> Satz.\n- Marie | erhielt\n", 2, "is not a fact of three slots"),
        ("> Satz.\n- Marie | erhielt | [den Preis\n", 2, "is not a fact of three slots"),
        ("> Satz.\n- Marie |  | den Preis\n", 2, "is not a fact of three slots"),
    ],
)
def test_a_bad_line_is_named(gold, text, line, problem):
    gold.write_text(text, encoding="utf-8")
    with pytest.raises(GoldError, match=problem) as caught:
        read_open_gold(gold)
    assert caught.value.line == line


def test_files_that_cannot_be_used_are_named(tmp_path):
    with pytest.raises(GoldError, match="no such file or folder"):
        open_gold_files([tmp_path / "none"])
    with pytest.raises(GoldError, match="holds no gold for open triples"):
        open_gold_files([tmp_path])
    other = tmp_path / f"fr-x{ENDING}"
    other.write_bytes(b"> \xff\n")
    with pytest.raises(GoldError, match="does not tell its language"):
        read_open_gold(other)
    broken = other.rename(tmp_path / f"de-x{ENDING}")
    with pytest.raises(GoldError, match="cannot be read"):
        read_open_gold(broken)


def test_each_fact_counts_once_and_each_triple_finds_one(gold):
    found = {
        "Marie": [
            triple("Marie Curie", "erhielt", "den Nobelpreis"),
            triple("Marie Curie", "erhielt Nobelpreis für", "Chemie"),  # the same fact again: neither right nor wrong
            triple("Marie", "erhielt", "den Nobelpreis", 0.4),
        ],
        "Anna": [triple("Anna und Bert", "trafen", "sich")],  # fits two facts, finds one
    }
    result = score_open([gold], lambda sentence: found[sentence.text.split()[0]])
    assert (result.score.gold, result.score.correct, result.score.predicted) == (4, 2, 3)
    assert result.score.precision == pytest.approx(2 / 3)
    assert [(len(f.missed), len(f.wrong)) for f in result.findings] == [(1, 1), (1, 0)]
    assert result.by_language["de"] == result.score
    assert sorted(result.judged) == [(0.4, False), (0.9, True), (0.9, True), (0.9, True)]
    told = scores_as_dict(result)
    assert json.loads(json.dumps(told))["findings"][0]["wrong"] == [["Marie", "erhielt", "den Nobelpreis"]]


def test_quotation_marks_and_commas_do_not_count():
    assert words_of("das Album „Thriller“, das") == ["das", "Album", "Thriller", "das"]


@pytest.mark.parametrize("path", sorted(FOLDER.glob(f"*{ENDING}")), ids=lambda path: path.name)
def test_the_projects_gold_speaks_in_the_words_of_its_sentences(path):
    for sentence in read_open_gold(path):
        spoken = {word.strip(",;()") for word in words_of(sentence.text)}
        spoken |= {word.rstrip(".:?!") for word in spoken}
        assert sentence.facts, f"{path.name}:{sentence.line} has no fact"
        for fact in sentence.facts:
            for wording in fact.wordings:
                words = {word.strip(",;()") for slot in wording for part in slot for word in part.words}
                assert words <= spoken, f"{path.name}:{sentence.line} has {sorted(words - spoken)}"
                assert all(any(not part.optional for part in slot) for slot in wording), fact.text


def test_the_projects_gold_is_large_enough():
    counts = {"de": 0, "en": 0}
    for path in open_gold_files([FOLDER]):
        for sentence in read_open_gold(path):
            counts[sentence.language] += 1
    assert counts["de"] >= 100
    assert counts["en"] >= 60
