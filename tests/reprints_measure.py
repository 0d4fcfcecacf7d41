"""How much of a print stands in another one, and how much two reports by different hands share:
python -m tests.reprints_measure [WORDS …]

Prints are made of the articles of ``seeds/`` and the longer texts of ``tests/gold`` as houses make them of an agency's
text. Pairs that are no prints are all articles of the same language there, and pairs of reports in
``tests/reprints/reports.toml``, each by two hands on the same facts, with the same quotes and the same press release
before them. A later version of a running story has a share of paragraphs of its own.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

from kg import articles, gold, reprints
from kg.ontology import load_ontology
from kg.records import Article
from kg.reprints import Hashes, containment, same_text, shingles, signatures

ROOT = Path(__file__).parent.parent
REPORTS = ROOT / "tests" / "reprints" / "reports.toml"
LONG = 80  # words of a text that is worth printing

Pair = tuple[str, str]


def texts() -> dict[str, list[str]]:
    """Language → the paragraphs of each article that is long enough."""
    read = [item for item in articles.read([ROOT / "seeds" / "de", ROOT / "seeds" / "en"]) if isinstance(item, Article)]
    read += [one.article for one in gold.read_gold([ROOT / "tests" / "gold"], load_ontology(()))]
    found: dict[str, list[str]] = {"de": [], "en": []}
    for article in read:
        body = "\n".join(article.text[b.start : b.end] for b in article.blocks if b.kind == "paragraph")
        if len(body.split()) >= LONG:
            language = article.language or ("de" if re.search(r"\b(der|und|nicht)\b", body) else "en")
            found[language].append(body)
    return {language: list(dict.fromkeys(bodies)) for language, bodies in found.items()}


def reports() -> list[Pair]:
    """Two reports on the same facts by different hands."""
    return [(pair["one"], pair["other"]) for pair in tomllib.loads(REPORTS.read_text(encoding="utf-8"))["pair"]]


def sentences(body: str) -> list[str]:
    return re.split(r"(?<=[.!?“\"])\s+", body)


def cut(share: float) -> Callable[[str, str], str]:
    """The first part of a text, by words."""
    return lambda body, _: " ".join(body.split()[: max(1, round(len(body.split()) * share))])


def first_sentence(body: str, other: str) -> str:
    return " ".join([sentences(other)[0], *sentences(body)[1:]])


def agency(body: str, _: str) -> str:
    return f"FRANKFURT (Nordpress) – {body} (np/hk/red)"


def quotes(body: str, _: str) -> str:
    return re.sub('[„“”"]', "'", body).replace("–", "-")


def every(number: int, change: Callable[[str], str]) -> Callable[[str, str], str]:
    """Every so-manieth word changed."""
    return lambda body, _: " ".join(
        change(word) if place % number == number // 2 else word for place, word in enumerate(body.split())
    )


def typo(word: str) -> str:
    return word[:1] + word[2:3] + word[1:2] + word[3:] if len(word) > 3 else word


def other_word(word: str) -> str:
    return word[::-1] + "x"


def without_middle(body: str, _: str) -> str:
    parts = sentences(body)
    third = max(1, len(parts) // 3)
    return " ".join([*parts[:third], *parts[2 * third :]])


def with_own(share: float) -> Callable[[str, str], str]:
    """As many words of another text after it."""
    return lambda body, other: f"{body} {' '.join((other.split() * 4)[: round(len(body.split()) * share)])}"


def in_turn(*changes: Callable[[str, str], str]) -> Callable[[str, str], str]:
    def all_of(body: str, other: str) -> str:
        for change in changes:
            body = change(body, other)
        return body

    return all_of


PRINTS: dict[str, Callable[[str, str], str]] = {
    "the same text": lambda body, _: body,
    "agency's mark, credits at the end": agency,
    "other quotation marks and dashes": quotes,
    "one letter in 30 words mended": every(30, typo),
    "another first sentence": first_sentence,
    "without a third in the middle": without_middle,
    "cut to a half": cut(0.5),
    "cut to a quarter": cut(0.25),
    "a third of its own at the end": with_own(0.33),
    "as much of its own at the end": with_own(1.0),
    "one word in 20 replaced": every(20, other_word),
    "one word in 10 replaced": every(10, other_word),
    "cut to a half, first sentence, mark, one word in 20": in_turn(
        cut(0.5), first_sentence, agency, every(20, other_word)
    ),
    "cut to a third, first sentence, quotes, own third": in_turn(cut(0.33), first_sentence, quotes, with_own(0.33)),
}
VERSIONS = {share: share for share in (0.25, 0.4, 0.5, 0.6, 0.75)}


def version(body: str, other: str, new: float) -> str:
    """As long as a text, of which a share is new and comes first, as in a running story."""
    words, fresh = body.split(), (other.split() * 4)
    return " ".join([*fresh[: round(len(words) * new)], *words[: round(len(words) * (1 - new))]])


def pairs(bodies: Sequence[str], change: Callable[[str, str], str]) -> Iterator[Pair]:
    for number, body in enumerate(bodies):
        yield body, change(body, bodies[(number + 1) % len(bodies)])


def found_by_bands(made: Sequence[tuple[Hashes, Hashes]]) -> int:
    """How many pairs signatures bring together."""
    rows = signatures(text for pair in made for text in pair)
    return sum(1 for i in range(len(made)) if reprints.likely(rows[2 * i], rows[2 * i + 1]))


def row(name: str, given: Sequence[Pair], words: int) -> None:
    made = [(shingles(a, [(0, len(a))], words), shingles(b, [(0, len(b))], words)) for a, b in given]
    shares = np.array([containment(*pair) for pair in made])
    joined = sum(same_text(*pair) for pair in made)
    print(
        f"{name:<54}{len(made):>6}{shares.min():>8.2f}{np.median(shares):>8.2f}{shares.max():>8.2f}"
        f"{joined:>8}{found_by_bands(made):>8}"
    )


def main(asked: Sequence[str]) -> None:
    bodies = texts()
    for words in map(int, asked or [str(reprints.WORDS)]):
        print(f"\nruns of {words} words: the share of the shorter text that stands in the other")
        print(f"{'':<54}{'pairs':>6}{'least':>8}{'median':>8}{'most':>8}{'joined':>8}{'likely':>8}")
        for name, change in PRINTS.items():
            row(name, [pair for some in bodies.values() for pair in pairs(some, change)], words)
        for new in VERSIONS:
            made = [
                (body, version(body, some[(number + 1) % len(some)], new))
                for some in bodies.values()
                for number, body in enumerate(some)
            ]
            row(f"a later version, {new:.0%} of it new", made, words)
        row("no prints: reports by two hands on the same facts", reports(), words)
        row(
            "no prints: articles of one language", [p for some in bodies.values() for p in combinations(some, 2)], words
        )


if __name__ == "__main__":
    main(sys.argv[1:])
