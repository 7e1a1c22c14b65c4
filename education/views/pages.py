"""Views of the fixed pages and the news."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from education import page_groups
from education.models import News, Page
from education.rendering import guide_links, rich_text
from education.views import page_context
from safetycenter.page_cache.middleware import cached_page, touched_only_by


def _linked_body(item: News | Page) -> dict:
    words = item.localized
    body = rich_text.render(words.body, words.language)
    return {"html": guide_links.linker(words.body)(body.html), "headings": body.headings}


@cached_page
@require_safe
def page(request: HttpRequest, key: str) -> HttpResponse:
    """Return one of the fixed pages."""
    page = get_object_or_404(Page.objects.published(), key=key)
    touched_only_by(request, page_groups.group_of(page))
    context = page_context.for_item(page, sensitive=page.sensitive) | {"body": _linked_body(page)}
    return render(request, "education/page.html", context)


@cached_page
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """Return all news, the latest first."""
    context = page_context.for_url_name("education:news") | {"items": News.objects.published().defer("body")}
    return render(request, "education/news.html", context)


@cached_page
@require_safe
@page_context.object_by_slug(News.objects.published)
def news_item(request: HttpRequest, news: News) -> HttpResponse:
    """Return one news item."""
    touched_only_by(request, page_groups.group_of(news))
    context = page_context.for_item(news) | {"body": _linked_body(news), "sources": news.sources.all()}
    return render(request, "education/news_item.html", context)
