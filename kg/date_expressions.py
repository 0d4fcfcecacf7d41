"""Date expressions in German and English text: which words are one, and what they name.

A closed grammar of what newspapers write; what only the context tells ("a year later", „im Vorjahr“, "the
previous month", "the fiscal third quarter") is no expression here, and "before" and "after" give none either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from kg.dates import Bound, CalendarDate, Core, Decade, Shifted, TimeExpression, Unit, Weekday, YearPart

_Groups = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern and what it names; ``bare`` words are a date only behind a preposition or in a range."""

    pattern: re.Pattern[str]
    core: Callable[[_Groups], Core | None]
    bare: bool = False


def _numbered(words: str, first: int = 1) -> dict[str, int]:
    """Words → numbers; alternatives between bars."""
    return {w: n for n, group in enumerate(words.split(), start=first) for w in group.split("|")}


_MONTHS: Final = {
    "de": _numbered(
        "Januar|Jänner Februar|Feber März April Mai Juni Juli August September|Sept. Oktober|Okt. November|Nov. "
        "Dezember|Dez."
    ),
    "en": _numbered(
        "January|Jan. February|Feb. March|Mar. April|Apr. May June July August|Aug. September|Sept.|Sep. October|Oct. "
        "November|Nov. December|Dec."
    ),
}
_WEEKDAYS: Final = {
    "de": _numbered("Montag Dienstag Mittwoch Donnerstag Freitag Samstag|Sonnabend Sonntag", 0),
    "en": _numbered("Monday Tuesday Wednesday Thursday Friday Saturday Sunday", 0),
}
_SEASONS: Final = {
    "de": _numbered("Frühjahr|Frühling|Frühlings|Frühjahrs Sommer|Sommers Herbst|Herbstes|Herbsts Winter|Winters"),
    "en": _numbered("spring summer autumn|fall winter"),
}
_ORDINALS: Final = {
    "de": _numbered("erste|1. zweite|2. dritte|3. vierte|4."),
    "en": _numbered("first|1st second|2nd third|3rd fourth|4th"),
}
_SMALL: Final = {
    "de": {
        **_numbered("ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"),
        **{"einem": 1, "einer": 1, "fünfzehn": 15, "zwanzig": 20, "dreißig": 30},
    },
    "en": {
        **_numbered("one|a|an two three four five six seven eight nine ten eleven twelve"),
        **{"fifteen": 15, "twenty": 20, "thirty": 30},
    },
}
_UNITS: Final[dict[str, Unit]] = {
    **{"tag": "day", "woche": "week", "monat": "month", "quartal": "quarter", "jahr": "year", "wochenende": "weekend"},
    **{"day": "day", "week": "week", "month": "month", "quarter": "quarter", "year": "year", "weekend": "weekend"},
}
_WHICH: Final = {
    **{"vergangen": -1, "letzt": -1, "vorig": -1, "dies": 0, "laufend": 0, "kommend": 1, "nächst": 1},
    **{"last": -1, "this": 0, "current": 0, "next": 1, "coming": 1, "earlier this": 0, "later this": 0},
}
_DEICTIC: Final = {
    **{"vorgestern": -2, "gestern": -1, "heute": 0, "morgen": 1, "übermorgen": 2},
    **{"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "last night": -1},
    **{"this morning": 0, "this afternoon": 0, "this evening": 0},
}

_THEN: Final = (
    r"(?P<year>(?:19|20)\d\d)(?![\d%]|[.,]\d|er\b|\s(?:%|per ?cent|Prozent|Euro|Dollar|[Mm]illion|billion|Milliard))"
)
_YEAR: Final = rf"(?<![\d.,€$£-]){_THEN}"
_DAY: Final = r"(?<![\d.,])(?P<day>[0-3]?\d)"


def _any(words: Mapping[str, int]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


def _de_rules() -> Iterator[_Rule]:
    month, weekday, season = (_any(table["de"]) for table in (_MONTHS, _WEEKDAYS, _SEASONS))
    which = r"(?P<which>(?i:vergangen|letzt|vorig|dies|laufend|kommend|nächst))(?:e[nmrs]?)?"
    shifted = r"(?P<shift>vergangen|letzt|vorig|dies|laufend|kommend|nächst)e[nsr]"
    of_year = rf"(?:\s+(?:des\s+Jahres\s+)?{_THEN}|\s+(?:des\s+)?{shifted}\s+Jahres)"
    part = r"(?:Anfang|Mitte|Ende)"
    ordinal = r"(?P<number>[1-4]\.|erste|zweite|dritte|vierte)[nrs]?"
    yield _rule(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)", _date("de"))
    yield _rule(rf"{_DAY}\.(?P<month>[01]?\d)\.{_THEN}", _date("de"))
    yield _rule(rf"{_DAY}\.\s?(?P<month>{month})\b{of_year}?", _date("de"))
    yield _rule(rf"{part}\s+(?P<month>{month})\b{of_year}?", _date("de"))
    yield _rule(rf"\b{which}\s+(?P<month>{month})\b(?!\s+\d)", _date("de"))
    yield _rule(rf"\b(?P<month>{month})\b{of_year}", _date("de"))
    yield _rule(rf"\b(?P<month>{month})\b", _date("de"), bare=True)
    yield _rule(rf"(?<!\w){ordinal}\s+(?:Quartals?|Jahresviertel)\b{of_year}?", _part("quarter", "de"), bare=True)
    yield _rule(rf"\bQ(?P<number>[1-4])[\s/]+{_THEN}", _part("quarter", "de"))
    yield _rule(rf"(?<!\w){ordinal}\s+(?:Halbjahr(?:e?s)?|Jahreshälfte)\b{of_year}?", _part("half", "de"), bare=True)
    yield _rule(rf"\b(?:{part}\s+)?(?P<season>{season})\b{of_year}", _season("de"))
    yield _rule(rf"\b{which}\s+(?P<season>{season})\b", _season("de"))
    yield _rule(rf"\b(?P<season>{season})\b", _season("de"), bare=True)
    yield _rule(rf"(?:\b(?:Jahre?s?|{part}|{part}\s+des\s+Jahres)\s+)?{_YEAR}", _date("de"))
    yield _rule(r"(?<!\d)(?P<year>(?:19|20)\d0)er[-\s]?(?:Jahren?|Jahre)\b", _decade)
    yield _rule(rf"\b(?:{part}\s+)?{which}\s+(?P<unit>Woche|Monat|Quartal|Jahr|Wochenende)(?:e?s)?\b", _unit)
    yield _rule(rf"\b{part}\s+(?:des|der)\s+(?P<unit>Monat|Jahr|Woche)(?:e?s)?\b(?!\s+\d)", _unit)
    suffix = r"(?:abend|morgen|mittag|nachmittag|vormittag|nacht)?"
    yield _rule(rf"\b(?P<night>Nacht)\s+(?:zum|auf|zu)\s+(?:den\s+)?(?P<weekday>{weekday})\b", _weekday("de"))
    yield _rule(rf"\b{which}\s+(?P<weekday>{weekday}){suffix}\b", _weekday("de"))
    yield _rule(rf"\b(?P<weekday>{weekday}){suffix}\b(?!,?\s+(?:den|dem)\s+\d)", _weekday("de"), bare=True)
    yield _rule(r"\bWochenende\b", lambda found: Shifted("weekend", None), bare=True)
    count = rf"(?:(?P<rough>rund|etwa|ungefähr|gut|knapp|fast)\s+)?(?P<count>\d{{1,3}}|(?i:{_any(_SMALL['de'])}))"
    yield _rule(rf"\b[Vv]or\s+{count}\s+(?P<unit>Tag|Woche|Monat|Jahr)(?:en|e|n)?\b", _ago("de"))
    yield _rule(rf"\b(?P<duration>{count})\s+(?P<unit>Tag|Woche|Monat|Jahr)(?:en|e|n)?\b", _ago("de"), bare=True)
    times = r"(?:\s+(?:Morgen|[Ff]rüh|Abend|Nachmittag|Vormittag|Mittag|Nacht))?"
    yield _rule(rf"\b(?P<deictic>[Vv]orgestern|[Gg]estern|[Hh]eute|[Üü]bermorgen|morgen){times}\b", _deictic)


def _en_rules() -> Iterator[_Rule]:
    month, weekday, season = (_any(table["en"]) for table in (_MONTHS, _WEEKDAYS, _SEASONS))
    which = r"(?P<which>(?i:last|this|next))"
    of_year = rf"(?:,?\s+(?:of\s+)?{_THEN}|\s+(?:of\s+)?(?P<shift>last|this|next)\s+year)"
    part = r"(?i:early|mid|late)"
    within = r"(?:start|beginning|middle|end)\s+of"
    ordinal = r"(?P<number>first|second|third|fourth|1st|2nd|3rd|4th)"
    yield _rule(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)", _date("en"))
    yield _rule(rf"{_DAY}(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{month})(?![\w]){of_year}?", _date("en"))
    yield _rule(rf"\b(?P<month>{month})\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?!\d){of_year}?", _date("en"))
    yield _rule(rf"\b(?:{part}[-\s]|{within}\s+)(?P<month>{month})(?!\w){of_year}?", _date("en"))
    yield _rule(rf"\b{which}\s+(?P<month>{month})(?!\w)", _date("en"))
    yield _rule(rf"\b(?P<month>{month}){of_year}", _date("en"))
    yield _rule(rf"\b(?P<month>{month})(?!\w)", _date("en"), bare=True)
    yield _rule(rf"\b{ordinal}[-\s]quarter\b{of_year}?", _part("quarter", "en"), bare=True)
    yield _rule(rf"\bQ(?P<number>[1-4])\s+(?:of\s+)?{_THEN}", _part("quarter", "en"))
    yield _rule(rf"\b{ordinal}\s+half\b{of_year}?", _part("half", "en"), bare=True)
    yield _rule(rf"\b(?:{part}[-\s])?(?P<season>{season}){of_year}", _season("en"))
    yield _rule(rf"\b{which}\s+(?P<season>{season})\b", _season("en"))
    yield _rule(rf"\b(?P<season>{season})\b", _season("en"), bare=True)
    yield _rule(rf"\b(?:{part}[-\s]|(?:{within}|the\s+year)\s+){_THEN}", _date("en"))
    yield _rule(_YEAR, _date("en"), bare=True)
    yield _rule(r"(?<!\d)(?P<year>(?:19|20)\d0)s\b", _decade)
    unit = r"(?P<unit>week|month|quarter|year|weekend)"
    yield _rule(rf"\b(?:{within}\s+|{part}\s+|(?i:earlier|later)\s+)?{which}\s+{unit}\b(?!['’])", _unit)
    yield _rule(rf"\b{within}\s+the\s+(?P<unit>year|month|week)\b", _unit)
    yield _rule(rf"\b{which}\s+(?P<weekday>{weekday})\b", _weekday("en"))
    times = r"(?:\s+(?:morning|afternoon|evening|night))?"
    yield _rule(rf"\b(?P<weekday>{weekday})\b{times}", _weekday("en"))
    yield _rule(r"\bweekend\b", lambda found: Shifted("weekend", None), bare=True)
    count = rf"(?:(?P<rough>about|around|roughly|nearly|almost|over)\s+)?(?P<count>\d{{1,3}}|(?i:{_any(_SMALL['en'])}))"
    yield _rule(rf"\b{count}\s+(?P<unit>day|week|month|year)s?\s+ago\b", _ago("en"))
    yield _rule(
        r"\b(?P<deictic>(?i:yesterday|today|tonight|tomorrow|last night|this (?:morning|afternoon|evening)))\b",
        _deictic,
    )


def _rule(pattern: str, core: Callable[[_Groups], Core | None], bare: bool = False) -> _Rule:
    return _Rule(re.compile(pattern), core, bare)


def _number(table: Mapping[str, int], word: str) -> int:
    return int(word) if word.isdecimal() else table[word]


def _year(found: _Groups) -> tuple[int | None, int | None]:
    """The year, or how many years from now it lies: "of last year"."""
    year, shift = found.get("year"), found.get("shift")
    return int(year) if year else None, _WHICH[shift.lower()] if shift else None


def _which(found: _Groups) -> int | None:
    which = found.get("which")
    return _WHICH[which.lower()] if which else None


def _date(language: str) -> Callable[[_Groups], Core]:
    def core(found: _Groups) -> Core:
        month, day = found.get("month"), found.get("day")
        year, shift = _year(found)
        return CalendarDate(
            year, _number(_MONTHS[language], month) if month else None, int(day) if day else None, shift, _which(found)
        )

    return core


def _part(kind: Literal["quarter", "half"], language: str) -> Callable[[_Groups], Core]:
    def core(found: _Groups) -> Core:
        number = found["number"] or ""
        return YearPart(kind, _number(_ORDINALS[language], number), *_year(found))

    return core


def _season(language: str) -> Callable[[_Groups], Core]:
    return lambda found: YearPart(
        "season", _SEASONS[language][found["season"] or ""], *_year(found), which=_which(found)
    )


def _weekday(language: str) -> Callable[[_Groups], Core]:
    def core(found: _Groups) -> Core:
        which = (found.get("which") or "").lower()
        loose, night = which in {"next", "nächst"}, bool(found.get("night"))
        return Weekday(_WEEKDAYS[language][found["weekday"] or ""], _which(found), loose, night)

    return core


def _decade(found: _Groups) -> Core:
    return Decade(int(found["year"] or ""))


def _unit(found: _Groups) -> Core:
    return Shifted(_UNITS[(found["unit"] or "").lower()], _which(found) or 0)


def _ago(language: str) -> Callable[[_Groups], Core]:
    def core(found: _Groups) -> Core:
        count = (found["count"] or "").lower()
        return Shifted(_UNITS[(found["unit"] or "").lower()], -_number(_SMALL[language], count))

    return core


def _deictic(found: _Groups) -> Core:
    return Shifted("day", _DEICTIC[(found["deictic"] or "").lower()])


_RULES: Final = {"de": tuple(_de_rules()), "en": tuple(_en_rules())}

_ARTICLE: Final = r"(?:(?:de[nmrs]|die|das|the)\s+)?(?:Monat\s+|year\s+|Jahre?\s+)?"
_AT: Final = {
    "de": r"am|an|im|in|zum|zur|per|während|im\s+Laufe|im\s+Verlauf|erst|schon|bereits|noch",
    "en": r"on|in|at|during|of|over|as\s+early\s+as",
}
_SINCE: Final = {"de": r"seit", "en": r"since"}
_FROM: Final = {"de": r"ab", "en": r"as\s+of|as\s+from|(?:starting|beginning)(?:\s+(?:in|on))?|from"}
_UNTIL: Final = {"de": r"bis(?:\s+(?:zum|zur|zu|in|an|spätestens))?|spätestens", "en": r"until|till|by|through|up\s+to"}
_ABOUT: Final = {"de": r"um|etwa|circa|ca\.|ungefähr", "en": r"around|about|circa"}
_AWAY: Final = {
    "de": r"vor|nach|für|von|vom|pro|gegenüber|als|frühestens",
    "en": r"before|after|for|than|prior\s+to|ahead\s+of|following|pre|post|to|per|with|a",
}
_BETWEEN: Final = {
    "de": (r"zwischen", r"\s+und\s+"),
    "en": (r"between", r"\s+and\s+"),
}
_FROM_TO: Final = {
    "de": (r"vo[nm]", r"\s+bis(?:\s+(?:zum|zu))?\s+"),
    "en": (r"from", r"\s+(?:to|until|till|through)\s+"),
}
_DASH: Final = re.compile(r"\s?[–-]\s?|\s+bis\s+")


@lru_cache(maxsize=4096)
def expressions(text: str, language: str) -> tuple[TimeExpression, ...]:
    """The date expressions of a sentence, in reading order; they do not overlap.

    Args:
        text: the sentence.
        language: ``de`` or ``en``.

    >>> [text[e.start : e.end] for text in ["Seit 2019 und am Dienstagabend"] for e in expressions(text, "de")]
    ['Seit 2019', 'am Dienstagabend']
    """
    found = _cores(text, language)
    joined: list[TimeExpression] = []
    skip = False
    for place, (start, end, core, bare) in enumerate(found):
        if skip:
            skip = False
            continue
        following = found[place + 1] if place + 1 < len(found) else None
        if following and (whole := _range(text, language, (start, end, core), following[:3])) is not None:
            joined.append(whole)
            skip = True
        elif (single := _single(text, language, start, end, core, bare)) is not None:
            joined.append(single)
    return tuple(joined)


def _cores(text: str, language: str) -> list[tuple[int, int, Core, bool]]:
    """The longest of what overlaps; of equals what the earlier rule says."""
    every = [
        (match.start(), match.end(), core, rule.bare, bool(match.groupdict().get("duration")))
        for rule in _RULES[language]
        for match in rule.pattern.finditer(text)
        if (core := rule.core(match.groupdict())) is not None
    ]
    kept: list[tuple[int, int, Core, bool, bool]] = []
    for one in sorted(every, key=lambda e: e[0] - e[1]):
        if all(one[1] <= other[0] or other[1] <= one[0] for other in kept):
            kept.append(one)
    lone = (e for e in sorted(kept, key=lambda e: e[0]) if not e[4] or _before(text, e[0], "seit") is not None)
    return [(start, end, core, bare) for start, end, core, bare, _ in lone]


def _before(text: str, start: int, words: str) -> int | None:
    """Where words that stand straight before a place begin, an article between them and it."""
    match = re.search(rf"(?<![\w-])(?i:{words})\s+{_ARTICLE}$", text[:start])
    return match.start() if match else None


def _single(text: str, language: str, start: int, end: int, core: Core, bare: bool) -> TimeExpression | None:
    if _before(text, start, _AWAY[language]) is not None or _before(text, start, _BETWEEN[language][0]) is not None:
        return None
    bounds: tuple[tuple[Bound, str], ...] = (
        ("since", _SINCE[language]),
        ("from", _FROM[language]),
        ("until", _UNTIL[language]),
        ("about", _ABOUT[language]),
        ("at", _AT[language]),
    )
    for bound, words in bounds:
        if (place := _before(text, start, words)) is not None:
            return TimeExpression(place, end, core, bound)
    return None if bare else TimeExpression(start, end, core)


def _range(text: str, language: str, one: tuple[int, int, Core], other: tuple[int, int, Core]) -> TimeExpression | None:
    """As in "between 2010 and 2015", „von März bis Mai 2020“, "2010–2015"."""
    between = text[one[1] : other[0]]
    first = _with_year_of(one[2], other[2])
    for opening, middle in (_BETWEEN[language], _FROM_TO[language]):
        place = _before(text, one[0], opening)
        if place is not None and re.fullmatch(f"{middle}{_ARTICLE}", f"{between}"):
            return TimeExpression(place, other[1], first, until=other[2])
    if _DASH.fullmatch(between):
        return TimeExpression(one[0], other[1], first, until=other[2])
    return None


def _with_year_of(first: Core, last: Core) -> Core:
    """The start with the year that only the end names: „von Januar bis März 2020“."""
    if isinstance(first, CalendarDate) and isinstance(last, CalendarDate) and first.year is None:
        return replace(first, year=last.year, year_shift=last.year_shift)
    return first
