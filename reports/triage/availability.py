"""The page on which leads plan: who is available in each category, what each person read, cases nobody may take."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ..models.care import DeskSettings
from ..staffing import planning
from ..staffing.availability import workers
from ..statistics.figures import may_open
from .counting import count_all, in_words


@require_GET
def availability(request: HttpRequest) -> HttpResponse:
    """Show the page. Raises PermissionDenied for others than leads."""
    if not may_open(request.user):
        raise PermissionDenied
    people = workers()
    known = planning.known_people(people, request.user)
    watched = planning.is_watched(known)
    counts = count_all(planning.nobody_may_take(people, request.user), request.user)
    context = {
        **admin.site.each_context(request),
        "title": _("People and availability"),
        "rows": planning.by_category(people, watched),
        "is_watched": watched,
        "people": sorted(known, key=lambda worker: worker.name.casefold()),
        "limits": DeskSettings.current(),
        "stuck": [(planning.LABELS[kind], in_words(n)) for kind, n in counts.items() if n],
        "may_change_limits": request.user.has_perm("reports.change_desksettings"),
    }
    return render(request, "reports/triage/availability.html", context)
