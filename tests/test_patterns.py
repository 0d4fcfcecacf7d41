import pytest

from kg.errors import OntologyError
from kg.patterns import EXPANSION_LIMIT, Alternatives, ClassNoun, Slot, expand, parse_pattern


def written(expanded):
    """An expanded pattern as text, its slots in angle brackets."""
    return "".join(
        part
        if isinstance(part, str)
        else f"[{part.class_name}]"
        if isinstance(part, ClassNoun)
        else f"<{part.role}:{part.class_name}{'/adjective' * part.adjective}>"
        for part in expanded.parts
    )


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("{Person} leitet {Organization}", ["<subject:Person> leitet <object:Organization>"]),
        ("{object:Person} folgt {Person}", ["<object:Person> folgt <subject:Person>"]),
        ("{Person} folgt {subject:Person}", ["<object:Person> folgt <subject:Person>"]),
        ("{object:Country}-Chef {subject:Person}", ["<object:Country>-Chef <subject:Person>"]),
        (r"{Person} \({PoliticalParty}\)", ["<subject:Person> (<object:PoliticalParty>)"]),
        ("{Company}s [Product] {Product}", ["<subject:Company>s [Product] <object:Product>"]),
        (
            "der {object:Country/adjective} [Company] {subject:Company}",
            ["der <object:Country/adjective> [Company] <subject:Company>"],
        ),
        (
            "{Person} ist (Chef|die Leiterin) (von|bei) {Company}",
            [
                "<subject:Person> ist Chef von <object:Company>",
                "<subject:Person> ist Chef bei <object:Company>",
                "<subject:Person> ist die Leiterin von <object:Company>",
                "<subject:Person> ist die Leiterin bei <object:Company>",
            ],
        ),
        (
            "{Company} ist ([Company]|ein Teil) von {Company}",
            [
                "<subject:Company> ist [Company] von <object:Company>",
                "<subject:Company> ist ein Teil von <object:Company>",
            ],
        ),
        ("  {Person}   trifft\n{Person} ", ["<subject:Person> trifft <object:Person>"]),
    ],
)
def test_expand(text, sentences):
    assert [written(expanded) for expanded in expand(text)] == sentences


def test_neighbouring_literals_are_one_part():
    (first, second) = expand("{Person} (leitet|führt) die {Company}")
    assert first.parts == (Slot("subject", "Person"), " leitet die ", Slot("object", "Company"))
    assert second.slot("object") == Slot("object", "Company")


def test_parse_keeps_alternatives():
    parts = parse_pattern("{Person} (mag|hasst [Product]) {Product}")
    assert parts[2] == Alternatives((("mag",), ("hasst ", ClassNoun("Product"))))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("kein Platz", "0 slots"),
        ("{Person} schläft", "1 slots"),
        ("{Person} trifft {Person} in {Place}", "3 slots"),
        ("{subject:Person} trifft {subject:Person}", "both slots as subject"),
        ("{object:Person} trifft {object:Person}", "both slots as object"),
        ("{Person} trifft {Pers on}", "unreadable slot {Pers on}"),
        ("{Person} trifft {}", "unreadable slot {}"),
        ("{Person} trifft {Person", "unreadable slot {"),
        ("{Person} (mag|{Product}) {Person}", "a slot inside"),
        ("{Person} (mag|) {Product}", "an empty alternative"),
        ("{Person} (mag {Product}", "stray or unreadable ("),
        ("{Person} mag] {Product}", "stray or unreadable ]"),
        ("{Person} mag [das Ding] {Product}", "unreadable [das Ding]"),
    ],
)
def test_malformed(text, problem):
    with pytest.raises(OntologyError) as caught:
        expand(text)
    assert problem in str(caught.value)
    assert text in caught.value.problem
    assert caught.value.hint


def test_too_many_sentences():
    alternatives = "(" + "|".join("abcdefghij") + ")"
    with pytest.raises(OntologyError, match=f"100 sentences.*at most {EXPANSION_LIMIT}"):
        expand(f"{{Person}} {alternatives} {alternatives} {{Person}}")


def test_the_example_of_an_event_has_one_slot():
    (first, second) = expand("{Organization} meldet (Insolvenz|Konkurs) an", 1)
    assert first.slot("subject") == Slot("subject", "Organization") == second.slot("subject")
    assert first.status is None


def test_the_example_of_an_event_may_begin_with_a_status():
    (only,) = expand("possible: {Organization} droht die Insolvenz", 1)
    assert (only.status, written(only)) == ("possible", "<subject:Organization> droht die Insolvenz")


@pytest.mark.parametrize(
    "text", ["meldet Insolvenz an", "{Person} trifft {Person}", "{object:Organization} ist pleite"]
)
def test_an_event_without_its_one_slot_is_an_error(text):
    with pytest.raises(OntologyError, match="exactly one is needed"):
        expand(text, 1)
