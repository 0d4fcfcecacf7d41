"""Names in a parsed article: what the recogniser found, the gazetteer's names, demonyms and compounds.

A longer name of the recogniser is never overruled by the gazetteer; a name found once in an
article is found wherever it stands in it.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from kg.morphology import readings
from kg.ontology import Gazetteer, GazetteerEntry, Ontology
from kg.records import Analysis, NamedSpan, Sentence, Token
from kg.trees import TEMPORAL

_LONGEST: Final = 7  # tokens of the longest gazetteer name that is looked for
_TRIM: Final = "\"'„“”»«‚‘’()[],;:. \u00a0"
_HYPHENS: Final = "-–‑"
_PARTICLES: Final = frozenset("von der van den de del della di da dos zu zum bin al el la le ten ter".split())
_NOUN_MARGIN: Final = 4.0
"""By how much (natural logarithm) the common noun must be likelier than the name. "Sprint" and "Glyphosat"
differ by less than 2, "Autozulieferer" and "Tatsache" have no reading as a name."""
_CORE: Final = frozenset({"nsubj", "nsubj:pass", "obj", "iobj"})
_UNITS: Final = frozenset(
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember Sonnabend "
    "Euro Dollar US-Dollar Pfund Yen Yuan Franken Rubel Cent Prozent Milliarden Millionen Uhr Montag Dienstag Mittwoch "
    "Mittwoch Donnerstag Freitag Samstag Sonntag euro euros dollar dollars pound pounds percent billion million".split()
)
ENDINGS: Final = ("'s", "’s", "s", "'", "’")
"""What a possessor may end in, the longest first."""
_LEGAL_FORMS: Final = frozenset(
    "AG GmbH SE KG KGaA Inc Inc. Corp Corp. Ltd Ltd. LLC plc PLC Plc S.A. SA N.V. NV B.V. Co Co. & "
    "Limited Corporation Incorporated Holding Group".split()
)


@dataclass(frozen=True)
class NameIndex:
    """The gazetteer by name and by demonym, for one language."""

    entries: Mapping[str, GazetteerEntry]  # by IRI
    names: Mapping[str, tuple[GazetteerEntry, ...]]
    demonyms: Mapping[str, GazetteerEntry]  # lower-case adjective without ending
    peoples: Mapping[str, GazetteerEntry]  # stem of the noun for the people, without umlauts

    def find(self, name: str) -> tuple[GazetteerEntry, ...]:
        """The entries that bear a name, a German genitive -s or an English possessive undone."""
        exact = self.names.get(name) or self.names.get(name.replace("’", "'"))
        if exact:
            return exact
        ending = _ending(name, self.names)
        return self.names.get(name.removesuffix(ending), ()) if ending else ()

    def demonym(self, word: str) -> GazetteerEntry | None:
        """The place that an adjective belongs to: "russischen" → Russia."""
        lower = word.casefold()
        for ending in ("", "e", "en", "er", "es", "em"):
            if lower.endswith(ending) and (entry := self.demonyms.get(lower.removesuffix(ending) if ending else lower)):
                return entry
        return None

    def inhabitants(self, word: str) -> GazetteerEntry | None:
        """The place whose people a noun names: "Niederländer", "Chinesen", "Wolfsburger"."""
        lower = _without_umlauts(word.casefold())
        for ending in ("ern", "er", "en", "n", "e", "s"):
            if lower.endswith(ending) and (entry := self.peoples.get(lower.removesuffix(ending))):
                return entry
        return self.demonym(word)


def _without_umlauts(word: str) -> str:
    return word.translate(str.maketrans("äöü", "aou"))


@lru_cache(maxsize=8)
def _index(digest: str, language: str, holder: _Hold) -> NameIndex:
    names: dict[str, list[GazetteerEntry]] = {}
    demonyms: dict[str, GazetteerEntry] = {}
    for entry in holder.gazetteer.entries.values():
        for name, tongue in entry.names:
            if tongue in {None, language}:
                for form in (name, *_inflected(name, language)):
                    known = names.setdefault(form, [])
                    if entry not in known:
                        known.append(entry)
        for word in entry.demonyms.get(language, ()):
            demonyms.setdefault(word.casefold(), entry)
    return NameIndex(
        holder.gazetteer.entries,
        MappingProxyType({name: tuple(found) for name, found in names.items()}),
        MappingProxyType(demonyms),
        MappingProxyType(
            {
                _without_umlauts(word.removesuffix("isch")): entry
                for word, entry in demonyms.items()
                if word.endswith("isch") and "-" not in word
            }
        ),
    )


def _inflected(name: str, language: str) -> Iterator[str]:
    """The other cases of a German name that begins with an adjective: "Deutsche Bahn", "Deutschen Bahn"."""
    first, space, rest = name.partition(" ")
    if language != "de" or not space or len(first) < 5:
        return
    for ending in ("es", "er", "e"):
        if first.endswith(ending):
            stem = first.removesuffix(ending)
            yield from (f"{stem}{other} {rest}" for other in ("e", "en", "er", "es", "em") if other != ending)
            return


class _Hold:
    """Lets a cache be keyed by the digest alone: equal to any other holder."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hold)

    def __hash__(self) -> int:
        return 0


def name_index(gazetteer: Gazetteer, language: str) -> NameIndex:
    """The gazetteer by name, for texts in one language (names of no language included)."""
    return _index(gazetteer.digest, language, _Hold(gazetteer))


def recognise(analysis: Analysis, index: NameIndex, ontology: Ontology) -> Analysis:
    """The analysis with all names that can be told, in reading order, without overlaps.

    Args:
        analysis: as the pipeline gave it.
        index: the gazetteer for its language.
        ontology: its classes tell what label a gazetteer entry gets, its nouns what is no name.
    """
    text = analysis.article.text
    nouns = ontology.nouns(analysis.language)
    first = [
        replace(
            s,
            names=_merged(
                s, _of_model(s, text, index, nouns, analysis.language), _of_gazetteer(s, text, index, ontology), text
            ),
        )
        for s in analysis.sentences
    ]
    known = _known_names(first, text)
    second = [replace(s, names=_with_known(s, text, known)) for s in first]
    second = [replace(s, names=tuple(_without_ending(n, text, known) for n in s.names)) for s in second]
    second = [replace(s, names=_with_proper_nouns(s, nouns, analysis.language)) for s in second]
    second = [replace(s, names=_with_apposed(s, ontology, nouns)) for s in second]
    third = [replace(s, names=_with_parts(s, text, index, ontology, known, analysis.language)) for s in second]
    return replace(analysis, sentences=tuple(third))


def _of_model(
    sentence: Sentence, text: str, index: NameIndex, nouns: Mapping[str, str], language: str
) -> list[NamedSpan]:
    found = []
    for span in sentence.names:
        tokens = [t for t in sentence.tokens if t.start < span.end and span.start < t.end]
        if span.form == "whole":
            tokens = _possessor_only(_without_common_words(tokens, nouns, index), index)
        if not tokens or (span.form == "whole" and len(tokens) == 1 and _no_name(tokens[0], nouns, language)):
            continue
        if span.form == "whole":
            tokens = _with_given_names(tokens, sentence, nouns, span.label)
        start, end = tokens[0].start, tokens[-1].end
        while start < end and text[start] in _TRIM:
            start += 1
        while end > start and text[end - 1] in _TRIM and not _abbreviation(text[start:end]):
            end -= 1
        if span.form == "whole":
            end -= len(_ending(text[start:end], index.names))
        if any(c.isalpha() for c in text[start:end]):
            found.append(replace(span, start=start, end=end))
    return found


def _no_name(token: Token, nouns: Mapping[str, str], language: str) -> bool:
    """Whether a lone word is a common noun or a unit, whatever the recogniser says."""
    if token.text in _UNITS | TEMPORAL or token.lemma in nouns or token.text in nouns:
        return True
    return language == "de" and "-" not in token.text and _known_noun(token.text)


def _known_noun(word: str) -> bool:
    """Whether morphology knows a German word as a common noun and hardly as a name."""
    found = dict(readings(word, "de"))
    return "NN" in found and found["NN"] - found.get("NE", -100.0) > _NOUN_MARGIN


def _with_given_names(tokens: list[Token], sentence: Sentence, nouns: Mapping[str, str], label: str) -> list[Token]:
    """A name with the proper nouns before and behind it that the parser joins to it: "Xi" in "Xi Jinping"."""
    covered = {t.index for t in sentence.tokens for s in sentence.names if t.start < s.end and s.start < t.end}
    for step in (-1, 1):
        while True:
            edge = tokens[0] if step < 0 else tokens[-1]
            place = edge.index + step
            if not 0 <= place < len(sentence.tokens) or place in covered:
                break
            other = sentence.tokens[place]
            members = {t.index for t in tokens}
            flat = other.relation.startswith("flat")
            tied = (flat and (other.head in members or other.head in {t.head for t in tokens})) or any(
                t.head == place and t.relation.startswith("flat") for t in tokens
            )
            common = other.text in _UNITS | TEMPORAL or (
                other.pos == "NOUN"
                and (other.lemma != other.text or class_of_noun(re.split("[-–‑]", other.lemma)[-1], nouns) is not None)
            )
            part = other.pos == "ADJ" and step < 0 and place > 0 and other.relation == "amod" and other.head in members
            usual = tied and not common and other.pos in {"PROPN", "NOUN"}
            if not (usual or part) or not other.text[:1].isupper() or other.text.endswith("er"):
                break
            tokens = [other, *tokens] if step < 0 else [*tokens, other]
    return _with_surname(tokens, sentence) if label == "PER" else tokens


def _with_surname(tokens: list[Token], sentence: Sentence) -> list[Token]:
    """A given name with the particles and the surname behind it: "Ursula von der Leyen"."""
    rest = sentence.tokens[tokens[-1].index + 1 :]
    particles = list(itertools.takewhile(lambda t: t.text in _PARTICLES, rest))
    words = " ".join(t.text for t in particles)
    if not particles or words in {"von", "zu"} or len(particles) == len(rest):
        return tokens
    surname = rest[len(particles)]
    return [*tokens, *particles, surname] if surname.text[:1].isupper() and surname.pos in {"PROPN", "NOUN"} else tokens


def _abbreviation(name: str) -> bool:
    return name.endswith(("Inc.", "Corp.", "Co.", "Ltd.", "S.A.", "N.V.", "Jr."))


def _without_common_words(tokens: list[Token], nouns: Mapping[str, str], index: NameIndex) -> list[Token]:
    """A name without the determiners, adjectives and class nouns that the recogniser let in before it."""
    while len(tokens) > 1 and " ".join(t.text for t in tokens) not in index.names:
        head = tokens[0]
        common = head.pos in {"DET", "ADP", "PRON", "CCONJ"} or (head.pos == "ADJ" and head.text[:1].islower())
        tail = re.split("[-–‑]", head.text)[-1]
        place = index.demonym(head.text) is not None and class_of_noun(tokens[1].lemma, nouns) is not None
        if (
            common
            or place
            or head.lemma in nouns
            or tail in nouns
            or (tail != head.text and class_of_noun(tail, nouns))
        ):
            tokens = tokens[1:]
        else:
            break
    while len(tokens) > 1 and tokens[-1].pos in {"PUNCT", "ADP", "CCONJ"} and not tokens[-1].text[:1].isalnum():
        tokens = tokens[:-1]
    return tokens


def _possessor_only(tokens: list[Token], index: NameIndex) -> list[Token]:
    """Only the known name where the recogniser took a common noun behind it for part of it: "Huaweis Kit"."""
    for length in range(len(tokens) - 1, 0, -1):
        name = " ".join(t.text for t in tokens[:length])
        if name in index.names and all(t.pos == "NOUN" for t in tokens[length:]):
            return tokens[:length]
    if len(tokens) > 1 and tokens[0].text.endswith(("s", "'", "’")) and all(t.pos == "NOUN" for t in tokens[1:]):
        first = tokens[0].text
        if first not in index.names and index.find(first):
            return tokens[:1]
    return tokens


def _of_gazetteer(sentence: Sentence, text: str, index: NameIndex, ontology: Ontology) -> list[NamedSpan]:
    found = []
    tokens = sentence.tokens
    position = 0
    while position < len(tokens):
        match = _longest_match(tokens, position, text, index)
        if match is None:
            entry = _demonym_at(tokens[position], index)
            if entry is not None:
                found.append(NamedSpan(tokens[position].start, tokens[position].end, "LOC", "derived"))
            position += 1
            continue
        last, entry = match
        start, end = tokens[position].start, tokens[last].end
        found.append(NamedSpan(start, end - len(_ending(text[start:end], index.names)), label_of(entry.type, ontology)))
        position = last + 1
    return found


def _longest_match(
    tokens: tuple[Token, ...], first: int, text: str, index: NameIndex
) -> tuple[int, GazetteerEntry] | None:
    if not tokens[first].text[:1].isalnum():
        return None
    for last in range(min(first + _LONGEST, len(tokens)) - 1, first - 1, -1):
        name = text[tokens[first].start : tokens[last].end]
        entries = index.find(name)
        if not entries:
            continue
        sure = [e for e in entries if not _risky(e, name)]
        if sure and (last > first or _looks_like_name(tokens[first], name, index)):
            return last, sure[0]
    return None


def _ending(name: str, known: Container[str]) -> str:
    """The genitive ending that a name must lose to be a known one: "Polens" → "s"."""
    if name in known or not name.endswith(ENDINGS):
        return ""
    return next((e for e in ENDINGS if name.endswith(e) and name.removesuffix(e) in known), "")


def _risky(entry: GazetteerEntry, name: str) -> bool:
    return name in entry.ambiguous or name.removesuffix("s") in entry.ambiguous


def _looks_like_name(token: Token, name: str, index: NameIndex) -> bool:
    """A single word is only taken for a name if it is not used as another kind of word."""
    if token.pos in {"PROPN", "X"} or (token.pos == "NOUN" and name in index.names):
        return True
    return (
        token.pos in {"ADJ", "ADV", "VERB", "SYM", "INTJ", "NUM"}
        and name[:1].isupper()
        and name in index.names
        and (name.isupper() or len(name) > 4)
    )


def _demonym_at(token: Token, index: NameIndex) -> GazetteerEntry | None:
    if token.pos not in {"ADJ", "PROPN", "NOUN", "DET"} or len(token.text) < 5:
        return None
    if token.pos in {"NOUN", "PROPN"} and (token.text[:1].isupper() and not token.text.endswith("er")):
        return index.demonyms.get(token.text.casefold()) if token.pos == "PROPN" else None
    return index.demonym(token.text)


def label_of(type_name: str, ontology: Ontology) -> str:
    """The recogniser's label that a class corresponds to."""
    for ancestor, label in (("Person", "PER"), ("Place", "LOC"), ("Organization", "ORG")):
        if ontology.is_a(type_name, ancestor):
            return label
    return "MISC"


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
    inside = [k for k in known if span.start <= k.start and k.end <= span.end]
    tokens = [t for t in sentence.tokens if span.start <= t.start < span.end]
    return len(inside) > 1 and all(any(k.start <= t.start < k.end for k in inside) for t in tokens)


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
            for form in forms:
                votes.setdefault(form, Counter())[span.label] += 1
    return {name: min(count.items(), key=lambda item: (-item[1], item[0]))[0] for name, count in votes.items()}


def _with_known(sentence: Sentence, text: str, known: Mapping[str, str]) -> tuple[NamedSpan, ...]:
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
        for last in range(min(position + 4, len(tokens)) - 1, position - 1, -1):
            start, end = tokens[position].start, tokens[last].end
            form = text[start:end]
            ending = _ending(form, known)
            label = known.get(form.removesuffix(ending))
            if label and not taken.intersection(range(start, end)) and _may_be_name(tokens[position : last + 1]):
                names.append(NamedSpan(start, end - len(ending), label))
                step = last - position + 1
                break
        position += step
    return tuple(sorted(names, key=lambda span: span.start))


def _with_apposed(sentence: Sentence, ontology: Ontology, nouns: Mapping[str, str]) -> tuple[NamedSpan, ...]:
    """Words that only their place tells to be names: "das Programm Hafenpilot"."""
    names = list(sentence.names)
    taken = {t.index for t in sentence.tokens for s in names if t.start < s.end and s.start < t.end}
    for token in sentence.tokens[1:]:
        before = sentence.tokens[token.index - 1]
        apposed = token.relation in {"appos", "flat", "nmod"} and token.head == before.index
        if not apposed or token.index in taken or before.pos != "NOUN" or token.pos not in {"NOUN", "X", "PROPN"}:
            continue
        class_name = class_of_noun(before.lemma, nouns)
        bare = not any(t.head == token.index and t.pos in {"DET", "ADJ", "ADP"} for t in sentence.tokens)
        if class_name is None or ontology.is_a(class_name, "Person") or not bare or token.lemma in nouns:
            continue
        if token.text[:1].isupper() and "Case=Gen" not in token.feats and token.text not in _UNITS | TEMPORAL:
            names.append(NamedSpan(token.start, token.end, label_of(class_name, ontology)))
    return tuple(sorted(names, key=lambda span: span.start))


def _with_proper_nouns(sentence: Sentence, nouns: Mapping[str, str], language: str) -> tuple[NamedSpan, ...]:
    """Proper nouns that nobody has marked as names become names of an unsure kind."""
    names = list(sentence.names)
    taken = {t.index for t in sentence.tokens for s in names if t.start < s.end and s.start < t.end}
    run: list[Token] = []
    for token in (*sentence.tokens, None):
        if token is not None and token.index not in taken and _proper(token, nouns, language) and _joined(run, token):
            run.append(token)
            continue
        if run:
            names.append(NamedSpan(run[0].start, run[-1].end, "PER" if len(run) > 1 else "MISC"))
        run = [token] if token is not None and token.index not in taken and _proper(token, nouns, language) else []
    return tuple(sorted(names, key=lambda span: span.start))


def _proper(token: Token, nouns: Mapping[str, str], language: str) -> bool:
    usual = token.pos == "PROPN" and token.text[:1].isupper() and not _no_name(token, nouns, language)
    return usual and len(token.text) > 1 and "-" not in token.text and class_of_noun(token.lemma, nouns) is None


def _joined(run: list[Token], token: Token) -> bool:
    """Whether a proper noun goes on with the run before it."""
    if not run:
        return True
    last = run[-1]
    rivals = token.head == last.head and token.relation in _CORE and last.relation in _CORE
    return token.index == last.index + 1 and not rivals


def _without_ending(span: NamedSpan, text: str, known: Mapping[str, str]) -> NamedSpan:
    """A name of the recogniser without its genitive -s, where the article has it without too."""
    name = text[span.start : span.end]
    if span.form != "whole":
        return span
    others = {form for form in known if form != name}
    ending = _ending(name, others) if name.endswith(ENDINGS) else ""
    if not ending and name.endswith(("'s", "’s")):
        ending = name[-2:]
    return replace(span, end=span.end - len(ending))


def _may_be_name(tokens: tuple[Token, ...]) -> bool:
    return tokens[0].text[:1].isupper() and any(t.pos in {"PROPN", "NOUN", "X"} for t in tokens)


def _with_parts(
    sentence: Sentence, text: str, index: NameIndex, ontology: Ontology, known: Mapping[str, str], language: str
) -> tuple[NamedSpan, ...]:
    """Compounds that begin with a name: the name is marked, the rest is a common noun."""
    names = list(sentence.names)
    nouns = ontology.nouns(language)
    for token in sentence.tokens:
        around = [s for s in names if s.start < token.end and token.start < s.end]
        if any(s.start < token.start or s.end > token.end for s in around):
            continue
        length, label = _leading_name(token, index, ontology, known, nouns)
        if not length:
            continue
        tail = token.text[length:].lstrip(_HYPHENS)
        if any(s.form == "whole" and (tail in index.names or class_of_noun(tail, nouns) is None) for s in around):
            continue
        if label is None and around:
            label = around[0].label
        if label is None:
            continue
        names = [s for s in names if s not in around]
        names.append(NamedSpan(token.start, token.start + length, label, "part"))
    return tuple(sorted(names, key=lambda span: span.start))


def _leading_name(
    token: Token, index: NameIndex, ontology: Ontology, known: Mapping[str, str], nouns: Mapping[str, str]
) -> tuple[int, str | None]:
    """How many letters of a compound are a name, and its label; 0 if it begins with none.

    A longer known name wins over what stands before the last hyphen: "EU-Kommissionspräsidentin"
    is the president of the Commission. The linking -s counts with the name.
    """
    word = token.text
    if word in index.names or token.pos not in {"NOUN", "PROPN", "ADJ", "X"} or not word[:1].isalnum():
        return 0, None
    noun = _final_noun(word, nouns)
    solid = len(word) - len(noun) if noun else 0
    if solid > 3 and word[solid - 1] not in _HYPHENS:
        label = _label_of_part(word[:solid], index, ontology, {}) or _label_of_part(
            word[:solid].removesuffix("s"), index, ontology, {}
        )
        if label is not None and len(word[:solid].removesuffix("s")) > 3:
            return solid, label
    cut = max(word.rfind(h) for h in _HYPHENS)
    if cut < 1 or cut == len(word) - 1 or not (word[0].isupper() or word[0].isdigit()):
        return 0, None
    return cut, _label_of_part(word[:cut], index, ontology, known)


def _final_noun(word: str, nouns: Mapping[str, str]) -> str:
    """The longest class noun that a word ends in, in any of its commonest forms."""
    lower = word.casefold()
    for ending in ("", "s", "n", "en", "es"):
        stem = lower.removesuffix(ending) if ending else lower
        best = max((n for n in nouns if len(n) > 3 and stem.endswith(n.casefold())), key=len, default="")
        if best and len(best) < len(stem):
            return word[len(stem) - len(best) :]
    return ""


def _label_of_part(prefix: str, index: NameIndex, ontology: Ontology, known: Mapping[str, str]) -> str | None:
    for form in (prefix, prefix.replace("-", " ")):
        entries = index.names.get(form, ())
        if entries:
            return label_of(entries[0].type, ontology)
        if form in known:
            return known[form]
    return None


def class_of_noun(lemma: str, nouns: Mapping[str, str]) -> str | None:
    """The class a common noun stands for; a compound counts as its last part.

    >>> class_of_noun("Mobilfunkbetreiber", {"Betreiber": "Company"})
    'Company'
    """
    if lemma in nouns:
        return nouns[lemma]
    lower = lemma.casefold()
    best = ""
    for noun in nouns:
        if len(noun) > max(3, len(best)) and lower.endswith(noun.casefold()):
            best = noun
    return nouns[best] if best else None


def without_legal_form(name: str) -> str:
    """A company's name without its legal form.

    >>> without_legal_form("Wirecard AG"), without_legal_form("AG")
    ('Wirecard', 'AG')
    """
    words = name.split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)
