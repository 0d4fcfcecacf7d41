"""Names found in news of our own, exactly and with their kind: python -m tests.names_measure [-v] [dev|held]

``tests/named/*.txt`` holds the texts. Persons, organizations, places and things (products,
technologies) are counted apart; a name counts where its span and its kind are right. Kinds are
those of the entities that the names end up as, not of the recogniser.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.articles import from_text
from kg.clauses import clauses
from kg.entities import resolve
from kg.fillers import ParsedSentence
from kg.frame_matching import FrameReader
from kg.mentions import mentions
from kg.name_index import name_index
from kg.names import recognise
from kg.ontology import Ontology
from kg.pipeline import Tools, load_tools
from kg.repair import repair
from kg.trees import Tree

NAMED = Path(__file__).parent / "named"
KINDS: Mapping[str, str] = {
    "Person": "P",
    "Organization": "O",
    "Place": "L",
    "Product": "T",
    "Technology": "T",
}
PARTS = {"dev": 0, "held": 1}

Span = tuple[int, int]


def marked(line: str) -> tuple[str, dict[Span, str]]:
    """A line without its marks, and the letters of each name by its span.

    >>> marked("[Run:ai|O] kam.")
    ('Run:ai kam.', {(0, 6): 'O'})
    """
    text, gold = "", {}
    last = 0
    for match in re.finditer(r"\[([^|\]]+)\|([POLT]+|-)\]", line):
        text += line[last : match.start()]
        gold[len(text), len(text) + len(match[1])] = match[2]
        text += match[1]
        last = match.end()
    return text + line[last:], gold


def lines(language: str, part: str) -> Iterator[str]:
    """The texts of one half: every other line."""
    texts = [line for line in (NAMED / f"{language}.txt").read_text("utf-8").splitlines() if line[:1] not in {"#", ""}]
    yield from texts[PARTS[part] :: 2]


def letter(type_name: str, ontology: Ontology) -> str:
    """The letter of a class; "?" for one that has none."""
    return next((kind for ancestor, kind in KINDS.items() if ontology.is_a(type_name, ancestor)), "?")


def found(text: str, language: str, tools: Tools) -> dict[Span, str]:
    """The names of a text by their span, with the letter of what they turn out to be; adjectives of places left out."""
    ontology, index = tools.ontology, name_index(tools.gazetteer, language)
    named = recognise(tools.analyser.read(from_text(text)), index, ontology)
    sentences = tuple(repair(s, language) for s in named.sentences)
    named = type(named)(named.article, language, named.model, sentences)
    spoken = mentions(named, index, ontology)
    resolution = resolve(named, spoken, index, ontology)
    reader = FrameReader(named, tools.frames(language), ontology, tools.gazetteer, resolution)
    for sentence in sentences:
        list(reader.read(ParsedSentence(Tree(sentence), clauses(sentence, language))))
    if demanded := reader.demanded():
        resolution = resolve(named, spoken, index, ontology, demanded)
    types = {e.iri: e.type for e in resolution.entities}
    kind_at = {(k.mention.sentence, k.mention.start): letter(types[k.iri], ontology) for k in resolution.links}
    spans = [(s.index, n) for s in sentences for n in s.names if n.form != "derived"]
    return {(n.start, n.end): kind_at.get((index, n.start), "?") for index, n in spans}


def right(kind: str, letters: str) -> bool:
    return letters == "-" or kind in letters


def count(language: str, part: str, tools: Tools, show: bool) -> Counter[tuple[str, str]]:
    """Gold, found, right by letter ("all" for their sum; "span" where only the span must be right)."""
    counts: Counter[tuple[str, str]] = Counter()
    for line in lines(language, part):
        text, gold = marked(line)
        names = found(text, language, tools)
        free = {span for span, letters in gold.items() if letters == "-"}
        ours = {s: k for s, k in names.items() if not any(s[0] < b and a < s[1] for a, b in free)}
        wanted = {span: letters for span, letters in gold.items() if span not in free}
        for span, letters in wanted.items():
            good = span in ours and right(ours[span], letters)
            for row in (letters[0], "all"):
                counts["gold", row] += 1
                counts["met", row] += good
            counts["gold", "span"] += 1
            counts["met", "span"] += span in ours
        for span, kind in ours.items():
            good = span in wanted and right(kind, wanted[span])
            for row in (kind, "all"):
                counts["found", row] += 1
                counts["right", row] += good
            counts["found", "span"] += 1
            counts["right", "span"] += span in wanted
        if show:
            missed = [f"{text[a:b]}|{k}" for (a, b), k in wanted.items() if not right(ours.get((a, b), "?"), k)]
            beyond = [f"{text[a:b]}|{k}" for (a, b), k in ours.items() if not right(k, wanted.get((a, b), ""))]
            if missed or beyond:
                print(f"{text}\n    missed {', '.join(missed) or '–'}    beyond {', '.join(beyond) or '–'}")
    return counts


def main(arguments: list[str]) -> int:
    """Print precision, recall and F1 by language, half and kind."""
    for part in [a for a in arguments if a in PARTS] or list(PARTS):
        for language in ("de", "en"):
            counts = count(language, part, load_tools(language=language), "-v" in arguments)
            for row in ("P", "O", "L", "T", "all", "span"):
                gold, met, ours, good = (counts[kind, row] for kind in ("gold", "met", "found", "right"))
                precision, recall = good / ours if ours else 0.0, met / gold if gold else 0.0
                f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
                figures = f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"
                print(f"{language} {part:4} {row:4} {figures}  gold {gold:3}  found {ours:3}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
