"""The public page of notices about data breaches (safety rule J5), which needs no code."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ..staffing import breaches
from ..views_common import no_store, page


@no_store
@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """Show the notices of now, or say that there is none."""
    return page(request, "notice.html", "notice", breaches=breaches.shown_notices())
