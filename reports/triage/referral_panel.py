"""Panel on the index page of the desk: cases that should have been passed on, and packages to approve."""

from typing import Any

from django.contrib import admin
from django.db.models import BooleanField, QuerySet, Value
from django.http import HttpRequest
from django.utils.translation import gettext as _

from safetycenter.roles import has_role_permission

from ..models.case import Case
from ..models.referral import Referral

SHOWN = 10


@admin.site.register_panel  # type: ignore[attr-defined]
def referral_panel(request: HttpRequest) -> dict | None:
    """List the first cases whose lead must decide, and those with a package that waits for a second person."""
    if not has_role_permission(request.user, "reports.handle_case"):
        return None
    rows = _rows(request.user)
    if not rows:
        return None
    return {
        "title": _("Passing on"),
        "template": "reports/triage/panel_referral.html",
        "late": [row["shown"] for row in rows if row["is_late"]],
        "waiting": [row["shown"] for row in rows if not row["is_late"]],
        "alarm": any(row["is_late"] for row in rows),
    }


def _rows(user: Any) -> list[dict]:
    """Return number and kind of both, the most urgent first, in one query that reads a part of two indexes."""
    visible = Case.objects.visible_to(user)
    waiting = Referral.objects.filter(state=Referral.State.PREPARED, case__in=visible.values("pk"))
    late_ids = visible.late_to_refer(user).by_urgency().values("pk")[:SHOWN]
    waiting_ids = waiting.exclude(prepared_by=user).order_by("prepared_at").values("case")[:SHOWN]
    late, to_approve = _marked(late_ids, is_late=True), _marked(waiting_ids, is_late=False)
    rows = sorted(late.union(to_approve, all=True), key=lambda row: (row["tier"], row["queue_key_at"]))
    return [row | {"shown": Case(reference=row["reference"])} for row in rows]


def _marked(ids: QuerySet, is_late: bool) -> QuerySet:
    kind = Value(is_late, output_field=BooleanField())
    return Case.objects.filter(pk__in=ids).annotate(is_late=kind).values("reference", "tier", "queue_key_at", "is_late")
