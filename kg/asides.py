"""What belongs to the page and not to the report: credits, bylines, agency signs, notices, links, tables.

Told by form and closed lists of words, German and English alike, one line or paragraph at a time. A sentence of the
report must never be taken for such a line: whatever could be one is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from kg.notices import is_notice

AGENCY: Final = (
    r"(?:dpa|afp|reuters|rtr|ap|apa|ots|sda|sid|epd|kna|ddp|dapd|awp|pts|upi|pti|pa|aap|anp|efe|ansa|belga|tass"
    r"|itar-tass"
    r"|interfax|kyodo|xinhua|yonhap|irna|ritzau|dow jones|bloomberg|cnn|cnbc|ap photo|associated press|marketwired"
    r"|business wire|businesswire|globe newswire|globenewswire|pr newswire|prnewswire|newsfile corp\.?|news aktuell"
    r"|mynewsdesk|presseportal|eigener bericht)(?:[-/ ][\w.]+){0,2}"
)
"""News agencies and press services as they sign, with a desk: "dpa/lnw", "dpa-AFX". Any case."""
_SHORT: Final = "dpa|afp|rtr|ap|apa|ots|sda|sid|epd|kna|ddp|dapd|awp|pts|upi|pti|pa|aap|anp|efe|ansa|tass|irna"
_SIGN: Final = (
    rf"(?:(?:{_SHORT}|{_SHORT.upper()}|(?i:reuters|interfax|itar-tass|kyodo|xinhua|yonhap|ritzau|belga|dow jones"
    rf"|bloomberg"
    r"|associated press|business wire|pr newswire|news aktuell|presseportal))(?:-AFX|-infocom|/[A-Za-z]{2,4})?)"
)
"""As they sign alone on a line; "Sid" and "Pa" are people."""
_LONGEST: Final = 400
"""Letters of the longest paragraph that may be an aside as a whole, and of what is looked at from its end; the longest
seen is Reuters' line of editors, with 260."""

_NAME: Final = r"[A-ZÄÖÜ][\w.'’-]*(?: (?:[A-ZÄÖÜ][\w.'’-]*|von|van|der|den|de|di|da|del|zu|al|bin)){1,4}"
_NAMES: Final = rf"{_NAME}(?:(?:,| und| and| &|, and) {_NAME}){{0,4}}"
_CREDIT: Final = (
    r"(?:(?:Archiv|Symbol|Titel|Beispiel|Foto|Presse|Agentur|Handout)?(?:[Ff]oto|[Bb]ild)s?|Bilder|Bildquelle"
    r"|Bildrechte"
    r"|Bildnachweis|Fotoquelle|Fotocredit|Fotograf|Fotografin|Grafik|Infografik|Illustration|Quelle|Karte|Video"
    r"|Screenshot"
    r"|(?:File |Stock |Handout )?[Pp]hoto(?:s|graph|graphy)?|(?:Photo|Image|Picture) credit|Images?|Pictures?"
    r"|Graphic|Credit"
    r"|Source|Copyright)"
)
_OWNER: Final = r"(?:[A-ZÄÖÜ©@0-9][\w.@'’&-]*|dpa|picture[ -]alliance|imago|epa|action press|laif|ullstein|ddp|afp|ap)"
_OWNERS: Final = (
    rf"(?:© ?)?{_OWNER}(?:(?: ?[/,|–-] ?| | via | by | und | and | of | für | for | von | von der | der "
    rf"| of the ){_OWNER}){{0,9}}"
)
_END: Final = r"[.!]?"


def _whole(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?:{pattern})" for pattern in patterns))


_WEEKDAY: Final = (
    r"(?:Mo|Di|Mi|Do|Fr|Sa|So|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag"
    r"|Sonnabend"
    r"|Sonntag|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
)
_MONTH: Final = (
    r"(?:Jan|Feb|Mär|Mar|Apr|Mai|May|Jun|Jul|Aug|Sep|Sept|Okt|Oct|Nov|Dez|Dec|Januar|Jänner|Februar|März|April"
    r"|Juni|Juli"
    r"|August|September|Oktober|November|Dezember|January|February|March|June|July|October|December)"
)
_STAMP: Final = (
    rf"(?:{_WEEKDAY}\.?|{_MONTH}\.?|\d{{1,4}}(?:st|nd|rd|th|\.)?|\d{{1,2}}[.:h]\d{{2}}(?::\d{{2}})?(?: ?[ap]\.?m\.?)?"
    r"|\d{1,2}\.\d{1,2}\.(?:\d{2}|\d{4})|\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?|Uhr|[ap]\.?m\.?"
    r"|[AP]M"
    r"|GMT|UTC|CE?S?T|BST|E[DS]?T|MESZ|MEZ|IST)"
)
_STAMPED: Final = re.compile(
    r"(?:(?:Stand|Datum|Date|Veröffentlicht|Aktualisiert|Zuletzt aktualisiert|Letzte Aktualisierung|Letztes Update"
    r"|Erstellt|Erschienen|Updated?|Last updated|Last modified|Published|First published|Posted|Modified)"
    r"(?: am| on| at)?:? ?)"
)
_STAMP_WORD: Final = re.compile(rf"{_STAMP}|am|um|at|on")
_DATED: Final = re.compile(
    rf"(?<!\w){_MONTH}(?!\w)|(?<!\w){_WEEKDAY}(?!\w)|\d[.:]\d{{2}}(?!\d)|\d\.\d{{1,2}}\.\d|\d/\d{{1,2}}/\d"
    rf"|\d{{4}}-\d{{2}}-\d"
)
_BETWEEN: Final = re.compile(r"[\s,|·•–()]+|(?<!\d)-|-(?!\d)")

_LINE: Final = _whole(
    # Credits: "Foto: dpa", "(Photo: Reuters/Jane Doe)", "Bild: © Imago".
    rf"[(\[]?{_CREDIT}(?::| by| ©| von(?= [A-ZÄÖÜ])) ?{_OWNERS}[)\]]?{_END}",
    # Agency signs: "(dpa)", "dpa/AFP", "Quelle: dpa", "Mit Material von dpa".
    rf"[(\[]?(?:Quellen?: |Sources?: |[Mm]it (?:(?:Agentur)?[Mm]aterial|Informationen) (?:von|der) "
    rf"|[Ww]ith (?:material|reporting"
    rf"|files) (?:from|by) "
    rf"|(?:[a-z]{{2,4}}/){{1,2}})?{_SIGN}(?:(?:[/,;|·] ?| und | and ){{1}}(?:{_SIGN}"
    rf"|[a-z]{{2,4}})){{0,5}}[)\]]?{_END}",
    r"[(\[]?(?:[Mm]it|[Ww]ith) (?:Agenturmaterial|Agenturen|agency material|agencies)[)\]]?\.?",
    r"/[A-Za-z]{2,4}(?:/[A-Za-z]{2,4}){1,4}/?",
    r"(?:(?:ISIN|WKN)[ :]*(?:[A-Z0-9]{6,12}[ ,;/]*){1,4}){1,4}(?:AXC[\w /.:-]*)?",
    # Who wrote, edited, helped.
    rf"[(\[]?(?:(?:Additional |Other )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|Compiled|Edited|Written|Translated"
    rf"|Produced)"
    rf" by {_NAMES}(?: in [A-Z][\w.'’ ,-]*)?(?:[;,.] ?| and )?){{1,6}}[)\]]?",
    rf"[(\[]?(?:Bericht|Text|Autor|Autorin|Autoren|Author|Redaktion|Protokoll|Mitarbeit|Unter Mitarbeit"
    rf"|Übersetzung|Kamera|Schnitt|Interview)"
    rf"(?: von|:) {_NAMES}(?:[,;.] (?:redigiert|geschrieben|bearbeitet) von {_NAMES}){{0,3}}[)\]]?\.?",
    r"\((?:Bericht|Reporter|Geschrieben|geschrieben|Redigiert|redigiert|Unter Mitarbeit|Reporting|Writing"
    r"|Editing) (?:von|by)? ?[^()]{3,300}\)",
    # Rights.
    r"(?:(?:Copyright )?(?:©|\([cC]\))|Copyright(?=:? \d{4})):? ?[^.!?]{1,100}(?:\. (?:Alle Rechte vorbehalten"
    r"|All rights reserved))?\.?(?: This (?:material|article|content) may not be [^.]{0,200}\.?)?",
    r"(?:Alle Rechte vorbehalten|All rights reserved|Nachdruck verboten)[.!]?",
    r"This (?:material|article|content) may not be (?:published|reproduced|broadcast|copied)[^.]{0,200}\.?",
    # How long it takes to read.
    r"(?:(?:Lesezeit|Lesedauer|Reading time|Read time|Dauer|Länge):? ?(?:ca\. |circa |etwa "
    r"|about )?)\d{1,3} ?(?:Min(?:uten?|\.)?|minutes?|mins?)\.?",
    r"\d{1,3}[ -]?(?:Min(?:uten?|\.)?|minutes?|mins?)[ -](?:Lesezeit|[Rr]ead|Lesedauer)",
    r"(?:Seite|Page|S\.|p\.) ?\d{1,4}(?: (?:von|of|/) ?\d{1,4})?|[-–—] ?\d{1,4} ?[-–—]",
    # The way to this page: "Startseite > Wirtschaft > Unternehmen".
    r"(?:Startseite|Home|Start|Homepage|News|Nachrichten)(?: ?[>›»] ?[A-ZÄÖÜ][\w&-]*(?: [\w&-]+){0,3}){1,5}",
)
_POINTER: Final = _whole(
    # Other reports, and what is to be had of the house. Behind the colon stands a headline of something else.
    r"(?:Lesen Sie (?:auch|hierzu|dazu|mehr|weiter|hier|zum Thema)|Lesen Sie (?:hier|auch|dazu) (?:auch|mehr)"
    r"|Auch interessant"
    r"|Mehr (?:zum Thema|dazu|lesen|Infos|Informationen|Nachrichten)|Siehe (?:auch|dazu)|Zum Thema|Weiterlesen"
    r"|Weitere (?:Artikel|Meldungen|Nachrichten)"
    r"|Weiterführende Links?|Das könnte Sie (?:auch )?interessieren|Empfohlene Artikel|Passend dazu"
    r"|Verwandte (?:Artikel|Themen)|Video zum Thema"
    r"|Read (?:more|also|next|this next|the full story|the full article)|Also read|See also"
    r"|Related(?: (?:articles?|stories|story|coverage|news|[Tt]opics|content|links?))?"
    r"|More (?:on this(?: story)?|from (?:this section|[A-Z][\w ]{1,30})|stories|news)|Recommended(?: stories)?"
    r"|Don['’]t miss|You may also like|Most read"
    r"|Watch (?:now|more|the video)|Listen to this article)(?: ?[:>»→-].{0,200}|[.!…]{0,3}| ?\(?(?:hier|here)\)?\.?)",
    r"(?:Lesen Sie (?:auch|hier|hierzu|dazu|mehr)|Read more about|Hier geht es zu[mr]?|Hier klicken"
    r"|Klicken Sie hier|Click here|Sign up (?:here|for|to our|now)"
    r"|Subscribe (?:to|now|for)|Melden Sie sich (?:jetzt |hier )?(?:für|zu) (?:unsere[nm]|den|zum)|Abonnieren Sie"
    r"|Jetzt (?:den |unseren )?Newsletter"
    r"|Folgen Sie uns|Follow us (?:on|at)|Follow AP['’]s|Download our"
    r"|Laden Sie (?:jetzt )?unsere)\b(?:[^.!?]|[.!?](?=\w)){0,200}[.!?]?",
    # Consent and other talk of the site, as whole sentences begin.
    r"(?:(?:Wir verwenden|Diese (?:Web)?[Ss]eite (?:verwendet|nutzt|benutzt)|Wir nutzen|We use"
    r"|This (?:web)?site uses) (?:\w+ ){0,2}[Cc]ookies\b"
    r"|By continuing to (?:use|browse) (?:this|our|the) (?:web)?site|(?:Bitte aktivieren Sie|Please enable"
    r"|Bitte schalten Sie) (?:Ihren |your |den )?(?:Java[Ss]cript|Adblocker|Cookies)"
    r"|(?:Dieser|Der) (?:externe )?Inhalt (?:kann|wird|wurde) (?:nicht )?(?:geladen|angezeigt)).{0,300}",
)
_HEAD_OF_LIST: Final = re.compile(
    r"(?:Lesen Sie (?:auch|hierzu|dazu|mehr)(?: zum Thema)?|Mehr (?:zum Thema|dazu|Nachrichten)|Siehe auch"
    r"|Zum Thema|Weiterführende Links?"
    r"|Weitere (?:Artikel|Meldungen|Nachrichten)|Auch interessant|Das könnte Sie (?:auch )?interessieren"
    r"|Empfohlene Artikel"
    r"|Verwandte (?:Artikel|Themen)|Read more|Read also|See also|Related(?: (?:articles|stories|coverage|news"
    r"|[Tt]opics|content|links))?"
    r"|More on this story|More stories|Recommended(?: stories)?|You may also like|Most read)[:.!…]?"
)
_ACTION: Final = frozenset(
    "teilen twittern tweeten drucken merken speichern vorlesen kommentieren abonnieren folgen weiterleiten anhören "
    "share tweet print save comment follow subscribe bookmark anzeige werbung advertisement advertorial "
    "sharing kommentare comments kommentar melden antworten".split()
)
_BUTTON: Final = _ACTION | frozenset(
    "auf via per mit on by this article story artikel beitrag diesen und and or oder facebook twitter x whatsapp "
    "e-mail email mail pinterest linkedin xing reddit pocket telegram flipboard threads mastodon bluesky messenger "
    "instagram youtube rss feedback kommentare comments link kopieren copy newsletter pdf zurück weiter seite "
    "hier page copy about sharing view log in to add post reply write leave schreiben anzeigen ausblenden lesen sort "
    "melden antworten newest oldest top back".split()
)
_BUTTONS: Final = 100
"""Letters of the longest line of buttons."""
_DIGIT: Final = re.compile(r"\d")
_STROKE: Final = re.compile(r" [|·•] ")
_WORD: Final = re.compile(r"[\w-]+")
_NUMBER: Final = re.compile(
    r"(?!\d{1,2}\.\d{1,2}\.)[(+−–±-]?[$€£]?\d[\d.,]*(?:%|[kKmM]|bn|Mrd|Mio)?\)?[%€$]?|n/a|%|EUR|USD|€|Mrd\.|Mio\."
    r"|Pkt\."
)

_BYLINE: Final = re.compile(
    rf"(?:(?:Von|By|von|by|Written by|Ein (?:Gastbeitrag|Kommentar|Gastkommentar|Interview|Porträt) von"
    rf"|Eine (?:Analyse|Reportage|Kolumne|Glosse) von"
    rf"|Aus [A-ZÄÖÜ]\w+ berichte[nt]) {_NAMES}(?:,? (?:in )?(?:[A-ZÄÖÜ][\w./-]*(?: [\w./-]+){{0,3}})){{0,2}}"
    rf"|(?:Von|By) {_SIGN}(?: Staff)?(?:(?: und | and |/){_SIGN})?)(?: ?[|·–-] ?.{{1,60}})?"
)
_CREDIT_BEHIND: Final = re.compile(
    rf"\s*(?:[(\[](?:{_CREDIT}: ?[^()\[\]]{{1,80}}|©[^()\[\]]{{1,80}})[)\]]\.?"
    rf"|(?<=[.!?“”\"»«]) {_CREDIT}: {_OWNERS}\.?)$"
)
_SIGN_BEHIND: Final = re.compile(
    rf"(?<=[.!?“”\"»«)…])\s+(?:[(\[](?:[a-zA-Z]{{2,4}}[/,] ?){{0,3}}{_SIGN}(?:(?:[/,;] ?| und "
    rf"| and )(?:{_SIGN}|[a-z]{{2,4}})){{0,4}}[)\]]\.?"
    rf"|\((?:[Mm]it Material|[Ww]ith material|[Rr]eporting|[Ww]riting|[Ee]diting|Additional reporting|Bericht"
    rf"|Reporter|Redigiert) (?:von|der|from|by)[^()]{{3,300}}\)"
    r"|(?:dpa|afp|ap|rtr|epd|sda|apa|sid|kna)(?:/[a-zA-Z]{2,4}){0,4}|(?:[a-z]{2,3}/){1,3}(?:dpa|afp|ap|rtr|epd|sda"
    r"|apa|sid|kna)(?:/[a-z]{2,4}){0,2}"
    r"|/[a-z]{2,4}(?:/[A-Za-z]{2,4}){1,4}/?|\((?:[$€£¥]1|1 [A-Za-z.]+(?: [a-z]+)?) = [^()]{2,60}\))$"
    r"|(?<=[.!?“”\"»«)…])/[a-z]{2,4}(?:/[A-Za-z]{2,4}){1,4}/?$"
)


def is_aside(line: str) -> bool:
    """Whether a line or paragraph is no part of the report, wherever it stands.

    >>> is_aside("Foto: picture alliance / dpa"), is_aside("Bild: Der Kanzler plant den Rücktritt")
    (True, False)
    """
    if is_notice(line):
        return True
    if len(line) > _LONGEST:
        return False
    if _LINE.fullmatch(line) or _POINTER.fullmatch(line):
        return True
    if (_DIGIT.search(line) is not None and (_is_row(line.split()) or _is_date(line))) or _is_button(line):
        return True
    parts = _STROKE.split(line)
    return len(parts) > 1 and all(map(is_aside, parts))  # "6. Juni 2019 | Lesezeit: 3 Min."


def is_byline(line: str, authors: Iterable[str] = ()) -> bool:
    """Whether a line above the report says who wrote it.

    Args:
        line: of the first lines of an article; elsewhere „Von Anna Seghers“ may be a heading.
        authors: names that are known to be those of the writers.
    """
    if len(line) > _LONGEST:
        return False
    bare = re.sub(r"^(?:[Vv]on|[Bb]y) ", "", line).casefold()
    return _BYLINE.fullmatch(line) is not None or any(bare == author.casefold() for author in authors)


def is_pointer(line: str) -> bool:
    """Whether a line announces a list of other reports: "Mehr zum Thema", "Related stories:"."""
    return len(line) <= _LONGEST and _HEAD_OF_LIST.fullmatch(line) is not None


def tail(paragraph: str) -> int:
    """Where the credits and agency signs begin that a paragraph ends with; its length, if there are none.

    >>> text = "Bosch hat Kuka verklagt. (dpa)"
    >>> text[:tail(text)]
    'Bosch hat Kuka verklagt.'
    """
    end = len(paragraph)
    for _ in range(3):
        start = max(0, end - _LONGEST)
        window = paragraph[start:end]
        found = _CREDIT_BEHIND.search(window) or _SIGN_BEHIND.search(window)
        if found is None:
            break
        end = start + found.start()
    return end


def is_table(lines: list[str]) -> bool:
    """Whether lines are rows of a table: two of three hold numbers for the most part."""
    rows = [line.split() for line in lines]
    return len(rows) > 1 and 3 * sum(map(_is_row, rows)) >= 2 * len(rows)


def _is_row(words: list[str]) -> bool:
    """Whether words are a row of a table or a quotation of the stock exchange: "DAX 12.345,67 +0,5 %"."""
    numbers = sum(_NUMBER.fullmatch(word) is not None for word in words)
    real = sum(any(c.isdigit() for c in word) for word in words)
    return real >= 2 and numbers >= 3 and 2 * numbers >= len(words) and not words[-1].endswith((".", "!", "?", ":"))


def _is_date(line: str) -> bool:
    """Whether a line holds a date or a time and nothing else: "Stand: 6. Juni 2019, 14:32 Uhr"."""
    if _DATED.search(line) is None:
        return False
    words = [word for word in _BETWEEN.split(_STAMPED.sub(" ", line).rstrip(" .:")) if word]
    return all(_STAMP_WORD.fullmatch(word) for word in words)


def _is_button(line: str) -> bool:
    words = [word.lower() for word in _WORD.findall(line) if not word.isdecimal()] if len(line) <= _BUTTONS else []
    return 0 < len(words) <= 12 and not _ACTION.isdisjoint(words) and _BUTTON.issuperset(words)
