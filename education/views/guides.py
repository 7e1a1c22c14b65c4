"""Home, and the guides in lists: all of them, by topic and by audience."""

from collections.abc import Iterable
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from education import addresses, helplines
from education.models import Audience, Guide, Topic
from education.models.guide import HEAVY
from education.social import structured
from education.views import shown
from safetycenter.published_page import published_page

MOST_ON_HOME = 6
MOST_ON_PAGE = 60  # a phone reads them all before it shows the first


def _guides() -> QuerySet[Guide]:
    return Guide.objects.published().select_related("topic")


def _for_lists(guides: QuerySet[Guide]) -> QuerySet[Guide]:
    return guides.defer(*HEAVY).order_by("topic__order", "topic", "number")


def _saying_for_whom(guides: QuerySet[Guide]) -> QuerySet[Guide]:
    return guides.prefetch_related("audiences")


def _by_topic(guides: Iterable[Guide]) -> list[tuple[Topic, list[Guide]]]:
    return [(topic, list(group)) for topic, group in groupby(guides, key=lambda guide: guide.topic)]


def _page(guides: QuerySet[Guide], number: str) -> Page:
    """The page with this number; "not found" for any other word than one of theirs, so that each has one address."""
    pages = Paginator(guides, MOST_ON_PAGE)
    if number not in map(str, pages.page_range):
        raise Http404
    return pages.page(number)


@published_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front page. A sensitive guide is never put here; it is found under its topic (K19)."""
    often = _for_lists(_guides()).filter(sensitive=False).order_by("-often_needed", "-changed_on", "number")
    context = {
        "audiences": Audience.objects.all(),
        "topics": Topic.objects.all(),
        "guides": often[:MOST_ON_HOME],
        "structured": structured.of_home(),
    }
    return render(request, "education/home.html", shown.of_name("education:home") | context)


@published_page(query=("audience", "topic", "page"))
@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    """The guides under their topics, page by page.

    A topic is filtered by its number: an address with its name stays on the phone.
    """
    listed = _guides()
    audience = topic = None
    if "audience" in request.GET:
        key = request.GET["audience"].replace("\x00", " ")  # PostgreSQL refuses to look for a NUL
        audience = get_object_or_404(Audience, key=key)
        listed = listed.filter(audiences=audience)
    if "topic" in request.GET:
        topic = get_object_or_404(Topic, order=_number(request.GET["topic"]))
        listed = listed.filter(topic=topic)
    page = _page(_saying_for_whom(_for_lists(listed)), request.GET.get("page", "1"))
    context = shown.of_name("education:guides") | {
        "page": page,
        "groups": _by_topic(page),
        "audiences": Audience.objects.all(),
        "topics": Topic.objects.all(),
        "audience": audience,
        "topic": topic,
        "quick_exit": topic is not None and topic.sensitive,
    }
    if query := request.GET.urlencode():
        context["alternates"] = {code: f"{path}?{query}" for code, path in context["alternates"].items()}
    return render(request, "education/guides.html", context)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


@published_page
@require_safe
@shown.with_item(Topic.objects.all)
def topic(request: HttpRequest, topic: Topic) -> HttpResponse:
    """One topic at its readable address."""
    return _show_topic(request, topic)


@published_page
@require_safe
def topic_by_number(request: HttpRequest, pk: int) -> HttpResponse:
    """The neutral address: shows a sensitive topic itself, any other moves to its readable address (H9)."""
    topic = get_object_or_404(Topic, pk=pk)
    if not topic.sensitive:
        return HttpResponsePermanentRedirect(addresses.own_path(topic, get_language()))
    return _show_topic(request, topic)


def _show_topic(request: HttpRequest, topic: Topic) -> HttpResponse:
    """Its guides and who helps."""
    context = shown.of_item(topic, sensitive=topic.sensitive) | {
        "topic": topic,
        "guides": _saying_for_whom(_for_lists(_guides())).filter(topic=topic),
        "entries": helplines.for_topic(topic.key),
    }
    return render(request, "education/topic.html", context)


@published_page
@require_safe
@shown.with_item(Audience.objects.all)
def audience(request: HttpRequest, audience: Audience) -> HttpResponse:
    """What is there for one audience."""
    context = shown.of_item(audience) | {
        "audience": audience,
        "groups": _by_topic(_for_lists(_guides().filter(audiences=audience))),
        "entries": helplines.for_audience(audience),
    }
    return render(request, "education/audience.html", context)
