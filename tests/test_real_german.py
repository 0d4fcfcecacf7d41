"""German sentences through the bundled pipeline, from the characters to the plain triples."""

from __future__ import annotations

import pytest
from reading import plain_and_other

from kg import pipeline
from kg.articles import from_text

FACTS = {
    "Siemens übernimmt den Softwarehersteller Altair.": ["Siemens acquires Altair"],
    "Altair wurde von Siemens übernommen.": ["Siemens acquires Altair"],
    "Laut Reuters übernimmt Siemens den Softwarehersteller Altair.": ["Siemens acquires Altair"],
    "Der Konzern Bosch arbeitet mit dem Autobauer Volkswagen zusammen.": ["Bosch partnersWith Volkswagen"],
    "Mercedes und Nvidia kooperieren.": ["Mercedes-Benz partnersWith Nvidia"],
    "Die Zusammenarbeit zwischen Bosch und Microsoft läuft gut.": ["Bosch partnersWith Microsoft"],
    "Lufthansa kauft ITA und arbeitet mit Airbus zusammen.": [
        "Lufthansa acquires ITA",
        "Lufthansa partnersWith Airbus",
    ],
    "Airbus fusioniert mit Leonardo.": ["Airbus mergesWith Leonardo"],
    "Der niederländische Konzern ASML beliefert TSMC.": ["ASML basedIn Niederlande", "ASML supplies TSMC"],
    "Apple hat seinen Sitz in Cupertino.": ["Apple basedIn Cupertino"],
    "Der Autobauer BMW aus München investiert in Northvolt.": ["BMW basedIn München", "BMW investsIn Northvolt"],
    "Spotify ist ein Konkurrent von Apple.": ["Spotify competesWith Apple"],
    "Daniel Ek gründete Spotify.": ["Daniel Ek founded Spotify"],
    "Tim Cook leitet Apple.": ["Tim Cook leads Apple"],
    "Volkswagen-Chef Oliver Blume besuchte China.": ["Oliver Blume leads Volkswagen", "Oliver Blume visits China"],
    "Chinas Präsident Xi Jinping reist nach Russland.": ["Xi Jinping leads China", "Xi Jinping visits Russland"],
    "SAP-Chef Christian Klein traf Satya Nadella, den Chef von Microsoft.": [
        "Christian Klein leads SAP",
        "Christian Klein meetsWith Satya Nadella",
        "Satya Nadella leads Microsoft",
    ],
    "Friedrich Merz traf Emmanuel Macron in Paris.": ["Friedrich Merz meetsWith Emmanuel Macron"],
    "Anna Schmidt, Sprecherin von Bayer, bestätigte den Kauf.": ["Anna Schmidt worksFor Bayer"],
    "Der Aufsichtsrat von Intel entließ Pat Gelsinger.": ["Intel dismisses Pat Gelsinger"],
    "Die EU-Kommission verhängte gegen Google eine Geldbuße.": ["EU-Kommission fines Google"],
    "Nokia verklagt Amazon.": ["Nokia sues Amazon"],
    "Ungarn ist Mitglied der EU.": ["Ungarn memberOf Europäische Union"],
    "Die Bundesregierung unterstützt die Ukraine.": ["Deutschland supports Ukraine"],
    "Peking kritisierte die USA.": ["China criticizes USA"],
    "Das Vorgehen der US-Regierung schränkt Huawei ein.": ["USA restricts Huawei"],
    "Kämpfer der Hisbollah griffen Stellungen der israelischen Armee an.": ["Hisbollah attacks Israel"],
    "China exportiert Solarmodule nach Deutschland.": ["China exportsTo Deutschland"],
}

# Nothing of this is so: the statement keeps its status, and gives no plain triple.
TRAPS = {
    "Siemens hat Altair nicht übernommen.": "Siemens acquires Altair negated",
    "Nokia hat Amazon nie verklagt.": "Nokia sues Amazon negated",
    "Apple wurde nicht von Google verklagt.": "Google sues Apple negated",
    "Bosch hätte Altair fast übernommen.": "Bosch acquires Altair negated",
    "Siemens bestreitet, Altair übernommen zu haben.": "Siemens acquires Altair negated",
    "Apple dementierte, mit Intel zusammenzuarbeiten.": "Apple partnersWith Intel negated",
    "Es gibt keine Zusammenarbeit zwischen Bosch und Microsoft.": "Bosch partnersWith Microsoft negated",
    "Die Zusammenarbeit von Volkswagen mit Rivian ist geplatzt.": "Volkswagen partnersWith Rivian negated",
    "Die Übernahme von Kuka durch Midea wurde untersagt.": "Midea acquires Kuka negated",
    "Die Monopolkommission ist gegen die Übernahme von Kuka durch Midea.": "Midea acquires Kuka possible",
    "Brüssel stellt Bedingungen für die Übernahme von Kuka durch Midea.": "Midea acquires Kuka possible",
    "Siemens dementiert eine Zusammenarbeit mit Bosch.": "Siemens partnersWith Bosch negated",
    "Gespräche über eine Übernahme von Kuka durch Midea sind gescheitert.": "Midea acquires Kuka planned",
    "Der Plan für Apples Übernahme von Intel reift.": "Apple acquires Intel planned",
    "Volkswagen prüft eine Zusammenarbeit mit Rivian.": "Volkswagen partnersWith Rivian possible",
    "Kritiker warnen vor einer Übernahme von Kuka durch Midea.": "Midea acquires Kuka requested",
    "Merz sagte, Frankreich unterstütze die Ukraine.": "Frankreich supports Ukraine alleged",
    "Tim Cook wird nicht Chef von Disney.": "Tim Cook leads Walt Disney negated",
    "Siemens will Altair übernehmen.": "Siemens acquires Altair planned",
    "Nokia wird Amazon verklagen.": "Nokia sues Amazon planned",
    "Der designierte Siemens-Chef Roland Busch schwieg.": "Roland Busch leads Siemens planned",
    "Siemens soll Altair übernommen haben.": "Siemens acquires Altair alleged",
    "Siemens habe Altair übernommen.": "Siemens acquires Altair alleged",
    "Siemens könnte Altair übernehmen.": "Siemens acquires Altair possible",
    "Bosch dürfte Altair übernehmen.": "Bosch acquires Altair possible",
    "Übernimmt Siemens den Softwarehersteller Altair?": "Siemens acquires Altair question",
    "Der frühere Apple-Chef John Sculley schrieb ein Buch.": "John Sculley leads Apple negated",
}
# A trap beside something that is so.
BOTH = {
    "Die EU forderte Deutschland auf, Russland zu verklagen.": (
        ["Europäische Union urges Deutschland"],
        "Deutschland sues Russland requested",
    ),
    "Der frühere Volkswagen-Chef Herbert Diess besuchte China.": (
        ["Herbert Diess visits China"],
        "Herbert Diess leads Volkswagen negated",
    ),
    "Angeblich hat Siemens den Rivalen Altair übernommen.": (
        ["Altair competesWith Siemens"],
        "Siemens acquires Altair alleged",
    ),
}
# Nothing is made of these, whatever the parser sees in them.
SILENT = [
    "Falls Siemens Altair übernimmt, steigt der Kurs.",
    "Weder Bosch noch Siemens haben Altair gekauft.",
    "Siemens schließt aus, Altair zu übernehmen.",
    "Nvidia scheiterte mit der Übernahme von Arm.",
    "Nokia droht Amazon mit einer Klage.",
    "Wenn Nokia Amazon verklagt, wird es teuer.",
    "Siemens plant, den Softwarehersteller Altair zu übernehmen.",
    "Herbert Diess war zuvor Chef von Volkswagen.",
    "Die USA erwägen Sanktionen gegen Huawei.",
    "Das Gericht verbot Meta, Giphy zu kaufen.",
    "Intel hat den Plan aufgegeben, Tower zu kaufen.",
    "Kein Konzern verklagte Amazon.",
    "Tim Cook wird möglicherweise Chef von Disney.",
    "Siemens geht gegen Bosch vor.",
    "Die Schauspielerin Tina Ruland kam ins Museum Ludwig.",
    "„Wir sind kein Partner von Gazprom“, sagte Vorstandschef Dirk Held vom Gashändler aus Essen.",
]


def read(text: str) -> tuple[list[str], list[str]]:
    return plain_and_other(text, "de")


@pytest.mark.parametrize(("text", "wanted"), FACTS.items(), ids=FACTS)
def test_facts(text, wanted):
    assert read(text) == (sorted(wanted), [])


@pytest.mark.parametrize(("text", "wanted"), TRAPS.items(), ids=TRAPS)
def test_traps(text, wanted):
    assert read(text) == ([], [wanted])


@pytest.mark.parametrize(("text", "wanted"), BOTH.items(), ids=BOTH)
def test_traps_beside_facts(text, wanted):
    plain, other = wanted
    assert read(text) == (plain, [other])


@pytest.mark.parametrize("text", SILENT, ids=SILENT)
def test_no_plain_triple(text):
    assert read(text)[0] == []


def test_who_says_so():
    found = pipeline.extract_article(
        from_text("Laut Reuters übernimmt Siemens den Softwarehersteller Altair.", id="a1"),
        pipeline.load_tools(language="de"),
    )
    labels = {e.iri: e.label for e in found.entities}
    (statement,) = found.statements
    assert (statement.status, labels[statement.attributed_to]) == ("reported", "Reuters")
