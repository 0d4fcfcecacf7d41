"""Made-up news sentences with known trees, for constructions that the treebanks have seldom."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

PATTERNS = Path(__file__).with_name("templates.txt")
NO_SPACE_BEFORE = {".", ",", "“"}
CHOICE = re.compile(r"\[([^\]]+)\]")

Item = tuple[str, int, str]
"""A word, its head (an index in the sentence) and its relation."""


def patterns(path: Path = PATTERNS) -> list[list[Item]]:
    """The patterns of a file; heads counted from 0, the root its own head."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            rows = [item.split(":", 2) for item in line.split(" ")]
            found.append([(w, int(h) - 1 if h != "0" else i, r) for i, (w, h, r) in enumerate(rows)])
    return found


def fillers(names: Mapping[str, str]) -> dict[str, list[str]]:
    """Names by slot, from the table of names."""
    kinds = {"ORG": {"FIRM"}, "FIRST": {"VOR"}, "LAST": {"NAC"}, "TOWN": {"STD"}, "LAND": {"COU", "GEB"}}
    plain = {w: kind for w, kind in names.items() if not (w.endswith("s") and w[:-1] in names) and w.isalpha()}
    return {slot: sorted(w for w, kind in plain.items() if kind in wanted) for slot, wanted in kinds.items()}


def filled(pattern: Sequence[Item], names: Mapping[str, Sequence[str]], choice: random.Random) -> list[Item]:
    """One sentence of a pattern; a person's last name is put after the first, as its ``flat``."""
    place = [i + sum(w == "PER" for w, _, _ in pattern[:i]) for i in range(len(pattern))]
    found: list[Item] = []
    for word, head, relation in pattern:
        chosen = CHOICE.sub(lambda m: choice.choice(m[1].split("|")), word)
        if chosen == "PER":
            found.append((choice.choice(names["FIRST"]), place[head], relation))
            found.append((choice.choice(names["LAST"]), len(found) - 1, "flat"))
            continue
        for slot in ("ORG", "TOWN", "LAND"):
            chosen = chosen.replace(slot, choice.choice(names[slot])) if slot in chosen else chosen
        found.append((chosen, place[head], relation))
    return found


def to_doc(vocab: Vocab, items: Sequence[Item]) -> Doc:
    """A gold document with heads and relations only: features and parts of speech are not known."""
    words = [word for word, _, _ in items]
    after = [*words[1:], ""]
    return Doc(
        vocab,
        words=words,
        spaces=[w != "„" and nxt not in NO_SPACE_BEFORE for w, nxt in zip(words, after, strict=True)],
        heads=[head for _, head, _ in items],
        deps=["ROOT" if relation == "root" else relation for _, _, relation in items],
    )


def documents(vocab: Vocab, names: Mapping[str, str], each: int, seed: int = 11) -> Iterator[Doc]:
    """``each`` sentences of every pattern, alone, and half of them again in rows of three."""
    choice = random.Random(seed)
    slots = fillers(names)
    docs = [to_doc(vocab, filled(pattern, slots, choice)) for pattern in patterns() for _ in range(each)]
    yield from docs
    choice.shuffle(docs)
    for start in range(0, len(docs), 6):
        yield Doc.from_docs(docs[start : start + 3])
