"""The indexes of cases: each view of the desk, each count and each task of housekeeping reads one of them."""

from django.db import models
from django.db.models import Q

from .state import OPEN_STATES, State

INDEXES = [
    models.Index(
        models.F("tier"),
        models.F("overdue").desc(),
        models.F("urgency_at"),
        models.F("id"),
        name="case_queue",
        condition=Q(state__in=OPEN_STATES),
    ),
    models.Index(fields=["handler"], name="case_handler", condition=Q(handler__isnull=False)),
    models.Index(fields=["lease_until"], name="case_lease", condition=Q(lease_until__isnull=False)),
    models.Index(fields=["received_at"], name="case_unmarked", condition=Q(marked=False)),
    models.Index(
        fields=["received_at"],
        name="case_closed_by_words",
        condition=Q(closed_by_words=True),
    ),
    models.Index(fields=["withdraw_at"], name="case_withdraw", condition=Q(withdraw_at__isnull=False)),
    models.Index(fields=["received_at"], name="case_burst", condition=Q(burst__isnull=False)),
    models.Index(fields=["tier"], name="case_turns", condition=Q(takes_turns=True)),
    models.Index(fields=["resolved_at"], name="case_resolved", condition=Q(state=State.RESOLVED)),
    models.Index(fields=["closed_at"], name="case_closed", condition=Q(state=State.CLOSED)),
]
