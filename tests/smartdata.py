"""Relations of DFKI SmartData, real German news: python -m tests.smartdata [--json]

Acquisition, Merger and OrganizationLeadership beside our acquires, mergesWith and leads, and what
befalls a company (Insolvency, Layoffs, Strike, SpinOff) beside our events with that company, on the
parts that may be developed on. Gold relations are taken whatever their status, as SmartData tells
no plan from a deed; what we found counts with any status but negated. Its own spans may be words
of a compound or a role ("Konzernchef"), so names match where one holds the other's words.
"""

from __future__ import annotations

import json
import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg import articles
from kg.pipeline import Tools, extract_article, load_tools
from kg.records import Extraction

DATA = Path(__file__).parent.parent.parent / "shared" / "data" / "de" / "smartdata"
ROLES = {
    "Acquisition": ("acquires", "buyer", "acquired"),
    "Merger": ("mergesWith", "old", "old"),
    "OrganizationLeadership": ("leads", "person", "organization"),
}
EVENTS = {"Insolvency": "company", "Layoffs": "company", "Strike": "company", "SpinOff": "parent"}
"""The class of an event, and the role of whom it happens to."""
AKIN = {
    "acquires": {"acquires", "owns"},
    "mergesWith": {"mergesWith"},
    "leads": {"leads", "appoints", "dismisses"},
    **{name: {name} for name in EVENTS},
}
"""What counts as found: owning 100 % of a firm is how "hat … gekauft" ends, and who is appointed leads."""
REVERSED = {"appoints", "dismisses"}

Pair = tuple[str, str, str]


def gold_pairs(record: dict[str, Any]) -> Iterator[Pair]:
    """The relations of a text that name both sides."""
    text = record["text"]
    for relation in record["relations"]:
        if (role := EVENTS.get(relation["type"])) is not None:
            whom = [text[a["start"] : a["end"]] for a in relation["args"] if a["role"] == role]
            yield from ((relation["type"], name, "") for name in whom)
        if relation["type"] not in ROLES:
            continue
        name, first, second = ROLES[relation["type"]]
        sides = {
            role: [text[a["start"] : a["end"]] for a in relation["args"] if a["role"] == role]
            for role in (first, second)
        }
        if first == second:
            olds = sides[first]
            yield from ((name, a, b) for i, a in enumerate(olds) for b in olds[i + 1 :])
        else:
            yield from ((name, a, b) for a in sides[first] for b in sides[second])


def words(name: str) -> set[str]:
    """The words of a name in lower case, a genitive -s and hyphens taken off."""
    found = {w.lower() for w in re.findall(r"\w+", name)}
    return {w[:-1] if w.endswith("s") and len(w) > 4 else w for w in found}


def alike(one: str, names: set[str]) -> bool:
    """Whether a name of the gold is one of an entity's: the words of one hold those of the other."""
    mine = words(one)
    return any(mine and (mine <= words(n) or words(n) <= mine) for n in names if words(n))


def found_pairs(extraction: Extraction) -> Iterator[tuple[str, set[str], set[str]]]:
    """Our statements of these relations, each side with all its names; an event by its class alone."""
    classes = {entity.iri: entity.type for entity in extraction.entities}
    spoken: dict[str, set[str]] = {}
    for link in extraction.links:
        spoken.setdefault(link.iri, set()).add(link.mention.text)
    for entity in extraction.entities:
        spoken.setdefault(entity.iri, set()).update((entity.label, *entity.aliases))
    seen = set()
    for s in extraction.statements:
        key = (s.property, s.subject, s.object)
        if s.status == "negated" or key in seen:
            continue
        seen.add(key)
        if s.property == "undergoes":
            yield classes[s.object], spoken[s.subject], set()
        else:
            yield s.property, spoken[s.subject], spoken[s.object]


def holds(gold: Pair, property_name: str, subject: set[str], target: set[str], akin: set[str]) -> bool:
    """Whether a statement of ours says what a gold relation says."""
    if property_name not in akin:
        return False
    name, one, other = gold
    if name in EVENTS:
        return alike(one, subject)
    if property_name in REVERSED:
        subject, target = target, subject
    straight = alike(one, subject) and alike(other, target)
    return straight or (name == "mergesWith" and alike(other, subject) and alike(one, target))


def count(part: str, tools: Tools, show: bool) -> Counter[tuple[str, str]]:
    """Gold, found and right by relation, for one part."""
    counts: Counter[tuple[str, str]] = Counter()
    with lzma.open(DATA / f"{part}.jsonl.xz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    for record in records:
        gold = set(gold_pairs(record))
        extraction = extract_article(articles.from_text(record["text"]), tools)
        ours = list(found_pairs(extraction))
        for pair in sorted(gold):
            got = any(holds(pair, *found, AKIN[pair[0]]) for found in ours)
            counts["gold", pair[0]] += 1
            counts["met", pair[0]] += got
            if show and not got:
                print(f"miss   {pair}")
        for name, subject, target in ours:
            if name not in AKIN:
                continue
            right = any(holds(pair, name, subject, target, AKIN[pair[0]] & {name}) for pair in gold)
            counts["found", name] += 1
            counts["right", name] += right
            if show and not right:
                print(f"beyond {name}: {min(subject)} → {min(target, default='')}")
    return counts


def main(arguments: list[str]) -> int:
    """Print precision and recall of each relation on both parts."""
    if not DATA.is_dir():
        print("SmartData is not here: it is no part of the repository")
        return 1
    tools = load_tools(language="de")
    table = {}
    relations = tuple(name for name in AKIN if name not in EVENTS)
    groups = {**{name: (name,) for name in AKIN}, "relations": relations, "events": tuple(EVENTS), "all": tuple(AKIN)}
    for part in ("train", "dev"):
        counts = count(part, tools, "-v" in arguments)
        for name, members in groups.items():
            gold, met, found, right = (
                sum(counts[kind, n] for n in members) for kind in ("gold", "met", "found", "right")
            )
            share = {"precision": right / found if found else None, "recall": met / gold if gold else None}
            share["f1"] = 2 * right * met / (right * gold + met * found) if right and met else None
            table[f"{part} {name}"] = share | {"gold": gold, "found": found}
    if "--json" in arguments:
        print(json.dumps(table, indent=1))
        return 0
    for name, row in table.items():
        shares = "  ".join(
            f"{k} {row[k]:.2f}" if row[k] is not None else f"{k} –" for k in ("precision", "recall", "f1")
        )
        print(f"{name:18} {shares}  gold {row['gold']:3}  found {row['found']:3}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
