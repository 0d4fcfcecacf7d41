"""Where a post is held that is named without its house: „Konzernchefin Kolb“, "chairwoman Ann Bell"."""

from __future__ import annotations

import re
from typing import Final

from kg.trees import Tree

_HOUSES: Final = {
    **dict.fromkeys(("Konzern", "Firmen", "Unternehmens", "Vorstands", "Aufsichtsrats", "Finanz"), "Company"),
    **dict.fromkeys(("Technik", "Betriebsrats", "Personal", "Vertriebs", "Entwicklungs"), "Company"),
    **dict.fromkeys(("Vereins", "Klub", "Verbands", "Gewerkschafts"), "Organization"),
    **dict.fromkeys(("Behörden", "Ministeriums"), "GovernmentBody"),
    "Partei": "PoliticalParty",
}
_POSTS_IN_HOUSE: Final = re.compile(
    r"(chef|chefin|boss|lenker|sprecher|sprecherin|gründer|gründerin|präsident|präsidentin|vorsitzende[rn]?|vorstand)$"
)
_BARE_POSTS: Final = {
    **dict.fromkeys("Geschäftsführer Geschäftsführerin Vorständin Gründer Gründerin Mitgründer".split(), "Company"),
    **dict.fromkeys("Mitgründerin Firmengründer Firmengründerin".split(), "Company"),
    **dict.fromkeys(("Sprecher", "Sprecherin"), "Organization"),
    **dict.fromkeys("ceo chairman chairwoman founder co-founder chief executive".split(), "Company"),
    **dict.fromkeys("spokesman spokeswoman spokesperson".split(), "Organization"),
}
"""Posts that stand bare before a name, their house unsaid: "Geschäftsführerin Anna Kurz", "chairwoman Ann Bell"."""


def house_of_post(word: str) -> str:
    """The class of what a post is held in that the word tells, "" if it tells none.

    >>> house_of_post("Konzernchef"), house_of_post("Parteichefin"), house_of_post("Konzernumbau")
    ('Company', 'PoliticalParty', '')
    """
    if not _POSTS_IN_HOUSE.search(word):
        return ""
    return next((kind for house, kind in _HOUSES.items() if word.startswith(house) and word != house), "")


_ENDED: Final = frozenset(
    "entlassen feuern ablösen abberufen absetzen ersetzen trennen zurücktreten ausscheiden abtreten nachfolger "
    "nachfolgerin nachfolgen schluss aus ende abschied abgang rauswurf entlassung abberufung rücktritt trennung "
    "ablösung dismiss fire oust replace sack remove succeed resign successor departure exit resignation ouster".split()
)


def silent_house(tree: Tree, noun: int) -> str:
    """The class of the house that a post before a name is held in, where it goes unsaid; "" if it is none."""
    span = tree.name_at.get(noun + 1)
    token = tree[noun]
    if span is None or span.label != "PER" or noun in tree.name_at or token.pos not in {"NOUN", "PROPN"}:
        return ""
    behind = tree.bounds(span)[1] + 1
    if behind < len(tree) and tree[behind].text.lower() in {"von", "vom", "bei", "beim", "of", "at"}:
        return ""  # the house is said: "Vorstandschef Dirk Held vom Gashändler X"
    above = (tree[i] for i in (*tree.ancestors(noun), *range(max(0, noun - 2), noun)))
    if any({t.lemma.lower(), t.text.lower()} & _ENDED for t in above):
        return ""  # whoever loses the post no longer holds it
    if kind := house_of_post(token.text):
        return kind
    kind = _BARE_POSTS.get(token.text) or _BARE_POSTS.get(token.text.lower(), "")
    lonely = not any(True for _ in tree.by_relation(noun, "det", "nmod", "amod"))
    before = tree[noun - 1] if noun else None
    opened = before is None or before.pos in {"VERB", "AUX", "PUNCT", "ADP", "CCONJ", "SCONJ", "ADV"}
    if token.text.lower() == "executive":
        opened, kind = before is not None and before.text.lower() == "chief", kind if noun < 3 else ""
    return kind if lonely and opened else ""
