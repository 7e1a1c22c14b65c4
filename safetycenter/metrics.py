"""``/metrics`` for Prometheus: whether the site works, never how many reports there are.

A monitoring system keeps every value with its time. A count of reports would show when one arrived, and with a list of
who was connected at that time, who sent it. So a report appears only as "somebody waits too long": 0 or 1.
"""

from hmac import compare_digest

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with the metrics of this node to anyone who has METRICS_TOKEN; 404 to others, and without a token."""
    if not has_token(request):
        return HttpResponseNotFound("Not found\n", content_type="text/plain")
    from .metric_families import written  # few sites have a Prometheus, and the library is large

    return HttpResponse(written(), content_type=CONTENT_TYPE)


def has_token(request: HttpRequest) -> bool:
    """Return whether the request carries METRICS_TOKEN, as the operator's monitoring does."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(settings.METRICS_TOKEN) and compare_digest(given.encode(), settings.METRICS_TOKEN.encode())
