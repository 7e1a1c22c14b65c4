"""Panels on the index page of the desk: the work that waits for this person."""

from typing import Any

from django.contrib import admin
from django.db.models import Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from safetycenter.roles import Account, has_role_permission, users_with_permission

from ..audit import insider
from ..cases import second_look
from ..cases.case_action import HANDLE
from ..cases.verification import alarms, anchors, register
from ..evidence import missing
from ..models.case import Case, State
from ..staffing import breaches, demands, floods, reminder_sender
from ..staffing.channels.state import now
from ..staffing.intake_status import PRECONDITIONS, intake_status
from ..statistics.figures import may_open
from . import access_stats, audit_views, second_person, work
from .counting import CountUpTo, count_all, in_words
from .data_requests import open_requests
from .refer_list import to_approve, unacknowledged
from .rights import READ


@admin.site.register_panel  # type: ignore[attr-defined]
def queue_panel(request: HttpRequest) -> dict | None:
    """Return the counts of the queue and of the work outside it, and the first cases and decisions for this person."""
    if not has_role_permission(request.user, "reports.view_case"):
        return None
    counts = dict(_counts(request))
    answer_by = counts.pop("answer_by")
    listed = work.lists(counts) | {"second": second_person.decisions(counts)}
    return {
        "title": _("Queue"),
        "template": "reports/triage/panel_queue.html",
        "tiers": [(tier, in_words(counts[f"p{tier}"])) for tier in range(5)],
        "counts": counts,
        "answer_by": answer_by,
        "answer_late": answer_by is not None and answer_by < timezone.localdate(),
        "shown": {name: in_words(count) for name, count in counts.items()},
        "can_take": has_role_permission(request.user, HANDLE),
        "can_read": has_role_permission(request.user, READ),
        **listed,
        "keys": [("2", _("The first decision that waits for a second person"))] if listed["second"] else [],
        "longer": [(label, path, in_words(count)) for label, path, count in second_person.longer_lists(counts)],
        "alarm": any(counts[name] for name in ("late", "withdrawn", "refer", "silent")),
    }


def _counts(request: HttpRequest) -> dict[str, Any]:
    """Return what ``_count`` found for this request."""
    if not hasattr(request, "desk_counts"):
        request.desk_counts = _count(request.user)  # type: ignore[attr-defined]
    return request.desk_counts  # type: ignore[attr-defined]


def _count(user: Account) -> dict[str, Any]:
    """Return all counts of the panels and the first cases, in one query; each reads a part of a separate index."""
    cases = Case.objects.visible_to(user)
    first = work.expressions(cases, user) | second_person.expressions(cases, user)
    cases = cases.by_urgency()
    counted: dict[str, Any] = {
        "mine": cases.filter(handler=user),
        "late": cases.late(),
        "aside": cases.filter(state=State.QUARANTINED),
        "replies": cases.filter(unread_reply=True),
        "resolved": cases.filter(state=State.RESOLVED),
        "withdrawn": cases.withdrawn_for(user),
        "second": cases.awaiting_second_person(user),
        "misuse": cases.misuse_to_confirm(user),
        "refer": cases.late_to_refer(user),
        "approve": to_approve(cases, user),
        "silent": unacknowledged(cases, user),
        "second_looks": second_look.waiting_for(user),
        "lost": missing.lost(),
        "demands": demands.to_confirm(user),
        "answers": (unanswered := demands.unanswered(user)),
        "data": open_requests(cases.readable_by(user)) if has_role_permission(user, HANDLE) else cases.none(),
    }
    free, objections = cases.free(), cases.escalated_to(user)
    for tier in range(5):
        parts = [CountUpTo(cases.filter(tier=tier)) for cases in (free, objections)]
        counted[f"p{tier}"] = parts[0] + parts[1]
    counted["answer_by"] = Subquery(unanswered.values("answer_by")[:1])
    return count_all(counted | first, user)


@admin.site.register_panel  # type: ignore[attr-defined]
def outside_leads_panel(request: HttpRequest) -> dict | None:
    """List for outside leads who else can read withheld cases: a superuser could give that role to an account."""
    if not has_role_permission(request.user, "reports.handle_withheld"):
        return None
    return {
        "title": _("Who can read cases restricted because of a conflict of interest"),
        "template": "reports/triage/panel_outside_leads.html",
        "people": users_with_permission("reports.handle_withheld").order_by("username"),
    }


@admin.site.register_panel  # type: ignore[attr-defined]
def intake_status_panel(request: HttpRequest) -> dict | None:
    """Say whether reports can be accepted and what is missing, to people who can change it."""
    if not request.user.has_perm("reports.change_staffedhours"):
        return None
    state, flood = intake_status(), floods.last()
    flooded = flood is not None and flood.until > state.now
    return {
        "title": _("Report form"),
        "template": "reports/triage/panel_intake_status.html",
        "state": state,
        "missing": [PRECONDITIONS[name] for name in state.missing],
        "flood": flood,
        "flooded": flooded,
        "channels": (channels := state.channels or now()),
        "alarm": flooded or not state.is_open or bool(channels.failing),
    }


@admin.site.register_panel  # type: ignore[attr-defined]
def reminders_panel(request: HttpRequest) -> dict | None:
    """Say that reminders cannot leave, to people who set up the desk or its accounts; None while they leave (H20)."""
    if not any(map(request.user.has_perm, ("reports.change_staffedhours", "auth.add_user"))):
        return None
    if not (since := reminder_sender.failing_since()):
        return None
    return {
        "title": _("Reminders by mail"),
        "template": "reports/triage/panel_reminders.html",
        "since": since,
        "alarm": True,
    }


@admin.site.register_panel  # type: ignore[attr-defined]
def breach_panel(request: HttpRequest) -> dict | None:
    """List the data breaches of which somebody must still be told, with the end of the 3×24 hours; None without any."""
    if not request.user.has_perm("reports.change_breach") or not (untold := list(breaches.untold()[:10])):
        return None
    return {
        "title": _("Data breaches"),
        "template": "reports/triage/panel_breaches.html",
        "breaches": untold,
        "alarm": any(breach.is_late for breach in untold),
    }


@admin.site.register_panel  # type: ignore[attr-defined]
def audit_alarm_panel(request: HttpRequest) -> dict | None:
    """Show everyone at the desk an alarm about the record or a sealed report; None while there is none."""
    if not has_role_permission(request.user, "reports.view_case") or register.is_countersigned():
        return None
    return {"title": _("Alarm"), "template": "reports/triage/panel_audit_alarm.html", "alarm": True}


@admin.site.register_panel  # type: ignore[attr-defined]
def lost_files_panel(request: HttpRequest) -> dict | None:
    """Tell everyone at the desk that files of reports are lost; of which reports, the operator's command says (H25)."""
    if not has_role_permission(request.user, "reports.view_case") or not (count := _counts(request)["lost"]):
        return None
    template = "reports/triage/panel_lost_files.html"
    return {
        "title": _("Files of reports are lost"),
        "template": template,
        "count": count,
        "shown": in_words(count),
        "alarm": True,
    }


@admin.site.register_panel  # type: ignore[attr-defined]
def audit_panel(request: HttpRequest) -> dict | None:
    """Show auditors: looks at cases of others, open alarms, waiting countersignatures, and the last anchor."""
    if not has_role_permission(request.user, audit_views.READ):
        return None
    alarmed, late, insiders = alarms.unsettled().count(), register.late().count(), insider.unsettled()
    return {
        "title": _("Audit log"),
        "template": "reports/triage/panel_audit.html",
        "not_theirs": access_stats.foreign_views_since(hours=24),
        "alarms": alarmed,
        "insiders": insiders,
        "late": late,
        "anchors_wanted": anchors.is_configured(),
        "anchor_left": anchors.last_sent(),
        "alarm": bool(alarmed or insiders or late or not anchors.is_sent_in_time()),
    }


@admin.site.register_panel  # type: ignore[attr-defined]
def dashboard_panel(request: HttpRequest) -> dict | None:
    """Link leads to the dashboard."""
    if not may_open(request.user):
        return None
    return {"title": _("Dashboard"), "template": "reports/statistics/panel.html"}
