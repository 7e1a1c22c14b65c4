"""Views for guides saved on the phone: the page that lists them, and the service worker that shows them offline.

The server does not know what is saved. The page alone decides what may be: a guide that includes
``education/_save_copy.html`` can be saved, other pages cannot, and a copy of a guide that no longer includes it is
deleted.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from education.views import page_context
from safetycenter.page_cache.middleware import cached_page


@cached_page(groups=())
@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """Return the list of guides saved on this phone, which a script fills in."""
    return render(request, "education/saved.html", page_context.for_url_name("education:saved"))


@cached_page(one_language=True)
@require_safe
def offline_worker(request: HttpRequest) -> HttpResponse:
    """Return the service worker, registered only on request.

    It is not under /static/, because its path limits its scope.
    """
    return render(request, "education/offline_worker.js", content_type="text/javascript; charset=utf-8")
