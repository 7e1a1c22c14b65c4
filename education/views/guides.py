"""Views of the front page and of the lists of guides: all guides, by topic, and by audience."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from education import page_groups, urls_for
from education.helplines import selection
from education.models import Audience, Guide, Platform, Topic
from education.models.guide import LARGE_FIELDS
from education.search import items
from education.seo import structured
from education.views import page_context, paging
from safetycenter.page_cache.middleware import cached_page, touched_only_by

MAX_ON_HOME = 6


def _guides() -> QuerySet[Guide]:
    return Guide.objects.published().select_related("topic", "cover").prefetch_related("cover__files")


def _for_lists(guides: QuerySet[Guide]) -> QuerySet[Guide]:
    return guides.defer(*LARGE_FIELDS).order_by("topic__order", "topic", "number")


def _with_audiences(guides: QuerySet[Guide]) -> QuerySet[Guide]:
    return guides.prefetch_related("audiences")


@cached_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Return the front page. It never shows a sensitive guide; those are listed under their topic (K19)."""
    often = _for_lists(_guides()).filter(sensitive=False).order_by("-often_needed", "-changed_on", "number")
    context = {
        "audiences": Audience.objects.published(),
        "topics": Topic.objects.published(),
        "guides": often[:MAX_ON_HOME],
        "structured": structured.home_data(),
        "quick_exit": True,
    }
    return render(request, "education/home.html", page_context.for_url_name("education:home") | context)


@cached_page(query=("audience", "topic", "app", "page"))
@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    """Return the guides grouped by topic, in numbered pages.

    The topic filter is a number, because an address with the topic's name would stay in the browser's history.
    """
    listed = _guides()
    audience = topic = app = None
    apps = _apps_with_guides()
    if "audience" in request.GET:
        key = request.GET["audience"].replace("\x00", " ")  # PostgreSQL rejects NUL characters in a query
        audience = get_object_or_404(Audience.objects.published(), key=key)
        listed = listed.filter(audiences=audience)
    if "topic" in request.GET:
        topic = _or_404(Topic.objects.published().filter(order=_number(request.GET["topic"])).first())
        listed = listed.filter(topic=topic)
    if "app" in request.GET:
        app = next((one for one in apps if one.key == request.GET["app"]), None)
        listed = listed.filter(app=_or_404(app).name)
    context = page_context.for_url_name("education:guides") | {
        "apps": apps,
        "app": app,
        "audiences": Audience.objects.published(),
        "topics": Topic.objects.published(),
        "audience": audience,
        "topic": topic,
        "quick_exit": topic is not None and topic.sensitive,
    }
    filters = {name: request.GET[name] for name in ("audience", "topic", "app") if name in request.GET}
    return paging.render_page(request, "education/guides.html", context, _with_audiences(_for_lists(listed)), filters)


def _apps_with_guides() -> list[Platform]:
    """Return the apps for which a guide has steps, in order."""
    named = set(_guides().exclude(app="").order_by().values_list("app", flat=True))
    return [one for one in items.platforms() if one.name in named]


def _or_404(found: Any) -> Any:
    if found is None:
        raise Http404
    return found


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


@cached_page(query=("page",))
@require_safe
@page_context.object_by_slug(Topic.objects.published)
def topic(request: HttpRequest, topic: Topic) -> HttpResponse:
    """Return the page of one topic at its readable address."""
    return _show_topic(request, topic)


@cached_page(query=("page",))
@require_safe
def topic_by_number(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a sensitive topic at its neutral address; redirect any other topic to its readable address (H9)."""
    topic = get_object_or_404(Topic.objects.published(), pk=pk)
    if not topic.sensitive:
        return HttpResponsePermanentRedirect(urls_for.canonical_path(topic, get_language()))
    return _show_topic(request, topic)


def _show_topic(request: HttpRequest, topic: Topic) -> HttpResponse:
    """Return the page of a topic: its guides and helplines."""
    touched_only_by(request, page_groups.group_of(topic))
    context = page_context.for_item(topic, sensitive=topic.sensitive) | {
        "topic": topic,
        "cards": selection.for_topic(topic.key),
    }
    listed = _with_audiences(_for_lists(_guides())).filter(topic=topic)
    return paging.render_page(request, "education/topic.html", context, listed)


@cached_page(query=("page",))
@require_safe
@page_context.object_by_slug(Audience.objects.published)
def audience(request: HttpRequest, audience: Audience) -> HttpResponse:
    """Return everything for one audience."""
    touched_only_by(request, page_groups.group_of(audience))
    context = page_context.for_item(audience) | {
        "audience": audience,
        "cards": selection.for_audience(audience),
    }
    return paging.render_page(
        request, "education/audience.html", context, _for_lists(_guides().filter(audiences=audience))
    )
