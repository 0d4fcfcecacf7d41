"""The texts with marked names, and what is counted of them."""

from __future__ import annotations

import pytest
from names_measure import NAMED, PARTS, lines, marked, right


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_text_has_well_formed_marks(language):
    texts = [line for part in PARTS for line in lines(language, part)]
    assert len(texts) > 100 and len(set(texts)) == len(texts)
    for line in texts:
        text, gold = marked(line)
        assert not set("[]|") & set(text), line
        assert all(text[a:b] == text[a:b].strip() for a, b in gold), line


def test_the_halves_share_no_line():
    for path in sorted(NAMED.glob("*.txt")):
        assert not set(lines(path.stem, "dev")) & set(lines(path.stem, "held"))


def test_marks():
    text, gold = marked("[Mali|L]s Fluglinie [Air Mali|OT] und [Bahn|-].")
    assert text == "Malis Fluglinie Air Mali und Bahn."
    assert {text[a:b]: kind for (a, b), kind in gold.items()} == {"Mali": "L", "Air Mali": "OT", "Bahn": "-"}
    assert right("T", "OT") and right("?", "-") and not right("L", "OT")
