"""View of the search. Search words never enter addresses, titles, logs or storage (safety rules H5, H9)."""

from functools import partial
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from education import urls_for
from education.helplines import selection
from education.models import Audience, Guide, Helpline, Page, Platform, Topic
from education.models.bilingual import LANGUAGES
from education.search import Answer, SearchResult, alerts_only, find, find_as_typed, items, zero_result_log
from education.search.vocabulary import MAX_QUERY_LENGTH
from education.views import page_context
from safetycenter import limits
from safetycenter.droppable import drop_if_not_stored
from safetycenter.page_cache.display_modes import display_modes
from safetycenter.views import retry_after

FEW_RESULTS = 3  # with fewer results, the words may be in another language
RESULTS_BEFORE_HELP = 3  # results shown before the helplines on a phone; the others follow them
Chosen = TypeVar("Chosen", Audience, Topic, Platform)


@csrf_exempt  # changes nothing and needs no permission; the form uses POST only to keep words out of addresses
@never_cache
@gzip_page  # BREACH has nothing to find: the page holds no token; Django pads it all the same
@require_http_methods(["GET", "HEAD", "POST"])
@display_modes
def search(request: HttpRequest) -> HttpResponse:
    """Return the form and the results. The form posts; ``?q=`` also works for people who type an address."""
    typed = request.POST if request.method == "POST" else request.GET
    text = typed.get("q", "").replace("\x00", " ").strip()[:MAX_QUERY_LENGTH]
    audience = _chosen(items.audiences(), typed.get("audience", ""))
    topic = _chosen(items.topics(), typed.get("topic", ""))
    app = _chosen(items.platforms(), typed.get("app", ""))
    exact = typed.get("exact") == "1"
    answer, too_many = Answer(), False
    if text:
        address = limits.address_of(request)
        within = drop_if_not_stored("a search", partial(limits.SEARCH.hit, address))  # None: nothing can be stored
        too_many = within is False
        life = import_string(settings.SELF_HARM_DETECTOR)(text)
        asked = (text, audience, topic, app)
        answer = alerts_only(text, get_language(), life) if too_many else _run_search(*asked, life=life, exact=exact)
        if within and not (audience or topic or app or answer.results or answer.crisis or answer.hurt):
            record = partial(zero_result_log.record_search, text, get_language(), address)
            drop_if_not_stored("a search without result", record)
    other_language = _other_language_results(text, answer) if text and not too_many else None
    # A long list only distracts from the help for someone whose life is at risk.
    found = answer.results[:RESULTS_BEFORE_HELP] if answer.crisis else answer.results
    results = [(one, _result_url(one)) for one in found]
    context = page_context.for_url_name("education:search", quick_exit=True) | {
        "text": text,
        "typed": _form_values(text, audience, topic, app, exact),
        "too_many": too_many,
        "answer": answer,
        "found": found,
        "results": results[:RESULTS_BEFORE_HELP],
        "rest": results[RESULTS_BEFORE_HELP:],
        "cards": _helplines(answer),
        "other_language": other_language
        if other_language and len(other_language[1].results) > len(answer.results)
        else None,
        "audiences": items.audiences(),
        "topics": items.topics(),
        "audience": audience,
        "topic": topic,
        "apps": items.platforms(),
        "app": app,
    }
    response = render(request, "education/search.html", context)
    return retry_after(response, limits.SEARCH.wait) if too_many else response


def _form_values(
    text: str, audience: Audience | None, topic: Topic | None, app: Platform | None, exact: bool
) -> dict[str, str]:
    """Return the form values for repeating the search with one value changed; empty before the first search."""
    only = {name: one and one.key for name, one in (("audience", audience), ("topic", topic), ("app", app))}
    only["exact"] = "1" if exact else ""
    return {"q": text} | {name: value for name, value in only.items() if value} if text else {}


def _run_search(text: str, audience: Audience | None, topic: Topic | None, app: Platform | None, **how: bool) -> Answer:
    return find(text, get_language(), audience and audience.key, topic and topic.key, app=app, **how)


def _other_language_results(text: str, answer: Answer) -> tuple[str, Answer] | None:
    """Return another language and its results if this one has few: the words may be in that language."""
    if len(answer.results) >= FEW_RESULTS:
        return None
    others = [(code, find_as_typed(text, code)) for code in LANGUAGES if code != get_language()]
    return max(others, key=lambda other: len(other[1].results))


def _chosen(offered: tuple[Chosen, ...], key: str) -> Chosen | None:
    """Return the audience, topic or app with this key, or None for any other text."""
    return next((one for one in offered if one.key == key), None)


def _result_url(found: SearchResult) -> str:
    """Return the address of a result: its page, or its anchor on the page that lists its kind."""
    if found.list_page:
        return reverse(f"education:{found.list_page}")
    if urls_for.has_page(found.item):
        return urls_for.url_of(found.item, get_language())
    if isinstance(found.item, Helpline):
        return f"{reverse('education:helplines')}#{urls_for.anchor_of(found.item)}"
    return f"{reverse('education:glossary')}#{urls_for.anchor_of(found.item)}"


def _helplines(answer: Answer) -> list[selection.HelplineCard]:
    """Return the helplines among the first results, then those of the search's topic, then the emergency set."""
    lines = [found.item.slug for found in answer.results if isinstance(found.item, Helpline)]
    leading = sum(isinstance(found.item, Helpline) for found in answer.results[:RESULTS_BEFORE_HELP])
    return selection.beside_results(lines, leading, _topic_of(answer))


def _topic_of(answer: Answer) -> str:
    """Return the key of the topic that a search is about, or "" if its results do not agree on one.

    A wrong number misleads more than none: "akun dihack" must not name the centre for money sent to a scammer because
    one of its guides is about scams. If someone may be in danger, the topic of the first guide counts in any case.
    """
    guides = [found.item for found in answer.results if isinstance(found.item, Guide)]
    deciding = [guide for guide in guides if str(guide.number) in answer.pinned] or guides[:2]
    if not deciding:
        return ""
    led_by_a_page = isinstance(answer.results[0].item, Page)
    agreed = not led_by_a_page and len({guide.topic_id for guide in deciding}) == 1
    topics = {topic.pk: topic.key for topic in items.topics()}
    return topics.get(guides[0].topic_id, "") if agreed or answer.hurt or answer.crisis else ""
