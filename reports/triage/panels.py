"""What waits for this person, on the index page of the desk."""

from django.contrib import admin
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from safetycenter.roles import has_role_permission, holders

from ..models.case import Case, State
from ..opening import NEEDED, opening
from ..verification import alarms, anchors, register
from . import oversight, record


@admin.site.register_panel
def queue_panel(request) -> dict | None:
    """Counts of the queue: waiting by tier, late, mine; and what waits outside it."""
    if not has_role_permission(request.user, "reports.view_case"):
        return None
    cases = Case.objects.visible_to(request.user)
    counts = _open_counts(cases, request.user) | _elsewhere(cases)
    return {
        "title": _("Queue"),
        "template": "reports/triage/panel_queue.html",
        "tiers": [(tier, counts[f"p{tier}"]) for tier in range(5)],
        "counts": counts,
        "can_take": has_role_permission(request.user, "reports.handle_case"),
        "alarm": bool(counts["late"] or counts["withdrawn"]),
    }


def _open_counts(cases, user) -> dict:
    late = Q(next_action_at__lt=timezone.now())
    waiting = Q(pk__in=cases.waiting_for(user).values("pk"))
    wanted = {f"p{tier}": waiting & Q(tier=tier) for tier in range(5)}
    wanted |= {"late": late, "mine": Q(handler=user), "aside": Q(state=State.QUARANTINED)}
    counts = {name: Count("pk", filter=condition) for name, condition in wanted.items()}
    return cases.queued().order_by().aggregate(**counts)


def _elsewhere(cases) -> dict:
    """What waits outside the open queue: answers to closed cases, second persons, decisions on withdrawals."""
    return {
        "replies": cases.filter(unread_reply=True).count(),
        "resolved": cases.filter(state=State.RESOLVED).count(),
        "withdrawn": cases.withdrawn_undecided().count(),
    }


@admin.site.register_panel
def outside_leads_panel(request) -> dict | None:
    """List for outside leads who else can read withheld cases: a superuser could give that role to an account."""
    if not has_role_permission(request.user, "reports.handle_withheld"):
        return None
    return {
        "title": _("Who can read cases kept from the desk"),
        "template": "reports/triage/panel_outside_leads.html",
        "people": holders("reports.handle_withheld").order_by("username"),
    }


@admin.site.register_panel
def opening_panel(request) -> dict | None:
    """Whether reports can be taken, and what is missing; for those who can mend it."""
    if not request.user.has_perm("reports.change_staffedhours"):
        return None
    state = opening()
    return {
        "title": _("Report form"),
        "template": "reports/triage/panel_opening.html",
        "state": state,
        "missing": [NEEDED[name] for name in state.missing],
        "alarm": not state.is_open,
    }


@admin.site.register_panel
def proof_panel(request) -> dict | None:
    """An alarm about the record or a sealed report, for everyone at the desk; nothing while there is none."""
    if not has_role_permission(request.user, "reports.view_case") or register.is_countersigned():
        return None
    return {"title": _("Alarm"), "template": "reports/triage/panel_proof.html", "alarm": True}


@admin.site.register_panel
def record_panel(request) -> dict | None:
    """For auditors: looks at cases of others, open alarms, what waits for its countersignature, the last anchor."""
    if not has_role_permission(request.user, record.READ):
        return None
    alarmed, late = alarms.unsettled().count(), register.late().count()
    return {
        "title": _("Record"),
        "template": "reports/triage/panel_record.html",
        "not_theirs": oversight.not_theirs_since(hours=24),
        "alarms": alarmed,
        "late": late,
        "anchors_wanted": anchors.is_wanted(),
        "anchor_left": anchors.last_left(),
        "alarm": bool(alarmed or late or not anchors.leave_in_time()),
    }
