"""Dates of publication in the forms that files give them, as ISO 8601 dates.

Only what can be read in one way is: 03/04/2019 is March to some and April to others, and 19 is no year.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Final

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january januar jänner jan jän",
            "february februar feb",
            "march märz maerz mar mär mrz",
            "april apr",
            "may mai",
            "june juni jun",
            "july juli jul",
            "august aug",
            "september sep sept",
            "october oktober oct okt",
            "november nov",
            "december dezember dec dez",
        ),
        start=1,
    )
    for name in names.split()
}
_TIME: Final = r"(?:[T ,].*)?"
_YEAR_FIRST: Final = re.compile(rf"(\d{{4}})([-/.])(\d\d?)\2(\d\d?){_TIME}")
_DOTTED: Final = re.compile(rf"(?:\w+, ?)?(\d\d?)\. ?(\d\d?)\. ?(\d{{4}}){_TIME}")
_SLASHED: Final = re.compile(rf"(\d\d?)/(\d\d?)/(\d{{4}}){_TIME}")
# RFC 822 ("Thu, 06 Jun 2019 12:00:00 GMT"), "6. Juni 2019", "6 June 2019"
_DAY_FIRST: Final = re.compile(rf"(?:\w+\.?, ?)?(\d\d?)(?:\.|st|nd|rd|th)?[ -]([^\W\d_]+)\.?,?[ -](\d{{4}}){_TIME}")
_MONTH_FIRST: Final = re.compile(rf"(?:\w+\.?, ?)?([^\W\d_]+)\.? (\d\d?)(?:st|nd|rd|th)?, ?(\d{{4}}){_TIME}")
_EPOCH: Final = re.compile(r"[12]\d{9}(?:\d{3})?")  # seconds or milliseconds from 2001 to 2065


def iso_date(value: str) -> str | None:
    """The day that a date means; the time of day and its zone are left out. None where it is not sure.

    >>> iso_date("Thu, 06 Jun 2019 23:30:00 +0200"), iso_date("2019-06-06T12:00:00Z"), iso_date("06.06.2019")
    ('2019-06-06', '2019-06-06', '2019-06-06')
    >>> iso_date("31/05/2019"), iso_date("03/04/2019"), iso_date("6. Juni")
    ('2019-05-31', None, None)
    """
    text = " ".join(value.split())[:100]
    try:
        return datetime.fromisoformat(text).date().isoformat()
    except ValueError:
        pass
    try:
        return _numbered(text) or _worded(text)
    except ValueError:  # the 31st of April
        return None


def _numbered(text: str) -> str | None:
    if found := _YEAR_FIRST.fullmatch(text):
        return date(int(found[1]), int(found[3]), int(found[4])).isoformat()
    if found := _DOTTED.fullmatch(text):
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    if found := _SLASHED.fullmatch(text):
        one, other = int(found[1]), int(found[2])
        if one > 12 or one == other:
            return date(int(found[3]), other, one).isoformat()
        if other > 12:
            return date(int(found[3]), one, other).isoformat()
        return None
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC).date().isoformat()
    return None


def _worded(text: str) -> str | None:
    if found := _DAY_FIRST.fullmatch(text):
        day, word, year = found.groups()
    elif found := _MONTH_FIRST.fullmatch(text):
        word, day, year = found.groups()
    else:
        return None
    month = _MONTHS.get(word.lower())
    return date(int(year), month, int(day)).isoformat() if month else None
