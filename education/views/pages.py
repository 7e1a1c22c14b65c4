"""Fixed pages and news."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from education import linking, richtext
from education.models import News, Page
from education.views import shown
from safetycenter.published_page import published_page


def _linked(html: str) -> dict:
    body = richtext.render(html)
    return {"html": linking.linker(html)(body.html), "headings": body.headings}


@published_page
@require_safe
def page(request: HttpRequest, key: str) -> HttpResponse:
    """One of the fixed pages."""
    page = get_object_or_404(Page.objects.published(), key=key)
    context = shown.of_item(page, sensitive=page.sensitive) | {"body": _linked(page.words.body)}
    return render(request, "education/page.html", context)


@published_page
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """All news, the latest first."""
    context = shown.of_name("education:news") | {"items": News.objects.published().defer("body")}
    return render(request, "education/news.html", context)


@published_page
@require_safe
@shown.with_item(News.objects.published)
def news_item(request: HttpRequest, news: News) -> HttpResponse:
    """One news item."""
    context = shown.of_item(news) | {"body": _linked(news.words.body), "sources": news.sources.all()}
    return render(request, "education/news_item.html", context)
