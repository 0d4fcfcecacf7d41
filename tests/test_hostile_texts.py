"""Texts that nobody would write: the road from text to statements ends soon, and its offsets hold."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import articles, pipeline
from kg.analysis import LONGEST_SENTENCE
from kg.errors import InputError
from kg.records import STATUSES, Extraction
from kg.store import Store

SECONDS = 10
WORDS = {
    "de": "Huawei MTS China Russlands russische Siemens-Chef US-Regierung Roland Busch Anna Meyer Bosch AG 5G "
    "er sie es der die das den dem ein eine und oder dass wenn weil obwohl nicht kein mit von durch in "
    "aus an auf zu laut kauft übernimmt kooperiert verklagt plant will soll wird wurde worden haben hat "
    "sei könnte gekauft zu kaufen sagte warnt vor Konzern Unternehmen Präsident 2019 4,5 Milliarden Euro "
    "Prozent am 6. Juni",
    "en": "Huawei MTS China Russian Siemens CEO Roland Busch Anna Meyer Bosch Inc. 5G he she it they the a an "
    "and or that if because although not no with of by in from at on to according buys acquired "
    "cooperates sues plans will may was been has had could bought to buy said warns against company "
    "president which who whose 2019 4.5 billion dollars per cent on June 6",
}
SIGNS = [
    *",.;:!?()[]„“”\"'»«…–-/+*&%€$#@",
    "\n\n",
    "\n",
    "\u00a0",
    "\u200d",
    "\u202e",
    "😀",
    "\u0301",
    "ß",
    "İ",
    "ﬁ",
    "<b>",
]
LANGUAGES = pytest.mark.parametrize("language", ["de", "en"])


@pytest.fixture(scope="module")
def tools():
    made = pipeline.load_tools()
    for language in WORDS:  # else the first text would wait for the frames
        made.frames(language)
    return made


def texts(language: str) -> st.SearchStrategy[str]:
    word = st.sampled_from(WORDS[language].split())
    piece = st.one_of(word, word, word, st.sampled_from(SIGNS), st.text(max_size=6))
    return st.lists(piece, min_size=1, max_size=60).map(" ".join)


def check(found: Extraction) -> None:
    text = found.article.text
    known = {entity.iri for entity in found.entities}
    for statement in found.statements:
        evidence = statement.evidence
        assert text[evidence.start : evidence.end] == evidence.quote
        assert statement.status in STATUSES
        assert 0 <= statement.confidence <= 1
        assert {statement.subject, statement.object} <= known
        for start, end in (evidence.subject, evidence.object, *evidence.predicate):
            assert 0 <= start < end <= len(text)
        for qualifier in statement.qualifiers:
            assert 0 <= qualifier.start < qualifier.end <= len(text)
    for link in found.links:
        assert text[link.mention.start : link.mention.end] == link.mention.text
    for triple in found.open_triples:
        assert 0 <= triple.start < triple.end <= len(text)


@LANGUAGES
@settings(max_examples=25, deadline=1000 * SECONDS, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_words_in_any_order(tools, language, data):
    text = data.draw(texts(language))
    try:
        article = articles.from_text(text, id="a", language=language)
    except InputError:
        return
    found = pipeline.extract_article(article, tools, with_open=True)
    check(found)
    with Store.open() as store:
        store.write(found, tools.ontology)
        assert store.articles() == (article,)
        assert {statement.id for statement in store.statements()} == {statement.id for statement in found.statements}


HOSTILE = {
    "brackets": "(" * 5_000,
    "brackets apart": "( " * 1_250,
    "hyphens": "A-B-" * 1_250,
    "names without a stop": "Apple, " * 1_000,
    "names with a stop": ("Apple, Intel und " * 40 + "Siemens. ") * 10,
    "clauses": "Huawei kauft MTS und " * 250,
    "that he said": "said that he " * 500,
    "owners": "der Chef des Sprechers " * 250,
    "heads of heads": "the head of the firm of " * 250,
    "numbers": "12 345,6 " * 1_000,
    "dates": "am 5. Juni 2019 " * 375,
    "quotes": "„Apple“ " * 750,
    "acronyms": "Bundesamt für Dinge (BfD) " * 250,
    "one word": "Donaudampfschiff" * 2_500,
    "capitals": "APPLE INTEL " * 750,
    "paragraphs": "Apple\n\n" * 750,
    "signs": "😀" * 5_000,
    "from right to left": "\u202e\u0627\u0644" * 2_500,
    "accents": "e" + "\u0301" * 5_000,
}


@LANGUAGES
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_soon_read(tools, language, name):
    text = f"{'Apple kauft Intel' if language == 'de' else 'Apple buys Intel'}. Apple {HOSTILE[name]}."
    before = time.process_time()
    check(pipeline.extract_article(articles.from_text(text, language=language), tools, with_open=True))
    assert time.process_time() - before < SECONDS


@LANGUAGES
def test_what_stands_beside_an_endless_sentence_is_read(tools, language):
    good = "Apple kauft Intel." if language == "de" else "Apple buys Intel."
    text = f"{good}\n\n{'Apple, Intel, ' * LONGEST_SENTENCE}.\n\n{'A' * 600}\n\n{good}"
    found = pipeline.extract_article(articles.from_text(text, language=language), tools)
    assert [statement.property for statement in found.statements] == ["acquires", "acquires"]
    assert [rejection.property for rejection in found.rejections if "words" in rejection.reason] == ["any relation"]
