"""The auditor's lists as CSV files, without content. Each download is recorded in the staff log."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safetycenter.accounts.proof import confirmed
from safetycenter.csv_cells import escape
from safetycenter.roles import role_required

from ..audit import staff_log
from ..models.event import Event
from ..models.staff_event import StaffEvent
from .audit_filter import EventFilterForm, LogFilterForm, StaffEventFilterForm
from .audit_words import staff_fact

READ = "reports.read_audit"
MOST_ROWS = 20_000  # a longer period is downloaded in parts
PLAIN = "text/plain; charset=utf-8"


@require_POST
@confirmed
@role_required(READ)
def cases_csv(request: HttpRequest) -> HttpResponse:
    """Return the record of cases, filtered: time, number, action, who. No category, no facts."""
    form = EventFilterForm(request.POST)
    events = form.events()[:MOST_ROWS]
    return _response(request, "cases", form, ("time", "case", "action", "who"), map(_case_row, events))


@require_POST
@confirmed
@role_required(READ)
def staff_csv(request: HttpRequest) -> HttpResponse:
    """Return the staff log, filtered: time, who, action, and what it was about."""
    form = StaffEventFilterForm(request.POST)
    events = form.events()[:MOST_ROWS]
    return _response(request, "staff", form, ("time", "who", "action", "about"), map(_staff_row, events))


def _case_row(event: Event) -> Iterator[Any]:
    yield from (_time(event.at), event.case.display_reference, event.action)
    yield event.by.username if event.by else event.side


def _staff_row(event: StaffEvent) -> Iterator[Any]:
    yield from (_time(event.at), event.by.username, event.action, staff_fact(event))


def _response(
    request: HttpRequest, which: str, form: LogFilterForm, heads: tuple[str, ...], rows: Iterable[Iterable[Any]]
) -> HttpResponse:
    if not form.is_valid():
        return HttpResponse(_("A filter is not valid, so nothing was downloaded."), status=422, content_type=PLAIN)
    out = StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(heads)
    written = [lines.writerow([escape(str(value)) for value in row]) for row in rows]
    staff_log.record(request.user, staff_log.EXPORTED, log=which, rows=len(written), filters=sorted(form.wanted))
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="log-{which}.csv"'
    return response


def _time(moment: Any) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds")
