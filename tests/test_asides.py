"""Lines of the page that look like none of the report, and sentences of the report that look like such lines."""

import pytest

from kg import articles

TITLE = "Huawei arbeitet mit MTS an 5G"
BODY = "Huawei hat mit MTS eine Vereinbarung getroffen. Mehr ist nicht bekannt."
LAST = "Der Konzern sitzt in Shenzhen und beschäftigt viele Menschen."


def parts(text, **fields):
    article = articles.from_text(text, **fields)
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


ASIDES = [
    "Foto: dpa",
    "Fotos: Werner Rost",
    "Foto: picture alliance / dpa",
    "(Foto: imago/Christian Thiel)",
    "Bild: © Fotolia.com / Romanchuck",
    "Bildquelle: Polizei Zell",
    "Archivfoto: Jane Doe",
    "Photo: Reuters/Jane Doe",
    "Photo by Jane Doe",
    "File photo: Getty Images",
    "Image: United States Navy.",
    "Source: Refinitiv",
    "Quelle: Statistisches Bundesamt",
    "(dpa)",
    "dpa/AFP",
    "dpa-AFX",
    "(mbr/dpa)",
    "Quelle: dpa",
    "Mit Material von dpa und Reuters",
    "(mit Agenturmaterial)",
    "/ajx/stk",
    "ISIN US0378331005 DE0007100000 AXC0123 2019-06-06/14:32",
    "Reporting by Jane Doe and John Roe in London; editing by Ann Poe",
    "(Additional reporting by Jane Doe; Writing by John Roe; Editing by Ann Poe)",
    "(Bericht von Anna Meyer, redigiert von Uwe Kurz. Bei Rückfragen wenden Sie sich an die Redaktion.)",
    "© 2019 Beispielverlag GmbH",
    "Copyright 2005 Houston Chronicle",
    "Alle Rechte vorbehalten.",
    "All rights reserved",
    "Lesen Sie auch: Telekom kauft Netzbetreiber",
    "Lesen Sie hier, warum die Telekom verkauft.",
    "Mehr zum Thema",
    "Read more: Apple sues Samsung",
    "Related stories",
    "Sign up for our newsletter to get the news every morning.",
    "Melden Sie sich jetzt für unseren Newsletter an.",
    "Wir verwenden Cookies, um Ihnen das beste Angebot zu zeigen. Mehr erfahren Sie hier.",
    "This website uses cookies to improve your experience.",
    "06.06.2019, 14:32 Uhr",
    "Stand: 6. Juni 2019, 14:32 Uhr",
    "Zuletzt aktualisiert am 26.2.2016 um 23:47 Uhr",
    "Updated: June 6, 2019, 2:32 p.m. ET",
    "Monday 09 January 2006",
    "2019-06-06T14:32:00Z",
    "3 min read",
    "Lesezeit: 4 Minuten",
    "Teilen auf Facebook Twitter WhatsApp E-Mail",
    "Share this article",
    "Anzeige",
    "Startseite > Wirtschaft > Unternehmen",
    "DAX 12.345,67 +0,53% 18.02",
    "Seite 3 von 12",
]
SENTENCES = [
    "Bild: Der Kanzler plant den Rücktritt",
    "Quelle der Gerüchte ist ein Papier des Ministeriums.",
    "Foto-Händler Calumet meldet Insolvenz an",
    "Reuters verklagt dpa.",
    "Reuters hat dpa übernommen",
    "Bloomberg reported a loss",
    "Copyright law is changing in Europe.",
    "Am 6. Juni 2019 kaufte Bosch Kuka.",
    "Update: Bosch kauft Kuka.",
    "Von Bosch ist nichts zu hören.",
    "By Monday the deal was done.",
    "Von Hamburg nach München",
    "Teilen will Bosch den Gewinn nicht.",
    "Share prices of Apple rose.",
    "Read is the chief executive of WPP.",
    "Mehr als 500 Menschen arbeiten bei Kuka.",
    "Anzeige erstattete die Bank gegen Wirecard.",
    "02.02.2016, 08:05 33 Dienstnehmer betroffen",
    "Der DAX stieg um 1,5 Prozent auf 12.345 Punkte.",
    "2019: 5 Milliarden Euro, 2020: 6 Milliarden Euro Umsatz für Bosch.",
    "Mit Material von Evonik baut Bosch Batterien.",
    "Subscribers of Netflix pay more.",
    "Cookies verwenden viele Seiten.",
    "Startseite und App von Amazon waren gestört",
    "Sid",
    "Twitter",
    "1989",
    "Sources close to Apple confirmed the deal.",
]


@pytest.mark.parametrize("line", ASIDES)
def test_what_belongs_to_the_page_is_stored_but_not_read(line):
    found = parts(f"{TITLE}\n\n{BODY}\n\n{line}\n\n{LAST}")
    assert found == [("title", TITLE), ("paragraph", BODY), ("aside", line), ("paragraph", LAST)]


@pytest.mark.parametrize("line", SENTENCES)
def test_what_could_be_a_sentence_is_read(line):
    found = parts(f"{TITLE}\n\n{BODY}\n\n{line}\n\n{LAST}")
    assert [kind for kind, _ in found] in (
        ["title", "paragraph", "paragraph", "paragraph"],
        ["title", "paragraph", "heading", "paragraph"],
    )
    assert line.endswith(found[2][1])


@pytest.mark.parametrize(
    ("paragraph", "behind"),
    [
        (BODY + " (dpa)", "(dpa)"),
        (BODY + " (mbr/dpa)", "(mbr/dpa)"),
        (BODY + " dpa/lnw", "dpa/lnw"),
        (BODY + " /ajx/stk", "/ajx/stk"),
        (BODY + " Foto: Kay Nietfeld", "Foto: Kay Nietfeld"),
        (BODY + " (Foto: Imago)", "(Foto: Imago)"),
        (BODY + " (© Repro: MT)", "(© Repro: MT)"),
        (BODY + " (Reporting by Jane Doe; editing by John Roe)", "(Reporting by Jane Doe; editing by John Roe)"),
    ],
)
def test_credits_at_the_end_of_a_paragraph(paragraph, behind):
    assert parts(f"{paragraph}\n\n{LAST}") == [("paragraph", BODY), ("aside", behind), ("paragraph", LAST)]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Das meldet die Deutsche Presse-Agentur (dpa).",
        "Bosch kauft Kuka (BMW)",
        "Er zeigte ein Foto: Merkel und Macron lachen.",
        "Huawei hat mit MTS eine Vereinbarung getroffen. Das berichtet dpa",
    ],
)
def test_agencies_that_a_sentence_speaks_of_stay_in_it(paragraph):
    assert parts(f"{paragraph}\n\n{LAST}")[0] in (("paragraph", paragraph), ("title", paragraph))
