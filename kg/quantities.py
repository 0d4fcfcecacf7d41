"""Sums of money, shares and counts in German and English text, as numbers.

„5,4 Milliarden Euro“ is 5400000000 EUR (codes of ISO 4217), "30 percent" is 0.3, "1,200 jobs" is 1200. A German
„Billion“ is 10¹², an English "billion" 10⁹. Bare dollars are those of the United States, as newspapers use the word;
units that several countries share and that no word tells apart (crowns, pesos) give no sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it measures; offsets are characters of the text it was found in."""

    kind: Literal["amount", "share"]
    start: int
    end: int
    value: Decimal
    unit: str | None = None  # ISO 4217 code of an amount


_CURRENCIES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("€", "euro", "euros", "eur"), "EUR"),
    **dict.fromkeys(("$", "us$", "us-dollar", "us-dollars", "us dollar", "us dollars", "dollar", "dollars"), "USD"),
    **dict.fromkeys(("u.s. dollars", "usd", "us-$"), "USD"),
    **dict.fromkeys(("£", "pfund", "pfund sterling", "pound", "pounds", "pounds sterling", "gbp"), "GBP"),
    **dict.fromkeys(("schweizer franken", "franken", "swiss francs", "swiss franc", "francs", "chf", "sfr"), "CHF"),
    **dict.fromkeys(("yen", "¥", "jpy"), "JPY"),
    **dict.fromkeys(("yuan", "renminbi", "cny"), "CNY"),
    **dict.fromkeys(("rubel", "rouble", "roubles", "ruble", "rubles"), "RUB"),
    **dict.fromkeys(("rupien", "rupees", "indische rupien", "indian rupees"), "INR"),
    **dict.fromkeys(("won", "südkoreanische won"), "KRW"),
    **dict.fromkeys(("zloty", "złoty", "zlotys"), "PLN"),
    **dict.fromkeys(("forint",), "HUF"),
    **dict.fromkeys(("reais", "real", "reals"), "BRL"),
    **dict.fromkeys(("rand",), "ZAR"),
    **dict.fromkeys(("schekel", "shekels"), "ILS"),
    **dict.fromkeys(("türkische lira", "turkish lira", "lira"), "TRY"),
    **dict.fromkeys(("schwedische kronen", "swedish crowns", "swedish kronor", "swedish krona"), "SEK"),
    **dict.fromkeys(("norwegische kronen", "norwegian crowns", "norwegian kroner"), "NOK"),
    **dict.fromkeys(("dänische kronen", "danish crowns", "danish kroner"), "DKK"),
    **dict.fromkeys(("tschechische kronen", "czech crowns", "czech koruna"), "CZK"),
    **dict.fromkeys(("kanadische dollar", "canadian dollars", "c$"), "CAD"),
    **dict.fromkeys(("australische dollar", "australian dollars", "a$"), "AUD"),
    **dict.fromkeys(("hongkong-dollar", "hong kong dollars", "hk$"), "HKD"),
    **dict.fromkeys(("singapore dollars", "singapur-dollar", "s$"), "SGD"),
    **dict.fromkeys(("neuseeländische dollar", "new zealand dollars", "nz$"), "NZD"),
}
_AMBIGUOUS: Final = frozenset({"kronen", "crowns", "kroner", "kronor", "pesos", "peso", "dinar", "dirham", "riyals"})
_SCALES: Final[Mapping[str, Mapping[str, int]]] = {
    "de": {
        **{"tausend": 3, "million": 6, "millionen": 6, "mio.": 6, "mio": 6},
        **{"milliarde": 9, "milliarden": 9, "mrd.": 9, "mrd": 9, "billion": 12, "billionen": 12},
    },
    "en": {
        **{"thousand": 3, "k": 3, "million": 6, "mln": 6, "mn": 6, "m": 6},
        **{"billion": 9, "bln": 9, "bn": 9, "b": 9, "trillion": 12, "tn": 12},
    },
}
_WORDS: Final[Mapping[str, Mapping[str, int]]] = {
    "de": {
        w: n
        for n, group in enumerate(
            "ein|eine|einen|einer|einem zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split(), start=1
        )
        for w in group.split("|")
    },
    "en": {
        w: n
        for n, group in enumerate(
            "a|an|one two three four five six seven eight nine ten eleven twelve".split(), start=1
        )
        for w in group.split("|")
    },
}
_FRACTIONS: Final[Mapping[str, Decimal]] = {
    **dict.fromkeys(("hälfte", "half"), Decimal("0.5")),
    **dict.fromkeys(("viertel", "quarter"), Decimal("0.25")),
    **dict.fromkeys(("drittel", "third"), Decimal("0.333")),
    **dict.fromkeys(("zwei drittel", "two thirds", "two-thirds"), Decimal("0.667")),
    **dict.fromkeys(("drei viertel", "three quarters", "three-quarters"), Decimal("0.75")),
    **dict.fromkeys(("fünftel", "fifth"), Decimal("0.2")),
    **dict.fromkeys(("zehntel", "tenth"), Decimal("0.1")),
}

_GROUPED: Final = r"\d{1,3}(?:[ \u00a0\u2009\u202f'’]\d{3})+(?:[.,]\d+)?(?![\d.,]*\d)"
"""Digits in groups of three with a space, thin or not, or a Swiss apostrophe between them."""
_NUMBER: Final = rf"(?P<number>{_GROUPED}|\d[\d.,]*\d|\d)"
_DIGITS: Final = rf"(?<![\w.,])(?<!\d[ \u00a0\u2009\u202f'’]){_NUMBER}"


def _alternatives(words: Iterator[str] | Mapping[str, object]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    scale, words = _alternatives(_SCALES[language]), _alternatives(_WORDS[language])
    signs = _alternatives({c: 0 for c in _CURRENCIES if not c[-1].isalpha()} | {"chf": 0, "sfr": 0, "eur": 0, "usd": 0})
    names = _alternatives({c: 0 for c in _CURRENCIES if c[0].isalpha()} | dict.fromkeys(_AMBIGUOUS, 0))
    behind = rf"(?P<unit>€|\$|£|¥|(?:{names})(?!\w))"
    article = r"(?:the\s+|eine[rnm]?\s+)?"
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"(?<!\w)(?P<unit>{signs})\s?{_NUMBER}(?:[\s-]?(?P<scale>{scale})(?!\w))?",
            rf"{_DIGITS}(?:[\s-]?(?P<scale>{scale}))?[\s-]*{behind}",
            rf"\b(?P<word>{words})\s+(?P<scale>{scale})\s+{behind}",
            rf"\b(?P<word>einen|one)\s+{behind}",
            rf"{_DIGITS}[\s-]?(?P<percent>%|Prozent(?!punkt)\w*|prozentig\w*|per\s?cent(?!age)\b)",
            rf"\b(?P<word>{words})[\s-](?P<percent>Prozent\b|per\s?cent(?!age)\b)",
            rf"\b{article}(?P<fraction>{_alternatives(_FRACTIONS)})\b(?=\s+(?:of|de[rs]|von|an|seine[rs]|ihre[rs])\b)",
        )
    )


_PATTERNS: Final = {language: _patterns(language) for language in ("de", "en")}


@lru_cache(maxsize=4096)
def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """The sums and shares that a sentence names, in reading order.

    Args:
        text: the sentence.
        language: ``de`` or ``en``; it decides what comma, point and "Billion" mean.

    >>> [(q.kind, str(q.value), q.unit) for q in quantities("für 5,4 Milliarden Euro und 30 Prozent", "de")]
    [('amount', '5400000000', 'EUR'), ('share', '0.3', None)]
    >>> [(str(q.value), q.unit) for q in quantities("a $4.25bn deal", "en")]
    [('4250000000', 'USD')]
    """
    found: list[Quantity] = []
    for pattern in _PATTERNS[language]:
        for match in pattern.finditer(text):
            free = all(match.end() <= q.start or q.end <= match.start() for q in found)
            if free and (quantity := _quantity(match, language)) is not None:
                found.append(quantity)
    return tuple(sorted(found, key=lambda q: q.start))


def _quantity(match: re.Match[str], language: str) -> Quantity | None:
    groups = match.groupdict()
    if fraction := groups.get("fraction"):
        return Quantity("share", match.start(), match.end(), _FRACTIONS[fraction.lower()])
    value = number(groups["number"], language) if groups.get("number") else None
    if value is None and groups.get("word"):
        value = Decimal(_WORDS[language][groups["word"].lower()])
    if value is None:
        return None
    if groups.get("percent"):
        return Quantity("share", match.start(), match.end(), _plain(value / 100)) if value <= 100 else None
    unit = _CURRENCIES.get(groups["unit"].lower())
    if unit is None or re.match(r"\s+of\s+(?!euros|dollars)\w|\s+(?:weight|schwer)", match.string[match.end() :]):
        return None  # "pounds of copper"
    exponent = _SCALES[language][groups["scale"].lower()] if groups.get("scale") else 0
    return Quantity("amount", match.start(), match.end(), _plain(value * 10**exponent), unit)


def _plain(value: Decimal) -> Decimal:
    """The number without an exponent or zeros at its end."""
    return Decimal(f"{value.normalize():f}")


def number(digits: str, language: str) -> Decimal | None:
    """The number that digits with points and commas stand for, None where they are none.

    >>> number("1.234,5", "de"), number("1,234.5", "en"), number("1.200", "de"), number("5.4", "en")
    (Decimal('1234.5'), Decimal('1234.5'), Decimal('1200'), Decimal('5.4'))
    >>> number("1.2.3", "de") is None
    True
    """
    digits = re.sub(r"(?<=\d)[ \u00a0\u2009\u202f'’](?=\d{3}(?!\d))", "", digits)
    point, group = (",", ".") if language == "de" else (".", ",")
    whole, _, fraction = digits.partition(point)
    groups = whole.split(group)
    if len(groups) > 1 and not (1 <= len(groups[0]) <= 3 and all(len(g) == 3 for g in groups[1:])):
        return None
    joined = "".join(groups)
    if not joined.isascii() or not joined.isdecimal() or (fraction and not fraction.isdecimal()):
        return None
    return Decimal(f"{joined}.{fraction}" if fraction else joined)


def whole_number(word: str, language: str) -> int | None:
    """The count that a word of a sentence stands for: "1,200", „zwölf“; articles are none.

    >>> whole_number("1.200", "de"), whole_number("zwölf", "de"), whole_number("eine", "de"), whole_number("4.5", "en")
    (1200, 12, None, None)
    """
    if word.lower() in _WORDS[language]:
        value = _WORDS[language][word.lower()]
        return value if value > 1 else None
    found = number(word, language)
    return int(found) if found is not None and found == int(found) and found > 0 else None
