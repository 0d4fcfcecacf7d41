"""A firm's name with a noun for firms is the firm so named, never the firm of the sentence before."""

from __future__ import annotations

import pytest
from reading import plain_and_other


@pytest.mark.parametrize(
    ("language", "text", "plain"),
    [
        ("de", "Maersk wächst. Der Siemens-Konzern verklagt Alstom.", ["Siemens sues Alstom"]),
        ("de", "Maersk wächst. Die Allianz-Gruppe verklagt Alstom.", ["Allianz sues Alstom"]),
        ("de", "Maersk wächst. Der Zurich-Konzern verklagt Alstom.", ["Zurich Insurance sues Alstom"]),
        ("de", "Maersk wächst. Die Kerkow-Gruppe verklagt Alstom.", ["Kerkow sues Alstom"]),
        ("de", "Maersk wächst. Der Logistik-Konzern verklagt Alstom.", ["Maersk sues Alstom"]),
        ("de", "Apple wächst. Der US-Konzern verklagt Alstom.", ["Apple basedIn USA", "Apple sues Alstom"]),
        ("en", "Maersk is growing. The Allianz group sued Alstom.", []),
        ("en", "DSV is growing. The Maersk group has sued Alstom.", ["Maersk sues Alstom"]),
        ("en", "Apple is growing. The US group sued Alstom.", ["Apple basedIn United States", "Apple sues Alstom"]),
    ],
)
def test_named_groups(language, text, plain):
    assert plain_and_other(text, language)[0] == plain
