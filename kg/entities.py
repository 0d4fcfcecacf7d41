"""Mentions → entities: which places in an article speak of the same thing.

Names are tied by the gazetteer or by their own form, descriptions and pronouns by type, demonym,
gender and nearness. Where two candidates remain, no link is made. Every link carries its reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from kg.mentions import GOVERNMENT
from kg.names import NameIndex, class_of_noun, without_legal_form
from kg.namespaces import entity_iri
from kg.noun_clauses import noun_lemma
from kg.ontology import GazetteerEntry, Ontology
from kg.records import Analysis, Entity, Link, Mention
from kg.trees import Tree, base, feature

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_BROAD: Final = ("Person", "Organization", "Place", "Product", "Technology", "Event")
_WINDOW: Final = 3  # sentences back that a description is looked for; pronouns look one back
_FEMININE: Final = re.compile(r"(in|frau|mutter|tochter|königin)$")


@dataclass
class _Candidate:
    """An entity while the article is being read."""

    iri: str
    type: str
    country: str | None = None
    places: frozenset[str] = frozenset()
    seen: list[tuple[int, int, bool]] = field(default_factory=list)  # sentence, token, as subject
    gender: str = ""
    roles: set[str] = field(default_factory=set)  # lemmas of posts, in lower case


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entities of an article, sorted by IRI, and its links in reading order.

    ``unsure`` holds the IRIs whose class nothing vouches for but the recogniser.
    """

    entities: tuple[Entity, ...]
    links: tuple[Link, ...]
    unsure: frozenset[str]


def resolve(
    analysis: Analysis,
    found: Sequence[Mention],
    index: NameIndex,
    ontology: Ontology,
    demanded: Mapping[str, str] = NOTHING,
) -> Resolution:
    """Tie mentions to entities.

    Args:
        analysis: the article with its names.
        found: its mentions, in reading order.
        index: the gazetteer for its language.
        ontology: classes and nouns.
        demanded: class by label, for names whose class was unsure and that sentences decided.

    Unresolved mentions have no link.
    """
    trees = [Tree(s) for s in analysis.sentences]
    names = _NameTable(analysis, found, index, ontology, trees, demanded)
    links: list[Link] = []
    candidates: dict[str, _Candidate] = {}
    for mention in found:
        link = names.link(mention)
        if link is None and mention.kind in {"description", "pronoun"}:
            tree = trees[mention.sentence]
            link = _corefer(mention, tree, candidates, index, ontology, analysis.language)
        if link is None:
            continue
        links.append(link)
        if mention.whole:
            _remember(candidates, link, trees[mention.sentence], names, index)
    used = {link.iri for link in links}
    entities = tuple(e for e in names.entities() if e.iri in used)
    return Resolution(entities, tuple(links), frozenset(names.unsure & used))


def _remember(candidates: dict[str, _Candidate], link: Link, tree: Tree, names: _NameTable, index: NameIndex) -> None:
    entry = index.entries.get(link.iri)
    candidate = candidates.get(link.iri)
    if candidate is None:
        candidate = candidates[link.iri] = _Candidate(link.iri, names.type_of(link.iri))
        if entry is not None:
            candidate.country = entry.country
    head = link.mention.head
    candidate.seen.append((tree.sentence.index, head, base(tree[head].relation) == "nsubj"))
    noun = _noun_before(tree, link.mention)
    if noun is not None:
        candidate.places |= _demonyms(tree, noun, index)
        candidate.roles.add(noun_lemma(tree, noun).casefold())
        if candidate.type == "Person" and not candidate.gender:
            candidate.gender = "Fem" if _FEMININE.search(tree[noun].lemma.casefold()) else "Masc"
    if link.mention.kind == "description":
        candidate.places |= _demonyms(tree, head, index)


def _noun_before(tree: Tree, mention: Mention) -> int | None:
    """The common noun straight before a name: "Betreiber" in "der russische Betreiber MTS"."""
    if mention.kind != "name":
        return None
    first = next((t.index for t in tree.tokens if t.start >= mention.start), mention.head)
    before = first - 1
    return before if before >= 0 and tree[before].pos == "NOUN" else None


def _demonyms(tree: Tree, noun: int, index: NameIndex) -> frozenset[str]:
    found = set()
    for token in tree.by_relation(noun, "amod"):
        entry = index.demonym(token.text)
        if entry is not None:
            found.add(entry.iri)
    span = tree.name_at.get(noun)
    if span is not None and span.form == "part" and span.label == "LOC":
        found |= {e.iri for e in index.find(tree[noun].text[: span.end - span.start])}
    for token in tree.by_relation(noun, "nmod"):
        if tree.case(token.index) in {"aus", "from"}:
            found |= {e.iri for e in index.find(_name_words(tree, token.index))}
    return frozenset(found)


def _name_words(tree: Tree, index: int) -> str:
    """The words of the name that a token belongs to, or of the token alone."""
    span = tree.name_at.get(index)
    inside = [t.text for t in tree.tokens if span is not None and span.start <= t.start < span.end]
    return " ".join(inside) or tree[index].text


class _NameTable:
    """The names of one article, grouped into entities."""

    def __init__(
        self,
        analysis: Analysis,
        found: Sequence[Mention],
        index: NameIndex,
        ontology: Ontology,
        trees: Sequence[Tree],
        demanded: Mapping[str, str],
    ) -> None:
        self.index = index
        self.ontology = ontology
        self.language = analysis.language
        self.types: dict[str, str] = {}
        self.labels: dict[str, str] = {}
        self.aliases: dict[str, set[str]] = {}
        self.unsure: set[str] = set()
        self.of_form: dict[str, tuple[str, str, float]] = {}  # form → IRI, reason, certainty
        names = [m for m in found if m.kind in {"name", "compound"}]
        nouns = _nouns_of_names(analysis, names, trees, ontology)
        self._group(names, nouns, demanded, analysis.article.text)

    def _group(self, names: list[Mention], nouns: Mapping[str, str], demanded: Mapping[str, str], text: str) -> None:
        unknown: dict[str, Counter[str]] = {}
        for mention in names:
            entry = self._entry(mention)
            if entry is not None:
                self._add_entry(mention.text, entry)
            else:
                unknown.setdefault(_own_form(mention.text, names), Counter())[mention.type] += 1
        acronyms = _acronyms(text, list(unknown))
        for form in sorted(unknown, key=lambda f: (-len(f.split()), -len(f), f)):
            voted = min(unknown[form].items(), key=lambda i: (-i[1], i[0]))[0]
            sure = form in nouns or (voted == "Person" and " " in form)
            label = without_legal_form(form)
            self._add_unknown(form, nouns.get(form) or demanded.get(label) or voted, acronyms, sure)

    def _entry(self, mention: Mention) -> GazetteerEntry | None:
        """The gazetteer's entry for a name; an ambiguous one needs a mention of its kind."""
        for form in (mention.text, without_legal_form(mention.text), mention.text.replace("-", " ")):
            entries = self.index.find(form)
            fitting = [e for e in entries if _compatible(e.type, mention.type, self.ontology)]
            if fitting:
                return fitting[0]
            sure = [e for e in entries if form not in e.ambiguous]
            if sure:
                return sure[0]
        return None

    def _add_entry(self, form: str, entry: GazetteerEntry) -> None:
        target = self.index.entries.get(entry.acts_for, entry) if entry.acts_for else entry
        reason = f"“{form}” acts for {target.label}" if target is not entry else f"the gazetteer knows “{form}”"
        label = target.labels.get(self.language) or target.label
        self.types[target.iri], self.labels[target.iri] = target.type, label
        known = {name for name, _ in target.names}
        self.aliases.setdefault(target.iri, set()).update(known)
        if target is entry and form not in known:
            self.aliases[target.iri].discard(form)
        self.of_form[form] = (target.iri, reason, 0.97)

    def _add_unknown(self, form: str, type_name: str, acronyms: Mapping[str, str], sure: bool) -> None:
        tied = self._tied(form, type_name, acronyms, sure)
        if tied is not None:
            self.of_form[form] = tied
            self.aliases[tied[0]].add(form)
            return
        label = without_legal_form(form) if self.ontology.is_a(type_name, "Organization") else form
        iri = entity_iri(label, broad_type(type_name, self.ontology))
        if iri in self.index.entries and iri not in self.types:
            iri = f"{iri}-{broad_type(type_name, self.ontology).lower()}"
        self.types.setdefault(iri, type_name)
        self.labels.setdefault(iri, label)
        self.aliases.setdefault(iri, set()).update({form})
        self.of_form[form] = (iri, f"named “{form}”", 0.9)
        if not sure:
            self.unsure.add(iri)

    def _tied(
        self, form: str, type_name: str, acronyms: Mapping[str, str], sure: bool
    ) -> tuple[str, str, float] | None:
        """A longer name of the article that a short one stands for."""
        if form in acronyms and (full := self.of_form.get(acronyms[form])):
            return full[0], f"“{form}” abbreviates “{acronyms[form]}”", 0.95
        matches = set()
        for other, (iri, _, _) in self.of_form.items():
            if other == form or (sure and not _compatible(self.types[iri], type_name, self.ontology)):
                continue
            words = other.split()
            person = self.types[iri] == "Person" and len(words) > 1 and form in {words[-1], " ".join(words[1:])}
            short = without_legal_form(other) == form or (
                self.ontology.is_a(self.types[iri], "Organization")
                and len(words) > 1
                and words[0] == form
                and len(form) > 3
            )
            if person or short:
                matches.add((iri, other))
        if len({iri for iri, _ in matches}) == 1:
            iri, other = min(matches)
            return iri, f"“{form}” is short for “{other}”", 0.92
        return None

    def link(self, mention: Mention) -> Link | None:
        """The link of a name, compound or demonym."""
        if mention.kind == "demonym":
            entry = self.index.demonym(mention.text) or next(iter(self.index.find(mention.text)), None)
            if entry is None:
                return None
            self._add_entry(entry.label, entry)
            return Link(mention, entry.iri, f"“{mention.text}” is the adjective of {entry.label}", 0.97)
        if mention.kind not in {"name", "compound"}:
            return None
        for form in (mention.text, without_legal_form(mention.text), *_shorter(mention.text)):
            found = self.of_form.get(form)
            if found is not None:
                return Link(mention, found[0], found[1], found[2])
        return None

    def type_of(self, iri: str) -> str:
        """Class of an entity."""
        return self.types.get(iri) or self.index.entries[iri].type

    def entities(self) -> list[Entity]:
        """All entities, sorted by IRI."""
        found = []
        for iri in sorted(self.types):
            entry = self.index.entries.get(iri)
            label = self.labels[iri]
            others = sorted(self.aliases.get(iri, set()) - {label})
            found.append(Entity(iri, label, self.types[iri], tuple(others), entry.same_as if entry else ()))
        return found


def _shorter(name: str) -> Iterator[str]:
    for ending in ("'s", "’s", "s", "'", "’"):
        if name.endswith(ending) and len(name) > len(ending) + 1:
            yield name.removesuffix(ending)


def _own_form(name: str, names: Iterable[Mention]) -> str:
    """A name without a genitive ending, where the article has it without too."""
    others = {m.text for m in names}
    for form in _shorter(name):
        if form in others or name.endswith(("'s", "’s")):
            return form
    return name


def _acronyms(text: str, names: Sequence[str]) -> dict[str, str]:
    """Acronyms that stand in brackets after the name whose initials they are."""
    found = {}
    for name in names:
        for match in re.finditer(re.escape(name) + r"\s*\(([A-ZÄÖÜ][\w-]{1,9})\)", text):
            short = match[1]
            initials = "".join(word[0] for word in re.split(r"[\s\-]+", name) if word)
            if initials.casefold() == short.casefold() or all(c in name.casefold() for c in short.casefold()):
                found[short] = name
    return found


def _nouns_of_names(
    analysis: Analysis, names: Sequence[Mention], trees: Sequence[Tree], ontology: Ontology
) -> dict[str, str]:
    """What the noun before a name says of its class: "Betreiber MTS" → Company."""
    nouns = ontology.nouns(analysis.language)
    votes: dict[str, Counter[str]] = {}
    for mention in names:
        before = _noun_before(trees[mention.sentence], mention)
        if before is None or mention.type == "Person":
            continue
        token = trees[mention.sentence][before]
        class_name = class_of_noun(noun_lemma(trees[mention.sentence], before), nouns)
        if class_name and not ontology.is_a(class_name, "Person"):
            votes.setdefault(_own_form(mention.text, names), Counter())[class_name] += 1
    return {name: min(count.items(), key=lambda i: (-i[1], i[0]))[0] for name, count in votes.items()}


def broad_type(type_name: str, ontology: Ontology) -> str:
    """The coarse type that is part of an IRI."""
    return next((b for b in _BROAD if ontology.is_a(type_name, b)), "Product")


def _compatible(one: str, other: str, ontology: Ontology) -> bool:
    return ontology.is_a(one, other) or ontology.is_a(other, one)


def _corefer(
    mention: Mention,
    tree: Tree,
    candidates: Mapping[str, _Candidate],
    index: NameIndex,
    ontology: Ontology,
    language: str,
) -> Link | None:
    if mention.kind == "pronoun":
        return _pronoun_link(mention, tree, candidates, ontology, language)
    government = _government(mention, tree, index)
    if government is not None:
        return Link(mention, government.iri, f"“{mention.text}” acts for {government.label}", 0.95)
    if _bears_name(tree, mention.head):
        return None
    return _description_link(mention, tree, candidates, index, ontology)


def _government(mention: Mention, tree: Tree, index: NameIndex) -> GazetteerEntry | None:
    """The country of "die russische Regierung" or "die Regierung der Schweiz"."""
    if noun_lemma(tree, mention.head) not in GOVERNMENT:
        return None
    for iri in sorted(_demonyms(tree, mention.head, index)):
        if index.entries[iri].type == "Country":
            return index.entries[iri]
    for token in tree.by_relation(mention.head, "nmod"):
        for entry in index.find(_name_words(tree, token.index)):
            country = index.entries.get(entry.capital_of or "", entry)
            if country.type == "Country" and tree.case(token.index) in {"", "von", "of", "in"}:
                return country
    return None


def _bears_name(tree: Tree, noun: int) -> bool:
    """Whether a noun phrase has a name of its own beside it, or says what something is."""
    if any(True for _ in tree.by_relation(noun, "cop")):
        return True
    span = tree.name_at.get(noun + 1) if noun + 1 < len(tree) else None
    if span is not None and span.form == "whole":
        return True
    if any(t.index in tree.name_at for t in tree.by_relation(noun, "appos", "flat")):
        return True
    return base(tree[noun].relation) in {"appos", "xcomp"}


def _owner(tree: Tree, index: int) -> bool:
    """Whether an attribute says whose something is: "der Chef des Verbands" is somebody else's chief."""
    span = tree.name_at.get(index)
    if span is not None and tree.span_head(span.start, span.end) != index:
        return False
    return tree.case(index) in {"", "von", "of"}


def _description_link(
    mention: Mention, tree: Tree, candidates: Mapping[str, _Candidate], index: NameIndex, ontology: Ontology
) -> Link | None:
    here = mention.sentence
    wanted = _demonyms(tree, mention.head, index)
    if any(_owner(tree, t.index) for t in tree.by_relation(mention.head, "nmod")):
        return None
    beside = set(tree.coordinated(mention.head)) | {tree[mention.head].head}
    fitting = []
    for candidate in candidates.values():
        recent = [s for s in candidate.seen if here - _WINDOW <= s[0] <= here]
        if not recent or not _compatible(candidate.type, mention.type, ontology):
            continue
        if any(s[0] == here and s[1] in beside for s in candidate.seen):
            continue
        if wanted and not _of_places(candidate, wanted, index):
            continue
        if candidate.type == "Person" and not _same_post(candidate, tree, mention.head):
            continue
        fitting.append((candidate, recent))
    if not fitting:
        return None
    known = [c for c in fitting if wanted and _surely_of(c[0], wanted, index)]
    pool = known or fitting
    if len(pool) == 1:
        return Link(mention, pool[0][0].iri, f"“{mention.text}”: the only one it can be nearby", 0.88)
    subjects = [c for c in pool if any(s[0] in {here - 1, here} and s[2] for s in c[1])]
    if len(subjects) == 1 and not wanted:
        return Link(mention, subjects[0][0].iri, f"“{mention.text}”: the subject nearby", 0.7)
    return None


def _same_post(candidate: _Candidate, tree: Tree, noun: int) -> bool:
    """Whether somebody was introduced with the post that a description names: "Konzernchef" after "VW-Chef"."""
    post = noun_lemma(tree, noun).casefold()
    return any(role.endswith(post) or post.endswith(role) for role in candidate.roles if len(role) > 2)


def _surely_of(candidate: _Candidate, places: frozenset[str], index: NameIndex) -> bool:
    known = candidate.places | ({candidate.country} if candidate.country else set())
    return bool(known & places)


def _of_places(candidate: _Candidate, places: frozenset[str], index: NameIndex) -> bool:
    """Whether a candidate may be from one of these places: it is, or nothing else is known of it."""
    if _surely_of(candidate, places, index):
        return True
    entries = [index.entries[p] for p in places if p in index.entries]
    countries = {e.iri if e.type == "Country" else e.country for e in entries} - {None}
    if candidate.country in countries and candidate.country:
        return True
    if candidate.country and countries:
        return False
    return not (candidate.places and countries)


def _pronoun_link(
    mention: Mention, tree: Tree, candidates: Mapping[str, _Candidate], ontology: Ontology, language: str
) -> Link | None:
    token = tree[mention.head]
    word = token.text.casefold()
    here, position = mention.sentence, mention.head
    gender, number = _gender(word, language), feature(token, "Number")
    if not gender or number == "Plur" or word in {"ihnen", "they", "them", "their"}:
        return None
    pool = []
    for candidate in candidates.values():
        near = [s for s in candidate.seen if s[0] == here - 1 or (s[0] == here and s[1] < position)]
        if not near:
            continue
        if gender == "Neut":
            if not ontology.is_a(candidate.type, "Organization"):
                continue
        elif candidate.type != "Person" or (candidate.gender and candidate.gender != gender):
            continue
        pool.append((candidate, near))
    if len(pool) == 1:
        return Link(mention, pool[0][0].iri, f"“{mention.text}”: the only one it can be nearby", 0.8)
    subjects = [c for c in pool if any(s[2] for s in c[1])]
    if len(subjects) == 1 and gender != "Neut":
        return Link(mention, subjects[0][0].iri, f"“{mention.text}”: the subject nearby", 0.65)
    return None


def _gender(word: str, language: str) -> str:
    if language == "en":
        table = {"he": "Masc", "him": "Masc", "his": "Masc", "she": "Fem", "her": "Fem", "it": "Neut", "its": "Neut"}
        return table.get(word, "")
    if word in {"er", "ihn", "ihm"} or word.startswith("sein"):
        return "Masc"
    if word == "es":
        return ""  # most often an expletive, and hardly ever a company
    return "Fem" if word.startswith(("sie", "ihr")) else ""


def at_token(links: Iterable[Link]) -> Mapping[tuple[int, int], tuple[Link, ...]]:
    """Links by (sentence, head token), whole mentions first."""
    table: dict[tuple[int, int], list[Link]] = {}
    for link in links:
        table.setdefault((link.mention.sentence, link.mention.head), []).append(link)
    return {key: tuple(sorted(found, key=lambda k: not k.mention.whole)) for key, found in table.items()}
