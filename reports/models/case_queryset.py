"""Which cases: those that a person may know of, those that wait, those that are due."""

from datetime import datetime
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from safetycenter.roles import Account, has_role_permission

from ..roles import kinds_known_to
from .state import FREE, OPEN_STATES, State

# Whoever may see a case must be able to lead it: a supervisor sees neither restricted nor withheld ones.
LEADS = {
    "reports.handle_withheld": Q(withheld=True),
    "reports.handle_restricted": Q(withheld=False, restricted=True),
    "reports.supervise": Q(withheld=False, restricted=False),
}


class CaseQuerySet(models.QuerySet):
    """The queryset is the access rule: every list, page, count and file asks ``visible_to`` first."""

    def visible_to(self, user: Account) -> "CaseQuerySet":
        """Return the cases that ``user`` may know of through a role; a superuser knows of none.

        No DISTINCT and no join, so that the rows can be locked and an index can serve the filter.
        """
        known = kinds_known_to(user)
        return self.none() if known is None else self.exclude(state=State.PURGED).filter(known)

    def readable_by(self, user: Account) -> "CaseQuerySet":
        """Return the cases whose story, messages and files ``user`` may read: of those they may know of."""
        return self.visible_to(user) if has_role_permission(user, "reports.read_case") else self.none()

    def by_urgency(self) -> "CaseQuerySet":
        """The most urgent first: tier, then the stored key, in which overdue cases come first."""
        return self.order_by("tier", "queue_key_at", "id")

    def queued(self) -> "CaseQuerySet":
        """Open cases, the most urgent first."""
        return self.filter(state__in=OPEN_STATES).by_urgency()

    def late(self) -> "CaseQuerySet":
        """Overdue cases, the most urgent first."""
        return self.filter(overdue=True).by_urgency()

    def past_due(self, now: datetime) -> "CaseQuerySet":
        """Cases on which somebody should have acted before ``now``."""
        return self.filter(next_action_at__lt=now).exclude(state=State.WITHDRAWN)

    def withdrawn_undecided(self) -> "CaseQuerySet":
        """Withdrawn cases of a life or a child at risk: a person decides what the law has us keep (H7)."""
        return self.filter(withdraw_at__isnull=False, erasure_needs_lead=True, hold=False, erasure_approved=False)

    def free(self) -> "CaseQuerySet":
        """Cases that wait for someone to take them."""
        return self.filter(state__in=FREE)

    def waiting_for(self, user: Account) -> "CaseQuerySet":
        """What ``user`` may take: free cases, and objections that they lead."""
        # The first condition says nothing new, but PostgreSQL cannot find it in the OR, and the index needs it.
        takeable = self.filter(state__in=(*FREE, State.ESCALATED))
        return takeable.filter(Q(state__in=FREE) | _led_by(user))

    def escalated_to(self, user: Account) -> "CaseQuerySet":
        """The objections that ``user`` leads."""
        return self.filter(_led_by(user))

    def for_update(self) -> "CaseQuerySet":
        """Lock the rows themselves, nothing that they join."""
        return self.select_for_update(of=("self",))


def _led_by(user: Account) -> Q:
    led = [cases for permission, cases in LEADS.items() if has_role_permission(user, permission)]
    return Q(state=State.ESCALATED) & reduce(or_, led, Q(pk__in=[]))
