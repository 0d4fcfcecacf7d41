"""From spaCy's documents to parsed sentences, with small pipelines whose annotation was written down by hand."""

from __future__ import annotations

import pytest
import spacy
from sentences import sentence, shown, text_of
from spacy.language import Language
from spacy.tokens import Span

from kg.analysis import Analyser, detect_language, load_pipeline
from kg.clauses import clauses
from kg.errors import LanguageError, ModelError
from kg.models import bundled
from kg.records import Article, Block

TIGER = (
    "Huawei:sb>hat hat=haben/AUX.Fin:root mit/ADP:mo>getroffen MTS:nk>mit eine=ein/DET:nk>Vereinbarung "
    "Vereinbarung/NOUN:oa>getroffen getroffen=treffen/VERB.Part:oc>hat ."
)
CLEARNLP = "Intel:nsubjpass>bought was=be/AUX:auxpass>bought bought=buy/VERB:root by/ADP:agent>bought Apple:pobj>by ."
UNIVERSAL = "Huawei:nsubj>kauft kauft=kaufen/VERB.Fin:root Chips/NOUN:obj>kauft ."
NAMES = {"Huawei": "ORG", "MTS": "ORG", "Intel": "ORG", "Apple": "ORG"}
LABELS = {"tiger": ("ROOT", "sb", "oa"), "clearnlp": ("ROOT", "dobj", "pobj"), "ud": ("ROOT", "nsubj", "obj")}
KNOWN = {text_of(n): sentence(n, NAMES) for n in (TIGER, CLEARNLP, UNIVERSAL)}


class ByHand:
    """Annotates the known sentences, wherever they begin in a document; other words hang from the first one."""

    def __init__(self, scheme: str, without: str) -> None:
        self.labels = LABELS.get(scheme, ())
        self.without = without

    def __call__(self, doc):
        offset = 0
        while offset < len(doc.text):
            words = [t for t in doc if t.idx >= offset]
            known = next((s for text, s in KNOWN.items() if doc.text.startswith(text, offset)), None)
            if known is None:
                self._fill(words, [(0, "dep", "X", t.text, "") for t in words])
                break
            tokens = list(known.tokens)
            self._fill(words[: len(tokens)], [(t.head, t.relation, t.pos, t.lemma, t.feats) for t in tokens])
            words = words[len(tokens) :]
            while words and words[0].is_space:
                words[0].head, words[0].dep_ = doc[words[0].i - 1], "dep"
                words = words[1:]
            offset = words[0].idx if words else len(doc.text)
        return doc

    def _fill(self, words, rows):
        for word, (head, relation, pos, lemma, feats) in zip(words, rows, strict=True):
            if self.without != "dep":
                word.head, word.dep_ = words[head], "ROOT" if words[head] is word else relation
            if self.without != "pos":
                word.pos_ = pos
            if self.without != "lemma":
                word.lemma_ = lemma
            word.set_morph(feats or None)


@Language.factory("kg_test_parser", default_config={"scheme": "ud", "without": ""})
def _parser(nlp, name, scheme, without):
    return ByHand(scheme, without)


@Language.component("kg_test_names")
def _names(doc):
    labels = {
        "Huawei": "ORG",
        "MTS": "ORG",
        "Intel": "ORG",
        "Apple": "PERSON",
        "Vereinbarung": "DATE",
        "Chips": "LOCderiv",
    }
    doc.ents = [Span(doc, t.i, t.i + 1, label=labels[t.text]) for t in doc if t.text in labels]
    return doc


@pytest.fixture
def model(tmp_path):
    """Writes a small pipeline and gives its path."""

    def write(language="de", scheme="ud", without=""):
        pipeline = spacy.blank(language)
        pipeline.add_pipe("kg_test_parser", name="parser", config={"scheme": scheme, "without": without})
        if without != "ner":
            pipeline.add_pipe("kg_test_names", name="ner")
        path = tmp_path / f"{language}-{scheme}-{without}"
        pipeline.to_disk(path)
        return str(path)

    return write


def article(text, *blocks, language="de"):
    return Article("a1", text, blocks or (Block("paragraph", 0, len(text)),), language=language, source="a1.txt")


@pytest.mark.parametrize(
    ("without", "named"),
    [
        ("dep", "a dependency parse (component parser)"),
        ("pos", "parts of speech (component morphologizer, or tagger with attribute_ruler)"),
        ("lemma", "lemmas (component lemmatizer)"),
        ("ner", "named entities (component ner)"),
    ],
)
def test_the_missing_annotation_is_named(model, without, named):
    with pytest.raises(ModelError) as caught:
        load_pipeline(model(without=without))
    assert caught.value.problem.endswith(f"lacks {named}")
    assert caught.value.hint


def test_a_pipeline_with_nothing_lacks_everything(tmp_path):
    spacy.blank("de").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match=r"lacks a dependency parse .*; parts of speech .*; lemmas .*; named entities"):
        load_pipeline(str(tmp_path / "blank"))


def test_a_pipeline_that_is_not_there():
    with pytest.raises(ModelError, match="the pipeline 'de_core_nowhere' cannot be loaded: "):
        Analyser("de_core_nowhere").read(article("Egal."))


def test_an_article_in_another_language_than_the_pipeline(model):
    with pytest.raises(LanguageError, match=r"a1\.txt: the article is in 'en', but the pipeline de_.* reads 'de'"):
        Analyser(model()).read(article("Whatever.", language="en"))


def test_a_language_that_nobody_understands():
    with pytest.raises(LanguageError, match="language 'fr' is not understood – use one of de, en"):
        Analyser(language="fr")


def test_a_language_without_a_pipeline(monkeypatch):
    monkeypatch.setattr("kg.analysis.bundled", dict)
    with pytest.raises(LanguageError, match="no pipeline for language 'en' is bundled – bundled: none"):
        Analyser().read(article("Whatever.", language="en"))


FRENCH = (
    "Le gouvernement français a présenté mardi un nouveau plan pour soutenir les entreprises du secteur automobile, "
    "qui souffrent depuis des mois de la baisse de la demande en Europe et en Asie."
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Die Regierung hat am Dienstag einen neuen Plan vorgelegt, mit dem sie die Wirtschaft stützen will.", "de"),
        ("The government presented a new plan on Tuesday that is meant to support the economy.", "en"),
        ("Huawei sues the operator MTS in London", "en"),
        ("Huawei verklagt MTS", "de"),
    ],
)
def test_the_language_of_a_text(text, wanted):
    assert detect_language(text) == wanted


def test_a_text_in_another_language():
    with pytest.raises(LanguageError, match=r"b\.txt: the text seems to be in 'fr', which kg does not understand"):
        detect_language(FRENCH, "b.txt")


def lines(analysis, language="de"):
    return [shown(c, s) for s in analysis.sentences for c in clauses(s, language) if c.kind == "verb"]


def test_every_scheme_gives_the_same_clauses(model):
    tiger = Analyser(model(scheme="tiger")).read(article(text_of(TIGER)))
    assert lines(tiger) == ["treffen(subject=Huawei, object=Vereinbarung, oblique:mit=MTS)"]
    english = Analyser(model("en", "clearnlp")).read(article(text_of(CLEARNLP), language="en"))
    assert lines(english, "en") == ["buy(subject=Apple, object=Intel)"]
    universal = Analyser(model()).read(article(text_of(UNIVERSAL)))
    assert lines(universal) == ["kaufen(subject=Huawei, object=Chips)"]


def test_sentences_and_offsets(model):
    text = f"{text_of(UNIVERSAL)}\n\n{text_of(UNIVERSAL)}\n\n{text_of(UNIVERSAL)}  \n {text_of(UNIVERSAL)}"
    first = len(text_of(UNIVERSAL))
    second = first + 2 + first
    blocks = (Block("title", 0, first), Block("repeat", first + 2, second), Block("paragraph", second + 2, len(text)))
    found = Analyser(model()).read(article(text, *blocks))
    assert [(s.index, s.block) for s in found.sentences] == [(0, "title"), (1, "paragraph"), (2, "paragraph")]
    for part in found.sentences:
        assert text[part.start : part.end] == text_of(UNIVERSAL)
        assert [t.index for t in part.tokens] == list(range(len(part.tokens)))
        for token in part.tokens:
            assert text[token.start : token.end] == token.text
        for name in part.names:
            assert text[name.start : name.end] in {"Huawei", "Chips"}
    assert lines(found) == ["kaufen(subject=Huawei, object=Chips)"] * 3


def test_labels_of_names_are_made_uniform(model):
    german = Analyser(model(scheme="tiger")).read(article(text_of(TIGER))).sentences[0]
    assert [(n.label, n.form) for n in german.names] == [("ORG", "whole"), ("ORG", "whole")]  # a date is no name
    english = Analyser(model("en", "clearnlp")).read(article(text_of(CLEARNLP), language="en")).sentences[0]
    assert [n.label for n in english.names] == ["ORG", "PER"]
    derived = Analyser(model()).read(article(text_of(UNIVERSAL))).sentences[0]
    assert [(n.label, n.form) for n in derived.names] == [("ORG", "whole"), ("LOC", "derived")]


@pytest.mark.parametrize(
    "text",
    [
        "Huawei kauft 5G.",
        "Huawei kauft 5G in China.",
        "Rivian baut den R1T.",
        "Airbus baut den A350.",
        "Die Drehtec GmbH.",
    ],
)
def test_a_name_with_a_digit_is_one_word(model, text):
    words = [t.text for t in Analyser(model()).read(article(text)).sentences[0].tokens]
    assert {"5G", "R1T", "A350", "GmbH"} & set(words) and words[-1] == "."


def test_the_full_stop_is_a_word_of_its_own(model):
    parsed = Analyser(model()).read(article("Huawei kauft 5G.")).sentences[0]
    assert parsed.tokens[-1].text == "."


def test_examples_are_read_in_one_batch(model):
    analyser = Analyser(model())
    parsed = analyser.parse([text_of(UNIVERSAL), text_of(UNIVERSAL)], "de")
    assert [[t.text for t in s.tokens] for (s,) in parsed] == [["Huawei", "kauft", "Chips", "."]] * 2
    assert {t.head for (s,) in parsed for t in s.tokens} == {1}


def test_the_model_is_named(model):
    found = Analyser(model()).read(article(text_of(UNIVERSAL)))
    assert found.model == "de_pipeline-0.0.0"
    assert (found.language, found.article.id) == ("de", "a1")


def test_the_fingerprint_tells_pipelines_apart(model):
    german, tiger = model(), model("en")
    assert Analyser(german).fingerprint("de") != Analyser(tiger).fingerprint("de")


def test_the_german_pipeline_is_bundled():
    assert "de" in bundled()
    found = Analyser().read(article("Der Huawei-Vorsitzende kauft MTS."))
    (parsed,) = found.sentences
    assert parsed.tokens[1].lemma.startswith("Huawei-Vorsitzend")
    assert [t.text for t in parsed.tokens][-2:] == ["MTS", "."]


def test_words_of_articles_are_not_kept():
    pipeline = load_pipeline(str(bundled()["de"]))
    analyser = Analyser(language="de")
    text = "Die Firma Quorvaxil übernimmt Brimbelux in Zwarnefeld."
    article = Article("a", text, (Block("paragraph", 0, len(text)),))
    (first,) = analyser.read(article).sentences
    assert not {"Quorvaxil", "quorvaxil", "Brimbelux", "Zwarnefeld"}.intersection(pipeline.vocab.strings)
    assert "Quorvaxil" in [token.text for token in first.tokens]
    assert analyser.read(article).sentences == (first,)
