"""Stored text: what a wrong encoding broke is mended, good text stays as it is, to the letter."""

import re
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.clean_text import clean, mended

ROOT = Path(__file__).parent.parent
GOOD = "Die Müller & Söhne GmbH grüßt „Größe“ – für 5 € ‚heißt‘ das … Übergröße »Öl« Äpfel"


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "mac_roman", "cp437", "iso8859-2"])
def test_utf8_that_was_read_as_something_else(encoding):
    assert clean(GOOD.encode().decode(encoding)) == GOOD


@pytest.mark.parametrize(
    ("broken", "mend"),
    [
        ("MÃ¼nchen sagt â€žjaâ€œ", "München sagt „ja“"),
        ("MÃƒÂ¼nchen", "München"),  # twice
        ("„Gut“ und schlecht: MÃ¼nchen", "„Gut“ und schlecht: München"),  # only a part of the line
        ("itâ€™s Citigroupâ€™s deal", "it’s Citigroup’s deal"),
        ("30 km² – 5Â°C", "30 km² – 5°C"),
        ("it\x92s \x84ja\x93 \x96 und\x85", "it’s „ja“ – und…"),  # Windows-1252 read as Latin-1
        ("AT&amp;T und H&amp;amp;M", "AT&T und H&M"),
        ("&quot;Nein&quot;, sagte er&#8230; &#8222;Ja&#x201C;", '"Nein", sagte er… „Ja“'),
        ("5&nbsp;Euro", "5 Euro"),
        ("de\ufb01niert, Schi\ufb00, o\ufb03ziell", "definiert, Schiff, offiziell"),
        ("\x1b[1;31mEilmeldung\x1b[0m", "Eilmeldung"),
    ],
)
def test_broken_text_is_mended(broken, mend):
    assert clean(broken) == mend


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "‚Äpfel‘ und ‚Öl‘, „Über“, Größe“–„Ü",  # as Mac Roman, "‚Ä" would be a byte of a quotation mark
        "SÃO PAULO, JOÃO, MAÇÃ VERDE, Å, Ål, Citroën™, CAFÉ “X”, DÉJÀ VU™",
        "Łódź, Škoda, Đoković, Erdoğan, Ĳsselmeer, Ǆeko",
        "“curly” ‘single’ „deutsch“ ‚einfach‘ »so« «ou» \"straight\" 'it' it’s",
        "ＳＯＮＹ und ﾄﾖﾀ",  # names may be spelt in full width
        "R&D, S&P 500, AT&T; a&b;c, &unbekannt; &#65;bc",
        "10³ m², ½, 5′ 3″, № 5, µm, 5 × 3 − 1",
        "Москва, Αθήνα, 北京, العربية",
        "👨\u200d👩\u200d👧 ❤\ufe0f می\u200cخواهم",  # joiners that say something
    ],
)
def test_good_text_stays(text):
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("Zusam\u00admen\u00ad\narbeit", "Zusammenarbeit"),
        ("Auf\u200clage, Auf\u200dlage, Sie\ufe0f", "Auflage, Auflage, Sie"),
        ("\u2067MTS\u2069 \u202eHuawei\u202c\u200f\u061c", "MTS Huawei"),
        ("MTS\U000e0041\U000e007f kauft\ufffc\u2063", "MTS kauft"),
        ("MTS\u3000kauft\u2003fast\u2009alles\u202fhier\u00a0auf", "MTS kauft fast alles hier auf"),
        ("10\u00a0000 Euro, 10\u202f000, 10\u2009000", "10 000 Euro, 10 000, 10 000"),
        ("US\u2011Regierung, US\u2010Regierung", "US-Regierung, US-Regierung"),
        ("1\u20442 Liter", "1/2 Liter"),
        ("\uf0b7 Punkt \uf0a7 Punkt", "• Punkt • Punkt"),
        ("eins\r\nzwei\rdrei\u2028vier\u2029fünf\fsechs\x0bsieben", "eins\nzwei\ndrei\nvier\n\nfünf\n\nsechs\nsieben"),
        ("\ufeffMu\u0308nchen", "München"),
    ],
)
def test_signs_that_nobody_sees(text, cleaned):
    assert clean(text) == cleaned


def test_the_project_s_own_texts_are_not_harmed():
    texts = [p.read_text(encoding="utf-8") for p in sorted(ROOT.glob("seeds/*/*.*"))]
    for path in sorted(ROOT.glob("tests/gold/*.toml")):
        texts += [entry["text"] for entry in tomllib.loads(path.read_text(encoding="utf-8"))["text"]]
    assert len(texts) > 800
    for text in texts:
        assert mended(text) == text
        assert clean(text) == re.sub(r" +", " ", text)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
@settings(max_examples=300, deadline=None)
def test_cleaning_again_changes_nothing(text):
    once = clean(text)
    assert clean(once) == once


@given(st.text(alphabet="ÃÂâ€œ„\x80\x85\u00a0&amp;#39 \u00ad\u200d\ufe0f\x1b[1mm\nﬁüß", max_size=40))
@settings(max_examples=300, deadline=None)
def test_cleaning_broken_text_again_changes_nothing(text):
    once = clean(text)
    assert clean(once) == once


@pytest.mark.parametrize(
    "part",
    [
        "a",
        "Ã¼",
        "Ã ",
        "â€",
        "ðŸ˜",
        "Größe „“ ",
        "\x85",
        "&amp;",
        "&",
        "&a",
        "&#",
        "\x1b[",
        "\x1b[1;",
        "\u200d",
        "\u00ad ",
        "\n\u00ad",
        "ﬁ",
    ],
)
def test_hostile_text_is_soon_clean(part):
    start = time.perf_counter()
    clean(part * (100_000 // len(part)))
    clean("&" + part * (100_000 // len(part)))
    assert time.perf_counter() - start < 2
