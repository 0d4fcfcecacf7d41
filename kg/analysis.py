"""Article → parsed sentences: the only place that loads and runs a spaCy pipeline.

The bundled pipelines speak Universal Dependencies; any other that the user names is brought to
the same terms by :mod:`kg.schemes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg import morphology
from kg.errors import LanguageError, ModelError
from kg.models import bundled
from kg.quotation_marks import alike
from kg.records import UNREAD, Analysis, Article, Block, NamedSpan, Sentence, Token
from kg.schemes import RawToken, Scheme, scheme_of, to_universal

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span
    from spacy.tokens import Token as SpacyToken

LONGEST_SENTENCE: Final = 300
"""Words. What is longer is no sentence but a list, a table or a fault, and some steps take the square of its time:
4,000 names without a stop took a minute, 300 take a second. The longest of the 3,100 sentences of the German treebanks
that kg is measured with have 63 words."""
_ENDLESS: Final = re.compile(r"\S{500,}")
"""Letters without a space that are no word but data, such as a picture in Base64: the tokenizer takes the square of
their number. The longest words of the same treebanks have 32."""

LANGUAGES: Final = ("de", "en")
"""Languages whose clauses are understood."""

# Below this many characters a detector that knows 97 languages errs often: "Huawei sues MTS" is
# read as Finnish. Short texts are only asked whether they are rather German or English.
_SHORT: Final = 160

_LIKELIER: Final = 2.0
"""By how much (natural logarithm) a word must be likelier than its alleged lemma to be left as it stands."""

_LABELS: Final[dict[str, tuple[str, str]]] = {
    "PER": ("PER", "whole"),
    "PERSON": ("PER", "whole"),
    "ORG": ("ORG", "whole"),
    "LOC": ("LOC", "whole"),
    "GPE": ("LOC", "whole"),
    "FAC": ("LOC", "whole"),
    "MISC": ("MISC", "whole"),
    "OTH": ("MISC", "whole"),
    "PRODUCT": ("MISC", "whole"),
    "WORK_OF_ART": ("MISC", "whole"),
    "EVENT": ("MISC", "whole"),
    "LAW": ("MISC", "whole"),
    "NORP": ("LOC", "derived"),
}
_WHOLE: Final = "kg_whole_sentences"
_CLOSING: Final = frozenset(".!?:;…\"'”“’»«)]–—*")
"""Marks behind which a sentence may begin."""
_FORMS: Final = {"deriv": "derived", "part": "part"}


class Analyser:
    """Reads articles with the bundled pipeline of their language, or with one the user names.

    Args:
        model: name of an installed spaCy pipeline or a path; ``None`` for the bundled ones.
        language: ISO 639-1 code to use for every article; ``None`` to detect it.

    Raises:
        ModelError: the pipeline is missing or lacks an annotation.
        LanguageError: ``language`` is none that kg understands.
    """

    def __init__(self, model: str | None = None, language: str | None = None) -> None:
        if language is not None and language not in LANGUAGES:
            raise LanguageError(f"language {language!r} is not understood", hint=f"use one of {', '.join(LANGUAGES)}")
        self.model = model
        self.language = language

    def read(self, article: Article) -> Analysis:
        """Parse an article block by block.

        Raises:
            LanguageError: the language is not understood, or no pipeline for it is at hand.
            ModelError: see the class.
        """
        language = self.language or article.language or detect_language(article.text, article.source or article.id)
        pipeline = load_pipeline(self.pipeline_path(language))
        if language != pipeline.lang:
            raise LanguageError(
                f"the article is in {language!r}, but the pipeline {pipeline_name(pipeline)} reads {pipeline.lang!r}",
                path=article.source,
                hint="leave out --model to use the bundled pipeline, or give --language",
            )
        with pipeline.memory_zone():  # else spaCy would keep every word that it has ever seen
            sentences, overlong = _sentences(pipeline, article)
        return Analysis(article, language, pipeline_name(pipeline), tuple(sentences), tuple(overlong))

    def parse(self, texts: list[str], language: str) -> list[tuple[Sentence, ...]]:
        """Parse short texts, such as example sentences, in one batch."""
        pipeline = load_pipeline(self.pipeline_path(language))
        scheme = _scheme(pipeline)
        parsed = []
        for doc in pipeline.pipe(texts, batch_size=128):
            block = Block("paragraph", 0, len(doc.text))
            parsed.append(tuple(_sentence(words, block, index, scheme) for index, words in enumerate(_spans(doc))))
        return parsed

    def pipeline_path(self, language: str) -> str:
        """Name or path of the pipeline that reads a language.

        Raises:
            LanguageError: no pipeline for it is bundled and none was named.
        """
        if self.model is not None:
            return self.model
        at_hand = bundled()
        if language not in at_hand:
            raise LanguageError(
                f"no pipeline for language {language!r} is bundled",
                hint=f"bundled: {', '.join(sorted(at_hand)) or 'none'}; name an installed one with --model",
            )
        return str(at_hand[language])

    def fingerprint(self, language: str) -> str:
        """What tells this pipeline from another version of it, for caches."""
        path = self.pipeline_path(language)
        meta = Path(path) / "meta.json"
        return meta.read_text(encoding="utf-8") if meta.is_file() else pipeline_name(load_pipeline(path))


@lru_cache(maxsize=4)
def load_pipeline(name: str) -> Language:
    """Load a spaCy pipeline once and check that it gives what is needed.

    Raises:
        ModelError: not installed, not a pipeline, or without parser, tagger or entity recogniser.
    """
    import spacy  # noqa: PLC0415 - half a second that `kg --help` need not wait for

    try:
        pipeline = spacy.load(name)
    except (OSError, ImportError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelError(
            f"the pipeline {name!r} cannot be loaded: {reason}",
            hint="`kg models` lists those at hand; official ones: `pip install` the wheel of e.g. de_core_news_lg",
        ) from error
    _check(pipeline)
    _split_full_stops(pipeline)
    _keep_sentences_whole(pipeline)
    return pipeline


def _split_full_stops(pipeline: Language) -> None:
    """Split the full stop from a name such as "5G.", "A350." or "GmbH.", which spaCy's German rules leave on it."""
    from spacy.util import compile_suffix_regex  # noqa: PLC0415 - see load_pipeline

    tokenizer: Any = pipeline.tokenizer
    units = "(?<=[0-9])(?:"  # spaCy's rule takes the G of "5G" for grams
    usual = [rule for rule in pipeline.Defaults.suffixes or () if not str(rule).startswith(units)]
    mixed = ("[0-9][A-Za-z]", "[A-Za-z][0-9]", "[A-Za-z][0-9]{2}", "[A-Za-z][0-9]{3}", "[a-zäöü][A-Z]")
    suffixes = [*usual, *(rf"(?<={letters})\." for letters in mixed)]
    tokenizer.suffix_search = compile_suffix_regex(suffixes).search


def _keep_sentences_whole(pipeline: Language) -> None:
    """Let the parser begin a sentence only where a mark or a line ends before it, not amid "the firm | Klarna"."""
    from spacy.language import Language as SpacyLanguage  # noqa: PLC0415 - see load_pipeline

    if not SpacyLanguage.has_factory(_WHOLE):
        SpacyLanguage.component(_WHOLE, func=_without_breaks)
    if "parser" in pipeline.pipe_names:
        pipeline.add_pipe(_WHOLE, first=True)


def _without_breaks(doc: Doc) -> Doc:
    for token in doc[1:]:
        before = doc[token.i - 1]
        if not before.is_space and before.text[-1] not in _CLOSING:
            token.is_sent_start = False
    return doc


def _check(pipeline: Language) -> None:
    doc = pipeline("Anna Schmidt wohnt in Berlin." if pipeline.lang == "de" else "Anna Smith lives in London.")
    lacking = [
        what
        for attribute, what in (
            ("DEP", "a dependency parse (component parser)"),
            ("POS", "parts of speech (component morphologizer, or tagger with attribute_ruler)"),
            ("LEMMA", "lemmas (component lemmatizer)"),
        )
        if not doc.has_annotation(attribute)
    ]
    if not any(name in pipeline.pipe_names for name in ("ner", "entity_ruler", "span_ruler")):
        lacking.append("named entities (component ner)")
    if lacking:
        raise ModelError(
            f"the pipeline {pipeline_name(pipeline)} lacks {'; '.join(lacking)}",
            hint="use the bundled pipeline (leave out --model) or a full one such as de_core_news_lg",
        )


def pipeline_name(pipeline: Language) -> str:
    """Language, name and version of a pipeline, as its meta data tells."""
    meta = pipeline.meta
    return f"{meta.get('lang')}_{meta.get('name')}-{meta.get('version')}"


def _scheme(pipeline: Language) -> Scheme:
    parser: Any = pipeline.get_pipe("parser") if pipeline.has_pipe("parser") else None
    return scheme_of(tuple(parser.labels) if parser is not None else ())


def detect_language(text: str, where: str | None = None) -> str:
    """The language of a text, by byte n-grams (langid.py, Lui and Baldwin, ACL 2012).

    Args:
        text: at least a sentence.
        where: path or id for the message.

    Raises:
        LanguageError: it is neither German nor English.
    """
    sample = " ".join(text[:4000].split())
    import py3langid  # noqa: PLC0415 - loads a model

    ranked = py3langid.rank(sample)
    best = str(ranked[0][0])
    if best in LANGUAGES:
        return best
    if len(sample) < _SHORT:
        return next(str(code) for code, _ in ranked if code in LANGUAGES)
    raise LanguageError(
        f"the text seems to be in {best!r}, which kg does not understand",
        path=where,
        hint=f"it reads {' and '.join(LANGUAGES)}; if that is a mistake, give --language",
    )


def _sentences(pipeline: Language, article: Article) -> tuple[list[Sentence], list[tuple[int, int]]]:
    """The sentences that can be read, and where those stand that are too long."""
    scheme = _scheme(pipeline)
    blocks = [b for b in article.blocks if b.kind not in UNREAD and article.text[b.start : b.end].strip()]
    texts = (_readable(article.text[b.start : b.end], pipeline.lang or "") for b in blocks)
    found: list[Sentence] = []
    overlong: list[tuple[int, int]] = []
    for block, doc in zip(blocks, pipeline.pipe(texts, batch_size=32), strict=True):
        for words in _spans(doc):
            if len(words) > LONGEST_SENTENCE:
                overlong.append((block.start + words[0].idx, block.start + words[-1].idx + len(words[-1])))
            else:
                found.append(_as_written(_sentence(words, block, len(found), scheme), article.text))
    return found, overlong


def _readable(text: str, language: str) -> str:
    """The text as the pipeline reads it, sign for sign: quotation marks of one kind, spaces for what is no word."""
    return _ENDLESS.sub(lambda found: " " * len(found[0]), alike(text, language))


def _as_written(sentence: Sentence, text: str) -> Sentence:
    tokens = [(token, text[token.start : token.end]) for token in sentence.tokens]
    if all(token.text == written for token, written in tokens):
        return sentence
    return replace(sentence, tokens=tuple(replace(token, text=written) for token, written in tokens))


def _spans(doc: Doc) -> Iterator[list[SpacyToken]]:
    """The words of each sentence."""
    for span in doc.sents:
        if words := [token for token in span if not token.is_space]:
            yield words


def _sentence(words: list[SpacyToken], block: Block, index: int, scheme: Scheme) -> Sentence:
    offset, span = block.start, words[0].sent
    return Sentence(
        index=index,
        start=offset + words[0].idx,
        end=offset + words[-1].idx + len(words[-1]),
        block=block.kind,
        tokens=_tokens(words, offset, scheme, words[0].lang_),
        names=tuple(_names(span, offset)),
    )


def _tokens(words: list[SpacyToken], offset: int, scheme: Scheme, language: str) -> tuple[Token, ...]:
    place = {t.i: position for position, t in enumerate(words)}
    raw = []
    for token in words:
        head = token.head
        while head.is_space and head.head.i != head.i:
            head = head.head
        raw.append(
            RawToken(
                start=offset + token.idx,
                end=offset + token.idx + len(token.text),
                text=token.text,
                lemma=_lemma(token, language),
                pos=token.pos_,
                tag=token.tag_,
                feats=str(token.morph),
                head=place.get(head.i, place[token.i]),
                relation=token.dep_,
            )
        )
    return to_universal(raw, scheme)


def _lemma(token: SpacyToken, language: str) -> str:
    """A token's lemma; that of a German hyphen compound is the lemma of its last part, which is a known word."""
    front, hyphen, tail = token.text.rpartition("-")
    if language == "de" and front and tail[:1].isupper() and not tail.isupper():
        return front + hyphen + _likely(morphology.lemma(tail, "NN"), tail)
    lemma = token.lemma_ or token.text
    singular = "Number=Plur" not in str(token.morph)
    if language == "de" and token.pos_ in {"NOUN", "PROPN"} and singular and lemma == token.text[: len(lemma)]:
        # An agent noun is no inflected form: "Händler" of "Händl", "Juristin" of "Juristi".
        lost = token.text[len(lemma) :]
        if (lost in {"er", "n"} and token.text.endswith(("er", "in"))) or (lost == "n" and token.pos_ == "PROPN"):
            return token.text
    return _likely(lemma, token.text) if language == "de" and token.pos_ in {"NOUN", "PROPN"} else lemma


def _likely(lemma: str, word: str) -> str:
    """The lemma, unless the word as it stands is far likelier to be one: "Händler" rather than "Händl"."""
    if lemma == word or not word.startswith(lemma):
        return lemma
    better = morphology.readings(word)[0][1] - morphology.readings(lemma)[0][1]
    return word if better > _LIKELIER else lemma


def _names(span: Span, offset: int) -> Iterator[NamedSpan]:
    for name in span.ents:
        label, form = harmonised(name.label_)
        if label:
            yield NamedSpan(offset + name.start_char, offset + name.end_char, label, form)  # type: ignore[arg-type]


def harmonised(label: str) -> tuple[str, str]:
    """A recogniser's label as PER, ORG, LOC or MISC, and its form; empty if it is none of these.

    >>> harmonised("LOCderiv"), harmonised("GPE"), harmonised("DATE")
    (('LOC', 'derived'), ('LOC', 'whole'), ('', ''))
    """
    for suffix, form in _FORMS.items():
        if label.endswith(suffix):
            return _LABELS.get(label.removesuffix(suffix), ("", ""))[0], form
    return _LABELS.get(label, ("", ""))
