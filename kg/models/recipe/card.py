"""The model card and the scores that stand beside a bundled pipeline."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Scores = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """Data that a pipeline was trained or measured on."""

    name: str
    use: str
    licence: str


GERMAN = (
    Source("UD_German-GSD 2.16, test part (977 sentences)", "trees", "CC BY-SA 4.0"),
    Source("UD_German-GSD train, sentences 1501–1868 in PARSEME 1.1", "trees", "CC BY-SA 4.0"),
    Source("UD_German-PUD (1,000 sentences)", "trees", "CC BY-SA 3.0"),
    Source("GermEval 2014, test part (5,100 sentences)", "names", "CC BY 4.0"),
    Source("Korpus-Plenarprotokolle (Bundestag)", "names, first stage", "Apache-2.0"),
    Source("DFKI MobIE, DFKI SmartData (train and dev)", "names, first stage", "CC BY 4.0"),
    Source("German LER (a sample)", "names, first stage", "CC BY 4.0"),
    Source("Universal NER, German PUD", "names, first stage", "CC BY-SA 4.0"),
    Source("German Wikipedia and Klexikon text", "vectors", "CC BY-SA"),
    Source("LanguageTool german-pos-dict", "table of forms, name lists", "CC BY-SA 4.0"),
    Source(
        "newscrawl sentences of PARSEME 1.1, as raw text", "trees and names, labelled by earlier stages", "research"
    ),
    Source("Wikipedia and SmartData sentences", "trees and names, labelled by earlier stages", "see above"),
)
ENGLISH = (
    Source("UD_English-EWT 2.16, train part", "trees", "CC BY-SA 4.0"),
    Source("GUM, the genres with open text", "trees", "CC BY 4.0"),
    Source("Universal NER, EWT train part", "names", "CC BY-SA 4.0"),
    Source("WikiGold", "names", "CC BY 4.0"),
    Source("GUM, mentions cut down to names", "names, first stage", "CC BY 4.0"),
    Source("US census names (package names)", "name lists", "public domain"),
)
BOTH = (
    Source("our own news sentences, `kg/models/recipe/news`: train halves", "trees and names", "MIT, as kg"),
    Source("mledoze/countries, dr5hn/countries-states-cities-database", "name lists", "ODbL 1.0"),
    Source("i18n-nationality", "name lists", "MIT"),
    Source("osmlab/name-suggestion-index", "name lists", "BSD-3"),
    Source("spacy-lookups-data, Brown clusters", "a feature (English: for names)", "MIT"),
    Source("HanTa and its models", "tags and lemmas, at run time", "LGPL-3"),
)
DATA = {"de": GERMAN + BOTH, "en": ENGLISH + BOTH}
MEASURED = {
    "de": "UD_German-GSD 2.16 dev (799 sentences) and GermEval 2014 dev (2,200 sentences)",
    "en": "UD_English-EWT 2.16 dev (2,001 sentences) and Universal NER on English PUD (1,000)",
}
LANGUAGE = {"de": "German", "en": "English"}


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> list[str]:
    """The lines of a Markdown table."""
    names = list(head)
    lines = ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
    return lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]


def card(language: str, scores: Scores, steps: Iterable[tuple[str, str]], limits: Iterable[str]) -> str:
    """The text of ``MODEL_CARD.md``."""
    trees, fives, ours = scores["trees"], scores["trees_in_fives"], scores["trees_of_news"]
    speed = scores["words_per_second"]
    share = speed["warm"] / speed["features"]
    rows = [(name, trees[name], fives.get(name, "–"), ours.get(name, "–")) for name in trees]
    names, named = scores["names"], scores["names_of_news"]
    none = dict.fromkeys(("p", "r", "f1", "gold"), "–")
    lines = [
        f"# Bundled {LANGUAGE[language]} pipeline",
        "",
        "Written by `python -m kg.models.recipe.train`; don't edit.",
        "",
        "`spacy.load` reads this folder once `kg` is installed (its entry points name the two",
        f"components `kg_morphology` and `kg_lemmatizer`). CPU only, {scores['bytes'] / 1e6:.1f} MB.",
        "",
        f"Speed, words a second of CPU time on one core: {speed['warm']:,} with warm caches,",
        f"{speed['cold']:,} while HanTa meets each word for the first time. The added features alone run",
        f"at {speed['features']:,} (warm), so they cost {share:.0%} of the time; a blank tokenizer at",
        f"{speed['blank']:,}, {speed['blank'] / speed['warm']:.0f} times as fast as all.",
        "",
        "## Scores",
        "",
        f"Measured on {MEASURED[language]},",
        "which no training saw. Words are spaCy's: where its",
        "tokenizer joins several treebank words, the joined word counts once. UAS and LAS leave",
        "punctuation out unless said otherwise. The second column is measured on documents of five",
        "sentences in a row, so that sentence boundaries must be found; the third on our own news",
        "sentences, the half of them that is held back.",
        "",
        *table(("measure", "sentence by sentence", "five in a row", "own news"), rows),
        "",
        "Names, exact spans; and on our own news sentences that are held back:",
        "",
        *table(
            ("label", "precision", "recall", "F1", "gold", "F1 on own news", "gold there"),
            (
                (k, v["p"], v["r"], v["f1"], v["gold"], own.get("f1", "–"), own.get("gold", "–"))
                for k, v, own in ((k, names.get(k, none), named.get(k, {})) for k in {**names, **named})
            ),
        ),
        "",
        "## What each step gave",
        "",
        *table(("step", "effect"), steps),
        "",
        "## Data",
        "",
        *table(("source", "for", "licence"), ((s.name, s.use, s.licence) for s in DATA[language])),
        "",
        "The weights are derived from data under CC BY-SA; take them as CC BY-SA 4.0. The name",
        "table in `kg_morphology/` is under ODbL 1.0 and CC BY-SA 4.0 as its first lines say.",
        "",
        "## Limits",
        "",
        *(f"- {limit}" for limit in limits),
    ]
    return "\n".join(lines) + "\n"


def write(folder: Path, language: str, scores: Scores, notes: Path) -> None:
    """Write ``MODEL_CARD.md`` and ``scores.json``; ``notes`` holds the steps and limits."""
    told = json.loads(notes.read_text(encoding="utf-8"))[language]
    text = card(language, scores, told["steps"], told["limits"])
    (folder / "MODEL_CARD.md").write_text(text, encoding="utf-8")
    dump = json.dumps(scores, ensure_ascii=False, indent=1)
    (folder / "scores.json").write_text(dump + "\n", encoding="utf-8")
