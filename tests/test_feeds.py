"""Feeds: what each item becomes, and what a broken or hostile feed does."""

import socket
import time

import pytest

from kg import feeds
from kg.drafts import Draft, article_of
from kg.errors import InputError

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Nordsee-Tagblatt</title><link>https://t.example</link>
<atom:link rel="self" href="https://t.example/feed"/><atom:link rel="next" href="https://t.example/feed"/>
<language>de-DE</language><pubDate>Sat, 09 Mar 2024 10:00:00 GMT</pubDate>
<item><title>Velmar &amp;amp; Tondra einigen sich</title><link>https://t.example/1</link>
<dc:creator>Anna Berg und Tom Halm</dc:creator>
<pubDate>Thu, 07 Mar 2024 00:15:00 +0100</pubDate><category>Wirtschaft</category><category>Autos</category>
<description>Kurz: Velmar kauft …</description><content:encoded><![CDATA[<p>Velmar hat <b>Tondra</b> gekauft.</p>
<figure><img src="http://x.example/i.png"><figcaption>Werk in Emden.</figcaption></figure><h2>Gründer geht</h2>
<p>Jens Tondra verlässt die Firma.</p><ul><li>Mehr</li></ul><script>alert(1)</script>
<p>Der Beitrag <a href="#">Velmar</a> erschien zuerst auf <a href="#">Tagblatt</a>.</p>]]></content:encoded></item>
<item><title>Feed im Feed</title><link>https://t.example/feed</link><description>
Kessler gründet eine Reederei &amp;#8230;
weiterlesen</description><source url="https://k.example/feed">Küstenblatt</source></item>
<item><title>Nur ein Titel</title></item></channel></rss>"""

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Tyne Courier</title>
<link rel="self" href="https://t.example/atom"/><updated>2023-11-05T10:00:00Z</updated>
<entry><title type="html">Larkfield hires &lt;i>Mona Reyes&lt;/i></title><link href="https://t.example/a"/><id>urn:1</id>
<author><name>Ruth Adler</name></author><author><name>Sam Pike</name></author><category term="Business"/>
<published>2023-11-02T23:30:00-05:00</published><updated>2023-11-05T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Larkfield has hired Mona Reyes.</p></div></content>
</entry>
<entry><title>Second</title><updated>2023-11-05T10:00:00Z</updated><summary>Corran sold its yard.</summary>
</entry></feed>"""

RSS_1 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://t.example"><title>Bote</title></channel>
<item rdf:about="https://t.example/9"><title>Wahl</title><link>https://t.example/9</link><dc:date>2009-05-14</dc:date>
<description>Marga Thelen leitet Lenzen.</description></item></rdf:RDF>"""


def read(data: bytes | str) -> tuple[list[Draft], list[str]]:
    found = list(feeds.drafts(data.encode() if isinstance(data, str) else data, "feed.xml"))
    return [one for one in found if isinstance(one, Draft)], [str(one) for one in found if isinstance(one, InputError)]


def texts(draft: Draft) -> list[str]:
    return [unit.text for unit in draft.units]


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16"])
def test_rss(encoding, monkeypatch):
    monkeypatch.setattr(socket, "socket", None)
    text = RSS.format(encoding=encoding)
    data = text.replace("…", "...").encode(encoding) if encoding == "iso-8859-1" else text.encode(encoding)
    (first, second), errors = read(data)
    assert first.fields == {
        "title": "Velmar & Tondra einigen sich",
        "date": "2024-03-07",
        "url": "https://t.example/1",
        "publisher": "Nordsee-Tagblatt",
        "authors": ["Anna Berg", "Tom Halm"],
        "section": "Wirtschaft",
        "language": "de",
    }
    assert texts(first) == ["Velmar hat Tondra gekauft.", "Gründer geht", "Jens Tondra verlässt die Firma."]
    assert [unit.kind for unit in first.units] == [None, "heading", None]
    assert texts(second) == ["Kessler gründet eine Reederei … weiterlesen"]
    assert (second.fields["publisher"], second.fields["date"]) == ("Küstenblatt", None)
    assert errors == ["feed.xml: holds 1 items without text – their pages may have it"]
    assert article_of(first).title == "Velmar & Tondra einigen sich"


def test_atom():
    (first, second), errors = read(ATOM)
    assert first.fields == {
        "title": "Larkfield hires Mona Reyes",
        "date": "2023-11-02",
        "url": "https://t.example/a",
        "publisher": "Tyne Courier",
        "authors": ["Ruth Adler", "Sam Pike"],
        "section": "Business",
        "language": "en",
    }
    assert texts(first) == ["Larkfield has hired Mona Reyes."]
    assert second.fields["date"] is None, "when it was updated is not when it was published"
    assert (texts(second), errors) == (["Corran sold its yard."], [])


def test_rss_1():
    (draft,), errors = read(RSS_1)
    assert (draft.fields["date"], draft.fields["publisher"], texts(draft)) == (
        "2009-05-14",
        "Bote",
        ["Marga Thelen leitet Lenzen."],
    )
    assert errors == []


def test_a_feed_cut_off_gives_its_whole_items():
    cut = ATOM[: ATOM.index("sold its")]
    (draft,), errors = read(cut)
    assert texts(draft) == ["Larkfield has hired Mona Reyes."]
    assert errors == ["feed.xml: ends too early – the whole items were read; fetch it once more"]


def test_entities_expand_to_nothing():
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    outside = '<!ENTITY f SYSTEM "file:///etc/passwd">'
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "ha">{levels}{outside}]><rss version="2.0"><channel>'
    bomb += "<item><description>Orbis klagt. &e11; &f;</description></item></channel></rss>"
    started = time.perf_counter()
    drafts, _ = read(bomb)
    assert time.perf_counter() - started < 5
    assert all(len(" ".join(texts(draft))) < 100 and "root:" not in str(draft) for draft in drafts)


@pytest.mark.parametrize("data", [b"", b"hello", b"http://x.example/", b"/etc/passwd", b"<html><body>hi", b'{"a": 1}'])
def test_what_is_no_feed(data, monkeypatch):
    monkeypatch.setattr(socket, "socket", None)
    assert read(data) == ([], ["feed.xml: is no feed – allowed are RSS and Atom"])


def test_unknown_entities_and_bare_ampersands_are_mended():
    drafts, errors = read(RSS_1.replace("Thelen leitet", "Thelen&nbsp;& Co. leitet"))
    assert [texts(draft) for draft in drafts] == [["Marga Thelen & Co. leitet Lenzen."]]
    assert errors == []


def test_a_large_broken_feed_ends_soon():
    item = "<item><title>A & B</title><description>Velmar &kauft; Tondra.</description>"
    started = time.perf_counter()
    drafts, errors = read(f"<rss version='2.0'><channel>{item * 4_000}")
    assert (len(drafts), len(errors)) == (3_999, 1)
    assert read(f"<rss version='2.0'><channel>{item * 50_000}")[1][0].startswith("feed.xml: has 150,002 tags")
    assert time.perf_counter() - started < 10
