"""What waits for this person, on the index page of the desk."""

from django.contrib import admin
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models.case import Case, State
from ..opening import NEEDED, opening


@admin.site.register_panel
def queue_panel(request) -> dict | None:
    """Counts of the queue: waiting by tier, late, mine."""
    cases = Case.objects.visible_to(request.user)
    if not request.user.has_perm("reports.view_case"):
        return None
    waiting = Q(state__in=[State.RECEIVED, State.TRIAGE])
    counts = (
        cases.queued()
        .order_by()
        .aggregate(
            **{f"p{tier}": Count("pk", filter=waiting & Q(tier=tier)) for tier in range(5)},
            late=Count("pk", filter=waiting & Q(seen_at=None, due_at__lt=timezone.now())),
            mine=Count("pk", filter=Q(handler=request.user)),
            replies=Count("pk", filter=Q(unread_reply=True)),
            aside=Count("pk", filter=Q(state=State.QUARANTINED)),
        )
    )
    return {
        "title": _("Queue"),
        "template": "reports/triage/panel_queue.html",
        "tiers": [(tier, counts[f"p{tier}"]) for tier in range(5)],
        "counts": counts,
        "can_take": request.user.has_perm("reports.handle_case"),
        "alarm": bool(counts["late"]),
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
