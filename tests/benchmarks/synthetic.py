"""Synthetic articles for timing: runs of sentences of seeds/ in new company, always the same ones.

What they say together makes no sense, but each run of sentences is news as it was written, so that
names, coreference and frames have their usual work.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kg import articles
from kg.records import Article

SEEDS: Final = Path(__file__).parent.parent.parent / "seeds"
RUNS: Final = 4
"""Paragraphs of an article; four of three sentences are about as long as an article of seeds/."""
SENTENCES: Final = 3

_CUT: Final = re.compile(r"(?<=[.!?…])[\"“”»«]*\s+(?=[A-ZÄÖÜ„“\"»])")


def sentences(article: Article) -> list[str]:
    """The sentences of an article's paragraphs, cut at stops before a capital."""
    found = []
    for block in article.blocks:
        if block.kind == "paragraph":
            found += [part for part in _CUT.split(article.text[block.start : block.end]) if part]
    return found


def synthetic(number: int, folder: Path = SEEDS, runs: int = RUNS) -> Iterator[Article]:
    """So many articles, languages mixed as in the folder; the first hundred of a thousand are those of a hundred."""
    read = [item for item in articles.read([folder]) if isinstance(item, Article)]
    by_language: dict[str, list[list[str]]] = {}
    order = []
    for article in read:
        parts = sentences(article)
        language = article.language or Path(article.source or "").parent.name
        if len(parts) >= SENTENCES:
            by_language.setdefault(language, []).append(parts)
            order.append(language)
    for place in range(number):
        chance = random.Random(place)
        language = order[place % len(order)]
        paragraphs = []
        for parts in chance.sample(by_language[language], runs):
            first = chance.randrange(len(parts) - SENTENCES + 1)
            paragraphs.append(" ".join(parts[first : first + SENTENCES]))
        yield articles.from_text("\n\n".join(paragraphs), id=f"synthetic-{place}", language=language)
