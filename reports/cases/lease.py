"""The lease of a case: its handler keeps it for twenty minutes from their last work on it.

A lease is no decision, so no event records it. Housekeeping returns a case whose lease has expired.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from safetycenter.roles import Account

from ..models.case import Case, State
from ..models.case_queryset import CaseQuerySet
from ..staffing import exposure
from . import audit

ReadsWords = Callable[[Case, Account], bool]
ENDS_SOON = timedelta(minutes=5)  # then the page says so
LEASE = timedelta(minutes=20)  # independent of the time after which a reporter's draft ends (DRAFT_MINUTES)


def end_of(case: Case) -> datetime:
    """Return until when the handler keeps the case: twenty minutes from now, or from the time of their next look."""
    return max(timezone.now(), case.look_again_at or timezone.now()) + LEASE


def renew(case: Case, by: Account) -> None:
    """Extend the lease by twenty minutes if ``by`` is the handler."""
    until = end_of(case)
    if Case.objects.filter(pk=case.pk, handler=by, state=State.IN_PROGRESS).update(lease_until=until):  # type: ignore[misc]
        case.lease_until = until


def record_view(cases: CaseQuerySet, by: Account, reads_words: ReadsWords = lambda case, by: False) -> Case | None:
    """Record that ``by`` looks at the first of ``cases``, whether they hold it and read words of the reporter.

    ``reads_words`` says whether the story and the messages are shown. Renew their lease.
    Return the case, or None if there is none. The record is written together with the lease, before anybody sees
    anything of the case.
    """
    with transaction.atomic():
        case = exposure.with_thread(cases).for_update().first()
        if case is None:
            return None
        holds, changed = case.handler_id == by.pk, [*audit.HEAD]
        facts: dict[str, Any] = exposure.shown(case, reads_words(case, by))
        audit.append(case, "viewed", by, own=holds, **facts)
        if holds and case.state == State.IN_PROGRESS:
            case.lease_until = end_of(case)
            changed.append("lease_until")
        case.save(update_fields=changed)
    return case
