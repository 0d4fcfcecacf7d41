"""Which common nouns may speak of the same thing, and which gender a noun or a first name tells.

"Airline" and "Fluggesellschaft" name one kind of company, a "Hersteller" may be an "Autobauer", and
"das Unternehmen" any company. Closed lists, from what German and English news writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

GENERAL: Final = frozenset(
    "unternehmen konzern mischkonzern mutterkonzern firma gesellschaft haus gruppe betrieb riese gigant "
    "company firm group business corporation giant enterprise conglomerate multinational".split()
)
"""Nouns, in lower case, for any company."""

_GENERAL_OF: Final = {
    "GovernmentBody": frozenset("behörde aufsichtsbehörde bundesbehörde authority agency regulator watchdog".split()),
    "Organization": frozenset("einrichtung organisation institution organization organisation body".split()),
    "Product": frozenset("produkt modell system software programm product model system program device".split()),
    "City": frozenset("stadt ort city town".split()),
    "Country": frozenset("land staat nation country state".split()),
}
"""Class → nouns, in lower case, for any thing of it."""

_ALIKE: Final = (
    "airline fluggesellschaft fluglinie billigflieger ferienflieger carrier",
    "bank geldhaus geldinstitut kreditinstitut institut finanzinstitut bankhaus sparkasse lender",
    "versicherer versicherung assekuranz versicherungskonzern rückversicherer insurer reinsurer underwriter",
    "autobauer autohersteller autokonzern fahrzeugbauer fahrzeughersteller elektroautobauer sportwagenbauer "
    "carmaker automaker",
    "chiphersteller chipkonzern chipbauer halbleiterhersteller halbleiterkonzern auftragsfertiger fertiger chipmaker",
    "händler einzelhändler kette handelskette supermarktkette discounter filialist retailer chain grocer supermarket",
    "versorger energieversorger stromversorger energiekonzern stromkonzern utility",
    "verein klub club erstligist bundesligist zweitligist fußballklub team mannschaft",
    "klinik krankenhaus klinikum hospital clinic",
    "werft schiffbauer schiffsbauer shipyard shipbuilder",
    "brauerei brauer bierbrauer brewer brewery",
    "reederei reeder schifffahrtsgesellschaft line",
    "start-up startup jungunternehmen",
    "dienst plattform netzwerk portal app anwendung programm software messenger anbieter service platform network "
    "application program",
    "medikament arznei arzneimittel präparat mittel wirkstoff pille drug medicine pill treatment",
    "impfstoff vakzin präparat mittel vaccine",
    "auto wagen fahrzeug modell limousine geländewagen car vehicle model",
    "flugzeug maschine jet kampfjet plane aircraft jet airliner",
    "verband vereinigung dachverband branchenverband association federation",
    "bande gruppe hackergruppe hackerbande gang group",
    "miliz rebellengruppe terrororganisation terrormiliz gruppe militia group",
    "hochschule universität uni university college",
    "zeitung blatt tageszeitung newspaper paper daily",
    "wettbewerbsbehörde kartellamt kartellbehörde kartellwächter wettbewerbshüter",
    "finanzaufsicht bankenaufsicht börsenaufsicht aufsicht aufseher regulierer",
    "maker manufacturer producer",
    "hersteller produzent erzeuger",
)
_MAKERS: Final = ("bauer", "hersteller", "produzent", "fertiger", "kocher", "maker", "manufacturer", "producer")
_MAKER: Final = frozenset("hersteller produzent maker manufacturer producer".split())

_GROUPS: Final = tuple(frozenset(line.split()) for line in _ALIKE)

_LEADERS: Final = frozenset(
    "regierungschef regierungschefin ministerpräsident ministerpräsidentin premierminister premierministerin premier "
    "kanzler kanzlerin bundeskanzler bundeskanzlerin".split()
)
_STATE_HEADS: Final = frozenset("staatschef staatschefin staatsoberhaupt präsident präsidentin staatspräsident".split())
_BOSSES: Final = frozenset(
    "chef chefin vorstandschef vorstandschefin konzernchef konzernchefin firmenchef firmenchefin geschäftsführer "
    "geschäftsführerin vorstandsvorsitzender vorstandsvorsitzende unternehmenschef unternehmenschefin boss".split()
)
_MANAGERS: Final = _BOSSES | frozenset("finanzchef finanzchefin vorstand direktor direktorin leiter leiterin".split())
_POLITICIANS: Final = (
    _LEADERS
    | _STATE_HEADS
    | frozenset(
        "minister ministerin abgeordneter abgeordnete senator senatorin bürgermeister bürgermeisterin kommissar "
        "kommissarin staatssekretär staatssekretärin".split()
    )
)
_WIDER_POSTS: Final = {
    **dict.fromkeys(("regierungschef", "regierungschefin", "premier"), _LEADERS),
    **dict.fromkeys(("staatschef", "staatschefin", "staatsoberhaupt"), _STATE_HEADS),
    **dict.fromkeys(("firmenchef", "firmenchefin", "konzernchef", "konzernchefin", "boss"), _BOSSES),
    **dict.fromkeys(("vorstandschef", "vorstandschefin", "unternehmenschef", "unternehmenschefin"), _BOSSES),
    **dict.fromkeys(("manager", "managerin", "executive"), _MANAGERS),
    **dict.fromkeys(("politiker", "politikerin"), _POLITICIANS),
    **dict.fromkeys(("unternehmer", "entrepreneur"), frozenset({"gründer", "mitgründer", "founder", "co-founder"})),
    "unternehmerin": frozenset({"gründerin", "mitgründerin"}),
}

_TELLING_WHO: Final = re.compile(
    r"((^|\d-?)jährige[rnm]?$|^old$|milliardär|unternehmer|manager|politiker|ökonom|jurist|entrepreneur|billionaire|"
    r"businessman|businesswoman|tycoon|politician)"
)
"""Nouns that say who somebody is rather than which post he holds: they hardly ever bring in somebody new."""

_FEMININE: Final = re.compile(r"(in|frau|mutter|tochter|woman|queen|princess|actress|mädchen|witwe|schwester)$")


def may_name(said: str, known: Iterable[str]) -> bool:
    """Whether a description's noun fits one of the nouns that a thing was called by.

    Args:
        said: the description's noun, in lower case.
        known: nouns said of the thing, in lower case.

    >>> may_name("airline", ["fluggesellschaft"]), may_name("hersteller", ["autobauer"])
    (True, True)
    >>> may_name("bank", ["autobauer"])
    False
    """
    return any(_alike(said, noun) for noun in known)


def _alike(said: str, known: str) -> bool:
    if said == known or (len(said) > 3 and known.endswith(said)):
        return True
    if len(known) > 3 and said.endswith(known) and known not in GENERAL:
        return True
    if said in _MAKER and known.endswith(_MAKERS):
        return True
    if known in _WIDER_POSTS.get(said, ()) or said in _WIDER_POSTS.get(known, ()):
        return True
    return not _groups_of(said).isdisjoint(_groups_of(known))


@lru_cache(maxsize=4096)  # the nouns of an article are held against each other again and again
def _groups_of(noun: str) -> frozenset[int]:
    """The groups of like nouns that a noun, or what a compound ends in, belongs to."""
    return frozenset(
        number
        for number, group in enumerate(_GROUPS)
        if noun in group or any(len(word) > 3 and noun.endswith(word) for word in group)
    )


def is_general(noun: str, class_name: str) -> bool:
    """Whether a noun may stand for anything of its class: "das Unternehmen", "die Behörde"."""
    return noun in GENERAL or noun in _GENERAL_OF.get(class_name, ())


def tells_who(noun: str) -> bool:
    """Whether a noun characterizes a person: "der 54-Jährige", "der Milliardär", "die CDU-Politikerin"."""
    return _TELLING_WHO.search(noun) is not None


def gender_of_noun(noun: str, language: str) -> str:
    """``Fem``, ``Masc`` or "": what a noun for a person, in lower case, tells of its bearer.

    >>> gender_of_noun("ministerin", "de"), gender_of_noun("minister", "de"), gender_of_noun("minister", "en")
    ('Fem', 'Masc', '')
    """
    if _FEMININE.search(noun) and (language == "de" or noun.endswith(("woman", "queen", "princess", "actress"))):
        return "Fem"
    if language == "de":
        return "Masc"
    return "Masc" if noun.endswith(("man", "king", "prince")) and not noun.endswith("woman") else ""


_FIRST_NAMES: Final = {
    "Masc": (
        "Adam Ahmed Alain Alan Albert Alejandro Aleksandar Alessandro Alexander Alfred Ali Anders Andreas "
        "Andrew Andrzej Anthony Antonio Armin Arne Arthur Axel Ben Benjamin Bernard Bernd Bernhard Bill Björn "
        "Bob Boris Brian Bruno Carlos Carsten Charles Christian Christoph Christopher Claus Craig Daniel Dave "
        "David Declan Dennis Detlef Dick Dieter Dietmar Dirk Dmitri Donald Eberhard Eduard Edward Elon Emil "
        "Emmanuel Emmerson Enrico Eric Erich Erik Ernst Eugen Fabian Felix Ferdinand Fernando Florian "
        "Francesco Francisco François Frank Franz Fred Frederik Friedrich Fritz Gary Georg George Gerd "
        "Gerhard Gerald Giorgos Giovanni Giuseppe Gordon Greg Guido Günter Günther Gustav Hannes Hans Harald "
        "Harry Hassan Hein Heiko Heiner Heinrich Heinz Helge Helmut Hendrik Henning Henrik Henry Herbert "
        "Hermann Holger Horst Howard Hubert Hugo Ian Igor Ismail Ivan Ivo Jack Jacob Jacques Jake Jakob James "
        "Jamie Jan Jason Javier Jeff Jens Jeremy Jeroen Jerome Jim Jimmy Joachim Jochen Joe Johan Johann "
        "Johannes John Jonas Jonathan Jörg Jorge José Josef Joseph Juan Julian Julien Jürgen Justin Karl "
        "Karsten Keir Keith Kenneth Kevin Klaus Konrad Kurt Kyle Lars Lasse Laurent Leo Leon Leonard Leonardo "
        "Lorenz Lothar Louis Luc Lucas Ludwig Luigi Luis Lukas Lutz Magnus Manfred Manuel Marc Marcel Marco "
        "Marcus Mario Mark Markus Martin Mateusz Mats Matteo Matthew Matthias Max Maximilian Michael Michel "
        "Miguel Mike Mikael Mohamed Mohammed Moritz Nicolas Niels Nigel Nikolai Nils Norbert Olaf Olav Ole "
        "Oleg Oliver Oscar Oskar Otto Owen Pablo Paolo Pascal Patrick Paul Pavel Pawel Pedro Per Peter Petr "
        "Philip Philipp Pierre Piotr Rafael Rainer Ralf Ralph Raymond Reinhard Reinhold Rene René Ricardo "
        "Richard Rishi Rob Robert Roberto Rodrigo Roger Roland Rolf Roman Ronald Rudolf Rüdiger Ryan Sam "
        "Samuel Sebastian Sergei Sergej Sergio Simon Sören Stefan Steffen Stephan Stephen Steve Steven Sundar "
        "Sven Terry Theo Theodor Thierry Thomas Thorsten Tim Timo Timothy Tobias Todd Tom Tomasz Tony Torsten "
        "Trond Udo Ulf Ulrich Urs Uwe Viktor Vincent Vladimir Volker Volodymyr Walter Warren Werner Wilhelm "
        "Willem William Winfried Witali Wladimir Wolf Wolfgang Wolodymyr Xavier Yannick Yves"
    ).split(),
    "Fem": (
        "Alexandra Alice Alicia Amanda Amelie Amy Ana Angela Angelika Anita Anja Anke Ann Anna Anne Annalena "
        "Annette Antje Antonia Astrid Aya Barbara Beate Beatrice Beatrix Bettina Birgit Britta Brigitte "
        "Camilla Carla Carmen Carolin Caroline Catherine Cecilia Charlotte Chiara Christiane Christina "
        "Christine Cindy Clara Claudia Cornelia Cristina Dagmar Daniela Deborah Diana Dora Doris Dorothea "
        "Edith Elena Eleanor Elisabeth Elizabeth Elke Ellen Elsa Emily Emma Erika Eva Evelyn Fatima Federica "
        "Franziska Frauke Frida Friederike Gabriela Geraldine Gerda Gisela Giorgia Gloria Grace Gretchen "
        "Gudrun Hannah Hanna Heather Heidi Heike Helen Helena Helga Hilde Hillary Ilona Ilse Ina Ines Inga "
        "Inge Ingrid Irene Iris Isabel Isabella Isabelle Jacinda Jane Janet Janine Jasmin Jenna Jennifer "
        "Jessica Joanna Johanna Josephine Judith Julia Juliane Julie Jutta Karen Karin Karoline Katharina "
        "Katherine Kathrin Kathy Katja Katrin Kerstin Kirsten Klara Kristalina Kristina Lara Laura Lea Leonie "
        "Leila Lena Lisa Liz Louise Lucia Lucy Luise Magdalena Maja Manuela Margaret Margarete Margarethe "
        "Margrethe Maria Marianne Marie Marina Marion Marta Martha Martina Mary Mathilde Maya Melanie Melissa "
        "Meredith Mette Michelle Miriam Monica Monika Nadia Nadine Nancy Natalie Natascha Nicole Nina Nora "
        "Olga Olivia Pamela Patricia Paula Pauline Penny Petra Pia Priya Rachel Rebecca Regina Renate Ricarda "
        "Rita Rosa Rosalie Roswitha Ruth Sabine Sahra Sandra Sanna Sara Sarah Saskia Sheryl Sigrid Silke "
        "Silvia Sofia Sonja Sophia Sophie Stefanie Stella Stephanie Susan Susanne Svenja Sylvia Tanja Tatjana "
        "Teresa Theresa Therese Tina Ulrike Ursula Uta Ute Valerie Vanessa Vera Veronika Victoria Viktoria "
        "Viola Virginia Wendy Yvonne Zoe"
    ).split(),
}
_GENDER: Final = {name: gender for gender, names in _FIRST_NAMES.items() for name in names}


def gender_of_name(name: str) -> str:
    """``Fem``, ``Masc`` or "": what a person's first name tells, where it is a common one of one gender.

    >>> gender_of_name("Penny Wong"), gender_of_name("Gou Ping"), gender_of_name("Merz")
    ('Fem', '', '')
    """
    first, _, rest = name.partition(" ")
    title = {"Mr": "Masc", "Mr.": "Masc", "Ms": "Fem", "Ms.": "Fem", "Mrs": "Fem", "Mrs.": "Fem", "Frau": "Fem"}
    if first in title:
        return title[first]
    return _GENDER.get(first.partition("-")[0], "") if rest else ""
