"""The gender of German nouns by their ending, where it is told without doubt."""

from __future__ import annotations

import re
from typing import Final

_FEMININE: Final = re.compile(
    r"(ung|heit|keit|schaft|ion|tät|ik|ei|enz|anz|ur|firma|bank|kasse|kette|gruppe|behörde|airline|fluglinie|börse|"
    r"marke|stadt|holding|familie|brauerei|werft|kanzlei|bewegung|miliz|armee|polizei|justiz|aufsicht|anstalt|"
    r"stiftung|liga|bahn|mutter|tochter|sparte|klinik|uni|schule|hochschule|zentrale|kirche|kammer|presse|insel|"
    r"hauptstadt|marine|wehr|waffe|seite|reihe|app|software|stiftung|anbieterin|chefin|[a-zäöü]{3,}erin|ministerin|"
    r"präsidentin|kanzlerin|frau|kollegin)$"
)
_OTHERS: Final = re.compile(
    r"(schwung|sprung|ursprung|vorsprung|flur|abitur|spion|stadion|brei|papagei|kranz|tanz|glanz)$"
)
_NAMES: Final = frozenset(
    "Nato NATO EU Uno UNO Union Lufthansa Telekom Post Bahn Ukraine Türkei Schweiz Slowakei Mongolei Mafia Hisbollah "
    "Hamas Ampel SPD CDU CSU FDP AfD ÖVP FPÖ SPÖ Fifa Uefa Opec WHO EZB KfW Bafin Allianz Commerzbank Bundesbank "
    "Bundeswehr Bundesregierung Antarktis Arktis Elfenbeinküste".split()
)


def feminine(word: str) -> bool:
    """Whether a singular noun is surely a feminine.

    >>> [feminine(w) for w in ("Netzgesellschaft", "Softwarefirma", "Nato", "Konzern", "Firmen", "Sprung")]
    [True, True, True, False, False, False]
    """
    last = word.rpartition("-")[2]
    return word in _NAMES or (bool(_FEMININE.search(last.lower())) and not _OTHERS.search(last.lower()))
