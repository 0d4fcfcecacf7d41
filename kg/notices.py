"""What a house says of itself, its page and its text: contacts, corrections, legal notes, marks of press releases.

Told by form and closed lists of words, German and English alike. What says facts is none of these: the text below
"About Siemens" is read.
"""

from __future__ import annotations

import re
from typing import Final

_LONGEST: Final = 400
"""Letters of the longest contact, with streets and several people, and of the longest correction."""

_REACHED: Final = (
    r"[\w.+-]{1,40}@[\w-]{1,40}\.[\w.]{2,40}"  # a mail
    r"|(?:Tel|Telefon|Telefax|Fax|Phone|Mobil|Mobile|Handy|Hotline|Durchwahl|phone|mobile|fax)"
    r"\b[.: ]{0,3}[+(]?\d[\d /()-]{4}"
    r"|(?<![\w+])\+\d{1,3}[ (/-]{1,2}[\d(][\d /()-]{6}"
    r"|(?<![\w-])\d{3}-\d{3}-\d{4}(?![\w-])"
)
_CONTACT: Final = re.compile(_REACHED)
_LINK: Final = rf"{_REACHED}|https?://|www\."
_ASKED: Final = re.compile(
    r"(?:(?:Presse|Medien)kontakte?\b|Kontakt(?=:|\s(?:für|zur) )"
    r"|(?:Ihre? )?Ansprechpartner(?:in)?\b|(?:Bei|Für) (?:Rückfragen|Fragen)\b"
    r"|(?:Rufen|Schreiben|Mailen) Sie\b|(?:Für )?(?:[Ww]eitere|[Mm]ehr) Informationen"
    r"(?=:| (?:erhalten|finden|unter|gibt|zu[mr]?|im|auf|bei|wenden)\b)"
    r"|(?:Media|Press|Investor|Company|Editorial)(?: and Investor)? (?:[Cc]ontacts?|[Rr]elations|[Ii]nquiries)\b"
    r"|(?:Contacts?|CONTACTS?)(?=:|\s+[A-Z]| for (?:journalists|media|investors|the press)\b)"
    r"|For (?:more|further|additional)"
    r" (?:information|details)\b)"
    rf"(?=[\s\S]*?(?:{_LINK}))"
)
_INVITED: Final = re.compile(
    r"\b(?:Schreiben|Rufen|Mailen) Sie uns\b|\b(?:can|may) be reached (?:at|by|via)\b"
    r"|\b[Rr]each (?:him|her|them) (?:at|by)\b"
)

_TEXT: Final = r"(?:Artikel|Text|Beitrag|Bericht)s?"
_STORY: Final = r"(?:article|story|report|post|piece|headline)"
_CORRECTED: Final = re.compile(
    rf"(?:(?:Hinweis|Anmerkung|Anm\.|Korrektur|Transparenzhinweis|Update|Aktualisierung)(?: der Redaktion)?: ?)?"
    rf"(?:(?:Dieser|Der) {_TEXT} (?:wurde|ist) |Diese Meldung (?:wurde|ist) )(?:[^.!?]|[.!?](?=\S)|(?<=\d)\.)*"
    r"\b(?:aktualisiert|ergänzt|korrigiert|überarbeitet|erschienen|veröffentlicht)(?: worden)?\.?"
    rf"|(?:(?:Hinweis|Anmerkung|Anm\.) der Redaktion|Anm\. d\. Red\.)(?:\.:|:) .+"
    rf"|(?:Korrektur|Hinweis|Anmerkung|Berichtigung): (?:In einer (?:früheren|ersten|vorherigen)|Wir haben) .+"
    rf"|In einer (?:früheren|ersten|vorherigen|ursprünglichen) (?:Version|Fassung)"
    rf" (?:dieses|des|von diesem|der|dieser) (?:{_TEXT}|Meldung)\b.+"
    rf"|(?:(?:Editor['’]s? [Nn]ote|EDITOR['’]S NOTE|Note to readers|[Cc]larification|[Cc]orrection|CORRECTION"
    rf"|Update|UPDATE):"
    rf" ?)?(?:This {_STORY} (?:has been|was|is being)|(?:An|The) (?:earlier|original|previous) version of (?:this|the)"
    rf" {_STORY}\b).*?\b(?:updated|corrected|amended|clarified|revised|published|misstated|incorrectly|wrongly|said"
    rf"|stated"
    rf"|gave|misspelled|misspelt|misidentified|developing)\b.*"
    rf"|(?:Editor['’]s? [Nn]ote|EDITOR['’]S NOTE): .+"
    rf"|(?:[A-Z][\w'’-]+ ){{1,5}}[^.!?]{{0,200}}\bcontributed (?:reporting )?to this {_STORY}\.?",
    re.DOTALL,
)
_MARK: Final = re.compile(
    # Press releases, and how they and reports end.
    r"[-–—+* ]{0,4}(?:PRESSEMITTEILUNG|Pressemitteilung|PRESSEINFORMATION|Presseinformation|Medienmitteilung"
    r"|MEDIENMITTEILUNG|Medieninformation|FOR IMMEDIATE RELEASE|For immediate release|PRESS RELEASE|Press release"
    r"|Press Release|NEWS RELEASE|News Release|ENDS?|Ends|ENDE|Ende|Notes to [Ee]ditors|NOTES TO EDITORS"
    r"|Redaktionelle Hinweise?|Sperrfrist|Frei zur Veröffentlichung)[-–—+* :.]{0,4}"
    r"|SOURCE:? (?=.*[a-z]|\w+$)[A-ZÄÖÜ][^.!?]{1,80}\.?"
    r"|(?:View (?:original|source) (?:content|version)|Original-Content von|Weitere Meldungen:"
    r"|Reference number|Aktenzeichen:)"
    r"\b.{0,200}"
    r"|Our [Ss]tandards: .{0,100}"
    # What an agency changed, and what a currency was worth.
    r"|\((?:Adds?|Updates?|Recasts?|Corrects?|Repeats?|Rewrites|Writes through|Neu|neu|Durchgehend neu|Zusammenfassung"
    r"|Wiederholung)\b[^()]{2,200}\)"
    r"|\((?:[$€£¥]1|1 [A-Za-z.]+(?: [a-z]+)?) = [^()]{2,60}\)"
    r"|AXC\d{4} \d{4}-\d\d-\d\d/\d\d:\d\d"
    # Captions as some sites and agencies name them.
    r"|(?:Image|Media|Photo|Picture) (?:source|caption|credit)[,:] .{1,200}|Bildunterschrift: .{1,200}"
    r"|Bildtext: .{1,200}"
    # Advertisements, buttons and ages.
    r"|(?i:(?:advertisement ?[-–—:] ?)?(?:story|article) continues (?:below|after|beneath)[^.]{0,40}\.?)"
    r"|(?:Der )?(?:Artikel|Text|Beitrag) (?:wird|geht) nach der (?:Anzeige|Werbung) (?:fortgesetzt|weiter)\.?"
    r"|Weiter(?:lesen)? nach der (?:Anzeige|Werbung)"
    r"|Click to (?:see|read|view|expand|share|copy|enlarge)\b[^.]{0,40}|Back to top|Nach oben|Zum Seitenanfang"
    r"|(?i:more from) [^:.]{2,40}: .{1,200}"
    r"|(?:(?:Last |Zuletzt |First )?(?:[Uu]pdated|[Pp]ublished|[Pp]osted|[Aa]ktualisiert|[Vv]eröffentlicht):? )?"
    r"(?:\d{1,2} (?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?) ago"
    r"|vor \d{1,2} (?:Minuten?|Stunden?|Tag(?:en)?|Wochen?|Monat(?:en)?))"
    # A mail, a number or an address of the web alone.
    rf"|[(<]{{0,2}}(?:(?:E-?[Mm]ail|Web|Internet|Mail|URL)[:.]? ?)?(?:{_REACHED}|(?:https?://|www\.)\S{{3,200}})"
    rf"[\d /()-]{{0,20}}[)>]{{0,2}}"
)
_FORWARD: Final = re.compile(
    r"(?:(?:Cautionary |Note (?:on|regarding) |Safe [Hh]arbor |Hinweis zu )?(?:Statements? (?:on|regarding) )?"
    r"(?:[Ff]orward-[Ll]ooking [Ss]tatements?|FORWARD-LOOKING STATEMENTS?|[Zz]ukunftsgerichteten? Aussagen"
    r"|[Vv]orausschauende Aussagen|Disclaimer|DISCLAIMER|Haftungsausschluss)(?: disclaimer)?[:.]?$"
    r"|(?:This|These|Certain|Some|Statements in this|Except for|Diese[rs]?|Einige)\b[^.]{0,160}?"
    r"\b(?:forward-looking|zukunftsgerichtet|vorausschauende Aussage|in die Zukunft gerichtet))"
)
_RULE: Final = re.compile(r"[-–—_=*#+~|][-–—_=*#+~| ]*")
_SENTENCE_ENDS: Final = re.compile(r"[a-zäöüß]{4}[.!?] +[A-ZÄÖÜ]")
_BEHIND: Final = re.compile(r"[\d\s()/<>,;.–-]*")
_END: Final = re.compile(
    r"(?:#{1,3} )?Notizblock|[* ]*Die folgenden Informationen sind nicht zur Veröffentlichung bestimmt[.!:]?"
)
_ABOUT: Final = re.compile(
    r"(?:Über|About|ÜBER|ABOUT) (?:(?:die|den|das|the|The) )?[A-ZÄÖÜ0-9][^\s.!?]*(?: [^\s.!?]+){0,4}:?"
)


def is_notice(text: str) -> bool:
    """Whether a line or paragraph is a contact, a correction, a legal note or a mark of its sender.

    >>> is_notice("Tel.: +49 821 1234567"), is_notice("Schreiben Sie uns: leser@blatt.example")
    (True, True)
    >>> is_notice("Siemens ist unter info@siemens.example zu erreichen.")
    False
    """
    if is_rule(text) or _FORWARD.match(text[:_LONGEST]):
        return True
    if len(text) > _LONGEST:
        return False
    return _is_contact(text) or _MARK.fullmatch(text) is not None or _CORRECTED.fullmatch(text) is not None


def is_rule(text: str) -> bool:
    """Whether a line is drawn of signs: "***", "-----"."""
    return _RULE.fullmatch(text) is not None


def ends_report(text: str) -> bool:
    """Whether nothing below is for readers, as an agency tells those who print it: "Notizblock"."""
    return len(text) < _LONGEST and _END.fullmatch(text) is not None


def is_about(line: str) -> bool:
    """Whether a line is the heading of what a house says of itself: "Über Siemens", "About the Siemens Group"."""
    return _ABOUT.fullmatch(line) is not None


def _is_contact(text: str) -> bool:
    """Whether a text says how somebody is reached and no more; a sentence that names an address is none."""
    if _ASKED.match(text):
        return True
    found = list(_CONTACT.finditer(text))
    if not found:
        return False
    if _INVITED.search(text):
        return True
    return _BEHIND.fullmatch(text, found[-1].end()) is not None and not (
        text.endswith((".", ",", ";")) or _SENTENCE_ENDS.search(text)
    )
