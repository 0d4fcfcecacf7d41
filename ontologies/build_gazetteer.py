"""Writes ``countries.ttl`` and ``regions.ttl`` from open data, with the corrections that news German needs.

Usage::

    python ontologies/build_gazetteer.py FOLDER

FOLDER holds ``countries-mledoze.json.xz``, ``countries-dr5hn.json.xz``, ``states-dr5hn.csv.xz``,
``nationality-de.json`` and ``nationality-en.json``; see CREDITS.md for where they come from. The same
data gives the same files, byte for byte.
"""

from __future__ import annotations

import csv
import json
import lzma
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from kg.namespaces import ENTITY, entity_iri, slug

# Entries besides the members of the United Nations. The last three are no states of their own here.
OTHERS: Final = ("TW", "XK", "PS", "VA", "HK", "MO", "GL")
REGIONS: Final = {"HK": "china", "MO": "china", "GL": "denmark"}

# The data gives the Palestinian territories, not the state.
UNSURE_IDS: Final = ("PS",)

# What the news call a country: German names, then English ones; the first is the label.
GERMAN: Final[Mapping[str, tuple[str, ...]]] = {
    "AE": ("Vereinigte Arabische Emirate", "VAE"),
    "BA": ("Bosnien und Herzegowina", "Bosnien-Herzegowina", "Bosnien"),
    "BW": ("Botsuana", "Botswana"),
    "BY": ("Belarus", "Weißrussland", "Weissrussland"),
    "CD": ("Demokratische Republik Kongo", "DR Kongo", "Kongo-Kinshasa"),
    "CG": ("Republik Kongo", "Kongo-Brazzaville"),
    "CH": ("Schweiz",),
    "CI": ("Elfenbeinküste", "Côte d’Ivoire", "Côte d'Ivoire"),
    "CN": ("China", "Volksrepublik China", "VR China"),
    "CV": ("Kap Verde", "Kapverden", "Cabo Verde"),
    "CZ": ("Tschechien", "Tschechische Republik"),
    "DE": ("Deutschland", "Bundesrepublik Deutschland", "Bundesrepublik", "BRD"),
    "GB": ("Großbritannien", "Grossbritannien", "Vereinigtes Königreich", "UK"),
    "IR": ("Iran", "Islamische Republik Iran"),
    "KP": ("Nordkorea",),
    "KR": ("Südkorea",),
    "MD": ("Moldau", "Moldawien", "Republik Moldau"),
    "MM": ("Myanmar", "Birma", "Burma"),
    "MO": ("Macau", "Macao"),
    "NL": ("Niederlande", "Holland"),
    "PS": ("Palästina", "Palästinensische Gebiete", "Palästinensergebiete"),
    "RU": ("Russland", "Russische Föderation"),
    "SK": ("Slowakei", "Slowakische Republik"),
    "SZ": ("Eswatini", "Swasiland"),
    "TL": ("Osttimor", "Timor-Leste"),
    "US": ("USA", "US", "U.S.", "U.S.A.", "Vereinigte Staaten", "Vereinigte Staaten von Amerika"),
    "VA": ("Vatikan", "Vatikanstadt", "Heiliger Stuhl"),
    "KG": ("Kirgisistan", "Kirgistan", "Kirgisien"),
    "LK": ("Sri Lanka",),
    "WS": ("Samoa",),
    "UY": ("Uruguay",),
}
ENGLISH: Final[Mapping[str, tuple[str, ...]]] = {
    "AE": ("United Arab Emirates", "UAE"),
    "BA": ("Bosnia and Herzegovina", "Bosnia-Herzegovina", "Bosnia"),
    "CD": ("DR Congo", "Democratic Republic of the Congo", "Congo-Kinshasa"),
    "CG": ("Republic of the Congo", "Congo-Brazzaville"),
    "CI": ("Ivory Coast", "Côte d’Ivoire", "Côte d'Ivoire"),
    "CN": ("China", "People's Republic of China", "People’s Republic of China", "PRC"),
    "CV": ("Cape Verde", "Cabo Verde"),
    "CZ": ("Czech Republic", "Czechia"),
    "GB": ("United Kingdom", "UK", "U.K.", "Britain", "Great Britain"),
    "IR": ("Iran", "Islamic Republic of Iran"),
    "MM": ("Myanmar", "Burma"),
    "MK": ("North Macedonia",),
    "NL": ("Netherlands", "Holland"),
    "PS": ("Palestine", "Palestinian territories", "State of Palestine"),
    "RU": ("Russia", "Russian Federation"),
    "SZ": ("Eswatini", "Swaziland"),
    "TL": ("East Timor", "Timor-Leste"),
    "TR": ("Turkey", "Türkiye"),
    "US": ("United States", "US", "USA", "U.S.", "U.S.A.", "United States of America"),
    "VA": ("Vatican", "Vatican City", "Holy See"),
}
AMBIGUOUS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "CD": (("Kongo", "de"), ("Congo", "en")),
    "GE": (("Georgia", "en"),),
    "JO": (("Jordan", "en"),),
    "TD": (("Chad", "en"),),
    "AE": (("Emirate", "de"), ("Emirates", "en")),
    "US": (("Amerika", "de"), ("America", "en")),
    "DM": (("Dominica", "de"), ("Dominica", "en")),
}

# Adjectives where the data has none, a wrong one, or too few.
GERMAN_ADJECTIVES: Final[Mapping[str, tuple[str, ...]]] = {
    "AE": ("emiratisch",),
    "TW": ("taiwanisch", "taiwanesisch"),
    "BA": ("bosnisch", "bosnisch-herzegowinisch"),
    "BW": ("botsuanisch", "botswanisch"),
    "BY": ("belarussisch", "belarusisch", "weißrussisch"),
    "CD": ("kongolesisch",),
    "CG": (),
    "CH": ("Schweizer", "schweizerisch"),
    "CR": ("costa-ricanisch",),
    "DM": (),
    "DO": ("dominikanisch",),
    "EC": ("ecuadorianisch",),
    "GQ": ("äquatorialguineisch",),
    "GW": ("guinea-bissauisch",),
    "HK": ("Hongkonger",),
    "KN": (),
    "LI": ("Liechtensteiner", "liechtensteinisch"),
    "LU": ("Luxemburger", "luxemburgisch"),
    "MD": ("moldauisch", "moldawisch"),
    "MK": ("nordmazedonisch", "mazedonisch"),
    "MM": ("myanmarisch", "birmanisch", "burmesisch"),
    "MO": (),
    "NE": ("nigrisch",),
    "NG": ("nigerianisch",),
    "NL": ("niederländisch", "holländisch"),
    "NZ": ("neuseeländisch",),
    "PA": ("panamaisch",),
    "PG": ("papua-neuguineisch",),
    "PS": ("palästinensisch",),
    "RU": ("russisch",),
    "SA": ("saudi-arabisch", "saudisch", "saudiarabisch"),
    "SG": ("singapurisch", "Singapurer"),
    "ST": ("são-toméisch",),
    "SZ": ("eswatinisch", "swasiländisch"),
    "TL": ("osttimoresisch", "timoresisch"),
    "TT": (),
    "US": ("amerikanisch", "US-amerikanisch"),
    "VA": ("vatikanisch",),
    "VC": ("vincentisch",),
    "XK": ("kosovarisch",),
}
ENGLISH_ADJECTIVES: Final[Mapping[str, tuple[str, ...]]] = {
    "AE": ("Emirati",),
    "AG": ("Antiguan",),
    "AR": ("Argentine", "Argentinian"),
    "BA": ("Bosnian",),
    "BW": ("Botswanan",),
    "CG": (),
    "CV": ("Cape Verdean",),
    "DJ": ("Djiboutian",),
    "DM": (),
    "EC": ("Ecuadorian", "Ecuadorean"),
    "HK": (),
    "IS": ("Icelandic",),
    "KG": ("Kyrgyz",),
    "KI": (),
    "KN": (),
    "KZ": ("Kazakh", "Kazakhstani"),
    "LA": ("Laotian", "Lao"),
    "LI": ("Liechtenstein",),
    "LS": ("Basotho",),
    "LU": ("Luxembourgish",),
    "MC": ("Monegasque", "Monacan"),
    "MV": ("Maldivian",),
    "NP": ("Nepalese", "Nepali"),
    "NZ": (),
    "PH": ("Philippine", "Filipino"),
    "SA": ("Saudi", "Saudi Arabian"),
    "SB": (),
    "SI": ("Slovenian", "Slovene"),
    "SK": ("Slovak", "Slovakian"),
    "SM": ("Sammarinese",),
    "SR": ("Surinamese",),
    "TJ": ("Tajik",),
    "TT": ("Trinidadian",),
    "UZ": ("Uzbek",),
    "XK": ("Kosovan", "Kosovar"),
    "YE": ("Yemeni",),
}

# German names of capitals where they differ from the English ones.
CAPITALS: Final[Mapping[str, str]] = {
    "Abu Dhabi": "Abu Dhabi", "Accra": "Accra", "Addis Ababa": "Addis Abeba", "Algiers": "Algier",
    "Ashgabat": "Aschgabat", "Astana": "Astana", "Asunción": "Asunción", "Athens": "Athen", "Baghdad": "Bagdad",
    "Beijing": "Peking", "Belgrade": "Belgrad", "Bishkek": "Bischkek", "Brussels": "Brüssel", "Bucharest": "Bukarest",
    "Cairo": "Kairo", "Copenhagen": "Kopenhagen", "Damascus": "Damaskus", "Dushanbe": "Duschanbe", "Havana": "Havanna",
    "Khartoum": "Khartum", "Kuwait City": "Kuwait-Stadt", "Kyiv": "Kiew", "Lisbon": "Lissabon", "Mexico City":
    "Mexiko-Stadt", "Mogadishu": "Mogadischu", "Moscow": "Moskau", "Muscat": "Maskat", "N'Djamena": "N’Djamena",
    "New Delhi": "Neu-Delhi", "Nicosia": "Nikosia", "Panama City": "Panama-Stadt", "Prague": "Prag", "Pristina":
    "Pristina", "Pyongyang": "Pjöngjang", "Reykjavik": "Reykjavík", "Riyadh": "Riad", "Rome": "Rom", "Sana'a": "Sanaa",
    "Tashkent": "Taschkent", "Tbilisi": "Tiflis", "Tehran": "Teheran", "Tokyo": "Tokio", "Tripoli": "Tripolis",
    "Vienna": "Wien", "Warsaw": "Warschau", "Yerevan": "Eriwan", "Guatemala City": "Guatemala-Stadt", "Chișinău":
    "Chișinău", "Naypyidaw": "Naypyidaw", "Washington D.C.": "Washington", "Vatican City": "Vatikanstadt",
}  # fmt: skip
CAPITAL_ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "Beijing": ("Beijing",),
    "Chișinău": ("Chisinau",),
    "Kyiv": ("Kyjiw", "Kyiv", "Kiev"),
    "Malé": ("Male",),
    "New Delhi": ("Delhi",),
    "Reykjavik": ("Reykjavik",),
    "Riyadh": ("Riyadh",),
    "Ulan Bator": ("Ulaanbaatar",),
    "Washington D.C.": ("Washington, D.C.", "Washington DC", "Washington D. C."),
    "Yerevan": ("Jerewan",),
    "Brasília": ("Brasilia",),
    "Bogotá": ("Bogota",),
    "N'Djamena": ("N'Djamena",),
}
AMBIGUOUS_CAPITALS: Final = frozenset(
    {"Malé", "Victoria", "Georgetown", "Kingstown", "Kingston", "Santiago", "Roseau", "Nassau", "San José", "Lima"}
    | {"Praia", "Freetown", "Wellington", "Hamilton", "Castries", "Saint John's", "St. George's", "Yaren", "Apia"}
)
# "Brüssel fordert" speaks of the European Union more often than of Belgium: it acts for neither.
SEATS_OF_OTHERS = frozenset({"Brussels"})
SEATS_OF_GOVERNMENT: Final[Mapping[str, str]] = {"SZ": "Mbabane", "TZ": "Dodoma", "ZA": "Pretoria"}

# German and English names of states and cantons, and the adjective in German; others keep the data's name.
STATES: Final[Mapping[str, tuple[str, str, tuple[str, ...]]]] = {
    "DE-BW": ("Baden-Württemberg", "Baden-Württemberg", ("baden-württembergisch",)),
    "DE-BY": ("Bayern", "Bavaria", ("bayerisch", "bayrisch")),
    "DE-BB": ("Brandenburg", "Brandenburg", ("brandenburgisch", "Brandenburger")),
    "DE-HE": ("Hessen", "Hesse", ("hessisch",)),
    "DE-NI": ("Niedersachsen", "Lower Saxony", ("niedersächsisch",)),
    "DE-MV": ("Mecklenburg-Vorpommern", "Mecklenburg-Western Pomerania", ("mecklenburg-vorpommerisch",)),
    "DE-NW": ("Nordrhein-Westfalen", "North Rhine-Westphalia", ("nordrhein-westfälisch",)),
    "DE-RP": ("Rheinland-Pfalz", "Rhineland-Palatinate", ("rheinland-pfälzisch",)),
    "DE-SL": ("Saarland", "Saarland", ("saarländisch",)),
    "DE-SN": ("Sachsen", "Saxony", ("sächsisch",)),
    "DE-ST": ("Sachsen-Anhalt", "Saxony-Anhalt", ("sachsen-anhaltisch",)),
    "DE-SH": ("Schleswig-Holstein", "Schleswig-Holstein", ("schleswig-holsteinisch",)),
    "DE-TH": ("Thüringen", "Thuringia", ("thüringisch", "Thüringer")),
    "AT-1": ("Burgenland", "Burgenland", ("burgenländisch",)),
    "AT-2": ("Kärnten", "Carinthia", ("Kärntner",)),
    "AT-3": ("Niederösterreich", "Lower Austria", ("niederösterreichisch",)),
    "AT-4": ("Oberösterreich", "Upper Austria", ("oberösterreichisch",)),
    "AT-6": ("Steiermark", "Styria", ("steirisch",)),
    "AT-7": ("Tirol", "Tyrol", ("Tiroler",)),
    "AT-8": ("Vorarlberg", "Vorarlberg", ("Vorarlberger",)),
    "CH-AG": ("Aargau", "Aargau", ("Aargauer",)),
    "CH-AI": ("Appenzell Innerrhoden", "Appenzell Innerrhoden", ()),
    "CH-AR": ("Appenzell Ausserrhoden", "Appenzell Ausserrhoden", ()),
    "CH-BL": ("Basel-Landschaft", "Basel-Landschaft", ("Baselbieter",)),
    "CH-GL": ("Glarus", "Glarus", ("Glarner",)),
    "CH-GR": ("Graubünden", "Grisons", ("Bündner",)),
    "CH-JU": ("Kanton Jura", "Canton of Jura", ()),
    "CH-NE": ("Kanton Neuenburg", "Canton of Neuchâtel", ()),
    "CH-NW": ("Nidwalden", "Nidwalden", ("Nidwaldner",)),
    "CH-OW": ("Obwalden", "Obwalden", ("Obwaldner",)),
    "CH-SZ": ("Kanton Schwyz", "Canton of Schwyz", ("Schwyzer",)),
    "CH-TG": ("Thurgau", "Thurgau", ("Thurgauer",)),
    "CH-TI": ("Tessin", "Ticino", ("Tessiner",)),
    "CH-UR": ("Kanton Uri", "Canton of Uri", ("Urner",)),
    "CH-VS": ("Wallis", "Valais", ("Walliser",)),
    "CH-VD": ("Waadt", "Vaud", ("Waadtländer",)),
}

HEADER: Final = """\
# {title}
#
# Generated by ontologies/build_gazetteer.py: change the corrections there, not here.
{credits}
@prefix kg: <https://kg.example/ontology#> .
@prefix entity: <https://kg.example/entity/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .
"""
CREDITS: Final = """\
# Names, codes and demonyms: mledoze/countries (ODbL 1.0), dr5hn/countries-states-cities-database
# (ODbL 1.0), i18n-nationality (MIT). This file is available under ODbL 1.0; see CREDITS.md.
#
# SPDX-License-Identifier: ODbL-1.0
"""


def literal(text: str, language: str | None = None) -> str:
    """A Turtle literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"' + (f"@{language}" if language else "")


def literals(predicate: str, values: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A predicate with its literals, each once; nothing if there are none."""
    texts = [literal(text, language) for text, language in dict.fromkeys(values)]
    if texts:
        yield f"{predicate} {' , '.join(texts)}"


def place(name: str) -> str:
    """The local part of a place's IRI, as it is minted for places without an entry."""
    return entity_iri(name, "Place").removeprefix(ENTITY)


def block(name: str, parts: Iterable[str]) -> str:
    """An entry in Turtle."""
    return f"\nentity:{name} " + " ;\n    ".join(parts) + " .\n"


def read(path: Path) -> Any:  # noqa: ANN401 – JSON of several shapes
    """A JSON file, packed or not."""
    text = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    return json.loads(text)


def country_names(country: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """German and English names, the label first."""
    code = country["cca2"]
    german = country["translations"]["deu"]
    official = country["name"]["official"] if code not in REGIONS else country["name"]["common"]
    in_german = list(GERMAN.get(code, (german["common"],)))
    if code not in GERMAN and code not in REGIONS:
        in_german.append(german["official"])
    return in_german, [*ENGLISH.get(code, (country["name"]["common"],)), official]


def country_blocks(folder: Path) -> Iterator[str]:
    """Countries, each followed by its capital."""
    german_adjectives = read(folder / "nationality-de.json")["nationalities"]
    ids = {row["iso2"]: row["wikiDataId"] for row in read(folder / "countries-dr5hn.json.xz")}
    countries = read(folder / "countries-mledoze.json.xz")
    for country in sorted(countries, key=lambda row: str(row["name"]["common"])):
        code = country["cca2"]
        if not country["unMember"] and code not in OTHERS:
            continue
        german, english = country_names(country)
        name = place(english[0]) if code in REGIONS else slug(english[0])
        adjectives = [(a, "de") for a in GERMAN_ADJECTIVES.get(code, (german_adjectives[code].lower(),))]
        demonym = country["demonyms"]["eng"]["m"]
        adjectives += [(a, "en") for a in ENGLISH_ADJECTIVES.get(code, (demonym,))]
        labels = [(german[0], "de"), (english[0], "en")]
        others = [(n, "de") for n in german[1:]] + [(n, "en") for n in english[1:]]
        risky = AMBIGUOUS.get(code, ())
        parts = ["a kg:Region" if code in REGIONS else "a kg:Country", *literals("skos:prefLabel", labels)]
        parts += literals("skos:altLabel", [pair for pair in others if pair not in labels])
        parts += literals("kg:ambiguous", risky)
        parts += literals("kg:demonym", adjectives)
        if code in REGIONS:
            parts.append(f"kg:country entity:{REGIONS[code]}")
        if code in ids and code not in UNSURE_IDS:
            parts.append(f"skos:exactMatch wd:{ids[code]}")
        yield block(name, parts)
        if code not in REGIONS and country["capital"]:
            yield from capital_block(country, name, german[0], english[0])


def capital_block(country: Mapping[str, Any], name: str, german: str, english: str) -> Iterator[str]:
    """The capital, unless it shares its name with the country."""
    capital = SEATS_OF_GOVERNMENT.get(country["cca2"], country["capital"][0])
    if country["cca2"] == "PS" or capital in (german, english, "City of San Marino", "Vatican City"):
        return
    in_german = CAPITALS.get(capital, capital)
    in_english = "Washington" if capital == "Washington D.C." else capital
    labels = [(in_german, "de"), (in_english, "en")]
    aliases = [(alias, language) for alias in CAPITAL_ALIASES.get(capital, ()) for language in ("de", "en")]
    parts = ["a kg:City", *literals("skos:prefLabel", labels)]
    parts += literals("skos:altLabel", [pair for pair in aliases if pair not in labels])
    if capital in AMBIGUOUS_CAPITALS:
        parts.append("kg:ambiguous true")
    parts.append(f"kg:country entity:{name}")
    if capital not in SEATS_OF_OTHERS:
        parts.append(f"kg:capitalOf entity:{name}")
    yield block(place(in_english), parts)


def region_blocks(folder: Path) -> Iterator[str]:
    """The states of Germany and Austria and the cantons of Switzerland that are not called like a city."""
    countries = {"DE": "germany", "AT": "austria", "CH": "switzerland"}
    with lzma.open(folder / "states-dr5hn.csv.xz", "rt", encoding="utf-8", newline="") as file:
        rows = {row["iso3166_2"]: row for row in csv.DictReader(file)}
    for code, (german, english, adjectives) in STATES.items():
        parts = ["a kg:Region", *literals("skos:prefLabel", [(german, "de"), (english, "en")])]
        parts += literals("kg:demonym", [(adjective, "de") for adjective in adjectives])
        parts.append(f"kg:country entity:{countries[code[:2]]}")
        parts.append(f"skos:exactMatch wd:{rows[code]['wikiDataId']}")
        yield block(place(english), parts)


def write(path: Path, title: str, blocks: Iterable[str]) -> None:
    """A Turtle file, in place only when it is whole."""
    draft = path.with_suffix(".ttl.new")
    draft.write_text(HEADER.format(title=title, credits=CREDITS) + "".join(blocks), encoding="utf-8", newline="\n")
    draft.replace(path)


def main() -> None:
    """Writes both files beside this script."""
    if len(sys.argv) != 2:
        sys.exit("usage: python ontologies/build_gazetteer.py FOLDER-OF-THE-DATA")
    here, folder = Path(__file__).parent, Path(sys.argv[1])
    write(
        here / "countries.ttl",
        "Countries and their capitals, as German and English news call them.",
        country_blocks(folder),
    )
    write(here / "regions.ttl", "States of Germany and Austria, cantons of Switzerland.", region_blocks(folder))


if __name__ == "__main__":
    main()
