"""The queue: the most urgent case first, with the reasons in words, and "take next"."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from safetycenter.roles import has_role_permission, role_required

from ..cases import lifecycle
from ..cases.case_action import HANDLE
from ..models.case import Case, State
from ..models.case_queryset import CaseQuerySet
from .flags import flags
from .taking import claim_most_urgent
from .why import TIERS, reasons, why

PAGE = 25
FILTERS = {
    "waiting": (pgettext_lazy("queue", "Waiting"), lambda cases, user: cases.waiting_for(user)),
    "mine": (pgettext_lazy("queue", "Assigned to me"), lambda cases, user: cases.filter(handler=user)),
    "unread": (pgettext_lazy("queue", "New reply"), lambda cases, user: cases.filter(unread_reply=True)),
    "overdue": (pgettext_lazy("queue", "Overdue"), lambda cases, user: cases.late()),
    "escalated": (
        pgettext_lazy("queue", "Escalated"),
        lambda cases, user: cases.filter(state=State.ESCALATED),
    ),
    "resolved": (pgettext_lazy("queue", "Resolved, to close"), lambda cases, user: cases.filter(state=State.RESOLVED)),
    "withdrawn": (pgettext_lazy("queue", "Withdrawn, to decide"), lambda cases, user: cases.withdrawn_undecided()),
    "quarantined": (pgettext_lazy("queue", "Quarantined"), lambda cases, user: cases.filter(state=State.QUARANTINED)),
    "all": (pgettext_lazy("queue", "All open"), lambda cases, user: cases.queued()),
}


@dataclass(frozen=True)
class Cursor:
    """The end of a page of the queue. The next page starts after it, however long the queue is."""

    tier: int
    queue_key_at: datetime
    pk: UUID

    @classmethod
    def of(cls, case: Case) -> "Cursor":
        """Return the position of ``case`` in the queue."""
        return cls(case.tier, case.queue_key_at, case.pk)

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """Parse the result of ``str``; return None for anything else."""
        try:
            tier, queue_key_at, pk = urlsafe_b64decode(text.encode()).decode().split("|")
            return cls(int(tier), datetime.fromisoformat(queue_key_at), UUID(pk))
        except ValueError:
            return None

    def __str__(self) -> str:
        text = f"{self.tier}|{self.queue_key_at.isoformat()}|{self.pk}"
        return urlsafe_b64encode(text.encode()).decode()

    def parts_after(self, cases: CaseQuerySet) -> Iterator:
        """Yield ``cases`` after this position in two ordered parts; each is one range of the queue's index.

        A single condition would need an OR, for which PostgreSQL reads the queue from its start.
        """
        here = cases.filter(tier=self.tier).order_by("queue_key_at", "id")
        later = Q(queue_key_at__gt=self.queue_key_at) | Q(pk__gt=self.pk)
        yield here.filter(later, queue_key_at__gte=self.queue_key_at)
        yield cases.filter(tier__gt=self.tier)


def _page(cases: CaseQuerySet, cursor: Cursor | None) -> list[Case]:
    """Return one page of ``cases`` after ``cursor``, and the case after it if there is one."""
    rows: list[Case] = []
    for part in cursor.parts_after(cases) if cursor else [cases]:
        rows += part[: PAGE + 1 - len(rows)]
        if len(rows) > PAGE:
            break
    return rows


@require_GET
@role_required("reports.view_case")
def queue(request: HttpRequest) -> HttpResponse:
    """Show one page of the queue. Raises PermissionDenied for staff who see no cases: an empty queue would mislead."""
    asked = request.GET.get("show", "")
    name = asked if asked in FILTERS else "waiting"
    cases = FILTERS[name][1](Case.objects.visible_to(request.user).by_urgency(), request.user)
    cursor = Cursor.read(request.GET.get("after", ""))
    rows = _page(cases.select_related("category", "handler"), cursor)
    context = {
        **admin.site.each_context(request),
        "title": _("Queue"),
        "cases": [_row(case) for case in rows[:PAGE]],
        "filters": [(key, label) for key, (label, _cases) in FILTERS.items()],
        "show": name,
        "next": str(Cursor.of(rows[PAGE - 1])) if len(rows) > PAGE else "",
        "is_first": cursor is None,
        "can_take": has_role_permission(request.user, HANDLE),
        "can_read": has_role_permission(request.user, "reports.read_case"),
        "can_admit": has_role_permission(request.user, "reports.release_quarantined"),
    }
    return render(request, "reports/triage/queue.html", context)


@require_POST
@role_required(HANDLE)
def take_next(request: HttpRequest) -> HttpResponse:
    """Claim the most urgent waiting case. Raises PermissionDenied for people who handle no cases."""
    try:
        case = claim_most_urgent(request.user)
    except lifecycle.NotAllowed as refusal:
        messages.info(request, str(refusal))
        return redirect("admin:reports_case_changelist")
    return redirect("admin:reports_case_page", ref=case.reference)


def _row(case: Case) -> dict:
    return {"case": case, "why": why(case), "reasons": reasons(case), "tier": TIERS[case.tier], "flags": flags(case)}
