"""What is told under an unreal condition is neither a fact nor its contrary."""

from __future__ import annotations

import pytest
from reading import plain_and_other

GERMAN = {
    "Hätte Nokia Alcatel nicht gekauft, wäre der Konzern heute kleiner.": "Nokia acquires Alcatel conditional",
    "Wäre VMware nicht von Broadcom übernommen worden, gäbe es heute mehr Wettbewerb.": (
        "Broadcom acquires VMware conditional"
    ),
    "Hätte Siemens Alstom übernommen, müsste Bombardier heute sparen.": "Siemens acquires Alstom conditional",
    "Kaufte Apple Intel nicht, müsste der Chiphersteller Stellen streichen.": "Apple acquires Intel conditional",
    "Wenn die EU Google nicht bestraft hätte, hätte Apple geklagt.": "Europäische Union fines Google conditional",
    "Nokia hätte Alcatel nie gekauft, wenn der Kurs nicht gefallen wäre.": "Nokia acquires Alcatel conditional",
    "Der Konzern hätte Insolvenz angemeldet, hätte Lufthansa ITA nicht übernommen.": (
        "Lufthansa acquires ITA conditional"
    ),
    "Ohne die Übernahme von Alcatel durch Nokia wäre Huawei heute Marktführer.": "Nokia acquires Alcatel conditional",
    "Wäre Sam Altman nicht Chef von OpenAI, hätte Microsoft nicht investiert.": ("Sam Altman leads OpenAI conditional"),
    "Die Lufthansa hat Air Berlin nicht übernommen.": "Lufthansa acquires Air Berlin negated",
}
ENGLISH = {
    "Had Nokia not bought Alcatel, the group would be smaller today.": "Nokia acquires Alcatel conditional",
    "Had Siemens bought Alstom, a European rail giant would have emerged.": "Siemens acquires Alstom conditional",
    "If Nokia had not acquired Alcatel, it would have lost money.": "Nokia acquires Alcatel conditional",
    "The shares would have fallen if Microsoft had not bought Activision.": "Microsoft acquires Activision conditional",
    "Had VMware not been acquired by Broadcom, its customers would pay less.": "Broadcom acquires VMware conditional",
    "Without Nokia's takeover of Alcatel, Huawei would be the market leader today.": (
        "Nokia acquires Alcatel conditional"
    ),
    "But for Boeing's purchase of Spirit, Airbus would have taken over the plant.": (
        "Boeing acquires Spirit conditional"
    ),
    "If it had not been for Germany's support for Ukraine, Kyiv would have fallen.": (
        "Germany supports Ukraine conditional"
    ),
    "Should Apple not buy Intel, Qualcomm would step in.": "Apple acquires Intel conditional",
    "Nor had Nokia acquired Alcatel, the spokesman said.": "Nokia acquires Alcatel negated",
    "Microsoft had not acquired Activision when Sony sued the company.": "Microsoft acquires Activision negated",
}


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [*(("de", *row) for row in GERMAN.items()), *(("en", *row) for row in ENGLISH.items())],
)
def test_what_is_only_supposed(language, text, wanted):
    plain, other = plain_and_other(text, language)
    assert plain == []
    assert wanted in other


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("de", "Siemens hat Alstom ohne Zustimmung der EU übernommen.", "Siemens acquires Alstom"),
        ("de", "Nokia hat Alcatel übernommen, weil der Konzern sonst kleiner wäre.", "Nokia acquires Alcatel"),
        ("en", "Nokia acquired Alcatel without the approval of the European Commission.", "Nokia acquires Alcatel"),
        ("en", "Nokia, which had bought Alcatel in 2016, would not comment.", "Nokia acquires Alcatel"),
        (
            "en",
            "Nokia bought Alcatel and would have bought Ericsson if the EU had not objected.",
            "Nokia acquires Alcatel",
        ),
    ],
)
def test_facts_beside_what_is_supposed(language, text, wanted):
    assert wanted in plain_and_other(text, language)[0]
