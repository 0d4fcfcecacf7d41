"""Descriptions and pronouns → the entity they speak of.

Rules over type, kind noun, place, post, gender and nearness, after the salience idea of Lappin and
Leass (1994) cut down to what can be vouched for: where two candidates remain, no link is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.candidates import Candidate, Memory, Option, Sight, at_house, lately, pair_of
from kg.described import (
    GOVERNMENT,
    about_one,
    arguments_beside,
    bears_name,
    government_of,
    has_owner,
    inhabitant,
    main_subject,
    name_words,
    places_of,
    quoted,
    with_it,
)
from kg.kinds import is_general, may_name, tells_who
from kg.name_index import class_of_noun
from kg.nominals import name_beside, noun_lemma
from kg.pronouns import gender_of_description, genders_of, is_expletive, is_plural, possessor_agrees
from kg.records import Link, Mention
from kg.trees import Tree, base, feature

_WINDOW: Final = 3
"""Sentences back that a description is looked for; pronouns look one back. Tried on seeds/gold: 3, 5 and 8 give
149, 147 and 145 right triples, since more candidates leave fewer descriptions with a single one."""
_FAR: Final = 8
"""Sentences back for a noun that the candidate was called by ("die Bank", of "die Bank X")."""
_GROUPS: Final = frozenset({"konzern", "group"})
_PARTS: Final = ("tochter", "tochterfirma", "sparte", "subsidiary", "unit", "arm")
_ADDING: Final = frozenset("also already too further additionally".split())
"""Adverbs by which a sentence goes on with the subject of the one before: "It also owns …"."""
_RELATIONAL: Final = tuple(
    "tochter mutter partner partnerin rivale rivalin konkurrent konkurrentin wettbewerber kunde käufer "
    "eigentümer aktionär marktführer herausforderer rival competitor partner customer buyer owner "
    "subsidiary unit parent leader".split()
)
"""Nouns that say how a thing stands to another and not what kind of thing it is."""
_NO_KIND: Final = (*_RELATIONAL, *"gruppe group team netzwerk network union".split())
_HOUSE: Final = {"Company": "unternehmen", "Organization": "organisation", "GovernmentBody": "behörde"}
"""What the house of a post is called where it goes unnamed: "Konzernchefin Kolb"."""
_PLAIN_FIRM: Final = frozenset("unternehmen company business".split())


class Discourse(Memory):
    """Ties descriptions and pronouns to what an article has spoken of so far."""

    def find(self, mention: Mention, tree: Tree) -> tuple[Link, ...]:
        """What a description or pronoun speaks of, if exactly that can be meant; two things of a plural."""
        if mention.several:
            return self._of_several(mention, tree)
        if mention.kind == "pronoun":
            link = self._of_pronominal(mention, tree)
        elif (country := government_of(mention, tree, self.index)) is not None:
            link = Link(mention, country.iri, f"“{mention.text}” acts for {country.label}", 0.95)
        elif noun_lemma(tree, mention.head) in GOVERNMENT and not has_owner(tree, mention.head):
            link = self._of_government(mention)
        elif (mention.whole and bears_name(tree, mention.head)) or has_owner(tree, mention.head):
            link = None
        else:
            link = self._of_description(mention, tree)
        return (link,) if link is not None else ()

    def _of_several(self, mention: Mention, tree: Tree) -> tuple[Link, ...]:
        """Two things that a plural speaks of: "beide Unternehmen", behind "Siemens und Alstom"."""
        kinds = ("Person", "Organization", "Country") if mention.type == "Agent" else (mention.type,)
        found = set()
        for kind in kinds:
            sights = [
                (c.iri, s)
                for c in self.candidates.values()
                if self.ontology.is_a(c.type, kind) or (kind != "Person" and self.ontology.is_a(kind, c.type))
                for s in c.seen
                if kind != "Country" or s.subject
            ]
            found.add(pair_of(sights, mention.sentence, mention.head))
        pairs = found - {()}
        if len(pairs) != 1:
            return ()
        reason = f"“{mention.text}”: the only two it can be nearby"
        return tuple(Link(mention, iri, reason, 0.85) for iri in sorted(pairs.pop()))

    def _of_government(self, mention: Mention) -> Link | None:
        """The country that alone is spoken of lately, for "die Regierung" of which nothing more is said."""
        iri = self.country_spoken_of(mention.sentence, mention.head)
        if iri is None:
            return None
        return Link(mention, iri, f"“{mention.text}” acts for the only country that is spoken of", 0.75)

    def _of_place(self, mention: Mention) -> Link | None:
        """The only place that this sentence and the one before it name: "dort"."""
        here = mention.sentence
        near = [p for p in self.places if p[0] == here - 1 or (p[0] == here and p[1] < mention.head)]
        found = {iri for *_, iri in near}
        wider = {self.index.entries[p].country for p in found if p in self.index.entries}
        found -= wider if len(found) > 1 else set()
        if len(found) != 1:
            return None
        return Link(mention, found.pop(), f"“{mention.text}”: the only place nearby", 0.8)

    def _of_pronominal(self, mention: Mention, tree: Tree) -> Link | None:
        if mention.type == "Place":
            return self._of_place(mention)
        if tree[mention.head].text.lower() in {"dessen", "deren"}:
            return self._of_demonstrative(mention, tree)
        link, settled = self._of_possessive(mention, tree)
        return link if link is not None or settled else self._of_pronoun(mention, tree)

    def _of_demonstrative(self, mention: Mention, tree: Tree) -> Link | None:
        """What the clause before ended with: "… arbeitet mit Secunet zusammen. Dessen Chef …"."""
        wanted = {"Masc", "Neut"} if tree[mention.head].text.lower() == "dessen" else {"Fem"}
        here, position = mention.sentence, mention.head
        near = sorted(
            (s.sentence, s.token, c.iri)
            for c in self.candidates.values()
            if self.ontology.is_a(c.type, "Organization") and (not c.genders or c.genders & wanted)
            for s in c.seen
            if (s.sentence == here and s.token < position) or (position == 0 and s.sentence == here - 1)
            if not self._named_again(s, tree, position)
        )
        known = [iri for *_, iri in near if self.candidates[iri].genders]
        if not known and len({iri for *_, iri in near}) != 1:
            return None
        iri = known[-1] if known else near[0][2]
        return Link(mention, iri, f"“{mention.text}”: what was spoken of last that agrees", 0.8)

    def _named_again(self, sight: Sight, tree: Tree, after: int) -> bool:
        """Whether a sentence names behind a pronoun what was named before it, so that the pronoun means another."""
        words = name_words(self.trees[sight.sentence], sight.token)
        return any(name_words(tree, i) == words for i in tree.name_at if i > after) if words else False

    def _of_description(self, mention: Mention, tree: Tree) -> Link | None:
        if mention.type == "Person":
            return self._of_person(mention, tree)
        noun = noun_lemma(tree, mention.head).lower() if mention.whole else _HOUSE.get(mention.type, "")
        wanted = self._wanted(mention, tree)
        beside = with_it(tree, mention.head) if mention.whole else set()
        pool = []
        rivals = False
        for candidate in self.candidates.values():
            called = may_name(noun, candidate.nouns | candidate.named)
            recent = lately(candidate, mention.sentence, _FAR if called and not is_general(noun, "") else _WINDOW)
            if not recent or any(s.sentence == mention.sentence and s.token in beside and not s.part for s in recent):
                continue
            if not self._fits(candidate, mention, noun, called) or (wanted and not self.may_be_of(candidate, wanted)):
                continue
            if noun.endswith(_RELATIONAL) and not called and not wanted:
                continue
            if noun in _GROUPS and any(n.endswith(_PARTS) for n in candidate.nouns):
                rivals = True  # a subsidiary is seldom called the group
                continue
            weak = (
                candidate.type == "Organization" != mention.type and not called and not any(s.subject for s in recent)
            )
            if weak and not candidate.vouched:
                rivals = True  # of which nothing is known but that it may be one
                continue
            pool.append(Option(candidate, recent, called, weak))
        sure = [o for o in pool if wanted and self.surely_of(o.candidate, wanted)]
        general = is_general(noun, mention.type)
        if rivals and not sure and (general or not any(o.called for o in pool)):
            return None
        return self._chosen(mention, tree, sure or pool, noun, bool(wanted))

    def _chosen(self, mention: Mention, tree: Tree, pool: Sequence[Option], noun: str, placed: bool) -> Link | None:
        """The one candidate that is left, or the one that was the subject nearby."""
        if noun not in _PLAIN_FIRM:
            pool = [o for o in pool if o.called] or pool
        if len(pool) == 1:
            return Link(mention, pool[0].candidate.iri, f"“{mention.text}”: the only one it can be nearby", 0.88)
        if placed:
            return None
        if not quoted(tree, mention.head):
            pool = [o for o in pool if not all(s.quoted for s in o.recent)] or pool
            if len(pool) == 1:
                return Link(mention, pool[0].candidate.iri, f"“{mention.text}”: the only one outside quotations", 0.8)
        if not mention.whole and (seat := [o for o in pool if at_house(tree, mention, o)]):
            return Link(mention, seat[0].candidate.iri, f"“{mention.text}”: the house named with “bei”", 0.85)
        here = mention.sentence
        subjects = [o for o in pool if any(s.sentence in {here - 1, here} and s.subject for s in o.recent)]
        nearer = [
            o
            for o in pool
            if o not in subjects and any(s.sentence == here and s.token < mention.head for s in o.recent)
        ]
        if (
            len(subjects) == 1
            and not nearer
            and not any(o.weak for o in pool)
            and about_one(self.trees[max(here - 1, 0)])
        ):
            return Link(mention, subjects[0].candidate.iri, f"“{mention.text}”: the subject nearby", 0.7)
        return None

    def _wanted(self, mention: Mention, tree: Tree) -> frozenset[str]:
        found = places_of(tree, mention.head, self.index)
        if mention.type in {"Agent", "Person"} and (
            entry := inhabitant(tree[mention.head].text, self.index, self.language)
        ):
            found |= {entry.iri}
        return found

    def _fits(self, candidate: Candidate, mention: Mention, noun: str, called: bool) -> bool:
        """Whether a thing may be called by a noun: it was, or nothing else is known of it that speaks against it."""
        if not self.same_kind(candidate.type, mention.type):
            things = {"Product", "Technology"}
            return called and mention.type in things | {"Company", "Thing"} and candidate.type in things
        if called or mention.type == "Agent":
            return True
        if mention.type == "Thing":
            return False
        general = is_general(noun, mention.type)
        if self.ontology.is_a(mention.type, "Place"):
            return general
        known = {n for n in candidate.nouns if not n.endswith(_NO_KIND) and not is_general(n, "")}
        classes = {c for n in known if (c := class_of_noun(n, self.ontology.nouns(self.language)))}
        classes = {c for c in classes if self.same_kind(c, "Organization")}
        if general:
            return not classes or any(self.ontology.is_a(c, mention.type) for c in classes)
        alike = candidate.type == mention.type or (candidate.type, mention.type) == ("Organization", "Company")
        return alike and not known

    def _of_person(self, mention: Mention, tree: Tree) -> Link | None:
        """Somebody by his post ("die Ministerin"), or by what characterizes him ("der 54-Jährige", "der Däne")."""
        noun = noun_lemma(tree, mention.head).lower()
        wanted = self._wanted(mention, tree)
        gender = gender_of_description(tree, mention.head, noun, self.language)
        who = tells_who(noun) or inhabitant(tree[mention.head].text, self.index, self.language) is not None
        beside = with_it(tree, mention.head)
        pool = []
        for candidate in self.candidates.values():
            called = may_name(noun, candidate.nouns | candidate.named)
            recent = lately(candidate, mention.sentence, _FAR if called else _WINDOW)
            if candidate.type != "Person" or not recent or not (called or who):
                continue
            if any(s.sentence == mention.sentence and s.token in beside for s in recent):
                continue
            if gender and candidate.genders and gender not in candidate.genders:
                continue
            if wanted and not self.may_be_of(candidate, wanted):
                continue
            pool.append(Option(candidate, recent, called))
        sure = [o for o in pool if wanted and self.surely_of(o.candidate, wanted)]
        pool = sure or [o for o in pool if o.called] or pool
        if len(pool) == 1:
            return Link(mention, pool[0].candidate.iri, f"“{mention.text}”: the only one it can be nearby", 0.85)
        here = mention.sentence
        subjects = [o for o in pool if any(s.sentence == here - 1 and s.main and not s.quoted for s in o.recent)]
        if len(subjects) == 1 and (not gender or gender in subjects[0].candidate.genders):
            return Link(mention, subjects[0].candidate.iri, f"“{mention.text}”: the subject nearby", 0.7)
        return None

    def _of_possessive(self, mention: Mention, tree: Tree) -> tuple[Link | None, bool]:
        """A possessive in the predicate belongs to the subject: "Google … mit seinem System Android".

        Returns:
            the link, and whether that settles it: a subject that cannot be told leaves the possessor untold.
        """
        if base(tree[mention.head].relation) not in {"det", "nmod"} or not tree[mention.head].relation.endswith("poss"):
            return None, False
        path = {mention.head, *tree.ancestors(mention.head)}
        for above in tree.ancestors(mention.head):
            subject = next(iter(tree.by_relation(above, "nsubj")), None)
            if subject is None or tree[above].pos not in {"VERB", "AUX", "ADJ"}:
                continue
            if subject.index in path or len(tree.coordinated(subject.index)) > 1:
                return None, False
            if self.language == "de" and not possessor_agrees(tree, subject.index, mention.text.lower()):
                return None, False
            names = {subject.index, name_beside(tree, subject.index)}
            names |= {t.index for t in tree.by_relation(subject.index, "appos", "flat")}
            for candidate in self.candidates.values():
                if any(s.sentence == mention.sentence and s.token in names for s in candidate.seen):
                    return Link(mention, candidate.iri, f"“{mention.text}”: the subject of its clause", 0.85), True
            return None, tree[subject.index].pos == "NOUN"
        return None, False

    def _of_pronoun(self, mention: Mention, tree: Tree) -> Link | None:
        token = tree[mention.head]
        word = token.text.lower()
        here = mention.sentence
        genders = genders_of(word, self.language)
        neuter = "Neut" in genders
        if not genders or is_plural(tree, token.index) or (neuter and self.unknown & {here, here - 1}):
            return None
        if word in {"es", "it"} and is_expletive(tree, token.index):
            return None
        if self._rival_subject(here - 1, genders):
            return None
        pool = self._agreeing(mention, tree, genders, 1)
        passed = any(
            c.type == "Person" and any(x.sentence == here - 1 for x in c.seen) for c in self.candidates.values()
        )
        if not pool and passed and word in {"er", "sie", "he", "she"}:  # the other one, behind a sentence on somebody
            pool = [o for o in self._agreeing(mention, tree, genders, 2) if o.called and o.candidate.type == "Person"]
        if len(pool) == 1 and self._sure_enough(pool[0], word):
            return Link(mention, pool[0].candidate.iri, f"“{mention.text}”: the only one it can be nearby", 0.8)
        subjects = [o for o in pool if any(s.subject for s in o.recent)]
        if (
            len(subjects) == 1
            and len(pool) > 1
            and (subjects[0].called or word == "it")
            and self._takes_up(mention, tree, subjects[0])
        ):
            return Link(mention, subjects[0].candidate.iri, f"“{mention.text}”: the subject nearby", 0.65)
        return None

    def _agreeing(self, mention: Mention, tree: Tree, genders: frozenset[str], back: int) -> list[Option]:
        """Whom a pronoun may mean of those spoken of before it, up to some sentences back.

        None that its own clause speaks of: "the union has accused it" is no union's.
        """
        here, position = mention.sentence, mention.head
        own = arguments_beside(tree, position) if not tree[position].relation.endswith(":poss") else set()
        pool = []
        for candidate in self.candidates.values():
            near = tuple(
                s
                for s in candidate.seen
                if here - back <= s.sentence < here or (s.sentence == here and s.token < position)
            )
            if any(s.sentence == here and s.token in own and not s.part for s in near):
                continue
            if near and self._agrees(candidate, genders, any(s.subject for s in near)):
                pool.append(Option(candidate, near, bool(genders & candidate.genders)))
        return pool

    def _takes_up(self, mention: Mention, tree: Tree, option: Option) -> bool:
        """Whether a pronoun among rivals goes on with what the sentence before spoke of in its main clause."""
        if not any(s.main and not s.quoted and s.sentence == mention.sentence - 1 for s in option.recent):
            return False
        token = tree[mention.head]
        place = token.head if token.relation.endswith(":poss") else token.index
        goes_on = option.called or any(t.text.lower() in _ADDING for t in tree.by_relation(token.head, "advmod"))
        return goes_on and base(tree[place].relation) == "nsubj" and main_subject(tree, place)

    def _rival_subject(self, sentence: int, genders: frozenset[str]) -> bool:
        """Whether a sentence's main subject is a common noun that speaks of nothing known, and a pronoun may mean it.

        "Der Umsatz stieg. Er …" and "A judge agreed. He …" leave the names nearby aside.
        """
        if sentence < 0:
            return False
        tree = self.trees[sentence]
        known = {s.token for c in self.candidates.values() for s in c.seen if s.sentence == sentence}
        rival = False
        for token in tree.tokens:
            if base(token.relation) != "nsubj" or not main_subject(tree, token.index):
                continue
            own = {token.index, name_beside(tree, token.index), token.head}
            own |= {t.index for t in tree.by_relation(token.index, "appos")}
            if own & known:
                return False
            person = class_of_noun(noun_lemma(tree, token.index), self.ontology.nouns(self.language)) == "Person"
            gender = feature(token, "Gender") if self.language == "de" else ("Masc" if person else "Neut")
            wanted = genders if self.language == "de" or genders == {"Neut"} else frozenset({"Masc"})
            rival |= token.pos == "NOUN" and gender in wanted and feature(token, "Number") != "Plur"
        return rival

    def _sure_enough(self, option: Option, word: str) -> bool:
        """Whether the only candidate is more than the only one that was recognised."""
        if option.candidate.type == "Person" or option.called:
            return True
        subject = any(s.subject for s in option.recent)
        if self.language == "en":
            return word != "it" or subject
        return word.startswith("sein") and subject and not option.candidate.genders

    def _agrees(self, candidate: Candidate, genders: frozenset[str], as_subject: bool) -> bool:
        """Gender of a person, or of the noun that an organization was called by.

        Of an organization that was called by its name alone nothing is known: as a subject it is a
        rival for the pronoun all the same.
        """
        if candidate.type == "Person":
            return bool(genders & {"Masc", "Fem"}) and (
                not candidate.genders or bool(genders & candidate.genders & {"Masc", "Fem"})
            )
        if candidate.type == "Country":
            return "Neut" in genders and as_subject
        if not self.ontology.is_a(candidate.type, "Organization"):
            return False
        if self.language == "en":
            return "Neut" in genders
        if genders == {"Neut"} and "Neut" in candidate.genders:
            return True
        return as_subject and (bool(genders & candidate.genders) or not candidate.genders)
