"""Treebanks → spaCy documents: multiword tokens joined, labels of several treebanks made alike."""

from __future__ import annotations

import lzma
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.morphology import tag_words


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a tree; ``head`` is an index in the sentence, its own for the root."""

    form: str
    lemma: str
    upos: str
    feats: str
    head: int
    deprel: str
    space: bool = True


Sentence = tuple[Word, ...]


def open_text(path: Path) -> Iterator[str]:
    """The lines of a text file, packed by xz or not."""
    if path.suffix == ".xz":
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            yield from lines
    else:
        with path.open(encoding="utf-8") as lines:
            yield from lines


def blocks(lines: Iterable[str]) -> Iterator[list[list[str]]]:
    """The tab-separated rows of each block between empty lines, comments left out."""
    rows: list[list[str]] = []
    for line in lines:
        text = line.rstrip("\n")
        if not text.strip():
            if rows:
                yield rows
            rows = []
        elif not text.startswith("#") or text.count("\t") >= 9:
            rows.append(text.split("\t"))
    if rows:
        yield rows


def read_conllu(path: Path) -> list[Sentence]:
    """All sentences of a CoNLL-U file."""
    return [sentence(rows) for rows in blocks(open_text(path))]


def sentence(rows: Sequence[Sequence[str]]) -> Sentence:
    """One sentence; a multiword token (``am``) becomes one word, with its first part's place.

    A multiword token whose parts are its letters (``don't``) is taken as its parts.
    """
    units: list[tuple[str, list[Sequence[str]], bool]] = []
    joined: dict[int, int] = {}
    forms = {row[0]: row[1] for row in rows}
    space: dict[int, bool] = {}
    for row in rows:
        glued = "SpaceAfter=No" in row[9]
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            whole = "".join(forms[str(i)] for i in range(first, last + 1)) != row[1]
            for i in range(first, last + 1):
                joined |= {i: first} if whole else {}
                space[i] = not glued if whole or i == last else False
            if whole:
                units.append((row[1], [], not glued))
        elif row[0].isdigit() and int(row[0]) in joined:
            units[-1][1].append(row)
        elif row[0].isdigit():
            units.append((row[1], [row], space.get(int(row[0]), not glued)))
    place = {part[0]: i for i, (_, inner, _) in enumerate(units) for part in inner}
    return tuple(_join(unit, i, place) for i, unit in enumerate(units))


def _join(unit: tuple[str, list[Sequence[str]], bool], index: int, place: dict[str, int]) -> Word:
    """Make one word of the rows of a unit: outer attachment of the first row, features of all."""
    form, inner, space = unit
    outer = [row for row in inner if place.get(row[6], -1) != index] or [inner[0]]
    row = outer[0]
    feats = next((r[5] for r in reversed(inner) if r[5] != "_"), "")
    head = index if row[6] == "0" else place[row[6]]
    return Word(form, row[2], row[3], feats, head, row[7], space)


GSD_LABELS = {
    "acl:relcl": "acl",
    "obl:tmod": "obl",
    "flat:name": "flat",
    "nmod:poss": "nmod",
    "cc:preconj": "cc",
    "csubj:pass": "csubj",
    "expl:pv": "expl",
    "nsubj:outer": "nsubj",
    "iobj": "obl:arg",
}


def like_gsd(words: Sentence) -> Sentence:
    """Rename the relations that GSD doesn't use."""
    return tuple(replace(w, deprel=GSD_LABELS.get(w.deprel, w.deprel)) for w in words)


def like_ewt(words: Sentence) -> Sentence:
    """EWT and GUM share their labels."""
    return words


GSD_UPOS = {("ADJ(D)", "ADV"): "ADJ", ("KOUI", "SCONJ"): "ADP", ("PIS", "NOUN"): "PRON", ("TRUNC", "X"): "NOUN"}
DETERMINERS = ("dies", "kein", "jed", "jen", "all", "manch", "solch", "welch", "beid", "einig")


def like_new_gsd(words: Sentence) -> Sentence:
    """Bring the older labels of GSD train (PARSEME 1.1) to the conventions of GSD 2.16."""
    found = []
    for w in words:
        low = w.form.lower()
        upos = w.upos
        if w.deprel == "cop" or (w.upos == "VERB" and w.deprel in {"aux", "aux:pass"}):
            upos = "AUX"
        elif w.upos == "PRON" and (w.deprel == "det:poss" or (w.deprel == "det" and low.startswith(DETERMINERS))):
            upos = "DET"
        found.append(replace(w, upos=upos))
    return other_as_gsd(tuple(found))


def other_as_gsd(words: Sentence) -> Sentence:
    """Tag and label as GSD 2.16 does where another treebank systematically doesn't.

    Found by comparing what the treebanks say of words with the same HanTa tag: adverbial
    adjectives (``schnell``) are ADJ in GSD, ADV in PUD; ``als`` and ``wie`` before a comparison
    are case; ``um … zu`` has an ADP; a lone ``es`` is the subject.
    """
    subjects = {w.head for w in words if w.deprel.startswith(("nsubj", "csubj"))}
    tags = tag_words([w.form for w in words])
    return tuple(_one_as_gsd(w, tag, w.head in subjects) for w, tag in zip(like_gsd(words), tags, strict=True))


def _one_as_gsd(w: Word, tag: str, other_subject: bool) -> Word:
    low = w.form.lower()
    if low in {"als", "wie"} and w.upos in {"CCONJ", "SCONJ"} and w.deprel in {"cc", "case"}:
        return replace(w, upos="ADP" if low == "als" else "CCONJ", deprel="case")
    if low == "es" and w.deprel == "expl" and not other_subject:
        return replace(w, deprel="nsubj")
    if low == "das" and w.upos == "DET" and w.deprel != "det":
        return replace(w, upos="PRON")
    upos = GSD_UPOS.get((tag, w.upos), w.upos)
    return replace(w, upos="ADP" if (w.upos, w.deprel) == ("SCONJ", "case") else upos)


STYLES = {
    "de": (("„", "“"), ("»", "«"), ("«", "»"), ('"', '"'), ("“", "”"), ("``", "''"), ("'", "'")),
    "en": (("“", "”"), ('"', '"'), ("``", "''"), ("‘", "’"), ('"', '"')),
}
OPENING = {"de": {"``", "„", "»"}, "en": {"``", "“"}}
CLOSING = {"de": {"''", "“", "«", "”"}, "en": {"''", "”"}}


def requote(words: Sentence, choice: random.Random, language: str = "de") -> Sentence:
    """Write the quotation marks of a sentence in another style."""
    first, last = choice.choice(STYLES[language])
    found = []
    opened = False
    for w in words:
        if w.form in OPENING[language] or (w.form == '"' and not opened):
            found.append(replace(w, form=first, lemma=first, space=False))
            opened = True
        elif w.form in CLOSING[language] or w.form == '"':
            found.append(replace(w, form=last, lemma=last))
            opened = False
        else:
            found.append(w)
    return tuple(found)


def headline(words: Sentence) -> Sentence:
    """Drop the full stop at the end."""
    if len(words) > 2 and words[-1].form in {".", "!"} and words[-1].head != len(words) - 1:
        return (*words[:-2], replace(words[-2], space=True))
    return words


def to_doc(vocab: Vocab, group: Sequence[Sentence]) -> Doc:
    """One gold document of some sentences in a row."""
    words = [w for s in group for w in s]
    starts: list[bool | int | None] = [i == 0 for s in group for i in range(len(s))]
    offset = [k for s, k in zip(group, _offsets(group), strict=True) for _ in s]
    spaces = [w.space for w in words]
    for end in (k + len(s) - 1 for s, k in zip(group, _offsets(group), strict=True)):
        spaces[end] = True
    return Doc(
        vocab,
        words=[w.form for w in words],
        spaces=spaces,
        pos=[w.upos for w in words],
        morphs=[w.feats.replace("_", "") if w.feats == "_" else w.feats for w in words],
        lemmas=[w.lemma for w in words],
        heads=[w.head + k for w, k in zip(words, offset, strict=True)],
        deps=["ROOT" if w.deprel == "root" else w.deprel for w in words],
        sent_starts=starts,
    )


def as_tokenized(words: Sentence, tokenize: Callable[[str], Doc]) -> Sentence:
    """Join the words that spaCy's tokenizer leaves whole: ``EU - Staaten`` → ``EU-Staaten``.

    The joined word gets the place and annotation of its head. Words that the tokenizer cuts stay.
    """
    text, ends = "", [0]
    for w in words:
        text += w.form
        ends.append(len(text))
        text += " " if w.space else ""
    starts = [end - len(w.form) for w, end in zip(words, ends[1:], strict=True)]
    cuts = {token.idx for token in tokenize(text.rstrip())}
    group: list[int] = []
    for i, start in enumerate(starts):
        group.append(i if i == 0 or start in cuts or words[i - 1].space else group[-1])
    place = {first: n for n, first in enumerate(dict.fromkeys(group))}
    found = []
    for first, number in place.items():
        inner = [i for i in range(len(words)) if group[i] == first]
        core = words[min(inner, key=lambda i: depth(words, i))]
        head = place[group[core.head]] if core.deprel != "root" else number
        form = "".join(words[i].form for i in inner)
        last = words[inner[-1]]
        base = form[: len(form) - len(last.form)] + (last.lemma if last.upos != "PUNCT" else last.form)
        joined = replace(core, form=form, lemma=base, head=head, space=last.space)
        found.append(joined if len(inner) > 1 else replace(core, head=head))
    return tuple(found)


def depth(words: Sentence, index: int) -> int:
    """How many arcs lie between a word and the root."""
    steps = 0
    while words[index].head != index and steps <= len(words):
        index, steps = words[index].head, steps + 1
    return steps


def _offsets(group: Sequence[Sentence]) -> list[int]:
    """Where each sentence of a group starts."""
    found = [0]
    for s in group[:-1]:
        found.append(found[-1] + len(s))
    return found


def in_groups(sentences: Sequence[Sentence], sizes: Callable[[], int]) -> Iterator[list[Sentence]]:
    """Cut a row of sentences into groups of varying size."""
    start = 0
    while start < len(sentences):
        step = sizes()
        yield list(sentences[start : start + step])
        start += step


CLOSED = frozenset({"DET", "PRON", "ADP", "AUX", "SCONJ", "CCONJ", "PART", "NUM"})


def lemma_table(sentences: Iterable[Sentence]) -> dict[str, str]:
    """The lemmas of the closed classes as the trees have them: ``{"ADP zum": "zu"}``."""
    counts: dict[str, Counter[str]] = {}
    for words in sentences:
        for w in words:
            if w.upos in CLOSED and w.form.isalpha() and w.lemma != "_":
                counts.setdefault(f"{w.upos} {w.form.lower()}", Counter())[w.lemma] += 1
    best = {key: count.most_common(1)[0] for key, count in counts.items()}
    return {key: found for key, (found, n) in best.items() if n > 1}
