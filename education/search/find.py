"""Answer a search: the results in order, a spelling suggestion, and whether someone needs help now."""

from dataclasses import dataclass, field

from education.models import Guide, Platform

from . import alerts, index, named_app, query, spelling
from .results import SearchResult, results_for_documents, with_pinned

MAX_RESULTS = 20
MIN_RESULTS = 3  # results shown even if they are weak, when there are no better ones
WEAK_SHARE = 0.73  # share of the best score; below it, a text only mentions the words, in neither title nor lead
NO_FILTER: tuple[str, tuple] = ("", ())
_SPARE_RESULTS = 20  # rows to spare, because some are weak or tell nothing of what was searched for


@dataclass
class Answer:
    """The result of a search.

    ``suggestion``: the whole query with its typos repaired, if that was searched. ``similar``: no text has the words as
    typed, and they may not be typos. ``crisis``: the query contains words of people who think of dying. ``hurt``: words
    of people who are being hurt. ``carer``: words of people who care for a child. ``pinned``: the keys that editors
    pinned for these words: numbers of guides, keys of pages and helplines.
    """

    results: list[SearchResult] = field(default_factory=list)
    suggestion: str = ""
    similar: bool = False
    crisis: bool = False
    hurt: bool = False
    carer: bool = False
    pinned: tuple[str, ...] = ()


def find(
    text: str,
    language: str,
    audience: str | None = None,
    topic: str | None = None,
    *,
    app: Platform | None = None,
    life: bool = False,
    exact: bool = False,
) -> Answer:
    """Search the content published in ``language`` for ``text``. An ``audience`` or ``topic`` key limits it to guides,
    an ``app`` to its page and the guides with steps in it.

    ``life``: the caller noticed that a life may be at risk; the results that help come first, as for known words.
    ``exact``: no typo is repaired.
    """
    only = _filter(audience, topic, app)
    answer = _find(text, language, only, life=life, exact=exact)
    if only == NO_FILTER and not (answer.crisis or answer.hurt):
        answer.results = named_app.with_named_app(answer.results, text, language)[:MAX_RESULTS]
    return answer


def _find(text: str, language: str, only: tuple[str, tuple], *, life: bool, exact: bool) -> Answer:
    seen, asked = alerts.detect_alerts(text, language, life), query.parse_query(text, language)
    # A correct word is never replaced by another. For Indonesian a dictionary decides what is correct. English has none
    # here, so an English query is repaired only if nothing was found.
    if exact or language not in spelling.HAS_DICTIONARY:
        answer = _answer(asked, asked, language, seen, only)
        if exact or answer.results:
            return answer
    better = [_corrected(one, language) for one in asked]
    if better == asked:
        return _answer(asked, asked, language, seen, only)
    if not seen.is_alarm:  # a repaired typo must not hide an alarm
        seen = alerts.detect_alerts(_corrected_text(better), language)
    repaired = _answer(asked, better, language, seen, only)
    slips = [old.word for old, new in zip(asked, better, strict=True) if old != new]
    repaired.similar = not all(spelling.is_certain_typo(word, language) for word in slips)
    return repaired


def find_as_typed(text: str, language: str) -> Answer:
    """Search ``text`` in ``language`` without repairing it, for a reader who may have typed in the other language."""
    asked = query.parse_query(text, language)
    return _answer(asked, asked, language)


def alerts_only(text: str, language: str, life: bool = False) -> Answer:
    """Return only whether someone needs help now, for a visitor over the search rate limit."""
    seen = alerts.detect_alerts(text, language, life)
    return Answer(crisis=seen.life, hurt=seen.hurt, carer=seen.carer)


def _answer(
    asked: list[query.QueryTerm],
    looked: list[query.QueryTerm],
    language: str,
    seen: alerts.Alerts = alerts.NO_ALERTS,
    only: tuple[str, tuple] = NO_FILTER,
) -> Answer:
    groups = [one.group for one in looked]
    docs = index.search(groups, language, MAX_RESULTS + _SPARE_RESULTS, *only)
    strong = [doc for place, doc in enumerate(docs) if place < MIN_RESULTS or doc.points >= docs[0].points * WEAK_SHARE]  # type: ignore[attr-defined]
    found = with_pinned(seen.pinned, _informative(results_for_documents(strong, groups, language)), groups, language)
    meant = _corrected_text(looked) if looked != asked else ""
    return Answer(found[:MAX_RESULTS], meant, crisis=seen.life, hurt=seen.hurt, carer=seen.carer, pinned=seen.pinned)


def _informative(found: list[SearchResult]) -> list[SearchResult]:
    """Return the results with an informative excerpt.

    If there are fewer than ``MIN_RESULTS``, keep the first results too.
    """
    telling = [one for one in found if one.is_informative]
    return (
        telling
        if len(telling) >= MIN_RESULTS
        else found[:MIN_RESULTS] + [one for one in found[MIN_RESULTS:] if one.is_informative]
    )


def _corrected_text(asked: list[query.QueryTerm]) -> str:
    return " ".join(one.word for one in asked)


def _corrected(one: query.QueryTerm, language: str) -> query.QueryTerm:
    """Return ``one``, or the probable correction of a word that occurs in no text."""
    word = "" if one.is_defined else spelling.repair_word(one.word, language)
    if not word or index.search([one.group], language, 1):
        return one
    return query.parse_query(word, language)[0]


def _filter(audience: str | None, topic: str | None, app: Platform | None) -> tuple[str, tuple]:
    if not (audience or topic or app):
        return NO_FILTER
    guides = Guide.objects.order_by()
    if audience:
        guides = guides.filter(audiences__key=audience)
    if topic:
        guides = guides.filter(topic__key=topic)
    if app:
        guides = guides.filter(app=app.name)
    sql, parameters = guides.values("pk").query.sql_with_params()
    found = f"doc.kind = 'guide' AND doc.object_id IN ({sql})"
    if app and not (audience or topic):
        return f"AND ({found} OR doc.kind = 'platform' AND doc.object_id = %s)", (*parameters, app.pk)
    return f"AND {found}", parameters
