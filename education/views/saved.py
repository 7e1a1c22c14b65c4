"""Guides that a reader chose to keep on the phone: the page that lists them, and the worker that shows them offline.

The server knows nothing of it. What may be saved is decided by the page alone: a guide that offers it
(``education/_keep.html``) can be saved, a page without the offer cannot, and a copy of one that lost it is dropped.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from education.views import page_context
from safetycenter.page_cache.middleware import cached_page


@cached_page
@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """What is saved on this phone, filled in by script."""
    return render(request, "education/saved.html", page_context.for_url_name("education:saved"))


@cached_page(one_language=True)
@require_safe
def offline_worker(request: HttpRequest) -> HttpResponse:
    """The script that a browser runs after a reader's choice. Not under /static/: its place bounds its scope."""
    return render(request, "education/offline_worker.js", content_type="text/javascript; charset=utf-8")
