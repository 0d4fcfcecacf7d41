"""Descriptions and pronouns → the entity they speak of.

Rules over type, demonym, place, post, gender and nearness, after the salience idea of Lappin and
Leass (1994) cut down to what can be vouched for: where two candidates remain, no link is made.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from kg.mentions import GOVERNMENT, STATE
from kg.name_index import NameIndex
from kg.nominals import name_beside, noun_lemma
from kg.ontology import GazetteerEntry, Ontology
from kg.records import Link, Mention
from kg.trees import Tree, base, feature

_WINDOW: Final = 3
"""Sentences back that a description is looked for; pronouns look one back. Tried on seeds/gold: 3, 5 and 8 give
149, 147 and 145 right triples, since more candidates leave fewer descriptions with a single one."""
_GROUPS: Final = frozenset({"Konzern", "group"})
_PARTS: Final = ("tochter", "tochterfirma", "sparte", "subsidiary", "unit", "arm")
_FEMININE: Final = re.compile(r"(in|frau|mutter|tochter|königin)$")


@dataclass
class Candidate:
    """An entity while the article is being read.

    Attributes:
        places: IRIs of countries and cities that the text has tied it to.
        seen: (sentence, token, whether as subject) of each mention.
        genders: grammatical genders of the nouns it was called by.
        roles: lemmas of its posts, in lower case.
    """

    iri: str
    type: str
    country: str | None = None
    places: frozenset[str] = frozenset()
    seen: list[tuple[int, int, bool]] = field(default_factory=list)
    genders: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)


class Discourse:
    """What has been spoken of so far in an article, and how."""

    def __init__(self, index: NameIndex, ontology: Ontology, language: str) -> None:
        self.index = index
        self.ontology = ontology
        self.language = language
        self.candidates: dict[str, Candidate] = {}
        self.unknown: set[int] = set()  # sentences whose subject is something that could not be told

    def miss(self, mention: Mention, tree: Tree) -> None:
        """Note a description that could not be tied: as a subject it is a rival for the pronouns behind it."""
        subject = base(tree[tree.first_conjunct(mention.head)].relation) == "nsubj"
        if mention.whole and subject and not _bears_name(tree, mention.head):
            self.unknown.add(mention.sentence)

    def remember(self, link: Link, type_name: str, tree: Tree) -> None:
        """Note a mention that was tied to an entity."""
        entry = self.index.entries.get(link.iri)
        country = entry.country if entry is not None else None
        candidate = self.candidates.setdefault(link.iri, Candidate(link.iri, type_name, country))
        head = link.mention.head
        noun = noun_before(tree, link.mention)
        top = head if noun is None else noun
        subject = any(base(tree[tree.first_conjunct(i)].relation) == "nsubj" for i in (head, top))
        candidate.seen.append((tree.sentence.index, head, subject))
        described = head if link.mention.kind == "description" else noun
        if described is None:
            return
        candidate.places |= places_of(tree, described, self.index)
        if link.mention.kind == "name":
            candidate.roles.add(noun_lemma(tree, described).lower())
        if candidate.type == "Person":
            candidate.genders.add("Fem" if _FEMININE.search(tree[described].lemma.lower()) else "Masc")
        elif feature(tree[described], "Gender") and tree.coordinated(tree.first_conjunct(head)) == [head]:
            candidate.genders.add(feature(tree[described], "Gender"))

    def find(self, mention: Mention, tree: Tree) -> Link | None:
        """The entity that a description or pronoun speaks of, if exactly one can be meant."""
        if mention.kind == "pronoun":
            return self._of_possessive(mention, tree) or self._of_pronoun(mention, tree)
        country = government_of(mention, tree, self.index)
        if country is not None:
            return Link(mention, country.iri, f"“{mention.text}” acts for {country.label}", 0.95)
        bears = mention.whole and _bears_name(tree, mention.head)
        return None if bears else self._of_description(mention, tree)

    def _of_description(self, mention: Mention, tree: Tree) -> Link | None:
        here = mention.sentence
        wanted = places_of(tree, mention.head, self.index)
        if any(_owner(tree, t.index) for t in tree.by_relation(mention.head, "nmod")):
            return None
        beside = _with_it(tree, mention.head)
        fitting: list[tuple[Candidate, list[tuple[int, int, bool]]]] = []
        rivals: list[str] = []
        for candidate in self.candidates.values():
            recent = [s for s in candidate.seen if here - _WINDOW <= s[0] <= here]
            if not recent or not self._same_kind(candidate.type, mention.type):
                continue
            if any(s[0] == here and s[1] in beside for s in candidate.seen):
                continue
            if wanted and not self._may_be_of(candidate, wanted):
                continue
            if candidate.type == "Organization" != mention.type and not any(s[2] for s in recent):
                rivals.append(candidate.iri)  # of which nothing is known but that it may be one
                continue
            if candidate.type == "Person" and not _same_post(candidate, tree, mention.head):
                continue
            if noun_lemma(tree, mention.head) in _GROUPS and any(r.endswith(_PARTS) for r in candidate.roles):
                rivals.append(candidate.iri)  # a subsidiary is seldom called the group
                continue
            fitting.append((candidate, recent))
        known = [c for c in fitting if wanted and self._surely_of(c[0], wanted)]
        if rivals and not known:
            return None
        pool = known or fitting
        if len(pool) == 1:
            return Link(mention, pool[0][0].iri, f"“{mention.text}”: the only one it can be nearby", 0.88)
        subjects = [c for c in pool if any(s[0] in {here - 1, here} and s[2] for s in c[1])]
        nearer = [c for c in pool if c not in subjects and any(s[0] == here and s[1] < mention.head for s in c[1])]
        if len(subjects) == 1 and not wanted and not nearer:
            return Link(mention, subjects[0][0].iri, f"“{mention.text}”: the subject nearby", 0.7)
        return None

    def _same_kind(self, one: str, other: str) -> bool:
        return self.ontology.is_a(one, other) or self.ontology.is_a(other, one)

    def _surely_of(self, candidate: Candidate, places: frozenset[str]) -> bool:
        known = candidate.places | ({candidate.country} if candidate.country else set())
        return bool(known & places)

    def _may_be_of(self, candidate: Candidate, places: frozenset[str]) -> bool:
        """Whether a candidate may be from one of these places: it is, or nothing speaks against it."""
        if self._surely_of(candidate, places):
            return True
        entries = [self.index.entries[p] for p in places if p in self.index.entries]
        countries = {e.iri if e.type == "Country" else e.country for e in entries} - {None}
        if candidate.country and countries:
            return candidate.country in countries
        return not (candidate.places and countries)

    def _of_possessive(self, mention: Mention, tree: Tree) -> Link | None:
        """A possessive in the predicate belongs to the subject: "Google … mit seinem System Android"."""
        if base(tree[mention.head].relation) not in {"det", "nmod"} or not tree[mention.head].relation.endswith("poss"):
            return None
        path = {mention.head, *tree.ancestors(mention.head)}
        for above in tree.ancestors(mention.head):
            subject = next(iter(tree.by_relation(above, "nsubj")), None)
            if subject is None or tree[above].pos not in {"VERB", "AUX", "ADJ"}:
                continue
            if subject.index in path or len(tree.coordinated(subject.index)) > 1:
                return None
            if self.language == "de" and not _possessor_agrees(tree, subject.index, mention.text.lower()):
                return None
            names = {subject.index, name_beside(tree, subject.index)}
            names |= {t.index for t in tree.by_relation(subject.index, "appos", "flat")}
            for candidate in self.candidates.values():
                if any(s[0] == mention.sentence and s[1] in names for s in candidate.seen):
                    return Link(mention, candidate.iri, f"“{mention.text}”: the subject of its clause", 0.85)
            return None
        return None

    def _of_pronoun(self, mention: Mention, tree: Tree) -> Link | None:
        token = tree[mention.head]
        word = token.text.lower()
        here, position = mention.sentence, mention.head
        gender = _gender(word, self.language)
        if gender == "Neut" and self.unknown & {here, here - 1}:
            return None
        if not gender or feature(token, "Number") == "Plur" or word in {"ihnen", "they", "them", "their"}:
            return None
        pool = []
        for candidate in self.candidates.values():
            near = [s for s in candidate.seen if s[0] == here - 1 or (s[0] == here and s[1] < position)]
            if near and self._agrees(candidate, gender, any(s[2] for s in near)):
                pool.append((candidate, near))
        if len(pool) == 1 and (pool[0][0].type == "Person" or self.language == "en" or gender in pool[0][0].genders):
            return Link(mention, pool[0][0].iri, f"“{mention.text}”: the only one it can be nearby", 0.8)
        subjects = [c for c in pool if any(s[2] for s in c[1])]
        if len(subjects) == 1 and len(pool) > 1 and gender in subjects[0][0].genders:
            return Link(mention, subjects[0][0].iri, f"“{mention.text}”: the subject nearby", 0.65)
        return None

    def _agrees(self, candidate: Candidate, gender: str, as_subject: bool) -> bool:
        """Gender of a person, or of the noun that an organization was called by.

        Of an organization that was called by its name alone nothing is known: as a subject it is a
        rival for the pronoun all the same.
        """
        if candidate.type == "Person":
            return not candidate.genders or gender in candidate.genders
        if not self.ontology.is_a(candidate.type, "Organization"):
            return False
        if self.language == "en":
            return gender == "Neut"
        return as_subject and (gender in candidate.genders or not candidate.genders)


def _possessor_agrees(tree: Tree, subject: int, word: str) -> bool:
    """Whether a German possessive may belong to a subject: no "ihr" to "das Ministerium", no "sein" to "die Firma".

    Only determiners are asked, since the gender of a bare name is a guess.
    """
    determiners = {t.text.lower() for t in tree.by_relation(subject, "det")}
    if word.startswith("ihr"):
        return not determiners & {"das", "der", "ein", "dieser", "dieses"} or feature(tree[subject], "Number") == "Plur"
    return not determiners & {"die", "eine", "diese"} if word.startswith("sein") else True


def noun_before(tree: Tree, mention: Mention) -> int | None:
    """The common noun straight before a name: "Betreiber" in "der russische Betreiber MTS"."""
    if mention.kind != "name":
        return None
    first = next((t.index for t in tree.tokens if t.start >= mention.start), mention.head)
    before = first - 1
    return before if before >= 0 and tree[before].pos == "NOUN" else None


def places_of(tree: Tree, noun: int, index: NameIndex) -> frozenset[str]:
    """IRIs of the places that a noun phrase is tied to: "der Wolfsburger Konzern", "aus Berlin", "US-Konzern"."""
    found = set()
    for token in tree.by_relation(noun, "amod"):
        entry = index.demonym(token.text)
        if entry is not None:
            found.add(entry.iri)
    span = tree.name_at.get(noun)
    if span is not None and span.form == "part" and span.label == "LOC":
        found |= {e.iri for e in index.find(tree[noun].text[: span.end - span.start])}
    if span is not None and span.form == "derived":
        entry = index.inhabitants(tree[noun].text)
        found |= {entry.iri} if entry is not None else set()
    for token in tree.by_relation(noun, "compound"):
        if token.index in tree.name_at and tree.name_at[token.index].label == "LOC":
            found |= {e.iri for e in index.find(_name_words(tree, token.index))}
    for token in tree.by_relation(noun, "nmod"):
        if tree.case(token.index) in {"aus", "from"}:
            found |= {e.iri for e in index.find(_name_words(tree, token.index))}
    return frozenset(found)


def _name_words(tree: Tree, index: int) -> str:
    """The words of the name that a token belongs to, or of the token alone."""
    span = tree.name_at.get(index)
    inside = [t.text for t in tree.tokens if span is not None and span.start <= t.start < span.end]
    return " ".join(inside) or tree[index].text


def government_of(mention: Mention, tree: Tree, index: NameIndex) -> GazetteerEntry | None:
    """The country of "die russische Regierung", "der italienische Staat" or "die Regierung der Schweiz"."""
    noun = noun_lemma(tree, mention.head)
    if noun not in GOVERNMENT | STATE:
        return None
    for iri in sorted(places_of(tree, mention.head, index)):
        if index.entries[iri].type == "Country":
            return index.entries[iri]
    for token in tree.by_relation(mention.head, "nmod"):
        for entry in index.find(_name_words(tree, token.index)):
            country = index.entries.get(entry.capital_of or "", entry)
            if country.type == "Country" and tree.case(token.index) in {"", "von", "of", "in"} and noun in GOVERNMENT:
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


def _with_it(tree: Tree, noun: int) -> set[int]:
    """Tokens whose entity a noun phrase cannot mean: those coordinated with it and the others of its clause."""
    found = {*tree.coordinated(noun), tree[noun].head}
    predicates = (i for i in tree.ancestors(noun) if tree[i].pos in {"VERB", "AUX"} or any(tree.by_relation(i, "cop")))
    predicate = next(predicates, None)
    if predicate is not None:
        for token in tree.by_relation(predicate, "nsubj", "obj", "iobj", "obl"):
            if noun not in tree.subtree(token.index):
                found |= set(tree.coordinated(token.index))
                for child in tree.children[token.index]:
                    found |= set(tree.coordinated(child))
    return found


def _owner(tree: Tree, index: int) -> bool:
    """Whether an attribute says whose something is: "der Chef des Verbands" is somebody else's chief."""
    span = tree.name_at.get(index)
    if span is not None and tree.span_head(span.start, span.end) != index:
        return False
    return tree.case(index) in {"", "von", "of"}


def _same_post(candidate: Candidate, tree: Tree, noun: int) -> bool:
    """Whether somebody was introduced with the post that a description names: "Konzernchef" after "VW-Chef"."""
    post = noun_lemma(tree, noun).lower()
    return any(role.endswith(post) or post.endswith(role) for role in candidate.roles if len(role) > 2)


def _gender(word: str, language: str) -> str:
    if language == "en":
        table = {"he": "Masc", "him": "Masc", "his": "Masc", "she": "Fem", "her": "Fem", "it": "Neut", "its": "Neut"}
        return table.get(word, "")
    if word in {"er", "ihn", "ihm"} or word.startswith("sein"):
        return "Masc"
    if word == "es":
        return ""  # most often an expletive, and hardly ever a company
    return "Fem" if word.startswith(("sie", "ihr")) else ""
