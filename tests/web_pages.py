"""Web pages as newspapers build them, written for tests: each with what is its article, and what is not."""
# ruff: noqa: E501 - lines of pages

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Page:
    html: str
    fields: dict[str, object]
    text: list[str]  # the paragraphs, whole
    headings: list[str] = field(default_factory=list)


def _page(lang: str, head: str, body: str) -> str:
    return f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8">{head}</head>\n<body>{body}</body></html>'


_COOKIES = """<div id="cookie-consent" class="cookie-banner" role="dialog"><h2>Wir achten Ihre Privatsphäre</h2>
<p>Wir und unsere Partner speichern Informationen auf Ihrem Gerät. Die Werbefirma Adnova kauft Ihre Daten.</p>
<button>Alle akzeptieren</button></div>"""
_NAV = """<header class="site-header"><a href="/">Nordsee-Tagblatt</a><nav><ul><li><a href="/politik">Politik</a></li>
<li><a href="/wirtschaft">Wirtschaft</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>"""
_FOOTER = """<footer><p>© 2024 Verlag Nordsee. Der Verlag Nordsee gehört der Familie Harms.</p>
<ul><li><a href="/impressum">Impressum</a></li><li><a href="/datenschutz">Datenschutz</a></li></ul></footer>"""

GERMAN_NEWSPAPER = Page(
    _page(
        "de-DE",
        """<title>Velmar kauft Tondra für zwei Milliarden Euro | Nordsee-Tagblatt</title>
<link rel="canonical" href="https://www.nordsee-tagblatt.example/wirtschaft/velmar-kauft-tondra-17.html">
<meta property="og:title" content="Velmar kauft Tondra für zwei Milliarden Euro">
<meta property="og:site_name" content="Nordsee-Tagblatt"><meta property="og:locale" content="de_DE">
<meta property="article:section" content="Wirtschaft">
<meta property="article:modified_time" content="2024-03-09T18:00:00+01:00">
<meta name="last-modified" content="2024-03-09">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
 {"@type": "Organization", "name": "Verlag Nordsee"},
 {"@type": "BreadcrumbList", "itemListElement": []},
 {"@type": "NewsArticle", "headline": "Velmar kauft Tondra für zwei Milliarden Euro",
  "datePublished": "2024-03-07T00:15:00+01:00", "dateModified": "2024-03-09T18:00:00+01:00",
  "author": [{"@type": "Person", "name": "Anna Berg"}, {"@type": "Person", "name": "Tom Halm"}],
  "publisher": {"@type": "Organization", "name": "Nordsee-Tagblatt", "logo": {"@type": "ImageObject", "url": "x"}},
  "articleSection": ["Wirtschaft", "Unternehmen"]}]}</script>
<style>p { color: red }</style>""",
        f"""{_COOKIES}{_NAV}
<main><article class="article article--has-paywall">
<header><span class="kicker">Autozulieferer</span><h1>Velmar kauft Tondra für zwei Milliarden Euro</h1>
<p class="lead">Der Autozulieferer Velmar übernimmt den Sensorhersteller Tondra aus Kassel und zahlt dafür zwei Milliarden
Euro in bar.</p>
<div class="article__byline">Von Anna Berg und Tom Halm</div><time datetime="2024-03-09">Aktualisiert: 09.03.2024</time></header>
<figure><img src="https://bilder.example/velmar.jpg" alt="Werk"><figcaption>Das Werk von Velmar in Emden beschäftigt
900 Menschen. <span class="credit">Foto: dpa/Ute Roth</span></figcaption></figure>
<p>Der Vorstand von Velmar hat dem Kauf am Mittwoch in Emden zugestimmt. Das teilte das Unternehmen mit.</p>
<p>Tondra baut in Kassel <a href="/thema/sensoren">Sensoren</a> für Lastwagen und beschäftigt dort 1.200 Menschen.</p>
<p><strong>Lesen Sie auch:</strong> <a href="/x">Orbis verklagt den Zulieferer Kantex wegen Patenten</a></p>
<aside class="teaser-box"><h3>Mehr zum Thema</h3><p>Der Konzern Kantex entlässt in Bremen 300 Mitarbeiter.</p></aside>
<h2>Kartellamt prüft den Kauf</h2>
<p>Das Bundeskartellamt muss der Übernahme noch zustimmen. Velmar rechnet im Herbst mit einer Entscheidung.</p>
<div class="newsletter-box"><h3>Newsletter</h3><p>Unser Newsletter bringt Ihnen jeden Morgen die Wirtschaft ins
Haus.</p><form><input type="email"><button>Anmelden</button></form></div>
<table><tr><th>Firma</th><th>Umsatz</th></tr><tr><td>Velmar</td><td>9 Mrd.</td></tr></table>
<p>Gründer Jens Tondra verlässt das Unternehmen nach dem Verkauf. Er hatte es 1998 in Kassel gegründet.</p>
<p class="article-notice">(dpa)</p>
</article>
<section class="related-articles"><h2>Das könnte Sie auch interessieren</h2><article><h3><a href="/y">Halvik eröffnet
ein Werk in Polen</a></h3><p>Der Möbelbauer Halvik aus Lemgo hat am Montag ein Werk in Posen eröffnet.</p></article></section>
<section id="comments" class="comments"><h2>Kommentare (2)</h2><div class="comment"><p>Peter57: Velmar hat doch schon die
Firma Ostera ruiniert, das weiß in Emden jeder, und jetzt kauft Velmar auch noch Tondra.</p></div></section></main>{_FOOTER}""",
    ),
    {
        "title": "Velmar kauft Tondra für zwei Milliarden Euro",
        "date": "2024-03-07",
        "url": "https://www.nordsee-tagblatt.example/wirtschaft/velmar-kauft-tondra-17.html",
        "publisher": "Nordsee-Tagblatt",
        "authors": ["Anna Berg", "Tom Halm"],
        "section": "Wirtschaft",
        "language": "de",
    },
    [
        "Der Autozulieferer Velmar übernimmt den Sensorhersteller Tondra aus Kassel und zahlt dafür zwei Milliarden Euro in "
        "bar.",
        "Der Vorstand von Velmar hat dem Kauf am Mittwoch in Emden zugestimmt. Das teilte das Unternehmen mit.",
        "Tondra baut in Kassel Sensoren für Lastwagen und beschäftigt dort 1.200 Menschen.",
        "Das Bundeskartellamt muss der Übernahme noch zustimmen. Velmar rechnet im Herbst mit einer Entscheidung.",
        "Gründer Jens Tondra verlässt das Unternehmen nach dem Verkauf. Er hatte es 1998 in Kassel gegründet.",
    ],
    ["Kartellamt prüft den Kauf"],
)

ENGLISH_NEWSPAPER = Page(
    _page(
        "en",
        """<title>Larkfield hires Mona Reyes as chief executive - The Tyne Courier</title>
<meta property="og:type" content="article"><meta property="og:url" content="https://tynecourier.example/business/larkfield">
<meta property="og:title" content="Larkfield hires Mona Reyes as chief executive">
<meta property="og:site_name" content="The Tyne Courier">
<meta property="article:published_time" content="2023-11-02T06:30:00Z">
<meta property="article:modified_time" content="2023-11-05T10:00:00Z">
<meta property="article:author" content="https://www.facebook.com/tynecourier">
<meta name="author" content="Ruth Adler and Sam Pike"><meta property="article:section" content="Business">""",
        """<div class="skip-link"><a href="#main">Skip to content</a></div><div role="navigation"><ul><li><a href="/">Home</a>
</li><li><a href="/sport">Sport</a></li></ul></div><div class="breaking banner"><p>Breaking: Storm closes the port of
Blyth.</p></div><main id="main"><h1>Larkfield hires Mona Reyes as chief executive</h1>
<div class="meta"><span class="byline">By <a rel="author" href="/staff/ruth">Ruth Adler</a> and Sam Pike</span>
<span class="timestamp">Published 2 November 2023</span></div>
<div class="share-bar"><a href="#">Share on Facebook</a><a href="#">Email</a></div>
<div class="story-body" itemprop="articleBody">
<p>Larkfield, the maker of wind turbines, has hired Mona Reyes as its chief executive, the company said on Thursday.</p>
<p>Reyes joins from the shipbuilder Corran, where she led the yards in Blyth and Belfast for eight years.</p>
<div class="ad-slot advertisement"><p>Advertisement: Buy the new Zephyr car from Norlund Motors today.</p></div>
<p><a href="/z">Read more: Corran sells its yard in Belfast to Hollis Marine</a></p>
<h2>A difficult year</h2>
<p>Larkfield lost 40 million pounds last year after it closed a factory in Hull.</p>
<ul><li>The company employs 3,100 people in northern England.</li><li>Turbines</li></ul>
<blockquote><p>“We will open a second factory in Sunderland,” Reyes said.</p></blockquote>
</div></main><div class="most-read"><h3>Most read</h3><ol><li><a href="/1">Mayor of Hexham resigns over a loan.</a></li>
<li><a href="/2">Police arrest two men in Gateshead.</a></li></ol></div>
<footer><p>The Tyne Courier is owned by Bexley Media.</p></footer>""",
    ),
    {
        "title": "Larkfield hires Mona Reyes as chief executive",
        "date": "2023-11-02",
        "url": "https://tynecourier.example/business/larkfield",
        "publisher": "The Tyne Courier",
        "authors": ["Ruth Adler", "Sam Pike"],
        "section": "Business",
        "language": "en",
    },
    [
        "Larkfield, the maker of wind turbines, has hired Mona Reyes as its chief executive, the company said on Thursday.",
        "Reyes joins from the shipbuilder Corran, where she led the yards in Blyth and Belfast for eight years.",
        "Larkfield lost 40 million pounds last year after it closed a factory in Hull.",
        "The company employs 3,100 people in northern England.",
        "“We will open a second factory in Sunderland,” Reyes said.",
    ],
    ["A difficult year"],
)

OLD_STYLE = Page(
    _page(
        "de",
        """<title>Stadtrat Lenzen wählt Marga Thelen</title><meta name="date" content="14.05.2009">
<meta name="copyright" content="2011 Bote"><meta name="author" content="Von Karl Ohm">""",
        """<table width="100%"><tr><td><a href="/">Start</a> | <a href="/archiv">Archiv</a></td></tr></table>
<div id="content"><h1>Stadtrat Lenzen wählt Marga Thelen</h1>
<p>Der Stadtrat von Lenzen hat Marga Thelen am Donnerstag zur neuen Bürgermeisterin gewählt. Sie folgt auf Heinz Brack.</p>
<p>Thelen leitet seit 2004 die Sparkasse in Lenzen. Ihr Nachfolger dort wird Uwe Kranz, der bisher in Wittenberge arbeitet.</p>
</div><div id="footer">Letzte Änderung: 20.06.2011</div>""",
    ),
    {
        "title": "Stadtrat Lenzen wählt Marga Thelen",
        "date": "2009-05-14",
        "url": None,
        "publisher": None,
        "authors": ["Karl Ohm"],
        "section": None,
        "language": "de",
    },
    [
        "Der Stadtrat von Lenzen hat Marga Thelen am Donnerstag zur neuen Bürgermeisterin gewählt. Sie folgt auf Heinz Brack.",
        "Thelen leitet seit 2004 die Sparkasse in Lenzen. Ihr Nachfolger dort wird Uwe Kranz, der bisher in Wittenberge "
        "arbeitet.",
    ],
)

NO_DATE = Page(
    _page(
        "en-GB",
        """<title>Port of Ardmore | Harbour News</title><meta property="article:modified_time" content="2022-01-01">
<meta property="og:updated_time" content="2022-01-01">""",
        """<article><h1>Port of Ardmore</h1><p class="updated">Updated: 1 January 2022</p>
<p>Hollis Marine has bought the port of Ardmore from the county for 12 million pounds, and it will dredge the channel.</p>
<p>The county built the port in 1904 and ran it until last year, when a storm destroyed the northern pier.</p>
</article><footer>Copyright 2021 Harbour News. Photo from 3 May 2020.</footer>""",
    ),
    {
        "title": "Port of Ardmore",
        "date": None,
        "url": None,
        "publisher": None,
        "authors": [],
        "section": None,
        "language": "en",
    },
    [
        "Hollis Marine has bought the port of Ardmore from the county for 12 million pounds, and it will dredge the channel.",
        "The county built the port in 1904 and ran it until last year, when a storm destroyed the northern pier.",
    ],
)

PAYWALL = Page(
    _page(
        "de",
        """<title>Kessler zieht sich zurück</title><meta property="og:site_name" content="Alsterblatt">
<script type="application/ld+json">{"@type": ["NewsArticle"], "headline": "Kessler zieht sich zurück",
"datePublished": "2025-02-01", "isAccessibleForFree": false, "author": {"@type": "Person", "name": "Lena Voss"},}</script>
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Kessler zieht sich zurück",
"datePublished": "2025-02-02", "author": "Lena Voss, Jan Petersen", "inLanguage": "de"}</script>""",
        """<article><h1>Kessler zieht sich zurück</h1>
<p>Die Reederin Ilse Kessler gibt die Leitung der Reederei Kessler in Hamburg ab. Ihre Tochter Marit Kessler folgt ihr im
Juni nach und führt dann 2.000 Menschen.</p>
<div class="paywall-stub"><h2>Sie möchten weiterlesen?</h2><p>Mit Alsterblatt Plus lesen Sie alle Artikel. Testen Sie
Alsterblatt Plus einen Monat lang für einen Euro.</p><a href="/abo">Jetzt testen</a></div></article>""",
    ),
    {
        "title": "Kessler zieht sich zurück",
        "date": "2025-02-02",
        "url": None,
        "publisher": "Alsterblatt",
        "authors": ["Lena Voss", "Jan Petersen"],
        "section": None,
        "language": "de",
    },
    [
        "Die Reederin Ilse Kessler gibt die Leitung der Reederei Kessler in Hamburg ab. Ihre Tochter Marit Kessler folgt ihr "
        "im Juni nach und führt dann 2.000 Menschen.",
    ],
)

LIVE_BLOG = Page(
    _page(
        "en",
        """<title>Election in Marland: live</title><script type="application/ld+json">{"@type": "LiveBlogPosting",
"headline": "Election in Marland: live", "datePublished": "2022-05-08T18:00:00+02:00",
"liveBlogUpdate": [{"@type": "BlogPosting", "headline": "Polls close", "datePublished": "2022-05-09T01:00:00"}],
"publisher": {"name": "Marland Post"}}</script>""",
        """<main><h1>Election in Marland: live</h1><div class="liveblog">
<article class="entry"><time>21:40</time><h3>Okafor concedes</h3><p>President Daniel Okafor has conceded defeat. He called
his rival Lidia Brandt and congratulated her on the victory.</p></article>
<article class="entry"><time>20:05</time><h3>First results</h3><p>Lidia Brandt leads in all four provinces, the election
commission says after a third of the votes have been counted.</p></article>
<article class="entry"><time>18:00</time><h3>Polls close</h3><p>The polls in Marland have closed. Some 60 percent of the
voters cast a ballot, according to the election commission in Port Ely.</p></article></div></main>""",
    ),
    {
        "title": "Election in Marland: live",
        "date": "2022-05-08",
        "url": None,
        "publisher": "Marland Post",
        "authors": [],
        "section": None,
        "language": "en",
    },
    [
        "President Daniel Okafor has conceded defeat. He called his rival Lidia Brandt and congratulated her on the victory.",
        "Lidia Brandt leads in all four provinces, the election commission says after a third of the votes have been counted.",
        "The polls in Marland have closed. Some 60 percent of the voters cast a ballot, according to the election commission "
        "in Port Ely.",
    ],
)

DIVS_ONLY = Page(
    _page(
        "de",
        """<title>Rettungsdienst in Ulmen bekommt neue Wagen - Eifelkurier</title>
<meta property="og:site_name" content="Eifelkurier"><meta name="dcterms.issued" content="2021-09-30">""",
        f"""{_NAV}<div class="page"><div class="content-main"><h1>Rettungsdienst in Ulmen bekommt neue Wagen</h1>
<div class="autor">Von Nele Wirtz</div>
<div class="text">Der Landkreis Cochem hat für den Rettungsdienst in Ulmen vier neue Wagen bestellt.<br><br>Die Wagen baut
die Firma Strobel aus Aalen. Sie kosten zusammen 900.000 Euro, wie Landrätin Ines Kolb sagte.<br><br>Im Juli hatte das
Hochwasser drei alte Wagen zerstört, die seit 2009 in Ulmen gestanden hatten.</div>
<div class="update-hinweis"><em>Stand: 30.09.2021, 14 Uhr</em></div></div>
<div class="sidebar"><div class="teaser"><a href="/t">Feuerwehr Mayen</a><p>Die Feuerwehr in Mayen kauft einen Kran von
der Firma Tadler.</p></div></div></div>{_FOOTER}""",
    ),
    {
        "title": "Rettungsdienst in Ulmen bekommt neue Wagen",
        "date": "2021-09-30",
        "url": None,
        "publisher": "Eifelkurier",
        "authors": ["Nele Wirtz"],
        "section": None,
        "language": "de",
    },
    [
        "Der Landkreis Cochem hat für den Rettungsdienst in Ulmen vier neue Wagen bestellt.",
        "Die Wagen baut die Firma Strobel aus Aalen. Sie kosten zusammen 900.000 Euro, wie Landrätin Ines Kolb sagte.",
        "Im Juli hatte das Hochwasser drei alte Wagen zerstört, die seit 2009 in Ulmen gestanden hatten.",
    ],
)

SHORT = Page(
    "<html><body><p>Bosch kauft Kuka.</p></body></html>",
    {"title": None, "date": None, "url": None, "publisher": None, "authors": [], "section": None, "language": None},
    ["Bosch kauft Kuka."],
)

PAGES = {
    "German newspaper": GERMAN_NEWSPAPER,
    "English newspaper": ENGLISH_NEWSPAPER,
    "tables for layout": OLD_STYLE,
    "no date": NO_DATE,
    "paywall": PAYWALL,
    "live blog": LIVE_BLOG,
    "divs only": DIVS_ONLY,
    "short": SHORT,
}
