"""Graphs to look at: one that was made up by hand after real kinds of news, and generated ones of any size."""

from __future__ import annotations

import random
import re
from pathlib import Path
from urllib.parse import quote

import networkx as nx

from kg.namespaces import ENTITY
from kg.records import PLAIN, Explanation

LABELS = {
    "partnersWith": "partners with", "acquires": "acquires", "supplies": "supplies", "basedIn": "based in",
    "operatesIn": "operates in", "locatedIn": "located in", "founded": "founded", "leads": "leads",
    "worksFor": "works for", "develops": "develops", "uses": "uses", "restricts": "restricts",
    "subsidiaryOf": "subsidiary of", "accuses": "accuses", "warnsAgainst": "warns against", "sues": "sues",
    "urges": "urges", "approves": "approves", "fines": "fines", "meetsWith": "meets with", "visits": "visits",
    "negotiatesWith": "negotiates with", "criticizes": "criticizes", "investigates": "investigates",
    "competesWith": "competes with", "memberOf": "member of", "allyOf": "ally of", "supports": "supports",
}  # fmt: skip
SYMMETRIC = {"partnersWith", "meetsWith", "negotiatesWith", "competesWith", "allyOf"}
ROLES = {"s": "subject", "p": "predicate", "o": "object"}


def rows(name):
    """The lines of a table in the folder ``news`` beside this file."""
    text = (Path(__file__).parent / "news" / name).read_text(encoding="utf-8")
    return [re.split(r"\s*\|\s*", line.strip()) for line in text.splitlines() if not line.startswith("#")]


def marked(sentence):
    """'{s:Huawei} wächst' → the sentence and its marks."""
    text, marks = "", []
    for role, word, rest in re.findall(r"\{([spo]):([^}]*)\}|([^{]+)", sentence):
        if role:
            marks.append((len(text), len(text) + len(word), ROLES[role]))
        text += word or rest
    return text, tuple(marks)


def explanation(subject, name, obj, sentence, *, status="asserted", date="2019-06-06", by=None, confidence=0.9, **more):
    quote, marks = marked(sentence)
    given = {"article_id": f"bericht-{date}", "article_title": f"Bericht vom {date}", "url": None, "reasons": ()} | more
    return Explanation(
        subject=subject, property=name, object=obj, status=status, confidence=confidence, quote=quote, marks=marks,
        date=date, attributed_to=by, **given,
    )  # fmt: skip


def graph_of(entities, explanations, labels=LABELS):
    """What ``graphs.to_networkx`` makes of a store that holds these explanations."""
    graph = nx.MultiDiGraph()
    for label, kind, aliases in entities:
        iri = ENTITY + quote(label.lower().replace(" ", "-"), errors="replace")
        graph.add_node(iri, label=label, type=kind, aliases=aliases, iri=iri, weight=0)
    iris = {data["label"]: iri for iri, data in graph.nodes(data=True)}
    for one in explanations:
        start, end = iris[one.subject], iris[one.object]
        group = "plain" if one.status in PLAIN else one.status
        key = f"{one.property}/{group}"
        if not graph.has_edge(start, end, key):
            graph.add_edge(
                start, end, key, property=one.property, label=labels.get(one.property, one.property), status=one.status,
                symmetric=one.property in SYMMETRIC, weight=0, confidence=one.confidence, first_date=one.date,
                last_date=one.date,
            )  # fmt: skip
        edge = graph.edges[start, end, key]
        edge["weight"] += 1
        edge["confidence"] = max(edge["confidence"], one.confidence)
        edge["first_date"], edge["last_date"] = min(edge["first_date"], one.date), max(edge["last_date"], one.date)
        for iri in (start, end):
            graph.nodes[iri]["weight"] += 1
    return graph


def news(first=None):
    """The made-up graph with its evidence; ``first`` keeps only that many statements and their entities."""
    found = []
    for index, (subject, name, obj, status, date, by, sentence) in enumerate(rows("statements.txt")[:first]):
        found.append(
            explanation(
                subject,
                name,
                obj,
                sentence,
                status=status,
                date=date,
                by=by or None,
                confidence=round(0.72 + (index * 7 % 26) / 100, 2),
                url=f"https://blatt.example/{date}",
                reasons=(f"„{subject}“ steht so im Verzeichnis der Namen",),
            )
        )
    used = {one.subject for one in found} | {one.object for one in found}
    return graph_of([row for row in rows("entities.txt") if row[0] in used], found), found


def generated(count, seed=1, each=1.6):
    """A graph of ``count`` nodes with about ``each`` statements each, hubs and all, like a week of news."""
    chance = random.Random(seed)
    given = rows("entities.txt")
    entities = [
        (f"{given[i % len(given)][0]} {i // len(given) + 1}".removesuffix(" 1"), given[i % len(given)][1], "")
        for i in range(count)
    ]
    names = sorted(LABELS)
    found, ends = [], [0, 1]
    for index in range(1, count):
        for _ in range(int(each) + (chance.random() < each % 1)):
            target = chance.choice(ends) if chance.random() < 0.75 else chance.randrange(index)
            if target == index:
                continue
            ends += [index, target]
            subject, obj, name = entities[index][0], entities[target][0], chance.choice(names)
            found.append(
                explanation(
                    subject,
                    name,
                    obj,
                    f"{{s:{subject}}} {{p:hat}} mit {{o:{obj}}} {{p:zu tun}}, heißt es im {index}. Bericht.",
                )
            )
    return graph_of(entities, found), found
