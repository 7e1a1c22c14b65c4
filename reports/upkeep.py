"""What time does to cases: leases end, promises pass, silence comes back to a person, marks are made."""

from django.conf import settings
from django.utils import timezone

from . import closing, lifecycle, marks, pocket
from .answers import accounts_named
from .evidence import installation, store
from .hours import Roster
from .models.case import Case, State
from .models.evidence import Evidence
from .models.mark import Mark
from .vault import keys


def end_leases() -> int:
    """Cases whose lease is over go back to the queue."""
    over = Case.objects.filter(state=State.IN_PROGRESS, lease_until__lt=timezone.now())
    return _perform_all(over, "lease_ended")


def mark_overdue() -> int:
    """Cases on which nobody has acted in time come first in their tier, whatever the reason they wait for."""
    now = timezone.now()
    late = Case.objects.past_due(now).filter(overdue=False)
    # The reporter reads by when a person must look now; it is told once and does not slide.
    unseen = late.filter(seen_at=None, promised_again_at=None)
    unseen.update(promised_again_at=Roster.now().promise(0, now))
    return late.update(overdue=True)


def hand_back_silence() -> int:
    """Questions without an answer go back to a person."""
    silent = Case.objects.past_due(timezone.now()).filter(state=State.WAITING_REPORTER)
    return _perform_all(silent, "no_answer")


def close_resolved() -> int:
    """Close the resolved cases whose time is over."""
    return _perform_all(Case.objects.filter(closing.ready_to_close(timezone.now())), "closed_by_time")


def hand_over_left_open() -> int:
    """Give the resolved cases that only a person may close, and nobody did, to their lead."""
    return _perform_all(Case.objects.filter(closing.left_open(timezone.now())), "left_open")


def make_marks() -> int:
    """At a desk: blind-index marks for cases that have none yet. Returns how many cases were looked at."""
    if not settings.HAS_DESK:
        return 0
    cases = list(Case.objects.filter(marked=False).exclude(state=State.PURGED)[:200])
    for case in cases:
        key = keys.marks_key(case.restricted)
        found = marks.found_in(accounts_named(case))
        Mark.objects.bulk_create(
            [Mark(case=case, kind=kind, digest=marks.digest(key, kind, value)) for kind, value in found],
            ignore_conflicts=True,
        )
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(marked=True)
    return len(cases)


def end_drafts() -> int:
    """Delete drafts and visits whose time is over, and the files in them. Return the number of deleted rows."""
    ids = set(Evidence.objects.filter(pocket__expires_at__lte=timezone.now()).values_list("pk", flat=True))
    count = pocket.sweep()
    # A draft that was used again meanwhile keeps its files.
    for file_id in ids - installation.known(ids):
        store.delete(file_id)
    return count


def _perform_all(cases, action: str) -> int:
    done = 0
    for case in list(cases[:500]):
        try:
            lifecycle.perform(case, action)
        except lifecycle.NotAllowed:
            continue  # somebody acted in between
        done += 1
    return done
