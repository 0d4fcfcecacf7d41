"""The words that tell how a clause is claimed, per language.

Closed lists of function words and of verbs, nouns and adjectives that take a clause or an event
noun and change its standing. Keys are lemmas in lower case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kg.records import Status


@dataclass(frozen=True, slots=True)
class ModalityWords:
    """The lists of one language.

    Attributes:
        negators: adverbs and particles that negate their head.
        negative_determiners: determiners and pronouns that negate the clause they stand in.
        modals: auxiliary lemma → status.
        adverbs: sentence adverb → status.
        adjectives: adjective before an event or role noun → status.
        verbs: verb → status of the clause or event noun it governs.
        nouns: noun → status of the clause or event noun it governs.
        saying: verbs of saying, whose complement is reported.
        according: prepositions that name a source.
        conditions: conjunctions that open a condition.
        object_control: verbs whose object or indirect object does what the infinitive says.
    """

    negators: frozenset[str]
    negative_determiners: frozenset[str]
    modals: Mapping[str, Status]
    adverbs: Mapping[str, Status]
    adjectives: Mapping[str, Status]
    verbs: Mapping[str, Status]
    nouns: Mapping[str, Status]
    saying: frozenset[str]
    according: frozenset[str]
    conditions: frozenset[str]
    object_control: frozenset[str]


def _table(**words: str) -> dict[str, Status]:
    """Status → "word word …" turned round into word → status; ``_`` stands for the blank in "rule out"."""
    return {word.replace("_", " "): status for status, line in words.items() for word in line.split()}  # type: ignore[misc]


GERMAN: Final = ModalityWords(
    negators=frozenset("nicht nie niemals nimmer keinesfalls keineswegs kaum weder".split()),
    negative_determiners=frozenset("kein keiner keine niemand nichts keinerlei".split()),
    modals=_table(
        planned="wollen",
        possible="können dürfen mögen",
        alleged="sollen",
        requested="müssen",
    ),
    adverbs=_table(
        alleged="angeblich mutmaßlich vorgeblich gerüchteweise",
        possible="möglicherweise womöglich vielleicht vermutlich wohl wahrscheinlich eventuell "
        "offenbar anscheinend theoretisch potenziell notfalls",
        planned="voraussichtlich künftig demnächst zukünftig bald perspektivisch",
        negated="beinahe fast",
    ),
    adjectives=_table(
        planned="geplant beabsichtigt angestrebt künftig zukünftig designiert angekündigt erwartet bevorstehend "
        "anvisiert vorgesehen angedacht gewünscht erhofft avisiert kommend",
        possible="möglich denkbar potenziell drohend eventuell vermutet etwaig befürchtet",
        alleged="angeblich mutmaßlich vermeintlich behauptet",
        negated="ehemalig früher damalig einstig gescheitert geplatzt abgesagt gestoppt verhindert untersagt "
        "abgeblasen ausgeschlossen abgelehnt vormalig aufgekündigt beendet abgebrochen verstorben",
        requested="gefordert verlangt",
    ),
    verbs=_table(
        planned="planen beabsichtigen vorhaben anstreben versuchen ankündigen versprechen zusagen hoffen "
        "vorbereiten anpeilen erwarten bereiterklären vornehmen streben wünschen zusichern anbieten bieten "
        "ausloten verhandeln anvisieren liebäugeln androhen drohen interessieren bemühen werben bewerben "
        "einwilligen vorsehen anmelden beantragen trachten abzielen gedenken zustreben signalisieren verschieben "
        "vertagen verzögern",
        possible="erwägen prüfen überlegen nachdenken vermuten spekulieren glauben befürchten fürchten annehmen "
        "rechnen zweifeln bezweifeln untersuchen diskutieren debattieren "
        "mutmaßen scheinen ermöglichen erlauben gestatten genehmigen zulassen billigen gefährden "
        "erleichtern erschweren bedrohen überdenken fragen hinterfragen klären",
        alleged="behaupten vorwerfen beschuldigen verdächtigen bezichtigen anklagen unterstellen anlasten",
        requested="fordern auffordern verlangen bitten drängen raten empfehlen appellieren anordnen verpflichten "
        "mahnen aufrufen anweisen zwingen vorschlagen befürworten anregen anmahnen nahelegen einfordern pochen "
        "warnen plädieren beauftragen",
        negated="bestreiten dementieren zurückweisen ablehnen verhindern scheitern verzichten untersagen verbieten "
        "aufgeben absagen weigern leugnen blockieren stoppen platzen vereiteln ausschließen abbrechen "
        "abblasen verneinen hindern verwerfen stornieren unterlassen vermeiden absehen zurückziehen widerrufen "
        "annullieren abwenden durchkreuzen kippen verwehren verweigern abwehren aufkündigen beenden kündigen "
        "ausschlagen auslaufen enden erlöschen",
    ),
    nouns=_table(
        planned="plan vorhaben absicht ziel angebot gespräch verhandlung versuch antrag interesse bemühung ankündigung "
        "vorbereitung  bewerbung offerte streben wunsch aussicht zusage versprechen werben "
        "übernahmeangebot kaufangebot pläne übernahmeplan absichtserklärung sondierung vorschlag idee bereitschaft "
        "drohung hoffnung abstimmung entwurf",
        possible="möglichkeit gerücht spekulation überlegung prüfung option risiko gefahr befürchtung sorge frage "
        "debatte diskussion zweifel chance szenario genehmigung erlaubnis vermutung angst furcht fall streit",
        alleged="vorwurf verdacht behauptung anschuldigung beschuldigung anklage",
        requested="forderung bitte appell aufruf aufforderung ruf druck verpflichtung empfehlung",
        negated="verbot verzicht ablehnung scheitern weigerung absage verhinderung widerstand dementi ende "
        "abbruch stopp aus rückzug kampf veto verhindern",
    ),
    saying=frozenset(
        "sagen mitteilen berichten erklären bekanntgeben melden betonen bestätigen verkünden schreiben angeben "
        "äußern erläutern ergänzen hinzufügen hervorheben feststellen versichern kommentieren verlauten "
        "informieren einräumen zugeben unterstreichen zitieren twittern hinweisen sprechen resümieren "
        "antworten wissen erzählen offenlegen verraten enthüllen beteuern argumentieren meinen".split()
    ),
    according=frozenset({"laut", "zufolge", "gemäß", "nach"}),
    conditions=frozenset({"falls", "wenn", "sofern", "sollte", "außer", "solange", "vorausgesetzt"}),
    object_control=frozenset(
        "auffordern bitten zwingen drängen verpflichten erlauben gestatten verbieten untersagen raten empfehlen "
        "beauftragen anweisen ermöglichen erschweren hindern mahnen überreden ermutigen aufrufen auferlegen helfen "
        "verdächtigen beschuldigen bezichtigen vorwerfen".split()
    ),
)

ENGLISH: Final = ModalityWords(
    negators=frozenset("not n't never hardly neither nor".split()),
    negative_determiners=frozenset("no none nobody nothing neither".split()),
    modals=_table(
        planned="will shall 'll wo",
        possible="may might can could would ca",
        requested="should must ought",
    ),
    adverbs=_table(
        alleged="reportedly allegedly purportedly supposedly",
        possible="possibly perhaps maybe probably likely apparently potentially presumably",
        negated="almost nearly",
        planned="soon",
    ),
    adjectives=_table(
        planned="planned proposed intended expected upcoming future incoming designated prospective envisaged",
        possible="possible potential likely feared conceivable",
        alleged="alleged purported suspected supposed",
        negated="former ex failed cancelled canceled blocked abandoned late past previous onetime scrapped rejected",
        requested="demanded",
    ),
    verbs=_table(
        planned="plan intend aim want seek hope agree propose offer prepare expect pledge promise vow try attempt "
        "set wish announce threaten bid negotiate aspire postpone delay schedule",
        possible="consider weigh explore mull believe think suspect fear assume doubt examine study ponder discuss "
        "speculate seem appear contemplate review allow permit enable approve clear question ask wonder risk",
        alleged="allege accuse claim charge blame",
        requested="urge ask call demand order require tell press recommend advise request push force oblige "
        "instruct suggest insist",
        negated="deny reject refuse block prevent stop fail drop abandon cancel scrap ban prohibit bar halt "
        "withdraw oppose forbid rule_out decline avoid scuttle terminate end dissolve sever quit expire lapse cease "
        "call_off turn_down back_out give_up shelve ditch rebuff resist forgo rescind revoke",
    ),
    nouns=_table(
        planned="plan intention aim offer bid talk talks negotiation attempt effort proposal interest goal "
        "application promise pledge hope vote",
        possible="possibility rumour rumor speculation option risk consideration question debate chance fear "
        "prospect concern review",
        alleged="allegation accusation claim charge suspicion report",
        requested="demand call request appeal order pressure",
        negated="ban rejection denial refusal failure collapse opposition veto end prohibition",
    ),
    saying=frozenset(
        "say state report tell announce confirm note add explain write declare mention reveal disclose argue "
        "comment stress acknowledge admit insist remark".split()
    ),
    according=frozenset({"according", "per"}),
    conditions=frozenset({"if", "unless", "whether", "provided", "should"}),
    object_control=frozenset(
        "urge ask call tell order force press persuade allow permit enable require advise encourage oblige push "
        "instruct request forbid warn convince help cause want expect compel".split()
    ),
)

WORDS: Final[Mapping[str, ModalityWords]] = {"de": GERMAN, "en": ENGLISH}
