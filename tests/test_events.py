"""What happens to a company: the bundled examples over the bundled pipelines, and the road of an event."""

from __future__ import annotations

import json

import pytest
from reading import plain_and_other

import kg
from kg.namespaces import ENTITY, event_iri

# Sentence → what it gives; a plain triple has no status behind it.
GERMAN = {
    "Bosch hat am Montag in Kiel Insolvenz angemeldet.": ["Bosch undergoes Insolvenz: Bosch"],
    "Siemens ist insolvent.": ["Siemens undergoes Insolvenz: Siemens"],
    "Der insolvente Konzern Siemens sucht einen Käufer.": ["Siemens undergoes Insolvenz: Siemens"],
    "Der Insolvenzverwalter von Siemens will verkaufen.": ["Siemens undergoes Insolvenz: Siemens"],
    "Siemens wendet die Insolvenz ab.": ["Siemens undergoes Insolvenz: Siemens negated"],
    "Dem Autozulieferer Bosch droht die Insolvenz.": ["Bosch undergoes Insolvenz: Bosch possible"],
    "Gerüchte über eine Insolvenz von Siemens machen die Runde.": ["Siemens undergoes Insolvenz: Siemens possible"],
    "Siemens baut 500 Stellen ab.": ["Siemens undergoes Stellenabbau: Siemens"],
    "Siemens streicht ein Drittel der Arbeitsplätze.": ["Siemens undergoes Stellenabbau: Siemens"],
    "Siemens plant, 500 Stellen zu streichen.": ["Siemens undergoes Stellenabbau: Siemens planned"],
    "Bosch entlässt 300 Mitarbeiter.": ["Bosch undergoes Stellenabbau: Bosch"],
    "Bosch entlässt einen Mitarbeiter.": [],
    "Shell baut Tankstellen ab.": [],
    "Die Piloten der Lufthansa streiken.": ["Lufthansa undergoes Streik: Lufthansa"],
    "Die Amazon-Mitarbeiter haben die Arbeit niedergelegt.": ["Amazon undergoes Streik: Amazon"],
    "Der Streik der Piloten bei Lufthansa ist beendet.": ["Lufthansa undergoes Streik: Lufthansa"],
    "Verdi ruft die Beschäftigten bei Amazon zum Streik auf.": ["Amazon undergoes Streik: Amazon requested"],
    "Siemens gliedert die Energiesparte aus.": ["Siemens undergoes Abspaltung: Siemens"],
    "Eon spaltet Uniper ab.": ["Eon spinsOff Uniper", "Eon undergoes Abspaltung: Eon"],
    "Siemens prüft die Abspaltung der Energiesparte.": ["Siemens undergoes Abspaltung: Siemens possible"],
}
ENGLISH = {
    "The chain Wilko has collapsed into administration.": ["Wilko undergoes Insolvency: Wilko"],
    "Spirit Airlines averted bankruptcy.": ["Spirit Airlines undergoes Insolvency: Spirit Airlines negated"],
    "Did Siemens file for bankruptcy?": ["Siemens undergoes Insolvency: Siemens question"],
    "Insolvency law must be changed, Siemens said.": [],
    "Microsoft is cutting 10,000 jobs.": ["Microsoft undergoes Layoffs: Microsoft"],
    "Microsoft laid off hundreds of employees.": ["Microsoft undergoes Layoffs: Microsoft"],
    "Tesla fired an employee.": [],
    "The strike at Boeing has ended.": ["Boeing undergoes Strike: Boeing"],
    "Workers at Ford walked out.": ["Ford undergoes Strike: Ford"],
    "Siemens spun off its energy business.": ["Siemens undergoes Spin-off: Siemens"],
}


def events(text: str, language: str) -> list[str]:
    plain, other = plain_and_other(text, language)
    return sorted(row for row in (*plain, *other) if " undergoes " in row or " spinsOff " in row)


@pytest.mark.parametrize(("text", "wanted"), GERMAN.items(), ids=GERMAN)
def test_german_events(text, wanted):
    assert events(text, "de") == wanted


@pytest.mark.parametrize(("text", "wanted"), ENGLISH.items(), ids=ENGLISH)
def test_english_events(text, wanted):
    assert events(text, "en") == wanted


def test_an_event_is_one_node_for_all_articles_and_can_be_explained():
    graph = kg.build(["Siemens ist insolvent.", "Siemens filed for bankruptcy on Monday."], language=None)
    ((whom, event),) = graph.query("SELECT ?whom ?event { ?whom kg:undergoes ?event . ?event a kg:Insolvency }")
    assert str(event) == event_iri("Insolvency", str(whom))
    found = graph.explain("Siemens", "undergoes")
    assert {e.quote for e in found} == {"Siemens ist insolvent.", "Siemens filed for bankruptcy on Monday."}
    marked = {e.quote[start:end] for e in found for start, end, role in e.marks if role == "object"}
    assert marked == {"insolvent", "bankruptcy"}


@pytest.mark.parametrize(
    ("whom", "wanted"),
    [
        (ENTITY + "air-berlin", ENTITY + "air-berlin-insolvency-event"),
        ("https://example.org/firms/Air Berlin", ENTITY + "air-berlin-"),
    ],
)
def test_the_iri_of_an_event_is_a_function_of_its_class_and_participant(whom, wanted):
    assert event_iri("Insolvency", whom).startswith(wanted)
    assert event_iri("Insolvency", whom) == event_iri("Insolvency", whom) != event_iri("Strike", whom)


def test_events_of_other_hosts_do_not_meet():
    one, other = (event_iri("Strike", f"https://{host}/firms/nord") for host in ("a.example", "b.example"))
    assert one != other
    assert json.dumps([one, other]).isascii()
