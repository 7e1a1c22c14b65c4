"""Detect from the words of a search that a life is at risk or someone is hurt, and what to show first.

Editors define these words with the synonyms. Words that alarm count in both languages, because a frightened person does
not switch the language first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from education.models import Helpline, SearchDoc, Synonym
from education.models.bilingual import LANGUAGES
from safetycenter.page_cache.per_version import per_version

from . import items, told_by_victim, vocabulary
from .audience_variants import prefer_audience
from .index import Alternative
from .query import MAX_PHRASE_WORDS, phrase_key
from .stems import STOP_WORDS, WEAK_WORDS, words

AlertTable = dict[Alternative, "Alerts"]


@dataclass(frozen=True)
class Alerts:
    """What was detected. ``pinned``: the pinned results in order, as numbers of guides, keys of pages and lists.

    ``carer``: a parent or teacher is searching. ``harm``: a child was harmed, if a carer says it.
    """

    life: bool = False
    hurt: bool = False
    pinned: tuple[str, ...] = ()
    carer: bool = False
    harm: bool = False

    def merged_with(self, other: "Alerts") -> "Alerts":
        """Return the union of both, with the pinned results of this one before the other's."""
        first = tuple(dict.fromkeys(self.pinned + other.pinned))
        flags = (self.life or other.life, self.hurt or other.hurt, first, self.carer or other.carer)
        return Alerts(*flags, self.harm or other.harm)

    @property
    def is_alarm(self) -> bool:
        """Return whether someone may need help now."""
        return self.life or self.hurt

    @property
    def rank(self) -> tuple[bool, bool]:
        """Return the sort key: results for carers first, then other help, then the rest."""
        return not self.carer, not (self.life or self.hurt)


NO_ALERTS = Alerts()


def detect_alerts(text: str, language: str, life: bool = False) -> Alerts:
    """Detect alerts in ``text``, read in ``language``. ``life``: the caller knows that a life may be at risk."""
    combined = NO_ALERTS
    found: list[Alerts] = []
    is_told = False
    for one in sorted(LANGUAGES, key=lambda other: other != language):
        typed, known = _split_reduplications(vocabulary.query_words(text, one)), _alert_table(one)
        found += [
            sign for sign in _longest_matches(typed, known, one) if one == language or sign.is_alarm or sign.carer
        ]
        for phrase in _phrases(typed):
            combined = combined.merged_with(known.get(phrase, NO_ALERTS))
        is_told = is_told or told_by_victim.is_told(typed, one)
    if is_told and not combined.carer and not any(sign.is_alarm for sign in found):
        taught = _alert_table("id").get(tuple(words(told_by_victim.LIKE)), NO_ALERTS)
        found.append(Alerts(hurt=True, pinned=taught.pinned))
    life = life or any(sign.life for sign in found)
    hurt = any(sign.hurt for sign in found) or (combined.carer and combined.harm)
    return Alerts(life, hurt, tuple(_pinned_results(found, language, life, hurt)), combined.carer)


def _pinned_results(found: list[Alerts], language: str, life: bool, hurt: bool) -> dict[str, None]:
    """Return the pinned results: help for a life at risk, for carers, other help.

    A guide appears in its carers' variant.
    """
    of_life = [sign for sign in _alert_table(language).values() if sign.life] if life else []
    # A search for "my child" alone, or for a child who wants to die, must not show a guide for a child that was harmed.
    leads = [sign for sign in found if hurt or not sign.carer]
    keys = [key for sign in of_life + sorted(leads, key=lambda sign: sign.rank) for key in sign.pinned]
    carers = [key for sign in found if sign.carer for key in sign.pinned]
    return dict.fromkeys(prefer_audience(carers, keys))


def _longest_matches(typed: list[str], known: AlertTable, language: str) -> Iterator[Alerts]:
    """Return the alerts of the longest known phrases in ``typed``."""
    at = 0
    while at < len(typed):
        here = (
            (known.get(tuple(phrase)) or known.get(phrase_key(phrase, language)), end)
            for phrase, end in _phrases_at(typed, at, language)
        )
        sign, at = next(((sign, end) for sign, end in here if sign), (None, at + 1))
        if sign:
            yield sign


def _phrases_at(typed: list[str], at: int, language: str) -> list[tuple[list[str], int]]:
    """Return the phrases that begin at word ``at``, each with its end, the longest first.

    Stop words in between are skipped: "anak saya dibully" is also "anak dibully".
    """
    heavy = [at, *(place for place in range(at + 1, len(typed)) if typed[place] not in _ignorable_words(language))]
    found = [(typed[at:end], end) for end in range(at + 1, min(at + MAX_PHRASE_WORDS, len(typed)) + 1)]
    for length in range(2, min(MAX_PHRASE_WORDS, len(heavy)) + 1):
        found.append(([typed[place] for place in heavy[:length]], heavy[length - 1] + 1))
    return sorted(found, key=lambda one: (-one[1], -len(one[0])))


@cache
def _ignorable_words(language: str) -> frozenset[str]:
    """Return the words that may occur between the words of a phrase."""
    return STOP_WORDS[language] | WEAK_WORDS[language]


def _phrases(typed: list[str]) -> Iterator[Alternative]:
    """Yield every phrase in ``typed``, including those inside a longer one."""
    for length in range(1, MAX_PHRASE_WORDS + 1):
        yield from zip(*(typed[at:] for at in range(length)), strict=False)


def _split_reduplications(typed: list[str]) -> list[str]:
    """Split reduplicated words, because chats write "pegang-pegang" as "pegang pegang"."""
    return [part for word in typed for part in word.split("-")]


@per_version
def _alert_table(language: str) -> AlertTable:
    """Return each phrase with an alert; duplicates are merged. The name of a helpline pins that helpline.

    Only words about dying are stemmed; all others match as typed: "dilaporkan" needs another page than "lapor".
    """
    known: AlertTable = {}
    for synonym in sorted(vocabulary.synonyms(), key=lambda synonym: synonym.child != Synonym.Child.CARER):
        if synonym.language != language:
            continue
        sign = _alert_of(synonym)
        for phrase in synonym.phrases:
            for form in _forms(_split_reduplications(words(phrase)), sign, language):
                known[form] = known.get(form, NO_ALERTS).merged_with(sign)
    for line in items.readable(SearchDoc.Kind.HELPLINE).values():
        for name in _helpline_names(line, language):
            known[name] = Alerts(pinned=(line.slug,)).merged_with(known.get(name, NO_ALERTS))
    return {key: sign for key, sign in known.items() if key and sign != NO_ALERTS}


def _forms(phrase: list[str], sign: Alerts, language: str) -> set[Alternative]:
    """Return the forms in which ``phrase`` matches: as it is, and stemmed if about dying ("disakiti" is not "sakit").

    Phrases that raise no alarm also match without their stop words, so a phrase may be longer than MAX_PHRASE_WORDS.
    """
    short = phrase[:1] + [word for word in phrase[1:] if word not in _ignorable_words(language)]
    forms = {tuple(phrase)}
    if sign.life:
        forms.add(phrase_key(phrase, language))
    if len(short) > 1 and not sign.is_alarm:
        forms.add(tuple(short))
    return forms


def _helpline_names(line: Helpline, language: str) -> set[Alternative]:
    """Return the names of a helpline: without text in parentheses, and without the domain ending of an address."""
    name = line.text("name", language).partition("(")[0]
    return {tuple(_split_reduplications(words(part))) for part in (name, name.partition(".")[0])}


def _alert_of(synonym: Synonym) -> Alerts:
    carer, harm = (synonym.child == child for child in (Synonym.Child.CARER, Synonym.Child.HARM))
    return Alerts(synonym.crisis, synonym.hurt, synonym.pinned_keys, carer, harm)
