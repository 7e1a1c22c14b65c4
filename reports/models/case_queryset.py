"""Query cases by access, by state and by deadline."""

from datetime import datetime
from functools import reduce
from operator import or_

from django.apps import apps
from django.db import models
from django.db.models import Q

from safetycenter.roles import Account, has_role_permission

from ..roles import filter_known_to
from .state import FREE, OPEN_STATES, REFERABLE_STATES, State

# Every role that may see a kind of case must be able to lead it: supervisors see neither restricted nor withheld cases.
LEADS = {
    "reports.handle_withheld": Q(withheld=True),
    "reports.handle_restricted": Q(withheld=False, restricted=True),
    "reports.supervise": Q(withheld=False, restricted=False),
}
# The same rule as ``Case.needs_second_person``, for queries.
SECOND_PERSON = Q(state=State.RESOLVED) & (Q(tier=0) | Q(restricted=True))
# Actions of a restore (``case_effects/restored.py``), by which queries find what it left to people.
AFTER_RESTORE, CODE_LOST = "after_restore", "code_lost"
ENDS_OF_HOLD = ("lift_hold", AFTER_RESTORE)  # the last of these says whether a restore holds the case
WITHDRAWN_UNDECIDED = Q(withdraw_at__isnull=False, erasure_needs_lead=True, hold=False, erasure_approved=False)
MISUSE_TO_CONFIRM = Q(misuse_noted_by__isnull=False, misuse_confirmed_at=None)


class CaseQuerySet(models.QuerySet):
    """Implements the access rule: every list, page, count and file starts from ``visible_to``."""

    def visible_to(self, user: Account) -> "CaseQuerySet":
        """Return the cases that ``user`` may know of through a role; a superuser without a role sees none.

        Nobody sees a case that they have left because of a conflict of interest. Uses neither DISTINCT nor a join, so
        that the rows can be locked and an index can serve the filter.
        """
        known = filter_known_to(user)
        if known is None:
            return self.none()
        recused = apps.get_model("reports", "Recusal").objects.filter(person=user).values("case")
        return self.exclude(state=State.PURGED).filter(known).exclude(pk__in=recused)

    def readable_by(self, user: Account) -> "CaseQuerySet":
        """Return those of the visible cases whose answers, messages and files ``user`` may read."""
        return self.visible_to(user) if has_role_permission(user, "reports.read_case") else self.none()

    def by_urgency(self) -> "CaseQuerySet":
        """Order by tier, then by the stored key, which puts overdue cases first."""
        return self.order_by("tier", "queue_key_at", "id")

    def queued(self) -> "CaseQuerySet":
        """Return open cases, the most urgent first."""
        return self.filter(state__in=OPEN_STATES).by_urgency()

    def late(self) -> "CaseQuerySet":
        """Return overdue cases, the most urgent first."""
        return self.filter(overdue=True).by_urgency()

    def past_due(self, now: datetime) -> "CaseQuerySet":
        """Return the cases whose next step was due before ``now``. The clock of a paused case stands still."""
        return self.filter(next_action_at__lt=now).exclude(state=State.WITHDRAWN).not_paused()

    def not_paused(self) -> "CaseQuerySet":
        """Leave out the cases for which ``Case.is_stopped`` holds: the reporter paused their use."""
        return self.filter(in_use())

    def withdrawn_undecided(self) -> "CaseQuerySet":
        """Return withdrawn cases for which a lead must decide what the law requires us to keep (H7)."""
        return self.filter(WITHDRAWN_UNDECIDED)

    def withdrawn_for(self, user: Account) -> "CaseQuerySet":
        """Return the withdrawn cases that wait for a lead, and ``user`` is one who decides on them."""
        return self.filter(WITHDRAWN_UNDECIDED, _decided_by(user))

    def without_withdrawn_of_others(self, user: Account) -> "CaseQuerySet":
        """Leave out the withdrawn cases that wait for the decision of somebody else than ``user``."""
        return self.filter(~WITHDRAWN_UNDECIDED | _decided_by(user))

    def another_person(self) -> "CaseQuerySet":
        """Return the open cases whose reporter asked for another person, whom none has taken yet."""
        return self.filter(other_due_at__isnull=False, state__in=OPEN_STATES)

    def free(self) -> "CaseQuerySet":
        """Return the cases that anybody may claim."""
        return self.filter(state__in=FREE)

    def waiting_for(self, user: Account) -> "CaseQuerySet":
        """Return the cases that ``user`` may claim: free cases, and escalated cases that they lead."""
        # The state is named once, as the index has it, and then only excluded: PostgreSQL multiplies the shares of
        # conditions on one column. With "free" in the OR it expected a hundredth of the cases, and sorted all of them.
        takeable = self.filter(state__in=(*FREE, State.ESCALATED))
        return takeable.filter(~Q(state=State.ESCALATED) | _kinds_led_by(user))

    def escalated_to(self, user: Account) -> "CaseQuerySet":
        """Return the escalated cases that ``user`` leads."""
        return self.filter(_led_by(user))

    def led_by(self, user: Account) -> "CaseQuerySet":
        """Return the cases that ``user`` leads, with or without an assignee."""
        return self.filter(_kinds_led_by(user))

    def handled_or_led_by(self, user: Account) -> "CaseQuerySet":
        """Return the cases that are assigned to ``user`` or that ``user`` leads."""
        return self.filter(models.Q(handler_id=user.pk) | _kinds_led_by(user))

    def awaiting_second_person(self, user: Account) -> "CaseQuerySet":
        """Return the resolved cases that only a second person may close, and ``user`` is one."""
        return self.filter(SECOND_PERSON).exclude(resolved_by=user)

    def misuse_to_confirm(self, user: Account) -> "CaseQuerySet":
        """Return the cases that ``user`` leads and whose possible misuse somebody else has noted (safety rule H23)."""
        return self.filter(MISUSE_TO_CONFIRM).exclude(misuse_noted_by=user).led_by(user)

    def to_decide_again(self, user: Account) -> "CaseQuerySet":
        """Return the cases that a restore has held, as reasons of decisions are lost, and whose hold ``user`` may lift.

        The same rule as ``Case.erasure_permission``: child safety lifts it where a child or a life may be at risk.
        """
        held = self.filter(hold=True).filter(_decided_by(user))
        return held.alias(restored=_last_if_restored()).filter(restored__isnull=False)

    def late_to_refer(self, user: Account) -> "CaseQuerySet":
        """Return the cases that ``user`` leads and whose time to refer ended without a decision (safety rule K1)."""
        late = self.filter(refer_alarmed_at__isnull=False, refer_decided_at=None, state__in=REFERABLE_STATES)
        return late.filter(_kinds_led_by(user))

    def with_data_requests(self) -> "CaseQuerySet":
        """Add, without a query more, what the reporter asked for.

        ``waits_for_data``: an open request about own data; ``has_stop``: a pause; ``was_asked_away``: another person;
        ``frozen_by``: the action that stopped reading with the code, their own or that of a restore. ``held_by``: that
        of a restore which left a decision to a lead.
        """
        waiting = apps.get_model("reports", "DataRequest").objects.filter(case=models.OuterRef("pk"), answered_at=None)
        recusals = apps.get_model("reports", "Recusal").objects
        asked_away = recusals.filter(case=models.OuterRef("pk"), reason__isnull=False)
        return self.annotate(
            waits_for_data=models.Exists(waiting),
            has_stop=models.Exists(_stops()),
            was_asked_away=models.Exists(asked_away),
            frozen_by=models.Case(models.When(frozen_at__isnull=False, then=_latest_of("freeze", CODE_LOST))),
            held_by=models.Case(models.When(hold=True, then=_latest_of(*ENDS_OF_HOLD))),
        )

    def for_update(self) -> "CaseQuerySet":
        """Lock the case rows only, not the rows that they join."""
        return self.select_for_update(of=("self",))


def at_risk(to_case: str = "") -> Q:
    """Return the condition for which ``Case.is_at_risk`` holds. ``to_case`` leads to the case, as in ``case__``."""
    return Q(**{f"{to_case}tier__lte": 1}) | Q(**{f"{to_case}restricted": True}) | ~Q(**{f"{to_case}age_band": "adult"})


def in_use() -> Q:
    """Return the condition for which ``Case.is_stopped`` does not hold: the report is not paused."""
    return at_risk() | ~Q(models.Exists(_stops()))


def _latest_of(*actions: str) -> models.Subquery:
    """Return the name of the action that was performed on the case last, of these."""
    events = apps.get_model("reports", "Event").objects.filter(case=models.OuterRef("pk"), action__in=actions)
    return models.Subquery(events.order_by("-number").values("action")[:1])


def _last_if_restored() -> models.Subquery:
    """Return the number of the last event of ENDS_OF_HOLD if it is that of a restore, else NULL.

    Compared with a name, PostgreSQL would expect one case in 200 to match, so it would look at all held ones and sort
    them. Of ``IS NOT NULL`` it expects that nearly every case matches, and stops after a page or the limit of a count.
    """
    events = apps.get_model("reports", "Event").objects.filter(case=models.OuterRef("pk"), action__in=ENDS_OF_HOLD)
    number = models.Case(models.When(action=AFTER_RESTORE, then=models.F("number")))
    return models.Subquery(events.order_by("-number").values(found=number)[:1])


def _stops() -> models.QuerySet:
    requests = apps.get_model("reports", "DataRequest")
    return requests.objects.filter(requests.stopping(), case=models.OuterRef("pk"))


def _led_by(user: Account) -> Q:
    return Q(state=State.ESCALATED) & _kinds_led_by(user)


def _decided_by(user: Account) -> Q:
    """Return the condition on cases of which ``user`` has ``Case.erasure_permission``."""
    ordinary, at_stake = Q(withheld=False) & ~at_risk(), Q(withheld=False) & at_risk()
    deciding = {"reports.handle_withheld": Q(withheld=True), "reports.handle_restricted": at_stake}
    return _kinds_of(user, deciding | {"reports.supervise": ordinary})


def _kinds_led_by(user: Account) -> Q:
    return _kinds_of(user, LEADS)


def _kinds_of(user: Account, kinds: dict[str, Q]) -> Q:
    found = [cases for permission, cases in kinds.items() if has_role_permission(user, permission)]
    return reduce(or_, found, Q(pk__in=[]))
