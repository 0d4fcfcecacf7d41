"""Web pages: the text of the article by trafilatura, and what the page says of it.

What stands around the article is worth nothing here, and a teaser read as part of it costs a wrong statement: so
precision goes before recall. Navigation, boxes, captions, comments and tables are taken away before and after
trafilatura looks for the text, as are lines that only lead elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from kg import markup, page_fields
from kg.blocks import Unit
from kg.drafts import Draft
from kg.errors import InputError
from kg.quiet import quiet

_NEVER: Final = (
    "script style nav aside footer form dialog figure figcaption picture iframe video audio button select template "
    "noscript svg canvas object embed table math textarea".split()
)
_BOX: Final = re.compile(
    r"(?:^|[\s_-])(?:teasers?|related|recommend\w*|empfehlung\w*|newsletter|cookies?|consent|paywall|promo\w*|read-?more"
    r"|weiterlesen|mehr-zum-thema|weitere-\w+|lesen-sie-auch|most-?read|meistgelesen|popular|trending|shar(?:e|ing)|social"
    r"|breadcrumbs?|comments?|kommentare?|captions?|bildunterschrift\w*|credits?|copyright|adverts?|advertisement|anzeigen?"
    r"|werbung|sponsor\w*|bylines?|authors?|autor(?:en|in)?|timestamp|pub-?date|tags?|topics?|info-?box\w*|fact-?box\w*"
    r"|infokasten|subscri\w+|abo|aboshop|sign-?up|login|overlay|modal|banner|toolbar|pagination|pager|sidebar|skip-?link"
    r"|disclaimer|correction|transparenz\w*|tweet|twitter-tweet|instagram-media|embed\w*|gallery|slideshow|pull-?quotes?"
    r"|zitatbox|outbrain|taboola|visually-hidden|sr-only|screen-reader-text)(?=$|[\s_-])",
    re.IGNORECASE,
)
_BOX_ROLES: Final = frozenset("navigation complementary dialog alertdialog contentinfo search menu toolbar".split())
_UNSEEN: Final = re.compile(r"display:\s*none|visibility:\s*hidden")
_COMMENTS: Final = re.compile(r"(?:^|\s)(?:user-?|reader-?)?(?:comments?|kommentare?|disqus)", re.IGNORECASE)
_MOST: Final = 0.4  # of the page's text: what holds more is no box, whatever it is called ("article has-paywall")
_LINKED: Final = 0.8  # of a paragraph's letters: what is linked that far leads elsewhere
_LEAD: Final = re.compile(
    r"^\W*(?:(?:lesen|sehen|hören) sie (?:auch|hier|dazu|mehr)|lesen sie (?:weiter|außerdem)|lies (?:auch|dazu)"
    r"|auch interessant|mehr (?:zum thema|dazu|hierzu|aus)|weiterlesen|zum thema|hier (?:geht es|lesen sie)|siehe auch"
    r"|read (?:more|also|next|on)|also read|see also|more (?:on|from|about) this|more on|related|recommended|don't miss"
    r"|click here|sign up|subscribe|follow us|folgen sie uns|jetzt (?:abonnieren|registrieren|weiterlesen|testen)"
    r"|newsletter|anzeige|advertisement|werbung|teilen|drucken|share this)\b",
    re.IGNORECASE,
)
_STAMP: Final = re.compile(
    r"^(?:(?:stand|aktualisiert|veröffentlicht|zuletzt aktualisiert|published|updated|last updated|posted|datum|date)\b"
    r"|[\d.:/ ]+(?:uhr|\d|am|pm)\b).{0,60}$",
    re.IGNORECASE,
)
_BYLINE: Final = re.compile(r"^(?:von|by|text:|foto:|fotos:|photo:|bild:|quelle:|source:)\s+\S", re.IGNORECASE)
_BRACKETED: Final = re.compile(r"^\([^()]*\)$")  # an agency or a reporter's sign: "(dpa)"
_TWO_BREAKS: Final = re.compile(r"\x0b\s*\x0b")
_MIDDLE: Final = 12  # words of a byline or a stamp at most; a sentence of that length has a full stop
_ENOUGH: Final = 80  # letters: less than one sentence is no article


def drafts(
    data: bytes, source: str, name: str | None = None, *, url: str | None = None, charset: str | None = None
) -> Iterator[Draft | InputError]:
    """The article of a web page, or one error.

    Args:
        data: the page.
        source: file or address, for messages.
        name: what to call the article if it has no address.
        url: where the page was found, if that is known; its canonical address goes before it.
        charset: the encoding that its server told, for pages that do not tell it.
    """
    try:
        yield draft_of(markup.decode(data, charset), source, name, url)
    except InputError as error:
        yield error


def draft_of(text: str, source: str, name: str | None = None, url: str | None = None) -> Draft:
    """The article of a web page that has been decoded.

    Raises:
        InputError: it is malformed beyond reading, or holds no article.
    """
    tree = markup.parsed(text, source)
    fields = page_fields.fields_of(tree, url)
    _strip(tree)
    units = [unit for unit in _extracted(tree, source) if unit.text]
    units = list(_prose(units, fields["title"], fields["authors"]))
    if sum(len(unit.text) for unit in units if unit.kind is None) < _ENOUGH:
        units = list(_prose(list(_marked(tree)), fields["title"], fields["authors"]))
    if not any(unit.kind is None for unit in units):
        hint = "it may be a list of links, or load its text by script; save the page of a single article"
        raise InputError("holds no article text", path=source, hint=hint)
    return Draft(units=tuple(units), fields=fields, source=source, name=name)


def _strip(tree: Any) -> None:  # noqa: ANN401 - an element of lxml, which has no types
    """Take away what is no text of an article, by element, role and class."""
    for element in list(tree.iter("header")):
        if any(True for _ in element.iter("h1")) and any(
            above.tag in {"article", "main"} for above in element.iterancestors()
        ):
            element.tag = "div"  # the head of an article, with its first paragraph
    for element in list(tree.iter("header", *_NEVER)):
        if element.getparent() is not None:
            element.drop_tree()
    weights = _weights(tree)
    for element in list(tree.iter()):
        if element.getparent() is None or element.tag in {"html", "body", "head", "main", "h1"} or not _is_box(element):
            continue
        whole = weights[element] > _MOST * weights[tree] and not _COMMENTS.search(_names(element))
        if not whole and next(element.iter("h1"), None) is None:
            element.drop_tree()


def _weights(tree: Any) -> dict[Any, int]:  # noqa: ANN401
    """How many letters outside of links each element holds."""
    found: dict[Any, int] = {}
    for element in reversed(list(tree.iter())):  # what stands inside comes before
        inside = sum(found[child] + len(child.tail or "") for child in element)
        found[element] = 0 if element.tag == "a" else len(element.text or "") + inside
    return found


def _names(element: Any) -> str:  # noqa: ANN401
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _is_box(element: Any) -> bool:  # noqa: ANN401
    if not isinstance(element.tag, str):
        return False
    return bool(
        _BOX.search(_names(element))
        or element.get("role") in _BOX_ROLES
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _UNSEEN.search(element.get("style") or "")
    )


def _extracted(tree: Any, source: str) -> Iterator[Unit]:  # noqa: ANN401
    """The blocks that trafilatura takes for the article; none where it finds nothing."""
    import trafilatura  # noqa: PLC0415 (heavy: imported where it is used)

    try:
        with quiet("trafilatura", "htmldate", "justext", "charset_normalizer"):
            found: Any = trafilatura.bare_extraction(
                tree,
                favor_precision=True,
                include_comments=False,
                include_tables=False,
                include_images=False,
                include_links=True,
                with_metadata=False,
            )
    except Exception as error:  # whatever it meets in a page
        raise InputError(f"cannot be read: {type(error).__name__}: {error}", path=source) from None
    for element in found.body if found is not None and found.body is not None else ():
        yield from _units(element)


def _units(element: Any) -> Iterator[Unit]:  # noqa: ANN401
    if element.tag == "head":
        yield Unit(_text(element), single=True, kind="heading")
    elif element.tag == "list":
        for item in element.iter("item"):
            if markup.is_sentence(text := _text(item)) and not _leads_away(item, text):
                yield Unit(text, single=True)
    elif element.tag in {"p", "quote"}:
        inner = [child for child in element if child.tag in {"p", "head", "list"}]
        if inner:
            for child in inner:
                yield from _units(child)
        elif not _leads_away(element, _text(element)):
            for part in _TWO_BREAKS.split(_broken(element)):
                yield Unit(" ".join(part.split()), single=True)


def _text(element: Any) -> str:  # noqa: ANN401
    return " ".join(_broken(element).split())


def _broken(element: Any) -> str:  # noqa: ANN401
    """The text with a mark for each line break; ``split`` takes the mark for a space."""
    pieces = [element.text or ""]
    for child in element:
        pieces += ["\x0b" if child.tag in {"lb", "br"} else "", _broken(child), child.tail or ""]
    return "".join(pieces)


def _leads_away(element: Any, text: str) -> bool:  # noqa: ANN401
    """Whether a paragraph is little more than a link to something else."""
    linked = sum(len(" ".join("".join(link.itertext()).split())) for link in element.iter("ref", "a"))
    return bool(linked) and (
        linked >= _LINKED * len(text) or text[: len(text) - linked].rstrip().endswith((":", "→", "»"))
    )


def _marked(tree: Any) -> Iterator[Unit]:  # noqa: ANN401
    """Sentences of the one part that a page marks as its text, or of a page that is nothing else."""
    parts = [one for one in tree.iter() if "articleBody" in (one.get("itemprop") or "")]
    parts = parts or list(tree.iter("article")) or list(tree.iter("main")) or list(tree.iter("body"))
    if len(parts) == 1:
        links = sum(len(link.text_content()) for link in parts[0].iter("a"))
        if links < (1 - _LINKED) * len(parts[0].text_content()):
            yield from (unit for unit in markup.units(parts[0]) if unit.kind or markup.is_sentence(unit.text))


def _prose(units: list[Unit], title: str | None, authors: list[str]) -> Iterator[Unit]:
    """What of the blocks belongs to the article's text: no headline, byline, time stamp or lead elsewhere."""
    kept = [unit for unit in units if not _is_furniture(unit, title, authors)]
    started = False
    for number, unit in enumerate(kept):
        if unit.kind == "heading":
            leads = [later for later in kept[number + 1 : number + 2] if later.kind is None]
            if not started or not leads:
                continue  # what stands above the headline, or over a part that was left out
        started = True
        yield unit


def _is_furniture(unit: Unit, title: str | None, authors: list[str]) -> bool:
    text = unit.text
    if title and text.casefold() == title.casefold():
        return True
    sentence = markup.is_sentence(text)
    short = len(text.split()) <= _MIDDLE
    if _LEAD.match(text) and (short or not sentence):
        return True
    if not short or sentence:
        return False
    return bool(_BYLINE.match(text) or _STAMP.match(text) or _BRACKETED.match(text) or text in authors)
