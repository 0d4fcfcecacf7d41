"""Names in GUM: its mentions of persons, places and organisations, cut down to the name in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.models.recipe.names import Tagged
from kg.models.recipe.trees import Sentence, blocks, open_text, sentence

TYPES = {"person": "PER", "place": "LOC", "organization": "ORG"}
BRACKET = re.compile(r"\(([^()]+)(\)?)|([^()]+)\)")
BETWEEN = frozenset({"of", "for", "the", "de", "-", "’s", "'s", "&"})
TITLES = frozenset("President Members Speaker Minister Senator General Judge Mr. Mrs. Chairman Madam God".split())

Mention = tuple[int, int, str]
"""First and last word of a mention, and its type."""


def mentions(rows: Sequence[Sequence[str]]) -> list[Mention]:
    """The mentions of a sentence, the longest first."""
    found: list[Mention] = []
    opened: dict[str, list[tuple[int, str]]] = {}
    for i, row in enumerate(rows):
        entity = next((part[7:] for part in row[9].split("|") if part.startswith("Entity=")), "")
        for opening, closed, closing in BRACKET.findall(entity):
            key, _, rest = (opening or closing).partition("-")
            if opening:
                opened.setdefault(key, []).append((i, rest.partition("-")[0]))
            if (closing or closed) and opened.get(key):
                start, kind = opened[key].pop()
                found.append((start, i, kind))
    return sorted(found, key=lambda m: m[0] - m[1])


def name_in(words: Sentence, mention: Mention) -> tuple[int, int] | None:
    """The run of name words around the head of a mention; None if the head is no name."""
    first, last, _ = mention
    inside = range(first, last + 1)
    heads = [i for i in inside if words[i].head not in inside or words[i].head == i]
    if not heads or words[heads[0]].upos != "PROPN":
        return None

    def is_name(i: int) -> bool:
        return i in inside and words[i].form[:1].isupper() and words[i].upos not in {"DET", "PRON"}

    start = end = heads[0]
    while is_name(start - 1) or (words[start - 1].form in BETWEEN and is_name(start - 2)):
        start -= 1
    while is_name(end + 1) or (end + 1 in inside and words[end + 1].form in BETWEEN and is_name(end + 2)):
        end += 1
    return start, end


def is_person(words: Sentence) -> bool:
    """Whether a name is one of a person, not of a people (``Muslims``) nor a bare title."""
    return "Number=Plur" not in words[-1].feats and not {w.form for w in words} <= TITLES


def tagged(path: Path) -> Iterator[Tagged]:
    """The sentences of GUM with the names in them."""
    for block in blocks(open_text(path)):
        words = sentence(block)
        rows = [row for row in block if row[0].isdigit()]
        if len(rows) != len(words):
            continue
        tags = ["O"] * len(words)
        for mention in mentions(rows):
            span = name_in(words, mention) if mention[2] in TYPES else None
            if span and mention[2] == "person" and not is_person(words[span[0] : span[1] + 1]):
                continue
            if span and set(tags[span[0] : span[1] + 1]) == {"O"}:
                label = TYPES[mention[2]]
                tags[span[0] : span[1] + 1] = [f"B-{label}", *[f"I-{label}"] * (span[1] - span[0])]
        yield tuple(w.form for w in words), tuple(tags)
