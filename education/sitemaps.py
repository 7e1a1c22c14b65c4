"""For search engines: which pages exist, in which languages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from education import addresses
from education.models import Audience, Guide, News, Page, Topic
from safetycenter.published_page import published_page

NAMED = ("home", "guides", "helplines", "emergency", "glossary", "news", "organisations")


@published_page
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page in every language in which it is written, with its alternates."""
    pages = [addresses.of_name(f"education:{name}") for name in NAMED]
    pages += [{code: addresses.own_path(item, code) for code in item.languages()} for item in _items()]
    absolute = [{code: addresses.absolute(path) for code, path in page.items()} for page in pages]
    return render(request, "education/sitemap.xml", {"pages": absolute}, content_type="application/xml")


def _items():
    yield from Guide.objects.published().defer("body", "checklist")
    yield from News.objects.published().defer("body")
    yield from Page.objects.published()
    yield from Topic.objects.all()
    yield from Audience.objects.all()


@published_page
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read by search engines; where the sitemap is."""
    lines = ["User-agent: *", "Allow: /", f"Sitemap: {addresses.absolute(reverse('plain:sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
