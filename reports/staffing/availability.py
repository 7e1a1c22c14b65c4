"""Who is on duty now, and which cases "take next" keeps from whom (safety rule H24).

A person is on duty who did something at the desk in the last half hour and has not ended the shift since. "Take next"
keeps cases from a person who has reached a limit of the day, and cases of a category that they chose not to get. An
urgent case, P0 or P1, is kept from nobody. Its lead is paged if nobody else who can take it is on duty and free:
somebody who has another case in hand is busy.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from safetycenter.roles import Account, holds, staff

from ..models.care import DeskSettings, OptOut, ShiftEnd
from ..models.case import Case, State
from ..models.case_queryset import LEADS, CaseQuerySet
from ..models.event import Event
from ..models.recusal import Recusal
from ..models.state import FREE
from ..models.watch import Notice
from ..roles import KIND_PERMISSIONS
from .exposure import Exposure, OwnDay, of_today
from .hours import Roster
from .notices import PAGED_ONCE

ON_DUTY_FOR = timedelta(minutes=30)  # after the last recorded action
ALARM_AGAIN_AFTER = timedelta(hours=4)
ALARM = "nobody_available"
URGENT_TIER = 1  # and P0
HANDLE, ORDINARY = "reports.handle_case", "reports.view_ordinary"
# The cases of each kind, the permission to know of them, and the permission to decide on escalated ones.
KINDS = [(cases, known, led) for (led, cases), known in zip(LEADS.items(), reversed(KIND_PERMISSIONS), strict=True)]


@dataclass(frozen=True)
class Worker:
    """One person who handles cases, as of now."""

    pk: int
    name: str
    permissions: frozenset[str]
    on_duty: bool
    exposure: Exposure
    is_within_limits: bool
    opt_outs: frozenset[str] = field(repr=False)  # keys of categories

    def can_get(self, category: str) -> bool:
        """Return whether this person is available for cases of ``category`` now."""
        return self.on_duty and self.is_within_limits and category not in self.opt_outs


def workers() -> list[Worker]:
    """Return everybody who handles cases, by name. Four queries."""
    now, limits, exposures = timezone.now(), DeskSettings.current(), of_today()
    choices = _opt_outs()
    names = {name: f"may_{number}" for number, name in enumerate((ORDINARY, *LEADS))}
    last = Event.objects.filter(by=OuterRef("pk")).order_by("-at").values("at")[:1]
    people: Any = staff().filter(holds(HANDLE)).order_by("username")
    people = people.annotate(last_at=Subquery(last), **{column: holds(name) for name, column in names.items()})
    return [
        Worker(
            person.pk,
            person.username,
            frozenset(name for name, column in names.items() if getattr(person, column)),
            is_on_duty(person.last_at, person.ended_at, now),
            exposure := exposures.get(person.pk, Exposure()),
            exposure.is_within(limits),
            choices.get(person.pk, frozenset()),
        )
        for person in people.annotate(ended_at=F("shift_end__at"))
    ]


def is_on_duty(last_at: datetime | None, ended_at: datetime | None, now: datetime) -> bool:
    """Return whether a person is on duty whose last action and last end of a shift are these."""
    return last_at is not None and last_at > now - ON_DUTY_FOR and (ended_at is None or last_at > ended_at)


def is_person_on_duty(person: Account) -> bool:
    """Return whether this one person is on duty now."""
    last = Event.objects.filter(by=person).order_by("-at").values_list("at", flat=True).first()  # type: ignore[misc]
    ended = ShiftEnd.objects.filter(person=person).values_list("at", flat=True).first()  # type: ignore[misc]
    return is_on_duty(last, ended, timezone.now())


def last_handler_is_on_duty() -> Q:
    """Return the condition on cases that ``is_on_duty`` holds for their last handler now."""
    recent = Event.objects.filter(by=OuterRef("last_handler"), at__gt=timezone.now() - ON_DUTY_FOR)
    ended = ShiftEnd.objects.filter(person=OuterRef("by"), at__gte=OuterRef("at"))
    return Q(Exists(recent.exclude(Exists(ended))))


@dataclass(frozen=True)
class Spared:
    """What "take next" keeps from one person if it is not urgent: everything, or some categories."""

    person: Any
    everything: bool
    categories: frozenset[str]
    has_team: bool

    @classmethod
    def of(cls, user: Account) -> "Spared":
        """Read the choices of ``user`` and what they looked at today."""
        day = OwnDay.of(user)
        return cls(user, not day.is_within_limits, day.opt_outs, day.has_team)

    def covers(self, case: Case) -> bool:
        """Return whether ``case`` would be kept from this person if it were not urgent."""
        return self.everything or case.category_id in self.categories

    def take_from(self, cases: CaseQuerySet) -> CaseQuerySet:
        """Return the ``cases`` that this person gets: the urgent ones, and the others that are not kept from them."""
        if not self.everything and not self.categories:
            return cases
        wanted = Q(pk__in=[]) if self.everything else ~Q(category__in=self.categories)
        return cases.filter(wanted | Q(tier__lte=URGENT_TIER))

    def only_they_take(self, case: Case) -> bool:
        """Return whether nobody else who can take the urgent ``case`` is on duty without a case in hand."""
        held = Case.objects.filter(lease_until__gt=timezone.now()).values_list("handler", flat=True)
        busy = {self.person.pk, *held}
        free = [worker for worker in workers() if worker.pk not in busy]
        return Case.objects.filter(nobody_for(free), pk=case.pk).exists()


def nobody_for(people: Iterable[Worker]) -> Q:
    """Return the condition on urgent waiting cases that none of ``people`` is available for."""
    return Q(tier__lte=URGENT_TIER) & reduce(or_, _nobody_in_each_kind([worker for worker in people if worker.on_duty]))


def _nobody_in_each_kind(people: list[Worker]) -> Iterator[Q]:
    for cases, known, led in KINDS:
        for states, permission in ((FREE, known), ((State.ESCALATED,), led)):
            able = [worker for worker in people if permission in worker.permissions and worker.is_within_limits]
            nobody = _nobody_among(able) if states == FREE else _nobody_among(able) | _only_who_must_not(able)
            yield cases & Q(state__in=states) & nobody


def _only_who_must_not(leads: list[Worker]) -> Q:
    """Return the condition on escalated cases that one of ``leads`` handled before, and the others cannot take."""
    found = Q(pk__in=[])
    for lead in leads:
        was_theirs = Q(escalated_by=lead.pk) | Q(escalated_by=None, last_handler=lead.pk)
        found |= was_theirs & _nobody_among([other for other in leads if other.pk != lead.pk])
    return found


def _nobody_among(able: list[Worker]) -> Q:
    """Return the condition on cases whose category all of ``able`` chose not to get, or that all of them have left."""
    chosen: set[str] = set().union(*(worker.opt_outs for worker in able))
    found = ~Q(category__in=chosen) & left_by_all({worker.pk for worker in able})
    for category in chosen:
        found |= Q(category=category) & left_by_all({w.pk for w in able if category not in w.opt_outs})
    return found


def left_by_all(people: set[int]) -> Q:
    """Return the condition on cases that all of ``people`` have left because of a conflict of interest."""
    if not people:
        return Q()
    left = Recusal.objects.filter(person__in=people).values("case").annotate(n=Count("pk")).filter(n=len(people))
    return Q(pk__in=left.values("case"))


def unattended() -> CaseQuerySet:
    """Return the urgent waiting cases that nobody on duty can take, and about which no lead was paged lately.

    Outside staffed hours with nobody on duty there are none: the arrival of a P0 case pages then. In staffed hours
    an empty desk is alarming only once a case has waited as long as somebody counts as on duty.
    """
    now, people = timezone.now(), workers()
    waiting = Case.objects.filter(nobody_for(people), ~_is_paged_until_seen(), ~was_alarmed(OuterRef("pk")))
    waiting = waiting.filter(state__in=(*FREE, State.ESCALATED))  # the index needs it, and cannot see it in the OR
    if any(worker.on_duty for worker in people):
        return waiting
    staffed = Roster.now().is_staffed(URGENT_TIER, now)
    return waiting.filter(received_at__lt=now - ON_DUTY_FOR) if staffed else waiting.none()


def was_alarmed(case: Any) -> Exists:
    """Return the condition that a lead was paged in the last hours because nobody could take ``case``, its id."""
    since = timezone.now() - ALARM_AGAIN_AFTER
    return Exists(Notice.objects.filter(event__case=case, event__action=ALARM, created_at__gt=since))


def _is_paged_until_seen() -> Q:
    repeated = Notice.objects.filter(event__case=OuterRef("pk")).exclude(event__action__in=PAGED_ONCE)
    return Q(Exists(repeated), seen_at=None)


def _opt_outs() -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for person, category in OptOut.objects.values_list("person", "category"):
        found.setdefault(person, set()).add(category)
    return {person: frozenset(categories) for person, categories in found.items()}
