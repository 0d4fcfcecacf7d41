"""What has been spoken of in an article, and where: the candidates for descriptions and pronouns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.class_nouns import ClassNouns
from kg.described import bears_name, called_nouns, main_subject, noun_before, nouns_beside, places_of, quoted
from kg.kinds import gender_of_name, gender_of_noun
from kg.name_index import NameIndex, class_of_noun
from kg.nominals import noun_lemma
from kg.ontology import Ontology
from kg.records import Link, Mention
from kg.trees import Tree, base, feature

_CERTAIN: Final = 0.85
"""Certainty from which a description counts for the next one: "die polnische Fluggesellschaft … Die Airline"."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A place where an entity was spoken of: as a subject, of the main clause, in quotation marks."""

    sentence: int
    token: int
    subject: bool
    main: bool
    quoted: bool
    group: int  # the first member of the coordination it is part of
    part: bool = False  # only within the name of something else: "Huawei-Chef"


@dataclass
class Candidate:
    """An entity while the article is being read.

    Attributes:
        places: IRIs of countries and cities that the text has tied it to.
        genders: grammatical genders of the nouns it was called by; of a person, natural ones.
        nouns: lemmas of the nouns it was called by beside its name, in lower case.
        named: class nouns in its names, in lower case.
        headed: whether somebody holds a post there.
    """

    iri: str
    type: str
    country: str | None = None
    places: frozenset[str] = frozenset()
    seen: list[Sight] = field(default_factory=list)
    genders: set[str] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    headed: bool = False

    @property
    def vouched(self) -> bool:
        """Whether something speaks for its being an organization: a noun beside it, or a post held there."""
        return self.headed or bool(self.nouns)


@dataclass(frozen=True, slots=True)
class Option:
    """A candidate that a description may mean, where it was seen lately, and whether it was called so."""

    candidate: Candidate
    recent: tuple[Sight, ...]
    called: bool
    weak: bool = False  # nothing tells its kind, and no sentence was about it


def at_house(tree: Tree, mention: Mention, option: Option) -> bool:
    """Whether the sentence says before a post where it is held: "Bei BASF bestätigte Betriebsratschefin Wirth"."""
    here = (s.token for s in option.recent if s.sentence == mention.sentence and s.token < mention.head)
    return any(tree.case(token) in {"bei", "beim", "at"} for token in here)


def lately(candidate: Candidate, here: int, window: int) -> tuple[Sight, ...]:
    """Where a candidate was seen in a sentence and some before it."""
    return tuple(s for s in candidate.seen if here - window <= s.sentence <= here)


def nouns_in_name(name: str, nouns: ClassNouns) -> set[str]:
    """The class nouns in a name itself: "Sparkasse Ulm", "Bundesnetzagentur", "Austrian Airlines"."""
    return {noun for word in name.replace("-", " ").split() for noun in nouns.within(word)}


def pair_of(sights: Sequence[tuple[str, Sight]], here: int, before: int) -> tuple[str, ...]:
    """The two things that a plural speaks of, if exactly two can be meant.

    They are the only two of the nearest sentence that has any, or the only two that it names side by side.

    Args:
        sights: (IRI, place) of all that the plural may mean by its kind.
        here, before: the sentence and the token of the plural.

    >>> place = lambda sentence, token: Sight(sentence, token, True, True, False, token)
    >>> pair_of([("x", place(0, 1)), ("y", place(0, 5)), ("z", place(1, 9))], 1, 3)
    ('x', 'y')
    """
    for back in range(3):
        found = [(i, s) for i, s in sights if s.sentence == here - back and (back or s.token < before)]
        things = dict.fromkeys(iri for iri, _ in found)
        if len(things) == 2:
            return tuple(things)
        if len(things) > 2:
            groups: dict[int, dict[str, None]] = {}
            for iri, sight in found:
                groups.setdefault(sight.group, {})[iri] = None
            joined = [tuple(group) for group in groups.values() if len(group) > 1]
            return joined[0] if len(joined) == 1 and len(joined[0]) == 2 else ()
        if things:
            return ()
    return ()


class Memory:
    """What an article has spoken of so far."""

    def __init__(self, index: NameIndex, ontology: Ontology, language: str, trees: Sequence[Tree]) -> None:
        self.trees = trees
        self.index = index
        self.ontology = ontology
        self.language = language
        self.candidates: dict[str, Candidate] = {}
        self.countries: list[tuple[int, int, str, bool]] = []  # sentence, token, country, whether it is named
        self.places: list[tuple[int, int, str]] = []  # sentence, token, place
        self.unknown: set[int] = set()  # sentences whose subject is something that could not be told

    def miss(self, mention: Mention, tree: Tree) -> None:
        """Note a description that could not be tied: as a subject it is a rival for the pronouns behind it."""
        subject = base(tree[tree.first_conjunct(mention.head)].relation) == "nsubj"
        if mention.whole and subject and not bears_name(tree, mention.head):
            self.unknown.add(mention.sentence)

    def remember(self, link: Link, type_name: str, tree: Tree) -> None:
        """Note a mention that was tied to an entity."""
        entry = self.index.entries.get(link.iri)
        country = entry.country if entry is not None else None
        candidate = self.candidates.setdefault(link.iri, Candidate(link.iri, type_name, country))
        mention = link.mention
        head = mention.head
        noun = noun_before(tree, mention)
        tops = [i for i in (head, noun) if i is not None and base(tree[tree.first_conjunct(i)].relation) == "nsubj"]
        main = any(main_subject(tree, i) for i in tops)
        group = tree.first_conjunct(head)
        part = not mention.whole
        candidate.seen.append(Sight(tree.sentence.index, head, bool(tops), main, quoted(tree, head), group, part))
        candidate.headed |= self._post_holds(tree, mention)
        if mention.kind == "name":
            candidate.nouns.update(called_nouns(tree, mention))
            if type_name != "Person":
                names = [mention.text, *(n for n, _ in entry.names)] if entry is not None else [mention.text]
                candidate.named.update(n for name in names for n in nouns_in_name(name, self._nouns))
            candidate.places |= places_of(tree, head, self.index)
            if type_name == "Person" and (gender := gender_of_name(mention.text)):
                candidate.genders.add(gender)
        described = nouns_beside(tree, mention) if mention.kind == "name" else [head]
        for place in described if mention.kind in {"name", "description"} else ():
            candidate.places |= places_of(tree, place, self.index)
            lemma = noun_lemma(tree, place).lower()
            if mention.kind == "description" and mention.whole and link.certainty >= _CERTAIN:
                candidate.nouns.add(lemma)
            if candidate.type == "Person":
                gender = gender_of_noun(lemma, self.language)
                candidate.genders |= {gender} if gender and not candidate.genders else set()
            elif feature(tree[place], "Gender") and tree.coordinated(tree.first_conjunct(head)) == [head]:
                candidate.genders.add(feature(tree[place], "Gender"))

    def _post_holds(self, tree: Tree, mention: Mention) -> bool:
        """Whether a name is that of the house of a post: "the chairman of Fjordgas", "Petrovik-Chef"."""
        token = tree[mention.head]
        above = token.index if not mention.whole else token.head
        owner = not mention.whole or base(token.relation) in {"nmod", "compound"}
        nouns = self.ontology.nouns(self.language)
        post = above not in tree.name_at or tree.name_at[above].form == "part"
        return owner and post and class_of_noun(noun_lemma(tree, above), nouns) == "Person"

    @property
    def _nouns(self) -> ClassNouns:
        return self.ontology.nouns(self.language)

    def note(self, link: Link, tree: Tree) -> None:
        """Note which place a mention of any kind speaks of; adjectives and towns name their country by the way."""
        entry = self.index.entries.get(link.iri)
        if entry is not None and (entry.type == "Country" or entry.country):
            country = entry.iri if entry.type == "Country" else entry.country or ""
            named = (entry.type == "Country" and link.mention.kind != "demonym") or bool(entry.capital_of)
            self.countries.append((link.mention.sentence, link.mention.head, country, named))
        if link.mention.kind == "name" and link.mention.type == "Place":
            self.places.append((link.mention.sentence, link.mention.head, link.iri))

    def country_spoken_of(self, here: int, before: int) -> str | None:
        """The only country that this sentence up to a token and the two before it speak of, if one names it."""
        lately = [c for c in self.countries if here - 2 <= c[0] < here or (c[0] == here and c[1] < before)]
        found = {country for _, _, country, _ in lately}
        return found.pop() if len(found) == 1 and any(named for *_, named in lately) else None

    def same_kind(self, one: str, other: str) -> bool:
        """Whether a thing of one class may be of the other, as far as classes tell."""
        if (one, other) == ("InternationalOrganization", "GovernmentBody"):
            return True  # "die Behörde", of the European Commission
        return self.ontology.is_a(one, other) or self.ontology.is_a(other, one)

    def surely_of(self, candidate: Candidate, places: frozenset[str]) -> bool:
        """Whether a candidate is known to be from one of these places."""
        known = candidate.places | ({candidate.country} if candidate.country else set())
        return bool(known & places)

    def countries_of(self, places: Iterable[str]) -> set[str]:
        """The countries that places lie in, or are."""
        entries = [self.index.entries[p] for p in places if p in self.index.entries]
        return {c for e in entries if (c := e.iri if e.type == "Country" else e.country)}

    def may_be_of(self, candidate: Candidate, places: frozenset[str]) -> bool:
        """Whether a candidate may be from one of these places: it is, or nothing speaks against it."""
        if self.surely_of(candidate, places):
            return True
        countries = self.countries_of(places)
        own = {candidate.country} if candidate.country else self.countries_of(candidate.places)
        if own and countries and not own & countries:
            return False
        return not (self._towns(places) and self._towns(candidate.places))

    def _towns(self, places: Iterable[str]) -> set[str]:
        """The places that are no country; one that the gazetteer lacks is taken for a town."""
        return {p for p in places if p not in self.index.entries or self.index.entries[p].type != "Country"}
