"""Sitemap and robots.txt for search engines."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from education import public_pages, urls_for
from safetycenter.page_cache.middleware import cached_page


@cached_page(one_language=True)
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every page in every language, with its alternates and the date of its last change.

    A sensitive guide is listed by its readable, canonical address; links on the site use its number (H9).
    """
    pages = []
    for page in public_pages.pages():
        own = {code: urls_for.absolute(path) for code, path in page.paths.items()}
        pages.append((own.values(), urls_for.with_default(own), page.changed_on))
    return render(request, "education/sitemap.xml", {"pages": pages}, content_type="application/xml")


@cached_page(one_language=True)
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Allow search engines to read everything, and name the sitemap."""
    lines = ["User-agent: *", "Allow: /", f"Sitemap: {urls_for.absolute(reverse('plain:sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
