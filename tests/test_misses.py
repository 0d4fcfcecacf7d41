"""Why a gold statement was missed: hand-made clauses, frames and links, one for each cause."""

from dataclasses import replace

import pytest
from handmade import CHINA, HUAWEI, MTS, ONTOLOGY, article

from kg.fillers import ParsedSentence
from kg.frame_records import Frame, Frames
from kg.gold import GoldText, GoldTriple
from kg.matching import matcher
from kg.misses import Trace, why_missed
from kg.ontology import Gazetteer
from kg.records import Argument, Clause, Link, Mention, Sentence, Token
from kg.trees import Tree

NO_NAMES = Gazetteer({}, "")
FRAMES = Frames(
    "de",
    (
        Frame("partnersWith", "verb", "kooperieren", "", "subject", "oblique:mit", "Company", "Company"),
        Frame(
            "partnersWith", "verb", "treffen", "", "subject", "oblique:mit", "Company", "Company", (("object", "Pakt"),)
        ),
    ),
    (),
)
WORDS = "Huawei tut etwas mit MTS".split()
ROW = GoldTriple("Huawei", "partnersWith", "MTS", "asserted")


def sentence(number=0):
    tokens, start = [], 0
    for index, word in enumerate(WORDS):
        tokens.append(Token(index, start, start + len(word), word, word, "X", "", 1, "root" if index == 1 else "dep"))
        start += len(word) + 1
    return Sentence(number, 0, start - 1, "paragraph", tuple(tokens), ())


def link(name, sentence, head):
    entity = {"Huawei": HUAWEI, "MTS": MTS, "China": CHINA}[name]
    return Link(Mention(sentence, 0, len(name), name, "name", entity.type, head), entity.iri, "", 1.0)


def clause(predicate, *arguments):
    return Clause(0, "verb", predicate, 1, (1,), tuple(Argument(role, head) for role, head in arguments))


def miss(clauses=(), links=(("Huawei", 0, 0), ("MTS", 0, 4)), mentions=(), row=ROW, trace=True):
    reading = replace(
        article("a", ["{s:Huawei} {p:tut} etwas mit {o:MTS}."], (HUAWEI, MTS, CHINA)),
        statements=(),
        links=tuple(link(*one) for one in links),
    )
    gold = GoldText(reading.article, (row,), (), (), (), (), "probe")
    found = matcher(gold, reading, ONTOLOGY, NO_NAMES)
    parsed = tuple(ParsedSentence(Tree(sentence(n)), tuple(clauses) if n == 0 else ()) for n in range(2))
    given = (lambda: Trace(tuple(mentions), parsed, FRAMES)) if trace else None
    return why_missed(found, row, {}, given)


SUBJECT, WITH_MTS = ("subject", 0), ("oblique:mit", 4)


@pytest.mark.parametrize(
    ("clauses", "cause", "reason"),
    [
        ([], "no clause", "both are in a sentence, but in no clause together"),
        ([clause("kooperieren", SUBJECT)], "no clause", "both are in a sentence, but in no clause together"),
        ([clause("schlafen", SUBJECT, WITH_MTS)], "no frame", "no frame of partnersWith for “schlafen”"),
        (
            [clause("kooperieren", SUBJECT, ("object", 4))],
            "wrong argument",
            "“kooperieren”: MTS is object, the frame wants oblique:mit",
        ),
        (
            [clause("kooperieren", ("object", 0), WITH_MTS)],
            "wrong argument",
            "“kooperieren”: Huawei is object, the frame wants subject",
        ),
        (
            [clause("treffen", SUBJECT, WITH_MTS)],
            "no frame",
            "the frames of partnersWith for “treffen” match only with object=Pakt",
        ),
        # of two clauses, the one that is nearer to stating it
        (
            [clause("schlafen", SUBJECT, WITH_MTS), clause("kooperieren", SUBJECT, ("object", 4))],
            "wrong argument",
            "“kooperieren”: MTS is object, the frame wants oblique:mit",
        ),
    ],
)
def test_the_clauses_tell_the_cause(clauses, cause, reason):
    assert miss(clauses) == (cause, reason)


def test_what_was_left_open_beside_one_of_them_is_named():
    loose = Mention(1, 40, 51, "der Konzern", "description", "Company", 2)
    apart = (("Huawei", 0, 0), ("MTS", 1, 4))
    assert miss(links=apart) == ("no clause", "no sentence speaks of both")
    assert miss(links=apart, mentions=[loose]) == (
        "no clause",
        "no sentence speaks of both; left open beside one of them: “der Konzern”",
    )


def test_without_clauses_the_frames_are_to_blame():
    assert miss(trace=False) == ("no frame", "no frame matched")


def test_a_name_found_nowhere():
    row = GoldTriple("Nokia", "partnersWith", "MTS", "asserted")
    assert miss(row=row) == ("no mention", "no mention of Nokia was found")
