"""Addresses that nearly fit: the path of one language under the prefix of the other."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from education.models.bilingual import LANGUAGES


@require_safe
def other_language(request: HttpRequest, path: str) -> HttpResponse:
    """Lead ``/en/panduan/…/`` to ``/en/guides/…/`` for good."""
    language = get_language()
    for other in LANGUAGES:
        if other != language and (match := _match(other, path)):
            return HttpResponsePermanentRedirect(reverse(match.view_name, args=match.args, kwargs=match.kwargs))
    raise Http404


def _match(language: str, path: str):
    with override(language):
        try:
            match = resolve(f"/{language}/{path}")
        except Resolver404:
            return None
    return None if match.func is other_language else match
