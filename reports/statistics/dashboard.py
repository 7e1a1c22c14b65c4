"""The dashboard of leads: what waits, what was promised and kept, and how much each person had to look at."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ..deadlines import FIRST_REVIEW
from . import charts, not_referred, recount, second_looks, words
from .figures import DAYS, LOAD_DAYS, Desk, may_open
from .flows import M
from .rates import FEWEST


@require_GET
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show the figures of the cases that this person may know of. Raises PermissionDenied for others than leads."""
    if not may_open(request.user):
        raise PermissionDenied
    desk = Desk(request.user)
    context = {
        **admin.site.each_context(request),
        "title": _("Dashboard"),
        "desk": desk,
        "days": DAYS,
        "load_days": LOAD_DAYS,
        "fewest": FEWEST,
        "tiles": _tiles(desk),
        "backlog": charts.backlog(desk.backlog),
        "backlog_finding": words.backlog_finding(desk.backlog),
        "promises": charts.promises(desk.promises),
        "promises_finding": words.promises_finding(desk.promises),
        "flow": charts.flow(desk),
        "flow_finding": words.flow_finding(desk),
        "first_looks": charts.times(desk.first_looks),
        "first_look_finding": words.times_finding(desk.first_looks, FIRST_REVIEW),
        "first_words": charts.times(desk.first_words),
        "first_word_finding": words.times_finding(desk.first_words, FIRST_REVIEW),
        "shares": _shares(desk),
        "objections": desk.sum(M.OBJECTION),
        "second_looks": second_looks.by_category(desk.kinds, desk.today),
        "not_referred": not_referred.decisions(request.user, desk.now),
        "people": charts.openings(desk.load),
        "agrees": recount.agrees(),
        "tables": _tables(),
    }
    return render(request, "reports/statistics/dashboard.html", context)


def _tiles(desk: Desk) -> list[tuple[int, str]]:
    waiting = desk.waiting_for
    return [
        (waiting["desk"], _("wait for staff")),
        (waiting["person"], _("with someone now")),
        (waiting["reporter"], _("wait for the reporter")),
        (waiting["lead"], _("wait for a lead")),
        (waiting["agency"], _("wait for an agency")),
        (waiting["end"], _("resolved, to be closed")),
    ]


def _tables() -> dict[str, dict[str, Any]]:
    """Return caption and column heads of the table of each chart."""
    tier, median, p90 = _("Tier"), _("Half within"), _("Nine in ten within")
    return {
        "backlog": {
            "caption": _(
                "Cases that wait for staff now, by the time since they arrived. Late ones are among them. Below %(n)d "
                "cases only the oldest is given."
            )
            % {"n": FEWEST},
            "heads": [
                tier,
                _("< 1 h"),
                _("1–4 h"),
                _("4–24 h"),
                _("1–7 days"),
                _("> 7 days"),
                _("All"),
                _("Late"),
                _("Half under"),
                _("Nine in ten under"),
                _("Oldest"),
            ],
        },
        "promises": {
            "caption": _(
                "First looks that were due in these days, until yesterday. Withdrawn, reopened and never opened "
                "reports count as due. An urgent report that was given back unanswered waits for its look again."
            ),
            "heads": [
                tier,
                _("Due"),
                _("Kept"),
                _("Looked at late"),
                _("Not looked at"),
                _("Kept, share"),
                _("Interval (95 %)"),
            ],
        },
        "flow": {"caption": _("Cases that came and cases done, per day"), "heads": [_("Day"), _("Came"), _("Done")]},
        "first_looks": {
            "caption": _(
                "From the report to the first time that a person looked at it. Reports at which nobody has looked "
                "yet are not in it. Times are estimated from classes."
            ),
            "heads": [tier, "n", median, p90],
        },
        "first_words": {
            "caption": _("From the report to the first message of staff. Times are estimated from classes."),
            "heads": [tier, "n", median, p90],
        },
    }


def _shares(desk: Desk) -> list[dict[str, Any]]:
    rows = [
        (_("Opened again, of the cases done in these days"), desk.reopened),
        (_("Closed with another outcome after an objection, of closed cases reviewed"), desk.upheld),
    ]
    return [
        {"name": name, "of": words.of_number(share), "percent": words.percent(share), "interval": words.interval(share)}
        for name, share in rows
    ]
