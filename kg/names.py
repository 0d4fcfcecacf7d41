"""Names in a parsed article: what the recogniser found, the gazetteer's names, demonyms and compounds.

A longer name of the recogniser is never overruled by the gazetteer; a name found once in an
article is found wherever it stands in it.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from kg import name_borders as borders
from kg import name_guesses as guesses
from kg import name_phrases as phrases
from kg.acronyms import with_expansions
from kg.class_nouns import ClassNouns
from kg.compounds import label_of, with_parts
from kg.legal_forms import with_legal_forms, without_legal_form
from kg.name_borders import Names
from kg.name_index import ENDINGS, NameIndex, class_of_noun, ending_of, openings, reach
from kg.name_spans import UNITS, countable, is_common, kind_of, model_spans, names_body
from kg.ontology import GazetteerEntry, Ontology
from kg.records import Analysis, NamedSpan, Sentence, Token
from kg.trees import TEMPORAL

_LONGEST: Final = 7  # tokens of the longest gazetteer name that is looked for


def recognise(analysis: Analysis, index: NameIndex, ontology: Ontology) -> Analysis:
    """The analysis with all names that can be told, in reading order, without overlaps.

    Args:
        analysis: as the pipeline gave it.
        index: the gazetteer for its language.
        ontology: its classes tell what label a gazetteer entry gets, its nouns what is no name.
    """
    text = analysis.article.text
    nouns = _kinds(ontology, analysis.language)
    labels = {name: label_of(name, ontology) for name in ontology.classes}
    first = [
        replace(
            s,
            names=_merged(
                s,
                _model_spans(s, text, index, nouns, analysis.language),
                _of_gazetteer(s, text, index, ontology, nouns),
                text,
            ),
        )
        for s in analysis.sentences
    ]
    first = [_named(s, _completed(s, text, index, nouns, labels, analysis.language)) for s in first]
    first = [_named(s, with_legal_forms(s, nouns, index.is_place)) for s in first]
    first = [_named(s, with_expansions(s, index, nouns, ontology)) for s in first]
    known = _known_names(first, text)
    table = openings(known)
    second = [_named(s, _with_known(s, text, known, table)) for s in first]
    second = [_named(s, tuple(_without_ending(n, text, known) for n in s.names)) for s in second]
    second = [_named(s, _with_guesses(s, text, index, nouns, labels, analysis.language)) for s in second]
    second = [_named(s, _with_institutions(s, text)) for s in second]
    second = [_named(s, _with_apposed(s, ontology, nouns, index, analysis.language)) for s in second]
    third = [_named(s, with_parts(s, text, index, ontology, known, analysis.language)) for s in second]
    return replace(analysis, sentences=tuple(third))


def _kinds(ontology: Ontology, language: str) -> ClassNouns:
    """Common nouns with their class, those included that only stand before names."""
    beside = {noun: name for noun, name in borders.KINDS[language].items() if name in ontology.classes}
    return ClassNouns(beside | dict(ontology.nouns(language)))


def _completed(
    sentence: Sentence, text: str, index: NameIndex, nouns: ClassNouns, labels: Mapping[str, str], language: str
) -> Names:
    """Names with all their words, and those that their form or place alone tells to be names."""
    sentence = _named(sentence, borders.with_rest_of_word(sentence))
    sentence = _named(sentence, guesses.persons(sentence, text, nouns, index, language))
    sentence = _named(sentence, borders.joined(sentence, text, language))
    sentence = _named(sentence, phrases.whole_quotes(sentence, text))
    sentence = _named(sentence, phrases.quoted_behind_kind(sentence, nouns, labels))
    sentence = _named(sentence, borders.to_the_end(sentence, text, nouns, index, language))
    if language == "en":
        sentence = _named(sentence, borders.apart_at_of(sentence, text, index))
        sentence = _named(sentence, borders.without_kind(sentence, text, nouns, index))
        sentence = _named(sentence, borders.with_nation(sentence, text, nouns))
        sentence = _named(sentence, borders.with_article(sentence))
    else:
        sentence = _named(sentence, phrases.with_adjective(sentence, nouns, index, labels))
        sentence = _named(sentence, phrases.authorities(sentence))
        sentence = _named(sentence, guesses.with_bare_nouns(sentence, nouns, index, labels))
        sentence = _named(sentence, phrases.whole_prefield(sentence, nouns))
        sentence = _named(sentence, phrases.with_compounds(sentence, nouns))
        sentence = _named(sentence, phrases.with_purpose(sentence, nouns, index))
    sentence = _named(sentence, phrases.with_acronyms(sentence, text, nouns))
    return borders.with_last_words(sentence, text, index)


def _with_guesses(
    sentence: Sentence, text: str, index: NameIndex, nouns: ClassNouns, labels: Mapping[str, str], language: str
) -> Names:
    """Names that nobody has marked, and the labels of those that are unsure."""
    sentence = _named(sentence, guesses.with_proper_nouns(sentence, nouns, language))
    sentence = _named(sentence, borders.joined(sentence, text, language))
    sentence = _named(sentence, guesses.with_first_word(sentence, nouns, language))
    sentence = _named(sentence, borders.to_the_end(sentence, text, nouns, index, language))
    return guesses.labelled(sentence, text, language, index, nouns, labels)


def _named(sentence: Sentence, names: Names) -> Sentence:
    """The sentence with these names; itself where it has them, so that its tree need not be made anew."""
    return sentence if names == sentence.names else replace(sentence, names=names)


def _model_spans(
    sentence: Sentence, text: str, index: NameIndex, nouns: Mapping[str, str], language: str
) -> list[NamedSpan]:
    spans = model_spans(sentence, text, index, nouns, language)
    parts = [part for span in spans for part in borders.apart(span, text, index)]
    if language != "en":
        return parts
    parts = [borders.before_post(span, text, index) for span in parts]
    return [part for span in parts for part in borders.of_country(span, text, index, nouns)]


def _of_gazetteer(
    sentence: Sentence, text: str, index: NameIndex, ontology: Ontology, nouns: Mapping[str, str]
) -> list[NamedSpan]:
    found = []
    tokens = sentence.tokens
    position = 0
    while position < len(tokens):
        match = _longest_match(tokens, position, text, index, nouns)
        if match is None:
            entry = _demonym_at(tokens[position], index)
            if entry is not None:
                found.append(NamedSpan(tokens[position].start, tokens[position].end, "LOC", "derived"))
            position += 1
            continue
        last, entry = match
        start, end = tokens[position].start, tokens[last].end
        found.append(
            NamedSpan(start, end - len(ending_of(text[start:end], index.names)), label_of(entry.type, ontology))
        )
        position = last + 1
    return found


def _longest_match(
    tokens: tuple[Token, ...], first: int, text: str, index: NameIndex, nouns: Mapping[str, str]
) -> tuple[int, GazetteerEntry] | None:
    if not tokens[first].text[:1].isalnum():
        return None
    limit = tokens[first].start + reach(text, tokens[first].start, index.openings)
    for last in range(min(first + _LONGEST, len(tokens)) - 1, first - 1, -1):
        if tokens[last].end > limit:
            continue
        name = text[tokens[first].start : tokens[last].end]
        entries = index.find(name)
        if not entries:
            continue
        sure = [e for e in entries if not _risky(e, name)]
        if last == first and not sure and _placed(tokens, first, nouns):
            sure = [e for e in entries if e.type in {"City", "Region", "Country"}]
        if last == first and _describes(tokens, first, nouns):
            continue
        if sure and (last > first or _looks_like_name(tokens[first], name, index)):
            return last, sure[0]
    return None


def _placed(tokens: tuple[Token, ...], index: int, nouns: Mapping[str, str]) -> bool:
    """Whether a German noun that is a town too stands like a town: "in Zug", but not "im Zug" or "in Zug um Zug"."""
    before = tokens[index - 1].text.lower() if index else ""
    following = tokens[index + 1].text if index + 1 < len(tokens) else ""
    return before in {"in", "aus", "nach"} and "Number=Plur" not in tokens[index].feats and following != "um"


def _describes(tokens: tuple[Token, ...], index: int, nouns: Mapping[str, str]) -> bool:
    """Whether a noun that happens to be a name too stands before another: "die Privatbank Mirabelle"."""
    token = tokens[index]
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    named = following is not None and following.pos == "PROPN" and following.head == index
    return token.pos == "NOUN" and named and class_of_noun(token.lemma, nouns) is not None


def _risky(entry: GazetteerEntry, name: str) -> bool:
    return name in entry.ambiguous or name.removesuffix("s") in entry.ambiguous


def _looks_like_name(token: Token, name: str, index: NameIndex) -> bool:
    """A single word is only taken for a name if it is not used as another kind of word."""
    inner_capital = name[1:] != name[1:].lower()  # "VMware" and "eBay" are no other word
    if token.pos in {"PROPN", "X"} or (name in index.names and (token.pos == "NOUN" or inner_capital)):
        return True
    if token.pos == "NUM":
        return name in index.names and not name.isdigit()
    return (
        token.pos in {"ADJ", "ADV", "VERB", "SYM", "INTJ"}
        and name[:1].isupper()
        and name in index.names
        and (name.isupper() or len(name) > 4)
    )


def _demonym_at(token: Token, index: NameIndex) -> GazetteerEntry | None:
    if token.pos not in {"ADJ", "PROPN", "NOUN", "DET"} or len(token.text) < 5:
        return None
    if token.pos in {"NOUN", "PROPN"} and (token.text[:1].isupper() and not token.text.endswith("er")):
        return index.demonyms.get(token.text.lower()) if token.pos == "PROPN" else None
    return index.demonym(token.text)


def _merged(sentence: Sentence, model: list[NamedSpan], known: list[NamedSpan], text: str) -> tuple[NamedSpan, ...]:
    """One list without overlaps: the longer span wins, the gazetteer where both are equal.

    A span of the recogniser that is nothing but several gazetteer names is taken apart.
    """
    model = [span for span in model if not _only_known(sentence, span, known)]
    ranked = sorted(
        [(span, 0) for span in known] + [(span, 1) for span in model],
        key=lambda item: (-(item[0].end - item[0].start), item[1], item[0].start),
    )
    kept: list[NamedSpan] = []
    for span, _ in ranked:
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return tuple(sorted(kept, key=lambda span: span.start))


def _only_known(sentence: Sentence, span: NamedSpan, known: list[NamedSpan]) -> bool:
    """Whether a span is nothing but several known names; not where these are of another kind: "Paris Hilton"."""
    inside = [k for k in known if span.start <= k.start and k.end <= span.end]
    tokens = [t for t in sentence.tokens if span.start <= t.start < span.end]
    named_after = span.label in {"PER", "ORG"} and all(k.form == "whole" for k in inside)
    named_after = named_after and inside[-1].label != span.label if inside else False
    said = span.label == "PER" or any(t.pos in {"VERB", "AUX"} for t in sentence.tokens)
    named_after = named_after and said  # two keywords side by side are none: "Huawei Russland"
    every = all(any(k.start <= t.start < k.end for k in inside) for t in tokens)
    return len(inside) > 1 and every and not named_after


def _known_names(sentences: Iterable[Sentence], text: str) -> Mapping[str, str]:
    """Names found as wholes anywhere in the article, with their commonest label; surnames included."""
    votes: dict[str, Counter[str]] = {}
    for sentence in sentences:
        for span in sentence.names:
            if span.form != "whole":
                continue
            name = text[span.start : span.end]
            forms = {name}
            if span.label == "PER" and " " in name:
                forms.add(name.rpartition(" ")[2])
            if span.label == "ORG":
                forms.add(without_legal_form(name))
            for form in forms:
                votes.setdefault(form, Counter())[span.label] += 1
    return {name: min(count.items(), key=lambda item: (-item[1], item[0]))[0] for name, count in votes.items()}


def _with_known(
    sentence: Sentence, text: str, known: Mapping[str, str], table: Mapping[str, int]
) -> tuple[NamedSpan, ...]:
    """Names known from elsewhere in the article, where nothing was found; labels made uniform."""
    names = [
        replace(s, label=known[text[s.start : s.end]]) if s.form == "whole" and text[s.start : s.end] in known else s
        for s in sentence.names
    ]
    taken = {i for span in names for i in range(span.start, span.end)}
    tokens = sentence.tokens
    position = 0
    while position < len(tokens):
        step = 1
        start = tokens[position].start
        limit = start + reach(text, start, table)
        for last in range(min(position + 4, len(tokens)) - 1, position - 1, -1):
            end = tokens[last].end
            if end > limit:
                continue
            form = text[start:end]
            ending = ending_of(form, known)
            label = known.get(form.removesuffix(ending))
            if label and not taken.intersection(range(start, end)) and _may_be_name(tokens[position : last + 1]):
                names.append(NamedSpan(start, end - len(ending), label))
                step = last - position + 1
                break
        position += step
    return tuple(sorted(names, key=lambda span: span.start))


def _with_institutions(sentence: Sentence, text: str) -> tuple[NamedSpan, ...]:
    """Names that begin with the noun before them: "Stadtwerke Osterholm"."""
    noun_at = {t.end + 1: t for t in sentence.tokens if t.pos == "NOUN" and names_body(t.text)}
    taken = {t.index for t in sentence.tokens for s in sentence.names if t.start < s.end and s.start < t.end}
    return tuple(
        replace(span, start=noun_at[span.start].start, label="ORG")
        if span.form == "whole"
        and span.start in noun_at
        and noun_at[span.start].index not in taken
        and not text[span.start : span.end].isupper()
        and span.label != "PER"
        else span
        for span in sentence.names
    )


def _with_apposed(
    sentence: Sentence, ontology: Ontology, nouns: Mapping[str, str], index: NameIndex, language: str
) -> tuple[NamedSpan, ...]:
    """Words that only their place tells to be names: "das Programm Hafenpilot", "im dänischen Odense"."""
    names = list(sentence.names)
    taken = {t.index for t in sentence.tokens for s in names if t.start < s.end and s.start < t.end}
    for token in sentence.tokens[1:]:
        before = sentence.tokens[token.index - 1]
        bare = before.head != token.index or before.pos not in {"DET", "ADP"}
        if token.index in taken or not bare or not token.text[:1].isupper() or token.pos in {"VERB", "PRON", "DET"}:
            continue
        town = sentence.tokens[token.index - 1].pos == "ADJ" and bool(index.find(token.text))
        if (token.lemma in nouns and not town) or token.text in UNITS | TEMPORAL:
            continue
        if "Case=Gen" in token.feats and token.text.endswith("s"):
            continue
        run = _person_behind_post(sentence, token, nouns, taken)
        if run:
            names = [n for n in names if n.end <= token.start or run[-1].end <= n.start]
            names.append(NamedSpan(token.start, run[-1].end, "PER"))
            taken |= {t.index for t in run}
            continue
        label = _label_by_place(sentence, token, ontology, nouns, index, language)
        if label and (len(token.text) > 1 or token.text in index.names):
            following = sentence.tokens[token.index + 1] if token.index + 1 < len(sentence.tokens) else token
            longer = token.text in {"Bad", "Sankt", "New"} and following.text[:1].isupper()
            longer = longer or following.text in borders.COMPASS
            longer = longer or (
                language == "de"
                and (token.pos, following.pos) == ("NOUN", "PROPN")  # "die Firma Landhandel Börde"
                and not any(n.label == "PER" and n.start < following.end and following.start < n.end for n in names)
            )
            end = following.end if longer else token.end
            names = [n for n in names if n.end <= token.start or end <= n.start]
            names.append(NamedSpan(token.start, end, label))
    return tuple(sorted(names, key=lambda span: span.start))


def _person_behind_post(sentence: Sentence, token: Token, nouns: Mapping[str, str], taken: set[int]) -> list[Token]:
    """Two or three capitalised words straight behind a post: "Betriebsleiter Sverre Lund"."""
    before = sentence.tokens[token.index - 1]
    tail = re.split("[-–‑]", before.lemma)[-1]
    if before.pos not in {"NOUN", "PROPN"} or class_of_noun(tail, nouns) != "Person" or "Number=Plur" in before.feats:
        return []
    run = list(itertools.takewhile(_capitalised, sentence.tokens[token.index : token.index + 3]))
    free = run and run[0].index not in taken
    if not free or len(run) < 2 or any(t.lemma in nouns or t.text in UNITS | TEMPORAL for t in run):
        return []
    return run


def _capitalised(token: Token) -> bool:
    return token.text[:1].isupper() and token.text.isalpha() and token.pos in {"PROPN", "NOUN", "X"}


def _label_by_place(
    sentence: Sentence, token: Token, ontology: Ontology, nouns: Mapping[str, str], index: NameIndex, language: str
) -> str:
    before = sentence.tokens[token.index - 1]
    if before.pos == "ADJ" and before.text[:1].islower() and index.demonym(before.text) is not None:
        in_place = token.index > 1 and sentence.tokens[token.index - 2].text.lower() in {"im", "in", "ins", "aus"}
        town = any(e.type == "City" for e in index.find(token.text))  # "im schweizerischen Zug"
        return "LOC" if in_place and (town or not is_common(token, nouns, language)) else ""
    compound = before.pos == "ADJ" and "-" in before.text and before.text[:1].isupper()  # "Fast-Food-Kette"
    if before.pos != "NOUN" and not compound:
        return ""
    class_name = kind_of(before, nouns)
    if class_name is None or ontology.is_a(class_name, "Person"):
        return ""
    apposed = token.relation in {"appos", "flat", "nmod"} and token.head == before.index
    sure = (
        apposed or not is_common(token, nouns, language) or (language == "de" and countable(token, nouns, named=True))
    )
    return label_of(class_name, ontology) if sure else ""


def _without_ending(span: NamedSpan, text: str, known: Mapping[str, str]) -> NamedSpan:
    """A name of the recogniser without its genitive -s, where the article has it without too."""
    name = text[span.start : span.end]
    if span.form != "whole":
        return span
    others = {form for form in known if form != name}
    ending = ending_of(name, others) if name.endswith(ENDINGS) else ""
    if not ending and name.endswith(("'s", "’s")):
        ending = name[-2:]
    return replace(span, end=span.end - len(ending))


def _may_be_name(tokens: tuple[Token, ...]) -> bool:
    return tokens[0].text[:1].isupper() and any(t.pos in {"PROPN", "NOUN", "X"} for t in tokens)
