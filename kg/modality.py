"""How a clause is claimed: status and source, from negation, modality, mood, tense and governor.

A clause is only ``asserted`` or ``reported`` when nothing in it or above it takes the claim back.
Where several things do, the innermost wins: "plant nicht, X zu kaufen" is negated by its governor,
"könnte X nicht kaufen" by its own negation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.conjunctions import opened_by
from kg.modality_words import ModalityWords
from kg.records import Status, Token
from kg.subjunctive import mood_status
from kg.suppositions import supposed
from kg.trees import Tree, base, feature, is_finite

EMBEDDED: Final = frozenset({"xcomp", "ccomp", "csubj", "acl", "obl", "obj", "nsubj", "nmod"})
_FACTIVE_INFINITIVE: Final = frozenset(
    "beginnen anfangen gelingen schaffen fortfahren fortsetzen nutzen begin start manage continue help succeed "
    "use go come".split()
)
_HOLDING: Final = frozenset({"gelten", "scheinen", "bleiben", "halten", "erscheinen", "remain", "look", "deem"})
_PURPOSE: Final[dict[str, Status]] = {
    "um": "planned",
    "ohne": "negated",
    "against": "negated",
    "anstatt": "negated",
    "statt": "negated",
    "bevor": "planned",
    "ehe": "planned",
    "bis": "planned",
    "ob": "question",
    "damit": "planned",
    "before": "planned",
    "until": "planned",
    "without": "negated",
    "instead": "negated",
    "whether": "question",
}
_REPORTED_BY: Final = frozenset(
    "angabe information bericht auskunft aussage ansicht meinung auffassung worten wort einschätzung darstellung "
    "überzeugung agentur".split()
)


@dataclass(frozen=True, slots=True)
class Claim:
    """Status of a clause, and the token that heads its source."""

    status: Status = "asserted"
    source: int | None = None


def auxiliaries(tree: Tree, verb: int) -> list[Token]:
    """Auxiliaries of a verb, those of the first conjunct included where it has no finite form itself."""
    own = list(tree.by_relation(verb, "aux", "cop"))
    token = tree[verb]
    if not own and token.relation == "conj" and feature(token, "VerbForm") in {"Inf", "Part"}:
        return auxiliaries(tree, token.head) if token.head != verb else []
    return own


def verb_claim(tree: Tree, verb: int, words: ModalityWords) -> Claim:
    """How the clause of a verb (or of a copular predicate) is claimed.

    Args:
        tree: its sentence.
        verb: token index of the predicate.
        words: the word lists of the language.
    """
    own = _own_status(tree, verb, words)
    if own in {"possible", "planned"} or (own == "asserted" and _present(tree, verb)):
        own = "conditional" if _under_condition(tree, verb, words) else own
    if own == "negated" and (_mark(tree, verb) in words.conditions or _verb_first_condition(tree, verb)):
        own = "conditional"
    if own in {"asserted", "negated", "possible", "planned"}:
        opened = opened_by(tree, verb, words)
        own = opened or ("conditional" if supposed(tree, verb, words) else own)
    if own == "asserted" and _rumoured(tree, verb):
        own = "alleged"
    above = _governed(tree, verb, words)
    source = above.source if above.source is not None else _according_to(tree, verb, words)
    if own != "asserted":
        return Claim(own, source)
    if above.status != "asserted":
        return Claim(above.status, source)
    if source is not None:
        return Claim("reported", source)
    return Claim()


_ENGLISH_PARTICLES: Final = frozenset("over up off out down back away on together along through around by in".split())
_RUMOUR: Final = frozenset({"gerücht", "vernehmen", "spekulation", "mutmaßung", "hörensagen", "rumour", "rumor"})


_HEARSAY: Final = frozenset({"report", "rumour", "rumor", "claim", "allegation", "speculation", "suggestion"})


def _under_condition(tree: Tree, verb: int, words: ModalityWords) -> bool:
    """Whether a condition hangs on a clause: "Falls die EU …, würde Peking …"."""
    return any(_mark(tree, t.index) in words.conditions for t in tree.by_relation(verb, "advcl"))


def _present(tree: Tree, verb: int) -> bool:
    """Whether a clause stands in the present: what holds under a condition is no fact, what held may be one."""
    finite = [t for t in (tree[verb], *auxiliaries(tree, verb)) if is_finite(t)]
    perfect = any(t.lemma.lower() in {"haben", "have"} for t in auxiliaries(tree, verb))
    return bool(finite) and all(feature(t, "Tense") == "Pres" for t in finite) and not perfect


def _rumoured(tree: Tree, verb: int) -> bool:
    """Whether a clause is hearsay: "Gerüchten zufolge", "dem Vernehmen nach", "reports that X has sacked Y"."""
    head = tree[verb].head
    if head < verb and tree[head].lemma.lower() in _HEARSAY and tree[head + 1].text == "that":
        return True
    return any(
        t.lemma.lower() in _RUMOUR for t in tree.by_relation(verb, "obl", "nmod", "advmod", "obj", "iobj", "nsubj")
    )


def _own_status(tree: Tree, verb: int, words: ModalityWords) -> Status:
    if tree[len(tree) - 1].text.startswith("?") or any(t.text == "?" for t in tree.tokens[-2:]):
        return "question"
    if _negated(tree, verb, words):
        return "negated"
    mark = _mark(tree, verb)
    if mark in words.conditions:
        return "conditional"
    if mark in _PURPOSE:
        return _PURPOSE[mark]
    if _verb_first_condition(tree, verb):
        return "conditional"
    auxes = auxiliaries(tree, verb)
    if any(t.text == "to" for t in tree.by_relation(verb, "mark")) and any(a.lemma == "be" for a in auxes):
        return "planned"  # "are to merge"
    if (
        not auxes
        and feature(tree[verb], "VerbForm") == "Inf"
        and base(tree[verb].relation) in {"root", "conj", "parataxis"}
        and not _plural_subject(tree, verb)
    ):
        return "possible"  # an infinitive whose auxiliary the parser lost claims nothing
    modal = _modal_status(tree, verb, auxes, words)
    if modal is not None:
        return modal
    for adverb in _adverbs(tree, verb):
        for form in (adverb.lemma.lower(), adverb.text.lower()):
            if form in words.adverbs:
                return words.adverbs[form]
    return mood_status(tree, [tree[verb], *auxes])


def _plural_subject(tree: Tree, verb: int) -> bool:
    """Whether what was taken for an infinitive is a plural of the present: "die Beschäftigten streiken"."""
    plural = any(feature(t, "Number") == "Plur" for t in tree.by_relation(verb, "nsubj"))
    return plural and all(t.pos != "AUX" for t in tree.tokens)


def _negated(tree: Tree, verb: int, words: ModalityWords) -> bool:
    for child in tree.children[verb]:
        token = tree[child]
        relation = base(token.relation)
        if relation == "det" and token.lemma.lower() in words.negative_determiners:
            return True  # "ist kein Konkurrent"
        if token.text.lower() in words.negators and relation in {"advmod", "cc", "det", "discourse", "aux", "neg"}:
            return not _only_part(tree, child)
        if relation in {"nsubj", "obj", "iobj", "obl", "xcomp", "advmod"}:
            if token.lemma.lower() in words.negative_determiners:
                return True
            if any(d.lemma.lower() in words.negative_determiners for d in tree.by_relation(child, "det", "advmod")):
                return True
            if any(d.text.lower() in {"weder", "neither"} for d in tree.by_relation(child, "cc", "advmod", "det")):
                return True
    return False


def _only_part(tree: Tree, negator: int) -> bool:
    """Whether a "nicht" negates a word rather than the clause: "nicht nur", "not only"."""
    following = tree[negator + 1].text.lower() if negator + 1 < len(tree) else ""
    return following in {"nur", "only", "bloß", "zuletzt", "just", "allein"}


def _mark(tree: Tree, verb: int) -> str:
    for token in tree.by_relation(verb, "mark", "advmod"):
        word = token.text.lower()
        if base(token.relation) == "mark" and word not in {"zu", "to", "dass", "that"}:
            return word
        if word in {"wenn", "falls", "sofern", "if"}:
            return word
    return ""


def _verb_first_condition(tree: Tree, verb: int) -> bool:
    """Whether a subordinate clause opens with its finite verb: "Scheitert der Verkauf, …"."""
    if base(tree[verb].relation) != "advcl":
        return False
    clause = [i for i in tree.subtree(verb) if tree[i].pos != "PUNCT"]
    return bool(clause) and feature(tree[clause[0]], "VerbForm") == "Fin" and verb < tree[verb].head


def _modal_status(tree: Tree, verb: int, auxes: list[Token], words: ModalityWords) -> Status | None:
    infinitive = feature(tree[verb], "VerbForm") == "Inf" or tree[verb].text.lower() == tree[verb].lemma.lower()
    passive = any(t.text.lower() in {"werden", "worden"} for t in auxes)
    perfect = any(t.text.lower() in {"haben", "sein", "have"} for t in auxes)
    for aux in auxes:
        lemma = aux.lemma.lower()
        if lemma == "sollen":
            return "alleged" if perfect else "planned"
        if lemma in words.modals:
            return words.modals[lemma]
        if aux.text.lower().startswith("würd"):
            return "possible"
        if lemma == "werden" and feature(aux, "VerbForm") != "Part" and aux.text.lower() not in {"wurde", "wurden"}:
            future_passive = passive and aux.text.lower() in {"wird", "werden"} and len(auxes) > 1
            if (infinitive and not _is_participle(tree[verb])) or future_passive:
                return "planned"
        if aux.text.lower() == "going" and infinitive:
            return "planned"
    return None


def _is_participle(token: Token) -> bool:
    return feature(token, "VerbForm") == "Part" and token.text.lower() != token.lemma.lower()


def _adverbs(tree: Tree, verb: int) -> Iterator[Token]:
    for token in tree.by_relation(verb, "advmod", "obl", "discourse", "parataxis"):
        yield token
    for token in tree.by_relation(verb, "aux", "cop"):
        yield from tree.by_relation(token.index, "advmod")


def _governed(tree: Tree, verb: int, words: ModalityWords, depth: int = 0) -> Claim:
    """What the words above a clause say of it."""
    token = tree[verb]
    relation = base(token.relation)
    speaker = _speaker_beside(tree, verb, words)
    if speaker is not None:
        return speaker
    if token.head == verb or depth > 6:
        return Claim()
    governor = tree[token.head]
    if relation in {"conj", "parataxis", "appos"}:
        return _governed(tree, token.head, words, depth + 1)
    if token.relation == "acl:relcl" and _to_infinitive(tree, verb) and governor.head != governor.index:
        above = tree[governor.head].pos in {"VERB", "AUX"}  # the infinitive is the verb's: "beschuldigt X, Y zu …"
        return _under_verb(tree, verb, governor.head, words, depth) if above else Claim("possible")
    told = any(t.text.lower() == "that" and t.pos == "SCONJ" for t in tree.by_relation(verb, "mark"))
    if (token.relation == "acl:relcl" and not told) or relation not in EMBEDDED | {"advcl"}:
        return Claim()  # "reports that it had bought X" tell of a report
    if relation == "advcl":
        return _adverbial(tree, verb, words, depth)
    if governor.pos in {"VERB", "AUX", "ADJ"}:
        return _under_verb(tree, verb, token.head, words, depth)
    if relation == "acl" or told or _mark(tree, verb) or _to_infinitive(tree, verb):
        status = lookup(words.nouns, governor.lemma)
        colon = any(tree[i].text == ":" for i in range(token.head, verb))
        if status is not None and not (colon and status == "possible"):
            return Claim(status)
        return Claim("possible") if _to_infinitive(tree, verb) else Claim()
    return Claim()


def _adverbial(tree: Tree, verb: int, words: ModalityWords, depth: int) -> Claim:
    """What the verb above says of an adverbial clause, which is often its complement misread."""
    token = tree[verb]
    if tree[token.head].lemma.lower() in words.saying and feature(token, "VerbForm") == "Fin":
        return Claim()
    if any(t.text.lower() in {"dass", "that"} for t in tree.by_relation(verb, "mark")):
        return _under_verb(tree, verb, token.head, words, depth)  # "dass X …, ist nicht beschlossen"
    known = full_lemma(tree, token.head) in words.verbs and not _mark(tree, verb)
    if _to_infinitive(tree, verb):
        return _under_verb(tree, verb, token.head, words, depth) if known else Claim("planned")
    gerund = feature(token, "VerbForm") == "Ger"  # "has ruled out buying X"
    return _under_verb(tree, verb, token.head, words, depth) if known and gerund else Claim()


def _under_verb(tree: Tree, verb: int, governor: int, words: ModalityWords, depth: int) -> Claim:
    lemma = full_lemma(tree, governor)
    head = tree[governor]
    if lemma in words.verbs and _negated(tree, governor, words):
        return Claim("negated")
    if lemma in words.verbs and base(tree[verb].relation) not in {"nsubj"}:
        return Claim(words.verbs[lemma], None)
    own = _own_status(tree, governor, words)
    if own not in {"asserted", "question"} and not (own == "alleged" and lemma in words.saying):
        return Claim(own)
    below = [tree[i] for i in tree.children[governor]]
    if any(t.text.lower() in {"bereit", "willing", "ready"} for t in below):
        return Claim("planned")
    held = [words.adjectives[t.lemma.lower()] for t in below if t.lemma.lower() in words.adjectives]
    if held and lemma in _HOLDING:
        return Claim(held[0])  # "gilt als denkbar, dass X …"
    if lemma in words.saying:
        if _to_infinitive(tree, verb) and not _perfect(tree, verb):
            return Claim("planned")  # "erklärte, X kaufen zu wollen"
        return Claim("reported", subject_of(tree, governor))
    if head.pos == "ADJ":
        status = words.adjectives.get(head.lemma.lower())
        if status:
            return Claim(status)
    if _to_infinitive(tree, verb) and lemma not in _FACTIVE_INFINITIVE:
        return Claim("possible")
    return _governed(tree, governor, words, depth + 1)


def _perfect(tree: Tree, verb: int) -> bool:
    return any(t.text.lower() in {"haben", "sein", "have"} for t in tree.by_relation(verb, "aux"))


def _to_infinitive(tree: Tree, verb: int) -> bool:
    token = tree[verb]
    if any(t.text.lower() in {"zu", "to"} for t in tree.by_relation(verb, "mark")):
        return True
    inside = "zu" in token.text[1:-2].lower()
    infinitive = feature(token, "VerbForm") == "Inf" or (
        not token.feats and token.text.replace("zu", "", 1) == token.lemma
    )
    return inside and infinitive and not auxiliaries(tree, verb)


def _speaker_beside(tree: Tree, verb: int, words: ModalityWords) -> Claim | None:
    """A speaker who follows or interrupts what he says: "…“, sagte X"."""
    for child in tree.by_relation(verb, "parataxis", "ccomp", "conj", "advcl"):
        if child.text.lower().endswith("ing") and subject_of(tree, child.index) is None:
            continue  # "sued X, arguing that …" is not said by X's opponent only
        if full_lemma(tree, child.index) in words.saying and child.index > verb and _quotes_before(tree, child.index):
            return Claim("reported", subject_of(tree, child.index))
    return None


def _quotes_before(tree: Tree, verb: int) -> bool:
    """Whether a verb of saying comes straight after a closing quote or comma."""
    before = [tree[i].text for i in range(max(0, verb - 3), verb)]
    return any(word in {"“", "”", '"', "«", "»", ",", "‘", "''"} for word in before)


def subject_of(tree: Tree, verb: int) -> int | None:
    """The token of a verb's own grammatical subject."""
    for token in tree.by_relation(verb, "nsubj"):
        return token.index
    return None


def full_lemma(tree: Tree, verb: int) -> str:
    """A verb's lemma in lower case with its separated particle: "teilte … mit" → "mitteilen"."""
    lemma = tree[verb].lemma.lower()
    for particle in tree.by_relation(verb, "compound"):
        if particle.relation == "compound:prt":
            word = particle.text.lower()
            if word in _ENGLISH_PARTICLES:
                return f"{lemma} {word}"
            return lemma if lemma.startswith(word) else word + lemma
    return lemma


def _according_to(tree: Tree, verb: int, words: ModalityWords) -> int | None:
    for token in tree.by_relation(verb, "obl", "nmod", "advmod", "parataxis"):
        case = tree.case(token.index)
        if case in words.according and case != "nach":
            return token.index
        if case == "nach" and token.lemma.lower() in _REPORTED_BY:
            for owner in tree.by_relation(token.index, "nmod", "obl"):
                return owner.index
            return token.index
    return None


def lookup(table: dict[str, Status] | object, lemma: str) -> Status | None:
    """The status a noun gives; a compound counts as its last part: "Übernahmepläne" as "Plan".

    >>> lookup({"plan": "planned"}, "Übernahmeplan")
    'planned'
    """
    word = lemma.lower()
    assert isinstance(table, dict)
    if word in table:
        found: Status = table[word]
        return found
    best = max((key for key in table if len(key) >= 4 and word.endswith(key)), key=len, default=None)
    return table[best] if best else None
