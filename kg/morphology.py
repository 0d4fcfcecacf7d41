"""Word morphology for German and English, read from HanTa (LGPL-3), without a neural model.

HanTa knows for each word its possible tags with their probability, its lemma and the parts that
it is composed of, and the probabilities of tag sequences. Three things are built on that:

* plain functions: :func:`readings`, :func:`tag_words`, :func:`lemma`, :func:`parts`;
* the spaCy component ``kg_morphology``, which runs first and writes lexical knowledge into token
  attributes that the statistical models after it take as input features;
* the spaCy component ``kg_lemmatizer``, which runs last and sets the lemmas.

Everything is cached by word, as HanTa analyses some ten thousand words a second only.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.models import tables
from kg.models.sequence import Chain, Reading, best_sequence, initial_flags
from kg.models.spelling import name_form, respell
from kg.models.tables import name_class, read_classes, read_names, widen

CACHE = 20_000
"""Words that are remembered: 1.8 KB each in all four caches, so that long runs of real news stay below 40 MB."""
LONGEST = 32
MODELS = {"de": "morphmodel_ger.pgz", "en": "morphmodel_en.pgz"}


@dataclass(frozen=True, slots=True)
class Part:
    """One morpheme of a word as written, lower case, with HanTa's morpheme tag."""

    text: str
    tag: str


@lru_cache(maxsize=4)
def hanta(language: str) -> Any:  # noqa: ANN401  # HanTa has no types
    """Load HanTa's model for a language."""
    from HanTa import HanoverTagger  # noqa: PLC0415  # half a second, only when needed

    return HanoverTagger.HanoverTagger(MODELS[language])


@lru_cache(maxsize=4)
def chain(language: str) -> Chain:
    """The tag sequence model that comes with HanTa's model of a language."""
    model = hanta(language)
    return Chain(
        start=(0, 1),
        following=model.LP_trans_word,
        prior=model.LP_wtag,
        number={model.int2tag[tag]: tag for tag in model.LP_wtag},
    )


NUMBER = re.compile(r"[+\-–]?\d[\d.,:/\-–]*%?")
ODD = re.compile(r"://|@|\.\w+/|^www\.")
FIXED = {"de": ("CARD", "XY"), "en": ("CRD", "UNC")}


@lru_cache(maxsize=CACHE)
def readings(word: str, language: str = "de", sentence_initial: bool = False) -> tuple[Reading, ...]:
    """The possible tags of a word with log P(word, tag), the likeliest first; at least one.

    Upper or lower case at the start counts as evidence unless ``sentence_initial``.
    """
    if language not in MODELS:
        raise ValueError(f"no morphology for language {language!r}; known: {sorted(MODELS)}")
    number, odd = FIXED[language]
    if not word.strip():
        return (("_SP", 0.0),)
    if NUMBER.fullmatch(word):
        return ((number, 0.0),)
    if len(word) > LONGEST and "-" in word.strip("-"):
        return readings(word.strip("-").rpartition("-")[2], language, sentence_initial)
    if len(word) > LONGEST or ODD.search(word):
        return ((odd, 0.0),)
    found = hanta(language).tag_word(word, cutoff=5, casesensitive=not sentence_initial)
    kept = tuple((name, float(p)) for name, p in found if name != "UNKNOWN" and math.isfinite(p))
    return kept or ((odd, 0.0),)


def tag(word: str, language: str = "de", sentence_initial: bool = False) -> str:
    """The likeliest tag of a word without its context: STTS for German, CLAWS-5 for English."""
    return readings(word, language, sentence_initial)[0][0]


def ambiguity(word: str, language: str = "de", sentence_initial: bool = False) -> str:
    """The tags that a word may have, in alphabetical order, as one string: ``"APPR|PTKVZ"``."""
    found = readings(word, language, sentence_initial)
    return "|".join(sorted(name for name, p in found if p >= found[0][1] - 5.0))


def tag_words(words: Sequence[str], language: str = "de") -> list[str]:
    """Tag a running text, cut into words, with the best tag sequence (Viterbi over trigrams).

    White space gets ``_SP`` and doesn't count as context.
    """
    flags = initial_flags(words)
    places = [i for i, word in enumerate(words) if not word.isspace()]
    options = [readings(words[i], language, flags[i]) for i in places]
    tags = ["_SP"] * len(words)
    if not places:
        return tags
    for i, best in zip(places, best_sequence(options, chain(language)), strict=True):
        tags[i] = best
    return tags


@lru_cache(maxsize=CACHE)
def lemma(word: str, word_tag: str | None = None, language: str = "de") -> str:
    """The base form of a word read as ``word_tag`` (None: its likeliest), in its own spelling.

    Participles of separable verbs come out whole: ``zusammengearbeitet`` → ``zusammenarbeiten``.
    """
    if len(word) > LONGEST or NUMBER.fullmatch(word) or not any(map(str.isalpha, word)):
        return word
    model = hanta(language)
    found = str(model.analyze(word, pos=word_tag or tag(word, language))[0])
    return respell(found, word) if found else word


@lru_cache(maxsize=CACHE)
def parts(word: str, word_tag: str | None = None, language: str = "de") -> tuple[Part, ...]:
    """The morphemes of a word: ``Mobilfunkbetreiber`` → mobil, funk, betreiber."""
    if len(word) > LONGEST or not any(map(str.isalpha, word)):
        return (Part(word.lower(), word_tag or tag(word, language)),)
    found = hanta(language).analyze(word, pos=word_tag or tag(word, language), taglevel=3)
    return tuple(Part(str(text), str(name)) for text, name in found[1])


def compound_parts(word: str, language: str = "de") -> tuple[str, ...]:
    """The stems of a compound noun without linking letters and endings; one for a simple word."""
    stems = [p.text for p in parts(word, None, language) if not _is_affix(p.tag)]
    return tuple(stems) or (word.lower(),)


def _is_affix(name: str) -> bool:
    return name.startswith(("SUF", "PREF", "FUGE", "HYPHEN", "PTKZU"))


@lru_cache(maxsize=CACHE)
def head(word: str, word_tag: str | None = None, language: str = "de") -> str:
    """The base form of the last stem: ``Kooperationsvereinbarungen`` → vereinbarung."""
    base = lemma(word, word_tag, language).lower()
    if not (word_tag or tag(word, language)).startswith("NN"):
        return base
    return base[stem_start(word, word_tag or tag(word, language), language) :] or base


def form_class(word: str, word_tag: str, forms: Mapping[str, str], language: str = "de") -> str:
    """What a form may stand for; a compound noun is looked up by its last part."""
    found = forms.get(word) or forms.get(word.lower())
    if found or not word_tag.startswith("NN"):
        return found or ""
    last = word.rpartition("-")[2]
    tail = last[stem_start(last, word_tag, language) :]
    return forms.get(tail[:1].upper() + tail[1:], "")


def stem_start(word: str, word_tag: str, language: str = "de") -> int:
    """Where the last stem of a word begins."""
    found = parts(word, word_tag, language)
    stems = [i for i, p in enumerate(found) if not _is_affix(p.tag)]
    return sum(len(p.text) for p in found[: stems[-1]]) if stems else 0


class Morphology:
    """``kg_morphology``: lexical knowledge as token attributes, input of the models after it.

    * ``tag``: the tag in context, by HanTa's sequence model; it stays;
    * ``lemma``: the base form of the last stem; ``kg_lemmatizer`` replaces it;
    * ``morph``: all tags that the word may have, and all cases, numbers, tenses of its form; the
      morphologizer replaces it;
    * ``dep``: the lists of names that hold the word; the parser replaces it.
    """

    def __init__(self, language: str, names: dict[str, str], forms: dict[str, str], clusters: dict[str, str]) -> None:
        self.language = language
        self.names = names
        self.forms = forms
        self.clusters = clusters

    def __call__(self, doc: Doc) -> Doc:
        """Write the features of all tokens."""
        words = [token.text for token in doc]
        flags = initial_flags(words)
        tags = tag_words(words, self.language)
        for token, word, word_tag, initial in zip(doc, words, tags, flags, strict=True):
            token.tag_ = word_tag
            if word_tag == "_SP":
                continue
            token.lemma_ = head(word, word_tag, self.language)
            token.set_morph(self.features(word, word_tag, initial))  # type: ignore[attr-defined]
            token.dep_ = self.name_features(word)
        return doc

    def features(self, word: str, word_tag: str, initial: bool) -> str:
        """What a word may be, without its context, as a feature string."""
        tags = "Tags=" + ambiguity(word, self.language, initial).replace("|", ",")
        readings = form_class(word, word_tag, self.forms, self.language) if self.forms else ""
        return f"Form={readings}|{tags}" if readings else tags

    def name_features(self, word: str) -> str:
        """The lists of names that hold a word, and its cluster."""
        group = tables.cluster(word, self.clusters) if self.clusters else ""
        return name_class(word, self.names) + (f"|{group}" if group else "")

    def to_disk(self, path: Path, exclude: Iterable[str] = ()) -> None:
        """Write the tables."""
        path.mkdir(parents=True, exist_ok=True)
        (path / tables.NAMES).write_bytes(tables.packed_names(self.names))
        for name, table, credit in (
            (tables.FORMS, self.forms, tables.FORMS_CREDIT),
            (tables.CLUSTERS, self.clusters, tables.CLUSTERS_CREDIT),
        ):
            if table:
                (path / name).write_bytes(tables.packed_classes(table, credit))

    def from_disk(self, path: Path, exclude: Iterable[str] = ()) -> Morphology:
        """Read the tables."""
        self.names = read_names(path / tables.NAMES)
        for name, table in ((tables.FORMS, self.forms), (tables.CLUSTERS, self.clusters)):
            if (path / name).exists():
                table.update(read_classes(path / name))
        return self


@Language.factory("kg_morphology", default_config={"language": "de", "names": None, "forms": None, "clusters": None})
def create_morphology(
    nlp: Language, name: str, language: str, names: str | None, forms: str | None, clusters: str | None
) -> Morphology:
    """Make the component that writes lexical features; the first of a pipeline.

    ``names``, ``forms`` and ``clusters`` are tables to start with, needed for training only.
    """
    return Morphology(
        language,
        read_names(Path(names)) if names else {},
        read_classes(Path(forms)) if forms else {},
        read_classes(Path(clusters)) if clusters else {},
    )


UNCHANGED = frozenset({"PUNCT", "SYM", "X", "SPACE"})
NOUN_TAGS = ("NN", "NNA", "NNI", "TRUNC")
VERB_TAGS = ("VV", "VA", "VM")
COMPATIBLE: dict[str, dict[str, tuple[str, ...]]] = {
    "de": {
        "NOUN": NOUN_TAGS,
        "PROPN": ("NE",),
        "VERB": VERB_TAGS,
        "AUX": VERB_TAGS,
        "ADJ": ("ADJ", "VV(PP)"),
        "ADV": ("ADV", "ADJ(D)", "PROAV", "PWAV", "PTK", "AP", "KO", "PI"),
    },
    "en": {
        "NOUN": ("NN", "VVG"),
        "PROPN": ("NP", "NN"),
        "VERB": ("VV", "VB", "VD", "VH"),
        "AUX": ("VB", "VD", "VH", "VM"),
        "ADJ": ("AJ", "OR"),
        "ADV": ("AV",),
    },
}
DEFAULT_TAG = {
    "de": {"NOUN": "NN", "PROPN": "NE", "VERB": "VV(FIN)", "ADJ": "ADJ(A)", "ADV": "ADV"},
    "en": {"NOUN": "NN1", "PROPN": "NP0", "VERB": "VVI", "ADJ": "AJ0", "ADV": "AV0"},
}
VERB_FORM = {"Inf": "VV(INF)", "Part": "VV(PP)", "Fin": "VV(FIN)"}

Table = dict[str, str]


def fitting_tag(word: str, upos: str, word_tag: str, verb_form: str, language: str) -> str:
    """The tag to lemmatise by: one that agrees with the part of speech the model decided on."""
    allowed = COMPATIBLE[language].get(upos)
    if allowed is None or word_tag.startswith(allowed):
        return word_tag
    for name, _ in readings(word, language, True):
        if name.startswith(allowed):
            return name
    if language == "de" and upos in {"VERB", "AUX"}:
        return VERB_FORM.get(verb_form, "VV(FIN)")
    return DEFAULT_TAG[language].get(upos, word_tag)


def base_form(
    word: str,
    upos: str,
    word_tag: str = "",
    feats: Mapping[str, str] | None = None,
    *,
    language: str = "de",
    table: Mapping[str, str] | None = None,
    initial: bool = False,
) -> str:
    """The lemma of a word that the models read as ``upos`` with the features ``feats``.

    ``initial``: the word starts a sentence, so that its capital letter tells nothing.

    ``table`` holds what the treebanks say of the words of the closed classes: ``"ADP zum"``: zu.
    """
    known = table and (table.get(f"{upos} {word}") or table.get(f"{upos} {word.lower()}"))
    if known:
        return known
    if upos in UNCHANGED or not any(map(str.isalpha, word)):
        return word
    given = feats or {}
    if upos == "PROPN" and language == "en" and given.get("Number") == "Plur" and word.endswith("s"):
        found = lemma(word, "NN2", language)
        return word[:1] + found[1:]
    if upos == "PROPN":
        return name_form(word, given.get("Case", ""), language)
    if upos == "NUM":
        return word.lower()
    chosen = fitting_tag(word, upos, word_tag, given.get("VerbForm", ""), language)
    found = lemma(word, chosen or None, language)
    if upos == "ADJ" and word.istitle() and not initial and (language == "en" or word.endswith("er")):
        return word
    return found.lower() if upos in {"VERB", "AUX", "ADV"} else found


class Lemmatizer:
    """``kg_lemmatizer``: base forms by part of speech, from a table and HanTa; runs last."""

    def __init__(self, nlp: Language, language: str, table: Table) -> None:
        self.nlp = nlp
        self.language = language
        self.table = table

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemma of all tokens."""
        for token in doc:
            token.lemma_ = base_form(
                token.text,
                token.pos_,
                token.tag_,
                token.morph.to_dict(),
                language=self.language,
                table=self.table,
                initial=bool(token.is_sent_start),
            )
        return doc

    def to_disk(self, path: Path, exclude: Iterable[str] = ()) -> None:
        """Write the table."""
        path.mkdir(parents=True, exist_ok=True)
        text = json.dumps(self.table, ensure_ascii=False, indent=0, sort_keys=True)
        (path / "table.json").write_text(text + "\n", encoding="utf-8")

    def from_disk(self, path: Path, exclude: Iterable[str] = ()) -> Lemmatizer:
        """Read the table, and widen what the pipeline's other parts read in fewer bits."""
        step = path / tables.STEP
        widen(self.nlp, float(step.read_text(encoding="utf-8")) if step.exists() else 1.0)
        self.table = json.loads((path / "table.json").read_text(encoding="utf-8"))
        return self


@Language.factory("kg_lemmatizer", default_config={"language": "de"})
def create_lemmatizer(nlp: Language, name: str, language: str) -> Lemmatizer:
    """Make the component that sets lemmas; the last of a pipeline."""
    return Lemmatizer(nlp, language, {})
