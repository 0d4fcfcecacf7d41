"""English sentences read by the bundled pipeline: what becomes a plain triple, and what never does."""

from __future__ import annotations

import pytest
from reading import plain_and_other

FACTS = {
    "A court dismissed Epic Games' lawsuit against Apple.": ["Epic Games sues Apple"],
    "Broadcom, which is based in Palo Alto, acquired VMware in 2023.": [
        "Broadcom acquires VMware",
        "Broadcom basedIn Palo Alto",
    ],
    "VMware was acquired by Broadcom.": ["Broadcom acquires VMware"],
    "The European Commission fined Google 4.3 billion euros.": ["European Commission fines Google"],
    "Canada accused India of killing a Sikh activist.": ["Canada accuses India"],
    "TikTok and its Chinese parent ByteDance sued the United States on Tuesday.": [
        "ByteDance basedIn China",
        "ByteDance sues United States",
    ],
}
NEVER_PLAIN = {
    "Siemens plans to buy Altair.": "Siemens acquires Altair planned",
    "Lufthansa denied reports that it had bought Condor.": "Lufthansa acquires Condor alleged",
    "Microsoft ended its partnership with OpenAI.": "Microsoft partnersWith OpenAI negated",
    "Former Siemens chief Joe Kaeser spoke in Munich.": "Joe Kaeser leads Siemens negated",
    "Amazon has not invested in Rivian.": "Amazon investsIn Rivian negated",
    "If Boeing buys Spirit, Airbus will sue.": "Boeing acquires Spirit conditional",
    "Google nearly bought Twitter.": "Google acquires Twitter negated",
}


def read(text: str) -> tuple[list[str], list[str]]:
    return plain_and_other(text, "en")


@pytest.mark.parametrize(("text", "wanted"), FACTS.items(), ids=FACTS)
def test_facts(text, wanted):
    assert read(text) == (sorted(wanted), [])


@pytest.mark.parametrize(("text", "wanted"), NEVER_PLAIN.items(), ids=NEVER_PLAIN)
def test_never_plain(text, wanted):
    assert read(text) == ([], [wanted])


@pytest.mark.parametrize(
    "text",
    [
        "The claim that Intel sued AMD is false.",
        "Until 2021 the brewer Marshbank belonged to Heineken.",
        "Volkswagen is considering whether to take over Rivian.",
        "Regulators cleared Siemens of wrongdoing.",
        "Peter Smith took questions from Claudia Jones.",
        "Regulators cleared its rival Siemens of wrongdoing.",
        "Peter Smith used to run Siemens.",
    ],
)
def test_no_plain_triple(text):
    assert read(text)[0] == []
