"""The database indexes of cases: every queue view, count and housekeeping task uses one of them.

A view reads its cases in queue order and stops after one page, so each has a partial index in that order. Kind of
case, state and what the queue is filtered by are its last columns: cases that this user may not see, or that a filter
leaves out, are skipped without reading their rows, and a count reads only the index.
"""

from django.db import models
from django.db.models import Q

from .case_queryset import MISUSE_TO_CONFIRM, SECOND_PERSON, WITHDRAWN_UNDECIDED
from .state import FREE, OPEN_STATES, REFERABLE_STATES, State

HAS_DUE_TIME = Q(next_action_at__isnull=False)
UNDECIDED = Q(refer_decided_at=None, state__in=REFERABLE_STATES)
HAS_REGION = ~Q(region="")
ORDER, KIND = ("tier", "queue_key_at", "id"), ("restricted", "withheld", "state")
FILTERS = ("category", "language", "platform", "team")
NOT_PURGED = ~Q(state=State.PURGED)


def _in_order(name: str, condition: Q, *before: str) -> models.Index:
    return models.Index(fields=[*before, *ORDER, *KIND, *FILTERS], name=name, condition=condition)


INDEXES = [
    # Queue views, and the counts on the dashboard.
    _in_order("case_queue", Q(state__in=OPEN_STATES)),
    _in_order("case_waiting", Q(state__in=(*FREE, State.ESCALATED))),
    _in_order("case_unread", Q(unread_reply=True) & NOT_PURGED),
    _in_order("case_overdue", Q(overdue=True) & NOT_PURGED),
    _in_order("case_escalated", Q(state=State.ESCALATED)),
    _in_order("case_to_close", Q(state=State.RESOLVED)),
    _in_order("case_quarantined", Q(state=State.QUARANTINED)),
    _in_order("case_returned", Q(times_returned__gte=2) & NOT_PURGED),
    _in_order("case_other_person", Q(other_due_at__isnull=False, state__in=OPEN_STATES)),
    _in_order("case_withheld", Q(withheld=True) & NOT_PURGED),
    _in_order("case_second_person", SECOND_PERSON),
    _in_order("case_misuse", MISUSE_TO_CONFIRM & NOT_PURGED),
    _in_order("case_to_decide", WITHDRAWN_UNDECIDED & NOT_PURGED),
    _in_order("case_held", Q(hold=True) & NOT_PURGED),
    _in_order("case_handled_before", Q(last_handler__isnull=False, state__in=OPEN_STATES), "last_handler"),
    _in_order("case_refer_late", Q(refer_alarmed_at__isnull=False) & UNDECIDED),
    # Routing rules by region, tried on the reports of the last month.
    models.Index(
        fields=["received_at", "category", "age_band", "region", "restricted", "withheld"],
        name="case_region_received",
        condition=HAS_REGION,
    ),
    models.Index(fields=["handler"], name="case_handler", condition=Q(handler__isnull=False)),
    models.Index(fields=["offered_to"], name="case_offered", condition=Q(offered_to__isnull=False)),
    # Housekeeping, every minute.
    models.Index(fields=["lease_until"], name="case_lease", condition=Q(lease_until__isnull=False)),
    models.Index(fields=["received_at"], name="case_unmarked", condition=Q(indexed=False)),
    models.Index(
        fields=["received_at"],
        name="case_restricted_by_words",
        condition=Q(restricted_by_words=True),
    ),
    models.Index(fields=["withdraw_at"], name="case_withdraw", condition=Q(withdraw_at__isnull=False)),
    models.Index(fields=["next_action_at"], name="case_clock", condition=Q(overdue=False) & HAS_DUE_TIME),
    models.Index(fields=["next_action_at"], name="case_silence", condition=Q(state=State.WAITING_REPORTER)),
    models.Index(
        fields=["refer_due_at"],
        name="case_time_to_refer",
        condition=Q(refer_due_at__isnull=False, refer_alarmed_at=None) & UNDECIDED,
    ),
    # Whether a P0 case awaits its first review; queried by the report form.
    models.Index(fields=["due_at"], name="case_unseen", condition=Q(tier=0, seen_at=None, state__in=OPEN_STATES)),
    models.Index(fields=["received_at"], name="case_burst", condition=Q(burst__isnull=False)),
    models.Index(fields=["tier"], name="case_turns", condition=Q(keeps_place=True)),
    models.Index(fields=["resolved_at"], name="case_resolved_at", condition=Q(state=State.RESOLVED)),
    models.Index(
        fields=["suspected_material_at"], name="case_locked", condition=Q(suspected_material_at__isnull=False)
    ),
    models.Index(fields=["closed_at"], name="case_closed", condition=Q(state=State.CLOSED)),
]
