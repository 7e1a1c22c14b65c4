"""The page of published figures, and the same figures as files. Another app computes them (``PUBLIC_FIGURES``)."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from education.views import page_context
from safetycenter.page_cache.middleware import cached_page


@cached_page(groups=())
@require_safe
def transparency(request: HttpRequest) -> HttpResponse:
    """Show the figures of every published quarter, the same for every visitor."""
    context = page_context.for_url_name("education:transparency")
    context |= {"quarters": _quarters(), "defined_on": settings.FIGURES_DEFINED_ON}
    return render(request, "education/transparency.html", context)


@cached_page(one_language=True)
@require_safe
def figures(request: HttpRequest, year: int, quarter: int, form: str) -> HttpResponse:
    """Return the figures of one quarter as ``csv`` or ``json``. Raises Http404 if it is not published."""
    found = next((row for row in _quarters() if (row.quarter.year, row.quarter.number) == (year, quarter)), None)
    if found is None or form not in ("csv", "json"):
        raise Http404
    if form == "json":
        return JsonResponse(found.as_json())
    return HttpResponse(found.as_csv(), content_type="text/csv; charset=utf-8")


def _quarters() -> list[Any]:
    return import_string(settings.PUBLIC_FIGURES)()
