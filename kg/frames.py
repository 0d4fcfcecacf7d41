"""Frames: the ontology's example sentences, parsed by the same pipeline as the text.

After FrameNet's notion of a frame, cut down to what two slots need: a predicate, the role of the
subject, the role of the object, and the nouns that must stand beside them. Each example is filled
with several sets of names, and every way the parser reads it becomes a frame: where a text is
parsed with the same quirk, it is matched all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from platformdirs import user_cache_path

from kg.analysis import Analyser
from kg.clauses import clauses
from kg.examples import Pattern
from kg.frame_cache import read_cache, write_cache
from kg.frame_records import Frame, Frames, PatternCheck
from kg.frame_words import ANYTHING, manner
from kg.namespaces import digest
from kg.nominals import name_beside, noun_lemma, predicate_key
from kg.ontology import Gazetteer, Ontology
from kg.participants import is_common_noun, loose_words, participants
from kg.patterns import ClassNoun, ExpandedPattern, Role, Slot, expand
from kg.records import Argument, Clause, NamedSpan, Sentence, Status
from kg.repair import repair
from kg.trees import Tree

# Names that the pipelines read without trouble, two sets so that one odd parse does not decide.
_FILLERS: Final[dict[str, dict[str, tuple[tuple[str, ...], ...]]]] = {
    "de": {
        "Person": (("Anna Weber", "Peter Schmidt"), ("Thomas Müller", "Claudia Richter")),
        "Organization": (("Siemens", "Bosch"), ("Telekom", "Nokia")),
        "Country": (("Frankreich", "Polen"), ("Japan", "Kanada")),
        "Place": (("Hamburg", "Spanien"), ("Italien", "München")),
        "Product": (("Android", "Windows"), ("iPhone", "Photoshop")),
        "Technology": (("5G", "Bluetooth"), ("Bluetooth", "5G")),
        "Event": (("Olympia", "Brexit"), ("Brexit", "Olympia")),
    },
    "en": {
        "Person": (("Anna Weber", "Peter Smith"), ("Thomas Miller", "Claudia Jones")),
        "Organization": (("Siemens", "Microsoft"), ("Toyota", "Nokia")),
        "Country": (("France", "Poland"), ("Japan", "Canada")),
        "Place": (("Hamburg", "Spain"), ("Italy", "Munich")),
        "Product": (("Android", "Windows"), ("iPhone", "Photoshop")),
        "Technology": (("5G", "Bluetooth"), ("Bluetooth", "5G")),
        "Event": (("Olympia", "Brexit"), ("Brexit", "Olympia")),
    },
}
_ADJECTIVES: Final = {
    "de": (("französische", "polnische"), ("japanische", "kanadische")),
    "en": (("French", "Polish"), ("Japanese", "Canadian")),
}
_LABELS: Final = {
    "Person": "PER",
    **dict.fromkeys(("Country", "Place", "City", "Region"), "LOC"),
    **dict.fromkeys(("Product", "Technology"), "MISC"),
}
"""What the recognizer calls the fillers of a slot; all others are ORG."""
_SETS: Final = 2


def compile_frames(
    ontology: Ontology, gazetteer: Gazetteer, analyser: Analyser, language: str, *, cache: bool = True
) -> Frames:
    """The frames of a language, from the user's cache where neither ontology nor pipeline has changed.

    Args:
        ontology: its patterns are the examples.
        gazetteer: taken for the cache's key only; the names in examples are fixed.
        analyser: parses the examples.
        language: whose examples to take.
        cache: whether to read and write the cache folder of the user.
    """
    key = digest(_code(), ontology.digest, language, analyser.fingerprint(language))
    path = user_cache_path("kg-news") / f"frames-{language}-{key}.json"
    if cache and (stored := read_cache(path, language)) is not None:
        return stored
    compiled = _compile(ontology, analyser, language)
    if cache:
        write_cache(path, compiled)
    return compiled


def _code() -> str:
    """The code that compiles frames, as part of the cache's key: a change there makes the cache stale."""
    folder = Path(__file__).parent
    names = (
        "adjective_clauses adverbs analysis class_nouns clause_borders clauses compounds conjunctions declarations "
        "english_attachments english_clauses english_phrases english_places english_relatives english_trees "
        "english_verbs english_wares examples frame_fit frame_matching frame_words frames genders german_phrases "
        "german_trees german_valency houses modality modality_words morphology name_index nominals noun_clauses "
        "noun_modality participants participles patterns promoted quotation_marks relative_clauses repair roles "
        "schemes subjunctive suppositions trees voice"
    ).split()
    return digest(*((folder / f"{name}.py").read_text(encoding="utf-8") for name in names))


def _compile(ontology: Ontology, analyser: Analyser, language: str) -> Frames:
    filled: list[tuple[Pattern, _Example]] = []
    for prop in ontology.properties.values():
        for pattern in prop.patterns:
            if pattern.language == language:
                for expanded in expand(pattern.text, pattern.slots):
                    filled.extend((pattern, _fill(expanded, ontology, language, which)) for which in range(_SETS))
    parsed = analyser.parse([example.text for _, example in filled], language)
    found: dict[Frame, None] = {}
    understood: dict[Pattern, list[Frame]] = {}
    for (pattern, example), sentences in zip(filled, parsed, strict=True):
        frames = list(_frames_of(pattern, example, sentences, ontology, language))
        understood.setdefault(pattern, []).extend(frames)
        found.update(dict.fromkeys(frames))
    checks = tuple(_check(pattern, frames) for pattern, frames in understood.items())
    return Frames(language, tuple(found), checks)


def _check(pattern: Pattern, frames: Sequence[Frame]) -> PatternCheck:
    described = sorted({frame.describe() for frame in frames})
    what = "no clause has the slot as a participant" if pattern.event else "no clause relates both slots"
    problem = None if frames else f"{what}: word it more simply, as a full sentence"
    return PatternCheck(pattern.property, pattern.text, pattern.language, "; ".join(described) or None, problem)


@dataclass(frozen=True, slots=True)
class _Example:
    """An example with names in its slots; that of an event has no object."""

    text: str
    slots: tuple[tuple[tuple[int, int], Slot], ...]  # the subject first
    nouns: tuple[tuple[int, int, str], ...]  # where a class noun stands, and its class
    status: Status | None

    @property
    def subject(self) -> tuple[int, int]:
        return self.slots[0][0]

    @property
    def object(self) -> tuple[int, int]:
        return self.slots[1][0]


def _fill(expanded: ExpandedPattern, ontology: Ontology, language: str, which: int) -> _Example:
    text = ""
    spans: dict[Role, tuple[int, int]] = {}
    nouns: list[tuple[int, int, str]] = []
    for part in expanded.parts:
        if isinstance(part, Slot):
            word = _filler(part, ontology, language, which)
            spans[part.role] = (len(text), len(text) + len(word))
        elif isinstance(part, ClassNoun):
            word = _noun_of(part.class_name, ontology, language, which)
            nouns.append((len(text), len(text) + len(word), part.class_name))
        else:
            word = part
        text += word
    text = text[:1].upper() + text[1:]
    if not text.rstrip().endswith((".", "!", "?")):
        text = text.rstrip() + "."
    slots = tuple((spans[role], expanded.slot(role)) for role in ("subject", "object") if role in spans)
    return _Example(text, slots, tuple(nouns), expanded.status)


def _filler(slot: Slot, ontology: Ontology, language: str, which: int) -> str:
    second = 1 if slot.role == "object" else 0
    if slot.adjective:
        if ontology.is_a(slot.class_name, "City") and language == "de":
            return ("Hamburger", "Münchner")[which]
        return _ADJECTIVES[language][which][second]
    table = _FILLERS[language]
    if slot.class_name in {"Agent", "Thing"}:
        return table["Organization"][which][second]
    known = next(
        (n for n in (slot.class_name, *table) if n in table and ontology.is_a(slot.class_name, n)), "Organization"
    )
    return table[known][which][second]


def _noun_of(class_name: str, ontology: Ontology, language: str, which: int) -> str:
    nouns = ontology.classes[class_name].nouns.get(language, ())
    simple = [n for n in nouns if "-" not in n and " " not in n]
    return simple[which % len(simple)] if simple else class_name


def _frames_of(
    pattern: Pattern, example: _Example, sentences: Sequence[Sentence], ontology: Ontology, language: str
) -> Iterator[Frame]:
    for sentence in sentences:
        named = repair(_with_names(sentence, example), language)
        tree = Tree(named)
        found = clauses(named, language)
        nouns = {c.head: c for c in found if c.kind == "noun"}
        bearers = {head: [a.head for a in c.arguments if a.role == "bearer"] for head, c in nouns.items()}
        for clause in found:
            if pattern.event:
                yield from _frames_of_event(pattern, example, tree, clause, nouns)
            else:
                yield from _frames_of_clause(pattern, example, tree, clause, ontology, language, bearers)


def _with_names(sentence: Sentence, example: _Example) -> Sentence:
    """The sentence with exactly the slots marked as names."""
    spans = []
    for (start, end), slot in example.slots:
        inside = [t for t in sentence.tokens if t.start < end and start < t.end]
        if not inside:
            continue
        part = inside[-1].end > end + 1 and "-" in inside[-1].text
        form = "derived" if slot.adjective else "part" if part else "whole"
        label = "LOC" if slot.adjective else _LABELS.get(slot.class_name, "ORG")
        spans.append(NamedSpan(start, end, label, form))  # type: ignore[arg-type]
    return replace(sentence, names=tuple(sorted(spans, key=lambda s: s.start)))


def _frames_of_clause(
    pattern: Pattern,
    example: _Example,
    tree: Tree,
    clause: Clause,
    ontology: Ontology,
    language: str,
    bearers: Mapping[int, Sequence[int]],
) -> Iterator[Frame]:
    subjects = [a for a in clause.arguments if _fills(tree, clause, a, example.subject, bearers)]
    objects = [a for a in clause.arguments if _fills(tree, clause, a, example.object, bearers)]
    for subject in subjects:
        for target in objects:
            paired = subject.role == target.role
            if paired and not tree.together(subject.head, target.head):
                continue
            if clause.head in tree.name_at and clause.head in {subject.head, target.head} and _says_more(tree):
                continue
            if clause.kind == "verb" and _noun_lost(tree, clause, {subject.head, target.head}):
                continue
            if clause.kind == "noun" and _quality_lost(tree, clause, subject, target):
                continue
            predicate_class = _class_at(tree, clause.head, example) if clause.kind == "noun" else ""
            yield Frame(
                property=pattern.property,
                kind=clause.kind,
                predicate="" if predicate_class else _key(clause.predicate, clause.kind),
                predicate_class=predicate_class,
                subject_role=subject.role,
                object_role=target.role,
                subject_class=example.slots[0][1].class_name,
                object_class=example.slots[1][1].class_name,
                beside=tuple(_beside(tree, clause, {subject.head, target.head}, example, ontology, language)),
                paired=paired,
                pattern=pattern.text,
            )


def _frames_of_event(
    pattern: Pattern, example: _Example, tree: Tree, clause: Clause, nouns: Mapping[int, Clause]
) -> Iterator[Frame]:
    """The frames of an event that a clause gives: one for each way it has the slot as a participant."""
    if clause.head in tree.name_at and tree.name_at[clause.head].form == "whole":
        return
    bearers = {head: [a.head for a in c.arguments if a.role == "bearer"] for head, c in nouns.items()}
    found = participants(tree, clause, nouns)
    filling = [p for p in found if _fills(tree, p.clause, p.argument, example.subject, bearers)]
    slots = {p.argument.head for p in filling if p.argument.head not in tree.name_at}  # "dem Konzern X"
    anything = {t.index for t in tree.tokens if t.text.lower() in ANYTHING}
    beside: dict[int, tuple[str, str]] = {}
    for p in found:
        head = p.argument.head
        if head in anything and p.role == "object":
            beside.setdefault(head, (p.role, "*"))  # something must be there: "gliedert etwas aus"
        elif head not in anything | slots | {clause.head} and is_common_noun(tree, head):
            beside.setdefault(head, (p.role, _wanted(tree, head, example)))
    loose = loose_words(tree, clause, anything.union(beside, slots))
    if any(i not in tree.subtree(clause.head) or (clause.kind != "verb" and tree[i].pos == "VERB") for i in loose):
        return  # a part of the example that does not tell of the event
    others = [beside[head] for head in sorted(beside)] + [("word", tree[index].lemma.lower()) for index in loose]
    for slot in filling:
        yield Frame(
            property=pattern.property,
            kind=clause.kind,
            predicate=_key(clause.predicate, clause.kind),
            predicate_class="",
            subject_role=slot.role,
            object_role="",
            subject_class=example.slots[0][1].class_name,
            object_class=pattern.event,
            beside=tuple(others),
            pattern=pattern.text,
            event=pattern.event,
            status=example.status,
        )


def _wanted(tree: Tree, noun: int, example: _Example) -> str:
    """What an example asks for in the place of a noun: its lemma, or a class in brackets."""
    noun_class = _class_at(tree, noun, example)
    return f"[{noun_class}]" if noun_class else predicate_key(noun_lemma(tree, noun))


def _says_more(tree: Tree) -> bool:
    """Whether an example has words besides names, prepositions and determiners.

    Only an example that has none, such as "{Organization} aus {Place}", teaches what stands beside a name.
    """
    light = {"ADP", "DET", "PUNCT", "SYM", "PART"}
    return any(t.pos not in light and t.text != "based" and t.index not in tree.name_at for t in tree.tokens)


def _noun_lost(tree: Tree, clause: Clause, slots: set[int]) -> bool:
    """Whether a noun of the example is in no argument: the frame would be wider than what was taught."""
    covered = {a.head for a in clause.arguments} | set(clause.words)
    for argument in clause.arguments:
        if argument.head not in slots:
            covered |= set(tree.subtree(argument.head))
    for token in tree.by_relation(clause.head, "xcomp", "ccomp", "advcl", "obl"):
        if token.index not in slots:
            covered |= set(tree.subtree(token.index))
    return any(
        t.pos == "NOUN"
        and t.index not in covered
        and t.index not in tree.name_at
        and t.text.lower() not in ANYTHING
        and not any(name_beside(tree, t.index) == slot for slot in slots)
        for t in tree.tokens
    )


def _quality_lost(tree: Tree, clause: Clause, subject: Argument, target: Argument) -> bool:
    """Whether a slot belongs to a quality of the noun rather than to the noun: "der in {Place} lebende Autor"."""
    qualities = [t.index for t in tree.by_relation(clause.head, "amod", "acl") if t.index not in tree.name_at]
    slots = [a.head for a in (subject, target) if a.role.startswith("oblique:")]
    return any(slot < quality < clause.head for slot in slots for quality in qualities)


def _key(predicate: str, kind: str) -> str:
    return predicate_key(predicate) if kind == "noun" else predicate.lower()


def _fills(
    tree: Tree, clause: Clause, argument: Argument, slot: tuple[int, int], bearers: Mapping[int, Sequence[int]]
) -> bool:
    """Whether an argument is a slot, itself or as the name beside a noun ("der ansässige Konzern X")."""
    token = tree[argument.head]
    span = tree.name_at.get(argument.head)
    if span is not None and (span.start, span.end) == slot and token.start < slot[1] and slot[0] < token.end:
        inner = argument.head == clause.head and argument.role in {"of", "compound"}
        return span.form == "derived" or (span.form == "part") == inner
    return any(
        (own := tree.name_at.get(head)) is not None and (own.start, own.end) == slot and head != argument.head
        for head in bearers.get(argument.head, ())
        if argument.head != clause.head
    )


def _class_at(tree: Tree, index: int, example: _Example) -> str:
    token = tree[index]
    return next((c for start, end, c in example.nouns if token.start < end and start < token.end), "")


def _beside(
    tree: Tree, clause: Clause, slots: set[int], example: _Example, ontology: Ontology, language: str
) -> Iterator[tuple[str, str]]:
    """Words of a verb's example that are no slots: they make up the meaning ("eine Vereinbarung treffen")."""
    if clause.kind != "verb":
        return
    yield from manner(tree, clause, slots)
    for argument in clause.arguments:
        token = tree[argument.head]
        if (
            argument.head in slots
            or argument.head in tree.name_at
            or (token.pos not in {"NOUN", "ADJ"} and argument.role != "manner")
            or argument.via is not None
        ):
            continue
        if token.text.lower() in ANYTHING:
            continue
        yield argument.role, _wanted(tree, argument.head, example)
