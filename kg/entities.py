"""Mentions → entities: which places in an article speak of the same thing.

Names are tied by the gazetteer or by their own form, descriptions and pronouns by type, demonym,
gender and nearness. Where two candidates remain, no link is made. Every link carries its reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kg.acronyms import house_of, meanings
from kg.coreference import Discourse
from kg.described import noun_before
from kg.legal_forms import is_company, without_legal_form
from kg.name_index import NameIndex, class_of_noun
from kg.name_spans import own_kind
from kg.name_variants import (
    bare_forms,
    is_short_for_person,
    namesakes,
    own_form,
    rival_companies,
    shorter,
    variants,
)
from kg.namespaces import digest, entity_iri
from kg.nominals import noun_lemma
from kg.ontology import GazetteerEntry, Ontology
from kg.records import Analysis, Entity, Link, Mention
from kg.trees import Tree, feature, tree_of

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_BROAD: Final = ("Person", "Organization", "Place", "Product", "Technology", "Event")


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
    trees = [tree_of(s) for s in analysis.sentences]
    names = _NameTable(analysis, found, index, ontology, trees, demanded)
    links: list[Link] = []
    discourse = Discourse(index, ontology, analysis.language, trees)
    for mention in found:
        tree = trees[mention.sentence]
        named = names.link(mention)
        tied: tuple[Link, ...] = (named,) if named is not None else ()
        if not tied and mention.kind in {"description", "pronoun"}:
            tied = discourse.find(mention, tree)
        if not tied and mention.kind == "description" and ontology.is_a(mention.type, "Organization"):
            discourse.miss(mention, tree)
        for link in tied:
            links.append(link)
            type_name = names.type_of(link.iri)
            discourse.note(link, tree)
            if mention.whole or mention.kind == "compound":
                discourse.remember(link, type_name, tree)
    used = {link.iri for link in links}
    entities = tuple(e for e in names.entities() if e.iri in used)
    return Resolution(entities, tuple(links), frozenset(names.unsure & used))


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
        self.rivals: frozenset[str] = frozenset()  # names that companies of different legal forms share
        self.meanings = meanings(analysis, index)
        self.torn = set(self.meanings.torn)  # forms that may stand for several things
        names = [m for m in found if m.kind in {"name", "compound"}]
        nouns = _nouns_of_names(analysis, names, trees, ontology)
        self.nominatives = dict(_nominatives(names, trees))
        self._group(names, nouns, demanded)

    def _group(self, names: list[Mention], nouns: Mapping[str, str], demanded: Mapping[str, str]) -> None:
        unknown: dict[str, Counter[str]] = {}
        others = bare_forms(names)
        for mention in names:
            entry = None if mention.text in self.meanings.meant or mention.text in self.torn else self._entry(mention)
            if entry is not None:
                self._add_entry(mention.text, entry)
                if entry.type == "Product" and self.ontology.is_a(nouns.get(mention.text, "Product"), "Organization"):
                    self.types[entry.iri] = nouns[mention.text]  # a service that the text calls a company
            else:
                unknown.setdefault(own_form(mention.text, others), Counter())[mention.type] += 1
        for form in {*self.meanings.meant, *self.torn}:
            unknown.pop(form, None)
        self.rivals = frozenset(rival_companies(unknown))
        self.torn |= self.rivals | {name for name in namesakes(unknown) if name not in nouns}
        counts = {form: sum(votes.values()) for form, votes in unknown.items() if form not in self.torn}
        groups = variants(counts, self.index.kept_apart)
        longs = {*self.meanings.meant.values(), *self.meanings.at.values()}
        for forms in sorted(groups, key=lambda group: min((-len(f.split()), -len(f), f) for f in group)):
            voted = sum((unknown[f] for f in forms), Counter[str]())
            shorts = (short for short, long in self.meanings.meant.items() if long in forms)
            told = next((nouns[f] for f in (*forms, *shorts) if f in nouns), None)
            if told is None and any(map(is_company, forms)):
                told = "Company"
            if told is None and longs.intersection(forms):
                told = house_of(forms[0].split(), self.ontology.nouns(self.language), self.ontology)
            self._add_unknown(forms, voted, told, demanded)
        for short, long in self.meanings.meant.items():
            if found := self.of_form.get(own_form(long, others)):
                self.of_form[short] = (found[0], f"“{short}” abbreviates “{long}”", 0.95)
                self.aliases[found[0]].add(short)

    def _entry(self, mention: Mention) -> GazetteerEntry | None:
        """The gazetteer's entry for a name; an ambiguous one needs a mention of its kind."""
        text = self.meanings.same.get(mention.text, mention.text)
        for form in (text, without_legal_form(text), text.replace("-", " ")):
            entries = [e for e in self.index.find(form) if not self._apart_from(mention.text, e)]
            fitting = [e for e in entries if _compatible(e.type, mention.type, self.ontology)]
            if fitting:
                return fitting[0]
            sure = [e for e in entries if form not in e.ambiguous]
            if sure:
                return sure[0]
        return None

    def _apart_from(self, form: str, entry: GazetteerEntry) -> bool:
        """Whether users keep a name apart from an entry that would be found for it."""
        return any(self.index.kept_apart(form, name) for name, _ in entry.names)

    def _add_entry(self, form: str, entry: GazetteerEntry) -> None:
        target = self.index.entries.get(entry.acts_for, entry) if entry.acts_for else entry
        label = target.labels.get(self.language) or target.label
        reason = f"“{form}” acts for {target.label}" if target is not entry else f"the gazetteer knows “{form}”"
        if target is entry and (place := self.index.decisions.forced.get(form)):
            reason = f"{place} says that “{form}” is {target.label}" if form != label else f"{place} names “{form}”"
        self.types[target.iri], self.labels[target.iri] = target.type, label
        known = {name for name, _ in target.names}
        self.aliases.setdefault(target.iri, set()).update(known)
        if target is entry and form not in known:
            self.aliases[target.iri].discard(form)
        self.of_form[form] = (target.iri, reason, 0.97)

    def _add_unknown(
        self, forms: Sequence[str], votes: Counter[str], told: str | None, demanded: Mapping[str, str]
    ) -> None:
        """An entity that the gazetteer lacks, or that a longer name has made already; the first form leads."""
        lead = forms[0]
        voted = min(votes.items(), key=lambda i: (-i[1], i[0]))[0]
        sure = (told is not None and not self.ontology.is_a(told, "Product")) or (  # "der Dienst X" may be a company
            voted == "Person" and any(" " in f for f in forms)
        )
        type_name = told or demanded.get(without_legal_form(lead)) or voted
        tied = self._tied(lead, type_name, sure)
        if lead in self.torn:
            return
        if tied is None:
            label = self._label(lead, type_name)
            iri = self._iri(label, type_name, lead)
            self.types.setdefault(iri, type_name)
            self.labels.setdefault(iri, label)
            self.aliases.setdefault(iri, set())
            if not sure:
                self.unsure.add(iri)
            rival = next((pair for pair in self.index.decisions.apart if lead in pair), None)
            kept = f", kept apart by {self.index.decisions.apart[rival]}" if rival else ""
            bare = label == without_legal_form(lead) != lead
            named = f"“{lead}” is {label} with its legal form" if bare else f"named “{lead}”"
            tied = (iri, f"{named}{kept}", 0.9)
        self.of_form[lead] = tied
        for form in forms[1:]:
            reason = f"“{form}” is another spelling of “{lead}”"
            if without_legal_form(form) == without_legal_form(lead):
                reason = f"“{form}” and “{lead}” differ in their legal form alone"
            self.of_form[form] = (tied[0], reason, tied[2])
        self.aliases[tied[0]].update(forms)

    def _label(self, form: str, type_name: str) -> str:
        """What an entity is called: without its legal form, unless that tells it from another."""
        base = without_legal_form(form) if self.ontology.is_a(type_name, "Organization") else form
        whole = base in self.rivals or any(self.index.kept_apart(form, name) for name in (base, *self._rivals(form)))
        return self.nominatives.get(form, form if whole else base)

    def _rivals(self, form: str) -> list[str]:
        """The names that users keep apart from one that gives way."""
        return [other for one, other in self.index.decisions.apart if one == form]

    def _iri(self, label: str, type_name: str, form: str) -> str:
        broad = broad_type(type_name, self.ontology)
        iri = entity_iri(label, broad)
        if any(entity_iri(other, broad) == iri for other in self._rivals(form)):
            iri = f"{iri}-{digest(form)[:6]}"
        taken = iri in self.types and broad_type(self.types[iri], self.ontology) != broad
        return f"{iri}-{broad.lower()}" if taken or (iri in self.index.entries and iri not in self.types) else iri

    def _tied(self, form: str, type_name: str, sure: bool) -> tuple[str, str, float] | None:
        """A longer name of the article that a short one stands for.

        A surname that several people of the article bear is torn between them: it stands for nobody.
        """
        matches = set()
        people = set()
        banned = {iri for other, (iri, _, _) in self.of_form.items() if self.index.kept_apart(form, other)}
        for other, (iri, _, _) in self.of_form.items():
            if other == form or iri in banned or (sure and not _compatible(self.types[iri], type_name, self.ontology)):
                continue
            words = other.split()
            short = (
                (self.ontology.is_a(self.types[iri], "Organization") or (not sure and self.types[iri] != "Person"))
                and len(words) > 1
                and words[0] == form
                and len(form) > 2
            )
            if self.types[iri] == "Person" and is_short_for_person(form, other):
                people.add(iri)
                matches.add((iri, other))
            elif short:
                matches.add((iri, other))
        if len({iri for iri, _ in matches}) == 1:
            iri, other = min(matches)
            return iri, f"“{form}” is short for “{other}”", 0.92
        if len(people) > 1:
            self.torn.add(form)
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
        text = self.meanings.at.get(mention.start, mention.text)
        for form in (text, without_legal_form(text), *shorter(text)):
            if form in self.torn:
                return None
            found = self.of_form.get(form)
            if found is not None:
                reason = found[1] if text == mention.text else f"“{mention.text}” abbreviates “{text}” here"
                return Link(mention, found[0], reason, found[2])
        return None

    def type_of(self, iri: str) -> str:
        """Class of an entity; one that only the gazetteer has named so far joins the others."""
        if iri not in self.types:
            entry = self.index.entries[iri]
            self._add_entry(entry.label, entry)
        return self.types[iri]

    def entities(self) -> list[Entity]:
        """All entities, sorted by IRI."""
        found = []
        for iri in sorted(self.types):
            entry = self.index.entries.get(iri)
            label = self.labels[iri]
            others = sorted(self.aliases.get(iri, set()) - {label})
            found.append(Entity(iri, label, self.types[iri], tuple(others), entry.same_as if entry else ()))
        return found


def _nominatives(names: Sequence[Mention], trees: Sequence[Tree]) -> Iterator[tuple[str, str]]:
    """Names that begin with an adjective, as their bearer is called: "der Norddeutschen Bank" → "Norddeutsche Bank"."""
    for mention in names:
        tree = trees[mention.sentence]
        first = next((t for t in tree.tokens if t.start >= mention.start), None)
        if first is None or first.index == 0 or not first.text.endswith("en") or " " not in mention.text:
            continue
        if first.pos == "ADJ" and tree[first.index - 1].pos in {"DET", "ADP"} and mention.kind == "name":
            masculine = feature(tree[mention.head], "Gender") == "Masc" and tree[mention.head].pos == "NOUN"
            yield mention.text, first.text[:-1] + "r" * masculine + mention.text[len(first.text) :]


def _nouns_of_names(
    analysis: Analysis, names: Sequence[Mention], trees: Sequence[Tree], ontology: Ontology
) -> dict[str, str]:
    """What the noun before a name says of its class: "Betreiber MTS" → Company."""
    nouns = ontology.nouns(analysis.language)
    votes: dict[str, Counter[str]] = {}
    others = bare_forms(names)
    types = {(m.sentence, m.head): m.type for m in names}
    for mention in names:
        tree = trees[mention.sentence]
        before = _noun_of(tree, mention, names)
        if before is None:
            listed = {types.get((mention.sentence, i)) for i in tree.coordinated(tree.first_conjunct(mention.head))}
            own = own_kind(mention.text, nouns, analysis.language)
            if mention.type == "Product" and listed == {"Product", "Organization"}:
                votes.setdefault(own_form(mention.text, others), Counter())["Organization"] += 1
            elif mention.type == "Organization" and own is not None and ontology.is_a(own, "Organization"):
                votes.setdefault(own_form(mention.text, others), Counter())[own] += 1  # "Hochschulverband"
            continue
        class_name = class_of_noun(noun_lemma(trees[mention.sentence], before), nouns)
        person = class_name == "Person" and (" " in mention.text or mention.type == "Person")
        if class_name and (person or class_name != "Person"):
            votes.setdefault(own_form(mention.text, others), Counter())[class_name] += 1
    return {name: min(count.items(), key=lambda i: (-i[1], i[0]))[0] for name, count in votes.items()}


def _noun_of(tree: Tree, mention: Mention, names: Sequence[Mention]) -> int | None:
    """The noun before a name, or the plural before the name it is coordinated with: "die Töchter A und B"."""
    before = noun_before(tree, mention)
    if before is None and (beyond := _beyond_comma(tree, mention.head)) is not None:
        return beyond
    if before is not None or tree[mention.head].relation != "conj":
        return before
    above = tree[mention.head].head
    first = next((m for m in names if m.sentence == mention.sentence and m.head == above), None)
    noun = noun_before(tree, first) if first is not None else None
    return noun if noun is not None and tree[noun].text != tree[noun].lemma else None


def _beyond_comma(tree: Tree, name: int) -> int | None:
    """The noun that a name is in apposition to, or that is in apposition to it: "the agency, Weko,"."""
    above = tree[tree[name].head]
    behind = [t.index for t in tree.by_relation(name, "appos") if t.pos == "NOUN" and t.index not in tree.name_at]
    if tree[name].relation == "appos" and above.pos == "NOUN" and above.index not in tree.name_at:
        return above.index
    return behind[0] if len(behind) == 1 else None


def broad_type(type_name: str, ontology: Ontology) -> str:
    """The coarse type that is part of an IRI."""
    return next((b for b in _BROAD if ontology.is_a(type_name, b)), "Product")


def _compatible(one: str, other: str, ontology: Ontology) -> bool:
    return ontology.is_a(one, other) or ontology.is_a(other, one)


def at_token(links: Iterable[Link]) -> Mapping[tuple[int, int], tuple[Link, ...]]:
    """Links by (sentence, head token), whole mentions first."""
    table: dict[tuple[int, int], list[Link]] = {}
    for link in links:
        table.setdefault((link.mention.sentence, link.mention.head), []).append(link)
    return {key: tuple(sorted(found, key=lambda k: not k.mention.whole)) for key, found in table.items()}
