"""Scores against gold files: what counts as right, and what is said about the rest."""

import json
from dataclasses import replace

import pytest
from handmade import CHINA, GOU_PING, HUAWEI, MTS, ONTOLOGY, RUSSLAND, USA, article, entity, iri, news

from kg import evaluation
from kg.errors import GoldError, LanguageError
from kg.gold import gold_files, read_gold
from kg.matching import name_key
from kg.ontology import Gazetteer, GazetteerEntry
from kg.records import Rejection

TEXT = """Huawei baut mit MTS. Die USA schränken Huawei ein. Huawei aus China freut sich."""

READING = article(
    "probe-1",
    [
        "partnersWith asserted|{s:MTS} {p:arbeitet} mit {o:Huawei}.",
        "restricts planned|Die {s:USA} {p:wollen} {o:Huawei} {p:ausschließen}.",
        "basedIn asserted|{s:Huawei} {p:aus} {o:China}.",
        "leads reported|{s:Gou Ping} {p:führt} {o:Huawei}.",
    ],
    (HUAWEI, MTS, CHINA, USA, GOU_PING, RUSSLAND),
)
GAZETTEER = Gazetteer(
    {
        iri("USA"): GazetteerEntry(
            iri("USA"), "USA", "Country", (("USA", None), ("Vereinigte Staaten", "de")), {"de": "USA"}, {}
        )
    },
    "",
)


def score(tmp_path, rows, reading=READING):
    path = tmp_path / "probe.gold.toml"
    path.write_text(f'[[text]]\ntext = "{TEXT}"\nlanguage = "de"\n{rows}', encoding="utf-8")

    def extract(given):
        return replace(reading, article=replace(reading.article, id=given.id))

    return evaluation.score([path], extract, ONTOLOGY, GAZETTEER)


def findings(result):
    return [(f.kind, f"{f.subject} {f.property} {f.object}".strip(), f.reason) for f in result.findings]


def test_plain_statements_are_counted(tmp_path):
    result = score(
        tmp_path,
        """statements = [
          ["Huawei", "partnersWith", "MTS", "reported"],
          ["Huawei Technologies AG", "basedIn", "China", "asserted"],
          ["Vereinigte Staaten", "restricts", "Huawei", "asserted"],
          ["Peking", "restricts", "Huawei", "asserted"],
        ]""",
    )
    assert (result.total.gold, result.total.predicted, result.total.correct) == (4, 3, 2)
    assert (result.total.precision, result.total.recall, result.total.f1) == (2 / 3, 1 / 2, 4 / 7)
    assert result.by_property["partnersWith"].f1 == 1
    assert result.by_property["leads"].recall is None
    assert result.by_language["de"] == result.total
    assert findings(result) == [
        ("wrong", "Gou Ping leads Huawei", "not in the gold"),
        ("miss", "Vereinigte Staaten restricts Huawei", "read as planned"),
        ("miss", "Peking restricts Huawei", "no mention of Peking was found"),
        ("status", "Huawei partnersWith MTS", "read as asserted"),
    ]
    assert result.findings[0].sentence == "Gou Ping führt Huawei."
    assert (result.statuses["reported"].found, result.statuses["reported"].right) == (1, 0)
    assert (result.statuses["asserted"].gold, result.statuses["asserted"].right) == (3, 1)


def test_optional_rows_are_neither_demanded_nor_wrong(tmp_path):
    result = score(tmp_path, 'optional = [["Gou Ping", "leads", "Huawei"], ["MTS", "basedIn", "Russland"]]')
    assert (result.total.gold, result.total.predicted) == (0, 2)


def test_a_legal_form_tells_two_companies_apart(tmp_path):
    parts = (entity("Alpha AG"), entity("Alpha GmbH"), MTS)
    reading = article("probe-1", ["partnersWith asserted|{s:Alpha AG} {p:arbeitet} mit {o:MTS}."], parts)
    rows = 'statements = [["Alpha AG", "partnersWith", "MTS", "asserted"]]\n'
    rows += 'never = [["Alpha GmbH", "partnersWith", "MTS"], ["Alpha SE", "partnersWith", "MTS"]]\n'
    result = score(tmp_path, f'{rows}apart = [["Alpha AG", "Alpha GmbH"]]', reading)
    assert (result.total.correct, result.traps_asserted, result.references_right) == (1, 1, 1)


def test_traps(tmp_path):
    result = score(
        tmp_path,
        """never = [
          ["Gou Ping", "leads", "Huawei"],
          ["China", "any", "Huawei"],
          ["USA", "restricts", "Huawei"],
          ["USA", "any", "MTS"],
        ]""",
    )
    assert (result.traps, result.traps_asserted) == (4, 2)
    assert [row for kind, row, _ in findings(result) if kind == "trap"] == [
        "Huawei basedIn China",
        "Gou Ping leads Huawei",
    ]


def test_other_statuses_are_wrong_as_plain_triples(tmp_path):
    result = score(
        tmp_path,
        """statements = [
          ["Huawei", "basedIn", "China", "negated"],
          ["Huawei", "leads", "Gou Ping", "asserted"],
          ["USA", "restricts", "MTS", "possible"],
          ["USA", "restricts", "Huawei", "possible"],
        ]""",
    )
    assert findings(result) == [
        ("wrong", "MTS partnersWith Huawei", "not in the gold"),
        ("wrong", "Huawei basedIn China", "the gold says negated"),
        ("wrong", "Gou Ping leads Huawei", "the wrong way round"),
        ("miss", "Huawei leads Gou Ping", "read the wrong way round"),
        ("status", "Huawei basedIn China", "read as asserted"),
        ("status", "USA restricts Huawei", "read as planned"),
        ("unread", "USA restricts MTS", "no frame matched"),
    ]


def test_a_thing_that_became_two_entities_counts_once(tmp_path):
    double = article(
        "probe-1",
        ["basedIn asserted|{s:Huawei} sitzt in {o:China}.", "basedIn asserted|{s:HTC=MTS} sitzt in {o:China}."],
        (HUAWEI, MTS, CHINA),
    )
    rows = 'statements = [["Huawei", "basedIn", "China", "asserted"]]\nsame = [["Huawei", "MTS"]]'
    result = score(tmp_path, rows, double)
    assert (result.total.predicted, result.total.correct) == (2, 1)
    assert [reason for kind, _, reason in findings(result) if kind == "wrong"] == [
        "two entities where the gold has one thing"
    ]


def test_rejections_explain_a_miss(tmp_path):
    rejected = replace(
        READING, rejections=(Rejection(0, 0, 5, "leads", "a Company cannot lead", iri("MTS"), iri("Huawei")),)
    )
    result = score(tmp_path, 'statements = [["MTS", "leads", "Huawei", "asserted"]]', rejected)
    assert ("miss", "MTS leads Huawei", "rejected: a Company cannot lead") in findings(result)


def test_names_of_one_thing_and_of_two(tmp_path):
    result = score(
        tmp_path,
        'same = [["Huawei", "Huawei Technologies", "MTS", "die Firma"]]\napart = [["Huawei", "MTS", "Gou Ping"]]',
    )
    assert (result.references, result.references_right) == (6, 4)
    assert [(row, reason) for kind, row, reason in findings(result) if kind == "reference"] == [
        ("Huawei = MTS", "Huawei is Huawei but MTS is MTS"),
        ("Huawei = die Firma", "no mention of die Firma was found"),
    ]


def test_a_description_is_found_by_its_core(tmp_path):
    reading = article(
        "probe-1", ["|{s:Der Konzern=Huawei} aus {o:China} klagt.", "|{s:MTS} lacht."], (HUAWEI, MTS, CHINA)
    )
    path = tmp_path / "a.gold.toml"
    rows = 'same = [["Huawei", "der Konzern aus China"]]\napart = [["MTS", "der Konzern aus China"]]'
    path.write_text(f'[[text]]\ntext = "{" ".join(reading.article.text.split())}"\n{rows}')
    result = evaluation.score([path], lambda given: replace(reading, article=given), ONTOLOGY, GAZETTEER)
    assert (result.references, result.references_right) == (2, 2)


def test_a_text_that_cannot_be_read_is_missed_as_a_whole(tmp_path):
    path = tmp_path / "a.gold.toml"
    path.write_text('[[text]]\ntext = "Hei."\nstatements = [["A", "leads", "B", "asserted"]]')

    def fail(_):
        raise LanguageError("language 'fi' is not understood")

    result = evaluation.score([tmp_path], fail, ONTOLOGY, GAZETTEER)
    assert (result.total.gold, result.total.recall, result.total.precision) == (1, 0, None)
    assert findings(result) == [("failure", "", "language 'fi' is not understood")]


def test_json(tmp_path):
    plain = json.loads(json.dumps(evaluation.as_dict(score(tmp_path, ""))))
    assert plain["total"] == {"gold": 0, "predicted": 3, "correct": 0, "precision": 0.0, "recall": None, "f1": 0.0}
    assert plain["findings"][0]["kind"] == "wrong"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Volkswagen AG", "Volkswagen", True),
        ("Die Grünen", "Grünen", True),
        ("Apple Inc.", "apple", True),
        ("Mercedes-Benz Group AG", "Mercedes-Benz Group", True),
        ("Dow & Co. KG", "Dow", True),
        ("„Die Zeit“", "Zeit", True),
        ("AG", "", False),
        ("Huawei", "Huawei Russland", False),
    ],
)
def test_name_keys(one, other, same):
    assert (name_key(one) == name_key(other)) is same


def test_articles_of_a_gold_file(tmp_path):
    (tmp_path / "gold").mkdir()
    (tmp_path / "a.md").write_text("# Titel\n\nMTS kauft.")
    (tmp_path / "b.jsonl").write_text('{"id": "x", "text": "Eins."}\n{"id": "y", "text": "Zwei."}\n')
    gold = tmp_path / "gold" / "b.gold.toml"
    gold.write_text('[[text]]\narticle = "../a.md"\nlanguage = "de"\n\n[[text]]\narticle = "../b.jsonl#y"\n')
    first, second = read_gold([tmp_path], ONTOLOGY)
    assert (first.article.id, first.article.title, first.article.language) == ("a", "Titel", "de")
    assert (second.article.id, second.article.text, second.path) == ("y", "Zwei.", str(gold))
    assert gold_files([tmp_path, gold]) == (gold,)


@pytest.mark.parametrize(
    ("content", "problem", "line"),
    [
        ("[[text]", "is not TOML", 1),
        ("", "names no text", None),
        ("title = 'a'\n[[text]]\ntext = 'A.'", "unknown key 'title'", None),
        ("[[text]]\ntext = 'A.'\nnever_ = []", "unknown key 'never_'", 1),
        ("\n[[text]]\nlanguage = 'de'", "needs an article or a text", 2),
        ("[[text]]\ntext = 'A.'\narticle = 'a.md'", "needs an article or a text", 1),
        ("[[text]]\ntext = 3", "must be strings", 1),
        ("[[text]]\narticle = 'fehlt.md'", "no such file", 1),
        ("[[text]]\narticle = 'a.jsonl#z'", "no article 'z'", 1),
        ("[[text]]\ntext = 'A.'\nstatements = 3", "statements is not a list", 1),
        ("[[text]]\ntext = 'A.'\nstatements = [['a', 'leads', 'b']]", "statements holds ['a', 'leads', 'b']", 1),
        ("[[text]]\ntext = 'A.'\nstatements = [['a', 'leads', 'b', 'maybe']]", "unknown status 'maybe'", 1),
        ("[[text]]\ntext = 'A.'\nnever = [['a', 'likes', 'b']]", "unknown property 'likes'", 1),
        ("[[text]]\ntext = 'A.'\noptional = [['a', 'any', 'b']]", "unknown property 'any'", 1),
        ("[[text]]\ntext = 'A.'\nsame = [['a']]", "same holds ['a']", 1),
        (
            "[[text]]\ntext = 'A.'\nstatements = [['a', 'leads', 'b', 'asserted', {when = '2019'}]]",
            "unknown qualifier 'when'",
            1,
        ),
        (
            "[[text]]\ntext = 'A.'\nstatements = [['a', 'leads', 'b', 'asserted', {time = 2019}]]",
            "qualifier time holds 2019",
            1,
        ),
        ("[[text]]\ntext = 'A.'\ndate = 2019-06-06", "must be strings", 1),
        (
            "[[text]]\ntext = 'A.'\nstatements = [['a', 'leads', 'b', 'asserted']]\nnever = [['a', 'leads', 'b']]",
            "a leads b stands under statements and under never",
            1,
        ),
    ],
)
def test_malformed_gold(tmp_path, content, problem, line):
    path = tmp_path / "x.gold.toml"
    path.write_text(content)
    (tmp_path / "a.jsonl").write_text('{"id": "x", "text": "Eins."}\n')
    with pytest.raises(GoldError) as caught:
        read_gold([path], ONTOLOGY)
    assert problem in str(caught.value)
    assert (caught.value.path, caught.value.line) == (str(path), line)


def test_times_and_qualifiers_are_compared_where_the_gold_tells_them(tmp_path):
    result = score(
        tmp_path,
        """statements = [
          ["Gou Ping", "leads", "Huawei", "reported", { time = "2019-06", share = "0.4", MORE }],
          ["Huawei", "partnersWith", "MTS", "asserted"],
          ["MTS", "basedIn", "Russland", "asserted", {}],
        ]""".replace(
            "MORE",
            'amount = "5400000000 EUR", count = ["500 Stellen", "20 Werke"], topic = "China", place = "Berlin"',
        ),
        news()[0],
    )
    counted = {kind: (s.gold, s.found, s.right, s.wrong, s.missed) for kind, s in result.qualifiers.items()}
    assert counted == {
        "time": (1, 1, 1, 0, 0),
        "amount": (1, 1, 1, 0, 0),
        "share": (1, 1, 0, 1, 1),
        "count": (2, 1, 1, 0, 1),
        "role": (0, 1, 0, 1, 0),
        "topic": (1, 1, 1, 0, 0),
        "place": (1, 1, 0, 1, 1),
    }
    assert [f.reason for f in result.findings if f.kind == "qualifier"] == [
        "share: the gold has 0.4, read 0.301 (“Er”)",
        "count: the gold has 20 Werke, not found",
        "role: the gold has none, read Er",
        "place: the gold has Berlin, read Er",
    ]


def test_missing_gold(tmp_path):
    with pytest.raises(GoldError, match="no such file"):
        gold_files([tmp_path / "x"])
    with pytest.raises(GoldError, match=r"holds no \*.gold.toml"):
        gold_files([tmp_path])


@pytest.mark.parametrize(
    ("head", "rows", "predicted"),
    [
        ("", "statements = []", 2),
        ('annotates = ["basedIn"]\n', "statements = []", 3),
        ("", 'statements = [["Huawei", "basedIn", "USA", "asserted"]]', 3),
        ("", 'statements = []\nnever = [["Huawei", "basedIn", "USA"]]', 3),
    ],
)
def test_properties_beyond_the_core_are_judged_where_the_gold_has_them(tmp_path, head, rows, predicted):
    based = replace(ONTOLOGY.properties["basedIn"], core=False)
    wider = replace(ONTOLOGY, properties={**ONTOLOGY.properties, "basedIn": based})
    path = tmp_path / "probe.gold.toml"
    path.write_text(f'{head}[[text]]\ntext = "{TEXT}"\nlanguage = "de"\n{rows}', encoding="utf-8")
    result = evaluation.score([path], lambda given: replace(READING, article=given), wider, GAZETTEER)
    assert result.total.predicted == predicted


def test_a_file_annotates_only_what_lies_beyond_the_core(tmp_path):
    path = tmp_path / "probe.gold.toml"
    path.write_text(f'annotates = ["basedIn"]\n[[text]]\ntext = "{TEXT}"\n', encoding="utf-8")
    with pytest.raises(GoldError, match="annotates holds"):
        read_gold([path], ONTOLOGY)
